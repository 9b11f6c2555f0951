"""Which period a goal is for: that of its plan, of the result it stands beside, of the heading or the title.

Every goal comes here with the period that `dating` found for it, and leaves with one that plans are made for.
"""

from __future__ import annotations

import re

from analysis.context.frame import Frame
from analysis.indicators import Indicator
from analysis.sentences.drafts import Draft
from analysis.sentences.meanings import AVERAGE, SUMMED, in_five_years, titled_term
from analysis.sentences.parts import Part, in_bracket
from analysis.sentences.statuses import Section, goes_on

# before a plan beside what was done: "thấp hơn chỉ tiêu …", ", kế hoạch đề ra là …"
_THAN_PLAN = re.compile(
    r"(?:\bso (?:với )?|(?:chưa|không) đạt |thấp hơn |cao hơn )(?:chỉ tiêu|kế hoạch|mục tiêu"
    r"|dự toán)(?: [^\W\d]+){0,4} \Z"
    r"|, (?:kế hoạch|chỉ tiêu|mục tiêu)(?: [^\W\d]+){0,3} là \Z"
)
_ALL_YEAR = re.compile(r"\bcả năm\b")
# between a result and the goal that it is measured by: "27,6%, không đạt chỉ tiêu 26%"
_MEASURED = re.compile(
    r"\b(?:thấp hơn|cao hơn|kém|hụt|vượt|(?:không|chưa|đã|mới)? ?đạt|so với|trong khi|bằng|chưa về được)\b"
)
_YEARS_PLAN = re.compile(r"(?:kế hoạch|chỉ tiêu|kh) (?:cả )?năm (?:là|giao|đề ra)(?: là)? (?:\w+ )?\Z")
_PLAN_OF_YEAR = re.compile(r"\s*(?:kế hoạch|kh|chỉ tiêu|dự toán)(?: (?:cả )?năm)?(?: giao)?:?\s*\Z")
_YEARLY = re.compile(r"mỗi năm|hằng năm|hàng năm")


def _alone_in_bracket(part: Part, found: Draft) -> bool:
    """Whether a figure stands in a bracket that names no period: "106 tỷ đồng (kế hoạch 192,5 tỷ đồng)"."""
    at = found.quantity.start
    opened = part.folded.rfind("(", 0, at)
    return in_bracket(part.folded, at) and not any(m.start > opened for m in part.periods)


def date_plan(part: Part, found: Draft, section: Section) -> None:
    """A target without a period of its own takes that of the plan, the heading or the title."""
    folded, entry = part.folded, part.catalogue[found.indicator]
    if found.rule == "plan_beside" and "-" in found.period and (not found.explicit or _alone_in_bracket(part, found)):
        found.period = found.period[:4]  # plans are yearly
    found.period = _plan_period(part, found, section, entry)
    if re.fullmatch(r"\d{4}-\d{2}", found.period) and (found.period[5:] == "12" or not re.search(r"tháng \d", folded)):
        found.period = found.period[:4]  # plans are not made for the month of publication, nor for December alone
    if "-" in found.period and "/" not in found.period and _of_whole_year(part, found):
        found.period = found.period[:4]
    bracket = folded[folded.rfind("(", 0, found.quantity.start) + 1 : found.quantity.start]
    if "-" in found.period and in_bracket(folded, found.quantity.start) and _PLAN_OF_YEAR.match(bracket):
        found.period = found.period[:4]  # "2.874 lao động (kế hoạch 3.500 lao động)", after nine months
    if found.period.endswith("-H2") and (entry.kind != "flow" or entry.unit == "million_vnd_per_year"):
        found.period = found.period[:4]  # a level at the end of the year
    if "-" in found.period and _YEARS_PLAN.search(folded[max(0, found.quantity.start - 40) : found.quantity.start]):
        found.period = found.period[:4]  # "đạt 163,2% so với kế hoạch năm là 1.000 người"
    if re.fullmatch(r"\d{4}-(?:\d{1,2}M|Q\d)", found.period) and not found.explicit:
        found.period = found.period[:4]  # "9 tháng … . Toàn huyện dự kiến giảm 1.120 hộ nghèo"
    if found.period.endswith("-H1") and not found.explicit and part.frame.published[5:7] > "05":
        found.period = found.period[:4]  # what a half-year report sets is for the rest of the year
    flow = entry.kind == "flow" and entry.unit not in ("billion_vnd", "million_vnd_per_year")
    counted = flow or found.indicator in ("growth_rate", "targets_met") or found.indicator in part.catalogue.changes
    coming = _coming_term(part.frame)
    since = max((q.end for q in part.quantities if q.end <= found.start), default=0)
    words = folded[max(since, found.start - 60) : found.end + 6]
    coming = coming or (part.memory.paragraph.plan_term if "/" in part.memory.paragraph.plan_term else "")
    coming = coming or titled_term(part)
    if counted and coming and found.period == coming[5:9] and AVERAGE.search(words):
        found.period = coming  # "đến năm 2025, tổng giá trị sản xuất tăng bình quân hằng năm 11%"
    average = (_YEARLY if entry.unit == "million_vnd_per_year" else AVERAGE).search(words)
    yearly = entry.kind != "flow" or entry.unit in ("billion_vnd", "million_vnd_per_year")
    summed = SUMMED.search(folded[: found.end]) or in_five_years(part, found)
    if "/" in found.period and yearly and not counted and not average and not summed:
        found.period = found.period.split("/")[1]
    if not found.explicit:
        found.flags.add("period_inferred")  # of the plan spoken of last, or of the title


def _of_whole_year(part: Part, found: Draft) -> bool:
    """Whether the words around a goal say that it is for the whole year: "so với chỉ tiêu 91% giao cho cả năm"."""
    folded, quantity = part.folded, found.quantity
    since = max((q.end for q in part.quantities if q.end <= quantity.start), default=0)
    behind = re.match(r"[^,;.()\d]{0,40}", folded[quantity.end :]).group()
    return bool(_ALL_YEAR.search(folded, since, quantity.start) or _ALL_YEAR.search(behind))


def _is_of_this_year(part: Part, found: Draft) -> bool:
    """Whether a goal that was dated to the year before, which nothing names, is one of the year of publication: in
    March "… vừa ban hành kế hoạch. Theo đó, phấn đấu cuối năm …"; later "Chỉ tiêu cả năm …", "phấn đấu đến 31/12 …"."""
    published, thought = part.frame.published, part.memory.thought
    if not published or found.period != part.frame.year_before:
        return False
    carried = bool(thought.drafts) and thought.drafts[-1].period == published[:4]
    if not carried and any(m.period == found.period for m in thought.periods):
        return False
    if any(m.period == found.period and re.search(r"20\d\d", m.words) for m in part.periods):
        return False
    begun = found.explicit and part.frame.opens_year
    return begun or bool(re.search(r"cả năm|31\s*[/.-]\s*12", part.folded))


def _plan_period(part: Part, found: Draft, section: Section, entry: Indicator) -> str:
    folded, frame, paragraph, at = part.folded, part.frame, part.memory.paragraph, found.quantity.start
    before, thought = [m for m in part.periods if m.end <= at], part.memory.thought
    here = [d for d in part.drafts if d.quantity.end <= at and d is not found]
    slashed = folded.endswith(("/kh ", "/ kh ", "/kế hoạch "), 0, at)  # "đạt 14,6%/KH 15,1%"
    compared = slashed or _THAN_PLAN.search(folded, 0, at)
    told = found.beside or ((here if compared else []) or thought.drafts or [None])[-1]
    beside = in_bracket(folded, at) or (found.beside is not None and folded.endswith((", kế hoạch ", ", kh "), 0, at))
    beside = beside or bool(_PLAN_OF_YEAR.fullmatch(folded[:at].rstrip()))  # "(năm 2018: 4,62%; KH: 5%)"
    measured = found.beside is not None and "/" not in paragraph.plan_term
    beside = beside or bool(measured and _MEASURED.search(folded, found.beside.quantity.end, at))
    loose = not found.explicit or (found.beside is not None and _alone_in_bracket(part, found))
    loose = loose or (compared and "-" in found.period)  # "cuối tháng 6 đạt 82,9%, thấp so với chỉ tiêu 85%"
    loose = loose and not any(m.end + 2 == at for m in part.periods)  # "vượt chỉ tiêu đề ra đến năm 2020 (60%)"
    if told is not None and loose and (compared or (found.rule == "plan_beside" and beside)):
        return told.period[:4] if "-" in told.period else told.period
    coming = _coming_term(frame)
    ends = any(m.role == "termend" for m in part.periods)  # "phấn đấu … vào cuối nhiệm kỳ"
    if coming and any(m.role == "termend" for m in before):
        return coming
    terms = [m for m in before if m.role in ("office", "plan", "term")]
    if ends and terms and terms[-1].role == "term" and entry.kind != "flow":
        return terms[-1].period[-4:]
    if terms and terms[-1].role == "term":
        terms = []
    if terms and not any(m.role in ("plain", "until") for m in before):
        return terms[-1].period
    moving = entry.kind == "flow" or found.indicator in part.catalogue.changes or found.indicator == "growth_rate"
    yearly = moving and _YEARLY.search(folded[max(0, found.start - 20) : found.end + 8])
    of_year = found.explicit and len(found.period) == 4 and found.period <= frame.year_after
    if paragraph.plan_term and yearly and not of_year:
        return paragraph.plan_term
    if coming and found.period == frame.term and any(m.role == "termref" for m in part.periods):
        return coming  # "phấn đấu trong nhiệm kỳ xây dựng 150 nhà"
    running, year = paragraph.running, frame.published[:4]
    if _is_of_this_year(part, found):
        return year
    if found.explicit:
        return found.period
    if thought.drafts and thought.drafts[-1].status == "target":
        return thought.drafts[-1].period  # "… sẽ có 23 xã đạt chuẩn vào năm 2020; trong đó 4 xã nâng cao"
    if "/" not in paragraph.plan_term and running and paragraph.plan_term > running.period[:4]:
        return paragraph.plan_term
    if paragraph.plan_term and not (running and running.role in ("plain", "until") and running.period[:4] >= year):
        return paragraph.plan_term
    if section.status == "target" and section.period:
        return section.period
    if frame.plan and not (running and running.period > frame.period):
        return frame.plan
    if coming and (found.period == frame.term or found.period[:4] == frame.term[5:9]):
        return coming  # a congress sets targets for the term that it opens
    last = part.memory.drafts[-1] if part.memory.drafts else None
    if last is not None and goes_on(last, frame):
        return last.period
    named = running is not None and running.role == "plain" and running.period == found.period
    if year and found.period == frame.year_before and (entry.unit != "communes" or not named):
        return year  # nothing is planned for the year that is over
    return found.period


def _coming_term(frame: Frame) -> str:
    """The five years after the term that a congress closes, "" for other reports."""
    if not frame.term or frame.published[:4] != frame.term[5:9]:
        return ""
    return f"{frame.term[5:9]}/{int(frame.term[5:9]) + 5}"
