"""The revisions of a commitment: who wrote the record, when and why, with what each changed."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.bars_moved import NONE
from dashboard.commitment import Commitment, Written
from dashboard.record_names import heading
from layouts.as_of import asked
from layouts.filled import planted
from layouts.pieces import facts, folded, panel
from layouts.surveying.origins import why


def history(told: Commitment) -> html.Section:
    """Who wrote the record, when and why; newest first, a rule that was changed as it read before and after."""
    rows = [_revision(one) for one in told.revisions]
    count = "One revision" if len(rows) == 1 else f"{len(rows)} revisions"
    none = "Its revisions cannot be shown at the moment." if told.away else "No revision is kept."
    listed = html.Ul(rows, className="ties") if rows else html.P(none, className="note")
    since = [_since(told)] if told.rewritten else []
    body = html.Div([*since, listed, asked(f"/commitment/{told.pledge.id}")])
    return panel("history", count if rows else "Revisions", "", [planted(body)])


def earlier(told: Commitment) -> list[Any]:
    """Under the headline of a page whose record was written anew after the state that is shown."""
    return [html.Div(_since(told), className="bars-moved", role="note")] if told.rewritten else []


def _since(told: Commitment) -> html.P:
    """That the record was written anew after the state that is shown."""
    count = "One later revision is" if told.rewritten == 1 else f"{told.rewritten} later revisions are"
    way = html.A("as it stands now", href=f"/commitment/{told.pledge.id}")
    return html.P([f"{count} not part of the state of the register shown here; see the record ", way, "."])


def _revision(one: Written) -> html.Li:
    """The first rule of a record is the one that the page tells; another is told with the one that it replaced."""
    when = html.Small(f"{one.action}, {one.at[:10]}, {one.who}; state {one.state}")
    parts: list[Any] = [html.Span([*why(one.why), when])]
    fields = [(name, before, after) for name, before, after in one.changed if name != "rule"]
    parts += [folded("Fields: before and now", facts([_field(*held) for held in fields]))] if fields else []
    if one.rule is not None and one.version > 1:
        both = facts([("Before", one.rule[0]), ("Now", one.rule[1])])
        parts.append(folded(f"The rule, version {one.version}: before and now", both))
    return html.Li(parts, className="ruled") if len(parts) > 1 else html.Li(parts)


def _field(name: str, before: str, after: str) -> tuple[str, str]:
    return heading(name), f"before: {before or NONE}; now: {after or NONE}"
