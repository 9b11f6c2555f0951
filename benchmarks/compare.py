"""How long each comparison takes on a table of one million rows, beside the bare pandas groupby that it needs.

    python -m benchmarks.compare [rows]

Prints seconds of processor time and the ratio of the two; the goal is at most 3. The table is made up: 40 indicators,
700 districts in 63 provinces, 35 years, in no order.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis import compare

GOAL = 3.0
KEYS = ["indicator", "level", "period", "variant", "unit", "standard"]  # what makes figures comparable
LINES = ("2006-2010", "2011-2015", "2016-2021", "2022-2026")


def make_table(rows: int, seed: int = 7) -> pd.DataFrame:
    """A tidy table with the columns that comparisons read, and a few that they do not."""
    random = np.random.default_rng(seed)
    names = np.array([f"indicator_{n:02d}" for n in range(38)] + ["poverty_rate", "ntm_communes"], dtype=object)
    per_place = max(1, -(-rows // (len(names) * 700)))
    at = random.permutation(len(names) * 700 * per_place)
    indicator, place, year = at % len(names), at // len(names) % 700, at // (len(names) * 700)
    provinces = np.array([f"Tỉnh {n:02d}" for n in range(63)], dtype=object)
    places = np.array([f"huyện {n:03d}" for n in range(700)], dtype=object)
    codes = np.array([f"{n:03d}" for n in range(1, 701)], dtype=object)
    years = np.array([str(1991 + n) for n in range(per_place)], dtype=object)
    units = np.where(np.arange(len(names)) % 2, "percent", "households").astype(object)
    directions = np.where(np.arange(len(names)) % 3, "higher_better", "lower_better").astype(object)
    line = np.array(LINES, dtype=object)[np.clip((year + 1991 - 2006) // 5, 0, 3)]
    status = np.where(random.random(len(at)) < 0.9, "actual", "estimate").astype(object)
    count = random.integers(0, 5000, len(at))
    table = pd.DataFrame({
        "key": np.char.add("r-", np.arange(len(at)).astype(str)).astype(object), "origin": "report", "report": "r",
        "source_title": np.array([f"Báo cáo {n}" for n in range(500)], dtype=object)[random.integers(0, 500, len(at))],
        "publisher": "", "published": "2024-01-15", "province": provinces[place % 63], "place": places[place],
        "place_code": codes[place], "level": "district", "indicator": names[indicator], "variant": "",
        "unit": units[indicator], "kind": "rate", "direction": directions[indicator], "value": count / 100,
        "of": np.where(indicator % 2, np.nan, 60.0), "qualifier": "=", "status": status, "period": years[year],
        "year": pd.array(year + 1991, dtype="Int64"), "plan_pct": np.nan, "standard": line, "flags": "", "quote": "",
        "conflict": "", "used": True,
    })  # fmt: skip
    text = [name for name in table if table[name].dtype == object]
    return table.astype(dict.fromkeys(text, "str"))


def cases(table: pd.DataFrame) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """For each comparison a call on the whole table, and the groupby without which it can not be done."""
    place, province = [*KEYS, "place_code"], [*KEYS, "province"]
    spread = ["mean", "median", "std", "min", "max"]
    line = [name for name in place if name != "period"]
    last, first = table["period"].max(), str(int(table["period"].max()) - 2)

    def two_periods() -> pd.DataFrame:
        two = table[table["period"].isin([first, last])]
        return two.groupby(line)["value"].agg(["first", "last"])

    some = {"poverty_rate": 2.0, "indicator_02": 1.0, "indicator_04": 1.0}
    names = list(some)
    def best_of_province() -> tuple[pd.Series, pd.Series]:
        groups = table.groupby(province)["value"]
        return groups.transform("min"), groups.idxmin()  # the figure and which place has it

    half = table.iloc[: len(table) // 2]
    planned = pd.concat([half, half.assign(key="t" + half["key"], value=half["value"] + 1, status="target")])
    both = [*place, "status"]

    return {
        "latest": (lambda: compare.latest(table), lambda: table.groupby(line)["period"].max()),
        "rank": (lambda: compare.rank(table), lambda: table.groupby(KEYS)["value"].rank(method="min")),
        "quartiles": (
            lambda: compare.quartiles(table), lambda: table.groupby(KEYS)["value"].quantile([0.25, 0.5, 0.75])),
        "gap to mean": (lambda: compare.gap(table), lambda: table.groupby(province)["value"].transform("mean")),
        "gap to best": (lambda: compare.gap(table, to="best"), best_of_province),
        "series": (lambda: compare.series(table), lambda: table.sort_values("period").groupby(line)["value"].diff()),
        "change": (lambda: compare.change(table, None, first, last), two_periods),
        "rank_changes": (lambda: compare.rank_changes(table, None, first, last), two_periods),
        "dispersion": (
            lambda: compare.dispersion(table), lambda: table.groupby(KEYS)["value"].agg(spread)),
        "composite": (
            lambda: compare.composite(table, some, period=last),
            lambda: table[table["indicator"].isin(names)].groupby(KEYS)["value"].rank()),
        "funnel": (lambda: compare.funnel(table), lambda: table.groupby(KEYS)[["value", "of"]].transform("sum")),
        "plan_actual": (lambda: compare.plan_actual(planned), lambda: planned.groupby(both)["value"].first()),
        "coverage": (lambda: compare.coverage(table), lambda: table.groupby(place)["value"].first()),
    }  # fmt: skip


def best_of(call: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        start = time.process_time()
        call()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main(rows: int = 1_000_000, times: int = 2) -> int:
    """Print a line for each comparison; the number of those that miss the goal."""
    table = make_table(rows)
    print(f"{len(table):,} rows{'':>8}  comparison     groupby   ratio")
    slow = 0
    for name, (comparison, bare) in cases(table).items():
        needed, taken = best_of(bare, times), best_of(comparison, times)
        slow += taken > GOAL * needed
        print(f"{name:<20}{taken:>10.3f} s{needed:>10.3f} s{taken / needed:>8.2f}", flush=True)
    return slow


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000) > 0)
