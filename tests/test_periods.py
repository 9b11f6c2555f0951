"""Periods in sentences: what is looked for first loses nothing that the long pattern would find."""

import re
from pathlib import Path

import pytest

from analysis import periods
from analysis.text import canonical

PAGES = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))


def test_a_period_begins_with_one_of_the_openings():
    opening = f"(?={periods._OPENING})"
    assert opening in periods._PATTERN.pattern
    slow = re.compile(periods._PATTERN.pattern.replace(opening, r"(?=[(\dcđbghknqrstv])"))
    for page in PAGES:
        folded = canonical(page.read_text(encoding="utf-8")).folded
        assert [m.span() for m in periods._PATTERN.finditer(folded)] == [m.span() for m in slow.finditer(folded)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("9 tháng đầu năm 2023 thu 50 tỷ đồng", [("2023-9M", "plain")]),
        ("nhiệm kỳ 2015-2020", [("2015/2020", "term")]),
        ("đến ngày 31/12/2020", [("2020-12", "publication")]),
        ("quý iii/2021", [("2021-Q3", "plain")]),
        ("tăng 5% so với năm 2019", [("2019", "base")]),
        ("chuẩn nghèo giai đoạn 2016-2020", [("2016/2020", "standard")]),
        ("số 25/7, khóa 25", []),
    ],
)
def test_words_name_periods(words, found):
    assert [(m.period, m.role) for m in periods.find_periods(words)] == found
