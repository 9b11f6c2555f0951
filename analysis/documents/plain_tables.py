"""Tables in plain text: lines whose cells are parted by tabs, bars or spaces, or with one cell below the other.

The cells point into the text as it stands. Cells below each other are found by `stacked_tables`; what the cells say is
left to `tabular`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Sequence

from analysis.documents.loose_lists import find_loose_lists, may_be_loose
from analysis.documents.name_lists import find_lists, may_be_listed
from analysis.documents.run_on_tables import find_run_on, may_be_run_on
from analysis.documents.stacked_tables import RULE, Piece, find_stacks, may_be_stacked
from analysis.tables import Cell, Table, is_data

_LINE = re.compile(r"[^\n]*(?:\n|$)")
# the head of a table that was copied with dashes or strokes between its cells: "TT - Đơn vị - Số hộ nghèo - Tỷ lệ (%)"
_COPIED = re.compile(r"^[ ]*S?TT(?P<kind> - |/ )[^\n]*?(?P=kind)", re.MULTILINE)
_MARKS = ("|", " - ", "/ ")  # what stands between cells and may stand alone on a line of them


def find_tables(text: str, name: str = "bảng", aligned: bool = True) -> tuple[Table, ...]:
    """The tables of a text; cells parted by spaces are looked for only when `aligned`.

    >>> table, = find_tables("Tỷ lệ\\nNăm\\tHộ nghèo\\n2020\\t3,4\\n2021\\t2,9\\n")
    >>> [table.grid[2][1].text, table.grid[2][1].where, table.caption]
    ['2,9', 'bảng 1, dòng 3, cột 2', 'Tỷ lệ']
    >>> table, = find_tables("Tên xã\\nSố hộ nghèo\\nXã An\\n12\\nXã Bo\\n7")
    >>> [cell.text for cell in table.grid[2]], find_tables("Lượt xem\\n12\\nBình luận\\n7")
    (['Xã Bo', '7'], ())
    """
    stacked, listed = may_be_stacked(text), may_be_listed(text)
    loose, run_on = may_be_loose(text), may_be_run_on(text)
    parted = "\t" in text or "|" in text or (aligned and "  " in text) or _COPIED.search(text)
    if not (stacked or listed or loose or run_on or parted):
        return ()
    lines = [(found.start(), found[0].rstrip("\r\n")) for found in _LINE.finditer(text)]
    stacks = (find_lists(lines) if listed else {}) | (find_stacks(lines) if stacked else {})
    stacks |= find_run_on(text, lines) if run_on else {}
    tables: list[Table] = []
    lists = find_loose_lists(lines) if loose else {}
    loosely: list[Table] = []
    index = 0
    while index < len(lines):
        if index in stacks:
            stop, rows, kind = *stacks[index], "\n"
        elif len(_split(lines[index], aligned)) > 1:
            stop, rows, kind = _parted(lines, index, aligned, stacks)
        elif index in lists:
            stop, rows = lists[index]
            number = f"danh sách {len(loosely) + 1}"
            cells = _cells(text, rows, "\n", number)
            start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
            above = [words.strip() for at, words in lines[max(0, index - 3) : index] if at + len(words) <= start]
            line = next(filter(None, reversed(above)), "")
            loosely.append(Table(tuple(cells), number, line, start, end, loose=True))
            index = stop
            continue
        else:
            index += 1
            continue
        cells = _cells(text, rows, kind, f"{name} {len(tables) + 1}")
        if rows and (kind == "\n" or is_data(cells)):
            above = [line for _, line in lines[max(0, index - 8) : index] if line.strip()][-4:]
            caption = "\n".join(line.strip() for line in above if len(line) < 300)
            end = max(cell.end for cell in cells)
            tables.append(Table(tuple(cells), f"{name} {len(tables) + 1}", caption, cells[0].start, end))
        index = max(stop, index + 1)
    return (*tables, *loosely)


def _parted(
    lines: Sequence[tuple[int, str]], index: int, aligned: bool, stacks: Container[int]
) -> tuple[int, list[list[Piece]], str]:
    """The lines from `index` on that are parted like the first: the line behind them, their cells, what parts them."""
    stop, rows, kind = index, [], _kind(lines[index][1])
    framed = lines[index][1].lstrip().startswith("|")
    blank = 0
    while stop < len(lines) and stop not in stacks:
        words = lines[stop][1]
        part = kind if kind in _MARKS and kind in words else _kind(words)  # "A | KINH TẾ", a section of a table
        pieces = _split(lines[stop], aligned, part, framed)
        if not words.strip():
            blank += 1
            if blank > 1:
                break
        elif RULE.fullmatch(words):
            blank = 0
        elif part == kind and pieces and (kind != " " or len(pieces) > 1 or len(words.strip()) < 60):
            rows.append(pieces)
            blank = 0
        elif kind == " " and len(pieces) == 1 and words.startswith(" ") and not blank and len(words.strip()) < 60:
            rows.append(pieces)  # a wrapped label or a centred header word
        else:
            break
        stop += 1
    while rows and len(rows[-1]) == 1 and kind == " ":
        rows.pop()
    return stop, rows, kind


def _kind(line: str) -> str:
    """What parts the cells of a line: a tab, a bar, spaces, or what stands between those of a copied head."""
    if "\t" in line.strip(" ") and line.strip():
        return "\t"
    copied = _COPIED.match(line)
    if copied:
        return copied["kind"]
    return "|" if line.count("|") >= 2 else " "


def _split(line: tuple[int, str], aligned: bool, kind: str = "", framed: bool = True) -> list[Piece]:
    """The cells of one line, empty ones too when tabs or bars part them.

    Where the first line of a table is not `framed` by bars, a bar at the left of a line has an empty cell before it.
    """
    offset, words = line
    kind = kind or _kind(words)
    if not words.strip():
        return []
    if kind == " ":
        if not aligned:
            return []
        return [
            Piece(offset + found.start(), offset + found.end(), found.start(), found.end())
            for found in re.finditer(r"\S+(?:[ \u00a0]\S+)*", words)
        ]
    pieces = []
    low, high = 0, len(words)
    if kind == "|":
        low = words.index("|") + 1 if framed and words.lstrip().startswith("|") else 0
        high = words.rindex("|") if words.rstrip().endswith("|") else len(words)
    position = low
    if kind in _MARKS[1:] and not re.match(r"\s*(?:S?TT|\d|[IVX]+)\b", words):
        pieces.append(Piece(offset, offset, 0, 1))  # "Toàn huyện - 48.220 - 906": without a number before it
    for part in words[low:high].split(kind):
        lead = len(part) - len(part.lstrip())
        size = len(part.strip())
        pieces.append(Piece(offset + position + lead, offset + position + lead + size, len(pieces), len(pieces) + 1))
        position += len(part) + len(kind)
    return pieces


def _cells(text: str, rows: Sequence[list[Piece]], kind: str, name: str) -> list[Cell]:
    usual = _usual(rows)
    columns = _columns(rows, usual) if kind == " " else []
    crossing = any(left[1] > right[0] for left, right in itertools.pairwise(columns))
    cells = []
    for number, row in enumerate(rows):
        lead = usual - len(row) if row and row[0].left > 0 and len(row) < usual else 0  # a head without the first word
        for place, piece in enumerate(row):
            if kind == " " and crossing:  # not aligned: the first is the first
                column, width = min(place + lead, usual - 1), 1
            elif kind == " ":
                covered = [c for c, (left, right) in enumerate(columns) if left < piece.right and piece.left < right]
                if not covered:
                    middle = (piece.left + piece.right) / 2
                    covered = [min(range(len(columns)), key=lambda c: abs(sum(columns[c]) / 2 - middle))]
                column, width = covered[0], len(covered)
            else:
                column, width = piece.left, 1
            words = text[piece.start : piece.end]
            where = f"{name}, dòng {number + 1}, cột {column + 1}"
            cells.append(Cell(words, number, column, 1, width, piece.start, piece.end, where))
    return cells


def _usual(rows: Sequence[list[Piece]]) -> int:
    """The number of cells of the fullest rows, rare ones left aside."""
    sizes = Counter(len(row) for row in rows if len(row) > 1)
    return max((size for size in sizes if sizes[size] >= 0.2 * sum(sizes.values())), default=1)


def _columns(rows: Sequence[list[Piece]], usual: int) -> list[tuple[int, int]]:
    """The stretches of characters that the columns take, from the rows with the usual number of cells."""
    full = [row for row in rows if len(row) == usual]
    if usual < 2:
        return [(0, 1)]
    return [(min(row[c].left for row in full), max(row[c].right for row in full)) for c in range(usual)]
