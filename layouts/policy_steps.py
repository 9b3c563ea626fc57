"""Where a policy stands: each step with its day; what its maker reported with a mark, by whom and on which document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.contributed import MARK, STATUS, Spoken
from dashboard.pledges import STATUSES, Status
from dashboard.words import dated
from layouts.parts import mark
from layouts.pieces import facts, outside


def policy_steps(reached: Sequence[Status], said: Sequence[Spoken]) -> list[html.Dl]:
    """In the order in which they were reached. said: accepted contributions."""
    reports = {
        (one.fields["step"], one.fields["date"], one.fields.get("note", "")): one for one in said if one.kind == STATUS
    }
    rows = [(_name(one), _step(one, reports.get((one.step, one.date, one.note)))) for one in sorted(reached, key=_when)]
    return [facts(rows)] if rows else []


def _key(one: Spoken) -> tuple[str, str, str]:
    return one.fields["step"], one.fields["date"], one.fields.get("note", "")


def _when(one: Status) -> tuple[str, int, str]:
    """Years first; within one the order in which a policy comes about."""
    return one.date[:4], STATUSES.index(one.step), one.date


def _name(one: Status) -> str:
    return one.step.replace("_", " ").capitalize()


def _step(one: Status, report: Spoken | None) -> Any:
    words = ": ".join(part for part in (dated(one.date), one.note) if part)
    if report is None:
        return words
    title, address = report.documents[0]
    way = html.A(f"by {report.by}, accepted {dated(report.at[:10])}", href=f"#contribution-{report.id}")
    return [mark(MARK, "reported by its maker:"), f" {words}; ", way, "; ", outside(address, title)]
