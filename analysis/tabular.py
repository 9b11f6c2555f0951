"""Tables to observations: which indicator each figure states, of which place and period, planned or reached.

How a table is laid out is told by `cells.layout`, labels are read by `labels`, percentages bound by `percentages`;
prose is left to `observations`. What is not understood comes back as findings with its cell, never dropped silently.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from analysis.cells.captions import caption_labels
from analysis.cells.changes import NEAR, Change, find_changes
from analysis.cells.figures import Figure, read_figure
from analysis.cells.labels import Named, Role, is_generic, name_indicator, role_of
from analysis.cells.layout import Column, Row, Scope, TableLayout, is_office
from analysis.cells.percentages import Bound, bind, percents
from analysis.cells.units import Unit
from analysis.periods import shifted
from analysis.record import Observation
from analysis.tables import NOT_AVAILABLE, NOTHING, Cell, Table
from analysis.text import fold

if TYPE_CHECKING:
    from analysis.indicators import Catalogue
    from analysis.places import Gazetteer, Place
    from analysis.reports import Report


_PLAN_ROW = re.compile(r"(?:kế hoạch|kh|dự toán|chỉ tiêu (?:giao|kế hoạch|được giao))\b")
_YEARLY = re.compile(r"tăng|giảm|bình quân(?! đầu người)|/ ?năm|(?:hàng|hằng|mỗi) năm")
_SO_FAR = re.compile(r"từ đầu năm|lũy kế từ")
_WHOLE = re.compile(r"(?:tổng )?(?:số )?(?:hộ|khẩu|người|xã|lao động)")
_NamedColumn = tuple[Column, Named, str, Unit | None]  # a column of figures, its indicator, the rule, its unit


class Finding(NamedTuple):
    """Something in a table that was not understood or is no figure: a code, a sentence, the cell's span and locator."""

    code: str
    sentence: str
    start: int
    end: int
    where: str


@dataclass(frozen=True)
class Reading:
    """What the tables of a report gave."""

    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def observe_tables(
    report: Report, catalogue: Catalogue, gazetteer: Gazetteer, told: Iterable[int] = ()
) -> list[Observation]:
    """The observations that a report's tables state, in the order of the text.

    Loose tables are left out where the prose has `told` of something (positions in the text).
    """
    said = sorted(told)
    loose = [table for table in report.tables if table.loose]
    twice = [table for table in loose if bisect_left(said, table.start) < bisect_left(said, table.end)]
    found = read_tables(report, catalogue, gazetteer).observations
    return [o for o in found if not any(table.start <= o.start < table.end for table in twice)]


def read_tables(report: Report, catalogue: Catalogue, gazetteer: Gazetteer) -> Reading:
    """The observations of a report's tables, and the cells that were not understood."""
    observations: list[Observation] = []
    findings: list[Finding] = []
    scope = Scope.of(report, gazetteer)
    for table in report.tables:
        reader = _TableReader(report, table, catalogue, gazetteer, scope)
        made = list(reader.observations())
        observations += made
        if table.loose:
            continue  # what is no table leaves nothing unread
        findings += reader.findings
        if not made:
            words = (table.captions[-1] if table.captions else table.name)[:80]
            findings.append(
                Finding(
                    "table_unmatched",
                    f"{table.name}: no figure of the table was understood ({words}); read it by eye, or add its words "
                    "to the catalogue.",
                    table.start,
                    table.end,
                    table.name,
                )
            )
    return Reading(tuple(observations), tuple(findings))


def unread_cells(reports: Iterable[Report], catalogue: Catalogue, gazetteer: Gazetteer) -> list[tuple[str, Finding]]:
    """What the tables of the reports hold that no indicator, unit or number was found for: (report id, finding)."""
    return [(r.id, found) for r in reports if r.tables for found in read_tables(r, catalogue, gazetteer).findings]


class _TableReader(TableLayout):
    """Reads one table; what it can not read stands in `findings` afterwards."""

    def __init__(self, report: Report, table: Table, catalogue: Catalogue, gazetteer: Gazetteer, scope: Scope):
        super().__init__(table, gazetteer, scope)
        self.report, self.catalogue = report, catalogue
        self.findings: list[Finding] = []

    def observations(self) -> Iterator[Observation]:
        """The observations of the table in the order of its rows."""
        values = [
            c for c in self.columns if c.role.kind in ("actual", "estimate", "target", "value") and self._has_figures(c)
        ]
        rows = self.rows
        if self.kind == "indicator":
            values = [c for c in values if c.index != self.label_column]
            bound = bind(self, values)
            for row in rows:
                yield from self._read_row(row, values, bound)
        else:
            yield from self._read_places(rows, values)

    def _has_figures(self, column: Column) -> bool:
        return column.index != self.label_column and any(cell.is_number for cell in self.cells_of(column.index))

    def _read_row(self, row: Row, values: list[Column], bound: dict[int, list[Bound]]) -> Iterator[Observation]:
        """A row that names an indicator: one observation for each column of figures, percentages bound to theirs."""
        cells = self.table.grid[row.index]
        filled = [
            c
            for c in values
            if cells[c.index] is not None and cells[c.index].row == row.index and cells[c.index].text.strip()
        ]
        figures = {c.index: read_figure(cells[c.index], self.english) for c in filled}
        if not filled or not any(figures.values()):
            self._gaps(row.path, [cells[c.index] for c in filled])
            return
        named_any = False
        for column in filled:
            cell, figure = cells[column.index], figures[column.index]
            if figure is None:
                self._gaps(row.path, [cell])
                continue
            own = self._leftover(column)
            unit = figure.unit or row.unit or column.unit or self.unit
            named = self._name((*row.path, *own), unit) or self._name(row.path, unit)
            rule = "table.row"
            if named is None and own:
                named, rule = self._name((*own, row.path[-1]), unit), "table.row_and_column"
            if named is None:
                continue
            if column.role.kind == "value" and _PLAN_ROW.match(fold(row.path[-1])):
                column = replace(column, role=Role("target"))
            named_any = True
            if self._is_broken(figure, unit, named):
                self._gaps(row.path, [cell])
                continue
            about = bound.get(column.index, ())
            plan_pct, yoy_pct, flags = percents(self, row.index, column, figure, about, self.catalogue[named.id])
            yield self._observation(
                named,
                unit,
                figure,
                cell,
                column,
                rule,
                column.place or self.scope.place,
                column.period,
                plan_pct,
                yoy_pct,
                flags,
                row.path[-1],
            )
        if not named_any:
            self._unmatched(row.label, row.path)

    def _read_places(self, rows: Sequence[Row], values: list[Column]) -> Iterator[Observation]:
        """Rows that are places or periods: the column names the indicator, else the caption does."""
        named_columns = self._named_columns(values)
        levels = [(column, named.id) for column, named, *_ in named_columns]
        changes = find_changes(self, levels, self.catalogue)
        known = {column.index for column, _ in levels} | {change.column.index for change in changes}
        for column in values:
            head = self.table.grid[max(self.table.header[1] - 1, 0)][column.index]
            if column.index not in known and head is not None:
                self._unmatched(head, column.path)
        bound = bind(self, [column for column, *_ in named_columns])
        for row in rows:
            cells = self.table.grid[row.index]
            place, level_flags = self._row_place(row)
            if row.place is None and not row.total and self.kind == "place" and is_office(row.path[-1]):
                continue
            for column, named, rule, unit in named_columns:
                cell = cells[column.index]
                if cell is None or cell.row != row.index or not cell.text.strip():
                    continue
                figure = read_figure(cell, self.english)
                if figure is None:
                    self._gaps((row.path[-1], *column.path), [cell])
                    continue
                if row.area:
                    named_area = self._name(
                        (*column.path, f"khu vực {row.area.removeprefix('khu vực ')}"), figure.unit or unit
                    )
                    if named_area is None or named_area.id == named.id:
                        continue
                    named = named_area
                if self._is_broken(figure, figure.unit or unit, named):
                    self._gaps((row.path[-1], *column.path), [cell])
                    continue
                about = bound.get(column.index, ())
                plan_pct, yoy_pct, flags = percents(self, row.index, column, figure, about, self.catalogue[named.id])
                yield self._observation(
                    named,
                    figure.unit or unit,
                    figure,
                    cell,
                    column,
                    rule,
                    place if place is not None else column.place,
                    _joined(row.period, column) or column.period,
                    plan_pct,
                    yoy_pct,
                    (*flags, *level_flags),
                    row.path[-1],
                    written="" if place or row.total or self.kind == "period" else row.path[-1],
                )
            for change in changes:
                yield from self._read_change(row, change, place, level_flags)
        for row in rows:
            if (
                self.kind == "place"
                and not row.total
                and row.place is None
                and any(c and c.is_number for c in self.table.grid[row.index][self.label_column + 1 :])
            ):
                self.findings.append(
                    Finding(
                        "place_unresolved",
                        f"{row.label.where}: the place '{row.label.text}' is not known; check its spelling.",
                        row.label.start,
                        row.label.end,
                        row.label.where,
                    )
                )

    def _named_columns(self, values: Sequence[Column]) -> list[_NamedColumn]:
        """The columns of figures whose indicator is known: by their own heads, by a column beside, by the caption."""
        made: list[_NamedColumn] = []
        heads = any(column.path and self._name(column.path, column.unit or self.unit) for column in values)
        for column in values:
            unit = column.unit or self.unit
            own = column.path[-1] if column.path else ""
            named, rule = self._name(column.path, unit), "table.column"
            if named is None and len(column.path) > 1:
                named = self._name(column.path[:-1], unit) if self._says_role(column) else None
            if named is None and made and is_generic(own):
                named = self._beside(column, *made[-1][:2], unit)
            named = named or self._part_beside(column, values, unit)
            whole = heads and _WHOLE.fullmatch(fold(own))  # of what the other columns name: "Số xã | Xã đạt chuẩn"
            told = len(own) > 30  # a head as long as a caption
            if named is None and not whole and (self._says_role(column) or is_generic(own) or told):
                named, rule = self._by_caption(column, unit), "table.caption"
            if named is not None:
                made.append((column, named, rule, unit))
        return made

    def _read_change(
        self, row: Row, change: Change, place: Place | None, level_flags: tuple[str, ...]
    ) -> Iterator[Observation]:
        """How far a place's level rose or fell, as a column beside the levels says it, with its sign."""
        column = change.column
        cell = self.table.grid[row.index][column.index]
        figure = read_figure(cell, self.english) if cell is not None and cell.row == row.index else None
        unit = (figure and figure.unit) or column.unit or change.now.unit or self.unit
        if figure is None or row.area or unit is None or not unit.fits(self.catalogue[change.id]):
            return
        flags = level_flags
        size = abs(figure.value)
        if change.before is None:
            moved = -size
            flags += ("header_inferred",)
        else:
            high, low = (self.value(row.index, level.index) for level in (change.now, change.before))
            if high is None or low is None or abs(size - abs(high - low)) > NEAR:
                flags += ("arithmetic_mismatch",)
            moved = size if high is not None and low is not None and high > low else -size
        yield self._observation(
            Named(change.id, 1.0),
            unit,
            figure._replace(value=moved),
            cell,
            replace(column, role=Role("actual")),
            "table.column",
            place,
            _joined(row.period, column) or change.period,
            None,
            None,
            flags,
            row.path[-1],
            written="" if place or row.total or self.kind == "period" else row.path[-1],
        )

    def _part_beside(self, column: Column, values: Sequence[Column], unit: Unit | None) -> Named | None:
        """What a head means behind that of a whole: "Tổng số chỉ tiêu" | "Đạt và vượt", "Số hộ đạt …" | "Tỷ lệ (%)"."""
        left = [c for c in values if c.index < column.index and c.path[:-1] == column.path[:-1] and c.path]
        if not left or not column.path or column.role.stated:
            return None
        share = is_generic(column.path[-1]) and "tỷ lệ" in fold(column.path[-1])
        whole = left[-1] if share else left[0]
        if not share and not re.match(r"(?:tổng )?số\b|tổng\b", fold(whole.path[-1])):
            return None
        return self._name((whole.path[-1], column.path[-1]), unit)

    def _by_caption(self, column: Column, unit: Unit | None) -> Named | None:
        """The indicator that the nearest caption names, else the title of the report."""
        lines = [*column.path[-1:], *reversed(self.captions), self.report.title]
        generic = (column.path[-1],) if column.path and is_generic(column.path[-1]) else ()
        for label in (label for line in lines for label in caption_labels(line)):
            named = self._name((label, *generic), unit)
            if named and (named.id not in self.catalogue.changes or re.search(r"mức|giảm tỷ lệ|tỷ lệ giảm", label)):
                return named
        return None

    def _beside(self, column: Column, before: Column, named: Named, unit: Unit | None) -> Named | None:
        """The share that "Tỷ lệ (%)" means beside the column that counts ("Số hộ nghèo")."""
        share = self.catalogue[named.id].share
        beside = before.path[:-1] == column.path[:-1] and before.index == column.index - 1
        percent = (unit is not None and "percent" in unit.ids) or "tỷ lệ" in fold(" ".join(column.path[-1:]))
        return Named(share, named.score, "") if beside and percent and share else None

    def _row_place(self, row: Row) -> tuple[Place | None, tuple[str, ...]]:
        if self.kind == "period":
            return self.scope.place, ()
        if row.total:
            return self.total_place(), ()
        return row.place, () if row.place else ("place_unresolved",)

    def _says_role(self, column: Column) -> bool:
        """Whether a header only says plan, actual, a period or a place, and no indicator."""
        return column.place is not None or column.role.stated or bool(column.period) or not column.path

    def _name(self, parts: Sequence[str], unit: Unit | None) -> Named | None:
        return name_indicator(parts, unit, self.catalogue, damaged=self.report.ocr)

    def _leftover(self, column: Column) -> tuple[str, ...]:
        """The words of a header that say more than role, period and place ("Số hộ", "Tỷ lệ")."""
        if column.place is not None:
            return ()
        return tuple(part for part in column.path if is_generic(part) and not role_of((part,)).stated)

    def _observation(
        self,
        named: Named,
        unit: Unit | None,
        figure: Figure,
        cell: Cell,
        column: Column,
        rule: str,
        place: Place | None,
        period: str,
        plan_pct: float | None,
        yoy_pct: float | None,
        flags: tuple[str, ...],
        label: str,
        written: str = "",
    ) -> Observation:
        indicator = self.catalogue[named.id]
        flags = (*figure.flags, *flags)
        factor = unit.convert(1.0, indicator) if unit is not None else 1.0
        if unit is None:
            flags += ("unit_inferred",)
        value = round(figure.value * factor, 9)
        highest = round(figure.value_max * factor, 9) if figure.value_max is not None else None
        words = fold(" ".join((label, *column.path)))
        if indicator.id.endswith("_change") and value > 0 and "giảm" in words and "tăng" not in words:
            value, highest = -value, -highest if highest is not None else None
        if not period:
            period = self.period
            if period and column.role.shift:
                period = shifted(period, column.role.shift)
            if period and not self.period_stated:
                flags += ("period_inferred",)
        elif column.role.shift and not column.dated and self.kind != "period":
            period = shifted(self.period, column.role.shift) if self.period else period
        if column.role.kind == "target" and not column.dated and not column.period and self.period:
            period = (
                self.period if self.kind == "period" else self.period[:4] if "/" not in self.period else self.period
            )
        if indicator.kind == "flow" and (
            re.search(r"\bđến\b|lũy kế|từ đầu năm", fold(column.words))
            or (period == self.period and any(_SO_FAR.search(fold(line)) for line in self.captions))
        ):
            period = _running(period)
        level = indicator.kind != "flow" and not indicator.id.endswith("_change") and not _YEARLY.search(fold(label))
        if re.fullmatch(r"\d{4}/\d{4}", period) and (level or "cuối kỳ" in fold(label)):
            period = period[5:]  # the level at the end of a term
        status = {"target": "target", "estimate": "estimate"}.get(column.role.kind, "actual")
        if rule == "table.caption" or self.table.loose:
            flags += ("header_inferred",)
        if named.score < 0.5:
            flags += ("weak_cue",)
        low, high = indicator.plausible
        if not low <= value <= high:
            flags += ("implausible",)
        if self.report.ocr:
            flags += ("ocr",)
        if not (place or written or self.scope.name):
            flags += ("place_unresolved",)
        level = place.level if place else self.scope.level
        where = f"{cell.where}: {label} › {column.words}" if column.words else f"{cell.where}: {label}"
        return Observation(
            report=self.report.id,
            place=place.name if place else written or self.scope.name,
            place_code=place.code if place else "",
            level=level,
            indicator=named.id,
            variant=named.variant,
            value=value,
            value_max=highest,
            of=figure.of,
            unit=indicator.unit,
            qualifier=figure.qualifier,
            status=status,
            period=period,
            plan_pct=plan_pct,
            yoy_pct=yoy_pct,
            members="",
            quote=self.report.text[cell.start : cell.end],
            start=cell.start,
            end=cell.end,
            where=where,
            rule=rule,
            flags="|".join(dict.fromkeys(flags)),
        )

    def _is_broken(self, figure: Figure, unit: Unit | None, named: Named) -> bool:
        """Whether a count without a stated unit has decimals: then the head was read wrong."""
        counted = ("households", "persons", "communes", "schools", "houses", "products", "villages", "cases", "classes")
        return unit is None and not figure.value.is_integer() and self.catalogue[named.id].unit in counted

    def _gaps(self, path: Sequence[str], cells: Iterable[Cell]) -> None:
        """Cells that hold a sign or words in place of a figure."""
        for cell in cells:
            text = cell.text.strip()
            if text in NOTHING:
                sentence, code = (
                    f"{cell.where}: '{text}' says that there is none ({' › '.join(path)}); it is no zero.",
                    "none",
                )
            elif text in NOT_AVAILABLE:
                sentence, code = (
                    f"{cell.where}: '{text}' says that the figure is not available ({' › '.join(path)}).",
                    "not_available",
                )
            else:
                sentence, code = (
                    f"{cell.where}: '{text[:40]}' is no figure ({' › '.join(path)}); read it by eye.",
                    "number_unclear",
                )
            self.findings.append(Finding(code, sentence, cell.start, cell.end, cell.where))

    def _unmatched(self, cell: Cell, path: Sequence[str]) -> None:
        words = " › ".join(path)
        self.findings.append(
            Finding(
                "table_unmatched",
                f"{cell.where}: the label '{words}' names no indicator of the catalogue; add it there "
                f"when you need it.",
                cell.start,
                cell.end,
                cell.where,
            )
        )


def _joined(year: str, column: Column) -> str:
    """The period of a row that names a year, in a column that names a part of one: "Năm 2021" | "6 tháng"."""
    part = re.fullmatch(r"\d{4}(-.+)", column.period)
    return year + part[1] if part and not column.dated and re.fullmatch(r"\d{4}", year) else year


def _running(period: str) -> str:
    """What a flow up to a month covers: the months of the year so far.

    >>> _running("2024-11"), _running("2023-06"), _running("2023")
    ('2024-11M', '2023-H1', '2023')
    """
    if not re.fullmatch(r"\d{4}-\d\d", period):
        return period
    months = int(period[5:])
    return {6: f"{period[:4]}-H1", 12: period[:4]}.get(months, f"{period[:4]}-{months}M")
