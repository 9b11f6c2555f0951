"""Labels and figures that go together in order or share their words, read when all figures of a part are bound.

Figures that are bound one by one are left to `binding`, `companions` and `sequels`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.context.frame import PlaceMention
from analysis.periods import Mention as PeriodMention
from analysis.periods import find_periods
from analysis.quantities import Quantity, in_unit_of
from analysis.sentences.cues import Mention
from analysis.sentences.drafts import Draft, draft, fits
from analysis.sentences.parts import TWO_LEVELS, Part

_IN_ORDER = re.compile(
    r"lần lượt|theo thứ tự|(?:hai|ba|bốn) (?:con số|tỷ lệ|mức|chỉ tiêu|chỉ số) (?:này|đó|ấy|trên)(?= )"
    r"|tương ứng(?= (?:của )?(?:năm )?_* ?(?:là|với|còn|đạt|ở mức|\d))"
    r"|(?:kết quả|thực hiện)(?: (?:thực hiện|đạt được|tương ứng|đều|vượt|cả|năm|_+))*(?::| là| đạt)(?= \d)"
)
# between the figures of a series: "38,12; 35,47 và 29,64%", "3.412 lao động và 3.087 lao động"
_SERIES = re.compile(r"(?: lao động| người| hộ)?(?:[,;]| và|, và|; và) (?:đạt |còn |là )?(?:gần |hơn |trên |khoảng )?")
# between two counts with one predicate: "14/14 chỉ tiêu … và 23/23 chỉ tiêu … đều đạt"
_JOINED = re.compile(r"(?:và|,)\s*(?:sửa chữa|xây mới|làm mới|xây dựng|nâng cấp)?\s*$")
_AND = re.compile(r" và (?:đạt |còn )?")
_SHARED = re.compile(
    r"(?: (?:hộ )?(?:cận )?nghèo)?,? (?:(?:lần lượt|tương ứng|chiếm|bằng|với|là|tương đương|đạt|tỷ lệ|ứng)(?: |$))+"
)
_AND_LABEL = re.compile(r"(?: của [^,;.\d]{2,20})?(?: và|,) (?:tỷ lệ |tỉ lệ |mức )?(?:số )?")
_THAN_LEVEL = re.compile(r"(?:^|[,;] )\W*(?:nếu )?so với (?:(?:mức|con số|tỷ lệ|khoảng|hơn|trên|gần) )*$")
_OF_YEAR = re.compile(r"(?:/người)?(?:/năm)?\s*(?:\(|của |hồi |vào )?(?:cuối |đầu )?")
# from the last of the figures that open a sentence to their label, and from one of them to the next
_ARE_CALLED = re.compile(r"[^;:.\d]{0,80}(?:: ?(?:(?:đó|đây) là )?|, (?:đó|đây) là )[^,;:.\d]{0,40}")
_NEXT_NAME = re.compile(r"[^;:.%\d]{0,20}(?:,| và) [^,;:.%\d]{0,30}")
_MOST = 60  # figures in one order; a report that ends no sentence is read in bounded time
_COUNTED = ("targets", "communes", "products", "houses")


def shared_predicate(part: Part, drafts: list[Draft]) -> None:
    """The words behind the last figure hold for the one before it: "14/14 chỉ tiêu … và 23/23 chỉ tiêu … đều đạt"."""
    quantities = part.quantities
    for number in range(len(quantities) - 2, -1, -1):
        quantity, following = quantities[number], quantities[number + 1]
        owner = next((d for d in drafts if d.quantity is following), None)
        if owner is None or owner.rule != "count" or part.relations[number].role != "level":
            continue
        if any(d.quantity is quantity for d in drafts):
            continue
        same = quantity.unit == following.unit and quantity.noun == following.noun and quantity.unit in _COUNTED
        same = same and not following.of_those  # "10 xã, 8 trong số đó đạt chuẩn"
        gap = part.masked[quantity.end : following.start]
        if same and len(gap) < 80 and ")" not in gap and _JOINED.search(gap):
            found = _alone(part, owner.indicator, quantity, "shared_predicate", ("weak_cue",))
            if found:
                drafts.insert(0, found)


def base_before(part: Part, drafts: list[Draft]) -> None:
    """The figure before the label is its earlier level: "Từ 9,43% năm 2011, tỷ lệ hộ nghèo … còn 1,26%"."""
    masked = part.masked
    for later in list(drafts):
        label = later.label
        if later.rule != "label" or label is None:
            continue
        if not re.search(r"\b(?:xuống|còn|lên)\b", masked[label.end : later.quantity.start]):
            continue
        for quantity in part.quantities:
            between = label.end <= quantity.start < later.quantity.start  # "giảm 0,97%, từ 7,57% … xuống còn 6,60%"
            if not (between or quantity.end <= label.start) or quantity.unit != later.quantity.unit:
                continue
            if not TWO_LEVELS.search(masked[max(0, quantity.start - 50) : quantity.start]):
                continue
            if any(d.quantity is quantity for d in drafts) or quantity.qualifier == ">=":
                continue  # "tăng giá trị sản xuất từ 9,5% trở lên, …, tỷ lệ hộ nghèo còn 2%"
            base = _alone(part, later.indicator, quantity, "base_level")
            if base:
                drafts.insert(0, base)
    _compared_before(part, drafts)


def _compared_before(part: Part, drafts: list[Draft]) -> None:
    """The earlier level with which a sentence begins: "So với mức 22,6 triệu đồng của năm 2015, thu nhập … là 36,4"."""
    first = part.quantities[0]
    labelled = [d for d in drafts if d.label is not None and d.label.start > first.end]
    year = [m for m in part.periods if _OF_YEAR.fullmatch(part.folded, first.end, m.start) and len(m.period) == 4]
    if not labelled or not year or not _THAN_LEVEL.search(part.folded, 0, first.start):
        return
    if labelled[0].quantity.unit == first.unit and not any(d.quantity is first for d in drafts):
        base = _alone(part, labelled[0].indicator, first, "base_bracket")
        if base:
            base.period = year[0].period
            drafts.insert(0, base)


def named_behind(part: Part, drafts: list[Draft]) -> None:
    """Figures that open a sentence and have their label behind them all: "Huyện A 61,2%, B 54,8%: đó là những huyện có
    tỷ lệ hộ nghèo cao nhất", "72,1% năm 2018, 73,4% năm 2021: tỷ lệ che phủ rừng …"."""
    first = part.quantities[0]
    label = next((m for m in part.labels if m.ids), None)
    if label is None or label.start < first.end or any(d.quantity is first for d in drafts):
        return
    opening = [q for q, r in part.figures() if q.end <= label.start and r.role == "level" and q.unit == first.unit]
    if not opening or not _ARE_CALLED.fullmatch(part.masked, opening[-1].end, label.start):
        return
    found: list[Draft] = []
    for quantity in opening:
        fitting = [i for i in label.ids if fits(part.catalogue[i], quantity) and i not in part.catalogue.changes]
        made = _alone(part, fitting[0], quantity, "label", ("weak_cue",)) if fitting else None
        if made is None or (found and not _NEXT_NAME.fullmatch(part.masked, found[-1].end, quantity.start)):
            break
        found.append(made)
    if len(found) == len(opening):
        _put(drafts, opening, found)


def shares_in_order(part: Part, drafts: list[Draft]) -> None:
    """Two counts and their shares in one order: "còn 812 hộ nghèo và 640 hộ cận nghèo, chiếm 3,75% và 3,84%"."""
    quantities, masked = part.quantities, part.masked
    for at in range(len(quantities) - 3):
        one, other, first, second = quantities[at : at + 4]
        if first.unit != "percent" or second.unit != "percent" or not _AND.fullmatch(masked, first.end, second.start):
            continue
        counts = [next((d for d in drafts if d.quantity is quantity), None) for quantity in (one, other)]
        if None in counts or not _SHARED.fullmatch(masked, max(other.end, counts[1].end), first.start):
            continue
        shares = [part.catalogue[count.indicator].share for count in counts]
        pairs = [_alone(part, s, q, "share") if s else None for s, q in zip(shares, (first, second), strict=True)]
        if None in pairs or shares[0] == shares[1]:
            continue
        for count, found in zip(counts, pairs, strict=True):
            found.owner = count
        _put(drafts, (first, second), pairs)


def paired_in_order(part: Part, drafts: list[Draft]) -> None:
    """Labels, places or years and figures in one order: "hộ nghèo, hộ cận nghèo lần lượt là 14,23% và 7,69%"."""
    match = _IN_ORDER.search(part.masked)
    at = match.start() if match else max(_under_one_verb(part), _long_series(part))
    if at < 0:
        return
    figures = [q for q, r in part.figures() if q.start > at and r.role in ("level", "change")]
    if len(figures) > _MOST:
        return
    figures = _in_one_unit(figures, part.folded)
    run = _run(part, figures)
    pairs = _in_order(part, figures, at) or (_in_order(part, run, at) if len(run) < len(figures) else [])
    if pairs:
        _put(drafts, figures[: len(pairs)], pairs)


def _run(part: Part, figures: list[Quantity]) -> list[Quantity]:
    """The first of the figures that only a comma, a semicolon or "và" parts from each other."""
    size = 1
    while size < len(figures) and _SERIES.fullmatch(part.masked, figures[size - 1].end, figures[size].start):
        size += 1
    return figures[:size]


def _in_order(part: Part, figures: list[Quantity], at: int) -> list[Draft]:
    """Figures with their labels, places or years, all in one order; none where their numbers differ."""
    if len(figures) < 2:
        return []
    first, size = figures[0].start, len(figures)
    named = [piece for m in part.labels_before(first) for piece in _pieces(part, m)]
    figures = _counted(part, named, figures)
    earlier = part.memory.paragraph.drafts[-size:]
    places = [m for m in part.places if m.end <= at and m.role in ("named", "bare")]
    told = (d for d in reversed(part.memory.paragraph.drafts) if fits(part.catalogue[d.indicator], figures[0]))
    if not named and len(places) == size and (last := next(told, earlier[-1] if earlier else None)):
        return _places_in_order(part, last, places, figures)
    if not named and len(earlier) == size:
        return _counts_of_earlier(part, earlier, figures)
    return _labels_in_order(part, named, figures, at) or _as_before(part, named[-1:] * size, figures)


def _as_before(part: Part, labels: list[Mention], figures: list[Quantity]) -> list[Draft]:
    """Figures of one label for the places or years that the sentence before went through: "… của ba huyện theo thứ tự
    trên là 61,5; 58 và 47,2 triệu đồng"."""
    memory = part.memory
    earlier = (memory.thought.drafts or memory.paragraph.drafts)[-len(figures) :]
    told = {(d.place, d.period) for d in earlier}
    alike = len({d.indicator for d in earlier}) == 1 and len(told) == len(earlier) == len(figures) == len(labels)
    if not alike or any(d.rule != "joint" for d in earlier):
        return []
    pairs = _pairs(part, figures, labels, None, None)
    if len(pairs) < len(figures):
        return []
    for found, before in zip(pairs, earlier, strict=True):
        found.place, found.period = before.place, before.period
    return pairs


def _counted(part: Part, named: list[Mention], figures: list[Quantity]) -> list[Quantity]:
    """Bare numbers behind the name of a count as what it counts: "số xã đạt chuẩn … lần lượt là 4, 5 và 2"."""
    if not named or any(q.unit for q in figures) or not part.masked.startswith("số ", named[-1].start):
        return figures
    unit = part.catalogue[named[-1].ids[0]].unit
    return [replace(q, unit=unit) for q in figures] if unit in (*_COUNTED, "persons", "households") else figures


def _in_one_unit(figures: list[Quantity], folded: str) -> list[Quantity]:
    """The figures that are told in order: of two counts and their shares the counts; counts of which only the last has
    its noun ("lần lượt 1.640, 1.585 và 2.210 người") with it."""
    units = [q.unit for q in figures]
    if units and units[0] and units.count(units[0]) == 2 and units[0] == units[1]:
        return figures[:2]  # "lần lượt là 3.120 hộ và 4.056 hộ, tương ứng 5,03% và 6,54%"
    last = figures[-1] if figures else None
    if last is None or not last.unit:
        return figures
    return [q if q.unit else in_unit_of(q, last, folded) for q in figures]


def _under_one_verb(part: Part) -> int:
    """Where two figures begin that two labels share with one verb: "tỷ lệ hộ nghèo và tỷ lệ bao phủ BHYT đều vượt kế
    hoạch, đạt 3,1% và 90,8%"; -1 where there are none."""
    figures = [q for q, r in part.figures() if r.role == "level"]
    if len(figures) != 2 or figures[0].unit != figures[1].unit:
        return -1
    first, second = figures
    labels = [piece for m in part.labels_before(first.start) for piece in _pieces(part, m)][-2:]
    if len(labels) < 2 or labels[0].ids == labels[1].ids or not _AND.fullmatch(part.masked, first.end, second.start):
        return -1
    joined = _AND_LABEL.fullmatch(part.masked, labels[0].end, labels[1].start)
    return first.start - 1 if joined else -1


def _long_series(part: Part) -> int:
    """Where three or more figures of one unit follow each other ("các năm 2022, 2023, 2024 đạt 84,1%, 71,6% và 88,9%");
    -1 where none do."""
    figures = [q for q, r in part.figures() if r.role == "level"]
    while figures:
        run = _run(part, figures[:_MOST])
        if len(run) > 2 and len({q.unit for q in run}) == 1:
            return run[0].start - 1
        figures = figures[len(run) :]
    return -1


def _places_in_order(
    part: Part, last: Draft, places: Sequence[PlaceMention], figures: Sequence[Quantity]
) -> list[Draft]:
    """The measure of the last figure for places in order: "Hai huyện A và B lần lượt có 1.863 hộ và 1.682 hộ"."""
    pairs, left = [], "còn" in part.masked[places[-1].end : figures[0].start]
    indicator = part.catalogue.changes.get(last.indicator, last.indicator) if left else last.indicator
    for place, quantity in zip(places, figures, strict=True):
        fitting = fits(part.catalogue[indicator], quantity) is not None
        made = _alone(part, indicator, quantity, "joint", ("weak_cue",)) if fitting else None
        if made is None:
            return []
        made.place, made.like = place, last
        pairs.append(made)
    return pairs


def _counts_of_earlier(part: Part, earlier: Sequence[Draft], figures: Sequence[Quantity]) -> list[Draft]:
    """Counts of the shares in the sentence before, in its order: "Quy ra số hộ, lần lượt là 1.803 và 1.250 hộ"."""
    catalogue = part.catalogue
    pairs = []
    for last, quantity in zip(earlier, figures, strict=True):
        ids = (last.indicator, *catalogue.counts_of(last.indicator))
        found = next((i for i in ids if fits(catalogue[i], quantity) is not None), None)
        made = _alone(part, found, quantity, "joint", ("weak_cue",)) if found else None
        if made is None:
            return []
        made.value = -made.value if last.value < 0 and found == last.indicator else made.value
        pairs.append(made)
    return pairs


def _labels_in_order(part: Part, named: list[Mention], figures: list[Quantity], at: int) -> list[Draft]:
    """Each figure with its label; or all with the last label, each with its place or year."""
    size = len(figures)
    places = [m for m in part.places if m.end <= figures[0].start and m.role in ("named", "bare")]
    told = [m for m in find_periods(part.folded, part.frame.published) if m.end <= at + 1 and m.period]
    years = [m for m in told if m.role in ("plain", "until") and "/" not in m.period]
    spans = [m for m in told if re.fullmatch(r"\d{4}/\d{4}", m.period)]
    if spans and len(years) < size:  # "Giai đoạn 2016 - 2018, … lần lượt là 8,15%, 6,42% và 4,88%"
        first, last = map(int, spans[-1].period.split("/"))
        years = [replace(spans[-1], period=str(year)) for year in range(first, last + 1)] if last - first < size else []
    runs = [m for m in places if m.listed == size]
    places = runs[-size:] if runs else places  # "các xã A, B, C của thị xã D … lần lượt là": not the town
    one = named[-1:] * size
    for labels, wheres, whens in ((named[-size:], None, None), (one, places[-size:], None), (one, None, years[-size:])):
        if any(given is not None and len(given) != size for given in (labels, wheres, whens)):
            continue
        pairs = _pairs(part, figures, labels, wheres, whens)
        if len(pairs) == size and len({(d.indicator, d.place, d.period) for d in pairs}) == size:
            return pairs
    return []


def _pairs(
    part: Part,
    figures: Sequence[Quantity],
    labels: Sequence[Mention],
    wheres: Sequence[PlaceMention] | None,
    whens: Sequence[PeriodMention] | None,
) -> list[Draft]:
    """Figures and labels one to one, up to the first that do not fit."""
    catalogue = part.catalogue
    pairs: list[Draft] = []
    for number, (label, quantity) in enumerate(zip(labels, figures, strict=True)):
        fitting = [i for i in label.ids if fits(catalogue[i], quantity) is not None and i not in catalogue.changes]
        span = (labels[0].start, quantity.end)
        found = draft(catalogue, part.start, fitting[0], quantity, span, "joint", label=label) if fitting else None
        if found is None:
            break
        found.place = wheres[number] if wheres else None
        found.period = whens[number].period if whens else ""
        pairs.append(found)
    return pairs


def _pieces(part: Part, mention: Mention) -> list[Mention]:
    """A label that joins two measures ("tỷ lệ hộ nghèo và hộ cận nghèo") as its parts; else itself."""
    words = part.masked[mention.start : mention.end]
    cut = re.search(r",| và | - |/", words)
    if not cut:
        return [mention]
    pieces = []
    for start, end in ((0, cut.start()), (cut.end(), len(words))):
        piece = words[start:end]
        real = [m for m in part.known.index.labels(piece) if m.ids]
        if not real:
            return [mention]
        at = mention.start + start
        pieces.append(Mention(at + real[0].start, at + real[0].end, real[0].ids))
    return pieces


def _put(drafts: list[Draft], figures: Sequence[Quantity], found: list[Draft]) -> None:
    """Put drafts in place of those that the same figures had."""
    taken = {quantity.number_start for quantity in figures}
    drafts[:] = [d for d in drafts if d.quantity.number_start not in taken] + found


def _alone(part: Part, indicator: str, quantity: Quantity, rule: str, flags: Sequence[str] = ()) -> Draft | None:
    """A draft whose words are those of the figure alone."""
    span = (quantity.start, quantity.end)
    return draft(part.catalogue, part.start, indicator, quantity, span, rule, flags=flags)
