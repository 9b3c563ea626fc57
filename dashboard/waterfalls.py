"""The waterfall of a promise by cause: baseline, pledged, what moved, what is not due or out of scope, what was kept.

baseline -> pledged -> denominator -> prices -> not due -> out of scope -> shortfall -> delivered. The steps sum exactly
for any input: the shortfall is what the known causes leave, or, where somebody states a shortfall, what neither it nor
the causes explain stands beside it as `unexplained`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.ranges import EXACT, summed

ZERO = Decimal(0)
CAUSES: dict[str, str] = {  # cause of a step -> how a reader is told, in the order of the waterfall
    "denominator": "income moved",
    "prices": "prices and exchange rates",
    "not_due": "not yet due",
    "out_of_scope": "out of scope",
    "shortfall": "shortfall",
    "above": "more than promised",
    "unexplained": "unexplained",
}
GIVEN = ("denominator", "prices", "not_due", "out_of_scope")  # causes known beforehand; the others follow


@dataclass(frozen=True)
class Bar:
    """One row. cause: baseline, pledged, promised and delivered are levels or lead to one; the others are CAUSES.

    level: the bar stands on zero; a step runs from start to end. code: what it can be opened or picked by."""

    cause: str
    start: Decimal
    end: Decimal
    level: bool = False
    name: str = ""
    code: str = ""

    @property
    def value(self) -> Decimal:
        """Signed: what takes away is negative."""
        return EXACT.subtract(self.end, self.start)


@dataclass(frozen=True)
class Share:
    """What one donor, goal or recipient has of the promise. None: not known, never zero."""

    code: str
    name: str
    promised: Decimal | None
    delivered: Decimal | None

    @property
    def shortfall(self) -> Decimal | None:
        """Delivered less promised: negative where it falls short; None where either is not known."""
        if self.promised is None or self.delivered is None:
            return None
        return EXACT.subtract(self.delivered, self.promised)


def waterfall(
    baseline: Decimal | None,
    pledged: Decimal,
    delivered: Decimal,
    moves: Mapping[str, Decimal] | None = None,
    stated: Decimal | None = None,
    shares: Sequence[Share] = (),
) -> tuple[Bar, ...]:
    """Rows from the baseline (left out where there is none) to what was delivered, one unit throughout.

    pledged: what was to come on top of the baseline. moves: signed steps by cause (GIVEN). stated: a shortfall as
    somebody gives it (negative); what it leaves is unexplained. shares: open the shortfall by member.
    Raises ValueError for a cause that is not one of GIVEN."""
    given = dict(moves or {})
    if strange := sorted(set(given) - set(GIVEN)):
        raise ValueError(f"{', '.join(strange)} cannot be given; steps can be for {', '.join(GIVEN)}.")
    rows = [Bar("baseline", ZERO, baseline, level=True)] if baseline is not None else []
    at = baseline if baseline is not None else ZERO
    rows.append(_step("pledged", at, pledged))
    at = rows[-1].end
    if baseline is not None:
        rows.append(Bar("promised", ZERO, at, level=True))
    for cause in GIVEN:
        if given.get(cause):
            rows.append(_step(cause, at, given[cause]))
            at = rows[-1].end
    left = EXACT.subtract(delivered, at)
    rows += _opened(at, left, stated, shares)
    return (*rows, Bar("delivered", ZERO, delivered, level=True))


def _step(cause: str, start: Decimal, value: Decimal, name: str = "", code: str = "") -> Bar:
    return Bar(cause, start, EXACT.add(start, value), name=name, code=code)


def _opened(at: Decimal, left: Decimal, stated: Decimal | None, shares: Sequence[Share]) -> Iterable[Bar]:
    """The shortfall, whole or by member, and what is unexplained after it."""
    parts: list[tuple[str, str, Decimal]] = [
        (share.name, share.code, gap) for share in shares if (gap := share.shortfall) is not None
    ]
    if not parts and (stated if stated is not None else left):
        parts = [("", "", stated if stated is not None else left)]
    for name, code, value in parts:
        if value:
            yield _step("shortfall" if value < 0 else "above", at, value, name, code)
            at, left = EXACT.add(at, value), EXACT.subtract(left, value)
    if left:
        yield _step("unexplained", at, left)


def adds_up(rows: Sequence[Bar]) -> bool:
    """Whether every level equals the level before plus the steps between, to the last digit."""
    at: Decimal | None = None
    for row in rows:
        if row.level:
            if at is not None and row.end != at:
                return False
        elif at is not None and row.start != at:
            return False
        at = row.end
    return True


def by_cause(rows: Iterable[Bar]) -> dict[str, Decimal]:
    """Steps summed by cause, levels left out; a cause that does not occur is not in it."""
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        if not row.level:
            found.setdefault(row.cause, []).append(row.value)
    return {cause: summed(values) or ZERO for cause, values in found.items()}
