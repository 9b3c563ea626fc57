"""What programs are told of the register: commitments, gaps, findings; and of needs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from werkzeug.exceptions import NotFound

from callbacks import listing
from callbacks.api_asked import Asked, Found, paged
from callbacks.bodies import Refused
from callbacks.reckoned_findings import RUNNING
from dashboard import finding_list, gap_list, need_list
from dashboard import listing as lists
from dashboard.api.asking import refused, strictly
from dashboard.api.parameters import OF_GAPS, OF_NEEDS, OF_PLEDGES
from dashboard.api.shapes import plain
from dashboard.carried import CHECKED, REGISTER, of_register, pledge
from dashboard.origins import line
from dashboard.page_terms import read
from dashboard.panels import Table
from dashboard.pins import Pins
from dashboard.questions import Unanswerable
from dashboard.words import listed
from data_access.measuring.found import told
from data_access.measuring.naming import names
from data_access.measuring.telling import entries
from layouts.pages import COMMITMENTS_PATH, FINDINGS_PATH, GAPS_PATH, NEEDS_PATH


def pledges(one: Asked) -> Found:
    """Raises Busy while commitments are being measured."""
    given = {name: one.given[name] for name in OF_PLEDGES if one.given[name]}
    found, wrong = listing.chosen(one.opened, Pins(), given)
    if wrong:
        raise strictly(wrong)
    held, called = sorted(found, key=lambda entry: entry.pledge.id), names(one.cube)
    codes = ((entry.pledge.maker_id, entry.pledge.forum_id, entry.state) for entry in held)
    rows = [(*row, *more) for row, more in zip(lists.table(held, called).rows, codes, strict=True)]
    table = Table("Commitments", one.operation.columns, tuple(rows))
    return _listed(one, "Commitments", COMMITMENTS_PATH, OF_PLEDGES, table, line(REGISTER, held, called))


def commitment(one: Asked) -> Found:
    """Raises NotFound; Busy while commitments are being measured."""
    opened = one.opened
    if one.where not in opened.held.pledges:
        raise NotFound("The register holds no commitment of that name; /api/v1/pledges lists those it holds.")
    entry = next(entry for entry in entries(opened.held, opened.register) if entry.pledge.id == one.where)
    return Found(pledge(entry.pledge, one.cube.edition, one.state), Table("", (), ()), record=plain(entry))


def gaps(one: Asked) -> Found:
    """Raises Busy while commitments are being measured."""
    every = one.opened.entries()
    picked, wrong = read({name: one.given[name] for name in OF_GAPS}, gap_list.known(every), OF_GAPS)
    if wrong:
        raise strictly(wrong)
    held, called = gap_list.picked(every, picked), names(one.cube)
    told_ = zip(gap_list.table(held, called).rows, held, strict=True)
    rows = tuple((*row, entry.pledge.maker_code, entry.state) for row, entry in told_)
    table = Table("Gaps", one.operation.columns, rows)
    return _listed(one, "Gaps", GAPS_PATH, OF_GAPS, table, line(REGISTER, held, called))


def findings(one: Asked) -> Found:
    """Refused with 503 while the checks run."""
    opened = one.opened
    found = opened.book.findings(one.cube, opened.held)
    if found is None:
        failed = opened.book.found.failed(one.cube, opened.held)
        raise Refused(503, failed.sentence if failed else RUNNING)
    every = told(found, opened.held, opened.book.registry)
    facets = finding_list.FACETS
    picked, wrong = read({name: one.given[name] for name in facets}, finding_list.known(every), facets)
    if wrong:
        raise strictly(wrong)
    table = finding_list.table(finding_list.passing(every, picked))
    return _listed(one, "Findings", FINDINGS_PATH, facets, table, CHECKED)


def needs(one: Asked) -> Found:
    """Raises Unanswerable where nothing is known of a Goal's funding under the method."""
    given = {name: str(one.given[name]) for name in OF_NEEDS if one.given[name]}
    goal, method = given.get("goal", need_list.FIRST), given["method"]
    offered = need_list.offers(one.cube, goal, given.get("recipient", ""))
    if goal in need_list.GOALS and method not in offered["method"]:
        way = listed([f"method={name}" for name in offered["method"]])
        raise Unanswerable(f"No purpose code serves Goal {goal} under the {method} mapping; ask with {way}.")
    terms, wrong = need_list.read(given, offered)
    if wrong:
        raise strictly(wrong)
    if not any(Decimal(given[name]) for name in need_list.WEIGHTS):
        raise refused("need", given["need"], "Of need and funding one weight is more than zero.")
    carried = need_list.carried(one.cube, terms, offered, (one.cube.edition, one.state), NEEDS_PATH)
    table = carried.table or Table("", one.operation.columns, ())
    return paged(one, carried, table)


def _listed(one: Asked, title: str, path: str, taken: Sequence[str], table: Table, source: str) -> Found:
    """A page of a list of the register, with what it carries. taken: names of the terms of its page."""
    terms = {name: one.given[name] for name in taken if one.given[name]}
    carried = of_register("api", title, terms, path, one.cube.edition, one.state, table, source)
    return paged(one, carried, table)
