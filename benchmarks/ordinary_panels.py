"""The panels of the ordinary app: one method each, called by its callback with the four filters.

Each gives its figures, then its words, then the records of its table: what stands on our overview, drawn with plotly
express as its manual shows. Colours of maps are classes, as ours are, and what is picked is outlined.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import html

from benchmarks.ordinary_frames import PAIR, Held
from benchmarks.ordinary_sums import REST, answering, by, classes, filtered, ranked, span, spread, whole
from dashboard.codes import GOALS

COLOURS = {"committed": "#9aa5b1", "disbursed": "#1f6f8b"}
CLASSES = px.colors.sequential.Teal[1:6]
TOP = 10
Answer = tuple[Any, ...]


def money(value: float) -> str:
    """`$1.2bn`."""
    for size, unit in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"${value / size:,.3g}{unit}"
    return ".." if pd.isna(value) else f"${value:,.0f}"


class Overview:
    """The panels over what is held. `picked` of a method: goals, donors, recipients, years."""

    def __init__(self, held: Held, source: str) -> None:
        self.held, self.source = held, source

    def headline(self, *picked: Any) -> str:
        committed, disbursed = whole(filtered(self.held, self.source, *picked))
        told = answering(self.held, *picked)
        able, (since, until) = told[PAIR].notna().any(axis=1).sum(), span(self.held, self.source, picked[3])
        said = f"Donors committed {money(committed)} in {since}–{until} and disbursed {money(disbursed)}"
        share = f": {disbursed / committed:.0%} of commitments" if committed else ""
        return f"{said}{share}. {able} of {len(told)} sources can answer this selection."

    def gap(self, *picked: Any) -> Answer:
        committed, disbursed = whole(filtered(self.held, self.source, *picked))
        steps = pd.DataFrame(
            {"step": ["committed", "not disbursed", "disbursed"], "usd": [committed, disbursed - committed, disbursed]}
        )
        steps["share"] = steps["usd"] / committed
        figure = go.Figure(
            go.Waterfall(
                x=steps["step"],
                y=steps["usd"],
                measure=["absolute", "relative", "total"],
                text=[money(value) for value in steps["usd"]],
            )
        )
        figure.update_layout(
            title=f"Disbursements came to {disbursed / committed:.0%} of commitments" if committed else ""
        )
        return figure, f"{money(committed - disbursed)} not disbursed", steps.to_dict("records")

    def sources(self, *picked: Any) -> Answer:
        told = answering(self.held, *picked)
        able = told[PAIR].notna().any(axis=1).sum()
        return f"{able} of {len(told)} sources can answer this selection", told.to_dict("records")

    def donors(self, goals: Any, donors: Any, recipients: Any, years: Any) -> Answer:
        sums = by(filtered(self.held, self.source, goals, None, recipients, years), "donor")
        breaks = classes(self.held, self.source, "donor", goals, years)
        figures = [self._map(sums, "donor", breaks, donors, scope) for scope in ("world", "europe")]
        return *figures, *self._told(sums, "donor")

    def recipients(self, goals: Any, donors: Any, recipients: Any, years: Any) -> Answer:
        sums = by(filtered(self.held, self.source, goals, donors, None, years), "recipient")
        breaks = classes(self.held, self.source, "recipient", goals, years)
        figure = self._map(sums, "recipient", breaks, recipients, "world")
        words, table = self._told(sums, "recipient")
        return figure, words, self._islands(sums, breaks), table

    def _islands(self, sums: pd.DataFrame, breaks: list[float]) -> list[html.Span]:
        """Small island States by code, in the colours of the map."""
        held = sums.set_index(sums["recipient"].astype(str))["disbursed"].reindex(self.held.islands)
        level = pd.Series(CLASSES).reindex(pd.Series(breaks).searchsorted(held, side="right")).fillna("#dcd9d2")
        return [
            html.Span(
                f"{code} ", title=f"{self.held.names['recipient'][code]}: {money(value)}", style={"color": colour}
            )
            for (code, value), colour in zip(held.items(), level, strict=True)
        ]

    def _map(self, sums: pd.DataFrame, dimension: str, breaks: list[float], picked: Any, scope: str) -> go.Figure:
        """Members in five classes of what was disbursed."""
        ends = [float("-inf"), *breaks, float("inf")]
        words = [f"under {money(ends[1])}", *map(money, ends[1:-1])]
        shown = sums.assign(
            place=sums[dimension].astype(str).map(self.held.places[dimension]),
            name=sums[dimension].astype(str).map(self.held.names[dimension]),
            disbursed_is=pd.cut(sums["disbursed"], ends, labels=words, right=False)
            .astype(object)
            .fillna("not reported"),
        ).dropna(subset=["place"])
        figure = px.choropleth(
            shown,
            locations="place",
            color="disbursed_is",
            hover_name="name",
            hover_data=PAIR,
            category_orders={"disbursed_is": [*words, "not reported"]},
            color_discrete_map=dict(zip([*words, "not reported"], [*CLASSES, "#dcd9d2"], strict=False)),
            projection="equal earth" if scope == "world" else "azimuthal equal area",
        )
        lines = {self.held.places[dimension].get(code) for code in picked or ()}
        figure.for_each_trace(lambda trace: _outlined(trace, lines))
        if scope == "europe":
            figure.update_geos(
                lonaxis_range=[-11, 30], lataxis_range=[35, 70.5], projection_rotation={"lon": 10, "lat": 52}
            )
        return figure.update_geos(resolution=50).update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})

    def _told(self, sums: pd.DataFrame, dimension: str) -> tuple[str, list[Any]]:
        """The title, and the table with the largest first."""
        largest = sums.sort_values("disbursed", ascending=False)
        part = largest["disbursed"].head(TOP).sum() / largest["disbursed"].sum() if len(sums) else 0
        named = largest.assign(name=largest[dimension].astype(str).map(self.held.names[dimension]))
        return f"Ten {dimension}s: {part:.0%} of what was disbursed", named.to_dict("records")

    def goals(self, goals: Any, donors: Any, recipients: Any, years: Any) -> Answer:
        found = filtered(self.held, self.source, None, donors, recipients, years)
        sums, other = by(found, "goal", "year"), spread(self.held, found)
        told = sums.groupby("goal", observed=True)[PAIR].sum(min_count=1)
        figure = px.bar(
            sums, x="year", y=PAIR, facet_col="goal", facet_col_wrap=5, barmode="overlay", color_discrete_map=COLOURS
        )
        figure.for_each_annotation(lambda one: one.update(text=self._goal(one.text.partition("=")[2], told, goals)))
        figure.update_yaxes(matches=None)
        rest = told["committed"].get(REST, 0) / told["committed"].sum() if len(told) else 0
        aid = self.held.aid[self.held.aid.index.isin(range(years[0], years[1] + 1))]
        words = [f"{rest:.0%} of commitments not allocated to a Goal."]
        words += [f"{row.method}: {money(row.committed)}." for row in other.itertuples()]
        words += [f"Goal 8: ODA {aid.iloc[-1]:.2f}% of GNI in {aid.index[-1]}, target 0.70%."] if len(aid) else []
        return figure, " ".join(words), sums.to_dict("records")

    def _goal(self, goal: str, told: pd.DataFrame, picked: Any) -> str:
        committed, disbursed = told.loc[goal]
        name = f"<b>{GOALS[goal]}</b>" if goal in (picked or ()) else GOALS[goal]
        return f"{name}<br>{money(committed)}, {money(disbursed)}, {disbursed / committed:.0%}"

    def years(self, *picked: Any) -> Answer:
        sums = by(filtered(self.held, self.source, *picked, compared=False), "year")
        below = int((sums["disbursed"] < sums["committed"]).sum())
        figure = px.line(sums, x="year", y=PAIR, color_discrete_map=COLOURS)
        words = f"Disbursements stayed below commitments in {below} of {len(sums)} years"
        return figure, words, ranked(sums).sort_values("year").to_dict("records")

    def ranking(self, goals: Any, donors: Any, recipients: Any, years: Any) -> Answer:
        told = ranked(by(filtered(self.held, self.source, goals, donors, None, years), "recipient"))
        told["name"] = told["recipient"].astype(str).map(self.held.names["recipient"])
        told = pd.concat(
            [told[told["recipient"].isin(recipients or ())], told[~told["recipient"].isin(recipients or ())]]
        )
        figure = px.bar(
            told.head(TOP), x=PAIR, y="name", orientation="h", barmode="overlay", color_discrete_map=COLOURS
        )
        first = told["name"].iloc[0] if len(told) else "Nobody"
        return figure, f"{first} has the widest gap", told.to_dict("records")


def _outlined(trace: Any, places: set[str | None]) -> None:
    """An ink line around what is picked."""
    if places:
        trace.marker.line.width = [2 if place in places else 0.5 for place in trace.locations]
