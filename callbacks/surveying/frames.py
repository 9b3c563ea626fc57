"""Frames for other people's pages: `/embed/survey/<survey>/<question>`, a question of published results or all answers.

None is kept unasked, whatever its address names: results can be taken back."""

from __future__ import annotations

from flask import Blueprint, Flask, Response

from callbacks import embeds
from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.embeds import Drawer
from callbacks.files import query
from callbacks.people import here
from callbacks.survey_results import asked_for, panel
from dashboard import look
from dashboard.api.parameters import Wrong
from dashboard.surveys.results import Answered, results
from layouts import frame
from layouts.surveying import results as layout


def register(server: Flask, book: Book) -> None:
    """Add the route."""
    drawer, frames = Drawer(book), Blueprint("embed-surveys", __name__, url_prefix="/embed/survey")

    @frames.get("/<survey>/<question>")
    def of_question(survey: str, question: str) -> Response:
        return _drawn(drawer, survey, question)

    @frames.errorhandler(Exception)
    def fault(why: Exception) -> Response:
        return _replaced(drawer, why) if isinstance(why, Wrong) else drawer.fault(why)

    server.register_blueprint(frames)


def _drawn(drawer: Drawer, survey: str, question: str) -> Response:
    """Raises NotFound; Refused, Wrong where a part of the address cannot be followed."""
    said = look.read(query())
    if said.refused or said.pick[0]:
        raise Refused(400, said.refused or "Nothing can be picked in this frame.")
    registry = here.registry()
    kept, told = asked_for(registry, survey, said.query)
    one, own = panel(told, question), f"/embed/survey/{survey}/{question}"
    head = drawer.head(f"{own}?{said.query}".rstrip("?"), "surveys")
    key = (kept.last, str(kept.version), registry.state(), own, said.query, said.look.write(), *embeds.bytes_of(head))

    def make() -> str:
        return frame.document(one, layout.alone(_result(told, question)), [], said.look, head, bool(said.query))

    return drawer.kept(key, make, False)


def _result(told: Answered, question: str) -> layout.Result | None:
    return next((each for each in results(told) if each.question.id == question), None)


def _replaced(drawer: Drawer, why: Wrong) -> Response:
    """A sentence in the place of the frame, with the way to the results that stand."""
    ways = [("Show the results that stand", embeds.without("published"), True)]
    page = frame.told("These results are not shown any more", str(why), ways, drawer.head(""))
    return Response(page, status=400, mimetype="text/html")
