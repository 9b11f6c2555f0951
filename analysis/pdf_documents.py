"""PDF documents: lines put together again to paragraphs, ruled and unruled tables, tables that go on over pages.

A page without a text layer, or with a broken one, goes to `scans`.
"""

from __future__ import annotations

import itertools
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.documents import Composer, Document, ReportError
from analysis.encodings import EncodingError, from_tcvn3, from_vni, mend
from analysis.tables import Cell, Table, is_data, row_text, rows_to_cells, tidy
from analysis.unruled_tables import Word, find_unruled, lines_of

PAGES = 600  # the longest PDF that is read
SECONDS = 240  # the longest time that one PDF may take
OBJECTS = 15_000  # drawing objects of a page above which no ruled tables are looked for
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_NEW_PARAGRAPH = re.compile(r"(?:[-–+•*]|\(?[0-9a-zđIVX]{1,4}[.)/]|[IVX]+\.)\s")


@dataclass
class _Line:
    """One line of words: its text, where it stands, and how wide its first word is."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: float
    size: float


@dataclass
class _Block:
    """One table of a page: its cells, and the left edges of its columns."""

    cells: list[Cell]
    edges: list[float]


@dataclass
class _Page:
    """What stands on one page, from top to bottom: lines and tables."""

    number: int
    width: float
    height: float
    items: list[_Line | _Block] = field(default_factory=list)
    right: float = 0.0


def read_pdf(path: Path) -> Document:
    """Read a PDF; without a text layer its pages are recognised when tesseract is installed."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReportError(f"{path}: the PDF is protected with a password; save it without one.") from error
        raise ReportError(f"{path}: the PDF is damaged or cut off; get it again from its source.") from error
    try:
        if len(pdf) > PAGES:
            raise ReportError(
                f"{path}: the PDF has {len(pdf):,} pages, more than {PAGES}; split it and keep the report."
            )
        if len(pdf) == 0:
            raise ReportError(f"{path}: the PDF has no pages; get it again from its source.")
        layers, objects = _layers(pdf, path)
    finally:
        pdf.close()
    words = "\n".join(layers)
    scanned = sum(len(layer.split()) < 5 for layer in layers)
    try:
        mended = mend(words, "utf-8")
    except EncodingError as error:
        return _recognise(path, f"its text layer is broken ({error})")
    if not words.strip() or (scanned * 2 > len(layers) and len(words.split()) < 40 * len(layers)):
        return _recognise(path, "its pages are pictures without a text layer")
    convert = {"tcvn3": from_tcvn3, "vni": from_vni}.get(mended.encoding, lambda text: text)
    document = _compose(path, objects, convert)
    notes = mended.notes
    empty = [number for number, layer in enumerate(layers, 1) if len(layer.split()) < 2]
    if empty and scanned < len(layers) and _has_pictures(path, empty):
        pages = ", ".join(map(str, empty[:8])) + (" …" if len(empty) > 8 else "")
        notes += (("pages_unread", f"pages without a text layer were not read: {pages}."),)
    return replace(document, notes=notes, encoding=mended.encoding)


def _recognise(path: Path, reason: str) -> Document:
    from analysis.scans import read_scan

    return read_scan(path, reason)


def _layers(pdf, path: Path) -> tuple[list[str], list[int]]:
    """The text layer of each page and the number of its drawing objects."""
    import pypdfium2

    layers, objects = [], []
    started = time.monotonic()
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            text = page.get_textpage()
            layers.append(text.get_text_bounded())
            objects.append(pypdfium2.raw.FPDFPage_CountObjects(page.raw))
            text.close()
            page.close()
        except pypdfium2.PdfiumError:
            layers.append("")
            objects.append(0)
        if time.monotonic() - started > SECONDS:
            raise ReportError(f"{path}: the PDF took more than {SECONDS} seconds to open; it is left aside.")
    return layers, objects


def _has_pictures(path: Path, numbers: list[int]) -> bool:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return any(
            item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
            for number in numbers[:20]
            for item in pdf[number - 1].get_objects(max_depth=2)
        )
    finally:
        pdf.close()


def _compose(path: Path, objects: list[int], convert) -> Document:
    import pdfplumber

    started = time.monotonic()
    pages: list[_Page] = []
    try:
        with pdfplumber.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                crowded = number <= len(objects) and objects[number - 1] > OBJECTS
                pages.append(_read_page(page, number, crowded, convert))
                page.close()
                if time.monotonic() - started > SECONDS:
                    raise ReportError(
                        f"{path}: the PDF took more than {SECONDS} seconds, up to page {number}; split it."
                    )
    except ReportError:
        raise
    except Exception as error:  # pdfminer raises many kinds of its own on damaged files
        raise ReportError(
            f"{path}: the PDF is damaged ({type(error).__name__}); get it again from its source."
        ) from error
    _drop_running_heads(pages)
    return _write(_join_tables(pages))


def _read_page(page, number: int, crowded: bool, convert) -> _Page:
    """The lines and tables of one page from top to bottom."""
    made = _Page(number, float(page.width), float(page.height))
    boxes: list[tuple[float, float, float, float]] = []
    if not crowded and (page.lines or page.rects or page.curves):
        for count, table in enumerate(page.find_tables(), 1):
            rows = table.extract()
            rows = [[None if text is None else convert(text) for text in row] for row in rows]
            edges = sorted({round(cell[0], 1) for cell in table.cells})
            rows, edges = _clean(rows, edges, table.bbox[2])
            where = f"trang {number}, bảng {count}"
            cells = rows_to_cells(rows, lambda r, c, where=where: f"{where}, dòng {r + 1}, cột {c + 1}")
            if is_data(cells) or (cells and made.number > 1 and any(cell.is_number for cell in cells)):
                boxes.append(table.bbox)
                made.items.append(_Block(cells, edges))
    tops = [box[1] for box in boxes]
    words = page.extract_words(use_text_flow=False, keep_blank_chars=False, x_tolerance_ratio=0.15)
    free = [
        Word(convert(word["text"]), word["x0"], word["x1"], word["top"], word["bottom"])
        for word in words
        if not any(_inside(word, box) for box in boxes)
    ]
    rows = lines_of(free)
    made.right = max((row[-1].right for row in rows), default=0.0)
    before = len(boxes)
    unruled = find_unruled(rows, lambda t, r, c: f"trang {number}, bảng {before + t + 1}, dòng {r + 1}, cột {c + 1}")
    lines = [_line(row) for row in rows]
    for start, stop, cells in reversed(unruled):
        tops.append(lines[start].top)
        made.items.append(_Block(cells, []))
        del lines[start:stop]
    placed = [*zip(tops, made.items, strict=True), *((line.top, line) for line in lines)]
    made.items = [item for _, item in sorted(placed, key=lambda pair: pair[0])]
    return made


def _clean(
    rows: list[list[str | None]], edges: list[float], right: float
) -> tuple[list[list[str | None]], list[float]]:
    """Without empty rows, and without the narrow empty columns that double rules make."""
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows if any(text is None or text.strip() for text in row)]
    if len(edges) != width:
        return rows, edges
    wide = [b - a > 7 for a, b in itertools.pairwise([*edges, right])]
    keep = [c for c in range(width) if wide[c] or any(row[c] and row[c].strip() for row in rows)]
    return [[row[c] for c in keep] for row in rows], [edges[c] for c in keep]


def _inside(word: dict, box: tuple[float, float, float, float]) -> bool:
    middle = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return box[0] - 1 <= middle[0] <= box[2] + 1 and box[1] - 1 <= middle[1] <= box[3] + 1


def _line(words: list[Word]) -> _Line:
    """Words of one line as a line; gaps much wider than a space become three spaces."""
    text = words[0].text
    for left, right in itertools.pairwise(words):
        text += ("   " if right.left - left.right > 1.6 * left.size else " ") + right.text
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    return _Line(text, words[0].left, words[-1].right, top, bottom, words[0].right - words[0].left, words[0].size)


def _drop_running_heads(pages: list[_Page]) -> None:
    """Take away page numbers and the lines that stand at the head or foot of most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [item for item in page.items if isinstance(item, _Line)]
        edges.update({re.sub(r"\d+", "#", line.text) for line in lines[:1] + lines[-1:]})
    common = {text for text, count in edges.items() if count >= 3 and count * 2 > len(pages)}
    for page in pages:
        lines = [item for item in page.items if isinstance(item, _Line)]
        for line in lines[:1] + lines[-1:]:
            margin = line.top < 0.09 * page.height or line.bottom > 0.91 * page.height
            if re.sub(r"\d+", "#", line.text) in common or (margin and _PAGE_NUMBER.fullmatch(line.text.strip())):
                page.items.remove(line)


def _join_tables(pages: list[_Page]) -> list[_Page]:
    """Put a table that goes on at the top of the next page below its first part."""
    last: _Block | None = None
    for page in pages:
        first = page.items[0] if page.items else None
        if last is not None and isinstance(first, _Block) and _same_columns(first, last):
            low, high = Table(tuple(first.cells)).header
            grid = Table(tuple(first.cells)).grid
            head = {row_text(row) for row in Table(tuple(last.cells)).grid}
            skip = high if high > low and all(row_text(grid[row]) in head for row in range(low, high)) else 0
            height = max(cell.row + cell.rows for cell in last.cells)
            rest = [replace(cell, row=cell.row - skip + height) for cell in first.cells if cell.row >= skip]
            _mend_broken_row(last.cells, rest, height)
            last.cells += rest
            page.items.pop(0)
            if not page.items:
                continue
        if page.items:
            last = page.items[-1] if isinstance(page.items[-1], _Block) else None
    return pages


def _same_columns(first: _Block, last: _Block) -> bool:
    if first.edges and last.edges:
        return len(first.edges) == len(last.edges) and all(
            abs(a - b) < 4 for a, b in zip(first.edges, last.edges, strict=True)
        )
    return _width(first.cells) == _width(last.cells)


def _mend_broken_row(last: list[Cell], rest: list[Cell], height: int) -> None:
    """A row broken over two pages: a first row below with a label and no figure belongs to the row above."""
    first = [cell for cell in rest if cell.row == height and cell.text]
    above = [cell for cell in last if cell.row + cell.rows == height]
    if len(first) != 1 or first[0].is_number or not above or not (first[0].text[0].islower() or first[0].text[0] == "("):
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


def _write(pages: list[_Page]) -> Document:
    composer = Composer()
    rights = [page.right for page in pages if page.right]
    right = statistics.median(rights) if rights else 0.0
    paragraph: list[_Line] = []

    def flush() -> None:
        if paragraph:
            composer.paragraph(tidy(" ".join(line.text for line in paragraph)))
            paragraph.clear()

    for page in pages:
        number = 0
        limit = max(page.right, right) if page.right > 0.8 * right else right
        for item in page.items:
            if isinstance(item, _Line):
                if paragraph and not _wraps(paragraph[-1], item, limit):
                    flush()
                paragraph.append(item)
                continue
            flush()
            number += 1
            composer.table(item.cells, f"trang {page.number}, bảng {number}")
        if paragraph and not (page.items and isinstance(page.items[-1], _Line)):
            flush()
        if not paragraph:
            composer.end_page()
        else:  # the paragraph goes on: it belongs to the page on which it starts
            composer.pages.append((composer._page_start, composer.length))
            composer._page_start = composer.length
    flush()
    if composer.pages and composer.pages[-1][1] < composer.length:
        composer.pages[-1] = (composer.pages[-1][0], composer.length)
    return composer.document()


def _wraps(above: _Line, below: _Line, right: float) -> bool:
    """Whether a line goes on in the next one: the next word would not have fitted, and nothing starts anew there."""
    if above.size and below.size and abs(above.size - below.size) > 0.15 * above.size:
        return False
    if below.top > above.top and below.top - above.bottom > 1.1 * (above.bottom - above.top):
        return False
    if "   " in above.text.strip() and "   " in below.text.strip():
        return False
    full = above.right + 0.2 * above.size + below.first > right - 2
    if not full:
        return False
    fresh = _NEW_PARAGRAPH.match(below.text) or below.left > above.left + 1.5 * above.size
    return not (fresh and re.search(r"[.;:!?…]\s*$", above.text))
