"""A forum beside others that are like it, and what lies behind its measured commitments: counts and ways, no sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.codes import Codes
from dashboard.commitment import Entry, Names
from dashboard.counting import Rule
from dashboard.records import Directory, Forum
from dashboard.selection import FIRST_YEAR, LAST_YEAR, Selection

AT_LARGE = "8"  # a Goal that no purpose of aid is mapped to: it narrows no flows


@dataclass(frozen=True)
class Near:
    """A forum among those like it. alike: whether it is of the same kind; makers, goals: of commitments made at both.

    held, measured, met, committed: how many commitments were made there, are measured, delivered what was due and
    committed it. own: whether it is the forum whose page it is."""

    forum: Forum
    alike: bool
    makers: frozenset[str]
    goals: tuple[str, ...]
    held: int
    measured: int
    met: int
    committed: int
    own: bool = False


def near(found: Forum, directory: Directory, entries: Sequence[Entry]) -> tuple[Near, ...]:
    """Fora of the same kind, and those where one of the same makers promised towards one of the same Goals, with the
    forum itself: those with the most measured commitments first, those with none last."""
    made: dict[str, list[Entry]] = {}
    for entry in entries:
        made.setdefault(entry.pledge.forum_id, []).append(entry)
    mine = made.get(found.id, [])
    every = [_near(found, mine, directory.fora[id_], held) for id_, held in made.items() if id_ in directory.fora]
    kept = [one for one in every if one.own or one.alike or (one.makers and one.goals)]
    return tuple(sorted(kept, key=lambda one: (not one.measured, -one.measured, -one.held, one.forum.name)))


def _near(found: Forum, mine: Sequence[Entry], other: Forum, held: Sequence[Entry]) -> Near:
    states = [entry.state for entry in held]
    return Near(
        other,
        bool(found.kind) and other.kind == found.kind,
        _makers(mine) & _makers(held),
        tuple(sorted(_goals(mine) & _goals(held))),
        len(held),
        sum(entry.outcome.measured for entry in held),
        states.count("met"),
        states.count("committed"),
        other.id == found.id,
    )


def _makers(entries: Sequence[Entry]) -> frozenset[str]:
    """Of what several made each of them alone: what they are together is no further maker."""
    every = (entry.pledge.maker_ids for entry in entries)
    return frozenset(id_ for ids in every for id_ in (ids[1:] or ids) if id_)


def _goals(entries: Sequence[Entry]) -> frozenset[str]:
    return frozenset(goal for entry in entries for goal in entry.pledge.goals)


@dataclass(frozen=True)
class Behind:
    """What lies behind a measured commitment. flows: what moved from its donors, to its recipients, for its Goals, in
    its years. source: of its figure, in words. rows: those it is counted from; None where that is a series."""

    entry: Entry
    source: str
    flows: Selection
    rows: Selection | None = None


def behind(entries: Sequence[Entry], codes: Codes, rows: Mapping[str, Selection], named: Names) -> tuple[Behind, ...]:
    """Of each measured commitment. rows: by commitment, where its rule reads rows of a source."""
    found = list[Behind]()
    for entry in entries:
        rule, of = entry.pledge.rule, rows.get(entry.pledge.id)
        if rule is not None and entry.outcome.measured:
            source = named("source", of.source) if of else named("series", rule.series or rule.weights)
            found.append(Behind(entry, source, _flows(entry, rule, codes), of))
    return tuple(found)


def _flows(entry: Entry, rule: Rule, codes: Codes) -> Selection:
    goals = entry.pledge.goals
    since, until = (min(max(year, FIRST_YEAR), LAST_YEAR) for year in (rule.since, rule.until))
    return Selection().change(
        goal=() if AT_LARGE in goals else tuple(goals),
        donor=tuple(code for code in rule.donors if codes.knows("donor", code)),
        recipient=tuple(code for code in rule.recipients if codes.knows("recipient", code)),
        since=since,
        until=until,
    )


def together(every: Sequence[Behind]) -> Selection:
    """What moved from all their donors for all their Goals: a dimension that one of them leaves open stays open."""
    wholes = [one.flows for one in every]
    since, until = min(one.since for one in wholes), max(one.until for one in wholes)
    return Selection().change(
        **{name: _all_of(name, wholes) for name in ("goal", "donor", "recipient")}, since=since, until=until
    )


def _all_of(name: str, wholes: Sequence[Selection]) -> tuple[str, ...]:
    picked = [one.picked(name) for one in wholes]
    return tuple({code for codes in picked for code in codes}) if all(picked) else ()
