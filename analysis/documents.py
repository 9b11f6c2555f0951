"""One file to one `Document`: its text, its tables and what it says about itself, whatever the format.

Identity from a manifest is left to `reports`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.encodings import EncodingError, decode

if TYPE_CHECKING:
    from analysis.tables import Table

SUFFIXES = {".txt"}


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


def read_document(path: Path) -> Document:
    """Read one file; raise `ReportError` with one sentence when it can not be read."""
    try:
        decoded = decode(path.read_bytes())
    except (OSError, EncodingError) as error:
        raise ReportError(f"{path}: can not be read ({error}); save it as UTF-8 text.") from error
    if not decoded.text.strip():
        raise ReportError(f"{path}: the file holds no text; check that it is the right file.")
    return Document(decoded.text, notes=decoded.notes, encoding=decoded.encoding)
