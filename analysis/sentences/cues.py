"""The catalogue's phrases, compiled: which words of a sentence name an indicator, and which only look like it.

A phrase is found through one of its telling words, so a sentence is only searched for phrases that it can hold.
Which figure a phrase belongs to is decided in `binding`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from analysis.indicators import Catalogue, CatalogueError
from analysis.quantities import Quantity
from analysis.text import fold

SKIP = "_"  # stands in a masked sentence for words that do not count (periods, plan brackets)
_LABEL_GAP = r"(?:(?:_++|[^.;:()#,_\d]){0,40}? )??"
_GAP = r"(?:(?:_++|[^.;:()#,_]){0,64}?(?:, (?:_++|[^.;:()#,_]){0,25}?)? )??"
_SPACE = r'(?:(?: ?_++,?)*+ "?|(?<=_))'  # possessive: long blots must not be tried in pieces
# "$": what a label may end before
_CLAUSE_END = (
    r"(?=\s*(?:[.,;:()\-]|_|$|(?:là|gồm) _"
    r"|và\b|hoặc\b|trong\b|còn\b|chiếm\b|trên\b|vào\b|năm\b|so\b|tương\b|bằng\b|giảm\b|tăng\b"
    r"|\n))"
)
# what may stand between the words before a figure and the figure
_LEAD_END = r"(?:\s*(?:là|được|đạt|có|khoảng|hơn|trên|ít nhất|tối thiểu|:|,|cao nhất|thấp nhất|mới))*\s*$"
# a predicate behind such a comma has a subject of its own
_NEW_SUBJECT = re.compile(
    r", (?:trong đó|trong khi|nâng|còn|có|không|với|đồng thời|góp|tạo|nhất|đưa|và|riêng|xuất|xã(?! hội)|huyện|các)"
)
_NEW_VERB = re.compile(
    r"(?<!giới thiệu)(?<!tư vấn) và (?:tổ chức |mở |phối hợp )?(?:đi|đưa|đào tạo|dạy|mở|giải quyết|tạo"
    r"|xuất khẩu|hỗ trợ)\b"
)
_ABBREVIATIONS = (  # words of the phrases, and how reports shorten them
    ("(hộ)? cận nghèo", "hcn"),
    ("hộ cận nghèo", "hcn"),
    ("tỷ lệ hộ nghèo", "tỷ lệ hn"),
    ("số hộ nghèo", "số hn"),
    ("(nông thôn mới|ntm) nâng cao", "ntmnc"),
    ("đầu tư công", "đtc"),
    ("việc làm", "công ăn việc làm"),
    ("đào tạo nghề", "đtn"),
    ("đại đoàn kết", "đđk"),
    ("hợp vệ sinh", "hvs"),
    ("xuất khẩu lao động", "xuất khẩu lđ"),
    ("lao động qua đào tạo", "lđ qua đào tạo"),
)
# a bracket that the words of a phrase pass over: "13/15 xã của huyện (86,67%) đạt chuẩn"
_BRACKET = re.compile(
    r"(?: (?:công lập )?(?:của|trong|trên|toàn|thuộc) [^,;.()\d_]{2,35}?)?\s?"
    r"(?P<inner>\([^()\n]{1,160}\)|, (?:bằng|chiếm|tương đương) \d[\d.,]*%,)(?= \w)"
)
# "9,3% số hộ của huyện, tức 1.712 hộ, còn trong diện nghèo"
_COUNTED_ASIDE = re.compile(
    r"(?: (?:số )?(?:hộ|xã|dân số|người dân)[^,;.()\d_]{0,35})?"
    r"(?P<inner>, (?:tức|tương đương|tương ứng)(?: với)? [\d.]+ (?:hộ|xã|người|lao động),)(?= \w)"
)
_OF_MAKERS = re.compile(  # "8 sản phẩm của 7 chủ thể được xếp hạng 3 sao"
    r"(?P<inner> của \d+ (?:chủ thể|hợp tác xã|htx|cơ sở|doanh nghiệp|đơn vị)[^;.\d]{0,40}?)(?= (?:được|đạt) )"
)
# villages counted alongside communes, with one predicate for both: "330 xã, 869 thôn/bản đạt chuẩn"
_ALONGSIDE = re.compile(
    r"(?P<inner>(?:,| và) \d[\d./]* (?:thôn|bản|ấp|làng|khu dân cư|khu|huyện(?:, thị xã)?(?:, thành phố)?)"
    r"(?:(?:/|, )(?:thôn|bản|ấp"
    r"|buôn))*(?: miền núi)?)(?= \w)"
)
_ASIDE = {"communes": _ALONGSIDE, "products": _OF_MAKERS}  # between a count and its predicate, by the count's unit
_WORKERS = re.compile(r"người (?=lao động)")
_JOINED = re.compile(r"\s*(?:,|và|cùng(?: với)?)\s*")
# units that are not named by a counted noun
_UNNAMED = ("percent", "billion_vnd", "million_vnd_per_year", "")
_TOKEN = re.compile(r"\([^)]*\)\??|…|\$\??|/?[^\s()…$/?]+\??|/")
_HEAD = re.compile(r"\s*([^\W_]*)")  # the first word
_FREQUENT = 100  # a word frequent in reports is looked up as late as one that so many phrases need
_WORD = re.compile(r"[^\W_]+")
# words too frequent to notice a sentence by
_COMMON_WORDS = (
    "tỷ lệ hộ số xã đạt có là của và các trong lao động được tổng toàn bình quân người dân mỗi cho về đã công với "
    "thu từ sản xuất giá trị "
    "tăng chỉ tiêu nhà trường cấp qua đi nước làm việc tham gia lượt huyện tốc độ mới giảm"
)


_Cue = TypeVar("_Cue")


@dataclass(frozen=True)
class Mention:
    """Words at `start:end` of a folded sentence that name the indicators `ids`, or only seem to name `not_ids`."""

    start: int
    end: int
    ids: tuple[str, ...]
    not_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountMatch:
    """A phrase around a figure that says what it counts.

    `tail` is where its last words begin; `topical`: it says so only by its topic, named before it (1) or behind it (2).
    """

    indicator: str
    start: int
    tail: int
    end: int
    topical: int


class _LabelCue(NamedTuple):
    """A compiled phrase that names indicators, or only seems to name some."""

    pattern: re.Pattern[str]
    core: re.Pattern[str] | None  # what a phrase that may begin anywhere ("(tỷ lệ)? … bhyt") has behind its gap
    ids: tuple[str, ...]
    not_ids: tuple[str, ...]


class _CountCue(NamedTuple):
    """A compiled phrase around a figure: what stands before and behind it, and the topic under which it holds."""

    indicator: str
    real: bool
    before: re.Pattern[str] | None
    needs_before: str  # a word without which `before` can not match
    after: re.Pattern[str]
    heads: frozenset[str]  # words of which one begins `after`; empty when it may begin with any
    topic: re.Pattern[str] | None
    ratio: str  # "=": only a ratio n/n, "/": only a ratio n/m


def _translate(phrase: str, any_gap: str = _LABEL_GAP, whole: bool = False) -> tuple[str, str]:
    """A phrase in the catalogue's notation as a regular expression, and its last required part.

    `whole`: the expression begins where a word does.
    """
    tokens = _TOKEN.findall(phrase)
    out, last = "", 0
    for position, token in enumerate(tokens):
        if token in ("…", "$?"):
            continue
        if token == "$":
            out += _CLAUSE_END
            continue
        gap = any_gap if position and tokens[position - 1] == "…" else ""
        optional = token.endswith("?")
        body = _words_of(token.rstrip("?"), whole and not out and not optional)
        if optional and not out:
            out = ("(?<!\\w)" if whole else gap) + f"(?:{body}{_SPACE})?"
            continue
        apart = rf"(?:{_SPACE}|(?<=/))" if out.endswith(("/)", "/)?")) else _SPACE
        joiner = gap if not out else "" if body.startswith(("/", ",", ":")) else apart + gap
        choices = token.rstrip("?")[1:-1].split("|") if token.startswith("(") else []
        marks = [c for c in choices if c[:1] in (",", ":", "/", "$")]
        if out and marks:  # they follow without a space: "xã ntm nâng cao (là|có|:)"
            words = [c for c in choices if c not in marks]
            either = [joiner + _words_of(f"({'|'.join(words)})", False)] if words else []
            either += [_CLAUSE_END if c == "$" else re.escape(c) for c in marks]
            out += f"(?:{'|'.join(either)}){'?' if optional else ''}"
            continue
        if optional and out.endswith(f"{_SPACE})?") and not last:
            out += f"(?:{body}{_SPACE})?"  # one more at the head
            continue
        if optional:
            out += f"(?:{joiner}{body})?"
            continue
        if out.endswith(f"{_SPACE})?"):
            joiner = joiner.removeprefix(_SPACE)
        last = len(out) + len(joiner)
        out += joiner + body
    return out, out[last:]


def _words_of(token: str, whole: bool) -> str:
    """One word, or a group of alternatives, as a regular expression."""
    if not token.startswith("("):
        return _whole_word(re.escape(token)) if whole else re.escape(token)
    if "(" in token[1:]:
        raise re.error("a group stands within a group")
    choices = [re.escape(c.strip()).replace(r"\ ", _SPACE) for c in token[1:-1].split("|")]
    return f"(?:{'|'.join(map(_whole_word, choices) if whole else choices)})"


def _whole_word(body: str) -> str:
    """A pattern that begins where a word does; the check stands behind its first word, to which a search can jump."""
    first = re.match(r"[^\W\d_]+", body)
    if not first:
        return rf"(?<!\w){body}"
    return rf"{first[0]}(?<!\w{first[0]}){body[first.end() :]}"


def _literal_words(phrase: str) -> list[list[str]]:
    """The words of which a text with this phrase must hold one each, as alternatives."""
    needed = []
    for token in re.findall(r"\([^)]*\)\??|[^\s()]+", phrase):
        if token.endswith("?") or token in ("…", "$", "#", "#=", "#/"):
            continue
        if token.startswith("/"):
            needed.append([token[1:]])
            continue
        if token.startswith("("):
            needed.append([choice.split()[0] for choice in token[1:-1].split("|") if choice.split()])
        else:
            needed.append([token.split("/")[0]])
    return needed


def _groups(phrase: str) -> list[frozenset[str]]:
    """Groups of words; a text with the phrase holds one of each."""
    groups = [[re.sub(r"\W+$|^\W+", "", w) for w in g] for g in _literal_words(phrase)]
    return [frozenset(g) for g in groups if all(g)] or [frozenset([""])]


def _heads(phrase: str) -> frozenset[str]:
    """The words of which one begins the phrase, up to the first that is required; none when they do not tell."""
    heads: set[str] = set()
    for token in _TOKEN.findall(phrase):
        choices = [choice.strip() for choice in token.rstrip("?").strip("()").split("|")]
        words = {_HEAD.match(choice)[1] for choice in choices}
        if "" in words:
            break
        heads |= words
        if not token.endswith("?"):
            return frozenset(heads)
    return frozenset()


def words_of(folded: str) -> frozenset[str]:
    """The words of a folded text, blots aside."""
    return frozenset(_WORD.findall(folded))


def _one_word(phrase: str) -> str:
    """A word that every text with the phrase holds, "" when there is none but alternatives."""
    single = (next(iter(group)) for group in _groups(phrase) if len(group) == 1)
    return max(filter(str.isalnum, single), key=len, default="")


class _ByWords(Generic[_Cue]):
    """Phrases, found by the words of a sentence: each is looked up by the two of its words that fewest phrases need."""

    def __init__(self, cues: list[tuple[str, _Cue]]):
        needs = [(_groups(phrase), cue) for phrase, cue in cues]
        uses = Counter(word for groups, _ in needs for group in groups for word in group)
        uses.update(dict.fromkeys(_COMMON_WORDS.split(), _FREQUENT))
        # by the first word, then by the second: the words and groups of alternatives that are needed beside them
        self._by_words: dict[str, dict[str, list[tuple[frozenset[str], tuple[frozenset[str], ...], _Cue]]]] = {}
        for groups, cue in needs:
            groups = sorted(groups, key=lambda group: sum(uses[word] for word in group))
            first, second, others = groups[0], groups[1] if len(groups) > 1 else groups[0], groups[2:]
            required = frozenset().union(*(group for group in others if len(group) == 1))
            choices = tuple(group for group in others if len(group) > 1)
            for word in first:
                for other in second if len(groups) > 1 else [word]:
                    self._by_words.setdefault(word, {}).setdefault(other, []).append((required, choices, cue))

    def among(self, words: frozenset[str]) -> list[_Cue]:
        """The phrases that a sentence with these words can hold."""
        found = []
        for word in words & self._by_words.keys():
            behind = self._by_words[word]
            for other in words & behind.keys():
                for required, choices, cue in behind[other]:
                    if required <= words and not (choices and any(map(words.isdisjoint, choices))):
                        found.append(cue)
        return found


def _abbreviated(phrase: str) -> list[str]:
    """The same phrase with the abbreviations that offices use for some of its words.

    >>> _abbreviated("tỷ lệ hộ cận nghèo")
    ['tỷ lệ hcn']
    """
    return [phrase.replace(long, short) for long, short in _ABBREVIATIONS if long in phrase]


class CueIndex:
    """All phrases of a catalogue, ready to be matched against folded sentences."""

    def __init__(self, catalogue: Catalogue):
        labels: dict[str, tuple[list[str], list[str]]] = {}
        counts: list[tuple[str, _CountCue]] = []
        for indicator in catalogue.values():
            named = [(c, True) for c in indicator.cues] + [(c, False) for c in indicator.not_cues]
            for phrase, real in named + [(c, real) for long, real in named for c in _abbreviated(long)]:
                try:
                    self._add(phrase, indicator.id, real, labels, counts)
                except re.error as error:
                    raise CatalogueError(
                        f"{indicator.id}: the phrase {phrase!r} can not be read ({error}); mend it in the catalogue"
                    ) from None
        self._counts = _ByWords(counts)
        self._labels = _ByWords([(phrase, _label_cue(phrase, *ids)) for phrase, ids in labels.items()])

    def _add(
        self,
        phrase: str,
        indicator: str,
        real: bool,
        labels: dict[str, tuple[list[str], list[str]]],
        counts: list[tuple[str, _CountCue]],
    ) -> None:
        """Compile one phrase: a label, or, with `#`, the words around a figure that it counts."""
        topic = None
        if "::" in phrase:
            words, phrase = (part.strip() for part in phrase.split("::", 1))
            topic = re.compile(rf"{_translate(words, whole=True)[0]}(?!\w)")
        ratio = "=" if "#=" in phrase else "/" if "#/" in phrase else ""
        phrase = phrase.replace("#=", "#").replace("#/", "#")
        if "#" not in phrase and topic is None:
            _translate(phrase)  # fails here, where the indicator is known, and not below
            labels.setdefault(phrase, ([], []))[0 if real else 1].append(indicator)
            return
        before, after = (part.strip() for part in phrase.split("#", 1)) if "#" in phrase else (phrase, "")
        lead = re.compile(rf"{_translate(before, whole=True)[0]}{_LEAD_END}") if before else None
        cue = _CountCue(indicator, real, lead, _one_word(before), _behind(after), _heads(after), topic, ratio)
        counts.append((after or before, cue))

    def labels(self, folded: str, words: frozenset[str] | None = None) -> list[Mention]:
        """Label phrases in a folded (masked) sentence, without those inside longer ones, in order.

        `words`: those of the whole sentence, where something of it is masked.
        """
        words = words_of(folded) if words is None else words
        found = [
            Mention(_second_rate(folded, *match.span()), match.end(), cue.ids, cue.not_ids)
            for cue in self._labels.among(words)
            if cue.core is None or cue.core.search(folded)
            for match in cue.pattern.finditer(folded)
        ]
        if not found:
            return found
        found.sort(key=lambda m: (m.start - m.end, m.start, m.ids))
        alike = [m for m in found if m.not_ids]
        kept: list[Mention] = []
        for mention in found:  # longest first
            ids = tuple(i for i in mention.ids if not any(_hides(n, mention, i) for n in alike))
            if not ids:
                continue
            same = next((k for k in kept if (k.start, k.end) == (mention.start, mention.end)), None)
            if same:
                kept[kept.index(same)] = Mention(same.start, same.end, tuple(sorted({*same.ids, *ids})))
            elif not any(k.start < mention.end and mention.start < k.end for k in kept):
                kept.append(Mention(mention.start, mention.end, ids))
        others = [Mention(m.start, m.end, (), m.not_ids) for m in alike if not any(_holds(k, m) for k in kept)]
        return sorted(kept + others, key=lambda m: (m.start, -m.end))

    def count_cues(self, words: frozenset[str]) -> list[_CountCue]:
        """The count phrases that a sentence with these words can hold."""
        return self._counts.among(words)

    def count(
        self, quantity: Quantity, masked: str, whole: str, cues: list[_CountCue], context: str, stops: list[int]
    ) -> tuple[list[CountMatch], set[str]]:
        """Readings of what a quantity counts, best first, and the indicators that it only seems to count.

        `whole`: the sentence with the nouns as they are; `context`: the folded words before it in its paragraph;
        `stops`: where other quantities begin (a phrase does not reach over one).
        """
        at = quantity.end if quantity.unit in _UNNAMED else quantity.noun_start
        if "người" in quantity.per:  # "thu nhập 35 triệu đồng/người": what it is per is part of the phrase
            at = max(masked.find("/", quantity.number_start, quantity.end), quantity.number_start)
        aside = None if quantity.unit in _UNNAMED else _BRACKET.match(masked, quantity.end)
        if aside and quantity.unit not in ("communes", "schools") and aside.start("inner") > quantity.end + 1:
            aside = None
        if quantity.unit == "percent":
            aside = _COUNTED_ASIDE.match(masked, quantity.end)
        if aside is None and quantity.unit in _ASIDE:
            aside = _ASIDE[quantity.unit].match(masked, quantity.end)
        if aside:  # "12/15 xã (chiếm 80%) đạt chuẩn": the predicate goes on behind the bracket
            blot = "_" * (aside.end() - aside.start("inner"))
            masked, whole = (t[: aside.start("inner")] + blot + t[aside.end() :] for t in (masked, whole))
        if masked.startswith(")", quantity.end) and masked[: quantity.start].rstrip().endswith("("):
            # "100% số xã (18/18 xã) về đích": the predicate goes on behind its bracket
            masked, whole = (f"{t[: quantity.end]}_{t[quantity.end + 1 :]}" for t in (masked, whole))
            at += at == quantity.end  # "tất cả các xã (100%) đã về đích"
        limit = _reach(aside.end() if aside else quantity.end, masked, stops)
        alike = whole[at - 1 :] == masked[at - 1 :]
        lead = masked[: quantity.start]
        heads = {_HEAD.match(masked, at)[1], _HEAD.match(whole, at)[1]}
        workers = _WORKERS.match(masked, at)  # "2.150 người lao động" is read as "2.150 lao động"
        heads |= {_HEAD.match(masked, workers.end())[1]} if workers else set()
        found: list[CountMatch] = []
        denied: list[tuple[str, int]] = []
        for cue in cues:
            if (cue.heads and cue.heads.isdisjoint(heads)) or cue.needs_before not in lead:
                continue
            if cue.ratio and (quantity.of is None or (cue.ratio == "=" and quantity.of != quantity.value)):
                continue
            match = cue.after.match(masked, at) or (None if alike else cue.after.match(whole, at))
            if match is None and workers:
                match = cue.after.match(masked, workers.end())
            if match is None or not _within(match, limit):
                continue
            tail = match.start("tail")
            between = masked[at:tail]
            if ", " in between and _NEW_SUBJECT.search(between):
                continue
            if cue.real and quantity.unit == "persons" and _NEW_VERB.search(between):
                continue
            if cue.before and not cue.before.search(lead):
                continue
            topical = 0
            if cue.topic:
                topical = 1 if cue.topic.search(context) or cue.topic.search(lead) else 2
                if topical == 2 and not cue.topic.search(masked):
                    continue
            if cue.real:
                found.append(CountMatch(cue.indicator, match.start(), tail, match.end(), topical))
            else:
                denied.append((cue.indicator, tail))
        # "100% số xã đạt chuẩn nông thôn mới, đạt chuẩn nâng cao có 2 xã": complete before the words that would deny it
        complete = {m.indicator: m.end for m in found if quantity.unit == "percent" and not m.topical}
        refused = {name for name, tail in denied if ", " not in masked[complete.get(name, tail) : tail]}
        # of several readings the one whose telling words come first and say most is meant; a topical one is the weakest
        found = [m for m in found if m.indicator not in refused]
        return sorted(found, key=lambda m: (m.topical, m.tail, -m.end, m.indicator)), refused

    def match_label(self, label: str) -> list[tuple[str, float]]:
        """Indicators that the label or header of a table names, best first, with a score in 0-1; [] when none does.

        The score is the share of its letters that the phrase covers.
        """
        folded = fold(label)
        words = frozenset(re.findall(r"\w+", folded))
        scores: dict[str, float] = {}
        for mention in self.labels(folded, words):
            for indicator in mention.ids:
                scores[indicator] = max(scores.get(indicator, 0.0), (mention.end - mention.start) / max(1, len(folded)))
        for cue in self.count_cues(words):
            if cue.topic or cue.before or not cue.real:
                continue
            for start in [0] + [m.end() for m in re.finditer(r"\bsố |\btỷ lệ |\btỷ lệ \(%\) ", folded)]:
                match = cue.after.match(folded, start)
                if match:
                    score = (match.end() - match.start()) / max(1, len(folded))
                    scores[cue.indicator] = max(scores.get(cue.indicator, 0.0), min(1.0, score))
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _label_cue(phrase: str, ids: list[str], not_ids: list[str]) -> _LabelCue:
    """A phrase that names the indicators `ids`, or only seems to name `not_ids`."""
    loose = re.match(r"\([^)]*\)\? … ", phrase)
    core = re.compile(_translate(phrase[loose.end() :])[0]) if loose else None
    return _LabelCue(re.compile(rf"{_translate(phrase, whole=True)[0]}(?!\w|[.,]\d)"), core, tuple(ids), tuple(not_ids))


def _second_rate(folded: str, start: int, end: int) -> int:
    """Where a label begins that seems to begin with the rate before it: "tỷ lệ hộ nghèo và | tỷ lệ bao phủ BHYT"."""
    at = folded.rfind(" và tỷ lệ ", start, end)
    return at + 4 if at >= 0 else start


def _behind(phrase: str) -> re.Pattern[str]:
    """The pattern of the words behind a figure; the group `tail` holds the last of them.

    Of several readings the one whose last words come first is meant.
    """
    if not phrase:
        return re.compile(r"(?P<tail>)")
    body, tail = _translate(phrase, _GAP)
    return re.compile(rf"\s*(?:{body[: len(body) - len(tail)]})(?P<tail>{tail})(?!\w)" if tail else rf"\s*{body}")


def _reach(end: int, masked: str, stops: list[int]) -> int:
    """How far a phrase may reach: to the next quantity, or the one after it when they share a predicate."""
    first = bisect_left(stops, end)
    if first < len(stops) and _JOINED.fullmatch(masked, end, stops[first]):
        first += 1  # "3 xã và 12 làng được công nhận": one predicate for both
    return stops[first] if first < len(stops) else len(masked)


def _within(match: re.Match[str], limit: int) -> bool:
    """Whether the last words of a phrase begin before the limit, and end there unless they hold a number themselves."""
    if match.start("tail") > limit:
        return False
    return match.end() <= limit or any(c.isdigit() for c in match["tail"])


def _hides(alike: Mention, mention: Mention, indicator: str) -> bool:
    """Whether words as long or longer that only seem to name an indicator stand over a mention of it."""
    if indicator not in alike.not_ids or alike.start >= mention.end or mention.start >= alike.end:
        return False
    return alike.end - alike.start >= mention.end - mention.start


def _holds(mention: Mention, alike: Mention) -> bool:
    """Whether the name of an indicator holds shorter words that elsewhere only seem to name it."""
    within = mention.start <= alike.start and alike.end <= mention.end
    return within and mention.end - mention.start > alike.end - alike.start and set(alike.not_ids) <= set(mention.ids)


@lru_cache(maxsize=8)
def compile_cues(catalogue: Catalogue) -> CueIndex:
    """The compiled phrases of a catalogue, kept for each; CatalogueError when a phrase can not be read."""
    return CueIndex(catalogue)
