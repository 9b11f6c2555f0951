"""The rules of tables on a picture of a page: found, taken away before words are read, and put together to grids.

Reading the words is left to `scans`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from analysis.documents.unruled_tables import Word, lines_of
from analysis.tables import Cell, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy


class Rule(NamedTuple):
    """A straight stroke: its place across, and where it begins and ends along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Grid:
    """The places of the rules of one table, and the strokes that are really there."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    def scaled(self, factor: float) -> Grid:
        """The same grid in another measure."""
        strokes = [
            tuple(Rule(*(value * factor for value in rule)) for rule in rules) for rules in (self.across, self.down)
        ]
        places = [tuple(value * factor for value in values) for values in (self.columns, self.rows)]
        return Grid(places[0], places[1], strokes[0], strokes[1])

    def holds(self, word: Word) -> bool:
        """Whether a word stands inside the table."""
        middle = (word.left + word.right) / 2
        return self.columns[0] <= middle <= self.columns[-1] and self.rows[0] <= word.middle <= self.rows[-1]


def find_rules(grey: numpy.ndarray, dark: int = 150) -> tuple[list[Rule], list[Rule], numpy.ndarray]:
    """The horizontal and vertical strokes of a page, and the page with them made white."""
    import numpy

    ink = grey < dark
    clean = grey.copy()
    found = []
    for lines, target, least in ((ink, clean, grey.shape[1] // 22), (ink.T, clean.T, grey.shape[0] // 60)):
        thick = lines.copy()  # a stroke may wave by a pixel: look at three rows together
        thick[1:] |= lines[:-1]
        thick[:-1] |= lines[1:]
        change = numpy.diff(numpy.pad(thick, ((0, 0), (1, 1))).astype("int8"), axis=1)
        rows, starts = numpy.nonzero(change == 1)
        _, ends = numpy.nonzero(change == -1)
        long = ends - starts >= least
        runs = list(zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True))
        for row, start, end in runs:
            target[max(0, row - 1) : row + 2, start:end] = 255
        found.append(_joined(runs))
    return found[0], found[1], clean


def _joined(runs: Sequence[tuple[int, int, int]], reach: int = 9) -> list[Rule]:
    """Runs of neighbouring rows that overlap, as one stroke each."""
    strokes: list[list[float]] = []  # first row, last row, start, end
    for row, start, end in sorted(runs):
        for stroke in reversed(strokes[-400:]):
            if row - stroke[1] <= reach and start <= stroke[3] + reach and stroke[2] <= end + reach:
                stroke[1], stroke[2], stroke[3] = row, min(stroke[2], start), max(stroke[3], end)
                break
        else:
            strokes.append([row, row, start, end])
    # a stroke is thin: what is thick is a picture or a black field
    return [Rule((first + last) / 2, start, end) for first, last, start, end in strokes if last - first < 30]


def find_grids(across: Sequence[Rule], down: Sequence[Rule], reach: float = 14.0) -> list[Grid]:
    """The tables that strokes make: groups that touch, with two and more columns and rows."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in across:
        touching = [group for group in groups if any(_touch(rule, other, reach) for other in group[1])]
        crossed = [other for other in down if _touch(rule, other, reach)]
        touching += [group for group in groups if group not in touching and any(other in group[1] for other in crossed)]
        merged: tuple[list[Rule], list[Rule]] = ([rule], list(crossed))
        for group in touching:
            merged[0].extend(group[0])
            merged[1].extend(other for other in group[1] if other not in merged[1])
            groups.remove(group)
        groups.append(merged)
    grids = []
    for horizontal, vertical in groups:
        rows = _places([rule.at for rule in horizontal], reach)
        columns = _places([rule.at for rule in vertical], reach)
        if len(rows) >= 3 and len(columns) >= 3:
            grids.append(Grid(tuple(columns), tuple(rows), tuple(horizontal), tuple(vertical)))
    return sorted(grids, key=lambda grid: grid.rows[0])


def _touch(across: Rule, down: Rule, reach: float) -> bool:
    return across.start - reach <= down.at <= across.end + reach and down.start - reach <= across.at <= down.end + reach


def _places(values: Sequence[float], reach: float) -> list[float]:
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][-1] <= reach:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(place) / len(place) for place in places]


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether strokes at a place cover most of a stretch."""
    reach = min(4.0, 0.3 * (end - start))  # points
    covered = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules if abs(rule.at - at) <= reach)
    return covered > 0.5 * (end - start)


def cells_of(grid: Grid, words: Sequence[Word], locate: Callable[[int, int], str]) -> list[Cell]:
    """The cells of a grid with the words inside them; where no stroke parts two cells they are one."""
    height, width = len(grid.rows) - 1, len(grid.columns) - 1
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            wide = 1
            while (
                column + wide < width
                and (row, column + wide) not in taken
                and not _drawn(grid.down, grid.columns[column + wide], grid.rows[row], grid.rows[row + 1])
            ):
                wide += 1
            high = 1
            while row + high < height and not any(
                _drawn(grid.across, grid.rows[row + high], grid.columns[column + k], grid.columns[column + k + 1])
                for k in range(wide)
            ):
                high += 1
            taken |= {(row + i, column + k) for i in range(high) for k in range(wide)}
            left, right = grid.columns[column], grid.columns[column + wide]
            top, bottom = grid.rows[row], grid.rows[row + high]
            inside = [w for w in words if left <= (w.left + w.right) / 2 < right and top <= w.middle < bottom]
            text = tidy("\n".join(" ".join(word.text for word in line) for line in lines_of(inside)))
            cells.append(Cell(text, row, column, high, wide, where=locate(row, column)))
    return cells
