"""Tables copied into running text: a head with years and units, then label, unit and as many figures, again and again.

What a page keeps of a table when its lines are lost: "Chỉ tiêu ĐVT 2018 2019 1 Tỷ lệ hộ nghèo % 7,2 5,9 2 …", or of one
with a numbered row for each place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from analysis.documents.stacked_tables import Piece

_HEAD = re.compile(
    r"(?P<label>(?i:chỉ tiêu|nội dung)\b)[^\d\n]{0,40}?\s(?P<unit>ĐVT|Đvt|(?i:đơn vị(?: tính)?))\b[^\d.;:]{0,60}?"
    r"(?P<years>(?:\s(?i:năm\s+)?(?:19|20)\d\d(?=\s)){2,12})"
)
# the head of one by places: "TT Đơn vị Số hộ Số hộ nghèo Tỷ lệ hộ nghèo A B 1 2 3 1 Huyện X 9.120 456 5,0 2 Huyện Y …"
_PLACES = re.compile(
    r"\bS?TT\s+(?P<label>(?:Đơn vị|Địa phương|Địa bàn|Huyện|Xã|Tên (?:xã|huyện))[^\d\n]{0,30}?)(?=\s[A-ZĐ])"
    r"(?P<heads>(?:\s[^\s\d]+){2,40}?)(?:\s+A\s+B(?:\s+\d{1,2})+?)?\s+(?=0?1\s+\D)"
)
_PARTED = re.compile(r"[\t|]|  ")  # such lines have kept their cells apart
_A_HEAD = re.compile(r"[A-ZĐ][^A-ZĐ\s]*(?:\s[^A-ZĐ\s]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = (
    r"(?:%|(?i:(?:nghìn|ngàn|triệu|tỷ|tỉ|tr)\.?\s*(?:đồng|vnđ|đ)?(?:\s*/\s*(?:người|ha|hộ|năm|tháng))*|hộ|người"
    r"|lao động|xã|ha|tấn|con|kg|tạ/ha|sản phẩm|tiêu chí|trường|trang\s+trại|usd))"
)
_NUMBER = r"[-+]?\d[\d.,]*(?<=\d)(?![\d/%])"
_FEWEST = 3  # rows
_LONGEST = 800  # letters of a row, so that a text without any is not searched to its end
_APART = 60  # letters from one row to the next, where the growth rates of a row stand

_Rows = list[list[Piece]]


def may_be_run_on(text: str) -> bool:
    """Whether a text has the head of such a table."""
    return bool(_HEAD.search(text) or _PLACES.search(text))


def find_run_on(text: str, lines: Sequence[tuple[int, str]]) -> dict[int, tuple[int, _Rows]]:
    """The tables by the number of their first line: the line behind them, and their rows.

    Of each row the figures of the years are read; growth rates behind them have no head of their own.
    """
    made = []
    for head in _HEAD.finditer(text):
        if not _PARTED.search(head.group()):
            years = [match.span() for match in _YEAR.finditer(text, *head.span("years"))]
            rows, end = _rows(text, head, years)
            if len(rows) <= _FEWEST and len(years) > 2:  # the last year has no figures yet
                rows, end = _rows(text, head, years[:-1])
            made.append((head.start(), rows, end))
    made += [(head.start(), *_by_places(text, head)) for head in _PLACES.finditer(text)]
    found: dict[int, tuple[int, _Rows]] = {}
    for start, rows, end in made:
        if len(rows) > _FEWEST:
            pieces = [[Piece(low, high, c, c + 1) for c, (low, high) in enumerate(spans)] for spans in rows]
            found[_line_of(lines, start)] = (_line_of(lines, end - 1) + 1, pieces)
    return found


def _by_places(text: str, head: re.Match[str]) -> tuple[list[list[tuple[int, int]]], int]:
    """The same of a table by places: one figure under each head, which begins with a capital, rows numbered from 1."""
    heads = [(head.start("heads") + m.start(), head.start("heads") + m.end()) for m in _A_HEAD.finditer(head["heads"])]
    rows, position = [[head.span("label"), *heads]], head.end()
    figures = rf"(?P<figures>(?:\s+{_NUMBER}){{{len(heads)}}})(?=\s|$)"
    total = re.compile(rf"\s*(?P<label>(?:Tổng|Cộng|Toàn)\D{{0,25}}?){figures}")
    while row := (
        re.compile(rf"\s*0?{len(rows)}\s+(?P<label>[^\W\d]\D{{2,40}}?){figures}").match(text, position)
        or (len(rows) > 1 and total.match(text, position))
    ):
        rows.append([row.span("label"), *_figures(row)])
        position = row.end()
    return rows, position


def _rows(
    text: str, head: re.Match[str], years: Sequence[tuple[int, int]]
) -> tuple[list[list[tuple[int, int]]], int]:
    """The spans of the cells of head and rows, each with a figure for each year, and where the last one ends."""
    row = re.compile(
        rf"(?P<label>(?:\D|(?<!\d)(?:19|20)\d\d(?=\s)){{3,150}}?)\s(?P<unit>{_UNIT})"
        rf"(?P<figures>(?:\s+{_NUMBER}){{{len(years)}}})(?!\d)"
    )
    rows, position = [[head.span("label"), head.span("unit"), *years]], head.end()
    while match := row.search(text, position, position + _LONGEST):
        if match.start() - position > _APART:
            break
        label = match["label"]
        section, _, name = label.rpartition("\n")
        label = name if section.isupper() else label  # "3. GIẢM NGHÈO", then its first row
        start = match.end("label") - len(label.lstrip(" \n\t.)/-–+*•"))
        rows.append([(start, match.end("label")), match.span("unit"), *_figures(match)])
        position = match.end()
    return rows, position


def _figures(row: re.Match[str]) -> list[tuple[int, int]]:
    """The spans of the figures of a row."""
    at = row.start("figures")
    return [(at + found.start(), at + found.end()) for found in re.finditer(_NUMBER, row["figures"])]


def _line_of(lines: Sequence[tuple[int, str]], at: int) -> int:
    """The number of the line that holds a position."""
    return bisect_right(lines, at, key=itemgetter(0)) - 1
