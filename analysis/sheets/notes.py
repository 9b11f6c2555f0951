"""What stands over and under a table: its head, its sources, the notes that its marks need; and the cell of a figure.

The tables themselves are made elsewhere; here is what all of them share.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis import words
from analysis.sheets.edition import Edition, doubted, figure_format
from analysis.sheets.pages import Cell, reference


@dataclass
class Notes:
    """What the notes under a table must explain, collected while its cells are made."""

    sources: set[int] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    estimates: bool = False
    missing: bool = False
    other_definition: bool = False
    lines: list[str] = field(default_factory=list)

    def see(self, row: Mapping[str, Any], edition: Edition) -> None:
        position = edition.positions.get(row["key"])
        if position is not None:
            self.sources.add(edition.source_numbers[position])
        if doubted(row["flags"]):
            self.flags.update(flag for flag in row["flags"].split("|") if doubted(flag))
        self.estimates |= row["status"] == "estimate"


def figure_cell(
    edition: Edition,
    row: Mapping[str, Any] | None,
    decimals: int,
    notes: Notes,
    style: str = "number",
    link: bool = True,
) -> Cell:
    """A figure as a number that links to its data row, with its source as the tip; "..." where there is none."""
    if row is None:
        notes.missing = True
        return Cell(words.NOT_COLLECTED, "missing" + (".total" if style.endswith(".total") else ""))
    notes.see(row, edition)
    return Cell(
        row["value"],
        style,
        figure_format(decimals, row, edition.lang),
        link=edition.data_link(row["key"]) if link else "",
        tip=source_tip(edition, row),
    )


def source_tip(edition: Edition, row: Mapping[str, Any]) -> str:
    """What shows when the pointer rests on a figure: source, date and caveats."""
    lang = edition.short("vi", "en")
    date = words.format_date(row["published"], lang)
    parts = [row["source_title"] + (f" ({date})" if date else "")]
    qualifier = words.qualifier_text(row["qualifier"], lang) if row["qualifier"] not in ("", "=") else ""
    if qualifier:
        parts.append(edition.short(f"nguồn ghi “{qualifier}”", f"the source says “{qualifier}”"))
    if row["flags"]:
        parts.append(words.flags_text(row["flags"], lang))
    return "; ".join(part for part in parts if part)


def source_rows(edition: Edition, notes: Notes, width: float, most: int = 6) -> list[list[Any]]:
    """ "Nguồn:" with the titles of the sources, or their numbers when there are many."""
    by_number = {source.number: source for source in edition.sources}
    numbers = sorted(notes.sources)
    if not numbers:
        return []
    lang = edition.short("vi", "en")
    if len(numbers) <= most:
        titles = []
        for number in numbers:
            source = by_number[number]
            date = words.format_date(source.published, lang)
            titles.append(
                f"[{number}] {source.title or source.report}"
                + (f", {source.publisher}" if source.publisher else "")
                + (f", {date}" if date else "")
            )
        text = "; ".join(titles) + "."
    else:
        text = edition.say(
            f"{len(numbers)} nguồn, số {_ranges(numbers)} trong trang “{edition.short('Nguồn', 'Sources')}”.",
            f"{len(numbers)} sources, numbers {_ranges(numbers)} of the sheet “Sources”.",
        )
    return prose(edition.say("Nguồn", "Source") + ": " + text, width)


def sheet_rows(
    edition: Edition,
    notes: Notes,
    top: Sequence[list[Any]],
    heads: Sequence[str],
    body: Sequence[list[Any]],
    lines: Sequence[str],
    width: float,
) -> list[list[Any]]:
    """A whole sheet of one table: what stands over it, its row of heads, its body, and its foot."""
    return [*top, [Cell(text, "head") for text in heads], *body, *foot_rows(edition, notes, lines, width)]


def foot_rows(edition: Edition, notes: Notes, lines: Sequence[str], width: float) -> list[list[Any]]:
    """What stands under a table: an empty row, its sources, its notes."""
    return [[], *source_rows(edition, notes, width), *mark_rows(edition, notes, lines, width)]


def mark_rows(edition: Edition, notes: Notes, lines: Sequence[str], width: float) -> list[list[Any]]:
    """ "Ghi chú:" and what the marks of this table mean."""
    lang = edition.lang
    marks = list(lines)
    if notes.missing:
        marks.append(f"“...”: {words.first_lower(words.MARKS['...'].meaning(lang))}")
    if notes.estimates:
        marks.append(f"“{edition.short('ư', 'e')}”: {words.status_text('estimate', lang)}.")
    if notes.flags:
        flags = "; ".join(words.flag_text(flag, lang) for flag in words.FLAGS if flag in notes.flags)
        marks.append(edition.say("“*”: số liệu có lưu ý", "“*”: figure with a caveat") + f" ({flags}).")
    if notes.other_definition:
        marks.append(
            edition.say(
                "“†”: theo cách tính khác, không so sánh được với các địa bàn khác.",
                "“†”: follows another definition, not comparable with the others.",
            )
        )
    marks.append(
        edition.say(
            "Bấm vào một con số để tới dòng số liệu, câu trích và nguồn của số đó.",
            "Click a figure to reach its data row, its words and its source.",
        )
    )
    rows = []
    for number, line in enumerate(marks, 1):
        rows += prose((edition.say("Ghi chú", "Notes") + ": " if number == 1 else "") + f"({number}) {line}", width)
    return rows


def prose(text: str, width: float, style: str = "note", factor: float = 1.12) -> list[list[Any]]:
    """A text as lines that fit the width of a table, one row each: no merged cells, nothing cut off in print."""
    room = max(30, int(width * factor))
    return [[Cell(line, style)] for line in textwrap.wrap(text, room)]


def head(
    edition: Edition, label: str, title: str, subtitle: str, unit: str, widths: Sequence[float]
) -> list[list[Any]]:
    """The head of a table: link back and number, title, scope and unit."""
    last = len(widths) - 1
    back = Cell(
        edition.short("← Mục lục", "← Contents"),
        "link_plain",
        link=reference(edition.short("Bìa", "Cover"), "A1"),
        tip=edition.short("Về mục lục", "To the contents"),
    )
    room = sum(widths)
    rows: list[list[Any]] = [[back, *[None] * (last - 1), Cell(label, "form")]]
    rows += [[Cell(line, "title")] for line in textwrap.wrap(title, max(30, int(room * 0.8)))]
    lines = textwrap.wrap(subtitle, max(30, int(room * 1.1)))
    rows += [[Cell(line, "subtitle")] for line in lines]
    if unit:
        rows.append([*[None] * last, Cell(f"{edition.say('ĐVT', 'Unit')}: {unit}", "unit")])
    else:
        rows.append([])
    return rows


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as ranges.

    >>> _ranges([1, 2, 3, 7])
    '[1]–[3], [7]'
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"[{a}]" if a == b else f"[{a}]–[{b}]" for a, b in spans)


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
