"""The lists of a workbook as pages: cover with contents, findings, sources, notes, dictionary of columns.

What the data hold stands in `data`, the tables in `tables`.
"""

from __future__ import annotations

import csv
import datetime
import re
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from analysis import words
from analysis.files import REFERENCE
from analysis.sheets.data import as_date, fields_of
from analysis.sheets.edition import SOURCE_HEADER, Edition, Source
from analysis.sheets.notes import prose
from analysis.sheets.packing import MAX_LINKS
from analysis.sheets.pages import Cell, Grid, Page, reference

DEFINITIONS_VI = REFERENCE / "indicator_definitions_vi.csv"


def sources_page(edition: Edition, name: str) -> Page:
    """The list of sources: number, title, publisher, date, address, how many figures; reports without figures too."""
    heads = [
        edition.short("Số", "No."),
        edition.say("Tên bài, văn bản", "Title"),
        edition.say("Cơ quan công bố", "Publisher"),
        edition.say("Ngày công bố", "Published"),
        edition.say("Địa chỉ", "Address"),
        edition.say("Số số liệu", "Figures"),
        edition.say("Mã báo cáo", "Report"),
    ]
    widths = [6.0, 52.0, 26.0, 12.0, 48.0, 9.0, 22.0]
    rows = _list_top(
        edition,
        edition.say("Danh mục nguồn", "Sources"),
        edition.say(
            f"{len(edition.sources)} nguồn; bấm địa chỉ để mở trang gốc, bấm số số liệu để tới dòng đầu tiên "
            "trong trang Số liệu.",
            f"{len(edition.sources)} sources; the address opens the original page, the count leads to its first "
            "data row.",
        ),
    )
    rows.append([Cell(text, "head") for text in heads])
    links = 0
    for source in edition.sources:
        links += 2
        rows.append(_source_row(edition, source, links < MAX_LINKS))
    header = SOURCE_HEADER
    return Page(
        name,
        edition.say("Danh mục nguồn", "Sources"),
        rows,
        widths,
        freeze=f"C{header + 1}",
        grid=Grid(edition.short("Nguon", "Sources"), header, header + len(edition.sources), tuple(heads)),
        repeat_rows=f"{header}:{header}",
    )


def _source_row(edition: Edition, source: Source, linked: bool) -> list[Any]:
    address = source.url if linked and re.match(r"https?://[^\s]+$", source.url) and len(source.url) < 2_000 else ""
    first = edition.data_link(edition.table["key"].iloc[source.first_row]) if source.first_row >= 0 and linked else ""
    none = edition.say("không tìm thấy số liệu", "no figure found")
    return [
        Cell(source.number, "order"),
        Cell(source.title or source.report, "cell_top"),
        Cell(source.publisher, "cell_top"),
        Cell(as_date(source.published), "date", "dd/mm/yyyy"),
        Cell(source.url or None, "link_cell" if address else "line", link=address, inside=False),
        Cell(source.figures, "number", "#,##0", link=first) if source.figures else Cell(none, "missing"),
        Cell(source.report, "cell_top"),
    ]


def notes_page(edition: Edition, name: str) -> Page:
    """What every mark, word and caveat means, and how each indicator is defined."""
    lang = edition.lang
    widths = [26.0, 76.0, 26.0]
    rows = _list_top(
        edition,
        edition.say("Ghi chú và định nghĩa", "Notes and definitions"),
        edition.say(
            "Ý nghĩa của các ký hiệu, lưu ý và chỉ tiêu trong tệp này.",
            "What the marks, caveats and indicators of this file mean.",
        ),
    )
    rows.append([Cell(edition.say("1. Ký hiệu trong các biểu", "1. Marks in the tables"), "heading")])
    for mark, word in words.MARKS.items():
        rows.append(_definition_row(mark or word.label(lang), word.meaning(lang)))
    for mark, vi, en in _SIGNS:
        rows.append(_definition_row(edition.short(*mark.split("|")) if "|" in mark else mark, edition.say(vi, en)))
    rows += [[], [Cell(edition.say("2. Loại số liệu", "2. Status of figures"), "heading")]]
    counts = edition.table["status"].value_counts()
    rows.append(_count_head(edition))
    for code, word in words.STATUSES.items():
        rows.append(
            [*_definition_row(word.label(lang), word.meaning(lang)), Cell(int(counts.get(code, 0)), "number", "#,##0")]
        )
    rows += [[], [Cell(edition.say("3. Lưu ý về số liệu", "3. Caveats"), "heading")], _count_head(edition)]
    flags = edition.table["flags"].str.split("|").explode().value_counts()
    for code, word in words.FLAGS.items():
        rows.append(
            [*_definition_row(word.label(lang), word.meaning(lang)), Cell(int(flags.get(code, 0)), "number", "#,##0")]
        )
    rows += [
        [],
        [
            Cell(
                edition.say("4. Chỉ tiêu: định nghĩa và căn cứ", "4. Indicators: definitions and legal basis"),
                "heading",
            )
        ],
    ]
    rows.append(
        [
            Cell(text, "head")
            for text in (
                edition.say("Chỉ tiêu", "Indicator"),
                edition.say("Định nghĩa, căn cứ", "Definition, basis"),
                edition.say("ĐVT; chiều đánh giá", "Unit; direction"),
            )
        ]
    )
    for indicator in edition.indicators:
        rows.append(_indicator_row(edition, indicator))
    return Page(name, edition.say("Ghi chú và định nghĩa", "Notes and definitions"), rows, widths, freeze="A4")


_SIGNS = (
    (
        "> ≥ < ≤ ≈",
        "Nguồn ghi “trên”, “ít nhất”, “dưới”, “không quá”, “khoảng” trước con số.",
        "The source writes “more than”, “at least”, “less than”, “at most”, “about” before the number.",
    ),
    (
        "9/13",
        "Số đạt trên tổng số: 9 trong 13. Ô chứa số 9; tổng số nằm ở trang Số liệu.",
        "Count of a total: 9 of 13. The cell holds 9; the total is in the data.",
    ),
    ("ư|e", "Số ước tính, chưa chính thức.", "Estimate, not final."),
    (
        "*",
        "Số liệu có lưu ý, xem mục 3 và cột Lưu ý ở trang Số liệu.",
        "Figure with a caveat; see section 3 and the data.",
    ),
    (
        "†",
        "Theo cách tính khác với phần lớn địa bàn, không so sánh được.",
        "Follows another definition, not comparable.",
    ),
    (
        "′",
        "Cùng thời kỳ nhưng theo cách tính khác (cột thứ hai cùng tên).",
        "The same period by another definition (second column of the name).",
    ),
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
    return [
        Cell(edition.say("Tên", "Name"), "head"),
        Cell(edition.say("Ý nghĩa", "Meaning"), "head"),
        Cell(edition.say("Số dòng", "Rows"), "head"),
    ]


def _indicator_row(edition: Edition, indicator: str) -> list[Any]:
    from analysis.definitions import load_definitions

    known = edition.catalogue.get(indicator)
    lang = "vi" if edition.lang == "vi-en" else edition.lang
    family = load_definitions().family_of.get(indicator)
    used = set(edition.table.loc[edition.table["indicator"] == indicator, "standard"])
    laws = [
        f"{standard.name(lang)}: {standard.law}"
        for standard in (family.standards if family else ())
        if standard.id in used and standard.law
    ]
    meaning = _meaning(indicator, known, lang)
    text = ". ".join(part.rstrip(".") for part in (meaning, "; ".join(laws)) if part) + "."
    unit = edition.unit(indicator)
    direction = words.DIRECTIONS[known.direction].label(lang) if known else ""
    return [
        Cell(edition.name(indicator), "cell_top"),
        Cell(text, "cell_top"),
        Cell("; ".join(part for part in (unit, direction) if part), "cell_top"),
    ]


def dictionary_page(edition: Edition, name: str) -> Page:
    """What each column of the data holds, with its name in the table of the suite."""
    heads = [
        edition.short("STT", "No."),
        edition.say("Cột", "Column"),
        edition.say("Tên trong bảng gốc", "Name in the table"),
        edition.say("Ý nghĩa", "Meaning"),
        edition.say("Kiểu", "Type"),
    ]
    kinds = {
        "number": ("số", "number"),
        "whole": ("số nguyên", "whole number"),
        "date": ("ngày", "date"),
        "yes": ("có/trống", "yes/blank"),
        "evidence": ("liên kết", "link"),
    }
    rows = _list_top(
        edition,
        edition.say("Từ điển cột", "Dictionary of columns"),
        edition.say("Các cột của trang Số liệu.", "The columns of the data sheet."),
    )
    rows.append([Cell(text, "head") for text in heads])
    fields = fields_of(edition)
    for number, field in enumerate(fields, 1):
        rows.append(
            [
                Cell(number, "order"),
                Cell(field.title(edition.lang), "cell_top"),
                Cell(field.name, "cell_top"),
                Cell(edition.say(field.meaning_vi, field.meaning_en), "cell_top"),
                Cell(edition.say(*kinds.get(field.kind, ("chữ", "text"))), "cell_top"),
            ]
        )
    return Page(
        name,
        edition.say("Từ điển cột", "Dictionary"),
        rows,
        [6.0, 24.0, 20.0, 64.0, 13.0],
        freeze="A5",
        repeat_rows="4:4",
        grid=Grid(edition.short("Tu_dien", "Dictionary"), 4, 4 + len(fields), tuple(heads)),
    )


def findings_page(edition: Edition, findings: Any, name: str) -> Page:
    """The review queue: what to check, how badly, on which row."""
    heads = [
        edition.short("STT", "No."),
        edition.say("Mức độ", "Severity"),
        edition.say("Địa bàn", "Place"),
        edition.say("Chỉ tiêu", "Indicator"),
        edition.say("Thời kỳ", "Period"),
        edition.say("Điều cần xem", "What to check"),
        edition.say("Loại", "Kind"),
        edition.say("Mã số liệu", "Key"),
    ]
    widths = [6.0, 12.0, 22.0, 26.0, 13.0, 70.0, 24.0, 15.0]
    lang, records = edition.lang, findings.to_dict("records")
    rows = _list_top(
        edition,
        edition.say("Các điểm cần rà soát", "Findings for review"),
        edition.say(
            f"{len(records)} điểm; bấm mã số liệu để tới dòng tương ứng. Điểm về cả báo cáo ghi tên báo cáo.",
            f"{len(records)} findings; the key leads to the data row. A finding about a whole report names it.",
        ),
    )
    rows.append([Cell(text, "head") for text in heads])
    for number, row in enumerate(records, 1):
        key, severity, code = row.get("key", ""), row.get("severity", ""), row.get("code", "")
        indicator = row.get("indicator", "")
        period = row.get("period", "")
        rows.append(
            [
                Cell(number, "order"),
                Cell(words.severity_text(severity, lang), "cell_top"),
                Cell(row.get("place", ""), "cell_top"),
                Cell(edition.name(indicator) if indicator else "", "cell_top"),
                Cell(words.format_period(period, lang, short=True) if period else "", "cell_top"),
                Cell(row.get("sentence", ""), "cell_top"),
                Cell(_finding_kind(code, lang), "cell_top"),
                Cell(key, "link_cell", link=edition.data_link(key)) if key else Cell(row.get("report", ""), "cell_top"),
            ]
        )
    if not records:
        rows.append([None, Cell(edition.say("Không có điểm nào cần rà soát.", "Nothing to review."), "note")])
    grid = Grid(edition.short("Ra_soat", "Findings"), 4, 4 + len(records), tuple(heads)) if records else None
    return Page(name, edition.say("Rà soát", "Findings"), rows, widths, freeze="A5", repeat_rows="4:4", grid=grid)


def _finding_kind(code: str, lang: str) -> str:
    from analysis.checks import CODES

    return words.say(CODES[code][1], CODES[code][2], lang) if code in CODES else words.flags_text(code, lang)


def _list_top(edition: Edition, title: str, subtitle: str) -> list[list[Any]]:
    back = Cell(
        edition.short("← Mục lục", "← Contents"), "link_plain", link=reference(edition.short("Bìa", "Cover"), "A1")
    )
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
    where = (
        "; ".join(provinces)
        if 0 < len(provinces) <= 8
        else edition.say(f"{len(provinces)} tỉnh, thành phố", f"{len(provinces)} provinces")
    )
    facts = [
        (
            edition.say("Phạm vi", "Scope"),
            f"{where}: "
            + edition.say(
                f"{len(edition.places)} địa bàn, {len(edition.indicators)} chỉ tiêu",
                f"{len(edition.places)} places, {len(edition.indicators)} indicators",
            ),
        ),
        (edition.say("Thời kỳ", "Period"), span),
        (
            edition.say("Số liệu", "Figures"),
            edition.say(
                f"{_count(len(table), 'vi')} số liệu từ {_count(len(edition.sources), 'vi')} nguồn; "
                f"{_count(findings, 'vi')} điểm cần rà soát",
                f"{_count(len(table), 'en')} figures from {_count(len(edition.sources), 'en')} sources; "
                f"{_count(findings, 'en')} findings for review",
            ),
        ),
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
        rows.append(
            [
                Cell(label, "link", link=reference(page, "A1")) if label else None,
                Cell(title, "link", link=reference(page, "A1")),
            ]
        )
    return Page(name, edition.title, rows, widths, landscape=False, one_page=len(rows) < 75, numbered=False)


def _count(number: int, lang: str) -> str:
    return words.format_number(number, 0, lang)


def _how_to_read(edition: Edition) -> list[str]:
    return [
        edition.say(
            "Mỗi con số dẫn về nguồn: bấm vào số trong biểu để tới dòng số liệu (câu trích, lưu ý), từ đó tới nguồn.",
            "Every figure leads to its source: click it to reach its data row with quote and caveats, then the source.",
        ),
        edition.say(
            "Chỉ so sánh số liệu cùng chỉ tiêu, cùng cách tính, cùng loại thời kỳ; chỗ đổi chuẩn được ngăn "
            "bằng cột gạch chéo.",
            "Only figures of one indicator, definition and kind of period are compared; a hatched column "
            "marks a break.",
        ),
        edition.say(
            "“-” là không có hiện tượng phát sinh; “...” là có phát sinh nhưng chưa thu thập được; ô trống "
            "là không áp dụng.",
            "“-” did not occur; “...” occurred but no figure was collected; a blank cell does not apply.",
        ),
        edition.say(
            "Số nghiêng là công thức (hạng, chênh lệch, trung bình), tự tính lại khi sửa số; số đứng là số "
            "trong nguồn.",
            "Figures in italics are live formulas (rank, difference, mean); upright ones are those of the sources.",
        ),
        edition.say(
            "Đây là tập hợp những gì các nguồn nêu, không phải điều tra đầy đủ: không có số không có nghĩa "
            "là bằng không.",
            "This collects what the sources state and is no full survey: a missing figure is not a zero.",
        ),
    ]
