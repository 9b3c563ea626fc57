"""Who, what, when, unit and prices of a panel in words, so that a subtitle is complete wherever it is copied to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard.codes import GOALS, Codes, Source
from dashboard.selection import Selection
from dashboard.words import billions, listed, the, years

METHODS = {"strict": "strict mapping", "shared": "shared mapping", "muskoka": "Muskoka mapping"}
GIVERS = {"iati-goals": "five publishers", "dac1": "DAC members"}  # who stands behind a source; else all donors
COVERS = {
    "iati-goals": "activities of all sectors",
    "crs-sectors": "education and health",
    "crs-donors": "all sectors",
    "crs-purposes": "all sectors",
    "dac1": "net official development assistance",
}


def prices(selection: Selection, codes: Codes, unit: tuple[str, str, Decimal] | None = None) -> str:
    """`Billions of current United States dollars`, `United States dollars at 2014 prices`."""
    head = billions(unit) if unit else ""
    if selection.prices == "constant":
        return f"{head}United States dollars at {codes.base_year} prices"
    return f"{head}current United States dollars" if head else "Current United States dollars"


def subtitle(
    measure: str,
    codes: Codes,
    source: Source,
    selection: Selection,
    span: tuple[int, int],
    unit: tuple[str, str, Decimal] | None = None,
) -> str:
    """Measure, who, what, period; unit and prices, as two sentences."""
    parts = [measure, *scope(codes, source, selection), period(source, span)]
    return ", ".join(parts) + ". " + prices(selection, codes, unit)


def period(source: Source, span: tuple[int, int]) -> str:
    """The years in words; of activities it is the year they are recorded under."""
    return f"activities of {years(*span)}" if source.code == "iati-goals" else years(*span)


def scope(codes: Codes, source: Source, selection: Selection) -> list[str]:
    """What is counted, from whom, to whom: `education and health`, `all donors to Kenya`."""
    what = [*_what(codes, selection)] or [COVERS.get(source.code, source.title)]
    if source.code == "iati-goals" and what == [COVERS["iati-goals"]]:
        what = []
    return [*what, flowing(codes, source, selection)]


def flowing(codes: Codes, source: Source, selection: Selection) -> str:
    """From whom to whom, with the source's own reach: `five publishers to all recipients`."""
    donors = names(codes, "donor", selection.donor)
    giver = listed([the(name) for name in donors], 3) if donors else GIVERS.get(source.code, "all donors")
    if "recipient" not in source.dimensions:
        return giver
    return f"{giver} to {receiving(codes, selection)}"


def receiving(codes: Codes, selection: Selection) -> str:
    """The recipients picked, or all of them."""
    recipients = names(codes, "recipient", selection.recipient)
    return listed([the(name) for name in recipients], 3) if recipients else "all recipients"


def goals(selection: Selection) -> str:
    """`Goal 5 under the strict mapping`; empty where none is picked."""
    if not selection.goal:
        return ""
    numbers = [goal for goal in selection.goal if goal.isdigit()]
    words = f"Goal{'s' if len(numbers) > 1 else ''} {listed(numbers, 9)}" if numbers else ""
    if "unallocated" in selection.goal:
        words = f"{words} and what is not allocated to a Goal" if words else "not allocated to a Goal"
    return f"{words} under the {METHODS[selection.method]}"


def names(codes: Codes, dimension: str, picked: Sequence[str]) -> list[str]:
    """Labels of codes inside a sentence: `least developed countries`, not `Least`; regions keep their capital."""
    return [_inside(codes, dimension, code) for code in picked]


def _inside(codes: Codes, dimension: str, code: str) -> str:
    name, group = codes.name(dimension, code), codes.groups.get(dimension, {}).get(code)
    common = dimension in ("purpose", "sector", "flow") or (group is not None and group.family in ("ldc", "income"))
    return name[:1].lower() + name[1:] if common and name[1:2].islower() else name


def unheard(codes: Codes, source: Source, selection: Selection) -> str:
    """Which donors or recipients picked do not occur in a source at all, as a sentence; empty where all do."""
    missing = []
    for dimension in ("donor", "recipient"):
        present, groups = source.picks.get(dimension), codes.groups.get(dimension, {})
        for code in selection.picked(dimension) if present is not None else ():
            members = groups[code].members() if code in groups else frozenset((code,))
            if present is not None and not members & present:
                missing.append(the(_inside(codes, dimension, code)))
    return f"This source holds nothing of {listed(missing)}." if missing else ""


def subject(goal: str) -> str:
    """What a Goal is about, inside a sentence: `maternal health`."""
    own = {"6": "HIV, malaria and other diseases", "7": "environment and water"}
    name = GOALS.get(goal, goal)
    return own.get(goal) or name[:1].lower() + name[1:]


def goal_name(code: str) -> str:
    """`Goal 5, maternal health`; the ninth is `not allocated to a Goal`."""
    return f"Goal {code}, {subject(code)}" if code.isdigit() else subject(code)


def _what(codes: Codes, selection: Selection) -> list[str]:
    words = [goals(selection)] if selection.goal else []
    words += [
        listed(names(codes, d, selection.picked(d)), 3) for d in ("sector", "purpose", "flow") if selection.picked(d)
    ]
    return words
