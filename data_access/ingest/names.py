"""Names of codes, in English and French: donors, recipients, purposes, sectors, flows, goals, markers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dashboard.codes import GOALS
from data_access.ingest.one_series import WORLD
from data_access.ingest.places import REGIONAL, Places
from data_access.ingest.published import published
from data_access.ingest.rows import UNSTATED

FOLDER = "codes/dac/"
DONOR_FILES = {
    "dac_members.csv": "country",
    "non_dac_donors.csv": "country",
    "multilateral_donors.csv": "multilateral",
    "private_donors.csv": "private",
}
MORE_DONORS = {  # donors of the sources that those lists lack
    "44000": ("World Bank Group", "Groupe de la Banque mondiale"),
    "912": ("IDB Special Fund", "Fonds spécial de la BID"),
    "916": ("AsDB Special Funds", "Fonds spéciaux de la BAsD"),
}
LUMPED = {  # who gives and stands on no list of the DAC: the raw record says the name
    "other-states": ("Other governments", "Autres gouvernements"),
    "other-multilateral": ("Other multilateral organizations", "Autres organisations multilatérales"),
    "other-private": ("Other private donors and civil society", "Autres donateurs privés et société civile"),
    "unstated": ("Donor not stated", "Donateur non indiqué"),
}
SHORT = {  # names of DAC lists as the United Nations writes them
    "BOL": ("Bolivia (Plurinational State of)", "Bolivie (État plurinational de)"), "CHN": ("China", "Chine"),
    "FSM": ("Micronesia (Federated States of)", "Micronésie (États fédérés de)"),
    "IRN": ("Iran (Islamic Republic of)", "Iran (République islamique d')"),
    "MDA": ("Republic of Moldova", "République de Moldova"), "CIV": ("Côte d'Ivoire", "Côte d'Ivoire"),
    "TZA": ("United Republic of Tanzania", "République-Unie de Tanzanie"),
    "VEN": ("Venezuela (Bolivarian Republic of)", "Venezuela (République bolivarienne du)"),
    "KOR": ("Republic of Korea", "République de Corée"), "SVK": ("Slovakia", "Slovaquie"),
    "RUS": ("Russian Federation", "Fédération de Russie"), "USA": ("United States", "États-Unis"),
    "GBR": ("United Kingdom", "Royaume-Uni"), "TWN": ("Taiwan Province of China", "Province chinoise de Taïwan"),
    "PSE": ("State of Palestine", "État de Palestine"),
    "XKX": ("Kosovo (under Security Council resolution 1244)", "Kosovo (au sens de la résolution 1244)"),
    "ARE": ("United Arab Emirates", "Émirats arabes unis"), "ECU": ("Ecuador", "Équateur"),
    "EGY": ("Egypt", "Égypte"), "ERI": ("Eritrea", "Érythrée"), "ETH": ("Ethiopia", "Éthiopie"),
    "IRQ": ("Iraq", "Iraq"), "KWT": ("Kuwait", "Koweït"), "MHL": ("Marshall Islands", "Îles Marshall"),
    "TLS": ("Timor-Leste", "Timor-Leste"),
    "1311": ("Gavi, the Vaccine Alliance", "Gavi, l'Alliance du Vaccin"),
    "1023": ("World Tourism Organization", "Organisation mondiale du tourisme"),
    "1404": ("World Trade Organization", "Organisation mondiale du commerce"),
    "928": ("World Health Organization", "Organisation mondiale de la Santé"),
    "932": ("Food and Agriculture Organization", "Organisation pour l'alimentation et l'agriculture"),
    "940": ("International Labour Organization", "Organisation internationale du Travail"),
    "992": ("United Nations agencies", "Organismes des Nations Unies"),
    "HKG": ("Hong Kong, China", "Hong Kong, Chine"), "ANT": ("Netherlands Antilles", "Antilles néerlandaises"),
    "ABW": ("Aruba", "Aruba"), "AIA": ("Anguilla", "Anguilla"), "ATG": ("Antigua and Barbuda", "Antigua-et-Barbuda"),
    "BRB": ("Barbados", "Barbade"), "BRN": ("Brunei Darussalam", "Brunéi Darussalam"), "BHR": ("Bahrain", "Bahreïn"),
    "CHL": ("Chile", "Chili"), "COK": ("Cook Islands", "Îles Cook"), "GIB": ("Gibraltar", "Gibraltar"),
    "KNA": ("Saint Kitts and Nevis", "Saint-Kitts-et-Nevis"), "MNP": ("Northern Mariana Islands",
    "Îles Mariannes du Nord"),
    "MYT": ("Mayotte", "Mayotte"), "NCL": ("New Caledonia", "Nouvelle-Calédonie"), "OMN": ("Oman", "Oman"),
    "PYF": ("French Polynesia", "Polynésie française"), "SGP": ("Singapore", "Singapour"),
    "SYC": ("Seychelles", "Seychelles"), "TCA": ("Turks and Caicos Islands", "Îles Turques-et-Caïques"),
    "TTO": ("Trinidad and Tobago", "Trinité-et-Tobago"), "URY": ("Uruguay", "Uruguay"),
    "VGB": ("British Virgin Islands", "Îles Vierges britanniques"), "PCN": ("Pitcairn", "Pitcairn"),
    "AND": ("Andorra", "Andorre"), "ASM": ("American Samoa", "Samoa américaines"), "BHS": ("Bahamas", "Bahamas"),
    "BMU": ("Bermuda", "Bermudes"), "CUW": ("Curaçao", "Curaçao"), "CYM": ("Cayman Islands", "Îles Caïmanes"),
    "FLK": ("Falkland Islands (Malvinas)", "Îles Falkland (Malvinas)"), "FRO": ("Faroe Islands", "Îles Féroé"),
    "GLP": ("Guadeloupe", "Guadeloupe"), "GRL": ("Greenland", "Groenland"), "GUF": ("French Guiana",
    "Guyane française"),
    "GUM": ("Guam", "Guam"), "MAC": ("Macao, China", "Macao, Chine"), "MAF": ("Saint Martin", "Saint-Martin"),
    "MCO": ("Monaco", "Monaco"), "MTQ": ("Martinique", "Martinique"), "PRI": ("Puerto Rico", "Porto Rico"),
    "REU": ("Réunion", "Réunion"), "SMR": ("San Marino", "Saint-Marin"), "SXM": ("Sint Maarten",
    "Saint-Martin (partie néerlandaise)"),
    "SHN": ("Saint Helena", "Sainte-Hélène"),
}  # fmt: skip
OLDER_REGIONS = {"380": ("West Indies, regional", "Antilles, régional")}
WITHDRAWN = {  # purposes no longer in the DAC's list; English names from IATI's list, where they stand as withdrawn
    "15100": ("Government and civil society, purpose not given", "Gouvernement et société civile, objet non indiqué"),
    "15120": ("Public sector financial management", "Gestion financière du secteur public"),
    "15140": ("Government administration", "Administration gouvernementale"),
    "23010": ("Energy policy and administrative management", "Politique de l'énergie et gestion administrative"),
    "23020": ("Power generation/non-renewable sources", "Production d'énergie (sources non renouvelables)"),
    "23030": ("Power generation/renewable sources", "Production d'énergie (sources renouvelables)"),
    "23040": ("Electrical transmission/distribution", "Transmission et distribution d'électricité"),
    "23050": ("Gas distribution", "Distribution de gaz"), "23061": ("Oil-fired power plants", "Centrales au fuel"),
    "23062": ("Gas-fired power plants", "Centrales au gaz"), "23063": ("Coal-fired power plants",
    "Centrales au charbon"),
    "23064": ("Nuclear power plants", "Centrales nucléaires"),
    "23065": ("Hydro-electric power plants", "Centrales et barrages hydroélectriques"),
    "23066": ("Geothermal energy", "Énergie géothermique"), "23067": ("Solar energy", "Énergie solaire"),
    "23068": ("Wind power", "Énergie éolienne"), "23069": ("Ocean power", "Énergie marémotrice"),
    "23070": ("Biomass", "Biomasse"), "23081": ("Energy education/training", "Éducation et formation, énergie"),
    "23082": ("Energy research", "Recherche, énergie"),
    "41050": ("Flood prevention/control", "Prévention et lutte contre les inondations"),
    "74010": ("Disaster prevention and preparedness", "Prévention des catastrophes et préparation à leur survenue"),
}  # fmt: skip
MORE_SECTORS = {
    "100": ("Social infrastructure and services", "Infrastructure et services sociaux"),
    "200": ("Economic infrastructure and services", "Infrastructure et services économiques"),
    "300": ("Production sectors", "Secteurs de production"),
    "400": ("Multi-sector, cross-cutting", "Multisecteur, transversal"),
}
GOALS_FR = {
    "1": "Pauvreté et faim", "2": "Éducation primaire", "3": "Égalité des sexes", "4": "Mortalité infantile",
    "5": "Santé maternelle", "6": "VIH, paludisme, autres maladies", "7": "Environnement, eau",
    "8": "Partenariat mondial", "unallocated": "Non affecté à un Objectif",
}  # fmt: skip
FLOWS = {
    "10": ("Official development assistance", "Aide publique au développement"),
    "20": ("Other official flows", "Autres apports du secteur public"),
    "30": ("Private development finance", "Financement privé du développement"),
    UNSTATED: ("Flow type not stated", "Type d'apport non indiqué"),
}
GENDERS = {
    "2": ("Gender equality: principal objective", "Égalité des sexes : objectif principal"),
    "1": ("Gender equality: significant objective", "Égalité des sexes : objectif significatif"),
    "0": ("Screened, not targeted", "Examiné, non visé"),
    "unscreened": ("Not screened", "Non examiné"),
}
NOT_STATED = ("Not stated by the publisher", "Non indiqué par le publiant")


class Named(NamedTuple):
    """A row of table `member`."""

    dimension: str
    code: str
    name: str
    name_fr: str
    kind: str
    map_code: str = ""
    dac_code: str = ""


def read(shared: Path, places: Places) -> list[Named]:
    """Every member of every dimension, ordered by dimension and code."""
    found = {(row.dimension, row.code): row for row in [*_donors(shared, places), *_recipients(shared, places)]}
    found |= {(row.dimension, row.code): row for row in [*_subjects(shared), *_channels(shared)]}
    for dimension, names in (("flow", FLOWS), ("gender", GENDERS)):
        found |= {(dimension, code): Named(dimension, code, *both, dimension) for code, both in names.items()}
    found |= {("goal", code): Named("goal", code, name, GOALS_FR[code], "goal") for code, name in GOALS.items()}
    return [found[key] for key in sorted(found)]


def _donors(shared: Path, places: Places) -> Iterator[Named]:
    for file, kind in DONOR_FILES.items():
        for _, row in published(shared, FOLDER + file).rows(("code", "name_en", "name_fr")):
            code = places.by_dac.get(row["code"], row["code"])
            kept = kind if code.isalpha() or kind != "country" else "multilateral"  # EU Institutions: a DAC member
            name, name_fr = SHORT.get(code, (row["name_en"], row["name_fr"]))
            yield Named("donor", code, name, name_fr, kept, code if code.isalpha() else "", row["code"])
    for code, both in MORE_DONORS.items():
        yield Named("donor", code, *both, "multilateral", "", "" if code == "44000" else code)
    for code, both in LUMPED.items():
        yield Named("donor", code, *both, "other")


def _recipients(shared: Path, places: Places) -> Iterator[Named]:
    listed = {row["code"]: row for _, row in published(shared, FOLDER + "recipients.csv").rows(("code", "name_en"))}
    english = {row["code"]: (row["name_en"], row["name_fr"]) for row in listed.values()} | OLDER_REGIONS
    for code in sorted({*REGIONAL.values(), *(c for c in listed if c not in places.by_dac)}):
        yield Named("recipient", code, *english[code], "regional", "", code)
    for code, place in places.rows.items():
        dac = places.dac.get(code, "")
        both = SHORT.get(code) or english.get(dac) or _donor_name(shared, dac) or (place["name_short"], "")
        yield Named("recipient", code, *both, "country", code, dac)
    yield Named("recipient", "ANT", *SHORT["ANT"], "country", "", "361")
    yield Named("recipient", WORLD, "World", "Monde", "aggregate")  # of indicators; no flow is of all countries


def _donor_name(shared: Path, dac: str) -> tuple[str, str] | None:
    """Countries that were recipients once and are donors now."""
    for file in ("dac_members.csv", "non_dac_donors.csv"):
        for _, row in published(shared, FOLDER + file).rows(("code", "name_en", "name_fr")):
            if row["code"] == dac:
                return row["name_en"], row["name_fr"]
    return None


def _channels(shared: Path) -> Iterator[Named]:
    """Who carries out an activity; no embedded source tells it apart, other releases do."""
    for _, row in published(shared, FOLDER + "channel_codes.csv").rows(("code", "name_en", "name_fr")):
        yield Named("channel", row["code"], row["name_en"], row["name_fr"], "channel")


def _subjects(shared: Path) -> Iterator[Named]:
    purposes: dict[str, tuple[str, str]] = dict(WITHDRAWN)
    for _, row in published(shared, FOLDER + "sectors.csv").rows(("code", "voluntary_code", "name_en", "name_fr")):
        purposes[row["voluntary_code"] or row["code"]] = row["name_en"], row["name_fr"]
    sectors: dict[str, tuple[str, str]] = dict(MORE_SECTORS)
    for _, row in published(shared, FOLDER + "sector_categories.csv").rows(("code", "name_en", "name_fr")):
        sectors[row["code"]] = row["name_en"], row["name_fr"]
    tables: Mapping[str, dict[str, tuple[str, str]]] = {"purpose": purposes, "sector": sectors}
    for dimension, names in tables.items():
        for code, both in {**names, UNSTATED: NOT_STATED}.items():
            yield Named(dimension, code, *both, dimension)
