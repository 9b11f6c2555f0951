"""The gallery: its code runs, its pictures are those that the code makes, and each is small."""

import importlib.util
import pathlib
import re

import pytest
from PIL import Image

from analysis import charts

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def gallery():
    spec = importlib.util.spec_from_file_location("build_gallery", ROOT / "docs" / "build_gallery.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn(gallery):
    return dict(gallery.draw_figures())


def test_every_picture_is_the_one_that_the_code_beside_it_makes(drawn):
    for path, figure in drawn.items():
        shown = Image.open(path)
        assert shown.info["Description"] == figure.alt_text, f"{path.name} is old: run python docs/build_gallery.py"
        width, height = (round(inches * 150) for inches in figure.get_size_inches())
        assert abs(shown.width - width) <= 1 and abs(shown.height - height) <= 1


def test_no_picture_is_larger_than_120_kb_and_none_is_left_over(drawn, gallery):
    pictures = set((ROOT / "docs" / "images" / "gallery").iterdir())
    assert pictures == set(drawn)
    assert max(path.stat().st_size for path in pictures) < 120_000


def test_every_chart_stands_in_the_gallery(gallery):
    page = gallery.PAGE.read_text(encoding="utf-8")
    for name in charts.__all__:
        if name.islower() and not name.startswith("save"):
            assert f"charts.{name}(" in page
    assert len(re.findall(r"^\*Not\* ", page, re.M)) == len(re.findall(r"^\*Take it\* ", page, re.M)) == 10
