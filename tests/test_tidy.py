"""The tidy table: one row per figure, every source kept, one row used, and the reason in words."""

import numpy as np
import pandas as pd
import pytest

from analysis.corrections import Correction, CorrectionError
from analysis.indicators import load_catalogue
from analysis.reports import Report
from analysis.tidy import COLUMNS, place_ids, read_published, tidy

OBSERVED = {
    "report": "a", "place": "huyện Ba Chẽ", "place_code": "", "level": "district", "indicator": "poverty_rate",
    "variant": "", "value": 0.9, "value_max": np.nan, "of": np.nan, "unit": "percent", "qualifier": "=",
    "status": "actual", "period": "2020", "plan_pct": np.nan, "yoy_pct": np.nan, "members": "", "quote": "còn 0,9%",
    "start": 1, "end": 9, "where": "", "rule": "label", "flags": "",
}  # fmt: skip


def observed(*rows):
    return pd.DataFrame([OBSERVED | {"start": number} | row for number, row in enumerate(rows)])


def report(id, published="2021-02-03", province=""):
    return Report(id, "", title=f"Báo cáo {id}", publisher="UBND huyện", published=published, province=province)


def poverty(table, place, period):
    return table[(table["place"] == place) & (table["period"] == period) & (table["indicator"] == "poverty_rate")]


@pytest.fixture(scope="module")
def published():
    return read_published()


@pytest.fixture(scope="module")
def table(published):
    return tidy(None, published=published)


def test_the_columns_and_their_order_are_fixed(table):
    assert tuple(table.columns) == COLUMNS
    assert tuple(tidy(observed({})).columns) == COLUMNS
    assert tuple(tidy(None).columns) == COLUMNS and len(tidy(None)) == 0


def test_types_are_the_same_with_and_without_rows(table):
    pd.testing.assert_series_equal(tidy(None).dtypes, table.dtypes)
    pd.testing.assert_series_equal(tidy(observed({})).dtypes, table.dtypes)


def test_every_published_figure_becomes_one_row_with_its_source(table, published):
    assert len(table) == len(published) > 1000
    assert table["key"].is_unique
    assert (table["origin"] == "published").all()
    assert (table["source_title"] != "").all() and (table["url"] != "").all()
    assert table["where"].iloc[0] == "published_figures.csv, dòng 2"


def test_no_text_is_missing_and_no_number_is_zero_by_default(table):
    texts = [name for name in COLUMNS if isinstance(table[name].dtype, pd.StringDtype)]
    assert not table[texts].isna().any().any()
    assert table["value_max"].isna().all()


def test_published_places_have_codes_but_groups_have_none(table):
    joint = table["level"] == "group"
    assert (table.loc[~joint, "place_code"] != "").all()
    assert (table.loc[joint, "place_code"] == "").all()


def test_places_of_one_name_stay_apart(table):
    codes = table[table["place"].isin(["huyện Cao Lãnh", "thành phố Cao Lãnh", "phường Cao Lãnh"])]
    assert codes.groupby("place")["place_code"].nunique().eq(1).all()
    assert codes["place_code"].nunique() == codes["place"].nunique()


def test_the_observations_are_not_changed():
    rows = observed({}, {"value": 1.2})
    before = rows.copy()
    tidy(rows, [report("a")])
    pd.testing.assert_frame_equal(rows, before)


def test_a_row_gets_identity_code_province_kind_and_dates():
    row = tidy(observed({}), [report("a")]).iloc[0]
    assert (row["place_code"], row["province"], row["source_title"]) == ("202", "Quảng Ninh", "Báo cáo a")
    assert (row["kind"], row["direction"], row["period_kind"], row["year"]) == ("rate", "lower_better", "year", 2020)
    assert row["period_start"] == pd.Timestamp("2020-01-01") and row["period_end"] == pd.Timestamp("2020-12-31")
    assert (row["standard"], row["standard_basis"]) == ("2016-2021", "period")


def test_an_unknown_indicator_period_or_place_is_kept_but_not_used():
    rows = observed({"indicator": ""}, {"period": ""}, {"place": ""}, {"value": np.nan}, {"flags": "subgroup"})
    table = tidy(rows)
    assert len(table) == 5
    assert not table["used"].any()
    assert table["used_because"].str.startswith("không dùng: ").all()
    assert table["period_kind"].tolist()[1] == "" and pd.isna(table["year"].iloc[1])


def test_phu_xuyen_2020_stays_two_rows_and_the_later_publication_is_used(table):
    rows = poverty(table, "huyện Phú Xuyên", "2020")
    assert sorted(rows["value"]) == [0.67, 0.77]
    assert rows["conflict"].nunique() == 1 and rows["conflict"].iloc[0] != ""
    assert rows.loc[rows["used"], "value"].tolist() == [0.67]
    assert rows.loc[rows["used"], "used_because"].tolist() == ["nguồn công bố sau"]
    assert rows["flags"].str.contains("conflict").all()


def test_the_known_conflicts_of_the_published_figures_are_found(table):
    contested = table[table["conflict"] != ""]
    found = set(zip(contested["place"], contested["indicator"], contested["period"], strict=True))
    assert found == {
        ("huyện Phú Xuyên", "poverty_rate", "2020"), ("huyện Quản Bạ", "poverty_rate", "2018"),
        ("huyện Ngân Sơn", "poverty_rate", "2019"), ("huyện Đakrông", "poor_households", "2019"),
        ("huyện An Biên", "income_per_capita", "2022"),
    }  # fmt: skip


def test_a_bound_does_not_contradict_the_number_that_keeps_it():
    rows = observed({"qualifier": ">", "value": 13.6}, {"report": "b", "value": 13.74})
    table = tidy(rows, [report("a"), report("b")])
    assert (table["conflict"] == "").all()
    assert table.loc[table["used"], "value"].tolist() == [13.74]


def test_a_bound_that_the_number_breaks_is_a_conflict():
    rows = observed({"qualifier": "<", "value": 5.0}, {"report": "b", "value": 7.0})
    assert (tidy(rows, [report("a"), report("b")])["conflict"] != "").all()


def test_two_definitions_of_one_date_are_no_conflict(table):
    rows = poverty(table, "tỉnh Yên Bái", "2021")
    assert set(rows["standard"]) == {"2016-2021", "2022-2026"}
    assert (rows["conflict"] == "").all() and rows["used"].all()


def test_a_repeated_figure_names_the_row_it_repeats():
    table = tidy(observed({}, {"report": "b"}, {"report": "c"}), [report(id) for id in "abc"])
    used = table[table["used"]]
    assert len(used) == 1
    assert table.loc[~table["used"], "duplicate_of"].tolist() == used["key"].tolist() * 2
    assert used["used_because"].tolist() == ["các nguồn thống nhất"]
    assert (table["conflict"] == "").all()


def test_an_actual_figure_replaces_its_estimate_without_conflict():
    rows = observed({"status": "estimate", "value": 1.0}, {"report": "b", "value": 0.9})
    table = tidy(rows, [report("a", "2021-06-01"), report("b", "2021-01-01")])
    assert table.loc[table["used"], "status"].tolist() == ["actual"]
    assert (table["conflict"] == "").all()
    assert table.loc[table["used"], "used_because"].tolist() == ["số thực hiện thay cho số ước"]


def test_a_target_is_never_the_actual_figure():
    table = tidy(observed({}, {"status": "target", "value": 0.5}, {"status": "proposed", "value": 0.4}))
    assert table["used"].all()


def test_a_decision_overrides_the_rule_and_says_who_decided():
    rows = observed({"value": 0.77}, {"report": "b", "value": 0.67})
    reports = [report("a", "2020-08-01"), report("b", "2021-01-26")]
    plain = tidy(rows, reports)
    assert plain.loc[plain["used"], "value"].tolist() == [0.67]
    fields = dict.fromkeys(Correction.__dataclass_fields__, "") | {"line": 2}
    wanted = fields | {
        "report": "a", "indicator": "poverty_rate", "expected": "0.77", "action": "use",
        "reason": "hồ sơ nông thôn mới", "who": "Lan", "date": "2024-05-02",
    }  # fmt: skip
    table = tidy(rows, reports, corrections=[Correction(**wanted)])
    assert table.loc[table["used"], "value"].tolist() == [0.77]
    assert table.loc[table["used"], "used_because"].iloc[0].endswith("hồ sơ nông thôn mới (Lan, 2024-05-02)")
    with pytest.raises(CorrectionError):
        tidy(rows.iloc[[1]], reports, corrections=[Correction(**wanted)])


def test_exactly_one_row_of_each_group_is_used(table):
    status = table["status"].replace("estimate", "actual")
    same = ["place_id", "indicator", "variant", "unit", "period", "standard", "result"]
    used = table.assign(place_id=place_ids(table), result=status).groupby(same)["used"].sum()
    assert used.eq(1).all()


def test_the_result_does_not_depend_on_the_order_of_rows(published):
    one = tidy(None, published=published).set_index("key").sort_index()
    other = tidy(None, published=published.sample(frac=1, random_state=7)).set_index("key").sort_index()
    columns = ["value", "used", "used_because", "conflict", "standard", "place_code"]
    pd.testing.assert_frame_equal(one[columns], other[columns])


def test_a_name_shared_by_provinces_is_settled_by_the_places_around_it():
    rows = observed(
        {"place": "huyện Chợ Mới", "value": 16.85},
        {"place": "huyện Ngân Sơn", "value": 34.41},
        {"place": "tỉnh Bắc Kạn", "level": "province", "value": 18.5},
    )
    assert tidy(rows, [report("a")])["place_code"].tolist()[0] == "065"
    alone = tidy(rows.iloc[[0]], [report("a")]).iloc[0]
    assert (alone["place_code"], alone["place"]) == ("", "huyện Chợ Mới")
    helped = tidy(rows.iloc[[0]], [report("a", province="Bắc Kạn")]).iloc[0]
    assert helped["place_code"] == "065"


def test_names_of_two_reports_without_place_are_not_one_place():
    table = tidy(observed({"place": ""}, {"report": "b", "place": ""}))
    assert place_ids(table).nunique() == 2


def test_a_local_line_becomes_its_own_variant():
    row = tidy(observed({"place": "huyện Phú Xuyên", "quote": "theo chuẩn nghèo của Thành phố còn 0,67%"})).iloc[0]
    assert row["variant"] == "local_line"


def test_a_bad_number_in_a_table_is_named_with_its_line(tmp_path):
    path = tmp_path / "figures.csv"
    header = "province,district,level,indicator,value,unit,period,source_title,source_url"
    path.write_text(f"{header}\nHà Nội,,province,poverty_rate,1.2.3,percent,2020,a,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2: value '1\.2\.3' is no number"):
        read_published(path)
    path.write_text("province,district\n", encoding="utf-8")
    with pytest.raises(ValueError, match="indicator"):
        read_published(path)


def test_all_districts_of_yen_bai_2023_are_there_once(table):
    rows = table[
        (table["province"] == "Yên Bái") & (table["level"] == "district") & (table["indicator"] == "poverty_rate")
        & (table["period"] == "2023") & (table["status"] == "actual") & table["used"]
    ]  # fmt: skip
    assert len(rows) == 9 and rows["place_code"].is_unique


def test_the_catalogue_knows_most_indicators_of_the_published_figures(table):
    assert (table["kind"] != "").mean() > 0.95
    assert set(table["kind"]) <= {"rate", "stock", "flow", ""}
    assert set(table.loc[table["kind"] == "", "indicator"]).isdisjoint(load_catalogue())


def test_a_province_with_its_own_line_is_another_variant_even_without_words():
    rows = observed({"place": "huyện Phú Xuyên"}, {"place": "huyện Phú Xuyên", "period": "2023"}, {})
    assert tidy(rows)["variant"].tolist() == ["local_line", "", ""]


def test_a_figure_outside_what_is_plausible_is_used_last():
    rows = observed({"value": 97.8}, {"value": 11.0})
    table = tidy(rows, [report("a")])
    assert table.loc[table["used"], "value"].tolist() == [11.0]
    assert "hợp lý" in table.loc[table["used"], "used_because"].iloc[0]


def test_a_province_that_grew_in_july_2025_carries_the_caveat():
    rows = observed(
        {"place": "tỉnh Phú Thọ", "level": "province", "period": "2026"},
        {"place": "tỉnh Cao Bằng", "level": "province", "period": "2026"},
        {"place": "tỉnh Phú Thọ", "level": "province", "period": "2024"},
    )
    table = tidy(rows, [report("a", "2027-01-05")])
    assert table["flags"].tolist() == ["boundary_changed", "", ""]
    assert table["place_code"].tolist() == ["25", "04", "25"]


def test_of_equal_figures_the_one_with_a_sentence_is_used(published):
    known = published[(published["place"] == "huyện Trấn Yên") & (published["indicator"] == "poverty_rate")]
    known = known[(known["period"] == "2023") & (known["status"] == "actual")]
    rows = observed({"place": "huyện Trấn Yên", "period": "2023", "value": known["value"].iloc[0]})
    table = tidy(rows, [report("a", "2000-01-01")], known)
    assert table.loc[table["used"], "origin"].tolist() == ["report"]
    assert table.loc[~table["used"], "duplicate_of"].tolist() == table.loc[table["used"], "key"].tolist()


def test_the_reason_is_what_sets_the_used_row_apart_from_another_value():
    rows = observed({"report": "a"}, {"report": "b"}, {"report": "c", "value": 2.0})
    table = tidy(rows, [report("a", "2021-03-01"), report("b", "2021-03-01"), report("c", "2021-01-01")])
    assert table.loc[table["used"], "used_because"].tolist() == ["nguồn công bố sau"]
    assert table["conflict"].nunique() == 1


def test_a_row_that_is_not_used_never_is_a_rival():
    table = tidy(observed({}, {"value": 5.0, "flags": "subgroup"}), [report("a")])
    assert table["used_because"].tolist()[0] == "số liệu duy nhất"
    assert (table["conflict"] == "").all()


STARS = {"indicator": "ocop_products", "unit": "products"}


def test_products_counted_by_stars_are_added_up_and_the_parts_not_compared():
    rows = observed(
        STARS | {"value": 5, "quote": "5 sản phẩm đạt 4 sao"}, STARS | {"value": 14, "quote": "14 sản phẩm 3 sao"}
    )
    table = tidy(rows, [report("a")])
    total = table[table["used"]]
    assert total["value"].tolist() == [19]
    assert total["derived"].tolist() == [True]
    assert total["remark"].tolist() == ["5 (4 sao) + 14 (3 sao)"]
    assert set(table.loc[~table["used"], "flags"]) == {"subgroup"}
    assert (table["conflict"] == "").all() and table["key"].is_unique


def test_a_stated_total_of_products_is_not_added_up_again():
    rows = observed(
        STARS | {"value": 19, "quote": "19 sản phẩm OCOP"},
        STARS | {"value": 5, "quote": "5 sản phẩm đạt 4 sao"},
        STARS | {"value": 14, "quote": "14 sản phẩm đạt 3 sao"},
    )
    table = tidy(rows, [report("a")])
    assert len(table) == 3
    assert table.loc[table["used"], "value"].tolist() == [19]
