"""Folders and manifests: what is read, and the one sentence for each thing that is not."""

import pickle

import pytest

from analysis.reports import ReportError, read_manifest, read_report, read_reports

WORDS = "Năm 2020, tỷ lệ hộ nghèo toàn huyện còn 2,35%.\n"


def fill(folder, manifest=None, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    if manifest is not None:
        (folder / "reports.csv").write_text(manifest, encoding="utf-8")
    return folder


def sentences(remarks):
    return " ".join(sentence for _, sentence in remarks)


def test_a_folder_with_a_manifest_gives_each_report_its_identity(tmp_path):
    fill(
        tmp_path,
        "report,title,publisher,published,url,place\na,Tổng kết,Báo A,2020-12-28,https://a.vn,huyện Ba Chẽ\n",
        a=WORDS,
    )
    reports = read_reports(tmp_path)
    assert not reports.failures and not reports.remarks
    (report,) = reports
    assert (report.id, report.title, report.publisher, report.published) == ("a", "Tổng kết", "Báo A", "2020-12-28")
    assert (report.place, report.url) == ("huyện Ba Chẽ", "https://a.vn")


def test_the_text_of_a_text_file_is_what_the_file_holds(tmp_path):
    words = "\ufeffHuyê\u0323n  Ba\u00a0Che\u0303\r\n\r\nUỷ ban\t\r\n"
    (tmp_path / "a.txt").write_bytes(words.encode("utf-8"))
    assert read_report(tmp_path / "a.txt").text == words[1:]


def test_a_single_file_takes_its_row_from_the_manifest_beside_it(tmp_path):
    fill(tmp_path, "report,title\na.txt,Tổng kết\n", a=WORDS)
    assert read_report(tmp_path / "a.txt").title == "Tổng kết"
    assert read_reports(tmp_path / "a.txt")[0].title == "Tổng kết"


def test_reports_come_in_the_order_of_their_ids_and_once_each(tmp_path):
    fill(tmp_path, "report\nb\na\n", b=WORDS, a=WORDS)
    assert [report.id for report in read_reports(tmp_path, tmp_path / "a.txt", tmp_path)] == ["a", "b"]


def test_a_folder_without_manifest_is_read_with_a_remark(tmp_path):
    reports = read_reports(fill(tmp_path, a=WORDS))
    assert len(reports) == 1 and not reports.failures
    assert "no manifest reports.csv" in sentences(reports.remarks)


@pytest.mark.parametrize(
    ("manifest", "texts", "said"),
    [
        (None, {}, "holds no report"),
        ("report,title\na,A\nlost,L\n", {"a": WORDS}, "no file for the row 'lost'"),
        ("report,title\na,A\na,B\n", {"a": WORDS}, "has a row already"),
        ("report,title,url\na,A,http://x/1,-2020.html\n", {"a": WORDS}, "line 2: the row of 'a' has more cells"),
        ("report,title\na,A\n,B\n", {"a": WORDS}, "the row has no report"),
        ("title,publisher\nA,B\n", {"a": WORDS}, "no column 'report'"),
        ('report,title\na,"open\n', {"a": WORDS}, "no proper CSV"),
        ("report\na\nempty\n", {"a": WORDS, "empty": ""}, "is empty (0 bytes)"),
        ("report\na\nblank\n", {"a": WORDS, "blank": " \n\n "}, "holds no text"),
    ],
)
def test_bad_input_gets_one_sentence_and_the_other_reports_are_read(tmp_path, manifest, texts, said):
    reports = read_reports(fill(tmp_path, manifest, **texts))
    assert said in sentences(reports.failures)
    assert len(reports.failures) == 1
    assert [report.id for report in reports] == (["a"] if texts else [])


def test_a_file_without_a_row_is_read_with_a_remark(tmp_path):
    reports = read_reports(fill(tmp_path, "report\na\n", a=WORDS, b=WORDS))
    assert len(reports) == 2 and "b.txt: has no row" in sentences(reports.remarks)


def test_two_files_with_one_id_are_told_apart_by_a_failure(tmp_path):
    fill(tmp_path, a=WORDS)
    (tmp_path / "a.csv").write_text("Năm,Tỷ lệ hộ nghèo (%)\n2019,3\n2020,2\n", encoding="utf-8")
    reports = read_reports(tmp_path / "a.txt", tmp_path / "a.csv")
    assert len(reports) == 1 and "'a' is already taken" in sentences(reports.failures)


def test_a_data_file_without_a_row_is_left_aside(tmp_path):
    fill(tmp_path, "report\na\n", a=WORDS)
    (tmp_path / "gold.csv").write_text("doc,value\na,1\n", encoding="utf-8")
    reports = read_reports(tmp_path)
    assert len(reports) == 1 and "gold.csv: left aside" in sentences(reports.remarks)


def test_folders_inside_are_read_but_not_the_parts_of_a_saved_page(tmp_path):
    (tmp_path / "2020").mkdir()
    (tmp_path / "page_files").mkdir()
    fill(tmp_path / "2020", "report\nb\n", b=WORDS)
    fill(tmp_path / "page_files", c=WORDS)
    fill(tmp_path, "report\na\n", a=WORDS)
    assert [report.id for report in read_reports(tmp_path)] == ["a", "b"]


def test_a_path_that_is_not_there_is_a_failure(tmp_path):
    assert "no such file or folder" in sentences(read_reports(tmp_path / "lost").failures)
    with pytest.raises(ReportError, match="no such file"):
        read_report(tmp_path / "lost.txt")


@pytest.mark.parametrize(
    ("written", "read"),
    [("5/7/2023", "2023-07-05"), ("12/2023", "2023-12"), ("2023", "2023"), ("2023-02-01T08:00", "2023-02-01")],
)
def test_dates_of_publication_become_iso(tmp_path, written, read):
    fill(tmp_path, f"report,published\na,{written}\n", a=WORDS)
    assert read_reports(tmp_path)[0].published == read


def test_a_date_that_is_none_is_said_and_left_empty(tmp_path):
    reports = read_reports(fill(tmp_path, "report,published\na,tháng trước\n", a=WORDS))
    assert reports[0].published == "" and "'tháng trước' is no date" in sentences(reports.remarks)


def test_a_manifest_of_vietnamese_excel_has_semicolons(tmp_path):
    path = tmp_path / "reports.csv"
    path.write_bytes("\ufeffReport;Title\r\na;Tổng kết, năm 2020\r\n".encode())
    rows, said = read_manifest(path)
    assert rows["a"]["title"] == "Tổng kết, năm 2020" and not said


def test_an_official_document_states_its_date_and_title(tmp_path):
    fill(
        tmp_path,
        "report\na\n",
        a=f"UBND HUYỆN BA CHẼ\nBa Chẽ, ngày 05 tháng 7 năm 2023\nBÁO CÁO\nTình hình 6 tháng đầu năm 2023\n{WORDS}",
    )
    (report,) = read_reports(tmp_path)
    assert (report.published, report.title) == ("2023-07-05", "BÁO CÁO Tình hình 6 tháng đầu năm 2023")


def test_a_list_of_reports_keeps_its_failures_when_it_travels(tmp_path):
    reports = pickle.loads(pickle.dumps(read_reports(fill(tmp_path, "report\na\nlost\n", a=WORDS))))
    assert len(reports) == 1 and len(reports.failures) == 1
