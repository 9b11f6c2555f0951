"""Context: the place and period a report is about, and the parts of a page that are not the report."""

import pytest

from analysis.context.asides import asides
from analysis.context.frame import Frame
from analysis.context.framing import frame_of
from analysis.places import load_gazetteer
from analysis.reports import Report
from analysis.text import canonical


def frame(text="", **identity):
    identity = {"published": "2022-12-20", **identity}
    return frame_of(Report(id="page", text=text, **identity), canonical(text), load_gazetteer())


# ---- the place -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identity", "place", "level", "code"),
    [
        ({"place": "huyện Ba Chẽ"}, "huyện Ba Chẽ", "district", "202"),
        ({"place": "thành phố Đà Lạt"}, "thành phố Đà Lạt", "district", "672"),
        ({"place": "tỉnh Lâm Đồng"}, "tỉnh Lâm Đồng", "province", "68"),
        ({"place": "huyện Châu Thành", "province": "tỉnh Long An"}, "huyện Châu Thành", "district", "808"),
        ({"place": "huyện Châu Thành"}, "huyện Châu Thành", "district", ""),
        ({"place": "huyện Không Có"}, "huyện Không Có", "district", ""),
        ({"title": "Huyện Ba Chẽ tổng kết năm 2021"}, "huyện Ba Chẽ", "district", "202"),
        ({"title": "Ba Chẽ: Kết quả giảm nghèo năm 2020"}, "huyện Ba Chẽ", "district", "202"),
        ({"title": "Quảng Ninh giảm nghèo", "text": "Toàn tỉnh Quảng Ninh."}, "tỉnh Quảng Ninh", "province", "22"),
        ({"title": "Xã Lương Mông về đích", "text": "Xã Lương Mông."}, "xã Lương Mông", "commune", "06985"),
        ({"title": "Đại hội Đảng bộ xã Lương Mông (Ba Chẽ)", "text": "Xã."}, "xã Lương Mông", "commune", "06985"),
        ({"place": "Ba Chẽ"}, "huyện Ba Chẽ", "district", "202"),
    ],
)
def test_a_report_is_about_the_place_of_its_manifest_or_title(identity, place, level, code):
    found = frame(**identity)
    assert (found.place, found.level, found.code, found.inferred) == (place, level, code, False)


def test_the_manifest_goes_before_title_and_text():
    found = frame("Huyện Bình Liêu. Huyện Bình Liêu.", place="huyện Ba Chẽ", title="Huyện Tiên Yên")
    assert found.place == "huyện Ba Chẽ"


def test_without_manifest_and_title_the_district_named_most_is_meant():
    assert frame("Huyện Ba Chẽ. Huyện Ba Chẽ và huyện Bình Liêu.").place == "huyện Ba Chẽ"


def test_a_place_told_by_half_of_the_names_only_is_inferred():
    found = frame("Huyện Ba Chẽ, huyện Bình Liêu, huyện Ba Chẽ, huyện Bình Liêu, huyện Ba Chẽ.")
    assert (found.place, found.inferred) == ("huyện Ba Chẽ", True)


def test_the_commune_is_meant_for_which_a_text_speaks_that_never_speaks_for_the_district_of_its_title():
    text = "Xã Lương Mông đón bằng công nhận. Xã đã trồng rừng, hộ nghèo của xã còn 2%. Xã Lương Mông có 4 thôn."
    found = frame(text, title="Ba Chẽ: Một xã về đích")
    assert (found.place, found.code, found.inferred) == ("xã Lương Mông", "06985", True)
    both = frame(f"{text} Toàn huyện còn 3 xã.", title="Ba Chẽ: Một xã về đích")
    assert (both.place, both.inferred) == ("huyện Ba Chẽ", False)


def test_a_place_for_which_its_text_never_speaks_is_inferred_where_several_smaller_ones_are_named():
    text = "Xã đã về đích. Xã Lương Mông và xã Đồn Đạc giúp nhau."
    found = frame(text, title="Ba Chẽ: Hai xã về đích")
    assert (found.place, found.inferred) == ("huyện Ba Chẽ", True)


def test_two_districts_of_a_title_are_none_though_one_stands_without_its_type():
    text = "Kỳ họp HĐND huyện Quỳ Hợp sáng nay. TX Thái Hòa cũng họp."
    assert frame(text, title="Kỳ họp HĐND cấp huyện tại Quỳ Hợp, TX Thái Hòa").place == ""


def test_the_province_is_meant_with_which_title_and_text_begin_though_the_text_tells_more_of_a_district():
    text = "Tỉnh Hưng Yên vừa được công nhận. Huyện Kim Động cũng vậy; huyện có 6 xã, cả huyện vui; huyện khá."
    found = frame(text, title="Hưng Yên được công nhận hoàn thành xây dựng nông thôn mới")
    assert (found.place, found.level) == ("tỉnh Hưng Yên", "province")


def test_the_name_of_a_newspaper_tells_for_which_province_a_page_speaks():
    text = "BÁO THÁI BÌNH ĐIỆN TỬ\n\nGiám sát công tác giảm nghèo\n\nToàn tỉnh còn 21.000 hộ nghèo."
    assert (frame(text).place, frame(text).inferred) == ("tỉnh Thái Bình", True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("Toàn huyện có 812 hộ nghèo.", "Hội nghị tổng kết công tác của huyện"),
        ("UBND huyện họp. Ban Thường trực Ủy ban MTTQ huyện dự.", ""),
        ("Huyện Ba Chẽ. Huyện Bình Liêu.", "Ba Chẽ và Bình Liêu cùng về đích"),
    ],
)
def test_a_report_that_does_not_tell_its_place_has_none(text, title):
    assert frame(text, title=title).place == ""


def test_the_standing_committee_of_the_party_is_no_township():
    assert frame("Dự họp có đồng chí Nguyễn Văn Bình – Phó Bí thư TT Huyện ủy, cùng lãnh đạo các ban.").place == ""


def test_the_province_comes_from_the_only_district_of_that_name():
    assert frame(place="huyện Ba Chẽ").province == "Quảng Ninh"
    assert frame(place="huyện Châu Thành").province == ""


# ---- the period ---------------------------------------------------------------------------------------------------


def test_a_meeting_is_about_the_year_whose_tasks_it_reviews_not_about_the_years_of_an_award():
    text = "Đảng ủy xã sáng nay tổng kết nhiệm vụ chính trị năm 2025, triển khai nhiệm vụ năm 2026.\n\nKhen thưởng các"
    found = frame(f"{text} tập thể hoàn thành nhiệm vụ năm 2025 và 5 năm liền 2021-2025.", published="2026-01-06")
    assert (found.period, found.explicit) == ("2025", True)


@pytest.mark.parametrize(
    ("title", "published", "period", "explicit"),
    [
        ("Kết quả năm 2021", "2022-01-12", "2021", True),
        ("Kết quả 6 tháng đầu năm 2022", "2022-07-05", "2022-H1", True),
        ("Hội nghị tổng kết", "2022-12-20", "2022", False),
        ("Hội nghị tổng kết", "", "", False),
    ],
)
def test_the_period_of_a_report_is_that_of_its_title_or_inferred_from_its_publication(
    title, published, period, explicit
):
    found = frame(title=title, published=published)
    assert (found.period, found.explicit) == (period, explicit)


def test_a_year_that_has_just_begun_is_not_the_one_reported_on():
    text = "Năm 2019, huyện hoàn thành các chỉ tiêu. Thu ngân sách đạt 120 tỷ đồng."
    assert frame(text, title="Ba Chẽ bước vào năm 2020 với quyết tâm mới", published="2020-01-20").period == "2019"


def test_a_title_that_announces_a_plan_tells_the_year_of_the_plan():
    both, plan = frame(title="Kết quả năm 2022, nhiệm vụ năm 2023"), frame(title="Kế hoạch năm 2023")
    assert (both.period, both.plan, both.planned) == ("2022", "2023", False)
    assert (plan.plan, plan.planned) == ("2023", True)


def test_a_congress_for_the_coming_term_closes_the_one_before():
    title = "Đại hội Đảng bộ huyện Ba Chẽ lần thứ XXVI, nhiệm kỳ 2020 - 2025"
    assert frame(title=title, published="2020-08-01").term == "2015/2020"


@pytest.mark.parametrize(
    ("period", "published", "year"),
    [("2021", "2022-01-12", "2021"), ("2016/2020", "2021-01-12", "2020"), ("", "2022-01-12", "2022"), ("", "", "")],
)
def test_the_year_of_a_frame_is_the_last_of_its_period(period, published, year):
    assert Frame(period=period, published=published).year == year


# ---- what is not the report ---------------------------------------------------------------------------------------


def passed_over(text):
    return [text[start:end].strip() for start, end in asides(text)]


@pytest.mark.parametrize(
    "line", ["lượt xem: 5.120", "điện thoại: 0203 123 456", "trang chủ", "đăng nhập", "cỡ chữ", "clip: văn a"]
)
def test_counters_and_captions_are_passed_over(line):
    assert passed_over(f"tỷ lệ hộ nghèo còn 3%.\n{line}\ncó 7 xã.") == [line]


def test_of_a_line_with_bars_only_the_counter_is_passed_over():
    assert passed_over("có 7 xã | lượt xem: 5 | hết") == ["lượt xem: 5"]


def test_the_list_of_other_articles_at_the_end_is_passed_over():
    text = "nội dung chính của bài viết.\n" * 10 + "tin liên quan\nhuyện khác còn 3% hộ nghèo\nhuyện nữa còn 4%"
    assert passed_over(text) == ["tin liên quan", "huyện khác còn 3% hộ nghèo", "huyện nữa còn 4%"]


@pytest.mark.parametrize("text", ["", "tỷ lệ hộ nghèo còn 3%.", "các tin vui trong năm: có 7 xã.", "\n\n"])
def test_a_text_without_such_lines_is_read_whole(text):
    assert passed_over(text) == []
