"""The sentence at the head of a page, computed: runs of plain text and of figures with the key of their swatch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard.captions import METHODS, flowing, goal_name, scope, subject
from dashboard.figures import indicators, ladders, money, purposes
from dashboard.figures.goals import ODA_TARGET, oda
from dashboard.gaps import total
from dashboard.questions import Answers, Unanswerable, why_not
from dashboard.selection import TERMS, Selection
from dashboard.words import Scale, listed, percent, scale_of, years

Swatch = Literal["", "committed", "disbursed", "outcome"]
TEN, NEAR = 10, 5  # recipients in greatest need; years their indicator may lie before the period's end
WORST = {  # who is in greatest need, by the series that says so
    "poverty": "where the share of people living on less than $3.00 a day is highest",
    "completion": "with the lowest primary completion rates",
    "parity": "with the lowest ratio of girls to boys in school",
    "under5": "with the highest under-five mortality",
    "maternal": "with the highest maternal mortality",
    "births": "where skilled staff attend the smallest share of births",
    "hiv": "with the highest share of adults with HIV",
    "malaria": "with the highest child mortality from malaria",
    "tb": "with the highest incidence of tuberculosis",
    "water": "where the smallest share of people has basic drinking water",
    "sanitation": "where the smallest share of people has basic sanitation",
}
TARGETS = {  # of the Millennium Development Goals, in our words
    "1": "Target 1.A: halve, between 1990 and 2015, the proportion of people whose income is below the poverty line.",
    "2": "Target 2.A: ensure that, by 2015, all children can complete a full course of primary schooling.",
    "3": "Target 3.A: eliminate gender disparity in primary and secondary education, and at all levels by 2015.",
    "4": "Target 4.A: reduce by two thirds, between 1990 and 2015, the under-five mortality rate.",
    "5": "Target 5.A: reduce by three quarters, between 1990 and 2015, the maternal mortality ratio.",
    "6": "Target 6.A: have halted by 2015, and begun to reverse, the spread of HIV/AIDS.",
    "7": "Target 7.C: halve, by 2015, the proportion of people without safe drinking water and basic sanitation.",
    "8": "Donors agreed to work towards 0.7 per cent of gross national income as official development assistance.",
}


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
        return Headline((Run(f"{error}"),), second)
    if ladder.committed is None and ladder.disbursed is None:
        return Headline((Run(f"{ladder.source.title}: no amount is reported for this selection."),), second)
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
    if ladder.source.code == "iati-goals" and part is not None and part >= 0:
        start = (Run("Of "), _figure(scale, committed, "committed"), Run(f" committed by {what} {where}, "))
        rest = Run(f"{percent(part, True)} had not been disbursed when last reported.", gap=True)
        return (*start, paid, Run(" was disbursed: "), rest)
    start = (
        Run(f"{_capital(what)} committed "),
        _figure(scale, committed, "committed"),
        Run(f" {where} and disbursed "),
    )
    share = money.share(disbursed, committed)
    end = f": disbursements came to {percent(share, True)} of commitments." if share is not None and share >= 0 else "."
    return (*start, paid, Run(end))


def _whom(ladder: ladders.Ladder) -> tuple[str, str]:
    """Who gives, and the rest: what for, to whom, when."""
    source, selection = ladder.source, ladder.selection
    giver, _, receiver = flowing(ladder.codes, source, selection).partition(" to ")
    subjects = scope(ladder.codes, source, selection)[:-1]
    what = f"for {listed(subjects)} " if subjects and subjects != ["all sectors"] else ""
    to = f"to {receiver} " if receiver and selection.recipient else ""
    when = years(*ladder.span)
    return giver, f"{what}{to}in {'activities of ' if source.code == 'iati-goals' else ''}{when}"


def _edition(answers: Answers, selection: Selection) -> str:
    """How many sources there are, how many can answer, and that none records pledges."""
    sources = answers.codes.sources.values()
    able = [source for source in sources if not why_not(source, selection)]
    pledges = "" if any("pledged" in source.stages for source in sources) else " None of them records pledges."
    return f"This edition holds {len(sources)} sources, of which {len(able)} can answer this selection.{pledges}"


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
    second = " ".join(part for part in (TARGETS.get(number, ""), spread, f"{money.source_line(asked.source)}.") if part)
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
        Run(f" for {subject(number)}{to} in {years(*asked.span)}."),
    )
    return Headline((*runs, *_neediest(answers, asked)), second)


def _neediest(answers: Answers, asked: purposes.Purposes) -> tuple[Run, ...]:
    """How much of it reached the ten recipients in greatest need; nothing where recipients or purposes are picked,
    or fewer than twenty have both values. Uses the question of the map of recipients."""
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
    amounts = {code: pair[1] for code, pair in money.sums(frame, "recipient").items()}
    needs = indicators.values(answers, series, span[1] - NEAR, span[1])
    last = {code: at for code, held in needs.items() if (at := indicators.latest(held, span[1] - NEAR, span[1]))}
    both = [code for code, amount in amounts.items() if amount is not None and code in last]
    worst = sorted(both, key=lambda code: (last[code][1], code), reverse=series.better == "down")[:TEN]
    part = money.share(total(amounts[code] for code in worst), total(amounts.values()))
    if len(both) < 2 * TEN or part is None or not 0 <= part <= 1:
        return ()
    start = Run(f" Of it, {percent(part, True)} reached the ten recipients ")
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
        return Headline((Run("Goal 8 is measured by indicators, not by purpose codes."),), TARGETS["8"])
    runs = (
        Run("Members of the Development Assistance Committee together gave "),
        Run(f"{aid.percent:.2f} per cent", "disbursed", strong=True),
        Run(f" of their gross national income as official development assistance in {aid.year}; "),
        Run(f"the United Nations target is {ODA_TARGET:.2f} per cent."),
    )
    return Headline(runs, TARGETS["8"])


def _figure(scale: Scale, amount: Decimal, swatch: Swatch) -> Run:
    return Run(scale.text(amount, True), swatch, strong=True)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def words(runs: Sequence[Run]) -> str:
    """Runs as plain text."""
    return "".join(run.text for run in runs)
