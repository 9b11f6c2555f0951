"""Figures in a sentence that goes on about what was told or asked before it, with no word of its own that says so.

"… 24 xã. Năm 2015 chỉ là 10." · "Còn hộ cận nghèo thì sao? - Cuối năm 2018 chúng tôi rà soát được 5.614 hộ."
"""

from __future__ import annotations

import re

from analysis.quantities import Quantity, in_unit_of
from analysis.sentences.drafts import LIES_IN, Draft, draft, fits, gap_cost
from analysis.sentences.parts import PLANNED, Part
from analysis.sentences.sequels import means_last

# who answers a question: "Trưởng phòng LĐ-TB&XH: Hơn 640 người", "- Cả 8/8 xã"
_SPEAKER = re.compile(r"^\W*(?:[^:.\d]{2,60}: ?)?(?:(?:cả|được|chúng tôi|toàn huyện|toàn xã|huyện) )?")
_FALLS_FROM = re.compile(r"\W*(?:[^,;.:\d]{0,40} )?(?:giảm|tăng) từ $")
_ENDS_CLAUSE = re.compile(r"\s*(?:[,;.]|$)")
COUNTED = ("persons", "households", "communes", "products", "houses")
# what a sentence may hold that tells a figure of another time or place, and says nothing else
_IDLE_WORDS = (
    "năm tháng trước sau đó cùng kỳ hồi cuối đầu đến tới nay hiện sang khi lúc này ấy ngoái kia quý giai đoạn nhiệm ở "
    "tại của vào trong qua tính thời điểm mốc theo con số tỷ lệ mức tiêu kết quả hai ba tổng cộng chung là có còn đạt "
    "được mới chỉ đã vẫn lên xuống về hạ giảm tăng nhích vọt tụt dừng đứng giữ chừng ước thì cũng riêng nhưng song và "
    "như vậy nhờ lại tiếp tục hẳn tận ngay chúng tôi huyện xã tỉnh thị thành phố toàn cả địa phương bàn đơn vị nơi "
    "ông bà anh chị cho biết hay thêm bảo kể nói nhớ rà soát thực hiện hoàn làm thống kê ghi nhận bình quân mỗi một "
    "tương ứng điều tra nếu phấn đấu đặt mục kế hoạch giao đề ra nghị quyết yêu cầu phải nâng kéo đưa"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_ABOUT = re.compile(r"(?:hơn|gần|trên|dưới|khoảng|xấp xỉ|chừng)\s*$")
_WORD = re.compile(r"[^\W\d_]+")
# behind the figure: nothing more, who says so, or why
_STOPS = re.compile(
    r"(?:/năm|/người)*\s*(?:[.,;:)\"!?]|\([^()\d]{3,90}\)\s*(?:[.;]|$)|$|_|đấy|thôi|nữa|vì|nhờ|do|song"
    r"|nhưng|cao nhất|thấp nhất|mỗi|một xã"
    r"|trong (?:năm|khi|đó|số)|so với|người đi|(?:số )?hộ(?: dân)?(?=[,.;]|$))"
)
_PRICES = re.compile(r"\s*\((?:tính )?(?:theo )?giá (?:so sánh|hiện hành|cố định|thực tế)")  # the same in other prices
_EVERYBODY = ("households", "persons")
_AGAINST = re.compile(r"\b(?:so với|so|bằng|vượt|hơn)\b")
# an aside that tells why, and what a clause of its own begins with: "Một năm sau, nhờ nguồn vốn ấy, còn 4.870 hộ"
_REASON = re.compile(
    r",? (?:nhờ|do|vì|khi|dù|tuy|trong bối cảnh) [^,;.\d]{3,90},|(?: tình hình)? (?:khá|nhiều|ít|cao|thấp|tốt) hơn,"
)
_OWN_CLAUSE = re.compile(r"[,;] (?:nhưng|song|bởi|còn|trong khi|thì)\b")
_STANDS = re.compile(r"\b(?:còn|xuống|là|ở mức|chiếm)\b")
_MOVED = re.compile(r"\b(?:tăng|giảm)\s*$")
_SAME_PERIOD_BEFORE = re.compile(r"cùng kỳ|trước đó|năm (?:trước|ngoái)|năm sau")
_YEAR_ALONE = re.compile(r"[\s\-+*•]*_+")  # "- Năm 2017: còn 14,2%"
_LEAD = 240  # characters before a figure within which nothing else is said
_ANSWERS = 600  # characters after a question within which figures may answer it
_LIKE = 40.0  # a bare number is of the measure told when it is not so many times as large or small


def asked_or_told(part: Part, quantity: Quantity) -> Draft | None:
    """By the label of the sentence before: "Hộ nghèo năm nào cũng giảm. Cuối năm 2023, con số này còn 17%"; or of
    the question that it answers."""
    lead = part.masked[: quantity.start]
    headed = part.memory.paragraph.headed and not part.memory.thought.words and gap_cost(lead) <= 1.5
    before = part.memory.thought.words or part.memory.paragraph.before
    asked = before.rstrip(' "').endswith("?") and gap_cost(_SPEAKER.sub("", lead)) <= 3
    if part.labels_before(quantity.start) or not (headed or asked or means_last(lead) or _FALLS_FROM.search(lead)):
        return None
    named = [m for m in part.known.index.labels(before) if m.ids]
    if headed and not (named and named[-1].end - named[-1].start > 0.6 * len(before.strip())):
        return None  # the heading says more: a title
    fitting = _measure_of(part, named[-1].ids if named else (), quantity)
    if not fitting and asked and not quantity.unit and _ENDS_CLAUSE.match(part.masked, quantity.end):
        named_counts = _levels(part, named[-1].ids if named else ())  # "3.120, đạt 62,4% …"
        fitting = next((i for i in named_counts if part.catalogue[i].unit in COUNTED), "")
    return _carried(part, fitting, quantity) if fitting else None


def told_again(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """A figure alone with a time, a place or "con số này", about what was told or asked last: "Năm 2015 là 10,2"."""
    since = max(previous.quantity.end, previous.end) if previous else 0
    if quantity.start - since > _LEAD:
        return None
    lead = part.masked[since : quantity.start]
    districts = [m.start for m in part.places if m.level == "district" and m.role == "named"]
    here = quantity.unit in COUNTED and not lead.strip(" -+•*") and not previous
    here = here and any(LIES_IN.fullmatch(part.folded, quantity.end, start) for start in districts)
    here = here or (quantity.unit == "billion_vnd" and _PRICES.match(part.masked, quantity.end))
    if any(m.start >= since and m.ids for m in part.labels) or not (here or _STOPS.match(part.masked, quantity.end)):
        return None
    for place in part.places:
        if since <= place.start and place.end <= quantity.start:
            lead = f"{lead[: place.start - since]}@{lead[place.end - since :]}"
    head, colon, rest = lead.partition(": ")
    lead = rest if colon and not _YEAR_ALONE.fullmatch(head) else lead
    lead = _OWN_CLAUSE.split(_REASON.sub(", ", lead))[-1]
    lead = _ABOUT.sub("", lead.removesuffix("từ ") if part.memory.question else lead)
    said = part.folded[since : quantity.start]
    if (PLANNED.search(said) and _AGAINST.search(said)) or (not quantity.unit and _MOVED.search(said)):
        return None  # "… so với chỉ tiêu huyện giao là 1.065", "tăng 9,8 so với"
    if quantity.start in part.names or quantity.unit == "visits" or not _IDLE.issuperset(_WORD.findall(lead)):
        return None
    asked = bool(part.question(_ANSWERS))
    if not (asked or here or "_" in lead or "@" in lead or means_last(lead) or _SAME_PERIOD_BEFORE.search(lead)):
        return None
    told = asked or means_last(lead) or _STANDS.search(lead) or _SAME_PERIOD_BEFORE.search(said)
    dated = any(m.role in ("plain", "until", "month") and since <= m.start < quantity.start for m in part.periods)
    paragraph = part.memory.paragraph
    if not (previous or paragraph.drafts or dated) and paragraph.item_before:
        return None  # the next item of a list by years has its year
    if quantity.unit in _EVERYBODY and not told and not (dated and quantity.unit == "persons"):
        return None  # "toàn huyện có 14.762 hộ": all of them
    indicator, like = _meant(part, quantity, previous, asked)
    if not indicator:
        return None
    if not quantity.unit and like is not None:
        if quantity.of or not 1 / _LIKE < (quantity.value or 1.0) / (like.value or 1.0) < _LIKE:
            return None
        quantity = in_unit_of(quantity, like.quantity, part.folded)
    return _carried(part, indicator, quantity)


def _meant(part: Part, quantity: Quantity, previous: Draft | None, asked: bool) -> tuple[str, Draft | None]:
    """The measure that a figure goes on about, and the last figure of it: told since the question, asked, or told."""
    paragraph = part.memory.paragraph
    item_before = [] if part.memory.thought.words else paragraph.item_before  # "- Năm 2016: …\n- Năm 2017: 14,2%"
    told = [previous] if previous else paragraph.drafts or item_before[::-1]
    if asked:
        told = [d for d in part.memory.drafts if d.offset >= part.memory.asked_at] + ([previous] if previous else [])
    for last in reversed(told):
        if last.indicator != "ntm_district" and (not quantity.unit or fits(part.catalogue[last.indicator], quantity)):
            moved = last.indicator in part.catalogue.changes and not _STANDS.search(part.masked[: quantity.start])
            commune = bool(part.places) and part.places[-1].level == "commune"
            if moved or (commune and last.unit == "criteria"):
                return "", None  # "huyện X đạt 103%"; the criteria of one commune are no average
            return part.catalogue.changes.get(last.indicator, last.indicator), last
    words = part.memory.question if asked else "" if told else part.context
    named = [m for m in part.known.index.labels(words) if m.ids]
    if asked and not named:  # "Còn toàn tỉnh thì sao?"
        told = part.memory.drafts[-3:]
        last = next((d for d in reversed(told) if fits(part.catalogue[d.indicator], quantity)), None)
        return (part.catalogue.changes.get(last.indicator, last.indicator), last) if last else ("", None)
    return _measure_of(part, named[-1].ids if named else (), quantity), None


def _levels(part: Part, ids: tuple[str, ...]) -> list[str]:
    """The levels of indicators and the counts of which they are shares."""
    levels = [part.catalogue.changes.get(i, i) for i in ids]
    return levels + [c for i in levels for c in part.catalogue.counts_of(i)]


def _measure_of(part: Part, ids: tuple[str, ...], quantity: Quantity) -> str:
    """The first of some indicators, or their counts, that a quantity can be a level of; "" when none is."""
    return next((i for i in _levels(part, ids) if fits(part.catalogue[i], quantity) is not None), "")


def _carried(part: Part, indicator: str, quantity: Quantity) -> Draft | None:
    span = (quantity.start, quantity.end)
    return draft(part.catalogue, part.start, indicator, quantity, span, "carried_label", flags={"weak_cue"})
