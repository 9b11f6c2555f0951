"""The figure that one cell of a table holds: number, bounds, range, ratio, unit; footnote marks are left out.

What the figure is about is decided in `tabular`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.cells.units import Unit, parse_unit
from analysis.quantities import parse_number
from analysis.tables import Cell, Table
from analysis.text import fold

_SIGN = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<|~|≈|trên|dưới|khoảng|gần|hơn|đạt)?\s*(?P<rest>.+)")
_SIGNS = {"≥": ">=", "≤": "<=", "≈": "~", "trên": ">", "hơn": ">", "dưới": "<", "khoảng": "~", "gần": "~", "đạt": "="}
_FIGURE = re.compile(
    r"(?P<num>[-+]?\d[\d.,]*)\s*(?:(?:-|÷|đến)\s*(?P<max>\d[\d.,]*)|"
    r"/\s*(?P<of>\d[\d.,]*))?\s*(?P<percent>%)?\s*(?P<more>trở lên)?\s*(?P<unit>[^\d\s].{0,22})?"
)


class Figure(NamedTuple):
    """The number that a cell holds."""

    value: float
    value_max: float | None = None
    of: float | None = None
    qualifier: str = "="
    unit: Unit | None = None
    flags: tuple[str, ...] = ()


def read_figure(cell: Cell, english: bool = False) -> Figure | None:
    """The figure of a cell without its footnote marks, or None; `english` tells that its table writes 1,234.5.

    >>> read_figure(Cell("4.735,5 (*)", 0, 0)).value, read_figure(Cell("9/9 xã", 0, 0)).of, read_figure(Cell("-", 0, 0))
    (4735.5, 9.0, None)
    >>> read_figure(Cell("≥ 95%", 0, 0)).qualifier, read_figure(Cell("12.5", 0, 0)).flags
    ('>=', ('decimal_point',))
    """
    text = re.sub(r"\s*(?:\(\s*\*+\s*\)|\*+|[¹²³⁴]|\(\d\)|\[\d\])\s*$", "", cell.text.strip())
    if cell.number is not None:
        unit = parse_unit("%") if text.endswith("%") else None
        return Figure(round(cell.number, 10), unit=unit)
    folded = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", fold(text))
    found = _SIGN.fullmatch(folded)
    figure = _FIGURE.fullmatch(found["rest"].strip()) if found else None
    if not figure:
        return None
    unit = parse_unit(figure["unit"] or figure["percent"] or "")
    if figure["unit"] and unit is None:
        return None
    value, flags = _number(figure["num"], english)
    if value is None:
        return None
    highest = _number(figure["max"], english)[0] if figure["max"] else None
    if highest is not None and highest <= value:
        return None
    qualifier = ">=" if figure["more"] else _SIGNS.get(found["sign"] or "", found["sign"] or "=")
    of = _number(figure["of"], english)[0] if figure["of"] else None
    return Figure(value, highest, of, qualifier, unit, flags + (("range_in_source",) if highest is not None else ()))


def _number(text: str, english: bool) -> tuple[float | None, tuple[str, ...]]:
    text = text.rstrip(".,")
    if english and ("," in text or "." in text):
        plain = text.replace(",", "")
        return (float(plain), ("decimal_point",)) if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain) else (None, ())
    value = parse_number(text)
    return value, ("decimal_point",) if value is not None and re.fullmatch(r"[-+]?\d+\.\d{1,2}", text) else ()


def is_english(table: Table) -> bool:
    """Whether a table groups by commas: some "1,234.5" or "1,234,567", many decimal points, no decimal comma."""
    texts = [cell.text.strip(" %*()") for cell in table.cells if cell.number is None]
    sure = sum(bool(re.fullmatch(r"-?\d{1,3}(?:,\d{3})+\.\d+|-?\d{1,3}(?:,\d{3}){2,}", text)) for text in texts)
    comma = sum(bool(re.fullmatch(r"-?\d+,\d{1,2}|-?\d{1,3}(?:\.\d{3})+,\d+|-?0,\d+", text)) for text in texts)
    point = sum(bool(re.fullmatch(r"-?\d+\.\d{1,2}", text)) for text in texts)
    grouped = sum(bool(re.fullmatch(r"-?\d{1,3}(?:,\d{3})+", text)) for text in texts)
    return comma == 0 and (sure > 0 or (point >= 2 and grouped >= 1))
