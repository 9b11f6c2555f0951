"""Lists of names with a number each under the heading that says what is counted, as tables of two columns.

"Tỷ lệ hộ nghèo cuối năm 2023 (%)" · "- Xã A: 18,4" · "- Xã B: 9,7". Names are those of places or years; what stands in
sentences, or has words behind its number, is left to the prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.documents.loose_lists import MARK, NAME
from analysis.documents.stacked_tables import Piece
from analysis.text import CAPITAL

_ITEM = re.compile(
    rf"{MARK}(?P<name>{NAME})(?P<colon>[ \t]*(?::|\.{{3,}}|…+\.*)|[ \t])[ \t]*"
    r"(?P<number>\d[\d.,]*(?:/\d{1,3})?)(?P<unit> ?%)?[ \t]*[;.]?[ \t]*"
)
_UNIT_LINE = re.compile(r"\W*(?:đơn vị(?: tính)?|đvt) ?:", re.IGNORECASE)
_HEADING = re.compile(rf"{MARK}[{CAPITAL}][^.;!?\n]{{8,110}}:?[ \t]*")
_FEWEST = 3  # items; two lines may be anything
_HINT = re.compile(r"\n[^\n:]{2,40}[:. ][ \t]*\d[\d.,]*(?:/\d{1,3})? ?%?[ \t;.]*\n[^\n:]{2,40}[:. ][ \t]*\d")


def may_be_listed(text: str) -> bool:
    """Whether a text may hold such a list; most do not, and this is quick to see."""
    return bool(_HINT.search(text))


def find_lists(lines: Sequence[tuple[int, str]]) -> dict[int, tuple[int, list[list[Piece]]]]:
    """The lists by the number of their heading's line: the line behind them, and their rows, heading first."""
    found, number = {}, 0
    while number < len(lines):
        items, stop = _items(lines, number)
        heading = _heading_above(lines, number) if len(items) >= _FEWEST else -1
        if heading < 0:
            number += 1
            continue
        start, words = lines[heading]
        left = start + len(words) - len(words.lstrip())
        head = [Piece(left, left, 0, 1), Piece(left, start + len(words.rstrip(" \t:")), 1, 2)]
        found[heading] = (stop, [head, *items])
        number = stop
    return found


def _items(lines: Sequence[tuple[int, str]], number: int) -> tuple[list[list[Piece]], int]:
    """The items from a line on, blank lines between them passed over, and the line behind the last."""
    rows, stop, at, plain = [], number, number, True
    while at < len(lines):
        start, words = lines[at]
        item = _ITEM.fullmatch(words)
        if item:
            name, (low, high) = item.span("name"), item.span("number")
            high = item.end("unit") if item["unit"] else high
            plain &= bool(item["unit"] and item["colon"].strip())  # "Xã A: 18,4%" says all by itself
            rows.append([Piece(start + name[0], start + name[1], 0, 1), Piece(start + low, start + high, 1, 2)])
            stop = at + 1
        elif words.strip() or not rows:
            break
        at += 1
    return ([] if plain else rows), stop


def _heading_above(lines: Sequence[tuple[int, str]], number: int) -> int:
    """The number of the line that heads the items: the last above them that is no unit; -1 where it is a sentence."""
    for at in range(number - 1, max(-1, number - 4), -1):
        words = lines[at][1]
        if words.strip() and not _UNIT_LINE.match(words):
            return at if _HEADING.fullmatch(words) and not _ITEM.fullmatch(words) else -1
    return -1
