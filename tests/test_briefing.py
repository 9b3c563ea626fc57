"""Briefings: what their address says, and slides that carry their source and data that can be edited."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

import pytest
from dash import Dash
from flask.testing import FlaskClient
from pptx import Presentation

from callbacks.briefing_made import SHOWN, shown
from dashboard import briefing
from dashboard.carried import Carried
from dashboard.native_charts import native
from dashboard.panels import Column, Table
from dashboard.selection import Selection
from dashboard.sheets import Brief, Sheet
from dashboard.slides import HIGH, WIDE, slides
from data_access.cube import Cube
from layouts.pages import GOAL, OVERVIEW
from layouts.pieces import foot
from layouts.views import permalink

TODAY, PUBLIC = date(2026, 3, 5), "https://example.org"
PICKED = Selection().change(goal=["5"], since=2005)


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


@pytest.fixture(scope="module")
def carried(embedded: Cube) -> dict[str, Carried]:
    return {name: shown(embedded, name, PICKED) for name in SHOWN}


@pytest.fixture(scope="module")
def deck(carried: dict[str, Carried]) -> dict[str, Any]:
    every = [Sheet(one, "First \x00 of all.\nOn one line." if name == "gap" else "") for name, one in carried.items()]
    brief = Brief(every, briefing.read("", SHOWN), "Briefing", "", "2026", "/briefing", PUBLIC, TODAY)
    made = Presentation(io.BytesIO(slides(brief)))
    return dict(zip(carried, made.slides, strict=True))


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("name", SHOWN)
def test_every_slide_carries_what_a_copy_must(carried: dict[str, Carried], deck: dict[str, Any], name: str) -> None:
    one, said, notes = carried[name], words(deck[name]), deck[name].notes_slide.notes_text_frame.text
    assert deck[name].shapes.title.text_frame.text == one.title
    for part in (one.source_line, one.filters, one.edition, PUBLIC + one.address, one.mark):
        assert part in said
    assert one.sentence in notes and "read on 5 March 2026" in notes
    assert ("First of all. On one line." in said) == (name == "gap")


@pytest.mark.parametrize("name", SHOWN)
def test_a_chart_holds_the_figures_of_the_table(carried: dict[str, Carried], deck: dict[str, Any], name: str) -> None:
    table = carried[name].table
    charts = [shape for shape in deck[name].shapes if shape.has_chart]
    made = native(name, table) if table else None
    assert len(charts) == bool(made)
    if not made:
        assert any(shape.has_table for shape in deck[name].shapes)
        return
    assert charts[0]._element.nvGraphicFramePr.cNvPr.get("descr") == carried[name].sentence
    plot = charts[0].chart.plots[0]
    assert tuple(plot.categories) == made.categories
    for series, (heading, values) in zip(plot.series, made.series, strict=True):
        assert series.name == heading
        assert list(series.values) == [None if value is None else float(value) for value in values]


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_on_a_slide_lies_on_anything_else(deck: dict[str, Any], name: str) -> None:
    boxes = [(one.left, one.top, one.left + one.width, one.top + one.height) for one in deck[name].shapes]
    assert all(left >= 0 and top >= 0 and right <= WIDE and bottom <= HIGH for left, top, right, bottom in boxes)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1 or other[3] <= one[1] + 1


def test_the_waterfall_hangs_between_its_rungs(carried: dict[str, Carried]) -> None:
    made = native("gap", carried["gap"].table or Table("", (), ()))
    assert made and made.base
    told = {str(name): usd for name, usd, *_ in carried["gap"].table.rows}
    (_, base), (_, levels), (_, steps) = made.series
    for name, low, level, step in zip(made.categories, base, levels, steps, strict=True):
        if level is not None:
            assert (low, level) == (0, told[name.lower()])
        else:
            assert step == abs(told[name]) and low == told["disbursed"] and low + step == told["committed"]


def test_what_is_not_reported_is_no_zero() -> None:
    columns = Column("year", "Year", "year"), Column("committed", "Committed", "usd", "US dollars")
    made = native("years", Table("", columns, ((2001, Decimal(1)), (2002, None))))
    assert made and made.series[0][1] == (Decimal(1), None)
    columns = (Column("goal", "Goal", "code"), Column("name", "Name"), *columns)
    made = native("goals", Table("", columns, (("1", "One", 2001, None), ("2", "Two", 2001, Decimal(0)))))
    assert made and made.series[0][1] == (None, Decimal(0))


def test_an_address_names_panels_in_order_and_their_sentences() -> None:
    told = briefing.read("show=years,gap&say.gap=It+grew.&donor=FRA,GBR&since=2005", SHOWN)
    assert told.items == (("years", ""), ("gap", "It grew.")) and told.query == "donor=FRA,GBR&since=2005"
    assert [name for name, _ in briefing.read("goal=5", SHOWN).items] == list(briefing.OF_GOAL)
    assert [name for name, _ in briefing.read("goal=5,6", SHOWN).items] == list(briefing.OF_ALL)


def test_a_sentence_is_one_line_of_signs_that_can_be_seen() -> None:
    told = briefing.read("show=gap&say.gap=%00It%E2%80%AE+grew.%0AReally%EF%BF%BE.", SHOWN)
    assert told.items == (("gap", "It grew. Really ."),)


def test_a_sentence_of_ones_own_is_marked_as_such_in_every_format(client: FlaskClient) -> None:
    marked, query = "Note by whoever made this briefing: France cut its aid.", "show=gap&say.gap=France+cut+its+aid."
    assert marked in client.get(f"/briefing?{query}").get_data(as_text=True)
    assert marked in words(Presentation(io.BytesIO(client.get(f"/briefing.pptx?{query}").data)).slides[0])
    assert marked in client.get(f"/briefing.html?{query}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("show=nothing", "nothing is no panel; there are gap,"),
        ("say.rows=x", "rows is no panel"),
        ("say.gap=" + "x" * 301, "say.gap has 301 letters; a sentence has 300 at most"),
        ("&".join(f"a{n}=1" for n in range(200)), "more than 100 terms"),
        ("commitment=nothing", "nothing is no commitment of the register"),
        ("commitment=" + ",".join(f"a{n}" for n in range(13)), "13 panels and commitments are asked for"),
        ("show=gap&pages=two", "pages=two is not known; it can be each or one"),
        ("ready=forum&forum=x", "ready=forum is not known; it can be donor, recipient, goal and commitment"),
        ("ready=donor&donor=FRA,GBR", "ready=donor needs one donor"),
        ("commitment=un-oda-07-gni&registry=never", "registry=never"),
    ],
)
def test_what_cannot_be_followed_is_said(client: FlaskClient, query: str, why: str) -> None:
    answer = client.get(f"/briefing.pptx?{query}")
    assert answer.status_code == 400 and why in answer.get_data(as_text=True)


def test_the_file_is_made_of_the_selection(client: FlaskClient, embedded: Cube) -> None:
    answer = client.get("/briefing.pptx?show=gap,years&say.years=Look.&donor=GBR")
    assert answer.status_code == 200 and 'filename="briefing.pptx"' in answer.headers["Content-Disposition"]
    made = Presentation(io.BytesIO(answer.data))
    assert len(made.slides) == 2 and "Donor: United Kingdom (GBR)" in words(made.slides[0])
    assert "Look." in words(made.slides[1]) and embedded.edition in words(made.slides[1])
    assert client.get("/briefing.pptx?donor=nobody").status_code == 400


def test_a_panel_that_no_source_can_tell_says_so(client: FlaskClient) -> None:
    made = Presentation(io.BytesIO(client.get("/briefing.pptx?show=need").data))
    assert "An indicator belongs to one Goal; pick one to see it." in words(made.slides[0])
    assert not any(shape.has_chart or shape.has_table for shape in made.slides[0].shapes)


def test_commitments_stand_among_panels_in_the_order_given() -> None:
    address = "show=years&commitment=a,b&show=gap&say.b=So.&pages=one&donor=FRA&registry=0123"
    told = briefing.read(address, SHOWN)
    assert told.items == (("years", ""), ("commitment/a", ""), ("commitment/b", "So."), ("gap", ""))
    assert (told.pledges, told.query, told.one, told.registry) == (("a", "b"), "donor=FRA", True, "0123")
    assert told.write() == address
    assert briefing.read("show=gap&commitment=&commitment=a&at.a=1&at.gap=2", SHOWN).write() == "commitment=a&show=gap"


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("ready=donor&donor=FRA", "show=donors,gap,years,ranking&pages=one&donor=FRA"),
        (
            "ready=recipient&recipient=KEN&since=2005",
            "show=gap,years,donors,ranking&pages=one&recipient=KEN&since=2005",
        ),
        ("ready=goal&goal=5", "show=progress,gap,recipients,givers&pages=one&goal=5"),
        ("ready=goal&goal=4", "show=progress,need&pages=one&goal=4"),
        ("ready=goal&goal=8", "show=progress,goals&pages=one&goal=8"),
        ("ready=goal&goal=4&method=shared", "show=progress,gap,recipients,givers&pages=one&goal=4&method=shared"),
        ("ready=commitment&commitment=muskoka-2010", "commitment=muskoka-2010&pages=one"),
    ],
)
def test_a_ready_made_one_is_an_ordinary_one_that_the_form_can_change(
    client: FlaskClient, asked: str, plain: str
) -> None:
    assert client.get(f"/briefing?{asked}").headers["Location"] == f"/briefing?{plain}"
    written = client.get(f"/briefing?{plain}")
    assert written.status_code == 200 and 'class="framed print briefing onepage"' in written.text
    assert 'value="one" checked' in written.text


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("/donor/FRA", "ready=donor&donor=FRA"),
        ("/recipient/KEN", "ready=recipient&recipient=KEN"),
        ("/commitment/muskoka-2010", "ready=commitment&commitment=muskoka-2010"),
    ],
)
def test_pages_lead_to_the_briefing_about_what_they_are_about(path: str, about: str) -> None:
    assert f"/briefing?{about}" in str(foot("", f"{path}?edition=2026&registry=0123"))


def test_the_page_of_a_goal_leads_to_the_briefing_about_it() -> None:
    assert "/briefing?ready=goal&goal=5&since=2005" in str(permalink(PICKED, "2026", "5", GOAL))
    assert "ready=" not in str(permalink(Selection(), "2026", "", OVERVIEW))


class Form(HTMLParser):
    """What a browser would send for a form as it stands, and how many sheets stand below it."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.sent, self.sheets, self.said = list[tuple[str, str]](), 0, ""
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.sent.append((told["name"] or "", told.get("value") or ""))
        self.sheets += (told.get("class") or "").startswith("sheet of-")

    def handle_data(self, data: str) -> None:
        self.said += data


def test_the_form_leads_back_to_the_page_it_stands_on(client: FlaskClient) -> None:
    address = "/briefing?show=years,gap&say.gap=It+is+%3Cb%3E+%22so%22.&goal=5&since=2005"
    written = client.get(address).get_data(as_text=True)
    form = Form(written)
    assert form.sheets == 2 and "<b> " not in written and 'It is <b> "so".' in form.said
    sent = client.get(f"/briefing?{urlencode(form.sent)}")
    assert sent.status_code == 302 and sent.headers["Location"] == address
    moved = [(key, "9" if key == "at.years" else value) for key, value in form.sent]
    again = client.get(f"/briefing?{urlencode(moved)}").headers["Location"]
    assert again == address.replace("years,gap", "gap,years")


def test_a_sheet_carries_what_a_copy_must_and_the_figures_are_those_of_the_frames(client: FlaskClient) -> None:
    written = client.get("/briefing?show=gap,donors&donor=GBR").get_data(as_text=True)
    assert written.count('data-is="figure"') == 3 and [written.count(f'data-figure="{n}"') for n in range(4)] == [
        1,
        1,
        1,
        0,
    ]
    said = Form(written).said
    assert said.count("Donor: United Kingdom (GBR); Years picked: 2000–2015. Edition") == 3
    assert said.count("do not imply official endorsement") == 1, "the sheet with a map alone"
    assert client.get("/briefing").headers["Location"].startswith("/briefing?show=gap,sources,")
    assert client.get("/briefing?show=gap&donor=nobody").status_code == 400


def test_a_sentence_above_what_is_not_shown_is_refused() -> None:
    assert "say.years is a sentence above what is not shown" in briefing.read("show=gap&say.years=hello", SHOWN).refused
    assert not briefing.read("show=gap&say.years=", SHOWN).refused
