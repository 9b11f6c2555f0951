"""Which period a report as a whole is about, which term it closes and which it plans for: from title and first lines.

The period of a single figure is left to `dating`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from analysis.periods import Mention, find_periods
from analysis.reports import Report
from analysis.text import Canonical, canonical

_NAMED = ("plain", "term", "until")
_SPRING = ("01", "02", "03", "04")
# a full date, the legal documents of which no report is dated, and words of planning around a year
_DAY = re.compile(r"(?<![\d/.-])(?P<d>[0-3]?\d)\s?[/.-]\s?(?P<m>[01]?\d)\s?[/.-]\s?(?P<y>20[0-4]\d)(?!\d)")
# the year for which a standard is granted: "đạt chuẩn nông thôn mới năm 2020"
_GRANTED = re.compile(r"(?:đạt chuẩn|nông thôn mới|ntm)(?: nâng cao| kiểu mẫu)? (?:trong )?$")
# when a standard was reached: "về đích nông thôn mới vào cuối năm 2018"
_REACHED = re.compile(r"(?:nông thôn mới|ntm)(?: nâng cao| kiểu mẫu)? (?:vào|vào cuối|cuối) $")
# before the year of a title that has just begun: "… bước vào năm 2020 với quyết tâm mới"
_ENTERED = re.compile(r"(?:bước vào|bước sang|đón|chào|vào) (?:thềm )?$")
_TO_COME = re.compile(r"(?:phấn đấu|dự kiến (?:huy động|thực hiện|có thêm)|đặt mục tiêu|đề ra mục tiêu)\b")
# the dateline of an official document, at the end of its line: "X, ngày 28 tháng 6 năm 2022"
_DATELINE = re.compile(r", ?ngày (?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>20[0-4]\d)[ .]*$", re.MULTILINE)
# "tổng kết nhiệm vụ chính trị năm 2025, triển khai nhiệm vụ năm 2026"
_REVIEWED = re.compile(r"(?:tổng kết|sơ kết|đánh giá|kiểm điểm|kết quả)[^.;:\d]{0,70}\Z")
_SAME_PERIOD = re.compile(r"(?:so với|bằng|hơn) (?:[^,;.\d]{0,12} )?cùng kỳ (?:của )?(?:năm )?(20[0-4]\d)")
_OF_ECONOMY = re.compile(r"kinh tế|thu ngân sách|giải ngân|phiên họp|họp thường kỳ")
_MONTHS = re.compile(r"-(?:(H1)|Q(\d)|(\d+)M)$")
_HEADING = re.compile(r"\W*(?:[ivx]{1,4}|\d{1,2}|[a-d])[.)] (?:đánh giá |khái quát )?(?:tình hình|kết quả)\b")
_LATE = 4  # months after which a report on part of a year still comes out
_LEGAL = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|kết luận|thông báo|kế hoạch số|/qđ|/nq)[^.\n]{0,50}$"
    r"|\blập(?: năm| vào| ngày|:)+\s*$"
)
_CONGRESS = re.compile(r"(?<!nghị quyết )đại hội[^.\n]{0,90}?nhiệm kỳ (?P<first>20\d\d)\s*[-–]\s*20\d\d")
_PARTY_CONGRESS = re.compile(r"đại hội(?: đại biểu)? đảng bộ (?:huyện|tỉnh|thị xã|thành phố|quận|xã|phường)")
_CONGRESS_PASSED = re.compile(r"(?:qua|sau|trong) (?:5|05|năm) năm (?:triển khai )?thực hiện nghị quyết đại hội")
_PLANS_FOR = re.compile(
    r"(?:nhiệm vụ|kế hoạch|phương hướng|mục tiêu|chỉ tiêu|dự toán|ban hành (?:nghị quyết|đề án)"
    r"|thông qua nghị quyết)[^.\n]{0,60}?(?:năm (20\d\d)|(20\d\d)\s*-\s*(20\d\d))"
)
_SINCE = re.compile(r"từ [^,;.]{0,12}20\d\d (?:đến|tới) nay")
_PLANNED_YEAR = re.compile(
    r"phấn đấu|mục tiêu(?! quốc gia)|chỉ tiêu|kế hoạch|phương hướng|nhiệm vụ|sẽ|dự kiến|đặt ra|tầm nhìn|định hướng"
    r"|dự toán"
)


def publication(report: Report, body: Canonical) -> str:
    """When a report came out: as the manifest says, else its dateline or the first day it speaks of, else the last
    year that it reports on; "" when nothing tells."""
    if report.published:
        return report.published
    head, lines, first = body.folded[:1500], [], None
    if (signed := _DATELINE.search(head)) and 1 <= int(signed["m"]) <= 12 and 1 <= int(signed["d"]) <= 31:
        return f"{signed['y']}-{int(signed['m']):02}-{int(signed['d']):02}"
    for match in _DAY.finditer(head):
        day, month = int(match["d"]), int(match["m"])
        if not (1 <= day <= 31 and 1 <= month <= 12) or _LEGAL.search(head[max(0, match.start() - 60) : match.start()]):
            continue
        found = f"{match['y']}-{month:02}-{day:02}"
        line = head[head.rfind("\n", 0, match.start()) + 1 : (head.find("\n", match.end()) + 1 or len(head)) - 1]
        if len(line) < 120 and first is None:
            lines.append(found)  # the last of several: above the headline stands the day on which the page was read
        first = first or (found if len(line) >= 120 else None)
    if lines:
        return lines[-1]
    congress = _CONGRESS.search(f"{report.title.casefold()}\n{head}")
    if congress:
        return first or congress["first"]
    told = [
        m for m in find_periods(body.folded[:9000])
        if m.role in ("plain", "until", "month") and m.period and not _SINCE.search(body.folded, m.start - 4, m.end + 8)
        and not _LEGAL.search(body.folded[max(0, m.start - 25) : m.start])
    ]  # fmt: skip
    done = [m for m in told if not _PLANNED_YEAR.search(_around(body.folded, m)) or _told_of(m, body.folded)]
    if first and not any(m.period[:4] > first[:4] for m in done if m.role != "until"):
        return first  # else a day of its history: "ngày 18/3/2003 huyện ra mắt … Cuối năm 2022, toàn huyện có …"
    done = [m for m in done if m.role != "until"] or done
    ahead = [m for m in told if m.role != "until"]  # "đến năm 2020, tầm nhìn đến năm 2025" says nothing of today
    years = [m.period[5:9] if "/" in m.period else m.period[:4] for m in done or ahead]
    compared = (str(int(year) + 1) for year in _SAME_PERIOD.findall(body.folded[:9000]))
    return max((*years, *compared), default="")


def _told_of(mention: Mention, folded: str) -> bool:
    """Whether a year that tasks are named beside is one that the report closes, or is in the middle of."""
    before = folded[max(0, mention.start - 80) : mention.start]
    return mention.period.endswith("H2") or bool(_REVIEWED.search(before))


def is_dated(report: Report, published: str) -> bool:
    """Whether the day or month of publication is known, not just a year that the text names."""
    return bool(report.published) or len(published) > 4


def undated(reports: Iterable[Report]) -> list[str]:
    """The ids of the reports of which neither manifest nor text tells when they came out; their periods are guesses."""
    return [r.id for r in reports if not is_dated(r, publication(r, canonical(r.text)))]


def _around(folded: str, mention: Mention) -> str:
    """The words of the clause around a period."""
    start = max(folded.rfind(mark, 0, mention.start) for mark in ".;\n") + 1
    return re.split(r"[;\n]|\.\s", folded[max(start, mention.start - 60) : mention.end + 70])[0]


def report_period(published: str, title: Canonical, body: Canonical) -> tuple[str, bool]:
    """The period that the report as a whole is about ("" when it does not tell), and whether it is named."""
    inside = [m for m in _named(title.folded, published) if _past(m, published)]
    inside = [m for m in inside if not _ENTERED.search(title.folded, 0, m.start)]
    if inside:
        return _of_title(inside, body, published), True
    if month := _month_of_title(title, published):
        return month, False
    lead = [
        m for m in _named(body.folded[:1800], published)
        if published or m.role != "until" or not _PLANNED_YEAR.search(_around(body.folded, m))
    ]  # fmt: skip
    told = [m for m in lead if _past(m, published) and _recent(m, published) and _reports(m, body.folded)]
    if told:
        return _of_lead([m for m in told if _in_heading(m, body.folded)] or told, body, published)
    if published[:4]:
        early = published[5:7] in ("01", "02")
        return (str(int(published[:4]) - 1) if early else published[:4]), False
    counts = Counter(m.period for m in lead if len(m.period) == 4)
    return (counts.most_common(1)[0][0] if counts else ""), False


def _month_of_title(title: Canonical, published: str) -> str:
    """The month that a monthly report names in its title: "Tháng 2, kinh tế - xã hội huyện X tăng trưởng khá"."""
    told = [m.period for m in find_periods(title.folded, published) if m.role == "month" and len(m.period) == 7]
    return told[0] if told and told[0] <= published[:7] and _OF_ECONOMY.search(title.folded) else ""


def granted_year(period: str, published: str, title: Canonical, body: Canonical) -> bool:
    """Whether title and first lines name a year only as that of a standard: "đạt chuẩn nông thôn mới năm 2020"."""
    for words in (title.folded, body.folded[:1800]):
        told = [m for m in _named(words, published) if m.period == period]
        if told:
            return all(_GRANTED.search(words[max(0, m.start - 40) : m.start]) for m in told)
    return False


@lru_cache(maxsize=16)  # several questions are asked about one title and its first lines
def _named(folded: str, published: str) -> tuple[Mention, ...]:
    """The periods that words name as such, not by way of comparison or in passing."""
    return tuple(m for m in find_periods(folded, published) if m.period and m.role in _NAMED)


def _of_title(inside: list[Mention], body: Canonical, published: str) -> str:
    """The period of the title: a part of a year before a whole one; a spring meeting may close the year before."""
    parts = [m for m in inside if "-" in m.period]
    period = (parts or inside)[0].period
    if not parts and period == published[:4] and "04" <= published[5:7] <= "10":
        lead = [m for m in _named(body.folded[:1200], published) if _reports(m, body.folded)]
        part = [m for m in lead if re.fullmatch(rf"{period}-(?:H\d|Q\d|\d+M)", m.period) and _past(m, published)]
        if part:
            return part[0].period  # "… năm 2023" over a report on its first nine months
    if period == published[:4] and published[5:7] in _SPRING:
        before = str(int(period) - 1)
        if any(m.period == before for m in _named(body.folded[:1800], published)):
            return before
    return period


def _of_lead(told: list[Mention], body: Canonical, published: str) -> tuple[str, bool]:
    """The period of the first lines: the one that a report of that month is usually about, when they name it."""
    month, year = published[5:7] or "12", published[:4]
    parts = [m for m in told if "-" in m.period and m.period[:4] == year and _just_over(m.period, month)]
    terms = [m for m in told if "/" in m.period]
    usual = ""  # an undated report may be about any of the years that it names
    if len(published) > 4:
        usual = year if month >= "10" else str(int(year) - 1) if month <= "04" else ""
    likely = parts[:1] or [m for m in terms[:1] if m is told[0]] or [m for m in told if m.period == usual]
    if not likely and usual:
        later = find_periods(body.folded[1800:9000], published)
        if any(m.period == usual and m.role == "plain" for m in later):
            return usual, True
    chosen = (likely or told)[0]
    return chosen.period, bool(likely) or not published or chosen.period[:4] == year


def closed_term(title: Canonical, body: Canonical, published: str) -> str:
    """The term that a congress closes, when title or first lines name the coming one ("nhiệm kỳ 2020-2025"), or ""."""
    for words in (title.folded, body.folded[:1500]):
        for found in re.finditer(r"(?<!cuối )(?<!hết )nhiệm kỳ (20\d\d)\s*-\s*(20\d\d)", words):
            first, last = int(found[1]), int(found[2])
            if published[:4].isdigit() and abs(first - int(published[:4])) <= 1:
                return f"{first - (last - first)}/{first}"
            if str(last) == published[:4]:
                return f"{first}/{last}"
    year = published[:4]
    congress = _PARTY_CONGRESS.search(title.folded) or _CONGRESS_PASSED.search(body.folded[:1500])
    if year and int(year) % 5 == 0 and congress:
        return f"{int(year) - 5}/{year}"  # the party holds its congresses every five years
    return ""


def coming_plan(title: Canonical, body: Canonical, published: str) -> tuple[str, bool]:
    """The coming year or term that a plan or resolution is for, and whether the title says so."""
    for words in (title.folded, body.folded[:600]):
        for found in _PLANS_FOR.finditer(words):
            if (found[1] or found[3]) > (published[:4] or "9999"):
                # "Kinh tế - xã hội năm 2013 và phương hướng năm 2014": results as well
                both = re.search(rf"họp|tổng kết|hội nghị|đánh giá|bàn|nhìn lại|kết quả|năm {published[:4]}", words)
                return found[1] or f"{found[2]}/{found[3]}", words is title.folded and not both
    return "", False


def _just_over(period: str, month: str) -> bool:
    """Whether a report of a month can be about a part of its year: one on two months does not come out in December."""
    ended = _last_month(period)
    return not ended or int(month) - ended <= _LATE


def _last_month(period: str) -> int:
    """The last month of a first half, a quarter or the first months of a year, 0 for other periods."""
    part = _MONTHS.search(period)
    if part is None:
        return 0
    return 6 if part[1] else 3 * int(part[2]) if part[2] else int(part[3])


def _in_heading(mention: Mention, folded: str) -> bool:
    """Whether a period stands in a heading that says what is reported on: "I. ĐÁNH GIÁ TÌNH HÌNH NĂM 2025"."""
    start, end = folded.rfind("\n", 0, mention.start) + 1, folded.find("\n", mention.end)
    line = folded[start : end if end >= 0 else len(folded)]
    return len(line) < 120 and line[-1:] not in ".;,:" and bool(_HEADING.match(line))


def _past(mention: Mention, published: str) -> bool:
    """Whether a period had begun long enough before publication to be reported on."""
    if not published:
        return True
    last = mention.period[5:9] if "/" in mention.period else mention.period[:4]
    if mention.period.endswith("H2") and last == published[:4]:
        return published[5:7] >= "10"
    ended = _last_month(mention.period)
    if ended and last == published[:4] and published[5:7]:
        return int(published[5:7]) >= ended - 1
    return last <= published[:4]


def _recent(mention: Mention, published: str) -> bool:
    """Whether a period ends no earlier than the year before publication."""
    last = mention.period[5:9] if "/" in mention.period else mention.period[:4]
    return not published or int(last) >= int(published[:4]) - 1


def _reports(mention: Mention, folded: str) -> bool:
    """Whether a period is one reported on, not a term of office, a founding year or one that tasks are set for."""
    before = folded[max(0, mention.start - 60) : mention.start]
    after = folded[mention.end : mention.end + 45].split(".")[0]
    if _REACHED.search(before) or _ENTERED.search(before) or (mention.role == "plain" and _TO_COME.search(after)):
        return False
    if mention.role == "term":
        opening = re.search(r"(?:^|[.\n]\s*|trong\s+|qua\s+)$", before)
        return not re.search(r"(?:hđnd|quốc hội|đại biểu|khóa \w+,?|bầu cử|đại hội[^.]*)\s*$", before) and (
            "nhiệm kỳ" not in folded[mention.start : mention.end] or bool(opening)
        )
    return bool(_REVIEWED.search(before)) or not re.search(
        r"(?:thành lập|từ|phương hướng|nhiệm vụ|kế hoạch|cho(?! thấy| biết| hay)|từ đầu|phấn đấu|dự kiến"
        r"|mục tiêu)[\w ,]{0,25}$", before
    )
