"""PDF documents: lines put together again to paragraphs, ruled and unruled tables, tables that go on over pages.

A page without a text layer, or with a broken one, goes to `scans`.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.documents import Composer, Document, ReportError
from analysis.encodings import EncodingError, from_tcvn3, from_vni, mend
from analysis.plain_tables import find_tables
from analysis.tables import Cell, Table, is_data, row_text, rows_to_cells, tidy

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
class _Page:
    """What stands on one page, from top to bottom: lines and tables."""

    number: int
    width: float
    height: float
    items: list[_Line | list[Cell]] = field(default_factory=list)
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
            rows = _clean(rows)
            where = f"trang {number}, bảng {count}"
            cells = rows_to_cells(rows, lambda r, c, where=where: f"{where}, dòng {r + 1}, cột {c + 1}")
            if is_data(cells) or (cells and made.number > 1 and any(cell.is_number for cell in cells)):
                boxes.append(table.bbox)
                made.items.append(cells)
    tops = [box[1] for box in boxes]
    words = page.extract_words(
        use_text_flow=False, keep_blank_chars=False, x_tolerance_ratio=0.15, extra_attrs=["size"]
    )
    free = [word for word in words if not any(_inside(word, box) for box in boxes)]
    lines = _lines(free, convert)
    made.right = max((line.right for line in lines), default=0.0)
    unruled = _unruled(lines, number, len(boxes))
    for start, stop, cells in reversed(unruled):
        tops.append(lines[start].top)
        made.items.append(cells)
        del lines[start:stop]
    placed = [*zip(tops, made.items, strict=True), *((line.top, line) for line in lines)]
    made.items = [item for _, item in sorted(placed, key=lambda pair: pair[0])]
    return made


def _clean(rows: list[list[str | None]]) -> list[list[str | None]]:
    """Without the columns and rows that hold nothing at all (double rules make them)."""
    rows = [row for row in rows if any(text and text.strip() for text in row) or any(text is None for text in row)]
    if not rows:
        return rows
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    keep = [c for c in range(width) if any(row[c] and row[c].strip() for row in rows)]
    return [[row[c] for c in keep] for row in rows if any(row[c] and row[c].strip() for c in keep)]


def _inside(word: dict, box: tuple[float, float, float, float]) -> bool:
    middle = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return box[0] - 1 <= middle[0] <= box[2] + 1 and box[1] - 1 <= middle[1] <= box[3] + 1


def _lines(words: list[dict], convert) -> list[_Line]:
    """Words put together to lines; gaps much wider than a space become three spaces."""
    rows: list[list[dict]] = []
    for word in sorted(words, key=lambda word: ((word["top"] + word["bottom"]) / 2, word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and abs(middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2) < 0.45 * (
            rows[-1][0]["bottom"] - rows[-1][0]["top"]
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda word: word["x0"])
        text = row[0]["text"]
        for left, right in zip(row, row[1:], strict=False):
            gap = right["x0"] - left["x1"]
            text += ("   " if gap > 1.6 * left["size"] else " ") + right["text"]
        lines.append(
            _Line(
                convert(text),
                row[0]["x0"],
                row[-1]["x1"],
                min(word["top"] for word in row),
                max(word["bottom"] for word in row),
                row[0]["x1"] - row[0]["x0"],
                row[0]["size"],
            )
        )
        lines[-1].words = row  # type: ignore[attr-defined]
    return lines


def _unruled(lines: list[_Line], page: int, before: int) -> list[tuple[int, int, list[Cell]]]:
    """Tables without rules: (first line, line after the last, cells), found where wide gaps stand one above another."""
    if sum("   " in line.text for line in lines) < 2:
        return []
    drawn, starts, length = [], [], 0
    for line in lines:
        text = _drawn(line)
        starts.append(length)
        drawn.append(text)
        length += len(text) + 1
    found = []
    for table in find_tables("\n".join(drawn)):
        numbers = sorted({_line_of(cell.start, starts) for cell in table.cells})
        rows = {row: None for row in sorted({cell.row for cell in table.cells})}
        if len(rows) < 3:
            continue
        where = f"trang {page}, bảng {before + len(found) + 1}"
        cells = [
            replace(
                cell,
                text=tidy(cell.text),
                start=-1,
                end=-1,
                where=f"{where}, dòng {cell.row + 1}, cột {cell.column + 1}",
            )
            for cell in table.cells
        ]
        found.append((numbers[0], numbers[-1] + 1, cells))
    return found


def _line_of(position: int, starts: list[int]) -> int:
    return max(index for index, start in enumerate(starts) if start <= position)


def _drawn(line: _Line) -> str:
    """A line as characters on a grid, so that columns stand below each other."""
    unit = 3.0
    text = ""
    previous = None
    for word in line.words:  # type: ignore[attr-defined]
        if previous is not None:
            gap = word["x0"] - previous["x1"]
            if gap > 1.6 * previous["size"]:
                text = text.ljust(max(int(word["x0"] / unit), len(text) + 2))
            else:
                text += " "
        else:
            text = " " * int(word["x0"] / unit)
        text += word["text"]
        previous = word
    return text


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
    last: list[Cell] | None = None
    for page in pages:
        first = page.items[0] if page.items else None
        if last is not None and isinstance(first, list) and _width(first) == _width(last):
            low, high = Table(tuple(first)).header
            head = {row_text(row) for row in Table(tuple(last)).grid}
            grid = Table(tuple(first)).grid
            repeated = all(row_text(grid[row]) in head for row in range(low, high))
            if high - low == 0 or repeated or high == len(grid):
                skip = high if repeated else 0
                height = max(cell.row + cell.rows for cell in last)
                rest = [replace(cell, row=cell.row - skip + height) for cell in first if cell.row >= skip]
                _mend_broken_row(last, rest, height)
                last += rest
                page.items.pop(0)
                if page.items:
                    last = page.items[-1] if isinstance(page.items[-1], list) else None
                continue
        if page.items:
            last = page.items[-1] if isinstance(page.items[-1], list) else None
    return pages


def _mend_broken_row(last: list[Cell], rest: list[Cell], height: int) -> None:
    """A row broken over two pages: a first row below with a label and no figure belongs to the row above."""
    first = [cell for cell in rest if cell.row == height and cell.text]
    above = [cell for cell in last if cell.row + cell.rows == height]
    if len(first) != 1 or first[0].is_number or not above or not re.match(r"[a-zà-ỹđ(]", first[0].text):
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
            composer.table(item, f"trang {page.number}, bảng {number}")
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
