"""Whether a figure was reached, estimated, planned or only filed for recognition, from the words that govern it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.context.frame import Frame
from analysis.periods import parse_period
from analysis.sentences.cues import SKIP
from analysis.sentences.drafts import Draft
from analysis.sentences.parts import TWO_LEVELS

# striving, goals and what is foreseen, but not "đã hoàn thành mục tiêu", "đạt như dự kiến"
_TO_DO = (
    r"(?= (?:đến|tới|trong|năm|hết|cuối|cả|có|đạt|đưa|hoàn thành|thực hiện|xây|xóa|nâng|giảm|hạ|kéo|tăng|tạo|giải|đào"
    r"|bao phủ|công nhận|thêm|bình quân|tổng|thu|_|\d))"
)
_STRIVEN = rf"(?:(?<![\d_] năm )(?<!tinh thần )(?<!nỗ lực )(?<!quá trình )phấn đấu|nỗ lực phấn đấu{_TO_DO})"
_GOES_WELL = r"(?! (?:tăng |chính |chủ yếu )?(?:khá|tốt|khả quan)\b)"  # "nhiều chỉ tiêu khá so với kế hoạch: …"
_GOAL = (
    "(?<!đã hoàn thành )(?<!đạt )(?<!huyện hoàn thành )(?<!tỉnh hoàn thành )(?<!; hoàn thành )(?<!vượt )"
    "(?<!so với )(?<!bằng )(?<!đúng )mục tiêu"
)
_FORESEEN = "(?<!đạt )(?<!như )(?<!với )(?<!vượt )dự (?:kiến|báo(?! thời tiết| cháy| bão| mưa| của))"
# words of planning, and among them those that leave no doubt
_TARGET = re.compile(
    rf"(?<!\w)(?:{_STRIVEN}|{_GOAL}(?! quốc gia| hơn| trên)|chỉ tiêu{_GOES_WELL}|kế hoạch|{_FORESEEN}"
    r"|quyết tâm|đặt mục tiêu|đề ra|dự tính|dự định|hướng tới"
    r"|hướng đến|phải (?:có|đạt|đưa|tăng|giảm|hạ|kéo|hoàn thành|tới|bớt)|cần đạt|sẽ|đặt ra|đăng ký"
    r"|(?<!hoàn thành )nhiệm vụ"
    r"|kh(?= |:|\)|$)"
    r"|giao(?= chỉ tiêu| kế hoạch| ?:)|xây dựng kế hoạch|"
    r"bảo đảm|đảm bảo|(?<!được )tập trung|tiếp tục(?= (?:giảm|nâng|giải quyết|tạo|phấn đấu))|nếu suôn sẻ|ra sức|ký kết"
    r"|đặt chỉ tiêu|theo dự kiến|theo kế hoạch|phương hướng)(?!\w)"
)
_STRONG = re.compile(
    rf"(?<!\w)(?:{_STRIVEN}|(?<!, hoàn thành ){_GOAL}(?! quốc gia| hơn| trên)"
    r"|(?:vượt|so với) mục tiêu(?= [^,.;:]{0,80} là )|(?:5|năm) năm tới|nhiệm kỳ (?:tới|mới)"
    r"|nhiệm vụ (?:trọng tâm|chủ yếu)[^.;\d]{0,80}(?:chỉ tiêu|mục tiêu)(?: \w+){0,3}(?= ?:)"
    r"|(?<!đáp ứng )yêu cầu(?: [^.;:\d]{0,90})?(?=:)"
    r"|(?:thông qua|quyết nghị|thống nhất) [^.;:]{0,90}(?:các|một số|những) (?:chỉ tiêu|mục tiêu)(?: \w+){0,3}(?= ?:)"
    r"|(?:(?<=^)|(?<=^ ))để _+ (?:có|đạt|còn)\b|thi đua [^.;]{0,60}nội dung(?: chính| sau| cụ thể)?(?= ?:)"
    r"|(?:(?<=^)|(?<=^ ))phương hướng(?= [^;.:]{0,50}:)|để (?:đến )?(?:cả|cuối|hết) năm"
    r"|phấn đấu (?:đến )?(?:cả|cuối|hết) năm|(?:(?<=^)"
    r"|(?<=^ ))nhiệm vụ [^;.\d:]{3,60}(?= ?:)"
    r"|(?:(?<=^)|(?<=^ ))(?:kế hoạch|chỉ tiêu) cả năm(?=,|:| là| của)|giao kế hoạch|(?<!\w)(?:đặt"
    r"|đề)(?: ra)? kế hoạch(?= (?!đạt|vượt))"
    r"|(?:nghị quyết|đại hội)[^,;.]{0,60} (?:đề ra|đặt ra|xác định)"
    r"(?= (?:là |mỗi năm|hằng năm|hàng năm|tăng trưởng|giảm|bình quân)| (?:có |đạt )?$)"
    r"|được (?:ubnd )?(?:tỉnh |huyện |cấp trên )?giao(?= (?:giảm|tạo|giải quyết|đưa|xây|sửa|xóa|hỗ trợ|đào tạo"
    r"|kế hoạch|chỉ tiêu))|(?<!_ )(?<!xã )đăng ký (?:với (?:ubnd )?tỉnh )?(?:đưa|xây dựng|về đích)"
    r"|(?<!xã )đăng ký (?:xây dựng )?(?:huyện|[\d_]+)(?= (?:xã )?(?:đạt|về|cán|hoàn thành))"
    r"|đăng ký (?:giảm|tạo|giải quyết|thực hiện)"
    r"|(?<!với )quyết tâm(?= (?:giảm|tạo|giải quyết|đưa|xây|sửa|xóa|đào tạo|dạy|truyền|hoàn thành|đạt|nâng|kéo))"
    r"|tập trung để(?= (?:đến |hết |cuối )*_)"
    r"|(?:huyện|tỉnh|thị xã|thành phố) (?:đã )?đăng ký(?= _)|đăng ký chủ thể"
    r"|(?<!được )chọn xây dựng|thi đua (?:hoàn thành|đạt)"
    r"|dồn (?:lực|sức) (?:để|cho|đưa)|tập trung (?:mọi )?(?:nguồn lực|sức|lực)[^,;.\d]{0,20} (?:để|đưa)"
    r"|để (?:đưa|giảm|kéo giảm|hạ|nâng)(?= [^,;.\d]{3,90} (?:lên|xuống|còn|đạt)\b)|nỗ lực(?= (?:để )?(?:về đích"
    r"|cán đích|đạt))|nhằm (?:đưa|giảm|kéo giảm|hạ)|để (?:đạt"
    r"|hoàn thành) (?:được )?(?:các )?(?:chỉ tiêu|mục tiêu)"
    r"|(?:(?<=^)|(?<=^ ))chỉ tiêu(?= (?:được )?(?:giao|phân bổ) [^.;\d]{0,60}:)"
    r"|(?:(?<=^)|(?<=^ ))chỉ tiêu(?= (?:của )?(?:năm )?_+ (?!đều|đạt|vượt|đã))"
    r"|từ (?:nay|giờ) (?:đến|_)|(?:có|lập|lên) kế hoạch(?= (?:mở|đưa|tạo|giải|giảm|đào|dạy|xây|xóa|hỗ))"
    r"|(?:(?<=^)|(?<=^ ))theo (?:nghị quyết|kế hoạch|chỉ tiêu)(?= [^,;.:]{3,60}, )"
    r"|yêu cầu(?! (?:ngày càng |cũng |còn )?(?:cao|khắt khe|khó))(?= [^.;\d]{0,60}(?:bảo đảm|_))"
    r"|nghị quyết[^,;.:]{0,70} (?:giao|xác định|quyết nghị|đề ra|đặt ra)(?= ?:| (?:_|tỷ lệ|thu|giá trị|tốc độ"
    r"|tổng|giảm|giải))"
    r"|dự toán(?= (?:năm )?_+ với )|(?:(?<=^)|(?<=^ ))kế hoạch(?= (?:năm )?_+, )|(?:thông qua"
    r"|quyết nghị) [\d_]+ chỉ tiêu(?= [^.;:]{0,30},? trong đó)"
    r"|(?:(?<=^)|(?<=^ ))theo (?:kế hoạch|lộ trình|kh)(?= ?(?:đến )?(?:cuối )?_*, )"
    rf"|{_FORESEEN}"
    r"|(?:huyện|tỉnh|thị xã|thành phố|xã|ubnd|hđnd) xác định (?:các )?(?:chỉ tiêu|mục tiêu)"
    r"|điều chỉnh (?:tăng |giảm )?(?:chỉ tiêu|kế hoạch|dự toán)|cam kết(?= (?:với [^,;.\d]{2,25} )?(?:đến|đạt"
    r"|giải ngân|hoàn thành|giảm|đào tạo|tạo|xây|không để))|muốn đạt"
    r"|kỳ vọng(?= đạt| có| (?:đến |cuối |năm )*_)|chỉ đăng ký"
    r"|(?:xây dựng|lập) kế hoạch(?= _)"
    r"|giao (?:cho )?(?:huyện|thị xã|thành phố|xã)(?= (?:tỷ lệ|tốc độ|tổng giá trị|độ che phủ) )"
    r"|(?:(?<=_ )|(?<=huyện ))(?:cần|phải)"
    r"(?= (?:đạt|có|giảm|thu|xóa|giải quyết|tạo|hoàn thành|đưa|nâng|tăng|đào tạo)\b)"
    r"|đăng ký(?= (?:với|cùng) (?:tỉnh|huyện))"
    r"|với quyết tâm(?= (?:hoàn thành|đạt|đưa|giảm|bao phủ))"
    rf"|(?<!với )(?<!bằng )quyết tâm(?:{_TO_DO}|(?= phấn đấu))"
    r"|đặt mục tiêu|dự tính|sẽ"
    r"|hướng (?:tới|đến)(?! [\d_]+ năm)"
    r"|(?<!thực hiện )chỉ tiêu(?= ?(?:(?!đều|đạt|vượt|khá|tốt)\w+ ){0,3}_+\s*(?:là|:|,))"
    r"|(?<!hoàn thành )(?<!đạt )(?<!vượt )chỉ tiêu(?= (?:mỗi năm|hằng năm|năm|đến|là|:|đặt|đề|chủ yếu năm"
    r"|huyện phải"
    r"|giảm|tạo|giải|đưa|xuất|đào)(?! [^,;.]{0,40}(?:đạt|vượt|hoàn thành)\b))|kế hoạch(?= (?:năm \d{4} là|đến"
    r"|là|của [^,.;\d]{3,60} là))|đặt chỉ tiêu"
    r"|(?:đại hội|nghị quyết)[\w ]{0,25} xác định(?= [^.;]{0,40}(?:đưa|giảm|nâng))|(?:dự thảo|văn kiện) xác định"
    r"|(?<!không )(?<!còn )phải (?:thu|có|đạt|lên|đưa|tăng|nâng|là|giảm|hạ|kéo|tới|bớt|xây|hoàn thành"
    r"|được(?= (?:[\d_]|$|kéo|đưa|nâng|hạ|giảm)))|(?<!không )(?<!còn )phải(?= _)"
    r"|(?:(?<=^)|(?<=^ ))về chỉ tiêu cụ thể(?= ?:)"
    r"|(?:cần|chú trọng|yêu cầu|đề nghị|thống nhất)\b[^.;]{0,160} hoàn thành chỉ tiêu(?= (?:giảm|xây|tạo|thu|đào))"
    r"|ưu tiên(?= xóa)|tập trung (?:lãnh đạo|chỉ đạo)[^.;:\d_]{0,40}(?= ?:)"
    r"|nhận (?:chỉ tiêu|kế hoạch)(?= (?:thu|giảm|tạo|giải|đưa|đào|xây))"
    r"|(?:kế hoạch|nghị quyết)[^.;:]{0,140} gồm [\d_]+(?: chỉ tiêu)?(?= ?:)"
    r"|đích(?= _+ )|(?:đặt |những |mọi )?đích (?:đặt ra|phải tới|phía trước|của (?:cả )?năm)"
    r"|(?<!quyết )(?<!ổn )(?<!xác )(?<!quy )(?<!nhất )định(?= (?:mở|đưa|tạo|giải|giảm))|nếu suôn sẻ"
    r"|đề ra(?= (?:\S+ )?(?:chỉ tiêu|mục tiêu)| (?:đến |tới |hết |cuối )*_+)|đặt ra (?:chỉ tiêu|mục tiêu)"
    r"|(?<!đạt )(?<!vượt )(?<!với )(?<!hơn )(?<!bằng )kế hoạch(?= ?_*\s*(?:năm )?"
    r"(?:của [^,.;\d]{3,60})? ?(?:là|:|giảm))"
    r"|giao (?:(?:cho )?(?:huyện|tỉnh|xã|thị xã|thành phố|địa phương)(?: [^,;.:\d]{2,25})? )?chỉ tiêu"
    r"|(?<!\w)kế hoạch(?= (?:tổng )?thu ngân sách[^,;.\d]{0,45} (?:là|giao))"
    r"|(?<!hoàn thành )(?<!đạt )(?<!vượt )(?<!với )chỉ tiêu(?= [^,.;:]{0,40}(?:đề ra|đặt ra|giao)[^,.;:]{0,60} là )"
    r"|(?:tỉnh|huyện) giao(?= [^,.;\d]{0,25}(?:đưa|giảm|giải quyết|tạo)\b)"
    r"|(?:huyện|tỉnh|thị xã|thành phố) (?:[^\W\d_]+ ){1,3}giao(?= (?:cho )?(?:các )?(?:xã|huyện)\b)"
    r"|(?:huyện|tỉnh|ubnd) giao(?= (?:chỉ tiêu )?cho (?:các|từng) (?:xã|huyện|địa phương|đơn vị)\b)"
    r"|giao(?: chỉ tiêu)? cho (?:các |từng )?(?:ngành|huyện|xã|đơn vị|địa phương)[^.;\d]{0,50}:$"
    r"|(?:cụ thể|như sau),? [^,.;\d]{0,30}giao(?= ?:)|(?:tỉnh|huyện|hđnd|ubnd|thành phố) giao"
    r"(?=(?: (?:cho )?(?:huyện|xã|thị xã|thành phố)(?: [^,;.:\d]{2,25}?)?)? (?:thu|dự toán))"
    r"|(?:tỉnh|huyện|hđnd|ubnd|cấp trên|thành phố|(?:huyện|tỉnh|xã|đơn vị) được) giao(?= (?:thu )?$)"
    r"|dự toán thu|(?<=^)dự toán(?= (?:năm )?_+, )"
    r"|(?:(?<=^)|(?<=^ ))kế hoạch (?:phát triển|thực hiện|xây dựng) [^;.:\d]{3,60}(?= ?:)"
    r"|(?<!hoàn thành )(?<!đạt )(?<!vượt )chỉ tiêu (?:chủ yếu|cụ thể|cơ bản)(?= [^.;:]{0,40}(?:nhiệm kỳ|\(_))"
    r")(?!\w)"
)
# words of results, and of results that are estimated
_ACTUAL = re.compile(
    r"(?<!\w)(?:(?<!các xã )(?<!xã nào )đã(?! qua đào tạo| quyết nghị| thông qua| xác định| đề ra| đặt ra"
    r"| thống nhất| ban hành| phê duyệt| giao"
    r"| được [^,;.:\d]{0,30}(?:thông qua|giao|phê duyệt|đề ra|đặt ra))|kết quả|thực hiện được|ước đạt|ước thực hiện"
    r"|hiện có|hiện tại|hiện nay|đến nay"
    r"|tính đến nay|giải ngân được|đạt được(?! _| là)|thực hiện vượt mức|(?:mới|chỉ(?! tiêu)) [^\W\d]+ được"
    r"|(?<!thôn )(?<!nhận )mới (?:chỉ )?đạt(?! chuẩn)|ghi nhận|thực tế|nhờ vậy|nhờ đó|vừa(?! nêu| nói| kể"
    r"| và nhỏ| phải| thông qua| ban hành)|mới được|qua rà soát)(?!\w)"
)
_ESTIMATE = re.compile(r"(?<!\w)(?:ước|dự ước|ước tính|ước đạt|ước thực hiện|ước khoảng)(?!\w)[^,;]{0,60}$|sơ bộ"
    r"|(?<!\w)(?:ước|dự ước)(?: thực hiện| tính)? ?(?:đến )?(?:cuối |hết |cả )?_+,? [^,;]{0,70}$"
)
# "Ước thực hiện năm 2022, giải quyết việc làm cho 2.150 lao động", "Ước thực hiện năm 2019: tỷ lệ … 64%; …"
_ESTIMATE_OPENS = re.compile(
    r"\W*(?:[^,:;.\d]{3,60}[,:]+ +){0,3}(?:dự )?ước(?: thực hiện| tính)?(?: đến)?(?: hết| cuối)?(?: cả)? ?_+"
    r"(?:,? [^;:]{0,140}\Z|\s*:)"
)
# words of filing and waiting, and of recognition that was given
_PROPOSED = re.compile(
    r"(?<!\w)(?:đề nghị(?! (?:đến )?_| (?:huyện|xã|địa phương|các [^\W\d]+(?: [^\W\d]+){0,2}) (?:tập trung"
    r"|tiếp tục|quan tâm|cần|sớm|chú trọng|rà soát|đẩy mạnh))|đề xuất"
    r"|trình (?:tỉnh|ubnd|trung ương|thủ tướng|cấp|hội đồng|hồ sơ|lên)|hồ sơ"
    r"|(?<!hội đồng )(?<!căn cứ )(?<!qua )(?<!kết quả )thẩm định(?! cho thấy| lại)|chờ"
    r"|đủ điều kiện|nếu được|xin công nhận|xin|đang hoàn thiện|xem xét,? công nhận"
    r"|(?<!đã được )xét,? công nhận|tỉnh xét"
    r"|xem xét)(?!\w)"
)
_IF_GRANTED = re.compile(r"\bnếu (?:được|tất cả|cả|các)[^,;.]{0,30}công nhận[^;.]{0,60}\Z")
_GRANTED_BEHIND = re.compile(
    r"[\s_]*(?:(?:là|gồm)[\s_]*)?(?:đã|vừa) (?:có quyết định công nhận|được (?:ubnd |tỉnh |thủ tướng |chính phủ )*"
    r"công nhận)"
)
_ASKED = re.compile(r"(?:đề nghị|đề xuất) (?:công nhận|xét|đưa)[^,;.\d]{0,70} $")
_GRANTED = re.compile(
    r"(?:đã (?:được(?! (?:ubnd )?(?:\w+ ){0,3}thẩm định)|công nhận|có quyết định)|vừa được|được (?:ubnd "
    r"|thủ tướng |chủ tịch )[\w ]{0,20}(?:công nhận"
    r"|quyết định))"
)
# the beginning of a heading: number, then what stands under it: "II. Phương hướng, nhiệm vụ"
_HEAD = re.compile(
    r"^\W*(?:(?:[ivx]{1,4}|(?:điều )?\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/-]\s*)?(?:về |một số |các "
    r"|những )?(?P<kind>phương hướng|nhiệm vụ|mục tiêu|chỉ tiêu|kế hoạch năm|kế hoạch 6|dự kiến|giải pháp|kết quả"
    r"|đánh giá|tình hình|thực trạng|nhìn lại|những kết quả)"
)


# kinds of headings under which plans stand, unless they tell how plans were carried out
_PLANS = ("phương hướng", "nhiệm vụ", "mục tiêu", "chỉ tiêu", "kế hoạch năm", "kế hoạch 6", "dự kiến", "giải pháp")
_DONE = re.compile(
    r"kết quả (?:thực hiện|đạt)|tính (?:đến )?hết|tình hình thực hiện|ước thực hiện|đạt được|hoàn thành"
    r"|tăng (?:khá|cao|mạnh|nhanh|đều|trưởng)|vượt"
    r"|khởi sắc"
    r"|chuyển biến|đều đạt"
)
_INTENDED_TARGETS = re.compile(
    r"(?<!\w)(?:tập trung (?:lãnh đạo, )?chỉ đạo để|(?<!nỗ lực )phấn đấu|quyết tâm|sẽ|dự kiến|phải|cần|(?:đặt"
    r"|đề ra) mục tiêu)(?!\w)"
)
# numbered headings, and the items of a list
_NUMBERED = re.compile(r"^\W*(?:[ivx]{1,4}|\d{1,2})\s*[.)/]\s*\D")
_ROMAN = re.compile(r"^\W*[ivx]{1,4}\s*[.)/]")
ITEM = re.compile(r"^\W*(?:[-+*•·]|\d{1,2}[.)]|[a-zđ]\))")
# a side remark on what is to come ends with its clause: "có 1 xã, dự kiến năm 2020 có thêm 1 xã; …"
_ENDED_PLAN = re.compile(  # the word comes first, which a search finds quickest
    r"trong khi [^,;.\d_]{2,30}yêu cầu(?=[^;]*;)"
    r"|dự kiến(?:(?<=, .{7})|(?<= và .{7}))(?=[^;]*;)|(?:mục tiêu|kế hoạch|chỉ tiêu)(?:(?<=trong khi .{8})(?=[^;]*;)"
    r"|(?<=cao hơn .{8})|(?<=thấp hơn .{8})|(?<=so với .{8})|(?<=đã hoàn thành .{8}))"
)
# what someone is given to do, or should have done, up to the figure: "được giao thu ngân sách 64 tỷ đồng", "tỉnh giao
# thị xã X 91%", "lẽ ra huyện đã có 12 xã"
_GIVEN = re.compile(
    r"(?<!bàn )(?<!chuyển )(?<!\w)giao(?= (?:cho |tổng )*(?:thu|xóa|giảm|giải|đào|xây|đưa|chỉ tiêu|kế hoạch"
    r"|dự toán|tỷ lệ"
    r"|phấn đấu|tối thiểu|ít nhất|trên|huyện|tỉnh|thị xã|thành phố|xã|là|tạo|mức)\b| \W*$)"
    r"(?:(?! đạt| thực hiện| được | đã )[^,;.:\d]){0,90}$"
    r"|(?<!\w)lẽ ra [^,;.\d]{3,40}$"
)
# words right beside a figure that make it a target
_MUST = re.compile(r"(?<!\w)(?:phải|cần) (?:đạt|hoàn thành)")
# "hoàn thành các chỉ tiêu để được công nhận huyện nông thôn mới"
_SO_AS_TO = re.compile(
    r"(?:chỉ tiêu|tiêu chí|thủ tục|hồ sơ|nội dung|điều kiện) để (?:được |sớm |đủ )?(?:công nhận|đạt|về đích)"
)
_DISTRICT_GOAL = re.compile(
    r"(?:đề án|lộ trình) xây dựng|"
    r"phấn đấu|(?<!với )(?<!vượt )mục tiêu(?! quốc gia)|(?<!bằng )(?<!với )quyết tâm(?! chính trị| cao)"
)
_SIGNED_UP = re.compile(r"\bđăng ký (?:thêm |xây dựng )?\Z")  # "năm 2017 đăng ký 2 xã hoàn thành"
_GOAL_IN_BRACKET = re.compile(r"(?:để|nhằm) (?:\w+ ){0,2}(?:mục tiêu|chỉ tiêu)(?: [^\W\d]+){0,5} \(\Z")
_REGISTERED = re.compile(r"(?:đăng ký|phấn đấu|hỗ trợ|tập trung (?:chỉ đạo|xây dựng)|chỉ đạo)\s*[\w ]{0,25}$")
_STILL_TO_DO = re.compile(r"phấn đấu|\bsẽ\b|quyết tâm|khẩn trương|\b(?:nhằm|để|sớm) (?:đạt|về|cán|được|hoàn)")
_FAR, _REACH = 3000, 400  # characters; a report that ends no sentence is read in bounded time
_CLOSED = re.compile(r"\((?!(?:nhiệm kỳ |giai đoạn )?_)[^()]*\)")  # what a bracket says governs nothing behind it
_PLAN_OPENS = re.compile(r"\(\s*(?:trong đó )?(?:kế hoạch|kh|chỉ tiêu|mục tiêu|nghị quyết|nq(?: ?hđnd)?|giao)(?!\w)")
_PLAN_BEHIND = re.compile(
    r"[\s_]*\((?:kế hoạch|kh|chỉ tiêu|mục tiêu|nghị quyết)(?: (?:năm|giao|đề ra|_+))*:? ?[^()]{0,25}_"
)
# "so với chỉ tiêu tỉnh giao là 650 hộ"
_PLAN_IS = re.compile(
    r"(?:vượt|hơn|so với) (?:mục tiêu|chỉ tiêu|kế hoạch|dự toán)(?: (?:giảm|tăng|đề ra|đặt ra|được giao|giao|là))*\s*$"
    r"|(?:so với|so) (?:chỉ tiêu|kế hoạch)(?:[\w ]{0,25} (?:là|:)| thu)\s*$"
    r"|: ?(?:nghị quyết|kế hoạch|chỉ tiêu|dự toán|mục tiêu)(?: đề ra| đặt ra| giao)? $"
    r"|(?:^\W*|[,;:_] ?)kế hoạch (?:xóa|xây|làm|đưa|tạo việc làm cho|đào tạo(?: nghề)?(?: cho)?) $"
    r"|[,;(] ?(?:trong khi |mà )?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)"
    r"(?: (?:năm|cả|của|tỉnh|huyện|hđnd|ubnd|được|nghị|quyết|_+))* (?:giao|đề ra|đặt ra)(?: là)?:? $"
)
_INTENDED = re.compile(
    rf"(?:sẽ|{_FORESEEN}|phấn đấu|{_GOAL}(?! quốc gia)|(?:huyện|tỉnh|thị xã|thành phố"
    rf"|địa phương)(?: [^\W\d]+){{0,4}} (?:chỉ )?đăng ký(?= (?:thêm )?$))"
    r"[\w ]{0,20}$"
)
_BY_THEN = re.compile(
    r"\((?:cuối |hết |đến )*_+(?: (?:đạt|là|có|còn|chỉ|mới|thực hiện|ước))*[ :]*(?:trên |hơn |gần )?\Z"
)
_FORESAID = re.compile(r"(?<!\w)dự kiến(?: đạt| được)?\s*$")
# "Chỉ tiêu giải quyết việc làm năm 2019 là …", "KH năm 2019: …"
_PLAN_SUBJECT = re.compile(
    r"^\W*(?:[^,;:.\d]{0,30}(?:đặt|đề|giao)(?: ra)? )?(?:chỉ tiêu|kế hoạch|mục tiêu)(?! (?:đạt|vượt|hoàn thành"
    r"|thi đua)| [^,;:.\d]{0,60} (?:đạt và vượt|hoàn thành))"
    r" [^,;:.\d]{3,90} là\W*(?:hơn |trên |khoảng )?$"
    r"|(?<!\w)kh(?: (?:năm|cả năm|giao|_+))*(?: là| còn| giảm còn| đạt)?\s*:?\s*$"
    r"|^\W*so với (?:mục tiêu|chỉ tiêu|kế hoạch) [^,;.\d]{3,70}$"
    r"|(?:^|[;,] )(?:kế hoạch|chỉ tiêu) (?:đến |tới )?(?:cuối |hết )?(?:năm )?_+ (?:đạt|phấn đấu|là|nâng lên"
    r"|tăng lên|(?:giảm )?(?:xuống )?còn)\W*(?:hơn |trên |khoảng )?$"
    r"|^\W*(?:nghị quyết|hđnd|ubnd)[^,;:.\d]{0,30} giao [^,;:.\d]{3,80} là\W*$"
    r"|(?<!\w)giao (?:cho )?[^;.:]{3,80} chỉ tiêu $"
    r"|(?<!hoàn thành )(?<!thực hiện )(?<!so với )(?<!vượt )(?<!đạt )(?:chỉ tiêu"
    r"|kế hoạch) _+ (?:[\w ]{0,20} )?(?:giảm|tạo|giải quyết|đưa|đào tạo|xây dựng)[^,;.]{0,50}$"
)
_ESTIMATE_BEHIND = re.compile(r"\s*\((?:ước|dự ước)\b[^()\d]{0,30}\)")
# a plan and then what was done of it: "kế hoạch 1.400 lao động, 9 tháng đã thực hiện 1.065 lao động"
_PLAN_GOVERNS = re.compile(
    r"(?<!so với )(?<!vượt )(?<!đạt )(?<!thành )(?<!theo )(?<!so )(?<!bằng )(?<!\w)(?:kế hoạch|chỉ tiêu|dự toán)"
    r"(?! (?:đạt|vượt|đều|khá|tốt)\b)[^;.,]{0,70}$"
)
_THEN_RESULT = re.compile(
    r"[^;.,\d]{0,40}, (?:[^;.,\d]{0,30} )?(?:thực hiện|kết quả|ước (?:thực hiện|đạt|cả năm)|đã (?:thực hiện"
    r"|hoàn thành|đạt))"
)
_CARRIED_OUT = re.compile(
    r"[,;(:]\s*(?:[\w ]{0,20} )?(?:đã |kết quả )?(?:thực hiện|kết quả|th|thu được)(?: cả năm| năm| _+)*"
    r"(?: đạt| được| là| còn| giảm còn)*\W*(?:hơn |trên |gần )?$"
)
_TASK = re.compile(
    rf"(?:phấn đấu|đề ra là|đặt ra là|{_FORESEEN}|(?<!hoàn thành )nhiệm vụ"
    r"|(?<!được )tập trung (?:thực hiện|chỉ đạo|phấn đấu|giảm"
    r"|nâng)|tiếp tục(?! (?:tăng trưởng|phát triển|ổn định|khởi sắc|chuyển biến|có)))"
    r"\s*[\w ,]{0,40}$"
)
# a paragraph that announces plans, and one that tells of results
_ANNOUNCED = re.compile(
    rf"(?:các nhiệm vụ|nhiệm vụ trọng tâm|phương hướng|mục tiêu(?! quốc gia)|chỉ tiêu{_GOES_WELL})"
    r"[^.]{0,60}(?::|như|sau)"
    r"|chỉ tiêu [\w ]{0,20}được [\w ]{0,20}(?:đặt|đề) ra (?:cho |trong )?_*(?:năm \d{4})?[^.;:]{0,20}\."
    r"|(?:mục tiêu|chỉ tiêu) (?:được |đã )?giao (?:cụ thể )?cho (?:từng|các)"
    r"|(?:thông qua|đề ra|đặt ra|quyết nghị) [\w ]{0,25}chỉ tiêu[^.]{0,60}\."
)
# "… vừa ban hành quyết định giao chỉ tiêu kế hoạch năm 2025. Theo đó, tỷ lệ …"
_ISSUED = re.compile(
    r"(?:ban hành|phê duyệt|thông qua|xây dựng|giao)(?! \w+ \w+ kết quả)[^.;\d]{0,60}(?:kế hoạch|chỉ tiêu)[^.;]{0,120}"
    r"\. theo đó\b(?:[^.]|\.(?=\d))*$"
)
_RESULTS = re.compile(
    r"(?<!\w)(?:đã|đạt được|kết quả|mức độ (?:thực hiện|hoàn thành)|(?<!phấn đấu )(?:đạt và vượt|đạt, vượt|đạt"
    r"|vượt)(?: mức)?(?: so với)?(?: nhiều"
    r"| các)? (?:chỉ tiêu|kế hoạch)"
    r"|(?:chỉ tiêu|nhiệm vụ)(?: [^\W\d]+){0,4} được hoàn thành|chỉ tiêu(?: [^\W\d]+){0,4} (?:đều )?(?:đạt"
    r"|vượt)|chỉ tiêu[^.:;]{0,40} (?:tăng|chuyển biến|khởi sắc)(?: khá| cao| mạnh"
    r"| trưởng)?)(?!\w)"
)
# "Đánh giá năm 2020, huyện vẫn hoàn thành các mục tiêu đề ra. Cụ thể:"
_LOOKS_BACK = re.compile(
    r"đánh giá (?:về )?(?:năm|kết quả)|kết quả (?:đạt được|thực hiện)|(?:vẫn|đã) hoàn thành|đã đạt"
)
_BUILDING_ON = re.compile(r"(?:phát huy|kế thừa|trên cơ sở|từ)[^,.:]{0,40} kết quả[^,.:]{0,40},")  # before goals
_REPORTS = re.compile(r"báo cáo (?:\w+ )?kết quả|kết quả(?: [^,;:]{0,40})? (?:như sau|cụ thể)\W*$")
_OUTDONE = re.compile(r"(?<!để )(?:đạt|vượt)[\w ,]{0,25}(?:chỉ tiêu|kế hoạch)")
_DONE_ALREADY = re.compile(r"(?<!\w)đã (?:được |chính thức |cơ bản )?$")
_RECOGNISED = re.compile(r"(?<!\w)đã (?:được|chính thức|vừa)[\w ]{0,40} công nhận")
_AND_NOW = re.compile(r",? và (?:đang|tiếp tục|hiện|phấn đấu|hướng)\b")
# a sentence that takes the figure of the one before it apart
_APART = re.compile(r"\W*(?:cụ thể|trong đó|chia ra|bao gồm|gồm)(?!\w)")
_ONE_BY_ONE = ("persons", "houses")
_SO_RAISING = re.compile(r"\W*(?:góp phần|qua đó|từ đó|theo đó|như vậy)[, ]+(?:sẽ )?(?:nâng|đưa|tăng) (?:tổng )?số")
_REACHED_THERE = re.compile(r"\s*đã (?:được (?:tỉnh )?)?(?:về đích|cán đích|đạt|công nhận|hoàn thành)")
_IS_GOAL = re.compile(
    r"[^,;.:()]{0,60} là (?:một |hai |những |các |một trong (?:các |những |số )?)?(?:mục tiêu|chỉ tiêu|đích)\b"
    r"|\s*mà (?:nghị quyết|huyện|tỉnh|xã|đại hội|kế hoạch|hđnd)[^,;.()]{0,40} (?:đề ra|đặt ra|giao)\b"
    r"|[^.;]{0,200}(?::|,| -) ?(?:đó|đây) là đích"
    r"|[^.;]{0,200}(?::|,| -) ?(?:đó|đây) là (?:những |các )?(?:mục tiêu|chỉ tiêu|con số|phần việc)[^.;]{0,60}"
    r"(?:phải|phấn đấu|đề ra|đặt ra|hướng (?:tới|đến)|cần đạt)"
)
_MEANT_TO = re.compile(
    r"[\s_]*(?:của (?:tỉnh |huyện )?[^,;.\d]{2,20} (?=đăng ký ))?(?:đang [^.;\d]{0,50}, )?"
    r"(?:[^;.,\d()_]{3,60}(?<! và) (?=phấn đấu (?:lên|về|đạt|hoàn)))?"
    r"(?:dự kiến (?:sẽ )?|sẽ |phấn đấu |quyết tâm |đăng ký )+(?:xây dựng )?(?:và )?"
    r"(?:về đích|cán đích|đạt|lên|hoàn thành|(?:xã )?(?:nông thôn mới|ntm)\b)"
)
_LEFT_TO_REACH = re.compile(r"\s*còn lại[^.;]{0,160}\b(?:phấn đấu|quyết tâm|dự kiến|sẽ)\b")
_SO_AS_TO_REACH = re.compile(
    r"(?:\bđể )(?:(?:nỗ lực |phấn đấu |sớm |quyết tâm )?(?:về đích|cán đích)"
    r"|(?:dồn sức |tập trung )(?:chỉ đạo|xây dựng))"
)
_TARGETS_LISTED = re.compile(
    rf"chỉ tiêu{_GOES_WELL}(?: (?:(?!đạt|vượt|hoàn thành|tăng|thực hiện|kết quả)[^.;:\d]){{0,80}})?:"
)
_CONTRAST = re.compile(r", (?:song|nhưng|thế nhưng|tuy nhiên|bởi(?: vì)?)\b")
_SET = re.compile(r"_|đề ra|đặt ra|thông qua|được giao|phấn đấu|nhiệm kỳ|thi đua|phát động|giao ước|ký kết")
# around what is only filed: another figure or clause ends it; waiting words behind it; words that it was reached
_ENDED = re.compile(r"\d[^,;]*,|;|\.\s")
_OWN_COUNT = re.compile(r"[\d_]|\b(?:xã|huyện|sản phẩm|hồ sơ)\b")
_COUNTED_BEFORE = re.compile(r"(?:_|\d[\d.]* [^\d,;:_]{2,25}) (?:đã |đang |hiện |mới )?$")
_STILL = re.compile(r"\s*(?:hiện |và )?(?:đang|chờ|đủ điều kiện trình|(?:đã )?gửi hồ sơ)\b")
_CLAUSE = re.compile(r"[,;.]\s| và ")
_BY_FILE = re.compile(r"theo (?:hồ sơ|đề nghị|kết quả thẩm định)[^,;]{0,30},")  # only where the figure comes from
_WAITING = re.compile(
    r"(?:chờ|gửi hồ sơ|bỏ phiếu|đang chờ|đang đợi|hồ sơ|đề nghị|thẩm định|đủ điều kiện|đang được|được đề xuất)\b"
)
_REACHED = re.compile(r"(?<!\w)(?:đã|hiện|đến nay|có|đạt và vượt)(?!\w)")
# "Với 2 xã X và Y, huyện đang hoàn tất hồ sơ trình cấp có thẩm quyền công nhận"
_OF_THESE = re.compile(r"(?:^|[;,.] )\W*(?:đối )?với $")
_THEIR_FILE = re.compile(
    r"[^;.\d]{0,80}, (?:huyện|thị xã|thành phố|xã|địa phương)? ?(?:hiện )?đang (?:hoàn tất|hoàn thiện|làm|lập|trình)"
    r"[^;.,\d]{0,15} hồ sơ\b"
)
_BY_THE_END = re.compile(r"(?: nâng cao| kiểu mẫu)? (?:vào|trong|trước) (?:cuối |hết )?_")


@dataclass(frozen=True)
class Section:
    """What the last heading announced: `target` for plans and tasks, `actual` for results, "" when it does not tell."""

    status: str = ""
    period: str = ""  # that the heading names
    listed: bool = False  # opened by a sentence with a colon: holds for the list that follows


def read_section(words: str, section: Section, stop: str, published: str, opening: str) -> Section:
    """The section after reading one more part of the text.

    `stop`: what ended the part; `opening`: its paragraph so far.
    """
    head, colon = _HEAD.match(words), words.rstrip().endswith(":")
    if words.rstrip().endswith("?"):  # an interview: the question sets the frame of the answer
        planned = _STRONG.search(words) or "phương hướng" in words
        return Section("target" if planned else "", parse_period(words, published))
    if head and len(words) < 160 and (stop == "\n" or colon):
        if head["kind"] == "chỉ tiêu" and section.status == "actual" and not re.search(r"20\d\d|tới|mới", words):
            return section  # "I. Kết quả …": "2. Các chỉ tiêu xã hội"
        said = opening if len(opening) < 200 else words  # "Ước thực hiện một số chỉ tiêu năm 2020:"
        planned = head["kind"] in _PLANS and not _DONE.search(said.split("dự kiến")[0])
        period = parse_period(words, published)
        if planned and section.status == "target":  # "Phương hướng năm 2023": "1. Một số chỉ tiêu chủ yếu"
            period = period or section.period
        return Section("target" if planned else "actual", period, colon)
    if colon and stop == "\n" and len(words) < 220:
        # the whole opening: "Hướng tới năm 2026. … 28 chỉ tiêu. Đáng chú ý:"
        said = _BUILDING_ON.sub(" ", opening if len(opening) < 300 else words)
        planned = _STRONG.search(said) and not _DONE.search(said) and not _REPORTS.search(words)
        told = "target" if planned else "actual" if _LOOKS_BACK.search(said) else ""
        if not told and section.status == "target" and not _RESULTS.search(words):
            return replace(section, listed=True)  # "Nhiệm vụ quý IV": "Các xã tập trung:"
        return Section(told, parse_period(said, published), True)
    if stop == "\n" and len(words) < 100 and _NUMBERED.match(words) and not re.search(r"\d", words[4:]):
        goes_on = section.status == "target" and not _ROMAN.match(words)
        return section if goes_on else Section()
    if section.listed and section.status and stop != ";" and len(words) > 160 and not ITEM.match(words):
        return Section()
    return section


def status_of(
    masked: str, draft: Draft, thought: str, context: str, section: Section, frame: Frame, last: Draft | None
) -> str:
    """The status of a drafted figure: actual, estimate, target or proposed.

    `masked`: the part without its figures; `thought`: the parts before it in its sentence; `context`: the paragraph;
    `last`: the figure before it in the report.
    """
    at = draft.quantity.start
    before = masked[:at]
    in_bracket = before.rfind("(") > before.rfind(")")
    if draft.unit in ("communes", "yes", "products") and _proposed(thought, masked, draft):
        return "proposed"
    if draft.unit in ("households", "percent") and _ASKED.search(before):
        return "proposed"  # "các xã đề nghị công nhận 512 hộ thoát nghèo"
    if draft.rule == "base_bracket" and _past(draft.period, frame.published):
        return "actual"  # "còn 2,95%, giảm so với mức 4,19% của năm 2018"
    bracket = before[before.rfind("(") :] if in_bracket else ""
    if bracket and draft.explicit and _past(draft.period, frame.published) and _BY_THEN.match(bracket):
        return "actual"  # "phấn đấu 40 triệu đồng (năm 2018 đạt 36,9 triệu đồng)"
    if draft.rule == "district_standard" and _RECOGNISED.search(masked[max(0, draft.start - 20) : draft.end]):
        return "actual"  # "… chỉ tiêu của 5 năm tới, giữ vị trí huyện đã được công nhận đạt chuẩn nông thôn mới"
    if _told_as_target(masked, draft, bracket):
        return "target"
    if draft.rule == "share" and draft.owner is not None:
        return draft.owner.status
    if draft.like is not None and in_bracket:  # "sẽ xây 90 nhà (huyện A 15 nhà, huyện B 10 nhà)"
        return draft.like.status
    lead = _CLOSED.sub(lambda m: " " * len(m.group()), (thought + " " + before)[-_FAR:])
    if in_bracket and draft.start >= before.rfind("("):  # inside a bracket only its own words count
        lead, thought = bracket, ""
    if draft.rule == "plan_beside" or _planned(draft, masked, lead, thought, context, section, frame, last):
        return "target"
    if draft.rule == "listed_place" and draft.like is not None and draft.like.status == "target":
        return "target" if _last(_ACTUAL, lead) < 0 else "actual"
    return "estimate" if _estimated(lead) or _ESTIMATE_BEHIND.match(masked, draft.quantity.end) else "actual"


def _told_as_target(masked: str, draft: Draft, bracket: str) -> bool:
    """Whether the words right beside the figure make it a target: "(KH 66,5 tỷ đồng)", "phải đạt …"."""
    at = draft.quantity.start
    if draft.rule != "named_communes" and _MUST.search(masked[at : draft.end + 12]):  # "xã Phú Cần đạt chuẩn"
        return True
    given = draft.plan_pct is None and draft.indicator != "targets_met" and draft.rule != "named_communes"
    if given and _GIVEN.search(masked, max(0, at - 120), at):
        return True
    if draft.rule == "named_communes":
        own = masked[draft.start : draft.end]
        if _REGISTERED.search(masked[: draft.start]) or (_STILL_TO_DO.search(own) and " đã " not in own):
            return True
    if bracket and _PLAN_OPENS.match(bracket) and not _CARRIED_OUT.search(bracket):
        return True
    if draft.unit == "communes" and _SIGNED_UP.search(masked, max(0, at - 30), at):
        return True
    opened = at - len(bracket) + 1
    if bracket and _GOAL_IN_BRACKET.search(masked, max(0, opened - 100), opened):
        return True  # "Để hoàn thành mục tiêu cả năm (thu ngân sách 47 tỷ đồng, giảm 5% hộ nghèo)"
    said = _PLAN_IS.search(masked[max(0, at - 50) : at]) or _IS_GOAL.match(masked, draft.quantity.end)
    if said and draft.indicator != "targets_met":
        return True  # "Có thêm 3 xã đạt chuẩn là một mục tiêu mà nghị quyết đặt ra"
    if draft.unit == "communes" and _LEFT_TO_REACH.match(masked, draft.quantity.end):
        return True  # "4 xã còn lại gồm … đang làm nốt các tiêu chí còn thiếu, phấn đấu đủ 19 tiêu chí trong năm nay"
    meant = _MEANT_TO.match(masked, draft.quantity.end)
    registered = meant and draft.quantity.of and "đăng ký" in meant.group()  # "12/15 xã đăng ký …"
    if (meant and not registered) or _SO_AS_TO_REACH.search(masked, draft.quantity.end, draft.end):
        return True  # "8 xã phấn đấu về đích nông thôn mới nâng cao"
    if draft.rule != "district_standard":
        return False
    if _DONE_ALREADY.search(masked[: draft.start]) or " đã " in masked[draft.start : draft.end]:
        return False
    behind = _AND_NOW.split(masked[draft.end : draft.end + 50])[0]  # "… và đang tiến tới mục tiêu …"
    own = masked[max(0, min(draft.start, at) - 90) : draft.end] + behind
    if _SO_AS_TO.search(masked[max(0, draft.start - 60) : draft.end]) or masked.endswith("để ", 0, draft.start):
        return True
    near = own[: own.find(masked[at : at + 10]) + 60]
    return bool(_STRONG.search(near) or _DISTRICT_GOAL.search(own))


def _planned(
    draft: Draft, masked: str, lead: str, thought: str, context: str, section: Section, frame: Frame, last: Draft | None
) -> bool:
    """Whether words of planning govern the figure, weighed against words of results and against its period."""
    before, end = masked[: draft.quantity.start], draft.quantity.end
    near = before if len(before) < _REACH else "x" + before[-_REACH:]  # what stands right before the figure
    if _CARRIED_OUT.search(near):
        return False  # "kế hoạch 8,5%, thực hiện 8,6%"
    if draft.unit == "communes" and _REACHED_THERE.match(masked, end):
        return False  # "trong 7 xã đã về đích"
    pair = draft.value_max is None and TWO_LEVELS.search(near)
    if pair and draft.explicit and _past(draft.period, frame.published):
        return False  # "phấn đấu giảm từ 4,86% cuối năm 2018 xuống 3,7%"
    if _PLAN_SUBJECT.search(near) or (_PLAN_GOVERNS.search(near) and _THEN_RESULT.match(masked, end)):
        return True
    if draft.indicator == "targets_met" and draft.explicit and draft.period == frame.term:
        return False  # "Nhiệm kỳ 2015 - 2020, … đã phấn đấu đạt và vượt 17/19 chỉ tiêu"
    over = draft.explicit and _over(draft.period, frame.published)
    if over and not _TARGET.search(before) and not _STRONG.search(before):
        return False  # "chỉ tiêu giao là 75 người; hết tháng 8 có 83 lao động xuất cảnh, đạt 110,7%"
    # "dự ước cả năm sẽ có 13 chỉ tiêu đạt": an estimate
    foreseen = "dự ước" in lead and draft.indicator == "targets_met"
    if draft.indicator == "targets_met" and draft.rule == "count" and (foreseen or not _INTENDED_TARGETS.search(lead)):
        return False  # "trong số 21 chỉ tiêu đề ra, có 18 chỉ tiêu đạt và vượt"
    lasting = _ENDED_PLAN.sub(lambda m: SKIP * len(m.group()), lead)
    begun_from = draft.explicit and draft.period.endswith("-01") and draft.period < frame.published[:7]
    past = _past(draft.period, frame.published) or begun_from or (draft.period == frame.term != "")
    future = _future(draft.period, frame.published)
    listed = -1 if past and draft.explicit else _listed_targets(lead)
    strong, actual = max(_last(_STRONG, lasting), listed), _last(_ACTUAL, lead)
    if draft.now >= 0 and lead.endswith(before):  # "mục tiêu không dễ, bởi hiện tại vẫn còn 20% …"
        actual = max(actual, len(lead) - len(before) + draft.now)
    outdone = strong >= 0 and any(m.end() + 1 == strong for m in _OUTDONE.finditer(lead))
    if strong >= 0 and (outdone or _CONTRAST.search(lead, strong)):
        strong = -1  # "đạt và vượt chỉ tiêu nghị quyết đề ra: …", "… đề ra giảm 1,5%, song bình quân giảm được 1,74%"
    told = before[before.rfind(",") + 1 :] if draft.rule == "district_standard" else before
    seen = _estimated(lead) or re.search(r"(?<!\w)đã(?!\w)", told[-60:])
    if not frame.dated and draft.explicit and draft.period == frame.published[:4] and actual < 0:
        # an undated page may be older than the last year that it names
        later = any(year > draft.period for year in re.findall(r"20\d\d", context[-300:]))
        future = bool(re.search(r"để (?:đến )?_+", before) or (not later and _STRONG.search(context[-300:])))
        future = future and not _estimated(lead)
    if strong < 0 and _ESTIMATE_OPENS.match(lead):
        future = False  # "Ước thực hiện đến năm 2015, tổng GTSX là 216 tỷ đồng", in 2014
    begun = "/" in draft.period and draft.period[:4] < frame.published[:4]
    future = (future and not (begun and (seen or not draft.explicit))) or (draft.ahead and not seen)
    if draft.qualifier == ">=" and (draft.period or _last(_TARGET, lead) >= 0) and not past:
        return True
    opening = frame.opens_year and draft.period == frame.published[:4]
    again = not draft.explicit or (last is not None and draft.period == last.period)
    if opening and last is not None and last.status == "target" and actual < 0 and again:
        return True  # "Năm 2019, huyện phấn đấu … . Về nông thôn, thêm 5 xã về đích"
    coming = draft.unit in ("percentage_points", "persons") or draft.indicator == "households_escaped_poverty"
    # "Năm 2013, hai bên phối hợp thực hiện: …; giảm tỷ lệ hộ nghèo xuống còn 5,1%", in January
    coming |= draft.explicit and draft.now < 0 and draft.unit == "percent" and frame.published[5:7] in ("01", "02")
    if opening and actual < 0 and draft.plan_pct is None and coming:
        return True  # the whole of a year that has just begun
    # "thu nhập dự kiến đạt 36 triệu đồng; tỷ lệ hộ nghèo giảm … còn 3% năm 2019", in 2020
    other = strong > 1 and past and draft.explicit and frame.dated and lead.startswith("dự kiến", strong)
    if strong >= 0 and (strong >= actual - 1 or future) and not (past and _OUTDONE.search(lead)) and not other:
        return True
    planned_before = last is not None and last.status == "target" and last.rule != "plan_beside"
    counted = draft.unit in ("communes", "products") and draft.period[:4] >= frame.published[:4] and draft.now < 0
    if planned_before and counted and actual < 0 and re.match(r"\W*trong đó,? (?:năm |riêng năm )?_", lead):
        return True  # "… phấn đấu có 14 xã nâng cao. Trong đó, năm 2023 có 4 xã, năm 2024 thêm 5 xã"
    if planned_before and draft.unit in _ONE_BY_ONE and actual < 0 and not past and _APART.match(lead):
        return True
    if _INTENDED.search(near) and not (draft.yoy_pct is not None and _FORESAID.search(near)):
        return True  # but "dự kiến đạt 1.804 tỷ đồng, tăng 8,8% so với cùng kỳ" is an estimate
    target = _last(_TARGET, lead)
    whole = draft.explicit and draft.period == frame.published[:4] and frame.published[5:7] < "10"
    # "6 tháng cuối năm: … 2. Thu ngân sách cả năm …, vượt 16% dự toán"
    tasked = section.status == "target" and whole and frame.dated
    measured = (draft.plan_pct is not None and not tasked) or _PLAN_BEHIND.match(masked, end)
    if strong < 0 and measured and draft.rule != "plan_beside":
        return False  # what was reached of a plan is no plan: "trên 2.000 người, đạt 51,8% kế hoạch"
    if actual < 0 and _planned_around(draft, lead, context, section, frame, past or over, last):
        return True
    if future:
        unsaid = target < 0 and section.status != "target" and not _STRONG.search(thought)
        if unsaid and actual >= 0 and not frame.dated:
            draft.flags.add("status_inferred")
            return False  # an undated page may be later than the years that it names
        if unsaid and (actual >= 0 or not frame.dated):
            draft.flags.add("status_inferred")
        return True
    return target >= 0 and target > actual and not past and not over and bool(_TASK.search(before))


def _planned_around(
    draft: Draft, lead: str, context: str, section: Section, frame: Frame, past: bool, last: Draft | None
) -> bool:
    """Whether title, paragraph or heading announce plans, for a figure whose own words tell of no result."""
    now = draft.explicit and draft.period == frame.published[:7] and len(draft.period) == 7  # "đến nay, huyện có …"
    # plans come after the results
    reporting = last.status in ("actual", "estimate") if last is not None else bool(_RESULTS.search(context))
    told = draft.explicit or _RESULTS.search(lead)
    earlier = told and "" < draft.period[:4] < frame.plan[:4]  # before the year that the title plans for
    if frame.planned and section.status != "actual" and not ((past and draft.explicit) or now or reporting or earlier):
        return True
    if section.status == "target" and (not draft.explicit or not draft.period or not past):
        return True
    if last is not None and last.status == "target" and not draft.explicit and _SO_RAISING.match(lead):
        return True  # "… phấn đấu thêm 2 xã về đích. Góp phần nâng tổng số xã đạt chuẩn lên 7 xã"
    reviewing = f"năm {frame.published[:4]}" in context[-250:] and draft.period == frame.published[:4]
    if last is not None and goes_on(last, frame) and not (draft.explicit or reviewing) and section.status != "actual":
        planned = not _RESULTS.search(context)
        draft.flags |= {"status_inferred"} if planned else set()
        return planned
    if not (past and draft.explicit) and _ISSUED.search(context[-600:]):
        return True
    if reporting and ";" in lead and _RESULTS.search(context[-1200:]):
        return False  # "10 chỉ tiêu vượt mức, gồm: …; …; tỷ lệ hộ sử dụng nước hợp vệ sinh 97,65%"
    return not past and bool(_ANNOUNCED.search(context[-700:])) and not _RESULTS.search(context[-400:])


def goes_on(last: Draft, frame: Frame) -> bool:
    """Whether a report at the end of the year has come to its goals for the next one, whose list may go on."""
    closing = frame.published[5:7] in ("11", "12")
    return closing and last.status == "target" and last.period == frame.year_after


def _estimated(lead: str) -> bool:
    """Whether the last words before a figure call it an estimate."""
    if _ESTIMATE_OPENS.match(lead):
        return True
    near = lead[-110:]
    return ("ước" in near or "sơ bộ" in near) and bool(_ESTIMATE.search(near))


def _listed_targets(lead: str) -> int:
    """Where a list of targets is announced ("các chỉ tiêu chủ yếu của nhiệm kỳ … gồm:"), -1 for none or for results."""
    at = -1
    if "chỉ tiêu" not in lead:
        return at
    for match in _TARGETS_LISTED.finditer(lead):
        results = re.search(r"kết quả|thực hiện|hoàn thành|vượt", lead[max(0, match.start() - 40) : match.start()])
        if not results and _SET.search(lead[max(0, match.start() - 30) : match.end()]):
            at = match.start()
    return at


@lru_cache(maxsize=32)  # asked again for each figure of a clause, and by several rules
def _last(pattern: re.Pattern[str], text: str) -> int:
    at = -1
    for match in pattern.finditer(text):
        at = match.start()
    return at


def _future(period: str, published: str) -> bool:
    """Whether a period ends after the year of publication, or (a whole later part of it) has not begun."""
    if not period or not published:
        return False
    last = period[5:9] if "/" in period else period[:4]
    if last > published[:4]:
        return True
    return last == published[:4] and period.endswith("H2") and published[5:7] < "09" and published[5:7] != ""


def _over(period: str, published: str) -> bool:
    """Whether the months of a year had gone by when the report came out: "8 tháng đầu năm" in September."""
    ends = {"H1": "06"}.get(period[5:], period[5:-1].zfill(2) if period.endswith("M") else "")
    return bool(ends) and period[:4] == published[:4] and ends < published[5:7]


def _past(period: str, published: str) -> bool:
    last = period[5:9] if "/" in period else period[:4]
    return bool(period and published and last < published[:4])


def _proposed(thought: str, masked: str, draft: Draft) -> bool:
    """Filed, under appraisal or waiting: the words stand before the figure, or right behind it."""
    at, end = draft.quantity.start, draft.quantity.end
    before = _BY_FILE.sub(lambda m: " " * len(m.group()), masked[max(0, at - 110) : at])
    if draft.rule in ("district_standard", "named_communes"):
        before = masked[max(0, draft.start - 110) : draft.end]
    if _IF_GRANTED.search(before):
        return True  # "Nếu được công nhận, toàn huyện sẽ có 12 xã"
    if _GRANTED_BEHIND.match(masked, end):
        return False  # "Được huyện đề nghị từ tháng 11, … 2 xã A và B đã có quyết định công nhận"
    if _OF_THESE.search(masked[:at]) and _THEIR_FILE.match(masked, end):
        return True
    if draft.rule == "district_standard" and _STRONG.search(before) and _BY_THE_END.match(masked, draft.end):
        return False  # "huyện phấn đấu đủ 100% tiêu chí, trình Trung ương xét công nhận huyện … vào cuối năm 2020"
    lead = _last(_PROPOSED, before)
    if _SO_AS_TO.search(before) and _STRONG.search(before):
        return False
    if lead >= 0 and _last(_STRONG, before) > lead:
        return False
    of_count = lead >= 0 and _COUNTED_BEFORE.search(before[:lead])  # "2 huyện đủ điều kiện công nhận, 3 xã …"
    if lead >= 0 and _still_filed(before[lead:]) and not (of_count and "," in before[lead:]):
        return True
    behind, *clauses = _CLAUSE.split(masked[end : end + 150])
    for clause in clauses:
        still = bool(_STILL.match(clause))
        # of a clause that waits neither "hồ sơ" nor the year at its end is a count
        if _OWN_COUNT.search(clause.replace("hồ sơ", "").rstrip(" ._") if still else clause):
            break
        if still:
            behind += " " + clause  # "…, được thẩm định xong, chờ quyết định công nhận"
            break
    if _WAITING.search(behind) and not _GRANTED.search(behind):
        return True
    carried = _PROPOSED.search(thought[-160:]) and not _GRANTED.search(masked[: draft.end])
    carried = carried and not _STRONG.match(masked.lstrip(" _"))  # "trình … xét công nhận; phấn đấu … huyện Y đạt"
    return bool(carried) and not _REACHED.search(masked[:at][-60:])


def _still_filed(between: str) -> bool:
    """Whether nothing between the word of filing and the figure ends what is filed."""
    if "thêm" in between:
        return True
    if "kết quả có" in between:
        return False  # "hướng dẫn 6 chủ thể hoàn thiện hồ sơ, kết quả có 8 sản phẩm được công nhận"
    if _GRANTED.search(between):
        return False
    return not _ENDED.search(between.replace("xem xét, công nhận", "").replace("xét, công nhận", ""))
