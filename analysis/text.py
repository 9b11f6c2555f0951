"""Vietnamese text in one canonical spelling, with a map back to the words as they were written.

The canonical form only makes spellings equal that mean the same (Unicode form, Ð for Đ, hoà for hòa, tỉ for tỷ, kinds
of space, dash and quotation mark, words with and without their abbreviation behind them, a number glued to a word).
Tones are letters and are never removed. What the words mean is left to the others.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# letters with which names begin
CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LETTERS = {
    "Ð": "Đ",
    "ð": "đ",
    "\u01a3": "ư",
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\t": " ",
    "\u3000": " ",
    "–": "-",
    "—": "-",
    "‒": "-",
    "―": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "’": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "：": ":",
    "，": ",",
    "％": "%",
}  # every entry keeps the length, so offsets stay
_ODD = re.compile(f"[{''.join(_LETTERS)}]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SPACES = " \u00a0\t\u2007\u202f\u2009\u3000"
# what changes the length; the characters at fault come first, as one set, which a search finds quickest
_UNEVEN = re.compile(
    rf"[{_INVISIBLE}{_SPACES}\-–—\dT](?:(?<=[{_INVISIBLE}])[{_INVISIBLE}]*|(?<=[{_SPACES}])"
    rf"(?:[{_SPACES}]+|(?<=\(.)(?=\S)|(?=[,)])(?<=[\w)].))"
    r"|(?<=[a-zà-ỹđ][-–—])(?=[a-zà-ỹđ])|(?<= )\([A-ZĐ][A-ZĐ-]{1,7}\)"
    r"|(?<=[a-zà-ỹđ]{3}\d)|(?<=T)(?<!\w.)T[ .–-]{0,3}Huế)"
)
_OPEN_TONE = {}
for _base, _marked in (("o", "àáảãạ"), ("O", "ÀÁẢÃẠ")):
    for _tone, _letter in zip("òóỏõọ" if _base == "o" else "ÒÓỎÕỌ", _marked, strict=True):
        _OPEN_TONE[_base + _letter] = _tone + ("a" if _base == "o" else "A")
for _first, _rest, _toned in (("o", "èéẻẽẹ", "òóỏõọ"), ("u", "ỳýỷỹỵ", "ùúủũụ")):
    for _letter, _tone in zip(_rest, _toned, strict=True):
        _OPEN_TONE[_first + _letter] = _tone + ("e" if _first == "o" else "y")
        _OPEN_TONE[_first.upper() + _letter] = _tone.upper() + ("e" if _first == "o" else "y")
        _OPEN_TONE[(_first + _letter).upper()] = _tone.upper() + ("E" if _first == "o" else "Y")
_CLOSED_TONE = {new: old for old, new in _OPEN_TONE.items()}
_SHORT_I = str.maketrans("ìíỉĩÌÍỈĨ", "ỳýỷỹỲÝỶỸ")
_HORN = dict(zip("òóỏõọ", "ờớởỡợ", strict=True))
# a letter that may be at fault, then what is wrong with it; one set of letters first, which a search finds quickest
_TONES = re.compile(
    r"[oOuUtTkKòóỏõọùúủũụ](?:"
    r"(?:[àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ](?<=[oO].)|[ỳýỷỹỵỲÝỶỸỴ](?<=[uU].))(?<![qQ]..)(?!\w)(?P<open>)"  # hoà -> hòa, uỷ -> ủy
    r"|(?:[ae](?<=[òóỏõọ].)(?=[tncmpi])|y(?<=[ùúủũụ].)(?=[tn]))(?<![qQ]..)(?P<closed>)"  # thóat -> thoát
    r"|[ỉĩỈĨ](?<=[tT].)(?<![^\W\d_]..)(?=[ \n,.;:)/]|$)(?! mỉ)(?P<ti>)"  # tỉ lệ, tỉ đồng -> tỷ
    r"|[íÍ](?<=[qQ][uU].)(?!\w)(?P<short>)|[ìíỉĩÌÍỈĨ](?<=[kK].)(?<!\w..)(?!\w)(?P<brief>)"  # quí, kì -> quý, kỳ
    r"|(?<=[ưƯ][òóỏõọ])(?P<horn>))"  # lưọng -> lượng
)


def _plain(match: re.Match[str]) -> str:
    return _LETTERS[match.group()]


def _retone(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group()
    if kind == "open":
        return _OPEN_TONE.get(found, found)
    if kind == "closed":
        return _CLOSED_TONE.get(found, found)
    if kind == "horn":
        return _HORN[found]
    if kind == "ti":
        return found[0] + ("ỷ" if found[1].islower() else "Ỷ")
    return found[0] + found[1].translate(_SHORT_I)


@dataclass(frozen=True)
class Canonical:
    """Canonical text and the way back: `original[slice(*c.original_span(a, b))]` is what stands at `c.text[a:b]`."""

    text: str
    starts: tuple[int, ...] = (0,)  # canonical offset at which each piece begins
    origins: tuple[int, ...] = (0,)  # where that piece begins in the original
    ends: tuple[int, ...] = (-1,)  # where it ends in the original, when its length changed; else -1
    folded: str = field(default="", compare=False)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the original text of the canonical span `start`, `end`."""
        first = bisect_right(self.starts, start) - 1
        origin = self.origins[first] if self.ends[first] >= 0 else self.origins[first] + start - self.starts[first]
        if end <= start:
            return origin, origin
        last = bisect_right(self.starts, end - 1) - 1
        stop = self.ends[last] if self.ends[last] >= 0 else self.origins[last] + end - self.starts[last]
        return origin, stop


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def canonical(text: str) -> Canonical:
    """The canonical spelling of `text`: NFC, one space, Đ, one dash, one quotation mark, one place for tones, no
    abbreviation in brackets behind its words, no space within a bracket or before a comma.

    >>> c = canonical("Uỷ ban  huyện Ba Chẽ")
    >>> c.text
    'Ủy ban huyện Ba Chẽ'
    >>> c.original_span(7, 12)
    (8, 13)
    """
    pieces, starts, origins, ends = [], [0], [0], [-1]
    composed = unicodedata.is_normalized("NFC", text)
    pattern = _UNEVEN if composed else re.compile(_UNEVEN.pattern + r"|.[\u0300-\u036f]+", re.DOTALL)
    done = length = 0
    for match in pattern.finditer(text):
        found = match.group()
        if found[0] in _INVISIBLE:
            new = ""
        elif found[-1] == ")":
            if not _is_gloss(found, text[max(0, match.start() - 60) : match.start()]):
                continue
            new = ""  # "nông thôn mới (NTM) nâng cao"
        elif found[0].isspace():
            loose = text.endswith("(", 0, match.start()) or text.startswith((",", ")"), match.end())
            new = "" if loose else " "  # "( cuối năm 2021 ) ,"
        elif found.endswith("Huế"):
            new = "Thừa Thiên Huế"  # the one province that is mostly written short: "TT-Huế", "TT. Huế"
        elif found.isdigit():
            new = " " + found  # "hộ nghèo1,56%"
        elif found in "-–—":
            new = " - "  # "nông-lâm-ngư nghiệp"
        else:
            new = unicodedata.normalize("NFC", found)
            if len(new) == len(found):
                continue
        plain = text[done : match.start()]
        pieces += [plain, new]
        length += len(plain)
        if new:
            starts.append(length)
            origins.append(match.start())
            ends.append(match.end())
            length += len(new)
        starts.append(length)
        origins.append(match.end())
        ends.append(-1)
        done = match.end()
    pieces.append(text[done:])
    flat = "".join(pieces)
    if not composed:
        single = unicodedata.normalize("NFC", flat)
        flat = single if len(single) == len(flat) else flat
    flat = _unwrapped(_TONES.sub(_retone, _ODD.sub(_plain, flat)))
    return Canonical(flat, tuple(starts), tuple(origins), tuple(ends), _lower(flat))


def _is_gloss(bracket: str, before: str) -> bool:
    """Whether the letters in a bracket are the initials of the words before it: "bảo hiểm y tế (BHYT)"."""
    letters = [letter for letter in bracket if letter.isalpha()]
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", before)[-len(letters) :]]
    return initials == letters


def _unwrapped(text: str) -> str:
    """The text with a space for each line end that only wraps a paragraph at a fixed width, letter for letter.

    A line end does when the first word of the next line would not have fitted; a text is taken for wrapped when
    most of its line ends within paragraphs are such. So does one in the middle of a sentence: no mark before it, and
    a small letter behind it.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    inner = [n for n, line in enumerate(lines[:-1]) if line.strip() and lines[n + 1].strip()]
    joined = {n for n in inner if _goes_on(lines[n], lines[n + 1])}
    lengths = sorted(len(lines[n]) for n in inner)
    width = lengths[len(lengths) * 95 // 100] if len(inner) >= _FEW_LINES else 0
    if _NARROWEST <= width <= _WIDEST:
        full = [n for n in inner if len(lines[n]) + 1 + len(lines[n + 1].split(maxsplit=1)[0]) > width]
        if len(full) >= 0.6 * len(inner):
            joined = {n for n in full if lines[n].rstrip()[-1] != ":" and not _NEW_LINE.match(lines[n + 1])}
    if not joined:
        return text
    return "".join(line + (" " if n in joined else "\n") for n, line in enumerate(lines[:-1])) + lines[-1]


def _goes_on(line: str, following: str) -> bool:
    """Whether a line ends in the middle of a sentence that the next one carries on."""
    item = _NEW_LINE.match(line)  # what stands below a short item and is none is its second line
    if not (10 if item else _NARROWEST) <= len(line) <= _WIDEST or _NEW_LINE.match(following):
        return False
    last, first = line.rstrip()[-1], following.lstrip()[0]
    return (last.isalpha() or last == ",") and first.islower()


def any_of(*words: str) -> str:
    """Patterns that begin with a letter as one: the first letter decides, so that few of a long list are tried.

    >>> any_of("hộ", "xã", "hộ dân")
    'h(?:ộ|ộ dân)|x(?:ã)'
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


def fold(text: str) -> str:
    """The key by which spellings of the same Vietnamese words are equal; tones stay.

    >>> fold("Tỉ lệ  hộ nghèo") == fold("tỷ lệ hộ nghèo")
    True
    >>> fold("hoà") == fold("hòa"), fold("năm") == fold("nam")
    (True, False)
    """
    return canonical(" ".join(unicodedata.normalize("NFC", text).split())).folded


_FEW_LINES = 4  # fewer say nothing about how a text is set
_NARROWEST, _WIDEST = 40, 160
_NEW_LINE = re.compile(r"\s*(?:[-+*•·]|\d{1,2}[.)/]|[IVX]{1,4}[.)]|[a-zđ]\))\s")  # an item of a list
# words with which no line ends that is complete
_WANTS_MORE = re.compile(
    r"(?:,|\b(?:năm|quý|đạt|được|chiếm|(?<!trở )lên|xuống|từ|đến|còn|có|là|cho|vào|tại|ở|trong|của|với|và|hoặc"
    r"|giảm|tăng|thêm|gần|hơn|trên|khoảng|bằng|theo|do|về))$"
)
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:tp|tx|tt|h|x|p|q|ths|ts|pgs|gs|bs|ks|v\.v|vd|tr|st|đ/c|[a-zđ])$")
_STOP = re.compile(r"[.!?…\n;](?:(?<=[.!?…])[.!?…]*[\"')\]]*(?=\s|$)|(?<=\n)\n*|(?<=;)(?=\s))")
# within "lần lượt là 38,12; 35,47; 29,64%": a series of bare numbers, or of shares told in order, is one part
_SERIES_ENDS = re.compile(
    r"(?:(?:lần lượt|tương ứng|thứ tự|:)[^\n]*?(?<![\d.,/])(?!(?:19|20)\d\d$)\d[\d.,]*"
    r"|(?:lần lượt|tương ứng|thứ tự)[^\n]*\d%)$"
)
_SERIES = re.compile(r" \d[\d.,]*(?:%|;| và | (?:tỷ|triệu|hộ|người|lao động|xã|sản phẩm|tiêu chí|nhà|căn)\b)")
# "KH 2.400 lao động; thực hiện 2.455 lao động; đạt 102,3%": a plan, what came of it, and how much that is of it
_PLAN_ENDS = re.compile(r"(?i:\bkh|kế hoạch|thực hiện)(?: [^\W\d]+){0,3} \d[\d.,]*[^;.\d]{0,25}\Z")
_DONE_FOLLOWS = re.compile(r" (?:ước )?(?:thực hiện|đạt)(?: [^\W\d]+){0,2} \d")
_ITEM_NUMBER = re.compile(r"\s*\d{1,2}\s*")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its half-open span in the canonical text, the paragraph it stands in, and what ended it."""

    start: int
    end: int
    paragraph: int
    stop: str


def sentences(text: str) -> Iterator[Sentence]:
    """Split canonical text at sentence ends, semicolons and line ends (a semicolon ends a part, not a thought).

    >>> [text[s.start:s.end] for text in ["Thu 4.735 tỷ đồng. TP. Huế đạt; còn lại chưa"] for s in sentences(text)]
    ['Thu 4.735 tỷ đồng.', 'TP. Huế đạt;', 'còn lại chưa']
    """
    start, paragraph = 0, 0
    for match in _STOP.finditer(text):
        mark = match.group()
        if mark[0] == "." and len(mark) == 1:
            before = text[max(start, match.start() - 8) : match.start()].lower()
            after = text[match.end() : match.end() + 2].strip()
            if (
                (after and after.islower())
                or _ABBREVIATION.search(before)
                or _ITEM_NUMBER.fullmatch(text, start, match.start())
            ):
                continue
        if mark[0] == ";" and _SERIES.match(text, match.end()) and _SERIES_ENDS.search(text, start, match.start()):
            continue
        if mark[0] == ";" and _DONE_FOLLOWS.match(text, match.end()) and _PLAN_ENDS.search(text, start, match.start()):
            continue
        if mark[0] == "\n" and len(mark) == 1 and _continues(text, start, match.start(), match.end()):
            continue
        if text[start : match.end()].strip():
            end = match.end() if mark[0] != "\n" else match.start()
            yield Sentence(_SPACE.match(text, start).end(), end, paragraph, mark[0])
        paragraph += mark[0] == "\n"
        start = match.end()
    if text[start:].strip():
        yield Sentence(_SPACE.match(text, start).end(), len(text), paragraph, "")


def _continues(text: str, start: int, stop: int, after: int) -> bool:
    """Whether a single line end only wraps a line: a long one without a stop, if the next goes on in lower case or the
    last words want more ("… đạt" · "91,7%")."""
    line = text[text.rfind("\n", 0, stop) + 1 : stop].rstrip()
    if len(line) <= 50 or line[-1:] in ".;:!?":
        return False
    if line.count("(") > line.count(")"):
        return True
    return text[after : after + 1].islower() or bool(_WANTS_MORE.search(line) and not _NEW_LINE.match(text, after))
