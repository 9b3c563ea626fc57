"""The benchmarks of counting rules and overlaps: the same sums by hand as from the engine, and checks that can fail."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import hand_rules, overlaps
from benchmarks.measured import ROOT
from benchmarks.random_rules import rules
from benchmarks.rules import Times, Took, both, check, times, told
from dashboard.rules import problems, read
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.overlapping import pairs

SOURCE = "iati-goals"


@pytest.fixture(scope="module")
def made(embedded: Cube):
    return rules(embedded.codes, embedded.codes.sources[SOURCE], 150)


def test_rules_at_random_are_valid_and_of_every_sort(embedded: Cube, made) -> None:
    assert not any(problems(rule, embedded.codes) for rule in made) and len(set(made)) == len(made)
    groups = {code for held in embedded.codes.groups.values() for code in held}
    for wanted in (
        lambda rule: rule.kind == "share",
        lambda rule: rule.kind == "flows" and rule.goals,
        lambda rule: rule.purposes,
        lambda rule: rule.sectors,
        lambda rule: groups & {*rule.donors} and rule.membership == "then",
        lambda rule: groups & {*rule.recipients} and rule.membership == "today",
        lambda rule: rule.baseline == "trend",
        lambda rule: rule.prices == "2004",
        lambda rule: rule.stage == "committed" and rule.counts == "last",
    ):
        assert any(map(wanted, made))


def test_the_same_seed_gives_the_same_rules(embedded: Cube, made) -> None:
    assert rules(embedded.codes, embedded.codes.sources[SOURCE], 150) == made
    assert rules(embedded.codes, embedded.codes.sources[SOURCE], 150, seed=1) != made


def test_sums_by_hand_are_those_of_the_engine(home: Path, embedded: Cube, made) -> None:
    with both(home, SOURCE) as (fresh, raw):
        figures = 0
        for rule in made:
            texts = [hand_rules.written(rule, embedded.codes), hand_rules.incomes(rule, embedded.codes)]
            found, answers = measure(fresh.cube(), rule), hand_rules.asked(raw, texts)
            check(found, *answers)
            figures += len(answers[0])
        assert figures > 1_000


def test_a_sum_that_differs_is_seen(home: Path, embedded: Cube, made) -> None:
    rule = next(rule for rule in made if len(measure(embedded, rule).terms) > 5 and rule.kind == "flows")
    with both(home, SOURCE) as (_, raw):
        [sums] = hand_rules.asked(raw, [hand_rules.written(rule, embedded.codes)])
    found = measure(embedded, rule)
    code, year, value = sums[0]
    for wrong in (sums[1:], [*sums, ("NOBODY", 2010, Decimal(1))], [(code, year, (value or 0) + 1), *sums[1:]]):
        with pytest.raises(AssertionError, match="By hand"):
            check(found, wrong)


def test_a_rule_is_timed_on_both_sides(home: Path, made) -> None:
    with both(home, SOURCE) as (fresh, raw):
        took = times(fresh, raw, made[0], turns=2)
    assert min(*took.floor, *took.ours) > 0
    assert took.ratio(0) == took.ours.clock / took.floor.clock
    assert took.ratio(1) == took.ours.processor / took.floor.processor


def test_rules_that_take_too_long_are_counted(made) -> None:
    slow = [Times(made[0], Took(2.0, 1.0), Took(ours, 1.2), Took(4.0, 2.0)) for ours in (2.0, 2.5, 3.5)]
    median, tail, processor, _, clock, of_it, opened = told(slow)
    figures = [one.figure for one in (median, processor, clock, of_it, opened)]
    assert figures == [1.25, 1.2, 1, 0, 2]
    assert [one.word for one in (median, tail, clock)] == ["met", "missed", "missed"] and processor.word == ""
    quick = told([Times(made[0], Took(2.0, 2.0), Took(2.1, 2.1), Took(4.0, 2.0))] * 3)
    assert [one.word for one in quick if one.limit is not None] == ["met"] * 3


def test_overlaps_are_made_by_one_process_and_read_by_another(home: Path, embedded: Cube, tmp_path: Path) -> None:
    file = tmp_path / "rules"
    held = overlaps.measured(embedded, SOURCE, 12)
    file.write_text("\n".join(rule.write() for rule in held), encoding="utf-8")
    promises = overlaps.pledges(file)
    assert [promise.rule for promise in promises.values()] == held == [read(rule.write())[0] for rule in held]
    known = pairs(embedded, {id_: promise.rule for id_, promise in promises.items() if promise.rule})
    made = overlaps.make(embedded, promises)
    assert made["measured"] == 12 and made["pairs"] == len(known) > 0
    first = list(promises)[:2]
    of_them = sum(id_ in (pair.first, pair.second) for pair in known for id_ in first)
    assert overlaps.read(embedded, promises)["pairs"] == of_them
    command = [sys.executable, "-m", "benchmarks.overlaps", str(home), str(file), "read"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert f'"pairs": {of_them}' in done.stdout
