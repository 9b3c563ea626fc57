"""What went wrong, as an answer: a status, a sentence, and a reference where only the log can tell more."""

from __future__ import annotations

import secrets

from flask import Response, current_app, jsonify, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException, NotFound, RequestedRangeNotSatisfiable

from callbacks.bodies import Refused
from callbacks.problems import for_programs, problem
from dashboard.api.parameters import Wrong
from dashboard.doors import of_people
from dashboard.questions import Busy, Unanswerable
from data_access.leaving import Half
from data_access.registry.watching import Away

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{status} · Tracking Support for the MDGs</title>
<style>
body {{ margin: 0 auto; max-width: 720px; padding: 48px 24px; color: #16202b; background: #fff;
       font: 400 16px/24px 'Source Sans 3', 'Source Sans Pro', system-ui, sans-serif }}
main {{ border-top: 2px solid #16202b; padding-top: 16px }}
h1 {{ font: 600 28px/34px 'Source Serif 4', 'Source Serif Pro', Georgia, serif; margin: 0 0 16px }}
a {{ color: #0a558c }}
</style></head><body><main>
<h1>{heading}</h1><p>{sentence}</p><p><a href="{way}">{onward}</a></p>
</main></body></html>"""
HEADINGS = {
    401: "Please sign in",
    403: "This is not open to you",
    404: "This page does not exist",
    503: "Please try again in a moment",
}


def answer(fault: Exception) -> Response:
    """The answer to any fault. Readers get a sentence; programs get it as JSON."""
    status, sentence = explain(fault)
    if for_programs():
        response = problem(status, sentence, fault)
    elif (request.method == "GET" or of_people(request.path)) and request.accept_mimetypes.best_match(
        ["application/json", "text/html"]
    ) == "text/html":
        heading = HEADINGS.get(status, "This could not be done")
        way, onward = _onward(status)
        page = PAGE.format(status=status, heading=heading, sentence=escape(sentence), way=way, onward=onward)
        response = Response(page, status=status, mimetype="text/html")
    else:
        response = jsonify(error=sentence)
        response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = str(fault.retry_after if isinstance(fault, Busy) else 30)
    if isinstance(fault, RequestedRangeNotSatisfiable) and fault.length:
        response.headers["Content-Range"] = f"{fault.units} */{fault.length}"
    if status == 405:
        response.headers.setdefault("Allow", "POST" if request.method == "GET" else "GET, HEAD, OPTIONS")
    return response


def _onward(status: int) -> tuple[str, str]:
    """Where a page that could not be shown leads, and in which words."""
    if not of_people(request.path):
        return "/", "Go to the overview"
    return ("/sign-in", "Sign in") if status == 401 else ("/my", "Go to your page")


def explain(fault: Exception) -> tuple[int, str]:
    """Status and sentence of a fault. An unforeseen one is logged under a reference; nothing of it is shown."""
    if isinstance(fault, Refused):
        return fault.status, str(fault)
    if isinstance(fault, Wrong | Half):
        return 400, str(fault)
    if isinstance(fault, Unanswerable):
        return 404, str(fault)
    if isinstance(fault, Busy):
        return 503, str(fault)
    if isinstance(fault, Away):
        return 503, str(fault)
    if isinstance(fault, TimeoutError):
        return 503, "The answer took too long. Please pick fewer members or years, or try again in 30 seconds."
    if isinstance(fault, NotFound) and fault.description == NotFound.description:
        return 404, "There is nothing at this address."
    if isinstance(fault, HTTPException):
        return fault.code or 500, str(fault.description or fault.name)
    reference = secrets.token_hex(4)
    current_app.logger.exception("Reference %s: %s", reference, type(fault).__name__, exc_info=fault)
    return 500, f"Something went wrong here. Please quote reference {reference}."
