"""Broken and hostile files: one clear sentence each, within bounds of time and memory, and the other reports done."""

import shutil
import time
import tracemalloc
import zipfile

import pytest

from analysis.reports import ReportError, read_report, read_reports

WORDS = "Năm 2020, tỷ lệ hộ nghèo toàn huyện còn 2,35%, thu ngân sách đạt 112,6 tỷ đồng.\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return path


def word(path, body, head=""):
    return package(
        path,
        word__document_xml=f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    )


def paragraph(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def refused(path, said, seconds=10.0):
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(ReportError, match=said) as caught:
        read_report(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - started < seconds and peak < 400e6
    sentence = str(caught.value)
    assert sentence.startswith(str(path)) and "\n" not in sentence and sentence.endswith(".")


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"")
    refused(tmp_path / "a.docx", "is empty")


def test_a_packed_bomb_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b"0" * 1_000_000)
    refused(path, "would unpack to 300 MB")


def test_one_huge_part_is_refused(tmp_path):
    word(tmp_path / "a.docx", paragraph("a" * 40_000_000))
    refused(tmp_path / "a.docx", "holds 40 MB")


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mật", encoding="utf-8")
    head = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "nở"><!ENTITY z "&y;&y;&y;&y;">]>'
    word(tmp_path / "a.docx", paragraph(f"{WORDS}&x;&z;"), head)
    assert "mật" not in read_report(tmp_path / "a.docx").text


def test_a_bomb_of_entities_is_refused_or_ignored(tmp_path):
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    word(tmp_path / "a.docx", paragraph(f"{WORDS}&e11;"), f'<!DOCTYPE a [<!ENTITY e0 "nở nở">{lines}]>')
    started = time.perf_counter()
    try:
        assert len(read_report(tmp_path / "a.docx").text) < 10_000
    except ReportError as error:
        assert "damaged" in str(error)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_cut_off_package_is_refused(tmp_path, suffix):
    path = word(tmp_path / f"a.{suffix}", paragraph(WORDS * 50))
    path.write_bytes(path.read_bytes()[:-80])
    refused(path, "damaged")


def test_a_package_protected_with_a_password_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    )
    refused(path, "protected with a password")


def test_a_packed_folder_is_no_report(tmp_path):
    refused(package(tmp_path / "a.docx", a_xml="<a/>"), "packed folder")


def test_a_picture_is_no_report(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    refused(tmp_path / "a.pdf", "is a picture")


def test_binary_data_named_as_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 40)
    refused(tmp_path / "a.txt", "binary data")


def test_a_wrong_suffix_is_seen_and_the_file_read_as_what_it_is(tmp_path):
    word(tmp_path / "a.pdf", paragraph(WORDS))
    report = read_report(tmp_path / "a.pdf")
    assert WORDS.strip() in report.text
    assert ("wrong_suffix", "is named .pdf but is a Word document; it was read as one.") in report.notes


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "doc", "rtf"])
def test_plain_words_named_as_a_document_are_refused(tmp_path, suffix):
    (tmp_path / f"a.{suffix}").write_text(WORDS, encoding="utf-8")
    refused(tmp_path / f"a.{suffix}", f"is named .{suffix} but is no")


def test_a_page_named_as_a_document_is_read(tmp_path):
    (tmp_path / "a.doc").write_text(f"<html><body><p>{WORDS}</p></body></html>", encoding="utf-8")
    assert WORDS.strip() in read_report(tmp_path / "a.doc").text


def test_scrambled_text_is_refused(tmp_path):
    scrambled = (
        WORDS.replace("ệ", "ềí")
        .replace("ộ", "ốì")
        .replace("ă", "ắã")
        .replace("â", "ấ\u0300")
        .replace("ạ", "ãí")
        .replace("ồ", "õò")
    )
    (tmp_path / "a.txt").write_text(scrambled * 5, encoding="utf-8")
    refused(tmp_path / "a.txt", "scrambled")


def test_a_huge_page_is_refused_and_one_huge_only_by_pictures_is_read(tmp_path):
    (tmp_path / "a.html").write_text(
        f"<html><body>{'<p>' + WORDS + '</p>'}" + f"<p>{WORDS}</p>" * 500_000, encoding="utf-8"
    )
    assert (tmp_path / "a.html").stat().st_size > 50e6
    refused(tmp_path / "a.html", "more than a report can hold")
    picture = "data:image/png;base64," + "A" * 20_000_000
    page = f"<html><body><article><h1>Tổng kết</h1><p>{WORDS * 5}</p><img src='{picture}'></article></body></html>"
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    assert "tỷ lệ hộ nghèo toàn huyện còn 2,35%" in read_report(tmp_path / "b.html").text


def test_a_damaged_pdf_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    refused(tmp_path / "a.pdf", "damaged or cut off")


def test_a_pdf_of_ten_thousand_pages_is_refused(tmp_path):
    pypdfium2 = pytest.importorskip("pypdfium2")
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        pdf.new_page(100, 100).close()
    pdf.save(tmp_path / "a.pdf")
    pdf.close()
    refused(tmp_path / "a.pdf", "has 10,000 pages")


def test_a_pdf_of_empty_pages_is_refused(tmp_path):
    pypdfium2 = pytest.importorskip("pypdfium2")
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(100, 100).close()
    pdf.save(tmp_path / "a.pdf")
    pdf.close()
    with pytest.raises(ReportError):
        read_report(tmp_path / "a.pdf")


def test_without_libreoffice_old_formats_say_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.documents.word.which", lambda name: None)
    (tmp_path / "a.rtf").write_text(r"{\rtf1 a}", encoding="ascii")
    refused(tmp_path / "a.rtf", "libreoffice-writer")


def test_without_tesseract_scans_say_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.documents.scans.recogniser", lambda: "")
    pypdfium2 = pytest.importorskip("pypdfium2")
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(100, 100).close()
    pdf.save(tmp_path / "a.pdf")
    pdf.close()
    refused(tmp_path / "a.pdf", "tesseract-ocr-vie")


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (Debian package libreoffice-writer)")
def test_a_damaged_old_document_is_refused(tmp_path):
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40)
    with pytest.raises(ReportError):
        read_report(tmp_path / "a.doc")


def test_a_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 cut")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04 cut")
    reports = read_reports(tmp_path)
    assert [report.id for report in reports] == ["a"] and len(reports.failures) == 2
