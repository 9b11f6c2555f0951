"""The set of produced files: its figures come out of every format, and the same ones whatever the format."""

import functools
import shutil
from collections import Counter

import pytest

from analysis.indicators import load_catalogue
from analysis.places import load_gazetteer
from analysis.tabular import read_tables
from tests.material.make_documents import make
from tests.material.measure import fact, measure, read

read_once = functools.cache(read)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make(tmp_path_factory.mktemp("set"), whole=False)


@pytest.fixture(scope="module")
def tally(files):
    return measure(files, read=read_once)


def test_precision_and_recall_over_all_files(tally):
    total = sum(tally.values(), Counter())
    assert total["files"] >= 40
    assert total["right"] >= 0.97 * (total["right"] + total["false"])
    assert total["right"] >= 0.95 * (total["right"] + total["missed"])


def test_no_single_format_falls_behind(tally):
    for kind, count in tally.items():
        assert count["right"] >= 0.93 * (count["right"] + count["missed"]), kind


def test_the_same_report_gives_the_same_observations_in_every_format(files):
    by_report = {}
    for path, source in files.items():
        if path.parent.name in ("text", "web", "word", "office-pdf"):
            by_report.setdefault(source.id, {})[path.parent.name] = {fact(one) for one in read_once(path)[1]}
    if not shutil.which("soffice"):
        pytest.skip("the PDF files need LibreOffice (Debian package libreoffice-writer)")
    different = {name for name, kinds in by_report.items() if len({frozenset(facts) for facts in kinds.values()}) > 1}
    assert not different


def test_labels_that_are_not_in_the_catalogue_are_reported(files):
    catalogue, gazetteer = load_catalogue(), load_gazetteer()
    for path, source in files.items():
        if path.parent.name in ("text", "excel") and source.unread:
            reading = read_tables(read_once(path)[0], catalogue, gazetteer)
            said = " ".join(found.sentence for found in reading.findings if found.code == "table_unmatched")
            assert all(label in said for label in source.unread), path


def test_each_observation_leads_to_its_words(files):
    for path in files:
        report, observations = read_once(path)
        for one in observations:
            assert report.text[one.start : one.end] == one.quote
            if report.where(one.start, one.end):
                assert one.where.startswith(report.where(one.start, one.end))
