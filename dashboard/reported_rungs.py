"""Which rung a reported figure is of, by what it counts: so that it stands on the ladder beside what is measured there,
with its own mark, and is never added to it or set against it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.amount_words import amount
from dashboard.amounts import Amount
from dashboard.pledges import Delivery
from dashboard.report_periods import told
from dashboard.words import dated

WORDS = {
    "committed": ("committed", "signed", "obligated"),
    "budgeted": ("budgeted",),
    "disbursed": ("disbursed", "paid", "spent"),
}
STAGE = {word: stage for stage, words in WORDS.items() for word in words}
BESIDE = re.compile(rf"\((?P<figure>[0-9][0-9.,]* (?:million|billion)) (?P<word>{'|'.join(STAGE)})\)")
UNSAID = "delivered (rung not said)"  # it is not said whether committed or paid


def by_rung(held: Delivery) -> Mapping[str, str]:
    """`disbursed` -> `USD 1.10 bn disbursed, as of December 2012; by the Government of the United States`: of a figure
    of money the rung that it names, and a second one named in brackets behind it. What names none was reported as
    delivered. Empty where nothing, or no money, was reported."""
    if not isinstance(held.amount, Amount) or not held.amount.currency or not amount(held.amount):
        return {}
    report = told(held.counts)
    first = report[0] if report else held.counts.split(" ")[0].rstrip(",")
    beside = BESIDE.search(held.counts)
    own = BESIDE.sub("", held.counts).strip()
    when = [f"as of {dated(held.as_of)}"] if held.as_of else []
    by = f"; by {held.by}" if held.by else ""
    counts = own or UNSAID
    words = counts if first in STAGE or not own else f"{UNSAID}: {own}"
    found = {STAGE.get(first, "disbursed"): f"{', '.join([f'{amount(held.amount)} {words}', *when])}{by}"}
    if beside:
        said = f"{held.amount.currency} {beside['figure']} {beside['word']}"
        found.setdefault(STAGE[beside["word"]], f"{', '.join([said, *when])}{by}")
    return found
