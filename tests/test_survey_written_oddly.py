"""Surveys that nobody would write by hand are refused with a sentence, like any other that cannot be read."""

from __future__ import annotations

import pytest

from dashboard.surveys.reading import ODD, read


@pytest.mark.parametrize(
    "written",
    ["a=" + "[" * 3000, "{a=".join(["x="] + [""] * 1500), "a=" + "9" * 5000, "a." * 3000 + "a=1"],
    ids=["lists", "tables", "digits", "dots"],
)
def test_a_survey_that_is_odd_is_refused_with_a_sentence(written: str) -> None:
    survey, [wrong, *_] = read(written)
    assert survey is None and wrong.sentence.endswith(".")


def test_what_is_too_deep_or_too_long_is_said_so() -> None:
    assert (
        [one.sentence for one in read("a=" + "[" * 3000)[1]]
        == [ODD]
        == [one.sentence for one in read("a=" + "9" * 5000)[1]]
    )
