"""What a report as a whole is about: its place, its period, its plan.

Its place is found in `homes`, its period in `reported`; the places that a single sentence names are read in `mentions`.
"""

from __future__ import annotations

import re

from analysis.context.frame import Frame, PlaceMention
from analysis.context.homes import Page, home_of, one_code, province_of, short_name, title_names
from analysis.context.mentions import PlaceReader
from analysis.context.reported import closed_term, coming_plan, granted_year, is_dated, publication, report_period
from analysis.places import Gazetteer, after_districts, place_key, split_type
from analysis.reports import Report
from analysis.text import Canonical, canonical

_CAPTION = re.compile(r"\W*Ảnh(?: minh họa)?: ?")


def frame_of(report: Report, body: Canonical, gazetteer: Gazetteer) -> Frame:
    """The place and period that a report is about: manifest first, then title, then the text's own names."""
    title, head, published = canonical(report.title), body.text[:6000], publication(report, body)
    province = report.province.removeprefix("tỉnh ").removeprefix("thành phố ").strip()
    reader = PlaceReader(gazetteer, Frame(province=province, published=published))
    titled = reader.read(title.text, title.folded, generic=False)
    named = [m for m in reader.read(head, head.lower(), generic=False) if not _in_caption(head, m)]
    province = province or province_of(report, title, head, named + titled, gazetteer)
    place, level, code, inferred = home_of(Page(report, title, body, titled, named, reader, province))
    type_, short = split_type(place)
    if place and not province:
        homes = {p.province for p in gazetteer.candidates(short, type=type_ or None) if not code or p.code == code}
        province = homes.pop() if len(homes) == 1 else ""
    if place and level in ("district", "commune") and not code:
        here = gazetteer.candidates(short, type=type_ or None, province=province or None)
        if not here and type_ in ("thị xã", "thành phố") and not report.place:
            # "lập thành phố X", of a town that never became a city
            known = gazetteer.candidates(short, level=level, province=province or None)
            lower = one_code(known) and known[-1].type in ("huyện", "thị xã") and known[-1].type != type_
            place, here = (known[-1].name, known) if lower else (place, here)
        code = one_code(here or gazetteer.candidates(short, type=type_ or None))
    home = _district_of(code, level, published, gazetteer)
    period, explicit = report_period(published, title, body)
    plan, planned = coming_plan(title, body, published)
    return Frame(
        place=place,
        level=level,
        code=code,
        province=province,
        period=period,
        published=published,
        dated=is_dated(report, published),
        shared=level == "district" and any(m.level == "commune" for m in titled),
        inferred=inferred,
        explicit=explicit,
        granted=explicit and granted_year(period, published, title, body),
        plan=plan,
        planned=planned,
        term=closed_term(title, body, published),
        communes=_communes(code, level, gazetteer),
        names=_bare_names(*((home.name, home.level) if home else (place, level)), province, title, named, gazetteer),
        home=home,
    )


def _in_caption(text: str, mention: PlaceMention) -> bool:
    """Whether a place begins the caption of a picture: "Ảnh: Thành phố X hôm nay"."""
    return bool(_CAPTION.fullmatch(text, text.rfind("\n", 0, mention.start) + 1, mention.start))


def _district_of(code: str, level: str, published: str, gazetteer: Gazetteer) -> PlaceMention | None:
    """The district in which a commune lies, until the districts ended."""
    if level != "commune" or after_districts(published):
        return None
    parents = {p.parent for p in gazetteer.by_code("commune", code)} if code else set()
    homes = gazetteer.by_code("district", parents.pop()) if len(parents) == 1 else ()
    return PlaceMention(0, 0, homes[-1].name, "district", homes[-1].code, "generic") if homes else None


def _bare_names(
    place: str, level: str, province: str, title: Canonical, named: list[PlaceMention], gazetteer: Gazetteer
) -> frozenset[str]:
    """Keys of the districts that the report may name without their type: those named with it, or a province's."""
    names = {place_key(short_name(m.name)) for m in named if m.level == "district"}
    if place and level == "district":
        names.add(place_key(short_name(place)))
    if province and (level == "province" or not place):
        names |= gazetteer.districts_named(province)
    names |= {place_key(short_name(n)) for n, lv, _ in title_names(title, gazetteer, province, ()) if lv == "district"}
    return frozenset(names)


def _communes(code: str, level: str, gazetteer: Gazetteer) -> tuple[tuple[str, str, str], ...]:
    """Key, name and code of the communes of a district whose names are of two words or more."""
    if level != "district" or not code:
        return ()
    return tuple((place_key(p.short), p.name, p.code) for p in gazetteer.communes_of(code) if len(p.short.split()) > 1)
