"""Figures that lean on another one: its share, one more place of a list, the next period, its plan, an increment.

They have no words of their own that name an indicator; figures that have are read in `binding`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from .cues import SKIP
from .drafts import Draft, draft, fits, gap_cost
from .indicators import Indicator
from .parts import PLANNED, Part
from .periods import SAME_MONTHS, find_periods, part_of_year
from .quantities import Quantity, in_unit_of

# between a count and its share: "2.946 hộ (12,01%)", "215 hộ, chiếm 3,2%"
SHARE_GAP = re.compile(
    r"^\W*(?:chiếm|chiến|tương ứng|tương đương|ứng với|bằng|tỷ lệ|tỷ|tức|đạt|đạt tỷ lệ|chiếm tỷ lệ|là|số này|với"
    r"|mức|=|:|\(|,|-|_+(?=,)"
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
# households or people of whom something else is said: "100% hộ dân có nhà ở kiên cố"
THEY_DO = re.compile(
    r"\s*(?:số )?(?:hộ(?: dân| gia đình)?|người dân|dân cư|dân) (?:có|là|đạt|được|sử dụng|dùng|tham gia|sống|ở) "
)
_COUNT_GAP = re.compile(
    r"[^()]{0,12}\(\s*(?:tương ứng|tương đương|khoảng|gần|hơn|với|=)?\s*$"
    r"|,? (?:với|bằng|tương ứng|tương đương|ứng với)(?: với)?(?: khoảng| gần| hơn)? $"
)
# "xã X: 10,96%, hơn 220 hộ; …"
_COUNT_ALONE = re.compile(r", (?:hơn |gần |khoảng |chỉ |vỏn vẹn )*")
_ENDS = re.compile(r"\s*(?:[;.)]|$)")
# "đã giải ngân 117,3 tỷ đồng, đạt 54,7% kế hoạch", and the capital that this is about
_DISBURSED = re.compile(r"giải ngân (?:được )?[^%;.\d]{0,40}(?:\d[\d.,]*/)?\d[\d.,]* (?:tỷ|triệu)[^%;]{0,30}$")
_INVESTMENT = re.compile(r"đầu tư công|xây dựng cơ bản|xdcb|chủ đầu tư")
# beside the targets that were reached, parts of them and others: "3 chỉ tiêu không đạt", "9 chỉ tiêu đạt kế hoạch"
_OTHER_TARGETS = re.compile(
    r"\s*(?:đều )?(?:đạt|vượt)(?: và vượt)? (?:kế hoạch|kh)\b|"
    r"\s*(?:chỉ tiêu )?(?:khác )?còn lại|\s*(?:chỉ tiêu )?(?:về [^,;.\d]{0,40} )?(?:không|chưa|khó) (?:đạt"
    r"|hoàn thành)"
)
# "… 48,3% kế hoạch vốn đầu tư công": the percentage of a plan is the measure itself
OF_INVESTMENT = re.compile(r"\s*(?:tổng )?(?:kế hoạch )?(?:tổng )?vốn (?:đầu tư công|xdcb|xây dựng cơ bản)")
_PROGRAMME = re.compile(r"mục tiêu quốc gia|mtqg|sự nghiệp|tín dụng|cho vay|ngân hàng")
# between the name of a place and its figure in a list
_LIST_WORDS = (
    "", "là", "với", "có", "đạt", "còn", "mới có", "mới đạt", "chiếm", "được", "giảm", "tăng", "chỉ", "chỉ còn",
    "chỉ chiếm", "chỉ có", "vẫn còn", "lên tới", "lên đến", "ở mức", "với mức giảm", "mức giảm", "đạt tỷ lệ",
    "có tỷ lệ", "với tỷ lệ", "cũng còn", "đều đạt", "đều còn", "đều có", "đều trên", "cùng ở mức", "cùng đạt",
    "mới được", "chỉ được", "đóng góp", "vẫn ở mức", "xóa được", "làm được", "hoàn thành", "thu", "thu được",
    "thực hiện", "giải ngân", "giải ngân được",
)  # fmt: skip
_UNLISTED = ("communes", "criteria", "targets")  # a number behind a commune may count its criteria
_LIST_NUMBER_ENDS = re.compile(r"\s*(?:[,;.)]| và |$)")
_LEFT = re.compile(r"(?:còn|xuống|lên)\W*$")  # "…; nay giảm xuống còn 2.900 hộ"
_MOST = re.compile(
    r"(?:dẫn đầu|đứng đầu)(?: (?:huyện|tỉnh))?(?:,? với)?|"
    r"(?:là (?:địa phương|đơn vị|xã|huyện|nơi) )?(?:có (?:nhiều|ít) (?:[^\W\d]+ ){1,4}nhất|"
    r"(?:giảm|tăng|đạt|có (?:[^\W\d]+ ){1,6}?)(?: ?(?:nhiều|ít|cao|thấp|mạnh|nhanh|sâu)) nhất)(?:,? (?:với"
    r"|huyện|tỉnh))*"
)  # "xã X giảm nhiều nhất với 96 hộ"
_RANKED = re.compile(r"(?<!\w)(?:cao|thấp|nhiều|ít) nhất\b")
_LIST_OPENS = re.compile(
    r"(?:như|là|gồm|:)\W*(?:xã )?$|^\W*(?:ở|về|theo) (?:cấp |từng |các )*(?:huyện|xã|địa phương"
    r"|địa bàn)[^,;.\d]{0,15}, $|^\W*(?:cụ thể|trong đó|bao gồm)[,:]|^\W*(?:riêng|trong đó|nổi bật"
    r"|điển hình)(?: là)? $"
)
# "Xếp theo địa phương, huyện X dẫn đầu với 2.077 người": the figures before, place by place
_BY_PLACE = re.compile(
    r"\W*(?:(?:xét|xếp|tính|chia|phân) )?theo (?:từng )?(?:địa bàn|địa phương|huyện|đơn vị)[^,;.\d]{0,20},"
    r"|\W*(?:riêng )?(?:ở|trong|tại) (?:số )?(?:các|những|khối|nhóm) (?:địa phương|huyện|xã|nội thành"
    r"|ngoại thành)[^,;.\d]{0,25},"
)
_SHARED_OUT = re.compile(r"\W*(?:chỉ tiêu|kế hoạch|số lượng)[^:.\d]{0,30}(?:giao|phân bổ)[^:.\d]{0,50}:")
_SAYS_NO_MORE = re.compile(r"\s*(?:/năm|/người)*\s*(?:[;.,()]|$|_|so với|trở lên|vào|trong)")
_AIMED = ("percent", "persons", "households", "houses", "billion_vnd", "million_vnd_per_year")
_SUMMED = ("persons", "households", "houses", "billion_vnd")
_RATES = ("percent", "million_vnd_per_year", "criteria")
_NEAR = 600  # characters
_ITEM = re.compile(r"\W*[-+*•·]\s*(?:các )?|\d{1,2}[.)]\s*(?:các )?")  # "- Huyện X: 15 nhà"
_SUPERLATIVE = re.compile(r"nhất (?:hiện |_+ )?là\s*$")
# "thêm 4 xã": an increment, no total
_ADDED = re.compile(r"(?:thêm|tăng thêm|công nhận thêm|bổ sung|có thêm)\s*$")
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
    last = part.memory.thought.drafts or (part.memory.paragraph.drafts if " này " in part.masked[:20] else [])
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
    if other:
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
    subject = f"{part.known.title} {part.context[-300:]} {part.memory.thought.words} {part.folded[: quantity.end + 40]}"
    direct = re.search(r"giải ngân(?: được| đạt| cả năm| (?:tính )?đến| hết| cuối|[ _])*$", lead)
    # whatever the paragraph was about
    own = _INVESTMENT.search(f"{part.memory.thought.words} {lead}") and not _PROGRAMME.search(part.folded)
    if not (direct or _DISBURSED.search(lead)) or not _INVESTMENT.search(subject):
        return None
    if not own and _PROGRAMME.search(subject[-260:]):
        return None
    measure = next((i.id for i in part.catalogue.values() if i.of_plan), "")
    at = lead.rindex("giải ngân")
    return draft(part.catalogue, part.start, measure, quantity, (at, quantity.end), "disbursed") if measure else None


def listed_place(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """One more place of a list: "…: huyện Sốp Cộp 30,6%; huyện Bắc Yên 29,17%", "thấp nhất là xã Mường Nhé, 31,4%"."""
    masked, catalogue, thought = part.masked, part.catalogue, part.memory.thought
    last = previous or _last_before(part, quantity)
    if quantity.unit == "households" and re.search(r"giảm", masked[: quantity.start]):  # "Giảm nhiều là xã X 92 hộ"
        earlier = [*part.memory.paragraph.drafts, *([previous] if previous else [])]
        last = next((d for d in reversed(earlier) if d.indicator in catalogue.falls), last)
    if last is not None and fits(catalogue[last.indicator], quantity) is None:
        earlier = thought.drafts or part.memory.paragraph.drafts
        like = [d for d in earlier if fits(catalogue[d.indicator], quantity) is not None]
        last = like[-1] if like else last
    if last is None or last.unit == "yes":
        return None
    if not quantity.unit and (last.quantity.noun or last is previous) and last.unit not in _UNLISTED:
        quantity = _as_listed(part, quantity, last)
    if last.rule == "plan_beside":  # "…, trong khi chỉ tiêu là 81,5%. Thấp nhất là xã Tân Hà với 61,2%"
        earlier = [d for d in part.memory.paragraph.drafts if d.indicator == last.indicator and d.rule != last.rule]
        last = earlier[-1] if earlier else last
    since = previous.quantity.end if previous else 0
    spans = [
        (m.start, m.end) for m in part.places
        if m.start >= since and m.end <= quantity.start and m.role in ("named", "bare")
    ]  # fmt: skip
    if not spans or _other_label(part, since, quantity.start, last.indicator):
        return None
    between = re.sub(r"\([^()]*\)", "", masked[spans[-1][1] : quantity.start])
    between = _MOST.sub("", between)
    if _RANKED.sub("", between).strip(" ,:(_") not in _LIST_WORDS:
        return None
    far = not previous and not thought.drafts
    if far and not _list_goes_on(part, last, spans):
        return None
    indicator, lead = last.indicator, masked[since : quantity.start]
    if indicator == "ntm_criteria_per_commune" and part.places[-1].level == "commune":
        return None  # the criteria of one commune are no average
    if re.search(r"giảm|tăng", lead) and "còn" not in lead and indicator not in catalogue.falls:
        moving = indicator in catalogue.changes or indicator == "growth_rate"
        indicator = catalogue[indicator].change or (indicator if moving else "")
        if not indicator:
            return None
    elif (far and re.search(r"nghèo|tỷ lệ|mức", lead)) or "còn" in lead:
        indicator = catalogue.changes.get(indicator, indicator)
    if fits(catalogue[indicator], quantity) is None:
        return None
    falls = indicator in catalogue.changes and (last.value < 0 or "giảm" in lead)
    found = draft(
        catalogue, part.start, indicator, quantity, (quantity.start, quantity.end), "listed_place",
        flags={"weak_cue"} if far else (), sign=-1.0 if falls else 1.0,
    )  # fmt: skip
    if found is not None:
        found.like = last
    return found


def _as_listed(part: Part, bare: Quantity, last: Draft) -> Quantity:
    """A number right behind a name in the unit of the list: "huyện A 1.320 lao động, B 1.486, C (905)"."""
    behind = any(m.end <= bare.start and part.masked[m.end : bare.start].strip() in ("", ":", "(") for m in part.places)
    ends = behind and _LIST_NUMBER_ENDS.match(part.masked, bare.end)
    return in_unit_of(bare, last.quantity, part.folded) if ends else bare


def _last_before(part: Part, quantity: Quantity) -> Draft | None:
    """The figure that a list without a label of its own goes on with; superlatives and lists may refer far back."""
    memory = part.memory
    for drafts in (memory.thought.drafts, memory.paragraph.drafts):
        if drafts:
            return drafts[-1]
    shared_out = _SHARED_OUT.match(part.masked)  # "Chỉ tiêu giao cho các địa phương: huyện X 110 người; …"
    if memory.drafts and ("nhất" in part.masked or shared_out):
        return memory.drafts[-1]
    if not (_lists_places(part) or _BY_PLACE.match(part.masked)):
        return None
    near = [d for d in memory.drafts[-6:] if part.start - d.offset < _NEAR]
    fitting = [d for d in near if fits(part.catalogue[d.indicator], quantity) is not None]
    return next((d for d in reversed(fitting) if d.indicator == fitting[0].indicator), None)  # the first is the subject


def _lists_places(part: Part) -> bool:
    """Whether a part gives figures for several places one by one, or is an item of such a list: "+ Huyện X: 9 hộ"."""
    named = [m for m in part.places if m.role in ("named", "bare")]
    behind = [q for q in part.quantities if q.unit]
    pairs = [
        (m, q) for m, q in itertools.product(named, behind)
        if m.end <= q.start and part.masked[m.end : q.start].strip(" ,:(_") in _LIST_WORDS
    ]  # fmt: skip
    if not pairs:
        return False
    opened = _LIST_OPENS.search(part.masked[: named[0].start]) or _ITEM.fullmatch(part.masked, 0, named[0].start)
    return bool(opened) or len({m.start for m, _ in pairs}) > 1


def _other_label(part: Part, since: int, until: int, indicator: str) -> bool:
    """Whether a label between two positions names something else than the indicator."""
    return any(m.ids and m.start >= since and m.end <= until and indicator not in m.ids for m in part.labels)


def _list_goes_on(part: Part, last: Draft, spans: list[tuple[int, int]]) -> bool:
    """Whether places named here go on with a figure of an earlier sentence: a list of communes, or a superlative."""
    masked = part.masked
    within = "commune" if part.frame.level != "province" else "district"
    opened = part.memory.thought.words + masked[: spans[0][0]]
    if part.places[-1].level in ("commune", within) and _LIST_OPENS.search(opened):
        return True
    if _lists_places(part) or _BY_PLACE.match(masked):
        return True
    if last.place is not None and last.place.role in ("named", "bare"):
        return True
    return bool(_SUPERLATIVE.search(masked[: spans[-1][0]]))


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
    if not planned or "trong đó" in lead or gap_cost(_PLANNING.sub(" ", lead)) > 2.5:
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


def increment(part: Part, found: Draft, previous: Draft | None) -> None:
    """Tell what was added ("thêm 4 xã") from a total ("nâng số xã đạt chuẩn lên 12"), and correct the indicator."""
    catalogue, at = part.catalogue, found.quantity.start
    if found.rule == "topic_count" and found.unit == "communes" and _RISE_TO.search(part.masked[:at]):
        base = previous or (part.memory.thought.drafts[-1] if part.memory.thought.drafts else None)
        if base is not None and base.unit == "communes":
            found.indicator = catalogue.totals.get(base.indicator, base.indicator)
        return
    entry = catalogue[found.indicator]
    more = part.masked.startswith(" nữa", found.quantity.end)  # "có 4 xã nữa về đích"
    if entry.added and found.quantity.of is None and (more or _ADDED.search(part.masked[max(0, at - 25) : at])):
        found.indicator = entry.added
        found.unit = catalogue[entry.added].unit


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
    counted = next((d for d in levels if d.indicator not in part.catalogue.falls and d.rule != "fall"), None)
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


def total(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """The total behind an increment: "thêm 2 xã về đích, cả huyện nay có 20/38 xã"."""
    catalogue, earlier = part.catalogue, part.memory.thought.drafts
    last = previous or (earlier[-1] if earlier else None)
    if last is None or quantity.unit != "communes" or last.unit != "communes":
        return None
    since = last.quantity.end if previous else 0
    if not _IN_ALL.search(part.masked[since : quantity.start]):
        return None
    indicator = catalogue.totals.get(last.indicator, last.indicator)
    return draft(catalogue, part.start, indicator, quantity, (quantity.start, quantity.end), "total_after")


def means_last(lead: str) -> bool:
    """Whether the words before a figure point to one told of before: "…, con số này còn"."""
    return bool(_THIS_LEVEL.search(lead))


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
