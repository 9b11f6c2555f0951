"""Charts that list places one below the other: ranked bars, dumbbells and bullets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.drawing import captions, findings
from analysis.drawing.captions import figure_of, has_value, place_key, value_text
from analysis.drawing.layout import briefing_style, load_palette, text_width
from analysis.drawing.parts import (
    BACKING,
    SQUARE,
    Row,
    RowList,
    bar_face,
    begin,
    chosen,
    finish,
    is_compared,
    page_for,
    row_labels,
    rows_height,
    rows_of,
    status_key,
)
from analysis.words import format_period, format_value, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


REACHED = ("met", "exceeded")  # outcomes of `compare.plan_actual`


def ranked_bars(
    ranking: pd.DataFrame,
    *,
    column: str = "value",
    benchmark: float | tuple[str, float] | None = None,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Places in order as bars, with an optional line at a benchmark: a value, or its name and value.

    Takes the result of `compare.rank` (or rows with place, value, unit, period, status, source_title), in its order.
    Plans are hollow, estimates pale; a place without figure says so, one that was not ranked stands below without bar.
    With `column` the bars show differences: "change" of `compare.change`, or "gap" of `compare.gap`.
    """
    whole = rows_of(ranking, "place", "value", column)
    rows = whole if column == "value" else [_difference(row, column) for row in whole]
    rows.sort(key=lambda row: (not is_compared(row), not has_value(row)))
    known = [row for row in rows if is_compared(row)]
    with briefing_style():
        computed, extra = _bar_words(whole, rows, column, lang)
        finding = title or computed
        subtitle = captions.measure_line(rows, lang, periods=_periods(rows), extra=extra)
        foot, key = captions.caption(rows, lang), status_key(known, lang, bars=True)
        most = max(known, key=lambda row: abs(figure_of(row)) if column != "value" else figure_of(row), default=None)
        marked = chosen(highlight, place_key(most) if most and len(known) > 1 else None, rows)
        above = 18.0 if benchmark is not None else 0.0
        needed = rows_height(len(rows), above)
        page = begin(page_for(size, len(rows), 24), finding, subtitle, key, foot, needed, bare=title == "")
        page.top -= above * page.scale
        places = RowList(page, rows, row_labels(rows, lang), marked)
        named = benchmark if isinstance(benchmark, tuple) else (say("mốc so sánh", "benchmark", lang), benchmark)
        _draw_bars(places, [_bar_text(row, lang) for row in places.shown], named, lang)
        return finish(page, say("Biểu đồ thanh", "Bar chart", lang), finding, subtitle, rows, foot, lang)


def _bar_words(whole: list[Row], rows: list[Row], column: str, lang: str) -> tuple[str, str]:
    """The finding, and what the measure line has to add to it."""
    if column == "change":
        pairs = [_ends(row) for row in whole if is_compared(row, "from_value", "value")]
        return findings.change_finding(pairs, lang), say("mức thay đổi", "change", lang)
    if column != "value":
        return findings.gap_finding(rows, lang), findings.gap_line(whole, lang)
    share = any(row.get("measure") == "share" for row in rows if is_compared(row))
    words = say("xếp theo tỷ lệ trên tổng số", "ordered by share of the total", lang)
    return findings.ranking_finding(rows, lang), words if share else ""


def _draw_bars(places: RowList, texts: list[str], benchmark: tuple[str, float | None], lang: str) -> None:
    """The bars with room for their labels on both sides of zero, and the line of the benchmark."""
    palette, page, (name, at) = load_palette(), places.page, benchmark
    values = [figure_of(row) for row in places.shown if is_compared(row)] + ([at] if at is not None else [])
    low, high = min([0.0, *values]), max([0.0, *values])
    high = high if high > low else low + 1
    pads = [0.0, 0.0]  # for labels left of a negative bar, right of all others
    for row, text in zip(places.shown, texts, strict=True):
        side = 0 if is_compared(row) and figure_of(row) < 0 else 1
        pads[side] = max(pads[side], text_width(text, places.type) + 6)
    axes = places.axes(page.right, sum(pads) + 30)
    scale = (high - low) / (page.right - places.left - sum(pads))
    axes.set_xlim(low - pads[0] * scale, high + pads[1] * scale)
    x_of, _ = page.positions(axes)
    crossed = x_of(at) if at is not None else -1.0
    for number, (row, text) in enumerate(zip(places.shown, texts, strict=True)):
        base = places.base(places.line(number))
        places.write_name(number, has_value(row))
        if not is_compared(row):
            page.write(x_of(0) + 5, base, text, places.type, color=palette.muted)
            continue
        value, color = figure_of(row), palette.highlight if place_key(row) == places.marked else palette.plain
        face = bar_face(row.get("status"), color)
        edge = color if face != color else "none"
        axes.barh(places.line(number), value, 0.7, facecolor=face, edgecolor=edge, linewidth=1.0)
        x, sign = x_of(value), 1 if value >= 0 else -1
        end = x + sign * (6 + text_width(text, places.type))
        backing = BACKING if min(x + 1, end) < crossed < max(x - 1, end) else None
        page.write(x + sign * 4, base, text, places.type, ha="left" if sign > 0 else "right", bbox=backing)
    places.write_gap(x_of(0) + 5, lang)
    page.rule(x_of(0), places.bottom, x_of(0), page.top, palette.ink, 0.8)
    if at is not None:
        unit = "percent" if places.shown[0].get("measure") == "share" else str(places.shown[0].get("unit") or "")
        words = f"{name}: {format_value(at, unit, lang, captions.label_decimals(at))}"
        page.rule(crossed, places.bottom, crossed, page.top + 4, palette.ink, 1.0, linestyle=(0, (3, 2)))
        width = text_width(words, page.type * 0.9)
        start = min(max(crossed - width / 2, page.left), page.right - width)
        page.write(start, page.top + 7, words, page.type * 0.9)


def _bar_text(row: Row, lang: str) -> str:
    if row.get("signed") and not has_value(row):
        return say("không so sánh được", "not comparable", lang)
    text = value_text(row, lang, unit=row.get("unit") == "percent")
    if has_value(row) and not is_compared(row):
        text += say(" (không xếp hạng)", " (not ranked)", lang)
    return text


def _difference(row: Row, column: str) -> Row:
    """A row whose figure is a difference: in its own unit, signed, neither inexact nor a share."""
    unit = row.get(f"{column}_unit") or row.get("unit")
    cleared = {"figure": None, "measure": "", "of": None, "qualifier": "", "value_max": None, "status": "actual"}
    decimals = captions.label_decimals(row[column]) if has_value(row, column) else 0
    decimals = max(decimals, row["decimals"])
    return {**row, **cleared, "value": row[column], "unit": unit, "signed": True, "decimals": decimals}


def dumbbell(
    pairs: pd.DataFrame,
    *,
    columns: tuple[str, str] | None = None,
    names: tuple[str, str] | None = None,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Two figures of each place on one line: before and after, or plan and result.

    Takes the result of `compare.change` or of `compare.plan_actual`; for other tables name the two `columns`, and
    `names` for the key. The first figure is a ring, the second a full point; two that do not compare are not joined.
    """
    plan = columns is None and "target" in pairs.columns
    first, second = columns or (("target", "actual") if plan else ("from_value", "value"))
    rows = rows_of(pairs, "place", first, second)
    with briefing_style():
        palette = load_palette()
        known = [row for row in rows if is_compared(row, first, second)]
        best = None
        if plan:
            finding = title or findings.plan_finding(rows, lang)
        else:
            finding = title or findings.change_finding([_ends(row, first, second) for row in known], lang)
            best = max(known, key=lambda row: abs(row[second] - row[first]), default=None)
        marked = chosen(highlight, place_key(best) if best and len(rows) > 1 else None, rows)
        subtitle = captions.measure_line(rows, lang, periods=_periods(rows))
        drawn = [
            {
                **row,
                "value": row[second] if row[second] is not None else row[first],
                "note": "" if row.get("outcome") else row.get("note"),
            }
            for row in rows
        ]
        foot = captions.caption(drawn, lang)
        ring, full, joined = names or _pair_names(rows, plan, lang), "o", palette.dark
        key = [
            (
                ring[0],
                {
                    "linestyle": "",
                    "marker": full,
                    "markersize": 6,
                    "markerfacecolor": "white",
                    "markeredgecolor": joined,
                    "markeredgewidth": 1.3,
                },
            ),
            (ring[1], {"linestyle": "", "marker": full, "markersize": 6, "color": joined}),
        ]
        page = begin(
            page_for(size, len(rows), 24), finding, subtitle, key, foot, rows_height(len(rows)), bare=title == ""
        )
        places = RowList(page, rows, row_labels(rows, lang), marked, share=0.34)
        texts = [(_end_text(row, first, lang), _end_text(row, second, lang)) for row in places.shown]
        pad = max((text_width(text, places.type) for pair in texts for text in pair), default=0.0) + 10
        values = [row[c] for row in places.shown for c in (first, second) if has_value(row, c)] or [0.0]
        low, high = (min(values), max(values)) if min(values) < max(values) else (min(values) - 1, max(values) + 1)
        axes = places.axes(page.right, 2 * pad + 30)
        scale = (high - low) / (page.right - places.left - 2 * pad)
        axes.set_xlim(low - pad * scale, high + pad * scale)
        for number, (row, pair) in enumerate(zip(places.shown, texts, strict=True)):
            places.write_name(number, has_value(row, first) or has_value(row, second))
            _draw_pair(places, axes, row, (first, second), pair, places.line(number), lang)
        places.write_gap(places.left + 6, lang, second)
        return finish(page, say("Biểu đồ quả tạ", "Dumbbell chart", lang), finding, subtitle, drawn, foot, lang)


def _draw_pair(
    places: RowList, axes: Axes, row: Row, columns: tuple[str, str], texts: tuple[str, str], line: int, lang: str
) -> None:
    """The two points of a place, their line, and the figures on the outer sides."""
    palette, page = load_palette(), places.page
    x_of, y_of = page.positions(axes)
    is_marked, base, y = place_key(row) == places.marked, places.base(line), y_of(line)
    color, dot = palette.highlight if is_marked else palette.dark, min(6.5 * page.scale, places.height * 0.5)
    page.rule(places.left, y, page.right, y, palette.grid, 0.6, zorder=0.4)
    a, b = row[columns[0]], row[columns[1]]
    if a is None and b is None:
        page.write(
            places.left + 6,
            base,
            say("không có số liệu", "no data", lang),
            places.type,
            color=palette.muted,
            bbox=BACKING,
        )
        return
    if is_compared(row, *columns):
        axes.plot(
            [a, b],
            [line, line],
            color=color if is_marked else palette.pale,
            linewidth=2.4 * page.scale,
            zorder=1,
            solid_capstyle="butt",
        )
    if a is not None:
        axes.plot(
            [a],
            [line],
            "o",
            markersize=dot,
            markerfacecolor="white",
            markeredgecolor=color,
            markeredgewidth=1.3,
            zorder=2,
        )
    if b is not None:
        axes.plot(
            [b], [line], "o", markersize=dot * (0.6 if a == b else 1), color=color, markeredgecolor="none", zorder=3
        )
    for value, text, other, late in ((a, texts[0], b, False), (b, texts[1], a, True)):
        if value is None or (value == other and not late):
            continue
        sign = 1 if other is None or value >= other else -1
        page.write(
            x_of(value) + sign * (dot / 2 + 3),
            base,
            text,
            places.type,
            ha="left" if sign > 0 else "right",
            bbox=BACKING,
            color=palette.ink if late else palette.muted,
        )


def _end_text(row: Row, column: str, lang: str) -> str:
    if not has_value(row, column):
        return ""
    sign = (
        row.get("target_qualifier")
        if column == "target"
        else row.get("qualifier")
        if column in ("value", "actual")
        else ""
    )
    plain = {"unit": row.get("unit"), "decimals": row["decimals"], "qualifier": sign}
    return value_text({**plain, "value": row[column]}, lang, unit=row.get("unit") == "percent")


def _ends(row: Row, first: str = "from_value", second: str = "value") -> tuple[Row, Row]:
    """The two figures of a pair as two rows."""
    return (
        {
            **row,
            "value": row[first],
            "period": row.get("from_period") or "",
            "of": row.get("from_of"),
            "qualifier": "",
            "status": row.get("from_status"),
        },
        {**row, "value": row[second]},
    )


def _periods(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(str(p) for row in rows for p in (row.get("from_period"), row.get("period")) if p))


def _pair_names(rows: list[Row], plan: bool, lang: str) -> tuple[str, str]:
    """What the ring and the point are called in the key."""
    if plan:
        return say("kế hoạch", "plan", lang), say("thực hiện", "result", lang)
    words = []
    for column, vi, en in (("from_period", "kỳ đầu", "earlier"), ("period", "kỳ sau", "later")):
        one = captions.common([row for row in rows if row.get(column)], column)
        words.append(format_period(one, lang, short=True) if one else say(vi, en, lang))
    return words[0], words[1]


def bullet(
    plans: pd.DataFrame,
    *,
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Results as bars against their plan, each row on the scale of its own plan (the tick); bars end at twice the plan.

    Takes the result of `compare.plan_actual`, of one indicator or several. A plan that was reached is dark, one that
    was not is pale, and the label says both figures. Plans without a result yet are counted in the note.
    """
    every = rows_of(plans, "place", "actual", "target", "done_pct", "outcome")
    rows = [row for row in every if has_value(row, "actual")] or every
    with briefing_style():
        palette = load_palette()
        finding, subtitle = title or findings.plan_finding(rows, lang), captions.plan_line(rows, lang)
        waiting = len(every) - len(rows)
        notes = (
            [say(f"{waiting} kế hoạch chưa có số thực hiện", f"{waiting} plans without a result yet", lang)]
            if waiting
            else []
        )
        drawn = [{**row, "value": row["actual"], "note": ""} for row in rows]
        foot = captions.caption(drawn, lang, notes=notes)
        marked = chosen(highlight or "", None, rows)
        tick = {"linestyle": "", "marker": "|", "markersize": 10, "color": palette.ink, "markeredgewidth": 2}
        key = [
            (say("đạt kế hoạch", "plan reached", lang), {**SQUARE, "color": palette.dark}),
            (say("không đạt", "not reached", lang), {**SQUARE, "color": palette.pale}),
            (say("mức kế hoạch", "the plan", lang), tick),
        ]
        if any(not row.get("outcome") for row in rows):
            hollow = {**SQUARE, "markerfacecolor": "white", "markeredgecolor": palette.plain}
            key.insert(2, (say("chưa đánh giá được", "not judged", lang), hollow))
        page = begin(
            page_for(size, len(rows), 24), finding, subtitle, key, foot, rows_height(len(rows)), bare=title == ""
        )
        places = RowList(page, rows, _plan_labels(rows, lang), marked, share=0.36)
        room = (page.right - page.left) * 0.3
        texts = [places.fit(captions.plan_text(row, lang), room) for row in places.shown]
        texts = [  # too long: the unit goes before the share of the plan does
            places.fit(captions.plan_text(row, lang, full=False), room) if text[-1].endswith("…") else text
            for row, text in zip(places.shown, texts, strict=True)
        ]
        right = page.right - max(text_width(part, places.type) for text in texts for part in text) - 9
        axes = places.axes(right)
        lengths = [_plan_length(row) for row in places.shown]
        axes.set_xlim(0, max([1.08, *(min(length, 2.0) for length in lengths if length is not None)]))
        x_of, _ = page.positions(axes)
        for number, (row, text, length) in enumerate(zip(places.shown, texts, lengths, strict=True)):
            line, is_marked = places.line(number), place_key(row) == marked
            places.write_name(number, length is not None)
            color = palette.ink if length is not None else palette.muted
            places.write(right + 9, number, text, color=color)
            if length is None:
                continue
            outcome = row.get("outcome") or ""
            color = palette.highlight if is_marked else palette.dark if outcome in REACHED else palette.pale
            edge, face = (color, color) if outcome else (palette.highlight if is_marked else palette.plain, "white")
            axes.barh(line, min(length, 2.0), 0.5, facecolor=face, edgecolor=edge, linewidth=1.0)
            tick = {"color": palette.ink, "linewidth": 2.2 * page.scale, "solid_capstyle": "butt", "zorder": 3}
            axes.plot([1, 1], [line - 0.4, line + 0.4], **tick)
            if length > 2.0:
                on_dark = outcome in REACHED or (is_marked and outcome)
                color = "white" if on_dark else palette.ink
                page.write(x_of(2.0) - 3, places.base(line), "»", places.type, ha="right", color=color)
        places.write_gap(places.left + 6, lang, "done_pct")
        page.rule(places.left, places.bottom, places.left, page.top, palette.ink, 0.8)
        return finish(page, say("Biểu đồ so với kế hoạch", "Bullet chart", lang), finding, subtitle, drawn, foot, lang)


def _plan_labels(rows: list[Row], lang: str) -> list[str]:
    """Place, indicator, or both: what tells the rows apart."""
    if len({row.get("indicator") for row in rows}) == 1:
        return row_labels(rows, lang)
    measures = [captions.short_name([row], lang) for row in rows]
    names, one_place = captions.place_names(rows), len({place_key(row) for row in rows}) == 1
    labels = [
        measure if one_place else f"{names[place_key(row)]}: {measure}"
        for row, measure in zip(rows, measures, strict=True)
    ]
    return [
        f"{format_period(str(row['period']), lang, short=True)}, {label}" if labels.count(label) > 1 else label
        for row, label in zip(rows, labels, strict=True)
    ]


def _plan_length(row: Row) -> float | None:
    """How long the bar is when the plan is 1."""
    if has_value(row, "done_pct"):
        return row["done_pct"] / 100
    if has_value(row, "actual") and has_value(row, "target") and row["target"] > 0 and row["actual"] >= 0:
        return row["actual"] / row["target"]
    return None
