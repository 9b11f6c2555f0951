"""District against district, year against year, result against plan: comparisons of the tidy table.

Every function takes the tidy table, returns a tidy DataFrame that keeps the key, flags, standard and source of each
figure, and has a column `note` with the reason in words where a figure could not be compared. Which rows may be
compared is decided in `comparability`; spread, scores and funnel limits are in `spread`, gaps in the data in
`coverage`; their functions can be called from here as well. Drawing and writing are left to the charts and the
workbook.

    rank(table, "poverty_rate", province="Phú Thọ", period="2016")
    change(table, "poverty_rate", "2016", "2020", province="Phú Thọ")

The words that choose rows (`places`, `province`, `period`, `level`, `variant`, `standard`, `status`, `used`) are the
same everywhere and explained in `comparability.select`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Unpack

import numpy as np
import pandas as pd

from analysis.comparisons.changes import change, rank_changes, series
from analysis.comparisons.comparability import DEFINITION, KEPT, gather, with_note
from analysis.comparisons.coverage import coverage, side_by_side
from analysis.comparisons.measures import (
    MEASURES,
    answer,
    booleans,
    counted_units,
    fractions,
    in_percent,
    integers,
    measured,
    one_each,
    ordered,
    orientation,
    positions_of,
    quantiles_of_sorted,
    quantiles_within,
    ranks_within,
    sided,
)
from analysis.comparisons.plans import gap_to_plan, plan_actual
from analysis.comparisons.selection import Choice, Codes, ComparisonError, DefinitionsDiffer, UnknownName, select
from analysis.comparisons.spread import composite, dispersion, funnel
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
    table: pd.DataFrame, indicator: str | Collection[str] | None = None, *, across_definitions: bool = False,
    lang: str = "vi", **choice: Unpack[Choice],
) -> pd.DataFrame:
    """The newest figure of each place within the one definition that covers most places.

    Adds `newest_period` (of all places compared) and `compared`. A place whose figures all follow another definition
    shows its newest one, not compared, with the reason. A figure of an older period is kept and the note says so.
    """
    found = gather(table, indicator, choice, ("indicator", "level"), across_definitions=across_definitions, lang=lang,
                   newest=True)
    codes, periods = found.source.of("period")
    ends, period = found.source.of("period_end")[0][found.at], codes[found.at]
    top = np.full(found.groups, -1, dtype=np.int64)
    order = np.lexsort((period, ends))
    order = order[found.compared[order]]
    top[found.group[order]] = period[order]  # the last one stays
    newest = top[found.group] if found.groups else period
    older = np.flatnonzero(found.compared & (period != newest))
    steps, pairs = pd.factorize(period[older] * (len(periods) + 1) + newest[older])
    texts = np.full(len(period), "", dtype=object)
    if len(older):
        named = [(periods[pair // (len(periods) + 1)], periods[pair % (len(periods) + 1)]) for pair in pairs]
        words = [say(f"số liệu {format_period(one)}, nơi mới nhất {format_period(new)}",
                     f"figure of {format_period(one, 'en')}, the newest is of {format_period(new, 'en')}", lang)
                 for one, new in named]
        texts[older] = np.array(words, dtype=object)[steps]
    found = replace(found, note=with_note(found.note, texts != "", texts))
    return answer(found, newest_period=(newest, [*periods, ""]))


def rank(
    table: pd.DataFrame, indicator: str | Collection[str] | None = None, *, direction: str | None = None,
    measure: str | None = None, across_definitions: bool = False, lang: str = "vi", **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Places in order, best first, for each indicator and period.

    Competition ranking: places with equal figures share the better rank and the next is left out (1, 2, 2, 4).
    `direction` ("lower_better", "higher_better") overrides the indicator's own; a neutral indicator goes by size, the
    largest first. `measure` "share" ranks counts by value / of in percent; without it that is done where most places
    state the total. Adds `figure` (the number ranked), `measure`, `fraction` ("8/9"), `rank`, `ranked` (how many have a
    rank) and `tied` (how many share it). A place without a comparable figure has no rank.
    """
    found = gather(table, indicator, choice, across_definitions=across_definitions, lang=lang)
    found, figure, share = measured(found, measure, lang)
    oriented = figure * orientation(found, direction)
    by = ordered(found, oriented)
    ranks, tied = ranks_within(oriented, found.group, found.compared, by)
    return answer(found, by, figure=figure, measure=(share, MEASURES),
                  fraction=fractions(counted_units(found), found.number("of"), lang), rank=integers(ranks),
                  ranked=found.counts[found.group], tied=integers(tied))


def quartiles(
    table: pd.DataFrame, indicator: str | Collection[str] | None = None, *, direction: str | None = None,
    measure: str | None = None, minimum: int = 4, across_definitions: bool = False, lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Four bands of places, 1 the best quarter, for each indicator and period.

    The bounds are the quartiles by linear interpolation (definition 7 of Hyndman and Fan 1996, The American
    Statistician 50:361-365); a place on a bound belongs to the better band, so equal figures are always in one band.
    Fewer places than `minimum` get no band. Adds `figure`, `measure`, `quartile`, `band` (words), and the bounds `q1`,
    `median`, `q3`.
    """
    found = gather(table, indicator, choice, across_definitions=across_definitions, lang=lang)
    found, figure, share = measured(found, measure, lang)
    sign, at = orientation(found, direction), found.compared
    oriented = figure * sign
    by = ordered(found, oriented)
    cuts = quantiles_of_sorted(oriented[by[at[by]]], found.counts, (0.25, 0.5, 0.75))
    enough = at & (found.counts >= minimum)[found.group]
    band = enough.astype(np.int64)
    for cut in cuts:
        band += enough & (oriented > cut[found.group])
    first, middle, third = (cut[found.group] * sign for cut in cuts)
    note = with_note(found.note, at & ~enough, say(f"ít hơn {minimum} nơi so sánh được, không chia nhóm",
                                                   f"fewer than {minimum} comparable places, no bands", lang))
    words = ["", *(_band(n, "tốt nhất", "kém nhất", "best", "worst", lang) for n in (1, 2, 3, 4)),
             "", *(_band(n, "cao nhất", "thấp nhất", "highest", "lowest", lang) for n in (1, 2, 3, 4))]
    return answer(
        replace(found, note=note), by, figure=figure, measure=(share, MEASURES),
        quartile=integers(np.where(band, band, np.nan)), band=(band + 5 * ~sided(found, direction), words),
        q1=np.where(sign > 0, first, third), median=middle, q3=np.where(sign > 0, third, first),
    )


def _band(number: int, first_vi: str, last_vi: str, first_en: str, last_en: str, lang: str) -> str:
    vi, en = {1: (f" ({first_vi})", f" ({first_en})"), 4: (f" ({last_vi})", f" ({last_en})")}.get(number, ("", ""))
    return say(f"nhóm {number}{vi}", f"quarter {number}{en}", lang)


def gap(
    table: pd.DataFrame, indicator: str | Collection[str] | None = None, to: str = "mean", *, within: str = "province",
    direction: str | None = None, measure: str | None = None, across_definitions: bool = False, lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """How far each place is from a reference, for each indicator and period: its figure minus the reference.

    `to` is "mean" (of the places compared, unweighted), "median", "best", "province" (the figure that the province
    itself states), "target" (the place's own target) or "plan" (its percentage of the plan, against 100). Mean, median
    and best are those of the places of the same province (`within="province"`) or of all that were chosen ("all").
    Differences of percentages are percentage points. Adds `figure`, `measure`, `reference`, `reference_key`,
    `reference_places` (how many figures it rests on), `gap`, `gap_unit`, `gap_percent` (of the reference; empty for
    percentages) and `ahead` (whether the place is on the better side; empty when equal or neutral).
    """
    if to in ("target", "plan"):
        return gap_to_plan(table, indicator, to, direction=direction, lang=lang, **choice)
    if to not in ("mean", "median", "best", "province"):
        raise UnknownName(f"No reference {to!r}; write mean, median, best, province, target or plan.")
    if within not in ("province", "all"):
        raise UnknownName(f'No reference within {within!r}; write "province" or "all".')
    per = ("indicator", "level", "period", *(["province"] if within == "province" else []))
    found = gather(table, indicator, choice, per, across_definitions=across_definitions, lang=lang)
    found, figure, share = measured(found, measure, lang)
    by = ordered(found, figure * orientation(found, direction))
    key, places, at = (np.zeros(len(figure), dtype=np.int64), [""]), found.counts[found.group], found.compared
    if to == "province":
        reference, key, note = _province_figures(table, found, share, choice, lang)
        places, found = np.where(np.isnan(reference), 0, 1), replace(found, note=note)
    elif to == "mean":
        with np.errstate(invalid="ignore"):
            total = np.bincount(found.group[at], weights=figure[at], minlength=found.groups)
            reference = (total / found.counts)[found.group]
    elif to == "median":
        reference = quantiles_within(figure[at], found.group[at], found.counts, (0.5,))[0][found.group]
    else:
        reference, key = _best_figures(found, figure, by)
    return _gap_answer(found, figure, share, reference, key, places, direction, by)


def _best_figures(found, figure, by):
    """For each row the best figure of its group and the key of the first place that has it."""
    sizes = np.bincount(found.group, minlength=found.groups)
    first, some = by[np.cumsum(sizes) - sizes], found.counts > 0  # what is compared stands before what is not
    keys = np.where(some, found.source.rows["key"].to_numpy(dtype=object)[found.at[first]], "")
    return np.where(some, figure[first], np.nan)[found.group], (found.group, keys)


def _gap_answer(found, figure, share, reference, key, places, direction, by):
    sign = orientation(found, direction)
    distance = np.where(found.compared, figure - reference, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = distance / np.abs(reference) * 100
    relative[in_percent(found) | share | (reference == 0)] = np.nan
    codes, units = found.source.of("unit")
    points = ["percentage_points" if unit == "percent" else unit for unit in units] + ["percentage_points"]
    return answer(
        found, by, figure=figure, measure=(share, MEASURES), reference=reference, reference_key=key,
        reference_places=places, gap=distance, gap_unit=(np.where(share, len(units), codes[found.at]), points),
        gap_percent=relative,
        ahead=booleans(distance * sign < 0, sided(found, direction) & ~np.isnan(distance) & (distance != 0)),
    )


def _province_figures(table, found, share, choice, lang):
    """For each row the figure that its province states for the same indicator, definition and period."""
    wanted = {name: choice[name] for name in ("status", "standard", "variant", "used") if name in choice}
    rows = found.rows
    theirs = select(table, sorted(set(rows["indicator"])), level="province", **wanted)
    ids = Codes(pd.concat([rows[KEPT], theirs[KEPT]], ignore_index=True)).ids(
        "indicator", "period", "province", *DEFINITION)
    mine, other = ids[:len(rows)], ids[len(rows):]
    at = one_each(other, theirs)
    where = positions_of(mine, other[at], at)
    note = with_note(found.note, found.compared & (where < 0),
                     say("tỉnh không nêu số liệu cùng loại", "the province states no such figure", lang))
    value, of = (np.append(theirs[column].to_numpy(dtype=float), np.nan)[where] for column in ("value", "of"))
    with np.errstate(divide="ignore", invalid="ignore"):
        reference = np.where(share, value / of * 100, value)
    return reference, (where, [*theirs["key"], ""]), note
