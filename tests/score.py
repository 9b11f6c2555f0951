"""Score observations against a gold table: python -m tests.score [GOLD.csv OBSERVATIONS.csv]

Without arguments the shipped reports and the invented ones of tests/gold/reports are read and scored.
Three tiers, one-to-one within a report: `found` (indicator and value), `right` (found; place, period and status right)
and `full` (right; qualifier, denominator, plan and year-on-year right). Rows marked optional count neither way, and
indicators outside the catalogue are not scored.
"""

import collections
import csv
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
TIERS = {
    "found": ("indicator", "value", "value_max"),
    "right": ("place", "period", "status"),
    "full": ("qualifier", "of", "plan_pct", "yoy_pct"),
}
NUMBERS = {"value", "value_max", "of", "plan_pct", "yoy_pct"}
# gold tables write the increment ("thêm 4 xã") under the id of the stock
INCREMENTS = {"ntm_communes_added": "ntm_communes", "ntm_advanced_communes_added": "ntm_advanced_communes"}


def read_facts(path, report_column, indicators):
    """{report: [fact]} of a CSV, exact repeats once; a fact is a dict of comparable parts."""
    from analysis import text

    facts, seen = collections.defaultdict(list), set()
    with open(path, newline="", encoding="utf-8-sig") as handle:
        for row in csv.DictReader(handle):
            row["indicator"] = INCREMENTS.get(row["indicator"], row["indicator"])
            if row["indicator"] not in indicators or row.get("variant") == "certified":
                continue
            fact = {"optional": row.get("optional") == "yes", "flags": row.get("flags", "")}
            for part in sum(TIERS.values(), ()):
                words = (row.get(part) or "").strip()
                fact[part] = (round(float(words), 6) if words else None) if part in NUMBERS else words
            fact["place"] = "".join(letter for letter in text.fold(fact["place"]) if letter.isalnum())
            fact["status"] = "actual" if fact["status"] == "estimate" else fact["status"]
            fact["qualifier"] = fact["qualifier"] or "="
            key = (row[report_column], *(fact[part] for part in TIERS["found"] + TIERS["right"]))
            if key not in seen:
                seen.add(key)
                facts[row[report_column]].append(fact)
    return facts


def fit(gold, guess):
    """None when it is another figure, else how well the guess fits: right, parts right, full, other parts right."""
    if any(gold[part] != guess[part] for part in TIERS["found"]):
        return None
    right = [gold[part] == guess[part] for part in TIERS["right"]]
    rest = [gold[part] == guess[part] for part in TIERS["full"]]
    return all(right), sum(right), all(right + rest), sum(rest)


def pair(gold, guess):
    """[(index of a gold fact, index of its guess, how well it fits)], one-to-one, the best fits first."""
    fits = [(fit(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(guess) if fit(g, p)]
    taken_gold, taken_guess, pairs = set(), set(), []
    for points, i, j in sorted(fits, reverse=True):
        if i not in taken_gold and j not in taken_guess:
            taken_gold.add(i)
            taken_guess.add(j)
            pairs.append((-i, -j, points))
    return pairs


def score(gold_path, observations_path, indicators=None):
    """{tier: (precision, recall, F1)}, plus "unflagged": the share right among the observations without a flag."""
    with open(gold_path, newline="", encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))
    if indicators is None:
        from analysis.indicators import load_catalogue

        indicators = {name for name, indicator in load_catalogue().items() if indicator.listed}
    reports = {row["doc"] for row in rows}
    golds = read_facts(gold_path, "doc", indicators)
    guesses = read_facts(observations_path, "report", indicators)
    hits, gold_count, guess_count, unflagged, unflagged_right = collections.Counter(), 0, 0, 0, 0
    for report in sorted(reports):
        gold, guess = golds.get(report, []), guesses.get(report, [])
        taken_guess = {j: (points, gold[i]["optional"]) for i, j, points in pair(gold, guess)}
        gold_count += sum(not fact["optional"] for fact in gold)
        for index, fact in enumerate(guess):
            points, optional = taken_guess.get(index, (None, False))
            if optional:
                continue
            guess_count += 1
            if points:
                hits.update({"found": 1, "right": points[0], "full": points[2]})
            if not fact["flags"]:
                unflagged += 1
                unflagged_right += bool(points and points[0])
    result = {}
    for tier in TIERS:
        precision, recall = hits[tier] / max(guess_count, 1), hits[tier] / max(gold_count, 1)
        result[tier] = (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
    result["unflagged"] = unflagged_right / max(unflagged, 1)
    return result


def main(arguments):
    from analysis import __main__ as command_line

    if arguments:
        pairs = [tuple(map(pathlib.Path, arguments))]
    else:
        pairs = []
        invented = [(path.parent.name, path.parent, path) for path in sorted(GOLD.glob("*/gold.csv"))]
        for name, folder, gold in [("practice", ROOT / "data" / "reports", GOLD / "practice.csv"), *invented]:
            found = ROOT / "build" / "score" / f"{name}.csv"
            command_line.main(["extract", str(folder), "-o", str(found), "--quiet"])
            pairs.append((gold, found))
    for gold, observations in pairs:
        result = score(gold, observations)
        print(f"{gold} against {observations}")
        for tier in TIERS:
            print("  {:6} precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(tier, *result[tier]))
        print(f"  right among the unflagged {result['unflagged']:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
