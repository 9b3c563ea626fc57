"""Who gives and who receives, as FTS names them, in our codes.

Nobody is dropped for want of a code: a donor on no list of the DAC is one of four lumped members by what FTS says it is
(other governments, other multilateral organizations, other private donors and civil society, not stated), and money for
several countries, or for none that is known, is of developing countries unspecified. The raw record keeps the names.
"""

from __future__ import annotations

from collections.abc import Mapping

from data_access.ingest.readers import Lookups
from data_access.ingest.rows import UNSTATED

GOVERNMENT = ", Government of"
STATES, MULTILATERAL, PRIVATE = "other-states", "other-multilateral", "other-private"
UNITED_NATIONS = "992"
NO_ONE_COUNTRY = "998"
LUMPED = (STATES, MULTILATERAL, PRIVATE, UNSTATED, UNITED_NATIONS)
KINDS = (  # words of an organization's type -> member; the first that is in it counts
    ("government", STATES), ("un agency", UNITED_NATIONS), ("multilateral", MULTILATERAL),
    ("inter-governmental", MULTILATERAL), ("pooled", MULTILATERAL), ("private", PRIVATE), ("ngo", PRIVATE),
    ("red cross", PRIVATE), ("other", PRIVATE),
)  # fmt: skip
STATES_SPELLED = {  # as FTS spells governments, where our list of donors does not
    "Czech Republic": "CZE", "Korea, Republic of": "KOR", "Saudi Arabia (Kingdom of)": "SAU", "Turkey": "TUR",
    "United States of America": "USA", "Slovak Republic": "SVK",
}  # fmt: skip
ORGANIZATIONS = {
    "European Commission": "918",
    "European Commission's Humanitarian Aid and Civil Protection Department": "918",
    "Food and Agriculture Organization of the United Nations": "932",
    "Pan-American Health Organization (World Health Organization)": "928",
    "United Nations Children's Fund": "963", "United Nations Development Programme": "959",
    "United Nations Environment Programme": "807", "United Nations High Commissioner for Refugees": "967",
    "United Nations Joint Programme on HIV/AIDS": "971", "Joint United Nations Programme on HIV/AIDS": "971",
    "United Nations Population Fund": "974", "World Bank": "44000", "World Food Programme": "966",
    "United Nations Relief and Works Agency for Palestine Refugees in the Near East": "964",
    "International Fund for Agricultural Development": "988", "Islamic Development Bank": "976",
    "Bill and Melinda Gates Foundation": "1601", "Bill & Melinda Gates Foundation": "1601",
    "Spanish Agency for International Development Cooperation (AECID)": "ESP",
    "Italian Agency for Development Cooperation": "ITA",
    "Deutsche Gesellschaft für Internationale Zusammenarbeit": "DEU",
}  # fmt: skip
PLACES = {  # as FTS spells them, where our list of recipients does not
    "Bolivia, Plurinational State of": "BOL", "Congo, The Democratic Republic of the": "COD", "Congo": "COG",
    "Iran, Islamic Republic of": "IRN", "Korea, Democratic People's Republic of": "PRK", "Moldova, Republic of": "MDA",
    "Micronesia, Federated States of": "FSM", "North Macedonia, Republic of": "MKD",
    "occupied Palestinian territory": "PSE", "Serbia and Montenegro (until 2006-2009)": "88",
    "Tanzania, United Republic of": "TZA", "Venezuela, Bolivarian Republic of": "VEN", "Turkey": "TUR",
    "Swaziland": "SWZ", "Cape Verde": "CPV", "Czech Republic": "CZE", "Türkiye": "TUR",
}  # fmt: skip


def donor(names: tuple[str, ...], types: tuple[str, ...], lookups: Lookups) -> str:
    """The one who gives; where several give one flow, what they have in common, or not stated."""
    found = {_donor(name, types, lookups) for name in names}
    if len(found) == 1:
        return found.pop()
    return _lumped(types) if found and len(set(types)) == 1 else UNSTATED


def recipient(names: tuple[str, ...], lookups: Lookups) -> tuple[str, str]:
    """The country or region, and the name of it that is not known; empty where all are."""
    codes = {name: _recipient(name, lookups) for name in names}
    unknown = next((name for name, code in codes.items() if not code), "")
    only = set(codes.values())
    return (only.pop() or NO_ONE_COUNTRY if len(only) == 1 else NO_ONE_COUNTRY), unknown


def _donor(name: str, types: tuple[str, ...], lookups: Lookups) -> str:
    known, states = lookups.names.get("donor", {}), name.endswith(GOVERNMENT)
    plain = name.removesuffix(GOVERNMENT)
    table: Mapping[str, str] = STATES_SPELLED if states else ORGANIZATIONS
    code = table.get(plain) or known.get(plain, "")
    if code:
        return code
    return STATES if states else _lumped(types)


def _lumped(types: tuple[str, ...]) -> str:
    words = " ".join(types).lower()
    return next((code for word, code in KINDS if word in words), UNSTATED)


def _recipient(name: str, lookups: Lookups) -> str:
    code = PLACES.get(name) or lookups.names.get("recipient", {}).get(name) or name
    return code if code in lookups.known.get("recipient", frozenset()) else ""
