"""Everything that `data/` gives: tables, workbook, evidence pages, figures and notebooks, each made only when needed.

A step is done again when its inputs, the package or what it wrote has changed. It replaces its files whole, and a step
that fails leaves what was there. What each thing holds is left to the module that makes it.
"""

from __future__ import annotations

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis import files
from analysis.record import NUMBERS

if TYPE_CHECKING:
    import pandas

    from analysis.reports import ReportList

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = pathlib.Path(__file__).resolve().parent


class BuildError(ValueError):
    """What stops the whole build: there is nothing to build from."""


@dataclass
class Outcome:
    """What a build made: for each thing where it is and what was found, and a sentence for each problem."""

    made: list[tuple[str, pathlib.Path, str, bool]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = ["", "What is there now:"]
        for name, path, found, fresh in self.made:
            lines.append(f"  {name:13} {_short(path):46} {found}{'' if fresh else ' (unchanged)'}")
        if self.problems:
            lines += ["", "To do:", *(f"  {problem}" for problem in self.problems)]
        return "\n".join(lines)


def read_table(path: files.Path = ROOT / "data" / "processed" / "table.csv") -> pandas.DataFrame:
    """Read the tidy table that a build wrote, with the types of `tidy`; raises BuildError when it is not there."""
    import pandas

    path = pathlib.Path(path)
    if not path.exists():
        raise BuildError(f"{path}: there is no table yet; make it with python -m analysis build.")
    table = files.read_csv(path, numbers=(*NUMBERS, "start", "end", "year"))
    for column in ("start", "end", "year"):
        table[column] = table[column].astype("Int64")
    for column in ("derived", "used"):
        table[column] = table[column] == "True"
    for column in ("period_start", "period_end"):
        table[column] = pandas.to_datetime(table[column]).astype("datetime64[s]")
    return table


def build(root: files.Path = ROOT, *, progress: bool = True, notebooks: bool = True) -> Outcome:
    """Build everything from `root`/data; return what is there and what needs doing.

    Raises BuildError when there is no report, and passes on the errors of a catalogue, correction or table that can not
    be used; nothing built before is lost then.
    """
    work = _Work(pathlib.Path(root), progress)
    outcome = Outcome()
    steps = [
        _Step("observations", work.processed / "observations.csv", work.write_observations, [work.data]),
        _Step("table", work.processed / "table.csv", work.write_table, [work.data]),
        _Step("findings", work.processed / "findings.csv", work.write_findings, [work.data]),
        _Step("workbook", work.built / "district_indicators.xlsx", work.write_workbook, [work.data]),
        _Step("evidence", work.built / "evidence" / "index.html", work.write_evidence, [work.data]),
        _Step("figures", work.figures, work.write_figures, [work.data]),
    ]
    state = _State(work.built / "state.json")
    for step in steps:
        outcome.made.append(_do(step, state, progress))
    if notebooks:
        _run_notebooks(work, state, outcome)
    outcome.problems = [*state.problems(), *outcome.problems]
    return outcome


@dataclass(frozen=True)
class _Step:
    name: str
    output: pathlib.Path
    run: Callable[[], tuple[str, list[str]]]
    inputs: list[pathlib.Path]


class _Work:
    """The tables in between, each made when first asked for."""

    def __init__(self, root: pathlib.Path, progress: bool) -> None:
        self.root, self.progress = root, progress
        self.data, self.processed = root / "data", root / "data" / "processed"
        self.built, self.figures, self.notebooks = root / "build", root / "figures", root / "notebooks"

    @functools.cached_property
    def reports(self) -> ReportList:
        from analysis.reports import read_reports

        found = read_reports(self.data / "reports", progress=self.progress)
        if not found:
            reasons = " ".join(failure.sentence for failure in found.failures)
            raise BuildError(f"There is nothing to build from, and nothing was changed. {reasons}")
        return found

    @functools.cached_property
    def catalogue(self):
        from analysis.indicators import load_catalogue

        return load_catalogue(self.data / "reference" / "indicators.toml")

    @functools.cached_property
    def observations(self) -> pandas.DataFrame:
        from analysis.observations import extract

        return extract(self.reports, self.catalogue, progress=self.progress)

    @functools.cached_property
    def table(self) -> pandas.DataFrame:
        from analysis.tidy import read_published, tidy

        published = self.data / "tables" / "published_figures.csv"
        corrections = self.data / "corrections.csv"
        return tidy(
            self.observations,
            self.reports,
            published=read_published(published) if published.exists() else None,
            corrections=corrections if corrections.exists() else None,
            catalogue=self.catalogue,
        )

    @functools.cached_property
    def findings(self) -> pandas.DataFrame:
        import pandas

        from analysis import checks, tabular
        from analysis.context import reported
        from analysis.places import load_gazetteer

        found = checks.find(self.table)
        unread = tabular.unread_cells(self.reports, self.catalogue, load_gazetteer())
        notes = [(report, cell.code, cell.sentence) for report, cell in unread]
        advice = "Không rõ ngày đăng, nên thời kỳ của số liệu là suy đoán; ghi ngày vào cột published của reports.csv."
        notes += [(report, "undated", advice) for report in reported.undated(self.reports)]
        rows = [{"code": code, "severity": "info", "report": report, "sentence": said} for report, code, said in notes]
        if not rows:
            return found
        others = pandas.DataFrame(rows).reindex(columns=found.columns, fill_value="")
        return pandas.concat([found, others], ignore_index=True)

    def write_observations(self) -> tuple[str, list[str]]:
        _ = self.findings  # all three tables can be made, or none is written
        files.write_csv(self.observations, self.processed / "observations.csv")
        problems = [remark.sentence for remark in (*self.reports.failures, *self.reports.remarks)]
        return f"{len(self.observations):,} figures found in {len(self.reports)} reports", problems

    def write_table(self) -> tuple[str, list[str]]:
        files.write_csv(self.table, self.processed / "table.csv")
        districts = self.table.loc[self.table["level"] == "district", ["province", "place"]].drop_duplicates()
        return (
            f"{len(self.table):,} figures, {len(districts)} districts, {self.table['indicator'].nunique()} indicators",
            [],
        )

    def write_findings(self) -> tuple[str, list[str]]:
        files.write_csv(self.findings, self.processed / "findings.csv")
        counts = self.findings["severity"].value_counts()
        return f"{len(self.findings):,} for review ({', '.join(f'{n} {name}' for name, n in counts.items())})", []

    def write_workbook(self) -> tuple[str, list[str]]:
        from analysis.workbook import write_workbook

        target = self.built / "district_indicators.xlsx"
        with files.replacing(target) as temporary:
            write_workbook(
                self.table,
                temporary,
                reports=self.reports,
                findings=self.findings,
                evidence=True,
                catalogue=self.catalogue,
                progress=self.progress,
            )
        return "summary, data with quotes, sources, notes", []

    def write_evidence(self) -> tuple[str, list[str]]:
        from analysis.evidence import write_evidence

        write_evidence(self.reports, self.table, self.built / "evidence", progress=self.progress)
        return f"{len(self.reports)} reports with every figure marked", []

    def write_figures(self) -> tuple[str, list[str]]:
        from analysis.figures import write_figures

        names = {path.stem for path in write_figures(self.table, self.figures)}
        return f"{len(names)} figures (PNG, SVG, alternative text)", []


class _State:
    """What each step was last made from: {step: fingerprint, found, problems}."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        try:
            self.steps = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            self.steps = {}

    def fresh(self, name: str, fingerprint: str, output: pathlib.Path) -> bool:
        return output.exists() and self.steps.get(name, {}).get("fingerprint") == fingerprint

    def note(self, name: str, fingerprint: str, found: str, problems: list[str]) -> None:
        self.steps[name] = {"fingerprint": fingerprint, "found": found, "problems": problems}
        files.write_text(json.dumps(self.steps, indent=1, ensure_ascii=False, sort_keys=True), self.path)

    def problems(self) -> list[str]:
        return [problem for step in self.steps.values() for problem in step["problems"]]


def _do(step: _Step, state: _State, progress: bool) -> tuple[str, pathlib.Path, str, bool]:
    """Run a step unless its result still stands."""
    fingerprint = _fingerprint(step.inputs)
    fresh = state.fresh(step.name, fingerprint, step.output)
    if not fresh:
        if progress:
            print(f"making: {step.name}", file=sys.stderr)
        state.note(step.name, fingerprint, *step.run())
    return step.name, step.output, state.steps[step.name]["found"], not fresh


def _run_notebooks(work: _Work, state: _State, outcome: Outcome) -> None:
    """Run the notebooks that changed, two at a time, each in its own process, and keep them as HTML."""
    import nbformat
    from tqdm.auto import tqdm

    from analysis.notebooks import NotebookError, parameters_of, run_notebook, write_html

    def run(source: pathlib.Path) -> str:
        choosing = "widgets" in parameters_of(nbformat.read(source, as_version=4))
        notebook = run_notebook(source, {"widgets": False} if choosing else None)  # a page can not redraw
        write_html(notebook, target_of(source), title=source.stem)
        return notebook.cells[0].source.splitlines()[0].lstrip("# ")

    def target_of(source: pathlib.Path) -> pathlib.Path:
        return work.built / "notebooks" / f"{source.stem}.html"

    sources = sorted(work.notebooks.glob("[0-9]*.ipynb"))
    prints = {source: _fingerprint([source, work.data]) for source in sources}
    stale = [source for source in sources if not state.fresh(source.stem, prints[source], target_of(source))]
    done = set()
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        jobs = {pool.submit(run, source): source for source in stale}
        finished = concurrent.futures.as_completed(jobs)
        for job in tqdm(
            finished, total=len(jobs), desc="notebooks", unit="notebook", disable=not (work.progress and jobs)
        ):
            try:
                state.note(jobs[job].stem, prints[jobs[job]], job.result(), [])
                done.add(jobs[job])
            except NotebookError as error:
                outcome.problems.append(str(error))
    for source in sources:
        if target_of(source).exists():
            found = state.steps.get(source.stem, {}).get("found", "")
            outcome.made.append(("notebook", target_of(source), found, source in done))


def _fingerprint(inputs: Iterable[pathlib.Path]) -> str:
    """A hash of the inputs' names and contents and of the package; data/processed is a result, not an input."""
    made = hashlib.sha256(_package_fingerprint().encode())
    for start in inputs:
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            result = "processed" in path.relative_to(start.parent).parts
            if path.is_file() and not result and not path.name.startswith("."):
                made.update(f"{path.name}\0{_digest(path, path.stat().st_mtime_ns)}\0".encode())
    return made.hexdigest()


@functools.lru_cache
def _digest(path: pathlib.Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.lru_cache
def _package_fingerprint() -> str:
    paths = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    versions = "".join(_version(name) for name in ("pandas", "matplotlib", "openpyxl"))
    return sys.version + versions + "".join(_digest(path, path.stat().st_mtime_ns) for path in paths)


def _version(name: str) -> str:
    from importlib import metadata

    return metadata.version(name)


def _short(path: pathlib.Path) -> str:
    """The path as one would type it from here."""
    try:
        return str(path.relative_to(pathlib.Path.cwd()))
    except ValueError:
        return str(path)
