"""Word documents: paragraphs and tables in their order, merged cells, old fonts, nothing that was deleted."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis.reports import ReportError, read_report


def save(document, tmp_path):
    document.save(tmp_path / "a.docx")
    return read_report(tmp_path / "a.docx")


def add_table(document, rows):
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    return table


def test_paragraphs_and_tables_keep_their_order(tmp_path):
    document = docx.Document()
    document.add_paragraph("Trước")
    add_table(document, [["Chỉ tiêu", "2019", "2020"], ["Tỷ lệ hộ nghèo (%)", "3,1", "2,35"]])
    document.add_paragraph("Sau")
    report = save(document, tmp_path)
    (table,) = report.tables
    assert report.text.index("Trước") < table.start < table.end <= report.text.index("Sau")
    assert report.where(report.text.index("2,35"), 0) == "bảng 1, dòng 2, cột 3"


def test_merged_cells_are_one_cell(tmp_path):
    document = docx.Document()
    table = add_table(
        document, [["Xã", "Hộ nghèo", ""], ["", "Số hộ", "Tỷ lệ (%)"], ["An", "12", "3,4"], ["Bo", "7", "2,2"]]
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    (read,) = save(document, tmp_path).tables
    assert read.header_path(0) == ("Xã",) and read.header_path(2) == ("Hộ nghèo", "Tỷ lệ (%)")


def test_a_letter_head_set_in_a_table_is_no_table(tmp_path):
    document = docx.Document()
    add_table(
        document,
        [
            ["UBND HUYỆN BA CHẼ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 12/BC-UBND", "Ba Chẽ, ngày 05 tháng 7 năm 2023"],
        ],
    )
    report = save(document, tmp_path)
    assert not report.tables and report.published == "2023-07-05"


def test_deleted_words_are_left_out_and_inserted_ones_kept(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Tỷ lệ hộ nghèo còn ")
    for change, words in (("del", "9,9%"), ("ins", "2,35%")):
        text = "delText" if change == "del" else "t"
        paragraph._p.append(
            parse_xml(
                f"<w:{change} {nsdecls('w')} w:id='1' w:author='a'><w:r><w:{text}>{words}</w:{text}></w:r></w:{change}>"
            )
        )
    assert save(document, tmp_path).text.strip() == "Tỷ lệ hộ nghèo còn 2,35%"


def test_words_in_old_fonts_become_unicode_run_by_run(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Năm 2020, ")
    paragraph.add_run("tû lÖ hé nghÌo").font.name = ".VnTime"
    paragraph.add_run(" và ")
    paragraph.add_run("hoä caän ngheøo").font.name = "VNI-Times"
    assert save(document, tmp_path).text.strip() == "Năm 2020, tỷ lệ hộ nghèo và hộ cận nghèo"


def test_an_old_font_that_no_run_names_is_seen_by_its_letters(tmp_path):
    document = docx.Document()
    document.add_paragraph("N¨m 2020, tû lÖ hé nghÌo toµn huyÖn cßn 2,35%, thu ng©n s¸ch ®¹t 112,6 tû ®ång.")
    report = save(document, tmp_path)
    assert "tỷ lệ hộ nghèo toàn huyện còn 2,35%" in report.text and report.encoding == "tcvn3"


def test_a_document_without_words_is_refused(tmp_path):
    with pytest.raises(ReportError, match="holds no text"):
        save(docx.Document(), tmp_path)
