"""What a panel shows when nothing can be drawn: why, and up to three ways back."""

from __future__ import annotations

from dashboard.panels import Drawing, Way
from dashboard.selection import YEARS, Selection

NAMES = {  # the neutral title of each panel, for when it has no finding to tell
    "gap": "Pledged, committed, disbursed",
    "sources": "Which source answers what",
    "donors": "Donors",
    "recipients": "Recipients",
    "goals": "Committed and disbursed by Goal",
    "years": "Committed and disbursed by year",
    "ranking": "Ranking by gap",
    "purposes": "Purposes of the Goal",
    "givers": "Donors to the Goal",
    "progress": "Progress towards the target",
    "compare": "Need and money per head",
    "need": "What is needed",
}
LIFTS: tuple[tuple[tuple[str, ...], str], ...] = (  # which filter is lifted, and the words of the way back
    (("gender",), "Any gender marker"),
    (("purpose",), "All purposes"),
    (("sector",), "All sectors"),
    (("flow",), "All flow types"),
    (("source",), "The source that answers best"),
    (YEARS, "All years"),
    (("recipient",), "All recipients"),
    (("donor",), "All donors"),
    (("goal",), "All Goals"),  # late, since a Goal page keeps its Goal
    (("prices",), "Current prices"),
)
MOST, WIDEST = 3, "shared"


def ways(selection: Selection, *first: str) -> tuple[Way, ...]:
    """Selections with one filter lifted, at most three; those named in `first` lead. Where a Goal is picked, the
    mapping that assigns most comes first: under another a Goal may hold nothing at all."""
    ordered = sorted(LIFTS, key=lambda lift: not set(lift[0]) & set(first))
    found = [Way(words, lifted.write()) for keys, words in ordered if (lifted := selection.without(*keys)) != selection]
    if selection.goal and selection.method != WIDEST:
        found.insert(0, Way("Shared mapping", selection.change(method=WIDEST).write()))
    return tuple(found[:MOST]) or (Way("Everything", Selection().write()),)


def unanswerable(selection: Selection, error: Exception, panel: str) -> Drawing:
    """A panel no loaded source can answer: the sentence that says why, and ways back."""
    return _blank(selection, panel, f"{error}", "")


def nothing(selection: Selection, panel: str, source_line: str, subtitle: str = "", why: str = "") -> Drawing:
    """A panel whose source holds no row for the selection, which is not zero."""
    said = why or "Nothing reported, which is not zero. The source holds no row for this selection."
    return _blank(selection, panel, said, source_line, subtitle)


def _blank(selection: Selection, panel: str, why: str, source_line: str, subtitle: str = "") -> Drawing:
    return Drawing(
        title=NAMES.get(panel, panel.capitalize()),
        subtitle=subtitle,
        sentence=why,
        source_line=source_line,
        empty=why,
        ways=ways(selection),
    )
