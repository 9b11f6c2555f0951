"""One more place of a list and its figure, without an indicator of its own: "huyện A 30%; huyện B 29%"."""

from __future__ import annotations

import itertools
import re

from analysis.context.frame import PlaceMention
from analysis.quantities import Quantity, in_unit_of
from analysis.sentences.drafts import Draft, draft, fits
from analysis.sentences.parts import Part

# between the name of a place and its figure in a list
_LIST_WORDS = (
    "", "là", "với", "có", "đạt", "còn", "mới có", "mới đạt", "chiếm", "được", "giảm", "tăng", "chỉ", "chỉ còn",
    "chỉ chiếm", "chỉ có", "vẫn còn", "lên tới", "lên đến", "ở mức", "với mức giảm", "mức giảm", "đạt tỷ lệ",
    "có tỷ lệ", "với tỷ lệ", "cũng còn", "đều đạt", "đều còn", "đều có", "đều trên", "cùng ở mức", "cùng đạt",
    "mới được", "chỉ được", "đóng góp", "vẫn ở mức", "xóa được", "làm được", "hoàn thành", "thu", "thu được",
    "thực hiện", "thì", "giải ngân", "giải ngân được",
)  # fmt: skip
_BEFORE_BARE = ("", ":", "(", "chỉ", "thì", "có", "là", "chỉ có", "còn")
_UNLISTED = ("communes", "criteria", "targets")  # a number behind a commune may count its criteria
_LIST_NUMBER_ENDS = re.compile(r"\s*(?:[,;.)]| và |$)")
_MOST = re.compile(
    r"(?:dẫn đầu|đứng đầu)(?: (?:huyện|tỉnh))?(?:,? với)?|(?<=^ )(?:đông|nhiều|ít|cao|thấp) nhất(?:,? với)|"
    r"(?:là (?:địa phương|đơn vị|xã|huyện|nơi) )?(?:có (?:nhiều|ít) (?:[^\W\d]+ ){1,4}nhất|"
    r"(?:giảm|tăng|đạt|có (?:[^\W\d]+ ){1,6}?)(?: ?(?:nhiều|ít|cao|thấp|mạnh|nhanh|sâu)) nhất)(?:,? (?:với"
    r"|huyện|tỉnh))*"
)  # "xã X giảm nhiều nhất với 96 hộ"
_RANKED = re.compile(r"(?<!\w)(?:cao|thấp|nhiều|ít) nhất\b")
_LIST_OPENS = re.compile(
    r"(?:như|là|gồm|:)\W*(?:xã )?$|^\W*(?:ở|về|theo) (?:cấp |từng |các )*(?:huyện|xã|địa phương"
    r"|địa bàn)[^,;.\d]{0,15}, $|^\W*(?:cụ thể|trong đó|bao gồm)[,:]|^\W*(?:riêng|trong đó|nổi bật"
    r"|điển hình)(?: là)? $"
)
# "Xếp theo địa phương, huyện X dẫn đầu với 2.077 người": the figures before, place by place
_BY_PLACE = re.compile(
    r"\W*(?:(?:xét|xếp|tính|chia|phân) )?theo (?:từng )?(?:địa bàn|địa phương|huyện|đơn vị)[^,;.\d]{0,20},"
    r"|\W*(?:riêng )?(?:ở|trong|tại) (?:số )?(?:các|những|khối|nhóm) (?:địa phương|huyện|xã|nội thành"
    r"|ngoại thành)[^,;.\d]{0,25},"
)
_SHARED_OUT = re.compile(r"\W*(?:chỉ tiêu|kế hoạch|số lượng)[^:.\d]{0,30}(?:giao|phân bổ)[^:.\d]{0,50}:")
_NEAR = 600  # characters
# from a figure of a list to the place whose it is: "17 sản phẩm của thành phố X, 2 sản phẩm của huyện Y"
_BELONGS = re.compile(r"(?: [^\W\d]+){0,3} (?:của|ở|tại|thuộc) ")
_ONE_MORE_OWNED = re.compile(
    r"\d(?: [^\W\d]+){1,4} (?:của|ở|tại|thuộc) (?:huyện|thị xã|thành phố|quận|xã) [^;.\d]*; \Z"
)
_NOT_YET = re.compile(r"(?: \([^()]*\))?,? (?:còn |vẫn )?chưa\b")
_OWNED_FIRST = re.compile(r"(?:gồm|:|trong đó)(?: có)?\W*\Z")
_ITEM = re.compile(r"\W*[-+*•·]\s*(?:các )?|\d{1,2}[.)]\s*(?:các )?")  # "- Huyện X: 15 nhà"
_SUPERLATIVE = re.compile(r"nhất (?:hiện |_+ )?là\s*$")


def listed_place(part: Part, quantity: Quantity, previous: Draft | None) -> Draft | None:
    """One more place of a list: "…: huyện Sốp Cộp 30,6%; huyện Bắc Yên 29,17%", "thấp nhất là xã Mường Nhé, 31,4%"."""
    masked, catalogue, thought = part.masked, part.catalogue, part.memory.thought
    last = previous or _last_before(part, quantity)
    if quantity.unit == "households" and re.search(r"giảm", masked[: quantity.start]):  # "Giảm nhiều là xã X 92 hộ"
        earlier = [*part.memory.paragraph.drafts, *([previous] if previous else [])]
        last = next((d for d in reversed(earlier) if d.indicator in catalogue.falls), last)
    if last is not None and fits(catalogue[last.indicator], quantity) is None:
        earlier = thought.drafts or part.memory.paragraph.drafts
        like = [d for d in earlier if fits(catalogue[d.indicator], quantity) is not None]
        last = like[-1] if like else last
    if last is None or last.unit == "yes":
        return None
    if not quantity.unit and (last.quantity.noun or last is previous) and last.unit not in _UNLISTED:
        quantity = _as_listed(part, quantity, last)
    if last.rule == "plan_beside":  # "…, trong khi chỉ tiêu là 81,5%. Thấp nhất là xã Tân Hà với 61,2%"
        earlier = [d for d in part.memory.paragraph.drafts if d.indicator == last.indicator and d.rule != last.rule]
        last = earlier[-1] if earlier else last
    since = previous.quantity.end if previous else 0
    if (owner := owner_behind(part, quantity)) and fits(catalogue[last.indicator], quantity) is not None:
        if _other_label(part, since, quantity.start, last.indicator) or _NOT_YET.match(part.masked, owner.end):
            return None
        span = (quantity.start, quantity.end)
        found = draft(catalogue, part.start, last.indicator, quantity, span, "listed_place")
        if found is not None:
            found.like = last
        return found
    spans = [
        (m.start, m.end) for m in part.places
        if m.start >= since and m.end <= quantity.start and m.role in ("named", "bare")
    ]  # fmt: skip
    if not spans or _other_label(part, since, quantity.start, last.indicator):
        return None
    between = re.sub(r"\([^()]*\)", "", masked[spans[-1][1] : quantity.start])
    between = _MOST.sub("", between)
    if _RANKED.sub("", between).strip(" ,:(_") not in _LIST_WORDS:
        return None
    far = not previous and not thought.drafts
    if far and not _list_goes_on(part, last, spans):
        return None
    indicator, lead = last.indicator, masked[since : quantity.start]
    if indicator == "ntm_criteria_per_commune" and part.places[-1].level == "commune":
        return None  # the criteria of one commune are no average
    if re.search(r"giảm|tăng", lead) and "còn" not in lead and indicator not in catalogue.falls:
        moving = indicator in catalogue.changes or indicator == "growth_rate"
        indicator = catalogue[indicator].change or (indicator if moving else "")
        if not indicator:
            return None
    elif (far and re.search(r"nghèo|tỷ lệ|mức", lead)) or "còn" in lead:
        indicator = catalogue.changes.get(indicator, indicator)
    if fits(catalogue[indicator], quantity) is None:
        return None
    falls = indicator in catalogue.changes and (last.value < 0 or "giảm" in lead)
    found = draft(
        catalogue, part.start, indicator, quantity, (quantity.start, quantity.end), "listed_place",
        flags={"weak_cue"} if far else (), sign=-1.0 if falls else 1.0,
    )  # fmt: skip
    if found is not None:
        found.like = last
    return found


def owner_behind(part: Part, quantity: Quantity) -> PlaceMention | None:
    """The place behind a figure of a list in which each stands before its place; None in other lists."""
    places = [m for m in part.places if m.role in ("named", "bare")]
    own = next((m for m in places if _BELONGS.fullmatch(part.masked, quantity.end, m.start)), None)
    if own is None:
        return None
    others = (q for q in part.quantities if q.unit == quantity.unit and q is not quantity)
    listed = any(_BELONGS.fullmatch(part.masked, q.end, m.start) for q in others for m in places)
    listed = listed or _OWNED_FIRST.search(part.masked, max(0, quantity.start - 25), quantity.start)
    return own if listed or _ONE_MORE_OWNED.search(part.context[-160:]) else None


def _as_listed(part: Part, bare: Quantity, last: Draft) -> Quantity:
    """A number right behind a name in the unit of the list: "huyện A 1.320 lao động, B 1.486, C (905)"."""
    named = [m for m in part.places if m.end <= bare.start]
    behind = any(part.masked[m.end : bare.start].strip(" ,_") in _BEFORE_BARE for m in named)
    ends = behind and _LIST_NUMBER_ENDS.match(part.masked, bare.end)
    return in_unit_of(bare, last.quantity, part.folded) if ends else bare


def _last_before(part: Part, quantity: Quantity) -> Draft | None:
    """The figure that a list without a label of its own goes on with; superlatives and lists may refer far back."""
    memory = part.memory
    for drafts in (memory.thought.drafts, memory.paragraph.drafts):
        if drafts:
            return drafts[-1]
    shared_out = _SHARED_OUT.match(part.masked)  # "Chỉ tiêu giao cho các địa phương: huyện X 110 người; …"
    if memory.drafts and ("nhất" in part.masked or shared_out):
        return memory.drafts[-1]
    if not (_lists_places(part) or _BY_PLACE.match(part.masked)):
        return None
    near = [d for d in memory.drafts[-6:] if part.start - d.offset < _NEAR]
    before, tail = memory.paragraph.item_before[-1:], memory.paragraph.tail
    if before and before[0].rule == "listed_place":
        return before[0]
    if tail:  # "Về hộ cận nghèo, ba huyện có tỷ lệ cao:"
        near = [d for d in near if {d.indicator, *part.catalogue.counts_of(d.indicator)} & set(tail.ids)] or near
    fitting = [d for d in near if fits(part.catalogue[d.indicator], quantity) is not None]
    return next((d for d in reversed(fitting) if d.indicator == fitting[0].indicator), None)  # the first is the subject


def _lists_places(part: Part) -> bool:
    """Whether a part gives figures for several places one by one, or is an item of such a list: "+ Huyện X: 9 hộ"."""
    named = [m for m in part.places if m.role in ("named", "bare")]
    behind = [q for q in part.quantities if q.unit]
    pairs = [
        (m, q) for m, q in itertools.product(named, behind)
        if m.end <= q.start and part.masked[m.end : q.start].strip(" ,:(_") in _LIST_WORDS
    ]  # fmt: skip
    if not pairs:
        return False
    opened = _LIST_OPENS.search(part.masked[: named[0].start]) or _ITEM.fullmatch(part.masked, 0, named[0].start)
    return bool(opened) or len({m.start for m, _ in pairs}) > 1


def _other_label(part: Part, since: int, until: int, indicator: str) -> bool:
    """Whether a label between two positions names something else than the indicator."""
    return any(m.ids and m.start >= since and m.end <= until and indicator not in m.ids for m in part.labels)


def _list_goes_on(part: Part, last: Draft, spans: list[tuple[int, int]]) -> bool:
    """Whether places named here go on with a figure of an earlier sentence: a list of communes, or a superlative."""
    masked = part.masked
    within = "commune" if part.frame.level != "province" else "district"
    opened = part.memory.thought.words + masked[: spans[0][0]]
    if part.places[-1].level in ("commune", within) and _LIST_OPENS.search(opened):
        return True
    if _lists_places(part) or _BY_PLACE.match(masked):
        return True
    if last.place is not None and last.place.role in ("named", "bare"):
        return True
    return bool(_SUPERLATIVE.search(masked[: spans[-1][0]]))
