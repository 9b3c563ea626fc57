"""The sentence at the head of a Goal's page: what was disbursed for it, who is in greatest need, how methods differ."""

from __future__ import annotations

from decimal import Decimal

from dashboard.aims import ABSENT, TARGETS, WORST
from dashboard.captions import METHODS, flowing, goal_name, missing, only, prices, subject
from dashboard.figures import indicators, money, purposes
from dashboard.figures.goals import ODA_TARGET, oda
from dashboard.gaps import total
from dashboard.headline import Headline, Run, amount_run, and_more, capital
from dashboard.methods import serves
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import TERMS, Selection
from dashboard.words import listed, percent, scale_of, years

TEN, NEAR = 10, 5  # recipients in greatest need; years their indicator may lie before the period's end


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
        return Headline((Run(_none(asked, number)),), second)
    giver, _, receiver = flowing(asked.codes, asked.source, selection).partition(" to ")
    to = f" to {receiver}" if selection.recipient else ""
    scale = scale_of([amount])
    runs = (
        Run(f"{capital(giver)} disbursed "),
        amount_run(scale, amount, "disbursed"),
        Run(f" for {subject(number)}{to} in {years(*asked.span)}{_limits(asked)}."),
    )
    return Headline((*runs, *_neediest(answers, asked)), second)


def _none(asked: purposes.Purposes, number: str) -> str:
    """Why nothing is counted: who is picked is not in the source, or no purpose of it counts."""
    absent = missing(asked.codes, asked.source, asked.selection).removeprefix("This source ").removesuffix(".")
    if absent:
        return f"The source read here {absent}: what was disbursed for {goal_name(number)}, cannot be told from it."
    under = METHODS[asked.selection.method]
    return f"No purpose of this selection is counted for {goal_name(number)}, under the {under}, {years(*asked.span)}."


def _elsewhere(asked: purposes.Purposes, totals: dict[str, Decimal | None], number: str) -> Headline:
    """What the other methods count for a Goal that no purpose code serves under the method picked."""
    known = {method: amount for method, amount in totals.items() if amount}
    scale = scale_of(known.values())
    runs = [Run(f"The {METHODS[asked.selection.method]} has no purpose code for {subject(number)}; ")]
    for at, (method, amount) in enumerate(known.items()):
        name = f"the {METHODS[method]} counts" if not at else METHODS[method].removesuffix(" mapping")
        joint = "" if not at else " and " if at == len(known) - 1 else ", "
        runs += [Run(f"{joint}{name} "), amount_run(scale, amount, "disbursed")]
    giver = flowing(asked.codes, asked.source, asked.selection)
    basis = f"Disbursed by {giver} in {years(*asked.span)}{_limits(asked)}."
    return Headline((*runs, Run(".")), f"{TARGETS[number]} {basis} {money.source_line(asked.source)}.")


def _limits(asked: purposes.Purposes) -> str:
    """What alone the sum counts, and what beside development assistance: the sentence is read without its page."""
    return f"{only(asked.codes, asked.selection)}{and_more(asked.source, asked.selection)}"


def _neediest(answers: Answers, asked: purposes.Purposes) -> tuple[Run, ...]:
    """How much of what is recorded by country went to the ten in greatest need; nothing where recipients or purposes
    are picked, or fewer than twenty have both values. Uses the question of the map of recipients."""
    selection = asked.selection
    if selection.recipient or selection.purpose:
        return ()
    try:
        series = indicators.shown(answers, selection)
        found, span = money.rows(answers, selection, asked.source, ("recipient",), compared=True)
    except Unanswerable:
        return ()
    if series.code not in WORST:
        return ()
    known = asked.codes.members["recipient"]  # regional and unspecified recipients have no indicator to be ranked by
    countries = {code for code, member in known.items() if member.map_code}
    amounts = {code: pair[1] for code, pair in money.sums(found, "recipient").items() if code in countries}
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
