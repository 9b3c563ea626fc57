"""What a made-up release is drawn from: codes of the embedded edition, and invented words for its texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks.layout import listed

MEMBERS = Path(__file__).parent.parent / "data_access" / "reference" / "member.parquet"
FIRST_DONORS = listed("""
    302 701 12 5 4 918 905 7 10 301 8 801 50 11 6 3 2 18 1 1312 742 963 21 914 20 959 22 916 61 40 9 68 76 1311 909
    928 913 915 988 966 967 971 974 811 921 820 1601
""")
FIRST_RECIPIENTS = listed("""
    IND AFG IDN CHN VNM BGD PAK KEN ETH TZA EGY COD MOZ UGA NGA GHA IRQ PSE NPL HTI PHL BRA ZMB RWA MLI SEN BFA MWI
    ZAF COL MAR JOR PER BOL LKA NIC HND KHM SDN SSD MDG NER TUR GTM CMR CIV BEN
""")
DONORS, RECIPIENTS, PURPOSES, CHANNELS = 75, 180, 240, 150
TITLES, STORIES = 20_000, 20_000
LONGEST = 6_000  # characters of a description


def phrases(said: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in said.split(";"))


KINDS = phrases("""
    Support to; Strengthening of; Rehabilitation of; Technical assistance for; Training for; Feasibility study on;
    Construction of; Capacity building in; Contribution to; Appui à; Renforcement de; Formation en;
    Fortalecimiento de; Apoyo a; Programme of; Second phase of; Evaluation of
""")
MATTERS = phrases("""
    rural water supply; primary schools; district hospitals; vaccination; smallholder farming; land registers;
    the statistics office; teacher training colleges; l'éducation de base; la santé maternelle;
    agua potable y saneamiento; la gestión de los bosques; municipal finance; feeder roads; HIV and AIDS prevention;
    malaria nets; mothers' clinics; microcredit; the electoral commission; irrigation schemes; food reserves;
    girls' secondary schooling; coastal fisheries; power lines; the audit office; seed banks; community radio;
    refugee camps; civil registries; wind energy
""")
WHERE = phrases("""
    in the northern provinces; in five districts; dans la région de Ségou; en el altiplano; in peri-urban areas;
    at national level; along the river; in the capital; on the islands; with local NGOs; through the ministry;
    "phase II"; with line ministries | city councils; for women's groups; in post-conflict areas
""")
WORDS = listed("""
    the project aims to improve access of poor households to services and to raise the share of girls who finish
    school while local authorities learn to plan budget and account for what they spend activities include training
    of staff supply of equipment small works studies and exchange between partners results are measured each year
    against a baseline and reported to the steering committee le projet vise à améliorer la qualité des soins de
    santé et à réduire la pauvreté el programa apoya a las comunidades rurales y promueve la participación de las
    mujeres beneficiaries farmers nurses villages cooperatives clinics wells roads markets
""")


@dataclass(frozen=True)
class Members:
    """One dimension's codes as the DAC writes them, names, and how often each is drawn (cumulated to 1)."""

    codes: list[str]
    names: list[str]
    cumulated: Any

    def draw(self, chance: Any) -> Any:
        """Places of as many members as `chance` holds numbers between 0 and 1."""
        return np.searchsorted(self.cumulated, chance).clip(0, len(self.codes) - 1).astype("int32")


def skewed(size: int, power: float) -> Any:
    """Zipf: the n-th member is drawn as often as 1 over n to a power, cumulated."""
    weights = 1 / np.arange(1, size + 1) ** power
    return (weights / weights.sum()).cumsum()


def _members(rows: list[tuple[str, str]], most: int, power: float) -> Members:
    kept = rows[:most]
    return Members([row[0] for row in kept], [row[1] for row in kept], skewed(len(kept), power))


def _rows(dimension: str, code: str, first: tuple[str, ...], key: str, seed: int) -> list[tuple[str, str]]:
    """Code and name of the members of a dimension: those named first, then the others in an order drawn by `seed`."""
    real = f"dimension = ? AND regexp_matches({code}, '^[0-9]+$')"
    wanted = f"SELECT {code}, name, {key} FROM read_parquet(?) WHERE {real} ORDER BY {code}"
    rows = duckdb.connect().execute(wanted, [str(MEMBERS), dimension]).fetchall()
    order = np.random.default_rng(seed).permutation(len(rows))
    drawn = {row[2]: (row[0], row[1]) for row in (rows[place] for place in order)}
    return [drawn.pop(name) for name in first if name in drawn] + list(drawn.values())


@dataclass(frozen=True)
class Pools:
    """Everything that the rows of a release are drawn from; the same seed, the same pools."""

    donors: Members
    recipients: Members
    purposes: Members
    channels: Members
    titles: list[str]
    stories: list[str]


def pools(seed: int) -> Pools:
    """Codes are real, so that a loader knows them; every text says that it is made up."""
    recipients = _rows("recipient", "dac_code", FIRST_RECIPIENTS, "code", seed)
    regional = [row for row in recipients if "regional" in row[1] or row[0] == "998"]
    countries = [row for row in recipients if row not in regional][: RECIPIENTS - len(regional)]
    places = countries[:20] + regional[:6] + countries[20:60] + regional[6:] + countries[60:]
    return Pools(
        _members(_rows("donor", "dac_code", FIRST_DONORS, "dac_code", seed), DONORS, 1.0),
        _members(places, RECIPIENTS, 0.8),
        _members(_rows("purpose", "code", (), "code", seed), PURPOSES, 0.7),
        _members(_rows("channel", "code", ("12001", "11001", "51000"), "code", seed), CHANNELS, 1.1),
        _titles(seed),
        _stories(seed),
    )


def _titles(seed: int) -> list[str]:
    chance = np.random.default_rng(seed + 1)
    drawn = [chance.choice(texts, TITLES) for texts in (KINDS, MATTERS, WHERE)]
    return [f"Synthetic: {' '.join(said)}" for said in zip(*drawn, strict=True)]


def _stories(seed: int) -> list[str]:
    """Descriptions of about 150 characters in the middle and several thousand at the end of a long tail."""
    chance = np.random.default_rng(seed + 2)
    lengths = np.exp(chance.normal(5.1, 0.95, STORIES)).clip(15, LONGEST).astype(int)
    running = " ".join(chance.choice(WORDS, 400_000))
    starts = chance.integers(0, len(running) - LONGEST, STORIES)
    found = ["Synthetic. " + running[a : a + n].strip() for a, n in zip(starts, lengths, strict=True)]
    for place in range(0, STORIES, 40):
        found[place] += ' (known as "Nuru" | "Lumière")'
    return found
