"""What a moderator saw before beside what was sent since, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.version_changes import Renewed
from layouts.contributing import pieces
from layouts.contributing.rule_cells import Read, after, cell
from layouts.filled import el
from layouts.people.fields import listing

NOTHING = "Nothing in its form differs from the version that was sent before."
GONE = "a file that is kept no more"


def versions(held: Sequence[Renewed], read: Read, files: Mapping[str, str]) -> list[Any]:
    """held: newest first. read: a rule in words. files: names by id."""
    if not held:
        return []
    first, *others = held
    older = [
        el.details([el.summary(f"Before that: version {one.after.number} beside version {one.before.number}"),
                    *_one(one, read, files)], className="fold-of")
        for one in others
    ]  # fmt: skip
    return [el.h2("What differs from the version seen before"), *_one(first, read, files), *older]


def _one(one: Renewed, read: Read, files: Mapping[str, str]) -> list[Any]:
    if one.same:
        return [*_why(one), el.p(NOTHING, className="note")]
    was, now = f"Version {one.before.number}, seen before", f"Version {one.after.number}, sent now"
    rows: list[Sequence[Any]] = [
        (row.label, cell(row.name, row.before, read), after(row.name, row.after, read, row.before)) for row in one.rows
    ]
    rows += [("File", pieces.EMPTY, el.b(f"added: {files.get(id_, GONE)}")) for id_ in one.added]
    rows += [("File", files.get(id_, GONE), el.b("left out")) for id_ in one.left_out]
    return [*_why(one), listing(("Field", was, now), rows, "", f"{was} and {now}")]


def _why(one: Renewed) -> list[Any]:
    """What was asked for between the two."""
    if one.step is None or one.step.action == "reopen":
        return [el.p("Its contributor took it back and sent it again.")] if one.step else []
    asked = f"Asked back on {pieces.when(one.step.at)}: "
    return [el.p([asked, el.b(" ".join(one.step.why.split()))])]
