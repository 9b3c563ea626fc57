"""What a reported figure counts, in words: what was committed or signed is never said to be delivered."""

from __future__ import annotations

from dashboard.pledges import Delivery
from dashboard.report_periods import told
from dashboard.words import dated

UNDELIVERED = ("pledged", "signed", "committed", "obligated", "budgeted")


def counts(held: Delivery) -> str:
    """Behind the figure: ` committed, for 2011 to 2013` of a report, else ` delivered as of 2013`."""
    report = told(held.counts)
    if report is not None:
        rung, period = report
        return f"{f' {rung}' if rung else ''}, for {' to '.join(map(dated, period.split(' to ')))}"
    first = held.counts.split(" ")[0].rstrip(",")
    when = f" as of {dated(held.as_of)}" if held.as_of else ""
    return f" {first if first in UNDELIVERED else 'delivered'}{when}"
