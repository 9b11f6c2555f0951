"""What a figure is beside the others of its sentence: a level, a change, a share of the plan or of the year before.

Purely from the words around it; to which level a percentage belongs is decided in `accompanying`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.context.frame import Frame
from analysis.periods import Mention as PeriodMention
from analysis.quantities import Quantity


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


# words for a plan, and those that say whose or of when it is: "kế hoạch tỉnh giao năm 2020"
_PLAN = (
    r"(?:kế hoạch|kh(?!\w)|chỉ tiêu|dự toán|nghị quyết|nq(?!\w)|mục tiêu|pháp lệnh"
    r"|mức (?:tỉnh |huyện |được |cấp trên )?giao|mức (?:đã )?(?:đề|đặt) ra|so giao)"
)
_OWNER = (
    r"(?:\s+(?:năm|cả|tỉnh|huyện|của|hđnd|ubnd|giao|đề|ra|và|do|trên|đặt|đã|hội|đồng|nhân|dân|ủy|ban|thành|phố|thị"
    r"|xã|pháp|lệnh|phấn|đấu|đại|đảng|bộ|kế|hoạch|chỉ|tiêu|"
    r"nghị|quyết|tỉnh,|huyện,|trung|ương|được|cấp|bộ|đầu|nhiệm|kỳ|20\d\d|h\.|so|với|nghị|khóa))*"
)
_PLAN_NAMED = re.compile(_PLAN)
# "120% so với kế hoạch", and "so với kế hoạch đạt 120%"
_PLAN_AFTER = re.compile(rf"\s*\)?\s*(?:so với|so|của|theo|trên|với)?\s*(?:tổng |mức |số |các )?{_PLAN}{_OWNER}(?!\w)")
_PLAN_BEFORE = re.compile(
    rf"(?P<over>(?:cao hơn|vượt|hơn|tăng so với|nhiều hơn|tăng hơn so với)\s+(?:so với\s+)?)?(?P<under>(?:thấp hơn"
    rf"|kém|hụt)\s+(?:so với\s+)?)?(?:so với|so|theo|tính theo|bằng|đạt"
    rf"|với)?\s*{_PLAN}{_OWNER}\s*[:,]?\s*(?:thì\s+)?(?P<verb>bằng|đạt|là|được|vượt|:|=|giảm|tăng|mới đạt"
    rf"|chỉ đạt)?\s*$"
)
# what figures are compared with: "cùng kỳ", "năm trước", "năm 2019"
_BASE_WORDS = (
    r"(?:cùng kỳ|năm (?:trước|ngoái|liền trước|liền kề|trước đó)|(?:năm )?(?:19|20)\d\d|đầu năm|đầu nhiệm kỳ"
    r"|nhiệm kỳ trước|cuối năm|năm liền)"
)
# "86% so với cùng kỳ năm trước", and "so với năm 2019 tăng 12%"
_YOY_AFTER = re.compile(
    rf"\s*\)?\s*,?\s*(?:(?:so với|so|với|hơn|của)\s+|(?=cùng kỳ|cùng thời điểm))(?:thời điểm |kết quả |mức |tổng "
    rf"|số |trung bình |giai đoạn )?(?P<base>(?:cùng kỳ|cùng thời điểm)(?: (?:của )?(?:năm )?(?:trước|ngoái|20\d\d"
    rf"|năm))*|{_BASE_WORDS}|(?:6|9|06|09|\d{{1,2}}) tháng (?:đầu )?(?:năm )?(?:trước|ngoái|20\d\d)"
    rf"|nửa đầu năm 20\d\d|quý [ivx]+[/ ]20\d\d)"
)
_YOY_BEFORE = re.compile(
    rf"(?:so với|so|(?P<more>cao hơn|nhiều hơn|nhỉnh hơn|hơn|vượt)|(?P<less>thấp hơn|kém"
    rf"|ít hơn))\s+(?:so )?(?:với )?(?:thời điểm )?(?P<base>cùng kỳ(?: (?:của )?(?:năm )?(?:trước|ngoái|20\d\d"
    rf"|năm))*|{_BASE_WORDS})\s*,?\s*(?:thì |đã |ước |huyện |là )*(?P<verb>tăng|giảm|hạ|bằng|đạt|là)?(?: thêm| tới"
    rf"| được| nhẹ)?\s*$"
)
# the verb right before a figure, with words that weaken or time it: "tăng bình quân mỗi năm trên"
_VERB = re.compile(
    r"(?P<verb>kéo giảm|giảm nghèo|giảm|bớt|(?:hạ|kéo) xuống(?= được| thêm)|hạ|lùi|rút ngắn|tăng trưởng|(?<!đà )tăng"
    r"|nhích thêm|nhích|bằng|đạt|vượt|hụt|thêm|gấp|ít đi|\+"
    r"|\()(?P<tail>\s+(?:được|ròng|đi|thêm|tới|đến|nhanh|nhẹ|mạnh|bình quân|trung bình|mỗi năm|hằng năm"
    r"|hàng năm|hằng|hàng"
    r"|0?5 năm|năm|trên|hơn|gần|khoảng|từ|so|với|trong năm"
    r"|theo (?:chuẩn|tiêu chí)(?: nghèo)?(?: mới| đa chiều| quốc gia)*|tương ứng|tương đương|ít nhất|tối thiểu|nữa|ước"
    r"|là|chung"
    r"|tổng cộng|tổng số|tiếp|được\s+|(?<=năm )(?:19|20)\d\d))*\s*$"
)
# "giảm … xuống còn": a level, though a verb of moving stands before it
_LEVEL_AFTER_VERB = re.compile(
    r"(?:giảm|tăng|hạ|lùi|rút|kéo giảm|nâng|đưa)[\w ,%_]{0,60}?(?:xuống|còn|lên|thành|về|đạt"
    r"|ở mức)\s*(?:mức\s*)?(?:chỉ\s*)?(?:còn\s*)?$"
)
# "tỷ lệ hộ nghèo giảm đạt trên 4,2%"
_FALL_REACHED = re.compile(r"(?<!\w)giảm (?:bình quân (?:(?:hằng|hàng|mỗi) năm )?)?(?:ước )?đạt\s*$")
# "hạ tỷ lệ hộ nghèo thêm 4 đến 5%", "kéo tỷ lệ hộ nghèo xuống thêm 1,15%"
_LOWERED = re.compile(r"(?:hạ|kéo|giảm|đưa) [\w _]{0,40}$")
# between a change and the same change in another unit: "giảm 215 hộ, tương ứng 1,2%"
_EQUIVALENT = re.compile(
    r"^\W*(?:hộ )?(?:nghèo|cận nghèo)?(?: trong năm(?: nay| 20\d\d)?)?(?: so (?:với )?(?:cùng kỳ|đầu năm"
    r"|năm (?:trước|ngoái|20\d\d)))?\W*"
    r"(?:tương ứng|tương đương|ứng với|bằng|tức|=|hay|\()?\s*(?:(?:với|giảm|là"
    r"|tỷ lệ)\s*)*\W*$"
)
_SAME_SAID = re.compile(r"tương|ứng|bằng|tức|=|hay|\(")
# units of sums and counts
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


# verbs of falling and of moving at all
_FALLS = ("giảm", "kéo giảm", "bớt", "hạ", "lùi", "rút ngắn", "hạ xuống", "kéo xuống", "giảm nghèo", "hụt", "ít đi")
_MOVES = ("tăng", "nhích thêm", "nhích", "vượt", "thêm", "giảm", "kéo giảm", "hạ", "+", "tăng trưởng")
_MOVING = (*(verb for verb in _FALLS if verb != "hụt"), "tăng", "nhích thêm", "nhích")
# "trong 8 xã của huyện, 7 xã đã …": the first count is what the second is out of
_OUT_OF_ALL = re.compile(r"(?:^|[,;.(]\s*|năm (?:nay|20\d\d) )(?:còn )?(?:trong|trên)\s*$")
# "trong 22 xã, thị trấn của huyện đã có bảy nơi …"
_OF_WHICH = re.compile(
    r"[^.;:\d]{0,60}\b(?:có|thì|mới)\b [^.;:,\d]{0,12}?\b(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b (?!năm)"
)
_OUT_OF = re.compile(r"(?:trên|trong)\s+(?:tổng số|tổng cộng|tổng|số|toàn bộ)\s*$")
_COUNTED = ("communes", "targets", "products", "schools", "households")
_MOVED = (
    "households", "billion_vnd", "million_vnd_per_year", "persons", "percentage_points", "tonnes", "ha", "criteria",
    "houses",
)  # fmt: skip
# "100% chỉ tiêu đều đạt": the plan's targets are counted, not compared with
_PLAN_ALONE = re.compile(
    r"\s*\)?\s*(?:chỉ tiêu|mục tiêu|nghị quyết|kế hoạch)\s+(?:đạt|hoàn thành|đều|được|thành phần|kinh tế|chủ yếu"
    r"|phát triển|về)"
)
# "tỷ lệ che phủ rừng 67,9% so với kế hoạch là 68%": two rates
_AGAINST_RATE = re.compile(
    r"\s*(?:so với|so) (?:kế hoạch|chỉ tiêu|mục tiêu|kh)(?: (?:năm|đề ra|giao|tỉnh|là))* (?:trên |dưới )?\d[\d,.]*\s?%"
)
_AGAINST = re.compile(r"(?:so với|so|theo|tính theo|bằng|đạt)\s")
# what may stand between the first of two levels and the words for the second: its households, a bracket
BESIDE_LEVEL = r"(?:,? (?:với|tương ứng|tương đương|ứng với|tức) (?:với )?[\d.]+ hộ)?(?: ?\([^()]{0,40}\))?"
_TO_LEVEL = re.compile(
    rf"{BESIDE_LEVEL}[^,;.]{{0,40}}(?:, ?(?=xuống|còn|lên)|, (?:dự kiến|ước"
    r"|phấn đấu|đến)\b[^,;.]{0,20}|\b)\b(?:xuống|còn|lên|sang|về)\b"
)
_THEN_DOWN = re.compile(r" (?:(?:cuối |đầu )?năm|hồi) (?:19|20)\d\d (?:giảm )?(?:xuống|còn)\b")
_POOR_FALL = re.compile(r"\s*(?:số |tỷ lệ )?hộ (?:cận )?nghèo\b")
# between a figure and the change that goes with it
_NEAR = re.compile(
    r"(?: thoát nghèo)?[\s,()]*(?:(?:và|với|cũng|đã|ước|mức|đạt|tương ứng|đồng|bình quân|hằng năm|mỗi năm|tỷ lệ)\s*)*"
)
_SECOND = re.compile(r"\s*(?:,|và|;)?\s*(?:gần|hơn|trên|đạt|bằng)?\s*")
_NEXT_FIGURE = re.compile(r"\s*\d")  # "58,3%, hơn năm 2015 7,2%": the next one is compared
_HAS_OWN = re.compile(
    r" (?:thì |đã )?(?:chỉ |mới |cũng )*(?:đạt|là|có|còn|tăng|giảm)(?: trên| hơn| gần| khoảng| thêm)? "
)
_FALL_OF_POOR = re.compile(r"giảm (?:tỷ lệ )?hộ nghèo (?:từ |ít nhất |trên )?$")
_EQUALS = re.compile(r",? (?:chỉ |mới )?bằng ")
_SAYS_NO_MORE = re.compile(r"\s*(?:[,;.](?!\d)|\Z)")
_MORE_BY = re.compile(r"(?:nhiều|ít|(?<!nâng )cao|thấp)(?: hơn)?(?: được)?\s*$")
# "ít hơn cuối năm 2019 là 310 hộ", "ít hơn 310 hộ so với năm trước"
_FEWER = re.compile(
    r"(?:ít|thấp) hơn (?:so với )?(?:cùng kỳ |cuối |đầu )?(?:năm )?(?:(?:19|20)\d\d|trước|ngoái|năm)(?: là| tới)? $"
)
_FEWER_BY = re.compile(r"(?:ít|thấp) hơn $")
_AND_OF = re.compile(r"\s*nghèo (?:và|,) ")  # "giảm 75 hộ nghèo và 146 hộ cận nghèo"
_AND_NEAR = re.compile(r"^\)? và  cận nghèo")  # "giảm 612 hộ nghèo, giảm 2,3% và 667 hộ cận nghèo, giảm 2,5%"
_ADDED_JOBS = re.compile(r"việc làm tăng thêm(?: là| được| cho| đạt)?\s*$")
_SHORT_OF = re.compile(r"(?:còn |vẫn )?thiếu\s*$")  # "còn thiếu 2 xã so với mục tiêu"
# "3,2%, thấp hơn mức bình quân của tỉnh (là) 0,9%"
_APART = re.compile(
    r"(?:(?P<less>thấp|ít)|cao|nhiều) hơn (?:so với )?(?:tỷ lệ|mức|bình quân|mặt bằng|trung bình)[^,;.()\d]{0,50}$"
)
_FELL_SINCE = re.compile(
    r"giảm (?:tỷ lệ [^,;.\d]{3,60} (?:năm 20\d\d )?)?so với [^,;.\d]{3,20}(?:20\d\d)?(?: (?:là|trên|hơn|gần"
    r"|khoảng))*\s*$"
)
# "cao hơn mức 8,54% của năm 2017"
_OF_YEAR_BEFORE = re.compile(r" (?:của |hồi )?(?:cuối |cùng kỳ )?năm (?:20\d\d|trước|ngoái)")
_OF_WIDER = re.compile(r"\s*(?:chung )?của (?:toàn |cả )?(?:huyện|tỉnh|nước|xã|thị xã|thành phố|vùng|quận)\b")
_MORE_HOUSEHOLDS = re.compile(r"(?:, |so với [^,;.\d]{3,30} )(?:tăng )?thêm\s*$")  # "…, so với đầu năm thêm 120 hộ"
_NOTHING_MORE = re.compile(r"\s*(?:[(,;.]|so với|$)")
_OR_MORE = re.compile(r"[^,;.\d]{0,30} trở lên")
# by how much another place is ahead: "so với bình quân cả tỉnh thấp hơn 2,56%", "cao hơn huyện X 0,4 điểm phần trăm"
_THAN_OTHERS = re.compile(
    r"so với (?:mức |tỷ lệ )?(?:bình quân|mặt bằng|mức chung|trung bình|toàn|cả) [^,;.\d]{2,30} (?:thấp|cao) hơn $"
    r"|(?:thấp|cao) hơn (?:huyện|xã|tỉnh|thị xã|thành phố) [^,;.\d]{2,25} $"
)
_LESS = re.compile(r"thấp hơn\s*$")  # "… 5,27%, thấp hơn 2,65% so với năm trước"
_THAN_YEAR = re.compile(
    r"(?:nhiều hơn|cao hơn|thấp hơn|ít hơn|tăng so với|hơn|so với)\s+(?:năm )?(?:19|20)\d\d\s+(?:là|tăng|đến|tới)?\s*$"
)


class _Beside:
    """A quantity, the words between it and its neighbours, and what the figure before it was."""

    def __init__(
        self,
        quantity: Quantity,
        left: str,
        right: str,
        previous: Quantity | None,
        before: Relation | None,
        year: str,  # that the sentence is about
        beyond: str,  # the words behind it, other figures included
        amounts: bool,  # whether a figure before it is more than a share of the plan
    ):
        self.quantity, self.left, self.right, self.beyond = quantity, left, right, beyond
        self.amounts = amounts
        self.previous, self.before, self.year = previous, before, year
        self.verb = _VERB.search(left)
        self.word = self.verb["verb"] if self.verb else ""  # the verb right before the figure

    @property
    def start(self) -> int:
        """Where the verb begins, else the figure."""
        return self.at(self.verb) if self.verb else self.quantity.start

    @property
    def falls(self) -> bool:
        if self.word in _FALLS or _FELL_SINCE.search(self.left):
            return True
        return self.word == "thêm" and bool(_LOWERED.search(self.left))

    def at(self, match: re.Match[str]) -> int:
        """Where a match in the words to the left begins in the part."""
        return self.quantity.start - (len(self.left) - match.start())


def relate(folded: str, quantities: list[Quantity], periods: list[PeriodMention], frame: Frame) -> list[Relation]:
    """One relation per quantity of a folded sentence part."""
    out: list[Relation] = []
    year = _year(periods, frame)
    for number, quantity in enumerate(quantities):
        previous = quantities[number - 1] if number else None
        following = quantities[number + 1] if number + 1 < len(quantities) else None
        left = folded[(previous.end if previous else 0) : quantity.start]
        right = folded[quantity.end : following.start if following else len(folded)]
        beyond = folded[quantity.end : quantity.end + 110]
        amounts = any(r.role != "plan" for r in out)
        beside = _Beside(quantity, left, right, previous, out[-1] if out else None, year, beyond, amounts)
        if quantity.unit == "percent":
            relation = _percent(beside)
        elif quantity.unit == "times":
            relation = _times(beside)
        elif (
            quantity.noun.startswith(("xã", "chỉ tiêu"))
            and _OUT_OF_ALL.search(left)
            and (_OF_WHICH.match(beyond) or (following and following.noun == quantity.noun))
        ):
            relation = Relation("of", quantity.value, quantity.start, quantity.end)
        else:
            relation = _amount(beside)
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


def _times(beside: _Beside) -> Relation:
    """A multiple: "gấp 1,5 lần so với cùng kỳ" is 150% of the year before."""
    quantity = beside.quantity
    after = _YOY_AFTER.match(beside.right)
    if after and _is_year_before(after["base"], beside.year):
        return Relation("yoy", round(quantity.value * 100, 4), quantity.start, quantity.end)
    return Relation("times", None, quantity.start, quantity.end)


def _percent(beside: _Beside) -> Relation:
    """What a percentage is: the first reading that its words bear out."""
    found = _of_plan_behind(beside) or _of_plan_before(beside) or _against_year(beside)
    if found:
        return found
    apart, previous = _APART.search(beside.left), beside.previous
    of_former = previous and apart and apart["less"] and beside.quantity.value > previous.value
    if apart and not (_OF_YEAR_BEFORE.match(beside.right) or _OF_WIDER.match(beside.right)) and not of_former:
        return Relation("none", None, beside.quantity.start, beside.quantity.end)  # by how much two places differ
    if _FALL_REACHED.search(beside.left):
        return Relation("change", beside.quantity.value, beside.start, beside.quantity.end, True)
    if beside.word not in ("hạ xuống", "kéo xuống") and _LEVEL_AFTER_VERB.search(beside.left):
        return Relation("level")
    return _moving(beside) or _following(beside) or _of_untold(beside) or Relation("level")


def _of_untold(beside: _Beside) -> Relation | None:
    """A percentage beside a sum that is of the plan, as nothing says of what else: "39 tỷ đồng, bằng 78,9%,"."""
    quantity, previous = beside.quantity, beside.previous
    summed = previous is not None and previous.unit in ("billion_vnd", "persons")
    if not summed or not _EQUALS.fullmatch(beside.left) or not _SAYS_NO_MORE.match(beside.beyond):
        return None
    return Relation("plan", quantity.value, quantity.start, quantity.end, flags=("ambiguous_plan",))


def _of_plan_behind(beside: _Beside) -> Relation | None:
    """A percentage of the plan behind it: "đạt 120% kế hoạch", "vượt 12,5% chỉ tiêu"."""
    quantity = beside.quantity
    after = _PLAN_AFTER.match(beside.right)
    if not after or _PLAN_ALONE.match(beside.right) or _AGAINST_RATE.match(beside.beyond):
        return None
    if after.group().lstrip().startswith("theo ") and _FALL_OF_POOR.search(beside.left):
        return None  # "giảm tỷ lệ hộ nghèo 2% theo nghị quyết"
    value, flags = quantity.value, ()
    if beside.word in ("vượt", "tăng"):
        value = 100 + quantity.value
    elif beside.falls and quantity.value < 100:  # but "giảm nghèo đạt 122% kế hoạch"
        value = 100 - quantity.value
    if beside.word == "vượt" and quantity.value >= 100:
        flags = ("ambiguous_plan",)
    return Relation("plan", round(value, 6), beside.start, quantity.end + after.end(), flags=flags)


def _of_plan_before(beside: _Beside) -> Relation | None:
    """A percentage of the plan before it: "so với kế hoạch đạt 120%", "vượt kế hoạch 12%", or "(vượt 12%)" alone."""
    quantity, left = beside.quantity, beside.left
    lead = _PLAN_BEFORE.search(left) if _PLAN_NAMED.search(left) else None
    taken = lead and beside.before and beside.before.role == "plan"
    percent = beside.previous is not None and beside.previous.unit == "percent"
    rate = percent and quantity.value > 30
    alike = percent and 0.6 * quantity.value <= beside.previous.value <= 1.6 * quantity.value
    if lead and lead["over"] and lead["verb"] == "là" and alike:
        return None  # "còn 5,92%, vượt chỉ tiêu đề ra là 6,1%": the target itself
    if lead and lead["over"] and not lead["verb"] and rate and abs(beside.previous.value - quantity.value) < 15:
        return None  # "đạt 96,2% (vượt chỉ tiêu 94% …)": the target itself
    if lead and lead["over"] and lead["verb"] in ("đạt", "là") and quantity.value < 100:
        return None  # "đều vượt kế hoạch, đạt 60,7% và 90,8%"
    if lead and lead["under"] and not lead["verb"] and alike and beside.previous.value < quantity.value:
        return None  # "còn 4,05%, thấp hơn mục tiêu 4,5%": the target itself
    if lead and not taken and _compares(lead, left) and not _LEVEL_AFTER_VERB.search(left):
        value = quantity.value
        if lead["over"] or lead["verb"] in ("vượt", "tăng"):
            value = 100 + value
        elif lead["under"] or lead["verb"] == "giảm":
            value = 100 - value
        return Relation("plan", round(value, 6), beside.at(lead), quantity.end)
    if beside.word == "vượt" and not _YOY_AFTER.match(beside.right):
        flags = ("ambiguous_plan",) if quantity.value >= 100 else ()
        return Relation("plan", round(100 + quantity.value, 6), beside.start, quantity.end, flags=flags)
    return None


def _compares(lead: re.Match[str], left: str) -> bool:
    """Whether words about a plan compare a figure with it, and do not only name the plan."""
    if lead["over"] or lead["under"]:
        return lead["verb"] not in ("giảm", "tăng") or "so" in lead.group()
    if not (_AGAINST.match(lead.group()) or re.search(r"\(\s*$", left[: lead.start()])):
        return False
    if lead["verb"] in (None, ":", "=", "là"):
        return False
    return lead["verb"] not in ("giảm", "tăng") or "so" in lead.group()


def _against_year(beside: _Beside) -> Relation | None:
    """A percentage of the year before, or a change since a year: "bằng 86% so với cùng kỳ", "tăng 12% so với …"."""
    quantity, word, start, falls = beside.quantity, beside.word, beside.start, beside.falls
    after, lead = _YOY_AFTER.match(beside.right), _YOY_BEFORE.search(beside.left)
    if after and (_HAS_OWN.fullmatch(beside.right, after.end()) or _NEXT_FIGURE.match(beside.beyond, after.end())):
        after = None  # "đạt 45,3%, cùng kỳ năm 2018 chỉ đạt 39,8%"
    if after and not word and quantity.unit == "percent" and _LESS.search(beside.left):
        return Relation("change", quantity.value, start, quantity.end + after.end(), True, beside.previous is not None)
    if not (after and word) and not lead:
        return None
    base = (after or lead)["base"]
    if not after:
        word = lead["verb"] or ("tăng" if lead["more"] else "giảm" if lead["less"] else "bằng")
        word = "giảm" if word == "bằng" and _FELL_SINCE.search(beside.left) else word  # "giảm so với năm trước trên 4%"
        start, falls = beside.at(lead), word in ("giảm", "hạ")
    end = quantity.end + (after.end() if after else 0)
    moved, previous, before = word in _MOVES, beside.previous, beside.before
    alone = previous is None or previous.unit in ("percent", "percentage_points")
    beside_count = before is not None and before.role in ("of", "change") and previous is not None
    alone = alone or (beside_count and previous.unit == "households")
    alone = alone or (previous.unit == "households" and beside.left.startswith(")"))  # "5,01% (23.100 hộ), giảm …"
    # "tổng giá trị sản xuất đạt 99,4% kế hoạch, tăng 10,7% so với cùng kỳ": there is no value that grew
    if moved and alone and not (before and before.role in ("plan", "yoy") and beside.amounts):
        return Relation("change", quantity.value, start, end, falls, previous is not None)
    if _is_year_before(base, beside.year):
        value = 100 - quantity.value if falls else 100 + quantity.value if moved else quantity.value
        return Relation("yoy", round(value, 6), start, end, falls)
    return Relation("change" if moved else "none", quantity.value, start, end, falls)


def _moving(beside: _Beside) -> Relation | None:
    """A change ("giảm 1,2%"); right behind an amount ("150 tỷ đồng, tăng 12%") a percentage of the year before."""
    quantity, left, word = beside.quantity, beside.left, beside.word
    if word == "giảm" and quantity.qualifier == "<":
        return Relation("level")  # "giảm dưới 0,5%": down to less than that
    signed = quantity.sign in ("-", "+")
    more = word == "thêm" and (beside.falls or "tăng" in left)
    if not signed and word not in _MOVING and not more:
        return None
    at_least = re.search(r"từ\s*$", left) and (quantity.qualifier == ">=" or _OR_MORE.match(beside.right))
    from_level = re.search(r"từ\s*$", left) and _TO_LEVEL.match(beside.beyond) and quantity.value_max is None
    from_level = from_level and not at_least  # "giảm từ 1,5% hộ nghèo trở lên"
    if from_level and word in _MOVING:
        return Relation("level")  # "giảm từ 13,25% xuống còn 9,57%"
    if word == "giảm" and quantity.unit == "percent" and _THEN_DOWN.match(beside.right):
        return Relation("level")  # "giảm 17,5% năm 2011 xuống 4,67%"
    previous, before, falls = beside.previous, beside.before, beside.falls
    near = previous is not None and bool(_NEAR.fullmatch(left[: beside.verb.start()] if beside.verb else left))
    near = near and not (falls and _POOR_FALL.match(beside.right))  # "cho 2.640 lao động, giảm 1,12% hộ nghèo"
    minus = falls or quantity.sign == "-"
    average = beside.verb is not None and "bình quân" in beside.verb.group()
    if near and not average and _is_amount(previous) and (before is None or before.role in ("level", "plan", "yoy")):
        value = 100 - quantity.value if minus else 100 + quantity.value
        return Relation("yoy", round(value, 6), beside.start, quantity.end, falls)
    return Relation("change", quantity.value, beside.start, quantity.end, minus, near)


def _is_amount(quantity: Quantity) -> bool:
    return quantity.unit in _AMOUNTS and quantity.unit not in ("", "households")


def _following(beside: _Beside) -> Relation | None:
    """A change said twice ("giảm 215 hộ, tương ứng 1,2%"), or a second plan ("đạt 120% kế hoạch tỉnh, 105% …")."""
    quantity, left, before = beside.quantity, beside.left, beside.before
    if before is None:
        return None
    alike = beside.previous is not None and beside.previous.unit == quantity.unit
    apart = left.startswith("), ")  # "còn 19.965 hộ nghèo (ít hơn 5.842 hộ), bằng 5,38%"
    if before.role == "change" and not apart and _EQUIVALENT.match(left) and (not alike or _SAME_SAID.search(left)):
        return Relation("change", quantity.value, quantity.start, quantity.end, before.falls, True)
    if before.role in ("plan", "yoy") and _SECOND.fullmatch(left) and (plan := _PLAN_AFTER.match(beside.right)):
        return Relation("plan", quantity.value, quantity.start, quantity.end + plan.end(), flags=("two_plans",))
    return None


def _amount(beside: _Beside) -> Relation:
    """What a count or a sum is: a level, a change, what a count is out of, or a mere comparison."""
    quantity, left, follows = beside.quantity, beside.left, beside.previous is not None
    # "trong tổng số 2.214 hộ nghèo, có …": these are counted, not merely what is counted out of
    poor = quantity.unit == "households" and beside.right.startswith(" nghèo")
    if quantity.unit in _COUNTED and _OUT_OF.search(left) and not poor:
        return Relation("of", quantity.value, quantity.start, quantity.end)
    lead = _PLAN_BEFORE.search(left) if _PLAN_NAMED.search(left) else None
    over = lead and (lead["over"] or lead["under"]) and not lead["verb"] and quantity.unit != "targets"
    alike = beside.previous is not None and beside.previous.unit == quantity.unit
    alike = alike and 0.6 * quantity.value < beside.previous.value < 1.6 * quantity.value
    income = beside.previous is not None and beside.previous.unit == "million_vnd_per_year" and quantity.value < 1
    alike = alike or (income and 600 * quantity.value < beside.previous.value < 1600 * quantity.value)
    if over and "," not in lead.group() and not alike:
        return Relation("none", None, quantity.start, quantity.end)  # "cao hơn mục tiêu 7 triệu đồng"
    beyond_plan = beside.word in ("vượt", "tăng", "giảm", "hụt") and quantity.unit != "targets"
    beyond_plan = beyond_plan and (
        _PLAN_AFTER.match(beside.right) or (beside.word == "vượt" and quantity.unit in ("households", "houses"))
    )
    if quantity.unit in ("percent", "percentage_points") and _THAN_OTHERS.search(left):
        return Relation("none", None, quantity.start, quantity.end)
    if quantity.unit == "percentage_points" and _LESS.search(left) and _YOY_AFTER.match(beside.right):
        return Relation("change", quantity.value, quantity.start, quantity.end, True, follows)
    smaller = beside.previous is not None and beside.previous.unit == quantity.unit
    smaller = smaller and quantity.value < 0.3 * beside.previous.value
    apart = (quantity.unit == "criteria" or smaller) and _APART.search(left)
    fewer = _FEWER.search(left) or (_FEWER_BY.search(left) and _YOY_AFTER.match(beside.right))
    if fewer and quantity.unit == "households":
        return Relation("change", quantity.value, quantity.start, quantity.end, True, follows)
    if _MORE_BY.search(left) or beyond_plan or apart:  # "nhiều hơn 1.274 người", "vượt 1 xã so với kế hoạch"
        return Relation("none", None, quantity.start, quantity.end)
    if beside.before and beside.before.role == "change" and quantity.unit == "households" and _EQUIVALENT.match(left):
        return Relation("change", quantity.value, quantity.start, quantity.end, beside.before.falls, True)
    fell = beside.before is not None and beside.before.falls
    if fell and quantity.unit == "households" and _AND_NEAR.search(left + beside.right):
        return Relation("change", quantity.value, quantity.start, quantity.end, True, True)
    if beside.before and beside.before.role == "change" and quantity.unit == "households" and _AND_OF.fullmatch(left):
        return Relation("none", None, quantity.start, quantity.end)
    if _ADDED_JOBS.search(left):
        return Relation("level")
    if quantity.unit == "households" and _MORE_HOUSEHOLDS.search(left) and _NOTHING_MORE.match(beside.right):
        return Relation("none", None, quantity.start, quantity.end)
    moves = beside.word in ("giảm", "kéo giảm", "bớt", "hạ", "rút ngắn", "ít đi", "tăng") and quantity.unit in _MOVED
    if quantity.unit == "criteria" and "xã" in quantity.per and beside.word in ("thêm", "nhích", "nhích thêm"):
        return Relation("change", quantity.value, beside.start, quantity.end, False, follows)
    # "giảm từ 5.374 đến 6.013 hộ", "tăng từ 3 triệu đồng trở lên": not two levels
    ranges = (quantity.value_max is not None and beside.falls) or quantity.qualifier == ">="
    # "tăng thêm 4 xã" tells a number of its own, "tăng thêm 45 triệu đồng" does not
    added = re.search(r"(?<!giảm )(?<!ngắn )thêm\s*$", left)
    added = added and quantity.unit not in ("million_vnd_per_year", "households")
    if moves and (ranges or not (added or re.search(r"từ\s*$", left))):
        return Relation("change", quantity.value, beside.start, quantity.end, beside.word != "tăng", follows)
    if quantity.unit == "percentage_points":
        return Relation("change", quantity.value, quantity.start, quantity.end, "giảm" in left, follows)
    if _THAN_YEAR.search(left) or (quantity.unit == "communes" and _SHORT_OF.search(left)):
        return Relation("none", None, quantity.start, quantity.end)
    return Relation("level")
