"""The pages about one place: its profile against plan, province and the year before, and all its figures by period.

Figures come from the table and from `compare`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis import words
from analysis.sheets.edition import Edition, PlaceName, figure_format, figure_width, length_of, signed_format
from analysis.sheets.notes import Notes, figure_cell, head, sheet_rows
from analysis.sheets.pages import Cell, Grid, Page, head_height
from analysis.sheets.summaries import period_value
from analysis.sheets.tables import IndicatorTable, scope


def profile_page(edition: Edition, everything: Any, tables: Sequence[IndicatorTable], name: str, number: int) -> Page:
    """One place: each indicator's latest value, plan, the province's own figure, rank in the province, change."""
    from analysis import compare

    lang = edition.short("vi", "en")
    place = edition.places[0]
    notes = Notes()
    heads = [
        edition.short("STT", "No."),
        edition.say("Chỉ tiêu", "Indicator"),
        edition.say("ĐVT", "Unit"),
        edition.say("Thời kỳ", "Period"),
        edition.say("Giá trị", "Value"),
        edition.say("Kế hoạch", "Plan"),
        edition.say("% KH", "% of plan"),
        edition.say("Toàn tỉnh", "Province"),
        edition.say("Chênh lệch so với tỉnh", "Gap to province"),
        edition.say("Hạng trong tỉnh", "Rank in province"),
        edition.say("Kỳ trước", "Earlier period"),
        edition.say("Giá trị kỳ trước", "Earlier value"),
        edition.say("Tăng, giảm", "Change"),
    ]
    widths: list[float] = [5, 34, 14, 10, 15, 12, 9, 13, 12, 9, 10, 15, 12]
    title = edition.say(f"Hồ sơ số liệu {place.name}", f"Profile of {place.name}")
    label = edition.say(f"Biểu số {number:02d}", f"Table {number:02d}")
    periods = [column.period for table in tables for column in table.columns]
    top = head(edition, label, title, scope(edition, [place], periods), "", widths)
    header = len(top) + 1
    body: list[list[Any]] = []
    same_province = everything[everything["province"] == place.province]
    for table in tables:
        found = compare.latest(edition.of(table.indicator), table.indicator, level=None, lang=lang)
        rows = [r for r in found.to_dict("records") if r["place"] == place.name and r["province"] == place.province]
        if not rows or rows[0]["value"] != rows[0]["value"]:
            continue
        row, line = rows[0], header + len(body) + 1
        body.append(_profile_row(edition, same_province, table, row, place, notes, len(body) + 1, line, lang))
    lines = [
        edition.say(
            "“Toàn tỉnh” là số tỉnh công bố cho cùng thời kỳ và cùng cách tính; hạng xếp trong các địa bàn của tỉnh có "
            "số liệu cùng thời kỳ (mẫu số là số địa bàn được xếp).",
            "“Province” is the province's own figure of the same period and definition; ranks are among the places of "
            "the province with a figure of that period (their number stands after the stroke).",
        ),
        edition.say(
            "Kỳ trước là kỳ gần nhất cùng cách tính; không so sánh qua hai chuẩn khác nhau.",
            "The earlier period is the nearest of the same definition; nothing is compared across definitions.",
        ),
    ]
    width = sum(widths)
    rows = sheet_rows(edition, notes, top, heads, body, lines, width)
    return Page(
        name,
        title,
        rows,
        widths,
        freeze=f"C{header + 1}",
        repeat_rows=f"{header}:{header}",
        heights={header: head_height(heads, widths)},
        grid=Grid(edition.short("Ho_so", "Profile"), header, header + len(body), tuple(heads)),
    )


def series_page(edition: Edition, tables: Sequence[IndicatorTable], name: str, number: int) -> Page:
    """All figures of one place by year: a row for each indicator and definition, so that no row crosses a break."""
    place = edition.places[0]
    lines: dict[tuple[IndicatorTable | None, Any, str], dict[str, dict[str, Any]]] = {}
    for table in tables:
        for (who, position), row in table.figures.items():
            column = table.columns[position]
            if who == place:
                key = table.number, column.definition, row["status"]
                lines.setdefault(key, {})[row["period"]] = row
    by_number = {table.number: table for table in tables}
    ends = {row["period"]: row["period_end"] for found in lines.values() for row in found.values()}
    periods = sorted(ends, key=lambda period: (ends[period], period))
    lang = edition.short("vi", "en")
    heads = [
        edition.short("STT", "No."),
        edition.say("Chỉ tiêu", "Indicator"),
        edition.say("ĐVT", "Unit"),
        edition.say("Cách tính", "Definition"),
        edition.say("Loại số liệu", "Status"),
        *(words.format_period(period, lang, short=True) for period in periods),
    ]
    widths: list[float] = [5, 34, 13, 24, 11, *(_period_width(lines, by_number, period) for period in periods)]
    notes, body = Notes(), []
    order = sorted(lines, key=lambda key: (key[0], key[1].variant, key[1].standard, key[2] != "actual", key[2]))
    for position, key in enumerate(order, 1):
        table = by_number[key[0]]
        row: list[Any] = [
            Cell(position, "order"),
            Cell(edition.name(table.indicator), "cell"),
            Cell(edition.unit(table.indicator), "cell"),
            Cell(key[1].label(edition, short=True) or None, "cell"),
            Cell(words.status_text(key[2], edition.lang), "cell"),
        ]
        for period in periods:
            found = lines[key].get(period)
            row.append(figure_cell(edition, found, table.decimals, notes) if found else Cell(None, "number"))
        body.append(row)
    title = edition.say(f"Chuỗi số liệu {place.name}", f"All figures of {place.name} by period")
    label = edition.say(f"Biểu số {number:02d}", f"Table {number:02d}")
    top = head(edition, label, title, scope(edition, [place], periods), "", widths)
    header, width = len(top) + 1, sum(widths)
    wide = max(1, -(-int(width) // 215))
    text = [
        edition.say(
            "Mỗi dòng là một cách tính; không so sánh số liệu giữa hai dòng. Ô trống là kỳ không có số liệu.",
            "Each row is one definition; figures of two rows are not comparable. A blank has no figure.",
        )
    ]
    rows = sheet_rows(edition, notes, top, heads, body, text, width / wide)
    return Page(
        name,
        title,
        rows,
        widths,
        freeze=f"C{header + 1}",
        repeat_rows=f"{header}:{header}",
        repeat_columns="A:B",
        grid=Grid(edition.short("Chuoi_so_lieu", "Series"), header, header + len(body), tuple(heads)),
        pages_wide=wide,
    )


def _period_width(lines: Mapping[tuple, Mapping[str, Any]], tables: Mapping[int, IndicatorTable], period: str) -> float:
    found = [figure_width(rows[period], tables[key[0]].decimals) for key, rows in lines.items() if period in rows]
    return max([9.5, *found])


def _profile_row(
    edition: Edition,
    province: Any,
    table: IndicatorTable,
    row: Mapping[str, Any],
    place: PlaceName,
    notes: Notes,
    order: int,
    line: int,
    lang: str,
) -> list[Any]:
    from analysis import compare

    same = {"period": row["period"], "variant": row["variant"], "standard": row["standard"]}
    plans = compare.plan_actual(edition.of(table.indicator), table.indicator, level=None, lang=lang, **same).to_dict(
        "records"
    )
    pair = next((p for p in plans if p["place"] == place.name), None)
    gaps = compare.gap(province, table.indicator, "province", level=row["level"], lang=lang, **same).to_dict("records")
    own = next((g for g in gaps if g["place"] == place.name and g["reference"] == g["reference"]), None)
    ranked = compare.rank(province, table.indicator, level=row["level"], lang=lang, **same).to_dict("records")
    rank = next((r for r in ranked if r["place"] == place.name and r["rank"] == r["rank"] and r["rank"]), None)
    earlier = _earlier(edition, table, place, row)
    number_format = figure_format(table.decimals)
    signed = signed_format(table.decimals)
    target = pair["target"] if pair and pair["target"] == pair["target"] else None
    done = pair["done_pct"] if pair and pair["done_pct"] == pair["done_pct"] else None
    shown_rank = rank["rank"] if rank and rank["ranked"] > 1 else None
    cells = [
        Cell(order, "order"),
        Cell(edition.name(table.indicator), "cell"),
        Cell(edition.unit(table.indicator), "cell"),
        Cell(period_value(row["period"], edition), "period"),
        figure_cell(edition, row, table.decimals, notes),
        Cell(target, "number", number_format, link=edition.data_link(pair["target_key"]))
        if target is not None
        else Cell(words.NOT_COLLECTED, "missing"),
        Cell(done, "number", "0.0"),
    ]
    value_row = own is not None and own["measure"] == "value"
    cells.append(
        Cell(own["reference"], "number", number_format, link=edition.data_link(own["reference_key"]))
        if value_row
        else Cell(words.NOT_COLLECTED, "missing")
    )
    notes.missing |= target is None or not value_row
    compares = value_row and edition.is_level(table.indicator)
    cells.append(Cell(own["gap"], "formula", signed, formula=f"E{line}-H{line}") if compares else Cell(None, "number"))
    cells.append(Cell(int(shown_rank), "order", f'0"/{rank["ranked"]}"') if shown_rank else Cell(None, "order"))
    if earlier is None:
        return [*cells, Cell(None, "period"), Cell(None, "number"), Cell(None, "number")]
    notes.see(earlier, edition)
    return [
        *cells,
        Cell(period_value(earlier["period"], edition), "period"),
        figure_cell(edition, earlier, table.decimals, notes),
        Cell(row["value"] - earlier["value"], "formula", signed, formula=f"E{line}-L{line}"),
    ]


def _earlier(edition: Edition, table: IndicatorTable, place: PlaceName, row: Mapping[str, Any]) -> dict | None:
    candidates = [
        figure
        for (who, position), figure in table.figures.items()
        if who == place
        and table.columns[position].role == "result"
        and figure["period_end"] < row_end(table, place, row)
        and figure["standard"] == row["standard"]
        and figure["variant"] == row["variant"]
        and length_of(figure["period"]) == length_of(row["period"])
    ]
    return max(candidates, key=lambda figure: figure["period_end"], default=None)


def row_end(table: IndicatorTable, place: PlaceName, row: Mapping[str, Any]) -> Any:
    """When the period of a compared row ends, from the table's own row of that key."""
    for (who, _position), figure in table.figures.items():
        if who == place and figure["key"] == row["key"]:
            return figure["period_end"]
    return next(figure["period_end"] for figure in table.figures.values() if figure["period"] == row["period"])
