"""Evidence: each report as one offline HTML page in which every figure found is marked in the words that state it.

Pages are for reading and for links from the workbook; the figures themselves come from `observations` or `tidy`.
"""

from __future__ import annotations

import html
import itertools
import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from analysis import files, words
from analysis.reasons import Reason, reason, rule_text

if TYPE_CHECKING:
    import pandas

    from analysis.reports import Report

INDEX = "index.html"
_EMPTY = ("Không tìm thấy số liệu nào của danh mục.", "No figure of the catalogue was found.")
_SHARES = (
    ("plan_pct", "so với kế hoạch", "of the plan"),
    ("yoy_pct", "so với cùng kỳ", "of the same period a year before"),
)
_STYLE = """
:root { --ink: #1d2733; --soft: #5b6775; --line: #d8dee5; --mark: #fff0b3; --doubt: #ffd9c2; --here: #0b5c8a }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; color: var(--ink); background: #fff;
  font: 16px/1.6 "Be Vietnam Pro", "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif }
h1 { font-size: 1.45rem; line-height: 1.3; margin: .2rem 0 } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem }
a { color: var(--here) } .source, .empty { color: var(--soft); margin: .2rem 0 }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; align-items: start }
.text { white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid var(--line); padding-top: .6rem }
mark { background: var(--mark); color: inherit; padding: .1em 0; border-radius: .15em }
mark.doubt { background: var(--doubt); text-decoration: underline dotted }
mark a { font-size: .7em; vertical-align: super; text-decoration: none; padding-left: .1em }
mark:target, mark:has(:target) { outline: 3px solid var(--here); scroll-margin-top: 6rem }
ol { margin: 0; padding: 0; list-style: none } li { border-top: 1px solid var(--line); padding: .5rem 0 }
li b { font-variant-numeric: tabular-nums } li .soft { color: var(--soft); font-size: .86rem; display: block }
li .flags { color: #9a3b00; font-size: .86rem; display: block }
.figures { position: sticky; top: 1rem; max-height: 96vh; overflow: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
@media (max-width: 60rem) { main { display: block } .figures { position: static; max-height: none } }
@media print { main { display: block } .figures { position: static; max-height: none } a { color: inherit } }
"""


def address(report: str, key: str = "") -> str:
    """The relative address of a figure's evidence, as the workbook links it.

    >>> address("ba-che-2020", "r-0123abcd"), address("báo cáo")
    ('evidence/ba-che-2020.html#r-0123abcd', 'evidence/b%C3%A1o%20c%C3%A1o.html')
    """
    return f"evidence/{quote(report)}.html" + (f"#{key}" if key else "")


@dataclass(frozen=True)
class Explanation:
    """Where the figures of one report come from: `print` it, or let a notebook show it as a page."""

    report: Report
    figures: tuple[dict, ...]
    lang: str = "vi"

    def __str__(self) -> str:
        source = _source(self.report, self.lang)
        lines = [self.report.title or self.report.id, *([source] if source else [])]
        if not self.figures:
            lines.append(words.say(*_EMPTY, self.lang))
        for number, figure in enumerate(self.figures, 1):
            lines += ["", f"[{number}] {_statement(figure, self.lang)}"]
            lines += [f"    “{_one_line(figure['quote'])}”"] if figure["stated"] else []
            lines += [f"    {line}" for line in (_details(figure, self.lang), _flags(figure, self.lang)) if line]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return (
            f"<style>.evidence {{ font-size: 14px }} .evidence mark {{ background: #fff0b3; color: #1d2733 }}"
            ".evidence mark.doubt { background: #ffd9c2 } .evidence .text { white-space: pre-wrap; max-width: 60rem }"
            ".evidence mark a { font-size: .7em; vertical-align: super } .evidence ol { list-style: none; padding: 0 }"
            ".evidence li .soft, .evidence li .flags { display: block; color: #5b6775 }</style>"
            f'<div class="evidence">{_article(self.report, self.figures, self.lang)}</div>'
        )


def explain(
    report: Report | Any, figures: pandas.DataFrame | Report | None = None, *, lang: str = "vi"
) -> Explanation | Reason:
    """Explain the figures of one report: each with its words, place, period, rule and caveats.

    `figures` is a table of observations or the tidy table, of which the rows of this report are taken. Figures that the
    report does not state itself (sums of what it states) come last, without words to mark.

    `explain(observation, report=None)` explains one figure (an observation or a row of a table) at length: its
    sentence, the words that decided, its quantity, place and period, and why.
    """
    if not hasattr(report, "text"):
        return reason(report, figures, lang)
    rows = figures[figures["report"] == report.id]
    if "origin" in rows:
        rows = rows[rows["origin"] == "report"]
    rows = rows.sort_values(["start", "end"], kind="stable")
    stated = rows["start"].notna()
    places = rows[["start", "end"]].fillna(-1).astype(int)
    records = rows.assign(start=places["start"], end=places["end"], stated=stated).to_dict("records")
    for number, record in enumerate(records, 1):
        record.setdefault("key", f"n{number}")
    return Explanation(report, tuple(records), lang)


def write_evidence(
    reports: Iterable[Report],
    figures: pandas.DataFrame,
    folder: files.Path,
    *,
    lang: str = "vi",
    progress: bool = False,
) -> list[pathlib.Path]:
    """Write one page per report and an index into `folder`; return their paths, the index first."""
    from tqdm.auto import tqdm

    folder = pathlib.Path(folder)
    written, lines = [], []
    for report in tqdm(list(reports), desc="evidence pages", unit="page", disable=not progress):
        explanation = explain(report, figures, lang=lang)
        written.append(files.write_text(page(explanation), folder / f"{report.id}.html"))
        doubts = sum(bool(figure["flags"]) for figure in explanation.figures)
        lines.append(
            f'<tr><td><a href="{quote(report.id)}.html">{html.escape(report.title or report.id)}</a></td>'
            f"<td>{html.escape(report.publisher)}</td><td>{words.format_date(report.published, lang)}</td>"
            f'<td class="number">{len(explanation.figures)}</td><td class="number">{doubts}</td></tr>'
        )
    vi = "<th>Báo cáo<th>Nơi công bố<th>Ngày<th class=number>Số liệu<th class=number>Cần xem lại"
    en = "<th>Report<th>Publisher<th>Date<th class=number>Figures<th class=number>With caveats"
    head = words.say(vi, en, lang)
    title = words.say("Số liệu trong từng báo cáo", "Figures in each report", lang)
    index = _document(title, f"<h1>{title}</h1><table><tr>{head}</tr>{''.join(lines)}</table>", lang)
    return [files.write_text(index, folder / INDEX), *written]


def page(explanation: Explanation) -> str:
    """The HTML page of one report."""
    report, lang = explanation.report, explanation.lang
    back = words.say("Tất cả báo cáo", "All reports", lang)
    title = report.title or report.id
    head = f'<p><a href="{INDEX}">← {back}</a></p><h1>{html.escape(title)}</h1>'
    return _document(title, head + _article(report, explanation.figures, lang), lang)


def _document(title: str, body: str, lang: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{lang[:2]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _article(report: Report, figures: tuple[dict, ...], lang: str) -> str:
    items = []
    for number, figure in enumerate(figures, 1):
        doubt = f'<span class="flags">{html.escape(text)}</span>' if (text := _flags(figure, lang)) else ""
        anchor = f'<li id="row-{figure["key"]}"><a href="#{figure["key"]}">[{number}]</a> '
        if not figure["stated"]:
            anchor = f'<li id="{figure["key"]}">[{number}] '
        items.append(
            f"{anchor}"
            f"{html.escape(_statement(figure, lang))}"
            f'<span class="soft">{html.escape(_details(figure, lang))}</span>{doubt}</li>'
        )
    found = words.say(f"{len(figures)} số liệu", f"{len(figures)} figures", lang)
    listed = f"<ol>{''.join(items)}</ol>" if items else f'<p class="empty">{words.say(*_EMPTY, lang)}</p>'
    source = html.escape(_source(report, lang))
    text = mark(report.text, [figure for figure in figures if figure["stated"]])
    if report.url.startswith(("http://", "https://")):
        source += f' · <a href="{html.escape(report.url)}">{html.escape(report.url.split("/")[2])}</a>'
    return (
        f'<p class="source">{source}</p><main><section><div class="text">{text}</div></section>'
        f'<section class="figures"><h2>{found}</h2>{listed}</section></main>'
    )


def mark(text: str, figures: Iterable[Mapping]) -> str:
    """The text as HTML with each figure's words marked; spans may overlap, and each figure's key is an anchor.

    >>> print(mark("Hộ nghèo 5%, giảm 1%", [{"key": "a", "start": 9, "end": 11, "flags": ""}]))
    Hộ nghèo <mark id="a">5%<a href="#row-a">1</a></mark>, giảm 1%
    """
    numbered = list(enumerate(figures, 1))
    edges = sorted({0, len(text), *(int(figure[edge]) for _, figure in numbered for edge in ("start", "end"))})
    pieces = []
    for low, high in itertools.pairwise(edges):
        piece = html.escape(text[low:high], quote=False)
        here = [(number, figure) for number, figure in numbered if figure["start"] <= low and high <= figure["end"]]
        if not here:
            pieces.append(piece)
            continue
        starting = [figure["key"] for _, figure in here if figure["start"] == low]
        ending = [(number, figure["key"]) for number, figure in here if figure["end"] == high]
        doubt = ' class="doubt"' if any(figure["flags"] for _, figure in here) else ""
        anchor = f' id="{starting[0]}"' if starting else ""
        others = "".join(f'<span id="{key}"></span>' for key in starting[1:])
        links = "".join(f'<a href="#row-{key}">{number}</a>' for number, key in ending)
        pieces.append(f"<mark{anchor}{doubt}>{others}{piece}{links}</mark>")
    return "".join(pieces)


def _source(report: Report, lang: str) -> str:
    return ", ".join(part for part in (report.publisher, words.format_date(report.published, lang)) if part)


def _statement(figure: Mapping, lang: str) -> str:
    """One figure in a line: "huyện Ba Chẽ: Tỷ lệ hộ nghèo 0,9% (năm 2020, thực hiện)"."""
    from analysis.indicators import load_catalogue

    indicator = load_catalogue().get(figure["indicator"])
    name = words.say(indicator.name_vi, indicator.name_en, lang) if indicator else figure["indicator"]
    value = words.format_value(figure["value"], figure["unit"], lang)
    for column, sign in (("value_max", "–"), ("of", "/")):
        if figure[column] == figure[column]:
            first = words.format_number(figure["value"], lang=lang)
            value = f"{first}{sign}{words.format_value(figure[column], figure['unit'], lang)}"
            break
    value = " ".join(part for part in (words.qualifier_text(figure["qualifier"], lang), value) if part)
    place = figure["place"] or words.say("(chưa rõ địa bàn)", "(place unknown)", lang)
    when = words.format_period(figure["period"], lang)
    return f"{place}: {name} {value} ({when}, {words.status_text(figure['status'], lang)})"


def _details(figure: Mapping, lang: str) -> str:
    from analysis.definitions import standard_name

    parts = []
    for column, vi, en in _SHARES:
        if figure[column] == figure[column]:
            parts.append(f"{words.format_value(figure[column], 'percent', lang)} {words.say(vi, en, lang)}")
    if figure["members"]:
        parts.append(figure["members"].replace("|", ", "))
    parts += [part for part in (figure["where"], standard_name(figure.get("standard", ""), lang)) if part]
    if figure["rule"]:
        parts.append(words.say("căn cứ: ", "cue: ", lang) + rule_text(figure["rule"], lang))
    return " · ".join(parts)


def _flags(figure: Mapping, lang: str) -> str:
    return words.flags_text(figure["flags"], lang)


def _one_line(text: str) -> str:
    return " ".join(text.split())
