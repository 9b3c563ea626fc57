"""The document of the interface for programs, held against the server by whatever it says may be asked."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
import schemathesis
from dash import Dash
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dashboard.api.document import document
from dashboard.api.operations import API

EXAMPLES = int(os.environ.get("CONFORMING", "20"))  # of each operation; the soak makes five hundred
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(document("http://localhost"))
SCHEMA.config.phases.coverage.enabled = EXAMPLES > 100  # a hundred more of each operation, always the same

KNOWN: dict[str, list[Any]] = {  # what there is: of words drawn at random nearly all are refused before they are asked
    "goal": ["", "5", "1,6", "8"],
    "donor": ["", "GBR", "FRA,JPN", "DAC", "905"],
    "recipient": ["", "KEN", "LDC,SSA", "IND,298"],
    "sector": ["", "120", "111,122"],
    "purpose": ["", "12220", "11220,13020"],
    "flow": ["", "10", "10,20"],
    "gender": ["", "2"],
    "source": ["iati-goals", "crs-sectors", "crs-donors", "crs-purposes", "dac1"],
    "since": [2000, 2004, 2009],
    "until": [2009, 2012, 2015],
    "country": ["KEN", "GBR", "IND"],
    "text": ["", "water", "MALARIA", "%_'"],
    "by": ["", "year", "donor,year", "goal,recipient", "sector", "purpose,flow"],
    "stages": ["", "committed", "disbursed", "committed,disbursed"],
    "id": ["muskoka-2010", "afsi-2009-united-states"],
    "series": ["gni", "under5", "population"],
    "dimension": ["goal", "donor", "recipient", "sector", "purpose", "flow", "gender"],
    "commitment": ["", "muskoka-2010"],
    "severity": ["", "high", "high,low"],
}
METHODS = ["strict", "shared", "muskoka"]
OWN = ("limit", "format", "prices", "method", "membership", "stage")  # drawn as the document describes them


def known() -> dict[str, Any]:
    """The document, with parameters that name what there is, and those alone. No survey has results here; what is told
    of those that have is held to the document in test_survey_channels.py."""
    made = document("http://localhost")
    made["paths"] = {path: item for path, item in made["paths"].items() if not path.startswith("/surveys/")}
    for path, item in made["paths"].items():
        told = [(one, _values(path, one)) for one in item["get"]["parameters"]]
        item["get"]["parameters"] = [
            one | ({"schema": {"enum": values}} if values else {})
            for one, values in told
            if values or one["name"] in OWN
        ]
    return made


def _values(path: str, parameter: dict[str, Any]) -> list[Any]:
    name = parameter["name"]
    if path.startswith(("/pledges", "/gaps", "/findings")):  # makers and what they concern have lists of their own
        return KNOWN[name] if name in ("id", "goal", "commitment", "severity", "text") else []
    if path == "/needs":
        return {"goal": ["", "4", "5"], "recipient": ["", "KEN", "LDC,SSA"], "need": ["0.5", "2"]}.get(name, [])
    return METHODS if parameter["in"] == "path" and name == "method" else KNOWN.get(name, [])


THERE = schemathesis.openapi.from_dict(known())
THERE.config.generation.update(modes=[GenerationMode.POSITIVE])
THERE.config.phases.coverage.enabled = False


@pytest.fixture(scope="module")
def server(real: Dash) -> Flask:
    """The real server, once the checks that findings come from have run."""
    client, until = real.server.test_client(), time.monotonic() + 60
    while client.get(f"{API}/findings").status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    return real.server


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 100)
def test_whatever_the_document_allows_is_answered_as_it_says(case: Case, server: Flask) -> None:
    answer = case.call(app=server, headers={"Accept-Encoding": "identity"})
    refusing = [] if answer.status_code == 414 else [negative_data_rejection]  # which does not know 414 as a refusal
    case.validate_response(answer, checks=[*CHECKS, *refusing])


@THERE.parametrize()
@settings(
    max_examples=EXAMPLES if EXAMPLES > 100 else EXAMPLES // 2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 100,
)
def test_what_there_is_is_answered_in_the_shape_that_the_document_tells(case: Case, server: Flask) -> None:
    answer = case.call(app=server, headers={"Accept-Encoding": "identity"})
    case.validate_response(answer, checks=CHECKS)
    if answer.status_code != 200:  # no source tells all of it apart, or holds the rung: never a parameter refused
        told = answer.json()
        assert (answer.status_code, told["title"]) == (404, "No source can answer"), told
