"""Which piece of an entry's head is the title and which the employer (or degree and school)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from shared.reading.cv.letters import title_odds
from shared.reading.cv.likeness import has_legal_form, is_place, is_side_note
from shared.reading.text.roles import split_role
from shared.vocabulary.section_words import LABELS
from shared.vocabulary.text import normalize

Order = Literal["", "what first", "where first"]  # '' where nothing says which of the two comes first
ORDERS: Final[tuple[Order, Order]] = ("what first", "where first")
COMMA: Final = re.compile(r"\s*[,，、،]\s*")
_STRONG: Final = re.compile(r"\t|\s+[|•·—–/]\s+|\s+-{1,2}\s+|\s*[|｜]\s*|\s+::?\s+|\s*[／]\s*")
_GLUED: Final = re.compile(r"^(?:inc|ltd|llc|corp|co|gmbh|lp|llp|plc|pvt|s\.?a\.?|s\.?l\.?|b\.?v|n\.?v|ag)\b\.?", re.I)
_STATE: Final = re.compile(r"[A-Z]{2}(?:\s+\d{5})?")  # `Springfield, IL 62704`
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\s+(?=[\u3040-\u30ff\u3400-\u9fff])")
_PAREN_PLACE: Final = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*$")
_MOST_PIECES: Final = 6
_MISSING: Final = 0.9  # what an entry loses that names only one of the two
_UNUSED: Final = 0.6  # what naming both in one piece costs while another goes unused
_WRAPPED, _UNLIKELY_WRAPPED = 0.05, 0.4  # what putting two lines together costs
_JOINING: Final = frozenset("of and de del da do dos das di for für und et y e la le the in von der".split())
_LISTED: Final = 0.4  # what an employer loses that has a comma inside
_EXTRA_LINE, _EXTRA_PIECE = 0.12, 0.15  # what a line or piece costs that names neither
_EMPLOYER_ALONE: Final = 0.3  # what an entry loses that names an employer alone: a title alone is likelier
_CUT: Final = 0.25  # by how much a cut at a comma must read better than no cut
_CUT_IN_ORDER: Final = -0.2  # where the section has an order, naming both is what it does
_SPLIT: Final = 1.6  # the least that `Engineer at Vantrel AG` is worth
_LABELLED: Final = 3.0
_CUT_WORDS: Final = range(3, 8)  # words of a piece without any mark that may name both
_PLAINLY_WHAT, _PLAINLY_WHERE = 0.55, 0.4  # how the two must read where only a blank parts them
_PLAINLY_APART: Final = 0.3


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
    whole: str | None = None  # the piece that was cut at a comma into the two


NOTHING: Final = Pair(None, None, -2.0)


def pair_of(
    above: Sequence[str],
    rest: Sequence[str],
    below: Sequence[str],
    shares: Shares,
    order: Order = "",
    by_words: bool = False,
) -> Pair:
    """Return the best reading of an entry's head: lines above its dates, the line of the dates, lines below.

    `order`: which of the two comes first, where the section says. `by_words`: only a blank may part them.
    """
    lines = [*above, *rest, *below]
    labelled = _labelled(lines, shares.labels)
    if labelled:
        return labelled
    best = _of_lines(lines, shares, order)
    if by_words and not (best.what and best.where):
        pieces, place = _pieces(lines)
        if len(pieces) == 1:
            cuts = [pair._replace(place=place) for pair in _by_words(pieces[0], shares, order)]
            return max([best, *cuts], key=_score)
    for joined, one, other in _wrapped(above, rest, below):
        if _without_place(one)[1]:
            continue  # a line that ends with a place is whole
        cost = _WRAPPED if _goes_on(one, other) else _UNLIKELY_WRAPPED
        whole = _of_lines(joined, shares, order)
        if whole.score - cost > best.score:
            best = whole
    return best


def _wrapped(above: Sequence[str], rest: Sequence[str], below: Sequence[str]) -> Iterator[tuple[list[str], str, str]]:
    """Yield the lines with two that a narrow column broke put together again, and these two."""
    for place in range(len(above) - 1):
        one, other = above[place], above[place + 1]
        yield [*above[:place], f"{one} {other}", *above[place + 2 :], *rest, *below], one, other
    if len(above) > 2:
        yield [" ".join(above), *rest, *below], above[0], above[1]
    for place in range(len(below) - 1):
        one, other = below[place], below[place + 1]
        yield [*above, *rest, *below[:place], f"{one} {other}", *below[place + 2 :]], one, other


def _goes_on(one: str, other: str) -> bool:
    """Whether the first of two lines may not be all: a joint in it, or small letters at the start of the second."""
    if other[:1].islower():
        return True
    if one[-1:] in "&-/(,":
        return True
    return one.rpartition(" ")[2].lower() in _JOINING


def _labelled(lines: Sequence[str], labels: tuple[str, str]) -> Pair | None:
    values: dict[str, str] = {}
    for line in lines:
        label, colon, value = line.replace("：", ":", 1).partition(":")
        kind = LABELS.get(normalize(label)) if colon else None
        if kind and value.strip():
            values.setdefault(kind, value.strip())
    what, where = values.get(labels[0]), values.get(labels[1])
    if not what:
        return None
    if not where:
        return None
    return Pair(what, where, _LABELLED, values.get("place"))


def _of_lines(lines: Sequence[str], shares: Shares, order: Order) -> Pair:
    pieces, place = _pieces(lines)
    if not pieces:
        return NOTHING._replace(place=place)
    if len(pieces) == 1:
        best = _of_one(pieces[0], shares, order)
    else:
        best = _of_two(pieces, shares, order)
        for piece in pieces:
            alone = _of_one(piece, shares, order)
            if alone.what and alone.where and alone.score - _UNUSED > best.score:
                best = alone._replace(score=alone.score - _UNUSED)
    extra = _EXTRA_LINE * max(0, len(lines) - 2)
    return _tidy(best._replace(score=best.score - extra), place)


def _pieces(lines: Sequence[str]) -> tuple[list[str], str | None]:
    """Return what the lines name, without places, labels and side notes; and the first place."""
    pieces: list[str] = []
    first_place = None
    for line in lines:
        for part in _parts(line):
            piece, place = _without_place(_unlabelled(part))
            first_place = first_place or place
            if piece and not is_side_note(piece):
                pieces.append(piece)
    return pieces[:_MOST_PIECES], first_place


def _parts(line: str) -> Iterator[str]:
    for part in _STRONG.split(line):
        if part and part.strip():
            yield from _IDEOGRAPHS.sub(lambda match: match[0][0] + "\t", part).split("\t")


def _of_two(pieces: Sequence[str], shares: Shares, order: Order) -> Pair:
    """Return the best two of several pieces."""
    best = NOTHING
    for first, one in enumerate(pieces):
        for other in pieces[first + 1 :]:
            if order != "where first":
                best = max(best, _scored(one, other, shares), key=_score)
            if order != "what first":
                best = max(best, _scored(other, one, shares), key=_score)
    return best._replace(score=best.score - _EXTRA_PIECE * (len(pieces) - 2))


def _score(pair: Pair) -> float:
    return pair.score


def _without_place(piece: str) -> tuple[str, str | None]:
    """Part a piece from the place behind its last commas: `Vantrel AG, Lyon, France`."""
    if is_place(piece):
        return "", piece
    for comma in COMMA.finditer(piece):
        if is_place(piece[comma.end() :]):
            return piece[: comma.start()], piece[comma.end() :]
    return piece, None


def _unlabelled(piece: str) -> str:
    label, colon, value = piece.replace("：", ":", 1).partition(":")
    if colon and value.strip() and normalize(label) in LABELS:
        return value.strip()
    return piece.strip(" ,;")


def _scored(what: str, where: str, shares: Shares) -> Pair:
    score = shares.what(what) - shares.what(where) + shares.where(where) - shares.where(what)
    before = what.rpartition(",")[0]
    if before and shares.what(before) > shares.what(what):
        score -= _LISTED / 2
    if any(not _GLUED.match(where[comma.end() :]) for comma in COMMA.finditer(where)):
        score -= _LISTED
    return Pair(what, where, score)


def _of_one(piece: str, shares: Shares, order: Order) -> Pair:
    """A piece that may hold both: `Engineer at Vantrel AG`, `VP, Sales, Vantrel AG`, or only one."""
    what, where = split_role(piece)
    if what and where:
        pair = _scored(what, where, shares)
        return pair._replace(score=max(_SPLIT, pair.score))
    best = _alone(piece, shares)
    least = best.score + (_CUT if order == "" else _CUT_IN_ORDER)
    for what, where in _comma_cuts(piece, order):
        pair = _scored(what, where, shares)
        if pair.score > least:
            best, least = pair._replace(whole=piece), pair.score
    return best


def _alone(piece: str, shares: Shares) -> Pair:
    title, employer = shares.what(piece), shares.where(piece)
    if title >= employer:
        return Pair(piece, None, title - _MISSING)
    return Pair(None, piece, employer - _EMPLOYER_ALONE - _MISSING)


def _comma_cuts(piece: str, order: Order) -> Iterator[tuple[str, str]]:
    """Every way to cut at a comma; a legal form or a place stays where it is."""
    for comma in COMMA.finditer(piece):
        left, right = piece[: comma.start()].strip(), piece[comma.end() :].strip()
        if not left:
            continue
        if not right:
            continue
        if _GLUED.match(right):
            continue
        if _STATE.fullmatch(right):
            continue
        if order != "where first":
            yield left, right
        if order != "what first":
            yield right, left


def _by_words(line: str, shares: Shares, order: Order) -> Iterator[Pair]:
    cuts = sorted(_word_cuts(line, shares, order), key=_difference)
    for what, where in cuts[-1:]:
        yield _scored(what, where, shares)


def _difference(cut: tuple[str, str]) -> float:
    """How differently the letters of the two read: most where `Tram Driver` is parted from its employer."""
    what, where = cut
    return title_odds(what) - title_odds(where)


def _word_cuts(piece: str, shares: Shares, order: Order) -> Iterator[tuple[str, str]]:
    """Every way to cut between words where both halves read plainly as what they are: `Linea Reisen Bus Driver`."""
    words = piece.split()
    if "," in piece:
        return
    if len(words) not in _CUT_WORDS:
        return
    if has_legal_form(piece):
        return
    for place in range(1, len(words)):
        left, right = " ".join(words[:place]), " ".join(words[place:])
        for what, where, cut_order in ((left, right, "what first"), (right, left, "where first")):
            if order in ("", cut_order) and _reads_plainly(what, where, shares):
                yield what, where


def _reads_plainly(what: str, where: str, shares: Shares) -> bool:
    if not where[0].isupper():
        return False
    if shares.what(what) < _PLAINLY_WHAT:
        return False
    if shares.where(where) < _PLAINLY_WHERE:
        return False
    return shares.what(what) - shares.what(where) > _PLAINLY_APART


def _tidy(pair: Pair, place: str | None) -> Pair:
    """Part the employer from the place behind it: `Vantrel AG, Berlin`, `Vantrel AG (Berlin)`."""
    where = pair.where
    if where is None:
        return pair._replace(place=place)
    paren = _PAREN_PLACE.search(where)
    if paren and is_place(paren[1]) and not where[paren.end() :].strip():
        place, where = place or paren[1], where[: paren.start()]
    for comma in COMMA.finditer(where):
        if has_legal_form(where[: comma.start()]) and not _GLUED.match(where[comma.end() :]):
            where = where[: comma.start()]
            break
    return pair._replace(where=where.strip(" ,;|"), place=place)
