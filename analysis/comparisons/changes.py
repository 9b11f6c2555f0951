"""One place against itself: the change between two periods, who improved most, and series cut where definitions change.

A change exists only within one definition. A jump from one poverty line to the next is a definition, not a result, and
is refused or marked with the reason. Comparing places at one period is left to `compare`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Unpack

import numpy as np
import pandas as pd

from analysis.comparisons.comparability import KEPT, Comparable, compare_rows, unknown_standard, with_missing, with_note
from analysis.comparisons.measures import (
    answer,
    booleans,
    difference_units,
    in_percent,
    integers,
    one_each,
    ordered,
    orientation,
    positions_of,
    ranks_within,
    sided,
)
from analysis.comparisons.selection import (
    Choice,
    Codes,
    ComparisonError,
    DefinitionsDiffer,
    UnknownName,
    period_length,
    select,
)
from analysis.definitions import Break, breaks, load_definitions, standard_name
from analysis.periods import bounds
from analysis.words import format_number, format_period, say

_BEFORE = (
    "key",
    "period",
    "value",
    "of",
    "status",
    "standard",
    "source_title",
    "published",
)  # kept of the first period


def change(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    start: str = "",
    end: str = "",
    *,
    direction: str | None = None,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """What became of each place from the period `start` to the period `end`, within one definition.

    The row is that of `end`; `from_key`, `from_period`, `from_value`, … are those of `start`. Where a period is counted
    by two standards, the figures of the same standard are taken. Adds `change` (end minus start) in `change_unit`
    (percentage points for percentages), `per_year` (change / years between the ends of the periods), `change_percent`
    (relative to start; empty for percentages and for a start of zero) and `improved` (empty for no change or a neutral
    indicator). A place whose two figures follow different standards, or that has only one, stays in the answer without
    change and says why.

    Raises DefinitionsDiffer when no place has both figures within one definition but some have them across two;
    `across_definitions=True` gives those changes, each flagged `standard_changed`. Raises ComparisonError for periods
    of different kinds: nine months are never compared with a year.
    """
    if not start or not end or period_length(start) != period_length(end):
        raise ComparisonError(
            f"A change needs two periods of the same kind, not {start!r} and {end!r}; "
            'write for example start="2020", end="2022" or start="2022-H1", end="2023-H1".'
        )
    if start == end:
        raise ComparisonError(f"A change needs two periods; both are {start!r}.")
    rows = select(table, indicator, **{**choice, "period": [start, end]})
    pairs, reasons, crossing = _pair(rows, start, end, choice, across_definitions, lang)
    before = [f"from_{column}" for column in _BEFORE]
    found = compare_rows(
        pairs,
        ("indicator", "level"),
        choice=choice,
        across_definitions=across_definitions,
        reasons=reasons,
        extra=[*before, "crossing"],
        lang=lang,
    )
    if crossing and not across_definitions and not found.compared.any():
        raise DefinitionsDiffer(_refusal(pairs, start, end, crossing))
    found = with_missing(found, table, {**choice, "period": end}, indicator, ("indicator", "level"), lang)
    return _changes(found, start, end, direction, across_definitions, lang)


def _pair(rows, start, end, choice, across_definitions, lang):
    """One row per place and definition with both figures; places without such a pair with what they have and why."""
    codes = Codes(rows)
    free = choice.get("variant") is not None
    subject = codes.ids("indicator", "level", "place_id", "unit", *([] if free else ["variant"]))
    standard, names = codes.of("standard")
    pair = subject * (len(names) + 1) + standard
    pair = pd.factorize(pair, sort=True)[0]
    late = rows["period"].to_numpy(dtype=object) == end
    first, second = (at[one_each(pair[at], rows.take(at))] for at in (np.flatnonzero(~late), np.flatnonzero(late)))
    partner = positions_of(pair[second], pair[first], first)
    ends, starts = second[partner >= 0], partner[partner >= 0]

    paired = np.zeros(int(subject.max(initial=-1)) + 1, dtype=bool)
    paired[subject[ends]] = True
    # what is left: the newest standard at the start and the oldest at the end are nearest to each other
    first, second = first[~paired[subject[first]]], second[~paired[subject[second]]]
    first = first[np.argsort(standard[first], kind="stable")]
    second = second[np.argsort(-standard[second], kind="stable")]
    last_first = positions_of(np.arange(len(paired)), subject[first], first)
    last_second = positions_of(np.arange(len(paired)), subject[second], second)
    both = (last_first >= 0) & (last_second >= 0)
    only_second = (last_second >= 0) & ~both
    only_first = (last_first >= 0) & ~both
    end_at = np.concatenate([ends, last_second[both], last_second[only_second], last_first[only_first]])
    none = np.full(int(only_second.sum()), -1)
    start_at = np.concatenate([starts, last_first[both], none, last_first[only_first]])
    kinds = np.repeat([0, 1, 2, 3], [len(ends), both.sum(), only_second.sum(), only_first.sum()])

    pairs = rows.take(end_at).reset_index(drop=True)
    known = start_at >= 0
    for column in _BEFORE:
        cells = rows[column].take(np.maximum(start_at, 0)).reset_index(drop=True) if len(rows) else rows[column]
        pairs[f"from_{column}"] = cells.where(known, "" if isinstance(cells.dtype, pd.StringDtype) else np.nan)
    pairs["flags"] = _united(pairs["flags"], rows["flags"].take(np.maximum(start_at, 0)).where(known, ""))
    gone = kinds == 3
    if gone.any():
        pairs["key"], pairs["source_title"], pairs["published"] = (
            pairs[column].where(~gone, "") for column in ("key", "source_title", "published")
        )
        pairs["value"], pairs["period"] = pairs["value"].where(~gone), pairs["period"].where(~gone, end)
    pairs["crossing"] = kinds == 1
    reasons = np.full(len(pairs), "", dtype=object)
    if not across_definitions:
        reasons[kinds == 1] = _broken(pairs[kinds == 1], lang)
    early, late = (say(f"không có số liệu {format_period(p)}", f"no figure for {format_period(p, 'en')}", lang)
                   for p in (start, end))  # fmt: skip
    reasons[pairs["from_value"].isna().to_numpy()] = early
    reasons[gone] = late
    filled = (pairs["value"].notna() & pairs["from_value"].notna()).to_numpy()
    return pairs, reasons, int(((kinds == 1) & filled).sum())


def _united(flags: pd.Series, others: pd.Series) -> np.ndarray:
    index, pairs = pd.MultiIndex.from_arrays([flags.to_numpy(dtype=object), others.to_numpy(dtype=object)]).factorize()
    words = ["|".join(dict.fromkeys(flag for flag in f"{a}|{b}".split("|") if flag)) for a, b in pairs]
    return pd.array(np.array(words, dtype=object)[index] if len(words) else [], dtype="str")


def _broken(rows: pd.DataFrame, lang: str) -> np.ndarray:
    unclear = say("không rõ", "unknown", lang)
    index, pairs = pd.MultiIndex.from_arrays(
        [rows["from_standard"].to_numpy(dtype=object), rows["standard"].to_numpy(dtype=object)]
    ).factorize()
    named = [[standard_name(name, lang) or unclear for name in pair] for pair in pairs]
    words = [
        say(
            f"đổi chuẩn: {a} → {b}, chênh lệch không phải kết quả",
            f"standard changed: {a} → {b}, the difference is no result",
            lang,
        )
        for a, b in named
    ]
    return np.array(words, dtype=object)[index] if len(words) else np.zeros(0, dtype=object)


def _refusal(rows, start, end, crossing):
    row = rows[rows["crossing"] & rows["value"].notna() & rows["from_value"].notna()].iloc[0]
    more = f" (and {crossing - 1} more)" if crossing > 1 else ""
    return (
        f"{row['place']}{more}: {row['indicator']} of {start} follows the standard {row['from_standard'] or 'unknown'} "
        f"and that of {end} the standard {row['standard'] or 'unknown'}; their difference is no result. Choose two "
        "periods within one standard, or write across_definitions=True to have it with a flag."
    )


def _changes(found: Comparable, start, end, direction, across_definitions, lang):
    compared, note, crossing = found.compared, found.note, found.rows["crossing"].to_numpy(dtype=bool)
    before, after = found.number("from_value"), found.number("value")
    difference = np.where(compared, after - before, np.nan)
    (_, first), (_, last) = bounds(start), bounds(end)
    years = last.year - first.year + (last.month - first.month) / 12
    percent = in_percent(found)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(percent | (before == 0), np.nan, difference / np.abs(before) * 100)
    note = with_note(
        note,
        compared & ~percent & (before == 0),
        say("kỳ đầu bằng 0, không tính được %", "the first figure is 0, no percentage", lang),
    )
    of, from_of = found.number("of"), found.number("from_of")
    moved = np.flatnonzero(compared & (np.abs(of - from_of) > 0))
    index, pairs = pd.factorize(from_of[moved] + 1j * of[moved])
    words = [f"{format_number(pair.real, lang=lang)} → {format_number(pair.imag, lang=lang)}" for pair in pairs]
    texts = np.full(len(note), "", dtype=object)
    texts[moved] = (
        np.array([say(f"tổng số thay đổi: {w}", f"the total changed: {w}", lang) for w in words], dtype=object)[index]
        if words
        else ""
    )
    note = with_note(note, texts != "", texts)
    codes, names = found.source.of("indicator")
    for number, name in enumerate(names):
        for event in events_between(name, start, end):
            note = with_note(note, compared & (codes[found.at] == number), event.reason(lang))
    flagged = found.flagged
    if across_definitions and crossing.any():
        broken = np.flatnonzero(crossing & compared)
        mixed = compared & (np.bincount(found.group[broken], minlength=found.groups) > 0)[found.group]
        texts = np.full(len(note), "", dtype=object)
        texts[broken] = _broken(found.rows.take(broken), lang)
        note, flagged = with_note(note, texts != "", texts), (*flagged, (mixed, "standard_changed"))
    sign, extra = orientation(found, direction), tuple(name for name in found.extra if name != "crossing")
    found = replace(found, note=note, flagged=flagged, extra=extra)
    return answer(
        found,
        change=difference,
        change_unit=difference_units(found.rows["unit"]),
        years=years,
        per_year=difference / years,
        change_percent=relative,
        improved=booleans(difference * sign < 0, sided(found, direction) & ~np.isnan(difference) & (difference != 0)),
    )


def events_between(indicator: str, start: str, end: str) -> tuple[Break, ...]:
    """What moved the figures of an indicator between two periods and is neither a result nor a new standard."""
    events = set(load_definitions().events)
    return tuple(event for event in breaks(indicator, start, end) if event in events)


def rank_changes(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    start: str = "",
    end: str = "",
    *,
    measure: str = "change",
    direction: str | None = None,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Who improved most between two periods, beside who stands best: the delta ranking and both level rankings.

    All ranks are among the places whose change is comparable, best first, ties as in `rank`. `measure` is "change" (in
    the unit, percentage points for percentages), "percent" (relative change) or "per_year". Adds to `change`:
    `delta_rank`, `from_rank`, `to_rank`, `climbed` (ranks won, from_rank minus to_rank) and `ranked`.
    """
    measures = {"change": "change", "percent": "change_percent", "per_year": "per_year"}
    if measure not in measures:
        raise UnknownName(f"No measure {measure!r} of a change; write one of: {', '.join(measures)}.")
    rows = change(
        table, indicator, start, end, direction=direction, across_definitions=across_definitions, lang=lang, **choice
    )
    codes = Codes(rows)
    group, sign = codes.ids("indicator", "level"), orientation(codes, direction)
    compared = rows["compared"].to_numpy(dtype=bool) & rows[measures[measure]].notna().to_numpy()
    delta, was, now = (
        ranks_within(rows[column].to_numpy(dtype=float) * sign, group, compared)[0]
        for column in (measures[measure], "from_value", "value")
    )
    found = Comparable.over(
        rows.drop(columns=["compared", "note"]), group, compared, rows["note"].to_numpy(dtype=object)
    )
    return answer(
        found,
        ordered(found, delta),
        delta_rank=integers(delta),
        from_rank=integers(was),
        to_rank=integers(now),
        climbed=integers(was - now),
        ranked=found.counts[group],
    )


def series(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Each place's figures over time, cut into segments: one for each definition, in the order in which they begin.

    A date that is counted by two standards stands in both segments. Lines of different variants, units and kinds of
    period are separate. Adds `year`, `segment` (1, 2, … within a line), `break_before` (the first row of a later
    segment), `previous_period`, and `change` from it in `change_unit`, within the segment only. Rows whose standard is
    unknown while others of the indicator have one are a segment without changes. A line is never to be drawn across a
    break.
    """
    rows = select(table, indicator, **choice)
    codes = Codes(rows)
    line = codes.ids("indicator", "level", "place_id", "variant", "unit", "length")
    standard, standards = codes.of("standard")
    period, periods = codes.of("period")
    segment = pd.factorize(line * (len(standards) + 1) + standard, sort=True)[0]
    at = one_each(segment * (len(periods) + 1) + period, rows)
    begin = np.full(int(segment.max(initial=-1)) + 1, len(periods), dtype=np.int64)
    np.minimum.at(begin, segment, period)
    at = at[np.lexsort((period[at], standard[at], begin[segment[at]], line[at]))]
    line, segment, period, standard = line[at], segment[at], period[at], standard[at]
    unknown = unknown_standard(codes, choice)[at]
    new_line = np.append(True, line[1:] != line[:-1]) if len(at) else np.zeros(0, dtype=bool)
    new = np.append(True, segment[1:] != segment[:-1]) if len(at) else np.zeros(0, dtype=bool)
    number = np.cumsum(new)
    number = number - np.maximum.accumulate(np.where(new_line, number, 0)) + 1 if len(at) else number
    result = rows[[*KEPT, "year"]].take(at).reset_index(drop=True)
    value = result["value"].to_numpy(dtype=float)
    follows = ~new & ~unknown
    difference = np.where(follows, value - np.append(np.nan, value[:-1])[: len(value)], np.nan)
    texts = result["period"].to_numpy(dtype=object)
    previous = np.where(follows, np.append("", texts[:-1])[: len(texts)], "")
    broken = new & ~new_line
    note = np.full(len(at), "", dtype=object)
    if broken.any():
        steps = pd.DataFrame(
            {
                "from_standard": np.append("", result["standard"].to_numpy(dtype=object)[:-1])[broken],
                "standard": result["standard"].to_numpy(dtype=object)[broken],
            }
        )
        note[broken] = _broken(steps, lang)
    note = with_note(note, unknown, say("không rõ chuẩn, không so sánh được", "standard unknown, not comparable", lang))
    note = _with_events(note, codes, at, follows, period, lang)
    return result.assign(
        segment=number,
        break_before=broken,
        previous_period=pd.array(previous.astype(object), dtype="str"),
        change=difference,
        change_unit=difference_units(result["unit"]),
        compared=~unknown & ~np.isnan(value),
        note=pd.array(note, dtype="str"),
    )


def _with_events(note, codes, at, follows, period, lang):
    """The reasons of events between a row and the one before it, on the rows that follow another."""
    names, known = codes.of("indicator")[0][at], codes.of("indicator")[1]
    periods, size = codes.of("period")[1], len(codes.of("period")[1])
    here = np.flatnonzero(follows)
    steps, found = pd.factorize((names[here] * size + period[here - 1]) * size + period[here])
    reasons = [
        "; ".join(
            event.reason(lang)
            for event in events_between(known[step // size // size], periods[step // size % size], periods[step % size])
        )
        for step in found
    ]
    texts = np.full(len(note), "", dtype=object)
    if len(here):
        texts[here] = np.array(reasons, dtype=object)[steps]
    return with_note(note, texts != "", texts)
