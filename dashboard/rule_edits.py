"""What becomes of a rule when it is edited: its versions, what differs between two, and edits by key and value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import rule_form
from dashboard.counting import DEFAULTS, KEYS, Problem, Rule
from dashboard.rule_words import Names
from dashboard.rules import read, sentence
from dashboard.selection import shortened

NO_RULE = "No rule was kept."
UNREAD = "A rule that this release cannot read."


@dataclass(frozen=True)
class Difference:
    """One field in which two rules differ: its key, its name, and what stood there before and after."""

    key: str
    name: str
    before: str
    after: str


def versions(written: Iterable[str]) -> list[int]:
    """The version of the rule after each revision of its record, oldest first: it is raised whenever the rule is other
    than before. written: the rule of each revision as written; empty where the record has none."""
    found, number, before = list[int](), 0, ""
    for text in written:
        number += text != before
        before = text
        found.append(number)
    return found


def said(written: str, names: Names) -> str:
    """The sentence of a written rule, whatever release wrote it."""
    if not written:
        return NO_RULE
    rule, _ = read(written)
    return sentence(rule, names) if rule else UNREAD


def differences(before: Rule | None, after: Rule | None) -> tuple[Difference, ...]:
    """Field by field, in the order of the form; values as an address writes them."""
    one, other = (rule_form.write(rule) if rule else {} for rule in (before, after))
    keys = [key for key in DEFAULTS if one.get(key, "") != other.get(key, "")]
    return tuple(Difference(key, rule_form.name_of(key), _shown(one, key), _shown(other, key)) for key in keys)


def _shown(terms: Mapping[str, str], key: str) -> str:
    """What stands in a field: the usual value where a rule of this kind leaves it out."""
    if key in terms or not terms or key not in KEYS[terms["kind"]]:
        return terms.get(key, "")
    return rule_form.text(DEFAULTS[key])


def edited(terms: Mapping[str, str], given: Sequence[tuple[str, str]]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The terms of a rule after edits by key and value, an empty value standing for the usual one. Of another kind it
    keeps what that kind has too. Keys that there are not are named."""
    held, wrong = dict(terms), list[Problem]()
    for key, value in given:
        if key not in DEFAULTS:
            why = f"{shortened(key)} is not a key of a rule; keys are {', '.join(DEFAULTS)}."
            wrong.append(Problem(shortened(key), "", why))
            continue
        if key == "kind" and value in KEYS:
            held = rule_form.of_kind(held, value)
        held[key] = value
    return held, tuple(wrong)


def misfits(rule: Rule, units: Mapping[str, str], labels: Mapping[str, str]) -> tuple[Problem, ...]:
    """Series that a rule of this kind cannot read, for what they count is another thing; a sentence each.

    units, labels: of every series."""

    def is_money(name: str) -> bool:
        """Whole amounts, or amounts for each inhabitant times inhabitants."""
        head, _, people = name.partition("*")
        each = "per inhabitant" in labels.get(head, "")
        return "US dollars" in units.get(head, "") and people == ("population" if each else "")

    of_income = units.get(rule.series, "").startswith("% of gross national income")
    wrong = []
    if rule.kind == "flows" and rule.series and not is_money(rule.series):
        wrong.append(("series", "is not an amount of money by donor or recipient"))
    if rule.kind == "share" and rule.series and not (of_income or is_money(rule.series)):
        wrong.append(("series", "is neither money nor a share of income"))
    if rule.kind == "share" and not is_money(rule.weights):
        wrong.append(("weights", "is not an amount of money"))
    able = ", ".join(name for name in units if is_money(name))
    return tuple(
        Problem(key, getattr(rule, key), f"{key}={getattr(rule, key)} {why}; money is told by {able}.")
        for key, why in wrong
    )
