"""Comparisons: worked examples with numbers computed by hand, properties, and published figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import compare, comparability
from analysis.periods import bounds, kind

DEFAULTS = {
    "origin": "report", "report": "r", "source_title": "Báo cáo", "publisher": "", "published": "2023-01-05", "url": "",
    "province": "Quảng Ninh", "place_code": "", "level": "district", "indicator": "poverty_rate", "variant": "",
    "unit": "percent", "kind": "rate", "direction": "lower_better", "value_max": np.nan, "of": np.nan, "qualifier": "=",
    "status": "actual", "period": "2022", "plan_pct": np.nan, "yoy_pct": np.nan, "members": "", "standard": "",
    "standard_basis": "", "quote": "", "start": 0, "end": 0, "where": "", "rule": "", "flags": "", "derived": False,
    "duplicate_of": "", "conflict": "", "used": True, "used_because": "",
}
COUNT = {"indicator": "ntm_communes", "unit": "communes", "kind": "stock", "direction": "higher_better"}


def table(*rows, **shared):
    """A tidy table of rows given as dicts, or as (place, value) pairs; what is not said is the default."""
    full = []
    for number, row in enumerate(rows):
        row = row if isinstance(row, dict) else {"place": row[0], "value": row[1]}
        row = DEFAULTS | shared | row
        full.append({"key": f"r-{number:08x}"} | row | {"period_kind": kind(row["period"])})
    frame = pd.DataFrame(full, columns=["key", *DEFAULTS, "place", "value", "period_kind"])
    ends = [bounds(period)[1] if period else None for period in frame["period"]]
    frame["period_end"] = pd.Series([end.isoformat() if end else "" for end in ends], dtype="str")
    frame["year"] = pd.array([end.year if end else pd.NA for end in ends], dtype="Int64")
    text = [c for c in frame if isinstance(({"place": "", "key": "", "period_kind": ""} | DEFAULTS).get(c, 0.0), str)]
    return frame.astype({**dict.fromkeys(text, "str"), "value": float, "of": float, "plan_pct": float})


def by_place(answer, column):
    values = answer[column].astype(object).where(answer[column].notna(), None)
    return dict(zip(answer["place"], values, strict=True))
