"""Quantities: numbers with their units and qualifiers as Vietnamese reports write them, and digits that are none."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import quantities
from analysis.quantities import find_quantities, parse_number
from analysis.text import canonical, fold

PAGES = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))
WORDS = "3 12,5 4.735 / - đến % xã hộ tỷ đồng trên dưới , . ( ) năm hai mươi /người/năm trở lên 9/9"


def test_what_is_looked_for_first_loses_no_number_word_and_no_qualifier():
    for page in PAGES:
        for line in canonical(page.read_text(encoding="utf-8")).folded.split("\n"):
            if quantities._WORDS_PATTERN.search(line):
                assert quantities._WORDS_HINT.search(line), line
            for digit in quantities._FIRST_DIGIT.finditer(line):
                if quantities._BEFORE_DIGIT.search(line, 0, digit.start()).start() < digit.start():
                    assert line[: digit.start()].rstrip().endswith(quantities._OPENS), line


def only(words):
    """The one quantity of some words."""
    (quantity,) = find_quantities(fold(words))
    return quantity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4.735", 4735),
        ("1.234.567", 1234567),
        ("4.735,5", 4735.5),
        ("24.761,596", 24761.596),
        ("0,9", 0.9),
        ("12.5", 12.5),
        ("06", 6),
        ("-3,5", -3.5),
        ("+2", 2),
        ("1 234", 1234),
        (" 7 ", 7),
    ],
)
def test_the_dot_groups_and_the_comma_decimates(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "1.5.2", "1,2,3", "1.2345", "12.34.567", "1e5", "²", "½", ",5", "5,", "--3", "%"]
)
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(number=st.integers(0, 10**12), decimals=st.integers(0, 99))
def test_a_number_written_the_vietnamese_way_is_read_back(number, decimals):
    grouped = f"{number:,}".replace(",", ".")
    assert parse_number(grouped) == number
    assert parse_number(f"{grouped},{decimals:02d}") == float(f"{number}.{decimals:02d}")


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(text=st.text(alphabet="0123456789.,+- ", max_size=12))
def test_reading_a_number_never_fails(text):
    assert isinstance(parse_number(text), float | None)


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("3,41%", 3.41, "percent"),
        ("3,41 phần trăm", 3.41, "percent"),
        ("0,9 điểm %", 0.9, "percentage_points"),
        ("812 hộ", 812, "households"),
        ("2.150 lao động", 2150, "persons"),
        ("2 vạn lao động", 20_000, "persons"),
        ("4 triệu lượt khách", 4_000_000, "visits"),
        ("4.735 tỷ đồng", 4735, "billion_vnd"),
        ("1 tỷ 200 triệu đồng", 1.2, "billion_vnd"),
        ("850 triệu đồng", 0.85, "billion_vnd"),
        ("1,2 nghìn tỷ đồng", 1200, "billion_vnd"),
        ("52 triệu đồng/người/năm", 52, "million_vnd_per_year"),
        ("5 triệu đồng/người/tháng", 60, "million_vnd_per_year"),
        ("5 xã", 5, "communes"),
        ("05 xã", 5, "communes"),
        ("hai xã", 2, "communes"),
        ("mười lăm sản phẩm", 15, "products"),
        ("hai mươi lăm xã", 25, "communes"),
        ("có năm xã", 5, "communes"),
        ("3.000ha", 3000, "ha"),
        ("9,45ha", 9.45, "ha"),
        ("70 m2", 70, "m2"),
        ("19 tiêu chí", 19, "criteria"),
        ("28 chỉ tiêu", 28, "targets"),
    ],
)
def test_a_number_has_the_unit_of_its_words(words, value, unit):
    quantity = only(words)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("3%", "="),
        ("trên 90%", ">"),
        ("hơn 2.000 lao động", ">"),
        ("dưới 4%", "<"),
        ("chưa đến 4%", "<"),
        ("ít nhất 3 xã", ">="),
        ("từ 95% trở lên", ">="),
        ("không quá 4%", "<="),
        ("tối đa 4%", "<="),
        ("khoảng 500 hộ", "~"),
        ("gần 500 hộ", "~"),
        ("xấp xỉ 3%", "~"),
    ],
)
def test_words_before_a_number_qualify_it(words, qualifier):
    assert only(words).qualifier == qualifier


@pytest.mark.parametrize(
    ("words", "value", "value_max", "of"),
    [
        ("từ 3% đến 4%", 3, 4, None),
        ("3 - 5 xã", 3, 5, None),
        ("1.000 – 1.200 lao động", 1000, 1200, None),
        ("9/9 xã", 9, None, 9),
        ("7 trên tổng số 9 xã", 7, None, 9),
        ("29/34 trường", 29, None, 34),
    ],
)
def test_ranges_and_ratios_are_one_quantity(words, value, value_max, of):
    quantity = only(words)
    assert (quantity.value, quantity.value_max, quantity.of) == (value, value_max, of)


def test_one_noun_holds_for_all_numbers_of_a_list():
    found = find_quantities("lần lượt là 1.850, 1.640 và 1.725 lao động")
    assert [(q.value, q.unit) for q in found] == [(1850, "persons"), (1640, "persons"), (1725, "persons")]


@pytest.mark.parametrize(("words", "flag"), [("12.5%", "decimal_point"), ("1,250 hộ", "number_unclear")])
def test_a_number_against_the_rule_is_read_by_its_shape_and_flagged(words, flag):
    assert flag in only(words).flags


@pytest.mark.parametrize(
    "words",
    [
        "Nghị quyết số 30a/2008/NQ-CP",
        "Quyết định số 3068/QĐ-UBND",
        "khóa XIV",
        "lần thứ 25",
        "covid-19",
        "2024-12 xã đón bằng công nhận",
        "quốc lộ 1",
        "QL1A",
        "thôn 3",
        "tổ 5",
        "điện thoại 0912345678",
        "năm 2020",
        "lúc 5 giờ",
        "45 tuổi",
        "5G",
        "năm xã",
        "một mặt",
        "1. Kết quả",
        "không có số nào",
        "",
    ],
)
def test_digits_and_words_that_count_nothing_are_no_quantity(words):
    assert find_quantities(fold(words)) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("một trăm hộ", 100), ("hơn một nghìn hộ", 1000), ("một nghìn hai trăm lao động", 1200), ("ba nghìn hộ", 3000)],
)
def test_hundreds_in_words_are_numbers(words, value):
    assert only(words).value == value


def test_masked_spans_are_passed_over():
    folded = "ngày 25/7 có 3 xã"
    assert [q.value for q in find_quantities(folded, [(0, 9)])] == [3]


def test_the_span_of_a_quantity_holds_its_qualifier_number_and_unit():
    folded = "còn trên 3,41% so với"
    quantity = only(folded)
    assert folded[quantity.start : quantity.end] == "trên 3,41%"
    assert folded[quantity.number_start :].startswith("3,41") and folded[quantity.noun_start :].startswith("%")


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    text=st.lists(
        st.sampled_from(WORDS.split()),
        max_size=14,
    ).map(" ".join)
)
def test_quantities_stand_in_order_and_within_the_text(text):
    found = find_quantities(text)
    assert [q.start for q in found] == sorted(q.start for q in found)
    for quantity in found:
        assert 0 <= quantity.start <= quantity.number_start < quantity.end <= len(text)
        assert quantity.start <= quantity.noun_start <= quantity.end
        assert quantity.value_max is None or quantity.value_max > quantity.value
