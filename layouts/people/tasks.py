"""What waits for a contributor, on top of their own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.contributions import KINDS
from layouts.filled import el
from layouts.people.fields import listing

NEW = "/my/contributions/new?commitment="


@dataclass(frozen=True)
class Asked:
    """A contribution that was asked back. title: of what it is about; why: in the words of the moderators."""

    id: str
    kind: str
    title: str
    why: str


@dataclass(frozen=True)
class Survey:
    """One that can be answered. maker: for whom; state: of the answers; until: the last day."""

    path: str
    title: str
    maker: str
    state: str
    until: str


@dataclass(frozen=True)
class Promise:
    """A commitment. findings: about it, to which nobody has replied."""

    id: str
    title: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Tasks:
    """makers: names by id of those somebody speaks for. promises: by maker."""

    makers: Mapping[str, str]
    asked: Sequence[Asked]
    surveys: Sequence[Survey]
    promises: Mapping[str, Sequence[Promise]]


def tasks(of: Tasks) -> list[Any]:
    """What was asked back, surveys, commitments maker by maker, and the way to all contributions."""
    return [
        *_asked(of.asked),
        *_surveys(of.surveys),
        el.div(
            [part for id_, name in of.makers.items() for part in _of(name, of.promises[id_])], identity="commitments"
        ),
        el.p(html.A("All your contributions, and how far they are", href="/my/contributions")),
    ]


def _asked(held: Sequence[Asked]) -> list[Any]:
    rows = [
        el.li([html.A(f"{KINDS[one.kind].capitalize()}: {one.title}", href=f"/my/contributions/{one.id}"),
               *([el.br(), el.small(f"The moderators ask: {one.why}")] if one.why else [])])
        for one in held
    ]  # fmt: skip
    return [el.h2("Asked back: please answer"), el.ul(rows, className="plain-list")] if rows else []


def _surveys(held: Sequence[Survey]) -> list[Any]:
    rows = [[html.A(one.title, href=one.path), one.maker, one.state, one.until] for one in held]
    columns = ("Survey", "Answered for", "Your answers", "Last day (UTC)")
    return [el.h2("Surveys"), listing(columns, rows, "", "Surveys")] if rows else []


def _of(maker: str, held: Sequence[Promise]) -> list[Any]:
    rows = [
        [
            html.A(one.title, href=f"/commitment/{one.id}"),
            html.A("Report", href=f"{NEW}{one.id}&kind=report"),
            html.A("Propose a change", href=f"{NEW}{one.id}&kind=change"),
            _replies(one),
        ]
        for one in held
    ]
    none = "The register holds no commitment of this maker yet."
    columns = ("Commitment", "Implementation", "The record", "Findings without a reply")
    return [el.h2(f"Commitments of {maker}"), listing(columns, rows, none, f"Commitments of {maker}")]


def _replies(one: Promise) -> Any:
    """The way to reply; to one finding at once, else to the form with all of them."""
    if not one.findings:
        return ""
    only = f"&finding={one.findings[0]}" if len(one.findings) == 1 else ""
    words = "Reply to it" if only else f"Reply to {len(one.findings)} findings"
    return html.A(words, href=f"{NEW}{one.id}&kind=statement{only}")
