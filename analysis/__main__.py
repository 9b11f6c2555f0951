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
    from analysis import files, observations, reports
    from analysis.indicators import load_catalogue

    catalogue = load_catalogue(options.catalogue)
    found = reports.read_reports(*_existing(options.paths), progress=options.progress)
    table = observations.extract(found, catalogue=catalogue, progress=options.progress)
    _say_problems(found)
    if options.output == "-":
        sys.stdout.write(table.to_csv(index=False, lineterminator="\n", float_format=files.format_float))
    else:
        files.write_csv(table, options.output)
        print(f"{len(table)} observations of {len(found)} reports are in {options.output}", file=sys.stderr)
    return PARTLY if found.failures else DONE


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
    made.add_argument("--quiet", dest="progress", action="store_false", help="no progress bar")
    return parser


if __name__ == "__main__":
    sys.exit(main())
