"""Train what the letters of a word say of titles and employers: `python -m benchmarks.train_titles` (a minute).

Titles are the occupations of our vocabulary in all its languages. Employers are made: names, places and invented words
with the nouns that businesses, authorities and schools have in their names. A logistic regression over character
n-grams, hashed into buckets, one signed byte each: `shared/vocabulary/data/title_letters.bin`. The seed is fixed, so
the same vocabularies make the same file.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, Final

import numpy as np

from shared.reading.cv.letters import BUCKETS, FILE, SCALE, buckets_of
from shared.vocabulary.tables import read_rows

OCCUPATIONS: Final = FILE.parent / "occupations"
NAMES: Final = Path(__file__).with_name("data") / "identity_names.json"
LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
EMPLOYERS: Final = 120_000
ROUNDS: Final = 4
RATE: Final = 0.5
DECAY: Final = 1e-6
SEED: Final = "titles"

# What organisations are called, by language: shops, works, schools, offices.
NOUNS: Final = """
Bakery Hotel Restaurant Café Hospital Clinic Surgery School College University Academy Council Borough Ministry Museum
Library Church Theatre Bank Insurance Transport Logistics Freight Construction Homes Foods Farm Mill Works Textiles
Brewery Press Publishing Studio Agency Airlines Airport Railway Ferries Pharmacy Garage Motors Supermarket Stores Market
Foundation Association Trust Institute Laboratories Systems Software Partners Group Holdings Services Solutions Energy
Electric Water Metals Steel Chemicals Plastics Paper Timber Furniture Jewellers Florists Dental Care Home Prison Police
Army Navy Court Office Records County City Town Parish Club Gym Golf Cinema Gallery Games Media Digital Networks
Bäckerei Hotel Gasthof Krankenhaus Klinik Praxis Schule Gymnasium Hochschule Universität Akademie Stadtwerke Stadt
Landkreis Ministerium Museum Bibliothek Kirche Theater Sparkasse Versicherung Spedition Verkehrsbetriebe Bau Handel
Maschinenbau Werke Werk Fabrik Brauerei Verlag Agentur Apotheke Autohaus Markt Stiftung Verein Verband Institut Gruppe
Pflegeheim Kanzlei Amt Energie Metallbau Möbel Druckerei Gärtnerei Reisen Haus Hof
Boulangerie Hôtel Restaurant Hôpital Clinique Cabinet École Lycée Université Mairie Ministère Musée Bibliothèque Théâtre
Banque Assurances Transports Construction Bâtiment Usine Ateliers Éditions Agence Pharmacie Garage Marché Magasins
Fondation Association Institut Groupe Résidence Maison Société Établissements Laboratoires Énergie Imprimerie
Panadería Hotel Restaurante Hospital Clínica Colegio Instituto Universidad Ayuntamiento Ministerio Museo Biblioteca
Teatro Banco Seguros Transportes Construcciones Fábrica Talleres Editorial Agencia Farmacia Supermercados Fundación
Asociación Grupo Residencia Servicios Suministros Bodegas Ferretería Energía
Panificio Albergo Ristorante Ospedale Clinica Scuola Liceo Università Comune Ministero Museo Biblioteca Teatro Banca
Assicurazioni Trasporti Costruzioni Fabbrica Officine Editrice Agenzia Farmacia Supermercati Fondazione Associazione
Gruppo Casa Cantine Studio Servizi Energia Bar
Padaria Hotel Restaurante Hospital Clínica Escola Universidade Câmara Ministério Museu Biblioteca Teatro Banco Seguros
Transportes Construções Fábrica Oficinas Editora Agência Farmácia Supermercados Fundação Associação Grupo Lar Obras
Adega Serviços Energia
Bakkerij Ziekenhuis Kliniek Praktijk School Universiteit Gemeente Ministerie Museum Bibliotheek Bank Verzekeringen
Transport Bouw Fabriek Drukkerij Uitgeverij Apotheek Garage Supermarkt Stichting Vereniging Groep Groen Post Kwekerij
Piekarnia Szpital Przychodnia Szkoła Uniwersytet Urząd Ministerstwo Muzeum Biblioteka Bank Ubezpieczenia Spedycja
Budownictwo Zakłady Fabryka Drukarnia Wydawnictwo Apteka Warsztat Sklep Delikatesy Fundacja Stowarzyszenie Grupa
Bageri Hotell Sjukhus Vårdcentral Vårdhem Förskola Skola Universitet Kommun Museum Bibliotek Bank Försäkring Åkeri Bygg
Verkstad Tryckeri Förlag Apotek Handel Stiftelse Förening Gruppen
"""
# What businesses deal in, or call themselves after.
TRADES: Final = """
Analytics Health Robotics Retail Wellness Pharma Yachts Boats Cycles Fashion Beauty Travel Tours Events Security Telecom
Mobile Data Cloud Cyber Solar Wind Marine Aviation Aerospace Defence Agri Bio Nano Credit Union Re Capital Ventures
Invest Finance Pay Trading Imports Exports Wholesale Express Post Parcel Storage Catering Kitchen Pizza Coffee
Tea Wine Bread Meat Fish Fruit Flowers Garden Green Trees Pets Animal Kids Toys Books Music Film Radio Design Print Sign
Paint Glass Stone Brick Roof Floor Plumbing Heating Cooling Cleaning Waste Recycling Tools Machines Pumps Valves Cables
Lighting Optics Sensors Instruments Labs Research Learning Training Consulting Advisory Legal Tax Audit Recruitment
"""
# Words that company names are put together from.
PARTS: Final = """
amber arch ash bay beach bear bell birch black blue bold bond bridge bright brook castle cedar clear cliff cloud coal
copper coral crane crest cross crown dale deep delta drum dune eagle east elm ember falcon fern field fire flint forge
fox frost gate glen gold grand grey grove hall harbour haven hawk hazel heath high hill hollow holt iron ivory jade keel
king lake lark leaf light lime lion long lunar lynx maple mark marsh meadow mere mill mint moon moor moss north oak
ocean old orchid osprey otter owl park peak pearl pine point pool port prime quarry quick quill raven red reed ridge
river rock rose royal ruby rush sable sage sail salt sand sea shell shore silver sky slate snow south spark spring stag
star steel stone storm strand sun swan swift thorn tide tiger timber tor tower true vale vane view vine vista wave well
west white wild willow wind wing wolf wood wren yard yew
"""
ARTICLES: Final = "The,De,Het,La,Le,Les,Aux,Au,El,Los,Il,Zum,Zur,Am,Im,Die,Der,O,A,Den,Det".split(",")
FORMS: Final = (
    "Ltd,plc,LLP,Inc.,Corp.,LLC,GmbH,AG,KG,SE,SARL,SAS,S.A.,S.L.,S.r.l.,S.p.A.,Lda,B.V.,N.V.,Sp. z o.o.,AB,AS,Oy"
).split(",")
SYLLABLES: Final = (
    "ve ri da no qua lum tor bri mar ol len gar pin hal cor ta vex zen or lo mi cu pa ster ny sol ka ber goo"
).split()


def main() -> None:
    """Train and write the file; print how many of the held-out tenth are told apart."""
    rng = random.Random(SEED)
    titles, employers = read_titles(), [make_employer(rng) for _ in range(EMPLOYERS)]
    employers = list(dict.fromkeys(employers))
    samples = [(buckets_of(text), 1.0, len(employers) / len(titles)) for text in titles]
    samples += [(buckets_of(text), 0.0, 1.0) for text in employers]
    rng.shuffle(samples)
    held_out, samples = samples[: len(samples) // 10], samples[len(samples) // 10 :]
    weights = train(samples)
    FILE.write_bytes(np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8).tobytes())
    right = sum((score(weights, buckets) > 0) == (label > 0) for buckets, label, _ in held_out)
    print(
        f"{len(titles):,} titles, {len(employers):,} employers; {right / len(held_out):.3f} of the held-out are right"
    )


def read_titles() -> list[str]:
    """Return the occupations of all languages, once each."""
    titles: list[str] = []
    for file in sorted(OCCUPATIONS.glob("[0-9].tsv")):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        columns = header.split("\t")
        for row in rows:
            cells = dict(zip(columns, row.split("\t"), strict=False))
            for language in LANGUAGES:
                titles += [title for title in cells.get(language, "").split("|") if title]
    return list(dict.fromkeys(titles))


def make_employer(rng: random.Random) -> str:
    """Return an invented employer."""
    noun = rng.choice(rng.choice((NOUNS, TRADES)).split())
    name = rng.choice((_surname, _place, _invented, _compound, _compound, _two_words, _with_article))(rng)
    shape = rng.random()
    if shape < 0.3:
        return f"{name} {noun}"
    if shape < 0.5:
        return f"{noun} {name}"
    if shape < 0.65:
        return f"{name} {rng.choice(FORMS)}"
    if shape < 0.8:
        return f"{name} {noun} {rng.choice(FORMS)}"
    if shape < 0.9:
        return f"{name} & {_surname(rng)}"
    return name


def _places() -> list[str]:
    return [city for _, city, *_ in read_rows("cities")]


_DATA: Final[dict[str, Any]] = json.loads(NAMES.read_text(encoding="utf-8"))
_SURNAMES: Final = [name for language in _DATA["languages"].values() for name in language["family"]]
_PLACES: Final = _places()


def _surname(rng: random.Random) -> str:
    return str(rng.choice(_SURNAMES))


def _place(rng: random.Random) -> str:
    return str(rng.choice(_PLACES))


def _invented(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


def _compound(rng: random.Random) -> str:
    return (rng.choice(PARTS.split()) + rng.choice(PARTS.split())).capitalize()


def _two_words(rng: random.Random) -> str:
    return f"{rng.choice(PARTS.split()).capitalize()} {rng.choice(PARTS.split()).capitalize()}"


def _with_article(rng: random.Random) -> str:
    return f"{rng.choice(ARTICLES)} {rng.choice((_surname, _compound, _place))(rng)}"


def train(samples: list[tuple[list[int], float, float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return weights, (BUCKETS,) float64, by stochastic steps scaled as Adagrad does."""
    weights, squares = np.zeros(BUCKETS), np.full(BUCKETS, 1e-8)
    for _ in range(ROUNDS):
        for buckets, label, importance in samples:
            index = np.array(buckets)
            share = 1 / np.sqrt(len(buckets))
            guess = 1 / (1 + np.exp(-weights[index].sum() * share))
            slope = (guess - label) * importance * share
            squares[index] += slope * slope
            weights[index] -= RATE * (slope / np.sqrt(squares[index]) + DECAY * weights[index])
    return weights


def score(weights: np.ndarray[Any, np.dtype[np.float64]], buckets: list[int]) -> float:
    """Return the log-odds of a title."""
    return float(weights[np.array(buckets)].sum() / np.sqrt(len(buckets)))


if __name__ == "__main__":
    main()
