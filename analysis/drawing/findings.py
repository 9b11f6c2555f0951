"""The finding of a figure in one sentence, computed from the rows that are drawn.

It says only what the rows say: who is highest and lowest, who moved most, who reached the plan. `lang` is "vi" or "en".
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drawing.captions import (
    Row,
    common,
    drop_type,
    figure_of,
    has_value,
    place_key,
    plan_text,
    share_text,
    short_name,
    standard_text,
    value_text,
)
from analysis.words import first_lower, format_period, format_value, say


def tied(text: str) -> str:
    """The text with no-break spaces, so that a title never breaks inside a name."""
    return text.replace(" ", "\u00a0")


def _numbered(rows: Sequence[Row], lang: str, full: bool = True) -> str:
    """The first place, and how many others share its value."""
    name = rows[0]["place"] if lang == "vi" and full else drop_type(rows[0]["place"])
    name, more = tied(name), len(rows) - 1
    return name if not more else say(f"{name} và {more} nơi khác", f"{name} and {more} other{'s' * (more > 1)}", lang)


def _when(rows: Sequence[Row], lang: str) -> str:
    """ " năm 2023" / " in 2023", or words for "each place's latest"; empty when no row knows."""
    known = [row for row in rows if row.get("period")]
    if not known:
        return ""
    if period := common(known, "period"):
        return say(" ", " in ", lang) + format_period(period, lang)
    return say(" (số mới nhất)", " (latest)", lang)


def ranking_finding(rows: Sequence[Row], lang: str = "vi") -> str:
    """Who is highest and who is lowest, ties included."""
    known = [row for row in rows if has_value(row) and row.get("compared") is not False]
    if not known:
        return short_name(rows, lang) + _when(rows, lang) + say(": không có số liệu", ": no data", lang)
    name, when = short_name(rows, lang), _when(known, lang)
    measure, share = figure_of, any(row.get("measure") == "share" for row in known)
    high, low = max(map(measure, known)), min(map(measure, known))
    highest = [row for row in known if measure(row) == high]
    lowest = [row for row in known if measure(row) == low]
    if len(known) == 1:
        return say(
            f"{name} của {known[0]['place']}{when} là {value_text(known[0], lang, spoken=True)}",
            f"{name} of {drop_type(known[0]['place'])}{when}: {value_text(known[0], lang, spoken=True)}",
            lang,
        )
    if high == low:
        label = value_text(known[0], lang, spoken=True) if not share else say("như nhau", "the same", lang)
        return say(
            f"{name}{when} ở cả {len(known)} địa phương đều là {label}",
            f"{name}{when} is {label} in all {len(known)} places",
            lang,
        )
    a, b = _numbered(highest, lang), _numbered(lowest, lang)
    if share and high >= 100:
        return say(
            f"{name}{when} đạt 100% ở {a}, thấp nhất ở {b} ({value_text(lowest[0], lang)})",
            f"{name}{when}: all of them in {a}, fewest in {b} ({value_text(lowest[0], lang)})",
            lang,
        )
    short = common(known, "unit") == "percent"  # another unit is said once
    va, vb = value_text(highest[0], lang, spoken=True), value_text(lowest[0], lang, spoken=True, unit=short)
    return say(
        f"{name}{when} cao nhất ở {a} ({va}), thấp nhất ở {b} ({vb})",
        f"{name}{when} was highest in {a} ({va}) and lowest in {b} ({vb})",
        lang,
    )


def gap_finding(rows: Sequence[Row], lang: str = "vi") -> str:
    """Who is furthest above and who furthest below the reference: the value of a row is its distance."""
    known = [row for row in rows if has_value(row) and row.get("compared") is not False]
    name, when = short_name(rows, lang), _when(known, lang)
    if not known:
        return name + when + say(": không so sánh được", ": not comparable", lang)
    high, low = max(known, key=lambda row: row["value"]), min(known, key=lambda row: row["value"])
    parts = []
    for row, vi, en in (
        (high, "cao hơn mốc nhiều nhất", "furthest above"),
        (low, "thấp hơn mốc nhiều nhất", "furthest below"),
    ):
        if row["value"] * (1 if row is high else -1) > 0:
            place = tied(row["place"] if lang == "vi" else drop_type(row["place"]))
            parts.append(
                say(f"{vi} ở {place}", f"{en} the reference in {place}", lang) + f" ({tied(value_text(row, lang))})"
            )
    text = say(", ", " and ", lang).join(parts) or say("bằng mốc ở mọi nơi", "at the reference everywhere", lang)
    return f"{name}{when} " + say("", "is ", lang) + text


def gap_line(rows: Sequence[Row], lang: str = "vi") -> str:
    """What the distances are measured from."""
    references = {row["reference"] for row in rows if has_value(row, "reference")}
    words = say("chênh lệch so với mốc", "distance from the reference", lang)
    if len(references) != 1:
        return words
    return f"{words} {value_text({**rows[0], 'value': references.pop(), 'qualifier': '', 'of': None}, lang)}"


def change_finding(pairs: Sequence[tuple[Row, Row]], lang: str = "vi", *, standard: str = "") -> str:
    """Who moved most between two figures of the same definition: (earlier row, later row) for each place.

    `standard` is the definition to name, where figures of others are shown beside them.
    """
    pairs = [(old, new) for old, new in pairs if has_value(old) and has_value(new)]
    if not pairs:
        return say("Chưa có hai kỳ so sánh được", "No two periods can be compared", lang)
    name = short_name([pairs[0][0]], lang)
    if standard:
        by = standard_text(standard, lang)
        name = say(f"Theo {by}, {first_lower(name)}", f"By the {by}, the {first_lower(name)}", lang)
    old, new = max(pairs, key=lambda pair: abs(pair[1]["value"] - pair[0]["value"]))
    change = new["value"] - old["value"]
    ends = (
        value_text(old, lang, spoken=True, unit=old.get("unit") == "percent"),
        format_period(old["period"], lang, short=True),
        value_text(new, lang, spoken=True),
        format_period(new["period"], lang, short=True),
    )
    place = tied(new["place"] if lang == "vi" else drop_type(new["place"]))
    if change == 0:
        who = place if len(pairs) == 1 else say(f"{len(pairs)} địa phương", f"{len(pairs)} places", lang)
        return say(
            f"{name} của {who} không đổi từ {ends[1]} đến {ends[3]}",
            f"{name} of {who} did not change from {ends[1]} to {ends[3]}",
            lang,
        )
    down = change < 0
    span = say(
        tied(f"từ {ends[0]} ({ends[1]})") + " " + tied(f"{'xuống' if down else 'lên'} {ends[2]} ({ends[3]})"),
        tied(f"from {ends[0]} ({ends[1]})") + " " + tied(f"to {ends[2]} ({ends[3]})"),
        lang,
    )
    if len(pairs) == 1:
        return say(
            f"{name} của {place} {'giảm' if down else 'tăng'} {span}",
            f"{name} of {place} {'fell' if down else 'rose'} {span}",
            lang,
        )
    same = len({(a["period"], b["period"]) for a, b in pairs}) == 1
    most = say("nhanh nhất" if same else "nhiều nhất", "fastest" if same else "most", lang)
    against = sum((b["value"] - a["value"]) * change < 0 for a, b in pairs)
    other = (
        say(
            f"; có {against} nơi {'tăng' if down else 'giảm'}",
            f"; it {'rose' if down else 'fell'} in {against} place{'s' * (against > 1)}",
            lang,
        )
        if against
        else ""
    )
    return (
        say(
            f"{name} {'giảm' if down else 'tăng'} {most} ở {place}: {span}",
            f"{name} {'fell' if down else 'rose'} {most} in {place}: {span}",
            lang,
        )
        + other
    )


def plan_finding(rows: Sequence[Row], lang: str = "vi") -> str:
    """How many reached their plan, and who is furthest from it."""
    judged = [row for row in rows if row.get("outcome")]
    several = len({row.get("indicator") for row in rows}) > 1
    one_place = len({place_key(row) for row in rows}) == 1
    name = short_name(rows, lang)
    about = say(first_lower(name), name, lang)
    if not judged:
        return say(f"{name}: chưa đánh giá được so với kế hoạch", f"{name}: not yet judged against the plan", lang)
    reached = [row for row in judged if row["outcome"] in ("met", "exceeded")]
    missed = [row for row in judged if row["outcome"] == "missed" and has_value(row, "done_pct")]
    if len(judged) == 1:
        verdict = {
            "exceeded": say("vượt kế hoạch", "is ahead of plan", lang),
            "met": say("đạt kế hoạch", "is on plan", lang),
            "missed": say("không đạt kế hoạch", "is behind plan", lang),
        }[judged[0]["outcome"]]
        place = judged[0]["place"] if lang == "vi" else drop_type(judged[0]["place"])
        return say(
            f"{name} của {place} {verdict}: {plan_text(judged[0], lang)}",
            f"{name} of {place} {verdict}: {plan_text(judged[0], lang)}",
            lang,
        )
    if one_place and several:
        place = judged[0]["place"] if lang == "vi" else drop_type(judged[0]["place"])
        text = say(
            f"{place[:1].upper()}{place[1:]} đạt hoặc vượt {len(reached)}/{len(judged)} chỉ tiêu kế hoạch",
            f"{place} reached {len(reached)} of {len(judged)} planned targets",
            lang,
        )
    else:
        text = say(
            f"{len(reached)}/{len(judged)} {'chỉ tiêu' if several else 'địa phương'} đạt hoặc vượt kế hoạch"
            + ("" if several else f" về {about}"),
            f"{len(reached)} of {len(judged)} {'targets' if several else 'places'} reached the plan"
            + ("" if several else f" for {first_lower(about)}"),
            lang,
        )
    if missed:
        last = min(missed, key=lambda row: row["done_pct"])
        place = last["place"] if lang == "vi" else drop_type(last["place"])
        measure = short_name([last], lang)
        who = first_lower(measure) if one_place and several else place
        share = share_text(last["done_pct"], lang)
        text += say(f"; xa kế hoạch nhất là {tied(who)} ({share})", f"; furthest behind: {tied(who)} ({share})", lang)
    return text


def dispersion_finding(rows: Sequence[Row], lang: str = "vi") -> str:
    """Whether the places came closer, over the longest stretch of the same places; else how far they lie apart now."""
    known = [row for row in rows if has_value(row, "sd")]
    name = short_name(rows, lang)
    if not known:
        return say(f"{name}: chưa đủ nơi để xét độ phân tán", f"{name}: too few places to tell a spread", lang)
    stretch = [known[-1]]
    for before, row in zip(reversed(known[:-1]), reversed(known), strict=False):
        if row.get("same_places") is not True or before.get("standard") != row.get("standard"):
            break
        stretch.insert(0, before)
    first, last = stretch[0], stretch[-1]
    unit = "percentage_points" if last.get("unit") == "percent" else str(last.get("unit") or "")

    def spread(row: Row) -> str:
        return format_value(row["sd"], unit, lang, 1)

    about = first_lower(name)
    when = [format_period(str(row["period"]), lang, short=True) for row in (first, last)]
    if len(stretch) > 1 and first["sd"] != last["sd"]:
        closer = last["sd"] < first["sd"]
        return say(
            f"Các địa phương {'xích lại gần nhau' if closer else 'cách xa nhau hơn'} về {about}: độ lệch chuẩn "
            f"từ {spread(first)} ({when[0]}) {'xuống' if closer else 'lên'} {spread(last)} ({when[1]})",
            f"Places {'came closer' if closer else 'moved apart'} in {about}: standard deviation from {spread(first)} "
            f"({when[0]}) to {spread(last)} ({when[1]})",
            lang,
        )
    ends = [
        value_text({**last, "value": last[c], "qualifier": "", "of": None}, lang)
        for c in ("lowest", "highest", "median")
    ]
    return say(
        f"{name} {format_period(str(last['period']), lang)} trải từ {ends[0]} đến {ends[1]}, trung vị {ends[2]}",
        f"{name} in {format_period(str(last['period']), lang)} ranges from {ends[0]} to {ends[1]}, median {ends[2]}",
        lang,
    )


def funnel_finding(rows: Sequence[Row], lang: str = "vi") -> str:
    """How many places lie outside what chance explains."""
    known = [row for row in rows if row.get("position")]
    name = short_name(rows, lang)
    if not known:
        return say(f"{name}: không có mẫu số để xét", f"{name}: no denominators to judge by", lang)
    about = first_lower(name)
    out = sum(row["position"] != "inside" for row in known)
    if not out:
        return say(
            f"Chênh lệch {about} giữa {len(known)} địa phương không vượt mức ngẫu nhiên",
            f"Differences in {about} between {len(known)} places are within chance",
            lang,
        )
    return say(
        f"{out}/{len(known)} địa phương khác mức chung về {about} nhiều hơn mức ngẫu nhiên",
        f"{out} of {len(known)} places differ from the common {about} by more than chance",
        lang,
    )


def scorecard_finding(rows: Sequence[Row], lang: str = "vi") -> str:
    """Who is most often in the best quarter, and who in the last."""
    counts: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if has_value(row, "quartile"):
            best, last, all_of = counts.setdefault(place_key(row), [0, 0, 0])
            counts[place_key(row)] = [best + (row["quartile"] == 1), last + (row["quartile"] == 4), all_of + 1]
    if not counts:
        return say("Chưa đủ số liệu để chia nhóm", "Not enough figures for quarters", lang)
    best = max(counts, key=lambda place: (counts[place][0], -counts[place][1]))
    last = max(counts, key=lambda place: (counts[place][1], -counts[place][0]))
    name = (lambda place: place[1]) if lang == "vi" else (lambda place: drop_type(place[1]))
    first = name(best)[:1].upper() + name(best)[1:]
    text = say(
        f"{tied(first)} thuộc nhóm tốt nhất ở " + tied(f"{counts[best][0]}/{counts[best][2]} chỉ tiêu"),
        f"{tied(first)} is in the best quarter for {counts[best][0]} of {counts[best][2]} indicators",
        lang,
    )
    if last != best and counts[last][1]:
        text += say(
            f", {tied(name(last))} thuộc nhóm kém nhất ở {counts[last][1]}/{counts[last][2]}",
            f", {tied(name(last))} in the last for {counts[last][1]} of {counts[last][2]}",
            lang,
        )
    return text
