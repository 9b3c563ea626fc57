"""What went wrong, as an answer: a status, a sentence, and a reference where only the log can tell more."""

from __future__ import annotations

import secrets

from flask import Response, current_app, jsonify, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException, NotFound

from callbacks.bodies import Refused
from dashboard.questions import Busy, Unanswerable

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
<h1>{heading}</h1><p>{sentence}</p><p><a href="/">Go to the overview</a></p>
</main></body></html>"""
HEADINGS = {404: "This page does not exist", 503: "Please try again in a moment"}


def answer(fault: Exception) -> Response:
    """The answer to any fault. Readers get a sentence; programs get it as JSON."""
    status, sentence = explain(fault)
    if (
        request.method == "GET"
        and request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
    ):
        heading = HEADINGS.get(status, "This could not be done")
        page = PAGE.format(status=status, heading=heading, sentence=escape(sentence))
        response = Response(page, status=status, mimetype="text/html")
    else:
        response = jsonify(error=sentence)
        response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = str(fault.retry_after if isinstance(fault, Busy) else 30)
    if status == 405:
        response.headers.setdefault("Allow", "POST" if request.method == "GET" else "GET, HEAD, OPTIONS")
    return response


def explain(fault: Exception) -> tuple[int, str]:
    """Status and sentence of a fault. An unforeseen one is logged under a reference; nothing of it is shown."""
    if isinstance(fault, Refused):
        return fault.status, str(fault)
    if isinstance(fault, Unanswerable):
        return 404, str(fault)
    if isinstance(fault, Busy):
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
