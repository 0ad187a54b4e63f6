"""Texts that make a pattern work as much as it can: made from the pattern's own parse tree, of any length.

A repeat is what a stranger pumps. For each repeat of a pattern there are texts of what stands before it, of what it
repeats (every alternative, every kind of character), and of an end that nearly fits or does not fit at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from time import thread_time
from typing import Any

from shared.vocabulary.bounds import bounded

FEW = 20  # a repeat of at most so many is no pump: its cost has an end
MOST_SAMPLES = 6  # texts of one node
MOST_PUMPS = 12  # texts that one pattern is tried with
LENGTH = 2_000  # characters
SLOW = 0.0015  # seconds: what is faster is not judged, the clock is too coarse
RUNS = 2
MOST = 3.0  # times the time for twice the text: what grows with the square takes four times
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_CATEGORIES = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: " ",
}
_OTHERS = "a 7\n.,-@|é!A_/(\u0900"


@dataclass(frozen=True)
class Pump:
    """`before`, then `body` as often as it takes, then `after`."""

    before: str
    body: str
    after: str

    def text(self, length: int) -> str:
        """Return a text of about so many characters, as it comes in: bounded."""
        return bounded(self.before + self.body * max(1, length // len(self.body)) + self.after)


def pumps(pattern: re.Pattern[str]) -> list[Pump]:
    """Return the texts to try a pattern with, those of its own repeats first."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE.value | re.UNICODE.value)
    endings = ("", "\x00", "!", " @")
    own = []
    for before, body, after in _repeats(list(tree), ""):
        near = after[:-1] if after else ""
        for ending in (*endings, near, near + "\x00", after):
            own.append(Pump(before, body, ending))
            own.append(Pump("", body, ending))
    return list(dict.fromkeys(own))[:MOST_PUMPS]


def _repeats(nodes: Sequence[Any], before: str) -> Iterator[tuple[str, str, str]]:
    """Yield (before, body, after) for each repeat below these nodes."""
    for place, (op, value) in enumerate(nodes):
        after = "".join(_first(node) for node in nodes[place + 1 :])
        if op in _REPEATS:
            _, most, body = value
            if most > FEW:
                for sample in _samples(list(body)):
                    if sample:
                        yield before, sample, after
            yield from _repeats(list(body), before)
        for inner in _children(op, value):
            for head, body_text, tail in _repeats(list(inner), before):
                yield head, body_text, tail + after
        before += _first((op, value))


def _children(op: Any, value: Any) -> list[Any]:
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op is sre.BRANCH:
        return list(value[1])
    if op is sre.ATOMIC_GROUP:
        return [value]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    if op is sre.GROUPREF_EXISTS:
        return [part for part in value[1:] if part is not None]
    return []


def _first(node: Any) -> str:
    return next(iter(_texts_of(node)), "")


def _samples(nodes: Sequence[Any]) -> list[str]:
    """Return a few texts that the nodes match, in which each node shows its alternatives."""
    choices = [_texts_of(node) or [""] for node in nodes]
    firsts = [choice[0] for choice in choices]
    samples = ["".join(firsts)]
    for place, choice in enumerate(choices):
        for other in choice[1:]:
            samples.append("".join([*firsts[:place], other, *firsts[place + 1 :]]))
    return list(dict.fromkeys(samples))[:MOST_SAMPLES]


def _texts_of(node: Any) -> list[str]:
    op, value = node
    if op is sre.LITERAL:
        return [chr(value)]
    if op is sre.NOT_LITERAL:
        return [next(char for char in _OTHERS if ord(char) != value)]
    if op is sre.ANY:
        return ["a", " "]
    if op is sre.IN:
        return _characters(value)
    if op in _REPEATS:
        least, _, body = value
        return [sample * max(1, least) for sample in _samples(list(body))] + ([""] if not least else [])
    if op is sre.BRANCH:
        return [sample for branch in value[1] for sample in _samples(list(branch))[:2]]
    if op is sre.SUBPATTERN:
        return _samples(list(value[3]))
    if op is sre.ATOMIC_GROUP:
        return _samples(list(value))
    return []


def _characters(items: Sequence[Any]) -> list[str]:
    """Return one character for each part of a class, and them in turn: `[a-z.\\s]` gives a, a dot and blanks."""
    negated = bool(items) and items[0][0] is sre.NEGATE
    if negated:
        return [char for char in _OTHERS if not any(_holds(item, char) for item in items[1:])][:3]
    characters = []
    for op, value in items:
        if op is sre.LITERAL:
            characters.append(chr(value))
        elif op is sre.RANGE:
            characters.append(chr(value[0]))
        elif op is sre.CATEGORY:
            characters.extend(_CATEGORIES[value])
    return [*characters[:4], "".join(characters)] if len(characters) > 1 else characters


def _holds(item: Any, char: str) -> bool:
    op, value = item
    if op is sre.LITERAL:
        return ord(char) == value
    if op is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    return bool(op is sre.CATEGORY and _in_category(value, char))


def _in_category(category: Any, char: str) -> bool:
    kinds = {
        sre.CATEGORY_DIGIT: char.isdigit(),
        sre.CATEGORY_SPACE: char.isspace(),
        sre.CATEGORY_WORD: char.isalnum() or char == "_",
        sre.CATEGORY_NOT_DIGIT: not char.isdigit(),
        sre.CATEGORY_NOT_SPACE: not char.isspace(),
        sre.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }
    return bool(kinds[category])


def seconds(act: Callable[[str], object], text: str, runs: int) -> float:
    """Return the shortest of some runs."""
    best = float("inf")
    for _ in range(runs):
        start = thread_time()
        act(text)
        best = min(best, thread_time() - start)
    return best


def growth(act: Callable[[str], object], pump: Pump) -> float:
    """Return by how much the time grows for twice the text; 1.0 where it grows as the text or takes no time.

    Of two doublings, so that a moment of the machine is not mistaken for the pattern. Time is that of this thread.
    """
    if seconds(act, pump.text(LENGTH), 1) < SLOW:
        return 1.0
    short = seconds(act, pump.text(LENGTH), RUNS)
    twice = seconds(act, pump.text(2 * LENGTH), RUNS)
    if short < SLOW or twice <= MOST * short:
        return 1.0
    return float((seconds(act, pump.text(4 * LENGTH), RUNS) / short) ** 0.5)
