"""The words on a figure: the finding, the measure, the source with its caveats, and the alternative text.

Every word comes from the rows that are drawn, given as dictionaries of one finished comparison; drawing is the business
of `charts`, the names of flags and the forms of numbers that of `words`. `lang` is "vi" or "en".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.words import (
    first_lower,
    flags_text,
    format_number,
    format_period,
    qualifier_text,
    say,
    status_text,
    unit_text,
)

Row = Mapping[str, Any]
Place = tuple[str, str]
"""Province and name with type: what tells two places apart."""

ALT_FIGURES = 80  # as many figures as a listener can be asked to hear
NO_RESULTS = ("target", "estimate", "proposed")
SMALL_DENOMINATOR = 30  # below this a share is shown as n/m: one commune of nine is eleven points
TYPES = ("thành phố", "thị xã", "thị trấn", "huyện", "quận", "tỉnh", "phường", "xã")
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈"}


def has_value(row: Row, column: str = "value") -> bool:
    """Whether the row carries a number in the column (a missing one is never zero)."""
    value = row.get(column)
    return value is not None and value == value


def figure_of(row: Row) -> float:
    """What is compared: the `figure` that the comparison ranked (a share of communes, say), else the value."""
    return float(row["figure"] if has_value(row, "figure") else row["value"])


def drop_type(place: str) -> str:
    """A place name without its type.

    >>> drop_type("huyện Ba Chẽ"), drop_type("thành phố Cao Lãnh"), drop_type("Toàn tỉnh")
    ('Ba Chẽ', 'Cao Lãnh', 'Toàn tỉnh')
    """
    for kind in TYPES:
        if place.startswith(kind + " "):
            return place[len(kind) + 1 :]
    return place


def place_key(row: Row) -> Place:
    """What tells two places apart: province and name with type."""
    return str(row.get("province") or ""), str(row["place"])


def place_names(rows: Iterable[Row]) -> dict[Place, str]:
    """The shortest name of each place that is unique among the rows: "Ba Chẽ", with type or province where needed.

    >>> places = ["huyện Cao Lãnh", "thành phố Cao Lãnh", "huyện Ba Chẽ"]
    >>> list(place_names([{"place": place} for place in places]).values())
    ['huyện Cao Lãnh', 'thành phố Cao Lãnh', 'Ba Chẽ']
    """
    keys = list(dict.fromkeys(place_key(row) for row in rows))
    names = {key: drop_type(key[1]) for key in keys}
    for longer in (
        lambda key: key[1],
        lambda key: f"{drop_type(key[1])} ({drop_type(key[0])})",
        lambda key: f"{key[1]} ({drop_type(key[0])})",
    ):
        counts = Counter(names.values())
        if max(counts.values(), default=1) == 1:
            break
        names = {key: longer(key) if counts[names[key]] > 1 else names[key] for key in keys}
    return names


def indicator_name(indicator: str, lang: str = "vi") -> str:
    """The name of an indicator as a reader knows it; an unknown id stays as it is."""
    from analysis.indicators import load_catalogue

    catalogue = load_catalogue()
    if indicator not in catalogue:
        return indicator
    return catalogue[indicator].name_en if lang == "en" else catalogue[indicator].name_vi


def value_text(row: Row, lang: str = "vi", column: str = "value", unit: bool = True, spoken: bool = False) -> str:
    """The figure of a row as its label: sign of inexactness, upper end of a range, n/m for a small denominator.

    `spoken` writes the inexactness in words, for a sentence.

    >>> above = {"value": 13.6, "qualifier": ">", "unit": "percent"}
    >>> value_text({"value": 8.0, "of": 9.0, "unit": "communes"}), value_text(above), value_text(above, spoken=True)
    ('8/9', '>13,6%', 'trên 13,6%')
    >>> value_text({"value": 12.0, "value_max": 15.0, "unit": "percent"}), value_text({"unit": "percent"})
    ('12–15%', 'không có số liệu')
    """
    if not has_value(row, column):
        return say("không có số liệu", "no data", lang)
    value, kind = float(row[column]), str(row.get("unit") or "")
    decimals = row.get("decimals")  # those of all figures on a chart, so that their labels agree
    decimals = label_decimals(value) if decimals is None else decimals
    qualifier = str(row.get("qualifier") or "") if column == "value" else ""
    sign = _SIGNS.get(qualifier, "+" if row.get("signed") and value > 0 else "")
    if spoken and qualifier in _SIGNS:
        sign = qualifier_text(qualifier, lang) + " "
    of = row.get("of") if column == "value" else None
    if of is not None and of == of and kind != "percent":
        return f"{sign}{format_number(value, decimals, lang)}/{format_number(of, None, lang)}"
    upper = row.get("value_max") if column == "value" else None
    number = format_number(value, decimals, lang)
    if upper is not None and upper == upper:
        number += "–" + format_number(upper, max(decimals, label_decimals(upper)), lang)
    text = number + ("%" if kind == "percent" else f" {unit_text(kind, lang)}" if unit and kind else "")
    if of is not None and of == of and of < SMALL_DENOMINATOR:
        text += f" ({format_number(value * of / 100, 0, lang)}/{format_number(of, 0, lang)})"
    return sign + text


def label_decimals(value: float) -> int:
    """Decimals of a label: as printed, at most two, and one from a hundred on.

    >>> label_decimals(12.0), label_decimals(9.25), label_decimals(0.857), label_decimals(1234.56)
    (0, 2, 2, 1)
    """
    most = 1 if abs(value) >= 100 else 2
    value = round(value, most)
    return next((digits for digits in range(most) if value == round(value, digits)), most)


def common(rows: Iterable[Row], column: str) -> str:
    """The one value that all rows share in a text column, else an empty string."""
    values = {str(row.get(column) or "") for row in rows}
    return values.pop() if len(values) == 1 else ""


def short_name(rows: Sequence[Row], lang: str) -> str:
    """The name of the measure without what stands in brackets or after a slash, for a sentence."""
    return measure_name(rows, lang).partition(" (")[0].partition(" / ")[0]


def measure_name(rows: Sequence[Row], lang: str) -> str:
    """The name of the measure of the rows, with a capital."""
    name = indicator_name(str(rows[0].get("indicator") or ""), lang)
    return name[:1].upper() + name[1:]


def measure_line(rows: Sequence[Row], lang: str = "vi", *, periods: Sequence[str] = (), extra: str = "") -> str:
    """Measure, unit, period and definition of the rows: the line below the finding."""
    parts = [measure_name(rows, lang)] if rows else []
    unit = common([row for row in rows if row.get("unit")], "unit")
    if unit:
        parts.append(unit_text(unit, lang))
    times = list(dict.fromkeys(periods or [str(row["period"]) for row in rows if row.get("period")]))
    times = sorted(times, key=lambda period: period[-4:] if "/" in period else period)
    if len(times) == 1:
        parts.append(format_period(times[0], lang))
    elif times:
        parts.append(
            f"{format_period(times[0], lang, short=True)}–{format_period(times[-1], lang, short=True)}"
            if all(len(time) == 4 for time in times)
            else say("từ ", "", lang)
            + format_period(times[0], lang, short=True)
            + say(" đến ", " to ", lang)
            + format_period(times[-1], lang, short=True)
        )
    standards = sorted({str(row.get("standard") or "") for row in rows} - {""})
    if len(standards) == 1:
        parts.append(standard_text(standards[0], lang))
    return ", ".join(part for part in [*parts, extra] if part)


def standard_text(standard: str, lang: str = "vi") -> str:
    """The name of a definition; one that the definitions do not know keeps its years.

    >>> standard_text("2016-2021"), standard_text("2031-2035", "en")
    ('chuẩn nghèo đa chiều 2016–2021', '2031–2035 standard')
    """
    from analysis.definitions import load_definitions

    known = load_definitions().standards.get(standard)
    if known:
        return known.name(lang)
    written = standard.replace("-", "–") if standard.replace("-", "").isdigit() else standard
    return say(f"chuẩn {written}", f"{written} standard", lang)


def law_of(standard: str) -> str:
    """The decision that set a definition, without its date; empty when unknown."""
    from analysis.definitions import load_definitions

    known = load_definitions().standards.get(standard)
    return known.law.partition(",")[0].partition(";")[0].strip() if known else ""


def share_text(percent: float, lang: str = "vi") -> str:
    """A share of a plan, with one decimal at most.

    >>> share_text(112.5), share_text(66.6667), share_text(80.0)
    ('112,5%', '66,7%', '80%')
    """
    return format_number(percent, min(label_decimals(round(percent, 1)), 1), lang) + "%"


def plan_text(row: Row, lang: str = "vi", full: bool = True) -> str:
    """Result, plan and share of the plan, as far as the row has them, with the unit if `full`: "8 / 10 xã (80%)"."""
    actual, target = has_value(row, "actual"), has_value(row, "target")
    unit = str(row.get("unit") or "")
    mark = "%" if unit == "percent" else f" {unit_text(unit, lang)}" if unit and full else ""

    def number(column: str) -> str:
        decimals = row.get("decimals")
        return format_number(row[column], label_decimals(row[column]) if decimals is None else decimals, lang)

    goal = _SIGNS.get(str(row.get("target_qualifier") or ""), "") + number("target") if target else ""
    done = share_text(row["done_pct"], lang) if has_value(row, "done_pct") else ""
    if actual and target:
        return f"{number('actual')} / {goal}{mark}" + (f" ({done})" if done else "")
    if actual:
        return f"{number('actual')}{mark}" + (f" ({done})" if done else say(" (không có kế hoạch)", " (no plan)", lang))
    if target:
        return say(f"kế hoạch {goal}{mark}, chưa có số liệu", f"plan {goal}{mark}, no data yet", lang)
    return done or say("không có số liệu", "no data", lang)


def plan_line(rows: Sequence[Row], lang: str = "vi") -> str:
    """The line below the finding of a chart of plans."""
    lead = say("Thực hiện so với kế hoạch", "Result against plan", lang)
    if len({row.get("indicator") for row in rows}) > 1:
        when = common([row for row in rows if row.get("period")], "period")
        return lead + (", " + format_period(when, lang) if when else "")
    return f"{measure_line(rows, lang)}; {first_lower(lead)}"


def scorecard_line(rows: Sequence[Row], lang: str = "vi") -> str:
    """Which indicators and periods the scorecard covers."""
    number = len({row["indicator"] for row in rows})
    when = common([row for row in rows if row.get("period")], "period")
    return (
        say(f"{number} chỉ tiêu", f"{number} indicator{'s' * (number > 1)}", lang)
        + (
            ", " + format_period(when, lang)
            if when
            else say(", số mới nhất của từng nơi", ", the latest of each place", lang)
        )
        + say("; màu theo nhóm phần tư các địa phương", "; coloured by quarter of the places", lang)
    )


def band_words(rows: Sequence[Row], lang: str = "vi") -> list[tuple[int, str]]:
    """The quarters that occur, from 0, each with its words and the span of its figures."""
    result = []
    for quarter in (1, 2, 3, 4):
        own = sorted((row for row in rows if has_value(row) and row.get("quartile") == quarter), key=figure_of)
        if own:
            ends = [value_text(row, lang, unit=row.get("unit") == "percent") for row in (own[0], own[-1])]
            span = ends[0] if ends[0] == ends[1] else "–".join(ends)
            word = {1: say("tốt nhất: ", "best: ", lang), 4: say("kém nhất: ", "last: ", lang)}.get(quarter, "")
            result.append((quarter - 1, word + span))
    return result


def caption(rows: Sequence[Row], lang: str = "vi", *, notes: Sequence[str] = ()) -> list[str]:
    """The source line and the line of caveats, from the rows that were drawn and the places that have no figure."""
    used = [row for row in rows if has_value(row)]
    sources = Counter()
    for row in used:
        for source in str(row.get("source_title") or "").split("|"):
            if source.strip():
                year = str(row.get("published") or "")[:4]
                sources[
                    source.strip() + (f" ({year})" if year and "|" not in str(row.get("source_title")) else "")
                ] += 1
    shown = [name for name, _ in sources.most_common(3)]
    more = len(sources) - len(shown)
    text = "; ".join(shown) + (say(f"; và {more} nguồn khác", f"; and {more} more", lang) if more else "")
    result = [say("Nguồn: ", "Source: ", lang) + (text or say("chưa ghi", "not stated", lang)) + "."]
    remarks = [*notes, *_caveats(rows, lang)]
    if remarks:
        result.append(say("Ghi chú: ", "Note: ", lang) + "; ".join(dict.fromkeys(remarks)) + ".")
    return result


def _caveats(rows: Sequence[Row], lang: str) -> list[str]:
    result = []
    missing = list(
        dict.fromkeys(drop_type(str(row["place"])) for row in rows if not has_value(row) and row.get("place"))
    )
    present = {drop_type(str(row["place"])) for row in rows if has_value(row) and row.get("place")}
    missing = [name for name in missing if name not in present]
    if missing:
        names = ", ".join(missing[:4]) + ("…" if len(missing) > 4 else "")
        result.append(
            say(f"không có số liệu: {names}", f"no data: {names}", lang)
            + (f" ({len(missing)})" if len(missing) > 4 else "")
        )
    flags: dict[str, list[str]] = {}
    for row in rows:
        for flag in str(row.get("flags") or "").split("|"):
            if flag:
                flags.setdefault(flag, []).append(drop_type(str(row.get("place") or "")))
    for flag, places in sorted(flags.items(), key=lambda item: (-len(item[1]), item[0]))[:4]:
        names = [name for name in dict.fromkeys(places) if name]
        who = ", ".join(names) if len(names) <= 2 else say(f"{len(names)} nơi", f"{len(names)} places", lang)
        result.append(flags_text(flag, lang) + (f" ({who})" if who else ""))
    notes: dict[str, str] = {}  # "mẫu số nhỏ (8/8)" of many places is one remark
    for row in rows:
        for note in filter(None, str(row.get("note") or "").strip().rstrip(".").split("; ")):
            if row.get("newest_period") and note.startswith(("số liệu ", "figure of ")):
                note = say("kỳ của số liệu ghi sau tên", "the period of a figure stands behind the name", lang)
            start = note.partition(" (")[0]
            notes[start] = note if notes.get(start, note) == note else start
    return result + list(notes.values())[:3]


def alternative_text(
    kind: str,
    title: str,
    subtitle: str,
    rows: Sequence[Row],
    foot: Sequence[str],
    lang: str = "vi",
    column: str = "value",
) -> str:
    """What a reader who can not see the figure needs: kind, finding, measure, the figures in order, source."""
    known = [row for row in rows if has_value(row, column)]
    several = len({row.get("period") for row in known}) > 1
    figures = []
    for row in known[:ALT_FIGURES]:
        when = format_period(str(row.get("period") or ""), lang, short=True) if several else ""
        plan = f" ({status_text(row['status'], lang)})" if row.get("status") in NO_RESULTS else ""
        figures.append(f"{row.get('place') or ''} {when}".strip() + f": {value_text(row, lang, column)}{plan}")
    if len(known) > ALT_FIGURES:
        more = len(known) - ALT_FIGURES
        figures.append(say(f"và {more} số liệu khác trong bảng", f"and {more} more figures in the table", lang))
    title = title.replace("\u00a0", " ")
    return "\n".join(
        part
        for part in [f"{kind}. {title}.", f"{subtitle}.", "; ".join(figures) + "." if figures else "", *foot]
        if part
    )
