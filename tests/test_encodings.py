"""Old fonts, code pages and scrambled text: told apart, mended and reported, never guessed silently."""

import unicodedata

import pytest

from analysis.documents.encodings import (
    _TCVN3,
    EncodingError,
    _vni_pairs,
    decode,
    from_tcvn3,
    from_vni,
    is_syllable,
    mend,
)

WORDS = (
    "Năm 2020, tỷ lệ hộ nghèo toàn huyện còn 2,35%; thu ngân sách đạt 112,6 tỷ đồng. Trong năm, "
    "huyện đã giải quyết việc "
    "làm cho 1.385 lao động, tỷ lệ hộ cận nghèo giảm, thủy lợi được chú ý, các xã đạt chuẩn nông thôn mới tăng.\n"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def as_tcvn3(text):
    back = {chr(new): chr(old) for old, new in _TCVN3.items()}
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in text)


def as_vni(text):
    back = {letter: pair for pair, letter in _vni_pairs()[1].items()}
    return "".join(back.get(letter, letter) for letter in text)


def as_1258(text):
    parts = []
    for letter in unicodedata.normalize("NFD", text):
        if parts and unicodedata.combining(letter) and letter not in TONES:
            parts[-1] = unicodedata.normalize("NFC", parts[-1] + letter)
        else:
            parts.append(letter)
    ordered = unicodedata.normalize("NFC", "".join(parts))
    return "".join(
        letter
        if letter.isascii() or letter in "ăâđêôơưĂÂĐÊÔƠƯ"
        else unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", letter) if c not in TONES))
        + "".join(c for c in unicodedata.normalize("NFD", letter) if c in TONES)
        for letter in ordered
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", WORDS).encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (as_1258(WORDS).encode("cp1258"), "windows-1258"),
        (as_vni(WORDS).encode("cp1252"), "vni"),
        (as_vni(WORDS).encode("utf-8"), "vni"),
        (WORDS.encode("utf-8").decode("latin-1").encode("utf-8"), "utf-8 twice"),
    ],
)
def test_every_encoding_gives_the_same_words_and_says_so(data, encoding):
    decoded = decode(data)
    assert unicodedata.normalize("NFC", decoded.text) == WORDS
    assert decoded.encoding == encoding
    assert bool(decoded.notes) == (encoding != "utf-8")


@pytest.mark.parametrize("data", [as_tcvn3(WORDS).encode("cp1252"), as_tcvn3(WORDS).encode("utf-8")])
def test_tcvn3_is_converted(data):
    decoded = decode(data)
    assert decoded.encoding == "tcvn3" and decoded.text == WORDS


def test_every_letter_survives_the_old_fonts():
    letters = "".join(map(chr, _TCVN3.values()))
    assert from_tcvn3(as_tcvn3(letters)) == letters
    lower = "".join(sorted({letter for letter in _vni_pairs()[1].values() if letter.islower()}))
    assert from_vni(" ".join(as_vni(lower))) == " ".join(lower) or from_vni(as_vni(" ".join(lower))) == " ".join(lower)
    assert from_tcvn3("û").startswith("ỷ")  # the letter of "tỷ lệ" that other tables lose


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            WORDS.replace("ệ", "ềí").replace("ộ", "ốì").replace("à", "áà").replace("ạ", "ãí").replace("ô", "õò"),
            "scrambled",
        ),
        ("".join(letter if letter.isascii() else "\ufffd" for letter in WORDS), "letters are lost"),
        ("".join(letter if letter.isascii() else "?" for letter in WORDS * 3), "question mark"),
    ],
)
def test_text_that_lost_its_letters_is_refused_with_what_was_seen(text, said):
    with pytest.raises(EncodingError, match=said):
        mend(text, "utf-8")


def test_binary_data_is_no_text():
    with pytest.raises(EncodingError, match="binary data"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe\x80" * 30)


def test_plain_english_and_short_words_are_left_alone():
    for words in ("Poverty rate: 2.35%\n", "ÀÁÂ", "m² ± 5 °C × 3"):
        assert mend(words, "utf-8").text == words


@pytest.mark.parametrize(
    "word", ["nghèo", "tỷ", "quyết", "khuyến", "Đắk", "giếng", "quốc", "ngoằn", "nghiêng", "thủy", "uống", "oanh"]
)
def test_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["gíảì", "lÖ", "tyû", "h\u00e1c\u00e0"])
def test_impossible_syllables_are_known(word):
    assert not is_syllable(word)
