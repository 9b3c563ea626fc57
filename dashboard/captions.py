"""Who, what, when, unit and prices of a panel in words, so that a subtitle is complete wherever it is copied to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dashboard.codes import GOALS, Codes, Source
from dashboard.questions import Answers
from dashboard.selection import ABOUT, Selection
from dashboard.words import billions, counted, listed, the, years

METHODS = {"strict": "strict mapping", "shared": "shared mapping", "muskoka": "Muskoka mapping"}
GIVERS = {  # who stands behind a source; else all donors. Of what an operator loads nobody knows that it is all
    "dac1": "DAC members",
    "crs": "donors in the CRS",
    "fts": "donors in FTS",
    "iati": "publishers whose files are loaded",
}
PUBLISHERS = "iati-goals"  # the source whose donors are the few that published their activities
DIFFERING = "crs-donors"  # the source whose matrices hold other donors each year
UNSTATED = "unstated"  # the flow of donors that do not say of which type theirs are
LIMITS = {"crs-sectors": "education and health", "dac1": "net official development assistance"}  # no pick widens these
INCLUDED = " included"  # how a source ends what it says of what it counts beside development assistance
_CAPITAL = re.compile(r"\b[A-Z][a-z]+\b")  # of a word, and of no abbreviation
COVERS = dict.fromkeys(("crs", "crs-donors", "crs-purposes"), "all sectors")  # said where nothing narrower is picked


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
    more = wider(source, selection)
    parts = [measure, *scope(codes, source, selection), *([more] if more else []), period(source, span)]
    return ", ".join(parts) + ". " + prices(selection, codes, unit)


def wider(source: Source, selection: Selection) -> str:
    """`other official flows included`, of a source that counts more than development assistance; empty where the type
    of flow is picked."""
    told = source.disbursed_is.partition(", ")[2]
    return told if told.endswith(INCLUDED) and not selection.flow else ""


def period(source: Source, span: tuple[int, int]) -> str:
    """The years in words; of activities it is the year they are recorded under."""
    return f"activities of {years(*span)}" if source.code == "iati-goals" else years(*span)


def scope(codes: Codes, source: Source, selection: Selection) -> list[str]:
    """What is counted, from whom, to whom: `education and health`, `all donors to Kenya`.

    What is picked is added to the source's own limit and never stands in its place."""
    limit, reach = LIMITS.get(source.code, ""), COVERS.get(source.code, "")
    what = _what(codes, selection, limit)
    what = [", ".join([limit, *what])] if limit else what  # one phrase: a sentence must not set `and` before its parts
    return [*(what or ([reach] if reach else [])), flowing(codes, source, selection)]


def flowing(codes: Codes, source: Source, selection: Selection) -> str:
    """From whom to whom, with the source's own reach: `five publishers to all recipients`."""
    giver = giving(codes, source, selection)
    if "recipient" not in source.dimensions:
        return giver
    return f"{giver} to {receiving(codes, selection)}"


def giving(codes: Codes, source: Source, selection: Selection) -> str:
    """The donors picked, or who stands behind a source: `all donors`, `three of five publishers`."""
    donors = names(codes, "donor", selection.donor)
    if donors:
        return listed([the(name) for name in donors], 3)
    return publishing(source, selection) or GIVERS.get(source.code, "all donors")


def publishing(source: Source, selection: Selection) -> str:
    """`five publishers`, or `three of five publishers` where the others do not state the type of flow picked; empty
    of a source that is no list of publishers."""
    if source.code != PUBLISHERS:
        return ""
    every, stating = len(source.picks.get("donor", ())) or 5, len(stated(source, selection))
    return (
        f"{counted(stating)} of {counted(every)} publishers" if 0 < stating < every else f"{counted(every)} publishers"
    )


def brief(source: Source, selection: Selection) -> str:
    """As `publishing`, for a title: `three publishers`."""
    stating = len(stated(source, selection)) or len(source.picks.get("donor", ())) or 5
    return f"{counted(stating)} publishers" if source.code == PUBLISHERS else ""


def publishers(answers: Answers, source: Source, selection: Selection) -> str:
    """As `giving`, for those who hold the answers: `three of five publishers` where a type of flow is picked."""
    return giving(answers.codes, source, selection)


def stated(source: Source, selection: Selection) -> frozenset[str]:
    """Donors of a source that report one of the types of flow picked; all of them where none is picked."""
    every = source.picks.get("donor", frozenset())
    if not selection.flow or not source.by_flow:
        return every
    return frozenset[str]().union(*(source.by_flow.get(flow, frozenset()) for flow in selection.flow))


def differing(source: Source, span: tuple[int, int], selection: Selection | None = None) -> str:
    """That the donors a source holds are not the same each year, with their numbers; empty where it is no matter, as
    where single donors are picked."""
    if selection is not None and len(selection.donor) == 1 and selection.donor[0] in source.picks.get("donor", ()):
        return ""
    counts = [source.by_year[year] for year in range(span[0], span[1] + 1) if year in source.by_year]
    if source.code != DIFFERING or len(set(counts)) < 2:
        return ""
    return f"The donors of this source differ by year ({listed([str(count) for count in counts], len(counts))})."


def receiving(codes: Codes, selection: Selection) -> str:
    """The recipients picked, or all of them."""
    recipients = names(codes, "recipient", selection.recipient)
    return listed([the(name) for name in recipients], 3) if recipients else "all recipients"


def asked(codes: Codes, selection: Selection) -> str:
    """What is asked of every source alike: `water supply and sanitation, the United Kingdom to Kenya`."""
    donors = listed([the(name) for name in names(codes, "donor", selection.donor)], 3) or "all donors"
    return ", ".join([*_what(codes, selection), f"{donors} to {receiving(codes, selection)}"])


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
    if dimension == "sector":  # the list of the DAC writes its sectors as titles
        return _CAPITAL.sub(lambda found: found[0].lower(), name).replace(" & ", " and ")
    common = dimension in ("purpose", "flow") or (group is not None and group.family in ("ldc", "income"))
    return name[:1].lower() + name[1:] if common and name[1:2].islower() else name


def unheard(codes: Codes, source: Source, selection: Selection) -> str:
    """Who is picked and not in a source at all, and who does not state the type of flow picked; empty without."""
    return " ".join(said for said in (missing(codes, source, selection), unstated(codes, source, selection)) if said)


def unstated(codes: Codes, source: Source, selection: Selection) -> str:
    """Which donors drop out where a type of flow is picked because they state none; empty where nobody does."""
    if not selection.flow or UNSTATED in selection.flow:
        return ""
    silent = source.by_flow.get(UNSTATED, frozenset()) - stated(source, selection)
    if selection.donor:
        groups = codes.groups.get("donor", {})
        silent &= frozenset(selection.donor).union(*(groups[d].members() for d in selection.donor if d in groups))
    if not silent:
        return ""
    verb, left = ("does", "is") if len(silent) == 1 else ("do", "are")
    who = listed([the(codes.name("donor", code)) for code in sorted(silent)])
    return f"{who[:1].upper()}{who[1:]} {verb} not state the type of flow and {left} left out."


def missing(codes: Codes, source: Source, selection: Selection) -> str:
    """Which donors or recipients picked do not occur in a source at all, as a sentence; empty where all do."""
    absent = []
    for dimension in ("donor", "recipient"):
        present, groups = source.picks.get(dimension), codes.groups.get(dimension, {})
        for code in selection.picked(dimension) if present is not None else ():
            members = groups[code].members() if code in groups else frozenset((code,))
            if present is not None and not members & present:
                absent.append(the(_inside(codes, dimension, code)))
    return f"This source holds nothing of {listed(absent)}." if absent else ""


def subject(goal: str) -> str:
    """What a Goal is about, inside a sentence: `maternal health`."""
    own = {"6": "HIV, malaria and other diseases", "7": "environment and water"}
    name = GOALS.get(goal, goal)
    return own.get(goal) or name[:1].lower() + name[1:]


def goal_name(code: str) -> str:
    """`Goal 5, maternal health`; the ninth is `not allocated to a Goal`."""
    return f"Goal {code}, {subject(code)}" if code.isdigit() else subject(code)


def only(codes: Codes, selection: Selection) -> str:
    """`, counting only basic health care, of that only other official flows`, for a sentence that is about more; empty
    where nothing of that kind is picked."""
    said = [listed(names(codes, dimension, selection.picked(dimension)), 3) for dimension in ABOUT]
    return "".join(f", {'of that' if at else 'counting'} only {words}" for at, words in enumerate(filter(None, said)))


def _what(codes: Codes, selection: Selection, limit: str = "") -> list[str]:
    """What is picked, in words; `limit`: what the source is about, so that nothing of it is said twice."""
    words = [goals(selection)] if selection.goal else []
    for dimension in ABOUT:
        said = listed(names(codes, dimension, selection.picked(dimension)), 3)
        if said and not (said in limit and (dimension == "flow" or said == limit)):
            words.append(f"of which {said}" if limit and dimension != "flow" else said)
    return words
