"""Letterheads: who wrote an official document, what it is called, on whose portal a page stands."""

import pytest

from analysis.context.letterhead import portal_of, title_of, writer_of
from analysis.observations import observe
from analysis.places import load_gazetteer
from analysis.reports import Report

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"UBND HUYỆN ĐẮK MIL\n{NATION}\nĐắk Mil, ngày 05 tháng 12 năm 2018", "huyện Đắk Mil"),
        (f"ỦY BAN NHÂN DÂN {NATION}\nHUYỆN ĐẮK MIL Độc lập\nSố: 2/BC Đắk Mil, ngày 5 tháng 6", "huyện Đắk Mil"),
        ("ĐẢNG BỘ TỈNH ĐẮK NÔNG ĐẢNG CỘNG SẢN\nHUYỆN ỦY ĐẮK MIL\n* Đắk Mil, ngày … tháng … năm 2020", "huyện Đắk Mil"),
        ("UBND HUYỆN PHONG ĐIỀN\nTHÀNH PHỐ CẦN THƠ\nPhong Điền, ngày 28 tháng 9 năm 2018", "huyện Phong Điền"),
        (f"UBND TỈNH KHÁNH HÒA\n{NATION}\nNha Trang, ngày 2 tháng 7 năm 2020", "tỉnh Khánh Hòa"),
    ],
)
def test_the_writer_is_the_place_of_the_dateline_or_the_last_of_the_letterhead(text, name):
    assert writer_of(text, load_gazetteer()).name == name


@pytest.mark.parametrize(
    "text",
    ["Huyện Đắk Mil tổng kết năm 2020", "(Báo A) - Đắk Mil, ngày 5 tháng 6 đã khởi công", f"{NATION}\nBÁO CÁO"],
)
def test_a_page_without_letterhead_has_no_writer(text):
    assert writer_of(text, load_gazetteer()) is None


def test_the_title_stands_below_the_word_for_its_kind():
    text = f"UBND HUYỆN ĐẮK MIL\n{NATION}\n\nBÁO CÁO\nTình hình kinh tế - xã hội năm 2020\n\nI. KẾT QUẢ"
    assert title_of(text) == "BÁO CÁO Tình hình kinh tế - xã hội năm 2020"
    assert title_of("BÁO CÁO\nTình hình kinh tế - xã hội năm 2020") == ""


def test_a_portal_names_its_place_once_or_not_at_all():
    footer = "TRANG THÔNG TIN ĐIỆN TỬ HUYỆN ĐẮK MIL"
    assert portal_of(f"Tin mới\n{footer}", load_gazetteer()).name == "huyện Đắk Mil"
    assert portal_of(f"{footer}\nCổng thông tin điện tử huyện Cư Jút", load_gazetteer()) is None
    assert portal_of("Tin mới", load_gazetteer()) is None


def test_a_document_of_a_district_is_about_it_though_it_names_its_province():
    text = (
        f"UBND HUYỆN ĐẮK MIL\n{NATION}\nĐắk Mil, ngày 05 tháng 12 năm 2018\nBÁO CÁO\nKết quả giảm nghèo năm 2018\n\n"
        "Thực hiện Quyết định số 13/QĐ-UBND của UBND tỉnh Đắk Nông; học tập kinh nghiệm của huyện Cư Jút.\n"
        "Cuối năm 2018, tỷ lệ hộ nghèo còn 3,4%."
    )
    found = observe(Report(id="page", text=text, published="2018-12-05"))
    assert [(o.place, o.value, o.period) for o in found] == [("huyện Đắk Mil", 3.4, "2018")]
