"""What is known and what is not: for each place, indicator and period a figure, or which kind of gap there is.

A gap is never a zero. Its kinds: no report about the place and period was read; a report was, but says nothing; sources
disagree and none is used; a figure exists but can not be compared; the question does not apply. Comparing what is known
is left to `compare`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparisons.comparability import Comparable, compare_rows, gather, with_note
from analysis.comparisons.measures import answer, counted_units, fractions, labels
from analysis.comparisons.selection import PLACE, RESULT, Choice, Codes, listed, named_places, place_texts, select
from analysis.periods import bounds
from analysis.words import format_period, say, status_text

STATES = {
    "known": ("có số liệu", "figure known"),
    "no_report": ("không có báo cáo", "no report"),
    "silent": ("báo cáo không nêu", "the report is silent"),
    "conflict": ("các nguồn không thống nhất, chưa chọn số nào", "sources disagree and none is used"),
    "not_comparable": ("có số liệu nhưng không so sánh được", "a figure exists but can not be compared"),
    "not_applicable": ("không áp dụng", "not applicable"),
}
LAST_DISTRICT_DAY = "2025-06-30"  # the district level ended on 1 July 2025 (NQ 203/2025/QH15)
MONTHS_TO_REPORT = 12  # a report published up to this long after a period is taken to be about it
_NUMBER = {name: number for number, name in enumerate(STATES, start=1)}
_KEPT = ["key", "unit", "status", "standard", "value", "of", "qualifier", "flags", "source_title", "published"]


def coverage(
    table: pd.DataFrame,
    indicators: str | Collection[str] | None = None,
    *,
    places: str | Collection[str] | None = None,
    province: str | Collection[str] | None = None,
    periods: str | Collection[str] | None = None,
    level: str = "district",
    status: str = "actual",
    reports: Iterable[Any] | None = None,
    lang: str = "vi",
) -> pd.DataFrame:
    """One row for each place, indicator and period: the figure, or which kind of missing the gap is.

    Without `indicators`, `places` or `periods` those that the table has (at the level) make the grid. `reports` are the
    reports that were read (Report records or a table with place, province and published): with them a place can have a
    report that says nothing at all. Otherwise only the reports that left a row in the table are known.

    `state` is known · not_comparable (other variant, standard or kind of figure than most places) · conflict ·
    silent · no_report · not_applicable (a district after its level ended on 1 July 2025; new-rural figures of an urban
    district or ward). `note` is the state in words. A figure of a conflict that a rule or an analyst chose is known.
    """
    everything = select(table, None, province=province, level=level, status=None, used=False)
    codes = Codes(everything)
    who, place = _newest_names(codes)
    if places is not None:
        who, place = _chosen(who, place, listed(places), level)
    wanted = listed(indicators) if indicators is not None else sorted(everything["indicator"].unique())
    stages = listed(periods) if periods is not None else sorted(set(everything["period"]) - {""})
    shape = len(who), len(wanted), len(stages)
    what, when = _index(codes, "indicator", wanted), _index(codes, "period", stages)
    inside = (place >= 0) & (what >= 0) & (when >= 0)
    cell = np.where(inside, (place * shape[1] + what) * shape[2] + when, -1)

    ours = codes.holds("status", *(RESULT if status in RESULT else (status,)))
    used = everything["used"].to_numpy(dtype=bool)
    right = np.flatnonzero(inside & ours & used)
    found = compare_rows(everything.take(right) if len(right) < len(everything) else everything, lang=lang)
    order = np.argsort(cell[right][found.at], kind="stable")
    filled = cell[right][found.at][order]
    size = shape[0] * shape[1] * shape[2]
    state, note = np.zeros(size, dtype=np.int64), np.full(size, "", dtype=object)
    state[filled] = np.where(found.compared, _NUMBER["known"], _NUMBER["not_comparable"])[order]
    note[filled] = found.note[order]
    conflict = cell[inside & ours & ~used & ~codes.holds("conflict", "")]
    state[conflict[state[conflict] == 0]] = _NUMBER["conflict"]
    for kind in codes.of("status")[1]:
        others = cell[inside & ~ours & codes.holds("status", kind)]
        others = others[state[others] == 0]
        state[others] = _NUMBER["not_comparable"]
        note[others] = say(f"chỉ có số {status_text(kind, lang)}", f"only {status_text(kind, lang)} figures", lang)
    _mark_gaps(state.reshape(shape), who, wanted, stages, _told(codes, place, len(who), stages), reports)

    at = np.full(len(state), -1, dtype=np.int64)
    at[filled] = np.arange(len(filled))
    rows = found.build(order)[_KEPT]
    if len(filled) < len(state):
        rows = pd.DataFrame({name: rows[name].array.take(at, allow_fill=True, fill_value="" if isinstance(
            rows[name].dtype, pd.StringDtype) else np.nan) for name in _KEPT})
    grid = {name: who[name].array.take(np.repeat(np.arange(shape[0]), shape[1] * shape[2])) for name in PLACE}
    grid["indicator"] = labels(np.tile(np.repeat(np.arange(shape[1]), shape[2]), shape[0]), wanted)
    grid["period"] = labels(np.tile(np.arange(shape[2]), shape[0] * shape[1]), stages)
    said = np.array(["", *(say(*words, lang) for words in STATES.values())], dtype=object)
    silent = (state != _NUMBER["known"]) & (note == "")
    return pd.DataFrame(grid).assign(
        **{name: rows[name] for name in _KEPT}, state=labels(state, ["", *STATES]),
        note=pd.array(np.where(silent, said[state], note), dtype="str"),
    )


def _newest_names(codes: Codes) -> tuple[pd.DataFrame, np.ndarray]:
    """One row for each place with its newest name, by province and name; and the number of each row's place in it."""
    ids = codes.of("place_id")[0].astype(np.int64)
    count = int(ids.max(initial=-1)) + 1
    newest = codes.of("period_end")[0].astype(np.int64) * (len(codes.of("place")[1]) + 1) + codes.of("place")[0]
    top = np.full(count, -1, dtype=np.int64)
    np.maximum.at(top, ids, newest)
    at = np.flatnonzero(newest == top[ids])
    first = np.full(count, -1, dtype=np.int64)
    first[ids[at][::-1]] = at[::-1]
    who = codes.rows[PLACE].take(first).reset_index(drop=True)
    who["identity"] = place_texts(who)
    who = who.sort_values(["province", "place", "identity"])
    number = np.empty(count, dtype=np.int64)
    number[who.index.to_numpy()] = np.arange(count)
    return who.reset_index(drop=True), number[ids]


def _chosen(who: pd.DataFrame, place: np.ndarray, names: list[str], level: str) -> tuple[pd.DataFrame, np.ndarray]:
    """The places that were asked for, in that order, one without any row included."""
    known = named_places(who, names)
    number = pd.Series(who.index, index=who["identity"])
    at = [int(number[min(known[name])]) if known[name] else -1 for name in names]
    position = np.full(len(who) + 1, -1, dtype=np.int64)
    lines = []
    for new, (name, old) in enumerate(zip(names, at, strict=True)):
        lines.append(who.loc[old].to_dict() if old >= 0 else {"place": name, "level": level, "identity": f"|{name}"})
        position[old] = new if old >= 0 else -1
    frame = pd.DataFrame(lines, columns=who.columns).fillna("").astype("str")
    return frame, position[place] if len(place) else place


def _index(codes: Codes, column: str, wanted: list[str]) -> np.ndarray:
    """For each row the position of its value among the wanted ones, or -1."""
    at, values = codes.of(column)
    where = {value: number for number, value in enumerate(wanted)}
    return np.array([where.get(value, -1) for value in values], dtype=np.int64)[at]


def _told(codes: Codes, place: np.ndarray, count: int, stages: list[str]) -> np.ndarray:
    """Whether the table has any figure about a place and the year of a period: then a report was read."""
    at, periods = codes.of("period")
    years = sorted({_year(period) for period in [*periods, *stages]})
    number = {year: n for n, year in enumerate(years)}
    told = np.zeros((count, len(years)), dtype=bool)
    inside = place >= 0
    told[place[inside], np.array([number[_year(period)] for period in periods], dtype=np.int64)[at][inside]] = True
    return told[:, [number[_year(period)] for period in stages]]


def _year(period: str) -> int:
    return bounds(period)[1].year if period else 0


def _mark_gaps(state, who, wanted, stages, told, reports):
    """The remaining gaps: does the question apply, and was a report about the place and period read?"""
    urban = who["place"].str.match(r"(?i)(quận|phường|thị trấn) ").to_numpy(dtype=bool)
    district = (who["level"] == "district").to_numpy(dtype=bool)
    late = np.array([bounds(period)[0].isoformat() > LAST_DISTRICT_DAY for period in stages], dtype=bool)
    rural = np.array([name.startswith("ntm_") for name in wanted], dtype=bool)
    off = (district[:, None] & late)[:, None, :] | (urban[:, None] & rural)[:, :, None]
    read = told.copy()
    for identity, published in _reported(reports, who) if reports is not None else []:
        read[identity] |= [_covers(published, period) for period in stages]
    reason = np.where(off, _NUMBER["not_applicable"],
                      np.where(read, _NUMBER["silent"], _NUMBER["no_report"])[:, None, :])
    np.copyto(state, reason, where=state == 0)


def _reported(reports: Any, who: pd.DataFrame) -> list[tuple[int, str]]:
    """The number of the place and the date of each report about one of the places."""
    if isinstance(reports, pd.DataFrame):
        lines = reports[["place", "province", "published"]].itertuples(index=False)
    else:
        lines = ((r.place, r.province, r.published) for r in reports)
    number = pd.Series(who.index, index=who["identity"])
    found = []
    for place, province, published in lines:
        near = who[who["province"].isin([province, ""])] if province else who
        if place and published:
            found += [(int(number[one]), published) for ids in named_places(near, [place]).values() for one in ids]
    return found


def _covers(published: str, period: str) -> bool:
    """Whether a report of this date can be about the period: from its first day to a year after its last one."""
    first, last = bounds(period)
    latest = f"{last.year + MONTHS_TO_REPORT // 12}{last.isoformat()[4:]}"
    return first.isoformat()[: len(published)] <= published <= latest[: len(published)] if published else False


def side_by_side(
    table: pd.DataFrame,
    places: Collection[str],
    *,
    indicators: str | Collection[str] | None = None,
    province: str | Collection[str] | None = None,
    period: str | Collection[str] | None = None,
    level: str = "district",
    origin: str | None = None,
    lang: str = "vi",
) -> pd.DataFrame:
    """The named places beside each other for every indicator that one of them states: one row per indicator and place.

    Each place shows its newest figure; `compared` says whether it follows the definition and is of the period that most
    of the places share, and the note says what sets it apart. A place without a figure has a row with an empty value
    and the kind of gap as in `coverage`. `origin="report"` looks only at what reports state, "published" only at
    published figures. Adds `fraction` ("8/9"), `state` and `compared`.
    """
    rows = table if origin is None else table[table["origin"] == origin]
    choice: Choice = {"places": places, "province": province, "period": period, "level": level}
    if indicators is None:
        indicators = sorted(select(rows, **choice)["indicator"].unique())
    found = gather(rows, listed(indicators), choice, ("indicator", "level"), newest=True, lang=lang)
    period_of = found.rows["period"].to_numpy(dtype=object)
    shared = _most_common(found, period_of)
    apart = found.compared & (period_of != shared)
    texts = np.full(len(period_of), "", dtype=object)
    texts[apart] = [
        say(
            f"số liệu {format_period(a)}, các nơi khác {format_period(b)}",
            f"figure of {format_period(a, 'en')}, the others of {format_period(b, 'en')}",
            lang,
        )
        for a, b in zip(period_of[apart], shared[apart], strict=True)
    ]
    note = with_note(found.note, apart, texts)
    empty = found.rows["value"].isna().to_numpy()
    state = np.where(found.compared & ~apart, "known", np.where(empty, "", "not_comparable")).astype(object)
    everything = select(rows, None, province=province, level=level, status=None, used=False)
    ids = place_texts(everything)
    known, planned = set(ids), {}
    for one, indicator, status in zip(ids, everything["indicator"], everything["status"], strict=True):
        if status not in RESULT:
            planned[(one, indicator)] = status
    for at in np.flatnonzero(empty):
        row = found.rows.iloc[at]
        one = place_texts(found.rows.iloc[[at]]).iloc[0]
        state[at] = "silent" if one in known else "no_report"
        note[at] = say(*STATES[state[at]], lang)
        if (one, row["indicator"]) in planned:
            word = status_text(planned[(one, row["indicator"])], lang)
            state[at], note[at] = "not_comparable", say(f"chỉ có số {word}", f"only {word} figures", lang)
    found = replace(found, compared=found.compared & ~apart, note=note)
    named = named_places(everything, listed(places))
    position = {one: n for n, name in enumerate(named) for one in (named[name] or {f"|{name}"})}
    order = place_texts(found.rows).map(position).to_numpy(dtype=float)
    return answer(found, np.lexsort((order, found.group)), state=state,
                  fraction=fractions(counted_units(found), found.number("of"), lang))


def _most_common(found: Comparable, period: np.ndarray) -> np.ndarray:
    """For each row the period that most compared rows of its group have; the newest on a tie."""
    lines = pd.DataFrame({"group": found.group, "period": period})[found.compared]
    counts = lines.groupby(["group", "period"]).size().reset_index(name="n").sort_values(["group", "n", "period"])
    best = counts.drop_duplicates("group", keep="last").set_index("group")["period"]
    return best.reindex(found.group).fillna("").to_numpy(dtype=object)
