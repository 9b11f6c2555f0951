"""Percentages of a table: which column a "% of plan" or "% of the same period" is about, and what it says of a figure.

The pair of columns is told by the formula in the head, else by the arithmetic of the rows, else by where columns stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analysis.cells.figures import Figure
from analysis.cells.layout import Column, TableLayout

if TYPE_CHECKING:
    from analysis.indicators import Indicator


class Bound(NamedTuple):
    """A column of percentages, the column they are a percentage of when it is known, and what they are."""

    column: Column
    base: Column | None
    kind: str


def bind(layout: TableLayout, values: Sequence[Column]) -> dict[int, list[Bound]]:
    """For each column of figures (by its index) the columns of percentages about it."""
    done = [c for c in values if c.role.kind != "target"]
    bound: dict[int, list[Bound]] = {}
    by_number = {
        found[0]: c for c in layout.columns if (found := re.search(r"\d+|^[A-Z]$", layout.table.numbering(c.index)))
    }
    for column in layout.columns:
        kind_word = column.role.kind
        if kind_word not in ("plan_pct", "yoy_pct", "growth", "ratio"):
            continue
        group = (
            [c for c in done if c.path[:-1] == column.path[:-1]]
            if layout.kind != "indicator" and len(column.path) > 1
            else list(done)
        )
        group = group or list(done)
        formula = re.search(
            r"(\d+)\s*\)?\s*[/:]\s*\(?\s*(\d+)", layout.table.numbering(column.index).split("=")[-1]
        ) or (re.search(r"(\d{1,2})\s*\)?\s*[/:]\s*\(?\s*(\d{1,2})(?!\d)", column.path[-1]) if column.path else None)
        over = under = None
        if formula:
            over, under = by_number.get(formula[1]), by_number.get(formula[2])
        if over is None or over not in values:
            over, under = _fitting(layout, column, values, group)
        if over is None:
            current = [c for c in group if not c.role.shift and c.index < column.index]
            named_year = [c for c in current if c.period and c.period[:4] in column.words]
            newest = max((c.period for c in current), default="")
            current = named_year or [c for c in current if c.period == newest] or current
            over = current[-1] if current else (group[0] if group else None)
        if over is None:
            continue
        if kind_word == "ratio":
            kind_word = (
                "plan_pct"
                if (under is not None and under.role.kind == "target")
                or (under is None and any(c.role.kind == "target" for c in values))
                else "yoy_pct"
            )
        bound.setdefault(over.index, []).append(Bound(column, under, kind_word))
    return bound


def _fitting(
    layout: TableLayout, column: Column, values: Sequence[Column], group: Sequence[Column]
) -> tuple[Column | None, Column | None]:
    """The pair of columns whose quotient the percentages are, told by the arithmetic of the rows."""
    tally: Counter[tuple[int, int]] = Counter()
    pairs = {}
    for over in group:
        for under in values:
            plan = under.role.kind == "target"
            if under is over or (column.role.kind != "ratio" and (column.role.kind == "plan_pct") != plan):
                continue
            pairs[over.index, under.index] = (over, under)
            for row in layout.body:
                given, top, base = (layout.value(row, c.index) for c in (column, over, under))
                if None in (given, top, base) or not base:
                    continue
                quotient = 100 * top / base
                if abs(given - quotient) <= max(0.11, 0.006 * quotient) or abs(given - quotient + 100) <= max(
                    0.11, 0.006 * abs(quotient - 100)
                ):
                    tally[over.index, under.index] += 1
    if not tally:
        return None, None
    best = max(tally, key=lambda pair: (tally[pair], -abs(pair[0] - column.index)))
    return pairs[best]


def percents(
    layout: TableLayout, row: int, column: Column, figure: Figure, bound: Sequence[Bound], indicator: Indicator
) -> tuple[float | None, float | None, tuple[str, ...]]:
    """plan_pct and yoy_pct of a figure from the columns of percentages about it."""
    plan = yoy = None
    flags: list[str] = []
    for percent, under, kind_word in bound:
        given = layout.value(row, percent.index)
        if given is None:
            continue
        base = layout.value(row, under.index) if under is not None else None
        quotient = 100 * figure.value / base if base else None
        rate = indicator.unit in ("percent", "percentage_points")
        if kind_word == "growth":
            if rate and not (quotient is not None and abs(given + 100 - quotient) < 0.6):
                continue  # a rise of a rate is in points
            given = 100 + given
        elif quotient is not None and abs(given - quotient) > max(0.6, 0.01 * quotient):
            if abs(100 * given - quotient) <= max(0.6, 0.01 * quotient):
                given = 100 * given
            elif abs(given + 100 - quotient) <= max(0.6, 0.01 * quotient) and kind_word == "yoy_pct":
                given = 100 + given
            elif rate and abs(given - (figure.value - base)) < 0.02:
                continue  # a difference in points
            else:
                flags.append("arithmetic_mismatch")
                if not 0 < given < 1000:
                    continue
        elif quotient is None and rate and abs(given) < 20:
            continue
        if kind_word == "plan_pct":
            if plan is None:
                plan = round(given, 6)
            elif "two_plans" not in flags:
                flags.append("two_plans")
        elif yoy is None:
            yoy = round(given, 6)
    return plan, yoy, tuple(flags)
