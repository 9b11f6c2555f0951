"""The briefing as a 16:9 slide deck: a title that says the finding, one figure or table, a source line and notes.

Page, type and colours are set here; what the slides say comes from `briefing`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from analysis import files
from analysis.briefs.contents import Briefing, Exhibit, Grid

TYPEFACE = "Arial"
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
INK, SOFT, LINE, HIGHLIGHT = "1D2733", "5B6775", "D8DEE5", "B3261E"
ROWS_A_SLIDE = 13


def write_slides(briefing: Briefing, path: files.Path) -> None:
    """Write the briefing as .pptx: title, findings, one slide a figure, tables, remarks."""
    deck = _sixteen_by_nine()
    sources = f"Nguồn: {len(briefing.sources)} văn bản, trang công bố; danh mục ở các trang cuối."
    _title(deck, briefing, sources)
    _points(deck, "Kết quả chính", briefing.findings, sources, "\n".join(briefing.findings))
    for exhibit in briefing.exhibits:
        _exhibit(deck, exhibit)
    for grid in briefing.grids:
        for start in range(0, len(grid.rows), ROWS_A_SLIDE):
            _grid(deck, grid, start)
    _points(deck, "Lưu ý khi sử dụng số liệu", briefing.remarks, sources, "\n".join(briefing.remarks))
    for start in range(0, len(briefing.sources), 12):
        lines = briefing.sources[start : start + 12]
        _points(deck, "Nguồn số liệu", lines, sources, "\n".join(lines), size=13)
    deck.core_properties.title, deck.core_properties.author = briefing.title, briefing.agency
    deck.core_properties.language = "vi-VN"
    deck.save(path)


def _sixteen_by_nine() -> Any:
    """The library's template made 16:9: two layouts, one typeface, the title at the upper left."""
    from pptx import Presentation
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Inches, Pt

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{TYPEFACE}"/>'.encode())
    title_only = deck.slide_layouts.get_by_name("Title Only")
    for layout in list(deck.slide_layouts):
        if layout.name != title_only.name:
            deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, title_only):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type == 1:
                shape.left, shape.top = Inches(MARGIN), Inches(0.4)
                shape.width, shape.height = Inches(WIDTH - 2 * MARGIN), Inches(1.0)
                shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
                shape.text_frame.word_wrap = True
                shape.text_frame.margin_left = shape.text_frame.margin_right = 0
                for paragraph in shape.text_frame.paragraphs:
                    paragraph.alignment, paragraph.font.size = PP_ALIGN.LEFT, Pt(26)
            elif holder is title_only:
                shape._element.getparent().remove(shape._element)
            else:
                scale = WIDTH / 10
                shape.left, shape.width = int(shape.left * scale), int(shape.width * scale)
    return deck


def _slide(deck: Any, title: str, source: str, notes: str, size: int = 26) -> Any:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = title
    for paragraph in slide.shapes.title.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size if len(title) < 110 else size - 4), True
        paragraph.font.color.rgb = _rgb(INK)
    mark = slide.shapes.add_shape(1, Inches(MARGIN), Inches(0.28), Inches(0.6), Inches(0.07))
    mark.fill.solid()
    mark.fill.fore_color.rgb = _rgb(HIGHLIGHT)
    mark.line.fill.background()
    _decorative(mark)
    _text(slide, [source], MARGIN, HEIGHT - 0.62, WIDTH - 2 * MARGIN - 0.8, 0.45, 12, SOFT)
    number = str(len(deck.slides))
    box = _text(slide, [number], WIDTH - MARGIN - 0.7, HEIGHT - 0.62, 0.7, 0.45, 12, SOFT)
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _title(deck: Any, briefing: Briefing, sources: str) -> None:
    notes = f"{briefing.title}. {briefing.agency}, {briefing.date_words}.\n{sources}"
    slide = _slide(deck, briefing.title, sources, notes, size=38)
    from pptx.util import Inches

    title = slide.shapes.title
    title.left, title.width = Inches(MARGIN), Inches(WIDTH - 2 * MARGIN)
    title.top, title.height = Inches(2.0), Inches(2.1)
    agency = f"{briefing.agency} · {briefing.date_words}"
    _text(slide, [briefing.scope, agency], MARGIN, 4.3, WIDTH - 2 * MARGIN, 1.2, 20, SOFT)


def _points(deck: Any, title: str, points: Sequence[str], source: str, notes: str, size: int = 20) -> None:
    slide = _slide(deck, title, source, notes)
    size = size if sum(map(len, points)) < 620 else min(size, 16)
    _text(slide, [f"•  {point}" for point in points], MARGIN, 1.5, WIDTH - 2 * MARGIN, 5.2, size, INK, gap=10)


def _exhibit(deck: Any, exhibit: Exhibit) -> None:
    from pptx.util import Inches

    notes = "\n".join([exhibit.finding, exhibit.alt_text, exhibit.source, *exhibit.caveats])
    slide = _slide(deck, exhibit.finding, exhibit.source, notes)
    height = HEIGHT - 1.4 - 0.7
    picture = slide.shapes.add_picture(io.BytesIO(exhibit.slide_picture), 0, Inches(1.4), height=Inches(height))
    widest = Inches(WIDTH - 2 * MARGIN)
    if picture.width > widest:
        picture.height, picture.width = int(picture.height * widest / picture.width), widest
    picture.left = int((Inches(WIDTH) - picture.width) / 2)
    picture._element.nvPicPr.cNvPr.set("descr", exhibit.alt_text)


def _grid(deck: Any, grid: Grid, start: int) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Emu, Inches, Pt

    rows = grid.rows[start : start + ROWS_A_SLIDE]
    more = f" ({start // ROWS_A_SLIDE + 1}/{-(-len(grid.rows) // ROWS_A_SLIDE)})" if len(grid.rows) > len(rows) else ""
    notes = "\n".join([grid.title, grid.source, *grid.caveats])
    slide = _slide(deck, grid.title + more, grid.source, notes)
    width = WIDTH - 2 * MARGIN
    frame = slide.shapes.add_table(
        1 + len(rows), len(grid.head), Inches(MARGIN), Inches(1.45), Inches(width), Inches(0.38 * (1 + len(rows)))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", grid.title)
    table = frame.table
    table.horz_banding = False
    for column, share in enumerate(grid.shares):
        table.columns[column].width = Emu(int(Inches(width) * share))
    for row, values in enumerate([grid.head, *rows]):
        table.rows[row].height = Inches(0.38)
        for column, value in enumerate(values):
            cell = table.cell(row, column)
            cell.text, cell.vertical_anchor = value, MSO_ANCHOR.MIDDLE
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.font.bold = Pt(14), row == 0
            paragraph.font.color.rgb = _rgb("FFFFFF" if row == 0 else INK)
            paragraph.alignment = PP_ALIGN.RIGHT if grid.numbers[column] else PP_ALIGN.LEFT
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb("33475B" if row == 0 else "FFFFFF" if row % 2 else "F3F5F8")


def _text(
    slide: Any,
    lines: Sequence[str],
    left: float,
    top: float,
    width: float,
    height: float,
    size: int,
    color: str,
    gap: int = 0,
) -> Any:
    from pptx.util import Inches, Pt

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.word_wrap = True
    for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
        setattr(box.text_frame, side, 0)
    for number, line in enumerate(lines):
        paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
        paragraph.text = line
        paragraph.font.size, paragraph.space_after = Pt(size), Pt(gap)
        paragraph.font.color.rgb = _rgb(color)
    return box


def _rgb(code: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code)


def _decorative(shape: Any) -> None:
    """Tell screen readers that the shape carries no content."""
    shape._element.nvSpPr.cNvPr.set("descr", "")
