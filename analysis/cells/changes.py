"""Columns that say how far a level rose or fell, beside the columns of that level: "2021 | 2022 | Mức giảm".

The arithmetic of the rows tells which levels a column is the difference of; the sign is that of the difference, for
"Mức giảm 1,2" is written without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analysis.text import fold

if TYPE_CHECKING:
    from analysis.cells.layout import Column, TableLayout
    from analysis.indicators import Catalogue

_MOVES = re.compile(r"\b(?:tăng|giảm|chênh lệch)\b")
_FALLS = re.compile(r"(?:mức |số |tỷ lệ )?giảm\b(?!.{0,20}(?:kế hoạch|kh\b|tăng))")
NEAR = 0.011  # figures of two decimals differ by no more


class Change(NamedTuple):
    """A column of changes, the indicator of the change, the column of the level reached and that of the level before;
    where no arithmetic tells the last, it is None."""

    column: Column
    id: str
    now: Column
    before: Column | None

    @property
    def period(self) -> str:
        """The period of the change: that of the level reached, or from year to year where they are further apart.

        A level of 2020 and one of 2022: "2020/2022"; of 2021 and 2022: "2022".
        """
        then, now = (self.before.period if self.before else ""), self.now.period
        if re.fullmatch(r"\d{4}", then) and re.fullmatch(r"\d{4}", now) and int(now) - int(then) > 1:
            return f"{then}/{now}"
        return now


def find_changes(
    layout: TableLayout, levels: Sequence[tuple[Column, str]], catalogue: Catalogue
) -> list[Change]:
    """The columns of changes beside the `levels` (columns with their indicators) of a table."""
    taken = {column.index for column, _ in levels}
    found = []
    for column in layout.columns:
        words = fold(column.path[-1]) if column.path else ""
        if column.index in taken or column.role.kind in ("plan_pct", "ratio", "target") or not _MOVES.search(words):
            continue
        left = [
            (level, name)
            for level, name in levels
            if level.index < column.index and catalogue[name].change and level.role.kind != "target"
        ]
        left = [pair for pair in left if pair[0].path[:-1] == column.path[:-1]] or left
        if not left:
            continue
        now, name = left[-1]
        before = next((level for level, other in reversed(left[:-1]) if other == name), None)
        if before is not None and not _is_difference(layout, column, now, before):
            continue
        if before is not None or (_FALLS.match(words) and now.index == column.index - 1):
            found.append(Change(column, catalogue[name].change, now, before))
    return found


def _is_difference(layout: TableLayout, column: Column, now: Column, before: Column) -> bool:
    """Whether most rows bear out that a column is the difference of two others, its sign left aside."""
    fits = rows = 0
    for row in layout.body:
        given, high, low = (layout.value(row, c.index) for c in (column, now, before))
        if given is not None and high is not None and low is not None:
            rows += 1
            fits += abs(abs(given) - abs(high - low)) < NEAR
    return rows > 0 and fits * 3 >= rows * 2
