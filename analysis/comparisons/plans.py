"""Results against plans: the figure and the target of one place, period and definition, side by side.

A plan is a target that a report or a published table states, or, without one, the share of the plan that the source
gives. Comparing places with each other is left to `compare`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Unpack

import numpy as np
import pandas as pd

from analysis.comparisons.comparability import KEPT, unknown_standard, with_note
from analysis.comparisons.measures import (
    booleans,
    difference_units,
    in_percent,
    labels,
    one_each,
    orientation,
    positions_of,
    sided,
)
from analysis.comparisons.selection import Choice, Codes, select
from analysis.words import say

OUTCOMES = {
    "": ("", ""), "exceeded": ("vượt kế hoạch", "target exceeded"), "met": ("đạt kế hoạch", "target met"),
    "missed": ("không đạt kế hoạch", "target missed"),
}  # fmt: skip


def plan_actual(
    table: pd.DataFrame, indicator: str | Collection[str] | None = None, *, direction: str | None = None,
    lang: str = "vi", **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Result and target of the same place, indicator, definition and period, side by side; one row for each pair.

    A target counts when it is for the same period and standard as the result. Where the table has none, the share of
    the plan that the source itself states ("đạt 120% kế hoạch" → 120) stands for it. The columns of the row are those
    of the result (of the target, with an empty value, where no result is known yet). Adds `actual`, `target`,
    `target_key`, `target_qualifier`, `target_published`, `done_pct` (actual / target in percent; for percentages only
    where the source states it), `done_from` ("target", "plan_pct" or empty), `gap` (actual minus target) in `gap_unit`,
    and `outcome` "exceeded", "met", "missed" or empty where it can not be told: half a year that has done half of the
    year's plan has not missed it. Of several targets for one key the one
    that the table uses is taken, and of several of those the one published last.
    """
    choice = {key: value for key, value in choice.items() if key != "status"}
    results = select(table, indicator, **choice)
    plans = select(table, indicator, **choice, status="target")
    columns = [*KEPT, "plan_pct"]
    if not len(plans):  # nothing can be paired: only results with a stated share of the plan matter
        results = results[results["plan_pct"].notna()]
    both = pd.concat([results[columns], plans[columns]], ignore_index=True)
    codes = Codes(both)
    ids = codes.ids("indicator", "level", "period", "place_id", "variant", "unit", "standard")
    mine, theirs = ids[:len(results)], ids[len(results):]
    one, other = one_each(mine, results), one_each(theirs, plans)
    goal = positions_of(mine[one], theirs[other], other)
    told = (goal >= 0) | ~np.isnan(results["plan_pct"].to_numpy(dtype=float)[one])
    alone = other[positions_of(theirs[other], mine[one], one) < 0]
    at = np.concatenate([one[told], alone + len(results)])
    goal = np.append(goal[told], alone)
    order = np.argsort(codes.ids("indicator", "level", "period", "place_id", "variant", "standard")[at], kind="stable")
    at, goal = at[order], goal[order]
    unknown = unknown_standard(codes, choice)[at]
    repeated = np.bincount(theirs, minlength=int(ids.max(initial=-1)) + 1)[ids[at]] > 1
    rows = both.take(at).reset_index(drop=True)
    return _judged(rows, plans, goal, repeated, unknown, direction, lang)


def _judged(rows, plans, goal, repeated, unknown, direction, lang):
    codes, paired = Codes(rows), goal >= 0
    planned, percent = codes.holds("status", "target"), in_percent(codes)
    stated = rows["plan_pct"].to_numpy(dtype=float)
    target = np.append(plans["value"].to_numpy(dtype=float), np.nan)[goal]
    actual = np.where(planned, np.nan, rows["value"].to_numpy(dtype=float))
    sign = np.array([*plans["qualifier"], ""], dtype=object)[goal]
    with np.errstate(divide="ignore", invalid="ignore"):
        computed = np.where(percent | (target == 0), np.nan, actual / target * 100)
    computed[unknown] = np.nan
    origin = np.where(~np.isnan(computed), 1, np.where(~np.isnan(stated), 2, 0))
    at_most, at_least = np.isin(sign, ["<", "<="]), np.isin(sign, [">", ">="])
    lower = ((orientation(codes, direction) > 0) | at_most) & ~at_least
    distance = np.where(unknown, np.nan, actual - target)
    # "100% of the plan" of something that is to be lowered does not tell on which side of the plan it is
    side = np.where(np.isnan(distance), np.where(lower, np.nan, stated - 100), np.where(lower, -distance, distance))
    side[~(sided(codes, direction) | at_most | at_least)] = np.nan
    early = ~paired & (stated < 100) & ~codes.where("length", lambda length: length.startswith(("year", "span")))
    side[early] = np.nan  # plans are for whole years: half a year with half of the plan has missed nothing
    outcome = np.select([side > 0, side == 0, side < 0], [1, 2, 3], 0)
    note = np.full(len(rows), "", dtype=object)
    for mask, vi, en in (
        (planned, "chưa có kết quả", "no result yet"),
        (paired & unknown & ~planned, "không rõ chuẩn, không so sánh được", "standard unknown, not comparable"),
        (~paired, "% kế hoạch do nguồn nêu, không có trị số kế hoạch", "share of the plan as stated, no target figure"),
        (early, "mới một phần của năm, chưa kết luận", "only a part of the year, nothing said yet"),
        (np.abs(computed - stated) > 1, "% kế hoạch do nguồn nêu khác với kết quả tính lại",
         "the stated share of the plan differs from the recomputed one"),
        (paired & repeated, "có hơn một kế hoạch, lấy kế hoạch công bố sau", "several targets, the latest is taken"),
        *((outcome == number, *words) for number, words in enumerate(OUTCOMES.values()) if number),
    ):  # fmt: skip
        note = with_note(note, mask, say(vi, en, lang))
    return rows[KEPT].assign(
        value=actual, actual=actual, target=target, target_key=labels(goal, [*plans["key"], ""]),
        target_qualifier=pd.array(sign, dtype="str"), target_published=labels(goal, [*plans["published"], ""]),
        done_pct=np.where(origin == 1, computed, stated), done_from=labels(origin, ["", "target", "plan_pct"]),
        gap=distance, gap_unit=difference_units(rows["unit"]), outcome=labels(outcome, list(OUTCOMES)),
        compared=~planned & ~(paired & unknown), note=pd.array(note, dtype="str"),
    )


def gap_to_plan(
    table: pd.DataFrame, indicator: str | Collection[str] | None, to: str, *, direction: str | None, lang: str,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """The answer of `compare.gap` for a place's own target ("target") or its percentage of the plan ("plan")."""
    pairs = plan_actual(table, indicator, direction=direction, lang=lang, **choice)
    figure, reference = ("actual", pairs["target"]) if to == "target" else ("done_pct", pairs["done_pct"] * 0 + 100)
    known = pairs["compared"] & pairs[figure].notna() & reference.notna()
    pairs, reference = pairs[known], reference[known]
    points = pd.Series("percentage_points", index=pairs.index, dtype="str")
    distance = pairs[figure] - reference
    relative = (distance / reference.abs() * 100).where((pairs["gap_unit"] != "percentage_points") & (reference != 0))
    decided = pairs["outcome"].isin(["exceeded", "missed"])
    return pairs.assign(
        figure=pairs[figure], reference=reference, reference_key=pairs["target_key"], gap=distance,
        gap_unit=pairs["gap_unit"] if to == "target" else points,
        gap_percent=relative if to == "target" else np.nan,
        ahead=booleans((pairs["outcome"] == "exceeded").to_numpy(), decided.to_numpy()),
    ).reset_index(drop=True)
