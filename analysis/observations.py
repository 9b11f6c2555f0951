"""A report and the catalogue become observations: one figure that the report states about a place, with its words.

Sentences are read part by part: quantities are first told apart by what they are (a level, a change, a percentage of the
plan or of the year before), then levels are bound to the indicator whose words stand closest, then place, period and
status are taken from the nearest words that govern them. What the rules are not sure of carries a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, fields, replace
from typing import TYPE_CHECKING

import pandas as pd

from .context import CAPITAL, Frame, PlaceMention, PlaceReader, asides, frame_of
from .cues import SKIP, CueIndex, Mention, compile_cues
from .indicators import Catalogue, Indicator, load_catalogue
from .periods import Mention as PeriodMention
from .periods import find_periods
from .places import Gazetteer, load_gazetteer
from .quantities import Quantity, find_quantities
from .relations import Relation, relate
from .statuses import Section, read_section, status_of
from .text import Canonical, Sentence, canonical, sentences

if TYPE_CHECKING:
    from .reports import Report


@dataclass(frozen=True)
class Observation:
    """One figure that a report states about a place; the columns are explained in the dictionary of the workbook."""

    report: str
    place: str
    place_code: str
    level: str
    indicator: str
    variant: str
    value: float
    value_max: float | None
    of: float | None
    unit: str
    qualifier: str
    status: str
    period: str
    plan_pct: float | None
    yoy_pct: float | None
    members: str
    quote: str
    start: int
    end: int
    where: str
    rule: str
    flags: str


COLUMNS = tuple(f.name for f in fields(Observation))
_NUMBERS = ("value", "value_max", "of", "plan_pct", "yoy_pct")


def extract(reports: Iterable[Report] | Report, catalogue: Catalogue | None = None, progress: bool = False) -> pd.DataFrame:
    """All observations of the reports as a DataFrame with `COLUMNS`, in the order of the reports and of their text."""
    reports = [reports] if hasattr(reports, "text") else list(reports)
    catalogue = catalogue if catalogue is not None else load_catalogue()
    if progress:
        from tqdm import tqdm

        reports = tqdm(reports, desc="reports", unit="report")
    rows = [astuple(o) for report in reports for o in observe(report, catalogue)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({**dict.fromkeys(_NUMBERS, "float64"), "start": "int64", "end": "int64"})


def observe(report: Report, catalogue: Catalogue | None = None, gazetteer: Gazetteer | None = None) -> list[Observation]:
    """The observations of one report, tables included, in the order of its text."""
    catalogue = catalogue if catalogue is not None else load_catalogue()
    gazetteer = gazetteer or load_gazetteer()
    found = _ProseReader(report, catalogue, gazetteer).read()
    if report.tables:
        from .tabular import observe_tables

        found += observe_tables(report, catalogue, gazetteer)
    if report.ocr:
        found = [replace(o, flags="|".join(filter(None, (o.flags, "ocr")))) for o in found]
    return sorted(found, key=lambda o: (o.start, o.end, o.indicator, o.place))


# ---- unit of a quantity against unit of an indicator ---------------------------------------------------------------

def _fits(indicator: Indicator, quantity: Quantity) -> float | None:
    """The factor that turns the quantity into the indicator's unit, or None when it measures something else."""
    unit, have = indicator.unit, quantity.unit
    if unit == have:
        return 1.0
    if unit == "million_vnd_per_year" and have == "billion_vnd" and quantity.value < 1:
        return 1000.0
    if unit == "million_vnd_per_ha" and have == "billion_vnd" and quantity.value < 1:
        return 1000.0
    if unit == "percentage_points" and have == "percent":
        return 1.0
    if unit == "persons" and have == "visits" and quantity.noun == "lượt":
        return 1.0
    if unit == "visits" and have == "persons" and quantity.noun == "lượt người":
        return 1.0
    return None


@dataclass
class _Draft:
    """An observation in the making: what was bound, and where in the sentence."""

    indicator: str
    quantity: Quantity
    value: float
    value_max: float | None
    of: float | None
    offset: int  # where the part begins in the canonical text
    start: int  # span of the words, in the part
    end: int
    rule: str
    label: Mention | None = None
    flags: set[str] = field(default_factory=set)
    plan_pct: float | None = None
    yoy_pct: float | None = None
    place: PlaceMention | None = None
    places: tuple[PlaceMention, ...] = ()
    period: str = ""
    status: str = ""
    qualifier: str = "="
    members: tuple[str, ...] = ()
    unit: str = ""
    base: bool = False
    owner: _Draft | None = None  # the count that this share stands beside
    together: bool = False  # one figure for several places
    explicit: bool = False  # the period stands in the same sentence


_LIGHT = frozenset(
    "đạt được là còn có giảm xuống tăng lên ở mức chiếm tỷ lệ ước khoảng trên dưới bình quân chung toàn huyện của xã tỉnh thị thành phố cả cho với theo chuẩn nghèo đa chiều "
    "mới giai đoạn đến cuối năm hết nay đã chỉ hiện vào trong tại địa bàn thực hiện kết quả tính tổng số thì mà nhà nước đầu người dân mỗi một / ( ) - : tới ngay vẫn nhất "
    "khi này bằng tương đương ứng tức thu các ngành kinh tế đồng người/năm về lùi rút kéo hạ còn lại con ấy chừng tròn trọn kế tiếp sau thấp cao nơi hộ khu vực rơi thuộc diện "
    "những bản thân vượt quyết định duyệt cùng kỳ giá so sánh hiện hành (giá năm) tiếp tục duy trì giữ vững nâng đưa lần lượt gồm như đó riêng cụ thể".split()
)
_DIVERTS = re.compile(r"hỗ trợ|cho vay|được vay|vay vốn|tặng|được cấp|miễn|mức đóng|trị giá|kinh phí|tiêu chí số|diện tích|vốn vay")
_WEIGHTLESS = re.compile(rf"{SKIP}+|\([^()]*\)|\"[^\"]*\"")


def _gap_cost(gap: str, places: list[tuple[int, int]] = ()) -> float:
    """How much stands between a label and its figure: heavy words and clause marks, periods and places left out."""
    for a, b in sorted(places, reverse=True):
        gap = gap[:a] + " " + gap[b:]
    gap = _WEIGHTLESS.sub(" ", gap)
    words = re.findall(r"[^\s,;.:()]+", gap)
    return 5 * bool(_DIVERTS.search(gap)) + sum(w not in _LIGHT for w in words) + 1.2 * gap.count(",") + 4 * gap.count(";") + 0.5 * gap.count(":")


_SUBGROUP = re.compile(r"dân tộc thiểu số|dtts|dân tộc ít người|(?:khu vực|vùng|ở|riêng) (?:nông thôn|thành thị|thị trấn)(?! mới)|tính riêng|chỉ tính|hộ nghèo (?:là|thuộc) (?:người|đồng bào|hộ|đoàn viên|đối tượng|chính sách)|chủ hộ là|thuộc nhóm|không có khả năng lao động|khmer|phụ nữ làm chủ|hội viên|đoàn viên|cựu chiến binh|học sinh|sinh viên|người cao tuổi|dân tộc (?:chăm|khmer|mông|thái|tày|ê đê|gia rai|dao|hoa)")
_POVERTY = frozenset(("poverty_rate", "near_poverty_rate", "poor_households", "near_poor_households", "poverty_rate_change", "multidimensional_poverty_rate"))
_PLANNED = re.compile(r"kế hoạch|(?<!\w)kh(?!\w)|chỉ tiêu|phấn đấu|mục tiêu|nghị quyết|dự kiến")
_MICRO = re.compile(r"(?<!\w)(?:hợp tác xã|htx|mô hình|cơ sở|doanh nghiệp|công ty|gia đình (?:anh|chị|ông|bà)|anh|chị|ông|bà|tổ hợp tác|xưởng|nhà máy|trang trại|làng nghề|thành viên|mỗi lao động|làm thêm|xã viên|công nhân)(?!\w)")
_GROUP = re.compile(r"học sinh|sinh viên|hội viên|đoàn viên|người nghèo|hộ nghèo|hộ cận nghèo|trẻ em|người cao tuổi|cựu chiến binh|cán bộ|công nhân")
_BRANCH = re.compile(r"(?:ngành |khu vực |lĩnh vực )?(?:nông nghiệp|nông[, -]+lâm|lâm nghiệp|thủy sản|công nghiệp|xây dựng(?! nông)|dịch vụ|thương mại|du lịch|trồng trọt|chăn nuôi|tiểu thủ công)")
_RULED = re.compile(r"tiêu chí|quy định|yêu cầu|điều kiện|phải (?:có|đạt)|muốn đạt|mới (?:được|thuộc)|tiêu chuẩn")
_CAPITAL_WORD = rf"[{CAPITAL}][\w']*"
_SHARE_GAP = re.compile(r"^\W*(?:chiếm|tương ứng|tương đương|ứng với|bằng|tỷ lệ|tức|đạt|đạt tỷ lệ|chiếm tỷ lệ|là|số này|với|=|:|\(|,|-|giảm còn|còn|khoảng|toàn huyện|số hộ|hộ|nghèo|cận nghèo|dân cư|gần|hơn|trên|\s)*$")
_LEVEL_VERB = re.compile(r"(?:xuống|còn|lên|thành|tới|đến|về|ở mức|ở|là|đạt|được|chỉ|:)\s*(?:còn|mức|được|ở)?\s*(?:chỉ\s*)?(?:còn\s*)?$")
_TWO_LEVELS = re.compile(r"(?:^|[\s,(])từ\s*(?:mức\s*)?$")
_ADDED = re.compile(r"(?:thêm|tăng thêm|công nhận thêm|bổ sung|có thêm|mới có)\s*$")
_RISE_TO = re.compile(r"(?:nâng|đưa|tăng)\s+(?:tổng )?(?:con )?(?:số )?[\w ]{0,30}(?:lên|thành)\b")
_AVERAGE = re.compile(r"bình quân|trung bình|mỗi năm|hằng năm|hàng năm|/năm")
_COMMUNE_NAME = rf"{_CAPITAL_WORD}(?: (?:{_CAPITAL_WORD}|\d{{1,2}}))*"
_NAMES = re.compile(rf"\s*(?:là |gồm |: ?)?(?P<list>\(?(?:gồm |là |xã )?{_COMMUNE_NAME}(?:(?:, | và |; )(?:xã )?{_COMMUNE_NAME})*\)?)")
_YEARLY = re.compile(r"mỗi năm|hằng năm|hàng năm|bình quân (?:5|năm) năm|/năm")
_UNCOUNTED = re.compile(
    rf"[Xx]ã (?P<names>{_COMMUNE_NAME}(?:(?:, | và |; )(?:xã )?{_COMMUNE_NAME})*),? (?:[^\W\d_A-ZĐ]+,? |19/19 |UBND ){{0,12}}?(?i:"
    r"(?:đạt(?: chuẩn| tiêu chí| danh hiệu)?|công nhận(?: đạt)?(?: chuẩn)?|về đích|cán đích|danh hiệu|hoàn thành(?: xây dựng)?)(?: danh hiệu| xã| đạt)?(?: chuẩn)?(?: xã)? (?:nông thôn mới|ntm)"
    r"(?P<grade> nâng cao| kiểu mẫu)?|công nhận (?:nông thôn mới|ntm)(?P<grade2> nâng cao| kiểu mẫu)?)"
)
_DISTRICT = re.compile(
    r"(?:(?:đạt chuẩn|đạt tiêu chí|đạt|công nhận(?: đạt)?(?: chuẩn)?(?: là)?|trở thành|thành|danh hiệu|về đích|cán đích|thẩm định|hồ sơ|mục tiêu|được|là) (?:huyện|thị xã|thành phố)(?: \w[\w']*){0,3}?(?: đạt chuẩn| đạt| về đích| hoàn thành nhiệm vụ xây dựng)* (?:nông thôn mới|ntm)"
    r"|(?:huyện|thị xã)(?:,? \w[\w']*){0,6}? (?:đã |được |vừa |chính thức |cũng |cơ bản |thủ tướng chính phủ |chính phủ |trung ương |cùng |đều |ký |có |quyết định |đủ điều kiện |xét,? |đề nghị |nhận |hai địa phương )*(?:công nhận(?: là)?(?: huyện)?(?: đạt)?(?: chuẩn)?|đạt chuẩn|đạt tiêu chí|đạt|về đích|cán đích|hoàn thành(?: nhiệm vụ)?(?: xây dựng)?)(?: chuẩn)?(?: huyện)? (?:nông thôn mới|ntm)"
    r"|hoàn thành nhiệm vụ xây dựng (?:nông thôn mới|ntm)"
    r"|được thủ tướng(?: chính phủ)? (?:ký |quyết định |ký quyết định |ban hành quyết định )*công nhận(?: là)?(?: đạt chuẩn| hoàn thành(?: nhiệm vụ)?(?: xây dựng)?)? (?:nông thôn mới|ntm)"
    r"|huyện(?: vẫn| tiếp tục| đang| sẽ)?(?: \w+){0,3} (?:mục tiêu|phấn đấu) về đích (?:nông thôn mới|ntm))"
    r"(?! (?:nâng cao|kiểu mẫu|bền vững))(?!\w)"
)
_ZERO = re.compile(r"(?:không còn|đã hết|xóa hết|cơ bản không còn|không có) hộ nghèo(?! (?:khó khăn|về|phải|ở nhà|nào phải|thuộc|chưa|có|thiếu|là|theo diện))")
_NUMBER_HINT = re.compile(r"\d|(?<!\w)(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|một) (?:xã|sản phẩm|hộ|nhà|căn|ngôi|trường|lớp|huyện|mươi|chỉ tiêu|tiêu chí|lao động|người)")
_NTM_HINT = re.compile(r"(?:nông thôn mới|ntm)(?!\w)")


class _ProseReader:
    """Reads the prose of one report; keeps what earlier sentences said as context for later ones."""

    def __init__(self, report: Report, catalogue: Catalogue, gazetteer: Gazetteer):
        self.report, self.catalogue = report, catalogue
        self.index: CueIndex = compile_cues(catalogue)
        whole = canonical(report.text)
        self.body: Canonical = _without(whole, [*asides(whole.folded), *_table_spans(report, whole)])
        self.frame: Frame = frame_of(report, self.body, gazetteer)
        self.places = PlaceReader(gazetteer, self.frame)
        self.changes = {i.change: i.id for i in catalogue.values() if i.change}
        self.falls = {i.fall: i.id for i in catalogue.values() if i.fall}
        self.title = canonical(report.title).folded
        self.drafts: list[_Draft] = []
        self.done_district: set[tuple[str, str, str]] = set()

    # ---- walking through the text

    def read(self) -> list[Observation]:
        text, folded = self.body.text, self.body.folded
        paragraph, opening, heading, section = -1, 0, "", Section()
        self.running: list[PeriodMention] = []
        self.last_district: PlaceMention | None = None
        self.subject: PlaceMention | None = None
        self.tail: Mention | None = None  # a label whose figure has not come yet
        thought_start = True
        for sentence in sentences(text):
            words = folded[sentence.start : sentence.end]
            if sentence.paragraph != paragraph:
                paragraph, opening = sentence.paragraph, sentence.start
                self.running, self.subject, self.tail, self.paragraph_draft, self.plan_term = [], None, None, None, ""
                self.paragraph_drafts: list[_Draft] = []
                thought_start = True
            section = read_section(words, section, sentence.stop, self.frame.published)
            if thought_start:
                self.thought_periods, self.thought_places, self.thought_drafts, self.thought_words, self.thought_quotes, self.pair = [], [], [], "", 0, ("", "")
            context = heading + " " + folded[opening : sentence.start]
            self.part_blotted = words
            self._part(sentence, context, section)
            self.thought_words += self.part_blotted
            self.thought_quotes += words.count('"')
            if sentence.stop == "\n" and len(words) < 90 and not _NUMBER_HINT.search(words) or words.rstrip().endswith(":"):
                heading = words
            thought_start = sentence.stop != ";"
        return self._finish()

    def _part(self, sentence: Sentence, context: str, section: Section) -> None:
        """One part of a sentence: bind its figures, or only remember the periods and places that it names."""
        text, folded = self.body.text[sentence.start : sentence.end], self.body.folded[sentence.start : sentence.end]
        countable, ntm = _NUMBER_HINT.search(folded), _NTM_HINT.search(folded)
        periods = find_periods(folded, self.frame.published, self._running_period()) if countable or "năm" in folded or "tháng" in folded else []
        numbered = countable or ntm or "hộ nghèo" in folded
        places = self.places.read(text, folded) if numbered or "ã " in folded or "huyện" in folded else []
        if numbered:
            quantities = find_quantities(folded, [(m.start, m.end) for m in periods])
            relations = relate(folded, quantities, periods, self.frame)
            masked = _mask(folded, periods, quantities, relations)
            self.whole = masked
            for quantity in quantities:  # "31/31 xã, thị trấn đạt chuẩn": the noun's own comma ends nothing
                if "," in quantity.noun:
                    start = quantity.noun_start + quantity.noun.index(",")
                    masked = masked[:start] + SKIP * (quantity.noun_start + len(quantity.noun) - start) + masked[quantity.noun_start + len(quantity.noun) :]
            named = _names_after(text, quantities)
            for start, end in named.values():
                masked = masked[:start] + SKIP * (end - start) + masked[end:]
            words = frozenset(re.findall(r"[^\W_]+", self.whole))
            labels = self.index.labels(masked, words)
            self.part_places = places
            drafts = self._bind(sentence, folded, masked, context, quantities, relations, labels, words)
            for draft in drafts:
                if draft.quantity.start in named and draft.unit == "communes":
                    start, end = named[draft.quantity.start]
                    draft.members = tuple(n.strip() for n in re.split(r",|;| và ", text[start:end].strip(" ():")) if n.strip())
            if ntm:
                drafts += self._uncounted(sentence, text, folded, masked, quantities)
            if "hộ nghèo" in folded:
                drafts += self._zero(sentence, folded)
            self._attach(folded, drafts, quantities, relations)
            self.bases = [m for m in periods if m.role == "base" and m.period]
            self.spent: set[int] = set()  # periods that stand right behind a figure are not the next one's
            self.part_blotted = _blot(masked, quantities)
            for draft in drafts:
                self._place(draft, folded, places)
                self._period(draft, folded, periods, quantities, section)
                draft.status = status_of(_blot(masked, quantities), draft, self.thought_words, context, section, self.frame)
                if draft.rule == "plan_beside" and "-" in draft.period and not draft.explicit:
                    draft.period = draft.period[:4]  # plans are yearly
                if draft.status == "target":
                    self._plan_period(draft, folded, periods, section)
                if draft.status == "proposed" and "/" in draft.period:
                    draft.period = draft.period.split("/")[1]
            self.drafts += drafts
            self.thought_drafts += drafts
            self.paragraph_drafts += drafts
            self.paragraph_draft = drafts[-1] if drafts else self.paragraph_draft
        spent = self.spent if numbered else set()
        self.thought_periods += [m for m in periods if m.role not in ("base", "standard", "season", "office") and m.start not in spent and not _in_bracket(folded, m.start)]
        self.thought_places += [m for m in places if m.role != "generic" or m.level != self.frame.level]
        governing = [m for m in periods if m.role in ("plain", "term", "until", "month", "now", "ytd") and m.period and not re.search(r"(?:nhiệm vụ|phương hướng|kế hoạch|cho)\s*$", folded[max(0, m.start - 12) : m.start]) and not _in_bracket(folded, m.start) and m.start not in spent]
        if governing:
            years = [m for m in governing if m.role != "term"]
            named = [m for m in years if m.role != "now"]
            if named or not years or not (self.frame.explicit and self.frame.period[:4] < self.frame.published[:4]):
                self.running = [(named or years or governing)[0]]
        offices = [m for m in periods if m.role in ("office", "plan") or m.role == "term" and m.period[5:9] > self.frame.published[:4]]
        self.plan_term = offices[-1].period if offices else self.plan_term
        districts = [m for m in places if m.level == "district" and m.role in ("named", "bare", "organ")]
        self.last_district = districts[-1] if districts and not districts[-1].listed else self.last_district
        named = [m for m in places if m.role == "named"]
        if named and named[0].start < 30 and not named[0].listed:
            self.subject = named[0]
        elif any(m.role == "generic" for m in places) or any(m.role == "named" and m.level == self.frame.level for m in places):
            self.subject = None

    def _running_period(self) -> str:
        chosen = [m for m in self.running if m.period]
        return chosen[-1].period if chosen else self.frame.period

    # ---- which indicator

    def _bind(self, sentence, folded, masked, context, quantities, relations, labels, words) -> list[_Draft]:
        drafts: list[_Draft] = []
        cues = self.index.count_cues(words)
        starts = [q.start for q, r in zip(quantities, relations, strict=True) if r.role in ("level", "change")]
        rejected: Quantity | None = None
        taken: dict[int, Quantity] = {}  # label start -> the figure it was bound to
        for number, quantity in enumerate(quantities):
            relation = relations[number]
            if relation.role == "plan" and self._measures_plan(quantity, labels, quantities):
                relation = relations[number] = Relation("level")
            if relation.role == "yoy" and self._moves_rate(masked, quantity, labels, quantities[number - 1] if number else None):
                relation = relations[number] = Relation("change", quantity.value, relation.start, relation.end, relation.falls, False)
            if relation.role in ("plan", "yoy", "times", "none", "of"):
                continue
            previous = drafts[-1] if drafts and drafts[-1].offset == sentence.start else None
            draft = None
            if relation.role == "change":
                draft = None
                if quantity.unit == "households":
                    draft = self._by_count(sentence, masked, quantity, cues, context, starts, relation)
                    draft = draft if draft and draft.indicator in self.falls else None
                draft = draft or self._change(sentence, masked, quantity, relation, labels, previous)
            else:
                draft = self._share(sentence, masked, quantity, previous) or self._by_count(sentence, masked, quantity, cues, context, starts, relation)
                labelled = self._by_label(sentence, masked, quantity, labels, taken, quantities, previous, relation)
                draft = self._better(draft, labelled, masked)
            if draft is None and relation.role == "level" and self.tail and number == 0:
                draft = self._by_tail(sentence, masked, quantity)
            if draft is None and relation.role == "level":
                draft = self._listed(sentence, masked, quantity, labels, previous)
            if draft is None:
                draft = self._again(sentence, masked, quantity, relation, previous, quantities, number)
            if draft is not None and (self._not_the_place(draft, masked, quantity) or (rejected is not None and quantity.unit == "percent" and _SHARE_GAP.match(masked[rejected.end : quantity.start]))):
                draft, rejected = None, quantity
            if draft is None:
                continue
            if draft.rule == "share":
                draft.owner = previous
            if draft.label is not None:
                taken[draft.label.start] = quantity
            draft = self._increment(draft, masked, previous)
            drafts.append(draft)
            drafts += self._second_reading(draft, folded, sentence)
        self._shared_predicate(drafts, quantities, relations, masked, sentence)
        self._base_before(drafts, quantities, relations, masked, sentence)
        self._pair_joint(drafts, labels, quantities, relations, masked, sentence)
        self.tail = self._open_label(labels, quantities, masked, sentence)
        return drafts

    def _draft(self, sentence, indicator: str, quantity: Quantity, start: int, end: int, rule: str, label=None, flags=(), sign=1.0) -> _Draft | None:
        entry = self.catalogue[indicator]
        factor = _fits(entry, quantity)
        if factor is None and quantity.unit == "":
            factor = 1.0
        if factor is None:
            return None
        sign = -sign if quantity.sign == "âm" else sign
        scale = (lambda v: None if v is None else round(v * factor * sign, 9))
        of = quantity.of if quantity.of is None else round(quantity.of * factor, 9)
        value, value_max = scale(quantity.value), scale(quantity.value_max)
        flags = {*flags, *quantity.flags}
        low, high = entry.plausible
        if not low <= value <= high:
            if entry.unit in ("percent", "criteria", "million_vnd_per_year") and (value > high * 1.5 or value < low):
                return None
            flags.add("implausible")
        if value_max is not None:
            flags.add("range_in_source")
        return _Draft(indicator, quantity, value, value_max, of, sentence.start, min(start, quantity.start), max(end, quantity.end), rule, label, flags,
                      qualifier=quantity.qualifier, unit=entry.unit)

    def _moves_rate(self, masked: str, quantity: Quantity, labels: list[Mention], previous: Quantity | None) -> bool:
        """Whether "giảm 3,9% so với năm 2022" speaks of a rate named after the last figure, and so of percentage points."""
        since = previous.end if previous else 0
        near = [m for m in labels if m.ids and m.start >= since and m.end <= quantity.start]
        return bool(near) and any(self.catalogue[i].change or i in self.changes for i in near[-1].ids)

    def _measures_plan(self, quantity: Quantity, labels: list[Mention], quantities: list[Quantity]) -> bool:
        """Whether a percentage of a plan is the measure itself: "giải ngân vốn đầu tư công đạt 48,3% kế hoạch"."""
        if re.match(r"\s*(?:kế hoạch )?(?:tổng )?vốn (?:đầu tư công|xdcb|xây dựng cơ bản)", self.whole[quantity.end :]):
            return True
        before = [m for m in labels if m.ids and m.end <= quantity.start]
        return bool(before) and any(self.catalogue[i].of_plan for i in before[-1].ids) and not any(
            q.unit == "percent" for q in quantities if before[-1].end <= q.start < quantity.start)

    def _not_the_place(self, draft: _Draft, masked: str, quantity: Quantity) -> bool:
        """Whether the figure is about less than the place: a group of people, one firm, or a legal threshold."""
        if draft.indicator in _POVERTY and self._of_subgroup(masked, quantity):
            if draft.indicator != "poverty_rate" or not re.search(r"(?:khu vực|vùng|ở) nông thôn", masked[: quantity.start]):
                return True
            draft.flags.add("subgroup")
        lead = masked[: quantity.start]
        if draft.indicator in ("jobs_created", "income_per_capita") and _MICRO.search(lead) and (draft.indicator == "income_per_capita" or draft.value < 200):
            return True
        if draft.indicator == "jobs_created" and draft.value < 10:
            return True
        if draft.indicator in _POVERTY and re.search(r"(?:^|\W)(?:bản|thôn|ấp|làng|xóm|tổ|khu phố)(?: \w+){0,3} (?:có|còn|chỉ còn|có tới)\W*$", lead):
            return True
        if draft.indicator in ("poor_households", "near_poor_households") and re.search(r"phát sinh|tái nghèo|mới thoát", lead[-45:] + masked[quantity.start : quantity.end + 25]):
            return True
        if draft.indicator == "poverty_rate" and draft.rule == "count" and draft.value == 100:
            return True
        if draft.indicator in ("health_insurance_rate", "clean_water_rate") and _GROUP.search(re.split(r"[,;(]", masked[max(0, min(draft.start, quantity.start) - 30) : min(draft.start, quantity.start)])[-1] + masked[min(draft.start, quantity.start) : draft.end]):
            return True
        if draft.indicator in ("growth_rate", "production_value"):
            clause = re.split(r"[;:.]\s", lead)[-1]
            branch = list(_BRANCH.finditer(clause))
            whole = list(re.finditer(r"tổng giá trị|tổng gtsx|kinh tế|toàn ngành|các ngành|giá trị sản xuất(?! (?:ngành|nông|công|thương|dịch|lâm|thủy))|gtsx", clause))
            if branch and (not whole or branch[-1].start() > whole[-1].end()) and "," not in clause[branch[-1].end() :][:3]:
                return True
        bound = draft.qualifier != "="
        return bound and bool(_RULED.search(self.thought_words + masked)) and not _PLANNED.search(lead.replace("chỉ tiêu", ""))

    def _of_subgroup(self, masked: str, quantity: Quantity) -> bool:
        """Whether the words right before a figure narrow it to a part of the people (ethnic households, the rural part)."""
        if re.match(r"\W*(?:trong|đối với) (?:các |số |nhóm )*hộ (?!nghèo)", masked):
            return True
        clause = re.split(r"[,;.]\s|(?<=\s)và\s", masked[max(0, quantity.start - 90) : quantity.start])[-1]
        return bool(_SUBGROUP.search(clause))

    def _by_count(self, sentence, masked, quantity, cues, context, starts, relation) -> _Draft | None:
        for match in self.index.count(quantity, masked, self.whole, cues, f"{self.title} {context}" if quantity.unit in ("communes", "percent") else context, starts):
            entry = self.catalogue[match.indicator]
            if _fits(entry, quantity) is None or entry.unit == "percentage_points":
                continue
            return self._draft(sentence, match.indicator, quantity, quantity.start, match.end, "topic_count" if match.topical else "count", flags={"weak_cue"} if match.topical or "," in masked[quantity.end : match.tail] else ())
        return None

    def _by_label(self, sentence, masked, quantity, labels, taken, quantities, previous, relation) -> _Draft | None:
        before = [m for m in labels if m.end <= quantity.start + 1 and not _bracketed(masked, m, quantity)]
        blocked: set[str] = set()
        for mention in reversed(before):
            fitting = [i for i in mention.ids if (_fits(self.catalogue[i], quantity) is not None or self._bare_fits(i, quantity, masked, mention)) and not (relation.role == "level" and i in self.changes and not self._is_change_label(masked, mention, quantity))]
            if relation.role == "level":
                fitting = [self.changes.get(i, i) if i in self.changes and not self._stays_change(masked, mention, quantity) else i for i in fitting]
            gap = masked[mention.end : quantity.start]
            inner = [q for q in quantities if mention.end <= q.start < quantity.start]
            if not mention.ids:
                if _gap_cost(gap) <= 1.5 and not re.search(r"chuẩn|tiêu chí", masked[mention.start : mention.end]):
                    blocked |= set(mention.not_ids)
                continue
            fitting = [i for i in fitting if i not in blocked]
            if not fitting:
                if _gap_cost(gap) <= 3 and not inner and quantity.unit != "percent":
                    continue
                continue
            inner_same = [q for q in inner if q.unit == quantity.unit]
            bound = taken.get(mention.start)
            if bound is not None or inner_same:
                last = max((q for q in inner_same), key=lambda q: q.end, default=bound)
                if last is None or not self._continues(masked, last, quantity, previous, mention):
                    return None
                cost = 1.0
            else:
                cost = _gap_cost(gap)
            if len(gap) > 160 or cost > 7 or self._own_subject(masked, quantity, gap):
                return None
            flags = {"weak_cue"} if cost > 3 else set()
            indicator = self._choose(fitting, masked, mention)
            draft = self._draft(sentence, indicator, quantity, mention.start, quantity.end, "label", mention, flags, sign=-1.0 if self._falls(indicator, masked, mention, quantity) else 1.0)
            if draft:
                return draft
        return None

    def _own_subject(self, masked: str, quantity: Quantity, gap: str) -> bool:
        """Whether the words behind a figure make it a statement of its own: "…, 98% đường được cứng hóa", "215 hộ được giúp"."""
        behind = masked[quantity.end :]
        if quantity.unit == "households":
            return not re.match(r"\s*(?:[,.;()_\-]|$|và|chiếm|tương|so|trong|cuối|giảm|tăng|bằng|tỷ lệ|theo|còn|vào|đến|nghèo|cận nghèo|đạt|với|=|trên|toàn|năm|dân|\n)", behind)
        if quantity.unit == "persons" and "," in gap and re.match(r"\s*(?:được|học|tham gia|đang|đi)\b", behind):
            return True
        if quantity.unit == "percent":
            if re.match(r"\s*(?:tổng dư nợ|tổng số hộ nghèo|số hộ này|tổng số hộ (?:dân tộc|đồng bào))", behind):
                return True
            return "," in _WEIGHTLESS.sub("", gap) and not re.match(
                r"\s*(?:[,.;()_\-]|$|so|vào|trong|và|năm|theo|kế hoạch|kh|trở|còn|toàn|của|cuối|đầu|tổng|dân|hộ|số|trên|tương|đối|tính|bình|mỗi|với|cao|thấp|bằng|hoàn|đạt|giảm|tăng|vượt|/|là|cho|ở|\n)", behind)
        return False

    def _choose(self, fitting: list[str], masked: str, mention: Mention) -> str:
        return fitting[0]

    def _falls(self, indicator: str, masked: str, mention: Mention, quantity: Quantity) -> bool:
        return indicator in self.changes and "tăng" not in masked[mention.start : quantity.start]

    def _is_change_label(self, masked, mention, quantity) -> bool:
        return True

    def _stays_change(self, masked: str, mention: Mention, quantity: Quantity) -> bool:
        """Whether "giảm (tỷ lệ) hộ nghèo … 1,5%" speaks of a change: it does unless a level verb stands before the figure."""
        between = masked[mention.start : quantity.start]
        return not re.search(r"(?:xuống|còn|dưới mức|về mức)\W*(?:còn|mức|dưới|khoảng|trên)?\s*$", between) and not re.search(r"\bcòn\b", between)

    def _bare_fits(self, indicator: str, quantity: Quantity, masked: str, mention: Mention) -> bool:
        """A number without a unit under a label that names the unit in brackets, or right after a count's label."""
        if quantity.unit:
            return False
        gap = masked[mention.end : quantity.start]
        unit = self.catalogue[indicator].unit
        if re.match(r"\s*\((?:%|triệu|tỷ|người|hộ|xã|lao động|sản phẩm|đvt)[^()]*\)\s*:?\s*$", gap):
            return True
        return unit in ("persons", "households", "communes", "products", "houses") and bool(re.match(r"\s*(?:là|:|đạt|được)\s*(?:hơn|trên|gần|khoảng)?\s*$", gap)) and quantity.of is None

    def _continues(self, masked: str, last: Quantity, quantity: Quantity, previous: _Draft | None, mention: Mention) -> bool:
        """Whether a second figure after a label is still about it: "từ A xuống B", "A năm X, B năm Y", a list of places."""
        gap = masked[last.end : quantity.start]
        if re.search(r"\b(?:xuống|lên|còn|thành|đến|sang)\b", gap) and _gap_cost(gap) <= 3:
            return True
        if re.fullmatch(rf"\s*\((?:\w+ ){{0,2}}{SKIP}+\s*(?:là|còn|đạt|:)?\s*", gap):
            return True
        if re.fullmatch(rf"\W*(?:và|rồi|sang|đến|tới)?\W*+(?:{SKIP}++\W*+)++(?:[^\W_]++\s*+){{0,5}}", gap) and _gap_cost(gap) <= 3:
            return True
        if previous is not None and previous.quantity is last:
            spans = [(m.start, m.end) for m in self.part_places if last.end <= m.start and m.end <= quantity.start and m.role != "generic"]
            if spans and _gap_cost(gap, [(a - last.end, b - last.end) for a, b in spans]) <= 4.5:
                return True
        return False

    def _better(self, counted: _Draft | None, labelled: _Draft | None, masked: str) -> _Draft | None:
        if counted is None or labelled is None:
            return counted or labelled
        if counted.rule == "topic_count" and "weak_cue" not in labelled.flags:
            return labelled
        if labelled.label is not None and _gap_cost(masked[labelled.label.end : labelled.quantity.start]) <= 0.5 and labelled.indicator != counted.indicator and counted.end - counted.quantity.end > 30:
            return labelled
        return counted

    def _share(self, sentence, masked, quantity: Quantity, previous: _Draft | None) -> _Draft | None:
        """A percentage right after a count, or a count right after its percentage: "2.946 hộ (12,01%)", "28,2% hộ nghèo (1.803 hộ)"."""
        if previous is None or previous.base:
            return None
        entry = self.catalogue[next((i.id for i in self.catalogue.values() if i.added == previous.indicator), previous.indicator)]
        gap = masked[max(previous.quantity.end, previous.end) : quantity.start]
        if quantity.unit == "percent" and entry.share and _SHARE_GAP.match(gap) and len(gap) < 45:
            return self._draft(sentence, entry.share, quantity, previous.start, quantity.end, "share", flags=previous.flags & {"weak_cue"})
        if quantity.unit == "households" and entry.unit == "percent" and re.match(r"[^()]{0,12}\(\s*(?:tương ứng|tương đương|khoảng|gần|hơn|với|=)?\s*$", gap):
            counts = [i.id for i in self.catalogue.values() if i.share == previous.indicator]
            if counts:
                return self._draft(sentence, counts[0], quantity, previous.start, quantity.end, "share")
        return None

    def _change(self, sentence, masked, quantity: Quantity, relation: Relation, labels, previous: _Draft | None) -> _Draft | None:
        """A rise or fall by an amount: a change of its own where the catalogue has one, the year before's comparison is left to `relate`."""
        subjects = [m for m in labels if m.end <= quantity.start and m.ids]
        sign = -1.0 if relation.falls else 1.0
        for mention in reversed(subjects):
            gap = masked[mention.end : quantity.start]
            if len(gap) > 140 or _gap_cost(gap) > 5:
                break
            for indicator in mention.ids:
                entry = self.catalogue[indicator]
                change = indicator if indicator in self.changes else entry.change
                if change and quantity.unit in ("percent", "percentage_points") and (entry.unit != "households"):
                    return self._draft(sentence, change, quantity, mention.start, quantity.end, "change", mention, sign=sign)
                if entry.fall and quantity.unit == "households" and relation.falls:
                    negative = -1.0 if self.catalogue[entry.fall].direction == "lower_better" else 1.0
                    return self._draft(sentence, entry.fall, quantity, mention.start, quantity.end, "fall", mention, sign=negative)
                if entry.growth and quantity.unit == "percent" and not (previous and previous.indicator == indicator):
                    return self._draft(sentence, entry.growth, quantity, mention.start, quantity.end, "growth", mention, sign=sign)
                if indicator == "growth_rate" and quantity.unit == "percent":
                    return self._draft(sentence, indicator, quantity, mention.start, quantity.end, "growth", mention, sign=sign)
            if any(self.catalogue[i].kind == "flow" for i in mention.ids):
                break
        carried = previous is None and not subjects
        if carried:
            previous = self.thought_drafts[-1] if self.thought_drafts else self.paragraph_draft if len(masked) < 90 else None
            if previous is not None and previous.unit not in ("households", "percent"):
                previous = None
        if quantity.unit == "percent" and re.match(r"\s*(?:số |tỷ lệ )?hộ nghèo(?! (?:được|có|vay))", masked[quantity.end :]):
            return self._draft(sentence, "poverty_rate_change", quantity, relation.start, quantity.end + 9, "change", sign=sign)
        if previous is not None and quantity.unit in ("percent", "percentage_points") and (relation.follows or carried and (self.part_places or re.match(r"\W*(?:so với|giảm|trong)", masked))):
            entry = self.catalogue[previous.indicator]
            base = self.changes.get(previous.indicator, previous.indicator)
            change = self.catalogue[base].change or (self.catalogue[entry.fall].change if entry.fall else "")
            owner = next((i.id for i in self.catalogue.values() if i.fall == previous.indicator), "")
            if owner and self.catalogue[owner].share:
                change = self.catalogue[self.catalogue[owner].share].change
            elif entry.share:
                change = self.catalogue[entry.share].change
            if change:
                return self._draft(sentence, change, quantity, previous.start, quantity.end, "change_after", sign=sign)
        if previous is not None and quantity.unit == "households" and relation.falls:
            for indicator in (previous.indicator, *(i.id for i in self.catalogue.values() if i.share == previous.indicator)):
                fall = self.catalogue[indicator].fall
                if fall:
                    return self._draft(sentence, fall, quantity, previous.start, quantity.end, "fall_after", sign=-1.0 if self.catalogue[fall].direction == "lower_better" else 1.0)
        return None

    def _listed(self, sentence, masked, quantity, labels, previous) -> _Draft | None:
        """One more place of a list: "…: huyện Sốp Cộp 30,6%; huyện Bắc Yên 29,17%", "thấp nhất là xã Mường Nhé, 31,4%"."""
        last = previous or (self.thought_drafts[-1] if self.thought_drafts else self.paragraph_draft or (self.drafts[-1] if self.drafts and "nhất" in masked else None))
        if last is None or last.unit == "yes":
            return None
        since = previous.quantity.end if previous else 0
        spans = [(m.start, m.end) for m in self.part_places if m.start >= since and m.end <= quantity.start and m.role in ("named", "bare")]
        if not spans or any(m.ids and m.start >= since and m.end <= quantity.start and last.indicator not in m.ids for m in labels):
            return None
        if masked[spans[-1][1] : quantity.start].strip(" ,:(") not in ("", "là", "với", "có", "đạt", "còn", "mới có", "mới đạt", "chiếm", "được"):
            return None
        far, near = not previous and not self.thought_drafts, False
        if far and spans and self.part_places[-1].level == "commune" and re.search(r"(?:như|là|gồm|:)\W*(?:xã )?$", masked[: spans[0][0]]):
            near = True
        if far and not near and not (last.place is not None and last.place.role in ("named", "bare")) and not re.search(r"nhất (?:hiện |_+ )?là\s*$", masked[: spans[-1][0]]):
            return None
        indicator, lead = last.indicator, masked[since : quantity.start]
        if re.search(r"giảm|tăng", lead) and "còn" not in lead:
            indicator = self.catalogue[indicator].change or indicator
        elif far and re.search(r"nghèo|tỷ lệ|còn", lead):
            indicator = self.changes.get(indicator, indicator)
        if _fits(self.catalogue[indicator], quantity) is None:
            return None
        sign = -1.0 if indicator in self.changes and (last.value < 0 or "giảm" in lead) else 1.0
        return self._draft(sentence, indicator, quantity, quantity.start, quantity.end, "listed_place", flags={"weak_cue"} if far else (), sign=sign)

    def _again(self, sentence, masked, quantity, relation, previous, quantities, number) -> _Draft | None:
        """The same measure once more, as a plan: "…: 50 triệu đồng; kế hoạch năm 2022: 52 triệu đồng", "(KH 66,5 tỷ đồng)"."""
        fitting = [d for d in self.thought_drafts if _fits(self.catalogue[d.indicator], quantity) is not None or relation.role == "change"]
        last = previous or (fitting[-1] if fitting else None)
        if last is None or last.indicator == "ntm_district" or (previous is None and number):
            return None
        lead = masked[(quantities[number - 1].end if number else 0) : quantity.start]
        if previous is None and relation.role == "level" and last.label is not None and SKIP in lead and _gap_cost(lead) <= 1 and quantity.unit == last.quantity.unit:
            return self._draft(sentence, last.indicator, quantity, quantity.start, quantity.end, "next_period")
        if not _PLANNED.search(lead) or _gap_cost(_PLANNED.sub(" ", lead)) > 2.5:
            return None
        indicator = last.indicator
        entry = self.catalogue[indicator]
        if relation.role == "change" and entry.change:
            indicator = entry.change
        elif relation.role == "change" and indicator not in self.changes:
            return None
        if relation.role == "level" and _fits(entry, quantity) is None:
            return None
        sign = -1.0 if indicator in self.changes and (relation.falls or last.value < 0) else 1.0
        return self._draft(sentence, indicator, quantity, quantity.start, quantity.end, "plan_beside", sign=sign)

    def _by_tail(self, sentence, masked, quantity) -> _Draft | None:
        mention = self.tail
        gap = masked[: quantity.start]
        for indicator in mention.ids:
            if indicator not in self.changes and _fits(self.catalogue[indicator], quantity) is not None and _gap_cost(gap) <= 3:
                return self._draft(sentence, indicator, quantity, quantity.start, quantity.end, "carried_label", flags={"weak_cue"} if _gap_cost(gap) > 1 else ())
        return None

    def _open_label(self, labels, quantities, masked, sentence) -> Mention | None:
        """A label at the very end of a part, before a colon or a semicolon, waits for the figure of the next."""
        if labels and labels[-1].ids and not any(q.start > labels[-1].end for q in quantities) and len(masked) - labels[-1].end < 25 and masked.rstrip()[-1:] == ":":
            return labels[-1]
        return None

    def _increment(self, draft: _Draft, masked: str, previous: _Draft | None) -> _Draft:
        last = self.thought_drafts[-1] if self.thought_drafts else None
        if draft.rule == "topic_count" and draft.unit == "communes" and _RISE_TO.search(masked[: draft.quantity.start]):
            base = previous or last
            if base is not None and base.unit == "communes":
                draft.indicator = next((i.id for i in self.catalogue.values() if i.added == base.indicator), base.indicator)
            return draft
        entry = self.catalogue[draft.indicator]
        if entry.added and draft.quantity.of is None and _ADDED.search(masked[max(0, draft.quantity.start - 25) : draft.quantity.start]):
            draft.indicator = entry.added
            draft.unit = self.catalogue[entry.added].unit
        return draft

    def _second_reading(self, draft: _Draft, folded: str, sentence) -> list[_Draft]:
        """A slash that is no ratio: the second number is the province's ("13,86/9,15%") or the plan's ("2.790/2.700 lao động")."""
        quantity, entry = draft.quantity, self.catalogue[draft.indicator]
        if quantity.of is None:
            return []
        near = folded[max(0, quantity.start - 90) : quantity.end + 40]
        based = [m for m in find_periods(folded, self.frame.published) if m.role == "base" and len(m.period) == 4 and m.end <= quantity.start + 1 and quantity.start - m.end < 60]
        if based and entry.unit not in ("communes", "targets") and "cùng kỳ" not in near:
            draft.of = None
            draft.flags.add("scope_inferred")
            return [replace(draft, value=quantity.of if entry.unit != "million_vnd_per_year" or quantity.unit == entry.unit else quantity.of * 1000, flags=set(draft.flags), rule="slash_base", period=based[-1].period)]
        if entry.unit in ("percent", "million_vnd_per_year", "billion_vnd"):
            draft.of = None
            if "tỉnh" in near and entry.unit != "billion_vnd":
                other = replace(draft, value=round(quantity.of * draft.value / quantity.value, 9) if quantity.value else quantity.of, flags=draft.flags | {"scope_inferred"}, rule="slash_province")
                draft.flags.add("scope_inferred")
                draft.rule = "slash_own"
                return [other]
            if quantity.of:
                draft.plan_pct = round(100 * quantity.value / quantity.of, 2)
                draft.flags.add("scope_inferred")
        elif entry.kind == "flow" and quantity.unit == "persons":
            draft.of = None
            draft.plan_pct = round(100 * quantity.value / quantity.of, 2)
        elif quantity.value > quantity.of:
            draft.of, draft.plan_pct = None, round(100 * quantity.value / quantity.of, 2)
            draft.flags.add("scope_inferred")
        return []

    def _shared_predicate(self, drafts, quantities, relations, masked, sentence) -> None:
        """"14/14 chỉ tiêu … và 23/23 chỉ tiêu … đều đạt": the words behind the last figure hold for the one before it too."""
        for number in range(len(quantities) - 2, -1, -1):
            quantity, following = quantities[number], quantities[number + 1]
            owner = next((d for d in drafts if d.quantity is following), None)
            if owner is None or owner.rule != "count" or relations[number].role != "level" or any(d.quantity is quantity for d in drafts):
                continue
            gap = masked[quantity.end : following.start]
            if quantity.unit == following.unit and quantity.noun == following.noun and quantity.unit in ("targets", "communes", "products", "houses") and re.search(r"(?:và|,)\s*(?:sửa chữa|xây mới|làm mới|xây dựng|nâng cấp)?\s*$", gap) and len(gap) < 80:
                draft = self._draft(sentence, owner.indicator, quantity, quantity.start, quantity.end, "shared_predicate", flags={"weak_cue"})
                if draft:
                    drafts.insert(0, draft)

    def _base_before(self, drafts, quantities, relations, masked, sentence) -> None:
        """"Từ 9,43% năm 2011, tỷ lệ hộ nghèo … còn 1,26%": the figure before the label is its earlier level."""
        for draft in list(drafts):
            if draft.rule != "label" or draft.label is None or not re.search(r"\b(?:xuống|còn|lên)\b", masked[draft.label.end : draft.quantity.start]):
                continue
            for quantity, relation in zip(quantities, relations, strict=True):
                if quantity.end <= draft.label.start and quantity.unit == draft.quantity.unit and _TWO_LEVELS.search(masked[max(0, quantity.start - 10) : quantity.start]) and not any(d.quantity is quantity for d in drafts):
                    base = self._draft(sentence, draft.indicator, quantity, quantity.start, quantity.end, "base_level")
                    if base:
                        drafts.insert(0, base)

    def _pair_joint(self, drafts, labels, quantities, relations, masked, sentence) -> None:
        """"tỷ lệ hộ nghèo, hộ cận nghèo lần lượt là 14,23% và 7,69%": labels, places or years and figures go together in order."""
        match = re.search(r"lần lượt|tương ứng(?= (?:là|với|còn|đạt|\d))", masked)
        if not match:
            return
        figures = [q for q, r in zip(quantities, relations, strict=True) if q.start > match.start() and r.role in ("level", "change")]
        if len(figures) < 2:
            return
        named = [part for m in labels if m.ids and m.end <= figures[0].start for part in self._pieces(masked, m)]
        places = [m for m in self.part_places if m.end <= figures[0].start and m.role in ("named", "bare")]
        years = [m for m in find_periods(self.body.folded[sentence.start : sentence.end], self.frame.published) if m.end <= match.start() + 1 and m.role in ("plain", "until") and m.period]
        size = len(figures)
        if not named and self.paragraph_drafts[-size:] and len(self.paragraph_drafts) >= size:  # "quy ra số hộ, lần lượt là …"
            pairs = []
            for draft, quantity in zip(self.paragraph_drafts[-size:], figures, strict=True):
                ids = [i for i in (draft.indicator, *(c.id for c in self.catalogue.values() if c.share == draft.indicator)) if _fits(self.catalogue[i], quantity) is not None]
                pairs += [self._draft(sentence, ids[0], quantity, quantity.start, quantity.end, "joint", flags={"weak_cue"})] if ids else []
            if len(pairs) == size and None not in pairs:
                drafts[:] = [d for d in drafts if d.quantity not in figures] + pairs
            return
        one = named[-1:] * size
        for labelled, wheres, whens in ((named[-size:], None, None), (one, places[-size:], None), (one, None, years[-size:])):
            if len(labelled) != size or (wheres is not None and len(wheres) != size) or (whens is not None and len(whens) != size):
                continue
            pairs = []
            for number, (mention, quantity) in enumerate(zip(labelled, figures, strict=True)):
                fitting = [i for i in mention.ids if _fits(self.catalogue[i], quantity) is not None and i not in self.changes]
                draft = self._draft(sentence, fitting[0], quantity, labelled[0].start, quantity.end, "joint", mention) if fitting else None
                if draft is None:
                    break
                draft.place = wheres[number] if wheres else None
                draft.period = whens[number].period if whens else ""
                pairs.append(draft)
            if len(pairs) == size and len({(d.indicator, d.place, d.period) for d in pairs}) == size:
                drafts[:] = [d for d in drafts if d.quantity not in figures] + pairs
                return

    def _pieces(self, masked: str, mention: Mention) -> list[Mention]:
        """A label that joins two measures ("tỷ lệ hộ nghèo và hộ cận nghèo") as its parts; else itself."""
        words = masked[mention.start : mention.end]
        cut = re.search(r",| và | - |/", words)
        if not cut:
            return [mention]
        pieces = []
        for start, end in ((0, cut.start()), (cut.end(), len(words))):
            inner = self.index.labels(words[start:end], frozenset(re.findall(r"\w+", words[start:end])))
            real = [m for m in inner if m.ids]
            if not real:
                return [mention]
            pieces.append(Mention(mention.start + start + real[0].start, mention.start + start + real[0].end, real[0].ids))
        return pieces

    # ---- figures without a number

    def _uncounted(self, sentence, text, folded, masked, quantities) -> list[_Draft]:
        """Communes named without a count, the district itself as new-rural."""
        out = []
        quoted = _quoted(folded, self.thought_quotes % 2 == 1)
        for match in _UNCOUNTED.finditer(text):
            raw = text[match.start("names") : match.end("names")]
            names = [n.strip().removeprefix("xã ").strip() for n in re.split(r",|;| và ", raw) if n.strip()]
            names = [n for n in names if n[:1].isupper() and all(w[:1].isupper() or w[:1].isdigit() for w in n.split())]
            if not names or any(q.start < match.end() and match.start() < q.end and q.unit for q in quantities) or any(a <= match.start() < b for a, b in quoted):
                continue
            grade = (match["grade"] or match["grade2"] or "").lower()
            indicator = "ntm_advanced_communes" if "nâng" in grade else "ntm_model_communes" if "kiểu" in grade else "ntm_communes"
            quantity = Quantity(match.start(), match.end(), match.start(), match.start(), float(len(names)), "communes")
            draft = self._draft(sentence, indicator, quantity, match.start(), match.end(), "named_communes", flags={"newly_not_total"})
            draft.members = tuple(names)
            if self.frame.level == "commune":
                draft.flags.add("scope_inferred")
            out.append(draft)
        for match in _DISTRICT.finditer(folded):
            if any(a <= match.start() < b for a, b in quoted) or re.search(r"\bxã\b(?! hội)|thôn (?!mới)|tiêu chí (?!nông)|chỉ tiêu", match.group().replace("thị xã", "")):
                continue
            if re.search(r"(?:chưa|không|quá trình|lộ trình|xây dựng|tiêu chí|bộ tiêu chí|chỉ tiêu|ban chỉ đạo|từ khi|nội dung|các|những)\s*$", folded[max(0, match.start() - 16) : match.start()]) and not re.search(r"(?:quyết tâm|phấn đấu) (?:\w+ ){0,3}$", folded[max(0, match.start() - 40) : match.start()]):
                continue
            clause = folded[max(folded.rfind(",", 0, match.start()), 0) : match.start()]
            if re.search(r"\d|\b(?:bản|thôn(?! mới)|ấp|làng|khu)\b", match.group()) or (match.group().startswith(("được thành phố", "được huyện", "được thị xã", "thành phố công nhận")) and re.search(r"\bxã\b", clause)):
                continue
            if re.search(r"(?<!thị )\bxã\b(?! hội)|\bthôn\b", clause) and re.search(r"(?:của|toàn|trong|cả|địa bàn|mỗi|các)\s*$", clause):
                continue
            quantity = Quantity(match.start(), match.end(), match.start(), match.start(), 1.0, "yes")
            draft = self._draft(sentence, "ntm_district", quantity, match.start(), match.end(), "district_standard", flags=() if re.search(r"quyết định|thủ tướng|bằng công nhận|chính phủ|công nhận", folded) else {"weak_cue"})
            out.append(draft)
        return out

    def _zero(self, sentence, folded) -> list[_Draft]:
        out = []
        for match in _ZERO.finditer(folded):
            quantity = Quantity(match.start(), match.end(), match.start(), match.start(), 0.0, "percent")
            out.append(self._draft(sentence, "poverty_rate", quantity, match.start(), match.end(), "none_left", flags={"weak_cue"}))
        return out

    # ---- what belongs to a figure

    def _attach(self, folded, drafts, quantities, relations) -> None:
        """Percentages of the plan and of the year before go to the figure before them (in its sentence), the first of each kind."""
        pending: list[Relation] = []
        bound = {id(d.quantity): d for d in reversed(drafts)}
        last: _Draft | None = self.thought_drafts[-1] if self.thought_drafts and self.thought_drafts[-1].indicator != "ntm_district" else None
        unbound = False
        for quantity, relation in zip(quantities, relations, strict=True):
            if relation.role == "of":
                if last is not None and not unbound and last.of is None and last.quantity.unit == quantity.unit and last.value <= quantity.value:
                    last.of = quantity.value
                else:
                    pending.append(relation)
                continue
            if relation.role in ("plan", "yoy", "times"):
                target = None if unbound else last
                if target is None:
                    if relation.role == "plan" and not unbound:
                        pending.append(relation)
                    continue
                self._give(target, relation)
            elif id(quantity) in bound:
                last, unbound = bound[id(quantity)], False
                for relation_ in pending:
                    self._give(last, relation_)
                pending = []
            elif relation.role == "level" and quantity.unit not in ("", "times"):
                unbound = True

    def _give(self, draft: _Draft, relation: Relation) -> None:
        entry = self.catalogue[draft.indicator]
        if relation.role == "of":
            if draft.of is None and draft.value <= relation.value and draft.unit in ("communes", "targets", "products"):
                draft.of = relation.value
            return
        if relation.role == "plan":
            if draft.plan_pct is None:
                draft.plan_pct = relation.value
                draft.flags |= set(relation.flags)
        elif entry.unit not in ("percent", "criteria", "percentage_points") and draft.yoy_pct is None and relation.value is not None:
            draft.yoy_pct = relation.value
            if entry.growth:
                pass

    # ---- where

    def _place(self, draft: _Draft, folded: str, places: list[PlaceMention]) -> None:
        if draft.rule == "joint" and draft.place is not None:
            return
        if draft.owner is not None:
            draft.place, draft.places, draft.together = draft.owner.place, draft.owner.places, draft.owner.together
            return
        at = draft.quantity.start
        label = draft.label.start if draft.label else draft.start
        if draft.rule == "slash_province":
            province = self.places._province_name(self.frame.province)
            draft.place = PlaceMention(0, 0, province, "province", "", "generic")
            return
        if draft.rule == "slash_own":
            return
        if draft.rule == "named_communes":
            before = [m for m in places if m.end <= draft.start and m.level == "district" and m.role == "named"]
            draft.place = before[-1] if before else None
            return
        if draft.indicator == "ntm_district":
            near = [m for m in places if m.level == "district" and m.end > draft.start - 60 and m.start < draft.end + 5 and m.role in ("named", "bare", "organ")]
            earlier = [m for m in places if m.level == "district" and m.role == "named" and m.end <= draft.end]
            if near and near[0].listed:
                draft.places = tuple(m for m in near if m.listed)
            elif len(earlier) > 1 and re.search(r"cùng|đều|hai huyện", folded[draft.start : draft.end]):
                draft.places = tuple(earlier)
            draft.place = near[-1] if near else None
            return
        before = [m for m in places if m.end <= at]
        direct = [m for m in before if (m.start >= label or draft.label is None) and _gap_cost(folded[m.end : at]) <= 2 and m.role != "organ"]
        after = [m for m in places if m.start >= draft.quantity.end and m.start - draft.end < 45 and re.search(r"(?:của|ở|tại|trên địa bàn|thuộc|trong|cho|là)\s*$", folded[max(0, m.start - 14) : m.start]) and not re.search(r"[;.]|, ", folded[draft.end : m.start])]
        chosen: PlaceMention | None = None
        if direct and not direct[-1].listed:
            chosen = direct[-1]
        elif direct and not self._joint(folded, [m for m in before if m.listed == direct[-1].listed], at):
            chosen = direct[-1]
        elif before and (before[-1].role != "organ" or before[-1].level != "commune"):
            address = [m for m in before if not (m.level == "province" and m.role in ("named", "organ") and self.frame.level in ("district", "commune"))]
            pick = address[-1] if address else before[-1]
            if pick.role == "organ":
                others = [m for m in before if m.role != "organ"]
                pick = others[-1] if others else pick
            chosen = pick
            if pick.listed:
                run = [m for m in before if m.listed == pick.listed]
                if len(run) == pick.listed and self._joint(folded, run, at):
                    draft.places = tuple(run)
                    draft.together = bool(re.search(r"tổng|cộng|chung", folded[:at])) and draft.unit not in ("percent", "criteria")
                elif pick.level == "commune" and pick.level != self.frame.level:
                    chosen = None if draft.quantity.unit == "communes" or draft.indicator.startswith("ntm_") else pick
            if chosen is not None and chosen.level == "commune" and self.frame.level == "district":
                if self._mere_site(folded, chosen, at):
                    chosen = None
                elif _gap_cost(folded[chosen.end : at]) > 6 and chosen.start > 12:
                    chosen = None
        elif after:
            chosen = after[0]
        run = self._run(folded, places, at)
        if run and re.fullmatch(r"\W*(?:mỗi (?:huyện|xã|địa phương|nơi)|cùng|đều)(?: có| đạt| được)?\s*", folded[run[-1].end : at]):
            draft.places = tuple(run)
        if chosen is None and not before:
            earlier = [m for m in self.thought_places if m.role in ("named", "bare") and m.level in ("district", "province")]
            if earlier and earlier[-1].name != self.frame.place:
                chosen = earlier[-1]
                draft.flags.add("scope_inferred")
            elif not self.frame.place and self.last_district is not None:
                chosen = self.last_district
                draft.flags.add("scope_inferred")
            elif self.subject is not None and self.subject.name != self.frame.place:
                chosen = self.subject
                draft.flags.add("scope_inferred")
        if chosen is not None and chosen.level == "province" and chosen.role in ("named", "organ") and self.frame.level in ("district", "commune") and chosen not in direct:
            chosen = None
        if chosen is not None and draft.unit == "communes" and chosen.level == "commune":
            chosen = None
        draft.place = chosen

    def _run(self, folded: str, places: list[PlaceMention], at: int) -> list[PlaceMention]:
        """The places named one after the other right before a figure."""
        run: list[PlaceMention] = []
        for mention in reversed([m for m in places if m.end <= at]):
            if run and not re.fullmatch(r"\s*(?:,|và|;)\s*(?:và\s*)?(?:huyện |xã )?", folded[mention.end : run[0].start]):
                break
            run.insert(0, mention)
        return run if len(run) > 1 else []

    def _joint(self, folded: str, run: list[PlaceMention], at: int) -> bool:
        """Whether one figure is about all places of a list: "ở cả hai huyện A, B", "các xã A, B, C tăng thêm 1-2 tiêu chí"."""
        return bool(re.search(r"(?:các|hai|ba|bốn|cả)\s*$|(?:các|hai|ba|bốn) (?:xã|huyện)\s*$", folded[max(0, run[0].start - 12) : run[0].start]) or folded[run[0].start - 4 : run[0].start] == "các ")

    def _mere_site(self, folded: str, mention: PlaceMention, at: int) -> bool:
        """A commune that is only where something happens ("tại xã X"), not what the figure is about."""
        return bool(re.search(r"(?:tại|ở|như|nhất là|điển hình(?: là)?|tiêu biểu(?: là)?|đồng chí|ông|bà|từ|đến|qua|nối)\s*$", folded[max(0, mention.start - 16) : mention.start])) and mention.start > 20

    # ---- when

    def _period(self, draft: _Draft, folded: str, periods: list[PeriodMention], quantities, section: Section) -> None:
        entry = self.catalogue[draft.indicator]
        at, end = draft.quantity.start, draft.quantity.end
        if draft.owner is not None:
            draft.period, draft.explicit = draft.owner.period, draft.owner.explicit
            return
        if draft.period:  # a joint list or a slash has said it
            draft.explicit = True
            return
        usable = [m for m in periods if m.role not in ("standard", "season", "office", "plan")]
        next_start = min((q.start for q in quantities if q.start >= end), default=len(folded))
        after = [m for m in usable if end <= m.start < next_start and re.fullmatch(r"[\s(]*(?:hồi|vào|của|trong|tính|tại thời điểm|ở|người|/|năm|đồng|hộ nghèo|lao động|người lao động)*\s*(?:\(|vào|cuối|đầu|trong|của|hồi|đến|tính đến|tính|tại)?\s*", folded[end : m.start])]
        after = [m for m in after if not (_in_bracket(folded, m.start) and not _in_bracket(folded, at) and not folded[m.end :].lstrip().startswith(")"))]
        after = [m for m in after if m.role != "base" and m.role != "publication"] or ([m for m in usable if m.role != "base" and m.start >= end and m.start < min(draft.end + 12, next_start) and "," not in folded[draft.end : m.start]] if draft.end > end else [])
        outside = [m for m in usable if not _in_bracket(folded, m.start) or _in_bracket(folded, at)]
        before = [m for m in outside if m.end <= at + 1 and (m.role not in ("base", "publication") or self._dated(folded, m)) and m.start not in self.spent]
        chosen = None
        if draft.rule in ("district_standard", "named_communes") and not before:
            before = [m for m in usable if draft.start <= m.start < draft.end and m.role in ("plain", "until", "month")]
        if _TWO_LEVELS.search(folded[max(0, at - 12) : at]) and not after and not draft.rule.startswith(("change", "growth")) and draft.value_max is None and draft.qualifier == "=":
            draft.base = True
            based = [m for m in usable if m.start >= end]
            if based and re.search(r"so với\s*$|từ\s*$", folded[max(0, based[0].start - 8) : based[0].start]):
                chosen = based[0]
        if after:
            chosen = after[0]
            self.spent.add(chosen.start)
        elif chosen is None and before and not draft.base:
            chosen = before[-1]
            if chosen.role == "now" and len(before) > 1 and before[-2].role in ("plain", "until", "month") and before[-2].period == self.frame.period:
                chosen = before[-2] if entry.kind == "flow" else chosen
            if chosen.role == "term" and len(before) > 1 and entry.kind != "flow" and before[-2].role in ("plain", "until") and chosen.start - before[-2].end < 60:
                chosen = before[-2]
        if chosen is None and not draft.base:
            trailing = [m for m in outside if end <= m.start < next_start and m.role in ("plain", "until", "month") and m.start - end < 90 and (next_start == len(folded) or "," not in folded[end : m.start])]
            chosen = trailing[0] if trailing and not re.search(r"(?:theo|của|so|giao|nghị quyết|kế hoạch)\s*$", folded[max(0, trailing[0].start - 12) : trailing[0].start]) else None
        if chosen is None and not draft.base:
            earlier = [m for m in self.thought_periods if m.role not in ("publication",)]
            chosen = earlier[-1] if earlier else None
        inferred = chosen is None
        draft.explicit = chosen is not None
        if chosen is None and draft.base:
            draft.period = self.pair[0]
            if not draft.period and re.search(r"đầu nhiệm kỳ", folded[end : end + 30]) and (self.frame.term or "/" in self.frame.period):
                draft.period = (self.frame.term or self.frame.period)[:4]
            elif not draft.period and len(self._running_period()) == 4:
                draft.period = str(int(self._running_period()) - 1)  # "giảm từ 9,27% xuống còn": the year before, unless it says otherwise
                draft.flags.add("period_inferred")
            if not draft.period:
                draft.flags.add("period_inferred")
            return
        if draft.base and chosen is not None:
            self.pair = (chosen.period, "")
        elif self.pair[0] and not self.pair[1] and chosen is not None:
            self.pair = (self.pair[0], chosen.period)
        elif self.pair[1] and chosen is None:
            draft.period = self.pair[1]
            return
        if chosen is None:
            running = [m for m in self.running if m.period]
            chosen = running[-1] if running else None
        published = self.frame.published
        midyear = "04" <= published[5:7] <= "10" and (self.frame.period == published[:4] or self.frame.period[5:9] == published[:4]) and len(published) >= 7
        if chosen is None and midyear and entry.kind == "stock" and draft.indicator != "targets_met":
            chosen = PeriodMention(0, 0, "", "now")
            draft.flags.add("period_inferred")
        if chosen is None and not self.frame.explicit and (entry.kind != "flow" or entry.unit == "million_vnd_per_year") and self.frame.published[5:7] in ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"):
            chosen = PeriodMention(0, 0, "", "now")
        period = self._resolve(chosen, draft, entry, folded)
        if inferred and not self.frame.explicit and not self.running:
            draft.flags.add("period_inferred")
        draft.period = period

    def _plan_period(self, draft: _Draft, folded: str, periods: list[PeriodMention], section: Section) -> None:
        """A target without a period of its own takes that of the plan, the heading or the title."""
        terms = [m for m in periods if m.role in ("office", "plan") and m.end <= draft.quantity.start]
        if terms and not any(m.role in ("plain", "until") and m.end <= draft.quantity.start for m in periods):
            draft.period = terms[-1].period
        elif self.plan_term and self.catalogue[draft.indicator].kind == "flow" and re.search(r"mỗi năm|hằng năm|hàng năm", folded[max(0, draft.start - 20) : draft.end + 8]):
            draft.period = self.plan_term
        elif not draft.explicit and self.plan_term and not any(m.role in ("plain", "until") and m.period[:4] >= self.frame.published[:4] for m in self.running):
            draft.period = self.plan_term
        elif not draft.explicit and section.status == "target" and section.period:
            draft.period = section.period
        elif not draft.explicit and self.frame.plan and not any(m.period > self.frame.period for m in self.running):
            draft.period = self.frame.plan
        if re.fullmatch(r"\d{4}-\d{2}", draft.period) and not re.search(r"tháng \d", folded):
            draft.period = draft.period[:4]  # plans are not made for the month of publication
        if "/" in draft.period and self.catalogue[draft.indicator].kind != "flow" and not _AVERAGE.search(folded[max(0, draft.start - 60) : draft.end + 6]) and draft.indicator not in ("growth_rate", "targets_met", *self.changes):
            draft.period = draft.period.split("/")[1]

    def _dated(self, folded: str, mention: PeriodMention) -> bool:
        """A date that a figure is counted at: "tính đến ngày 31/12/2020"."""
        return mention.role == "publication" and bool(re.search(r"(?:đến|tới|tính|chốt|thời điểm)(?: hết)?(?: ngày)?\s*$", folded[max(0, mention.start - 22) : mention.start]) or folded[mention.start :].startswith(("đến", "tới")))

    def _resolve(self, mention: PeriodMention | None, draft: _Draft, entry: Indicator, folded: str) -> str:
        frame, default = self.frame, self.frame.period
        stock = entry.kind in ("stock", "rate") and draft.indicator not in ("growth_rate", "targets_met", *self.changes) and not entry.of_plan
        if mention is not None and mention.role == "termref":
            year = frame.year
            period = default if "/" in default else frame.term or (f"{int(year) - 5}/{year}" if year else "")
            if "/" not in default and not frame.term:
                draft.flags.add("period_inferred")
        elif mention is not None and mention.role == "ytd":
            month = int(mention.period[5:7]) - (frame.published[8:10] <= "15" and len(frame.published) == 10) if mention.period else 0
            period = (mention.period if stock else f"{mention.period[:4]}-{month}M" if month not in (0, 6, 12) else f"{mention.period[:4]}-H1" if month == 6 else default) if mention.period else default
            draft.flags.add("period_inferred")
        elif mention is None or not mention.period and mention.role not in ("now",):
            period = default
        elif mention.role == "now" and mention.end and stock and len(frame.published) >= 7 and frame.published[5:7] in ("01", "02", "03"):
            period = frame.published[:7]
        elif mention.role == "now":
            period = self._now(stock or entry.unit == "million_vnd_per_year", entry.kind == "stock")
        elif mention.role == "publication":
            period = mention.period
            if period.endswith("-12"):
                period = period[:4]
            elif not stock:
                months = int(period[5:7])
                period = f"{period[:4]}-H1" if months == 6 else f"{period[:4]}-{months}M"
        elif mention.role == "weak":
            period = mention.period if self.running else default or mention.period
        elif mention.role == "month" and entry.kind == "flow" and re.search(r"(?:đến|hết|cuối|tới)\s+(?:hết |cuối )?$", folded[max(0, mention.start - 14) : mention.start]):
            months = int(mention.period[5:7])
            period = f"{mention.period[:4]}-H1" if months == 6 else f"{mention.period[:4]}-{months}M"
        else:
            period = mention.period
        if draft.rule.startswith("change"):
            based = [m for m in self.bases if m.period[:4].isdigit() and abs(m.start - draft.end) < 40 or m.end <= draft.quantity.start and draft.quantity.start - m.end < 40]
            start = based[0].period if based else ""
            if len(start) == 4 and len(period) >= 4 and "/" not in period and int(start) < int(period[:4]) - 1:
                return f"{start}/{period[:4]}"
            return period
        term = frame.period if "/" in frame.period else frame.term
        beside = mention is not None and mention.role in ("plain", "until") and 0 <= draft.quantity.start - mention.end < 25
        if term and not beside and "/" not in period and term[:4] <= period[:4] <= term[5:9] and draft.status != "target" and _YEARLY.search(folded[max(0, draft.start - 30) : draft.end + 8]) and entry.unit not in ("criteria", "million_vnd_per_year"):
            return term
        if "/" in period and draft.indicator not in ("targets_met", "growth_rate"):
            yearly = entry.unit in ("million_vnd_per_year", "criteria") or not _AVERAGE.search(folded[max(0, draft.start - 40) : draft.end + 6])
            if (stock or entry.unit in ("billion_vnd", "million_vnd_per_year")) and yearly:
                period = period.split("/")[1]
        if stock and not draft.explicit and mention is not None and re.fullmatch(r"\d{4}-\d{1,2}M", period):
            period = f"{period[:5]}{int(period[5:-1]):02d}"  # a level named after nine months' flows is that of the ninth month
        return period

    def _now(self, stock: bool, counted: bool) -> str:
        frame = self.frame
        if not stock:
            return frame.period or frame.published[:7]
        kind = frame.period[5:6]
        if kind == "H" and frame.published[5:7] in ("06", "07") and not counted:
            return frame.period
        if frame.explicit and frame.period[:4] < frame.published[:4] and "/" not in frame.period and frame.published[5:7] in ("01", "02", ""):
            return frame.period
        if len(frame.published) >= 7:
            return frame.period if len(frame.period) == 4 and frame.published[5:7] in ("11", "12") and frame.explicit and frame.period == frame.published[:4] else frame.published[:7]
        return frame.period

    # ---- to observations

    def _finish(self) -> list[Observation]:
        out, seen = [], set()
        whole = any(d.indicator == "poverty_rate" and "subgroup" not in d.flags and (d.place is None or d.place.level == self.frame.level) for d in self.drafts)
        for draft in self.drafts:
            if whole and "subgroup" in draft.flags:
                continue  # the rural part counts only where the text has no other rate
            for observation in self._observations(draft):
                key = (observation.indicator, observation.value, observation.value_max, observation.place, observation.period, observation.status)
                if draft.indicator == "ntm_district":
                    key = (*key[:1], observation.place, observation.period, observation.status)
                if key in seen:
                    continue
                seen.add(key)
                out.append(observation)
        return out

    def _observations(self, draft: _Draft) -> list[Observation]:
        frame, entry = self.frame, self.catalogue[draft.indicator]
        start, end = self.body.original_span(draft.offset + draft.start, draft.offset + draft.end)
        mentions = list(draft.places) or [draft.place]
        rows = []
        joint = draft.places and (draft.together or draft.indicator == "ntm_advanced_criteria_gained")
        for mention in mentions:
            name, code, level = (mention.name, mention.code, mention.level) if mention is not None else (frame.place, frame.code, frame.level)
            if joint:
                name, code = "; ".join(m.name for m in mentions), ""
            flags = set(draft.flags)
            if not code and level in ("district", "commune"):
                flags.add("place_unresolved")
            if mention is None and frame.inferred:
                flags.add("place_inferred")
            if not draft.period:
                flags.add("period_inferred")
            rows.append(Observation(
                self.report.id, name, code, level, draft.indicator, self._variant(draft, entry), draft.value, draft.value_max, draft.of, draft.unit, draft.qualifier,
                draft.status, draft.period, draft.plan_pct, draft.yoy_pct, "|".join(draft.members or (tuple(m.name.split(" ", 1)[1] for m in mentions) if joint else ())),
                self.report.text[start:end], start, end, self.report.where(start, end), draft.rule, "|".join(sorted(flags))))
            if joint:
                break
        return rows

    def _variant(self, draft: _Draft, entry: Indicator) -> str:
        words = self.body.folded[draft.offset + draft.start : draft.offset + draft.end]
        for variant, cues in (entry.variant_cues or {}).items():
            if any(cue in words for cue in cues):
                return variant
        return ""


def _in_bracket(folded: str, at: int) -> bool:
    return folded.rfind("(", 0, at) > folded.rfind(")", 0, at)


def _bracketed(masked: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether a mention stands in a bracket that closes before the figure."""
    opened = masked.rfind("(", 0, mention.start)
    return opened >= 0 and ")" not in masked[opened : mention.start] and ")" in masked[mention.end : quantity.start]


def _names_after(text: str, quantities: list[Quantity]) -> dict[int, tuple[int, int]]:
    """Names listed right behind a count of communes ("3 xã Bình Ninh, Hòa Định và Tân Thuận") → their span, by where the count starts."""
    found = {}
    for quantity in quantities:
        if quantity.unit == "communes":
            match = _NAMES.match(text, quantity.end)
            if match:
                found[quantity.start] = match.span("list")
    return found


def _blot(masked: str, quantities: list[Quantity]) -> str:
    """The sentence without its figures and the nouns that they count, which say nothing about status."""
    for quantity in quantities:
        masked = masked[: quantity.number_start] + SKIP * (quantity.end - quantity.number_start) + masked[quantity.end :]
    return masked


def _quoted(folded: str, inside: bool) -> list[tuple[int, int]]:
    """Spans between quotation marks; `inside`: the part begins within a quotation."""
    marks = ([-1] if inside else []) + [m.start() for m in re.finditer('"', folded)]
    marks += [len(folded)] if len(marks) % 2 else []
    return list(zip(marks[::2], marks[1::2], strict=True))


def _mask(folded: str, periods, quantities, relations) -> str:
    """The sentence with periods, and figures that only compare, blotted out, letter for letter."""
    spans = [(m.start, m.end) for m in periods]
    for relation in relations:
        if relation.role not in ("plan", "yoy", "times"):
            continue
        start, end = relation.start, relation.end
        opened, closed = folded.rfind("(", 0, start), folded.find(")", end - 1)
        if opened >= 0 and ")" not in folded[opened:start] and closed >= 0 and "(" not in folded[end:closed]:
            if not any(q.start >= opened and q.end <= closed + 1 and r.role == "level" for q, r in zip(quantities, relations, strict=True)):
                start, end = opened, closed + 1
        spans.append((start, end))
    for start, end in spans:
        folded = folded[:start] + SKIP * (end - start) + folded[end:]
    return folded


def _without(body: Canonical, spans: list[tuple[int, int]]) -> Canonical:
    """The same text with some spans blanked, so that offsets stay."""
    text, folded = body.text, body.folded
    for start, end in spans:
        blank = re.sub(r"[^\n]", " ", text[start:end])
        text, folded = text[:start] + blank + text[end:], folded[:start] + blank + folded[end:]
    return replace(body, text=text, folded=folded)


def _table_spans(report: Report, body: Canonical) -> list[tuple[int, int]]:
    """Where the report's tables stand in the canonical text."""
    from bisect import bisect_left

    if not report.tables:
        return []
    origins = [body.original_span(i, i)[0] for i in range(len(body.text) + 1)]
    return [(bisect_left(origins, t.start), bisect_left(origins, t.end)) for t in report.tables]
