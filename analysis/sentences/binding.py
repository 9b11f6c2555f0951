"""Which indicator a figure states: by the words around it, by the label before it, or as a sequel of another figure.

Each quantity of a part is first told apart by `relations`; this module looks for the indicator of levels. Rises and
falls are read in `movements`, figures that lean on another one in `companions`, `place_lists` and `sequels`, labels
and figures that go together in order in `pairs`; what is about less than the place is left out by `scopes`.
"""

from __future__ import annotations

import re

from analysis.quantities import Quantity
from analysis.sentences.companions import (
    OF_INVESTMENT,
    SHARE_GAP,
    disbursed,
    increment,
    monthly,
    second_reading,
    share,
    total,
)
from analysis.sentences.continuations import COUNTED, asked_or_told, told_again
from analysis.sentences.cues import SKIP, Mention
from analysis.sentences.drafts import Draft, draft, fits, gap_cost, measurable, plain
from analysis.sentences.movements import moved
from analysis.sentences.pairs import base_before, named_behind, paired_in_order, shared_predicate, shares_in_order
from analysis.sentences.parts import TWO_LEVELS, Part, in_bracket
from analysis.sentences.place_lists import listed_place
from analysis.sentences.relations import BESIDE_LEVEL, Relation
from analysis.sentences.scopes import about_less
from analysis.sentences.sequels import carried_out, compared_level, next_or_plan, of_plan, once_more, plan_in_bracket

# what may follow households that the label before them counts: "còn 215 hộ, giảm …"; else they begin a statement
_BEHIND_HOUSEHOLDS = re.compile(
    r"\s*(?:[,.;()_\-]|/\s*[\d.]+ (?:(?:nhân )?khẩu|hộ)|/[\d,]+ ?%|$"
    r"|và|nhờ|do|chiếm|tương|so|trong|cuối|giảm|tăng|bằng|tỷ lệ|theo|còn|vào|đến|nghèo|cận nghèo|đạt|với"
    r"|=|trên|toàn|năm|dân|\n)"
)
# communes by how many criteria they meet: "25 xã (12,4%) được 15-18 tiêu chí"
_BAND = re.compile(
    r"(?:\s*\([^()]*\)|\s*_+)?(?:\s+(?:còn lại|hoặc|cơ bản|hiện|đã|chỉ|được|đạt|còn|có|dưới|trên|từ|mới|ở mức))*\s+"
    r"(?!19\b)\d{1,2}(?:\s*(?:-|đến)\s*\d{1,2})? tiêu chí(?! [^,;.]{0,20}/)"
)
_OWN_FIGURE = re.compile(r"\s*(?:(?:còn|là|chiếm|có|giảm|đạt|:)\s*)?(?:hơn |gần |trên )?\d")
# households or people of whom something else is said: "100% hộ dân có nhà ở kiên cố"
_THEY_DO = re.compile(
    r"\s*(?:số )?(?:hộ(?: dân| gia đình)?|người dân|dân cư|dân) (?:có|là|đạt|được|sử dụng|dùng|tham gia|sống|ở) "
)
_TAKE_PART = re.compile(r" (?:số )?(?:người dân|dân số|dân cư|người|dân) (?:đã )?tham gia\b")
# in a paragraph on vocational training: "giới thiệu việc làm cho 3.680 lao động"
_FOUND_WORK = re.compile(r"(?:việc làm|xuất khẩu lao động|xuất cảnh|tuyển dụng)[^,;]*\Z")
_OF_THESE = re.compile(r"(?:của|tại|ở) (?:cả |toàn bộ )?\Z")
_OF_COMMUNES_HERE = re.compile(r"của \d+ xã (?:trên|trong|của) ")
_OF_CRITERIA = re.compile(
    r"[\s_]*(?:còn lại )?(?:mỗi (?:xã|địa phương|đơn vị) )?(?:cùng |đều |mới "
    r"|chỉ )*đạt (?:và cơ bản đạt )?(?:từ )?(?!19\b)\d{1,2}(?:/19)? tiêu chí"
    r"|[^,;.()\d]{0,30} (?:đạt|hoàn thành|xong|có)(?: được| tổng số)* (?!19\b)\d{1,3}(?!/) (?:lượt )?tiêu chí"
)
_AND_TOWNS = re.compile(
    r"\s*(?:,|và)\s*(?:\d+|một|hai|ba) (?:thị trấn|phường)\b(?! (?:đã )?(?:được công nhận|đạt chuẩn))"
)
_BOTH_GRADES = re.compile(r"(?<=nâng cao)(?:,| và|, và|/) ?(?:đạt chuẩn |xã )?(?:nông thôn mới |ntm )?kiểu mẫu")
# "10 xã đạt chuẩn nông thôn mới và nông thôn mới kiểu mẫu", "11 xã đạt chuẩn và cơ bản đạt chuẩn": one count for both
_TWO_KINDS = re.compile(
    r"(?:đạt chuẩn|nông thôn mới|ntm),? (?:và|,) (?:xã )?(?:cơ bản|(?:nông thôn mới|ntm)\b)|(?:xã|đã) cơ bản đạt chuẩn"
)
_NOT_YET = re.compile(r"\s*(?:còn )?(?:chưa|không) (?:đạt|hoàn thành|đủ|được)")
_PERSONS_DO = re.compile(r"\s*(?:được|học|tham gia|tham dự|dự|đang|đi)\b")
# "Tổng số hộ dân: 6.120 hộ", below "Kết quả rà soát hộ nghèo:"
_ALL_HOUSEHOLDS = re.compile(r"\b(?:hộ dân|tổng số hộ)(?: [^\W\d]+){0,4}:? ?\Z")
_OTHER_WHOLE = re.compile(
    r"\s*(?:tổng dư nợ|(?:tổng )?số hộ (?:cận )?nghèo|tổng hộ (?:cận )?nghèo|số hộ này"
    r"|tổng số hộ (?:dân tộc|đồng bào)|(?:dân số|lao động|người) trong độ tuổi)"
)
# "87,3% gia đình văn hóa và 81% thôn, bản văn hóa"
_OF_VILLAGES = re.compile(r"\s*(?:số )?(?:thôn|bản|làng|ấp|khu|khóm|buôn|tổ|xóm|cơ quan)\b")
_OTHER_SUBJECT = re.compile(
    r", (?:số|tỷ lệ) (?:hộ|người|thôn|trường|xã|lao động) (?:có|sử dụng|được|dùng|đạt) [^,;.]*\Z"
)
# what may follow a percentage that belongs to the label before it, a comma apart
_BEHIND_PERCENT = re.compile(
    r"\s*(?:[,.;()_\-]|$|so|vào|trong|và|năm|theo|kế hoạch|kh|trở|còn|toàn|của|cuối|đầu|tổng|dân|hộ|số|trên|tương"
    r"|đối|tính|bình|mỗi|với|cao|thấp|bằng|hoàn|đạt|giảm|tăng|vượt|/|là|cho|ở|\n)"
)
# "giảm tỷ lệ hộ nghèo xuống còn 3%": a level verb before the figure
_LEVEL_VERB = re.compile(r"(?:xuống|còn|dưới mức|về mức)\W*(?:còn|mức|dưới|khoảng|trên)?\s*$|\bcòn\b")
# "từ 3,86% đầu năm 2019 xuống còn …": what stands behind the first of two levels
_TO_LEVEL = re.compile(
    rf"{BESIDE_LEVEL}[^,;.]{{0,45}}(?:, (?:dự kiến|ước|phấn đấu|đến"
    r"|và)\b[^,;.]{0,20})?\b(?:xuống|còn|lên)\b"
)
# "7 xã đạt chuẩn (tăng 2 xã …)": a rise is not what the paragraph counts
_RISE_OPENS = re.compile(r"\((?:tăng|giảm)(?: thêm)?\s*$")
# between a figure and its label: "54 tỷ đồng là số thu ngân sách", "34 triệu đồng cho thu nhập"
_LEADS_TO_LABEL = re.compile(
    r"\s*(?:(?:một|mỗi|/) ?(?:năm|người)\s*)?(?:,? ?(?:chính |đó )?là|:|cho)?\s*(?:phần|mức|con số|số|tổng số"
    r"|tổng|tốc độ|nhịp)?\s*"
)
# "11,4% là tỷ lệ hộ nghèo", "27 là số sản phẩm OCOP"
_IS_CALLED = re.compile(r",? (?:chính )?là (?:tỷ lệ|số|tổng|mức|độ|tốc độ)\b")
# "92,1% (tỷ lệ bao phủ bảo hiểm y tế)"
_IN_BRACKET = re.compile(r"(?:/(?:người|năm))*\s*\((?:tỷ lệ |số |tổng |mức |về )*")
_CLOSES = re.compile(r"[^(),;:\d]{0,25}\)")
_OWN_LEVEL = re.compile(r"[^,;.:()\d]{0,30}(?:đạt|là|còn|:|được)\s*(?:trên |hơn |khoảng |gần )?\d")
# a label's unit in brackets, then the bare number: "Số hộ nghèo (hộ): 215"
_BARE_UNIT = re.compile(r"\s*\((?:%|triệu|tỷ|người|hộ|xã|lao động|sản phẩm|đvt)[^()]*\)\s*:?\s*$")
_BARE_COUNT = re.compile(
    rf"\s*(?:{SKIP}+\s*)?(?:(?:của|ở|trong) (?:toàn )?(?:huyện|xã|tỉnh|thị xã|thành phố) )?(?:(?:đã )?là|:"
    r"|đạt|được|(?:tăng |nâng )?lên(?: tới| đến)?|(?:lên|thành|là) con số)\s*(?:hơn|trên|gần|khoảng)?\s*$"
)
_AFTER_ASIDE = re.compile(r", (?:ước |đã |vẫn |mới |chỉ )*(?:đạt|còn|thực hiện)(?: hơn| gần| trên| khoảng)? $")
# "Thu nhập bình quân đầu người, nhờ lúa được mùa và kiều hối gửi về tăng mạnh, năm 2018 lên tới 38,9 triệu đồng"
_ASIDE_BETWEEN = re.compile(
    r"(?:[^,;:.]{0,50}, (?:nhờ|do|vì|vốn|tuy|dù|mặc dù|sau khi|bất chấp|bởi|trước|trong bối cảnh|trong điều kiện|nếu"
    r"|kết quả của|chủ yếu|phần lớn|cộng với|kể cả|tính cả|theo)\b[^;:.]{5,190},|[^,;:.]{0,50} [-–] [^;:.]{5,170} [-–])"
    r"(?:[ _]|năm|đến|tới|cuối|hết|tính|vào|vẫn|đã|chỉ|mới|có|ước|tiếp tục|cũng|lại|được|tăng vọt|phục hồi|tụt|hạ|giảm"
    r"|giảm nhẹ|tăng|vươn|đứng|dừng)*"
    r"(?:đạt|còn|là|lên|lên tới|lên đến|xuống|xuống còn|thực hiện(?: được)?|hoàn thành(?: với)?|duy trì ở"
    r"|ở mức|ở con số"
    r"|giải ngân(?: tới| được)?)(?: (?:mức|tới|hơn|gần|trên|khoảng))* "
)
_FALL_OF = re.compile(
    r"giảm hộ (?:cận )?nghèo(?: trong năm)?\W*(?:kế hoạch|chỉ tiêu|kh|thực hiện|được|là|:|[ _,]|\d+ hộ)*"
)
_FELL_MOST = re.compile(r"giảm (?:mạnh|nhiều|nhanh|sâu|cao) nhất(?![^;.]*\b(?:còn|xuống)\b)")
_STANDS = re.compile(r"(?:còn|xuống|lên|là|ở mức|đạt|dưới|về)\b|\(")
# "Huyện An Lão giảm từ 43,5% năm 2021 còn 35,2%", the measure told in the sentence before
_IS_SHARE = re.compile(r"(?:[^,;\d]{0,30} giảm[^,;\d]{0,24}, )?[^,;\d]*\b(?:chiếm|từ|còn|bằng) [\w ]{0,14}")
_GIVEN_HOUSES = re.compile(r"(?:được|có|đã|nhận) (?:[^\W\d]+ ){0,3}(?:hỗ trợ|xóa|làm|xây|sửa)")
_GIVEN_TO = re.compile(r"[^.;:()\d]{0,30}\bcho (?:khoảng |gần |hơn |trên )?")
_COUNT_SAID = re.compile(
    r"(?:[^,;.()\d]{0,30} )?(?:là|lên con số|còn|còn lại|có|đạt|được|:)\s*(?:hơn|trên|gần|khoảng)?\s*"
    r"|\s*:?\s*"
)
_TAKEN_APART = re.compile(r"\(\s*(?:trong đó|gồm|bao gồm|cụ thể)")
_LEFT_ONLY = re.compile(r"\s*(?:hiện |nay |chỉ )?còn(?: lại)?\s*")
_ENDS_CLAUSE = re.compile(r"\s*(?:[,;.\"]|$)")
_RISEN_TO = re.compile(r"(?:lên|là|đạt|:)\s*(?:hơn|trên)?\s*$")
# from one figure to the next of the same label: "5% năm 2019, 3% năm 2020", "5% (năm 2019 là 7%)"
_SHARE_BESIDE = re.compile(r"^ \((?:chiếm |tỷ lệ |bằng )*[\d,]+ ?%\)(?=,)")  # "2.845 hộ (11,9%), năm 2022 là …"
_ONWARD = re.compile(r"\b(?:xuống|lên|còn(?! lại| chi\b| nợ\b)|thành|đến|sang|về(?! đích))\b")
_OF_PEOPLE = r"(?: (?:số )?(?:dân số|hộ dân|người dân|hộ|dân))?"
_AND_REACHED = re.compile(rf"{_OF_PEOPLE}(?:(?: (?:vào|của))? {SKIP}+)?,?(?: và)?(?: (?:đạt|còn|là))? ")
_PERIOD_BEHIND = re.compile(rf"{_OF_PEOPLE} (?:(?:vào|của|trong) )?{SKIP}")
_BRACKET_PERIOD = re.compile(
    rf"(?:,? (?:tương ứng|tương đương|ứng với|với)(?: với)? [\d.]+ hộ)?\s*"
    rf"\((?:\w+ ){{0,2}}{SKIP}+\s*(?:là|còn|đạt|:)?\s*"
)
_BRACKET_PLACE = re.compile(r"\s*\([^()]{2,40}\)\s*(?:,|;|và|, và)\s*")  # "14,1% (xã X), 7,06% (xã Y)"
_OTHER_PERIOD = re.compile(
    rf"{_OF_PEOPLE}\W*(?:(?:vào|của)\W+{SKIP}++\W*)?(?:và|thì|rồi|sang|đến|tới|trong khi|ước|dự kiến)?"
    rf"(?: cuối| đến| hết)*\W*+(?:{SKIP}++\W*+)++(?:[^\W_]++\s*+){{0,5}}"
)


def bind(part: Part) -> list[Draft]:
    """Drafts for the figures of a part, in the order in which later rules need them."""
    drafts: list[Draft] = []
    if part.quantities:
        binder = _Binder(part)
        for number in range(len(part.quantities)):
            binder.read(number)
        drafts = binder.drafts
        shared_predicate(part, drafts)
        base_before(part, drafts)
        paired_in_order(part, drafts)
        named_behind(part, drafts)
        shares_in_order(part, drafts)
    part.memory.paragraph.tail = _open_label(part)
    return drafts


class _Binder:
    """Goes through the quantities of one part; knows which labels have their figure."""

    def __init__(self, part: Part):
        self.part, self.masked, self.changes = part, part.masked, part.catalogue.changes
        self.cues = part.known.index.count_cues(part.words)
        self.starts = [  # "8 xã đạt 19/19 tiêu chí": all criteria are part of the predicate
            q.start
            for q, r in part.figures()
            if r.role in ("level", "change") and not (q.unit == "criteria" and q.value in (q.of, 19))
            and not (q.unit == "targets" and q.value == q.of and part.folded.endswith("tiêu chí, ", 0, q.start))
        ]
        self.drafts: list[Draft] = []
        self.taken: dict[int, Quantity] = {}  # where a label starts -> the figure it was bound to
        self.refused: dict[int, set[str]] = {}  # where a figure starts -> what its words say that it does not count
        self.rejected: Quantity | None = None  # a figure about less than the place: its share is too

    def read(self, number: int) -> None:
        """Bind one quantity, if an indicator is found for it."""
        quantity, relation = self.part.quantities[number], self._relation(number)
        if relation.role in ("plan", "yoy", "times", "none", "of"):
            return
        previous = self.drafts[-1] if self.drafts else None
        found = self._find(number, quantity, relation, previous)
        if found is not None and (about_less(self.part, found) or self._share_of_rejected(quantity)):
            found, self.rejected = None, quantity
        if found is None:
            return
        if found.rule == "share":
            found.owner = found.owner or self._outside(quantity)
        found.like = found.like or self._bracketed_by(found)
        if found.label is not None:
            self.taken[found.label.start] = quantity
        increment(self.part, found, previous)
        monthly(self.part, found)
        self.drafts += [found, *second_reading(self.part, found)]

    def _find(self, number: int, quantity: Quantity, relation: Relation, previous: Draft | None) -> Draft | None:
        part = self.part
        alike = previous is not None and quantity.unit == previous.quantity.unit
        # "vượt 0,7% kế hoạch (2.700 người)", "712 hộ (kế hoạch 650 hộ)"
        beside = alike and (plan_in_bracket(part, quantity) or of_plan(part, number))
        planned = next_or_plan(part, number, previous) if beside else None
        if planned is not None:
            return planned
        if earlier := compared_level(part, quantity, previous):
            return earlier
        if relation.role == "change":
            found = self._fall_counted(quantity) or moved(part, quantity, relation, previous, self._outside(quantity))
            return found or listed_place(part, quantity, previous) or next_or_plan(part, number, previous)
        if carried_out(part, quantity, previous):
            return once_more(part, quantity, previous)
        whole = quantity.unit != "percent" or not _OTHER_WHOLE.match(part.masked, quantity.end)
        shared = share(part, quantity, self._outside(quantity)) if whole else None
        counted = disbursed(part, quantity) or shared or self._by_count(quantity)
        if counted is not None and counted.rule == "topic_count" and in_bracket(self.masked, quantity.start):
            counted = total(part, quantity, previous) or counted  # "8 xã nâng cao (lũy kế có 25/71 xã)"
        called = _IS_CALLED.match(self.masked, quantity.end) and self._by_label_behind(quantity)
        found = called or _better(counted, self._by_label(quantity, previous), self.masked)
        found = found or self._by_label_behind(quantity)
        if found is None and number == 0:
            found = self._by_tail(quantity)
        found = found or total(part, quantity, previous)
        if found is None and not (previous and previous.indicator in self.refused.get(quantity.start, ())):
            found = once_more(part, quantity, previous)
        found = found or listed_place(part, quantity, previous) or next_or_plan(part, number, previous)
        found = found or (asked_or_told(part, quantity) if number == 0 else None)
        return found or told_again(part, quantity, previous)

    def _outside(self, quantity: Quantity) -> Draft | None:
        """The last figure bound, but none in a bracket closed since: "131 hộ (giảm 50 hộ), chiếm 7,25%"."""
        for found in reversed(self.drafts):
            closed = in_bracket(self.masked, found.quantity.start) and ")" in self.masked[found.end : quantity.start]
            if not closed or found.rule == "share":
                return found
        return None

    def _relation(self, number: int) -> Relation:
        """What the quantity is beside the others, corrected by what the labels before it are about."""
        part = self.part
        quantity, relation = part.quantities[number], part.relations[number]
        if relation.role == "plan" and _measures_plan(part, quantity):
            relation = part.relations[number] = Relation("level")
        elif relation.role == "yoy":
            near = _moves_rate(part, number)
            if near or self._moves_last(quantity, relation):
                relation = Relation("change", quantity.value, relation.start, relation.end, relation.falls, not near)
                part.relations[number] = relation
            elif quantity.value < 50 and _grows(part, quantity):
                relation = part.relations[number] = Relation("level")
        elif relation.role == "level" and quantity.unit == "percent" and "năm" in quantity.per:
            named = part.labels_before(quantity.start)[-1:]
            if named and any(part.catalogue[i].change for i in named[0].ids):  # "giảm nhanh, bình quân 4,78%/năm"
                falls = "giảm" in self.masked[named[0].start : quantity.start]
                relation = Relation("change", quantity.value, quantity.start, quantity.end, falls)
                part.relations[number] = relation
        return relation

    def _moves_last(self, quantity: Quantity, relation: Relation) -> bool:
        """Whether the last figure is a rate: "còn 0,93%, vượt 0,07% so với chỉ tiêu, giảm 0,42% so với năm 2023"."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.unit != "percent" or not self.part.catalogue[last.indicator].change:
            return False
        return relation.value != quantity.value and not any(
            m.ids and last.end <= m.start < quantity.start for m in self.part.labels
        )

    def _bracketed_by(self, found: Draft) -> Draft | None:
        """The figure whose bracket takes it apart ("23 sản phẩm (trong đó: 1 sản phẩm 5 sao …)") or compares it: "còn
        51,28% (năm 2014 là 57,36%, giảm 6,03%)"."""
        at = found.quantity.start
        opened = self.masked.rfind("(", 0, at)
        if opened < 0 or not in_bracket(self.masked, at):
            return None
        before = [d for d in self.drafts if d.quantity.end <= opened]
        if _TAKEN_APART.match(self.masked, opened):
            return next((d for d in reversed(before) if d.unit == found.unit), None)
        if before and found.indicator in self.part.catalogue.falls and gap_cost(self.masked[opened:at]) <= 0.5:
            return before[-1] if self.masked[before[-1].end : opened].strip() == "" else None
        level = self.changes.get(found.indicator)
        earlier = level and any(d.indicator == level and opened < d.quantity.start < at for d in self.drafts)
        return next((d for d in reversed(before) if earlier and d.indicator == level), None)

    def _share_of_rejected(self, quantity: Quantity) -> bool:
        rejected = self.rejected
        if rejected is None or quantity.unit != "percent":
            return False
        return bool(SHARE_GAP.match(self.masked[rejected.end : quantity.start]))

    def _fall_counted(self, quantity: Quantity) -> Draft | None:
        """A fall that is stated by the words around it: "có 210 hộ thoát nghèo"."""
        if quantity.unit != "households":
            return None
        found = self._by_count(quantity)
        return found if found and found.indicator in self.part.catalogue.falls else None

    def _by_count(self, quantity: Quantity) -> Draft | None:
        """By what the figure counts: "7/9 xã đạt chuẩn nông thôn mới", "tạo việc làm cho 2.350 lao động"."""
        part, catalogue = self.part, self.part.catalogue
        if quantity.unit == "communes" and _BAND.match(part.masked, quantity.end):
            return None
        fitting = measurable(catalogue, quantity)
        cues = [cue for cue in self.cues if cue.indicator in fitting]
        if not cues:
            return None
        context = part.context
        if quantity.unit in ("communes", "percent", "houses"):
            context = f"{part.known.title} {context}"
        matches, refused = part.known.index.count(quantity, part.masked, part.whole, cues, context, self.starts)
        self.refused[quantity.start] = refused
        for match in matches:
            entry = catalogue[match.indicator]
            if entry.unit == "percentage_points":
                continue
            housed = quantity.unit == "households" and entry.unit == "houses"
            if housed and (match.topical or not self._given_houses(quantity, match.end)):
                continue  # "60 hộ còn ở nhà tạm"
            if match.topical and self._of_other_words(quantity):
                continue
            trained = match.topical and entry.id == "vocational_trainees"
            if trained and _FOUND_WORK.search(part.masked, 0, quantity.start):
                continue
            weak = match.topical or "," in part.masked[quantity.end : match.tail]
            weak = weak or bool(_BOTH_GRADES.match(part.masked, match.end))
            weak = weak or bool(_TWO_KINDS.search(part.masked, quantity.end, match.end))
            return draft(
                catalogue, part.start, match.indicator, quantity, (quantity.start, match.end),
                "topic_count" if match.topical else "count", flags={"weak_cue"} if weak else (),
            )  # fmt: skip
        return None

    def _given_houses(self, quantity: Quantity, end: int) -> bool:
        helped = self.part.masked.endswith(("giúp ", "hỗ trợ ", "giúp đỡ "), 0, quantity.start)
        return helped or bool(_GIVEN_HOUSES.search(self.part.masked, quantity.end, end))

    def _of_other_words(self, quantity: Quantity) -> bool:
        """Whether the words around a count that only the topic explains give it another meaning."""
        part, masked, at, end = self.part, self.part.masked, quantity.start, quantity.end
        if masked.startswith(" còn lại là", end) or _RISE_OPENS.search(masked[:at]):
            return True
        if _OF_CRITERIA.match(masked, end):
            return True  # "2 xã A và B mỗi địa phương đạt 10 tiêu chí"
        if _AND_TOWNS.match(masked, end):
            return True  # "20 xã và 1 thị trấn": how the district is made up
        if _OF_COMMUNES_HERE.match(masked, max(0, at - 4)):
            return True  # "tổng số tiêu chí đạt chuẩn của 6 xã trên địa bàn"
        # "tỷ lệ hộ nghèo của 20 xã còn 1,73%"
        return bool(part.labels_before(at)) and bool(_OF_THESE.search(masked, 0, at))

    def _by_label(self, quantity: Quantity, previous: Draft | None) -> Draft | None:
        """By the nearest label before the figure that fits its unit: "tỷ lệ hộ nghèo giảm xuống còn 0,9%"."""
        part, masked, catalogue = self.part, self.masked, self.part.catalogue
        blocked = set(self.refused.get(quantity.start, ())) if quantity.unit == "households" else set()
        if previous is not None and previous.indicator in self.changes and self._lists_on(previous, quantity):
            return None  # "hộ nghèo đều giảm: xã X giảm 3,3%, xã Y 1,8%"
        opener = self._opens_list(previous)
        for mention in reversed(part.labels):
            if mention.end > quantity.start + 1 or _bracketed(masked, mention, quantity):
                continue
            if quantity.unit == "communes" and masked.endswith(("một trong ", "1 trong "), 0, quantity.start):
                return None  # "xã … nông thôn mới năm 2020, là 1 trong 4 xã được chọn"
            if _FELL_MOST.search(masked, mention.end, quantity.start):
                continue  # "tỷ lệ hộ nghèo giảm 4,6%, giảm mạnh nhất là các xã X (8,1%), Y (7,4%)"
            if opener and self._named_behind(mention, quantity, opener):
                continue  # "xã X giảm 9% hộ nghèo, xã Y 6%"
            if not mention.ids:
                blocked |= self._looks_alike(mention, quantity)
                continue
            fitting = [i for i in self._fitting(mention, quantity) if i not in blocked]
            if not fitting:
                continue
            cost = self._distance(mention, quantity, previous)
            if cost is None:
                return None
            found = draft(
                catalogue, part.start, fitting[0], quantity, (mention.start, quantity.end), "label", label=mention,
                flags={"weak_cue"} if cost > 3 else (), sign=self._sign(fitting[0], mention, quantity),
            )  # fmt: skip
            if found:
                return found
        return None

    def _lists_on(self, previous: Draft, quantity: Quantity) -> bool:
        """Whether nothing but the name of another place stands between two figures of one unit."""
        since = previous.quantity.end
        named = [m for m in self.part.places if since <= m.start and m.end <= quantity.start]
        if len(named) != 1 or previous.quantity.unit != quantity.unit:
            return False
        between = self.masked[since : named[0].start] + self.masked[named[0].end : quantity.start]
        return not between.strip(" ,;và")

    def _opens_list(self, previous: Draft | None) -> Draft | None:
        """The figure with which the list began that a figure ends."""
        while previous is not None and previous.like in self.drafts:
            previous = previous.like
        return previous

    def _named_behind(self, mention: Mention, quantity: Quantity, opener: Draft) -> bool:
        """Whether a label stands behind the figure with which a list of falls began, and so is taken."""
        if not opener.quantity.end <= mention.start < opener.end:
            return False
        falls = opener.rule == "change" or opener.quantity.unit == quantity.unit == "households"
        return falls and not _STANDS.search(self.masked, mention.end, quantity.start)

    def _by_label_behind(self, quantity: Quantity) -> Draft | None:
        """By the label right behind the figure: "46 triệu đồng thu nhập", "54 tỷ đồng là số thu ngân sách"."""
        part, masked = self.part, self.masked
        called = _IS_CALLED.match(masked, quantity.end)
        if quantity.unit in ("", "households", "communes") and not called:
            return None
        free = (m for m in part.labels if m.start >= quantity.end and m.start not in self.taken and m.ids)
        mention = next(free, None)
        if mention is None:
            return None
        named = _IN_BRACKET.fullmatch(masked, quantity.end, mention.start) and _CLOSES.match(masked, mention.end)
        if not (named or _LEADS_TO_LABEL.fullmatch(masked, quantity.end, mention.start)):
            return None
        if _OWN_LEVEL.match(masked, mention.end):
            return None
        between = masked[quantity.end : mention.start]
        said = named or "là" in between or between.startswith(":")  # "95% hộ nghèo" is no share of the poor
        grows = "tăng" in masked[mention.start : mention.end]  # "35% GRDP" is no growth
        refused = self.refused.get(quantity.start, ())
        for indicator in mention.ids:
            entry = part.catalogue[indicator]
            measures = entry.unit != "percent" or said or (grows and indicator == "growth_rate")
            fitting = fits(entry, quantity) is not None or (called and not quantity.unit and entry.unit in COUNTED)
            if indicator not in self.changes and indicator not in refused and measures and fitting:
                span = (quantity.start, mention.end)
                return draft(part.catalogue, part.start, indicator, quantity, span, "label", label=mention)
        return None

    def _looks_alike(self, mention: Mention, quantity: Quantity) -> set[str]:
        """Indicators that words right before the figure only seem to name."""
        near = gap_cost(self.masked[mention.end : quantity.start]) <= 1.5
        if near and not re.search(r"chuẩn|tiêu chí", self.masked[mention.start : mention.end]):
            return set(mention.not_ids)
        return set()

    def _fitting(self, mention: Mention, quantity: Quantity) -> list[str]:
        """The indicators of a label that the quantity can be a level of."""
        catalogue = self.part.catalogue
        fitting = [
            i for i in mention.ids
            if (fits(catalogue[i], quantity) is not None and self._for_households(i, mention, quantity))
            or self._bare_fits(i, mention, quantity)
        ]  # fmt: skip
        if not fitting and quantity.unit == "households":  # "tỷ lệ hộ nghèo đến nay còn 174 hộ"
            levels = [self.changes.get(i, i) for i in mention.ids]
            falls = _FALL_OF.fullmatch(self.masked, mention.start, quantity.start)
            if falls:  # "Giảm hộ nghèo: kế hoạch 260 hộ"
                return [catalogue[c].fall for i in levels for c in catalogue.counts_of(i) if catalogue[c].fall][:1]
            return [c for i in levels if catalogue[i].kind == "rate" for c in catalogue.counts_of(i)][:1]
        lead = self.masked[mention.end : quantity.start]
        bound = self.taken.get(mention.start)  # "… từ 48,9% xuống còn 20,24%"
        beside = not lead.strip(" :,") and self.masked.startswith("số hộ", mention.start)  # "số hộ cận nghèo 3,38%"
        is_share = bound.unit == "percent" if bound else beside or _IS_SHARE.fullmatch(lead)
        if not fitting and quantity.unit == "percent" and is_share:
            # "số hộ nghèo chiếm tỷ lệ 0,49%"
            return [catalogue[i].share for i in mention.ids if catalogue[i].share][:1]
        if not any(i in self.changes for i in fitting) or self._stays_change(mention, quantity):
            return fitting
        if "đa chiều" in self.masked[mention.start : mention.end]:  # "giảm tỷ lệ nghèo đa chiều xuống còn 3,5%"
            return ["multidimensional_poverty_rate"]
        return [self.changes.get(i, i) for i in fitting]

    def _for_households(self, indicator: str, mention: Mention, quantity: Quantity) -> bool:
        """Houses are counted by their households only where these are given them: "xóa nhà tạm cho 60 hộ"."""
        if quantity.unit != "households" or self.part.catalogue[indicator].unit != "houses":
            return True
        return bool(_GIVEN_TO.fullmatch(self.masked, mention.end, quantity.start))

    def _distance(self, mention: Mention, quantity: Quantity, previous: Draft | None) -> float | None:
        """What stands between label and figure, as a cost; None when the figure is not about the label."""
        masked = self.masked
        gap = masked[mention.end : quantity.start]
        inner = [
            q for q in self.part.quantities
            if mention.end <= q.start < quantity.start and q.unit == quantity.unit
        ]  # fmt: skip
        bound, aside = self.taken.get(mention.start), None
        if bound is not None or inner:
            last = max(inner, key=lambda q: q.end, default=bound)
            if last is None or not self._goes_on(last, quantity, previous):
                return None
            cost = 1.0
        else:
            cost = gap_cost(gap)
            aside = mention.start < 45 and len(gap) < 270 and _ASIDE_BETWEEN.fullmatch(gap)
            if aside or (cost > 7 and mention.start < 25 and len(gap) < 160 and _AFTER_ASIDE.search(gap)):
                cost = 4.0  # "Thu ngân sách gặp khó khăn do thị trường trầm lắng, ước đạt 205 tỷ đồng"
        first = bound is None and not inner  # else the label governs the figures before this one, too
        insured = "health_insurance_rate" in mention.ids and _TAKE_PART.match(masked, quantity.end)
        own = not insured and _own_statement(masked, quantity, gap)  # "Về bảo hiểm y tế, … có 55,8% người dân tham gia"
        if (len(gap) > 160 and first and not aside) or cost > 7 or own:
            return None
        return cost

    def _goes_on(self, last: Quantity, quantity: Quantity, previous: Draft | None) -> bool:
        """Whether a further figure after a label is about it too: "từ A xuống B", "A năm X, B năm Y", a list."""
        gap = _SHARE_BESIDE.sub("", self.masked[last.end : quantity.start])
        if _ONWARD.search(gap) and gap_cost(gap) <= 3:
            return True
        if _BRACKET_PLACE.fullmatch(gap) and any(
            last.end <= m.start and m.end < quantity.start and m.role in ("named", "bare") for m in self.part.places
        ):
            return True
        if _AND_REACHED.fullmatch(gap) and _PERIOD_BEHIND.match(self.masked, quantity.end):
            return True  # "87,98% dân số, đạt 91,93% dân số vào năm 2019"
        if _BRACKET_PERIOD.fullmatch(gap) or (_OTHER_PERIOD.fullmatch(gap) and gap_cost(gap) <= 3):
            return True
        if previous is None or previous.quantity is not last:
            return False
        part_level = self.part.frame.level
        spans = [
            (m.start - last.end, m.end - last.end) for m in self.part.places
            if last.end <= m.start and m.end <= quantity.start
            and (m.role != "generic" or m.level not in ("commune", part_level))
        ]  # fmt: skip
        return bool(spans) and gap_cost(gap, spans) <= 4.5

    def _sign(self, indicator: str, mention: Mention, quantity: Quantity) -> float:
        """A change is a fall unless the words say that it rises."""
        falls = indicator in self.changes and "tăng" not in self.masked[mention.start : quantity.start]
        return -1.0 if falls else 1.0

    def _stays_change(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether "giảm hộ nghèo … 1,5%" speaks of a change: it does unless a level verb stands before the figure."""
        lead = self.masked[mention.start : quantity.start]
        first_of_two = TWO_LEVELS.search(lead) and _TO_LEVEL.match(self.masked, quantity.end)
        if quantity.value_max is not None and "mỗi năm" in lead:
            return True  # "giảm tỷ lệ hộ nghèo mỗi năm từ 2,5 - 3%, đến năm 2030 còn dưới 2%"
        return not _LEVEL_VERB.search(lead) and not first_of_two and quantity.qualifier != "<"

    def _bare_fits(self, indicator: str, mention: Mention, quantity: Quantity) -> bool:
        """A number without a unit under a label that names it in brackets, or right after a count's label."""
        if quantity.unit:
            return False
        gap = self.masked[mention.end : quantity.start]
        if _BARE_UNIT.match(gap):
            return True
        unit = self.part.catalogue[indicator].unit
        counted = unit in (*COUNTED, "criteria", "targets")
        told = self.masked.startswith("số ", mention.start) and (quantity.of is None or indicator == "targets_met")
        total = unit == "communes" and quantity.end == len(self.masked.rstrip(" .;"))
        if told and (quantity.value >= 20 or indicator == "targets_met" or total or gap.endswith(" là ")):
            return counted and bool(_COUNT_SAID.fullmatch(gap))  # "số hộ nghèo … còn 3.174", "số chỉ tiêu đạt: 19/22"
        households = unit == "households" and quantity.of is None and quantity.value == int(quantity.value)
        ends = _ENDS_CLAUSE.match(self.masked, quantity.end)
        if counted and ends and gap == " " and any(d.unit == unit for d in self.part.memory.thought.drafts):
            return quantity.of is None  # "1.611 lao động, trong đó: nông nghiệp 299; xuất khẩu lao động 103"
        left = gap == " " or _LEFT_ONLY.fullmatch(gap) or ("còn" in gap and gap_cost(gap) == 0)
        if households and ends and quantity.value >= 20 and left:
            return True  # "hộ nghèo còn lại 1.718, hộ cận nghèo 3.422"
        if quantity.of is not None and unit == "communes":
            return bool(_RISEN_TO.search(gap))  # "đưa tổng số xã đạt chuẩn lên 16/18"
        return counted and bool(_BARE_COUNT.match(gap)) and quantity.of is None

    def _by_tail(self, quantity: Quantity) -> Draft | None:
        """By a label that ended the part before: "Tỷ lệ hộ nghèo: " · "3,2%"."""
        part, tail = self.part, self.part.memory.paragraph.tail
        if tail is None or _ALL_HOUSEHOLDS.search(self.masked, max(0, quantity.start - 50), quantity.start):
            return None
        spans = [(m.start, m.end) for m in part.places if m.end <= quantity.start and m.role in ("named", "bare")]
        cost = gap_cost(self.masked[: quantity.start], spans)
        counts = [c for i in tail.ids if quantity.unit == "households" for c in part.catalogue.counts_of(i)]
        for indicator in (*tail.ids, *counts):  # "Số hộ nghèo và tỷ lệ hộ nghèo của 4 xã:" · "Xã X: 512 hộ, 41,3%"
            if indicator in self.changes or fits(part.catalogue[indicator], quantity) is None or cost > 3:
                continue
            return draft(
                part.catalogue, part.start, indicator, quantity, (quantity.start, quantity.end), "carried_label",
                flags={"weak_cue"} if cost > 1 else (),
            )  # fmt: skip
        return None


def _better(counted: Draft | None, labelled: Draft | None, masked: str) -> Draft | None:
    """Of a reading by what is counted and one by the label, the one that the words bear out better."""
    if counted is None or labelled is None:
        return counted or labelled
    if counted.rule == "topic_count" and ("weak_cue" not in labelled.flags or labelled.indicator == counted.indicator):
        return labelled
    if counted.rule == "topic_count" and masked.startswith("số ", labelled.label.start):
        return labelled  # "số xã nâng cao đáp ứng bộ tiêu chí là 3/15 xã"
    if labelled.label is None or labelled.indicator == counted.indicator:
        return counted
    named = masked[labelled.label.start : labelled.label.end]
    if "số xã" in named and re.search(r"\d", masked[counted.quantity.end : counted.end]):
        return labelled  # "nâng tổng số xã kiểu mẫu lên 5 xã và 3 xã nâng cao"
    close = gap_cost(masked[labelled.label.end : labelled.quantity.start]) <= 0.5
    if close and _OWN_FIGURE.match(masked, counted.end):
        return labelled  # "tỷ lệ hộ nghèo còn 1,8% hộ cận nghèo còn 3,5%"
    if "weak_cue" in counted.flags and "weak_cue" not in labelled.flags:
        return labelled  # "đào tạo nghề cho 1.000 lao động, 82% trong số đó có việc làm"
    return labelled if close and counted.end - counted.quantity.end > 30 else counted


def _moves_rate(part: Part, number: int) -> bool:
    """Whether "giảm 3,9% so với năm 2022" speaks of a rate named after the last figure, and so of percentage points."""
    named = part.labels_before(part.quantities[number].start)
    product = named and part.masked.startswith(("tổng sản phẩm", "grdp"), named[-1].start)
    if product and named[-1].ids == ("growth_rate",):
        return True  # growth beside the product of a place, which is no indicator here
    since = part.quantities[number - 1].end if number else 0
    near = [m for m in part.labels if m.ids and m.start >= since and m.end <= part.quantities[number].start]
    catalogue = part.catalogue
    return bool(near) and any(catalogue[i].change or i in catalogue.changes for i in near[-1].ids)


def _grows(part: Part, quantity: Quantity) -> bool:
    """Whether a percentage against the year before is growth itself: "tốc độ tăng trưởng đạt 7% so với năm 2019"."""
    named = part.labels_before(quantity.start)
    if not named or named[-1].ids != ("growth_rate",):
        return False
    first = not any(named[-1].end <= q.start < quantity.start for q in part.quantities)
    return first and gap_cost(part.masked[named[-1].end : quantity.start]) < 5


def _measures_plan(part: Part, quantity: Quantity) -> bool:
    """Whether a percentage of a plan is the measure itself: "giải ngân vốn đầu tư công đạt 48,3% kế hoạch"."""
    if OF_INVESTMENT.match(part.folded, quantity.end) or disbursed(part, quantity):
        return True
    before = part.labels_before(quantity.start)
    if not before or not any(part.catalogue[i].of_plan for i in before[-1].ids):
        return False
    return not any(q.unit == "percent" for q in part.quantities if before[-1].end <= q.start < quantity.start)


def _own_statement(masked: str, quantity: Quantity, gap: str) -> bool:
    """Whether the words behind a figure make it a statement of its own: "…, 98% đường được cứng hóa"."""
    at = quantity.end
    if quantity.unit == "households":
        return not _BEHIND_HOUSEHOLDS.match(masked, at)
    if quantity.unit == "communes" and _NOT_YET.match(masked, at):
        return True
    if quantity.unit == "persons":
        return "," in gap and bool(_PERSONS_DO.match(masked, at))
    if quantity.unit == "percent":
        if _OTHER_WHOLE.match(masked, at) or (_OF_VILLAGES.match(masked, at) and re.search(r",| và ", gap)):
            return True
        if _OTHER_SUBJECT.search(gap):
            return True  # "100% hộ dùng nước hợp vệ sinh, số hộ có công trình phụ là 85%"
        return "," in plain(gap) and (not _BEHIND_PERCENT.match(masked, at) or bool(_THEY_DO.match(masked, at)))
    return False


def _bracketed(masked: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether a mention stands in a bracket that closes before the figure."""
    opened = masked.rfind("(", 0, mention.start)
    if opened < 0 or ")" in masked[opened : mention.start]:
        return False
    return ")" in masked[mention.end : quantity.start]


def _open_label(part: Part) -> Mention | None:
    """A label at the very end of a part, before a colon, waits for the figure of the next."""
    label = next((m for m in reversed(part.labels) if m.ids), None)
    if label is None:
        return None
    if any(q.start > label.end and q.unit != "districts" for q in part.quantities):  # "…, ba huyện có tỷ lệ cao:"
        return None
    rest = plain(part.masked[label.end :])  # "Kết quả thu ngân sách 9 tháng năm 2023 của một số xã:"
    return label if len(rest) < 60 and part.opens_list() else None
