"""What the checks found about a commitment, beside its figures: the sentence, two figures, and the way to all of it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.commitment import Commitment
from dashboard.finding_list import Listed, figure_words
from layouts.filled import planted
from layouts.pages import FINDINGS_PATH
from layouts.pieces import panel, to

SOURCE = "Checks over the register and the figures of this edition"


def findings(told: Commitment, kept: str) -> html.Section:
    """Each with its status; an explained one stays in sight."""
    if told.findings is None:
        waiting = html.P("The checks are being run; this page shows what they find when it is opened again.")
        return panel("findings", "Findings", "", [html.Div(waiting, className="note")])
    if not told.findings:
        none = html.P("No check found anything about this commitment.", className="note")
        return panel("findings", "No finding", "", [none], SOURCE)
    body = [planted(html.Div([_finding(one, kept) for one in told.findings]))]
    return panel("findings", _title(told.findings), "", body, SOURCE)


def _title(every: Sequence[Listed]) -> str:
    count = sum(one.status == "open" for one in every)
    if not count:
        return "Findings, none of them open"
    return "One open finding" if count == 1 else f"{count} open findings"


def _finding(one: Listed, kept: str) -> html.Div:
    finding = one.finding
    sides = [
        f"{figure_words(side.figure)}{f' ({side.source})' if side.source else ''}"
        for side in (finding.first, finding.second)
        if side.figure
    ]
    link = html.A("Both sources", **to(f"{FINDINGS_PATH}?finding={one.id}", kept))
    said = [html.B(f"{one.status.capitalize()}. "), finding.words, html.Small("; ".join(sides)), link]
    return html.Div(html.P(said), className="find")
