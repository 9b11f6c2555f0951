"""Vietnamese quantities: number, qualifier, range, ratio and the unit or counted noun beside it.

The dot groups thousands and the comma is the decimal mark; what breaks this rule is read by its shape and flagged.
Dates, document numbers, ordinals and names with digits are no quantities. What a quantity measures is decided in
`binding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_WORD = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "một": 1}
_TENS = {"mốt": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_NUMBER = (
    r"\d{1,3}(?:\.\s?\d{3})+(?:,\d+)?(?![\d])|\d+,\d+|\d+\s?,\s?\d{1,2}(?=\s*(?:%|tỷ|triệu))|\d+\.\d{1,2}(?![\d.])|\d+"
)
_NUMBER_WORD = (
    r"(?:hai mươi|ba mươi|bốn mươi|năm mươi|sáu mươi|bảy mươi|tám mươi|chín mươi|mười)"
    r"(?: (?:mốt|một|hai|ba|tư|bốn|lăm|năm|sáu|bảy|tám|chín))?|hai|ba|bốn|năm|sáu|bảy|tám|chín|một"
)
_MAGNITUDE = (
    r"nghìn tỷ|ngàn tỷ|triệu tỷ|trăm tỷ|chục tỷ|tỷ|trăm triệu|chục triệu|triệu|trăm nghìn|chục nghìn|nghìn|ngàn|vạn"
    r"|tr\.?(?=\s?đ)"
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
# counted nouns and the unit ids they mean; longest first when compiled
NOUNS = {
    "percent": ("%", "phần trăm"),
    "percentage_points": ("điểm phần trăm", "điểm %", "điểm"),
    "households": ("hộ gia đình", "hộ dân", "hộ", "gia đình"),
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
        "lđ",
        "thanh niên",
        "đảng viên",
        "công nhân",
        "lượt lđ",
        "quân nhân",
        "phụ nữ",
        "nông dân",
        "khẩu",
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
    "targets": ("chỉ tiêu",),
    "criteria": ("tiêu chí",),
    "houses": ("ngôi nhà", "căn nhà", "nhà ở", "nhà", "căn", "mái ấm"),
    "schools": ("trường học", "trường", "cơ sở giáo dục"),
    "classes": ("lớp",),
    "cooperatives": ("hợp tác xã", "htx"),
    "enterprises": ("doanh nghiệp", "dn", "công ty"),
    "ha": ("héc ta", "hecta", "ha"),
    "m2": ("m2", "m²", "mét vuông"),
    "tonnes": ("tấn",),
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
_MONEY = r"(?:\s*(?P<{m}>đồng|đ\b|vnđ|vnd))?"
_QUALIFIER = [
    (">", r"hơn|trên|(?<!nước )ngoài|vượt mức|>"),
    ("~", r"trên dưới|gần tới|gần|khoảng chừng|khoảng|xấp xỉ|ngót|chừng|tầm|độ|non|cỡ|ước khoảng|~"),
    ("<", r"chưa đến|chưa tới|chưa đầy|chưa được|dưới|<"),
    (">=", r"ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|≥|>="),
    ("<=", r"tối đa|không quá|không vượt quá|nhiều nhất|≤|<="),
]
_QUALIFIERS = {w.removeprefix("(?<!nước )"): q for q, words in _QUALIFIER for w in words.split("|")}
_BEFORE = "|".join(sorted((w for _, words in _QUALIFIER for w in words.split("|")), key=len, reverse=True))
_PATTERN = re.compile(
    rf"(?:(?<![\w/])(?P<qual>{_BEFORE})\s*)?"
    rf"(?<![\d.,/])(?P<sign>[-+](?=\d)|âm\s+)?(?P<num>{_NUMBER})"
    rf"(?:\s*(?:%|(?P<rmag>{_MAGNITUDE}))?\s*(?:-|~|÷|đến)\s*(?P<max>{_NUMBER})(?!\s*(?:/|tháng|giờ))|"
    rf"\s*/\s*(?P<of>{_NUMBER})(?!\s*/)|"
    rf"\s+(?:trên|trong|/)\s+(?:tổng số |tổng cộng |tổng |toàn bộ |số )*(?P<of2>\d[\d.]*)(?=\s*(?:{_NOUN})\b))?"
    rf"\s*(?:(?P<mag>{_MAGNITUDE})(?![a-zà-ỹ])(?:\s+(?P<num2>\d{{1,3}}(?:,\d+)?)\s+(?P<mag2>triệu|nghìn|ngàn)\b)?)?"
    rf"\s*(?:(?P<money>đồng|đ\b|vnđ|vnd)|(?P<noun>(?:(?:{_NOUN})(?![a-zà-ỹ0-9])|%)))?"
    rf"(?P<per>\s*(?:/|trên|mỗi)\s*(?:1\s*|một\s+)?(?:đầu người|người|khẩu|hộ|ha|năm|tháng|xã|ng)\b(?:\s*/\s*(?:năm"
    rf"|tháng|người|ng)\b)*)?"
    rf"(?P<more>\s*(?:trở lên|trở xuống))?"
)
_WORDS_PATTERN = re.compile(
    rf"(?<!\w)(?:(?P<qual>{_BEFORE})\s+)?(?P<num>{_NUMBER_WORD})(?P<mag>\s+(?:nghìn|ngàn|triệu|vạn|trăm"
    rf"|tỷ))?\s+(?P<noun>{_WORD_NOUN})(?![a-zà-ỹ0-9])"
)
# digits that are no quantity: what stands before or after the number
_NOT_BEFORE = re.compile(
    r"(?:lần thứ|khóa|khoá|kỳ họp thứ|thứ|số(?! (?:hộ|xã|người|lao|trường|còn|là|trên|hơn|gần|đạt))|tổ|thôn|khu|ấp"
    r"|bản|điều|khoản|mục|phụ lục|biểu|bảng|trang|quốc lộ|ql|đt|tl|tỉnh lộ|đường|covid|cấp độ|mức độ|loại|hạng|"
    r"điện thoại|đt:|fax|tel|hotline|đường dây nóng|chương trình|nghị quyết(?: số)?|quyết định(?: số)?"
    r"|quy định(?: số)?|nghị định(?: số)?|chỉ thị(?: số)?|kết luận(?: số)?|công văn(?: số)?|thông tư(?: số)?"
    r"|kế hoạch số|lúc|hồi|phường|quận|tầng|vùng|khu vực|nhóm|kv|lượt xem:|view count:|truy cập:|hôm nay:"
    r"|số người đang xem:)\s*:?\s*$"
)
_NOT_AFTER = re.compile(
    r"\s*(?:h\d\d|giờ|phút|tuổi|/qđ|/nq|/nđ|/kh|/tt|/ct|/bc|/ttg|-nq|-ct|-qđ|-kl|a/|năm (?:ngày|kỷ niệm|thành lập"
    r"|xây dựng|tuổi)|sao\b|lượt xem|lượt đọc|lượt truy cập|bình luận|tháng\b|năm qua|ngày(?! công)|@|px|kb|mb)"
)
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
    flags: tuple[str, ...] = field(default=())


def parse_number(text: str) -> float | None:
    """A Vietnamese number, or None: dot groups, comma decimates; "12.5" can only be a decimal dot.

    >>> [parse_number(t) for t in ("4.735", "24.761,596", "0,9", "12.5", "06", "1.5.2", "mười")]
    [4735.0, 24761.596, 0.9, 12.5, 6.0, None, None]
    """
    text = text.strip().replace(" ", "")
    if re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[-+]?\d+(?:,\d+)?", text):
        return float(text.replace(",", "."))
    if re.fullmatch(r"[-+]?\d+\.\d{1,2}", text):
        return float(text)
    return None


def _parse_words(words: str) -> int | None:
    parts = words.split()
    if len(parts) == 1:
        return _WORD.get(parts[0])
    if parts[0] == "mười":
        return 10 + _TENS.get(parts[1], _WORD.get(parts[1], 0))
    tens = _WORD.get(parts[0], 0) * 10
    return tens + (_TENS.get(parts[2], _WORD.get(parts[2], 0)) if len(parts) > 2 else 0)


def _money(value: float | None, magnitude: str, fallback: str) -> float | None:
    if value is None:
        return None
    return round(value * _FACTOR[magnitude or fallback], 6)


def find_quantities(folded: str, masked: list[tuple[int, int]] = ()) -> list[Quantity]:
    """All quantities of a folded sentence in order; spans in `masked` (dates, periods) are passed over.

    >>> [(q.value, q.unit, q.qualifier) for q in find_quantities("trên 4.735 tỷ đồng, gần 2 vạn lao động, 0,9%")]
    [(4735.0, 'billion_vnd', '>'), (20000.0, 'persons', '~'), (0.9, 'percent', '=')]
    >>> [(q.value, q.unit, q.of) for q in find_quantities("có 9/9 xã đạt chuẩn")]
    [(9.0, 'communes', 9.0)]
    >>> find_quantities("Quyết định số 3068/QĐ-UBND, khóa 25, quốc lộ 1")
    []
    """
    found: list[Quantity] = []
    blocked = list(masked)
    marker = _LIST_MARK.match(folded)
    if marker:
        blocked.append((0, marker.end()))
    for match in _PATTERN.finditer(folded):
        start, number = match.start(), match.start("num")
        if any(a < match.end("num") and number < b for a, b in blocked):
            continue
        if (
            _NOT_BEFORE.search(folded[max(0, start - 28) : start])
            and not match["noun"]
            and not match["mag"]
            and not match["of"]
        ):
            continue
        if _NOT_AFTER.match(folded, match.end("num")) or (
            match["of"] and re.match(r"\s*(?:/?qđ|/?nq)", folded[match.end("of") :])
        ):
            continue
        before = folded[max(0, number - 2) : number]
        if re.search(r"[a-zđ]$|[a-zđ]-$", before) and not match["qual"] and not match["noun"] and not match["mag"]:
            continue  # ql1a, covid-19, g7
        after = folded[match.end("num") : match.end("num") + 1]
        if after and (after.isalpha() and not (match["mag"] or match["noun"] or match["money"])):
            continue  # 30a, 4g
        if re.fullmatch(r"(?:19[89]|20[0-4])\d", match["num"]) and not (
            match["noun"] or match["mag"] or match["money"] or match["of"]
        ):
            continue  # a bare year
        if re.match(r"\s*(?:nhà (?:đầu tư|văn|máy|báo|thầu|trường|nước)|người/|lần thứ)", folded[match.end("num") :]):
            continue
        quantity = _read(match, folded)
        if quantity:
            found.append(quantity)
    taken = [(q.start, q.end) for q in found]
    for match in _WORDS_PATTERN.finditer(folded):
        if any(a < match.end() and match.start() < b for a, b in taken) or any(
            a < match.end("num") and match.start("num") < b for a, b in masked
        ):
            continue
        before = folded[max(0, match.start() - 12) : match.start()]
        if match["num"] == "năm" and not re.search(r"(?:có|thêm|gồm|cả|với|được|là|của|trong|cho)\s+$", before):
            continue  # "năm" is a year far more often than five
        if match["num"] == "một" and not re.search(r"(?:thêm|có|được|là|nâng|công nhận|và)\s+$", before):
            continue
        if re.search(r"(?:tháng|thứ|một|hàng|vài|quý)\s+$", before):
            continue
        value = _parse_words(match["num"])
        factor = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "vạn": 1e4, "trăm": 100, "tỷ": 1e9}.get(
            (match["mag"] or "").strip(), 1
        )
        if value:
            found.append(
                Quantity(
                    match.start(),
                    match.end(),
                    match.start("num"),
                    match.start("noun"),
                    float(value * factor),
                    _UNIT_OF[match["noun"]],
                    match["noun"],
                    _QUALIFIERS.get(match["qual"] or "", "="),
                )
            )
    found.sort(key=lambda q: q.start)
    for number in range(len(found) - 2, -1, -1):  # "1.850, 1.640 và 1.725 lao động": one noun for all
        one, following = found[number], found[number + 1]
        if one.unit == "" and following.unit and re.fullmatch(r"\s*(?:,|và|;)\s*", folded[one.end : following.start]):
            found[number] = replace(one, unit=following.unit, noun=following.noun)
    return found


def _read(match: re.Match[str], folded: str) -> Quantity | None:
    value, flags = parse_number(match["num"]), []
    if value is None:
        return None
    value_max = parse_number(match["max"]) if match["max"] else None
    of = parse_number(match["of"] or match["of2"]) if match["of"] or match["of2"] else None
    magnitude, noun, per = (match["mag"] or ""), match["noun"] or "", re.sub(r"\s+", "", match["per"] or "")
    if re.fullmatch(r"\d+\.\d{1,2}", match["num"]):
        flags.append("decimal_point")
    if " " in match["num"]:
        flags.append("number_unclear")
    unit = _UNIT_OF.get(noun, "percent" if noun == "%" else "")
    thousands = re.fullmatch(r"\d{1,3},\d{3}", match["num"])
    if thousands and unit in ("persons", "households", "visits", "communes", "products") and not magnitude:
        value, flags = value * 1000, [*flags, "number_unclear"]
    weighed = re.match(r"\s*(?:kg|tấn|lít|cây|con|m2|m³|m3|lượt|bầu|kwh)\b", folded[match.end() :])
    is_money = match["money"] or (
        not weighed
        and magnitude
        in (
            "tỷ",
            "nghìn tỷ",
            "ngàn tỷ",
            "trăm tỷ",
            "chục tỷ",
            "triệu tỷ",
            "triệu",
            "tr",
            "tr.",
            "trăm triệu",
            "chục triệu",
        )
        and not noun
    )
    if is_money:
        extra = _money(parse_number(match["num2"]), match["mag2"], "") if match["num2"] else 0.0
        vnd = _money(value, magnitude, "") + extra
        highest = _money(value_max, magnitude, match["rmag"] or "")
        monthly = "tháng" in per
        if (
            (per and ("người" in per or "ng" in per or "khẩu" in per))
            or (per.startswith("/năm") and vnd < 1e9)
            or monthly
        ):
            factor = 12e-6 if monthly else 1e-6
            unit = "million_vnd_per_year"
        elif "ha" in per:
            unit, factor = "million_vnd_per_ha", 1e-6
        else:
            unit, factor = "billion_vnd", 1e-9
        value, value_max, of = (
            round(vnd * factor, 9),
            None if highest is None else round(highest * factor, 9),
            None if of is None else round(_money(of, magnitude, "") * factor, 9),
        )
        flags += ["unit_inferred"] if monthly else []
    elif magnitude:
        value, value_max = _money(value, magnitude, ""), _money(value_max, magnitude, match["rmag"] or "")
    if value_max is not None and (value_max <= value or (unit == "" and not is_money)):
        if unit == "" and not is_money:
            return None
        value_max = None
    qualifier = _QUALIFIERS.get(match["qual"] or "", "=")
    if match["more"]:
        qualifier = ">=" if "lên" in match["more"] else "<="
    end = (
        match.end()
        if (noun or match["money"] or magnitude or match["more"] or per)
        else max(match.end("num"), match.end("max"), match.end("of"), match.end("of2"))
    )
    noun_start = (
        match.start("noun")
        if noun
        else match.start("money")
        if match["money"]
        else match.start("mag")
        if magnitude
        else end
    )
    return Quantity(
        match.start(),
        end,
        match.start("num"),
        noun_start,
        value,
        unit,
        noun,
        qualifier,
        value_max,
        of,
        per,
        (match["sign"] or "").strip(),
        tuple(flags),
    )


def with_unit(quantity: Quantity, unit: str, *flags: str) -> Quantity:
    """The same quantity read in another unit (a bare number under a header that names the unit)."""
    return replace(quantity, unit=unit, flags=quantity.flags + flags)
