"""Precision and recall of the readers on the set of `make_documents`, by kind of file.

Run it with a folder that holds the set: python -m tests.material.measure FOLDER [--show]
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.material.layouts import Figure, Source, sources


def fact(found) -> tuple:
    """What must be right of an observation or a figure."""

    def number(value):
        return None if value is None or value != value else round(float(value), 4)

    return (
        found.place,
        found.indicator,
        number(found.value),
        found.period,
        found.status,
        number(found.plan_pct),
        number(found.yoy_pct),
    )


def compare(observations, figures: list[Figure]) -> tuple[set, set, set]:
    """Facts that are right, missed and false."""
    gold, made = {fact(figure) for figure in figures}, {fact(found) for found in observations}
    return gold & made, gold - made, made - gold


def read(path: Path):
    """A report and its observations; none when it can not be read."""
    from analysis.observations import observe
    from analysis.reports import ReportError, read_report

    try:
        report = read_report(path)
    except ReportError as error:
        print("unread", error)
        return None, []
    return report, observe(report)


def measure(files: dict[Path, Source], show: bool = False, read=read) -> dict[str, Counter]:
    """Counts of right, missed and false facts and seconds by kind of file."""
    tally: dict[str, Counter] = defaultdict(Counter)
    for path, source in sorted(files.items()):
        count = tally[path.parent.name]
        started = time.perf_counter()
        _, found = read(path)
        count["seconds"] += time.perf_counter() - started
        right, missed, false = compare(found, source.figures)
        count["files"] += 1
        count["right"] += len(right)
        count["missed"] += len(missed)
        count["false"] += len(false)
        if show and (missed or false):
            print(f"== {path.parent.name}/{path.name}: {len(right)} right, {len(missed)} missed, {len(false)} false")
            for one in sorted(missed, key=str)[:6]:
                print("   missed", one)
            for one in sorted(false, key=str)[:6]:
                print("   false ", one)
    return tally


def main() -> None:
    folder = Path(sys.argv[1])
    known = {source.id: source for source in sources()}
    files = {path: known[path.stem] for path in folder.glob("*/*") if path.stem in known}
    tally = measure(files, "--show" in sys.argv)
    total: Counter = Counter()
    print(f"{'kind':12}{'files':>6}{'figures':>9}{'precision':>11}{'recall':>8}{'s/file':>8}")
    for kind, count in sorted(tally.items()):
        total.update(count)
        print(line(kind, count))
    print(line("all", total))


def line(kind: str, count: Counter) -> str:
    """One line of the table of results."""
    right, gold, made = count["right"], count["right"] + count["missed"], count["right"] + count["false"]
    return (
        f"{kind:12}{count['files']:>6}{gold:>9}{right / max(1, made):>11.3f}{right / max(1, gold):>8.3f}"
        f"{count['seconds'] / max(1, count['files']):>8.2f}"
    )


if __name__ == "__main__":
    main()
