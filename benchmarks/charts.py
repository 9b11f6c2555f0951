"""What the figures cost over bare matplotlib: `python benchmarks/charts.py`.

For each chart: drawing and saving as PNG at 300 dpi, against a bare figure to which the same artists (texts, lines,
bars, collections) are added one by one and which is saved likewise. Then ten figures one by one and by two processes,
and the import. Only two ratios are promised: a figure at most 1.3, the import of the package at most 1.1 of pandas.
"""

import functools
import io
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import test_charts as made  # noqa: E402  (the tables of the tests)

from analysis import charts  # noqa: E402
from analysis.drawing import layout  # noqa: E402


def record(figure):
    """The artists of a figure as plain data."""
    texts = [
        (
            *text.get_position(),
            text.get_text(),
            {
                "fontsize": text.get_fontsize(),
                "color": text.get_color(),
                "ha": text.get_ha(),
                "va": text.get_va(),
                "fontweight": text.get_fontweight(),
                "bbox": backing(text),
            },
        )
        for text in figure.texts
    ]
    rules = [line_of(line) for line in figure.artists if hasattr(line, "get_xdata")]
    rooms = []
    for axes in figure.axes:
        rooms.append(
            {
                "box": axes.get_position().bounds,
                "xlim": axes.get_xlim(),
                "ylim": axes.get_ylim(),
                "xscale": axes.get_xscale(),
                "lines": [line_of(line) for line in axes.lines],
                "bars": [
                    (
                        patch.get_xy(),
                        patch.get_width(),
                        patch.get_height(),
                        patch.get_facecolor(),
                        patch.get_edgecolor(),
                        patch.get_hatch(),
                    )
                    for patch in axes.patches
                ],
                "areas": [
                    (
                        [path.vertices for path in area.get_paths()],
                        area.get_facecolor(),
                        area.get_edgecolor(),
                        area.get_hatch(),
                    )
                    for area in axes.collections
                ],
            }
        )
    return tuple(figure.get_size_inches()), texts, rules, rooms


def backing(text):
    """The box behind a text, as an option of matplotlib."""
    from analysis.drawing.parts import BACKING

    return BACKING if text.get_bbox_patch() is not None else None


def line_of(line):
    keys = ("color", "linewidth", "linestyle", "marker", "markersize", "markerfacecolor", "markeredgecolor", "zorder")
    return line.get_xdata(), line.get_ydata(), {key: getattr(line, f"get_{key}")() for key in keys}


def draw_bare(recorded):
    """A figure with the recorded artists, by matplotlib alone."""
    from matplotlib.collections import PolyCollection
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    size, texts, rules, rooms = recorded
    figure = Figure(figsize=size)
    for x, y, words, options in texts:
        figure.text(x, y, words, **options)
    for x, y, options in rules:
        figure.add_artist(Line2D(x, y, **options))
    for room in rooms:
        axes = figure.add_axes(room["box"])
        axes.set_axis_off()
        axes.set_xscale(room["xscale"])
        axes.set_xlim(*room["xlim"])
        axes.set_ylim(*room["ylim"])
        for x, y, options in room["lines"]:
            axes.plot(x, y, **options)
        for corner, width, height, face, edge, hatch in room["bars"]:
            axes.add_patch(Rectangle(corner, width, height, facecolor=face, edgecolor=edge, hatch=hatch))
        for shapes, faces, edges, hatch in room["areas"]:
            axes.add_collection(PolyCollection(shapes, facecolors=faces, edgecolors=edges, hatch=hatch))
    return figure


def save(figure):
    figure.savefig(io.BytesIO(), format="png", dpi=300, metadata={"Software": None})


def cost_of(action, times=5):
    """The best of several runs, in seconds of this process: other processes shall not count."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def import_cost(statement, times=5):
    script = f"import time; start = time.process_time(); {statement}; print(time.process_time() - start)"
    costs = [
        float(
            subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        )
        for _ in range(times)
    ]
    return min(costs)


def main():
    save(charts.ranked_bars(made.ranking(5)))  # warm: fonts, catalogue, definitions
    ratios = []
    print(f"{'chart (12 places)':34}{'figure ms':>11}{'bare ms':>9}{'ratio':>7}")
    for kind, (draw, make) in made.KINDS.items():
        table = make(12)
        recorded = record(draw(table))
        with layout.briefing_style():
            bare = cost_of(lambda recorded=recorded: save(draw_bare(recorded)))
        ours = cost_of(lambda draw=draw, table=table: save(draw(table)))
        ratios.append(ours / bare)
        print(f"{kind:34}{ours * 1000:11.0f}{bare * 1000:9.0f}{ours / bare:7.2f}")
    print(f"{'median':34}{'':20}{statistics.median(ratios):7.2f}   largest {max(ratios):.2f}, promised 1.30")

    jobs = {
        kind.replace(" ", "-"): functools.partial(draw, make(12))
        for kind, (draw, make) in list(made.KINDS.items())[:10]
    }
    with tempfile.TemporaryDirectory() as folder:
        for workers in (1, 2):
            start = time.perf_counter()
            charts.save_all({pathlib.Path(folder) / name: job for name, job in jobs.items()}, ("png",), workers)
            print(f"ten figures as PNG, {workers} process{'es' * (workers > 1)}: {time.perf_counter() - start:.2f} s")
    pandas, package = import_cost("import pandas"), import_cost("import analysis")
    print(f"import analysis: {package:.2f} s, pandas {pandas:.2f} s, ratio {package / pandas:.2f}, promised 1.10")


if __name__ == "__main__":
    main()
