"""Scanned pages: recognised by tesseract with its Vietnamese model, each word with its page and box.

Tesseract is a program of its own and is called as a process. Red stamps are left out by looking at the red light only,
skewed pages are set upright, the rules of tables are taken away before the words are read.
"""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import time
from functools import lru_cache
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from analysis.documents.document import Document, ReportError
from analysis.documents.encodings import is_syllable
from analysis.documents.page_layout import Block, Line, Page, drop_running_heads, join_tables, line_of, write
from analysis.documents.ruled_grids import Grid, cells_of, find_grids, find_rules
from analysis.documents.unruled_tables import Word, find_unruled, lines_of

if TYPE_CHECKING:
    import numpy

DOTS = 300  # dots an inch at which pages are recognised
PAGES = 60  # the longest scan that is recognised
SECONDS = 90  # the longest time that one page may take
CELLS = 40  # cells of a page that are looked at a second time
SURE = 30  # words of which tesseract is less sure (0-100) are left out
INSTALL = "install the Debian packages tesseract-ocr and tesseract-ocr-vie to have its words recognised"


@lru_cache(maxsize=1)
def recogniser() -> str:
    """The path of tesseract when it is installed with the Vietnamese model, else ""."""
    program = which("tesseract")
    if not program:
        return ""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return program if "vie" in listed.stdout.split() else ""


def read_scan(path: Path, reason: str) -> Document:
    """Recognise the pages of a scanned PDF; raise `ReportError` where tesseract is missing."""
    import pypdfium2

    program = recogniser()
    if not program:
        raise ReportError(f"{path}: {reason}; {INSTALL}.")
    pdf = pypdfium2.PdfDocument(path)
    try:
        if len(pdf) > PAGES:
            raise ReportError(f"{path}: {reason} and it has {len(pdf)} pages, more than {PAGES}; split it.")
        pages, started = [], time.monotonic()
        for index in range(len(pdf)):
            page = pdf[index]
            scale = min(DOTS / 72, 6000 / max(page.get_size()))
            picture = page.render(scale=scale).to_pil()
            clean, grids = _prepare(picture)
            words = _recognise(program, clean, path, index + 1)
            words += _second_look(program, clean, grids, words, path, index + 1)
            pages.append(_page(words, grids, index + 1, page.get_size(), 1 / scale))
            page.close()
            if time.monotonic() - started > SECONDS * 10:
                raise ReportError(f"{path}: {reason} and took more than {SECONDS * 10} seconds; split it.")
    finally:
        pdf.close()
    note = ("ocr", f"{reason}; its words were recognised by tesseract and may hold wrong letters and digits.")
    drop_running_heads(pages)
    return write(join_tables(pages, reach=12.0), boxed=True).document(ocr=True, notes=(note,))


def _prepare(picture):
    """The page in grey without red ink, upright and without rules, and the grids that its rules make."""
    import numpy
    from PIL import Image

    grey = numpy.asarray(picture.convert("RGB"))[:, :, 0]
    angle = _skew(grey)
    if abs(angle) >= 0.15:
        turned = Image.fromarray(grey).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = numpy.asarray(turned)
    across, down, clean = find_rules(_without_specks(grey))
    return Image.fromarray(clean), find_grids(across, down)


def _without_specks(grey: numpy.ndarray, window: int = 11, least: int = 14) -> numpy.ndarray:
    """The page with dark dots that are smaller than any full stop made white."""
    import numpy

    half = window // 2
    ink = numpy.pad((grey < 185).astype("int32"), half + 1).cumsum(axis=0).cumsum(axis=1)
    high, wide = grey.shape
    count = (
        ink[window : window + high, window : window + wide]
        - ink[:high, window : window + wide]
        - ink[window : window + high, :wide]
        + ink[:high, :wide]
    )
    clean = grey.copy()
    clean[(grey < 235) & (count < least)] = 255
    return clean


def _skew(grey: numpy.ndarray) -> float:
    """The angle in degrees by which a page must be turned: the one at which its lines are sharpest."""
    import numpy
    from PIL import Image

    small = Image.fromarray(grey).resize((max(1, grey.shape[1] // 5), max(1, grey.shape[0] // 5)))
    dark = Image.fromarray(((numpy.asarray(small) < 140) * 255).astype("uint8"))

    def sharpness(angle: float) -> float:
        profile = numpy.asarray(dark.rotate(angle)).sum(axis=1, dtype="int64")
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    coarse = max((step / 2 for step in range(-8, 9)), key=sharpness)
    return max((coarse + step / 10 for step in range(-4, 5)), key=sharpness)


def _tesseract(program: str, picture, mode: str, form: list[str], what: str) -> str:
    """What tesseract says of a picture; `mode` is its way to look for lines, `what` names the picture in errors."""
    data = io.BytesIO()
    picture.save(data, "PNG", dpi=(DOTS, DOTS))
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", mode, "--dpi", str(DOTS), *form]
    try:
        done = subprocess.run(command, input=data.getvalue(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"{what} took more than {SECONDS} seconds to recognise; it is left aside.") from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:160]
        raise ReportError(f"{what} can not be recognised ({reason}).")
    return done.stdout.decode("utf-8", "replace")


def _recognise(program: str, picture, path: Path, number: int) -> list[Word]:
    """The words of one page with their boxes in dots."""
    words = []
    for line in _tesseract(program, picture, "6", ["tsv"], f"{path}: page {number}").split("\n")[1:]:
        parts = line.split("\t")
        if len(parts) < 12 or parts[0] != "5" or not parts[11].strip() or float(parts[10]) < SURE:
            continue
        text = parts[11].strip()
        if re.fullmatch(r"[|\[\]_—=~'`.,;:!\\/()-]+", text) and text not in ("-", "...", "—"):
            continue
        left, top, width, height = map(float, parts[6:10])
        words += _parted(Word(text.strip("|[]") or text, left, left + width, top, top + height))
    return _even(words)


def _parted(word: Word) -> list[Word]:
    """Two words that were read as one ("Thunhập", "6tháng", "UớcTH"), told by what can be one syllable.

    >>> [part.text for part in _parted(Word("Thunhập", 0, 70, 0, 10))], len(_parted(Word("nghèo", 0, 50, 0, 10)))
    (['Thu', 'nhập'], 1)
    """
    text = word.text
    found = re.fullmatch(r"(\d+)([^\W\d_]{3,})|([A-ZĐ]?[^\W\dA-Z_]+)([A-Z]{2,})", text)
    cut = len(found[1] or found[3]) if found else 0
    if not cut and text.isalpha() and len(text) > 4 and not is_syllable(text) and not text.isascii():
        cuts = [k for k in range(2, len(text) - 1) if is_syllable(text[:k]) and is_syllable(text[k:])]
        cut = cuts[0] if cuts else 0
    if not cut:
        return [word]
    middle = word.left + (word.right - word.left) * cut / len(text)
    return [word._replace(text=text[:cut], right=middle - 1), word._replace(text=text[cut:], left=middle + 1)]


def _second_look(program: str, picture, grids: list[Grid], words: list[Word], path: Path, number: int) -> list[Word]:
    """Figures of cells that hold ink but no word yet, each looked at alone; at most `CELLS` of a page."""
    import numpy

    grey = numpy.asarray(picture)
    found: list[Word] = []
    for grid in grids:
        inside = [word for word in words if grid.holds(word)]
        for top, bottom in itertools.pairwise(grid.rows):
            for left, right in itertools.pairwise(grid.columns):
                if any(left <= (w.left + w.right) / 2 < right and top <= w.middle < bottom for w in inside):
                    continue
                box = (int(left) + 5, int(top) + 5, int(right) - 5, int(bottom) - 5)
                ink = grey[box[1] : box[3], box[0] : box[2]] < 130
                if ink.size == 0 or ink.sum() < 60 or len(found) >= CELLS:
                    continue
                text = _tesseract(program, picture.crop(box), "7", [], f"{path}: a cell of page {number}").strip()
                if re.fullmatch(r"[\d.,%-]+", text):
                    found.append(Word(text, *map(float, (box[0], box[2], box[1], box[3]))))
    return found


def _even(words: list[Word]) -> list[Word]:
    """Words of one line with the same top and bottom, for tesseract's boxes hug the letters."""
    sizes = sorted(word.size for word in words)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    even = []
    for word in words:
        size = min(max(word.size, 0.8 * usual), 1.6 * usual) if usual else word.size
        even.append(Word(word.text, word.left, word.right, word.middle - size / 2, word.middle + size / 2))
    return even


def _page(words: list[Word], grids: list[Grid], number: int, size: tuple[float, float], scale: float) -> Page:
    """The lines and tables of one page from top to bottom; `scale` makes dots to points."""
    words = [_scaled(word, scale) for word in words]
    page = Page(number, *size, right=max((word.right for word in words), default=0.0))
    placed: list[tuple[float, Line | Block]] = []
    for count, grid in enumerate((grid.scaled(scale) for grid in grids), 1):
        where = f"trang {number}, bảng {count}"
        inside = [word for word in words if grid.holds(word)]
        cells = cells_of(grid, inside, lambda r, c, where=where: f"{where}, dòng {r + 1}, cột {c + 1}")
        if any(cell.is_number for cell in cells):
            words = [word for word in words if not grid.holds(word)]
            placed.append((grid.rows[0], Block(cells, list(grid.columns[:-1]), [(number, word) for word in inside])))
    rows = lines_of(words)
    before = len(placed)
    unruled = find_unruled(rows, lambda t, r, c: f"trang {number}, bảng {before + t + 1}, dòng {r + 1}, cột {c + 1}")
    covered: set[int] = set()
    for start, stop, cells in unruled:
        covered |= set(range(start, stop))
        inside = [(number, word) for row in rows[start:stop] for word in row]
        placed.append((rows[start][0].top, Block(cells, [], inside)))
    placed += [(row[0].top, line_of(row)) for index, row in enumerate(rows) if index not in covered]
    page.items = [item for _, item in sorted(placed, key=lambda pair: pair[0])]
    return page


def _scaled(word: Word, factor: float) -> Word:
    return Word(word.text, *(round(value * factor, 2) for value in word[1:]))
