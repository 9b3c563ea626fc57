"""Answering a survey on behalf of a maker: the surveys of somebody, the parts of one, and what is done with answers."""

from __future__ import annotations

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.people import forms, here, pages
from callbacks.surveying import responding
from callbacks.surveying.responding import STYLES, Asked
from dashboard.people import Person
from dashboard.policy import Thing
from dashboard.surveys.answers import problems
from dashboard.surveys.responses import STATES
from dashboard.words import dated
from data_access.registry import directory
from data_access.registry.writing import Refused as Unwritten
from data_access.surveying import answering, became, store
from data_access.surveying.moments import now
from data_access.surveying.store import Kept
from layouts.surveying import answering as layout
from layouts.surveying import parts

LIST = Thing("surveys")
POSSIBLE = {"draft": ("submit", "withdraw"), "submitted": ("reopen", "withdraw", "propose"), "withdrawn": ("reopen",)}


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/my/surveys")
    def my_surveys() -> Response:
        who = here.asked("list", LIST)
        rows = here.registry().read(lambda held: _listed(held, who))
        return pages.shown("Surveys", layout.surveys(rows), styles=STYLES)

    @server.get("/my/surveys/<survey>/<maker>")
    def my_survey(survey: str, maker: str) -> Response:
        here.asked("answer", Thing("survey", survey, maker))
        asked = responding.found(survey, maker)
        return _review(asked) if request.args.get("review") else _overview(asked)

    @server.post("/my/surveys/<survey>/<maker>/<action>")
    def move_survey(survey: str, maker: str, action: str) -> Response:
        who = here.asked("answer", Thing("survey", survey, maker))
        typed = forms.read(layout.ONE_BUTTON)
        if action not in layout.SENDS:
            raise Refused(404, here.NOT_THERE)
        asked = responding.found(survey, maker)
        try:
            return forms.done(typed, lambda held: _moved(held, asked, action, who, typed["seen"]))
        except Unwritten as why:
            raise Refused(409, str(why)) from why


def _listed(connection: Connection, who: Person) -> list[tuple[str, str, str, str, str]]:
    """Surveys to which makers of a person are invited, those that are open first."""
    names, found = directory.read(connection).makers, list[tuple[str, str, str, str, str]]()
    for kept in sorted(store.every(connection), key=lambda one: one.state != "open"):
        for maker in sorted(who.makers & set(kept.invited)) if kept.state != "draft" else ():
            held = store.answered(connection, kept.id, maker)
            state = STATES[held.state] if held else "not begun"
            path = f"/my/surveys/{kept.id}/{maker}"
            found.append((path, kept.asks.said(kept.asks.title, "en"), names[maker].name, state, _until(kept)))
    return found


def _until(kept: Kept) -> str:
    return dated(kept.deadline) + ("" if kept.open(now()[:10]) else ", over")


def _overview(asked: Asked) -> Response:
    kept, held, form = asked.kept, asked.held, asked.form
    open_ = kept.open(now()[:10])
    begun = open_ and held.state == "draft" and held.version
    wrong = problems(kept.asks, held.answers, form.kinds, language=form.language) if begun else ()
    actions = POSSIBLE[held.state] if held.version else ()
    allowed = [action for action in actions if open_ or action == "propose"]
    name = here.registry().read(directory.read).makers[held.maker].name
    facts = {"maker": name, "until": _until(kept), "open": open_, "results": kept.state == "published"}
    facts["became"] = here.registry().read(lambda connection: became.of_response(connection, held.id))
    inside = layout.overview(form, held, asked.to, forms.once(), allowed, wrong, facts)
    return pages.shown(kept.asks.said(kept.asks.title, form.language), inside, styles=STYLES)


def _review(asked: Asked) -> Response:
    """All that was answered, before it is submitted."""
    kept, held, form = asked.kept, asked.held, asked.form
    if (
        not kept.open(now()[:10])
        or held.state != "draft"
        or not held.version
        or problems(kept.asks, held.answers, form.kinds)
    ):
        return _overview(asked)
    stands = parts.answered(form, held, asked.to)
    name = here.registry().read(directory.read).makers[held.maker].name
    inside = layout.review(form, held, asked.to, forms.once(), stands, name)
    return pages.shown("Your answers, before you submit them", inside, styles=STYLES)


def _moved(connection: Connection, asked: Asked, action: str, who: Person, seen: str) -> str:
    survey, maker = asked.kept.id, asked.held.maker
    if action == "propose":
        answering.propose(connection, survey, maker, who.id)
        return "/my/contributions?done=saved"
    answering.move(connection, survey, maker, action, who.id, responding.whole(seen), asked.form.language)
    return asked.to(done="answered" if action == "submit" else "saved")
