"""Pages that go through several places: a paragraph begins with the name of the place that it is about.

"BA CHẼ - Sáu tháng đầu năm, huyện …", "Bình Sơn: Năm 2023 …", "QUẬN 8 - Toàn quận …", or a bare name alone on its line.
Lines that hold nothing but a name with its type are read in `placing`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from analysis.context.frame import Frame, PlaceMention
from analysis.context.mentions import BARE_NAME, CAPITAL, LEVEL_OF, NAME_WORD
from analysis.places import Gazetteer, Place, after_districts, split_type, the_one_meant
from analysis.text import Canonical, fold

_SHOUTED = rf"[{CAPITAL}][{CAPITAL}']+(?: [{CAPITAL}][{CAPITAL}']*){{1,3}}"
# the name, the province in brackets, and the mark that sets it off; a dash or a point only behind capitals
_OPENING = re.compile(
    rf"^[ \t]*(?P<item>(?:[*+•-]|\d{{1,2}}[.)])[ \t]*)?(?:(?P<name>{_SHOUTED})(?P<home>[ ]\([^()\d\n]{{3,25}}\))?"
    rf"(?:[ ]?[:–—-][ ]|\.[ ]|[ ]*:?[ ]*$)|(?P<plain>{NAME_WORD}(?: {NAME_WORD}){{1,3}})(?::[ ]|[ ]*:?[ ]*$)"
    rf"|(?:Đảng bộ )?(?P<type>(?i:huyện|thị xã|thành phố|quận|tx|tp|xã|phường|thị trấn|đặc khu))\.? "
    rf"(?P<typed>{NAME_WORD}(?: (?:{NAME_WORD}|\d{{1,2}})){{0,3}}|\d{{1,2}})(?::[ ]|[ ][–—-][ ]))",
    re.MULTILINE,
)
# "X giữ đất, giữ biên cương" between two blank lines
_SECTION = re.compile(rf"(?<=\n\n)[ \t]*(?P<words>[{CAPITAL}][^\n.;!?\d]{{4,68}}[^\n.;:,!?\d])[ \t]*(?=\n\n)")
# behind the name on its line: nothing, or the rest of a headline: "HUYỆN X: Giữ vững vị trí dẫn đầu"
_REST_OF_TITLE = re.compile(r"[^\n.;!?\d]{0,60}(?:\n|\Z)")
_BELOW_PICTURE = re.compile(r"Ảnh|\bxã\b")
_FEWEST, _SURE = 2, 3  # paragraphs that begin so; one alone may be a dateline
# types of districts and communes as headings write them
_TYPES = {"tx": "thị xã", "tp": "thành phố"}


@dataclass(frozen=True)
class Heading:
    """The place with which a paragraph begins (none: the section before ends), and whether it has a line of its own."""

    place: PlaceMention | None
    alone: bool


@dataclass(frozen=True)
class _Opening:
    start: int
    name: str
    home: str  # the province in brackets behind it
    alone: bool
    type: str = ""  # that stands before it


def headings(body: Canonical, title: str, frame: Frame, gazetteer: Gazetteer) -> dict[int, Heading]:
    """The headings of a digest by where their paragraphs begin; none where fewer than two places have one.

    `title`: the folded headline; a report on the one district that it names is no digest.
    """
    openings = [_opening(match) for match in _OPENING.finditer(body.text)]
    sections = _sections(body, frame, gazetteer) if frame.level in ("province", "district") else {}
    if len(openings) < _FEWEST or sections:
        return sections
    own = frame.level == "district" and not frame.inferred
    own = own and (frame.place.partition(" ")[2].lower() in title or len(openings) < _SURE)
    best: dict[int, Heading] = {}
    for level in ("district", "commune", "province"):
        if level == "district" and own:
            continue  # the report is about one: "BẮC GIANG - …" is where it was written
        if level == "commune" and frame.level != "district" and not after_districts(frame.published):
            continue  # without their district there are too many of one name
        home = frame.province or _common_province(openings, level, gazetteer)
        found = {o.start: (o, the_one_meant(_candidates(o, level, home, frame, gazetteer))) for o in openings}
        named = {
            start: Heading(PlaceMention(start, start, one.name, level, one.code, "named"), o.alone)
            for start, (o, one) in found.items()
            if one is not None
        }
        different = {heading.place.name for heading in named.values()}
        if len(different) >= _FEWEST and len(named) > len(best):
            best = named
    return best


def names_own(folded: str, start: int, frame: Frame) -> bool:
    """Whether a paragraph begins with the district or province that the report itself is about."""
    opening = folded[start : start + 90].partition("\n")[0]
    if frame.level == "province":  # "Năm 2019, tỉnh X phấn đấu …"
        return fold(frame.place) in opening or bool(re.match(r"\W*(?:tính chung )?(?:toàn|cả) tỉnh\b", opening))
    if frame.level != "district":
        return False
    named = fold(split_type(frame.place)[1]) in opening
    return named or bool(re.search(r"(?:của|toàn|cả) (?:huyện|thị xã|thành phố)\b", opening))


def _sections(body: Canonical, frame: Frame, gazetteer: Gazetteer) -> dict[int, Heading]:
    """The section headings of a page on a province (a district), where two of them name one district (commune) each:
    "X giữ đất, giữ biên cương"; such a section is about it, one that names none or several about none."""
    level = "district" if frame.level == "province" else "commune"
    around = {"province": frame.province} if level == "district" else {"parent": frame.code}
    if level == "commune" and not frame.code:
        return {}
    found: dict[int, Heading] = {}
    for match in _SECTION.finditer(body.text):
        if level == "commune" and _BELOW_PICTURE.search(match["words"]):
            continue
        known = {}
        for name in BARE_NAME.finditer(match["words"]):
            one = the_one_meant(gazetteer.candidates(name["name"], level=level, **around))
            known |= {one.name: one} if one else {}
        one = known.popitem()[1] if len(known) == 1 else None
        start = match.start("words")
        place = PlaceMention(start, start, one.name, level, one.code, "named") if one else None
        found[start] = Heading(place, alone=True)
    different = {heading.place.name for heading in found.values() if heading.place}
    return found if len(different) >= _FEWEST else {}


def _opening(match: re.Match[str]) -> _Opening:
    name = match["name"] or match["plain"] or match["typed"]
    name = name.title() if name.isupper() else name
    start = match.end() - len(match.group().lstrip())
    alone = bool(_REST_OF_TITLE.match(match.string, match.end()))
    written = (match["type"] or "").lower()
    return _Opening(start, name, (match["home"] or "").strip(" ()"), alone, _TYPES.get(written, written))


def _common_province(openings: list[_Opening], level: str, gazetteer: Gazetteer) -> str:
    """The province in which most of the names lie, "" where it is not that of two."""
    homes = Counter(
        home for o in openings for home in {p.province for p in gazetteer.candidates(o.name, level=level)} if not o.home
    )
    most = homes.most_common(1)
    return most[0][0] if most and most[0][1] >= _FEWEST else ""


def _candidates(opening: _Opening, level: str, home: str, frame: Frame, gazetteer: Gazetteer) -> list[Place]:
    province = None if level == "province" else opening.home.title() or home or None
    parent = frame.code if level == "commune" and frame.level == "district" else None
    when = frame.published or frame.period or None
    name, kind = opening.name, opening.type or None
    if kind and LEVEL_OF.get(kind) != level:
        return []
    found = gazetteer.candidates(name, type=kind, level=level, province=province, parent=parent, on=when)
    return list(found or gazetteer.candidates(name, type=kind, level=level, province=province, parent=parent))
