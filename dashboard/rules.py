"""Counting rules in their one written form, versioned: read, checked, and said in plain English.

The value itself, and what each of its keys means, is in `dashboard.counting`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.codes import Codes
from dashboard.counting import CODES, DEFAULTS, FIGURES, KEYS, TEXTS, UNMEASURED, VERSION, WORDS, YEARS, Problem, Rule
from dashboard.rule_checks import problems
from dashboard.rule_words import Names, sentence

__all__ = ["UNMEASURED", "Names", "Problem", "Rule", "problems", "read", "sentence"]

LENGTH = 20_000  # characters of a written rule that are read at all
NO_OBJECT = "The rule is not a JSON object with keys; please use the form or the template."


def read(text: str, codes: Codes | None = None) -> tuple[Rule | None, tuple[Problem, ...]]:
    """A written rule, or None and what is wrong with it. With `codes`, codes that the edition lacks are wrong too."""
    if len(text) > LENGTH:
        return None, (Problem("rule", text[:20], f"The rule is longer than {LENGTH} characters; please shorten it."),)
    try:
        held = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None, (Problem("rule", text[:30], NO_OBJECT),)
    if not isinstance(held, dict):
        return None, (Problem("rule", text[:30], NO_OBJECT),)
    if held.pop("version", VERSION) != VERSION:
        why = f"The rule has a version that this program does not read; it reads version {VERSION}."
        return None, (Problem("version", "", why),)
    values, wrong = dict[str, Any](), list[Problem]()
    for key, value in held.items():
        try:
            values[key] = _value(key, value)
        except (ValueError, TypeError, InvalidOperation) as error:
            wrong.append(Problem(str(key)[:30], str(value)[:30], str(error)))
    if wrong:
        return None, tuple(wrong)
    rule = Rule(**values)
    found = (*_stray(rule, values), *problems(rule, codes))
    return (None if found else rule), found


def _value(key: str, value: Any) -> Any:
    """A value of the written form as the field holds it. Raises ValueError, a sentence."""
    if key not in DEFAULTS:
        raise ValueError(f"{str(key)[:30]} is not a key of a rule; keys are {', '.join(DEFAULTS)}.")
    said = f"{key}={str(value)[:30]}"
    if key in WORDS or key in TEXTS:
        if isinstance(value, str):
            return value
        raise ValueError(f"{said} is not a text; please write it in quotation marks.")
    if key in CODES:
        if isinstance(value, list) and all(isinstance(code, str) and code for code in value):
            return tuple(value)
        raise ValueError(f'{said} is not a list of codes; a list is written ["GBR", "FRA"].')
    if key in YEARS:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise ValueError(f"{said} is not a year; please write four digits without quotation marks.")
    if key in FIGURES:
        return _figure(said, value)
    if isinstance(value, list) and all(isinstance(part, list) and len(part) == 2 for part in value):
        return tuple((int(year), _figure(said, share)) for year, share in value)
    raise ValueError(f'{said} is not a list of years and shares; one is written [[2011, "0.4"], [2012, "0.6"]].')


def _figure(said: str, value: Any) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise InvalidOperation
        figure = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f'{said} is not a number; one is written "1200000" without spaces or commas.') from error
    if not figure.is_finite():
        raise ValueError(f"{said} is not a finite number.")
    return figure


def _stray(rule: Rule, values: dict[str, Any]) -> Iterator[Problem]:
    allowed = KEYS.get(rule.kind, frozenset(DEFAULTS))
    for key in values:
        if key not in allowed:
            why = f"{key} means nothing in a rule of kind {rule.kind}; please leave it out or choose another kind."
            yield Problem(key, str(values[key])[:30], why)
