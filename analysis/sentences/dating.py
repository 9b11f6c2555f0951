"""Which period a figure is for: the one named right behind it, before it, earlier in the sentence, or the report's own.

Finding the periods that a sentence names is left to `periods`; what a relative one means for an indicator
("đến nay", "trong nhiệm kỳ") is said in `meanings`, what that makes of a goal in `plan_dating`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from analysis.context.frame import Frame
from analysis.periods import SAME_MONTHS, Mention, part_of_year, shifted
from analysis.sentences.drafts import Draft
from analysis.sentences.meanings import AVERAGE, COUNTED, TURN_OF_YEAR, meant
from analysis.sentences.parts import TWO_LEVELS, Part, in_bracket
from analysis.sentences.remembering import TERM_OPENS

# a count between a share and the period of both: "2,71%, với 1.496 hộ (năm 2016)"
_COUNT_BESIDE = re.compile(
    r",? (?:với|tương ứng|tương đương|ứng với) (?:với )?[\d.]+ hộ"
    r"| \((?:tương ứng |tương đương |ứng với )?(?:với )?[\d.]+(?: hộ)?(?:/[\d.]+)? hộ(?: (?:cận )?nghèo)?\)"
    r"| \((?:kh|kế hoạch|chỉ tiêu|mục tiêu) [^()]{0,30}\)"
    r"| \((?:chiếm |tỷ lệ |tương ứng |tương đương )*[\d.,]+ ?%\)"
    r"|(?: nghèo)?, (?:chiếm |tỷ lệ )+[\d.,]+ ?%(?= (?:\(|(?:vào|hồi) ))"
)
# between a figure and the period behind it: "35 triệu đồng/người (năm 2020)", "3,2% vào cuối năm 2021"
_BEHIND_GAP = re.compile(
    rf"(?:{_COUNT_BESIDE.pattern})?[\s(]*(?:hồi|vào|của|trong|tính|tại thời điểm|ở|người|/|năm|đồng|hộ nghèo"
    rf"|tổng số hộ|số hộ|tổng số trường|dân số"
    rf"|lao động|người lao động)*\s*(?:\("
    r"|vào|(?:(?:tính )?đến )?(?:cuối|đầu|giữa)|trong|của|hồi|đến|tính đến|tính|tại|kết thúc|khép lại)?\s*"
)
# before a period further behind: it belongs to a plan or a comparison
_OTHERS = re.compile(r"(?:(?<!\w)kh|theo|của|so|giao|nghị quyết|kế hoạch|lũy kế|cộng dồn)\s*$")
# where a level stood before anything was done, at no date that is told
_AT_OUTSET = re.compile(
    r"(?:khi|lúc|ngày) (?:mới )?bắt (?:đầu|tay)|(?:những |các )?(?:ngày|năm) đầu(?! năm)(?! (?:của )?nhiệm kỳ)"
    r"|khi mới (?:triển khai|thực hiện|bước vào|xây dựng)"
    r"|rà soát ban đầu|xuất phát điểm|điểm xuất phát"
    r"|(?:khi|lúc|thời điểm) (?:còn )?chưa (?:làm|xây dựng|thực hiện|triển khai|có)"
    r"|trước khi (?:thực hiện|xây dựng|triển khai|bước vào)"
)
_THAN_LEVEL = re.compile(r"so với (?:tổng )?(?:số|tỷ lệ|mức) [^,;.()\d]{3,40}\Z")
_ONLY_SO_MUCH = re.compile(r"(?:chỉ|mới) (?:đạt|có|được)|khi (?:ấy|đó)|lúc (?:ấy|đó|bấy giờ)|bấy giờ|thời điểm đó")
_AS_MUCH_AS = re.compile(r"(?:chiếm|còn|lên) (?:đến|tới) [\w ]*\d")
_BEFORE_NOW = re.compile(r"(?:^\W*|[,;] )trước (?:đây|kia),? [^;]*$")
# "đợt rà soát hộ nghèo năm 2020 cho thấy huyện hiện còn …": what the survey of that year found
_SURVEY = re.compile(r"(?:rà soát|điều tra|thống kê|khảo sát)[^.;]*$")
_SECOND_LEVEL = re.compile(r"\b(?:xuống|còn|(?<!trở )lên|đến|tới|sang|nay|thành|về)\b")
_BY_WHICH = re.compile(
    r"(?:,(?: (?:toàn |cả )?(?:huyện|xã|tỉnh))?| mà|(?= đã (?:đưa|nâng))) (?:vẫn còn|đưa|nâng|kéo|giảm|hạ"
    r"|đã đưa|đã nâng|góp phần|qua đó|nhờ đó|giúp|từ)\b[^;]*"
)
_AND_MORE = re.compile(r"[^,;.]{0,30} trở lên")  # "có từ 18 xã và 1 huyện trở lên"
_YEARS_OPEN = re.compile(r"\b(?:(?:\d+|năm|mười|mỗi|hằng|hàng) năm(?: qua)?|nhiệm kỳ) \(\Z")  # no asides
_ALONE_BEFORE = re.compile(r"\((?:tính|số liệu|kết quả|rà soát|điều tra|thời điểm|vào|đến|hết|cuối| )*\Z")
# "Cùng kỳ năm 2018 huyện giải quyết việc làm cho 3.610 lao động, 9 tháng năm nay …"
_SAME_FIRST = re.compile(r"\W*cùng kỳ (?:của )?(?:năm )?(?:20\d\d|trước|ngoái),? [^\d,;]*\Z")
# "Ngoài 2.710 hộ cận nghèo, …": the period follows
_ALONGSIDE = re.compile(r"\W*(?:ngoài|bên cạnh|cùng với|song song với|không kể) [^;\d]*\Z")
_TOLD_OF = re.compile(r"[,:]| (?:chỉ |mới )*(?:là|đạt|có|còn) (?:hơn |gần |trên )?\d")  # "(năm 2018 là 518 hộ)"
_THEN_FALLS = re.compile(r",? (?:đã |chỉ |thì )*(?:(?:giảm|hạ|kéo giảm|rút) )?(?:xuống |chỉ )*còn (?:hơn |gần )?\d")
# before a date that closes a sentence: "…, tính đến cuối năm 2023", "… (số liệu rà soát cuối năm 2018)"
_SURVEYED = re.compile(
    r"(?:,? tính|[,:] (?:đó|đây) (?:đều )?là [^,;()\d]{3,60} (?:của|trong)|[,(] ?(?:tính|số liệu|kết quả"
    r"|theo)[^,;()\d]{0,30})(?: đến| tới| hết| cuối| ngày)* $"
)
_FOUND_BY = re.compile(
    r"(?:theo|là|sau) (?:kết quả |số liệu |đợt )*(?:tổng )?(?:rà soát|điều tra|thống kê)[^,;.\d]{0,20}\Z"
)
_AT_END = re.compile(r",? vào (?:cuối )?$")
_ALONE_BEHIND = re.compile(r"(?: (?:của )?(?:năm )?nay)?(?:,? theo (?:tiêu )?chuẩn[^(),;]{0,40})?\)")
_CLOSES = re.compile(rf"{_ALONE_BEHIND.pattern}[\s.;…]*")
_CLAUSE_ENDS = re.compile(r"\s*(?:[,.;)]|$)")
_RAISED_TO = re.compile(r"(?:nâng|đưa) (?:tổng )?số\b[^,;.\d]*\b(?:lên|thành)\b[^,;.\d]*\Z")
_OF_WHICH = re.compile(r"[^\d;.]*\btrong đó\b[^\d;.]*")  # between a whole and its part
_NAMED = ("plain", "until", "month")
_NO_DATE = ("base", "publication")
_ASIDE = ("standard", "season", "office", "plan")
_ELSEWHERE = -1000  # where a period of another sentence stands: near nothing of this one
_AGAIN = ("once_more", "carried_label", "next_period")  # rules by which a measure is told again
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?<!so với )(?<!so )(?<!hơn )(?:cùng kỳ(?: năm trước)?|(?:một|1) năm trước(?: đó)?|trước đó (?:một|1) năm"
    r"|(?<!cùng kỳ )năm (?:liền )?trước(?: đó)?)"
    r"(?! \(?(?:năm )?(?:19|20)\d\d)(?![^,;.]{0,40}(?:giảm|tăng)\b)"
)
_NOW = Mention(0, 0, "", "now")
_NOW_SAID = Mention(_ELSEWHERE, 1, "", "now")  # by the sentence before
_NEXT_VERB = re.compile(r" và (?:đạt|hoàn thành|phấn đấu|giữ|giải quyết|tạo|nâng|đưa|giảm|tăng|duy trì|xây dựng)\b")
_INTENTION = re.compile(r"\b(?:dự kiến|phấn đấu|mục tiêu|sẽ|trong khi|song|nhưng)\b")
_YEAR_END = re.compile(r"(?:cuối|hết)\s+(?:tháng 12[\s/-]*)?(?:năm|20\d\d)")
_TO_NOVEMBER = frozenset(f"{month:02}" for month in range(1, 12))


@dataclass(frozen=True)
class _Surroundings:
    """The periods around one figure that may be its own."""

    usable: list[Mention]
    outside: list[Mention]  # those not set apart by a bracket
    before: list[Mention]
    behind: list[Mention]  # right behind it
    next_start: int  # where the next figure begins


def date(part: Part, found: Draft) -> None:
    """Fill in the period of a draft."""
    if found.owner is not None:
        found.period, found.explicit = found.owner.period, found.owner.explicit
        found.flags |= found.owner.flags & {"period_inferred", "scope_inferred"}
        return
    led = found.like or found.beside  # a change in the bracket of the level it led to, or planned beside what was done
    if led is not None and found.indicator in part.catalogue.changes:
        found.period, found.explicit = led.period, led.explicit
        return
    if found.period:  # a list in order or a slash has said it
        found.explicit = True
        return
    if found.rule == "listed_place" and found.like is not None and not any(m.role not in _ASIDE for m in part.periods):
        found.period, found.explicit = found.like.period, found.like.explicit
        found.flags |= found.like.flags & {"period_inferred"}
        if found.like not in part.memory.thought.drafts and found.like not in part.drafts:
            found.flags.add("period_inferred")  # of another sentence
        return
    whole = _whole_of(part, found)
    if whole is not None:
        found.period, found.explicit = whole.period, whole.explicit
        found.flags |= whole.flags & {"period_inferred"}
        return
    months = _same_months(part, found)
    if months:
        found.period, found.explicit = months, True
        return
    earlier = _only_then(part, found) or _a_year_before(part, found) or _over_years_told(part, found)
    if earlier:
        found.period, found.explicit = earlier, True
        return
    around = _surroundings(part, found)
    if _first_of_two(part, found, around):
        found.base = True
    chosen = _chosen(part, found, around)
    if _stood_at_outset(part, found, chosen, around):
        found.flags.add("period_inferred")
        part.memory.thought.outset = True
        return
    part.memory.thought.chosen = chosen or part.memory.thought.chosen
    found.explicit = chosen is not None
    level = part.catalogue[found.indicator].kind != "flow" and found.indicator not in part.catalogue.changes
    if chosen is not None and "/" in chosen.period and chosen not in part.periods and level:
        found.flags.add("period_inferred")  # "tổng thu 2015 - 2019 đạt …; tỷ lệ hộ nghèo còn 0,9%": at its end?
    found.ahead = chosen is not None and _ahead(part, chosen)
    if chosen is not None and chosen.role == "now":
        found.now = chosen.start if chosen in part.periods else 0 if chosen in part.memory.thought.periods else -1
    thought = part.memory.thought
    if chosen is None and found.base and not thought.pair[0] and part.memory.paragraph.pair[0]:
        thought.pair = part.memory.paragraph.pair  # the sentence before said from when to when
        found.flags.add("period_inferred")
    if chosen is None and found.base:
        _date_base(part, found)
        return
    first, second = thought.pair
    if (found.base or (_opens_pair(part, found) and around.behind)) and chosen is not None:
        thought.pair = (chosen.period, "")
    elif (first or _follows_base(part, found)) and not second and chosen is not None:
        thought.pair = part.memory.paragraph.pair = (first, chosen.period)
    elif second and chosen is None:
        near = part.folded[max(0, found.quantity.start - 30) : found.end + 6]
        # "từ 16,3% năm 2016 xuống còn 4,7% năm 2019, bình quân giảm 3,9%/năm", "…, tức giảm 11,6%"
        spans = found.rule.startswith("change") and (AVERAGE.search(near) or _is_difference(part, found))
        spans = spans and "/" not in first + second and int(first[:4]) < int(second[:4]) - 1
        found.period = f"{first[:4]}/{second[:4]}" if spans else second
        return
    _date_by(part, found, chosen)


def _stood_at_outset(part: Part, found: Draft, chosen: Mention | None, around: _Surroundings) -> bool:
    """Whether nobody says when: "khi bắt tay xây dựng nông thôn mới, xã chỉ đạt 2 tiêu chí"."""
    at = found.quantity.start
    if chosen and (chosen not in part.periods or chosen.start < found.quantity.end or around.behind):
        return False  # but in "…, huyện chỉ đạt 5 tiêu chí, đến năm 2020 …" the year is another level's
    if _AT_OUTSET.search(part.memory.thought.words[-300:] + part.masked[:at]):
        return True
    entry = part.catalogue[found.indicator]
    if chosen or (entry.kind == "flow" and entry.unit != "million_vnd_per_year"):
        return False
    if _BEFORE_NOW.search(part.folded[:at]):
        return True  # "Trước đây, hộ nghèo chiếm 11,7%"
    told = part.memory.paragraph.drafts
    goes_on = bool(told) and not told[-1].period  # "… chỉ đạt 4 tiêu chí. Tỷ lệ hộ nghèo cao (trên 30%)"
    if part.memory.paragraph.running or not _AT_OUTSET.search(part.context[-320 if goes_on else -190 :]):
        return False
    near = part.folded[max(0, found.start - 40) : found.end]
    return part.memory.thought.outset or goes_on or bool(_ONLY_SO_MUCH.search(near) or _AS_MUCH_AS.search(near))


def _same_months(part: Part, found: Draft) -> str:
    """The period of an earlier figure told beside this year's: "cùng kỳ năm 2018 là 3.200 lao động"; "" for others."""
    told = SAME_MONTHS.search(part.folded, 0, found.quantity.start)
    first = found.label is not None and found.quantity is part.quantities[0]
    told = told or (first and _SAME_FIRST.match(part.folded, 0, found.label.start))
    base = next((m for m in part.periods if told and m.role == "base" and told.start() <= m.start < told.end()), None)
    if base is None or len(base.period) != 4:
        return ""
    running = part.memory.paragraph.running
    spoken = [*part.memory.thought.periods, *(m for m in part.periods if m.end <= told.start())]
    spoken = spoken or [m for m in part.periods if m.end > told.end()]
    months = part_of_year([running, *spoken] if running else spoken)
    if months:
        return base.period + months
    earlier = [*part.memory.drafts[-6:], *(d for d in part.drafts if d.quantity.end <= told.start())]
    alike = [d.period for d in earlier if d.indicator == found.indicator and d.status == "actual"]
    return base.period + (alike[-1][4:] if alike and alike[-1][4:5] == "-" else "")


def _whole_of(part: Part, found: Draft) -> Draft | None:
    """The figure over several years of which another is a part, right behind it: "mỗi năm tạo việc làm cho 2.350 người,
    trong đó xuất khẩu lao động 620 người"; None for others."""
    if found.unit != "persons" or part.catalogue[found.indicator].kind != "flow":
        return None
    told = [d for d in part.drafts if d.quantity.end <= found.quantity.start and d.unit == "persons"]
    if not told or not _OF_WHICH.fullmatch(part.folded, told[-1].quantity.end, found.quantity.start):
        return None
    own = any(told[-1].quantity.end <= m.start < found.quantity.end for m in part.periods)
    return told[-1] if "/" in told[-1].period and not own else None


def _a_year_before(part: Part, found: Draft) -> str:
    """The period a year before that of the last figure of the same measure: ", năm trước đó 8,3%"; "" for others."""
    at = max((q.end for q in part.quantities if q.end <= found.quantity.start), default=0)
    again = found.rule in _AGAIN or any(d.label and d.label is found.label for d in part.drafts if d is not found)
    if not again or not _YEAR_BEFORE.search(part.folded, at, found.quantity.start):
        return ""
    told = [*part.memory.paragraph.drafts, *(d for d in part.drafts if d.quantity.end <= found.quantity.start)]
    told = [d for d in told if d.status != "target" and d.rule != "plan_beside"]
    last = next((d for d in reversed(told) if d.indicator == found.indicator), None)
    if last is None or not last.period or "/" in last.period:
        return ""
    return shifted(last.period, 1)


def _over_years_told(part: Part, found: Draft) -> str:
    """The years of the levels told in the sentences before, for a yearly average of their change: "năm 2016 là 31,4%,
    … năm 2019 còn 14,9%. Như vậy, bình quân mỗi năm giảm 5,5%"; "" for others."""
    average = found.rule == "change_after" and AVERAGE.search(part.folded, 0, found.end)
    if not average or part.memory.thought.drafts or any(m.role not in _ASIDE for m in part.periods):
        return ""
    running = part.memory.paragraph.running
    if running and "/" in running.period:
        return ""
    levels = [d for d in part.memory.paragraph.drafts if part.catalogue[d.indicator].change == found.indicator]
    years = [d.period for d in levels if len(d.period) == 4 and d.status == "actual"]
    return f"{years[0]}/{years[-1]}" if years and years[0] < years[-1] else ""


def _follows_base(part: Part, found: Draft) -> bool:
    """Whether the figure before is the earlier level of a pair: "từ 9,2% xuống còn 4,4%"."""
    before = [d for d in part.drafts if d.quantity.end <= found.quantity.start]
    return bool(before) and before[-1].base


def _only_then(part: Part, found: Draft) -> str:
    """The year of an earlier level that is told in a comparison: "so với năm 2014 thu ngân sách chỉ đạt 64 tỷ đồng"."""
    if in_bracket(part.folded, found.quantity.start):  # "So với số hộ nghèo năm 2013 (1.577 hộ, tỷ lệ 16,44%) thì …"
        opened = part.folded.rfind("(", 0, found.quantity.start)
        beside = [m for m in part.periods if m.role == "base" and m.end == opened - 1]
        if beside and _THAN_LEVEL.search(part.folded, 0, beside[0].start):
            return beside[0].period
    label = found.label
    if label is None or not _ONLY_SO_MUCH.search(part.folded, label.end, found.quantity.start):
        return ""
    based = [m.period for m in part.periods if m.role == "base" and 0 < label.start - m.end <= 2]
    return based[-1] if based else ""


def _is_difference(part: Part, found: Draft) -> bool:
    """Whether a change is that between two levels right before it."""
    levels = [q.value for q in part.quantities if q.unit == "percent" and q.end <= found.quantity.start]
    pairs = itertools.pairwise(levels)
    return any(abs(abs(one - other) - abs(found.value)) < 0.006 for one, other in pairs)


def _date_by(part: Part, found: Draft, chosen: Mention | None) -> None:
    """The period by the chosen mention, else the one that runs through the paragraph, else "now", else the report's."""
    frame, entry, running = part.frame, part.catalogue[found.indicator], part.memory.paragraph.running
    told_of = entry.kind == "flow" or found.indicator == "targets_met"
    if running and running.period.endswith("-01") and told_of and frame.published[:7] != running.period:
        running = None  # "Đầu năm 2016 có 8.127 hộ nghèo. … Đã đào tạo nghề cho 5.215 lao động"
    standing = entry.kind != "flow" or entry.unit == "million_vnd_per_year"
    later = running is not None and frame.explicit and running.period < frame.period[:4]
    if later and part.memory.paragraph.ended and not standing:
        running = None  # "Cuối năm 2020 còn 1.568 hộ nghèo. … Bàn giao 65 nhà", in a report on the year after
    told = _of_wider_place(part, found) if chosen is None and running is None else None
    if told is not None:
        found.period = told.period
        found.flags.add("period_inferred")
        return
    if running and found.indicator == "communes_total" and running.period[:4] < frame.published[:4]:
        running = None  # how many there are now, after a word on when the district was founded
    if running is None and chosen is None and part.memory.paragraph.now and entry.unit in COUNTED:
        running = _NOW_SAID  # "Đến nay, huyện có 10 xã …. Trên địa bàn có 46 sản phẩm OCOP"
    mention = chosen or (running and replace(running, start=_ELSEWHERE, end=_ELSEWHERE))
    closes = frame.term[5:9] == frame.published[:4] != ""  # a congress looks back on its term, not on the month
    counted = entry.kind == "stock" and found.indicator != "targets_met"
    if mention is None and counted and not closes and _published_midyear(part):
        mention = _NOW
        found.flags.add("period_inferred")
    if mention is None and not frame.explicit and standing and not closes and frame.published[5:7] in _TO_NOVEMBER:
        mention = _NOW
    found.period = meant(part, found, mention)
    named = chosen in part.periods and re.search(r"(?:19|20)\d\d", chosen.words)
    if not frame.dated and not named:
        found.flags.add("period_inferred")
    if mention is not None and _is_guess(part, found, chosen):
        found.flags.add("period_inferred")
    closing = frame.published[5:7] in TURN_OF_YEAR  # a report on the whole year dates its levels without saying so
    reviewed = frame.explicit and not frame.granted
    if chosen is None and running is None and not (reviewed and (closing or not standing)):
        found.flags.add("period_inferred")


def _is_guess(part: Part, found: Draft, chosen: Mention | None) -> bool:
    """Whether the period that words name may well be another figure's: one of an earlier sentence that is not the
    report's own, a "nay" that is read as the period of the whole report, or years that are only counted back."""
    own = found.period == part.frame.period
    if chosen is None:
        return not own
    return chosen.role == "yearspast" or (own and chosen.role == "now" and chosen in part.periods)


def _of_wider_place(part: Part, found: Draft) -> Draft | None:
    """The figure of the whole that those of its parts go on with, and their period: "Hết tháng 10, toàn tỉnh đạt
    95,1%.\\n Huyện A đạt 99,1%, huyện B 98,6%"."""
    where = found.place
    inside = where is not None and where.role in ("named", "bare") and where.level != part.frame.level
    if not inside or part.memory.paragraph.now:
        return None
    alike = [d for d in part.memory.drafts[-12:] if d.indicator == found.indicator and d.rule != "base_bracket"]
    wider = [d for d in alike if d.place is None or d.place.level != where.level]
    if not wider or not wider[-1].explicit or wider[-1].status != "actual" or wider[-1].base:
        return None
    # not the one of "cùng kỳ năm trước tỷ lệ này là 87,1%", told last
    return max(wider[:-3:-1], key=lambda d: d.period[:4] if d.explicit and d.status == "actual" else "")


def _ahead(part: Part, chosen: Mention) -> bool:
    """Whether a mention means the end of a year that the report was too early to have seen."""
    published = part.frame.published
    closing = part.frame.span  # a congress closes its term in the middle of the last year
    if closing or chosen.period != published[:4] or not "01" <= published[5:7] <= "09":
        return False
    before = part.folded[max(0, chosen.start - 10) : chosen.start] if chosen in part.periods else ""
    return bool(_YEAR_END.search(before + chosen.words))


def _published_midyear(part: Part) -> bool:
    """Whether the report on a whole year (or its end) came out in the middle of it."""
    period, published = part.frame.period, part.frame.published
    this_year = period == published[:4] or period[5:9] == published[:4]
    return "04" <= published[5:7] <= "10" and this_year and len(published) >= 7


def _surroundings(part: Part, found: Draft) -> _Surroundings:
    folded, at, end = part.folded, found.quantity.start, found.quantity.end
    flow = part.catalogue[found.indicator].kind == "flow"
    usable = [m for m in part.periods if m.role not in _ASIDE and (flow or m.role != "yearspast")]
    beside = _COUNT_BESIDE.match(folded, end)
    after = beside.end() if beside else end
    # "12 xã đã hoàn thành 19/19 tiêu chí năm 2023": what stands within the words of the figure is not the next one
    after_words = max(after, found.end) if found.unit == "communes" else after
    next_start = min((q.start for q in part.quantities if q.start >= after_words), default=len(folded))
    if not usable:
        return _Surroundings(usable, usable, usable, usable, next_start)
    inside = in_bracket(folded, at)
    outside = usable if inside else [
        m for m in usable
        if not in_bracket(folded, m.start) or _YEARS_OPEN.search(folded, 0, m.start) or _set_between(folded, found, m)
        or _heads_clause(part, m)
    ]  # fmt: skip
    before = [m for m in outside if m.end <= at + 1 and m.start not in part.spent and m.role not in _NO_DATE]
    if found.rule in ("district_standard", "named_communes") and not before:
        before = [m for m in usable if found.start <= m.start < found.end and m.role in _NAMED]
    return _Surroundings(usable, outside, before, _behind(folded, found, usable, next_start), next_start)


def _heads_clause(part: Part, mention: Mention) -> bool:
    """Whether a bracket before all figures holds a period alone: "Khi bắt tay xây dựng nông thôn mới (năm 2011), …"."""
    folded = part.folded
    if mention.role not in (*_NAMED, "term") or any(q.start < mention.end for q in part.quantities):
        return False
    if TERM_OPENS.search(folded, 0, mention.start):  # "đầu nhiệm kỳ (cuối năm 2015) huyện có …"
        return folded.startswith(")", mention.end)
    if not folded.startswith(("), ", "): ", ") ước", ") đạt"), mention.end):
        return False
    return bool(_ALONE_BEFORE.search(folded, 0, mention.start))


def _set_between(folded: str, found: Draft, mention: Mention) -> bool:
    """Whether a bracket between label and figure holds a period alone: "số xã đạt chuẩn (đến hết tháng 6) là 6"."""
    if not found.start < mention.start < found.quantity.start or mention.role not in _NAMED:
        return False
    return bool(_ALONE_BEFORE.search(folded, 0, mention.start)) and bool(_ALONE_BEHIND.match(folded, mention.end))


def _behind(folded: str, found: Draft, usable: list[Mention], next_start: int) -> list[Mention]:
    """Periods right behind a figure, or right behind the words that it belongs to."""
    at, end = found.quantity.start, found.quantity.end
    behind = []
    for mention in usable:
        if not end <= mention.start < next_start or mention.role in ("base", "publication"):
            continue
        if _opens_next(folded, end, mention):
            continue
        if not _BEHIND_GAP.fullmatch(folded[end : mention.start]):
            continue
        opened = in_bracket(folded, mention.start) and not in_bracket(folded, at)
        if not opened or folded[mention.end :].lstrip().startswith(")"):
            behind.append(mention)
    if behind or found.end <= end:
        return behind
    reach = found.end + (20 if folded.startswith(" (", found.end) else 12)  # "(tính đến cuối năm 2017)"
    return [
        m for m in usable
        if m.role != "base" and end <= m.start < min(reach, next_start)
        and not re.search(r",| và | thì ", folded[found.end : m.start]) and not _opens_next(folded, found.end, m)
        and (not _TOLD_OF.match(folded, m.end) or not in_bracket(folded, m.start) or in_bracket(folded, at))
    ]  # fmt: skip


def _opens_next(folded: str, end: int, mention: Mention) -> bool:
    """Whether a period behind a figure is that of what comes next: "thêm 3 xã và 2018 hoàn thành 2 xã", "đầu năm là
    6.056 hộ đến cuối năm giảm xuống còn 4.980 hộ"."""
    if folded.startswith("đến ", mention.start) and _THEN_FALLS.match(folded, mention.end):
        return True
    joined = folded.startswith("và ", mention.start) or folded.endswith(" và ", end, mention.start)
    return joined and not _CLAUSE_ENDS.match(folded, mention.end)


def _first_of_two(part: Part, found: Draft, around: _Surroundings) -> bool:
    """Whether a figure is the earlier of two levels: "giảm từ 13,25% xuống còn 9,57%"."""
    if around.behind or found.rule.startswith(("change", "growth")):
        return False
    if found.value_max is not None or found.qualifier in ("<=", ">="):
        return False
    if _AND_MORE.match(part.folded, found.quantity.end):
        return False
    return _opens_pair(part, found) and bool(_SECOND_LEVEL.search(part.folded, found.quantity.end))


def _opens_pair(part: Part, found: Draft) -> bool:
    """Whether "từ" stands before a figure, so that a second one may follow: "từ 13,25% … xuống còn 9,57%"."""
    at = found.quantity.start
    return bool(TWO_LEVELS.search(part.folded[max(0, at - 48) : at]))


def _chosen(part: Part, found: Draft, around: _Surroundings) -> Mention | None:
    """The mention in the sentence that dates a figure, or None."""
    folded, end = part.folded, found.quantity.end
    if around.behind and around.behind[0].role == "weak" and any(m.role in _NAMED for m in around.before):
        return around.before[-1]  # "Năm 2017, … đạt chuẩn trong năm"
    if around.behind:
        part.spent.add(around.behind[0].start)
        return around.behind[0]
    if found.base:
        later = [m for m in around.usable if m.start >= end][:1]
        compared = later and re.search(r"so với\s*$|từ\s*$", folded[max(0, later[0].start - 8) : later[0].start])
        return later[0] if compared else None
    if around.before:
        return _of_before(part, found, around.before)
    trailing = [
        m for m in around.outside
        if end <= m.start < around.next_start and m.role in _NAMED
        and (around.next_start == len(folded) or "," not in folded[end : m.start])
        and not _NEXT_VERB.search(folded[end : m.start]) and not _INTENTION.search(folded[end : m.start])
        and not _opens_next(folded, end, m)
    ]  # fmt: skip
    if trailing and not _OTHERS.search(folded[max(0, trailing[0].start - 12) : trailing[0].start]):
        return trailing[0]
    last = around.usable[-1] if around.usable else None
    closing = last and _CLOSES.fullmatch(folded, last.end) and _ALONE_BEFORE.search(folded, 0, last.start)
    if closing and last.role in _NAMED and not around.before and not in_bracket(folded, found.quantity.start):
        return last  # "… đạt 16,8 tiêu chí (số liệu rà soát đến tháng 9/2019)."
    spent = [m for m in part.periods if m.start in part.spent and m.end <= found.quantity.start]
    of_targets = spent and folded.endswith(("chỉ tiêu ", "chỉ tiêu của "), 0, spent[-1].start)
    if spent and (of_targets or _BY_WHICH.match(folded, spent[-1].end)):
        return spent[-1]  # "giảm 655 hộ trong năm 2018, đưa số hộ nghèo còn 1.812 hộ", "17/19 chỉ tiêu năm 2017, …"
    named = [m for m in around.usable if m.start >= end and m.role in _NAMED]
    found_by = [m for m in named if _FOUND_BY.search(folded, end, m.start)]
    if found_by:
        return found_by[-1]  # "1.862 hộ nghèo, 2.715 hộ cận nghèo theo kết quả rà soát năm 2018"
    later = [m for m in part.periods if m.start >= end and m.role in (*_NAMED, "now")]
    if later and _ALONGSIDE.match(folded, 0, found.quantity.start) and not part.memory.thought.periods:
        return later[0]  # "Ngoài 2.710 hộ cận nghèo, cuối năm 2018 toàn huyện còn 1.890 hộ nghèo"
    # a span in the middle of an earlier clause is that of its own words: "xóa hộ nghèo giai đoạn 2016-2020"
    earlier = [
        m for m in part.memory.thought.periods if m.role != "publication" and (m.role != "term" or m.start < 30)
    ]
    if part.catalogue[found.indicator].kind == "rate" and part.frame.explicit and _reviews_year(part.frame):
        earlier = [m for m in earlier if not m.until]  # "thu ngân sách đến 30/11 đạt …; tỷ lệ hộ nghèo là 0,24%"
    chosen = part.memory.thought.chosen  # "năm 2023 … hiện còn 20.222 hộ nghèo; 8.658 hộ cận nghèo"
    if len(earlier) > 1 and earlier[-1].role == "now" and chosen is earlier[-2]:
        return chosen
    return earlier[-1] if earlier else None


def _reviews_year(frame: Frame) -> bool:
    """Whether a report at the turn of the year is about the whole of it."""
    return len(frame.period) == 4 and frame.published[5:7] in TURN_OF_YEAR


def _of_before(part: Part, found: Draft, before: list[Mention]) -> Mention:
    """The last period before a figure; the one before it when the last is a mere "đến nay" or the term of office."""
    entry, last = part.catalogue[found.indicator], before[-1]
    earlier = before[-2] if len(before) > 1 else None
    if earlier is None:
        return last
    if last.role == "now" and earlier.role in _NAMED:
        told = any(earlier.end <= q.start < last.start for q in part.quantities)  # by another figure, of that year
        surveyed = not told and _SURVEY.search(part.folded[max(0, earlier.start - 60) : earlier.start])
        if surveyed or (earlier.period == part.frame.period and entry.kind == "flow"):
            return earlier
    if last.role == "weak" and earlier.role in _NAMED and not (earlier.role == "month" and entry.kind == "flow"):
        return earlier
    close = earlier.role in ("plain", "until") and last.start - earlier.end < 60
    moving = found.indicator == "growth_rate" or found.indicator in part.catalogue.changes
    return earlier if last.role == "term" and entry.kind != "flow" and not moving and close else last


def _date_base(part: Part, found: Draft) -> None:
    """The earlier of two levels without a period of its own: the start of the term, or the year before."""
    frame = part.frame
    found.period = part.memory.thought.pair[0]
    own = [m for m in part.periods if m.start <= found.quantity.start]
    spans = [m.period for m in (*part.memory.thought.periods, *own) if m.role == "term"]
    if not found.period and spans:
        found.period = spans[-1][:4]  # "trong giai đoạn 2014 - 2018 giảm từ 10,37% xuống còn 9,8%"
    running = part.memory.running_period(frame)
    if not found.period:
        if frame.term and running in ("", frame.term, frame.term[5:9]):
            found.period = frame.term[:4]
            found.flags.add("period_inferred")
        elif len(running) == 4:
            found.period = str(int(running) - 1)  # "giảm từ 9,27% xuống còn": the year before, unless it says otherwise
            found.flags.add("period_inferred")
    if not found.period:
        found.flags.add("period_inferred")


def doubt(part: Part, found: Draft) -> None:
    """Flag what its own sentence does not date and what goes on in the course of a year: a flow of the whole year in a
    report that came out in it, and how many communes or products there are so far."""
    published, reported, entry = part.frame.published, part.frame.period, part.catalogue[found.indicator]
    if entry.of_plan and "-" in reported and found.period == reported[:4] == published[:4]:
        found.period = reported  # the plan is that of the year, what was spent of it is not
    told = part.frame.dated and found.status in ("actual", "estimate") and "/" not in found.period
    if told and found.period[:4] > str(int(published[:4]) + 1):  # a result of years that nobody has seen
        found.period = published[:4] + found.period[4:] if "-" in found.period else reported
        found.flags.add("period_inferred")
    current, month = found.period == published[:4], published[5:7]
    begun = current and month in ("01", "02") and reported == part.frame.year_before
    if begun and entry.kind != "flow" and not found.explicit:
        found.period, current = reported, False  # of the year that has just begun nothing is known yet
        found.flags.add("period_inferred")
    in_course = current and "02" <= month <= "10"
    grows = entry.kind != "flow" and entry.unit in (*COUNTED, "yes")
    midyear = current and "03" < month < "11"
    if grows and midyear and _RAISED_TO.search(part.folded, max(0, found.start - 45), found.quantity.start):
        found.period = published[:7]  # "nâng tổng số sản phẩm OCOP lên 34 sản phẩm", in August
        found.flags.add("period_inferred")
    aside = found.place is not None and found.place.name != part.frame.place
    if not found.explicit and (grows or aside or (entry.kind == "flow" and in_course)):
        found.flags.add("period_inferred")


def date_back(part: Part, drafts: list[Draft]) -> None:
    """Date the levels of a sentence by the date that closes it: "…; hộ cận nghèo 5,57%, tính đến cuối năm 2023"."""
    last = part.periods[-1] if part.periods and drafts else None
    if last is None or last.role not in _NAMED:
        return
    if _ahead(part, last) and not any(draft.status == "target" for draft in drafts):
        return  # "… hiện đang lập hồ sơ xét công nhận vào cuối năm 2018", in September
    before, rest = part.folded[: last.start], part.folded[last.end :].strip(" .;…")
    counted = _SURVEYED.search(before) and rest in ("", ")")
    if not counted and (rest or not _AT_END.search(before)):
        return
    planned = all(draft.status == "target" for draft in drafts)
    if not planned and any(draft.status not in ("actual", "estimate") for draft in drafts):
        return
    for draft in (*part.memory.thought.drafts, *drafts):
        level = part.catalogue[draft.indicator].kind != "flow" and draft.indicator not in part.catalogue.changes
        loose = not draft.explicit or (draft.now >= 0 and counted)
        if level and loose and (draft.status == "target") == planned and draft.status != "proposed" and not draft.base:
            draft.period, draft.explicit = last.period, True
            draft.flags.discard("period_inferred")
