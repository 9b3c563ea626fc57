"""The stakeholders' side without the figures: the routes of people over a registry of their own. Light: no edition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask

from callbacks import gate, headers, people
from callbacks.faults import answer
from dashboard.config import Settings
from data_access.registry.opening import open_registry
from tests.persons import ADDRESS


@contextmanager
def server_over(home: Path, **given: Any) -> Iterator[Flask]:
    """given: settings beside the folder and the address."""
    settings = Settings(home=home, **{"address": ADDRESS, **given})
    registry = open_registry(home, settings.registry)
    app = Dash("people", compress=False)
    app.layout = []
    headers.register(app)
    gate.register(app)
    people.register(app.server, registry, settings)
    app.server.register_error_handler(Exception, answer)
    yield app.server
    registry.close()
