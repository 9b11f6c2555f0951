"""Definitions over time: which poverty line, which criteria, which prices a figure follows, and how that is known.

The definitions are data (`data/reference/definitions.toml`). This module reads them and gives a figure its *standard*:
from words in its quote ("stated") or, where the period alone tells it, from the period ("period"). At the end of the
last year of a standard figures are counted by the old and by the new one; without words, such a figure has no standard.
What may be compared with what is decided in `compare`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.files import REFERENCE
from analysis.periods import bounds, kind
from analysis.text import fold

if TYPE_CHECKING:
    import pandas as pd

DEFINITIONS = REFERENCE / "definitions.toml"
_LINE_YEARS = re.compile(r"(?:chuẩn|tiêu chí)[^.;()]{0,60}?\b((?:19|20)\d\d)\s*(?:-|đến)\s*((?:19|20)\d\d)")
_NEXT = re.compile(r"chuẩn (?:nghèo )?(?:đa chiều )?mới|tiêu chí mới|đầu kỳ|đầu giai đoạn")
_START_OF_YEAR = re.compile(r"(?:đầu năm|thời điểm 0?1/0?1/|1/1/)\s*(20\d\d)")
_PREVIOUS = re.compile(r"chuẩn (?:nghèo )?(?:đa chiều )?cũ|tiêu chí cũ|cuối kỳ|cuối giai đoạn")
_LOCAL_LINE = re.compile(
    r"chuẩn nghèo (?:đa chiều )?(?:riêng )?(?:của )?(?:thành phố|tp\b|tp\.|hà nội|thủ đô|tỉnh|địa phương)"
)
LINE_INDICATORS = ("poverty_rate", "near_poverty_rate", "poor_households", "near_poor_households")


class DefinitionError(ValueError):
    """The file of definitions breaks its own rules; the sentence says where."""


@dataclass(frozen=True)
class Standard:
    """One definition: the years `first`–`last` whose counts follow it, its law, and the words that name it.

    `known` is the day before which a figure for the end of `last` can only follow this standard.
    """

    id: str
    family: str
    name_vi: str
    name_en: str
    law: str = ""
    first: int = 0
    last: int = 0
    issued: str = ""
    known: str = ""
    lines: str = ""
    years: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()

    def name(self, lang: str = "vi") -> str:
        return {"vi": self.name_vi, "en": self.name_en}.get(lang, f"{self.name_vi} / {self.name_en}")


@dataclass(frozen=True)
class Family:
    """Indicators whose figures follow one succession of standards; `by` is "period" or "words"."""

    id: str
    name_vi: str
    name_en: str
    by: str
    indicators: tuple[str, ...]
    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class LocalLine:
    """A province whose poverty figures of the years `first`–`last` follow its own line, and by which decision."""

    province: str
    first: int
    last: int
    law: str


@dataclass(frozen=True)
class Break:
    """A date at which figures move for a reason that is no result: from period `start` (to `until`), reason and law."""

    indicators: tuple[str, ...]
    start: str
    reason_vi: str
    reason_en: str
    law: str
    until: str = ""

    def reason(self, lang: str = "vi") -> str:
        return {"vi": self.reason_vi, "en": self.reason_en}.get(lang, f"{self.reason_vi} / {self.reason_en}")


@dataclass(frozen=True)
class Definitions:
    """All families and breaks. Made by `load_definitions`."""

    families: tuple[Family, ...]
    events: tuple[Break, ...]
    local_lines: tuple[LocalLine, ...] = ()

    @cached_property
    def family_of(self) -> dict[str, Family]:
        return {indicator: family for family in self.families for indicator in family.indicators}

    @cached_property
    def standards(self) -> dict[str, Standard]:
        return {standard.id: standard for family in self.families for standard in family.standards}

    def standard_of(
        self,
        indicator: str,
        period: str,
        quote: str = "",
        published: str = "",
        status: str = "actual",
        variant: str = "",
    ) -> tuple[str, str]:
        """The standard's id and how it is known ("stated", "period"), or ("", "") when there is none or it is open."""
        family = self.family_of.get(indicator)
        if family is None or variant == "survey":
            return "", ""
        words = fold(quote) if quote else ""
        if family.by == "words":
            return _by_words(family, words, variant)
        if not period:
            named = _named_years(family, words)
            return (named.id, "stated") if named else ("", "")
        return _by_period(family, period, words, published, status)

    def is_local_line(self, indicator: str, quote: str = "", province: str = "", year: int = 0) -> bool:
        """Whether a poverty figure follows a line of its province: its words say so, or the province had one then."""
        if indicator not in LINE_INDICATORS:
            return False
        if any(line.province == province and line.first <= year <= line.last for line in self.local_lines):
            return True
        return bool(quote and _LOCAL_LINE.search(fold(quote)))

    def breaks(self, indicator: str, first: str = "", last: str = "") -> tuple[Break, ...]:
        """The breaks of an indicator between the ends of the periods `first` and `last`, oldest first.

        The change from one standard to the next is a break too: it starts with the first year of the new one.
        """
        family = self.family_of.get(indicator)
        found = [b for b in self.events if indicator in b.indicators or "*" in b.indicators]
        if family and family.by == "period":
            for old, new in pairwise(family.standards):
                found.append(
                    Break(
                        (indicator,), str(new.first), f"{new.name_vi} thay {old.name_vi}",
                        f"{new.name_en} replaces {old.name_en}", new.law,
                    )
                )  # fmt: skip
        low = bounds(first)[1].isoformat() if first else ""
        high = bounds(last)[1].isoformat() if last else "9999"
        found = [b for b in found if low < bounds(b.start)[0].isoformat() <= high]
        return tuple(sorted(found, key=lambda b: (b.start, b.reason_vi)))


def _by_words(family: Family, words: str, variant: str) -> tuple[str, str]:
    for standard in family.standards:
        if any(re.search(pattern, words) for pattern in standard.words):
            return standard.id, "stated"
    for standard in family.standards:
        if variant and variant in standard.variants:
            return standard.id, "stated"
    return "", ""


def _named_years(family: Family, words: str) -> Standard | None:
    """The standard whose years the words name: "chuẩn nghèo đa chiều giai đoạn 2016-2020"."""
    for match in _LINE_YEARS.finditer(words):
        span = f"{match[1]}-{match[2]}"
        for standard in family.standards:
            if span in standard.years:
                return standard
    return None


def _by_period(family: Family, period: str, words: str, published: str, status: str) -> tuple[str, str]:
    standards = family.standards
    first_day, last_day = bounds(period)
    year = last_day.year
    at = next((n for n, s in enumerate(standards) if s.first <= year <= s.last), None)
    if words:
        named = _named_years(family, words)
        if named:
            return named.id, "stated"
    if at is None:
        return "", ""
    standard = standards[at]
    after = standards[at + 1] if at + 1 < len(standards) else None
    at_turn = after is not None and bool(standard.known) and year == standard.last and last_day.month >= 11
    if at_turn and words and kind(period) != "span":
        start = _START_OF_YEAR.search(words)
        if _NEXT.search(words) or (start and int(start[1]) == year + 1):
            return after.id, "stated"
        if _PREVIOUS.search(words):
            return standard.id, "stated"
    if kind(period) == "span":
        inside = standard.first <= first_day.year
        return (standard.id, "period") if inside else ("", "")
    written = _last_day(published)
    if at_turn and not (written and written < standard.known):
        return "", ""
    if status in ("target", "proposed") and written and written < standard.issued:
        return "", ""  # a plan made before the standard existed
    return standard.id, "period"


def _last_day(published: str) -> str:
    """The last day that a date of publication (year, month or day) can mean."""
    return published + "-12-31"[len(published) - 4 :] if len(published) in (4, 7) else published


def standard_of(
    indicator: str, period: str, quote: str = "", published: str = "", status: str = "actual", variant: str = ""
) -> tuple[str, str]:
    """The standard that a figure follows and how it is known, by the definitions that ship.

    >>> standard_of("poverty_rate", "2019")
    ('2016-2021', 'period')
    >>> standard_of("poverty_rate", "2021"), standard_of("poverty_rate", "2021", published="2021-08-01")
    (('', ''), ('2016-2021', 'period'))
    >>> standard_of("poverty_rate", "2021", "tỷ lệ hộ nghèo đầu kỳ theo chuẩn nghèo giai đoạn 2022-2025 là 18,07%")
    ('2022-2026', 'stated')
    >>> standard_of("production_value", "2020"), standard_of("production_value", "2020", "theo giá so sánh năm 2010")
    (('', ''), ('prices-2010', 'stated'))
    """
    return load_definitions().standard_of(indicator, period, quote, published, status, variant)


def breaks(indicator: str, first: str = "", last: str = "") -> tuple[Break, ...]:
    """The breaks of an indicator between two periods, by the definitions that ship.

    >>> [b.start for b in breaks("poverty_rate", "2013", "2020")]
    ['2016']
    """
    return load_definitions().breaks(indicator, first, last)


def standard_name(standard: str, lang: str = "vi") -> str:
    """A standard's name for readers; an unknown id is given back as it is.

    >>> standard_name("2022-2026"), standard_name("2022-2026", "en")
    ('chuẩn nghèo đa chiều 2022–2026', 'multidimensional poverty line 2022–2026')
    """
    known = load_definitions().standards.get(standard)
    return known.name(lang) if known else standard


def is_local_line(indicator: str, quote: str = "", province: str = "", year: int = 0) -> bool:
    """Whether a poverty figure follows the line of its province instead of the nation's, by the definitions that ship.

    >>> is_local_line("poverty_rate", "theo chuẩn nghèo của thành phố còn 0,67%"), is_local_line("poverty_rate")
    (True, False)
    >>> is_local_line("poverty_rate", province="Hà Nội", year=2020)
    True
    """
    return load_definitions().is_local_line(indicator, quote, province, year)


def assign_standards(table: pd.DataFrame) -> pd.DataFrame:
    """Columns `standard` and `standard_basis` for the rows of a table.

    It needs the columns indicator, variant, period, status, published and quote. Rows that have a standard already
    keep it. Works once per distinct combination.
    """
    import pandas as pd

    definitions = load_definitions()
    answer = pd.DataFrame({"standard": "", "standard_basis": ""}, index=table.index, dtype="str")
    for column in answer:
        if column in table:
            answer[column] = table[column]
    rows = table["indicator"].isin(list(definitions.family_of)) & (answer["standard"] == "")
    if not rows.any():
        return answer
    wanted = table.loc[rows, ["indicator", "period", "published", "status", "variant"]].astype("str")
    wanted["words"] = _defining_words(table.loc[rows, "quote"])
    codes = wanted.groupby(list(wanted), sort=False).ngroup().to_numpy()
    once = wanted[~pd.Series(codes, index=wanted.index).duplicated()]
    found = [
        definitions.standard_of(indicator, period, words, published, status, variant)
        for indicator, period, published, status, variant, words in once.itertuples(index=False)
    ]
    answer.loc[rows, "standard"] = pd.array([f[0] for f in found], dtype="str")[codes]
    answer.loc[rows, "standard_basis"] = pd.array([f[1] for f in found], dtype="str")[codes]
    return answer


def _defining_words(quotes: pd.Series) -> pd.Series:
    """The quotes that can name a definition at all; the others as "", so that equal rows are looked at once."""
    clues = r"chuẩn|tiêu chí|giá |đầu kỳ|đầu năm|đầu giai|cuối kỳ|cuối giai|1/1/|01/01/"
    can = quotes.str.contains(clues, case=False, regex=True)
    return quotes.where(can, "")


def load_definitions(path: str | Path | None = None) -> Definitions:
    """The definitions in `path` (default: the file that ships), checked; raises DefinitionError with all problems."""
    return _load(Path(path) if path else DEFINITIONS)


@lru_cache(maxsize=4)
def _load(path: Path) -> Definitions:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DefinitionError(f"{path}: there is no such file; give the path of a definitions.toml") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path}: not readable as TOML ({error}); mend that line") from None
    problems: list[str] = []
    standards: dict[str, list[Standard]] = {}
    for number, entry in enumerate(data.get("standard", []), 1):
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
        unknown = set(values) - set(Standard.__dataclass_fields__)
        missing = {"id", "family", "name_vi", "name_en"} - set(values)
        if unknown or missing:
            problems += [f"[[standard]] {number}: unknown field {name}" for name in sorted(unknown)]
            problems += [f"[[standard]] {number}: {name} is missing" for name in sorted(missing)]
            continue
        standards.setdefault(values["family"], []).append(Standard(**values))
    families = []
    for number, entry in enumerate(data.get("family", []), 1):
        missing = {"id", "name_vi", "name_en", "by", "indicators"} - set(entry)
        if missing or entry.get("by") not in ("period", "words"):
            problems.append(f"[[family]] {number}: needs id, name_vi, name_en, indicators, and by: period or words")
            continue
        members = standards.pop(entry["id"], [])
        if entry["by"] == "period":
            for old, new in pairwise(members):
                if new.first != old.last + 1:
                    problems.append(f"{new.id}: starts in {new.first}, but {old.id} ends in {old.last}")
        indicators = tuple(entry["indicators"])
        names = (entry["id"], entry["name_vi"], entry["name_en"])
        families.append(Family(*names, entry["by"], indicators, tuple(members)))
    problems += [f"standard of the unknown family {name!r}" for name in standards]
    events = []
    for number, entry in enumerate(data.get("break", []), 1):
        missing = {"indicators", "from", "reason_vi", "reason_en", "law"} - set(entry)
        if missing:
            problems.append(f"[[break]] {number}: {', '.join(sorted(missing))} missing")
            continue
        events.append(
            Break(
                tuple(entry["indicators"]), entry["from"], entry["reason_vi"], entry["reason_en"], entry["law"],
                entry.get("until", ""),
            )
        )  # fmt: skip
    lines = []
    for number, entry in enumerate(data.get("local_line", []), 1):
        if set(entry) != {"province", "first", "last", "law"}:
            problems.append(f"[[local_line]] {number}: needs province, first, last and law")
            continue
        lines.append(LocalLine(**entry))
    if problems:
        raise DefinitionError(f"{path}: " + "; ".join(problems) + ". Mend these entries and run again")
    return Definitions(tuple(families), tuple(events), tuple(lines))
