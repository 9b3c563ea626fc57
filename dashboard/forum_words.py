"""What a forum came to in words: its headline, what stood highest in it, and the titles of its panels."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.amount_words import amount
from dashboard.commitment import Entry
from dashboard.forum import Near
from dashboard.headline import Headline, Run
from dashboard.promised import Promised
from dashboard.promised_words import EACH, FEW, sentence, unmeasured, which
from dashboard.words import counted, listed

NO_SUM = "Nothing promised here can be put in one sum of money; every commitment is named with the reason."


def headline(told: Promised, entries: Sequence[Entry], kept: str) -> Headline:
    """What was promised and what came of it, of what can be added; what else was promised by all together, each by
    itself; and what cannot be measured."""
    basis = f"{EACH}." if told.sum else ""
    apart = wholes(entries, told.sum.ids if told.sum else (), kept)
    return Headline(sentence(told, kept), basis, apart, (*which(told, kept), *unmeasured(told, kept)))


def wholes(entries: Sequence[Entry], summed: Collection[str], kept: str) -> tuple[Run, ...]:
    """`Promised together: G8 members: new funding with USD 5 billion.` What is part of another of them is left out, and
    what is in the sum; nothing where there are many."""
    ids = {entry.pledge.id for entry in entries}
    held = [entry for entry in entries if entry.pledge.collective and entry.pledge.parent not in ids]
    said = [(entry, amount(entry.pledge.amount, sentence=True)) for entry in held if entry.pledge.id not in summed]
    stated = [(entry, words) for entry, words in said if words]
    if not 0 < len(stated) <= FEW:
        return ()
    query = f"?{kept}" if kept else ""
    runs = [Run("Promised together, each as it was stated: ")]
    for at, (entry, words) in enumerate(stated):
        runs += [Run("; ")] if at else []
        title = Run(entry.pledge.title, href=f"/commitment/{entry.pledge.id}{query}")
        runs += [title, Run(" with "), Run(words, "pledged", strong=True)]
    return (*runs, Run("."))


def added(told: Promised) -> str:
    """`13 of its 14 commitments can be added`."""
    held = len(told.sum.held) if told.sum else 0
    if told.every == 1:
        return "Its one commitment is money that can be counted" if held else "Its one commitment is in no sum of money"
    return f"{held or 'None'} of its {told.every} commitments can be added"


def beside(every: Sequence[Near]) -> str:
    """`4 of the 9 fora like it have measured commitments`."""
    others = [one for one in every if not one.own]
    measured = sum(bool(one.measured) for one in others)
    if len(others) == 1:
        return f"One forum is like it, with {counted(others[0].measured)} of its commitments measured"
    return f"{measured} of the {len(others)} fora like it {'has' if measured == 1 else 'have'} measured commitments"


def common(one: Near) -> str:
    """`Same kind; five makers in common; Goals 4 and 5`."""
    kind = ["same kind"] if one.alike else []
    makers = [f"{counted(len(one.makers))} maker{'s' if len(one.makers) > 1 else ''} in common"] if one.makers else []
    goals = [f"Goal{'s' if len(one.goals) > 1 else ''} {listed(one.goals, 9)}"] if one.goals else []
    said = "; ".join([*kind, *makers, *goals])
    return said[:1].upper() + said[1:]
