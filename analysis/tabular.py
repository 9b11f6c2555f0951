"""Tables to observations: what row and header say of each figure, and how plan, actual and percentages go together.

Labels are read by `labels`, places by the gazetteer, periods by `periods`; prose is left to `observations`. What is not
understood comes back as findings, each with its cell; it is never dropped silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from analysis.context import frame_of
from analysis.labels import (
    Named,
    Role,
    Unit,
    is_generic,
    name_indicator,
    parse_unit,
    role_of,
    split_number,
    split_unit,
    unit_of_caption,
)
from analysis.periods import find_periods, kind
from analysis.quantities import parse_number
from analysis.tables import NOT_AVAILABLE, NOTHING, Cell, Table
from analysis.text import canonical, fold

if TYPE_CHECKING:
    from analysis.indicators import Catalogue, Indicator
    from analysis.places import Gazetteer, Place
    from analysis.reports import Report


class Finding(NamedTuple):
    """Something in a table that was not understood or is no figure: a code, a sentence, the cell's span and locator."""

    code: str
    sentence: str
    start: int
    end: int
    where: str


@dataclass(frozen=True)
class TableObservation:
    """One figure of a table, field by field the record of `observations`, which takes it over as it is."""

    report: str
    place: str
    place_code: str
    level: str
    indicator: str
    variant: str
    value: float
    value_max: float | None
    of: float | None
    unit: str
    qualifier: str
    status: str
    period: str
    plan_pct: float | None
    yoy_pct: float | None
    members: str
    quote: str
    start: int
    end: int
    where: str
    rule: str
    flags: str


@dataclass(frozen=True)
class Reading:
    """What the tables of a report gave."""

    observations: tuple[TableObservation, ...]
    findings: tuple[Finding, ...]


def observe_tables(report: Report, catalogue: Catalogue, gazetteer: Gazetteer) -> list[TableObservation]:
    """The observations that a report's tables state, in the order of the text."""
    return list(read_tables(report, catalogue, gazetteer).observations)


def read_tables(report: Report, catalogue: Catalogue, gazetteer: Gazetteer) -> Reading:
    """The observations of a report's tables, and the cells that were not understood."""
    observations: list[TableObservation] = []
    findings: list[Finding] = []
    scope = _Scope.of(report, gazetteer)
    for table in report.tables:
        reader = _TableReader(report, table, catalogue, gazetteer, scope)
        made = list(reader.observations())
        observations += made
        findings += reader.findings
        if not made:
            words = (table.captions[-1] if table.captions else table.name)[:80]
            findings.append(
                Finding(
                    "table_unmatched",
                    f"{table.name}: no figure of the table was understood ({words}); read it by eye, or add its words "
                    "to the catalogue.",
                    table.start,
                    table.end,
                    table.name,
                )
            )
    return Reading(tuple(observations), tuple(findings))


# ---------------------------------------------------------------- what the report says about itself

_TYPED = re.compile(r"(?<!\w)(huyện|thị xã|thành phố|quận|tỉnh|xã|phường|thị trấn)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Scope:
    """The place and the period that hold where a table names none."""

    place: Place | None = None
    name: str = ""
    level: str = ""
    period: str = ""
    published: str = ""
    province: str = ""

    @classmethod
    def of(cls, report: Report, gazetteer: Gazetteer) -> _Scope:
        frame = frame_of(report, canonical(report.text), gazetteer)
        found = gazetteer.by_code(frame.level, frame.code) if frame.code else ()
        named = [place for place in found if place.name == frame.place] or list(found)
        return cls(
            named[-1] if named else None, frame.place, frame.level, frame.period, frame.published, frame.province
        )


def _period_in(words: str, published: str, stated: bool = False) -> str:
    """The period that words name; with `stated` only one that they give a year of their own."""
    mentions = [m for m in find_periods(fold(words), published) if m.period and m.role in ("plain", "until")]
    if stated:
        mentions = [m for m in mentions if m.period[:4] in words]
    mentions.sort(key=lambda m: kind(m.period) == "span")
    return mentions[0].period if mentions else ""


# ---------------------------------------------------------------- one table

_TOTAL = re.compile(
    r"(?:tổng|cộng|tổng số|t[ổốồ]ng c[ộốọ]ng|tổng chung|chung)(?: (?:toàn )?(?:huyện|tỉnh|xã|thị xã|thành phố|quận|các xã|các huyện|chung))?|"
    r"(?:toàn|chung toàn|bình quân chung|bình quân) (?:huyện|tỉnh|xã|thị xã|thành phố|quận)"
)
_AREA = re.compile(r"(?:khu vực|kv|vùng)?\s*(?:thành thị|nông thôn|đô thị|miền núi|đồng bằng)")
_PART = re.compile(r"(?:trong đó|chia ra|gồm|bao gồm|riêng)\b")
_SIGN = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<|~|≈|trên|dưới|khoảng|gần|hơn|đạt)?\s*(?P<rest>.+)")
_SIGNS = {"≥": ">=", "≤": "<=", "≈": "~", "trên": ">", "hơn": ">", "dưới": "<", "khoảng": "~", "gần": "~", "đạt": "="}
_FIGURE = re.compile(
    r"(?P<num>[-+]?\d[\d.,]*)\s*(?:(?:-|÷|đến)\s*(?P<max>\d[\d.,]*)|/\s*(?P<of>\d[\d.,]*))?\s*(?P<percent>%)?\s*(?P<more>trở lên)?\s*(?P<unit>[^\d\s].{0,22})?"
)


class Figure(NamedTuple):
    """The number that a cell holds."""

    value: float
    value_max: float | None = None
    of: float | None = None
    qualifier: str = "="
    unit: Unit | None = None
    flags: tuple[str, ...] = ()


def read_figure(cell: Cell, english: bool = False) -> Figure | None:
    """The figure of a cell without its footnote marks, or None; `english` tells that its table writes 1,234.5.

    >>> read_figure(Cell("4.735,5 (*)", 0, 0)).value, read_figure(Cell("9/9 xã", 0, 0)).of, read_figure(Cell("-", 0, 0))
    (4735.5, 9.0, None)
    >>> read_figure(Cell("≥ 95%", 0, 0)).qualifier, read_figure(Cell("12.5", 0, 0)).flags
    ('>=', ('decimal_point',))
    """
    text = re.sub(r"\s*(?:\(\s*\*+\s*\)|\*+|[¹²³⁴]|\(\d\)|\[\d\])\s*$", "", cell.text.strip())
    if cell.number is not None:
        unit = parse_unit("%") if text.endswith("%") else None
        return Figure(round(cell.number, 10), unit=unit)
    folded = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", fold(text))
    found = _SIGN.fullmatch(folded)
    figure = _FIGURE.fullmatch(found["rest"].strip()) if found else None
    if not figure:
        return None
    unit = parse_unit(figure["unit"] or figure["percent"] or "")
    if figure["unit"] and unit is None:
        return None
    value, flags = _number(figure["num"], english)
    if value is None:
        return None
    highest = _number(figure["max"], english)[0] if figure["max"] else None
    if highest is not None and highest <= value:
        return None
    qualifier = ">=" if figure["more"] else _SIGNS.get(found["sign"] or "", found["sign"] or "=")
    of = _number(figure["of"], english)[0] if figure["of"] else None
    return Figure(value, highest, of, qualifier, unit, flags + (("range_in_source",) if highest is not None else ()))


def _number(text: str, english: bool) -> tuple[float | None, tuple[str, ...]]:
    text = text.rstrip(".,")
    if english and ("," in text or "." in text):
        plain = text.replace(",", "")
        return (float(plain), ("decimal_point",)) if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain) else (None, ())
    value = parse_number(text)
    return value, ("decimal_point",) if value is not None and re.fullmatch(r"[-+]?\d+\.\d{1,2}", text) else ()


def _is_english(table: Table) -> bool:
    """Whether a table groups by commas: some "1,234.5" or "1,234,567", many decimal points, no decimal comma."""
    texts = [cell.text.strip(" %*()") for cell in table.cells if cell.number is None]
    sure = sum(bool(re.fullmatch(r"-?\d{1,3}(?:,\d{3})+\.\d+|-?\d{1,3}(?:,\d{3}){2,}", text)) for text in texts)
    comma = sum(bool(re.fullmatch(r"-?\d+,\d{1,2}|-?\d{1,3}(?:\.\d{3})+,\d+|-?0,\d+", text)) for text in texts)
    point = sum(bool(re.fullmatch(r"-?\d+\.\d{1,2}", text)) for text in texts)
    grouped = sum(bool(re.fullmatch(r"-?\d{1,3}(?:,\d{3})+", text)) for text in texts)
    return comma == 0 and (sure > 0 or (point >= 2 and grouped >= 1))


@dataclass(frozen=True)
class _Column:
    """A column with what its header says."""

    index: int
    path: tuple[str, ...]
    role: Role
    period: str
    place: Place | None = None
    unit: Unit | None = None
    dated: bool = False  # the header states the year itself

    @property
    def words(self) -> str:
        return " › ".join(self.path)


@dataclass(frozen=True)
class _Row:
    """A body row with what its label says; `path` is the labels above it and its own."""

    index: int
    label: Cell
    path: tuple[str, ...]
    unit: Unit | None = None
    place: Place | None = None
    period: str = ""
    total: bool = False
    area: str = ""
    part: bool = False


class _TableReader:
    """Reads one table; what it can not read stands in `findings` afterwards."""

    def __init__(self, report: Report, table: Table, catalogue: Catalogue, gazetteer: Gazetteer, scope: _Scope):
        self.report, self.table, self.catalogue, self.gazetteer = report, table, catalogue, gazetteer
        self.scope = scope
        self.findings: list[Finding] = []
        self.english = _is_english(table)
        self.body = list(table.body())
        self.captions = [line for line in table.captions if not _is_prose(line)]
        caption = "\n".join(self.captions)
        self.unit = unit_of_caption(caption)
        self.period, self.period_stated = self._own_period(caption)
        self.year = self.period[-4:] if "/" in self.period else self.period[:4] or scope.published[:4]
        self.kind = ""

    def _own_period(self, caption: str) -> tuple[str, bool]:
        for line in reversed(caption.split("\n")):
            if re.search(r"kèm theo|ban hành|quyết định số|nghị quyết số", fold(line)):
                continue
            period = _period_in(line, self.report.published or self.scope.period[:4], stated=True)
            if period:
                return period, True
        return self.scope.period, False

    # ------------------------------------------------ columns

    @cached_property
    def columns(self) -> tuple[_Column, ...]:
        made = []
        for index in range(self.table.width):
            path = self.table.header_path(index)
            role = role_of(path)
            period, dated = self._period_of(path)
            unit = next((unit for part in reversed(path) if (unit := split_unit(part)[1])), None)
            if unit is None and path and parse_unit(path[-1]) and role.kind not in ("unit", "place", "label"):
                unit = parse_unit(path[-1])
            made.append(_Column(index, path, role, period, None, unit, dated))
        return tuple(self._settle(made))

    def _period_of(self, path: Sequence[str]) -> tuple[str, bool]:
        """The period of a header path and whether it states its year; the deepest words count first."""
        for part in (*reversed(path), " ".join(path)):
            folded = fold(part)
            start = re.search(r"đầu (?:năm|kỳ)(?! \d+ tháng)", folded)
            half = re.search(r"\d+ tháng|quý|sáu tháng", folded)
            mentions = [
                m
                for m in find_periods(folded, self.scope.published, self.period)
                if m.period and m.role in ("plain", "until", "base")
            ]
            if not mentions:
                bare = re.fullmatch(r"(?:th|uth|kh|năm|kh năm|th năm)?\s*((?:19|20)\d\d)(?:\s*\(.*\))?", folded.strip())
                if bare:
                    return bare[1], True
                if re.search(r"\b6t(?:háng)?\b", folded) and self.year:
                    return f"{self.year}-H1", False
                if re.search(r"\bcả năm\b|\bkh(?:ế hoạch)? năm\b|^năm$", folded) and self.year:
                    return self.year, False
                if start and not half and self.year:
                    return str(int(self.year) - 1), False
                if re.search(r"cuối (?:năm|kỳ)", folded) and self.year:
                    return (self.period, False) if "cuối kỳ" in folded else (self.year, False)
                continue
            mention = mentions[0]
            period = mention.period
            if start and not half and kind(period) == "year" and "đầu năm" in folded:
                return str(int(period) - 1), True
            return period, bool(re.search(r"(?:19|20)\d\d", folded))
        return "", False

    def _settle(self, columns: list[_Column]) -> Iterator[_Column]:
        """Columns with their places, and the roles that only the cells below can tell."""
        for column in columns:
            cells = self._cells(column.index)
            numbers = sum(cell.is_number for cell in cells)
            words = [cell for cell in cells if not cell.is_number and not cell.is_mark]
            role = column.role
            if role.kind in ("unit", "place") and fold(column.path[-1]).startswith("đơn vị"):
                units = sum(parse_unit(cell.text) is not None for cell in words)
                role = Role("unit" if units * 2 > len(words) else "place")
            if role.kind in ("number", "note", "unit", "label", "place"):
                yield replace(column, role=role)
                continue
            if numbers and not words and not column.path and _counts(cells):
                yield replace(column, role=Role("number"))
                continue
            if not numbers and words:
                kind_word = "text"
                if sum(parse_unit(cell.text) is not None for cell in words) * 2 > len(words):
                    kind_word = "unit"
                yield replace(column, role=Role(kind_word))
                continue
            place = None
            if column.path and role.kind in ("value", "actual"):
                place = self._place(column.path[-1]) if len(column.path) == 1 or not role.stated else None
            yield replace(column, role=role, place=place)

    def _cells(self, column: int) -> list[Cell]:
        """The cells of a column's body, each once."""
        cells = (self.table.grid[row][column] for row in self.body)
        return [cell for cell in dict.fromkeys(cells) if cell and cell.text.strip()]

    def _place(self, words: str, level: str = "", parent: str = "") -> Place | None:
        """The one place that a cell names, at the table's period, or None."""
        text = re.sub(r"\s*(?:\(\s*\*+\s*\)|\*+)\s*$", "", split_number(words)[1].strip())
        if not text or len(text) > 40 or not text[0].isupper() and not _TYPED.match(text):
            return None
        return self._find(text, level, parent)

    def _find(self, text: str, level: str, parent: str) -> Place | None:
        from analysis.places import split_type

        on = self.period or None
        province = self.scope.province or None
        if level:
            written, short = split_type(text)
            found = self.gazetteer.candidates(
                short, type=written or None, level=level, province=province, on=on, parent=parent or None
            )
            if not found:
                found = self.gazetteer.candidates(short, type=written or None, level=level, province=province, on=on)
            codes = {place.code for place in found}
            return found[-1] if len(codes) == 1 else None
        return self.gazetteer.find(text, on=on, province=province).place

    # ------------------------------------------------ rows

    @cached_property
    def label_column(self) -> int:
        """The column that names the rows: the one its header calls so, else the first with words."""
        for kind_word in ("label", "place"):
            for column in self.columns:
                if column.role.kind == kind_word:
                    return column.index
        best, most = 0, 0
        for column in self.columns:
            if column.role.kind in ("number", "unit", "note"):
                continue
            words = sum(not cell.is_number and not cell.is_mark for cell in self._cells(column.index))
            if words > most:
                best, most = column.index, words
                if words * 2 > len(self.body):
                    break
        if not most:
            years = [
                c.index
                for c in self.columns
                if sum(bool(re.fullmatch(r"(?:19|20)\d\d", cell.text)) for cell in self._cells(c.index)) > 1
            ]
            return years[0] if years else 0
        return best

    @cached_property
    def rows(self) -> tuple[_Row, ...]:
        unit_column = next((c.index for c in self.columns if c.role.kind == "unit"), None)
        number_column = next((c.index for c in self.columns if c.role.kind == "number"), None)
        stack: list[tuple[int, str]] = []
        made, last_unit = [], None
        for index in self.body:
            row = self.table.grid[index]
            label = row[self.label_column]
            if label is None or not label.text.strip():
                label = next(
                    (cell for cell in row if cell and cell.text.strip() and not cell.is_number and not cell.is_mark),
                    None,
                )
            if label is None:
                continue
            number = row[number_column] if number_column is not None else None
            level, words = split_number(label.text)
            if number is not None and number is not label and number.text.strip():
                level = split_number(number.text)[0] if split_number(number.text)[0] is not None else level
            elif level is None:
                level = 8 if number_column is not None and stack else 2
            level = 2 if level is None else level
            part = bool(_PART.match(fold(words)))
            if part:
                level = max(level, 6)
            while stack and stack[-1][0] >= level and not (part and stack[-1][0] == level):
                stack.pop()
            path = (*(words_above for _, words_above in stack), words)
            bare_part = part and re.fullmatch(r"(?:trong đó|chia ra|gồm|bao gồm)\s*[:.]?", fold(words))
            if not bare_part:
                stack.append((level, words))
            unit_cell = row[unit_column] if unit_column is not None else None
            unit = parse_unit(unit_cell.text) if unit_cell and unit_cell.text.strip() else None
            if unit_cell and fold(unit_cell.text).strip(' "') in ("", "''", "-nt-", "nt") and unit_cell.text.strip():
                unit = last_unit
            last_unit = unit or last_unit
            made.append(_Row(index, label, path, unit or split_unit(words)[1], part=part))
        return tuple(self._settle_rows(made))

    def _settle_rows(self, rows: list[_Row]) -> Iterator[_Row]:
        """Rows with their kind: places, periods or indicators, by what most labels are."""
        names = [
            row
            for row in rows
            if not _TOTAL.fullmatch(_bare(row.path[-1])) and not _AREA.fullmatch(_bare(row.path[-1]))
        ]
        level = self._level_of(names)
        parent = ""
        if level == "commune" and self.scope.place and self.scope.place.level == "district":
            parent = self.scope.place.code
        places = {row.index: self._place(row.label.text, level, parent) for row in names} if level else {}
        dates = {row.index: self._period_of((row.label.text,)) for row in names}
        found = sum(place is not None for place in places.values())
        periods = sum(
            bool(period)
            and bool(re.match(r"(?:năm |giai đoạn |\d+ tháng|quý|tháng)?\s*\S*\d", fold(row.label.text)))
            and len(fold(row.label.text)) < 30
            for row in names
            for period, _ in [dates[row.index]]
        )
        head = self.table.header_path(self.label_column)
        if names and (found * 2 > len(names) or (found and role_of(head).kind == "place")):
            self.kind = "place"
        elif names and periods * 10 >= len(names) * 7:
            self.kind = "period"
        else:
            self.kind = "indicator"
        area = ""
        for row in rows:
            bare = _bare(row.path[-1])
            total = bool(_TOTAL.fullmatch(bare))
            if self.kind == "place":
                if _AREA.fullmatch(bare):
                    area = bare
                    yield replace(row, path=(row.path[-1],), area=bare, total=True)
                    continue
                yield replace(row, path=(row.path[-1],), place=places.get(row.index), total=total)
            elif self.kind == "period":
                yield replace(row, path=(row.path[-1],), period=dates.get(row.index, ("", False))[0], total=total)
            else:
                yield row
        del area

    def _level_of(self, rows: Sequence[_Row]) -> str:
        """The level of the places that rows name: the header's word, else the level that most labels are found at."""
        head = fold(" ".join(self.table.header_path(self.label_column)))
        tally: Counter[str] = Counter()
        for row in rows[:60]:
            text = split_number(row.label.text)[1].strip()
            if not text or len(text) > 40 or (not text[0].isupper() and not _TYPED.match(text)):
                continue
            for level in ("district", "commune", "province"):
                if self._find(text, level, ""):
                    tally[level] += 1
        if not tally:
            return ""
        if re.search(r"huyện|quận", head) and tally["district"]:
            return "district"
        if re.search(r"(?<!thị )xã|phường|thị trấn", head) and not re.search(r"huyện", head) and tally["commune"]:
            return "commune"
        if self.scope.place and self.scope.place.level == "district" and tally["commune"] >= max(tally.values()) - 1:
            return "commune"
        return max(tally, key=lambda level: (tally[level], level == "district"))

    # ------------------------------------------------ figures

    def observations(self) -> Iterator[TableObservation]:
        """The observations of the table in the order of its rows."""
        values = [
            c for c in self.columns if c.role.kind in ("actual", "estimate", "target", "value") and self._has_figures(c)
        ]
        rows = self.rows
        if self.kind == "indicator":
            values = [c for c in values if c.index != self.label_column]
            unread: set[int] = set()
            for row in rows:
                yield from self._read_row(row, values, unread)
        else:
            yield from self._read_places(rows, values)

    def _has_figures(self, column: _Column) -> bool:
        return column.index != self.label_column and any(cell.is_number for cell in self._cells(column.index))

    def _read_row(self, row: _Row, values: list[_Column], unread: set[int]) -> Iterator[TableObservation]:
        """A row that names an indicator: one observation for each column of figures, percentages bound to theirs."""
        cells = self.table.grid[row.index]
        filled = [
            c
            for c in values
            if cells[c.index] is not None and cells[c.index].row == row.index and cells[c.index].text.strip()
        ]
        figures = {c.index: read_figure(cells[c.index], self.english) for c in filled}
        if not filled or not any(figures.values()):
            self._gaps(row.path, [cells[c.index] for c in filled])
            return
        bound = self._bound(values)
        named_any = False
        for column in filled:
            cell, figure = cells[column.index], figures[column.index]
            if figure is None:
                self._gaps(row.path, [cell])
                continue
            own = self._leftover(column)
            unit = figure.unit or row.unit or column.unit or self.unit
            named = self._name((*row.path, *own), unit) or self._name(row.path, unit)
            rule = "table.row"
            if named is None and own:
                named, rule = self._name((*own, row.path[-1]), unit), "table.row_and_column"
            if named is None:
                continue
            named_any = True
            percents = bound.get(column.index, ())
            plan_pct, yoy_pct, flags = self._percents(row.index, column, figure, percents, self.catalogue[named.id])
            yield self._observation(
                named,
                unit,
                figure,
                cell,
                column,
                rule,
                column.place or self.scope.place,
                column.period,
                plan_pct,
                yoy_pct,
                flags,
                row.path[-1],
            )
        if not named_any:
            self._unmatched(row.label, row.path)

    def _read_places(self, rows: Sequence[_Row], values: list[_Column]) -> Iterator[TableObservation]:
        """Rows that are places or periods: the column names the indicator, else the caption does."""
        named_columns: list[tuple[_Column, Named, str, Unit | None]] = []
        captions = list(reversed(self.captions))
        for column in values:
            unit = column.unit or self.unit
            named, rule = self._name(column.path, unit), "table.column"
            if named is None and len(column.path) > 1:
                named = self._name(column.path[:-1], unit) if self._says_role(column) else None
            if named is None and named_columns and column.path and is_generic(column.path[-1]):
                named = self._beside(column, *named_columns[-1][:2], unit)
            if named is None and (self._says_role(column) or is_generic(column.path[-1] if column.path else "")):
                rule = "table.caption"
                named = next((found for line in captions if (found := self._caption_names(line, column, unit))), None)
            if named is None:
                head = self.table.grid[max(self.table.header[1] - 1, 0)][column.index]
                if head is not None:
                    self._unmatched(head, column.path)
                continue
            named_columns.append((column, named, rule, unit))
        bound = self._bound([column for column, *_ in named_columns])
        for row in rows:
            cells = self.table.grid[row.index]
            place, level_flags = self._row_place(row)
            for column, named, rule, unit in named_columns:
                cell = cells[column.index]
                if cell is None or cell.row != row.index or not cell.text.strip():
                    continue
                figure = read_figure(cell, self.english)
                if figure is None:
                    self._gaps((row.path[-1], *column.path), [cell])
                    continue
                if row.area:
                    named_area = self._name(
                        (*column.path, f"khu vực {row.area.removeprefix('khu vực ')}"), figure.unit or unit
                    )
                    if named_area is None or named_area.id == named.id:
                        continue
                    named = named_area
                percents = bound.get(column.index, ())
                plan_pct, yoy_pct, flags = self._percents(row.index, column, figure, percents, self.catalogue[named.id])
                yield self._observation(
                    named,
                    figure.unit or unit,
                    figure,
                    cell,
                    column,
                    rule,
                    place if place is not None else column.place,
                    row.period or column.period,
                    plan_pct,
                    yoy_pct,
                    (*flags, *level_flags),
                    row.path[-1],
                    written="" if place or row.total or self.kind == "period" else row.path[-1],
                )
        for row in rows:
            if (
                self.kind == "place"
                and not row.total
                and row.place is None
                and any(c and c.is_number for c in self.table.grid[row.index][self.label_column + 1 :])
            ):
                self.findings.append(
                    Finding(
                        "place_unresolved",
                        f"{row.label.where}: the place '{row.label.text}' is not known; check its spelling.",
                        row.label.start,
                        row.label.end,
                        row.label.where,
                    )
                )

    def _beside(self, column: _Column, before: _Column, named: Named, unit: Unit | None) -> Named | None:
        """The share that "Tỷ lệ (%)" means beside the column that counts ("Số hộ nghèo")."""
        share = self.catalogue[named.id].share
        beside = before.path[:-1] == column.path[:-1] and before.index == column.index - 1
        percent = unit is not None and "percent" in unit.ids or "tỷ lệ" in fold(column.path[-1])
        return Named(share, named.score, "") if beside and percent and share else None

    def _row_place(self, row: _Row) -> tuple[Place | None, tuple[str, ...]]:
        if self.kind == "period":
            return self.scope.place, ()
        if row.total:
            return self._total_place(), ()
        return row.place, () if row.place else ("place_unresolved",)

    def _total_place(self) -> Place | None:
        """The place that the total of the rows is about: the one that holds them all."""
        inside = [row.place for row in self.rows if row.place is not None]
        if not inside:
            return self.scope.place
        level = Counter(place.level for place in inside).most_common(1)[0][0]
        if level == "commune":
            code, count = Counter(place.parent for place in inside if place.level == "commune").most_common(1)[0]
            found = [p for p in self.gazetteer.by_code("district", code) if not self.period or p.stands_on(self.period)]
            return found[-1] if found and count * 2 > len(inside) else self.scope.place
        if level == "district":
            name = Counter(place.province for place in inside).most_common(1)[0][0]
            found = self.gazetteer.candidates(name, level="province", on=self.period or None)
            return found[-1] if found else self.scope.place
        return self.scope.place

    def _says_role(self, column: _Column) -> bool:
        """Whether a header only says plan, actual, a period or a place, and no indicator."""
        return column.place is not None or column.role.stated or bool(column.period) or not column.path

    def _caption_names(self, line: str, column: _Column, unit: Unit | None) -> Named | None:
        words = re.sub(r"^(?:biểu|bảng|phụ lục)[^:.]{0,12}[:.]\s*", "", line, flags=re.IGNORECASE)
        words = re.split(
            r"\b(?:của các|các huyện|các xã|phân theo|theo|chia theo|giai đoạn|trên địa bàn|tỉnh|huyện)\b",
            words,
            flags=re.IGNORECASE,
        )[0]
        generic = (column.path[-1],) if column.path and is_generic(column.path[-1]) else ()
        return self._name((words, *generic), unit)

    def _name(self, parts: Sequence[str], unit: Unit | None) -> Named | None:
        return name_indicator(parts, unit, self.catalogue, damaged=self.report.ocr)

    def _leftover(self, column: _Column) -> tuple[str, ...]:
        """The words of a header that say more than role, period and place ("Số hộ", "Tỷ lệ")."""
        if column.place is not None:
            return ()
        return tuple(part for part in column.path if is_generic(part) and not role_of((part,)).stated)

    # ------------------------------------------------ percentages

    def _bound(self, values: Sequence[_Column]) -> dict[int, list[tuple[_Column, _Column | None, str]]]:
        """For each column of figures the columns of percentages about it, with their base column and their kind."""
        done = [c for c in values if c.role.kind != "target"]
        bound: dict[int, list[tuple[_Column, _Column | None, str]]] = {}
        by_number = {
            found[0]: c for c in self.columns if (found := re.search(r"\d+|^[A-Z]$", self.table.numbering(c.index)))
        }
        for column in self.columns:
            kind_word = column.role.kind
            if kind_word not in ("plan_pct", "yoy_pct", "growth", "ratio"):
                continue
            group = (
                [c for c in done if c.path[:-1] == column.path[:-1]]
                if self.kind != "indicator" and len(column.path) > 1
                else list(done)
            )
            group = group or list(done)
            formula = re.search(
                r"(\d+)\s*\)?\s*[/:]\s*\(?\s*(\d+)", self.table.numbering(column.index).split("=")[-1]
            ) or (
                re.search(r"(\d{1,2})\s*\)?\s*[/:]\s*\(?\s*(\d{1,2})(?!\d)", column.path[-1]) if column.path else None
            )
            over = under = None
            if formula:
                over, under = by_number.get(formula[1]), by_number.get(formula[2])
            if over is None or over not in values:
                over, under = self._fitting(column, values, group)
            if over is None:
                current = [c for c in group if not c.role.shift and c.index < column.index]
                named_year = [c for c in current if c.period and c.period[:4] in column.words]
                newest = max((c.period for c in current), default="")
                current = named_year or [c for c in current if c.period == newest] or current
                over = current[-1] if current else (group[0] if group else None)
            if over is None:
                continue
            if kind_word == "ratio":
                kind_word = (
                    "plan_pct"
                    if (under is not None and under.role.kind == "target")
                    or (under is None and any(c.role.kind == "target" for c in values))
                    else "yoy_pct"
                )
            bound.setdefault(over.index, []).append((column, under, kind_word))
        return bound

    def _fitting(
        self, column: _Column, values: Sequence[_Column], group: Sequence[_Column]
    ) -> tuple[_Column | None, _Column | None]:
        """The pair of columns whose quotient the percentages are, told by the arithmetic of the rows."""
        tally: Counter[tuple[int, int]] = Counter()
        pairs = {}
        for over in group:
            for under in values:
                if under is over or (column.role.kind == "plan_pct") != (under.role.kind == "target"):
                    continue
                pairs[over.index, under.index] = (over, under)
                for row in self.body:
                    given, top, base = (self._value(row, c.index) for c in (column, over, under))
                    if None in (given, top, base) or not base:
                        continue
                    quotient = 100 * top / base
                    if abs(given - quotient) <= max(0.11, 0.006 * quotient) or abs(given - quotient + 100) <= max(
                        0.11, 0.006 * abs(quotient - 100)
                    ):
                        tally[over.index, under.index] += 1
        if not tally:
            return None, None
        best = max(tally, key=lambda pair: (tally[pair], -abs(pair[0] - column.index)))
        return pairs[best]

    def _value(self, row: int, column: int) -> float | None:
        cell = self.table.grid[row][column]
        figure = read_figure(cell, self.english) if cell is not None and cell.row == row and cell.text.strip() else None
        return figure.value if figure else None

    def _percents(
        self, row: int, column: _Column, figure: Figure, bound, indicator: Indicator
    ) -> tuple[float | None, float | None, tuple[str, ...]]:
        """plan_pct and yoy_pct of a figure from the columns of percentages about it."""
        plan = yoy = None
        flags: list[str] = []
        for percent, under, kind_word in bound:
            given = self._value(row, percent.index)
            if given is None:
                continue
            base = self._value(row, under.index) if under is not None else None
            quotient = 100 * figure.value / base if base else None
            rate = indicator.unit in ("percent", "percentage_points")
            if kind_word == "growth":
                if rate and not (quotient is not None and abs(given + 100 - quotient) < 0.6):
                    continue  # a rise of a rate is in points
                given = 100 + given
            elif quotient is not None and abs(given - quotient) > max(0.6, 0.01 * quotient):
                if abs(100 * given - quotient) <= max(0.6, 0.01 * quotient):
                    given = 100 * given
                elif abs(given + 100 - quotient) <= max(0.6, 0.01 * quotient) and kind_word == "yoy_pct":
                    given = 100 + given
                elif rate and abs(given - (figure.value - base)) < 0.02:
                    continue  # a difference in points
                else:
                    flags.append("arithmetic_mismatch")
            elif quotient is None and rate and abs(given) < 20:
                continue
            if kind_word == "plan_pct":
                if plan is None:
                    plan = round(given, 6)
                elif "two_plans" not in flags:
                    flags.append("two_plans")
            elif yoy is None:
                yoy = round(given, 6)
        return plan, yoy, tuple(flags)

    # ------------------------------------------------ records

    def _observation(
        self,
        named: Named,
        unit: Unit | None,
        figure: Figure,
        cell: Cell,
        column: _Column,
        rule: str,
        place: Place | None,
        period: str,
        plan_pct: float | None,
        yoy_pct: float | None,
        flags: tuple[str, ...],
        label: str,
        written: str = "",
    ) -> TableObservation:
        indicator = self.catalogue[named.id]
        flags = (*figure.flags, *flags)
        factor = unit.convert(1.0, indicator) if unit is not None else 1.0
        if unit is None:
            flags += ("unit_inferred",)
        value = round(figure.value * factor, 9)
        if indicator.id.endswith("_change") and value > 0 and re.search(r"giảm", fold(" ".join((label, *column.path)))):
            value = -value
        if not period:
            period = self.period
            if period and column.role.shift:
                period = _shifted(period, column.role.shift)
            if period and not self.period_stated:
                flags += ("period_inferred",)
        elif column.role.shift and not column.dated and self.kind != "period":
            period = _shifted(self.period, column.role.shift) if self.period else period
        if column.role.kind == "target" and not column.dated and not column.period and self.period:
            period = (
                self.period if self.kind == "period" else self.period[:4] if "/" not in self.period else self.period
            )
        status = {"target": "target", "estimate": "estimate"}.get(column.role.kind, "actual")
        if rule == "table.caption":
            flags += ("header_inferred",)
        if named.score < 0.5:
            flags += ("weak_cue",)
        if self.report.ocr:
            flags += ("ocr",)
        level = place.level if place else self.scope.level
        where = f"{cell.where}: {label} › {column.words}" if column.words else f"{cell.where}: {label}"
        return TableObservation(
            report=self.report.id,
            place=place.name if place else written or self.scope.name,
            place_code=place.code if place else "",
            level=level,
            indicator=named.id,
            variant=named.variant,
            value=value,
            value_max=round(figure.value_max * factor, 9) if figure.value_max is not None else None,
            of=figure.of,
            unit=indicator.unit,
            qualifier=figure.qualifier,
            status=status,
            period=period,
            plan_pct=plan_pct,
            yoy_pct=yoy_pct,
            members="",
            quote=self.report.text[cell.start : cell.end],
            start=cell.start,
            end=cell.end,
            where=where,
            rule=rule,
            flags="|".join(dict.fromkeys(flags)),
        )

    def _gaps(self, path: Sequence[str], cells: Iterable[Cell]) -> None:
        """Cells that hold a sign or words in place of a figure."""
        for cell in cells:
            text = cell.text.strip()
            if text in NOTHING:
                sentence, code = (
                    f"{cell.where}: '{text}' says that there is none ({' › '.join(path)}); it is no zero.",
                    "none",
                )
            elif text in NOT_AVAILABLE:
                sentence, code = (
                    f"{cell.where}: '{text}' says that the figure is not available ({' › '.join(path)}).",
                    "not_available",
                )
            else:
                sentence, code = (
                    f"{cell.where}: '{text[:40]}' is no figure ({' › '.join(path)}); read it by eye.",
                    "number_unclear",
                )
            self.findings.append(Finding(code, sentence, cell.start, cell.end, cell.where))

    def _unmatched(self, cell: Cell, path: Sequence[str]) -> None:
        words = " › ".join(path)
        self.findings.append(
            Finding(
                "table_unmatched",
                f"{cell.where}: the label '{words}' names no indicator of the catalogue; add it there when you need it.",
                cell.start,
                cell.end,
                cell.where,
            )
        )


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether cells only number the rows: 1, 2, 3."""
    numbers = [int(cell.text.strip(". ")) for cell in cells if cell.text.strip(". ").isdigit()]
    return (
        len(numbers) == len(cells) > 1
        and numbers[0] == 1
        and max(numbers) <= len(cells) + 2
        and numbers == sorted(numbers)
    )


def _is_prose(line: str) -> bool:
    """Whether a line above a table is a sentence of the report and no caption.

    >>> _is_prose("Tỷ lệ hộ nghèo còn 2,35%."), _is_prose("Biểu 1. Tỷ lệ hộ nghèo các huyện")
    (True, False)
    """
    return line.rstrip().endswith((".", ";", ",")) or len(line.split()) > 45


def _bare(label: str) -> str:
    """A label folded, without number, brackets and footnote marks.

    >>> _bare("Tổng cộng (I+II):")
    'tổng cộng'
    """
    return re.sub(r"\([^)]*\)|[*:.]+", "", fold(split_number(label)[1])).strip()


def _shifted(period: str, years: int) -> str:
    """A period some years earlier.

    >>> _shifted("2023-H1", 1), _shifted("2016/2020", 1)
    ('2022-H1', '2016/2020')
    """
    return period if "/" in period else f"{int(period[:4]) - years}{period[4:]}"
