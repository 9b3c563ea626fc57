"""From parameters to a selection and its source, and what an answer is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from dashboard.api.parameters import Wrong
from dashboard.captions import subtitle
from dashboard.carried import Carried, at_edition
from dashboard.codes import Source
from dashboard.exports import in_words
from dashboard.figures.listings import PREFERRED
from dashboard.figures.money import source_line
from dashboard.panels import Column, Table
from dashboard.questions import Answers, best_source, period
from dashboard.refusals import outright
from dashboard.selection import Refusal, Selection, shortened
from dashboard.words import listed


def terms(asked: Mapping[str, Any], names: Sequence[str]) -> str:
    """Parameters as the query string that selections are read from; those that are empty are left out."""
    return urlencode({name: asked[name] for name in names if asked[name] != ""}, safe=",")


def strictly(given: Sequence[Refusal]) -> Wrong:
    """What pages leave out with a word to their reader is a fault here, and the word is not that it was left out."""
    return Wrong([replace(one, value=shortened(one.value), sentence=outright(one)) for one in given])


def several(asked: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Words joined by commas, each once. Raises Wrong."""
    words = tuple(filter(None, asked[name].split(",")))
    if len(set(words)) < len(words):
        raise refused(name, asked[name], f"{name}={shortened(asked[name])} names something twice.")
    return words


def behind(asked: Mapping[str, Any], by: Sequence[str]) -> tuple[str | int, ...]:
    """The values of `by` behind which totals begin. Raises Wrong."""
    words = tuple(asked["after"].split(",")) if asked["after"] else ()
    years = [word for name, word in zip(by, words, strict=False) if name == "year"]
    if len(words) not in (0, len(by)) or not all(word.isascii() and word.isdigit() and len(word) < 5 for word in years):
        raise unknown_place(asked["after"])
    return tuple(int(word) if name == "year" else word for name, word in zip(by, words, strict=bool(words)))


def unknown_place(after: str) -> Wrong:
    why = f"after={shortened(after)} is no place in this list; take the address that `next` names."
    return refused("after", after, why)


def refused(key: str, value: str, why: str) -> Wrong:
    """One parameter, with a sentence."""
    return Wrong([Refusal(key, shortened(value), why)])


def source_of(answers: Answers, selection: Selection, by: Sequence[str] = (), stages: Sequence[str] = ()) -> Source:
    """The source picked, or the one that answers best. Raises Unanswerable."""
    preferred = (*PREFERRED, *(name for name in answers.codes.sources if name not in PREFERRED))
    return best_source(answers, selection, preferred, by, stages)


def of_flows(answers: Answers, selection: Selection, title: str, measure: str, page: str) -> Carried:
    """What an answer about flows carries. selection: its source named. page: path and query of what shows it."""
    source = answers.codes.sources[selection.source]
    said = subtitle(measure, answers.codes, source, selection, period(source, selection))
    words, edition = in_words(selection.without("source"), answers.codes), answers.edition  # which stands beside it
    return Carried("api", title, said, words, source_line(source), edition, at_edition(page, edition), page)


def totals_title(by: Sequence[str], stages: Sequence[str]) -> str:
    """`Committed and disbursed by donor and year`."""
    told = listed(stages).capitalize()
    return f"{told} by {listed(by)}" if by else told


def totals(
    answers: Answers,
    columns: Sequence[Column],
    by: Sequence[str],
    stages: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> Table:
    """Totals with the label of each code beside it. columns: all that totals can have."""
    known = {column.key: column for column in columns}
    names = [key for name in by for key in ((name,) if name == "year" else (name, f"{name}_name"))]
    made = [(*_named(answers, by, row), *row[len(by) :]) for row in rows]
    return Table("Totals", tuple(known[key] for key in (*names, *stages)), tuple(made))


def _named(answers: Answers, by: Sequence[str], row: Sequence[Any]) -> list[Any]:
    pairs = zip(by, row, strict=False)
    return [one for name, code in pairs for one in ((code,) if name == "year" else (code, label(answers, name, code)))]


def label(answers: Answers, dimension: str, code: str) -> str:
    """Of a code; empty where there is no code."""
    return answers.codes.name(dimension, code) if code else ""


def place(row: Mapping[str, Any], key: Sequence[str]) -> str:
    """The place of a row in its list, as `after` names it."""
    return ",".join("" if row[name] is None else str(row[name]) for name in key)
