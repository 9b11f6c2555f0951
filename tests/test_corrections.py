"""Corrections: people's decisions apply, or fail loudly and change nothing."""

import pandas as pd
import pytest

from analysis.corrections import (
    COLUMNS,
    Correction,
    CorrectionError,
    apply_corrections,
    keys,
    read_corrections,
    write_corrections,
)


def rows(**changes):
    base = {
        "report": ["a", "a", "b"], "place": ["huyện Ba Chẽ", "huyện Ba Chẽ", "huyện Bắc Mê"],
        "indicator": ["poverty_rate", "poor_households", "poverty_rate"], "variant": "",
        "period": ["2020", "2020", "2021"], "status": "actual", "value": [0.9, 51.0, 46.83],
        "value_max": float("nan"), "of": float("nan"), "plan_pct": float("nan"), "yoy_pct": float("nan"),
        "start": [10, 40, 70], "where": "", "flags": ["", "weak_cue", ""],
    }  # fmt: skip
    return pd.DataFrame(base | changes)


def decision(**changes):
    base = dict.fromkeys(COLUMNS, "") | {
        "report": "a", "indicator": "poverty_rate", "expected": "0.9", "action": "drop", "reason": "đọc nhầm",
        "who": "Lan", "date": "2024-05-02",
    }  # fmt: skip
    return Correction(**(base | changes), line=2)


def test_a_key_depends_on_the_figure_alone():
    table = rows()
    assert keys(table).is_unique
    assert list(keys(table.iloc[::-1])) == list(keys(table))[::-1]
    assert list(keys(table.iloc[[1]])) == [keys(table).iloc[1]]
    assert keys(table).str.fullmatch(r"r-[0-9a-f]{10}").all()


def test_a_key_is_the_same_in_every_version():
    assert keys(rows()).iloc[0] == "r-d92e228f31"


def test_equal_figures_get_different_keys():
    twice = pd.concat([rows(), rows()], ignore_index=True)
    assert keys(twice).is_unique
    assert keys(twice).iloc[3] == keys(rows()).iloc[0] + "-2"


def test_a_figure_is_dropped():
    answer = apply_corrections(rows(), [decision()])
    assert list(answer["value"]) == [51.0, 46.83]


def test_a_figure_is_set_with_decimal_comma_and_marked():
    answer = apply_corrections(rows(), [decision(action="set", column="value", new="0,85", expected="0,9")])
    assert answer["value"].iloc[0] == 0.85
    assert answer["flags"].iloc[0] == "corrected"


def test_a_text_can_be_set_too():
    answer = apply_corrections(rows(), [decision(action="set", column="period", new="2019")])
    assert answer["period"].tolist() == ["2019", "2020", "2021"]


def test_a_caveat_is_added_once():
    by_key = keys(rows()).iloc[1]
    flag = decision(report="", indicator="", key=by_key, action="flag", new="number_unclear", expected="51")
    answer = apply_corrections(rows(), [flag])
    assert answer["flags"].iloc[1] == "weak_cue|number_unclear|corrected"


def test_the_row_to_use_carries_reason_and_person():
    answer = apply_corrections(rows(), [decision(action="use", reason="số của Chi cục Thống kê")])
    assert answer["decision"].tolist() == ["số của Chi cục Thống kê (Lan, 2024-05-02)", "", ""]


def test_all_corrections_that_no_longer_fit_are_listed_at_once_and_nothing_changes():
    table = rows()
    before = table.copy()
    bad = [
        decision(),
        decision(expected="1.9"),
        decision(key="r-0000000000"),
        decision(report="b", indicator="jobs_created"),
        decision(action="set", column="colour", new="red"),
    ]
    with pytest.raises(CorrectionError) as error:
        apply_corrections(table, bad)
    assert len(error.value.problems) == 4
    assert "expected the value 1.9, but the figure now has 0.9" in error.value.problems[0]
    pd.testing.assert_frame_equal(table, before)


def test_one_of_several_figures_must_be_named_by_its_key():
    table = rows(indicator="poverty_rate", value=0.9)
    with pytest.raises(CorrectionError, match="2 figures fit"):
        apply_corrections(table, [decision()])


def test_contradicting_decisions_are_refused():
    with pytest.raises(CorrectionError, match="drops this figure"):
        apply_corrections(rows(), [decision(), decision(action="use")])
    twice = [decision(action="set", column="value", new="1"), decision(action="set", column="value", new="2")]
    with pytest.raises(CorrectionError, match="decides the same"):
        apply_corrections(rows(), twice)


@pytest.mark.parametrize("name", ["expected", "reason", "who", "date"])
def test_a_correction_needs_guard_reason_person_and_date(name, tmp_path):
    path = write_corrections([decision(**{name: ""})], tmp_path / "corrections.csv")
    with pytest.raises(CorrectionError, match="line 2"):
        read_corrections(path)


def test_corrections_survive_writing_and_reading(tmp_path):
    wanted = [decision(reason='sai, "dòng" 2\nhai dòng'), decision(action="flag", new="ocr")]
    read = read_corrections(write_corrections(wanted, tmp_path / "corrections.csv"))
    assert [str(c).split(" ", 2)[2] for c in read] == [str(c).split(" ", 2)[2] for c in wanted]
    assert read[0].reason == wanted[0].reason


def test_a_file_saved_by_a_vietnamese_excel_is_read(tmp_path):
    path = tmp_path / "corrections.csv"
    line = ";".join([*("" if n not in ("report", "indicator") else n[:1] for n in COLUMNS)])
    path.write_text("\ufeff" + ";".join(COLUMNS) + "\r\n", encoding="utf-8")
    assert read_corrections(path) == []
    path.write_text("\ufeff" + ";".join(COLUMNS) + "\r\n" + line + "\r\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match="action"):
        read_corrections(path)


def test_a_missing_column_and_a_missing_file_are_named(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("key,report\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match="expected"):
        read_corrections(path)
    with pytest.raises(CorrectionError, match="no such file"):
        read_corrections(tmp_path / "none.csv")


def test_a_frame_from_a_workbook_is_taken_too():
    answer = apply_corrections(rows(), pd.DataFrame([vars(decision())]))
    assert len(answer) == 2
