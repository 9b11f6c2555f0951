"""Report files and their manifest: a folder becomes a list of `Report`s, each with its text, tables and identity.

How a file of one format is read is left to `readers`, what the words say to `observations`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.documents.document import Box, ReportError
from analysis.documents.encodings import EncodingError, decode
from analysis.documents.readers import SUFFIXES, read_document

if TYPE_CHECKING:
    from analysis.tables import Table

MANIFEST = "reports.csv"
IDENTITY = ("title", "publisher", "published", "url", "place", "province")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")


class Remark(NamedTuple):
    """One sentence about one file or folder."""

    path: Path
    sentence: str


@dataclass(frozen=True)
class Report:
    """One report: the text that all evidence points into, its tables, and who published it when about which place."""

    id: str
    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    place: str = ""
    province: str = ""
    path: Path | None = None
    tables: tuple[Table, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    ocr: bool = False
    encoding: str = "utf-8"
    pages: tuple[tuple[int, int], ...] = ()
    boxes: tuple[Box, ...] = ()

    def where(self, start: int, end: int) -> str:
        """The locator of the characters `start:end`: the cell, else the page (and the box on a scanned page), else "".

        >>> Report("a", "một hai", pages=((0, 4), (4, 7))).where(4, 7)
        'trang 2'
        """
        for table in self.tables:
            if table.start <= start < table.end and not table.loose:
                return table.where(start)
        page = next((number for number, (low, high) in enumerate(self.pages, 1) if low <= start < high), 0)
        boxes = [box for box in self.boxes if box.start < end and start < box.end]
        if not boxes:
            return f"trang {page}" if page else ""
        boxes = [box for box in boxes if box.page == boxes[0].page]
        left, top = min(box.left for box in boxes), min(box.top for box in boxes)
        right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
        return f"trang {boxes[0].page}, khung {left:.0f},{top:.0f},{right:.0f},{bottom:.0f}"


class ReportList(tuple):
    """Reports in the order of their ids, with `failures` (what could not be read) and `remarks` (what is odd)."""

    failures: tuple[Remark, ...]
    remarks: tuple[Remark, ...]

    def __new__(
        cls, reports: Iterable[Report] = (), failures: Iterable[Remark] = (), remarks: Iterable[Remark] = ()
    ) -> ReportList:
        made = super().__new__(cls, reports)
        made.failures, made.remarks = tuple(failures), tuple(remarks)
        return made

    def __reduce__(self):
        return ReportList, (tuple(self), self.failures, self.remarks)


def read_report(path: str | Path, manifest_row: dict[str, str] | None = None) -> Report:
    """Read one file into a `Report`; raise `ReportError` with one sentence when it can not be read.

    `manifest_row` holds title, publisher, published, url, place and province; what it leaves empty is taken from the
    document itself (title, publisher and date of a web page) or stays empty. Without a row the manifest beside the file
    is asked.
    """
    path = Path(path)
    if not path.exists():
        raise ReportError(f"{path}: there is no such file; check the path.")
    if path.is_dir():
        raise ReportError(f"{path}: this is a folder; read it with read_reports.")
    if manifest_row is None:
        manifest = path.parent / MANIFEST
        manifest_row = _row_of(path, read_manifest(manifest)[0]) if manifest.is_file() else {}
    document = read_document(path)
    identity = {name: (manifest_row.get(name) or getattr(document, name, "") or "").strip() for name in IDENTITY}
    notes = list(document.notes)
    identity["published"], sentence = _iso_date(identity["published"])
    if sentence:
        notes.append(("date_unclear", sentence))
    return Report(
        id=path.stem,
        text=document.text,
        path=path,
        tables=document.tables,
        notes=tuple(notes),
        ocr=document.ocr,
        encoding=document.encoding,
        pages=document.pages,
        boxes=document.boxes,
        **identity,
    )


def read_reports(*paths: str | Path, progress: bool = False) -> ReportList:
    """Read files and folders (each folder with its manifest `reports.csv`); never raise for a single report.

    The result is a tuple of reports sorted by id; `.failures` names each file, row or folder that gave no report, and
    `.remarks` what was read but is odd, each with one sentence.
    """
    failures: list[Remark] = []
    remarks: list[Remark] = []
    reports: dict[str, Report] = {}
    jobs: dict[Path, tuple[Path, dict[str, str]]] = {}
    for path in map(Path, paths):
        for file, row in _files(path, failures, remarks):
            jobs.setdefault(file.resolve(), (file, row))
    taken: dict[str, Path] = {}
    waiting = list(jobs.values())
    if progress and len(waiting) > 1:
        from tqdm.auto import tqdm

        waiting = tqdm(waiting, desc="reading reports", unit="report")
    for file, row in waiting:
        if file.stem in taken:
            failures.append(
                Remark(file, f"{file}: the report id '{file.stem}' is already taken by {taken[file.stem]}; rename one.")
            )
            continue
        taken[file.stem] = file
        try:
            report = read_report(file, row)
        except ReportError as error:
            failures.append(Remark(file, str(error)))
            continue
        reports[report.id] = report
        remarks += [Remark(file, f"{file}: {sentence}") for _, sentence in report.notes]
    return ReportList((reports[key] for key in sorted(reports)), failures, remarks)


def read_manifest(path: str | Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Read a manifest into {report id: row} and the sentences about rows that can not be used.

    Columns: report, title, publisher, published, url, and optionally place, province; comma or semicolon, any encoding
    that `encodings` knows. Raises `ReportError` when the file has no column `report`.
    """
    path = Path(path)
    try:
        text = decode(path.read_bytes()).text
    except (OSError, EncodingError) as error:
        raise ReportError(f"{path}: the manifest can not be read ({error}); save it as CSV in UTF-8.") from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: dict[str, dict[str, str]] = {}
    sentences: list[str] = []
    try:
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        if "report" not in names:
            raise ReportError(
                f"{path}: the manifest has no column 'report'; its first line must name the columns "
                "report,title,publisher,published,url and optionally place,province."
            )
        reader.fieldnames = names
        for raw in reader:
            row = {name: (value or "").strip() for name, value in raw.items() if isinstance(name, str)}
            if not any(row.values()):
                continue
            key = row["report"]
            if None in raw:
                sentences.append(
                    f"{path}, line {reader.line_num}: the row of '{key}' has more cells than the first line has "
                    "columns and is not used; put a title or address that holds a comma into quotation marks."
                )
            elif not key:
                sentences.append(f"{path}, line {reader.line_num}: the row has no report; write the file's name there.")
            elif key in rows:
                sentences.append(
                    f"{path}, line {reader.line_num}: report '{key}' has a row already, the first one is used; "
                    "delete one of them."
                )
            else:
                rows[key] = row
    except csv.Error as error:
        raise ReportError(
            f"{path}, line {reader.line_num}: the manifest is no proper CSV ({error}); mend it."
        ) from error
    return rows, sentences


def _files(path: Path, failures: list[Remark], remarks: list[Remark]) -> Iterator[tuple[Path, dict[str, str] | None]]:
    """Each report file of `path` with its manifest row, problems going to `failures` and `remarks`."""
    if not path.exists():
        failures.append(Remark(path, f"{path}: there is no such file or folder; check the path."))
        return
    if path.is_file():
        if path.name == MANIFEST:
            failures.append(
                Remark(path, f"{path}: this is a manifest, no report; name the folder {path.parent} instead.")
            )
            return
        yield path, None
        return
    rows: dict[str, dict[str, str]] = {}
    manifest = path / MANIFEST
    if manifest.is_file():
        try:
            rows, sentences = read_manifest(manifest)
            failures += [Remark(manifest, sentence) for sentence in sentences]
        except ReportError as error:
            failures.append(Remark(manifest, str(error)))
    entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith((".", "~$")))
    listed = {id(row) for file in entries if (row := _row_of(file, rows))}
    folders = [entry for entry in entries if entry.is_dir() and not entry.name.endswith(("_files", ".fld"))]
    files = [
        file
        for file in entries
        if file.is_file() and file.name != MANIFEST and (file.suffix.lower() in SUFFIXES or _row_of(file, rows))
    ]
    if not files and not folders:
        failures.append(
            Remark(path, f"{path}: the folder holds no report; put .txt, .html, .docx, .pdf or .xlsx files there.")
        )
    elif files and not manifest.is_file():
        remarks.append(
            Remark(
                path, f"{path}: there is no manifest {MANIFEST}; reports have no publisher and date until you add it."
            )
        )
    for key, row in rows.items():
        if id(row) not in listed:
            failures.append(
                Remark(manifest, f"{manifest}: there is no file for the row '{key}'; add the file or delete the row.")
            )
    for file in files:
        row = _row_of(file, rows)
        if row is None and file.suffix.lower() == ".csv":
            remarks.append(
                Remark(
                    file, f"{file}: left aside, for it is a data file without a row in {MANIFEST}; add one to read it."
                )
            )
            continue
        if row is None and rows:
            remarks.append(Remark(file, f"{file}: has no row in {manifest}; it is read without publisher and date."))
        yield file, row or {}
    for folder in folders:
        yield from _files(folder, failures, remarks)


def _row_of(file: Path, rows: dict[str, dict[str, str]]) -> dict[str, str] | None:
    """The manifest row of a file, which may be written with or without the suffix."""
    return rows.get(file.name) or rows.get(file.stem)


def _iso_date(text: str) -> tuple[str, str]:
    """A date of publication as ISO text ("2023", "2023-12", "2023-12-05"), and a sentence when it is no date.

    >>> _iso_date("5/7/2023")
    ('2023-07-05', '')
    >>> _iso_date("2023-12")
    ('2023-12', '')
    >>> _iso_date("tháng trước")[0]
    ''
    """
    text = text.strip()
    if not text:
        return "", ""
    if _DATE.fullmatch(text):
        return text, ""
    if (found := re.match(r"(\d{4}-\d\d-\d\d)[T ]\d", text)) and _DATE.fullmatch(found[1]):
        return found[1], ""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        made = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        if _DATE.fullmatch(made):
            return made, ""
    return "", f"the date of publication '{text}' is no date; write it as 2023-12-31, 2023-12 or 2023."
