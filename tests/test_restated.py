"""Counts of promises without those that say again what another of them says."""

from __future__ import annotations

import json

from callbacks.book import Opened
from dashboard.counting import Rule
from dashboard.links import Link
from dashboard.outcomes import Outcome
from dashboard.restated import again, counted, net
from layouts.standings import members
from tests.registered import entry, outcome
from tests.test_layouts import flat

RULE = Rule("indicator", recipients=("AFR",), series="malaria", since=2000, until=2010)
SAME = Rule("indicator", recipients=("AFR",), series="malaria", since=2000, until=2010, note="Of children alone.")
OTHER = Rule("indicator", recipients=("AFR",), series="nets", since=2000, until=2010)


def test_a_declared_link_counts_where_the_other_is_in_the_set_and_the_whole_is_restated() -> None:
    first = entry("first", outcome("5", "4"))
    second = entry("second", outcome("5", "4"), links=(Link("restates", "first"),))
    part = entry("part", outcome("5", "4"), links=(Link("restates", "first", note="part"),))
    held = [first, second, part]
    assert again(held) == {"second"} and again([second, part]) == frozenset()
    assert net(held) == "2 without the one that restates another of them" and net([first]) == ""
    assert counted([*held, entry("none", Outcome())]) == ("3 measured, 2 without the one that restates another of them")


def test_a_part_that_is_measured_as_its_whole_is_counted_once() -> None:
    whole = entry("whole", outcome("5", "4"), rule=RULE)
    same = entry("same", outcome("5", "4"), rule=SAME, parent="whole")
    other = entry("other", outcome("5", "4"), rule=OTHER, parent="whole")
    assert again([whole, same, other]) == {"same"} and again([same, other]) == frozenset()
    nothing = entry("nothing", rule=Rule(needs="A ledger"))
    assert again([nothing, entry("child", rule=Rule(needs="A ledger"), parent="nothing")]) == frozenset()


def test_the_joint_maker_stands_under_each_of_its_makers() -> None:
    both = entry("both", maker_id="ITA+EU", maker_code="").pledge
    assert both.maker_ids == ("ITA+EU", "ITA", "EU") and both.maker_codes == ("ITA", "EU")
    partners = entry("partners", maker_id="G8+", maker_code="").pledge
    assert partners.maker_ids == ("G8+",) and partners.maker_codes == ()


def test_members_are_not_judged_by_a_target_of_all_where_each_promised_another(opened: Opened) -> None:
    """0.56 per cent was promised for the Union as a whole, 0.51 or 0.17 by its members."""
    [whole] = members(opened.told("eu-2005-collective-2010"), "", "")
    said = json.dumps(flat([whole]))
    assert "Each by itself" in said and "reached" not in said and "is another figure" in said
    [each] = members(opened.told("eu-barcelona-2002"), "", "")
    assert "11 of 15 reached 0.33%, which was asked of each" in json.dumps(flat([each]))
    [abuja] = members(opened.told("abuja-2001"), "", "")
    assert "reached the target" in json.dumps(flat([abuja]))
