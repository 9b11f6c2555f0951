"""The gazetteer: a name in Vietnamese → the administrative unit that bore it at a date.

Four dated lists (October 2019, October 2022, June 2025, July 2025) say which provinces, districts and communes
there were, with their official codes. Between two lists the day of a change is unknown, so a unit may stand from the
day after the last list that lacks it until the day before the next list that lacks it; the district tier and the old
provinces and communes end for certain on 1 July 2025. A name that fits several units is answered with all of them,
never with a guess. What a sentence is about is decided elsewhere (`observations`).
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from unicodedata import normalize

from analysis.files import REFERENCE
from analysis.text import fold

LEVELS = ("country", "province", "district", "commune")
DISTRICTS_END = "2025-07-01"
"""First day without districts (Resolution 203/2025/QH15); provinces and communes were redrawn on the same day."""

_LISTS = ("2019-10-01", "2022-10-01", "2025-06-30", DISTRICTS_END)
_LIST_DATES = {seen[:7]: seen for seen in _LISTS}
_OLDEST, _NEWEST = "2019-10", "2025-07"
_TWO_WORD_TYPES = ("thị ", "thành ", "đặc ")
_COUNTRY_NAMES = ("cả nước", "toàn quốc", "Việt Nam")
_TYPES = {
    "tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị xã": "thị xã", "thành phố": "thành phố",
    "xã": "xã", "phường": "phường", "thị trấn": "thị trấn", "đặc khu": "đặc khu",
    "h.": "huyện", "q.": "quận", "tx.": "thị xã", "tx": "thị xã", "tp.": "thành phố", "tp": "thành phố",
    "x.": "xã", "p.": "phường", "tt.": "thị trấn", "tt": "thị trấn", "t.": "tỉnh",
}  # fmt: skip
_TYPED_NAME = re.compile(
    r"^(tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu|tx\.?|tp\.?|tt\.?|[hqxpt]\.)(?:(?<=\.)\s*|\s+)(.+)$"
)
_FINAL_Y = re.compile(r"(?:(?<=[bcdđghklmnprstvx])|(?<=qu))[yýỳỷỹỵ](?!\w)")
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_FINAL_STOP = re.compile(r"(?:[ăắ]|(?<=\bđ)a)[ck](?!\w)")
_LEADING_ZERO = re.compile(r"(?<!\d)0+(?=\d)")
_RISEN = {"thị xã": ("thành phố",), "huyện": ("thị xã", "quận"), "xã": ("phường", "thị trấn"), "thị trấn": ("phường",)}
_JOINTS = re.compile(r"[\s\-'’`–.]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative unit under one name: `name` with its type ("huyện Ba Chẽ"), `short` without ("Ba Chẽ").

    `seen_from` is the date of the first list that has it ("" when the oldest has it: it may be much older),
    `seen_to` the date of the last ("" when the newest has it: it still stands). A unit that changed its type
    or name keeps its `code` and is one `Place` per name.
    """

    level: str
    code: str
    name: str
    short: str
    type: str
    parent: str
    province: str
    seen_from: str = ""
    seen_to: str = ""

    def stands_between(self, first: str, last: str) -> bool:
        """Whether the unit may have stood on some day from `first` to `last` (ISO dates)."""
        return _earliest(self.seen_from) <= last and first <= _latest(self.seen_to)

    def stands_on(self, on: str) -> bool:
        """Whether the unit may have stood on some day of a date or period ("2020", "2020-H1", "2020-06-30")."""
        return self.stands_between(*_window(on))


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The answer to a name: the one `place` it must be, or `None` with the `candidates` and the `reason` in words."""

    place: Place | None
    candidates: tuple[Place, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit of July 2025 that holds land of an older one.

    `extent` is "whole" when all of the old unit went there, else "part" ("main part" for the one that the source
    takes by default); `shared` says that the new unit also holds land from outside the old one.
    """

    place: Place
    extent: str
    shared: bool


def after_districts(published: str) -> bool:
    """Whether a date of publication, of a day or a month, lies after the end of the districts.

    >>> after_districts("2025-06-30"), after_districts("2025-07"), after_districts("")
    (False, True, False)
    """
    return published[:7] >= DISTRICTS_END[:7]


def the_one_meant(found: Sequence[Place]) -> Place | None:
    """The place that a name without its type means: the only one so named, or the only rural one."""
    rural = [place for place in found if place.type in ("huyện", "xã")]
    for places in (found, rural):
        if len({place.name for place in places}) == 1:
            return places[-1]
    return None


@lru_cache(maxsize=100_000)
def place_key(name: str) -> str:
    """The key under which a name without type is found: tones stay, spelling habits go.

    Spaces, hyphens, apostrophes, leading zeros, the choice of i or y after a consonant and of c or k after ă
    do not count.

    >>> place_key("Ia H' Drai") == place_key("Ia H’Drai"), place_key("Quy Nhơn") == place_key("Qui Nhơn")
    (True, True)
    >>> place_key("Đăk Lăk") == place_key("Đắk Lắk"), place_key("Hòa An") == place_key("Hoà An")
    (True, True)
    >>> place_key("Ba Chẽ") == place_key("Ba Chế")
    False
    """
    return _keys_of(fold(name))


def _keys_of(folded: str) -> str:
    """Keys of one folded name, or of many joined with "|"."""
    spelt = _FINAL_Y.sub(lambda found: found[0].translate(_Y_TO_I), folded)
    return _JOINTS.sub("", _LEADING_ZERO.sub("", _FINAL_STOP.sub("ắk", spelt)))


def split_type(name: str) -> tuple[str, str]:
    """A name as written → (type, name without type); the type is "" when none is written.

    >>> split_type("TP. Cao Lãnh"), split_type("huyện Ba Chẽ"), split_type("Ba Chẽ")
    (('thành phố', 'Cao Lãnh'), ('huyện', 'Ba Chẽ'), ('', 'Ba Chẽ'))
    """
    written = normalize("NFC", " ".join(name.split()))
    match = _TYPED_NAME.match(fold(written))
    if not match:
        return "", written
    return _TYPES[match[1]], written[-len(match[2]) :]


@lru_cache(maxsize=10_000)
def _window(on: str) -> tuple[str, str]:
    """A date or a period as the first and last day it covers; a span over years counts by its last year."""
    text = on.rpartition("/")[2].strip()
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-H([12])|-Q([1-4])|-(\d{1,2})M)?", text)
    if not match:
        raise ValueError(
            f"{on!r} is no date or period that a place can be looked up at. "
            'Write "2020", "2020-06", "2020-06-30", "2020-H1", "2020-Q3" or "2020-9M".'
        )
    year, month, day, half, quarter, months = match.groups()
    if day:
        return text, text
    first, last = 1, 12
    if month:
        first = last = int(month)
    elif half:
        first, last = (1, 6) if half == "1" else (7, 12)
    elif quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    elif months:
        last = int(months)
    return f"{year}-{first:02}-01", f"{year}-{last:02}-31"


def _earliest(seen_from: str) -> str:
    if not seen_from:
        return ""
    before = _LISTS[_LISTS.index(seen_from) - 1]
    return seen_from if seen_from == DISTRICTS_END else before


def _latest(seen_to: str) -> str:
    if not seen_to:
        return "9999"
    return seen_to if seen_to == _LISTS[2] else _LISTS[_LISTS.index(seen_to) + 1]


@dataclass(frozen=True)
class Gazetteer:
    """All units of all lists, found by name or code. Made by `load_gazetteer`."""

    places: tuple[Place, ...]
    aliases: tuple[tuple[str, str, str], ...] = ()  # (level, code, other spelling)
    _keys: tuple[str, ...] = field(default=(), repr=False)  # of the places, in their order

    def candidates(
        self,
        name: str,
        *,
        type: str | None = None,
        level: str | None = None,
        province: str | None = None,
        on: str | None = None,
        parent: str | None = None,
    ) -> tuple[Place, ...]:
        """Every unit that bears `name` (written without its type) and agrees with what else is known.

        `on` is a date or a period; a unit counts when it may have stood on some day of it. `parent` is the code of
        the district (or, since July 2025, the province) that a commune lies in. Nothing fits: an empty tuple.
        """
        found = self._by_key.get(place_key(name), ())
        if not found:
            return ()
        if level:
            found = [p for p in found if p.level == level]
        if type:
            found = [p for p in found if p.type == type]
        if parent:
            found = [p for p in found if p.parent == parent]
        if province and found:
            wanted = self._province_keys(province)
            found = [p for p in found if place_key(p.province) in wanted]
        if on and found:
            first, last = _window(on)
            found = [p for p in found if p.stands_between(first, last)]
        return tuple(found)

    def find(self, name: str, *, on: str | date | None = None, province: str | None = None) -> PlaceMatch:
        """The one unit that a name as written means, see `find_place`."""
        when = on.isoformat() if isinstance(on, date) else (on or None)
        head, *around = [part.strip() for part in name.split(",") if part.strip()] or [""]
        type, short = split_type(head)
        for part in around:
            around_type, around_short = split_type(part)
            if self.candidates(around_short, level="province") and around_type in ("", "tỉnh", "thành phố"):
                province = around_short
        everywhere = self.candidates(short, type=type or None) or self.candidates(head)
        reason = ""
        if not everywhere and when and _window(when)[1] <= _LISTS[0]:  # a type that the unit had before the oldest list
            everywhere = tuple(p for t in _RISEN.get(type, ()) for p in self.candidates(short, type=t, on=_LISTS[0]))
            reason = f"{head!r} is older than the lists, which have " + ", ".join(p.name for p in everywhere)
        found = [p for p in everywhere if not province or place_key(p.province) in self._province_keys(province)]
        for part in around:
            around_type, around_short = split_type(part)
            codes = {p.code for p in self.candidates(around_short, type=around_type or None, level="district")}
            found = [p for p in found if p.parent in codes] or found
        if not everywhere:
            return PlaceMatch(None, (), f"no place named {name!r} in the gazetteer; check the spelling and the tones")
        if not found:
            return PlaceMatch(None, everywhere, f"no {head!r} in the province {province!r}, but {_listed(everywhere)}")
        if when:
            first, last = _window(when)
            standing = [p for p in found if p.stands_between(first, last)]
            if not standing:
                return self._not_standing(name, tuple(found), when, first, last)
            found = _surest(standing, first, last)
        if not type and any(p.level == "district" for p in found):
            found = [p for p in found if p.level != "commune"]
        found = _one_per_code(found, _window(when)[1] if when else "")
        if len(found) == 1:
            return PlaceMatch(found[0], (found[0],), reason)
        hint = "say the type, the province or the date"
        return PlaceMatch(None, tuple(found), f"{name!r} could be any of {len(found)}: {_listed(found)}; {hint}")

    def _not_standing(
        self, name: str, found: tuple[Place, ...], when: str, first: str, last: str
    ) -> PlaceMatch:
        """The answer for a name that nothing bears at the date: the unit that took its code over, or none."""
        codes = sorted({(p.level, p.code) for p in found})
        heirs = [p for level, code in codes for p in self.by_code(level, code) if p.stands_between(first, last)]
        old_map = all(p.seen_to and p.seen_to <= _LISTS[2] for p in found)
        if len(heirs) == 1 and not (old_map and first >= DISTRICTS_END):
            return PlaceMatch(heirs[0], tuple(heirs), f"{name!r} bears the name {heirs[0].name!r} at {when}")
        if old_map and first >= DISTRICTS_END:
            return PlaceMatch(
                None, found, f"{name!r} ended on {DISTRICTS_END}, before {when}: see successors() for what it became"
            )
        return PlaceMatch(None, found, f"{name!r} did not stand at {when}: known are {_listed(found)}")

    def communes_of(self, district: str) -> tuple[Place, ...]:
        """All communes that have lain in a district, by its code."""
        return self._by_parent.get(district, ())

    def districts_named(self, province: str) -> frozenset[str]:
        """The `place_key` of every name that a district of the province has had, but those of one plain word."""
        return self._districts_named.get(place_key(province), frozenset())

    @cached_property
    def _districts_named(self) -> dict[str, frozenset[str]]:
        names: dict[str, set[str]] = {}
        for place in self.places:
            if place.level == "district" and re.search(r"[ '’-]", place.short):  # "M'Đrắk", not "Lắk"
                names.setdefault(place_key(place.province), set()).add(place_key(place.short))
        return {province: frozenset(found) for province, found in names.items()}

    @cached_property
    def _by_parent(self) -> dict[str, tuple[Place, ...]]:
        children: dict[str, list[Place]] = {}
        for place in self.places:
            if place.level == "commune" and len(place.parent) == 3:
                children.setdefault(place.parent, []).append(place)
        return {code: tuple(found) for code, found in children.items()}

    def by_code(self, level: str, code: str) -> tuple[Place, ...]:
        """All names that an official code has had, oldest first; old and new provinces share some codes."""
        return self._by_code.get((level, code), ())

    def keys(self, level: str) -> frozenset[str]:
        """The `place_key` of every name at a level, to test quickly whether words can be a place at all."""
        if level not in self._keys_by_level:
            raise ValueError(f"{level!r} is no level. Use one of {', '.join(LEVELS)}.")
        return self._keys_by_level[level]

    def successors(self, place: Place) -> tuple[Successor, ...]:
        """What a commune, district or province of June 2025 became on 1 July 2025; empty when it had ended before."""
        if place.level == "country" or place.seen_from == DISTRICTS_END or "" < place.seen_to < _LISTS[2]:
            return ()
        lost = self._communes_of(place)
        target_level = "province" if place.level == "province" else "commune"
        extents: dict[str, list[tuple[str, str]]] = {}
        for old, new, extent in self._successor_rows:
            if old in lost:
                extents.setdefault(new, []).append((old, extent))
        inside = {new: {old for old, _ in origins} for new, origins in extents.items()}
        everyone = self._origins
        found: dict[str, list] = {}
        for new, origins in extents.items():
            unit = next((p for p in self.by_code("commune", new) if p.seen_to == ""), None)
            if unit and target_level == "province":
                unit = next((p for p in self.by_code("province", unit.parent) if p.seen_to == ""), None)
            if unit:
                entry = found.setdefault(unit.code, [unit, [], False])
                entry[1] += origins
                entry[2] = entry[2] or not everyone[new] <= inside[new]
        answers = []
        for unit, origins, shared in found.values():
            if place.level == "province":
                shared = any(c not in lost for c in self._old_communes_in_new_province(unit.code))
            if len(found) == 1:
                extent = "whole"
            elif len(lost) == 1:
                extent = {"whole": "whole", "part": "part", "part_default": "main part"}[origins[0][1]]
            else:
                extent = "part"
            answers.append(Successor(unit, extent, shared))
        return tuple(sorted(answers, key=lambda s: s.place.code))

    def _communes_of(self, place: Place) -> set[str]:
        """Codes of the communes of June 2025 that a place consisted of."""
        if place.level == "commune":
            return {place.code}
        if place.level == "district":
            districts = {place.code}
        else:
            districts = {p.code for p in self._old_map if p.level == "district" and p.parent == place.code}
        return {p.code for p in self._old_map if p.level == "commune" and p.parent in districts}

    def _old_communes_in_new_province(self, code: str) -> set[str]:
        new = {p.code for p in self.places if p.level == "commune" and p.seen_to == "" and p.parent == code}
        return {old for old, to, _ in self._successor_rows if to in new}

    def _province_keys(self, province: str) -> frozenset[str]:
        """Keys of all the names that a province has had: "Huế" means Thừa Thiên Huế too."""
        return self._province_families.get(place_key(split_type(province)[1]), frozenset({place_key(province)}))

    @cached_property
    def _successor_rows(self) -> list[list[str]]:
        return _rows("successors_2025.csv.gz")

    @cached_property
    def _province_families(self) -> dict[str, frozenset[str]]:
        eras: dict[tuple[str, bool], set[str]] = {}
        for key, place in zip(self._keys, self.places, strict=True):
            if place.level == "province":
                eras.setdefault((place.code, place.seen_from == DISTRICTS_END), set()).add(key)
        for level, code, spelling in self.aliases:
            if level == "province":
                eras.setdefault((code, False), set()).add(place_key(spelling))
        families: dict[str, set[str]] = {}
        for names in eras.values():
            for name in names:
                families.setdefault(name, set()).update(names)
        return {name: frozenset(names) for name, names in families.items()}

    @cached_property
    def redrawn(self) -> frozenset[str]:
        """Codes of the provinces that stand before and after July 2025 under one name, but with more land after."""
        both = [p for p in self.places if p.level == "province" and not p.seen_to and p.seen_from != DISTRICTS_END]
        return frozenset(p.code for p in both if any(heir.shared for heir in self.successors(p)))

    @cached_property
    def _old_map(self) -> tuple[Place, ...]:
        return tuple(p for p in self.places if p.seen_to == _LISTS[2])

    @cached_property
    def _origins(self) -> dict[str, set[str]]:
        origins: dict[str, set[str]] = {}
        for old, new, _ in self._successor_rows:
            origins.setdefault(new, set()).add(old)
        return origins

    @cached_property
    def _by_key(self) -> dict[str, list[Place]]:
        index: dict[str, list[Place]] = {}
        for key, place in zip(self._keys, self.places, strict=True):
            index.setdefault(key, []).append(place)
        for level, code, spelling in self.aliases:
            known = index.setdefault(place_key(spelling), [])
            known += [p for p in self.by_code(level, code) if p not in known and p.seen_from != DISTRICTS_END]
        return index

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], tuple[Place, ...]]:
        index: dict[tuple[str, str], tuple[Place, ...]] = {}
        for place in self.places:
            index[place.level, place.code] = (*index.get((place.level, place.code), ()), place)
        return index

    @cached_property
    def _keys_by_level(self) -> dict[str, frozenset[str]]:
        keys: dict[str, set[str]] = {level: set() for level in LEVELS}
        for key, places in self._by_key.items():
            for place in places:
                keys[place.level].add(key)
        return {level: frozenset(found) for level, found in keys.items()}


def find_place(name: str, on: str | date | None = None, province: str | None = None) -> PlaceMatch:
    """The unit that a name with or without type means at a date or period, or the reason why that is open.

    Names of the surrounding units may follow after a comma. The date decides between units that followed each other.
    Without a type a name means a province or district where one bears it, and a commune only where none does.

    >>> find_place("huyện Cao Lãnh", on="2020").place.code
    '873'
    >>> find_place("Cao Lãnh", on="2020").place is None, find_place("phường Cao Lãnh", on="2025-08").place.level
    (True, 'commune')
    >>> len(find_place("Châu Thành", on="2024").candidates)
    10
    """
    return load_gazetteer().find(name, on=on, province=province)


def successors(place: Place) -> tuple[Successor, ...]:
    """The units that a place was merged into or split among on 1 July 2025 (sources: `data/reference/NOTICE.md`)."""
    return load_gazetteer().successors(place)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with the project (`data/reference/places.csv.gz`), read once."""
    respelt = _rows("place_spellings.csv")
    spellings = {(level, code, written): name for level, code, written, name in respelt if written}
    aliases = tuple((level, code, name) for level, code, _, name in respelt)
    rows = _rows("places.csv.gz")
    folded = fold("|".join([row[2] for row in rows])).split("|")
    types = [" ".join(name.split(" ", 2)[: 2 if name.startswith(_TWO_WORD_TYPES) else 1]) for name in folded]
    keys = _keys_of("|".join([name[len(type) + 1 :] for name, type in zip(folded, types, strict=True)])).split("|")
    units: dict[tuple[str, str, str, str, str], tuple[str, str, str]] = {}  # -> short name, first and last list
    for (level, code, name, parent, seen), type, key in zip(rows, types, keys, strict=True):
        first, last, short = seen[:7], seen[-7:], name[len(type) + 1 :]
        unit = (level, code, type, key, parent)
        if unit in units:  # spelt otherwise in another list; the newest list has the tone marks in their present place
            other, other_first, other_last = units[unit]
            short = short if last > other_last else other
            first, last = min(first, other_first), max(last, other_last)
        units[unit] = (spellings.get((level, code, short), short), first, last)
    provinces: dict[tuple[str, bool], str] = {}  # (code, of the new map) -> name
    districts: dict[str, str] = {}
    for (level, code, _, _, parent), (short, first, last) in units.items():
        if level == "province":
            if last == _NEWEST:
                provinces[code, True] = short
            if first == _OLDEST or (first != _NEWEST and (code, False) not in provinces):
                provinces[code, False] = short
        elif level == "district":
            districts[code] = parent
    places = [Place("country", "VN", "cả nước", name, "", "", "") for name in _COUNTRY_NAMES]
    place_keys = [place_key(name) for name in _COUNTRY_NAMES]
    for (level, code, type, _, parent), (short, first, last) in units.items():
        province = short if level == "province" else provinces[districts.get(parent, parent), first == _NEWEST]
        seen_from = "" if first == _OLDEST else _LIST_DATES[first]
        seen_to = "" if last == _NEWEST else _LIST_DATES[last]
        places.append(Place(level, code, f"{type} {short}", short, type, parent, province, seen_from, seen_to))
    place_keys += [unit[3] for unit in units]
    return Gazetteer(tuple(places), aliases, tuple(place_keys))


def _rows(name: str) -> list[list[str]]:
    """The rows of a reference file without its header."""
    path = REFERENCE / name
    if not path.exists():
        raise ValueError(f"{path} is missing. It ships with the project: restore it (git checkout -- {path.name}).")
    content = path.read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    return list(csv.reader(content.decode("utf-8").splitlines()))[1:]


def _listed(places: Iterable[Place], most: int = 12) -> str:
    places = list(places)
    words = []
    for place in places[:most]:
        where = f" ({place.province})" if place.level in ("district", "commune") else f" ({place.code})"
        words.append(place.name + where)
    return ", ".join(words) + (f" and {len(places) - most} more" if len(places) > most else "")


def _surest(places: list[Place], first: str, last: str) -> list[Place]:
    """Without units that only may have stood, where another of their name and province was listed for certain."""
    listed = [p for p in places if (p.seen_from or "") <= last and first <= (p.seen_to or "9999")]
    sure = {(p.level, p.province) for p in listed}
    return [p for p in places if p in listed or (p.level, p.province) not in sure]


def _one_per_code(places: list[Place], at: str) -> list[Place]:
    """One place for each unit: of several names of one code, the one on the last list before `at`, else the oldest."""
    chosen: dict[tuple[str, str, str], Place] = {}
    for place in places:
        unit = (place.level, place.code, place.province)
        known = chosen.get(unit)
        if known is None or (place.seen_from <= at and place.seen_from > known.seen_from):
            chosen[unit] = place
    return list(chosen.values())
