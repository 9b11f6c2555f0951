"""Word documents: .docx from its XML (merged cells, old fonts, no deleted words), .doc .rtf .odt through LibreOffice.

Macros, links and embedded objects are never opened.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from shutil import which

from analysis.documents.document import Composer, Document, ReportError, open_package, read_part
from analysis.documents.encodings import EncodingError, from_font, mend
from analysis.tables import Cell, is_data, tidy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OFFICE_SECONDS = 120


def read_docx(path: Path) -> Document:
    """Read a .docx: paragraphs and tables in their order, text boxes after the paragraph that holds them."""
    with open_package(path) as package:
        root = read_part(package, "word/document.xml", path)
        styles = read_part(package, "word/styles.xml", path)
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        raise ReportError(f"{path}: the document has no body; open it in Word and save it again.")
    fonts = _style_fonts(styles)
    composer = Composer()
    _walk(body, composer, fonts)
    document = composer.document()
    try:
        mended = mend(document.text, "utf-8")
    except EncodingError as error:
        raise ReportError(f"{path}: {error}.") from error
    if mended.text != document.text:  # an old font that the runs do not name
        composer = Composer()
        old = {"tcvn3": ".VnTime", "vni": "VNI-Times"}.get(mended.encoding, "")
        _walk(body, composer, fonts, old)
        document = composer.document(notes=mended.notes, encoding=mended.encoding)
    return document


def read_through_office(path: Path) -> Document:
    """Read a .doc, .rtf or .odt by letting LibreOffice make a .docx of it."""
    with tempfile.TemporaryDirectory() as folder:
        return read_docx_of(convert(path, "docx", Path(folder)), path)


def read_docx_of(made: Path, path: Path) -> Document:
    """Read a converted file, naming the original one in errors."""
    try:
        return read_docx(made)
    except ReportError as error:
        raise ReportError(str(error).replace(str(made), str(path))) from error


def convert(path: Path, suffix: str, folder: Path) -> Path:
    """Let LibreOffice convert a file in a profile of its own, and give the path of what it made."""
    office = which("soffice") or which("libreoffice")
    if not office:
        raise ReportError(
            f"{path}: {path.suffix} files are read through LibreOffice, which is not installed; install the Debian "
            "packages libreoffice-writer and libreoffice-calc, or save the file as .docx or .xlsx."
        )
    command = [
        office,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        suffix,
        "--outdir",
        str(folder),
        str(path.resolve()),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=OFFICE_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"{path}: LibreOffice took more than {OFFICE_SECONDS} seconds; it is left aside.") from error
    made = folder / f"{path.stem}.{suffix}"
    if not made.is_file():
        reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
        raise ReportError(
            f"{path}: LibreOffice can not open the file ({reason or 'no reason given'}); it may be damaged."
        )
    return made


def _style_fonts(styles) -> dict[str, str]:
    """The font of each paragraph style, "" for the default."""
    if styles is None:
        return {}
    fonts = {}
    default = styles.find(f"{_W}docDefaults//{_W}rFonts")
    if default is not None:
        fonts[""] = default.get(f"{_W}ascii") or ""
    for style in styles.iter(f"{_W}style"):
        font = style.find(f"{_W}rPr/{_W}rFonts")
        if font is not None and font.get(f"{_W}ascii"):
            fonts[style.get(f"{_W}styleId") or ""] = font.get(f"{_W}ascii")
    return fonts


def _walk(parent, composer: Composer, fonts: dict[str, str], old: str = "") -> None:
    for element in parent:
        if element.tag == f"{_W}p":
            for line in _words(element, fonts, old).split("\n"):
                composer.paragraph(line)
            for box in element.iter(f"{_W}txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    _walk(box, composer, fonts, old)
        elif element.tag == f"{_W}tbl":
            _table(element, composer, fonts, old)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            _walk(element, composer, fonts, old)


def _words(paragraph, fonts: dict[str, str], old: str = "") -> str:
    """The words of a paragraph, those of old fonts as Unicode; deleted words and text boxes are left out."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    default = fonts.get(style.get(f"{_W}val") if style is not None else "", fonts.get("", ""))
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in (f"{_W}txbxContent", f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", _FALLBACK):
            continue
        if element.tag == f"{_W}t":
            run = element.getparent()
            font = run.find(f"{_W}rPr/{_W}rFonts")
            name = (font.get(f"{_W}ascii") or "" if font is not None else "") or default or ""
            if old and not name.startswith((".Vn", "VNI")):
                name = old
            parts.append(from_font(element.text or "", name))
        elif element.tag == f"{_W}tab":
            parts.append("\t" if element.getparent().tag == f"{_W}r" else "")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            stack.extend(reversed(element))
    return "".join(parts)


def _table(table, composer: Composer, fonts: dict[str, str], old: str) -> None:
    """A table of figures as such; any other table (a letter head, a signature) as the paragraphs of its cells."""
    number = len(composer.tables) + 1
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}
    rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table]
    for r, row in enumerate(rows[:3000]):
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        c = int(before.get(f"{_W}val") or 0) if before is not None else 0
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = max(1, min(200, int(span.get(f"{_W}val") or 1))) if span is not None else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and c in open_cells:
                above = cells[open_cells[c]]
                cells[open_cells[c]] = Cell(
                    above.text, above.row, above.column, r - above.row + 1, above.columns, where=above.where
                )
            else:
                lines = (_words(line, fonts, old) for line in cell.iter(f"{_W}p"))
                text = tidy(" ".join(lines))
                open_cells.pop(c, None)
                if merge is not None:
                    open_cells[c] = len(cells)
                cells.append(Cell(text, r, c, 1, wide, where=f"bảng {number}, dòng {r + 1}, cột {c + 1}"))
            c += wide
    if is_data(cells):
        composer.table(cells, f"bảng {number}")
        return
    for row in rows:
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is row:
                _walk(cell, composer, fonts, old)
