"""Tables without rules, told by where words stand on a page: for PDF pages and for recognised scans.

Columns are the stretches that the lines with figures leave free between them; lines close to such a line belong to its
row. What the cells say is left to `tabular`.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from analysis.tables import Cell, is_data, tidy

GAP = 0.85  # the least gap between cells of a line, in heights of a letter
NEAR = 1.25  # how near a line is to the line that it belongs to, in heights of a letter


_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")


class Word(NamedTuple):
    """One word and its box on the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height at which the word stands."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height of its letters."""
        return self.bottom - self.top


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words put together to lines from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if rows and abs(word.middle - rows[-1][0].middle) < 0.45 * max(rows[-1][0].size, 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def pieces_of(line: Sequence[Word]) -> list[Word]:
    """The cells of a line: words with no wide gap between them as one."""
    pieces: list[Word] = []
    for word in line:
        if pieces and word.left - pieces[-1].right < GAP * word.size:
            last = pieces[-1]
            pieces[-1] = Word(
                f"{last.text} {word.text}",
                last.left,
                word.right,
                min(last.top, word.top),
                max(last.bottom, word.bottom),
            )
        else:
            pieces.append(word)
    return pieces


def _is_figure(piece: Word) -> bool:
    cell = Cell(piece.text, 0, 0)
    return cell.is_number or cell.is_mark


def _is_data(pieces: Sequence[Word]) -> bool:
    """Whether a line holds a figure behind its label; years stand in heads."""
    return len(pieces) >= 2 and any(_is_figure(piece) and not _YEAR.fullmatch(piece.text) for piece in pieces[1:])


def find_unruled(
    lines: Sequence[Sequence[Word]], locate: Callable[[int, int, int], str]
) -> list[tuple[int, int, list[Cell]]]:
    """The tables among lines as (first line, line after the last, cells); `locate(table, row, column)` from 0."""
    cut = [pieces_of(line) for line in lines]
    found: list[tuple[int, int, list[Cell]]] = []
    index = 0
    while index < len(cut):
        if len(cut[index]) < 2:
            index += 1
            continue
        stop = _end(cut, index)
        data = [row for row in range(index, stop) if _is_data(cut[row])]
        cells = _cells(cut, index, stop, data, len(found), locate) if len(data) >= 2 else []
        if len(data) >= 2 and is_data(cells) and len({cell.column for cell in cells}) >= 2:
            found.append((index, stop, cells))
            index = stop
        else:
            index += 1
    return found


def _end(cut: list[list[Word]], start: int) -> int:
    """The line after the last of the table that may start at a line."""
    last, width = (
        start,
        max(piece.right for row in cut for piece in row) - min(piece.left for row in cut for piece in row),
    )
    for index in range(start + 1, len(cut)):
        pieces, above = cut[index], cut[index - 1]
        size = statistics.median(piece.size for piece in pieces)
        if min(piece.top for piece in pieces) - max(piece.bottom for piece in above) > 3 * size:
            break
        if len(pieces) >= 2:
            last = index
        elif pieces[0].right - pieces[0].left > 0.6 * width:
            break
    for index in range(last + 1, min(last + 3, len(cut))):  # the wrapped end of the last label
        near = abs(cut[index][0].middle - cut[last][0].middle) < NEAR * cut[index][0].size * (index - last)
        if len(cut[index]) != 1 or not near:
            return index
        last = index
    return last + 1


def _columns(cut: list[list[Word]], data: Sequence[int]) -> list[tuple[float, float]]:
    """The stretches that the pieces of the lines with figures take, those that touch put together."""
    spans = sorted((piece.left, piece.right) for row in data for piece in cut[row])
    columns: list[list[float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1] + 1.5:
            columns[-1][1] = max(columns[-1][1], right)
        else:
            columns.append([left, right])
    return [(left, right) for left, right in columns]


def _cells(
    cut: list[list[Word]],
    start: int,
    stop: int,
    data: Sequence[int],
    number: int,
    locate: Callable[[int, int, int], str],
) -> list[Cell]:
    columns = _columns(cut, data)
    if len(columns) < 2:
        return []
    home: dict[int, int] = {row: row for row in data}
    for row in range(start, stop):
        if row in home:
            continue
        size = statistics.median(piece.size for piece in cut[row])
        near = sorted((abs(cut[row][0].middle - cut[other][0].middle), other) for other in data)
        if near and near[0][0] < NEAR * size:
            home[row] = near[0][1]
    head: list[list[int]] = []
    for row in range(start, data[0]):
        if home.get(row, row) in data:
            continue
        single = all(len(_covered(piece, columns)) <= 1 for piece in cut[row])
        if head and single and head[-1][0] >= 0 and _close(cut, head[-1][-1], row) and _single(cut, head[-1], columns):
            head[-1].append(row)
        else:
            head.append([row])
    order = list(head)
    for row in range(data[0], stop):
        if home.get(row, row) == row:
            order.append([other for other in range(start, stop) if home.get(other, other) == row])
    cells = []
    for line, rows in enumerate(order):
        words: dict[tuple[int, int], list[Word]] = {}
        for row in rows:
            for piece in cut[row]:
                covered = _covered(piece, columns) or [_nearest(piece, columns)]
                words.setdefault((covered[0], len(covered)), []).append(piece)
        merged: dict[int, tuple[int, list[Word]]] = {}
        for (column, wide), pieces in sorted(words.items()):
            have = merged.get(column)
            merged[column] = (max(wide, have[0]), have[1] + pieces) if have else (wide, pieces)
        for column, (wide, pieces) in sorted(merged.items()):
            text = tidy(
                " ".join(piece.text for piece in sorted(pieces, key=lambda piece: (round(piece.middle), piece.left)))
            )
            cells.append(Cell(text, line, column, 1, wide, where=locate(number, line, column)))
    return cells


def _covered(piece: Word, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a piece stands over, those only touched left out."""
    return [
        c
        for c, (left, right) in enumerate(columns)
        if min(piece.right, right) - max(piece.left, left) > 0.25 * min(right - left, piece.right - piece.left)
    ]


def _nearest(piece: Word, columns: Sequence[tuple[float, float]]) -> int:
    middle = (piece.left + piece.right) / 2
    return min(range(len(columns)), key=lambda c: max(columns[c][0] - middle, middle - columns[c][1], 0))


def _single(cut: list[list[Word]], rows: Sequence[int], columns: Sequence[tuple[float, float]]) -> bool:
    return all(len(_covered(piece, columns)) <= 1 for row in rows for piece in cut[row])


def _close(cut: list[list[Word]], above: int, below: int) -> bool:
    return cut[below][0].middle - cut[above][0].middle < NEAR * 1.1 * cut[below][0].size
