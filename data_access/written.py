"""A question as the engine reads it: its text is written once and cut where values go, and each time only these are put
between the pieces. SQLAlchemy would go through the whole text again for every list of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from duckdb_engine import Dialect
from sqlalchemy import Select

PLACE = re.compile(r"\?|__\[POSTCOMPILE_\w+\]")
NOBODY = "NULL"  # a list without members: no value is equal to it
DIALECT = Dialect(paramstyle="qmark")
DIALECT.supports_native_decimal = True


class Written(NamedTuple):
    """pieces: of the text, one more than `names`, which stand between them. lists: names of several values each.
    known: values that the question brings itself."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]
    lists: frozenset[str]
    known: Mapping[str, Any]

    def filled(self, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The text, and what goes where it has a mark. Codes and whole numbers are said in the text, which engines read
        in less time; whatever else a value is, its place has a mark, the same one wherever the value goes. Raises
        KeyError where a value is missing."""
        given, said, text = list[Any](), dict[str, str](), [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            if name not in said:
                several = name in self.lists
                if name in values:
                    said[name] = _said(values[name] if several else (values[name],), given)
                else:
                    said[name] = _marked(self.known[name] if several else (self.known[name],), given)
            text += (said[name], piece)
        return "".join(text), given


def written(part: str, question: Select[*tuple[Any, ...]]) -> Written:
    """The text of a question put to a part. Raises ValueError where a place for a value cannot be told."""
    options: Any = {"schema_translate_map": {None: part}, "render_schema_translate": True}
    made: Any = question.compile(dialect=DIALECT, **options)
    names, pieces = tuple(made.positiontup), tuple(PLACE.split(made.string))
    if len(pieces) != len(names) + 1:
        raise ValueError("A question holds a sign that stands for a value elsewhere.")
    lists = frozenset(name for name in names if made.binds[name].expanding)
    known = {name: made.binds[name].effective_value for name in names if not made.binds[name].required}
    return Written(pieces, names, lists, known)


def _said(values: Sequence[Any], given: list[Any]) -> str:
    """Letters of ASCII and digits need no care between quotes."""
    kinds = set(map(type, values))
    if kinds == {str} and (letters := "".join(values)).isascii() and letters.isalnum():
        return "'" + "', '".join(values) + "'"
    if kinds == {int}:
        return ", ".join(map(str, values))
    return _marked(values, given)


def _marked(values: Sequence[Any], given: list[Any]) -> str:
    first = len(given) + 1
    given.extend(values)
    return ", ".join([f"${at}" for at in range(first, len(given) + 1)]) or NOBODY
