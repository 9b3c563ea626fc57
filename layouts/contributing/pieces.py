"""What pages of contributions share: what it is, what it says, its evidence, its history, what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.contribution_effect import Difference
from dashboard.contribution_fields import FIELDS, evidence
from dashboard.contributions import DECISIONS, KINDS, STATES, Contribution, Step
from dashboard.decided import state_words
from dashboard.finding_list import figure_words
from dashboard.record_names import label
from dashboard.rule_preview import Preview, lines
from dashboard.words import counted, dated
from layouts.contributing.rule_cells import Read, after, cell
from layouts.filled import el
from layouts.people.fields import listing
from layouts.pieces import outside
from layouts.surveying.origins import origin

ACTIONS = {"save": "written", "submit": "submitted", "reopen": "taken back to change it", "withdraw": "withdrawn"}
SHOWN_APART = ("evidence", "finding")
EMPTY = "–"


def state_badge(one: Contribution) -> Any:
    return el.span(STATES[one.state].capitalize(), className=f"state-of s-{one.state.replace('_', '-')}")


def when(at: str) -> str:
    """`23 November 2026, 14:05 UTC`."""
    return f"{dated(at[:10])}, {at[11:16]} UTC"


def said(one: Contribution, labels: Mapping[str, str] | None = None) -> Any:
    """What its form holds, field by field; what was left empty is left out. labels: words for a code."""
    fields = one.now.fields
    known = {each.name: each for each in FIELDS.get(one.kind, ())}
    rows = []
    for name, field in known.items():
        value = fields.get(name, "")
        if value and name not in SHOWN_APART:
            rows.append((field.label, field.choices.get(value, value)))
    rows += [("Finding", (labels or {}).get(fields["finding"], fields["finding"]))] if fields.get("finding") else []
    rows += [("Why", fields["why"])] if fields.get("why") else []
    return el.dl([el.div([el.dt(name), el.dd(paragraphs(value))]) for name, value in rows], className="told-of")


def paragraphs(text: str) -> list[Any]:
    """Plain text with its line ends kept; nothing in it is ever read as markup."""
    return [el.p(line) for line in text.split("\n") if line.strip()]


def documents(one: Contribution, files: Sequence[tuple[str, str, str]] = ()) -> list[Any]:
    """Links and files of evidence. files: address, name, and what it is."""
    rows: list[Any] = [el.li(outside(web, title)) for title, web in evidence(one.now.fields.get("evidence", ""))]
    rows += [
        el.li([html.A(name, href=path), el.small(f" ({what}; it is downloaded, not shown)")])
        for path, name, what in files
    ]
    return [el.h2("Evidence"), el.ul(rows, className="plain-list")] if rows else []


def history(one: Contribution, names: Mapping[str, str]) -> list[Any]:
    """Every step, newest first. names: of persons; those that are left out are told by what they did."""
    rows = [
        (when(step.at), _deed(step), _who(step, names), paragraphs(step.why) or EMPTY) for step in reversed(one.steps)
    ]
    return [el.h2("History"), listing(("When", "What", "Who", "Why"), rows, "Nothing yet.", "History")]


def decision(one: Contribution) -> list[Any]:
    """What was decided last: which parts were accepted and which were not, and why."""
    if one.decided is None:
        return []
    said = state_words(one)
    told = [el.p(said)] if said else []
    return [el.h2(f"Decided: {STATES[one.state]}"), *told, *paragraphs(one.decided.why)]


def _deed(step: Step) -> str:
    deed = ACTIONS.get(step.action) or f"{STATES[step.state]}"
    return f"{deed} (version {step.version})"


def _who(step: Step, names: Mapping[str, str]) -> str:
    return names.get(step.who) or ("a moderator" if step.action in DECISIONS else "a contributor")


def differences(every: Sequence[Difference], read: Read) -> list[Any]:
    """Column by column; where the record has changed under the proposal, what it was then stands beside it. read: a
    counting rule in words."""
    if not every:
        return [el.p("The record itself would stay as it is.", className="note")]
    moved = any(one.moved for one in every)
    columns = ("Field", *(("When it was written",) if moved else ()), "Now", "Proposed")
    rows = [
        (
            label(one.column),
            *((cell(one.column, one.then, read),) if moved else ()),
            cell(one.column, one.now, read),
            after(one.column, one.after, read, one.now),
        )
        for one in every
    ]
    many = counted(sum(one.moved for one in every)).capitalize()
    warned = [el.p(f"{many} of these fields changed in the record since it was "
                   "written; both are shown, and nothing is merged by itself.", className="warned-of")]  # fmt: skip
    return [*(warned if moved else []), listing(columns, rows, "", "Fields that would change")]


def moving(count: int) -> str:
    """How many figures would be others."""
    said = "measured figure would change; it is" if count == 1 else "measured figures would change; they are"
    return f"{counted(count).capitalize()} {said} marked."


def effect(found: Preview | str) -> list[Any]:
    """Every figure of the page with and without the proposal."""
    if isinstance(found, str):
        return [el.p(found, className="note")]
    every = lines(found)
    count = sum(one.moved for one in every)
    what = moving(count) if count else "No measured figure would change."
    rows = [
        (one.name, one.before or EMPTY, el.span(one.after or EMPTY, className="moved-to" if one.moved else ""))
        for one in every
    ]
    table = listing(("Figure", "Now", "If accepted"), rows, "", "Figures with and without the proposal")
    return [
        el.p(what if count != 1 else "One measured figure would change; it is marked."),
        table if count else el.details([el.summary("All figures"), table], className="fold-of"),
        *_findings("Findings that would appear", found.appear),
        *_findings("Findings that would go", found.vanish),
    ]


def _findings(title: str, found: Sequence[Any]) -> list[Any]:
    rows = [
        el.li([one.words, el.small(f" {figure_words(one.first.figure)}; {figure_words(one.second.figure)}")])
        for one in found
    ]
    return [el.h3(title), el.ul(rows, className="plain-list")] if rows else []


def about(one: Contribution, title: str, maker: str) -> Any:
    """Kind, state, what it is about, on whose behalf."""
    pairs: list[tuple[str, Any]] = [("Kind", KINDS[one.kind].capitalize()), ("State", state_badge(one))]
    path = {"commitment": f"/commitment/{one.of}", "finding": f"/findings?finding={one.of}"}.get(one.about, one.of)
    pairs.append(("About", html.A(title, href=path)))
    pairs += [("On behalf of", maker)] if maker else []
    pairs += [("From a survey", origin(one.origin))] if one.origin else []
    return el.dl([el.div([el.dt(name), el.dd(value)]) for name, value in pairs], className="told-of")
