"""Which place a figure is about: the place named nearest, unless it is only where something happens.

Finding the places that a sentence names is left to `mentions`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from analysis.context.frame import WITHIN, PlaceMention
from analysis.context.mentions import CAPITAL, SO_MANY_ARE
from analysis.sentences.drafts import LIES_IN, Draft, gap_cost
from analysis.sentences.parts import LOCAL, Part, in_bracket, is_address
from analysis.sentences.place_lists import owner_behind
from analysis.sentences.remembering import speaks

# behind the figure: "5,2% ở xã X"
_BEHIND = re.compile(r"(?:của|ở|tại|trên địa bàn|thuộc|trong|cho|là)\s*$")
_FROM_LEVEL = re.compile(r"(?:^|\W)từ (?:mức |chỗ )?[^,;.\d]{0,40}\Z")
_THEN_LESS = re.compile(r"\b(?:còn|xuống)\b")
_DOES = re.compile(r" (?:đã|có|hiện|đặt|phấn đấu|còn|đạt) ")  # behind a subject
_OF_WIDER = re.compile(r"\s*(?:chung )?của (?:toàn |cả )?")
# a commune that is only where something happens: "tại xã X", "điển hình là xã X"
_SITE = re.compile(
    r"(?:tại|ở|phấn đấu|xây dựng|đưa|công nhận|hỗ trợ|như|(?<!\w )nhất là|điển hình(?: là)?|tiêu biểu(?: là)?|đồng chí"
    r"|ông|bà|từ|đến|qua|nối)\s*$"
)
_RANKED_IN = re.compile(
    r"đóng góp [^,;.\d]{0,40} $"
    r"|(?:dẫn đầu|đứng đầu|hàng đầu|nhóm đầu|tốp đầu|(?:cao|thấp|nhiều) nhất)(?: của| trong)?(?: (?:cả|toàn) tỉnh,)? $"
)
_MEASURED_BY = re.compile(
    r"(?:thấp|cao|ít|nhiều|khá) hơn[^,;.\d]{0,30} (?:mức|bình quân|mặt bằng)[^,;.\d]{0,16} (?:của|cả|toàn)\W?\w*\Z"
)
# one figure for all places of a list: "ở cả hai huyện A, B"
_ALL_OF = re.compile(r"(?:các|hai|ba|bốn|cả)\s*$|(?:các|hai|ba|bốn|\d) (?:xã|huyện)\s*$")
_SO_MANY = re.compile(rf"{SO_MANY_ARE}\Z")
# each place of a list has the figure: "huyện A, huyện B mỗi huyện có 3 xã"
_EACH = re.compile(r"\W*(?:mỗi (?:huyện|xã|địa phương|nơi)|cùng|đều)(?: có| đạt| được| ở mức| còn| ở)*\s*")
_OF_ALL = re.compile(
    r"(?<!một )số (?:xã|hộ|hộ dân|dân|người dân|trường|trường học)(?:, thị trấn)? của \Z"
    r"|\d (?:lao động|người lao động|người dân|hộ dân|sản phẩm) của \Z"
)
_JOINT = re.compile(r"\s*(?:,|và|;)\s*(?:và\s*)?(?:huyện |xã )?")
# the same, with the province of the first: "huyện A, tỉnh X và huyện B (tỉnh Y)"
_JOINT_APART = re.compile(r"(?:(?:,| của) (?:tỉnh|thành phố) [^,;.()\d]{2,20}| \([^()\d]{3,25}\))(?:,| và) ")
_BRACKETED = re.compile(r"\s*\((?:ở |tại )?")  # from a figure to its place: "14,1% (xã X)"
# whose line, standard or policy it is: "hộ nghèo theo chuẩn … của TPHCM", "thực hiện đề án … của tỉnh"
_OF_STANDARD = re.compile(
    r"(?:(?<!đạt )chuẩn|tiêu chí|đề án|chương trình|chính sách|chủ trương|quyết định|đoàn công tác|đoàn thẩm định"
    r"|hội đồng)[^,;.]{0,50} của\s*$"
)
_OF_ITS_HOUSEHOLDS = re.compile(r" (?:tổng )?số hộ(?: dân)?(?: của)? ")
_COMES_AFTER = re.compile(r"(?<!\w)sau (?:các |hai |ba |hai huyện |các huyện )?\Z")
# between the words of a recognition and the districts that it is for
_ARE = re.compile(r"\s*(?:là|gồm|:|gồm:|gồm có:?)(?: các)?\s*")
_SO_MANY_ARE = re.compile(r"[^.;]{0,60}: \d+(?:/\d+)? (?:đơn vị|huyện)[^.;]{0,20}(?:gồm|là)(?: có)? ")
_TOGETHER_WITH = re.compile(r"(?:,| và| cùng)(?: với)? (?:các )?")
_ONE_MORE = re.compile(rf"(?:,| và) [{CAPITAL}]")
_ALL_THERE = re.compile(r"(?:đạt chuẩn|về đích|công nhận)[^,;]*(?:nông thôn mới|ntm)[^,;]*, ")
_RATES = ("percent", "percentage_points", "million_vnd_per_year", "criteria")
_SEPARATELY = re.compile(r"\b(?:đều|cùng|mỗi (?!năm)|từng|lần lượt)\b")
_NUMBERED = re.compile(r"\b(?:hai|ba|bốn|năm|sáu|\d) $")  # "ba huyện A, B và C xóa được 438 nhà": together
_BOTH_AGAIN = re.compile(r"\b(?:hai|2|02|ba|3|03) (?:huyện|xã|thị xã|địa phương)(?: này| trên| nói trên| 30a)?(?= |,)")
# what may stand before and behind a place that is a heading, and a heading that is none
_HEADS = re.compile(r"\W*(?:(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/-]\s*|\d{1,2}(?:\.\d{1,2})+ )?")
_HEADED = re.compile(r"(?:,? (?:huyện|thị xã|tỉnh) [^,.:;\d]{3,25})?\s*(?:\([^()]{2,30}\))?\s*[:.]?\s*")
_NEXT_CHAPTER = re.compile(rf"\W*[IVX]{{1,4}}\s*[.)/-]|[{CAPITAL}\W\d_]{{6,80}}$")
# a sentence that goes on with the place of the one before it, and one that has a subject of its own
_ON_SAME = re.compile(r"\W*(?:trong đó|trong số (?:đó|này)|có|còn|ngoài ra)\b")
_ITSELF_DOES = re.compile(
    r"(?:^|[,;:] ?)[\W_]*(?:toàn |cả )?(?:(?P<district>huyện|thị xã|thành phố|quận)|tỉnh) (?:có|đã|còn|hiện|sẽ"
    r"|đề|phấn|đặt|giải|đào"
    r"|tạo|giảm|thu|mở|huy|hỗ|triển"
    r"|đạt|được|tiếp|xây|tổ|đưa|chỉ|dự|ước|quyết|cũng)\b"
)
_OF_COMMUNE = re.compile(r"\b(?:xã(?! hội)|phường|thị trấn|thôn|bản|ấp|làng|buôn)\b")
_SETS_TASK = re.compile(r" (?:đã )?giao\b(?! (?:thông|lưu|dịch|đất))")  # "chỉ tiêu tỉnh X giao cho huyện là 75 người"
_OWN_SUBJECT = re.compile(r"\b(?:huyện|xã|thị xã|thành phố|quận|địa phương|tỉnh|nơi)\b")


def chapter_place(part: Part, chapter: PlaceMention | None) -> PlaceMention | None:
    """The place that a line names and nothing else ("1. Xã X", "* Huyện Y (cũ):"): what stands under it is about it.

    Another heading of the kind ends it, as does one in Roman numbers or capitals that names none.
    """
    alone = [m for m in part.places if m.role == "named" and _HEADS.fullmatch(part.folded, 0, m.start)]
    if alone and _HEADED.fullmatch(part.folded, alone[0].end):
        return alone[0]
    return None if _NEXT_CHAPTER.match(part.text) else chapter


def place(part: Part, found: Draft) -> None:
    """Fill in the place of a draft (none: the place that the report is about)."""
    if found.rule == "joint" and found.place is not None:
        return
    if found.owner is not None:
        owner = found.owner
        found.place, found.places, found.together = owner.place, owner.places, owner.together
    elif found.rule in ("slash_own", "ordinal"):
        return
    elif found.rule == "slash_province":
        province = part.known.places.province_name(part.frame.province)
        found.place = PlaceMention(0, 0, province, "province", "", "generic")
    elif found.rule == "named_communes" and found.place is None:
        named = [m for m in part.places if m.level == "district" and m.role == "named" and m.end <= found.end]
        inside = [m for m in named if m.start > found.start]  # "xã X, huyện Y đạt chuẩn"
        home = part.frame.home if part.frame.inferred else None  # a commune counts as one of its district
        if part.frame.level == "province" and part.memory.province is None:
            home = part.memory.last_district or home  # the one that the text speaks of
        found.place = inside[0] if inside else named[-1] if named else home
    elif found.indicator == "ntm_district":
        _place_district(part, found)
    elif found.rule != "named_communes":
        _place_figure(part, found)


def _place_district(part: Part, found: Draft) -> None:
    """The district(s) named around "đạt chuẩn huyện nông thôn mới"."""
    districts = [m for m in part.places if m.level == "district"]
    if districts and _COMES_AFTER.search(part.folded, 0, districts[0].start) and len(districts) > districts[0].listed:
        districts = districts[districts[0].listed :]  # "Sau các thành phố A, B và C, huyện D là …": only D
    near = [
        m for m in districts
        if m.end > found.start - 60 and m.role in ("named", "bare", "organ")
    ]  # fmt: skip
    near = [m for m in near if m.role != "organ"] or near
    earlier = [m for m in districts if m.role == "named" and m.end <= found.end]
    behind = [m for m in districts if m.start >= found.end]
    if behind and _SO_MANY_ARE.fullmatch(part.folded, found.end, behind[0].start):
        found.places = tuple(behind)  # "…: 6/9 đơn vị, gồm thành phố A và 5 huyện B, C, D, E, F"
    elif behind and _ARE.fullmatch(part.folded[found.end : behind[0].start]):  # "… là huyện A, thị xã B và thành phố C"
        found.places = tuple(_runs(part.folded, behind)[0])
    elif own := [m for m in near if m.listed and found.start <= m.start < found.end]:
        found.places = tuple(next(run for run in _lists(districts) if own[0] in run))
    elif near and near[0].listed and not _COMES_AFTER.search(part.folded, 0, near[0].start):
        found.places = tuple(next(run for run in _lists(districts) if near[0] in run))
    elif not near and earlier and earlier[-1].listed:
        found.places = tuple(m for m in earlier if m.listed == earlier[-1].listed)
    elif len(earlier) > 1 and (
        re.search(r"cùng|đều|hai huyện", part.folded[found.start : found.end])
        or all(_JOINT_APART.fullmatch(part.folded, a.end, b.start) for a, b in itertools.pairwise(earlier))
    ):
        found.places = tuple(earlier)
    if not near and part.frame.level != "district":
        near = earlier  # "thành phố X đã hoàn thành … và đang đề nghị … công nhận là thành phố đạt chuẩn nông thôn mới"
    # "huyện A đạt chuẩn … và thành phố B hoàn thành …": not the one behind
    within = [m for m in near if found.start <= m.start < found.end]
    found.place = (within or near)[-1] if near else None
    if found.place is None and (not part.frame.place or part.frame.level == "commune"):
        found.place = part.memory.last_district or part.known.places.district


def _place_figure(part: Part, found: Draft) -> None:
    """The place named nearest before the figure, else right behind it, else that of the sentence so far."""
    folded, at = part.folded, found.quantity.start
    inside = found.bracketed = in_bracket(folded, at)
    before = [
        m for m in part.places
        if m.end <= at and not _sets_standard(folded, m) and (inside or not in_bracket(folded, m.start))
    ]  # fmt: skip
    before = [m for m in before if m.role != "generic" or not _in_apposition(folded, m)]
    before = [m for m in before if not is_address(folded, m, before) and not _only_ranks(folded, m)]
    before = [m for m in before if (inside or not _is_compared(folded, m)) and not _SETS_TASK.match(folded, m.end)]
    speaking = {m.end for m in before if m.level == "commune" and m.role == "organ"}
    # "Chủ tịch UBND xã X, huyện Y, cho biết": where it lies
    before = [m for m in before if m.level != "district" or m.start - 2 not in speaking]
    if part.frame.level == "commune":  # "xã X, huyện Y phấn đấu …" in a report on the commune
        home = [m.end for m in before if m.name == part.frame.place]
        before = [m for m in before if m.level != "district" or m.start - 2 not in home]
    wider = _OF_WIDER.match(folded, found.quantity.end)  # "thấp hơn mức 33,8% của toàn tỉnh Quảng Nam"
    near = wider.end() if wider and found.rule == "once_more" else found.quantity.end + 1
    counted = _OF_ITS_HOUSEHOLDS.match(folded, found.quantity.end)  # "chiếm 12,5% số hộ toàn tỉnh"
    near = max(near, counted.end() if counted else 0)
    whole = [m for m in part.places if m.name and found.quantity.end <= m.start <= near]
    whole = [m for m in whole if m.role == "generic" or wider]
    if whole:  # "80 trong số 98 xã của tỉnh"
        found.place = whole[0]
        return
    owner = owner_behind(part, found.quantity)
    if owner is not None:
        found.place = owner
        return
    bracketed = [m for m in part.places if _BRACKETED.fullmatch(folded, found.quantity.end, m.start)]
    own = [m for m in part.places if m.role == "named" and LIES_IN.fullmatch(folded, found.quantity.end, m.start)]
    alone = own and not own[0].listed and not _ONE_MORE.match(part.text, own[0].end)  # not "ở xã X và Y"
    if alone and own[0].level in LOCAL:  # "thấp nhất 3% ở xã X", "08 xã thuộc huyện Y"
        found.place = own[0]
        return
    closed = bracketed and folded.startswith(")", bracketed[0].end)
    if closed and found.unit != "communes":  # "14,1% (xã X), 7,06% (xã Y)"
        found.place = bracketed[0]
        return
    direct = _direct(folded, before, found)
    if direct and not (direct[-1].listed and _joint(folded, [m for m in before if m.listed == direct[-1].listed])):
        chosen = direct[-1]
    elif before and (before[-1].role != "organ" or before[-1].level != "commune"):
        chosen = _nearest(part, found, before)
    elif before and speaks(part.folded, before[-1]):
        chosen = before[-1]
    else:
        behind = _behind(part, found)
        chosen = behind[0] if behind else None
    if chosen is None and not before and found.quantity.value_max is None and _is_first_level(folded, at):
        later = next((m for m in part.places if m.start > at and m.role == "named"), None)
        chosen = None if later and "trong đó" in folded[at : later.start] else later
    run = _runs(folded, before)[-1] if before else []
    joined = _with_parts(folded, before, run)
    if joined is not None:
        chosen, found.places = joined, ()
    elif len(run) > 1 and _EACH.fullmatch(folded[run[-1].end : at]):
        found.places = tuple(run)
    if _BOTH_AGAIN.search(folded, 0, at) and not len(run) > 1:
        both = "tổng cộng" in folded[:at]  # "hai thị xã thu ngân sách tổng cộng 2.860 tỷ đồng"
        earlier = (d for d in reversed(part.memory.drafts[-8:]) if d.together or (both and len(d.places) > 1))
        found.places = next((d.places for d in earlier), ())
        found.together = bool(found.places)
    if chosen is None and not before:
        chosen = _earlier(part, found)
    if chosen is not None and not _allowed(part, found, chosen, direct):
        chosen = None
    if chosen is not None and chosen.level == "commune" and found.indicator == "ntm_criteria_per_commune":
        averaged = re.search("bình quân|tiêu chí/xã", folded[found.start : found.end + 4])
        chosen = None if averaged and chosen not in part.places else chosen  # an average is that of the district
    host = part.memory.paragraph.host
    if host is not None and (chosen is None or (chosen.role == "generic" and chosen.level == "district")):
        chosen = host  # "Lãnh đạo huyện X cho biết: … Toàn huyện có 18 xã", on a page about its visitors
    if found.unit == "communes" and part.frame.level == "commune":
        around = [m for m in before if m.level in ("district", "province")]
        home = part.frame.home or part.memory.last_district
        chosen = chosen or (around[-1] if around else home)  # a commune has none within it
    found.place = chosen


def _sets_standard(folded: str, mention: PlaceMention) -> bool:
    """Whether a place is only named as the one whose line or standard is applied."""
    own = "của" if folded.startswith("của ", mention.start) else ""
    return bool(_OF_STANDARD.search(folded[max(0, mention.start - 70) : mention.start] + own))


def _with_parts(folded: str, before: list[PlaceMention], run: list[PlaceMention]) -> PlaceMention | None:
    """The district that is named together with communes of it: "Mặt trận huyện X, các xã A, B đã bàn giao 6 nhà"."""
    communes = list(itertools.takewhile(lambda m: m.level == "commune", reversed(before)))
    if not communes or communes[-1].listed < 2 or communes[0] not in run:
        return None
    first = communes[-1].start
    wider = [m for m in before if m.level == "district" and m.role in ("named", "organ") and m.end <= first]
    return wider[-1] if wider and _TOGETHER_WITH.fullmatch(folded, wider[-1].end, first) else None


def _in_apposition(folded: str, mention: PlaceMention) -> bool:
    """Whether a place stands between dashes behind a subject: "X - vựa lúa của tỉnh - đã có 38/38 xã"."""
    opened, closed = folded.rfind(" - ", 0, mention.start), folded.find(" - ", mention.end)
    return 0 < opened < closed < opened + 70 and not re.search(r"[,;:.\d]", folded[opened:closed])


def _is_first_level(folded: str, at: int) -> bool:
    """Whether the figure at a position is the level from which it fell: "Từ chỗ có tỷ lệ hộ nghèo 15,8% …, xã X chỉ
    còn 4,1%"."""
    return bool(_FROM_LEVEL.search(folded, 0, at) and _THEN_LESS.search(folded, at))


def _only_ranks(folded: str, mention: PlaceMention) -> bool:
    """Whether a place is only what another is ranked in or behind: "huyện dẫn đầu cả tỉnh (78,6%)", "sau TP. X"."""
    if folded.endswith(("đứng sau ", "xếp sau ", "thành lập "), 0, mention.start):
        return True
    return mention.level not in LOCAL and bool(_RANKED_IN.search(folded[max(0, mention.start - 30) : mention.start]))


def _is_compared(folded: str, mention: PlaceMention) -> bool:
    """Whether a place is what another is measured by: "thấp hơn mức chung của cả nước, chỉ còn 2,31%"."""
    return folded[mention.end : mention.end + 1] == "," and bool(_MEASURED_BY.search(folded, 0, mention.start + 5))


def _direct(folded: str, before: list[PlaceMention], found: Draft) -> list[PlaceMention]:
    """Places between label and figure, or right before the figure: "tỷ lệ hộ nghèo của xã X còn 5,2%"."""
    at, label = found.quantity.start, found.label
    return [
        m for m in before
        if m.role != "organ" and (label is None or m.start >= label.start) and gap_cost(folded[m.end : at]) <= 2
        and not (m.level == "province" and _locates(folded, m, before, at))
    ]  # fmt: skip


def _locates(folded: str, province: PlaceMention, places: list[PlaceMention], at: int) -> bool:
    """Whether a province only says where the place before it lies: "thị xã X, tỉnh Y có …", "… của tỉnh Y, hiện …"."""
    homes = [m for m in places if m.end < province.start and m.level in LOCAL]
    return bool(homes) and (folded[homes[-1].end : province.start] == ", " or "," in folded[province.end : at])


def _behind(part: Part, found: Draft) -> list[PlaceMention]:
    folded = part.folded
    named = ("là ", ": ", "gồm ") if found.unit == "communes" else ()  # "1 xã là X": no province of that name
    return [
        m for m in part.places
        if m.start >= found.quantity.end and m.start - found.end < 45
        and not (m.role == "bare" and m.level == "province" and folded.endswith(named, 0, m.start))
        and _BEHIND.search(folded[max(0, m.start - 14) : m.start])
        and not re.search(r"[;.]|, ", folded[found.end : m.start])
        and not any(found.quantity.end <= q.start < m.start and q.unit == found.quantity.unit for q in part.quantities)
    ]  # fmt: skip


def _nearest(part: Part, found: Draft, before: list[PlaceMention]) -> PlaceMention | None:
    """The last place before the figure, passing over the province of an address and, if it can, organs."""
    folded, frame, at = part.folded, part.frame, found.quantity.start
    local = [
        m for m in before
        if not (m.level == "province" and m.role in ("named", "organ") and frame.level in LOCAL)
        or _is_whole(folded, m)
    ]  # fmt: skip
    chosen = local[-1] if local else before[-1]
    if chosen.role == "organ":
        others = [m for m in before if m.role != "organ"]
        chosen = others[-1] if others else chosen
    if chosen.listed:
        run = [m for m in before if m.listed == chosen.listed]
        if len(run) == chosen.listed and _joint(folded, run):
            found.places = tuple(run)
            counted = _NUMBERED.search(folded, 0, run[0].start) and not _SEPARATELY.search(folded, run[0].start)
            summed = counted or re.search(r"tổng|cộng|chung", folded[:at])
            summed = bool(summed) and found.unit not in _RATES
            # no two places have the same rate to the decimals: "hai huyện A và B, tỷ lệ hộ nghèo giảm 33,3%"
            shared = found.unit in _RATES and found.value % 1 and found.qualifier == "="
            found.together = summed or bool(shared and not _SEPARATELY.search(folded, run[0].start))
        elif chosen.level == "commune" != frame.level and _counts_communes(found):
            return None
    if chosen.level == "commune" and frame.level == "district":
        if chosen.listed > 1 and _ALL_THERE.search(folded, chosen.end, at):
            return None  # "xã X, Y đạt chuẩn nông thôn mới, thu nhập bình quân đầu người 41 triệu đồng"
        far = chosen.start > 12 and gap_cost(folded[chosen.end : at]) > 6
        told = any(d.place is not None and d.place.name == chosen.name for d in part.drafts if d.quantity.end <= at)
        if _mere_site(folded, chosen) or (far and not told and not _goes_on_about(part, chosen)):
            return None
    return chosen


def _goes_on_about(part: Part, commune: PlaceMention) -> bool:
    """Whether the figures before in the part are the commune's: "thu nhập của xã đạt 37,5 triệu đồng, hộ nghèo …"."""
    said = part.memory.paragraph.subject
    return said is not None and said.level == "commune" and commune.role == "generic"


def _counts_communes(found: Draft) -> bool:
    return found.quantity.unit == "communes" or found.indicator.startswith("ntm_")


def _earlier(part: Part, found: Draft) -> PlaceMention | None:
    """The place that earlier parts are about, where this one names none."""
    frame, memory = part.frame, part.memory
    named = [m for m in memory.thought.places if m.role in ("named", "bare") and m.level in ("district", "province")]
    whole = next((m for m in memory.thought.places if m.role == "generic" and m.level == "province"), None)
    if whole is not None and whole.name and len(named) > 1 and memory.thought.places[0] is whole:
        found.flags.add("scope_inferred")
        return whole  # "toàn tỉnh có 4 huyện đạt chuẩn là A, B, C và D; 112 xã đạt chuẩn"
    subject = memory.paragraph.subject
    chosen = None
    said = next((d for d in reversed(memory.thought.drafts) if not d.bracketed), None)
    last = said.place if said else None
    goes_on = last is not None and last.role == "generic" and last.name != "cả nước"
    if last is not None and last.level == "commune" and not last.listed:
        # "thu nhập của xã X đạt 39 triệu đồng; tỷ lệ hộ nghèo còn 2,5%"
        goes_on |= frame.inferred or not (_counts_communes(said) or _counts_communes(found))
    if last is not None and last.level == "province" and frame.level in LOCAL and not _OWN_SUBJECT.search(part.folded):
        return replace(last, role="generic")  # "tỉnh X đã có 55 xã đạt chuẩn; hiện 45 xã được công nhận"
    told = (d.place.name for d in memory.paragraph.drafts if d.place is not None and d.place.level == "commune")
    listed = not memory.thought.drafts and len(set(told)) > 1  # "Xã X còn 38,6% hộ nghèo, xã Y 33,5%. Tạo việc làm …"
    if goes_on and last.name != frame.place:
        chosen = last  # "cả xã còn 37 hộ nghèo; hộ cận nghèo có 136 hộ"
    elif named and named[-1].name != frame.place and not _of_own_sentence(part, named[-1]):
        chosen = named[-1]
    elif subject is not None and subject.name != frame.place and not _itself_does(part, found, subject) and not listed:
        chosen = subject
    elif not frame.place and memory.last_district is not None:
        chosen = memory.province or memory.last_district
    elif not listed:
        chosen = _of_last_sentence(part, found)
    if chosen is not None or (memory.paragraph.after_commune and frame.level != "commune"):
        found.flags.add("scope_inferred")  # the paragraph before was about a commune
    return chosen


def _of_own_sentence(part: Part, aside: PlaceMention) -> bool:
    """Whether a sentence that begins with the report's own place only says in passing, without a figure, something of
    another: "Tỉnh X có hai xã …; huyện Y ra khỏi danh sách; tỷ lệ hộ nghèo còn 21%"."""
    thought = part.memory.thought
    first = thought.places[0]
    told = any(d.place is not None and d.place.name == aside.name for d in thought.drafts)
    return first.name == part.frame.place and first is not aside and not told


def _itself_does(part: Part, found: Draft, subject: PlaceMention) -> bool:
    """Whether the clause is about the report's own place again, after one on a smaller one: "Trong năm, huyện có …"."""
    own = part.frame.level
    if subject.level not in WITHIN.get(own, ()):
        return False
    does = _ITSELF_DOES.search(part.folded[: found.quantity.start])
    return does is not None and (does["district"] is not None) == (own == "district")


def _of_last_sentence(part: Part, found: Draft) -> PlaceMention | None:
    """The other place that the last sentence of the paragraph was about, where this one goes on without a subject:
    "Toàn tỉnh còn 21.061 hộ nghèo và cận nghèo. Trong đó, 10.600 hộ nghèo"."""
    said = [d for d in part.memory.paragraph.drafts if not d.bracketed]
    last = said[-1].place if said and not part.memory.thought.drafts else None
    if last is not None and f"nhất là {last.name.lower()}" in part.context:
        return None  # "cao nhất là xã X 97,8%. Năm 2021, đơn vị phấn đấu …"
    if last is None or last.listed or last.name in ("", part.frame.place):
        return None
    if last.level == "commune":
        counted = _counts_communes(said[-1]) or _counts_communes(found)
        return None if counted or _OWN_SUBJECT.search(part.folded) else last
    if last.level == "district" and part.frame.level == "commune":  # "… X còn 3.047 hộ nghèo. So với năm trước, giảm …"
        aside = last.role == "generic" or _counts_communes(said[-1])  # "…, trong khi toàn huyện còn 9,4%"
        of_commune = _OF_COMMUNE.search(part.memory.thought.words + part.folded)
        return None if aside or of_commune else replace(last, role="generic")
    on_same = _ON_SAME.match(part.folded)
    wider = last.level == "province" and not _OWN_SUBJECT.search(part.folded)
    return replace(last, role="generic") if on_same or wider else None


def _allowed(part: Part, found: Draft, chosen: PlaceMention, direct: list[PlaceMention]) -> bool:
    """A province is mostly an address in a district's report, and communes are not counted within a commune."""
    local = part.frame.level in LOCAL
    named = chosen.level == "province" and chosen.role in ("named", "organ")
    if named and local and chosen not in direct and not _is_whole(part.folded, chosen):
        return False
    return not (found.unit == "communes" and chosen.level == "commune")


def _is_whole(folded: str, mention: PlaceMention) -> bool:
    """Whether a clause is about the whole of a place: "toàn tỉnh X", ", tỉnh X đã đào tạo nghề cho 2.165 người"."""
    if folded.endswith(("toàn ", "cả "), 0, mention.start) or _OF_ALL.search(folded, 0, mention.start):
        return True  # "100% số xã của thành phố X"
    return bool(_DOES.match(folded, mention.end)) and (mention.start == 0 or folded.endswith(", ", 0, mention.start))


def _runs(folded: str, mentions: list[PlaceMention]) -> list[list[PlaceMention]]:
    """Places in order, those that are named one after the other together."""
    runs: list[list[PlaceMention]] = []
    for mention in mentions:
        if runs and _JOINT.fullmatch(folded[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _lists(mentions: list[PlaceMention]) -> list[list[PlaceMention]]:
    """Places in order, those of one list together."""
    lists, at = [], 0
    while at < len(mentions):
        lists.append(mentions[at : at + max(1, mentions[at].listed)])
        at += max(1, mentions[at].listed)
    return lists


def _joint(folded: str, run: list[PlaceMention]) -> bool:
    """Whether one figure is about all places of a list: "ở cả hai huyện A, B", "các xã A, B, C tăng 1-2 tiêu chí"."""
    first = run[0].start
    if re.search(r"\d", folded[run[0].end : run[-1].start]):
        return False  # "các xã A (90 hộ), B (59 hộ)": each has its own
    if _SO_MANY.search(folded, max(0, first - 75), first):
        return True
    return bool(_ALL_OF.search(folded[max(0, first - 12) : first])) or folded[first - 4 : first] == "các "


def _mere_site(folded: str, mention: PlaceMention) -> bool:
    """A commune that is only where something happens, not what the figure is about."""
    return mention.start > 20 and bool(_SITE.search(folded[max(0, mention.start - 16) : mention.start]))
