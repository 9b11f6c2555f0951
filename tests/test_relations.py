"""Relations: level, change, share of the plan and of the year before, told apart in sentences as reports write them."""

import pytest

from analysis.observations import observe
from analysis.reports import Report

PARTS = ("indicator", "value", "plan_pct", "yoy_pct")
JOBS = "Giải quyết việc làm cho 2.150 lao động"
REVENUE = "Thu ngân sách trên địa bàn đạt 98 tỷ đồng"


def read(text):
    return observe(Report(id="sentence", text=text, place="huyện Đắk Mil", province="Đắk Nông", published="2022-12-20"))


def only(text):
    """The one figure of a sentence."""
    found = read(text)
    assert len(found) == 1, [(o.indicator, o.value, o.quote) for o in found]
    return found[0]


def values(text):
    return [(o.indicator, o.value) for o in read(text)]


# ---- a level and a change --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tỷ lệ hộ nghèo còn 3,41%.", 3.41),
        ("Tỷ lệ hộ nghèo giảm xuống còn 0,9%.", 0.9),
        ("Tỷ lệ hộ nghèo của huyện giảm còn 0,9%.", 0.9),
        ("Tỷ lệ hộ nghèo tăng lên 5,1%.", 5.1),
        ("Đến cuối năm 2022, tỷ lệ hộ nghèo chiếm 3,41%.", 3.41),
    ],
)
def test_down_to_and_up_to_tell_a_level(text, value):
    assert values(text) == [("poverty_rate", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tỷ lệ hộ nghèo giảm 1,2%.", -1.2),
        ("Tỷ lệ hộ nghèo giảm 1,2% so với năm 2021.", -1.2),
        ("Tỷ lệ hộ nghèo giảm bình quân 1,43%/năm.", -1.43),
        ("Tỷ lệ hộ nghèo giảm 1,2 điểm %.", -1.2),
        ("Tỷ lệ hộ nghèo tăng 0,5% so với năm 2021.", 0.5),
    ],
)
def test_by_tells_a_change_with_its_sign(text, value):
    assert values(text) == [("poverty_rate_change", value)]


def test_from_and_to_are_two_levels_with_their_years():
    found = read("Tỷ lệ hộ nghèo giảm từ 13,25% năm 2020 xuống còn 9,57% năm 2022.")
    assert [(o.indicator, o.value, o.period) for o in found] == [
        ("poverty_rate", 13.25, "2020"),
        ("poverty_rate", 9.57, "2022"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo còn 3,41%, giảm 1,2% so với năm 2021.",
        "Tỷ lệ hộ nghèo giảm 1,2%, còn 3,41%.",
        "Tỷ lệ hộ nghèo còn 3,41% (giảm 1,2% so với năm 2021).",
    ],
)
def test_a_level_and_its_change_are_two_figures(text):
    assert sorted(values(text)) == [("poverty_rate", 3.41), ("poverty_rate_change", -1.2)]


def test_the_fall_of_a_count_is_a_figure_of_its_own():
    assert values("Toàn huyện còn 812 hộ nghèo, giảm 120 hộ so với năm trước.") == [
        ("poor_households", 812),
        ("households_escaped_poverty", 120),
    ]


def test_the_change_of_a_rate_is_no_share_of_the_year_before():
    assert only("Tỷ lệ lao động qua đào tạo đạt 68%, tăng 2% so với năm 2021.").yoy_pct is None


def test_the_rise_of_an_amount_is_no_level():
    text = "Thu nhập bình quân đầu người đạt 52 triệu đồng/năm, tăng 4 triệu đồng so với năm 2021."
    assert values(text) == [("income_per_capita", 52)]


def test_two_indicators_beside_each_other_keep_their_own_figures():
    assert values("Tỷ lệ hộ nghèo còn 3,41%, tỷ lệ hộ cận nghèo còn 4,02%.") == [
        ("poverty_rate", 3.41),
        ("near_poverty_rate", 4.02),
    ]


def test_new_communes_and_all_communes_are_two_figures():
    found = read("Năm 2022, huyện có thêm 2 xã đạt chuẩn nông thôn mới, nâng tổng số lên 7/9 xã.")
    assert [(o.indicator, o.value, o.of) for o in found] == [("ntm_communes_added", 2, None), ("ntm_communes", 7, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện có 7/9 xã đạt chuẩn nông thôn mới.",
        "Trong 9 xã của huyện, 7 xã đã đạt chuẩn nông thôn mới.",
        "Có 7 trên tổng số 9 xã đạt chuẩn nông thôn mới.",
    ],
)
def test_what_a_count_is_out_of_is_its_denominator(text):
    o = only(text)
    assert (o.indicator, o.value, o.of) == ("ntm_communes", 7, 9)


# ---- the plan --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (f"{JOBS}, đạt 107,5% kế hoạch.", 107.5),
        (f"{JOBS} (đạt 107,5% kế hoạch).", 107.5),
        (f"{JOBS}, đạt 107,5% KH năm.", 107.5),
        (f"{JOBS}, bằng 86% chỉ tiêu.", 86),
        (f"{JOBS}, vượt 7,5% kế hoạch.", 107.5),
        (f"{JOBS}, vượt kế hoạch 7,5%.", 107.5),
        (f"{JOBS}, vượt 7,5% so với kế hoạch.", 107.5),
        (f"{REVENUE}, bằng 120% dự toán tỉnh giao.", 120),
        (f"{REVENUE}, đạt 95,3% dự toán.", 95.3),
    ],
)
def test_a_share_of_the_plan_belongs_to_the_figure_before_it(text, share):
    o = only(text)
    assert (o.plan_pct, o.yoy_pct, o.status) == (share, None, "actual")


def test_more_than_the_plan_by_more_than_all_of_it_is_taken_literally_and_flagged():
    o = only(f"{JOBS} (vượt 180%) chỉ tiêu.")
    assert o.plan_pct == 280 and "ambiguous_plan" in o.flags.split("|")


# ---- the year before -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (f"{JOBS}, bằng 86% so với cùng kỳ.", 86),
        (f"{JOBS}, tăng 12% so với cùng kỳ.", 112),
        (f"{JOBS}, giảm 12% so với cùng kỳ năm trước.", 88),
        (f"{JOBS}, tăng 12% so với năm 2021.", 112),
        (f"{REVENUE}, bằng 86,08% cùng kỳ.", 86.08),
        (f"{REVENUE}, gấp 1,5 lần so với cùng kỳ.", 150),
        ("Giá trị sản xuất đạt 4.735 tỷ đồng, tăng 8,5% so với cùng kỳ.", 108.5),
    ],
)
def test_a_share_of_the_year_before_belongs_to_the_figure_before_it(text, share):
    o = only(text)
    assert (o.plan_pct, o.yoy_pct) == (None, pytest.approx(share))


def test_plan_and_year_before_stand_beside_each_other():
    o = only(f"{JOBS}, đạt 86% kế hoạch, tăng 12% so với cùng kỳ.")
    assert (o.plan_pct, o.yoy_pct) == (86, 112)


def test_each_figure_of_a_list_has_its_own_share_of_the_plan():
    found = read(f"{JOBS}, đạt 107,5% kế hoạch; thu ngân sách trên địa bàn đạt 98 tỷ đồng, đạt 95% dự toán.")
    assert [tuple(getattr(o, part) for part in PARTS) for o in found] == [
        ("jobs_created", 2150, 107.5, None),
        ("budget_revenue", 98, 95, None),
    ]


# ---- how exactly -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "qualifier", "value", "value_max"),
    [
        ("Tỷ lệ hộ nghèo còn dưới 1%.", "<", 1, None),
        ("Tỷ lệ hộ nghèo ở mức không quá 4%.", "<=", 4, None),
        ("Có hơn 2.150 lao động được giải quyết việc làm.", ">", 2150, None),
        ("Có khoảng 2.150 lao động được giải quyết việc làm.", "~", 2150, None),
        ("Tỷ lệ hộ nghèo từ 3% đến 4%.", "=", 3, 4),
    ],
)
def test_bounds_and_ranges_are_kept(text, qualifier, value, value_max):
    o = only(text)
    assert (o.qualifier, o.value, o.value_max) == (qualifier, value, value_max)
