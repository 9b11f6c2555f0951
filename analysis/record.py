"""The record of one figure, and with it the columns of the observation table; prose and tables both fill it in."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Observation:
    """One figure that a report states about a place; the columns are explained in the dictionary of the workbook."""

    report: str
    place: str
    place_code: str
    level: str
    indicator: str
    variant: str
    value: float
    value_max: float | None
    of: float | None
    unit: str
    qualifier: str
    status: str
    period: str
    plan_pct: float | None
    yoy_pct: float | None
    members: str
    quote: str
    start: int
    end: int
    where: str
    rule: str
    flags: str


COLUMNS = tuple(f.name for f in fields(Observation))
NUMBERS = ("value", "value_max", "of", "plan_pct", "yoy_pct")
