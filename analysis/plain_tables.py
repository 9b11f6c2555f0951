"""Tables in plain text: lines whose cells are parted by tabs, bars or spaces, or with one cell below the other.

The cells point into the text as it stands. Lines one below the other are a table only under a header that says so and
where every row fits it. What the cells say is left to `tabular`.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from analysis.tables import NOT_AVAILABLE, NOTHING, Cell, Table, fold_lightly, is_data

_LINE = re.compile(r"[^\n]*(?:\n|$)")
_RULE = re.compile(r"[\s|+\-=_:─━│┼]+")

_WIDEST = 12
_LONE = re.compile(r"\n[ \t]*\d[\d.,]*[ \t]*%?[ \t]*(?:\r?\n|\Z)")  # a figure alone on its line
_FOLLOWS = {  # what may stand behind what in a header
    "": ("number", "label", "year"),
    "number": ("label",),
    "label": ("unit", "value"),
    "year": ("value",),
    "unit": ("value",),
    "value": ("note", "value"),
    "note": (),
}
_HEADS = {
    "number": re.compile(r"s?tt|số tt|số thứ tự"),
    "label": re.compile(
        r"(?:tên )?(?:các )?(?:(?:chỉ tiêu|nội dung|danh mục|chỉ số|tiêu chí|hạng mục|lĩnh vực)(?: chủ yếu| kinh tế.*)?|"
        r"(?:đơn vị|địa phương|địa bàn|huyện|xã|phường|tỉnh)(?: hành chính)?"
        r"(?:[ ,/-]+(?:huyện|xã|phường|thị trấn|thị xã|thành phố|tỉnh))*)"
    ),
    "year": re.compile(r"năm|giai đoạn"),
    "unit": re.compile(r"đvt|đv|(?:đơn vị|đv) tính|đơn vị"),
    "note": re.compile(r"ghi chú"),
    "value": re.compile(r"(?:[^\W\d_]|%|(?=#))[^\d;!?]*"),
}
_DATED = re.compile(
    r"(?<!\d)(?:\d{1,2}/){0,2}(?:19|20)\d\d(?!\d)|(?<=ngày )\d{1,2}/\d{1,2}|(?<!\d)\d{1,2}(?= ?(?:tháng|t|năm)\b)|"
    r"(?:(?<=tháng )|(?<=quý ))\d{1,2}"
)
_MEANING = re.compile(  # what the head of a column of figures speaks of
    r"\b(?:kế hoạch|kh|thực hiện|th|ước|dự toán|kết quả|mục tiêu|cùng kỳ|so với|năm|tỷ lệ|số|tổng|hộ|lao động|dân số|"
    r"diện tích|giá trị|thu nhập|sản lượng|năng suất|kinh phí)\b|[%#]"
)
_LABEL = re.compile(r"(?:\d{1,2}(?:[.)/-]|(?:\.\d{1,2})+\.?) ?|[-–+*•(] ?)?[^\W\d_].{0,117}[^.,;!?…]")
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?", re.IGNORECASE)
_UNIT = re.compile(r"(?:[^\W\d_]|[%‰])[^.;:!?]{0,24}|[\"”]|''|-nt-|")
_FIGURE = re.compile(
    r"(?:trên |dưới |[-–−+(<>≤≥~≈])? ?(?!0\d|\d+\.\d+\.\d{4}$)\d[\d.,]*(?: \d{3})*"
    r"(?: ?[-–] ?\d[\d.,]*| ?/ ?(?!(?:19|20)\d\d)\d[\d.,]*)? ?[%‰]?\)?(?: ?\*+)?(?: ?[^\W\d][^\d.,;:!?]{0,24})?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-HĐa-hđ])[.)]?|[-+*•]?")
_FIRST = re.compile(r"(?:0?1|I|A|a)[.)]?")
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-HĐ]|\d{1,2})\)?(?: ?= ?[\d()\s/*x×:+%-]+)?")
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})[.)/-] ?[^\W\d_].*")
_ASIDE = re.compile(  # what a web page counts and dates by itself, and the source below a table
    r"nguồn\b|lượt (?:xem|đọc|thích)|truy cập|bình luận|chia sẻ|trực tuyến|online|hôm (?:nay|qua)|"
    r"(?:phút|giờ|ngày|tuần|tháng) trước"
)


class _Piece(NamedTuple):
    """One cell of a line: where it starts and ends in the text, and in the line's columns of characters."""

    start: int
    end: int
    left: int
    right: int


def find_tables(text: str, name: str = "bảng", aligned: bool = True) -> tuple[Table, ...]:
    """The tables of a text; cells parted by spaces are looked for only when `aligned`.

    >>> table, = find_tables("Tỷ lệ\\nNăm\\tHộ nghèo\\n2020\\t3,4\\n2021\\t2,9\\n")
    >>> [table.grid[2][1].text, table.grid[2][1].where, table.caption]
    ['2,9', 'bảng 1, dòng 3, cột 2', 'Tỷ lệ']
    >>> table, = find_tables("Tên xã\\nSố hộ nghèo\\nXã An\\n12\\nXã Bo\\n7")
    >>> [cell.text for cell in table.grid[2]], find_tables("Lượt xem\\n12\\nBình luận\\n7")
    (['Xã Bo', '7'], ())
    """
    lone = _LONE.search(text) is not None
    if not lone and "\t" not in text and "|" not in text and not (aligned and "  " in text):
        return ()
    lines = [(found.start(), found[0].rstrip("\r\n")) for found in _LINE.finditer(text)]
    stacks = _stacks(lines) if lone or "|" in text else {}
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        if index in stacks:
            stop, rows, kind = *stacks[index], "\n"
        elif len(_split(lines[index], aligned)) > 1:
            stop, rows, kind = _parted(lines, index, aligned, stacks)
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
    return tuple(tables)


def _parted(
    lines: Sequence[tuple[int, str]], index: int, aligned: bool, stacks: Container[int]
) -> tuple[int, list[list[_Piece]], str]:
    """The lines from `index` on that are parted like the first: the line behind them, their cells, what parts them."""
    stop, rows, kind = index, [], _kind(lines[index][1])
    blank = 0
    while stop < len(lines) and stop not in stacks:
        words = lines[stop][1]
        pieces = _split(lines[stop], aligned)
        if not words.strip():
            blank += 1
            if blank > 1:
                break
        elif _RULE.fullmatch(words):
            blank = 0
        elif _kind(words) == kind and pieces and (kind != " " or len(pieces) > 1 or len(words.strip()) < 60):
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
    """What parts the cells of a line: a tab, a bar, or spaces."""
    if "\t" in line.strip(" ") and line.strip():
        return "\t"
    return "|" if line.count("|") >= 2 else " "


def _split(line: tuple[int, str], aligned: bool) -> list[_Piece]:
    """The cells of one line, empty ones too when tabs or bars part them."""
    offset, words = line
    kind = _kind(words)
    if not words.strip():
        return []
    if kind == " ":
        if not aligned:
            return []
        return [
            _Piece(offset + found.start(), offset + found.end(), found.start(), found.end())
            for found in re.finditer(r"\S+(?:[ \u00a0]\S+)*", words)
        ]
    pieces = []
    low, high = 0, len(words)
    if kind == "|":
        low += len(words) - len(words.lstrip(" |")) if words.lstrip().startswith("|") else 0
        low = words.index("|") + 1 if words.lstrip().startswith("|") else 0
        high = words.rindex("|") if words.rstrip().endswith("|") else len(words)
    position = low
    for part in words[low:high].split(kind):
        lead = len(part) - len(part.lstrip())
        size = len(part.strip())
        pieces.append(_Piece(offset + position + lead, offset + position + lead + size, len(pieces), len(pieces) + 1))
        position += len(part) + 1
    return pieces


def _cells(text: str, rows: Sequence[list[_Piece]], kind: str, name: str) -> list[Cell]:
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


def _usual(rows: Sequence[list[_Piece]]) -> int:
    """The number of cells of the fullest rows, rare ones left aside."""
    sizes = Counter(len(row) for row in rows if len(row) > 1)
    return max((size for size in sizes if sizes[size] >= 0.2 * sum(sizes.values())), default=1)


def _columns(rows: Sequence[list[_Piece]], usual: int) -> list[tuple[int, int]]:
    """The stretches of characters that the columns take, from the rows with the usual number of cells."""
    full = [row for row in rows if len(row) == usual]
    if usual < 2:
        return [(0, 1)]
    return [(min(row[c].left for row in full), max(row[c].right for row in full)) for c in range(usual)]


# ------------------------------------------------ one cell below the other


class _Line(NamedTuple):
    """One cell of a stack: the number of its line, where its words start in the text, and the words."""

    number: int
    start: int
    words: str


_Reading = tuple[int, list[list[_Piece]]]  # the number of the line behind a table, and its rows


def _stacks(lines: Sequence[tuple[int, str]]) -> dict[int, _Reading]:
    """The tables with one cell below the other, by the number of their first line."""
    stack = [_Line(n, start + len(line) - len(line.lstrip()), line.strip()) for n, (start, line) in enumerate(lines)]
    filled = [line for line in stack if line.words]
    stack += [_Line(len(lines), 0, "")] * _WIDEST  # the last cells of a text may be empty
    found: dict[int, _Reading] = {}
    stop = 0
    for place, line in enumerate(filled):
        if line.number < stop or not _head(line.words.partition("|")[0].rstrip(), ""):
            continue
        views = _views(stack, filled, place)
        readings = [made for view in views for shape in _shapes(view) if (made := _read(view, shape))]
        best = max(readings, key=lambda made: len(made[1]), default=None)
        if best and not _goes_on(filled[bisect_left(filled, (best[0],)) :][:3]):
            stop = best[0]
            found[line.number] = best
    return found


def _views(stack: Sequence[_Line], filled: Sequence[_Line], place: int) -> Iterator[Sequence[_Line]]:
    """The cells from a line on: a blank line is an empty cell, or parts all cells, or says nothing; a bar parts two."""
    at = filled[place].number
    if "|" in filled[place].words:
        halves = []
        for line in itertools.takewhile(lambda line: line.words.count("|") == 1, stack[at:]):
            left, _, right = line.words.partition("|")
            if not _RULE.fullmatch(line.words):
                behind = line.start + len(line.words) - len(right.lstrip())
                halves += [_Line(line.number, line.start, left.rstrip()), _Line(line.number, behind, right.lstrip())]
        yield halves
        return
    yield stack[at:]
    if not stack[at + 1].words:
        pairs = zip(stack[at::2], stack[at + 1 :: 2], strict=False)
        yield [line for line, _ in itertools.takewhile(lambda pair: not pair[1].words, pairs)]
    yield filled[place:]


def _shapes(view: Sequence[_Line]) -> Iterator[tuple[str, ...]]:
    """What the columns hold, for each number of them that the first lines can be the header of."""
    shape: tuple[str, ...] = ()
    heads: set[str] = set()
    telling = False
    for line in view[:_WIDEST]:
        kind = _head(line.words, shape[-1] if shape else "")
        if not kind or line.words in heads:
            return
        shape += (kind,)
        heads.add(line.words)
        telling |= kind == "value" and bool(_MEANING.search(_undated(line.words)))
        if telling:
            yield shape


def _head(words: str, before: str) -> str:
    """What a column holds that is headed by these words behind a column of the kind `before`, "" for no header."""
    if not words or len(words) > 80 or words[-1] in ".:;,":
        return ""
    folded = _undated(words)
    kinds = (kind for kind in _FOLLOWS[before] if _HEADS[kind].fullmatch(folded))
    return "" if _ASIDE.search(folded) else next(kinds, "")


def _undated(words: str) -> str:
    """The words folded, with a mark for each year or period."""
    return _DATED.sub("#", fold_lightly(words))


def _read(view: Sequence[_Line], shape: tuple[str, ...]) -> _Reading | None:
    """The rows below a header as long as they fit its shape; None when they hold too little to be sure of."""
    width = len(shape)
    rows = [dict(enumerate(view[:width]))]
    at = width
    if all(_COLUMN_NUMBER.fullmatch(line.words) for line in view[at : at + width]):
        rows.append(dict(enumerate(view[at : at + width])))
        at += width
    top, waiting = len(rows), []
    while at < len(view):
        cells = view[at : at + width]
        if found := _row(cells, shape):
            rows += [*waiting, found[0]]
            waiting = []
        elif found := _section(cells, shape, first=len(rows) == top):
            waiting.append(found[0])  # it counts once a row follows
        else:
            break
        at += found[1]
    body = [(column, line.words) for row in rows[top:] for column, line in row.items()]
    figures = sum(shape[column] == "value" and any(map(str.isdigit, words)) for column, words in body)
    numbers = [words for column, words in body if shape[column] == "number"]
    if figures < 2 or (shape[0] == "number" and not _runs(numbers)):
        return None
    stop = max(line.number for line in rows[-1].values()) + 1
    return stop, [
        [_Piece(line.start, line.start + len(line.words), column, column + 1) for column, line in row.items()]
        for row in rows
    ]


def _row(cells: Sequence[_Line], shape: Sequence[str]) -> tuple[dict[int, _Line], int] | None:
    """The filled cells of a row by their columns and how many lines it takes; None when the lines do not fit."""
    row: dict[int, _Line] = {}
    taken = 0
    for column, kind in enumerate(shape):
        line = cells[taken] if taken < len(cells) else None
        if line is None or not _fits(line.words, kind):
            if kind not in ("number", "note"):
                return None
            continue  # neither all rows have a number nor a note
        taken += 1
        if line.words:
            row[column] = line
    return (row, taken) if any(shape[column] == "value" for column in row) else None


def _fits(words: str, kind: str) -> bool:
    """Whether a column of this kind can hold these words."""
    if kind == "label":
        return bool(_LABEL.fullmatch(words)) and not _is_figure(words) and not _ASIDE.search(fold_lightly(words))
    if kind == "value":
        return not words or words in NOTHING or words in NOT_AVAILABLE or _is_figure(words)
    if kind == "note":
        return not words
    return bool({"number": _ORDINAL, "year": _YEAR, "unit": _UNIT}[kind].fullmatch(words))


def _is_figure(words: str) -> bool:
    return bool(_FIGURE.fullmatch(words)) and not _ASIDE.search(fold_lightly(words))


def _section(cells: Sequence[_Line], shape: Sequence[str], first: bool) -> tuple[dict[int, _Line], int] | None:
    """The heading of the rows below it and how many lines it takes; the `first` one must have a number.

    Without one it might as well be the end of a header of several rows.
    """
    numbered = shape[0] == "number" and bool(cells[0].words) and bool(_ORDINAL.fullmatch(cells[0].words))
    row = dict(enumerate(cells[: 1 + numbered]))
    words = cells[len(row) - 1].words
    if not _fits(words, "label"):
        return None
    plain = words.isupper() or words.endswith(":")
    if not numbered and not _SECTION.fullmatch(words) and (first or not plain):
        return None
    rest = cells[len(row) :]
    return row, len(row) + (len(rest) if not any(line.words for line in rest) else 0)


def _runs(numbers: Sequence[str]) -> bool:
    """Whether the numbers of rows begin with the first and leave none out.

    >>> _runs(["I", "1", "2", "II", "1"]), _runs(["1", "3"]), _runs(["7", "8"])
    (True, False, False)
    """
    plain = [int(words.rstrip(".)")) for words in numbers if words.rstrip(".)").isdigit()]
    return bool(numbers and _FIRST.fullmatch(numbers[0])) and all(b in (1, a + 1) for a, b in itertools.pairwise(plain))


def _goes_on(rest: Sequence[_Line]) -> bool:
    """Whether the lines behind a table look like a row that does not fit it."""
    words = [line.words for line in rest]
    if not words or _head(words[0], "") or _ASIDE.search(fold_lightly(words[0])):
        return False
    if _is_figure(words[0]):
        return True
    behind = words[1:] if _fits(words[0], "label") else []
    return any(_is_figure(word) for word in behind[: 2 if behind and _UNIT.fullmatch(behind[0]) else 1])
