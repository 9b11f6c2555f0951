"""Which place a report is about: that of its manifest or letterhead, of its title, or the one its text speaks of.

What else a report as a whole is about, its period and its plan, is read in `framing`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from analysis.context.frame import PlaceMention
from analysis.context.letterhead import PARTY_OF, portal_of, writer_of
from analysis.context.mentions import BARE_NAME, CAPITAL, LEVEL_OF, PlaceReader, type_of, typed_names
from analysis.places import Gazetteer, Place, after_districts, place_key, split_type, the_one_meant
from analysis.reports import Report
from analysis.text import Canonical, canonical

# between a commune of the title and its district; the province that heads a title: "Lào Cai: Xã …"
_HOME = re.compile(r"\s*(?:,|\(|-|thuộc|của)\s*")
_HEADED = re.compile(r"(?P<name>[^,:]{3,25}): ")
_ADDRESSED = re.compile(r" \([^()]{3,40}\)")
# "Bí thư xã X": someone's office
_OFFICE = re.compile(r"(?:[Bb]í thư|[Cc]hủ tịch|[Gg]iám đốc)[^,.;]{0,12} $")
_WITH_PROVINCE = re.compile(
    rf"{BARE_NAME.pattern} \((?:tỉnh |TP\.? ?|thành phố )?(?P<province>[{CAPITAL}][^()\d:;]{{2,22}})\)"
)
# "cách Hà Nội hơn 100 km": another place
_AWAY = re.compile(r"(?:cách|giáp|gần|ngoại thành|ven|cửa ngõ|[Pp]hía|[Bb]ỏ xa|gần bằng|vượt qua) $")
_NEIGHBOURS = re.compile(r"giáp[^.;\d]*\Z")  # "Giáp ranh: huyện X ở phía Bắc, thị xã Y ở phía Nam"
_INTRODUCED = re.compile(rf"^\s*{BARE_NAME.pattern} (?:vốn )?là (?:một )?(?P<type>huyện|thị xã)\b", re.M)
_NEW_RURAL = re.compile(
    rf"\bxã (?:đạt chuẩn )?(?i:nông thôn mới|ntm)(?: nâng cao"
    rf"| kiểu mẫu)? (?P<name>{BARE_NAME.pattern.replace('?P<name>', '?:')})"
)
_SOME_COMMUNE = re.compile(r"(?<!các )(?<!cấp )\b(?:xã|phường)\b(?! hội)")
# a party committee as publisher: "Huyện ủy Thới Bình"
_PARTY = re.compile(r"\b(Huyện|Thị|Thành|Quận) [uủ][ỷy]\b")
# words by which a report speaks for a whole province
_WHOLE_PROVINCE = re.compile(r"toàn tỉnh|cả tỉnh|trong tỉnh|địa bàn tỉnh")
_TITLE_OF_PROVINCE = re.compile(r"\b(?:toàn|cả) tỉnh ")
_WHOLE_DISTRICT = re.compile(r"toàn huyện|cả huyện|huyện nhà|địa bàn huyện")
_OF_DISTRICT = re.compile(r"(?:toàn|cả|của|trong|địa bàn) (?:toàn )?huyện(?= |,|\.|;)|huyện (?:đã|có|đang|chọn|hiện)\b")
_PROVINCIAL = re.compile(rf"{_WHOLE_PROVINCE.pattern}|ubnd tỉnh")
_ALL_DISTRICTS = re.compile(r"(?<!của )(?<!với )\bcác huyện\b|giao (?:cho )?các địa phương")
_RANKED = ("tốp đầu ", "nhất ", "nhì ", "ba ", "dẫn đầu ")  # "thuộc tốp đầu toàn tỉnh"
_SOME_DISTRICTS = re.compile(r"\b(?:các|những|nhiều|mấy) huyện\b")
_REGION = ("Mười", "Thượng", "Hạ")  # "Đồng Tháp Mười" is a region
_LONGEST = 5  # words of a name without its type: "Bà Rịa - Vũng Tàu"
_ALL_KINDS = re.compile(r"huyện,(?: quận,)?(?: thị xã,)? thành phố")
_OF_PROVINCE = re.compile(rf"của tỉnh(?! [{CAPITAL}])")  # no name follows
# "Sở Lao động … tỉnh", "ngành … tỉnh": a department that speaks for its province
_OFFICE_OF_PROVINCE = re.compile(rf"\b(?:[Nn]gành|Sở) [^.,;:\n\d]{{0,60}}? tỉnh(?! [{CAPITAL}])")

# words by which a text speaks for a place without naming it: "toàn huyện", "của xã", "Đến nay, tỉnh đã …"
_VOICE = (
    r"(?i:\b(?:toàn|cả) (?:{types}))(?! hội)\b"
    r"|(?i:\b(?:địa bàn|trong|của|trên|ở|tại) (?:{types}))(?! hội| này)(?=[ ,.;:)…](?![{capital}\d])|$)"
    r"|(?:(?:^|[.,;:!?\n\"”] ?|- )(?:(?i:hiện|đến nay|nay|hiện nay|trong năm|năm \d+|qua đó|bên cạnh đó),? )?)"
    r"(?i:{types}) (?:đã|có|đang|hiện|phấn đấu|còn|đạt|đặt|giảm|đưa|sẽ|tiếp tục|được|tập trung|chú trọng|triển khai"
    r"|tổ chức|huy động|xây dựng|không|chỉ|mới|luôn|cũng|thực hiện|đề ra|giải quyết|tạo|quan tâm|vẫn|xác định|thu|là"
    r"|nằm)\b"
)
_DISTRICTS, _COMMUNES = "huyện|thị xã|quận", "xã|phường|thị trấn"
_VOICES = {
    types: re.compile(_VOICE.format(types=types, capital=CAPITAL), re.M)
    for types in ("tỉnh", "thành phố", _DISTRICTS, f"{_DISTRICTS}|thành phố", _COMMUNES)
}


class Home(NamedTuple):
    """The place that a report is about; empty strings where it is not clear."""

    name: str = ""
    level: str = ""
    code: str = ""
    inferred: bool = False  # it is only the name that the text uses most


class Page(NamedTuple):
    """What the place of a report is read from."""

    report: Report
    title: Canonical
    body: Canonical
    titled: list[PlaceMention]  # the places named in the title
    named: list[PlaceMention]  # and those named in the text
    reader: PlaceReader
    province: str  # in which places are looked up, without its type

    @property
    def names_district(self) -> bool:
        """Whether the text names a district with its type."""
        return any(m.level == "district" for m in self.named)


def home_of(page: Page) -> Home:
    """The place that a report is about, from manifest, letterhead, title and text in this order."""
    gazetteer, head = page.reader.gazetteer, page.body.text[:6000]
    if page.report.place:
        home = _of_manifest(page.report.place, page.province, gazetteer)
    elif writer := None if page.titled else writer_of(page.body.text, gazetteer, page.province):
        home = Home(writer.name, writer.level, writer.code)
    else:
        home = _of_words(page)
        loose = not home.name or (home.inferred and home.level == "province")
        if loose and not any(m.level == "district" for m in page.titled + page.named):
            home = _at_home(head, gazetteer) or home
    return home._replace(name=_as_written(home.name, page.named, f"{page.title.text}\n{head[:1500]}"))


def _of_words(page: Page) -> Home:
    """The place of title and text, else that of the publisher, of a party committee or of a portal's head."""
    gazetteer, body, province = page.reader.gazetteer, page.body, page.province
    home = _of_text(page)
    if home.level == "district" and after_districts(page.reader.frame.published) and not page.names_district:
        home = _commune_for(short_name(home.name), page.named) or home
    doubtful = not home.name or (home.inferred and home.level == "commune")
    if doubtful and not page.names_district:  # "Cổng thông tin điện tử huyện Bắc Sơn"
        publisher = canonical(_party_as_place(page.report.publisher))
        wanted = "province" if _is_provincial(body) else "district"
        own = [m for m in page.reader.read(publisher.text, publisher.folded, generic=False) if m.level == wanted]
        home = _subject(own[0], inferred=True) if len(own) == 1 else home
    if not home.name:
        home = _hinted(body.text[:6000], page.reader, gazetteer, province)
    portal = None if home.name else portal_of(canonical(page.report.text).text, gazetteer, province)
    if portal:
        return Home(portal.name, portal.level, portal.code, inferred=True)
    speaks = _VOICES["tỉnh"].search(body.text) or _OFFICE_OF_PROVINCE.search(body.text)
    if not home.name and province and not page.names_district and speaks:
        return _whole_province(province, gazetteer, inferred=True) or home  # "toàn tỉnh …" below "BÁO X ĐIỆN TỬ"
    return _spoken_for(home, page)


def _spoken_for(home: Home, page: Page) -> Home:
    """The place for which a text speaks that never speaks for the one of its title: "toàn xã", "xã đã …" under a title
    that names the district. The one of the title as a mere inference where several are named."""
    if home.level == "province":
        own = "tỉnh" if home.name.startswith("tỉnh ") else "thành phố"
        others = {"district": _DISTRICTS, "commune": _COMMUNES}
    elif home.level == "district":
        own, others = f"{_DISTRICTS}|thành phố", {"commune": _COMMUNES}
        told = any(m.name == home.name for m in page.titled)
        others |= {"province": "tỉnh"} if short_name(home.name) == page.province and not told else {}
    else:
        own, others = _COMMUNES, {"district": _DISTRICTS}
    if not home.name or _VOICES[own].search(_ALL_KINDS.sub("", f"{page.title.text}\n{page.body.text}")):
        return home
    heard = {level: len(_VOICES[types].findall(page.body.text)) for level, types in others.items()}
    level = max(heard, key=heard.__getitem__)
    if not heard[level]:
        return home
    if home.level == "commune":
        return home._replace(inferred=True)
    if level == "province":  # "… chúc Tết tại X", in its city, on what the province has reached
        return _whole_province(page.province, page.reader.gazetteer, inferred=True) or home
    named = [m for m in page.titled + page.named if m.level == level and m.listed < 2]
    ranked = Counter(m.name for m in named).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 3 * ranked[1][1]):
        return home._replace(inferred=True)
    name, times = ranked[0]
    if times == 1 and short_name(name) not in page.title.text:
        return home._replace(inferred=True)
    code = next(m.code for m in named if m.name == name)
    return Home(name, level, code or _code_within(name, [home.code], page.reader.gazetteer), inferred=True)


def province_of(report: Report, title: Canonical, head: str, mentions: list[PlaceMention], gazetteer: Gazetteer) -> str:
    """The province that a report's title and text are about, without its type; "" when they name none or several."""
    return _province_named(mentions) or _province_bare(report, title, head, gazetteer)


def _province_named(mentions: list[PlaceMention]) -> str:
    """The province that is named most, without its type."""
    provinces = Counter(short_name(m.name) for m in mentions if m.level == "province" and m.name)
    return provinces.most_common(1)[0][0] if provinces else ""


def _province_bare(report: Report, title: Canonical, head: str, gazetteer: Gazetteer) -> str:
    """The one province that title, publisher or first lines name without its type, "" when there is none or several."""
    first = "\n".join(line.title() if line.isupper() else line for line in head[:700].split("\n"))
    for words in (title.text, canonical(report.publisher).text, first):
        found = set()
        for match in BARE_NAME.finditer(words):
            rest = match["name"].split(" ")
            while rest:
                lengths = range(min(_LONGEST, len(rest)), 1, -1)
                count = next((n for n in lengths if gazetteer.candidates(" ".join(rest[:n]), level="province")), 1)
                if count > 1 and not (count < len(rest) and rest[count] in _REGION):
                    found.add(" ".join(rest[:count]))
                rest = rest[count:]
        if len(found) == 1:
            return found.pop()
    return ""


def _as_written(place: str, named: list[PlaceMention], words: str) -> str:
    """A place of the title in the spelling that the text prefers: "huyện Đắc Hà" is mostly "huyện Đăk Hà"."""
    type_, short = split_type(place)
    if not short:
        return place
    key = place_key(short)
    spelt = Counter(m.name for m in named if split_type(m.name)[0] == type_ and place_key(short_name(m.name)) == key)
    if spelt:
        return spelt.most_common(1)[0][0] if spelt[place] < max(spelt.values()) else place
    count = len(short.split())
    for match in BARE_NAME.finditer(words if type_ and short not in words else ""):  # named without its type
        parts = match["name"].split()
        for at in range(len(parts) - count + 1):
            written = " ".join(parts[at : at + count])
            if place_key(written) == key and not written.isupper():
                return f"{type_} {written}"
    return place


def _of_manifest(written: str, province: str, gazetteer: Gazetteer) -> Home:
    """The place that the manifest names."""
    type_, short = split_type(written)
    found = gazetteer.candidates(short, type=type_ or None, province=province or None)
    found = found or gazetteer.candidates(short, type=type_ or None)
    if not type_:  # a bare name is the district, not its township
        found = [p for p in found if p.level == "district"] or found
    name = written if type_ or not found else found[0].name
    level = LEVEL_OF.get(type_, found[0].level if found else "")
    if type_ == "thành phố" and found and found[-1].level == "province":
        level = "province"
    return Home(name, level, one_code(found))


def _party_as_place(words: str) -> str:
    """The words with party committees as their districts: "Thành ủy Bảo Lộc" is "thành phố Bảo Lộc"."""
    return _PARTY.sub(lambda m: PARTY_OF[m[1].lower()], words)


def _hinted(head: str, reader: PlaceReader, gazetteer: Gazetteer, province: str) -> Home:
    """The one district whose party committee a text names ("Thành ủy Bảo Lộc"), or that it names without its type."""
    words = _party_as_place(head)
    own = {m.name: m for m in reader.read(words, words.lower(), generic=False) if m.level == "district"}
    if len(own) == 1:
        return _subject(own.popitem()[1], inferred=True)
    if own or not re.search(r"\b(?:huyện|thị xã)\b", head.lower()):
        return Home()
    names = {match["name"] for match in BARE_NAME.finditer(head) if " " in match["name"]}
    known = (gazetteer.candidates(name, level="district", province=province or None) for name in names)
    found = [places for places in known if places]
    code = one_code(found[0]) if len(found) == 1 else ""
    return Home(found[0][-1].name, "district", code, inferred=True) if code else Home()


def _at_home(head: str, gazetteer: Gazetteer) -> Home | None:
    """The one district that the first lines name without its type and with its province: "ở X (Y)"."""
    found = {
        place.code: place
        for match in _WITH_PROVINCE.finditer(head, 0, 700)
        for count in range(len(match["name"].split()) - 1)
        for place in gazetteer.candidates(
            " ".join(match["name"].split()[count:]), level="district", province=match["province"]
        )[-1:]
    }
    if len(found) != 1:
        return None
    code, place = found.popitem()
    return Home(place.name, place.level, code, inferred=True)


def one_code(places: Sequence[Place]) -> str:
    """The code that all places share, "" when they do not."""
    return places[-1].code if len({p.code for p in places}) == 1 else ""


def short_name(name: str) -> str:
    """A name without its type: "X" of "huyện X"."""
    return split_type(name)[1]


def _is_provincial(body: Canonical) -> bool:
    """Whether a report speaks for a whole province."""
    folded = body.folded
    speaks = any(not folded.endswith(_RANKED, 0, m.start()) for m in _PROVINCIAL.finditer(folded))
    return speaks or bool(_OF_PROVINCE.search(body.text))


def _of_text(page: Page) -> Home:
    """The one place that title and text are about: the title's, else the one that the text names most."""
    title, body, titled, named, province = page.title, page.body, page.titled, page.named, page.province
    gazetteer, published = page.reader.gazetteer, page.reader.frame.published
    commune = _commune_of_title(title, body, titled, named, gazetteer) or _commune_addressed(title, gazetteer)
    if commune and split_type(commune.name)[0] not in title.folded:  # "Lộc Ninh …" is the district, not its town
        town = commune.name.startswith("thị trấn ") or (
            not after_districts(published) and _WHOLE_DISTRICT.search(body.folded)
        )
        district = town and gazetteer.candidates(short_name(commune.name), level="district")
        commune = None if district else commune
    if commune is not None:
        homes = [m.code for m in titled + named if m.level == "district" and m.code]
        return commune if commune.code else commune._replace(code=_code_within(commune.name, homes, gazetteer))
    in_title = {m.name for m in titled if m.level == "district"}
    districts = {m.name: m for m in titled + named if m.level == "district"}
    if len(in_title) == 1 and any(_listed_bare(title.text, name) for name in districts.keys() - in_title):
        return Home()  # "Kỳ họp HĐND cấp huyện tại X, TX Y"
    if len(in_title) == 1:
        return _subject(districts[in_title.pop()])
    if in_title:
        return Home()
    provincial = _is_provincial(body) or bool(_ALL_DISTRICTS.search(title.folded))
    if province and _TITLE_OF_PROVINCE.search(title.folded):
        return _whole_province(province, gazetteer) or Home()
    if after_districts(published) and (commune := _commune_told(title, titled, named)):
        return commune
    found = _untyped_in_title(body.folded, title, titled, named, districts, gazetteer, province, provincial)
    if found is None:
        found = _typed_in_title(title, titled, named, bool(districts))
    headed = _HEADED.match(title.text)
    if found is None and headed:  # "Quảng Ngãi: 8 xã nữa đạt chuẩn"
        found = _whole_province(headed["name"], gazetteer)
    wider = provincial or _SOME_DISTRICTS.search(body.folded, 0, 400)
    if found is None and province and (
        (provincial and len(districts) > 1) or (wider and _names_several(body, province, gazetteer))
    ):
        found = _whole_province(province, gazetteer, inferred=True)
    if found is not None:
        return found
    if commune := _only_commune(named, body):
        return commune
    if named and named[0].level == "province" and named[0].role == "named" and len(districts) > 3:
        return _subject(named[0], inferred=True)  # "Kết quả rà soát hộ nghèo của tỉnh X …", then its districts
    own = [m for m in named if m.listed < 2 and not _AWAY.search(body.text, max(0, m.start - 12), m.start)]
    districts_own = (m for m in own if m.level == "district")
    around = all(_NEIGHBOURS.search(body.folded, max(0, m.start - 120), m.start) for m in districts_own)
    if own and around and (one := _introduced(body, province, gazetteer)):
        return one
    return _named_most(own or named, districts, body.text)


def _introduced(body: Canonical, province: str, gazetteer: Gazetteer) -> Home | None:
    """The district that the first lines say what it is of: "X là huyện miền núi …"."""
    told = _INTRODUCED.search(body.text, 0, 700)
    found = told and gazetteer.candidates(told["name"], type=told["type"], province=province or None)
    return Home(found[-1].name, found[-1].level, one_code(found), inferred=True) if found else None


def _listed_bare(title: str, name: str) -> bool:
    """Whether a title names a district without its type beside one with it: "X, TX Y", "huyện Y và X"."""
    bare, types = re.escape(short_name(name)), r"(?:[Hh]uyện|[Tt]hị xã|[Tt]hành phố|TX\.?|TP\.?)"
    first = rf"(?<![\w']){bare}(?:,| và| -) {types} "
    return bool(re.search(rf"{first}|{types} [^,.:;]{{2,20}}(?:,| và) {bare}(?![\w(])", title))


def _only_commune(named: list[PlaceMention], body: Canonical) -> Home | None:
    """The one commune of a text that names its district and province only behind it: "xã X, huyện Y (tỉnh Z)"."""
    communes = [m for m in named if m.level == "commune"]
    wider = _WHOLE_DISTRICT.search(body.folded) or _OF_DISTRICT.search(body.folded) or _is_provincial(body)
    if len({m.name for m in communes}) != 1 or communes[0].listed or wider:
        return None
    if body.folded.endswith(("tại ", "về ", "đến "), 0, communes[0].start):
        return None  # only where something happened
    ends = {m.end for m in communes}
    for mention in named:
        if mention.level != "commune":
            if not any(_HOME.fullmatch(body.text, end, mention.start) for end in ends if end <= mention.start):
                return None
            ends.add(mention.end)
    return _subject(communes[0], inferred=True) if len(ends) > 1 else None


def _names_several(body: Canonical, province: str, gazetteer: Gazetteer) -> bool:
    """Whether a text names three districts of the province without their type: "Thiện Kế (Sơn Dương); …"."""
    known = gazetteer.districts_named(province)
    return len(known & {place_key(m["name"]) for m in BARE_NAME.finditer(body.text[:3000])}) > 2


def _whole_province(province: str, gazetteer: Gazetteer, inferred: bool = False) -> Home | None:
    found = gazetteer.candidates(province, level="province")
    return Home(found[0].name, "province", found[0].code, inferred) if found else None


def _code_within(name: str, districts: list[str], gazetteer: Gazetteer) -> str:
    """The code of the commune so named that lies in one of the districts, "" when there is not just one."""
    codes = {p.code for code in districts for p in gazetteer.communes_of(code) if p.name == name}
    return codes.pop() if len(codes) == 1 else ""


def _commune_of_title(
    title: Canonical,
    body: Canonical,
    titled: list[PlaceMention],
    named: list[PlaceMention],
    gazetteer: Gazetteer,
) -> Home | None:
    """The commune that the title is about though it names its district or province too, or None: "xã X, huyện Y",
    "X (Y)", "Tỉnh Z: Xã X", or a title that begins with the bare name of a commune of the text ("X là xã …")."""
    communes = {m.name: m for m in titled if m.level == "commune"}
    districts = [m for m in titled if m.level == "district"]
    told = _NEW_RURAL.search(title.text)  # "Ra mắt xã nông thôn mới X"
    opening = next((m for m in named if m.level == "commune" and body.text.startswith("Xã ", m.start)), None)
    bare = BARE_NAME.search(title.text, title.text.find(" ở ") + 3) if " ở " in title.text else None
    for name in (told["name"] if told else "", bare["name"] if bare else ""):
        known = [m for m in named if m.level == "commune" and short_name(m.name) == name]
        if known and not communes and not districts and (told or known[0] is opening):
            return _subject(known[0])
    if len(communes) == 1:
        one = next(iter(communes.values()))
        behind = [m for m in districts if 0 <= m.start - one.end <= 8]
        if behind and len(districts) == 1 and _HOME.fullmatch(title.text, one.end, behind[0].start):
            return _subject(one)
        if districts and all(m.end < one.start for m in districts) and title.text.startswith(": ", one.start - 2):
            return _subject(one)  # "Thị xã Y: Xã X …"
        if title.folded.endswith("đảng bộ ", 0, one.start):
            return _subject(one)  # "Y: Đại hội Đảng bộ xã X"
        headed = one.start == 0 or _HEADED.match(title.text)
        return _subject(one) if not districts and headed and one.start < 30 else None
    opening = BARE_NAME.match(title.text)
    if communes or not opening:
        return None
    behind = BARE_NAME.match(title.text, title.text.find(": ") + 2) if ": " in title.text else None
    for mention in named if behind and not districts else ():  # "Y: X đón danh hiệu xã …"
        if mention.level == "commune" and short_name(mention.name) == behind["name"]:
            return _subject(mention)
    homes = {m.name for m in named if m.level == "district"} - {m.name for m in districts}
    for count in range(len(opening["name"].split(" ")), 1, -1):
        short = " ".join(opening["name"].split(" ")[:count])
        if any(short_name(name) == short for name in homes) or any(m.start <= opening.end() for m in districts):
            return None
        for mention in named:
            if mention.level == "commune" and short_name(mention.name) == short:
                return _subject(mention)
        if found := _commune_here(short, body, named, gazetteer):
            return found
    return _commune_here(bare["name"], body, named, gazetteer) if bare and not districts else None


def _commune_here(short: str, body: Canonical, named: list[PlaceMention], gazetteer: Gazetteer) -> Home | None:
    """The commune so named in a district that the first lines name beside it: "X nằm ở phía tây huyện Y"."""
    if short not in body.text[:500] or " " not in short:
        return None
    homes = [m.code for m in named if m.level == "district" and m.code and m.start < 500]
    one = _commune_within(short, homes, gazetteer)
    return Home(one.name, "commune", one.code) if one else None


def _commune_within(short: str, districts: Sequence[str], gazetteer: Gazetteer) -> Place | None:
    """The one commune of these districts (by their codes) that has the name, None where a district has it, too."""
    if gazetteer.candidates(short, level="district"):
        return None
    inside = (p for code in districts for p in gazetteer.communes_of(code))
    found = {p.name: p for p in inside if place_key(p.short) == place_key(short)}
    return found.popitem()[1] if len(found) == 1 else None


def _commune_addressed(title: Canonical, gazetteer: Gazetteer) -> Home | None:
    """The commune that begins a title, known by the district in the bracket behind it: "Bình Giã (Châu Đức): …"."""
    opening = BARE_NAME.match(title.text)
    address = opening and _ADDRESSED.match(title.text, opening.end())
    if not address:
        return None
    names = [short_name(words.strip()) for words in address.group().strip(" ()").split(",")]
    homes = gazetteer.candidates(names[0], level="district", province=names[1] if len(names) > 1 else None)
    one = _commune_within(opening["name"], [home.code for home in homes], gazetteer)
    return Home(one.name, "commune", "") if one else None


def _commune_told(title: Canonical, titled: list[PlaceMention], named: list[PlaceMention]) -> Home | None:
    """The commune that a report since July 2025 is about: the title's one, or, where the title speaks of "xã" or
    "phường" without a name, the one that the text names most."""
    communes = [m for m in titled if m.level == "commune"]
    if len({m.name for m in communes}) == 1:
        return _subject(communes[0])
    if communes or any(m.level == "district" for m in titled) or not _SOME_COMMUNE.search(title.folded):
        return None
    most = Counter(m.name for m in named if m.level == "commune" and not m.listed).most_common(1)
    return _subject(next(m for m in named if m.name == most[0][0]), inferred=True) if most else None


def _commune_for(short: str, named: list[PlaceMention]) -> Home | None:
    """The commune with the name of a former district, where the text names it twice ("xã A Lưới 2") or in full."""
    communes = Counter(m.name for m in named if m.level == "commune" and short_name(m.name).startswith(short))
    best = communes.most_common(1)
    if not best or (best[0][1] < 2 and short_name(best[0][0]) != short):
        return None
    return _subject(next(m for m in named if m.name == best[0][0]), inferred=True)


def _subject(mention: PlaceMention, inferred: bool = False) -> Home:
    return Home(mention.name, mention.level, mention.code, inferred)


def _untyped_in_title(
    folded: str,
    title: Canonical,
    titled: list[PlaceMention],
    named: list[PlaceMention],
    districts: dict[str, PlaceMention],
    gazetteer: Gazetteer,
    province: str,
    provincial: bool,
) -> Home | None:
    """The district or province that the title names without its type; an empty subject for several, None for none.

    Of a province and its city of the same name it is the one that the text speaks of more.
    """
    places = Counter(m.name for m in named if m.level in ("district", "province"))
    margin = 0 if provincial or len(districts) > 3 else 1
    order = [m.name for m in named]
    shadowed = set()
    for name in districts:
        around = f"tỉnh {short_name(name)}"
        ahead = around not in order or order.index(name) < order.index(around)  # named before its province
        if places[around] >= places[name] + (margin if ahead else 0):
            shadowed.add(name)
    spoken = _WHOLE_PROVINCE.search(folded) and not _WHOLE_DISTRICT.search(folded)
    if provincial and spoken:  # "Thái Nguyên: …", with "toàn tỉnh" in the text, is the province
        shadowed |= {n for n in districts if gazetteer.candidates(short_name(n), level="province")}
    if provincial and len(districts) > 3:  # a list of many districts: of two names alike the province is meant
        around = {n: gazetteer.candidates(short_name(n), level="province") for n in districts}
        shadowed |= {n for n, found in around.items() if places[f"tỉnh {short_name(n)}"] or (found and places[n] == 1)}
    known = sorted((name for name in districts if name not in shadowed), key=lambda name: places[name])
    bare = title_names(title, gazetteer, province, known)
    head = _HEADED.match(title.text)
    if len(bare) > 1 and head and gazetteer.candidates(head["name"], level="province"):
        bare = [one for one in bare if short_name(one[0]) != head["name"]]  # "Kon Tum: Đăk Hà …"
    inner = [one for one in bare if one[1] == "district"]
    if len(bare) == 2 and len(inner) == 1:  # "Hưng Yên: Khoái Châu …"
        bare = inner
    if len(bare) != 1:
        return Home() if bare else None
    name, level, code = bare[0]
    if level == "province" and not any(m.level == "province" for m in titled):
        city = next((n for n in districts if short_name(n) == short_name(name)), None)
        order = [m.name for m in named if m.name in (city, name)]
        first = places[city] == places[name] and order[:1] != [name]
        likely = city and not spoken and (places[city] > places[name] or first)
        if likely and (not provincial or (len(districts) < 4 and places[city] > 2 * places[name])):
            return Home(city, "district", districts[city].code)
        others = [d for d in districts if short_name(d) != short_name(name) or not (provincial and len(districts) > 3)]
        counts = Counter({d: folded.count(short_name(d).lower()) for d in others}).most_common(2)
        alone = counts and (len(counts) == 1 or counts[0][1] >= max(3, 2 * counts[1][1]))
        only = counts[0][0] if alone and not _WHOLE_PROVINCE.search(folded) else ""
        belongs = not provincial and re.search(rf"của {re.escape(short_name(name).lower())}(?!\w)", title.folded)
        inside = folded.count("huyện") - folded.count("(huyện")  # "xã X (huyện Y)" only says where the commune lies
        headed = bool(named) and named[0].name == name and title.text.startswith(f"{short_name(name)} ")
        local = belongs or _WHOLE_DISTRICT.search(folded) or inside > max(2, folded.count("tỉnh"))
        if only and local and not headed and not _ALL_DISTRICTS.search(title.folded):
            return _subject(districts[only], inferred=True)  # a province's paper on one district
        if not districts and (one := _district_named_bare(folded, title, short_name(name), gazetteer)):
            return one
    return Home(name, level, code)


def _district_named_bare(folded: str, title: Canonical, province: str, gazetteer: Gazetteer) -> Home | None:
    """The one district of a province that the text names, always without its type, under a title such as "Huyện …
    đầu tiên của X"; None for no or several."""
    if not re.search(rf"\b(?:huyện|thị xã)\b[^,:;]* (?:của|ở) {re.escape(province.lower())}(?!\w)", title.folded):
        return None
    home = place_key(province)
    inside = [p for p in gazetteer.places if p.level == "district" and place_key(p.province) == home]
    inside = [p for p in inside if place_key(p.short) != home]
    found = {p.name: p for p in inside if re.search(rf"(?<!\w){re.escape(p.short.lower())}(?!\w)", folded)}
    if len(found) != 1:
        return None
    one = next(iter(found.values()))
    return Home(one.name, one.level, one.code, inferred=True)


def _typed_in_title(
    title: Canonical, titled: list[PlaceMention], named: list[PlaceMention], districts: bool
) -> Home | None:
    """The one commune that the title names, unless the text is more about a district; else its one province."""
    communes = [m for m in titled if m.level == "commune"]
    if len({m.name for m in communes}) == 1:
        places = Counter(m.name for m in named if m.level in ("district", "province"))
        mentioned = sum(m.name == communes[0].name for m in named)
        if not districts or places.most_common(1)[0][1] <= mentioned:
            return Home(communes[0].name, "commune", communes[0].code)
    # not where it lies: "thành phố vùng biên thuộc tỉnh X"
    provinces = [m for m in titled if m.level == "province" and not title.folded.endswith("thuộc ", 0, m.start)]
    if len({m.name for m in provinces}) == 1:
        return Home(provinces[0].name, "province", provinces[0].code)
    return None


def _named_most(named: list[PlaceMention], districts: dict[str, PlaceMention], text: str) -> Home:
    """The district that the text names most (of two alike the first); without any, its province or a commune."""
    order = [m.name for m in named if m.level == "district"]
    ranked = Counter(order).most_common()
    if ranked:
        (name, times), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
        clear = times > second or name == order[0]
        return _subject(districts[name], inferred=second * 2 > times) if clear else Home()
    province = next((m for m in named if m.level == "province"), None)
    if province is not None:
        return _subject(province, inferred=True)
    spoken = (m for m in named if not _OFFICE.search(text, max(0, m.start - 25), m.start))
    communes = Counter(m.name for m in spoken if m.level == "commune" and m.listed < 2).most_common(1)
    if communes:
        return _subject(next(m for m in named if m.name == communes[0][0]), inferred=True)
    return Home()


def title_names(
    title: Canonical, gazetteer: Gazetteer, province: str, known: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Places that a title names without their type → (name with type, level, code); of two known ones with the same
    short name the last is meant."""
    out: list[tuple[str, str, str]] = []
    known_short = {place_key(short_name(n)): n for n in known}
    head = _HEADED.match(title.text)
    if head and " " not in head["name"]:  # "Kbang: …", where one syllable names no other place
        found = {p.name: p for p in gazetteer.candidates(head["name"]) if p.level != "commune"}
        if [p.level for p in found.values()] == ["district"]:
            known_short.update({place_key(p.short): p.name for p in found.values()})
    types = ((m.start("name"), LEVEL_OF.get(type_of(m["type"]))) for m in typed_names(title.text))
    commune = min((start for start, level in types if level == "commune"), default=len(title.text))
    for match in BARE_NAME.finditer(title.text):
        if match.end() > commune:
            break
        if _AWAY.search(title.text, 0, match.start()):
            continue
        words = match["name"].split(" ")
        while words:
            count, place = _longest_name(words, known_short, gazetteer, province)
            out += [place] if place else []
            words = words[count:]
    return list(dict.fromkeys(out))


def _longest_name(
    words: list[str], known: dict[str, str], gazetteer: Gazetteer, province: str
) -> tuple[int, tuple[str, str, str] | None]:
    """How many leading words name a place, and which: one of `known`, else the one district or province so named."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        short = " ".join(words[:count])
        if words[count:] and words[count] in _REGION and gazetteer.candidates(short, level="province"):
            return count + 1, None
        if count == 1 and place_key(short) not in known:
            continue
        short = short.title() if short.isupper() else short
        if place_key(short) in known:
            return count, (known[place_key(short)], "district", "")
        found = [p for p in gazetteer.candidates(short) if p.level in ("district", "province")]
        if province:
            home = place_key(province)
            found = [p for p in found if place_key(p.province) == home or p.level == "province"] or found
        if found:
            return count, _only(found)
    return 1, None


def _only(found: list[Place]) -> tuple[str, str, str] | None:
    """The place that a name without type means: a province, else the only district or the only rural one."""
    pick = next((p for p in found if p.level == "province"), None) or the_one_meant(found)
    if pick is None:
        return None
    return pick.name, pick.level, one_code([p for p in found if p.name == pick.name])
