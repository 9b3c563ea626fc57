"""Ids of everything that speaks with a callback. Pattern ids are dicts, so that panels come from a list."""

from __future__ import annotations

PATH = "path"  # dcc.Location of the shell: says which page
ADDRESS = "address"  # dcc.Location of the page: its query string is the only state there is
PAGE = "page"  # holds the page; replaced only when the path changes
NAV = "nav"
EDITION = "edition"  # in the top bar: the edition whose figures are on the screen
GESTURE = "gesture"  # dcc.Store: the last click anywhere, {"key", "codes", "add", "at"}; written in the browser
AGAIN = "again"  # dcc.Store: the panel whose drawing is to be tried again, {"panel", "at"}
DRAWN = "drawn"  # dcc.Store: piece of a panel -> what is on the screen, shortened; unchanged pieces are not sent
SHOWN = "shown"  # dcc.Store of the page: the edition that it shows; the browser writes it into the top bar
DATA_ADDRESS = "data-address"  # dcc.Location of the page of data: its query string says what is shown
DATA = "data"  # holds what that page shows
REGISTER_ADDRESS = "register-address"  # dcc.Location of the pages of the register: edition, state, filters
REGISTER = "register"  # holds what such a page shows
RECKONED_ADDRESS = "reckoned-address"  # dcc.Location of the pages of findings, gaps, changes and needs
RECKONED = "reckoned"  # holds what such a page shows
CHIPS = "chips"
HEADLINE = "headline"
PERMALINK = "permalink"
STATUS = "status"  # role=status: what changed, for those who listen


def filter_id(key: str) -> dict[str, str]:
    return {"type": "filter", "key": key}


def label_id(key: str) -> dict[str, str]:
    return {"type": "label", "key": key}


def head_id(panel: str) -> dict[str, str]:
    return {"type": "head", "panel": panel}


def figure_id(panel: str, slot: str) -> dict[str, str]:
    return {"type": "figure", "panel": panel, "slot": slot}


def parts_id(panel: str) -> dict[str, str]:
    return {"type": "parts", "panel": panel}


def foot_id(panel: str) -> dict[str, str]:
    return {"type": "foot", "panel": panel}


def csv_id(panel: str) -> dict[str, str]:
    return {"type": "csv", "panel": panel}


def opener_id(panel: str) -> dict[str, str]:
    """The button that opens a panel's table; an odd count of clicks is an open table."""
    return {"type": "opener", "panel": panel}


def table_id(panel: str) -> dict[str, str]:
    return {"type": "table", "panel": panel}
