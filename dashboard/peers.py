"""The same promise kept by others: each beside the donor or recipient whose page it is, the furthest first.

Two ways lead there. Parts: commitments under one parent, each against what its own maker promised. Standings: members
of a group that promised together, each against the target of the group. Who has no figure stands at the end with the
reason: an absence is no place and no zero.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dashboard.codes import Codes, Group
from dashboard.commitment import Entry
from dashboard.counting import Rule
from dashboard.figures.indicators import recipients
from dashboard.measured import Standing
from dashboard.needs import Placed
from dashboard.outcomes import JUDGED, MET
from dashboard.ranges import Range, quotient

FEW = 3  # with fewer than these there is nobody to be compared with
NO_FIGURE = "not_reported"
ALL = Decimal("Infinity")  # no part of a target is as much: what was to fall fell to nothing


@dataclass(frozen=True)
class Peer:
    """One of them. value, target: in the unit of the comparison; reached: as part of the target, 1 for all of it, ALL
    of what was to fall and fell to nothing.

    met: None where it is not known. state: of `outcomes.STATES`, why there is no figure. entry: its own commitment,
    None of a member of a group. place: the first is 1; those that reached as much share it. page: where its name leads
    to, empty where it has no page."""

    code: str
    name: str
    value: Decimal | None = None
    target: Range | None = None
    reached: Decimal | None = None
    met: bool | None = None
    own: bool = False
    state: str = ""
    entry: Entry | None = None
    place: int | None = None
    page: str = ""


@dataclass(frozen=True)
class Peers:
    """One promise and all who keep it. of: the promise, in its record. unit: of the values. year: of the figures.

    parts: whether each stands against its own promise. among: who is compared, in words; empty where all are. better:
    up or down, of the values."""

    of: Entry
    rows: tuple[Peer, ...]
    unit: str
    year: int
    parts: bool
    among: str = ""
    better: str = "up"

    @property
    def known(self) -> int:
        return sum(row.place is not None for row in self.rows)

    @property
    def met(self) -> int:
        return sum(row.met is True for row in self.rows)

    @property
    def each(self) -> bool:
        """Whether targets differ from one to the other."""
        return len({row.target for row in self.rows if row.target}) > 1

    @property
    def part(self) -> bool:
        """Whether only a part of what counts is seen: who is not shown to have reached it may have."""
        rule = self.of.pledge.rule
        kept = [row.entry.outcome.part for row in self.rows if row.entry]
        return any(kept) if self.parts else rule is not None and rule.sees == "part"

    @property
    def stage(self) -> str:
        """The rung that is counted; empty of indicators, which have none."""
        rule = self.of.pledge.rule
        if self.parts:
            return next((row.entry.outcome.stage for row in self.rows if row.own and row.entry), "")
        return "" if rule is None or rule.kind == "indicator" else rule.stage

    @property
    def own(self) -> Peer:
        return next(row for row in self.rows if row.own)


def peers(
    kind: str,
    code: str,
    codes: Codes,
    entries: Sequence[Entry],
    standings: Mapping[str, Sequence[Standing]],
    units: Mapping[str, str],
) -> tuple[Peers, ...]:
    """Every comparison of a donor or recipient (`kind`): the promise of the most, parts of promises, then the other
    promises made together. Those that ask the same of the same are told once, by the first that was made.

    standings: by promise. units: of series."""
    by_id = {entry.pledge.id: entry for entry in entries}
    like = frozenset(codes.members["donor"]) if kind == "donor" else recipients(codes)
    parts = [made for id_ in by_id if (made := _parts(code, id_, by_id, like))]
    told, near = {one.of.pledge.id for one in parts}, region(codes, code) if kind == "recipient" else None
    seen, together = set[object](), list[Peers]()
    for entry in sorted((by_id[id_] for id_ in standings if id_ in by_id), key=lambda entry: entry.pledge.made or "9"):
        pledge, rule = entry.pledge, entry.pledge.rule
        if rule is None or {pledge.id, pledge.parent} & told or _asked(rule) in seen:
            continue
        if bool(rule.donors) is not (kind == "donor"):  # an indicator of countries says nothing of them as donors
            continue
        made = _together(kind, code, codes, entry, rule, standings[pledge.id], near)
        if made:
            seen.add(_asked(rule))
            together.append(replace(made, unit="%" if rule.kind == "share" else units.get(rule.series, "")))
    first, *rest = [*_most_first(together), None]
    return (*([first] if first else []), *_most_first(parts), *filter(None, rest))


def _most_first(every: Sequence[Peers]) -> list[Peers]:
    return sorted(every, key=lambda one: -one.known)


def _asked(rule: Rule) -> object:
    """What a rule asks of whom: the same for a promise and for what restates it."""
    return replace(rule, note="", since=0, counts="")


def _parts(code: str, id_: str, by_id: Mapping[str, Entry], like: Collection[str]) -> Peers | None:
    """Commitments of donors (or recipients: `like`) under one parent, measured alike, of which one is the maker's whose
    page it is."""
    under = [entry for entry in by_id.values() if entry.pledge.parent == id_ and entry.pledge.maker_code in like]
    mine = [entry for entry in under if entry.pledge.maker_code == code and entry.outcome.measured]
    if not mine or id_ not in by_id:
        return None
    own = mine[0].outcome
    alike = [entry for entry in under if not entry.outcome.measured or _like(entry) == _like(mine[0])]
    rows = placed([_part(entry, entry is mine[0]) for entry in alike])
    return Peers(by_id[id_], rows, own.unit, own.at, parts=True) if _enough(rows) else None


def _like(entry: Entry) -> tuple[str, str, str]:
    return entry.outcome.unit, entry.outcome.prices, entry.outcome.stage


def _part(entry: Entry, own: bool) -> Peer:
    found, pledge = entry.outcome, entry.pledge
    value = found.delivered.low if isinstance(found.delivered, Range) else None
    target = found.due if isinstance(found.due, Range) else None
    told = entry.state in JUDGED or (entry.state == "part" and found.bound)
    reached = found.share.low if told and isinstance(found.share, Range) else None
    met = None if reached is None else entry.state in MET
    state = "" if reached is not None else entry.state
    page = f"/commitment/{pledge.id}"
    return Peer(pledge.maker_code, pledge.maker, value, target, reached, met, own, state, entry, page=page)


def _together(
    kind: str, code: str, codes: Codes, entry: Entry, rule: Rule, rows: Sequence[Standing], near: Group | None
) -> Peers | None:
    """Members of a group that promised together, those of the region where that leaves enough."""
    mine = next((row for row in rows if row.code == code), None)
    if mine is None or not isinstance(mine.target, Range):
        return None
    held = [row for row in rows if near is None or row.code in near.members()]
    among = near.name if near and len(held) < len(rows) else ""
    made = placed([_member(kind, codes, row, row.code == code, rule.better) for row in held])
    return Peers(entry, made, "", mine.year, False, among, rule.better) if _enough(made) else None


def _member(kind: str, codes: Codes, row: Standing, own: bool, better: str) -> Peer:
    target = row.target if isinstance(row.target, Range) else None
    reached = None
    if row.value is not None and target is not None:
        part, whole = (row.value, target.low) if better == "up" else (target.low, row.value)
        reached = (
            quotient(part, whole) if whole > 0 else ALL if better == "down" and row.met and target.low > 0 else None
        )
    state = "" if reached is not None else NO_FIGURE
    page = f"/{kind}/{row.code}" if codes.knows(kind, row.code) else ""
    return Peer(row.code, codes.name(kind, row.code), row.value, target, reached, row.met, own, state, page=page)


def _enough(rows: Sequence[Peer]) -> bool:
    return sum(row.place is not None for row in rows) >= FEW


def placed(rows: Sequence[Peer]) -> tuple[Peer, ...]:
    """The furthest first, ties by name and in one place; those without a figure last, by name."""
    known = sorted((row for row in rows if row.reached is not None), key=lambda row: (-(row.reached or 0), row.name))
    made = list[Peer]()
    for at, row in enumerate(known, 1):
        same = made[-1].place if made and made[-1].reached == row.reached else at
        made.append(replace(row, place=same))
    return (*made, *sorted((row for row in rows if row.reached is None), key=lambda row: row.name))


def region(codes: Codes, code: str) -> Group | None:
    """The smallest region that a recipient lies in."""
    regions = [g for g in codes.groups.get("recipient", {}).values() if g.family == "region" and code in g.members()]
    return min(regions, key=lambda group: (len(group.members()), group.code), default=None)


def income(codes: Codes, code: str) -> Group | None:
    """The income group of a recipient, as listed today."""
    groups = codes.groups.get("recipient", {}).values()
    return next((group for group in groups if group.family == "income" and code in group.members()), None)


def within(rows: Sequence[Peer], group: Group | None) -> tuple[int, int] | None:
    """Place of the own row among those of a group that have a figure, and how many these are; None where it has none
    or nobody is compared with it."""
    held = [row for row in rows if row.place is not None and group is not None and row.code in group.members()]
    own = next((row for row in held if row.own), None)
    if own is None or len(held) < FEW:
        return None
    return 1 + sum((row.place or 0) < (own.place or 0) for row in held), len(held)


@dataclass(frozen=True)
class Need:
    """Where a recipient stands by need against funding for one Goal, of `ranked` that have a place. row: None where it
    is not among them. near: its place in its region and of how many, None without. why: a sentence where there is no
    ranking."""

    goal: str
    row: Placed | None
    ranked: int
    series: str
    unit: str
    near: tuple[int, int] | None = None
    why: str = ""


def near_place(rows: Mapping[str, Placed], code: str, group: Group | None) -> tuple[int, int] | None:
    """Place among those of a group that are ranked, and how many these are."""
    held = {row.code: row.place for row in rows.values() if row.place and group and row.code in group.members()}
    if code not in held or len(held) < FEW:
        return None
    return 1 + sum(place < held[code] for place in held.values()), len(held)
