"""What the checks found about a commitment, beside its figures: the sentence, two figures, and the way to all of it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.commitment import Commitment
from dashboard.finding_list import Listed, figure_words
from layouts.filled import planted
from layouts.finding_history import TITLE, history
from layouts.pages import FINDINGS_PATH
from layouts.pieces import folded, panel, to

SOURCE = "Checks over the register and the figures of this edition"


def findings(told: Commitment, kept: str) -> html.Section:
    """Each with its status; an explained one stays in sight."""
    if told.findings is None and told.failed is not None:
        return panel("findings", "Findings", "", [html.P(told.failed.sentence, className="find")])
    if told.findings is None:
        waiting = html.P("The checks are being run; this page shows what they find when it is opened again.")
        return panel("findings", "Findings", "", [html.Div(waiting, className="note")])
    if not told.findings:
        none = html.P("No check found anything about this commitment.", className="note")
        return panel("findings", "No finding", "", [none], SOURCE)
    body = [planted(html.Div([_finding(one, told, kept) for one in told.findings]))]
    return panel("findings", _title(told.findings), "", body, SOURCE)


def _title(every: Sequence[Listed]) -> str:
    count = sum(one.status == "open" for one in every)
    if not count:
        return "Findings, none of them open"
    return "One open finding" if count == 1 else f"{count} open findings"


def _finding(one: Listed, told: Commitment, kept: str) -> html.Div:
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
    replies = [reply for reply in told.contributed if reply.fields.get("finding") == one.id and reply.words]
    own = [html.P([html.B(f"{reply.by}: "), reply.words], className="note") for reply in replies]
    steps = [folded(TITLE, history(one.history))] if one.history else []
    return html.Div([html.P(said), *own, *why, *steps], className="find")


def _reason(one: Listed) -> str:
    """Why it stands as it does, with the role of who said so; an open finding needs no reason."""
    last = one.history[-1] if one.history else None
    return f"{last.why.rstrip('.')}. {last.by}." if last and last.why and one.status == last.status != "open" else ""
