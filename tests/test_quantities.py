"""Quantities in sentences: what is looked for first loses nothing that the long pattern would find."""

from pathlib import Path

import pytest

from analysis import quantities
from analysis.quantities import find_quantities
from analysis.text import canonical

PAGES = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))


def test_numbers_are_read_from_their_first_digit_as_from_anywhere():
    for page in PAGES:
        folded = canonical(page.read_text(encoding="utf-8")).folded
        slow = [match.regs for match in quantities._PATTERN.finditer(folded)]
        assert [match.regs for match in quantities._numbers(folded)] == slow


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("thu 1.250,5 tỷ đồng", [(1250.5, "billion_vnd", "=")]),
        ("trên 1.200 lao động", [(1200, "persons", ">")]),
        ("thu nhập 4 triệu đồng/người/tháng", [(48, "million_vnd_per_year", "=")]),
        ("hai xã và mười lăm sản phẩm", [(2, "communes", "="), (15, "products", "=")]),
        ("từ 3% trở lên", [(3, "percent", ">=")]),
        ("nghị quyết 30a, khóa 25, quốc lộ 1", []),
    ],
)
def test_words_state_quantities(words, found):
    assert [(q.value, q.unit, q.qualifier) for q in find_quantities(words)] == found
