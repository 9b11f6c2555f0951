"""The command line, thin: each command calls one public function and says what came out.

    python -m analysis extract data/reports -o observations.csv
    python -m analysis build
"""

import argparse
import pathlib
import sys
from collections.abc import Callable, Sequence

DONE, PARTLY, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 done but for the reports that are named, 2 wrong use."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except (ValueError, FileNotFoundError, PermissionError) as error:
        print(f"{parser.prog} {options.command}: {error}", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        return DONE


def extract(options: argparse.Namespace) -> int:
    """Write the observations of reports as CSV."""
    from analysis import files, observations, reports, tabular
    from analysis.context import reported
    from analysis.indicators import load_catalogue
    from analysis.places import load_gazetteer

    catalogue = load_catalogue(options.catalogue)
    found = reports.read_reports(*_existing(options.paths), progress=options.progress)
    table = observations.extract(found, catalogue, progress=options.progress)
    _say_problems(found)
    for report, cell in tabular.unread_cells(found, catalogue, load_gazetteer()):
        print(f"unread: {report}: {cell.sentence}", file=sys.stderr)
    if undated := reported.undated(found):
        some = ", ".join(undated[:5]) + (", …" if len(undated) > 5 else "")
        told = "do not tell when they came out, so their periods are guesses"
        advice = "write the date into the column published of reports.csv"
        print(f"undated: {len(undated)} of {len(found)} reports {told}; {advice}: {some}", file=sys.stderr)
    if options.output == "-":
        sys.stdout.write(table.to_csv(index=False, lineterminator="\n", float_format=files.format_float))
    else:
        files.write_csv(table, options.output)
        print(f"{len(table)} observations of {len(found)} reports are in {options.output}", file=sys.stderr)
    return PARTLY if found.failures else DONE


def build(options: argparse.Namespace) -> int:
    """Make everything from data/ and say where it is."""
    from analysis.build import build

    outcome = build(options.root, progress=options.progress, notebooks=options.notebooks)
    print(outcome)
    return PARTLY if outcome.problems else DONE


def explain(options: argparse.Namespace) -> int:
    """Print each figure of a report with the words that state it."""
    from analysis import evidence, observations, reports
    from analysis.indicators import load_catalogue

    found = reports.read_reports(*_existing(options.paths))
    _say_problems(found)
    table = observations.extract(found, load_catalogue(options.catalogue))
    if options.output:
        written = evidence.write_evidence(found, table, options.output, lang=options.lang, progress=options.progress)
        print(f"{len(written) - 1} pages; start with {written[0]}")
    else:
        print("\n\n".join(str(evidence.explain(report, table, lang=options.lang)) for report in found))
    return PARTLY if found.failures else DONE


def workbook(options: argparse.Namespace) -> int:
    """Write an Excel workbook of chosen places, indicators and periods."""
    from analysis.build import read_table
    from analysis.workbook import write_workbook

    table = _of_province(read_table(options.table), options.province)
    chosen = {"places": options.place, "indicators": options.indicator, "periods": options.period}
    path = write_workbook(table, options.output, **chosen, lang=options.lang, progress=options.progress)
    print(f"The workbook is {path}")
    return DONE


def briefing(options: argparse.Namespace) -> int:
    """Write a Word document and a slide deck."""
    from analysis.briefing import write_briefing
    from analysis.build import read_table

    form = {name: getattr(options, name) for name in ("date", "agency", "parent", "town", "number", "signer")}
    paths = write_briefing(
        read_table(options.table),
        options.output,
        period=options.period,
        province=options.province,
        places=options.place or None,
        indicators=options.indicator or None,
        **{name: value for name, value in form.items() if value},
    )
    for path in paths:
        print(path)
    return DONE


def profile(options: argparse.Namespace) -> int:
    """Write one page for each district."""
    from analysis.profiles import write_profiles

    written, problems = write_profiles(
        options.table, options.output, province=options.province, places=options.place or None,
        at_least=options.at_least, pdf=options.pdf, progress=options.progress,
    )  # fmt: skip
    for problem in problems:
        print(f"skipped: {problem}", file=sys.stderr)
    print(f"{len(written)} profiles are in {options.output}")
    return PARTLY if problems else DONE


def _of_province(table, province: str | None):
    if not province:
        return table
    if province not in set(table["province"]):
        raise ValueError(f"There is no province {province!r} in the table; write it without its type, such as Yên Bái.")
    return table[table["province"] == province]


def _say_problems(found) -> None:
    for kind, remarks in (("skipped", found.failures), ("note", found.remarks)):
        for remark in remarks:
            print(f"{kind}: {remark.sentence}", file=sys.stderr)


def _existing(paths: Sequence[str]) -> list[pathlib.Path]:
    for path in paths:
        if not pathlib.Path(path).exists():
            raise FileNotFoundError(f"{path}: there is no such file or folder; check the path.")
    return [pathlib.Path(path) for path in paths]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Vietnamese district reports become one table in which every figure leads back to its sentence.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    made = command("extract", extract, "read reports and write their observations as CSV")
    made.add_argument("paths", nargs="+", metavar="PATH", help="a report, or a folder of reports with its reports.csv")
    made.add_argument("-o", "--output", required=True, help="the CSV to write; - for standard output")
    made.add_argument("--catalogue", help="another indicator catalogue than data/reference/indicators.toml")
    _quiet(made)

    made = command("build", build, "make tables, workbook, evidence pages, figures and notebooks from data/")
    made.add_argument("--root", default=".", help="the folder that holds data/ (here)")
    made.add_argument("--no-notebooks", dest="notebooks", action="store_false", help="leave the notebooks as they are")
    _quiet(made)

    made = command("explain", explain, "show each figure of a report in the words that state it")
    made.add_argument("paths", nargs="+", metavar="PATH", help="a report, or a folder of reports with its reports.csv")
    made.add_argument("-o", "--output", help="a folder for HTML pages with every figure marked, instead of printing")
    made.add_argument("--catalogue", help="another indicator catalogue than data/reference/indicators.toml")
    _language(made)
    _quiet(made)

    made = command("workbook", workbook, "write an Excel workbook of chosen places, indicators and periods")
    _choice(made)
    made.add_argument("--period", action="append", help="2023, 2020-H1, …; may be repeated")
    made.add_argument("-o", "--output", required=True, help="the .xlsx to write")
    _language(made)
    _quiet(made)

    made = command("briefing", briefing, "write a Word document and a slide deck for chosen places and a period")
    _choice(made)
    made.add_argument("--period", required=True, help="2023, 2020-H1, …")
    made.add_argument("-o", "--output", required=True, help="the folder to write into")
    for name, words in (
        ("date", "the date of the document (2024-03-05; today)"),
        ("agency", "who issues it"),
        ("parent", "the agency above"),
        ("town", "where"),
        ("number", "its number"),
        ("signer", "who signs: the office held"),
    ):
        made.add_argument(f"--{name}", default="", help=words)

    made = command("profile", profile, "write one HTML page for each district")
    _choice(made, indicators=False)
    made.add_argument("--at-least", type=int, default=5, help="districts with fewer figures get no page (5)")
    made.add_argument("--pdf", action="store_true", help="a PDF beside each page, where Chromium is installed")
    made.add_argument("-o", "--output", default="build/profiles", help="the folder to write into (build/profiles)")
    _quiet(made)
    return parser


def _quiet(made: argparse.ArgumentParser) -> None:
    made.add_argument("--quiet", dest="progress", action="store_false", help="no progress bar")


def _language(made: argparse.ArgumentParser) -> None:
    made.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of what is written (vi)")


def _choice(made: argparse.ArgumentParser, indicators: bool = True) -> None:
    made.add_argument("--table", default="data/processed/table.csv", help="the tidy table (data/processed/table.csv)")
    made.add_argument("--province", help="a province without its type: Yên Bái")
    made.add_argument("--place", action="append", help="a place with its type: 'huyện Ba Chẽ'; may be repeated")
    if indicators:
        made.add_argument("--indicator", action="append", help="an indicator of the catalogue; may be repeated")


if __name__ == "__main__":
    sys.exit(main())
