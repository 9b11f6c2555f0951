"""The look of a workbook's cells: fonts, borders, fills and alignments by the names that pages use.

Which cell has which look the pages decide.
"""

from __future__ import annotations

from typing import Any

FONT = "Times New Roman"  # Liberation Serif and Tinos have the same widths
QUARTILES = {"A": "1F4E79", "B": "9DC3E6", "C": "E7E6E6", "D": "FFE699"}  # dark to light: readable without colour too
INK, SOFT, RULE, HEAD = "000000", "595959", "A6A6A6", "DDE6F0"


def style_parts(name: str) -> dict[str, Any]:
    """Font, fill, border and alignment of a named style, as openpyxl's objects."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    base, _, variant = name.partition(".")
    thin, strong = Side(style="thin", color=RULE), Side(style="thin", color=INK)
    grid = Border(left=thin, right=thin, top=thin, bottom=thin)
    head = Border(left=strong, right=strong, top=strong, bottom=strong)

    def font(**options: Any) -> Font:
        return Font(**{"name": FONT, "size": 11, "family": 1, "color": INK, **options})

    def place(horizontal: str | None = None, vertical: str = "center", **options: Any) -> Alignment:
        return Alignment(horizontal=horizontal, vertical=vertical, **options)

    def fill(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=colour)

    parts: dict[str, dict[str, Any]] = {
        "cover": {"font": font(size=20, bold=True), "alignment": place("left")},
        "title": {"font": font(size=14, bold=True), "alignment": place("left")},
        "heading": {"font": font(size=12, bold=True), "alignment": place("left")},
        "subtitle": {"font": font(italic=True), "alignment": place("left")},
        "form": {"font": font(bold=True), "alignment": place("right")},
        "unit": {"font": font(italic=True), "alignment": place("right")},
        "head": {
            "font": font(bold=True),
            "fill": fill(HEAD),
            "border": head,
            "alignment": place("center", wrap_text=True),
        },
        "number_row": {"font": font(size=9, italic=True), "border": head, "alignment": place("center")},
        "break_head": {
            "font": font(size=9, italic=True),
            "fill": PatternFill("lightUp", fgColor=RULE),
            "border": head,
            "alignment": place("center", wrap_text=True, text_rotation=90),
        },
        "break": {"fill": PatternFill("lightUp", fgColor=RULE), "border": grid},
        "band": {
            "font": font(italic=True, size=10),
            "border": head,
            "alignment": place("centerContinuous", wrap_text=False),
        },
        "text": {"font": font(), "alignment": place("left", "top", wrap_text=True)},
        "cell": {"font": font(), "border": grid, "alignment": place("left", wrap_text=True)},
        "cell_top": {"font": font(), "border": grid, "alignment": place("left", "top", wrap_text=True)},
        "line": {"font": font(), "border": grid, "alignment": place("left", "top")},
        "bare": {"font": font()},
        "text_bare": {"font": font()},
        "order": {"font": font(), "border": grid, "alignment": place("center")},
        "period": {"font": font(size=10), "border": grid, "alignment": place("center")},
        "number": {"font": font(), "border": grid, "alignment": place("right")},
        "missing": {"font": font(color=SOFT), "border": grid, "alignment": place("right")},
        "formula": {"font": font(italic=True), "border": grid, "alignment": place("right")},
        "date": {"font": font(), "border": grid, "alignment": place("center", "top")},
        "date_left": {"font": font(), "alignment": place("left", "top")},
        "body": {"font": font(), "alignment": place("left")},
        "group": {
            "font": font(bold=True),
            "fill": fill(HEAD),
            "border": head,
            "alignment": place("centerContinuous", wrap_text=True),
        },
        "link_plain": {"font": font(size=10, color="0B5394"), "alignment": place("left")},
        "note": {"font": font(size=10), "alignment": place("left")},
        "note_bold": {"font": font(size=10, bold=True), "alignment": place("left")},
        "label": {"font": font(bold=True), "alignment": place("left", "top", wrap_text=True)},
        "link": {"font": font(color="0B5394", underline="single"), "alignment": place("left", "top", wrap_text=True)},
        "link_cell": {
            "font": font(color="0B5394", underline="single"),
            "border": grid,
            "alignment": place("left", "top"),
        },
    }
    if base in ("quartile", "band"):
        dark = variant == "A"
        if variant in QUARTILES:
            return {
                "font": font(color="FFFFFF" if dark else INK, bold=base == "band"),
                "border": grid,
                "fill": fill(QUARTILES[variant]),
                "alignment": place("right" if base == "quartile" else "center"),
            }
    style = dict(parts[base])
    if variant == "total":
        style["font"] = font(bold=True, italic=style["font"].italic)
        style["fill"] = fill("F2F2F2")
    if variant == "up":
        style["alignment"] = place("center", text_rotation=90)
    return style
