"""Grids: merged heads, header paths, tables in plain text and tables without rules."""

import unicodedata

import pytest

from analysis.documents.plain_tables import find_tables
from analysis.documents.unruled_tables import Word, find_unruled
from analysis.indicators import load_catalogue
from analysis.observations import observe
from analysis.places import load_gazetteer
from analysis.reports import Report, read_reports
from analysis.tables import Cell, Table, render, rows_to_cells
from analysis.tabular import observe_tables


def grid(rows, caption=""):
    return Table(tuple(rows_to_cells(rows, lambda row, column: f"dòng {row + 1}, cột {column + 1}")), "bảng 1", caption)


HEAD = [
    ["TT", "Xã", "Hộ nghèo", None, "Hộ cận nghèo", None],
    [None, None, "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"],
]


def test_merged_heads_become_header_paths():
    table = grid([*HEAD, ["1", "An", "12", "3,4", "5", "1,2"], ["2", "Bo", "7", "2,2", "4", "1,1"]])
    assert table.header == (0, 2)
    assert table.header_path(1) == ("Xã",)
    assert table.header_path(5) == ("Hộ cận nghèo", "Tỷ lệ (%)")
    assert list(table.body()) == [2, 3]


def test_a_row_of_column_numbers_is_no_header_and_no_data():
    table = grid(
        [["TT", "Chỉ tiêu", "KH", "TH", "TH/KH"], ["A", "B", "1", "2", "3=2/1"], ["1", "Dân số", "10", "11", "110"]]
    )
    assert table.header_path(2) == ("KH",) and table.numbering(4) == "3=2/1"
    assert list(table.body()) == [2]


def test_rows_above_the_head_are_captions():
    table = grid(
        [
            ["Biểu 01. Kết quả", None, None],
            ["ĐVT: %", None, None],
            ["Xã", "2020", "2021"],
            ["An", "1,2", "1,1"],
            ["Bo", "2", "3"],
        ],
        "Phụ lục",
    )
    assert table.captions == ("Phụ lục", "Biểu 01. Kết quả", "ĐVT: %")
    assert table.header == (2, 3)


def test_a_row_of_years_is_a_head_and_a_section_is_none():
    table = grid([["TT", "Chỉ tiêu", "2019", "2020"], ["I", "KINH TẾ", "", ""], ["1", "Thu ngân sách", "5", "6"]])
    assert table.header == (0, 1)


def test_a_head_repeated_on_the_next_page_is_no_data():
    head = ["Xã", "Số hộ", "Tỷ lệ"]
    table = grid([head, ["An", "1", "2"], head, ["Bo", "3", "4"]])
    assert list(table.body()) == [1, 3]


def test_each_cell_has_its_span_in_the_text():
    text, table = render(rows_to_cells([["Xã", "Số hộ"], ["A\nB", "1.234"]], lambda row, column: ""))
    assert text == "Xã\tSố hộ\nA B\t1.234\n"
    _, moved = render(table.cells, start=10)
    assert all((" " * 10 + text)[cell.start : cell.end] == cell.text for cell in moved.cells)


@pytest.mark.parametrize(
    "text",
    [
        "Bảng\nXã\tSố hộ\tTỷ lệ\nAn\t12\t3,4\nBo\t7\t2,2\n",
        "Bảng\n| Xã | Số hộ | Tỷ lệ |\n|----|----|----|\n| An | 12 | 3,4 |\n| Bo | 7 | 2,2 |\n",
        "Bảng\nXã       Số hộ    Tỷ lệ\nAn          12      3,4\nBo           7      2,2\n",
        "Bảng\r\nXã\tSố hộ\tTỷ lệ\r\nAn\t12\t3,4\r\nBo\t7\t2,2\r\n",
    ],
)
def test_tables_in_plain_text_are_found_where_they_stand(text):
    (table,) = find_tables(text)
    assert table.header_path(2) == ("Tỷ lệ",) and table.grid[-1][2].text == "2,2"
    assert all(text[cell.start : cell.end] == cell.text for cell in table.cells)
    assert table.caption == "Bảng" and table.where(table.grid[-1][2].start) == "bảng 1, dòng 3, cột 3"


def test_a_table_typed_without_care_for_columns_is_read_in_order():
    text = (
        "Năm 2019:\n              An Bình      Đông Hải\nThu nhập bình quân đầu người:   47,2   "
        "46,6\nHộ nghèo (%):  1,3   1,0\n"
    )
    (table,) = find_tables(text)
    assert [table.header_path(column) for column in (1, 2)] == [("An Bình",), ("Đông Hải",)]
    assert [table.grid[2][column].text for column in (1, 2)] == ["1,3", "1,0"]


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi:  Sở Y tế  và các huyện\nVăn bản này  có hai khoảng trắng.\n",
        "Năm 2020, tỷ lệ hộ nghèo  còn 2,35%.\nNăm 2021 còn  1,9%.\n",
        "UBND HUYỆN A      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BC      Độc lập - Tự do - Hạnh phúc\n",
    ],
)
def test_prose_with_wide_spaces_is_no_table(text):
    tables = find_tables(text)
    assert all(sum(cell.is_number for cell in table.cells) >= 2 for table in tables)
    assert not tables


def stack(*rows, between="\n"):
    """Rows of cells parted by bars as a web page leaves them: one cell a line."""
    return between.join(cell.strip() for row in rows for cell in row.split("|"))


BC = "huyện Ba Chẽ"
STACKS = {
    "label, unit, plan, result, per cent": (
        stack(
            "Chỉ tiêu|ĐVT|Kế hoạch năm 2021|Thực hiện năm 2021|Đạt (%)",
            "Thu ngân sách trên địa bàn|Tỷ đồng|80|92|115",
            "Số lao động được tạo việc làm|Người|500|480|96",
        ),
        {
            (BC, "budget_revenue", 80, "2021", "target", None),
            (BC, "budget_revenue", 92, "2021", "actual", 115),
            (BC, "jobs_created", 500, "2021", "target", None),
            (BC, "jobs_created", 480, "2021", "actual", 96),
        },
    ),
    "running numbers and sections": (
        stack(
            "STT|Chỉ tiêu|Đơn vị tính|KH 2021|Ước TH 2021",
            "A|B|1|2|3",
            "I|KINH TẾ",
            "1|Thu ngân sách trên địa bàn|Tỷ đồng|80|92",
            "II|XÃ HỘI",
            "1|Giảm nghèo",
            "- Số hộ nghèo|Hộ|150|142",
            "- Tỷ lệ hộ nghèo|%|2,9|2,75",
            "2|Số xã đạt chuẩn nông thôn mới|Xã|05|05",
        ),
        {
            (BC, "budget_revenue", 80, "2021", "target", None),
            (BC, "budget_revenue", 92, "2021", "estimate", None),
            (BC, "poor_households", 150, "2021", "target", None),
            (BC, "poor_households", 142, "2021", "estimate", None),
            (BC, "poverty_rate", 2.9, "2021", "target", None),
            (BC, "poverty_rate", 2.75, "2021", "estimate", None),
            (BC, "ntm_communes", 5, "2021", "target", None),
            (BC, "ntm_communes", 5, "2021", "estimate", None),
        },
    ),
    "one row under a caption with the unit": (
        "Đơn vị tính: triệu đồng\n"
        + stack("Nội dung|Dự toán huyện giao|Thực hiện|TH/DT (%)", "Thu ngân sách trên địa bàn|60.000|63.300|105,5"),
        {
            (BC, "budget_revenue", 60, "2021", "target", None),
            (BC, "budget_revenue", 63.3, "2021", "actual", 105.5),
        },
    ),
    "places": (
        stack("Tên xã|Số hộ nghèo|Tỷ lệ (%)", "Xã Lương Mông|31|7,1", "Xã Đồn Đạc|44|3,9", "Tổng cộng|75|4,8"),
        {
            ("xã Lương Mông", "poor_households", 31, "2021", "actual", None),
            ("xã Lương Mông", "poverty_rate", 7.1, "2021", "actual", None),
            ("xã Đồn Đạc", "poor_households", 44, "2021", "actual", None),
            ("xã Đồn Đạc", "poverty_rate", 3.9, "2021", "actual", None),
            (BC, "poor_households", 75, "2021", "actual", None),
            (BC, "poverty_rate", 4.8, "2021", "actual", None),
        },
    ),
    "empty cells as empty lines": (
        stack("Nội dung|Số hộ|Tỷ lệ (%)", "Hộ nghèo|142|2,75", "Hộ thoát nghèo|38|", "Hộ cận nghèo|97|1,88")
        + stack("|Hộ thoát cận nghèo|12"),
        {
            (BC, "poor_households", 142, "2021", "actual", None),
            (BC, "poverty_rate", 2.75, "2021", "actual", None),
            (BC, "households_escaped_poverty", 38, "2021", "actual", None),
            (BC, "near_poor_households", 97, "2021", "actual", None),
            (BC, "near_poverty_rate", 1.88, "2021", "actual", None),
            (BC, "households_escaped_near_poverty", 12, "2021", "actual", None),
        },
    ),
    "years below one another": (
        stack("Năm|Số hộ nghèo|Tỷ lệ hộ nghèo (%)", "2020|180|4,1", "2021|142|2,75", between="\n\n"),
        {
            (BC, "poor_households", 180, "2020", "actual", None),
            (BC, "poverty_rate", 4.1, "2020", "actual", None),
            (BC, "poor_households", 142, "2021", "actual", None),
            (BC, "poverty_rate", 2.75, "2021", "actual", None),
        },
    ),
    "one bar a line": (
        "Chỉ tiêu | Kết quả năm 2021\nTỷ lệ hộ nghèo (%) | 2,75\nSố xã đạt chuẩn nông thôn mới | 5 xã\n",
        {(BC, "poverty_rate", 2.75, "2021", "actual", None), (BC, "ntm_communes", 5, "2021", "actual", None)},
    ),
}


@pytest.mark.parametrize("layout", STACKS)
def test_a_table_of_one_cell_a_line_is_read_to_the_end(tmp_path, layout):
    words, expected = STACKS[layout]
    closing = "\n\nNguồn: Văn phòng huyện\nBan biên tập\n" if layout != "empty cells as empty lines" else ""
    text = f"Kết quả năm 2021\n{words}{closing}"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    row = "a,,,2021-12-20,,huyện Ba Chẽ,tỉnh Quảng Ninh\n"
    (tmp_path / "reports.csv").write_text("report,title,publisher,published,url,place,province\n" + row, "utf-8")
    (report,) = read_reports(tmp_path)
    found = observe_tables(report, load_catalogue(), load_gazetteer())
    assert all(report.text[each.start : each.end] == each.quote for each in found)
    assert {(o.place, o.indicator, o.value, o.period, o.status, o.plan_pct) for o in found} == expected


HEAD_AND_ROWS = (
    "TT|Chỉ tiêu|ĐVT|KH năm 2021|TH 6 tháng đầu năm 2021|So với KH (%)",
    "1|Thu ngân sách|Tỷ đồng|80|41,5|51,9",
    "2|Số hộ nghèo|Hộ|150|-|...",
)


@pytest.mark.parametrize(
    "text",
    [
        stack(*HEAD_AND_ROWS),
        stack(*HEAD_AND_ROWS).replace("\n", "\r\n"),
        stack(*HEAD_AND_ROWS, between="\n \n"),
        "\n\n".join(map(stack, HEAD_AND_ROWS)),
        "\t" + stack(*HEAD_AND_ROWS, between=" \n\t"),
        unicodedata.normalize("NFD", stack(*HEAD_AND_ROWS)),
    ],
)
def test_cells_below_one_another_are_found_where_they_stand(text):
    before = "Biểu  số 2\nXã\tHộ\tTỷ lệ\nAn\t1\t2\nBo\t3\t4\n"
    first, table = find_tables(before + text + "\nCác xã tiếp tục rà soát, báo cáo trước ngày 15/12.\n")
    cells = [[cell.text for cell in row] for row in table.grid]
    assert [unicodedata.normalize("NFC", "|".join(row)) for row in cells] == list(HEAD_AND_ROWS)
    assert all((before + text)[cell.start : cell.end] == cell.text for cell in table.cells)
    assert first.name == "bảng 1" and table.cells[-1].where == "bảng 2, dòng 3, cột 6"


NO_STACKS = {
    "counters": "Địa phương\nLượt xem\n1.234\nBình luận\n12\nHôm nay\n45\nTổng truy cập\n99.120\n",
    "counters below a head": "Tỉnh\nSố lượt truy cập\nHôm nay\n45\nTuần này\n312\nTháng này\n1.020\n",
    "menu": "Trang chủ\nGiới thiệu\nKinh tế\nXã\nNăm 2021\n1\n2\n3\nTrang sau\n",
    "choice of a year": "Năm\n2021\n2020\n2019\nTháng\n1\n2\n3\n4\n5\n",
    "prose in short lines": "Nội dung\nKết quả năm 2021\nTỷ lệ hộ nghèo còn 2,75%.\n142\nhộ đã thoát nghèo.\n97\n",
    "bullets": "Chỉ tiêu năm 2021:\n- Tỷ lệ hộ nghèo: 2,75%\n- Thu ngân sách: 92 tỷ đồng\n- Việc làm: 480 người\n",
    "byline and date": "Tỉnh\nThực hiện: Nguyễn An\n20/12/2021\nẢnh: Trần Bo\n21/12/2021\n",
    "other articles": "Địa phương\nSố mới nhất\nHuyện A đón Tết\n2 giờ trước\nHuyện B thu hoạch lúa\n5 giờ trước\n",
    "telephones": "Đơn vị\nSố điện thoại\nUBND xã An\n3861234\nUBND xã Bo\n3861235\n",
    "weather": "Địa phương\nNhiệt độ\nHạ Long\n28\nMóng Cái\n26\n",
    "agenda": "TT\nNội dung\nThực hiện\n1\nKhai mạc\nVăn phòng\n2\nBế mạc\nVăn phòng\n",
    "numbers that do not run": stack("TT|Chỉ tiêu|Kết quả", "7|Số hộ nghèo|142", "3|Số hộ cận nghèo|97"),
    "no header": stack("Tỷ lệ hộ nghèo|%|2,9|2,75", "Thu ngân sách|Tỷ đồng|80|92"),
    "figures in the header": stack("Chỉ tiêu|92|Kết quả", "Thu ngân sách|80|92", "Việc làm|500|480"),
    "merged header": stack("Tên xã|Hộ nghèo|Hộ cận nghèo|Số hộ|Tỷ lệ (%)|Số hộ|Tỷ lệ (%)", "Xã An|31|7,1|12|2,7"),
    "header of two rows": stack("CHỈ TIÊU|ĐVT|NĂM 2021|KẾ HOẠCH|THỰC HIỆN|SO SÁNH", "Thu ngân sách|Tỷ đồng|80|92|115"),
    "a cell that is missing": stack("Chỉ tiêu|KH|TH", "Thu ngân sách|80|92", "Số hộ nghèo|142", "Việc làm|500|480"),
    "a cell too many": stack("Chỉ tiêu|KH|TH", "Thu ngân sách|80|92|115", "Việc làm|500|480|96"),
    "one figure": stack("Chỉ tiêu|Kết quả", "Tỷ lệ hộ nghèo|2,75"),
    "bars of a menu": "Xã | Số hộ\nTin tức | Sự kiện\nLiên hệ | 0203.123\n",
}


@pytest.mark.parametrize("case", NO_STACKS)
def test_short_lines_are_no_table(case):
    assert not find_tables(NO_STACKS[case])
    assert not find_tables(f"Huyện Ba Chẽ\n\n{NO_STACKS[case]}\n\nTrở lại\n")


def test_a_table_without_rules_is_told_by_where_words_stand():
    def line(top, *words):
        return [Word(text, left, left + 5 * len(text), top, top + 10) for text, left in words]

    lines = [
        line(0, ("Chỉ", 20), ("tiêu", 40), ("TH", 200), ("KH", 260)),
        line(20, ("Tổng", 20), ("giá", 43), ("trị", 61)),
        line(26, ("4.735,5", 190), ("4.000", 250)),
        line(32, ("sản", 20), ("xuất", 38)),
        line(50, ("Dân", 20), ("số", 38), ("12", 215), ("13", 265)),
    ]
    ((start, stop, cells),) = find_unruled(lines, lambda table, row, column: f"{row}.{column}")
    texts = [[cell.text for cell in cells if cell.row == row] for row in range(3)]
    assert (start, stop) == (0, 5)
    assert texts == [["Chỉ tiêu", "TH", "KH"], ["Tổng giá trị sản xuất", "4.735,5", "4.000"], ["Dân số", "12", "13"]]


def test_a_cell_knows_figures_and_signs():
    assert Cell("12,5 (*)", 0, 0).is_number and Cell("12 xã", 0, 0).is_number and not Cell("xã 12", 0, 0).is_number
    assert Cell("-", 0, 0).is_mark and Cell("...", 0, 0).is_mark and not Cell("0", 0, 0).is_mark


DAK_GLONG = {"title": "Huyện Đắk Glong công bố kết quả", "published": "2023-12-19", "province": "Đắk Nông"}
LIST = """Tỷ lệ hộ nghèo cuối năm 2023 (%)
- Xã Quảng Sơn: 18,4
- Đắk Ha ....... 9,7
3. Xã Quảng Khê 2,1

Toàn huyện: 16,2
Nguồn: Phòng Lao động
"""


def observed(text, **identity):
    return observe(Report(id="x", text=text, tables=find_tables(text), **identity))


def test_a_list_of_names_with_bare_numbers_is_a_table_under_its_heading():
    (table,) = find_tables(LIST)
    assert [[cell.text for cell in row] for row in table.grid] == [
        ["", "Tỷ lệ hộ nghèo cuối năm 2023 (%)"],
        ["Xã Quảng Sơn", "18,4"],
        ["Đắk Ha", "9,7"],
        ["Xã Quảng Khê", "2,1"],
        ["Toàn huyện", "16,2"],
    ]
    assert all(LIST[cell.start : cell.end] == cell.text for cell in table.cells)
    found = {(o.place, o.value, o.period) for o in observed(LIST, **DAK_GLONG)}
    assert {("xã Quảng Sơn", 18.4, "2023"), ("huyện Đăk Glong", 16.2, "2023")} <= found


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo cuối năm 2023\n- Xã A Bung: 18,4%\n- Xã A Ngo: 9,7%\n- Toàn huyện: 16,2%\n",
        LIST.replace("- Đắk Ha ....... 9,7\n3. Xã Quảng Khê 2,1\n", ""),  # two lines
        LIST.replace("Tỷ lệ hộ nghèo cuối năm 2023 (%)", "Huyện vừa công bố kết quả. Cụ thể như sau."),
    ],
    ids=["shares with their sign", "two items", "under a sentence"],
)
def test_other_lists_are_left_to_the_prose(text):
    assert all(table.loose for table in find_tables(text))


HA_GIANG = {"title": "Hà Giang: tỷ lệ hộ nghèo các huyện cuối năm 2023", "published": "2024-01-10"}


def told(text, **identity):
    return {(o.place, o.indicator, o.value, o.of, o.period, o.status) for o in observed(text, **identity)}


@pytest.mark.parametrize(
    "text",
    [
        "- Đồng Văn: 41,2\n- Mèo Vạc: 43,5\n- Yên Minh: 35,1\n\nCác huyện khác đang rà soát.\n",
        "Số liệu đến hết năm 2023:\nHuyện Đồng Văn 41,2%; huyện Mèo Vạc 43,5%; huyện Yên Minh 35,1%.\n",
        "Nhiều huyện đã giảm nhanh.\n\nHuyện Đồng Văn: 41,2%\nHuyện Mèo Vạc: 43,5%\nHuyện Yên Minh: 35,1%\n",
        "(tổng số hộ - tỷ lệ hộ nghèo %):\nĐồng Văn: 15.310 - 41,2\nMèo Vạc: 16.020 - 43,5\nYên Minh: 17.405 - 35,1\n",
    ],
    ids=["bare numbers", "in one line", "shares below a sentence", "two figures each"],
)
def test_a_list_below_the_title_that_names_it(text):
    expected = {("Đồng Văn", 41.2), ("Mèo Vạc", 43.5), ("Yên Minh", 35.1)}
    found = told(text, **HA_GIANG)
    assert {(fact[0].removeprefix("huyện "), fact[2]) for fact in found if fact[1] == "poverty_rate"} == expected


def test_a_loose_list_counts_only_where_the_prose_reads_nothing_of_it():
    text = "Tỷ lệ hộ nghèo cuối năm 2023 của các xã:\n- Xã Quảng Sơn: 18,4%\n- Xã Quảng Khê: 9,7%\n- Đắk Ha: 2%\n"
    found = [o for o in observed(text, **DAK_GLONG) if o.indicator == "poverty_rate"]
    assert len(found) == 3 and not any(o.where.startswith("danh sách") for o in found)


def test_a_ratio_for_each_commune_under_a_sentence_that_ends_on_a_colon():
    text = "Huyện đánh giá các xã. Kết quả số chỉ tiêu đạt và vượt của các xã:\n"
    text += "+ Quảng Sơn: 15/18;\n+ Quảng Khê: 17/18;\n+ Đắk Ha: 12/18.\n"
    assert ("xã Quảng Khê", "targets_met", 17, 18) in {fact[:4] for fact in told(text, **DAK_GLONG)}


def test_plan_and_result_behind_each_label():
    text = "Chỉ tiêu giao năm 2023 và kết quả:\n- Thu ngân sách trên địa bàn ..... KH: 41 tỷ đồng; TH: 46,2 tỷ đồng\n"
    text += "- Tỷ lệ hộ nghèo ..... KH: 17%; TH: 16,2%\n- Tỷ lệ che phủ rừng ..... KH: 50%; TH: 51%\n"
    assert {fact[1:3] + fact[4:] for fact in told(text, **DAK_GLONG)} == {
        (indicator, value, "2023", status)
        for indicator, values in (
            ("budget_revenue", (41, 46.2)),
            ("poverty_rate", (17, 16.2)),
            ("forest_cover_rate", (50, 51)),
        )
        for value, status in zip(values, ("target", "actual"), strict=True)
    }


def test_years_with_a_figure_each_below_a_heading_with_a_place():
    text = "Thu nhập bình quân đầu người của huyện Đắk Glong (triệu đồng/người/năm)\nNăm 2021: 38,5\nNăm 2022: 41\n"
    assert {fact[1:5] for fact in told(text + "Năm 2023: 45\n", **DAK_GLONG)} == {
        ("income_per_capita", 38.5, None, "2021"),
        ("income_per_capita", 41, None, "2022"),
        ("income_per_capita", 45, None, "2023"),
    }


def test_cards_have_their_figure_above():
    text = "KẾT QUẢ NĂM 2023\n\n3\nXã đạt chuẩn nông thôn mới\n\n51,5%\nTỷ lệ che phủ rừng\n\n12\nSản phẩm OCOP\n\nHết."
    assert {fact[1:3] for fact in told(text, **DAK_GLONG)} == {
        ("ntm_communes", 3),
        ("forest_cover_rate", 51.5),
        ("ocop_products", 12),
    }
    close = "Huyện Đắk Glong năm 2023\n3\nxã đạt chuẩn nông thôn mới\n51,5%\ntỷ lệ che phủ rừng\n12\nsản phẩm OCOP\n"
    assert {fact[2] for fact in told(close, **DAK_GLONG)} == {3, 51.5, 12}


@pytest.mark.parametrize(
    "text",
    [
        "Lịch thi đấu\nXã Quảng Sơn: 2\nXã Quảng Khê: 1\nXã Đắk Ha: 3\n",
        "12\nBình luận mới\n\n45\nLượt xem trang\n\n7\nNgười theo dõi\n",
        "Huyện Đồng Văn 41; huyện Mèo Vạc 43; huyện Yên Minh 35.\n",
    ],
)
def test_a_list_that_nothing_names_gives_no_figure(text):
    assert not observed(text, title="Huyện Đắk Glong hội thao", published="2023-12-19")


def test_a_section_line_does_not_end_a_table_with_bars():
    text = (
        "STT | Chỉ tiêu | Kế hoạch năm 2020 | Thực hiện năm 2020\nA | KINH TẾ\n"
        "1 | Thu ngân sách (tỷ đồng) | 1.350 | 1.552\nB | VĂN HÓA - XÃ HỘI\n"
        "2 | Số lao động được giải quyết việc làm | 6.000 | 6.345\n"
    )
    assert len(find_tables(text)) == 1
    read = {(o.indicator, o.value, o.status) for o in observed(text, **DAK_GLONG)}
    assert {("budget_revenue", 1350.0, "target"), ("jobs_created", 6345.0, "actual")} <= read


def test_a_bar_before_the_first_word_is_an_empty_cell_where_the_table_has_no_frame():
    (table,) = find_tables("TT | Xã | Số hộ nghèo\n1 | An | 12\n2 | Bo | 7\n | Cộng | 19\n")
    assert [cell.text for cell in table.grid[3]] == ["", "Cộng", "19"]


def test_ratios_and_units_stand_in_cells():
    text = "Huyện\tSố xã đạt chuẩn nông thôn mới/tổng số xã\tThu nhập bình quân đầu người\n"
    text += "Yên Lạc\t12/16\t33,5 triệu đồng/năm\nLập Thạch\t13/18\t27,2 triệu đồng/năm\n"
    told = {"title": "Tỉnh Vĩnh Phúc: nông thôn mới năm 2016", "published": "2017-01-10"}
    read = {(o.place, o.indicator, o.value, o.of) for o in observed(text, **told)}
    assert ("huyện Yên Lạc", "ntm_communes", 12.0, 16.0) in read
    assert ("huyện Lập Thạch", "income_per_capita", 27.2, None) in read


RUN_ON = (
    "Bảng 3.1. Vài chỉ tiêu kinh tế - xã hội huyện Lục Ngạn\n"
    "TT Chỉ tiêu ĐVT Năm 2017 Năm 2018 Năm 2019 1 Tổng giá trị sản phẩm Tỷ đồng 9.417 10.229 11.460 2 Thu ngân sách\n"
    "trên địa bàn Tỷ đồng 144,7 155,2 163,4 3 Tỷ lệ hộ nghèo % 14,14 10,55 6,81\n\n"
    "4 Độ che phủ rừng % 40,15 41,28 41,0\nHuyện tiếp tục giảm nghèo.\n"
)


def test_a_table_copied_into_running_text_has_its_rows_and_years():
    (table,) = find_tables(RUN_ON)
    assert [cell.text.replace("\n", " ") for cell in table.grid[2]] == [
        "Thu ngân sách trên địa bàn", "Tỷ đồng", "144,7", "155,2", "163,4",
    ]  # fmt: skip
    assert len(table.grid) == 5
    read = {(o.indicator, o.value, o.period) for o in observed(RUN_ON, title="Huyện Lục Ngạn", published="2020-05-10")}
    assert {("poverty_rate", 6.81, "2019"), ("forest_cover_rate", 40.15, "2017")} <= read
    assert ("budget_revenue", 155.2, "2018") in read
    assert not any(name == "value_per_ha" for name, _, _ in read), "billions are not the yield of a hectare"


def test_growth_rates_behind_the_years_of_such_a_table_are_left_out():
    text = (
        "Chỉ tiêu ĐVT Năm Tốc độ phát triển (%)\n2014 2015 15/14\n1.Tỷ lệ hộ nghèo % 9,54 7,14 74,84 2. Độ che phủ\n"
        "rừng % 45 47 104,44 3. Thu ngân sách Triệu\nđồng 494.244 530.863 107,4\n"
    )
    (table,) = find_tables(text)
    assert [[cell.text for cell in row][2:] for row in table.grid[1:]] == [
        ["9,54", "7,14"], ["45", "47"], ["494.244", "530.863"],
    ]  # fmt: skip


def test_the_last_year_of_such_a_table_may_have_no_figures_yet():
    text = (
        "Tên chỉ tiêu Đơn vị 2015 2016 2017\n3. GIẢM NGHÈO\nTổng số hộ dân hộ 31204.00 31820.00\n"
        "Số hộ nghèo hộ 3379.00 3085.00\nTỷ lệ hộ nghèo % 10.83 9.70\n"
    )
    (table,) = find_tables(text)
    assert [[cell.text for cell in row] for row in table.grid[:2]] == [
        ["chỉ tiêu", "Đơn vị", "2015", "2016"], ["Tổng số hộ dân", "hộ", "31204.00", "31820.00"],
    ]  # fmt: skip


def test_a_table_by_places_in_running_text_has_a_row_for_each_and_its_total():
    text = (
        "Bảng 2. Hộ nghèo theo xã năm 2019 ĐVT: Hộ, % TT Đơn vị Tổng số hộ Số hộ nghèo Tỷ lệ hộ nghèo A B 1 2 3\n"
        "1 Xã Tân Mộc 1.654 132 7,98 2 Xã Phong Vân 1.247 115 9,22 3 Xã Kim Sơn\n758 63 8,31 Cộng 3.659 310 8,47\n"
    )
    (table,) = find_tables(text)
    assert [[cell.text for cell in row] for row in table.grid] == [
        ["Đơn vị", "Tổng số hộ", "Số hộ nghèo", "Tỷ lệ hộ nghèo"],
        ["Xã Tân Mộc", "1.654", "132", "7,98"],
        ["Xã Phong Vân", "1.247", "115", "9,22"],
        ["Xã Kim Sơn", "758", "63", "8,31"],
        ["Cộng", "3.659", "310", "8,47"],
    ]
    assert not find_tables("TT Đơn vị Số hộ Số hộ nghèo 1 Xã Tân Mộc 1.654 132 và nhiều xã khác.")


def test_heads_behind_the_year_of_a_group_are_of_that_year():
    text = "Số hộ nghèo và tỷ lệ hộ nghèo theo xã\n\n"
    text += "Đơn vị | Hộ nghèo 2014: số hộ | tỷ lệ (%) | Hộ nghèo 2015: số hộ | số khẩu | tỷ lệ (%)\n"
    text += "Toàn huyện | 1.840 | 4,65 | 2.789 | 9.367 | 7,45\nXã Tân Mộc | 132 | 7,98 | 151 | 498 | 9,02\n"
    read = {(o.indicator, o.value, o.period) for o in observed(text, title="Huyện Lục Ngạn", published="2016-05-10")}
    assert {("poverty_rate", 4.65, "2014"), ("poverty_rate", 7.45, "2015")} <= read


def test_two_rows_or_a_sentence_make_no_table_in_running_text():
    assert not find_tables("Chỉ tiêu ĐVT 2018 2019 1 Tỷ lệ hộ nghèo % 7,2 5,9 2 Độ che phủ rừng % 40 41. Tốt.")
    assert not find_tables("Các chỉ tiêu và đơn vị 2018 2019 đều đạt; hộ nghèo còn 5,9%, độ che phủ rừng 41%, cao hơn.")


def test_the_head_of_a_list_may_name_its_first_column():
    text = (
        "2. Kết quả theo xã (rà soát cuối năm 2019)\nXã - Tổng số hộ - Số hộ nghèo - Tỷ lệ (%)\n"
        "Trà Mai - 1.012 - 148 - 14,62\nTrà Don - 598 - 209 - 34,95\nTrà Leng - 561 - 262 - 46,70\n"
    )
    about = {"title": "Huyện Nam Trà My giảm nghèo", "published": "2020-11-18"}
    read = {(o.place, o.indicator, o.value, o.period) for o in observed(text, **about)}
    assert {("xã Trà Don", "poor_households", 209.0, "2019"), ("xã Trà Leng", "poverty_rate", 46.7, "2019")} <= read


def test_the_first_item_of_a_list_is_no_head_of_the_others():
    text = "Số hộ nghèo của 4 xã:\n1. Xã An: 512 hộ, 41,3%\n2. Xã Bo: 486 hộ, 37,9%\n3. Xã Ca: 433 hộ, 36,2%\n"
    assert not find_tables(text + "4. Xã Do: 208 hộ, 28,4%\n")


def test_a_table_that_contradicts_the_sentences_is_flagged_with_them():
    text = (
        "Năm 2019, tỷ lệ hộ nghèo của huyện còn 7,5%.\n\nChỉ tiêu\tĐơn vị\tNăm 2018\tNăm 2019\n"
        "Tỷ lệ hộ nghèo\t%\t10,55\t6,81\nĐộ che phủ rừng\t%\t41,28\t41,0\n"
    )
    read = observed(text, title="Huyện Lục Ngạn năm 2019", published="2020-01-10")
    flags = {(o.value, o.period): o.flags for o in read if o.indicator == "poverty_rate"}
    assert flags == {(7.5, "2019"): "contested", (10.55, "2018"): "", (6.81, "2019"): "contested"}
