"""What a part leaves for later ones, in its sentence, in its paragraph and in the report: periods, places, plans.

Reading the part itself is left to `parts`, the figures that go on from there to `placing`, `dating` and `statuses`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.context.frame import WITHIN, PlaceMention
from analysis.periods import Mention
from analysis.sentences.parts import Part, in_bracket, is_address

# "… 3,69%, trong khi hồi 2017 còn tới 6,47%", "Cùng kỳ năm trước tỷ lệ này là 87,1%"
_MEANWHILE = re.compile(r"(?:trong khi|nếu như|vốn)[\w ]{0,14}$|cùng kỳ (?:của )?$")
# before a period: what was planned or is to be done in it does not date what follows
_EXPECTED = re.compile(r"(?:ước(?: thực hiện| đạt)?|phấn đấu|dự kiến) (?:đến )?(?:cả|cuối|hết)? ?$")
_GOVERNED = re.compile(
    r"(?:(?<!\w)kh|(?:hoạt động|vận hành|thành lập|khởi công) từ"
    r"|nhiệm vụ|phương hướng|kế hoạch|chỉ tiêu|giải pháp|mục tiêu|dự toán(?: thu| chi"
    r"| ngân sách)*|cho|giao(?: hồi)?|tính từ|thực hiện (?:tính )?(?:đến|tới)|quy hoạch(?: chung| chi tiết"
    r"| xây dựng| đô thị"
    r"| sử dụng đất)*"
    r"|tầm nhìn)(?: ngày)?\s*$"
)
_ONE_OF = re.compile(r"\W*(?:(?:trong đó|riêng|nhất là|điển hình|nổi bật|tiêu biểu|như)\b|cụ thể:)")
_CIVILISED = re.compile(r"đô thị văn minh|văn minh đô thị")  # what towns are called beside new-rural communes
# "Là xã miền núi ở phía Tây huyện X", "Xã nằm ở trung tâm huyện X": where the report's own place lies
_SAYS_WHERE = re.compile(
    r"\W*(?:là (?:một )?(?:trong )?[^,;.\d]{0,25}?(?:xã|thị trấn|phường|huyện)\b"
    r"|(?:(?:xã|thị trấn|huyện) )?(?:nằm|tọa lạc|thuộc|ở phía|cách)\b)"
)
_ACTS = re.compile(r" (?:đã |hiện |mới )*(?:có|còn|đạt|công nhận) ")  # behind a subject
_SOMEONE = re.compile(r"\W*(?:gia đình|hộ|vợ chồng|ông|bà|anh|chị)\b")  # "Gia đình ông B ở xã X thu hơn 300 triệu đồng"
# before years to come: what is done about their goals, "bám mục tiêu, chương trình giai đoạn 2011-2015, huyện đã …"
_PURSUED = re.compile(r"\b(?:bám|theo|thực hiện|mục tiêu|nghị quyết|kế hoạch|đề án)\b[^.;]{0,100}$")
# "Đến nay, xã đã …", "Trên địa bàn xã có …": a sentence about the commune
_OF_COMMUNE = re.compile(
    r"\W*(?:(?:tính )?(?:đến|tới|hiện)(?: nay)?,? |hiện,? |trong năm,? |_+,? )?(?:xã|trên địa bàn xã|toàn xã) "
)
# "lãnh đạo huyện X cho biết": whose figures follow
_LEADERS = re.compile(r"(?:lãnh đạo|chủ tịch|bí thư|đại diện)\b[^.;:\d]{0,60}$")
_ACCORDING = re.compile(r"\W*theo (?:báo cáo |thống kê |số liệu )?(?:của )?(?:ubnd|đảng ủy|hđnd|lãnh đạo|đảng bộ) ")
# "Năm 2018, Đảng bộ xã X lãnh đạo thực hiện đạt 15/17 chỉ tiêu"
_PARTY = re.compile(r"\W*(?:(?:[^\W\d]+ ){0,3}năm (?:\d{4}|qua|nay),? )?đảng bộ (?:và nhân dân )?")
_SAY = re.compile(
    r"[^.;:\d]{0,25}(?:cho (?:biết|hay|rằng)|báo cáo|thông tin|giới thiệu|chia sẻ|nói|khẳng định|nhấn mạnh|cho là)\b"
)
_PLANS = re.compile(
    r"phấn đấu|mục tiêu|kế hoạch|nhiệm vụ|phương hướng|đề ra|chỉ tiêu|dự kiến|\bsẽ\b|đặt ra|năm tới|lộ trình"
)
_TO_BE_DONE = re.compile(r"[^,.;]{0,30}(?:phấn đấu|dự kiến|mục tiêu|sẽ)\b")
# "…; năm 2022 con số này là 168 lao động": a remark on another year
_THIS_FIGURE = re.compile(r",? (?:con số|tỷ lệ|mức) (?:này|đó|ấy)\b")
# "đầu nhiệm kỳ (cuối năm 2015) huyện có …": the bracket dates what follows
TERM_OPENS = re.compile(r"\b(?:đầu|cuối) (?:giai đoạn|nhiệm kỳ|kỳ) \((?:vào |đến |hết |cuối |đầu )*\Z")
_GOVERNING = ("plain", "term", "until", "month", "now", "ytd", "since", "sinceterm")
_PASSING = ("base", "standard", "season", "office", "termend")


def remember(part: Part) -> None:
    """Leave the periods and places of a part to the parts and sentences after it."""
    folded, memory, frame = part.folded, part.memory, part.frame
    if not (part.periods or part.places or part.quantities):
        return
    thought, paragraph = memory.thought, memory.paragraph
    own = [
        m for m in part.periods
        if m.start not in part.spent
        and (
            not in_bracket(folded, m.start)
            or folded.startswith("): ", m.end)
            or TERM_OPENS.search(folded, 0, m.start)
        )
    ]  # fmt: skip
    aside = ("trong khi ", "trong khi cuối ")  # "năm 2024 đạt 678 tỷ đồng, trong khi năm 2020 là 451 tỷ đồng; …"
    thought.periods += [m for m in own if m.role not in _PASSING and not folded.endswith(aside, 0, m.start)]
    thought.places += [
        m for m in part.places
        if (m.role != "generic" or m.level != frame.level)
        and not (m.level == "province" and is_address(folded, m, part.places))
    ]  # fmt: skip
    _remember_terms(part, own)
    governing = _governing(part, own)
    if governing:
        paragraph.now = governing[-1].role == "now"
        years = [m for m in governing if m.role != "term"]
        named = [m for m in years if m.role != "now"]
        looks_back = frame.explicit and not frame.granted and frame.period[:4] < frame.published[:4]
        if named or not years or not looks_back:
            reported = [m for m in named if m.period == frame.period]  # of several the report's own
            risen = [m for m in named if m.period == _second_level(part)]
            paragraph.running = (risen or reported or named or years or governing)[0]
            paragraph.ended = folded.endswith(("cuối ", "hết "), 0, paragraph.running.start)
    if part.quantities:
        bound = [id(d.quantity) for d in thought.drafts]
        paragraph.loose = frozenset(q.unit for q in part.quantities if id(q) not in bound)
    _remember_places(part)


def _governing(part: Part, own: list[Mention]) -> list[Mention]:
    """Those of a part's own periods that date what follows it."""
    folded, paragraph, published = part.folded, part.memory.paragraph, part.frame.published
    running, month, year = paragraph.running, published[:7], published[:4]
    governing = [
        m for m in own
        if m.role in _GOVERNING and (m.period or m.role == "sinceterm")
        and not _GOVERNED.search(folded[max(0, m.start - 26) : m.start])
        and not _MEANWHILE.search(folded, max(0, m.start - 26), m.start)
        and not (part.memory.thought.words and _THIS_FIGURE.match(folded, m.end))
    ]  # fmt: skip
    # not months still to come
    governing = [m for m in governing if m.role != "month" or m.period[: len(month)] <= month]
    if month:  # nor years that have just begun: "kêu gọi đầu tư giai đoạn 2023-2025"
        begun = str(int(year) - 1)
        governing = [m for m in governing if m.role != "term" or m.start < 30 or m.period[:4] < begun]
        governing = [
            m for m in governing
            if m.role != "term" or m.period[5:9] <= year or not _PURSUED.search(folded[: m.start])
        ]  # fmt: skip
    if "01" < published[5:7] < "11":  # nor does the end of the year, foreseen in the course of it
        governing = [m for m in governing if m.role != "until" or m.period != year]
    if month and paragraph.now and not _PLANS.search(folded):  # "xã X được chọn làm xã kiểu mẫu vào năm 2024"
        governing = [m for m in governing if m.start < 30 or m.role != "plain" or m.period[:4] <= year]
    if running is None:
        return governing
    # a plan for the year does not date what is so now
    governing = [m for m in governing if not _TO_BE_DONE.match(folded, m.end)]
    told = running.period[:4]
    if running.role == "plain" and len(running.period) == 4:  # "Năm 2021 … Hết tháng 11 thu …": the year goes on
        governing = [m for m in governing if m.role != "month" or m.period[:4] != told]
    if "-" in running.period:  # "9 tháng … ; ước cả năm 2023 đạt 11.240 tỷ đồng"
        governing = [m for m in governing if m.period != told or not _EXPECTED.search(folded[: m.start])]
    if told:  # a remark on an earlier year, in the middle of a sentence, dates nothing after it
        governing = [m for m in governing if m.start < 30 or m.period[:4] >= told]
    return governing


def _remember_terms(part: Part, own: list[Mention]) -> None:
    """The spans, terms of office and plans that a part names."""
    memory, paragraph, frame = part.memory, part.memory.paragraph, part.frame
    year = frame.published[:4]
    paragraph.five_years |= any(m.role == "termref" for m in own)
    spans = [m.period or frame.span for m in own if m.role in ("term", "termref") and m.period[:4] <= year]
    memory.span = spans[-1] if spans else memory.span
    offices = [m.period for m in part.periods if m.role in ("office", "term")]
    terms = [period for period in offices if period[:4] < year <= period[5:9]]
    memory.term = terms[-1] if terms else memory.term
    for m in part.periods:
        if m.role in ("office", "plan") or (m.role == "term" and m.period[5:9] > year):
            paragraph.plan_term = m.period
            continue
        coming = m.role == "plain" and len(m.period) == 4 and m.period > frame.period[:4]
        if coming and _GOVERNED.search(part.folded[max(0, m.start - 12) : m.start]):
            paragraph.plan_term = m.period  # "thông qua 21 chỉ tiêu cho năm 2021"


def _second_level(part: Part) -> str:
    """The period of the later of two levels that a part tells: "Cuối năm 2018 là 1.482 hộ, đến tháng 11/2019 còn 1.203
    hộ"; what follows goes on from there. "" when it does not."""
    told = [d for d in part.drafts if d.explicit and d.label and d.status == "actual" and "/" not in d.period]
    levels = [d for d in told if part.catalogue[d.indicator].kind != "flow"]
    if len(levels) != 2 or levels[0].indicator != levels[1].indicator:
        return ""
    first, second = (d.period for d in levels)
    return second if first[:4] < second[:4] else ""


def _remember_places(part: Part) -> None:
    """The district named last, whose leaders speak, and the place with which the sentence begins."""
    memory, level = part.memory, part.frame.level
    districts = [m for m in part.places if m.level == "district" and m.role in ("named", "bare", "organ")]
    if districts and not districts[-1].listed:
        memory.last_district, memory.province = districts[-1], None
    for m in part.places:
        if m.level == "province" and _ACTS.match(part.folded, m.end):
            memory.province = m
    if level == "district":
        speaking = [m for m in districts if speaks(part.folded, m)]
        own = any(m.name == part.frame.place and m.role == "named" for m in part.places)
        other = [m for m in speaking if m.name != part.frame.place]
        memory.paragraph.host = other[-1] if other else None if own else memory.paragraph.host
    memory.paragraph.subject = _subject(part)


def _subject(part: Part) -> PlaceMention | None:
    """The place that the sentences after this part are about; that of those before it where it says nothing of one."""
    frame, places, paragraph = part.frame, part.places, part.memory.paragraph
    begins = not part.memory.thought.words  # the sentence does with this part
    communes = [m for m in places if m.level == "commune" and m.role in ("named", "organ") and not m.listed]
    if frame.inferred and communes and part.start == paragraph.opening:
        return communes[0]  # a digest of several places, each in a paragraph
    if begins:
        ends = {m.end for m in places}  # "xã X huyện Y" begins with the commune
        bare = "bare" if frame.level == "province" else "named"  # "X có 11 xã, thị trấn"
        named = [
            m for m in places
            if (m.role == "named" or (m.role == bare and m.level == "district" and m.start < 3))
            and not ends & {m.start - 1, m.start - 2}
        ]  # fmt: skip
        if named and _is_subject(part, named[0]):
            headed = named[0].level == "province" and part.folded[named[0].end :].lstrip().startswith(":")
            return replace(named[0], role="generic") if headed else named[0]
        if frame.level == "district" and places and _about_commune(part):
            return places[0]  # "Xã không còn nhà tạm. Thu nhập bình quân đạt …"
        if frame.level != "commune" and (telling := [m for m in communes if speaks(part.folded, m)]):
            return telling[-1]
    if frame.level == "province" and (acting := [m for m in places if (m.role, m.level) == ("generic", "district")]):
        return acting[-1]
    if frame.level != "commune" and places and (places[-1].role, places[-1].level) == ("generic", "commune"):
        return places[-1]  # "Toàn xã hiện còn 142 hộ nghèo"
    if any(m.role == "generic" or (m.role == "named" and m.level == frame.level) for m in places):
        return None
    return paragraph.subject


def speaks(folded: str, mention: PlaceMention) -> bool:
    """Whether those who lead a place tell what follows: "Chủ tịch UBND xã X, cho biết: …"."""
    before = folded[: mention.start]
    told = mention.role == "organ" and _ACCORDING.fullmatch(before) and folded.startswith(",", mention.end)
    told = told or (mention.role == "organ" and _PARTY.fullmatch(before) and folded.startswith(" ", mention.end))
    return bool(told or (_LEADERS.search(before) and _SAY.match(folded, mention.end)))


def _about_commune(part: Part) -> bool:
    """Whether a sentence begins with "xã" as its subject."""
    first = part.places[0]
    return first.role == "generic" and first.level == "commune" and bool(_OF_COMMUNE.match(part.masked))


def _is_subject(part: Part, first: PlaceMention) -> bool:
    """Whether a sentence that begins with a place is about it, and not about the report's own named behind it."""
    told = part.folded.startswith((" là xã ", " là thị trấn "), first.end)  # "X là xã ở phía tây của huyện"
    others = [m for m in part.places if m.start > first.start and not (told and m.role == "generic")]
    own = part.frame.place and any(m.name == part.frame.place for m in others)
    passed = _ONE_OF.match(part.folded) or _SOMEONE.match(part.folded)
    if part.frame.level in WITHIN.get(first.level, ()) and _SAYS_WHERE.match(part.folded):
        return False
    civilised = first.name.startswith("thị trấn ") and _CIVILISED.search(part.folded)
    return first.start < 30 and not (first.listed or own or passed or civilised)
