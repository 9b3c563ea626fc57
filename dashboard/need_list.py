"""The ranking of needs under terms of an address: what they can be, what is ranked, and the ranking as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dashboard.carried import Carried, of_register, sourced
from dashboard.codes import GOALS as NAMES
from dashboard.codes import Codes
from dashboard.figures.indicators import recipients
from dashboard.methods import METHODS, serves
from dashboard.needs import Needs, Placed, Weights, needs
from dashboard.page_terms import Terms
from dashboard.page_terms import read as read_terms
from dashboard.panels import Column, Table
from dashboard.questions import Answers, Unanswerable
from dashboard.selection import Refusal, Selection
from dashboard.words import years

KEYS = ("goal", "series", "method", "recipient", "need", "funding")
OFFERED = ("0", "1", "2", "3", "5")
GOALS = "1234567"  # Goal 8 is measured of donors
FIRST = "5"
WORDS = {"goal": "Goal", "series": "Indicator", "method": "Goal mapping", "recipient": "Recipients"}
WEIGHTS = {"need": "Weight of need", "funding": "Weight of lack of funding"}
FORMULA = (
    "Score = (weight of need × need + weight of funding × lack of funding) ÷ sum of the weights. Need and lack are "
    "places among those ranked, from 0 to 1. Who lacks a figure has no place; an empty cell means not reported."
)
COLUMNS = (
    Column("place", "Place", "number"),
    Column("code", "Code", "code"),
    Column("name", "Recipient"),
    Column("value", "Indicator", "number"),
    Column("year", "Year", "year"),
    Column("target", "Target for 2015", "number"),
    Column("distance", "Distance to it", "number"),
    Column("usd", "Disbursed a year", "usd", "US dollars"),
    Column("people", "Population", "number"),
    Column("per_head", "A head and year", "usd", "US dollars"),
    Column("need", "Need, 0 to 1", "number"),
    Column("lack", "Lack of funding, 0 to 1", "number"),
    Column("score", "Score", "number"),
)
IN_UNIT = ("value", "target", "distance")  # columns in the unit of the indicator


def is_weight(value: str) -> bool:
    """`2` or `0.25`, below a thousand."""
    return re.fullmatch(r"\d{1,3}(\.\d{1,3})?", value, re.ASCII) is not None


def read(
    raw: Mapping[str, str], offers: Mapping[str, Mapping[str, str]], pins: str = ""
) -> tuple[Terms, tuple[Refusal, ...]]:
    known = {key: is_weight if key in ("need", "funding") else tuple(offers[key]) for key in KEYS}
    return read_terms(raw, known, ("recipient",), pins)


def countries(codes: Codes, picked: Sequence[str]) -> tuple[str, ...]:
    """Those of the recipients picked that are countries: they are lifted out of the ranking, which groups limit."""
    ranked = recipients(codes)
    return tuple(code for code in picked if code in ranked)


def offers(answers: Answers, goal: str, picked: str) -> dict[str, dict[str, str]]:
    """picked: recipients as written; countries among them are offered beside the groups."""
    codes, listed = answers.codes, answers.series_list()
    names = dict(zip(listed["series"].tolist(), listed["name"].tolist(), strict=True))
    series = {name: names.get(name, name) for name, of in codes.series.items() if of == goal}
    groups = {code: group.name for code, group in codes.groups["recipient"].items()}
    groups |= {code: codes.name("recipient", code) for code in countries(codes, picked.split(","))}
    weights = {value: value for value in OFFERED}
    return {
        "goal": {one: f"{one} {NAMES[one]}" for one in GOALS},
        "series": series,
        "method": {name: name.capitalize() for name in METHODS if goal in GOALS and serves(name, goal)},
        "recipient": dict(sorted(groups.items(), key=lambda pair: pair[1])),
        "need": weights,
        "funding": weights,
    }


def shown(terms: Terms, offered: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What is shown where nothing else is asked: strict mapping where any of its codes serves the Goal."""
    method = next(iter(offered["method"]), "strict")
    goal, series = terms.one("goal", FIRST), terms.one("series")
    own = {"goal": goal, "series": series, "method": terms.one("method", method)}
    return own | {"need": terms.one("need", "1"), "funding": terms.one("funding", "1")}


def held(answers: Answers, terms: Terms, of: Mapping[str, str]) -> Needs | str:
    """The ranking, or why there is none. of: every term with one value, as `shown` has it."""
    asked = Selection(goal=(of["goal"],), series=of["series"], method=of["method"])
    try:
        weights = Weights(Decimal(of["need"]), Decimal(of["funding"]))
        apart = countries(answers.codes, terms.all("recipient"))
        groups = tuple(code for code in terms.all("recipient") if code not in apart)
        return needs(answers, asked.change(recipient=groups), weights)
    except (Unanswerable, ValueError) as why:
        return str(why)


def table(ranking: Needs, codes: Codes) -> Table:
    """Every recipient, exact; an absence is an empty cell."""
    unit = ranking.series.unit
    columns = tuple(Column(one.key, one.heading, one.kind, unit) if one.key in IN_UNIT else one for one in COLUMNS)
    rows = tuple(
        (
            row.place, row.code, codes.name("recipient", row.code), row.value, row.year or None, row.target,
            row.distance, row.usd, row.people, row.per_head, row.need, row.lack, row.score,
        )
        for row in ranking.rows
    )  # fmt: skip
    behind = tuple(_rows_behind(ranking.flows, row) for row in ranking.rows)
    return Table(f"Need against funding, {ranking.series.name}, {years(*ranking.years)}", columns, rows, behind)


def _rows_behind(flows: Selection, row: Placed) -> str:
    """The query string of the rows that a recipient's money is the sum of, over all years; empty without money."""
    return "" if row.usd is None else flows.change(recipient=(row.code,), stage="disbursed").write()


def carried(
    answers: Answers, terms: Terms, offered: Mapping[str, Mapping[str, str]], pins: tuple[str, str], path: str
) -> Carried:
    """The ranking as it leaves. pins: edition and state of the register that the page shows. Raises Unanswerable."""
    of = shown(terms, offered)
    found = held(answers, terms, of)
    if isinstance(found, str):
        raise Unanswerable(found)
    given = table(found, answers.codes)
    own = {key: ",".join(terms.all(key)) for key in KEYS if terms.all(key)}
    one = of_register("needs", f"{NAMES[of['goal']]}: need against funding", own, path, *pins, given)
    source = f"Source: {found.series.source}; {answers.codes.sources[found.source].title}"
    return _said(sourced(one, source), found, terms, of, offered)


def _said(
    one: Carried, found: Needs, terms: Terms, of: Mapping[str, str], offered: Mapping[str, Mapping[str, str]]
) -> Carried:
    """With the selection in words, and how the places are made."""
    words = {**of, "series": found.series.code}
    told = [f"{WORDS[key]}: {offered[key].get(words[key], words[key])}" for key in ("goal", "series", "method")]
    groups = ", ".join(offered["recipient"].get(code, code) for code in terms.all("recipient"))
    told += [f"{WORDS['recipient']}: {groups}"] if groups else []
    told += [f"{heading}: {of[key]}" for key, heading in WEIGHTS.items()]
    return replace(one, filters="; ".join(told), sentence=FORMULA)
