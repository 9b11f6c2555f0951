"""People's decisions about single figures, kept in a guarded file and applied before anything is compared.

A correction names one figure, says what value it expects to find there, and what to do: drop it, set a column, add a
caveat, or use it where several figures compete. When the figure is gone or has another value, the correction no longer
fits and nothing is applied: all that do not fit are listed at once. Finding what needs a decision is left to `checks`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.record import NUMBERS

if TYPE_CHECKING:
    import pandas as pd

ACTIONS = ("drop", "set", "flag", "use")
IDENTITY = ("report", "place", "indicator", "variant", "period", "status", "value", "value_max", "of", "start", "where")
"""The columns whose content makes the key of a figure."""

_NAMES = ("report", "place", "indicator", "period")


class CorrectionError(ValueError):
    """Corrections that can not be read or no longer fit; `problems` has one sentence for each."""

    def __init__(self, problems: Iterable[str]):
        self.problems = tuple(problems)
        head = f"{len(self.problems)} correction(s) can not be applied, and nothing was changed:\n- "
        super().__init__(head + "\n- ".join(self.problems))


@dataclass(frozen=True)
class Correction:
    """One decision. `key`, or else as many of report, place, indicator and period as it takes, name one figure.

    `expected` is the value of the figure when the decision was made. Action "set" puts `new` into `column`, "flag" adds
    the caveat code `new`, "drop" takes the row out, "use" makes it the row that comparisons take.
    """

    key: str
    report: str
    place: str
    indicator: str
    period: str
    expected: str
    action: str
    column: str
    new: str
    reason: str
    who: str
    date: str
    line: int = 0

    def __str__(self) -> str:
        named = [self.key] if self.key else [getattr(self, name) for name in _NAMES if getattr(self, name)]
        return f"line {self.line} ({self.action} {', '.join(named)})"


COLUMNS = tuple(field.name for field in fields(Correction) if field.name != "line")


def keys(table: pd.DataFrame, prefix: str = "r-") -> pd.Series:
    """A stable key for each row, made from what the figure says and where it stands; equal rows get -2, -3, …

    The same figure has the same key in every run and whatever else is in the table.
    """
    import numpy as np
    import pandas as pd

    if not len(table):
        return pd.Series([], index=table.index, dtype="str")
    parts = {}
    for name in IDENTITY:
        column = table[name]
        if name in (*NUMBERS, "start"):
            parts[name] = pd.to_numeric(column, errors="coerce").astype("float64").fillna(-1.0) + 0.0
        else:
            parts[name] = column.fillna("").astype("str")
    hashed = pd.util.hash_pandas_object(pd.DataFrame(parts, index=table.index), index=False).to_numpy()
    names = np.array([f"{prefix}{number:010x}" for number in (hashed >> np.uint64(24)).tolist()], dtype=object)
    found = pd.Series(names, index=table.index, dtype="str")
    repeated = found.duplicated(keep="first")
    if repeated.any():
        again = found.groupby(found).cumcount()
        found = found.where(again == 0, found + "-" + (again + 1).astype("str"))
    return found


def read_corrections(path: str | Path) -> list[Correction]:
    """The corrections of a CSV file with the columns COLUMNS; raises CorrectionError with one sentence per bad line."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        header = ",".join(COLUMNS)
        raise CorrectionError([f"{path}: there is no such file; start one with the header {header}"]) from None
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise CorrectionError([f"{path}: the column(s) {', '.join(missing)} are missing from the header"])
    corrections, problems = [], []
    for row in reader:
        values = {name: (row[name] or "").strip() for name in COLUMNS}
        if not any(values.values()):
            continue
        correction = Correction(**values, line=reader.line_num)
        corrections.append(correction)
        problems += [f"{path.name}, {correction}: {what}" for what in _faults(correction)]
    if problems:
        raise CorrectionError(problems)
    return corrections


def write_corrections(corrections: Iterable[Correction], path: str | Path) -> Path:
    """Write corrections as the CSV file that `read_corrections` reads, in the order given."""
    path = Path(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(correction)[: len(COLUMNS)] for correction in corrections)
    return path


def apply_corrections(
    table: pd.DataFrame, corrections: Iterable[Correction] | pd.DataFrame | str | Path | None
) -> pd.DataFrame:
    """The table after people's decisions: a new frame, with `key` and `decision` (the reason of a "use", else "").

    `table` holds observations, with or without a column `key`; `corrections` are a file, a list or a frame. A row that
    was changed has the flag `corrected`. Raises CorrectionError, having changed nothing, when one does not fit.
    """
    corrections = _listed(corrections)
    table = table.copy()
    if "key" not in table:
        table.insert(0, "key", keys(table))
    table["decision"] = ""
    table["decision"] = table["decision"].astype("str")
    places, problems = [], []
    for correction in corrections:
        found = _rows_of(table, correction)
        what = _misfit(table, correction, found)
        if what:
            problems.append(f"{correction}: {what}")
        else:
            places.append((correction, found[0]))
    problems += _contradictions(places)
    if problems:
        raise CorrectionError(problems)
    dropped = []
    for correction, at in places:
        if correction.action == "drop":
            dropped.append(at)
        elif correction.action == "use":
            table.loc[at, "decision"] = _signed(correction)
        else:
            flags = table.at[at, "flags"]
            added = ["corrected"]
            if correction.action == "flag":
                added.insert(0, correction.new)
            else:
                new = _number(correction.new) if correction.column in NUMBERS else correction.new
                table.loc[at, correction.column] = float("nan") if new is None else new
            table.loc[at, "flags"] = "|".join(dict.fromkeys([*filter(None, flags.split("|")), *added]))
    return table.drop(index=dropped)


def _signed(correction: Correction) -> str:
    return f"{correction.reason} ({', '.join(filter(None, (correction.who, correction.date)))})"


def _listed(corrections) -> list[Correction]:
    if corrections is None:
        return []
    if isinstance(corrections, str | Path):
        return read_corrections(corrections)
    if hasattr(corrections, "to_dict"):
        rows = corrections.fillna("").astype("str").to_dict("records")
        corrections = [Correction(**{n: row.get(n, "") for n in COLUMNS}, line=i) for i, row in enumerate(rows, 2)]
        problems = [f"{correction}: {what}" for correction in corrections for what in _faults(correction)]
        if problems:
            raise CorrectionError(problems)
    return list(corrections)


def _faults(correction: Correction) -> list[str]:
    """What is wrong with a correction by itself."""
    found = []
    if correction.action not in ACTIONS:
        found.append(f"the action {correction.action!r} is none of {', '.join(ACTIONS)}")
    if not correction.key and not (correction.report and correction.indicator):
        found.append("give the key of the figure, or at least its report and indicator")
    if _number(correction.expected) is None:
        found.append("say in `expected` which value the figure has now (a number)")
    if not correction.reason or not correction.who or not correction.date:
        found.append("say the reason, who decided, and the date")
    if correction.action == "set" and not correction.column:
        found.append("say in `column` what is to be set")
    numeric = correction.action == "set" and correction.column in NUMBERS
    if numeric and correction.new and _number(correction.new) is None:
        found.append(f"{correction.new!r} is no number for the column {correction.column}")
    if correction.action == "flag" and not correction.new:
        found.append("say in `new` which caveat code is to be added")
    return found


def _rows_of(table: pd.DataFrame, correction: Correction) -> list:
    if correction.key:
        chosen = table["key"] == correction.key
    else:
        chosen = table["report"] == correction.report
        for name in _NAMES[1:]:
            if getattr(correction, name):
                chosen &= table[name] == getattr(correction, name)
        near = chosen & _expected(table["value"], correction.expected)
        chosen = near if near.any() else chosen
    return list(table.index[chosen])


def _expected(values: pd.Series, expected: str) -> pd.Series:
    number = _number(expected)
    return (values - (float("nan") if number is None else number)).abs() < 1e-9


def _misfit(table: pd.DataFrame, correction: Correction, found: list) -> str:
    """Why a correction does not fit the table, or ""."""
    if not found:
        return "there is no such figure any more; look it up again or remove the correction"
    if len(found) > 1:
        keys = ", ".join(table.loc[found, "key"].head(5))
        return f"{len(found)} figures fit ({keys}); give the key of the one that is meant"
    fixed = correction.column not in table or correction.column in ("key", "decision", "quote", "start", "end")
    if correction.action == "set" and fixed:
        return f"there is no column {correction.column!r} to set"
    if not bool(_expected(table.loc[found, "value"], correction.expected).iloc[0]):
        now = table.at[found[0], "value"]
        return f"expected the value {correction.expected}, but the figure now has {now}; decide again"
    return ""


def _contradictions(places: list[tuple[Correction, object]]) -> list[str]:
    problems = []
    seen: dict[tuple, Correction] = {}
    for correction, at in places:
        what = correction.column if correction.action == "set" else correction.action
        if correction.action == "flag":
            what = f"flag {correction.new}"
        earlier = seen.setdefault((at, what), correction)
        if earlier is not correction:
            problems.append(f"{correction}: line {earlier.line} decides the same already; keep one of them")
    dropped = {at: correction for correction, at in places if correction.action == "drop"}
    for correction, at in places:
        if correction.action != "drop" and at in dropped:
            problems.append(f"{correction}: line {dropped[at].line} drops this figure; keep one of them")
    return problems


def _number(text: str) -> float | None:
    """A number as people type it into a cell: decimal point or decimal comma, no grouping."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None
