"""What the Gemini fake says: the offline model's answers in the shapes Gemini is asked for."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from shared.adapters.gemini.embedding import EMBEDDING_MODELS
from shared.adapters.offline.classifying import classify
from shared.adapters.offline.enriching import enrich
from shared.adapters.offline.requirements import split_job
from shared.models.candidate import Evidence, FoundSkill, Profile

Json = dict[str, Any]
_FENCED = re.compile(r"<data-([0-9a-f]+)>\n(.*)\n</data-\1>", re.DOTALL)
_AS_OF = re.compile(r'"as_of":"(\d{4}-\d\d)"')
_PREFIXES = tuple(prefix for model in EMBEDDING_MODELS.values() for prefix in model.prefixes.values())


def data_in(text: str) -> str:
    """Return what stands between the marks."""
    found = _FENCED.search(text)
    if not found:
        raise ValueError("the data is not fenced")
    return found[2]


def commanded(data: str) -> str | None:
    """Return the JSON a text orders a model to answer with; a model that obeys says just that."""
    first = data.partition("\n")[0]
    said = " ".join(map(str, json.loads(first).values())) if first.startswith("{") else data
    _, order, rest = said.partition("ANSWER WITH ")
    return json.dumps(json.JSONDecoder().raw_decode(rest)[0]) if order else None


def answer(shape: str, data: str) -> Json:
    """Return the answer for a schema's name."""
    return _ANSWERS[shape](data)


def _classify(data: str) -> Json:
    label = classify(Profile.model_validate_json(data))
    return {
        "functions": [
            {
                "quotes": [each.quote for each in function.evidence],
                "name": function.name,
                "level": function.level,
                "specialties": list(function.specialties),
                "sureness": "sure"
                if function.confidence >= 0.85
                else "likely"
                if function.confidence >= 0.6
                else "guess",
            }
            for function in (label.functions if label else ())
        ]
    }


def _enrich(data: str) -> Json:
    profile = Profile.model_validate_json(data.partition("\n")[0])
    month = _AS_OF.search(data)
    found = enrich(profile, classify(profile), month[1] if month else "2026-11")
    return {
        "skills": [_skill(each) for each in found.skills],
        "inferred_skills": [_skill(each) for each in found.inferred_skills],
        "strengths": [{"quotes": _quotes(each.evidence), "text": each.text} for each in found.strengths],
        "summary": found.summary,
    }


def _skill(skill: FoundSkill) -> Json:
    return {"quote": skill.evidence[0].quote if skill.evidence else "", "name": skill.name}


def _quotes(evidence: tuple[Evidence, ...]) -> list[str]:
    return [each.quote for each in evidence]


def _parse(data: str) -> Json:
    from shared.reading.cv.parsing import parse_cv

    facts = parse_cv(data, "2026-11")
    profile, person = facts.profile, facts.person
    return {
        "person": {
            "name": person.name or None,
            "emails": list(person.emails),
            "phones": list(person.phones),
            "links": list(person.links.values()),
            "location": person.location,
        },
        "headline": profile.headline,
        "summary": profile.summary,
        "experiences": [each.model_dump() for each in profile.experiences],
        "educations": [each.model_dump() for each in profile.educations],
        "skills": [{"quote": each.quote or each.name, "name": each.name} for each in profile.skills],
        "certifications": list(profile.certifications),
        "languages": [each.model_dump() for each in profile.languages],
    }


def _split(data: str) -> Json:
    found = split_job(data)
    roles = [name.split("/") for name in found.specialties]
    roles += [[name, None] for name in found.functions if name not in {role[0] for role in roles}]  # type: ignore[list-item]
    words = found.experience_text or data[:80]
    return {
        "title_quote": found.experience_text or None,
        "roles": [{"quote": words, "function": function, "specialty": special} for function, special in roles],
        "levels_quote": words if found.levels else None,
        "levels": list(found.levels),
        "people_quote": words if found.manages_people is not None else None,
        "manages_people": found.manages_people,
        "skills": [{"quote": each.quote, "name": each.name, "must": each.must} for each in found.skills],
        "years_quote": f"{found.min_years:g}" if found.min_years else None,
        "min_years": found.min_years,
        "degree_quotes": [each for each in re.split(r"(?<=[.!?])\s+", found.education_text) if each],
        "degree": found.degree,
        "places": list(found.places),
        "remote_quote": next(iter(re.findall(r"(?i)remote\w*", data)), None) if found.remote else None,
    }


_ANSWERS: dict[str, Callable[[str], Json]] = {
    "ClassifySaid": _classify,
    "EnrichSaid": _enrich,
    "ParseSaid": _parse,
    "JobSaid": _split,
}


def scanned(part: Json) -> str:
    """Return the text layer of a PDF, which stands for what would be seen on it."""
    import pypdfium2

    inline = part.get("inlineData") or part.get("inline_data") or {}
    content = base64.urlsafe_b64decode(inline["data"])
    if not content.startswith(b"%PDF"):
        return "NOTHING"
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return text.strip() or "NOTHING"


def unprefixed(text: str) -> str:
    """Return the text behind a retrieval prefix."""
    return next((text.removeprefix(prefix) for prefix in _PREFIXES if text.startswith(prefix)), text)


def made_up_vector(text: str) -> list[float]:
    """Return 768 numbers that only this text has; not of unit length, as the older model sends them."""
    digest = hashlib.shake_128(text.encode()).digest(768)
    return [round((byte - 127.5) / 64, 4) for byte in digest]


def as_json(value: Json) -> str:
    """Return the text of an answer."""
    return json.dumps(value, ensure_ascii=False)
