"""The sums behind the panels of the ordinary app: masks and groups over a frame, once for each that needs one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from benchmarks.ordinary_frames import PAIR, Held

REST = "unallocated"
Years = Sequence[int]


def span(held: Held, source: str, years: Years, compared: bool = True) -> tuple[int, int]:
    """The years that a source can show; `compared`: those with both rungs."""
    about = held.sources.loc[source]
    first = about["compared_since"] if compared and {*PAIR} <= {*about["stages"].split(",")} else about["since"]
    return max(int(first), years[0]), min(int(about["until"]), years[1])


def filtered(
    held: Held, source: str, goals: Any, donors: Any, recipients: Any, years: Years, compared: bool = True
) -> pd.DataFrame:
    """The rows of a source under what is picked, of the years that it can show."""
    found, (since, until) = held.amounts[source], span(held, source, years, compared)
    mask = (found["year"] >= since) & (found["year"] <= until)
    for name, picked in (("goal", goals), ("donor", donors), ("recipient", recipients)):
        if picked:
            mask &= found[name].isin(picked)
    return found[mask]


def by(found: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Committed and disbursed by some columns; nothing where nothing is reported."""
    return found.groupby(list(keys), observed=True)[PAIR].sum(min_count=1).reset_index()


def whole(found: pd.DataFrame) -> tuple[float, float]:
    """Committed and disbursed, of all rows together."""
    sums = found[PAIR].sum(min_count=1)
    return float(sums["committed"]), float(sums["disbursed"])


def classes(held: Held, source: str, dimension: str, goals: Any, years: Years) -> list[float]:
    """Breaks of the classes of a map: fifths of what every member has in as many years, whatever else is picked, so
    that a colour means the same after every click."""
    since, until = span(held, source, years)
    last = int(held.sources.loc[source, "until"])
    every = by(filtered(held, source, goals, None, None, (last - until + since, last)), dimension)
    amounts = every["disbursed"][every["disbursed"] > 0]
    return sorted({float(amounts.quantile(part / 5)) for part in range(1, 5)}) if len(amounts) else []


def spread(held: Held, found: pd.DataFrame) -> pd.DataFrame:
    """What all Goals together hold under each mapping of purposes."""
    shared = by(found, "purpose").astype({"purpose": str}).merge(held.shares[held.shares["goal"] != REST], on="purpose")
    for name in PAIR:
        shared[name] *= shared["share"]
    return by(shared, "method")


def ranked(sums: pd.DataFrame) -> pd.DataFrame:
    """Members by what was committed and not disbursed, the most first."""
    told = sums.assign(gap=sums["committed"] - sums["disbursed"], share=sums["disbursed"] / sums["committed"])
    return told.sort_values("gap", ascending=False)


def answering(held: Held, goals: Any, donors: Any, recipients: Any, years: Years) -> pd.DataFrame:
    """Each source by itself: its years, and both amounts where it tells apart what is picked."""
    needed = {name for name, picked in (("goal", goals), ("donor", donors), ("recipient", recipients)) if picked}
    rows = []
    for source, about in held.sources.iterrows():
        since, until = span(held, str(source), years)
        able = needed <= {*about["dimensions"].split(",")} and since <= until
        pair = (float("nan"),) * 2
        if able:
            pair = whole(filtered(held, str(source), goals, donors, recipients, years))
        rows.append((source, about["title"], since, until, *pair))
    return pd.DataFrame(rows, columns=["source", "title", "since", "until", *PAIR])
