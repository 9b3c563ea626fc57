"""The filter bar: a row of labels over values, each opening its choices; native controls only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.codes import GOALS, Codes, Group
from dashboard.selection import DIMENSIONS, FIRST_YEAR, LAST_YEAR, Selection
from dashboard.words import listed, years
from layouts import ids
from layouts.pages import short

NAMES = {
    "goal": "Goals",
    "recipient": "Recipients",
    "donor": "Donors",
    "years": "Years",
    "source": "Source",
    "prices": "Prices",
    "method": "Goal mapping",
    "sector": "Sector",
    "purpose": "Purpose",
    "flow": "Flow type",
    "gender": "Gender marker",
    "membership": "Group membership",
}
OFFERED = ("goal", "recipient", "donor", "flow", "gender", "sector", "purpose")  # in a way of their own
NAMES |= {name: name.capitalize() for name in DIMENSIONS if name not in NAMES}
FAMILIES = {
    "dac": "Committees and unions",
    "union": "Committees and unions",
    "ldc": "Groups of States",
    "region": "Regions",
    "income": "Income groups",
}
KINDS = {
    "purpose": "Purposes, by code",
    "sector": "Sectors, by code",
    "country": "Countries",
    "regional": "Regional, no one State",
    "multilateral": "Multilateral",
    "": "Others",
}
AGGREGATE = "aggregate"  # the world, of indicators alone: no row of a flow carries it
METHOD_WORDS = {
    "strict": ("Strict", "A purpose code counts for one Goal or for none."),
    "shared": ("Shared", "A purpose code can count for several Goals, in stated shares."),
    "muskoka": ("Muskoka", "The shares agreed for the Muskoka Initiative, for Goals 4 and 5."),
}
MEMBERSHIP_WORDS = {
    "then": ("As it was in each year", "A country counts for a group in the years it belonged."),
    "today": ("As it is today", "Today’s members count for all years."),
}
TODAY, EACH_YEAR = "today’s list", "as listed each year"
GENDER_WORDS = {
    "2": "Principal objective",
    "1": "Significant objective",
    "0": "Not targeted",
    "unscreened": "Not screened",
}
FLOW_WORDS = {"10": "Official development assistance", "20": "Other official flows"}


def bar(selection: Selection, codes: Codes, goal: str = "") -> html.Div:
    """The whole bar, preset. On a goal's page the goal is the page, so it is not a filter there."""
    first = [] if goal else [_filter("goal", selection, codes, [_many("goal", selection, _goals())])]
    searched = [_filter(k, selection, codes, _searched(k, selection, codes)) for k in ("recipient", "donor")]
    terms = [_filter(key, selection, codes, [_one(key, selection, codes)]) for key in ("source", "prices", "method")]
    year = _filter("years", selection, codes, [_year("since", selection), _year("until", selection)])
    return html.Div(
        html.Div([*first, *searched, year, *terms, _more(selection, codes)], className="wrap"),
        className="filters",
        role="region",
        **{"aria-label": "Filters"},
    )


def value_words(key: str, selection: Selection, codes: Codes) -> str:
    """What a filter says while it is closed."""
    if key == "years":
        return years(selection.since, selection.until)
    if key == "source":
        return codes.sources[selection.source].title if selection.source else "Each panel’s best"
    if key == "prices":
        return "Current $" if selection.prices == "current" else f"{codes.base_year} $"
    if key == "method":
        return METHOD_WORDS[selection.method][0]
    picked = selection.picked(key)
    if not picked:
        return "All eight" if key == "goal" else "All"
    return picked_words(key, picked[0], selection, codes) if len(picked) == 1 else f"{len(picked)} picked"


def named(dimension: str, code: str, codes: Codes) -> str:
    """A code as readers know it."""
    if dimension == "goal":
        return short(code)
    name = codes.name(dimension, code)
    return f"{code} {name}" if dimension in ("purpose", "sector") and name != code else name


def picked_words(dimension: str, code: str, selection: Selection, codes: Codes) -> str:
    """A picked code as readers know it; of a group of countries also which list decides who belongs."""
    name, group = named(dimension, code, codes), codes.groups.get(dimension, {}).get(code)
    if not group or dimension not in ("donor", "recipient"):
        return name
    return f"{name} ({EACH_YEAR if group.dated and selection.membership == 'then' else TODAY})"


def _filter(key: str, selection: Selection, codes: Codes, controls: list[Any]) -> html.Details:
    value = html.Span(value_words(key, selection, codes), id=ids.label_id(key), className="value")
    return html.Details(
        [html.Summary([html.Span(NAMES[key], className="name"), value]), html.Div(controls, className="choices-of")],
        className=f"pop f f-{key}",
    )


def _more(selection: Selection, codes: Codes) -> html.Details:
    none = html.P("None of the sources loaded carries the marker; panels asked with it say so.", className="hint")
    blocks = [
        _block("flow", [_many("flow", selection, _worded("flow", FLOW_WORDS, codes))]),
        _block("membership", [_one("membership", selection, codes)]),
        _block(
            "gender",
            [none, _many("gender", selection, _worded("gender", GENDER_WORDS, codes))],
        ),
        _block("sector", _searched("sector", selection, codes)),
        _block("purpose", _searched("purpose", selection, codes)),
        *(_block(name, _searched(name, selection, codes)) for name in DIMENSIONS if name not in OFFERED),
    ]
    return html.Details(
        [html.Summary("More filters"), html.Div(blocks, className="choices-of blocks")], className="pop f-more"
    )


def _block(key: str, controls: list[Any]) -> html.Div:
    return html.Div([html.H3(NAMES[key]), *controls], className=f"block b-{key}")


def _worded(key: str, words: dict[str, str], codes: Codes) -> list[dict[str, Any]]:
    return [_option(code, said) for code, said in words.items() if codes.knows(key, code)]


def _goals() -> list[dict[str, Any]]:
    return [_option(code, short(code)) for code in GOALS]


def _option(value: str, words: str, hint: str = "") -> dict[str, Any]:
    return {"value": value, "label": html.Span([words, html.Small(hint)]) if hint else words}


def _many(key: str, selection: Selection, options: list[dict[str, Any]]) -> html.Fieldset:
    box = dbc.Checklist(id=ids.filter_id(key), options=options, value=list(selection.picked(key)), className="many")
    return html.Fieldset([html.Legend(NAMES[key], className="heard-only"), box])


def _one(key: str, selection: Selection, codes: Codes) -> html.Fieldset:
    box = dbc.RadioItems(
        id=ids.filter_id(key), options=_terms(key, codes), value=getattr(selection, key), className="many"
    )
    return html.Fieldset([html.Legend(NAMES[key], className="heard-only"), box])


def _terms(key: str, codes: Codes) -> list[dict[str, Any]]:
    if key == "source":
        best = _option("", "Each panel’s best", "Every panel reads the source that answers it best and names it.")
        return [best, *(_option(s.code, s.title, s.coverage) for s in codes.sources.values())]
    if key == "prices":
        now = _option("current", "Current United States dollars", "As they were in each year.")
        return [
            now,
            _option("constant", f"{codes.base_year} United States dollars", "Without inflation and exchange rates."),
        ]
    words = METHOD_WORDS if key == "method" else MEMBERSHIP_WORDS
    return [_option(code, name, hint) for code, (name, hint) in words.items()]


def _year(key: str, selection: Selection) -> html.Label:
    options = [{"label": str(year), "value": str(year)} for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    select = dbc.Select(id=ids.filter_id(key), options=options, value=str(getattr(selection, key)), className="year")
    return html.Label([html.Span("From" if key == "since" else "To"), select], className="year-of")


def _searched(key: str, selection: Selection, codes: Codes) -> list[Any]:
    """A search box over a long list; typing narrows it in the browser, which also writes the families' headings.

    Labels are plain texts: hundreds of components would make every click wait for them."""
    box = html.Label(
        [html.Span(f"Find among {NAMES[key].lower()}", className="heard-only"), _search_input()], className="narrower"
    )
    every = {} if key == "sector" else codes.groups.get(key, {})  # groups of sectors stand among the sectors, by code
    groups = sorted(every.values(), key=lambda g: (_family(g), g.name))
    held = [m for m in codes.members.get(key, {}).values() if m.kind != AGGREGATE]
    members = sorted(held, key=lambda m: (_kind(m.kind), named(key, m.code, codes)))
    options = [{"value": g.code, "label": f"{g.name} ({_size(g)})"} for g in groups]
    options += [{"value": m.code, "label": named(key, m.code, codes)} for m in members]
    families = _first([*((_family(g), g.code) for g in groups), *((_kind(m.kind), m.code) for m in members)])
    lists = [_many(key, selection, options), html.P("Nothing by that name.", className="none")]
    long = html.Div(lists, className="long", **{"data-families": json.dumps(families, ensure_ascii=False)})
    return [box, long, *_memberships(groups, key, codes)]


def _search_input() -> Any:
    return dbc.Input(type="search", placeholder="Type a name or code", autocomplete="off", className="search")


def _family(group: Group) -> str:
    return FAMILIES.get(group.family, group.family.capitalize() or "Groups")


def _kind(kind: str) -> str:
    return KINDS.get(kind, kind.capitalize())


def _size(group: Group) -> str:
    return f"{len(group.members())}, {'by year' if group.dated else 'today’s list'}"


def _first(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first code of each family, under which its heading is written."""
    families: dict[str, str] = {}
    for family, code in rows:
        families.setdefault(family, code)
    return {code: family for family, code in families.items()}


def _memberships(groups: list[Group], key: str, codes: Codes) -> list[Any]:
    if not groups:
        return []
    said = "\n\n".join(_members(group, key, codes) for group in groups)
    return [html.Details([html.Summary("Who belongs to each group"), html.P(said)], className="groups")]


def _members(group: Group, key: str, codes: Codes) -> str:
    names = sorted(codes.name(key, code) for code in group.members())
    told = "Membership by year is known." if group.dated else "Only today’s list is known; it holds for all years."
    return f"{group.name}: {listed(names, most=len(names) + 1)}. {told} {group.basis}".strip()
