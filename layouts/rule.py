"""The page of another rule: the kept one and the proposed one in words, what it would change, and the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard import causes as by_cause
from dashboard.commitment import Commitment, Names
from dashboard.commitment_words import headline
from dashboard.counting import UNMEASURED, Problem, Rule
from dashboard.figures.steps import EDGE, ROW, waterfall
from dashboard.findings import Finding
from dashboard.pins import Pins
from dashboard.pledges import Pledge
from dashboard.rule_edits import differences
from dashboard.rule_preview import Line, Moved, Preview, lines
from dashboard.rules import sentence
from dashboard.selection import Refusal
from dashboard.shown import rounded
from dashboard.words import usd
from layouts.explained import explain
from layouts.filled import planted
from layouts.pieces import commitment, facts, foot, panel, refused, to, twin
from layouts.pieces import figure as drawn
from layouts.rule_form import ANCHOR, Offers, address, form

TITLE = "How another rule would count"
SAID = (
    "Nothing on this page is saved, and no other page changes by it: the address holds the rule. A rule that is to be "
    "kept is saved by a moderator, who says why; the page of the commitment lists who changed it, when and why."
)
LEAD = "Change a field of the rule to see what it would count, beside what the kept rule counts, from the same rows."
ROWS = "Rows counted"
UNTOLD = "Overlaps of this rule could not be told in time."
LEAST = 44  # pixels of a row of a waterfall


@dataclass(frozen=True)
class View:
    """path: of the page. rule: the kept one. terms: of the form, as typed. proposed: None where none is asked, or where
    it cannot be used: then `problems` says why. effect: what it would change, or why that cannot be told now. file: of
    the terms of the proposed rule."""

    path: str
    pledge: Pledge
    rule: Rule | None
    version: int
    names: Names
    offers: Offers
    terms: Mapping[str, str]
    pins: Pins
    proposed: Rule | None = None
    problems: Sequence[Problem] = ()
    effect: Preview | str | None = None
    file: str = ""


def content(view: View, every: Sequence[Refusal], pinned: str) -> list[Any]:
    """pinned: the permalink."""
    pledge, kept = view.pledge, view.pins.write()
    crumbs: list[Any] = [html.A("Commitments", **to("/commitments", kept)), " / "]
    crumbs.append(html.A(pledge.title, **to(f"/commitment/{pledge.id}", kept)))
    body = [*refused(every), planted(html.P(crumbs, className="crumb")), html.H1(TITLE), _lead(view)]
    wrong = {one.key: one.sentence for one in view.problems}
    asked = panel("form", "The form", "", form(view.path, view.terms, wrong, view.offers, view.pins))
    main = [_rules(view), *_problems(view), *_effect(view)]
    columns = [html.Div(main, className="main"), html.Div(asked, className="side", id=ANCHOR)]
    beside = view.proposed is not None or bool(view.problems)  # else the form would stand beside nothing
    made = html.Main(
        [*body, html.Div(columns, className="two" if beside else "rule-alone")],
        id="content",
        className="wrap register rule-page",
        **{"data-title": f"{TITLE}: {pledge.title[:60]}"},
    )
    return [made, foot(SAID, pinned)]


def _lead(view: View) -> html.P:
    if view.proposed is None and not view.problems:
        return html.P(LEAD, className="lead")
    links: list[Any] = [html.Span([" ", html.A("To the form", href=f"#{ANCHOR}"), "."], className="to-form")]
    links += [" ", html.A("Back to the rule as kept", **address(view.path, {}, view.pins)), "."]
    return html.P([LEAD, *links], className="lead")


def _rules(view: View) -> html.Section:
    kept = view.rule or UNMEASURED
    said = sentence(kept, view.names) if view.rule else "This commitment has no counting rule yet."
    pairs: list[tuple[str, Any]] = [(f"As kept, version {view.version}" if view.version else "As kept", said)]
    if view.proposed is not None:
        pairs.append(("As proposed", sentence(view.proposed, view.names)))
    changed = differences(view.rule, view.proposed) if view.proposed is not None else ()
    rows = [
        html.Li([html.Span([html.B(one.name), html.Small(f"{one.before or 'empty'} → {one.after or 'empty'}")])])
        for one in changed
    ]
    body = [facts(pairs), *_note(view), *([html.Ul(rows, className="ties")] if rows else [])]
    title = "The rule as kept" if view.proposed is None else f"{_count(len(changed), 'field')} of the rule changed"
    return panel("rules", title, "", [planted(html.Div(body))])


def _note(view: View) -> list[Any]:
    """A note that was written for the kept rule may say of it what does not hold of another."""
    rule, other = view.rule, view.proposed
    if rule is None or other is None or other == rule or not rule.note or other.note != rule.note:
        return []
    without = {key: value for key, value in view.terms.items() if key != "note"}
    drop = html.A("Drop the note", **address(view.path, without, view.pins))
    said = f"The proposed rule has the note of the kept one: “{rule.note}” Please check whether it holds. "
    return [html.P([said, drop, "."], className="find")]


def _count(number: int, noun: str) -> str:
    return f"One {noun}" if number == 1 else f"{number or 'No'} {noun}s"


def _problems(view: View) -> list[html.Section]:
    """What keeps the rule from being used; the form keeps what was typed."""
    if not view.problems:
        return []
    said = [html.P(one.sentence, className="find") for one in view.problems]
    title = "This rule cannot be used" if len(said) == 1 else f"This rule cannot be used: {len(said)} reasons"
    return [panel("problems", title, "The form holds what was asked; nothing was measured", [planted(html.Div(said))])]


def _effect(view: View) -> list[html.Section]:
    if view.effect is None:
        return []
    if isinstance(view.effect, str):
        again = html.A("Ask again", **address(view.path, view.terms, view.pins))
        body = html.Div([html.P(view.effect), html.P(again, className="ways")], className="empty")
        return [panel("effect", "What it would change", "", [body])]
    return [_figures(view.effect), *_falls(view.effect), *_explained(view), _moves(view, view.effect)]


def _figures(effect: Preview) -> html.Section:
    every = lines(effect)
    moved = sum(not one.same for one in every)
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in ("Figure", "As kept", "As proposed")]))
    body = html.Tbody([_line(one, effect) for one in every])
    caption = html.Caption("Figures under both rules", className="heard-only")
    table = html.Table([caption, head, body], className="listing both-rules")
    under = "Each computed by the same engine from the same edition; those that would change are marked"
    title = f"{_count(moved, 'figure')} would change"
    if effect.before.measured.measured and not effect.after.measured.measured:
        title = "Under the proposed rule nothing could be measured"
        under = f"{effect.after.measured.why} What the kept rule gives stands beside it"
    source = f"Edition {effect.after.edition}, state of the register {effect.after.registry}"
    return panel("effect", title, under, [planted(html.Div(table, className="wide"))], source)


def _line(one: Line, effect: Preview) -> html.Tr:
    cells: list[Any] = [one.before, one.after]
    if one.name == ROWS:
        cells = [
            html.A(words, **to(f"/rows?{rows.query}")) if rows else words
            for words, rows in zip(cells, effect.rows, strict=True)
        ]
    made = [html.Td(cell, **{"data-l": name}) for cell, name in zip(cells, ("As kept", "As proposed"), strict=True)]
    return html.Tr([html.Th(one.name, scope="row"), *made], className="" if one.same else "moved")


def _falls(effect: Preview) -> list[html.Section]:
    """Both waterfalls, on one scale."""
    sides = [("kept", "As kept", effect.before), ("proposed", "As proposed", effect.after)]
    ends = [float(end) for _, _, one in sides for row in _bars(one) for end in (row.start, row.end)]
    if not ends:
        return []
    across = [min(0.0, *ends), max(ends) or 1.0]
    made: list[Any] = []
    for name, words, told in sides:
        made += [html.H3(words, className="part-of"), *_fall(name, words, told, across)]
    under = "From what was promised to what was delivered; of a range that was promised, its low end"
    return [panel("falls", "By cause, under both rules", under, made)]


def _bars(told: Commitment) -> Sequence[Any]:
    return told.causes.rows if told.causes else ()


def _fall(name: str, words: str, told: Commitment, across: list[float]) -> list[Any]:
    if told.causes is None:
        return [html.P("No money was due, or nothing is measured: there is no waterfall.", className="note")]
    rows = by_cause.drawn(told.causes)
    height = 2 * EDGE + max(ROW, LEAST) * len(rows)
    chart = waterfall(rows, by_cause.whole(told.causes), height=height)
    chart["layout"]["xaxis"]["range"] = across
    basis = html.P(f"{told.causes.prices[:1].upper()}{told.causes.prices[1:]}.", className="note")
    steps = rounded(by_cause.table(told.causes))
    named = replace(steps, caption=f"{words}: {steps.caption[:1].lower()}{steps.caption[1:]}")
    return [basis, drawn(f"fall-{name}", chart, height, f"{words}: {headline(told).text}"), twin(named)]


def _explained(view: View) -> list[html.Section]:
    """The proposed figure down to its terms, as any other."""
    if not isinstance(view.effect, Preview) or not view.effect.after.measured.measured:
        return []
    said = headline(view.effect.after)
    return [panel("explained", "What the proposed rule counts", said.text, [explain(view.effect.after, view.file)])]


def _moves(view: View, effect: Preview) -> html.Section:
    """Overlaps and findings that would change."""
    kept = view.pins.write()
    shared = [_moved(one, kept) for one in effect.moved or ()]
    none_shared = "No overlap with another commitment would change." if effect.moved is not None else UNTOLD
    came, went = ([_finding(one) for one in held] for held in (effect.appear, effect.vanish))
    body: list[Any] = []
    for title, rows, none in (
        ("Money that others count too", shared, none_shared),
        ("Findings that would appear", came, "No finding about this commitment would appear."),
        ("Findings that would go", went, "No finding about this commitment would go."),
    ):
        inside = html.Ul(rows, className="ties") if rows else html.P(none, className="note")
        body += [html.H3(title, className="part-of"), inside]
    count = len(shared) + len(came) + len(went)
    head = f"{_count(count, 'thing')} besides would move" if count else "Nothing else would move"
    head = "What else it would move" if effect.moved is None else head
    under = "Overlaps in current US dollars, over all years that both rules count"
    return panel("moves", head, under, [planted(html.Div(body))])


def _moved(one: Moved, kept: str) -> html.Li:
    before, after = (usd(value) if value is not None else "nothing" for value in (one.before, one.after))
    name = commitment(one.other.id, one.other.title, kept)
    return html.Li([html.Span(name), html.B(f"{before} → {after}")])


def _finding(one: Finding) -> html.Li:
    return html.Li(html.Span([one.words, html.Small(f"{one.first.figure}; {one.second.figure}")]))
