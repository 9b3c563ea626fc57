"""Drawings become components: what can be clicked speaks, absences are marked, nothing is invented."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from dash import dcc, html
from dash._utils import to_json

from callbacks.drawings import asked, drawings, made_of, visit, written
from dashboard.catalogue import PANELS
from dashboard.heard import address, on_page
from dashboard.panels import Column, Drawing, Panel, Way
from dashboard.selection import DIMENSIONS, Selection, read
from data_access.cube import Cube
from layouts.chips import chips, in_words
from layouts.filled import WRITTEN, planted
from layouts.filters import NAMES, bar, value_words
from layouts.pages import FULL_TITLES, PAGES, find, heading, known
from layouts.panels import Failure, pieces, twin
from layouts.parts import part
from layouts.tables import exact
from layouts.views import methods

PANEL = Panel("some", "donor", {"main": 200}, ask=lambda answers, selection: None, draw=lambda asked: DRAWING)
DRAWING = Drawing("Title", "Sub", "In words.", "Source: it", figures={"main": {"data": [], "layout": {"height": 9}}})


def flat(component: Any) -> list[dict[str, Any]]:
    """Every component's properties, from the JSON that goes to the browser; and those of the elements that it builds
    from text, as if they were components."""
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict) and "namespace" in value:
            found.append(value["props"] | {"component": value["type"]})
            if value["props"].get("data-as") == "tree":
                walk([grown(node) for node in json.loads(value["props"]["data-fill"])])
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(json.loads(to_json(component)))
    return found


def grown(node: Any) -> Any:
    """The component that was written as text."""
    if isinstance(node, str):
        return node
    name, written, inside = node
    children = [grown(one) for one in inside]
    names = {short: long for long, short in WRITTEN.items()}
    props = {names.get(key, key): value for key, value in written.items()}
    props |= {"children": children[0] if len(children) == 1 else children} if children else {}
    return {"type": name.capitalize(), "namespace": "dash_html_components", "props": props}


@pytest.mark.parametrize(
    ("path", "page", "goal"),
    [("/", "overview", ""), ("/goal/5", "goal", "5"), ("/methods", "methods", "")],
)
def test_a_path_names_its_page(path: str, page: str, goal: str) -> None:
    found, about = find(path)
    assert found is not None
    assert (found.name, about) == (page, goal)


@pytest.mark.parametrize(
    "path", ["/goal/9", "/goal/", "/goal/05", "/goal/5/", "//", "/Goal/5", "", "/goal/unallocated"]
)
def test_other_paths_are_not_found(path: str) -> None:
    assert not known(path)
    assert heading(*find(path)) == "Page not found"


def test_every_place_of_a_page_has_a_panel_and_rows_are_full() -> None:
    for page in PAGES:
        assert {place.panel for place in page.places} <= set(PANELS)
        assert sum(place.span for place in page.places) % 12 == 0
        assert sum(place.wide for place in page.places) % 12 == 0
        assert sorted(place.order for place in page.places) == list(range(1, len(page.places) + 1))


@pytest.mark.parametrize("query", ["", "donor=GBR&recipient=KEN,BGD&goal=2", "gender=2", "since=2009&until=2009"])
def test_every_panel_of_every_page_becomes_pieces(small: Cube, query: str) -> None:
    for path, goal in (("/", ""), *((f"/goal/{goal}", goal) for goal in FULL_TITLES)):
        page, _ = find(path)
        assert page is not None
        selection = on_page(read(query, small.codes)[0], goal)
        drawn = drawings(small, page, selection)
        assert [name for name, (_, shown) in drawn.items() if isinstance(shown, Failure)] == []
        made = made_of(drawn, selection, small.codes)
        assert set(made) == {place.panel for place in page.places}
        assert written(made) == written(made_of(drawings(small, page, selection), selection, small.codes))


def test_a_visit_answers_with_everything_drawn(small: Cube) -> None:
    props = flat(visit(small, "/", "?donor=GBR&colour=red"))
    figures = [p for p in props if p["component"] == "Graph"]
    assert figures
    assert all(p["figure"]["data"] for p in figures if p["id"]["slot"] == "main")
    assert any(p.get("search") == "?donor=GBR&colour=red" for p in props)
    assert any("colour" in str(p.get("children")) for p in props if "bad" in str(p.get("className")))


@pytest.mark.parametrize("path", ["/nowhere", "/goal/99", "/<svg onload=alert(1)>"])
def test_a_page_that_is_none_says_so(small: Cube, path: str) -> None:
    assert "Page not found" in json.dumps(flat(visit(small, path, "")))


def test_a_failure_keeps_the_place_and_names_its_reference() -> None:
    made = pieces(PANEL, Failure("About", "The question passed its time limit.", "1a2b3c4d"), "?donor=FRA")
    text = to_json(made["parts", ""])
    assert "1a2b3c4d" in text
    assert "data-again" in text
    assert made["figure", "main"]["data"] == []


def test_an_empty_drawing_offers_ways_back() -> None:
    empty = Drawing("None", "", "Nothing.", "", empty="No row matches.", ways=(Way("All years", "donor=FRA"),))
    props = flat(pieces(PANEL, empty, "")["parts", ""])
    assert any(p.get("data-search") == "donor=FRA" for p in props)
    assert any(p.get("alt") == "" or p.get("className") == "mark" for p in props)


def test_a_panel_without_a_table_says_so() -> None:
    assert "no table" in to_json(twin(DRAWING))


def test_what_can_be_clicked_carries_key_and_code() -> None:
    choice = part(
        {"kind": "choices", "key": "open", "label": "By", "choices": [{"code": "goal", "label": "goal", "on": True}]}
    )
    button = next(p for p in flat(choice) if p["component"] == "Button")
    assert (button["data-key"], button["data-code"], button["aria-pressed"]) == ("open", "goal", "true")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("usd", None, None),
        ("usd", Decimal("13477925500"), "13,477,925,500.00"),
        ("usd", Decimal("-0.004"), "−0.004"),
        ("usd", Decimal("1234.50000000"), "1,234.50"),
        ("percent", Decimal("-0.3969518342587435474429870741"), "−39.70"),
        ("number", Decimal("1.40000000"), "1.4"),
        ("usd", Decimal("-1234.5"), "−1,234.50"),
        ("usd", Decimal(0), "0.00"),
        ("number", 12345, "12,345"),
        ("year", 2010, "2010"),
        ("code", "050", "050"),
        ("text", "<b>", "<b>"),
    ],
)
def test_a_table_shows_values_as_they_are(kind: str, value: Any, text: str | None) -> None:
    assert exact(Column(kind, kind, kind), value) == text


def test_chips_say_what_is_picked_and_let_it_go(small: Cube) -> None:
    selection, refused = read("donor=GBR,NOPE&recipient=LDC&since=2009&prices=constant", small.codes)
    row = flat(chips(selection, small.codes, refused))
    spoken = {(p["data-key"], p["data-code"]) for p in row if p["component"] == "Button"}
    assert spoken == {
        ("donor", "GBR"), ("recipient", "LDC"), ("years", ""), ("prices", "current"), ("refused", "donor"),
        ("reset", "all"),
    }  # fmt: skip
    assert all(p.get("aria-label") for p in row if p["component"] == "Button" and p["data-key"] != "reset")


def test_a_picked_group_says_which_list_decides_who_belongs(small: Cube, embedded: Cube) -> None:
    assert value_words("recipient", Selection(recipient=("LDC",)), small.codes).endswith(" (as listed each year)")
    today = Selection(recipient=("LDC",), membership="today")
    assert value_words("recipient", today, small.codes).endswith(" (today’s list)")
    assert "(today’s list)" in str(chips(Selection(recipient=("SIDS",)), embedded.codes))
    assert "(as listed each year)" in str(chips(Selection(donor=("DAC",)), embedded.codes))
    assert "today’s list" not in str(chips(Selection(sector=("110",), recipient=("KEN",)), embedded.codes))


def test_the_methods_page_says_whose_names_are_used_and_carries_no_mark_of_a_check(embedded: Cube) -> None:
    page = to_json(methods(embedded.codes, embedded.edition))
    assert "follow United Nations usage" in page
    assert "(check)" not in page


def test_nothing_picked_is_said_in_words(small: Cube) -> None:
    assert "all donors and recipients" in to_json(chips(Selection(), small.codes))
    assert in_words(Selection(), small.codes) == "all donors and recipients; 2000–2015"


def test_the_filter_bar_is_preset(small: Cube) -> None:
    selection = read("donor=GBR&until=2011&method=shared", small.codes)[0]
    values = {p["id"]["key"]: p["value"] for p in flat(bar(selection, small.codes)) if "value" in p and "id" in p}
    assert values["donor"] == ["GBR"]
    assert (values["since"], values["until"], values["method"], values["source"]) == ("2000", "2011", "shared", "")
    assert value_words("donor", selection, small.codes) == "United Kingdom"


def test_whatever_can_be_picked_has_a_filter(embedded: Cube) -> None:
    selection = read("sector=140", embedded.codes)[0]
    filters = {p["id"]["key"]: p for p in flat(bar(selection, embedded.codes)) if "value" in p and "id" in p}
    assert set(DIMENSIONS) <= set(filters)
    assert filters["sector"]["value"] == ["140"]
    options = [option["value"] for option in filters["sector"]["options"]]
    assert len(set(options)) == len(options) and {"110", "111", "140"} <= set(options)


def test_a_goal_page_has_no_goal_filter(small: Cube) -> None:
    keys = {p["id"]["key"] for p in flat(bar(Selection(), small.codes, "5")) if "id" in p}
    assert "goal" not in keys
    assert "donor" in keys
    assert {"goal", "donor"} <= set(NAMES)


def test_no_panel_of_goal_eight_is_empty_or_asked_by_goal(embedded: Cube) -> None:
    page, goal = find("/goal/8")
    assert page is not None and goal == "8"
    selection = asked(embedded, "", f"/goal/{goal}")[0]
    assert not selection.goal and address(selection, goal) == ""
    shown = drawings(embedded, page, selection)
    assert [name for name, (_, drawing) in shown.items() if isinstance(drawing, Failure) or drawing.empty] == []


def test_a_picked_indicator_of_goal_eight_stays_in_its_address(embedded: Cube) -> None:
    selection = asked(embedded, "series=oda_received_gni", "/goal/8")[0]
    assert address(selection, "8") == "?series=oda_received_gni"


def test_what_is_written_as_text_is_the_same_elements() -> None:
    made = html.Div(
        [html.P(["One ", html.B("two", className="b", tabIndex=0)], **{"data-key": "k"}), None, "three"], className="c"
    )
    written = planted(made)
    assert flat(written)[0].get("children") is None and flat(written)[0]["className"] == "c"
    assert flat(written)[1:] == flat(made)[1:]


def test_what_a_callback_could_answer_to_is_not_written_as_text() -> None:
    with pytest.raises(TypeError, match="Store"):
        planted(html.Div(dcc.Store(id="it")))
