"""The form of a contribution: groups of fields, and buttons that say what becomes of what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from dashboard.forms import ONCE, Field, Typed
from layouts.filled import el
from layouts.people.fields import field, summary

THEN = Field("then", kind="choice", choices={"save": "Save the draft", "preview": "See what would change, and submit"})
SEEN = Field("seen", kind="hidden", longest=9)
GROUPS: Mapping[str, tuple[str, ...]] = {  # of the columns of a record, those that are changed most first
    "The promise: what, how much, by when": (
        "id", "title", "kind", "goals", "amount_low", "amount_high", "unit", "since", "until", "deadline",
    ),
    "The document it rests on": ("source_title", "source_page", "source_kind", "source_address", "further_sources"),
    "Where and when it was made": ("parent", "forum", "initiative", "place", "made"),
    "Targets, and what would show that it is kept": ("targets", "measures", "additional", "sexes"),
    "Prices and baseline": (
        "prices", "usd_at_time", "baseline_value", "baseline_year", "baseline_unit", "baseline_method",
    ),
    "Ties and steps": ("links", "statuses"),
    "Counting rule": ("rule",),
}  # fmt: skip

LONG = 15  # fields from which a form is in groups


def form(
    fields: Sequence[Field],
    action: str,
    once: str,
    typed: Typed,
    values: Mapping[str, str],
    sends: Sequence[str] = tuple(THEN.choices),
    hidden: Mapping[str, str] | None = None,
    above: Sequence[Any] = (),
    below: Sequence[Any] = (),
) -> Any:
    """values: what stands before anything was typed; sends: what its buttons do; hidden: fields it carries along;
    above, below: what stands above and below its buttons, and takes files."""
    held = dict(values) | {name: value for name, value in typed.values.items() if name not in (hidden or {})}
    wrong: dict[str, str] = {}
    for one in typed.problems:
        wrong.setdefault(one.field, one.sentence)
    carried = [
        el.input(type="hidden", name=name, value=value) for name, value in {ONCE: once, **(hidden or {})}.items()
    ]
    by_name = {one.name: field(one, held.get(one.name, ""), wrong.get(one.name, ""), action) for one in fields}
    buttons = [_button(name, at == len(sends) - 1) for at, name in enumerate(sends)]
    empty = {one.name for one in fields if one.required and not held.get(one.name)}
    body = [summary(fields, typed.problems, action), *carried, *_grouped(by_name, fields, empty), *above]
    body += [el.p(buttons, className="send"), *below]
    told = {"data-keeps": action, "data-checks": "yes"}  # for the scripts
    told |= {"enctype": "multipart/form-data"} if above or below else {}
    return el.form(body, method="post", action=action, className="asks", novalidate=True, **told)


def _button(name: str, last: bool) -> Any:
    kind = {"className": "send-it"} if last else {"className": "send-else"}
    return el.button(THEN.choices[name], type="submit", name=THEN.name, value=name, **kind)


def _grouped(made: Mapping[str, Any], fields: Sequence[Field], empty: Set[str]) -> list[Any]:
    """Long forms in groups that can be folded; those with what is wrong, with what is needed and still empty, and the
    first stand open. A folded one names its fields."""
    grouped = [name for names in GROUPS.values() for name in names if name in made]
    if len(made) < LONG:
        return list(made.values())
    labels = {one.name: one.label for one in fields}
    found: list[Any] = []
    for at, (legend, names) in enumerate(GROUPS.items()):
        there = [name for name in names if name in made]
        if not there:
            continue
        wrong = any("is-wrong" in made[name].attributes["class"] for name in there)
        words = [f"{legend} ", el.small(", ".join(labels[name][:1].lower() + labels[name][1:] for name in there))]
        inside = [made[name] for name in there]
        open_ = not at or wrong or bool(empty & set(there))
        found.append(el.details([el.summary(words), *inside], open=open_, className="fold-of"))
    return [*found, *(one for name, one in made.items() if name not in grouped)]
