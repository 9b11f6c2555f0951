"""The briefing pack: figures, tables, remarks and sources for chosen places and period, as a Word document and slides.

Which figures and tables a briefing has is decided here; page and type are left to `briefs.document` and
`briefs.slides`, the drawing to `charts`, the comparing to `compare`.
"""

from __future__ import annotations

import datetime
import io
import pathlib
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis import files, words
from analysis.briefs.contents import Briefing, Exhibit, Grid
from analysis.briefs.document import write_document
from analysis.briefs.slides import write_slides

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

FEWEST = 3  # places that a comparison needs to be worth a figure
MOST = 5  # indicators that get a figure of their own when none are named


class BriefingError(ValueError):
    """A briefing that would be empty, or that names a place or indicator without figures."""


def write_briefing(table: pandas.DataFrame, folder: files.Path, **options) -> tuple[pathlib.Path, pathlib.Path]:
    """Write `bao-cao.docx` and `trinh-chieu.pptx` into a folder and return their paths; for options see `compose`."""
    briefing = compose(table, **options)
    targets = pathlib.Path(folder, "bao-cao.docx"), pathlib.Path(folder, "trinh-chieu.pptx")
    for target, write in zip(targets, (write_document, write_slides), strict=True):
        with files.replacing(target) as temporary:
            write(briefing, temporary)
    return targets


def compose(
    table: pandas.DataFrame,
    *,
    period: str,
    province: str | None = None,
    places: Sequence[str] | None = None,
    indicators: Collection[str] | None = None,
    date: str = "",
    **form: str,
) -> Briefing:
    """Choose figures, tables and remarks for the places of a province, or the places named, at one period.

    Without `indicators` those are taken for which at least three places have a comparable figure. `date` is an ISO date
    (today if empty); `form`: agency, parent, town, number, signer. Raises BriefingError when nothing can be compared.
    """
    if not province and not places:
        raise BriefingError("Say for which places: give a province, or a list of places.")
    choice = {"province": province, "places": places, "period": period}
    chosen = _indicators(table, choice, indicators)
    rankings = {name: _ranking(table, name, choice) for name in chosen}
    where = f"tỉnh {province}" if province else f"{len(places)} địa phương"
    if province and province in ("Hà Nội", "TP Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ"):
        where = f"thành phố {province.removeprefix('TP ')}"
    exhibits = tuple(_exhibits(table, rankings, choice))
    used = _used_rows(rankings.values())
    when = words.format_period(period)
    return Briefing(
        title=f"Tình hình một số chỉ tiêu kinh tế - xã hội cấp huyện của {where} {when}"
        if province
        else f"So sánh một số chỉ tiêu kinh tế - xã hội của {where} {when}",
        scope=f"{len(used['place'].unique())} địa phương, {len(chosen)} chỉ tiêu, {when}",
        findings=tuple(f"{exhibit.finding}." for exhibit in exhibits),
        exhibits=exhibits,
        grids=(_grid(rankings, when, where),),
        remarks=tuple(_remarks(rankings)),
        sources=tuple(_sources(table[table["key"].isin(set(used["key"]))])),
        date_words=_date_words(date or datetime.date.today().isoformat()),
        **form,
    )


def _indicators(table: pandas.DataFrame, choice: dict, asked: Collection[str] | None) -> list[str]:
    """The indicators asked for, else those with enough comparable places, most places first."""
    counts = {}
    candidates = list(asked or _catalogued(table))
    for name in candidates:
        counts[name] = len(_ranking(table, name, choice))
    if asked and (empty := [name for name in asked if not counts[name]]):
        raise BriefingError(f"There are no figures of {', '.join(empty)} for these places and {choice['period']}.")
    enough = [name for name in candidates if counts[name] >= (1 if asked else FEWEST)]
    if not enough:
        raise BriefingError(
            f"No indicator has comparable figures of {FEWEST} or more of these places for {choice['period']}; "
            "choose another period, more places, or name the indicators."
        )
    return enough if asked else sorted(enough, key=lambda name: -counts[name])[:MOST]


def _catalogued(table: pandas.DataFrame) -> list[str]:
    from analysis.indicators import load_catalogue

    present = set(table["indicator"])
    return [name for name in load_catalogue() if name in present]


def _ranking(table: pandas.DataFrame, indicator: str, choice: dict) -> pandas.DataFrame:
    from analysis import compare

    found = compare.rank(table, indicator, **choice)
    return found[found["compared"]] if len(found) else found


def _exhibits(table: pandas.DataFrame, rankings: dict[str, pandas.DataFrame], choice: dict) -> Iterator[Exhibit]:
    """A ranking for each indicator, a scorecard of all, results against plans: those that have enough rows."""
    from analysis import charts, compare

    for ranking in rankings.values():
        yield _exhibit(charts.ranked_bars, ranking)
    if len(rankings) > 1:
        bands = compare.quartiles(table, list(rankings), **choice)
        if bands["quartile"].notna().any():
            yield _exhibit(charts.scorecard, bands)
    for name in rankings:
        plans = compare.plan_actual(table, name, **choice)
        plans = plans[plans["actual"].notna() & plans["done_pct"].notna()]
        if len(plans) >= FEWEST:
            yield _exhibit(charts.bullet, plans)


def _exhibit(draw: Callable[..., Figure], comparison: pandas.DataFrame) -> Exhibit:
    first, measure, *rest = draw(comparison).alt_text.split("\n")
    return Exhibit(
        finding=first.partition(". ")[2].rstrip("."),
        measure=measure.rstrip("."),
        source=next((line for line in rest if line.startswith("Nguồn:")), "Nguồn: xem danh mục."),
        caveats=tuple(line for line in rest if line.startswith("Ghi chú:")),
        alt_text="\n".join([first, measure, *rest]),
        page_picture=_picture(draw(comparison, title=" ")),
        slide_picture=_picture(draw(comparison, title=" ", size="slide")),
    )


def _picture(figure: Figure) -> bytes:
    """The figure without mark, title and source lines, which the page sets as text, trimmed to what is drawn."""
    figure.artists[0].remove()
    source = [text.get_position()[1] for text in figure.texts if text.get_text().startswith("Nguồn:")]
    for text in list(figure.texts):
        if source and text.get_position()[1] <= source[0]:
            text.remove()
    made = io.BytesIO()
    figure.savefig(made, format="png", dpi=220, bbox_inches="tight", pad_inches=0.04, metadata={"Software": None})
    return made.getvalue()


def _grid(rankings: dict[str, pandas.DataFrame], when: str, where: str) -> Grid:
    """Places by indicators, in the order of the first indicator; a figure that nobody collected is "..."."""
    from analysis.indicators import load_catalogue

    catalogue = load_catalogue()
    places = list(dict.fromkeys(place for ranking in rankings.values() for place in ranking["place"]))
    values = {
        name: dict(zip(ranking["place"], _column(ranking["value"]), strict=True)) for name, ranking in rankings.items()
    }
    units = {name: words.unit_text(ranking["unit"].iloc[0]) for name, ranking in rankings.items()}
    head = ("STT", "Địa phương", *(f"{catalogue[name].name_vi} ({units[name]})" for name in rankings))
    rows = tuple(
        (str(number), place, *(values[name].get(place, words.NOT_COLLECTED) for name in rankings))
        for number, place in enumerate(places, 1)
    )
    width = (1 - 0.08 - 0.26) / len(rankings)
    used = _used_rows(rankings.values())
    titles = list(dict.fromkeys(used["source_title"]))
    source = f"Nguồn: {'; '.join(titles[:2])}" + (f"; và {len(titles) - 2} nguồn khác" if len(titles) > 2 else "") + "."
    dots = ("Ghi chú: “...” là chưa thu thập được số liệu.",)
    missing = any(words.NOT_COLLECTED in row for row in rows)
    return Grid(
        f"Một số chỉ tiêu theo địa phương, {where}, {when}",
        head,
        rows,
        (0.08, 0.26, *(width,) * len(rankings)),
        (False, False, *(True,) * len(rankings)),
        source,
        dots if missing else (),
    )


def _column(values: pandas.Series) -> list[str]:
    """The numbers of a column with the decimals that its finest number has, at most two."""
    decimals = next(digits for digits in (0, 1, 2) if digits == 2 or (values.round(digits) - values).abs().max() < 1e-9)
    return [words.format_number(value, decimals) for value in values]


def _remarks(rankings: dict[str, pandas.DataFrame]) -> Iterator[str]:
    """The definition that each indicator follows, then the meaning of every caveat that the figures carry."""
    from analysis.drawing.captions import standard_text
    from analysis.indicators import load_catalogue

    catalogue = load_catalogue()
    standards: dict[str, list[str]] = {}
    for name, ranking in rankings.items():
        for standard in sorted(set(ranking["standard"]) - {""}):
            standards.setdefault(standard, []).append(catalogue[name].name_vi)
    for standard, names in standards.items():
        yield (
            f"{', '.join([names[0], *map(words.first_lower, names[1:])])} tính theo "
            f"{standard_text(standard)}; không so sánh trực tiếp với số liệu theo chuẩn khác."
        )
    used = _used_rows(rankings.values())
    flags = sorted({flag for flags in used["flags"] for flag in flags.split("|") if flag})
    for flag in flags:
        places = list(
            dict.fromkeys(used.loc[used["flags"].str.split("|").map(lambda f, flag=flag: flag in f), "place"])
        )
        yield f"{words.flag_meaning(flag)} ({', '.join(places[:4])}{'…' if len(places) > 4 else ''})"
    yield "Số liệu lấy đúng như nguồn công bố; thiếu số liệu không có nghĩa là bằng không."


def _sources(rows: pandas.DataFrame) -> Iterator[str]:
    """Title, publisher, date and address of each source, once."""
    for row in rows.drop_duplicates(["source_title", "url"]).itertuples():
        where = ", ".join(filter(None, [row.publisher, words.format_date(row.published)]))
        yield ". ".join(filter(None, [row.source_title.rstrip("."), where, row.url])) + ("" if row.url else ".")


def _used_rows(rankings) -> pandas.DataFrame:
    import pandas

    return pandas.concat(list(rankings), ignore_index=True)


def _date_words(iso: str) -> str:
    """A date as the head of a document writes it; days below 10 and the months 1 and 2 have a zero.

    >>> _date_words("2024-03-05"), _date_words("2024-02-15")
    ('ngày 05 tháng 3 năm 2024', 'ngày 15 tháng 02 năm 2024')
    """
    date = datetime.date.fromisoformat(iso)
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02} tháng {month} năm {date.year}"
