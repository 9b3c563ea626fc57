"""The sentence at the head of a page, computed: runs of plain text and of figures with the key of their swatch."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard.aims import ABSENT, TARGETS, WORST
from dashboard.captions import INCLUDED, METHODS, flowing, goal_name, prices, scope, subject, wider
from dashboard.codes import Source
from dashboard.figures import indicators, ladders, money, purposes
from dashboard.figures import sources as coverage
from dashboard.figures.empties import unserved
from dashboard.figures.goals import ODA_TARGET, oda
from dashboard.gaps import total
from dashboard.methods import serves
from dashboard.questions import PLURALS, Answers, Unanswerable, why_not
from dashboard.selection import DIMENSIONS, TERMS, Selection
from dashboard.words import Scale, counted, listed, percent, scale_of, years

Swatch = Literal["", "committed", "disbursed", "outcome"]
LIFE, RECENT = "iati-goals", 2011  # its activities of these years were still paying when it was released
TEN, NEAR = 10, 5  # recipients in greatest need; years their indicator may lie before the period's end


@dataclass(frozen=True)
class Run:
    """A piece of the sentence. `swatch` names the colour square before it; the two never part at a line end.
    strong: a figure. gap: set in the colour of gaps."""

    text: str
    swatch: Swatch = ""
    strong: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Headline:
    """The serif sentence, and the plain one under it (empty where there is nothing to add)."""

    runs: tuple[Run, ...]
    second: str = ""

    @property
    def text(self) -> str:
        """The whole in words, for those who listen and for tests."""
        return " ".join(part for part in ("".join(run.text for run in self.runs), self.second) if part)


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
        return (Run(f"{_capital(what)} {word} "), _figure(scale, amount or Decimal(0), word), Run(f" {where}."))
    paid = _figure(scale, disbursed, "disbursed")
    part = money.share(committed - disbursed, committed)
    if ladder.source.code == LIFE and part is not None and part >= 0:
        start = (Run("Of "), _figure(scale, committed, "committed"), Run(f" committed by {what} {where}, "))
        rest = Run(f"{percent(part, True)} had not been disbursed when last reported.", gap=True)
        return (*start, paid, Run(" was disbursed: "), rest)
    start = (
        Run(f"{_capital(what)} committed "),
        _figure(scale, committed, "committed"),
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
    return giver, f"{what}{to}in {'activities of ' if source.code == LIFE else ''}{when}{_wider(source, selection)}"


def _wider(source: Source, selection: Selection) -> str:
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
    who = f"All {of.removeprefix('the ')}" if len(able) == len(sources) else f"{_capital(counted(len(able)))} of {of}"
    who = who if able else f"None of {of}"
    pledges = "" if any("pledged" in source.stages for source in sources) else " None of them records pledges."
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


def goal(answers: Answers, selection: Selection, number: str) -> Headline:
    """What was disbursed for the Goal, its target in words, and its total under each method of mapping."""
    if number == "8":
        return _eight(answers, selection)
    selection = selection.change(goal=(number,))
    try:
        asked = purposes.ask(answers, selection)
    except Unanswerable as error:
        return Headline((Run(f"{error}"),), TARGETS.get(number, ""))
    totals = {method: _counted(asked, method) for method in TERMS["method"]}
    amount = totals[selection.method]
    spread = _spread(totals)
    told = f"{prices(selection, answers.codes)}. {money.source_line(asked.source)}."
    second = " ".join(part for part in (TARGETS.get(number, ""), spread, told) if part)
    if not amount and not serves(selection.method, number) and any(totals.values()):
        return _elsewhere(asked, totals, number)
    if amount is None:
        under = METHODS[selection.method]
        why = (
            f"No purpose of this selection is counted for {goal_name(number)}, under the {under}, {years(*asked.span)}."
        )
        return Headline((Run(why),), second)
    giver, _, receiver = flowing(asked.codes, asked.source, selection).partition(" to ")
    to = f" to {receiver}" if selection.recipient else ""
    scale = scale_of([amount])
    runs = (
        Run(f"{_capital(giver)} disbursed "),
        _figure(scale, amount, "disbursed"),
        Run(f" for {subject(number)}{to} in {years(*asked.span)}{_wider(asked.source, asked.selection)}."),
    )
    return Headline((*runs, *_neediest(answers, asked)), second)


def _elsewhere(asked: purposes.Purposes, totals: dict[str, Decimal | None], number: str) -> Headline:
    """What the other methods count for a Goal that no purpose code serves under the method picked."""
    known = {method: amount for method, amount in totals.items() if amount}
    scale = scale_of(known.values())
    runs = [Run(f"The {METHODS[asked.selection.method]} has no purpose code for {subject(number)}; ")]
    for at, (method, amount) in enumerate(known.items()):
        name = f"the {METHODS[method]} counts" if not at else METHODS[method].removesuffix(" mapping")
        joint = "" if not at else " and " if at == len(known) - 1 else ", "
        runs += [Run(f"{joint}{name} "), _figure(scale, amount, "disbursed")]
    giver = flowing(asked.codes, asked.source, asked.selection)
    basis = f"Disbursed by {giver} in {years(*asked.span)}{_wider(asked.source, asked.selection)}."
    return Headline((*runs, Run(".")), f"{TARGETS[number]} {basis} {money.source_line(asked.source)}.")


def _neediest(answers: Answers, asked: purposes.Purposes) -> tuple[Run, ...]:
    """How much of what is recorded by country went to the ten in greatest need; nothing where recipients or purposes
    are picked, or fewer than twenty have both values. Uses the question of the map of recipients."""
    selection = asked.selection
    if selection.recipient or selection.purpose:
        return ()
    try:
        series = indicators.shown(answers, selection)
        frame, span = money.rows(answers, selection, asked.source, ("recipient",), compared=True)
    except Unanswerable:
        return ()
    if series.code not in WORST:
        return ()
    known = asked.codes.members["recipient"]  # regional and unspecified recipients have no indicator to be ranked by
    countries = {code for code, member in known.items() if member.map_code}
    amounts = {code: pair[1] for code, pair in money.sums(frame, "recipient").items() if code in countries}
    needs = indicators.values(answers, series, span[1] - NEAR, span[1])
    last = {code: at for code, held in needs.items() if (at := indicators.latest(held, span[1] - NEAR, span[1]))}
    both = [code for code, amount in amounts.items() if amount is not None and code in last]
    worst = sorted(both, key=lambda code: (last[code][1], code), reverse=series.better == "down")[:TEN]
    part = money.share(total(amounts[code] for code in worst), total(amounts.values()))
    if len(both) < 2 * TEN or part is None or not 0 <= part <= 1:
        return ()
    start = Run(f" Of what is recorded by country, {percent(part, True)} went to the ten recipients ")
    return (start, Run(WORST[series.code], "outcome", strong=True), Run("."))


def _counted(asked: purposes.Purposes, method: str) -> Decimal | None:
    """What counts for the Goal under a method, of the purposes picked."""
    picked = money.chosen(asked.codes, asked.selection, "purpose")
    kept = [purpose for purpose in asked.purposes if not picked or purpose.code in picked]
    return total(purpose.counted.get(method) for purpose in kept)


def _spread(totals: dict[str, Decimal | None]) -> str:
    known = {method: value for method, value in totals.items() if value is not None}
    if len(known) < 2:
        return ""
    scale = scale_of(known.values())
    names = {"strict": "strict", "shared": "shared", "muskoka": "Muskoka"}
    said = [f"{scale.text(value, True)} ({names[method]})" for method, value in known.items()]
    if len(set(known.values())) == 1:
        return f"The total is the same under the {listed([names[m] for m in known])} mappings."
    return f"Another mapping gives another total: {listed(said)}."


def _eight(answers: Answers, selection: Selection) -> Headline:
    aid = oda(answers, selection)
    if aid is None:
        return Headline((Run("Goal 8 is measured by indicators, not by purpose codes."),), f"{TARGETS['8']} {ABSENT}")
    runs = (
        Run("Members of the Development Assistance Committee together gave "),
        Run(f"{aid.percent:.2f} per cent", "disbursed", strong=True),
        Run(f" of their gross national income as official development assistance in {aid.year}; "),
        Run(f"the United Nations target is {ODA_TARGET:.2f} per cent."),
    )
    return Headline(runs, f"{TARGETS['8']} {ABSENT}")


def _figure(scale: Scale, amount: Decimal, swatch: Swatch) -> Run:
    return Run(scale.text(amount, True), swatch, strong=True)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
