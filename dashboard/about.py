"""A forum, a donor or a recipient: which commitments are its own, and which others it has a part in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dashboard import receivers
from dashboard.codes import Codes
from dashboard.commitment import Entry
from dashboard.figures import style
from dashboard.figures.lines import Line, chart, nice
from dashboard.measured import Standing
from dashboard.membership import of_year
from dashboard.panels import Column, Drawing, Figure, Table
from dashboard.peers import Need, Peers, region
from dashboard.pools import record_query
from dashboard.records import Directory, Forum
from dashboard.words import listed

TARGET = Decimal("0.7")  # per cent of national income
HEIGHT = 240
NEEDS = "Its needs beside its funding"
OWN = "Its own commitments"
PART_IN = "Commitments it has a part in"
TO_IT = "Promised to it"
TO_GROUP = "Promised to a group that it belongs to"
NEAR = ("G7", "EU", "DAC")  # groups of donors, the closest first


@dataclass(frozen=True)
class Group:
    """Commitments under a heading. query: of the list of commitments that shows the same; empty where none does."""

    heading: str
    words: str
    entries: tuple[Entry, ...]
    query: str = ""


@dataclass(frozen=True)
class About:
    """kind: forum, donor, recipient. facts: names and words. flows: what moved by year, None where nothing is held.

    shares: official development assistance as per cent of national income, by year. overview: query of the overview.
    ways: words and addresses of other pages about the same. peers: the same promises kept by others; places: what is
    said of the place among those of one's income group, by promise. needs: of a recipient, Goal by Goal; region: the
    name of its region. standings: its own figure against what was asked of many, by promise; units: of series."""

    kind: str
    code: str
    title: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    flows: Drawing | None = None
    shares: Mapping[int, Decimal] = field(default_factory=dict)
    overview: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    peers: tuple[Peers, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    region: str = ""
    standings: Mapping[str, Standing] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def forum(found: Forum, entries: Sequence[Entry]) -> About:
    held = tuple(entry for entry in entries if entry.pledge.forum_id == found.id)
    whole = tuple(entry for entry in held if entry.pledge.collective)
    own = tuple(entry for entry in held if not entry.pledge.collective)
    groups = (
        Group("Promised together", "Commitments of several makers; their parts stand below.", whole, _query(whole)),
        Group("Promised by each", "Commitments of one maker.", own, _query(own)),
    )
    facts = ("Kind", found.kind), ("Place", found.place), ("Date", found.date)
    ways = (("All of its commitments in the list, with filters", f"/commitments?forum={found.id}"),) if held else ()
    return About("forum", found.id, found.name, facts, groups, ways=ways)


def _query(entries: Sequence[Entry]) -> str:
    return record_query([entry.pledge.id for entry in entries]) or ""


def party(kind: str, code: str, codes: Codes, directory: Directory, entries: Sequence[Entry]) -> About:
    """A donor or a recipient: its own commitments, those it has a part in, and those made to it."""
    makers = {maker.id for maker in directory.makers.values() if maker.code == code}
    own = tuple(entry for entry in entries if entry.pledge.maker_id in makers)
    query = f"maker={','.join(sorted(makers))}" if makers else ""
    groups = [Group(OWN, "Made by it alone.", own, query)]
    others = [entry for entry in entries if entry.pledge.maker_id not in makers]
    if any(makers & set(entry.pledge.maker_ids) for entry in others):  # the list of a maker holds what it made jointly
        groups = [replace(groups[0], query=record_query([entry.pledge.id for entry in own]) or query)]
    if kind == "donor":
        part = tuple(e for e in others if _named(codes, e, code) or makers & set(e.pledge.maker_ids))
        groups.append(Group(PART_IN, "Made together with others; the figures are of all of them together.", part))
    else:
        groups += _received(code, codes, others)
    name = codes.name(kind, code)
    ways = _ways(kind, code, makers, _near(kind, code, codes, entries))
    return About(kind, code, name, (), tuple(groups), overview=f"{kind}={code}", ways=ways)


def _received(code: str, codes: Codes, others: Sequence[Entry]) -> list[Group]:
    """What others promised to a recipient by its name, and to groups of which it is one; then what is asked of many."""
    named = {entry.pledge.id: found for entry in others if (found := receivers.naming(codes, entry.pledge, code))}
    held = [entry for entry in others if entry.pledge.id in named]
    given = [entry for entry in held if receivers.receives(entry.pledge) or entry.outcome.unit == "USD"]
    alone = tuple(entry for entry in given if code in named[entry.pledge.id])
    shared = tuple(entry for entry in given if code not in named[entry.pledge.id])
    asked = tuple(entry for entry in held if entry not in given)
    whom = sorted({codes.name("recipient", group) for entry in shared for group in named[entry.pledge.id]})
    words = f"Promised to {listed(whom, len(whom))}; the figures are of all members together, and its part is not told."
    part = "Made by a group that it belongs to, or for all countries; the figures are of all of them together."
    return [
        Group(TO_IT, "Money or a policy promised to it by its name.", alone),
        Group(TO_GROUP, words, shared),
        Group(PART_IN, part, asked),
    ]


def _near(kind: str, code: str, codes: Codes, entries: Sequence[Entry]) -> tuple[str, tuple[str, ...]]:
    """The closest group of a donor, or the region of a recipient, in which others made commitments: its name, and the
    codes of all of them; nothing where there are none."""
    groups = codes.groups.get(kind, {})
    named = [groups[name] for name in NEAR if name in groups]
    around = region(codes, code)
    closest = named if kind == "donor" else [around] if around else []
    made = {entry.pledge.maker_code for entry in entries}
    for group in closest:
        others = sorted((group.members() & made) - {code})
        if code in group.members() and others:
            return group.name, (code, *others)
    return "", (code,)


def _ways(kind: str, code: str, makers: set[str], near: tuple[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Other pages that are about the same. near: among whom its commitments stand beside those of others."""
    own = [("What the checks found about its commitments", f"/findings?maker={','.join(sorted(makers))}")]
    among, beside = near
    words = f"Its commitments beside those of others: {among}" if among else "Gaps of its commitments"
    gaps = [(words, f"/gaps?donor={','.join(beside)}")]
    need = [(NEEDS, f"/needs?goal=5&recipient={code}")] if kind == "recipient" else []
    return (*(own + gaps if makers else []), *need)


def _named(codes: Codes, entry: Entry, code: str) -> bool:
    """Whether a rule names a donor, by itself or in a group at any time of its period."""
    rule = entry.pledge.rule
    if rule is None:
        return False
    years = range(rule.since, rule.until + 1) if rule.since else range(0)
    held = (of_year(codes, "donor", rule.donors, year, rule.membership) for year in years)
    return code in rule.donors or any(code in members for members in held)


def line(shares: Mapping[int, Decimal]) -> Figure:
    """Aid as per cent of income, and 0.7 per cent dotted."""
    points = tuple(sorted(shares.items()))
    span = points[0][0], points[-1][0]
    hovers = tuple(f"<b>{year}</b><br>{value.normalize():f}% of national income" for year, value in points)
    ends = f"<b>Aid</b><br>{points[-1][1].normalize():f}%, {points[-1][0]}"
    target = tuple((year, TARGET) for year in span)
    lines = [
        Line("Aid", style.DISBURSED, points, ends, hovers, style.DISBURSED, yearly=True),
        Line("Target", style.INK_2, target, "Target<br>0.7%", ("Target 0.7%",) * 2, style.INK_2, 1.5, "dot"),
    ]
    ticks = nice(0.0, float(max([TARGET, *shares.values()])))
    texts = [f"{tick:g}" for tick in ticks]
    texts[-1] += "%"
    return chart(lines, span, (ticks, texts), height=HEIGHT)


def shares_title(shares: Mapping[int, Decimal]) -> str:
    """`0.7 per cent was reached in 3 of 16 years`."""
    met = sum(value >= TARGET for value in shares.values())
    return f"0.7 per cent was reached in {met} of {len(shares)} years"


def shares_table(shares: Mapping[int, Decimal]) -> Table:
    columns = (Column("year", "Year", "year"), Column("share", "Aid", "number", "% of gross national income"))
    return Table("Official development assistance, share of income", columns, tuple(sorted(shares.items())))
