"""The catalogue of indicators: what each is called, its unit and kind, and the phrases by which reports state it.

The catalogue is data (`data/reference/indicators.toml`); this module loads and checks it. Finding the phrases is left
to `cues`, judging definitions over time to `definitions`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from analysis.files import REFERENCE

# unit id -> (Vietnamese label, English label, decimals shown)
UNITS: dict[str, tuple[str, str, int]] = {
    "percent": ("%", "%", 2),
    "percentage_points": ("điểm %", "percentage points", 2),
    "households": ("hộ", "households", 0),
    "persons": ("người", "persons", 0),
    "communes": ("xã", "communes", 0),
    "criteria": ("tiêu chí", "criteria", 1),
    "yes": ("đạt = 1", "yes = 1", 0),
    "products": ("sản phẩm", "products", 0),
    "houses": ("nhà", "houses", 0),
    "targets": ("chỉ tiêu", "targets", 0),
    "billion_vnd": ("tỷ đồng", "billion VND", 1),
    "million_vnd_per_year": ("triệu đồng/người/năm", "million VND per person and year", 1),
    "million_vnd_per_ha": ("triệu đồng/ha", "million VND per ha", 1),
    "tonnes": ("tấn", "tonnes", 0),
    "ha": ("ha", "ha", 1),
    "m2": ("m²", "m²", 0),
    "enterprises": ("doanh nghiệp", "enterprises", 0),
    "cooperatives": ("hợp tác xã", "cooperatives", 0),
    "villages": ("thôn", "villages", 0),
    "schools": ("trường", "schools", 0),
    "classes": ("lớp", "classes", 0),
    "cases": ("vụ", "cases", 0),
    "visits": ("lượt", "visits", 0),
    "days": ("ngày công", "days", 0),
    "kg_per_person": ("kg/người", "kg per person", 1),
    "conferences": ("hội nghị", "conferences", 0),
    "proposals": ("ý kiến", "proposals", 0),
    "contents": ("nội dung", "contents", 0),
    "gifts": ("suất quà", "gifts", 0),
}
KINDS = ("rate", "stock", "flow")
DIRECTIONS = ("higher_better", "lower_better", "neutral")
CATALOGUE = REFERENCE / "indicators.toml"


class CatalogueError(ValueError):
    """The catalogue file breaks its own rules; the sentence says which entry, which field and what is expected."""


@dataclass(frozen=True)
class Indicator:
    """One indicator of the catalogue.

    `cues` are phrases that name it and `not_cues` phrases that only look like it. In a phrase `#` is the figure (`#/`
    only n/m, `#=` only n/n), `…` a short gap, `(a|b)` alternatives, `?` makes the word or group before it optional;
    `topic :: phrase` holds only where the topic was named before. `share` is the indicator of a percentage printed
    beside the count, `change` that of a rise or fall of it, `fall` that of an absolute fall, `added` that of an
    increment ("thêm 4 xã"), `growth` that of "tăng 12%" without a level; `of_plan`: the measure is itself a percentage
    of a plan.
    """

    id: str
    name_vi: str
    name_en: str
    unit: str
    kind: str
    direction: str
    definition: str
    cues: tuple[str, ...]
    example: str
    near_miss: str
    not_cues: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    variant_cues: Mapping[str, tuple[str, ...]] = None  # type: ignore[assignment]
    breaks: tuple[str, ...] = ()
    official_code: str = ""
    plausible: tuple[float, float] = (float("-inf"), float("inf"))
    share: str = ""
    change: str = ""
    fall: str = ""
    added: str = ""
    growth: str = ""
    of_plan: bool = False
    listed: bool = False


class Catalogue(Mapping[str, Indicator]):
    """Indicators by id, in the order of the file.

    `changes`, `falls` and `totals` lead back from the id of a change, an absolute fall or an increment to that of the
    indicator that moves.
    """

    def __init__(self, indicators: list[Indicator]):
        self._by_id = {indicator.id: indicator for indicator in indicators}
        self.changes = {i.change: i.id for i in indicators if i.change}
        self.falls = {i.fall: i.id for i in reversed(indicators) if i.fall}
        self.totals = {i.added: i.id for i in reversed(indicators) if i.added}
        self._counts: dict[str, tuple[str, ...]] = {}
        for indicator in indicators:
            if indicator.share:
                self._counts[indicator.share] = (*self._counts.get(indicator.share, ()), indicator.id)

    def __getitem__(self, key: str) -> Indicator:
        return self._by_id[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __hash__(self) -> int:
        return id(self)

    def counts_of(self, share: str) -> tuple[str, ...]:
        """The counts beside which a percentage is printed as their share."""
        return self._counts.get(share, ())


_FIELDS = {f.name for f in fields(Indicator)}
_NEEDED = ("id", "name_vi", "name_en", "unit", "kind", "direction", "definition", "example", "near_miss")


def load_catalogue(path: str | Path | None = None) -> Catalogue:
    """The catalogue in `path` (default: the one that ships), checked; CatalogueError names all its problems."""
    return _load(Path(path) if path else CATALOGUE)


@lru_cache(maxsize=8)
def _load(path: Path) -> Catalogue:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("indicator", [])
    except FileNotFoundError:
        raise CatalogueError(f"{path}: there is no catalogue here; give the path of an indicators.toml") from None
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: not readable as TOML ({error}); mend that line") from None
    problems, indicators = [], []
    for number, entry in enumerate(entries, 1):
        name = entry.get("id", f"entry {number}")
        problems += [f"{name}: {key} is missing" for key in _NEEDED if not entry.get(key)]
        problems += [f"{name}: unknown field {key}" for key in sorted(set(entry) - _FIELDS)]
        for key, allowed in (("unit", UNITS), ("kind", KINDS), ("direction", DIRECTIONS)):
            if entry.get(key) and entry[key] not in allowed:
                problems.append(f"{name}: {key} {entry[key]!r} is none of {', '.join(allowed)}")
        if not problems:
            values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
            values["variant_cues"] = {k: tuple(v) for k, v in entry.get("variant_cues", {}).items()}
            indicators.append(Indicator(**values))
    names = [entry.get("id") for entry in entries]
    problems += [f"{name}: stands twice" for name in sorted({n for n in names if names.count(n) > 1 and n})]
    seen: dict[str, str] = {}
    for entry in entries:
        words = entry.get("definition", "")
        if words in seen:
            problems.append(f"{entry.get('id')}: same definition as {seen[words]}")
        seen[words] = entry.get("id", "")
    for entry in entries:
        for key in ("share", "change", "fall", "added", "growth"):
            if entry.get(key) and entry[key] not in names:
                problems.append(f"{entry.get('id')}: {key} names {entry[key]!r}, which is not in the catalogue")
    if not entries:
        problems.append("it holds no [[indicator]] entry")
    if problems:
        raise CatalogueError(f"{path}: " + "; ".join(problems) + ". Mend these entries and run again")
    return Catalogue(indicators)
