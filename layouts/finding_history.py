"""Who changed the status of a finding, when and why, oldest first, for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.finding_list import Step

NONE = "Not kept for this state of the register."
TITLE = "History of its status"


def history(steps: Sequence[Step]) -> Any:
    """A list of the steps; that none is kept where there is none."""
    return html.Ul([html.Li(step.words) for step in steps], className="plain-list") if steps else NONE
