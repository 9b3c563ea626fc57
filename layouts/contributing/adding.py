"""Beginning a commitment that the register does not hold yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from layouts.filled import el


def makers(named: Mapping[str, str], path: str) -> list[Any]:
    """Whose commitment it is. named: makers by id."""
    rows = [el.li(html.A(words, href=f"{path}?maker={id_}")) for id_, words in named.items()]
    return [el.p("On whose behalf?"), el.ul(rows, className="choices-to")]


def lead(maker: str, words: str) -> list[Any]:
    return [el.p(["On behalf of ", el.b(maker)], className="about-of"), el.p(words)]
