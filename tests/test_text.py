"""Text: spellings that mean the same become one, tones stay, and every offset leads back to the original."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import canonical, fold, sentences

LETTERS = st.text(
    alphabet="aoOuUyàáèỷỶợýQtTđĐÐ hộnghèo.,;-–“”%\n\t\u00a0\u200b\u00ad\u0300\u0301\u0302\u0323", max_size=60
)


def split(text):
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hoà bình", "hòa bình"),
        ("thuỷ lợi", "thủy lợi"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("HOÀ", "HÒA"),
        ("tỉ lệ", "tỷ lệ"),
        ("98 tỉ đồng", "98 tỷ đồng"),
        ("Ðắk Lắk", "Đắk Lắk"),
        ("thóat nghèo", "thoát nghèo"),
        ("lưọng", "lượng"),
        ("2016 – 2020", "2016 - 2020"),
        ("2016—2020", "2016-2020"),
        ("“năm qua”", '"năm qua"'),
        ("5％", "5%"),
        ("a\u00a0\tb", "a b"),
        ("hộ\u200b nghèo", "hộ nghèo"),
        ("ng\u00adhèo", "nghèo"),
        ("e\u0302\u0323", "ệ"),
    ],
)
def test_spellings_of_the_same_words_become_one(written, meant):
    assert canonical(written).text == meant
    assert fold(written) == fold(meant)


@pytest.mark.parametrize(
    "word", ["quý", "quỹ", "Quỳnh", "hóa", "toàn", "loại", "tỉnh", "tỉ mỉ", "thoại", "thuyền", "tuần"]
)
def test_words_that_are_spelt_right_stay(word):
    assert canonical(word).text == word


@pytest.mark.parametrize(("one", "other"), [("năm", "nam"), ("nghèo", "ngheo"), ("ba", "bà"), ("đ", "d"), ("ơ", "o")])
def test_tones_and_marks_tell_words_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("capitals", "small"),
    [
        ("HỘ NGHÈO", "hộ nghèo"),
        ("ĐẮK LẮK", "đắk lắk"),
        ("HOÀ BÌNH", "hòa bình"),
        ("UỶ BAN", "ủy ban"),
        ("TỈ LỆ", "tỷ lệ"),
    ],
)
def test_capitals_have_the_key_of_small_letters(capitals, small):
    assert fold(capitals) == fold(small)


@pytest.mark.parametrize(
    "text", ["Uỷ  ban \u00a0huyện", "e\u0302\u0323 Ðắk", "", " ", "\r\n\r\n", "a\u0301\u0301", "İß"]
)
def test_the_folded_text_has_the_offsets_of_the_canonical(text):
    assert len(canonical(text).folded) == len(canonical(text).text)


def test_no_space_stands_within_a_bracket_or_before_a_comma_and_the_way_back_keeps_it():
    loose = canonical("đầu kỳ ( cuối năm 2021 ) , còn 5% ( theo chuẩn)")
    assert loose.text == "đầu kỳ (cuối năm 2021), còn 5% (theo chuẩn)"
    assert loose.original_span(8, 21) == (9, 22)


def test_a_span_leads_back_to_the_words_as_they_were_written():
    written = unicodedata.normalize("NFD", "Uỷ\u200b ban  huyện\u00a0\u00a0Ðắk Mil") + "."
    whole = canonical(written)
    start = whole.text.index("huyện")
    first, last = whole.original_span(start, len(whole.text) - 1)
    assert unicodedata.normalize("NFC", written[first:last]) == "huyện\u00a0\u00a0Ðắk Mil"


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=LETTERS)
def test_spans_lie_within_the_original_and_in_its_order(text):
    whole = canonical(text)
    spans = [whole.original_span(at, at + 1) for at in range(len(whole.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[0] <= following[0] and one[1] <= following[1] for one, following in pairwise(spans))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=LETTERS)
def test_each_letter_comes_from_its_own_place(text):
    whole = canonical(text)
    for at, letter in enumerate(whole.text):
        start, end = whole.original_span(at, at + 1)
        if letter.isdigit() or letter in ".,;%\nhnHN":
            assert text[start:end][0] == letter


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Thu 4.735 tỷ đồng. Chi 3.200 tỷ đồng.", ["Thu 4.735 tỷ đồng.", "Chi 3.200 tỷ đồng."]),
        ("còn 3.5%. Huyện có", ["còn 3.5%.", "Huyện có"]),
        ("TP. Huế có 2 xã. Hết.", ["TP. Huế có 2 xã.", "Hết."]),
        ("Đồng chí Nguyễn Văn A. nói.", ["Đồng chí Nguyễn Văn A. nói."]),
        ("đạt 5%; còn 3%", ["đạt 5%;", "còn 3%"]),
        ("KH 85%; thực hiện 82,6%; hộ nghèo 3%", ["KH 85%; thực hiện 82,6%;", "hộ nghèo 3%"]),
        ("Một\nHai\r\nBa", ["Một", "Hai\r", "Ba"]),
        ("1. Kết quả\n2. Nhiệm vụ", ["1. Kết quả", "2. Nhiệm vụ"]),
        ('Ông nói: "Đã đạt." Rồi đi.', ['Ông nói: "Đã đạt."', "Rồi đi."]),
        ("Đạt chuẩn! Thật chứ? Vâng…", ["Đạt chuẩn!", "Thật chứ?", "Vâng…"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_split_at_the_ends_of_sentences_only(text, parts):
    assert split(text) == parts


def test_a_line_that_only_wraps_does_not_end_a_sentence():
    text = "Tỷ lệ hộ nghèo của toàn huyện đến cuối năm vừa qua theo chuẩn mới\nchỉ còn 3,41%."
    assert split(text) == [text]


def test_a_paragraph_has_its_own_number_and_a_semicolon_begins_none():
    numbers = [(s.paragraph, s.stop) for s in sentences("Một; hai.\n\nBa.")]
    assert numbers[0][0] == numbers[1][0] < numbers[2][0]
    assert [stop for _, stop in numbers] == [";", ".", "."]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(text=LETTERS)
def test_sentences_hold_all_words_in_order_and_do_not_overlap(text):
    spans = [(s.start, s.end) for s in sentences(text)]
    assert all(start < end for start, end in spans)
    assert all(one[1] <= following[0] for one, following in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())
