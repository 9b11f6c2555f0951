"""Which rows a comparison takes from the tidy table, and which rows are about one place.

Names of places stand for exactly one place or are refused; columns of text are turned into integers once, so that
comparisons of a million rows stay quick. Whether the rows can be compared is decided in `comparability`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypedDict

import numpy as np
import pandas as pd

from analysis.periods import bounds
from analysis.periods import kind as kind_of_period
from analysis.text import fold

RESULT = ("actual", "estimate")  # one group: what was reached, or is expected to have been
NO_PERIOD = "?"
PLACE = ["place", "place_code", "province", "level"]


class ComparisonError(ValueError):
    """A comparison that the table can not give; the sentence says why and what to do."""


class DefinitionsDiffer(ComparisonError):
    """The figures asked for follow different definitions, so that their difference would be no result."""


class UnknownName(ComparisonError):
    """An indicator, place, measure or period that is unknown or stands for several."""


class Choice(TypedDict, total=False):
    """Which rows a comparison takes; every comparison passes these on to `select`, which explains them."""

    variant: str | Collection[str] | None
    places: str | Collection[str] | None
    province: str | Collection[str] | None
    period: str | Collection[str] | None
    level: str | Collection[str] | None
    status: str
    standard: str | Collection[str] | None
    used: bool


def listed(values: str | Iterable[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def select(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    variant: str | Collection[str] | None = None,
    places: str | Collection[str] | None = None,
    province: str | Collection[str] | None = None,
    period: str | Collection[str] | None = None,
    level: str | Collection[str] | None = "district",
    status: str | None = "actual",
    standard: str | Collection[str] | None = None,
    used: bool = True,
) -> pd.DataFrame:
    """The rows of a tidy table that a comparison asks for, in the order of the table; None leaves a column open.

    `places` are names with their type ("huyện Ba Chẽ"), short names where only one place has them, or official codes.
    `status` "actual" and "estimate" both mean results; "target" and "proposed" stand alone. `used=False` takes the rows
    that lost a conflict or repeat another one as well. Several values of `variant` or an empty `standard` are the
    analyst's word that these rows are one definition. Raises UnknownName for an indicator that neither the table nor
    the catalogue knows, and for the name of several places.
    """
    group = RESULT if status in RESULT else status
    wanted = {
        "indicator": indicator,
        "period": period,
        "level": level,
        "province": province,
        "variant": variant,
        "status": group,
        "standard": standard,
    }
    at = None  # positions of the rows that are left; None: all of them
    for column, values in wanted.items():
        if values is not None:
            cells = table[column].to_numpy(dtype=object)
            at = _narrowed(at, any_of(cells if at is None else cells[at], listed(values)))
            if column == "indicator" and at is not None and not len(at):
                _check_indicators(table, listed(values))
    if used:
        marked = table["used"].to_numpy(dtype=bool)
        at = _narrowed(at, marked if at is None else marked[at])
    rows = table.copy(deep=False) if at is None else table.take(at)
    if places is not None:
        ids = Codes(rows).of("place_id")[0]
        once = rows[PLACE].take(np.unique(ids, return_index=True)[1])
        wanted_places = set().union(*named_places(once, listed(places)).values())
        rows = rows[place_texts(once).isin(wanted_places).to_numpy()[ids]] if len(rows) else rows
    return rows


def _narrowed(at: np.ndarray | None, found: np.ndarray) -> np.ndarray | None:
    if found.all() and len(found):
        return at
    return np.flatnonzero(found) if at is None else at[found]


def any_of(cells: np.ndarray, values: Sequence[str]) -> np.ndarray:
    if len(values) > 3:
        return pd.Series(cells).isin(values).to_numpy()
    found = np.zeros(len(cells), dtype=bool)
    for value in values:
        found |= cells == value
    return found


def _check_indicators(table: pd.DataFrame, wanted: Sequence[str]) -> None:
    from analysis.indicators import load_catalogue

    known = set(table["indicator"].unique()) | set(load_catalogue())
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=3)
            raise UnknownName(
                f"No indicator {name!r} in the table or the catalogue"
                + (f"; did you mean {' or '.join(near)}?" if near else "; see load_catalogue() for their names.")
            )


def place_texts(rows: pd.DataFrame) -> pd.Series:
    """One text per row, equal for rows of one place: its official code, or province and name where it has none."""
    return rows["place_code"].where(rows["place_code"] != "", rows["province"] + "|" + rows["place"])


def named_places(rows: pd.DataFrame, wanted: Sequence[str]) -> dict[str, set[str]]:
    """The identities that each wanted name or code stands for in these rows; raises UnknownName for several places."""
    once = rows[PLACE].drop_duplicates()
    once = once.assign(identity=place_texts(once), name=once["place"].map(fold))
    once["short"] = once["name"].str.replace(r"^(huyện|thị xã|thành phố|quận|xã|phường|thị trấn|tỉnh) ", "", regex=True)
    answer = {}
    for name in wanted:
        key = fold(name)
        for column in ("place_code", "name", "short"):
            same = once[once[column] == (name if column == "place_code" else key)]
            if len(same):
                break
        if same["identity"].nunique() > 1:
            which = "; ".join(
                sorted(
                    {
                        f"{place}, {province} ({code or 'no code'})"
                        for place, province, code in zip(
                            same["place"], same["province"], same["place_code"], strict=True
                        )
                    }
                )
            )
            raise UnknownName(f"{name!r} stands for several places: {which}. Give province= or the official code.")
        answer[name] = set(same["identity"])
    return answer


class Codes:
    """The columns of a frame as integers, each read once; ids of combined columns keep the order of their values."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """The code of each row and the sorted values; "length", "period_end" and "place_id" are worked out."""
        if column not in self._known:
            if column == "length":
                self._known[column] = self._of_periods(period_length)
            elif column == "period_end":
                self._known[column] = self._of_periods(lambda p: bounds(p)[1].isoformat() if p else "")
            elif column == "place_id":
                self._known[column] = self._places()
            else:
                self._known[column] = _factorized(self.rows[column].to_numpy(dtype=object))
        return self._known[column]

    def ids(self, *columns: str) -> np.ndarray:
        """Dense numbers 0..n-1 of the combinations of values, ordered as the values are."""
        combined, size = np.zeros(len(self.rows), dtype=np.int64), 1
        for column in columns:
            codes, values = self.of(column)
            if len(values) < 2:
                continue
            if size * len(values) > 2**62:
                combined, size = dense(combined)
            combined = combined * len(values) + codes
            size *= len(values)
        return dense(combined, size)[0]

    def holds(self, column: str, *values: str) -> np.ndarray:
        """Whether each row has one of the values in a column."""
        if column not in self._known and column in self.rows and len(values) == 1:
            return self.rows[column].to_numpy(dtype=object) == values[0]  # quicker than reading all values
        return self.where(column, lambda value: value in values)

    def where(self, column: str, test: Callable[[str], bool]) -> np.ndarray:
        """Whether the value of each row in a column passes a test."""
        codes, values = self.of(column)
        passed = np.array([test(value) for value in values], dtype=bool)
        if passed.all() or not passed.any():
            return np.full(len(codes), bool(passed.any()), dtype=bool)
        return passed[codes]

    def labels(self, column: str, at: np.ndarray) -> np.ndarray:
        codes, values = self.of(column)
        return np.asarray(values, dtype=object)[codes[at]]

    def _of_periods(self, describe: Callable[[str], str]) -> tuple[np.ndarray, np.ndarray]:
        codes, periods = self.of("period")
        described, values = _factorized(np.array([describe(p) for p in periods], dtype=object))
        return described[codes] if len(periods) else codes, values

    def _places(self) -> tuple[np.ndarray, np.ndarray]:
        code, codes = self.of("place_code")
        if "" not in codes:
            return code, codes
        coded = (np.asarray(codes, dtype=object) != "")[code]
        name, names = self.of("place")
        province = self.of("province")[0].astype(np.int64)
        ids, count = dense(np.where(coded, code, len(codes) + province * len(names) + name))
        return ids, np.arange(count)


def _factorized(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if len(cells) > 1000 and (cells[:1000] == cells[0]).all() and (cells == cells[0]).all():
        return np.zeros(len(cells), dtype=np.int64), cells[:1]
    return pd.factorize(cells, sort=True)


def dense(ids: np.ndarray, size: int | None = None) -> tuple[np.ndarray, int]:
    """The same ids as 0..n-1 in the same order, and n; `size` is a bound of the ids where one is known."""
    if size is not None and size <= 4 * len(ids) + 1000:
        present = np.zeros(size, dtype=bool)
        present[ids] = True
        return (np.cumsum(present) - 1)[ids], int(present.sum())
    codes, values = pd.factorize(ids, sort=True)
    return codes, len(values)


def distinct(ids: np.ndarray, size: int) -> np.ndarray:
    """The ids that occur, each once and sorted; `size` is a bound of them."""
    if size > 4 * len(ids) + 1000:
        return np.unique(ids)
    present = np.zeros(size, dtype=bool)
    present[ids] = True
    return np.flatnonzero(present)


def period_length(period: str) -> str:
    """The kind of a period as far as it decides what can be compared: nine months are not six, nor five years one.

    >>> [period_length(p) for p in ("2020", "2020-H1", "2020-9M", "2020-Q3", "2016/2020", "")]
    ['year', 'half', '9M', 'quarter', 'span 5', '?']
    """
    kind = kind_of_period(period)
    if kind == "months":
        return period.partition("-")[2]
    if kind == "span":
        first, _, last = period.partition("/")
        return f"span {int(last[:4]) - int(first[:4]) + 1}"
    return kind or NO_PERIOD
