"""What a period means for an indicator: "đến nay", "trong 5 năm", "tháng 9" of a level or of a flow.

A level is one at the end of a period, a flow is all that happened in it. Which mention dates a figure is left to
`dating`.
"""

from __future__ import annotations

import re

from analysis.context.frame import Frame
from analysis.indicators import Indicator
from analysis.periods import Mention
from analysis.sentences.drafts import Draft
from analysis.sentences.parts import Part

# an average over several years stays one: "bình quân 5 năm tăng 8,2%/năm"
AVERAGE = re.compile(r"bình quân|trung bình|mỗi năm|hằng năm|hàng năm|/năm")
_INCOME_UNIT = re.compile(r"đồng(?:/người)?/năm")
_SINCE_TERM = re.compile(r"\W*so (?:với )?(?:thời điểm )?đầu (?:nhiệm kỳ|giai đoạn)")
_YEARLY = re.compile(r"mỗi năm|qua các năm|bình quân một năm|hằng năm|hàng năm|bình quân (?:5|năm) năm|/năm")
# "thu ngân sách 5 năm đạt 54 tỷ đồng": the sum of the years
SUMMED = re.compile(
    r"(?:5|05|năm) năm\s+(?:qua )?(?:của \w+ )?(?:đạt|được|là|ước|khoảng|trên|hơn)|cả (?:nhiệm kỳ"
    r"|giai đoạn)|(?:5|05|năm) năm (?:(?=\(?20)|\Z)|lũy kế|cộng (?:dồn|lại|(?:cả )?\w+ năm)"
)
_SPANS = re.compile(r"(?:giai đoạn|từ (?:(?:đầu )?năm )?(?=20)|thời kỳ|nhiệm kỳ|(?:5|năm) năm \(?(?=\d))[^,;.]*$")
_OF_WHICH = re.compile(r"trong (?:đó|số (?:này|đó)),?(?: riêng)? \Z")  # before a span: those of its years only
_PART_OF_SUM = re.compile(r"\b(?:riêng|trong đó)\b[^,;.\d]*\Z")  # "… tổng thu hơn 213 tỷ đồng, riêng thu địa phương …"
_STILL = re.compile(r"\b(?:chỉ còn|còn|giảm còn)(?: hơn| gần| trên| dưới)? \Z")  # where a level stands, no average
_SOME_YEARS = re.compile(r"(?:(?:những|các) năm (?:gần đây|vừa qua|qua)|(?:mấy|nhiều) năm (?:nay|qua|gần đây|liền))\b")
_OF_TERM = re.compile(r"(?:nghị quyết|đại hội)[^.;]{0,60}(?:nhiệm kỳ|đại hội|khóa)|nhiệm kỳ")
_TERM_BEGINS = re.compile(r"năm (?:đầu|thứ nhất|đầu tiên)(?: triển khai| thực hiện)")
_SOME_MONTHS = re.compile(r"\b(?:\d{1,2}|chín|tám|bảy|mười) tháng")
_EVERY_YEAR = re.compile(r"(?<=[_\d]),? (?:hàng|hằng|mỗi) năm\b")  # "Nhiệm kỳ 2009 - 2014, hàng năm có 80% …"
_BOOKS_CLOSE = re.compile(r"31\s*[/.-]\s*0?1\b|31 tháng 0?1\b")
_OVER_YEARS = ("targets_met", "growth_rate")
# the months in which a whole year is reviewed
TURN_OF_YEAR = ("11", "12", "01", "02")
_FIVE_YEARS = re.compile(r"bình quân 5 năm|kinh tế (?:5|năm) năm (?:qua )?tăng")
COUNTED = ("communes", "criteria", "products")
_AT_ONCE = ("million_vnd_per_year", "percentage_points")
_PER_YEAR = ("million_vnd_per_year", "criteria")


def meant(part: Part, found: Draft, mention: Mention | None) -> str:
    """The period of a draft, given the mention that dates it (None: none does)."""
    entry = part.catalogue[found.indicator]
    level = _is_level(part, found, entry)
    some = _SOME_YEARS.search(part.folded, 0, found.start) if not level else None
    told = some and (entry.kind == "flow" or AVERAGE.search(part.folded, some.end()))
    if told and (mention is None or mention.start < 0):
        found.flags.add("period_inferred")
        return ""  # "Những năm qua, tổng giá trị sản xuất tăng bình quân 12,4%/năm"
    period = _said(part, found, mention, entry, level)
    apart = mention is None or mention.start < 0
    if not apart and mention.role == "plain" and part.memory.span:  # "thu ngân sách năm 2019 …, hằng năm tăng 10,22%"
        last = part.memory.span[5:9]
        far = mention in part.periods and found.start - mention.end > 30
        apart = far and part.memory.span[:4] <= period[:4] <= last
    if apart and "/" not in period and _each_year(part, found, entry):
        found.flags.add("period_inferred")
        first, second = part.memory.paragraph.pair
        if first and second and "giai đoạn này" in part.folded:
            return f"{first[:4]}/{second[:4]}"
        return part.memory.span or part.frame.span  # the years spoken of last, "" when nobody says since when
    moved = found.rule.startswith("change")
    grown = found.indicator == "growth_rate" and _FIVE_YEARS.search(part.folded, max(0, found.start - 15), found.end)
    if moved or grown or found.rule == "growth":
        average = AVERAGE.search(part.folded[max(0, found.start - 12) : found.end + 6])
        span = part.frame.span or part.memory.span
        if average and span and period == span[5:9]:
            return span  # "Đến năm 2020, … giảm bình quân 2,5%/năm": an average of the years until then
        told = (*part.memory.thought.periods, *(m for m in part.periods if m.end <= found.start))
        years = sorted({m.period for m in told if m.role in ("plain", "until")})
        if average and len(years) > 1 and len(years[0]) == len(years[-1]) == 4 and period == years[-1]:
            return f"{years[0]}/{period}"  # "năm 2016 còn 3.412 hộ, cuối năm 2018 còn 1.836 hộ, mỗi năm giảm 788 hộ"
        if average and "/" not in period:
            found.flags.add("period_inferred")  # of which years the average is, nobody says
        if moved or (average and not grown):
            now = mention is not None and mention.role == "now" and part.frame.published[5:7] > "03"
            since = _between(part, found, part.frame.published[:4] if now else period)
            return since if "/" in since else _between(part, found, period)
    elif found.indicator in part.catalogue.falls and "/" in (since := _between(part, found, period)):
        return since  # "so với năm 2010, hộ nghèo giảm 9.763 hộ"
    if _within_term(part, found, mention, period, entry):
        return _term(part.frame, found)
    closed = part.frame.term
    if found.indicator == "targets_met":  # "16/19 chỉ tiêu nghị quyết nhiệm kỳ 2015 - 2020 đã đạt"
        whose = [m for m in part.periods if m.role == "office" and 0 <= m.start - found.quantity.end < 40]
        period = whose[0].period if whose and "nhiệm kỳ" in part.folded[: whose[0].end] else period
    if found.indicator == "targets_met" and mention is not None and mention.role == "now" and "đại hội" in part.folded:
        spans = [m.period for m in part.periods if m.role == "term" and m.start < mention.start]
        period = spans[-1] if spans else period  # "giữa nhiệm kỳ 2015 - 2020, đến nay đã có 10 chỉ tiêu … đạt"
    told = period == part.frame.period and period[5:] == closed[5:]
    begins = _TERM_BEGINS.search(part.context[-600:] + part.folded)
    if _OF_TERM.search(part.context[-250:] + part.folded) and not begins:
        told |= not found.explicit and period == closed[5:9] == part.frame.published[:4]
    told |= part.memory.paragraph.five_years and not found.explicit and period == closed[5:9]
    if closed and found.indicator == "targets_met" and told:
        return closed  # a congress counts the targets of its own term, whatever span the figures are given for
    since_term = mention is not None and mention.role == "sinceterm"
    if "/" in period and found.indicator not in _OVER_YEARS and not since_term:
        since = max((q.end for q in part.quantities if q.end <= found.start), default=0)  # whose average is its own
        words = part.folded[max(since, found.start - 40) : found.end + 6]
        summed = _of_span(part, found, mention)
        every = mention in part.periods and _EVERY_YEAR.match(part.folded, mention.end)
        every = every or (mention in part.memory.thought.periods and _EVERY_YEAR.search(part.memory.thought.words))
        at_end = (level and not every) or entry.unit == "million_vnd_per_year"
        at_end = at_end or (entry.unit == "billion_vnd" and not summed)
        apart = entry.unit in COUNTED and mention in part.periods and _OF_WHICH.search(part.folded, 0, mention.start)
        apart = apart or (entry.unit == "billion_vnd" and _is_part_of_sum(part, found))
        still = level and _STILL.search(part.folded, since, found.quantity.start)
        of_years = _YEARLY if level and entry.unit == "percent" else AVERAGE  # "bình quân 97%" of the communes
        averaged = of_years.search(words) and not still
        if at_end and not apart and (entry.unit in _PER_YEAR or not averaged):
            period = period.split("/")[1]
            if entry.unit in ("billion_vnd", "communes"):
                found.flags.add("period_inferred")  # what stood at its end, or what was done in all its years?
    five = SUMMED.search(part.folded[max(0, found.quantity.start - 25) : found.quantity.start])
    span = part.memory.span or part.frame.span
    if "/" not in period and entry.unit == "billion_vnd" and five and five.group().startswith(("5", "05", "năm")):
        return span if span[5:9] == period[:4] else period  # "tổng thu ngân sách 5 năm đạt 26,1 tỷ đồng"
    months = level and not found.explicit and re.fullmatch(r"\d{4}-\d{1,2}M", period)
    if months and not _rate_of_months(part, entry):
        period = f"{period[:5]}{int(period[5:-1]):02d}"  # a level named after nine months' flows is that of the month
        found.flags.add("period_inferred")
    return period


def _rate_of_months(part: Part, entry: Indicator) -> bool:
    """Whether a rate is one of the months that a report reviews: "9 tháng qua, … tỷ lệ tham gia BHYT đạt 91,1%"."""
    running = part.memory.paragraph.running
    reviewed = (running is not None and running.role == "plain") or _SOME_MONTHS.search(part.known.title)
    return entry.unit == "percent" and entry.kind == "rate" and bool(reviewed)


def _each_year(part: Part, found: Draft, entry: Indicator) -> bool:
    """Whether what happens over time is told of every year, not of one: "mỗi năm có trên 400 hộ thoát nghèo"."""
    moving = entry.kind == "flow" or found.indicator in part.catalogue.changes
    moving |= found.indicator == "growth_rate" and bool(part.memory.span)
    if not moving or entry.unit in _PER_YEAR:
        return False
    clause = re.split(r"[;:]|\d[^,]*, ", part.folded[max(0, found.start - 45) : found.start])[-1]
    return bool(_YEARLY.search(clause + part.folded[found.start : found.end + 8]))


def _is_part_of_sum(part: Part, found: Draft) -> bool:
    """Whether a sum is a part of one of several years told right before it, and so of the same years."""
    told = [*part.memory.thought.drafts, *(d for d in part.drafts if d.quantity.end <= found.quantity.start)]
    whole = told and told[-1].unit == "billion_vnd" and "/" in told[-1].period
    return bool(whole and _PART_OF_SUM.search(part.folded, 0, found.start))


def _of_span(part: Part, found: Draft, mention: Mention | None) -> bool:
    """Whether a figure is the sum of a span named right before it: "thu ngân sách giai đoạn 2016-2020 được 521 tỷ"."""
    if SUMMED.search(part.folded[max(0, found.start - 20) : found.quantity.start]):
        return True
    if in_five_years(part, found):
        return True
    if mention is not None and "cả nhiệm kỳ" in mention.words:
        return True
    if mention not in part.periods or mention.role != "term":
        return False
    bracketed = part.folded.endswith("(", 0, mention.start) and part.folded.startswith(")", mention.end)
    if not bracketed and not _SPANS.search(part.folded, max(0, mention.start - 12), mention.end):
        return False
    between = part.folded[mention.end : found.quantity.start]
    reach = 45 if "địa bàn" in between and "," not in between else 20
    near = re.sub(r"\([^()]*\)| của (?:toàn )?(?:huyện|xã|tỉnh)", "", between)
    return (mention.end <= found.quantity.start and len(near) < reach) or 0 <= found.start - mention.end < 4


def in_five_years(part: Part, found: Draft) -> bool:
    """Whether a figure is the sum of five years: "thu ngân sách trên 1.250 tỷ đồng trong 5 năm"."""
    return part.folded.startswith(" trong 5 năm", found.quantity.end)


def _is_level(part: Part, found: Draft, entry: Indicator) -> bool:
    """Whether the figure is where something stands, not what happened over time."""
    moving = found.indicator in _OVER_YEARS or found.indicator in part.catalogue.changes
    return entry.kind in ("stock", "rate") and not moving and not entry.of_plan


def _said(part: Part, found: Draft, mention: Mention | None, entry: Indicator, level: bool) -> str:
    """The period that the words of the mention stand for."""
    frame = part.frame
    role = mention.role if mention is not None else ""
    spoken = "04" <= frame.published[5:7] <= "10"
    if found.rule == "district_standard" and (mention is None or mention.start < 0) and spoken:
        found.flags.add("period_inferred")
        return frame.published[:7]  # when the decision is told of, unless it names its year
    if role == "termref":
        paragraph, memory = part.memory.paragraph, part.memory
        running = paragraph.running
        if "giai đoạn" in mention.words:  # the span of years that was spoken of last
            pair = "/".join(year[:4] for year in paragraph.pair if year)
            told = (memory.span, running.period if running else "", pair, paragraph.plan_term)
            return next((span for span in told if "/" in span), _term(frame, found))
        found.flags.add("period_inferred")  # the years of the term stand elsewhere
        return running.period if running and running.role == "term" else _term(frame, found)
    if role == "sinceterm":
        begun = part.memory.term[:4]
        since = mention.period or (f"{begun}/{frame.published[:4]}" if begun else "")
        return _now(frame, level) if level or not since else since
    if role == "termstart":
        running = part.memory.paragraph.running
        spans = (frame.period, frame.term, running.period if running else "")
        return next((span[:4] for span in spans if "/" in span), frame.period)
    if role == "termend":
        spoken = [m.period for m in (*part.memory.thought.periods, *part.periods) if m.role == "term"]
        coming = (spoken or [part.memory.paragraph.plan_term])[-1]
        term = coming if "/" in coming else frame.term or part.memory.term or frame.span or titled_term(part)
        return term if entry.kind == "flow" and entry.unit not in _AT_ONCE else term[5:9] or frame.period
    if role == "ytd":
        found.flags.add("period_inferred")
        return _year_to_date(frame, mention.period, level)
    untold = mention is None or (mention.start < 0 and mention.period == frame.span[5:9])
    congress = frame.term and "đại hội" in part.known.title and not frame.explicit
    summed = part.memory.paragraph.five_years or congress
    if untold and entry.kind == "flow" and entry.unit not in _AT_ONCE and summed:
        return frame.span or frame.period  # "Nhiệm kỳ qua, … . Đã đào tạo nghề cho 2.500 lao động"
    if mention is None or (not mention.period and role != "now"):
        return frame.period
    if role == "now":
        turning = frame.published[5:7] in TURN_OF_YEAR or frame.period.endswith("-H1")
        if mention.end and level and frame.explicit and turning:
            found.flags.add("period_inferred")  # the year reviewed, or the month in which that is said
        # what is counted is so in that month; shares and households come of the yearly review
        told = mention in part.periods and mention.words.startswith(("đến", "tới", "tính"))
        closing = frame.published[5:7] in ("11", "12") and (entry.unit in COUNTED or told)
        if mention.end and level and frame.opens_year and frame.explicit and _of_last_year(part, entry):
            return frame.period  # "Hiện tỷ lệ hộ nghèo là 3,45%, giảm 0,22% so với năm 2021", in January 2023
        if mention.end and level and (frame.opens_year or closing or frame.granted):
            return frame.published[:7]
        counted = entry.kind == "stock" or entry.unit == "criteria"
        if mention.end and level and not counted and frame.term[5:9] == frame.published[:4]:
            found.flags.add("period_inferred")  # a congress says "nay" of the year that ends its term
        midway = "03" <= frame.published[5:7] <= "10" and not frame.explicit
        if found.indicator == "targets_met" and mention.end and midway:
            return frame.published[:7]  # of the targets of a term, half-way
        if entry.unit == "million_vnd_per_year" and frame.term[5:9] == frame.published[:4] != "":
            found.flags.add("period_inferred")
            return frame.published[:4]
        flow = (entry.kind == "flow" or entry.of_plan) and entry.unit not in _AT_ONCE
        if mention.end and flow and frame.period == frame.published[:4] and "04" <= frame.published[5:7] <= "10":
            found.flags.add("period_inferred")
            return _year_to_date(frame, frame.published[:7], False)
        of_communes = any(part.catalogue[i].unit == "communes" for i in part.catalogue.counts_of(found.indicator))
        return _now(frame, level or entry.unit == "million_vnd_per_year", of_communes)
    if role == "since":
        return _now(frame, level) if level else mention.period
    if found.rule in ("named_communes", "district_standard") and mention.words.startswith("đầu năm"):
        return mention.period[:4]  # an event, no level at the beginning of the year
    january = entry.of_plan and mention.period[5:] in ("01", "1M")
    if january and _BOOKS_CLOSE.search(mention.words):
        return str(int(mention.period[:4]) - 1)  # the money of a year is paid out until the end of January
    if role == "weak":
        one = part.memory.paragraph.running or "/" in frame.period  # "năm qua" is no span
        return mention.period if one else frame.period or mention.period
    if mention.until and not level and entry.unit not in (*_AT_ONCE, "targets"):
        return _months(mention.period)
    return mention.period


def titled_term(part: Part) -> str:
    """The term of office that the title names: "Sơ kết giữa nhiệm kỳ 2020 - 2025"; "" for none."""
    named = re.search(r"nhiệm kỳ (20\d\d)\s*-\s*(20\d\d)", part.known.title)
    return f"{named[1]}/{named[2]}" if named else ""


def _of_last_year(part: Part, entry: Indicator) -> bool:
    """Whether a sentence of the new year compares a rate with the year before the last: it tells of the last."""
    if entry.unit not in ("percent", "households"):
        return False
    last = int(part.frame.published[:4]) - 1
    return part.frame.period == str(last) and any(m.period == str(last - 1) for m in part.periods if m.role == "base")


def _term(frame: Frame, found: Draft) -> str:
    """The report's own span of years, else the five years until it: "trong 5 năm qua"."""
    if frame.span:
        return frame.span
    found.flags.add("period_inferred")
    year = frame.year
    return f"{int(year) - 5}/{year}" if year else ""


def _year_to_date(frame: Frame, month: str, level: bool) -> str:
    """The months that had passed when the report came out: "từ đầu năm đến nay"."""
    if not month:
        return frame.period
    if level:
        return month
    published = frame.published
    if frame.period == f"{month[:4]}-H1" and month[5:7] in ("06", "07", "08"):
        return frame.period  # a half-year report that came out in July
    passed = int(month[5:7]) - (published[8:10] <= "15")
    if passed in (0, 12):
        return frame.period
    return _months(f"{month[:4]}-{passed:02d}")


def _months(month: str) -> str:
    """All months of the year until this one.

    >>> _months("2020-03"), _months("2020-06"), _months("2020-09")
    ('2020-Q1', '2020-H1', '2020-9M')
    """
    number = int(month[5:7])
    if number == 12:
        return month[:4]
    return f"{month[:4]}-{ {3: 'Q1', 6: 'H1'}.get(number, f'{number}M') }"


def _now(frame: Frame, level: bool, of_communes: bool = False) -> str:
    """The month of publication, or the period that the report closes: "đến nay"."""
    period, published = frame.period, frame.published
    if not level:
        return period or published[:7]
    month = published[5:7]
    if of_communes and period[5:6] == "H" and month in ("06", "07"):
        return period  # how many of the communes: the half-year report's own count
    if len(published) < 7:
        return period
    closing = frame.explicit and period == published[:4] and month in ("11", "12")
    return period if len(period) == 4 and closing else published[:7]


def _between(part: Part, found: Draft, period: str) -> str:
    """A change since a year that is named beside it ("so với năm 2015") spans the years between."""
    at = found.quantity.start
    based = [
        m for m in part.periods
        if m.role == "base" and m.period
    ]  # fmt: skip
    based.sort(key=lambda m: (m.start < at, at - m.end))  # one behind the figure, else the last before it
    start = based[0].period if based else ""
    end = period[5:9] if "/" in period else period[:4] if period[5:] in ("10", "10M", "11M", "11", "12") else ""
    if not based and part.frame.span and _SINCE_TERM.match(part.folded, found.quantity.end):
        return part.frame.span
    if re.fullmatch(r"\d{4}-01", start) and "/" not in period and start[:4] < period[:4]:
        return f"{start[:4]}/{period[:4]}"  # "cuối năm 2018 …, so với đầu năm 2016 giảm 3.211 hộ"
    if len(start) == 4 and end and int(start) == int(end) - 1:
        return end  # "so với năm 2018 giảm 1,2%" at the end of 2019 is the change of the year
    if len(start) == 4 and len(period) >= 4 and "/" not in period and int(start) < int(period[:4]) - 1:
        return f"{start}/{period[:4]}"
    return period


def _within_term(part: Part, found: Draft, mention: Mention | None, period: str, entry: Indicator) -> bool:
    """Whether a yearly average is one over the term that the report closes: "mỗi năm giải quyết 2.350 lao động"."""
    frame = part.frame
    term = frame.span or (_term(frame, found) if part.memory.paragraph.five_years else "")
    if not term or "/" in period or not term[:4] <= period[:4] <= term[5:9] or entry.unit in _PER_YEAR:
        return False
    named = mention in part.periods and mention.role in ("plain", "until", "now")
    if named and 0 <= found.quantity.start - mention.end < 25:
        return False
    begins = max(0, found.start - 30)
    if _is_level(part, found, entry):  # whose own average it is: not that of the fall before it
        begins = max([found.quantity.start - 25, *(q.end for q in part.quantities if q.end <= found.quantity.start)])
    words = part.folded[max(0, begins) : found.end + 8]
    return found.status != "target" and bool(_YEARLY.search(_INCOME_UNIT.sub("", words)))
