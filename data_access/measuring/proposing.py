"""What another rule would do to a commitment, measured by the engine that measures the kept ones, and kept nowhere.

A stranger may propose any rule of known codes, so it is bounded: one at a time in a process, each remembered by
edition, state and rule; who asks while another is being measured, or for longer than a page waits, is told to ask
again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock, Thread
from time import monotonic

from dashboard.checks import run
from dashboard.counting import Problem, Rule
from dashboard.evidence import Evidence
from dashboard.explained import used
from dashboard.findings import Finding
from dashboard.measured import Measured
from dashboard.outcomes import of
from dashboard.overlap import Overlap
from dashboard.pledges import Delivery, Pledge
from dashboard.questions import Busy, Unanswerable
from dashboard.rows import Wanted
from dashboard.rule_edits import misfits
from dashboard.rule_preview import Preview, Rows, changed, moved
from dashboard.rules import read
from dashboard.selection import read as read_selection
from data_access.admission import until as asking_until
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.evidence import reported
from data_access.measuring.kept import Register
from data_access.measuring.overlapping import scopes, with_one
from data_access.measuring.telling import told
from data_access.places import SLOW, Places
from data_access.registry.store import Held

LOG = logging.getLogger(__name__)
WAIT = 6.0  # seconds for which a page waits
TURN = 0.5  # seconds for which it waits for another's
LONGEST = 20.0  # seconds after which a rule is given up: what it asks for next is not asked
WAITING = 2  # who may wait at once; others are told so at once
MOST = 12  # previews held in memory
AGAIN = 5  # seconds until it is worth asking again
LONG = "This rule takes too long to measure. Please name fewer years, codes or series."
STOPPED = "This rule could not be measured; the log says why."
Key = tuple[str, str, str, str]


class Proposals:
    """Previews by edition, state, commitment and rule. Safe for threads."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._lock, self._longest = Lock(), longest
        self._held: OrderedDict[Key, Preview | str] = OrderedDict()
        self._making: tuple[Key, Thread] | None = None
        self._waiting = Places(WAITING, AGAIN, within=SLOW)

    def preview(
        self, cube: Cube, held: Held, register: Register, id_: str, rule: Rule, wait: float = WAIT
    ) -> Preview | str:
        """The preview, or a sentence saying why there is none. Raises Busy while it or another is being measured."""
        key = cube.edition, held.state, id_, rule.write()
        found = self._known(key)
        if found is not None:
            return found
        with self._waiting.taken():
            return self._awaited(key, cube, held, register, rule, wait)

    def _known(self, key: Key) -> Preview | str | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def _awaited(self, key: Key, cube: Cube, held: Held, register: Register, rule: Rule, wait: float) -> Preview | str:
        making = self._begin(key, cube, held, register, rule)
        if making is not None and making[0] != key:  # another's: who asks does not stand here for long
            making[1].join(min(wait, TURN))
            making = self._begin(key, cube, held, register, rule)
            if making is not None and making[0] != key:
                raise Busy(AGAIN)
        if making is not None:
            making[1].join(wait)
        found = self._known(key)
        if found is None:
            raise Busy(AGAIN)
        return found

    def _begin(self, key: Key, cube: Cube, held: Held, register: Register, rule: Rule) -> tuple[Key, Thread] | None:
        """What is being measured now, this rule where nothing was; None where this one is held."""
        with self._lock:
            if key in self._held:
                return None
            if self._making is None:
                until = monotonic() + self._longest
                make = Thread(target=self._make, args=(key, cube, held, register, rule, until), daemon=True)
                self._making = key, make
                make.start()
            return self._making

    def _make(self, key: Key, cube: Cube, held: Held, register: Register, rule: Rule, until: float) -> None:
        def in_time() -> None:
            if monotonic() > until:
                raise TimeoutError(LONG)

        found: Preview | str | None = None
        try:
            with asking_until(until):
                found = preview(cube, held, register, key[2], rule, in_time)
        except TimeoutError:
            found = LONG
        except Busy:  # the engine has others to answer: the next who asks tries again
            LOG.info("a proposed rule of %s waits: the engine is busy", key[2])
        except Exception:
            LOG.exception("a proposed rule of %s: %s", key[2], key[3])
            found = STOPPED
        with self._lock:
            self._making = None
            if found is not None:
                self._held[key] = found
                while len(self._held) > MOST:
                    self._held.popitem(last=False)


def preview(
    cube: Cube, held: Held, register: Register, id_: str, rule: Rule, in_time: Callable[[], None] = lambda: None
) -> Preview:
    """What a rule would do to a commitment of a state. `in_time` is called between the parts, and may raise.

    register: what is kept of the state. Raises Busy, TimeoutError."""
    pledge = held.pledges[id_]
    proposed = replace(pledge, rule=rule)
    before = told(cube, held, register, pledge, ())
    in_time()
    found = measure(cube, rule)
    in_time()
    pledges = {**held.pledges, id_: proposed}
    mine = tuple(pair for pair in register.overlaps if id_ in (pair.first, pair.second))
    found_pairs = _pairs(cube, pledges, id_)
    pairs = mine if found_pairs is None else found_pairs
    in_time()
    others = [pair for pair in register.overlaps if id_ not in (pair.first, pair.second)]
    new = Register({**register.outcomes, id_: of(found)}, (*pairs, *others))
    after = told(cube, replace(held, pledges=pledges), new, proposed, ())
    in_time()
    rows = rows_counted(cube, before.measured), rows_counted(cube, found)
    in_time()
    kept_findings = findings(cube, held, pledge, before.measured, mine)
    appear, vanish = changed(kept_findings, findings(cube, held, proposed, found, pairs))
    shared = None if found_pairs is None else moved(mine, pairs, id_, held.pledges)
    return Preview(before, after, rows, shared, appear, vanish)


def _pairs(cube: Cube, pledges: Mapping[str, Pledge], id_: str) -> tuple[Overlap, ...] | None:
    """What one commitment counts together with others; None where the engine needs too long for it."""
    try:
        return with_one(cube, {one: each.rule for one, each in pledges.items() if each.rule}, id_)
    except TimeoutError:
        LOG.info("overlaps of a proposed rule of %s take too long", id_)
        return None


def rows_counted(cube: Cube, found: Measured) -> Rows | None:
    """The rows that make the figure delivered, without those of its baseline; None where no rows are read."""
    terms = [one.term for one in used(found) if one.counted and one.term.role == "amount" and one.term.rows]
    if not terms:
        return None
    years = [term.year for term in terms]
    one, _ = read_selection(terms[0].rows, cube.codes)
    asked = one.change(since=min(years), until=max(years), donor=found.rule.donors, stage=found.rule.stage)
    try:
        counted = cube.counts(asked, Wanted(stage=found.rule.stage)).rows
    except Unanswerable as why:
        LOG.info("rows of a rule cannot be counted: %s", why)
        return None
    return Rows(counted, asked.change(edition=cube.edition).write())


def findings(
    cube: Cube,
    held: Held,
    pledge: Pledge,
    found: Measured,
    pairs: tuple[Overlap, ...],
    reports: Iterable[Delivery] = (),
) -> tuple[Finding, ...]:
    """What the checks of records and of measured figures find about one commitment under a rule. reports: of its
    maker."""
    pledges, told = {**held.pledges, pledge.id: pledge}, [(pledge.id, one) for one in reports]
    year = pledge.delivered.as_of[:4]
    told_of = year.isdigit() and found.rule.since <= int(year) <= found.rule.until
    evidence = Evidence(
        pledges,
        measured={pledge.id: found} if found.rule.measures else {},
        then={pledge.id: measure(cube, found.rule, int(year))} if told_of and found.rule.measures else {},
        reports=reported(cube, {pledge.id: found.rule} if found.rule.measures else {}, told),
        shared={(min(one.first, one.second), max(one.first, one.second)): one.usd for one in pairs if one.usd},
        by_rows=frozenset(one.id for one in scopes(cube, {id_: one.rule for id_, one in pledges.items() if one.rule})),
        today=f"{datetime.now(UTC):%Y-%m-%d}",
    )
    return tuple(one for one in run(evidence) if pledge.id in one.about)


def unusable(cube: Cube, written: str) -> tuple[Problem, ...]:
    """What keeps a written rule from being used with the codes and series of an edition, as the form says it."""
    rule, wrong = read(written, cube.codes)
    return (*wrong, *(amiss(cube, rule) if rule else ()))


def amiss(cube: Cube, rule: Rule) -> tuple[Problem, ...]:
    """Series that a rule names and cannot read, a sentence each."""
    listed = cube.series_list()
    columns = (listed[name].tolist() for name in ("series", "unit", "name"))
    rows = list(zip(*columns, strict=True))
    units, labels = {name: unit for name, unit, _ in rows}, {name: label for name, _, label in rows}
    return misfits(rule, units, labels)
