"""Commitments in briefings: on the page, on a slide and in the file for a word processor."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from pptx import Presentation

from callbacks.book import Opened
from dashboard import commitment_slide
from dashboard.causes import Causes
from dashboard.commitment import Commitment
from dashboard.sheets import facts, promised_by
from dashboard.waterfalls import waterfall

MEASURED = ("gleneagles-2005-oda", "switzerland-oda-own-target", "brussels-2001-ldc", "kan-2010-health")
D = Decimal


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


@pytest.fixture(scope="module")
def deck(client: FlaskClient) -> Any:
    return Presentation(io.BytesIO(client.get(f"/briefing.pptx?commitment={','.join(MEASURED)}").data))


def steps(causes: Causes) -> None:
    """Each column of the chart ends where its step does, over its base."""
    made = commitment_slide.waterfall(causes)
    base, *seen = (values for _, values in made.series)
    assert len(made.categories) == len(causes.rows) == len(made.colours)
    for at, row in enumerate(causes.rows):
        pieces = [values[at] for values in seen if values[at] is not None]
        assert sum(map(abs, pieces), D(0)) == abs(row.value)
        ends = {base[at] or D(0), *((base[at] or D(0)) + piece for piece in pieces)}
        assert {row.start, row.end} <= ends | ({D(0)} if row.level else set())
        assert not base[at] or all((piece > 0) == (base[at] > 0) for piece in pieces), "a stack has one sign"


@pytest.mark.parametrize("id_", MEASURED)
def test_the_chart_of_a_slide_steps_from_what_was_promised_to_what_was_delivered(opened: Opened, id_: str) -> None:
    causes = opened.told(id_).causes
    assert causes
    steps(causes)


@pytest.mark.parametrize(
    ("baseline", "pledged", "delivered", "moves"),
    [
        (None, D(5), D(-3), {}),
        (D(-4), D(3), D(-2), {}),
        (D(-4), D(9), D(2), {"prices": D(-7)}),
        (D(10), D(5), D(12), {"denominator": D("-1.5"), "not_due": D(-1)}),
    ],
)
def test_steps_above_below_and_across_zero_keep_their_length(
    baseline: Decimal | None, pledged: Decimal, delivered: Decimal, moves: dict[str, Decimal]
) -> None:
    steps(Causes(waterfall(baseline, pledged, delivered, moves), "US dollars of 2014"))


@pytest.mark.parametrize("at", range(len(MEASURED)))
def test_a_slide_holds_the_chart_the_gaps_and_the_source_of_the_promise(deck: Any, opened: Opened, at: int) -> None:
    slide, told = deck.slides[at], opened.told(MEASURED[at])
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert told.causes and len(list(chart.plots[0].categories)) == len(told.causes.rows)
    held = [table.cell(row, 0).text for row in range(1, len(table.rows))]
    assert held[0] == "Pledged" and held[-3:] == ["Promise gap", "Delivery gap", "Need gap"] and "Due to date" in held
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    for words in (told.pledge.title, promised_by(told), told.edition, f"registry={told.registry}"):
        assert words in said
    assert promised_by(told) in slide.notes_slide.notes_text_frame.text


def test_an_absence_is_told_by_its_kind(opened: Opened) -> None:
    every = [entry for entry in opened.entries() if not entry.outcome.measured]
    told = opened.told(every[0].pledge.id)
    held = {what: said for what, said, _ in facts(told).rows}
    assert commitment_slide.native(told) is None and "Due to date" not in held
    assert all(held.values()) and not any(said == "0" for said in held.values())


def test_what_rests_on_no_source_says_so(opened: Opened) -> None:
    told: list[Commitment] = [opened.told(one) for one in MEASURED]
    assert all(promised_by(one).startswith("Promise: ") and len(promised_by(one)) > 20 for one in told)


def test_the_page_shows_ladder_gaps_waterfall_and_years_of_each(client: FlaskClient) -> None:
    written = client.get("/briefing?commitment=gleneagles-2005-oda,brussels-2001-ldc&show=gap").text
    assert written.count('class="ladder"') == written.count('class="gaps"') == 2
    figures = written.count('data-is="figure"')
    assert figures >= 4 and all(written.count(f'data-figure="{at}"') == 1 for at in range(figures))
    assert 'name="commitment" value="gleneagles-2005-oda" checked' in written


def test_the_file_for_a_word_processor_has_the_facts_as_a_table(client: FlaskClient) -> None:
    written = client.get(
        "/briefing.html?show=need&commitment=gleneagles-2005-oda&say.gleneagles-2005-oda=It+is+%3Ci%3E."
    ).text
    assert "It is &lt;i&gt;." in written and "<script" not in written and "http-equiv" not in written
    assert '<th class="text" scope="col">' in written or 'scope="col" class="text"' in written
    assert "Delivery gap" in written and "read on" in written and written.count("data:image/png;base64,") >= 2
    assert written.index("data:image/png") > written.index("Donors to raise yearly aid")
