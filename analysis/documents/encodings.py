"""Bytes to text: which encoding a Vietnamese report was typed in, and its characters.

Unicode files are taken as they are (composed or decomposed); texts typed in the fonts that came before Unicode
(TCVN3, VNI-Windows) and texts encoded twice are mended, and each says so in a note. Text whose syllables are no
Vietnamese under any of the encodings is refused. Reading the formats around the text is left to the readers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


class EncodingError(ValueError):
    """Bytes or characters that are no readable text; the message says what was seen."""


@dataclass(frozen=True)
class Decoded:
    """The characters of a file, the encoding they were in, and (code, sentence) pairs about it."""

    text: str
    encoding: str
    notes: tuple[tuple[str, str], ...] = ()


_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
)
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_ROUND = {"ê": "ă", "è": "ằ", "é": "ắ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"}
_VNI_HAT = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}


@lru_cache(maxsize=1)
def _vni_pairs() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì"}
    for base, letter in zip("aeouyôö", "aeouyơư", strict=True):
        for mark, tone in _VNI_TONES.items():
            pairs[base + mark] = unicodedata.normalize("NFC", letter + tone)
    pairs |= {"a" + mark: letter for mark, letter in _VNI_ROUND.items()}
    for base, letter in zip("aeo", "âêô", strict=True):
        for mark, tone in _VNI_HAT.items():
            pairs[base + mark] = unicodedata.normalize("NFC", letter + tone)
    for pair, letter in list(pairs.items()):
        pairs[pair.upper()] = letter.upper()
        if len(pair) == 2:
            pairs[pair[0].upper() + pair[1]] = letter.upper()
    return re.compile("|".join(sorted(map(re.escape, pairs), key=len, reverse=True))), pairs


def from_tcvn3(text: str) -> str:
    """Characters typed in a TCVN3 font (.VnTime, ABC), as they look in Latin-1, to Unicode.

    >>> from_tcvn3("tû lÖ hé nghÌo")
    'tỷ lệ hộ nghèo'
    """
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Characters typed in a VNI-Windows font, as they look in Latin-1, to Unicode.

    >>> from_vni("tyû leä hoä ngheøo")
    'tỷ lệ hộ nghèo'
    """
    pattern, pairs = _vni_pairs()
    return pattern.sub(lambda found: pairs[found[0]], text)


def from_font(text: str, font: str) -> str:
    """Text of a document whose font tells the encoding; any other font gives the text back.

    >>> from_font("céng", ".VnTimeH"), from_font("hộ", "Times New Roman")
    ('CỘNG', 'hộ')
    """
    if font.startswith(".Vn"):
        return from_tcvn3(text).upper() if font.endswith("H") else from_tcvn3(text)
    return from_vni(text) if font.upper().startswith("VNI") else text


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode a file's bytes, a byte-order mark left out and newlines untouched; raise `EncodingError`.

    `declared` is the encoding that the file states itself (a web page's charset), tried when the bytes are no UTF-8.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return mend(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise EncodingError(
                    f"the file says it is {encoding} but byte {len(mark) + error.start} is not; it is damaged"
                ) from error
    head = data[:4000]
    if head.count(0) > len(head) // 8:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise EncodingError("the bytes are binary data and no text") from None
        strange = sum(
            unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") and letter not in "\t\n\r" for letter in text
        )
        if strange * 50 > len(text) or not any(letter in " \n" for letter in text):
            raise EncodingError("the bytes are binary data and no text")
        return mend(text, encoding)
    try:
        return mend(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if (
        data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"MZ"))
        or b"\0" in head
    ):
        raise EncodingError("the bytes are binary data and no text")
    latin = _latin(data)
    choices = [("tcvn3", from_tcvn3(latin)), ("vni", from_vni(latin))]
    for encoding in dict.fromkeys(filter(None, (declared.lower(), "windows-1258"))):
        try:
            choices.append((encoding, data.decode(encoding)))
        except (LookupError, UnicodeDecodeError):
            continue
    encoding, text = max(choices, key=lambda choice: _share(choice[1])[0])
    share, words = _share(text)
    if words and share < 0.75:
        return _damaged_utf8(data) or _refuse(text, share)
    return Decoded(text, encoding, (_note(encoding),))


def mend(text: str, encoding: str) -> Decoded:
    """Mend characters that came in as Unicode but are old fonts or UTF-8 encoded twice; raise when scrambled."""
    lost = text.count("\ufffd")
    if lost > 2 and lost * 200 > len(text):
        raise EncodingError(f"{lost} letters are lost (they read \ufffd); get the original file")
    share, words = _share(text)
    if words >= 3 and share < 0.75:
        choices = {"tcvn3": from_tcvn3(text), "vni": from_vni(text), "utf-8 twice": _encoded_once(text)}
        best = max(choices, key=lambda name: _share(choices[name])[0])
        better, found = _share(choices[best])
        if better >= 0.8 and found:
            return Decoded(choices[best], best, (_note(best),))
        if words >= 15:
            _refuse(text, share)
    marks = len(re.findall(r"[a-zA-ZÀ-ỹ]\?[a-zA-ZÀ-ỹ]|(?<=\s)[a-zA-Z]{1,3}\?(?=\s+[a-zà-ỹ])", text))
    if marks > 5 and marks * 20 > len(text.split()):
        raise EncodingError(f"{marks} words hold a question mark in place of a letter; get the original file")
    return Decoded(text, encoding, () if encoding == "utf-8" else (_note(encoding),))


def _note(encoding: str) -> tuple[str, str]:
    names = {
        "tcvn3": "the text was typed in a TCVN3 (.VnTime) font and has been converted to Unicode.",
        "vni": "the text was typed in a VNI font and has been converted to Unicode.",
        "utf-8 twice": "the text was encoded as UTF-8 twice and has been mended.",
    }
    return "encoding", names.get(encoding, f"the text is encoded as {encoding}.")


def _refuse(text: str, share: float):
    seen = [word for word in _words(text) if not is_syllable(word)][:4]
    raise EncodingError(
        f"only {share:.0%} of the words with accents are Vietnamese (seen: {', '.join(seen)}): the text is scrambled "
        "or in an unknown encoding; get the original file"
    )


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes, which read as U+FFFD."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    share, words = _share(text)
    if not words or share < 0.8 or lost * 200 > len(text):
        return None
    return Decoded(
        text, "utf-8", (("encoding", f"{lost} letters are damaged and read \ufffd; get the original file."),)
    )


def _latin(data: bytes) -> str:
    return "".join(_LATIN[byte] for byte in data)


_LATIN = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]


def _encoded_once(text: str) -> str:
    try:
        data = b"".join(
            character.encode("latin-1") if character <= "\xff" else character.encode("cp1252") for character in text
        )
        return data.decode("utf-8")
    except UnicodeError:
        return text


# Syllables: an onset, a rhyme and one tone; a rhyme that ends in a stop takes only the tones sắc and nặng.
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_OPEN_RHYMES = (
    "a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê êm ên ênh êu i ia im in inh iu iêm iên "
    "iêng iêu o oa oai oam oan oang oanh oao oay oăm oăn oăng oe oen oeo oi om on ong oong ô ôi ôm ôn ông ơ ơi ơm ơn "
    "u ua uân uâng uây uê uênh ui um un ung uơ uy uya uyên uynh uyu uôi uôm uôn uông ư ưa ưi ưm ưn ưng ưu ươi ươm ươn "
    "ương ươu y yêm yên yêng yêu ynh ôông"
).replace(" ", "|")
_STOP_RHYMES = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oac oach oap oat oăc oăt oc oet ooc op ot "
    "ôc ôp ôt ơp ơt uât uc uêch up ut uych uyêt uyt uôc uôt ưc ưt ươc ươp ươt yêt yt yp ăk êc ôk ek"
).replace(" ", "|")
_OPEN = re.compile(f"(?:{_ONSETS})?(?:{_OPEN_RHYMES})")
_STOP = re.compile(f"(?:{_ONSETS})?(?:{_STOP_RHYMES})")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\s.,;:!()\[\]{}“”‘’\"'…/\\|=+<>*%&#@_~^–—\-•\d]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word can be one Vietnamese syllable, tone included.

    >>> is_syllable("nghèo"), is_syllable("ngh\u00e8\u00f3"), is_syllable("hép"), is_syllable("lÖ")
    (True, False, True, False)
    """
    letters = unicodedata.normalize("NFD", word.replace("Ð", "Đ").replace("ð", "đ").casefold())
    tones = [letter for letter in letters if letter in _TONES]
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if len(tones) > 1:
        return False
    if _STOP.fullmatch(plain):
        return tones in (["\u0301"], ["\u0323"]) or plain.isascii() is False
    return bool(_OPEN.fullmatch(plain))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text[:60_000]) if not word.isascii() and len(word) < 12]


def _share(text: str) -> tuple[float, int]:
    """The share of words with accents that are Vietnamese syllables, and how many such words there are."""
    words = _words(text)
    return (sum(map(is_syllable, words)) / len(words) if words else 0.0), len(words)
