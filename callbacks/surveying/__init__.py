"""Surveys: what is asked of makers, and what administrators do. Pages written by the server; no callbacks of Dash."""

from __future__ import annotations

from flask import Flask

from callbacks.surveying import administering, answering, frames, parts, results


def register(server: Flask) -> None:
    """Add the routes; the doors of people stand already."""
    answering.register(server)
    parts.register(server)
    administering.register(server)
    results.register(server)
    frames.register(server, server.extensions["contributing"])
