"""Forged callback bodies against the real app: no 5xx, no traceback, nothing changed.

FORGED says how many (500 by default; `make soak` sends 10,000). Bodies start from those the pages really send, so
that some get past the gate and reach the callbacks.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.questions import Busy
from dashboard.selection import Selection
from data_access.cube import Cube

URL = "/_dash-update-component"
PATHS = (
    "/", "/rows", "/rows/crs-sectors/1", "/data", "/goal/5", "/commitments", "/commitment/un-oda-07-gni", "/gaps",
    "/changes",
)  # fmt: skip
REGISTRY = "registry.sqlite"
FORGED = int(os.environ.get("FORGED", "500"))
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(
        ["", "?goal=5", "?donor=GBR&since=1000", "?donor=%00", "/goal/5", "/nope", "constant", "KEN", "2005"]
    )
    | st.sampled_from(["/rows", "/rows/crs-sectors/1", "/rows/crs-sectors/0", "/rows/x/2147483648", "/data"])
    | st.just("x" * 9000)
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=15,
)
KEYS = (
    "goal", "donor", "recipient", "source", "prices", "method", "purpose", "open", "rank", "edition", "x", "text",
    "stage", "sort", "page", "columns", "by", "years",
)  # fmt: skip
TERMS = (
    "5", "GBR", "KEN", "LDC", "DAC", "crs-sectors", "dac1", "constant", "muskoka", "11220", "donor", "\0", "é", "%25",
    "_'\"", "usd", "-usd", "-", "1", "-1", "1e9", "9" * 30, "../..", "disbursed", "a,a", "x" * 3000,
)  # fmt: skip
ADDRESSES = st.builds(
    "?{}={}&since={}".format,
    st.sampled_from(KEYS),
    st.sampled_from(TERMS),
    st.sampled_from(["1990", "2005", "2015", "9999", "-1"]),
)
CLICKS = st.fixed_dictionaries(
    {"key": st.sampled_from(["goal", "donor", "recipient", "open", "year", "since", "edition", "__class__"]),
     "codes": st.lists(st.sampled_from(["5", "GBR", "KEN", "LDC", "x", ""]), max_size=3),
     "add": st.booleans(), "at": st.integers(0, 10**13)}
)  # fmt: skip
VALUES = ANYTHING | ADDRESSES | CLICKS | st.lists(st.sampled_from(["GBR", "5", "2005", "LDC"]), max_size=3)


def places(value: Any, up: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every part of a body stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [up, *(place for key, child in inner for place in places(child, (*up, key)))]


def at(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        value = value[key]
    return value


def shaken(value: Any, chance: Random) -> Any:
    """A list with a member gone, twice there, or in another order; anything else as it is."""
    if not isinstance(value, list) or not value:
        return value
    where = chance.randrange(len(value))
    return chance.choice([value[:where] + value[where + 1 :], [*value, value[where]], chance.sample(value, len(value))])


def with_at(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    changed = copy.copy(value)
    changed[place[0]] = with_at(value[place[0]], place[1:], new)
    return changed


def components(value: Any) -> list[Any]:
    """Every id of a layout as the browser gets it."""
    if isinstance(value, list):
        return [found for child in value for found in components(child)]
    if not isinstance(value, dict):
        return []
    own = [value["props"]["id"]] if isinstance(value.get("props"), dict) and "id" in value["props"] else []
    return own + [found for child in value.values() for found in components(child)]


def standing_for(written: str, ids: list[Any]) -> Any:
    """The ids on the page that a callback's id stands for: itself, or those that its pattern matches."""
    if not written.startswith("{"):
        return written
    pattern = json.loads(written)
    found = [i for i in ids if isinstance(i, dict) and i.keys() == pattern.keys() and i["type"] == pattern["type"]]
    return found if ["ALL"] in pattern.values() else next(iter(found), None)


def items(known: list[dict[str, str]], ids: list[Any]) -> list[Any]:
    made: list[Any] = []
    for one in known:
        stands, prop = standing_for(one["id"], ids), one["property"].split("@")[0]
        several = stands if isinstance(stands, list) else [stands]
        named = [{"id": i, "property": prop, "value": i if prop == "id" else None} for i in several]
        made.append(named if isinstance(stands, list) else named[0])
    return made


def at_path(items: list[Any], path: str) -> list[Any]:
    """The path of the page, where a callback is told of it."""
    return [one | {"value": path} if isinstance(one, dict) and one["property"] == "pathname" else one for one in items]


def genuine(app: Dash, client: FlaskClient, path: str = "/") -> list[dict[str, Any]]:
    """One body of every server callback, as the page of a path sends it."""
    ids, bodies = components(client.get("/_dash-layout").json), list[dict[str, Any]]()
    for name in sorted(app.callback_map, key=lambda name: "page.children" not in name):
        callback = app.callback_map[name]
        if "callback" not in callback:
            continue
        if any('["MATCH"]' in known["id"] and not standing_for(known["id"], ids) for known in callback["inputs"]):
            continue  # this page has none of its components
        multi = isinstance(callback["output"], list | tuple)
        outputs = callback["output"] if multi else [callback["output"]]
        sent = items([{"id": o.component_id_str(), "property": o.component_property} for o in outputs], ids)
        inputs = items(callback["inputs"], ids)
        first = next(iter(inputs[0]), None) if isinstance(inputs[0], list) else inputs[0]
        changed = [f"{first['id']}.{first['property']}"] if first and isinstance(first["id"], str) else []
        body = {
            "output": name,
            "outputs": sent if multi else sent[0],
            "inputs": at_path(inputs, path),
            "state": at_path(items(callback["state"], ids), path),
            "changedPropIds": changed,
        }
        bodies.append(body)
        ids += components(client.post(URL, json=body).json)
    return bodies


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


@pytest.fixture(scope="module")
def bodies(real: Dash, client: FlaskClient) -> list[dict[str, Any]]:
    return [body for path in PATHS for body in genuine(real, client, path)]


def kept(home: Path) -> dict[str, str]:
    """What lies in the data folder, but for remembered answers; of the registry what it holds, not how SQLite lays it
    out: whoever opens it first, a reader too, may move pages between its files."""
    files = [p for p in home.rglob("*") if p.is_file() and "cache" not in p.relative_to(home).parts]
    found = {str(p.relative_to(home)): sha256(p.read_bytes()).hexdigest() for p in files if REGISTRY not in p.name}
    with closing(sqlite3.connect(f"file:{home / REGISTRY}?mode=ro", uri=True)) as registry:
        lines = list(registry.iterdump())
    assert sum(line.startswith("INSERT") for line in lines) > 400
    return found | {REGISTRY: sha256("\n".join(lines).encode()).hexdigest()}


def traces(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Faults in the log; a refusal for want of time or place is none."""
    return [r.getMessage() for r in caplog.records if r.exc_info and not isinstance(r.exc_info[1], Busy | TimeoutError)]


def test_the_pages_own_bodies_are_answered(client: FlaskClient, bodies: list[dict[str, Any]]) -> None:
    assert len(bodies) >= 3 * len(PATHS)
    for body in bodies:
        assert client.post(URL, json=body).status_code in (200, 204), body["output"]


def test_forged_bodies_break_and_change_nothing(
    home: Path, embedded: Cube, client: FlaskClient, bodies: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    selection = Selection(source=next(iter(embedded.codes.sources)))
    before, answered = kept(home), embedded.totals(selection, ("year",))
    statuses: dict[int, int] = {}

    @settings(max_examples=FORGED, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        body: Any = data.draw(st.sampled_from(bodies) | st.sampled_from(bodies) | st.sampled_from(bodies) | ANYTHING)
        values = [place for place in places(body) if place and place[-1] == "value"]
        for _ in range(data.draw(st.integers(0, 3))):
            spots = values if values and data.draw(st.integers(0, 2)) else places(body)
            place = data.draw(st.sampled_from(spots))
            body = with_at(body, place, data.draw(VALUES | st.builds(shaken, st.just(at(body, place)), st.randoms())))
            values = [spot for spot in places(body) if spot and spot[-1] == "value"]
        answer = client.post(URL, data=json.dumps(body), content_type="application/json")
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500
        assert b"Traceback" not in answer.data

    with caplog.at_level(logging.WARNING):
        send()
    print("statuses of forged bodies:", dict(sorted(statuses.items())))
    assert not traces(caplog)
    assert statuses.get(200) and statuses.get(400)
    assert kept(home) == before
    assert embedded.totals(selection, ("year",)).equals(answered)
