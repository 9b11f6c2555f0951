"""How far places lie apart: dispersion over time, a score of several indicators, and what chance alone would spread.

The three comparisons that rest on a model or a choice of weights; each says which in its docstring and shows how much
the answer depends on it. Which figures may enter is decided in `comparability`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from statistics import NormalDist
from typing import Unpack

import numpy as np
import pandas as pd

from analysis.comparisons.comparability import KEPT, Comparable, gather, with_flags, with_note
from analysis.comparisons.measures import (
    MEASURES,
    answer,
    booleans,
    in_percent,
    integers,
    labels,
    measured,
    ordered,
    orientation,
    positions_of,
    quantiles_of_sorted,
    ranks_within,
    sided,
    sorted_by,
)
from analysis.comparisons.selection import Choice, Codes, ComparisonError, UnknownName, dense, distinct, place_texts
from analysis.words import say

METHODS = ("min_max", "z_score", "rank")


def dispersion(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    within: str = "all",
    measure: str | None = None,
    balanced: bool = False,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """How far the places lie apart in each period, and whether they come closer: one row per indicator and period.

    Adds `places` (how many), `mean` (unweighted), `median`, `lowest`, `highest`, `range`, `sd` (standard deviation of a
    sample, divisor n - 1), `cv` (sd / mean in percent; empty for a mean of zero), `cv_change` and `sd_change` since the
    previous period of the same definition, `same_places`, and `converging`: sigma-convergence, that is whether sd fell
    (Barro and Sala-i-Martin 1992, Journal of Political Economy 100:223-251). It is told only when both periods rest on
    the same places. The cv of a rate that falls towards zero rises by itself: read it together with sd.

    `balanced=True` keeps only places with a figure in every period of a definition. `within="province"` looks at each
    province by itself. `key`, `flags` and `source_title` join those of all figures.
    """
    if within not in ("province", "all"):
        raise UnknownName(f'No spread within {within!r}; write "province" or "all".')
    per = ("indicator", "level", *(["province"] if within == "province" else []), "period")
    found = gather(table, indicator, choice, per, across_definitions=across_definitions, lang=lang)
    found, figure, share = measured(found, measure, lang)
    codes, at = found.source, np.flatnonzero(found.compared)
    figure, share, rows = figure[at], share[at], found.at[at]  # positions in the frame of the source
    same = ["variant", "unit", "length", *([] if across_definitions else ["standard"])]
    segment = codes.ids("indicator", "level", *(["province"] if within == "province" else []), *same)[rows]
    period, place = codes.of("period")[0][rows], codes.of("place_id")[0][rows]
    group, names = dense(segment * (int(period.max(initial=0)) + 1) + period)
    keep = np.ones(len(group), dtype=bool)
    if balanced:
        keep = _in_all_periods(segment, group, place)
        figure, share, rows, segment, place = figure[keep], share[keep], rows[keep], segment[keep], place[keep]
        group, names = dense(group[keep])
    order = sorted_by(figure, group)
    rows, figure, group, place = rows[order], figure[order], group[order], place[order]
    counts = np.bincount(group, minlength=names)
    ends = np.cumsum(counts)
    starts = ends - counts
    mean = np.bincount(group, weights=figure, minlength=names) / counts
    squares = np.bincount(group, weights=(figure - mean[group]) ** 2, minlength=names)
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.where(counts > 1, np.sqrt(squares / (counts - 1)), np.nan)
        cv = np.where(mean == 0, np.nan, sd / np.abs(mean) * 100)
    median = quantiles_of_sorted(figure, counts, (0.5,))[0]
    low, high, segments = figure[starts], figure[ends - 1], segment[order][starts]
    follows = np.append(False, segments[1:] == segments[:-1])[:names]
    marks = _set_marks(place, starts)
    alike = follows & np.append(False, (marks[1:] == marks[:-1]) & (counts[1:] == counts[:-1]))[:names]
    sd_change, cv_change = (np.where(follows, line - np.append(np.nan, line[:-1])[:names], np.nan) for line in (sd, cv))
    note = np.full(names, "", dtype=object)
    note = with_note(note, counts < 2, say("chỉ một nơi, không có độ phân tán", "one place only, no spread", lang))
    note = with_note(
        note,
        follows & ~alike,
        say(
            "các nơi khác kỳ trước, không kết luận về hội tụ",
            "other places than before, nothing said on convergence",
            lang,
        ),
    )
    table = joined(codes, rows, starts, ends).drop(
        columns=["place", "place_code", "value", "of", "qualifier", "status"]
    )
    if within == "all":
        table = table.drop(columns="province")
    for mask, flag in found.flagged:
        has = np.bincount(group, weights=mask[at][keep][order], minlength=names) > 0
        table["flags"] = with_flags(*pd.factorize(table["flags"].to_numpy(dtype=object)), [(has, flag)])
    return table.assign(
        measure=labels(share[order][starts], MEASURES),
        places=counts,
        mean=mean,
        median=median,
        lowest=low,
        highest=high,
        range=high - low,
        sd=sd,
        cv=cv,
        sd_change=sd_change,
        cv_change=cv_change,
        same_places=booleans(alike, follows),
        converging=booleans(sd_change < 0, alike & ~np.isnan(sd_change) & (sd_change != 0)),
        compared=counts > 1,
        note=pd.array(note, dtype="str"),
    )


def _in_all_periods(segment: np.ndarray, group: np.ndarray, place: np.ndarray) -> np.ndarray:
    """The rows of places that have a figure in every period of their segment."""
    owner = np.zeros(int(group.max(initial=-1)) + 1, dtype=np.int64)
    owner[group] = segment
    periods = np.bincount(owner, minlength=int(segment.max(initial=-1)) + 1)
    pair = dense(segment * (int(place.max(initial=0)) + 1) + place)[0]
    return np.bincount(pair)[pair] == periods[segment]


def _set_marks(place: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """A number for the set of places of each group: equal sets have equal numbers, different ones practically never."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    mixed = (place.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return np.add.reduceat(mixed * np.uint64(0xBF58476D1CE4E5B9), starts)


def joined(codes: Codes, rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> pd.DataFrame:
    """One row for each slice of positions: keys, flags and sources joined with "|", the newest date, else the first."""
    head = codes.rows[KEPT].take(rows[starts]).reset_index(drop=True)
    keys = codes.rows["key"].to_numpy(dtype=object)[rows]
    head["key"] = pd.array(["|".join(keys[a:b]) for a, b in zip(starts, ends, strict=True)], dtype="str")
    group = np.repeat(np.arange(len(starts)), ends - starts)
    for column in ("flags", "source_title", "standard", "status", "published"):
        code, values = codes.of(column)
        pairs = distinct(group * max(len(values), 1) + code[rows], len(starts) * len(values))
        words: list[list[str]] = [[] for _ in starts]
        for one, value in zip(pairs // max(len(values), 1), pairs % max(len(values), 1), strict=True):
            words[one] += [values[value]] if values[value] else []
        if column == "published":
            texts = [max(some, default="") for some in words]
        else:
            texts = ["|".join(dict.fromkeys("|".join(some).split("|"))) for some in words]
        head[column] = pd.array(texts, dtype="str")
    return head


def composite(
    table: pd.DataFrame,
    weights: Mapping[str, float],
    *,
    method: str = "min_max",
    directions: Mapping[str, str] | None = None,
    other_weights: Collection[Mapping[str, float]] = (),
    measure: str | None = None,
    across_definitions: bool = False,
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """One score per place from several indicators with explicit weights, and how far its rank depends on the choices.

    Each indicator's figures at the given `period` are normalised over the places that have them all, so that more is
    better: "min_max" (x - min) / (max - min) · 100, "z_score" (x - mean) / sd with divisor n, or "rank" with the best
    place at 100 and the last at 0, ties at their average. The score is the mean weighted by `weights` (any positive
    numbers). There is no imputation: a place that lacks an indicator has no score and the note says which.

    `rank_best` and `rank_worst` are the range of the place's rank under all three normalisations, each with the given
    weights, equal weights, each weight halved, doubled and left out, and `other_weights`; `rankings` says how many that
    are (the uncertainty analysis that the OECD/JRC Handbook on Constructing Composite Indicators, 2008, asks for). A
    rank whose range is wide says more about the weights than about the place. `directions` gives a side to a neutral
    indicator. Adds `score`, `rank`, `rank_best`, `rank_worst`, `rankings`, `ranked`, and for each indicator
    `figure_<indicator>` and `part_<indicator>` (normalised).
    """
    names = list(weights)
    if not names or min(weights.values()) < 0 or not sum(weights.values()) > 0:
        raise ComparisonError('A score needs weights that are not negative, for example {"poverty_rate": 2, ...}.')
    if method not in METHODS:
        raise UnknownName(f"No method {method!r}; write one of: {', '.join(METHODS)}.")
    if not isinstance(choice.get("period"), str) or choice.get("level", "district") is None:
        raise ComparisonError('A score needs one period and one level, for example period="2020".')
    parts = [
        _part(table, name, choice, (directions or {}).get(name), measure, across_definitions, lang) for name in names
    ]
    places = pd.Index(sorted(set().union(*(part.index for part in parts))))
    figures = np.column_stack([part["figure"].reindex(places) for part in parts])
    oriented = np.column_stack([part["oriented"].reindex(places) for part in parts])
    complete = ~np.isnan(oriented).any(axis=1)
    count = int(complete.sum())
    base = np.array([weights[name] for name in names], dtype=float)
    normal = {way: _normalised(oriented[complete], way) for way in METHODS}
    score = np.full(len(places), np.nan)
    score[complete] = _scores(normal[method], base)
    ranks = ranks_within(-score, np.zeros(len(places), dtype=np.int64), complete)[0]
    trials = np.column_stack(
        [_scores(normal[way], other) for way in METHODS for other in _weightings(base, names, other_weights)]
    )
    ranged = pd.DataFrame(-trials).rank(method="min").to_numpy()
    best, worst = np.full(len(places), np.nan), np.full(len(places), np.nan)
    if count:
        best[complete], worst[complete] = ranged.min(axis=1), ranged.max(axis=1)
    note = np.full(len(places), "", dtype=object)
    for at in np.flatnonzero(~complete):
        gone = ", ".join(
            _name(name, lang) for name, figure in zip(names, oriented[at], strict=True) if np.isnan(figure)
        )
        note[at] = say(f"thiếu: {gone}", f"missing: {gone}", lang)
    spread = complete & (worst - best > max(count / 3, 1))
    note = with_note(
        note,
        spread,
        say(
            "thứ hạng phụ thuộc nhiều vào trọng số và cách chuẩn hóa",
            "the rank depends much on the weights and the normalisation",
            lang,
        ),
    )
    rows = pd.concat(
        [part.assign(at=place) for place, part in ((places.get_indexer(part.index), part) for part in parts)],
        ignore_index=True,
    )
    rows = rows.sort_values("at", kind="stable").reset_index(drop=True)
    counts = np.bincount(rows["at"], minlength=len(places))
    head = joined(Codes(rows), np.arange(len(rows)), np.cumsum(counts) - counts, np.cumsum(counts))
    head = head.assign(
        indicator="composite",
        variant="",
        unit="points",
        direction="higher_better",
        value=score,
        of=np.nan,
        qualifier="=",
    )
    found = Comparable.over(head, np.zeros(len(places), dtype=np.int64), complete, note)
    scaled = np.full(oriented.shape, np.nan)
    scaled[complete] = normal[method]
    return answer(
        found,
        ordered(found, ranks),
        score=score,
        rank=integers(ranks),
        rank_best=integers(best),
        rank_worst=integers(worst),
        rankings=trials.shape[1],
        ranked=count,
        **{f"figure_{name}": figures[:, n] for n, name in enumerate(names)},
        **{f"part_{name}": scaled[:, n] for n, name in enumerate(names)},
    )


def _part(table, name, choice, direction, measure, across_definitions, lang):
    """The rows of one indicator by place, with `figure` and `oriented` (more is better; NaN where not comparable)."""
    found = gather(table, name, choice, across_definitions=across_definitions, lang=lang)
    found, figure, _ = measured(found, measure, lang)
    if (found.compared & ~sided(found, direction)).any():
        raise ComparisonError(f'{name} has no better side; say which: directions={{"{name}": "higher_better"}}.')
    figure = np.where(found.compared, figure, np.nan)
    oriented = -figure * orientation(found, direction)
    return found.rows.assign(figure=figure, oriented=oriented).set_axis(place_texts(found.rows), axis=0)


def _normalised(oriented: np.ndarray, method: str) -> np.ndarray:
    if not len(oriented):
        return oriented
    if method == "rank":
        ranks = pd.DataFrame(oriented).rank(method="average").to_numpy()
        return (ranks - 1) / max(len(oriented) - 1, 1) * 100
    low, high = oriented.min(axis=0), oriented.max(axis=0)
    shift, scale = (low, high - low) if method == "min_max" else (oriented.mean(axis=0), oriented.std(axis=0))
    flat = high == low
    scaled = (oriented - shift) / np.where(flat, 1.0, scale)
    return np.where(flat, 0.0, scaled) * (100 if method == "min_max" else 1)


def _scores(normal: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means, rounded so that equal places do not differ by the order of addition."""
    return np.round(normal @ (weights / weights.sum()), 9)


def _weightings(base: np.ndarray, names: list[str], others: Collection[Mapping[str, float]]) -> list[np.ndarray]:
    """The given weights, equal ones, each halved, doubled and left out, and those given to be tried."""
    trials = [base, np.ones(len(base))]
    for at in range(len(base)):
        for factor in (0.5, 2.0, 0.0):
            trial = base.copy()
            trial[at] *= factor
            trials.append(trial)
    for other in others:
        unknown = set(other) - set(names)
        if unknown:
            raise UnknownName(f"other_weights name {', '.join(sorted(unknown))}, which the score does not contain.")
        trials.append(np.array([other.get(name, 0.0) for name in names], dtype=float))
    once = {tuple(np.round(trial / trial.sum(), 12)): trial for trial in trials if trial.sum() > 0}
    return list(once.values())


def _name(indicator: str, lang: str) -> str:
    from analysis.indicators import load_catalogue

    known = load_catalogue().get(indicator)
    return say(known.name_vi, known.name_en, lang) if known else indicator


def funnel(
    table: pd.DataFrame,
    indicator: str | Collection[str] | None = None,
    *,
    denominators: str | Mapping[str, float] | None = None,
    center: float | None = None,
    method: str = "wilson",
    lang: str = "vi",
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Which shares differ from the common share by more than the size of the places explains: funnel limits.

    The share of a place is value / of for a count, the value itself for a percentage; its denominator n is `of`, or
    comes from `denominators`: a mapping from place (as printed, or code) to n, or the id of the indicator that counts
    it in the same place and period ("households_total"). `center` is the common share in percent, by default all events
    over all units. Limits enclose 95 % and 99.8 % of what a binomial count with that share would give:

    - "wilson": center ± z · sqrt(center · (1 - center) / n), cut at 0 and 100. A place is outside exactly when the
      score interval of its own share (Wilson 1927, Journal of the American Statistical Association 22:209-212), given
      as `interval_low` and `interval_high`, leaves the center out.
    - "exact": the quantiles of the binomial distribution divided by n; better for n below about 30.

    After Spiegelhalter 2005, Statistics in Medicine 24:1185-1202. A full count of households has no sampling error; the
    limits say how much chance alone would spread places that share one rate. `overdispersion` is the mean squared
    z-score: well above 1, the places differ in earnest and most large ones lie outside, so that the limits tell about
    small places only. Adds `events`, `units`, `share`, `center`, `lower_95`, `upper_95`, `lower_99_8`, `upper_99_8`
    (all in percent), the interval, and `position`: inside, above_95, above_99_8, below_95, below_99_8.
    """
    if method not in ("wilson", "exact"):
        raise UnknownName(f'No method {method!r}; write "wilson" or "exact".')
    found = gather(table, indicator, choice, lang=lang)
    compared = found.compared
    value, units = found.number("value"), found.number("of")
    if denominators is not None:
        units = _denominators(table, found.rows, denominators, choice)
    percent = in_percent(found)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(percent, value / 100, value / units)
    usable = compared & (units >= 1) & (share >= 0) & (share <= 1)
    note = with_note(found.note, compared & ~(units >= 1), say("không rõ mẫu số", "the denominator is not known", lang))
    note = with_note(
        note, compared & (units >= 1) & ~usable, say("tỷ lệ ngoài khoảng 0–100%", "the share is outside 0–100%", lang)
    )
    found = replace(found, compared=usable, note=note)
    share, units = np.where(usable, share, np.nan), np.where(usable, np.round(units), np.nan)
    events = np.where(percent, np.round(share * units), value)
    total, whole = (
        np.bincount(found.group[usable], weights=line[usable], minlength=found.groups)
        for line in (share * units, units)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        common = np.full(found.groups, center / 100) if center is not None else total / whole
        middle = common[found.group] if found.groups else share
        error = np.sqrt(middle * (1 - middle) / units)
        z = np.where(error > 0, (share - middle) / error, 0.0)
    limits = {}
    for name, level in (("95", 0.95), ("99_8", 0.998)):
        width = NormalDist().inv_cdf(0.5 + level / 2)
        low, high = np.clip(middle - width * error, 0, 1), np.clip(middle + width * error, 0, 1)
        if method == "exact":
            low, high = _binomial_limits(units, middle, level)
        limits[f"lower_{name}"], limits[f"upper_{name}"] = low, high
    position = np.full(len(share), "", dtype=object)
    position[usable] = "inside"
    slack = 1e-12
    for name in ("95", "99_8"):
        position[usable & (share < limits[f"lower_{name}"] - slack)] = f"below_{name}"
        position[usable & (share > limits[f"upper_{name}"] + slack)] = f"above_{name}"
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = np.bincount(found.group[usable], weights=z[usable] ** 2, minlength=found.groups)
        ratio = squared / np.bincount(found.group[usable], minlength=found.groups)
        low, high = _wilson(share, units, NormalDist().inv_cdf(0.975))
    outside = np.isin(position, ["below_99_8", "above_99_8"])
    note = with_note(
        found.note,
        outside,
        say(
            "khác mức chung nhiều hơn ngẫu nhiên (99,8%)",
            "differs from the common share by more than chance (99.8%)",
            lang,
        ),
    )
    found = replace(found, compared=usable, note=note)
    return answer(
        found,
        ordered(found, -units),
        events=np.where(usable, events, np.nan),
        units=units,
        share=share * 100,
        center=middle * 100,
        **{name: np.where(usable, line * 100, np.nan) for name, line in limits.items()},
        interval_low=low * 100,
        interval_high=high * 100,
        position=position,
        overdispersion=ratio[found.group] if found.groups else share,
    )


def _denominators(table, rows, denominators, choice):
    if isinstance(denominators, str):
        wanted = {name: choice[name] for name in ("province", "period", "level", "places") if choice.get(name)}
        theirs = gather(table, denominators, wanted)
        good = theirs.rows[theirs.compared].reset_index(drop=True)
        both = pd.concat([rows[KEPT], good[KEPT]], ignore_index=True)
        ids = Codes(both).ids("period", "level", "place_id")
        where = positions_of(ids[: len(rows)], ids[len(rows) :], np.arange(len(good)))
        numbers = good["value"].to_numpy(dtype=float)
        return np.where(where >= 0, numbers[where] if len(numbers) else np.nan, np.nan)
    by_code = rows["place_code"].map(denominators).astype(float)
    return by_code.fillna(rows["place"].map(denominators).astype(float)).to_numpy()


def _wilson(share: np.ndarray, units: np.ndarray, z: float) -> tuple[np.ndarray, np.ndarray]:
    """The score interval of a share of `units`."""
    scale = 1 + z * z / units
    middle = (share + z * z / (2 * units)) / scale
    half = z * np.sqrt(share * (1 - share) / units + z * z / (4 * units * units)) / scale
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def _binomial_limits(units: np.ndarray, share: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The binomial quantiles at (1 - level) / 2 and its complement, as shares of `units`."""
    low, high = np.full(len(units), np.nan), np.full(len(units), np.nan)
    known = np.flatnonzero(~np.isnan(units) & ~np.isnan(share))
    index, pairs = pd.factorize(units[known] + 1j * share[known])
    limits = np.array([_binomial_quantiles(int(pair.real), pair.imag, level) for pair in pairs]).reshape(-1, 2)
    low[known], high[known] = limits[index, 0] / units[known], limits[index, 1] / units[known]
    return low, high


def _binomial_quantiles(n: int, p: float, level: float) -> tuple[int, int]:
    """The smallest counts whose cumulative probability reaches the two tails' bounds.

    >>> _binomial_quantiles(10, 0.5, 0.95), _binomial_quantiles(9, 0.0, 0.95)
    ((2, 8), (0, 0))
    """
    if p <= 0 or p >= 1:
        return (0, 0) if p <= 0 else (n, n)
    reach = int(10 * math.sqrt(n * p * (1 - p))) + 20
    first, last = max(0, int(n * p) - reach), min(n, int(n * p) + reach)
    count = np.arange(first, last + 1)
    start = (
        math.lgamma(n + 1)
        - math.lgamma(first + 1)
        - math.lgamma(n - first + 1)
        + first * math.log(p)
        + (n - first) * math.log1p(-p)
    )
    steps = np.log((n - count[:-1]) / (count[:-1] + 1)) + math.log(p) - math.log1p(-p)
    total = np.cumsum(np.exp(start + np.append(0.0, np.cumsum(steps))))
    tail = (1 - level) / 2
    return int(count[np.searchsorted(total, tail)]), int(count[min(np.searchsorted(total, 1 - tail), len(count) - 1)])
