"""A report and the catalogue become observations: one figure that the report states about a place, with its words.

The text is read part by part (`parts`): `binding` finds the indicator of each figure, `accompanying` its percentages of
the plan and of the year before, `placing` its place, `dating` its period and `statuses` whether it was reached or
planned. This module goes through the text and writes the result down. What the rules are not sure of carries a flag.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

import pandas as pd

from analysis.context.asides import asides
from analysis.context.digests import headings, names_own
from analysis.context.frame import PlaceMention
from analysis.context.framing import frame_of
from analysis.context.letterhead import title_of
from analysis.context.mentions import CAPITAL, PlaceReader
from analysis.indicators import Catalogue, load_catalogue
from analysis.places import Gazetteer, load_gazetteer
from analysis.record import COLUMNS, NUMBERS, Observation
from analysis.sentences.accompanying import attach
from analysis.sentences.binding import bind
from analysis.sentences.cues import compile_cues
from analysis.sentences.dating import date, date_back, doubt
from analysis.sentences.drafts import Draft
from analysis.sentences.parts import Background, Memory, Paragraph, Part, Thought, holds_number, read_part
from analysis.sentences.placing import chapter_place, place
from analysis.sentences.plan_dating import date_plan
from analysis.sentences.remembering import remember
from analysis.sentences.statuses import ITEM, Section, read_section, status_of
from analysis.sentences.unnumbered import without_number
from analysis.text import Canonical, canonical, sentences

if TYPE_CHECKING:
    from analysis.reports import Report


_SAME_TIME = re.compile(
    r"\W*(?:cũng |cùng )?(?:trong |vào |ở )?(?:khoảng )?(?:thời gian|giai đoạn|thời kỳ|thời điểm) (?:này|trên|đó|ấy)\b"
    r"|\W*(?:trong đó|trong số (?:đó|này)|cụ thể|theo đó)\b"  # goes on with the paragraph before
)
# words that open a sentence and say nothing about its figures: "Nhờ đó, …", "Ông A, Trưởng phòng, cho biết: …"
_OPENER = re.compile(
    r"(?:\([^\W\d][\w&. ]{1,18}\) ?[-–—] ?)?"
    r"(?:(?:(?:nhờ|do|từ|qua|bên cạnh|cùng với|song song với) (?:đó|vậy)|vì (?:vậy|thế)|ngoài ra|hơn nữa|đồng thời"
    r"|đáng chú ý|đáng mừng|đặc biệt|nổi bật|được biết|theo đó|thực tế cho thấy|báo cáo nêu rõ"
    r"|theo (?:thống kê|báo cáo|đánh giá|số liệu|thông tin)(?: của [^,:.\d]{3,60})?"
    r"|(?:nhờ|với) (?:sự|những|nhiều|tinh thần) [^,:.;\d]{5,110}"
    r"|(?:(?:theo|phát biểu|báo cáo)[^,:.\d]{0,40},? )?(?:ông|bà|đồng chí|đ/c|lãnh đạo) [^:.;\d]{3,120}?,?"
    r" (?:cho (?:biết|hay)|chia sẻ|thông tin|nêu rõ|khẳng định|nhấn mạnh)(?: rằng| thêm)?)[,:] \"?)?"
)
_TELLS = re.compile(  # a place or a time
    rf"(?<!\w)(?:(?i:xã(?! hội)|phường|thị trấn|tỉnh|năm|tháng|quý|kỳ|nay)\b"
    rf"|(?i:huyện|quận|thị xã|thành phố|tp\.?|tx\.?) ?[{CAPITAL}])"
)
_row = attrgetter(*COLUMNS)
_ROUNDING = 0.01  # values closer to each other are one figure, rounded


def extract(
    reports: Iterable[Report] | Report, catalogue: Catalogue | None = None, progress: bool = False
) -> pd.DataFrame:
    """All observations of the reports as a DataFrame with `COLUMNS`, in the order of the reports and of their text."""
    reports = [reports] if hasattr(reports, "text") else list(reports)
    catalogue = catalogue if catalogue is not None else load_catalogue()
    if progress:
        from tqdm import tqdm

        reports = tqdm(reports, desc="reports", unit="report")
    rows = [_row(o) for report in reports for o in observe(report, catalogue)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({**dict.fromkeys(NUMBERS, "float64"), "start": "int64", "end": "int64"})


def observe(
    report: Report, catalogue: Catalogue | None = None, gazetteer: Gazetteer | None = None
) -> list[Observation]:
    """The observations of one report, tables included, in the order of its text."""
    catalogue = catalogue if catalogue is not None else load_catalogue()
    gazetteer = gazetteer or load_gazetteer()
    found = _observe_prose(report, catalogue, gazetteer)
    if report.tables:
        from analysis.tabular import observe_tables

        found += observe_tables(report, catalogue, gazetteer, told=[o.start for o in found])
    found = _contested(found)
    if report.ocr:
        found = [replace(o, flags="|".join(filter(None, (o.flags, "ocr")))) for o in found]
    return sorted(found, key=lambda o: (o.start, o.end, o.indicator, o.place))


# ---- from text to drafts -------------------------------------------------------------------------------------------


def _observe_prose(report: Report, catalogue: Catalogue, gazetteer: Gazetteer) -> list[Observation]:
    """What the running text of a report states; tables, captions and lists of other articles are passed over."""
    whole = canonical(report.text)
    if not report.title:
        report = replace(report, title=title_of(whole.text))
    body = _without(whole, [*asides(whole.folded), *_table_spans(report, whole)])
    frame = frame_of(report, body, gazetteer)
    title = canonical(report.title).folded
    known = Background(catalogue, compile_cues(catalogue), frame, PlaceReader(gazetteer, frame), title)
    return _Writer(report, body, known).write(_read(body, known))


def _read(body: Canonical, known: Background) -> list[Draft]:
    """Go through the text part by part; what the parts say is kept in a memory for later ones."""
    text, folded = body.text, body.folded
    memory, section, heading, paragraph, goes_on = Memory(), Section(), "", -1, False
    headed = False  # whether the line before was a heading
    marked = False  # whether the paragraph is an item of a list
    chapter: PlaceMention | None = None  # the place that is the heading
    line_before: PlaceMention | None = None  # the place that alone stood on the line before
    opener: Paragraph | None = None  # the paragraph up to the colon whose list is being read
    heads = headings(body, known.title, known.frame, known.places.gazetteer)
    headed_by: PlaceMention | None = None  # the place whose bare name stood alone on a line
    for sentence in sentences(text):
        start = sentence.start + _opener(text[sentence.start : sentence.end], folded[sentence.start : sentence.end])
        words = folded[start : sentence.end].replace("\n", " ")
        if sentence.paragraph != paragraph:
            paragraph, goes_on = sentence.paragraph, False
            same_time = _SAME_TIME.match(folded, sentence.start)  # "Cũng trong thời gian này, …"
            marked, before_marked = bool(ITEM.match(words)), marked
            if section.listed and before_marked and not marked and holds_number(words):
                section = Section()  # the marked items are over
            opener = opener if marked else None
            answers = memory.question and memory.asked_at >= memory.paragraph.opening  # the question says when
            running = memory.paragraph.running if same_time or answers else opener and opener.running
            last = memory.drafts[-1].place if memory.drafts else None
            after_commune = last is not None and last.level == "commune" and not last.listed
            head = heads.get(sentence.start)
            headed_by = head.place if head and head.alone else None if head else headed_by
            if headed_by and headed_by.level != known.frame.level and names_own(folded, sentence.start, known.frame):
                headed_by = None  # "Theo báo cáo của huyện, đến nay X có 3/18 xã": no more of the commune
            about = head.place if head else headed_by
            known.places.go_to(about)
            memory.paragraph = Paragraph(
                sentence.start, running, about or chapter, after_commune, about,
                tail=opener.tail if opener else None, headed=headed, drafts=opener.drafts[-3:] if opener else [],
                item_before=memory.paragraph.drafts if marked and before_marked else [],
            )  # fmt: skip
        if not goes_on:
            memory.paragraph.before, memory.thought = memory.thought.words, Thought()
        opening = folded[memory.paragraph.opening : sentence.end]
        section = read_section(words, section, sentence.stop, known.frame.published, opening)
        context = f"{heading} {folded[memory.paragraph.opening : start]}"
        part = read_part(start, text[start : sentence.end].replace("\n", " "), words, context, known, memory)
        part.opener = folded[sentence.start : start]
        if part.numbered:
            memory.keep(_drafts(part, section))
        remember(part)
        opened = None
        if sentence.stop == "\n" and sentence.start == memory.paragraph.opening:
            before, chapter = chapter, chapter_place(part, chapter)
            section = section if chapter is before else Section()
            opened = chapter if chapter is not before else None
            if opened and line_before and opened.level == line_before.level:
                chapter = None  # "Huyện X", "Huyện Y", …, line by line: a menu, and no headings
        line_before = opened
        if part.opens_list():  # "Từ đầu năm đến hết tháng 7/2024, huyện đã:"
            opener = replace(memory.paragraph, drafts=[*memory.paragraph.drafts])
        memory.thought.words += part.blotted()
        memory.thought.quotes += words.count('"')
        headed = sentence.stop == "\n" and len(words) < 90 and not holds_number(words)
        heading = words if headed or words.rstrip().endswith(":") else heading
        goes_on = sentence.stop == ";"
        if words.rstrip(' "').endswith("?"):
            memory.question, memory.asked_at = words, start
    return memory.drafts


def _opener(text: str, folded: str) -> int:
    """Length of the words that open a sentence and say nothing of its figures; 0 when they name a place or time."""
    end = _OPENER.match(folded).end()
    return 0 if _TELLS.search(text, 0, end) else end


def _drafts(part: Part, section: Section) -> list[Draft]:
    """The figures of one part, each with its place, period and status."""
    drafts = bind(part)
    for draft in drafts:
        named = part.names.get(draft.quantity.start)
        if named and draft.unit == "communes":
            listed = re.split(r",|;| và ", part.text[slice(*named)].strip(" ():"))
            draft.members = tuple(name.strip() for name in listed if name.strip())
    drafts += without_number(part)
    attach(part, drafts)
    part.drafts = drafts
    blotted = part.blotted() if drafts else ""
    for draft in drafts:
        place(part, draft)
    drafts = [d for d in drafts if d.indicator != "ntm_district" or _of_district(part, d)]
    for draft in drafts:
        date(part, draft)
        last = part.memory.drafts[-1] if part.memory.drafts else None
        thought = part.question() + part.opener + part.memory.thought.words
        draft.status = status_of(blotted, draft, thought, part.context, section, part.frame, last)
        if draft.status == "target":
            date_plan(part, draft, section)
        else:
            doubt(part, draft)
        if draft.status == "proposed" and "/" in draft.period:
            draft.period = draft.period.split("/")[1]
    date_back(part, drafts)
    return drafts


def _of_district(part: Part, draft: Draft) -> bool:
    """Whether "hoàn thành nhiệm vụ xây dựng nông thôn mới" is said of a district, not of the whole province."""
    return bool(draft.places) or (draft.place.level if draft.place else part.frame.level) != "province"


def _without(body: Canonical, spans: list[tuple[int, int]]) -> Canonical:
    """The same text with some spans blanked, so that offsets stay."""
    text, folded = body.text, body.folded
    for start, end in spans:
        blank = re.sub(r"[^\n]", " ", text[start:end])
        text, folded = text[:start] + blank + text[end:], folded[:start] + blank + folded[end:]
    return replace(body, text=text, folded=folded) if spans else body


def _table_spans(report: Report, body: Canonical) -> list[tuple[int, int]]:
    """Where the report's tables stand in the canonical text."""
    if all(table.loose for table in report.tables):
        return []
    origins = [body.original_span(i, i)[0] for i in range(len(body.text) + 1)]
    return [(bisect_left(origins, t.start), bisect_left(origins, t.end)) for t in report.tables if not t.loose]


# ---- from drafts to observations -----------------------------------------------------------------------------------


class _Writer:
    """Writes the drafts of one report down as observations."""

    def __init__(self, report: Report, body: Canonical, known: Background):
        self.report, self.body, self.catalogue, self.frame = report, body, known.catalogue, known.frame

    def write(self, drafts: list[Draft]) -> list[Observation]:
        """All that is stated, once; the rate of the rural part only where the text has no other."""
        out, seen = [], set()
        drafts = drafts + self._rural_only(drafts)
        whole = any(self._whole_rate(draft) for draft in drafts)
        districts = [d for d in drafts if d.indicator == "ntm_district"]
        dated = {(d.place and d.place.name, d.status) for d in districts if d.explicit}
        again = [id(d) for d in districts if not d.explicit and (d.place and d.place.name, d.status) in dated]
        self._doubt_places(drafts)
        for draft in self._without_headline(drafts):
            if id(draft) in again:
                continue  # said again without its year
            if whole and "subgroup" in draft.flags:
                continue
            for o in self._observations(draft):
                key = (o.indicator, o.value, o.value_max, o.place, o.period, o.status)
                if draft.indicator == "ntm_district":
                    key = (o.indicator, o.place, o.period, o.status)
                if key not in seen:
                    seen.add(key)
                    out.append(o)
        return out

    def _about(self, draft: Draft) -> tuple[str, str]:
        """Name and level of the place that a draft is about."""
        about = draft.place
        return (about.name, about.level) if about is not None else (self.frame.place, self.frame.level)

    def _rural_only(self, drafts: list[Draft]) -> list[Draft]:
        """Rates of the rural part as rates of their place, flagged, where the report has no other for it."""
        known = {self._about(d) for d in drafts if d.indicator == "poverty_rate"}
        rural = [d for d in drafts if d.indicator == "poverty_rate_rural" and self._about(d) not in known]
        return [replace(d, indicator="poverty_rate", flags={*d.flags, "subgroup"}) for d in rural]

    def _doubt_places(self, drafts: list[Draft]) -> None:
        """Where a district's report tells of others too, flag figures whose sentence names neither place nor period."""
        frame = self.frame
        if frame.level != "district":
            return
        about = {self._about(d) for d in drafts}
        if len({name for name, level in about if level in ("district", "province")}) < 2:
            return
        for draft in drafts:
            if not draft.explicit and (draft.place is None or draft.place.role == "generic"):
                draft.flags.add("scope_inferred")

    def _without_headline(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts without those of the headline that the text below states too, there with its period and place."""
        end = 0  # of the short lines at the top that are no sentences
        for line in re.finditer(r"[^\n]+", self.body.folded[:600]):
            if len(line.group()) > 160 or line.group().rstrip().endswith("."):
                break
            end = line.end()
        below = [d for d in drafts if d.offset >= end]
        return [d for d in drafts if d.offset >= end or not any(_repeats(d, other) for other in below)]

    def _whole_rate(self, draft: Draft) -> bool:
        """Whether a draft is a poverty rate of the whole place that the report is about."""
        own = draft.place is None or draft.place.level == self.frame.level
        return draft.indicator == "poverty_rate" and "subgroup" not in draft.flags and own

    def _observations(self, draft: Draft) -> list[Observation]:
        """One observation for each place of a draft, or one for all where the figure is about them together."""
        mentions = draft.places or (draft.place,)
        joint = draft.places and (draft.together or draft.indicator == "ntm_advanced_criteria_gained")
        if not joint:
            return [self._observation(draft, mention, draft.members) for mention in mentions]
        members = draft.members or tuple(m.name.split(" ", 1)[1] for m in mentions)
        together = replace(mentions[0], name="; ".join(m.name for m in mentions), code="")
        return [self._observation(draft, together, members)]

    def _observation(self, draft: Draft, mention: PlaceMention | None, members: Iterable[str]) -> Observation:
        about = mention if mention is not None else self.frame
        name = about.name if mention is not None else self.frame.place
        if mention is not None and mention.role == "organ" and mention.code == self.frame.code != "":
            name = self.frame.place  # "Bí thư Huyện ủy X", where X is no longer a huyện
        start, end = self.body.original_span(draft.offset + draft.start, draft.offset + draft.end)
        flags = set(draft.flags)
        if not name or (not about.code and about.level in ("district", "commune", "")):
            flags.add("place_unresolved")
        if mention is None and (self.frame.inferred or self.frame.shared):
            flags.add("place_inferred")
        if not draft.period:
            flags.add("period_inferred")
        return Observation(
            report=self.report.id,
            place=name,
            place_code=about.code,
            level=about.level,
            indicator=draft.indicator,
            variant=self._variant(draft),
            value=draft.value,
            value_max=draft.value_max,
            of=draft.of,
            unit=draft.unit,
            qualifier=draft.qualifier,
            status=draft.status,
            period=draft.period,
            plan_pct=draft.plan_pct,
            yoy_pct=draft.yoy_pct,
            members="|".join(members),
            quote=self.report.text[start:end],
            start=start,
            end=end,
            where=self.report.where(start, end),
            rule=draft.rule,
            flags="|".join(sorted(flags)),
        )

    def _variant(self, draft: Draft) -> str:
        """Which of several quantities with the same words it is ("thu trên địa bàn"), "" when the words do not tell."""
        words = self.body.folded[draft.offset + draft.start : draft.offset + draft.end]
        cues = self.catalogue[draft.indicator].variant_cues or {}
        return next((variant for variant, phrases in cues.items() if any(p in words for p in phrases)), "")


def _contested(found: list[Observation]) -> list[Observation]:
    """The observations, flagged where the report has two values for one place, indicator, period and status: at most
    one of them is that of the whole place at that time, and no rule knows which."""
    alike = defaultdict(list)
    for o in found:
        if not o.flags:
            status = "actual" if o.status == "estimate" else o.status
            alike[o.indicator, o.variant, o.place, o.period, status].append(o)
    doubted = set()
    for rivals in alike.values():
        low, high = min(o.value for o in rivals), max(o.value for o in rivals)
        if high - low > _ROUNDING * max(abs(low), abs(high)):
            doubted.update(map(id, rivals))
    return [replace(o, flags="contested") if id(o) in doubted else o for o in found]


def _repeats(headline: Draft, below: Draft) -> bool:
    """Whether a headline says what a sentence below says, at most rounded ("hơn 1.262 tỷ" for 1.262,3)."""
    if headline.indicator.removesuffix("_added") != below.indicator.removesuffix("_added"):
        return False
    if headline.place and below.place and headline.place.level != below.place.level:
        return False
    if headline.value == below.value:
        return headline.status == below.status or headline.value not in (1.0, 100.0)
    return headline.qualifier != "=" and abs(headline.value - below.value) < 0.02 * abs(below.value)
