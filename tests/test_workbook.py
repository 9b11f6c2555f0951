"""The workbook, made of the published figures and read back by openpyxl, pandas, calamine and LibreOffice."""

import datetime
import errno
import os
import pathlib
import re
import shutil
import subprocess
import zipfile

import numpy
import openpyxl
import pandas
import pytest

import analysis as da
from analysis.checks import COLUMNS as FINDING_COLUMNS
from analysis.sheets import pages as workbook_pages
from analysis.sheets import styles as workbook_styles
from analysis.sheets.data import fields
from analysis.sheets.edition import PlaceName, choose, compose
from analysis.sheets.tables import lay_out
from analysis.workbook import WorkbookError, write_workbook

DATE = datetime.date(2026, 11, 25)
ROOT = pathlib.Path(__file__).resolve().parent.parent
SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (Debian package libreoffice-calc) is not installed")


@pytest.fixture(scope="session")
def table():
    return da.tidy(None, published=da.read_published(ROOT / "data" / "tables" / "published_figures.csv"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("workbooks")


def written(table, path, **options):
    return write_workbook(table, path, progress=False, date=DATE, **options)


@pytest.fixture(scope="session")
def yen_bai(table, folder):
    return written(
        table, folder / "yen-bai.xlsx", places="Yên Bái", issuer="Cục Thống kê tỉnh Yên Bái", contact="Phòng Tổng hợp"
    )


@pytest.fixture(scope="session")
def phu_tho(table, folder):
    return written(table, folder / "phu-tho.xlsx", places="Phú Thọ", form="comparison")


@pytest.fixture(scope="session")
def dam_rong(table, folder):
    return written(table, folder / "dam-rong.xlsx", places="huyện Đam Rông", form="profile")


@pytest.fixture(scope="session")
def kon_tum_english(table, folder):
    return written(table, folder / "kon-tum.xlsx", places="Kon Tum", lang="en")


@pytest.fixture(scope="session")
def everything(table, folder):
    return written(table, folder / "everything.xlsx")


@pytest.fixture(scope="session")
def recalculated(folder, yen_bai, phu_tho, dam_rong, kon_tum_english, everything):
    """The workbooks as LibreOffice opens, recalculates and saves them, and as it prints them."""
    if not SOFFICE:
        pytest.skip("LibreOffice (Debian package libreoffice-calc) is not installed")
    out = folder / "libreoffice"
    books = [yen_bai, phu_tho, dam_rong, kon_tum_english, everything]
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    for kind in ("xlsx", "pdf"):
        printed = books if kind == "xlsx" else books[:3]
        subprocess.run(
            [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(out), *map(str, printed)],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return out


def cells(path, *, values):
    book = openpyxl.load_workbook(path, data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def sheet_named(book, start):
    return next(sheet for sheet in book if sheet.title.startswith(start))


def table_frame(path, sheet, name=None):
    """The Excel table of a sheet as a DataFrame, through openpyxl's stored values."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    area = page.tables[name or next(iter(page.tables))].ref
    rows = [[cell.value for cell in row] for row in page[area]]
    return pandas.DataFrame(rows[1:], columns=rows[0])


# --- what stands in it --------------------------------------------------------------------------------------------


def test_the_cover_names_scope_date_and_contact_and_its_contents_lead_to_every_sheet(yen_bai):
    book = openpyxl.load_workbook(yen_bai)
    assert book.sheetnames[0] == "Bìa"
    texts = [str(cell.value) for row in book["Bìa"].iter_rows() for cell in row if cell.value]
    assert any("CỤC THỐNG KÊ TỈNH YÊN BÁI" in text for text in texts)
    assert any("9 địa bàn" in text for text in texts) and "Phòng Tổng hợp" in texts
    links = {link.location for link in book["Bìa"]._hyperlinks} or {
        cell.hyperlink.location for row in book["Bìa"].iter_rows() for cell in row if cell.hyperlink
    }
    for name in book.sheetnames[1:]:
        assert workbook_pages.reference(name, "A1") in links, name


def test_the_table_of_an_indicator_shows_the_published_figures_of_yen_bai(yen_bai, table):
    shown = table_frame(yen_bai, "B03 Tỷ lệ hộ nghèo").set_index("Địa bàn")
    rows = table[
        (table.province == "Yên Bái")
        & (table.indicator == "poverty_rate")
        & (table.period == "2023")
        & table.used
        & (table.standard == "2022-2026")
    ]
    assert len(rows) == 10
    for row in rows.itertuples():
        name = row.place if row.level == "district" else f"Toàn {row.place}"
        assert shown.loc[name, "2023"] == row.value
    assert shown.loc["huyện Trạm Tấu", "2023"] == 49.42
    ranked = shown["Hạng 2023"].dropna().astype(int)
    best_first = rows[rows.level == "district"].sort_values("value").place.tolist()
    assert ranked.sort_values().index.tolist() == best_first


def test_two_poverty_lines_at_one_date_stand_in_two_blocks_with_a_sign_between(yen_bai):
    sheet = sheet_named(openpyxl.load_workbook(yen_bai, data_only=True), "B03")
    header = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    names = [cell.value for cell in header]
    old, new = names.index("2021"), names.index("2021′")
    sign = next(name for name in names[old:new] if str(name).startswith("Đổi chuẩn"))
    assert "NĐ 07/2021/NĐ-CP" in sign
    province = next(row for row in sheet.iter_rows(min_row=header[0].row) if row[1].value == "Toàn tỉnh Yên Bái")
    assert (province[old].value, province[new].value) == (4.76, 18.07)


def test_no_difference_is_taken_across_definitions(table, folder):
    path = written(
        table, folder / "dam-rong-table.xlsx", places=["huyện Đam Rông", "huyện Lạc Dương"], indicators="poverty_rate"
    )
    sheet = sheet_named(openpyxl.load_workbook(path), "B03")
    header = [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == "STT")]
    assert sum(str(name).startswith("Đổi chuẩn") for name in header) >= 3
    change = [name for name in header if str(name).startswith("Tăng, giảm")]
    assert all("2015 " not in name or "2016" not in name for name in change)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and "-" in str(cell.value):
                first, second = re.findall(r"([A-Z]+)\d+", cell.value)
                between = header[
                    openpyxl.utils.column_index_from_string(second) - 1 : openpyxl.utils.column_index_from_string(first)
                ]
                assert not any(str(name).startswith("Đổi chuẩn") for name in between)


def test_phu_tho_2016_is_ranked_as_compare_ranks_it(phu_tho, table):
    ranked = da.compare.rank(table, "poverty_rate", province="Phú Thọ", period="2016")
    wanted = dict(zip(ranked["place"], ranked["rank"], strict=True))
    shown = table_frame(phu_tho, "B03 Tỷ lệ hộ nghèo")
    column = next(name for name in shown if name.startswith("Hạng"))
    got = shown.dropna(subset=column).set_index("Địa bàn")[column].to_dict()
    assert column == "Hạng 2016" and len(got) == 13
    assert got == {place: int(rank) for place, rank in wanted.items() if place in got}


def test_counts_with_a_total_show_n_of_m_and_their_share(phu_tho, table):
    shown = table_frame(phu_tho, "B05 Số hộ nghèo").set_index("Địa bàn")
    row = table[
        (table.place == "huyện Tân Sơn") & (table.indicator == "poor_households") & (table.period == "2016")
    ].iloc[0]
    assert shown.loc["huyện Tân Sơn", "Tổng số 2016"] == row["of"]
    assert shown.loc["huyện Tân Sơn", "Tỷ lệ 2016 (%)"] == pytest.approx(row.value / row["of"] * 100)


def test_the_scorecard_has_letters_beside_its_tones_and_agrees_with_the_quartiles(yen_bai, table):
    shown = table_frame(yen_bai, "Bảng điểm").set_index("Địa bàn")
    wanted = da.compare.quartiles(table, "poverty_rate", province="Yên Bái", period="2023", standard="2022-2026")
    for row in wanted.itertuples():
        assert shown.loc[row.place, "Nhóm 03"] == "ABCD"[int(row.quartile) - 1]
    counts = shown[[f"Số nhóm {band}" for band in "ABCD"]]
    letters = shown[[name for name in shown if re.fullmatch(r"Nhóm \d\d", name)]]
    assert counts.sum().sum() == letters.notna().sum().sum()


def test_tones_of_the_scorecard_differ_in_grey_and_keep_their_text_readable():
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    tones = {band: luminance(colour) for band, colour in workbook_styles.QUARTILES.items()}
    assert tones["A"] < tones["B"] < tones["C"] and tones["B"] + 0.2 < tones["D"]
    for band, tone in tones.items():
        ink = 1.0 if band == "A" else 0.0
        high, low = max(tone, ink), min(tone, ink)
        assert (high + 0.05) / (low + 0.05) >= 4.5, band


def test_a_profile_has_a_row_for_each_definition_and_no_row_crosses_a_break(dam_rong, table):
    shown = table_frame(dam_rong, "Chuỗi số liệu")
    poverty = shown[shown["Chỉ tiêu"] == "Tỷ lệ hộ nghèo"].set_index("Cách tính")
    assert poverty.loc["chuẩn 2011–2015", "2015"] == 7.5 and poverty.loc["chuẩn 2016–2021", "2015"] == 37.11
    assert poverty.loc["chuẩn 2016–2021", "2021"] == 7.45 and poverty.loc["chuẩn 2022–2026", "2021"] == 14.76
    profile = table_frame(dam_rong, "Hồ sơ").set_index("Chỉ tiêu")
    latest = da.compare.latest(table, "poverty_rate", places="huyện Đam Rông")
    assert profile.loc["Tỷ lệ hộ nghèo", "Giá trị"] == latest.iloc[0]["value"]


def test_every_flag_mark_and_indicator_is_explained_in_the_notes(yen_bai):
    notes = openpyxl.load_workbook(yen_bai)["Ghi chú"]
    texts = " ".join(str(cell.value) for row in notes.iter_rows() for cell in row if cell.value)
    for word in da.words.FLAGS.values():
        assert word.vi in texts and word.meaning_vi in texts
    for mark in ("-", "...", "(để trống)", "*", "†", "′"):
        assert any(cell.value == mark for row in notes.iter_rows() for cell in row), mark
    assert "NĐ 07/2021/NĐ-CP" in texts and "QĐ 59/2015/QĐ-TTg" in texts


def test_the_listed_and_published_indicators_are_defined_in_vietnamese(table):
    from analysis.sheets.lists import _vietnamese_definitions

    known, catalogue = _vietnamese_definitions(), da.load_catalogue()
    wanted = {name for name, indicator in catalogue.items() if indicator.listed} | set(table["indicator"])
    assert not wanted - set(known), "add it to data/reference/indicator_definitions_vi.csv"
    assert len(set(known.values())) == len(known)


def test_the_dictionary_explains_each_column_of_the_data(yen_bai, table):
    book = openpyxl.load_workbook(yen_bai)
    headers = [cell.value for cell in book["Số liệu"][4]]
    explained = table_frame(yen_bai, "Từ điển cột")
    assert explained["Cột"].tolist() == headers
    unknown = set(table.columns) - {field.name for field in fields()}
    assert not unknown, f"columns of the tidy table that the data sheet leaves out: {unknown}"


def test_reports_without_figures_stand_among_the_sources(table, folder):
    report = da.reports.Report("bao-cao-im-lang", "Không có gì.", title="Báo cáo im lặng", published="2024-01-02")
    path = written(table, folder / "silent.xlsx", places="Yên Bái", reports=[report])
    sources = table_frame(path, "Nguồn")
    row = sources[sources["Tên bài, văn bản"] == "Báo cáo im lặng"].iloc[0]
    assert row["Số số liệu"] == "không tìm thấy số liệu" and row["Ngày công bố"] == datetime.datetime(2024, 1, 2)


# --- how it looks and works ---------------------------------------------------------------------------------------


def test_findings_about_a_whole_report_stand_in_the_review_queue_beside_those_of_figures(table, tmp_path):
    few = table[(table.province == "Yên Bái") & (table.indicator == "poverty_rate")]
    key, report = few[["key", "report"]].iloc[0]
    one = dict.fromkeys(FINDING_COLUMNS, "") | {"code": "undated", "severity": "info", "sentence": "Không rõ ngày."}
    found = pandas.DataFrame(
        [
            one | {"report": report},
            one | {"report": "khong-co-trong-bang"},
            one | {"key": key, "report": report},
            one | {"key": "khac", "report": report},
        ]
    )
    book = openpyxl.load_workbook(written(few, tmp_path / "found.xlsx", findings=found))
    last = [row[-1] for row in sheet_named(book, "Rà soát").iter_rows(min_row=5, values_only=True)]
    assert last == [report, key]


def test_numbers_are_numbers_in_times_new_roman_with_a_format(yen_bai):
    book = openpyxl.load_workbook(yen_bai)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.font.name == "Times New Roman", (sheet.title, cell.coordinate)
                if isinstance(cell.value, str) and cell.data_type == "s":
                    assert not re.fullmatch(r"-?\d+([.,]\d+)+", cell.value), (sheet.title, cell.coordinate)
    sheet = sheet_named(book, "B03")
    values = [cell for row in sheet.iter_rows(min_row=8) for cell in row if isinstance(cell.value, float)]
    assert values and all("0.00" in cell.number_format for cell in values)


def test_every_sheet_prints_on_a4_with_its_header_repeated(everything):
    book = openpyxl.load_workbook(everything)
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        if sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert sheet.page_setup.fitToWidth >= 1
        else:
            assert sheet.col_breaks.brk and 50 <= sheet.page_setup.scale <= 100
        if sheet.tables:
            assert sheet.print_title_rows and sheet.freeze_panes, sheet.title
        assert not sheet.merged_cells.ranges
        assert len(sheet.title) <= 31


def test_the_summary_goes_on_to_the_next_page_between_two_indicators(everything):
    sheet = openpyxl.load_workbook(everything)["Tổng hợp"]
    band = int(sheet.print_title_rows.strip("$").split(":")[0].strip("$"))
    first = [cell.column for cell in sheet[band] if cell.value]
    assert len(first) > 2 and [brk.id + 1 for brk in sheet.col_breaks.brk]
    assert {brk.id + 1 for brk in sheet.col_breaks.brk} <= set(first)


def test_excel_tables_have_unique_names_and_text_heads_equal_to_their_cells(everything):
    book = openpyxl.load_workbook(everything)
    names = []
    for sheet in book:
        for table in sheet.tables.values():
            names.append(table.displayName)
            heads = [cell.value for cell in sheet[table.ref][0]]
            assert [column.name for column in table.tableColumns] == heads
            assert all(isinstance(head, str) and head for head in heads)
            assert len({head.casefold() for head in heads}) == len(heads)
            assert re.fullmatch(r"[A-Za-z_]\w{1,200}", table.displayName, re.ASCII)
    assert len(set(names)) == len(names) and {"So_lieu", "Nguon", "Tu_dien"} <= set(names)


def test_each_figure_leads_to_its_data_row_and_each_data_row_to_its_source(yen_bai, table):
    book = openpyxl.load_workbook(yen_bai)
    sheet = sheet_named(book, "B03")
    followed = 0
    for row in sheet.iter_rows(min_row=6):
        for cell in row:
            if isinstance(cell.value, float) and cell.hyperlink:
                name, place = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()
                data = book[name]
                key = data.cell(int(place), 1).value
                assert table.set_index("key").loc[key, "value"] == cell.value
                assert cell.hyperlink.tooltip
                followed += 1
    assert followed >= 25
    headers = [cell.value for cell in book["Số liệu"][4]]
    at = headers.index("Nguồn") + 1
    for line in (5, 6, 40):
        cell = book["Số liệu"].cell(line, at)
        target = int(re.fullmatch(r"'Nguồn'!A(\d+)", cell.hyperlink.location)[1])
        assert book["Nguồn"].cell(target, 2).value == cell.value


def test_a_data_row_leads_to_the_sentence_where_the_evidence_page_stands(table, tmp_path):
    report = table[table.province == "Yên Bái"].iloc[0]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / f"{report.report}.html").write_text("<p>", encoding="utf-8")
    path = written(table, tmp_path / "book.xlsx", places="Yên Bái")
    data = openpyxl.load_workbook(path)["Số liệu"]
    targets = {
        cell.hyperlink.target
        for row in data.iter_rows(min_row=5)
        for cell in row
        if cell.hyperlink and cell.hyperlink.target
    }
    assert any(target.startswith("evidence/") and f"#{report.key}" in target for target in targets)
    assert all(report.report in target for target in targets)


def test_evidence_pages_that_are_made_afterwards_can_be_linked(table, tmp_path):
    rows = table[table.province == "Yên Bái"].copy()
    rows["origin"] = "report"
    for wanted in (True, False):
        path = written(rows, tmp_path / "book.xlsx", evidence=wanted)
        with zipfile.ZipFile(path) as archive:
            links = [n for n in archive.namelist() if n.endswith(".rels") and b"evidence/" in archive.read(n)]
        assert bool(links) is wanted


def test_formulas_are_live_and_their_results_are_stored(everything):
    formulas, results = cells(everything, values=False), cells(everything, values=True)
    live = {where: value for where, value in formulas.items() if isinstance(value, str) and value.startswith("=")}
    assert len(live) > 400
    kinds = {re.match(r"=([A-Z]+)\(", value)[1] for value in live.values() if re.match(r"=([A-Z]+)\(", value)}
    assert {"SUMPRODUCT", "AVERAGE", "MEDIAN", "COUNTIF"} <= kinds
    assert all(isinstance(results.get(where), int | float) for where in live)


def test_charts_are_native_break_where_the_definition_changes_and_have_alternative_text(dam_rong):
    book = openpyxl.load_workbook(dam_rong)
    charts = book["Xu hướng"]._charts
    assert len(charts) >= 3
    poverty = charts[0]
    assert len(poverty.series) == 5  # unknown before 2006, four lines of poverty
    assert not any(series.smooth for series in poverty.series) and not poverty.y_axis.delete
    with zipfile.ZipFile(dam_rong) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    texts = re.findall(r'descr="([^"]+)"', drawing)
    assert len(texts) == len(charts) and texts[0].startswith("Biểu đồ đường. Tỷ lệ hộ nghèo") and "37,11" in texts[0]


def test_there_are_no_macros_external_books_or_unreadable_parts(everything):
    with zipfile.ZipFile(everything) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
        sizes = [archive.read(name).count(b"<hyperlink ") for name in names if "worksheets/sheet" in name]
    assert max(sizes) <= 65_530
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+84 123",
        "-5 độ",
        "@ai",
        "#N/A",
        '=HYPERLINK("http://x")',
        "a\x01b",
        "một\nhai",
        "\ud800 hỏng",
        "<&>\"'",
        "x" * 40_000,
        "=",
        "TRUE",
        "01/02/2023",
    ],
)
def test_text_stays_text(table, tmp_path, text):
    few = table[table.province == "Yên Bái"].copy()
    few["quote"] = text
    path = written(
        few, tmp_path / "text.xlsx", indicators="poverty_rate", findings=pandas.DataFrame(columns=FINDING_COLUMNS)
    )
    data = openpyxl.load_workbook(path)["Số liệu"]
    at = [cell.value for cell in data[4]].index("Câu trích") + 1
    cell = data.cell(5, at)
    assert cell.data_type == "s" and isinstance(cell.value, str)
    assert cell.value[:1] == text.replace("\x01", "")[:1] or "\ud800" in text
    assert len(cell.value) <= 32_767


# --- choice and languages -----------------------------------------------------------------------------------------


def test_english_has_no_vietnamese_but_names_and_sources(kon_tum_english):
    book = openpyxl.load_workbook(kon_tum_english)
    assert book.sheetnames[0] == "Cover" and "Data" in book.sheetnames
    sheet = sheet_named(book, "T03")
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(text.startswith("Source: ") for text in texts) and any(text.startswith("Notes: ") for text in texts)
    assert not any("Ghi chú" in text or "Biểu số" in text for text in texts if not text.startswith("Source: "))
    assert any("Ranked by the column" in text for text in texts)


def test_both_languages_stand_side_by_side(table, folder):
    book = openpyxl.load_workbook(written(table, folder / "both.xlsx", places="Kon Tum", lang="vi-en"))
    texts = [cell.value for row in book["Bìa"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "Mục lục / Contents" in texts
    assert any("Tỷ lệ hộ nghèo / Poverty rate" in text for text in texts)


def test_places_indicators_and_periods_can_be_chosen(table, tmp_path):
    path = written(
        table,
        tmp_path / "chosen.xlsx",
        places=["huyện Ba Chẽ", "huyện Bắc Mê", "huyện Phú Xuyên"],
        indicators=["poverty_rate", "income_per_capita"],
        periods="2018-2021",
    )
    data = table_frame(path, "Số liệu")
    assert set(data["Mã chỉ tiêu"]) <= {"poverty_rate", "income_per_capita"}
    assert data["Năm"].between(2018, 2021).all()
    assert {"huyện Ba Chẽ", "huyện Bắc Mê", "huyện Phú Xuyên"} >= set(data.loc[data["Cấp"] == "cấp huyện", "Địa bàn"])


def test_an_unknown_name_is_told_with_those_nearest(table, tmp_path):
    with pytest.raises(WorkbookError, match="huyện Trạm Tấu"):
        written(table, tmp_path / "x.xlsx", places="huyện Trạm Táu")
    with pytest.raises(WorkbookError, match="poverty_rate"):
        written(table, tmp_path / "x.xlsx", indicators="poverty_rat")
    with pytest.raises(WorkbookError, match="nothing to write"):
        written(table, tmp_path / "x.xlsx", periods=1950)
    with pytest.raises(WorkbookError, match="several"):
        written(table, tmp_path / "x.xlsx", places="Cao Lãnh")
    with pytest.raises(WorkbookError, match="one place"):
        written(table, tmp_path / "x.xlsx", form="profile", places="Yên Bái")
    with pytest.raises(WorkbookError, match="full"):
        written(table, tmp_path / "x.xlsx", form="short")
    with pytest.raises(WorkbookError, match="vi-en"):
        written(table, tmp_path / "x.xlsx", lang="fr")
    with pytest.raises(WorkbookError, match=r"\.xlsx"):
        written(table, tmp_path / "x.xls")
    assert not list(tmp_path.iterdir())


def test_the_table_that_is_given_is_not_changed(table, tmp_path):
    before = table.copy()
    written(table, tmp_path / "book.xlsx", places="Kon Tum")
    pandas.testing.assert_frame_equal(table, before)


def test_the_same_table_gives_the_same_cells(table, yen_bai, tmp_path):
    again = written(
        table.sample(frac=1, random_state=3),
        tmp_path / "again.xlsx",
        places="Yên Bái",
        issuer="Cục Thống kê tỉnh Yên Bái",
        contact="Phòng Tổng hợp",
    )
    assert cells(again, values=True) == cells(yen_bai, values=True)


# --- writing ------------------------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"the old workbook")
    return path


def test_a_workbook_open_elsewhere_is_left_whole_with_a_clear_sentence(table, old, monkeypatch):
    lock = old.parent / f".~lock.{old.name}#"
    lock.write_text("x")
    with pytest.raises(WorkbookError, match="open in another program"):
        written(table, old, places="Yên Bái")
    lock.unlink()

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(WorkbookError, match="close it"):
        written(table, old, places="Yên Bái")
    assert old.read_bytes() == b"the old workbook" and list(old.parent.iterdir()) == [old]


def test_a_full_disk_is_told_and_the_old_file_stays_whole(table, old, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(workbook_pages.Press, "pack", full)
    with pytest.raises(WorkbookError, match="disk is full"):
        written(table, old, places="Yên Bái")
    assert old.read_bytes() == b"the old workbook" and list(old.parent.iterdir()) == [old]


def test_more_rows_than_a_sheet_holds_are_split_and_the_cover_says_so(table, tmp_path):
    path = written(table, tmp_path / "split.xlsx", places="Yên Bái", rows_per_sheet=58)
    book = openpyxl.load_workbook(path)
    assert [name for name in book.sheetnames if name.startswith("Số liệu")] == ["Số liệu 1", "Số liệu 2", "Số liệu 3"]
    assert any("chia thành 3 trang" in str(cell.value) for row in book["Bìa"].iter_rows() for cell in row)
    keys = [
        book[f"Số liệu {n}"].cell(row, 1).value for n in (1, 2, 3) for row in range(5, book[f"Số liệu {n}"].max_row + 1)
    ]
    assert len(keys) == len(set(keys)) == (table.province == "Yên Bái").sum()
    sheet = sheet_named(book, "B03")
    cell = next(cell for row in sheet.iter_rows(min_row=6) for cell in row if isinstance(cell.value, float))
    name, line = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()
    assert table.set_index("key").loc[book[name].cell(int(line), 1).value, "value"] == cell.value


def test_a_long_table_links_runs_of_rows_and_keeps_excel_s_limits(table, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.sheets.data.MANY_ROWS", 50)
    path = written(table, tmp_path / "long.xlsx", places="Yên Bái")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    links = re.findall(r'<hyperlink ref="[A-Z]+(\d+):[A-Z]+(\d+)" location="[^"]*Nguồn', "".join(parts))
    rows = sum(int(last) - int(first) + 1 for first, last in links)
    assert rows == (table.province == "Yên Bái").sum() and len(links) < 30
    frame = table_frame(path, "Số liệu")
    assert len(frame) == rows and frame["Giá trị"].notna().all()


# --- other programs -----------------------------------------------------------------------------------------------


def test_pandas_and_calamine_read_the_data_back_equal(yen_bai, table):
    wanted = table[table.province == "Yên Bái"].set_index("key")
    for engine in ("openpyxl", "calamine"):
        got = pandas.read_excel(yen_bai, sheet_name="Số liệu", header=3, engine=engine, dtype={"Mã địa bàn": str})
        got = got.set_index("Mã số liệu").loc[wanted.index]
        numpy.testing.assert_array_equal(got["Giá trị"].to_numpy(float), wanted["value"].to_numpy(float))
        numpy.testing.assert_array_equal(got["Trong tổng số"].to_numpy(float), wanted["of"].to_numpy(float))
        assert got["Địa bàn"].tolist() == wanted["place"].tolist()
        assert got["Mã địa bàn"].fillna("").tolist() == wanted["place_code"].tolist()
        assert got["Mã chỉ tiêu"].tolist() == wanted["indicator"].tolist()
        days = wanted["published"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")
        assert [f"{day:%Y-%m-%d}" for day in pandas.to_datetime(got.loc[days, "Ngày công bố"])] == wanted.loc[
            days, "published"
        ].tolist()


@needs_soffice
def test_libreoffice_recalculates_every_formula_to_the_stored_result(
    recalculated, yen_bai, phu_tho, dam_rong, kon_tum_english, everything
):
    compared = 0
    for path in (yen_bai, phu_tho, dam_rong, kon_tum_english, everything):
        formulas, stored = cells(path, values=False), cells(path, values=True)
        fresh = cells(recalculated / path.name, values=True)
        for where, formula in formulas.items():
            if isinstance(formula, str) and formula.startswith("="):
                assert fresh[where] == pytest.approx(stored[where], abs=1e-9), (path.name, where, formula)
                compared += 1
        errors = [
            where for where, value in fresh.items() if isinstance(value, str) and re.match(r"#\w+[/!?]|Err:", value)
        ]
        assert not errors, (path.name, errors[:5])
    assert compared > 800


@needs_soffice
def test_libreoffice_reads_every_cell_as_it_was_written(recalculated, yen_bai):
    before, after = cells(yen_bai, values=True), cells(recalculated / yen_bai.name, values=True)
    different = [
        where
        for where, value in before.items()
        if isinstance(value, int | float) and after.get(where) != pytest.approx(value)
    ]
    assert not different, different[:5]
    assert {where for where in before if before[where] not in ("", None)} <= set(after)


@needs_soffice
def test_libreoffice_prints_pages_in_vietnamese_without_cut_numbers(recalculated, yen_bai):
    pdf = recalculated / f"{yen_bai.stem}.pdf"
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (Debian package poppler-utils) is not installed")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "###" not in text
    for words in (
        "Biểu số 03",
        "ĐVT: %",
        "Nguồn:",
        "Ghi chú:",
        "Tỷ lệ hộ nghèo theo địa bàn",
        "Toàn tỉnh Yên Bái",
        "huyện Trạm Tấu",
    ):
        assert words in text, words
    pages = text.count("\f")
    assert 15 <= pages <= 40


# --- parts --------------------------------------------------------------------------------------------------------


def edition(table, places, **options):
    catalogue = da.load_catalogue()
    chosen, named = choose(table, places=places, catalogue=catalogue, **options)
    return compose(chosen, catalogue=catalogue, chosen=named)


def test_the_ranked_column_is_the_one_that_knows_most_places(table):
    laid = lay_out(edition(table, "Yên Bái"), "poverty_rate", 3)
    assert laid.columns[laid.main].period == "2023" and laid.columns[laid.main].definition.standard == "2022-2026"
    assert laid.ranks[PlaceName("Yên Bái", "huyện Trạm Tấu")] == 9


def test_places_of_several_provinces_are_told_apart(table):
    laid = lay_out(edition(table, ["Yên Bái", "Phú Thọ"]), "poverty_rate", 3)
    assert laid.several_provinces and laid.order[-1].name.startswith("tỉnh")
    assert {place.province for place in laid.places} == {"Yên Bái", "Phú Thọ"}


def test_number_formats_stay_below_excel_s_limit(everything):
    book = openpyxl.load_workbook(everything)
    assert len(book._number_formats) <= workbook_pages.MAX_FORMATS
