"""What every reader gives back, a `Document`, and the composer that lays paragraphs and tables into one text.

Which reader reads a file is left to `readers`, how it does so to `web_pages`, `word`, `pdf`, `spreadsheets`,
`plain_tables` and `scans`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from analysis.tables import Cell, Table, render

UNPACKED_LIMIT = 200_000_000  # bytes that a packed document (.docx, .xlsx) may unpack to
TEXT_LIMIT = 30_000_000  # bytes of a text or of one part of a packed document


class ReportError(ValueError):
    """A report or a manifest that can not be read; the message says what, where and what to do next."""


class Box(NamedTuple):
    """Where the characters `start:end` of the text of a scanned page stand, in points from the page's top left."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Document:
    """What a reader gives: text, tables with spans in it, pages, and the identity that the file states."""

    text: str
    tables: tuple[Table, ...] = ()
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    ocr: bool = False
    encoding: str = "utf-8"
    pages: tuple[tuple[int, int], ...] = ()
    boxes: tuple[Box, ...] = ()


class Composer:
    """Lays paragraphs and tables into one text and remembers the spans of tables, pages and boxes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tables: list[Table] = []
        self.pages: list[tuple[int, int]] = []
        self.boxes: list[Box] = []
        self.recent: list[str] = []
        self._page_start = 0

    def write(self, text: str) -> int:
        """Add characters and give the position at which they start."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def paragraph(self, text: str) -> int:
        """Add one paragraph as a line of its own and give the position at which it starts."""
        if text.strip():
            self.recent.append(text)
        return self.write(text + "\n")

    def table(self, cells: Sequence[Cell], name: str, caption: str | None = None) -> None:
        """Add a table, a blank line before and after it; without a caption the lines just above it are its caption."""
        if caption is None:
            caption = "\n".join(line.strip() for line in self.recent[-4:] if len(line) < 300)
        if self.length and not "".join(self.parts[-2:]).endswith("\n\n"):
            self.write("\n")
        text, table = render(cells, name, caption, self.length)
        self.write(text)
        self.tables.append(table)
        self.write("\n")
        self.recent = []

    def end_page(self) -> None:
        """Close a page: everything since the last one stands on it."""
        self.pages.append((self._page_start, self.length))
        self._page_start = self.length

    def document(self, **rest) -> Document:
        """The document composed so far."""
        return Document(
            "".join(self.parts), tuple(self.tables), pages=tuple(self.pages), boxes=tuple(self.boxes), **rest
        )


def open_package(path: Path) -> zipfile.ZipFile:
    """Open a packed document (.docx, .xlsx, .odt); raise `ReportError` when it is damaged or unpacks to too much."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise ReportError(f"{path}: the file is damaged ({error}); get it again from its source.") from error
    size = sum(part.file_size for part in package.infolist())
    if size > UNPACKED_LIMIT or len(package.infolist()) > 20_000:
        package.close()
        raise ReportError(
            f"{path}: the file would unpack to {size / 1e6:,.0f} MB, more than a report can hold; it is left aside."
        )
    if any(part.flag_bits & 1 for part in package.infolist()):
        package.close()
        raise ReportError(f"{path}: the file is protected with a password; save it without one.")
    return package


def read_part(package: zipfile.ZipFile, name: str, path: Path):
    """Parse one XML part of a packed document, or None; entities are not resolved and nothing is fetched."""
    from lxml import etree

    try:
        part = package.getinfo(name)
    except KeyError:
        return None
    if part.file_size > TEXT_LIMIT:
        raise ReportError(
            f"{path}: its part {name} holds {part.file_size / 1e6:,.0f} MB, more than a report can hold; left aside."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(package.read(part), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise ReportError(f"{path}: its part {name} is damaged ({error}); open it and save it again.") from error
    except Exception as error:  # zlib.error and what else a broken stream gives
        raise ReportError(f"{path}: its part {name} is damaged ({error}); get it again from its source.") from error


_DATE_LINE = re.compile(
    r"^[^\n,;]{2,40}, *ngày +(\d{1,2}) +tháng +(\d{1,2}) +năm +((?:19|20)\d\d)\s*$", re.MULTILINE | re.IGNORECASE
)
_KIND = re.compile(r"(?:BÁO CÁO|THÔNG BÁO|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|TỜ TRÌNH)\b.{0,120}")


def stated_date(text: str) -> str:
    """The date that an official document states in its head ("Ba Chẽ, ngày 30 tháng 6 năm 2023"), as ISO text or "".

    >>> stated_date("BÁO CÁO\\nBa Chẽ, ngày 30 tháng 6 năm 2023\\n")
    '2023-06-30'
    """
    found = _DATE_LINE.search(text[:3000])
    if not found:
        return ""
    day, month, year = map(int, found.groups())
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def stated_title(text: str) -> str:
    """The title in the head of an official document: the line that says "BÁO CÁO" and the one below it, or "".

    >>> stated_title("UBND HUYỆN A\\nBÁO CÁO\\nTình hình 6 tháng đầu năm 2023\\nI. Kinh tế")
    'BÁO CÁO Tình hình 6 tháng đầu năm 2023'
    """
    lines = [line.strip() for line in text[:3000].split("\n") if line.strip()][:25]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if _KIND.fullmatch(line):
            return f"{line} {below}".strip() if len(below) < 250 and len(line) < 40 else line
    return ""
