"""What a briefing consists of: figures with their words, tables, remarks and sources, before they are set on pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Exhibit:
    """One figure with its words; the pictures are PNG, without title and source, which stand beside them as text."""

    finding: str
    measure: str
    source: str
    caveats: tuple[str, ...]
    alt_text: str
    page_picture: bytes
    slide_picture: bytes


@dataclass(frozen=True)
class Grid:
    """One table as text: `shares` are the widths of its columns, `numbers` tells which are set to the right."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    numbers: tuple[bool, ...]
    source: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """What a briefing says, before it is set on pages or slides."""

    title: str
    scope: str
    findings: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    grids: tuple[Grid, ...]
    remarks: tuple[str, ...]
    sources: tuple[str, ...]
    date_words: str
    agency: str = "Tên cơ quan"
    parent: str = "Tên cơ quan chủ quản"
    town: str = ""
    number: str = ""
    signer: str = ""
    receivers: tuple[str, ...] = ()
