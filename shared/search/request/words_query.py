"""The query language recruiters know from search engines: quotes, `-`, OR, parentheses, fields; one small grammar.

query  = either { either }                    all of them; binds loosest
either = both { "OR" both }                   any of them
both   = unit { "AND" unit }                  all of them, as people write long lists
unit   = ("-" | "NOT") unit | "(" query ")" | [field ":"] (word | "phrase")
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from shared.errors import InvalidRequest
from shared.vocabulary.skills import find_skills
from shared.vocabulary.text import tokenize
from shared.vocabulary.titles import read_title

FIELDS: Final = ("title", "company", "skill", "place", "school", "tag")
LONGEST: Final = 1000  # characters of a query
_LONGEST_TEXT: Final = 300  # a longer text, or one of several lines, is an offer: its quotes and dashes are prose
_DEEPEST: Final = 40  # parentheses within parentheses
_SCORED: Final = (None, "title", "skill", "place")  # what the scores can read, too
_QUOTES: Final = str.maketrans("“”„«»", '"' * 5)
_FIELD: Final = rf"(?:{'|'.join(FIELDS)})"
# In a plain text these make it a query: a whole phrase, an excluded word, OR between two things, a field with a value.
_PHRASE_MARK: Final = r'(?<!\w)"[^"\w]*+\w[^"]*+"(?!\w)'
_MINUS_MARK: Final = r'(?:^|(?<=[\s(]))-(?=[^\W\d_]|["(.])'
_OR_MARK: Final = r"(?<=\S)\s+OR\s+(?=\S)"
_FIELD_MARK: Final = rf'(?:^|(?<=[\s(-])){_FIELD}:(?=[\w".])'
_OPERATOR: Final = re.compile("|".join((_PHRASE_MARK, _MINUS_MARK, _FIELD_MARK)))
_OR: Final = re.compile(_OR_MARK)
# A quote right behind a letter or digit is an inch mark, not the start of a phrase.
_TOKEN: Final = re.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-)(?=\S)|(?P<field>[a-zA-Z]+):(?!/)|(?P<quote>")(?P<phrase>[^"]*)(?P<end>"?)'
    r'|(?P<word>(?:[^\s()":]|(?<=\w)"|:)+))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, anywhere or in one field; `pieces` empty: nothing that could be looked for."""

    text: str
    pieces: tuple[str, ...]
    field: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of them."""

    nodes: tuple[Node, ...]


Node = Term | Not | All | Either


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # open close minus field phrase word
    text: str
    at: int  # from 1 on


def pieces(text: str) -> tuple[str, ...]:
    """Return the words that are compared; `back-end` and `back end` are the same."""
    return tuple(piece for word in tokenize(text) for piece in word.replace("-", " ").split())


def parse(query: str) -> Node:
    """Return what the query says. Raises `InvalidRequest`: one sentence with the position, counted from 1."""
    if len(query) > LONGEST:
        raise InvalidRequest(f"the words are longer than {LONGEST} characters")
    node = _Parser(list(_tokens(query.translate(_QUOTES)))).whole()
    if not any(term.pieces for term in _terms(node)):
        raise InvalidRequest("the words say nothing to look for")
    return node


def read_text(text: str) -> tuple[str, Node | None]:
    """Return (what the scores read, the filter) of a search text; a text without operators stays as it is.

    Words outside of any operator are no filter: they are what the search is about. Raises `InvalidRequest`.
    """
    straight = text.translate(_QUOTES)
    if not is_short(text) or not has_operator(straight):
        return text, None
    node = parse(text)
    parts = node.nodes if isinstance(node, All) else (node,)
    kept = tuple(part for part in parts if not _is_plain(part))
    spoken = _spoken(node, _SCORED) or _spoken(node, (*_SCORED, *FIELDS))
    if not spoken:
        raise InvalidRequest("the search only excludes: say also whom to look for")
    return spoken, (kept[0] if len(kept) == 1 else All(kept)) if kept else None


def is_short(text: str) -> bool:
    """Whether a text is a request a person typed, not a whole offer."""
    return "\n" not in text.strip() and len(text) <= _LONGEST_TEXT


def exclude(phrases: Iterable[str]) -> Node | None:
    """Return the filter that leaves out whoever holds one of these phrases; None when they say nothing.

    A skill counts wherever it stands, by any of its names; a role or a level counts where it is a job title.
    """
    nodes = [Not(term) for phrase in phrases for term in _excluded_terms(phrase)]
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _excluded_terms(phrase: str) -> list[Term]:
    skills = find_skills(phrase)
    if skills:
        return [Term(quote, pieces(quote)) for _, quote in skills]
    reading = read_title(phrase)
    is_title = bool(reading.level_quote) or reading.functions != ("general",)
    found = pieces(phrase)
    return [Term(phrase, found, "title" if is_title else None, quoted=True)] if found else []


def looked_for(node: Node) -> list[Term]:
    """Return the terms someone who passes may hold: all that is not excluded."""
    return [term for term in _terms(node, excluded=False) if term.pieces]


def has_operator(text: str) -> bool:
    """Whether a text is written in the query language; in a text all in capitals OR is a word."""
    return bool(_OPERATOR.search(text) or (_OR.search(text) and text.upper() != text))


def _is_plain(node: Node) -> bool:
    if isinstance(node, All):
        return all(map(_is_plain, node.nodes))
    return isinstance(node, Term) and not node.field and not node.quoted


def _terms(node: Node, excluded: bool = True) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Not):
        yield from _terms(node.node) if excluded else ()
    else:
        for each in node.nodes:
            yield from _terms(each, excluded)


def _spoken(node: Node, fields: tuple[str | None, ...]) -> str:
    """Return the query as a person would say it: alternatives with `or`, without what is excluded."""
    if isinstance(node, Term):
        return node.text if node.field in fields else ""
    if isinstance(node, Not):
        return ""
    said = [text for each in node.nodes if (text := _spoken(each, fields))]
    return (" or " if isinstance(node, Either) else " ").join(said)


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while query[at:].strip():
        found = _TOKEN.match(query, at)
        if found is None or found.end() == at:  # a quote that stands where none can
            raise InvalidRequest(f"position {at + 1}: {query[at]} cannot stand here")
        kind = found.lastgroup or ""
        kind = "phrase" if kind in ("end", "phrase") else kind
        start = found.start("quote" if kind == "phrase" else kind) + 1
        if kind == "phrase" and not found["end"]:
            raise InvalidRequest(f"position {start}: this quote is never closed")
        if kind == "field" and found["field"] not in FIELDS:
            raise InvalidRequest(f"position {start}: unknown field {found['field']}, one of {', '.join(FIELDS)}")
        yield _Token(kind, found[kind], start)
        at = found.end()


class _Parser:
    """One walk over the tokens, a method a rule of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.next = 0
        self.depth = 0

    def whole(self) -> Node:
        if not self.tokens:
            raise InvalidRequest("the words are empty")
        node = self.query()
        if token := self.peek():
            raise InvalidRequest(f"position {token.at}: this parenthesis was never opened")
        return node

    def query(self) -> Node:
        nodes = [self.either()]
        while (token := self.peek()) and token.kind != "close":
            nodes.append(self.either())
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def either(self) -> Node:
        nodes = [self.both()]
        while self.takes("OR"):
            nodes.append(self.both())
        return nodes[0] if len(nodes) == 1 else Either(tuple(map(self.solid, nodes)))

    def both(self) -> Node:
        nodes = [self.unit()]
        while self.takes("AND"):
            nodes.append(self.unit())
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def unit(self) -> Node:
        token = self.take()
        if token.kind in ("open", "minus") or (token.kind, token.text) == ("word", "NOT"):
            self.depth += 1
            if self.depth > _DEEPEST:
                raise InvalidRequest(f"position {token.at}: nested deeper than {_DEEPEST} times")
            node = self.group(token) if token.kind == "open" else Not(self.solid(self.unit()))
            self.depth -= 1
            return node
        if token.kind == "field":
            return self.field(token)
        if token.kind == "close":
            raise InvalidRequest(f"position {token.at}: nothing stands before this parenthesis")
        if token.kind == "word" and token.text in ("AND", "OR"):
            raise InvalidRequest(f"position {token.at}: {token.text} needs something on both sides")
        return _term(token, None)

    def group(self, opened: _Token) -> Node:
        node = self.query()
        token = self.peek()
        if token is None:
            raise InvalidRequest(f"position {opened.at}: this parenthesis is never closed")
        self.next += 1
        return node

    def field(self, named: _Token) -> Node:
        token = self.peek()
        if token is None or token.kind not in ("word", "phrase") or token.at > named.at + len(named.text) + 1:
            raise InvalidRequest(f"position {named.at}: {named.text}: needs a word or a phrase right behind it")
        self.next += 1
        return _term(token, named.text)

    def solid(self, node: Node) -> Node:
        """Refuse a mark without a word where it would let everybody pass, or nobody."""
        if not any(term.pieces for term in _terms(node)):
            raise InvalidRequest(f"position {self.tokens[self.next - 1].at}: there is no word in this to look for")
        return node

    def peek(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def take(self) -> _Token:
        token = self.peek()
        if token is None:
            last = self.tokens[-1]
            raise InvalidRequest(f"position {last.at}: something is missing behind {last.text}")
        self.next += 1
        return token

    def takes(self, word: str) -> bool:
        token = self.peek()
        found = token is not None and (token.kind, token.text) == ("word", word)
        self.next += found
        return found


def _term(token: _Token, field: str | None) -> Term:
    found = pieces(token.text)
    if not found and (field or token.kind == "phrase"):
        raise InvalidRequest(f"position {token.at}: there is no word in this to look for")
    return Term(token.text, found, field, token.kind == "phrase")
