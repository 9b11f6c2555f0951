"""Time of `tidy` and `checks.find` on many rows, beside the bare pandas work on the same frame.

    python benchmarks/tidy.py [rows]

The rows are made up: districts of the gazetteer, ten indicators, nine years, three sources for each figure.
"""

import sys
import time

import numpy as np
import pandas as pd

from analysis import checks
from analysis.indicators import load_catalogue
from analysis.places import load_gazetteer
from analysis.tidy import tidy

INDICATORS = {
    "poverty_rate": "percent", "near_poverty_rate": "percent", "poor_households": "households",
    "near_poor_households": "households", "ntm_communes": "communes", "jobs_created": "persons",
    "income_per_capita": "million_vnd_per_year", "budget_revenue": "billion_vnd", "labour_export": "persons",
    "health_insurance_rate": "percent",
}  # fmt: skip


def made_up(rows: int) -> pd.DataFrame:
    random = np.random.default_rng(1)
    places = [p for p in load_gazetteer().places if p.level == "district" and not p.seen_from]
    number = np.arange(rows)
    place, source = number % len(places), number % 3
    indicator = (number // len(places)) % len(INDICATORS)
    year = 2016 + (number // (len(places) * len(INDICATORS))) % 9
    level = random.lognormal(3, 0.4, len(places))[place]
    names = np.array([p.name for p in places], dtype=object)[place]
    report = np.array([f"{p.code}-{s}" for p in places for s in range(3)], dtype=object)[place * 3 + source]
    return pd.DataFrame({
        "report": report, "place": names, "place_code": np.array([p.code for p in places], dtype=object)[place],
        "level": "district", "indicator": np.array(list(INDICATORS), dtype=object)[indicator], "variant": "",
        "value": np.round(level + indicator, 2), "value_max": np.nan, "of": np.nan,
        "unit": np.array(list(INDICATORS.values()), dtype=object)[indicator], "qualifier": "=", "status": "actual",
        "period": year.astype(str).astype(object), "plan_pct": np.nan, "yoy_pct": np.nan, "members": "",
        "quote": "một câu", "start": number % 5000, "end": number % 5000 + 10, "where": "", "rule": "label",
        "flags": "",
    })  # fmt: skip


def timed(what: str, action):
    start, busy = time.perf_counter(), time.process_time()
    answer = action()
    print(f"{what:32}{time.perf_counter() - start:8.2f} s, of the processor {time.process_time() - busy:8.2f} s")
    return answer


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    frame, catalogue = made_up(rows), load_catalogue()
    same = ["place_code", "indicator", "variant", "unit", "period", "status"]
    print(f"{rows:,} rows")
    timed("bare groupby of the key", lambda: frame.groupby(same, sort=False)["value"].first())
    table = timed("tidy", lambda: tidy(frame, None, None, None, catalogue))
    found = timed("checks.find", lambda: checks.find(table, catalogue))
    print(f"{len(table):,} rows, {len(found):,} findings")
