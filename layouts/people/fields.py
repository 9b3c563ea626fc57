"""A form as it is written: labels, hints, what is wrong beside its field, what was typed kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.forms import ONCE, Field, Problem, Typed
from layouts.filled import el

TYPES = {"mail": "email", "password": "password", "date": "date"}
EMPTY = Typed({})
Below = tuple[str, str]
BELOW: Below = ("1 field below needs your attention.", "{many} fields below need your attention.")


def form(
    fields: Sequence[Field],
    action: str,
    once: str,
    send: str,
    typed: Typed = EMPTY,
    *,
    values: Mapping[str, str] | None = None,
    more: Sequence[Any] = (),
    multipart: bool = False,
) -> Any:
    """The whole form. values: what stands in its fields before anything was typed; send: words of its button; more:
    what stands between the fields and the button."""
    held = dict(values or {}) | dict(typed.values)
    wrong: dict[str, str] = {}
    for one in typed.problems:
        wrong.setdefault(one.field, one.sentence)
    kind = {"enctype": "multipart/form-data"} if multipart else {}
    body = [
        summary(fields, typed.problems, action),
        el.input(type="hidden", name=ONCE, value=once),
        *(field(one, held.get(one.name, ""), wrong.get(one.name, ""), action) for one in fields),
        *more,
        el.p([el.button(send, type="submit", className="send-it")], className="send"),
    ]
    return el.form(body, method="post", action=action, className="asks", novalidate=True, **kind)


def summary(fields: Sequence[Field], problems: Sequence[Problem], action: str = "", below: Below = BELOW) -> Any:
    """How many things are to be put right, with a way to each field; and those that belong to no field. action: of the
    form. below: the sentence where it is one, and where it is more."""
    if not problems:
        return None
    of_none = [one.sentence for one in problems if not one.field]
    count = len(problems) - len(of_none)
    said = [below[count > 1].format(many=count)]
    labels = {one.name: one.label for one in fields if one.kind != "hidden" and one.label}
    ways = [
        el.li([html.A(labels[one.field], href=f"#{identity(action, one.field)}"), f": {one.sentence}"])
        for one in problems
        if one.field in labels
    ]
    told = [el.p(text) for text in [*of_none, *(said if count else [])]]
    return el.div([*told, *([el.ul(ways)] if ways else [])], className="amiss", role="alert")


def identity(action: str, name: str) -> str:
    """The id of a field in the form of an action."""
    return f"{action.strip('/').replace('/', '-')}-{name}"


def field(of: Field, value: str, wrong: str, action: str = "") -> Any:
    """One field with its label, hint and problem, tied together for those who hear the page."""
    if of.kind == "hidden":
        return el.input(type="hidden", name=of.name, value=value)
    id_ = identity(action, of.name)
    told = [f"{id_}-{part}" for part, there in (("hint", of.hint), ("wrong", wrong)) if there]
    about = {"aria-describedby": " ".join(told)} if told else {}
    about |= {"aria-invalid": "true"} if wrong else {}
    words = [of.label, *([] if of.required or of.kind == "check" else [el.span(" (optional)", className="optional")])]
    label = el.label(words, htmlFor=id_)
    made = _input(of, id_, value, about)
    parts = [made, label] if of.kind == "check" else [label, made]
    hint = [el.p(of.hint, className="hint", identity=f"{id_}-hint")] if of.hint else []
    problem = [el.p(wrong, className="wrong", identity=f"{id_}-wrong")] if wrong else []
    return el.div([*parts, *hint, *problem], className=f"ask ask-{of.kind}" + (" is-wrong" if wrong else ""))


def _input(of: Field, id_: str, value: str, about: Mapping[str, str]) -> Any:
    common: dict[str, Any] = {"identity": id_, "name": of.name, "required": of.required, **about}
    if of.kind == "choice":
        offered = {"": "Please choose"} | dict(of.choices)
        options = [el.option(words, value=key, selected=key == value) for key, words in offered.items()]
        return el.select(options, **common)
    if of.kind == "lines":
        return el.textarea(value, rows="6", maxlength=str(of.longest), **common)
    if of.kind == "check":
        return el.input(type="checkbox", value="yes", checked=value == "yes", **common)
    shown = {} if of.kind == "password" else {"value": value}
    more = {"inputmode": "numeric"} if of.kind == "code" else {}
    type_ = TYPES.get(of.kind, "text")
    return el.input(type=type_, autocomplete=of.autocomplete, maxlength=str(of.longest), **shown, **more, **common)


def button(words: str, action: str, once: str, **hidden: str) -> Any:
    """A form that is one button. hidden: fields that it carries."""
    carried = [el.input(type="hidden", name=name, value=value) for name, value in {ONCE: once, **hidden}.items()]
    return el.form([*carried, el.button(words, type="submit")], method="post", action=action, className="one-button")


def listing(columns: Sequence[str], rows: Sequence[Sequence[Any]], none: str, words: str) -> Any:
    """A table that can be read on narrow screens too; the sentence where it is empty."""
    if not rows:
        return html.P(none, className="note")
    head = el.thead(el.tr([el.th(one, scope="col") if one else el.td() for one in columns]))
    body = [el.tr([el.td(cell, **{"data-of": name}) for name, cell in zip(columns, row, strict=True)]) for row in rows]
    made = el.table([head, el.tbody(body)], className="people-list", **{"aria-label": words})
    return el.div([made], className="people-scroll", tabindex="0", role="region", **{"aria-label": words})
