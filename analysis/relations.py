"""What a figure is beside the others of its sentence: a level, a change, a share of the plan or of the year before.

Purely from the words around it; to which level a percentage belongs is decided in `accompanying`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import Frame
from .periods import Mention as PeriodMention
from .quantities import Quantity


@dataclass(frozen=True)
class Relation:
    """What a figure is, and what it says.

    role: `level` · `of` (what a count is out of) · `change` (rise or fall by) · `plan` (value: % of the plan) · `yoy`
    (value: % of the same period before) · `times` (a multiple that is neither) · `none`. `start`, `end`: the words that
    say so. `falls`: a fall. `follows`: right after another figure.
    """

    role: str
    value: float | None = None
    start: int = 0
    end: int = 0
    falls: bool = False
    follows: bool = False
    flags: tuple[str, ...] = ()


_PLAN = r"(?:kế hoạch|kh(?!\w)|chỉ tiêu|dự toán|nghị quyết|nq(?!\w)|mục tiêu|pháp lệnh|mức giao|so giao)"
_OWNER = (
    r"(?:\s+(?:năm|cả|tỉnh|huyện|của|hđnd|ubnd|giao|đề|ra|và|do|trên|đặt|đã|hội|đồng|nhân|dân|ủy|ban|thành|phố|thị"
    r"|xã|pháp|lệnh|phấn|đấu|đại|đảng|bộ|kế|hoạch|chỉ|tiêu|"
    r"nghị|quyết|tỉnh,|huyện,|trung|ương|được|cấp|bộ|đầu|nhiệm|kỳ|20\d\d|h\.|so|với|nghị|khóa))*"
)
_PLAN_AFTER = re.compile(rf"\s*\)?\s*(?:so với|so|của|theo|trên|với)?\s*(?:tổng |mức |số |các )?{_PLAN}{_OWNER}(?!\w)")
_PLAN_BEFORE = re.compile(
    rf"(?P<over>(?:cao hơn|vượt|hơn|tăng so với|nhiều hơn|tăng hơn so với)\s+(?:so với\s+)?)?(?P<under>(?:thấp hơn"
    rf"|kém|hụt)\s+(?:so với\s+)?)?(?:so với|so|theo|tính theo|bằng|đạt"
    rf"|với)?\s*{_PLAN}{_OWNER}\s*[:,]?\s*(?:thì\s+)?(?P<verb>bằng|đạt|là|được|vượt|:|=|giảm|tăng|mới đạt"
    rf"|chỉ đạt)?\s*$"
)
_BASE_WORDS = (
    r"(?:cùng kỳ|năm (?:trước|ngoái|liền trước|liền kề|trước đó)|(?:năm )?(?:19|20)\d\d|đầu năm|đầu nhiệm kỳ"
    r"|nhiệm kỳ trước|cuối năm|năm liền)"
)
_YOY_AFTER = re.compile(
    rf"\s*\)?\s*,?\s*(?:(?:so với|so|với|hơn|của)\s+|(?=cùng kỳ|cùng thời điểm))(?:thời điểm |kết quả |mức |tổng "
    rf"|số |trung bình |giai đoạn )?(?P<base>(?:cùng kỳ|cùng thời điểm)(?: (?:của )?(?:năm )?(?:trước|ngoái|20\d\d"
    rf"|năm))*|{_BASE_WORDS}|(?:6|9|06|09|\d{{1,2}}) tháng (?:đầu )?(?:năm )?(?:trước|ngoái|20\d\d)"
    rf"|nửa đầu năm 20\d\d|quý [ivx]+[/ ]20\d\d)"
)
_YOY_BEFORE = re.compile(
    rf"(?:so với|so|(?P<more>cao hơn|nhiều hơn|nhỉnh hơn|hơn|vượt)|(?P<less>thấp hơn|kém"
    rf"|ít hơn))\s+(?:so )?(?:với )?(?:thời điểm )?(?P<base>cùng kỳ(?: (?:của )?(?:năm )?(?:trước|ngoái|20\d\d"
    rf"|năm))*|{_BASE_WORDS})\s*,?\s*(?:thì |đã |ước |huyện |là )*(?P<verb>tăng|giảm|bằng|đạt|là)?(?: thêm| tới"
    rf"| được| nhẹ)?\s*$"
)
_VERB = re.compile(
    r"(?P<verb>kéo giảm|giảm nghèo|giảm|bớt|hạ|tăng trưởng|tăng|nhích thêm|nhích|bằng|đạt|vượt|hụt|thêm|gấp|\+"
    r"|\()(?P<tail>\s+(?:được|thêm|tới|đến|nhanh|nhẹ|mạnh|bình quân|trung bình|mỗi năm|hằng năm|hàng năm|hằng|hàng"
    r"|năm|trên|hơn|gần|khoảng|từ|so|với|trong năm|tương ứng|tương đương|ít nhất|tối thiểu|nữa|ước|là|chung"
    r"|được\s+))*\s*$"
)
_LEVEL_AFTER_VERB = re.compile(
    r"(?:giảm|tăng|hạ|kéo giảm|nâng|đưa)[\w ,%_]{0,60}?(?:xuống|còn|lên|thành|về|đạt"
    r"|ở mức)\s*(?:mức\s*)?(?:chỉ\s*)?(?:còn\s*)?$"
)
_EQUIVALENT = re.compile(
    r"^\W*(?:hộ )?(?:nghèo|cận nghèo)?\W*(?:tương ứng|tương đương|ứng với|bằng|tức|=|hay|\()?\s*(?:với|giảm|là"
    r"|tỷ lệ)?\W*$"
)
_AMOUNTS = (
    "billion_vnd",
    "million_vnd_per_year",
    "persons",
    "households",
    "tonnes",
    "ha",
    "visits",
    "products",
    "houses",
    "enterprises",
    "million_vnd_per_ha",
    "",
)


def relate(folded: str, quantities: list[Quantity], periods: list[PeriodMention], frame: Frame) -> list[Relation]:
    """One relation per quantity of a folded sentence part."""
    out: list[Relation] = []
    year = _year(periods, frame)
    for number, quantity in enumerate(quantities):
        previous = quantities[number - 1] if number else None
        left = folded[(previous.end if previous else 0) : quantity.start]
        following = quantities[number + 1].start if number + 1 < len(quantities) else len(folded)
        right = folded[quantity.end : following]
        if quantity.unit == "percent":
            relation = _percent(folded, quantity, left, right, previous, out[-1] if out else None, year)
        elif quantity.unit == "times":
            after = _YOY_AFTER.match(right)
            yoy = after and _is_year_before(after["base"], year)
            relation = Relation(
                "yoy" if yoy else "times", round(quantity.value * 100, 4) if yoy else None, quantity.start, quantity.end
            )
        elif (
            re.search(r"(?:^|[,;.(]\s*)(?:trong|trên)\s*$", left)
            and number + 1 < len(quantities)
            and quantities[number + 1].noun == quantity.noun in ("xã", "chỉ tiêu")
        ):
            relation = Relation("of", quantity.value, quantity.start, quantity.end)  # "trong 8 xã của huyện, 7 xã đã …"
        else:
            relation = _amount(quantity, left, previous, out[-1] if out else None)
        out.append(relation)
    return out


def _year(periods: list[PeriodMention], frame: Frame) -> str:
    named = [m.period for m in periods if m.role in ("plain", "until", "term", "month") and m.period]
    return (named[-1][5:9] if named and "/" in named[-1] else named[-1][:4]) if named else frame.year


def _is_year_before(base: str, year: str) -> bool:
    """Whether the words name the year before, or the same period of it."""
    if re.search(r"cùng kỳ|cùng thời điểm|năm (?:trước|ngoái|liền)", base):
        digits = re.findall(r"20\d\d", base)
        return not digits or not year or int(digits[0]) == int(year) - 1
    digits = re.findall(r"(?:19|20)\d\d", base)
    return bool(digits and year and int(digits[0]) == int(year) - 1)


def _percent(
    folded: str,
    quantity: Quantity,
    left: str,
    right: str,
    previous: Quantity | None,
    before: Relation | None,
    year: str,
) -> Relation:
    verb = _VERB.search(left)
    word = verb["verb"] if verb else ""
    start = quantity.start - (len(left) - verb.start()) if verb else quantity.start
    level_verb = _LEVEL_AFTER_VERB.search(left)
    falls = word in ("giảm", "kéo giảm", "bớt", "hạ", "giảm nghèo", "hụt")
    after = _PLAN_AFTER.match(right)
    if after and not re.match(
        r"\s*\)?\s*(?:chỉ tiêu|mục tiêu|nghị quyết|kế hoạch)\s+(?:đạt|hoàn thành|đều|được|thành phần|kinh tế|chủ yếu"
        r"|phát triển|về)",
        right,
    ):
        flags = ("ambiguous_plan",) if word == "vượt" and quantity.value >= 100 else ()
        value = quantity.value + 100 if word in ("vượt", "tăng") else 100 - quantity.value if falls else quantity.value
        return Relation("plan", round(value, 6), start, quantity.end + after.end(), flags=flags)
    lead = _PLAN_BEFORE.search(left)
    compared = lead and (
        lead["over"]
        or lead["under"]
        or re.match(r"(?:so với|so|theo|tính theo|bằng|đạt)\s", lead.group())
        or re.search(r"\(\s*$", left[: lead.start()])
    )
    if (
        lead
        and compared
        and (lead["over"] or lead["under"] or lead["verb"] not in (None, ":", "=", "là"))
        and not level_verb
        and not (lead["verb"] in ("giảm", "tăng") and "so" not in lead.group())
    ):
        over = lead["over"] or lead["verb"] in ("vượt", "tăng")
        under = lead["under"] or lead["verb"] == "giảm"
        return Relation(
            "plan",
            round(100 + quantity.value if over else 100 - quantity.value if under else quantity.value, 6),
            quantity.start - (len(left) - lead.start()),
            quantity.end,
        )
    if word == "vượt" and not _YOY_AFTER.match(right):
        flags = ("ambiguous_plan",) if quantity.value >= 100 else ()
        return Relation("plan", round(100 + quantity.value, 6), start, quantity.end, flags=flags)
    after = _YOY_AFTER.match(right)
    bracket = _YOY_BEFORE.search(left)
    if after or bracket:
        base = (after or bracket)["base"]
        if bracket and not after:
            word = bracket["verb"] or ("tăng" if bracket["more"] else "giảm" if bracket["less"] else "bằng")
            start = quantity.start - (len(left) - bracket.start())
            falls = word == "giảm"
        end = quantity.end + (after.end() if after else 0)
        if word or bracket:
            moved = word in (
                "tăng",
                "nhích thêm",
                "nhích",
                "vượt",
                "thêm",
                "giảm",
                "kéo giảm",
                "hạ",
                "+",
                "tăng trưởng",
            )
            if (
                moved
                and (previous is None or previous.unit in ("percent", "percentage_points"))
                and not (before and before.role in ("plan", "yoy"))
            ):
                return Relation("change", quantity.value, start, end, falls, previous is not None)
            if _is_year_before(base, year):
                value = 100 - quantity.value if falls else 100 + quantity.value if moved else quantity.value
                return Relation("yoy", round(value, 6), start, end, falls)
            return Relation("change" if moved else "none", quantity.value, start, end, falls)
    if level_verb:
        return Relation("level")
    if (
        word in ("giảm", "kéo giảm", "bớt", "hạ", "tăng", "nhích thêm", "nhích", "giảm nghèo")
        or (word == "thêm" and "tăng" in left)
        or quantity.sign in ("-", "+")
    ):
        if (
            word in ("giảm", "tăng", "hạ", "kéo giảm")
            and re.search(r"từ\s*$", left)
            and re.match(r"[^,;.]{0,40}\b(?:xuống|còn|lên|sang)\b", right)
            and quantity.value_max is None
        ):
            return Relation("level")
        near = previous is not None and bool(
            re.fullmatch(
                r"[\s,()]*(?:(?:và|cũng|đã|ước|mức|đạt|tương ứng|đồng|bình quân|hằng năm|mỗi năm)\s*)*",
                left[: verb.start()] if verb else left,
            )
        )
        if (
            near
            and previous.unit in _AMOUNTS[:-1]
            and previous.unit != "households"
            and (before is None or before.role in ("level", "plan", "yoy"))
        ):
            return Relation(
                "yoy",
                round(100 - quantity.value if falls or quantity.sign == "-" else 100 + quantity.value, 6),
                start,
                quantity.end,
                falls,
            )
        if near and before is not None and before.role == "plan":
            return Relation(
                "yoy", round(100 - quantity.value if falls else 100 + quantity.value, 6), start, quantity.end, falls
            )
        return Relation("change", quantity.value, start, quantity.end, falls or quantity.sign == "-", near)
    if before is not None and before.role == "change" and _EQUIVALENT.match(left):
        return Relation("change", quantity.value, quantity.start, quantity.end, before.falls, True)
    if (
        before is not None
        and before.role in ("plan", "yoy")
        and re.fullmatch(r"\s*(?:,|và|;)?\s*(?:gần|hơn|trên|đạt|bằng)?\s*", left)
        and (second := _PLAN_AFTER.match(right))
    ):
        return Relation("plan", quantity.value, quantity.start, quantity.end + second.end(), flags=("two_plans",))
    return Relation("level")


def _amount(quantity: Quantity, left: str, previous: Quantity | None, before: Relation | None) -> Relation:
    verb = _VERB.search(left)
    if re.search(r"(?:trên|trong)\s+(?:tổng số|tổng cộng|tổng|số|toàn bộ)\s*$", left) and quantity.unit in (
        "communes",
        "targets",
        "products",
        "schools",
        "households",
    ):
        return Relation("of", quantity.value, quantity.start, quantity.end)
    if (
        verb
        and verb["verb"] in ("giảm", "kéo giảm", "bớt", "hạ", "tăng")
        and not re.search(r"từ\s*$|thêm\s*$", left)
        and quantity.unit
        in (
            "households",
            "billion_vnd",
            "million_vnd_per_year",
            "persons",
            "percentage_points",
            "tonnes",
            "ha",
            "criteria",
        )
    ):
        falls = verb["verb"] != "tăng"
        return Relation(
            "change",
            quantity.value,
            quantity.start - (len(left) - verb.start()),
            quantity.end,
            falls,
            previous is not None,
        )
    if quantity.unit == "percentage_points":
        return Relation("change", quantity.value, quantity.start, quantity.end, "giảm" in left, previous is not None)
    if re.search(r"(?:nhiều hơn|cao hơn|tăng so với|hơn|so với)\s+(?:năm )?(?:19|20)\d\d\s+(?:là|tăng)?\s*$", left):
        return Relation("none", None, quantity.start, quantity.end)
    return Relation("level")
