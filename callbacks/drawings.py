"""From a selection to what the panels of a page show; one panel's failure leaves the others alone."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from dash import ctx, no_update
from dash.development.base_component import Component

from callbacks.abreast import abreast
from callbacks.promised import Promises, kept
from callbacks.remembered import Remembered, Shown
from callbacks.things import page_of
from callbacks.tracing import traced
from dashboard import carried, goal_headline, headline, method_words, promised_words
from dashboard.catalogue import PANELS
from dashboard.codes import Codes
from dashboard.figures.empties import unanswerable
from dashboard.figures.ladders import PANEL
from dashboard.heard import address, on_page
from dashboard.panels import Drawing, Panel, Table
from dashboard.parts import Rungs
from dashboard.promised import Promised
from dashboard.questions import Answers, Busy, Unanswerable
from dashboard.selection import GRID, Refusal, Selection, read
from dashboard.things import drawn, filters
from data_access.cube import Cube
from layouts import views
from layouts.chips import in_words
from layouts.opening import ROWS_OPENING, opening
from layouts.pages import OVERVIEW, RECORD, ROWS, ROWS_PATH, Page, Place, find
from layouts.panels import Failure, Pieces, pieces, twin

HEADLINE, LADDER = "headline", PANEL.name
KINDS = ("head", "figure", "parts", "foot", "csv")  # in the order of the outputs of `draw`
LOG = logging.getLogger(__name__)


def drawing(
    answers: Answers, panel: Panel, selection: Selection, about: str, apart: Rungs | None = None
) -> Drawing | Failure:
    """What a panel shows under a selection. A source that cannot answer is an empty drawing with its sentence; any
    other failure is named to the reader by a reference that the log explains. apart: the first rung of a ladder."""
    try:
        return drawn(answers, panel, selection, apart)
    except Unanswerable as why:
        return unanswerable(selection, why, panel.name)
    except Busy as why:
        return Failure(about, str(why), _logged(panel.name, selection, why))
    except TimeoutError as why:
        return Failure(about, "The question passed its time limit.", _logged(panel.name, selection, why))
    except Exception:
        return Failure(about, "An unexpected fault stopped it.", _logged(panel.name, selection))


def _logged(panel: str, selection: Selection, why: Exception | None = None) -> str:
    """The reference under which the log tells more. why: a fault that was foreseen, told in one line."""
    reference = uuid.uuid4().hex[:8]
    named = (panel, selection.write(), reference)
    if why is None:
        LOG.exception("panel %s, selection %r, reference %s", *named)
    else:
        LOG.warning("panel %s, selection %r, reference %s: %s", *named, why)
    return reference


def asked(cube: Cube, search: str, path: str) -> tuple[Selection, tuple[Refusal, ...]]:
    """The selection that an address asks of a page, and what of it could not be followed. The terms of the list of
    rows hold on its own page alone."""
    page, goal = find(path)
    selection, refused = read(search, cube.codes)
    if selection.edition not in ("", cube.edition):  # never the figures of one edition under the name of another
        why = f"edition={selection.edition} is not kept here or cannot be opened; {cube.edition} is shown instead."
        refused = (*refused, Refusal("edition", selection.edition, why))
        selection = selection.without("edition")
    if page is not ROWS:
        selection = selection.without(*GRID)
    return on_page(selection, goal), refused


def visit(
    cube: Cube,
    path: str,
    search: str,
    memory: Remembered | None = None,
    below: Sequence[Any] = (),
    promises: Promises | None = None,
) -> list[Any]:
    """A whole page, drawn. below: what stands under its panels. promises: of the register, where it is asked."""
    page, goal = find(path)
    if page is None:
        return views.not_found(path)
    if page is RECORD:
        return traced(cube, path, asked(cube, search, ROWS_PATH)[0])
    if not page.places:
        return views.methods(cube.codes, cube.edition, spread(cube))
    selection, refused = asked(cube, search, path)
    now = shown_on(memory or Remembered(), cube, page, goal, selection, promises)
    made = {place.panel: (PANELS[place.panel], fragments(now, place.panel)) for place in page.places}
    drawn = (now.piece(HEADLINE), made, now.marks)
    return views.explored(page, goal, search, selection, refused, cube.codes, *drawn, cube.edition, below)


def spread(cube: Cube) -> Table | str:
    """How far the methods of the goal mapping lie apart, or a sentence where that cannot be told now."""
    try:
        return method_words.spread(cube)
    except (Unanswerable, Busy, TimeoutError) as why:
        return str(why)


def fragments(now: Shown, panel: str) -> Pieces:
    """The pieces of one panel, as written."""
    named = [key.split("/") for key in now.pieces if key.startswith(f"{panel}/")]
    return {(kind, slot): now.piece(f"{panel}/{kind}/{slot}") for _, kind, slot in named}


def shown_on(
    memory: Remembered, cube: Cube, page: Page, goal: str, selection: Selection, promises: Promises | None = None
) -> Shown:
    """The page under a selection, as remembered or drawn now; with what was promised where it has a ladder."""
    asks = promises if any(place.panel == LADDER for place in page.places) else None
    state = (asks.state(cube) or "awaited") if asks else ""

    def make() -> Shown:
        told = asks.told(cube, selection, state) if asks else None
        drawn = drawings(cube, page, selection, told)
        first, said = opening_of(cube, selection, goal, page, told)
        whole = said and not any(isinstance(drawing, Failure) for _, drawing in drawn.values())
        made = made_of(drawn, selection.change(edition=cube.edition), cube.codes)  # files are of what is on the screen
        return Shown(written(made) | {HEADLINE: as_json(first)}, whole)

    return memory.page((cube.edition, page.name, goal, selection.write(), state), make)


def drawings(
    answers: Answers, page: Page, selection: Selection, told: Promised | None = None
) -> dict[str, tuple[Panel, Drawing | Failure]]:
    """Every panel of a page with its drawing, by name, in the page's order."""
    apart = {LADDER: promised_words.rungs(told, kept(selection))} if told else {}
    placed: list[Place] = [place for place in page.places if place.panel in PANELS]

    def draw(place: Place) -> tuple[Panel, Drawing | Failure]:
        panel = PANELS[place.panel]
        return panel, drawing(answers, panel, selection, place.about, apart.get(place.panel))

    return dict(zip((place.panel for place in placed), abreast(draw, placed), strict=True))


def made_of(
    drawn: Mapping[str, tuple[Panel, Drawing | Failure]], selection: Selection, codes: Codes
) -> dict[str, tuple[Panel, Pieces]]:
    """The pieces of every panel. selection: with the edition that is shown."""
    newest = selection.without("edition")

    def made(panel: Panel, shown: Drawing | Failure) -> Pieces:
        if isinstance(shown, Failure):
            return pieces(panel, shown, address(selection))
        of, page = filters(panel.name, selection, codes), page_of(panel.name, newest)
        leaving = carried.panel(panel.name, shown, of, selection.edition, page)
        return pieces(panel, shown, address(selection), leaving)

    return {name: (panel, made(panel, shown)) for name, (panel, shown) in drawn.items()}


def redraw(
    cube: Cube, selection: Selection, now: Shown, shown: Mapping[str, str], opened: set[str], promises: Promises
) -> tuple[Any, ...]:
    """The answer of `draw`: what is on the screen already is not sent again."""
    new = {key for key, mark in now.marks.items() if shown.get(key) != mark}
    groups: list[Any] = [
        [_piece(now, new, kind, output["id"]) for output in group]
        for kind, group in zip(KINDS, ctx.outputs_list, strict=False)
    ]
    panels = {key.split("/")[0] for key in now.marks} - {HEADLINE}
    changed = {key.split("/")[0] for key in new} & panels
    tables = [output["id"]["panel"] for output in ctx.outputs_list[len(KINDS)]]
    groups.append([_twin(cube, n, selection, promises) if n in opened & changed else no_update for n in tables])
    status = f"{len(changed)} of {len(panels)} panels have changed. Showing {in_words(selection, cube.codes)}."
    return *groups, now.piece(HEADLINE) if HEADLINE in new else no_update, status, now.marks


def _piece(now: Shown, new: set[str], kind: str, named: Mapping[str, str]) -> Any:
    key = f"{named['panel']}/{kind}/{named.get('slot', '')}"
    return now.piece(key) if key in new else no_update


def _twin(cube: Cube, name: str, selection: Selection, promises: Promises) -> list[Any]:
    return twin(drawing(cube, PANELS[name], selection, name, promises.above(cube, name, selection)[0]))


def opening_of(
    cube: Cube, selection: Selection, goal: str, page: Page = OVERVIEW, told: Promised | None = None
) -> tuple[list[Any], bool]:
    """The sentence at the head of the page, and whether it could be made. A page stands without it, so a failure is
    logged and nothing is said. told: what was promised, for the overview."""
    whole = True
    if page is ROWS:
        return ROWS_OPENING, whole
    try:
        said = goal_headline.goal(cube, selection, goal) if goal else headline.overview(cube, selection)
    except Exception as why:
        foreseen = isinstance(why, (Busy, TimeoutError))
        LOG.warning("headline, selection %r: %s", selection.write(), why, exc_info=not foreseen)
        said, whole = headline.Headline((headline.Run("Committed and disbursed."),)), False
    if told and not goal:
        said = promised_words.added(said, told, kept(selection))
    return opening(said, heading=not goal), whole


def written(made: Mapping[str, tuple[Panel, Pieces]]) -> dict[str, str]:
    """Every piece as JSON, by "panel/kind/slot"."""
    return {
        f"{name}/{kind}/{slot}": as_json(piece)
        for name, (_, pieces_) in made.items()
        for (kind, slot), piece in pieces_.items()
    }


def as_json(piece: Any) -> str:
    """As Dash writes it, without looking for what our pieces never hold: they are texts, numbers, lists, mappings and
    components."""
    return orjson.dumps(piece, default=_plain).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Component):
        return value.to_plotly_json()
    raise TypeError(f"{type(value).__name__} is no part of a page.")
