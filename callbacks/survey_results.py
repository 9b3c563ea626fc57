"""Published results of surveys by address, for every channel: pages, files, frames."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from dashboard.api.parameters import Wrong, read
from dashboard.carried import Carried
from dashboard.selection import Refusal, shortened
from dashboard.surveys.leaving import NONE, PUBLISHED, leaving, replaced
from dashboard.surveys.results import Answered
from data_access.registry.store import Registry
from data_access.registry.writing import Refused as Unwritten
from data_access.surveying import published
from data_access.surveying.store import Kept


def public(registry: Registry, survey: str) -> tuple[Kept, Answered]:
    """Those that are published. Raises NotFound."""
    try:
        return registry.read(lambda connection: published.found(connection, survey))
    except Unwritten as why:
        raise NotFound(NONE) from why


def asked_for(registry: Registry, survey: str, query: str) -> tuple[Kept, Answered]:
    """The same as an address asks for them: what it names and is not shown any more is refused. Raises NotFound,
    Wrong."""
    given = read(query, (PUBLISHED,))[PUBLISHED]
    one, told = public(registry, survey)
    if why := replaced(given, one.last):
        raise Wrong([Refusal(PUBLISHED, shortened(given), why)])
    return one, told


def panel(told: Answered, question: str) -> Carried:
    """A question, or all answers, as it leaves. Raises NotFound."""
    found = leaving(told, question)
    if found is None:
        raise NotFound(NONE)
    return found
