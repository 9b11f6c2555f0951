"""Grids: merged heads, header paths, tables in plain text and tables without rules."""

import pytest

from analysis.plain_tables import find_tables
from analysis.tables import Cell, Table, render, rows_to_cells
from analysis.unruled_tables import Word, find_unruled


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
    assert Cell("12,5 (*)", 0, 0).is_number and not Cell("12 xã", 0, 0).is_number
    assert Cell("-", 0, 0).is_mark and Cell("...", 0, 0).is_mark and not Cell("0", 0, 0).is_mark
