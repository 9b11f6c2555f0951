"""Small multiples: one panel for each place, all on the same scales.

All panels are drawn in one pair of axes whose coordinates are points, much faster than a pair for each. What a line is
and where it is interrupted is decided in `lines`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.drawing import captions
from analysis.drawing.captions import Place, value_text
from analysis.drawing.layout import SMALLEST, Page, briefing_style, load_palette, shorten, text_width, wrap
from analysis.drawing.lines import Line, draw_line, lines_of, time_finding, without_breaks
from analysis.drawing.parts import (
    BACKING,
    Row,
    begin,
    chosen,
    finish,
    has_value,
    moment,
    page_for,
    rows_of,
    say_nothing,
    spans_of_standards,
    status_key,
    step_texts,
    value_steps,
)
from analysis.words import format_period, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Panel:
    """A box (left, bottom, right, top) in the axes of all panels, with scales of its own; it plots like axes."""

    room: Axes
    box: tuple[float, float, float, float]
    times: tuple[float, float]
    values: tuple[float, float]

    def x_of(self, time: float) -> float:
        (left, _, right, _), (low, high) = self.box, self.times
        return left + (right - left) * (time - low) / (high - low)

    def y_of(self, value: float) -> float:
        (_, bottom, _, top), (low, high) = self.box, self.values
        return bottom + (top - bottom) * (value - low) / (high - low)

    def plot(self, x: Sequence[float], y: Sequence[float], *arguments: Any, **options: Any) -> None:
        self.room.plot([self.x_of(at) for at in x], [self.y_of(at) for at in y], *arguments, **options)


def small_multiples(
    series: pd.DataFrame,
    *,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """One small panel for each place, all on the same scales, with the last figure beside its point.

    Takes what `trend` takes, in the order of the panels.
    """
    rows = rows_of(series, "place", "period", "value")
    kind = say("Biểu đồ nhỏ theo nơi", "Small multiples", lang)
    with briefing_style():
        lines = lines_of(rows)
        computed, named = time_finding(lines, rows, lang)
        finding, subtitle = title or computed, captions.measure_line(rows, lang)
        quiet, remarks = without_breaks(rows, lang)
        foot = captions.caption(quiet, lang, notes=remarks)
        marked = chosen(highlight, named if len(lines) > 1 else None, rows)
        page = begin(page_for(size, len(lines), 15), finding, subtitle, status_key(rows, lang), foot, bare=title == "")
        values = [row["value"] for row in rows if has_value(row)]
        if not values:
            say_nothing(page, lang)
            return finish(page, kind, finding, subtitle, rows, foot, lang)
        _draw_panels(page, lines, rows, value_steps(values), marked, lang)
        return finish(page, kind, finding, subtitle, rows, foot, lang)


def _draw_panels(
    page: Page,
    lines: Mapping[Place, Line],
    rows: Sequence[Row],
    steps: Sequence[float],
    marked: Place | None,
    lang: str,
) -> None:
    palette, unit = load_palette(), str(rows[0].get("unit") or "")
    wide, high = page.right - page.left, page.top - page.bottom
    labels = {
        place: value_text({**line.last, "of": None}, lang, unit=unit == "percent") if line.last else ""
        for place, line in lines.items()
    }
    widest = max(text_width(label, SMALLEST) for label in labels.values())
    narrowest = widest + 22 + 32 * page.scale
    most = max(int(wide / narrowest), 1) * max(int(high / (38 * page.scale)), 1)
    left_out = max(len(lines) - most + 1, 0) if len(lines) > most else 0
    if left_out:  # the highlight stays, and the last cell says how many are missing
        kept = [place for place in lines if place != marked][: most - 1 - (marked in lines)]
        lines = {place: line for place, line in lines.items() if place in kept or place == marked}
    count = len(lines) + bool(left_out)
    across = min(
        range(1, count + 1),
        key=lambda n: (
            abs((wide / n) / (high / -(-count // n)) - 1.5)
            + (-count % n) / count
            + (n > 1 and wide / n < narrowest) * 9,
            n,
        ),
    )
    cell_w, cell_h = wide / across, high / -(-count // across)
    head = max(min(page.type * 0.95, cell_h * 0.15, cell_w * 0.12), SMALLEST)
    tiny = max(min(head * 0.9, (cell_w - 22 - 32 * page.scale) / max(widest, 1) * SMALLEST), SMALLEST)
    names, breaks, periods = (
        captions.place_names(rows),
        spans_of_standards(rows),
        {moment(row["period"]): row["period"] for row in rows},
    )
    ends, lone = (min(periods), max(periods)), len(periods) == 1
    column, ticks = max(text_width(labels[place], tiny) for place in lines) + 7, step_texts(steps, unit, lang)
    if left_out:
        x0, y1 = page.left + cell_w * ((count - 1) % across), page.top - cell_h * ((count - 1) // across)
        words = wrap(say(f"… và {left_out} nơi khác", f"… and {left_out} more", lang), cell_w - 10 * page.scale, tiny)
        page.lines(x0, y1, words, tiny, color=palette.muted)
    room = page.axes(0, 0, page.width, page.height)
    room.set_xlim(0, page.width)
    room.set_ylim(0, page.height)
    for number, (place, line) in enumerate(lines.items()):
        x0, y1 = page.left + cell_w * (number % across), page.top - cell_h * (number // across)
        right, bottom, is_marked = x0 + cell_w - 10 * page.scale, y1 - cell_h + tiny * 2.1, place == marked
        color = palette.highlight if is_marked else palette.ink
        box = (x0 + 4, bottom, right - column, y1 - head * 1.75)
        panel = Panel(room, box, (ends[0] - 0.5 * lone, ends[1] + 0.5 * lone), (steps[0], steps[-1]))
        x_of, y_of = panel.x_of, panel.y_of
        first = number % across == 0 and number == 0
        tick = text_width(ticks[-1], tiny) + 5 if first else 0
        page.write(
            x0,
            y1 - head * 1.05,
            shorten(names[place], cell_w - 10 * page.scale - tick, head, True),
            head,
            fontweight="bold",
            color=color,
        )
        if first:
            page.write(right, y1 - head * 1.05, ticks[-1], tiny, ha="right", color=palette.muted)
        for step in (steps[0], steps[-1], *([0.0] if steps[0] < 0 < steps[-1] else [])):
            base = step == 0 or step == steps[0] > 0
            page.rule(x0, y_of(step), right, y_of(step), palette.ink if base else palette.grid, 0.6, zorder=0.4)
        for (_, _, end), (_, begins, _) in pairwise(breaks):
            x = x_of((end + begins) / 2)
            page.rule(x, bottom, x, y_of(steps[-1]), palette.plain, 0.6, linestyle=(0, (2, 2)), zorder=0.4)
        if not line.last:
            page.write(
                x0, (bottom + y1 - head) / 2, say("không có số liệu", "no data", lang), tiny, color=palette.muted
            )
        else:
            draw_line(
                panel, line, palette.highlight if is_marked else palette.dark, 1.4 * page.scale, 2.8 * page.scale, 2
            )
            x, y = x_of(moment(line.last["period"])), y_of(line.last["value"])
            page.write(
                x + 5,
                min(max(y - tiny * 0.36, bottom + 3), y1 - head * 1.75 - tiny * 0.8),
                labels[place],
                tiny,
                color=color,
                bbox={**BACKING, "pad": 0.3},
            )
        if number >= count - across:
            _write_times(page, periods, x_of, bottom, (x0, right), tiny, lang)


def _write_times(
    page: Page,
    periods: Mapping[float, str],
    x_of: Callable[[float], float],
    bottom: float,
    span: tuple[float, float],
    size: float,
    lang: str,
) -> None:
    """The first and the last period below a panel."""
    color, last = load_palette().muted, max(periods)
    text = format_period(periods[last], lang, short=True)
    start = max(min(x_of(last) - text_width(text, size) / 2, span[1] - text_width(text, size)), span[0])
    page.write(start, bottom - size * 1.25, shorten(text, span[1] - span[0], size), size, color=color)
    text = format_period(periods[min(periods)], lang, short=True)
    if len(periods) > 1 and span[0] + text_width(text, size) + 5 < start:
        page.write(span[0], bottom - size * 1.25, text, size, color=color)
