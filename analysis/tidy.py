"""The one table: figures of reports and of published tables with the same columns, units, places, keys and definitions.

A figure that stands in several sources stays several rows: repetitions name the row they repeat, contradictions share a
conflict id, and one row of each group is *used* by comparisons, by the rule in `RULE`, which a person's decision
overrides. Whether a figure is believable is left to `checks`, what may be compared to `compare`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.corrections import Correction, apply_corrections, keys
from analysis.definitions import LINE_INDICATORS, assign_standards, is_local_line
from analysis.files import DATA
from analysis.periods import bounds, kind
from analysis.places import DISTRICTS_END, load_gazetteer, split_type
from analysis.record import NUMBERS

if TYPE_CHECKING:
    from analysis.indicators import Catalogue
    from analysis.reports import Report

PUBLISHED = DATA / "tables" / "published_figures.csv"

COLUMNS = (
    "key", "origin", "report", "source_title", "publisher", "published", "url",
    "province", "place", "place_code", "level", "indicator", "variant", "unit", "kind", "direction",
    "value", "value_max", "of", "qualifier", "status", "period", "period_kind", "year", "period_start", "period_end",
    "plan_pct", "yoy_pct", "members", "standard", "standard_basis", "quote", "start", "end", "where", "rule", "flags",
    "derived", "duplicate_of", "conflict", "used", "used_because", "remark",
)  # fmt: skip
RULE = (
    ("decision", "quyết định của người phân tích"),
    ("actual", "số thực hiện thay cho số ước"),
    ("printed", "số in trong nguồn thay cho số tính lại"),
    ("exact", "số chính xác thay cho số làm tròn hoặc giới hạn"),
    ("clear", "số rõ ràng, không có cảnh báo và trong khoảng hợp lý"),
    ("published", "nguồn công bố sau"),
    ("quoted", "có câu trích trong báo cáo"),
    ("report", "các nguồn ngang nhau, lấy nguồn đứng trước theo tên"),
    ("position", "số nêu trước trong nguồn"),
    ("key", "các số ngang nhau, lấy theo mã"),
)
"""How the used row of several is chosen, first difference decides: a decision, actual before estimate, printed before
derived, exact before rounded or bounded, without doubts before doubtful, later before earlier publication (undated
last), a report's sentence before a table's cell; then the name of the source, the place in it, and the key, so that the
choice never depends on the order of the rows."""

_DOUBTS = frozenset({
    "weak_cue", "number_unclear", "implausible", "arithmetic_mismatch", "decimal_point", "subgroup", "scope_inferred",
    "ambiguous_plan", "unit_inferred", "ocr", "place_inferred", "period_inferred", "status_inferred", "header_inferred",
    "contested",
})  # fmt: skip
_STARS = re.compile(r"\b([345]) sao\b(?!.*\b[345] sao\b)", re.IGNORECASE | re.DOTALL)
_NOT_COMPARED = {
    "subgroup": "chỉ tính cho một nhóm, không phải toàn địa bàn",
    "table_unmatched": "chưa nhận ra chỉ tiêu của bảng",
}


def tidy(
    observations: pd.DataFrame | None,
    reports: Iterable[Report] | None = None,
    published: pd.DataFrame | str | Path | None = None,
    corrections: Iterable[Correction] | pd.DataFrame | str | Path | None = None,
    catalogue: Catalogue | None = None,
) -> pd.DataFrame:
    """One row per figure with the columns COLUMNS, in a fixed order; a missing text is "", a missing number NaN.

    `observations` come from `extract`, `reports` give them title, publisher, date and address, `published` are figures
    from `read_published` (or its path), `corrections` people's decisions. Raises CorrectionError when one does not fit.
    """
    if isinstance(published, str | Path):
        published = read_published(published)
    parts = [_of_reports(observations, reports), _of_tables(published)]
    parts = [part for part in parts if len(part)]
    if not parts:
        return _typed(pd.DataFrame(columns=list(COLUMNS)))
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)
    table = apply_corrections(table, corrections).reset_index(drop=True)
    _fill_catalogue(table, catalogue)
    _fill_periods(table)
    _fill_places(table)
    _fill_definitions(table)
    _mark_redrawn(table)
    _choose(table)
    return _typed(table)


def read_published(path: str | Path = PUBLISHED) -> pd.DataFrame:
    """The published figures of a CSV file as rows like observations, with their source, standard and remark.

    `report` becomes a short id of the source, `where` the file and line. Raises ValueError when a column is missing
    or a number can not be read, naming the line.
    """
    path = Path(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        lines, rows = [], []
        for row in reader:
            if row:
                lines.append(reader.line_num)
                rows.append(row)
    needed = {"province", "district", "level", "indicator", "value", "unit", "period", "source_title", "source_url"}
    if needed - set(header):
        missing = ", ".join(sorted(needed - set(header)))
        raise ValueError(f"{path}: the column(s) {missing} are missing from the header; add them.")
    raw = pd.DataFrame(rows, columns=header, dtype="str")
    optional = ("variant", "of", "status", "qualifier", "standard", "derived")
    for name in (*optional, "source_publisher", "source_date", "note"):
        if name not in raw:
            raw[name] = ""
    found = pd.DataFrame({"report": _source_ids(raw["source_url"].where(raw["source_url"] != "", raw["source_title"]))})
    found["place"] = raw["district"].where(raw["district"] != "", _province_names(raw["province"]))
    found["place_code"] = ""
    for name in ("province", "level", "indicator", "variant", "unit", "qualifier", "status", "period", "standard"):
        found[name] = raw[name]
    for name in ("value", "of"):
        numbers = pd.to_numeric(raw[name].where(raw[name] != ""), errors="coerce")
        bad = numbers.isna() & (raw[name] != "")
        if bad.any():
            at = int(np.flatnonzero(bad)[0])
            raise ValueError(f"{path}, line {lines[at]}: {name} {raw[name].iloc[at]!r} is no number; mend the cell.")
        found[name] = numbers.astype("float64")
    for name in ("value_max", "plan_pct", "yoy_pct", "start", "end"):
        found[name] = np.nan
    for name in ("members", "quote", "flags"):
        found[name] = ""
    found["rule"] = "published_table"
    found["where"] = [f"{path.name}, dòng {line}" for line in lines]
    found["origin"] = "published"
    found["source_title"], found["publisher"] = raw["source_title"], raw["source_publisher"]
    found["published"], found["url"] = raw["source_date"], raw["source_url"]
    found["derived"] = raw["derived"] == "yes"
    found["remark"] = raw["note"]
    return found


def _source_ids(addresses: pd.Series) -> pd.Series:
    """A short name for each source: the host of its address and a few hexadecimal digits."""
    once = pd.Series(addresses.unique(), dtype="str")
    hosts = once.str.extract(r"^(?:https?://)?(?:www\.)?([^/\s]+)", expand=False).fillna("nguon")
    hashed = pd.util.hash_array(once.to_numpy(dtype=object))
    names = {a: f"{h}-{n >> 48:04x}" for a, h, n in zip(once, hosts, hashed.tolist(), strict=True)}
    if len(set(names.values())) < len(names):
        names = {a: f"{h}-{n >> 24:010x}" for a, h, n in zip(once, hosts, hashed.tolist(), strict=True)}
    return addresses.map(names)


def _province_names(provinces: pd.Series) -> pd.Series:
    """Province names with their type, as on the old map; an unknown one stays as it is."""
    gazetteer = load_gazetteer()
    names = {}
    for province in provinces.unique():
        found = gazetteer.candidates(province, level="province")
        names[province] = found[0].name if province and found else province
    return provinces.map(names)


def _of_reports(observations: pd.DataFrame | None, reports: Iterable[Report] | None) -> pd.DataFrame:
    """The observations with key, origin and the identity of their reports."""
    if observations is None or not len(observations):
        return pd.DataFrame()
    table = observations.copy()
    for name in NUMBERS:
        table[name] = pd.to_numeric(table[name], errors="coerce").astype("float64")
    for name in table.columns.difference([*NUMBERS, "start", "end"]):
        table[name] = table[name].fillna("").astype("str")
    if "key" not in table:
        table["key"] = keys(table)
    identity = {report.id: report for report in reports or ()}
    table["origin"] = "report"
    for column, name in (
        ("source_title", "title"), ("publisher", "publisher"), ("published", "published"), ("url", "url"),
        ("province", "province"),
    ):  # fmt: skip
        table[column] = _looked_up(table["report"], {id: getattr(report, name) for id, report in identity.items()})
    table["derived"] = _has_any(table["flags"], {"derived"})
    for name in ("standard", "remark"):
        table[name] = ""
    return _with_star_totals(table)


def _with_star_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Products counted star by star: the parts become subgroups, their sum a derived row where no total is stated."""
    products = table[table["indicator"] == "ocop_products"]
    stars = products["quote"].str.extract(_STARS, expand=False)
    added, parts = [], []
    same = ["report", "place", "place_code", "level", "variant", "period", "status", "unit"]
    for _, rows in products.groupby(same, sort=False):
        rated = rows[stars[rows.index].notna()]
        if stars[rated.index].nunique() < 2 or stars[rated.index].duplicated().any():
            continue
        parts += list(rated.index)
        if len(rated) < len(rows):
            continue  # the total is stated
        words = [f"{value:g} ({star} sao)" for value, star in zip(rated["value"], stars[rated.index], strict=True)]
        total = rated.iloc[0].to_dict() | {
            "value": rated["value"].sum(), "plan_pct": np.nan, "yoy_pct": np.nan, "members": "", "quote": "",
            "start": np.nan, "end": np.nan, "where": f"cộng của {', '.join(rated['key'])}", "rule": "sum",
            "flags": "derived", "derived": True, "remark": " + ".join(words),
        }  # fmt: skip
        added.append(total)
    if not parts:
        return table
    table.loc[parts, "flags"] = (table.loc[parts, "flags"] + "|subgroup").str.strip("|")
    if not added:
        return table
    totals = pd.DataFrame(added)
    totals["key"] = keys(totals)
    return pd.concat([table, totals], ignore_index=True)


def _of_tables(published: pd.DataFrame | None) -> pd.DataFrame:
    if published is None or not len(published):
        return pd.DataFrame()
    table = published.copy()
    if "key" not in table:
        table["key"] = keys(table, prefix="p-")
    return table


def _has_any(flags: pd.Series, wanted: Iterable[str]) -> pd.Series:
    """Which rows have one of the caveat codes, looked at once per distinct text."""
    wanted = set(wanted)
    codes, texts = pd.factorize(flags)
    hits = np.array([bool(wanted.intersection(text.split("|"))) for text in texts], dtype=bool)
    return pd.Series(hits[codes] if len(texts) else np.zeros(len(flags), dtype=bool), index=flags.index)


def _looked_up(names: pd.Series, words: Mapping[str, str] | pd.Series) -> pd.Series:
    """The word for each name, "" where there is none."""
    codes, once = pd.factorize(names)
    return pd.Series(pd.array([words.get(name, "") for name in once], dtype="str")[codes], index=names.index)


def _fill_catalogue(table: pd.DataFrame, catalogue: Mapping[str, Any] | None) -> None:
    """Kind and direction from the catalogue, and whether the value is outside what it calls plausible (`odd`)."""
    if catalogue is None:
        from analysis.indicators import load_catalogue

        catalogue = load_catalogue()
    for column in ("kind", "direction"):
        words = {name: getattr(indicator, column) for name, indicator in catalogue.items()}
        table[column] = _looked_up(table["indicator"], words)
    low = {name: indicator.plausible[0] for name, indicator in catalogue.items()}
    high = {name: indicator.plausible[1] for name, indicator in catalogue.items()}
    local = table["level"].isin(["district", "commune"])
    table["odd"] = local & ~table["value"].between(table["indicator"].map(low), table["indicator"].map(high))
    table["odd"] |= table["value"] > table["of"]


def _fill_periods(table: pd.DataFrame) -> None:
    codes, periods = pd.factorize(table["period"])
    kinds, years, starts, ends = [], [], [], []
    for period in periods:
        first, last = bounds(period) if period else (None, None)
        kinds.append(kind(period))
        years.append(last.year if last else pd.NA)
        starts.append(pd.Timestamp(first) if first else pd.NaT)
        ends.append(pd.Timestamp(last) if last else pd.NaT)
    table["period_kind"] = pd.array(kinds, dtype="str")[codes]
    table["year"] = pd.array(years, dtype="Int64")[codes]
    table["period_start"] = pd.DatetimeIndex(starts).as_unit("s")[codes]
    table["period_end"] = pd.DatetimeIndex(ends).as_unit("s")[codes]


def _fill_places(table: pd.DataFrame) -> None:
    """Official code, name and province valid at the period, once per distinct place, period and date of publication.

    What stays ambiguous is asked again inside the one province, or the one district, that its report is about.
    """
    asked = ["place", "place_code", "level", "province", "period", "published"]
    _fill_once(table, table.index, asked, _place_of)
    unclear = (table["place_code"] == "") & (table["place"] != "") & (table["origin"] == "report")
    if not unclear.any():
        return
    known = table[(table["place_code"] != "") & table["report"].isin(table.loc[unclear, "report"])]
    home = known[known["level"].isin(["district", "province"])].groupby("report")["province"].agg(_only)
    district = known[known["level"] == "district"].groupby("report")["place_code"].agg(_only)
    table["home"] = _looked_up(table["report"], home)
    table["home_district"] = _looked_up(table["report"], district)
    again = table.index[unclear & (table["home"] != "")]
    _fill_once(table, again, [*asked, "home", "home_district"], _place_near)
    del table["home"], table["home_district"]


def _fill_once(table: pd.DataFrame, rows: pd.Index, asked: list[str], answer: Callable[..., tuple[str, ...]]) -> None:
    """Put place, code, level and province into some rows, asking once per distinct combination of columns."""
    if not len(rows):
        return
    codes, once = _distinct(table.loc[rows, asked])
    answers = [answer(*row) for row in once.itertuples(index=False)]
    for column, values in zip(("place", "place_code", "level", "province"), zip(*answers, strict=True), strict=True):
        table.loc[rows, column] = pd.array(values, dtype="str")[codes]


def _only(values: pd.Series) -> str:
    once = values.unique()
    return once[0] if len(once) == 1 else ""


def _place_of(place, code, level, province, period, published) -> tuple[str, str, str, str]:
    """(place, code, level, province) as the gazetteer has them at the period, else at the date of publication."""
    gazetteer = load_gazetteer()
    if not place or ";" in place or level == "group":
        return place, code, level, province
    for on in dict.fromkeys([period, published, ""]):
        if code:
            named = [p for p in gazetteer.by_code(level, code) if not on or p.stands_on(on)]
            found = named[0] if len(named) == 1 else None
        else:
            found = gazetteer.find(place, on=on, province=province or None).place
            if found is None and province:  # a report of one province may speak of another
                found = gazetteer.find(place, on=on).place
        if found and (not level or found.level == level):
            return found.name, found.code, found.level, found.province if found.level != "country" else ""
    return place, code, level, province


def _place_near(place, code, level, province, period, published, home, district) -> tuple[str, str, str, str]:
    """The same for a name that is ambiguous by itself, near the places that its report speaks of."""
    gazetteer = load_gazetteer()
    kind, short = split_type(place)
    for on in dict.fromkeys([period, published]):
        found = gazetteer.candidates(short, type=kind or None, level=level or None, province=home, on=on or None)
        inside = [p for p in found if district and p.parent == district]
        found = inside or found
        if len({p.code for p in found}) == 1:
            return found[0].name, found[0].code, found[0].level, found[0].province
    return place, code, level, province


def _fill_definitions(table: pd.DataFrame) -> None:
    """Local poverty lines as a variant of their own, and the standard of each row."""
    asked = table.loc[table["variant"] == "", ["indicator", "quote", "province", "year"]]
    asked = asked[asked["indicator"].isin(LINE_INDICATORS)]
    asked = asked.assign(quote=asked["quote"].where(asked["quote"].str.contains("chuẩn", case=False, regex=False), ""))
    asked = asked.assign(year=asked["year"].fillna(0).astype("int64"))
    codes, once = _distinct(asked)
    local = np.array([is_local_line(*row) for row in once.itertuples(index=False)], dtype=bool)[codes]
    table.loc[asked.index[local], "variant"] = "local_line"
    given = table["standard"].fillna("") != ""
    standards = assign_standards(table.assign(standard=""))
    same = given & (standards["standard"] == table["standard"])
    table["standard_basis"] = standards["standard_basis"].where(~given | same, "stated")
    table["standard"] = table["standard"].where(given, standards["standard"])
    tables = (table["origin"] == "published") & ~given  # their collectors left open what the page leaves open
    tables &= table["indicator"].isin(_judged_by_collectors(table, given))
    table.loc[tables, ["standard", "standard_basis"]] = ""


def _mark_redrawn(table: pd.DataFrame) -> None:
    """The caveat `boundary_changed` on figures of provinces that kept name and code in July 2025 but not their land."""
    after = (table["level"] == "province") & (table["period_end"] >= pd.Timestamp(DISTRICTS_END))
    if not after.any():
        return
    redrawn = after & table["place_code"].isin(load_gazetteer().redrawn)
    redrawn &= ~_has_any(table["flags"], {"boundary_changed"})
    table["flags"] = table["flags"].mask(redrawn, (table["flags"] + "|boundary_changed").str.strip("|"))


def _judged_by_collectors(table: pd.DataFrame, given: pd.Series) -> set[str]:
    return set(table.loc[given & (table["origin"] == "published"), "indicator"])


def place_ids(table: pd.DataFrame) -> pd.Series:
    """One text per row that is equal for rows about one place; a place without name is its report's own.

    Codes alone do not do: provinces of before and after July 2025 share some of them.
    """
    name = table["place_code"].where(table["place_code"] != "", table["place"])
    place = table["level"] + "|" + table["province"] + "|" + name
    return place.where(table["place"] != "", "report|" + table["report"])


def _choose(table: pd.DataFrame) -> None:
    """Groups of rows about the same thing: which repeat each other, which contradict, which one is used and why."""
    count = len(table)
    place = place_ids(table)
    nameless = table["place"] == ""
    result = table["status"].where(table["status"] != "estimate", "actual")
    same = [table[column] for column in ("indicator", "variant", "unit", "period", "standard")]
    group = _numbered(place, result, *same)
    reasons = pd.Series("", index=table.index, dtype="str")
    reasons = reasons.mask(table["value"].isna(), "không có giá trị số")
    reasons = reasons.mask(table["period"] == "", "không rõ thời kỳ")
    reasons = reasons.mask(nameless, "không rõ địa bàn")
    reasons = reasons.mask(table["indicator"] == "", "chưa nhận ra chỉ tiêu")
    for flag, reason in _NOT_COMPARED.items():
        reasons = reasons.mask(_has_any(table["flags"], {flag}), reason)
    excluded = (reasons != "").to_numpy()
    group[excluded] = count + np.flatnonzero(excluded)  # each alone
    date = pd.factorize(table["published"], sort=True)[0]
    ranks = {
        "decision": table["decision"] == "",
        "actual": table["status"] == "estimate",
        "printed": table["derived"].astype(bool),
        "exact": ~table["qualifier"].isin(["=", ""]) | table["value_max"].notna(),
        "clear": _has_any(table["flags"], _DOUBTS) | table["odd"],
        "published": -date,
        "quoted": table["quote"] == "",
        "report": pd.factorize(table["report"], sort=True)[0],
        "position": table["start"].fillna(0),
        "key": _order(table["key"], group),
    }
    ranks = {name: np.asarray(rank, dtype=np.int64) for name, rank in ranks.items()}
    rule = list(ranks.values())
    best = _heads(group, rule)
    value, top = table["value"].to_numpy(), table["value_max"].fillna(-1.0).to_numpy()
    differs = ~excluded & ~((np.abs(value - value[best]) <= 1e-9) & (top == top[best]))
    # of rows that state the best value, the one whose sentence can be shown
    sentence_first = [ranks[name] for name in ("decision", "actual", "exact", "quoted")]
    chosen = _heads(group, [differs, *sentence_first, *rule])

    here = np.arange(count)
    other = chosen != here
    names = table["key"].to_numpy(dtype=object)
    status = table["status"].to_numpy(dtype=object)
    twin = other & ~differs
    against = differs & (status == status[chosen]) & ~_agree(table, chosen)
    table["duplicate_of"] = np.where(twin, names[chosen], _earlier_twins(group, value, top, names, differs))
    in_conflict = np.zeros(count, dtype=bool)
    in_conflict[chosen[against]] = True
    in_conflict |= against | (twin & in_conflict[chosen])
    table["conflict"] = np.where(in_conflict, "c" + names[chosen], "")
    table["used"] = ~other & ~excluded

    words = np.where(pd.Series(group).duplicated(keep=False), "các nguồn thống nhất", "số liệu duy nhất").astype(object)
    rival = _heads(np.where(differs, group, count * 2 + here), rule)  # the best row of another value
    rivals = np.flatnonzero(differs & (rival == here))
    because = np.array([words for _, words in RULE], dtype=object)
    unlike = np.stack([rank[rivals] != rank[best[rivals]] for rank in rule]) if len(rivals) else np.zeros((1, 0), bool)
    words[chosen[rivals]] = because[unlike.argmax(axis=0)]
    made = table["decision"].to_numpy(dtype=object)
    words = np.where(made != "", "quyết định của người phân tích: " + made, words)
    because_other = np.where(twin, "trùng với dòng được dùng", "dòng khác được dùng: " + words[chosen])
    table["used_because"] = np.where(excluded, "không dùng: " + reasons, np.where(other, because_other, words))
    flagged = pd.Series(in_conflict, index=table.index) & ~_has_any(table["flags"], {"conflict"})
    table["flags"] = table["flags"].mask(flagged, (table["flags"] + "|conflict").str.strip("|"))


def _order(names: pd.Series, group: np.ndarray) -> np.ndarray:
    """The alphabetical rank of names; names of rows that are alone in their group need none and get 0."""
    shared = pd.Series(group).duplicated(keep=False).to_numpy()
    ranks = np.zeros(len(names), dtype=np.int64)
    ranks[shared] = pd.factorize(names[shared], sort=True)[0]
    return ranks


def _heads(group: np.ndarray, ranks: list[np.ndarray]) -> np.ndarray:
    """For each row the position of the first row of its group, in the order of the ranks, the gravest first."""
    order = np.lexsort([*ranks[::-1], group])
    ordered = group[order]
    first = np.append(True, ordered[1:] != ordered[:-1])
    heads = np.empty(len(group), dtype=np.int64)
    heads[order] = order[np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))]
    return heads


def _distinct(rows: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """The number of the combination that each row has, and the combinations in the order of their numbers."""
    codes = _numbered(*(rows[column] for column in rows))
    return codes, rows.iloc[np.unique(codes, return_index=True)[1]]


def _numbered(*columns: pd.Series) -> np.ndarray:
    """A number for each distinct combination of values, from 0 in the order in which they come."""
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        combined = pd.factorize(combined * (len(values) + 1) + codes)[0]
    return combined


def _agree(table: pd.DataFrame, chosen: np.ndarray) -> np.ndarray:
    """Whether a row's bound, rounding or range holds for the chosen row's value, so that the two do not contradict."""
    mine, its = table["value"].to_numpy(), table["value"].to_numpy()[chosen]
    sign, its_sign = (table["qualifier"].to_numpy(dtype=object)[at] for at in (slice(None), chosen))
    top, its_top = (table["value_max"].to_numpy()[at] for at in (slice(None), chosen))
    with np.errstate(invalid="ignore"):
        near = np.abs(mine - its) <= 0.05 * np.maximum(np.abs(mine), np.abs(its))
        above = (np.isin(sign, [">", ">="]) & (its >= mine)) | (np.isin(its_sign, [">", ">="]) & (mine >= its))
        below = (np.isin(sign, ["<", "<="]) & (its <= mine)) | (np.isin(its_sign, ["<", "<="]) & (mine <= its))
        round_about = ((sign == "~") | (its_sign == "~")) & near
        within = ((mine <= its) & (its <= top)) | ((its <= mine) & (mine <= its_top))
    return above | below | round_about | within


def _earlier_twins(group, value, top, names, wanted) -> np.ndarray:
    """For rows that lost: the key of an earlier row of their group with the same value, or ""."""
    answer = np.full(len(group), "", dtype=object)
    at = np.flatnonzero(wanted)
    if len(at):
        rows = pd.DataFrame({"group": group[at], "value": value[at], "top": top[at], "at": at})
        first = rows.groupby(["group", "value", "top"], dropna=False)["at"].transform("min").to_numpy()
        again = first != at
        answer[at[again]] = names[first[again]]
    return answer


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """The columns COLUMNS with their types."""
    for name in COLUMNS:
        if name in NUMBERS:
            table[name] = pd.to_numeric(table[name], errors="coerce").astype("float64")
        elif name in ("start", "end", "year"):
            table[name] = pd.to_numeric(table[name], errors="coerce").astype("Int64")
        elif name in ("derived", "used"):
            table[name] = table[name].astype("bool")
        elif name in ("period_start", "period_end"):
            table[name] = pd.to_datetime(table[name]).dt.as_unit("s")
        else:
            table[name] = table[name].fillna("").astype("str")
    return table[list(COLUMNS)]
