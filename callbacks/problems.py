"""Faults as programs are told of them: problem details (RFC 9457) that name key and value."""

from __future__ import annotations

import orjson
from flask import Response, request

from dashboard.api.operations import API
from dashboard.api.parameters import Unanswered, Wrong
from dashboard.questions import Unanswerable

MIMETYPE = "application/problem+json"
TITLES = {
    400: "A parameter cannot be followed",
    404: "Not found",
    405: "This address is for reading",
    406: "Not acceptable",
    414: "The address is too long",
    503: "Please try again in a moment",
}


def for_programs() -> bool:
    """Whether the request is one of a program to the interface made for it."""
    return request.path == API or request.path.startswith(f"{API}/")


def problem(status: int, sentence: str, fault: Exception) -> Response:
    """The answer to a fault."""
    refused = fault.refused if isinstance(fault, Wrong | Unanswered) else ()
    title = "No source can answer" if isinstance(fault, Unanswerable) else TITLES.get(status, "This could not be done")
    told = {
        "type": f"/api#problem-{status}",
        "title": title,
        "status": status,
        "detail": sentence,
        "instance": request.path,
        "errors": [{"key": one.key, "value": one.value, "sentence": one.sentence} for one in refused],
    }
    return Response(orjson.dumps(told), status=status, mimetype=MIMETYPE)
