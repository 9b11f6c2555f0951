"""Tables copied into running text: a head with years and units, then label, unit and as many figures, again and again.

What a page keeps of a table when its lines are lost: "Chỉ tiêu ĐVT 2018 2019 1 Tỷ lệ hộ nghèo % 7,2 5,9 2 …".
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
_PARTED = re.compile(r"[\t|]|  ")  # such lines have kept their cells apart
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
    return bool(_HEAD.search(text))


def find_run_on(text: str, lines: Sequence[tuple[int, str]]) -> dict[int, tuple[int, _Rows]]:
    """The tables by the number of their first line: the line behind them, and their rows.

    Of each row the figures of the years are read; growth rates behind them have no head of their own.
    """
    found: dict[int, tuple[int, _Rows]] = {}
    for head in _HEAD.finditer(text):
        if _PARTED.search(head.group()):
            continue
        years = [match.span() for match in _YEAR.finditer(text, *head.span("years"))]
        row = re.compile(
            rf"(?P<label>(?:\D|(?<!\d)(?:19|20)\d\d(?=\s)){{3,150}}?)\s(?P<unit>{_UNIT})"
            rf"(?P<figures>(?:\s+{_NUMBER}){{{len(years)}}})"
        )
        rows, position = [[head.span("label"), head.span("unit"), *years]], head.end()
        while match := row.search(text, position, position + _LONGEST):
            if match.start() - position > _APART:
                break
            label = match["label"]
            start = match.start() + len(label) - len(label.lstrip(" \n\t.)/-–+*•"))
            figures = [found.span() for found in re.finditer(_NUMBER, text[match.start("figures") : match.end()])]
            at = match.start("figures")
            spans = [(start, match.end("label")), match.span("unit"), *((at + a, at + b) for a, b in figures)]
            rows.append(spans)
            position = match.end()
        if len(rows) > _FEWEST:
            first = _line_of(lines, head.start())
            pieces = [[Piece(low, high, c, c + 1) for c, (low, high) in enumerate(spans)] for spans in rows]
            found[first] = (_line_of(lines, position - 1) + 1, pieces)
    return found


def _line_of(lines: Sequence[tuple[int, str]], at: int) -> int:
    """The number of the line that holds a position."""
    return bisect_right(lines, at, key=itemgetter(0)) - 1
