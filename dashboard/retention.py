"""How long things are kept of people: read from the environment, followed by the server, told on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta

NEVER = timedelta()
UNITS = {"MINUTES": timedelta(minutes=1), "HOURS": timedelta(hours=1), "DAYS": timedelta(days=1)}
VARIABLES: Mapping[str, tuple[str, int, int]] = {  # of a span -> its variable, and the least and most of its unit
    "idle": ("IIF_SESSION_IDLE_MINUTES", 5, 240),
    "whole": ("IIF_SESSION_HOURS", 1, 72),
    "invited": ("IIF_KEEP_INVITATIONS_DAYS", 1, 3650),
    "letters": ("IIF_KEEP_LETTERS_DAYS", 1, 3650),
    "files": ("IIF_KEEP_FILES_DAYS", 0, 3650),
    "unused": ("IIF_KEEP_UNUSED_ACCOUNTS_DAYS", 0, 3650),
}


class NoSpan(ValueError):
    """A variable that cannot be used; the message names it."""


@dataclass(frozen=True)
class Retention:
    """idle, whole: of a session, after its last use and in all. invited: addresses of invitations, after they ended.
    letters: in the outbox, that nobody delivered. files: of what was withdrawn or not accepted, after that. unused:
    accounts, after whoever has them did something last. The last two may be NEVER."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)
    invited: timedelta = timedelta(days=90)
    letters: timedelta = timedelta(days=30)
    files: timedelta = timedelta(days=365)
    unused: timedelta = NEVER


DEFAULT = Retention()


def read(given: Mapping[str, str]) -> Retention:
    """Of an environment. Raises NoSpan."""
    made = {each.name: _span(given, each.name) for each in fields(Retention) if given.get(VARIABLES[each.name][0])}
    return Retention(**made)


def words(span: timedelta) -> str:
    """`30 minutes`, `12 hours`, `90 days`."""
    minutes = int(span.total_seconds()) // 60
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes % size == 0:
            return f"{minutes // size} {word}{'s' if minutes > size else ''}"
    raise ValueError(span)


def _span(given: Mapping[str, str], name: str) -> timedelta:
    variable, least, most = VARIABLES[name]
    text = given[variable]
    if not (text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most):
        raise NoSpan(f"{variable} is {text!r}; it must be a whole number from {least} to {most}.")
    return int(text) * UNITS[variable.rpartition("_")[2]]
