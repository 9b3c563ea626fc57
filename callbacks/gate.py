"""The gate in front of Dash: what is not a callback's own body does not reach it."""

from __future__ import annotations

from dash import Dash


def register(app: Dash) -> None:
    """Check every request before Dash does; call before the first request."""
