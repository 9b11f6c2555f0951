"""Which reader reads a file: by what the file is, not by what its suffix says.

The readers themselves are left to `web_pages`, `word`, `pdf`, `spreadsheets` and `plain_tables`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analysis.documents.document import TEXT_LIMIT, Document, ReportError, open_package, stated_date, stated_title
from analysis.documents.encodings import EncodingError, decode

KINDS = {
    ".txt": "text",
    ".csv": "csv",
    ".html": "web page",
    ".htm": "web page",
    ".mhtml": "web archive",
    ".mht": "web archive",
    ".docx": "Word document",
    ".docm": "Word document",
    ".doc": "old Word document",
    ".rtf": "rich text",
    ".odt": "OpenDocument text",
    ".pdf": "PDF",
    ".xlsx": "Excel workbook",
    ".xlsm": "Excel workbook",
    ".xls": "old Excel workbook",
    ".ods": "OpenDocument spreadsheet",
}
SUFFIXES = frozenset(KINDS)


def read_document(path: Path) -> Document:
    """Read one file into a `Document`; raise `ReportError` with one sentence when it can not be read."""
    path = Path(path)
    try:
        kind = kind_of(path)
        document = _reader(kind)(path)
    except EncodingError as error:
        raise ReportError(f"{path}: {error}.") from error
    except OSError as error:
        raise ReportError(f"{path}: can not be opened ({error.strerror or error}); check its permissions.") from error
    except MemoryError as error:
        raise ReportError(f"{path}: needs more memory than there is; it is left aside.") from error
    if not document.text.strip():
        raise ReportError(f"{path}: the file holds no text; check that it is the right file.")
    expected = KINDS.get(path.suffix.lower())
    notes = document.notes
    if expected and expected != kind:
        notes += (("wrong_suffix", f"is named {path.suffix} but is a {kind}; it was read as one."),)
    return replace(
        document,
        notes=notes,
        title=document.title or stated_title(document.text),
        published=document.published or stated_date(document.text),
    )


def kind_of(path: Path) -> str:
    """What a file is, told from its first bytes and for texts from its suffix; raise `ReportError` for other things."""
    with path.open("rb") as handle:
        head = handle.read(4096)
    if not head:
        raise ReportError(f"{path}: the file is empty (0 bytes); get it again from its source.")
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        with open_package(path) as package:
            names = set(package.namelist())
            kind = package.read("mimetype")[:100].decode("latin-1") if "mimetype" in names else ""
        if "word/document.xml" in names:
            return "Word document"
        if "xl/workbook.xml" in names:
            return "Excel workbook"
        for mark, name in (("spreadsheet", "OpenDocument spreadsheet"), ("opendocument.text", "OpenDocument text")):
            if mark in kind:
                return name
        raise ReportError(f"{path}: this is a packed folder and no document; unpack it and put its files there.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        data = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReportError(f"{path}: the file is protected with a password; save it without one.")
        return "old Excel workbook" if "Workbook".encode("utf-16-le") in data else "old Word document"
    if head.startswith(b"{\\rtf"):
        return "rich text"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")):
        raise ReportError(f"{path}: this is a picture; print it to PDF to have its words recognised.")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"mime-version:" in head.lower() and b"multipart/related" in head.lower():
        return "web archive"
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return "web page"
    kind = KINDS.get(path.suffix.lower(), "text")
    if kind in ("text", "csv", "web page"):
        return kind
    raise ReportError(f"{path}: is named {path.suffix} but is no {kind}; get it again or name it as what it is.")


def _reader(kind: str):
    """The function that reads a kind of file; its module is loaded only now."""
    if kind == "web page":
        from analysis.documents.web_pages import read_web_page as read
    elif kind == "web archive":
        from analysis.documents.web_pages import read_web_archive as read
    elif kind == "Word document":
        from analysis.documents.word import read_docx as read
    elif kind in ("old Word document", "rich text", "OpenDocument text"):
        from analysis.documents.word import read_through_office as read
    elif kind == "PDF":
        from analysis.documents.pdf import read_pdf as read
    elif kind == "Excel workbook":
        from analysis.documents.spreadsheets import read_workbook as read
    elif kind in ("old Excel workbook", "OpenDocument spreadsheet"):
        from analysis.documents.spreadsheets import read_old_workbook as read
    elif kind == "csv":
        from analysis.documents.spreadsheets import read_csv as read
    else:
        read = read_text
    return read


def read_text(path: Path) -> Document:
    """Read a text file; its characters stay exactly as they are, tables in it are found by tabs and columns."""
    from analysis.documents.plain_tables import find_tables

    size = path.stat().st_size
    if size > TEXT_LIMIT:
        raise ReportError(
            f"{path}: the text holds {size / 1e6:,.0f} MB, more than a report can hold; it is left aside."
        )
    decoded = decode(path.read_bytes())
    tables = find_tables(decoded.text)
    return Document(decoded.text, tables, notes=decoded.notes, encoding=decoded.encoding)
