"""Briefing figures: each function takes one finished comparison and gives a matplotlib figure; `save` writes it.

    figure = charts.ranked_bars(compare.rank(table, "poverty_rate", province="Phú Thọ", period="2016"))
    charts.save(figure, "figures/poverty")

The charts calculate nothing: they draw the numbers that `compare` gives, put the finding into the title, source and
caveats into the foot, and label the data directly. Options that all share: `highlight` (a place; the one that the title
names if None, no place if ""), `lang` ("vi" or "en"), `size` ("slide", "half" or "full" A4 page; by the number of rows
if None) and `title` (in place of the computed finding; with "" the figure has neither title nor foot, for documents
that set `figure.finding`, `figure.measure` and `figure.foot` themselves). Type and colours stand in
`briefing.mplstyle`, the page is made in `layout`, the words in `findings` and `captions`; the charts themselves are in
the modules `chart_*`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.drawing.layout import LayoutProblem, briefing_style, load_style, with_typeface
from analysis.drawing.lines import slope, trend
from analysis.drawing.maps import district_map
from analysis.drawing.panels import small_multiples
from analysis.drawing.parts import ChartProblem
from analysis.drawing.rows import bullet, dumbbell, ranked_bars
from analysis.drawing.spread import dispersion, funnel
from analysis.drawing.table import scorecard

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "ChartProblem",
    "LayoutProblem",
    "bullet",
    "dispersion",
    "district_map",
    "dumbbell",
    "funnel",
    "ranked_bars",
    "save",
    "save_all",
    "scorecard",
    "slope",
    "small_multiples",
    "trend",
]

FORMATS = ("png", "svg", "pdf")


def save(figure: Figure, path: str | Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write a figure as path.png (300 dpi), path.svg and path.pdf (text as text), and its words as path.txt and inside.

    An SVG carries the letters of the typeface that it needs. The same data give the same bytes. Makes the folder if
    needed and gives the paths written, the text last. Raises ChartProblem for a format that it does not know.
    """
    unknown = [form for form in formats if form not in FORMATS]
    if unknown:
        raise ChartProblem(
            f"Figures are not written as {', '.join(map(repr, unknown))}; choose from: {', '.join(FORMATS)}."
        )
    path = Path(path)
    path = path.with_suffix("") if path.suffix[1:] in FORMATS else path
    path.parent.mkdir(parents=True, exist_ok=True)
    words = getattr(figure, "alt_text", "")
    title = words.partition("\n")[0]
    described = {
        "png": {"Software": None, "Description": words},
        "svg": {"Date": None, "Creator": None, "Title": title or None, "Description": words or None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": title or None},
    }
    written = []
    with briefing_style():
        for form in formats:
            written.append(path.with_name(f"{path.name}.{form}"))
            figure.savefig(written[-1], format=form, metadata=described[form])
            if form == "svg":
                bare = written[-1].read_text(encoding="utf-8")
                written[-1].write_text(with_typeface(bare), encoding="utf-8", newline="\n")
    written.append(path.with_name(f"{path.name}.txt"))
    written[-1].write_text(words + "\n", encoding="utf-8", newline="\n")
    return written


def save_all(
    figures: Mapping[str | Path, Figure | Callable[[], Figure]], formats: Sequence[str] = FORMATS, workers: int = 2
) -> list[Path]:
    """Write many figures, `workers` at a time in processes of their own; gives the paths in the order of the figures.

    A figure may be given as a function without arguments that draws it, such as `partial(ranked_bars, ranking)`: then
    the drawing is done in parallel too. An error says which figure it was.
    """
    workers = min(workers, len(figures))
    if workers < 2:
        return [path for name, figure in figures.items() for path in _draw_and_save(figure, name, formats)]
    from concurrent.futures import ProcessPoolExecutor

    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401  (loaded once here, where processes are copies of this one)

    load_style()
    with ProcessPoolExecutor(workers) as pool:
        tasks = [pool.submit(_draw_and_save, figure, name, formats) for name, figure in figures.items()]
        return [path for task in tasks for path in task.result()]


def _draw_and_save(figure: Figure | Callable[[], Figure], name: str | Path, formats: Sequence[str]) -> list[Path]:
    try:
        return save(figure() if callable(figure) else figure, name, formats)
    except ValueError as problem:
        raise ChartProblem(f"{name}: {problem}") from problem
