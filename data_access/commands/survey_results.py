"""Published results of surveys for `export`: the files of their pages, written without them."""

from __future__ import annotations

from pathlib import Path

from dashboard.api.parameters import OF_RESULTS, Wrong, read
from dashboard.config import settings
from dashboard.questions import Unanswerable
from dashboard.surveys.leaving import ALL, PUBLISHED, leaving, replaced
from data_access.commands.arguments import BadInput
from data_access.formats.streams import Stream, of_table
from data_access.registry.opening import open_registry
from data_access.registry.writing import Refused
from data_access.surveying import published

NAME = "survey"


def stream(home: Path, query: str) -> Stream:
    """The results that `survey=donors-implementation&question=delivery` names; without a question all answers. Raises
    BadInput, Unanswerable."""
    try:
        given = read(query, (NAME, *OF_RESULTS))
    except Wrong as why:
        raise BadInput(f"No file was made: {why}") from why
    if not given[NAME]:
        raise BadInput("Please name the survey, as in 'survey=donors-implementation&question=delivery'.")
    registry = open_registry(home, settings().registry)
    try:
        kept, told = registry.read(lambda held: published.found(held, given[NAME]))
    except Refused as why:
        raise BadInput(f"No file was made: {given[NAME]} has no published results.") from why
    finally:
        registry.close()
    if why_not := replaced(given[PUBLISHED], kept.last):
        raise BadInput(f"No file was made: {why_not}")
    one = leaving(told, given["question"] or ALL)
    if one is None:
        raise BadInput(f"No file was made: {given['question']} is no question among the results of {given[NAME]}.")
    if one.table is None:
        raise Unanswerable((one.drawing and one.drawing.empty) or "This question has no table.")
    return of_table(one, one.table, settings().address)
