"""Tables whose cells stand one below the other, as web pages lose their tables to plain text.

Such lines are a table only under a header that says so, where every row fits it; all else is left alone.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.tables import NOT_AVAILABLE, NOTHING, Cell, Table, fold_lightly

# a line that only parts others
RULE = re.compile(r"[\s|+\-=_:─━│┼]+")
_WIDEST, _LONGEST = 12, 20_000  # columns and lines of a stack
# a figure alone on its line, or last behind a bar: without one there is no stack, and two searches are quicker than one
_LONE = re.compile(r"\n[ \t]*\d[\d.,]*[ \t]*%?[ \t]*(?:\r?\n|\Z)")
_BARRED = re.compile(r"\|[ \t]*\d[\d.,]*[ \t]*%?[ \t]*(?:\r?\n|\Z)")
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
        r"(?:tên )?(?:các )?"
        r"(?:(?:chỉ tiêu|nội dung|danh mục|chỉ số|tiêu chí|hạng mục|lĩnh vực)(?: chủ yếu| kinh tế.*)?|"
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
_UNIT = re.compile(r"(?:[^\W\d_]|[%‰])[^.;:!?]{0,39}|[\"”]|''|-nt-|")
_FIGURE = re.compile(
    r"(?:trên |dưới |[-–−+(<>≤≥~≈])? ?(?!0\d\d|\d+\.\d+\.\d{4}$)\d(?:[\d.,]*\d)?(?:[ \u00a0]\d{3})*"
    r"(?: ?[-–] ?\d[\d.,]*| ?/ ?(?!(?:19|20)\d\d)\d[\d.,]*)? ?[%‰]?\)?(?: ?\*+)?(?: ?[^\W\d][^\d.,;:!?]{0,29})?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-HĐa-hđ])[.)]?|[-+*•]?")
_FIRST = re.compile(r"(?:0?1|I|A|a)[.)]?")
_UNNUMBERED = re.compile(r"[-–+*•]|(?:trong đó|tổng|cộng|toàn|chung)\b")
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-HĐ]|\d{1,2})\)?(?: ?= ?[\d()\s/*x×:+%-]+)?")
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})[.)/-] ?[^\W\d_].*")
_ASIDE = re.compile(  # what a web page counts and dates by itself, and the source below a table
    r"(?:\d[\d.,]* )?(?:tổng )?(?:số )?(?:lượt |khách |đang |người )*"
    r"(?:xem|đọc|thích|truy cập|bình luận|chia sẻ|trực tuyến|online)(?: (?:hôm|trong|tuần|tháng) .*)?:?$|"
    r"(?:số )?điện thoại\b|hôm (?:nay|qua)\b|(?:tuần|tháng|năm) này\b|\d+ (?:phút|giờ|ngày|tuần|tháng) trước$|"
    r"nguồn[^:]{0,20}:"
)


class Piece(NamedTuple):
    """One cell of a line: where it starts and ends in the text, and in the line's columns of characters."""

    start: int
    end: int
    left: int
    right: int


def may_be_stacked(text: str) -> bool:
    """Whether a text has a figure alone on its line, or last behind a bar."""
    return bool(_LONE.search(text) or _BARRED.search(text))


class _Line(NamedTuple):
    """One cell of a stack: the number of its line, where its words start in the text, and the words."""

    number: int
    start: int
    words: str


_Reading = tuple[int, list[list[Piece]]]  # the number of the line behind a table, and its rows


def find_stacks(lines: Sequence[tuple[int, str]]) -> dict[int, _Reading]:
    """The tables with one cell below the other, by the number of their first line."""
    stack = [_Line(n, start + len(line) - len(line.lstrip()), line.strip()) for n, (start, line) in enumerate(lines)]
    filled = [line for line in stack if line.words]
    stack += [_Line(len(lines), 0, "")] * _WIDEST  # the last cells of a text may be empty
    found: dict[int, _Reading] = {}
    stop = 0
    for place, line in enumerate(filled):
        if line.number < stop or not _head(line.words.partition("|")[0].rstrip(), ""):
            continue
        glance = _views(stack, filled, place, 5 * _WIDEST)  # most lines that look like a header are none
        if not any(rows[top:] for view in glance for shape in _shapes(view) for rows, top in [_rows(view, shape)]):
            continue
        views = _views(stack, filled, place, _LONGEST)
        readings = [made for view in views for shape in _shapes(view) if (made := _read(view, shape))]
        best = max(readings, key=lambda made: len(made[1]), default=None)
        if best and not _goes_on(filled[bisect_left(filled, (best[0],)) :][:3]):
            stop = best[0]
            found[line.number] = best
    return found


def _views(stack: Sequence[_Line], filled: Sequence[_Line], place: int, length: int) -> Iterator[Sequence[_Line]]:
    """The cells of the lines from one on: a blank line is an empty cell, or parts all cells, or says nothing.

    Where a bar parts each line in two, its halves are the cells.
    """
    at = filled[place].number
    below = stack[at : at + length]
    if "|" in filled[place].words:
        halves = []
        for line in itertools.takewhile(lambda line: line.words.count("|") == 1, below):
            left, _, right = line.words.partition("|")
            if not RULE.fullmatch(line.words):
                behind = line.start + len(line.words) - len(right.lstrip())
                halves += [_Line(line.number, line.start, left.rstrip()), _Line(line.number, behind, right.lstrip())]
        yield halves
        return
    yield below
    if not below[1].words:
        pairs = zip(below[::2], below[1::2], strict=False)
        yield [line for line, _ in itertools.takewhile(lambda pair: not pair[1].words, pairs)]
    yield filled[place : place + length]


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
    return "" if _ASIDE.match(folded) or _SECTION.fullmatch(words) else next(kinds, "")


def _undated(words: str) -> str:
    """The words folded, with a mark for each year or period."""
    return _DATED.sub("#", fold_lightly(words))


def _read(view: Sequence[_Line], shape: tuple[str, ...]) -> _Reading | None:
    """The table that begins with a header of this shape; None when its rows hold too little to be sure of."""
    rows, top = _rows(view, shape)
    body = [(column, line.words) for row in rows[top:] for column, line in row.items()]
    figures = [column for column, words in body if shape[column] == "value" and re.search(r"\d", words)]
    numbers = [words for column, words in body if shape[column] == "number"]
    if len(figures) < 2 or len(set(figures)) < shape.count("value") or (shape[0] == "number" and not _runs(numbers)):
        return None
    filled = [sum(shape[column] == "value" for column in row) for row in rows[top:]]
    if [place for place, count in enumerate(filled, 1) if 0 < count < max(filled)] == [len(filled)]:
        return None  # only the last row seems to have an empty cell: rather one was lost, and no one knows which
    cells = [Cell(line.words, number, column) for number, row in enumerate(rows) for column, line in row.items()]
    if Table(tuple(cells)).header != (0, top):
        return None  # it would be taken for something else than what it is read as here
    stop = max(line.number for line in rows[-1].values()) + 1
    return stop, [
        [Piece(line.start, line.start + len(line.words), column, column + 1) for column, line in row.items()]
        for row in rows
    ]


def _rows(view: Sequence[_Line], shape: Sequence[str]) -> tuple[list[dict[int, _Line]], int]:
    """The header and the rows below it as long as they fit its shape, and how many of them are the header."""
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
    return rows, top


def _row(cells: Sequence[_Line], shape: Sequence[str]) -> tuple[dict[int, _Line], int] | None:
    """The filled cells of a row by their columns and how many lines it takes; None when the lines do not fit."""
    row: dict[int, _Line] = {}
    taken = 0
    for column, kind in enumerate(shape):
        line = cells[taken] if taken < len(cells) else None
        if line is None or not _fits(line.words, kind):
            if kind == "note" or (line and kind == "number" and _UNNUMBERED.match(fold_lightly(line.words))):
                continue
            return None
        taken += 1
        if line.words:
            row[column] = line
    return (row, taken) if any(shape[column] == "value" for column in row) else None


def _fits(words: str, kind: str) -> bool:
    """Whether a column of this kind can hold these words."""
    if kind == "label":
        return bool(_LABEL.fullmatch(words)) and not _is_figure(words) and not _ASIDE.match(fold_lightly(words))
    if kind == "value":
        return not words or words in NOTHING or words in NOT_AVAILABLE or _is_figure(words)
    if kind == "note":
        return not words
    return bool({"number": _ORDINAL, "year": _YEAR, "unit": _UNIT}[kind].fullmatch(words))


def _is_figure(words: str) -> bool:
    return bool(_FIGURE.fullmatch(words)) and not _ASIDE.match(fold_lightly(words))


def _section(cells: Sequence[_Line], shape: Sequence[str], first: bool) -> tuple[dict[int, _Line], int] | None:
    """The heading of the rows below it and how many lines it takes; the `first` one must have a number.

    Without one it might as well be the end of a header of several rows.
    """
    numbered = shape[0] == "number" and bool(cells[0].words) and bool(_ORDINAL.fullmatch(cells[0].words))
    row = dict(enumerate(cells[:2])) if numbered else {int(shape[0] == "number"): cells[0]}
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
    if not words or _head(words[0], "") or _ASIDE.match(fold_lightly(words[0])):
        return False
    if _fits(words[0], "value"):
        return True
    behind = words[1:] if _fits(words[0], "label") else []
    return any(_fits(word, "value") for word in behind[: 2 if behind and _UNIT.fullmatch(behind[0]) else 1])
