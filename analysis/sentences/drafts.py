"""Drafts: observations in the making, and how well words, unit and indicator go together.

A draft says which indicator a quantity of one part of a sentence states; place, period and status are filled in by
`placing`, `dating` and `statuses`. Choosing the indicator is left to `binding` and its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.context.frame import PlaceMention
from analysis.indicators import Catalogue, Indicator
from analysis.quantities import Quantity
from analysis.sentences.cues import SKIP, Mention

# words between a label and its figure that carry no meaning of their own
_LIGHT_WORDS = (
    "đạt được là còn có giảm xuống tăng lên ở mức chiếm tỷ lệ ước khoảng trên dưới bình quân chung toàn huyện của "
    "xã tỉnh thị thành phố cả cho với theo chuẩn nghèo đa chiều "
    "mới giai đoạn đến cuối năm hết nay đã chỉ hiện vào trong tại địa bàn thực hiện kết quả tính tổng số thì mà nhà "
    "nước đầu người dân mỗi một / ( ) - : tới ngay vẫn nhất "
    "khi này bằng tương đương ứng tức thu các ngành kinh tế đồng người/năm về lùi rút kéo hạ vươn còn lại con ấy chừng "
    "tròn trọn kế tiếp sau thấp cao nơi hộ khu vực rơi thuộc diện "
    "những bản thân vượt quyết định duyệt cùng kỳ giá so sánh hiện hành (giá năm) tiếp tục duy trì giữ vững nâng "
    "đưa lần lượt gồm như đó riêng cụ thể rồi vọt nhảy giữ rà soát điều tra"
)
_LIGHT = frozenset(_LIGHT_WORDS.split())
# words that turn a sentence away from the label before them: aid, loans, sums of money, areas
_DIVERTS = re.compile(
    r"hỗ trợ|cho vay|được vay|vay vốn|tặng|được cấp|miễn|mức đóng|trị giá|kinh phí|tiêu chí số|diện tích|vốn vay"
)
# blots, brackets and quotations weigh nothing
_WEIGHTLESS = re.compile(rf"{SKIP}+|\([^()]*\)|\"[^\"]*\"")
_WORDS = re.compile(r"[^\s,;.:()]+")
# from a figure to the place in which what it counts lies: "thấp nhất 3% ở xã X", "08 xã thuộc huyện Y"
LIES_IN = re.compile(r" (?:hộ (?:cận )?nghèo |(?:cận )?nghèo )?(?:ở|tại|thuộc|của) ")
# a percentage, a number of criteria or an income far outside the plausible is a misreading, no finding
_BOUNDED = ("percent", "criteria", "million_vnd_per_year")
# (unit of the indicator, unit of the quantity) of sums that reports print in billions though they are for one person
_IN_BILLIONS = {("million_vnd_per_year", "billion_vnd"), ("million_vnd_per_ha", "billion_vnd")}


@dataclass
class Draft:
    """An observation in the making: what was bound, and where in the part of the sentence."""

    indicator: str
    quantity: Quantity
    value: float
    value_max: float | None
    of: float | None
    offset: int  # where the part begins in the canonical text
    start: int  # span of the words, in the part
    end: int
    rule: str
    label: Mention | None = None
    flags: set[str] = field(default_factory=set)
    plan_pct: float | None = None
    yoy_pct: float | None = None
    place: PlaceMention | None = None
    places: tuple[PlaceMention, ...] = ()
    period: str = ""
    status: str = ""
    qualifier: str = "="
    members: tuple[str, ...] = ()
    unit: str = ""
    base: bool = False  # the earlier of two levels: "từ 13,25% xuống còn 9,57%"
    owner: Draft | None = None  # the count that this share stands beside
    like: Draft | None = None  # the figure whose list this one is on
    beside: Draft | None = None  # of a plan, the figure of the same part that it stands beside
    together: bool = False  # one figure for several places
    bracketed: bool = False  # it stands in a bracket
    ahead: bool = False  # it is about the end of the year in which the report came out, months before it
    now: int = -1  # where "hiện", "đến nay" stand that date it, -1 where none do
    explicit: bool = False  # the period stands in the same sentence


def fits(indicator: Indicator, quantity: Quantity) -> float | None:
    """The factor that turns the quantity into the indicator's unit, or None when it measures something else."""
    unit, have = indicator.unit, quantity.unit
    if unit == have:
        return 1.0
    if (unit, have) in _IN_BILLIONS and quantity.value < 1:
        return 1000.0
    if unit == "percentage_points" and have == "percent":
        return 1.0
    if unit == "houses" and have == "households":
        return 1.0  # "xóa nhà tạm cho 60 hộ"
    if unit == "persons" and have == "visits" and quantity.noun == "lượt":
        return 1.0
    if unit == "visits" and have == "persons" and quantity.noun == "lượt người":
        return 1.0
    return None


def measurable(catalogue: Catalogue, quantity: Quantity) -> frozenset[str]:
    """The indicators whose unit the quantity has or can be turned into."""
    return _measurable(catalogue, quantity.unit, quantity.noun, quantity.value < 1)


@lru_cache(maxsize=1000)
def _measurable(catalogue: Catalogue, unit: str, noun: str, small: bool) -> frozenset[str]:
    alike = Quantity(0, 0, 0, 0, 0.5 if small else 1.0, unit, noun)
    return frozenset(i.id for i in catalogue.values() if fits(i, alike) is not None)


def draft(
    catalogue: Catalogue,
    offset: int,
    indicator: str,
    quantity: Quantity,
    span: tuple[int, int],
    rule: str,
    *,
    label: Mention | None = None,
    flags: Collection[str] = (),
    sign: float = 1.0,
) -> Draft | None:
    """The quantity as a figure of the indicator, or None when its unit or its size rule that out."""
    entry = catalogue[indicator]
    factor = fits(entry, quantity)
    if factor is None and quantity.unit:
        return None
    factor = factor or 1.0
    sign = -sign if quantity.sign == "âm" else sign
    value = round(quantity.value * factor * sign, 9)
    value_max = None if quantity.value_max is None else round(quantity.value_max * factor * sign, 9)
    caveats = {*flags, *quantity.flags}
    if entry.unit == "percentage_points" and abs(value) >= 100:
        return None
    low, high = entry.plausible
    if not low <= value <= high:
        if entry.unit in _BOUNDED and (value > high * 1.5 or value < low):
            return None
        caveats.add("implausible")
    if value_max is not None:
        caveats.add("range_in_source")
    return Draft(
        indicator=indicator,
        quantity=quantity,
        value=value,
        value_max=value_max,
        of=None if quantity.of is None else round(quantity.of * factor, 9),
        offset=offset,
        start=min(span[0], quantity.start),
        end=max(span[1], quantity.end),
        rule=rule,
        label=label,
        flags=caveats,
        qualifier=quantity.qualifier,
        unit=entry.unit,
    )


_NUMBER = re.compile(r"\d[\d.,]*%?")  # another figure, comma and all, is no word


def gap_cost(gap: str, places: Sequence[tuple[int, int]] = ()) -> float:
    """How much stands between a label and its figure: heavy words and clause marks; blots and `places` weigh nothing.

    >>> gap_cost(" giảm xuống còn "), gap_cost(", huyện có chợ; ")
    (0.0, 6.2)
    """
    for start, end in sorted(places, reverse=True):
        gap = gap[:start] + " " + gap[end:]
    return _cost(gap)


@lru_cache(maxsize=20_000)
def _cost(gap: str) -> float:
    gap = _NUMBER.sub(" ", _WEIGHTLESS.sub(" ", gap))
    heavy = sum(word not in _LIGHT for word in _WORDS.findall(gap))
    marks = 1.2 * gap.count(",") + 4 * gap.count(";") + 0.5 * gap.count(":")
    return 5 * bool(_DIVERTS.search(gap)) + heavy + marks


def plain(gap: str) -> str:
    """The words between a label and its figure without what weighs nothing."""
    return _WEIGHTLESS.sub("", gap)
