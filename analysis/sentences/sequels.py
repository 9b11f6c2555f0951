"""The measure of the last figure again: of the next period, as a plan or goal, or as what it is compared with.

They have no words of their own that name an indicator; figures that have are read in `binding`, what stands beside a
figure (its share, an increment) in `companions`, one more place of a list in `place_lists`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.periods import SAME_MONTHS, part_of_year
from analysis.quantities import Quantity
from analysis.sentences.cues import SKIP
from analysis.sentences.drafts import Draft, draft, fits, gap_cost
from analysis.sentences.parts import PLANNED, Part

# beside the targets that were reached, parts of them and others: "3 chỉ tiêu không đạt", "9 chỉ tiêu đạt kế hoạch"
_OTHER_TARGETS = re.compile(
    r"\s*(?:đều )?(?:đạt|vượt)(?: và vượt)? (?:kế hoạch|kh)\b|"
    r"\s*(?:chỉ tiêu )?(?:khác )?còn lại|\s*(?:chỉ tiêu )?(?:về [^,;.\d]{0,40} )?(?:không|chưa|khó) (?:đạt"
    r"|hoàn thành)"
)
_LEFT = re.compile(r"(?:còn|xuống|lên)\W*$")  # "…; nay giảm xuống còn 2.900 hộ"
_SAYS_NO_MORE = re.compile(r"\s*(?:/năm|/người)*\s*(?:[;.,()]|$|_|so với|trở lên|vào|trong)")
_AIMED = ("percent", "persons", "households", "houses", "billion_vnd", "million_vnd_per_year")
_SUMMED = ("persons", "households", "houses", "billion_vnd")
_RATES = ("percent", "million_vnd_per_year", "criteria")
# "Đến năm 2020, còn 6.915 hộ": what is left of the households of the sentence before
_NOW_LEFT = re.compile(
    r"\W*(?:(?:huyện|xã|toàn huyện|thị xã|thành phố) )?(?:sau (?:\w+ )?năm, )?(?:phấn đấu |quyết tâm |dự kiến "
    r"|mục tiêu |ước )*(?:đến )?(?:thời điểm )?(?:cuối |hết )?_+,? (?:huyện |xã |toàn huyện |phấn đấu "
    r"|quyết tâm |tiếp tục |sẽ |kéo |chỉ )*(?:giảm )?(?:xuống )?(?:chỉ )?còn\s*(?:khoảng |dưới |hơn |trên )?"
)
# "tỉnh giao chỉ tiêu BHYT là 92%; đến cuối tháng 9, huyện đã đạt 90,6%"
_BY_THEN = re.compile(
    rf"[\W_]*(?:trong khi |(?:thế )?nhưng |song |riêng )?(?:(?:tính )?đến |hết |cuối |qua "
    rf"|ngay )*{SKIP}+,? (?:(?:toàn |cả )?(?:huyện|xã|thị xã"
    rf"|thành phố|tỉnh|địa phương) )?"
    r"(?:mới |đã |chỉ |ước |thực hiện )+(?:đạt|được|là)?\W*(?:hơn |trên |gần |khoảng )?"
)
_YEAR_IS = re.compile(rf"[\W_]*(?:đến |và )?{SKIP}{SKIP}+ (?:là|có|đạt)\W*(?:hơn |trên |gần )?")
# "mức này lên 53,5 triệu đồng", and what a year is compared by
_THIS_LEVEL = re.compile(
    r"(?:mức|con số|tỷ lệ|chỉ số|chỉ tiêu|kết quả|(?<!trong )(?<!tổng )số) (?:này|ấy|đó)"
    r"(?:[ _]+(?:của (?:toàn )?huyện|của xã|toàn huyện|trên địa bàn|chỉ|dự kiến|ước|sẽ|được|mới|vẫn|hạ|kéo|rút|tiếp tục"
    r"|tiếp|đã|là|lên|tới|đến|chạm|cuối|hết|còn"
    r"|đạt|tăng|giảm|xuống|dưới)){0,6}[\W_]*$"
)
# "…; theo giá hiện hành là 4.420 tỷ đồng": the same total at other prices
_AT_PRICES = re.compile(
    r"\bgiá (?:hiện hành|so sánh|thực tế)[\w ()]{0,16} (?:là|đạt|ước|được)\W*(?:hơn |trên "
    r"|gần |khoảng )?$"
)
# "Năm 2023 có 214 lao động xuất cảnh. Chỉ tiêu năm 2024 là 190 lao động"
_GOAL_IS = re.compile(
    r"\b(?:chỉ tiêu|kế hoạch|mục tiêu|dự toán)(?: (?:của|cho|cả|đến|tới|hết|cuối|năm))* _+(?: (?:được giao"
    r"|tỉnh giao|giao|đề ra|đặt ra))? (?:là|đạt|ở mức)\W*$"
)
# "… đạt 51,2%. Huyện đề ra chỉ tiêu đến năm 2020 đạt 65%", "Năm 2021, huyện phấn đấu đạt 66 triệu đồng"
_AIMED_AT = re.compile(
    r"(?:(?:bước )?sang |đến |riêng |trong )?[\W_]*(?:[^\W\d_]+ ){0,9}?"
    r"(?:(?:đề ra|đặt ra|đặt|phấn đấu|quyết tâm|mục tiêu|chỉ tiêu|được (?:tỉnh |huyện |trung ương )?giao|giữ) )+"
    r"(?:(?:đến|tới|cuối|hết|trong|_+,?) )*(?:(?:đưa|nâng|kéo|hạ|giảm|tăng|đạt|còn|là|lên|xuống|mức|thu|có|con số này"
    r"|tỷ lệ này|mức này|chỉ tiêu này) )*(?:trên |hơn |khoảng |dưới |ít nhất )?"
)
# "Toàn huyện năm 2020 đạt 95,1%", "Bình quân chung toàn tỉnh là 8,9%": the same of the whole
_OF_THE_WHOLE = re.compile(
    r"\W*(?:(?:trong khi(?: đó)?|còn|tính|chung|bình quân|trung bình|mức)[ ,]+)*(?:của )?(?:(?:toàn |cả )|(?<=của ))"
    r"(?:huyện|xã|thị xã|thành phố|tỉnh|quận|nước)(?: [^,;.:()\d_]{2,20}?)??[ ,_:]*(?:cùng (?:thời điểm|kỳ) )?"
    r"(?:(?:là|đạt|còn|có|chiếm|chỉ|mới|vẫn|ở mức|được) ?)*(?:trên |hơn |khoảng |gần )?"
)
# "tháng 10 thu 3,2 tỷ đồng, lũy kế 10 tháng đạt 131 tỷ đồng"
_SUMMED_UP = re.compile(
    r"\b(?:lũy kế|cộng dồn|(?:tính|cộng) chung)[\s,_]*(?:là|mức|đạt|được|thu|ước|thực hiện|\s)*(?:hơn "
    r"|trên |gần )?$"
)
# "bình quân 7,2%/năm, riêng năm 2022 tăng 6,5%"
_GREW_IN = re.compile(
    rf"[\W_]*(?:riêng |trong đó,? |nhất là )?{SKIP}+,? (?:dự ước |ước |dự kiến )?(?:đạt"
    rf"|tăng)(?: trưởng)? (?:hơn |gần )?"
)
# "950 lao động (năm 2015 là 872 người)"
_THEN_IT_WAS = re.compile(
    rf"\([\W_]*{SKIP}{SKIP}(?: (?:chỉ |mới )?(?:là|đạt|có|còn)|:)\W*(?:hơn |trên |gần |khoảng )?$"
)
_NOUN_GOES_ON = re.compile(r"^ [^,;_\d]{3,25}(?=, )")  # "1.000 lao động nông thôn, đến hết tháng 9 …"
_YEAR_BEHIND = re.compile(rf" \({SKIP}+\)")
_MORE = re.compile(r"\b(?:tăng|giảm|thêm)\s*$")
# "dự toán giao 78 tỷ đồng, ước thực hiện 85,4 tỷ đồng"
_ASSIGNED = re.compile(r"giao|dự toán|kế hoạch|chỉ tiêu|nghị quyết|mục tiêu|(?<!\w)kh(?!\w)")
_CARRIED_OUT = re.compile(
    r"[\W_]*(?:(?:qua|sau|đến|hết) _+ )?(?:đã |ước |dự ước |kết quả )?(?:thực hiện|hoàn thành|kết quả"
    r"|th)(?: cả năm| năm| _+)*(?: đạt(?: mức)?| được| là"
    r"|:)?\W*(?:hơn |trên |gần )?"
)
# words of planning that say nothing else, and a goal right before a bracket: "vượt mục tiêu đề ra (15 xã)"
_PLANNING = re.compile(
    r"(?:(?:hđnd|ubnd|tỉnh|huyện|thị xã|thành phố|xã|trung ương|cấp trên|và)(?:,? | ))+giao(?!\w)"
    r"|(?:tốt|cao|thấp|nhiều|ít) hơn (?:mức )?|vượt |(?:đại hội|nghị quyết) "
    r"|(?:trong khi|mà) |(?:đề|đặt) ra|(?:tỉnh |huyện )?yêu cầu (?:tối thiểu )?"
    rf"|(?:nỗ lực |đăng ký )?(?:{PLANNED.pattern})|(?:quyết tâm|phấn đấu) hoàn thành")
_PLAN_OF_SHARE = re.compile(
    r" (?:so với |của )?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)(?: (?:cả năm|năm|tỉnh|huyện|giao|được|đề ra|20\d\d))*"
    r"(?: là| \()? ?"
)
_REQUIRED = re.compile(r"yêu cầu(?: (?:phải|tối thiểu|ít nhất|đạt|là|của|từ|trên))*\W*$")
_SURPASSED = re.compile(r" (?:đạt và )?vượt")  # "đạt 11/12 chỉ tiêu kế hoạch, có 5 chỉ tiêu vượt"
_PLAN_ALONE = re.compile(r"\W*(?:kế hoạch|kh|chỉ tiêu|dự toán)(?: (?:năm|giao|là|_+))*:?\s*")
_GOAL_SAID = re.compile(r"(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán|(?<!\w)kh(?!\w))[^,;.()\d]{0,60}(?: 20\d\d)? \($")
_GOAL_OPENS = re.compile(
    r"\((?:kế hoạch|kh|chỉ tiêu|nghị quyết|nq|mục tiêu)(?: (?:tỉnh giao|huyện giao|giao|đề ra|năm|là|20\d\d))*[ :]*\Z"
)
# "…; mức giảm so với năm trước là 5,53%"
_FALL_SAID = re.compile(r"mức giảm (?:(?:đề|đặt) ra )?(?:so với [^,;\d]{0,30})?(?:là|đạt)(?: từ)?\s*$")
# around an earlier level: "so với mức 1,83% của năm 2016", "cao gấp 2,6 lần năm 2011 (19,6 triệu đồng)"
_COMPARED_LEVEL = re.compile(
    r"(?:so với|hơn|thay vì|tương đương|ngang|gấp [^;,.]{0,24}lần)"
    r" (?:(?:mức |con số |tỷ lệ )(?:ước )?(?:thực hiện )?)?$"
)
# "tăng 12,7% so với ước thực hiện năm 2019 là 275 tỷ đồng"
_COMPARED_IS = re.compile(rf"so với [^,;.\d_]{{0,30}}{SKIP}+ (?:chỉ )?(?:là|đạt|có)\W*(?:hơn |trên |gần )?$")
# "thấp hơn mặt bằng chung 12,8% của huyện", "so với toàn huyện (31,8%)": the level of a wider place
_MEASURED_BY = re.compile(
    r"(?:hơn|kém|vượt|so với|bằng|xa)[^,;.\d]{0,16} (?:mức|bình quân|mặt bằng|trung bình|so với)[^,;.\d]{0,14}\Z"
    r"|(?:^|[ ,])so với \Z"
)
_WIDER_BEHIND = re.compile(r"\s*(?:chung )?(?=của (?:toàn |cả )?(?:huyện|tỉnh|nước|xã|thị xã|thành phố|quận)\b)")
_WIDER_BEFORE = re.compile(
    r"(?:so với|(?:bình quân|mặt bằng|mức|trung bình)(?: chung)?(?: của)?) (?:(?:toàn |cả |chung )*)"
    r"(?:huyện|tỉnh|nước|xã|thị xã|thành phố|quận)(?: [^,;.:()\d_]{2,20})? ?(?:\(|là )\Z"
)
_ON_AVERAGE = re.compile(
    r", (?:tính )?(?:bình quân|trung bình)(?: mỗi năm| hằng năm| hàng năm| là| đạt)* (?:gần |hơn |trên )?\Z"
)
_OF_YEAR = re.compile(r"\s*(?:của |hồi |vào |ở )?(?:cuối |đầu )?")
_COMPARED = re.compile(r"(?:so với|hơn|kém|lần(?: so với)?|bằng)\s+(?:cuối |đầu |cùng kỳ )?$")


def next_or_plan(part: Part, number: int, previous: Draft | None) -> Draft | None:
    """The same measure for another period or as a plan: "…: 50 triệu đồng; kế hoạch năm 2022: 52 triệu đồng"."""
    quantity, relation, catalogue = part.quantities[number], part.relations[number], part.catalogue
    last = previous or _last_fitting(part, number)
    if last is None or last.indicator == "ntm_district" or (previous is None and number):
        return None
    if _OTHER_TARGETS.match(part.masked, quantity.end):
        return None
    level, span = relation.role == "level", (quantity.start, quantity.end)
    lead = part.masked[(part.quantities[number - 1].end if number else 0) : quantity.start]
    then = not lead.strip() and _YEAR_BEHIND.match(part.masked, quantity.end)  # "…; 14,51% (năm 2012)"
    series = then and (last.label is not None or last.rule == "next_period") and last.quantity.unit == quantity.unit
    after = part.masked[max(previous.end, previous.quantity.end) : quantity.start] if previous else ""
    after = _NOUN_GOES_ON.sub("", after)
    if previous and level and last.indicator not in catalogue.changes and _then_reached(previous, quantity, after):
        return draft(catalogue, part.start, last.indicator, quantity, span, "next_period")
    if previous is None and level and (series or _next_period(last, quantity, lead)):
        # "mỗi năm giảm 2,48%; đến nay còn 12,6%": where it stands, not how it moved
        level = last.indicator
        if _LEFT.search(lead):
            level = catalogue.changes.get(level) or catalogue.falls.get(level, level)
        return draft(catalogue, part.start, level, quantity, span, "next_period")
    if last.indicator == "growth_rate" and _GREW_IN.fullmatch(lead):
        sign = -1.0 if relation.falls else 1.0
        return draft(catalogue, part.start, "growth_rate", quantity, span, "next_period", sign=sign)
    lead = "kế hoạch" if of_plan(part, number) else _within_bracket(part, quantity, lead)
    planned = PLANNED.search(lead) or _REQUIRED.search(lead)
    surpasses = quantity.unit == "targets" and _SURPASSED.match(part.masked, quantity.end)
    if not planned or surpasses or "trong đó" in lead or gap_cost(_PLANNING.sub(" ", lead)) > 2.5:
        return None
    more = _MORE.search(lead) and not (quantity.unit == "products" and re.search("phấn đấu|dự kiến|sẽ", lead))
    if level and quantity.unit in ("targets", "communes", "products") and more:
        return None  # "… nghị quyết đề ra, tăng 11 chỉ tiêu so với quý I"
    indicator = last.indicator
    bare = not quantity.unit and last.unit != "targets" and part.masked.endswith(f"({lead}", 0, quantity.start)
    bare = bare and _PLAN_ALONE.fullmatch(lead)  # "2.360 lao động (KH 2.200)"
    if level and fits(catalogue[indicator], quantity) is None and not bare:
        return None
    if relation.role == "change":
        stays = indicator in catalogue.changes or indicator == "growth_rate"
        indicator = catalogue[indicator].change or (indicator if stays else "")
        if not indicator:
            return None
    falls = indicator in catalogue.changes and (relation.falls or last.value < 0)
    found = draft(catalogue, part.start, indicator, quantity, span, "plan_beside", sign=-1.0 if falls else 1.0)
    if found is not None:
        found.beside = previous
    return found


def _within_bracket(part: Part, quantity: Quantity, lead: str) -> str:
    """What counts before a figure in a bracket: its words there, or the goal right before: "vượt mục tiêu (15 xã)"."""
    opened = lead.rfind("(")
    if opened < 0 or ")" in lead[opened:]:
        return lead
    inner = lead[opened + 1 :]
    return inner if inner.strip() or not plan_in_bracket(part, quantity) else "kế hoạch"


def of_plan(part: Part, number: int) -> bool:
    """Whether a figure is the plan of which a share is told: "đạt 26% chỉ tiêu cả năm là 3.000 lao động"."""
    if not number or part.relations[number - 1].role != "plan":
        return False
    return bool(_PLAN_OF_SHARE.fullmatch(part.folded, part.quantities[number - 1].end, part.quantities[number].start))


def plan_in_bracket(part: Part, quantity: Quantity) -> bool:
    """Whether a figure stands alone in a bracket behind the word for a plan: "đạt 120% kế hoạch (2.700 người)"."""
    if quantity.unit == "targets":
        return False
    lead = part.folded[: quantity.start]
    return bool(_GOAL_OPENS.search(lead) or (lead.endswith("(") and _GOAL_SAID.search(lead)))


def _last_fitting(part: Part, number: int) -> Draft | None:
    """The last figure of the sentence so far whose indicator the quantity can measure."""
    quantity, change = part.quantities[number], part.relations[number].role == "change"
    for last in reversed(part.memory.thought.drafts):
        if change or fits(part.catalogue[last.indicator], quantity) is not None:
            return last
    return None


def _next_period(last: Draft, quantity: Quantity, lead: str) -> bool:
    """Whether only a period stands before a figure in the same unit: "…; năm 2021: 52 triệu đồng"."""
    told = last.label is not None or last.rule in ("next_period", "carried_label") or _LEFT.search(lead)
    if not _same_unit(last, quantity) or SKIP not in lead:
        return False
    named = last.rule in ("count", "topic_count") and _YEAR_IS.fullmatch(lead)  # "…; năm 2022 là 1.310 hộ"
    return (bool(told) and gap_cost(lead) <= 1) or bool(named or _BY_THEN.fullmatch(lead))


def _then_reached(last: Draft, quantity: Quantity, lead: str) -> bool:
    """Whether the same measure is told of another time: "… đề ra 60%, nhưng năm 2018 huyện đã đạt 61,5%"."""
    return _same_unit(last, quantity) and bool(_BY_THEN.fullmatch(lead))


def _same_unit(last: Draft, quantity: Quantity) -> bool:
    """Whether a quantity has the unit of the last one, or a sum of money stands for an income a year."""
    income = last.unit == "million_vnd_per_year" and quantity.unit == "billion_vnd" and quantity.value < 1
    return quantity.unit == last.quantity.unit or income


def once_more(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """A figure about the same as the last one in its unit: "mức này lên …"; "thấp hơn năm 2011 (11,81%)"."""
    left = _left_now(part, quantity) if previous is None else None
    last = _told_before(part, quantity, previous)
    if left is not None or last is None:
        return left
    said = _average(part, quantity, previous) or _fall_said(part, quantity, last)
    if said is not None:
        return said
    again = previous is None and _aims(part, quantity) and " này" in part.masked[: quantity.start]
    loose = previous is None and quantity.unit in part.memory.paragraph.loose and not again
    if loose or not _same_unit(last, quantity):
        return None
    meant = _level_again(part, quantity, previous, last) or _same_again(part, quantity, previous, last)
    if meant:
        return draft(part.catalogue, part.start, meant, quantity, (quantity.start, quantity.end), "once_more")
    return _goal_again(part, quantity, previous, last) or _compared_again(part, quantity, previous, last)


def _told_before(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """The figure that one without a label goes on from: the one right before it, or one that it points back to."""
    if previous is not None:
        return previous
    earlier, points = part.memory.paragraph.drafts, means_last(part.masked[: quantity.start])
    if not earlier and points:
        earlier = part.memory.drafts[-3:]  # "… đạt 92,4%.\n Năm 2022, tỉnh phấn đấu tỷ lệ này đạt 95%"
    last = earlier[-1] if earlier else None
    if last is not None and last.quantity.unit != quantity.unit and (points or _aims(part, quantity)):
        last = next((d for d in reversed(earlier) if d.quantity.unit == quantity.unit), last)
    return last


def _aims(part: Part, quantity: Quantity) -> bool:
    """Whether a figure without a label is what is aimed at: "Huyện phấn đấu đạt 66 triệu đồng"."""
    if quantity.unit not in _AIMED or not _AIMED_AT.fullmatch(part.masked[: quantity.start]):
        return False
    # no goal of the last measure: "đề ra chỉ tiêu 30% cơ quan …"
    return bool(_SAYS_NO_MORE.match(part.masked, quantity.end)) and not part.labels_before(quantity.start)


def _left_now(part: Part, quantity: Quantity) -> Draft | None:
    """What is left of those counted before: "Năm 2015, huyện có 9.900 hộ nghèo, chiếm 65,6%. Nay còn 6.915 hộ"."""
    if quantity.unit not in ("households", "percent") or not _NOW_LEFT.fullmatch(part.masked[: quantity.start]):
        return None
    levels = (d for d in reversed(part.memory.paragraph.drafts) if d.quantity.unit == quantity.unit)
    standing = (d for d in levels if part.catalogue[d.indicator].kind != "flow")
    counted = next((d for d in standing if d.indicator not in part.catalogue.falls and d.rule != "fall"), None)
    if counted is None or (quantity.unit == "percent" and not part.catalogue[counted.indicator].change):
        return None
    return draft(part.catalogue, part.start, counted.indicator, quantity, (quantity.start, quantity.end), "once_more")


def _average(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """The average of a sum: "12.480 lao động, bình quân 4.160 lao động/năm"."""
    if previous is None or part.catalogue[previous.indicator].kind != "flow" or previous.unit not in _SUMMED:
        return None
    if previous.quantity.unit != quantity.unit or not _ON_AVERAGE.search(part.masked[: quantity.start]):
        return None
    span = (quantity.start, quantity.end)
    found = draft(part.catalogue, part.start, previous.indicator, quantity, span, "once_more")
    if found is not None:
        found.owner = previous
    return found


def _fall_said(part: Part, quantity: Quantity, last: Draft) -> Draft | None:
    """The fall of a rate in a clause of its own: "…; mức giảm so với năm trước là 5,53%"."""
    change, span = part.catalogue[last.indicator].change, (quantity.start, quantity.end)
    if not change or quantity.unit != "percent" or not _FALL_SAID.search(part.masked[: quantity.start]):
        return None
    return draft(part.catalogue, part.start, change, quantity, span, "change_said", sign=-1.0)


def _level_again(part: Part, quantity: Quantity, previous: Draft | None, last: Draft) -> str:
    """The level that is told again of a wider place: "Toàn huyện đạt 95,1%", "thấp hơn mức 33,8% của toàn tỉnh"."""
    level = part.catalogue.changes.get(last.indicator, last.indicator)
    if not fits(part.catalogue[level], quantity):
        return ""
    since = part.masked[previous.quantity.end if previous else 0 : quantity.start]
    known = previous or (last.place is not None and not part.labels_before(quantity.start))
    if known and quantity.unit in _RATES and _OF_THE_WHOLE.fullmatch(since):
        return level
    return level if last.quantity.unit == quantity.unit and _of_wider(part, quantity) else ""


def _same_again(part: Part, quantity: Quantity, previous: Draft | None, last: Draft) -> str:
    """The measure that is told again of another time, at other prices, or as what was done of its plan."""
    if previous and SAME_MONTHS.search(part.folded, 0, quantity.start):
        return last.indicator  # ", cùng kỳ năm trước 176,8 tỷ đồng"
    lead = part.masked[: quantity.start]
    if last.quantity.unit != quantity.unit:
        return ""
    if previous and _THEN_IT_WAS.search(lead):
        return last.indicator
    if _goal_said(part, quantity, previous) or _compared_year(part, quantity, previous):
        return ""
    if last.indicator in part.catalogue.falls and _NOW_LEFT.fullmatch(lead):
        return ""  # "giảm được 287 hộ; hiện còn 631 hộ": no fall
    priced = "current_prices" in part.catalogue[last.indicator].variants and _AT_PRICES.search(lead)
    done = carried_out(part, quantity, previous)
    return last.indicator if priced or done or means_last(lead) or _SUMMED_UP.search(lead) else ""


def _goal_said(part: Part, quantity: Quantity, previous: Draft | None) -> bool:
    return previous is None and (_aims(part, quantity) or bool(_GOAL_IS.search(part.masked[: quantity.start])))


def _goal_again(part: Part, quantity: Quantity, previous: Draft | None, last: Draft) -> Draft | None:
    """The goal for the last measure, in a sentence of its own: "… đạt 51,2%. Huyện phấn đấu đến năm 2020 đạt 65%"."""
    if last.quantity.unit != quantity.unit or not _goal_said(part, quantity, previous):
        return None
    level = quantity.qualifier == "<" or _LEFT.search(part.masked[: quantity.start])
    meant = part.catalogue.changes.get(last.indicator, last.indicator) if level else last.indicator
    span = (quantity.start, quantity.end)
    return draft(part.catalogue, part.start, meant, quantity, span, "once_more", flags={"weak_cue"})


def _compared_again(part: Part, quantity: Quantity, previous: Draft | None, last: Draft) -> Draft | None:
    """The level compared with: "so với năm 2019 là 275 tỷ đồng", "thấp hơn năm 2011 (11,81%)"."""
    base = _compared_year(part, quantity, previous)
    if base and last.quantity.unit == quantity.unit:
        return _compared_with(part, last, quantity, base)
    if last.indicator in part.catalogue.falls and _NOW_LEFT.fullmatch(part.masked[: quantity.start]):
        return None
    based = [m for m in part.periods if part.folded[m.end : quantity.start].strip() == "(" and len(m.period) == 4]
    if not based or not _COMPARED.search(part.folded[: based[-1].start]):
        return None
    same = part.folded[: based[-1].start].endswith("cùng kỳ ")
    return _compared_with(part, last, quantity, based[-1].period + (part_of_year(part.periods) if same else ""))


def _compared_year(part: Part, quantity: Quantity, previous: Draft | None) -> str:
    """The period whose level a clause tells: "tăng 12,7% so với ước thực hiện năm 2019 là 275 tỷ đồng"; "" for none."""
    told = previous and _COMPARED_IS.search(part.masked[: quantity.start])
    bases = [m.period for m in part.periods if told and m.role == "base" and told.start() <= m.start < told.end()]
    return bases[-1] if bases else ""


def _of_wider(part: Part, quantity: Quantity) -> bool:
    """Whether a figure is what the place is measured by: "thấp hơn mức 33,8% của toàn tỉnh", "so với cả nước (7%)"."""
    lead = part.masked[: quantity.start]
    if _WIDER_BEFORE.search(lead):
        return True
    return bool(_MEASURED_BY.search(lead) and _WIDER_BEHIND.match(part.masked, quantity.end))


def compared_level(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """An earlier level told to compare: "giảm 1,36% so với năm 2017 (8,1%)", "giảm so với 14,4% của năm 2017"."""
    if previous is None or quantity.unit != previous.quantity.unit:
        return None
    lead, period = part.folded[: quantity.start], ""
    if lead.endswith("("):
        base = next((m for m in part.periods if m.end == quantity.start - 2 and m.role == "base"), None)
        period = base.period if base is not None and not lead.endswith("cùng kỳ ", 0, base.start) else ""
    elif _COMPARED_LEVEL.search(lead):
        behind = (m for m in part.periods if _OF_YEAR.fullmatch(part.folded, quantity.end, m.start))
        period = next((m.period for m in behind if len(m.period) == 4), "")
    if len(period) != 4:
        return None
    level = part.catalogue.changes.get(previous.indicator, previous.indicator)
    return _compared_with(part, replace(previous, indicator=level), quantity, period)


def carried_out(part: Part, quantity: Quantity, previous: Draft | None) -> bool:
    """Whether a figure is what was done of the plan right before it: "chỉ tiêu 400 hộ, ước thực hiện 436 hộ"."""
    if previous is None or previous.quantity.unit != quantity.unit:
        return False
    between = _CARRIED_OUT.fullmatch(part.masked, previous.quantity.end, quantity.start)
    return bool(between and _ASSIGNED.search(part.masked[: previous.quantity.start]))


def _compared_with(part: Part, last: Draft, quantity: Quantity, period: str) -> Draft | None:
    """An earlier level of the last measure and its period: "thấp hơn năm 2011 (11,81%)", "… mức 1,83% năm 2016"."""
    span = (quantity.start, quantity.end)
    found = draft(part.catalogue, part.start, last.indicator, quantity, span, "base_bracket")
    if found is not None:
        found.period = period
    return found


def means_last(lead: str) -> bool:
    """Whether the words before a figure point to one told of before: "…, con số này còn"."""
    return bool(_THIS_LEVEL.search(lead))
