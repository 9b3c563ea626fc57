"""What a panel shows when nothing can be drawn: why, and up to three ways back."""

from __future__ import annotations

from dashboard.captions import METHODS, goals, unheard
from dashboard.codes import Codes, Source
from dashboard.methods import serves
from dashboard.panels import Drawing, Way
from dashboard.selection import DIMENSIONS, TERMS, YEARS, Selection

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
    "rows": "Rows",
}
_LIFTS: tuple[tuple[tuple[str, ...], str], ...] = (  # which filter is lifted, and the words of the way back
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
LIFTS = (*(((name,), f"Any {name}") for name in DIMENSIONS if (name,) not in dict(_LIFTS)), *_LIFTS)
MOST = 3
NOTHING = "Nothing reported, which is not zero. The source holds no row for this selection."
UNMAPPED = ("goals", "progress", "need")  # panels of every Goal at once, or of indicators: no mapping leaves them blank


def serving(selection: Selection) -> list[str]:
    """The methods under which some purpose counts for what is picked of the Goals; all of them without a Goal."""
    picked = selection.goal
    if not picked or "unallocated" in picked:  # what no line claims is unallocated under every method
        return list(TERMS["method"])
    return [method for method in TERMS["method"] if any(serves(method, goal) for goal in picked)]


def unserved(selection: Selection) -> str:
    """Why the Goals picked hold nothing whatever else is picked: no purpose code serves them under the method."""
    able = serving(selection)
    if selection.method in able:
        return ""
    if selection.goal == ("8",):
        return "Goal 8 is measured by indicators, not by purpose codes."
    return f"No purpose code serves {goals(selection)}."  # `Goal 4 under the strict mapping`


def why_nothing(codes: Codes, source: Source, selection: Selection) -> str:
    """Why a source holds nothing of what is picked; empty where no reason is known."""
    return unserved(selection) or unheard(codes, source, selection)


def mappings(selection: Selection) -> tuple[Way, ...]:
    """Ways back where the method serves none of the Goals picked: the methods that do, or all Goals. Lifting another
    filter would lead nowhere."""
    found = [Way(METHODS[m].capitalize(), selection.change(method=m).write()) for m in serving(selection)]
    return tuple(found) or (Way("All Goals", selection.without("goal").write()),)


def ways(selection: Selection, *first: str) -> tuple[Way, ...]:
    """Selections with one filter lifted, at most three; those named in `first` lead."""
    ordered = sorted(LIFTS, key=lambda lift: not set(lift[0]) & set(first))
    found = [Way(words, lifted.write()) for keys, words in ordered if (lifted := selection.without(*keys)) != selection]
    return tuple(found[:MOST]) or (Way("Everything", Selection().write()),)


def unanswerable(selection: Selection, error: Exception, panel: str) -> Drawing:
    """A panel no loaded source can answer: the sentence that says why, and ways back."""
    return _blank(ways(selection), panel, f"{error}", "")


def nothing(selection: Selection, panel: str, source_line: str, subtitle: str = "", why: str = "") -> Drawing:
    """A panel whose source holds no row for the selection, which is not zero."""
    unmapped = "" if panel in UNMAPPED else unserved(selection)
    said = unmapped or why or NOTHING
    return _blank(mappings(selection) if unmapped else ways(selection), panel, said, source_line, subtitle)


def _blank(back: tuple[Way, ...], panel: str, why: str, source_line: str, subtitle: str = "") -> Drawing:
    return Drawing(
        title=NAMES.get(panel, panel.capitalize()),
        subtitle=subtitle,
        sentence=why,
        source_line=source_line,
        empty=why,
        ways=back,
    )
