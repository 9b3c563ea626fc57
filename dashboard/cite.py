"""How a commitment's page is cited: what it is about, the edition and the state of the registry that it shows."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.pledges import Pledge

NAME = "Tracking Support for the MDGs"


def pinned(path: str, edition: str, registry: str) -> str:
    """The address that shows these figures for as long as edition and state are kept."""
    return f"{path}?{urlencode([('edition', edition), ('registry', registry)])}"


def citation(pledge: Pledge, address: str, edition: str, registry: str) -> str:
    """One paragraph. address: of the page, with edition and state."""
    title = pledge.title.rstrip(".")
    return f"{NAME}. “{title}”. Edition of the figures {edition}, state of the register {registry}. {address}"
