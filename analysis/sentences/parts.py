"""One part of a sentence and everything that is read from it, once: figures, their relations, periods, places, labels.

A part ends at a semicolon or where the sentence ends. What earlier parts leave for later ones is kept in `Memory`.
Which figure states which indicator, of which place and period, is left to `binding`, `placing` and `dating`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.context.frame import WITHIN, Frame, PlaceMention
from analysis.context.mentions import CAPITAL, PlaceReader
from analysis.indicators import Catalogue
from analysis.periods import Mention as PeriodMention
from analysis.periods import find_periods
from analysis.quantities import Quantity, find_quantities
from analysis.sentences.cues import SKIP, CueIndex, Mention, words_of
from analysis.sentences.drafts import Draft
from analysis.sentences.relations import Relation, relate

# what a part must hold to be worth reading for figures: a digit, or a number word with a counted noun
_DIGIT = re.compile(r"\d")
_NUMBER_WORD = re.compile(  # looked for at its first letter, which a search finds quickest
    r"[hbnsctm](?<!\w.)(?<=(?=(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|một) (?:xã|sản phẩm|hộ|nhà|căn|ngôi|trường|lớp"
    r"|huyện|mươi|chỉ tiêu|tiêu chí|lao động|người)).)"
)
# a part without a figure may still say that communes or the district became new-rural
NEW_RURAL = re.compile(r"(?:nông thôn mới|ntm)(?!\w)")
# "Bình Ninh", "Sơn Lôi 2"
_CAPITAL_WORD = rf"[{CAPITAL}][\w']*"
COMMUNE_NAME = rf"{_CAPITAL_WORD}(?: (?:{_CAPITAL_WORD}|\d{{1,2}}))*"
_HOME = r"(?: \([^()\d]{2,30}\))?"  # the district in which a commune lies
_HOME_BEHIND = re.compile(
    rf" \((?:tỉnh |huyện |thị xã |thành phố |TP\.? ?)?[{CAPITAL}][^\W\d{CAPITAL}][^()\d:;]{{2,25}}\)"
)
# names right behind a count: "3 xã Bình Ninh, Hòa Định và Tân Thuận"
_NAMES = re.compile(
    rf"\s*(?:(?:còn lại|khác|nữa),? )?(?:của (?:huyện|thị xã|thành phố) {COMMUNE_NAME} (?=là |gồm ))?"
    rf"(?:là |(?:bao )?gồm (?:có )?|đó là |: ?)?(?!\(?(?:NTM"
    rf"|OCOP)\b)(?P<list>\(?(?:gồm |là |xã )?{COMMUNE_NAME}{_HOME}(?:(?:, | và "
    rf"|; )(?:xã )?{COMMUNE_NAME}{_HOME})*\)?)"
)
_ONE_OUT_OF = re.compile(r"(?:0?1|một) trong ")  # "là 1 trong 4 xã của huyện được công nhận": there are four
# the point of "tp. cần thơ", "h. ba chẽ"
_DOTTED = re.compile(r"\.(?:(?<=(?<!\w)t[pxt].)|(?<=(?<!\w)[qphx].))(?= ?[^\W\d])")
# words of planning: "(KH 66,5 tỷ đồng)"
PLANNED = re.compile(
    r"kế hoạch|(?<!\w)(?:kh|nqhđnd|nq hđnd|nq)(?!\w)|chỉ tiêu|phấn đấu|mục tiêu|nghị quyết|dự (?:kiến|toán)"
    r"|quyết tâm(?! chính trị| cao| của)"
)
# "từ 9,43%": the first of two levels
TWO_LEVELS = re.compile(r"(?:^|[\s,(])từ\s*(?:mức\s*)?(?:chỗ [^,;.\d]{0,40}|đầu (?:kỳ|nhiệm kỳ|năm)\s*)?$")
# "giá trị sản xuất (giá so sánh năm 2010) tăng trưởng 9%"
_PRICES = re.compile(r" \((?:theo )?giá (?:so sánh|hiện hành|thực tế|cố định|ss|hh)[^()]{0,20}\)(?= tăng trưởng)")
# "không còn hộ nghèo, hộ cận nghèo chiếm 1,1%": the poor are no part of what is counted
_NONE_LEFT = re.compile(
    r"(?:không còn|không có|hết) hộ nghèo"
    r"(?=,? (?:và )?(?:tỷ lệ )?(?:hộ )?cận nghèo(?: [^\W\d_]+){0,3} (?:hơn |trên )?[\d_])"
)
# "chưa có xã nào đạt chuẩn (nâng cao, kiểu mẫu)"
NONE_YET = re.compile(
    r"(?:(?:chưa|không) có xã (?:nào )?|chưa xã nào )(?:[^\W\d]+ ){0,2}?(?:đạt(?! (?:trên|dưới|từ|quá|được))"
    r"|về đích|cán đích|được (?:\w+ )?công nhận|hoàn thành)(?: đạt| chuẩn| danh hiệu| xã| (?:đủ )?19(?:/19)? tiêu chí)*"
    r"(?P<named>(?: (?:nông thôn mới|ntm))?)"
    r"(?P<grades>(?:,? (?:(?:và|hay|hoặc) )?(?:nông thôn mới )?(?:nâng cao|kiểu mẫu))*)"
    r"(?! \w* ?(?:tiêu chí|văn hóa|quốc gia|y tế|phổ cập))"
)
_MEETS = re.compile(r"\bđạt chuẩn|về đích|cán đích")
# "toàn bộ (100%) số xã": the share of a predicate, no aside
_SET_OFF = re.compile(r"(?:toàn bộ|tất cả|cả|một nửa) \([\d.,]+ ?%\)(?= (?:các |số )?(?:xã|trường|hộ|dân|người))")
_HEADING = re.compile(r"\W*(?:\d{1,2}(?:\.\d)*|[ivx]{1,4}|[a-zđ])\s*[.)]\s*[^\d,;:]{6,50}")  # "1. Hộ nghèo"
LOCAL = ("district", "commune")
_OPENS = 3  # characters before the first sentence of a paragraph
_AT_ONCE = 90  # characters from a question to the sentence that answers it at once
_TIME_WORDS = ("năm", "tháng", "nay", "nhiệm kỳ", "quý")


@dataclass(frozen=True)
class Background:
    """What is known before a sentence is read: the catalogue, its phrases, and what the report as a whole is about."""

    catalogue: Catalogue
    index: CueIndex
    frame: Frame
    places: PlaceReader
    title: str  # folded


@dataclass
class Thought:
    """What the parts of one sentence leave for its later parts (a semicolon ends a part, not a thought)."""

    periods: list[PeriodMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    words: str = ""  # without figures and what they count
    quotes: int = 0  # quotation marks so far
    pair: tuple[str, str] = ("", "")  # periods of an earlier and a later level
    chosen: PeriodMention | None = None  # the one that dates its last figure
    outset: bool = False  # a figure of it stood so before anything was done, at no date that is told


@dataclass
class Paragraph:
    """What the sentences of one paragraph leave for its later ones."""

    opening: int = 0  # where it begins in the canonical text
    running: PeriodMention | None = None  # the period named last that governs what follows
    subject: PlaceMention | None = None  # the place with which a sentence began
    after_commune: bool = False  # the figures before it were a commune's
    host: PlaceMention | None = None  # the other district whose leaders speak
    tail: Mention | None = None  # a label whose figure has not come yet
    before: str = ""  # the words of the sentence before, without figures
    headed: bool = False  # the line before it is a heading
    plan_term: str = ""  # the years of a plan or term of office named last
    drafts: list[Draft] = field(default_factory=list)
    item_before: list[Draft] = field(default_factory=list)  # of the item before, where it is one of a list
    five_years: bool = False  # it speaks of the last five years
    now: bool = False  # its last words on time are "đến nay", "hiện"
    pair: tuple[str, str] = ("", "")  # periods of the last earlier and later level
    ended: bool = False  # the running period is the end of a year: "cuối năm 2020 còn 1.568 hộ nghèo"
    loose: frozenset[str] = frozenset()  # units of the figures of the last part that state no indicator


@dataclass
class Memory:
    """What the text read so far leaves for the rest of it."""

    thought: Thought = field(default_factory=Thought)
    paragraph: Paragraph = field(default_factory=Paragraph)
    drafts: list[Draft] = field(default_factory=list)
    last_district: PlaceMention | None = None
    province: PlaceMention | None = None  # the province that a sentence was about since then
    term: str = ""  # the term of office spoken of last, which has begun
    span: str = ""  # the years up to now that were spoken of last: "giai đoạn 2016-2020", "5 năm qua"
    question: str = ""  # the words of the last question
    asked_at: int = 0  # where it begins in the canonical text

    def running_period(self, frame: Frame) -> str:
        """The period that governs here when a sentence names none."""
        running = self.paragraph.running
        return running.period if running else frame.period

    def keep(self, drafts: list[Draft]) -> None:
        """Remember the figures of a part."""
        for memory in (self.thought, self.paragraph, self):
            memory.drafts += drafts


@dataclass
class Part:
    """One part of a sentence. `masked` is `folded` with periods, comparisons and lists of names blotted out, letter for
    letter; `whole` the same with the nouns of counts left as they are."""

    start: int  # in the canonical text
    text: str
    folded: str
    context: str  # the heading and the words of the paragraph before it, folded
    known: Background
    memory: Memory
    opener: str = ""  # words before it that open the sentence: "Nhờ đó, "
    numbered: bool = False  # it may hold a figure
    new_rural: bool = False  # it speaks of new-rural development
    denies: bool = False  # whether it may say that no commune meets the standard
    masked: str = ""
    whole: str = ""
    quantities: list[Quantity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    periods: list[PeriodMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    labels: list[Mention] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    names: dict[int, tuple[int, int]] = field(default_factory=dict)  # lists of names, by where their count starts
    drafts: list[Draft] = field(default_factory=list)  # its figures, when they are bound
    spent: set[int] = field(default_factory=set)  # periods right behind a figure, which are not the next one's

    @property
    def catalogue(self) -> Catalogue:
        return self.known.catalogue

    @property
    def frame(self) -> Frame:
        return self.known.frame

    def figures(self) -> zip[tuple[Quantity, Relation]]:
        """Quantities with what each is beside the others."""
        return zip(self.quantities, self.relations, strict=True)

    def labels_before(self, at: int) -> list[Mention]:
        """The labels that end before a position, without those that only seem to name an indicator."""
        return [m for m in self.labels if m.ids and m.end <= at]

    def question(self, within: int = _AT_ONCE) -> str:
        """The question that the part answers, "" where it begins more than so many characters behind one."""
        asked, at = self.memory.question, self.memory.asked_at
        return f"{asked} " if asked and self.start - at - len(asked) < within else ""

    def opens_list(self) -> bool:
        """Whether the part ends with a colon or is a heading, so that a label at its end waits for the next figure."""
        return self.folded.rstrip()[-1:] == ":" or bool(_HEADING.fullmatch(self.folded))

    def blotted(self) -> str:
        """The part without its figures and the nouns that they count, which say nothing about status."""
        return blot(self.masked, [(q.number_start, q.end) for q in self.quantities])


def holds_number(folded: str) -> bool:
    """Whether folded words hold a number, in digits or as a word before a counted noun."""
    return bool(_DIGIT.search(folded) or _NUMBER_WORD.search(folded))


def read_part(start: int, text: str, folded: str, context: str, known: Background, memory: Memory) -> Part:
    """Read a part: its periods and places, and, where it may hold a figure, all the rest."""
    folded = _SET_OFF.sub(lambda m: m[0].replace("(", " ").replace(")", " "), folded)
    part = Part(start, text, folded, context, known, memory, masked=folded)
    countable = holds_number(folded)
    part.denies = any(words in folded for words in ("chưa có xã", "không có xã", "chưa xã nào"))
    part.new_rural = ("nông thôn mới" in folded or "ntm" in folded) and bool(NEW_RURAL.search(folded))
    part.numbered = countable or part.new_rural or "hộ nghèo" in folded or part.denies
    if part.numbered or any(word in folded for word in _TIME_WORDS):
        named = memory.paragraph.running is not None
        part.periods = find_periods(folded, known.frame.published, memory.running_period(known.frame), named)
    opens = start - memory.paragraph.opening < _OPENS and known.frame.level == "province"  # whom a paragraph is about
    if part.numbered or opens or "ã " in folded or "huyện" in folded or known.frame.communes:
        part.places = known.places.read(text, folded)
    if part.numbered:
        _read_figures(part)
    return part


def _read_figures(part: Part) -> None:
    """Quantities and their relations, the masked sentence and the labels in it."""
    folded = part.folded
    part.quantities = [
        replace(q, value=q.of, of=None) if q.value == 1 and q.of and _ONE_OUT_OF.match(folded, q.start) else q
        for q in find_quantities(folded, [(m.start, m.end) for m in part.periods])
    ]
    part.relations = relate(folded, part.quantities, part.periods, part.frame)
    part.whole = _mask(folded, part.periods, part.quantities, part.relations)
    for denied in NONE_YET.finditer(part.whole) if part.denies else ():  # it is said of no other figure
        shared = _MEETS.search(part.whole, 0, denied.start())  # "7/12 xã đạt chuẩn, chưa có xã đạt …"
        start, end = denied.span("named") if shared else (denied.end(), denied.end())
        part.whole = blot(part.whole, [(denied.start(), start), (end, denied.end())])
    part.names = _names_after(part.text, part.quantities)
    none = [m.span() for m in _NONE_LEFT.finditer(part.whole)] if "nghèo, " in folded else []
    none += [m.span() for m in _PRICES.finditer(part.whole)] if "(giá " in folded or "(theo giá " in folded else []
    part.masked = blot(part.whole, [*_commas(part.quantities), *_listed(part), *_homes(part), *none])
    if part.quantities or part.opens_list():  # else no label has a figure, here or in the next part
        part.words = words_of(part.whole)
        part.labels = part.known.index.labels(part.masked, part.words)


def in_bracket(folded: str, at: int) -> bool:
    """Whether a position stands within round brackets.

    >>> in_bracket("a (b) c", 3), in_bracket("a (b) c", 6)
    (True, False)
    """
    return folded.rfind("(", 0, at) > folded.rfind(")", 0, at)


def blot(folded: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words with some spans blotted out, letter for letter.

    >>> blot("năm 2020 còn 3%", [(0, 8)])
    '________ còn 3%'
    """
    for start, end in spans:
        folded = folded[:start] + SKIP * (end - start) + folded[end:]
    return folded


def _commas(quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Spans from a noun's own comma, which ends nothing, to the end of the noun: "31/31 xã, thị trấn đạt chuẩn"."""
    return [
        (q.noun_start + q.noun.index(","), q.noun_start + len(q.noun)) for q in quantities if "," in q.noun
    ]  # fmt: skip


def _homes(part: Part) -> list[tuple[int, int]]:
    """Spans that only say where a place lies: "huyện X (tỉnh Y) có 12 xã", "huyện X, tỉnh Y còn 4,2%"."""
    found = (_HOME_BEHIND.match(part.text, m.end) for m in part.places)
    provinces = (m for m in part.places if m.level == "province" and is_address(part.folded, m, part.places))
    return [match.span() for match in found if match] + [(m.start - len(", "), m.end) for m in provinces]


def is_address(folded: str, mention: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    """Whether a place only says where the one right before it lies: "huyện X, tỉnh Y có …", "xã X, huyện Y"."""
    inner = WITHIN.get(mention.level, ())
    if mention.role != "named":
        return False
    return any(m.level in inner and folded[m.end : mention.start] == ", " for m in places)


def _names_after(text: str, quantities: list[Quantity]) -> dict[int, tuple[int, int]]:
    """Names listed right behind a count of communes → their span, by where the count starts."""
    found = {}
    for quantity in quantities:
        if quantity.unit == "communes":
            match = _NAMES.match(text, quantity.end)
            if match:
                found[quantity.start] = match.span("list")
    return found


def _listed(part: Part) -> list[tuple[int, int]]:
    """The names behind counts, with the colon before them: "4 xã: A, B, C và D được công nhận …"."""
    spans = []
    for quantity in part.quantities:
        if quantity.start in part.names:
            start, end = part.names[quantity.start]
            colon = part.folded[quantity.end : start].strip() == ":"
            spans.append((quantity.end if colon else start, end))
    return spans


def _mask(folded: str, periods: list[PeriodMention], quantities: list[Quantity], relations: list[Relation]) -> str:
    """The words with periods, and figures that only compare, blotted out; with them the bracket they fill."""
    folded = _DOTTED.sub(" ", folded).replace("…", ".")  # this point ends nothing
    # "5 năm tới" also tells that something is to come
    spans = [(m.start, m.end) for m in periods if m.role != "plan" or not folded.endswith("tới", 0, m.end)]
    for relation in relations:
        if relation.role not in ("plan", "yoy", "times"):
            continue
        start, end = relation.start, relation.end
        opened, closed = folded.rfind("(", 0, start), folded.find(")", end - 1)
        if opened >= 0 and ")" not in folded[opened:start] and closed >= 0 and "(" not in folded[end:closed]:
            inside = (
                r.role for q, r in zip(quantities, relations, strict=True) if q.start >= opened and q.end <= closed + 1
            )
            if "level" not in inside:
                start, end = opened, closed + 1
        spans.append((start, end))
    for quantity in quantities:  # "10 xã, 8 trong số đó đã về đích" is read as "8 xã … đã về đích"
        if quantity.of_those:
            noun = quantity.noun.ljust(quantity.end - quantity.noun_start, SKIP)
            folded = folded[: quantity.noun_start] + noun + folded[quantity.end :]
    return blot(folded, spans)
