"""Accuracy: every gold sentence is read right or is a known miss, and whole pages do not fall below what was reached.

The known misses and the floors are data beside the gold tables; `python -m tests.known_misses` refreshes them.
"""

import textwrap
import unicodedata
from dataclasses import replace

import pytest

from analysis.observations import observe
from analysis.reports import Report, read_reports
from tests import known_misses
from tests.known_misses import GOLD, SAMPLES, read_known, read_rows

KNOWN = read_known()
PHRASES = known_misses.phrase_ids()
NOTHING = [row["id"] for row in read_rows(GOLD / "nothing.csv")]
FLOORS = {row["set"]: float(row["floor"]) for row in read_rows(GOLD / "floors.csv")}


def cases(names):
    """The names as parameters, the known misses among them as strict expected failures."""
    return [
        pytest.param(name, marks=[pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else [])
        for name in names
    ]


@pytest.mark.parametrize("name", cases(PHRASES))
def test_every_figure_of_a_gold_sentence_is_found_with_its_place_period_and_status(name):
    assert name not in known_misses.missed_phrases(), known_misses.missed_phrases()[name]


@pytest.mark.parametrize("name", cases(NOTHING))
def test_a_sentence_without_a_figure_of_the_catalogue_yields_nothing(name):
    assert name not in known_misses.found_in_nothing(), known_misses.found_in_nothing()[name]


def _small(text):
    return text[0].lower() + text[1:]


# ways to print the same sentence: what is done to it, and the share of sentences that may be read otherwise then
PRINTED = {
    "letters taken apart": (lambda text: unicodedata.normalize("NFD", text), 0),
    "hard spaces": (lambda text: text.replace(" ", "\u00a0"), 0),
    "a remark behind it": (lambda text: text + " Kết quả đó tạo niềm tin trong nhân dân.", 0),
    "an item of a list": (lambda text: "- " + text, 0.01),
    "quotation marks": (lambda text: "“" + text + "”", 0.02),
    "a word before it": (lambda text: "Nhờ đó, " + _small(text), 0.01),
    "its source before it": (lambda text: "Theo báo cáo của UBND huyện, " + _small(text), 0.01),
    "its speaker before it": (lambda text: "Đồng chí Nguyễn Văn A, Chủ tịch UBND huyện, cho biết: " + text, 0.01),
    "lines of a fixed width": (lambda text: "\n".join(textwrap.wrap(text, 80)), 0.03),
}


@pytest.mark.parametrize("way", PRINTED)
def test_a_sentence_says_the_same_however_it_is_printed(way):
    change, tolerated = PRINTED[way]
    rows = {row["id"]: row for row in read_rows(GOLD / "phrases.csv") if row["phenomenon"] == "everyday sentence"}
    sample = [rows[name] for name in sorted(rows)][::4]

    def read(row, text):
        place = {"place": row["report_place"], "province": row["report_province"], "published": row["published"]}
        found = observe(Report(id="x", title=row["title"], text=text, **place))
        return sorted((o.indicator, o.value, o.place, o.period, o.status) for o in found)

    other = [row["id"] for row in sample if read(row, change(row["text"])) != read(row, row["text"])]
    assert len(other) <= tolerated * len(sample), other


def test_the_known_misses_are_gold_sentences_and_say_why():
    assert KNOWN.keys() <= {*PHRASES, *NOTHING}
    assert list(KNOWN) == sorted(KNOWN) and all(KNOWN.values())


def test_refreshing_keeps_reasons_drops_what_is_found_and_only_raises_floors(tmp_path, monkeypatch, capsys):
    missed = next(iter(known_misses.missed_phrases()))
    found = next(name for name in PHRASES if name not in known_misses.missed_phrases())
    known, floors = tmp_path / "known_misses.csv", tmp_path / "floors.csv"
    known.write_text(f"id,reason\n{missed},a reason by hand\n{found},found meanwhile\n", encoding="utf-8")
    floors.write_text("set,floor\npractice,0.999\nreports,0.100\n", encoding="utf-8")
    monkeypatch.setattr(known_misses, "KNOWN_MISSES", known)
    monkeypatch.setattr(known_misses, "FLOORS", floors)
    known_misses.main()
    reasons = known_misses.read_known()
    assert reasons.keys() == {*known_misses.missed_phrases(), *known_misses.found_in_nothing()}
    assert reasons[missed] == "a reason by hand"
    raised = {row["set"]: float(row["floor"]) for row in read_rows(floors)}
    assert raised.keys() == known_misses.sets().keys()
    assert raised["practice"] == 0.999 and 0.1 < raised["reports"] < 1
    assert f"no longer missed: {found}" in capsys.readouterr().out


def test_the_ids_of_the_gold_sentences_are_their_own():
    assert len(set(NOTHING)) == len(NOTHING) and not set(PHRASES) & set(NOTHING)
    texts = [row["id"] for row in read_rows(GOLD / "phrases.csv") if row["text"]]
    assert texts == PHRASES, "rows with one id have one text, which stands in the first of them"


@pytest.mark.parametrize("name", known_misses.sets())
def test_whole_pages_are_read_no_worse_than_before(name):
    assert name in FLOORS, f"{name} has no floor yet; python -m tests.known_misses sets one"
    measured = known_misses.scores(*known_misses.sets()[name])["right"][2]
    assert measured >= FLOORS[name], f"{name}: F1 of right {measured:.3f} fell below {FLOORS[name]:.3f}"


# ---- the sample reports ----------------------------------------------------------------------------------------------

with_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"the sample reports are not in {SAMPLES}; put them there to read them"
)


@with_samples
def test_every_figure_of_the_sample_reports_is_right_in_all_its_parts():
    result = known_misses.scores(SAMPLES, SAMPLES / "gold.csv")
    assert result["full"] == (1, 1, pytest.approx(1)), "precision, recall and F1 of the full figures"


@with_samples
@pytest.mark.parametrize("manifest", [{"place": ""}, {"place": "", "province": ""}])
def test_a_sample_that_never_names_its_district_has_no_place_without_the_manifest(manifest):
    report = next(report for report in read_reports(SAMPLES) if report.id.startswith("004"))
    found = observe(replace(report, **manifest))
    assert found and {(o.place, o.place_code) for o in found} == {("", "")}
