"""The OpenAPI 3.1 document of the interface, made from the operations and the models that answers are held to."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from dashboard.api.operations import API, OPERATIONS, Operation
from dashboard.api.parameters import FORMATS, LIMITS, model
from dashboard.api.shapes import Problem, answer_of, record_schema
from dashboard.cite import NAME

TEMPLATE = "#/components/schemas/{model}"
PROBLEM = "application/problem+json"
ABOUT = (
    "Read-only. Every figure comes with its source, its edition and the page that shows it. Amounts and other numbers "
    'that may have decimals are exact and written as text (`"1234.50"`), so that no reader rounds them; years and '
    "line numbers are numbers. `null` is an absence, never zero; where a kind of absence is known its word stands "
    'beside it. Lists go on under `next` (also `Link: <...>; rel="next"`), which names the edition, so that all pages '
    "are of one edition. Every answer has an `ETag`; with `If-None-Match` an unchanged one is 304. Faults are "
    "`application/problem+json` (RFC 9457) and name the key and the value."
)
FAULTS = {
    "400": "A parameter cannot be followed; `errors` names key and value.",
    "404": "There is nothing of that name, or no source can answer; `detail` says why.",
    "406": "Neither JSON nor CSV would be accepted.",
    "414": f"The address is longer than {LIMITS['characters'][0]} characters behind the question mark.",
    "500": "An unexpected fault, with a reference that the log explains.",
    "503": "Too many ask at once, or the answer took too long; `Retry-After` says when to come again.",
}


def document(public: str) -> dict[str, Any]:
    """The whole document. public: how readers reach the app."""
    return {
        "openapi": "3.1.0",
        "info": {"title": NAME, "version": "1", "description": ABOUT},
        "servers": [{"url": f"{public}{API}"}],
        "externalDocs": {"url": f"{public}/api", "description": "The same to be read"},
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": _schemas()},
        "x-limits": {name: {"most": most, "of": of} for name, (most, of) in LIMITS.items()},
    }


def parameters(operation: Operation) -> list[dict[str, Any]]:
    """What stands in the address of an operation: in its path, then behind the question mark."""
    placed = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": operation.where,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$"},
            "example": operation.example,
        }
        for name in places(operation)
    ]
    told = model(operation.takes).model_json_schema()["properties"]
    return placed + [_parameter(name, told[name]) for name in operation.takes]


def places(operation: Operation) -> list[str]:
    """Names of the codes in the path."""
    return re.findall(r"{(\w+)}", operation.path)


def _parameter(name: str, told: dict[str, Any]) -> dict[str, Any]:
    schema = {key: value for key, value in told.items() if key not in ("title", "description", "examples")}
    if schema.get("default") is None:
        schema.pop("default", None)
    examples = [one for one in told.get("examples", []) if one is not None]
    more = {"example": examples[0]} if examples else {}
    return {"name": name, "in": "query", "description": told["description"], "schema": schema, **more}


def _operation(operation: Operation) -> dict[str, Any]:
    good: dict[str, Any] = {FORMATS["json"]: {"schema": {"$ref": TEMPLATE.format(model=answer_of(operation).__name__)}}}
    if not operation.one:
        good[FORMATS["csv"]] = {"schema": {"type": "string"}}
    fault = {PROBLEM: {"schema": {"$ref": TEMPLATE.format(model=Problem.__name__)}}}
    return {
        "operationId": operation.name,
        "summary": operation.title,
        "description": operation.about,
        "parameters": parameters(operation),
        "responses": {
            "200": {"description": operation.title, "content": good, "headers": _headers(operation)},
            "304": {"description": "Unchanged since the answer whose `ETag` was sent."},
            **{status: {"description": words, "content": fault} for status, words in FAULTS.items()},
        },
    }


def _headers(operation: Operation) -> dict[str, Any]:
    told = {"ETag": "A mark of this answer.", "X-Edition": "The edition that was read."}
    if not operation.one:
        told["Link"] = 'The rows that follow, `rel="next"`; the page that shows these, `rel="alternate"`.'
    return {name: {"description": words, "schema": {"type": "string"}} for name, words in told.items()}


def _schemas() -> dict[str, Any]:
    answers: list[type[BaseModel]] = [answer_of(operation) for operation in OPERATIONS]
    every: Any = [(one, "validation") for one in (*answers, Problem)]
    _, made = models_json_schema(every, ref_template=TEMPLATE)
    schemas: dict[str, Any] = made["$defs"]
    record = record_schema(TEMPLATE)
    schemas |= record.pop("$defs")
    for operation in OPERATIONS:
        if operation.one:
            schemas[answer_of(operation).__name__]["properties"]["record"] = record
    return schemas
