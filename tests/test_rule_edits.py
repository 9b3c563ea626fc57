"""Rules edited: versions that are raised, differences field by field, and series that a rule cannot read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import rule_form
from dashboard.counting import CODES, DEFAULTS, KEYS, WORDS, Rule
from dashboard.rule_edits import differences, edited, misfits, said, versions
from data_access.cube import Cube
from data_access.measuring.proposing import amiss
from data_access.registry import embedded as registry
from tests.test_rules import FLOWS, INDICATOR, NONE, SHARE, SOUND

FIGURE = st.decimals(min_value=0, max_value=Decimal("1e15"), places=6)
UNITS = {
    "gni": "current US dollars",
    "gni_head": "current US dollars",
    "births": "% of births",
    "population": "persons",
}
LABELS = {"gni": "Gross national income", "gni_head": "Gross national income per inhabitant"}


@pytest.mark.parametrize(
    ("written", "numbers"),
    [([], []), ([""], [0]), (["a"], [1]), (["a", "a", "b"], [1, 1, 2]), (["", "a", "b", "a", ""], [0, 1, 2, 3, 4])],
)
def test_the_version_is_raised_whenever_the_rule_is_another(written: list[str], numbers: list[int]) -> None:
    assert versions(written) == numbers


@given(
    st.sampled_from(SOUND),
    FIGURE,
    st.integers(1990, 2000),
    st.text(st.characters(blacklist_categories=("C", "Z")), max_size=40),
)
def test_whatever_a_rule_holds_its_terms_hold(rule: Rule, figure: Decimal, since: int, note: str) -> None:
    changed = replace(rule, note=note)
    if rule.kind in ("flows", "share"):
        changed = replace(changed, low=figure, high=figure, since=since)
    assert rule_form.read(rule_form.write(changed)) == (changed, ())


def test_every_rule_of_the_register_is_read_from_its_terms_and_can_read_its_series(embedded: Cube) -> None:
    for pledge in registry.edits().pledges:
        assert pledge.rule is not None
        assert rule_form.read(rule_form.write(pledge.rule), embedded.codes) == (pledge.rule, ()), pledge.id
        assert amiss(embedded, pledge.rule) == (), pledge.id


def test_years_and_shares_are_read_from_one_term() -> None:
    stated = ((2012, Decimal("0.4")), (2013, Decimal("0.35")), (2014, Decimal("0.25")))
    rule = replace(FLOWS, profile="stated", stated=stated)
    assert rule_form.write(rule)["stated"] == "2012:0.4,2013:0.35,2014:0.25"
    assert rule_form.read(rule_form.write(rule)) == (rule, ())


def test_the_form_has_every_key_of_its_kind_once_and_names_every_choice() -> None:
    for kind, keys in KEYS.items():
        shown = [field for _, held in rule_form.fields(kind) for field in held]
        assert sorted(field.key for field in shown) == sorted(keys - {"kind"})
        assert all(field.name and (field.words or field.choices) for field in shown)
    assert {key: set(choices) for key, choices in rule_form.CHOICES.items()} == {k: set(v) for k, v in WORDS.items()}


HOSTILE = [  # terms, key that is named, words of the sentence
    ({}, "kind", "kind is missing"),
    ({"donors": "GBR"}, "kind", "please begin it with one of kind=flows"),
    ({"kind": "sum"}, "kind", "can be none, flows"),
    ({"kind": "flows", "source": "crs", "since": "-200", "until": "2012"}, "since", "is not a year"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "٢٠١٢"}, "until", "is not a year"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "low": "NaN", "high": "5"}, "low", "finite"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "low": "1e999999", "high": "1e999999"}, "low",
     "too large"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "low": "1e-999999", "high": "1"}, "low",
     "too fine"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "low": "=1+1", "high": "5"}, "low", "number"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "donors": "NOBODY"}, "donors", "not a code"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "donors": "GBR," * 300}, "donors", "read at"),
    ({"kind": "flows", "source": "'; drop", "since": "2012", "until": "2012"}, "source", "not a source"),
    ({"kind": "flows", "series": "gni*gni*gni", "since": "2012", "until": "2012"}, "series", "too many series"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "stated": "[[[[1"}, "stated", "years and"),
    ({"kind": "flows", "source": "crs", "since": "2012", "until": "2012", "note": "a\x00b"}, "note", "be printed"),
    ({"kind": "none", "needs": "x", "low": "1"}, "low", "means nothing in a rule of kind none"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "key", "words"), HOSTILE)
def test_what_cannot_be_followed_is_named_with_its_way_out(
    embedded: Cube, terms: dict[str, str], key: str, words: str
) -> None:
    rule, wrong = rule_form.read(terms, embedded.codes)
    assert rule is None and any(one.key == key and words in one.sentence for one in wrong), wrong
    assert all(one.sentence.endswith(".") and one.sentence.isprintable() for one in wrong)


@given(st.dictionaries(st.sampled_from([*DEFAULTS, "colour"]), st.text(max_size=40), max_size=8))
def test_whatever_an_address_holds_is_a_rule_or_a_sentence(terms: dict[str, str]) -> None:
    rule, wrong = rule_form.read(terms)
    assert (rule is None) == bool(wrong) and all(one.sentence.isprintable() for one in wrong)


def test_another_kind_keeps_what_it_has_too() -> None:
    kept = rule_form.of_kind(rule_form.write(FLOWS), "share")
    assert kept["kind"] == "share" and kept["donors"] == "GBR" and "baseline" not in kept
    assert set(rule_form.of_kind(rule_form.write(SHARE), "none")) == {"kind"}


def test_edits_are_keys_with_values_and_an_empty_one_is_as_usual() -> None:
    terms, wrong = edited(rule_form.write(FLOWS), [("until", "2015"), ("note", "")])
    assert wrong == () and rule_form.read(terms) == (replace(FLOWS, until=2015, note=""), ())
    assert "colour is not a key" in edited(rule_form.write(FLOWS), [("colour", "red")])[1][0].sentence
    none, _ = edited(rule_form.write(INDICATOR), [("kind", "none"), ("needs", "A ledger")])
    assert rule_form.read(none) == (Rule(needs="A ledger", recipients=INDICATOR.recipients), ())


def test_differences_name_the_field_and_both_values() -> None:
    [one] = differences(FLOWS, replace(FLOWS, until=2015))
    assert (one.key, one.name, one.before, one.after) == ("until", "Last year", "2014", "2015")
    [stage] = differences(FLOWS, replace(FLOWS, stage="committed"))
    assert (stage.before, stage.after) == ("disbursed", "committed")
    assert differences(FLOWS, FLOWS) == () and differences(None, NONE)
    assert all(key in {one.key for one in differences(NONE, FLOWS)} for key in CODES[:2])


def test_a_rule_of_any_release_says_something() -> None:
    assert said("", str) == "No rule was kept." and "cannot read" in said('{"version": 9}', str)
    assert said(NONE.write(), lambda _, code: code).startswith("Not measured")


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        (Rule("flows", series="births"), ["series"]),
        (Rule("flows", series="gni_head"), ["series"]),
        (Rule("flows", series="gni_head*population"), []),
        (Rule("flows", series="gni*population"), ["series"]),
        (Rule("share", series="births", weights="population"), ["series", "weights"]),
        (Rule("share", series="gni", weights="gni_head*population"), []),
        (Rule("indicator", series="births", weights="population"), []),
    ],
)
def test_money_is_read_from_amounts_of_money_alone(rule: Rule, keys: list[str]) -> None:
    wrong = misfits(rule, UNITS, LABELS)
    assert [one.key for one in wrong] == keys and all("money is told by gni." in one.sentence for one in wrong)
