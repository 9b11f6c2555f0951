"""Why a figure was read as it was: its sentence, the words that decided, its quantity, place and period, in words.

Nothing is read anew but the words themselves; the rules are those of `binding` and its neighbours and of `tabular`.
Whole reports are shown by `evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import TYPE_CHECKING, Any

from analysis import words

if TYPE_CHECKING:
    from analysis.reports import Report

Words = tuple[str, str]

# rule -> what it says, in Vietnamese and in English
RULES: dict[str, Words] = {
    "label": ("nhãn gần nhất đứng trước số liệu", "the nearest label before the figure"),
    "count": ("từ ngữ quanh số liệu nói nó đếm gì", "the words around the figure say what it counts"),
    "topic_count": ("chủ đề nêu trước đó trong đoạn", "the topic that the paragraph named before"),
    "carried_label": ("chỉ tiêu nêu hoặc hỏi ngay trước đó", "an indicator named or asked for right before"),
    "share": ("tỷ lệ hoặc số lượng đi kèm số liệu đứng trước", "the share or count printed beside the figure before"),
    "listed_place": ("địa bàn tiếp theo trong một danh sách", "one more place of a list"),
    "next_period": ("cùng chỉ tiêu, kỳ khác", "the same measure for another period"),
    "plan_beside": ("kế hoạch nêu cạnh số liệu", "the plan stated beside the figure"),
    "shared_predicate": ("vị ngữ chung với số liệu sau", "the predicate is shared with the figure behind it"),
    "base_level": ("mức trước của hai mức", "the earlier of two levels"),
    "joint": ("nhãn và số liệu theo cùng thứ tự", "labels and figures go together in order"),
    "slash_own": ("số trước dấu gạch chéo là của địa bàn", "the number before the slash is the place's own"),
    "slash_province": ("số sau dấu gạch chéo là của tỉnh", "the number behind the slash is the province's"),
    "slash_base": ("số sau dấu gạch chéo là của kỳ gốc", "the number behind the slash is the base period's"),
    "change": ("mức tăng, giảm của chỉ tiêu vừa nêu", "the rise or fall of what is named before"),
    "change_after": ("mức tăng, giảm của số liệu đứng trước", "the rise or fall of the figure before"),
    "fall": ("số giảm của chỉ tiêu vừa nêu", "the absolute fall of what is named before"),
    "fall_after": ("số giảm của số liệu đứng trước", "the absolute fall of the figure before"),
    "growth": ("tốc độ tăng của chỉ tiêu vừa nêu", "the growth of what is named before"),
    "named_communes": ("đếm các xã được nêu tên", "the communes named are counted"),
    "district_standard": ("câu nói địa bàn đạt chuẩn", "the words say that the district meets the standard"),
    "none_yet": ("câu nói chưa có xã nào đạt chuẩn", "the words say that no commune meets the standard yet"),
    "ordinal": ("xã đạt chuẩn thứ mấy", "the words say which commune by number it is"),
    "once_more": ("nói tiếp về chỉ tiêu vừa nêu", "more is said about the measure named before"),
    "change_said": ("mức giảm nêu thành một vế riêng", "the fall is told in a clause of its own"),
    "base_bracket": ("mức kỳ trước để so sánh", "an earlier level to compare with"),
    "total_after": ("tổng số sau phần tăng thêm", "the total behind what was added"),
    "disbursed": ("tỷ lệ nêu cạnh số tiền giải ngân", "the rate beside the money disbursed"),
    "none_left": ("câu nói không còn hộ nghèo", "the words say that no poor household is left"),
    "table.row": ("tên dòng của bảng", "the row of the table names it"),
    "table.column": ("tên cột của bảng", "the column of the table names it"),
    "table.row_and_column": ("tên dòng và tên cột của bảng", "row and column of the table name it"),
    "table.caption": ("tên bảng", "the caption of the table names it"),
}
_STOP = re.compile(r"[.!?…](?=\s)|\n")


@dataclass(frozen=True)
class Reason:
    """The lines of one explanation, each a heading and its words; `print` it."""

    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        width = max(len(heading) for heading, _ in self.lines)
        return "\n".join(f"{heading:{width}}  {text}" for heading, text in self.lines)


def rule_text(rule: str, lang: str = "vi") -> str:
    """What a rule says in words; a rule that `RULES` does not know keeps its code.

    >>> rule_text("label", "en")
    'the nearest label before the figure'
    """
    return words.say(*RULES[rule], lang) if rule in RULES else rule


def reason(observation: Any, report: Report | None = None, lang: str = "vi") -> Reason:
    """Explain one observation: an `Observation`, or a row of the table of observations or of the tidy table.

    With its report the whole sentence is shown, and whether place and period stand in it; without, only its own words.
    """
    from analysis.indicators import load_catalogue

    figure = asdict(observation) if is_dataclass(observation) else dict(observation)
    if report is not None and report.id != figure["report"]:
        raise ValueError(f"the figure is from {figure['report']!r}, not from {report.id!r}; give that report")
    sentence = _sentence(report.text, int(figure["start"]), int(figure["end"])) if report else figure["quote"]
    indicator = load_catalogue().get(figure["indicator"])
    name = words.say(indicator.name_vi, indicator.name_en, lang) if indicator else figure["indicator"]
    rule = rule_text(figure["rule"], lang)
    cue = _cue(figure, sentence)
    parts = [
        (("câu", "sentence"), sentence),
        (("chỉ tiêu", "indicator"), name),
        (("căn cứ", "cue"), f"“{cue}”: {rule} ({figure['rule']})" if cue else f"{rule} ({figure['rule']})"),
        (("số liệu", "quantity"), _quantity(figure, lang)),
        (("địa bàn", "place"), _place(figure, sentence, lang)),
        (("kỳ", "period"), _period(figure, sentence, lang)),
        (("tình trạng", "status"), words.status_text(figure["status"], lang)),
        (("nơi", "where"), figure["where"]),
        (("lưu ý", "caveats"), words.flags_text(figure["flags"], lang)),
    ]
    return Reason(tuple((words.say(*heading, lang), text) for heading, text in parts if text))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, on one line.

    >>> _sentence("Năm 2020 tốt. Hộ nghèo còn 0,9%. Hết.", 21, 30)
    'Hộ nghèo còn 0,9%.'
    """
    first = max((m.end() for m in _STOP.finditer(text, max(0, start - 800), start)), default=max(0, start - 800))
    after = _STOP.search(text, end)
    return " ".join(text[first : after.end() if after else len(text)].split())


def _cue(figure: Mapping, sentence: str) -> str:
    """The words of the catalogue that name the indicator, in the figure's own words or its sentence; "" for none."""
    from analysis.indicators import load_catalogue
    from analysis.sentences.cues import compile_cues
    from analysis.text import canonical

    catalogue = load_catalogue()
    meant = {figure["indicator"], catalogue.changes.get(figure["indicator"], ""), *_movers(catalogue, figure)}
    for text in (figure["quote"], sentence):
        plain = canonical(text)
        found = compile_cues(catalogue).labels(plain.folded, frozenset(re.findall(r"[^\W_]+", plain.folded)))
        named = [mention for mention in found if meant & set(mention.ids)]
        if named:
            return plain.text[named[-1].start : named[-1].end]
    behind = re.sub(r"^\W*[\d.,/]+\s*", "", " ".join(figure["quote"].split()))
    return behind if figure["rule"] in ("count", "topic_count") else ""


def _movers(catalogue, figure: Mapping) -> set[str]:
    """Indicators of which the figure's own is the change, growth, fall, increment or share."""
    about = ("change", "growth", "fall", "added", "share")
    return {i.id for i in catalogue.values() if figure["indicator"] in (getattr(i, field) for field in about)}


def _quantity(figure: Mapping, lang: str) -> str:
    parts = [
        f"{words.qualifier_text(figure['qualifier'], lang)} {words.format_value(figure['value'], figure['unit'], lang)}"
    ]
    for column, vi, en in (("value_max", "đến {}", "to {}"), ("of", "trên tổng số {}", "out of {}")):
        if figure[column] is not None and figure[column] == figure[column]:
            parts.append(words.say(vi, en, lang).format(words.format_number(figure[column], lang=lang)))
    for column, vi, en in (
        ("plan_pct", "{} kế hoạch", "{} of the plan"), ("yoy_pct", "{} cùng kỳ", "{} of the year before")
    ):  # fmt: skip
        if figure[column] is not None and figure[column] == figure[column]:
            parts.append(words.say(vi, en, lang).format(words.format_value(figure[column], "percent", lang)))
    return ", ".join(part.strip() for part in parts)


def _place(figure: Mapping, sentence: str, lang: str) -> str:
    from analysis.places import split_type
    from analysis.text import fold

    flags = figure["flags"].split("|")
    name = figure["place"] or words.say("chưa rõ", "unknown", lang)
    if "place_inferred" in flags:
        why = ("báo cáo nhắc đến nhiều nhất", "the name that the report uses most")
    elif "scope_inferred" in flags:
        why = ("suy từ phần trước của văn bản", "from what stands before in the text")
    elif figure["place"] and fold(split_type(figure["place"])[1]) in fold(sentence):
        why = ("nêu trong câu", "named in the sentence")
    else:
        why = ("địa bàn của báo cáo", "what the report is about")
    return f"{name} ({words.say(*why, lang)})"


def _period(figure: Mapping, sentence: str, lang: str) -> str:
    when = words.format_period(figure["period"], lang)
    if "period_inferred" in figure["flags"].split("|"):
        why = ("suy ra, câu không nêu", "inferred, the words do not say it")
    elif figure["period"][:4] in sentence:
        why = ("năm nêu trong câu", "the year stands in the sentence")
    else:
        why = ("theo đoạn, đề mục hoặc tiêu đề", "from the paragraph, its heading or the title")
    return f"{when} ({words.say(*why, lang)})"
