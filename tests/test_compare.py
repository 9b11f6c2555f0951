"""Comparisons: worked examples with numbers computed by hand, properties, and published figures."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analysis import compare
from analysis.comparisons.selection import period_length
from analysis.comparisons.spread import _binomial_quantiles as binomial_quantiles
from analysis.periods import bounds, kind

DEFAULTS = {
    "origin": "report",
    "report": "r",
    "source_title": "Báo cáo",
    "publisher": "",
    "published": "2023-01-05",
    "url": "",
    "province": "Quảng Ninh",
    "place_code": "",
    "level": "district",
    "indicator": "poverty_rate",
    "variant": "",
    "unit": "percent",
    "kind": "rate",
    "direction": "lower_better",
    "value_max": np.nan,
    "of": np.nan,
    "qualifier": "=",
    "status": "actual",
    "period": "2022",
    "plan_pct": np.nan,
    "yoy_pct": np.nan,
    "members": "",
    "standard": "",
    "standard_basis": "",
    "quote": "",
    "start": 0,
    "end": 0,
    "where": "",
    "rule": "",
    "flags": "",
    "derived": False,
    "duplicate_of": "",
    "conflict": "",
    "used": True,
    "used_because": "",
}
COUNT = {"indicator": "ntm_communes", "unit": "communes", "kind": "stock", "direction": "higher_better"}


def table(*rows, **shared):
    """A tidy table of rows given as dicts, or as (place, value) pairs; what is not said is the default."""
    full = []
    for number, row in enumerate(rows):
        row = row if isinstance(row, dict) else {"place": row[0], "value": row[1]}
        row = DEFAULTS | shared | row
        full.append({"key": f"r-{number:08x}"} | row | {"period_kind": kind(row["period"])})
    frame = pd.DataFrame(full, columns=["key", *DEFAULTS, "place", "value", "period_kind"])
    ends = [bounds(period)[1] if period else None for period in frame["period"]]
    frame["period_end"] = pd.Series([end.isoformat() if end else "" for end in ends], dtype="str")
    frame["year"] = pd.array([end.year if end else pd.NA for end in ends], dtype="Int64")
    text = [c for c in frame if isinstance(({"place": "", "key": "", "period_kind": ""} | DEFAULTS).get(c, 0.0), str)]
    return frame.astype({**dict.fromkeys(text, "str"), "value": float, "of": float, "plan_pct": float})


def by_place(answer, column):
    values = answer[column].astype(object).where(answer[column].notna(), None)
    return dict(zip(answer["place"], values, strict=True))


# --- which rows may be compared


def test_a_row_of_another_definition_is_never_compared_and_says_why():
    rows = table(
        ("huyện A", 5),
        ("huyện B", 3),
        {"place": "huyện C", "value": 1, "standard": "2016-2021"},
        {"place": "huyện D", "value": 2, "variant": "local_line"},
        {"place": "huyện E", "value": 4, "standard": ""},
        standard="2022-2026",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert by_place(answer, "rank") == {"huyện B": 1, "huyện A": 2, "huyện C": None, "huyện D": None, "huyện E": None}
    notes = by_place(answer, "note")
    assert (
        notes["huyện C"] == "khác chuẩn: chuẩn nghèo đa chiều 2016–2021 (so sánh theo chuẩn nghèo đa chiều 2022–2026)"
    )
    assert notes["huyện D"].startswith("khác loại số liệu") and "không rõ chuẩn" in notes["huyện E"]
    assert "not comparable" in by_place(compare.rank(rows, "poverty_rate", lang="en"), "note")["huyện E"]


def test_the_definition_of_most_places_is_the_basis_and_the_newest_on_a_tie():
    rows = table(
        *(
            {"place": f"huyện {n}", "value": n, "standard": s}
            for n, s in enumerate(["2011-2015", "2011-2015", "2016-2021", "2016-2021", "2011-2015"])
        ),
        period="2015",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert set(answer.loc[answer["compared"], "standard"]) == {"2011-2015"}
    answer = compare.rank(rows[:-1], "poverty_rate")
    assert set(answer.loc[answer["compared"], "standard"]) == {"2016-2021"}
    answer = compare.rank(rows, "poverty_rate", standard="2016-2021")
    assert len(answer) == 2 and answer["compared"].all()


def test_two_lines_at_one_date_rank_each_place_once():
    rows = table(
        *(
            {"place": p, "value": v, "standard": s}
            for p, v, s in [
                ("huyện A", 7.5, "2011-2015"),
                ("huyện A", 37.11, "2016-2021"),
                ("huyện B", 9, "2016-2021"),
            ]
        ),
        period="2015",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert by_place(answer, "value") == {"huyện A": 37.11, "huyện B": 9}


def test_standards_mix_only_on_demand_and_then_carry_a_flag():
    rows = table(
        {"place": "huyện A", "value": 5, "standard": "2011-2015"},
        {"place": "huyện B", "value": 3, "standard": "2016-2021", "flags": "conflict"},
        period="2015",
    )
    assert compare.rank(rows, "poverty_rate")["rank"].count() == 1
    answer = compare.rank(rows, "poverty_rate", across_definitions=True)
    assert by_place(answer, "rank") == {"huyện B": 1, "huyện A": 2}
    assert by_place(answer, "flags") == {"huyện A": "standard_changed", "huyện B": "conflict|standard_changed"}
    with pytest.raises(compare.DefinitionsDiffer, match="across_definitions=True"):
        compare.rank(rows, "poverty_rate", standard=["2011-2015", "2016-2021"])


def test_only_used_rows_of_one_status_and_level_are_taken():
    rows = table(
        ("huyện A", 5),
        {"place": "huyện A", "value": 4, "used": False},
        {"place": "huyện A", "value": 2, "status": "target"},
        {"place": "tỉnh Quảng Ninh", "value": 1, "level": "province"},
        standard="2022-2026",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert list(answer["value"]) == [5]
    assert list(compare.rank(rows, "poverty_rate", status="target")["value"]) == [2]


def test_a_result_is_preferred_to_an_estimate_and_an_estimate_is_flagged():
    rows = table(
        {"place": "huyện A", "value": 5, "status": "estimate", "published": "2024"},
        ("huyện A", 4),
        {"place": "huyện B", "value": 6, "status": "estimate"},
        standard="2022-2026",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert by_place(answer, "value") == {"huyện A": 4, "huyện B": 6}
    assert by_place(answer, "flags") == {"huyện A": "", "huyện B": "estimate_not_final"}


def test_nine_months_never_meet_six_months_or_a_year():
    lengths = [period_length(p) for p in ("2020", "2020-H1", "2020-6M", "2020-9M", "2016/2020", "2018/2020")]
    assert len(set(lengths)) == 6
    jobs = {"indicator": "jobs_created", "unit": "persons", "kind": "flow", "direction": "higher_better"}
    rows = table(
        {"place": "huyện A", "value": 9, "period": "2020-9M"},
        {"place": "huyện B", "value": 5, "period": "2020"},
        {"place": "huyện C", "value": 4, "period": "2020"},
        **jobs,
    )
    answer = compare.latest(rows, "jobs_created")
    assert by_place(answer, "compared") == {"huyện A": False, "huyện B": True, "huyện C": True}
    with pytest.raises(compare.ComparisonError, match="same kind"):
        compare.change(rows, "jobs_created", "2020-9M", "2021")


def test_a_place_that_is_not_identified_takes_no_part():
    rows = table(
        ("huyện A", 5),
        {"place": "huyện Châu Thành", "value": 1, "flags": "place_unresolved"},
        ("", 2),
        standard="2022-2026",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert by_place(answer, "rank") == {"huyện A": 1, "huyện Châu Thành": None, "": None}


def test_places_are_named_with_their_type_their_short_name_or_their_code():
    rows = table(
        {"place": "huyện Cao Lãnh", "value": 2, "place_code": "873"},
        {"place": "thành phố Cao Lãnh", "value": 1, "place_code": "866"},
        {"place": "huyện Tháp Mười", "value": 3, "place_code": "872"},
        standard="2022-2026",
        province="Đồng Tháp",
    )
    assert list(compare.rank(rows, places="huyện Cao Lãnh")["place_code"]) == ["873"]
    assert list(compare.rank(rows, places=["tháp mười", "866"])["place_code"]) == ["866", "872"]
    with pytest.raises(compare.UnknownName, match=r"several places.*866"):
        compare.rank(rows, places="Cao Lãnh")


def test_a_misspelt_indicator_is_told_and_an_absent_one_is_an_empty_answer():
    rows = table(("huyện A", 5))
    with pytest.raises(compare.UnknownName, match="poverty_rate"):
        compare.rank(rows, "poverty_rates")
    answer = compare.rank(rows, "forest_cover_rate")
    assert answer.empty and "rank" in answer


def test_the_table_is_never_changed():
    rows = table(
        ("huyện A", 5), ("huyện B", 3), {"place": "huyện A", "value": 4, "period": "2023"}, standard="2022-2026"
    )
    before = rows.copy(deep=True)
    compare.rank(rows)
    compare.gap(rows)
    compare.quartiles(rows)
    compare.latest(rows)
    compare.series(rows)
    compare.dispersion(rows)
    compare.change(rows, "poverty_rate", "2022", "2023")
    compare.composite(rows, {"poverty_rate": 1}, period="2022")
    compare.coverage(rows)
    compare.side_by_side(rows, ["huyện A", "huyện B"])
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    "ask",
    [
        compare.latest,
        compare.rank,
        compare.quartiles,
        compare.gap,
        compare.series,
        compare.dispersion,
        compare.plan_actual,
        compare.funnel,
        lambda t: compare.gap(t, to="province"),
        lambda t: compare.gap(t, to="best"),
        compare.coverage,
        lambda t: compare.gap(t, to="target"),
        lambda t: compare.change(t, "poverty_rate", "2020", "2021"),
        lambda t: compare.rank_changes(t, "poverty_rate", "2020", "2021"),
        lambda t: compare.side_by_side(t, ["huyện A"]),
        lambda t: compare.composite(t, {"poverty_rate": 1}, period="2020"),
        lambda t: compare.gap(t, to="median"),
        lambda t: compare.rank(t, "poverty_rate", places=["huyện A"], period="2020"),
    ],
)
def test_an_empty_table_gives_an_answer_without_figures(ask):
    answer = ask(table().iloc[:0])
    assert "note" in answer
    assert "value" not in answer or answer["value"].isna().all()


# --- latest


def test_latest_is_the_newest_figure_within_one_definition():
    rows = table(
        *(
            {"place": p, "value": v, "period": t, "standard": s}
            for p, v, t, s in [
                ("huyện A", 5, "2022", "2022-2026"),
                ("huyện A", 4, "2023", "2022-2026"),
                ("huyện A", 9, "2020", "2016-2021"),
                ("huyện B", 6, "2022", "2022-2026"),
                ("huyện C", 8, "2020", "2016-2021"),
            ]
        )
    )
    answer = compare.latest(rows, "poverty_rate")
    assert by_place(answer, "value") == {"huyện A": 4, "huyện B": 6, "huyện C": 8}
    assert by_place(answer, "compared") == {"huyện A": True, "huyện B": True, "huyện C": False}
    assert by_place(answer, "note")["huyện B"] == "số liệu năm 2022, nơi mới nhất năm 2023"
    assert set(answer["newest_period"]) == {"2023"}


# --- rank


def test_ties_share_the_better_rank_and_the_next_is_left_out():
    rows = table(("huyện A", 5), ("huyện B", 3), ("huyện C", 3), ("huyện D", 1), standard="2022-2026")
    answer = compare.rank(rows, "poverty_rate")
    assert list(answer["place"]) == ["huyện D", "huyện B", "huyện C", "huyện A"]
    assert list(answer["rank"]) == [1, 2, 2, 4] and list(answer["tied"]) == [1, 2, 2, 1]
    assert list(compare.rank(rows, direction="higher_better")["rank"]) == [1, 2, 2, 4]


def test_a_missing_figure_has_no_rank_and_does_not_count():
    rows = table(("huyện A", 5), ("huyện B", np.nan), standard="2022-2026")
    answer = compare.rank(rows, "poverty_rate", places=["huyện A", "huyện B", "huyện C"], period="2022")
    assert by_place(answer, "rank") == {"huyện A": 1, "huyện B": None, "huyện C": None}
    assert set(answer["ranked"]) == {1}
    assert by_place(answer, "note") == {"huyện A": "", "huyện B": "không có số liệu", "huyện C": "không có số liệu"}


def test_counts_with_totals_rank_by_share_and_show_n_of_m():
    rows = table(
        *(
            {"place": p, "value": v, "of": of}
            for p, v, of in [("huyện A", 8, 9), ("huyện B", 17, 19), ("huyện C", 8, 8), ("huyện D", 30, np.nan)]
        ),
        standard="ntm-2021-2025",
        **COUNT,
    )
    answer = compare.rank(rows, "ntm_communes")
    assert by_place(answer, "rank") == {"huyện C": 1, "huyện B": 2, "huyện A": 3, "huyện D": None}
    assert by_place(answer, "fraction") == {"huyện A": "8/9", "huyện B": "17/19", "huyện C": "8/8", "huyện D": ""}
    assert by_place(answer, "figure")["huyện A"] == pytest.approx(88.888889)
    assert "mẫu số nhỏ (8/9)" in by_place(answer, "note")["huyện A"]
    assert by_place(compare.rank(rows, measure="value"), "rank")["huyện D"] == 1


def test_a_share_in_percent_shows_the_count_that_gives_it():
    share = {"indicator": "ntm_commune_share", "direction": "higher_better", "standard": "ntm-2021-2025"}
    rows = table(
        {"place": "huyện A", "value": 88.9, "of": 9},
        {"place": "huyện B", "value": 30.4, "of": 11},
        {"place": "huyện C", "value": 75},
        **share,
    )
    answer = compare.rank(rows)
    assert by_place(answer, "fraction") == {"huyện A": "8/9", "huyện B": "", "huyện C": ""}
    assert by_place(answer, "note") == {"huyện A": "mẫu số nhỏ (8/9)", "huyện B": "", "huyện C": ""}


def test_an_inexact_figure_keeps_its_caveat():
    rows = table(("huyện A", 5), {"place": "huyện B", "value": 3, "qualifier": "<"}, standard="2022-2026")
    assert by_place(compare.rank(rows), "note") == {"huyện A": "", "huyện B": "nguồn ghi “dưới”"}


# --- quartiles


def test_quartiles_of_eight_places_by_hand():
    # 1..8: q1 = 1 + 0.25 * 7 = 2.75, median 4.5, q3 6.25
    rows = table(*((f"huyện {n}", n) for n in range(1, 9)), standard="2022-2026")
    answer = compare.quartiles(rows, "poverty_rate")
    assert list(answer["quartile"]) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert answer.loc[0, ["q1", "median", "q3"]].tolist() == [2.75, 4.5, 6.25]
    assert answer.loc[0, "band"] == "nhóm 1 (tốt nhất)"
    assert compare.quartiles(rows, direction="higher_better").loc[0, "place"] == "huyện 8"


def test_fewer_than_four_places_make_no_bands():
    answer = compare.quartiles(table(("huyện A", 5), ("huyện B", 3), ("huyện C", 4), standard="2022-2026"))
    assert answer["quartile"].isna().all()
    assert "không chia nhóm" in answer.loc[0, "note"]


# --- gap


def test_gaps_to_mean_median_best_and_the_province_by_hand():
    rows = table(
        ("huyện A", 2),
        ("huyện B", 4),
        ("huyện C", 9),
        {"place": "tỉnh Quảng Ninh", "level": "province", "value": 3.5},
        {"place": "huyện D", "value": 1, "province": "Yên Bái"},
        standard="2022-2026",
    )
    mean = compare.gap(rows, "poverty_rate", "mean")
    assert by_place(mean, "gap") == {"huyện A": -3, "huyện B": -1, "huyện C": 4, "huyện D": 0}
    assert by_place(mean, "ahead") == {"huyện A": True, "huyện B": True, "huyện C": False, "huyện D": None}
    assert set(mean["gap_unit"]) == {"percentage_points"} and mean["gap_percent"].isna().all()
    assert by_place(compare.gap(rows, to="median"), "gap")["huyện C"] == 5
    best = compare.gap(rows, to="best")
    assert by_place(best, "gap")["huyện C"] == 7 and by_place(best, "reference_key")["huyện C"] == "r-00000000"
    province = compare.gap(rows, to="province")
    assert by_place(province, "gap") == {"huyện A": -1.5, "huyện B": 0.5, "huyện C": 5.5, "huyện D": None}
    assert by_place(province, "reference_key")["huyện A"] == "r-00000003"
    assert "tỉnh không nêu" in by_place(province, "note")["huyện D"]
    assert by_place(compare.gap(rows, within="all"), "gap")["huyện D"] == -3


def test_the_province_figure_must_follow_the_same_line():
    rows = table(
        {"place": "huyện A", "value": 2, "standard": "2016-2021"},
        {"place": "tỉnh Quảng Ninh", "level": "province", "value": 3.5, "standard": "2022-2026"},
        period="2021",
    )
    assert compare.gap(rows, to="province")["gap"].isna().all()


def test_gap_in_percent_is_for_amounts_only():
    rows = table(
        ("huyện A", 30),
        ("huyện B", 50),
        indicator="income_per_capita",
        unit="million_vnd_per_year",
        kind="flow",
        direction="higher_better",
    )
    answer = compare.gap(rows)
    assert by_place(answer, "gap_percent") == {"huyện A": -25, "huyện B": 25}


# --- change, series, rank_changes


DAM_RONG = table(
    *(
        {"place": "huyện Đam Rông", "value": v, "period": p, "standard": s}
        for p, v, s in [
            ("2004", 73, ""),
            ("2008", 46.97, "2006-2010"),
            ("2009", 37.92, "2006-2010"),
            ("2010", 52.22, "2011-2015"),
            ("2015", 7.5, "2011-2015"),
            ("2015", 37.11, "2016-2021"),
            ("2019", 12.06, "2016-2021"),
            ("2021", 7.45, "2016-2021"),
            ("2021", 14.76, "2022-2026"),
            ("2022", 6.9, "2022-2026"),
        ]
    ),
    province="Lâm Đồng",
)


def test_a_change_takes_the_two_figures_of_one_line():
    answer = compare.change(DAM_RONG, "poverty_rate", "2015", "2021")
    row = answer.loc[0]
    assert (row["from_value"], row["value"], row["standard"]) == (37.11, 7.45, "2016-2021")
    assert row["change"] == pytest.approx(-29.66) and row["per_year"] == pytest.approx(-29.66 / 6)
    assert row["change_unit"] == "percentage_points" and np.isnan(row["change_percent"]) and row["improved"]


def test_a_change_across_lines_is_refused_in_words():
    with pytest.raises(compare.DefinitionsDiffer, match=r"huyện Đam Rông.*2011-2015.*across_definitions=True") as error:
        compare.change(DAM_RONG, "poverty_rate", "2010", "2019")
    assert isinstance(error.value, ValueError)
    answer = compare.change(DAM_RONG, "poverty_rate", "2010", "2019", across_definitions=True)
    assert answer.loc[0, "flags"] == "standard_changed" and "đổi chuẩn" in answer.loc[0, "note"]
    assert answer.loc[0, "change"] == pytest.approx(12.06 - 52.22)


def test_places_across_a_break_stay_beside_the_others_without_a_change():
    rows = pd.concat(
        [
            DAM_RONG,
            table(
                {"place": "huyện B", "value": 5, "period": "2015", "standard": "2011-2015", "key": "b1"},
                {"place": "huyện B", "value": 9, "period": "2019", "standard": "2016-2021", "key": "b2"},
                {"place": "huyện C", "value": 9, "period": "2019", "standard": "2016-2021", "key": "c"},
                {"place": "huyện D", "value": 9, "period": "2015", "standard": "2016-2021", "key": "d"},
                province="Lâm Đồng",
            ),
        ]
    )
    answer = compare.change(
        rows, "poverty_rate", "2015", "2019", places=["Đam Rông", "huyện B", "huyện C", "huyện D", "huyện E"]
    )
    assert by_place(answer, "compared") == {
        "huyện Đam Rông": True,
        "huyện B": False,
        "huyện C": False,
        "huyện D": False,
        "huyện E": False,
    }
    notes = by_place(answer, "note")
    assert notes["huyện B"].startswith("đổi chuẩn: chuẩn nghèo 2011–2015 → chuẩn nghèo đa chiều 2016–2021")
    assert (notes["huyện C"], notes["huyện D"]) == ("không có số liệu năm 2015", "không có số liệu năm 2019")
    assert by_place(answer, "value")["huyện D"] is None and by_place(answer, "from_value")["huyện D"] == 9


def test_a_first_figure_that_is_missing_gives_no_change():
    rows = table(
        {"place": "huyện A", "value": np.nan, "period": "2022"},
        {"place": "huyện A", "value": 4, "period": "2023"},
        standard="2022-2026",
    )
    answer = compare.change(rows, "poverty_rate", "2022", "2023")
    assert not answer.loc[0, "compared"] and answer.loc[0, "note"] == "không có số liệu năm 2022"


def test_changes_of_amounts_are_given_in_percent_too():
    income = {
        "indicator": "income_per_capita",
        "unit": "million_vnd_per_year",
        "kind": "flow",
        "direction": "higher_better",
    }
    rows = table(
        {"place": "huyện A", "value": 40, "period": "2018"},
        {"place": "huyện A", "value": 50, "period": "2020"},
        {"place": "huyện B", "value": 0, "period": "2018"},
        {"place": "huyện B", "value": 5, "period": "2020"},
        **income,
    )
    answer = compare.change(rows, "income_per_capita", "2018", "2020")
    assert by_place(answer, "change") == {"huyện A": 10, "huyện B": 5}
    assert by_place(answer, "change_percent") == {"huyện A": 25, "huyện B": None}
    assert by_place(answer, "per_year") == {"huyện A": 5, "huyện B": 2.5}
    assert "kỳ đầu bằng 0" in by_place(answer, "note")["huyện B"]


def test_a_shrinking_total_is_told():
    rows = table(
        {"place": "huyện A", "value": 8, "of": 10, "period": "2022"},
        {"place": "huyện A", "value": 8, "of": 9, "period": "2023"},
        standard="ntm-2021-2025",
        **COUNT,
    )
    assert "tổng số thay đổi: 10 → 9" in compare.change(rows, "ntm_communes", "2022", "2023").loc[0, "note"]


def test_an_event_between_two_periods_is_told():
    rows = table(
        {"place": "huyện A", "value": 90, "period": "2020"},
        {"place": "huyện A", "value": 80, "period": "2022"},
        indicator="health_insurance_rate",
        direction="higher_better",
    )
    assert "bảo hiểm y tế" in compare.change(rows, "health_insurance_rate", "2020", "2022").loc[0, "note"]
    assert "bảo hiểm y tế" in compare.series(rows).loc[1, "note"]


def test_flags_of_both_periods_are_kept():
    rows = table(
        {"place": "huyện A", "value": 5, "period": "2022", "flags": "ocr|conflict"},
        {"place": "huyện A", "value": 4, "period": "2023", "flags": "conflict"},
        standard="2022-2026",
    )
    assert compare.change(rows, "poverty_rate", "2022", "2023").loc[0, "flags"] == "conflict|ocr"


def test_delta_ranking_stands_beside_level_ranking():
    rows = table(
        *(
            {"place": p, "value": v, "period": t}
            for t, values in (("2022", (20, 10, 4)), ("2023", (12, 9, 4)))
            for p, v in zip(("huyện A", "huyện B", "huyện C"), values, strict=True)
        ),
        standard="2022-2026",
    )
    answer = compare.rank_changes(rows, "poverty_rate", "2022", "2023")
    assert by_place(answer, "delta_rank") == {"huyện A": 1, "huyện B": 2, "huyện C": 3}
    assert by_place(answer, "from_rank") == by_place(answer, "to_rank") == {"huyện A": 3, "huyện B": 2, "huyện C": 1}
    assert set(answer["climbed"]) == {0}


def test_a_series_is_cut_at_each_change_of_definition():
    answer = compare.series(DAM_RONG, "poverty_rate")
    assert list(answer["segment"]) == [1, 2, 2, 3, 3, 4, 4, 4, 5, 5]
    assert list(answer["period"]) == ["2004", "2008", "2009", "2010", "2015", "2015", "2019", "2021", "2021", "2022"]
    assert answer["break_before"].sum() == 4 and not answer.loc[0, "compared"]
    assert answer["change"].round(2).fillna(0).tolist() == [0, 0, -9.05, 0, -44.72, 0, -25.05, -4.61, 0, -7.86]
    assert "chuẩn nghèo 2011–2015 → chuẩn nghèo đa chiều 2016–2021" in answer.loc[5, "note"]


def test_a_place_that_became_a_town_stays_one_series():
    rows = table(
        {"place": "huyện Hoài Nhơn", "value": 5, "period": "2018", "place_code": "543"},
        {"place": "thị xã Hoài Nhơn", "value": 3, "period": "2020", "place_code": "543"},
        standard="2016-2021",
    )
    assert compare.series(rows).loc[1, "change"] == -2


# --- dispersion, composite, funnel


def test_dispersion_by_hand_and_convergence_only_for_the_same_places():
    rows = table(
        *(
            {"place": p, "value": v, "period": t}
            for t, p, v in [
                ("2022", "huyện A", 2),
                ("2022", "huyện B", 4),
                ("2022", "huyện C", 9),
                ("2023", "huyện A", 2),
                ("2023", "huyện B", 3),
                ("2023", "huyện C", 4),
                ("2024", "huyện A", 1),
                ("2024", "huyện B", 9),
            ]
        ),
        standard="2022-2026",
    )
    answer = compare.dispersion(rows, "poverty_rate").set_index("period")
    assert answer["mean"].tolist() == [5, 3, 5] and answer["range"].tolist() == [7, 2, 8]
    assert answer["sd"].tolist() == pytest.approx([13**0.5, 1, 32**0.5])  # (9+1+16)/2, (1+0+1)/2, (16+16)/1
    assert answer["cv"].tolist() == pytest.approx([13**0.5 / 5 * 100, 100 / 3, 32**0.5 / 5 * 100])
    assert answer["converging"].isna().tolist() == [True, False, True] and answer.loc["2023", "converging"]
    assert "không kết luận" in answer.loc["2024", "note"]
    steady = compare.dispersion(rows, "poverty_rate", balanced=True).set_index("period")
    assert steady["places"].tolist() == [2, 2, 2] and steady["converging"].tolist()[1:] == [True, False]


def test_dispersion_never_speaks_across_a_break():
    rows = table(
        *(
            {"place": p, "value": v, "period": t, "standard": s}
            for t, s in (("2020", "2016-2021"), ("2022", "2022-2026"))
            for p, v in (("huyện A", 2), ("huyện B", 4))
        )
    )
    answer = compare.dispersion(rows)
    assert answer["cv_change"].isna().all() and answer["converging"].isna().all()


SCORED = table(
    ("huyện A", 2),
    ("huyện B", 4),
    ("huyện C", 12),
    *(
        {"place": p, "value": v} | {"indicator": "health_insurance_rate", "direction": "higher_better"}
        for p, v in (("huyện A", 80), ("huyện B", 90), ("huyện C", 100), ("huyện D", 99))
    ),
    standard="2022-2026",
)


def test_a_composite_by_hand():
    answer = compare.composite(SCORED, {"poverty_rate": 3, "health_insurance_rate": 1}, period="2022")
    # poverty: A 100, B (12-4)/10*100 = 80, C 0; insurance: 0, 50, 100 -> (300+0)/4, (240+50)/4, 100/4
    assert by_place(answer, "score") == {"huyện A": 75, "huyện B": 72.5, "huyện C": 25, "huyện D": None}
    assert by_place(answer, "rank") == {"huyện A": 1, "huyện B": 2, "huyện C": 3, "huyện D": None}
    # equal weights: A 50, B 65, C 50; insurance alone: C, B, A
    assert by_place(answer, "rank_best") == {"huyện A": 1, "huyện B": 1, "huyện C": 1, "huyện D": None}
    assert by_place(answer, "rank_worst") == {"huyện A": 3, "huyện B": 2, "huyện C": 3, "huyện D": None}
    assert "thiếu: Tỷ lệ hộ nghèo" in by_place(answer, "note")["huyện D"]
    assert answer["ranked"].tolist() == [3] * 4 and answer.loc[0, "key"].count("|") == 1


def test_a_composite_refuses_what_it_can_not_weigh():
    with pytest.raises(compare.ComparisonError, match="weights"):
        compare.composite(SCORED, {}, period="2022")
    with pytest.raises(compare.ComparisonError, match="one period"):
        compare.composite(SCORED, {"poverty_rate": 1})
    with pytest.raises(compare.UnknownName, match="method"):
        compare.composite(SCORED, {"poverty_rate": 1}, period="2022", method="best")
    people = table(("huyện A", 5), indicator="population", unit="persons", kind="stock", direction="neutral")
    with pytest.raises(compare.ComparisonError, match="no better side"):
        compare.composite(people, {"population": 1}, period="2022")


def test_funnel_limits_by_hand():
    rows = table(
        *({"place": p, "value": v, "of": of} for p, v, of in [("huyện A", 8, 10), ("huyện B", 40, 90)]),
        standard="ntm-2021-2025",
        **COUNT,
    )
    answer = compare.funnel(rows, "ntm_communes").set_index("place")
    # center 48/100; sqrt(.48*.52/10) = .157987; * 1.959964 = .309650
    assert answer["center"].tolist() == pytest.approx([48, 48])
    assert answer.loc["huyện A", "upper_95"] == pytest.approx(48 + 30.9650, abs=1e-3)
    assert answer.loc["huyện A", "position"] == "above_95" and answer.loc["huyện B", "position"] == "inside"
    # Wilson for 8 of 10: 49.0 .. 94.3
    assert answer.loc["huyện A", ["interval_low", "interval_high"]].tolist() == pytest.approx([49.02, 94.33], abs=0.01)
    exact = compare.funnel(rows, "ntm_communes", method="exact", center=50).set_index("place")
    # binomial(10, 1/2): P(X<=1) = 11/1024 < 0.025 <= P(X<=2) = 56/1024
    assert exact.loc["huyện A", ["lower_95", "upper_95"]].tolist() == [20, 80]
    assert exact.loc["huyện A", "position"] == "inside"


def test_a_funnel_takes_denominators_from_another_indicator_or_a_mapping():
    rows = table(
        ("huyện A", 5),
        ("huyện B", 8),
        *(
            {
                "place": p,
                "value": n,
                "indicator": "households_total",
                "unit": "households",
                "direction": "neutral",
                "standard": "",
            }
            for p, n in (("huyện A", 1000), ("huyện B", 3000))
        ),
        standard="2022-2026",
    )
    answer = compare.funnel(rows, "poverty_rate", denominators="households_total")
    assert by_place(answer, "units") == {"huyện A": 1000, "huyện B": 3000}
    assert answer["center"].tolist() == pytest.approx([7.25, 7.25])  # (50 + 240) / 4000
    same = compare.funnel(rows, "poverty_rate", denominators={"huyện A": 1000, "huyện B": 3000})
    pd.testing.assert_frame_equal(answer, same)
    assert "không rõ mẫu số" in compare.funnel(rows, "poverty_rate").loc[0, "note"]


# --- plan and actual


def test_result_and_target_are_paired_by_key_and_definition():
    rows = table(
        ("huyện A", 5),
        {"place": "huyện A", "value": 6, "status": "target", "qualifier": "<"},
        {"place": "huyện B", "value": 5, "standard": "2016-2021"},
        {"place": "huyện B", "value": 4, "status": "target"},
        {"place": "huyện C", "value": 7, "plan_pct": 120},
        standard="2022-2026",
    )
    answer = compare.plan_actual(rows, "poverty_rate")
    assert by_place(answer[answer["compared"]], "outcome") == {"huyện A": "exceeded", "huyện C": ""}
    assert by_place(answer, "gap")["huyện A"] == -1
    assert by_place(answer, "note")["huyện B"] == "chưa có kết quả"
    assert by_place(answer, "done_from")["huyện C"] == "plan_pct"


def test_the_share_of_the_plan_is_recomputed_and_a_different_one_is_told():
    jobs = {"indicator": "jobs_created", "unit": "persons", "kind": "flow", "direction": "higher_better"}
    rows = table(
        {"place": "huyện A", "value": 1200, "plan_pct": 120},
        {"place": "huyện A", "value": 1000, "status": "target"},
        {"place": "huyện B", "value": 900, "plan_pct": 95},
        {"place": "huyện B", "value": 1000, "status": "target"},
        **jobs,
    )
    answer = compare.plan_actual(rows)
    assert by_place(answer, "done_pct") == {"huyện A": 120, "huyện B": 90}
    assert by_place(answer, "outcome") == {"huyện A": "exceeded", "huyện B": "missed"}
    assert "khác với kết quả tính lại" in by_place(answer, "note")["huyện B"]
    assert by_place(compare.gap(rows, to="target"), "gap_percent") == {"huyện A": 20, "huyện B": -10}
    assert by_place(compare.gap(rows, to="plan"), "gap") == {"huyện A": 20, "huyện B": -10}


def test_a_part_of_the_year_has_not_missed_the_plan_of_the_year():
    jobs = {"indicator": "jobs_created", "unit": "persons", "kind": "flow", "direction": "higher_better"}
    rows = table(
        {"place": "huyện A", "value": 500, "plan_pct": 50, "period": "2020-H1"},
        {"place": "huyện B", "value": 500, "plan_pct": 50, "period": "2020"},
        {"place": "huyện C", "value": 500, "plan_pct": 110, "period": "2020-9M"},
        **jobs,
    )
    answer = compare.plan_actual(rows)
    assert by_place(answer, "outcome") == {"huyện A": "", "huyện B": "missed", "huyện C": "exceeded"}
    assert "một phần của năm" in by_place(answer, "note")["huyện A"]


# --- coverage


def test_coverage_says_which_kind_of_missing_each_gap_is():
    rows = table(
        ("huyện A", 5),
        {"place": "huyện B", "value": 3},
        {"place": "huyện C", "value": 3, "variant": "local_line"},
        {"place": "huyện D", "value": 3, "used": False, "conflict": "c1"},
        {"place": "huyện E", "value": 3, "status": "target"},
        {"place": "huyện F", "value": 3, "indicator": "population", "standard": "", "direction": "neutral"},
        {"place": "huyện G", "value": 3, "period": "2020", "standard": "2016-2021"},
        standard="2022-2026",
    )
    answer = compare.coverage(rows, "poverty_rate", periods="2022", places=[f"huyện {x}" for x in "ABCDEFGH"])
    assert by_place(answer, "state") == {
        "huyện A": "known",
        "huyện B": "known",
        "huyện C": "not_comparable",
        "huyện D": "conflict",
        "huyện E": "not_comparable",
        "huyện F": "silent",
        "huyện G": "no_report",
        "huyện H": "no_report",
    }
    assert by_place(answer, "note")["huyện E"] == "chỉ có số kế hoạch"
    late = compare.coverage(rows, "poverty_rate", periods=["2026"])
    assert set(late["state"]) == {"not_applicable"}


def test_coverage_knows_reports_that_say_nothing():
    rows = table(
        ("huyện A", 5),
        {"place": "huyện B", "value": 3, "period": "2019", "standard": "2016-2021"},
        standard="2022-2026",
    )
    reports = pd.DataFrame({"place": ["huyện B"], "province": ["Quảng Ninh"], "published": ["2022-12"]})
    assert by_place(compare.coverage(rows, periods="2022"), "state")["huyện B"] == "no_report"
    assert by_place(compare.coverage(rows, periods="2022", reports=reports), "state")["huyện B"] == "silent"


def test_side_by_side_shows_every_indicator_that_one_of_the_places_states():
    rows = table(
        ("huyện A", 5),
        ("huyện B", 3),
        {"place": "huyện C", "value": 2, "period": "2023"},
        {"place": "huyện A", "value": 8, "of": 9, "standard": "ntm-2021-2025"} | COUNT,
        standard="2022-2026",
    )
    answer = compare.side_by_side(rows, ["huyện C", "huyện A", "huyện B"])
    assert list(answer["place"]) == ["huyện C", "huyện A", "huyện B"] * 2
    poverty = answer[answer["indicator"] == "poverty_rate"]
    assert by_place(poverty, "compared") == {"huyện A": True, "huyện B": True, "huyện C": False}
    assert by_place(poverty, "note")["huyện C"] == "số liệu năm 2023, các nơi khác năm 2022"
    communes = answer[answer["indicator"] == "ntm_communes"]
    assert by_place(communes, "state") == {"huyện A": "known", "huyện B": "silent", "huyện C": "silent"}


# --- properties


PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # no shrinking: it takes minutes on tables
VALUES = st.integers(0, 9000).map(lambda number: number / 100)
ROWS = st.lists(
    st.fixed_dictionaries({
        "place": st.sampled_from([f"huyện {letter}" for letter in "ABCDEF"]), "value": VALUES | st.just(np.nan),
        "period": st.sampled_from(["2015", "2019", "2021", "2022"]),
        "standard": st.sampled_from(["", "2011-2015", "2016-2021", "2022-2026"]),
        "variant": st.sampled_from(["", "", "", "local_line"]),
        "status": st.sampled_from(["actual", "estimate", "target"]),
        "published": st.sampled_from(["", "2022", "2022-05-01"]), "flags": st.sampled_from(["", "", "conflict"]),
        "province": st.sampled_from(["Quảng Ninh", "Yên Bái"]), "used": st.sampled_from([True, True, False]),
        "qualifier": st.sampled_from(["=", "<"]), "plan_pct": st.sampled_from([np.nan, 95.0]),
        "indicator": st.sampled_from(["poverty_rate", "near_poverty_rate"]),
    }), min_size=1, max_size=40)  # fmt: skip
ASKED = {
    "latest": compare.latest, "rank": compare.rank, "quartiles": compare.quartiles, "gap": compare.gap,
    "best": lambda t: compare.gap(t, to="best", within="all"), "province": lambda t: compare.gap(t, to="province"),
    "series": compare.series, "dispersion": compare.dispersion, "plan": compare.plan_actual,
    "coverage": compare.coverage,
    "change": lambda t: compare.change(t, None, "2015", "2021", across_definitions=True),
    "rank_changes": lambda t: compare.rank_changes(t, None, "2015", "2021", across_definitions=True),
    "composite": lambda t: compare.composite(t, {"poverty_rate": 2, "near_poverty_rate": 1}, period="2021"),
    "mixed": lambda t: compare.rank(t, across_definitions=True),
    "places": lambda t: compare.rank(t, province="Yên Bái", places=["huyện A", "huyện B"], period="2021"),
}  # fmt: skip


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@settings(max_examples=12, deadline=None, phases=PHASES)
@given(rows=ROWS, seed=st.integers(0, 1000))
def test_no_answer_depends_on_the_order_of_rows(ask, rows, seed):
    one = table(*rows)
    other = one.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(ask(one), ask(other))


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(rows=ROWS)
def test_what_is_compared_always_shares_one_definition(rows):
    one = table(*rows)
    answer = compare.rank(one)
    shared = (
        answer[answer["compared"]].groupby(["indicator", "level", "period"])[["variant", "unit", "standard"]].nunique()
    )
    assert (shared <= 1).all(axis=None)
    assert (answer["note"] != "")[~answer["compared"]].all()
    assert answer["rank"].notna().equals(answer["compared"])
    assert not answer["flags"].str.contains("standard_changed").any()


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(rows=ROWS)
def test_a_change_never_crosses_a_definition_by_itself(rows):
    try:
        answer = compare.change(table(*rows), None, "2015", "2021")
    except compare.DefinitionsDiffer:
        return
    assert (answer["from_standard"] == answer["standard"])[answer["compared"]].all()
    assert answer["change"].notna().equals(answer["compared"])


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(values=st.lists(VALUES, min_size=1, max_size=30), lower=st.booleans())
def test_ranks_are_those_of_pandas_and_of_a_composite_of_one_indicator(values, lower):
    rows = table(
        *((f"huyện {n:02d}", value) for n, value in enumerate(values)),
        standard="2022-2026",
        direction="lower_better" if lower else "higher_better",
    )
    answer = compare.rank(rows, "poverty_rate")
    assert answer["rank"].tolist() == answer["figure"].rank(method="min", ascending=lower).astype(int).tolist()
    for method in ("min_max", "z_score", "rank"):
        scored = compare.composite(rows, {"poverty_rate": 0.7}, period="2022", method=method)
        assert by_place(scored, "rank") == by_place(answer, "rank")
        assert (scored["rank_best"] == scored["rank"]).all() and (scored["rank_worst"] == scored["rank"]).all()


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(values=st.lists(VALUES, min_size=4, max_size=30))
def test_bands_follow_the_quantiles_and_never_part_equal_figures(values):
    rows = table(*((f"huyện {n:02d}", value) for n, value in enumerate(values)), standard="2022-2026")
    for direction in ("lower_better", "higher_better"):
        answer = compare.quartiles(rows, direction=direction)
        cuts = np.quantile(values, [0.25, 0.5, 0.75])
        assert answer.loc[0, ["q1", "median", "q3"]].astype(float).to_numpy() == pytest.approx(cuts)
        assert answer.groupby("figure")["quartile"].nunique().eq(1).all()
        assert answer["quartile"].is_monotonic_increasing
        assert (answer["quartile"] == 1).sum() >= len(values) / 4


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(values=st.lists(VALUES, min_size=3, max_size=3))
def test_changes_add_up_within_one_definition(values):
    rows = table(
        *(
            {"place": "huyện A", "value": value, "period": period}
            for value, period in zip(values, ("2016", "2018", "2021"), strict=True)
        ),
        standard="2016-2021",
    )
    first, second, whole = (
        compare.change(rows, "poverty_rate", *pair).loc[0, "change"]
        for pair in (("2016", "2018"), ("2018", "2021"), ("2016", "2021"))
    )
    assert first + second == pytest.approx(whole, abs=1e-9)
    assert compare.series(rows)["change"].sum() == pytest.approx(whole, abs=1e-9)


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(values=st.lists(VALUES, min_size=2, max_size=20))
def test_gaps_to_the_mean_add_up_to_nothing_and_none_is_better_than_the_best(values):
    rows = table(*((f"huyện {n:02d}", value) for n, value in enumerate(values)), standard="2022-2026")
    assert compare.gap(rows)["gap"].sum() == pytest.approx(0, abs=1e-6)
    best = compare.gap(rows, to="best")
    assert best["gap"].min() == 0 and best["ahead"].fillna(False).eq(False).all()
    spread = compare.dispersion(rows).loc[0]
    assert (spread["mean"], spread["sd"]) == pytest.approx((np.mean(values), np.std(values, ddof=1)), abs=1e-9)


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(
    counts=st.lists(
        st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=9
    )
)
def test_a_share_is_outside_the_funnel_when_its_interval_leaves_the_center_out(counts):
    rows = table(
        *({"place": f"huyện {n}", "value": x, "of": of} for n, (x, of) in enumerate(counts)),
        standard="ntm-2021-2025",
        **COUNT,
    )
    answer = compare.funnel(rows, "ntm_communes")
    center, low, high = answer["center"], answer["interval_low"], answer["interval_high"]
    clear = ((center - low).abs() > 1e-6) & ((center - high).abs() > 1e-6) & center.between(0.001, 99.999)
    outside = (center < low) | (center > high)
    assert ((answer["position"] != "inside") == outside)[clear].all()


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(n=st.integers(1, 80), p=st.floats(0.01, 0.99), level=st.sampled_from([0.95, 0.998]))
def test_exact_limits_are_the_binomial_quantiles(n, p, level):
    masses = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    low, high = binomial_quantiles(n, p, level)
    tail, slack = (1 - level) / 2, 1e-9
    for quantile, share in ((low, tail), (high, 1 - tail)):
        assert sum(masses[:quantile]) < share + slack and sum(masses[: quantile + 1]) >= share - slack


# --- published figures


@pytest.fixture(scope="module")
def published():
    from analysis.tidy import PUBLISHED, tidy

    return tidy(None, published=PUBLISHED)


@pytest.mark.parametrize(("province", "period", "best", "worst"), [
    ("Phú Thọ", "2016", ("thành phố Việt Trì", 1.27), ("huyện Tân Sơn", 26.38)),
    ("Bình Định", "2021", ("thành phố Quy Nhơn", 0.15), ("huyện Vĩnh Thạnh", 38.39)),
    ("Yên Bái", "2023", ("thành phố Yên Bái", 0.36), ("huyện Trạm Tấu", 49.42)),
    ("Bắc Kạn", "2019", ("thành phố Bắc Kạn", 1.93), ("huyện Pác Nặm", 35.22)),
])  # fmt: skip
def test_all_districts_of_a_province_rank_as_published(published, province, period, best, worst):
    count = {"Phú Thọ": 13, "Bình Định": 11, "Yên Bái": 9, "Bắc Kạn": 8}[province]
    answer = compare.rank(published, "poverty_rate", province=province, period=period)
    assert len(answer) == count and answer["rank"].tolist() == list(range(1, count + 1))
    assert tuple(answer[["place", "value"]].iloc[0]) == best and tuple(answer[["place", "value"]].iloc[-1]) == worst
    assert answer["source_title"].ne("").all() and answer["key"].is_unique


def test_phu_tho_2016_by_hand(published):
    choice = {"province": "Phú Thọ", "period": "2016"}
    gaps = compare.gap(published, "poverty_rate", "province", **choice)
    assert by_place(gaps, "gap")["huyện Tân Sơn"] == pytest.approx(26.38 - 10.51)
    assert gaps["ahead"].sum() == 7
    # 13 places: q1 is the 4th (4.07), the median the 7th (7.84), q3 the 10th (15.9)
    bands = compare.quartiles(published, "poverty_rate", **choice)
    assert bands.loc[0, ["q1", "median", "q3"]].tolist() == [4.07, 7.84, 15.9]
    assert bands["quartile"].value_counts().to_dict() == {1: 4, 2: 3, 3: 3, 4: 3}
    spread = compare.dispersion(published, "poverty_rate", **choice).loc[0]
    assert spread["mean"] == pytest.approx(143.25 / 13) and spread["range"] == pytest.approx(25.11)


def test_dam_rong_is_cut_at_three_changes_of_the_line(published):
    answer = compare.series(published, "poverty_rate", places="huyện Đam Rông")
    known = answer[answer["standard"] != ""]
    assert known["standard"].unique().tolist() == ["2006-2010", "2011-2015", "2016-2021", "2022-2026"]
    assert known["segment"].nunique() == 4
    doubled = known[known["period"] == "2015"].set_index("standard")["value"]
    assert doubled.to_dict() == {"2011-2015": 7.5, "2016-2021": 37.11}
    assert known.groupby("segment")["change"].sum().round(2).tolist() == [-9.05, -44.72, -29.66, -7.86]


def test_2015_by_the_old_line_never_meets_2016(published):
    """Bắc Giang counts 7.00 % at the end of 2015 by the old line and 9.55 % in 2016 by the new one."""
    choice = {"province": "Bắc Giang", "level": "province", "variant": ""}
    old = published[(published["standard"] != "2016-2021") | (published["period"] != "2015")]
    with pytest.raises(compare.DefinitionsDiffer, match="2011-2015"):
        compare.change(old, "poverty_rate", "2015", "2016", **choice)
    answer = compare.change(old, "poverty_rate", "2015", "2016", across_definitions=True, **choice)
    assert answer["flags"].str.contains("standard_changed").all()


def test_two_sources_that_disagree_rank_with_the_one_in_use_and_say_so(published):
    answer = compare.rank(published, "poverty_rate", province="Bắc Kạn", period="2019").set_index("place")
    assert "conflict" in answer.loc["huyện Ngân Sơn", "flags"] and answer.loc["huyện Ngân Sơn", "value"] in (
        34.29,
        34.41,
    )


def test_five_districts_stand_side_by_side(published):
    names = ["huyện Ba Chẽ", "huyện Bắc Mê", "huyện Hồng Ngự", "huyện Cao Lãnh", "huyện Phú Xuyên"]
    answer = compare.side_by_side(published, names)
    assert answer.groupby(["indicator", "level"])["place"].agg(list).map(lambda places: places == names).all()
    stated = answer[answer["value"].notna()].groupby("indicator")["place"].nunique()
    assert stated.max() >= 4 and (answer.loc[answer["value"].isna(), "note"] != "").all()
    assert set(answer["place_code"]) >= {"873"} or "huyện Cao Lãnh" in set(answer["place"])


def test_coverage_of_a_province_tells_known_from_missing(published):
    answer = compare.coverage(published, "poverty_rate", province="Yên Bái", periods=["2021", "2023"])
    counts = answer.groupby("period")["state"].value_counts()
    assert counts["2023"]["known"] == 9
    assert answer["state"].isin(["known", "no_report", "silent", "conflict", "not_comparable", "not_applicable"]).all()


def test_a_comparison_in_english_speaks_english(published):
    answer = compare.rank(published, "poverty_rate", province="Bình Định", period="2021", lang="en")
    assert set(answer["note"]) == {"the source says “about”"}


def test_mixed_standards_flag_the_dispersion_too():
    rows = table(
        {"place": "huyện A", "value": 5, "standard": "2011-2015"}, {"place": "huyện B", "value": 3}, period="2015"
    )
    answer = compare.dispersion(rows, "poverty_rate", across_definitions=True)
    assert answer.loc[0, "places"] == 2 and answer.loc[0, "flags"] == "standard_changed"


def test_results_and_targets_are_never_asked_for_together():
    with pytest.raises(compare.ComparisonError, match="one status"):
        compare.rank(table(("huyện A", 5)), status=None)


def test_every_comparison_of_the_benchmark_runs_on_a_small_table():
    from benchmarks.compare import cases, make_table

    for comparison, _ in cases(make_table(60_000)).values():
        assert len(comparison())
