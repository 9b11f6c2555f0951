"""Lists that are tables in all but form, each found by lines of one shape that follow each other.

Items with a figure or several ("- Xã An: 58/74;"), items in one line ("Huyện An 88,4%; huyện Bo 90,1%"), labels with
plan and result ("- Tỷ lệ hộ nghèo …… KH: 5%; TH: 4,6%") and cards ("12" over "Xã đạt chuẩn nông thôn mới"). Sentences
may say the same, so such a table counts only where the prose reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.documents.stacked_tables import Piece
from analysis.text import CAPITAL

_UNIT = (
    r"(?:%|(?i:xã|hộ|người|lao động|sản phẩm|nhà|căn|tiêu chí|chỉ tiêu|trường|tấn|ha"
    r"|(?:nghìn |triệu |tỷ )?(?:đồng|tỷ|triệu))(?:/(?:người|năm|xã|hộ|tháng))*)"
)
_FIGURE = rf"[-–+]?\d(?:[\d.,]*\d)?(?:/\d(?:[\d.,]*\d)?)?(?: ?{_UNIT})?(?![\w/])"
_ONE = re.compile(_FIGURE)
WORD = rf"[{CAPITAL}][\w'’-]*"
# a place with its type, the whole of places, a bare name, a year
NAME = (
    r"(?:(?i:huyện|thị xã|thành phố|tp\.?|tx\.?|quận|xã|phường|thị trấn|tỉnh) "
    rf"{WORD}(?: (?:{WORD}|[-–](?= {WORD})|\d{{1,2}}(?=[ \t:])))*"
    r"|(?i:toàn|cả|chung|tính chung|bình quân|tổng)(?: (?:toàn|cả|chung))?"
    rf"(?: ?(?:huyện|tỉnh|xã|thị xã|thành phố|cộng|số))?(?: {WORD}(?: (?:{WORD}|[-–](?= {WORD})))*)?"
    rf"|{WORD}(?: {WORD}){{1,3}}|(?:Năm )?(?:19|20)\d\d)"
)
# what an item begins with
MARK = r"[ \t]*(?:[-–+*•●][ \t]*|\d{1,2}[.)][ \t]*)?"
_PARTS = r"[ \t]+[-–][ \t]+|[ \t]*[;|][ \t]*|,[ \t]+|[ \t]+/[ \t]+"
_NAMED = re.compile(
    rf"{MARK}(?P<name>{NAME})[ \t]*(?::|=|\.{{3,}}|…+\.*|[-–](?=[ \t])|(?=[ \t]))[ \t]*(?:(?:đạt|còn|là|có)[ \t]+)?"
    rf"(?P<figures>{_FIGURE}(?:(?:{_PARTS}){_FIGURE})*)[ \t]*[;.,]?[ \t]*"
)
_RUN_ON = re.compile(
    rf"(?P<name>{NAME})[ \t]*:?[ \t]*(?:(?:đạt|còn|là|có)[ \t]+)?(?P<figures>{_FIGURE})"
    r"[ \t]*(?:[;,][ \t]*(?:và[ \t]+)?|\.?[ \t]*$)"
)
_ROLE = r"(?:KH|TH|ƯTH|UTH|Kế hoạch|Thực hiện|Ước thực hiện|Ước TH|Chỉ tiêu|Kết quả)(?: (?:năm )?(?:19|20)\d\d)?"
_ROLES = re.compile(
    rf"(?P<role>{_ROLE})[ \t]*:?[ \t]*(?P<figure>{_FIGURE})[ \t]*(?:[;,|/–-][ \t]*|\)?[;.]?[ \t]*$)"
)
_PLANNED = re.compile(
    rf"{MARK}(?P<label>[^\W\d_][^:;|]{{4,100}}?)[ \t]*(?:\.{{2,}}|…+\.*|[:,(|–-])[ \t]*(?={_ROLE}\b)"
)
_CARD = re.compile(rf"[ \t]*(?P<figure>{_FIGURE})[ \t]*")
_CARD_LABEL = re.compile(r"[ \t]*(?P<label>[^\W\d_][^.;:!?\n]{5,90})[ \t]*")
_FEWEST = 3  # of items or cards; two lines may be anything
_MOST = 400  # lines: what is no list after so many is none, and is not gone through again and again
_HINT = re.compile(
    rf"\n[^\n]{{0,60}}?\d[\d.,]*(?:[ \t]?/[ \t]?[\d.]+)?(?: ?{_UNIT})?[ \t]*[;.,]?[ \t]*(?:\n|\Z)|\b[KT]H: ?\d"
)

_Rows = list[list[Piece]]


def may_be_loose(text: str) -> bool:
    """Whether a text has a line that ends on a figure: most of the lists end so, and this is quick to see."""
    return bool(_HINT.search(f"\n{text}") or text.count("%;") > 1)


def find_loose_lists(lines: Sequence[tuple[int, str]]) -> dict[int, tuple[int, _Rows]]:
    """The lists by the number of their first line: the line behind them, and their rows."""
    found: dict[int, tuple[int, _Rows]] = {}
    number = 0
    while number < len(lines):
        for read in (_named, _run_on, _planned, _cards):
            rows, stop = read(lines, number)
            if rows:
                found[number] = (stop, rows)
                break
        number = found[number][0] if number in found else number + 1
    return found


def _following(lines: Sequence[tuple[int, str]], number: int, pattern: re.Pattern[str]) -> tuple[list, int]:
    """The lines from one on that a pattern begins, as (start, match), blank ones passed over; the line behind them."""
    made, stop = [], number
    for at in range(number, min(number + _MOST, len(lines))):
        start, words = lines[at]
        match = pattern.match(words)
        if match and (pattern is _PLANNED or match.end() == len(words)):
            made.append((start, match))
            stop = at + 1
        elif words.strip() or not made:
            break
    return made, stop


def _pieces(spans: Sequence[tuple[int, int]]) -> list[Piece]:
    return [Piece(low, high, column, column + 1) for column, (low, high) in enumerate(spans)]


def _span(start: int, match: re.Match[str], group: str) -> tuple[int, int]:
    return start + match.start(group), start + match.end(group)


def _figures(start: int, match: re.Match[str]) -> list[tuple[int, int]]:
    """Where the figures of an item stand in the text."""
    low, high = match.span("figures")
    return [(start + found.start(), start + found.end()) for found in _ONE.finditer(match.string, low, high)]


def _named(lines: Sequence[tuple[int, str]], number: int) -> tuple[_Rows, int]:
    """Names with as many figures each; where there are several, a line above says what they are."""
    items, stop = _following(lines, number, _NAMED)
    if len(items) < _FEWEST:
        return [], number
    rows = [[_span(start, match, "name"), *_figures(start, match)] for start, match in items]
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return [], number
    heads = _heads_above(lines, number, width - 1) if width > 2 else []
    if width > 2 and not heads:
        return [], number
    return ([_pieces([(heads[0][0], heads[0][0]), *heads])] if heads else []) + [_pieces(row) for row in rows], stop


def _heads_above(lines: Sequence[tuple[int, str]], number: int, width: int) -> list[tuple[int, int]]:
    """Where the heads of so many figures stand in the line above, most often in brackets: "(số hộ - tỷ lệ %):"."""
    for start, words in reversed(lines[max(0, number - 3) : number]):
        if not words.strip():
            continue
        if _NAMED.fullmatch(words):
            return []  # an item of the list, whose head says something else
        brackets = [*re.finditer(r"\((?P<heads>[^()]*)\)", words)]
        for found in (*reversed(brackets), re.search(r"(?P<heads>.+?):?\s*$", words)):
            heads, at = [], found.start("heads")
            for part in re.split(rf"({_PARTS})", found["heads"]):
                heads.append((start + at, start + at + len(part)))
                at += len(part)
            if len(heads[::2]) in (width, width + 1):  # "Xã - Số hộ nghèo - Tỷ lệ (%)" names the first column, too
                return heads[::2][-width:]
        return []
    return []


def _run_on(lines: Sequence[tuple[int, str]], number: int) -> tuple[_Rows, int]:
    """A line of nothing but names with a figure each, and the lines below that go on with it."""
    rows: _Rows = []
    stop = number
    for at in range(number, min(number + _MOST, len(lines))):
        start, words = lines[at]
        made, position = [], len(words) - len(words.lstrip(" \t-–+*•"))
        while position < len(words) and (match := _RUN_ON.match(words, position)):
            made.append(_pieces([_span(start, match, "name"), *_figures(start, match)]))
            position = match.end()
        whole = bool(made) and position >= len(words.rstrip())
        if not whole and not (made and rows):
            if words.strip() or not rows:
                break
            continue
        if not rows and len(made) < _FEWEST:
            break
        rows += made[: len(made) if whole else 1]  # "Toàn tỉnh: 88,6%, thấp hơn …": the sentence goes on
        stop = at + 1
        if not whole:
            break
    return (rows, stop) if rows else ([], number)


def _planned(lines: Sequence[tuple[int, str]], number: int) -> tuple[_Rows, int]:
    """Labels with plan and result behind them, in the same order on each line."""
    items, _ = _following(lines, number, _PLANNED)
    rows: _Rows = []
    order: list[str] = []
    stop = number
    last = {lines[at][0]: at + 1 for at in range(number, min(number + _MOST, len(lines)))}
    for start, match in items:
        words, position, roles, figures = match.string, match.end(), [], []
        while position < len(words) and (found := _ROLES.match(words, position)):
            roles.append(_span(start, found, "role"))
            figures.append(_span(start, found, "figure"))
            position = found.end()
        names = [words[low - start : high - start] for low, high in roles]
        if len(roles) < 2 or (order and names != order):
            break
        stop = last[start]
        if not rows:
            order = names
            rows.append(_pieces([(roles[0][0], roles[0][0]), *roles]))
        rows.append(_pieces([_span(start, match, "label"), *figures]))
    return (rows, stop) if len(rows) > 2 else ([], number)


def _cards(lines: Sequence[tuple[int, str]], number: int) -> tuple[_Rows, int]:
    """Figures each over the line that says what it counts, parted by blank lines or not at all.

    The last line of words is followed by a blank one: had each figure its words above, the last would have none.
    """
    rows: _Rows = []
    at = stop = number
    while at + 1 < min(number + _MOST, len(lines)):
        (start, words), (below, label) = lines[at], lines[at + 1]
        figure, named = _CARD.fullmatch(words), _CARD_LABEL.fullmatch(label)
        if not figure or not named:
            break
        low, high = _span(below, named, "label")
        rows.append(_pieces([(low, min(high, below + len(label.rstrip()))), _span(start, figure, "figure")]))
        at = stop = at + 2
        while at < len(lines) and not lines[at][1].strip():
            at += 1
    ended = stop >= len(lines) or not lines[stop][1].strip()
    return (rows, stop) if len(rows) >= _FEWEST and ended else ([], number)
