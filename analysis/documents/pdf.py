"""PDF documents: lines put together again to paragraphs, ruled and unruled tables, tables that go on over pages.

A page without a text layer, or with a broken one, goes to `scans`.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path

from analysis.documents.document import Document, ReportError
from analysis.documents.encodings import EncodingError, from_tcvn3, from_vni, mend
from analysis.documents.page_layout import Block, Page, drop_running_heads, join_tables, line_of, write
from analysis.documents.unruled_tables import Word, find_unruled, lines_of
from analysis.tables import is_data, rows_to_cells

PAGES = 600  # the longest PDF that is read
SECONDS = 240  # the longest time that one PDF may take
OBJECTS = 15_000  # drawing objects of a page above which no ruled tables are looked for


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
    from analysis.documents.scans import read_scan

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
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it complains of every odd font
    started = time.monotonic()
    pages: list[Page] = []
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
    drop_running_heads(pages)
    return write(join_tables(pages)).document()


def _read_page(page, number: int, crowded: bool, convert) -> Page:
    """The lines and tables of one page from top to bottom."""
    made = Page(number, float(page.width), float(page.height))
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
                made.items.append(Block(cells, edges))
    tops = [box[1] for box in boxes]
    words = page.extract_words(use_text_flow=False, keep_blank_chars=False, x_tolerance_ratio=0.15)
    free = [
        Word(convert(word["text"]), word["x0"], word["x1"], word["top"], word["bottom"])
        for word in words
        if not any(_inside(word, box) for box in boxes)
    ]
    rows = lines_of(free)
    made.right = max((word["x1"] for word in words), default=0.0)
    before = len(boxes)
    unruled = find_unruled(rows, lambda t, r, c: f"trang {number}, bảng {before + t + 1}, dòng {r + 1}, cột {c + 1}")
    lines = [line_of(row) for row in rows]
    for start, stop, cells in reversed(unruled):
        tops.append(lines[start].top)
        made.items.append(Block(cells, []))
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
