"""What a web page puts around its report changes nothing of what is read from it."""

import dataclasses

import pytest

from analysis.observations import observe
from analysis.reports import read_reports
from tests import score

MENU = "Trang chủ\nGiới thiệu\nHuyện Mộc Châu\nHuyện Yên Châu\nHuyện Mai Sơn\nLiên hệ"
BAR = "Trang chủ | Giới thiệu | Huyện Mộc Châu | Huyện Yên Châu | Văn bản | Liên hệ"
TEASERS = (
    "TIN LIÊN QUAN\n- Mường La: tỷ lệ hộ nghèo giảm còn 13,7%\n- Thu ngân sách huyện Vũ Quang đạt 257,3 tỷ đồng\n"
    "- Huyện Bắc Yên có thêm 3 xã đạt chuẩn nông thôn mới"
)
READ_MOST = (
    "Tiêu điểm\n- Quan Hóa: 412 hộ thoát nghèo trong 6 tháng (12/07/2019)\n\n"
    "- Tỷ lệ bao phủ BHYT của huyện Như Xuân đạt 91,3% (02/02/2020)"
)
LINKS = ">> Xem thêm: Huyện Sông Hinh: tốc độ tăng trưởng kinh tế đạt 11,37%\n>> Đồng Xuân còn 1.873 hộ nghèo"
CAPTION = "Ảnh: Nông dân xã Tân Lập, huyện Mộc Châu thu hoạch mận."
COUNTER = "Lượt truy cập: 1.284.553\nĐang online: 37"
OFFICE = "Cơ quan chủ quản: UBND tỉnh Sơn La. Địa chỉ: Tổ 3, thành phố Sơn La. Điện thoại: 0212.3852.019"
BEFORE = (MENU, BAR, TEASERS, READ_MOST, LINKS, COUNTER)
KNOWN_MISSES = ("bac-kan-2019",)
BETWEEN, BEHIND = (LINKS, CAPTION), (TEASERS, READ_MOST, OFFICE)


def dated():
    """The practice reports whose day is known and whose text is not all tables."""
    reports = [r for r in read_reports(score.ROOT / "data" / "reports") if r.published and not r.tables]
    pushed_down = pytest.mark.xfail(reason="the first lines, which tell whose page it is, are pushed down", strict=True)
    return [pytest.param(r, id=r.id, marks=pushed_down if r.id in KNOWN_MISSES else ()) for r in reports]


def read(report, text):
    """What is read from a text in the place of the report's own."""
    figures = observe(dataclasses.replace(report, text=text))
    return {(o.indicator, o.value, o.place, o.period, o.status) for o in figures}


@pytest.mark.parametrize("report", dated())
def test_menus_teasers_links_captions_and_counters_leave_a_report_as_it_is(report):
    own, text = read(report, report.text), report.text
    middle = text.index("\n\n", len(text) // 2) if "\n\n" in text[len(text) // 2 :] else len(text)
    for block in BEFORE:
        assert read(report, f"{block}\n\n{text}") == own, block
    for block in BETWEEN:
        assert read(report, f"{text[:middle]}\n\n{block}{text[middle:]}") == own, block
    for block in BEHIND:
        assert read(report, f"{text}\n\n{block}") == own, block
