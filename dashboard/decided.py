"""What was decided on a contribution, in words: as a whole or in part, which parts, and what became of a finding."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.contribution_effect import CLOSE, PART_WORDS, parts
from dashboard.contributions import PUBLIC, STATES, Contribution
from dashboard.record_names import label
from dashboard.words import listed

CLOSED, OPEN = "The finding was closed as explained.", "The finding stays open."


def state_words(one: Contribution) -> str:
    """`Accepted in part. Accepted: the words. Not accepted: the reported figure.` Empty where nothing was accepted."""
    if one.state not in PUBLIC:
        return ""
    every, taken = parts(one.kind, one.now.fields), one.accepted
    said = [f"{STATES[one.state].capitalize()}."]
    if one.state == "accepted_in_part":
        said += [f"Accepted: {_words([part for part in every if part in taken])}."]
        said += [f"Not accepted: {_words([part for part in every if part not in taken])}."]
    if one.kind == "statement":
        said.append(CLOSED if CLOSE in taken else OPEN)
    return " ".join(said)


def _words(of: Sequence[str]) -> str:
    return listed([PART_WORDS.get(part) or label(part) for part in of], max(1, len(of)))
