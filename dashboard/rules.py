"""Counting rules in their one written form, versioned: read, checked, and said in plain English.

The value itself, and what each of its keys means, is in `dashboard.counting`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.codes import Codes
from dashboard.counting import CODES, DEFAULTS, FIGURES, KEYS, TEXTS, UNMEASURED, VERSION, WORDS, YEARS, Problem, Rule
from dashboard.rule_checks import problems
from dashboard.rule_words import Names, sentence

__all__ = ["UNMEASURED", "Names", "Problem", "Rule", "problems", "read", "sentence"]

LENGTH = 20_000  # characters of a written rule that are read at all
DIGITS = 40  # of a figure, before and behind its point
WRITTEN = re.compile(r"\s*([-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|[-+]?(nan|inf|infinity))\s*", re.IGNORECASE)
NO_OBJECT = "The rule is not a JSON object with keys; please use the form or the template."


def read(text: str, codes: Codes | None = None) -> tuple[Rule | None, tuple[Problem, ...]]:
    """A written rule, or None and what is wrong with it. With `codes`, codes that the edition lacks are wrong too."""
    if len(text) > LENGTH:
        return None, (Problem("rule", text[:20], f"The rule is longer than {LENGTH} characters; please shorten it."),)
    try:
        held = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=Decimal)
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
        except (ValueError, TypeError, ArithmeticError) as error:
            wrong.append(Problem(str(key)[:30], str(value)[:30], str(error)))
    if wrong:
        return None, tuple(wrong)
    rule = Rule(**values)
    found = (*_stray(rule, values), *problems(rule, codes))
    return (None if found else rule), found


def _number(written: str) -> int | Decimal:
    """As it is written; one that is too long or too large for any figure is left for `_figure` to refuse by its key."""
    if len(written) <= DIGITS and written.removeprefix("-").isdigit():
        return int(written)
    try:
        return Decimal(written)
    except InvalidOperation:  # an exponent that no number has
        return Decimal("Infinity")


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
        return _year(said, value)
    if key in FIGURES:
        return _figure(said, value)
    if isinstance(value, list) and all(isinstance(part, list) and len(part) == 2 for part in value):
        return tuple((_year(f"{key}={str(year)[:30]}", year), _figure(said, share)) for year, share in value)
    raise ValueError(f'{said} is not a list of years and shares; one is written [[2011, "0.4"], [2012, "0.6"]].')


def _year(said: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{said} is not a year; please write four digits without quotation marks.")


def _figure(said: str, value: Any) -> Decimal:
    """Its size is looked at before anything is reckoned with it: 1e999999999 would be written out for ever."""
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise InvalidOperation
        if isinstance(value, str) and not WRITTEN.fullmatch(value):
            raise InvalidOperation
        figure = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f'{said} is not a number; one is written "1200000" without spaces or commas.') from error
    if not figure.is_finite():
        raise ValueError(f"{said} is not a finite number.")
    if figure.adjusted() > DIGITS or len(figure.as_tuple().digits) > 2 * DIGITS or _places(figure) > DIGITS:
        raise ValueError(f"{said} is too large or too fine; please write the figure with as many digits as are known.")
    return figure


def _places(figure: Decimal) -> int:
    return -int(figure.as_tuple().exponent)


def _stray(rule: Rule, values: dict[str, Any]) -> Iterator[Problem]:
    allowed = KEYS.get(rule.kind, frozenset(DEFAULTS))
    for key in values:
        if key not in allowed:
            why = f"{key} means nothing in a rule of kind {rule.kind}; please leave it out or choose another kind."
            yield Problem(key, str(values[key])[:30], why)
