"""What somebody is told who follows a link to report on a commitment of makers for whom they do not speak."""

from __future__ import annotations

from flask import Response, request

from callbacks.contributing import asking
from callbacks.people import here, pages
from dashboard.people import Person
from dashboard.pledges import Pledge
from dashboard.policy import Thing
from dashboard.words import listed
from layouts.contributing.of_others import content

STYLES = ("contributing",)
OTHERS = (
    "You speak for {mine}; this commitment is of {theirs}, so those who speak for {theirs} report on it and propose "
    "changes of its record: you can comment on it."
)
NOBODY = "no maker"


def told(pledge: Pledge) -> Response | None:
    """The page that says so, with what they can do; None for who speaks for its maker, and for nobody."""
    asks = here.person()
    if asks is None or asks.makers & set(pledge.maker_ids):
        return None
    here.asked("write", Thing("comment"))
    ways = [("Comment on this commitment", f"/my/comments/new?commitment={pledge.id}")]
    finding = request.args.get("finding", "")
    if finding in asking.answers(pledge.id):
        ways.insert(0, ("Comment on this finding", f"/my/comments/new?finding={finding}"))
    ways += [("Commitments of those you speak for", "/my#commitments")] if asks.makers else []
    inside = content(said(pledge, asks), pledge.title, f"/commitment/{pledge.id}", ways)
    return pages.shown("A commitment of others", inside, 403, styles=STYLES)


def said(pledge: Pledge, asks: Person) -> str:
    """For whom they speak, and what they can do instead, in one sentence."""
    named = asking.makers()
    mine = listed([named.get(one, one) for one in sorted(asks.makers)]) if asks.makers else NOBODY
    return OTHERS.format(mine=mine, theirs=pledge.maker)
