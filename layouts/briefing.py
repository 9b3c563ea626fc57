"""A briefing as a page that is read, printed or saved as PDF: a sheet each, or all on one, and above them the form that
picks and orders them. Written by the server; the form works without a script."""

from __future__ import annotations

from typing import Any

from dash import html
from markupsafe import Markup

from dashboard.catalogue import PANELS
from dashboard.cite import NAME
from dashboard.figures.places import BOUNDARIES
from dashboard.look import Look
from dashboard.panels import Figure
from dashboard.sheets import Brief, Sheet, named
from layouts import commitment_sheet, frame
from layouts.frame import Head
from layouts.markup import markup

PRINT = Look("print")


def page(brief: Brief, head: Head, form: Markup, pinned: bool) -> str:
    """The whole page. form: what stands above the sheets on a screen; pinned: whether each sheet names its edition."""
    sheets, figures, mapped = list[Markup](), list[Figure](), False
    for sheet in brief.sheets:
        inside, drawn, has_map = _inside(sheet, len(figures))
        section = frame.section(sheet.one, inside, bool(drawn), PRINT, head.public, pinned, has_map, html.H2)
        own = [html.P(sheet.note, className="own")] if sheet.own else []
        kind = "sheet of-commitment" if sheet.told else f"sheet of-{sheet.one.name}"
        sheets.append(markup(html.Div([*own, section], className=kind)))
        figures += drawn
        mapped = mapped or has_map
    alone = len(brief.sheets) == 1 and brief.sheets[0].told  # then the sheet bears its title
    title = "Briefing: a commitment" if alone else brief.title
    opening = html.Header([html.H1(title), html.P(f"{brief.made} {NAME}.", className="of")])
    every = Markup('<main>%s%s<div class="sheets">%s</div></main>') % (markup(opening), form, Markup("").join(sheets))
    body = f"{every}{markup(_foot(brief, mapped))}{frame.data(figures)}"
    whole = frame.page(brief.title, PRINT, body, frame.asking(head, "", bool(figures)))
    kinds = "framed print briefing onepage" if brief.told.one else "framed print briefing"
    return whole.replace('class="framed print', f'class="{kinds}', 1)


def _inside(sheet: Sheet, first: int) -> tuple[list[Any], list[Figure], bool]:
    """What stands on a sheet, its figures, and whether there is a map among them."""
    if sheet.told:
        made, figures = commitment_sheet.inside(sheet.told, first)
        return made, figures, False
    one = sheet.one
    drawn = frame.figures_of(one, PANELS[one.name])
    made = frame.inside(one.drawing, PANELS[one.name], PRINT, drawn, first) if one.drawing else []
    return made, list(drawn.values()), "map" in drawn


def _foot(brief: Brief, mapped: bool) -> html.Footer:
    """What every sheet would repeat, where all stand on one; the address of the whole."""
    said = [html.P(BOUNDARIES, className="boundaries")] if mapped and brief.told.one else []
    kept = "Permalink: " if named(brief.address.partition("?")[2]) else "This briefing: "
    return html.Footer([*said, html.P(kept + brief.public + brief.address, className="written")], className="end")
