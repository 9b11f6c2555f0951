"""The briefing pack: the form of administrative documents, 16:9 slides, and the figures of the table in both."""

import pathlib
import shutil
import subprocess
import zipfile

import docx
import pptx
import pytest
from docx.shared import Mm, Pt

from analysis import __main__ as command_line
from analysis import files, words
from analysis.briefing import BriefingError, compose, write_briefing
from analysis.tidy import read_published, tidy

YEN_BAI = {"province": "Yên Bái", "period": "2023", "date": "2024-03-05"}


@pytest.fixture(scope="module")
def table():
    return tidy(None, published=read_published())


@pytest.fixture(scope="module")
def briefing(table):
    return compose(table, **YEN_BAI, agency="Sở Thống kê", town="Yên Bái")


@pytest.fixture(scope="module")
def written(table, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    return write_briefing(table, folder, **YEN_BAI, agency="Sở Thống kê", town="Yên Bái", signer="Giám đốc")


@pytest.fixture(scope="module")
def document(written):
    return docx.Document(written[0])


@pytest.fixture(scope="module")
def deck(written):
    return pptx.Presentation(written[1])


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_it_says_what_the_figures_say(briefing):
    assert briefing.findings[0].startswith("Tỷ lệ hộ nghèo năm 2023 cao nhất ở huyện Trạm Tấu (49,42%)")
    assert len(briefing.exhibits) >= 4
    assert all(exhibit.source.startswith("Nguồn:") and exhibit.alt_text for exhibit in briefing.exhibits)
    assert all(exhibit.page_picture.startswith(b"\x89PNG") for exhibit in briefing.exhibits)


def test_its_table_has_the_numbers_of_the_table(briefing, table):
    (grid,) = briefing.grids
    rows = table[(table["province"] == "Yên Bái") & (table["period"] == "2023") & (table["level"] == "district")]
    rates = rows[(rows["indicator"] == "poverty_rate") & (rows["status"] == "actual")].set_index("place")["value"]
    shown = {row[1]: row[2] for row in grid.rows}
    assert shown == {place: words.format_number(value, 2) for place, value in rates.items()}
    assert [source for source in briefing.sources if "yenbai" in source.lower() or "http" in source]
    assert sum(grid.shares) == pytest.approx(1)


def test_the_page_is_that_of_administrative_documents(document):
    section = document.sections[0]
    assert (section.page_width / Mm(1), section.page_height / Mm(1)) == pytest.approx((210, 297), abs=0.1)
    margins = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [round(margin / Mm(1)) for margin in margins] == [30, 20, 20, 20]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size in (Pt(13), Pt(14))


def test_the_page_number_stands_centred_above_all_pages_but_the_first(document):
    section = document.sections[0]
    assert section.different_first_page_header_footer
    header = section.header.paragraphs[0]
    assert "PAGE" in header._p.xml and header.alignment == 1
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_head_has_nation_motto_agency_place_and_date(document):
    text = text_of(document)
    for words_of_the_form in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ THỐNG KÊ", "BÁO CÁO", "Nơi nhận:",
        "Yên Bái, ngày 05 tháng 3 năm 2024", "GIÁM ĐỐC", "I. KẾT QUẢ CHÍNH", "Bảng 1.", "Hình 1.",
    ):  # fmt: skip
        assert words_of_the_form in text


def test_every_figure_of_the_document_has_an_alternative_text(document, briefing):
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [exhibit.alt_text for exhibit in briefing.exhibits]


def test_the_slides_are_16_to_9_and_each_has_a_title_a_source_and_notes(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    for slide in deck.slides:
        assert slide.shapes.title.text.strip()
        assert any(shape.has_text_frame and shape.text_frame.text.startswith("Nguồn:") for shape in slide.shapes)
        assert slide.notes_slide.notes_text_frame.text.strip()


def test_nothing_on_a_slide_lies_outside_it(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0 and shape.height > 0 and shape.width > 0
            assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


def test_the_deck_has_every_figure_with_its_alternative_text_and_a_table(deck, briefing):
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures] == [e.alt_text for e in briefing.exhibits]
    assert any(shape.has_table for slide in deck.slides for shape in slide.shapes)


def test_chosen_places_and_indicators_are_kept_to(table):
    places = ["huyện Trạm Tấu", "huyện Văn Yên"]
    briefing = compose(table, places=places, period="2023", indicators=["poverty_rate"], date="2024-03-05")
    assert {row[1] for row in briefing.grids[0].rows} == set(places)
    assert len(briefing.grids[0].head) == 3 and len(briefing.exhibits) == 1


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"period": "2023"}, "Say for which places"),
        ({"province": "Yên Bái", "period": "1999"}, "No indicator has comparable figures"),
        ({"province": "Yên Bái", "period": "2023", "indicators": ["ocop_products"]}, "no figures of ocop_products"),
    ],
)
def test_an_empty_briefing_is_refused_with_a_reason(table, choice, sentence):
    with pytest.raises(BriefingError, match=sentence):
        compose(table, **choice)


def test_the_command_writes_both_files(table, tmp_path, capsys):
    files.write_csv(table, tmp_path / "table.csv")
    given = ["--table", str(tmp_path / "table.csv"), "--province", "Phú Thọ", "--period", "2016", "-o", str(tmp_path)]
    assert command_line.main(["briefing", *given]) == 0
    assert [pathlib.Path(line).name for line in capsys.readouterr().out.split()] == ["bao-cao.docx", "trinh-chieu.pptx"]
    for name in ("bao-cao.docx", "trinh-chieu.pptx"):
        assert zipfile.ZipFile(tmp_path / name).testzip() is None


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_both_and_their_pages_hold_what_they_should(written, tmp_path):
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, written)], check=True, capture_output=True, timeout=180
    )
    import pdfplumber

    with pdfplumber.open(tmp_path / "bao-cao.pdf") as pages:
        assert 3 <= len(pages.pages) <= 8
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages.pages[0].extract_text()
        assert pages.pages[1].extract_text().startswith("2")
    with pdfplumber.open(tmp_path / "trinh-chieu.pdf") as pages:
        assert len(pages.pages) >= 7
        assert pages.pages[0].width / pages.pages[0].height == pytest.approx(16 / 9, abs=0.01)
