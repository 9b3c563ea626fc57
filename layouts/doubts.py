"""What the checks found about commitments, beside their figures: the sentence, two figures, the way to all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.commitment import Commitment
from dashboard.contributed import Spoken
from dashboard.finding_list import Listed, figure_words
from layouts.filled import planted
from layouts.finding_history import TITLE, history
from layouts.pages import FINDINGS_PATH
from layouts.pieces import commitment, folded, panel, to

SHOWN = 8  # findings before the rest is folded
WAITING = "The checks are being run; this page shows what they find when it is opened again."
ABOUT = (
    "Two figures that do not agree, or a figure that is missing; which of the two is right is not said. Severest first"
)
SOURCE = "Checks over the register and the figures of this edition"


def findings(told: Commitment, kept: str) -> html.Section:
    """Each with its status; an explained one stays in sight."""
    if told.findings is None:
        return untold(told.failed.sentence if told.failed else "", WAITING)
    if not told.findings:
        return none("this commitment")
    body = [planted(html.Div([_finding(one, told.contributed, {}, kept) for one in told.findings]))]
    return panel("findings", _title(told.findings), "", body, SOURCE)


def untold(failed: str, waiting: str) -> html.Section:
    """Where what the checks find is not at hand. failed: why it will not be; else they are waited for."""
    said = html.P(failed, className="find") if failed else html.Div(html.P(waiting), className="note")
    return panel("findings", "Findings", "", [said])


def none(about: str) -> html.Section:
    said = html.P(f"No check found anything about {about}.", className="note")
    return panel("findings", "No finding", "", [said], SOURCE)


def several(every: Sequence[Listed], titles: Mapping[str, str], ways: Sequence[Any], kept: str) -> html.Section:
    """Of several commitments, the severest first, each with those that it is about. titles: of these, by id."""
    made = [_finding(one, (), titles, kept) for one in every]
    rest = [folded(f"{len(made) - SHOWN} more findings", planted(html.Div(made[SHOWN:])))] if made[SHOWN:] else []
    body = [planted(html.Div(made[:SHOWN])), *rest, planted(html.P(ways, className="links"))]
    return panel("findings", _title(every), ABOUT, body, SOURCE)


def _title(every: Sequence[Listed]) -> str:
    count = sum(one.status == "open" for one in every)
    if not count:
        return "Findings, none of them open"
    return "One open finding" if count == 1 else f"{count} open findings"


def _finding(one: Listed, said_of: Sequence[Spoken], titles: Mapping[str, str], kept: str) -> html.Div:
    finding = one.finding
    sides = [
        f"{figure_words(side.figure)}{f' ({side.source})' if side.source else ''}"
        for side in (finding.first, finding.second)
        if side.figure
    ]
    link = html.A("Both sources, replies", **to(f"{FINDINGS_PATH}?finding={one.id}", kept))
    said = [html.B(f"{one.status.capitalize()}. "), finding.words, html.Small("; ".join(sides)), link]
    reason = _reason(one)
    why = [html.P([html.B(f"{one.status.capitalize()}: "), reason], className="note")] if reason else []
    replies = [reply for reply in said_of if reply.fields.get("finding") == one.id and reply.words]
    own = [html.P([html.B(f"{reply.by}: "), reply.words], className="note") for reply in replies]
    steps = [folded(TITLE, history(one.history))] if one.history else []
    about = [commitment(id_, titles[id_], kept) for id_ in finding.about if id_ in titles]
    which = [html.P(about, className="links")] if about else []
    return html.Div([html.P(said), *which, *own, *why, *steps], className="find")


def _reason(one: Listed) -> str:
    """Why it stands as it does, with the role of who said so; an open finding needs no reason."""
    last = one.history[-1] if one.history else None
    return f"{last.why.rstrip('.')}. {last.by}." if last and last.why and one.status == last.status != "open" else ""
