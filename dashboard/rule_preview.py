"""What another rule would do to a commitment: its figures before and after, and what else it would move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import figure, part, prices
from dashboard.amounts import Absence
from dashboard.commitment import Commitment
from dashboard.commitment_words import gaps
from dashboard.findings import Finding
from dashboard.measured import Measured
from dashboard.open_words import least, missing, state
from dashboard.overlap import Overlap
from dashboard.pledges import Pledge
from dashboard.ranges import Figure
from dashboard.words import percent

ZERO = Decimal(0)
COUNTRIES = "countries"
UNMEASURED = "not measured"
ABSENT = frozenset((UNMEASURED, "", *(one.words for one in Absence)))
NOTHING = ("nowhere", "it is measured")  # said only where the other rule differs


@dataclass(frozen=True)
class Rows:
    """How many rows a rule counts, and the query string of the page that lists them."""

    count: int
    query: str


@dataclass(frozen=True)
class Moved:
    """Money that this commitment and another both count, US dollars, under the rule as kept and as proposed; None where
    they share nothing."""

    other: Pledge
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Preview:
    """before, after: the commitment under the rule as kept and as proposed, measured by the same engine.

    rows: of both, None where a rule reads no rows. moved: overlaps that would change; None where
    they cannot be told in time. appear, vanish: findings about
    this commitment that would come and go; one whose figures change is in both."""

    before: Commitment
    after: Commitment
    rows: tuple[Rows | None, Rows | None] = (None, None)
    moved: tuple[Moved, ...] | None = ()
    appear: tuple[Finding, ...] = ()
    vanish: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Line:
    """One figure in words, before and after."""

    name: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after

    @property
    def moved(self) -> bool:
        """Whether a figure would be another, come or go; one kind of absence for another is no figure that moves."""
        return not self.same and not {self.before, self.after} <= ABSENT


def lines(held: Preview) -> tuple[Line, ...]:
    """Every figure of the preview, in the order of the page."""
    both = held.before, held.after
    told = [_words(one, rows) for one, rows in zip(both, held.rows, strict=True)]
    every = (Line(name, told[0][name], told[1][name]) for name in told[0])
    return tuple(one for one in every if not (one.same and one.before in NOTHING))


def _share(found: Measured) -> str:
    """Of what was due in the years with figures; at least that where only a part is seen."""
    if not found.measured:
        return UNMEASURED
    years = f"of what was due in the years with figures: {missing(found)}" if state(found) == "years" else ""
    return f"{least(found)}{part(found.share)}{f' {years}' if years else ''}"


def _words(told: Commitment, rows: Rows | None) -> dict[str, str]:
    found = told.measured
    said = {
        "Due": _figure(found, found.due),
        "Delivered": _figure(found, found.delivered),
        "Share of what was due": _share(found),
    }
    for gap in gaps(told):
        said[gap.name] = gap.said or (gap.absence.words if gap.absence else "")
    known, wanted = found.coverage.cells
    seen = f"{known:,} of {wanted:,} figures by member and year ({percent(found.coverage.estimate)})"
    return said | {
        "Basis": _basis(found),
        "Coverage": UNMEASURED if not found.measured else seen if wanted else "no figure is looked for",
        "Where the source counts otherwise": " ".join(found.coverage.limits) or "nowhere",
        "Rows counted": f"{rows.count:,}" if rows else "none: figures of a series" if found.measured else "none",
        "Why it is not measured": found.why or "it is measured",
    }


def _figure(found: Measured, value: Figure) -> str:
    return figure(value, found.unit) if found.measured else UNMEASURED


def _basis(found: Measured) -> str:
    if not found.measured:
        return UNMEASURED
    said = "number of countries" if found.unit == COUNTRIES else prices(found.rule, found.unit)
    return f"{said}, end of {found.at}"


def moved(
    before: Iterable[Overlap], after: Iterable[Overlap], id_: str, pledges: Mapping[str, Pledge]
) -> tuple[Moved, ...]:
    """Pairs of one commitment whose money in common would change, the largest first."""
    one, other = ({_beside(pair, id_): pair.usd for pair in pairs} for pairs in (before, after))
    found = [
        Moved(pledges[name], one.get(name), other.get(name))
        for name in sorted({*one, *other})
        if name in pledges and one.get(name) != other.get(name)
    ]
    return tuple(sorted(found, key=lambda held: -max(abs(held.before or ZERO), abs(held.after or ZERO))))


def _beside(pair: Overlap, id_: str) -> str:
    return pair.second if pair.first == id_ else pair.first


def changed(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings that would come, and those that would go; one with other figures does both."""
    held, new = {_mark(one) for one in before}, {_mark(one) for one in after}
    return (
        tuple(one for one in after if _mark(one) not in held),
        tuple(one for one in before if _mark(one) not in new),
    )


def _mark(one: Finding) -> tuple[str, tuple[str, str]]:
    return one.key, one.figures
