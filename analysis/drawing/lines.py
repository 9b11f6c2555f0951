"""Charts with time: slopes between two periods, and trends of several places.

A line is never drawn across a change of definition, nor across a period without a figure.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.drawing import captions, findings
from analysis.drawing.captions import Place, figure_of, has_value, place_key, value_text
from analysis.drawing.layout import SMALLEST, Page, briefing_style, load_palette, place_labels, shorten, text_width
from analysis.drawing.parts import (
    BACKING,
    Row,
    begin,
    chosen,
    draw_breaks,
    draw_time_axis,
    draw_value_axis,
    finish,
    is_compared,
    is_plan,
    is_result,
    line_dash,
    moment,
    page_for,
    point_marker,
    rows_of,
    say_nothing,
    side_labels,
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


def slope(
    changes: pd.DataFrame,
    *,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Each place as a line from one period to another, its name and figures at both ends.

    Takes the result of `compare.change`. Places that lack an end, or whose ends follow different definitions, are named
    in the note; where more lines meet than can be labelled, the outermost keep their labels.
    """
    rows = rows_of(changes, "place", "from_value", "value")
    kind = say("Biểu đồ dốc", "Slope chart", lang)
    with briefing_style():
        palette = load_palette()
        known = [row for row in rows if is_compared(row, "from_value", "value")]
        ends = [
            (
                {
                    **row,
                    "value": row["from_value"],
                    "period": row.get("from_period") or "",
                    "of": row.get("from_of"),
                    "qualifier": "",
                    "status": row.get("from_status"),
                },
                row,
            )
            for row in known
        ]
        finding = title or findings.change_finding(ends, lang)
        best = max(known, key=lambda row: abs(row["value"] - row["from_value"]), default=None)
        marked = chosen(highlight, place_key(best) if best and len(known) > 1 else None, rows)
        periods = [str(p) for row in rows for p in (row.get("from_period"), row.get("period")) if p]
        subtitle = captions.measure_line(rows, lang, periods=periods)
        foot = captions.caption([row if row in known else {**row, "value": None} for row in rows], lang)
        page = begin(
            page_for(size, len(known), 16),
            finding,
            subtitle,
            [],
            foot,
            90.0 + 22.0 * max(len(known), 6),
            bare=title == "",
        )
        if not known:
            say_nothing(page, lang)
            return finish(page, kind, finding, subtitle, rows, foot, lang)
        names, type_size = captions.place_names(rows), page.type
        cut = [shorten(names[place_key(row)], (page.right - page.left) * 0.24, type_size) for row in known]
        unit = captions.common(known, "unit") == "percent"
        texts = [
            [f"{name}  {value_text(pair[0], lang, unit=unit)}" for name, pair in zip(cut, ends, strict=True)],
            [f"{value_text(pair[1], lang, unit=unit)}  {name}" for name, pair in zip(cut, ends, strict=True)],
        ]
        wide = [
            max(text_width(text, type_size, place_key(row) == marked) for row, text in zip(known, side, strict=True))
            + 15
            for side in texts
        ]
        left, right, top, bottom = page.left + wide[0], page.right - wide[1], page.top - type_size * 1.7, page.bottom
        axes = page.axes(left, bottom, right, top)
        values = [row[c] for row in known for c in ("from_value", "value")]
        pad = (max(values) - min(values)) * 0.04 or 1.0
        axes.set_ylim(min(values) - pad, max(values) + pad)
        axes.set_xlim(0, 1)
        _, y_of = page.positions(axes)
        for x, column, vi, en in ((left, "from_period", "kỳ đầu", "earlier"), (right, "period", "kỳ sau", "later")):
            one = captions.common(known, column)
            head = format_period(one, lang, short=True) if one else say(vi, en, lang)
            page.rule(x, bottom, x, top, palette.grid, 0.8, zorder=0.4)
            width = text_width(head, type_size, True)
            page.write(
                min(max(x - width / 2, page.left), page.right - width), top + type_size * 0.5, head, fontweight="bold"
            )
        most = (best["value"] - best["from_value"]) if best else 0.0
        for row in sorted(known, key=lambda row: place_key(row) == marked):
            is_marked, against = place_key(row) == marked, (row["value"] - row["from_value"]) * most < 0
            grey = palette.dark if against else palette.pale if len(known) > 12 else palette.plain
            axes.plot(
                [0, 1],
                [row["from_value"], row["value"]],
                marker="o",
                markersize=4 * page.scale,
                clip_on=False,
                color=palette.highlight if is_marked else grey,
                linewidth=(2.2 if is_marked else 1.2) * page.scale,
                zorder=3 if is_marked else 2,
            )
        for side, x, sign, column in ((texts[0], left, -1, "from_value"), (texts[1], right, 1, "value")):
            side_labels(
                page,
                [y_of(row[column]) for row in known],
                side,
                [place_key(row) == marked for row in known],
                x,
                sign,
                bottom,
                top,
                type_size,
            )
        return finish(page, kind, finding, subtitle, [end for pair in ends for end in pair], foot, lang)


@dataclass(frozen=True)
class Line:
    """One place over time: unbroken pieces of results and estimates, plans with the figure before, the last figure."""

    pieces: list[list[Row]]
    plans: list[tuple[Row | None, Row]]
    last: Row | None


def lines_of(rows: Sequence[Row]) -> dict[Place, Line]:
    """The line of each place; a piece ends where a period has no figure and where the definition changes."""
    grouped: dict[Place, list[Row]] = {}
    for row in rows:
        grouped.setdefault(place_key(row), []).append(row)
    return {
        place: _line(sorted(own, key=lambda row: (moment(row["period"]), str(row.get("standard") or ""))))
        for place, own in grouped.items()
    }


def _line(rows: list[Row]) -> Line:
    pieces: dict[tuple, list[list[Row]]] = {}
    for row in rows:
        if is_plan(row):
            continue
        own = pieces.setdefault((row.get("standard") or "", row.get("variant") or ""), [[]])
        if has_value(row):
            own[-1].append(row)
        else:
            for several in pieces.values():
                several.append([])
    plans = []
    for row in rows:
        if is_plan(row) and has_value(row):
            before = [
                other
                for several in pieces.values()
                for piece in several
                for other in piece
                if moment(other["period"]) < moment(row["period"]) and other.get("standard") == row.get("standard")
            ]
            plans.append((before[-1] if before else None, row))
    known = [row for row in rows if has_value(row) and not is_plan(row)] or [row for row in rows if has_value(row)]
    last = max(known, key=lambda row: moment(row["period"]), default=None)
    if last is not None:  # of two definitions at one date the later one
        last = [row for row in known if moment(row["period"]) == moment(last["period"])][-1]
    return Line([piece for several in pieces.values() for piece in several if piece], plans, last)


def _moves(lines: Mapping[Place, Line]) -> list[tuple[Row, Row]]:
    """The first and the last figure of each place by its last definition, if they are two; of the newest definition."""
    result: list[tuple[Row, Row]] = []
    for line in lines.values():
        if line.last is not None and not is_plan(line.last):
            same = [row for piece in line.pieces for row in piece if row.get("standard") == line.last.get("standard")]
            if len(same) > 1 and all(row.get("compared") is not False for row in same):
                result.append((same[0], line.last))
    newest = max((last for _, last in result), key=lambda row: moment(row["period"]), default={}).get("standard")
    return [(first, last) for first, last in result if last.get("standard") == newest]


def time_finding(lines: Mapping[Place, Line], rows: Sequence[Row], lang: str) -> tuple[str, Place | None]:
    """The sentence over a chart of time, and the place that it names.

    It tells a change when at least half of the places have one or few have a figure at the last date, else who is
    highest and lowest.
    """
    moves, last = _moves(lines), [line.last for line in lines.values() if line.last]
    latest = max((moment(row["period"]) for row in last), default=0.0)
    newest = [row for row in last if moment(row["period"]) == latest]
    if moves and (len(moves) * 2 >= len(lines) or len(newest) * 2 < len(lines)):
        most = max(moves, key=lambda pair: abs(pair[1]["value"] - pair[0]["value"]))
        standard = str(most[1].get("standard") or "") if spans_of_standards(rows) else ""
        return findings.change_finding(moves, lang, standard=standard), place_key(most[1])
    told = newest if len(newest) * 2 >= len(lines) else last
    return findings.ranking_finding(told or rows, lang), place_key(max(told, key=figure_of)) if len(told) > 1 else None


def without_breaks(rows: Sequence[Row], lang: str) -> tuple[list[Row], list[str]]:
    """The rows without the reasons of breaks that the drawing itself shows, and one remark in their place."""
    broken = any(row.get("break_before") for row in rows) or bool(spans_of_standards(rows))
    remark = say(
        "các chuẩn khác nhau không so sánh được với nhau, đường không nối qua lúc đổi chuẩn",
        "figures of different definitions do not compare, so lines stop where the definition changes",
        lang,
    )
    return [{**row, "note": ""} if row.get("break_before") else row for row in rows], [remark] if broken else []


def trend(
    series: pd.DataFrame,
    *,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Places over time as lines, labelled at their ends; a change of definition is a gap with the names of both.

    Takes the result of `compare.series` (one indicator), and rows of plans beside it. Estimates are hollow on a dashed
    line, plans diamonds on a dotted one.
    """
    rows = rows_of(series, "place", "period", "value")
    kind = say("Biểu đồ đường", "Line chart", lang)
    with briefing_style():
        palette, lines = load_palette(), lines_of(rows)
        computed, named = time_finding(lines, rows, lang)
        finding, subtitle = title or computed, captions.measure_line(rows, lang)
        quiet, remarks = without_breaks(rows, lang)
        foot = captions.caption(quiet, lang, notes=remarks)
        marked = chosen(highlight, named if len(lines) > 1 else None, rows)
        key, many = status_key(rows, lang), len(lines) > 8
        if many and not key:
            key = [(say("các nơi khác", "other places", lang), {"color": palette.pale, "linewidth": 1.4})]
        page = begin(page_for(size, len(lines), 30), finding, subtitle, key, foot, bare=title == "")
        values = [row["value"] for row in rows if has_value(row)]
        if not values:
            say_nothing(page, lang)
            return finish(page, kind, finding, subtitle, rows, foot, lang)
        names, small, times = (
            captions.place_names(rows),
            page.type * 0.88,
            {moment(row["period"]): row["period"] for row in rows},
        )
        drawn = [place for place, line in lines.items() if line.last]
        if many:  # of many lines those that reach the end get their names
            recent = max(times) - (max(times) - min(times)) * 0.12
            drawn = [place for place in drawn if place == marked or moment(lines[place].last["period"]) >= recent]
        unit = str(rows[0].get("unit") or "")
        texts = [
            f"{shorten(names[place], (page.right - page.left) * 0.24, page.type)}  "
            + value_text({**lines[place].last, "of": None}, lang, unit=unit == "percent")
            for place in drawn
        ]
        column = (
            max(text_width(text, page.type, place == marked) for place, text in zip(drawn, texts, strict=True)) + 18
        )
        steps, breaks = value_steps(values), spans_of_standards(rows)
        gutter = max(text_width(text, small) for text in step_texts(steps, unit, lang)) + 5
        bottom, top = page.bottom + small * 1.8, page.top - small * (1.5 + 3.3 * bool(breaks))
        axes = page.axes(page.left + gutter, bottom, page.right - column, top)
        lone = min(times) == max(times)
        axes.set_xlim(min(times) - 0.5 * lone, max(times) + 0.5 * lone)
        axes.set_ylim(steps[0], steps[-1])
        draw_value_axis(axes, page, steps, unit, lang, page.left)
        draw_time_axis(axes, page, times, lang)
        x_of, y_of = page.positions(axes)
        draw_breaks(page, breaks, x_of, bottom, top, page.right - column, lang)
        for number, (place, line) in enumerate(sorted(lines.items(), key=lambda item: item[0] == marked)):
            is_marked = place == marked
            color = (
                palette.highlight if is_marked else palette.pale if many else (palette.dark, palette.plain)[number % 2]
            )
            draw_line(
                axes,
                line,
                color,
                (2.2 if is_marked else 1.3) * page.scale,
                3.8 * page.scale,
                4 if is_marked else 2,
                "o" if is_marked or many else "os^v"[number % 4],
            )
        if not many:
            _label_starts(page, axes, lines, names, marked)
        for place in drawn:  # from an early end to the label
            last = lines[place].last
            axes.plot(
                [moment(last["period"]), max(times)],
                [last["value"]] * 2,
                color=palette.pale,
                linewidth=0.8,
                zorder=0.9,
                linestyle=(0, (1, 2)),
            )
        side_labels(
            page,
            [y_of(lines[place].last["value"]) for place in drawn],
            texts,
            [place == marked for place in drawn],
            page.right - column + 4,
            1,
            bottom,
            top + small,
            page.type,
        )
        return finish(page, kind, finding, subtitle, rows, foot, lang)


def _label_starts(
    page: Page, axes: Axes, lines: Mapping[Place, Line], names: Mapping[Place, str], marked: Place | None
) -> None:
    """The names once more where interrupted lines begin, if there is room."""
    palette, size = load_palette(), max(page.type * 0.85, SMALLEST)
    x_of, y_of = page.positions(axes)
    drawn = [
        [(x_of(moment(row["period"])), y_of(row["value"])) for row in piece]
        for line in lines.values()
        for piece in line.pieces
    ]
    taken = [(x - 3, y - 3, x + 3, y + 3) for piece in drawn for x, y in piece]
    for (x, y), (to_x, to_y) in (pair for piece in drawn for pair in itertools.pairwise(piece)):
        steps = int(math.hypot(to_x - x, to_y - y) / 4) + 1  # a label may not lie over a line either
        along = [(x + (to_x - x) * at / steps, y + (to_y - y) * at / steps) for at in range(1, steps)]
        taken += [(x - 1, y - 1, x + 1, y + 1) for x, y in along]
    starts = {place: line.pieces[0][0] for place, line in lines.items() if len(line.pieces) > 1}
    anchors = [(x_of(moment(row["period"])), y_of(row["value"])) for row in starts.values()]
    box = axes.get_position()
    room = (page.left + 24, box.y0 * page.height + 1, box.x1 * page.width, box.y1 * page.height + size)
    spots = place_labels(
        anchors,
        [names[place] for place in starts],
        size,
        room,
        distance=4.5 * page.scale,
        taken=taken,
        sides=["acrlb"] * len(anchors),
    )
    for place, spot in zip(starts, spots, strict=True):
        if spot:
            color = palette.highlight if place == marked else palette.ink
            page.write(spot[0], spot[1], names[place], size, ha=spot[2], color=color, bbox=BACKING)


def draw_line(axes: Axes, line: Line, color: str, width: float, dot: float, layer: int, marker: str = "o") -> None:
    """The pieces, estimates and plans of one place."""
    for piece in line.pieces:
        x, y = [moment(row["period"]) for row in piece], [row["value"] for row in piece]
        start = 0
        for at in range(1, len(piece) + 1):  # one line for each run of steps that lead to figures of one kind
            if at == len(piece) or (at > start + 1 and is_result(piece[at]) != is_result(piece[at - 1])):
                axes.plot(
                    x[start:at],
                    y[start:at],
                    color=color,
                    linewidth=width,
                    zorder=layer,
                    clip_on=False,
                    linestyle=line_dash(piece[at - 1].get("status")),
                    solid_joinstyle="round",
                )
                start = at - 1
        solid = [at for at, row in enumerate(piece) if is_result(row)]
        hollow = [at for at, row in enumerate(piece) if not is_result(row)]
        axes.plot(
            [x[at] for at in solid],
            [y[at] for at in solid],
            marker,
            color=color,
            markersize=dot,
            markeredgecolor="none",
            zorder=layer + 0.1,
            clip_on=False,
        )
        if hollow:
            axes.plot(
                [x[at] for at in hollow],
                [y[at] for at in hollow],
                "o",
                markerfacecolor="white",
                markeredgecolor=color,
                markersize=dot + 0.8,
                zorder=layer + 0.2,
                clip_on=False,
            )
    for before, plan in line.plans:
        points = [before, plan] if before else [plan]
        axes.plot(
            [moment(row["period"]) for row in points],
            [row["value"] for row in points],
            color=color,
            linewidth=width * 0.8,
            linestyle=line_dash("target"),
            zorder=layer - 0.1,
            clip_on=False,
        )
        axes.plot(
            [moment(plan["period"])],
            [plan["value"]],
            point_marker(plan.get("status")),
            markerfacecolor="white",
            markeredgecolor=color,
            markersize=dot + 0.8,
            zorder=layer + 0.2,
            clip_on=False,
        )
