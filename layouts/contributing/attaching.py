"""Files of evidence on the page of a contribution: part of its form, so that what was typed is kept with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.forms import Problem
from layouts.filled import el

HINT = (
    "PDF, PNG, JPEG, or text; up to 8 MB. Pictures are drawn anew, and of a PDF the pages alone are kept, so that "
    "nothing tells who made them, where and when."
)
WITH_IT = "What you typed is saved with it."
LATER = "It is kept with the draft; more can be added once that is saved."
TAKEN = ".pdf,.png,.jpg,.jpeg,.csv,.txt"
FILE = "file"
WITH_FILES = ("report", "statement", "change", "status")  # kinds that files belong to
Files = Sequence[tuple[str, str, str]]  # address, name, kind


def attachments(files: Files, action: str, problems: Sequence[Problem]) -> list[Any]:
    """In the form of a draft: those there are, and what adds one and takes one out. action: of the form."""
    away = f"{action}/evidence/away"
    rows = [el.li([html.A(name, href=path), el.small(f" ({what}) "), _out(path, away)]) for path, name, what in files]
    listed = el.ul(rows, className="plain-list") if rows else el.p("No file is attached.", className="note")
    send = adding("Add the file", f"{action}/evidence")
    return [el.h2("Files of evidence", identity="evidence"), listed, enclosing(problems, WITH_IT), send]


def attached(files: Files) -> list[Any]:
    """Those of a contribution that cannot be changed now."""
    rows = [el.li([html.A(name, href=path), el.small(f" ({what})")]) for path, name, what in files]
    return [el.h2("Files of evidence", identity="evidence"), el.ul(rows, className="plain-list")] if rows else []


def enclosing(problems: Sequence[Problem], hint: str = LATER) -> Any:
    """The field that takes a file of evidence."""
    wrong = next((one.sentence for one in problems if one.field == FILE), "")
    return file_field(FILE, "evidence-file", "Add a file", f"{HINT} {hint}", wrong)


def file_field(name: str, id_: str, words: str, hint: str, wrong: str) -> Any:
    """A field that takes a file, with what is wrong with the one that came beside it."""
    about = [f"{id_}-hint", *([f"{id_}-wrong"] if wrong else [])]
    file = el.input(type="file", name=name, identity=id_, accept=TAKEN, **{"aria-describedby": " ".join(about)})
    said = [el.p(wrong, className="wrong", identity=f"{id_}-wrong")] if wrong else []
    asks = [el.label(words, htmlFor=id_), file, el.p(hint, className="hint", identity=f"{id_}-hint"), *said]
    return el.div(asks, className="ask ask-file" + (" is-wrong" if wrong else ""))


def adding(words: str, action: str) -> Any:
    """The button of a form that sends all of it to where files are added."""
    return el.p(el.button(words, type="submit", className="send-else", formaction=action), className="send")


def _out(path: str, action: str) -> Any:
    words = el.button("Take it out", type="submit", name="away", value=path.rpartition("/")[2], formaction=action)
    return el.span(words, className="one-button")
