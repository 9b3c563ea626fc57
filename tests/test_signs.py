"""Signs that cannot be seen: joiners that scripts need stay, what is no sign goes, and nothing is nobody's name."""

from __future__ import annotations

import pytest
from dash import Dash

from dashboard.forms import Field, in_print, read, tidy
from dashboard.surveys.answers import _text
from dashboard.surveys.questions import Text
from data_access.contributions import store
from data_access.registry.writing import Noted, unsigned
from tests.contributed import CHANGE, Form, signed

MUSKOKA = "muskoka-2010-canada"
PERSIAN = "می\u200cخواهیم"
LINE, LINES = Field("name"), Field("words", kind="lines")


@pytest.mark.parametrize(
    "name", ["\u3164", "\u2800\u2800", "\u115f\u1160 \uffa0", "\u200d", "\u0301\u0301", "\ufe0f", " \u2800"]
)
def test_what_shows_nothing_is_not_filled_in(name: str) -> None:
    assert [one.sentence for one in read((LINE,), {"name": [name]}).problems] == ["Please fill this in."]
    assert read((Field("word", kind="password"),), {"word": [name]})["word"], "a password is as it is"


@pytest.mark.parametrize("name", ["王", "Zoë", "O’Brien", PERSIAN, "ක්\u200dෂ", "7", "e\u0301 \U0001f33e"])
def test_whatever_can_be_read_is_kept(name: str) -> None:
    assert tidy(name, LINE) == tidy(tidy(name, LINE), LINE) and not read((LINE,), {"name": [name]}).problems
    assert name != PERSIAN or tidy(name, LINE) == name


def test_code_points_that_are_no_characters_go() -> None:
    assert tidy("a\ufffe\uffff\ufdd0\ufdef\U0001fffe\U0010ffffb", LINES) == "ab"


def test_a_reason_is_printed_in_one_line() -> None:
    assert in_print(f"{PERSIAN}\u00a0\n\u2028b\u0378\u202ec") == f"{PERSIAN} b c"
    assert unsigned(Noted("Canada", PERSIAN)) == "" and unsigned(Noted("Canada", "a\u202eb"))


def test_a_change_is_accepted_in_whatever_script_it_is_told(peopled: Dash) -> None:
    client, judge = signed(peopled, "tehran", {"contributor": ["CAN"]}), signed(peopled, "shiraz", {"moderator": []})
    told = CHANGE | {
        "place": "Gravenhurst",
        "why": PERSIAN,
        "evidence": "Communiqué\u00a0II | https://example.org/c",
    }
    made = Form(client, f"/my/contributions/new?commitment={MUSKOKA}&kind=change").send(then="preview", **told)
    assert Form(client, made.location).send().status_code == 303
    page = f"/moderate/{made.location.split('/')[3]}"
    decided = Form(judge, page, page).send(decision="accept")
    registry = peopled.server.extensions["people"].registry
    held = store.one(registry, page.rpartition("/")[2])
    assert decided.status_code == 303 and held and held.state == "accepted"
    assert PERSIAN in registry.revisions(MUSKOKA)[0].change.why


def test_an_answer_to_a_survey_keeps_its_joiners() -> None:
    of = Text.model_construct(longest=100)
    assert list(_text(of, "q", PERSIAN)) == [] and list(_text(of, "q", "a\u202eb"))
