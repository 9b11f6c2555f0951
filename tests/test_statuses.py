"""Statuses: what was reached, what is estimated, planned or only filed for recognition."""

import pytest

from analysis.observations import observe
from analysis.reports import Report


def read(text, published="2022-12-20", title=""):
    report = Report(
        id="sentence", text=text, title=title, place="huyện Đắk Mil", province="Đắk Nông", published=published
    )
    return [(o.value, o.status) for o in observe(report)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tỷ lệ hộ nghèo còn 3,41%.", 3.41),
        ("Năm 2022, huyện đã giải quyết việc làm cho 2.150 lao động.", 2150),
        ("Huyện có 7/9 xã được công nhận đạt chuẩn nông thôn mới.", 7),
        ("Huyện đã có 7 xã đạt chuẩn nông thôn mới, 2 xã đang chờ thẩm định.", 7),
        ("Tỷ lệ hộ nghèo đã giảm xuống còn 3,41%, đạt mục tiêu đề ra.", 3.41),
        ("Thu ngân sách trên địa bàn đạt 98 tỷ đồng, bằng 120% dự toán tỉnh giao.", 98),
        ("Hội đồng thẩm định đã công nhận 3 xã đạt chuẩn nông thôn mới.", 3),
        ("Trong số 21 chỉ tiêu đề ra năm 2022, có 18 chỉ tiêu đạt và vượt kế hoạch, 3 chỉ tiêu không đạt.", 18),
    ],
)
def test_what_was_done_is_actual(text, value):
    assert (value, "actual") in read(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Thu ngân sách trên địa bàn ước đạt 98 tỷ đồng.", 98),
        ("Năm 2022, ước giải quyết việc làm cho 2.150 lao động.", 2150),
        ("Tỷ lệ hộ nghèo cuối năm 2022 ước còn 3,41%.", 3.41),
        ("Thu nhập bình quân đầu người ước đạt 52 triệu đồng/năm.", 52),
    ],
)
def test_what_is_expected_of_the_running_year_is_an_estimate(text, value):
    assert read(text) == [(value, "estimate")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Năm 2023, huyện phấn đấu giảm tỷ lệ hộ nghèo xuống còn 2,5%.", 2.5),
        ("Huyện phấn đấu giảm tỷ lệ hộ nghèo xuống còn 2,5%.", 2.5),
        ("Mục tiêu đến cuối năm 2025, tỷ lệ hộ nghèo còn dưới 1%.", 1),
        ("Kế hoạch năm 2023: tỷ lệ hộ nghèo còn 2,5%.", 2.5),
        ("Dự kiến thu ngân sách trên địa bàn đạt 98 tỷ đồng.", 98),
        ("Sẽ có thêm 3 xã đạt chuẩn nông thôn mới vào năm 2023.", 3),
        ("Huyện đăng ký năm 2023 có 3 xã đạt chuẩn nông thôn mới nâng cao.", 3),
        ("Đến năm 2025, tỷ lệ lao động qua đào tạo đạt 75%.", 75),
    ],
)
def test_what_is_planned_is_a_target(text, value):
    assert read(text) == [(value, "target")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Huyện đề nghị tỉnh công nhận 2 xã đạt chuẩn nông thôn mới.", 2),
        ("Có 2 xã đang hoàn thiện hồ sơ đề nghị công nhận đạt chuẩn nông thôn mới.", 2),
        ("Có 3 xã đủ điều kiện đề nghị công nhận đạt chuẩn nông thôn mới nâng cao.", 3),
        ("Huyện đã trình tỉnh xét, công nhận 2 xã đạt chuẩn nông thôn mới.", 2),
    ],
)
def test_what_was_only_filed_for_recognition_is_proposed(text, value):
    assert read(text) == [(value, "proposed")]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (
            "Đến nay, tỷ lệ hộ nghèo còn 3,41%; năm 2023 phấn đấu còn 2,5%.",
            [(3.41, "actual"), (2.5, "target")],
        ),
        ("Tỷ lệ hộ nghèo còn 3,41% (kế hoạch 4%).", [(3.41, "actual"), (4, "target")]),
        (
            "Kết quả giải quyết việc làm cho 2.150 lao động, mục tiêu đề ra là 2.000 lao động.",
            [(2150, "actual"), (2000, "target")],
        ),
        (
            "Huyện có 7 xã đạt chuẩn nông thôn mới và đang trình hồ sơ đề nghị công nhận 2 xã đạt chuẩn nông thôn mới.",
            [(7, "actual"), (2, "proposed")],
        ),
    ],
)
def test_what_was_done_and_what_is_planned_stand_in_one_sentence(text, statuses):
    assert read(text) == statuses


def test_a_heading_tells_the_status_of_the_list_below_it():
    text = "Kết quả năm 2022\n- Tỷ lệ hộ nghèo còn 3,41%.\nMục tiêu năm 2023:\n- Tỷ lệ hộ nghèo còn 2,5%.\n"
    assert read(text) == [(3.41, "actual"), (2.5, "target")]


def test_the_main_targets_of_a_term_are_targets():
    text = "Một số chỉ tiêu chủ yếu (nhiệm kỳ 2020 - 2025) Tốc độ tăng trưởng kinh tế bình quân đạt 12%/năm."
    assert read(text, published="2020-08-05") == [(12, "target")]


def test_a_year_that_is_over_when_the_report_appears_is_no_target():
    assert read("Năm 2021, tỷ lệ hộ nghèo còn 3,41%.", title="Nhiệm vụ năm 2023") == [(3.41, "actual")]


def test_an_estimate_may_be_announced_at_the_beginning():
    assert read("Ước thực hiện năm 2022, giải quyết việc làm cho 2.150 lao động.") == [(2150, "estimate")]


@pytest.mark.parametrize(
    "page",
    [
        "B. NHIỆM VỤ 3 THÁNG CUỐI NĂM\n\nCác xã tập trung:\na) Kéo giảm tỷ lệ hộ nghèo xuống còn 1,6%;",
        "HĐND huyện đã quyết nghị năm 2023: tỷ lệ hộ nghèo giảm còn 1,6%.",
        "Năm 2023, huyện phát động thi đua với các chỉ tiêu: tỷ lệ hộ nghèo còn 1,6%.",
    ],
)
def test_goals_go_on_below_those_who_are_given_them(page):
    assert read(page, published="2022-12-20") == [(1.6, "target")]


def test_a_congress_sums_up_its_term():
    text = "Mặt trận các cấp đã xây mới 400 nhà Đại đoàn kết cho hộ nghèo."
    report = Report(
        id="page", text=text, title="MTTQ huyện Đắk Mil đại hội nhiệm kỳ 2019 - 2024", published="2019-05-25"
    )
    assert [(o.value, o.period) for o in observe(report)] == [(400, "2014/2019")]
