"""The form of a contribution: its fields for a commitment, what it holds at first, and the draft it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import request

from callbacks.bodies import Refused
from callbacks.contributing import asking
from callbacks.people import here
from dashboard.contribution_effect import NOT_TYPED
from dashboard.contribution_fields import BESIDE, FIELDS
from dashboard.delivered_apart import APART, told
from dashboard.finding_list import short
from dashboard.forms import Field, tidy
from dashboard.pledges import Pledge
from dashboard.record_names import heading
from dashboard.report_fields import of_report, own_unit, words_alone
from dashboard.report_series import SAID as SERIES
from data_access.contributions.checking import answerable
from data_access.contributions.writing import Draft
from data_access.registry import cells as texts
from data_access.registry.checks import LONG
from data_access.registry.checks import UNITS as UNIT_COLUMNS
from data_access.registry.columns import COLUMNS, Column

WHOLE = ("change", "new")  # kinds whose form has the columns of a record
KINDS = ("report", "change", "statement", "link", "status")  # comments have a form of their own
TITLES: Mapping[str, str] = {
    "report": "Report implementation",
    "change": "Propose a change of the record",
    "statement": "Reply to a finding",
    "link": "Declare a tie to another commitment",
    "status": "Report the status of a policy",
    "new": "Add a commitment",
}
LEADS: Mapping[str, str] = {
    "report": "What was done, for which period, with evidence. What you report is shown beside what is measured, with "
    f"a mark of its own; neither changes the other. {SERIES}",
    "change": "Change what is not right in the record. Each field is decided on by itself; what is accepted becomes a "
    "revision that everybody can read.",
    "statement": "Your reply is shown beside the figures that the finding quotes. Both figures stay as they are.",
    "link": "Say which other commitment counts the same money, restates this one, or belongs to it.",
    "status": "Which step the policy has reached, with the document that shows it.",
    "new": "A commitment that the register does not hold yet, with the document on which it rests.",
}


RULE = "As the register writes it."


def possible(pledge: Pledge) -> tuple[str, ...]:
    """Kinds that a commitment can have: a status is of policies."""
    return tuple(kind for kind in KINDS if kind != "status" or pledge.kind == "policy")


def apart() -> None:
    """What was delivered is no field of any form but that of a report. Raises Refused."""
    if told(request.form):
        raise Refused(422, APART)


def offered(pledge: Pledge) -> dict[str, tuple[str, str]]:
    """Those with their titles and what they are for; a reply where there is a finding."""
    answers = answerable(here.registry(), pledge.id)
    kinds = [kind for kind in possible(pledge) if kind != "statement" or answers]
    return {kind: (TITLES[kind], LEADS[kind]) for kind in kinds}


def fields(kind: str, pledge: Pledge) -> tuple[Field, ...]:
    """Of the form of a kind, for a commitment."""
    if kind in WHOLE:
        named = asking.held().directory
        lists = {"forum": named.fora, "initiative": named.initiatives}
        chosen = {name: {id_: one.name for id_, one in held.items()} for name, held in lists.items()}
        made = (_column(one, chosen.get(one.name, {})) for one in COLUMNS if one.name not in NOT_TYPED)
        return (*(_ruled(one, pledge) for one in made), *(BESIDE if kind == "change" else ()))
    if kind == "statement":
        held = answerable(here.registry(), pledge.id)
        choices = {short(key): f"{one.finding.words} ({one.status})" for key, one in held.items()}
        return tuple(replace(one, choices=choices) if one.name == "finding" else one for one in FIELDS[kind])
    return of_report(pledge.amount.unit) if kind == "report" else FIELDS[kind]


def first(kind: str, pledge: Pledge) -> dict[str, str]:
    """What stands in a form that is opened for the first time."""
    if kind in WHOLE:
        return texts.write(pledge) | ({"source_kind": "official"} if kind == "new" else {})
    if kind == "statement":
        return {"finding": request.args.get("finding", "")}
    return own_unit(pledge.amount.unit) if kind == "report" else {}


def shown(kind: str, pledge: Pledge, held: Mapping[str, str]) -> dict[str, str]:
    """What stands in the form of a draft."""
    return {**(texts.write(pledge) if kind in WHOLE else first(kind, pledge)), **held}


def draft(kind: str, pledge: Pledge, typed: Mapping[str, str], files: tuple[str, ...] = ()) -> Draft:
    """What a form comes to: of a change of the record, only what is other than it."""
    if kind not in WHOLE:
        told = {one.name: typed[one.name] for one in fields(kind, pledge)}
        return Draft(words_alone(told, pledge.amount.unit) if kind == "report" else told, files)
    cells = texts.write(pledge)
    came = {one.name: tidy(cells[one.name], one) for one in fields(kind, pledge) if one.name in cells}
    other = {name: typed[name] for name in came if typed[name] != came[name]}
    names = [one.name for one in BESIDE] if kind == "change" else []
    return Draft(other | {name: typed[name] for name in names if name == "why" or typed[name]}, files)


def _ruled(of: Field, pledge: Pledge) -> Field:
    """The counting rule as it reads now, below the field that holds its text, and where another is tried."""
    if of.name != "rule" or pledge.rule is None:
        return of
    told = asking.rule_words()(texts.write(pledge)["rule"])
    return replace(of, hint=f"{RULE} It says now: {told} Another is written and tried at /rule/{pledge.id}.")


def _column(of: Column, named: Mapping[str, str]) -> Field:
    """named: names of records by id, of a column that takes one of them."""
    label = heading(of.name)
    choices = dict(named) or {one: one.replace("_", " ") for one in of.options}
    hint = of.words.partition(": a name of the sheet")[0]
    if choices and not of.several and of.name not in UNIT_COLUMNS:
        return Field(of.name, label, "choice", of.needed, of.longest, hint, choices)
    return Field(of.name, label, "lines" if of.name in LONG else "text", of.needed, of.longest, hint)
