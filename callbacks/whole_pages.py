"""A page of ours as it leaves: with its title, what it says first, its filters in words, its sources and addresses."""

from __future__ import annotations

from callbacks.addressed import Addressed
from callbacks.book import Opened
from callbacks.files import rows_as_a_whole
from callbacks.things import thing
from dashboard import carried, goal_headline, headline
from dashboard.captions import prices
from dashboard.carried import Carried
from dashboard.exports import in_words
from dashboard.questions import Unanswerable
from layouts.pages import heading, in_register, row_of

PANEL_OF = {"overview": "gap", "goal": "purposes", "partnership": "years"}  # whose source is that of the first sentence
SAYS = {
    "rows": "The rows behind the figures: every amount is a sum of rows like these, each with its file and line.",
    "record": "One row of a source: its file, its line, the record as it was read, and how its amount came about.",
    "methods": "The sources with their coverage, every definition, and how every figure is computed.",
    "data": "What is held: editions, sources with their files, what each source reports, loads and reports.",
    "commitments": "The register of commitments to the Millennium Development Goals: who promised what, and what came.",
    "rule": "How another rule would count the delivery of a commitment, beside the rule that is kept.",
    "forum": "The commitments made there, what was promised, what was measured, and what remains open.",
    "donor": "Its commitments, what was promised and measured, and its disbursements by year.",
    "recipient": "The commitments that concern it, what it received by year, and where it stands by need.",
    "findings": "What does not add up in the register and the flows: each finding with two figures and two sources.",
    "gaps": "The gaps between need, promise and delivery, in like units, for any set of commitments.",
    "overlaps": "The money that two commitments both count, gross and net, with the rows behind it.",
    "changes": "What moved between two editions of the figures, and between two states of the register.",
    "needs": "Recipients by need against funding, for a Goal.",
}


def page(one: Addressed) -> Carried:
    """The page at an address, as it leaves: its source too."""
    if one.results:
        return one.results
    made = words(one)
    name = PANEL_OF.get(one.page.name)
    try:
        if one.page.name == "rows":
            return rows_as_a_whole(one.cube, one.selection)
        if not name:
            return made
        return carried.sourced(made, thing(one.cube, name, one.selection).source_line)
    except Unanswerable:
        return made


def words(one: Addressed) -> Carried:
    """The same without what only its panels know: the source of its first figures."""
    kind, id_ = in_register(one.path) or ("", "")
    state = one.opened.held.state if one.opened else ""
    if one.opened and kind == "commitment":
        return carried.pledge(one.opened.held.pledges[id_], one.cube.edition, state)
    title = _named(one.opened, kind, id_) if one.opened and id_ else heading(one.page, one.goal)
    row = row_of(one.path)
    return Carried(
        one.path.strip("/") or one.page.name,
        f"Row {row[1]} of {one.cube.codes.sources[row[0]].title}" if row else title,
        prices(one.selection, one.cube.codes) if one.page.name in PANEL_OF else "",
        in_words(one.selection, one.cube.codes) if one.page.places else "",
        carried.REGISTER if one.opened else "",
        one.cube.edition,
        one.pinned,
        one.newest,
        sentence=_first(one),
        state=state,
    )


def _named(opened: Opened, kind: str, id_: str) -> str:
    if kind == "forum":
        return opened.held.directory.fora[id_].name
    if kind == "rule":
        return f"How another rule would count: {opened.held.pledges[id_].title}"
    return opened.cube.codes.name(kind, id_)


def _first(one: Addressed) -> str:
    """The serif sentence at the head of a page of figures; of other pages what they are for."""
    if one.page.name not in PANEL_OF:
        return SAYS.get(one.page.name, "")
    cube, selection = one.cube, one.selection
    said = goal_headline.goal(cube, selection, one.goal) if one.goal else headline.overview(cube, selection)
    return "".join(run.text for run in said.runs)
