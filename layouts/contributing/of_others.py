"""That a commitment is of others, and what can be done about it all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts.filled import el


def content(said: str, title: str, path: str, ways: Sequence[tuple[str, str]]) -> list[Any]:
    """said: for whom they speak and what they can do, a sentence. ways: words and addresses."""
    about = el.p(["Commitment: ", html.A(title, href=path)], className="about-of")
    links = el.ul([el.li(html.A(words, href=to)) for words, to in ways], className="choices-to")
    return [about, el.p(said), links]
