"""What may be compared with what: the rows of a comparison, the one definition they share, and why a row stays out.

Two figures are comparable only with the same indicator, variant, unit, level, kind of period, group of status (a
result, a target, a proposal) and the same standard. Where the rows of a table differ in these, the definition that
covers most places is the *basis* (on a tie the newest standard); rows of another definition stay in the answer, are
never compared and carry the reason in words. Ranks, gaps and scores are left to the modules that ask.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.comparisons.selection import (
    NO_PERIOD,
    PLACE,
    Choice,
    Codes,
    ComparisonError,
    DefinitionsDiffer,
    dense,
    listed,
    named_places,
    place_texts,
    select,
)
from analysis.definitions import load_definitions, standard_name
from analysis.words import say, unit_text, variant_text

KEPT = [
    "key", "province", "place", "place_code", "level", "indicator", "variant", "unit", "direction", "period", "status",
    "standard", "value", "of", "qualifier", "flags", "source_title", "published",
]  # fmt: skip
"""What every comparison keeps of a row."""
DEFINITION = ("variant", "unit", "length", "standard")  # must be equal for two figures of one indicator and level


@dataclass(frozen=True)
class Comparable:
    """Rows ready for a comparison: one per group and place, ordered by group and place.

    `at` are their positions in the frame of `source`; `group` numbers the comparison that a row belongs to; `compared`
    says whether it takes part; `note` is the reason in words where it does not, or a caveat where it does; `flagged`
    are flags that the comparison adds, each with the rows that get it. The columns are KEPT and `extra`.
    """

    source: Codes
    at: np.ndarray
    group: np.ndarray
    compared: np.ndarray
    note: np.ndarray
    flagged: tuple[tuple[np.ndarray, str], ...] = ()
    extra: tuple[str, ...] = ()

    @classmethod
    def over(cls, rows: pd.DataFrame, group: np.ndarray, compared: np.ndarray, note: np.ndarray) -> Comparable:
        """All rows of a frame as they stand, with all its columns."""
        extra = tuple(column for column in rows if column not in KEPT)
        return cls(Codes(rows), np.arange(len(rows)), group, compared, note, extra=extra)

    @cached_property
    def groups(self) -> int:
        return int(self.group.max()) + 1 if len(self.group) else 0

    @cached_property
    def counts(self) -> np.ndarray:
        """How many rows of each group are compared."""
        return np.bincount(self.group[self.compared], minlength=self.groups)

    @cached_property
    def rows(self) -> pd.DataFrame:
        return self.build()

    def number(self, column: str) -> np.ndarray:
        return self.source.rows[column].to_numpy(dtype=float)[self.at]

    def holds(self, column: str, *values: str) -> np.ndarray:
        return self.source.holds(column, *values)[self.at]

    def build(self, order: np.ndarray | None = None) -> pd.DataFrame:
        """The rows as a frame, in another order when one is given."""
        at = self.at if order is None else self.at[order]
        masks = [(mask if order is None else mask[order], flag) for mask, flag in self.flagged if mask.any()]
        columns = [name for name in (*KEPT, *self.extra) if name != "flags" or not masks]
        frame = self.source.rows[columns].take(at)
        frame.index = pd.RangeIndex(len(frame))
        if masks:
            codes, values = self.source.of("flags")
            frame.insert(KEPT.index("flags"), "flags", with_flags(codes[at], values, masks))
        return frame


def compare_rows(
    rows: pd.DataFrame,
    per: Sequence[str] = ("indicator", "level", "period"),
    *,
    newest: bool = False,
    across_definitions: bool = False,
    choice: Choice | None = None,
    reasons: np.ndarray | None = None,
    extra: Sequence[str] = (),
    lang: str = "vi",
) -> Comparable:
    """Selected rows, one per group and place, with those that share the definition of their group marked.

    `per` are the columns that make a group. `newest` prefers the latest period of a place, for groups without period.
    `across_definitions` lets standards mix: then every compared row of a mixed group gets the flag `standard_changed`.
    `reasons` are sentences for rows that can not take part anyway (empty text for the others).
    """
    choice = choice or {}
    codes = Codes(rows)
    same = [column for column in DEFINITION if column not in per]
    if choice.get("variant") is not None:
        same.remove("variant")
    if across_definitions or (choice.get("standard") is not None and not isinstance(choice["standard"], str)):
        _refuse_mixed(choice.get("standard"), across_definitions)
        same = [column for column in same if column != "standard"]
    group, definition, place = codes.ids(*per), codes.ids(*per, *same), codes.of("place_id")[0]
    unknown = unknown_standard(codes, choice, across_definitions)
    unresolved = codes.where("flags", lambda flags: "place_unresolved" in flags.split("|"))
    unresolved |= rows["place"].to_numpy(dtype=object) == ""
    empty = np.isnan(rows["value"].to_numpy(dtype=float))
    valid = ~(unknown | unresolved | empty)
    if reasons is not None:
        valid &= reasons == ""
    pair = group * (int(place.max(initial=0)) + 1) + place
    number, found = dense(pair, int(pair.max(initial=-1)) + 1)
    single = found == len(pair)
    basis, heads = _basis(codes, group, definition, place, valid, same, single)
    compared = valid & (definition == basis[group]) if len(rows) else valid
    if newest or not single:
        at = _one_per_pair(codes, number, compared, newest)
    else:
        at = np.empty(len(pair), dtype=np.int64)
        at[number] = np.arange(len(pair))

    group, compared = group[at], compared[at]
    note = np.full(len(at), "", dtype=object)
    if not compared.all():
        other = ~compared
        for mask, vi, en in (
            (empty[at], "không có số liệu", "no figure"),
            (unresolved[at], "chưa xác định được địa bàn", "place not identified"),
            (unknown[at], "không rõ chuẩn, không so sánh được", "the standard is not known, not comparable"),
        ):
            note[other & mask & (note == "")] = say(vi, en, lang)
        if reasons is not None:
            note = np.where(other & (reasons[at] != ""), reasons[at], note)
        left = other & (note == "")
        if left.any():
            texts = _differences(codes, heads, basis, group, definition[at], left, same, lang)
            note[left] = texts[definition[at][left]]
    open_price = compared & price_base_open(codes)[at]
    note = with_note(note, open_price, say("không rõ năm gốc của giá", "base year of prices not stated", lang))
    flagged = [(codes.holds("status", "estimate")[at], "estimate_not_final")]
    if across_definitions:
        mixed = _mixed(codes.of("standard")[0][at], group, compared)
        flagged.append((mixed, "standard_changed"))
        note = with_note(note, mixed, say("so sánh các chuẩn khác nhau", "compares different standards", lang))
    return Comparable(codes, at, group, compared, note, tuple(flagged), tuple(c for c in extra if c not in KEPT))


def _refuse_mixed(standard: str | Collection[str] | None, across_definitions: bool) -> None:
    if standard is not None and len(set(listed(standard))) > 1 and not across_definitions:
        raise DefinitionsDiffer(
            f"Figures of the standards {', '.join(sorted(listed(standard)))} are not comparable. "
            "Ask for one of them, or write across_definitions=True to compare them nevertheless."
        )


def unknown_standard(codes: Codes, choice: Choice, across_definitions: bool = False) -> np.ndarray:
    """Rows that do not tell their standard though their indicator has several: two of them may follow two.

    That holds for indicators whose standards follow one another in time, and for those of which other rows state one;
    prices are mostly printed without their base, those rows are compared with each other and carry a caveat.
    """
    standard = choice.get("standard")
    empty = codes.holds("standard", "")
    if across_definitions or (standard is not None and "" in listed(standard)) or not empty.any():
        return np.zeros(len(codes.rows), dtype=bool)
    families = load_definitions().family_of
    at, names = codes.of("indicator")
    stated = np.bincount(at[~empty], minlength=len(names)) > 0
    dated = [families[name].by == "period" if name in families else stated[n] for n, name in enumerate(names)]
    return empty & np.array(dated, dtype=bool)[at] & ~codes.holds("variant", "survey")


def price_base_open(codes: Codes) -> np.ndarray:
    """Rows in prices whose base year is not stated."""
    families = load_definitions().family_of
    priced = codes.where("indicator", lambda name: name in families and families[name].by == "words")
    return priced & codes.holds("standard", "", "prices-constant") if priced.any() else priced


def _basis(codes, group, definition, place, valid, same, single):
    """For each group the definition that most places follow; and for each definition the position of one of its rows.

    On a tie: the newest standard, then whole years before parts of them, then a stated variant, then the order of
    names.
    """
    count = int(definition.max()) + 1 if len(definition) else 0
    heads = np.zeros(count, dtype=np.int64)
    heads[definition] = np.arange(len(definition))
    voices = definition[valid]
    if not single:  # a place counts once
        voices = voices[~pd.Series(voices * (int(place.max(initial=0)) + 1) + place[valid]).duplicated().to_numpy()]
    lines = {"group": group[heads], "places": np.bincount(voices, minlength=count)}
    lines |= {"standard": codes.of("standard")[0][heads]} if "standard" in same else {}
    lines |= {"yearly": codes.labels("length", heads) == "year"} if "length" in same else {}
    lines |= {column: codes.of(column)[0][heads] for column in same}
    best = pd.DataFrame(lines).sort_values(list(lines), kind="stable").drop_duplicates("group", keep="last")
    basis = np.full(int(group.max()) + 1 if len(group) else 0, -1, dtype=np.int64)
    basis[best["group"].to_numpy()] = best.index.to_numpy()
    return basis, heads


def _one_per_pair(codes, pair, compared, newest):
    """Positions of one row per group and place: comparable before others, then newest standard, actual, published."""
    order = pair * 2 + compared
    for column in (["period_end"] if newest else []) + ["standard", "status", "published"]:
        code, values = codes.of(column)
        if column == "status":
            code = len(values) - 1 - code  # "actual" sorts before "estimate" and is preferred
        order = order * max(len(values), 1) + code
    at = np.argsort(order, kind="stable")
    pair, order = pair[at], order[at]
    last = np.append(pair[1:] != pair[:-1], True) if len(pair) else np.zeros(0, dtype=bool)
    chosen = at[last]
    tied = np.append(False, order[1:] == order[:-1])[: len(order)] & last
    for index in np.flatnonzero(tied[last]):  # same place, period, standard, status and date: the key decides
        equal = at[np.searchsorted(order, order[last][index]) : np.flatnonzero(last)[index] + 1]
        chosen[index] = min(equal, key=lambda row: codes.rows["key"].iat[row])
    return chosen


def _mixed(standard: np.ndarray, group: np.ndarray, compared: np.ndarray) -> np.ndarray:
    pairs = pd.DataFrame({"group": group[compared], "standard": standard[compared]}).drop_duplicates()
    several = np.bincount(pairs["group"], minlength=int(group.max()) + 1 if len(group) else 0) > 1
    return compared & several[group] if len(group) else compared


_NAMES = {
    "variant": ("loại số liệu", "variant"), "unit": ("đơn vị tính", "unit"),
    "length": ("loại thời kỳ", "kind of period"), "standard": ("chuẩn", "standard"),
}  # fmt: skip
_LENGTHS = {"year": ("năm", "year"), "half": ("6 tháng", "half-year"), "quarter": ("quý", "quarter"),
            "month": ("tháng", "month")}  # fmt: skip


def _label(column: str, value: str, lang: str) -> str:
    if column == "standard":
        value = standard_name(value, lang)
    elif column == "unit":
        value = unit_text(value, lang)
    elif column == "variant":
        value = variant_text(value, lang) if value else ""
    elif value in _LENGTHS:
        value = say(*_LENGTHS[value], lang)
    elif value.startswith("span"):
        value = say(f"giai đoạn {value[5:]} năm", f"span of {value[5:]} years", lang)
    elif value.endswith("M"):
        value = say(f"{value[:-1]} tháng", f"{value[:-1]} months", lang)
    return value if value not in ("", NO_PERIOD) else say("không rõ", "unknown", lang)


def _differences(codes, heads, basis, group, definition, left, same, lang):
    """For each definition a sentence on what sets it apart from the basis of its group."""
    texts = np.full(len(heads), "", dtype=object)
    groups = np.zeros(len(heads), dtype=np.int64)
    groups[definition] = group
    for number in np.unique(definition[left]):
        parts = []
        for column in same:
            mine, its = codes.labels(column, heads[[number, basis[groups[number]]]])
            if mine != its:
                vi, en = _NAMES[column]
                stated = its not in ("", NO_PERIOD)
                mine, its = _label(column, mine, lang), _label(column, its, lang)
                here = say(f"so sánh theo {its}", f"compared by {its}", lang)
                here = here if stated else say("nơi khác không nêu", "the others state none", lang)
                parts.append(say(f"khác {vi}: {mine} ({here})", f"other {en}: {mine} ({here})", lang))
        texts[number] = "; ".join(parts)
    return texts


def with_flags(
    codes: np.ndarray, values: Sequence[str], masks: Sequence[tuple[np.ndarray, str]]
) -> pd.api.extensions.ExtensionArray:
    """A column of flags, given as codes of values, with more flags on masked rows; none stands twice."""
    texts = list(values)
    for mask, flag in masks:
        added = [text if flag in text.split("|") else f"{text}|{flag}" if text else flag for text in texts]
        codes, texts = np.where(mask, codes + len(texts), codes), texts + added
    return pd.array(texts, dtype="str").take(codes)


def with_note(note: np.ndarray, mask: np.ndarray, text: str | np.ndarray) -> np.ndarray:
    """The notes with one more sentence on the rows of `mask`; `text` is one for all or one per row."""
    if not mask.any():
        return note
    note = note.copy()
    bare = note == ""
    fresh, more = np.flatnonzero(mask & bare), np.flatnonzero(mask & ~bare)
    one = isinstance(text, str)
    note[fresh] = text if one else text[fresh]
    note[more] = note[more] + "; " + (text if one else text[more])
    return note


def gather(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None,
    choice: Choice,
    per: Sequence[str] = ("indicator", "level", "period"),
    *,
    newest: bool = False,
    across_definitions: bool = False,
    extra: Sequence[str] = (),
    lang: str = "vi",
) -> Comparable:
    """Select, mark what can be compared, and add the places that were asked for and have no figure."""
    if "status" in choice and choice["status"] is None:
        raise ComparisonError(
            'Results, targets and proposals are not comparable; give one status, for example "actual".'
        )
    found = compare_rows(
        select(table, indicator, **choice),
        per,
        newest=newest,
        choice=choice,
        extra=extra,
        lang=lang,
        across_definitions=across_definitions,
    )
    return with_missing(found, table, choice, indicator, per, lang)


def with_missing(
    found: Comparable,
    table: pd.DataFrame,
    choice: Choice,
    indicator: str | Collection[str] | None,
    per: Sequence[str],
    lang: str = "vi",
) -> Comparable:
    """The same with a row, without value, for each place that was asked for by name and has none in a group."""
    if choice.get("places") is None:
        return found
    known = table[PLACE].drop_duplicates()
    for column, default in (("province", None), ("level", "district")):
        if (wanted := choice.get(column, default)) is not None:
            known = known[known[column].isin(listed(wanted))]
    names = named_places(known, listed(choice["places"]))
    first = known.set_axis(place_texts(known), axis=0)
    first = first[~first.index.duplicated()]
    rows = found.rows
    present = pd.Series(place_texts(rows).to_numpy()).groupby(found.group).agg(set)
    heads = np.unique(found.group, return_index=True)[1]
    lines = []  # group, position of one of its rows, name, identities
    for group, head in enumerate(heads if len(heads) else [-1]):
        for name, ids in names.items():
            elsewhere = (
                "province" in per
                and head >= 0
                and not any(first.at[one, "province"] == rows.at[head, "province"] for one in ids)
            )
            if not (len(heads) and ids & present.iat[group]) and not elsewhere:
                lines.append((group, head, name, min(ids, default="")))
    if not lines:
        return found
    gone = rows.reindex([head for _, head, _, _ in lines]).reset_index(drop=True)
    shared = [*per, "indicator", "level", "unit", "direction"] if len(heads) else []
    for column in gone.columns.difference(shared):
        text = isinstance(rows[column].dtype, pd.StringDtype)
        blank = "" if text else False if rows[column].dtype == bool else None
        gone[column] = pd.array([blank] * len(gone), dtype=rows[column].dtype)
    if not len(heads):
        for column, value in (
            ("indicator", indicator),
            ("period", choice.get("period")),
            ("level", choice.get("level", "district")),
        ):
            gone[column] = pd.array([_only(value)] * len(gone), dtype="str")
    for column in ("place", "place_code", "province"):
        gone[column] = pd.array(
            [first.at[one, column] if one else name if column == "place" else "" for _, _, name, one in lines],
            dtype="str",
        )
    group = np.append(found.group, [line[0] for line in lines]).astype(np.int64)
    order = np.argsort(group, kind="stable")
    note = np.append(found.note, np.full(len(lines), say("không có số liệu", "no figure", lang), dtype=object))
    compared = np.append(found.compared, np.zeros(len(lines), dtype=bool))
    both = pd.concat([rows, gone], ignore_index=True) if len(rows) else gone
    return Comparable(Codes(both), order, group[order], compared[order], note[order], extra=found.extra)


def _only(value: str | Collection[str] | None) -> str:
    values = listed(value) if value is not None else []
    return values[0] if len(values) == 1 else ""
