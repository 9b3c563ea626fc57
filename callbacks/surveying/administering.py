"""Surveys, for administrators: write one, take one that ships, invite makers, open and close it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response
from sqlalchemy import Connection

import dashboard.surveys
from callbacks.bodies import Refused
from callbacks.people import forms, here, pages
from callbacks.surveying import telling
from callbacks.surveying.responding import STYLES
from dashboard.forms import Field, Typed
from dashboard.people import Person
from dashboard.policy import Thing
from dashboard.surveys.reading import read
from dashboard.surveys.responses import STATES
from dashboard.words import dated
from data_access.people import invitations
from data_access.registry.writing import Refused as Unwritten
from data_access.surveying import asking, store
from data_access.surveying.asking import MOVES
from data_access.surveying.moments import now
from layouts.people.fields import EMPTY
from layouts.surveying import administering as layout

SURVEYS = Thing("surveys")
SHIPPED = {file.stem: file for file in (Path(dashboard.surveys.__file__).parent / "shipped").glob("*.toml")}
TAKE = (Field("survey", kind="hidden", longest=40),)


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/admin/surveys")
    def surveys_page() -> Response:
        here.asked("administer", SURVEYS)
        return _every()

    @server.post("/admin/surveys")
    def keep_survey() -> Response:
        who, typed = here.asked("administer", SURVEYS), forms.read(layout.WRITTEN)
        return _done(typed, lambda held: asking.keep(held, typed["written"], who.id), _every, "written")

    @server.post("/admin/surveys/take")
    def take_survey() -> Response:
        who, typed = here.asked("administer", SURVEYS), forms.read(TAKE)
        if typed["survey"] not in SHIPPED:
            raise Refused(404, here.NOT_THERE)
        written = SHIPPED[typed["survey"]].read_text(encoding="utf-8")
        return _done(typed, lambda held: asking.keep(held, written, who.id), _every, "")

    @server.get("/admin/surveys/<survey>")
    def survey_page(survey: str) -> Response:
        here.asked("administer", SURVEYS)
        return _one(survey, {})

    @server.post("/admin/surveys/<survey>/<action>")
    def administer_survey(survey: str, action: str) -> Response:
        return _act(here.asked("administer", SURVEYS), survey, action)


def _act(who: Person, survey: str, action: str) -> Response:
    makers = here.registry().read(invitations.makers)
    fields: Mapping[str, tuple[Field, ...]] = {
        "invite": layout.inviting(makers),
        "invite-several": layout.SEVERAL,
        "deadline": layout.DEADLINE,
        "written": layout.WRITTEN,
        **dict.fromkeys(layout.MOVES, ()),
    }
    if action not in fields:
        raise Refused(404, here.NOT_THERE)
    typed, told = forms.read(fields[action]), list[str]()

    def act(connection: Connection) -> str:
        told.extend(_acted(connection, survey, action, typed, who.id))
        return survey

    answer = _done(typed, act, lambda typed, status: _one(survey, {action: typed}, status), _beside(fields[action]))
    telling.asked(survey, told)
    return answer


def _acted(connection: Connection, survey: str, action: str, typed: Typed, who: str) -> tuple[str, ...]:
    """Does it: ids of makers who are to be told."""
    if action in ("invite", "invite-several"):
        named = (
            [typed["maker"]]
            if action == "invite"
            else [line.strip() for line in typed["makers"].split("\n") if line.strip()]
        )
        new = asking.invite(connection, survey, named, who)
        return new if store.one(connection, survey).open(now()[:10]) else ()
    if action == "deadline":
        asking.until(connection, survey, typed["deadline"], who)
    elif action == "written":
        if asking.keep(connection, typed["written"], who) != survey:
            raise Unwritten(f"The id of this survey is {survey}; please leave it, or keep yours as a new survey.")
    elif action == "remind":
        return asking.remind(connection, survey, who)
    elif asking.move(connection, survey, action, who) == "open":
        return store.one(connection, survey).invited
    return ()


def _beside(fields: tuple[Field, ...]) -> str:
    return fields[0].name if fields else ""


def _done(
    typed: Typed, do: Callable[[Connection], str], again: Callable[[Typed, int], Response], beside: str
) -> Response:
    """Does it and leads to the survey; what is refused is said beside its field."""
    try:
        if not typed.problems:
            return forms.done(typed, lambda held: f"/admin/surveys/{do(held)}?done=saved")
    except Unwritten as why:
        typed = typed.with_problem(beside, str(why))
    return again(typed, 400)


def _every(typed: Typed = EMPTY, status: int = 200) -> Response:
    kept = here.registry().read(store.every)
    rows = [
        (one.id, one.asks.said(one.asks.title, "en"), one.state, one.deadline and dated(one.deadline)) for one in kept
    ]
    shipped = [
        (name, asks.said(asks.title, "en")) for name, asks in _shipped() if asks.id not in {one.id for one in kept}
    ]
    inside = layout.surveys(rows, shipped, forms.once(), typed)
    return pages.shown("Surveys", inside, status, styles=STYLES)


def _shipped() -> list[tuple[str, Any]]:
    found = [(name, read(file.read_text(encoding="utf-8"))[0]) for name, file in sorted(SHIPPED.items())]
    return [(name, asks) for name, asks in found if asks]


def _one(survey: str, typed: Mapping[str, Typed], status: int = 200) -> Response:
    def ask(connection: Connection) -> tuple[Any, ...]:
        try:
            kept = store.one(connection, survey)
        except Unwritten as why:
            raise Refused(404, here.NOT_THERE) from why
        return (
            kept,
            store.written(connection, survey),
            store.progress(connection, survey),
            invitations.makers(connection),
        )

    kept, written, progress, makers = here.registry().read(ask)
    count = len(list(kept.asks.questions()))
    facts = {
        "state": kept.state,
        "deadline": kept.deadline,
        "actions": [action for state, action in MOVES if state == kept.state] + ["remind"] * kept.open(now()[:10]),
        "makers": {id_: name for id_, name in makers.items() if id_ not in kept.invited},
        "results": f"/surveys/{survey}" if kept.state == "published" else "",
        "progress": [
            [
                makers.get(one.maker, one.maker),
                STATES.get(one.state, "not begun"),
                f"{one.answered} of {count}",
                one.last.replace("T", " ").rstrip("Z"),
            ]
            for one in progress
        ],
    }
    inside = layout.survey(survey, written, facts, forms.once(), typed)
    return pages.shown(kept.asks.said(kept.asks.title, "en"), inside, status, styles=STYLES)
