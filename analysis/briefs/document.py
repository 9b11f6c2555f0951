"""The briefing as a Word document in the form of Vietnamese administrative documents (Decree 30/2020/NĐ-CP).

Fonts, margins, head, numbering and page numbers are set here; what the briefing says comes from `briefing`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from analysis import files
from analysis.briefs.contents import Briefing, Exhibit, Grid

TYPEFACE = "Times New Roman"
BODY, NOTE = 14, 12
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def write_document(briefing: Briefing, path: files.Path) -> None:
    """Write the briefing as .docx: A4, Times New Roman 14, head, numbered parts, figures, tables, notes, signature."""
    import docx

    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    _head(document, briefing)
    _part(document, "I. KẾT QUẢ CHÍNH")
    for finding in briefing.findings:
        _body(document, f"- {finding}")
    _part(document, "II. SO SÁNH GIỮA CÁC ĐỊA PHƯƠNG")
    for number, exhibit in enumerate(briefing.exhibits, 1):
        _exhibit(document, number, exhibit)
    _part(document, "III. BẢNG SỐ LIỆU")
    for number, grid in enumerate(briefing.grids, 1):
        _grid(document, number, grid)
    _part(document, "IV. LƯU Ý KHI SỬ DỤNG SỐ LIỆU")
    for number, remark in enumerate(briefing.remarks, 1):
        _body(document, f"{number}. {remark}")
    _part(document, "V. NGUỒN SỐ LIỆU")
    for number, source in enumerate(briefing.sources, 1):
        _body(document, f"{number}. {source}", size=NOTE)
    _foot(document, briefing)
    document.core_properties.title = briefing.title
    document.core_properties.author = briefing.agency
    document.core_properties.language = "vi-VN"
    document.save(path)


def _set_page(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True  # the first page carries no number
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = 1
    _page_number(paragraph)


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("instr", "PAGE"), ("end", "")):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _set_styles(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    for name in ("Normal", "Header", "Heading 1", "Heading 2", "Caption"):
        style = document.styles[name]
        style.font.name, style.font.size = TYPEFACE, Pt(BODY)
        style.font.color.rgb, style.font.italic = RGBColor(0, 0, 0), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), TYPEFACE)
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(attribute), None)
        style.font.bold = name.startswith("Heading")
    normal = document.styles["Normal"].paragraph_format
    normal.space_before, normal.space_after, normal.line_spacing = Pt(0), Pt(6), 1.1
    for name in ("Heading 1", "Heading 2"):
        form = document.styles[name].paragraph_format
        form.space_before, form.space_after, form.first_line_indent = Pt(8), Pt(4), Mm(12.7)
        form.keep_with_next = True


def _head(document: Any, briefing: Briefing) -> None:
    """Agency and number on the left, the nation's name, motto, place and date on the right, then the title."""
    from docx.shared import Pt

    table = document.add_table(rows=2, cols=2)
    _set_widths(table, (65, 95))
    left, right = table.rows[0].cells
    _lines(left, [(briefing.parent.upper(), 12, {}), (briefing.agency.upper(), 12, {"bold": True, "rule": 18})])
    _lines(right, [(NATION, 12, {"bold": True}), (MOTTO, 13, {"bold": True, "rule": 52})])
    left, right = table.rows[1].cells
    _lines(left, [(f"Số: {briefing.number or '      '}/BC", 13, {})])
    _lines(right, [(f"{briefing.town or '…………'}, {briefing.date_words}", 13, {"italic": True})])
    for text, rule in (("BÁO CÁO", 0), (briefing.title, 40)):
        paragraph = document.add_paragraph()
        _set_line(paragraph, text, BODY, bold=True, rule=rule)
        paragraph.paragraph_format.space_before = Pt(14 if not rule else 0)
    document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _set_widths(table: Any, millimetres: Sequence[float]) -> None:
    """Fixed column widths, in the grid and in every cell: word processors go by one or the other."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _lines(cell: Any, lines: Sequence[tuple[str, int, dict[str, Any]]]) -> None:
    for number, (text, size, form) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _set_line(paragraph, text, size, **form)


def _set_line(
    paragraph: Any, text: str, size: int, *, bold: bool = False, italic: bool = False, rule: int = 0, align: int = 1
) -> None:
    """One centred line; `rule` is the length in millimetres of the thin line that the form sets below it."""
    from docx.shared import Pt

    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if rule:
        _rule(paragraph, rule)


def _rule(paragraph: Any, millimetres: int) -> None:
    """A short centred line under a paragraph: the border of an empty paragraph that is indented on both sides."""
    import copy

    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm, Pt
    from docx.text.paragraph import Paragraph

    inside_cell = paragraph._p.getparent().tag.endswith("}tc")
    width = 160
    if inside_cell:
        width = 59 if millimetres < 30 else 91
    element = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(element)
    line = Paragraph(element, paragraph._parent)
    line.clear()
    side = Mm((width - millimetres) / 2)
    line.paragraph_format.left_indent, line.paragraph_format.right_indent = side, side
    line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(3), Pt(4)
    line._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>')
    )


def _part(document: Any, text: str) -> None:
    document.add_heading(text, level=1)


def _body(document: Any, text: str, size: int = BODY) -> Any:
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = 3
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    return paragraph


def _exhibit(document: Any, number: int, exhibit: Exhibit) -> None:
    """The finding as a numbered heading, the figure with its alternative text, and its name below it."""
    from docx.shared import Mm

    document.add_heading(f"{number}. {exhibit.finding}", level=2)
    paragraph = document.add_paragraph()
    paragraph.alignment = 1
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(exhibit.page_picture), width=Mm(140))
    picture._inline.docPr.set("descr", exhibit.alt_text)
    picture._inline.docPr.set("name", f"Hình {number}")
    caption = document.add_paragraph(style="Caption")
    _set_line(caption, f"Hình {number}. {exhibit.measure}", NOTE, italic=True)
    caption.paragraph_format.keep_with_next = True
    _note(document, [exhibit.source, *exhibit.caveats])


def _grid(document: Any, number: int, grid: Grid) -> None:
    """A table with its name above and its source below; the head is repeated on every page."""
    from docx.oxml import OxmlElement

    caption = document.add_paragraph(style="Caption")
    _set_line(caption, f"Bảng {number}. {grid.title}", 13, bold=True)
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.head), style="Table Grid")
    table.alignment = 1
    _set_widths(table, [160 * share for share in grid.shares])
    for row, values in zip(table.rows, [grid.head, *grid.rows], strict=True):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if values is grid.head:
            properties.append(OxmlElement("w:tblHeader"))
        for column, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            cell.vertical_alignment = 1
            right, heading = grid.numbers[column], values is grid.head
            align = 1 if heading or column == 0 else 2 if right else 0
            _set_line(cell.paragraphs[0], value, NOTE, bold=heading, align=align)
            cell.paragraphs[0].paragraph_format.line_spacing = 1.0
    _note(document, [grid.source, *grid.caveats])


def _note(document: Any, lines: Sequence[str]) -> None:
    from docx.shared import Pt

    for line in lines:
        paragraph = document.add_paragraph()
        _set_line(paragraph, line, NOTE - 1, italic=True, align=0)
        paragraph.paragraph_format.space_after = Pt(2)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _foot(document: Any, briefing: Briefing) -> None:
    """Who receives it on the left, who signs it on the right."""
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, (80, 80))
    left, right = table.rows[0].cells
    receivers = briefing.receivers or ("Như trên", "Lưu: VT")
    _lines(left, [("Nơi nhận:", 12, {"bold": True, "italic": True, "align": 0})])
    _lines_after(left, [f"- {name};" for name in receivers[:-1]] + [f"- {receivers[-1]}."])
    signer = briefing.signer or "NGƯỜI KÝ"
    _lines(right, [(signer.upper(), BODY, {"bold": True}), ("(Ký, ghi rõ họ tên)", 12, {"italic": True})])


def _lines_after(cell: Any, lines: Sequence[str]) -> None:
    for line in lines:
        _set_line(cell.add_paragraph(), line, 11, align=0)
