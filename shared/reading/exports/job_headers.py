"""What exports of jobs call their columns and keys, as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from shared.vocabulary.text import normalize

_MARKS: Final = re.compile(r"[\W_]+")
_NAMES: Final = {
    "external_id": """
        id, job id, external id, req id, requisition id, requisition number, requisition, reference, ref, job reference,
        reference number, job code, job number, posting id, vacancy id, offer id, shortcode, code, kennziffer,
        referenznummer, stellen id, stellennummer, identifiant, numero de l'offre, referencia, codigo, codigo da vaga,
        id del puesto, id da vaga
    """,
    "title": """
        title, position, job title, job position, position title, position name, role, role title, job, job name,
        vacancy, vacancy title, posting title, opening, requisition title, stelle, stellentitel, stellenbezeichnung,
        jobtitel, poste, intitule, intitule du poste, titre, titre du poste, puesto, vacante, titulo del puesto, cargo,
        vaga, titulo, titulo da vaga, posicao, posizione, ruolo, titolo
    """,
    "company": """
        company, company name, employer, employer name, organization, organisation, organization name, client,
        hiring organization, firma, unternehmen, arbeitgeber, entreprise, societe, employeur, empresa, empregador,
        compania, azienda, societa
    """,
    "location": """
        location, locations, job location, place, city, office, work location, place of work, country, state, region,
        standort, arbeitsort, einsatzort, ort, stadt, land, lieu, lieu de travail, localisation, ville, pays, ubicacion,
        lugar, lugar de trabajo, ciudad, pais, localizacao, local, local de trabalho, cidade, sede, luogo, citta
    """,
    "url": """
        url, link, job url, job link, apply url, application url, absolute url, posting url, hosted url, web address,
        page, lien, enlace, adresse, stellenlink
    """,
    "tags": """
        tags, tag, labels, keywords, skills, skill tags, key skills, required skills, technologies, stack, tech stack,
        schlagworte, kenntnisse, fahigkeiten, mots cles, competences, etiquetas, palabras clave, habilidades,
        competencias, palavras chave, competenze, parole chiave
    """,
    "description": """
        description, job description, full description, body, content, text, details, summary, offer, job offer,
        requirements, responsibilities, qualifications, about the job, about the role, beschreibung,
        stellenbeschreibung, aufgaben, anforderungen, profil, descriptif, description du poste, missions, exigences,
        descripcion, descripcion del puesto, requisitos, funciones, descricao, descricao da vaga, responsabilidades,
        descrizione
    """,
    "seniority": """
        seniority, seniority level, level, job level, experience level, career level, grade, erfahrungsstufe,
        karrierestufe, niveau, niveau d'experience, nivel, senioridad, senioridade, nivel de experiencia, livello
    """,
    "status": "status, state of job, job status, posting status, estado, statut, stato, situacao",
}
_CLOSED: Final = frozenset(
    "closed filled archived inactive expired cancelled canceled geschlossen besetzt archiviert ferme pourvu cerrado "
    "cubierto fechado preenchida encerrada chiuso".split()
)
_OPEN: Final = frozenset(
    "open active published live offen aktiv veroffentlicht ouvert abierto abierta aberto aberta aperto".split()
)


def _compact(text: str) -> str:
    return _MARKS.sub("", normalize(text))


def _lookup() -> dict[str, str]:
    fields = {}
    for field, names in _NAMES.items():
        for name in names.split(","):
            fields[_compact(name)] = field
    return fields


_FIELDS: Final = _lookup()


@lru_cache(maxsize=1024)
def job_field(name: str) -> str | None:
    """Return the field of a job a header or key stands for; case, blanks, marks and camelCase do not matter."""
    return _FIELDS.get(_compact(name))


def count_known_headers(cells: Iterable[str]) -> int:
    """Count the different fields these cells name: how much a row looks like a header."""
    fields = set()
    for cell in cells:
        if 0 < len(cell) < 80:
            fields.add(job_field(cell))
    return len(fields - {None})


def job_status(text: str) -> str | None:
    """Return `open` or `closed`; None for a word that says neither."""
    word = normalize(text)
    if word in _CLOSED:
        return "closed"
    if word in _OPEN:
        return "open"
    return None
