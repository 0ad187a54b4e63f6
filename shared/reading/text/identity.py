"""Comparable forms of what recognises a person: name and employer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

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


def is_name_title(word: str) -> bool:
    """Whether a comparable word is a title that may stand beside a name: `dr`."""
    return word in _TITLES


def is_degree(word: str) -> bool:
    """Whether a comparable word is a degree that may stand behind a name: `phd`."""
    return word in _DEGREES
