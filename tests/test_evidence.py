"""Evidence pages: every figure is marked in the words that state it, and nothing of the text is lost."""

import html.parser
import pathlib

import pandas
import pytest

import analysis as da
from analysis.evidence import address, explain, mark, page, write_evidence
from analysis.reports import Report

TEXT = "Tỷ lệ hộ nghèo <năm 2020> còn 4,5%;\n\ngiải quyết việc làm cho 1.250 lao động & học nghề."


def figure(words, **parts):
    start = TEXT.index(words)
    empty = {"place": "huyện Ba Chẽ", "value_max": float("nan"), "of": float("nan"), "plan_pct": float("nan")}
    return {
        **empty, "report": "vi-du", "indicator": "poverty_rate", "variant": "", "value": 4.5, "unit": "percent",
        "yoy_pct": float("nan"), "qualifier": "=", "status": "actual", "period": "2020", "members": "", "where": "",
        "rule": "level", "flags": "", "quote": words, "start": start, "end": start + len(words), **parts,
    }  # fmt: skip


@pytest.fixture
def report():
    return Report("vi-du", TEXT, title="Ba Chẽ <2020>", publisher="Cổng thông tin", published="2020-12-31")


@pytest.fixture
def figures():
    return pandas.DataFrame(
        [
            figure("1.250 lao động", indicator="jobs_created", value=1250.0, unit="persons", plan_pct=104.2),
            figure("Tỷ lệ hộ nghèo <năm 2020> còn 4,5%"),
            figure("còn 4,5%", flags="period_inferred", qualifier="~"),
        ]
    )


class Words(html.parser.HTMLParser):
    """The text of a page part without the numbers that link to the list, and the ids on the page."""

    def __init__(self, page_text):
        super().__init__()
        self.text, self.ids, self.targets, self.links, self.tags = "", set(), [], 0, []
        self.feed(page_text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        self.tags.append(tag)
        self.links += tag == "a"
        if tag == "a" and attributes.get("href", "").startswith("#"):
            self.targets.append(attributes["href"][1:])

    def handle_endtag(self, tag):
        self.links -= tag == "a"

    def handle_data(self, data):
        self.text += "" if self.links else data


def test_the_marked_text_is_the_text(figures):
    assert Words(mark(TEXT, figures.assign(key=["a", "b", "c"]).to_dict("records"))).text == TEXT


def test_every_figure_has_an_anchor_and_every_link_a_target(report, figures):
    words = Words(page(explain(report, figures)))
    assert {"n1", "n2", "n3", "row-n1", "row-n2", "row-n3"} <= words.ids
    assert set(words.targets) <= words.ids


def test_spans_that_end_together_both_get_their_number(figures):
    marked = mark(TEXT, figures.assign(key=["a", "b", "c"]).to_dict("records"))
    assert 'href="#row-b"' in marked and 'href="#row-c"' in marked and '<mark id="c" class="doubt">' in marked


def test_a_page_needs_no_network_and_no_script(report, figures):
    words = Words(page(explain(report, figures)))
    assert not {"script", "link", "img", "iframe"} & set(words.tags)


def test_a_report_without_figures_says_so(report, figures):
    explanation = explain(report, figures[figures["report"] == "another"])
    assert "Không tìm thấy số liệu" in page(explanation) and "Không tìm thấy số liệu" in str(explanation)


def test_the_printed_explanation_states_each_figure_with_its_words_in_the_order_of_the_text(report, figures):
    text = str(explain(report, figures))
    assert text.splitlines()[:2] == ["Ba Chẽ <2020>", "Cổng thông tin, 31/12/2020"]
    assert "[1] huyện Ba Chẽ: Tỷ lệ hộ nghèo 4,5% (năm 2020, thực hiện)" in text
    assert "[2] huyện Ba Chẽ: Tỷ lệ hộ nghèo khoảng 4,5%" in text
    assert "104,2% so với kế hoạch" in text and "thời kỳ suy ra" in text
    assert "căn cứ: level" in text  # a rule without words keeps its code
    assert "căn cứ: nhãn gần nhất" in str(explain(report, figures.assign(rule="label")))
    assert text.index("[1]") < text.index("[2]") < text.index("[3]")


def test_the_index_leads_to_every_report(report, figures, tmp_path):
    other = Report("báo cáo hai", "Không có số liệu.")
    written = write_evidence([report, other], figures, tmp_path)
    index = written[0].read_text(encoding="utf-8")
    assert [path.name for path in written] == ["index.html", "vi-du.html", "báo cáo hai.html"]
    assert 'href="vi-du.html"' in index and 'href="b%C3%A1o%20c%C3%A1o%20hai.html"' in index
    assert (tmp_path / pathlib.PurePosixPath(address("vi-du")).name).exists()


def test_the_shipped_reports_keep_their_text_and_lead_to_every_figure(tmp_path):
    reports = da.read_reports(pathlib.Path(__file__).resolve().parent.parent / "data" / "reports")
    table = da.tidy(da.extract(reports), reports)
    for report in reports:
        explanation = explain(report, table)
        stated = [figure for figure in explanation.figures if figure["stated"]]
        assert Words(mark(report.text, stated)).text == report.text
        keys = set(table.loc[(table["report"] == report.id) & (table["origin"] == "report"), "key"])
        assert keys <= Words(page(explanation)).ids
