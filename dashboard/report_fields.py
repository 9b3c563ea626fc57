"""The form of a report in the unit of its commitment: people are counted, money is committed or disbursed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.contribution_fields import FIELDS, in_unit
from dashboard.fields_together import monetary
from dashboard.forms import Field


def of_report(own: str) -> tuple[Field, ...]:
    """own: the unit of the commitment, empty where it has none. What is counted is reported in it and in no other, and
    has no rung."""
    if own and not monetary(own):
        words = f"The commitment is in {own}; leave the amount empty where words alone are reported."
        made = {"unit": Field("unit", "Its unit", "choice", False, 40, words, {own: own})}
        labels = {"women": "Of them, women and girls", "men": "Of them, men and boys"}
        made |= {one.name: replace(one, label=labels[one.name]) for one in FIELDS["report"] if one.name in labels}
        return tuple(made.get(one.name, one) for one in FIELDS["report"] if one.name != "rung")
    asked = {one.name: in_unit(one, own) if one.name == "unit" else one for one in FIELDS["report"]}
    if own:
        asked["unit"] = replace(asked["unit"], hint=f"{asked['unit'].hint} The commitment is in {own}.")
    return tuple(asked.values())


def own_unit(own: str) -> dict[str, str]:
    """What stands in the form at first: the unit of what is counted; the scale of money is never taken for granted."""
    return {"unit": own} if own and not monetary(own) else {}


def words_alone(fields: Mapping[str, str], own: str) -> dict[str, str]:
    """Without the unit, where it came with the form and no amount stands beside it."""
    kept = dict(fields)
    if not kept["amount"] and kept["unit"] == own:
        del kept["unit"]
    return kept
