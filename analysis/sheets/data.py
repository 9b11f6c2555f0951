"""The data sheet: one row per figure, each leading to its source and, where there is one, to its sentence.

Its columns are data (`data/reference/data_columns.csv`): name in the tidy table, words, meaning, width and kind.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analysis import words
from analysis.files import REFERENCE
from analysis.sheets.edition import FIRST_DATA_ROW, SOURCE_HEADER, Edition
from analysis.sheets.packing import MAX_LINKS
from analysis.sheets.pages import Cell, Grid, Page, column_letter, reference

if TYPE_CHECKING:
    import pandas

COLUMNS = REFERENCE / "data_columns.csv"
_UNSAFE = re.compile("^[=+\\-@\t\r]|^#|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNSAFE_LINES = re.compile(_UNSAFE.pattern, re.MULTILINE)
LONG_TEXT = 30_000
MANY_ROWS = 20_000  # from here on links are given for runs of rows, not for each


@dataclass(frozen=True)
class Field:
    """A column of the data sheet: the table's column, its words, its width and what its cells hold."""

    name: str
    vi: str
    en: str
    meaning_vi: str
    meaning_en: str
    width: float = 12
    kind: str = "text"  # text, number, whole, date, words
    main: bool = False  # shown and printed; the others are folded away

    def title(self, lang: str) -> str:
        return words.say(self.vi, self.en, lang)


@lru_cache(maxsize=1)
def fields() -> tuple[Field, ...]:
    """The columns of the data sheet in their order; the folded ones come last."""
    with COLUMNS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Field(**{**row, "width": float(row["width"]), "main": bool(row["main"])}) for row in csv.DictReader(file)
        )


def fields_of(edition: Edition) -> list[Field]:
    """The columns that the edition's table has, and the two that are made for the sheet."""
    return [field for field in fields() if field.name in (*edition.table.columns, "indicator_id", "evidence")]


_PERIOD_KINDS = {
    "year": words.Word("năm", "year"),
    "half": words.Word("nửa năm", "half"),
    "months": words.Word("số tháng", "months"),
    "quarter": words.Word("quý", "quarter"),
    "month": words.Word("tháng", "month"),
    "span": words.Word("giai đoạn", "span"),
}


def data_pages(edition: Edition) -> Iterator[Page]:
    """The rows of the table, one per figure, on as many sheets as Excel's limits ask for."""
    names = edition.data_pages
    shown = fields_of(edition)
    for number, name in enumerate(names):
        first = number * edition.rows_per_page
        part = edition.table.iloc[first : first + edition.rows_per_page]
        yield _data_page(edition, name, shown, part, first)


def _data_page(edition: Edition, name: str, fields: Sequence[Field], part: pandas.DataFrame, first: int) -> Page:
    headers = tuple(field.title(edition.lang) for field in fields)
    single = len(part) * 2 <= MAX_LINKS and len(part) <= MANY_ROWS
    back = Cell(
        edition.short("← Mục lục", "← Contents"), "link_plain", link=reference(edition.short("Bìa", "Cover"), "A1")
    )
    hint = edition.say(
        f"Mỗi dòng là một số liệu trong một nguồn ({words.format_number(len(part))} dòng). Các cột ít dùng được gập "
        "lại, bấm dấu + phía trên để mở.",
        f"One row per figure of a source ({words.format_number(len(part), lang='en')} rows). Less used columns are "
        "folded; press + above them.",
    )
    top = [
        [back],
        [Cell(edition.say("Số liệu", "Data"), "title")],
        [Cell(hint, "subtitle")],
        [Cell(header, "head") for header in headers],
    ]

    def rows() -> Iterator[Sequence[Any]]:
        yield from top
        yield from _data_rows(edition, fields, part, first, single)

    styles, text = (_FIELD_STYLES, ("line", "")) if single else (_BARE_STYLES, ("", ""))
    number = f"_{first // edition.rows_per_page + 1}" if len(edition.data_pages) > 1 else ""
    return Page(
        name,
        edition.say("Số liệu", "Data"),
        rows(),
        [field.width for field in fields],
        grid=Grid(
            edition.short("So_lieu", "Data") + number,
            FIRST_DATA_ROW - 1,
            FIRST_DATA_ROW - 1 + len(part),
            headers,
            stripes=not single,
        ),
        freeze=f"D{FIRST_DATA_ROW}",
        repeat_rows=f"{FIRST_DATA_ROW - 1}:{FIRST_DATA_ROW - 1}",
        pages_wide=2,
        repeat_columns="A:C",
        folded=[n for n, field in enumerate(fields, 1) if not field.main],
        column_styles=[styles.get(field.kind, text) for field in fields],
        range_links=[] if single else list(_run_links(edition, fields, first, len(part))),
        heights={FIRST_DATA_ROW - 1: 34},
        fit_rows=False,
        blanks=single,
    )


_BARE_STYLES = {"date": ("bare", "dd/mm/yyyy")}  # of long sheets: no grid, the table's own stripes
_FIELD_STYLES = {"number": ("number", "#,##0"), "whole": ("number", "0"), "date": ("date", "dd/mm/yyyy")}


def _data_rows(
    edition: Edition, fields: Sequence[Field], part: pandas.DataFrame, first: int, single: bool, chunk: int = 4_000
) -> Iterator[list[Any]]:
    sources = reference(edition.short("Nguồn", "Sources"), "A{}")
    source_at = next(n for n, field in enumerate(fields) if field.name == "source_title")
    evidence_at = next(n for n, field in enumerate(fields) if field.name == "evidence")
    writers = [_writer(edition, field) for field in fields]
    for begin in range(0, len(part), chunk):
        block = part.iloc[begin : begin + chunk]
        columns = []
        for field, write in zip(fields, writers, strict=True):
            column = {"indicator_id": "indicator", "evidence": "key"}.get(field.name, field.name)
            columns.append(_column(write, block[column].astype(object).tolist()))
        reports = block["report"].tolist()
        keys = block["key"].tolist()
        for offset, row in enumerate(zip(*columns, strict=True)):
            line = list(row)
            if single:
                number = edition.source_numbers[first + begin + offset]
                line[source_at] = Cell(
                    line[source_at] or f"[{number}]",
                    "link_cell",
                    link=sources.format(number + SOURCE_HEADER),
                    tip=f"[{number}]",
                )
            if reports[offset] in edition.evidence:
                address = evidence_address(reports[offset], keys[offset])
                text = edition.short("xem", "view")
                line[evidence_at] = Cell(text, "link_cell", link=address, inside=False) if single else text
            else:
                line[evidence_at] = None
            yield line


def _column(write: Callable[[Any], Any], values: list[Any]) -> list[Any]:
    """The values of a column as they are written; clean texts are looked at together, not one by one."""
    if write is _text and not _UNSAFE_LINES.search("\n".join(map(str, values))):
        return [value if type(value) is str and value and len(value) < LONG_TEXT else write(value) for value in values]
    return [write(value) for value in values]


def evidence_address(report: str, key: str = "") -> str:
    """The address of a figure's sentence beside the workbook."""
    from analysis.evidence import address

    return address(report, key)


def _run_links(edition: Edition, fields: Sequence[Field], first: int, count: int) -> Iterator[tuple[str, str, bool]]:
    """One link for each run of rows of one source: in a long sheet a link per row would pass Excel's limit."""
    source = column_letter(next(n for n, field in enumerate(fields, 1) if field.name == "source_title"))
    evidence = column_letter(next(n for n, field in enumerate(fields, 1) if field.name == "evidence"))
    name = edition.short("Nguồn", "Sources")
    reports = {s.number: s.report for s in edition.sources}
    begin, made = 0, 0
    for position in range(1, count + 1):
        numbers = edition.source_numbers
        if position < count and numbers[first + position] == numbers[first + begin]:
            continue
        number = numbers[first + begin]
        low, high = begin + FIRST_DATA_ROW, position - 1 + FIRST_DATA_ROW
        if made < MAX_LINKS - 2:
            yield f"{source}{low}:{source}{high}", reference(name, f"A{number + SOURCE_HEADER}"), True
            made += 1
            if reports[number] in edition.evidence:
                yield f"{evidence}{low}:{evidence}{high}", evidence_address(reports[number]), False
                made += 1
        begin = position


def _writer(edition: Edition, field: Field) -> Callable[[Any], Any]:
    """How a value of a column is written; words are looked up once per code."""
    lang = edition.lang
    cache: dict[Any, Any] = {}

    def remembered(look_up: Callable[[str], Any]) -> Callable[[Any], Any]:
        def write(value: Any) -> Any:
            if value not in cache:
                cache[value] = look_up(value) or None
            return cache[value]

        return write

    if field.kind in ("number", "whole"):
        return _number
    if field.kind == "date":
        return remembered(as_date)
    if field.kind == "yes":
        yes = words.say("có", "yes", lang)
        return lambda value: yes if value else None
    if field.name == "indicator":
        return remembered(edition.name)
    if field.kind == "words":
        return remembered(_WORDS[field.name](lang))
    return _text


def _text(value: Any) -> Any:
    """A text as a bare value; as a cell of its own where it must be kept from being a formula, or is not clean."""
    if not isinstance(value, str) or not value:
        return None
    return Cell(value, "line") if _UNSAFE.search(value) or len(value) >= LONG_TEXT else value


def _number(value: Any) -> Any:
    if value is None or value is _missing() or value != value:
        return None
    return value


def _missing() -> Any:
    import pandas

    return pandas.NA


def _word_of(table: Mapping[str, words.Word], lang: str) -> Callable[[str], str]:
    return lambda code: table[code].label(lang) if code in table else code


def _standard_of(lang: str) -> Callable[[str], str]:
    from analysis.definitions import standard_name

    return lambda standard: standard_name(standard, lang) if standard else ""


_WORDS: dict[str, Callable[[str], Callable[[str], str]]] = {
    "variant": lambda lang: lambda code: words.variant_text(code, lang),
    "unit": lambda lang: lambda code: words.unit_text(code, lang),
    "qualifier": lambda lang: _word_of(words.QUALIFIERS, lang),
    "status": lambda lang: _word_of(words.STATUSES, lang),
    "period": lambda lang: lambda code: words.format_period(code, lang, short=True) if code else "",
    "standard": _standard_of,
    "flags": lambda lang: lambda codes: words.flags_text(codes, lang),
    "period_kind": lambda lang: _word_of(_PERIOD_KINDS, lang),
    "level": lambda lang: _word_of(words.LEVELS, lang),
    "standard_basis": lambda lang: lambda code: words.STANDARD_BASES[code].label(lang) if code else "",
    "kind": lambda lang: _word_of(words.KINDS, lang),
    "direction": lambda lang: _word_of(words.DIRECTIONS, lang),
    "origin": lambda lang: _word_of(words.ORIGINS, lang),
}


def as_date(value: Any) -> Any:
    """A full ISO date as a date, a month or year as text as exact as it is, anything missing as None.

    >>> as_date("2023-12-05"), as_date("2023-12"), as_date("")
    (datetime.date(2023, 12, 5), '12/2023', None)
    """
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return datetime.date.fromisoformat(value)
        return words.format_date(value) or None
    return None if value is None or value != value else value.date()
