"""Periods as Vietnamese reports name them: mentions in a sentence, what they mean, and the dates they span.

A period is a short string: 2020 · 2020-H1 · 2020-9M · 2020-Q3 · 2020-06 · 2016/2020. Which mention governs which figure
is decided where figures are bound; this module only reads the words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.text import any_of, fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMBER_WORDS = {
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "một": 1,
    "tư": 4,
    "giêng": 1,
    "chạp": 12,
}
_YEAR = r"(?:19[89]\d|20[0-4]\d|2\.0[0-4]\d)"
_BARE_YEAR = r"(?:19[89]\d|20[0-4]\d)"  # without "năm": 2.046 is a number there
_OF_YEAR = rf"(?:\s*(?:/|,|-|của|trong)?\s*(?:năm\s+)?(?P<{{0}}>{_YEAR}))?"


@dataclass(frozen=True)
class Mention:
    """A period named in a text: span, period (empty when only relative), and its role.

    role: `standard` (chuẩn nghèo giai đoạn …) · `season` (năm học, vụ) · `office` (a body's term of office) · `plain` ·
    `base` (what a figure is compared with) · `plan` (a plan's years) · `now` (đến nay) · `publication` (a full date) ·
    `term` (a span of years) · `until` (đến năm, đến cuối năm) · `month` · `weak` (năm nay) · `termref` (trong 5 năm) ·
    `yearspast` (10 năm qua) · `termstart` (đầu nhiệm kỳ) · `termend` (cuối nhiệm kỳ) · `sinceterm` (từ đầu nhiệm kỳ
    đến nay) · `ytd` (từ đầu năm đến nay) · `since` (từ năm 2015 đến nay).
    """

    start: int
    end: int
    period: str
    role: str
    until: bool = False  # a month that closes the months before it: "hết tháng 9"
    words: str = ""  # those that name it, folded


# how the words that name a period begin; looked at before the long pattern is tried
_OPENING = any_of(
    "năm", "đến", "tháng", r"trong\s+(?:\d|các|hai|năm|nhiệm|một|tháng|quý|giai|cả giai)", r"từ\s*\(?\s*\d",
    "từ (?:năm|đầu)",
    "giai đoạn", "hiện", "còn nay", "bây", "cuối", r"của\s+\d", r"và\s+\d", r"vào\s+(?:\d|ngày)",
    r"so\s+(?:với\s+)?\d", r"hơn\s+\d", "nhiệm kỳ", "ngày", "nửa", "niên độ", "nay", "chiều", "chín",
    r"cả (?:0?5|năm|nhiệm)", "đông", "đầu", "ba ", "bốn", "bảy", "bước qua", "giữa", "hôm", "hai ", "hết", "hồi",
    "kế hoạch 5", "khép", "lúc này", "quý", r"qua (?:\d|năm)", "riêng", "sáng", "sáu", "sang", "sau", "suốt", "thời",
    "tối", "tới", "tám", "mười", r"thực hiện\s+\d", "tính", "vụ",
)  # fmt: skip
# most digits begin no year, no day and no number of months or years
_OPENING += rf"|\(\s*\d|(?=\d)(?:{_YEAR}|[0-3]?\d\s*[/.-]\s*[01]?\d\s*[/.-]|[01]?\d\s?[/-]\s?20|[01]?\d (?:tháng|năm))"
_PATTERN = re.compile(
    rf"(?<![^\W\d_])(?={_OPENING})(?:"
    + "|".join(
        [
            # spans of years
            rf"(?P<span>(?:giai đoạn|nhiệm kỳ(?: tới| này| mới| qua)?|thời kỳ|từ năm|từ|kế hoạch 5 năm|5 năm"
            rf"|trong các năm|năm học"
            rf"|vụ đông ?-? ?xuân|đông ?-? ?xuân)?"
            rf"(?:\s*\()?\s*(?<![\d/.,])(?P<y1>{_YEAR})\s*(?:-|đến năm|đến|tới năm"
            rf"|tới)\s*(?:(?:hết |cuối )?năm |(?:hết )?tháng 1?\d\s?[/-]\s?|hết )?(?P<y2>{_YEAR})(?!\s*/qđ)(?![\d/]))",
            rf"(?P<years>(?:trong )?(?:[2-9]|1[05]|hai|ba|bốn|mười) năm (?P<y3>{_YEAR})(?:(?:, {_YEAR})*(?:,"
            rf"| và) | ?- ?)(?P<y4>{_YEAR})(?![\d/]|,? ?\d| và \d| lần lượt))",
            # days
            rf"(?P<day>(?<![\d/.,-])(?:ngày\s+|sáng\s+|chiều\s+|hôm\s+|tối\s+)?(?:[0-3]?\d\s*/\s*[01]?\d\s*/\s*{_YEAR}"
            rf"|[0-3]?\d-[01]?\d-{_YEAR}|[0-3]?\d\.[01]?\d\.{_YEAR})(?![\d%]))",
            rf"(?P<longday>ngày\s+[0-3]?\d\s+tháng\s+[01]?\d\s+năm\s+{_YEAR})",
            r"(?P<shortday>(?:ngày|sáng|chiều|hôm|tối|vào|đến|tới|trong hai ngày)\s+(?:ngày\s+)?[0-3]?\d"
            r"(?:\s*[-,]\s*[0-3]?\d)?\s*[/.-]\s*[01]?\d(?![\d%/]|[.,-]\d|\s*(?:xã|hộ|chỉ|tiêu|thôn|trường|nội|sản"
            r"|mô|huyện"
            r"|nhà|%)))",
            # parts of a year
            rf"(?P<half>(?:6|06|sáu) tháng (?:đầu|cuối|còn lại)(?: của)?(?: năm)?{_OF_YEAR.format('hy')}|nửa (?:đầu"
            rf"|cuối)(?: của)? năm{_OF_YEAR.format('hz')}|nửa năm(?: đầu| cuối)?(?: qua)?{_OF_YEAR.format('hx')}"
            rf"|giữa năm{_OF_YEAR.format('hw')})",
            rf"(?P<quarters>(?:hai|ba) quý(?: đầu)?(?: của)?(?: năm)?{_OF_YEAR.format('qsy')})",
            r"(?P<quarter>quý\s*(?:thứ\s+)?(?P<q>iv|iii|ii|i|[1-4]|một|hai|ba|tư|đầu(?= năm))\b"
            rf"{_OF_YEAR.format('qy')})",
            rf"(?P<months>(?<![\d/.,-])(?<!dưới )(?<!thời hạn )(?<!sớm )(?<!sớm hơn )(?<!chậm )(?<!trước )"
            rf"(?P<n>1[01]|0?[2-9]|hai|ba|bốn|năm(?= tháng đầu năm)|sáu|bảy|tám|chín|mười một"
            rf"|mười) tháng(?: đầu)?(?: của)?(?: năm)?(?: qua)?(?! (?:cuối|tới|tiếp|còn|trở lên|thi công"
            rf"|tuổi|vận hành|hoạt động|sáp nhập|thành lập|[1-9](?!\d)))(?!/){_OF_YEAR.format('ny')})",
            r"(?P<month>(?<!/)(?<!/ )(?<!mỗi )(?<!hằng )(?<!hàng )"
            rf"tháng\s+(?P<mm>1[0-2]|0?[1-9]|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười một|mười"
            rf"|mười hai)(?!\d)(?! đầu)(?:\s*(?:/|-|,|\.)?\s*(?:năm\s+)?(?P<my>{_YEAR}))?)",
            rf"(?P<slashmonth>(?:(?<=đến )|(?<=tới )|(?<=hết )|(?<=cuối ))(?P<sm>1[0-2]|0?[1-9])\s?[/-]\s?"
            rf"(?P<smy>{_BARE_YEAR})(?![\d/]))",
            # years
            rf"(?P<startyear>(?<!tháng )(?<!nửa )(?:thời điểm )?(?:đầu năm (?P<sy>{_YEAR})|(?<!từ )đầu năm nay"
            r"|(?<=thời điểm )đầu năm(?=,|\)| (?:xuống|còn|giảm|lên))"
            r"|(?<=\()đầu năm(?= \d)|(?<!từ )(?<!với )(?<!hơn )(?<!so )đầu năm(?= (?:\([^()]{3,60}\) )?"
            r"(?:(?:(?:toàn|cả) (?:huyện|xã|tỉnh|thị xã|thành phố) )?(?:có|còn) [\d.]+ hộ|(?:tỷ lệ"
            r"|số) hộ (?:cận )?nghèo[^;.\d]{0,40} (?:là|còn|có) \d))"
            r"|(?:hồi )?(?<!từ )(?<!với )đầu năm(?= (?:xuống|lên|là|(?:kéo )?giảm (?:xuống )?còn) )|(?:(?<=^)|(?<=^ )"
            r"|(?<=, ))đầu năm(?=,? (?:theo (?:tiêu )?chuẩn [^,;.]{0,45}, )?(?:toàn|cả|huyện|xã|thị|tỉnh"
            r"|quận)[^\d,;.]{0,20}(?:còn|có) \d)))",
            rf"(?P<year>(?:năm\s+(?:kế hoạch\s+)?(?P<yy>{_YEAR})(?![\d/.,]\d|-\d|/qđ|%)|(?:niên độ\s+|\(|sang\s+|hết\s+"
            rf"|cuối\s+"
            rf"|đầu\s+|từ\s+|so với\s+|so\s+|của\s+|riêng\s+|trong\s+|hơn\s+|bước qua\s+|khép\s+|vào\s+|hồi\s+"
            rf"|thực hiện\s+|kết quả\s+|kh\s+|kế hoạch\s+|mục tiêu\s+|chỉ tiêu\s+|đến\s+|tới\s+|và\s+|(?<=, )"
            rf"|(?<=,)|^|(?<=\. )"
            r"|(?<=: )(?=\d{4}(?::| đạt| là| có| được| còn) )|(?<= thì )(?=\d{4} (?:đạt|là|có|được|còn) ))"
            rf"(?P<yz>{_BARE_YEAR})(?![\d/.,]\d|-\d|/qđ|%"
            rf"|\s*(?:tỷ|triệu|hộ|xã|người|lao động|ha\b|đồng|sản phẩm|m2|km))))",
            r"(?P<later>(?P<ln>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|[1-9]) năm sau(?: đó)?(?=,| (?:con số|còn"
            r"|tỷ lệ|số|huyện|xã|đã|tăng"
            r"|giảm)\b)"
            r"|(?:(?<=^)|(?<=^ ))(?:sau (?P<lm>một|hai|ba|bốn|mười|1[05]|[1-9])|qua (?P<lq>mười|1[05]))"
            r" năm(?=, (?!(?:đến|tính|năm|cuối) )| (?:đã|còn"
            r"|chỉ còn|có thêm)\b))",
            r"(?P<sinceterm>từ đầu (?:nhiệm kỳ|giai đoạn)(?: (?P<t1>20\d\d) ?- ?20\d\d)? (?:(?:cho )?(?:đến|tới) nay"
            r"|(?<=\d )(?:đến|tới) (?:hết |cuối )?năm (?P<t2>20\d\d))"
            r"|tính từ đầu nhiệm kỳ(?=,| (?:huyện|xã|toàn|đã)\b))",
            r"(?P<termref>(?:trong|qua|suốt) (?:cả )?giai đoạn (?:này|ấy|đó)"
            r"|(?:trong|qua|sau|suốt) (?:5|năm|05) năm(?! (?:(?:19|20)\d\d|tới|sau))(?: qua"
            r"| thực hiện)?|(?<!\w)(?:5|05|năm) năm (?:qua"
            r"|gần đây|trở lại đây|(?=(?:được|thu|giải quyết|tạo việc|đào tạo nghề|huy động|xóa được)\b))"
            r"|(?:trong|suốt|cả) nhiệm kỳ(?: qua| vừa qua)?(?! \d)|nhiệm kỳ (?:qua|vừa qua|vừa rồi)"
            r"|cả (?:5|05|năm) năm(?! (?:19|20)\d\d))",
            r"(?P<yearspast>(?:trong |qua |suốt )?(?P<np>[2-46-9]|1[05]|hai|ba|bốn|mười) năm qua(?!,? kể từ)"
            r"|trong (?P<nq>[2-46-9]|1[05]|hai|ba|bốn|mười) năm(?=,(?! 20)| (?:huyện|xã|toàn|tỉnh|thị xã)\b))",
            r"(?P<nextterm>(?:trong )?(?:5|năm|05) năm tới)",
            r"(?P<termstart>đầu (?:giai đoạn|nhiệm kỳ)(?! (?:19|20)\d\d))",
            r"(?P<termend>(?:(?:đến|tới) )?(?<!bước vào )(?:(?:năm )?cuối|hết) (?:của )?(?:nhiệm kỳ|giai đoạn)"
            r"(?!,? \(?(?:năm )?20\d\d))",
            # relative
            rf"(?P<since>từ (?:đầu |cuối )?(?:năm )?(?P<sn>{_YEAR}) (?:cho )?(?:đến|tới) nay)",
            r"(?P<ytd>từ đầu năm (?:(?:cho )?(?:đến|tới) (?:nay|giờ|thời điểm này)|(?=lên \d))"
            r"|(?:(?<=cộng dồn )|(?<=lũy kế ))từ đầu năm(?! (?:đến|tới|20\d\d)))",
            r"(?P<thisquarter>trong quý(?=,| đã| có| này))",
            r"(?P<thismonth>trong tháng(?! (?:\d|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|trước|tới|sau|cao|hành)))",
            r"(?P<thisyear>(?:trong )?(?:một )?(?<!những )(?<!các )năm (?:vừa )?qua|(?:trong )?năm nay|trong năm(?! \d)"
            r"|cả năm(?! (?:19|20)\d\d))",
            r"(?P<lastyear>năm (?:ngoái|trước|liền trước|liền kề)(?! đó)|năm trước đó"
            r"|(?<![\d] )(?<!mấy )(?<!nhiều )(?<!vài )(?<!các )(?<!những )năm rồi(?= |,|$))",
            r"(?P<nextyear>(?<!\d )(?<!các )(?<!những )(?<!đầu )năm (?:sau|tới|đến)(?= |,|\.|$)"
            r"(?! (?:đó|năm|hết|nay|tháng|ngày|cuối|hiện|thời))|sang năm(?! \d))",
            r"(?P<endyear>(?:đến|tới)?\s*(?:thời điểm )?(?:cuối|hết) năm(?! (?:19|20)\d\d| ngoái| trước| rồi)(?: nay)?"
            r"|đến cuối năm(?! \d))",
            r"(?P<now>(?<!trước )đến (?:nay|giờ(?=,| (?:huyện|toàn|cả|đã|có|số|chỉ|còn|mới|là))|lúc này"
            r"|thời điểm (?:này|hiện (?:tại|nay)|đại hội|khảo sát|báo cáo"
            r"|kiểm tra|giám sát))|(?<!trước )tới (?:nay|giờ"
            r"|lúc này|thời điểm này)"
            r"|tính (?:đến|tới) (?:nay|thời điểm này)|(?<!thực )(?<!thể )(?<!phát )(?<!xuất )(?<!tái )(?<!\w)hiện"
            r"(?: nay| tại|(?= (?:hơn |trên |gần |khoảng )?\d| trên| còn| có| chiếm| toàn| đã| là| đạt| chỉ| mới| vẫn|,"
            r"| ở mức| huyện| tỷ lệ| mức| thu nhập| số| cả| xã| tỉnh"
            r"| thị| thành| mỗi| (?!tượng|đại|hành|trạng|hữu|vật|trường)[^\W\d]+(?: [^\W\d]+){1,2} (?:còn|có|đạt) ))"
            r"|(?<!hiện )(?<!đến )(?<!lúc )(?<!tới )(?<!hôm )(?<!ngày )(?<!năm )(?<!\w)nay"
            r" (?=còn|\d|con số|giảm|hạ|rút|kéo|lên|xuống|tăng|đã|là|có|chỉ|toàn|huyện|đạt|được)"
            r"|(?:(?<=^)|(?<=^ ))nay(?=,? )|bây giờ|(?<!đến )(?<!tới )(?<!từ )lúc này(?= (?:còn|có|là|đã|đạt)\b)"
            r"|thời điểm hiện tại|còn nay(?=,| là)|sau (?:đợt|lần|kỳ) (?:[^\W\d]+ ){0,4}này)",
        ]
    )
    + ")"
)
_COMPARE = re.compile(
    r"(?:\bso (?:với|cùng)?\s*|(?<!\w)hơn\s+(?!nên |thì |nữa )|(?:thua|kém|ngang(?=\s+(?:với|bằng|mức|$)))\s+"
    r"|đối chiếu (?:với )?"
    r"|gấp (?:đôi|rưỡi|ba|[\d,.]+ lần)\s+"
    r"|\d(?:,\d+)? lần\s+|cùng kỳ\s*|tồn (?:quỹ|đọng)\s+|kết dư\s+|nợ đọng\s+)(?:[^\d,;:.()]{0,28})$"
)


_COMPARED_FIGURE = re.compile(
    r"\bso với (?:mức |con số |khoảng |gần |hơn |trên )*\d[\d.,]*\s?(?:%|(?:triệu|tỷ)(?: đồng)?|hộ|người|lao động"
    r"|xã|tiêu chí)"
    r"(?:/\w+)*,? (?:của |hồi |vào |ở )?(?:cuối |hết )?$"
)
_SHARE_OF_YEAR = re.compile(r"(?<!\w)bằng (?:gần |hơn |trên |khoảng )?[\d.,]+ ?% (?:của )?$")  # "bằng 92,6% năm 2019"
_OF_PLAN_YEAR = re.compile(r"(?:kế hoạch|(?<!\w)kh|chỉ tiêu|dự toán|nghị quyết)\s*\Z")
# "đến tháng 9": all months until then
_UNTIL = re.compile(r"(?:đến|hết|cuối|tới)\s+(?:hết |cuối |đầu |giữa |trung tuần |thượng tuần |hạ tuần )?$")
_DAY_COUNTED = re.compile(r"(?:đến|tới|tính|chốt|hết|thời điểm)(?: hết)?(?: ngày)?\s*$")
# "trước ngày vận hành (1/7/2025)", "trước thời điểm chính quyền hai cấp vận hành (1/7/2025)"
_BEFORE_DAY = re.compile(r"trước (?:khi|ngày|thời điểm)(?: [^.;,\d]*\()?\s*$")
_STANDARD_OF = re.compile(
    r"(?:(?<!đạt )chuẩn|(?<!số )tiêu chí)[\w ,]{0,45}(?<!, trong )\Z|đạt chuẩn(?![\w ]* thì )[\w ]{0,45}\Z"
)
_HAS = re.compile(r", [^,.;\d]{2,30} (?:có|còn) (?:gần |hơn |trên |khoảng )?\d")
_LAST_YEAR = ("năm ngoái", "năm rồi")  # the year before the one of publication, whatever year was told of before
_OF_DOCUMENT = re.compile(r"(?:nghị quyết|kế hoạch|chỉ tiêu)(?: của)? $")
_OF_DISASTER = re.compile(
    r"(?:bão(?: số \d+)?|mưa (?:lớn|to)|(?:trận|cơn|mưa|đợt) (?:lũ|lốc|bão)[^,;.\d]{0,12}|lũ lịch sử)"
    r" (?:cuối |đầu |giữa )?$"
)
_AND_AGAIN = re.compile(r"(?:,| và) (?:cuối |đầu |giữa )?")
# "góp ý sửa đổi Hiến pháp năm 1992"
_OF_LAW = re.compile(r"(?:hiến pháp|(?<!\w)(?:bộ )?luật|pháp lệnh)(?: [^\W\d]+){0,6} (?:năm )?\Z")
# "lập theo quy hoạch chung đô thị đến năm 2035; thu ngân sách được 115 tỷ đồng": how far the outline reaches
_OF_OUTLINE = re.compile(r"(?:quy hoạch|đồ án|tầm nhìn)(?: [^\W\d]+){0,8} \Z")
_OF_THIS_YEAR = re.compile(r"\s*(?:của )?(?:năm )?nay\b")


# before an earlier figure told beside this year's: ", cùng kỳ năm 2018 là 3.200 lao động"
SAME_MONTHS = re.compile(
    r"(?:^|[,;(] ?)(?:trong khi |so với )?cùng kỳ (?:của )?(?:năm )?(?:trước|ngoái|20\d\d)"
    r"(?:,? (?:con )?số này)?(?: (?:là|chỉ|có|đạt|thu|được|\())*:?\s*\Z"
)


def find_periods(folded: str, published: str = "", running: str = "", named: bool = True) -> list[Mention]:
    """All period mentions in a folded sentence; `published` (ISO) and `running` give relative ones their year.

    `named`: the running period stands in the same paragraph; else a part of a year that was over when the report came
    out is one of its own year.

    >>> [(m.period, m.role) for m in find_periods("6 tháng đầu năm 2020 đạt 50%, tăng so với năm 2019")]
    [('2020-H1', 'plain'), ('2019', 'base')]
    """
    year = _context_year(published, running)
    found, struck = [], 0  # where the date of a disaster ended
    for match in _PATTERN.finditer(folded):
        kind = match.lastgroup if match.lastgroup in _READERS else next(g for g in _READERS if match.group(g))
        period, role = _READERS[kind](match, published, running, year)
        if period is None or (kind == "thisyear" and found and found[-1].end == match.start() - 1 and found[-1].period):
            continue  # "tháng 6 năm nay"
        if match.group() == "trong 5 năm" and any(m.role in ("term", "office", "plan") for m in found):
            continue  # "Nhiệm kỳ 2020 - 2025, … tổng thu ngân sách trên 1.250 tỷ đồng trong 5 năm"
        if match.group() == "cả năm" and _OF_PLAN_YEAR.search(folded, 0, match.start()):
            continue  # "đạt 54% kế hoạch cả năm"
        if kind in _PARTS and not named and period[:4] == year < published[:4] and year not in match.group():
            passed = f"{published[:4]}{period[4:]}"
            period = passed if bounds(passed)[1].isoformat() <= published else period
        last_year = year.isdigit() and published[:4].isdigit() and int(year) == int(published[:4]) - 1
        if last_year and period[:4] == year and year not in match.group():
            passed = f"{published[:4]}{period[4:]}"
            over = kind in _PARTS and named and _just_passed(passed, published)
            if over and not _is_compared(folded, match.start()):
                period = passed  # "Năm 2013 … . 9 tháng đầu năm, …", told in October 2014
            until = kind == "month" and _UNTIL.search(folded, max(0, match.start() - 40), match.start())
            if until and passed <= published[:7]:
                period = passed  # "Thu nhập năm 2023 đạt 69,4 triệu. Bao phủ BHYT đến cuối tháng 10 là 94,6%", in 2024
        told = match.group() in _LAST_YEAR or folded.endswith(("cuối ", "trong khi "), 0, match.start())
        if kind == "lastyear" and told and not _is_compared(folded, match.start()):
            role = "plain"  # "cuối năm ngoái còn 4,4%"
        if kind == "startyear" and not match["sy"] and found and found[-1].role in ("plain", "until"):
            period = f"{found[-1].period[:4]}-01"  # "Cuối năm 2018, … giảm từ 2.985 hộ hồi đầu năm xuống …"
        if (kind == "startyear" and period) or (kind == "thisyear" and match.group().endswith("nay") and period):
            year = period[:4]  # "đầu năm 2018 có 2.467 hộ, đến cuối năm còn 1.871 hộ"
        names_year = running and kind == "year" and role in ("plain", "until")
        if names_year and not _is_compared(folded, match.start()):
            year = period  # "Năm 2024, … đến cuối năm còn 14,34%"
        start = match.start() + len(match.group()) - len(match.group().lstrip(" ,.("))
        before = folded[max(0, start - 40) : start]
        hit = kind in ("year", "month") and _OF_DISASTER.search(before)
        hit = hit or (kind == "month" and struck and _AND_AGAIN.fullmatch(folded, struck, start))
        struck = match.end() if hit else 0
        if hit or (kind == "year" and _OF_LAW.search(before)):
            continue  # "nhà hư hỏng trong cơn bão số 4 năm 2022"
        ahead = kind == "year" and period > published[:4] and folded.startswith(";", match.end())
        if ahead and _OF_OUTLINE.search(folded, max(0, start - 80), start):
            continue
        if kind == "year" and _OF_DOCUMENT.search(before) and any(m.period[:4] == period for m in found):
            continue  # "nửa đầu năm nay, trong tổng số 41 chỉ tiêu của nghị quyết năm 2025, …"
        if (kind == "year" and re.match(r"(?:so|hơn)\b", match.group())) or (
            role in ("plain", "until", "publication", "month", "term", "termstart") and _COMPARE.search(before)
        ):
            role = "base"
        compared = role in ("plain", "until") and not folded.startswith(" và ", match.end())
        if compared and (_COMPARED_FIGURE.search(folded, max(0, start - 70), start) or _SHARE_OF_YEAR.search(before)):
            role = "base"  # "62 triệu đồng, so với 38,5 triệu đồng năm 2024; …"
        if role == "publication" and (_DAY_COUNTED.search(before[-22:]) or match.group().startswith(("đến", "tới"))):
            period, role = (period[:4], "until") if period.endswith("-12") else (period, "day")  # "tính đến ngày 30/9"
        before_day = role in ("publication", "day") and _BEFORE_DAY.search(folded, max(0, start - 90), start)
        if before_day:
            period, role, start = _month_before(match.group(), period), "day", before_day.start()
        until = role == "day" or (role == "month" and bool(_UNTIL.search(before)))
        end = match.end() - len(match.group()) + len(match.group().rstrip())
        found.append(Mention(start, end, period, "month" if until else role, until, folded[start:end]))
    return found


def _just_passed(period: str, published: str) -> bool:
    """Whether a part of a year ended in the three months before publication."""
    ended, out = bounds(period)[1].isoformat(), published[:7]
    months = 12 * (int(out[:4]) - int(ended[:4])) + int(out[5:7] or 0) - int(ended[5:7])
    return len(out) == 7 and 0 <= months <= 3


def _is_compared(folded: str, at: int) -> bool:
    """Whether words of comparison stand before the period that begins there."""
    return bool(_COMPARE.search(folded, max(0, at - 40), at))


def part_of_year(mentions: Iterable[Mention]) -> str:
    """The part of a year that was named last, as it stands behind the year: "-9M"; "" when none was."""
    named = [m.period[4:] for m in mentions if m.role == "plain" and m.period[4:5] == "-"]
    return named[-1] if named else ""


def _month_before(words: str, period: str) -> str:
    """The month that ends before a day: the one before it when that is the first of a month."""
    day, year, month = re.search(r"\d+", words), int(period[:4]), int(period[5:7])
    if day is None or int(day.group()) > 1:
        return period
    return f"{year}-{month - 1:02d}" if month > 1 else str(year - 1)


def _context_year(published: str, running: str) -> str:
    """The year of months without one: the year spoken of, unless it lies far ahead ("đề án đến năm 2030 … 6 tháng")."""
    year = running.split("/")[-1][:4]
    if published and year > str(int(published[:4]) + 1):
        return published[:4]
    return year or published[:4]


def _full(year: str | None) -> str:
    return (year or "").replace(".", "")


def _this_year(m, published):
    """The year of publication when the words go on with "(năm) nay": "7 tháng đầu năm nay", "quý III năm nay"."""
    return published[:4] if _OF_THIS_YEAR.match(m.string, m.end()) else ""


def _read_span(m, published, running, year):
    first, second = _full(m["y1"]), _full(m["y2"])
    lead = m.group("span")
    if first >= second or int(second) - int(first) > 30:
        return None, ""
    if not lead.startswith("nhiệm kỳ") and _STANDARD_OF.search(m.string, max(0, m.start() - 60), m.start()):
        return f"{first}/{second}", "standard"
    if re.match(r"năm học|(?:vụ )?đông ?-? ?xuân", lead):
        return second, "season"
    before = m.string[max(0, m.start() - 14) : m.start()]
    if _entered(m) or (before.endswith("đầu ") and not before.endswith("từ đầu ")):
        return first, "plain"  # "đầu nhiệm kỳ 2015 - 2020", "Bước vào giai đoạn 2016-2020, huyện có 5.387 hộ nghèo"
    if re.search(r"(?:niên vụ|vụ|năm học|niên khóa|mùa|đông ?-? ?xuân)\s*$", before):
        return second, "season"
    if lead.startswith("kế hoạch"):
        return f"{first}/{second}", "plan"
    if lead.startswith("nhiệm kỳ") and before.endswith("vào cuối "):
        return second, "until"
    office = "nhiệm kỳ" in lead and not before.endswith("trong ") and (
        second > (published[:4] or "9999")
        or re.search(
            r"(?:khóa|hđnd|hội đồng nhân dân|quốc hội|bầu cử)[^;.]{0,40}$", m.string[max(0, m.start() - 60) : m.start()]
        )
    )
    opens = m.start() == 0 and re.match(r",(?! (?:hđnd|hội đồng|quốc hội))", m.string[m.end() : m.end() + 12])
    return f"{first}/{second}", "office" if office and not opens else "term"  # "Nhiệm kỳ 2020-2025, …" dates


def _read_day(m, published, running, year):
    digits = re.findall(r"\d+", m.group())
    return (f"{digits[-1]}-{int(digits[1]):02d}", "publication") if 1 <= int(digits[1]) <= 12 else (None, "")


def _read_shortday(m, published, running, year):
    digits = re.findall(r"\d+", m.group())
    month = int(digits[-1])
    if len(published) >= 7:  # the last such day before the report came out
        ahead = month == 12 and published[5:7] > "03" and m.group().startswith(("đến", "tới"))  # "đến 31-12 phải đạt …"
        year = str(int(published[:4]) - (month > int(published[5:7]) and not ahead))
    return (f"{year}-{month:02d}" if year and 1 <= month <= 12 else "", "publication")


def _read_half(m, published, running, year):
    named = _full(m["hy"] or m["hz"] or m["hx"] or m["hw"]) or _this_year(m, published) or year
    return (f"{named}-H{2 if re.search('cuối|còn lại', m.group()) else 1}" if named else "", "plain")


def _read_quarter(m, published, running, year):
    number = 1 if m["q"] == "đầu" else _ROMAN.get(m["q"]) or NUMBER_WORDS.get(m["q"]) or int(m["q"])
    named = _full(m["qy"]) or _this_year(m, published) or year
    if re.search(r"(?:hết|đến|tới|cuối)\s*$", m.string[max(0, m.start() - 8) : m.start()]):
        return (f"{named}-{number * 3:02d}" if named else "", "month")  # "hết quý 3": all that was until then
    return (f"{named}-Q{number}" if named else "", "plain")


def _read_quarters(m, published, running, year):
    named = _full(m["qsy"]) or _this_year(m, published) or year
    return (f"{named}-{'H1' if m.group().startswith('hai') else '9M'}" if named else "", "plain")


def _read_months(m, published, running, year):
    number = NUMBER_WORDS.get(m["n"]) or int(m["n"])
    named = _full(m["ny"]) or _this_year(m, published) or year
    if number == 3 and ("đầu" in m.group() or published[5:7] in ("03", "04") or running == f"{named}-Q1"):
        return (f"{named}-Q1" if named else "", "plain")
    if number == 6:
        return (f"{named}-H1" if named else "", "plain")
    return (f"{named}-{number}M" if named else "", "plain")


_FROM_JANUARY = ("từ đầu năm đến hết ", "từ đầu năm đến ", "từ đầu năm tới ")  # of the year of publication


def _read_month(m, published, running, year):
    number = NUMBER_WORDS.get(m["mm"]) or int(m["mm"])
    since = published[:4] if m.string.endswith(_FROM_JANUARY, 0, m.start()) else ""
    named = _full(m["my"]) or _this_year(m, published) or since or year
    return (f"{named}-{number:02d}" if named else "", "month")


def _entered(m):
    """Whether a level is told of the beginning of a period: "bước vào giai đoạn 2016-2020, huyện có 5.387 hộ nghèo"."""
    return m.string.endswith("bước vào ", 0, m.start()) and _HAS.match(m.string, m.end())


def _read_year(m, published, running, year):
    if m["yy"] and _entered(m):
        return f"{_full(m['yy'])}-01", "month"  # "Bước vào năm 2024, huyện có gần 3.000 hộ nghèo"
    role = "until" if re.match(r"(?:đến|tới|hết|cuối)", m.group().lstrip()) else "plain"
    return _full(m["yy"] or m["yz"]), role


def _read_yearspast(m, published, running, year):
    words = m["np"] or m["nq"]
    count = NUMBER_WORDS.get(words) or int(words)
    if m["nq"] and re.fullmatch(r"(?:\d{4}/)?\d{4}", running):  # "Cuối năm 2018 …. Trong 3 năm, …": 2018 is the third
        return f"{int(running[-4:]) - count + 1}/{running[-4:]}", "yearspast"
    return (f"{int(published[:4]) - count}/{published[:4]}" if published else "", "yearspast")


def _published_year(published: str, year: str, shift: int) -> str:
    base = year or published[:4]
    return str(int(base) + shift) if base else ""


def _read_thisyear(m, published, running, year):
    if "qua" in m.group() and "01" <= published[5:7] <= "06" and (not year or year == published[:4]):
        return _published_year(published, "", -1), "plain"
    if m.group().endswith("năm nay"):
        return _published_year(published, "", 0) or year, "plain"
    return year, "plain" if m.group() == "cả năm" else "weak"


def _read_thismonth(m, published, running, year):
    """The month that a monthly report is about; in another that of publication."""
    months = re.fullmatch(r"(\d{4})-(?:(\d{1,2})M|(\d\d))", running)
    if months:
        return f"{months[1]}-{int(months[2] or months[3]):02d}", "month"
    return (published[:7] if len(published) >= 7 else ""), "month"


def _read_thisquarter(m, published, running, year):
    """The quarter that a report is about; in another the last one that was over, or nearly, when it came out."""
    if re.fullmatch(r"\d{4}-Q\d", running):
        return running, "plain"
    quarter = (int(published[5:7]) + (published[8:] > "15")) // 3 if len(published) >= 7 else 0
    return (f"{published[:4]}-Q{quarter}" if quarter else ""), "plain"


def _read_since(m, published, running, year):
    first = _full(m["sn"])
    if published[:4] > first:
        return f"{first}/{published[:4]}", "since"
    if published[:4] == first and len(published) >= 7:
        return published[:7], "ytd"
    return first, "plain"


def _read_later(m, published, running, year):
    """Some years after the year spoken of: "Năm 2016 có 9 xã; hai năm sau, con số này là 15 xã"."""
    shift = NUMBER_WORDS.get(m["ln"] or m["lm"] or m["lq"]) or int(m["ln"] or m["lm"] or m["lq"])
    return (str(int(year) + shift) if year and int(year) + shift <= int(published[:4] or 0) else None), "plain"


def _read_nextterm(m, published, running, year):
    """The coming term of five years, or the rest of it in the year after a congress."""
    first = int(published[:4] or 0)
    return (f"{first}/{first + 5 - (first % 5 == 1)}" if first else "", "plan")


_PARTS = ("half", "quarters", "quarter", "months")
_READERS = {
    "span": _read_span,
    "years": lambda m, p, r, y: (f"{_full(m['y3'])}/{_full(m['y4'])}", "term"),
    "day": _read_day,
    "longday": _read_day,
    "shortday": _read_shortday,
    "half": _read_half,
    "quarter": _read_quarter,
    "quarters": _read_quarters,
    "months": _read_months,
    "month": _read_month,
    "slashmonth": lambda m, p, r, y: (f"{m['smy']}-{int(m['sm']):02d}", "month"),
    "year": _read_year,
    "thisyear": _read_thisyear,
    "thismonth": _read_thismonth,
    "thisquarter": _read_thisquarter,
    "lastyear": lambda m, p, r, y: (_published_year(p, "" if p and m.group() in _LAST_YEAR else y, -1), "base"),
    "nextyear": lambda m, p, r, y: (_published_year(p, y, 1), "plain"),
    "endyear": lambda m, p, r, y: (_published_year(p, "", 0) or y if "nay" in m.group() else y, "until"),
    "since": _read_since,
    "sinceterm": lambda m, p, r, y: (
        f"{m['t1']}/{m['t2'] or p[:4]}" if m["t1"] and m["t1"] < (m["t2"] or p[:4]) else "", "sinceterm",
    ),
    "ytd": lambda m, p, r, y: (p[:7] if len(p) >= 7 else "", "ytd"),
    "later": _read_later,
    "startyear": lambda m, p, r, y: (f"{_full(m['sy']) or y or p[:4]}-01" if m["sy"] or y or p else "", "month"),
    "nextterm": _read_nextterm,
    "termstart": lambda m, p, r, y: ("", "termstart"),
    "termend": lambda m, p, r, y: ("", "termend"),
    "termref": lambda m, p, r, y: ("", "termref"),
    "yearspast": _read_yearspast,
    "now": lambda m, p, r, y: (p[:7] if len(p) >= 7 else "", "now"),
}


def parse_period(text: str, published: str = "") -> str:
    """The period that a short text (a table header, a heading) names, or "".

    >>> parse_period("Ước thực hiện 6 tháng đầu năm 2023"), parse_period("9 tháng", "2024-10-05")
    ('2023-H1', '2024-9M')
    >>> parse_period("Đơn vị tính")
    ''
    >>> parse_period("TH năm 2022"), parse_period("2021"), parse_period("Giai đoạn 2016-2020")
    ('2022', '2021', '2016/2020')
    """
    mentions = [m for m in find_periods(fold(text), published) if m.period and m.role not in ("now", "base")]
    mentions.sort(key=lambda m: (m.role in ("weak", "publication"), m.start))
    return mentions[0].period if mentions else ""


def kind(period: str) -> str:
    """The kind of a period: year, half, months, quarter, month, span, or "" when unknown.

    >>> [kind(p) for p in ("2020", "2020-H1", "2020-9M", "2020-Q3", "2020-06", "2016/2020", "")]
    ['year', 'half', 'months', 'quarter', 'month', 'span', '']
    """
    if not period:
        return ""
    if "/" in period:
        return "span"
    if len(period) == 4:
        return "year"
    tail = period[5:]
    return "half" if tail[0] == "H" else "quarter" if tail[0] == "Q" else "months" if tail[-1] == "M" else "month"


def shifted(period: str, years: int) -> str:
    """A period some years earlier.

    >>> shifted("2023-H1", 1), shifted("2016/2020", 1)
    ('2022-H1', '2016/2020')
    """
    return period if "/" in period else f"{int(period[:4]) - years}{period[4:]}"


def bounds(period: str) -> tuple[date, date]:
    """First and last day of a period; raises ValueError for a string that is none.

    >>> bounds("2020-H1")
    (datetime.date(2020, 1, 1), datetime.date(2020, 6, 30))
    """
    match = re.fullmatch(r"(\d{4})(?:/(\d{4})|-H([12])|-Q([1-4])|-(\d{1,2})M|-(\d{2}))?", period)
    if not match:
        raise ValueError(f"period {period!r} is not of the form 2020, 2020-H1, 2020-9M, 2020-Q3, 2020-06 or 2016/2020")
    year, last_year, half, quarter, months, month = match.groups()
    first, last = 1, 12
    if half:
        first, last = (1, 6) if half == "1" else (7, 12)
    elif quarter:
        first, last = int(quarter) * 3 - 2, int(quarter) * 3
    elif months:
        last = int(months)
    elif month:
        first = last = int(month)
    end_year = int(last_year or year)
    if not 1 <= last <= 12:
        raise ValueError(f"period {period!r}: there is no month {last}")
    return date(int(year), first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1])
