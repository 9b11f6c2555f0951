"""Why a figure was read as it was, in words."""

import re
from pathlib import Path

import pytest

import analysis
from analysis.observations import extract, observe
from analysis.reasons import RULES, reason
from analysis.reports import Report, read_reports

PACKAGE = Path(analysis.__file__).parent
REPORT = Report(
    id="thu", title="Huyện Ba Chẽ năm 2020", published="2021-01-10", place="huyện Ba Chẽ",
    text="Kinh tế khá.\nTỷ lệ hộ nghèo của huyện giảm còn 0,9%. Tạo việc làm cho 2.350 lao động, đạt 117,5% kế hoạch.",
)  # fmt: skip


def lines(*arguments, **options):
    return dict(reason(*arguments, **options).lines)


def test_a_figure_is_explained_with_its_sentence_words_place_and_period():
    rate = observe(REPORT)[0]
    told = lines(rate, REPORT)
    assert told["câu"] == "Tỷ lệ hộ nghèo của huyện giảm còn 0,9%."
    assert told["căn cứ"].startswith("“Tỷ lệ hộ nghèo”: nhãn gần nhất")
    assert told["số liệu"] == "0,9%"
    assert told["địa bàn"] == "huyện Ba Chẽ (địa bàn của báo cáo)"
    assert told["kỳ"] == "năm 2020 (theo đoạn, đề mục hoặc tiêu đề)"


@pytest.mark.parametrize("address", ["huyện Mường La, tỉnh Sơn La", "huyện Mường La (Sơn La)"])
def test_the_address_of_a_district_makes_no_figure_doubtful(address):
    rate = observe(Report(id="thu", text=f"Năm 2022, tỷ lệ hộ nghèo của {address} giảm còn 18,3%."))[0]
    assert (rate.place, rate.value, rate.flags) == ("huyện Mường La", 18.3, "")


def test_percentages_of_the_plan_are_told():
    jobs = next(o for o in observe(REPORT) if o.indicator == "jobs_created")
    assert "117,5% kế hoạch" in lines(jobs, REPORT)["số liệu"]
    assert lines(jobs, lang="en")["quantity"].endswith("of the plan")


def test_a_row_of_a_table_is_explained_like_an_observation():
    row = extract(REPORT).iloc[0]
    assert lines(row, REPORT) == lines(observe(REPORT)[0], REPORT)
    assert str(analysis.explain(row, REPORT)) == str(reason(row, REPORT))


def test_a_figure_of_another_report_is_refused():
    other = Report(id="khac", text="")
    with pytest.raises(ValueError, match="from 'thu', not from 'khac'"):
        reason(observe(REPORT)[0], other)


def test_every_rule_has_words_of_its_own():
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.stem != "reasons"]
    tables = {rule for text in texts for rule in re.findall(r'"(table\.(?!csv)\w+)"', text)}
    assert tables and tables <= RULES.keys()
    for rule in RULES.keys() - tables:
        assert any(f'"{rule}"' in text for text in texts), f"no module has the rule {rule}"
    assert len(set(RULES.values())) == len(RULES)


def test_every_rule_by_which_a_figure_is_read_has_words():
    gold = PACKAGE.parent / "tests" / "gold"
    reports = [report for name in ("longer", "flattened", "second") for report in read_reports(gold / name)]
    read = {rule for rule in extract(reports)["rule"] if rule}
    assert len(read) > 15 and read <= RULES.keys()
