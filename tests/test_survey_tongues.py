"""The surveys that ship can be answered in every language they name: each of their texts is there in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dashboard.surveys
from dashboard.surveys.questions import Choice, Matrix, Survey
from dashboard.surveys.reading import read
from dashboard.surveys.tongues import PHRASES
from dashboard.surveys.typed import Form

SHIPPED = sorted((Path(dashboard.surveys.__file__).parent / "shipped").glob("*.toml"))
TEXTS = ("title", "purpose", "published", "words", "help", "unit")  # keys of what respondents and readers read


def survey(file: Path) -> Survey:
    made, wrong = read(file.read_text(encoding="utf-8"))
    assert made, wrong
    return made


def texts(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every text of a survey with its place, wherever in it it stands."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in TEXTS:
                yield f"{place}.{key}", inside
            else:
                yield from texts(f"{place}.{key}", inside)
    elif isinstance(value, list):
        for one in value:
            named = one.get("id", "") if isinstance(one, dict) else ""
            yield from texts(f"{place}.{named}", one)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_text_is_there_in_every_language_that_the_survey_names(file: Path) -> None:
    made = survey(file)
    assert set(made.languages) == {"en", "fr", "es"}
    found = [(place, words) for place, words in texts(made.id, made.model_dump(mode="json")) if words is not None]
    assert len(found) > 60
    for place, words in found:
        assert isinstance(words, dict) and set(words) == set(made.languages), place
        assert all(words.values()), place


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_no_sentence_was_left_in_english(file: Path) -> None:
    for place, words in texts("", survey(file).model_dump(mode="json")):
        if words and " " in words["en"]:
            assert len(set(words.values())) == 3 or words["en"] == "per cent", place


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
@pytest.mark.parametrize(("language", "signs"), [("fr", ("?", ":", ";", "%", "»")), ("es", ("%",))])
def test_signs_stand_apart_by_a_space_that_does_not_break_as_the_language_has_it(
    file: Path, language: str, signs: tuple[str, ...]
) -> None:
    for place, words in texts("", survey(file).model_dump(mode="json")):
        assert not any(f" {sign}" in words[language] for sign in signs if words), place
        assert language != "es" or not words or words[language].count("?") == words[language].count("¿"), place


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_options_and_rows_differ_in_every_language(file: Path) -> None:
    made = survey(file)
    for one in made.questions():
        several = [one, *one.columns] if isinstance(one, Matrix) else [one]
        told = [each.options for each in several if isinstance(each, Choice)]
        told += [one.rows] if isinstance(one, Matrix) and not isinstance(one.rows, str) else []
        for options in told:
            for language in made.languages:
                assert len({made.said(option.words, language) for option in options}) == len(options), one.id


def test_what_the_form_says_by_itself_is_there_in_the_languages_of_the_surveys_that_ship() -> None:
    for name, phrases in PHRASES.items():
        assert set(phrases) == {"en", "fr", "es"} and all(phrases.values()), name


@pytest.mark.parametrize(("language", "label"), [("fr", "Monnaie"), ("es", "Moneda"), ("pt", "Currency")])
def test_a_form_speaks_the_language_that_is_chosen_and_english_where_it_has_none(language: str, label: str) -> None:
    form = Form(survey(SHIPPED[0]), language, [("a-1", "A promise", "financial")])
    labels = [field.label for field in form.fields(form.survey.sections[0])]
    assert any(one.startswith(label) for one in labels), labels
