"""Ids of everything that speaks with a callback. Pattern ids are dicts, so that panels come from a list."""

from __future__ import annotations

ADDRESS = "address"  # dcc.Location: the only state there is
PAGE = "page"  # holds the page; replaced only when the path changes
GESTURE = "gesture"  # dcc.Store: the last click anywhere, {"key", "codes", "add", "at"}; written in the browser
CHIPS = "chips"
STATUS = "status"  # role=status: what changed, for those who listen


def filter_id(key: str) -> dict[str, str]:
    return {"type": "filter", "key": key}


def head_id(panel: str) -> dict[str, str]:
    return {"type": "head", "panel": panel}


def figure_id(panel: str, slot: str) -> dict[str, str]:
    return {"type": "figure", "panel": panel, "slot": slot}


def parts_id(panel: str) -> dict[str, str]:
    return {"type": "parts", "panel": panel}


def foot_id(panel: str) -> dict[str, str]:
    return {"type": "foot", "panel": panel}


def table_id(panel: str) -> dict[str, str]:
    return {"type": "table", "panel": panel}
