"""The numbers that comparisons work on: what is measured, which way is better, and order within groups.

Value or share of a count, units of differences, ranks, quantiles, look-ups between two sets of rows: whole columns at a
time. Which rows belong together is decided before, in `comparability`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.comparisons.comparability import Comparable, with_note
from analysis.comparisons.selection import Codes, UnknownName
from analysis.words import format_number, say

SMALL = 20  # a share of fewer units than this is shown as n/m: one unit is more than five points


def in_percent(found: Comparable | Codes) -> np.ndarray:
    """Whether differences of these figures are percentage points."""
    return found.holds("unit", "percent", "percentage_points")


def labels(numbers: np.ndarray, words: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    """A column of text: for each number the word at its place."""
    return pd.array(list(words), dtype="str").take(np.asarray(numbers, dtype=np.int64))


def difference_units(units: pd.Series) -> pd.api.extensions.ExtensionArray:
    """The unit of a difference: percentage points for percentages, otherwise the unit itself."""
    codes, values = pd.factorize(units.to_numpy(dtype=object))
    return labels(codes, ["percentage_points" if value == "percent" else value for value in values])


def fractions(value: np.ndarray, of: np.ndarray, lang: str = "vi") -> np.ndarray:
    """The texts "8/9" where a count has a denominator, empty elsewhere."""
    texts = np.full(len(value), "", dtype=object)
    known = np.flatnonzero(~np.isnan(value) & ~np.isnan(of))
    if len(known):
        index, pairs = pd.factorize(value[known] + 1j * of[known])
        words = [f"{format_number(p.real, lang=lang)}/{format_number(p.imag, lang=lang)}" for p in pairs]
        texts[known] = np.array(words, dtype=object)[index]
    return texts


def ordered(found: Comparable, oriented: np.ndarray) -> np.ndarray:
    """The order of the rows by group, then smallest first and not compared last, then place."""
    return sorted_by(np.where(found.compared, oriented, np.nan), found.group)


def sorted_by(numbers: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The order by group, then number, then position; NaN last. As np.lexsort, quicker for many small groups."""
    by = np.argsort(numbers, kind="stable")
    for shift in range(0, max(int(group.max(initial=0)).bit_length(), 1), 16):
        by = by[np.argsort((group[by] >> shift).astype(np.uint16), kind="stable")]  # 16 bits are sorted by radix
    return by


def counted_units(found: Comparable) -> np.ndarray:
    """How many of the units in `of`: the value of a count, or for a percentage the whole number that gives it."""
    value, of, percent = found.number("value"), found.number("of"), in_percent(found)
    known = percent & (of > 0)
    if not known.any():
        return value
    whole = np.round(value * of / 100)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(percent, np.where(np.abs(whole / of * 100 - value) < 0.06, whole, np.nan), value)


def answer(found: Comparable, by: np.ndarray | None = None, **columns: object) -> pd.DataFrame:
    """The rows, in the order `by`, with the columns of the comparison and the note last.

    Columns are arrays in the order of `found`, or pairs of numbers and the words that they stand for; objects become
    text.
    """
    table = found.build(by)
    for name, cells in (columns | {"compared": found.compared, "note": found.note}).items():
        if isinstance(cells, tuple):
            cells = labels(cells[0] if by is None else cells[0][by], cells[1])
        elif np.ndim(cells):
            cells = cells if by is None else cells[by]
            if isinstance(cells, np.ndarray) and cells.dtype == object:
                cells = pd.array(cells, dtype="str")
        table[name] = cells
    return table


def orientation(found: Comparable | Codes, given: str | None = None) -> np.ndarray:
    """+1 where a lower figure is better, -1 elsewhere, so that figure * sign is best when smallest."""
    lower = found.holds("direction", "lower_better")
    return np.full(len(lower), 1.0 if given == "lower_better" else -1.0) if given else np.where(lower, 1.0, -1.0)


def sided(found: Comparable | Codes, given: str | None = None) -> np.ndarray:
    """Whether one side is better."""
    return ~found.holds("direction", "neutral") | (given is not None)


MEASURES = ("value", "share")


def measured(found: Comparable, measure: str | None, lang: str) -> tuple[Comparable, np.ndarray, np.ndarray]:
    """The number that is compared, and whether it is the share (1) of a count in its denominator, in percent."""
    if measure is not None and measure not in MEASURES:
        raise UnknownName(f'No measure {measure!r}; write "value" or "share", or leave it out.')
    value, of = found.number("value"), found.number("of")
    count = ~in_percent(found)
    counted = count & (of > 0)
    shared = np.zeros(len(value), dtype=bool)
    if measure == "share":
        shared = count
    elif measure is None and counted.any():
        stated = np.bincount(found.group[found.compared & counted], minlength=found.groups)
        shared = count & (stated * 2 > found.counts)[found.group]
    figure, note, compared = value, found.note, found.compared
    if shared.any():
        with np.errstate(divide="ignore", invalid="ignore"):
            figure = np.where(shared, np.where(counted, value / of * 100, np.nan), value)
        lost = shared & ~counted & compared
        note = with_note(note, lost, say("không nêu tổng số, không tính được tỷ lệ", "no total stated, no share", lang))
        compared = compared & ~lost
    small = (of > 0) & (of < SMALL) & compared
    if small.any():
        texts = fractions(np.where(small, counted_units(found), np.nan), of, lang)
        small &= texts != ""
        index, pairs = pd.factorize(texts)
        words = [say(f"mẫu số nhỏ ({pair})", f"small denominator ({pair})", lang) for pair in pairs]
        note = with_note(note, small, np.array(words, dtype=object)[index])
    note = _with_caveats(found, compared, note, lang)
    return replace(found, compared=compared, note=note), figure, shared


def _with_caveats(found: Comparable, compared: np.ndarray, note: np.ndarray, lang: str) -> np.ndarray:
    for sign, vi, en in (
        (">", "nguồn ghi “trên”", "the source says “more than”"),
        (">=", "nguồn ghi “ít nhất”", "the source says “at least”"),
        ("<", "nguồn ghi “dưới”", "the source says “less than”"),
        ("<=", "nguồn ghi “không quá”", "the source says “at most”"),
        ("~", "nguồn ghi “khoảng”", "the source says “about”"),
    ):
        if sign in found.source.of("qualifier")[1]:
            note = with_note(note, compared & found.holds("qualifier", sign), say(vi, en, lang))
    return note


def ranks_within(oriented: np.ndarray, group: np.ndarray, compared: np.ndarray, by: np.ndarray | None = None):
    """Competition ranks within groups, smallest first, and how many share each; NaN where not compared.

    `by` is the order by group and size, where it is known already.
    """
    ranks, tied = np.full(len(oriented), np.nan), np.full(len(oriented), np.nan)
    by = sorted_by(oriented, group) if by is None else by
    at = by[compared[by] & ~np.isnan(oriented[by])]
    if not len(at):
        return ranks, tied
    groups, numbers = group[at], oriented[at]
    new_group = np.append(True, groups[1:] != groups[:-1])
    group_start = np.maximum.accumulate(np.where(new_group, np.arange(len(at)), 0))
    starts = np.flatnonzero(new_group | np.append(True, numbers[1:] != numbers[:-1]))
    sizes = np.diff(np.append(starts, len(at)))
    ranks[at] = np.repeat(starts, sizes) - group_start + 1
    tied[at] = np.repeat(sizes, sizes)
    return ranks, tied


def integers(numbers: np.ndarray) -> pd.array:
    missing = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int64), missing)


def quantiles_within(
    figure: np.ndarray, group: np.ndarray, counts: np.ndarray, shares: Sequence[float]
) -> np.ndarray:
    """Quantiles of each group by linear interpolation; NaN for an empty one."""
    return quantiles_of_sorted(figure[sorted_by(figure, group)], counts, shares)


def quantiles_of_sorted(figure: np.ndarray, counts: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """The same for figures sorted by group and size."""
    start, top = np.cumsum(counts) - counts, max(len(figure) - 1, 0)
    figure = figure if len(figure) else np.array([np.nan])
    lines = []
    for share in shares:
        exact = (counts - 1) * share
        below = np.floor(exact).astype(np.int64)
        at, after = (np.clip(start + step, 0, top) for step in (below, np.minimum(below + 1, counts - 1)))
        line = figure[at] + (figure[after] - figure[at]) * (exact - below)
        lines.append(np.where(counts > 0, line, np.nan))
    return np.array(lines)


def booleans(yes: np.ndarray, decided: np.ndarray) -> pd.array:
    return pd.arrays.BooleanArray(np.asarray(yes, dtype=bool), ~np.asarray(decided, dtype=bool))


def positions_of(mine: np.ndarray, theirs: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """For each of `mine` the position that belongs to the equal one of `theirs` (each once), or -1."""
    top = int(max(mine.max(initial=-1), theirs.max(initial=-1))) + 1
    where = np.full(top + 1, -1, dtype=np.int64)
    where[theirs] = positions
    return where[mine]


def one_each(ids: np.ndarray, rows: pd.DataFrame) -> np.ndarray:
    """Positions of one row for each id: results before estimates, then the newest publication, then the key."""
    at = np.arange(len(ids))
    several = pd.Series(ids).duplicated(keep=False).to_numpy()
    if not several.any():
        return at
    rivals = rows.iloc[several].assign(id=ids[several], at=at[several])
    best = (
        rivals.sort_values(["key"])
        .sort_values("published", ascending=False, kind="stable")
        .sort_values("status", kind="stable")
        .drop_duplicates("id")
    )
    return np.sort(np.append(at[~several], best["at"].to_numpy()))
