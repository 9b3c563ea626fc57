"""The page of one commitment, put together: figures in the main column, the record beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import causes as by_cause
from dashboard.amount_words import amount, figure, prices
from dashboard.amounts import Amount
from dashboard.cite import pinned
from dashboard.commitment import Commitment, Entry
from dashboard.commitment_words import VERBS, by_year, gaps, headline, left
from dashboard.commitment_words import by_cause as cause_title
from dashboard.figures import dues
from dashboard.figures.steps import EDGE, HEIGHT, ROW, waterfall
from dashboard.measured import Coverage
from dashboard.panels import Column, Table
from dashboard.rules import sentence
from dashboard.selection import Refusal
from dashboard.words import listed, percent
from layouts import beside, ids
from layouts.doubts import findings
from layouts.explained import explain
from layouts.filled import planted
from layouts.ladder import gaps as three
from layouts.ladder import ladder
from layouts.opening import opening
from layouts.parts import mark
from layouts.pieces import absent, commitment, facts, foot, panel, refused, to, twin
from layouts.pieces import figure as drawn
from layouts.tables import table

SAID = (
    "The words of a commitment are ours; the source stands beside them. Two dots (..) mean not reported; 0 means "
    "reported as nil. Figures are rounded; tables and downloads are exact. Sources are never added together."
)
NONE = "The register holds nothing of that name. The list of commitments holds all there are."


def frame(edition: str, search: str, filled: list[Any]) -> list[Any]:
    """A page of the register around its content; `search` is the query string as it stands."""
    state = dcc.Location(id=ids.REGISTER_ADDRESS, refresh=False, search=search), dcc.Store(id=ids.SHOWN, data=edition)
    return [*state, html.Div(filled, id=ids.REGISTER)]


def page(told: Commitment, every: Sequence[Refusal], kept: str, public: str) -> list[Any]:
    """kept: the terms that links to other records carry, edition and state where the address pins them."""
    pledge = told.pledge
    about = [_rule(told), findings(told, kept), beside.ties(told, kept)]
    main = [_ladder(told), *_money(told), *_years(told), *_members(told), _accounts(told)]
    main += [*([] if told.measured.measured else about), *_children(told, kept)]  # else they would stand beside nothing
    side = [beside.said(told, kept), *(about if told.measured.measured else []), beside.additional(told)]
    side += [beside.sources(told), beside.history(told), beside.cite(told, public)]
    columns = html.Div([html.Div(main, className="main"), html.Div(side, className="side")], className="two")
    body = [*refused(every), _crumbs(told, kept), html.H1(pledge.title), _badges(told)]
    hero = html.Div(opening(headline(told), heading=False), className="hero")
    address = pinned(f"/commitment/{pledge.id}", told.edition, told.registry)
    titled = {"data-title": pledge.title[:90]}
    return [html.Main([*body, hero, columns], id="content", className="wrap register", **titled), foot(SAID, address)]


def missing(why: str, kept: str) -> list[Any]:
    way = html.P(html.A("All commitments", **to("/commitments", kept)), className="ways")
    said = [html.H1("Not in the register"), html.P(why), way]
    return [html.Main(said, id="content", className="wrap plain", **{"data-title": "Not in the register"})]


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
    words += [f"{len(told.children)} parts"] if told.children else []
    made = [html.Li(one, className="badge") for one in words]
    if pledge.confidence != "high":
        made.append(html.Li(f"{pledge.confidence.capitalize()} confidence", className="badge warn"))
    if pledge.unverified:
        whole = any(one.kind == "memory" for one in pledge.sources)
        made.append(html.Li("From memory" if whole else "From memory, in part", className="badge warn"))
    return planted(html.Ul(made, className="badges", role="list"))


def _ladder(told: Commitment) -> html.Section:
    pledge, reached = told.pledge, told.pledge.statuses
    steps = [facts([(one.step.replace("_", " ").capitalize(), f"{one.date} {one.note}".strip()) for one in reached])]
    body = [planted(html.Div([ladder(told.rungs), *(steps if reached else []), three(gaps(told))]))]
    words = "Four rungs, each with its figure, date and source; then the three gaps, which are never one."
    title = "The ladder" if pledge.kind == "financial" else "The ladder, and where the policy stands"
    return panel(
        "ladder", title, words, body, "Register of commitments; figures of delivery from the rule of this page"
    )


def _money(told: Commitment) -> list[html.Section]:
    """The waterfall by cause and what explains its figure; the figure alone where no money was due."""
    found, file = told.measured, f"/export/commitment/{told.pledge.id}.csv?{_pins(told)}"
    if not found.measured:
        return []
    if told.causes is None:
        title = f"{figure(found.delivered, found.unit)} {VERBS[found.rule.stage]}"
        title = title if found.rule.kind != "indicator" else "What the indicator shows"
        basis = prices(found.rule, found.unit)
        return [panel("explained", title, basis[:1].upper() + basis[1:], [explain(told, file)])]
    rows = by_cause.drawn(told.causes)
    sentence_ = headline(told).text
    height = min(HEIGHT, 2 * EDGE + ROW * len(rows))
    whole = None if rows[0].name == "baseline" else rows[0].end  # of a level that was there before nothing is a share
    chart = waterfall(rows, whole, height=height)
    under = f"By cause. {told.causes.prices[:1].upper()}{told.causes.prices[1:]}. {left(told.causes)}"
    body = [drawn("cause", chart, height, sentence_), twin(by_cause.table(told.causes)), explain(told, file)]
    return [panel("cause", cause_title(told.causes, told), under, body, _source(told))]


def _pins(told: Commitment) -> str:
    return pinned("", told.edition, told.registry).removeprefix("?")


def _source(told: Commitment) -> str:
    rule = told.measured.rule
    code = rule.source or rule.series
    return f"Source: {told.names('release', code)}; edition {told.edition}" if code else "Source: register"


def _years(told: Commitment) -> list[html.Section]:
    found = told.measured
    chart = dues.figure(found) if found.measured else None
    if chart is None:
        return []
    basis = prices(found.rule, found.unit)
    verb, plum = VERBS[found.rule.stage], found.rule.kind == "indicator"
    kind = "Value by year, and the target dotted" if plum else f"Due outlined, {verb} filled"
    years = dues.table(found, basis)
    body = [drawn("years", chart, dues.HEIGHT, years.caption), twin(years)]
    return [panel("years", by_year(told), f"{kind}. {basis[:1].upper()}{basis[1:]}", body, _source(told))]


def _members(told: Commitment) -> list[html.Section]:
    """Each donor or country by itself, against its target."""
    found = told.measured
    held = [one for one in found.standings if one.value is not None]
    if len(found.standings) < 2:
        return []
    words = {True: "reached", False: "not reached", None: None}
    dimension = "recipient" if found.rule.kind == "indicator" or found.rule.recipients else "donor"
    judged = sum(one.met is not None for one in held)
    unit = "" if found.unit == "countries" else prices(found.rule, found.unit)
    columns = [Column("name", "Name"), Column("year", "Year", "year"), Column("value", "Value", "number", unit)]
    columns += [Column("met", "Target")] if judged else []
    ordered = sorted(found.standings, key=lambda one: (one.value is None, -(one.value or 0), one.code))
    rows = [(told.names(dimension, one.code), one.year, one.value, words[one.met])[: len(columns)] for one in ordered]
    title = f"{sum(one.met is True for one in held)} of {judged} reached the target" if judged else "Each by itself"
    whole = " Before the baseline is taken off" if found.rule.baseline != "none" and not judged else ""
    drawn_ = Table(f"{title}: name, year, value", tuple(columns), tuple(rows))
    under = f"Each by itself, {len(held)} of {len(rows)} with a figure.{whole}"
    return [panel("members", title, under, [html.Div(table(drawn_), className="few-rows")], _source(told))]


def _accounts(told: Commitment) -> html.Section:
    """What was measured beside what others reported; two accounts, never subtracted from each other unmarked."""
    found, held = told.measured, told.pledge.delivered
    ours: Any = absent("not_measurable", found.why or "not measured")
    if found.measured:
        basis = prices(found.rule, found.unit)
        ours = figure(found.delivered, found.unit) + (f", {basis}" if basis != found.unit else "")
    theirs: Any = absent("not_reported", "not reported")
    if isinstance(held.amount, Amount) and amount(held.amount):
        theirs = amount(held.amount) + (f", {held.amount.prices}" if held.amount.prices else "")
    pairs = [
        ("Measured here", ours),
        ("Reported", theirs),
        ("By", held.by),
        ("As of", held.as_of),
        ("What they count", held.counts),
        ("State in the register", told.entry.words),
    ]
    words = "Two accounts of the same promise. They may count at another rung, in other prices, to another date."
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
    title = f"{len(rows)} commitments are part of it" if len(rows) > 1 else "One commitment is part of it"
    return [panel("children", title, words, [planted(html.Div(listed_, className="wide"))])]


def _child(one: Entry, kept: str) -> html.Tr:
    outcome = one.outcome
    have = figure(outcome.delivered, outcome.unit) if outcome.measured else "–"
    promised = amount(one.pledge.amount) or "words only"
    cells = ("Maker", one.pledge.maker), ("Amount", promised), ("Measured", have), ("State", one.words)
    made = [html.Td(value, **{"data-l": name}) for name, value in cells]
    return html.Tr([html.Th(commitment(one.pledge.id, one.pledge.title, kept), scope="row"), *made])


def _rule(told: Commitment) -> html.Section:
    """The counting rule in plain words, and which part of the promise it can see."""
    rule = told.measured.rule
    body = [html.P(sentence(rule, told.names), className="rule-said"), *_coverage(told.measured.coverage, told)]
    return panel("rule", "How it is counted", "", [planted(html.Div(body))], f"Rule version 1, state {told.registry}")


def _coverage(seen: Coverage, told: Commitment) -> list[Any]:
    known, wanted = seen.cells
    if not wanted:
        return []
    said = f"Coverage: {known:,} of {wanted:,} figures by member and year are known ({percent(seen.estimate)})."
    dimension = "recipient" if told.measured.rule.kind == "indicator" else "donor"
    lacking = listed([told.names(dimension, code) for code in seen.lacking], 4)
    more = [html.P(f"Without any figure: {lacking}.", className="note")] if lacking else []
    return [html.P(said, className="note"), *more, *(html.P(limit, className="note") for limit in seen.limits)]
