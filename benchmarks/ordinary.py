"""The overview as most would write it: Dash, one pandas frame with categories in memory, plotly express, one callback a
figure that filters with masks and groups. For comparison only; `benchmarks.ordinary:server` over the data folder.

The frame holds one row for an amount, stage and goal, with only the columns that the figures need.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html, no_update
from flask import jsonify

from dashboard.config import settings
from data_access import editions, parts

SOURCE = "crs"
COLUMNS = ("source", "stage", "donor", "recipient", "goal")
FRAME = """SELECT source, stage, donor, recipient, goal, CAST(year AS SMALLINT) AS year,
    CAST(usd * share AS DOUBLE) AS usd
    FROM flow JOIN goal_share USING (purpose)
    WHERE source = ? AND method = 'strict' AND stage IN ('committed', 'disbursed')"""
COLOURS = {"committed": "#9aa5b1", "disbursed": "#1f6f8b"}
GRAPHS = ("gap", "sources", "donors", "recipients", "goals", "years", "ranking")
FIGURE = dict[str, Any]


def frame(home: Path, source: str = SOURCE) -> pd.DataFrame:
    """Every amount of a source in the current edition of a data folder."""
    named = editions.read(home, editions.current(home)).parts[source]
    connection = duckdb.connect(str(parts.file_of(home, named)), read_only=True)
    for name in COLUMNS:
        table = "goal_share" if name == "goal" else "flow"
        connection.execute(f"CREATE TEMP TABLE said_{name} AS SELECT DISTINCT {name} AS said FROM {table} ORDER BY 1")
        connection.execute(f"CREATE TEMP TYPE {name}_type AS ENUM (SELECT said FROM said_{name})")
    told = ", ".join(f"CAST({name} AS {name}_type) AS {name}" for name in COLUMNS)
    found = connection.execute(f"SELECT {told}, year, usd FROM ({FRAME})", [source]).df()
    connection.close()
    return found


class Overview:
    """The figures over a frame."""

    def __init__(self, amounts: pd.DataFrame) -> None:
        self._amounts = amounts

    def filtered(self, goals: Any, donors: Any, recipients: Any, years: Any) -> pd.DataFrame:
        found = self._amounts
        mask = (found["year"] >= years[0]) & (found["year"] <= years[1])
        for name, picked in (("goal", goals), ("donor", donors), ("recipient", recipients)):
            if picked:
                mask &= found[name].isin(picked)
        return found[mask]

    def gap(self, *picked: Any) -> go.Figure:
        sums = self.filtered(*picked).groupby("stage", observed=True)["usd"].sum()
        committed, disbursed = sums.get("committed", 0), sums.get("disbursed", 0)
        return go.Figure(
            go.Waterfall(
                x=["Committed", "Not disbursed", "Disbursed"],
                y=[committed, disbursed - committed, disbursed],
                measure=["absolute", "relative", "total"],
            ),
            layout={"title": "Committed and disbursed"},
        )

    def sources(self, *picked: Any) -> go.Figure:
        sums = self.filtered(*picked).groupby(["source", "stage"], observed=True)["usd"].sum().reset_index()
        return px.bar(sums, x="usd", y="source", color="stage", barmode="group", color_discrete_map=COLOURS)

    def donors(self, *picked: Any) -> go.Figure:
        return self._map("donor", *picked)

    def recipients(self, *picked: Any) -> go.Figure:
        return self._map("recipient", *picked)

    def _map(self, dimension: str, *picked: Any) -> go.Figure:
        sums = self.filtered(*picked).groupby([dimension, "stage"], observed=True)["usd"].sum().unstack(fill_value=0)
        sums = sums.reindex(columns=["committed", "disbursed"], fill_value=0).reset_index()
        return px.choropleth(sums, locations=dimension, color="disbursed", hover_data=["committed"], title=dimension)

    def goals(self, *picked: Any) -> go.Figure:
        sums = self.filtered(*picked).groupby(["goal", "year", "stage"], observed=True)["usd"].sum().reset_index()
        return px.line(
            sums, x="year", y="usd", color="stage", facet_col="goal", facet_col_wrap=5, color_discrete_map=COLOURS
        )

    def years(self, *picked: Any) -> go.Figure:
        sums = self.filtered(*picked).groupby(["year", "stage"], observed=True)["usd"].sum().reset_index()
        return px.line(sums, x="year", y="usd", color="stage", color_discrete_map=COLOURS)

    def ranking(self, *picked: Any) -> go.Figure:
        sums = self.filtered(*picked).groupby(["recipient", "stage"], observed=True)["usd"].sum().unstack(fill_value=0)
        sums = sums.reindex(columns=["committed", "disbursed"], fill_value=0)
        sums["gap"] = sums["committed"] - sums["disbursed"]
        largest = sums.nlargest(15, "gap").reset_index()
        return px.bar(largest, x="gap", y="recipient", orientation="h", title="Largest gaps")


def create_app(amounts: pd.DataFrame) -> Dash:
    """The page: four filters, seven figures; a click on a map picks there."""
    app, overview = Dash("ordinary", title="Ordinary"), Overview(amounts)
    graphs = [dcc.Graph(id=name, className="dash-graph") for name in GRAPHS]
    app.layout = html.Div(
        [
            *(_dropdown(amounts, name) for name in ("goal", "donor", "recipient")),
            dcc.RangeSlider(1973, 2016, 1, value=[2000, 2015], marks=None, id="year"),
            html.Div(graphs, style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
        ]
    )
    filters = [Input(name, "value") for name in ("goal", "donor", "recipient", "year")]
    for name in GRAPHS:
        app.callback(Output(name, "figure"), *filters)(getattr(overview, name))
    for name in ("donor", "recipient"):
        app.callback(Output(name, "value"), Input(f"{name}s", "clickData"), prevent_initial_call=True)(clicked)
    app.server.get("/healthz")(lambda: jsonify(status="ok"))
    return app


def _dropdown(amounts: pd.DataFrame, name: str) -> dcc.Dropdown:
    return dcc.Dropdown(list(amounts[name].cat.categories), multi=True, placeholder=name, id=name)


def clicked(said: FIGURE | None) -> Any:
    """The country that was clicked."""
    return [said["points"][0]["location"]] if said else no_update


def __getattr__(name: str) -> Any:
    """`benchmarks.ordinary:server`, made when it is asked for."""
    if name == "server":
        return create_app(frame(settings().home)).server
    raise AttributeError(name)
