"""A panel under a selection, as it leaves the product: the one way from a selection to what is carried."""

from __future__ import annotations

from dataclasses import replace

from dashboard import carried
from dashboard.carried import Carried
from dashboard.catalogue import OF_GOAL, OF_INDICATOR, PANELS
from dashboard.codes import GOALS, Codes
from dashboard.exports import in_words
from dashboard.figures.indicators import LEADING
from dashboard.figures.ladders import Ladder
from dashboard.heard import WHOLE, address
from dashboard.panels import Drawing, Panel
from dashboard.parts import Rungs
from dashboard.questions import Answers
from dashboard.selection import Selection


def thing(answers: Answers, name: str, selection: Selection, apart: Rungs | None = None, state: str = "") -> Carried:
    """Raises KeyError where there is no panel of that name, Unanswerable where the sources cannot tell what it shows;
    Busy, TimeoutError. apart: the first rung of a ladder, as the register tells it in a state."""
    newest = page_of(name, selection.without("edition"))
    drawing = drawn(answers, PANELS[name], selection, apart)
    made = carried.panel(name, drawing, filters(name, selection, answers.codes), answers.edition, newest)
    return replace(made, state=state) if state else made


def drawn(answers: Answers, panel: Panel, selection: Selection, apart: Rungs | None = None) -> Drawing:
    """What a panel shows. Raises as `thing` does."""
    asked = panel.ask(answers, selection)
    return panel.draw(replace(asked, apart=apart) if apart and isinstance(asked, Ladder) else asked)


def filters(panel: str, selection: Selection, codes: Codes) -> str:
    """What of a selection a panel goes by, in words: a Goal’s page names an indicator that few of its panels show."""
    return in_words(selection if panel in OF_INDICATOR else selection.without("series"), codes)


def page_of(panel: str, selection: Selection) -> str:
    """Path and query of the page that shows a panel under a selection."""
    if panel == "rows":
        return _joined("/rows", selection.write())
    goal = selection.goal[0] if len(selection.goal) == 1 else ""
    if goal.isdigit() and goal in GOALS and panel in OF_GOAL:
        return _joined(f"/goal/{goal}", selection.without("goal").write())
    if panel == "progress" and selection.series == LEADING[WHOLE]:  # what `on_page` makes of the page of that Goal
        return f"/goal/{WHOLE}{address(selection, WHOLE)}"
    return _joined("/", selection.write())


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
