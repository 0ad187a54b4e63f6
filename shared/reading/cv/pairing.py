"""Which piece of an entry's head is the title and which the employer (or degree and school)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Final, NamedTuple

from shared.reading.cv.likeness import has_legal_form, is_place, is_side_note
from shared.reading.text.roles import split_role
from shared.vocabulary.section_words import LABELS
from shared.vocabulary.text import normalize

_STRONG: Final = re.compile(r"\t|\s+[|•·—–/]\s+|\s+-{1,2}\s+|\s*[|｜]\s*|\s+::?\s+|\s*[／]\s*")
_COMMA: Final = re.compile(r"\s*[,，、،]\s*")
_GLUED: Final = re.compile(r"^(?:inc|ltd|llc|corp|co|gmbh|lp|llp|plc|pvt|s\.?a\.?|s\.?l\.?|b\.?v|n\.?v|ag)\b\.?", re.I)
_PAREN_PLACE: Final = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*$")
_MOST_PIECES: Final = 6
_MISSING: Final = 0.9  # what an entry loses that names only one of the two
_UNUSED: Final = 0.6  # what naming both in one piece costs while another goes unused
_WRAPPED, _UNLIKELY_WRAPPED = 0.05, 0.25  # what putting two lines together costs
_JOINING: Final = frozenset("of and de del da do dos das di for für und et y e la le the in von der".split())
_LISTED: Final = 0.4  # what an employer loses that has a comma inside


class Shares(NamedTuple):
    """How much a piece reads like the first and like the second of the two names."""

    what: Callable[[str], float]
    where: Callable[[str], float]
    labels: tuple[str, str]  # (`title`, `company`): what names them before a colon


class Pair(NamedTuple):
    """Title and employer, or degree and school; `score` says how well they read as such."""

    what: str | None
    where: str | None
    score: float
    place: str | None = None


def pair_of(above: Sequence[str], rest: Sequence[str], below: Sequence[str], shares: Shares) -> Pair:
    """Return the best reading of an entry's head: lines above its dates, the line of the dates, lines below."""
    if labelled := _labelled([*above, *rest, *below], shares.labels):
        return labelled
    lines = [*above, *rest, *below]
    found = _of_lines(lines, shares)
    for joined, (one, other) in _wrapped(above, rest, below):
        if _without_place(one)[1]:
            continue  # a line that ends with a place is whole
        whole = _of_lines(joined, shares)
        if whole.score - (_WRAPPED if _goes_on(one, other) else _UNLIKELY_WRAPPED) > found.score:
            found = whole
    return found


def _wrapped(
    above: Sequence[str], rest: Sequence[str], below: Sequence[str]
) -> Iterator[tuple[list[str], tuple[str, str]]]:
    """Yield the lines with two that a narrow column broke put together again, and these two."""
    for k in range(len(above) - 1):
        yield [*above[:k], f"{above[k]} {above[k + 1]}", *above[k + 2 :], *rest, *below], (above[k], above[k + 1])
    if len(above) > 2:
        yield [" ".join(above), *rest, *below], (above[0], above[1])
    for k in range(len(below) - 1):
        yield [*above, *rest, *below[:k], f"{below[k]} {below[k + 1]}", *below[k + 2 :]], (below[k], below[k + 1])


def _goes_on(one: str, other: str) -> bool:
    """Whether the first of two lines may not be all: a joint in it, or small letters at the start of the second."""
    return other[:1].islower() or "," in one or one[-1:] in "&-/(" or one.rpartition(" ")[2].lower() in _JOINING


def _labelled(lines: Sequence[str], labels: tuple[str, str]) -> Pair | None:
    named: dict[str, str] = {}
    for line in lines:
        label, colon, value = line.replace("：", ":", 1).partition(":")
        kind = LABELS.get(normalize(label)) if colon else None
        if kind and value.strip():
            named.setdefault(kind, value.strip())
    what, where = (named.get(label) for label in labels)
    return Pair(what, where, 3.0, named.get("place")) if what and where else None


def _of_lines(lines: Sequence[str], shares: Shares) -> Pair:
    pieces = [_unlabelled(piece) for line in lines for piece in _STRONG.split(line) if piece and piece.strip()]
    parted = [_without_place(piece) for piece in pieces]
    place = next((place for _, place in parted if place), None)
    kept = [piece for piece, _ in parted if piece and not is_side_note(piece)][:_MOST_PIECES]
    extra = 0.12 * max(0, len(lines) - 2)
    if not kept:
        return Pair(None, None, -2.0, place)
    if len(kept) == 1:
        found = _of_one(kept[0], shares)
    else:
        found = max((_scored(a, b, shares) for a, b in permutations(kept, 2)), key=lambda pair: pair.score)
        found = found._replace(score=found.score - 0.15 * (len(kept) - 2))
        for piece in kept:
            alone = _of_one(piece, shares)
            if alone.what and alone.where and alone.score - _UNUSED > found.score:
                found = alone._replace(score=alone.score - _UNUSED)
    return _tidy(found._replace(score=found.score - extra), place)


def _without_place(piece: str) -> tuple[str, str | None]:
    """Part a piece from the place behind its last commas: `Vantrel AG, Lyon, France`."""
    if is_place(piece):
        return "", piece
    for comma in _COMMA.finditer(piece):
        if is_place(piece[comma.end() :]):
            return piece[: comma.start()], piece[comma.end() :]
    return piece, None


def _unlabelled(piece: str) -> str:
    label, colon, value = piece.replace("：", ":", 1).partition(":")
    return value.strip() if colon and value.strip() and normalize(label) in LABELS else piece.strip(" ,;")


def _scored(what: str, where: str, shares: Shares) -> Pair:
    score = shares.what(what) - shares.what(where) + shares.where(where) - shares.where(what)
    before = what.rpartition(",")[0]
    score -= _LISTED / 2 * (bool(before) and shares.what(before) > shares.what(what))
    score -= _LISTED * any(not _GLUED.match(where[c.end() :]) for c in _COMMA.finditer(where))
    return Pair(what, where, score)


def _of_one(piece: str, shares: Shares) -> Pair:
    """A piece that may hold both: `Engineer at Vantrel AG`, `VP, Sales, Vantrel AG`, or only one."""
    what, where = split_role(piece)
    if what and where:
        return _scored(what, where, shares)._replace(score=max(1.6, _scored(what, where, shares).score))
    title, employer = shares.what(piece), shares.where(piece)
    alone = Pair(piece, None, title - _MISSING) if title >= employer else Pair(None, piece, employer - 0.3 - _MISSING)
    cuts = [_scored(a, b, shares) for a, b in _comma_cuts(piece)]
    best = max(cuts, key=lambda pair: pair.score, default=alone)
    return best if best.score - 0.25 > alone.score else alone


def _comma_cuts(piece: str) -> Iterator[tuple[str, str]]:
    """Every way to cut at a comma, title first and employer first; a legal form or a place stays where it is."""
    commas = [match for match in _COMMA.finditer(piece) if not _GLUED.match(piece[match.end() :])]
    for comma in commas:
        left, right = piece[: comma.start()].strip(), piece[comma.end() :].strip()
        if left and right:
            yield left, right
            yield right, left


def _tidy(pair: Pair, place: str | None) -> Pair:
    """Part the employer from the place behind it: `Vantrel AG, Berlin`, `Vantrel AG (Berlin)`."""
    where = pair.where
    if where:
        paren = _PAREN_PLACE.search(where)
        if paren and is_place(paren[1]) and not _is_legal_behind(where, paren):
            place, where = place or paren[1], where[: paren.start()]
        commas = list(_COMMA.finditer(where))
        for comma in commas:
            if has_legal_form(where[: comma.start()]) and not _GLUED.match(where[comma.end() :]):
                where = where[: comma.start()]
                break
    return Pair(pair.what, where.strip(" ,;|") if where else None, pair.score, place)


def _is_legal_behind(where: str, paren: re.Match[str]) -> bool:
    return bool(where[paren.end() :].strip())
