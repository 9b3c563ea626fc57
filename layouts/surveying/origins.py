"""From which answer to a survey something was made, and what became of answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.contributions import KINDS, STATES
from dashboard.surveys.origins import Became, Origin, linked
from dashboard.words import dated
from layouts.filled import el
from layouts.people.fields import listing

UNNAMED = "The survey names nobody who answered, so the public revision does not name the survey."
BECAME = "What became of these answers"
RECORDED = "On record since, as updates of the register: "


def origin(of: Origin) -> list[Any]:
    """The survey and the question; led to where the results are published."""
    title = html.A(of.title, href=of.address) if of.public else el.b(of.title)
    later = [] if of.public else [el.small(" Its results are not published.")]
    apart = [] if of.named else [el.small(f" {UNNAMED}")]
    return [title, f", question “{of.words}”.", *later, *apart]


def why(text: str) -> list[Any]:
    """The reason of a revision, with the way to the results of a survey that it names."""
    return [html.A(words, href=path) if path else words for words, path in linked(text)]


def became(found: Sequence[Became], question: Callable[[str], Any], titles: Mapping[str, str]) -> list[Any]:
    """For those who answered: each contribution made from their answers, and where it stands. question: its words, with
    the way to it; titles: of commitments."""
    rows = [
        (
            question(one.question),
            html.A(titles.get(one.of, one.of), href=f"/commitment/{one.of}"),
            html.A(KINDS[one.kind].capitalize(), href=f"/my/contributions/{one.id}"),
            f"{STATES[one.state].capitalize()}, {dated(one.at[:10])}",
        )
        for one in found
    ]
    columns = ("Question", "Commitment", "Proposed as", "Stands")
    return [el.h2(BECAME), listing(columns, rows, "", BECAME)] if rows else []


def recorded(found: Sequence[Became], titles: Mapping[str, str]) -> list[Any]:
    """For everybody: which answers to a question are on record as updates of commitments."""
    said = [
        el.li([html.A(titles.get(one.of, one.of), href=f"/commitment/{one.of}"),
               f": {KINDS[one.kind]}, {STATES[one.state]} {dated(one.at[:10])}"])
        for one in found
    ]  # fmt: skip
    return [el.div([el.p(RECORDED), el.ul(said, className="plain-list")], className="became")] if said else []
