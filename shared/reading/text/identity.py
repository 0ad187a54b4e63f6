"""Comparable forms of what recognises a person: name and employer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from shared.vocabulary.text import tokenize


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BRACKETED: Final = re.compile(r"<[^>]*>|\([^)]*\)|\[[^\]]*\]")
_TITLES: Final = _set(
    """
    dr doctor prof professor mr mrs ms miss mx sir dame lady lord rev fr hon herr frau hr fru dipl ing dipl-ing
    mag m mme mlle monsieur madame me maitre maître sr sra srta don dona señor señora senor senora senhor
    senhora dott dott.ssa dottor dottoressa avv ing. arch eng engr capt col gen sgt lt adv
    """
)
_DEGREES: Final = _set(
    """
    phd ph.d dphil d.phil md m.d dds jd j.d llm ll.m llb ll.b mba m.b.a emba msc m.sc bsc b.sc ba b.a ma m.a
    beng b.eng meng m.eng bs b.s ms m.s mphil cpa cfa cma acca aca pmp csm cissp cisa rn r.n bsn msn cipd phr
    sphr shrm-cp esq jr jnr snr ii iii iv pe p.e prince2 frcs mrcp psy.d psyd edd ed.d
    """
)
_LEGAL: Final = _set(
    """
    inc incorporated corp corporation co company ltd limited llc l.l.c llp lp plc gmbh mbh ag kg kgaa ohg ug ev
    e.v se sa s.a sas s.a.s sasu sarl s.a.r.l eurl srl s.r.l spa s.p.a sl s.l slu s.l.u bv b.v nv n.v cv vof ab
    oy oyj as a.s aps a/s asa sp z o.o zoo spzoo sp.zo.o sro s.r.o kft zrt doo d.o.o ltda lda eireli me epp ooo
    оoo ооо оао зао ao pty pvt pte sdn bhd kk k.k gk pjsc fzco fze fz-llc jsc tbk pt cia the & und et y e and
    """
)
_ASIAN_LEGAL: Final = re.compile("株式会社|有限会社|合同会社|有限公司|股份|주식회사|유한회사|\\(주\\)|（株）|㈱")
_TRANSLITERATED: Final = """
    а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
    ы y э e ю yu я ya і i ї yi є ye ґ g
    α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o ς s
"""
_PAIRS: Final = _TRANSLITERATED.split()
_TO_LATIN: Final = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {"ъ": "", "ь": ""})
_SAME_TOKEN: Final = 80  # rapidfuzz ratio, 0..100: one or two letters of a name, as typing and transliteration go


@lru_cache(maxsize=8192)
def name_key(name: str) -> str | None:
    """Return the words of a name in alphabetical order, without accents, titles and degrees; None when nothing is left.

    `Dr. Íñigo Rey, PhD` and `Rey, Iñigo` both give `inigo rey`.
    """
    found = tokenize(_BRACKETED.sub(" ", name))
    left = [word for word in found if word not in _TITLES and word not in _DEGREES] or found
    return " ".join(sorted(left)) or None


@lru_cache(maxsize=8192)
def employer_key(company: str) -> str | None:
    """Return a company's comparable name without its legal form: `Vantrel Sp. z o.o.` gives `vantrel`."""
    found = tokenize(_ASIAN_LEGAL.sub(" ", company))
    if found and found[0] == "the":
        found = found[1:]
    left = list(found)
    while len(left) > 1 and left[-1] in _LEGAL:
        left.pop()
    return " ".join(left) or None


def plainly_different(name_a: str, name_b: str) -> bool:
    """Whether two names cannot well be one person's: each has a word with no counterpart in the other.

    Initials, order, missing middle names, spelling and Cyrillic or Greek against Latin letters make no difference.
    """
    first, second = _comparable(name_a), _comparable(name_b)
    if not first or not second:
        return False
    few, many = sorted((first, second), key=len)
    left = list(many)
    for word in few:
        match = next((other for other in left if _same(word, other)), None)
        if match is None:
            return fuzz.ratio("".join(sorted(first)), "".join(sorted(second))) < _SAME_TOKEN
        left.remove(match)
    return False


def _comparable(name: str) -> list[str]:
    key = name_key(name)
    return [part for word in (key or "").translate(_TO_LATIN).split() for part in word.split("-")]


def _same(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0] and one.isascii() == other.isascii()
    short, long = sorted((one, other), key=len)
    return (len(short) >= 3 and long.startswith(short)) or fuzz.ratio(one, other) >= _SAME_TOKEN
