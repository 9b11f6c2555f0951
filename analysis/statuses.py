"""Whether a figure was reached, estimated, planned or only filed for recognition, from the words that govern it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import Frame
from .periods import parse_period

_TARGET = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|dự kiến|quyết tâm|đặt mục tiêu|đề ra|dự tính|dự định|hướng tới"
    r"|hướng đến|phải đạt|cần đạt|sẽ|đặt ra|đăng ký|nhiệm vụ|kh(?= |:|\)|$)|giao(?= chỉ tiêu)|xây dựng kế hoạch|"
    r"bảo đảm|đảm bảo|tập trung|tiếp tục(?= (?:giảm|nâng|giải quyết|tạo|phấn đấu))|nếu suôn sẻ|ra sức|ký kết"
    r"|đặt chỉ tiêu|theo dự kiến|theo kế hoạch|phương hướng)(?!\w)"
)
_STRONG = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|dự kiến|quyết tâm(?= (?:phấn|thực|đạt|hoàn|đưa|giảm|xây))|đặt mục tiêu|dự tính|sẽ"
    r"|hướng tới|hướng đến|chỉ tiêu(?= ?_+\s*(?:là|:|,))|chỉ tiêu(?= (?:năm|đến|là|:|đặt|đề|chủ yếu năm|huyện phải"
    r"|giảm|tạo|giải))|kế hoạch(?= (?:năm \d{4} là|đến|là))|đặt chỉ tiêu|phải đạt"
    r"|(?<!quyết )(?<!ổn )(?<!xác )(?<!quy )(?<!nhất )định(?= (?:mở|đưa|tạo|giải|giảm))|nếu suôn sẻ"
    r"|đề ra(?= (?:\S+ )?(?:chỉ tiêu|mục tiêu)| _+)|kế hoạch(?= ?_*\s*(?:là|:))|đặt mục tiêu|giao chỉ tiêu"
    r"|dự toán thu)(?!\w)"
)
_ACTUAL = re.compile(
    r"(?<!\w)(?:đã|kết quả|thực hiện được|ước đạt|ước thực hiện|hiện có|hiện nay|đến nay|tính đến nay|đạt được"
    r"|ghi nhận|nhờ vậy|nhờ đó|vừa|mới được|qua rà soát)(?!\w)"
)
_ESTIMATE = re.compile(r"(?<!\w)(?:ước|dự ước|ước tính|ước đạt|ước thực hiện|ước khoảng)(?!\w)[^,;]{0,40}$|sơ bộ")
_PROPOSED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|trình (?:tỉnh|ubnd|trung ương|thủ tướng|cấp|hội đồng|hồ sơ|lên)|hồ sơ|thẩm định|chờ"
    r"|đủ điều kiện|xin công nhận|xin|đang hoàn thiện|xem xét,? công nhận|xét,? công nhận|tỉnh xét|xem xét)(?!\w)"
)
_GRANTED = re.compile(
    r"(?:đã được|đã có quyết định|vừa được|được (?:ubnd |thủ tướng |chủ tịch )[\w ]{0,20}(?:công nhận|quyết định))"
)
_HEAD = re.compile(
    r"^\W*(?:(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/-]\s*)?(?:về |một số |các "
    r"|những )?(?P<kind>phương hướng|nhiệm vụ|mục tiêu|chỉ tiêu|kế hoạch năm|kế hoạch 6|dự kiến|giải pháp|kết quả"
    r"|đánh giá|tình hình|thực trạng|nhìn lại|những kết quả)"
)


@dataclass(frozen=True)
class Section:
    """What the last heading announced: `target` for plans and tasks, `actual` for results, "" when it does not tell."""

    status: str = ""
    period: str = ""  # that the heading names
    listed: bool = False  # opened by a sentence with a colon: holds for the list that follows


def read_section(words: str, section: Section, stop: str, published: str) -> Section:
    """The section after reading one more part of the text."""
    head = _HEAD.match(words)
    colon = words.rstrip().endswith(":")
    if words.rstrip().endswith("?"):  # an interview: the question sets the frame of the answer
        return Section(
            "target" if _STRONG.search(words) or "phương hướng" in words else "", parse_period(words, published)
        )
    if head and len(words) < 160 and (stop == "\n" or colon):
        kind = head["kind"]
        planned = kind in (
            "phương hướng",
            "nhiệm vụ",
            "mục tiêu",
            "chỉ tiêu",
            "kế hoạch năm",
            "kế hoạch 6",
            "dự kiến",
            "giải pháp",
        )
        if planned and re.search(r"kết quả (?:thực hiện|đạt)|tình hình thực hiện|đạt được|hoàn thành", words):
            planned = False
        return Section("target" if planned else "actual", parse_period(words, published), colon)
    if colon and stop == "\n" and len(words) < 220:
        return Section("target" if _STRONG.search(words) else "", parse_period(words, published), True)
    if (
        stop == "\n"
        and len(words) < 100
        and re.match(r"^\W*(?:[ivx]{1,4}|\d{1,2})\s*[.)/]\s*\D", words)
        and not re.search(r"\d", words[4:])
    ):
        return (
            Section()
            if not section.listed and section.status == "actual"
            else section
            if section.status == "target" and not re.match(r"^\W*[ivx]{1,4}\s*[.)/]", words)
            else Section()
        )
    if (
        section.listed
        and section.status
        and stop != ";"
        and not re.match(r"^\W*(?:[-+*•·]|\d{1,2}[.)]|[a-zđ]\))", words)
        and len(words) > 160
    ):
        return Section()
    return section


def status_of(masked: str, draft, thought: str, context: str, section: Section, frame: Frame) -> str:
    """The status of a drafted figure: actual, estimate, target or proposed."""
    at = draft.quantity.start
    before = masked[:at]
    lead = thought[-300:] + " " + before
    own = masked[max(0, min(draft.start, at) - 90) : draft.end + 50]
    if draft.unit in ("communes", "yes", "products") and _proposed(thought, masked, draft):
        return "proposed"
    if re.search(r"(?<!\w)(?:phải|cần) (?:đạt|hoàn thành)", masked[at : draft.end + 12]):
        return "target"
    if draft.rule == "named_communes" and re.search(
        r"(?:đăng ký|phấn đấu|tập trung (?:chỉ đạo|xây dựng)|chỉ đạo)\s*[\w ]{0,25}$", masked[: draft.start]
    ):
        return "target"
    bracket = before[before.rfind("(") :] if before.rfind("(") > before.rfind(")") else ""
    if bracket and re.match(r"\(\s*(?:kế hoạch|kh|chỉ tiêu|mục tiêu|nghị quyết|nq)(?!\w)", bracket):
        return "target"
    target, actual = _last(_TARGET, lead), _last(_ACTUAL, lead)
    strong = _last(_STRONG, lead)
    if draft.rule == "district_standard":
        inside = _last(_STRONG, own[: own.find(masked[at : at + 10]) + 60])
        if inside >= 0 or re.search(r"phấn đấu|mục tiêu|quyết tâm", own):
            return "target"
    if draft.rule == "share" and draft.owner is not None:
        return draft.owner.status
    if draft.rule == "plan_beside":
        return "target"
    if before.rfind("(") > before.rfind(")"):  # inside a bracket only its own words count
        lead = before[before.rfind("(") :]
        target, actual, strong = _last(_TARGET, lead), _last(_ACTUAL, lead), _last(_STRONG, lead)
        thought = ""
    future = _future(draft.period, frame.published)
    if draft.qualifier == ">=" and not _past(draft.period, frame.published):
        return "target"
    if (strong >= 0 and strong >= actual - 1) or (strong >= 0 and future):
        return "target"
    if re.search(r"(?:sẽ|dự kiến|phấn đấu|mục tiêu)[\w ]{0,20}$", before):
        return "target"
    if frame.planned and actual < 0 and section.status != "actual" and not _past(draft.period, frame.published):
        return "target"
    if future and (target >= 0 or section.status == "target" or _STRONG.search(thought) or actual < 0):
        return "target"
    if (
        actual < 0
        and not _past(draft.period, frame.published)
        and re.search(
            r"(?:các nhiệm vụ|nhiệm vụ trọng tâm|phương hướng|mục tiêu|chỉ tiêu)[^.]{0,60}(?::|như|sau)", context[-700:]
        )
        and not re.search(r"(?<!\w)(?:đã|đạt được|kết quả)(?!\w)", context[-400:])
    ):
        return "target"
    if (
        section.status == "target"
        and actual < 0
        and (not draft.explicit or not draft.period or not _past(draft.period, frame.published))
    ):
        return "target"
    if future:
        draft.flags.add("status_inferred")
        return "target"
    if (
        target >= 0
        and target > actual
        and re.search(
            r"(?:phấn đấu|đề ra là|đặt ra là|dự kiến|nhiệm vụ|tập trung (?:thực hiện|chỉ đạo|phấn đấu|giảm|nâng)"
            r"|tiếp tục)\s*[\w ,]{0,40}$",
            before,
        )
        and not _past(draft.period, frame.published)
    ):
        return "target"
    if _ESTIMATE.search(lead[-90:]):
        return "estimate"
    return "actual"


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


def _past(period: str, published: str) -> bool:
    last = period[5:9] if "/" in period else period[:4]
    return bool(period and published and last < published[:4])


def _proposed(thought: str, masked: str, draft) -> bool:
    """Filed, under appraisal or waiting: the words stand before the figure, or right behind it."""
    at = draft.quantity.start
    before = (
        masked[max(0, at - 110) : at]
        if draft.rule not in ("district_standard", "named_communes")
        else masked[max(0, draft.start - 110) : draft.end]
    )
    behind = masked[draft.quantity.end : draft.quantity.end + 70]
    behind = re.split(r"[,;.]\s| và ", behind)[0]
    lead = _last(_PROPOSED, before)
    if lead >= 0 and _last(_STRONG, before) > lead:
        return False
    if lead >= 0:
        between = before[lead:]
        if (
            not _GRANTED.search(between)
            and not re.search(
                r"\d[^,;]*,|;|\.\s", between.replace("xem xét, công nhận", "").replace("xét, công nhận", "")
            )
        ) or re.search(r"thêm", between):
            return True
    if re.search(r"(?:chờ|đang chờ|hồ sơ|đề nghị|thẩm định|đủ điều kiện|đang được)\b", behind) and not _GRANTED.search(
        behind
    ):
        return True
    carried = _last(_PROPOSED, thought[-160:]) >= 0 and not _GRANTED.search(masked[: draft.end])
    return carried and not re.search(r"(?<!\w)(?:đã|hiện|đến nay|có|đạt và vượt)(?!\w)", masked[:at][-60:])
