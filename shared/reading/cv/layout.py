"""Entries of a section: dates anchor them, and one hypothesis of how this person writes tells which lines name them.

Every hypothesis (how many lines above and below the dates, title or employer first) is scored over all entries; a
single entry deviates from the best one only where it reads plainly better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from shared.reading.cv.likeness import has_legal_form, is_place, may_head, title_share
from shared.reading.cv.lines import Line
from shared.reading.cv.pairing import COMMA, ORDERS, Order, Pair, Shares, pair_of
from shared.reading.cv.periods import LinePeriod, ends_open, find_period, is_length
from shared.reading.text.dates import Period
from shared.vocabulary.calendar_words import FROM, SINCE, TO
from shared.vocabulary.text import normalize

_MOST_ABOVE: Final = 3
_MOST_BELOW: Final = 2
_PLAINLY: Final = 0.35  # how much better an entry reads that has a line more or less than the section's
_STRONGLY: Final = 0.8  # how much better an entry reads that has the section's order turned round
_NOTHING_ELSE: Final = 0.9  # what a hypothesis gains that uses all lines before the first dates
_LINE: Final = 0.16  # what each line of a head costs: lines of the description may read like names
_LONG_REST: Final = 130
_LONGEST_UNTIL: Final = 40  # characters of a line that says until when
_LONGEST_SINGLE: Final = 90  # characters beside a single date
_SENTENCE: Final = 50  # characters from which a line that runs on is no name that a narrow column broke
_UNUSUAL: Final = 0.25  # what an unusual way to write costs
_SEVERAL: Final = 2  # entries that must look like an unusual way
_MOST_PLACE_WORDS: Final = 3
_PROJECTS: Final = frozenset(
    "project projekt projet proyecto projeto progetto projeler проект 项目 プロジェクト 프로젝트".split()
)
_STOP: Final = re.compile(r"[^\W\d_]{4,}[.!?](?=\s|$)")  # behind a word, not an abbreviation
_LEADING_STOP: Final = re.compile(r"^\.(?=[^.\d])")


class Entry(NamedTuple):
    """One dated entry: what and where (title and company, degree and school), when, its own lines and those below."""

    pair: Pair
    period: Period | None
    head: list[Line]
    below: list[Line]


class _Anchor(NamedTuple):
    place: int  # index of its line
    found: LinePeriod
    size: int  # lines its dates take up


_Places = Literal["", "comma", "dates"]  # where places stand that nobody knows: behind a comma, beside the dates


class _Hypothesis(NamedTuple):
    """How a person writes: lines above and below the dates that name an entry, and which of the two comes first."""

    above: int
    below: int
    order: Order
    places: _Places = ""
    by_words: bool = False  # nothing but a blank parts title and employer


class _Head(NamedTuple):
    first: int
    last: int  # the line behind it
    pair: Pair


class _Section(NamedTuple):
    lines: Sequence[Line]
    anchors: Sequence[_Anchor]
    shares: Shares


def read_entries(lines: Sequence[Line], shares: Shares, single_dates: bool) -> list[Entry]:
    """Return the entries of a section in its order. `single_dates`: a lone year anchors an entry too."""
    return list(_read_entries(tuple(lines), shares, single_dates))


@lru_cache(maxsize=8)
def _read_entries(all_lines: tuple[Line, ...], shares: Shares, single_dates: bool) -> list[Entry]:
    lines = [line for line in all_lines if line.bullet or not (is_length(line.text) or is_place(line.text))]
    anchors = _anchors(lines, single_dates)
    if not anchors:
        return []
    section = _Section(lines, anchors, shares)
    hypothesis = _best_hypothesis(section)
    heads: list[_Head] = []
    for number in range(len(anchors)):
        heads.append(_own_head(section, number, hypothesis, heads[-1].last if heads else 0))
    pairs = _without_places([head.pair for head in heads])
    entries = []
    for number, (head, pair) in enumerate(zip(heads, pairs, strict=True)):
        end = heads[number + 1].first if number + 1 < len(heads) else len(lines)
        below = list(lines[head.last : end])
        entries.append(Entry(pair, anchors[number].found.period, list(lines[head.first : head.last]), below))
    return entries


def _anchors(lines: Sequence[Line], single_dates: bool) -> list[_Anchor]:
    anchors: list[_Anchor] = []
    place = 0
    while place < len(lines):
        anchor = _anchor(lines, place)
        if anchor and _may_anchor(lines[place], anchor.found, lines[0].bullet):
            anchors.append(anchor)
            place += anchor.size - 1
        place += 1
    ranges = [anchor for anchor in anchors if anchor.found.kind == "range"]
    if single_dates:
        return [anchor for anchor in anchors if anchor.found.kind == "range" or not _next_to_range(anchor, ranges)]
    return ranges or anchors


def _next_to_range(anchor: _Anchor, ranges: Sequence[_Anchor]) -> bool:
    return any(abs(anchor.place - other.place) <= 1 for other in ranges)


def _anchor(lines: Sequence[Line], place: int) -> _Anchor | None:
    """Return the dates of a line, with the end that stands in the next line where the first ends in a dash."""
    line = lines[place]
    found = find_period(line.text)
    if found is None:
        return None
    if place + 1 < len(lines):
        both = _over_two_lines(line, lines[place + 1], found)
        if both:
            return _Anchor(place, both, 2)
    return _Anchor(place, found, 1)


def _over_two_lines(line: Line, following: Line, found: LinePeriod) -> LinePeriod | None:
    labelled = _from_and_to(line, following)
    if labelled:
        return labelled
    if len(following.text) >= _LONGEST_UNTIL:
        return _over_two_rows(line, following)
    if not (ends_open(line.text) or _ends_with_dash(line.text)):
        return _over_two_rows(line, following)
    both = find_period(f"{line.text} {following.text}")
    if both and both.kind == "range" and both.period != found.period:
        return both
    return None


def _from_and_to(line: Line, following: Line) -> LinePeriod | None:
    """The two lines of a form: `From: March 2019` above `To: present`."""
    label, _, start = line.text.partition(":")
    other, _, end = following.text.partition(":")
    if normalize(label) not in FROM | SINCE:
        return None
    if normalize(other) not in TO:
        return None
    both = find_period(f"{start.strip()} – {end.strip()}")
    if both and both.kind == "range" and not both.rest:
        return both
    return None


def _over_two_rows(line: Line, following: Line) -> LinePeriod | None:
    """Dates in a narrow first column that goes on in the next row: `09.2016 –  Buyer` above `02.2020  Falkenried`."""
    if len(line.cells) < 2:
        return None
    if len(following.cells) < 2:
        return None
    if following.bullet:
        return None
    if not _ends_with_dash(line.cells[0]):
        return None
    both = find_period(f"{line.cells[0]} {following.cells[0]}")
    if both is None:
        return None
    if both.kind != "range":
        return None
    if both.rest:
        return None
    if both.period.end is None:
        return None
    rest = "\t".join([*line.cells[1:], *following.cells[1:]])
    return both._replace(rest=rest)


def _ends_with_dash(text: str) -> bool:
    return text.rstrip().endswith(("-", "–", "—", "to", "bis", "à"))


def _may_anchor(line: Line, found: LinePeriod, first_bullet: str) -> bool:
    label, colon, _ = line.text.partition(":")
    if colon and normalize(label) in _PROJECTS:
        return False
    rest = found.rest.replace("\t", " ")
    if len(rest) > _LONG_REST:
        return False
    if rest and not may_head(rest) and len(rest.split()) > 7:
        return False
    if line.bullet and line.bullet != first_bullet:
        if found.first:
            return True
        return not rest
    if found.kind == "range":
        return True
    return len(rest) < _LONGEST_SINGLE


def _best_hypothesis(section: _Section) -> _Hypothesis:
    """The number of lines before the first dates says most: nothing but its head can stand there."""
    before = sum(_eligible(section.lines, place) for place in range(section.anchors[0].place))
    best, best_worth = _Hypothesis(0, 0, ORDERS[0]), float("-inf")
    for hypothesis in _hypotheses(section):
        worth = _mean_score(section, hypothesis) - _LINE * (hypothesis.above + hypothesis.below)
        if hypothesis.above == min(before, _MOST_ABOVE):
            worth += _NOTHING_ELSE
        if hypothesis.places == "comma" or hypothesis.by_words:
            worth -= _UNUSUAL
        if worth > best_worth:
            best, best_worth = hypothesis, worth
    return best


def _hypotheses(section: _Section) -> Iterator[_Hypothesis]:
    unusual = list(_unusual(section))
    for above in range(_MOST_ABOVE + 1):
        for below in range(_MOST_BELOW + 1):
            for order in ORDERS:
                usual = _Hypothesis(above, below, order)
                yield usual
                for changes in unusual:
                    yield usual._replace(**changes)


def _unusual(section: _Section) -> Iterator[dict[str, Any]]:
    """Yield what else is worth a try: only where several entries look like it."""
    rests = [anchor.found.rest for anchor in section.anchors]
    if sum("," not in rest and "\t" not in rest and len(rest.split()) > 2 for rest in rests) >= _SEVERAL:
        yield {"by_words": True}
    if sum(_is_like_a_place(rest) for rest in rests) >= _SEVERAL:
        yield {"places": "dates"}
    near: set[int] = set()
    for anchor in section.anchors:
        near.update(range(anchor.place - _MOST_ABOVE, anchor.place + anchor.size + _MOST_BELOW))
    lines = [line for place, line in enumerate(section.lines) if place in near and not line.bullet]
    if sum(_without_tail(line.text) != line.text for line in lines) >= _SEVERAL:
        yield {"places": "comma"}


def _without_tail(text: str) -> str:
    """Return a line without what may be a place behind its first comma: `Krawiectwo Nowak, Zamość`."""
    cells = text.split("\t")
    for place, cell in enumerate(cells):
        head, _, tail = cell.partition(",")
        if tail and _is_like_a_place(tail.strip()):
            cells[place] = head
    return "\t".join(cells)


def _is_like_a_place(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not 1 <= len(words) <= _MOST_PLACE_WORDS:
        return False
    if has_legal_form(text):
        return False
    if not all(word[:1].isupper() and word.replace("-", "").isalpha() for word in words):
        return False
    return title_share(text) == 0


def _mean_score(section: _Section, hypothesis: _Hypothesis) -> float:
    total, taken = 0.0, 0
    for number in range(len(section.anchors)):
        head = _head(section, number, hypothesis, taken)
        total += head.pair.score
        taken = head.last
    return total / len(section.anchors)


def _own_head(section: _Section, number: int, hypothesis: _Hypothesis, taken: int) -> _Head:
    """The head under the section's hypothesis, or one that deviates from it and reads plainly better."""
    best = _head(section, number, hypothesis, taken)
    for above in (hypothesis.above + 1, hypothesis.above - 1):
        if hypothesis.above and above:
            other = _head(section, number, hypothesis._replace(above=above), taken)
            if other.pair.score > best.pair.score + _PLAINLY:
                best = other
    if not (best.pair.what and best.pair.where):
        other = _head(section, number, hypothesis._replace(below=hypothesis.below + 1, order=""), taken)
        if other.pair.score > best.pair.score + _PLAINLY:
            best = other
    turned = _head(section, number, hypothesis._replace(order=""), taken)
    if turned.pair.score > best.pair.score + _STRONGLY:
        best = turned
    return best


def _head(section: _Section, number: int, hypothesis: _Hypothesis, taken: int) -> _Head:
    """Return an entry's head under a hypothesis. `taken`: the line behind the head before it."""
    lines, anchors = section.lines, section.anchors
    anchor = anchors[number]
    behind = anchor.place + anchor.size
    first = anchor.place
    while first > taken and anchor.place - first < hypothesis.above and _eligible(lines, first - 1):
        first -= 1
    limit = anchors[number + 1].place - hypothesis.above if number + 1 < len(anchors) else len(lines)
    last = behind
    while last < limit and last - behind < hypothesis.below and _eligible(lines, last):
        last += 1
    rest = [part for part in anchor.found.rest.split("\t") if part]
    above = [_shown(line) for line in lines[first : anchor.place]]
    below = [_shown(line) for line in lines[behind:last]]
    if hypothesis.places == "dates":
        rest = [part for part in rest if not _is_like_a_place(part)]
    elif hypothesis.places == "comma":
        above, rest, below = _without_tails(above), _without_tails(rest), _without_tails(below)
    pair = pair_of(above, rest, below, section.shares, hypothesis.order, hypothesis.by_words)
    return _Head(first, last, pair)


def _without_tails(texts: Sequence[str]) -> list[str]:
    return [_without_tail(text) for text in texts]


def _eligible(lines: Sequence[Line], place: int) -> bool:
    """Whether a line may name an entry; one in small letters only where it goes on with a line that may."""
    line = lines[place]
    text = _shown(line)
    if line.bullet:
        return False
    if not may_head(text):
        return False
    if _runs_on(lines, place):
        return False
    if not text.split()[0].islower():
        return True
    if not text.isascii():
        return True
    if place <= 0:
        return False
    if line.gap:
        return False
    return _eligible(lines, place - 1)


def _runs_on(lines: Sequence[Line], place: int) -> bool:
    """Whether a long line goes on in small letters to a full stop: the beginning of a sentence, not of a long name."""
    if len(lines[place].text) < _SENTENCE:
        return False
    for line in lines[place + 1 :]:
        dated = find_period(line.text)  # `sept. 2023 – août 2026` is small, too
        if not line.text[0].islower():
            return False
        if line.bullet:
            return False
        if line.gap:
            return False
        if dated and dated.first:
            return False
        if _STOP.search(line.text):
            return True
    return False


def _shown(line: Line) -> str:
    """A full stop that right-to-left order moved to the front goes back to the end."""
    if _LEADING_STOP.match(line.text):
        return _LEADING_STOP.sub("", line.text) + "."
    return line.text


def _without_places(pairs: Sequence[Pair]) -> list[Pair]:
    """Where this person writes the place behind the employer, cut places nobody knows: `Krawiectwo Nowak, Zamość`."""
    if not any(pair.place for pair in pairs):
        return list(pairs)
    return [_without_unknown_place(pair) for pair in pairs]


def _without_unknown_place(pair: Pair) -> Pair:
    if pair.place:
        return pair
    if not pair.where:
        return pair
    if not pair.what:
        return pair
    commas = list(COMMA.finditer(pair.where))
    if not commas:
        return pair
    tail = pair.where[commas[-1].end() :]
    words = tail.split()
    if len(words) > _MOST_PLACE_WORDS:
        return pair
    if not all(word[:1].isupper() for word in words):
        return pair
    return pair._replace(where=pair.where[: commas[-1].start()], place=tail)
