"""The form of a counting rule: every field with its choices named, sent as an address; below it the codes there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.codes import Codes
from dashboard.counting import CODES, DEFAULTS, DIMENSION, KEYS
from dashboard.pins import Pins
from dashboard.rule_form import KINDS, STATED, Field, fields, of_kind, text
from layouts.filled import el, filled, planted
from layouts.pieces import folded

LONGEST = {"since": 4, "until": 4, "baseline_since": 4, "baseline_until": 4, "prices": 7}
DIGITS = ("since", "until", "baseline_since", "baseline_until")
WIDE = ("note", "needs", "donors", "recipients", "purposes", "source", "series", "weights", STATED)
ANCHOR = "rule-form"


@dataclass(frozen=True)
class Offers:
    """What can be named in an edition. sources, series: code -> words."""

    codes: Codes
    sources: Mapping[str, str]
    series: Mapping[str, str]


def form(path: str, terms: Mapping[str, str], wrong: Mapping[str, str], offers: Offers, pins: Pins) -> list[Any]:
    """terms: of the rule in the form, as typed. wrong: key -> what is wrong with it. The kinds are links, as each has
    fields of its own."""
    kind = terms.get("kind", "none")
    kind = kind if kind in KEYS else "none"
    parts = [_part(name, held, terms, wrong, offers) for name, held in fields(kind)]
    hidden = [el.input(type="hidden", name="kind", value=kind)]
    hidden += [el.input(type="hidden", name=name, value=value) for name, value in vars(pins).items() if value]
    send = el.p([el.button("Show its effect", type="submit")], className="send")
    made = el.form([*parts, *hidden, send], className="seek rule-form", action=path)
    box = planted(html.Div(made, role="search", **_named("The rule")))
    return [_kinds(path, kind, terms, pins), box, *_lists(kind, offers)]


def _named(words: str) -> dict[str, str]:
    return {"aria-label": words}


def address(path: str, terms: Mapping[str, str], pins: Pins) -> dict[str, str]:
    """A link to the same page with another rule."""
    query = "&".join(part for part in (urlencode(dict(terms), safe=",:"), pins.write()) if part)
    return {"href": f"{path}?{query}" if query else path, "data-search": query}


def _kinds(path: str, kind: str, terms: Mapping[str, str], pins: Pins) -> Any:
    made = []
    for name, words in KINDS.items():
        here = {"aria-current": "true", "className": "on"} if name == kind else {}
        made.append(el.li(el.a(words.capitalize(), **address(path, of_kind(terms, name), pins), **here)))
    about = el.span("Kind of rule", className="about")
    return planted(html.Div([about, el.ul(made, className="kinds")], className="kinds-of"))


def _part(name: str, held: Sequence[Field], terms: Mapping[str, str], wrong: Mapping[str, str], offers: Offers) -> Any:
    made = [_field(one, terms.get(one.key, ""), wrong.get(one.key, ""), offers) for one in held]
    return el.fieldset([el.legend(name), el.div(made, className="rule-fields")])


def _field(one: Field, value: str, wrong: str, offers: Offers) -> Any:
    """A name, what goes into it, and the choice or the text."""
    said = [el.span(one.name, className="about")]
    choices = dict(one.choices) or _listed(one.key, offers)
    about = {"name": one.key, "id": f"field-{one.key}"}
    hint = wrong or one.words
    if hint:
        about["aria-describedby"] = f"hint-{one.key}"
    if choices:
        entry = el.select(_options(choices, value or _usual(one)), **about)
    else:
        digits = {"inputmode": "numeric"} if one.key in DIGITS else {}
        longest = {"maxlength": str(LONGEST.get(one.key, 2000))}
        held = value or text(DEFAULTS[one.key] or None)
        entry = el.input(type="text", value=held, autocomplete="off", **about, **digits, **longest)
    small = [el.small(hint, id=f"hint-{one.key}", className="warned" if wrong else "")] if hint else []
    label = el.label([*said, entry])
    return el.div([label, *small], className="rule-field wide-field" if one.key in WIDE else "rule-field")


def _usual(one: Field) -> str:
    return next(iter(one.choices), "")


def _listed(key: str, offers: Offers) -> dict[str, str]:
    """Sources and series are chosen by name; a product of two series, which a rule may hold, stays as it is."""
    if key == "source":
        return {"": "none: a series is read"} | dict(offers.sources)
    return {"": "none"} | dict(offers.series) if key in ("series", "weights") else {}


def _options(choices: Mapping[str, str], value: str) -> list[Any]:
    held = dict(choices) if value in choices else {**choices, value: value}
    return [
        el.option(words, value=code, **({"selected": "selected"} if code == value else {}))
        for code, words in held.items()
    ]


def _lists(kind: str, offers: Offers) -> list[Any]:
    """Every code that a field can hold, with its name; groups first."""
    made = []
    for key in CODES:
        if key not in KEYS[kind]:
            continue
        dimension = DIMENSION[key]
        groups = {code: group.name for code, group in offers.codes.groups.get(dimension, {}).items()}
        members = {code: one.name for code, one in offers.codes.members.get(dimension, {}).items()}
        held = groups | {code: name for code, name in members.items() if code not in groups}
        pairs = [[code, name] for code, name in held.items()]
        title = f"Codes of {key if key != 'flows' else 'types of flow'} ({len(pairs)})"
        listed = html.Dl(className="codes-of", **filled("terms", pairs))
        made.append(folded(title, html.Div(listed, className="codes-box", tabIndex=0, role="region", **_named(title))))
    return made
