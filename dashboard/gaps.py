"""The waterfall down the ladder: rungs, and steps between them that sum exactly. Exact decimals in, exact steps out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

NONE = Decimal(0)
Kind = Literal["rung", "absent", "gap", "above", "unexplained", "raise", "cause", "not due"]


@dataclass(frozen=True)
class Part:
    """What one member holds at two rungs. None: not reported there, never zero."""

    code: str  # "goal:5"; empty where nothing can be picked
    name: str
    committed: Decimal | None
    disbursed: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """Committed less disbursed; None where either is not reported."""
        return None if self.committed is None or self.disbursed is None else self.committed - self.disbursed


@dataclass(frozen=True)
class Step:
    """One row of a waterfall, in US dollars. A rung runs from zero to its level; a step from `start` to `end`.

    absent: a rung this source does not record (no start, no end). gap: less than the rung above. above: more than it.
    unexplained: what the parts of a gap leave over. raise: what a promise puts on top of a level. cause: what moved
    and is nobody's shortfall. not due: what falls due later."""

    name: str
    kind: Kind
    start: Decimal | None
    end: Decimal | None
    code: str = ""

    @property
    def usd(self) -> Decimal | None:
        """Signed: a gap is negative. A rung counts from zero."""
        return None if self.start is None or self.end is None else self.end - self.start


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is reported; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, NONE) if known else None


def steps(
    pledged: Decimal | None, committed: Decimal | None, disbursed: Decimal | None, parts: Sequence[Part] = ()
) -> tuple[Step, ...]:
    """The ladder from pledged to disbursed. Each rung is the rung before plus the steps between, exactly.

    `parts` open the step between committed and disbursed; what they do not explain is `unexplained`, if not zero.
    A missing rung is an `absent` row, and the next gap spans both rungs. Source of the method: the ladder of
    pledge, commitment and disbursement as the DAC and the FTS use the words."""
    rows, last = list[Step](), None
    for name, level in (("pledged", pledged), ("committed", committed), ("disbursed", disbursed)):
        if level is None:
            rows.append(Step(name, "absent", None, None))
            continue
        if last is not None:
            rows += _between(last, name, level, parts if name == "disbursed" and last[0] == "committed" else ())
        rows.append(Step(name, "rung", NONE, level))
        last = (name, level)
    return tuple(rows)


def _between(last: tuple[str, Decimal], name: str, level: Decimal, parts: Sequence[Part]) -> list[Step]:
    """Steps from one rung to the next: one, or one for each part and what they leave over."""
    before, at, rows = last[0], last[1], list[Step]()
    word = f"not {name}" if level < at else f"more than {before}"
    if not parts:
        return [_step(word, at, level)] if level != at else []
    for part in parts:
        gap = part.gap
        if gap:
            rows.append(_step(part.name, at, at - gap, part.code))
            at -= gap
    if at != level:
        rows.append(Step(f"unexplained between {before} and {name}", "unexplained", at, level))
    return rows


def _step(name: str, start: Decimal, end: Decimal, code: str = "") -> Step:
    return Step(name, "gap" if end < start else "above", start, end, code)


def largest(parts: Iterable[Part], most: int, rest: str) -> tuple[Part, ...]:
    """The parts with the widest gaps first, ties by code, and the others as one, named by `rest` with `{n}` in it.

    Members with one rung not reported are kept out of the rest: what they hold stays unexplained."""
    known = [part for part in parts if part.gap is not None]
    ordered = sorted(known, key=lambda part: (-abs(part.gap or NONE), part.code))
    if len(ordered) <= most + 1:
        return tuple(sorted(ordered, key=_widest))
    head, tail = ordered[:most], ordered[most:]
    others = Part("", rest.format(n=len(tail)), total(p.committed for p in tail), total(p.disbursed for p in tail))
    return (*sorted(head, key=_widest), others)


def _widest(part: Part) -> tuple[Decimal, str]:
    return -(part.gap or NONE), part.code


def sums(rows: Sequence[Step]) -> bool:
    """Whether every rung equals the rung before it plus the steps between, to the last digit."""
    level: Decimal | None = None
    for row in rows:
        if row.kind == "absent" or row.usd is None:
            continue
        if row.kind == "rung":
            if level is not None and level != row.end:
                return False
            level = row.end
        elif level is None:
            return False
        else:
            level += row.usd
    return True
