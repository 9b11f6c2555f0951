"""A page of a workbook as plain records, and how it becomes a sheet: styles, links, tables, print set-up.

Pages know cells, not indicators; what stands in them `tables` and `lists` decide.
All sheets are streamed row by row (openpyxl's write-only mode), so that a page of 100,000 rows needs no more memory
than one of ten; `styles` knows the looks, `packing` finishes the file.
"""

from __future__ import annotations

import datetime
import itertools
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from analysis.sheets.packing import MAX_TEXT, Archive, Finish, safe_text
from analysis.sheets.styles import FONT, style_parts

WRAPPED = frozenset(("text", "cell", "cell_top", "label", "head", "link"))
MAX_ROWS, MAX_FORMATS = 1_048_576, 180
_PRINTED_WIDTH = 128  # of A4 landscape within its margins, in widths of a figure
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a value with the name of its style; with `formula` the value is the formula's stored result.

    `link` is "Sheet!A1" inside the workbook or an address outside it; `tip` is shown when the pointer rests on it.
    """

    value: Any = None
    style: str = "text"
    number_format: str = ""
    formula: str = ""
    link: str = ""
    inside: bool = True
    tip: str = ""


@dataclass(frozen=True)
class Grid:
    """The part of a page that is an Excel table: one header row, then data."""

    name: str
    first_row: int
    last_row: int
    headers: tuple[str, ...]
    first_column: int = 1
    stripes: bool = False


@dataclass
class Page:
    """One sheet: its rows, top to bottom, and how it looks on screen and paper."""

    name: str
    title: str
    rows: Iterable[Sequence[Any]]
    widths: Sequence[float]
    grid: Grid | None = None
    freeze: str = ""
    repeat_rows: str = ""
    repeat_columns: str = ""
    heights: dict[int, float] = field(default_factory=dict)
    landscape: bool = True
    pages_wide: int = 1
    folded: Sequence[int] = ()
    charts: Sequence[tuple[Callable[[Any], Any], str, str]] = ()
    range_links: Iterable[tuple[str, str, bool]] = ()
    column_styles: Sequence[tuple[str, str]] = ()  # of plain rows: style and number format of each column
    blanks: bool = False  # plain rows have a styled cell where there is no value
    gridlines: bool = False
    breaks: Sequence[int] = ()
    column_groups: Sequence[int] = ()  # last columns: of those on each page, then of each group that is not divided
    filter: str = ""
    fit_rows: bool = True  # heights from the texts; off for pages of one line a row
    one_page: bool = False
    numbered: bool = True


def column_breaks(page: Page) -> tuple[list[int], float]:
    """The columns after which a wide page goes on, groups kept whole, and the width of its widest printed page.

    >>> column_breaks(Page("B01", "", [], [20, 9, 9, 9, 8, 8], pages_wide=2, column_groups=[1, 3, 4, 6]))
    ([3], 45)
    """
    spans = [sum(page.widths[start:end]) for start, end in itertools.pairwise(page.column_groups)]
    sums = {sum(spans[i:j]) for i in range(len(spans)) for j in range(i + 1, len(spans) + 1)}
    for limit in sorted(width for width in sums if width >= max(spans)):  # the narrowest that needs no more pages
        ends, filled = [], 0.0
        for start, span in zip(page.column_groups, spans, strict=False):
            if filled + span > limit:
                ends.append(start)
                filled = 0.0
            filled += span
        if len(ends) < page.pages_wide:
            break
    return ends, sum(page.widths[: page.column_groups[0]]) + limit


def reference(page: str, cell: str) -> str:
    """The place of a cell as formulas and links write it.

    >>> reference("B01 Tỷ lệ hộ nghèo", "A5"), reference("It's", "B2")
    ("'B01 Tỷ lệ hộ nghèo'!A5", "'It''s'!B2")
    """
    return "'" + page.replace("'", "''") + f"'!{cell}"


def column_letter(number: int) -> str:
    """The letter of a column, counted from 1.

    >>> column_letter(1), column_letter(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def page_name(title: str, taken: Iterable[str] = ()) -> str:
    """A sheet name that Excel accepts: no []:*?/\\, at most 31 characters cut at a word, different from those taken.

    >>> page_name("B01 Tỷ lệ hộ/dân số dùng nước sạch, nước hợp vệ sinh")
    'B01 Tỷ lệ hộ dân số dùng nước…'
    >>> page_name("Dữ liệu", ["Dữ liệu"])
    'Dữ liệu (2)'
    """
    name = " ".join(re.sub(r"[\[\]:*?/\\]", " ", safe_text(title)).split()).strip("'") or "Trang"
    if len(name) > 31:
        name = name[:30].rsplit(" ", 1)[0].rstrip(" ,;(-") + "…"
    taken, number, plain = {other.casefold() for other in taken}, 2, name
    while name.casefold() in taken:
        suffix = f" ({number})"
        name, number = plain[: 31 - len(suffix)].rstrip() + suffix, number + 1
    return name


class Press:
    """Turns pages into a workbook and packs it; made for one workbook and used once."""

    def __init__(self, title: str, language: str = "vi-VN", creator: str = "") -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Font
        from openpyxl.utils.indexed_list import IndexedList

        self.book = Workbook(write_only=True)
        self.book._fonts = IndexedList([Font(name=FONT, size=11, family=1)])
        self.book._named_styles["Normal"].font = Font(name=FONT, size=11, family=1)
        self.book.properties.title, self.book.properties.language = title, language
        self.book.properties.creator = creator or "District indicators"
        self._styles: dict[tuple[str, str], Any] = {}
        self._formats: set[str] = set()
        self._finishes: list[Finish] = []
        self._chart_texts: list[list[str]] = []

    def print_page(self, page: Page, on_row: Callable[[], Any] | None = None) -> None:
        """Write one page as the next sheet; `on_row` is called after each row."""
        sheet = self.book.create_sheet(page.name)
        sheet._values_to_row = _ready_cells(sheet)
        self._set_up(sheet, page)
        finish = Finish()
        shared = self._column_cells(sheet, page)
        first_data = page.grid.first_row if page.grid and page.column_styles else 0
        count = 0
        for count, row in enumerate(page.rows, 1):
            if count > MAX_ROWS:
                raise ValueError(f"Page {page.name!r} has more rows than a sheet can hold ({MAX_ROWS:,}); split it.")
            if page.fit_rows and count not in page.heights and (height := row_height(row, page.widths)):
                sheet.row_dimensions[count].height = height
            if first_data and count > first_data:
                sheet.append(self._plain_row(sheet, row, count, shared, page.blanks, finish))
            else:
                sheet.append([self._cell(sheet, item, count, column, finish) for column, item in enumerate(row, 1)])
            if on_row:
                on_row()
        if not count:
            sheet.append([])
        if page.grid:
            self._add_table(sheet, page.grid)
        self._add_range_links(sheet, page.range_links, finish)
        for make_chart, anchor, _text in page.charts:
            sheet.add_chart(make_chart(sheet), anchor)
        if page.charts:
            self._chart_texts.append([text for _make, _anchor, text in page.charts])
        if page.grid:
            finish.texts = _table_reference(page.grid)
        self._finishes.append(finish)
        sheet.close()

    def pack(self, path: Any) -> None:
        """Write the workbook file; OSError when the disk says no."""
        from openpyxl.writer.excel import ExcelWriter

        with Archive(path, self._finishes, self._chart_texts) as archive:
            ExcelWriter(self.book, archive).write_data()

    def _set_up(self, sheet: Any, page: Page) -> None:
        from openpyxl.worksheet.pagebreak import Break
        from openpyxl.worksheet.properties import PageSetupProperties

        for number, width in enumerate(page.widths, 1):
            column = sheet.column_dimensions[column_letter(number)]
            column.width = width
            if number in page.folded:
                column.outlineLevel, column.hidden = 1, True
        for row, height in page.heights.items():
            sheet.row_dimensions[row].height = height
        if page.freeze:
            sheet.freeze_panes = page.freeze
        sheet.sheet_view.showGridLines = page.gridlines
        sheet.sheet_view.zoomScale = 100
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
        if page.pages_wide > 1 and page.column_groups:  # breaks of one's own count only without fitting
            ends, widest = column_breaks(page)
            sheet.page_setup.scale = min(100, max(10, int(100 * _PRINTED_WIDTH / widest)))
            for column in ends:
                sheet.col_breaks.append(Break(id=column))
        else:
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = page.pages_wide, int(page.one_page)
        margins = sheet.page_margins
        margins.left, margins.right, margins.top, margins.bottom = 0.8, 0.6, 0.8, 0.8  # inches: 20, 15, 20, 20 mm
        margins.header, margins.footer = 0.4, 0.4
        if page.numbered:
            sheet.oddHeader.center.text, sheet.oddHeader.center.size = "&P", 11
            sheet.oddHeader.center.font = f"{FONT},Regular"
            sheet.oddFooter.left.text, sheet.oddFooter.left.size = "&A", 9
            sheet.oddFooter.left.font = f"{FONT},Italic"
        sheet.print_options.horizontalCentered = True
        if page.repeat_rows:
            sheet.print_title_rows = page.repeat_rows
        if page.repeat_columns:
            sheet.print_title_cols = page.repeat_columns
        if page.filter:
            sheet.auto_filter.ref = page.filter
        for row in page.breaks:
            sheet.row_breaks.append(Break(id=row))

    def _cell(self, sheet: Any, item: Any, row: int, column: int, finish: Finish) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.worksheet.hyperlink import Hyperlink

        if item is None:
            return None
        if not isinstance(item, Cell):
            item = Cell(item)
        cell = WriteOnlyCell(sheet)
        cell._style = self._style(sheet, item.style, item.number_format)
        if item.formula:
            cell._value, cell.data_type = "=" + item.formula, "f"
            finish.results[f"{column_letter(column)}{row}"] = item.value
        else:
            _put(cell, item.value)
        if item.link and item.inside:
            finish.add_link(f"{column_letter(column)}{row}", item.link, item.tip)
        elif item.link:
            cell._hyperlink = Hyperlink(ref="A1", target=item.link, tooltip=item.tip[:255] or None)
        return cell

    def _column_cells(self, sheet: Any, page: Page) -> list[tuple[Any, Any]]:
        """For each column of plain rows its cell, and that for numbers with decimals ("#,##0.###" would write "9,")."""
        from openpyxl.cell import WriteOnlyCell

        pairs = []
        for style, number_format in page.column_styles:
            if not style:
                pairs.append((None, None))
                continue
            pair = []
            for shown in (number_format, "#,##0.0##" if number_format == "#,##0" else number_format):
                cell = WriteOnlyCell(sheet)
                cell._style = self._style(sheet, style, shown)
                pair.append(cell)
            pairs.append(tuple(pair))
        return pairs

    def _plain_row(
        self, sheet: Any, row: Sequence[Any], count: int, cells: list[tuple[Any, Any]], blanks: bool, finish: Finish
    ) -> list[Any]:
        """A data row of bare values, put into the cell of each column, which carries its style from row to row."""
        if not blanks and Cell not in map(type, row):
            return self._bare_row(row, cells)
        filled = []
        for column, (value, (cell, decimal)) in enumerate(zip(row, cells, strict=True), 1):
            kind = type(value)
            if cell is None:
                filled.append(self._cell(sheet, value, count, column, finish) if kind is Cell else value)
                continue
            if value is None:
                cell._value, cell.data_type = None, "n"
                filled.append(cell if blanks else None)
                continue
            if kind is str:
                if not value.isprintable() or len(value) > MAX_TEXT or value[0] in _FORMULA_STARTS:
                    cell = self._cell(sheet, Cell(value, "line"), count, column, finish)
                else:
                    cell._value, cell.data_type = value, "s"
            elif kind is float:
                if not value.is_integer():
                    cell = decimal
                cell._value, cell.data_type = value, "n"
            elif kind is Cell:
                cell = self._cell(sheet, value, count, column, finish)
            else:
                cell._value, cell.data_type = value, "d" if kind is datetime.date else "n"
            filled.append(cell)
        return filled

    def _bare_row(self, row: Sequence[Any], cells: list[tuple[Any, Any]]) -> list[Any]:
        """A row without links of its own, as fast as can be: only dates need a cell with a style."""
        filled = list(row)
        for column, (cell, _decimal) in enumerate(cells):
            if cell is not None and (value := filled[column]) is not None:
                cell._value, cell.data_type = value, "d" if type(value) is datetime.date else "s"
                filled[column] = cell
        return filled

    def _style(self, sheet: Any, name: str, number_format: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if number_format not in self._formats:
            if len(self._formats) >= MAX_FORMATS:
                number_format = plainer_format(number_format)
            self._formats.add(number_format)
        key = name, number_format
        if key not in self._styles:
            scratch = WriteOnlyCell(sheet)
            for attribute, value in style_parts(name).items():
                setattr(scratch, attribute, value)
            if number_format:
                scratch.number_format = number_format
            self._styles[key] = copy(scratch._style)
        return self._styles[key]

    def _add_table(self, sheet: Any, grid: Grid) -> None:
        from openpyxl.worksheet.filters import AutoFilter
        from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

        columns = [TableColumn(id=number, name=name) for number, name in enumerate(grid.headers, 1)]
        area = _table_reference(grid)
        table = Table(displayName=grid.name, ref=area, tableColumns=columns, autoFilter=AutoFilter(ref=area))
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=grid.stripes)
        sheet.tables.add(table)  # add_table would warn about columns, which are given

    def _add_range_links(self, sheet: Any, links: Iterable[tuple[str, str, bool]], finish: Finish) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        for area, place, inside in links:
            if inside:
                finish.add_link(area, place)
            else:
                sheet._hyperlinks.append(Hyperlink(ref=area, target=place))


def row_height(row: Sequence[Any], widths: Sequence[float]) -> float:
    """The height that the wrapped texts of a row need, 0 when one line is enough: programs differ in fitting rows.

    >>> row_height([Cell("ngắn", "cell"), 5], [10, 10])
    0
    >>> row_height([Cell("một câu dài hơn bề rộng của cột " * 3, "cell")], [30])
    47.5
    """
    lines = 1
    first = row[0] if row else None
    if isinstance(first, Cell) and first.style in ("cover", "title"):
        return 27.0 if first.style == "cover" else 19.5
    for item, width in zip(row, widths, strict=False):
        if not isinstance(item, Cell) or not isinstance(item.value, str):
            continue
        room = width * (
            0.92 if item.style == "head" or item.style.endswith(".total") else 1.12
        )  # bold letters are wider
        if len(item.value) > room * 0.9 and item.style.partition(".")[0] in WRAPPED:
            parts = (textwrap.wrap(part, max(4, int(room))) for part in item.value.splitlines())
            lines = max(lines, sum(len(part) or 1 for part in parts))
    return min(14.5 * lines + 4, 409) if lines > 1 else 0


def head_height(titles: Sequence[str], widths: Sequence[float], least: int = 1) -> float:
    """The height of a header row whose titles wrap in bold within the widths.

    >>> head_height(["STT", "Tỷ lệ hộ nghèo năm 2023"], [5, 10])
    52.5
    """
    lines = least
    for title, width in zip(titles, widths, strict=True):
        lines = max(lines, len(textwrap.wrap(title, max(3, int(width * 0.92)))))
    return min(15.5 * lines + 6, 409)


def _ready_cells(sheet: Any) -> Callable[[Sequence[Any], int], Iterator[Any]]:
    """How openpyxl gets the cells of a row: cells as they are, clean bare values in one cell that is used again.

    Its own way tries each cell as a value first and checks every text again, which costs more than writing them.
    """
    from openpyxl.cell import WriteOnlyCell

    bare = WriteOnlyCell(sheet)
    ready = type(bare)

    def cells(values: Sequence[Any], row: int) -> Iterator[Any]:
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            if type(value) is ready:
                cell = value
                cell.column, cell.row = column, row
                if cell._hyperlink is not None:
                    cell._hyperlink.ref = cell.coordinate
            else:
                cell = bare
                cell._value, cell.column, cell.row = value, column, row
                cell.data_type = "s" if type(value) is str else "n"
            yield cell

    return cells


def plainer_format(number_format: str) -> str:
    """A number format without its words, used when a workbook has too many formats for Excel.

    >>> plainer_format('"> "#,##0.0"/14 *"')
    '#,##0.0'
    """
    return re.sub(r'"[^"]*"', "", number_format) or "General"


def _put(cell: Any, value: Any) -> None:
    """Set a value; text stays text whatever it begins with."""
    if value is None or value != value:
        return
    if isinstance(value, str):
        value = safe_text(value)
        cell._value, cell.data_type = value, "s"
        if value.startswith(_FORMULA_STARTS) and len(value) > 1:
            cell._style = copy(cell._style)
            cell.quotePrefix = True
    elif isinstance(value, datetime.date) and not 1900 < value.year < 9999:
        cell._value, cell.data_type = value.strftime("%d/%m/%Y"), "s"
    else:
        number_format = cell.number_format
        cell.value = value
        cell.number_format = number_format


def _table_reference(grid: Grid, header_only: bool = False) -> str:
    last = column_letter(grid.first_column + len(grid.headers) - 1)
    return (
        f"{column_letter(grid.first_column)}{grid.first_row}:{last}{grid.first_row if header_only else grid.last_row}"
    )
