"""Results of a survey: a panel for each question, with its bars, its table and its files."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.panels import Column, Table
from dashboard.surveys.bars import Bars
from dashboard.surveys.leaving import named
from dashboard.surveys.questions import Section
from dashboard.surveys.results import Answered, Result
from dashboard.words import dated, listed, percent
from layouts.away import FILES, Taken
from layouts.filled import el
from layouts.parts import mark
from layouts.people.fields import listing
from layouts.pieces import folded, panel
from layouts.surveying.amounts import in_one_cell
from layouts.surveying.origins import recorded
from layouts.tables import exact
from layouts.tables import heading as headed

REPORTED = "reported by those who answered; stands apart from what is measured"
BEFORE = "These results are not published: administrators alone see this page."
NAMED = "Answered by {makers}."
UNNAMED = "The survey names nobody who answered."
COMMITMENT = "row.commitment"
NARROW = 4  # columns of a table that half a page holds
OPEN = 12  # rows of a table that is shown without being opened


def surveys(rows: Sequence[tuple[str, str, str]]) -> list[Any]:
    """rows: address, title, when it was published."""
    lead = el.p("What makers of commitments answered, as they reported it. Their answers change no measured figure.")
    made = [[html.A(title, href=path), dated(at[:10])] for path, title, at in rows]
    return [lead, listing(("Survey", "Published"), made, "No results have been published yet.", "Surveys")]


def page(id_: str, told: Answered, every: Sequence[Result], *, published: str, cite: str) -> list[Any]:
    """published: when, UTC; empty before. cite: how it is cited, empty before."""
    survey = told.survey
    makers = NAMED.format(makers=listed([one.maker for one in told.given], 50)) if told.named else UNNAMED
    when = f"Published {dated(published[:10])}, {published[11:16]} UTC." if published else BEFORE
    top = [
        el.p(survey.said(survey.purpose, "en")),
        el.p([el.b(f"{told.count}. "), makers if told.given else "", " ", when]),
        el.p([mark("reported", "reported:"), f" {REPORTED}"], className="legend reported-legend"),
        *([_files(id_, "all", "All answers")] if published else []),
        *([folded("How to cite", el.p(cite, className="cite"))] if cite else []),
    ]
    return [*top, *(piece for section in survey.sections for piece in _section(id_, told, section, every, published))]


def _section(id_: str, told: Answered, section: Section, every: Sequence[Result], published: str) -> list[Any]:
    ids = [one.id for one in section.questions]
    done = {one: [each for each in told.became if each.question == one] for one in ids}
    found = [
        _panel(told, one, published, recorded(done[one.question.id], told.titles))
        for one in every
        if one.question.id in ids
    ]
    head = el.h2(told.survey.said(section.words, "en"), className="part-head")
    return [head, el.div(found, className="answers-of")] if found else []


def alone(one: Result | None) -> list[Any]:
    """What the panel of a question holds beside its table, for a page of its own; of all answers nothing."""
    if one is None:
        return []
    note = [el.p(one.drawing.note, className="note")] if one.drawing.note else []
    return [html.Div([*_said(one), *(_bars(bars) for bars in one.bars), *note], className="body")]


def _said(one: Result) -> list[Any]:
    """What the question came to, in a sentence."""
    shown = one.drawing
    if shown.empty:
        return [el.p([mark("not-reported"), " ", shown.empty], className="none-of")]
    return [el.p([mark("reported", "reported:"), " ", shown.sentence], className="spoken-figure")]


def _taken(told: Answered, of: Result) -> Taken | None:
    """Where published results of a question are taken away."""
    if of.drawing.table is None:
        return None
    one, at = named(told, of.question.id, of.drawing), f"survey/{told.survey.id}/{of.question.id}"
    term = one.address.partition("?")[2].partition("#")[0]
    return Taken(one, f"/export/{at}.csv?{term}", f"/embed/{at}?{term}")


def _panel(told: Answered, one: Result, published: str, done: Sequence[Any]) -> Any:
    """done: which answers are on record as updates."""
    shown, question = one.drawing, one.question.id
    seen: list[Any] = [*_said(one), *(_bars(bars) for bars in one.bars)]
    drawn = in_one_cell(shown.table) if shown.table else None
    if drawn:
        table = _table(drawn)
        seen.append(table if not one.bars and len(drawn.rows) <= OPEN else folded("Table", table))
    seen += [el.p(shown.note, className="note")] if shown.note else []
    body = [el.div(seen, className="body"), *done]  # a picture holds what is in the former
    taken = _taken(told, one) if published else None
    made = panel(f"answers-{question}", shown.title, shown.subtitle, body, shown.source_line, taken)
    wide = bool(drawn and len(drawn.columns) > NARROW)
    return el.div(made, identity=question, className="across" if wide else "")


def _bars(bars: Bars) -> Any:
    head = [el.p(bars.heading, className="bars-of")] if bars.heading else []
    return el.div([*head, el.ul([_bar(*row) for row in bars.rows], className="shares", role="list")])


def _bar(words: str, many: int, every: int) -> Any:
    share = Decimal(many) / every
    length = [el.span(style={"width": f"{100 * many / every:.2f}%"})] if many else []
    bar = el.span(length, className="bar", **{"aria-hidden": "true"})
    return el.li([el.span(words, className="what"), bar, el.span(f"{many} of {every}, {percent(share)}")])


def _table(drawn: Table) -> Any:
    head = [el.th(headed(column), scope="col", className=column.kind) for column in drawn.columns]
    rows = [
        el.tr([_cell(column, value, drawn.nothing) for column, value in zip(drawn.columns, row, strict=True)])
        for row in drawn.rows
    ]
    made = el.table([el.caption(drawn.caption), el.thead(el.tr(head)), el.tbody(rows)])
    return el.div(made, className="scroll", tabIndex="0", role="region", **{"aria-label": drawn.caption})


def _cell(column: Column, value: Any, nothing: str) -> Any:
    said: Any = exact(column, value)
    if said is not None and column.key == COMMITMENT:
        said = html.A(said, href=f"/commitment/{said}")
    return el.td(nothing if said is None else said, className=column.kind)


def _files(id_: str, question: str, words: str, more: Any = "") -> Any:
    links = [
        el.a(
            named, href=f"/export/survey/{id_}/{question}.{form}", download="", **{"aria-label": f"{words} as {named}"}
        )
        for form, named in FILES.items()
    ]
    return el.p([f"{words}: ", *(part for link in links for part in (link, " ")), more], className="files-of")
