"""Scanned pages: recognised by tesseract with its Vietnamese model, each word with its page and box.

Tesseract is a program of its own and is called as a process. Red stamps are left out by looking at the red light only,
skewed pages are set upright, the rules of tables are taken away before the words are read.
"""

from __future__ import annotations

import io
import re
import subprocess
import time
from functools import lru_cache
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from analysis.documents import Box, Composer, Document, ReportError
from analysis.tables import tidy
from analysis.unruled_tables import Word, find_unruled, lines_of

if TYPE_CHECKING:
    import numpy

DOTS = 300  # dots an inch at which pages are recognised
PAGES = 60  # the longest scan that is recognised
SECONDS = 90  # the longest time that one page may take
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
    """Recognise the pages of a scanned PDF; raise `ReportError` with the way to install tesseract when it is missing."""
    import pypdfium2

    program = recogniser()
    if not program:
        raise ReportError(f"{path}: {reason}; {INSTALL}.")
    pdf = pypdfium2.PdfDocument(path)
    try:
        if len(pdf) > PAGES:
            raise ReportError(f"{path}: {reason} and it has {len(pdf)} pages, more than {PAGES}; split it.")
        composer, started = Composer(), time.monotonic()
        for index in range(len(pdf)):
            page = pdf[index]
            scale = min(DOTS / 72, 6000 / max(page.get_size()))
            picture = page.render(scale=scale).to_pil()
            words = _recognise(program, _prepare(picture), path, index + 1)
            _compose(composer, [_scaled(word, 1 / scale) for word in words], index + 1)
            page.close()
            if time.monotonic() - started > SECONDS * 10:
                raise ReportError(f"{path}: {reason} and took more than {SECONDS * 10} seconds; split it.")
    finally:
        pdf.close()
    note = ("ocr", f"{reason}; its words were recognised by tesseract and may hold wrong letters and digits.")
    return composer.document(ocr=True, notes=(note,))


def _prepare(picture):
    """The page in black and white: red ink gone, upright, without the rules of tables."""
    import numpy
    from PIL import Image

    grey = numpy.asarray(picture.convert("RGB"))[:, :, 0]
    angle = _skew(grey)
    if abs(angle) >= 0.15:
        turned = Image.fromarray(grey).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = numpy.asarray(turned)
    return Image.fromarray(_without_rules(grey))


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


def _without_rules(grey: numpy.ndarray) -> numpy.ndarray:
    """The page with long dark horizontal and vertical strokes made white."""
    import numpy

    dark = grey < 150
    clean = grey.copy()
    for axis, least in ((1, grey.shape[1] // 14), (0, grey.shape[0] // 28)):
        lines = dark if axis == 1 else dark.T
        # a stroke may wave by a pixel: look at three rows together
        thick = lines.copy()
        thick[1:] |= lines[:-1]
        thick[:-1] |= lines[1:]
        padded = numpy.pad(thick, ((0, 0), (1, 1))).astype("int8")
        change = numpy.diff(padded, axis=1)
        target = clean if axis == 1 else clean.T
        rows, starts = numpy.nonzero(change == 1)
        _, ends = numpy.nonzero(change == -1)
        long = ends - starts >= least
        for row, start, end in zip(rows[long], starts[long], ends[long], strict=True):
            target[max(0, row - 1) : row + 2, start:end] = 255
    return clean


def _recognise(program: str, picture, path: Path, number: int) -> list[Word]:
    """The words of one page with their boxes in dots."""
    data = io.BytesIO()
    picture.save(data, "PNG", dpi=(DOTS, DOTS))
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "6", "--dpi", str(DOTS), "tsv"]
    try:
        done = subprocess.run(command, input=data.getvalue(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReportError(
            f"{path}: recognising page {number} took more than {SECONDS} seconds; it is left aside."
        ) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:160]
        raise ReportError(f"{path}: tesseract can not recognise page {number} ({reason}).")
    words = []
    for line in done.stdout.decode("utf-8", "replace").split("\n")[1:]:
        parts = line.split("\t")
        if len(parts) < 12 or parts[0] != "5" or not parts[11].strip() or float(parts[10]) < SURE:
            continue
        text = parts[11].strip()
        if re.fullmatch(r"[|\[\]_—=~'`.,;:!\\/()-]+", text) and text not in ("-", "...", "—"):
            continue
        left, top, width, height = map(float, parts[6:10])
        words.append(Word(text.strip("|[]") or text, left, left + width, top, top + height))
    return _even(words)


def _even(words: list[Word]) -> list[Word]:
    """Words of one line with the same top and bottom, for tesseract's boxes hug the letters."""
    sizes = sorted(word.size for word in words)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    even = []
    for word in words:
        size = min(max(word.size, 0.8 * usual), 1.6 * usual) if usual else word.size
        even.append(Word(word.text, word.left, word.right, word.middle - size / 2, word.middle + size / 2))
    return even


def _scaled(word: Word, factor: float) -> Word:
    return Word(word.text, *(round(value * factor, 2) for value in word[1:]))


def _compose(composer: Composer, words: list[Word], page: int) -> None:
    """The words of one page as paragraphs and tables, each word with its box."""
    lines = lines_of(words)
    tables = find_unruled(lines, lambda t, r, c: f"trang {page}, bảng {t + 1}, dòng {r + 1}, cột {c + 1}")
    inside = {row: index for index, (start, stop, _) in enumerate(tables) for row in range(start, stop)}
    right = max((line[-1].right for line in lines), default=0.0)
    paragraph: list[list[Word]] = []
    done: set[int] = set()
    for row, line in enumerate(lines):
        index = inside.get(row)
        if index is None:
            if paragraph and not _wraps(paragraph[-1], line, right):
                _write(composer, paragraph, page)
                paragraph = []
            paragraph.append(line)
            continue
        if index in done:
            continue
        done.add(index)
        _write(composer, paragraph, page)
        paragraph = []
        start, stop, cells = tables[index]
        composer.table(cells, f"trang {page}, bảng {index + 1}")
        boxes = [word for table_line in lines[start:stop] for word in table_line]
        for cell in composer.tables[-1].cells:
            words_of_cell = set(cell.text.split())
            for word in boxes:
                if word.text in words_of_cell and cell.end > cell.start:
                    composer.boxes.append(Box(cell.start, cell.end, page, word.left, word.top, word.right, word.bottom))
    _write(composer, paragraph, page)
    composer.end_page()


def _wraps(above: list[Word], below: list[Word], right: float) -> bool:
    size = above[0].size
    if below[0].top - above[0].bottom > 1.3 * size:
        return False
    return above[-1].right + 0.3 * size + (below[0].right - below[0].left) > right - size


def _write(composer: Composer, lines: list[list[Word]], page: int) -> None:
    if not lines:
        return
    start = composer.length
    words = [word for line in lines for word in line]
    text = tidy(" ".join(word.text for word in words))
    composer.paragraph(text)
    position = 0
    for word in words:
        found = text.find(word.text, position)
        if found >= 0:
            position = found + len(word.text)
            box = Box(start + found, start + position, page, word.left, word.top, word.right, word.bottom)
            composer.boxes.append(box)
