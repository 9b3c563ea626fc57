"""Components of `dash.html` written as HTML: for readers whom no script has reached yet, or never will."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup, escape

from layouts.filled import Node

VOID = {"br", "col", "hr", "img", "input", "wbr"}
NAMES = {"className": "class", "htmlFor": "for"}
UNSAID = {"children", "key", "n_clicks", "disable_n_clicks"}  # of Dash alone
IDENTITY = "identity"  # of a `Node`: an id that is written, where no page proper follows that would bear it


def markup(piece: Any) -> Markup:
    """HTML of a component, of a text, or of a list of both. Ids are left out: the page proper bears them. What is no
    component of `dash.html` needs a script and is left out too, as is an absence."""
    if piece is None:
        return Markup("")
    if isinstance(piece, Component):
        return _element(piece) if piece._namespace == html.Div._namespace else Markup("")
    if isinstance(piece, Node):
        return _node(piece)
    if isinstance(piece, Sequence) and not isinstance(piece, str):
        return Markup("").join(markup(part) for part in piece)
    return escape(piece)


def _element(piece: Component) -> Markup:
    tag = piece._type.lower()
    said: Mapping[str, Any] = piece.to_plotly_json()["props"]
    attributes = Markup("").join(
        _attribute(name, value) for name, value in said.items() if name not in UNSAID and name != "id"
    )
    start = Markup("<%s%s>") % (tag, attributes)
    return start if tag in VOID else Markup("%s%s</%s>") % (start, markup(said.get("children")), tag)


def _node(piece: Node) -> Markup:
    said = ((("id" if name == IDENTITY else name), value) for name, value in piece.attributes.items() if name != "id")
    start = Markup("<%s%s>") % (piece.name, Markup("").join(_attribute(name, value) for name, value in said))
    return start if piece.name in VOID else Markup("%s%s</%s>") % (start, markup(piece.inside), piece.name)


def _attribute(name: str, value: Any) -> Markup:
    name = NAMES.get(name, name if "-" in name else name.lower())
    if value is None or value is False:
        return Markup("")
    if value is True:
        return Markup(" %s") % name
    return Markup(' %s="%s"') % (name, _style(value) if isinstance(value, Mapping) else value)


def _style(rules: Mapping[str, Any]) -> str:
    return ";".join(f"{re.sub('[A-Z]', lambda found: '-' + found[0].lower(), name)}:{rules[name]}" for name in rules)
