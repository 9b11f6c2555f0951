"""Words and number forms: every code has both languages, numbers and periods read as Vietnamese readers write them."""

import re
import unicodedata

import pytest

from analysis import words

TABLES = (
    words.FLAGS,
    words.STATUSES,
    words.LEVELS,
    words.QUALIFIERS,
    words.KINDS,
    words.DIRECTIONS,
    words.ORIGINS,
    words.SEVERITIES,
    words.MARKS,
    words.VARIANTS,
    words.STANDARD_BASES,
)


def test_every_word_has_both_languages_in_composed_letters():
    for table in TABLES:
        for code, word in table.items():
            for text in (word.vi, word.en, word.meaning_vi, word.meaning_en):
                assert text == unicodedata.normalize("NFC", text), code
            assert bool(word.vi) == bool(word.en), code
            assert bool(word.meaning_vi) == bool(word.meaning_en), code


def test_every_flag_and_status_explains_itself_and_no_two_alike():
    for table in (words.FLAGS, words.STATUSES, words.MARKS):
        assert all(word.meaning_vi.endswith(".") and word.meaning_en.endswith(".") for word in table.values())
    for lang in words.LANGUAGES:
        labels = [word.label(lang) for word in words.FLAGS.values()]
        assert len(set(labels)) == len(labels)


def test_vietnamese_words_use_the_new_placement_of_tones():
    old = re.compile(r"(?<![qQ])(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b")
    for table in TABLES:
        for word in table.values():
            assert not old.search(f"{word.vi} {word.meaning_vi}"), word.vi


@pytest.mark.parametrize("code", ["conflict", "place_unresolved", "standard_changed", "two_plans", "table_unmatched"])
def test_flags_have_words_in_three_forms(code):
    both = words.flag_text(code, "vi-en")
    assert both == f"{words.flag_text(code)} / {words.flag_text(code, 'en')}"
    assert words.flag_meaning(code)


def test_an_unknown_code_or_language_is_refused_with_those_that_are_known():
    with pytest.raises(words.UnknownWord, match="conflict"):
        words.flag_text("conflct")
    with pytest.raises(words.UnknownWord, match="vi-en"):
        words.say("một", "one", "fr")
    with pytest.raises(ValueError):
        words.status_text("planned")


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567.891, 1, "1.234.567,9", "1,234,567.9"),
        (0.0, None, "0", "0"),
        (-1.43, 2, "−1,43", "−1.43"),
        (9.0, None, "9", "9"),
        (24.023, None, "24,023", "24.023"),
        (-0.004, 2, "0,00", "0.00"),
        (float("nan"), 1, "...", "..."),
    ],
)
def test_numbers_have_the_marks_of_the_language(value, decimals, vi, en):
    assert words.format_number(value, decimals) == vi
    assert words.format_number(value, decimals, "en") == en


def test_values_carry_their_unit():
    assert words.format_value(9.25, "percent") == "9,25%"
    assert words.format_value(-1.43, "percentage_points") == "−1,43 điểm %"
    assert words.format_value(1234.0, "households") == "1.234 hộ"
    assert words.format_value(1234.0, "households", "en") == "1,234 households"
    assert words.unit_decimals("households") == 0


def test_periods_are_told_apart_in_words():
    periods = ["2020", "2020-H1", "2020-H2", "2020-9M", "2020-Q1", "2020-01", "2015/2020", ""]
    for lang in words.LANGUAGES:
        for short in (False, True):
            texts = [words.format_period(period, lang, short) for period in periods]
            assert len(set(texts)) == len(texts)


def test_vietnamese_sorting_knows_the_alphabet_and_numbers():
    names = [
        "huyện Ý Yên",
        "huyện Ea H'leo",
        "huyện Đức Cơ",
        "huyện Di Linh",
        "huyện Ân Thi",
        "huyện An Biên",
        "quận 12",
        "quận 3",
    ]
    assert sorted(names, key=words.collation_key) == [
        "huyện An Biên",
        "huyện Ân Thi",
        "huyện Di Linh",
        "huyện Đức Cơ",
        "huyện Ea H'leo",
        "huyện Ý Yên",
        "quận 3",
        "quận 12",
    ]
