"""What the page of methods says of checks, rules, formulas, mappings, prices, groups and absences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard import method_words
from dashboard.codes import Codes, Group
from dashboard.findings import STATUSES
from dashboard.methods import METHODS
from dashboard.panels import Table
from dashboard.words import years
from layouts.filled import planted
from layouts.parts import mark
from layouts.pieces import folded
from layouts.tables import table

SECTIONS = {
    "checks": "Checks",
    "rules": "Counting rules",
    "formulas": "Formulas",
    "mapping": "Goal mapping",
    "prices": "Prices and exchange rates",
    "groups": "Groups and membership",
    "absences": "What is not there",
}
FAMILIES = {
    "dac": "Donors",
    "union": "Donors",
    "multilateral": "Donors",
    "ldc": "Country groups of the United Nations",
    "income": "Income groups",
    "region": "Regions",
    "sector": "Sectors",
}


def contents() -> html.Nav:
    links = [html.A(words, href=f"#{place}") for place, words in SECTIONS.items()]
    return html.Nav(links, className="contents", **{"aria-label": "On this page"})


def sections(codes: Codes, spread: Table | str) -> list[Any]:
    """spread: what each method assigns to each Goal, or why that cannot be told."""
    made = {
        "checks": _checks(),
        "rules": _rules(),
        "formulas": _formulas(),
        "mapping": _mapping(spread),
        "prices": _prices(codes),
        "groups": _groups(codes),
        "absences": _absences(),
    }
    return [html.Section([html.H2(SECTIONS[place]), planted(html.Div(made[place]))], id=place) for place in SECTIONS]


def _listed(pairs: Sequence[tuple[str, Any]]) -> html.Dl:
    return html.Dl([html.Div([html.Dt(name), html.Dd(words)]) for name, words in pairs], className="told-as")


def _checks() -> list[Any]:
    said = (
        "Each check is run over every commitment and over the flows. What it finds is kept with two figures and their "
        "two sources, and with what became of it."
    )
    link = html.A("All findings", href="/findings", **{"data-page": "/findings"})
    states = html.P(f"A finding is {'; or '.join(STATUSES.values())}.")
    return [html.P([said, " ", link, "."]), states, _listed(method_words.checks())]


def _rules() -> list[Any]:
    said = "What counts as delivery of a commitment is a rule, kept as data beside it. There are four kinds."
    pairs = [(kind, [html.P(words), html.P(["Keys: ", html.Code(keys)])]) for kind, words, keys in method_words.kinds()]
    return [html.P(said), _listed(pairs)]


def _formulas() -> list[Any]:
    said = "As they are printed beside each figure, with the terms that go in."
    pairs = [(name, html.Ul([html.Li(one) for one in every])) for name, every in method_words.formulas()]
    return [html.P(said), _listed(pairs), html.P(method_words.TARGETS), *map(html.P, method_words.VERDICTS)]


def _mapping(spread: Table | str) -> list[Any]:
    said = "There is no official list that assigns purposes to Goals. Three methods are kept, line by line."
    lines = method_words.mapping()
    apart = html.P(spread) if isinstance(spread, str) else table(spread)
    return [
        html.P(said),
        _listed(list(METHODS.items())),
        html.H3("How far the methods lie apart"),
        apart,
        folded(f"The {len(lines.rows)} lines of the mapping", table(lines)),
    ]


def _prices(codes: Codes) -> list[Any]:
    formula, *said = method_words.PRICES
    base = f"Constant prices here are those of {codes.base_year}, unless a rule names another year."
    return [html.P(html.Code(formula)), *(html.P(one) for one in said), html.P(base)]


def _groups(codes: Codes) -> list[Any]:
    said = (
        "A group with dates has its members of each year; the page can also take today’s list for all years. "
        "A group without dates has one list for all years, and says so."
    )
    held: dict[str, list[Group]] = {}
    for by_code in codes.groups.values():
        for group in by_code.values():
            held.setdefault(FAMILIES.get(group.family, group.family), []).append(group)
    return [html.P(said), *(_family(name, groups, codes) for name, groups in held.items())]


def _family(name: str, groups: Sequence[Group], codes: Codes) -> html.Div:
    pairs = [(group.name, [html.P(_basis(group)), _members(group, codes.members[group.dimension])]) for group in groups]
    return html.Div([html.H3(name), _listed(pairs)])


def _basis(group: Group) -> str:
    dated = "With dates." if group.dated else "One list for all years."
    return f"{dated} {group.basis}"


def _members(group: Group, members: Mapping[str, Any]) -> html.Details:
    names = sorted(members[code].name if code in members else code for code in group.members())
    said = ", ".join(names)
    if group.dated:
        spells = sorted(group.spells, key=lambda spell: (spell.since, spell.member))
        said = "; ".join(
            f"{members[spell.member].name if spell.member in members else spell.member} "
            f"{years(spell.since, spell.until)}"
            for spell in spells
        )
    return folded(f"{len(names)} members", html.P(said))


def _absences() -> list[Any]:
    said = "Each kind of absence has its own mark. None is ever summed or averaged as zero."
    rows = [
        html.Tr([html.Th([mark(one.mark), " ", one.words.capitalize()], scope="row"), html.Td(one.meaning)])
        for one in method_words.absences()
    ]
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in ("Kind", "Meaning")]))
    return [
        html.P(said),
        html.Table([html.Caption(said, className="heard-only"), head, html.Tbody(rows)], className="marks-of"),
    ]
