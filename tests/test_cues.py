"""Cues: which indicator the words of a label name, and which words only look like it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.indicators import CatalogueError, load_catalogue
from analysis.sentences.cues import _translate, compile_cues
from analysis.text import canonical

ENTRIES = load_catalogue()
CUES = compile_cues(ENTRIES)
ENTRY = """
[[indicator]]
id = "wells"
name_vi = "Số giếng khoan"
name_en = "Drilled wells"
unit = "houses"
kind = "stock"
direction = "higher_better"
definition = "Drilled wells that are in use."
plausible = [0, 20000]
cues = [{cues}]
not_cues = ["số giếng khoan hỏng"]
example = "Huyện có 12 giếng khoan."
near_miss = "Huyện có 12 giếng khoan hỏng."
"""


def compiled(folder, *cues):
    """The compiled cues of a catalogue with one entry."""
    path = folder / "indicators.toml"
    path.write_text(ENTRY.format(cues=", ".join(f'"{cue}"' for cue in cues)), encoding="utf-8")
    return compile_cues(load_catalogue(path))


def test_no_count_phrase_is_lost_by_its_first_word_or_by_the_word_it_needs_before():
    page = Path(__file__).parent / "gold" / "reports"
    text = " ".join(canonical(p.read_text(encoding="utf-8")).folded for p in sorted(page.glob("*.txt"))[:12])
    figures = list(re.finditer(r"\d[\d.,/]*", text))
    by_words = CUES._counts._by_words
    cues = {cue for others in by_words.values() for listed in others.values() for *_, cue in listed}
    assert any(cue.heads for cue in cues) and any(cue.needs_before for cue in cues) and len(figures) > 200
    for cue in cues:
        for figure in figures:
            if cue.heads and cue.after.match(text, figure.end()):
                assert re.compile(r"\s*([^\W_]*)").match(text, figure.end())[1] in cue.heads
            lead = text[max(0, figure.start() - 60) : figure.start()]
            if cue.needs_before and cue.before.search(lead):
                assert cue.needs_before in lead


def spelled(words):
    """The words that a phrase of the catalogue spells: every alternative once, without what is optional."""
    tokens = [t for t in re.findall(r"\([^)]*\)\??|[^\s()]+", words) if t != "…" and not t.startswith("$")]
    groups = [(t.strip("()?").split("|"), t.endswith("?")) for t in tokens]
    for chosen, (choices, _) in enumerate(groups):
        for choice in choices:
            said = [c[0] if n != chosen else choice for n, (c, left) in enumerate(groups) if n == chosen or not left]
            yield re.sub(r" ([,:/])", r"\1", " ".join(word for word in said if word != "$"))


def test_every_phrase_of_the_catalogue_reads_the_words_that_it_spells():
    sides = {
        side.strip()
        for entry in ENTRIES.values()
        for phrase in (*entry.cues, *entry.not_cues)
        for side in re.split(r"#[=/]?", phrase.split("::")[-1])
    }
    unread = [
        (side, text)
        for side in sorted(sides - {""})
        for text in spelled(side)
        if not re.search(_translate(side)[0], canonical(f" {text} ").folded)
    ]
    assert len(sides) > 1200 and unread == []


def test_a_catalogue_is_compiled_once():
    assert compile_cues(ENTRIES) is CUES


@pytest.mark.parametrize(
    "label",
    ["Tỷ lệ hộ nghèo", "TỶ LỆ HỘ NGHÈO", "Tỉ lệ hộ nghèo", "tỷ  lệ\u00a0hộ nghèo", "ty\u0309 lê\u0323 hộ nghe\u0300o"],
)
def test_a_label_is_known_in_every_spelling(label):
    assert CUES.match_label(label)[0] == ("poverty_rate", 1.0)


def test_a_label_with_more_words_scores_less():
    assert CUES.match_label("Tỷ lệ hộ nghèo (%)")[0][1] < CUES.match_label("Tỷ lệ hộ nghèo")[0][1] == 1


@pytest.mark.parametrize(
    ("label", "indicator", "other"),
    [
        ("Tỷ lệ hộ cận nghèo", "near_poverty_rate", "poverty_rate"),
        ("Số xã đạt chuẩn nông thôn mới kiểu mẫu", "ntm_model_communes", "ntm_communes"),
        ("Số xã đạt chuẩn nông thôn mới nâng cao", "ntm_advanced_communes", "ntm_communes"),
        ("Tỷ lệ hộ nghèo đa chiều", "multidimensional_poverty_rate", "poor_households"),
    ],
)
def test_the_longer_name_goes_before_the_one_it_contains(label, indicator, other):
    scores = dict(CUES.match_label(label))
    assert scores[indicator] == 1 > scores.get(other, 0)


@pytest.mark.parametrize("label", ["", " ", "Ghi chú", "Tổng số", "Tỷ lệ hộ", "#", "$", "…", "((((", "_", "Hộ nghe"])
def test_a_label_without_the_words_of_a_phrase_matches_none(label):
    assert CUES.match_label(label) == []


@pytest.mark.parametrize(
    ("cue", "label"),
    [
        ("số giếng khoan", "Số giếng khoan"),
        ("số (giếng khoan|giếng đào)", "Số giếng đào"),
        ("số giếng khoan? nước", "Số giếng nước"),
        ("số giếng … gia đình", "Số giếng khoan của gia đình"),
    ],
)
def test_the_notation_of_a_phrase_means_what_it_says(tmp_path, cue, label):
    assert [name for name, _ in compiled(tmp_path, cue).match_label(label)] == ["wells"]


def test_words_that_only_look_like_an_indicator_hide_the_shorter_phrase(tmp_path):
    cues = compiled(tmp_path, "số giếng khoan")
    assert cues.match_label("Số giếng khoan hỏng") == []
    assert cues.match_label("Số giếng khoan mới") != []


def test_a_phrase_that_can_not_be_read_is_named_with_its_entry(tmp_path):
    with pytest.raises(CatalogueError, match="wells: the phrase"):
        compiled(tmp_path, "số ((giếng|hố) khoan)")


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    label=st.lists(
        st.sampled_from(
            ["tỷ lệ", "hộ", "nghèo", "cận", "xã", "nông thôn mới", "số", "(%)", "_", "…", "thu", "12", "đạt chuẩn"]
        ),
        max_size=20,
    ).map(" ".join)
)
def test_scores_fall_and_lie_between_0_and_1(label):
    matches = CUES.match_label(label)
    assert all(name in ENTRIES and 0 < score <= 1 for name, score in matches)
    assert [score for _, score in matches] == sorted((score for _, score in matches), reverse=True)
