"""Scanned pages: recognised with their boxes, flagged, and refused with advice where tesseract is missing."""

import shutil

import pytest

from analysis.documents.ruled_grids import find_grids, find_rules
from analysis.documents.scans import recogniser

needs_programs = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftoppm") and recogniser()),
    reason=(
        "needs LibreOffice, pdftoppm and tesseract (Debian packages libreoffice-writer, "
        "poppler-utils, tesseract-ocr-vie)"
    ),
)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    from analysis.reports import read_report
    from tests.material.layouts import sources
    from tests.material.make_documents import convert, write_docx
    from tests.material.make_scans import scan

    folder = tmp_path_factory.mktemp("scan")
    source = next(source for source in sources() if source.id == "thai-binh-2020")
    source.blocks.insert(1, "Năm 2020, tỷ lệ hộ nghèo toàn tỉnh còn 2,35%, nhiều chỉ tiêu vượt kế hoạch đề ra.")
    write_docx(source, folder / "a.docx")
    convert([folder / "a.docx"], "pdf", folder)
    scan(folder / "a.pdf", folder / "b.pdf", noise=0.0005)
    return source, read_report(folder / "b.pdf")


@needs_programs
def test_the_words_of_a_skewed_and_stamped_page_are_recognised(scanned):
    _, report = scanned
    assert "tỷ lệ hộ nghèo toàn tỉnh còn 2,35%" in report.text
    assert report.ocr and any(code == "ocr" for code, _ in report.notes)


@needs_programs
def test_the_table_of_a_scan_gives_most_of_its_figures_with_a_flag(scanned):
    from dataclasses import replace

    from analysis.observations import observe
    from tests.material.measure import compare

    source, report = scanned
    report = replace(report, title=source.title, published=source.published)
    found = [one for one in observe(report) if one.where.startswith("trang 1, bảng 1, dòng")]
    right, _, false = compare(found, source.figures)
    assert len(right) >= 0.8 * len(source.figures) and len(false) <= 3
    assert all("ocr" in one.flags.split("|") for one in found)


@needs_programs
def test_each_recognised_word_has_a_box_on_its_page(scanned):
    _, report = scanned
    start = report.text.index("2,35%")
    page, box = report.where(start, start + 5).split(", khung ")
    left, top, right, bottom = map(float, box.split(","))
    assert page == "trang 1" and 0 < left < right < 620 and 0 < top < bottom < 800


def test_rules_are_found_taken_away_and_make_a_grid():
    import numpy

    page = numpy.full((900, 700), 255, dtype="uint8")
    for row in (100, 200, 300):
        page[row : row + 3, 50:650] = 0
    for column in (50, 250, 450, 648):
        page[100:303, column : column + 3] = 0
    page[140:150, 70:80] = 0  # a word
    across, down, clean = find_rules(page)
    (grid,) = find_grids(across, down)
    assert len(grid.rows) == 3 and len(grid.columns) == 4
    assert clean[201, 300] == 255 and clean[145, 75] == 0
