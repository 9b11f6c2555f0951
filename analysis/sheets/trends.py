"""The pages of trends and of rankings: native Excel charts, each over the small table that it draws.

A line never crosses from one definition to the next, and a year without a figure is a gap or bridged inside one
definition, never a zero. The series are the figures of `tables`; nothing is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from analysis import words
from analysis.sheets.edition import Edition, PlaceName, figure_format, figure_width
from analysis.sheets.notes import Notes, head, mark_rows, prose, source_rows, source_tip
from analysis.sheets.pages import Cell, Page
from analysis.sheets.styles import FONT
from analysis.sheets.tables import Definition, IndicatorTable

MOST_FIGURES, MOST_PLACES, MOST_BARS = 12, 6, 40
COLOURS = ("0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9", "000000")  # Okabe and Ito (2008)
MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus", "star")
CHART_ROWS, CHART_CM, CM_PER_UNIT = 17, 8.6, 0.17


def ranking_page(edition: Edition, tables: Sequence[IndicatorTable], name: str) -> Page | None:
    """Ranked bars of the indicators that rank their places, the province's own figure in grey; None without any."""
    shown = [table for table in tables if table.ranks][:MOST_FIGURES]
    if not shown:
        return None
    widths: list[float] = [8, 36, 18, 26]
    rows = head(
        edition,
        "",
        edition.say("Xếp hạng các địa bàn", "Places ranked"),
        edition.say(
            "Mỗi hình lấy kỳ có nhiều địa bàn nhất, cùng một cách tính; cột xám là số của toàn tỉnh.",
            "Each figure takes the period known for most places, within one definition; the grey bar is the province.",
        ),
        "",
        widths,
    )
    charts, breaks = [], []
    for number, table in enumerate(shown, 1):
        if number > 1:
            breaks.append(len(rows))
        charts.append(_add_ranking(edition, table, number, rows, sum(widths)))
    return Page(
        name,
        edition.say("Xếp hạng các địa bàn", "Places ranked"),
        rows,
        widths,
        charts=charts,
        breaks=breaks,
        landscape=False,
    )


def _add_ranking(edition: Edition, table: IndicatorTable, number: int, rows: list, width: float) -> tuple:
    notes, lang = Notes(), edition.short("vi", "en")
    shared = table.position("fraction") >= 0
    unit = edition.say("% của tổng số", "% of the total") if shared else edition.unit(table.indicator)
    period = words.format_period(table.main_period, lang)
    title = f"{edition.name(table.indicator)}, {period}" + (f" ({unit})" if unit else "")
    rows.append([Cell(f"{edition.say(f'Hình {number}', f'Figure {number}')}. {title}", "heading")])
    anchor = f"A{len(rows) + 1}"
    ordered = sorted(table.ranks, key=lambda place: (table.ranks[place], words.collation_key(place.name)))[:MOST_BARS]
    own = [
        place
        for place in table.provinces
        if (place, table.main) in table.figures
        and not table.several_provinces
        and (shared or edition.is_level(table.indicator))
    ]
    own = [place for place in own if not shared or table.figures[place, table.main]["of"] > 0]
    height = 2.0 + 0.52 * (len(ordered) + len(own))
    rows += [[] for _ in range(int(height / 0.53) + 1)]
    rows.append(
        [
            Cell(text, "head")
            for text in (
                edition.short("Hạng", "Rank"),
                edition.say("Địa bàn", "Place"),
                unit if shared else edition.say("Giá trị", "Value"),
                edition.say("Số đếm", "Count") if shared else edition.say("Tỉnh, thành phố", "Province"),
            )
        ]
    )
    first = len(rows) + 1
    drawn: dict[str, float] = {}
    for place in [*ordered, *own]:
        figure = table.figures[place, table.main]
        notes.see(figure, edition)
        shown = figure["value"] / figure["of"] * 100 if shared else figure["value"]
        drawn[place.name] = shown
        count = Cell(
            figure["value"],
            "number",
            figure_format(table.decimals, figure, edition.lang),
            link=edition.data_link(figure["key"]),
            tip=source_tip(edition, figure),
        )
        rows.append(
            [
                Cell(table.ranks.get(place), "order"),
                Cell(place.name, "cell"),
                *([Cell(shown, "number", "0.0"), count] if shared else [count, Cell(place.province, "cell")]),
            ]
        )
    lines = (
        []
        if len(ordered) == len(table.ranks)
        else [
            edition.say(
                f"Vẽ {MOST_BARS} địa bàn đầu trong {len(table.ranks)} địa bàn.",
                f"The first {MOST_BARS} of {len(table.ranks)} places are drawn.",
            )
        ]
    )
    rows += [*source_rows(edition, notes, width, 4), *mark_rows(edition, notes, lines, width), []]
    number_format = "0.0" if shared else figure_format(table.decimals)
    values = [f"{place} {words.format_number(value, 1 if shared else None, lang)}" for place, value in drawn.items()]
    text = edition.short("Biểu đồ thanh. ", "Bar chart. ") + f"{title}: " + "; ".join(values) + "."

    def make(sheet: Any) -> Any:
        return _bar_chart(sheet, first, len(ordered), len(own), number_format, height)

    return make, anchor, text


def _bar_chart(sheet: Any, first: int, places: int, own: int, number_format: str, height: float) -> Any:
    from openpyxl.chart import BarChart, Reference, Series
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.shapes import GraphicalProperties

    chart = BarChart()
    chart.type, chart.width, chart.height, chart.gapWidth = "bar", 16.5, height, 40
    last = first + places + own - 1
    bars = Series(Reference(sheet, min_col=3, min_row=first, max_row=last), title="")
    bars.graphicalProperties.solidFill = COLOURS[0]
    for position in range(places, places + own):
        point = DataPoint(idx=position, invertIfNegative=False)
        point.graphicalProperties = GraphicalProperties(solidFill="8C8C8C")
        bars.dPt.append(point)
    bars.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    bars.dLbls.numFmt, bars.dLbls.position, bars.dLbls.txPr = number_format, "outEnd", _font(1000)
    chart.series.append(bars)
    chart.set_categories(Reference(sheet, min_col=2, min_row=first, max_row=last))
    chart.legend = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.majorGridlines = None
    chart.x_axis.txPr = _font(1000)
    return chart


def trends_page(edition: Edition, tables: Sequence[IndicatorTable], name: str, first: int = 1) -> Page | None:
    """The charts of the indicators that have a series in one definition; None when there is none."""
    drawn = [(table, series) for table in tables if (series := _series(edition, table))]
    if not drawn:
        return None
    shown = drawn[:MOST_FIGURES]
    years = max(len(_years(series)) for _table, series in shown)
    widest = max(
        figure_width(row, table.decimals)
        for table, series in shown
        for points in series.values()
        for row in points.values()
    )
    widths: list[float] = [24, 22, *[max(8.0, min(9.5, 88 / years), widest)] * years]
    width = sum(widths)
    title = edition.say("Xu hướng qua các năm", "Trends over the years")
    rows = head(
        edition,
        "",
        title,
        edition.say(
            "Đường nét đứt đoạn ở nơi chuẩn hoặc cách tính thay đổi; năm không có số liệu để trống.",
            "Lines break where the definition changes; years without a figure stay empty.",
        ),
        "",
        widths,
    )
    charts, breaks = [], []
    for number, (table, series) in enumerate(shown, first):
        if number > first:
            breaks.append(len(rows))
        charts.append(_add_figure(edition, table, series, number, rows, widths, name))
    if len(drawn) > len(shown):
        rows += prose(
            edition.say(
                f"Còn {len(drawn) - len(shown)} chỉ tiêu có chuỗi số liệu nhưng không vẽ ở đây.",
                f"{len(drawn) - len(shown)} more indicators have a series that is not drawn here.",
            ),
            width,
        )
    return Page(name, title, rows, widths, charts=charts, breaks=breaks, landscape=width > 92)


Series = dict[tuple[PlaceName, Definition], dict[int, dict[str, Any]]]


def _series(edition: Edition, table: IndicatorTable) -> Series:
    """Yearly results by place and definition, of the places with most years; empty when nobody has two years."""
    found: Series = {}
    for (place, position), row in table.figures.items():
        column = table.columns[position]
        if column.role == "result" and len(column.period) == 4:
            found.setdefault((place, column.definition), {})[int(column.period)] = row
    length: dict[PlaceName, int] = {}
    for (place, _definition), points in found.items():
        length[place] = max(length.get(place, 0), len(points))
    own = [place for place in table.provinces if length.get(place, 0) > 1][:1] if not table.several_provinces else []
    candidates = [place for place in table.places if length.get(place, 0) > 1]
    candidates = sorted(candidates, key=lambda place: -length[place])[:MOST_PLACES]
    chosen = [place for place in table.places if place in candidates] + own
    if not candidates:
        return {}
    return {
        (place, definition): dict(sorted(found[place, definition].items()))
        for place in chosen
        for definition in sorted({d for p, d in found if p == place}, key=_definition_order)
    }


def _definition_order(definition: Definition) -> tuple:
    return definition.variant, definition.standard == "", definition.standard


def _years(series: Series) -> list[int]:
    years = [year for points in series.values() for year in points]
    return list(range(min(years), max(years) + 1))


def _add_figure(
    edition: Edition, table: IndicatorTable, series: Series, number: int, rows: list, widths: Sequence[float], page: str
) -> tuple[Callable[[Any], Any], str, str]:
    notes, years, width = Notes(), _years(series), sum(widths)
    unit = edition.unit(table.indicator)
    label = edition.say(f"Hình {number}", f"Figure {number}")
    title = f"{edition.name(table.indicator)}" + (f" ({unit})" if unit else "")
    rows.append([Cell(f"{label}. {title}", "heading")])
    anchor = f"A{len(rows) + 1}"
    rows += [[] for _ in range(CHART_ROWS)]
    rows.append(
        [
            Cell(edition.say("Địa bàn", "Place"), "head"),
            Cell(edition.say("Cách tính", "Definition"), "head"),
            *(Cell(year, "head", "0") for year in years),
        ]
    )
    header = len(rows)
    for (place, definition), points in series.items():
        row: list[Any] = [Cell(place.name, "cell"), Cell(definition.label(edition, short=True) or None, "cell")]
        for year in years:
            figure = points.get(year)
            if figure is None:
                row.append(Cell(None, "number"))
                continue
            notes.see(figure, edition)
            row.append(
                Cell(
                    figure["value"],
                    "number",
                    figure_format(table.decimals, figure, edition.lang),
                    link=edition.data_link(figure["key"]),
                )
            )
        rows.append(row)
    places = list(dict.fromkeys(place for place, _definition in series))
    lines = []
    if len(table.places) > len([p for p in places if p in table.places]):
        lines.append(
            edition.say(
                f"Vẽ {len(places)} địa bàn có nhiều năm số liệu nhất.",
                f"The {len(places)} places with most years are drawn.",
            )
        )
    rows += [*source_rows(edition, notes, width, 4), *mark_rows(edition, notes, lines, width), []]
    keys = list(series)
    text = _alternative_text(edition, title, series)
    number_format = "#,##0" + ("." + "0" * min(table.decimals, 1) if table.decimals else "")

    def make(sheet: Any) -> Any:
        return _line_chart(sheet, header, len(years), keys, places, unit, number_format, width * CM_PER_UNIT)

    return make, anchor, text


def _alternative_text(edition: Edition, title: str, series: Series) -> str:
    """The chart in words: for each line its first and last figure."""
    lang = edition.short("vi", "en")
    parts = []
    for (place, _definition), points in series.items():
        years = list(points)
        first, last = (
            f"{words.format_number(points[year]['value'], lang=lang)} ({year})" for year in (years[0], years[-1])
        )
        parts.append(f"{place.name}: {first}" + (f" → {last}" if len(years) > 1 else ""))
    return edition.short("Biểu đồ đường. ", "Line chart. ") + title + ". " + "; ".join(parts) + "."


def _line_chart(
    sheet: Any,
    header: int,
    years: int,
    keys: Sequence,
    places: Sequence[PlaceName],
    unit: str,
    number_format: str,
    width: float,
) -> Any:
    from openpyxl.chart import LineChart, Reference, Series
    from openpyxl.chart.layout import Layout, ManualLayout
    from openpyxl.chart.legend import LegendEntry
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.shapes import GraphicalProperties

    chart = LineChart()
    chart.width, chart.height = width, CHART_CM
    chart.display_blanks = "span"
    categories = Reference(sheet, min_col=3, max_col=2 + years, min_row=header)
    drawn: set[PlaceName] = set()
    hidden = []
    for position, (place, _definition) in enumerate(keys):
        row = header + 1 + position
        values = Reference(sheet, min_col=3, max_col=2 + years, min_row=row)
        line = Series(values, title=place.name)
        index = places.index(place) % len(COLOURS)
        colour = COLOURS[index]
        line.smooth = False
        line.graphicalProperties.line.solidFill = colour
        line.graphicalProperties.line.width = 25_400
        line.marker = Marker(symbol=MARKERS[index], size=7)
        line.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
        line.marker.graphicalProperties.line.solidFill = colour
        chart.series.append(line)
        if place in drawn:
            hidden.append(position)
        drawn.add(place)
    chart.set_categories(categories)
    chart.y_axis.number_format, chart.y_axis.title = number_format, unit or None
    chart.x_axis.number_format = "0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_thin_line("D9D9D9"))
    chart.x_axis.tickLblPos = "low"
    chart.legend.position = "r"
    chart.legend.legendEntry = [LegendEntry(idx=position, delete=True) for position in hidden]
    for part in (chart.x_axis, chart.y_axis, chart.legend):
        part.txPr = _font(1000)
    if chart.y_axis.title is not None:
        chart.y_axis.title.tx.rich.p[0].pPr = _font(1000).p[0].pPr
    chart.layout = Layout(
        manualLayout=ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.08, y=0.05, w=0.7, h=0.8)
    )
    return chart


def _thin_line(colour: str) -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=colour, w=6_350)


def _font(size: int) -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

    character = CharacterProperties(sz=size, latin=Font(typeface=FONT), solidFill="000000")
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=character), endParaRPr=character)])
