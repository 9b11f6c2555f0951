"""The review queue: what in the tidy table does not add up, is hardly possible, or was not understood.

Each check looks at figures of one source, of one place over time, or of one date, and answers with findings: a code,
the row to look at and a sentence that names report and figure. Nothing is changed; what to do is a person's decision
(`corrections`). A finding is a question, not a verdict: reports do contradict themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.text import fold
from analysis.tidy import place_ids
from analysis.words import flag_meaning, flag_text, format_date, format_number, format_period, format_value

COLUMNS = ("code", "severity", "key", "report", "place", "indicator", "period", "sentence")
CODES: dict[str, tuple[str, str, str]] = {
    "over_whole": ("error", "phần lớn hơn tổng", "a part exceeds its whole"),
    "share_mismatch": ("warning", "tỷ lệ không khớp với số đếm", "a share disagrees with its counts"),
    "sum_mismatch": ("warning", "các phần không bằng tổng", "parts do not add up to the total"),
    "change_mismatch": ("warning", "mức thay đổi không khớp hai mức", "a change disagrees with its two levels"),
    "plan_mismatch": ("warning", "% kế hoạch không khớp với kế hoạch", "the share of plan disagrees with the plan"),
    "growth_mismatch": ("warning", "% so cùng kỳ không khớp kỳ trước", "a growth disagrees with its base"),
    "households_mismatch": ("warning", "hai tỷ lệ ứng với hai tổng số hộ", "two rates imply two household totals"),
    "ladder": ("error", "thứ bậc nông thôn mới bị đảo", "more advanced than new-rural communes"),
    "implausible": ("warning", "ngoài khoảng hợp lý", "outside the plausible range"),
    "impossible_share": ("error", "tỷ lệ ngoài 0–100%", "a share outside 0–100%"),
    "magnitude": ("warning", "lệch bậc so với các năm khác", "a different order of magnitude than other years"),
    "part_of_year": ("warning", "một phần năm lớn hơn cả năm", "a part of the year exceeds the year"),
    "conflict": ("warning", "các nguồn khác nhau", "sources differ"),
    "same_figure": ("info", "một con số ở hai thời kỳ", "one figure at two periods"),
    "future": ("warning", "số thực hiện của kỳ chưa đến", "an actual figure of a period still to come"),
    "place_open": ("warning", "chưa xác định được địa bàn", "the place is open"),
    "place_ended": ("info", "cấp huyện đã kết thúc", "the district level has ended"),
    "period_open": ("warning", "không rõ thời kỳ", "the period is open"),
    "standard_open": ("info", "không rõ chuẩn", "the standard is open"),
    "doubt": ("warning", "cần xem lại câu trích", "the words need a second look"),
    "undated": ("info", "không rõ ngày đăng", "the date of publication is open"),
    "unmatched": ("info", "chưa nhận ra chỉ tiêu", "the indicator was not recognised"),
}
"""For each code its severity, its label in Vietnamese and in English."""

_FLAG_OF = {
    "over_whole": "arithmetic_mismatch", "share_mismatch": "arithmetic_mismatch", "sum_mismatch": "arithmetic_mismatch",
    "change_mismatch": "arithmetic_mismatch", "plan_mismatch": "arithmetic_mismatch",
    "growth_mismatch": "arithmetic_mismatch", "households_mismatch": "arithmetic_mismatch",
    "ladder": "arithmetic_mismatch", "part_of_year": "arithmetic_mismatch", "implausible": "implausible",
    "impossible_share": "implausible", "magnitude": "implausible", "conflict": "conflict",
}  # fmt: skip
_SEVERITIES = ("error", "warning", "info")
_DOUBTS = ("number_unclear", "decimal_point", "ambiguous_plan", "two_plans", "arithmetic_mismatch", "weak_cue", "ocr")
_SHARES = (  # share, count, whole
    ("poverty_rate", "poor_households", "households_total"),
    ("near_poverty_rate", "near_poor_households", "households_total"),
    ("multidimensional_poverty_rate", "poor_and_near_poor_households", "households_total"),
    ("ntm_commune_share", "ntm_communes", "communes_total"),
)
_SUMS = (  # total, parts
    ("poor_and_near_poor_households", "poor_households", "near_poor_households"),
    ("multidimensional_poverty_rate", "poverty_rate", "near_poverty_rate"),
)
_LADDER = (  # at most as many as
    ("ntm_advanced_communes", "ntm_communes"),
    ("ntm_model_communes", "ntm_advanced_communes"),
    ("ntm_communes", "communes_total"),
    ("poor_households", "households_total"),
    ("near_poor_households", "households_total"),
    ("ethnic_minority_poor_households", "poor_households"),
    ("ethnic_minority_households", "households_total"),
)
_CAN_EXCEED = frozenset({"growth_rate", "public_investment_disbursement_rate", "natural_population_growth"})
_SOURCE = ["report", "place_id", "period", "result", "standard"]


def find(table: pd.DataFrame, catalogue: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """All findings about a tidy table, the gravest first, then in the order of the rows; sentences are Vietnamese."""
    if catalogue is None:
        from analysis.indicators import load_catalogue

        catalogue = load_catalogue()
    if not len(table):
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    rows = table.reset_index(drop=True)
    result = rows["status"].where(rows["status"] != "estimate", "actual")
    rows = rows.assign(place_id=place_ids(rows), result=result, at=np.arange(len(rows)))
    say = _Speaker(rows, catalogue)
    found = [(code, at, sentence) for check in _CHECKS for code, at, sentence in check(rows, say, catalogue)]
    found.sort(key=lambda f: (_SEVERITIES.index(CODES[f[0]][0]), f[1], f[0], f[2]))
    found = list(dict.fromkeys(found))
    at = [f[1] for f in found]
    answer = rows.loc[at, ["key", "report", "place", "indicator", "period"]].reset_index(drop=True)
    answer.insert(0, "code", [f[0] for f in found])
    answer.insert(1, "severity", [CODES[f[0]][0] for f in found])
    answer["sentence"] = [f[2] for f in found]
    return answer.astype("str")


def mark(table: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The table with a caveat on each row that a finding is about, so that charts and workbooks carry it."""
    added = findings.assign(flag=findings["code"].map(_FLAG_OF)).dropna(subset="flag")
    added = added.groupby("key")["flag"].agg(lambda flags: "|".join(dict.fromkeys(flags)))
    rows = np.flatnonzero(table["key"].isin(added.index))
    flags = table["flags"].to_numpy(dtype=object).copy()
    for at in rows:
        have = [*filter(None, flags[at].split("|")), *added[table["key"].iat[at]].split("|")]
        flags[at] = "|".join(dict.fromkeys(have))
    return table.assign(flags=pd.array(flags, dtype="str"))


class _Speaker:
    """Says which figure is meant: name of the indicator, place, period, value and source, in Vietnamese."""

    def __init__(self, rows: pd.DataFrame, catalogue: Mapping[str, Any]):
        self.cells = {name: rows[name].to_numpy(dtype=object) for name in _SPOKEN}
        self.names = {id: indicator.name_vi for id, indicator in catalogue.items()}

    def name(self, at: int) -> str:
        indicator = self.cells["indicator"][at]
        return self.names.get(indicator, indicator) or "Một số liệu"

    def value(self, at: int) -> str:
        value, of, unit, sign = (self.cells[name][at] for name in ("value", "of", "unit", "qualifier"))
        if unit == "yes":
            return "đạt" if value == 1 else "chưa đạt"
        text = format_value(value, unit, decimals=_decimals(value))
        if of == of:
            text = f"{format_number(value)}/{format_value(of, unit, decimals=_decimals(of))}"
        return text if sign in ("", "=") else f"{sign} {text}"

    def source(self, at: int) -> str:
        report = self.cells["report"][at]
        return f"báo cáo {report}" if self.cells["origin"][at] == "report" else f"bảng số liệu, nguồn {report}"

    def figure(self, at: int) -> str:
        """As in: Tỷ lệ hộ nghèo của huyện Bắc Mê năm 2021 là 39,53% (báo cáo bac-me-2021)."""
        place, period, status = (self.cells[name][at] for name in ("place", "period", "status"))
        words = [self.name(at)]
        words += [f"của {place}"] if place else []
        words += [format_period(period)] if period else []
        words += [_STATUS[status]] if status in _STATUS else []
        return f"{' '.join(words)} là {self.value(at)} ({self.source(at)})"


_SPOKEN = ("indicator", "place", "period", "status", "value", "of", "unit", "qualifier", "report", "origin")
_STATUS = {"target": "theo kế hoạch", "proposed": "đang đề nghị công nhận", "estimate": "ước tính"}


def _decimals(value: float) -> int:
    """How many decimals a number was written with, at most three."""
    text = f"{value:.3f}".rstrip("0")
    return len(text) - text.index(".") - 1 if value == value else 0


def _step(value: pd.Series) -> np.ndarray:
    """Half a unit of the last decimal that each number was written with."""
    numbers = value.to_numpy(dtype=float)
    step = np.full(len(numbers), 0.005)
    step = np.where(np.abs(numbers * 10 - np.round(numbers * 10)) < 1e-7, 0.05, step)
    return np.where(np.abs(numbers - np.round(numbers)) < 1e-9, 0.5, step)


Finding = tuple[str, int, str]


def _over_whole(rows, say, catalogue) -> Iterator[Finding]:
    for at in np.flatnonzero(rows["value"].to_numpy() > rows["of"].to_numpy()):
        yield "over_whole", int(at), f"{say.figure(at)}: tử số lớn hơn mẫu số."


def _quoted_share(rows, say, catalogue) -> Iterator[Finding]:
    """n of m against the share that the same words print: "78/79 thôn (92%)"."""
    asked = rows[(rows["of"] > 0) & rows["quote"].str.contains("%", regex=False)]
    for at, value, of, quote in zip(asked["at"], asked["value"], asked["of"], asked["quote"], strict=True):
        for printed in re.findall(r"(?:chiếm|tỷ lệ|đạt tỷ lệ|\()[^\d%()/]{0,20}(\d{1,3}(?:[.,]\d+)?)\s*%", fold(quote)):
            share = float(printed.replace(",", "."))
            step = 0.5 * 10 ** -len(re.split("[.,]", printed)[1]) if re.search("[.,]", printed) else 0.5
            true = 100 * value / of
            if abs(true - share) > step * 1.2 and share <= 100:
                exact = format_number(true, 2)
                yield "share_mismatch", at, f"{say.figure(at)}: câu ghi {printed}%, tính lại là {exact}%."


def _rates(rows, say, catalogue) -> Iterator[Finding]:
    """A share against count and whole of the same source, place, period and standard."""
    for share, count, whole in _SHARES:
        rates = rows.loc[rows["indicator"] == share, [*_SOURCE, "variant", "value", "qualifier", "at"]]
        counts = rows.loc[rows["indicator"] == count, [*_SOURCE, "variant", "value", "of", "at"]]
        wholes = rows.loc[(rows["indicator"] == whole) & (rows["variant"] != "rural"), [*_SOURCE[:4], "value"]]
        both = rates.merge(counts, on=[*_SOURCE, "variant"], suffixes=("", "_count"))
        wholes = wholes.rename(columns={"value": "whole"}).drop_duplicates(_SOURCE[:4])
        both = both.merge(wholes, on=_SOURCE[:4], how="left")
        both["whole"] = both["of"].fillna(both["whole"])
        both = both[both["whole"] > 0]
        both["true"] = 100 * both["value_count"] / both["whole"]
        slack = np.where(both["qualifier"] == "=", _step(both["value"]) * 1.2, 0.05 * both["value"].abs() + 0.5)
        for row in both[(both["true"] - both["value"]).abs() > slack].itertuples():
            yield "share_mismatch", row.at, (
                f"{say.figure(row.at)}, nhưng cùng nguồn ghi {format_number(row.value_count)} trên tổng số "
                f"{format_number(row.whole)}, tức {format_number(row.true, 2)}%."
            )


def _households(rows, say, catalogue) -> Iterator[Finding]:
    """Poor and near-poor rates with their counts imply one number of households."""
    implied = []
    for share, count, _ in _SHARES[:2]:
        rates = rows.loc[rows["indicator"] == share, [*_SOURCE, "variant", "value", "qualifier", "derived", "at"]]
        counts = rows.loc[rows["indicator"] == count, [*_SOURCE, "variant", "value", "at"]]
        both = rates.merge(counts, on=[*_SOURCE, "variant"], suffixes=("", "_count"))
        both = both[(both["value"] > 0) & (both["qualifier"] == "=") & ~both["derived"]]
        both["low"] = 100 * both["value_count"] / (both["value"] + _step(both["value"]))
        both["high"] = 100 * both["value_count"] / (both["value"] - _step(both["value"])).clip(lower=1e-9)
        both["total"] = 100 * both["value_count"] / both["value"]
        implied.append(both.drop_duplicates([*_SOURCE, "variant"]))
    pairs = implied[0].merge(implied[1], on=[*_SOURCE, "variant"], suffixes=("", "_near"))
    pairs = pairs[(pairs["low"] > pairs["high_near"] * 1.002) | (pairs["low_near"] > pairs["high"] * 1.002)]
    for row in pairs.itertuples():
        yield "households_mismatch", row.at, (
            f"{say.figure(row.at)} ứng với {format_number(row.total, 0)} hộ, nhưng tỷ lệ hộ cận nghèo "
            f"({say.value(row.at_near)}) ứng với {format_number(row.total_near, 0)} hộ."
        )


def _sums(rows, say, catalogue) -> Iterator[Finding]:
    for total, first, second in _SUMS:
        columns = [*_SOURCE, "variant", "value", "qualifier", "at"]
        chosen = [rows.loc[rows["indicator"] == name, columns] for name in (total, first, second)]
        if total == "multidimensional_poverty_rate":
            chosen[0] = chosen[0][chosen[0]["variant"] != "poor_only"]
        parts = chosen[1].merge(chosen[2], on=[*_SOURCE, "variant"], suffixes=("_1", "_2"))
        both = chosen[0].drop(columns="variant").merge(parts.drop(columns="variant"), on=_SOURCE)
        both["sum"] = both["value_1"] + both["value_2"]
        slack = _step(both["value"]) * 1.2 + np.minimum(_step(both["value_1"]) + _step(both["value_2"]), 0.1)
        exact = (both[["qualifier", "qualifier_1", "qualifier_2"]] == "=").all(axis=1)
        wrong = exact & ((both["sum"] - both["value"]).abs() > np.where(both["value"] > 200, 0.5, slack))
        for row in both[wrong].itertuples():
            yield "sum_mismatch", row.at, (
                f"{say.figure(row.at)}, nhưng các phần {say.value(row.at_1)} và {say.value(row.at_2)} cộng lại là "
                f"{format_number(row.sum)}."
            )


def _stars(rows, say, catalogue) -> Iterator[Finding]:
    """Rated products: 5, 4 and 3 stars against the total in the same words."""
    asked = rows[(rows["indicator"] == "ocop_products") & rows["quote"].str.contains("sao", regex=False)]
    for at, value, quote in zip(asked["at"], asked["value"], asked["quote"], strict=True):
        rated = re.findall(r"(\d+) (?:sản phẩm )?(?:đạt |hạng |xếp hạng |ocop )*([345]) sao", fold(quote))
        stars = {star: int(number) for number, star in rated}
        if len(stars) >= 2 and sum(stars.values()) != value:
            parts = " + ".join(f"{number} ({star} sao)" for star, number in sorted(stars.items(), reverse=True))
            yield "sum_mismatch", at, f"{say.figure(at)}, nhưng {parts} = {sum(stars.values())}."


def _ladder(rows, say, catalogue) -> Iterator[Finding]:
    by = ["report", "place_id", "period", "result"]
    for small, large in _LADDER:
        lower = rows.loc[(rows["indicator"] == small) & (rows["qualifier"] != "<"), [*by, "value", "of", "at"]]
        upper = rows.loc[(rows["indicator"] == large) & ~rows["qualifier"].isin([">", ">="]), [*by, "value", "at"]]
        upper = upper.loc[upper.groupby(by)["value"].idxmax()] if len(upper) else upper
        both = lower.merge(upper, on=by, suffixes=("", "_large"))
        for row in both[both["value"] > both["value_large"]].itertuples():
            code = "ladder" if small.startswith("ntm") else "over_whole"
            yield code, row.at, f"{say.figure(row.at)}, lớn hơn {say.figure(row.at_large)}."


def _criteria(rows, say, catalogue) -> Iterator[Finding]:
    most = np.where(rows["year"].fillna(0) >= 2026, 10, 19)
    over = (rows["indicator"] == "ntm_criteria_per_commune") & (rows["value"] > most)
    for at in np.flatnonzero(over):
        yield "over_whole", int(at), f"{say.figure(at)}, nhưng bộ tiêu chí chỉ có {most[at]} tiêu chí."


def _bounds(rows, say, catalogue) -> Iterator[Finding]:
    share = rows["unit"].eq("percent") & ~rows["indicator"].isin(_CAN_EXCEED)
    wrong = (share & ((rows["value"] > 100) | (rows["value"] < 0))).to_numpy()
    for at in np.flatnonzero(wrong):
        yield "impossible_share", int(at), f"{say.figure(at)}: tỷ lệ phải nằm trong khoảng 0–100%."
    low = rows["indicator"].map({id: i.plausible[0] for id, i in catalogue.items()}).astype(float)
    high = rows["indicator"].map({id: i.plausible[1] for id, i in catalogue.items()}).astype(float)
    here = rows["level"].isin(["district", "commune"]) & ~wrong & (rows["period_kind"] != "span")
    for at in np.flatnonzero(here & ((rows["value"] < low) | (rows["value"] > high))):
        limits = f"{format_number(low[at])}–{format_number(high[at])}"
        yield "implausible", int(at), f"{say.figure(at)}: ngoài khoảng thường gặp của một huyện ({limits})."


def _changes(rows, say, catalogue) -> Iterator[Finding]:
    """The change of a year against the levels at its two ends, within one standard."""
    levels = rows.loc[(rows["indicator"] == "poverty_rate") & (rows["qualifier"] == "=") & rows["used"]]
    levels = levels[(levels["period_kind"] == "year") & (levels["standard"] != "")]
    levels = levels[["place_id", "variant", "result", "standard", "year", "value", "at"]]
    before = levels[levels["result"] == "actual"].assign(year=levels["year"] + 1).drop(columns="result")
    pairs = levels.merge(before, on=["place_id", "variant", "standard", "year"], suffixes=("", "_before"))
    changes = rows.loc[
        (rows["indicator"] == "poverty_rate_change") & (rows["period_kind"] == "year") & (rows["qualifier"] == "="),
        ["place_id", "result", "year", "value", "at"],
    ]
    both = changes.merge(pairs, on=["place_id", "result", "year"], suffixes=("", "_level"))
    both["true"] = both["value_level"] - both["value_before"]
    for row in both[(both["true"] - both["value"]).abs() > 0.15].itertuples():
        yield "change_mismatch", row.at, (
            f"{say.figure(row.at)}, nhưng hai mức {say.value(row.at_before)} và {say.value(row.at_level)} "
            f"chênh nhau {format_number(row.true, 2)} điểm %."
        )


def _plans(rows, say, catalogue) -> Iterator[Finding]:
    """The share of plan that a source prints against the plan that it, or another source, prints."""
    by = ["place_id", "indicator", "variant", "unit", "period"]
    done = rows.loc[(rows["result"] == "actual") & (rows["plan_pct"] > 0), [*by, "report", "value", "plan_pct", "at"]]
    plans = rows.loc[(rows["status"] == "target") & (rows["value"] > 0), [*by, "report", "value", "at"]]
    both = done.merge(plans, on=by, suffixes=("", "_plan"))
    both["own"] = both["report"] == both["report_plan"]
    both = both.sort_values("own", kind="stable", ascending=False)
    true = 100 * both["value"] / both["value_plan"]
    both = both.assign(true=true, off=(true - both["plan_pct"]).abs() > np.maximum(1.0, 0.01 * both["plan_pct"]))
    both = both[~both.groupby("at")["off"].transform(lambda off: (~off).any())].drop_duplicates("at")
    for row in both.itertuples():
        yield "plan_mismatch", row.at, (
            f"{say.figure(row.at)}, ghi đạt {format_number(row.plan_pct)}% kế hoạch, nhưng so với kế hoạch "
            f"{say.value(row.at_plan)} ({say.source(row.at_plan)}) là {format_number(row.true, 1)}%."
        )


def _growth(rows, say, catalogue) -> Iterator[Finding]:
    """The growth that a source prints against the figure of the same part of the year before."""
    by = ["place_id", "indicator", "variant", "unit", "standard", "part", "year"]
    dated = rows.assign(part=rows["period"].str.slice(4))
    dated = dated[(dated["result"] == "actual") & (dated["period_kind"] != "span") & dated["year"].notna()]
    dated = dated[dated["value"] > 0]
    grown = dated.loc[dated["yoy_pct"] > 0, [*by, "value", "yoy_pct", "at"]]
    before = dated.loc[dated["used"], [*by, "value", "at"]].assign(year=lambda d: d["year"] + 1)
    both = grown.merge(before, on=by, suffixes=("", "_before"))
    both["true"] = 100 * both["value"] / both["value_before"]
    off = (both["true"] - both["yoy_pct"]).abs() > np.maximum(1.0, 0.01 * both["yoy_pct"])
    for row in both[off].itertuples():
        yield "growth_mismatch", row.at, (
            f"{say.figure(row.at)}, ghi bằng {format_number(row.yoy_pct)}% cùng kỳ, nhưng so với "
            f"{say.value(row.at_before)} ({say.source(row.at_before)}) là {format_number(row.true, 1)}%."
        )


def _part_of_year(rows, say, catalogue) -> Iterator[Finding]:
    """A flow of some months can not exceed that of the year."""
    by = ["place_id", "indicator", "variant", "unit", "standard", "year"]
    flows = rows[(rows["kind"] == "flow") & (rows["status"] == "actual") & rows["year"].notna()]
    flows = flows[~flows["indicator"].isin(["income_per_capita", "grdp_per_capita", "value_per_ha"])]
    year = flows.loc[(flows["period_kind"] == "year") & flows["used"], [*by, "value", "at"]]
    part = flows.loc[flows["period_kind"].isin(["half", "months", "quarter", "month"]), [*by, "value", "at"]]
    both = part.merge(year, on=by, suffixes=("", "_year"))
    for row in both[both["value"] > both["value_year"] * 1.001].itertuples():
        yield "part_of_year", row.at, f"{say.figure(row.at)}, lớn hơn cả năm: {say.figure(row.at_year)}."


def _magnitudes(rows, say, catalogue) -> Iterator[Finding]:
    """A figure about ten, a hundred or a thousand times as large or small as the others of its place and standard."""
    by = ["place_id", "indicator", "variant", "unit", "standard", "period_kind", "result"]
    dated = rows[rows["kind"].isin(["stock", "flow"]) & (rows["value"] > 0) & (rows["period"] != "")]
    dated = dated[~dated["unit"].isin(["yes", "communes", "products"])]  # these grow from nothing
    dated = dated.assign(group=dated.groupby(by, sort=False).ngroup(), log=np.log10(dated["value"]))
    groups = dated.groupby("group", sort=False)
    dated = dated.assign(
        middle=groups["log"].transform("median"),
        size=groups["log"].transform("size"),
        periods=groups["period"].transform("nunique"),
    )
    far = (dated["log"] - dated["middle"]).abs()
    limit = np.where(dated["size"] >= 3, 0.85, 0.95 / 2)  # of two, each lies half way from the middle
    large = np.maximum(dated["value"], 10 ** dated["middle"]) >= 20
    for row in dated.assign(far=far)[(dated["periods"] >= 2) & (far >= limit) & large].itertuples():
        times = format_number(10 ** (row.far * (2 if row.size == 2 else 1)), 0)
        other = "số liệu kỳ khác" if row.size == 2 else f"mức giữa các kỳ ({format_number(10**row.middle, 1)})"
        yield "magnitude", row.at, f"{say.figure(row.at)}, lệch khoảng {times} lần so với {other} của cùng địa bàn."


def _conflicts(rows, say, catalogue) -> Iterator[Finding]:
    contested = rows.loc[rows["conflict"] != "", ["conflict", "used", "duplicate_of", "report", "used_because", "at"]]
    rivals: dict[str, list] = {}
    chosen = {}
    for row in contested.itertuples(index=False):
        if row.used:
            chosen[row.conflict] = row
        elif row.duplicate_of == "":
            rivals.setdefault(row.conflict, []).append(row)
    for conflict, used in chosen.items():
        others = rivals.get(conflict, [])
        if all(other.report == used.report for other in others):
            listed = "; ".join(dict.fromkeys(say.value(other.at) for other in others))
            yield "conflict", used.at, (
                f"{say.figure(used.at)}; cùng nguồn còn ghi {listed}: có thể là hai phạm vi hoặc hai thời kỳ. "
                "Đang dùng số đầu."
            )
        else:
            listed = "; ".join(f"{say.value(other.at)} ({say.source(other.at)})" for other in others)
            yield "conflict", used.at, (
                f"{say.figure(used.at)}; nguồn khác ghi {listed}. Đang dùng số đầu: {used.used_because}."
            )


def _same_figures(rows, say, catalogue) -> Iterator[Finding]:
    """One number with at least four digits for two years of one place, from two sources."""
    codes, values = pd.factorize(rows["value"])
    digits = np.array([len(f"{abs(v):.3f}".rstrip("0").replace(".", "").lstrip("0")) for v in values] or [0])
    by = ["place_id", "indicator", "variant", "value"]
    dated = rows.loc[
        (digits[codes] >= 4) & (codes >= 0) & (rows["period_kind"] == "year") & (rows["result"] == "actual"),
        [*by, "period", "report", "key", "at"],
    ].sort_values([*by, "period", "key"])
    first = dated.groupby(by, sort=False)[["period", "report", "at"]].transform("first")
    later = (dated["period"] != first["period"]) & (dated["report"] != first["report"])
    other = dated[later].assign(first=first.loc[later, "at"].astype("int64")).drop_duplicates(by)
    for row in other.itertuples(index=False):
        earlier = f"{format_period(rows['period'].iat[row.first])} ({say.source(row.first)})"
        yield "same_figure", row.at, f"{say.figure(row.at)}; đúng số đó đã ghi cho {earlier}."


def _future(rows, say, catalogue) -> Iterator[Finding]:
    codes, dates = pd.factorize(rows["published"])
    last = np.array([_last_day(date) for date in dates], dtype="datetime64[s]")[codes]
    late = (rows["status"] == "actual").to_numpy() & (rows["period_start"].to_numpy() > last)
    for at in np.flatnonzero(late):
        written = format_date(rows["published"].iat[at])
        yield "future", int(at), f"{say.figure(at)}, nhưng nguồn công bố {written}: có thể là kế hoạch hoặc sai năm."


def _last_day(published: str) -> str:
    """The last day that a date of publication can mean; one that is no date counts as unknown."""
    if re.fullmatch(r"\d{4}", published):
        return f"{published}-12-31"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", published):
        return str(np.datetime64(published, "M") + 1)
    return published if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-\d\d", published) else "NaT"


def _places(rows, say, catalogue) -> Iterator[Finding]:
    from analysis.places import DISTRICTS_END, find_place

    reports = rows["origin"] == "report"
    joint = rows["place"].str.contains(";", regex=False) | (rows["level"] == "group")
    unknown = rows[reports & (rows["place_code"] == "") & (rows["place"] != "") & ~joint]
    for _, group in unknown.groupby(["report", "place"], sort=False):
        at = int(group["at"].iloc[0])
        match = find_place(group["place"].iloc[0], on=group["period"].iloc[0] or None)
        names = ", ".join(f"{p.name} ({p.province})" for p in match.candidates[:12])
        why = f"có thể là {names}; ghi tỉnh vào reports.csv" if names else "tên này không có trong danh mục hành chính"
        more = f" và {len(group) - 1} số liệu khác" if len(group) > 1 else ""
        yield "place_open", at, f"{say.figure(at)}{more}: chưa xác định được địa bàn, {why}."
    for report, group in rows[reports & (rows["place"] == "")].groupby("report", sort=False):
        yield "place_open", int(group["at"].iloc[0]), (
            f"Báo cáo {report}: {len(group)} số liệu không có địa bàn; ghi cột place của báo cáo này vào reports.csv."
        )
    ended = (rows["level"] == "district") & (rows["result"] == "actual")
    for at in np.flatnonzero(ended & (rows["period_start"] >= pd.Timestamp(DISTRICTS_END))):
        yield "place_ended", int(at), f"{say.figure(at)}: cấp huyện đã kết thúc ngày 1/7/2025."


def _open_questions(rows, say, catalogue) -> Iterator[Finding]:
    reports = (rows["origin"] == "report").to_numpy()
    from analysis.definitions import load_definitions

    for report, group in rows[reports & (rows["period"] == "")].groupby("report", sort=False):
        at = int(group["at"].iloc[0])
        yield "period_open", at, (
            f"Báo cáo {report}: {len(group)} số liệu không rõ thời kỳ, chưa dùng để so sánh, thí dụ {say.name(at)}: "
            f"{say.value(at)}; ghi ngày công bố vào reports.csv."
        )
    lines = [id for id, family in load_definitions().family_of.items() if family.id == "poverty_line"]
    open_line = reports & rows["indicator"].isin(lines) & (rows["standard"] == "") & (rows["period_kind"] == "year")
    for at in np.flatnonzero(open_line & (rows["result"] == "actual")):
        yield "standard_open", int(at), (
            f"{say.figure(at)}: cuối {rows['year'].iat[at]} có hai chuẩn nghèo, nguồn không nêu theo chuẩn nào."
        )
    for at in np.flatnonzero(rows["indicator"] == ""):
        words = rows["quote"].iat[at] or rows["where"].iat[at]
        yield "unmatched", int(at), f"Báo cáo {rows['report'].iat[at]}: chưa nhận ra chỉ tiêu của “{words}”."


def _doubts(rows, say, catalogue) -> Iterator[Finding]:
    for flag in _DOUBTS:
        for at in np.flatnonzero(rows["flags"].str.contains(flag, regex=False)):
            if flag in rows["flags"].iat[at].split("|"):
                quote = f" “{rows['quote'].iat[at]}”" if rows["quote"].iat[at] else ""
                yield "doubt", int(at), f"{say.figure(at)}: {flag_text(flag)}.{quote} {flag_meaning(flag)}"


_CHECKS: tuple[Callable[..., Iterator[Finding]], ...] = (
    _over_whole, _quoted_share, _rates, _households, _sums, _stars, _ladder, _criteria, _bounds, _changes, _plans,
    _growth, _part_of_year, _magnitudes, _conflicts, _same_figures, _future, _places, _open_questions, _doubts,
)  # fmt: skip
