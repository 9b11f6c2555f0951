"""The standing figures of the folder figures/: which comparison each shows, and drawing them all on every core.

How a figure looks is left to `charts`, what may be compared to `compare`.
"""

from __future__ import annotations

import functools
import os
import pathlib
import shutil
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from analysis import files

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")


def poverty_trend(table: pandas.DataFrame) -> Figure:
    """Four poor highland districts over twenty years and four poverty lines."""
    from analysis import charts, compare

    places = ["huyện Đam Rông", "huyện Trạm Tấu", "huyện Đakrông", "huyện A Lưới"]
    return charts.trend(compare.series(table, "poverty_rate", places=places))


def poverty_ranking_yen_bai(table: pandas.DataFrame) -> Figure:
    """All districts of one province at one date, by the line of 2022."""
    from analysis import charts, compare

    return charts.ranked_bars(compare.rank(table, "poverty_rate", province="Yên Bái", period="2023"))


def poverty_ranking_phu_tho(table: pandas.DataFrame) -> Figure:
    """All districts of one province at one date, by the line of 2016."""
    from analysis import charts, compare

    return charts.ranked_bars(compare.rank(table, "poverty_rate", province="Phú Thọ", period="2016"))


def budget_against_plan(table: pandas.DataFrame) -> Figure:
    """Budget revenue of whole years against the plan, wherever a report states the share."""
    from analysis import charts, compare

    plans = compare.plan_actual(table, "budget_revenue")
    whole_years = plans["period"].str.len() == 4
    plans = plans[whole_years & plans["done_pct"].notna() & plans["actual"].notna()]
    return charts.bullet(plans.sort_values("done_pct", ascending=False, kind="stable"))


def poverty_scorecard_binh_dinh(table: pandas.DataFrame) -> Figure:
    """Districts of one province by four rates, coloured by quarter."""
    from analysis import charts, compare

    rates = ["poverty_rate", "near_poverty_rate", "poor_households", "near_poor_households"]
    return charts.scorecard(compare.quartiles(table, rates, province="Bình Định", period="2021"))


def poverty_before_after(table: pandas.DataFrame) -> Figure:
    """Districts whose rate is known for two years by one line."""
    from analysis import charts, compare

    changes = compare.change(table, "poverty_rate", "2019", "2020")
    return charts.slope(changes[changes["compared"]])


def poverty_funnel_kon_tum(table: pandas.DataFrame) -> Figure:
    """Districts of one province by rate and number of households, with the limits of chance."""
    from analysis import charts, compare

    choice = {"province": "Kon Tum", "period": "2021"}
    return charts.funnel(compare.funnel(table, "poverty_rate", denominators="households_total", **choice))


STANDING: dict[str, Callable[[pandas.DataFrame], Figure]] = {
    draw.__name__.replace("_", "-"): draw
    for draw in (
        poverty_trend,
        poverty_ranking_yen_bai,
        poverty_ranking_phu_tho,
        budget_against_plan,
        poverty_scorecard_binh_dinh,
        poverty_before_after,
        poverty_funnel_kon_tum,
    )
}


def write_figures(table: pandas.DataFrame, folder: files.Path) -> list[pathlib.Path]:
    """Draw the standing figures into `folder` as PNG and SVG with their alternative text; return the paths.

    A file is replaced only when its bytes differ.
    """
    from analysis import charts

    folder = pathlib.Path(folder)
    with tempfile.TemporaryDirectory() as temporary:
        drawings = {f"{temporary}/{name}": functools.partial(draw, table) for name, draw in STANDING.items()}
        made = charts.save_all(drawings, FORMATS, workers=os.cpu_count() or 1)
        targets = [folder / path.name for path in made]
        for path, target in zip(made, targets, strict=True):
            if not target.exists() or target.read_bytes() != path.read_bytes():
                with files.replacing(target) as written:
                    shutil.copyfile(path, written)
    return targets
