"""The lists of a workbook as pages: cover with contents, findings, data, sources, notes, dictionary of columns."""

from __future__ import annotations

import csv
import datetime
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import words
from analysis.workbook_edition import FIRST_DATA_ROW, Edition, Source
from analysis.workbook_notes import prose
from analysis.workbook_pages import MAX_LINKS, Cell, Grid, Page, column_letter, reference

if TYPE_CHECKING:
    import pandas

DEFINITIONS_VI = Path(__file__).resolve().parent.parent / "data" / "reference" / "indicator_definitions_vi.csv"
_UNSAFE = re.compile("^[=+\\-@\t\r]|^#|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
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


FIELDS: tuple[Field, ...] = (
    Field("key", "Mã số liệu", "Key", "Mã cố định của dòng, không đổi giữa các lần chạy.",
          "Stable identifier of the row, equal at every run.", 14, main=True),
    Field("province", "Tỉnh, thành phố", "Province", "Tỉnh hoặc thành phố trực thuộc trung ương, theo địa giới của thời kỳ.",
          "Province as of the period.", 15, main=True),
    Field("place", "Địa bàn", "Place", "Tên địa bàn kèm loại đơn vị hành chính.", "Name of the place with its type.", 22,
          main=True),
    Field("indicator", "Chỉ tiêu", "Indicator", "Tên chỉ tiêu; mã ở cột “Mã chỉ tiêu”.",
          "Name of the indicator; its id is in “Indicator id”.", 38, "words", main=True),
    Field("variant", "Loại, phạm vi", "Variant", "Phân biệt khi cùng một tên có nhiều cách hiểu; trống khi nguồn không nêu.",
          "Which of several quantities of one name; blank when the source does not tell.", 24, "words", main=True),
    Field("value", "Giá trị", "Value", "Con số, theo đơn vị tính ở cột bên.", "The figure, in the unit of the next column.",
          11, "number", main=True),
    Field("unit", "ĐVT", "Unit", "Đơn vị tính.", "Unit of the figure.", 12, "words", main=True),
    Field("of", "Trong tổng số", "Of", "Mẫu số nêu trong nguồn: “9/13 xã” có giá trị 9 trong tổng số 13.",
          "Denominator stated by the source: “9/13 communes” is 9 of 13.", 9, "number", main=True),
    Field("qualifier", "Mức chính xác", "Qualifier", "Từ đi trước con số trong nguồn: khoảng, trên, ít nhất, dưới, không quá; "
          "trống là số chính xác.", "The word before the number: about, more than, at least, less than, at most; blank if exact.",
          10, "words", main=True),
    Field("status", "Loại số liệu", "Status", "Thực hiện, ước tính, kế hoạch hoặc đề nghị công nhận.",
          "Actual, estimate, target or proposed.", 11, "words", main=True),
    Field("period", "Thời kỳ", "Period", "Thời kỳ mà số liệu nói tới; số cuối năm 2020 ghi 2020.",
          "The period of the figure; a level at the end of 2020 is 2020.", 13, "words", main=True),
    Field("standard", "Chuẩn áp dụng", "Standard", "Chuẩn hoặc định nghĩa có hiệu lực; chỉ so sánh số liệu cùng chuẩn.",
          "The definition in force; only figures of one standard are comparable.", 31, "words", main=True),
    Field("plan_pct", "% kế hoạch", "% of plan", "Tỷ lệ so với kế hoạch do nguồn nêu.", "Share of the plan as the source "
          "states it.", 9, "number", main=True),
    Field("yoy_pct", "% cùng kỳ", "% of year before", "Tỷ lệ so với cùng kỳ năm trước do nguồn nêu (100 là bằng).",
          "Percent of the same period a year before as stated (100 is equal).", 9, "number", main=True),
    Field("flags", "Lưu ý", "Caveats", "Các lưu ý về số liệu, giải thích ở trang Ghi chú.",
          "Caveats, explained in the notes.", 22, "words", main=True),
    Field("quote", "Câu trích", "Quote", "Nguyên văn trong nguồn mà số liệu được đọc ra.",
          "The words of the source that state the figure.", 50, main=True),
    Field("source_title", "Nguồn", "Source", "Tên bài, văn bản; bấm để tới danh mục nguồn.",
          "Title of the document; click for the list of sources.", 32, main=True),
    Field("published", "Ngày công bố", "Published", "Ngày công bố của nguồn (ngày, tháng hoặc năm).",
          "Date of publication (day, month or year).", 11, "date", main=True),
    Field("evidence", "Câu gốc", "Evidence", "Mở trang báo cáo có đánh dấu câu chứa số liệu (khi có).",
          "Opens the report with the sentence marked (where there is one).", 9, "evidence", main=True),
    Field("used", "Dùng để so sánh", "Used", "“có” khi các bảng và so sánh dùng dòng này.",
          "“yes” when tables and comparisons use this row.", 9, "yes", main=True),
    Field("used_because", "Lý do chọn", "Why used", "Vì sao dòng được dùng hoặc không được dùng.",
          "Why the row is used or not.", 26),
    Field("value_max", "Đến (giá trị)", "Upper value", "Số cuối khi nguồn ghi một khoảng.", "The end of a range.", 11, "number"),
    Field("year", "Năm", "Year", "Năm cuối của thời kỳ.", "The year in which the period ends.", 7, "whole"),
    Field("period_kind", "Loại thời kỳ", "Kind of period", "Năm, nửa năm, số tháng, quý, tháng, giai đoạn.",
          "Year, half, months, quarter, month, span.", 10, "words"),
    Field("period_start", "Từ ngày", "Period from", "Ngày đầu của thời kỳ.", "First day of the period.", 11, "date"),
    Field("period_end", "Đến ngày", "Period to", "Ngày cuối của thời kỳ.", "Last day of the period.", 11, "date"),
    Field("level", "Cấp", "Level", "Cấp hành chính.", "Administrative level.", 10, "words"),
    Field("place_code", "Mã địa bàn", "Place code", "Mã đơn vị hành chính chính thức tại thời kỳ.",
          "Official code at the period.", 9),
    Field("indicator_id", "Mã chỉ tiêu", "Indicator id", "Mã chỉ tiêu trong danh mục.", "Id in the catalogue.", 22),
    Field("members", "Danh sách kèm theo", "Members", "Tên được liệt kê cho số liệu (ví dụ các xã đạt chuẩn).",
          "Names listed for the figure.", 24),
    Field("standard_basis", "Căn cứ xác định chuẩn", "Basis of standard", "Nguồn nêu rõ hay suy ra từ thời kỳ.",
          "Stated by the source or following from the period.", 16, "words"),
    Field("kind", "Tính chất", "Kind", "Tỷ lệ, số thời điểm hoặc số thời kỳ.", "Rate, stock or flow.", 12, "words"),
    Field("direction", "Chiều đánh giá", "Direction", "Cao hơn hay thấp hơn là tốt hơn.", "Whether higher or lower is better.",
          18, "words"),
    Field("derived", "Số tính toán", "Derived", "“có” khi nguồn không in số này mà được tính từ số in.",
          "“yes” when computed from printed figures.", 8, "yes"),
    Field("conflict", "Nhóm mâu thuẫn", "Conflict group", "Các dòng cùng nhóm nêu giá trị khác nhau cho một số liệu.",
          "Rows of one group state different values for one figure.", 14),
    Field("duplicate_of", "Trùng với dòng", "Duplicate of", "Mã dòng mà dòng này lặp lại.", "The row that this one repeats.", 14),
    Field("origin", "Xuất xứ", "Origin", "Trích từ báo cáo hay từ bảng số liệu đã công bố.",
          "From a report or from the published tables.", 14, "words"),
    Field("report", "Mã báo cáo", "Report", "Mã báo cáo hoặc mã nguồn.", "Id of the report or source.", 20),
    Field("publisher", "Cơ quan công bố", "Publisher", "Cơ quan, báo, trang công bố.", "Who published it.", 22),
    Field("url", "Địa chỉ", "Address", "Địa chỉ trang nguồn.", "Address of the source.", 30),
    Field("where", "Vị trí trong bảng", "Where", "Trang, bảng, hàng, cột khi số liệu nằm trong bảng.",
          "Page or sheet, table, row, column for a figure of a table.", 24),
    Field("start", "Ký tự đầu", "Start", "Vị trí ký tự đầu của câu trích trong văn bản gốc.",
          "First character of the quote in the original text.", 8, "whole"),
    Field("end", "Ký tự cuối", "End", "Vị trí ký tự sau cùng của câu trích.", "One past its last character.", 8, "whole"),
    Field("rule", "Quy tắc đọc", "Rule", "Quy tắc đã gắn con số với chỉ tiêu.", "The rule that bound the number.", 16),
    Field("remark", "Ghi chú của người thu thập", "Remark", "Ghi chú kèm theo số liệu đã công bố.",
          "Remark kept with a published figure.", 26),
)

_PERIOD_KINDS = {
    "year": words.Word("năm", "year"), "half": words.Word("nửa năm", "half"), "months": words.Word("số tháng", "months"),
    "quarter": words.Word("quý", "quarter"), "month": words.Word("tháng", "month"), "span": words.Word("giai đoạn", "span"),
}


# --- data ---------------------------------------------------------------------------------------------------------


def data_pages(edition: Edition) -> Iterator[Page]:
    """The rows of the table, one per figure, on as many sheets as Excel's limits ask for."""
    names = edition.data_pages
    fields = [field for field in FIELDS if field.name in (*edition.table.columns, "indicator_id", "evidence")]
    for number, name in enumerate(names):
        first = number * edition.rows_per_page
        part = edition.table.iloc[first:first + edition.rows_per_page]
        yield _data_page(edition, name, fields, part, first)


def _data_page(edition: Edition, name: str, fields: Sequence[Field], part: pandas.DataFrame, first: int) -> Page:
    headers = tuple(field.title(edition.lang) for field in fields)
    single = len(part) * 2 <= MAX_LINKS and len(part) <= MANY_ROWS
    back = Cell(edition.short("← Mục lục", "← Contents"), "link_plain", link=reference(edition.short("Bìa", "Cover"), "A1"))
    hint = edition.say(
        f"Mỗi dòng là một số liệu trong một nguồn ({len(part):,} dòng). Các cột ít dùng được gập lại, bấm dấu + phía trên để mở."
        .replace(",", "."),
        f"One row per figure of a source ({len(part):,} rows). Less used columns are folded; press + above them.")
    top = [[back], [Cell(edition.say("Số liệu", "Data"), "title")], [Cell(hint, "subtitle")],
           [Cell(header, "head") for header in headers]]

    def rows() -> Iterator[Sequence[Any]]:
        yield from top
        yield from _data_rows(edition, fields, part, first, single)

    styles, text = (_FIELD_STYLES, ("line", "")) if single else (_BARE_STYLES, ("", ""))
    number = f"_{first // edition.rows_per_page + 1}" if len(edition.data_pages) > 1 else ""
    return Page(
        name, edition.say("Số liệu", "Data"), rows(), [field.width for field in fields],
        grid=Grid(edition.short("So_lieu", "Data") + number, FIRST_DATA_ROW - 1, FIRST_DATA_ROW - 1 + len(part), headers,
                  stripes=not single),
        freeze=f"D{FIRST_DATA_ROW}", repeat_rows=f"{FIRST_DATA_ROW - 1}:{FIRST_DATA_ROW - 1}", pages_wide=2,
        repeat_columns="A:C", folded=[n for n, field in enumerate(fields, 1) if not field.main],
        column_styles=[styles.get(field.kind, text) for field in fields],
        range_links=[] if single else list(_run_links(edition, fields, first, len(part))),
        heights={FIRST_DATA_ROW - 1: 34}, fit_rows=False, blanks=single,
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
        block = part.iloc[begin:begin + chunk]
        columns = []
        for field, write in zip(fields, writers, strict=True):
            column = {"indicator_id": "indicator", "evidence": "key"}.get(field.name, field.name)
            columns.append([write(value) for value in block[column].astype(object).tolist()])
        reports = block["report"].tolist()
        keys = block["key"].tolist()
        for offset, row in enumerate(zip(*columns, strict=True)):
            line = list(row)
            if single:
                number = edition.source_numbers[first + begin + offset]
                line[source_at] = Cell(line[source_at] or f"[{number}]", "link_cell",
                                       link=sources.format(number + SOURCE_HEADER), tip=f"[{number}]")
            if reports[offset] in edition.evidence:
                address = evidence_address(reports[offset], keys[offset])
                text = edition.short("xem", "view")
                line[evidence_at] = Cell(text, "link_cell", link=address, inside=False) if single else text
            else:
                line[evidence_at] = None
            yield line


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
    return Cell(value, "line") if _UNSAFE.search(value) or len(value) > 30_000 else value


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


# --- sources, notes, dictionary, findings -------------------------------------------------------------------------

SOURCE_HEADER = 4  # row of the header; source number n stands n rows below


def sources_page(edition: Edition, name: str) -> Page:
    """The list of sources: number, title, publisher, date, address, how many figures; reports without figures too."""
    heads = [edition.short("Số", "No."), edition.say("Tên bài, văn bản", "Title"),
             edition.say("Cơ quan công bố", "Publisher"), edition.say("Ngày công bố", "Published"),
             edition.say("Địa chỉ", "Address"), edition.say("Số số liệu", "Figures"), edition.say("Mã báo cáo", "Report")]
    widths = [6.0, 52.0, 26.0, 12.0, 48.0, 9.0, 22.0]
    rows = _list_top(edition, edition.say("Danh mục nguồn", "Sources"), edition.say(
        f"{len(edition.sources)} nguồn; bấm địa chỉ để mở trang gốc, bấm số số liệu để tới dòng đầu tiên trong Số liệu.",
        f"{len(edition.sources)} sources; the address opens the original page, the count leads to its first data row."))
    rows.append([Cell(text, "head") for text in heads])
    links = 0
    for source in edition.sources:
        links += 2
        rows.append(_source_row(edition, source, links < MAX_LINKS))
    header = SOURCE_HEADER
    return Page(
        name, edition.say("Danh mục nguồn", "Sources"), rows, widths, freeze=f"C{header + 1}",
        grid=Grid(edition.short("Nguon", "Sources"), header, header + len(edition.sources), tuple(heads)),
        repeat_rows=f"{header}:{header}",
    )


def _source_row(edition: Edition, source: Source, linked: bool) -> list[Any]:
    address = source.url if linked and re.match(r"https?://[^\s]+$", source.url) and len(source.url) < 2_000 else ""
    first = edition.data_link(edition.table["key"].iloc[source.first_row]) if source.first_row >= 0 and linked else ""
    none = edition.say("không tìm thấy số liệu", "no figure found")
    return [
        Cell(source.number, "order"), Cell(source.title or source.report, "cell_top"), Cell(source.publisher, "cell_top"),
        Cell(as_date(source.published), "date", "dd/mm/yyyy"),
        Cell(source.url or None, "link_cell" if address else "line", link=address, inside=False),
        Cell(source.figures, "number", "#,##0", link=first) if source.figures else Cell(none, "missing"),
        Cell(source.report, "cell_top"),
    ]


def notes_page(edition: Edition, name: str) -> Page:
    """What every mark, word and caveat means, and how each indicator is defined."""
    lang = edition.lang
    widths = [26.0, 76.0, 26.0]
    rows = _list_top(edition, edition.say("Ghi chú và định nghĩa", "Notes and definitions"), edition.say(
        "Ý nghĩa của các ký hiệu, lưu ý và chỉ tiêu trong tệp này.", "What the marks, caveats and indicators of this file mean."))
    rows.append([Cell(edition.say("1. Ký hiệu trong các biểu", "1. Marks in the tables"), "heading")])
    for mark, word in words.MARKS.items():
        rows.append(_definition_row(word.label(lang) if not mark else mark, word.meaning(lang)))
    for mark, vi, en in _SIGNS:
        rows.append(_definition_row(edition.short(*mark.split("|")) if "|" in mark else mark, edition.say(vi, en)))
    rows += [[], [Cell(edition.say("2. Loại số liệu", "2. Status of figures"), "heading")]]
    counts = edition.table["status"].value_counts()
    rows.append(_count_head(edition))
    for code, word in words.STATUSES.items():
        rows.append([*_definition_row(word.label(lang), word.meaning(lang)), Cell(int(counts.get(code, 0)), "number", "#,##0")])
    rows += [[], [Cell(edition.say("3. Lưu ý về số liệu", "3. Caveats"), "heading")], _count_head(edition)]
    flags = edition.table["flags"].str.split("|").explode().value_counts()
    for code, word in words.FLAGS.items():
        rows.append([*_definition_row(word.label(lang), word.meaning(lang)), Cell(int(flags.get(code, 0)), "number", "#,##0")])
    rows += [[], [Cell(edition.say("4. Chỉ tiêu: định nghĩa và căn cứ", "4. Indicators: definitions and legal basis"), "heading")]]
    rows.append([Cell(text, "head") for text in (edition.say("Chỉ tiêu", "Indicator"), edition.say("Định nghĩa, căn cứ",
                 "Definition, basis"), edition.say("ĐVT; chiều đánh giá", "Unit; direction"))])
    for indicator in edition.indicators:
        rows.append(_indicator_row(edition, indicator))
    return Page(name, edition.say("Ghi chú và định nghĩa", "Notes and definitions"), rows, widths, freeze="A4")


_SIGNS = (
    ("> ≥ < ≤ ≈", "Nguồn ghi “trên”, “ít nhất”, “dưới”, “không quá”, “khoảng” trước con số.",
     "The source writes “more than”, “at least”, “less than”, “at most”, “about” before the number."),
    ("9/13", "Số đạt trên tổng số: 9 trong 13. Ô chứa số 9; tổng số nằm ở trang Số liệu.",
     "Count of a total: 9 of 13. The cell holds 9; the total is in the data."),
    ("ư|e", "Số ước tính, chưa chính thức.", "Estimate, not final."),
    ("*", "Số liệu có lưu ý, xem mục 3 và cột Lưu ý ở trang Số liệu.", "Figure with a caveat; see section 3 and the data."),
    ("†", "Theo cách tính khác với phần lớn địa bàn, không so sánh được.", "Follows another definition, not comparable."),
    ("′", "Cùng thời kỳ nhưng theo cách tính khác (cột thứ hai cùng tên).",
     "The same period by another definition (second column of the name)."),
    ("KH|Plan", "Kế hoạch hoặc mục tiêu của thời kỳ.", "Target of the period."),
    ("A, B, C, D", "Nhóm tứ phân vị trong bảng điểm, A tốt nhất.", "Quarters of the scorecard, A the best."),
)


def _definition_row(term: str, text: str) -> list[Any]:
    return [Cell(term, "cell_top"), Cell(text, "cell_top")]


def _meaning(indicator: str, known: Any, lang: str) -> str:
    """The definition of an indicator in the reader's language, from the file of Vietnamese ones or the catalogue."""
    vietnamese = _vietnamese_definitions().get(indicator, "")
    if lang == "vi" and vietnamese:
        return vietnamese
    return known.definition if known else ""


@lru_cache(maxsize=1)
def _vietnamese_definitions() -> dict[str, str]:
    with DEFINITIONS_VI.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["definition_vi"] for row in csv.DictReader(file)}


def _count_head(edition: Edition) -> list[Any]:
    return [Cell(edition.say("Tên", "Name"), "head"), Cell(edition.say("Ý nghĩa", "Meaning"), "head"),
            Cell(edition.say("Số dòng", "Rows"), "head")]


def _indicator_row(edition: Edition, indicator: str) -> list[Any]:
    from analysis.definitions import load_definitions

    known = edition.catalogue.get(indicator)
    lang = "vi" if edition.lang == "vi-en" else edition.lang
    family = load_definitions().family_of.get(indicator)
    used = set(edition.table.loc[edition.table["indicator"] == indicator, "standard"])
    laws = [f"{standard.name(lang)}: {standard.law}" for standard in (family.standards if family else ())
            if standard.id in used and standard.law]
    meaning = _meaning(indicator, known, lang)
    text = ". ".join(part.rstrip(".") for part in (meaning, "; ".join(laws)) if part) + "."
    unit = edition.unit(indicator)
    direction = words.DIRECTIONS[known.direction].label(lang) if known else ""
    return [Cell(edition.name(indicator), "cell_top"), Cell(text, "cell_top"),
            Cell("; ".join(part for part in (unit, direction) if part), "cell_top")]


def dictionary_page(edition: Edition, name: str) -> Page:
    """What each column of the data holds, with its name in the table of the suite."""
    heads = [edition.short("STT", "No."), edition.say("Cột", "Column"), edition.say("Tên trong bảng gốc", "Name in the table"),
             edition.say("Ý nghĩa", "Meaning"), edition.say("Kiểu", "Type")]
    kinds = {"number": ("số", "number"), "whole": ("số nguyên", "whole number"), "date": ("ngày", "date"),
             "yes": ("có/trống", "yes/blank"), "evidence": ("liên kết", "link")}
    rows = _list_top(edition, edition.say("Từ điển cột", "Dictionary of columns"),
                     edition.say("Các cột của trang Số liệu.", "The columns of the data sheet."))
    rows.append([Cell(text, "head") for text in heads])
    fields = [field for field in FIELDS if field.name in (*edition.table.columns, "indicator_id", "evidence")]
    for number, field in enumerate(fields, 1):
        rows.append([
            Cell(number, "order"), Cell(field.title(edition.lang), "cell_top"), Cell(field.name, "cell_top"),
            Cell(edition.say(field.meaning_vi, field.meaning_en), "cell_top"),
            Cell(edition.say(*kinds.get(field.kind, ("chữ", "text"))), "cell_top"),
        ])
    return Page(name, edition.say("Từ điển cột", "Dictionary"), rows, [6.0, 24.0, 20.0, 64.0, 13.0], freeze="A5",
                repeat_rows="4:4", grid=Grid(edition.short("Tu_dien", "Dictionary"), 4, 4 + len(fields), tuple(heads)))


def findings_page(edition: Edition, findings: Any, name: str) -> Page:
    """The review queue: what to check, how badly, on which row."""
    heads = [edition.short("STT", "No."), edition.say("Mức độ", "Severity"), edition.say("Địa bàn", "Place"),
             edition.say("Chỉ tiêu", "Indicator"), edition.say("Thời kỳ", "Period"), edition.say("Điều cần xem", "What to check"),
             edition.say("Loại", "Kind"), edition.say("Mã số liệu", "Key")]
    widths = [6.0, 12.0, 22.0, 26.0, 13.0, 70.0, 24.0, 15.0]
    lang, records = edition.lang, findings.to_dict("records")
    rows = _list_top(edition, edition.say("Các điểm cần rà soát", "Findings for review"), edition.say(
        f"{len(records)} điểm; bấm mã số liệu để tới dòng tương ứng.", f"{len(records)} findings; the key leads to the data row."))
    rows.append([Cell(text, "head") for text in heads])
    for number, row in enumerate(records, 1):
        severity, code = row.get("severity", ""), row.get("code", "")
        indicator = row.get("indicator", "")
        period = row.get("period", "")
        rows.append([
            Cell(number, "order"), Cell(words.severity_text(severity, lang), "cell_top"), Cell(row.get("place", ""), "cell_top"),
            Cell(edition.name(indicator) if indicator else "", "cell_top"),
            Cell(words.format_period(period, lang, short=True) if period else "", "cell_top"),
            Cell(row.get("sentence", ""), "cell_top"), Cell(_finding_kind(code, lang), "cell_top"),
            Cell(row.get("key", ""), "link_cell", link=edition.data_link(row.get("key", ""))),
        ])
    if not records:
        rows.append([None, Cell(edition.say("Không có điểm nào cần rà soát.", "Nothing to review."), "note")])
    grid = Grid(edition.short("Ra_soat", "Findings"), 4, 4 + len(records), tuple(heads)) if records else None
    return Page(name, edition.say("Rà soát", "Findings"), rows, widths, freeze="A5", repeat_rows="4:4", grid=grid)


def _finding_kind(code: str, lang: str) -> str:
    from analysis.checks import CODES

    return words.say(CODES[code][1], CODES[code][2], lang) if code in CODES else words.flags_text(code, lang)


def _list_top(edition: Edition, title: str, subtitle: str) -> list[list[Any]]:
    back = Cell(edition.short("← Mục lục", "← Contents"), "link_plain", link=reference(edition.short("Bìa", "Cover"), "A1"))
    return [[back], [Cell(title, "title")], [Cell(subtitle, "subtitle")]]


# --- cover --------------------------------------------------------------------------------------------------------


def cover_page(edition: Edition, name: str, contents: Sequence[tuple[str, str, str]], findings: int) -> Page:
    """Title, scope, date, contact, how to read it, and the contents with links: (label, title, sheet)."""
    widths = [17.0, 62.0, 13.0]
    width = sum(widths)
    table = edition.table
    rows: list[list[Any]] = []
    if edition.issuer:
        rows += prose(edition.issuer.upper(), width, "heading", 0.9)
    rows.append([])
    rows += [[Cell(line, "cover")] for line in textwrap.wrap(edition.title, 44)]
    rows.append([])
    years = [int(year) for year in table["year"].dropna()]
    span = f"{min(years)}–{max(years)}" if years else ""
    provinces = list(dict.fromkeys(place.province for place in edition.places if place.province))
    where = "; ".join(provinces) if 0 < len(provinces) <= 8 else edition.say(f"{len(provinces)} tỉnh, thành phố",
                                                                             f"{len(provinces)} provinces")
    facts = [
        (edition.say("Phạm vi", "Scope"), f"{where}: " + edition.say(
            f"{len(edition.places)} địa bàn, {len(edition.indicators)} chỉ tiêu",
            f"{len(edition.places)} places, {len(edition.indicators)} indicators")),
        (edition.say("Thời kỳ", "Period"), span),
        (edition.say("Số liệu", "Figures"), edition.say(
            f"{_count(len(table), 'vi')} số liệu từ {_count(len(edition.sources), 'vi')} nguồn; {_count(findings, 'vi')} điểm "
            "cần rà soát",
            f"{_count(len(table), 'en')} figures from {_count(len(edition.sources), 'en')} sources; "
            f"{_count(findings, 'en')} findings for review")),
        (edition.say("Ngày lập", "Made on"), edition.date),
        (edition.say("Liên hệ", "Contact"), edition.contact or edition.say("(chưa ghi)", "(not given)")),
    ]
    for label, value in facts:
        shown = Cell(value, "date_left", "dd/mm/yyyy") if isinstance(value, datetime.date) else Cell(value, "text")
        rows.append([Cell(label, "label"), shown])
    rows += [[], [Cell(edition.say("Cách đọc", "How to read this file"), "heading")]]
    for line in _how_to_read(edition):
        rows += prose("• " + line, width, "body", 1.02)
    for remark in edition.remarks:
        rows += prose("• " + remark, width, "body", 1.02)
    rows += [[], [Cell(edition.say("Mục lục", "Contents"), "heading")]]
    for label, title, page in contents:
        rows.append([Cell(label, "link", link=reference(page, "A1")) if label else None, Cell(title, "link", link=reference(page, "A1"))])
    return Page(name, edition.title, rows, widths, landscape=False, one_page=len(rows) < 75, numbered=False)


def _count(number: int, lang: str) -> str:
    return words.format_number(number, 0, lang)


def _how_to_read(edition: Edition) -> list[str]:
    return [
        edition.say("Mỗi con số dẫn về nguồn: bấm vào số trong biểu để tới dòng số liệu (câu trích, lưu ý), từ đó tới nguồn.",
                    "Every figure leads to its source: click it to reach its data row with quote and caveats, then the source."),
        edition.say("Chỉ so sánh số liệu cùng chỉ tiêu, cùng cách tính, cùng loại thời kỳ; chỗ đổi chuẩn được ngăn bằng cột gạch chéo.",
                    "Only figures of one indicator, definition and kind of period are compared; a hatched column marks a break."),
        edition.say("“-” là không có hiện tượng phát sinh; “...” là có phát sinh nhưng chưa thu thập được; ô trống là không áp dụng.",
                    "“-” did not occur; “...” occurred but no figure was collected; a blank cell does not apply."),
        edition.say("Số nghiêng là công thức (hạng, chênh lệch, trung bình), tự tính lại khi sửa số; số đứng là số trong nguồn.",
                    "Figures in italics are live formulas (rank, difference, mean); upright ones are those of the sources."),
        edition.say("Đây là tập hợp những gì các nguồn nêu, không phải điều tra đầy đủ: không có số không có nghĩa là bằng không.",
                    "This collects what the sources state and is no full survey: a missing figure is not a zero."),
    ]
