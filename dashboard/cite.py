"""The name under which the product is cited, and addresses that show the same for as long as it is kept."""

from __future__ import annotations

from urllib.parse import urlencode

NAME = "Tracking Support for the MDGs"


def pinned(path: str, edition: str, registry: str) -> str:
    """The address that shows these figures for as long as edition and state are kept."""
    return f"{path}?{urlencode([('edition', edition), ('registry', registry)])}"
