"""The moderators' pages: a queue with its filters, and a proposal beside the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.contribution_effect import Difference, bars
from dashboard.contributions import KINDS, STATES, TRIVIAL, Contribution
from dashboard.delivered_apart import APART, DELIVERED
from dashboard.delivered_apart import told as delivered
from dashboard.forms import ONCE, Field, Typed
from dashboard.record_names import REPORTED, label
from dashboard.rule_preview import Preview
from dashboard.words import listed
from layouts.contributing import pieces
from layouts.contributing.mine import pager
from layouts.contributing.rule_cells import Read
from layouts.filled import el
from layouts.people.fields import button, form, listing, summary

QUEUE = "/moderate"
ANSWERED = "asked back, and answered"
APART_FROM_RULE = (
    "The counting rule keeps amounts and years of its own, and stays as it is: where the figures below do not move, "
    "what is due will not follow what is promised until the rule is changed as well."
)
FOUR_EYES = "You wrote or submitted it, or speak for its maker, so another moderator decides on it."
PARTS = "Parts: pick those that are accepted, where not the whole is."


@dataclass(frozen=True)
class Queue:
    """counted: by state, kind and maker. titles: of commitments; names: of persons; now: UTC."""

    rows: Sequence[Contribution]
    total: int
    page: int
    size: int
    asked: Mapping[str, str]
    counted: Mapping[tuple[str, str, str], int]
    titles: Mapping[str, str]
    names: Mapping[str, str]
    now: str


@dataclass(frozen=True)
class Proposal:
    """rows: what would change in the record. found: in the figures; None where nothing can. others: open proposals
    that touch the same fields. lock: who has it open. names: of persons; labels: words for codes. read: a counting rule
    in words. before: what was accepted earlier; versions: what differs from those that were seen."""

    one: Contribution
    title: str
    maker: str
    rows: Sequence[Difference]
    found: Preview | str | None
    others: Sequence[Contribution]
    lock: Any
    names: Mapping[str, str]
    labels: Mapping[str, str]
    files: Sequence[tuple[str, str, str]] = ()
    read: Read = str
    before: Sequence[Any] = ()
    versions: Sequence[Any] = ()


@dataclass(frozen=True)
class Form:
    """hidden: what was seen. decides: whether this person may."""

    fields: Sequence[Field]
    once: Callable[[], str]
    typed: Typed
    hidden: Mapping[str, str]
    decides: bool


def queue(told: Queue, makers: Mapping[str, str], mine: frozenset[str], once: str, typed: Typed | None) -> list[Any]:
    """makers: names by id. mine: ids on which this person may decide."""
    picks = any(one.kind in TRIVIAL and one.state == "submitted" and one.id in mine for one in told.rows)
    columns = (*(("Pick",) if picks else ()), "Kind", "About", "On behalf of", "By", "State", "Last step", "Waits")
    rows = [_row(one, told, makers, mine, picks) for one in told.rows]
    table = listing(columns, rows, "Nothing is waiting here.", "Proposals")
    bulk = [el.input(type="hidden", name=ONCE, value=once), table]
    accept = el.p(el.button("Accept the comments picked", type="submit", className="send-it"), className="send")
    made = el.form([*bulk, accept], method="post", action=QUEUE) if picks else table
    ways = pager(
        told.total, told.page, told.size, QUEUE, urlencode({key: value for key, value in told.asked.items() if value})
    )
    problem = summary((), typed.problems) if typed else None
    return [problem, _filters(told, makers), el.p(_count(told.total), className="note"), made, *ways]


def _count(total: int) -> str:
    return "One proposal" if total == 1 else f"{total:,} proposals"


def _row(one: Contribution, told: Queue, makers: Mapping[str, str], mine: frozenset[str], picks: bool) -> Sequence[Any]:
    mark: list[Any] = []
    if picks:
        able = one.kind in TRIVIAL and one.state == "submitted" and one.id in mine
        words = {"aria-label": f"Pick the comment of {pieces.when(one.steps[-1].at)}"}
        mark = [el.input(type="checkbox", name=f"comment-{one.id}", value=one.now.digest, **words) if able else ""]
    words = one.now.fields.get("narrative", "")
    about: list[Any] = [told.titles.get(one.of, one.of)]
    about += [el.small([el.br(), words[:160] + ("…" if len(words) > 160 else "")])] if one.kind in TRIVIAL else []
    return (
        *mark,
        html.A(KINDS[one.kind].capitalize(), href=f"{QUEUE}/{one.id}"),
        about,
        makers.get(one.maker, one.maker),
        told.names.get(one.author, "former contributor"),
        [pieces.state_badge(one), *([el.br(), el.small(ANSWERED)] if _answered(one) else [])],
        pieces.when(one.steps[-1].at),
        waits(one.steps[-1].at, told.now) if one.state == "submitted" else "",
    )


def _answered(one: Contribution) -> bool:
    return one.state == "submitted" and any(step.action == "ask_back" for step in one.steps)


def waits(since: str, now: str) -> str:
    """For how long, in whole days or hours. since, now: UTC, ISO 8601."""
    hours = int((datetime.fromisoformat(now) - datetime.fromisoformat(since)).total_seconds() // 3600)
    count, unit = (hours // 24, "day") if hours >= 24 else (max(hours, 0), "hour")
    return f"{count} {unit}{'' if count == 1 else 's'}" if hours >= 1 else "less than an hour"


def _filters(told: Queue, makers: Mapping[str, str]) -> Any:
    """Selects that are sent as an address; each choice with its count."""
    chosen = told.asked["state"] or "submitted"
    states = {state: (words, _sum(told, 0, state)) for state, words in STATES.items() if state != "draft"}
    kinds = {kind: (words, _sum(told, 1, kind, chosen)) for kind, words in KINDS.items()}
    seen = sorted({key[2] for key in told.counted if key[2]}, key=lambda id_: makers.get(id_, id_))
    named = {id_: (makers.get(id_, id_), _sum(told, 2, id_, chosen)) for id_ in seen}
    picks = [
        _select("state", "State", states, chosen, ""),
        _select("kind", "Kind", kinds, told.asked["kind"], "All kinds"),
        _select("maker", "On behalf of", named, told.asked["maker"], "All makers"),
    ]
    return el.form(
        [*picks, el.button("Show", type="submit", className="send-else")], action=QUEUE, className="filters-of"
    )


def _sum(told: Queue, at: int, value: str, state: str = "") -> int:
    return sum(count for key, count in told.counted.items() if key[at] == value and (not state or key[0] == state))


def _select(name: str, words: str, choices: Mapping[str, tuple[str, int]], chosen: str, none: str) -> Any:
    first = [el.option(none, value="", selected=not chosen)] if none else []
    made = [el.option(f"{said} ({count})", value=key, selected=key == chosen) for key, (said, count) in choices.items()]
    return el.label([el.span(words), el.select([*first, *made], name=name)])


def proposal(told: Proposal, asked: Form, who: str) -> list[Any]:
    """The whole page. who: id of the moderator."""
    one = told.one
    inside = [
        pieces.about(one, told.title, told.maker),
        *_held(told, who),
        *_others(told),
        *_bars(one),
        *_delivered(one),
        *told.versions,
        *([el.h2("What it says")] if told.versions else []),
        pieces.said(one, told.labels),
    ]
    if told.rows:
        inside += [el.h2("In the record"), *pieces.differences(told.rows, told.read)]
    inside += pieces.documents(one, told.files)
    if told.found is not None:
        inside += [el.h2("In the figures"), *pieces.effect(told.found)]
    inside += told.before
    if one.decided and one.state != "submitted":
        inside += [*pieces.decision(one)]
    inside += _decision(told, asked, who)
    return [*inside, *pieces.history(one, told.names)]


def _held(told: Proposal, who: str) -> list[Any]:
    if told.lock is None or told.lock.who == who:
        return []
    name = told.names.get(told.lock.who, "Somebody else")
    return [el.p(f"{name} has it open until {told.lock.until[11:16]} UTC.", className="warned-of")]


def _others(told: Proposal) -> list[Any]:
    """Open proposals that touch the same fields: shown, never merged."""
    if not told.others:
        return []
    rows = [
        el.li([html.A(KINDS[one.kind].capitalize(), href=f"{QUEUE}/{one.id}"), f", {STATES[one.state]}: "
               + ", ".join(dict.fromkeys(_field(name) for name in one.now.base if name in told.one.now.base))])
        for one in told.others
    ]  # fmt: skip
    words = "Other open proposals touch the same fields. Accepting one changes what the others rest on."
    return [el.div([el.p(words), el.ul(rows, className="plain-list")], className="warned-of")]


def _field(name: str) -> str:
    return label(REPORTED if name in DELIVERED else name)


def _bars(one: Contribution) -> list[Any]:
    """That a maker proposes to change by what it is measured."""
    touched = bars(one.kind, one.now.fields)
    if not touched:
        return []
    words = (
        f"The maker proposes to change by what its own commitment is measured: {listed(touched, len(touched))}. "
        "Please compare it with the document of evidence, and with the figures before and after. Once accepted, the "
        "page of the commitment says so under its headline, with what stood there before."
    )
    apart = [el.p(APART_FROM_RULE)] if "rule" not in one.now.fields else []
    return [el.div([el.h2("What was promised would change"), el.p(words), *apart], className="asked-of", role="note")]


def _delivered(one: Contribution) -> list[Any]:
    """That a proposal says of delivery what is no part of it, as some did before it was refused."""
    apart = one.kind in ("change", "new") and delivered(one.now.fields)
    return [el.p(f"It also says what was delivered; this is no part of what can be accepted. {APART}")] if apart else []


def _decision(told: Proposal, asked: Form, who: str) -> list[Any]:
    one, action = told.one, f"{QUEUE}/{told.one.id}"
    if one.state != "submitted":
        return [summary((), asked.typed.problems)]
    if not asked.decides:
        return [el.h2("Decide"), el.p(FOUR_EYES, className="note")]
    hidden = [el.input(type="hidden", name=name, value=value) for name, value in asked.hidden.items()]
    take = [] if told.lock else [button("Keep it for me for 15 minutes", f"{action}/take", asked.once())]
    made = form(asked.fields, action, asked.once(), "Decide", asked.typed, more=hidden)
    several = [el.p(PARTS, className="note")] if any(one.kind == "check" for one in asked.fields) else []
    return [el.h2("Decide"), *several, made, *take]
