"""Results of surveys: what administrators published, for everybody, as pages and files; for them before as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.carrying import kept, mark, offered, whole
from callbacks.contributing import asking
from callbacks.files import query
from callbacks.people import here, pages
from callbacks.survey_results import asked_for, panel, public
from callbacks.surveying import responding
from callbacks.surveying.responding import STYLES
from dashboard import carried
from dashboard.policy import Thing
from dashboard.selection import Refusal
from dashboard.surveys.leaving import ALL, PATH, PUBLISHED, replaced
from dashboard.surveys.results import Answered, results
from data_access.surveying import published
from data_access.surveying.store import Kept
from layouts.pieces import refused
from layouts.surveying import results as layout

SHEETS = (*STYLES, "away", "cite", "share")
SCRIPTS = ("filled", "files", "pictures", "share", "cite", "asked/menu")  # of what is taken away


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get(PATH)
    def published_surveys() -> Response:
        every = here.registry().read(published.every)
        rows = [(f"{PATH}/{one.id}", one.asks.said(one.asks.title, "en"), one.last) for one in every]
        return pages.open_to_all("Surveys", layout.surveys(rows), styles=STYLES)

    @server.get(f"{PATH}/<survey>")
    def survey_results(survey: str) -> Response:
        return _page(
            *public(here.registry(), survey),
            lambda title, inside: pages.open_to_all(title, inside, styles=SHEETS, scripts=SCRIPTS),
        )

    @server.get("/admin/surveys/<survey>/results")
    def results_before(survey: str) -> Response:
        here.asked("administer", Thing("surveys"))
        one, told = here.registry().read(_as_it_is(survey))
        return _page(one, told, lambda title, inside: pages.shown(title, inside, styles=STYLES))

    @offered(server, "/export/survey/<survey>/<question>")
    def export_results(survey: str, question: str, form: str) -> Response:
        one, told = asked_for(here.registry(), survey, query())
        of = mark(one.last, str(one.version), here.registry().state())
        thing = panel(told, question)
        return kept(of) or whole(of, thing, form, f"{survey}-{question}", asking.book().public)


def _as_it_is(survey: str) -> Callable[[Connection], tuple[Kept, Answered]]:
    def read(connection: Connection) -> tuple[Kept, Answered]:
        one = responding.one(connection, survey)
        return one, published.answered(connection, one)

    return read


def _page(one: Kept, told: Answered, shown: Callable[[str, list[Any]], Response]) -> Response:
    is_public = one.state == published.PUBLISHED
    cite = carried.cited(panel(told, ALL), asking.book().public, datetime.now(UTC).date()) if is_public else ""
    why = replaced(request.args.get(PUBLISHED, ""), one.last) if is_public else ""
    inside = refused([Refusal(PUBLISHED, "", why)] if why else [])
    inside += layout.page(one.id, told, results(told), published=one.last if is_public else "", cite=cite)
    return shown(told.survey.said(told.survey.title, "en"), inside)
