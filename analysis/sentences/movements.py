"""Rises and falls: the indicator of a figure that says by how much something changed, not where it stands.

Comparisons with the year before that only accompany a level are told apart in `relations` and attached in
`accompanying`.
"""

from __future__ import annotations

import re

from analysis.indicators import Catalogue
from analysis.quantities import Quantity
from analysis.sentences.cues import Mention
from analysis.sentences.drafts import Draft, draft, gap_cost
from analysis.sentences.parts import Part, in_bracket
from analysis.sentences.relations import Relation

# "giảm 2,5% hộ nghèo", "giảm 11%, tương đương 1.879 hộ thoát nghèo": what falls stands behind the figure
_POOR_BEHIND = re.compile(
    r"\s*(?:trở lên )?(?:số |tỷ lệ )?hộ nghèo(?! (?:được|có|vay))"
    r"|\W*(?:tương đương|tương ứng|ứng với)(?: với)? [\d.]+ hộ (?:thoát )?nghèo"
)
# "tỉnh phấn đấu giảm 4%, tỷ lệ hộ nghèo còn 7,56%"
_RATE_BEHIND = re.compile(r",\s*(?:đưa |hạ |kéo )?tỷ lệ hộ nghèo (?:\w+ ){0,6}?(?:còn|xuống|về|dưới)\b")
_OWN_FALL = re.compile(
    r"(?:^|[ _])(?:phấn đấu|tỉnh|huyện|thị xã|thành phố|xã|toàn \w+|đã|sẽ|_)[,_ ]*(?:kéo )?giảm[\w ]{0,15}$"
)
_NEAR_BEHIND = re.compile(r"\s*(?:số |tỷ lệ )?hộ cận nghèo")  # "giảm 1,56% hộ cận nghèo": no fall of the poor
_ARE_POOR = re.compile(r"\s*(?P<near>cận )?nghèo\b")
# "số hộ nghèo giảm 0,77%, tương ứng 290 hộ": percentage points, said twice
_SAME_IN_HOUSEHOLDS = re.compile(r"\W*(?:tương ứng|tương đương|ứng với|bằng|tức(?: là)?)\W*(?:với |giảm )?[\d.]+ hộ")
# a part that goes on with the figure of the sentence before: "So với năm 2019 giảm 1,2%"
_GOES_ON = re.compile(
    r"[\W_]*(?:chỉ tiêu|mục tiêu|kế hoạch|phấn đấu|như vậy|như thế|tính ra|so với|giảm|tăng|trong|bình quân"
    r"|trung bình|mỗi năm|hằng năm|hàng năm)"
)
_AVERAGED = re.compile(r"(?:bình quân|trung bình|mỗi năm|hằng năm|hàng năm)[^,;]*\Z")
_BESIDE = re.compile(r"[\s,]*(?:và )?")
_FIGURE = re.compile(r"\d")
_SHARES = ("percent", "percentage_points")


def moved(
    part: Part, quantity: Quantity, relation: Relation, previous: Draft | None, outside: Draft | None
) -> Draft | None:
    """The change that a figure states: of the label before it, or of the figure before it (`outside`: the last one that
    stands in no bracket closed since)."""
    masked, at = part.masked, quantity.start
    if quantity.unit in _SHARES and _NEAR_BEHIND.match(masked, quantity.end):
        return None
    subjects = [m for m in part.labels_before(at) if not _closed(masked, m.start, at)]
    follows = relation.follows
    if previous is not None and _closed(masked, previous.quantity.start, at):
        previous = outside
        follows |= bool(_BESIDE.fullmatch(masked, masked.rfind(")", 0, at) + 1, relation.start))
    named = _ARE_POOR.match(part.masked, quantity.end) if quantity.unit == "households" and relation.falls else None
    if named and named["near"]:  # whatever the label before it counts
        return _fall_of(part, "near_poor_households", quantity, relation)
    found = _of_label(part, quantity, relation, previous, subjects)
    if found is not None:
        return found[0]
    sign = -1.0 if relation.falls else 1.0
    poor = _POOR_BEHIND.match(part.masked, quantity.end)
    if poor is None and relation.falls and not subjects and _OWN_FALL.search(masked[:at]):
        poor = _RATE_BEHIND.match(masked, quantity.end)
    relative = "số hộ" in poor.group() and quantity.value > 15 if poor else False  # "giảm 50% số hộ nghèo": no points
    if quantity.unit in _SHARES and poor and not relative:
        span = (relation.start, poor.end())
        return draft(part.catalogue, part.start, "poverty_rate_change", quantity, span, "change", sign=sign)
    if previous is not None and quantity.unit in _SHARES and _AVERAGED.search(masked, max(0, relation.start - 24), at):
        change = _change_of(part.catalogue, previous.indicator)
        if change:  # "từ 32,21% xuống còn 11,56%, bình quân mỗi năm giảm 5,16%"
            span = (relation.start, quantity.end)
            return draft(part.catalogue, part.start, change, quantity, span, "change_after", sign=sign)
    carried = previous is None and not subjects
    last = _carried(part) if carried else previous
    if last is None:
        return None
    if quantity.unit in _SHARES and (follows or (carried and _continued(part))):
        change = _change_of(part.catalogue, last.indicator)
        if change:
            span = (relation.start if carried else last.start, quantity.end)
            return draft(part.catalogue, part.start, change, quantity, span, "change_after", sign=sign)
    if quantity.unit == "households" and relation.falls:
        if named:  # whatever the figure before it counts
            return _fall_of(part, "poor_households", quantity, relation)
        return _fall_after(part, quantity, last)
    return None


def _closed(masked: str, start: int, at: int) -> bool:
    """Whether words stand in a bracket of figures that is closed before a position."""
    if not in_bracket(masked, start) or ")" not in masked[start:at]:
        return False
    return bool(_FIGURE.search(masked, masked.rfind("(", 0, start + 1), masked.index(")", start)))


def _of_label(
    part: Part, quantity: Quantity, relation: Relation, previous: Draft | None, subjects: list[Mention]
) -> tuple[Draft | None] | None:
    """The change of what the nearest label names ("tỷ lệ hộ nghèo giảm 1,2%"), in a tuple; None when there is none."""
    catalogue = part.catalogue
    for mention in reversed(subjects):
        gap = part.masked[mention.end : quantity.start]
        if len(gap) > 170 or gap_cost(gap) > 5:
            break
        for indicator in mention.ids:
            equivalent = bool(_SAME_IN_HOUSEHOLDS.match(part.folded, quantity.end))
            named = _named_change(catalogue, indicator, quantity, relation, previous, equivalent)
            if named:
                change, rule, sign = named
                span = (mention.start, quantity.end)
                return (draft(catalogue, part.start, change, quantity, span, rule, label=mention, sign=sign),)
        if any(catalogue[i].kind == "flow" for i in mention.ids):
            break
        if any(catalogue[i].unit == "million_vnd_per_year" for i in mention.ids) and quantity.unit == "percent":
            return (None,)  # "hộ nghèo giảm 4,6%, thu nhập tăng 8,9%": no change of the poverty rate
    return None


def _named_change(
    catalogue: Catalogue,
    indicator: str,
    quantity: Quantity,
    relation: Relation,
    previous: Draft | None,
    equivalent: bool,
) -> tuple[str, str, float] | None:
    """The indicator of the change, the rule and the sign, for a figure that says how the indicator moved."""
    entry, sign = catalogue[indicator], -1.0 if relation.falls else 1.0
    change = indicator if indicator in catalogue.changes else entry.change
    points = catalogue[entry.share].change if entry.share and quantity.unit == "percent" and relation.falls else ""
    if points and not change and quantity.value <= 10:
        return points, "change", sign  # "mỗi năm, số hộ nghèo giảm 3 đến 5%"
    if change and quantity.unit in _SHARES and entry.unit != "households":
        return change, "change", sign
    if entry.fall and entry.share and quantity.unit == "percent" and equivalent:
        return catalogue[entry.share].change, "change", sign
    fall = entry.fall or next((catalogue[i].fall for i in catalogue.counts_of(indicator) if catalogue[i].fall), "")
    if fall and quantity.unit == "households" and relation.falls:  # "tỷ lệ hộ nghèo trong năm giảm 553 hộ"
        return fall, "fall", _fall_sign(catalogue, fall)
    if quantity.unit != "percent":
        return None
    if entry.growth and not (previous and previous.indicator == indicator and not relation.follows):
        return entry.growth, "growth", sign
    stated = previous is not None and previous.indicator == "growth_rate"  # "đạt 11,01%, tăng 0,26%": points
    return (indicator, "growth", sign) if indicator == "growth_rate" and not stated else None


def _carried(part: Part) -> Draft | None:
    """The figure of an earlier sentence that a part without label and figure goes on with."""
    thought, paragraph = part.memory.thought, part.memory.paragraph
    last = None
    if thought.drafts:
        last = thought.drafts[-1]
    elif len(part.masked) < 130 and paragraph.drafts:
        last = paragraph.drafts[-1]
    return last if last is not None and last.unit in ("households", *_SHARES) else None


def _continued(part: Part) -> bool:
    return bool(part.places or _GOES_ON.match(part.masked))


def _change_of(catalogue: Catalogue, indicator: str) -> str:
    """The indicator of the change in percentage points that goes with a level, a count or a fall; "" for none."""
    entry = catalogue[indicator]
    owner = catalogue.falls.get(indicator, "")
    if owner and catalogue[owner].share:
        return catalogue[catalogue[owner].share].change
    if entry.share:
        return catalogue[entry.share].change
    level = catalogue.changes.get(indicator, indicator)
    return catalogue[level].change or (catalogue[entry.fall].change if entry.fall else "")


def _fall_after(part: Part, quantity: Quantity, last: Draft) -> Draft | None:
    """A fall in households behind a level: "còn 3,2%, giảm 215 hộ"."""
    catalogue = part.catalogue
    listed = any(m.role in ("named", "bare") for m in part.places)  # "ít nhất là xã X, giảm 3 hộ": one more of a list
    if last.indicator in catalogue.falls and not listed:  # "giao giảm 450 hộ nghèo; hết tháng 9 đã giảm 402 hộ"
        span = (quantity.start, quantity.end)
        sign = _fall_sign(catalogue, last.indicator)
        return draft(catalogue, part.start, last.indicator, quantity, span, "fall_after", sign=sign)
    level = catalogue.changes.get(last.indicator, last.indicator)
    for indicator in (level, *catalogue.counts_of(level)):
        fall = catalogue[indicator].fall
        if fall:
            span, sign = (last.start, quantity.end), _fall_sign(catalogue, fall)
            return draft(catalogue, part.start, fall, quantity, span, "fall_after", sign=sign)
    return None


def _fall_of(part: Part, count: str, quantity: Quantity, relation: Relation) -> Draft | None:
    """The fall of a count that the words behind the figure name: "giảm 66 hộ cận nghèo"."""
    fall, span = part.catalogue[count].fall, (relation.start, quantity.end)
    return draft(part.catalogue, part.start, fall, quantity, span, "fall", sign=_fall_sign(part.catalogue, fall))


def _fall_sign(catalogue: Catalogue, fall: str) -> float:
    """Falls of what should fall are counted as a negative change, those that are named as such as a number."""
    return -1.0 if catalogue[fall].direction == "lower_better" else 1.0
