"""Vietnamese quantities: number, qualifier, range, ratio and the unit or counted noun beside it.

The dot groups thousands and the comma is the decimal mark; what breaks this rule is read by its shape and flagged.
Dates, document numbers, ordinals and names with digits are no quantities. What a quantity measures is decided in
`binding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

_WORD = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "một": 1}
_TENS = {"mốt": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
# grouped ("4.735,5"), with a decimal comma or point, or plain; number words; words of magnitude
_NUMBER = (
    r"[1-9]\d{0,2}(?: \d{3})+(?=\s?(?:hộ|người|lao động|lượt|khẩu|nhân khẩu|triệu|tỷ|đồng)\b)|"  # "2 350 hộ"
    r"\d{1,3}(?:\.\s?\d{3})+(?:,\d+)?(?![\d])|\d+,\d+|\d+\s?,\s?\d{1,2}(?=\s*(?:%|tỷ|triệu))|\d+\.\d{1,2}(?![\d.])|\d+"
)
_NUMBER_ALONE = re.compile(_NUMBER)
_NUMBER_WORD = (
    r"(?:hai mươi|ba mươi|bốn mươi|năm mươi|sáu mươi|bảy mươi|tám mươi|chín mươi|mười)"
    r"(?: (?:mốt|một|hai|ba|tư|bốn|lăm|năm|sáu|bảy|tám|chín))?|hai|ba|bốn|năm|sáu|bảy|tám|chín|một"
)
_DIGIT_WORD = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_MAGNITUDE = (
    r"nghìn tỷ|ngàn tỷ|triệu tỷ|trăm tỷ|chục tỷ|tỷ|trăm triệu|chục triệu|triệu|trăm nghìn|chục nghìn|nghìn|ngàn|vạn"
    r"|tr\.?(?=\s?(?:đ|/))"
)
_FACTOR = {
    "nghìn tỷ": 1e12,
    "ngàn tỷ": 1e12,
    "triệu tỷ": 1e15,
    "trăm tỷ": 1e11,
    "chục tỷ": 1e10,
    "tỷ": 1e9,
    "trăm triệu": 1e8,
    "chục triệu": 1e7,
    "triệu": 1e6,
    "tr": 1e6,
    "tr.": 1e6,
    "trăm nghìn": 1e5,
    "chục nghìn": 1e4,
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "": 1.0,
}
_COMMA_NUMBER = re.compile(r"[-+]?\d+(?:,\d+)?")
_GROUPED_NUMBER = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_POINT_NUMBER = re.compile(r"[-+]?\d+\.\d{1,2}")
# counted nouns and the unit ids they mean; longest first when compiled
NOUNS = {
    "percent": ("%", "phần trăm"),
    "percentage_points": ("điểm phần trăm", "điểm %", "điểm"),
    "households": ("lượt hộ", "hộ gia đình", "hộ dân", "hộ", "gia đình"),
    "persons": (
        "lượt lao động",
        "lao động",
        "lượt người",
        "người lao động",
        "người",
        "đoàn viên",
        "hội viên",
        "học viên",
        "nhân khẩu",
        "học sinh",
        "lđnt",
        "lđ",
        "thanh niên",
        "đảng viên",
        "công nhân",
        "lượt lđ",
        "quân nhân",
        "phụ nữ",
        "nông dân",
        "khẩu",
        "việc làm",
        "chỗ làm",
    ),
    "visits": ("lượt khách du lịch", "lượt khách", "lượt du khách", "du khách", "lượt"),
    "communes": (
        "xã, phường, thị trấn",
        "xã, phường",
        "xã, thị trấn",
        "xã thị trấn",
        "xã/thị trấn",
        "xã - thị trấn",
        "xã",
        "đơn vị cấp xã",
        "đơn vị hành chính cấp xã",
        "phường, xã",
        "đơn vị",
    ),
    "towns": ("phường", "thị trấn"),
    "districts": ("huyện, thị xã, thành phố", "huyện, thành phố", "huyện, thị xã", "huyện", "địa phương"),
    "villages": ("thôn, bản", "thôn", "bản", "ấp", "làng", "khu dân cư", "tổ dân phố", "khu phố", "khóm", "buôn"),
    "products": ("sản phẩm", "sp"),
    "targets": ("chỉ tiêu, nhiệm vụ", "nhóm chỉ tiêu", "chỉ tiêu"),
    "criteria": ("tiêu chí", "tc"),
    "houses": ("ngôi nhà", "căn nhà", "nhà ở", "nhà", "căn", "mái ấm", '"mái ấm'),
    "schools": ("trường học", "trường", "cơ sở giáo dục"),
    "classes": ("lớp",),
    "cooperatives": ("hợp tác xã", "htx"),
    "enterprises": ("lượt doanh nghiệp", "doanh nghiệp", "dn", "công ty"),
    "ha": ("héc ta", "hecta", "ha"),
    "m2": ("m2", "m²", "mét vuông"),
    "tonnes": ("tấn",),
    "kg_per_person": ("kg/người/năm", "kg/người", "kg"),
    "days": ("ngày công",),
    "cases": ("vụ",),
    "conferences": ("hội nghị", "cuộc"),
    "proposals": ("ý kiến", "nội dung, vấn đề", "kiến nghị"),
    "contents": ("nội dung",),
    "gifts": ("suất quà", "xuất quà", "phần quà"),
    "times": ("lần",),
    "km": ("km",),
}
_UNIT_OF = {fold_noun: unit for unit, nouns in NOUNS.items() for fold_noun in nouns}
_NOUN = "|".join(re.escape(n) for n in sorted(_UNIT_OF, key=len, reverse=True))
_WORD_NOUN = "|".join(
    re.escape(n)
    for n in sorted(
        (
            n
            for n, u in _UNIT_OF.items()
            if u not in ("percent", "percentage_points", "times", "days") and n not in ("lượt", "bản")
        ),
        key=len,
        reverse=True,
    )
)
_QUALIFIER = [
    (">", r"hơn|trên|(?<!nước )ngoài|vượt mức|>"),
    ("~", r"trên dưới|gần tới|gần|khoảng chừng|khoảng|xấp xỉ|ngót|chừng|tầm|độ|non|cỡ|ước khoảng|~"),
    ("<", r"chưa đến|chưa tới|chưa đầy|chưa được|dưới|<"),
    (">=", r"ít nhất là|ít nhất|tối thiểu là|tối thiểu|không dưới|không ít hơn|không thấp hơn|≥|>="),
    ("<=", r"tối đa|không quá|không vượt quá|nhiều nhất|≤|<="),
]
_QUALIFIERS = {w.removeprefix("(?<!nước )"): q for q, words in _QUALIFIER for w in words.split("|")}
_BEFORE = "|".join(sorted((w for _, words in _QUALIFIER for w in words.split("|")), key=len, reverse=True))
_NO_MORE = "(?<!thấp )(?<!(?<!nâng )cao )(?<!nhiều )(?<!ít )"  # "thấp hơn 2,65%" is no "more than 2,65%"
# qualifier, sign, number; then a range, a ratio or "trong tổng số"; magnitude, unit or noun; "/người/năm"; "trở lên"
_PATTERN = re.compile(
    rf"(?:(?<![\w/]){_NO_MORE}(?P<qual>{_BEFORE})\s*)?"
    rf"(?<![\d.,])(?<!(?<! hộ)/)(?P<sign>[-+](?=\d)|(?<!\w)âm\s+)?(?:(?P<thousands>\d{{1,3}}) (?:nghìn"
    rf"|ngàn) (?=\d{{3}} (?:tỷ|(?:{_NOUN})(?![a-zà-ỹ0-9]))))?(?P<num>{_NUMBER})"
    rf"(?:\s*(?:%|(?P<rmag>{_MAGNITUDE}))?\s*(?:-|~|÷|đến)\s*(?P<max>{_NUMBER})(?!\s*(?:/|tháng|giờ))|"
    rf"\s*/\s*(?P<of>{_NUMBER})(?!\s*/)|"
    r"(?:\s+(?:trên|trong|/)\s+|\s*/\s*(?=tổng|toàn))(?:tổng số |tổng cộng |tổng |toàn bộ |số )*"
    rf"(?P<of2>\d[\d.]*)(?=\s*(?:{_NOUN})\b))?"
    rf"\s*(?:(?P<mag>{_MAGNITUDE})(?:(?<=tr\.)|(?<=tr)(?=đ)|(?![a-zà-ỹ]))"
    rf"(?:(?P<half> rưỡi)|\s+(?P<num2>\d{{1,3}}(?:,\d+)?)\s+(?P<mag2>triệu"
    rf"|nghìn|ngàn)\b)?)?"
    rf"\s*(?:các (?=chỉ tiêu))?(?:(?P<money>đồng|đ\b|vnđ|vnd)|(?P<noun>(?:(?:{_NOUN})(?![a-zà-ỹ0-9])|%)))?"
    rf"(?P<per>\s*(?:/|trên|mỗi)\s*(?:1\s*|một\s+)?(?:đầu người|người|khẩu|hộ|ha|năm|tháng|xã|ng)\b(?:\s*/\s*(?:năm"
    rf"|tháng|người|ng)\b)*)?"
    rf"(?P<more>\s*(?:trở lên|trở xuống))?"
)
_FIRST_DIGIT = re.compile(r"\d(?<![\d.,].)(?<!(?<! hộ)/.)")
_OPENS = (*_QUALIFIERS, "-", "+", "âm")
_BEFORE_DIGIT = re.compile(
    rf"(?:(?<![\w/]){_NO_MORE}(?:{_BEFORE})\s*)?(?<![\d.,])(?<!(?<! hộ)/)(?:[-+]|(?<!\w)âm\s+)?\Z"
)
# the same with the number as a word
_WORDS_PATTERN = re.compile(
    rf"(?<!\w)(?:(?P<qual>{_BEFORE})\s+)?(?:(?P<head>{_DIGIT_WORD}) trăm (?:linh |lẻ )?)?"
    rf"(?P<num>{_NUMBER_WORD})(?P<mag>\s+(?:nghìn|ngàn|triệu|vạn|trăm"
    rf"|tỷ)(?:\s+(?P<hundreds>{_DIGIT_WORD}) trăm)?)?\s+(?P<noun>{_WORD_NOUN})(?![a-zà-ỹ0-9])"
)
# a number word before a noun, looked for at the first letter; most sentences have none
_WORDS_HINT = re.compile(
    rf"[hbnsctm](?=[aốăáảìưộh])(?<!\w.)(?<=(?=(?:{_NUMBER_WORD})(?:\s+(?:nghìn|ngàn|triệu|vạn|trăm"
    rf"|tỷ)(?: [^\W\d]+ trăm)?)?\s+(?:{_WORD_NOUN})).)"
)
# digits that are no quantity: what stands before or after the number
_NOT_BEFORE = re.compile(
    r"(?:lần thứ|khóa|khoá|kỳ họp thứ|thứ|(?<!con )số(?! (?:hộ|xã|người|lao|trường|còn|là|trên|hơn|gần|đạt))"
    r"|tổ|thôn|khu|ấp"
    r"|bản|điều|khoản|mục|phụ lục|biểu|bảng|trang|quốc lộ|ql|đt|tl|tỉnh lộ|đường|covid|cấp độ|mức độ|loại|hạng|"
    r"điện thoại|đt:|fax|tel|hotline|đường dây nóng|chương trình|nghị quyết(?: số)?|quyết định(?: số)?"
    r"|quy định(?: số)?|nghị định(?: số)?|chỉ thị(?: số)?|kết luận(?: số)?|công văn(?: số)?|thông tư(?: số)?"
    r"|kế hoạch số|lúc|hồi|phường|quận|tầng|vùng|khu vực|nhóm|kv|lượt xem:|view count:|truy cập:|hôm nay:"
    r"|số người đang xem:)\s*:?\s*$"
)
_MINUTES, _HOURS = re.compile(r":[0-5]\d(?![\d.,]*\d| ?%)"), re.compile(r"(?<!\d)[012]?\d:\Z")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d-(?:0\d|1[0-2])(?!\d)")
_RANKED = re.compile(r"(?:đứng|xếp|hạng)[\w ]{0,12} thứ\s*$")
_NOT_AFTER = re.compile(
    r"\s*(?:h\d\d|giờ|phút|tuổi|/qđ|/nq|/nđ|/kh|/tt|/ct|/bc|/ttg|-nq|-ct|-qđ|-kl|a/|sao\b|(?:và |, ?|- ?"
    r"|đến )\d sao\b|lượt xem|lượt đọc"
    r"|lượt truy cập|bình luận|tháng\b|năm\b(?! (?:19|20)\d\d)|ngày(?! công)|@|px|kb|mb)"
)
_DOCUMENT = re.compile(r"\s*(?:/?qđ|/?nq)")
_IN_NAME = re.compile(r"[a-zđ]$|[a-zđ]-$")
_BARE_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_OTHER_NOUN = re.compile(
    r"\s*(?:đơn vị cấp (?:huyện|tỉnh)|nhà (?:đầu tư|văn|máy|báo|thầu|trường|nước)"
    r"|người/(?!năm)|lần thứ)"
)
# "năm" is a year far more often than five, "một" an article far more often than one: only behind these words
_UNSURE = {
    "năm": re.compile(r"(?:có|thêm|gồm|cả|với|được|là|của|trong|cho)\s+$"),
    "một": re.compile(r"(?:thêm|có|được|là|nâng|công nhận|và)\s+$"),
}
# "…; một xã được công nhận đạt chuẩn nông thôn mới kiểu mẫu"
_MEETS = re.compile(r" (?:đã |được |công nhận |đạt |về đích |chuẩn )+(?:nông thôn mới|ntm) (?:nâng cao|kiểu mẫu)")
_ORDINAL = re.compile(r"(?:tháng|thứ|một|hàng|vài|quý)\s+$")
_WORD_FACTOR = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "vạn": 1e4, "trăm": 100, "tỷ": 1e9, "": 1}
_JOINED = re.compile(r"\s*(?:,|và|;)\s*")
_OF_THOSE = re.compile(r" (?P<those>trong (?:tổng )?số (?:đó|này|ấy))")
_DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}")
_COMMA_GROUP = re.compile(r"\d{1,3},\d{3}")  # "1,250 hộ": no part of a household
_WHOLE_UNITS = ("persons", "households", "visits", "communes", "products")
# magnitudes that mean money where no noun follows, unless the words go on with a weight or a count
_SUMS = frozenset(_FACTOR) - {"trăm nghìn", "chục nghìn", "nghìn", "ngàn", "vạn", ""}
_WEIGHED = re.compile(r"\s*(?:kg|tấn|lít|cây|con|m2|m³|m3|lượt|bầu|kwh)\b")
_LIST_MARK = re.compile(r"^[\s\-+*•(]*\d{1,2}(?:\.\d{1,2})*[.)](?:\s|$)")


@dataclass(frozen=True)
class Quantity:
    """A number with its words.

    `start`, `end`: its half-open span (qualifier to unit); `number_start`: the first digit; `noun_start`: where the
    unit or counted noun begins; `unit`: canonical unit id or ""; `noun`: the counted noun; `per`: "/người/năm".
    """

    start: int
    end: int
    number_start: int
    noun_start: int
    value: float
    unit: str
    noun: str = ""
    qualifier: str = "="
    value_max: float | None = None
    of: float | None = None
    per: str = ""
    sign: str = ""
    of_those: bool = False  # "8 trong số đó", of what was counted before it
    flags: tuple[str, ...] = field(default=())


def parse_number(text: str) -> float | None:
    """A Vietnamese number, or None: dot groups, comma decimates; "12.5" can only be a decimal dot.

    >>> [parse_number(t) for t in ("4.735", "24.761,596", "0,9", "12.5", "06", "1.5.2", "mười")]
    [4735.0, 24761.596, 0.9, 12.5, 6.0, None, None]
    """
    text = text.strip().replace(" ", "")
    if text.isdecimal() or _COMMA_NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if _GROUPED_NUMBER.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if _POINT_NUMBER.fullmatch(text) else None


def _parse_words(words: str) -> int | None:
    parts = words.split()
    if len(parts) == 1:
        return _WORD.get(parts[0])
    if parts[0] == "mười":
        return 10 + _TENS.get(parts[1], _WORD.get(parts[1], 0))
    tens = _WORD.get(parts[0], 0) * 10
    return tens + (_TENS.get(parts[2], _WORD.get(parts[2], 0)) if len(parts) > 2 else 0)


def _money(value: float | None, magnitude: str) -> float | None:
    return None if value is None else round(value * _FACTOR[magnitude], 6)


def find_quantities(folded: str, masked: list[tuple[int, int]] = ()) -> list[Quantity]:
    """All quantities of a folded sentence in order; spans in `masked` (dates, periods) are passed over.

    >>> [(q.value, q.unit, q.qualifier) for q in find_quantities("trên 4.735 tỷ đồng, gần 2 vạn lao động, 0,9%")]
    [(4735.0, 'billion_vnd', '>'), (20000.0, 'persons', '~'), (0.9, 'percent', '=')]
    >>> [(q.value, q.unit, q.of) for q in find_quantities("có 9/9 xã đạt chuẩn")]
    [(9.0, 'communes', 9.0)]
    >>> find_quantities("Quyết định số 3068/QĐ-UBND, khóa 25, quốc lộ 1")
    []
    """
    marker = _LIST_MARK.match(folded)
    blocked = [*masked, (0, marker.end())] if marker else masked
    found = [
        quantity
        for match in _numbers(folded, blocked)
        if not _overlaps(*match.span("num"), blocked)
        and not _is_no_quantity(match, folded)
        and (quantity := _read(match, folded))
    ]
    if _WORDS_HINT.search(folded):
        taken = [(q.start, q.end) for q in found]
        found += [
            quantity
            for match in _WORDS_PATTERN.finditer(folded)
            if not _overlaps(*match.span(), taken)
            and not _overlaps(*match.span("num"), masked)
            and (quantity := _read_words(match, folded))
        ]
        found.sort(key=lambda q: q.start)
    for number in range(1, len(found)):  # "có 10 xã, 8 trong số đó đã về đích"
        one, before = found[number], found[number - 1]
        alike = before.noun and one.unit in ("", before.unit)
        those = _OF_THOSE.match(folded, one.end) if alike else None
        if those:
            noun_start = one.noun_start if one.unit else those.start("those")
            counted = replace(one, unit=before.unit, noun=one.noun or before.noun, noun_start=noun_start)
            found[number] = replace(counted, end=those.end(), of_those=True)
    for number in range(len(found) - 2, -1, -1):  # "1.850, 1.640 và 1.725 lao động": one noun for all
        one, following = found[number], found[number + 1]
        if one.unit == "" and following.unit and _JOINED.fullmatch(folded, one.end, following.start):
            found[number] = in_unit_of(one, following, folded)
    return found


def in_unit_of(bare: Quantity, other: Quantity, folded: str) -> Quantity:
    """A number without a unit in that of another one: "61,5; 58 và 47,2 triệu đồng"."""
    told = _NUMBER_ALONE.match(folded, other.number_start)
    number = parse_number(told[0]) if told else None
    factor = other.value / number if number and other.noun == "" else 1.0
    value, of = (None if v is None else round(v * factor, 9) for v in (bare.value, bare.of))
    return replace(bare, value=value, of=of, unit=other.unit, noun=other.noun, per=bare.per or other.per)


def _numbers(folded: str, blocked: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Numbers in digits with the words around them: from each first digit back to a qualifier or sign before it."""
    done = 0
    for digit in _FIRST_DIGIT.finditer(folded):
        at = digit.start()
        if blocked:  # "năm 2020, 97%": not 2020,97
            done = max([done, *(end for start, end in blocked if start <= at < end)])
        if at >= done:
            since = max(done, at - 48)
            if folded[since:at].rstrip().endswith(_OPENS):
                at = _BEFORE_DIGIT.search(folded, since, at).start()
            match = _PATTERN.match(folded, at)
            done = match.end()
            yield match


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in spans)


def _is_no_quantity(match: re.Match[str], folded: str) -> bool:
    """Whether digits are a date, a document number, an ordinal or part of a name: "khóa 25", "30a", "covid-19"."""
    number, end = match.span("num")
    measured = match["noun"] or match["mag"]
    start = match.start()
    if not measured and (_MINUTES.match(folded, end) or _HOURS.search(folded, max(0, number - 4), number)):
        return True  # "(06/02/2020, 15:58)"
    if _RANKED.search(folded, max(0, start - 24), start):
        return True
    if folded.endswith("/", 0, number) and match["noun"] != "%":
        return True  # "412 hộ/31,5%" holds a share, "167 hộ/630 hộ nghèo" a ratio
    if _YEAR_AND_MONTH.match(folded, number):
        return True  # "2024-12 Xã A đón bằng công nhận"
    if not measured and not match["of"] and _NOT_BEFORE.search(folded, max(0, start - 28), start):
        return True
    if _NOT_AFTER.match(folded, end) or (match["of"] and _DOCUMENT.match(folded, match.end("of"))):
        return True
    if not measured and not match["qual"] and _IN_NAME.search(folded, max(0, number - 2), number):
        return True  # ql1a, covid-19, g7
    measured = measured or match["money"]
    if not measured and folded[end : end + 1].isalpha():
        return True  # 30a, 4g
    if not measured and not match["of"] and _BARE_YEAR.fullmatch(match["num"]):
        return True
    return bool(_OTHER_NOUN.match(folded, end))


def _read_words(match: re.Match[str], folded: str) -> Quantity | None:
    """A quantity whose number is a word: "hai xã", "mười lăm sản phẩm"."""
    number, start = match["num"], match.start()
    before = folded[max(0, start - 12) : start]
    counted = number == "một" and _MEETS.match(folded, match.end())
    sure = match["mag"] or match["head"] or counted
    if number in _UNSURE and not sure and not _UNSURE[number].search(before):
        return None
    if _ORDINAL.search(before) or before.endswith(("trăm ", "nghìn ", "ngàn ")):
        return None
    value = _parse_words(number)
    if not value:
        return None
    value += 100 * _WORD.get(match["head"], 0)
    return Quantity(
        start=start,
        end=match.end(),
        number_start=match.start("num"),
        noun_start=match.start("noun"),
        value=float(value * _WORD_FACTOR[(match["mag"] or " ").split(" ")[1]] + 100 * _WORD.get(match["hundreds"], 0)),
        unit=_UNIT_OF[match["noun"]],
        noun=match["noun"],
        qualifier=_QUALIFIERS.get(match["qual"] or "", "="),
    )


def _read(match: re.Match[str], folded: str) -> Quantity | None:
    """A quantity whose number is in digits; None when its digits can not be read."""
    value = parse_number(match["num"])
    if value is None:
        return None
    if match["thousands"]:
        value = 1000 * parse_number(match["thousands"]) + value  # "11 nghìn 700 tỷ đồng", "4 nghìn 500 người"
    magnitude, noun, per = match["mag"] or "", match["noun"] or "", "".join((match["per"] or "").split())
    unit = _UNIT_OF.get(noun, "percent" if noun == "%" else "")
    flags = ["decimal_point"] if _DECIMAL_POINT.fullmatch(match["num"]) else []
    flags += ["number_unclear"] if " " in match["num"] else []
    if unit in _WHOLE_UNITS and not magnitude and _COMMA_GROUP.fullmatch(match["num"]):
        value, flags = value * 1000, [*flags, "number_unclear"]
    value_max = parse_number(match["max"]) if match["max"] else None
    of = parse_number(match["of"] or match["of2"]) if match["of"] or match["of2"] else None
    value += 0.5 * bool(match["half"])  # "1 tỷ rưỡi"
    is_money = match["money"] or (magnitude in _SUMS and not noun and not _WEIGHED.match(folded, match.end()))
    if is_money:
        vnd = _money(value, magnitude) + (_money(parse_number(match["num2"]), match["mag2"]) if match["num2"] else 0.0)
        unit, factor = _unit_of_money(per, vnd)
        highest = _money(value_max, magnitude or match["rmag"] or "")
        of = _money(of, magnitude)
        value, value_max, of = (None if v is None else round(v * factor, 9) for v in (vnd, highest, of))
        flags += ["unit_inferred"] if "tháng" in per else []
    elif magnitude:
        value, value_max = _money(value, magnitude), _money(value_max, magnitude)
    if value_max is not None and unit == "" and not is_money:
        return None
    if value_max is not None and value_max <= value:
        value_max = None
    over = match["of"] and match["qual"] == "vượt mức"  # "hoàn thành vượt mức 24/26 chỉ tiêu" counts the targets
    qualifier = "=" if over else _QUALIFIERS.get(match["qual"] or "", "=")
    if match["more"]:
        qualifier = ">=" if "lên" in match["more"] else "<="
    end, noun_start = _ends(match)
    told = match["qual"] == "vượt mức" and unit == "targets"  # "đạt và vượt mức 17/18 chỉ tiêu" counts those met
    return Quantity(
        start=match.start("num") if told else match.start(),
        end=end,
        number_start=match.start("num"),
        noun_start=noun_start,
        value=value,
        unit=unit,
        noun=noun,
        qualifier=qualifier,
        value_max=value_max,
        of=of,
        per=per,
        sign=(match["sign"] or "").strip(),
        flags=tuple(flags),
    )


def _unit_of_money(per: str, vnd: float) -> tuple[str, float]:
    """Unit of a sum and the factor from đồng to it; a sum per person, month or (a small one) year is an income."""
    if "tháng" in per:
        return "million_vnd_per_year", 12e-6
    if "người" in per or "ng" in per or "khẩu" in per or (per.startswith("/năm") and vnd < 1e9):
        return "million_vnd_per_year", 1e-6
    return ("million_vnd_per_ha", 1e-6) if "ha" in per else ("billion_vnd", 1e-9)


def _ends(match: re.Match[str]) -> tuple[int, int]:
    """Where a quantity ends, and where its unit or noun begins (at its end when it has none)."""
    noun, money, magnitude, more, per = match.group("noun", "money", "mag", "more", "per")
    if noun or money or magnitude or more or (per or "").strip():
        end = match.end()
    else:
        end = max(match.end("num"), match.end("max"), match.end("of"), match.end("of2"))
    named = "noun" if noun else "money" if money else "mag" if magnitude else ""
    return end, match.start(named) if named else end
