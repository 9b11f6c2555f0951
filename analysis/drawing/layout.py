"""The page a figure is drawn on: sizes, style, and text that is measured before it is placed.

It knows points, lines of text and boxes, and nothing of indicators: what to draw is the business of `charts`, what the
words say is the business of `captions`. All distances are points (1/72 inch) from the lower left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

STYLE = Path(__file__).parents[1] / "briefing.mplstyle"
FONTS = Path(__file__).parents[1] / "fonts"
LINE = 1.36  # distance of two lines of text, in type sizes: Vietnamese capitals carry two marks (Ễ)
SMALLEST = 6.0  # no text is set smaller than this, in points


class LayoutProblem(ValueError):
    """A page size that does not exist, or content that no page can hold."""


@dataclass(frozen=True)
class Size:
    """A page: width and height in inches, and the factor by which its type is larger than on A4."""

    width: float
    height: float
    scale: float


SIZES = {
    "slide": Size(10.0, 5.625, 1.3),  # 16:9
    "half": Size(6.3, 4.5, 1.0),  # half an A4 page between the margins of an administrative document
    "full": Size(6.3, 9.2, 1.0),  # the whole A4 page
}


@dataclass(frozen=True)
class Palette:
    """The colours of the style file by their role."""

    ink: str
    muted: str
    grid: str
    highlight: str
    plain: str
    dark: str
    pale: str
    quartiles: tuple[str, str, str, str]


@lru_cache(maxsize=1)
def load_style() -> dict[str, Any]:
    """The settings of the style file; the first call also makes the typeface known to matplotlib."""
    from matplotlib import font_manager, rc_params_from_file

    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    return dict(rc_params_from_file(STYLE, use_default_template=False))


@lru_cache(maxsize=1)
def load_palette() -> Palette:
    """The colours of the style file as "#rrggbb"."""
    from matplotlib.colors import to_hex

    style = load_style()
    colours = [to_hex(colour) for colour in style["axes.prop_cycle"].by_key()["color"]]
    return Palette(
        to_hex(style["text.color"]),
        to_hex(style["xtick.color"]),
        to_hex(style["grid.color"]),
        *colours[:4],
        quartiles=tuple(colours[4:8]),
    )


@contextmanager
def briefing_style() -> Iterator[None]:
    """Matplotlib with the style of the figures inside the `with` block."""
    from matplotlib import rc_context

    with rc_context(load_style()):
        yield


def with_typeface(svg: str) -> str:
    """An SVG with the letters that it uses of the shipped typeface inside, and others for programs that ignore them."""
    import re
    from base64 import b64encode
    from html import unescape
    from io import BytesIO

    from fontTools import subset
    from fontTools.ttLib import TTFont

    family = load_style()["font.family"][0]
    letters = set(unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))))
    faces = []
    for name, weight in (("Regular", 400), ("Bold", 700)):
        if weight == 700 and "font-weight: 700" not in svg:
            continue
        font = TTFont(FONTS / f"BeVietnamPro-{name}.ttf", recalcTimestamp=False)
        options = subset.Options(hinting=False, layout_features=["kern", "ccmp", "mark", "mkmk"], name_IDs=[])
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[ord(letter) for letter in letters])
        subsetter.subset(font)
        font.flavor = "woff"
        content = BytesIO()
        font.save(content)
        source = f"url(data:font/woff;base64,{b64encode(content.getvalue()).decode()})"
        faces.append(f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}")
    svg = svg.replace(f"font-family: '{family}', ", f"font-family: '{family}', Arial, ").replace(
        "'DejaVu Sans';", "'DejaVu Sans', sans-serif;"
    )
    return svg.replace(" <metadata>", f" <style>{''.join(faces)}</style>\n <metadata>", 1)


@lru_cache(maxsize=8)
def _font(bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=load_style()["font.family"], weight="bold" if bold else "normal", size=100)


@lru_cache(maxsize=8192)
def _width_of_100(text: str, bold: bool) -> float:
    from matplotlib.textpath import text_to_path

    return text_to_path.get_text_width_height_descent(text, _font(bold), False)[0]


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is at a type size, in points."""
    return _width_of_100(text, bold) * size / 100


def wrap(text: str, width: float, size: float, bold: bool = False, lines: int | None = None) -> list[str]:
    """The lines of a text broken at spaces to fit a width; with `lines`, the last one ends in "…" if more would follow.

    A no-break space binds words. A word wider than the line is cut by letters, so that no line is wider than asked.
    """
    result, line = [], ""
    for word in text.split(" "):
        while text_width(word, size, bold) > width and len(word) > 1:
            if line:
                result, line = [*result, line], ""
            keep = next((n for n in range(len(word), 1, -1) if text_width(word[:n], size, bold) <= width), 1)
            result, word = [*result, word[:keep]], word[keep:]
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size, bold) > width:
            result, line = [*result, line], word
        else:
            line = longer
    result = [*result, line] if line else result
    if lines is not None and len(result) > lines:
        result = [*result[: lines - 1], shorten(" ".join(result[lines - 1 :]), width, size, bold)]
    return result


def balanced(text: str, width: float, size: float) -> float:
    """The width at which a bold text takes no more lines than at `width`, but lines of about the same length."""
    lines = len(wrap(text, width, size, True))
    low, high = width * 0.6, width
    while lines > 1 and high - low > 4:
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(text, middle, size, True)) == lines else (middle, high)
    return high


def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text when it fits the width, else as much of it as fits with "…"."""
    if text_width(text, size, bold) <= width:
        return text
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        cut = text[:middle].rstrip(" ,;:–-") + "…"
        low, high = (middle, high) if text_width(cut, size, bold) <= width else (low, middle - 1)
    return text[:low].rstrip(" ,;:–-") + "…"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near as possible to the wanted ones, in their order, at least `gap` apart, between low and high.

    The gap shrinks evenly when the room is too small, so ask `fitting` first.

    >>> spread([1, 1, 5], 2, 0, 10)
    [0.0, 2.0, 5.0]
    >>> spread([9, 9.5], 2, 0, 10)
    [8.0, 10.0]
    >>> spread([], 2, 0, 10)
    []
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    blocks: list[list[float]] = []  # [sum of wanted first positions, members, first position]
    for rank, index in enumerate(order):
        blocks.append([wanted[index] - gap * rank, 1, 0.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, members, _ = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += members
    result, rank = [0.0] * len(wanted), 0
    for total, members, _ in blocks:
        start = float(min(max(total / members, low), high - gap * (len(wanted) - 1)))
        for _ in range(int(members)):
            result[order[rank]] = start + gap * rank
            rank += 1
    return result


def fitting(room: float, gap: float) -> int:
    """How many labels `gap` apart fit into a length.

    >>> fitting(100, 10), fitting(5, 10)
    (11, 1)
    """
    return int(room / gap + 1e-9) + 1


Box = tuple[float, float, float, float]


def overlaps(box: Box, others: Iterable[Box]) -> bool:
    """Whether a box (left, bottom, right, top) shares area with one of the others."""
    left, bottom, right, top = box
    return any(left < other[2] and other[0] < right and bottom < other[3] and other[1] < top for other in others)


def place_labels(
    anchors: Sequence[tuple[float, float]],
    texts: Sequence[str],
    size: float,
    room: Box,
    *,
    taken: Sequence[Box] = (),
    distance: float = 4.0,
    sides: Sequence[str] | None = None,
) -> list[tuple[float, float, str] | None]:
    """For each anchor the position (x, baseline y, alignment) of its label, or None where none is free.

    Earlier labels have precedence; taken boxes and the other anchors are kept free. `sides` limits a label to those
    named in its word: "rlab" is right, left, above, below, then the corners. The same input gives the same output.
    """
    boxes = [*taken, *((x - 2, y - 2, x + 2, y + 2) for x, y in anchors)]
    result: list[tuple[float, float, str] | None] = []
    up, down = 0.98 * size, 0.28 * size
    for number, ((x, y), text) in enumerate(zip(anchors, texts, strict=True)):
        width = text_width(text, size)
        spots = {
            "r": [(x + distance, y - 0.35 * size, "left")],
            "l": [(x - distance, y - 0.35 * size, "right")],
            "a": [(x, y + distance + down, "center")],
            "b": [(x, y - distance - up, "center")],
            "c": [
                (x + distance, y + 0.75 * distance + down, "left"),
                (x - distance, y + 0.75 * distance + down, "right"),
                (x + distance, y - 0.5 * distance - up, "left"),
                (x - distance, y - 0.5 * distance - up, "right"),
            ],
        }
        wanted = [spot for side in (sides[number] if sides else "rlabc") for spot in spots[side]]
        result.append(None)
        for left, base, align in wanted:
            start = left - {"left": 0, "center": width / 2, "right": width}[align]
            box = (start - 1, base - down, start + width + 1, base + up)
            inside = box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]
            if inside and not overlaps(box, boxes):
                boxes.append(box)
                result[-1] = (left, base, align)
                break
    return result


@lru_cache(maxsize=1)
def _chart_class() -> type[Figure]:
    from matplotlib.figure import Figure

    global Chart

    class Chart(Figure):
        """A matplotlib figure that is drawn in the style of the style file wherever it is saved or shown.

        `alt_text` says what it shows; `finding`, `measure` and `foot` (source and notes) are the words around it.
        """

        alt_text = finding = measure = ""
        foot: tuple[str, ...] = ()

        def draw(self, renderer: Any) -> None:
            with briefing_style():
                super().draw(renderer)

        def savefig(self, *arguments: Any, **options: Any) -> None:
            with briefing_style():
                super().savefig(*arguments, **options)

        def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
            """The picture in a notebook: twice as many dots as it is wide on the screen, sharp on any."""
            from io import BytesIO

            content = BytesIO()
            self.savefig(content, format="png", dpi=2 * self.dpi)
            width, height = self.get_size_inches() * self.dpi
            return content.getvalue(), {"width": round(width), "height": round(height)}

    Chart.__qualname__ = "Chart"
    return Chart


def __getattr__(name: str) -> Any:
    if name == "Chart":  # made when the first figure is, so that importing this module loads no matplotlib
        return _chart_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Page:
    """A figure with a head and a foot; what lies between is `left`, `bottom`, `right`, `top` in points."""

    def __init__(self, size: str = "half", height: float | None = None) -> None:
        if size not in SIZES:
            raise LayoutProblem(f"There is no figure size {size!r}; write one of: {', '.join(SIZES)}.")
        page = SIZES[size]
        self.scale = page.scale
        self.type = load_style()["font.size"] * page.scale
        self.figure = _chart_class()(figsize=(page.width, height / 72 if height else page.height))
        self.width, self.height = page.width * 72, height or page.height * 72
        margin = 8 * page.scale
        self.left, self.right = margin, self.width - margin
        self.bottom, self.top = margin, self.height - margin

    def write(self, x: float, y: float, text: str, size: float | None = None, **options: Any) -> Text:
        """One line of text with its baseline at y."""
        options = {"va": "baseline", "ha": "left", **options}
        text = text.replace("\u00a0", " ")
        return self.figure.text(x / self.width, y / self.height, text, fontsize=size or self.type, **options)

    def lines(self, x: float, top: float, lines: Sequence[str], size: float, **options: Any) -> float:
        """Lines of text downwards from `top`; gives the y below them."""
        for number, line in enumerate(lines):
            self.write(x, top - size * (1.05 + LINE * number), line, size, **options)
        return top - size * LINE * len(lines)

    def head(self, title: str, subtitle: str) -> None:
        """The red mark, the finding in bold and the measure below it; the title gets smaller before it gets long."""
        palette, width = load_palette(), self.right - self.left
        self.rule(self.left, self.top, self.left + 26 * self.scale, self.top, palette.highlight, 3 * self.scale)
        self.top -= 5 * self.scale
        size = self.type * 1.42
        while len(wrap(title, width, size, True)) > 2 and size > self.type * 1.12:
            size -= 0.25
        width = balanced(title, width, size)
        self.top = self.lines(
            self.left, self.top, wrap(title, width, size, True, 4), size, fontweight="bold", color=palette.ink
        )
        self.top -= 1.5 * self.scale
        width = self.right - self.left
        self.top = self.lines(
            self.left, self.top, wrap(subtitle, width, self.type, lines=3), self.type, color=palette.muted
        )
        self.top -= 6 * self.scale

    def foot(self, paragraphs: Sequence[str]) -> None:
        """Source and notes at the foot, small."""
        size, width = max(self.type * 0.8, SMALLEST), self.right - self.left
        lines = [line for paragraph in paragraphs for line in wrap(paragraph, width, size, lines=4)]
        top = self.bottom + size * LINE * len(lines)
        self.lines(self.left, top, lines, size, color=load_palette().muted)
        self.bottom = top + 7 * self.scale

    def key(self, entries: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """A row that explains the signs used: (words, options of the marker line), as many lines as needed."""
        if not entries:
            return
        from matplotlib.lines import Line2D

        size, x = self.type * 0.9, self.left
        for words, options in entries:
            alone = options.get("linestyle") == ""  # a sign, not a line
            sign = (0 if not options else 9 if alone else 20) * self.scale
            width = sign + (4 * self.scale if sign else 0) + text_width(words, size)
            if x + width > self.right and x > self.left:
                x, self.top = self.left, self.top - size * LINE
            if sign:
                middle = (self.top - size * 0.72) / self.height
                xs = [x + sign / 2] if alone else [x, x + sign / 2, x + sign]
                self.figure.add_artist(
                    Line2D([at / self.width for at in xs], [middle] * len(xs), **{"solid_capstyle": "butt", **options})
                )
            self.write(
                x + width - text_width(words, size), self.top - size * 1.05, words, size, color=load_palette().muted
            )
            x += width + 14 * self.scale
        self.top -= size * LINE + 5 * self.scale

    def rule(self, x0: float, y0: float, x1: float, y1: float, color: str, width: float, **options: Any) -> None:
        """A straight line on the page."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                [x0 / self.width, x1 / self.width],
                [y0 / self.height, y1 / self.height],
                color=color,
                linewidth=width,
                **{"solid_capstyle": "butt", **options},
            )
        )

    def positions(self, axes: Axes) -> tuple[Callable[[float], float], Callable[[float], float]]:
        """Where data stand on the page: a function for x and one for y, from data to points."""
        box = axes.get_position()
        (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
        left, bottom = box.x0 * self.width, box.y0 * self.height
        across, up = box.width * self.width / (x1 - x0), box.height * self.height / (y1 - y0)
        return lambda x: left + (x - x0) * across, lambda y: bottom + (y - y0) * up

    def axes(self, left: float, bottom: float, right: float, top: float) -> Axes:
        """Bare axes in a box of points: no frame, no ticks; their limits are the chart's business."""
        if right - left < 20 or top - bottom < 12:
            raise LayoutProblem(
                'The words leave no room for the drawing; take a larger size ("full") or shorter names.'
            )
        axes = self.figure.add_axes(
            (left / self.width, bottom / self.height, (right - left) / self.width, (top - bottom) / self.height)
        )
        axes.set_axis_off()
        axes.set_zorder(1)  # above the grid, below the words
        axes.set_autoscale_on(False)
        return axes


def round_steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from below `low` to above `high`, at most `most` steps.

    >>> round_steps(0, 87), round_steps(-3.2, 1.1), round_steps(5, 5)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0], [5.0, 6.0, 7.0, 8.0, 9.0, 10.0])
    """
    from math import ceil, floor, log10

    high = high if high > low else low + (abs(low) or 1.0)
    span = high - low
    power = 10.0 ** floor(log10(span / most))
    for factor in (1, 2, 2.5, 5, 10, 20, 25, 50):
        step = factor * power
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first <= most or (factor >= 10 and last - first <= most + 1):
            last = max(last, first + 1)
            return [round(number * step, 10) for number in range(first, last + 1)]
    return [low, high]
