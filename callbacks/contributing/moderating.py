"""The moderators' side: the queue with its filters, a proposal side by side with the record, the decision."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from threading import Thread
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.contributing import asking, telling
from callbacks.contributing.writing import STYLES
from callbacks.people import forms, here, pages
from dashboard.contribution_effect import PART_WORDS, parts, proposed
from dashboard.contributions import DECISIONS, KINDS, ON_RECORD, STATES, TRIVIAL, Contribution
from dashboard.forms import Field, Typed
from dashboard.people import Person
from dashboard.pledges import Pledge
from dashboard.policy import Thing, may
from dashboard.record_names import label
from dashboard.record_words import told_apart
from dashboard.version_changes import renewed
from data_access.contributions import evidence, store
from data_access.contributions.checking import name, subject
from data_access.contributions.deciding import Wanted, accept_all, decide, record_digest
from data_access.contributions.writing import hold, now, unheld
from data_access.registry import cells as texts
from layouts.contributing import moderation as layout
from layouts.contributing.earlier import earlier
from layouts.contributing.versions import versions

LOG = logging.getLogger(__name__)
QUEUE, ANSWER = "/moderate", "statement"
SHOWN = tuple(state for state in STATES if state != "draft")
SEEN, RECORD = Field("seen", kind="hidden", longest=64), Field("record", kind="hidden", required=False, longest=64)
DECISION = Field("decision", "Decision", "choice", choices=DECISIONS)
WHY = Field(
    "why", "Why", "lines", False, 2000,
    "The contributor reads it. Needed unless the whole is accepted.",
)  # fmt: skip
PART = "part-"
CLOSES = (
    Field("close", "Close the finding as explained", "check", False, 3),
    Field("closing", "Why the finding is explained", "lines", False, 300,
          "In your own words; everybody reads it beside the finding. Needed where it is closed."),
)  # fmt: skip
UNTOLD = "Please say why the finding is explained, or leave it open."
UNTICKED = "Please tick that the finding is closed as explained, or leave this empty."


def register(server: Flask) -> None:
    """Add the routes."""
    server.get(QUEUE)(queue_page)
    server.post(QUEUE)(accept_comments)
    server.get(f"{QUEUE}/<id_>")(proposal_page)
    server.post(f"{QUEUE}/<id_>")(decide_proposal)
    server.post(f"{QUEUE}/<id_>/take")(take_proposal)


def queue_page() -> Response:
    """What waits for a decision, or what the filters name."""
    who = here.asked("list", Thing("queue"))
    return _queue(who)


def accept_comments() -> Response:
    """Accepts the comments that were picked, all of them or none."""
    who = here.asked("decide", Thing("comment"))
    picked = {key: values for key, values in request.form.lists() if key.startswith("comment-")}
    fields = [Field(key, kind="check", required=False, longest=64) for key in picked]
    typed = forms.read(fields)
    ids = [(key.removeprefix("comment-"), typed[key]) for key in picked]
    for id_, _ in ids:
        asking.found(id_, "decide")

    def do(connection: Connection) -> str:
        accept_all(connection, ids, who.id)
        return f"{QUEUE}?done=decided"

    return asking.done(
        typed, do, lambda told, status: _queue(who, told, status), lambda: telling.accepted([id_ for id_, _ in ids])
    )


def proposal_page(id_: str) -> Response:
    """A proposal with all that a decision rests on."""
    return _proposal(*_sent(id_, "moderate"))


def decide_proposal(id_: str) -> Response:
    """Decides on the version that was seen."""
    one, who = _sent(id_, "decide")
    typed = _closed(one, forms.read((*_fields(one), SEEN, RECORD)))
    if typed.problems:
        return _proposal(one, who, typed, 422)
    closing = typed["closing"] if one.kind == ANSWER else ""
    chosen = tuple(part for part in parts(one.kind, one.now.fields) if typed[f"{PART}{part}"])
    wanted = Wanted(typed["decision"], chosen, typed["why"], typed["seen"], typed["record"], closing)

    def do(connection: Connection) -> str:
        decide(connection, one.id, who.id, wanted)
        return f"{QUEUE}/{one.id}?done=decided"

    def again(told: Typed, status: int) -> Response:
        return _proposal(_again(one), who, told, status)

    return asking.done(typed, do, again, lambda: _follows(one))


def _closed(one: Contribution, typed: Typed) -> Typed:
    """Whether a finding is closed, and why, go together, and with an acceptance alone."""
    if one.kind != ANSWER or bool(typed["close"]) == bool(typed["closing"]):
        return typed
    return typed.with_problem("closing", UNTOLD) if typed["close"] else typed.with_problem("close", UNTICKED)


def _follows(one: Contribution) -> None:
    """Letters; and what the register now holds is measured before somebody waits for it."""
    telling.decided(one.id)
    if one.kind in ON_RECORD:
        Thread(target=_measured, args=(asking.book(),), name="measuring").start()


def _measured(book: Book) -> None:
    try:
        book.warm()
    except Exception:  # the next visit tries again, and says what is wrong
        LOG.exception("the register was not measured after a decision")


def take_proposal(id_: str) -> Response:
    """Keeps it for one moderator for a quarter of an hour."""
    one, who = _sent(id_, "decide")
    typed = forms.read(())
    if one.state != "submitted":
        raise Refused(409, "It does not wait for a decision at present.")

    def do(connection: Connection) -> str:
        unheld(connection, one.id, who.id)
        hold(connection, one.id, who.id)
        return f"{QUEUE}/{one.id}"

    return asking.done(typed, do, lambda told, status: _proposal(one, who, told, status))


def _sent(id_: str, action: str) -> tuple[Contribution, Person]:
    """What was sent, not what its contributor has written since. Raises Refused: 404 where nothing was."""
    one, who = asking.found(id_, action)
    if not one.sent:
        raise Refused(404, here.NOT_THERE)
    return one.as_sent(), who


def _again(one: Contribution) -> Contribution:
    return (store.one(here.registry(), one.id) or one).as_sent()


def _fields(one: Contribution) -> tuple[Field, ...]:
    """Each part of the proposal, the decision, and why."""
    words = [(part, PART_WORDS.get(part) or label(part)) for part in parts(one.kind, one.now.fields)]
    picked = [Field(f"{PART}{part}", said[:1].upper() + said[1:], "check", False, 3) for part, said in words]
    return (*(picked if len(picked) > 1 else _hidden(picked)), DECISION, WHY, *(CLOSES if one.kind == ANSWER else ()))


def _hidden(fields: list[Field]) -> list[Field]:
    return [Field(one.name, kind="hidden", required=False, longest=3) for one in fields]


def _queue(who: Person, typed: Typed | None = None, status: int = 200) -> Response:
    asked, at, held = _filters(), asking.page(), asking.held()
    states = (asked["state"],) if asked["state"] else ("submitted",)
    kinds, makers = ((asked[key],) if asked[key] else () for key in ("kind", "maker"))
    found = store.listed(here.registry(), states, kinds, makers or None, page=at, sent=True)
    counted = store.counts(here.registry(), SHOWN)
    told = layout.Queue(
        [one.as_sent() for one in found.rows],
        found.total,
        at,
        store.PAGE,
        asked,
        counted,
        asking.titles(),
        asking.names(),
        now(),
    )
    named = {id_: one.name for id_, one in held.directory.makers.items()}
    mine = frozenset(one.id for one in found.rows if may(who, "decide", asking.thing(one)))
    inside = layout.queue(told, named, mine, forms.once(), typed)
    return pages.shown("Moderation", inside, status, styles=STYLES)


def _filters() -> Mapping[str, str]:
    """Of the address; what is none of the choices is left out."""
    held = asking.held().directory.makers
    known = {"state": set(SHOWN), "kind": set(KINDS), "maker": set(held)}
    return {key: value if (value := request.args.get(key, "")) in known[key] else "" for key in known}


def _beside(one: Contribution, pledge: Pledge | None) -> tuple[list[Any], list[Any]]:
    """What was accepted before it, and what differs from the versions of it that were seen before."""
    if one.state != "submitted":
        return [], []
    ids = [id_ for version in one.versions for id_ in version.files]
    files = {each.id: each.name for each in here.registry().read(lambda held: evidence.of(held, ids))}
    before = []
    if pledge and one.commitment and one.kind not in (*TRIVIAL, "new"):
        before = earlier(one, name(asking.held(), one.maker), asking.said(one), pledge.delivered)
    return before, versions(renewed(one), asking.rule_words(), files)


def _proposal(one: Contribution, who: Person, typed: Typed | None = None, status: int = 200) -> Response:
    registry, held = here.registry(), asking.held()
    pledge = subject(held, one.kind, one.of, one.maker)
    cells = texts.write(pledge) if pledge and one.kind in ON_RECORD else {}
    taken = one.accepted or parts(one.kind, one.now.fields)
    new = proposed(one.kind, one.now.fields, cells, name(held, one.maker), taken) if cells else {}
    waits = one.state == "submitted"
    others = store.about(registry, [one.of], ("submitted", "asked_back")) if one.kind not in TRIVIAL else ()
    told = layout.Proposal(
        one,
        (pledge.title if pledge else "") or one.of,
        name(held, one.maker),
        told_apart(one.now.base, cells, new) if waits else (),
        asking.effect_of(one) if waits and pledge else None,
        [each for each in others if each.id != one.id and set(each.now.base) & set(one.now.base)],
        registry.read(lambda connection: store.lock(connection, one.id, now())),
        asking.names(),
        asking.labels(one),
        asking.files(one),
        asking.rule_words(),
        *_beside(one, pledge),
    )
    decides = may(who, "decide", asking.thing(one))
    record = registry.read(lambda connection: record_digest(connection, one)) if waits and pledge else ""
    form = layout.Form(
        _fields(one), forms.once, typed or Typed({}), {"seen": one.now.digest, "record": record}, decides
    )
    return pages.shown("A proposal", layout.proposal(told, form, who.id), status, styles=STYLES)
