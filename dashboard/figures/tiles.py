"""The Goal tiles: what is committed and disbursed for each Goal, by year; Goal 8 by its indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.captions import METHODS, brief, names, subtitle, unheard
from dashboard.codes import GOALS
from dashboard.figures import money
from dashboard.figures.behind import behind, of_each
from dashboard.figures.empties import nothing
from dashboard.figures.goals import ODA_TARGET, REST, Goals, Pair, ask, whole
from dashboard.gaps import NONE, total
from dashboard.methods import serves
from dashboard.panels import Column, Drawing, Panel, Table
from dashboard.parts import Bar, Tile, Tiles
from dashboard.selection import TERMS
from dashboard.words import Scale, listed, percent, scale_of, the, usd, years

NEARLY = Decimal("0.995")  # from here a share rounds to the whole that it is not


def draw(goals: Goals) -> Drawing:
    known = [v for held in goals.by_year.values() for v in whole(held) if v is not None]
    scale = scale_of(known)
    words = _subtitle(goals, scale)
    if not known:
        why = unheard(goals.codes, goals.source, goals.selection)
        return nothing(goals.selection, "goals", money.source_line(goals.source), words, why)
    return Drawing(
        title=_title(goals),
        subtitle=words,
        sentence=_sentence(goals),
        source_line=money.source_line(goals.source),
        parts=(_tiles(goals),),
        note=" ".join(said for said in (_note(goals), unheard(goals.codes, goals.source, goals.selection)) if said),
        terms=(
            "goal mapping",
            "strict",
            "shared",
            "Muskoka",
            REST,
            "committed",
            "disbursed",
            "share",
            "official development assistance",
        ),
        table=_table(goals),
        rows=behind(goals.selection, goals.source, goals.span),
    )


def _subtitle(goals: Goals, scale: Scale) -> str:
    measure = "Committed and disbursed by Goal" if money.both(goals.source) else "Disbursed by Goal"
    asked = goals.selection.without("goal")
    return subtitle(f"{measure} under the {METHODS[asked.method]}", goals.codes, goals.source, asked, goals.span)


def _rung(goals: Goals) -> int:
    """The rung a share of all is told of: committed where the source reports it, else disbursed."""
    return 0 if money.both(goals.source) else 1


def _loose(goals: Goals) -> Decimal | None:
    """Which part of the amounts is not allocated to any Goal."""
    at = _rung(goals)
    every = total(whole(held)[at] for held in goals.by_year.values())
    return money.share(whole(goals.by_year.get(REST, {}))[at], every)


def _title(goals: Goals) -> str:
    part = _loose(goals)
    noun = ("commitments are", "disbursements are")[_rung(goals)]
    if part is None or not 0 < part <= 1:
        return "Committed and disbursed by Goal" if money.both(goals.source) else "Disbursed by Goal"
    share = percent(part) if part < NEARLY else "Over 99%"
    whose, method = brief(goals.source, goals.selection), METHODS[goals.selection.method]
    if whose and not goals.selection.donor and part < 1:
        noun = f"{whose}’ {noun}"
        full = f"{share} of {noun.removesuffix(' are')} have no Goal under {method}"
        return full if len(full) <= 70 else f"{share} of {noun} not allocated to a Goal"
    title = f"{share} of {noun} not allocated to a Goal" if part < 1 else f"No {noun} allocated to a Goal"
    full = f"{title} under {method}"
    return full if len(full) <= 70 else title


def _sentence(goals: Goals) -> str:
    at = _rung(goals)
    totals = {goal: whole(goals.by_year[goal])[at] for goal in goals.by_year if goal != REST}
    known = sorted(((v, goal) for goal, v in totals.items() if v is not None), reverse=True)
    if not known:
        return "No activity of this selection is allocated to a Goal."
    scale = scale_of(v for v, _ in known)
    verb = ("committed", "disbursed")[at]
    named = [f"Goal {goal} ({GOALS.get(goal, goal)}) {scale.text(v, True)}" for v, goal in known[:3]]
    return f"Most was {verb} for {listed(named)}."


def _note(goals: Goals) -> str:
    at = _rung(goals)
    held = {method: goals.spread[method][at] for method in TERMS["method"] if method in goals.spread}
    known = {method: value for method, value in held.items() if value is not None}
    if len(known) < 2:
        return ""
    scale = scale_of(known.values())
    said = listed([f"{scale.text(value)} ({METHODS[m].removesuffix(' mapping')})" for m, value in known.items()])
    return f"Another mapping gives another total for the Goals together: {said}. Muskoka covers Goals 4 and 5."


def _tiles(goals: Goals) -> Tiles:
    tops = {False: NONE, True: NONE}  # of Goals 1 to 7, and of what is not allocated
    for goal, held in goals.by_year.items():
        values = [abs(v) for pair in held.values() for v in pair if v is not None]
        tops[goal == REST] = max([tops[goal == REST], *values])
    tiles = [_tile(goals, goal, tops[goal == REST]) for goal in GOALS]
    return Tiles(kind="tiles", key="goal", tiles=tiles, how_to_read=_how(goals, tops))


def _how(goals: Goals, tops: Mapping[bool, Decimal]) -> str:
    times = money.share(tops[True], tops[False])
    own = f" ({number(times)} times as tall)" if times is not None and times >= 2 else ""
    behind = "Behind: committed. In front: disbursed" if money.both(goals.source) else "Disbursed"
    kept = years(*goals.span)
    share = " Share: disbursed, of committed." if money.both(goals.source) else ""
    return (
        f"{behind}, by year, {kept}.{share} Goals 1–7 have one scale; what is not allocated has its own{own}. "
        "Goal 8 is measured by indicators, not by purpose codes."
    )


def number(times: Decimal) -> str:
    """`1,250`: a ratio as a reader says it."""
    return f"{times:,.0f}"


def _tile(goals: Goals, goal: str, top: Decimal) -> Tile:
    picked = goals.selection.picked("goal")
    rest = goals.selection.without("goal").write()
    held, numbers, absent = goals.by_year.get(goal, {}), list[tuple[str, str]](), ""
    if goal == "8":
        numbers, absent = _eight(goals)
    elif any(v is not None for v in whole(held)):
        numbers = _numbers(goals, whole(held))
    else:
        absent = _absent(goals, goal)
    return Tile(
        code=goal,
        over=f"Goal {goal}" if goal.isdigit() else METHODS[goals.selection.method].capitalize(),
        name=GOALS[goal],
        glyph=f"goal-{goal}",
        href=f"/goal/{goal}" + (f"?{rest}" if rest else "") if goal.isdigit() else "",
        numbers=numbers,
        bars=_bars(goals, held, top) if numbers and goal != "8" else [],
        absent=absent,
        picked=goal in picked,
        dimmed=bool(picked) and goal not in picked,
    )


def _numbers(goals: Goals, pair: Pair) -> list[tuple[str, str]]:
    committed, disbursed = pair
    shown = [("Committed", committed)] if money.both(goals.source) else []
    numbers = [(word, ".." if v is None else usd(v)) for word, v in [*shown, ("Disbursed", disbursed)]]
    part = money.share(disbursed, committed)
    return [*numbers, ("Share", percent(part))] if part is not None else numbers


def _bars(goals: Goals, held: Mapping[int, Pair], top: Decimal) -> list[Bar]:
    bars = []
    for year in range(goals.span[0], goals.span[1] + 1):
        committed, disbursed = held.get(year, (None, None))
        words = [f"{year}: committed {_said(committed)}"] if money.both(goals.source) else [f"{year}:"]
        label = ", ".join([*words, f"disbursed {_said(disbursed)}"]).replace(":,", ":")
        bars.append(Bar(label=label, behind=_height(committed, top), front=_height(disbursed, top)))
    return bars


def _said(value: Decimal | None) -> str:
    return money.NOT_REPORTED if value is None else usd(value)


def _height(value: Decimal | None, top: Decimal) -> float:
    """Corrections below zero have no height; their value stands in the bar's label."""
    return float(max(value or NONE, NONE) / top) if top else 0.0


def _eight(goals: Goals) -> tuple[list[tuple[str, str]], str]:
    why = "Measured by indicators, not by purpose codes."
    if goals.aid is None:
        return [], why
    given = f"{goals.aid.percent:.2f}% of GNI"
    return [(f"ODA, {goals.aid.year}", given), ("Target", f"{ODA_TARGET:.2f}%")], ""


def _absent(goals: Goals, goal: str) -> str:
    """Why a Goal holds nothing, in a sentence."""
    method = goals.selection.method
    if method == "muskoka" and goal in "123678":
        return "The Muskoka mapping covers Goals 4 and 5."
    where = listed([the(name) for name in names(goals.codes, "recipient", goals.selection.recipient)], 2)
    place = f" for {where}" if where else ""
    if goal == REST:
        return f"Everything{place} is allocated to a Goal."
    if not serves(method, goal):
        return f"No purpose code serves this Goal under the {METHODS[method]}; another mapping may give it shares."
    return f"No activity{place} under the codes of the {METHODS[method]} in this source, {years(*goals.span)}."


def _table(goals: Goals) -> Table:
    columns = (
        Column("goal", "Goal", "code"),
        Column("name", "Name"),
        Column("year", "Year", "year"),
        money.COMMITTED,
        money.DISBURSED,
        money.GAP,
        money.SHARE,
    )
    rows = tuple(_table_rows(goals))
    rows_of = of_each(goals.selection, goals.source, "goal", [(row[0], (row[2], row[2])) for row in rows])
    return Table(f"Goals by year. {_subtitle(goals, scale_of([]))}", columns, rows, tuple(rows_of))


def _table_rows(goals: Goals) -> Sequence[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for goal in GOALS:
        for year, (committed, disbursed) in sorted(goals.by_year.get(goal, {}).items()):
            ends = money.less(committed, disbursed), money.share(disbursed, committed)
            rows.append((goal, GOALS[goal], year, committed, disbursed, *ends))
    return rows


PANEL = Panel("goals", "goal", {}, ask, draw)
