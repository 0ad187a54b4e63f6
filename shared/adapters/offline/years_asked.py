"""Years of experience a job offer asks for: in figures or in words, and only where they are asked of the person."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = (
    "one eins ein eine einem un une uno una um uma|two zwei deux dos dois duas|three drei trois tres três|"
    "four vier quatre cuatro quatro|five fünf fuenf cinq cinco|six sechs seis|seven sieben sept siete sete|"
    "eight acht huit ocho oito|nine neun neuf nueve nove|ten zehn dix diez dez|eleven elf onze once|"
    "twelve zwölf zwoelf douze doce doze|thirteen dreizehn treize trece treze|"
    "fourteen vierzehn quatorze catorce catorze|fifteen fünfzehn fuenfzehn quinze quince|"
    "sixteen sechzehn seize dieciséis dieciseis dezesseis dezasseis|"
    "seventeen siebzehn dix-sept diecisiete dezessete dezassete|eighteen achtzehn dix-huit dieciocho dezoito|"
    "nineteen neunzehn dix-neuf diecinueve dezenove dezanove|twenty zwanzig vingt veinte vinte"
)
NUMBERS: Final = {word: value for value, group in enumerate(_WORDS.split("|"), start=1) for word in group.split()}
COUNT: Final = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_MOST: Final = 30
_NEAR: Final = 400  # characters on either side that tell whose years they are
_MOST_BARE: Final = 15  # without a word for experience; longer times are a company's
_YEARS: Final = re.compile(
    rf"\b({COUNT})\s*(?:\(\w{{1,30}}\)\s*)?(?:\+|plus)?[\s-]{{0,9}}(?:(?:–|to|bis|à|a|or|oder)[\s-]{{0,9}}{COUNT}\s*\+?[\s-]{{0,9}}|{COUNT}[\s-]{{0,9}})?"
    r"(?:or more |oder mehr |ou plus |ou mais |o más )?(?:years?|yrs?|jahren?|jahre|ans?\b|années|años?|anos?)\b['’]?",
    re.IGNORECASE,
)
_EXPERIENCE: Final = re.compile(
    r"exp[eé]ri|erfahrung|\bexp\b|track record|praxis|in a similar|in the role|background", re.I
)
_AT_LEAST: Final = re.compile(
    r"(?:at least|min(?:imum|\.)?|mindestens|wenigstens|au moins|al menos|pelo menos|no mínimo|mínimo)\W*(?:de |of )?$",
    re.I,
)
_NOT_WORK: Final = re.compile(r"^\s*(?:old|ago|of age|alt\b|d['’]âge|de idade|de edad)|^\s*in business", re.I)
# Whose years they are: the house's own, or the length of something.
_OURS: Final = re.compile(
    r"\b(?:we(?:['’]ve| have| bring| share)|our (?:\w+ ){1,3}(?:has|have|brings?|with|of)|"
    r"wir (?:haben|bringen|blicken)|"
    r"unser\w* (?:\w+ ){1,2}(?:hat|haben|mit|bringt)|nous avons|tenemos|contamos con|temos|contamos com)\b[^.!?]*$",
    re.IGNORECASE,
)
_LASTS: Final = re.compile(
    r"\b(?:contract|fixed[- ]term|limited|for (?:over |more than )?|since|within|during|after|every|next|last|past|"
    r"vertrag|befristet\w*|seit|nach|auf|für|alle|contrat|pendant|depuis|après|durant|dans|contrato|durante|desde|"
    r"después|após|depois|há|hace)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# Work that is told by its years alone: “five years of building”, “two years at the bedside”.
_STARTS: Final = re.compile(
    r"(?:^|[.!?;:,•*\n(–-]|\b(?:have|has|with|bring|need|needs|requires?|required|spent|worked|and|mit|hast|haben|bringst|"
    r"und|avec|avez|et|con|y|com|e|tem|tienes?))\s*$",
    re.IGNORECASE,
)
_OF_WORK: Final = re.compile(
    r"^\s*(?:of (?:\w+ly )?(?:\w+ing\b|(?:relevant|proven|professional|hands[- ]on|practical|work|industry|clinical|"
    r"commercial|solid)\b)|(?:in|at|as|with|on|within|als|im|mit|dans|en tant que|comme|en|como|con|em|com|na|no)\b"
    r"(?!\s+(?:business|a row|total|existence|operation|option|(?:the |our )?(?:market|making)|possibility)))",
    re.IGNORECASE,
)
_WE: Final = re.compile(r"\b(?:we|our|us|wir|uns\w*|nous|nos|notre|nuestr\w+|noss\w+)\b", re.IGNORECASE)


def min_years(text: str) -> tuple[float | None, str]:
    """Return the most years of experience asked for and the words that ask; (None, '') when none are.

    Ages, company histories and the lengths of contracts do not count.
    """
    asked = [(_number(match.group(1)), match.group()) for match in _YEARS.finditer(text) if _is_asked(text, match)]
    most = max(asked, key=lambda each: each[0], default=None)
    return (float(most[0]), most[1]) if most else (None, "")


def _is_asked(text: str, match: re.Match[str]) -> bool:
    years = _number(match.group(1))
    before = _before(text[max(0, match.start() - _NEAR) : match.start()])
    after = re.split(r"[.!?]\s|\n", text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
    if years > _MOST or _NOT_WORK.search(after) or _OURS.search(before):
        return False
    if "+" in match.group() or _AT_LEAST.search(before):
        return True
    if _LASTS.search(before):
        return False
    if _EXPERIENCE.search(f"{before[-60:]} {after[:60]}"):
        return True
    bare = years <= _MOST_BARE and _STARTS.search(before) and _OF_WORK.search(after)
    return bool(bare) and not _WE.search(f"{before} {after}")


def _before(text: str) -> str:
    """Return what precedes in the same sentence; a heading still belongs to the line below it."""
    return re.split(r"[.!?]\s|(?<!:)\n", text)[-1]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]
