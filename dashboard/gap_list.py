"""Gaps of any set of commitments side by side: in like units only, never summed; what has no figure by its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import figure, part, points, prices
from dashboard.amounts import Absence
from dashboard.column_words import GAPS, meaning
from dashboard.commitment import Entry
from dashboard.counting import Rule
from dashboard.open_words import most
from dashboard.origins import Names, by_code, origin
from dashboard.outcomes import JUDGED, MET, STATES
from dashboard.page_terms import Terms
from dashboard.panels import Column, Table
from dashboard.ranges import Figure, Range, difference, point
from dashboard.statements import Statement
from dashboard.three_gaps import Gaps, three_gaps

KEYS = ("commitment", "donor", "goal", "forum")
SETS = KEYS[1:]  # what commitments are picked by, beside their names
NAMES = {"commitment": "Commitments", "donor": "Makers", "goal": "Goals", "forum": "Fora"}
WHOLE = point(Decimal(1))
MOST = 20  # bars of the chart


@dataclass(frozen=True)
class Like:
    """Measured commitments whose figures are in one unit, at one price basis: they can be set side by side."""

    basis: str
    unit: str
    rows: tuple[Entry, ...]


@dataclass(frozen=True)
class Counted:
    """How many commitments of one maker, Goal or forum stand in each state."""

    code: str
    total: int
    states: Mapping[str, int]


@dataclass(frozen=True)
class Needed:
    """A commitment for which a requirement was published, with its three gaps, US dollars. yearly: sums of a year."""

    entry: Entry
    needed: Figure
    pledged: Figure
    due: Figure
    delivered: Figure
    gaps: Gaps
    source: str
    yearly: bool = False


def codes_of(entry: Entry, key: str) -> tuple[str, ...]:
    """The codes under which a commitment stands in one of `SETS`."""
    pledge = entry.pledge
    forum = (pledge.forum_id,) if pledge.forum_id else ()
    return {"donor": pledge.maker_codes, "goal": pledge.goals, "forum": forum}[key]


def picked(entries: Iterable[Entry], terms: Terms) -> list[Entry]:
    """Commitments named, and those of the makers, Goals and fora picked; all of them where nothing is picked."""
    named, others = set(terms.all("commitment")), {key: set(terms.all(key)) for key in SETS}
    if not (named or any(others.values())):
        return list(entries)
    found = []
    for entry in entries:
        within = all(not codes or codes & set(codes_of(entry, key)) for key, codes in others.items())
        if entry.pledge.id in named or (any(others.values()) and within):
            found.append(entry)
    return found


def known(entries: Sequence[Entry]) -> dict[str, frozenset[str] | Callable[[str], bool]]:
    """What each term can be."""
    return {
        "commitment": frozenset(entry.pledge.id for entry in entries),
        "donor": frozenset(entry.pledge.maker_code for entry in entries if entry.pledge.maker_code),
        "goal": frozenset("12345678"),
        "forum": frozenset(entry.pledge.forum_id for entry in entries if entry.pledge.forum_id),
    }


def basis(entry: Entry) -> str:
    """The unit of its figures with their price basis, in words."""
    return prices(entry.pledge.rule or Rule(), entry.outcome.unit)


def alike(entries: Iterable[Entry]) -> tuple[Like, ...]:
    """Measured ones by unit and prices, the largest group first; in each the smallest share of what was due first, then
    those without a verdict."""
    held: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.outcome.measured:
            held.setdefault((basis(entry), entry.outcome.unit), []).append(entry)
    ordered = sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Like(words, unit, tuple(sorted(rows, key=least_first))) for (words, unit), rows in ordered)


def least_first(entry: Entry) -> tuple[bool, Decimal, str]:
    """A count of countries that the cases themselves tell better is not ranked by it."""
    share, ranked = entry.outcome.share, entry.state in JUDGED and not entry.outcome.beside
    return (not ranked, share.low if isinstance(share, Range) else Decimal(0), entry.pledge.id)


def unmeasured(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Those without a figure of the engine, by state in the order of the legend: the one list of reasons."""
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.outcome.measured:
            held.setdefault(entry.state, []).append(entry)
    return {state: held[state] for state in STATES if state in held}


def counted(entries: Sequence[Entry], key: str, codes: Iterable[str]) -> tuple[Counted, ...]:
    """By maker, Goal or forum: counts only. A commitment that names two Goals is counted under both."""
    found = []
    for code in codes:
        of = [entry for entry in entries if code in codes_of(entry, key)]
        states: dict[str, int] = {}
        for entry in of:
            states[entry.state] = states.get(entry.state, 0) + 1
        found.append(Counted(code, len(of), {state: states[state] for state in STATES if state in states}))
    return tuple(found)


def gap_words(entry: Entry) -> tuple[str, str]:
    """The delivery gap; of a share of income both ways: in points, and as per cent of the target."""
    gap, share = entry.outcome.gap, entry.outcome.share
    if not isinstance(gap, Range):
        return figure(gap, entry.outcome.unit), ""
    if entry.state in MET:
        return "none", ""
    if entry.state == "years" or (entry.state == "part" and not entry.outcome.bound):
        return "no verdict", ""
    far = most(gap) if entry.state == "part" else gap
    said = points(far) if entry.outcome.unit.startswith("%") else figure(far, entry.outcome.unit)
    if entry.state == "part":
        return f"at most {said}", "no verdict: only a part of what counts is seen"
    if entry.outcome.beside:
        return said, entry.outcome.beside
    if entry.state == "between":
        return f"none to {figure(point(gap.high), entry.outcome.unit)}", "between the two ends of what was due"
    missing = difference(WHOLE, share)
    whole = "of the target" if entry.outcome.unit == "%" else "of what was due"
    return said, f"{part(missing)} {whole}" if isinstance(missing, Range) and missing.low >= 0 else ""


def needed(entries: Iterable[Entry], statements: Iterable[Statement]) -> tuple[Needed, ...]:
    """Where a source states what is needed in US dollars of the day. A sum a year is compared with sums a year alone,
    and a sum of a period with sums of a period; what was promised above a baseline is no whole to compare. Where they
    differ the gap is not clear."""
    by_id = {entry.pledge.id: entry for entry in entries}
    found = []
    for one in statements:
        money = one.amount.whole() if one.amount.currency == "USD" and not one.amount.prices else None
        if one.of == "need" and one.pledge in by_id and money:
            found.append(_needed(by_id[one.pledge], Range(*money), one))
    return tuple(found)


def _needed(entry: Entry, want: Range, stated: Statement) -> Needed:
    amount, outcome, rule = entry.pledge.amount, entry.outcome, entry.pledge.rule or Rule()
    yearly = stated.amount.per_year
    whole = amount.currency == "USD" and amount.per_year == yearly and rule.baseline == "none"
    money = amount.whole() if whole else None
    pledged: Figure = Range(*money) if money else Absence.NOT_CLEAR
    like = (
        entry.state in JUDGED
        and outcome.unit == "USD"
        and outcome.prices == "current"
        and (rule.counts != "sum") == yearly
        and whole
    )
    due: Figure = outcome.due if like else Absence.NOT_MEASURABLE
    delivered: Figure = outcome.delivered if like else Absence.NOT_MEASURABLE
    gaps = three_gaps(want, pledged, due, delivered)
    return Needed(entry, want, pledged, due, delivered, gaps, stated.source, yearly)


def drawable(entries: Iterable[Entry]) -> list[Entry]:
    """Those that were compared, with a share of what was due, the smallest first."""
    held = (entry for entry in entries if entry.state in JUDGED and not entry.outcome.beside)
    return sorted((entry for entry in held if isinstance(entry.outcome.share, Range)), key=least_first)


COLUMNS = meaning(
    (
        Column("id", "Commitment", "code"),
        Column("title", "Title"),
        Column("maker", "Maker"),
        Column("unit", "Unit"),
        Column("at", "At the end of", "year"),
        *(
            Column(f"{name}_{end}", f"{name.capitalize()}, {end}", "percent" if name == "share" else "number")
            for name in ("due", "delivered", "gap", "share")
            for end in ("low", "high")
        ),
        Column("to", "Figures to", "year"),
        Column("seen", "Counted is"),
        Column("state", "State"),
        Column("measured_from", "Measured from"),
    ),
    GAPS,
)


def table(entries: Iterable[Entry], names: Names = by_code) -> Table:
    """Every commitment of the set, exact; what is a range has two ends; an absence is in words beside an empty cell.
    names: of sources and series."""
    rows = tuple((*_exact(entry), origin(entry, names)) for entry in entries)
    return Table("Due, delivered, gap (due less delivered) and share (delivered as part of due)", COLUMNS, rows)


def _exact(entry: Entry) -> tuple[object, ...]:
    out, pledge = entry.outcome, entry.pledge
    ends = [end for figure_ in (out.due, out.delivered, out.gap, out.share) for end in _ends(figure_)]
    year = out.at if out.measured else None
    unit = basis(entry) if out.measured else ""
    reach = (out.to, "part" if out.part else "whole") if out.measured else (None, "")
    return (pledge.id, pledge.title, pledge.maker, unit, year, *ends, *reach, entry.words)


def _ends(value: Figure) -> tuple[Decimal | None, Decimal | None]:
    return (value.low, value.high) if isinstance(value, Range) else (None, None)
