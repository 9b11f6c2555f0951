"""What a report as a whole is about: its place, its period, its plan; and the parts of a page to pass over.

The places that a single sentence names are read in `mentions`, the report's period in `reported`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .mentions import BARE_NAME, LEVEL_OF, TYPED_NAME, PlaceMention, PlaceReader, type_of
from .places import Gazetteer, place_key
from .reported import closed_term, coming_plan, report_period
from .reports import Report
from .text import Canonical, canonical

# headings of lists of other articles: "Tin liên quan", "Bài viết khác"
_ASIDE = re.compile(
    r"^\W*(?:các )?(?:tin|bài|bài viết|tin tức|tin bài)\s*(?:khác|liên quan|cùng chuyên mục|cùng mục|mới hơn|cũ hơn"
    r"|mới nhất|nổi bật|đọc nhiều|xem nhiều|đã đưa|mới|nóng|tiêu điểm)\b|"
    r"^\W*(?:cùng chuyên mục|xem thêm|đọc thêm|có thể bạn quan tâm|đọc nhiều|xem nhiều|bài đọc nhiều|chuyên mục khác"
    r"|tin ảnh|liên kết website|website liên kết|thống kê truy cập|video nổi bật|ý kiến bạn đọc|bình luận)\b"
)
# lines of a web page around the text: counters, telephone numbers, navigation
_SKIP_LINE = re.compile(
    r"^\W*(?:clip|video|infographic)\s*[:.]|lượt xem|lượt đọc|view count|đã truy cập|đang truy cập|lượt truy cập"
    r"|đang online|số người đang xem|điện thoại\s*:|fax\s*:|hotline|đường dây nóng|"
    r"cỡ chữ|in trang|chia sẻ\s*:|gửi bài viết|^\W*(?:trang chủ|đăng nhập)\b|bản quyền|giấy phép số|^\W*https?://"
)


@dataclass(frozen=True)
class Frame:
    """What a report as a whole is about. Empty strings where it does not say."""

    place: str
    level: str
    code: str
    province: str
    period: str
    published: str
    inferred: bool  # the place was taken from the text's most frequent name, not from title or manifest
    explicit: bool  # the period is named, not inferred from the date of publication
    plan: str  # a later year that the title plans for ("nhiệm vụ năm 2024"), or ""
    planned: bool  # the title itself announces a plan
    term: str  # the five years that a congress closes, when the title or the first lines name the coming ones
    communes: tuple[
        tuple[str, str, str], ...
    ]  # (key, name, code) of the district's communes, named without type in lists
    names: frozenset[str]  # keys of the short names of districts that this report may name without their type

    @property
    def year(self) -> str:
        return (self.period or self.published)[:4] if "/" not in self.period else self.period[5:9]


def asides(text: str) -> list[tuple[int, int]]:
    """Half-open spans of canonical folded text that are not the report: captions, counters, lists of other articles."""
    spans, position, closed = [], 0, False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        end = position + len(line)
        if _ASIDE.search(line) and len(line) < 120 and end > len(text) * 0.25:
            closed = True
        elif closed and len(line) > 260 and number < len(lines) - 1 and position < len(text) * 0.8:
            closed = False
        if closed:
            spans.append((position, end))
        elif line.strip() and len(line) < 400 and _SKIP_LINE.search(line):
            at = position
            for piece in line.split("|"):
                if "|" not in line or _SKIP_LINE.search(piece):
                    spans.append((at, at + len(piece)))
                at += len(piece) + 1
        position = end + 1
    return spans


def frame_of(report: Report, body: Canonical, gazetteer: Gazetteer) -> Frame:
    """The place and period that a report is about: manifest first, then title, then the text's own names."""
    title = canonical(report.title)
    head = body.text[:6000]
    blank = Frame(
        "",
        "",
        "",
        report.province.removeprefix("tỉnh ").removeprefix("thành phố ").strip(),
        "",
        report.published,
        False,
        False,
        "",
        False,
        "",
        (),
        frozenset(),
    )
    reader = PlaceReader(gazetteer, blank)
    place, level, code, province, inferred = "", "", "", blank.province, False
    titled = reader.read(title.text, title.folded, generic=False)
    named = reader.read(head, head.lower(), generic=False)
    province = province or _province_named(named + titled, gazetteer)
    if report.place:
        type_, short = _split(report.place)
        found = gazetteer.candidates(short, type=type_ or None, province=province or None) or gazetteer.candidates(
            short, type=type_ or None
        )
        place, level = (
            (report.place if type_ else (found[0].name if found else report.place)),
            LEVEL_OF.get(type_, found[0].level if found else ""),
        )
        if type_ == "thành phố" and found and found[-1].level == "province":
            level = "province"
        code = found[-1].code if len({p.code for p in found}) == 1 else ""
    else:
        place, level, code, inferred = _subject(report, body.folded, title, titled, named, gazetteer, province)
    if place and not province:
        type_, short = _split(place)
        homes = {p.province for p in gazetteer.candidates(short, type=type_ or None) if not code or p.code == code}
        province = homes.pop() if len(homes) == 1 else ""
    if place and level in ("district", "commune") and not code:
        type_, short = _split(place)
        found = gazetteer.candidates(short, type=type_ or None, province=province or None)
        code = found[-1].code if len({p.code for p in found}) == 1 else ""
    names = _bare_names(place, level, province, title, named, gazetteer)
    period, explicit = report_period(report, title, body)
    return Frame(
        place,
        level,
        code,
        province,
        period,
        report.published,
        inferred,
        explicit,
        *coming_plan(title, body, report.published),
        closed_term(title, body, report.published),
        _communes(code, level, gazetteer),
        names,
    )


def _split(name: str) -> tuple[str, str]:
    for type_ in sorted(LEVEL_OF, key=len, reverse=True):
        if name.lower().startswith(type_ + " "):
            return type_, name[len(type_) + 1 :]
    return "", name


def _province_named(mentions: list[PlaceMention], gazetteer: Gazetteer) -> str:
    provinces = Counter(_split(m.name)[1] for m in mentions if m.level == "province" and m.name)
    return provinces.most_common(1)[0][0] if provinces else ""


def _subject(
    report: Report,
    body_folded: str,
    title: Canonical,
    titled: list[PlaceMention],
    named: list[PlaceMention],
    gazetteer: Gazetteer,
    province: str,
):
    """The one place that title and text are about → (name, level, code, inferred)."""
    places = Counter(m.name for m in named if m.level in ("district", "province"))
    districts = {m.name: m for m in titled + named if m.level == "district"}
    in_title = list(dict.fromkeys(m.name for m in titled if m.level == "district"))
    if len(in_title) == 1:
        mention = districts[in_title[0]]
        return mention.name, mention.level, mention.code, False
    communes = [m for m in titled if m.level == "commune"]
    if not in_title:
        provincial = len(re.findall(r"toàn tỉnh|cả tỉnh|trong tỉnh|địa bàn tỉnh|ubnd tỉnh", body_folded))
        # a province, not its city of the same name
        shadowed = {
            n
            for n in districts
            if places[f"tỉnh {_split(n)[1]}"] >= places[n] + (0 if provincial or len(districts) > 3 else 1)
        }
        bare = _title_names(title, gazetteer, province, set(districts) - shadowed)
        if len(bare) == 1:
            name, level, code = bare[0]
            if level == "province" and districts and not any(m.level == "province" for m in titled):
                city = [n for n in districts if _split(n)[1] == _split(name)[1]]
                if city and places[city[0]] >= places.get(name, 0) and (not provincial or len(districts) < 4):
                    return city[0], "district", districts[city[0]].code, False
            return name, level, code, False
        if len(bare) > 1:
            return "", "", "", False
        provinces = [m for m in titled if m.level == "province"]
        if (
            communes
            and len({m.name for m in communes}) == 1
            and (not districts or places.most_common(1)[0][1] <= sum(m.name == communes[0].name for m in named))
        ):
            return communes[0].name, "commune", communes[0].code, False
        if provinces and len({m.name for m in provinces}) == 1:
            return provinces[0].name, "province", provinces[0].code, False
    elif len(in_title) > 1:
        return "", "", "", False
    ranked = Counter(m.name for m in named if m.level == "district").most_common()
    if ranked and (
        len(ranked) == 1
        or ranked[0][1] > ranked[1][1]
        or ranked[0][0] == next(m.name for m in named if m.level == "district")
    ):
        mention = districts[ranked[0][0]]
        return mention.name, mention.level, mention.code, len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]
    provinces = [m for m in named if m.level == "province"]
    if provinces and not ranked:
        return provinces[0].name, "province", provinces[0].code, True
    communes = Counter(m.name for m in named if m.level == "commune").most_common(1)
    if communes and not ranked:
        mention = next(m for m in named if m.name == communes[0][0])
        return mention.name, "commune", mention.code, True
    return "", "", "", False


def _title_names(title: Canonical, gazetteer: Gazetteer, province: str, known: set[str]) -> list[tuple[str, str, str]]:
    """Places that a title names without their type."""
    out: list[tuple[str, str, str]] = []
    known_short = {place_key(_split(n)[1]): n for n in known}
    typed = [
        (m.start("name"), m.end())
        for m in TYPED_NAME.finditer(title.text)
        if LEVEL_OF.get(type_of(m["type"])) == "commune"
    ]
    for match in BARE_NAME.finditer(title.text):
        if any(a < match.end() and match.start() < b for a, b in typed):
            continue
        words = match["name"].split(" ")
        position = 0
        while position < len(words):
            for count in range(min(4, len(words) - position), 0, -1):
                short = " ".join(words[position : position + count])
                if count == 1 and place_key(short) not in known_short:
                    continue
                if short.isupper():
                    short = short.title()
                if place_key(short) in known_short:
                    name = known_short[place_key(short)]
                    out.append((name, "district", ""))
                    position += count - 1
                    break
                found = [p for p in gazetteer.candidates(short) if p.level in ("district", "province")]
                if province:
                    found = [
                        p for p in found if place_key(p.province) == place_key(province) or p.level == "province"
                    ] or found
                provinces = [p for p in found if p.level == "province"]
                if found:
                    pick = provinces[0] if provinces else found[-1]
                    unique = (
                        provinces
                        or len({p.name for p in found}) == 1
                        or len({p.name for p in found if p.type == "huyện"}) == 1
                    )
                    if not provinces and len({p.name for p in found if p.type == "huyện"}) == 1:
                        pick = next(p for p in found if p.type == "huyện")
                    if unique:
                        code = pick.code if len({p.code for p in found if p.name == pick.name}) == 1 else ""
                        out.append((pick.name, pick.level, code))
                    position += count - 1
                    break
            position += 1
    return list(dict.fromkeys(out))


def _bare_names(
    place: str, level: str, province: str, title: Canonical, named: list[PlaceMention], gazetteer: Gazetteer
) -> frozenset[str]:
    """Keys of the districts that the report may name without their type: those named with it, or a province's."""
    names = {place_key(_split(m.name)[1]) for m in named if m.level == "district"}
    if place and level == "district":
        names.add(place_key(_split(place)[1]))
    if province and (level == "province" or not place):
        names |= {
            place_key(p.short)
            for p in gazetteer.places
            if p.level == "district" and place_key(p.province) == place_key(province) and len(p.short.split()) > 1
        }
    names |= {
        place_key(_split(n)[1]) for n, lv, _ in _title_names(title, gazetteer, province, set()) if lv == "district"
    }
    return frozenset(names)


def _communes(code: str, level: str, gazetteer: Gazetteer) -> tuple[tuple[str, str, str], ...]:
    """Key, name and code of the communes of a district whose names are of two words or more."""
    if level != "district" or not code:
        return ()
    return tuple((place_key(p.short), p.name, p.code) for p in gazetteer.communes_of(code) if len(p.short.split()) > 1)
