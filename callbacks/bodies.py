"""A callback's body against the callback it names: its outputs, inputs and states by id, in order, no more, no less."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.catalogue import PANELS
from dashboard.selection import DIMENSIONS, TERMS, YEARS
from layouts.filters import NAMES

KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
ITEM_KEYS = {"id", "property", "value"}
MEMBER_LIMIT = 400  # components one pattern may stand for
WORD_LIMIT = 64  # characters of a pattern's value
DIGITS = 9  # of a number that a form carries
FILTERS = frozenset((*DIMENSIONS, *YEARS, *TERMS, "source"))


class Refused(ValueError):
    """A request that is not let through: a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def check_body(body: Mapping[str, Any], callbacks: Mapping[str, Any]) -> None:
    """Raises Refused where a body is none that our pages send for the callback it names."""
    if set(body) - KEYS:
        raise Refused(400, "The body has parts that no callback has.")
    output = body.get("output")
    callback = callbacks.get(output) if isinstance(output, str) else None
    if callback is None or "callback" not in callback:
        raise Refused(400, "There is no such callback.")
    _check_changed(body, _checked(body, callback))


def _checked(body: Mapping[str, Any], callback: Mapping[str, Any]) -> list[Any]:
    """The inputs, once outputs, inputs and states are found to be those of the callback."""
    outputs, given = callback["output"], body.get("outputs")
    several = isinstance(outputs, list | tuple)
    expected = [] if callback["no_output"] else [_written(o) for o in (outputs if several else [outputs])]
    pairs = [
        *_paired(given if several else [given] * len(expected), expected, "outputs"),
        *_paired(body.get("inputs"), callback["inputs"], "inputs"),
        *_paired(body.get("state", []), callback["state"], "state"),
    ]
    _check_members(pairs)
    return list(body["inputs"])


def _written(output: Any) -> dict[str, str]:
    return {"id": output.component_id_str(), "property": output.component_property}


def _paired(given: Any, expected: Sequence[Mapping[str, Any]], part: str) -> list[tuple[Any, str]]:
    """What came, each with the id or the pattern it came for."""
    if not isinstance(given, list) or len(given) != len(expected):
        raise Refused(400, f"The callback's {part} are not as many as it has.")
    for item, known in zip(given, expected, strict=True):
        if not _fits(item, known):
            raise Refused(400, f"The callback's {part} are not those it has.")
    return [(item, known["id"]) for item, known in zip(given, expected, strict=True)]


def _check_members(pairs: Sequence[tuple[Any, str]]) -> None:
    """The components that a pattern stands for: each once, and the same wherever the pattern comes in."""
    seen: dict[str, set[str]] = {}
    for group, pattern in pairs:
        if isinstance(group, list):
            names = {written(item["id"]) for item in group}
            if len(names) < len(group) or seen.setdefault(pattern, names) != names:
                raise Refused(400, "The callback's components differ within the body.")


def _fits(item: Any, known: Mapping[str, Any]) -> bool:
    pattern = json.loads(known["id"]) if known["id"].startswith("{") else known["id"]
    if isinstance(pattern, dict) and any(value in (["ALL"], ["ALLSMALLER"]) for value in pattern.values()):
        return isinstance(item, list) and len(item) <= MEMBER_LIMIT and all(_is(i, pattern, known) for i in item)
    return _is(item, pattern, known)


def _is(item: Any, pattern: Any, known: Mapping[str, Any]) -> bool:
    if not isinstance(item, dict) or set(item) - ITEM_KEYS or not isinstance(item.get("property"), str):
        return False
    if item["property"].split("@")[0] != known["property"].split("@")[0]:
        return False
    given = item.get("id")
    if not isinstance(pattern, dict):
        return isinstance(given, str) and given == pattern
    return isinstance(given, dict) and given.keys() == pattern.keys() and _matches(given, pattern) and exists(given)


def _matches(given: Mapping[str, Any], pattern: Mapping[str, Any]) -> bool:
    """Strings of a bounded length where the pattern has a wildcard, the same value where it has none."""
    return all(
        isinstance(value, str) and len(value) <= WORD_LIMIT if isinstance(pattern[key], list) else value == pattern[key]
        for key, value in given.items()
    )


def exists(given: Mapping[str, Any]) -> bool:
    """Whether what an id names is there: a panel and slot of the catalogue, a filter of the bar. Dash takes any."""
    if given.get("type") == "filter":
        return given.get("key") in FILTERS
    if given.get("type") == "label":
        return given.get("key") in NAMES
    panel = PANELS.get(given.get("panel", ""))
    return "panel" not in given or (panel is not None and given.get("slot", "") in ("", *panel.slots))


def _check_changed(body: Mapping[str, Any], inputs: list[Any]) -> None:
    """What is said to have changed is among the inputs that came."""
    came = {_name(i) for item in inputs for i in (item if isinstance(item, list) else [item])}
    changed, parsed = body.get("changedPropIds", []), body.get("parsedChangedPropsIds", [])
    if not isinstance(changed, list) or not all(isinstance(c, str) and c in came for c in changed):
        raise Refused(400, "What is said to have changed is no input of the callback.")
    if not isinstance(parsed, list) or len(parsed) > len(changed):
        raise Refused(400, "What is said to have changed is no input of the callback.")


def _name(item: Mapping[str, Any]) -> str:
    return f"{written(item['id'])}.{item['property']}"


def written(given: Any) -> str:
    """An id as the browser writes it: keys in order, no spaces."""
    if isinstance(given, dict):
        return json.dumps(given, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return str(given)
