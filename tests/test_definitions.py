"""Definitions: which standard a figure follows, and how that is known."""

import pandas as pd
import pytest

from analysis.definitions import (
    DefinitionError,
    assign_standards,
    breaks,
    is_local_line,
    load_definitions,
    standard_name,
    standard_of,
)
from analysis.tidy import read_published


@pytest.mark.parametrize(
    ("period", "standard"),
    [
        ("2005", ""), ("2008", "2006-2010"), ("2012", "2011-2015"), ("2016", "2016-2021"), ("2019-H1", "2016-2021"),
        ("2021-H1", "2016-2021"), ("2022-H1", "2022-2026"), ("2024", "2022-2026"), ("2028", "2027-2030"),
        ("2016/2020", "2016-2021"), ("2011/2015", "2011-2015"), ("2015/2020", ""), ("2021/2023", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_year_of_the_count_tells_the_poverty_line(period, standard):
    assert standard_of("poverty_rate", period)[0] == standard


@pytest.mark.parametrize("year", ["2010", "2015", "2021"])
def test_the_end_of_a_last_year_is_open_without_words(year):
    assert standard_of("poverty_rate", year) == ("", "")
    assert standard_of("poverty_rate", year, published=f"{int(year) + 1}-03-01") == ("", "")


def test_before_the_new_line_was_counted_a_figure_follows_the_old_one():
    assert standard_of("poverty_rate", "2015", published="2015-07-15") == ("2011-2015", "period")
    assert standard_of("poverty_rate", "2015", published="2015") == ("", "")


@pytest.mark.parametrize(
    ("quote", "standard"),
    [
        ("tỷ lệ hộ nghèo đầu kỳ là 18,07%", "2022-2026"),
        ("theo chuẩn nghèo mới còn 18,07%", "2022-2026"),
        ("tại thời điểm đầu năm 2022, tỷ lệ hộ nghèo 18,07%", "2022-2026"),
        ("theo chuẩn nghèo đa chiều giai đoạn 2022-2025, tỷ lệ hộ nghèo 18,07%", "2022-2026"),
        ("theo chuẩn nghèo tiếp cận đa chiều giai đoạn 2016 – 2020 còn 4,76%", "2016-2021"),
        ("theo chuẩn cũ còn 4,76%", "2016-2021"),
    ],
)
def test_words_decide_the_end_of_2021(quote, standard):
    assert standard_of("poverty_rate", "2021", quote) == (standard, "stated")


def test_words_overrule_the_period():
    assert standard_of("poverty_rate", "2020", "theo chuẩn nghèo giai đoạn 2011-2015") == ("2011-2015", "stated")


def test_a_plan_older_than_its_line_has_no_standard():
    assert standard_of("poverty_rate", "2025", published="2020-08-01", status="target") == ("", "")
    assert standard_of("poverty_rate", "2025", published="2022-08-01", status="target")[0] == "2022-2026"


def test_a_sample_survey_and_an_indicator_without_definitions_have_none():
    assert standard_of("poverty_rate", "2019", variant="survey") == ("", "")
    assert standard_of("jobs_created", "2019") == ("", "")


def test_a_price_base_is_never_inferred_from_the_year():
    assert standard_of("production_value", "2023") == ("", "")
    assert standard_of("production_value", "2023", "GTSX (giá so sánh năm 2010) đạt") == ("prices-2010", "stated")
    assert standard_of("production_value", "2023", "tính theo giá hiện hành") == ("prices-current", "stated")
    assert standard_of("production_value", "2023", "theo giá so sánh") == ("prices-constant", "stated")
    assert standard_of("production_value", "2023", variant="current_prices") == ("prices-current", "stated")


def test_new_rural_criteria_follow_the_set_in_force():
    found = [standard_of("ntm_communes", year)[0] for year in ("2015", "2018", "2021", "2022", "2026")]
    assert found == ["ntm-2009-2015", "ntm-2016-2020", "ntm-2016-2020", "ntm-2021-2025", "ntm-2026-2030"]


def test_the_standards_of_the_published_figures_follow_from_their_periods():
    published = read_published()
    found = assign_standards(published.assign(standard=""))["standard"]
    judged = (published["standard"] != "") & ~published["period"].isin(["2010", "2015", "2021"])
    assert judged.sum() > 400
    assert (found[judged] == published["standard"][judged]).mean() > 0.99


def test_breaks_between_two_periods_have_reason_and_law():
    found = breaks("poverty_rate", "2015", "2022")
    assert [b.start for b in found] == ["2016", "2022", "2022-07"]
    assert all(b.law and b.reason("vi") and b.reason("en") for b in found)
    assert breaks("poverty_rate", "2017", "2020") == ()
    assert any(b.law.startswith("QĐ 861") for b in breaks("health_insurance_rate", "2020", "2022"))
    assert any("2025" in b.start for b in breaks("jobs_created", "2024", "2025"))


def test_a_local_line_is_another_variant():
    assert is_local_line("poverty_rate", "theo chuẩn nghèo của Thành phố, tỷ lệ hộ nghèo còn 0,67%")
    assert not is_local_line("poverty_rate", "theo chuẩn nghèo đa chiều, tỷ lệ hộ nghèo còn 0,67%")
    assert not is_local_line("jobs_created", "theo chuẩn nghèo của Thành phố")


def test_standards_have_names_in_both_languages():
    for id, standard in load_definitions().standards.items():
        assert standard_name(id, "vi") == standard.name_vi != ""
        assert standard_name(id, "en") == standard.name_en != ""
    assert standard_name("unheard of") == "unheard of"


def test_equal_rows_get_equal_standards_and_the_table_is_not_changed():
    table = pd.DataFrame({
        "indicator": ["poverty_rate"] * 3, "period": ["2019", "2021", "2019"], "published": "", "status": "actual",
        "variant": "", "quote": ["", "theo chuẩn mới", ""],
    })  # fmt: skip
    before = table.copy()
    assert list(assign_standards(table)["standard"]) == ["2016-2021", "2022-2026", "2016-2021"]
    pd.testing.assert_frame_equal(table, before)


def test_a_broken_file_of_definitions_is_refused_with_all_problems(tmp_path):
    path = tmp_path / "definitions.toml"
    path.write_text('[[family]]\nid = "a"\n[[standard]]\nid = "b"\nfamily = "a"\nname_vi = "b"\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"name_en is missing.*\[\[family\]\] 1"):
        load_definitions(path)
    with pytest.raises(DefinitionError, match="no such file"):
        load_definitions(tmp_path / "none.toml")
