"""The two records by which sentences are read: what a report as a whole is about, and a place that its text names.

The first is found in `framing`, the second in `mentions`.
"""

from __future__ import annotations

from dataclasses import dataclass

# the levels of the places that lie within one of a level
WITHIN = {"province": ("district", "commune"), "district": ("commune",)}


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

    place: str = ""
    level: str = ""
    code: str = ""
    province: str = ""
    period: str = ""
    published: str = ""
    dated: bool = True  # the day or month of publication is known, not just a year that the text names
    shared: bool = False  # the title names a commune beside the district
    inferred: bool = False  # the place was taken from the text's most frequent name, not from title or manifest
    explicit: bool = False  # the period is named, not inferred from the date of publication
    granted: bool = False  # it is only the year for which a standard was granted, not one that is reviewed
    plan: str = ""  # a later year that the title plans for ("nhiệm vụ năm 2024")
    planned: bool = False  # the title itself announces a plan
    term: str = ""  # the five years that a congress closes, when the title or the first lines name the coming ones
    communes: tuple[tuple[str, str, str], ...] = ()  # (key, name, code) of those a list may name without their type
    names: frozenset[str] = frozenset()  # keys of the districts that this report may name without their type
    home: PlaceMention | None = None  # the district of the commune that it is about

    @property
    def opens_year(self) -> bool:
        """Whether the report came out in the first quarter, when the year before is reviewed and this one planned."""
        return self.published[5:7] in ("01", "02", "03")

    @property
    def year_before(self) -> str:
        """The year before the one of publication, "" when that is unknown."""
        return str(int(self.published[:4]) - 1) if self.published else ""

    @property
    def year_after(self) -> str:
        """The year after the one of publication, "" when that is unknown."""
        return str(int(self.published[:4]) + 1) if self.published else ""

    @property
    def year(self) -> str:
        """The year of the period, of a span the last one; that of publication when the period is unknown."""
        return (self.period or self.published)[:4] if "/" not in self.period else self.period[5:9]

    @property
    def span(self) -> str:
        """The several years that the report looks back on, those of its period before the closing term; "" for none."""
        return self.period if "/" in self.period else self.term
