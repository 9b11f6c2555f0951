"""Pages of lines and tables made one text: paragraphs and tables that go on over pages are put together.

What stands on a page is found by `pdf` and `scans`.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from dataclasses import dataclass, field, replace

from analysis.documents.document import Box, Composer
from analysis.documents.unruled_tables import Word
from analysis.tables import Cell, Table, row_text, tidy

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_NEW_PARAGRAPH = re.compile(r"(?:[-–+•*]|\(?[0-9a-zđIVX]{1,4}[.)/]|[IVX]+\.)\s")


@dataclass
class Line:
    """One line of words: its text, where it stands, and how wide its first word is."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: float
    size: float
    words: list[Word]


@dataclass
class Block:
    """One table of a page: its cells, the left edges of its columns (when rules tell them), its words, its page."""

    cells: list[Cell]
    edges: list[float]
    words: list[tuple[int, Word]] = field(default_factory=list)


@dataclass
class Page:
    """What stands on one page, from top to bottom: lines and tables."""

    number: int
    width: float
    height: float
    items: list[Line | Block] = field(default_factory=list)
    right: float = 0.0


def line_of(words: list[Word]) -> Line:
    """Words of one line as a line; gaps much wider than a space become three spaces."""
    text = words[0].text
    for left, right in itertools.pairwise(words):
        text += ("   " if right.left - left.right > 1.6 * left.size else " ") + right.text
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    return Line(text, words[0].left, words[-1].right, top, bottom, words[0].right - words[0].left, words[0].size, words)


def drop_running_heads(pages: list[Page]) -> None:
    """Take away page numbers and the lines that stand at the head or foot of most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        edges.update({re.sub(r"\d+", "#", line.text) for line in lines[:1] + lines[-1:]})
    common = {text for text, count in edges.items() if count >= 3 and count * 2 > len(pages)}
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        for line in lines[:1] + lines[-1:]:
            margin = line.top < 0.09 * page.height or line.bottom > 0.91 * page.height
            shape = re.sub(r"\d+", "#", line.text)
            everywhere = margin and len(pages) > 1 and edges[shape] == len(pages)
            if shape in common or everywhere or (margin and _PAGE_NUMBER.fullmatch(line.text.strip())):
                page.items.remove(line)


def join_tables(pages: list[Page], reach: float = 4.0) -> list[Page]:
    """Put a table that goes on at the top of the next page below its first part; edges may differ by `reach` points."""
    last: Block | None = None
    for page in pages:
        first = page.items[0] if page.items else None
        if last is not None and isinstance(first, Block) and _same_columns(first, last, reach):
            low, high = Table(tuple(first.cells)).header
            grid = Table(tuple(first.cells)).grid
            head = {row_text(row) for row in Table(tuple(last.cells)).grid}
            skip = high if high > low and all(row_text(grid[row]) in head for row in range(low, high)) else 0
            height = max(cell.row + cell.rows for cell in last.cells)
            rest = [replace(cell, row=cell.row - skip + height) for cell in first.cells if cell.row >= skip]
            _mend_broken_row(last.cells, rest, height)
            last.cells += rest
            last.words += first.words
            page.items.pop(0)
            if not page.items:
                continue
        if page.items:
            last = page.items[-1] if isinstance(page.items[-1], Block) else None
    return pages


def _same_columns(first: Block, last: Block, reach: float) -> bool:
    if first.edges and last.edges:
        return len(first.edges) == len(last.edges) and all(
            abs(a - b) < reach for a, b in zip(first.edges, last.edges, strict=True)
        )
    return _width(first.cells) == _width(last.cells)


def _mend_broken_row(last: list[Cell], rest: list[Cell], height: int) -> None:
    """A row broken over two pages: a first row below with a label and no figure belongs to the row above."""
    first = [cell for cell in rest if cell.row == height and cell.text]
    above = [cell for cell in last if cell.row + cell.rows == height]
    if (
        len(first) != 1
        or first[0].is_number
        or not above
        or not (first[0].text[0].islower() or first[0].text[0] == "(")
    ):
        return
    for index, cell in enumerate(last):
        if cell.row + cell.rows == height and cell.column == first[0].column and cell.text:
            last[index] = replace(cell, text=f"{cell.text} {first[0].text}")
            rest.remove(first[0])
            for position, other in enumerate(rest):
                rest[position] = replace(other, row=other.row - 1) if other.row > height else other
            return


def _width(cells: list[Cell]) -> int:
    return max(cell.column + cell.columns for cell in cells)


def write(pages: list[Page], boxed: bool = False) -> Composer:
    """The pages as paragraphs and tables; `boxed` keeps where on its page each word stands."""
    composer = Composer()
    rights = [page.right for page in pages if page.right]
    right = statistics.median(rights) if rights else 0.0
    paragraph: list[tuple[int, Line]] = []

    def flush() -> None:
        if paragraph:
            start = composer.length
            text = tidy(" ".join(line.text for _, line in paragraph))
            composer.paragraph(text)
            if boxed:
                words = [(number, word) for number, line in paragraph for word in line.words]
                composer.boxes += _boxes(text, start, words)
            paragraph.clear()

    for page in pages:
        number = 0
        limit = max(page.right, right) if page.right > 0.8 * right else right
        for item in page.items:
            if isinstance(item, Line):
                if paragraph and not _wraps(paragraph[-1][1], item, limit):
                    flush()
                paragraph.append((page.number, item))
                continue
            flush()
            number += 1
            composer.table(item.cells, f"trang {page.number}, bảng {number}")
            if boxed:
                for cell in composer.tables[-1].cells:
                    own = [(where, word) for where, word in item.words if word.text in cell.text.split()]
                    composer.boxes += _boxes(cell.text, cell.start, own)
        if paragraph and not (page.items and isinstance(page.items[-1], Line)):
            flush()
        composer.end_page()  # a paragraph that goes on belongs to the page on which it ends
    flush()
    if composer.pages and composer.pages[-1][1] < composer.length:
        composer.pages[-1] = (composer.pages[-1][0], composer.length)
    return composer


def _boxes(text: str, start: int, words: list[tuple[int, Word]]) -> list[Box]:
    """The boxes of words in the order of a text that starts at a position of the report's text."""
    boxes, position = [], 0
    for page, word in words:
        found = text.find(word.text, position)
        if found < 0:
            continue
        position = found + len(word.text)
        corners = (round(value, 1) for value in (word.left, word.top, word.right, word.bottom))
        boxes.append(Box(start + found, start + position, page, *corners))
    return boxes


def _wraps(above: Line, below: Line, right: float) -> bool:
    """Whether a line goes on in the next one: the next word would not have fitted, and nothing starts anew there."""
    if above.size and below.size and abs(above.size - below.size) > 0.15 * above.size:
        return False
    if below.top > above.top and below.top - above.bottom > 1.1 * (above.bottom - above.top):
        return False
    if "   " in above.text.strip() and "   " in below.text.strip():
        return False
    full = above.right + 0.2 * above.size + below.first > right - max(2.0, 0.4 * above.size)
    if not full:
        return False
    fresh = _NEW_PARAGRAPH.match(below.text) or below.left > above.left + 1.5 * above.size
    return not (fresh and re.search(r"[.;:!?…]\s*$", above.text))
