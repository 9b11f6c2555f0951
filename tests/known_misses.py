"""What the extractor is known to miss: python -m tests.known_misses

Reads the sentences of tests/gold/phrases.csv and tests/gold/nothing.csv and rewrites tests/gold/known_misses.csv from
what is missed now: reasons of misses that stay are kept, new ones say in a few words what is wrong, and what is found
meanwhile is dropped. Then floors.csv: the floor of a set of whole pages is raised to 0.01 below its present F1, and a
new folder of pages gets one; a floor is never lowered here, that is a decision to be made by hand.
"""

import csv
import functools
import pathlib
import tempfile

from tests import score

ROOT, GOLD = score.ROOT, score.GOLD
KNOWN_MISSES, FLOORS = GOLD / "known_misses.csv", GOLD / "floors.csv"
SAMPLES = ROOT.parent / "shared" / "reports" / "samples"  # beside the repository, where someone has them
MARGIN = 0.01
# sentences of nothing.csv stand in a report that has all that a figure needs
NOWHERE = {"place": "huyện Lệ Thủy", "province": "Quảng Bình", "published": "2022-12-20"}


def read_rows(path):
    """The rows of a CSV as dicts; none when the file is not there."""
    if not path.is_file():
        return []
    with open(path, newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def read_known():
    """{id: reason} of the known misses."""
    return {row["id"]: row["reason"] for row in read_rows(KNOWN_MISSES)}


def phrase_ids():
    """The ids of phrases.csv in order."""
    return list(dict.fromkeys(row["id"] for row in read_rows(GOLD / "phrases.csv")))


@functools.cache
def listed():
    """The ids of the listed indicators."""
    from analysis.indicators import load_catalogue

    return {name for name, indicator in load_catalogue().items() if indicator.listed}


def observations_of(reports, path):
    """Extract the reports and write what is found as the command line does."""
    from analysis import files
    from analysis.observations import extract

    files.write_csv(extract(reports), path)
    return path


def _words(fact):
    return " ".join(str(fact[part]) for part in ("indicator", "value", "value_max") if fact[part] is not None)


@functools.cache
def missed_phrases():
    """{id: what is missed} of phrases.csv: a required figure is not found, or its place, period or status is wrong."""
    from analysis.documents.plain_tables import find_tables
    from analysis.reports import Report

    rows = {row["id"]: row for row in read_rows(GOLD / "phrases.csv") if row["text"]}
    reports = [
        Report(
            id=name,
            text=row["text"],
            tables=find_tables(row["text"]),
            title=row["title"],
            place=row["report_place"],
            province=row["report_province"],
            published=row["published"],
        )
        for name, row in rows.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        found = observations_of(reports, pathlib.Path(folder) / "phrases.csv")
        guesses = score.read_facts(found, "report", listed())
    missed = {}
    for name, gold in score.read_facts(GOLD / "phrases.csv", "id", listed()).items():
        guess = guesses.get(name, [])
        pairs = {i: (guess[j], points) for i, j, points in score.pair(gold, guess)}
        for index, fact in enumerate(gold):
            if fact["optional"] or name in missed:
                continue
            if index not in pairs:
                missed[name] = f"{_words(fact)} is not found"
            elif not pairs[index][1][0]:
                read = pairs[index][0]
                wrong = [part for part in score.TIERS["right"] if read[part] != fact[part]]
                told = " and ".join(f"{part} {read[part] or 'empty'!r}" for part in wrong)
                missed[name] = f"{_words(fact)} is read with {told}"
    return missed


@functools.cache
def found_in_nothing():
    """{id: what is found} of nothing.csv: a listed indicator is read where there is none."""
    from analysis.observations import observe
    from analysis.reports import Report

    found = {}
    for row in read_rows(GOLD / "nothing.csv"):
        read = [o for o in observe(Report(id=row["id"], text=row["text"], **NOWHERE)) if o.indicator in listed()]
        if read:
            found[row["id"]] = f"{read[0].indicator} {read[0].value:g} is read"
    return found


def sets():
    """{name: (folder of reports, gold table)} of the whole pages that are scored."""
    invented = {path.parent.name: (path.parent, path) for path in sorted(GOLD.glob("*/gold.csv"))}
    return {"practice": (ROOT / "data" / "reports", GOLD / "practice.csv"), **invented}


@functools.cache
def scores(folder, gold):
    """The score of a folder of whole pages against its gold table."""
    from analysis.reports import read_reports

    with tempfile.TemporaryDirectory() as place:
        found = observations_of(read_reports(folder), pathlib.Path(place) / "found.csv")
        return score.score(gold, found, listed())


def _write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    known, present = read_known(), missed_phrases() | found_in_nothing()
    _write(KNOWN_MISSES, ("id", "reason"), [(name, known.get(name) or present[name]) for name in sorted(present)])
    gone, new = sorted(known.keys() - present.keys()), sorted(present.keys() - known.keys())
    print(f"{KNOWN_MISSES}: {len(present)} known misses; no longer missed: {', '.join(gone) or 'none'}")
    for name in new:
        print(f"  new: {name}: {present[name]}")
    floors = {row["set"]: float(row["floor"]) for row in read_rows(FLOORS)}
    for name, paths in sets().items():
        measured = scores(*paths)["right"][2]
        floors[name] = max(floors.get(name, 0.0), int((measured - MARGIN) * 1000) / 1000)
        below = "  BELOW ITS FLOOR" if measured < floors[name] else ""
        print(f"{name:10} F1 of right {measured:.3f}, floor {floors[name]:.3f}{below}")
    _write(FLOORS, ("set", "floor"), [(name, f"{floors[name]:.3f}") for name in sets()])


if __name__ == "__main__":
    main()
