"""District profiles: one page each for those that were asked for, and an index."""

import shutil

import pytest

from analysis import files
from analysis.build import BuildError
from analysis.profiles import print_page, write_profiles
from analysis.tidy import read_published, tidy


@pytest.fixture(scope="module")
def table_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "table.csv"
    files.write_csv(tidy(None, published=read_published()), path)
    return path


def test_each_district_asked_for_gets_a_page(table_file, tmp_path):
    places = ["huyện Trạm Tấu", "huyện Văn Yên"]
    written, problems = write_profiles(table_file, tmp_path, places=places, progress=False)
    assert problems == []
    assert [path.name for path in written] == ["yen-bai-huyen-tram-tau.html", "yen-bai-huyen-van-yen.html"]
    page = written[0].read_text(encoding="utf-8")
    assert "Huyện Trạm Tấu" in page and "49,42%" in page and "import analysis" not in page
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{path.name}"' in index for path in written)


def test_a_choice_that_fits_no_district_is_refused(table_file, tmp_path):
    with pytest.raises(BuildError, match="No district fits"):
        write_profiles(table_file, tmp_path, province="Atlantis", progress=False)


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
def test_a_page_is_printed_to_a_pdf(tmp_path):
    page = files.write_text("<!doctype html><meta charset=utf-8><h1>Huyện Trạm Tấu</h1>", tmp_path / "a.html")
    assert print_page(page).read_bytes().startswith(b"%PDF")


def test_without_a_browser_the_reason_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.profiles.BROWSERS", ())
    with pytest.raises(BuildError, match="no Chromium"):
        print_page(tmp_path / "a.html")
