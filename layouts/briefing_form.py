"""The form above a briefing: which panels and commitments, in which order, with which sentence; and the ways to take
it away. Plain HTML, sent as an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl

from markupsafe import Markup

from dashboard.briefing import AT, EACH, LONGEST, MOST, ONE, PAGES, PLEDGE, SAY, SHOW, STATE, Briefing, key
from layouts.pages import GOAL, OVERVIEW

NAMES: Mapping[str, str] = {place.panel: place.about for place in (*GOAL.places, *OVERVIEW.places)}
WAYS = (
    ("pdf", "PDF"),
    ("pptx", "Slides whose charts can be edited (PPTX)"),
    ("html", "One file for a word processor (HTML)"),
)
HOW = "Or print this page with your browser: the form is left out."


def form(told: Briefing, panels: Iterable[str], titles: Mapping[str, str], every: Iterable[tuple[str, str]]) -> Markup:
    """titles: of the commitments shown, by id; every: id and title of all that can be added. The selection is carried
    along as it is."""
    picked = {key(name): (at, sentence) for at, (name, sentence) in enumerate(told.items, 1)}
    kept = [*parse_qsl(told.query, keep_blank_values=True), *([(STATE, told.registry)] if told.registry else [])]
    held = Markup("").join(Markup('<input type="hidden" name="%s" value="%s">') % pair for pair in kept)
    names = [(SHOW, name, NAMES[name]) for name in panels] + [(PLEDGE, id_, title) for id_, title in titles.items()]
    names.sort(key=lambda one: picked.get(one[1], (MOST + 1, ""))[0])
    rows = Markup("").join(_row(*one, *picked.get(one[1], (0, ""))) for one in names)
    return Markup(
        '<form class="build" method="get" action="/briefing" target="_self">%s<p>%s</p><p>%s</p>'
        "<details><summary>Choose panels and commitments, their order, and a sentence above each</summary>"
        '<table class="listing"><thead><tr><th scope="col">Panel or commitment</th><th scope="col">Place</th>'
        '<th scope="col">A sentence of your own</th></tr></thead><tbody>%s</tbody></table>%s%s'
        "<button>Show</button></details></form>"
    ) % (held, _ways(told), HOW, rows, _more(every), _pages(told))


def _ways(told: Briefing) -> Markup:
    links = (Markup('<a href="/briefing.%s?%s">%s</a>') % (form, told.write(), words) for form, words in WAYS)
    return Markup("Take it away: ") + Markup(" · ").join(links)


def _more(every: Iterable[tuple[str, str]]) -> Markup:
    options = Markup("").join(Markup('<option value="%s">%s</option>') % one for one in every)
    return Markup(
        '<p><label>Add a commitment <input type="text" name="%s" list="commitments" maxlength="120" '
        'autocomplete="off"></label><datalist id="commitments">%s</datalist></p>'
    ) % (PLEDGE, options)


def _pages(told: Briefing) -> Markup:
    ways: Sequence[tuple[str, str, bool]] = (
        (EACH, "a sheet each", not told.one),
        (ONE, "all on one sheet", told.one),
    )
    radios = Markup("").join(
        Markup('<label><input type="radio" name="%s" value="%s"%s> %s</label> ')
        % (PAGES, way, Markup(" checked") if on else Markup(""), words)
        for way, words, on in ways
    )
    return Markup('<fieldset class="sheets-of"><legend>On paper</legend>%s</fieldset>') % radios


def _row(term: str, name: str, title: str, at: int, sentence: str) -> Markup:
    checked = Markup(" checked") if at else Markup("")
    return Markup(
        '<tr><th scope="row"><label><input type="checkbox" name="%s" value="%s"%s> %s</label></th>'
        '<td><input type="number" name="%s" min="1" max="%s" value="%s" aria-label="Place of %s"></td>'
        '<td><input type="text" name="%s" maxlength="%s" value="%s" aria-label="Sentence above %s"></td></tr>'
    ) % (*(term, name, checked, title), *(AT + name, MOST, at or "", title), *(SAY + name, LONGEST, sentence, title))
