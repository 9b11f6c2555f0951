"""The catalogue's phrases, compiled: which words of a sentence name an indicator, and which only look like it.

A phrase is found through one of its telling words, so a sentence is only searched for phrases that it can hold.
Which figure a phrase belongs to is decided in `binding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .indicators import Catalogue, CatalogueError
from .quantities import Quantity
from .text import fold

SKIP = "_"  # stands in a masked sentence for words that do not count (periods, plan brackets)
_LABEL_GAP = r"(?:(?:_++|[^.;:()#,_\d]){0,40}? )??"
_GAP = r"(?:(?:_++|[^.;:()#,_]){0,64}?(?:, (?:_++|[^.;:()#,_]){0,25}?)? )??"
_SPACE = r"(?:(?: ?_++,?)*+ |(?<=_))"  # possessive: long blots must not be tried in pieces
# words too frequent to notice a sentence by
_COMMON_WORDS = (
    "tỷ lệ hộ số xã đạt có là của và các trong lao động được tổng toàn bình quân người dân mỗi cho về đã công với "
    "thu từ sản xuất giá trị "
    "tăng chỉ tiêu nhà trường cấp qua đi nước làm việc tham gia lượt huyện tốc độ mới giảm"
)
_COMMON = frozenset(_COMMON_WORDS.split())


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

    `tail` is where its last words begin; `topical`: it says so only by its topic.
    """

    indicator: str
    start: int
    tail: int
    end: int
    topical: bool


@dataclass(frozen=True)
class _CountCue:
    indicator: str
    real: bool
    before: re.Pattern[str] | None
    after: re.Pattern[str]
    topic: re.Pattern[str] | None
    ratio: str  # "=": only a ratio n/n, "/": only a ratio n/m


def _translate(phrase: str, any_gap: str = _LABEL_GAP) -> tuple[str, str]:
    """A phrase in the catalogue's notation as a regular expression, and its last required part."""
    tokens = re.findall(r"\([^)]*\)\??|…|\$\??|/?[^\s()…$/?]+\??|/", phrase)
    out, last = "", 0
    for position, token in enumerate(tokens):
        if token == "…":
            continue
        gap = position and tokens[position - 1] == "…"
        if token in ("$", "$?"):
            out += (
                r"(?=\s*(?:[.,;:()\-]|_|$|và\b|hoặc\b|trong\b|còn\b|chiếm\b|trên\b|vào\b|năm\b|so\b|tương\b|bằng\b"
                r"|giảm\b|tăng\b|\n))"
                if token == "$"
                else ""
            )
            continue
        optional = token.endswith("?")
        body = token.rstrip("?")
        if body.startswith("("):
            choices = "|".join(
                re.escape(c.strip()).replace(r"\ ", _SPACE) if not re.search(r"[(|]", c) else c
                for c in body[1:-1].split("|")
            )
            body = f"(?:{choices})"
        else:
            body = re.escape(body)
        joiner = (
            (any_gap if gap else "") if not out else "" if body.startswith("/") else _SPACE + (any_gap if gap else "")
        )
        if optional:
            out += f"(?:{joiner}{body})?" if out else f"(?:{body}{_SPACE})?"
        else:
            if out.endswith(f"{_SPACE})?") and joiner.startswith(_SPACE):
                joiner = joiner[len(_SPACE) :]
            last = len(out) + len(joiner)
            out += joiner + body
    return out, out[last:]


def _literal_words(phrase: str) -> list[list[str]]:
    """The words of which a text with this phrase must hold one each, as alternatives."""
    needed = []
    for token in re.findall(r"\([^)]*\)\??|[^\s()]+", phrase):
        if token.endswith("?") or token in ("…", "$", "#", "#=", "#/") or token.startswith("/"):
            continue
        if token.startswith("("):
            needed.append([choice.split()[0] for choice in token[1:-1].split("|") if choice.split()])
        else:
            needed.append([token.split("/")[0]])
    return needed


def _needs(phrase: str) -> tuple[list[str], tuple[frozenset[str], ...]]:
    """The words that notice a sentence which may hold this phrase, and the sets of which it must hold one word each."""
    groups = [[re.sub(r"\W+$|^\W+", "", w) for w in g] for g in _literal_words(phrase)]
    groups = [g for g in groups if all(g)] or [[""]]
    rare = [g for g in groups if not any(w in _COMMON for w in g)]
    trigger = min(rare or groups, key=len)
    return trigger, tuple(frozenset(g) for g in groups if g is not trigger)


class CueIndex:
    """All phrases of a catalogue, ready to be matched against folded sentences."""

    def __init__(self, catalogue: Catalogue):
        labels: dict[str, tuple[list[str], list[str]]] = {}
        self._count_triggers: dict[str, list[tuple[tuple[frozenset[str], ...], _CountCue]]] = {}
        for indicator in catalogue.values():
            for phrase, real in [(c, True) for c in indicator.cues] + [(c, False) for c in indicator.not_cues]:
                try:
                    self._add(phrase, indicator.id, real, labels)
                except re.error as error:
                    raise CatalogueError(
                        f"{indicator.id}: the phrase {phrase!r} can not be read ({error}); mend it in the catalogue"
                    ) from None
        self._label_ids: dict[
            str, list[tuple[tuple[frozenset[str], ...], re.Pattern[str], tuple[str, ...], tuple[str, ...]]]
        ] = {}
        for phrase, (ids, not_ids) in labels.items():
            pattern = re.compile(rf"(?<!\w){_translate(phrase)[0]}(?!\w)")
            triggers, needed = _needs(phrase)
            for word in triggers:
                self._label_ids.setdefault(word, []).append((needed, pattern, tuple(ids), tuple(not_ids)))

    def _add(self, phrase: str, indicator: str, real: bool, labels: dict[str, tuple[list[str], list[str]]]) -> None:
        topic = None
        if "::" in phrase:
            words, phrase = (part.strip() for part in phrase.split("::", 1))
            topic = re.compile(rf"(?<!\w){_translate(words)[0]}(?!\w)")
        ratio = "=" if "#=" in phrase else "/" if "#/" in phrase else ""
        phrase = phrase.replace("#=", "#").replace("#/", "#")
        if "#" not in phrase and topic is None:
            labels.setdefault(phrase, ([], []))[0 if real else 1].append(indicator)
            return
        before, after = (part.strip() for part in phrase.split("#", 1)) if "#" in phrase else (phrase, "")
        if after:
            body, tail = _translate(after, _GAP)
            # the last words are captured: of several readings the one whose last words come first is meant
            pattern = re.compile(
                rf"\s*(?:{body[: len(body) - len(tail)]})(?P<tail>{tail})(?!\w)" if tail else rf"\s*{body}"
            )
        else:
            pattern = re.compile(r"(?P<tail>)")
        lead = (
            re.compile(
                rf"(?<!\w){_translate(before)[0]}(?:\s*(?:là|được|đạt|có|khoảng|hơn|trên|:|,|cao nhất|thấp nhất"
                rf"|mới))*\s*$"
            )
            if before
            else None
        )
        cue = _CountCue(indicator, real, lead, pattern, topic, ratio)
        triggers, needed = _needs(after or before)
        for word in triggers:
            self._count_triggers.setdefault(word, []).append((needed, cue))

    def labels(self, folded: str, words: frozenset[str]) -> list[Mention]:
        """Label phrases in a folded (masked) sentence, without those inside longer ones, in order."""
        found: list[Mention] = []
        for word in words & self._label_ids.keys():
            for needed, pattern, ids, not_ids in self._label_ids[word]:
                if any(words.isdisjoint(group) for group in needed):
                    continue
                found += [Mention(m.start(), m.end(), ids, not_ids) for m in pattern.finditer(folded)]
        found.sort(key=lambda m: (m.start - m.end, m.start, m.ids))
        alike = [m for m in found if m.not_ids]
        kept: list[Mention] = []
        for mention in found:
            ids = tuple(
                i
                for i in mention.ids
                if not any(
                    i in n.not_ids
                    and n.start < mention.end
                    and mention.start < n.end
                    and n.end - n.start > mention.end - mention.start
                    for n in alike
                )
            )
            if not ids:
                continue
            same = next((k for k in kept if (k.start, k.end) == (mention.start, mention.end)), None)
            if same:
                kept[kept.index(same)] = Mention(same.start, same.end, tuple(sorted({*same.ids, *ids})))
            elif not any(k.start < mention.end and mention.start < k.end for k in kept):
                kept.append(Mention(mention.start, mention.end, ids))
        return sorted(kept + [Mention(m.start, m.end, (), m.not_ids) for m in alike], key=lambda m: (m.start, -m.end))

    def count_cues(self, words: frozenset[str]) -> list[_CountCue]:
        """The count phrases that a sentence with these words can hold."""
        found = [entry for word in sorted(words & self._count_triggers.keys()) for entry in self._count_triggers[word]]
        return [cue for needed, cue in found if not any(words.isdisjoint(group) for group in needed)]

    def count(
        self, quantity: Quantity, masked: str, whole: str, cues: list[_CountCue], context: str, stops: list[int]
    ) -> list[CountMatch]:
        """Readings of what a quantity counts, best first.

        `whole`: the sentence with the nouns as they are; `context`: the folded words before it in its paragraph;
        `stops`: where other quantities begin (a phrase does not reach over one).
        """
        at = (
            quantity.end
            if quantity.unit in ("percent", "billion_vnd", "million_vnd_per_year", "")
            else quantity.noun_start
        )
        later = [s for s in stops if s >= quantity.end]
        if later and re.fullmatch(r"\s*(?:,|và|cùng(?: với)?)\s*", masked[quantity.end : later[0]]):
            later = later[1:]  # "3 xã và 12 làng được công nhận": one predicate for both
        limit = min(later, default=len(masked))
        lead_text = masked[: quantity.start]
        found, refused = [], set()
        for cue in cues:
            if cue.ratio and (quantity.of is None or (cue.ratio == "=" and quantity.of != quantity.value)):
                continue
            match = cue.after.match(masked, at) or (cue.after.match(whole, at) if whole != masked else None)
            if (
                not match
                or match.start("tail") > limit
                or (match.end() > limit and not any(c.isdigit() for c in match["tail"]))
            ):
                continue
            if re.search(
                r", (?:trong đó|còn|có|với|đồng thời|góp|tạo|nhất|đưa|và|riêng|xuất)", masked[at : match.start("tail")]
            ):
                continue  # the predicate behind that comma has a subject of its own
            if quantity.unit == "persons" and re.search(r" và (?:đi|đưa)\b", masked[at : match.start("tail")]):
                continue
            if cue.before and not cue.before.search(lead_text):
                continue
            if cue.topic and not (cue.topic.search(context) or cue.topic.search(masked)):
                continue
            if not cue.real:
                refused.add(cue.indicator)
            else:
                found.append(
                    CountMatch(cue.indicator, match.start(), match.start("tail"), match.end(), cue.topic is not None)
                )
        # of several readings the one whose telling words come first and say most is meant; a topical one is the weakest
        return sorted(
            (m for m in found if m.indicator not in refused), key=lambda m: (m.topical, m.tail, -m.end, m.indicator)
        )

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


@lru_cache(maxsize=8)
def compile_cues(catalogue: Catalogue) -> CueIndex:
    """The compiled phrases of a catalogue, kept for each; CatalogueError when a phrase can not be read."""
    return CueIndex(catalogue)
