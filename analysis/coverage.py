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

from analysis.comparability import Comparable, compare_rows, gather, with_note
from analysis.measures import answer, fractions
from analysis.periods import bounds
from analysis.selection import RESULT, Choice, listed, named_places, place_texts, select
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
_PLACE = ["place", "place_code", "province", "level"]


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
    if places is not None:
        everything = everything[
            place_texts(everything).isin(set().union(*named_places(everything, listed(places)).values()))
        ]
    wanted = listed(indicators) if indicators is not None else sorted(everything["indicator"].unique())
    stages = listed(periods) if periods is not None else sorted(set(everything["period"]) - {""})
    who = everything[_PLACE].assign(id=place_texts(everything)).drop_duplicates("id").sort_values(["province", "place"])
    if places is not None:
        names = named_places(everything, listed(places))
        lost = [name for name in listed(places) if not names[name]]
        who = pd.concat(
            [
                who,
                pd.DataFrame(
                    {
                        "place": lost,
                        "place_code": "",
                        "province": "",
                        "level": level,
                        "id": [f"|{name}" for name in lost],
                    }
                ),
            ],
            ignore_index=True,
        )
    grid = pd.MultiIndex.from_product([who["id"], wanted, stages], names=["id", "indicator", "period"])
    cells = everything[everything["indicator"].isin(wanted) & everything["period"].isin(stages)]
    cells = cells.assign(id=place_texts(cells))

    group = RESULT if status in RESULT else (status,)
    right = cells[cells["used"].astype(bool) & cells["status"].isin(group)]
    found = compare_rows(right, lang=lang, extra=["conflict"])
    at = (
        grid.get_indexer(
            pd.MultiIndex.from_arrays([place_texts(found.rows), found.rows["indicator"], found.rows["period"]])
        )
        if len(found.rows)
        else []
    )
    state = np.full(len(grid), "", dtype=object)
    note = np.full(len(grid), "", dtype=object)
    state[at] = np.where(found.compared, "known", "not_comparable")
    note[at] = found.note
    _mark_unused(cells, grid, state, note, group, lang)
    _mark_missing(everything, who, grid, state, reports)

    kept = ["key", "unit", "status", "standard", "value", "of", "qualifier", "flags", "source_title", "published"]
    rows = pd.DataFrame(index=range(len(grid)))
    for column in _PLACE:
        rows[column] = who[column].to_numpy()[grid.codes[0]] if len(grid) else who[column]
    rows["indicator"], rows["period"] = grid.get_level_values(1), grid.get_level_values(2)
    for column in kept:
        text = isinstance(found.rows[column].dtype, pd.StringDtype)
        values = np.full(len(grid), "" if text else np.nan, dtype=object if text else float)
        values[at] = found.rows[column].to_numpy(dtype=object if text else float)
        rows[column] = pd.Series(values, dtype="str") if text else values
    words = np.array([say(*STATES[name], lang) for name in state], dtype=object)
    gap = (state != "known") & (note == "")
    note = np.where(gap, words, note)
    rows = rows.astype(dict.fromkeys([*_PLACE, "indicator", "period"], "str"))
    return rows.assign(state=pd.Series(state, dtype="str"), note=pd.Series(note, dtype="str"))


def _mark_unused(cells, grid, state, note, group, lang):
    """Gaps for which the table has rows that are not taken: an open conflict, or figures of another status only."""
    open_rows = cells[~cells["used"].astype(bool) & cells["status"].isin(group) & (cells["conflict"] != "")]
    for rows, name in ((open_rows, "conflict"), (cells[~cells["status"].isin(group)], "not_comparable")):
        if not len(rows):
            continue
        at = grid.get_indexer(pd.MultiIndex.from_arrays([rows["id"], rows["indicator"], rows["period"]]))
        kinds = rows["status"].to_numpy(dtype=object)
        for place, kind in zip(at, kinds, strict=True):
            if state[place] == "":
                state[place] = name
                if name == "not_comparable":
                    word = status_text(kind, lang) if kind else ""
                    note[place] = say(f"chỉ có số {word}", f"only {word} figures", lang)


def _mark_missing(everything, who, grid, state, reports):
    """The remaining gaps: does the question apply, and was a report about the place and period read?"""
    ids, indicators, periods = (np.asarray(grid.get_level_values(n), dtype=object) for n in range(3))
    missing = state == ""
    types = who.set_index("id")[["place", "level"]]
    urban = types["place"].str.match(r"(?i)(quận|phường|thị trấn) ").reindex(ids).to_numpy(dtype=bool)
    district = (types["level"] == "district").reindex(ids).to_numpy(dtype=bool)
    first_day = {p: bounds(p)[0].isoformat() for p in set(periods)}
    late = np.array([first_day[p] > LAST_DISTRICT_DAY for p in periods], dtype=bool)
    rural = np.array([name.startswith("ntm_") for name in indicators], dtype=bool)
    state[missing & ((district & late) | (urban & rural))] = "not_applicable"
    missing = state == ""
    year = {p: str(bounds(p)[1].year) for p in set(periods)}
    told = {
        (i, p[:4] if "/" not in p else p[5:])
        for i, p in everything.assign(id=place_texts(everything))[["id", "period"]]
        .drop_duplicates()
        .itertuples(index=False)
        if p
    }
    about = _reported(reports, who) if reports is not None else []
    for at in np.flatnonzero(missing):
        known = (ids[at], year[periods[at]]) in told or any(
            place == ids[at] and _covers(date, periods[at]) for place, date in about
        )
        state[at] = "silent" if known else "no_report"


def _reported(reports: Any, who: pd.DataFrame) -> list[tuple[str, str]]:
    """The place and date of each report about one of the places."""
    if isinstance(reports, pd.DataFrame):
        lines = reports[["place", "province", "published"]].itertuples(index=False)
    else:
        lines = ((r.place, r.province, r.published) for r in reports)
    found = []
    for place, province, published in lines:
        names = (
            named_places(who if not province else who[who["province"].isin([province, ""])], [place]) if place else {}
        )
        found += [(one, published) for ids in names.values() for one in ids if published]
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
    of the places share, and the note says what sets it apart. A place without a figure has a row with an empty value and
    the kind of gap as in `coverage`. `origin="report"` looks only at what reports state, "published" only at published
    figures. Adds `fraction` ("8/9"), `state` and `compared`.
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
    wanted = {name: n for n, name in enumerate(listed(places))}
    order = found.rows["place"].map(wanted).to_numpy(dtype=float)
    return answer(
        found,
        order,
        fraction=fractions(found.number("value"), found.number("of"), lang),
        state=state,
    )


def _most_common(found: Comparable, period: np.ndarray) -> np.ndarray:
    """For each row the period that most compared rows of its group have; the newest on a tie."""
    lines = pd.DataFrame({"group": found.group, "period": period})[found.compared]
    counts = lines.groupby(["group", "period"]).size().reset_index(name="n").sort_values(["group", "n", "period"])
    best = counts.drop_duplicates("group", keep="last").set_index("group")["period"]
    return best.reindex(found.group).fillna("").to_numpy(dtype=object)
