"""What a page says of the several donors of a commitment: what was asked of each, and who of them has figures."""

from __future__ import annotations

from dashboard.amount_words import figure
from dashboard.headline import Run
from dashboard.measured import Measured
from dashboard.ranges import point
from dashboard.rule_words import Names
from dashboard.words import listed, the


def each(found: Measured) -> tuple[Run, ...]:
    """The other half of a promise that asks each donor for a figure of its own; nothing of others."""
    known = [one.met for one in found.standings if one.met is not None]
    if found.rule.floor is None or not known:
        return ()
    return (
        Run(f" Each was asked for at least {figure(point(found.rule.floor), '%', True)}: "),
        Run(f"{sum(known)} of {len(known)}", strong=True),
        Run(f" gave it{'' if len(known) == len(found.standings) else f', of {len(found.standings)} in all'}."),
    )


def of_some(found: Measured, names: Names) -> str:
    """`Figures of 12 of its 13 donors; none of the Russian Federation.` Empty where all have some."""
    seen = found.coverage
    if found.rule.kind == "indicator" or not seen.lacking:
        return ""
    none = listed([the(names("donor", code)) for code in seen.lacking], 4)
    count = len(seen.members)
    return f" Figures of {count - len(seen.lacking)} of its {count} donors; none of {none}."
