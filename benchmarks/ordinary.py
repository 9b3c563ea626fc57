"""The overview as most would write it: Dash, pandas frames with categories in memory, plotly express, one callback a
panel that filters with masks and groups. For comparison only; `benchmarks.ordinary:server` over the data folder.

It shows what our overview shows, from the same questions: the same maps, lines, bars and rankings, the note and the
numbers of each panel, and its table where it is opened. It has fewer filters and no constant prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, dash_table, dcc, html, no_update
from flask import jsonify

from benchmarks.ordinary_frames import Held, read
from benchmarks.ordinary_panels import Answer, Overview
from dashboard.config import settings

SOURCE = "crs"
ASSETS = Path(__file__).parent.parent / "assets"
PANELS = {  # figures of each panel
    "gap": ("gap",),
    "sources": (),
    "donors": ("donors", "europe"),
    "recipients": ("recipients",),
    "goals": ("goals",),
    "years": ("years",),
    "ranking": ("ranking",),
}
LISTED = ("sources", "ranking")  # panels whose table is always there
FILTERS = [Input(name, "value") for name in ("goal", "donor", "recipient", "year")]


def create_app(held: Held, source: str = SOURCE) -> Dash:
    """The page: four filters, seven panels; a click on a map picks there."""
    app = Dash("ordinary", title="Ordinary", assets_folder=str(ASSETS), assets_ignore=".*")
    overview = Overview(held, source)
    app.layout = html.Div(
        [
            *(_dropdown(held.amounts[source], name) for name in ("goal", "donor", "recipient")),
            dcc.RangeSlider(1973, 2016, 1, value=[2000, 2015], marks=None, id="year"),
            html.H1(id="headline"),
            html.Div([_panel(name) for name in PANELS], style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
        ]
    )
    app.callback(Output("headline", "children"), *FILTERS)(overview.headline)
    for name in PANELS:
        opener = [] if name in LISTED else [Input(f"{name}-open", "n_clicks")]
        app.callback(_outputs(name), *FILTERS, *opener)(answering(overview, name))
    for name in ("donor", "recipient"):
        app.callback(Output(name, "value"), Input(f"{name}s", "clickData"), prevent_initial_call=True)(clicked)
    app.server.get("/healthz")(lambda: jsonify(status="ok"))
    app.server.extensions["later"] = lambda: (
        None
    )  # nothing is left for after the start, which gunicorn.conf.py asks for
    return app


def answering(overview: Overview, name: str) -> Any:
    """The callback of a panel: its figures and words, and its table where it is open."""

    def answer(goals: Any, donors: Any, recipients: Any, years: Any, opened: int | None = None) -> Answer:
        *shown, rows = getattr(overview, name)(goals, donors, recipients, years)
        return *shown, _table(rows) if name in LISTED or (opened or 0) % 2 else None

    return answer


def _outputs(name: str) -> list[Output]:
    figures = [Output(figure, "figure") for figure in PANELS[name]]
    islands = [Output("islands", "children")] if name == "recipients" else []
    return [*figures, Output(f"{name}-said", "children"), *islands, Output(f"{name}-table", "children")]


def _panel(name: str) -> html.Div:
    figures = [
        dcc.Graph(id=figure, className="dash-graph", config={"topojsonURL": "/assets/geo/"}) for figure in PANELS[name]
    ]
    islands = [html.P(id="islands")] if name == "recipients" else []
    opener = [] if name in LISTED else [html.Button("Table", id=f"{name}-open")]
    return html.Div(
        [html.H2(name), html.P(id=f"{name}-said"), *figures, *islands, *opener, html.Div(id=f"{name}-table")]
    )


def _table(rows: Sequence[Any]) -> dash_table.DataTable:
    return dash_table.DataTable(list(rows), page_size=10)


def _dropdown(amounts: pd.DataFrame, name: str) -> dcc.Dropdown:
    return dcc.Dropdown(list(amounts[name].cat.categories), multi=True, placeholder=name, id=name)


def clicked(said: dict[str, Any] | None) -> Any:
    """The country that was clicked."""
    return [said["points"][0]["location"]] if said else no_update


def __getattr__(name: str) -> Any:
    """`benchmarks.ordinary:server`, made when it is asked for."""
    if name == "server":
        return create_app(read(settings().home)).server
    raise AttributeError(name)
