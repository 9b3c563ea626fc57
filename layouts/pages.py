"""The pages there are: path, title, panels and their places. A new page is one entry here.

Places: columns of twelve at 1440 pixels, columns of twelve and order from 2200 pixels on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.codes import GOALS


@dataclass(frozen=True)
class Place:
    """Where a panel stands. `about` is its neutral name, shown when it cannot be drawn."""

    panel: str
    span: int
    wide: int
    order: int
    about: str


@dataclass(frozen=True)
class Page:
    name: str
    title: str
    places: tuple[Place, ...] = ()
    figures: bool = True  # whether its panels draw any

    @property
    def drawn(self) -> bool:
        """Whether what figures need is announced. Pages that are read before they are looked at do without: their words
        are painted first, and what draws is fetched after."""
        return bool(self.places and self.figures)


OVERVIEW = Page(
    "overview",
    "Overview",
    (
        Place("gap", 7, 3, 1, "Committed and disbursed"),
        Place("sources", 5, 3, 2, "What the sources hold"),
        Place("donors", 6, 6, 5, "Donors"),
        Place("recipients", 6, 6, 6, "Recipients"),
        Place("goals", 12, 12, 7, "Goals"),
        Place("years", 6, 3, 3, "Committed and disbursed by year"),
        Place("ranking", 6, 3, 4, "Recipients and donors by gap"),
    ),
)
GOAL = Page(
    "goal",
    "Goal",
    (
        Place("recipients", 6, 6, 1, "What was provided"),
        Place("need", 6, 6, 2, "What is needed"),
        Place("compare", 7, 3, 3, "Provided and needed"),
        Place("progress", 5, 3, 4, "Progress towards the target"),
        Place("gap", 4, 3, 5, "Committed and disbursed"),
        Place("purposes", 4, 3, 7, "Purposes"),
        Place("givers", 4, 3, 8, "Largest donors"),
        Place("donors", 6, 6, 9, "Donors"),
        Place("ranking", 6, 3, 6, "Recipients and donors by gap"),
    ),
)
PARTNERSHIP = Page(  # Goal 8 is measured by indicators, not by purpose codes: panels that can answer for all aid
    "partnership",
    "Goal",
    (
        Place("donors", 7, 6, 1, "Donors"),
        Place("progress", 5, 6, 2, "Progress towards the target"),
        Place("years", 6, 4, 3, "Committed and disbursed by year"),
        Place("ranking", 6, 4, 4, "Recipients and donors by gap"),
        Place("sources", 12, 4, 5, "What the sources hold"),
    ),
)
ROWS = Page("rows", "Rows", (Place("rows", 12, 12, 1, "Rows"),), figures=False)
RECORD = Page("record", "Row")
METHODS = Page("methods", "Methods and sources")
DATA = Page("data", "Data")
COMMITMENTS = Page("commitments", "Commitments")
COMMITMENT = Page("commitment", "Commitment")
RULE = Page("rule", "How another rule would count")
FORUM = Page("forum", "Forum")
DONOR = Page("donor", "Donor")
RECIPIENT = Page("recipient", "Recipient")
OF_REGISTER = {"commitment": COMMITMENT, "rule": RULE, "forum": FORUM, "donor": DONOR, "recipient": RECIPIENT}
FINDINGS = Page("findings", "Findings")
GAPS = Page("gaps", "Gaps")
CHANGES = Page("changes", "Changes")
NEEDS = Page("needs", "Needs")
OVERLAPS = Page("overlaps", "Overlaps")
ROWS_PATH, DATA_PATH, COMMITMENTS_PATH = "/rows", "/data", "/commitments"
FINDINGS_PATH, GAPS_PATH, CHANGES_PATH, NEEDS_PATH = "/findings", "/gaps", "/changes", "/needs"
OVERLAPS_PATH = "/overlaps"
RECKONED = {
    FINDINGS_PATH: FINDINGS,
    GAPS_PATH: GAPS,
    CHANGES_PATH: CHANGES,
    NEEDS_PATH: NEEDS,
    OVERLAPS_PATH: OVERLAPS,
}  # pages of the whole register
PAGES = (OVERVIEW, GOAL, PARTNERSHIP, ROWS, RECORD, METHODS, DATA, COMMITMENTS)
PAGES += (*OF_REGISTER.values(), *RECKONED.values())
OWN = {"8": PARTNERSHIP}  # Goals with a page of other panels
FULL_TITLES = {
    "1": "eradicate extreme poverty and hunger",
    "2": "achieve universal primary education",
    "3": "promote gender equality and empower women",
    "4": "reduce child mortality",
    "5": "improve maternal health",
    "6": "combat HIV/AIDS, malaria and other diseases",
    "7": "ensure environmental sustainability",
    "8": "develop a global partnership for development",
}


def find(path: str) -> tuple[Page | None, str]:
    """The page of a path and the goal it is about, or None and nothing."""
    if path == "/":
        return OVERVIEW, ""
    if path == "/methods":
        return METHODS, ""
    if path == DATA_PATH:
        return DATA, ""
    if path == ROWS_PATH:
        return ROWS, ""
    if row_of(path):
        return RECORD, ""
    if path in RECKONED:
        return RECKONED[path], ""
    kind, _ = in_register(path) or ("", "")
    if kind:
        return (COMMITMENTS if path == COMMITMENTS_PATH else OF_REGISTER[kind]), ""
    goal = path.removeprefix("/goal/")
    return (OWN.get(goal, GOAL), goal) if goal in FULL_TITLES and path == goal_path(goal) else (None, "")


def row_of(path: str) -> tuple[str, int] | None:
    """The source and the number of the row that `/rows/crs/123` names."""
    found = re.fullmatch(r"/rows/([a-z0-9-]{1,40})/([1-9][0-9]{0,9}|0)", path, re.ASCII)
    return (found[1], int(found[2])) if found else None


def in_register(path: str) -> tuple[str, str] | None:
    """The kind of page of the register and the id that `/forum/muskoka-2010` names; no id for the list of all. The kind
    of `/commitment/muskoka-2010/rule` is `rule`."""
    if path == COMMITMENTS_PATH:
        return "commitments", ""
    found = re.fullmatch(r"/(commitment|forum|donor|recipient)/([A-Za-z0-9-]{1,64})(/rule)?", path, re.ASCII)
    if found is None or (found[3] and found[1] != "commitment"):
        return None
    return ("rule" if found[3] else found[1]), found[2]


def known(path: str) -> bool:
    """Whether a page lives at the path; the server answers 404 for the others."""
    return find(path)[0] is not None


def goal_path(goal: str) -> str:
    return f"/goal/{goal}"


def heading(page: Page | None, goal: str) -> str:
    """What the page is called, for its tab and its heading."""
    if page is None:
        return "Page not found"
    return f"Goal {goal}: {FULL_TITLES[goal]}" if goal else page.title


def short(goal: str) -> str:
    return f"{goal} {GOALS[goal]}" if goal in FULL_TITLES else GOALS.get(goal, goal)
