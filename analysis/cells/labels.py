"""What the labels of a table say: level of numbering, role of a column (plan, actual, % of plan), indicator.

All functions take one label or one header path; which cell they hold for is decided in `tabular`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.cells.units import Unit, split_unit
from analysis.sentences.cues import compile_cues
from analysis.text import fold

if TYPE_CHECKING:
    from analysis.indicators import Catalogue, Indicator

_NUMBERS = (
    (re.compile(r"[A-GĐ](?:\s*[.)]|\s+-|$)"), 0),
    (re.compile(r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V|X))(?:\s*[.)/]|\s+-|$)"), 1),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?(?=\s|$)"), 4),
    (re.compile(r"\d{1,2}\.\d{1,2}[.)]?(?=\s|$|\D)"), 3),
    (re.compile(r"\d{1,3}(?:\s*[.)/]|$)(?!\d)"), 2),
    (re.compile(r"[a-zđ](?:\s*[.)/]|$)"), 5),
    (re.compile(r"[-–—•](?=\s*\D)"), 6),
    (re.compile(r"[+*](?=\s*\D)"), 7),
)


def split_number(label: str) -> tuple[int | None, str]:
    """The level that a label's number or dash gives it (0 highest), and the label without it.

    >>> [split_number(label)[0] for label in ("I. KINH TẾ", "1. Dân số", "1.2 Hộ nghèo", "- Nông thôn", "Hộ nghèo")]
    [1, 2, 3, 6, None]
    """
    text = label.strip()
    for pattern, level in _NUMBERS:
        found = pattern.match(text)
        if found:
            return level, text[found.end() :].strip(" .-–:")
    return None, text


_PLAN = (
    r"(?:kế hoạch|\bkh\b|kh(?=\d{2,4})|dự toán|\bdt\b|nghị quyết|\bnq\b|chỉ tiêu (?:giao|được "
    r"giao|đề ra|đặt ra|nghị quyết|tỉnh giao)|mục tiêu|phấn đấu|\bgiao\b)"
)
_SAME = r"(?:cùng kỳ|\bck\b|năm trước|năm ngoái)"
_COMPARED = (
    r"(?:so với|so sánh|\bso\b|tỷ lệ đạt|đạt tỷ lệ|% ?(?:đạt|so|th|thực hiện|hoàn thành|kh|kế "
    r"hoạch|dự toán|nq|ck|cùng kỳ)|(?:thực hiện|hoàn thành|đạt) ?(?:\(?%|kh|kế hoạch|dự toán|"
    r"so)|mức (?:độ )?(?:đạt|hoàn thành)|(?:tăng|giảm)[^|]{0,14}so|tốc độ)"
)
_RATIO = re.compile(
    r"(?P<over>[\w.() ]{1,30}?) ?[/:] ?(?P<under>(?:ước|kh|kế hoạch|dt|dự toán|nq|nghị quyết|ck|cùng "
    r"kỳ|th|uth|thực hiện|năm|\(?\d{1,4})"
    r"[\w.() ]{0,24})"
)
_LABEL = re.compile(
    r"(?:tên )?(?:các )?(?:chỉ tiêu|nội dung|danh mục|chỉ số|tiêu chí|hạng mục|lĩnh vực)(?: chủ yếu| "
    r"kinh tế.*| kt-xh| phát triển.*)?"
)
_NUMBER_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự|s tt|mã số|mã|ms|no)\.?")
_UNIT_HEAD = re.compile(r"(?:đơn vị tính|đvt|đơn vị|đv tính|đv|unit)(?: ?\(.*\))?")
_NOTE_HEAD = re.compile(
    r"(?:ghi chú|nguồn|nguồn số liệu|cơ quan.*|đơn vị (?:báo cáo|thực hiện|chủ trì|theo dõi|phụ "
    r"trách).*|đánh giá.*|xếp loại|xếp hạng|kết quả đánh giá|lý do|giải pháp|số quyết định.*|thời "
    r"gian.*)"
)
_PLACE_HEAD = re.compile(
    r"(?:tên )?(?:các )?(?:huyện|xã|phường|thị trấn|thị xã|thành phố|quận|đơn vị|địa phương|địa bàn|"
    r"đơn vị hành chính|khu vực/đơn vị|tên xã|"
    r"khu vực|tỉnh)(?: hành chính)?(?:[ ,/()-]+(?:huyện|xã|phường|thị trấn|thị xã|thành phố|tp|tx|tt|"
    r"quận|tỉnh|đơn vị|hành chính|trực thuộc))*"
)


_DATE = re.compile(  # dates are no ratios
    r"\b\d{1,2}/\d{1,2}(?:/(?:19|20)?\d\d)?\b|\b(?:\d{1,2}|quý [ivx]+|\d{1,2} tháng)/(?:19|20)\d\d\b"
)


@dataclass(frozen=True)
class Role:
    """What a column holds: `kind` is number, label, unit, place, note, actual, estimate, target, plan_pct, yoy_pct,
    growth (a rise in %), difference, none (of no use) or value; `shift` says how many years
    before the table's own period it is."""

    kind: str
    shift: int = 0
    stated: bool = True


def role_of(path: Sequence[str]) -> Role:
    """The role that a header path gives a column.

    >>> [role_of([words]).kind for words in ("TT", "ĐVT", "Kế hoạch năm 2023", "Ước TH 6 tháng", "So với KH (%)")]
    ['number', 'unit', 'target', 'estimate', 'plan_pct']
    >>> role_of(["So sánh (%)", "Cùng kỳ"]).kind, role_of(["Cùng kỳ năm trước"]), role_of(["TH/KH"]).kind
    ('yoy_pct', Role(kind='actual', shift=1, stated=True), 'plan_pct')
    """
    parts = [fold(part).strip(" .:*") for part in path]
    if not parts:
        return Role("value", stated=False)
    leaf, words = parts[-1], " | ".join(parts)
    for kind, pattern in (("number", _NUMBER_HEAD), ("unit", _UNIT_HEAD), ("note", _NOTE_HEAD), ("label", _LABEL)):
        if pattern.fullmatch(leaf):
            return Role(kind)
    if _PLACE_HEAD.fullmatch(leaf):
        return Role("place")
    words = _DATE.sub(" ", words)
    compared = re.search(_COMPARED, words)
    ratio = _RATIO.search(re.sub(r"(?:triệu|tr|đồng|đ|người|hộ|ha) ?/ ?(?:người|năm|tháng|ha|hộ)\b", "", words))
    if ratio and not re.search(r"đầu năm|/ ?năm\b", ratio[0]):
        if re.match(r"\(?\d{1,2}\b(?!\d)", ratio["under"]) and not re.search(r"20\d\d", ratio["under"]):
            return Role("ratio")
        if re.match(_PLAN, ratio["under"]):
            return Role("plan_pct")
        if re.match(r"ước|uth|ck|cùng kỳ|th|thực hiện|năm|(?:19|20)\d\d", ratio["under"]):
            return Role("none" if re.search(_PLAN, ratio["over"]) else "yoy_pct")
    if compared:
        rise = re.search(r"tăng|giảm|tốc độ|[+] ?[,/ -]", words)
        percent = "%" in words or "tỷ lệ" in words
        base = re.search(rf"{_SAME}|(?:năm |th |thực hiện )?(?:19|20)\d\d(?! ?\))", leaf) or re.search(_SAME, words)
        tail = words[compared.end() :] or words
        if rise and len(parts) > 1 and is_generic(leaf):
            return Role("difference")  # "tăng (+), giảm (-) › Số hộ | Tỷ lệ": in households and in points
        if re.search(_PLAN, tail) and not re.search(_SAME, leaf):
            return Role("difference") if rise and not percent else Role("plan_pct")
        if base:
            return Role("growth") if rise and percent else Role("difference") if rise else Role("yoy_pct")
        if re.search(_PLAN, words):
            return Role("plan_pct")
        if rise:
            return Role("growth" if percent else "difference")
        return Role("ratio")
    if re.search(r"(?:tăng|giảm).{0,4}(?:\(?[+-]\)?|[,/]).{0,12}(?:tăng|giảm)", words) or re.fullmatch(
        r"tăng|giảm|chênh lệch", leaf
    ):
        return Role("growth" if "%" in words else "difference")
    if re.search(_PLAN, words) and not re.search(r"thực hiện|kết quả|\bth\b|ước", leaf):
        return Role("target")
    if re.search(_SAME, words):
        return Role("actual", shift=1)
    if re.search(r"\b[ưu]ớc|\bưth\b|\bdự ước", words):
        return Role("estimate")
    if re.fullmatch(r"(?:số |đã )*hoàn thành", leaf):
        return Role("actual")
    if re.search(r"thực hiện|\bth\b|th(?=\d{2,4})|kết quả|đạt được|chính thức|lũy kế", words):
        return Role("actual")
    return Role("value", stated=False)


_ROLE_WORDS = re.compile(
    r"\b(?:ước (?:thực hiện|đạt|tính|th)|ước|thực hiện|kết quả|kế hoạch|dự toán|so với|cùng kỳ|th|kh|uth)\b"
)
_PERIOD_WORDS = re.compile(
    r"\(?(?:trong |đến |hết |tính đến )?(?:cuối |đầu |hết )?(?:năm|quý [ivx\d]+[/ ]?|giai đoạn|6 "
    r"tháng(?: đầu năm)?|9 tháng(?: đầu năm)?|tháng \d+)"
    r"(?:[ /]*(?:19|20)\d\d(?: ?- ?(?:(?:19|20)\d\d))?)?\)?|\b(?:19|20)\d\d\b"
)
_FILLER = re.compile(
    r"^(?:trong đó|chia ra|gồm|bao gồm|riêng|tổng cộng|tổng số(?= (?:hộ nghèo|hộ cận|lao động|xã|nhà|"
    r"sản phẩm|trường)))[:, ]*|"
    r"\(?(?:đạt )?(?:từ )?3 sao trở lên\)?|(?<=lao động) nông thôn|(?<=ha) đất (?:canh tác|trồng trọt|nông nghiệp)|"
    r"\(?theo (?:chuẩn|tiêu chí|bộ tiêu chí|quy định)[^)|]*\)?|\b(?:toàn (?:huyện|xã|tỉnh|thị xã|"
    r"thành phố)|của (?:huyện|xã|tỉnh)|trong (?:năm|kỳ)|lũy kế|đến nay|hiện có|còn hiệu lực|(?:đã )?bàn giao|\(\*+\))"
)
_GENERIC = re.compile(
    r"(?:số |tổng số |tổng )?(?:hộ|khẩu|người|xã|lượng|tuyệt đối|lao động|tiền|cộng|căn|nhà|căn nhà|sản phẩm)?"
    r"(?: \(.*\))?|chỉ tiêu(?: \(.*\))?|(?:đạt |hạng |loại )*[3-5] sao|(?:xây|làm) mới|sửa chữa|"
    r"(?:tỷ lệ|tl)(?: ?\(?%\)?)?|%|trong đó.{0,3}|chia ra.{0,3}|"
    r"(?:khu vực )?(?:nông thôn|thành thị)|tổng số|tổng|cộng|nam|nữ|giá trị|số tuyệt đối|tổng giá trị"
)


def is_generic(label: str) -> bool:
    """Whether a label only means something below another one ("Số hộ", "Tỷ lệ (%)", "Nông thôn").

    >>> is_generic("Tỷ lệ (%)"), is_generic("Tỷ lệ hộ nghèo")
    (True, False)
    """
    return bool(_GENERIC.fullmatch(fold(label).strip(" :.-*")))


_LONG = {
    "bqđn": "bình quân đầu người",
    "bqđng": "bình quân đầu người",
    "bq đầu người": "bình quân đầu người",
    "bq/người": "bình quân đầu người",
    "bình quân/người": "bình quân đầu người",
    "gtsx": "giá trị sản xuất",
    "gqvl": "giải quyết việc làm",
    "lđ": "lao động",
    "gđvh": "gia đình văn hóa",
    "gđ văn hóa": "gia đình văn hóa",
    "hvs": "hợp vệ sinh",
    "cqg": "chuẩn quốc gia",
    "nsnn": "ngân sách nhà nước",
}
_SHORT = re.compile(rf"(?<![\w/])(?:{'|'.join(sorted(map(re.escape, _LONG), key=len, reverse=True))})(?!\w)")


def clean_label(label: str) -> str:
    """A label folded, without number, unit in brackets, period and words of role.

    >>> clean_label("1.2. Tỷ lệ hộ nghèo cuối năm 2022 (%)")
    'tỷ lệ hộ nghèo'
    """
    words = split_unit(split_number(label)[1])[0]
    folded = re.sub(r"\(\s*\*+\s*\)|\*+|[¹²³]|\(giá [^()]*\)", "", fold(words))
    folded = _SHORT.sub(lambda found: _LONG[found[0]], folded)
    for pattern in (_PERIOD_WORDS, _FILLER, _ROLE_WORDS):
        folded = pattern.sub(" ", folded)
    return re.sub(r"\s+", " ", folded).strip(" :;.,-|")


@dataclass(frozen=True)
class Named:
    """The indicator that labels name, how sure that is (0-1), and its variant."""

    id: str
    score: float
    variant: str = ""


def name_indicator(
    parts: Sequence[str], unit: Unit | None, catalogue: Catalogue, damaged: bool = False
) -> Named | None:
    """The indicator that a path of labels names, given the unit of the figures; None when none does.

    `damaged` words of a scan may differ by some letters from those of the catalogue.
    """
    parts = [level for part in parts for level in _levels(part)]
    whole = [split_unit(split_number(part)[1])[0] for part in parts if part.strip()]
    labels = [label for part in parts if (label := clean_label(part))]
    if not labels:
        return None
    named = _name(tuple(labels), " ".join(fold(part) for part in whole), unit, catalogue)
    named = named or _fall(labels[-1], unit, catalogue)
    return _alike(labels[-1], unit, catalogue) if named is None and damaged else named


def _levels(label: str) -> tuple[str, ...]:
    """The labels that one cell holds where two rows of a head became one: "Hộ nghèo: Số lượng (hộ)"."""
    above, _, own = label.rpartition(": ")
    return (above, own) if above and is_generic(own) else (label,)


def _fall(label: str, unit: Unit | None, catalogue: Catalogue) -> Named | None:
    """The fall that a label names by its level ("kế hoạch giảm hộ nghèo"), where the unit tells which fall it is."""
    found = re.fullmatch(r"(?:mức |số )?giảm (?:số )?(?P<level>.+)", label)
    if not found or unit is None:
        return None
    for name, score in _candidates(f"số {found['level']}", catalogue) + _candidates(found["level"], catalogue):
        fall = catalogue[name].fall
        if fall and unit.fits(catalogue[fall]):
            return Named(fall, score)
    return None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# words that may stand in a label beside the words of the indicator without changing what is counted
_HARMLESS = _words(
    "số tổng tỷ lệ các của và được trong năm toàn bộ dân cư trung bình trên địa bàn huyện xã tỉnh thị "
    "trấn thành phố cho lao động người lượt hộ mới kỳ là có đạt ở tại về so giá hiện hành sánh theo đã "
    "vào cả gia đình khu vực xây dựng nhà nước cuối đầu đến hết tính thực tế ước chung hiện lũy kế gồm "
    "qua tiêu chuẩn danh hiệu công nhận dùng sử dụng"
)


_UNDER_WAY = re.compile(  # no result yet, or only what was set
    r"\bxã (?:đang |thực hiện |triển khai )?xây dựng (?:nông thôn mới|ntm)$|^(?:tổng )?(?:số )?chỉ tiêu(?: giao)?$"
)


@lru_cache(maxsize=20_000)
def _name(labels: tuple[str, ...], whole: str, unit: Unit | None, catalogue: Catalogue) -> Named | None:
    own = labels[-1]
    above = next((label for label in reversed(labels[:-1]) if not is_generic(label)), "")
    tries = [own]
    if above and re.fullmatch(r"(?:khu vực )?(?:nông thôn|thành thị)", own):
        tries = [f"{above} khu vực {own.removeprefix('khu vực ')}"]
    elif above and is_generic(own):
        tries = [f"{own} {above}", f"{above} {own}", above]
        if own.startswith("tỷ lệ") and above.startswith("số "):
            tries.insert(0, f"tỷ lệ {above.removeprefix('số ')}")
    elif above:
        tries = [own, f"{above} {own}"]
    best: Named | None = None
    for order, words in enumerate(tries):
        words = _plain(words)
        percent = bool(re.search(r"tỷ lệ|%|tỷ trọng|tốc độ", words)) or (unit is not None and "percent" in unit.ids)
        for name, score in _candidates(words, catalogue):
            indicator = catalogue[name]
            if unit is not None and not unit.fits(indicator):
                continue
            if unit is None and percent != (indicator.unit in ("percent", "percentage_points")):
                continue
            own_words = order == 0 or is_generic(own) or score * len(words) > len(above) + 1
            if not own_words and not _variant(indicator, own):
                continue  # only the label above is named: a part of it, no figure of its own
            if indicator.added and re.search(r"\b(?:thêm|tăng thêm)\b|^số xã mới", words):
                name = indicator.added
            score = min(1.0, score) - 0.05 * order
            if best is None or score > best.score + 1e-9:
                best = Named(name, score)
        if best and best.score >= 0.6:
            break
    if best is None or best.score < 0.25:
        return None
    return Named(best.id, best.score, _variant(catalogue[best.id], whole))


def _candidates(words: str, catalogue: Catalogue) -> list[tuple[str, float]]:
    """Indicators whose cues or name stand in a label that says nothing else of weight."""
    if _UNDER_WAY.search(words):
        return []
    tokens = _tokens(words)
    found = dict(compile_cues(catalogue).match_label(words))
    names, vocabulary = _vocabulary(catalogue)
    for name, forms in names.items():
        for form in forms:
            if tokens - form - _HARMLESS or not tokens & form:
                continue
            share = len(tokens & form) / len(form)
            if share >= 0.75 and not (tokens & form) <= _HARMLESS:
                found[name] = max(found.get(name, 0.0), share)
    kept = []
    for name, score in found.items():
        extra = frozenset(("thêm", "tăng")) if catalogue[name].added else frozenset()
        if f"{name}_rural" not in catalogue:
            extra |= frozenset(("nông", "thôn"))
        elif "thành thị" in words:
            continue
        if not tokens - vocabulary[name] - _HARMLESS - extra:
            kept.append((name, score))
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))


@lru_cache(maxsize=2000)
def _alike(label: str, unit: Unit | None, catalogue: Catalogue) -> Named | None:
    """The indicator whose words are nearest to those of a scan, when they are near and no other's are as near."""
    from difflib import SequenceMatcher

    words = re.sub(r"\W", "", label)
    if len(words) < 8:
        return None
    scores: dict[str, float] = {}
    for name, indicator in catalogue.items():
        if unit is not None and not unit.fits(indicator):
            continue
        plain = [cue for cue in indicator.cues if not re.search(r"[#$…?:|]", cue) and len(cue) > 7]
        for form in (re.sub(r"\([^)]*\)|/.*", "", fold(indicator.name_vi)), *plain):
            matcher = SequenceMatcher(None, words, re.sub(r"\W", "", form), autojunk=False)
            if matcher.quick_ratio() > 0.8:
                scores[name] = max(scores.get(name, 0.0), matcher.ratio())
    best = sorted(scores.items(), key=lambda pair: -pair[1])[:2]
    if not best or best[0][1] < 0.82 or (len(best) > 1 and best[0][1] - best[1][1] < 0.03):
        return None
    return Named(best[0][0], 0.4)


def _tokens(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words))


@lru_cache(maxsize=8)
def _vocabulary(catalogue: Catalogue) -> tuple[dict[str, list[frozenset[str]]], dict[str, frozenset[str]]]:
    """The words of each indicator's names, and all words of its names and cues."""
    names, vocabulary = {}, {}
    for name, indicator in catalogue.items():
        folded = fold(indicator.name_vi)
        forms = [_tokens(form) for form in (*folded.split(" / "), re.sub(r"\([^)]*\)", "", folded), _plain(folded))]
        names[name] = [form for form in dict.fromkeys(forms) if len(form) > 1]
        cues = [*indicator.cues, *(cue for phrases in (indicator.variant_cues or {}).values() for cue in phrases)]
        vocabulary[name] = frozenset().union(*forms, *(_tokens(fold(cue)) for cue in cues))
    return names, vocabulary


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[|()\[\]]", " ", words)).strip()


def _variant(indicator: Indicator, words: str) -> str:
    cues = indicator.variant_cues or {}
    found = [(len(cue), name) for name, phrases in cues.items() for cue in phrases if cue in words]
    return max(found)[1] if found else ""
