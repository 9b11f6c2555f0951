"""What the charts share: the rows of a comparison, the highlight, signs of status, lists of rows, axes and labels.

It draws on a `layout.Page`; each chart decides in its own module what is drawn where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.drawing import captions
from analysis.drawing.captions import Place, has_value, place_key, value_text
from analysis.drawing.layout import (
    SMALLEST,
    LayoutProblem,
    Page,
    fitting,
    load_palette,
    round_steps,
    shorten,
    spread,
    text_width,
    wrap,
)
from analysis.words import format_number, format_period, say, status_text, unit_decimals

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = dict[str, Any]
"""One row of a comparison; a missing number is None."""

FIGURES = ("value", "from_value", "actual", "target", "share", "median", "lowest", "highest")
BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # under a label that a line crosses
SQUARE = {"linestyle": "", "marker": "s", "markersize": 7}  # a colour in the key


class ChartProblem(ValueError):
    """A table that a chart can not be drawn from, or an option that it does not know."""


def rows_of(table: pd.DataFrame, *needed: str) -> list[Row]:
    """The rows of a comparison as dictionaries; raises ChartProblem for an empty table or a missing column."""
    lacking = [column for column in needed if column not in table.columns]
    if lacking:
        raise ChartProblem(
            f"The table has no column {', '.join(map(repr, lacking))}; charts take the result of a function of "
            f"analysis.compare. It has: {', '.join(map(str, table.columns))}."
        )
    if table.empty:
        raise ChartProblem(
            "The comparison has no rows, so there is nothing to draw; choose more places or other periods."
        )
    columns = [
        [None if missing else value for value, missing in zip(table[name].tolist(), table[name].isna(), strict=True)]
        for name in table.columns
    ]
    names = [str(name) for name in table.columns]
    rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    decimals: dict[tuple, int] = {}
    for row in rows:  # the labels of one measure have the same decimals: as many as the figures need
        measure = row.get("indicator"), row.get("unit")
        needed = [captions.label_decimals(row[column]) for column in FIGURES if has_value(row, column)]
        most = unit_decimals(str(row.get("unit") or ""))
        decimals[measure] = max([decimals.get(measure, 0), *(min(digits, most) for digits in needed)])
    return [{**row, "decimals": decimals[row.get("indicator"), row.get("unit")]} for row in rows]


def is_compared(row: Row, *columns: str) -> bool:
    """Whether the row has its figures and takes part in the comparison."""
    return all(has_value(row, column) for column in columns or ("value",)) and row.get("compared") is not False


def chosen(highlight: str | None, default: Place | None, rows: Sequence[Row]) -> Place | None:
    """The place to highlight: the one asked for by name (with or without type), none for "", else the default."""
    if highlight is None:
        return default
    if not highlight:
        return None
    for row in rows:
        if highlight in (row["place"], captions.drop_type(row["place"])):
            return place_key(row)
    known = ", ".join(dict.fromkeys(str(row["place"]) for row in rows))
    raise ChartProblem(f"There is no place {highlight!r} to highlight in this comparison; it has: {known}.")


def begin(
    size: str,
    title: str,
    subtitle: str,
    key: Sequence[tuple[str, dict[str, Any]]],
    foot: Sequence[str],
    needed: float | None = None,
    bare: bool = False,
) -> Page:
    """A page with its head, key and foot, and below them as much room as a whole page has or the drawing needs.

    Only a slide keeps its height when less is `needed`. A `bare` page has the same room but neither head nor foot.
    """

    def fill(page: Page) -> Page:
        if not bare:
            page.head(title, subtitle)
        page.key(key)
        if not bare:
            page.foot(foot)
        return page

    whole = Page(size)
    whole.head(title or " ", subtitle)
    whole.key(key)
    whole.foot(foot)
    room = whole.top - whole.bottom
    room = room if size == "slide" or needed is None else min(room, needed)
    page = fill(Page(size)) if bare else whole
    spare = page.top - page.bottom - room
    return fill(Page(size, page.height - spare)) if spare > 6 else page


def finish(
    page: Page, kind: str, title: str, subtitle: str, rows: Sequence[Row], foot: Sequence[str], lang: str
) -> Figure:
    """The figure of the page, with its words for those who set them themselves or can not see it."""
    figure = page.figure
    figure.finding, figure.measure, figure.foot = title.replace("\u00a0", " "), subtitle, tuple(foot)
    figure.alt_text = captions.alternative_text(kind, title, subtitle, rows, foot, lang)
    return figure


def say_nothing(page: Page, lang: str) -> None:
    """The words of an empty drawing."""
    page.write(
        (page.left + page.right) / 2,
        (page.bottom + page.top) / 2,
        say("không có số liệu", "no data", lang),
        ha="center",
        color=load_palette().muted,
    )


# -- the status of a figure -----------------------------------------------------------------------------------------


def is_result(row: Row) -> bool:
    """Whether the figure is a result, not an estimate or a plan."""
    return row.get("status") not in ("target", "estimate", "proposed")


def is_plan(row: Row) -> bool:
    """Whether the figure is a plan, or filed for recognition and not yet decided."""
    return row.get("status") in ("target", "proposed")


def bar_face(status: str | None, color: str) -> str:
    """The filling of a bar: a plan is hollow, an estimate pale."""
    return {"target": "white", "proposed": "white", "estimate": load_palette().pale}.get(status or "", color)


def point_marker(status: str | None) -> str:
    """The point of a figure: a plan is a diamond, a proposal a square."""
    return {"target": "D", "proposed": "s"}.get(status or "", "o")


def line_dash(status: str | None) -> Any:
    """The line that leads to a figure: dotted to a plan, dashed to an estimate."""
    return {"target": (0, (1, 1.6)), "proposed": (0, (1, 1.6)), "estimate": (0, (4, 2))}.get(status or "", "-")


def status_key(rows: Sequence[Row], lang: str, bars: bool = False) -> list[tuple[str, dict[str, Any]]]:
    """The entries of the key when some figures are no results."""
    color = load_palette().plain
    present = {row.get("status") or "actual" for row in rows if has_value(row)}
    entries = []
    for status in ("actual", "estimate", "target", "proposed"):
        if status in present and present != {"actual"}:
            face = bar_face(status, color) if bars else color if status == "actual" else "white"
            sign = (
                {**SQUARE, "markerfacecolor": face, "markeredgecolor": color, "markeredgewidth": 1.2}
                if bars
                else {
                    "color": color,
                    "linewidth": 1.4,
                    "linestyle": line_dash(status),
                    "marker": point_marker(status),
                    "markersize": 5,
                    "markerfacecolor": face,
                    "markeredgecolor": color,
                    "markevery": [1],
                }
            )
            entries.append((status_text(status, lang), sign))
    return entries


# -- rows one below the other ---------------------------------------------------------------------------------------


def row_labels(rows: Sequence[Row], lang: str) -> list[str]:
    """A name for each row: the place, with the period where a place or a period is not the same in all rows."""
    names = captions.place_names(rows)
    keys = [place_key(row) for row in rows]
    mixed = len({row.get("period") for row in rows if row.get("period")}) > 1
    return [
        names[key] + (f", {format_period(str(row['period']), lang, short=True)}" if mixed and row.get("period") else "")
        for key, row in zip(keys, rows, strict=True)
    ]


class RowList:
    """Rows down a page, their names at the left; those that do not fit are left out in the middle and counted there.

    `shown` are the rows drawn, `lines` how many lines there are; `axes` count the lines from 0 at the top.
    """

    def __init__(
        self,
        page: Page,
        rows: Sequence[Row],
        labels: Sequence[str],
        marked: Place | None,
        *,
        share: float = 0.4,
        tallest: float = 30.0,
    ) -> None:
        room = max(int((page.top - page.bottom) / (SMALLEST * 1.42)), 3)
        order = list(range(len(rows)))
        self.page, self.marked, self.gap = page, marked, -1
        if len(rows) > room:
            first, last = room // 2, room - 1 - room // 2
            order = [*order[:first], *order[len(order) - last :]]
            hidden = next((at for at, row in enumerate(rows) if place_key(row) == marked and at not in order), None)
            order = order if hidden is None else [*order[: first - 1], hidden, *order[first:]]
            self.gap = first
        self.shown = [rows[at] for at in order]
        self.hidden = [row for at, row in enumerate(rows) if at not in set(order)]
        self.lines = len(order) + (self.gap >= 0)
        self.height = min((page.top - page.bottom) / self.lines, tallest * page.scale)
        self.type = max(min(page.type, self.height * 0.72), SMALLEST)
        widest = (page.right - page.left) * share
        self.names = [self.fit(labels[at], widest) for at in order]
        self.column = max((text_width(part, self.type) for name in self.names for part in name), default=0.0)
        self.left, self.bottom = page.left + self.column + 7, page.top - self.height * self.lines

    def axes(self, right: float, least: float = 30.0) -> Axes:
        """Axes right of the names."""
        if right - self.left < least:
            raise LayoutProblem(
                'Names and labels leave no room for the drawing; take the size "slide" or shorter names.'
            )
        axes = self.page.axes(self.left, self.bottom, right, self.page.top)
        axes.set_ylim(self.lines - 0.5, -0.5)
        return axes

    def line(self, number: int) -> int:
        """The line on which the row with this number stands."""
        return number + (0 <= self.gap <= number)

    def base(self, line: int) -> float:
        """The baseline of the text of a line."""
        return self.page.top - self.height * (line + 0.5) - self.type * 0.36

    def fit(self, text: str, width: float) -> list[str]:
        """The text as one line, as two where a row is high enough, else cut."""
        return wrap(text, width, self.type, lines=2 if self.height > 2.5 * self.type else 1) or [""]

    def write(self, x: float, number: int, lines: Sequence[str], **options: Any) -> None:
        """One or two lines of text in the middle of a row."""
        base = self.base(self.line(number)) + (len(lines) - 1) * self.type * 0.61
        for at, text in enumerate(lines):
            self.page.write(x, base - at * self.type * 1.22, text, self.type, **options)

    def write_name(self, number: int, known: bool = True) -> None:
        """The name of a row; the highlight in its colour, and bold where that fits; a place without figure in grey."""
        palette, name, is_marked = load_palette(), self.names[number], place_key(self.shown[number]) == self.marked
        bold = is_marked and all(text_width(part, self.type, True) <= self.column for part in name)
        color = palette.highlight if is_marked else palette.ink if known else palette.muted
        self.write(self.left - 7, number, name, ha="right", fontweight="bold" if bold else "normal", color=color)

    def write_gap(self, x: float, lang: str, column: str = "value") -> None:
        """The words in the place of the rows left out: how many, and between which values."""
        if self.gap < 0:
            return
        values = sorted((row for row in self.hidden if has_value(row, column)), key=lambda row: row[column])
        span = f" ({value_text(values[0], lang, column)} – {value_text(values[-1], lang, column)})" if values else ""
        text = say(f"… {len(self.hidden)} dòng khác{span}", f"… {len(self.hidden)} more{span}", lang)
        self.page.write(
            x, self.base(self.gap), shorten(text, self.page.right - x, self.type), self.type, color=load_palette().muted
        )


def rows_height(count: int, extra: float = 0.0) -> float:
    """The height that so many rows take at most on an A4 page, in points: what `begin` needs to know."""
    return max(count, 3) * 30.0 + extra


def page_for(size: str | None, count: int, most_on_half: int) -> str:
    """The size asked for, else the half page for few things and the full page for many."""
    return size or ("full" if count > most_on_half else "half")


# -- axes and labels ------------------------------------------------------------------------------------------------


def moment(period: str) -> float:
    """Where a period stands on the time axis: its end, the end of 2020 being 2020.0.

    >>> moment("2020"), moment("2020-H1"), moment("2020-Q3"), moment("2020-06"), moment("2016/2020"), moment("2020-9M")
    (2020.0, 2019.5, 2019.75, 2019.5, 2020.0, 2019.75)
    """
    year, _, part = period.rpartition("/")[2].partition("-")
    months = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "": 12}.get(part) or part.rstrip("M")
    if not year.isdigit() or not str(months).isdigit():
        raise ChartProblem(f"The period {period!r} has no place on a time axis; write it as 2020, 2020-H1 or 2020-06.")
    return int(year) - 1 + int(months) / 12


def value_steps(values: Sequence[float]) -> list[float]:
    """Round steps of the value axis; it starts at zero unless the values lie far above it."""
    low, high = min(values), max(values)
    return round_steps(low if low > 0.6 * high > 0 or low < 0 else 0.0, high if high > 0 or low >= 0 else 0.0)


def step_texts(steps: Sequence[float], unit: str, lang: str) -> list[str]:
    """The numbers of the value axis, all with the same decimals."""
    decimals = max((captions.label_decimals(step) for step in steps), default=0)
    return [format_number(step, decimals, lang) + ("%" if unit == "percent" else "") for step in steps]


def draw_value_axis(axes: Axes, page: Page, steps: Sequence[float], unit: str, lang: str, left: float) -> None:
    """Horizontal grid lines with their numbers on them at the left; the zero line is drawn in ink."""
    palette, size = load_palette(), max(page.type * 0.88, SMALLEST)
    _, y_of = page.positions(axes)
    right = axes.get_position().x1 * page.width
    for step, text in zip(steps, step_texts(steps, unit, lang), strict=True):
        y, zero = y_of(step), step == 0
        page.rule(left, y, right, y, palette.ink if zero else palette.grid, 0.8 if zero else 0.6, zorder=0.5)
        page.write(left, y + 2, text, size, color=palette.muted)


def draw_time_axis(axes: Axes, page: Page, periods: Mapping[float, str], lang: str) -> list[float]:
    """The periods below the drawing, as many as fit without touching; the first and the last have precedence.

    Gives the moments that were written.
    """
    palette, size = load_palette(), max(page.type * 0.88, SMALLEST)
    x_of, _ = page.positions(axes)
    bottom, taken, shown = axes.get_position().y0 * page.height, [], []
    moments = sorted(periods)
    for at in dict.fromkeys([moments[-1], moments[0], *reversed(moments)]):
        text = format_period(periods[at], lang, short=True)
        width, x = text_width(text, size), x_of(at)
        start = min(max(x - width / 2, page.left), page.right - width)
        page.rule(x, bottom, x, bottom - 3, palette.muted, 0.6)
        if not any(start < end + 6 and begin < start + width + 6 for begin, end in taken):
            taken.append((start, start + width))
            shown.append(at)
            page.write(start, bottom - 4.5 - size, text, size, color=palette.muted)
    return shown


def side_labels(
    page: Page,
    wanted: Sequence[float],
    texts: Sequence[str],
    marked: Sequence[bool],
    x: float,
    sign: int,
    low: float,
    high: float,
    size: float,
) -> int:
    """Labels in a column beside the ends of lines, moved apart; when too many, the marked and outermost ones stay.

    Gives the number of labels left out.
    """
    palette, gap = load_palette(), size * 1.24
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    priority = [index for index in order if marked[index]]
    for lowest, highest in zip(order, reversed(order), strict=True):
        priority += [highest, lowest]
    room, bounds = fitting(high - low - size, gap), (low + size * 0.4, high - size * 0.6)
    kept: list[int] = []
    for index in dict.fromkeys(priority):  # of many, only those that come to stand near their line
        trial = sorted([*kept, index], key=order.index)
        places = spread([wanted[at] for at in trial], gap, *bounds)
        near = all(abs(y - wanted[at]) < 4 * gap for at, y in zip(trial, places, strict=True))
        if len(kept) < room and (near or marked[index] or len(wanted) <= 12):
            kept = trial
    places = spread([wanted[index] for index in kept], gap, *bounds)
    for index, y in zip(kept, places, strict=True):
        if abs(y - wanted[index]) > size * 0.3:
            page.rule(x + sign * 3, wanted[index], x + sign * 11, y, palette.plain, 0.5)
        page.write(
            x + sign * 13,
            y - size * 0.36,
            texts[index],
            size,
            ha="left" if sign > 0 else "right",
            fontweight="bold" if marked[index] else "normal",
            color=palette.highlight if marked[index] else palette.ink,
        )
    return len(wanted) - len(kept)


def spans_of_standards(rows: Sequence[Row]) -> list[tuple[str, float, float]]:
    """The definitions of the rows in order of time, each with its first and last moment; empty when it is only one."""
    spans: dict[str, list[float]] = {}
    for row in rows:
        if has_value(row) and row.get("standard"):
            spans.setdefault(str(row["standard"]), []).append(moment(row["period"]))
    found = sorted((min(times), max(times), name) for name, times in spans.items())
    older = [moment(row["period"]) for row in rows if has_value(row) and not row.get("standard")]
    if found and older and min(older) < found[0][0]:
        found.insert(0, (min(older), max(at for at in older if at < found[0][0]), ""))
    return [(name, first, last) for first, last, name in found] if len(found) > 1 else []


def draw_breaks(
    page: Page,
    breaks: Sequence[tuple[str, float, float]],
    x_of: Callable[[float], float],
    bottom: float,
    top: float,
    right: float,
    lang: str,
) -> None:
    """A dashed line between two definitions; over each stretch the longest name that fits, and the law if it fits."""
    palette, size = load_palette(), max(page.type * 0.82, SMALLEST)
    edges = [
        page.left,
        *(x_of((end + begin) / 2) for (_, _, end), (_, begin, _) in pairwise(breaks)),
        page.right,
    ]
    for x in edges[1:-1]:
        page.rule(x, bottom, x, top + size * 4.1, palette.muted, 0.8, linestyle=(0, (2, 2)), zorder=0.6)
    for (name, _, _), start, end in zip(breaks, edges, edges[1:], strict=False):
        years = name.rpartition("-")[0].rpartition("-")[2][-4:] + "–" + name[-4:]
        forms = [captions.standard_text(name, lang), say(f"chuẩn {years}", f"standard {years}", lang), years]
        if not name:
            forms = [say("không rõ chuẩn", "definition unknown", lang), say("không rõ", "unknown", lang), "?"]
        text = next((form for form in forms if text_width(form, size) <= end - start - 7), "")
        page.write(start + 4, top + size * 3.2, text, size, color=palette.ink)
        law = captions.law_of(name)
        short = law.rpartition("/")[0] or law
        text = next((form for form in (law, short) if text and text_width(form, size) <= end - start - 7), "")
        page.write(start + 4, top + size * 1.95, text, size, color=palette.muted)
