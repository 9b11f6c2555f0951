"""What one workbook is about: the rows chosen, their places and indicators in order, where each row and source stands.

It reads a tidy table and decides nothing about figures: which of two rivals is used, what may be compared and how
places rank comes with the table or from `compare`. The pages are made by `tables` and `lists`.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import words
from analysis.places import split_type
from analysis.sheets.pages import MAX_ROWS, page_name, reference

if TYPE_CHECKING:
    import pandas

FORMS = ("full", "comparison", "profile")
RESULTS = ("actual", "estimate")
_DOUBTS = frozenset(
    (
        "ambiguous_plan",
        "range_in_source",
        "standard_changed",
        "decimal_point",
        "number_unclear",
        "arithmetic_mismatch",
        "implausible",
        "conflict",
        "contested",
        "ocr",
        "weak_cue",
        "scope_inferred",
        "subgroup",
        "two_plans",
        "boundary_changed",
        "derived",
        "corrected",
        "period_inferred",
        "unit_inferred",
        "header_inferred",
    )
)  # flags that a figure in a table shows by "*"


class WorkbookError(ValueError):
    """A workbook that can not be made or written; the sentence says why and what to do."""


class PlaceName(NamedTuple):
    """A place as a table row: province and name with type."""

    province: str
    name: str


@dataclass(frozen=True)
class Source:
    """A line of the list of sources."""

    number: int
    title: str
    publisher: str
    published: str
    url: str
    report: str
    figures: int
    first_row: int  # position of its first figure in the data, -1 for none


@dataclass(frozen=True)
class Edition:
    """The content of one workbook before it becomes pages."""

    table: pandas.DataFrame
    catalogue: Mapping[str, Any]
    lang: str = "vi"
    form: str = "full"
    title: str = ""
    issuer: str = ""
    contact: str = ""
    date: datetime.date = field(default_factory=datetime.date.today)
    places: tuple[PlaceName, ...] = ()
    provinces: tuple[PlaceName, ...] = ()
    indicators: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    source_numbers: tuple[int, ...] = ()
    positions: Mapping[str, int] = field(default_factory=dict)
    rows_per_page: int = MAX_ROWS - 8
    chosen_places: bool = False
    chosen_indicators: bool = False
    evidence: frozenset[str] = frozenset()
    remarks: list[str] = field(default_factory=list)

    def say(self, vi: str, en: str) -> str:
        return words.say(vi, en, self.lang)

    def short(self, vi: str, en: str) -> str:
        """One language only, for the names of sheets: Vietnamese unless the workbook is English."""
        return en if self.lang == "en" else vi

    def name(self, indicator: str) -> str:
        """The name of an indicator; the id of one that the catalogue does not know."""
        known = self.catalogue.get(indicator)
        return self.say(known.name_vi, known.name_en) if known else indicator

    def unit(self, indicator: str) -> str:
        rows = self._all_rows_of.get(indicator, ())
        return words.unit_text(self._columns["unit"][rows[0]] if len(rows) else "", self.lang)

    def is_level(self, indicator: str) -> bool:
        """Whether a district's figure can stand beside its province's: a rate or an average can, a count can not."""
        known = self.catalogue.get(indicator)
        return known is not None and (known.kind == "rate" or "_per_" in known.unit)

    @property
    def data_pages(self) -> list[str]:
        """The names of the data sheets: one, or as many as Excel's limit of rows asks for."""
        count = max(1, -(-len(self.table) // self.rows_per_page))
        name = self.short("Số liệu", "Data")
        return [name] if count == 1 else [f"{name} {number}" for number in range(1, count + 1)]

    def data_link(self, key: str, column: str = "A") -> str:
        """Where the data row of a figure stands; empty for a key that is not in the data."""
        position = self.positions.get(key)
        if position is None:
            return ""
        page, row = divmod(position, self.rows_per_page)
        return reference(self.data_pages[page], f"{column}{row + FIRST_DATA_ROW}")

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return {name: self.table[name].to_numpy(dtype=None if name in _NUMBERS else object) for name in RECORD}

    @cached_property
    def _all_rows_of(self) -> dict[str, Any]:
        return self.table.groupby("indicator").indices

    @cached_property
    def _rows_of(self) -> dict[str, Any]:
        used = self.table["used"].to_numpy(dtype=bool)
        return {name: at[used[at]] for name, at in self._all_rows_of.items()}

    @property
    def values(self) -> Any:
        """The figures of all rows."""
        return self._columns["value"]

    def rows(self, indicator: str) -> Any:
        """The positions of the rows of one indicator that comparisons use."""
        return self._rows_of.get(indicator, ())

    def of(self, indicator: str) -> pandas.DataFrame:
        """The rows of one indicator, used or not, for `compare`."""
        return self.table.take(self._all_rows_of.get(indicator, []))

    def record(self, position: int) -> dict[str, Any]:
        """One row of the table as far as cells need it, made when asked for: a long table is not held twice."""
        return {name: column[position] for name, column in self._columns.items()}


class Figures(Mapping):
    """Rows of the table by place and column, kept as positions and read when asked for."""

    def __init__(self, edition: Edition, at: dict[tuple[PlaceName, int], int]) -> None:
        self._edition, self._at = edition, at

    def __getitem__(self, key: tuple[PlaceName, int]) -> dict[str, Any]:
        return self._edition.record(self._at[key])

    def __iter__(self) -> Iterator[tuple[PlaceName, int]]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, key: object) -> bool:
        return key in self._at

    def value(self, key: tuple[PlaceName, int]) -> float | None:
        """The figure alone; None where there is none."""
        at = self._at.get(key)
        return None if at is None else float(self._edition.values[at])


_NUMBERS = ("value", "of", "plan_pct")
RECORD = (
    "key",
    "province",
    "place",
    "level",
    "variant",
    "unit",
    "direction",
    *_NUMBERS,
    "qualifier",
    "status",
    "period",
    "period_end",
    "standard",
    "flags",
    "source_title",
    "published",
)
SOURCE_HEADER = 4  # row of the header of the sources; source number n stands n rows below
FIRST_DATA_ROW = 5  # of the data sheets: title, hint, blank, header


def choose(
    table: pandas.DataFrame,
    *,
    places: str | Iterable[str] | None = None,
    indicators: str | Iterable[str] | None = None,
    periods: str | int | Iterable[str | int] | None = None,
    catalogue: Mapping[str, Any],
) -> tuple[pandas.DataFrame, tuple[PlaceName, ...]]:
    """The rows of the chosen places (with their provinces' own figures), indicators and periods; and the places chosen.

    A place is given by its name with type, by its official code, or by a province for all its districts. A period is
    one of the table ("2023-H1"), a year (2023: all that ends in it) or years "2019-2023". Raises WorkbookError for a
    name that the table does not have, with those nearest to it.
    """
    chosen_places: list[PlaceName] = []
    if places is not None:
        known = table[["province", "place", "place_code", "level"]].drop_duplicates()
        whole: set[str] = set()
        for name in _listed(places):
            found, province = _find_places(known, str(name))
            chosen_places += found
            whole.update(province)
        wanted = {(place.province, place.name) for place in chosen_places}
        own = {place.province for place in chosen_places}
        keep = [
            (province, place) in wanted or province in whole or (level == "province" and province in own)
            for province, place, level in zip(table["province"], table["place"], table["level"], strict=True)
        ]
        table = table[keep]
    if indicators is not None:
        names = _listed(indicators)
        for name in names:
            if name not in catalogue and name not in set(table["indicator"]):
                _refuse("indicator", name, [*catalogue, *table["indicator"].unique()])
        table = table[table["indicator"].isin(names)]
    if periods is not None:
        table = table[_in_periods(table, _listed(periods))]
    if table.empty:
        raise WorkbookError(
            "No figure fits the chosen places, indicators and periods, so there is nothing to write; "
            "choose fewer conditions, or look at the table with compare.coverage."
        )
    return table, tuple(dict.fromkeys(chosen_places))


def compose(
    table: pandas.DataFrame,
    *,
    catalogue: Mapping[str, Any],
    chosen: Sequence[PlaceName] = (),
    wanted: Sequence[str] = (),
    reports: Iterable[Any] | None = None,
    **options: Any,
) -> Edition:
    """The edition of a chosen table: rows in the order of sources, sources numbered, places and indicators in order."""
    table = table.sort_values(["origin", "report", "source_title", "start", "key"], kind="stable", ignore_index=True)
    sources, numbers = _number_sources(table, reports)
    order = {name: number for number, name in enumerate(catalogue)}
    found = sorted(table["indicator"].unique(), key=lambda name: (order.get(name, len(order)), name))
    listed = table[["province", "place", "level"]].drop_duplicates()
    level = "district" if (listed["level"] == "district").any() else "commune"
    districts = chosen or [
        PlaceName(*pair) for pair in listed.loc[listed["level"] == level, ["province", "place"]].itertuples(index=False)
    ]
    provinces = listed.loc[listed["level"] == "province", ["province", "place"]].itertuples(index=False)
    return Edition(
        table=table,
        catalogue=catalogue,
        chosen_places=bool(chosen),
        chosen_indicators=bool(wanted),
        places=tuple(sorted((p for p in districts if p.name), key=_place_order)),
        provinces=tuple(sorted((PlaceName(*pair) for pair in provinces if pair[1]), key=_place_order)),
        indicators=tuple(list(dict.fromkeys(wanted)) if wanted else [name for name in found if name]),
        sources=sources,
        source_numbers=numbers,
        positions={key: position for position, key in enumerate(table["key"])},
        **options,
    )


def doubted(flags: str) -> bool:
    """Whether a figure with these flags is marked by "*" in tables.

    >>> doubted("conflict|place_inferred"), doubted("place_inferred"), doubted("")
    (True, False, False)
    """
    return bool(flags) and not _DOUBTS.isdisjoint(flags.split("|"))


def figure_format(decimals: int, row: Mapping[str, Any] | None = None, lang: str = "vi") -> str:
    """The number format that shows a figure with its marks: "> " before; "/m", "ư", "*" after; the value stays bare.

    >>> figure_format(2), figure_format(0, {"of": 14.0, "status": "estimate", "flags": "conflict"})
    ('#,##0.00', '#,##0"/14"" ư""*"')
    >>> figure_format(1, {"qualifier": ">"})
    '"> "#,##0.0;"> ""−"#,##0.0'
    """
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    if row is None:
        return number
    sign = {"~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}.get(row.get("qualifier", ""), "")
    of = row.get("of")
    parts = [f'"{sign}"' if sign else "", number]
    if of is not None and of == of and of <= 99 and float(of).is_integer():
        parts.append(f'"/{int(of)}"')
    if row.get("status") == "estimate":
        parts.append('" e"' if lang == "en" else '" ư"')
    if doubted(row.get("flags", "")):
        parts.append('"*"')
    shown = "".join(parts)
    return f"{shown};" + shown.replace(number, f'"\u2212"{number}', 1) if sign else shown


def figure_width(row: Mapping[str, Any], decimals: int) -> float:
    """The width that a figure needs with all its marks: a number that does not fit is shown as "###".

    >>> figure_width({"value": 11400.0, "qualifier": "~", "of": float("nan"), "status": "estimate", "flags": ""}, 2)
    15
    """
    of = row["of"]
    return (
        len(words.format_number(row["value"], decimals))
        + 2
        + 2 * (row["qualifier"] not in ("", "="))
        + 2 * (row["status"] == "estimate")
        + doubted(row["flags"])
        + (len(f"/{int(of)}") if of == of and of <= 99 else 0)
    )


def signed_format(decimals: int) -> str:
    """The number format of a difference, with its sign.

    >>> signed_format(1)
    '+#,##0.0;"−"#,##0.0;#,##0.0'
    """
    number = figure_format(decimals)
    return f'+{number};"\u2212"{number};{number}'


def decimals_of(values: Iterable[float], most: int = 2) -> int:
    """How many decimals a column of figures needs, at most `most`.

    >>> decimals_of([9.0, 13.25]), decimals_of([4.0, float("nan")]), decimals_of([1 / 3])
    (2, 0, 2)
    """
    need = 0
    for value in values:
        if value == value:
            need = max(need, next((d for d in range(most) if abs(round(value, d) - value) < 1e-9), most))
        if need == most:
            break
    return need


def length_of(period: str) -> str:
    """What a period must share with another to stand beside it: its form without the year, or the years it spans.

    >>> [length_of(period) for period in ("2020", "2020-H1", "2020-06", "2016/2020")]
    ['year', 'H1', 'month', '4']
    """
    if "/" in period:
        first, last = period.split("/")
        return str(int(last[:4]) - int(first[:4]))
    rest = period[5:]
    return "year" if not rest else "month" if rest.isdigit() else rest


def indicator_page(edition: Edition, number: int, indicator: str, taken: Iterable[str]) -> str:
    """The sheet name of an indicator's table: its number and as much of its name as fits."""
    known = edition.catalogue.get(indicator)
    name = edition.short(known.name_vi, known.name_en) if known else indicator
    return page_name(edition.short(f"B{number:02d} {name}", f"T{number:02d} {name}"), taken)


def _listed(values: Any) -> list[Any]:
    return [values] if isinstance(values, str | int) else list(values)


def _place_order(place: PlaceName) -> tuple:
    kind, name = split_type(place.name)
    return words.collation_key(place.province), _KINDS.get(kind, 9), words.collation_key(name)


_KINDS = {"tỉnh": 0, "thành phố": 1, "thị xã": 2, "quận": 3, "huyện": 4}


def _find_places(known: pandas.DataFrame, wanted: str) -> tuple[list[PlaceName], list[str]]:
    """The places that a name stands for, and the province where it names one as a whole."""
    key = wanted.casefold().strip()
    names = known["place"].str.casefold()
    rows = known[(known["place_code"] == wanted.strip()) | (names == key)]
    if rows.empty or set(rows["level"]) == {"province"}:
        of_it = known["province"].str.casefold().isin((key, split_type(key)[1]))
        inside = known[of_it & (known["level"] == "district")]
        if len(inside):
            pairs = zip(inside["province"], inside["place"], strict=True)
            return [PlaceName(*pair) for pair in pairs], list(inside["province"].unique())
    if rows.empty:
        rows = known[[split_type(name)[1] == key for name in names]]
    found = sorted({PlaceName(p, n) for p, n in zip(rows["province"], rows["place"], strict=True)})
    if not found:
        _refuse("place", wanted, [*known["place"].unique(), *known["province"].unique()])
    if len(found) > 1:
        several = "; ".join(f"{place.name} ({place.province})" for place in found)
        raise WorkbookError(
            f"The place {wanted!r} can be several: {several}. Write its official code or its full name."
        )
    return found, []


def _refuse(what: str, name: str, known: Sequence[str]) -> None:
    near = difflib.get_close_matches(str(name), sorted({str(k) for k in known if k}), 3, 0.5)
    advice = f"did you mean {' or '.join(repr(n) for n in near)}?" if near else "see the table for those it has."
    raise WorkbookError(f"The table has no {what} {name!r}; {advice}")


def _in_periods(table: pandas.DataFrame, periods: Sequence[Any]) -> pandas.Series:
    keep = table["period"] == "\0"
    for period in periods:
        text = str(period).strip()
        if match := re.fullmatch(r"(\d{4})\s*[-–:]\s*(\d{4})", text):
            found = table["year"].between(int(match[1]), int(match[2])).fillna(False)
        elif re.fullmatch(r"\d{4}", text):
            found = (table["year"] == int(text)).fillna(False)
        else:
            found = table["period"] == text
        keep = keep | found.astype(bool)
    return keep


def _number_sources(
    table: pandas.DataFrame, reports: Iterable[Any] | None
) -> tuple[tuple[Source, ...], tuple[int, ...]]:
    """Number the sources in the order of the data; reports in which nothing was found come last."""
    columns = ["source_title", "publisher", "published", "url", "report"]
    identities = list(zip(*(table[column] for column in columns), strict=True))
    first: dict[tuple, int] = {}
    count: dict[tuple, int] = {}
    for position, identity in enumerate(identities):
        first.setdefault(identity, position)
        count[identity] = count.get(identity, 0) + 1
    numbers = {identity: number for number, identity in enumerate(first, 1)}
    sources = [
        Source(number, *identity, figures=count[identity], first_row=first[identity])
        for identity, number in numbers.items()
    ]
    with_figures = {source.report for source in sources}
    for report in reports or ():
        if report.id not in with_figures:
            sources.append(
                Source(len(sources) + 1, report.title, report.publisher, report.published, report.url, report.id, 0, -1)
            )
    return tuple(sources), tuple(numbers[identity] for identity in identities)
