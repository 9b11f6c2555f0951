"""The pages that look across indicators: summary by district, scorecard by quartiles, profile of one district.

Latest values, bands, gaps and shares of plan come from `compare`; ranks point at the pages of `tables`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from analysis import words
from analysis.sheets.edition import Edition, PlaceName, decimals_of, figure_format, figure_width
from analysis.sheets.notes import Notes, figure_cell, foot_rows, head, sheet_rows
from analysis.sheets.pages import Cell, Grid, Page, column_letter, head_height, reference
from analysis.sheets.tables import IndicatorTable, scope

SUMMARISED = 6  # indicators of the summary when none are chosen
BANDS = "ABCD"
FEWEST = 3  # places that an indicator needs for a table of its own, where five or more places are compared


def summary_page(edition: Edition, tables: Sequence[IndicatorTable], name: str, number: int) -> Page:
    """One row per place; for each indicator the latest comparable value, its period, plan, % of plan and rank."""
    lang = edition.short("vi", "en")
    shown = _most_complete(edition, tables, SUMMARISED)
    places = _places(edition, shown)
    several = len({place.province for place in places}) > 1
    notes = Notes()
    blocks = [_summary_block(edition, table, lang) for table in shown]
    lead = [Cell(edition.short("STT", "No."), "head"), Cell(edition.say("Địa bàn", "Place"), "head")]
    widths: list[float] = [5, max(20, min(30, max(len(p.name) for p in places) + 2))]
    if several:
        lead.append(Cell(edition.say("Tỉnh, thành phố", "Province"), "head"))
        widths.append(15)
    band: list[Any] = [Cell(None, "head") for _ in lead]
    heads = list(lead)
    for block in blocks:
        for column, (title, width) in enumerate(block["heads"]):
            band.append(Cell(block["title"] if column == 0 else None, "group"))
            heads.append(Cell(title, "head"))
            widths.append(width)
    spans = [sum(width for _title, width in block["heads"]) for block in blocks]
    title = edition.say("Tổng hợp số liệu mới nhất theo địa bàn", "Latest comparable figures by place")
    periods = [row["period"] for block in blocks for row in block["latest"].values()]
    label = edition.say(f"Biểu số {number:02d}", f"Table {number:02d}")
    top = head(edition, label, title, scope(edition, places, periods), "", widths)
    header = len(top) + 2
    body = []
    for position, place in enumerate(places, 1):
        row: list[Any] = [Cell(position, "order"), Cell(place.name, "cell")]
        if several:
            row.append(Cell(place.province, "cell"))
        for block in blocks:
            row += _summary_cells(edition, block, place, notes)
        body.append(row)
    lines = [
        edition.say(
            "Mỗi chỉ tiêu lấy số mới nhất của từng địa bàn theo cùng một cách tính; thời kỳ ghi ở cột bên cạnh.",
            "For each indicator the newest figure of each place within one definition; its period stands beside.",
        ),
        edition.say(
            "Hạng lấy từ biểu của chỉ tiêu: chỉ xếp các địa bàn có số liệu cùng thời kỳ (ghi trong ngoặc).",
            "Ranks come from the indicator's own table: only places with a figure of the same period (in brackets).",
        ),
    ]
    left_out = len(tables) - len(shown)
    if left_out:
        lines.append(
            edition.say(
                f"Biểu này chọn {len(shown)} chỉ tiêu có nhiều địa bàn nhất; {left_out} chỉ tiêu khác xem ở "
                "các biểu sau.",
                f"The {len(shown)} indicators known for most places; {left_out} more have tables of their own.",
            )
        )
    width = sum(widths)
    wide = max(1, -(-int(width) // 215))
    width /= wide
    ends = itertools.accumulate((len(block["heads"]) for block in blocks), initial=len(lead))
    rows = [*top, band, heads, *body, *foot_rows(edition, notes, lines, width)]
    titles = [cell.value for cell in heads]
    return Page(
        name,
        title,
        rows,
        widths,
        freeze=f"{column_letter(len(lead) + 1)}{header + 1}",
        repeat_rows=f"{header - 1}:{header}",
        repeat_columns=f"A:{column_letter(len(lead))}",
        filter=f"A{header}:{column_letter(len(titles))}{header + len(body)}",
        pages_wide=wide,
        column_groups=list(ends),
        heights={header - 1: head_height([block["title"] for block in blocks], spans, 2), header: 34},
    )


def _most_complete(edition: Edition, tables: Sequence[IndicatorTable], most: int) -> list[IndicatorTable]:
    most_known = max(_known(table) for table in tables)
    enough = [table for table in tables if edition.chosen_indicators or _known(table) * 3 >= most_known]
    ranked = sorted(enough, key=lambda t: (-_known(t), t.number))[:most]
    return sorted(ranked, key=lambda t: t.number)


def _known(table: IndicatorTable) -> int:
    """How many places the ranked column of a table knows."""
    return sum((place, table.main) in table.figures for place in table.places)


def _places(edition: Edition, tables: Sequence[IndicatorTable]) -> list[PlaceName]:
    shown = {place for table in tables for place in table.places}
    return [place for place in edition.places if place in shown]


def _summary_block(edition: Edition, table: IndicatorTable, lang: str) -> dict[str, Any]:
    from analysis import compare

    found = compare.latest(edition.of(table.indicator), table.indicator, level=None, lang=lang)
    latest = {PlaceName(r["province"], r["place"]): r for r in found.to_dict("records") if r["value"] == r["value"]}
    plans = compare.plan_actual(edition.of(table.indicator), table.indicator, level=None, lang=lang)
    pairs = {
        (PlaceName(r["province"], r["place"]), r["period"], r["standard"], r["variant"]): r
        for r in plans.to_dict("records")
    }
    latest = {place: row for place, row in latest.items() if place in table.place_set}
    own = [pairs.get(_plan_key(place, row)) for place, row in latest.items()]
    has_plan = any(pair is not None and pair["target"] == pair["target"] for pair in own)
    has_share = any(pair is not None and pair["done_pct"] == pair["done_pct"] for pair in own)
    widest = max([10.5, *(figure_width(table.figures[key], table.decimals) for key in table.figures)])
    heads = [(edition.short("Giá trị", "Value"), widest), (edition.short("Thời kỳ", "Period"), 12)]
    if has_plan:
        heads.append((edition.short("Kế hoạch", "Plan"), 9.5))
    if has_share:
        heads.append((edition.short("% KH", "% of plan"), 8))
    if table.position("rank") >= 0:
        period = words.format_period(table.main_period, lang, short=True)
        heads.append((edition.short(f"Hạng ({period})", f"Rank ({period})"), 9))
    unit = edition.unit(table.indicator)
    return {
        "table": table,
        "latest": latest,
        "pairs": pairs,
        "has_plan": has_plan,
        "has_share": has_share,
        "heads": heads,
        "title": f"{edition.name(table.indicator)} ({unit})" if unit else edition.name(table.indicator),
    }


def _plan_key(place: PlaceName, row: Mapping[str, Any]) -> tuple:
    return place, row["period"], row["standard"], row["variant"]


def _summary_cells(edition: Edition, block: Mapping[str, Any], place: PlaceName, notes: Notes) -> list[Cell]:
    table, row = block["table"], block["latest"].get(place)
    cells = [figure_cell(edition, row, table.decimals, notes)]
    if row is None:
        cells += [Cell(None, "period")] * (len(block["heads"]) - 1)
        return cells
    if not row["compared"]:
        notes.other_definition = True
        shown = cells[0]
        cells = [
            Cell(
                shown.value,
                "missing",
                shown.number_format + '"†"',
                link=shown.link,
                tip="; ".join(part for part in (row["note"], shown.tip) if part),
            )
        ]
    cells.append(Cell(period_value(row["period"], edition), "period"))
    pair = block["pairs"].get(_plan_key(place, row))
    if block["has_plan"]:
        target = pair["target"] if pair else None
        known = target is not None and target == target
        sign = {"qualifier": pair["target_qualifier"]} if known else None
        cells.append(
            Cell(
                target,
                "number",
                figure_format(table.decimals, sign),
                link=edition.data_link(pair["target_key"]) if known else "",
            )
        )
    if block["has_share"]:
        cells.append(Cell(pair["done_pct"] if pair else None, "number", "0.0"))
    if table.position("rank") >= 0:
        rank = table.ranks.get(place)
        where = reference(table.page, f"{table.letter(table.position('rank'))}{table.row_of(place)}")
        cells.append(Cell(rank, "order", f'0"/{len(table.ranks)}"', formula=where) if rank else Cell(None, "order"))
    return cells


def period_value(period: str, edition: Edition) -> int | str:
    """A year as a number, so that it sorts; another period in words."""
    return int(period) if period.isdigit() else words.format_period(period, edition.short("vi", "en"), short=True)


def scorecard_page(edition: Edition, tables: Sequence[IndicatorTable], name: str, number: int) -> Page | None:
    """Places by indicators in quarters, A the best to D the worst: letter, tone and value; None without any quarter."""
    from analysis import compare

    lang = edition.short("vi", "en")
    scored = []
    for table in tables:
        if table.main < 0 or table.direction == "neutral":
            continue
        column = table.columns[table.main]
        found = compare.quartiles(
            edition.of(table.indicator),
            table.indicator,
            period=column.period,
            variant=column.definition.variant,
            standard=column.definition.standard,
            level=None,
            lang=lang,
        )
        bands = {
            PlaceName(r["province"], r["place"]): r
            for r in found.to_dict("records")
            if r["quartile"] == r["quartile"] and r["quartile"] is not None and r["compared"]
        }
        bands = {place: row for place, row in bands.items() if place in table.place_set}
        if bands:
            scored.append((table, column, bands))
    scored = sorted(scored, key=lambda s: -len(s[2]))[:12]
    scored.sort(key=lambda s: s[0].number)
    if not scored:
        return None
    places = [place for place in edition.places if any(place in bands for _t, _c, bands in scored)]
    several = len({place.province for place in places}) > 1
    heads = [edition.short("STT", "No."), edition.say("Địa bàn", "Place")]
    widths: list[float] = [5, max(20, min(30, max(len(p.name) for p in places) + 2))]
    if several:
        heads.append(edition.say("Tỉnh, thành phố", "Province"))
        widths.append(15)
    first = len(heads)
    for table, column, bands in scored:
        unit = "%" if next(iter(bands.values()))["measure"] == "share" else edition.unit(table.indicator)
        heads += [
            f"{edition.name(table.indicator)} {column.header} ({unit})",
            edition.short(f"Nhóm {table.number:02d}", f"Band {table.number:02d}"),
        ]
        widths += [14, 6.5]
    heads += [edition.short(f"Số nhóm {band}", f"Count of {band}") for band in BANDS]
    widths += [7] * 4
    title = edition.say("Bảng điểm theo nhóm tứ phân vị", "Scorecard by quarters")
    label = edition.say(f"Biểu số {number:02d}", f"Table {number:02d}")
    top = head(edition, label, title, scope(edition, places, [c.period for _t, c, _b in scored]), "", widths)
    notes, header, body = Notes(), len(top) + 1, []
    for position, place in enumerate(places, 1):
        row: list[Any] = [Cell(position, "order"), Cell(place.name, "cell")]
        if several:
            row.append(Cell(place.province, "cell"))
        letters = []
        for _table, _column, bands in scored:
            found = bands.get(place)
            if found is None:
                notes.missing = True
                row += [Cell(words.NOT_COLLECTED, "missing"), Cell(None, "order")]
                continue
            notes.see(found, edition)
            letter = BANDS[int(found["quartile"]) - 1]
            letters.append(letter)
            share = found["measure"] == "share"
            decimals = 1 if share else decimals_of(r["figure"] for r in bands.values())
            number_format = figure_format(
                decimals,
                {"of": None, "flags": found["flags"], "qualifier": found["qualifier"], "status": found["status"]},
                edition.lang,
            )
            if share and found["of"] <= 99:
                number_format += f'" ({found["value"]:.0f}/{found["of"]:.0f})"'
            row += [
                Cell(found["figure"], f"quartile.{letter}", number_format, link=edition.data_link(found["key"])),
                Cell(letter, f"band.{letter}"),
            ]
        line = header + position
        area = f"${column_letter(first + 1)}{line}:${column_letter(first + 2 * len(scored))}{line}"
        row += [Cell(letters.count(band), "order", "0", formula=f'COUNTIF({area},"{band}")') for band in BANDS]
        body.append(row)
    legend = [
        edition.say(
            "Mỗi chỉ tiêu chia các địa bàn thành bốn nhóm bằng nhau theo tứ phân vị: A tốt nhất, B khá, C dưới trung "
            "vị, D kém nhất; màu càng đậm càng tốt, màu vàng là nhóm D.",
            "For each indicator the places are cut into four equal quarters: A best, B above the median, C below "
            "it, D last; the darker the better, yellow is D.",
        ),
        edition.say(
            "Nhóm chỉ nói vị trí tương đối trong danh sách này, không phải mức đạt chuẩn; chỉ chia nhóm khi có từ 4 "
            "địa bàn cùng thời kỳ và cùng cách tính.",
            "A band is a place's position in this list, not a standard met; bands need at least four places of one "
            "period and definition.",
        ),
    ]
    width = sum(widths)
    rows = sheet_rows(edition, notes, top, heads, body, legend, width)
    return Page(
        name,
        title,
        rows,
        widths,
        freeze=f"{column_letter(first + 1)}{header + 1}",
        grid=Grid(edition.short("Bang_diem", "Scorecard"), header, header + len(body), tuple(heads)),
        repeat_rows=f"{header}:{header}",
        repeat_columns=f"A:{column_letter(first)}",
        heights={header: head_height(heads, widths)},
        pages_wide=max(1, -(-int(width) // 200)),
    )


def others_page(edition: Edition, tables: Sequence[IndicatorTable], name: str, number: int) -> Page:
    """The indicators that too few places state for a table of their own: one row per figure."""
    heads = [
        edition.short("STT", "No."),
        edition.say("Chỉ tiêu", "Indicator"),
        edition.say("ĐVT", "Unit"),
        edition.say("Địa bàn", "Place"),
        edition.say("Tỉnh, thành phố", "Province"),
        edition.say("Thời kỳ", "Period"),
        edition.say("Giá trị", "Value"),
        edition.say("Loại số liệu", "Status"),
        edition.say("Cách tính", "Definition"),
    ]
    widths: list[float] = [5, 38, 15, 22, 14, 14, 16, 14, 30]
    notes, body = Notes(), []
    for table in tables:
        order = {place: position for position, place in enumerate(table.order)}
        figures = sorted(table.figures.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        for (place, position), row in figures:
            column = table.columns[position]
            body.append(
                [
                    Cell(len(body) + 1, "order"),
                    Cell(edition.name(table.indicator), "cell"),
                    Cell(edition.unit(table.indicator), "cell"),
                    Cell(place.name, "cell"),
                    Cell(place.province, "cell"),
                    Cell(period_value(row["period"], edition), "period"),
                    figure_cell(edition, row, table.decimals, notes),
                    Cell(words.status_text(row["status"], edition.lang), "cell"),
                    Cell(column.definition.label(edition) or None, "cell"),
                ]
            )
    title = edition.say("Các chỉ tiêu có ít địa bàn nêu số liệu", "Indicators that few places state")
    label = edition.say(f"Biểu số {number:02d}", f"Table {number:02d}")
    places = [place for place in edition.places if any(place in table.places for table in tables)]
    periods = [column.period for table in tables for column in table.columns]
    top = head(edition, label, title, scope(edition, places, periods), "", widths)
    header, width = len(top) + 1, sum(widths)
    lines = [
        edition.say(
            f"Gồm {len(tables)} chỉ tiêu có dưới {FEWEST} địa bàn nêu số liệu, nên không lập biểu riêng.",
            f"{len(tables)} indicators stated by fewer than {FEWEST} places, without tables of their own.",
        )
    ]
    rows = sheet_rows(edition, notes, top, heads, body, lines, width)
    return Page(
        name,
        title,
        rows,
        widths,
        freeze=f"C{header + 1}",
        repeat_rows=f"{header}:{header}",
        grid=Grid(edition.short("Chi_tieu_khac", "Other_indicators"), header, header + len(body), tuple(heads)),
    )
