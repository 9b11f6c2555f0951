"""How a table is laid out: what each column holds, what each row names, and the place and period that hold for all.

Which figure is about what indicator is decided in `tabular`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.cells.captions import names_plan
from analysis.cells.figures import is_english, read_figure
from analysis.cells.labels import Role, role_of, split_number
from analysis.cells.units import Unit, parse_unit, split_unit, unit_of_caption
from analysis.context.framing import frame_of
from analysis.periods import find_periods, kind
from analysis.places import split_type
from analysis.tables import Cell, Table
from analysis.text import canonical, fold

if TYPE_CHECKING:
    from analysis.places import Gazetteer, Place
    from analysis.reports import Report

_TYPED = re.compile(r"(?<!\w)(huyện|thị xã|thành phố|quận|tỉnh|xã|phường|thị trấn)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Scope:
    """The place and the period that hold where a table names none."""

    place: Place | None = None
    name: str = ""
    level: str = ""
    period: str = ""
    published: str = ""
    province: str = ""

    @classmethod
    def of(cls, report: Report, gazetteer: Gazetteer) -> Scope:
        frame = frame_of(report, canonical(report.text), gazetteer)
        found = gazetteer.by_code(frame.level, frame.code) if frame.code else ()
        named = [place for place in found if place.name == frame.place] or list(found)
        return cls(
            named[-1] if named else None, frame.place, frame.level, frame.period, frame.published, frame.province
        )


def _period_in(words: str, published: str, stated: bool = False) -> str:
    """The period that words name; with `stated` only one that they give a year of their own."""
    folded = fold(words)
    roles = (
        ("plain", "until", "month", "publication") if re.search(r"\bđến\b|thời điểm", folded) else ("plain", "until")
    )
    mentions = [m for m in find_periods(folded, published) if m.period and m.role in roles]
    if stated:
        mentions = [m for m in mentions if m.period[:4] in words]
    mentions.sort(key=lambda m: kind(m.period) == "span")
    return _year_end(mentions[0].period, folded) if mentions else ""


def _year_end(period: str, folded: str) -> str:
    """The year for its last day ("đến 31/12/2019")."""
    return period[:4] if period.endswith("-12") and re.search(r"31[/.-]12", folded) else period


_TOTAL = re.compile(
    r"(?:(?:tổng|tổng số|t[ổốồ]ng c[ộốọ]ng|cộng|bình quân|chung|toàn|các)(?: |$)){1,4}"
    r"(?:huyện|tỉnh|xã|thị xã|thành phố|quận|phường|thị trấn)?"
)
_AREA = re.compile(r"(?:khu vực|kv|vùng)?\s*(?:thành thị|nông thôn|đô thị|miền núi|đồng bằng)")
_WIDER = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|quận)\b")
_OFFICE = re.compile(
    r"(?:ban|bql|sở|phòng|chi cục|cục|công ty|tổng công ty|trung tâm|văn phòng|trường|bệnh viện|hội|đoàn|công an"
    r"|bộ chỉ huy|chi nhánh|kho bạc|ngân hàng|viện|đài|hạt|xí nghiệp|doanh nghiệp|hợp tác xã|htx)\b"
)
_OPENS_GROUP = re.compile(r"[^:]*(?<!\d)(?:19|20)\d\d[^:\d]*:")
_PART = re.compile(r"(?:trong đó|chia ra|gồm|bao gồm|riêng)\b")


@dataclass(frozen=True)
class Column:
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
class Row:
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


class TableLayout:
    """One table with what its rows and columns are, at the place and period of its report."""

    def __init__(self, table: Table, gazetteer: Gazetteer, scope: Scope):
        self.table, self.gazetteer, self.scope = table, gazetteer, scope
        self.english = is_english(table)
        self.body = list(table.body())
        self.captions = [line for line in table.captions if not _is_prose(line)]
        caption = "\n".join(self.captions)
        self.unit = unit_of_caption(caption)
        self.period, self.period_stated = self._own_period(caption)
        self.year = self.period[-4:] if "/" in self.period else self.period[:4] or scope.published[:4]
        self.kind = ""  # what the rows name: place, period or indicator; known when `rows` was asked for

    def _own_period(self, caption: str) -> tuple[str, bool]:
        for line in reversed(caption.split("\n")):
            if re.search(r"kèm theo(?!\))|ban hành|quyết định số|nghị quyết số", fold(line)):
                continue
            period = _period_in(line, self.scope.published or self.scope.period[:4], stated=True)
            if period:
                return period, True
        return self.scope.period, False

    # ------------------------------------------------ columns

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        made, group = [], ""
        for index in range(self.table.width):
            path = self.table.header_path(index)
            role = role_of(path)
            period, dated = self._period_of(path, plan=role.kind == "target")
            if dated and path and _OPENS_GROUP.match(path[-1]):
                group = period  # "Hộ nghèo 2014: số hộ | số khẩu | tỷ lệ (%)": the next heads are of 2014, too
            elif dated:
                group = ""
            elif group and path:
                period, dated = group, True
            unit = next((unit for part in reversed(path) if (unit := split_unit(part)[1])), None)
            if unit is None and path and parse_unit(path[-1]) and role.kind not in ("unit", "place", "label"):
                unit = parse_unit(path[-1])
            made.append(Column(index, path, role, period, None, unit, dated))
        return self._planned(tuple(self._settle(made)))

    def _planned(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns as targets where the caption says that the figures are a plan and no head says what they are.

        Years before those of the plan are what it starts from.
        """
        refers = ("(Kèm", "(Ban hành")  # to the document that it belongs to
        told = (c for c in reversed(self.captions) if not unit_of_caption(c) and not c.startswith(refers))
        line = next(told, "")
        if not names_plan(line) or any(column.role.kind in ("target", "actual", "estimate") for column in columns):
            return columns
        first = min(re.findall(r"\b(?:19|20)\d\d\b", line), default="")
        return tuple(
            replace(column, role=Role("target", stated=column.role.stated))
            if column.role.kind == "value" and not (column.period and column.period[:4] < first)
            else column
            for column in columns
        )

    def _period_of(self, path: Sequence[str], plan: bool = False) -> tuple[str, bool]:
        """The period of a header path and whether it states its year; the deepest words count first."""
        for part in (*reversed(path), " ".join(path)):
            folded = fold(part)
            start = not plan and re.search(r"đầu (?:năm|kỳ)(?! \d+ tháng)", folded)
            half = re.search(r"\d+ tháng|quý|sáu tháng", folded)
            mentions = [
                m
                for m in find_periods(folded, self.scope.published, self.period)
                if m.period and m.role not in ("now", "weak")
            ]
            if not mentions:
                years = re.findall(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])", folded)
                if len(set(years)) == 1 and not half and not start and len(folded) < 30:
                    return years[0], True
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
            period = _year_end(mention.period, folded)
            if start and not half and re.fullmatch(r"\d{4}(?:-01)?", period):
                return str(int(period[:4]) - 1), True  # a level at the start of a year is that of the year before
            return period, bool(re.search(r"(?:19|20)\d\d", folded))
        return "", False

    def _settle(self, columns: list[Column]) -> Iterator[Column]:
        """Columns with their places, and the roles that only the cells below can tell."""
        for column in columns:
            cells = self.cells_of(column.index)
            numbers = sum(cell.is_number for cell in cells)
            words = [cell for cell in cells if not cell.is_number and not cell.is_mark]
            role = column.role
            if role.kind in ("unit", "place") and fold(column.path[-1]).startswith("đơn vị"):
                units = sum(parse_unit(cell.text) is not None for cell in words)
                role = Role("unit" if units * 2 > len(words) else "place")
            if role.kind in ("label", "place") and numbers and not words:
                # "Xã | Chỉ tiêu" over figures: what was set
                role = Role("target") if role.kind == "label" else Role("value", stated=False)
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

    def cells_of(self, column: int) -> list[Cell]:
        """The cells of a column's body, each once."""
        cells = (self.table.grid[row][column] for row in self.body)
        return [cell for cell in dict.fromkeys(cells) if cell and cell.text.strip()]

    def _place(self, words: str, level: str = "", parent: str = "") -> Place | None:
        """The one place that a cell names, at the table's period, or None."""
        text = re.sub(r"\s*(?:\(\s*\*+\s*\)|\*+)\s*$", "", split_number(words)[1].strip())
        if not text or len(text) > 40 or (not text[0].isupper() and not _TYPED.match(text)):
            return None
        return self._find(text, level, parent)

    def _named_place(self, row: Row, level: str, parent: str) -> Place | None:
        """The place that a row names: of the level of most rows, or of the level that its own type tells.

        "Huyện An Bình" | "Tỉnh Bắc An" | "Cả nước" are three levels in three rows.
        """
        words = row.label.text
        found = self._place(words, level, parent)
        if found is None and fold(words) in ("cả nước", "toàn quốc"):
            return self.gazetteer.find(words).place
        return found or (self._place(words) if _WIDER.match(fold(words)) else None)

    def _find(self, text: str, level: str, parent: str) -> Place | None:
        on = self.period or None
        province = (self.scope.place.province if self.scope.place else "") or self.scope.province or None
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
            words = sum(not cell.is_number and not cell.is_mark for cell in self.cells_of(column.index))
            if words > most:
                best, most = column.index, words
                if words * 2 > len(self.body):
                    break
        if not most:
            years = [
                c.index
                for c in self.columns
                if sum(bool(re.fullmatch(r"(?:19|20)\d\d", cell.text)) for cell in self.cells_of(c.index)) > 1
            ]
            return years[0] if years else 0
        return best

    @cached_property
    def rows(self) -> tuple[Row, ...]:
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
            made.append(Row(index, label, path, unit or split_unit(words)[1], part=part))
        return tuple(self._settle_rows(made))

    def _settle_rows(self, rows: list[Row]) -> Iterator[Row]:
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
        places = {row.index: self._named_place(row, level, parent) for row in names} if level else {}
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
        for row in rows:
            bare = _bare(row.path[-1])
            total = bool(_TOTAL.fullmatch(bare))
            if self.kind == "place":
                if _AREA.fullmatch(bare):
                    yield replace(row, path=(row.path[-1],), area=bare, total=True)
                    continue
                yield replace(row, path=(row.path[-1],), place=places.get(row.index), total=total)
            elif self.kind == "period":
                yield replace(row, path=(row.path[-1],), period=dates.get(row.index, ("", False))[0], total=total)
            else:
                yield row

    def _level_of(self, rows: Sequence[Row]) -> str:
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

    def total_place(self) -> Place | None:
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

    def value(self, row: int, column: int) -> float | None:
        cell = self.table.grid[row][column]
        figure = read_figure(cell, self.english) if cell is not None and cell.row == row and cell.text.strip() else None
        return figure.value if figure else None


def is_office(label: str) -> bool:
    """Whether a row of places names an office, which is none: "Ban quản lý dự án", "Phòng Giáo dục".

    >>> is_office("Sở Xây dựng"), is_office("Xã Ban Sở")
    (True, False)
    """
    return bool(_OFFICE.match(_bare(label)))


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
