"""Saved web pages: the report without what stands around it, tables in their places."""

import pytest

from analysis.reports import read_report

STORY = (
    "<p>Năm 2020, tỷ lệ hộ nghèo toàn huyện còn 2,35%, thu ngân sách nhà nước trên địa bàn đạt 112,6 "
    "tỷ đồng, nhiều chỉ tiêu "
    "vượt kế hoạch đề ra.</p><p>Các phong trào văn hóa, thể thao được nhân dân hưởng ứng, an ninh "
    "trật tự được giữ vững.</p>"
)
TABLE = (
    "<table><tr><td>Chỉ tiêu</td><td>2019</td><td>2020</td></tr><tr><td>Tỷ lệ hộ nghèo "
    "(%)</td><td>3,1</td><td>2,35</td></tr></table>"
)


def read(tmp_path, page, encoding="utf-8", name="a.html"):
    (tmp_path / name).write_bytes(page.encode(encoding))
    return read_report(tmp_path / name)


def test_menus_related_links_and_counters_are_left_out(tmp_path):
    report = read(
        tmp_path,
        "<html><head><title>Tổng kết năm 2020</title></head><body><nav><a href='/'>Trang chủ</a></nav>"
        f"<article><h1>Tổng kết năm 2020</h1>{STORY}</article>"
        "<div class='related'><h3>Tin liên quan</h3><ul><li><a href='/x'>Huyện Di Linh: tỷ lệ hộ "
        "nghèo còn 9,9%</a></li></ul></div>"
        "<footer>Tổng truy cập: 5054346</footer></body></html>",
    )
    assert "2,35%" in report.text and "112,6 tỷ đồng" in report.text
    assert "9,9%" not in report.text and "5054346" not in report.text
    assert report.title == "Tổng kết năm 2020"


def test_a_table_stands_in_its_place(tmp_path):
    report = read(
        tmp_path,
        f"<html><body><article><h1>Tổng kết</h1>{STORY}<p>Biểu 1. Kết quả</p>{TABLE}<p>Nơi nhận: như "
        f"trên, lưu văn thư.</p></article></body></html>",
    )
    (table,) = report.tables
    assert report.text.index("giữ vững") < table.start < report.text.index("Nơi nhận")
    assert table.caption.endswith("Biểu 1. Kết quả")
    assert all(report.text[cell.start : cell.end] == cell.text for cell in table.cells)


def test_a_page_laid_out_by_tables_keeps_its_words(tmp_path):
    inner = f"<table><tr><td>{STORY}{STORY}</td></tr></table>"
    page = f"<html><body><table><tr><td>Trang chủ</td><td>{inner}</td></tr></table></body></html>"
    report = read(tmp_path, page)
    assert "2,35%" in report.text and not report.tables


def test_a_table_in_a_side_column_is_left_out(tmp_path):
    report = read(
        tmp_path,
        f"<html><body><article><h1>Tổng kết</h1>{STORY}</article>"
        f"<aside>{TABLE.replace('2,35', '8,88')}</aside></body></html>",
    )
    assert not report.tables and "8,88" not in report.text


def test_the_page_states_its_date_and_publisher_where_no_manifest_does(tmp_path):
    head = (
        '<meta property="article:published_time" content="2020-12-28T08:00:00+07:00"><meta '
        'property="og:site_name" content="Cổng thông tin huyện Ba Chẽ">'
    )
    report = read(
        tmp_path,
        f"<html><head><title>Tổng kết</title>{head}</head><body><article><h1>Tổng "
        f"kết</h1>{STORY}</article></body></html>",
    )
    assert (report.published, report.publisher) == ("2020-12-28", "Cổng thông tin huyện Ba Chẽ")


def test_the_charset_of_a_page_does_not_matter(tmp_path):
    page = f"<html><head><meta charset='utf-8'></head><body><article>{STORY}</article></body></html>"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert "tỷ lệ hộ nghèo toàn huyện còn 2,35%" in read(tmp_path, page, encoding).text


def test_an_old_font_of_a_page_becomes_unicode(tmp_path):
    page = '<html><body><p><font face=".VnTime">N¨m 2020, tû lÖ hé nghÌo toµn huyÖn cßn 2,35%.</font></p></body></html>'
    assert "tỷ lệ hộ nghèo toàn huyện còn 2,35%" in read(tmp_path, page).text


def test_a_web_archive_is_read(tmp_path):
    archive = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: '
        'text/html; charset="utf-8"\n'
        f"Content-Transfer-Encoding: 8bit\n\n<html><body><article><h1>Tổng "
        f"kết</h1>{STORY}</article></body></html>\n--x--\n"
    )
    assert "2,35%" in read(tmp_path, archive, name="a.mhtml").text


def test_a_short_page_keeps_all_its_words(tmp_path):
    assert (
        read(tmp_path, "<html><body><p>Tỷ lệ hộ nghèo còn 2,35%.</p></body></html>").text.strip()
        == "Tỷ lệ hộ nghèo còn 2,35%."
    )


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        ("Ngày đăng: 28/12/2020", "2020-12-28"),
        ("Thứ hai, 28/12/2020 | 09:20", "2020-12-28"),
        ("Cập nhật lúc 28-12-2020", "2020-12-28"),
        ("28/12/2020 09:20", "2020-12-28"),
        ("Năm 2020 đã qua", ""),
    ],
)
def test_a_date_is_read_where_the_page_shows_it_and_never_guessed(tmp_path, shown, read_as):
    report = read(
        tmp_path,
        f"<html><body><article><h1>Tổng kết</h1><div class='date'>{shown}</div>{STORY}</article></body></html>",
    )
    assert report.published == read_as
