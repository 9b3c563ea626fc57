"""Counting rules: one written form, every fault named with a way out, and a sentence made of the fields."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.counting import DEFAULTS, KEYS, WORDS, Rule
from dashboard.links import Link, read_links, write_links
from dashboard.pledges import NO_AMOUNT, Absence, Amount
from dashboard.rules import problems, read, sentence

FLOWS = Rule(
    "flows", donors=("GBR",), recipients=("LDC",), source="crs-donors", since=2012, until=2014, low=Decimal(600),
    high=Decimal(700), baseline="level", baseline_since=2011, baseline_until=2011, note="Payments alone.",
)  # fmt: skip
SHARE = Rule(
    "share", donors=("DAC",), series="oda_gni", weights="gni", since=2010, until=2015, low=Decimal("0.7"),
    high=Decimal("0.7"),
)  # fmt: skip
INDICATOR = Rule(
    "indicator", recipients=("ETH",), series="under5", since=2000, until=2015, low=Decimal("-66.7"),
    high=Decimal("-66.7"), of="change", better="down", baseline="level", baseline_since=1990, baseline_until=1990,
)  # fmt: skip
NONE = Rule(needs="Payments to the Global Fund by donor and year")
SEEN = tuple(replace(rule, sees="part", baseline="none", baseline_since=0, baseline_until=0) for rule in (FLOWS, SHARE))
SOUND = (
    FLOWS,
    SHARE,
    INDICATOR,
    NONE,
    *SEEN,
    replace(FLOWS, sees="part"),
    replace(FLOWS, low=None, high=None, goals=("4",), method="muskoka"),
)


@pytest.mark.parametrize("rule", SOUND)
def test_a_sound_rule_is_read_as_it_was_written(rule) -> None:
    assert problems(rule) == ()
    assert read(rule.write()) == (rule, ())
    assert json.loads(rule.write())["version"] == 1


@given(
    st.sampled_from(SOUND),
    st.decimals(min_value=0, max_value=Decimal("1e14"), places=6),
    st.text(st.characters(blacklist_categories=("C", "Z")), max_size=50),
)
def test_no_digit_and_no_letter_is_lost(rule, figure, note) -> None:
    changed = replace(rule, note=note)
    if rule.kind in ("flows", "share"):
        changed = replace(changed, low=figure, high=figure)
    assert read(changed.write()) == (changed, ())


FAULTS = [  # written, key that is named, words of the sentence
    ("{", "rule", "not a JSON object"),
    ("[]", "rule", "not a JSON object"),
    ("x" * 30_000, "rule", "longer than"),
    ('{"version": 2}', "version", "version 1"),
    ('{"kind": "sum"}', "kind", "can be none, flows, share, indicator"),
    ('{"kind": "none"}', "needs", "is missing"),
    ('{"kind": "none", "needs": "x", "donors": ["GBR"]}', "donors", "means nothing in a rule of kind none"),
    ('{"kind": "none", "needs": "x", "colour": "red"}', "colour", "not a key of a rule"),
    ('{"kind": "flows", "source": "crs", "since": 2014, "until": 2012}', "since", "lies after until=2012"),
    ('{"kind": "flows", "source": "crs", "since": "2014", "until": 2012}', "since", "four digits"),
    ('{"kind": "flows", "source": "crs", "since": 20144, "until": 20145}', "since", "is not a year from"),
    ('{"kind": "flows", "since": 2012, "until": 2014}', "source", "name the source"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "low": "5"}', "low", "given together"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "low": "x", "high": 5}', "low", "not a number"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "low": "NaN", "high": 5}', "low", "finite"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "low": 6, "high": 5}', "low", "exchange them"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "low": -6, "high": 5}', "low", "below zero"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "donors": "GBR"}', "donors", "list of codes"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "donors": ["A", "A"]}', "donors", "twice"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "goals": ["4"]}', "method", "named method"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "baseline": "level"}', "baseline", "needs"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "baseline": "stated"}', "baseline", "figure"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "of": "change"}', "of", "from a baseline"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "profile": "stated"}', "stated", "only with it"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "prices": "old"}', "prices", "base year"),
    ('{"kind": "flows", "source": "crs", "series": "oda", "since": 2012, "until": 2014}', "source", "not both"),
    (
        '{"kind": "flows", "series": "oda", "goals": ["4"], "method": "strict", "since": 1, "until": 2}',
        "series",
        "tell",
    ),
    (
        '{"kind": "flows", "source": "crs", "since": 2012, "until": 2013, "profile": "stated", '
        '"stated": [[2012, "0.4"], [2013, "0.5"]]}',
        "stated",
        "do not sum to 1",
    ),
    ('{"kind": "share", "series": "oda_gni", "since": 2012, "until": 2014}', "donors", "is missing"),
    ('{"kind": "indicator", "since": 2012, "until": 2014, "recipients": ["ETH"]}', "series", "is missing"),
    ('{"kind": "flows", "source": "crs", "since": 2012, "until": 2014, "sees": "half"}', "sees", "can be whole, part"),
    ('{"kind": "none", "needs": "x", "sees": "part"}', "sees", "means nothing in a rule of kind none"),
    (
        '{"kind": "indicator", "series": "under5", "recipients": ["ETH"], "since": 2012, "until": 2014, '
        '"better": "down", "sees": "part"}',
        "sees",
        "fell far enough",
    ),
]


PERIOD = '"kind": "flows", "source": "crs", "since": 2012, "until": 2014'
STATED = f'{{{PERIOD}, "profile": "stated", "stated": '
FAULTS += [
    (STATED + '[[Infinity, "1"]]}', "stated", "stated=Infinity is not a year"),
    (STATED + '[[1e999999999, "1"]]}', "stated", "stated=1E+999999999 is not a year"),
    (STATED + '[[1e9999999999999999999999, "1"]]}', "stated", "is not a year"),
    (STATED + '[[2012.5, "1"]]}', "stated", "is not a year"),
    (STATED + '[[true, "1"]]}', "stated", "stated=True is not a year"),
    (STATED + '[["2012", "1"]]}', "stated", "is not a year"),
    (STATED + "[[2012, 1e999999999]]}", "stated", "too large"),
    (STATED + f"[[2012, {'1' * 9000}]]}}", "stated", "too large"),
    (STATED + "[[2012, NaN]]}", "stated", "finite"),
    (f'{{{PERIOD}, "low": 1e999999999, "high": "1e999999999"}}', "low", "low=1E+999999999 is too large"),
    (f'{{{PERIOD}, "low": 1e-999999999, "high": 5}}', "low", "too fine"),
    (f'{{{PERIOD}, "low": -Infinity, "high": 5}}', "low", "low=-Infinity is not a finite number"),
    (f'{{{PERIOD}, "low": "\u0661\u0662", "high": 50}}', "low", "not a number"),
    (f'{{{PERIOD}, "low": "1_000", "high": 5000}}', "low", "not a number"),
    (f'{{{PERIOD}, "low": "{"5" * 9000}", "high": 5}}', "low", "too large"),
    (f'{{{PERIOD}, "since": {"1" * 5000}}}'.replace('"since": 2012, ', ""), "since", "not a year"),
    (f'{{{PERIOD}, "prices": "20\u0664\u0664"}}', "prices", "no price basis"),
]


@pytest.mark.parametrize("written, key, words", FAULTS)
def test_a_fault_is_named_by_key_with_reason_and_way_out(written, key, words) -> None:
    rule, wrong = read(written)
    assert rule is None
    assert any(problem.key == key and words in problem.sentence for problem in wrong), wrong
    assert all(problem.sentence.endswith(".") for problem in wrong)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=3)))
def test_whatever_is_written_under_a_key_is_read_or_refused_in_a_sentence(value) -> None:
    for key in DEFAULTS:
        rule, wrong = read(json.dumps({"kind": "flows", "source": "crs", "since": 2012, "until": 2014, key: value}))
        assert (rule is None) == bool(wrong)


def test_codes_that_the_edition_lacks_are_named(embedded) -> None:
    unknown = replace(FLOWS, donors=("XYZ",), source="oecd")
    assert {problem.key for problem in problems(unknown, embedded.codes)} == {"donors", "source"}
    assert problems(replace(FLOWS, source="crs"), embedded.codes) == ()
    assert problems(replace(SHARE, weights="gni_head*population"), embedded.codes) == ()


def test_every_kind_has_its_keys_and_every_key_a_kind() -> None:
    assert set(KEYS) == set(WORDS["kind"])
    assert set().union(*KEYS.values()) | {"kind"} == set(DEFAULTS)


def plain(dimension: str, code: str) -> str:
    return {"GBR": "United Kingdom", "LDC": "Least developed countries", "ETH": "Ethiopia"}.get(code, code)


def test_a_rule_says_itself() -> None:
    assert sentence(FLOWS, plain) == (
        "Counts what was disbursed (gross) by the United Kingdom to Least developed countries, summed over 2012–2014, "
        "above the level of 2011, at current prices, from crs-donors. Due: $600 to $700. The same amount is taken as "
        "due in each year. Payments alone."
    )
    assert sentence(NONE, plain) == "Not measured: Payments to the Global Fund by donor and year would be needed."
    whom = replace(NONE, recipients=("BRA", "GUY"))
    assert read(whom.write()) == (whom, ())
    assert sentence(whom, plain).endswith(" would be needed. Promised to BRA and GUY.")
    assert sentence(INDICATOR, plain) == (
        "Compares under5, in Ethiopia, 2000–2015, with a target of a cut of 66.7 per cent from 1990."
    )
    assert sentence(SHARE, plain).startswith("Compares oda_gni, of DAC, with 0.7 per cent, in 2015. Dollars")
    series = replace(FLOWS, source="", series="oda_constant")
    said = sentence(series, lambda _, code: code.replace("oda_constant", "Assistance at constant prices of 2012"))
    assert "brought to current prices, from that series" in said and "at current prices" not in said
    doubled = replace(FLOWS, counts="last", of="change", low=Decimal(100), high=Decimal(100), note="")
    assert "in 2014, above the level of 2011" in sentence(doubled, plain)
    assert "Due: a rise of 100 per cent against the baseline." in sentence(doubled, plain)
    goals = replace(FLOWS, goals=("4",), method="muskoka", flows=("10",))
    assert "for 4 under the Muskoka shares, 10 alone, summed" in sentence(goals, plain)
    assert sentence(replace(INDICATOR, low=None, high=None, of="amount", baseline="none"), plain).startswith(
        "Shows under5"
    )


def test_links_are_read_as_they_are_written() -> None:
    text = "counts_under:ewec-2010; overlaps:globalfund-2010-canada (CAD 41.4 m); deadline_moved:2010->2015"
    held = read_links(text)
    assert held[1] == Link("overlaps", "globalfund-2010-canada", Decimal("41400000.0"), "CAD")
    assert write_links(held) == text
    with pytest.raises(ValueError, match="is not a link"):
        read_links("see also: somewhere")


@pytest.mark.parametrize(
    "amount, kind, currency, whole",
    [
        (NO_AMOUNT, "none", "", None),
        (Amount(Decimal(5), Decimal(5), "USD billion"), "point", "USD", (Decimal(5 * 10**9),) * 2),
        (
            Amount(Decimal(525), Decimal(600), "EUR million per year"),
            "range",
            "EUR",
            (Decimal(525 * 10**6), Decimal(6 * 10**8)),
        ),
        (Amount(Decimal("0.15"), Decimal("0.2"), "% GNI"), "share", "", None),
    ],
)
def test_an_amount_knows_what_it_is(amount, kind, currency, whole) -> None:
    assert (amount.kind, amount.currency, amount.whole()) == (kind, currency, whole)


def test_each_kind_of_absence_has_its_own_words() -> None:
    assert len({absence.words for absence in Absence}) == len(Absence)


def test_a_rule_that_sees_a_part_says_what_follows_from_it() -> None:
    whole, part, above = (
        sentence(rule, lambda _, code: code) for rule in (SHARE, SEEN[1], replace(FLOWS, sees="part"))
    )
    assert "less than what the promise counts" not in whole
    assert "the figure is a lower bound: it can show that the promise was kept, never that it was not." in part
    assert "no verdict follows from it" in above and "lower bound" not in above
