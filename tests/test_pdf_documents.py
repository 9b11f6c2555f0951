"""PDF documents, printed by LibreOffice: paragraphs put together, tables over pages, what is refused."""

import shutil
import subprocess

import docx
import pytest

from analysis.reports import ReportError, read_report

needs_office = pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice (Debian package libreoffice-writer)"
)
LONG = (
    "Năm 2020, tỷ lệ hộ nghèo toàn huyện còn 2,35%, thu ngân sách nhà nước trên địa bàn đạt 112,6 tỷ "
    "đồng, nhiều chỉ tiêu vượt kế "
    "hoạch đề ra, các phong trào văn hóa, thể thao được nhân dân hưởng ứng, an ninh trật tự được giữ vững."
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A report of two pages: long paragraphs, a table that goes on over a page, page numbers; plain and protected."""
    folder = tmp_path_factory.mktemp("pdf")
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "Trang in của văn phòng"
    document.add_paragraph("Tổng kết năm 2020 huyện Ba Chẽ")
    for _ in range(8):
        document.add_paragraph(LONG)
    document.add_paragraph("Biểu 1. Kết quả")
    table = document.add_table(31, 3, style="Table Grid")
    for r, row in enumerate(
        [["TT", "Chỉ tiêu", "Năm 2020"], *([str(n), f"Việc thứ {n}", str(100 + n)] for n in range(1, 31))]
    ):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.add_paragraph("Nơi nhận: như trên.")
    document.save(folder / "a.docx")
    lock = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"mật"}}'
    for name, form in (("plain", "pdf"), ("locked", f"pdf:writer_pdf_Export:{lock}")):
        subprocess.run(
            [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{folder}/profile",
                "--convert-to",
                form,
                "--outdir",
                str(folder / name),
                str(folder / "a.docx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return folder


@needs_office
def test_wrapped_lines_become_the_paragraphs_that_were_typed(printed):
    report = read_report(printed / "plain" / "a.pdf")
    assert report.text.count(LONG) == 8


@needs_office
def test_a_table_over_two_pages_is_one_and_each_cell_names_its_page(printed):
    report = read_report(printed / "plain" / "a.pdf")
    (table,) = report.tables
    assert len(list(table.body())) == 30 and table.caption.endswith("Biểu 1. Kết quả")
    first, last = table.grid[1][2], table.grid[30][2]
    assert (first.text, last.text) == ("101", "130")
    assert first.where.startswith("trang 1, bảng 1, dòng 2") and last.where.startswith("trang 2, bảng 1")


@needs_office
def test_running_feet_are_left_out_and_pages_are_known(printed):
    report = read_report(printed / "plain" / "a.pdf")
    assert "Trang in của văn phòng" not in report.text
    assert len(report.pages) == 2 and report.pages[-1][1] == len(report.text)
    assert report.where(report.text.index("Tổng kết"), report.text.index("Tổng kết") + 5) == "trang 1"


@needs_office
def test_a_protected_pdf_is_refused(printed):
    with pytest.raises(ReportError, match="protected with a password"):
        read_report(printed / "locked" / "a.pdf")


@needs_office
def test_a_truncated_pdf_gives_its_text_or_one_sentence(printed, tmp_path):
    whole = (printed / "plain" / "a.pdf").read_bytes()
    for share in (0.3, 0.7, 0.95):
        path = tmp_path / "cut.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            read_report(path)
        except ReportError as error:
            assert str(error).startswith(str(path)) and "\n" not in str(error)
