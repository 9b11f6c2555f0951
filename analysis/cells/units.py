"""Units as tables write them: in a column of their own, in brackets behind a label, or in a caption.

Units inside sentences are read by `quantities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.text import fold

if TYPE_CHECKING:
    from analysis.indicators import Indicator

_COUNTED = {
    "percent percentage_points": "% phần trăm|tỷ lệ %|điểm %|điểm phần trăm|%/năm",
    "households houses": "hộ|số hộ|hộ gia đình",
    "persons visits": "người|lao động|lđ|lượt người|lượt lao động|khẩu|nhân khẩu|học viên|đảng viên|"
    "đ/v|đồng chí|đ/c|hội viên",
    "communes": "xã|số xã|xã, thị trấn|xã, phường|xã/thị trấn|phường, xã|đơn vị cấp xã",
    "criteria": "tiêu chí|tc|tiêu chí/xã",
    "products": "sản phẩm|sp|số sản phẩm",
    "houses": "nhà|căn|căn nhà|ngôi nhà|nhà ở",
    "targets": "chỉ tiêu",
    "enterprises": "doanh nghiệp|dn",
    "cooperatives": "hợp tác xã|htx",
    "villages": "thôn|ấp|bản|làng|khu dân cư|thôn, bản|làng nghề",
    "schools": "trường|số trường",
    "classes": "lớp",
    "cases": "vụ",
    "visits persons": "lượt|lượt khách|khách",
    "days": "công|ngày công|ngày",
    "tonnes": "tấn",
    "ha": "ha|hecta|héc ta",
    "m2": "m2|m²",
    "kg_per_person": "kg|kg/người|kg/người/năm",
    "gifts": "suất|suất quà",
    "conferences": "hội nghị|cuộc",
    "proposals": "ý kiến",
}
_UNITS = {word: tuple(ids.split()) for ids, words in _COUNTED.items() for word in words.split("|")}
_UNITS["%"] = ("percent", "percentage_points")
_MONEY = re.compile(
    r"(?:(?P<size>1000|1\.000|10\^3|nghìn|ngàn|triệu|tr|tỷ|nghìn tỷ)[. ]*)?(?P<word>đồng|đ|vnđ|vnd)?"
    r"(?P<per>(?: ?/ ?(?:người|ng|hộ|khẩu|ha|năm|tháng|đầu người|1 ?ha|căn|nhà|căn nhà|ngôi nhà|suất|lượt))*)"
)
_SIZES = {
    "1000": 1e3,
    "1.000": 1e3,
    "10^3": 1e3,
    "nghìn": 1e3,
    "ngàn": 1e3,
    "triệu": 1e6,
    "tr": 1e6,
    "tỷ": 1e9,
    "nghìn tỷ": 1e12,
}
_THOUSANDS = re.compile(r"(?:1000|1\.000|nghìn|ngàn)\s*(.+)")


@dataclass(frozen=True)
class Unit:
    """A unit as a table writes it: the catalogue units that it may be, and what one of it is in them."""

    ids: tuple[str, ...]
    factor: float = 1.0
    per: str = ""

    def fits(self, indicator: Indicator) -> bool:
        """Whether figures in this unit can be figures of the indicator."""
        if self.ids == ("vnd",):
            if indicator.unit == "billion_vnd":
                return not self.per
            small = self.factor < 1e9 or bool(self.per)  # nobody earns billions, and no hectare yields them
            return indicator.unit in ("million_vnd_per_year", "million_vnd_per_ha") and small
        return indicator.unit in self.ids

    def convert(self, value: float, indicator: Indicator) -> float:
        """A figure in this unit, in the unit of the indicator."""
        if self.ids == ("vnd",):
            size = {"billion_vnd": 1e9, "million_vnd_per_year": 1e6, "million_vnd_per_ha": 1e6}[indicator.unit]
            months = 12 if "tháng" in self.per else 1
            return round(value * self.factor * months / size, 9)
        return round(value * self.factor, 9)


@lru_cache(maxsize=2000)
def parse_unit(text: str) -> Unit | None:
    """The unit that a cell or a bracket names, or None.

    >>> parse_unit("Triệu đồng"), parse_unit("%").ids[0], parse_unit("1000 tấn").factor, parse_unit("Ghi chú")
    (Unit(ids=('vnd',), factor=1000000.0, per=''), 'percent', 1000.0, None)
    >>> parse_unit("Tr.đ/người/năm").per
    '/người/năm'
    """
    folded = re.sub(
        r"^(?:đơn vị tính|đơn vị|đvt|đv)\s*[:.]?\s*|^(?:tính bằng|số)\s+", "", fold(text).strip(" ()[].:;*")
    )
    if folded in _UNITS:
        return Unit(_UNITS[folded])
    found = _MONEY.fullmatch(folded)
    if found and folded and (found["word"] or (found["size"] in ("triệu", "tr", "tỷ", "nghìn tỷ"))):
        return Unit(("vnd",), _SIZES.get(found["size"] or "", 1.0), re.sub(r"\s", "", found["per"] or ""))
    thousands = _THOUSANDS.fullmatch(folded)
    if thousands and thousands[1] in _UNITS:
        return Unit(_UNITS[thousands[1]], 1e3)
    return _parse_broken(folded)


def _parse_broken(folded: str) -> Unit | None:
    """A unit that a narrow cell breaks inside a word ("Triệu đồng/n gười/nă m")."""
    if " " not in folded or len(folded) > 30:
        return None
    joined = folded.replace(" ", "")
    found = _MONEY.fullmatch(joined)
    if found and found["word"]:
        return Unit(("vnd",), _SIZES.get(found["size"] or "", 1.0), found["per"] or "")
    return next((Unit(ids) for word, ids in _UNITS.items() if word.replace(" ", "") == joined), None)


_CAPTION_UNIT = re.compile(r"(?:đơn vị tính|đvt|đơn vị|unit)\s*[:.]\s*([^\n;()]{1,40})")


def unit_of_caption(text: str) -> Unit | None:
    """The unit that a caption states for the whole table.

    >>> unit_of_caption("Thu ngân sách các huyện (ĐVT: triệu đồng)").factor
    1000000.0
    """
    for found in _CAPTION_UNIT.finditer(fold(text)):
        unit = parse_unit(found[1].strip(" ).,"))
        if unit:
            return unit
    return None


_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")


def split_unit(label: str) -> tuple[str, Unit | None]:
    """A label without the unit that it states in brackets or after a comma, and that unit.

    >>> split_unit("Thu nhập bình quân (triệu đồng/người)")[0]
    'Thu nhập bình quân'
    """
    for found in _BRACKET.finditer(label):
        unit = parse_unit(found[1])
        if unit:
            return (label[: found.start()] + label[found.end() :]).strip(), unit
    head, comma, tail = label.rpartition(",")
    if comma and (unit := parse_unit(tail)) and len(tail.split()) < 4 and fold(tail).strip() not in ("xã", "người"):
        return head.strip(), unit
    if label.strip().endswith("%") and len(label) > 3:
        return label.strip()[:-1].strip(), parse_unit("%")
    return label, None
