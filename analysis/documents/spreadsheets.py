"""Spreadsheets: .xlsx from its XML within bounds, .xls and .ods through LibreOffice or calamine, and .csv.

A sheet is cut into tables and the lines around them; formulas are not calculated here, macros and links never opened.
"""

from __future__ import annotations

import itertools
import posixpath
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import which

from analysis.documents.document import TEXT_LIMIT, Composer, Document, ReportError, open_package, read_part
from analysis.documents.encodings import EncodingError, decode, mend
from analysis.tables import Cell, Table, is_data, tidy

ROWS, COLUMNS = 5_000, 200  # the part of a sheet that is read
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PERCENT, _DATES = {9, 10}, {14, 15, 16, 17, 22, 30, 36, 57}


@dataclass(frozen=True)
class _Value:
    """What a spreadsheet cell shows, and its number."""

    text: str
    number: float | None = None


@dataclass
class _Sheet:
    """The cells of one sheet, its merged ranges, and the formulas that hold no result."""

    name: str
    values: dict[tuple[int, int], _Value]
    merges: dict[tuple[int, int], tuple[int, int]]
    uncalculated: list[str]
    cut: bool = False


def read_workbook(path: Path) -> Document:
    """Read an .xlsx; formulas that were never calculated are calculated by LibreOffice when it is installed."""
    sheets = _load(path)
    missing = [f"{sheet.name}!{name}" for sheet in sheets for name in sheet.uncalculated]
    notes: list[tuple[str, str]] = []
    if missing:
        named = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        if which("soffice") or which("libreoffice"):
            from analysis.documents.word import convert

            with tempfile.TemporaryDirectory() as folder:
                sheets = _load(convert(path, "xlsx", Path(folder)))
            notes.append(
                ("recalculated", f"{len(missing)} formulas held no result ({named}); LibreOffice calculated them.")
            )
        else:
            notes.append(
                (
                    "uncalculated",
                    f"{len(missing)} formulas hold no result ({named}); open the file in Excel and save it.",
                )
            )
    return _compose(path, sheets, notes)


def read_old_workbook(path: Path) -> Document:
    """Read an .xls or .ods: through LibreOffice when it is installed (number formats are kept), else by calamine."""
    if which("soffice") or which("libreoffice"):
        from analysis.documents.word import convert

        with tempfile.TemporaryDirectory() as folder:
            try:
                return _compose(path, _load(convert(path, "xlsx", Path(folder))), [])
            except ReportError as error:
                raise ReportError(re.sub(r"^\S+\.xlsx:", f"{path}:", str(error))) from error
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            values = {
                (r, c): _value(value)
                for r, row in enumerate(sheet.to_python(skip_empty_area=False, nrows=ROWS))
                for c, value in enumerate(row[:COLUMNS])
                if value not in ("", None)
            }
            merges = {
                (low_row, low_column): (row - low_row + 1, column - low_column + 1)
                for (low_row, low_column), (row, column) in sheet.merged_cell_ranges or ()
            }
            sheets.append(_Sheet(name, values, merges, []))
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise ReportError(f"{path}: the workbook can not be read ({error}); save it as .xlsx.") from error
    note = ("formats_unknown", "number formats can not be seen without LibreOffice; check cells that show percent.")
    return _compose(path, sheets, [note])


def _value(value) -> _Value:
    if isinstance(value, bool):
        return _Value("x" if value else "")
    if isinstance(value, (int, float)):
        return _Value(show(float(value)), float(value))
    if isinstance(value, datetime | date):
        return _Value(f"{value:%d/%m/%Y}")
    return _Value(tidy(str(value)))


def show(number: float, percent: bool = False, grouped: bool = False) -> str:
    """A spreadsheet's number in Vietnamese writing.

    >>> show(4735.5, grouped=True), show(0.1052, percent=True), show(2020), show(0.1 + 0.2)
    ('4.735,5', '10,52%', '2020', '0,3')
    """
    number = number * 100 if percent else number
    text = f"{number:.10g}" if abs(number) < 1e15 else f"{number:.0f}"
    text = f"{float(text):.10f}".rstrip("0").rstrip(".") if "e" in text else text
    whole, _, rest = text.partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".") if whole not in ("-0", "0") else whole
    return whole + ("," + rest if rest else "") + ("%" if percent else "")


def _load(path: Path) -> list[_Sheet]:
    """The visible sheets of an .xlsx, cells beyond `ROWS` and `COLUMNS` left aside."""
    with open_package(path) as package:
        book = read_part(package, "xl/workbook.xml", path)
        links = read_part(package, "xl/_rels/workbook.xml.rels", path)
        if book is None or links is None:
            raise ReportError(f"{path}: the workbook has no sheets; open it in Excel and save it again.")
        targets = {link.get("Id"): link.get("Target") or "" for link in links}
        words = _shared_words(read_part(package, "xl/sharedStrings.xml", path))
        formats = _formats(read_part(package, "xl/styles.xml", path))
        sheets = []
        for element in book.iter(f"{_S}sheet"):
            target = targets.get(element.get(f"{_R}id"), "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if element.get("state") in ("hidden", "veryHidden") or "worksheets/" not in part:
                continue
            sheets.append(_sheet(package, part, element.get("name") or "", words, formats, path))
    return sheets


def _shared_words(root) -> list[str]:
    if root is None:
        return []
    return [
        "".join(text.text or "" for text in item.iter(f"{_S}t") if text.getparent().tag != f"{_S}rPh") for item in root
    ]


def _formats(root) -> list[str]:
    """The kind of each cell style: "percent", "date", "grouped" or ""."""
    if root is None:
        return []
    codes = {int(item.get("numFmtId") or 0): item.get("formatCode") or "" for item in root.iter(f"{_S}numFmt")}
    kinds = []
    styles = root.find(f"{_S}cellXfs")
    for style in styles if styles is not None else ():
        number = int(style.get("numFmtId") or 0)
        code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", codes.get(number, ""))
        if number in _PERCENT or "%" in code:
            kinds.append("percent")
        elif number in _DATES or re.search(r"[dmy]{2}", code, re.IGNORECASE):
            kinds.append("date")
        else:
            kinds.append("grouped" if number in (3, 4, 37, 38, 39, 40) or "#,#" in code else "")
    return kinds


def _sheet(package, part: str, name: str, words: list[str], formats: list[str], path: Path) -> _Sheet:
    from lxml import etree

    sheet = _Sheet(tidy(name), {}, {}, [])
    try:
        if package.getinfo(part).file_size > 4 * TEXT_LIMIT:
            raise ReportError(f"{path}: sheet '{name}' is larger than a report can be; it is left aside.")
        with package.open(part) as stream:
            for _, element in etree.iterparse(
                stream, tag=(f"{_S}row", f"{_S}mergeCell"), resolve_entities=False, no_network=True, load_dtd=False
            ):
                if element.tag == f"{_S}mergeCell":
                    corners = [_position(corner) for corner in (element.get("ref") or "").split(":")]
                    if len(corners) == 2 and all(corners) and corners[0][0] < ROWS:
                        (low, left), (high, right) = corners
                        sheet.merges[low, left] = (min(high, ROWS) - low + 1, min(right, COLUMNS) - left + 1)
                elif element.get("hidden") not in ("1", "true") and not sheet.cut:
                    _row(element, sheet, words, formats)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except KeyError as error:
        raise ReportError(
            f"{path}: sheet '{name}' is missing in the file; open it in Excel and save it again."
        ) from error
    except ReportError:
        raise
    except Exception as error:  # damaged XML or a broken stream
        raise ReportError(
            f"{path}: sheet '{name}' is damaged ({error}); open it in Excel and save it again."
        ) from error
    return sheet


def _row(element, sheet: _Sheet, words: list[str], formats: list[str]) -> None:
    for cell in element:
        position = _position(cell.get("r") or "")
        if position is None:
            continue
        if position[0] >= ROWS or position[1] >= COLUMNS:
            sheet.cut = sheet.cut or position[0] >= ROWS
            continue
        value, kind = cell.find(f"{_S}v"), cell.get("t") or "n"
        style = int(cell.get("s") or 0)
        shape = formats[style] if style < len(formats) else ""
        text = value.text or "" if value is not None else ""
        if cell.find(f"{_S}f") is not None and not text:
            sheet.uncalculated.append(cell.get("r"))
        if kind == "s" and text.isdigit() and int(text) < len(words):
            sheet.values[position] = _Value(tidy(words[int(text)]))
        elif kind == "inlineStr":
            sheet.values[position] = _Value(tidy("".join(part.text or "" for part in cell.iter(f"{_S}t"))))
        elif kind in ("str", "e"):
            sheet.values[position] = _Value(tidy(text))
        elif text and kind == "n":
            sheet.values[position] = _number(text, shape)


def _number(text: str, shape: str) -> _Value:
    try:
        number = float(text)
    except ValueError:
        return _Value(tidy(text))
    if shape == "date" and 0 < number < 100_000:
        return _Value(f"{datetime(1899, 12, 30) + timedelta(days=number):%d/%m/%Y}")
    percent = shape == "percent"
    return _Value(show(number, percent, shape == "grouped"), round(number * 100, 10) if percent else number)


def _position(name: str) -> tuple[int, int] | None:
    """Row and column from 0 of a cell name.

    >>> _position("C7"), _position("?")
    ((6, 2), None)
    """
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", name)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell from row and column from 0.

    >>> cell_name(6, 2), cell_name(0, 27)
    ('C7', 'AB1')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _compose(path: Path, sheets: Iterable[_Sheet], notes: list[tuple[str, str]]) -> Document:
    composer = Composer()
    old = ""
    sheets = list(sheets)
    sample = "\n".join(value.text for sheet in sheets for value in list(sheet.values.values())[:3000])
    try:
        mended = mend(sample, "utf-8")
    except EncodingError as error:
        raise ReportError(f"{path}: {error}.") from error
    if mended.encoding != "utf-8":
        old = mended.encoding
        notes = [*notes, *mended.notes]
    for sheet in sheets:
        if sheet.cut:
            notes.append(("cut", f"sheet '{sheet.name}' has more than {ROWS} rows; the rest was left aside."))
        if sheet.values:
            composer.paragraph(sheet.name)
            _lay_out(sheet, composer, old)
            composer.end_page()
    return composer.document(notes=tuple(notes), encoding=old or "utf-8")


def _lay_out(sheet: _Sheet, composer: Composer, old: str) -> None:
    """Cut a sheet at its blank rows; a block without figures is text and the caption of the table below it."""
    from analysis.documents.encodings import from_tcvn3, from_vni

    convert = {"tcvn3": from_tcvn3, "vni": from_vni}.get(old, lambda text: text)
    rows = sorted({row for row, _ in sheet.values})
    blocks: list[list[int]] = []
    for row in rows:
        if blocks and row - blocks[-1][-1] == 1:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    covered = {
        (low + i, left + k)
        for (low, left), (high, wide) in sheet.merges.items()
        for i in range(min(high, 200))
        for k in range(min(wide, COLUMNS))
        if i or k
    }
    number = 0
    pending: list[Cell] | None = None
    for block in [*blocks, []]:
        cells = _block_cells(sheet, block, covered, convert)
        figures = is_data(cells) or (bool(cells) and pending is not None and _continues(pending, cells))
        if figures and pending is not None and _continues(pending, cells):
            pending += cells
            continue
        if pending is not None:
            number += 1
            _add(composer, sheet, pending, number)
            pending = None
        if figures:
            pending = cells
        else:
            for row in block:
                line = "\t".join(cell.text for cell in cells if cell.row == row and cell.text)
                if line:
                    composer.paragraph(line)


def _add(composer: Composer, sheet: _Sheet, cells: list[Cell], number: int) -> None:
    top, left = min(cell.row for cell in cells), min(cell.column for cell in cells)
    moved = [
        Cell(cell.text, cell.row - top, cell.column - left, cell.rows, cell.columns, -1, -1, cell.where, cell.number)
        for cell in cells
    ]
    name = f"sheet '{sheet.name}', bảng {number}" if number > 1 else f"sheet '{sheet.name}'"
    composer.table(moved, name)


def _block_cells(sheet: _Sheet, block: Sequence[int], covered: set[tuple[int, int]], convert) -> list[Cell]:
    wanted = set(block)
    cells = []
    for (row, column), value in sorted(sheet.values.items()):
        if row not in wanted or (row, column) in covered:
            continue
        high, wide = sheet.merges.get((row, column), (1, 1))
        high = min(high, block[-1] - row + 1)
        where = f"sheet '{sheet.name}', ô {cell_name(row, column)}"
        cells.append(Cell(convert(value.text), row, column, high, wide, where=where, number=value.number))
    return cells


def _continues(pending: list[Cell], cells: list[Cell]) -> bool:
    """Whether a block below a blank row goes on with the table above: it starts with figures in the same columns."""
    if not cells:
        return False
    first = [cell for cell in cells if cell.row == cells[0].row]
    used = {cell.column for cell in pending if cell.is_number}
    numbers = [cell for cell in first if cell.is_number and cell.column > first[0].column]
    return bool(numbers) and all(cell.column in used for cell in numbers)


def read_csv(path: Path) -> Document:
    """Read a .csv: its characters stay as they are, each line is a row (comma, semicolon or tab)."""
    if path.stat().st_size > TEXT_LIMIT:
        raise ReportError(f"{path}: the file is larger than a report can be; it is left aside.")
    decoded = decode(path.read_bytes())
    text = decoded.text
    head = [line for line in text.split("\n")[:50] if line.strip()]
    delimiter = max(
        ";\t,",
        key=lambda mark: (
            sum(1 for line in head if line.count(mark) >= 1)
            + sum(1 for line, below in itertools.pairwise(head) if line.count(mark) == below.count(mark) > 0)
        ),
    )
    field = re.compile(rf'"((?:[^"]|"")*)"|([^{re.escape(delimiter)}\r\n]*)')
    cells, position, row, column = [], 0, 0, 0
    while position < len(text) and row < ROWS:
        found = field.match(text, position)
        group = 1 if found[1] is not None else 2
        start, end = found.span(group)
        words = text[start:end]
        lead = len(words) - len(words.lstrip())
        start, end = start + lead, start + lead + len(words.strip())
        if end > start and column < COLUMNS:
            cells.append(Cell(text[start:end], row, column, 1, 1, start, end, f"dòng {row + 1}, cột {column + 1}"))
        position = found.end()
        if position < len(text) and text[position] == delimiter:
            position, column = position + 1, column + 1
        else:
            line_end = re.compile(r"[^\r\n]*\r?\n?").match(text, position).end()
            position, row, column = max(line_end, position + 1), row + 1, 0
    tables = (Table(tuple(cells), "bảng 1", "", 0, len(text)),) if cells and is_data(cells) else ()
    return Document(text, tables, notes=decoded.notes, encoding=decoded.encoding)
