"""The page of one commitment, put together: figures in the main column, the record beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.amount_words import amount, figure, prices
from dashboard.cite import pinned
from dashboard.commitment import Commitment, Entry
from dashboard.commitment_words import VERBS, gaps, headline
from dashboard.contributed import beside as beside_bars
from dashboard.figures import dues
from dashboard.measured import Coverage
from dashboard.open_words import least
from dashboard.other_years import apart
from dashboard.rules import sentence
from dashboard.selection import Refusal
from dashboard.shown import rounded
from dashboard.words import listed, percent
from dashboard.year_ways import said as said_ways
from layouts import beside, ids
from layouts.bars_moved import bars_moved
from layouts.causes import waterfalls
from layouts.commitment_figures import (
    CAUSE,
    YEARS,
    basis,
    drawn_years,
    source_line,
    steps,
    taken,
    terms,
    whole,
    year_titles,
)
from layouts.contributed import contributed, legend
from layouts.doubts import findings
from layouts.explained import explain
from layouts.filled import planted
from layouts.ladder import gaps as three
from layouts.ladder import ladder
from layouts.opening import opening
from layouts.parts import mark
from layouts.pieces import absent, commitment, facts, foot, panel, refused, to, twin
from layouts.pieces import figure as drawn
from layouts.policy_steps import policy_steps
from layouts.reported import reported
from layouts.revisions import earlier, history
from layouts.standings import members
from layouts.vintages import readings, releases, vintages

SAID = (
    "The words of a commitment are ours; the source stands beside them. Two dots (..) mean not reported; 0 means "
    "reported as nil. Figures are rounded; downloads have every digit. Sources are never added together."
)
NONE = "The register holds nothing of that name. The list of commitments holds all there are."


def frame(edition: str, search: str, filled: list[Any]) -> list[Any]:
    """A page of the register around its content; `search` is the query string as it stands."""
    state = dcc.Location(id=ids.REGISTER_ADDRESS, refresh=False, search=search), dcc.Store(id=ids.SHOWN, data=edition)
    return [*state, html.Div(filled, id=ids.REGISTER)]


def page(told: Commitment, every: Sequence[Refusal], kept: str, public: str) -> list[Any]:
    """kept: the terms that links to other records carry, edition and state where the address pins them."""
    pledge = told.pledge
    about = [_rule(told, kept), findings(told, kept), beside.ties(told, kept)]
    main = [
        _ladder(told),
        *_money(told),
        *readings(told),
        *vintages(told),
        *_years(told),
        *members(told, "" if drawn_years(told) else terms(told), source_line(told)),
    ]
    main += [*releases(told), _accounts(told), contributed(told)]
    main += [*([] if told.measured.measured else about), *_children(told, kept)]  # else they would stand beside nothing
    side = [beside.said(told, kept), *(about if told.measured.measured else []), beside.additional(told)]
    side += [beside.sources(told), history(told), beside.cite(told, public)]
    columns = html.Div([html.Div(main, className="main"), html.Div(side, className="side")], className="two")
    body = [*refused(every), _crumbs(told, kept), html.H1(pledge.title), _badges(told)]
    hero = html.Div(
        [
            *opening(headline(told), heading=False),
            *earlier(told),
            *bars_moved(told.revisions, ruled=told.pledge.rule is not None),
        ],
        className="hero",
    )
    address = pinned(f"/commitment/{pledge.id}", told.edition, told.registry)
    titled = {"data-title": pledge.title[:90]}
    return [html.Main([*body, hero, columns], id="content", className="wrap register", **titled), foot(SAID, address)]


def missing(why: str, kept: str, title: str = "Not in the register") -> list[Any]:
    way = html.P(html.A("All commitments", **to("/commitments", kept)), className="ways")
    said = [html.H1(title), html.P(why), way]
    return [html.Main(said, id="content", className="wrap plain", **{"data-title": title})]


def _crumbs(told: Commitment, kept: str) -> html.P:
    pledge = told.pledge
    parts: list[Any] = [html.A("Commitments", **to("/commitments", kept))]
    if pledge.forum_id:
        parts += [" / ", html.A(pledge.forum, **to(f"/forum/{pledge.forum_id}", kept))]
    return planted(html.P([*parts, " / ", pledge.maker], className="crumb"))


def _badges(told: Commitment) -> html.Ul:
    pledge = told.pledge
    words: list[Any] = [[mark(f"goal-{goal}"), f"Goal {goal}"] for goal in pledge.goals]
    words += [pledge.kind.capitalize(), "Collective" if pledge.collective else "Individual"]
    words += [f"{len(told.children)} part{'s' if len(told.children) > 1 else ''}"] if told.children else []
    made = [html.Li(one, className="badge") for one in words]
    if pledge.confidence != "high":
        made.append(html.Li(f"{pledge.confidence.capitalize()} confidence", className="badge warn"))
    if pledge.unverified:
        whole = any(one.kind == "memory" for one in pledge.sources)
        made.append(html.Li("From memory" if whole else "From memory, in part", className="badge warn"))
    return planted(html.Ul(made, className="badges", role="list"))


def _ladder(told: Commitment) -> html.Section:
    pledge = told.pledge
    reached = policy_steps(pledge.statuses, told.contributed)
    rungs = ladder(told.rungs, terms(told), of_money(told), told.contributed)
    body = [planted(html.Div([rungs, *reached, three(gaps(told))]))]
    four = "Four rungs, each with its figure, date and source" if of_money(told) else "What was promised"
    title = "The ladder" if pledge.kind == "financial" else "The ladder, and where the policy stands"
    words = f"{four}; then the three gaps, which are never one."
    source = "Register of commitments; figures of delivery from the rule of this page"
    return panel("ladder", title, words, body, source)


def of_money(told: Commitment) -> bool:
    """Of a policy, and of an indicator, no rungs of money can be told."""
    return told.pledge.kind == "financial" and told.measured.rule.kind != "indicator"


def _money(told: Commitment) -> list[html.Section]:
    """The waterfall by cause and what explains its figure; the figure alone where no money was due."""
    found = told.measured
    if not found.measured or (found.rule.kind == "indicator" and (drawn_years(told) or len(found.standings) > 1)):
        return []  # of an indicator the figure is explained under its years or its countries
    if told.causes is None:
        title = f"{figure(found.delivered, found.unit)} {VERBS[found.rule.stage]}"
        title = title if found.rule.kind != "indicator" else "What the indicator shows"
        basis = prices(found.rule, found.unit)
        return [panel("explained", title, basis[:1].upper() + basis[1:], [explain(told, terms(told))])]
    return [waterfalls(told, told.causes, terms(told), steps(told), taken(told, CAUSE))]


def _years(told: Commitment) -> list[html.Section]:
    found = told.measured
    chart = drawn_years(told)
    if chart is None:
        return []
    years = dues.table(whole(told), basis(told))
    care = apart(found, told.series)
    body = [html.Div(drawn("years", chart, dues.HEIGHT, years.caption), className="body"), twin(rounded(years))]
    body += [html.P(note, className="note") for note in (care, said_ways(found.years)) if note]
    body += [planted(html.Div(legend()))] if dues.within(found, beside_bars(found, told.contributed)) else []
    body += [explain(told, terms(told))] if found.rule.kind == "indicator" else []
    return [panel("years", *year_titles(told), body, taken=taken(told, YEARS))]


def _accounts(told: Commitment) -> html.Section:
    """What was measured beside what others reported; two accounts, never subtracted from each other unmarked."""
    found, held = told.measured, told.pledge.delivered
    ours: Any = absent("not_measurable", found.why or "not measured")
    if found.measured:
        basis = prices(found.rule, found.unit)
        told_so = basis == found.unit or found.unit.startswith("% of")
        ours = least(found) + figure(found.delivered, found.unit) + ("" if told_so else f", {basis}")
    pairs = [("Measured here", ours), *reported(held, told.contributed), ("State in the register", told.entry.words)]
    words = "Accounts of the same promise. They may count at another rung, in other prices, to another date."
    return panel("accounts", "Measured, and as others reported it", words, [planted(html.Div(facts(pairs)))])


def _children(told: Commitment, kept: str) -> list[html.Section]:
    if not told.children:
        return []
    rows = [_child(one, kept) for one in told.children]
    names = ("Commitment", "Maker", "Amount", "Measured", "State")
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in names]))
    listed_ = html.Table([html.Caption("Parts", className="heard-only"), head, html.Tbody(rows)], className="listing")
    words = "Each is a commitment of its own; their amounts are part of the one above and are not added to it."
    title = f"{len(rows)} commitments are part of it" if len(rows) > 1 else "One commitment is part of it"
    return [panel("children", title, words, [planted(html.Div(listed_, className="wide"))])]


def _child(one: Entry, kept: str) -> html.Tr:
    outcome = one.outcome
    have = figure(outcome.delivered, outcome.unit) if outcome.measured else "–"
    promised = amount(one.pledge.amount) or "words only"
    cells = ("Maker", one.pledge.maker), ("Amount", promised), ("Measured", have), ("State", one.words)
    made = [html.Td(value, **{"data-l": name}) for name, value in cells]
    return html.Tr([html.Th(commitment(one.pledge.id, one.pledge.title, kept), scope="row"), *made])


def _rule(told: Commitment, kept: str) -> html.Section:
    """The counting rule in plain words, and which part of the promise it can see."""
    rule = told.measured.rule
    body = [html.P(sentence(rule, told.names), className="rule-said"), *_coverage(told.measured.coverage, told)]
    way = html.A("See how another rule would count", **to(f"/commitment/{told.pledge.id}/rule", kept))
    body.append(html.P(way, className="ways"))
    return panel("rule", "How it is counted", "", [planted(html.Div(body))], _version(told))


def _version(told: Commitment) -> str:
    version = f"version {told.rule_version}" if told.rule_version else "none is kept"
    return f"Rule: {version}, state {told.registry}"


def _coverage(seen: Coverage, told: Commitment) -> list[Any]:
    known, wanted = seen.cells
    if not wanted or not told.measured.measured:
        return []
    said = f"Coverage: {known:,} of {wanted:,} figures by member and year are known ({percent(seen.estimate)})."
    dimension = "recipient" if told.measured.rule.kind == "indicator" else "donor"
    lacking = listed([told.names(dimension, code) for code in seen.lacking], 4)
    more = [html.P(f"Without any figure: {lacking}.", className="note")] if lacking else []
    return [html.P(said, className="note"), *more, *(html.P(limit, className="note") for limit in seen.limits)]
