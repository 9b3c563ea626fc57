"""Pages as a browser gets them, over HTTP: asked by the callbacks' own bodies, and read as elements with their text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask.testing import FlaskClient

URL = "/_dash-update-component"
TABLE = '{"panel":["MATCH"],"type":"table"}.children'


class Element(NamedTuple):
    """name: of the element or component, in small letters. inside: elements and texts."""

    name: str
    props: dict[str, Any]
    inside: list[Any]

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)

    def every(self, name: str = "") -> Iterator[Element]:
        """It and all that is in it, of a name."""
        if not name or self.name == name:
            yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.every(name)


class Visitor:
    """A reader without a browser."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        named = [one["output"] for one in client.get("/_dash-dependencies").json]
        [self._visit] = [name for name in named if "page.children" in name and "nav.children" in name]

    def fetch(self, address: str) -> str:
        """The text of a file."""
        answer = self._client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.get_data(as_text=True)[:200])
        return answer.get_data(as_text=True)

    def page(self, path: str, search: str = "") -> Element:
        """A page as a visit gets it."""
        names = [part.split(".") for part in self._visit.strip(".").split("...")]
        body = {
            "output": self._visit,
            "outputs": [{"id": name, "property": prop} for name, prop in names],
            "inputs": [{"id": "path", "property": "pathname", "value": path}],
            "state": [{"id": "path", "property": "search", "value": search}],
            "changedPropIds": ["path.pathname"],
            "parsedChangedPropsIds": ["path.pathname"],
        }
        return self._asked(body, path)

    def table(self, panel: str, path: str, search: str) -> Element:
        """A panel's table, opened."""
        opener = {"type": "opener", "panel": panel}
        states = {"address": ("search", search), "path": ("pathname", path), "edition": ("children", "")}
        order = [{"id": name, "property": prop, "value": value} for name, (prop, value) in states.items()]
        body = {
            "output": TABLE,
            "outputs": {"id": {"type": "table", "panel": panel}, "property": "children"},
            "inputs": [{"id": opener, "property": "n_clicks", "value": 1}],
            "state": [*order[:2], {"id": opener, "property": "id", "value": opener}, order[2]],
            "changedPropIds": [json.dumps(opener, sort_keys=True, separators=(",", ":")) + ".n_clicks"],
        }
        return self._asked(body, path)

    def _asked(self, body: dict[str, Any], said: str) -> Element:
        answer = self._client.post(URL, json=body)
        assert answer.status_code == 200, (said, answer.get_data(as_text=True)[:300])
        return Element("answer", {}, list(grown(answer.json["response"])))


def grown(value: Any) -> Iterator[Element | str]:
    """The elements in what a callback answered; those that the browser builds from text among them."""
    if isinstance(value, list):
        loose = len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], dict)
        assert not (loose and "namespace" not in value[1]), f"an element that no browser builds: {value}"
        for one in value:
            yield from grown(one)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, dict) and "namespace" in value:
        props = dict(value["props"])
        inside = props.pop("children", None)
        made = planted(json.loads(props["data-fill"])) if props.get("data-as") == "tree" else grown(inside)
        yield Element(value["type"].lower(), props, list(made))
    elif isinstance(value, dict):
        for one in value.values():
            yield from grown(one)


def planted(nodes: list[Any]) -> Iterator[Element | str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            name, props, inside = node
            filled = planted(json.loads(props["data-fill"])) if props.get("data-as") == "tree" else planted(inside)
            yield Element(name, props, list(filled))
