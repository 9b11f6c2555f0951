"""The numbers that comparisons work on: what is measured, which way is better, and order within groups.

Value or share of a count, units of differences, ranks, quantiles, look-ups between two sets of rows: whole columns at a
time. Which rows belong together is decided before, in `comparability`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.comparability import Comparable, with_note
from analysis.selection import UnknownName, any_of
from analysis.words import format_number, say

SMALL = 20  # a share of fewer units than this is shown as n/m: one unit is more than five points


def in_percent(units: pd.Series) -> np.ndarray:
    """Whether differences of these figures are percentage points."""
    return any_of(units.to_numpy(dtype=object), ["percent", "percentage_points"])


def difference_units(units: pd.Series) -> np.ndarray:
    """The unit of a difference: percentage points for percentages, otherwise the unit itself."""
    values = units.to_numpy(dtype=object)
    return np.where(values == "percent", "percentage_points", values)


def fractions(value: pd.Series, of: pd.Series, lang: str = "vi") -> np.ndarray:
    """ "8/9" where a count has a denominator, empty elsewhere."""
    numbers = value.to_numpy(dtype=float), of.to_numpy(dtype=float)
    known = np.flatnonzero(~np.isnan(numbers[0]) & ~np.isnan(numbers[1]))
    texts = np.full(len(value), "", dtype=object)
    if len(known):
        index, pairs = pd.factorize(numbers[0][known] + 1j * numbers[1][known])
        words = [f"{format_number(p.real, lang=lang)}/{format_number(p.imag, lang=lang)}" for p in pairs]
        texts[known] = np.array(words, dtype=object)[index]
    return texts


def answer(found: Comparable, order: np.ndarray | None = None, **columns: object) -> pd.DataFrame:
    """The rows with the columns of the comparison and the note last; sorted by group, then by `order`, then place."""
    table = found.rows.assign(**columns, compared=found.compared, note=pd.Series(found.note, dtype="str"))
    if order is None:
        return table
    by = np.lexsort((np.arange(len(table)), np.where(np.isnan(order), np.inf, order), found.group))
    return table.take(by).reset_index(drop=True)


def orientation(direction: pd.Series, given: str | None = None) -> np.ndarray:
    """+1 where a lower figure is better, -1 elsewhere, so that figure * sign is best when smallest."""
    if given is not None:
        return np.full(len(direction), 1.0 if given == "lower_better" else -1.0)
    return np.where(direction.to_numpy(dtype=object) == "lower_better", 1.0, -1.0)


def measured(found: Comparable, measure: str | None, lang: str) -> tuple[Comparable, np.ndarray, np.ndarray]:
    """The number that is compared and what it is: the value, or the share of a count in its denominator, in percent."""
    if measure not in (None, "value", "share"):
        raise UnknownName(f'No measure {measure!r}; write "value" or "share", or leave it out.')
    value, of = found.rows["value"].to_numpy(dtype=float), found.rows["of"].to_numpy(dtype=float)
    counted = ~np.isnan(of) & (of > 0) & ~in_percent(found.rows["unit"])
    if measure == "value" or (measure is None and not counted.any()):
        shared = np.zeros(len(value), dtype=bool)
    else:
        with_of = np.bincount(found.group[found.compared & counted], minlength=found.groups)
        in_all = np.bincount(found.group[found.compared], minlength=found.groups)
        by_share = with_of * 2 > in_all if measure is None else np.ones(found.groups, dtype=bool)
        shared = by_share[found.group] & ~in_percent(found.rows["unit"])
    figure, note, compared = value.copy(), found.note, found.compared
    if shared.any():
        with np.errstate(divide="ignore", invalid="ignore"):
            figure[shared] = np.where(counted, value / of * 100, np.nan)[shared]
        lost = shared & ~counted & compared
        note = with_note(note, lost, say("không nêu tổng số, không tính được tỷ lệ", "no total stated, no share", lang))
        compared = compared & ~lost
    small = counted & (of < SMALL) & compared
    if small.any():
        pair = fractions(found.rows["value"].where(small), found.rows["of"], lang)
        codes, pairs = pd.factorize(pair[small])
        words = [say(f"mẫu số nhỏ ({p})", f"small denominator ({p})", lang) for p in pairs]
        texts = np.full(len(value), "", dtype=object)
        texts[small] = np.array(words, dtype=object)[codes]
        note = with_note(note, small, texts)
    note = _caveats(found.rows, compared, note, lang)
    return Comparable(found.rows, found.group, compared, note), figure, np.where(shared, "share", "value")


def _caveats(rows: pd.DataFrame, compared: np.ndarray, note: np.ndarray, lang: str) -> np.ndarray:
    qualifier = rows["qualifier"].to_numpy(dtype=object)
    for sign, vi, en in (
        (">", "nguồn ghi “trên”", "the source says “more than”"),
        (">=", "nguồn ghi “ít nhất”", "the source says “at least”"),
        ("<", "nguồn ghi “dưới”", "the source says “less than”"),
        ("<=", "nguồn ghi “không quá”", "the source says “at most”"),
        ("~", "nguồn ghi “khoảng”", "the source says “about”"),
    ):
        note = with_note(note, compared & (qualifier == sign), say(vi, en, lang))
    return note


def ranks_within(oriented: np.ndarray, group: np.ndarray, compared: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Competition ranks within groups, smallest first, and how many share each; NaN where not compared."""
    ranks, tied = np.full(len(oriented), np.nan), np.full(len(oriented), np.nan)
    at = np.flatnonzero(compared & ~np.isnan(oriented))
    if not len(at):
        return ranks, tied
    at = at[np.lexsort((oriented[at], group[at]))]
    groups, numbers = group[at], oriented[at]
    place = np.arange(len(at))
    new_group = np.append(True, groups[1:] != groups[:-1])
    new_rank = new_group | np.append(True, numbers[1:] != numbers[:-1])
    group_start = np.maximum.accumulate(np.where(new_group, place, 0))
    rank_start = np.maximum.accumulate(np.where(new_rank, place, 0))
    ranks[at] = rank_start - group_start + 1
    tied[at] = np.bincount(np.cumsum(new_rank) - 1)[np.cumsum(new_rank) - 1]
    return ranks, tied


def integers(numbers: np.ndarray) -> pd.array:
    missing = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int64), missing)


def quantiles_within(
    figure: np.ndarray, group: np.ndarray, counts: np.ndarray, shares: tuple[float, ...]
) -> np.ndarray:
    """Quantiles of each group by linear interpolation; NaN for an empty one."""
    ordered = figure[np.lexsort((figure, group))]
    start = np.cumsum(counts) - counts
    lines = []
    for share in shares:
        exact = (counts - 1) * share
        below = np.floor(exact).astype(np.int64)
        step = exact - below
        at = np.clip(start + below, 0, max(len(ordered) - 1, 0))
        after = np.clip(start + np.minimum(below + 1, counts - 1), 0, max(len(ordered) - 1, 0))
        line = ordered[at] + (ordered[after] - ordered[at]) * step
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
