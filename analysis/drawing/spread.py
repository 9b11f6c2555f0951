"""Charts of how far places lie apart: dispersion over time, and the funnel that chance alone would fill."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.drawing import captions, findings
from analysis.drawing.captions import Place, has_value, place_key
from analysis.drawing.layout import SMALLEST, Page, briefing_style, load_palette, place_labels, text_width
from analysis.drawing.parts import (
    BACKING,
    Row,
    begin,
    chosen,
    draw_breaks,
    draw_time_axis,
    draw_value_axis,
    finish,
    moment,
    rows_of,
    say_nothing,
    spans_of_standards,
    step_texts,
    value_steps,
)
from analysis.words import format_number, say, unit_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def dispersion(spread: pd.DataFrame, *, lang: str = "vi", size: str | None = None, title: str | None = None) -> Figure:
    """From the lowest to the highest place in each period, with the median; joined only where the places are the same.

    Takes the result of `compare.dispersion` for one indicator. Below each period stands how many places it rests on.
    """
    rows = rows_of(spread, "period", "places", "median", "lowest", "highest", "sd")
    kind = say("Biểu đồ phân tán theo thời gian", "Dispersion over time", lang)
    rows.sort(key=lambda row: (moment(row["period"]), str(row.get("standard") or "")))
    with briefing_style():
        palette = load_palette()
        drawn = [{**row, "value": row["median"]} for row in rows]
        finding, subtitle = title or findings.dispersion_finding(rows, lang), captions.measure_line(drawn, lang)
        foot = captions.caption(drawn, lang)
        key = [
            (
                say("từ nơi thấp nhất đến nơi cao nhất", "lowest to highest place", lang),
                {"color": palette.pale, "linewidth": 5},
            ),
            (
                say("trung vị", "median", lang),
                {"linestyle": "", "marker": "o", "markersize": 5.5, "color": palette.highlight},
            ),
        ]
        page = begin(size or "half", finding, subtitle, key, foot, bare=title == "")
        known = [row for row in rows if has_value(row, "median")]
        known = [row for row in known if row["places"] > 1] or known
        if not known:
            say_nothing(page, lang)
            return finish(page, kind, finding, subtitle, drawn, foot, lang)
        unit, small = str(rows[0].get("unit") or ""), page.type * 0.88
        steps, breaks = value_steps([row[c] for row in known for c in ("lowest", "highest")]), spans_of_standards(drawn)
        gutter = max(text_width(text, small) for text in step_texts(steps, unit, lang)) + 14
        bottom, top = page.bottom + small * 3.1, page.top - small * (1.4 + 3.3 * bool(breaks))
        axes = page.axes(page.left + gutter, bottom, page.right - 4, top)
        times = {moment(row["period"]): row["period"] for row in known}
        edge = (max(times) - min(times)) * 0.06 or 0.5
        axes.set_xlim(min(times) - edge, max(times) + edge)
        axes.set_ylim(steps[0], steps[-1])
        draw_value_axis(axes, page, steps, unit, lang, page.left)
        shown = draw_time_axis(axes, page, times, lang)
        x_of, _ = page.positions(axes)
        draw_breaks(page, breaks, x_of, bottom, top, page.right, lang)
        _draw_spans(axes, page, known)
        for at in shown:
            counts = "/".join(
                dict.fromkeys(format_number(row["places"], 0, lang) for row in known if moment(row["period"]) == at)
            )
            text = say(f"{counts} nơi", f"n = {counts}", lang)
            width = text_width(text, small)
            page.write(
                min(max(x_of(at) - width / 2, page.left), page.right - width),
                bottom - 4.5 - small * 2.3,
                text,
                small,
                color=palette.muted,
            )
        _label_spans(axes, page, known, lang)
        return finish(page, kind, finding, subtitle, drawn, foot, lang)


def _draw_spans(axes: Axes, page: Page, rows: Sequence[Row]) -> None:
    palette = load_palette()
    for row in rows:
        axes.plot(
            [moment(row["period"])] * 2,
            [row["lowest"], row["highest"]],
            color=palette.pale,
            linewidth=5 * page.scale,
            solid_capstyle="butt",
            zorder=1,
        )
    for before, row in pairwise(rows):
        if row.get("same_places") is True and before.get("standard") == row.get("standard"):
            axes.plot(
                [moment(before["period"]), moment(row["period"])],
                [before["median"], row["median"]],
                color=palette.highlight,
                linewidth=1.5 * page.scale,
                zorder=2,
            )
    axes.plot(
        [moment(row["period"]) for row in rows],
        [row["median"] for row in rows],
        "o",
        color=palette.highlight,
        markersize=5.5 * page.scale,
        zorder=3,
    )


def _label_spans(axes: Axes, page: Page, rows: Sequence[Row], lang: str) -> None:
    """Median, highest and lowest figure beside their places, where free; the newest periods first."""
    palette, size = load_palette(), max(page.type * 0.88, SMALLEST)
    x_of, y_of = page.positions(axes)
    percent = "%" if rows[0].get("unit") == "percent" else ""
    items = [(row, column) for row in reversed(rows) for column in ("median", "highest", "lowest")]
    anchors = [(x_of(moment(row["period"])), y_of(row[column])) for row, column in items]
    texts = [format_number(row[column], row["decimals"], lang) + percent for row, column in items]
    box, half = axes.get_position(), 2.5 * page.scale
    room = (page.left + 20, box.y0 * page.height + 1, page.right, page.top)
    bars = [
        (
            x_of(moment(row["period"])) - half,
            y_of(row["lowest"]),
            x_of(moment(row["period"])) + half,
            y_of(row["highest"]),
        )
        for row in rows
    ]
    sides = [{"median": "crl", "highest": "arl", "lowest": "brl"}[column] for _, column in items]
    spots = place_labels(anchors, texts, size, room, distance=4.5 * page.scale, taken=bars, sides=sides)
    for spot, text, (_, column) in zip(spots, texts, items, strict=True):
        if spot:
            page.write(
                spot[0], spot[1], text, size, ha=spot[2], color=palette.highlight if column == "median" else palette.ink
            )


def funnel(
    shares: pd.DataFrame,
    *,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Shares against the size of their denominator, with the limits that chance would keep to around the common share.

    Takes the result of `compare.funnel`. Places outside the 95 % limits are dark and named, those inside pale: a small
    place far from the centre may be chance.
    """
    rows = rows_of(
        shares, "place", "units", "share", "center", "lower_95", "upper_95", "lower_99_8", "upper_99_8", "position"
    )
    kind = say("Biểu đồ phễu", "Funnel plot", lang)
    with briefing_style():
        palette = load_palette()
        drawn = [{**row, "value": row["share"], "unit": "percent", "qualifier": "", "of": None} for row in rows]
        known = sorted(
            (row for row in rows if has_value(row, "share") and has_value(row, "units")), key=lambda row: row["units"]
        )
        finding = title or findings.funnel_finding(rows, lang)
        subtitle = captions.measure_line(drawn, lang, extra=say("theo quy mô", "by size of the place", lang))
        foot = captions.caption(drawn, lang)
        marked = chosen(highlight or "", None, rows)
        key = [
            (
                say("ngoài giới hạn 95%", "outside the 95% limits", lang),
                {"linestyle": "", "marker": "o", "markersize": 6, "color": palette.dark},
            ),
            (
                say("trong giới hạn", "inside", lang),
                {"linestyle": "", "marker": "o", "markersize": 6, "color": palette.pale},
            ),
            (say("mức chung", "common share", lang), {"color": palette.ink, "linewidth": 1.0}),
            ("95%", {"color": palette.plain, "linewidth": 1.0, "linestyle": (0, (4, 2))}),
            ("99,8%" if lang == "vi" else "99.8%", {"color": palette.plain, "linewidth": 1.0}),
        ]
        page = begin(size or "half", finding, subtitle, key, foot, bare=title == "")
        if not known:
            say_nothing(page, lang)
            return finish(page, kind, finding, subtitle, drawn, foot, lang)
        small = page.type * 0.88
        steps = value_steps([row[c] for row in known for c in ("share", "lower_95", "upper_95")])
        gutter = max(text_width(text, small) for text in step_texts(steps, "percent", lang)) + 8
        axes = page.axes(page.left + gutter, page.bottom + small * 3.1, page.right - 4, page.top - small * 1.4)
        low, high = known[0]["units"], known[-1]["units"]
        axes.set_xscale("log")
        axes.set_xlim(low / 1.15, high * 1.15)
        axes.set_ylim(steps[0], steps[-1])
        draw_value_axis(axes, page, steps, "percent", lang, page.left)
        _draw_size_axis(axes, page, low, high, rows, lang)
        _draw_limits(axes, known, low / 1.15, high * 1.15)
        inside = [row for row in known if row["position"] == "inside"]
        outside = [row for row in known if row["position"] != "inside"]
        for group, color, layer in ((inside, palette.pale, 2), (outside, palette.dark, 3)):
            axes.plot(
                [row["units"] for row in group],
                [row["share"] for row in group],
                "o",
                color=color,
                markersize=5 * page.scale,
                markeredgecolor="white",
                markeredgewidth=0.5,
                zorder=layer,
                clip_on=False,
            )
        for row in known:
            if place_key(row) == marked:
                axes.plot(
                    [row["units"]],
                    [row["share"]],
                    "o",
                    color=palette.highlight,
                    markersize=6.5 * page.scale,
                    zorder=4,
                    clip_on=False,
                )
        _label_points(
            axes,
            page,
            sorted(
                known,
                key=lambda row: (
                    place_key(row) != marked,
                    row["position"] == "inside",
                    -abs(row["share"] - row["center"]),
                ),
            ),
            marked,
        )
        return finish(page, kind, finding, subtitle, drawn, foot, lang)


def _draw_limits(axes: Axes, rows: Sequence[Row], low: float, high: float) -> None:
    """The limits of the rows as curves: straight between them over 1 / √n, as the widths of a binomial are."""
    import numpy as np

    palette = load_palette()
    axes.plot([low, high], [rows[0]["center"]] * 2, color=palette.ink, linewidth=1.0, zorder=1)
    known = [row for row in rows if has_value(row, "lower_95")]
    inverse = np.array([row["units"] for row in known], dtype=float)[::-1] ** -0.5
    at = np.geomspace(known[0]["units"], known[-1]["units"], 120)
    for column, dash in (
        ("lower_95", (0, (4, 2))),
        ("upper_95", (0, (4, 2))),
        ("lower_99_8", "-"),
        ("upper_99_8", "-"),
    ):
        edge = np.array([row[column] for row in known], dtype=float)[::-1]
        axes.plot(at, np.interp(at**-0.5, inverse, edge), color=palette.plain, linewidth=0.9, linestyle=dash, zorder=1)


def _draw_size_axis(axes: Axes, page: Page, low: float, high: float, rows: Sequence[Row], lang: str) -> None:
    """Round sizes below the drawing, and what they count."""
    palette, size = load_palette(), max(page.type * 0.88, SMALLEST)
    box = axes.get_position()
    left, width, bottom = box.x0 * page.width, box.width * page.width, box.y0 * page.height
    from math import log

    first, last = log(low / 1.15), log(high * 1.15)
    end = 0.0
    for step in (factor * 10**power for power in range(0, 8) for factor in (1, 2, 5)):
        if low / 1.15 <= step <= high * 1.15:
            x, text = left + width * (log(step) - first) / (last - first), format_number(step, 0, lang)
            page.rule(x, bottom, x, bottom - 3, palette.muted, 0.6)
            start = min(max(x - text_width(text, size) / 2, page.left), page.right - text_width(text, size))
            if start > end + 6:
                page.write(start, bottom - 4.5 - size, text, size, color=palette.muted)
                end = start + text_width(text, size)
    unit = captions.common(rows, "unit")
    words = say("mẫu số", "denominator", lang) + (f" ({unit_text(unit, lang)})" if unit and unit != "percent" else "")
    words += say(", thang logarit", ", logarithmic scale", lang)
    page.write(page.right, bottom - 4.5 - size * 2.3, words, size, ha="right", color=palette.muted)


def _label_points(axes: Axes, page: Page, rows: Sequence[Row], marked: Place | None) -> None:
    """Names beside the points: the highlight and those outside first, then others where there is room."""
    from math import log

    palette, size = load_palette(), max(page.type * 0.85, SMALLEST)
    names, box = captions.place_names(rows), axes.get_position()
    first, last = (log(value) for value in axes.get_xlim())
    _, y_of = page.positions(axes)
    anchors = [
        ((box.x0 + box.width * (log(row["units"]) - first) / (last - first)) * page.width, y_of(row["share"]))
        for row in rows
    ]
    told = [  # inside the limits a name is only written where it does not cover them
        row["position"] != "inside"
        or place_key(row) == marked
        or (len(rows) <= 15 and has_value(row, "lower_95") and y_of(row["upper_95"]) - y_of(row["lower_95"]) > 3 * size)
        for row in rows
    ]
    order = [at for at in range(len(rows)) if told[at]]
    texts = [names[place_key(row)] for row in rows]
    room = (page.left + 24, box.y0 * page.height + 1, page.right, page.top)
    spots = place_labels(
        [anchors[at] for at in order],
        [texts[at] for at in order],
        size,
        room,
        distance=5 * page.scale,
        taken=[(x - 2.5, y - 2.5, x + 2.5, y + 2.5) for at, (x, y) in enumerate(anchors) if not told[at]],
    )
    for at, spot in zip(order, spots, strict=True):
        if spot:
            is_marked = place_key(rows[at]) == marked
            page.write(
                spot[0],
                spot[1],
                texts[at],
                size,
                ha=spot[2],
                bbox=BACKING,
                color=palette.highlight
                if is_marked
                else palette.ink
                if rows[at]["position"] != "inside"
                else palette.muted,
            )
