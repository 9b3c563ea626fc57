"""What answers are filed under, and the words that they stand under: both outlive what else a survey says."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.surveys.questions import Choice, Matrix, Money, Number, Option, Question, Survey, Words

MARKED = "(kept from the public)"


def filed(asks: Survey) -> set[str]:
    """What answers are filed under, and what respondents were told that nobody would read; as it is named to whoever
    would take it away."""
    found: set[str] = {"makers (unnamed)"} if asks.makers == "unnamed" else set()
    for one in asks.questions():
        found |= set(_of(one.id, one))
    return found


def reworded(before: Survey, after: Survey) -> tuple[str, ...]:
    """The places whose words, as they are asked or as results say them, are not what they were in a language in which
    they were asked."""
    return tuple(
        dict.fromkeys(
            place
            for was, now in ((before, after), (before.as_published(), after.as_published()))
            for language in before.languages
            for place, words in _said(was, language).items()
            if _said(now, language).get(place) != words
        )
    )


def _of(place: str, one: Question) -> Iterator[str]:
    yield f"{place} ({one.kind})"
    if not one.public:
        yield f"{place} {MARKED}"
    among = one.when and f"where {one.when.question} is {', '.join(sorted(one.when.among))}"
    yield f"{place} (asked {among or 'always'})"
    if isinstance(one, Money):
        yield f"{place} (of the year in {one.year})" if one.year else f"{place} (of years of its own)"
    if isinstance(one, Choice):
        yield from (f"{place}.{option.id} (answer)" for option in one.options)
        yield from [f"{place} (several answers)"] if one.several else []
    if isinstance(one, Matrix):
        rows = [f".{row.id} (row)" for row in one.rows] if not isinstance(one.rows, str) else [f" (rows of {one.rows})"]
        yield from (f"{place}{row}" for row in rows)
        for column in one.columns:
            yield from _of(f"{place}.{column.id}", column)


def _said(asks: Survey, language: str) -> dict[str, str]:
    parts = {f"{part.id} (part)": asks.said(part.words, language) for part in asks.sections}
    asked = {place: asks.said(words, language) for one in asks.questions() for place, words in _words(one.id, one)}
    return {**parts, **asked}


def _words(place: str, one: Question) -> Iterator[tuple[str, Words]]:
    yield place, one.words
    if isinstance(one, Number):
        yield f"{place} (unit)", one.unit
    if isinstance(one, Choice):
        yield from ((f"{place}.{option.id}", option.words) for option in one.options)
    if isinstance(one, Matrix):
        yield from ((f"{place}.{row.id}", row.words) for row in one.rows if isinstance(row, Option))
        for column in one.columns:
            yield from _words(f"{place}.{column.id}", column)
