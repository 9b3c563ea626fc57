"""An amount as rows: divided among sectors and recipients by their percentages, so that the parts add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from data_access.ingest.faults import Fault
from data_access.ingest.iati import codelists, publishers
from data_access.ingest.iati.amounts import Amount, Record, Warn
from data_access.ingest.iati.facts import Facts, attribute
from data_access.ingest.iati.shares import VOCABULARIES, Sector, Shares, recipients, sectors
from data_access.ingest.readers import Lookups
from data_access.ingest.rows import CENT, UNSTATED, Flow, split

SOURCE = "iati"
FINER = 6  # digits below the cent: amounts of US dollars keep eight decimals


def flows(facts: Facts, record: Record, found: Amount, number: int, lookups: Lookups, warn: Warn) -> list[Flow] | Fault:
    """The rows of a record, `number` in table record; or why it cannot be told whose they are."""
    donor = _donor(facts, record, lookups)
    if isinstance(donor, Fault):
        return donor
    places = _places(facts, record, lookups, warn)
    if isinstance(places, Fault):
        return places
    kind, flow = record.kind, _flow(facts, record, warn)
    weights = [weight for _, _, weight in places]
    rows = []
    parts = zip(places, divided(found.amount, weights), divided(found.usd, weights), strict=True)
    for ((sector, purpose), recipient, _), part, usd in parts:
        if part or usd:
            rows.append(
                Flow(
                    SOURCE, facts.activity.file, record.element.line, facts.identifier, kind.stage, kind.word,
                    found.day.year, donor, recipient, sector, purpose, flow, usd, found.currency, part, found.rate,
                    facts.gender, number,
                )
            )  # fmt: skip
    return rows


def divided(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Parts of an amount in whole cents, or, where it has fractions of a cent, in its own eight decimals."""
    if len(weights) == 1:
        return [amount]
    with localcontext(prec=120):
        if amount == amount.quantize(CENT):
            return split(amount, weights)
        return [part.scaleb(-FINER) for part in split(amount.scaleb(FINER), weights)]


def _donor(facts: Facts, record: Record, lookups: Lookups) -> str | Fault:
    """Who gives: the publisher; of what it receives (incoming commitments and pledges), who provides it."""
    provider = record.element.first("provider-org")
    element, name, ref = facts.activity.first("reporting-org"), "/reporting-org/@ref", facts.publisher
    donor = facts.donor
    if record.kind.incoming:
        element, name, ref = provider, f"{record.path}/provider-org/@ref", attribute(provider, "ref")
        donor = publishers.donor(ref, lookups)
    if donor is not None:
        return donor
    reason = "is not an organisation that is known as a donor"
    remedy = f"add it to {publishers.TABLE}, with its donor code"
    line = element.line if element else record.element.line
    return facts.fault("IATI-ORG-02", name, line, ref, reason, remedy)


def _places(facts: Facts, record: Record, lookups: Lookups, warn: Warn) -> list[tuple[Sector, str, Decimal]] | Fault:
    """Sectors and recipients with their weights; a transaction's own come before the activity's."""
    element = record.element
    own = [one for one in element.all("sector") if attribute(one, "vocabulary").upper() in VOCABULARIES]
    countries, regions = element.all("recipient-country"), element.all("recipient-region")
    by_sector = sectors(own, lookups) if own else facts.sectors
    by_recipient = recipients(countries, regions, lookups) if countries or regions else facts.recipients
    checked: tuple[tuple[Shares[Sector] | Shares[str], bool], ...] = (
        (by_sector, bool(own)), (by_recipient, bool(countries or regions)),
    )  # fmt: skip
    for shares, at_record in checked:
        place = record.path if at_record else ""
        if shares.wrong:
            return facts.odd(shares.wrong, place)
        for odd in shares.odd if at_record else ():
            warn(facts.odd(odd, place))
    return [(s, r, x * y) for s, x in by_sector.parts for r, y in by_recipient.parts]


def _flow(facts: Facts, record: Record, warn: Warn) -> str:
    element = record.element.first("flow-type")
    code = attribute(element, "code") or facts.flow
    if code in codelists.NO_FLOWS or not code:
        return UNSTATED
    if code not in codelists.FLOWS and element:
        reason = "is not in codelist FlowType (2.03): the type of flow is not stated"
        path = f"{record.path}/flow-type/@code"
        warn(facts.fault("IATI-CODE-02", path, element.line, code, reason, "use a code of that list"))
    return codelists.FLOWS.get(code, UNSTATED)
