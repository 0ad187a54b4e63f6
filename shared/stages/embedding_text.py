"""The words a person is embedded by: what they did and can do, never who they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from shared.vocabulary.skills import canonical
from shared.vocabulary.text import normalize, tokenize

if TYPE_CHECKING:
    from shared.models.documents.findings import FunctionLabelData
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import PersonData, ProfileData

TEXT_VERSION: Final = 1
_FREE_TEXT: Final = 1500  # characters of summary and descriptions; the rest repeats
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|\+?\d[\d\s()./-]{7,}\d")
_AGE = re.compile(
    r"\b(?:aged?|alter|âge|edad|idade|born|geboren|né|née|nacid[oa]|nascid[oa])\b[^.;|\n]{0,40}"
    r"|\b\d{2}[ -]?(?:years?[ -]old|jahre alt|ans\b(?! d)|años de edad|anos de idade)",
    re.IGNORECASE,
)
_PROTECTED: Final = frozenset(
    "male female man woman gentleman lady mr mrs herr frau mann weiblich männlich maennlich homme femme monsieur "
    "madame hombre mujer homem mulher masculin féminin feminin masculino femenino feminino nonbinary non-binary "
    "married divorced verheiratet ledig marié mariée casado casada soltero soltera solteiro solteira "
    "nationality nationalität staatsangehörigkeit nationalité nacionalidad nacionalidade citizen citizenship "
    "german french spanish portuguese brazilian british american polish turkish russian chinese japanese korean indian "
    "egyptian israeli vietnamese greek italian mexican argentinian nigerian pakistani ukrainian romanian dutch swedish "
    "deutsche deutscher französin franzose spanier spanierin brasileiro brasileira brésilien brésilienne español "
    "española français française portugués português portuguesa allemand allemande".split()
)
_PROTECTED_PLAIN: Final = frozenset(normalize(word) for word in _PROTECTED)


def embedding_texts(data: CandidateDocument) -> dict[str, str]:
    """Return the texts by vector: `whole`, `skill`, `experience`, `education`; a part nobody knows is left out."""
    profile, label = data.get("profile") or {}, data.get("classification") or {}
    own = _own_words(data.get("person") or {})
    experience = _experience(profile)
    texts = {
        "skill": ", ".join(_skills(data)),
        "experience": experience,
        "education": "; ".join(_both(e.get("degree"), e.get("school")) for e in profile.get("educations") or ()),
    }
    roles = [_role(function) for function in label.get("functions") or () if function["name"] != "general"]
    free = " ".join(filter(None, (profile.get("headline"), profile.get("summary"))))[:_FREE_TEXT]
    whole = ". ".join(filter(None, ("; ".join(roles), free, experience, texts["skill"], texts["education"])))
    redacted = {name: _redact(text, own) for name, text in (texts | {"whole": whole}).items()}
    return {name: text for name, text in redacted.items() if text}


def _experience(profile: ProfileData) -> str:
    entries = profile.get("experiences") or ()
    titles = "; ".join(_both(e.get("title"), e.get("company")) for e in entries)
    said = " ".join(filter(None, (e.get("description") for e in entries)))[:_FREE_TEXT]
    return ". ".join(filter(None, (titles, said)))


def _skills(data: CandidateDocument) -> list[str]:
    profile, enriched = data.get("profile") or {}, data.get("enrichment") or {}
    named = [skill["name"] for skill in [*(enriched.get("skills") or ()), *(profile.get("skills") or ())]]
    if not enriched:  # enrich may have failed: recruiters write skills as tags
        named += [skill for tag in profile.get("tags") or () if (skill := canonical(tag))]
    return list(dict.fromkeys(named))


def _role(function: FunctionLabelData) -> str:
    parts = (function["level"], *function.get("specialties", ()), function["name"])
    return " ".join(parts).replace("_", " ")


def _both(first: str | None, second: str | None) -> str:
    return ", ".join(filter(None, (first, second)))


def _own_words(person: PersonData) -> frozenset[str]:
    """The words of the person's own name: they are no words of a profile, wherever they turn up."""
    return frozenset(word for word in tokenize(person.get("name") or "") if len(word) > 1)


def _redact(text: str, own: frozenset[str]) -> str:
    bare = _AGE.sub(" ", _CONTACT.sub(" ", text))
    kept: list[Any] = [token for token in bare.split() if not _says_who(token, own)]
    return " ".join(kept).strip(" .;,|")


def _says_who(token: str, own: frozenset[str]) -> bool:
    parts = tokenize(token)
    return bool(parts) and all(part in own or part in _PROTECTED_PLAIN for part in parts)
