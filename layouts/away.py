"""What can be taken away of a panel: one menu at its foot, a group for each kind. Groups are of plain HTML that the
browser builds; what depends on the selection stands in the panel itself, so that a click redraws none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import html

from dashboard.carried import Carried, held
from layouts import citing
from layouts.filled import Node, el, planted

Group = Callable[[str, str], Node]  # of the name of a panel, and the address of the frame of what is none
SHAPES = {"16:9": "16:9, slide", "4:3": "4:3, slide", "1:1": "Square", "screen": "As on screen"}
SIZES = {"2": "2×", "3": "3×, for print"}
PALETTES = {"light": "In colour", "print": "Greys, for print"}
FILES = {"csv": "CSV", "xlsx": "Excel (XLSX)", "parquet": "Parquet", "json": "JSON"}


@dataclass(frozen=True)
class Taken:
    """What of a page of the register is taken away as panels are. file: address of its rows as CSV; frame: of its
    frame."""

    one: Carried
    file: str
    frame: str


def menu(name: str, frame: str = "") -> html.Details:
    """The menu of a panel. name: of the panel. frame: address of the frame of what is no panel; the sizes of its files
    are not told."""
    # the sheet of a phone hides the rest of the page, so it says how to let go of it
    shut = el.Button("Close", type="button", className="shut", **{"data-shut": ""})
    groups = planted(html.Div([shut, *(group(name, frame) for group in GROUPS)], className="choices-of away"))
    about, plain = {"aria-describedby": f"title-{name}"}, {"data-plain": ""} if frame else {}
    return html.Details([html.Summary("Take away", **about), groups], className="pop acts-more", **plain)


def foot(name: str, taken: Taken) -> html.Div:
    """The foot of what is taken away as panels are."""
    about = {"aria-describedby": f"title-{name}"}
    acts = [html.A("CSV", href=taken.file, download="", **about), menu(name, taken.frame)]
    source = html.P(taken.one.source_line, className="source", **leaving(taken.one))
    return html.Div([source, html.Div(acts, className="acts")], className="foot")


def leaving(one: Carried) -> dict[str, str]:
    """What a copy made in the browser must say and the panel does not."""
    said = {"filters": one.filters, "edition": one.edition, "address": one.address, "mark": one.mark, "held": held(one)}
    return {f"data-{name}": words for name, words in said.items()}


def group(name: str, heading: str, *inside: Node) -> Node:
    """A group of the menu: its heading and its controls, which say themselves what they do."""
    return el.Div([el.H3(heading), *inside], className=f"group group-{name}", role="group", **{"aria-label": heading})


def pictures(_: str, __: str) -> Node:
    """A picture of the panel, made in the browser (`assets/pictures.js`)."""
    choices = (("shape", "Shape", SHAPES), ("scale", "Size", SIZES), ("palette", "Colours", PALETTES))
    buttons = (("png", "Download PNG"), ("svg", "Download SVG"), ("copy", "Copy as picture"))
    return group(
        "picture",
        "Picture",
        el.Div([_choice(*choice) for choice in choices], className="looks"),
        el.Div([el.Button(words, type="button", **{"data-picture": kind}) for kind, words in buttons], className="do"),
        el.P("", className="told", role="status"),
        el.Button(
            "Briefing view: the page for a screenshot", type="button", className="to-brief", **{"data-brief": ""}
        ),
    )


def files(_: str, __: str) -> Node:
    """The panel's rows in each format; addresses and sizes are filled in when the menu opens (`assets/files.js`)."""
    links = [
        el.Li([el.A(words, download="", **{"data-form": form}), el.Span("", className="size")])
        for form, words in FILES.items()
    ]
    described = el.P(el.A("Columns and source of the CSV (CSVW)", **{"data-described": ""}), className="described")
    return group(
        "files", "Figures", el.P("", className="told", role="status"), el.Ul(links, className="forms"), described
    )


def links(_: str, frame: str) -> Node:
    """A link to the panel, and the code by which other pages show it (`assets/share.js`)."""
    button = el.Button("Link and code for another page", type="button", **{"data-share": frame})
    return group("share", "Share", el.Div([button], className="do"))


def cited(_: str, __: str) -> Node:
    """Links that stay, and how the panel is cited (`assets/cite.js`)."""
    return group("cite", "Link and citation", *citing.controls())


def _choice(name: str, label: str, options: dict[str, str]) -> Node:
    written = [el.Option(words, value=value) for value, words in options.items()]
    return el.Label([label, el.Select(written, **{"data-look": name})])


GROUPS: tuple[Group, ...] = (files, pictures, links, cited)
