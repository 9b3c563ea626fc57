"""Components written as HTML without a script."""

from __future__ import annotations

from html.parser import HTMLParser

from dash import dcc, html

from layouts.markup import markup

HOSTILE = '"><script>alert(1)</script><img src=x onerror=y>'


class Seen(HTMLParser):
    """What a browser would make of it: elements with their attributes, and texts."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.told = list[object]()
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.told.append(data)


def test_texts_attributes_and_children_are_written() -> None:
    link = html.A('"A"', href="/?a=1&b=2", className="x", **{"data-page": "/", "aria-hidden": "true"})
    piece = html.P(["5 < 6 & ", link], style={"--b": "3%", "marginTop": 0})
    told = {"href": "/?a=1&b=2", "class": "x", "data-page": "/", "aria-hidden": "true"}
    assert Seen(markup(piece)).told == [("p", {"style": "--b:3%;margin-top:0"}), "5 < 6 & ", ("a", told), '"A"']


def test_nothing_of_a_text_becomes_an_element() -> None:
    seen = Seen(markup(html.Div([HOSTILE, html.Span("1", title=HOSTILE, className=HOSTILE)])))
    assert seen.told == [("div", {}), HOSTILE, ("span", {"title": HOSTILE, "class": HOSTILE}), "1"]


def test_ids_and_what_needs_a_script_are_left_out() -> None:
    piece = html.Div([dcc.Store(id="s"), html.Br(), None, html.H1("Words", id="h")], id="page", hidden=True)
    assert markup(piece) == "<div hidden><br><h1>Words</h1></div>"
    assert markup([]) == markup(None) == ""
