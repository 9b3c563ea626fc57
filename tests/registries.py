"""Registries of tests: small ones made by code, in SQLite and in PostgreSQL."""

from __future__ import annotations

from decimal import Decimal

from dashboard.counting import Rule
from dashboard.pledges import Absence, Amount, Baseline, Delivery, Link, Pledge, Provenance, Status
from dashboard.records import Forum, Initiative, Maker, Record
from data_access.registry.writing import Edits, Noted

NOTED = Noted("A moderator", "For a test")
PAGE = Provenance("https://example.org/muskoka", "Communiqué of the summit", "4", "official")
FORA = (
    Forum("muskoka-2010", "G8 summit, Muskoka", "G8 summit", "Muskoka", "2010-06"),
    Forum("abuja-2001", "OAU Special Summit", "regional body", "Abuja", "2001-04-27"),
)
MAKERS = (
    Maker("CAN", "Canada", "government", "CAN"),
    Maker("G8", "Members of the Group of Eight", "collective", "G8"),
    Maker("RWA", "Rwanda", "government", "RWA"),
    Maker("JNJ", "Johnson & Johnson", "company"),
)
INITIATIVES = (Initiative("muskoka", "Muskoka Initiative"),)
RECORDS: tuple[Record, ...] = (*FORA, *MAKERS, *INITIATIVES)
MUSKOKA = {
    "forum": "G8 summit, Muskoka",
    "forum_id": "muskoka-2010",
    "forum_kind": "G8 summit",
    "initiative": "Muskoka Initiative",
    "initiative_id": "muskoka",
}
WHOLE = Pledge(
    "muskoka-2010", "The Group of Eight: USD 5 billion", "Members of the Group of Eight", "G8", "collective",
    made="2010-06-26", goals=("4", "5"), targets=("4.A", "5.A"), since="2010", until="2015", deadline="2015",
    amount=Amount(Decimal(5000), Decimal(5075), "USD million"), gap="range", sources=(PAGE,), maker_id="G8",
    links=(Link("contradiction", "total"),), confidence="high", **MUSKOKA,
)  # fmt: skip
PART = Pledge(
    "muskoka-2010-canada", "Canada: CAD 1.1 billion", "Canada", "CAN", parent="muskoka-2010", made="2010-06-26",
    place="Muskoka", goals=("4", "5"), amount=Amount(Decimal(1100), Decimal(1100), "CAD million", "current"),
    usd_at_time=Decimal(1_060_000_000), baseline=Baseline(Decimal("1750.5"), "2010", "", "level"), additional="yes",
    measures="Disbursements by the Muskoka method", gap="not_clear", maker_id="CAN", sexes=True, checked="Kept.",
    links=(Link("overlaps", "abuja-2001-rwanda", Decimal(41_400_000), "CAD"), Link("deadline_moved", "2012->2015")),
    delivered=Delivery(Amount(Decimal(800), Decimal(850), "CAD million"), "2011-09", "The Government", "announced"),
    sources=(PAGE, Provenance("https://example.org/2011", "Report", "", "press", "delivery")),
    rule=Rule("none", needs="A ledger of projects", absence="not_clear"), confidence="high", **MUSKOKA,
)  # fmt: skip
SHARE = Pledge(
    "abuja-2001-rwanda", "Rwanda: 15% of the budget to health", "Rwanda", "RWA", made="2001-04-27", goals=("4",),
    amount=Amount(Decimal(15), Decimal(15), "percent of budget"), forum="OAU Special Summit", forum_id="abuja-2001",
    forum_kind="regional body", delivered=Delivery(Absence.CONFIDENTIAL), gap="confidential", maker_id="RWA",
    sources=(Provenance("", "A press text", "", "press"),), confidence="low", unverified="The exact year.",
)  # fmt: skip
POLICY = Pledge(
    "jnj-2010-training", "Johnson & Johnson: train midwives", "Johnson & Johnson", "", "company", "policy", made="2010",
    gap="no_target", maker_id="JNJ", sources=(Provenance("", "From memory", "", "memory"),), confidence="low",
    statuses=(Status("announced", "2010-09", PAGE, "At the launch"), Status("in_force", "2011")),
    remarks="First line.\nSecond line; with “quotes”, a comma, and = signs.",
)  # fmt: skip
PLEDGES = (WHOLE, PART, SHARE, POLICY)
ALL = Edits(PLEDGES, RECORDS)
