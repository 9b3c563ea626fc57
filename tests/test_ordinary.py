"""The ordinary app of the benchmarks holds our numbers: what is compared is the same panels, of the same questions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks import ordinary, questions
from benchmarks.ordinary_frames import Held, read
from benchmarks.ordinary_panels import Overview
from benchmarks.ordinary_sums import by, filtered, spread
from dashboard.catalogue import PANELS
from dashboard.selection import Selection
from data_access.cube import Cube

SOURCE = "iati-goals"
Pair = tuple[Any, Any]


@pytest.fixture(scope="module")
def held(embedded: Cube, home: Path) -> Held:
    return read(home)


@pytest.fixture(scope="module")
def asked(embedded: Cube) -> list[Selection]:
    return questions.selections(embedded.codes, embedded.codes.sources[SOURCE], 12, seed=23)


def picks(selection: Selection) -> tuple[Any, ...]:
    return selection.goal, selection.donor, selection.recipient, [selection.since, selection.until]


def same(ours: Iterable[Decimal | None], theirs: Iterable[float]) -> bool:
    """Equal but for what floating point loses; nothing reported is nothing on both sides."""
    pairs = list(zip(ours, theirs, strict=True))
    known = [(float(a), b) for a, b in pairs if a is not None]
    assert all(a is not None or math.isnan(b) for a, b in pairs)
    return [b for _, b in known] == pytest.approx([a for a, _ in known], rel=1e-9, abs=1e-3)


def told(rows: Sequence[dict[str, Any]], *keys: str) -> dict[Any, tuple[float, float]]:
    held = {tuple(row[key] for key in keys): (row["committed"], row["disbursed"]) for row in rows}
    return {key[0] if len(keys) == 1 else key: pair for key, pair in held.items()}


def agree(ours: dict[Any, Pair], theirs: dict[Any, Pair]) -> None:
    """The same keys but those with nothing reported at all, and the same amounts."""
    ours = {key: pair for key, pair in ours.items() if pair != (None, None)}
    theirs = {key: pair for key, pair in theirs.items() if not all(map(math.isnan, pair))}
    assert set(ours) == set(theirs)
    assert same([v for key in sorted(ours) for v in ours[key]], [v for key in sorted(ours) for v in theirs[key]])


def test_totals_and_sources_are_ours(embedded: Cube, held: Held, asked: list[Selection]) -> None:
    for selection in asked:
        ladder, coverage = (PANELS[name].ask(embedded, selection) for name in ("gap", "sources"))
        steps = {row["step"]: row["usd"] for row in Overview(held, SOURCE).gap(*picks(selection))[-1]}
        assert same((ladder.committed, ladder.disbursed), (steps["committed"], steps["disbursed"]))
        ours = {one.source.code: (one.committed, one.disbursed) for one in coverage.answers}
        agree(ours, told(Overview(held, SOURCE).sources(*picks(selection))[-1], "source"))


@pytest.mark.parametrize("name", ["donors", "recipients", "ranking"])
def test_every_member_of_a_map_and_of_the_ranking_has_our_amounts(
    embedded: Cube, held: Held, asked: list[Selection], name: str
) -> None:
    compared = 0
    for selection in asked:
        ours = PANELS[name].ask(embedded, selection)
        key = "donor" if name == "donors" else "recipient"
        ranked = {part.code: (part.committed, part.disbursed) for part in getattr(ours, "parts", ())}
        theirs = told(getattr(Overview(held, SOURCE), name)(*picks(selection))[-1], key)
        agree(ranked or dict(ours.amounts), theirs)
        compared += len(theirs)
    assert compared > 50


def test_goals_years_and_other_mappings_are_ours(embedded: Cube, held: Held, asked: list[Selection]) -> None:
    for selection in asked:
        goals, years = (PANELS[name].ask(embedded, selection) for name in ("goals", "years"))
        ours = {(goal, year): pair for goal, held_ in goals.by_year.items() for year, pair in held_.items()}
        agree(ours, told(Overview(held, SOURCE).goals(*picks(selection))[-1], "goal", "year"))
        agree(dict(years.by_year), told(Overview(held, SOURCE).years(*picks(selection))[-1], "year"))
        found = filtered(held, SOURCE, None, *picks(selection)[1:])
        agree(dict(goals.spread), told(spread(held, found).to_dict("records"), "method"))


def test_every_source_sums_to_ours(embedded: Cube, held: Held) -> None:
    for source in embedded.codes.sources:
        everything = Selection(source=source, since=1960, until=2025)
        ours = embedded.totals(everything, ("year",))
        theirs = told(by(held.amounts[source], "year").to_dict("records"), "year")
        agree({year: (a, b) for year, a, b in ours.itertuples(index=False)}, theirs)


def test_every_panel_is_drawn_even_of_nothing(embedded: Cube, held: Held) -> None:
    overview = Overview(held, SOURCE)
    for picked in (["1"], [], ["KEN"]), ([], ["ZZZ"], []), (None, None, None):
        assert overview.headline(*picked, [2000, 2015])
        for name in ordinary.PANELS:
            assert ordinary.answering(overview, name)(*picked, [2000, 2015], 1)


def test_the_page_holds_every_panel_and_answers_a_click(held: Held) -> None:
    app = ordinary.create_app(held, SOURCE)
    outputs = " ".join(app.callback_map)
    assert all(f"{figure}.figure" in outputs for name in ordinary.PANELS for figure in ordinary.PANELS[name])
    assert ordinary.clicked({"points": [{"location": "KEN"}]}) == ["KEN"]
    assert app.server.test_client().get("/healthz").status_code == 200
