"""District against district, year against year, result against plan: comparisons of the tidy table.

Every function takes the tidy table, returns a tidy DataFrame that keeps the key, flags, standard and source of each
figure, and has a column `note` with the reason in words where a figure could not be compared. Which rows may be compared
is decided in `comparability`; spread, scores and funnel limits are in `spread`, gaps in the data in `coverage`; their
functions can be called from here as well. Drawing and writing are left to the charts and the workbook.

    rank(table, "poverty_rate", province="Phú Thọ", period="2016")
    change(table, "poverty_rate", "2016", "2020", province="Phú Thọ")

The words that choose rows (`places`, `province`, `period`, `level`, `variant`, `standard`, `status`, `used`) are the same
everywhere and explained in `comparability.select`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Unpack

import numpy as np
import pandas as pd

from analysis.changes import change, rank_changes, series
from analysis.comparability import DEFINITION, KEPT, Comparable, gather, with_note
from analysis.coverage import coverage, side_by_side
from analysis.measures import (
    answer,
    booleans,
    difference_units,
    fractions,
    in_percent,
    integers,
    measured,
    one_each,
    orientation,
    positions_of,
    quantiles_within,
    ranks_within,
)
from analysis.selection import Choice, Codes, ComparisonError, DefinitionsDiffer, UnknownName, select
from analysis.spread import composite, dispersion, funnel
from analysis.words import format_period, say

__all__ = [
    "ComparisonError",
    "DefinitionsDiffer",
    "UnknownName",
    "change",
    "composite",
    "coverage",
    "dispersion",
    "funnel",
    "gap",
    "latest",
    "plan_actual",
    "quartiles",
    "rank",
    "rank_changes",
    "select",
    "series",
    "side_by_side",
]


def latest(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """The newest figure of each place within the one definition that covers most places.

    Adds `newest_period` (of all places compared) and `compared`. A place whose figures all follow another definition
    shows its newest one, not compared, with the reason. Stocks and rates of another date are kept and the note says so.
    """
    found = gather(
        table,
        indicator,
        choice,
        per=("indicator", "level"),
        across_definitions=across_definitions,
        lang=lang,
        newest=True,
    )
    period = found.rows["period"].to_numpy(dtype=object)
    codes, periods = pd.factorize(period, sort=True)
    top = np.full(found.groups, -1, dtype=np.int64)
    np.maximum.at(top, found.group[found.compared], codes[found.compared])
    newest = np.append(np.asarray(periods, dtype=object), "")[top[found.group]]
    older = found.compared & (period != newest)
    words = [
        say(
            f"số liệu {format_period(p)}, nơi mới nhất {format_period(n)}",
            f"figure of {format_period(p, 'en')}, the newest is of {format_period(n, 'en')}",
            lang,
        )
        for p, n in zip(period[older], newest[older], strict=True)
    ]
    texts = np.full(len(period), "", dtype=object)
    texts[older] = words
    note = with_note(found.note, older, texts)
    found = Comparable(found.rows, found.group, found.compared, note)
    return answer(found, newest_period=pd.Series(newest, dtype="str"))


def rank(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    direction: str | None = None,
    measure: str | None = None,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Places in order, best first, for each indicator and period.

    Competition ranking: places with equal figures share the better rank and the next rank is left out (1, 2, 2, 4).
    `direction` ("lower_better", "higher_better") overrides the indicator's own; a neutral indicator goes by size, largest
    first. `measure` "share" ranks counts by value / of in percent; without it that is done where most places state the
    total. Adds `figure` (the number ranked), `measure`, `fraction` ("8/9"), `rank`, `ranked` (how many have a rank) and
    `tied` (how many share it). A place without comparable figure has no rank.
    """
    found = gather(table, indicator, choice, across_definitions=across_definitions, lang=lang)
    found, figure, basis = measured(found, measure, lang)
    ranks, tied = ranks_within(figure * orientation(found.rows["direction"], direction), found.group, found.compared)
    counts = np.bincount(found.group[found.compared], minlength=found.groups)
    ranked = counts[found.group] if found.groups else np.zeros(0, dtype=np.int64)
    return answer(
        found,
        ranks,
        figure=figure,
        measure=pd.Series(basis, dtype="str"),
        fraction=pd.Series(fractions(found.rows["value"], found.rows["of"], lang), dtype="str"),
        rank=integers(ranks),
        ranked=ranked,
        tied=integers(tied),
    )


def quartiles(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    direction: str | None = None,
    measure: str | None = None,
    minimum: int = 4,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Four bands of places, 1 the best quarter, for each indicator and period.

    The bounds are the quartiles by linear interpolation (definition 7 of Hyndman and Fan 1996, The American Statistician
    50:361-365); a place on a bound belongs to the better band, so equal figures are always in one band. Fewer places
    than `minimum` get no band. Adds `figure`, `quartile`, `band` (words), and the bounds `q1`, `median`, `q3`.
    """
    found = gather(table, indicator, choice, across_definitions=across_definitions, lang=lang)
    found, figure, basis = measured(found, measure, lang)
    sign = orientation(found.rows["direction"], direction)
    bounds_of = np.full((3, found.groups), np.nan)
    counts = np.bincount(found.group[found.compared], minlength=found.groups)
    if found.compared.any():
        cuts = quantiles_within(figure[found.compared], found.group[found.compared], counts, (0.25, 0.5, 0.75))
        bounds_of[:] = cuts
    low, middle, high = (line[found.group] for line in bounds_of) if found.groups else (np.zeros(0),) * 3
    enough = found.compared & (counts[found.group] >= minimum if found.groups else False)
    better = [np.where(sign > 0, low, high), middle, np.where(sign > 0, high, low)]
    band = np.where(enough, 1 + sum((figure * sign > cut * sign).astype(int) for cut in better), np.nan)
    note = with_note(
        found.note,
        found.compared & ~enough,
        say(
            f"ít hơn {minimum} nơi so sánh được, không chia nhóm",
            f"fewer than {minimum} comparable places, no bands",
            lang,
        ),
    )
    found = Comparable(found.rows, found.group, found.compared, note)
    neutral = found.rows["direction"].to_numpy(dtype=object) == "neutral"
    words = np.array([["", *(_BANDS[k](n, lang) for n in (1, 2, 3, 4))] for k in (False, True)], dtype=object)
    label = words[(neutral & (direction is None)).astype(int), np.where(np.isnan(band), 0, band).astype(int)]
    return answer(
        found,
        figure * sign,
        figure=figure,
        measure=pd.Series(basis, dtype="str"),
        quartile=integers(band),
        band=pd.Series(label, dtype="str"),
        q1=low,
        median=middle,
        q3=high,
    )


_BANDS = {
    False: lambda n, lang: say(
        f"nhóm {n}" + {1: " (tốt nhất)", 4: " (kém nhất)"}.get(n, ""),
        f"quarter {n}" + {1: " (best)", 4: " (worst)"}.get(n, ""),
        lang,
    ),
    True: lambda n, lang: say(
        f"nhóm {n}" + {1: " (cao nhất)", 4: " (thấp nhất)"}.get(n, ""),
        f"quarter {n}" + {1: " (highest)", 4: " (lowest)"}.get(n, ""),
        lang,
    ),
}


def gap(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    to: str = "mean",
    *,
    within: str = "province",
    direction: str | None = None,
    measure: str | None = None,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """How far each place is from a reference, for each indicator and period: its figure minus the reference.

    `to` is "mean" (of the places compared, unweighted), "median", "best", "province" (the figure that the province itself
    states), "target" (the place's own target) or "plan" (its percentage of the plan, against 100). Mean, median and best
    are those of the places of the same province (`within="province"`) or of all that were chosen ("all"). Differences of
    percentages are percentage points. Adds `figure`, `reference`, `reference_key`, `reference_places` (how many figures it
    rests on), `gap`, `gap_unit`, `gap_percent` (of the reference; empty for percentages) and `ahead` (whether the place
    is on the better side; empty when equal or neutral).
    """
    if to in ("target", "plan"):
        return _gap_to_plan(table, indicator, to, direction=direction, lang=lang, **choice)
    if to not in ("mean", "median", "best", "province"):
        raise UnknownName(f"No reference {to!r}; write mean, median, best, province, target or plan.")
    if within not in ("province", "all"):
        raise UnknownName(f'No reference within {within!r}; write "province" or "all".')
    grouped = ("indicator", "level", "period", *(["province"] if within == "province" else []))
    found = gather(table, indicator, choice, per=grouped, across_definitions=across_definitions, lang=lang)
    found, figure, basis = measured(found, measure, lang)
    sign = orientation(found.rows["direction"], direction)
    key = np.full(len(figure), "", dtype=object)
    if to == "province":
        reference, key, note = _province_figures(table, found, choice, lang)
        places = np.where(np.isnan(reference), 0, 1)
        found = Comparable(found.rows, found.group, found.compared, note)
    else:
        at, counts = found.compared, np.bincount(found.group[found.compared], minlength=found.groups)
        if to == "mean":
            with np.errstate(invalid="ignore"):
                line = np.bincount(found.group[at], weights=figure[at], minlength=found.groups) / counts
        elif to == "median":
            line = quantiles_within(figure[at], found.group[at], counts, (0.5,))[0] if at.any() else counts * np.nan
        else:
            line = np.full(found.groups, np.inf)
            np.minimum.at(line, found.group[at], (figure * sign)[at])
            line[np.isinf(line)] = np.nan
        reference = line[found.group] * (sign if to == "best" else 1.0) if found.groups else np.zeros(0)
        places = counts[found.group] if found.groups else counts
        if to == "best":
            best = pd.Series(found.rows["key"]).where(at & (figure == reference)).groupby(found.group).first()
            key = best.reindex(found.group).fillna("").to_numpy(dtype=object)
    return _gap_answer(found, figure, basis, reference, key, places, direction)


def _gap_answer(found, figure, basis, reference, key, places, direction):
    sign = orientation(found.rows["direction"], direction)
    distance = np.where(found.compared, figure - reference, np.nan)
    percent = in_percent(found.rows["unit"]) | (basis == "share")
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(percent | (reference == 0), np.nan, distance / np.abs(reference) * 100)
    sided = (found.rows["direction"].to_numpy(dtype=object) != "neutral") | (direction is not None)
    decided = sided & ~np.isnan(distance) & (distance != 0)
    unit = np.where(basis == "share", "percentage_points", difference_units(found.rows["unit"]))
    order = np.where(found.compared, distance * sign, np.nan)
    return answer(
        found,
        order,
        figure=figure,
        measure=pd.Series(basis, dtype="str"),
        reference=reference,
        reference_key=pd.Series(key, dtype="str"),
        reference_places=places,
        gap=distance,
        gap_unit=pd.Series(unit, dtype="str"),
        gap_percent=relative,
        ahead=booleans(distance * sign < 0, decided),
    )


def _province_figures(table, found, choice, lang):
    """For each row the figure that its province states for the same indicator, definition and period."""
    wanted = {name: choice[name] for name in ("status", "standard", "variant", "used") if name in choice}
    rows = found.rows
    theirs = select(table, sorted(set(rows["indicator"])), level="province", **wanted)
    both = pd.concat([rows[KEPT], theirs[KEPT]], ignore_index=True)
    codes = Codes(both)
    ids = codes.ids("indicator", "period", "province", *DEFINITION)
    mine, other = ids[: len(rows)], ids[len(rows) :]
    at = one_each(other, theirs)
    where = positions_of(mine, other[at], at)
    reference = np.where(where >= 0, theirs["value"].to_numpy(dtype=float)[where] if len(theirs) else np.nan, np.nan)
    key = np.where(where >= 0, theirs["key"].to_numpy(dtype=object)[where] if len(theirs) else "", "")
    none = found.compared & (where < 0)
    note = with_note(
        found.note, none, say("tỉnh không nêu số liệu cùng loại", "the province states no such figure", lang)
    )
    return reference, key, note


def plan_actual(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    direction: str | None = None,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Result and target of the same place, indicator, definition and period, side by side; one row for each pair.

    A target counts when it is for the same period and standard as the result. Where the table has none, the share of the
    plan that the source itself states ("đạt 120% kế hoạch" → 120) stands for it. The columns of the row are those of the
    result (of the target, with an empty value, where no result is known yet). Adds `actual`, `target`, `target_key`,
    `target_qualifier`, `target_published`, `done_pct` (actual / target in percent; for percentages only where the source
    states it), `done_from` ("target", "plan_pct" or empty), `gap` (actual minus target) in `gap_unit`, and `outcome`
    "exceeded", "met", "missed" or empty where it can not be told.
    """
    choice = {key: value for key, value in choice.items() if key != "status"}
    results = select(table, indicator, **choice)
    plans = select(table, indicator, **choice, status="target")
    columns = [*KEPT, "plan_pct"]
    both = pd.concat([results[columns], plans[columns]], ignore_index=True)
    codes = Codes(both)
    ids = codes.ids("indicator", "level", "period", "place_id", "variant", "unit", "standard")
    mine, theirs = ids[: len(results)], ids[len(results) :]
    one, other = one_each(mine, results), one_each(theirs, plans)
    where = positions_of(mine[one], theirs[other], other)
    alone = other[positions_of(theirs[other], mine[one], one) < 0]
    rows = both.take(np.concatenate([one, alone + len(results)])).reset_index(drop=True)
    where = np.append(where, alone)
    planned = rows["status"].to_numpy(dtype=object) == "target"
    stated = rows["plan_pct"].to_numpy(dtype=float)
    paired = where >= 0
    goal = plans.iloc[np.maximum(where, 0)] if len(plans) else plans.reindex(np.zeros(len(where)))
    target = np.where(paired, goal["value"].to_numpy(dtype=float), np.nan)
    actual = np.where(planned, np.nan, rows["value"].to_numpy(dtype=float))
    target_qualifier = np.where(paired, goal["qualifier"].fillna("").to_numpy(dtype=object), "")
    keep = paired | ~np.isnan(stated)
    percent = in_percent(rows["unit"])
    with np.errstate(divide="ignore", invalid="ignore"):
        computed = np.where(percent | (target == 0), np.nan, actual / target * 100)
    done = np.where(np.isnan(computed), stated, computed)
    origin = np.where(~np.isnan(computed), "target", np.where(~np.isnan(stated), "plan_pct", ""))
    lower = orientation(rows["direction"], direction) > 0
    lower = np.where(np.isin(target_qualifier, ["<", "<="]), True, lower)
    lower = np.where(np.isin(target_qualifier, [">", ">="]), False, lower)
    neutral = (rows["direction"].to_numpy(dtype=object) == "neutral") & (direction is None)
    sided = ~neutral | np.isin(target_qualifier, ["<", "<=", ">", ">="])
    distance = actual - target
    by_value = np.where(lower, -distance, distance)
    by_share = np.where(lower, np.nan, stated - 100)  # "100% of the plan" of something to be lowered tells no side
    side = np.where(sided, np.where(np.isnan(distance), by_share, by_value), np.nan)
    outcome = np.select([side > 0, side == 0, side < 0], ["exceeded", "met", "missed"], "")
    note = np.full(len(rows), "", dtype=object)
    note = with_note(note, paired & planned, say("chưa có kết quả", "no result yet", lang))
    note = with_note(
        note,
        keep & ~paired,
        say(
            "% kế hoạch do nguồn nêu, không có trị số kế hoạch",
            "share of the plan as stated, no figure for the plan",
            lang,
        ),
    )
    apart = np.abs(computed - stated) > 1
    note = with_note(
        note,
        apart,
        say(
            "% kế hoạch do nguồn nêu khác với kết quả tính lại",
            "the stated share of the plan differs from the recomputed one",
            lang,
        ),
    )
    repeated = np.bincount(theirs, minlength=int(ids.max(initial=-1)) + 1)[np.append(mine[one], theirs[alone])] > 1
    note = with_note(
        note,
        paired & repeated,
        say("có hơn một kế hoạch, lấy kế hoạch công bố sau", "more than one target, the later one is taken", lang),
    )
    for word, vi, en in (
        ("exceeded", "vượt kế hoạch", "target exceeded"),
        ("met", "đạt kế hoạch", "target met"),
        ("missed", "không đạt kế hoạch", "target missed"),
    ):
        note = with_note(note, outcome == word, say(vi, en, lang))
    answer_rows = rows[KEPT].assign(
        value=actual,
        actual=actual,
        target=target,
        target_key=pd.Series(np.where(paired, goal["key"].fillna("").to_numpy(dtype=object), ""), dtype="str"),
        target_qualifier=pd.Series(target_qualifier, dtype="str"),
        target_published=pd.Series(
            np.where(paired, goal["published"].fillna("").to_numpy(dtype=object), ""), dtype="str"
        ),
        done_pct=done,
        done_from=pd.Series(origin, dtype="str"),
        gap=distance,
        gap_unit=pd.Series(difference_units(rows["unit"]), dtype="str"),
        outcome=pd.Series(outcome, dtype="str"),
        compared=keep & ~planned,
        note=pd.Series(note, dtype="str"),
    )
    order = Codes(rows).ids("indicator", "level", "period", "place_id", "variant", "standard")
    at = np.argsort(order, kind="stable")
    return answer_rows.take(at[keep[at]]).reset_index(drop=True)


def _gap_to_plan(table, indicator, to, *, direction, lang, **choice):
    pairs = plan_actual(table, indicator, direction=direction, lang=lang, **choice)
    pairs = pairs[pairs["compared"]]
    if to == "target":
        pairs = pairs[pairs["target"].notna()]
        figure, reference, unit = pairs["actual"], pairs["target"], pairs["gap_unit"]
    else:
        pairs = pairs[pairs["done_pct"].notna()]
        figure, reference = pairs["done_pct"], pd.Series(100.0, index=pairs.index)
        unit = pd.Series("percentage_points", index=pairs.index, dtype="str")
    relative = (figure - reference) / reference.abs() * 100
    known = (pairs["outcome"] != "") & (pairs["outcome"] != "met")
    return pairs.assign(
        figure=figure,
        reference=reference,
        reference_key=pairs["target_key"],
        gap=figure - reference,
        gap_unit=unit,
        gap_percent=relative.where((unit != "percentage_points") & (reference != 0)),
        ahead=booleans((pairs["outcome"] == "exceeded").to_numpy(), known.to_numpy()),
    ).reset_index(drop=True)
