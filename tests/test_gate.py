"""The gate in front of Dash: what is no callback's own body never reaches it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import ALL, MATCH, Dash, Input, Output, State, dcc, html
from flask.testing import FlaskClient

from callbacks import gate

URL = "/_dash-update-component"
reached: list[tuple[Any, ...]] = []


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    """A small Dash app of its own: one plain callback, one with patterns, one with two outputs."""
    app = Dash("gated", compress=False)
    app.layout = html.Div([dcc.Input("in"), html.P(id="out"), html.P(id="a"), html.P(id="b"), dcc.Store("kept")])

    @app.callback(Output("out", "children"), Input("in", "value"), State("kept", "data"))
    def plain(value: Any, kept: Any) -> str:
        reached.append((value, kept))
        return str(value)[:20]

    @app.callback(Output("a", "children"), Output("b", "children"), Input({"type": "filter", "key": ALL}, "value"))
    def two(values: Any) -> tuple[str, str]:
        reached.append((values,))
        return "a", "b"

    @app.callback(
        Output({"type": "foot", "key": MATCH}, "children"),
        Input({"type": "head", "key": MATCH}, "n_clicks"),
    )
    def matched(clicks: Any) -> str:
        reached.append((clicks,))
        return "m"

    app.clientside_callback("function(x) {return x}", Output("kept", "data"), Input("in", "n_submit"))
    gate.register(app)
    yield app.server.test_client()


def body(**changes: Any) -> dict[str, Any]:
    """What the browser sends for the plain callback, with changes."""
    sent = {
        "output": "out.children",
        "outputs": {"id": "out", "property": "children"},
        "inputs": [{"id": "in", "property": "value", "value": "x"}],
        "state": [{"id": "kept", "property": "data"}],
        "changedPropIds": ["in.value"],
        "parsedChangedPropsIds": ["in.value"],
    }
    return {**sent, **changes}


def filters(*keys: str) -> dict[str, Any]:
    """What the browser sends for the callback whose input is a pattern."""
    items = [{"id": {"type": "filter", "key": key}, "property": "value", "value": []} for key in keys]
    changed = [f'{{"key":"{keys[0]}","type":"filter"}}.value'] if keys else []
    outputs = [{"id": "a", "property": "children"}, {"id": "b", "property": "children"}]
    return {"output": "..a.children...b.children..", "outputs": outputs, "inputs": [items], "changedPropIds": changed}


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


def test_the_browsers_own_body_passes(client: FlaskClient) -> None:
    answer = client.post(URL, json=body())
    assert answer.status_code == 200
    assert answer.json == {"multi": True, "response": {"out": {"children": "x"}}}


def test_the_browsers_mark_of_a_visit_passes(client: FlaskClient) -> None:
    assert client.post(f"{URL}?endId=abc~def", json=body()).status_code == 200


def test_a_pattern_stands_for_the_components_that_match_it(client: FlaskClient) -> None:
    assert client.post(URL, json=filters("goal", "donor")).status_code == 200
    assert client.post(URL, json=filters()).status_code == 200


def test_a_matched_id_answers_for_itself(client: FlaskClient) -> None:
    def sent(key: Any, out: Any) -> dict[str, Any]:
        return {
            "output": '{"key":["MATCH"],"type":"foot"}.children',
            "outputs": {"id": {"type": "foot", "key": out}, "property": "children"},
            "inputs": [{"id": {"type": "head", "key": key}, "property": "n_clicks", "value": 1}],
            "changedPropIds": [],
        }

    assert client.post(URL, json=sent("gap", "gap")).status_code == 200
    assert client.post(URL, json=sent("gap", {"x": 1})).status_code == 400
    assert client.post(URL, json=sent(["ALL"], "gap")).status_code == 400


ITEM = {"id": "in", "property": "value", "value": "x"}
FORGED: dict[str, Any] = {
    "null": None,
    "a list": [],
    "a number": 7,
    "nothing": {},
    "an unknown output": body(output="other.children"),
    "an output that is no text": body(output=["out.children"]),
    "a callback of the browser's own": body(output="kept.data"),
    "no inputs": body(inputs=[]),
    "inputs that are no list": body(inputs={"0": ITEM}),
    "one input too many": body(inputs=[ITEM, ITEM]),
    "an input that is a list": body(inputs=[[ITEM]]),
    "an input that is a text": body(inputs=["in.value"]),
    "another input's id": body(inputs=[{**ITEM, "id": "kept"}]),
    "another input's property": body(inputs=[{**ITEM, "property": "id"}]),
    "a property that is no text": body(inputs=[{**ITEM, "property": {}}]),
    "an input without property": body(inputs=[{"id": "in", "value": "x"}]),
    "a part that no input has": body(inputs=[{**ITEM, "job": 1}]),
    "a dictionary as id": body(inputs=[{**ITEM, "id": {"type": "in"}}]),
    "no state": body(state=[]),
    "state that is no list": body(state=None),
    "outputs of another callback": body(outputs={"id": "a", "property": "children"}),
    "outputs that are a list": body(outputs=[{"id": "out", "property": "children"}]),
    "no outputs": body(outputs=None),
    "a trigger that is no input": body(changedPropIds=["kept.data"]),
    "a trigger that is no text": body(changedPropIds=[{}]),
    "triggers that are no list": body(changedPropIds="in.value"),
    "more parsed triggers than triggers": body(parsedChangedPropsIds=["in.value", "in.value"]),
    "a part that no body has": body(cancelJob=["1"]),
    "a number that has no end": body(inputs=[{**ITEM, "value": 1e300}]),
    "a text without end": body(inputs=[{**ITEM, "value": "x" * 9000}]),
    "half a letter": body(inputs=[{**ITEM, "value": "\ud800"}]),
    "a deep nest": body(inputs=[{**ITEM, "value": deep(20)}]),
    "many values": body(inputs=[{**ITEM, "value": [0] * 6000}]),
    "a pattern's key that is a number": {**filters("goal"), "inputs": [[{**ITEM, "id": {"type": "filter", "key": 1}}]]},
    "a pattern with another key": {**filters("goal"), "inputs": [[{**ITEM, "id": {"type": "filter", "other": "x"}}]]},
    "a pattern with another type": {**filters("goal"), "inputs": [[{**ITEM, "id": {"type": "x", "key": "goal"}}]]},
    "a pattern for too many": filters(*(str(n) for n in range(500))),
    "a component that comes twice": filters("goal", "goal"),
    "a filter that is none": filters("password"),
    "a pattern that is no list": {**filters("goal"), "inputs": [ITEM]},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_body_is_refused_with_a_sentence(client: FlaskClient, forged: Any) -> None:
    before = len(reached)
    answer = client.post(URL, data=json.dumps(forged), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json and answer.json["error"].endswith(".")
    assert len(reached) == before


RAW: dict[str, tuple[bytes, int]] = {
    "not JSON": (b"{", 400),
    "empty": (b"", 411),
    "no text at all": (b"\xff\xfe\x00", 400),
    "UTF-16": (json.dumps(body()).encode("utf-16"), 400),
    "not a number": (json.dumps(body(changedPropIds=[]))[:-1].encode() + b', "state": [NaN]}', 400),
    "an endless number": (b'{"output": 1e999}', 400),
    "a number of 5,000 digits": (b'{"output": ' + b"9" * 5000 + b"}", 400),
    "100,000 levels": (b"[" * 100_000, 400),
    "300 KB": (b'{"output": "' + b"x" * 300_000 + b'"}', 413),
}


@pytest.mark.parametrize(("sent", "status"), RAW.values(), ids=RAW.keys())
def test_what_is_not_strict_json_is_refused(client: FlaskClient, sent: bytes, status: int) -> None:
    answer = client.post(URL, data=sent, content_type="application/json")
    assert answer.status_code == status
    assert answer.json and answer.json["error"].endswith(".")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_only_json_is_read(client: FlaskClient, kind: str) -> None:
    assert client.post(URL, data=json.dumps(body()), content_type=kind).status_code == 415


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({}, 200),
    ],
)
def test_only_our_own_pages_may_ask(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post(URL, json=body(), headers=headers).status_code == status


NEVER = "Sun, 06 Nov 99999999999 08:49:37 GMT"
Ask = Callable[[FlaskClient], Any]
OTHERS: dict[str, tuple[Ask, int]] = {
    "a callback read": (lambda c: c.get(URL), 405),
    "a callback put": (lambda c: c.put(URL, json=body()), 405),
    "a callback with an address": (lambda c: c.post(URL + "?cacheKey=1&job=2", json=body()), 400),
    "a page deleted": (lambda c: c.delete("/"), 405),
    "a page posted to": (lambda c: c.post("/", data="x"), 405),
    "a module as a script": (lambda c: c.get("/_dash-component-suites/os/path.py"), 404),
    "a file that is no script": (lambda c: c.get("/_dash-component-suites/dash/dash.py"), 404),
    "a path upwards": (lambda c: c.get("/_dash-component-suites/dash/../../etc/passwd"), 404),
    "a date of no calendar": (lambda c: c.get("/assets/app.css", headers={"If-Modified-Since": NEVER}), 400),
    "a range since never": (lambda c: c.get("/assets/app.css", headers={"If-Range": NEVER, "Range": "bytes=0-9"}), 400),
    "a long address": (lambda c: c.get("/?donor=" + "x" * 5000), 414),
}


@pytest.mark.parametrize(("ask", "status"), OTHERS.values(), ids=OTHERS.keys())
def test_other_requests_are_refused_by_their_own_status(client: FlaskClient, ask: Ask, status: int) -> None:
    answer = ask(client)
    assert answer.status_code == status
    assert b"Traceback" not in answer.data


def test_the_apps_own_scripts_are_served(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    scripts = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert len(scripts) > 5
    assert {client.get(script).status_code for script in scripts} == {200}
