"""Checks: what does not add up is found, what adds up is not."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.checks import CODES, COLUMNS, find, mark
from analysis.reports import Report
from analysis.tidy import read_published, tidy

BASE = {
    "report": "a", "place": "huyện Ba Chẽ", "place_code": "", "level": "district", "indicator": "poverty_rate",
    "variant": "", "value": 0.9, "value_max": np.nan, "of": np.nan, "unit": "percent", "qualifier": "=",
    "status": "actual", "period": "2020", "plan_pct": np.nan, "yoy_pct": np.nan, "members": "", "quote": "",
    "start": 1, "end": 9, "where": "", "rule": "", "flags": "",
}  # fmt: skip
UNITS = {
    "poor_households": "households", "near_poor_households": "households", "households_total": "households",
    "poor_and_near_poor_households": "households", "ntm_communes": "communes", "ntm_advanced_communes": "communes",
    "communes_total": "communes", "ocop_products": "products", "jobs_created": "persons",
    "budget_revenue": "billion_vnd", "poverty_rate_change": "percentage_points", "ntm_criteria_per_commune": "criteria",
    "income_per_capita": "million_vnd_per_year", "targets_met": "targets",
}  # fmt: skip


def findings(*rows, published="2021-02-03", code=None):
    full = [
        BASE | {"start": n, "unit": UNITS.get(row.get("indicator"), "percent")} | row for n, row in enumerate(rows)
    ]
    ids = sorted({row["report"] for row in full})
    table = tidy(pd.DataFrame(full), [Report(id, "", title=id, published=published) for id in ids])
    found = find(table)
    return found if code is None else found[found["code"] == code]


def figure(indicator, value, **more):
    return {"indicator": indicator, "value": value} | more


WRONG = {
    "more than the whole": ("over_whole", [figure("ntm_communes", 12, of=9)]),
    "criteria above 19": ("over_whole", [figure("ntm_criteria_per_commune", 19.4)]),
    "criteria above 10 since 2026": ("over_whole", [
        figure("ntm_criteria_per_commune", 11, period="2026", level="commune", place="xã Ba Chẽ")]),
    "78 of 79 are not 92 percent": ("share_mismatch", [
        figure("ntm_communes", 78, of=79, quote="78/79 xã đạt chuẩn (chiếm 92%)")]),
    "rate against counts": ("share_mismatch", [
        figure("poverty_rate", 5.0), figure("poor_households", 100), figure("households_total", 1000)]),
    "rate against n of m": ("share_mismatch", [figure("ntm_commune_share", 50.0), figure("ntm_communes", 8, of=9)]),
    "two household totals": ("households_mismatch", [
        figure("poverty_rate", 46.83), figure("poor_households", 5107), figure("near_poverty_rate", 18.49),
        figure("near_poor_households", 2086)]),
    "poor and near-poor": ("sum_mismatch", [
        figure("poor_households", 100), figure("near_poor_households", 50),
        figure("poor_and_near_poor_households", 160)]),
    "stars": ("sum_mismatch", [
        figure("ocop_products", 19, quote="19 sản phẩm OCOP, trong đó 5 sản phẩm đạt 4 sao và 13 sản phẩm đạt 3 sao")]),
    "advanced above all": ("ladder", [figure("ntm_advanced_communes", 5), figure("ntm_communes", 3)]),
    "more communes than there are": ("ladder", [figure("ntm_communes", 9), figure("communes_total", 8)]),
    "share above 100": ("impossible_share", [figure("health_insurance_rate", 101.0)]),
    "negative share": ("impossible_share", [figure("poverty_rate", -1.2)]),
    "income in thousands": ("implausible", [figure("income_per_capita", 52000.0)]),
    "change against levels": ("change_mismatch", [
        figure("poverty_rate", 9.0, period="2019"), figure("poverty_rate", 7.0), figure("poverty_rate_change", -3.0)]),
    "plan": ("plan_mismatch", [
        figure("jobs_created", 600, plan_pct=100.0), figure("jobs_created", 500, status="target")]),
    "growth": ("growth_mismatch", [
        figure("budget_revenue", 100.0, period="2019-H1"),
        figure("budget_revenue", 150.0, period="2020-H1", yoy_pct=120.0)]),
    "half above year": ("part_of_year", [
        figure("jobs_created", 900, period="2020-H1"), figure("jobs_created", 600, period="2020")]),
    "a thousand times": ("magnitude", [
        figure("budget_revenue", 126.5, period="2017"), figure("budget_revenue", 131.0, period="2018"),
        figure("budget_revenue", 126516.0, period="2019")]),
    "two sources": ("conflict", [figure("poverty_rate", 0.85), figure("poverty_rate", 1.9, report="b")]),
    "one figure at two dates": ("same_figure", [
        figure("poverty_rate", 26.38, period="2016"), figure("poverty_rate", 26.38, period="2017", report="b")]),
    "future": ("future", [figure("jobs_created", 600, period="2023")]),
    "nobody's figure": ("place_open", [figure("poverty_rate", 3.1, place="")]),
    "one of ten": ("place_open", [figure("poverty_rate", 3.1, place="huyện Châu Thành")]),
    "district after its end": ("place_ended", [figure("poverty_rate", 3.1, period="2026")]),
    "no period": ("period_open", [figure("poverty_rate", 3.1, period="")]),
    "two lines": ("standard_open", [figure("poverty_rate", 3.1, period="2015")]),
    "unclear words": ("doubt", [figure("poverty_rate", 3.1, flags="number_unclear", quote="còn 3.1%")]),
    "unknown row of a table": ("unmatched", [figure("", 3.1, where="bảng 1, dòng 4")]),
}  # fmt: skip


@pytest.mark.parametrize(("code", "rows"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_found(code, rows):
    published = "2027" if any(row.get("period") == "2026" for row in rows) else "2021-02-03"
    found = findings(*rows, published=published, code=code)
    assert len(found) == 1
    assert found["severity"].iloc[0] == CODES[code][0]


RIGHT = {
    "all of all": [figure("ntm_communes", 9, of=9, quote="9/9 xã đạt chuẩn (đạt 100%)")],
    "a share of the plan": [figure("ntm_communes", 8, of=9, quote="8/9 xã, bằng 100% kế hoạch")],
    "rounded rate": [figure("poverty_rate", 3.14), figure("poor_households", 9604, of=305859)],
    "a rate to one decimal": [figure("ntm_commune_share", 66.7), figure("ntm_communes", 6, of=9)],
    "totals": [
        figure("poor_households", 100), figure("near_poor_households", 50),
        figure("poor_and_near_poor_households", 150)],
    "stars": [figure("ocop_products", 19, quote="19 sản phẩm OCOP: 5 sản phẩm 4 sao, 14 sản phẩm 3 sao")],
    "ladder": [figure("ntm_model_communes", 1, unit="communes"), figure("ntm_advanced_communes", 3),
               figure("ntm_communes", 9, of=9)],
    "disbursement above plan": [figure("public_investment_disbursement_rate", 104.0)],
    "a change": [figure("poverty_rate", 9.0, period="2019"), figure("poverty_rate", 7.0),
                 figure("poverty_rate_change", -2.0)],
    "a change across two lines": [figure("poverty_rate", 5.0, period="2020"),
                                  figure("poverty_rate", 9.0, period="2022"),
                                  figure("poverty_rate_change", -1.0, period="2022")],
    "plan": [figure("jobs_created", 600, plan_pct=120.0), figure("jobs_created", 500, status="target")],
    "half of a year": [figure("jobs_created", 300, period="2020-H1"), figure("jobs_created", 600)],
    "a real fall": [figure("poor_households", 4000, period="2016"), figure("poor_households", 900, period="2020")],
    "a bound": [figure("poverty_rate", 0.9), figure("poverty_rate", 1.0, qualifier="<", report="b")],
    "a plan for later": [figure("jobs_created", 600, period="2025", status="target")],
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_is_left_alone(rows):
    published = "2023-01-05" if any(row.get("period") == "2022" for row in rows) else "2021-02-03"
    assert findings(*rows, published=published)["sentence"].tolist() == []


def test_a_sentence_names_indicator_place_period_value_and_report():
    sentence = findings(figure("ntm_communes", 12, of=9), code="over_whole")["sentence"].iloc[0]
    for words in ("Số xã đạt chuẩn nông thôn mới", "huyện Ba Chẽ", "năm 2020", "12/9 xã", "báo cáo a"):
        assert words in sentence


def test_an_ambiguous_place_lists_where_it_could_be():
    sentence = findings(figure("poverty_rate", 3.1, place="huyện Châu Thành"), code="place_open")["sentence"].iloc[0]
    assert len(re.findall(r"huyện Châu Thành \(", sentence)) == 10


def test_figures_of_a_report_without_place_are_one_finding():
    found = findings(figure("poverty_rate", 3.1, place=""), figure("jobs_created", 40, place=""), code="place_open")
    assert len(found) == 1 and "2 số liệu" in found["sentence"].iloc[0]


@pytest.fixture(scope="module")
def table():
    return tidy(None, published=read_published())


def test_the_contradictions_of_the_published_figures_are_found(table):
    found = find(table)
    sentences = "\n".join(found["sentence"])
    assert "10.905 hộ" in sentences and "11.282 hộ" in sentences  # Bắc Mê 2021
    assert "71,01%" in sentences  # Quản Bạ, dated 2021 and 2023
    assert "26,38%" in sentences  # Tân Sơn, 2016 and 2017
    assert (found["code"] == "conflict").sum() == 5
    assert len(found) < 25


def test_findings_have_fixed_columns_a_known_code_and_a_key_of_the_table(table):
    found = find(table)
    assert tuple(found.columns) == COLUMNS == tuple(find(table.iloc[:0]).columns)
    assert set(found["code"]) <= set(CODES)
    assert set(found["key"]) <= set(table["key"])
    assert found["severity"].map(["error", "warning", "info"].index).is_monotonic_increasing


def test_findings_do_not_depend_on_the_order_of_rows_and_change_nothing(table):
    before = table.copy()
    one = find(table)
    other = find(table.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(table, before)
    assert set(one[["code", "key"]].itertuples(index=False)) == set(other[["code", "key"]].itertuples(index=False))


def test_marked_rows_carry_the_caveat_into_every_comparison(table):
    found = find(table)
    marked = mark(table, found)
    keys = found.loc[found["code"] == "households_mismatch", "key"]
    assert marked.loc[marked["key"].isin(keys), "flags"].str.contains("arithmetic_mismatch").all()
    assert mark(marked, found)["flags"].equals(marked["flags"])
    assert not table["flags"].str.contains("arithmetic_mismatch").any()
