"""Spreadsheets: tables cut out of sheets, numbers as they are shown, formulas, bounds; and .csv."""

import shutil
import zipfile

import openpyxl
import pytest

from analysis.reports import read_report

ROWS = [
    ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "So với KH"],
    [1, "Giải quyết việc làm", "người", 1000, 1052, 1.052],
]


def save(book, tmp_path):
    book.save(tmp_path / "a.xlsx")
    return read_report(tmp_path / "a.xlsx")


def book_of(rows, top=1, name="Biểu 01"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.cell(top + r, c + 1, value)
    return book


def test_the_locator_names_sheet_and_cell(tmp_path):
    report = save(book_of(ROWS, top=5), tmp_path)
    (table,) = report.tables
    cell = next(cell for cell in table.cells if cell.number == 1052)
    assert cell.where == "sheet 'Biểu 01', ô E6" and report.text[cell.start : cell.end] == "1052"


def test_a_percent_format_counts(tmp_path):
    book = book_of(ROWS)
    book.active["F2"].number_format = "0.0%"
    (table,) = save(book, tmp_path).tables
    cell = table.grid[1][5]
    assert (cell.text, cell.number) == ("105,2%", 105.2)


def test_titles_and_signatures_around_a_table_are_lines(tmp_path):
    book = book_of(
        [
            ["UBND HUYỆN BA CHẼ"],
            [],
            ["KẾT QUẢ NĂM 2022"],
            ["ĐVT: %"],
            [],
            *ROWS,
            [],
            ["", "Người lập", "", "", "Chủ tịch"],
        ]
    )
    report = save(book, tmp_path)
    (table,) = report.tables
    assert "KẾT QUẢ NĂM 2022\nĐVT: %" in table.caption and table.grid[0][0].text == "TT"
    assert report.text.rstrip().endswith("Người lập\tChủ tịch")


def test_a_blank_row_inside_a_table_does_not_cut_it(tmp_path):
    (table,) = save(book_of([*ROWS, [], [2, "Số hộ thoát nghèo", "hộ", 50, 60, 1.2]]), tmp_path).tables
    assert len(list(table.body())) == 2


def test_each_sheet_that_is_seen_is_read_and_hidden_ones_are_not(tmp_path):
    book = book_of(ROWS)
    for name, state in (("Biểu 02", "visible"), ("Nháp", "hidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in ROWS:
            sheet.append(row)
    report = save(book, tmp_path)
    assert [table.name for table in report.tables] == ["sheet 'Biểu 01'", "sheet 'Biểu 02'"] and len(report.pages) == 2


def test_formulas_that_were_never_calculated_are_calculated_or_named(tmp_path, monkeypatch):
    book = book_of(ROWS)
    book.active["F2"] = "=E2/D2*100"
    if shutil.which("soffice"):
        report = save(book, tmp_path)
        assert report.tables[0].grid[1][5].number == 105.2
        assert ("recalculated", "1 formulas held no result (Biểu 01!F2); LibreOffice calculated them.") in report.notes
    monkeypatch.setattr("analysis.documents.spreadsheets.which", lambda name: None)
    report = save(book, tmp_path)
    assert (
        "uncalculated",
        "1 formulas hold no result (Biểu 01!F2); open the file in Excel and save it.",
    ) in report.notes


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path):
    book = book_of(ROWS)
    book.active["XFD1048576"] = "xa"
    report = save(book, tmp_path)
    assert len(report.tables) == 1 and any(code == "cut" for code, _ in report.notes)


def test_external_links_and_macros_are_not_touched(tmp_path):
    save(book_of(ROWS), tmp_path)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsm", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"\x00" * 100)
        new.writestr("xl/externalLinks/externalLink1.xml", b"<broken")
    assert len(read_report(tmp_path / "b.xlsm").tables) == 1


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_keeps_its_characters(tmp_path, mark):
    text = (
        mark.join(["Xã", '"Hộ nghèo; cuối năm"', "Tỷ lệ"])
        + "\r\n"
        + mark.join(["An", "12", '"3,4"'])
        + "\r\n"
        + mark.join(["Bo", "7", '"2,2"'])
        + "\r\n"
    )
    (tmp_path / "a.csv").write_bytes(text.encode("utf-8-sig"))
    report = read_report(tmp_path / "a.csv")
    assert report.text == text
    (table,) = report.tables
    assert table.grid[1][2].text == "3,4" and table.header_path(1) == ("Hộ nghèo; cuối năm",)
    assert all(text[cell.start : cell.end] == cell.text for cell in table.cells)
