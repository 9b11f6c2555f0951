"""The scorecard: places by indicators as a table of figures, coloured by quarter.

Which quarter a figure is in is decided in `compare`; here it only gets its colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.drawing import captions, findings
from analysis.drawing.captions import has_value, place_key, value_text
from analysis.drawing.layout import LINE, SMALLEST, LayoutProblem, Page, briefing_style, load_palette, text_width, wrap
from analysis.drawing.parts import BACKING, SQUARE, Row, RowList, begin, chosen, finish, page_for, rows_height, rows_of
from analysis.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def scorecard(
    bands: pd.DataFrame,
    *,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Places by indicators as a table of figures, coloured by quarter from best (blue) to last (orange).

    Takes the result of `compare.quartiles` for several indicators, in its order of places. A figure that got no quarter
    is hatched, a missing one is "…".
    """
    rows = rows_of(bands, "place", "indicator", "value", "quartile")
    with briefing_style():
        finding, subtitle = title or findings.scorecard_finding(rows, lang), captions.scorecard_line(rows, lang)
        foot, marked = captions.caption(rows, lang), chosen(highlight or "", None, rows)
        indicators = list(dict.fromkeys(str(row["indicator"]) for row in rows))
        cells = {(place_key(row), str(row["indicator"])): row for row in rows}
        firsts = list({place_key(row): row for row in rows}.values())
        key = _key(rows, len(cells) < len(firsts) * len(indicators), lang)
        needed = rows_height(len(firsts), 78 if size == "slide" else 60) * 0.75
        page = begin(page_for(size, len(firsts), 22), finding, subtitle, key, foot, needed, bare=title == "")
        names = captions.place_names(rows)
        labels = [names[place_key(row)] for row in firsts]
        column = min(max(text_width(label, page.type, True) for label in labels), (page.right - page.left) * 0.3)
        heads = _heads(page, indicators, page.right - page.left - column - 7, lang)
        size_of_heads, top = max(page.type * 0.86, SMALLEST), page.top
        deepest = max(map(len, heads))
        page.top -= size_of_heads * LINE * deepest + 3
        places = RowList(page, firsts, labels, marked, share=0.3, tallest=22)
        axes = places.axes(page.right)
        axes.set_xlim(0, len(indicators))
        wide = (page.right - places.left) / len(indicators)
        for at, lines in enumerate(heads):
            below = top - size_of_heads * LINE * (deepest - len(lines))
            page.lines(places.left + wide * (at + 0.5), below, lines, size_of_heads, ha="center")
        for number, row in enumerate(places.shown):
            places.write_name(number)
            for at, indicator in enumerate(indicators):
                _draw_cell(places, axes, cells.get((place_key(row), indicator)), at, places.line(number), wide, lang)
        places.write_gap(places.left + 4, lang, column="")
        return finish(page, say("Bảng nhiệt", "Heat map", lang), finding, subtitle, rows, foot, lang)


def _key(rows: list[Row], gaps: bool, lang: str) -> list[tuple[str, dict[str, Any]]]:
    """The four quarters, and the signs for figures without quarter and for none at all."""
    palette = load_palette()
    words = [
        ("nhóm 1 (tốt nhất)", "quarter 1 (best)"),
        ("nhóm 2", "quarter 2"),
        ("nhóm 3", "quarter 3"),
        ("nhóm 4 (kém nhất)", "quarter 4 (last)"),
    ]
    key: list[tuple[str, dict[str, Any]]] = [
        (say(vi, en, lang), {**SQUARE, "color": color})
        for (vi, en), color in zip(words, palette.quartiles, strict=True)
    ]
    if any(has_value(row) and not has_value(row, "quartile") for row in rows):
        hollow = {**SQUARE, "markerfacecolor": "white", "markeredgecolor": palette.plain}
        key.append((say("không chia nhóm", "no quarter", lang), hollow))
    if gaps or any(not has_value(row) for row in rows):
        key.append(("… " + say("không có số liệu", "no data", lang), {}))
    return key


def _heads(page: Page, indicators: list[str], room: float, lang: str) -> list[list[str]]:
    """The names of the indicators broken to the width of their columns."""
    wide = room / len(indicators)
    if wide < 28 * page.scale:
        raise LayoutProblem(
            f"{len(indicators)} indicators do not fit side by side; choose at most {int(room / (28 * page.scale))}."
        )
    size = max(page.type * 0.86, SMALLEST)
    return [wrap(captions.indicator_name(indicator, lang), wide - 5, size, lines=6) for indicator in indicators]


def _draw_cell(places: RowList, axes: Axes, row: Row | None, at: int, line: int, wide: float, lang: str) -> None:
    """One cell of the scorecard: its colour by quarter, the figure on it."""
    from matplotlib.patches import Rectangle

    palette, page = load_palette(), places.page
    x, base = places.left + wide * (at + 0.5), places.base(line)
    if row is None or not has_value(row):
        page.write(x, base, "…", places.type, ha="center", color=palette.muted)
        return
    quarter = int(row["quartile"]) if has_value(row, "quartile") else 0
    axes.add_patch(
        Rectangle(
            (at + 0.01, line - 0.46),
            0.98,
            0.92,
            linewidth=0.5,
            hatch=None if quarter else "////",
            facecolor=palette.quartiles[quarter - 1] if quarter else "white",
            edgecolor="none" if quarter else palette.pale,
        )
    )
    text = value_text(row, lang, unit=row.get("unit") == "percent")
    size = max(min(places.type, places.type * (wide - 4) / max(text_width(text, places.type), 1)), SMALLEST * 0.8)
    page.write(
        x,
        base,
        text,
        size,
        ha="center",
        color="white" if quarter in (1, 4) else palette.ink,
        bbox=None if quarter else BACKING,
    )
