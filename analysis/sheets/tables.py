"""The statistical tables of a workbook as pages: one per indicator, the summary, the scorecard, trends, a profile.

Figures, ranks, bands and shares of plan come from the table and from `compare`; here they get rows, columns, formulas,
marks and notes. Lists (cover, data, sources, notes) are made by `lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from analysis import words
from analysis.places import split_type
from analysis.sheets.edition import (
    RESULTS,
    Edition,
    Figures,
    PlaceName,
    decimals_of,
    figure_format,
    figure_width,
    indicator_page,
    length_of,
    signed_format,
)
from analysis.sheets.notes import Notes, figure_cell, first_upper, foot_rows, head
from analysis.sheets.pages import Cell, Grid, Page, column_letter, head_height

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 92, 135  # character widths of 11 pt that fit the paper without shrinking
BANDS = "ABCD"
BREAK_WIDTH = 5.5
FEWEST_RANKED = 3
DERIVED = ("of", "fraction", "change", "rank")


@dataclass(frozen=True)
class Definition:
    """What the figures of some columns have in common: variant and standard."""

    variant: str
    standard: str

    def label(self, edition: Edition, short: bool = False) -> str:
        from analysis.definitions import standard_name

        lang = "vi" if edition.lang == "vi-en" else edition.lang
        parts = [standard_name(self.standard, lang)] if self.standard else []
        if short and re.fullmatch(r"\d{4}-\d{4}", self.standard):
            parts = [edition.short("chuẩn ", "line ") + self.standard.replace("-", "–")]
        if self.variant:
            parts.append(words.variant_text(self.variant, lang))
        return ", ".join(parts)


@dataclass(frozen=True)
class Column:
    """A column of an indicator's table: figures of one period, or a sign, a rank, a difference."""

    role: (
        str  # "result", "target", "proposed", "share", "break"; of the main column: "of", "fraction", "change", "rank"
    )
    header: str
    definition: Definition = Definition("", "")
    period: str = ""
    width: float = 10


@dataclass(frozen=True)
class IndicatorTable:
    """One indicator: its columns, its places and the rows that stand in its cells."""

    indicator: str
    number: int
    page: str
    columns: tuple[Column, ...]
    places: tuple[PlaceName, ...]
    provinces: tuple[PlaceName, ...]
    figures: Figures  # by place and position of the column
    shares: Mapping[tuple[PlaceName, int], dict[str, Any]]
    main: int  # the column that is ranked, -1 for none
    base: int  # the earlier column that it is compared with, -1 for none
    ranks: Mapping[PlaceName, int]
    decimals: int
    direction: str
    first_row: int = 0  # of the places, set when the page is made
    several_provinces: bool = False

    @property
    def main_period(self) -> str:
        return self.columns[self.main].period if self.main >= 0 else ""

    def row_of(self, place: PlaceName) -> int:
        """The row of a place on the page."""
        return self.first_row + self._lines[place]

    @cached_property
    def place_set(self) -> frozenset[PlaceName]:
        return frozenset(self.places)

    @cached_property
    def _lines(self) -> dict[PlaceName, int]:
        return {place: line for line, place in enumerate(self.order)}

    @property
    def order(self) -> tuple[PlaceName, ...]:
        """The places from top to bottom: one province's own figure first, several provinces' last."""
        return self.places + self.provinces if self.several_provinces else self.provinces + self.places

    def position(self, role: str) -> int:
        """The position of the only column of a role; -1 when there is none."""
        return next((number for number, column in enumerate(self.columns) if column.role == role), -1)

    def letter(self, column: int) -> str:
        return column_letter(column + (4 if self.several_provinces else 3))


# --- one indicator -----------------------------------------------------------------------------------------------


def lay_out(edition: Edition, indicator: str, number: int, taken: Iterable[str] = ()) -> IndicatorTable | None:
    """The table of one indicator; None when no place of the edition has a figure."""
    from analysis import compare

    chosen = set(edition.places) | set(edition.provinces)
    rows = [edition.record(at) | {"at": at} for at in edition.rows(indicator)]
    rows = [row for row in rows if PlaceName(row["province"], row["place"]) in chosen and row["period"]]
    rows = [row for row in rows if row["value"] == row["value"] and "place_unresolved" not in row["flags"]]
    districts = set(edition.places)
    if not any(PlaceName(row["province"], row["place"]) in districts for row in rows):
        return None
    found = {PlaceName(row["province"], row["place"]) for row in rows}
    places = edition.places if edition.chosen_places else tuple(place for place in edition.places if place in found)
    own = {place.province for place in places}
    provinces = tuple(place for place in edition.provinces if place in found and place.province in own)
    rows = [row for row in rows if row["level"] != "province" or row["province"] in own]
    columns = _columns(edition, indicator, rows)
    at = {(c.role, c.definition, c.period): position for position, c in enumerate(columns)}
    known: dict[tuple[PlaceName, int], int] = {}
    figures = Figures(edition, known)
    same = {place: place for place in (*places, *provinces)}
    for row in rows:
        role = "result" if row["status"] in RESULTS else row["status"]
        place = PlaceName(row["province"], row["place"])
        key = same.get(place, place), at[role, _definition(row), row["period"]]
        if key not in known or (row["status"] == "actual" and figures[key]["status"] == "estimate"):
            known[key] = row["at"]
    decimals = decimals_of(row["value"] for row in rows)
    columns = _fitting(columns, figures, decimals)
    main = _main_column(columns, figures, places)
    base = _base_column(columns, figures, places, main)
    direction = rows[0]["direction"]
    columns = _widened(edition, columns)
    ranked = None
    if main >= 0 and rows[0]["direction"] != "neutral":
        column = columns[main]
        ranked = compare.rank(
            edition.of(indicator),
            indicator,
            period=column.period,
            variant=column.definition.variant,
            standard=column.definition.standard,
            level=None,
        )
    ranks = _ranks(ranked, places) if ranked is not None else {}
    if len(ranks) < FEWEST_RANKED:
        ranks = {}
    by_share = bool(ranks) and (ranked["measure"] == "share").any()
    columns = [*columns, *_derived_columns(edition, columns, main, base, rows[0]["unit"], by_share, bool(ranks))]
    shares: dict[tuple[PlaceName, int], dict] = {}
    if any(column.role == "share" for column in columns):
        pairs = compare.plan_actual(edition.of(indicator), indicator, level=None, lang=edition.short("vi", "en"))
        for pair in pairs[pairs["done_pct"].notna() & pairs["compared"]].to_dict("records"):
            key = ("share", _definition(pair), pair["period"])
            if key in at:
                shares[PlaceName(pair["province"], pair["place"]), at[key]] = pair
    return IndicatorTable(
        indicator=indicator,
        number=number,
        page=indicator_page(edition, number, indicator, taken),
        columns=tuple(columns),
        places=places,
        provinces=provinces,
        figures=figures,
        shares=shares,
        main=main,
        base=base,
        ranks=ranks,
        decimals=decimals,
        direction=direction,
        several_provinces=len({place.province for place in places}) > 1,
    )


def _ranks(ranked: Any, places: Sequence[PlaceName]) -> dict[PlaceName, int]:
    wanted = set(places)
    pairs = [
        (PlaceName(province, place), rank)
        for province, place, rank, compared in zip(
            ranked["province"], ranked["place"], ranked["rank"], ranked["compared"], strict=True
        )
        if compared and PlaceName(province, place) in wanted
    ]
    return {place: int(rank) for place, rank in pairs}


def _definition(row: Mapping[str, Any]) -> Definition:
    return Definition(row["variant"], row["standard"])


def _columns(edition: Edition, indicator: str, rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns of figures, oldest definition first, with a sign between definitions and plans beside results."""
    ends = {row["period"]: row["period_end"] for row in rows}
    definitions = sorted({_definition(row) for row in rows}, key=lambda d: (d.variant, d.standard == "", d.standard))
    seen: dict[str, int] = {}
    columns: list[Column] = []
    for definition in definitions:
        inside = [row for row in rows if _definition(row) == definition]
        if columns:
            columns.append(_break_column(edition, columns[-1].definition, definition, seen))
        for period in sorted({row["period"] for row in inside}, key=lambda p: (ends[p], -len(p), p)):
            status = {row["status"] for row in inside if row["period"] == period}
            short = words.format_period(period, "vi" if edition.lang == "vi-en" else edition.lang, short=True)
            if status & set(RESULTS):
                prefix = edition.say("Ước ", "Est. ") if "actual" not in status else ""
                columns.append(Column("result", _unique(prefix + short, seen), definition, period, _width(short)))
            if "target" in status:
                columns.append(
                    Column(
                        "target",
                        _unique(edition.short(f"KH {short}", f"Plan {short}"), seen),
                        definition,
                        period,
                        _width(short) + 1,
                    )
                )
            if "proposed" in status:
                columns.append(
                    Column(
                        "proposed",
                        _unique(edition.short(f"Đề nghị {short}", f"Filed {short}"), seen),
                        definition,
                        period,
                        _width(short) + 1,
                    )
                )
            planned = any(row["plan_pct"] == row["plan_pct"] for row in inside if row["period"] == period)
            if status & set(RESULTS) and ("target" in status or planned):
                columns.append(
                    Column(
                        "share",
                        _unique(edition.short(f"% KH {short}", f"% of plan {short}"), seen),
                        definition,
                        period,
                        9,
                    )
                )
    return columns


def _width(header: str) -> float:
    longest = max(len(part) for part in header.split())
    return max(9.5, min(14, longest + 3, len(header) + 3))


def _unique(header: str, seen: dict[str, int]) -> str:
    """A header that the table does not have yet; the second of its name gets a prime."""
    seen[header] = seen.get(header, 0) + 1
    return header + "′" * (seen[header] - 1)


def _break_column(edition: Edition, before: Definition, after: Definition, seen: dict[str, int]) -> Column:
    from analysis.definitions import load_definitions

    if before.variant != after.variant:
        text = edition.short("Khác phạm vi", "Other scope")
    else:
        known = load_definitions().standards.get(after.standard)
        law = known.law.split(",")[0].split(";")[0] if known else ""
        text = (
            edition.short("Đổi chuẩn", "New definition")
            if after.standard
            else edition.short("Chưa rõ chuẩn", "Unknown")
        )
        text += f": {law}" if law else ""
    return Column("break", _unique(text, seen), after, "", BREAK_WIDTH)


def _main_column(columns: Sequence[Column], figures: Mapping, places: Sequence[PlaceName]) -> int:
    """The column of results with most places, the newest of equals; periods of a year come before parts of one."""
    best, most = -1, (0, 0)
    for position, column in enumerate(columns):
        if column.role == "result":
            count = sum((place, position) in figures for place in places), len(column.period) == 4
            if count >= most and count[0]:
                best, most = position, count
    return best


def _base_column(columns: Sequence[Column], figures: Mapping, places: Sequence[PlaceName], main: int) -> int:
    best, most = -1, 0
    for position in range(main):
        column = columns[position]
        same = column.role == "result" and column.definition == columns[main].definition
        if same and length_of(column.period) == length_of(columns[main].period):
            both = sum((place, position) in figures and (place, main) in figures for place in places)
            if both and both >= most:
                best, most = position, both
    return best


def _derived_columns(
    edition: Edition, columns: Sequence[Column], main: int, base: int, unit: str, by_share: bool, ranked: bool
) -> list[Column]:
    added = []
    if by_share:
        header = columns[main].header
        added.append(Column("of", edition.short(f"Tổng số {header}", f"Total {header}"), width=10))
        added.append(Column("fraction", edition.short(f"Tỷ lệ {header} (%)", f"Share {header} (%)"), width=10))
    if base >= 0:
        points = edition.short(" (điểm %)", " (points)") if unit in ("percent", "percentage_points") else ""
        text = edition.short(
            f"Tăng, giảm {columns[main].header} so với {columns[base].header}{points}",
            f"Change {columns[base].header} to {columns[main].header}{points}",
        )
        added.append(Column("change", text, width=14))
    if ranked:
        main_words = columns[main].header.rstrip("′")
        added.append(Column("rank", edition.short(f"Hạng {main_words}", f"Rank {main_words}"), width=9))
    return added


def indicator_pages(edition: Edition, table: IndicatorTable) -> tuple[IndicatorTable, Page]:
    """The page of one indicator, and the table that knows on which row its places stand."""
    notes = Notes()
    unit = edition.unit(table.indicator)
    lead = ["order", "place", *(["province"] if table.several_provinces else [])]
    widths = [
        5,
        max(20, min(34, max(len(place.name) + 5 * (place in table.provinces) for place in table.order) + 3)),
        *([16] if table.several_provinces else []),
        *(column.width for column in table.columns),
    ]
    widths = _at_least(widths, 1, 78)
    label = edition.say(f"Biểu số {table.number:02d}", f"Table {table.number:02d}")
    periods = [column.period for column in table.columns if column.period]
    top = head(
        edition,
        label,
        edition.say(f"{_vi(edition, table.indicator)} theo địa bàn", f"{_en(edition, table.indicator)} by place"),
        scope(edition, table.places, periods),
        unit,
        widths,
    )
    band, header_row = _header(edition, table, len(lead))
    top += [band] if band else []
    header = len(top) + 1
    table = _with_row(table, header + 1)
    last = header + len(table.order)
    total = sum(widths)
    wide = max(1, -(-int(total) // 190))
    summary = _summary_rows(edition, table, len(lead))

    def rows() -> Iterator[Sequence[Any]]:
        yield from (*top, header_row)
        for number, place in _numbered(table):
            yield _place_row(edition, table, place, number, notes)
        yield from summary
        yield from _note_rows(edition, table, notes, total / wide, bool(summary))

    titles = tuple(str(cell.value) for cell in header_row)
    page = Page(
        table.page,
        edition.name(table.indicator),
        rows(),
        widths,
        grid=Grid(f"{edition.short('Bieu', 'Table')}_{table.number:02d}_{table.indicator}"[:200], header, last, titles),
        freeze=f"{column_letter(len(lead) + 1)}{header + 1}",
        repeat_rows=f"{header - bool(band)}:{header}",
        repeat_columns=f"A:{column_letter(len(lead))}",
        landscape=total > PORTRAIT_WIDTH,
        pages_wide=wide,
        one_page=wide == 1 and len(table.order) < (40 if total <= PORTRAIT_WIDTH else 26),
        heights={header: _head_height(titles, widths)},
    )
    return table, page


def _with_row(table: IndicatorTable, first_row: int) -> IndicatorTable:
    return replace(table, first_row=first_row)


def _numbered(table: IndicatorTable) -> list[tuple[int | None, PlaceName]]:
    numbers = {place: number for number, place in enumerate(table.places, 1)}
    return [(numbers.get(place), place) for place in table.order]


def _head_height(titles: Sequence[str], widths: Sequence[float]) -> float:
    turned = [len(title) for title, width in zip(titles, widths, strict=True) if width == BREAK_WIDTH]
    level = [(title, width) for title, width in zip(titles, widths, strict=True) if width != BREAK_WIDTH]
    height = head_height(*zip(*level, strict=True))
    return max(height, 2.9 * max(turned) + 20) if turned else height


def _header(edition: Edition, table: IndicatorTable, lead: int) -> tuple[list[Cell], list[Cell]]:
    titles = [Cell(edition.short("STT", "No."), "head"), Cell(edition.say("Địa bàn", "Place"), "head")]
    if table.several_provinces:
        titles.append(Cell(edition.say("Tỉnh, thành phố", "Province"), "head"))
    band: list[Cell] = [Cell(None, "band") for _ in range(lead)]
    labels = {column.definition: _fitting_label(edition, table, column.definition) for column in table.columns}
    previous = None
    for column in table.columns:
        titles.append(Cell(column.header, "break_head" if column.role == "break" else "head"))
        if column.role == "break":
            band.append(Cell(None, "break"))
        elif column.role in DERIVED:
            band.append(Cell(None, "band"))
        elif column.definition != previous:
            band.append(Cell(labels[column.definition], "band"))
        else:
            band.append(Cell(None, "band"))
        previous = column.definition if column.role not in ("break", *DERIVED) else None
    named = any(column.definition.label(edition) for column in table.columns)
    return band if named else [], titles


def _fitting_label(edition: Edition, table: IndicatorTable, definition: Definition) -> str:
    """The definition of a block of columns in words that fit over the block."""
    room = _block_width(table.columns, definition)
    label = definition.label(edition)
    return label if len(label) * 0.88 <= room else definition.label(edition, short=True)


def _fitting(columns: Sequence[Column], figures: Figures, decimals: int) -> list[Column]:
    """Columns at least as wide as their widest figure with its marks."""
    need = [column.width for column in columns]
    for _place, position in figures:
        need[position] = max(need[position], figure_width(figures[_place, position], decimals))
    return [replace(column, width=width) for column, width in zip(columns, need, strict=True)]


def _block_width(columns: Sequence[Column], definition: Definition) -> float:
    return sum(c.width for c in columns if c.definition == definition and c.role not in ("break", *DERIVED))


def _widened(edition: Edition, columns: Sequence[Column]) -> list[Column]:
    """Columns at least as wide as the short words for their definition need."""
    factor = {}
    for definition in {column.definition for column in columns}:
        room = _block_width(columns, definition)
        need = min(len(definition.label(edition, short=True)) * 0.88, 34)
        factor[definition] = max(1.0, need / room) if room else 1.0
    return [
        column
        if column.role in ("break", *DERIVED)
        else replace(column, width=column.width * factor[column.definition])
        for column in columns
    ]


def _place_row(
    edition: Edition, table: IndicatorTable, place: PlaceName, number: int | None, notes: Notes
) -> list[Any]:
    own = number is None
    total = ".total" if own else ""
    name = whole(edition, place) if own else place.name
    row: list[Any] = [Cell(number, "order" + total), Cell(name, "cell" + total)]
    if table.several_provinces:
        row.append(Cell(place.province, "cell" + total))
    line = table.row_of(place)
    for position, column in enumerate(table.columns):
        if column.role == "break":
            row.append(Cell(None, "break"))
        elif column.role == "share":
            row.append(_share_cell(edition, table, place, position, line, total))
        elif column.role == "of":
            figure = table.figures.get((place, table.main))
            row.append(Cell(figure["of"] if figure else None, "number" + total, "#,##0"))
        elif column.role == "fraction":
            row.append(_fraction_cell(table, place, line, total))
        elif column.role == "rank":
            row.append(_rank_cell(edition, table, place, line, total))
        elif column.role == "change":
            row.append(_change_cell(table, place, line, total))
        else:
            row.append(
                figure_cell(edition, table.figures.get((place, position)), table.decimals, notes, "number" + total)
            )
    return row


def _share_cell(
    edition: Edition, table: IndicatorTable, place: PlaceName, position: int, line: int, total: str
) -> Cell:
    pair = table.shares.get((place, position))
    if pair is None:
        return Cell(None, "number" + total)
    column = table.columns[position]
    if pair["done_from"] == "target":
        at = {(c.role, c.definition, c.period): number for number, c in enumerate(table.columns)}
        result = at.get(("result", column.definition, column.period))
        target = at.get(("target", column.definition, column.period))
        if result is not None and target is not None:
            formula = f"{table.letter(result)}{line}/{table.letter(target)}{line}*100"
            return Cell(pair["done_pct"], "formula" + total, "0.0", formula=formula)
    return Cell(
        pair["done_pct"],
        "number" + total,
        "0.0",
        link=edition.data_link(pair["key"]),
        tip=edition.short("% kế hoạch do nguồn nêu", "share of the plan as the source states it"),
    )


def _rank_cell(edition: Edition, table: IndicatorTable, place: PlaceName, line: int, total: str) -> Cell:
    rank = table.ranks.get(place)
    if rank is None:
        return Cell(None, "order" + total)
    fraction = table.position("fraction")
    letter = table.letter(table.main if fraction < 0 else fraction)
    first = table.row_of(table.places[0])
    last = table.row_of(table.places[-1])
    area = f"{letter}${first}:{letter}${last}"
    sign = "<" if table.direction == "lower_better" else ">"
    formula = f"SUMPRODUCT(ISNUMBER({area})*({area}{sign}{letter}{line}))+1"
    return Cell(rank, "order" + total, f'0"/{len(table.ranks)}"', formula=formula)


def _fraction_cell(table: IndicatorTable, place: PlaceName, line: int, total: str) -> Cell:
    figure = table.figures.get((place, table.main))
    if figure is None or not figure["of"] > 0:
        return Cell(None, "number" + total)
    formula = f"{table.letter(table.main)}{line}/{table.letter(table.position('of'))}{line}*100"
    return Cell(figure["value"] / figure["of"] * 100, "formula" + total, "0.0", formula=formula)


def _change_cell(table: IndicatorTable, place: PlaceName, line: int, total: str) -> Cell:
    new, old = table.figures.value((place, table.main)), table.figures.value((place, table.base))
    if new is None or old is None:
        return Cell(None, "number" + total)
    formula = f"{table.letter(table.main)}{line}-{table.letter(table.base)}{line}"
    return Cell(new - old, "formula" + total, signed_format(table.decimals), formula=formula)


def _summary_rows(edition: Edition, table: IndicatorTable, lead: int) -> list[list[Any]]:
    """Mean, median, highest, lowest of the places, as live formulas below the table; each column for itself."""
    import statistics

    measures = (
        (edition.say("Trung bình giản đơn", "Mean of the places"), "AVERAGE", statistics.fmean),
        (edition.say("Trung vị", "Median"), "MEDIAN", statistics.median),
        (edition.say("Cao nhất", "Highest"), "MAX", max),
        (edition.say("Thấp nhất", "Lowest"), "MIN", min),
        (edition.say("Số địa bàn có số liệu", "Places with a figure"), "COUNT", len),
    )
    first, last = table.row_of(table.places[0]), table.row_of(table.places[-1])
    rows: list[list[Any]] = [[]]
    number_format = figure_format(table.decimals)
    known: list[list[float]] = []
    for position in range(len(table.columns)):
        found = (table.figures.value((place, position)) for place in table.places)
        known.append([value for value in found if value is not None])
    for name, function, measure in measures:
        row: list[Any] = [Cell(None, "order"), Cell(name, "cell"), *[Cell(None, "cell")] * (lead - 2)]
        for position, column in enumerate(table.columns):
            values = known[position]
            if column.role not in ("result", "target") or len(values) < FEWEST_RANKED:
                row.append(Cell(None, "break" if column.role == "break" else "number"))
                continue
            letter = table.letter(position)
            row.append(
                Cell(
                    measure(values),
                    "formula",
                    "0" if function == "COUNT" else number_format,
                    formula=f"{function}({letter}{first}:{letter}{last})",
                )
            )
        rows.append(row)
    return rows if any(isinstance(cell, Cell) and cell.formula for row in rows for cell in row) else []


def _note_rows(edition: Edition, table: IndicatorTable, notes: Notes, width: float, summary: bool) -> list[list[Any]]:
    from analysis.definitions import load_definitions

    lang = edition.lang
    known = load_definitions()
    lines = []
    for standard in dict.fromkeys(column.definition.standard for column in table.columns if column.definition.standard):
        found = known.standards.get(standard)
        if found and found.law:
            lines.append(
                f"{first_upper(found.name('vi' if lang == 'vi-en' else lang))}: {found.law}."
                + (f" {first_upper(found.lines)}." if found.lines and lang != "en" else "")
            )
    if any(column.header.endswith("′") for column in table.columns):
        lines.append(
            edition.say(
                "“′”: cùng thời kỳ với cột trước đó cùng tên nhưng theo cách tính khác.",
                "“′”: the same period as the earlier column of that name, by another definition.",
            )
        )
    if any(column.role == "break" for column in table.columns):
        lines.append(
            edition.say(
                "Cột gạch chéo ngăn các cách tính khác nhau; không so sánh số liệu hai bên cột này.",
                "A hatched column separates different definitions; figures on its two sides are not comparable.",
            )
        )
    periods = sorted(
        ((column.period, column.period) for column in table.columns if column.role == "result"),
        key=lambda pair: pair[0],
    )
    if len(periods) > 1:
        events = [
            event
            for event in known.breaks(table.indicator, periods[0][0], periods[-1][0])
            if " thay " not in event.reason_vi or event.indicators != (table.indicator,)
        ]
        for event in events:
            reason = event.reason("vi" if lang == "vi-en" else lang)
            law = f" ({event.law})" if event.law else ""
            lines.append(
                edition.short(
                    f"Mốc thay đổi từ {words.format_period(event.start, 'vi')}: {reason}{law}.",
                    f"Change from {words.format_period(event.start, 'en')}: {reason}{law}.",
                )
            )
    if table.ranks:
        way = ("thấp nhất xếp hạng 1", "the lowest ranks first")
        if table.direction == "higher_better":
            way = ("cao nhất xếp hạng 1", "the highest ranks first")
        lines.append(
            edition.say(
                f"Xếp hạng theo cột {table.columns[table.main].header} ({way[0]}; bằng nhau thì cùng hạng).",
                f"Ranked by the column {table.columns[table.main].header} ({way[1]}; equal figures share a rank).",
            )
        )
    if summary:
        lines.append(
            edition.say(
                "Trung bình giản đơn tính trên các địa bàn có số liệu, không có quyền số, nên khác số của toàn tỉnh.",
                "The mean is unweighted over the places with a figure and so differs from the province's own.",
            )
        )
    return foot_rows(edition, notes, lines, width)


def whole(edition: Edition, place: PlaceName) -> str:
    """How a province's own figure is named in a table of its districts."""
    return edition.say(f"Toàn {place.name}", f"{split_type(place.name)[1]}, whole province")


def scope(edition: Edition, places: Sequence[PlaceName], periods: Sequence[str]) -> str:
    provinces = list(dict.fromkeys(place.province for place in places))
    where = (
        provinces[0]
        if len(provinces) == 1
        else edition.say(f"{len(provinces)} tỉnh, thành phố", f"{len(provinces)} provinces")
    )
    years = sorted({year for period in periods for year in _years(period)})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(years)
    count = edition.say(f"{len(places)} địa bàn", f"{len(places)} places")
    return ", ".join(part for part in (where, count, span) if part)


def _years(period: str) -> list[str]:
    import re

    return re.findall(r"\d{4}", period)


def _at_least(widths: list[float], column: int, total: float) -> list[float]:
    missing = total - sum(widths)
    if missing > 0:
        widths[column] += min(missing, 18)
        missing = total - sum(widths)
    if missing > 0:
        share = missing / (len(widths) - 2) if len(widths) > 2 else 0
        widths = [*widths[:2], *(width if width <= 4 else min(width + share, 18) for width in widths[2:])]
    return widths


def _vi(edition: Edition, indicator: str) -> str:
    known = edition.catalogue.get(indicator)
    return known.name_vi if known else indicator


def _en(edition: Edition, indicator: str) -> str:
    known = edition.catalogue.get(indicator)
    return known.name_en if known else indicator
