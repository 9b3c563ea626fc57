"""Links that stay and citations, of a panel and of a page: plain HTML whose addresses the browser fills in when it is
opened (`assets/cite.js`), so that a click redraws none of it."""

from __future__ import annotations

from dash import html

from dashboard.citations import FORMS
from layouts.filled import Node, el, planted

EDITIONS = (
    ("pinned", "This edition, pinned", "Copy short link to this edition"),
    ("newest", "Always the newest", "Copy short link to the newest"),
)


def controls() -> list[Node]:
    """Both addresses, each with its short link; the citation in every form; and where what was done is said."""
    links = [
        el.Div(
            [el.A(words, href="#", **{"data-cite": kind}), el.Button(short, type="button", **{"data-short": kind})],
            className="do",
        )
        for kind, words, short in EDITIONS
    ]
    forms = [
        el.A(form.words, href="#", **{"data-cite": name, "aria-label": f"Citation as {form.words}"})
        for name, form in FORMS.items()
    ]
    return [*links, el.Div([el.Span("Cite as"), *forms], className="do"), el.P("", className="told", role="status")]


def of_page() -> html.Details:
    """The same for the page, at its foot; it goes by the permalink beside it."""
    inside = planted(html.Div(controls(), className="away-of-page"))
    return html.Details([html.Summary("Cite or link this page"), inside], className="folded cite-page")
