"""Figures that stand beside another of their kind: its share or count, the other number of a slash, an increment.

They have no words of their own that name an indicator; figures that have are read in `binding`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.indicators import Indicator
from analysis.periods import find_periods
from analysis.quantities import Quantity, in_unit_of
from analysis.sentences.drafts import Draft, draft
from analysis.sentences.parts import Part

# between a count and its share: "2.946 hộ (12,01%)", "215 hộ, chiếm 3,2%"
SHARE_GAP = re.compile(
    r"^\W*(?:chiếm|chiến|tương ứng|tương đương|ứng với|bằng|tỷ lệ|tỷ|tức|đạt|đạt tỷ lệ|chiếm tỷ lệ|là|số này|với"
    r"|mức|=|:|\(|,|-|/|_+(?=,)"
    r"|giảm (?:còn|về)|còn|khoảng|toàn huyện|của tỉnh|số hộ|hộ|nghèo|cận nghèo|dân cư|gần|hơn|trên|\s)*$"
    r"|^ vào _+, chiếm (?:tỷ lệ )?$"
)
# "131.291 hộ (giảm 215 hộ), chiếm …", "19.378 hộ, với 71.801 người, chiếm …"
# "12/14 xã hoàn thành 19 tiêu chí, chiếm …"
_ASIDE = re.compile(
    r"\([^()]{0,60}\)(?=, ?\w)|^/[\d.]+ (?:(?:nhân )?khẩu|người|hộ(?: dân)?)(?=,)|, (?:với"
    r"|gồm) [\d.]+ (?:nhân )?(?:khẩu|người)(?=,)"
    r"|^ (?:(?:đã )?(?:đạt|hoàn thành|đủ|về đích|cán đích)|(?:19/)?19 tiêu chí|nông thôn mới"
    r"|ntm)[^,;.()]{0,60}(?=,? chiếm )"
)
# between a share and its count: "28,2% (tương ứng 1.803 hộ)"
_SHARE_OPENS = re.compile(
    r"\W*(?:(?:con )?số (?:hộ |xã )?này )?(?:(?:chiếm )?tỷ lệ|chiếm|(?<=này )(?:tương đương|tương ứng|bằng))(?: là| còn"
    r"| đạt| với)?\W*(?:hơn |gần |trên |khoảng )?"
)
_OF_OTHERS = re.compile(r"\s*(?:số )?(?:dân số|người|lao động|đường|trường|học sinh|trẻ|diện tích|nhà|thôn|ấp|xã)\b")
_COUNT_GAP = re.compile(
    r"(?:[^()]{0,12}| (?:tổng )?(?:dân số|số dân|số hộ|hộ dân)[^(),;.\d]{0,25})"
    r"\(\s*(?:(?:tương ứng|tương đương|khoảng|gần|hơn|với|=) ?)*\s*$"
    r"|,? (?:với|bằng|tương ứng|tương đương|ứng với)(?: với)?(?: khoảng| gần| hơn)? $"
)
# "xã X: 10,96%, hơn 220 hộ; …"
_COUNT_ALONE = re.compile(r", (?:hơn |gần |khoảng |chỉ |vỏn vẹn )*")
_ENDS = re.compile(r"\s*(?:[;.)]|$)")
# "đã giải ngân 117,3 tỷ đồng, đạt 54,7% kế hoạch", and the capital that this is about
_DISBURSED = re.compile(r"giải ngân (?:được )?[^%;.\d]{0,40}(?:\d[\d.,]*/)?\d[\d.,]* (?:tỷ|triệu)[^%;]{0,30}$")
_INVESTMENT = re.compile(r"đầu tư công|xây dựng cơ bản|xdcb|chủ đầu tư|kế hoạch vốn đầu tư")
# "… 48,3% kế hoạch vốn đầu tư công": the percentage of a plan is the measure itself
OF_INVESTMENT = re.compile(r"\s*(?:tổng )?(?:kế hoạch )?(?:tổng )?vốn (?:đầu tư công|xdcb|xây dựng cơ bản)")
_PROGRAMME = re.compile(r"mục tiêu quốc gia|mtqg|sự nghiệp|tín dụng|cho vay|ngân hàng")
# "thêm 4 xã": an increment, no total
_ADDED = re.compile(r"(?:thêm|tăng thêm|công nhận thêm|bổ sung|có thêm)\s*$")
# "có 30 hộ nghèo, 12 hộ cận nghèo thoát nghèo"
_WITH_NEAR_ESCAPED = re.compile(
    r" nghèo(?:,| và) (?:có )?[\d.]+ hộ cận nghèo (?:đã |được |vươn lên )*thoát (?:cận )?nghèo"
)
_PER_MONTH = re.compile(r"(?:/ ?|\b(?:một|mỗi|hằng|hàng|theo) )(?:1 )?tháng\b")
# "…, cả huyện nay có 20 xã": what there is in all
_IN_ALL = re.compile(
    r"(?:(?:cả|toàn) (?:huyện|thị xã|thành phố|tỉnh) ?(?:(?:nay|hiện|đã|sẽ|_+) ?){0,3}(?:có|được|lên)(?: tổng (?:số"
    r"|cộng))?"
    r"|lũy kế[^,;\d]{0,30} có|(?:nâng|đưa) (?:tổng số|số)[^,;\d]{0,40}(?:lên|thành)|nâng (?:tổng số|số))\W*$"
)
# "nâng tổng số xã đạt chuẩn lên 12": a total again
_RISE_TO = re.compile(r"(?:nâng|đưa|tăng)\s+(?:tổng )?(?:con )?(?:số )?[\w ]{0,30}(?:lên|thành)\b")


def share(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """A percentage right after a count, or a count right after its percentage: "28,2% hộ nghèo (1.803 hộ)"."""
    goes_on = " này " in part.masked[:20] or part.masked.lstrip('" -').startswith(("chiếm ", "tương ứng ", "tức "))
    last = part.memory.thought.drafts or (part.memory.paragraph.drafts if goes_on else [])
    if previous is None and last and _SHARE_OPENS.fullmatch(part.masked[: quantity.start]):
        entry = part.catalogue[part.catalogue.totals.get(last[-1].indicator, last[-1].indicator)]
        if quantity.unit == "percent" and entry.share:  # "Số hộ nghèo: 215 hộ; tỷ lệ: 4,52%"
            span = (quantity.start, quantity.end)
            found = draft(part.catalogue, part.start, entry.share, quantity, span, "share")
            if found is not None:
                found.owner = last[-1]
            return found
    if previous is None or previous.base:
        return None
    catalogue = part.catalogue
    entry = catalogue[catalogue.totals.get(previous.indicator, previous.indicator)]
    gap = part.masked[max(previous.quantity.end, previous.end) : quantity.start]
    span = (previous.start, quantity.end)
    plain_gap = _ASIDE.sub("", gap)
    since = previous.quantity.end
    if previous.unit == "communes" and part.masked.endswith(" của ", 0, previous.quantity.start):
        return None  # "tỷ lệ nghèo đa chiều của 20/20 xã nông thôn mới còn 0,76%"
    other = any(m.ids and entry.share not in m.ids for m in part.labels if since <= m.start and m.end <= quantity.start)
    if other and not _COUNT_GAP.match(gap):
        return None  # "… (2.276 hộ), tỷ lệ hộ cận nghèo 10,89%"
    others = _OF_OTHERS.match(part.masked, quantity.end)
    households = part.masked.startswith((" hộ", " số hộ"), quantity.end)
    others = others or (households and previous.unit in ("communes", "schools"))
    if gap.strip() == "," and others:
        return None  # "còn 77 hộ nghèo, 99,12% dân số có việc làm"
    if quantity.unit == "percent" and entry.share and len(plain_gap) < 45 and SHARE_GAP.match(plain_gap):
        flags = previous.flags & {"weak_cue"}
        return draft(catalogue, part.start, entry.share, quantity, span, "share", flags=flags)
    if quantity.unit == "households" and previous.indicator in catalogue.changes and _COUNT_GAP.match(gap):
        level = catalogue.changes[previous.indicator]  # "giảm 6,5-7,2% (840-930 hộ)"
        fall = next((catalogue[i].fall for i in catalogue.counts_of(level) if catalogue[i].fall), "")
        return draft(catalogue, part.start, fall, quantity, span, "share") if fall else None
    counted = _COUNT_GAP.match(gap) or (_COUNT_ALONE.fullmatch(gap) and _ENDS.match(part.masked, quantity.end))
    if quantity.unit in ("households", "communes") and entry.unit == "percent" and counted:
        counts = catalogue.counts_of(previous.indicator)
        return draft(catalogue, part.start, counts[0], quantity, span, "share") if counts else None
    return None


def disbursed(part: Part, quantity: Quantity) -> Draft | None:
    """The percentage beside a sum that was disbursed: "đã giải ngân 117,3 tỷ đồng, đạt 54,7% kế hoạch"."""
    if quantity.unit != "percent" or "giải ngân" not in part.masked:
        return None
    lead = part.whole[: quantity.start]
    thought = f"{part.question()}{part.memory.thought.words}"
    subject = f"{part.known.title} {part.context[-300:]} {thought} {part.folded[: quantity.end + 40]}"
    direct = re.search(r"giải ngân(?: được| đạt| cả năm| (?:tính )?đến| hết| cuối|[ _])*$", lead)
    # whatever the paragraph was about
    own = _INVESTMENT.search(f"{thought} {lead}") and not _PROGRAMME.search(part.folded)
    summed = _DISBURSED.search(lead) or _DISBURSED.search(part.masked, 0, quantity.start)
    if not (direct or summed) or not _INVESTMENT.search(subject):
        return None
    if not own and _PROGRAMME.search(subject[-260:]):
        return None
    measure = next((i.id for i in part.catalogue.values() if i.of_plan), "")
    at = lead.rindex("giải ngân")
    return draft(part.catalogue, part.start, measure, quantity, (at, quantity.end), "disbursed") if measure else None


def increment(part: Part, found: Draft, previous: Draft | None) -> None:
    """Tell what was added ("thêm 4 xã") from a total ("nâng số xã đạt chuẩn lên 12"), and correct the indicator."""
    catalogue, at = part.catalogue, found.quantity.start
    if found.rule == "topic_count" and found.unit == "communes" and _RISE_TO.search(part.masked[:at]):
        base = previous or (part.memory.thought.drafts[-1] if part.memory.thought.drafts else None)
        if base is not None and base.unit == "communes":
            found.indicator = catalogue.totals.get(base.indicator, base.indicator)
        return
    entry = catalogue[found.indicator]
    if found.indicator == "poor_households" and _WITH_NEAR_ESCAPED.match(part.masked, found.quantity.end):
        found.indicator = entry.fall
    more = part.masked.startswith(" nữa", found.quantity.end)  # "có 4 xã nữa về đích"
    if entry.added and found.quantity.of is None and (more or _ADDED.search(part.masked[max(0, at - 25) : at])):
        found.indicator = entry.added
        found.unit = catalogue[entry.added].unit


def monthly(part: Part, found: Draft) -> None:
    """Turn an income that its label, not its unit, tells by the month into one of a year: "thu nhập bình quân đầu
    người/tháng là 4,23 triệu đồng"."""
    if found.unit != "million_vnd_per_year" or found.quantity.unit != "billion_vnd":
        return
    like = found.like
    told = found.label is not None and _PER_MONTH.search(part.folded, found.label.start, found.quantity.start)
    alike = found.label is None and like is not None and like.quantity.unit == found.quantity.unit
    if told or (alike and "unit_inferred" in like.flags):
        found.value = round(12 * found.value, 9)
        found.value_max = None if found.value_max is None else round(12 * found.value_max, 9)
        found.flags.add("unit_inferred")


def total(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """The total behind an increment: "thêm 2 xã về đích, cả huyện nay có 20/38 xã"."""
    catalogue, earlier = part.catalogue, part.memory.thought.drafts
    last = previous or (earlier[-1] if earlier else None)
    if last is None or last.unit not in ("communes", "products"):
        return None
    since = last.quantity.end if previous else 0
    if not _IN_ALL.search(part.masked[since : quantity.start]):
        return None
    if not quantity.unit and quantity.of is None and _ENDS.match(part.masked, quantity.end):
        quantity = in_unit_of(quantity, last.quantity, part.folded)  # "nâng số xã nâng cao lên 5"
    if quantity.unit != last.unit:
        return None
    indicator = catalogue.totals.get(last.indicator, last.indicator)
    return draft(catalogue, part.start, indicator, quantity, (quantity.start, quantity.end), "total_after")


def second_reading(part: Part, found: Draft) -> list[Draft]:
    """A slash that is no ratio: the second number is the province's ("13,86/9,15%") or the plan's ("2.790/2.700")."""
    quantity, entry = found.quantity, part.catalogue[found.indicator]
    if quantity.of is None:
        return []
    near = part.folded[max(0, quantity.start - 90) : quantity.end + 40]
    if entry.unit not in ("communes", "targets") and "cùng kỳ" not in near:
        base = _base_period(part, quantity)
        if base:
            return [_slash_base(found, entry, base)]
    if entry.unit in ("percent", "million_vnd_per_year", "billion_vnd"):
        found.of = None
        if "tỉnh" in near and entry.unit != "billion_vnd":
            return [_slash_province(found)]
        if quantity.of:
            _give_plan(found, "scope_inferred")
    elif entry.kind == "flow" and quantity.unit == "persons":
        found.of = None
        _give_plan(found)
    elif quantity.value > quantity.of:
        found.of = None
        _give_plan(found, "scope_inferred")
    return []


def _base_period(part: Part, quantity: Quantity) -> str:
    """The year compared with, named right before: "so với năm 2015: 52/31 triệu đồng"; "" when none is."""
    based = [
        m for m in find_periods(part.folded, part.frame.published)
        if m.role == "base" and len(m.period) == 4 and m.end <= quantity.start + 1 and quantity.start - m.end < 60
    ]  # fmt: skip
    return based[-1].period if based else ""


def _slash_base(found: Draft, entry: Indicator, period: str) -> Draft:
    quantity = found.quantity
    found.of = None
    found.flags.add("scope_inferred")
    converted = entry.unit == "million_vnd_per_year" and quantity.unit != entry.unit
    value = quantity.of * 1000 if converted else quantity.of
    return replace(found, value=value, flags=set(found.flags), rule="slash_base", period=period)


def _slash_province(found: Draft) -> Draft:
    quantity = found.quantity
    value = round(quantity.of * found.value / quantity.value, 9) if quantity.value else quantity.of
    found.flags.add("scope_inferred")
    other = replace(found, value=value, flags=set(found.flags), rule="slash_province")
    found.rule = "slash_own"
    return other


def _give_plan(found: Draft, *flags: str) -> None:
    if found.quantity.of:
        found.plan_pct = round(100 * found.quantity.value / found.quantity.of, 2)
    found.flags.update(flags)
