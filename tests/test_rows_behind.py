"""From a figure to its rows: what they sum to, with what counts of each, is the figure to the last digit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from dashboard.catalogue import PANELS
from dashboard.codes import STAGES
from dashboard.figures.listings import wanted
from dashboard.panels import Drawing
from dashboard.questions import Unanswerable
from dashboard.rows import MOST, Wanted
from dashboard.selection import DIMENSIONS, TERMS, Selection, read
from data_access.cube import Cube
from tests.questions_at_random import selections

FIGURES = 100
SHOWING = [name for name in PANELS if name not in ("need", "progress", "rows")]  # panels of money
PAGED = 3000  # rows that are read one by one; of more the sums are asked for


def drawn(cube: Cube, name: str, selection: Selection) -> Drawing | None:
    try:
        return PANELS[name].draw(PANELS[name].ask(cube, selection))
    except Unanswerable:
        return None


def figures(drawing: Drawing) -> Iterator[tuple[str, str, Decimal | None]]:
    """Query string of the rows, stage and amount of every figure of a panel's table that is a sum of rows."""
    table = drawing.table
    if table is None or not table.behind:
        return
    assert len(table.behind) == len(table.rows)
    for row, query in zip(table.rows, table.behind, strict=True):
        held = dict(zip((column.key for column in table.columns), row, strict=True))
        if not query:
            continue
        for stage in STAGES:
            if stage in held:
                yield query, stage, held[stage]
            elif held.get("step") == stage:
                yield query, stage, held["usd"]
        if "whole" in held:
            yield query, "disbursed", held["whole"]
        if "step" in held and "stage=" not in query:
            yield query, "gap", held["usd"]


def summed(cube: Cube, query: str, stage: str) -> Decimal | None:
    """What the page of rows lists under an address, added up row by row where they are few enough to read."""
    selection, refused = read(query, cube.codes)
    assert not refused and selection.source, query
    if stage == "gap":
        committed, disbursed = (summed(cube, query, rung) for rung in ("committed", "disbursed"))
        return None if committed is None or disbursed is None else disbursed - committed
    asked = selection.change(stage=stage)
    counts = cube.counts(asked, wanted(asked))
    if counts.rows > PAGED:
        return counts.sums[stage]
    parts = list[Decimal]()
    for offset in range(0, counts.rows, MOST):
        parts += cube.rows(asked, Wanted(limit=MOST, offset=offset, stage=stage))["part"].tolist()
    assert len(parts) == counts.rows
    found = sum(parts, Decimal(0)) if parts else None
    assert found == counts.sums.get(stage)
    return found


def asked_at_random(cube: Cube, chance: random.Random) -> Iterator[Selection]:
    """Selections as readers make them: most without a source, some at constant prices or with the gap opened."""
    for selection in selections(cube, 5000, seed=8):
        kept = selection if chance.random() < 0.3 else selection.without("source")
        kept = kept.without(*chance.sample(DIMENSIONS, 4))
        terms = {name: chance.choice(TERMS[name]) for name in ("open", "rank", "received", "provided")}
        yield kept.change(prices=chance.choice(("current", "current", "constant")), **terms)


def test_a_hundred_figures_picked_at_random_are_the_sums_of_the_rows_they_lead_to(embedded: Cube) -> None:
    chance = random.Random(2015)
    checked, panels = 0, set[str]()
    for selection in asked_at_random(embedded, chance):
        name = chance.choice(SHOWING)
        drawing = drawn(embedded, name, selection)
        found = list(figures(drawing)) if drawing else []
        for query, stage, figure in chance.sample(found, min(3, len(found))):
            assert summed(embedded, query, stage) == figure, (name, selection.write(), query, stage)
            checked += 1
            panels.add(name)
        if checked >= FIGURES and len(panels) == len(SHOWING) - 1:  # `compare` shows quotients
            break
    assert checked >= FIGURES


def test_what_counts_of_a_purpose_for_a_goal_is_the_sum_of_the_rows_it_leads_to(embedded: Cube) -> None:
    checked = 0
    for query in ("goal=5", "goal=1,6&method=shared", "goal=4&method=muskoka&recipient=KEN", "goal=2&prices=constant"):
        drawing = drawn(embedded, "purposes", read(query, embedded.codes)[0])
        assert drawing is not None
        asked = PANELS["purposes"].ask(embedded, read(query, embedded.codes)[0])
        ranking = next(part for part in drawing.parts if part["kind"] == "ranking")
        assert ranking.get("stages") == ["disbursed"]
        for purpose, row in list(zip(asked.purposes, ranking["rows"], strict=True))[:4]:
            counted = purpose.counted.get(asked.selection.method)
            assert (summed(embedded, row.get("behind", ""), "disbursed") or 0) == (counted or 0), (query, purpose.code)
            checked += bool(counted)
    assert checked >= 6
