"""The sentence at the head of a page, computed: runs of plain text and of figures with the key of their swatch."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard.captions import INCLUDED, flowing, prices, scope, wider
from dashboard.codes import Source
from dashboard.figures import ladders, money
from dashboard.figures import sources as coverage
from dashboard.figures.empties import unserved
from dashboard.questions import PLURALS, Answers, Unanswerable, why_not
from dashboard.selection import DIMENSIONS, Selection
from dashboard.words import Scale, counted, listed, percent, scale_of, years

Swatch = Literal["", "pledged", "committed", "disbursed", "outcome"]
NO_PLEDGES = "None of them records pledges; those are in the register of commitments."
LIFE, RECENT = "iati-goals", 2011  # its activities of these years were still paying when it was released


@dataclass(frozen=True)
class Run:
    """A piece of the sentence. `swatch` names the colour square before it; the two never part at a line end.
    strong: a figure. gap: set in the colour of gaps. href: where it leads to, empty where nowhere."""

    text: str
    swatch: Swatch = ""
    strong: bool = False
    gap: bool = False
    href: str = ""


@dataclass(frozen=True)
class Headline:
    """The serif sentence, and the plain one under it (empty where there is nothing to add).

    promised, unmeasured: what the register of commitments adds, on a basis of its own; empty where it is not asked."""

    runs: tuple[Run, ...]
    second: str = ""
    promised: tuple[Run, ...] = ()
    unmeasured: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The whole in words, for those who listen and for tests."""
        told = ("".join(run.text for run in runs) for runs in (self.runs, self.promised, self.unmeasured))
        first, *register = told
        return " ".join(part for part in (first, self.second, *register) if part)


def overview(answers: Answers, selection: Selection) -> Headline:
    """What was committed and disbursed under the selection, from the source of the waterfall. Asks what it asks."""
    second = _edition(answers, selection)
    try:
        ladder = ladders.ask(answers, selection.change(open="none"))
    except Unanswerable as error:
        return Headline((Run(_nobody(answers, selection) or f"{error}"),), second)
    told = f"{prices(selection, answers.codes)}. {money.source_line(ladder.source)}."
    second = " ".join(words for words in (_still_paying(ladder), second, told) if words)
    if ladder.committed is None and ladder.disbursed is None:
        why = unserved(selection) or f"{ladder.source.title}: no amount is reported for this selection."
        return Headline((Run(why),), second)
    return Headline(_ladder(ladder), second)


def _ladder(ladder: ladders.Ladder) -> tuple[Run, ...]:
    committed, disbursed = ladder.committed, ladder.disbursed
    scale = scale_of(v for v in (committed, disbursed) if v is not None)
    what, where = _whom(ladder)
    if committed is None or disbursed is None:
        word: Swatch = "disbursed" if committed is None else "committed"
        amount = disbursed if committed is None else committed
        return (Run(f"{capital(what)} {word} "), amount_run(scale, amount or Decimal(0), word), Run(f" {where}."))
    paid = amount_run(scale, disbursed, "disbursed")
    part = money.share(committed - disbursed, committed)
    if ladder.source.code == LIFE and part is not None and part >= 0:
        start = (Run("Of "), amount_run(scale, committed, "committed"), Run(f" committed by {what} {where}, "))
        rest = Run(f"{percent(part, True)} had not been disbursed when last reported.", gap=True)
        return (*start, paid, Run(" was disbursed: "), rest)
    start = (
        Run(f"{capital(what)} committed "),
        amount_run(scale, committed, "committed"),
        Run(f" {where}{',' if where.endswith(INCLUDED) else ''} and disbursed "),
    )
    share = money.share(disbursed, committed)
    end = f": disbursements came to {percent(share, True)} of commitments." if share is not None and share >= 0 else "."
    return (*start, paid, Run(end))


def _whom(ladder: ladders.Ladder) -> tuple[str, str]:
    """Who gives, and the rest: what for, to whom, when."""
    source, selection = ladder.source, ladder.selection
    giver, _, receiver = flowing(ladder.codes, source, selection).partition(" to ")
    subjects = scope(ladder.codes, source, selection)[:-1]
    of = "in" if subjects and subjects[0].startswith("net ") else "for"  # a kind of money, or what it is for
    what = f"{of} {listed(subjects)} " if subjects and subjects != ["all sectors"] else ""
    to = f"to {receiver} " if receiver and selection.recipient else ""
    when = years(*ladder.span)
    return giver, f"{what}{to}in {'activities of ' if source.code == LIFE else ''}{when}{and_more(source, selection)}"


def and_more(source: Source, selection: Selection) -> str:
    more = wider(source, selection)
    return f", {more}" if more else ""


def _still_paying(ladder: ladders.Ladder) -> str:
    """That little of recent activities can have been disbursed; empty of years that have mostly been paid."""
    if ladder.source.code != LIFE or ladder.span[0] < RECENT:
        return ""
    return f"Recent activities are still paying: the figures are {money.as_of(ladder.source) or 'as last reported'}."


def _edition(answers: Answers, selection: Selection) -> str:
    """How many of the sources can answer, and that none records pledges."""
    sources = answers.codes.sources.values()
    able = [answer for answer in coverage.ask(answers, selection).answers if not answer.absent]
    of = f"the {counted(len(sources))} sources of this edition"
    who = f"All {of.removeprefix('the ')}" if len(able) == len(sources) else f"{capital(counted(len(able)))} of {of}"
    who = who if able else f"None of {of}"
    pledges = "" if any("pledged" in source.stages for source in sources) else f" {NO_PLEDGES}"
    return f"{who} can answer this selection.{pledges}"


def _nobody(answers: Answers, selection: Selection) -> str:
    """Why none of the sources can answer; empty where a source is picked or one can."""
    sources = answers.codes.sources.values()
    if selection.source or any(not why_not(source, selection) for source in sources):
        return ""
    picked = [dimension for dimension in DIMENSIONS if selection.picked(dimension)]
    if "gender" in picked and not any("gender" in source.dimensions for source in sources):
        return "No source in this edition carries the gender marker."
    if not any(set(picked) <= source.dimensions for source in sources):
        told = listed([PLURALS.get(dimension, dimension) for dimension in picked], len(picked))
        return f"No source in this edition distinguishes {told}{' together' if len(picked) > 1 else ''}."
    return f"No source in this edition that can answer covers {years(selection.since, selection.until)}."


def amount_run(scale: Scale, amount: Decimal, swatch: Swatch) -> Run:
    return Run(scale.text(amount, True), swatch, strong=True)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
