"""A map of places on boundaries that the reader brings as GeoJSON; none are shipped.

A map is only right with the boundaries of the period that its figures are of: districts ended on 1 July 2025, communes
merged before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.drawing import captions, findings
from analysis.drawing.captions import has_value, place_key, value_text
from analysis.drawing.layout import LINE, SMALLEST, Page, briefing_style, load_palette, overlaps, text_width
from analysis.drawing.parts import SQUARE, ChartProblem, Row, begin, chosen, finish, rows_of
from analysis.text import fold
from analysis.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def district_map(
    bands: pd.DataFrame,
    geojson: str | Path | Mapping[str, Any],
    *,
    name: str = "name",
    highlight: str | None = None,
    lang: str = "vi",
    size: str | None = None,
    title: str | None = None,
) -> Figure:
    """Places of a GeoJSON that you bring, coloured by quarter; without figure they are hatched.

    Takes the result of `compare.quartiles` for one indicator. `name` is the property of a feature that holds the name
    of the place (with or without type) or its code. Take boundaries of the period that the figures are of.
    """
    from matplotlib.collections import PolyCollection

    rows = rows_of(bands, "place", "value")
    shapes = _shapes(geojson, name)
    with briefing_style():
        palette = load_palette()
        by_name = {fold(form): row for row in rows for form in _names_on_maps(row)}
        found = [by_name.get(fold(shape_name)) for shape_name, _ in shapes]
        if not any(found):
            raise ChartProblem(
                f"No place of the comparison is on this map: its features are called "
                f"{', '.join(shape[0] for shape in shapes[:5])} …; check the property `name={name!r}`."
            )
        absent = [row["place"] for row in rows if not any(row is other for other in found)]
        finding, subtitle = title or findings.ranking_finding(rows, lang), captions.measure_line(rows, lang)
        notes = (
            [
                say("không có trên bản đồ: ", "not on the map: ", lang)
                + ", ".join(absent[:6])
                + ("…" if len(absent) > 6 else "")
            ]
            if absent
            else []
        )
        foot = captions.caption(rows, lang, notes=notes)
        key = [
            (word, {**SQUARE, "color": palette.quartiles[number]}) for number, word in captions.band_words(rows, lang)
        ]
        if any(row is None or not has_value(row) for row in found):
            key.append(
                (
                    say("không có số liệu", "no data", lang),
                    {**SQUARE, "markerfacecolor": "white", "markeredgecolor": palette.plain},
                )
            )
        page = begin(size or "half", finding, subtitle, key, foot, bare=title == "")
        axes = page.axes(page.left, page.bottom, page.right, page.top)
        every = [point for _, rings in shapes for ring in rings for point in ring]
        flat = _flatten(every)
        xs, ys = [x for x, _ in flat(every)], [y for _, y in flat(every)]
        wide, high = page.right - page.left, page.top - page.bottom
        scale = max((max(xs) - min(xs)) / wide, (max(ys) - min(ys)) / high) or 1.0
        middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        axes.set_xlim(middle_x - wide * scale / 2, middle_x + wide * scale / 2)
        axes.set_ylim(middle_y - high * scale / 2, middle_y + high * scale / 2)
        x_of, y_of = page.positions(axes)
        marked = chosen(highlight or "", None, rows)
        rings, faces, hatched, outline, anchors, texts = [], [], [], [], [], []
        names = captions.place_names(rows)
        for (_, own), row in zip(shapes, found, strict=True):
            flattened = [flat(ring) for ring in own]
            if row is None or not has_value(row):
                hatched += flattened
                continue
            quarter = int(row["quartile"]) if has_value(row, "quartile") else 0
            rings += flattened
            faces += [palette.quartiles[quarter - 1] if quarter else palette.pale] * len(flattened)
            if place_key(row) == marked:
                outline += flattened
            largest = max(flattened, key=lambda ring: abs(_area(ring)))
            x, y = _middle(largest)
            across = [x for x, _ in largest]
            anchors.append((x_of(x), y_of(y), (x_of(max(across)) - x_of(min(across))) * 0.95))
            texts.append((names[place_key(row)], value_text(row, lang, unit=row.get("unit") == "percent"), quarter))
        axes.add_collection(
            PolyCollection(hatched, facecolors="white", edgecolors=palette.pale, hatch="////", linewidths=0.6)
        )
        axes.add_collection(PolyCollection(rings, facecolors=faces, edgecolors="white", linewidths=0.7))
        axes.add_collection(PolyCollection(outline, facecolors="none", edgecolors=palette.ink, linewidths=2.6))
        _map_labels(page, anchors, texts)
        return finish(page, say("Bản đồ", "Map", lang), finding, subtitle, rows, foot, lang)


def _names_on_maps(row: Row) -> list[str]:
    place = str(row["place"])
    return [form for form in (place, captions.drop_type(place), str(row.get("place_code") or "")) if form]


def _shapes(geojson: str | Path | Mapping[str, Any], name: str) -> list[tuple[str, list[list[tuple[float, float]]]]]:
    """(name, outer rings) of the features of a GeoJSON."""
    where = "the GeoJSON"
    if not isinstance(geojson, Mapping):
        where = str(geojson)
        try:
            geojson = json.loads(Path(geojson).read_text(encoding="utf-8-sig"))
        except json.JSONDecodeError as problem:
            raise ChartProblem(f"{where}, line {problem.lineno}: this is no GeoJSON ({problem.msg}).") from problem
    result = []
    for number, feature in enumerate(geojson.get("features", []), start=1):
        properties, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
        if name not in properties:
            raise ChartProblem(
                f"{where}, feature {number}: there is no property {name!r}; say which one holds the name: "
                f"{', '.join(map(str, properties))}."
            )
        parts = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}.get(
            geometry.get("type")
        )
        if parts is None:
            raise ChartProblem(
                f"{where}, feature {number}: a {geometry.get('type')} is no area; give Polygon or MultiPolygon."
            )
        result.append((str(properties[name]), [[(point[0], point[1]) for point in part[0]] for part in parts]))
    if not result:
        raise ChartProblem(f"{where} has no features; give a FeatureCollection of areas.")
    return result


def _flatten(
    points: Sequence[tuple[float, float]],
) -> Callable[[Sequence[tuple[float, float]]], list[tuple[float, float]]]:
    """Degrees to a plane on which a province looks right: longitudes shrink by the cosine of the middle latitude."""
    from math import cos, radians

    latitudes = [y for _, y in points]
    shrink = (
        cos(radians((min(latitudes) + max(latitudes)) / 2)) if -90 <= min(latitudes) <= max(latitudes) <= 90 else 1.0
    )
    return lambda ring: [(x * shrink, y) for x, y in ring]


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of an area."""
    area, x0, y0 = _area(ring), *ring[0]
    if abs(area) < 1e-15:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    moved = [(x - x0, y - y0) for x, y in ring]
    parts = [
        (ax * by - bx * ay, ax + bx, ay + by) for (ax, ay), (bx, by) in zip(moved, [*moved[1:], moved[0]], strict=True)
    ]
    return (
        x0 + sum(cross * x for cross, x, _ in parts) / 6 / area,
        y0 + sum(cross * y for cross, _, y in parts) / 6 / area,
    )


def _map_labels(
    page: Page, anchors: Sequence[tuple[float, float, float]], texts: Sequence[tuple[str, str, int]]
) -> None:
    """Name and figure in the middle of each area (x, y, width); the figure alone or nothing where they do not fit."""
    palette, size, taken = load_palette(), max(page.type * 0.8, SMALLEST), []
    for (x, y, room), (name, figure, quarter) in zip(anchors, texts, strict=True):
        for lines in ((name, figure), (figure,)):
            width, height = max(text_width(line, size) for line in lines), size * LINE * len(lines)
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            inside = page.left <= box[0] and box[2] <= page.right and page.bottom <= box[1] and box[3] <= page.top
            if width > room or not inside or overlaps(box, taken):
                continue
            taken.append(box)
            color = "white" if quarter in (1, 4) else palette.ink
            for number, line in enumerate(lines):
                page.write(x, box[3] - size * (1.0 + LINE * number), line, size, ha="center", color=color)
            break
