"""Who stands where among recipients or donors: the order, the place of each, and what a title may say of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from dashboard.captions import PUBLISHERS, brief, names
from dashboard.codes import Codes, Source
from dashboard.figures import money
from dashboard.figures.bars import leads
from dashboard.gaps import NONE, Part, total
from dashboard.selection import Selection
from dashboard.words import ordinal, percent, scale_of, the

LONGEST = 70  # characters of a title


@dataclass(frozen=True)
class Ranks:
    """Members with both rungs. `dimension`: recipient or donor. `by_gap`: by committed less disbursed, else by amount.

    `limited`: a group is picked, and the parts are its members alone, in the years they belonged to it."""

    selection: Selection
    codes: Codes
    source: Source
    span: tuple[int, int]
    dimension: str
    parts: tuple[Part, ...]
    by_gap: bool
    limited: bool = False

    def amount(self, part: Part) -> Decimal | None:
        """What a member is ranked by: its gap, or what was committed where the source has it, else disbursed."""
        if self.by_gap:
            return part.gap
        return part.committed if money.both(self.source) else part.disbursed

    @cached_property
    def order(self) -> tuple[Part, ...]:
        """Widest gap or largest amount first; then members that lack it, then what is given to regions; ties by
        code."""
        return tuple(sorted(self.parts, key=self._place))

    def _place(self, part: Part) -> tuple[bool, bool, Decimal, str]:
        amount = self.amount(part)
        return part.code in self.regional, amount is None, -(amount or NONE), part.code

    @cached_property
    def regional(self) -> frozenset[str]:
        """Recipients that are no State: regions, and what is not told by recipient."""
        known = self.codes.members.get(self.dimension, {})
        return frozenset(code for code, member in known.items() if member.kind == "regional")

    @property
    def measure(self) -> str:
        """The same in words, behind `by`."""
        return "gap" if self.by_gap else "commitments" if money.both(self.source) else "disbursements"


def places(ranks: Ranks) -> dict[str, str]:
    """`27th of 175` by code, of those that have a place: regions and members without the amount have none."""
    held = [p.code for p in ranks.order if p.code not in ranks.regional and ranks.amount(p) is not None]
    return {code: f"{ordinal(at)} of {len(held)}" for at, code in enumerate(held, start=1)}


def lifted(ranks: Ranks) -> list[Part]:
    """The members picked, which stand at the head of the list with their place; none where a group limits it."""
    picked = () if ranks.limited else ranks.selection.picked(ranks.dimension)
    return [part for part in ranks.order if part.code in picked]


def listing(ranks: Ranks) -> list[Part]:
    """The order as it is shown: those picked first, then the others."""
    first = lifted(ranks)
    codes = {part.code for part in first}
    return [*first, *(part for part in ranks.order if part.code not in codes)]


def title(ranks: Ranks) -> str:
    """Who leads where the first leads clearly; of one member picked its own place; else what is ranked."""
    neutral = f"{ranks.dimension.capitalize()}s by {ranks.measure}"
    said = _place(ranks) if ranks.selection.picked(ranks.dimension) and not ranks.limited else _leader(ranks)
    return said if said and len(said) <= LONGEST else neutral


def _place(ranks: Ranks) -> str:
    picked, at = lifted(ranks), places(ranks)
    if len(picked) != 1 or len(ranks.selection.picked(ranks.dimension)) != 1 or picked[0].code not in at:
        return ""
    of = "publishers" if _published(ranks) else f"{ranks.dimension}s"
    return f"{picked[0].name}: {at[picked[0].code]} {of} by {ranks.measure}"


def _leader(ranks: Ranks) -> str:
    """Empty where nobody leads: a tie within one per cent, one member alone, no amount."""
    parts = ranks.order
    amounts = [ranks.amount(part) for part in parts]
    if len(parts) < 2 or not leads(amounts[0], amounts[1]):
        return ""
    name, whose = the(parts[0].name), _whose(ranks)
    if ranks.by_gap:
        return _gap(name, whose) if _single(parts[0].name) else ""
    share = money.share(amounts[0], total(amounts))
    if share is None or share > 1:
        return ""
    if whose:
        verb = "drew" if ranks.dimension == "recipient" else "committed" if money.both(ranks.source) else "disbursed"
        return f"Of {whose}, {name} {verb} {percent(share)}"
    return f"{percent(share)} of {ranks.measure} {'came from' if ranks.dimension == 'donor' else 'went to'} {name}"


def _gap(name: str, whose: str) -> str:
    if whose:
        return f"Of {whose}, {name} has the widest gap"
    return f"{name[:1].upper()}{name[1:]} has the widest gap between committed and disbursed"


def _published(ranks: Ranks) -> bool:
    return ranks.dimension == "donor" and ranks.source.code == PUBLISHERS


def _whose(ranks: Ranks) -> str:
    """Among whom the first leads, where it is not all of them: `five publishers`, `least developed countries`."""
    picked = ranks.selection.picked(ranks.dimension)
    if ranks.limited:
        if _published(ranks):
            return "the publishers picked"
        return names(ranks.codes, ranks.dimension, picked)[0] if len(picked) == 1 else "those picked"
    return brief(ranks.source, ranks.selection) if _published(ranks) else ""


def _single(name: str) -> bool:
    """Whether `has` fits the name."""
    return not name.endswith((" States of", "Islands", "Philippines", "Netherlands", "Maldives", "Bahamas"))


def sentence(ranks: Ranks) -> str:
    """The first three, or those picked with their place."""
    picked, at = lifted(ranks), places(ranks)
    asked = ranks.selection.picked(ranks.dimension) and not ranks.limited
    shown = (picked if asked else ranks.order)[:3]
    told = [(part, amount) for part in shown if (amount := ranks.amount(part)) is not None]
    scale = scale_of(amount for _, amount in told)
    named = [
        f"{part.name} {scale.text(amount, True)}{f', {at[part.code]}' if picked and part.code in at else ''}"
        for part, amount in told
    ]
    if not named:
        return f"{ranks.dimension.capitalize()}s by {ranks.measure}."
    what = "gap between committed and disbursed" if ranks.by_gap else "amounts"
    lead = what.capitalize() if picked else f"{'Widest' if ranks.by_gap else 'Largest'} {what}"
    return f"{lead}: {'; '.join(named)}."
