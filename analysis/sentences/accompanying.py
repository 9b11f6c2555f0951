"""Percentages of a plan and of the year before, and totals: each goes to the figure that it accompanies.

What they are is told apart in `relations`.
"""

from __future__ import annotations

import re

from analysis.indicators import Catalogue
from analysis.sentences.drafts import Draft
from analysis.sentences.parts import Part
from analysis.sentences.relations import Relation

# before a percentage of a plan: words that say nothing of what has reached it
_IDLE = re.compile(
    r"(?:\W|_|(?:so với|so|đạt|bằng|vượt|tăng|giảm|ước|khoảng|trên|gần|hơn|tương đương|tương ứng|và|cũng|đã|mới|chỉ"
    r"|hoàn thành|qua đó|như vậy|con số này|số này|kết quả này|trong đó|kế hoạch|chỉ tiêu|dự toán|nghị quyết|giao"
    r"|cả năm|nếu|tính|theo|thì|năm|tỉnh|huyện|\d+)(?!\w))*"
)
_SHARES = ("percent", "criteria", "percentage_points")


def attach(part: Part, drafts: list[Draft]) -> None:
    """Give each such percentage to the figure before it in its sentence, the first of each kind: "2.350 lao động, đạt
    117% kế hoạch"; one before all figures to the first: "đạt 117% kế hoạch, với 2.350 lao động"."""
    pending: list[Relation] = []
    bound = {id(d.quantity): d for d in reversed(drafts)}
    earlier = part.memory.thought.drafts
    last = earlier[-1] if earlier and earlier[-1].indicator != "ntm_district" else None
    unbound = False  # the figure before is of no indicator: its percentages are nobody's
    for quantity, relation in part.figures():
        if relation.role == "of":
            free = last is not None and not unbound and last.of is None
            if free and last.quantity.unit == quantity.unit and last.value <= quantity.value:
                last.of = quantity.value
            else:
                pending.append(relation)
        elif relation.role in ("plan", "yoy", "times"):
            if last in earlier and relation.role == "plan" and _of_another(part, relation, last):
                unbound = True  # "…, đạt 14 tỷ đồng; thu ngân sách đạt 105% dự toán": of a figure that is not stated
            elif last is not None and not unbound:
                _give(part.catalogue, last, relation)
            elif relation.role == "plan" and not unbound:
                pending.append(relation)
        elif id(quantity) in bound:
            last, unbound = bound[id(quantity)], False
            for waiting in pending:
                _give(part.catalogue, last, waiting)
            pending = []
        elif relation.role == "level" and quantity.unit not in ("", "times"):
            unbound = True


def _of_another(part: Part, relation: Relation, last: Draft) -> bool:
    """Whether the words before a percentage of a plan say what else has reached it: "giao quân đạt 100% chỉ tiêu"."""
    if _IDLE.fullmatch(part.folded, 0, relation.start):
        return False
    named = part.labels_before(relation.start)
    return all(last.indicator not in m.ids for m in named)


def _give(catalogue: Catalogue, to: Draft, relation: Relation) -> None:
    """Write what a relation says into the draft, unless another one has."""
    if relation.role == "of":
        if to.of is None and to.value <= relation.value and to.unit in ("communes", "targets", "products"):
            to.of = relation.value
    elif relation.role == "plan":
        if to.plan_pct is None and to.unit != "targets":  # of a plan they are counts
            to.plan_pct = relation.value
            to.flags |= set(relation.flags)
    elif catalogue[to.indicator].unit not in _SHARES and to.yoy_pct is None and relation.value is not None:
        to.yoy_pct = relation.value
