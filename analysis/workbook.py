"""The Excel workbook: a tidy table as a statistics office would publish it, each number leading to its source.

It chooses rows, puts the pages together and writes the file whole or not at all. What a page holds stands in
`sheets.tables`, `sheets.summaries`, `sheets.trends` and `sheets.lists`; how it becomes a sheet in
`sheets.pages`. The workbook calculates nothing that the table and `compare` do not.
"""

from __future__ import annotations

import datetime
import errno
import os
import pathlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from analysis import files, words
from analysis.sheets.edition import FORMS, Edition, WorkbookError, choose, compose
from analysis.sheets.pages import MAX_ROWS, Page, Press

if TYPE_CHECKING:
    import pandas

    from analysis.reports import Report

__all__ = ["WorkbookError", "write_workbook"]


def write_workbook(
    table: pandas.DataFrame,
    path: str | os.PathLike[str],
    *,
    places: str | Iterable[str] | None = None,
    indicators: str | Iterable[str] | None = None,
    periods: str | int | Iterable[str | int] | None = None,
    lang: str = "vi",
    reports: Iterable[Report] | None = None,
    form: str = "full",
    progress: bool = True,
    title: str = "",
    issuer: str = "",
    contact: str = "",
    date: datetime.date | None = None,
    findings: pandas.DataFrame | None = None,
    evidence: bool | None = None,
    catalogue: Any = None,
    rows_per_sheet: int = MAX_ROWS,
) -> pathlib.Path:
    """Write a tidy table as a workbook and give back its path.

    `places` are names with type, official codes, or a province for all its districts; `indicators` are ids; `periods`
    are periods of the table, years, or "2019-2023". `lang` is "vi", "en" or "vi-en". `form` is "full" (all sheets),
    "comparison" (the places of one list side by side: no findings, no dictionary) or "profile" (one place). `reports`
    add those in which nothing was found to the list of sources; `findings` come from `checks.find` when not given.
    Where the folder `evidence` stands beside the workbook, its pages are linked; `evidence=True` links those of all
    reports, to be made afterwards, False none. Raises WorkbookError with a sentence
    that says what to do; an older workbook at `path` stays whole then.
    """
    target = pathlib.Path(path)
    _check(target, lang, form)
    catalogue = catalogue if catalogue is not None else _catalogue()
    chosen, named = choose(table, places=places, indicators=indicators, periods=periods, catalogue=catalogue)
    if form == "profile" and len(named) != 1:
        raise WorkbookError(f'A profile is about one place, but {len(named)} were chosen; write places=["huyện …"].')
    findings = findings if findings is not None else _findings(chosen, catalogue)
    reports = list(reports or ())
    if len(findings):  # those of a figure, and those of a whole report ("undated") that stands here
        shown = {*chosen["report"], *(report.id for report in reports)}
        whole = (findings["key"] == "") & findings["report"].isin(shown)
        findings = findings[whole | findings["key"].isin(chosen["key"])]
    edition = compose(
        chosen,
        catalogue=catalogue,
        chosen=named,
        wanted=_listed(indicators),
        reports=reports,
        lang=lang,
        form=form,
        title=title,
        issuer=issuer,
        contact=contact,
        date=date or datetime.date.today(),
        rows_per_page=rows_per_sheet - 8,
        evidence=_evidence_pages(target, chosen, evidence),
    )
    if not title:
        edition = _retitled(edition)
    with _clear_sentences(target), files.replacing(target) as temporary:
        press = Press(edition.title, {"en": "en-GB"}.get(lang, "vi-VN"), edition.issuer)
        with _bar(progress, len(edition.table)) as bar:
            for page in _pages(edition, table, findings):
                press.print_page(page, bar.update if page.name in edition.data_pages else None)
            press.pack(temporary)
    return target


def _pages(edition: Edition, everything: pandas.DataFrame, findings: pandas.DataFrame) -> Iterator[Page]:
    """All pages in their order; the cover first, though it is made when the others are known."""
    from analysis.sheets import lists
    from analysis.sheets.data import data_pages
    from analysis.sheets.profile import profile_page, series_page
    from analysis.sheets.summaries import others_page, scorecard_page, summary_page
    from analysis.sheets.tables import indicator_pages, lay_out
    from analysis.sheets.trends import ranking_page, trends_page

    cover, profile = edition.short("Bìa", "Cover"), edition.form == "profile"
    names = {
        "summary": edition.short("Hồ sơ", "Profile") if profile else edition.short("Tổng hợp", "Summary"),
        "scorecard": edition.short("Bảng điểm", "Scorecard"),
        "trends": edition.short("Xu hướng", "Trends"),
        "ranking": edition.short("Xếp hạng", "Ranking"),
        "series": edition.short("Chuỗi số liệu", "Series"),
        "others": edition.short("Chỉ tiêu khác", "Other indicators"),
        "findings": edition.short("Rà soát", "Findings"),
        "sources": edition.short("Nguồn", "Sources"),
        "notes": edition.short("Ghi chú", "Notes"),
        "dictionary": edition.short("Từ điển cột", "Dictionary"),
    }
    taken = {cover, *names.values(), *edition.data_pages}
    first = 2 if profile else 3
    tables, tabled, sparse = [], [], []
    for indicator in edition.indicators:
        table = lay_out(edition, indicator, first + len(tables), taken)
        if table is not None and _is_sparse(edition, table):
            sparse.append(table)
        elif table is not None:
            taken.add(table.page)
            table, page = indicator_pages(edition, table)
            tables.append(table)
            tabled.append(page)
    pages: list[tuple[str, Page]] = []
    label = edition.short("Biểu số", "Table")
    if tables:
        if profile:
            pages.append((f"{label} 01", profile_page(edition, everything, tables, names["summary"], 1)))
            pages.append((f"{label} 02", series_page(edition, tables, names["series"], 2)))
        else:
            pages.append((f"{label} 01", summary_page(edition, tables, names["summary"], 1)))
            scorecard = scorecard_page(edition, tables, names["scorecard"], 2)
            if scorecard:
                pages.append((f"{label} 02", scorecard))
            pages += [(f"{label} {table.number:02d}", page) for table, page in zip(tables, tabled, strict=True)]
    if sparse:
        number = first + len(tables)
        pages.append((f"{label} {number:02d}", others_page(edition, sparse, names["others"], number)))
    if tables:
        ranking = ranking_page(edition, tables, names["ranking"]) if edition.form == "comparison" else None
        if ranking:
            pages.append((edition.short("Hình", "Figures"), ranking))
        trends = trends_page(edition, tables, names["trends"], 1 + (len(ranking.charts) if ranking else 0))
        if trends:
            pages.append((edition.short("Hình", "Figures"), trends))
    after: list[tuple[str, Page]] = []
    if edition.form == "full":
        after.append(("", lists.findings_page(edition, findings, names["findings"])))
    data = list(data_pages(edition))
    after += [("", page) for page in data]
    after.append(("", lists.sources_page(edition, names["sources"])))
    after.append(("", lists.notes_page(edition, names["notes"])))
    if edition.form == "full":
        after.append(("", lists.dictionary_page(edition, names["dictionary"])))
    if len(data) > 1:
        edition.remarks.append(
            edition.say(
                f"Số liệu vượt giới hạn dòng của một trang tính nên chia thành {len(data)} trang: "
                f"{', '.join(page.name for page in data)}.",
                f"The data pass the row limit of one sheet and stand on {len(data)} sheets: "
                f"{', '.join(page.name for page in data)}.",
            )
        )
    contents = [(label, page.title, page.name) for label, page in [*pages, *after]]
    yield lists.cover_page(edition, cover, contents, len(findings))
    yield from (page for _label, page in [*pages, *after])


def _is_sparse(edition: Edition, table: Any) -> bool:
    """Whether so few of many places state an indicator that a table of its own would be nearly empty."""
    from analysis.sheets.summaries import FEWEST

    known = {place for place, _column in table.figures} & set(table.places)
    return (
        not edition.chosen_indicators
        and len(edition.places) >= 3
        and len(known) < (FEWEST if len(edition.places) >= 5 else 2)
    )


def _check(target: pathlib.Path, lang: str, form: str) -> None:
    if lang not in words.LANGUAGES:
        raise WorkbookError(f"Unknown language {lang!r}; write one of: {', '.join(words.LANGUAGES)}.")
    if form not in FORMS:
        raise WorkbookError(f"Unknown form {form!r}; write one of: {', '.join(FORMS)}.")
    if target.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{target}: a workbook's name ends in .xlsx; give such a path.")
    if target.is_dir():
        raise WorkbookError(f"{target} is a folder; give the path of a file in it.")
    for lock in (target.parent / f".~lock.{target.name}#", target.parent / f"~${target.name}"):
        if lock.exists():
            raise WorkbookError(
                f"{target} is open in another program (its lock file is {lock.name}); close it there and run again. "
                "The old file is unchanged. If no program has it open, delete the lock file."
            )


class _clear_sentences:
    """Turns what the operating system says about a file into a sentence that says what to do."""

    def __init__(self, target: pathlib.Path) -> None:
        self.target = target

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if not isinstance(error, OSError):
            return
        old = " The old file is unchanged." if self.target.exists() else ""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise WorkbookError(f"{self.target}: the disk is full; free some space and run again.{old}") from error
        if isinstance(error, PermissionError):
            raise WorkbookError(
                f"{self.target} can not be replaced: it is open in another program, or you may not write in "
                f"{self.target.parent}; close it or choose another path.{old}"
            ) from error
        raise WorkbookError(
            f"{self.target} can not be written ({error.strerror or error}); choose another path.{old}"
        ) from error


def _bar(progress: bool, rows: int) -> Any:
    from tqdm.auto import tqdm

    return tqdm(total=rows, desc="workbook", unit="row", disable=not progress or None, leave=False, miniters=500)


def _catalogue() -> Any:
    from analysis.indicators import load_catalogue

    return load_catalogue()


def _findings(table: pandas.DataFrame, catalogue: Any) -> pandas.DataFrame:
    from analysis import checks

    return checks.find(table, catalogue)


def _evidence_pages(target: pathlib.Path, table: pandas.DataFrame, wanted: bool | None) -> frozenset[str]:
    """The reports whose evidence page stands beside the workbook, or will."""
    if wanted is not None:
        return frozenset(table.loc[table["origin"] == "report", "report"].unique() if wanted else ())
    folder = target.parent / "evidence"
    if not folder.is_dir():
        return frozenset()
    there = {page.stem for page in folder.glob("*.html")}
    return frozenset(name for name in table["report"].unique() if name in there)


def _listed(values: str | Iterable[str] | None) -> list[str]:
    return [] if values is None else [values] if isinstance(values, str) else list(values)


def _retitled(edition: Edition) -> Edition:
    from dataclasses import replace

    provinces = list(dict.fromkeys(place.province for place in edition.places))
    where = provinces[0] if len(provinces) == 1 else ""
    if edition.form == "profile":
        name = edition.places[0].name
        title = edition.say(f"Hồ sơ số liệu {name}, {where}", f"Data profile: {name}, {where}")
    elif edition.form == "comparison":
        title = edition.say("So sánh chỉ tiêu giữa các địa bàn", "Places compared")
        title += f": {where}" if where else ""
    else:
        title = edition.say("Số liệu kinh tế – xã hội cấp huyện", "District socio-economic indicators")
        title += f": {where}" if where else ""
    return replace(edition, title=title)
