"""The words of a refusal where nothing is left out: a page does without what it cannot follow and says so; a file, a
link, a frame, a feed or an answer to a program is not made at all, so nothing was "ignored" or "shown instead"."""

from __future__ import annotations

import re

from dashboard.selection import Refusal

LENIENT = re.compile(
    r" and was ignored|(; |, so )(the rest of the link is followed|the current one is shown|the first is (used|shown)|"
    r"[\w-]+ is shown instead|everything is shown instead|all are shown|the years were left as they usually are)"
    r".*(?=\.$)"
)


def outright(refusal: Refusal) -> str:
    """The sentence of a refusal, without what a page does instead."""
    return LENIENT.sub("", refusal.sentence).replace(" was ignored: ", " is one too many: ")
