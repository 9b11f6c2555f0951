"""A table as a grid of cells: merged cells, header rows, header paths, and a locator for each cell.

How a format stores its tables is left to the readers, what a table says about places to `tabular`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_NUMBER = re.compile(r"[(]?[-–−+<>≤≥~≈]?\s*\d[\d.,\s\u00a0]*\s*%?[)]?(?:\s*\(?\*+\)?|\s*\(\d\)|[¹²³])?")
# the same as a ratio or with its unit: "11/16", "12 xã", "33,5 triệu đồng/năm"
_MEASURED = re.compile(
    r"\d[\d.,]*(?:/(?!(?:19|20)\d\d)\d{1,3})?\s?(?:(?i:xã|hộ|người|lao động|sản phẩm|nhà|căn|tiêu chí|chỉ tiêu|tỷ đồng"
    r"|triệu đồng)(?:/(?:người|năm|xã|người/năm))*)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERING = re.compile(r"\(?\s*(?:\d{1,2}|[A-HĐ]|[ivxIVX]{1,4})\s*\)?(?:\s*=\s*[\d()\s/*x×:+%-]+)?")
NOTHING = frozenset({"-", "–", "—", "−"})
NOT_AVAILABLE = frozenset({"...", "…", "..", "....", "x", "n/a", "N/A", "na", "…."})


@dataclass(frozen=True)
class Cell:
    """One cell: its words, its place in the grid, its span in the report's text, its locator and its number."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    start: int = -1
    end: int = -1
    where: str = ""
    number: float | None = None

    @property
    def is_number(self) -> bool:
        """Whether the cell holds one number, as a spreadsheet or as words write it.

        >>> [Cell(text, 0, 0).is_number for text in ("4.735,5", "86,08%", "(1,2)", "9/12", "9 xã", "Kế hoạch", "")]
        [True, True, True, True, True, False, False]
        """
        text = self.text.strip()
        return self.number is not None or bool(_NUMBER.fullmatch(text) or _MEASURED.fullmatch(text))

    @property
    def is_mark(self) -> bool:
        """Whether the cell holds the sign of "no phenomenon" or of "not available"."""
        return self.text.strip() in NOTHING or self.text.strip() in NOT_AVAILABLE


@dataclass(frozen=True)
class Table:
    """A grid of cells with the words above it; `start:end` is the stretch of the report's text that holds it.

    A `loose` one is a list that sentences may be as well: it counts only where the prose reads nothing.
    """

    cells: tuple[Cell, ...]
    name: str = ""
    caption: str = ""
    start: int = -1
    end: int = -1
    loose: bool = False

    @cached_property
    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The cell that covers each position, row by row."""
        height = max((cell.row + cell.rows for cell in self.cells), default=0)
        width = max((cell.column + cell.columns for cell in self.cells), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    if grid[row][column] is None:
                        grid[row][column] = cell
        return tuple(map(tuple, grid))

    @cached_property
    def width(self) -> int:
        """How many columns the grid has."""
        return len(self.grid[0]) if self.grid else 0

    @cached_property
    def header(self) -> tuple[int, int]:
        """The half-open range of header rows: below the captions inside the grid, above the first row of figures."""
        return _header_range(self.grid)

    @cached_property
    def captions(self) -> tuple[str, ...]:
        """The words above the header: those before the table and the rows of a single cell at its top."""
        inside = [row_text(self.grid[row]) for row in range(self.header[0])]
        return tuple(text for text in (*self.caption.split("\n"), *inside) if text.strip())

    def header_path(self, column: int) -> tuple[str, ...]:
        """The words over a column from top to bottom, each once; the row of column numbers is left out.

        >>> cells = [Cell("Hộ nghèo", 0, 1, columns=2), Cell("Số hộ", 1, 1), Cell("Tỷ lệ", 1, 2), Cell("xã A", 2, 0)]
        >>> Table((*cells, Cell("12", 2, 1), Cell("3,4", 2, 2))).header_path(2)
        ('Hộ nghèo', 'Tỷ lệ')
        """
        path: list[str] = []
        low, high = self.header
        for row in range(low, high):
            if _is_numbering_row(self.grid[row]):
                continue
            cell = self.grid[row][column]
            if cell is None or not cell.text.strip():
                cell = self._group(row, column)
            if cell is None:
                continue
            if not path or path[-1] != cell.text:
                path.append(cell.text)
        return tuple(path)

    def _group(self, row: int, column: int) -> Cell | None:
        """The head of a group that is written over its first column only, for an empty head further right."""

        def below(at: int) -> bool:
            cells = (self.grid[lower][at] for lower in range(row + 1, self.header[1]))
            return any(cell and cell.row > row and cell.text.strip() for cell in cells)

        if not below(column):
            return None
        for left in range(column - 1, -1, -1):
            cell = self.grid[row][left]
            if cell and cell.text.strip():
                return cell if cell.columns == 1 and cell.rows == 1 and below(left) else None
        return None

    def numbering(self, column: int) -> str:
        """The column's number or formula in the row of column numbers: "4", "(6)=(5)/(4)"; "" when there is none."""
        for row in range(*self.header):
            if _is_numbering_row(self.grid[row]):
                cell = self.grid[row][column]
                return cell.text.strip() if cell else ""
        return ""

    def where(self, position: int) -> str:
        """The locator of the cell that holds a position of the report's text."""
        cell = next((cell for cell in self.cells if cell.start <= position < max(cell.end, cell.start + 1)), None)
        return cell.where if cell else self.name

    def body(self) -> Iterable[int]:
        """The rows below the header that are not empty and do not repeat it (as at the top of a new page)."""
        low, high = self.header
        head = {row_text(self.grid[row]) for row in range(low, high)}
        for row in range(high, len(self.grid)):
            words = row_text(self.grid[row])
            if words and words not in head and not _is_numbering_row(self.grid[row]):
                yield row


def row_text(row: Sequence[Cell | None]) -> str:
    """The words of a row, each merged cell once."""
    return " ".join(cell.text.strip() for cell in dict.fromkeys(row) if cell and cell.text.strip())


def rows_to_cells(rows: Iterable[Sequence[str | None]], locate) -> list[Cell]:
    """Rows of words into cells; None continues the cell to its left, else the one above (a merged cell).

    `locate(row, column)` gives the locator.

    >>> rows_to_cells([["a", None], [None, "b"]], lambda row, column: "")[0].columns
    2
    """
    grid = [list(row) for row in rows]
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if (r, c) in taken or text is None:
                continue
            columns = 1
            while c + columns < len(row) and row[c + columns] is None and (r, c + columns) not in taken:
                columns += 1
            height = 1
            while r + height < len(grid) and all(
                c + k < len(grid[r + height]) and grid[r + height][c + k] is None for k in range(columns)
            ):
                height += 1
            taken |= {(r + i, c + k) for i in range(height) for k in range(columns)}
            cells.append(Cell(tidy(text), r, c, height, columns, where=locate(r, c)))
    return cells


def tidy(text: str) -> str:
    """The words of a cell on one line.

    >>> tidy("Tỷ lệ\\nhộ nghèo"), tidy("111.53\\n8")
    ('Tỷ lệ hộ nghèo', '111.538')
    """
    if "\n" in text and re.fullmatch(r"[\d.,\s%-]+", text) and re.search(r"\d\n[\d.,]|[.,]\n\d", text):
        text = text.replace("\n", "")  # a number that a narrow cell breaks
    return re.sub(r"\s+", " ", text).strip()


def is_data(cells: Sequence[Cell]) -> bool:
    """Whether cells make a table of figures and not a page layout: two columns, two rows, and a figure or two."""
    filled = [cell for cell in cells if cell.text]
    rows, columns = {cell.row for cell in filled}, {cell.column for cell in filled}
    numbers = [cell for cell in filled if cell.is_number]
    longest = max((len(cell.text) for cell in filled), default=0)
    return len(rows) >= 2 and len(columns) >= 2 and len(numbers) >= 2 and longest < 1500


def render(cells: Sequence[Cell], name: str = "", caption: str = "", start: int = 0) -> tuple[str, Table]:
    """The words of a table as lines with tabs between the cells, and the table with its spans in a text.

    `start` is where the lines will begin in that text.
    """
    by_position = {(cell.row, cell.column): cell for cell in cells}
    height = max(cell.row + cell.rows for cell in cells)
    width = max(cell.column + cell.columns for cell in cells)
    parts, placed, length = [], [], start
    for row in range(height):
        last = max((column for column in range(width) if (row, column) in by_position), default=-1)
        for column in range(last + 1):
            if column:
                parts.append("\t")
                length += 1
            cell = by_position.get((row, column))
            if cell:
                end = length + len(cell.text)
                placed.append(
                    Cell(cell.text, row, column, cell.rows, cell.columns, length, end, cell.where, cell.number)
                )
                parts.append(cell.text)
                length += len(cell.text)
        parts.append("\n")
        length += 1
    return "".join(parts), Table(tuple(placed), name, caption, start, length)


def _cells(row: Sequence[Cell | None]) -> list[Cell]:
    return [cell for cell in dict.fromkeys(row) if cell and cell.text.strip()]


def _is_numbering_row(row: Sequence[Cell | None]) -> bool:
    """A row like "A | B | 1 | 2 | (3)=(2)/(1)" that only numbers the columns."""
    cells = _cells(row)
    if len(cells) < 3 or not all(_NUMBERING.fullmatch(cell.text.strip()) for cell in cells):
        return False
    digits = [int(found[0]) for cell in cells if (found := re.match(r"\d+", cell.text.strip(" (")))]
    return len(digits) >= 2 and all(b - a == 1 for a, b in itertools.pairwise(digits))


def _is_year(cell: Cell) -> bool:
    return bool(_YEAR.fullmatch(cell.text.strip()))


def _is_data_row(row: Sequence[Cell | None]) -> bool:
    cells = _cells(row)
    figures = [cell for cell in cells if cell.is_number or cell.is_mark]
    values = [cell for cell in figures if not _is_year(cell)]
    if not figures or _is_numbering_row(row):
        return False
    words = [cell for cell in cells if not cell.is_number and not cell.is_mark and len(cell.text.strip(". )")) > 1]
    if not words:
        return len(values) >= 2 and cells[0] in figures
    tail = [cell for cell in cells if cell.column > words[0].column]
    year_first = len(cells) > 1 and _is_year(cells[0])
    return any(cell in values for cell in tail) or (year_first and bool(values))


def _header_range(grid: Sequence[Sequence[Cell | None]]) -> tuple[int, int]:
    if not grid:
        return 0, 0
    first = next((row for row in range(len(grid)) if _is_data_row(grid[row])), len(grid))
    # a section row ("I. KINH TẾ") stands between header and figures without being one
    while first > 1 and _is_section_row(grid[first - 1], grid, first - 1):
        first -= 1
    start = 0
    while start < first and len(_cells(grid[start])) <= 1 and start < first - 1:
        cell = next(iter(_cells(grid[start])), None)
        if cell and cell.rows > 1 and cell.row + cell.rows > start + 1:
            break
        if cell and cell.column > 0 and cell.columns > 1 and len(_cells(grid[start + 1])) > 1:
            break
        start += 1
    for row in range(start, first):
        if any(_HEAD_WORD.match(fold_lightly(cell.text)) for cell in _cells(grid[row])):
            single = all(len(_cells(grid[above])) <= 2 for above in range(start, row))
            if single and row > start and not _spans_into(grid, row):
                start = row
            break
    return start, first


_HEAD_WORD = re.compile(r"(?:stt|tt|số tt|chỉ tiêu|tên|nội dung|địa phương|huyện|xã|đơn vị|năm|danh mục|chỉ số)\b")


def fold_lightly(text: str) -> str:
    """Lower-case composed letters and single spaces, enough to know a header word."""
    return tidy(unicodedata.normalize("NFC", text)).casefold()


def _spans_into(grid: Sequence[Sequence[Cell | None]], row: int) -> bool:
    """Whether a cell reaches from the row above into this row."""
    return any(cell and cell.row < row for cell in grid[row])


def _is_section_row(row: Sequence[Cell | None], grid: Sequence[Sequence[Cell | None]], index: int) -> bool:
    cells = [cell for cell in _cells(row) if cell.row == index]
    if not cells or len(cells) > 2 or _spans_into(grid, index):
        return False
    wide = max(cell.columns for cell in cells)
    width = len(row)
    if len(cells) == 2:
        return cells[0].column == 0 and bool(re.fullmatch(r"[IVX]{1,5}\.?|[A-HĐ]\.?|\d{1,2}\.?", cells[0].text.strip()))
    text = cells[0].text.strip()
    above = _cells(grid[index - 1]) if index else []
    return len(above) >= 2 and (wide >= width - 1 or bool(re.match(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})[.)/ -]", text)))
