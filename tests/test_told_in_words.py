"""What a proposal would change is told in words: no name of a column, no line as the register writes it."""

from __future__ import annotations

from io import BytesIO

import pytest
from dash import Dash

from dashboard.contribution_effect import proposed
from dashboard.decided import state_words
from dashboard.delivered_apart import DELIVERED
from dashboard.record_names import NAMES, label
from dashboard.record_words import delivered, told_apart
from data_access.contributions import store
from data_access.registry import cells as texts
from data_access.registry.columns import BY_NAME
from tests.contributed import LINK, REPORT, STATUS, Form, signed
from tests.registries import PART, POLICY
from tests.test_contributed_evidence import PDF

CELLS = texts.write(PART)
NONE = {**CELLS, **dict.fromkeys(DELIVERED, ""), "delivered_absence": "not_clear", "further_sources": ""}
SAYS = {**REPORT, "rung": "committed", "amount": "400", "unit": "EUR million", "women": ""}
GERMANY = "muskoka-2010-germany"


def test_a_report_is_one_field_with_what_it_says() -> None:
    told = told_apart({}, NONE, proposed("report", SAYS, NONE, "Germany", ("figure",)))
    assert [label(one.column) for one in told] == ["reported by its maker", "further documents"]
    figure, documents = told
    assert (figure.now, figure.after) == ("not clear", "EUR 400 million committed, 2011 to 2013; by Germany")
    assert documents.after == "Report 2013 (https://example.org/r): given by its maker; of the delivery"
    later = {**NONE, **proposed("report", SAYS, NONE, "Germany", ("figure",))}
    [again] = told_apart({}, later, proposed("report", {**SAYS, "amount": "410"}, later, "Germany", ("figure",)))
    assert again.now == figure.after and again.after == "EUR 410 million committed, 2011 to 2013; by Germany"
    moved = told_apart(NONE, later, {})
    assert moved[0].moved and (moved[0].then, moved[0].now) == ("not clear", figure.after)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"delivered_absence": "not_reported"}, "not reported"),
        ({"delivered_low": "1", "delivered_high": "2", "delivered_unit": "USD million", "delivered_as_of": "2013"},
         "USD 1 to 2 million, as of 2013"),
        ({"delivered_low": "12500", "delivered_high": "12500", "delivered_unit": "health workers",
          "delivered_counts": "2013", "delivered_by": "Kenya"}, "12,500 health workers, 2013; by Kenya"),
        ({"delivered_low": "5", "delivered_high": "5", "delivered_unit": "USD million", "delivered_counts": "signed"},
         "USD 5 million, signed"),
    ],
)  # fmt: skip
def test_what_was_delivered_is_one_sentence(cells: dict[str, str], said: str) -> None:
    assert delivered({**dict.fromkeys(DELIVERED, ""), **cells}) == said


def test_steps_and_ties_are_told_as_words() -> None:
    cells = texts.write(POLICY)
    [step] = told_apart({}, cells, proposed("status", STATUS, cells, "", ("status",)))
    assert step.after.splitlines()[-1] == (
        "Reported on, 2012: First report. Report, 3 (https://example.org/p): official document"
    )
    [tie] = told_apart({}, CELLS, proposed("link", LINK, CELLS, "", ("link",)))
    assert tie.after.splitlines()[-1].startswith("overlaps with muskoka-2010 (CAD 1")
    assert all(name in BY_NAME or name == "delivered" for name in NAMES), "names are of columns that there are"


def test_both_sides_read_it_and_the_contributor_sees_the_evidence(peopled: Dash) -> None:
    client, judge = signed(peopled, "bonn", {"contributor": ["DEU"]}), signed(peopled, "assessor", {"moderator": []})
    form = Form(client, f"/my/contributions/new?commitment={GERMANY}&kind=report")
    address = form.send(then="preview", **SAYS, file=(BytesIO(PDF), "Bericht.pdf")).location
    preview = client.get(address).text
    assert "https://example.org/r" in preview and "Bericht.pdf" in preview
    assert Form(client, address).send().status_code == 303
    queue = judge.get(f"/moderate/{address.split('/')[3]}").text
    for page in (preview, queue):
        assert "EUR 400 million committed, 2011 to 2013; by Germany" in page
        assert not [name for name in (*DELIVERED, "delivery |") if name in page or name.replace("_", " ") in page]
    one = store.one(peopled.server.extensions["people"].registry, address.split("/")[3])
    assert one is not None and state_words(one) == ""
