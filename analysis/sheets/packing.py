"""Packing a workbook: what openpyxl leaves out of a sheet's part is put in on the way into the archive.

These are the stored results of formulas (a reader in protected view, pandas and phones see nothing else), the links
inside the workbook, the alternative text of charts, and the word that a code or a year is meant as text.
"""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MAX_LINKS, MAX_TEXT = 65_530, 32_767  # of one sheet, of one cell
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_text(text: str) -> str:
    """Text that a sheet can hold: without control characters and lone surrogates, at most 32,767 characters.

    >>> safe_text("một\\x00hai"), len(safe_text("a" * 40_000))
    ('mộthai', 32767)
    """
    text = _CONTROL.sub("", text)
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


class Archive(zipfile.ZipFile):
    """The archive of a workbook; finishes the parts that openpyxl leaves unfinished as they are packed."""

    def __init__(self, path: Any, finishes: list[Finish], chart_texts: list[list[str]]) -> None:
        super().__init__(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._finishes, self._charts = finishes, chart_texts

    def write(self, filename: Any, arcname: Any = None, *rest: Any) -> None:
        match = re.fullmatch(r"/?xl/worksheets/sheet(\d+)\.xml", str(arcname))
        if match:
            self._finishes[int(match[1]) - 1].apply(filename)
        super().write(filename, arcname, *rest)

    def writestr(self, name: Any, data: Any, *rest: Any) -> None:
        match = re.fullmatch(r"/?xl/drawings/drawing(\d+)\.xml", str(getattr(name, "filename", name)))
        if match:
            data = _with_descriptions(data, self._charts[int(match[1]) - 1])
        super().writestr(name, data, *rest)


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>.*?</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)
_AFTER_LINKS = re.compile(rb"<printOptions|<pageMargins")
_AFTER_IGNORED = re.compile(rb"<(?:drawing|legacyDrawing|tableParts)\b|</worksheet>")


@dataclass
class Finish:
    """What a sheet's part needs when all rows are written: results of formulas, links inside the workbook, text areas.

    The links are kept as the text that they become: 100,000 objects of openpyxl would take more memory than the table.
    """

    results: dict[str, Any] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    texts: str = ""

    def add_link(self, area: str, place: str, tip: str = "") -> None:
        if len(self.links) < MAX_LINKS - 30:
            shown = f" tooltip={quoteattr(safe_text(tip[:255]))}" if tip else ""
            self.links.append(f'<hyperlink ref="{area}" location={quoteattr(place)}{shown}/>')

    def apply(self, filename: Any) -> None:
        """Change the part on disk: what follows the rows, and the cells with formulas where there are any."""
        if self.results:
            with open(filename, "rb") as part:
                text = _FORMULA.sub(self._with_result, part.read())
            with open(filename, "wb") as part:
                part.write(text)
        with open(filename, "r+b") as part:
            size = part.seek(0, os.SEEK_END)
            start = max(0, size - 16_000_000)
            part.seek(start)
            tail = part.read()
            cut = max(tail.rfind(b"</sheetData>"), tail.rfind(b"<sheetData/>"), tail.rfind(b"<sheetData />"))
            part.seek(start + cut)
            part.write(self._finished_tail(tail[cut:]))
            part.truncate()

    def _finished_tail(self, tail: bytes) -> bytes:
        if self.links:
            links = "".join(self.links).encode("utf-8")
            end = tail.find(b"</hyperlinks>")
            if end < 0:
                end, links = _AFTER_LINKS.search(tail).start(), b"<hyperlinks>" + links + b"</hyperlinks>"
            tail = tail[:end] + links + tail[end:]
        if self.texts:
            ignored = f'<ignoredErrors><ignoredError sqref="{self.texts}" numberStoredAsText="1"/></ignoredErrors>'
            at = _AFTER_IGNORED.search(tail).start()
            tail = tail[:at] + ignored.encode() + tail[at:]
        return tail

    def _with_result(self, match: re.Match[bytes]) -> bytes:
        coordinate, attributes, formula = match.groups()
        value = self.results.get(coordinate.decode())
        attributes = re.sub(rb' t="[^"]*"', b"", attributes)
        if isinstance(value, str):
            attributes, value = attributes + b' t="str"', escape(safe_text(value))
        elif value is None or value != value:
            attributes, value = attributes + b' t="str"', ""
        return b'<c r="%s"%s>%s<v>%s</v></c>' % (coordinate, attributes, formula, f"{value!s}".encode())


def _with_descriptions(data: Any, texts: list[str]) -> bytes:
    """A drawing with the alternative texts of its charts."""
    from lxml import etree

    root = etree.fromstring(data if isinstance(data, bytes) else data.encode("utf-8"))
    frames = (element for element in root.iter() if etree.QName(element).localname == "cNvPr")
    for frame, text in zip(frames, texts, strict=False):
        frame.set("descr", text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
