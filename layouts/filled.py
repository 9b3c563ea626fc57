"""Long rows of small things, handed over as one JSON text and built in the browser (`assets/filled.js`).

Every Dash component listens to every change of the page: with each cell a component of its own, the overview held
3,400 of them and a click waited some 300 ms for them. So bars, rows and definitions are built from one text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Literal, NamedTuple

from dash.development.base_component import Component

Kind = Literal["rows", "bars", "cells", "exact", "terms", "heat", "tree"]
WRITTEN = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}


def filled(kind: Kind, value: Any) -> dict[str, str]:
    """The attributes of an element whose children the browser builds."""
    return {"data-as": kind, "data-fill": json.dumps(value, ensure_ascii=False, separators=(",", ":"))}


class Node(NamedTuple):
    """An element of HTML as it is written: its name, its attributes and what is in it."""

    name: str
    attributes: dict[str, Any]
    inside: list[Any]


class Elements:
    """Elements for `planted`, made as those of `dash.html` are and in a tenth of their time."""

    def __getattr__(self, name: str) -> Callable[..., Node]:
        return partial(_element, name.lower())


def _element(name: str, children: Any = None, /, **props: Any) -> Node:
    return Node(name, {WRITTEN.get(key, key): value for key, value in props.items()}, _nodes(children))


el = Elements()


def planted(made: Component) -> Component:
    """The same element, with all that is in it handed over as one text: for what is only shown, or listened to by the
    page as a whole. Nothing in it can be the target of a callback."""
    props = made.to_plotly_json()["props"]
    inside = props.pop("children", None)
    return type(made)(**props, **filled("tree", _nodes(inside)))


def _nodes(inside: Any) -> list[Any]:
    """Each text as it is, each element written."""
    if inside is None:
        return []
    if isinstance(inside, Node) or not isinstance(inside, list | tuple):
        inside = [inside]
    return [_node(one) for one in inside if one is not None]


def _node(made: Any) -> Node | str:
    if isinstance(made, Node):
        return made
    if not isinstance(made, Component):
        return str(made)
    written = made.to_plotly_json()
    if written["namespace"] != "dash_html_components":
        raise TypeError(f"{written['type']} is more than an element of HTML; it cannot be written as text.")
    props = written["props"]
    return _element(written["type"].lower(), props.pop("children", None), **props)
