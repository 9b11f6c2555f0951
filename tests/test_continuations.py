"""Sentences that go on about what was told or asked before: the next year, another place, an answer."""

import pytest

from analysis.observations import observe
from analysis.reports import Report


def read(text, published="2022-07-20", place="huyện Đắk Mil"):
    report = Report(id="page", text=text, place=place, province="Đắk Nông", published=published)
    return [(o.indicator, o.value, o.period, o.status) for o in observe(report)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Năm 2021, mỗi xã bình quân đạt 14,6 tiêu chí. Năm 2015 chỉ là 9,3.",
            ("ntm_criteria_per_commune", 9.3, "2015", "actual"),
        ),
        (
            "Năm 2020 huyện giải quyết việc làm cho 1.264 lao động. Sang năm 2021, con số này là 1.518.",
            ("jobs_created", 1518, "2021", "actual"),
        ),
        (
            "Cuối năm 2021 tỷ lệ nghèo đa chiều là 40,3%. Trước đó một năm là 47,1%.",
            ("multidimensional_poverty_rate", 47.1, "2020", "actual"),
        ),
        (
            "Sáu tháng đầu năm 2022 thu ngân sách trên địa bàn được 118,4 tỷ đồng, cùng kỳ là 101,7 tỷ đồng.",
            ("budget_revenue", 101.7, "2021-H1", "actual"),
        ),
        (
            "Cuối năm 2020 huyện có 1.893 hộ nghèo. Một năm sau, nhờ nguồn vốn ấy, còn 1.517 hộ.",
            ("poor_households", 1517, "2021", "actual"),
        ),
        (
            "Năm 2021, huyện có 72 xã đạt chuẩn nông thôn mới, tỷ lệ hộ nghèo còn 5,1%. Năm 2020, hai con số này là 70 "
            "xã và 6,4%.",
            ("poverty_rate", 6.4, "2020", "actual"),
        ),
    ],
)
def test_a_sentence_may_go_on_without_a_word_that_says_what_it_counts(text, expected):
    assert expected in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PV: Hộ nghèo của huyện còn nhiều không?\nÔng A: Còn nhiều. Cuối năm 2021 chúng tôi rà soát được 5.614 hộ, "
            "chiếm 26,3%.",
            [("poor_households", 5614, "2021", "actual"), ("poverty_rate", 26.3, "2021", "actual")],
        ),
        (
            "PV: Tỷ lệ dân số tham gia bảo hiểm y tế năm 2021 là bao nhiêu?\n- 91,5%.\nPV: Mục tiêu năm 2022 thì sao?\n"
            "- Phải đạt ít nhất 93%.",
            [("health_insurance_rate", 91.5, "2021", "actual"), ("health_insurance_rate", 93, "2022", "target")],
        ),
    ],
)
def test_an_answer_takes_measure_time_and_status_from_its_question(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo năm 2021 còn 3,4%. Toàn huyện có 14.762 hộ.",  # all of them
        "Năm 2021, thu nhập bình quân đầu người 42 triệu đồng, hơn đầu nhiệm kỳ 9 triệu đồng.",  # a difference
        "Năm 2021, huyện giảm tỷ lệ hộ nghèo 2,1%. Xã Đức Minh đạt 103%.",  # of the plan
        "Độ che phủ rừng năm 2021 đạt 67,8%. Ở xã Đức Minh, 80% hộ có thu từ quế.",  # of the households
        "Năm 2021, mỗi xã bình quân đạt 14,6 tiêu chí. Xã Đức Minh mới đạt 9 tiêu chí.",  # no average
    ],
)
def test_a_figure_about_something_else_does_not_go_on(text):
    assert len(read(text)) == 1


def test_what_is_carried_over_is_flagged():
    page = "Năm 2021, mỗi xã bình quân đạt 14,6 tiêu chí. Năm 2015 chỉ là 9,3."
    last = observe(Report(id="page", text=page, place="huyện Đắk Mil", published="2022-07-20"))[-1]
    assert (last.rule, "weak_cue" in last.flags) == ("carried_label", True)
