"""Letters about contributions: to moderators that something waits, to contributors what was decided. A letter holds no
text of anybody: it says what happened and where to read it. One that cannot be sent stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from callbacks.contributing.asking import held
from callbacks.people import here
from dashboard.contributions import KINDS, STATES, Contribution
from dashboard.decided import state_words
from dashboard.people import MODERATOR
from data_access.contributions import store
from data_access.people import accounts
from data_access.people.accounts import ACTIVE, Account

LOG = logging.getLogger(__name__)
MOST = 20  # letters about one thing


def submitted(id_: str) -> None:
    """To those who may decide on it; once, however often it is taken back and sent again before it is decided."""
    one = store.one(here.registry(), id_)
    if one is None or one.sent_since > 1:
        return
    to = [held for held in _everybody() if MODERATOR in held.person.roles and held.person.id not in one.authors]
    what = f"{KINDS[one.kind].capitalize()}{_behalf(one)}"
    _send(to, f"{what}: waits for a decision", f"{what} waits for a decision.", f"/moderate/{id_}")


def commented() -> None:
    """That comments wait; of those that come while others wait, no letter tells."""
    if store.listed(here.registry(), ("submitted",), ("comment",)).total == 1:
        to = [held for held in _everybody() if MODERATOR in held.person.roles]
        _send(to, "Comments wait for a decision", "A comment waits for a decision.", "/moderate?kind=comment")


def decided(id_: str) -> None:
    """To those who wrote or submitted it."""
    one = store.one(here.registry(), id_)
    if one is None:
        return
    to = [held for held in _everybody() if held.person.id in one.authors]
    _send(
        to, f"{KINDS[one.kind].capitalize()}{_behalf(one)}: {STATES[one.state]}", _said(one), f"/my/contributions/{id_}"
    )


def accepted(ids: Iterable[str]) -> None:
    """Of comments: to who wrote them, and to those who speak for the makers of what they are about, who may reply."""
    found = [one for id_ in ids if (one := store.one(here.registry(), id_))]
    makers = {maker for one in found if (about := held().pledges.get(one.commitment)) for maker in about.maker_ids}
    wrote, everybody = {one.author for one in found}, list(_everybody())
    _send([one for one in everybody if one.person.id in wrote], "Comment: accepted", "It can be read.", "/comments")
    speak = [one for one in everybody if one.person.makers & makers and one.person.id not in wrote]
    said = "A comment on a commitment for whose maker you speak was accepted. You can reply to it."
    _send(speak, "A comment on a commitment of yours", said, "/comments")


def _behalf(one: Contribution) -> str:
    maker = held().directory.makers.get(one.maker)
    return f" on behalf of {maker.name}" if maker else ""


def _said(one: Contribution) -> str:
    why = "The reason is on its page." if one.decided and one.decided.why else ""
    parts = state_words(one).partition(". ")[2]  # behind the state itself
    said = f"The moderators have looked at it: it is {STATES[one.state]}."
    return " ".join(part for part in (said, parts, why) if part)


def _everybody() -> Iterable[Account]:
    held = here.registry().read(accounts.every)
    return (one for one in held if one.state == ACTIVE and one.mail)


def _send(to: Iterable[Account], subject: str, said: str, path: str) -> None:
    house = here.house()
    try:
        house.post.send_all([(one.mail, subject, f"{said}\n\n{house.address}{path}\n") for one in list(to)[:MOST]])
    except OSError:
        LOG.exception("a letter about a contribution was not written")
