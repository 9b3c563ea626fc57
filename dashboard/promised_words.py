"""What was promised under a selection, in words: the sentence of the overview, and the first rung of the ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dashboard.amount_words import figure, part
from dashboard.headline import Headline, Run, Swatch
from dashboard.parts import Rung, Rungs
from dashboard.pools import record_query
from dashboard.promised import Promised, Sum, Whose, why_out
from dashboard.ranges import Range, share
from dashboard.words import counted, listed

LIST = "/commitments"
FEW = 3  # commitments that it names
SWATCHES: Mapping[str, Swatch] = {"committed": "committed", "disbursed": "disbursed"}
AWAITED = Promised(why="What was promised is being measured and is told here once that is done.")
EACH = "Added up from the register of commitments, each over its own years and from the sources that its page names"
APART = f"{EACH}. None of it is in the figures below, which are of one source."


def added(said: Headline, told: Promised, kept: str = "") -> Headline:
    """A headline with what the register tells under the same selection. kept: what links carry of the address."""
    return replace(said, promised=sentence(told, kept), unmeasured=(*which(told, kept), *unmeasured(told, kept)))


def sentence(told: Promised, kept: str = "") -> tuple[Run, ...]:
    """`Of $28.5 billion promised in three commitments of the register for Goals 1 and 2, due by 2015, $23 billion was
    committed.`"""
    return _sum(told.sum, told.whose, kept) if told.sum else (Run(told.why),)


def _sum(found: Sum, whose: Whose, kept: str) -> tuple[Run, ...]:
    count = len(found.held)
    words = f"{counted(count)} commitment{'s' if count > 1 else ''}"
    subject = f" for Goal{'s' if len(found.goals) > 1 else ''} {listed(found.goals, 9)}" if found.goals else ""
    reach = "" if found.whole else " as far as figures reach"
    return (
        Run("Of "),
        Run(_money(found.promised), "pledged", strong=True),
        Run(" promised in "),
        Run(words, href=_list(record_query(found.ids), kept)),
        Run(f" {whose.of}{subject}, due by {found.until}, {found.least}"),
        Run(_money(found.delivered), SWATCHES.get(found.stage, ""), strong=True),
        Run(f" was {found.stage}{reach}."),
    )


def which(told: Promised, kept: str) -> tuple[Run, ...]:
    """The commitments of the sum by name, where they are few."""
    held = told.sum.held if told.sum else ()
    if not 0 < len(held) <= FEW:
        return ()
    query = f"?{kept}" if kept else ""
    named = [Run(one.entry.pledge.title, href=f"/commitment/{one.id}{query}") for one in held]
    between = [run for name in named for run in (Run("; "), name)][1:]
    return Run("Counted: "), *between, Run(". ")


def _money(value: Range, sentence: bool = True) -> str:
    return figure(value, "USD", sentence)


def unmeasured(told: Promised, kept: str) -> tuple[Run, ...]:
    """How many commitments cannot be measured, and why."""
    if not told.every:
        return ()
    if not told.unmeasured:
        about = told.whose.about
        said = f"The one commitment {about} is" if told.every == 1 else f"All {told.every} commitments {about} are"
        return (Run(f"{said} measured."),)
    href = "" if told.query is None else _list("&".join(filter(None, (told.query, "measured=no"))), kept)
    count = f"{told.unmeasured} of {told.every} commitment{'s' if told.every > 1 else ''}"
    why = [f"{reason}, {number}" for reason, number in told.reasons]
    return Run(count, href=href), Run(f" cannot be measured: {'; '.join(why)}.")


def _list(query: str | None, kept: str) -> str:
    asked = "&".join(part_ for part_ in (query, kept) if part_)
    return f"{LIST}?{asked}" if asked else LIST


def rungs(told: Promised, kept: str = "") -> Rungs:
    """The rung of the register above the ladder of a source, on a scale of its own."""
    found = told.sum
    if found is None:
        return Rungs(kind="rungs", rungs=[], absent=told.why, apart="", links=[], out=_out(told, kept))
    count = len(found.held)
    below = part(share(found.delivered, found.promised))
    reach = "" if found.whole else f" in all; {found.known} of the {found.wanted} yearly figures needed are known"
    made = [
        Rung(
            stage="pledged",
            name="Pledged",
            figure=_money(found.promised, sentence=False),
            under=f"{_basis(found)}, due by {found.until}",
            length=1.0,
            exact=_ends(found.promised),
        ),
        Rung(
            stage=found.stage,
            name=found.stage.capitalize(),
            figure=f"{found.least}{_money(found.delivered, sentence=False)}",
            under=f"{found.least}{below} of what was pledged{reach}",
            length=_length(found),
            exact=_ends(found.delivered),
        ),
    ]
    words = f"The {counted(count)} commitments" if count > 1 else "The commitment"
    links = [(words, _list(record_query(found.ids), kept))]
    head = f"What {counted(count)} commitment{'s' if count > 1 else ''} {told.whose.of} promised, and what came of it"
    return Rungs(kind="rungs", head=head, rungs=made, absent="", apart=APART, links=links, out=_out(told, kept))


def _basis(found: Sum) -> str:
    return "Current US dollars" if found.prices == "current" else f"US dollars of {found.prices}"


def _ends(value: Range) -> list[Decimal]:
    return [value.low] if value.low == value.high else [value.low, value.high]


def _length(found: Sum) -> float:
    whole = found.promised.high
    return float(max(Decimal(0), min(Decimal(1), found.delivered.low / whole))) if whole > 0 else 0.0


def _out(told: Promised, kept: str) -> list[tuple[str, str]]:
    """Those that are not in the sum: how many and why, with the address of their list."""
    made = []
    for reason, entries in told.out.items():
        query = record_query([entry.pledge.id for entry in entries])
        if reason == "unmeasured" and told.query is not None:
            query = "&".join(filter(None, (told.query, "measured=no")))
        made.append((why_out(reason, entries), "" if query is None else _list(query, kept)))
    return made
