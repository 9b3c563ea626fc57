"""What is missing of a promise, told apart: between need and promise, promise and delivery, need and delivery."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.ranges import Figure, difference


@dataclass(frozen=True)
class Gaps:
    """The three gaps, always told apart; each a range or the reason why there is none."""

    promise: Figure  # needed - pledged
    delivery: Figure  # due to date - delivered
    need: Figure  # needed - delivered


def three_gaps(needed: Figure, pledged: Figure, due: Figure, delivered: Figure) -> Gaps:
    """All in one unit. An absence stays one: nothing missing is taken for zero."""
    return Gaps(difference(needed, pledged), difference(due, delivered), difference(needed, delivered))
