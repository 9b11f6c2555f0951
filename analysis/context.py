"""What surrounds a figure: the place and period a report is about, the places a sentence names, and parts of a page to pass over.

Only reads; which place, period and status a figure gets is decided in `observations`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .periods import Mention as PeriodMention
from .periods import find_periods
from .places import Gazetteer, Place, place_key
from .reports import Report
from .text import Canonical, canonical

CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD = rf"[{CAPITAL}][\w']*(?:-[{CAPITAL}][\w']*)*"
_NAME = rf"{_WORD}(?: (?:{_WORD}|\d{{1,2}}(?![\d.,/%]))){{0,3}}"
_TYPE = r"[Hh]uyện đảo|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh|TP\.?|TX\.?|TT\.?|[HXPQ]\.|HUYỆN|TỈNH|XÃ|THỊ XÃ|THÀNH PHỐ|QUẬN"
_TYPED = re.compile(rf"(?<![\w])(?P<plural>[Cc]ác |[Hh]ai |[Bb]a |[Bb]ốn )?(?P<type>{_TYPE})(?P<second>(?:, (?:thị trấn|phường|xã)(?= [^\W\d_]))*)[ ]?(?P<name>{_NAME})")
_NEXT = re.compile(rf"(?:\s*\([^()]{{0,60}}\))?\s*(?:,|;|và|&|,\s*và)\s+(?:(?P<type>{_TYPE})\s?)?(?P<name>{_NAME})")
_BARE = re.compile(rf"(?<![\w.])(?P<name>{_NAME})")
_SUPERLATIVE = re.compile(rf"(?P<type>[Xx]ã|[Pp]hường)(?: duy nhất)? (?:có|đạt|nghèo)[^,.;\d]{{0,60}} nhất(?: huyện| tỉnh)? là (?P<name>{_NAME})")
# a commune's bare name counts only right before a figure: "Thạnh Phong (5,22%)", "Mỹ Hưng: 10,96%", "A Vao 7,7%"
_IN_LIST = re.compile(rf"(?<![\w.])(?P<name>{_WORD}(?: {_WORD}){{0,3}})\s*(?:\(|:|,|với|còn|chỉ|có|là)?\s*(?:được |chỉ |còn |giảm |bớt |hơn |gần |trên |tới )*\d")
_SHORT_TYPES = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "tt": "thị trấn", "tt.": "thị trấn", "h.": "huyện", "x.": "xã",
                "p.": "phường", "q.": "quận", "huyện đảo": "huyện"}
LEVEL_OF = {"huyện": "district", "quận": "district", "thị xã": "district", "thành phố": "district", "xã": "commune", "phường": "commune",
            "thị trấn": "commune", "tỉnh": "province"}
_GENERIC = re.compile(
    r"(?P<province>(?<!chuẩn )(?<!chuẩn nghèo )(?:toàn|cả|trong|của|chung) (?:của )?(?:toàn )?tỉnh(?! (?:giao|ủy|đề|đoàn|đã|và|xét|xem|công|về|đến))|trên địa bàn (?:toàn )?tỉnh|(?:bình quân|mặt bằng|mức) (?:chung )?(?:của )?(?:toàn )?tỉnh|(?<=, )tỉnh (?=\d))"
    r"|(?P<country>cả nước|toàn quốc|bình quân chung (?:của )?cả nước)"
    r"|(?P<district>(?:toàn|cả|trong|của|trên địa bàn) (?:của )?(?:toàn )?(?:huyện|thị xã|thành phố|quận)(?! (?:ủy|giao|đoàn))(?= |,|\.|;|$|\))|huyện nhà|toàn địa bàn)"
    r"|(?P<commune>(?:của|toàn|trong|cả) xã(?! [A-ZĐ])(?= |,|\.|;|$)|toàn xã|trên địa bàn xã(?! [A-ZĐ])|cả xã|toàn phường|toàn thị trấn)"
)
_ORGAN = re.compile(r"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|MTTQ(?: Việt Nam)?|UBMTTQ(?:VN)?|Đảng bộ|Đảng ủy|Huyện ủy|Mặt trận Tổ quốc|Hội [\w ]{3,30}|Công an|Đoàn Thanh niên|Phòng [\w ,-]{3,40}|Bí thư|Chủ tịch|Ban Thường vụ)\s*$")
_ASIDE = re.compile(
    r"^\W*(?:các )?(?:tin|bài|bài viết|tin tức|tin bài)\s*(?:khác|liên quan|cùng chuyên mục|cùng mục|mới hơn|cũ hơn|mới nhất|nổi bật|đọc nhiều|xem nhiều|đã đưa|mới|nóng|tiêu điểm)\b|"
    r"^\W*(?:cùng chuyên mục|xem thêm|đọc thêm|có thể bạn quan tâm|đọc nhiều|xem nhiều|bài đọc nhiều|chuyên mục khác|tin ảnh|liên kết website|website liên kết|thống kê truy cập|video nổi bật|ý kiến bạn đọc|bình luận)\b"
)
_SKIP_LINE = re.compile(
    r"^\W*(?:clip|video|infographic)\s*[:.]|lượt xem|lượt đọc|view count|đã truy cập|đang truy cập|lượt truy cập|đang online|số người đang xem|điện thoại\s*:|fax\s*:|hotline|đường dây nóng|"
    r"cỡ chữ|in trang|chia sẻ\s*:|gửi bài viết|^\W*(?:trang chủ|đăng nhập)\b|bản quyền|giấy phép số|^\W*https?://"
)


@dataclass(frozen=True)
class PlaceMention:
    """A place named in a sentence: span in it, name with type, level, code ("" when unresolved), and how it is named.

    role: `named` · `generic` ("toàn huyện") · `organ` ("UBND huyện X") · `bare` (a known name without its type).
    """

    start: int
    end: int
    name: str
    level: str
    code: str
    role: str
    listed: int = 0  # how many of one list it is part of


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
    communes: tuple[tuple[str, str, str], ...]  # (key, name, code) of the district's communes, named without type in lists
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


def _type_of(written: str) -> str:
    low = written.lower().strip()
    return _SHORT_TYPES.get(low, low)


def _match(gazetteer: Gazetteer, words: list[str], type_: str, province: str, on: str) -> tuple[Place | None, int, bool]:
    """The longest leading run of words that names a place of this type → (place or None, words used, ambiguous)."""
    level = LEVEL_OF.get(type_)
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        found = gazetteer.candidates(name, type=type_) if type_ != "thành phố" else [p for p in gazetteer.candidates(name) if p.type == "thành phố"]
        if not found and type_ in ("huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn"):
            # towns rise: a huyện may be a thị xã in the lists; the name as written stands
            found = [p for p in gazetteer.candidates(name, level=level) if level]
            if found and count == 1 and len(words) > 1:
                continue
            if found:
                return None, count, False
        if not found:
            continue
        if province:
            inside = [p for p in found if place_key(p.province) == place_key(province)] or found
            found = inside
        codes = {(p.level, p.code) for p in found}
        return (found[-1] if len(codes) == 1 else None), count, len(codes) > 1
    return None, 0, False


class PlaceReader:
    """Finds the places that sentences of one report name."""

    def __init__(self, gazetteer: Gazetteer, frame: Frame):
        self.gazetteer, self.frame = gazetteer, frame
        self._commune = {key: (name, code) for key, name, code in frame.communes}
        self.commune: PlaceMention | None = None  # the commune named last, which "của xã" means

    def read(self, text: str, folded: str) -> list[PlaceMention]:
        """Place mentions of a canonical sentence in order; `folded` is the same sentence in folded case."""
        found: list[PlaceMention] = []
        frame = self.frame
        for match in _TYPED.finditer(text):
            type_ = _type_of(match["type"])
            if match["second"]:
                type_ = _type_of(match["type"])
            mention = self._typed(type_, match["name"], match.start("type"), match.start("name"))
            if mention is None or any(m.start < mention.end and mention.start < m.end for m in found):
                continue
            if _ORGAN.search(text[max(0, match.start() - 45) : match.start("type")]):
                mention = PlaceMention(mention.start, mention.end, mention.name, mention.level, mention.code, "organ")
            run, end, current = [mention], mention.end, type_
            while mention.role != "organ":
                more = _NEXT.match(text, end)
                if not more:
                    break
                current = _type_of(more["type"]) if more["type"] else current
                after = self._typed(current, more["name"], more.start("type") if more["type"] else more.start("name"), more.start("name"), listed=not more["type"])
                if after is None:
                    break
                run.append(after)
                end = after.end
            found += [PlaceMention(m.start, m.end, m.name, m.level, m.code, m.role, len(run) if len(run) > 1 else 0) for m in run]
        for match in _SUPERLATIVE.finditer(text):
            short = match["name"]
            if not any(m.start < match.end("name") and match.start("name") < m.end for m in found):
                found.append(PlaceMention(match.start("name"), match.end("name"), f"{match['type'].lower()} {short}", "commune", "", "named"))
        for match in _GENERIC.finditer(folded):
            if any(m.start < match.end() + 1 and match.start() < m.end + 1 for m in found):
                continue
            kind = match.lastgroup
            if kind == "country":
                found.append(PlaceMention(match.start(), match.end(), "cả nước", "country", "", "generic"))
            elif kind == "province" and (frame.province or frame.level == "province"):
                name = frame.place if frame.level == "province" else self._province_name(frame.province)
                found.append(PlaceMention(match.start(), match.end(), name, "province", "", "generic"))
            elif kind == "province":
                found.append(PlaceMention(match.start(), match.end(), "", "province", "", "generic"))
            elif kind == "commune" and frame.level != "commune":
                earlier = [m for m in found if m.level == "commune" and m.role == "named" and m.end <= match.start()]
                meant = max(earlier, key=lambda m: m.start) if earlier else self.commune
                if meant is not None:
                    found.append(PlaceMention(match.start(), match.end(), meant.name, "commune", meant.code, "generic"))
            elif kind == frame.level:
                found.append(PlaceMention(match.start(), match.end(), frame.place, frame.level, frame.code, "generic"))
        if frame.names:
            for match in _BARE.finditer(text):
                found += self._bare(match, found)
        if frame.communes:
            for match in _IN_LIST.finditer(text):
                name = self._commune.get(place_key(match["name"]))
                if name and not any(m.start < match.end("name") and match.start("name") < m.end for m in found):
                    found.append(PlaceMention(match.start("name"), match.end("name"), name[0], "commune", name[1], "bare"))
        found.sort(key=lambda m: m.start)
        communes = [m for m in found if m.level == "commune" and m.role == "named" and m.name.startswith("xã")]
        self.commune = communes[-1] if communes else self.commune
        return found

    def _province_name(self, province: str) -> str:
        places = self.gazetteer.candidates(province, level="province")
        return places[0].name if places else (f"tỉnh {province}" if province else "")

    def _typed(self, type_: str, name: str, start: int, name_start: int, listed: bool = False) -> PlaceMention | None:
        words = name.split(" ")
        place, count, ambiguous = _match(self.gazetteer, words, type_, self.frame.province, self.frame.period or self.frame.published)
        level = LEVEL_OF.get(type_, "")
        if count:
            short = " ".join(words[:count])
            if type_ == "thành phố" and place and place.level == "province":
                level = "province"
            name_written = short if not short.isupper() else (place.short if place else short.title())
            return PlaceMention(start, name_start + len(short), f"{type_} {name_written}", level, place.code if place and not ambiguous else "", "named")
        if listed or level != "commune" or len(words) > 3 or name.isupper():
            return None
        return PlaceMention(start, name_start + len(name), f"{type_} {name}", level, "", "named")

    def _bare(self, match: re.Match[str], found: list[PlaceMention]) -> list[PlaceMention]:
        words, first, out = match["name"].split(" "), match.start(), []
        position = 0
        while position < len(words):
            for count in range(len(words) - position, 0, -1):
                short = " ".join(words[position : position + count])
                key = place_key(short)
                if key not in self.frame.names:
                    continue
                start = first + len(" ".join(words[:position])) + (1 if position else 0)
                if any(m.start < start + len(short) and start < m.end for m in found):
                    break
                name, level, code = self.resolve(short)
                if name:
                    out.append(PlaceMention(start, start + len(short), name, level, code, "bare"))
                position += count - 1
                break
            position += 1
        return out

    def resolve(self, short: str) -> tuple[str, str, str]:
        """A district's short name → name with type, level, code; empty strings when it is not clear which."""
        frame = self.frame
        if frame.place and place_key(short) == place_key(frame.place.split(" ", 2 if frame.place.startswith(("thị xã", "thành phố", "thị trấn")) else 1)[-1]):
            return frame.place, frame.level, frame.code
        places = [p for p in self.gazetteer.candidates(short, province=frame.province or None, on=(frame.period or frame.published) or None) if p.level == "district"]
        places = places or [p for p in self.gazetteer.candidates(short, province=frame.province or None) if p.level == "district"]
        names = {p.name for p in places}
        if len(names) == 1:
            return places[-1].name, "district", places[-1].code
        rural = [p for p in places if p.type == "huyện"]
        if len({p.name for p in rural}) == 1:
            return rural[-1].name, "district", rural[-1].code
        return "", "", ""


def frame_of(report: Report, body: Canonical, gazetteer: Gazetteer) -> Frame:
    """The place and period that a report is about: manifest first, then title, then the text's own names."""
    title = canonical(report.title)
    head = body.text[:6000]
    blank = Frame("", "", "", report.province.removeprefix("tỉnh ").removeprefix("thành phố ").strip(), "", report.published, False, False, "", False, "", (), frozenset())
    reader = PlaceReader(gazetteer, blank)
    place, level, code, province, inferred = "", "", "", blank.province, False
    titled = [m for m in reader.read(title.text, title.folded) if m.role != "generic"]
    named = [m for m in reader.read(head, head.lower()) if m.role != "generic"]
    province = province or _province_named(named + titled, gazetteer)
    if report.place:
        type_, short = _split(report.place)
        found = gazetteer.candidates(short, type=type_ or None, province=province or None) or gazetteer.candidates(short, type=type_ or None)
        place, level = (report.place if type_ else (found[0].name if found else report.place)), LEVEL_OF.get(type_, found[0].level if found else "")
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
    period, explicit = _period(report, title, body)
    return Frame(place, level, code, province, period, report.published, inferred, explicit, *_plan(title, body, report.published), _closed_term(title, body, report.published), _communes(code, level, gazetteer), names)


def _split(name: str) -> tuple[str, str]:
    for type_ in sorted(LEVEL_OF, key=len, reverse=True):
        if name.lower().startswith(type_ + " "):
            return type_, name[len(type_) + 1 :]
    return "", name


def _province_named(mentions: list[PlaceMention], gazetteer: Gazetteer) -> str:
    provinces = Counter(_split(m.name)[1] for m in mentions if m.level == "province" and m.name)
    return provinces.most_common(1)[0][0] if provinces else ""


def _subject(report: Report, body_folded: str, title: Canonical, titled: list[PlaceMention], named: list[PlaceMention], gazetteer: Gazetteer, province: str):
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
        shadowed = {n for n in districts if places[f"tỉnh {_split(n)[1]}"] >= places[n] + (0 if provincial or len(districts) > 3 else 1)}
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
        if communes and len({m.name for m in communes}) == 1 and (not districts or places.most_common(1)[0][1] <= sum(m.name == communes[0].name for m in named)):
            return communes[0].name, "commune", communes[0].code, False
        if provinces and len({m.name for m in provinces}) == 1:
            return provinces[0].name, "province", provinces[0].code, False
    elif len(in_title) > 1:
        return "", "", "", False
    ranked = Counter(m.name for m in named if m.level == "district").most_common()
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1] or ranked[0][0] == next(m.name for m in named if m.level == "district")):
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
    typed = [(m.start("name"), m.end()) for m in _TYPED.finditer(title.text) if LEVEL_OF.get(_type_of(m["type"])) == "commune"]
    for match in _BARE.finditer(title.text):
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
                    found = [p for p in found if place_key(p.province) == place_key(province) or p.level == "province"] or found
                provinces = [p for p in found if p.level == "province"]
                if found:
                    pick = provinces[0] if provinces else found[-1]
                    unique = provinces or len({p.name for p in found}) == 1 or len({p.name for p in found if p.type == "huyện"}) == 1
                    if not provinces and len({p.name for p in found if p.type == "huyện"}) == 1:
                        pick = next(p for p in found if p.type == "huyện")
                    if unique:
                        code = pick.code if len({p.code for p in found if p.name == pick.name}) == 1 else ""
                        out.append((pick.name, pick.level, code))
                    position += count - 1
                    break
            position += 1
    return list(dict.fromkeys(out))


def _bare_names(place: str, level: str, province: str, title: Canonical, named: list[PlaceMention], gazetteer: Gazetteer) -> frozenset[str]:
    names = {place_key(_split(m.name)[1]) for m in named if m.level == "district"}
    if place and level == "district":
        names.add(place_key(_split(place)[1]))
    if province and (level == "province" or not place):
        names |= {place_key(p.short) for p in gazetteer.places if p.level == "district" and place_key(p.province) == place_key(province) and len(p.short.split()) > 1}
    names |= {place_key(_split(n)[1]) for n, lv, _ in _title_names(title, gazetteer, province, set()) if lv == "district"}
    return frozenset(names)


def _period(report: Report, title: Canonical, body: Canonical) -> tuple[str, bool]:
    """The period that the report as a whole is about ("" when it does not tell), and whether it is named."""
    published = report.published
    inside = [m for m in find_periods(title.folded, published) if m.period and m.role in ("plain", "term", "until")]
    lead = [m for m in find_periods(body.folded[:1800], published) if m.period and m.role in ("plain", "term", "until")]
    inside = [m for m in inside if _past(m, published)]
    if inside:
        parts = [m for m in inside if "-" in m.period]
        period = (parts or inside)[0].period
        before = str(int(published[:4]) - 1) if published[:4].isdigit() else ""
        if period == published[:4] and published[5:7] in ("01", "02", "03", "04") and any(m.period == before for m in lead):
            return before, True  # a spring meeting that closes the old year and plans the new one
        return period, True
    told = [m for m in lead if _past(m, published) and _recent(m, published) and _reports(m, body.folded)]
    if told:
        month, year = published[5:7] or "12", published[:4]
        parts = [m for m in told if "-" in m.period and m.period[:4] == year]
        terms = [m for m in told if "/" in m.period]
        # what a report of that month is usually about, when its first lines name it
        usual = year if month >= "10" else str(int(year or 1) - 1) if month <= "04" else ""
        likely = parts[:1] or [m for m in terms[:1] if m is told[0]] or [m for m in told if m.period == usual]
        if not likely and usual and any(m.period == usual and m.role == "plain" for m in find_periods(body.folded[1800:9000], published)):
            return usual, True
        chosen = (likely or told)[0]
        return chosen.period, bool(likely) or not published or chosen.period[:4] == year
    if published[:4]:
        early = published[5:7] in ("01", "02")
        return (str(int(published[:4]) - 1) if early else published[:4]), False
    counts = Counter(m.period for m in lead if len(m.period) == 4)
    return (counts.most_common(1)[0][0] if counts else ""), False


def _closed_term(title: Canonical, body: Canonical, published: str) -> str:
    for words in (title.folded, body.folded[:1500]):
        for found in re.finditer(r"nhiệm kỳ (20\d\d)\s*-\s*(20\d\d)", words):
            first, last = int(found[1]), int(found[2])
            if published[:4].isdigit() and abs(first - int(published[:4])) <= 1:
                return f"{first - (last - first)}/{first}"
            if str(last) == published[:4]:
                return f"{first}/{last}"
    return ""


def _communes(code: str, level: str, gazetteer: Gazetteer) -> tuple[tuple[str, str, str], ...]:
    if level != "district" or not code:
        return ()
    return tuple((place_key(p.short), p.name, p.code) for p in gazetteer.communes_of(code) if len(p.short.split()) > 1)


def _plan(title: Canonical, body: Canonical, published: str) -> tuple[str, bool]:
    """The coming year or term that a plan or resolution is for, and whether the title says so."""
    for words in (title.folded, body.folded[:600]):
        found = re.search(r"(?:nhiệm vụ|kế hoạch|phương hướng|mục tiêu|chỉ tiêu|dự toán)[^.\n]{0,60}?(?:năm (20\d\d)|(20\d\d)\s*-\s*(20\d\d))", words)
        if found and (found[1] or found[3]) > (published[:4] or "9999"):
            meeting = re.search(r"họp|tổng kết|hội nghị|đánh giá|bàn|nhìn lại|kết quả", words)
            return found[1] or f"{found[2]}/{found[3]}", words is title.folded and not meeting
    return "", False


def _past(mention: PeriodMention, published: str) -> bool:
    """Whether a period had begun long enough before publication to be reported on."""
    if not published:
        return True
    last = mention.period[5:9] if "/" in mention.period else mention.period[:4]
    if mention.period.endswith("H2") and last == published[:4]:
        return published[5:7] >= "10"
    return last <= published[:4]


def _recent(mention: PeriodMention, published: str) -> bool:
    last = mention.period[5:9] if "/" in mention.period else mention.period[:4]
    return not published or int(last) >= int(published[:4]) - 1


def _reports(mention: PeriodMention, folded: str) -> bool:
    before = folded[max(0, mention.start - 60) : mention.start]
    if mention.role == "term":
        opening = re.search(r"(?:^|[.\n]\s*|trong\s+|qua\s+)$", before)
        return not re.search(r"(?:hđnd|quốc hội|đại biểu|khóa \w+,?|bầu cử|đại hội[^.]*)\s*$", before) and ("nhiệm kỳ" not in folded[mention.start : mention.end] or bool(opening))
    return not re.search(r"(?:thành lập|từ|phương hướng|nhiệm vụ|kế hoạch|cho|từ đầu)[\w ,]{0,25}$", before)
