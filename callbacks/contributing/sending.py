"""What would change, seen before it is sent; submitting, taking back, withdrawing."""

from __future__ import annotations

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.contributing import asking, filling, telling
from callbacks.contributing.writing import LIST, STYLES, shown
from callbacks.people import forms, pages
from dashboard.contribution_effect import parts, proposed
from dashboard.contributions import Contribution
from dashboard.forms import Field, Typed
from dashboard.record_words import told_apart
from data_access.contributions import writing as kept
from data_access.contributions.checking import name
from data_access.registry import cells as texts
from layouts.contributing import mine as layout
from layouts.contributing.earlier import earlier
from layouts.contributing.forms import SEEN
from layouts.contributing.pieces import documents

MOVE = Field("move", kind="hidden", longest=20)
ACTS = {"submit": "submit", "reopen": "edit", "withdraw": "withdraw"}  # move -> action of the policy
DONE = {"submit": "submitted", "withdraw": "withdrawn", "reopen": "saved"}


def register(server: Flask) -> None:
    """Add the routes."""
    server.get(f"{LIST}/<id_>/preview")(contribution_preview)
    server.post(f"{LIST}/<id_>/move")(move_contribution)


def contribution_preview(id_: str) -> Response:
    """What would change in the record and in every figure, and what keeps it from being sent."""
    one, _ = asking.found(id_, "read")
    return _preview(one, asking.wrong(one))


def move_contribution(id_: str) -> Response:
    """Submits, takes back or withdraws. What is submitted has to hold together."""
    action = request.form.get("move", "")
    one, who = asking.found(id_, ACTS.get(action, "submit"))
    if action not in ACTS:
        raise Refused(400, "There is no such step.")
    typed = forms.read((MOVE, SEEN))
    found = asking.wrong(one) if action == "submit" else Typed({})
    if found.problems:
        return _preview(one, found, 422)

    def do(connection: Connection) -> str:
        kept.move(connection, one.id, who.id, action, asking.number(typed["seen"]))
        return f"{LIST}/{one.id}?done={DONE[action]}"

    after = (lambda: telling.submitted(one.id)) if action == "submit" else (lambda: None)
    return asking.done(typed, do, lambda told, status: shown(one, who, told, status), after)


def _preview(one: Contribution, found: Typed, status: int = 200) -> Response:
    held, pledge = asking.held(), asking.about(one)
    cells, every = texts.write(pledge), parts(one.kind, one.now.fields)
    new = {} if found.problems else proposed(one.kind, one.now.fields, cells, name(held, one.maker), every)
    told = None if found.problems else asking.effect_of(one)
    rows = told_apart(one.now.base if new else {}, cells, new)
    labels = {each.name: each.label for each in filling.fields(one.kind, pledge)}
    wrong_ = [(each.field, labels.get(each.field, ""), each.sentence) for each in found.problems]
    before = [] if found.problems else earlier(one, name(held, one.maker), asking.said(one), pledge.delivered)
    title, said = pledge.title or one.of, asking.labels(one)
    evidence = documents(one, asking.files(one))
    inside = layout.preview(one, title, rows, told, wrong_, forms.once(), said, before, asking.rule_words(), evidence)
    return pages.shown("What would change", inside, status, styles=STYLES, scripts=("asked/drafts",))
