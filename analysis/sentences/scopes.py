"""Figures that are about less than the place: a group of people, one firm, a branch, a village, a legal threshold.

They are left out; which place a figure is about is left to `placing`.
"""

from __future__ import annotations

import re

from analysis.quantities import Quantity
from analysis.sentences.drafts import Draft
from analysis.sentences.parts import PLANNED, Part

_POVERTY = frozenset(
    ("poverty_rate", "near_poverty_rate", "poor_households", "near_poor_households", "poverty_rate_change",
     "multidimensional_poverty_rate", "households_escaped_poverty")
)  # fmt: skip
# groups and areas that narrow a poverty figure: "hộ nghèo dân tộc thiểu số", "khu vực nông thôn"
_SUBGROUP = re.compile(
    r"dân tộc thiểu số|dtts|dân tộc ít người|đồng bào dân tộc"
    r"|(?:khu vực|vùng|ở|riêng) (?:nông thôn|thành thị|thị trấn)(?! mới)|(?:ở|tại) (?:\d+|_+|hai|ba|bốn|năm"
    r"|các|những) xã (?:miền núi|vùng|biên giới|khó khăn|đặc biệt|bãi ngang|ven|nghèo)"
    r"|tính riêng|chỉ tính|nghèo (?:là|thuộc)(?: diện| nhóm)? (?:người|đồng bào|hộ|đoàn viên|đối tượng"
    r"|chính sách|bảo trợ|ưu đãi)|chủ hộ là"
    r"|các xã (?:bãi ngang|nông thôn mới|ntm|đặc biệt|khu vực|vùng|biên giới|nghèo|miền núi|ven biển|khó khăn)"
    r"|(?:xã|nơi|thôn) (?:cao|thấp|nhiều|ít) nhất(?: (?:còn|lên|tới|đến|trên|hơn|ở mức|chiếm)){1,4} $"
    r"|có \d+ xã (?:còn|dưới|trên|ở mức)|thuộc nhóm|không (?:có|còn) khả năng lao động"
    r"|nghèo có (?:thành viên|chủ hộ|người)|khmer|phụ nữ làm chủ|hội viên"
    r"|đoàn viên|cựu chiến binh|học sinh"
    r"|sinh viên|người cao tuổi|dân tộc (?:chăm|khmer|mông|thái|tày|ê đê|gia rai|dao|hoa)"
)
# "hộ nghèo thuộc đối tượng chính sách 1.481, chiếm 17,2%": the share is theirs
_SHARE_OF_COUNT = re.compile(r"(?<= )[\d.]+(?:,| \() ?(?:chiếm|bằng)(?: tỷ lệ)? $")
# a sentence about a part of the place: "Tỷ lệ nghèo đa chiều theo khu vực thành thị chiếm 3,29%, trong đó …"
_AREA_HEADS = re.compile(
    r"\W*[^,;:.\d]{0,45}\b(?:khu vực|vùng) (?:(?P<rural>nông thôn)|thành thị|đồng bào"
    r"|dân tộc)\b[^,;:.]{0,25}(?:chiếm|có|còn|là|:)"
)
_MINORITIES = re.compile(r"(?:trong|của|riêng) (?:vùng )?(?:người |hộ |đồng bào )*(?:dân tộc thiểu số|dtts)[^;.]*$")
_NEXT_GROUP = re.compile(r"\d[^;]*, (?:số )?hộ (?:cận )?nghèo(?! (?:dân tộc|đồng bào|người))")
_HOUSEHOLDS_OF = re.compile(
    r"\W*(?:(?:trong|đối với) (?:các |số |nhóm )*hộ (?!(?:cận )?nghèo)"
    r"|(?:trong|đối với|với) (?:vùng )?(?:đồng bào |người )+(?:dân tộc|dtts)"
    r"|(?:trong đó,? |riêng |tính riêng )+(?:trong )?(?:các |số |vùng )*(?:hộ (?:nghèo )?)?"
    r"(?:đồng bào|người|là (?!\d|hơn|gần|trên)|dân tộc|dtts|khmer))"
)
_SUBGROUP_BEHIND = re.compile(
    r"\s*(?:tỷ lệ )?(?:hộ )?(?:(?:cận )?nghèo )?(?:(?:và )?(?:hộ )?cận nghèo )?(?:\([^()]*\))?(?:(?:,"
    r"| và) [\d_][\d._]* hộ cận nghèo)?\s*"
    r"(?:(?:là )?(?:người |hộ )?(?:đồng bào|dân tộc|dtts)"
    r"|(?:là |thuộc |trong )(?:hộ |diện )*(?:gia đình (?:có công|người có công|chính sách)|chính sách|có công"
    r"|người có công)"
    r"|không (?:có|còn) khả năng|không có sức|già yếu|thuộc diện bảo trợ"
    r"|về thu nhập"
    r"|thiếu hụt)"
)
_OF_COMMUNES = re.compile(r"của (?:các|hai|ba|bốn|năm|cả \w+|\d+|_+) xã(?: này| trên| nói trên| đó)?(?: \w+){0,3}\W*$")
# a part of the revenue: "Trong đó thuế, phí thu đạt 190,6 tỷ đồng"
_PART_OF_REVENUE = re.compile(
    r"(?:^|[,;:.] )\W*(?:trong đó,? |riêng )?(?:khoản )?(?:thu )?(?:từ )?(?:thuế|phí|lệ phí|nhà đất|đất đai"
    r"|tiền sử dụng đất)"
    r"[\w ,-]{0,40}?(?:ước )?(?:thu )?(?:đạt|được) (?:hơn |trên |gần )?\Z"
)
# who spends a part of the capital: "vốn ngân sách tỉnh giải ngân …", "dự án nào giải ngân dưới 60%"
_PART_OF_CAPITAL = re.compile(
    r"(?:vốn (?:ngân sách )?(?:tỉnh|huyện|xã|trung ương)|ban quản lý dự án[^,;.]{0,40}|dự án nào"
    r"|\d công trình,?)(?: đã)?(?<!tỷ lệ) giải ngân[^;.]*\Z"
)
# jobs by where they are: "làm trong tỉnh 886 người, ngoài tỉnh 2.389 người"
_PART_OF_JOBS = re.compile(r"(?:trong|ngoài) (?:tỉnh|huyện|nước|địa bàn)(?: là| có| cho)?\W*$")
# "Trong số 3.528 lao động được giải quyết việc làm, có 1.204 người làm việc tại các doanh nghiệp trong tỉnh"
_JOBS_BEFORE = re.compile(r"việc làm[^;]*, (?:trong đó )?(?:có )?(?:hơn |trên |gần )?$")
_WHERE_BEHIND = re.compile(
    r"\s*(?:(?:người|lao động) )?(?:đi )?làm việc (?:tại|ở|trong) [^,;.]{0,45}\b(?:trong|ngoài) (?:tỉnh|huyện|nước)"
)
# a branch that heads the sentence: "2. Công nghiệp - TTCN: trong tháng, giá trị sản xuất …"
_BRANCH_HEADS = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*)?(?:về )?(?:lĩnh vực |ngành |khu vực |sản xuất )?(?:trồng trọt|chăn nuôi|nông|lâm|thủy sản"
    r"|công nghiệp|cn|tiểu thủ|thương mại|dịch vụ|xây dựng|du lịch)[^:;.\d]{0,40}:"
)
# a branch that the words before the comma name: "Riêng trồng trọt, giá trị sản xuất ước …"
_BRANCH_FIRST = re.compile(
    r"(?:^[\W_]*|[.;]\s*|\blà )(?:riêng |về |trong |đối với |ở )?(?:ngành |lĩnh vực |sản xuất )?(?:trồng trọt|chăn nuôi"
    r"|nông nghiệp|nông, lâm"
    r"[\w ,-]{0,20}|nông - lâm[\w -]{0,20}|lâm nghiệp|thủy sản|công nghiệp[\w ,-]{0,30}|cn\b[\w ,-]{0,15}?"
    r"|thương mại[\w ,-]{0,20}|dịch vụ"
    r"|xây dựng|du lịch)(?:(?: \w+){0,6}?(?:[,:]| có| với| đạt| cho| tạo| mang lại| làm ra [\d.,]+ tỷ đồng| đến _+)"
    r"| là ngành [^;.]{0,40} với) (?:tổng )?(?:giá trị sản xuất|gtsx)\b[^;]{0,110}$"
)
_BRANCH_THOUGHT = re.compile(
    r"\W*(?:sản xuất |ngành |lĩnh vực )?(?:công nghiệp|nông nghiệp|tiểu thủ công|thương mại|dịch vụ|xây dựng|lâm nghiệp"
    r"|thủy sản|chăn nuôi|trồng trọt|du lịch)\b"
)
_LEFT_POVERTY = re.compile(r" (?:đã )?(?:vươn lên )?thoát nghèo\b")  # "tạo được việc làm, từ đó 200 người thoát nghèo"
# jobs that firms offer: "các doanh nghiệp cần tuyển 3.000 lao động"
_VACANCIES = re.compile(r"(?:cần|nhu cầu|đăng ký|thông báo) tuyển(?: dụng)?\b[^;]*$")
# "giá trị sản xuất (giá cố định) của ngành đạt …"
_OF_ONE_BRANCH = re.compile(
    r"(?:giá trị sản xuất|gtsx)(?: \([^()]*\)|_| )*(?:của )?(?:toàn |từng )?ngành(?! kinh tế)\b"
)
# what some of the economy brings in: "21 làng nghề cho giá trị sản xuất 640 tỷ đồng", "giá trị sản xuất hoa kiểng"
_OUTPUT_OF_SOME = re.compile(
    r"\b(?:cho|mang lại) (?:giá trị sản xuất|gtsx)\b"
    r"|(?:giá trị sản xuất|gtsx) (?:hoa|cây|lúa|rau|mía|chè|cà phê|lợn|tôm|cá|muối|gỗ|dược liệu|đồ gỗ|hàng|nghề"
    r"|làng nghề|sản phẩm(?! chủ yếu| chính)|vụ)\b"
)
# a branch as subject: "Công nghiệp - tiểu thủ công nghiệp ước làm ra tổng giá trị sản xuất 789 tỷ đồng"
_BRANCH_MAKES = re.compile(
    r"\W*(?:(?:ngành|lĩnh vực|khu vực|sản xuất) )?(?:nông|lâm nghiệp|thủy sản|công nghiệp|tiểu thủ|thương mại|dịch vụ"
    r"|chăn nuôi|trồng trọt|du lịch)[^,;:.\d]{0,60} (?:ước|làm ra|tạo ra|cho|mang lại)\b"
)
# before "(tổng) giá trị sản xuất": "6 tháng đầu năm, công nghiệp trên địa bàn làm ra …", "Khu vực cá thể có …"
_BRANCH_HAS = re.compile(
    r"(?:^|[.;:,] )\W*(?:các |những |toàn )?(?:cơ sở |doanh nghiệp |ngành |lĩnh vực |khu vực |kinh tế )*(?:công nghiệp"
    r"|nông nghiệp|nông, lâm|nông - lâm|lâm nghiệp|thủy sản|tiểu thủ|thương mại|dịch vụ|xây dựng(?! nông)|du lịch"
    r"|chăn nuôi|trồng trọt|cá thể|tư nhân|ngoài quốc doanh)\b[^,;.:]{0,60}? (?:làm ra|tạo ra|có|cho|đạt|mang lại)"
    r"(?: được)?(?: [\d.,]+ tỷ đồng)?(?: tổng)? $"
)
# what visitors or a harvest bring in: "Du lịch nhộn nhịp trở lại, tổng thu đạt trên 500 tỷ đồng"
_TAKINGS = re.compile(r"(?:du lịch|du khách|lượt khách|vụ mùa|thu hoạch|bán hàng)[^;.]*, tổng thu\b[^;.,]*$")
# one firm, cooperative or person: "hợp tác xã tạo việc làm cho 30 lao động"
_MICRO = re.compile(
    r"(?<!\w)(?:hợp tác xã|htx|mô hình|cơ sở|doanh nghiệp|công ty|gia đình (?:anh|chị|ông|bà)|anh|chị|ông|bà(?! con)"
    r"|tổ hợp tác|xưởng|nhà máy|trang trại|làng nghề|thành viên|mỗi lao động|làm thêm|xã viên|công nhân)(?!\w)"
)
# behind them, words that speak of all: "Theo ông A, … thu nhập bình quân đầu người toàn huyện đạt …"
_SAID_OF_ALL = re.compile(r"đầu người|n(?:gười|hân) dân|(?:toàn|cả|của) (?:huyện|xã|thị xã|thành phố|tỉnh)")
_MANY_FIRMS = re.compile(r"\d\d[\d.]* (?:doanh nghiệp|hợp tác xã|htx|cơ sở|công ty|trang trại|mô hình|làng nghề)")
# groups whose own insurance or water is counted: "100% học sinh tham gia bảo hiểm y tế"
_GROUP = re.compile(
    r"học sinh|sinh viên|hội viên|đoàn viên|người (?:cận )?nghèo|hộ nghèo|hộ cận nghèo|trẻ em|người cao tuổi"
    r"|cựu chiến binh|khẩu (?:cận )?nghèo|cán bộ|công nhân"
)
_AS_FOR_GROUP = re.compile(rf"(?:đối với|riêng|trong|nhóm) (?:các |nhóm )?(?:{_GROUP.pattern})[^,;.]{{0,20}}, [^,;.]*$")
# a branch of the economy, and words that mean the whole of it again
_BRANCH = re.compile(
    r"(?:ngành |khu vực |lĩnh vực )?(?:nông nghiệp|nông[, -]+lâm|lâm nghiệp|thủy sản|công nghiệp|xây dựng(?! nông)"
    r"|dịch vụ|thương mại|du lịch|trồng trọt|chăn nuôi|tiểu thủ công|làng nghề|đàn (?:gia|vật|trâu|bò|lợn|heo)"
    r"|thu ngân sách(?=[^;.]*, (?:tốc độ|mức) tăng (?!trưởng)))"
)
_WHOLE = re.compile(
    r"tổng giá trị|tổng gtsx|kinh tế|toàn ngành|các ngành|giá trị sản xuất(?! (?:ngành|nông|công|thương|dịch|lâm"
    r"|thủy))|gtsx"
)
_ALL_BRANCHES = re.compile(r"tổng|kinh tế|toàn |các ngành")
_NEW_RURAL_PAGE = re.compile(r"(?i:nông thôn mới|ntm)")
# targets of the standard, not of the year's plan
_NEW_RURAL_GOAL = re.compile(
    r"(?:đích|tiêu chí|chuẩn|với) (?:huyện |xã )?(?:nông thôn mới|ntm)(?!.*(?:kế hoạch|nghị quyết))[^;.:]*\Z"
)
_OF_NEW_RURAL = re.compile(r"\s*(?:của )?(?:[\d_]+ nhóm )?(?:tiêu chí )?(?:huyện |xã )?(?:nông thôn mới|ntm)\b")
# "thu nhập … đạt 57,6 triệu đồng, tốc độ tăng bình quân 6,9%": that of the income
_OTHER_GROWS = re.compile(
    r"(?:thu ngân sách|thu nhập)(?:(?!kinh tế|sản xuất|sản phẩm|grdp)[^.])*[,; ](?:với )?(?:tốc độ"
    r"|mức) tăng(?: bình quân"
    r"| trung bình| hằng năm| hàng năm| mỗi năm)*(?: (?:đạt|là|trên|hơn|gần|khoảng))* \Z"
)
_OF_SOME_COMMUNES = re.compile(r"(?:,? (?:và )?(?:hộ )?cận nghèo)? (?:của|ở|tại|thuộc) (?:\d|hai|ba|bốn|năm|sáu) xã\b")
_HOUSEHOLDS_AMONG = re.compile(
    r"(?<![\d.,])(?P<n>\d[\d.]*) hộ(?! (?:cận )?nghèo)[^,;.\d]{0,25}"
    r"(?:,? (?:trong đó|gồm|bao gồm)[^;.]*|(?<=tham gia )\([^;.()]*)\Z"
)
# one village: "thôn Nà Lốc còn 3 hộ nghèo"
_VILLAGE = re.compile(
    r"(?:^|[,;.] )\W*(?:ở|tại) (?:các|những|nhiều|một số) (?:xóm|thôn|bản|làng|buôn|ấp"
    r"|khu)\b[^,;.\d]{0,40}, [^,;.\d]*\Z|(?:^|\W)(?:bản|(?<!nông )thôn|ấp|làng|xóm|tổ"
    r"|khu phố)(?: (?!xã|huyện|toàn|của|các)\w+){0,9} (?:có|còn|chỉ còn"
    r"|có tới)\W*$"
)
_VILLAGE_FIRST = re.compile(
    r"\W*(?:(?:tại|ở) (?:bản|thôn|ấp|buôn|xóm|khu phố|tổ dân phố) \d+,|(?:(?:riêng|còn) )?(?:(?:tại|ở) )?(?:bản|thôn|ấp"
    r"|buôn|xóm|khu phố|làng(?! nghề| văn| hoa)|tổ dân phố) (?:\d{1,2}(?= (?:có|còn|đã|chỉ|là|được))"
    r"|(?![\d_]|có|và|nào|văn hóa|ntm|nông thôn)[^,;.]*?))"
)
_HAS = r"(?:thôn|bản|ấp|buôn|xóm|khu phố|làng) (?:có|còn|hiện|chỉ|đã)\b"
_VILLAGE_HAS = re.compile(rf"(?:^|[,;:] ){_HAS}")
_VILLAGE_TOLD = re.compile(rf"(?:^|[;:] |(?:năm (?:qua|nay|trước|ngoái)|_+), )\W*{_HAS}")  # in the part before
_LARGER = re.compile(r"(?:toàn|cả|của|trong|các) (?:xã|huyện|tỉnh|thị xã|thành phố|phường)")
# guests of a meeting: "lãnh đạo 34 xã, thị trấn"
_ATTENDING = re.compile(r"(?:lãnh đạo|ban chỉ đạo|đại diện|điểm cầu|bí thư|chủ tịch|cán bộ|nhân dân)(?: của| tại)?\W*$")
_NEAR = 400  # characters; a report that ends no sentence is read in bounded time
# "những xã có tỷ lệ hộ nghèo trên 25%": which places, not what one of them has
_SOME_PLACES = re.compile(
    r"(?:các|những|số|một số|\d+|_+) (?:xã|thôn|bản|ấp|hộ|huyện|địa phương|nơi) (?:đang |còn )?(?:có|với) tỷ lệ [\w ]*$"
    r"|\d xã [^;.:\d]{3,60}, (?:có|với) tỷ lệ [\w ]*(?:\d+ đến [\w ]*)?$"
)
# "…, trong đó khu vực thành thị đạt hơn 35 triệu đồng"
_INCOME_OF_AREA = re.compile(
    r"[,;] (?:trong đó,? )?(?:ở |tại )?(?:khu vực|vùng) (?:thành thị|đô thị|nông thôn|đồng bào[^,;]{0,25})"
    r"(?: (?:ước|đạt|là|có|được|ước đạt|đạt mức))*(?: hơn| gần| khoảng| trên)? $"
)
# "góp phần giải quyết việc làm cho hàng trăm lao động, thu nhập trung bình hằng tháng từ 5-7 triệu đồng"
_WORKERS_EARN = re.compile(
    r"(?:việc làm|lao động)[^;.:]*,? (?:với |có )?(?:mức )?thu nhập (?:bình quân |trung bình "
    r"|ổn định )?(?:(?:hàng|hằng|mỗi) tháng )?"
    r"(?:(?:đạt|là|từ|khoảng|trên|hơn) )*(?:\d[^;.:]*, ở [^,;.:\d]{3,25} )?\Z"
)
_SO_MANY_EARN = re.compile(r"\d xã (?:của [^,;.\d]{2,25} )?có (?:mức )?thu nhập [\w ]*$")
# "2 xã từ 35% đến dưới 60%, 4 xã dưới 5%": how many have so much
_SEVERAL = re.compile(
    r"(?:\d|\bhai|\bba|\bbốn) xã(?:, (?:phường|thị trấn))* (?:[^\W\d]+ ){0,3}?(?:có |còn |với )?"
    r"(?:tỷ lệ (?:hộ )?(?:nghèo )?)?(?:còn )?(?:từ|trên|dưới)"
    r"(?: [\d,]+ ?%? ?(?:đến|-))?(?: dưới)?\W*$"
)
# "1 chỉ tiêu đạt 80%": not met
_PARTLY = re.compile(
    r"\s*(?:chỉ tiêu )?(?:khác |chủ yếu )?(?:chỉ |mới )*(?:đạt|thực hiện|hoàn thành)(?: được)?(?: khoảng| gần"
    r"| trên| từ)?"
    r" [1-9]?\d(?:,\d+)? ?%|\s*(?:chỉ tiêu )?(?:đạt )?dưới \d"
)
_UNMET = re.compile(r"\s*(?:chỉ tiêu )?(?:còn |vẫn )?(?:chưa|không) (?:hoàn thành|đạt)\b")
# "xuất cảnh 173 người, trong đó có 8 hộ nghèo, 9 hộ cận nghèo"
_AMONG_PERSONS = re.compile(
    r"(?:người|lao động|học viên|hội viên|đoàn viên)[\w ]{0,25}, (?:trong đó|gồm)(?: có)?"
    r"(?: \d[\d.]* hộ nghèo(?: và|,))?\W*$"
)
# "… cho 12.000 hộ vay vốn. Trong đó có 4.000 hộ nghèo": those who borrowed
_AMONG_THEM = re.compile(r"(?:^|,)\W*(?:trong đó|trong số đó|gồm)(?: có| là)?\W*$")
_LENT = re.compile(r"vay vốn|được vay|cho vay|dư nợ")
# growth of a bank's loans
_CREDIT = re.compile(r"dư nợ|tín dụng|vốn vay|huy động vốn")
_LENDING = re.compile(r"cho vay (?:đối với )?hộ (?:cận )?nghèo[^;.]*\Z")
_PER_HUNDRED = re.compile(r"\bcứ (?:\d+|một trăm|mười|hai) (?:hộ|nhà)[^()]*$")
_OF_THE_POOR = re.compile(r"(?:chiếm|bằng|tương đương)[\w ]* [\d,]+ ?% (?:tổng )?số hộ nghèo\Z")
_MET = ("đối thoại với ", "gặp gỡ ", "tiếp xúc với ", "làm việc với ")
_HELPED = re.compile(r"(?:giúp|giúp đỡ|kèm|đỡ đầu|phụ trách)\s*$")
_OF_ALL = re.compile(r"còn|giảm|toàn|cả |số hộ|thoát|tổng|xã|thị trấn|phường|huyện")
_ALL_GIVEN = re.compile(  # "1.240 hộ nghèo, 860 hộ cận nghèo và 415 hộ mới thoát nghèo được vay vốn"
    r"\s*(?:cận )?nghèo(?:(?:,| và) [\d.]+ hộ[^,;.\d]{0,24})+ (?:đã )?được (?:vay|hỗ trợ|tiếp cận|hưởng|cấp|nhận|tặng)"
)
# "1.726 hộ nghèo chuyển thành cận nghèo", "28 hộ nghèo, cận nghèo ở xã X được nhận gà giống"
_MOVED_ON = re.compile(
    r"\s*(?:hộ )?(?:thuộc diện )?(?:cận )?nghèo(?:(?:,| và) (?:hộ )?cận nghèo)? "
    r"(?:(?:ở|của|tại) (?:\d+ )?[^.;\d]{2,50} )?"
    r"(?:chuyển (?:thành|sang|lên|xuống)|(?:đã |đang |vừa )?được (?:[^,;.\d]{2,15} )?(?:nhận|tặng|trao|giao|vay|cấp"
    r"|hỗ trợ|giúp|lắp|xây)|có cuộc sống ổn định|(?:đã )?(?:đăng ký|tự nguyện|(?:viết|làm) đơn))"
)
_ESCAPED = re.compile(r" cận nghèo (?:đã |được |vươn lên )*thoát (?:cận )?nghèo")
_JOINTLY = re.compile(r"\s*nghèo(?:,| và| lẫn|/) (?:hộ )?cận nghèo")  # "cả thảy 1.240 hộ nghèo và cận nghèo"
_NEWLY_POOR = re.compile(r"phát sinh|tái nghèo|mới thoát|hộ (?:cận )?nghèo mới")
# counted for something else: "31 sản phẩm lên sàn", "51 nhà vệ sinh"
_OTHER_MATTER = re.compile(
    r"\s*(?:(?:được |đã )*(?:đưa )?lên (?:các )?sàn|vệ sinh\b|con (?:đang|đi|đã|được)\b|trong độ tuổi lao động)"
)
_ABROAD = re.compile(r"nhật bản|hàn quốc|đài loan|ma-?lai-?xi-?a|malaysia|ả[ -]rập|nước ngoài")
_STAYED = re.compile(r"cư trú (?:bất hợp pháp|trái phép)|bỏ trốn")
# "39 thôn thuộc 14 xã đạt chuẩn": not the communes are counted
_LIES_WITHIN = re.compile(r"(?:thôn|ấp|bản|xóm|làng|buôn|khu dân cư|khu phố)(?: [^\W\d]+)? thuộc \Z")
_NEAR_POOR = re.compile(r"\s*(?:tỷ lệ )?hộ cận nghèo")
_AND = re.compile(r"\s*(?:tỷ lệ )?hộ nghèo(?: trở lên)?(?:,| và) ")
# "còn 24,4% hộ nghèo với 1.752 căn nhà tạm": not yet replaced
_STILL_THERE = re.compile(
    r"(?<!\w)(?:còn|với|vẫn có|hiện có)(?: (?:hơn|gần|khoảng|trên))?\W*\|[\d._]* ?(?:căn |ngôi )?nhà (?:tạm|dột)"
)
# "143 hộ viết đơn xin thoát nghèo"
_ASKED_TO = re.compile(r" (?:nghèo )?(?:đã )?(?:viết đơn|làm đơn|tự nguyện|xung phong|tự giác)")
# "15 xã cơ bản đạt chuẩn từ 15 - 17 tiêu chí"
_SO_MANY_CRITERIA = re.compile(r" (?:cơ bản |mới |chỉ )*đạt (?:chuẩn )?(?:từ )?\d+ ?(?:-|đến) ?\d+ tiêu chí")
# "hộ cận nghèo 0,5% tương ứng với giảm 1.285 hộ"
_SAME_FALL = re.compile(r",? (?:tương ứng|tương đương|ứng với)(?: với)? giảm [\d.]+ hộ")
_ONE_STAGE = re.compile(r"(?:riêng|ở|đối với) (?:bậc|cấp|khối) (?:mầm non|tiểu học|thcs|thpt|trung học)[^;.]*\Z")
_STAGE_ALONE = re.compile(r"trường (?:mầm non|mẫu giáo|tiểu học|thcs|thpt)\b(?!\s*(?:,|và|-|\())")
# what a rule demands, not what was reached: "tiêu chí số 10: thu nhập từ 45 triệu đồng trở lên"
_RULED = re.compile(
    r"(?<!theo )tiêu chí(?!\w)|quy định|điều kiện|phải (?:có|đạt)|muốn đạt|(?<!đạt )tiêu chuẩn"
    r"|(?<!trồng )(?<!xây dựng )(?<!làm )mới (?:được|thuộc)(?!\W*$)"
)


# "so với đầu nhiệm kỳ tăng 62%": growth over several years
_SINCE_TERM_BEGAN = re.compile(r"so (?:với )?đầu (?:nhiệm kỳ|giai đoạn),? (?:đã )?tăng (?:thêm )?\Z")
# criteria of some communes: "10 xã còn lại đạt bình quân 13,4 tiêu chí"
_COMMUNES_LEFT = re.compile(
    r"(?:(?<!cả )(?<!cả \d)[\d_] xã(?: còn lại)?|xã (?:chưa đạt chuẩn|còn lại)(?: (?:nông thôn mới|ntm))?,?)"
    r"(?: (?:mới|chỉ|đạt|bình quân|mỗi xã|ở mức)){1,4} (?:hơn |gần |khoảng )?$"
)
_ADVANCED_CRITERIA = re.compile(r"tiêu chí (?:xã )?(?:nông thôn mới|ntm) nâng cao[^,;.\d]{0,30}$")  # a list of its own
_COMMUNE_WITH = re.compile(r"xã (?:nào )?(?:đạt |có |chỉ đạt )?$")  # "không còn xã đạt dưới 8 tiêu chí"
# "Theo quy định, để được công nhận, huyện phải có 100% số xã đạt chuẩn"
_BY_RULE = re.compile(
    r"\W*theo (?:quy định|(?:bộ )?tiêu chí|quy chuẩn)(?: [^,;.\d]{0,40})?, [^;.]*\b(?:phải|cần|được tính)\b"
)


def about_less(part: Part, found: Draft) -> bool:
    """Whether a figure is about less than the place; one about its rural part alone is kept with a flag."""
    indicator, quantity, masked = found.indicator, found.quantity, part.masked
    lead = masked[: quantity.start]
    if found.unit not in ("communes", "criteria") and _OF_COMMUNES.search(lead[-60:]):
        found.flags.add("subgroup")  # "thu nhập bình quân đầu người của hai xã đều đạt …"
    whole = _HOUSEHOLDS_AMONG.search(part.folded, 0, quantity.start) if indicator in _POVERTY else None
    if whole and part.frame.level != "commune" and "." not in whole["n"]:
        return True  # "có 208 hộ tham gia, trong đó có 21 hộ nghèo": a district has more
    if found.unit == "households" and _OF_SOME_COMMUNES.match(part.folded, found.end):
        return True
    if found.unit != "communes" and of_village(part, quantity.start):
        return True
    if indicator in _POVERTY and _poverty_of_few(part, found, lead):
        return True
    said = part.context[-220:]
    if found.unit == "households" and _AMONG_THEM.match(lead) and _LENT.search(said):
        return True
    if indicator == "growth_rate" and _CREDIT.search(said) and not _WHOLE.search(said + lead + masked[quantity.end :]):
        return True
    began = max(0, quantity.start - 50)
    if indicator == "growth_rate" and _SINCE_TERM_BEGAN.search(part.folded, began, quantity.start):
        return True
    if indicator == "growth_rate" and _OTHER_GROWS.search(part.memory.thought.words + lead):
        return True
    if indicator == "income_per_capita" and _INCOME_OF_AREA.search(lead):
        return True
    below = found.qualifier == "<" and lead.endswith(("(thu nhập ", "(có thu nhập ", "(mức thu nhập "))
    if indicator == "income_per_capita" and (below or found.qualifier == "<=" or _MINORITIES.search(lead[-120:])):
        return True  # the line below which a household is poor
    around = slice(max(0, min(found.start, quantity.start - 30)), found.end + 12)
    if indicator == "income_per_capita" and "tháng" in part.folded[around] and _WORKERS_EARN.search(lead):
        return True
    if indicator == "income_per_capita" and found.qualifier != "=" and _SO_MANY_EARN.search(lead):
        return True
    if indicator in ("jobs_created", "income_per_capita") and _of_one_firm(found, lead):
        return True
    if indicator in ("health_insurance_rate", "clean_water_rate") and _of_one_group(found, masked):
        return True
    if indicator == "school_standard_rate" and _of_one_stage(found, masked):
        return True
    if indicator == "near_poor_households" and _ESCAPED.match(masked, quantity.end):
        return True
    if indicator == "poor_households" and _JOINTLY.match(masked, quantity.end):
        return True
    if _OTHER_MATTER.match(masked, quantity.end):
        return True
    if found.unit == "communes" and _LIES_WITHIN.search(lead[-30:]):
        return True
    if _coordinated(part, found):
        return True
    if found.unit == "communes" and quantity.value == 1 and quantity.of and lead.endswith(" là "):
        return True  # "xã X là 1 trong 27 xã tiêu biểu của cả nước"
    if indicator == "income_per_capita" and "tháng" in quantity.per and _ABROAD.search(lead[-80:]):
        return True
    if indicator == "solidarity_houses" and _STILL_THERE.search(lead[-60:] + "|" + masked[quantity.start : found.end]):
        return True
    asked = indicator == "households_escaped_poverty" and _ASKED_TO.match(masked, quantity.end)
    if asked and _AMONG_THEM.search(lead[-40:]):
        return True
    if found.unit == "communes" and _SO_MANY_CRITERIA.match(part.folded, quantity.end):
        return True
    named = found.label is not None and not masked[found.label.end : quantity.start].strip()
    if named and indicator in ("poverty_rate", "near_poverty_rate") and _SAME_FALL.match(part.folded, quantity.end):
        return True
    if found.unit == "criteria" and (quantity.of == quantity.value or _criteria_of_few(found, lead)):
        return True
    if _BY_RULE.match(masked):
        return True
    if indicator == "labour_export" and _STAYED.search(masked, quantity.end, found.end + 40):
        return True
    if indicator in ("jobs_created", "labour_export") and _VACANCIES.search(lead[-120:]):
        return True
    if found.unit == "communes" and indicator != "communes_total" and _ATTENDING.search(lead):
        return True
    if indicator == "targets_met" and (
        _NEW_RURAL_GOAL.search(part.folded, max(0, quantity.start - 90), quantity.start)
        or _OF_NEW_RURAL.match(part.folded, quantity.end)
    ):
        return True  # "Với đích huyện nông thôn mới nâng cao, đã đạt 37/38 chỉ tiêu"
    criteria = quantity.of in (18, 19) and quantity.value == quantity.of and part.frame.level == "commune"
    if indicator == "targets_met" and criteria and _NEW_RURAL_PAGE.search(f"{part.known.title} {part.context[-600:]}"):
        return True  # "Sau 5 năm, xã làm xong 19/19 chỉ tiêu"
    if indicator == "targets_met" and quantity.of is not None and quantity.of < 6:
        return True  # "Về quy hoạch, huyện đạt 2/2 chỉ tiêu": of a criterion
    if indicator == "targets_met" and any(p.match(part.folded, quantity.end) for p in (_PARTLY, _UNMET)):
        return True
    if found.unit == "percent" and indicator in _POVERTY and _several_communes(part.folded, quantity):
        return True
    if part.catalogue[indicator].of_plan and _PART_OF_CAPITAL.search(lead):
        return True
    if indicator == "jobs_created" and _JOBS_BEFORE.search(lead) and _WHERE_BEHIND.match(masked, quantity.end):
        return True
    if indicator == "jobs_created" and (_PART_OF_JOBS.search(lead) or _LEFT_POVERTY.match(masked, quantity.end)):
        return True
    if indicator == "production_value" and _OF_ONE_BRANCH.search(masked, max(0, found.start - 5), quantity.start):
        return True
    if indicator == "production_value" and found.label and _BRANCH_HAS.search(masked, 0, found.label.start):
        return True
    if indicator == "production_value" and _OUTPUT_OF_SOME.search(masked, max(0, found.start - 12), quantity.start):
        return True
    if indicator in ("growth_rate", "production_value") and _BRANCH_MAKES.match(masked, 0, quantity.end):
        return True
    if indicator == "budget_revenue" and found.rule != "count" and _PART_OF_REVENUE.search(lead):
        return True
    if indicator == "budget_revenue" and _TAKINGS.search(lead) and "ngân sách" not in masked[found.start : found.end]:
        return True
    if indicator == "production_value":
        begun, branch = _BRANCH_THOUGHT.match(part.memory.thought.words), _BRANCH_THOUGHT.match(masked)
        whole = _WHOLE.search(lead) and _ALL_BRANCHES.search(lead)
        if branch and (begun or not whole):  # "Công nghiệp khởi sắc nhờ …, giá trị sản xuất hơn 150 tỷ đồng"
            return True
        if begun and not branch:  # "Công nghiệp khá; giá trị sản xuất đạt 389 tỷ đồng"
            return "tổng" not in lead
    if indicator in ("growth_rate", "production_value") and (
        _of_one_branch(lead) or _BRANCH_FIRST.search(lead) or (_BRANCH_HEADS.match(lead) and "tổng" not in lead)
    ):
        return True
    if found.qualifier in (">", "<"):  # "từ 45 triệu đồng trở lên" may stand far from the words of the rule
        lead = re.split(r"[,;] ", lead)[-1]
    if found.qualifier in ("=", "~") or found.unit == "criteria" or not _RULED.search(lead):
        return False
    # "Đến năm 2022 huyện phải có ít nhất 3 xã": a goal
    ahead = any(m.period[:4] > part.frame.published[:4] for m in part.periods)
    return not ahead and not PLANNED.search(part.question() + lead.replace("chỉ tiêu", ""))


def _coordinated(part: Part, found: Draft) -> bool:
    """Whether a share of near-poor is a fall told together with that of the poor: "giảm 1,3% hộ nghèo, 1,56% hộ cận
    nghèo"."""
    near = _NEAR_POOR.match(part.masked, found.quantity.end)
    if near is None or found.indicator not in ("poverty_rate", "near_poverty_rate"):
        return False
    told = [(q, r) for q, r in zip(part.quantities, part.relations, strict=True) if q.end <= found.quantity.start]
    changed = bool(told) and told[-1][1].role == "change"
    return changed and bool(_AND.fullmatch(part.masked, told[-1][0].end, found.quantity.start))


def _place_beside(part: Part, quantity: Quantity) -> bool:
    """Whether a named place stands right before the figure: "các xã có tỷ lệ hộ nghèo cao: xã X 41,2%"."""
    before = [m for m in part.places if m.end <= quantity.start and m.role in ("named", "bare")]
    return any(not part.masked[m.end : quantity.start].strip(" :,(-") for m in before)


def _criteria_of_few(found: Draft, lead: str) -> bool:
    """Whether criteria are those of some communes only: "10 xã còn lại đạt bình quân 13,4 tiêu chí"."""
    below = found.qualifier in ("<", "<=") and _COMMUNE_WITH.search(lead)
    return bool(below or _COMMUNES_LEFT.search(lead) or _ADVANCED_CRITERIA.search(lead))


def _poverty_of_few(part: Part, found: Draft, lead: str) -> bool:
    """Poverty of a group, a village, or of those who became poor; "100% hộ nghèo được …" is about something else."""
    indicator, quantity, masked = found.indicator, found.quantity, part.masked
    headed = _AREA_HEADS.match(part.memory.thought.words or masked)
    if headed or _of_subgroup(part, quantity):
        rate = indicator in ("poverty_rate", "multidimensional_poverty_rate")
        rural = headed["rural"] if headed else re.search(r"(?:khu vực|vùng|ở) nông thôn", lead)
        if not rate or not rural:
            return True
        found.flags.add("subgroup")
    near = max(0, len(lead) - _NEAR)  # what stands right before the figure begins no earlier
    if _SOME_PLACES.search(lead, near) and not _place_beside(part, quantity):
        return True
    village = _VILLAGE.search(lead, near)
    named = village and any(village.start() <= m.start < village.end() for m in part.places)  # "xã Bản Lầu chỉ còn"
    if (village and not named) or _AMONG_PERSONS.search(lead, near):
        return True
    if _SUBGROUP_BEHIND.match(masked, quantity.end):
        return True
    if _LENDING.search(lead):
        return True
    if _PER_HUNDRED.search(lead):
        return True  # "cứ 100 hộ dân thì chưa đến 4 hộ còn nghèo (3,76%)"
    if found.unit == "households" and lead.endswith(_MET):
        return True
    if found.value < 5 and _HELPED.search(lead):
        return True  # "3 công chức giúp 1 hộ thoát nghèo"
    few = indicator != "poverty_rate_change" and found.unit == "households" and found.value < 20
    few = few and not (found.rule == "label" and lead.endswith("nghèo là "))
    if few and not _OF_ALL.search(lead[-70:]):
        return True  # "nhóm cộng đồng gồm 11 hộ nghèo": those that someone helped
    if found.unit == "households" and (_MOVED_ON.match(masked, quantity.end) or _ALL_GIVEN.match(masked, quantity.end)):
        return True
    if indicator in ("poor_households", "near_poor_households"):
        if quantity.noun == "lượt hộ":
            return True  # those who borrowed, some of them twice
        behind = re.split(r"[,;.]", masked[quantity.start : quantity.end + 25].lstrip())[0]
        return bool(_NEWLY_POOR.search(re.split(r", nên|;", lead)[-1][-45:] + behind))
    if indicator == "poverty_rate" and found.value == 100:
        return True  # "100% hộ nghèo được …"
    counted = indicator == "poverty_rate" and found.rule == "count"
    # "694 hộ, chiếm trên 15% số hộ nghèo": of the poor
    return counted and bool(_OF_THE_POOR.search(part.folded, 0, found.end))


def of_village(part: Part, at: int) -> bool:
    """Whether a sentence is about a village: "Bản Xà Khía … với 48 hộ nghèo", "thôn có 286 hộ, còn 3 hộ nghèo"."""
    folded, before = part.folded, part.memory.thought.words
    if before and _VILLAGE_TOLD.search(before) and not part.places and not _LARGER.search(before + folded[:at]):
        return True  # "Năm qua, ấp có 405 hộ …; còn 3 hộ nghèo"
    opened = _VILLAGE_FIRST.match(folded) or _VILLAGE_HAS.search(folded, 0, at)
    if opened is None or any(m.start < opened.end() and opened.start() < m.end for m in part.places):
        return False  # "Buôn Đôn" is a district
    others = (m for m in part.places if m.role != "bare" and opened.end() <= m.start < at)
    wider = any(not folded.endswith(", ", 0, m.start) for m in others)
    return not wider and not _LARGER.search(folded, opened.end(), at)


def _of_subgroup(part: Part, quantity: Quantity) -> bool:
    """Whether the words right before a figure narrow it to a part of the people."""
    masked = part.masked
    narrowed = _HOUSEHOLDS_OF.match(masked)
    if narrowed and not _NEXT_GROUP.search(masked, narrowed.end(), quantity.start):
        return True
    near = _SHARE_OF_COUNT.sub("", masked[max(0, quantity.start - 90) : quantity.start])
    clause = re.split(r"[,;.]\s|(?<=\s)và\s", near)[-1]
    found = _SUBGROUP.search(clause)
    at = max(0, quantity.start - 90) + len(near) - len(clause) + found.end() if found else -1
    return bool(found) and not any(m.start < at < m.end for m in part.places)  # "riêng thị trấn Mỹ An"


def _of_one_firm(found: Draft, lead: str) -> bool:
    """Jobs or income at one firm or family; fewer than ten jobs are no district's."""
    if found.indicator == "jobs_created":
        return found.value < 10 or (found.value < 200 and bool(_MICRO.search(lead)))
    lead = _MANY_FIRMS.sub("", lead)  # "trên 500 doanh nghiệp" are no single one
    named = list(_MICRO.finditer(lead))
    return bool(named) and not _SAID_OF_ALL.search(lead, named[-1].end())


def _of_one_group(found: Draft, masked: str) -> bool:
    """Insurance or water of one group: "95% hộ nghèo được dùng nước hợp vệ sinh"."""
    at = min(found.start, found.quantity.start)
    clause = re.split(r"[,;:(]", masked[max(0, at - 30) : at])[-1]
    return bool(_GROUP.search(clause + masked[at : found.end]) or _AS_FOR_GROUP.search(masked[:at]))


def _of_one_stage(found: Draft, masked: str) -> bool:
    """Whether a rate is that of the schools of one stage: "47/147 trường mầm non đạt chuẩn (32%)"."""
    before = 60 if found.rule == "share" else 0  # its count stands there
    start = max(0, min(found.start, found.quantity.start) - before)
    return bool(_ONE_STAGE.search(masked, 0, found.quantity.start) or _STAGE_ALONE.search(masked, start, found.end))


def _several_communes(folded: str, quantity: Quantity) -> bool:
    """Whether a rate only says how many communes reach it; a colon behind it opens a list of them."""
    several = _SEVERAL.search(folded, max(0, quantity.start - _NEAR), quantity.number_start)
    return bool(several) and not folded[quantity.end :].startswith(":")


def _of_one_branch(lead: str) -> bool:
    """Growth or output of one branch: "giá trị sản xuất ngành nông nghiệp tăng 4,5%"."""
    clause = re.split(r"[;:.]\s", lead)[-1]
    branch = list(_BRANCH.finditer(clause))
    if not branch:
        return False
    whole = list(_WHOLE.finditer(clause))
    named_last = not whole or branch[-1].start() > whole[-1].end()
    return named_last and "," not in clause[branch[-1].end() :][:3]
