"""What a maker proposed, and moderators accepted, of that by which its commitment is measured (amount, period, rule)
and of what it is said to be (title, Goals, date, whether it is new)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.commitment import Written
from dashboard.contribution_fields import TRACED
from dashboard.contributions import BY_MODERATOR
from dashboard.words import dated, listed

NONE = "not stated"


@dataclass(frozen=True)
class Moved:
    """said: a sentence with what was changed, when, and on whose behalf. rows: each in words, before and after."""

    said: str
    rows: tuple[tuple[str, str, str], ...]


def moved(revisions: Iterable[Written]) -> Iterator[Moved]:
    """Of revisions that came from proposals of makers, those that changed any of it; newest first."""
    for one in revisions:
        rows = tuple(_rows(one))
        if rows and one.who.endswith(BY_MODERATOR):
            what = listed([name for name, _, _ in rows], len(rows))
            verb = "was" if len(rows) == 1 else "were"
            by = one.who.removesuffix(BY_MODERATOR)
            said = f"{what[:1].upper()}{what[1:]} {verb} changed on {dated(one.at[:10])} at the proposal of {by}."
            yield Moved(said, rows)


def _rows(one: Written) -> Iterator[tuple[str, str, str]]:
    held = {name: (before or NONE, after or NONE) for name, before, after in one.changed if name in TRACED}
    if held.get("amount_high") == held.get("amount_low"):
        held.pop("amount_high", None)  # a figure, not a range
    for name, (before, after) in held.items():
        if name == "rule":
            before, after = one.rule or (before, after)
        yield TRACED[name], before, after
