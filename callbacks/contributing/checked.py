"""What is wrong with a form as far as it was typed, by the checks that keep it from being submitted, as JSON: asked for
by `assets/asked/checks.js` while somebody types. Nothing is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from flask import Response, jsonify

from callbacks.contributing import asking
from dashboard.forms import Problem, Typed
from data_access.contributions.checking import amiss
from layouts.contributing.forms import THEN

CHECK = "check"
ASKS = replace(THEN, choices={**THEN.choices, CHECK: ""})  # what the forms send, and what the script asks


def checked(
    typed: Typed, kind: str, of: str, maker: str, fields: Mapping[str, str], files: Collection[str] = ()
) -> Response:
    """of: the commitment it is about; fields: what would be kept; files: ids of those that go with it."""
    found = (*typed.problems, *amiss(asking.held(), kind, of, maker, fields, files))
    first: dict[str, Problem] = {}
    for one in found:
        first.setdefault(one.field, one)
    told = [{"field": one.field, "sentence": one.sentence} for one in first.values()]
    return jsonify(problems=told)
