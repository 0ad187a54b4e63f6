import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_records import NOW

from shared.errors import InvalidRequest
from shared.search.request.words_query import All, Either, Node, Not, Term, parse, read_text
from shared.search.score.facts import Facts
from shared.search.words_match import judge

PIECES = st.sampled_from(
    ['"', "(", ")", "-", " ", "OR", " OR ", " AND ", "NOT ", "title:", "place:", "x:", "a", "C++", "“", "é", ":", "/"]
)
RECORD = {
    "person": {"name": "Ada Ng", "location": "Berlin, Germany"},
    "profile": {
        "headline": "Back-end person",
        "summary": "Likes event sourcing.",
        "experiences": [{"title": "Team Lead", "company": "Acme GmbH", "description": "Kubernetes at scale"}],
        "educations": [{"degree": "BSc Physics", "school": "TU Delft"}],
        "skills": [{"name": "Node.js"}, {"name": "Kubernetes"}],
        "tags": ["top pick"],
    },
}


def shape(node: Node) -> object:
    """Return the query with every node as a word: what binds to what."""
    if isinstance(node, Term):
        return f"{node.field}:{node.text}" if node.field else node.text
    if isinstance(node, Not):
        return ("not", shape(node.node))
    return ("all" if isinstance(node, All) else "either", *map(shape, node.nodes))


def answer(query: str, record: object = RECORD) -> bool | None:
    return judge(parse(query), Facts("a", record, NOW))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a b", ("all", "a", "b")),
        ("a OR b c", ("all", ("either", "a", "b"), "c")),
        ("a AND b OR c AND d", ("either", ("all", "a", "b"), ("all", "c", "d"))),
        ("-a OR b", ("either", ("not", "a"), "b")),
        ("-(a OR b) c", ("all", ("not", ("either", "a", "b")), "c")),
        ("a (b OR (c d))", ("all", "a", ("either", "b", ("all", "c", "d")))),
        ('title:"team lead" NOT tag:x', ("all", "title:team lead", ("not", "tag:x"))),
        ("--a", ("not", ("not", "a"))),
        ("month-end C++ https://x.example", ("all", "month-end", "C++", "https://x.example")),
    ],
)
def test_or_binds_tighter_than_a_blank_and_and_tighter_than_or(query, expected):
    assert shape(parse(query)) == expected


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('a "b', "position 3: this quote is never closed"),
        ("(a", "position 1: this parenthesis is never closed"),
        ("a) b", "position 2: this parenthesis was never opened"),
        ("a OR OR b", "position 6: OR needs something on both sides"),
        ("a OR", "position 3: something is missing behind OR"),
        ("a salary:5", "position 3: unknown field salary, one of title, company, skill, place, school, tag"),
        ("title: a", "position 1: title: needs a word or a phrase right behind it"),
        ('a ""', "position 3: there is no word in this to look for"),
        ("a -/", "there is no word in this to look for"),
        ("a OR /", "there is no word in this to look for"),
        (" ", "the words are empty"),
        ("/ &", "the words say nothing to look for"),
        ("()", "position 2: nothing stands before this parenthesis"),
        ("(" * 60 + "a", "nested deeper than 40 times"),
        ("a " * 600, "longer than 1000 characters"),
    ],
)
def test_a_query_that_cannot_be_read_is_one_sentence_with_the_position(query, says):
    with pytest.raises(InvalidRequest) as refused:
        parse(query)
    assert says in str(refused.value) and "\n" not in str(refused.value)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map("".join)))
def test_no_text_whatever_breaks_the_reader(text):
    for read in (parse, read_text):
        try:
            read(text)
        except InvalidRequest as refused:
            assert str(refused)


def written(node: Node) -> str:
    if isinstance(node, Term):
        return node.text
    if isinstance(node, Not):
        return f"-({written(node.node)})"
    return "(" + (" " if isinstance(node, All) else " OR ").join(map(written, node.nodes)) + ")"


def truth(node: Node, held: set[str]) -> bool:
    if isinstance(node, Term):
        return node.text in held
    if isinstance(node, Not):
        return not truth(node.node, held)
    return (all if isinstance(node, All) else any)(truth(each, held) for each in node.nodes)


WORD = st.sampled_from(["alpha", "beta", "gamma", "delta"]).map(lambda word: Term(word, (word,)))
NODE = st.recursive(
    WORD,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: All(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Either(tuple(nodes))),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(NODE, st.sets(st.sampled_from(["alpha", "beta", "gamma", "delta"])))
def test_a_written_query_answers_as_logic_does(node, held):
    record = {"profile": {"headline": " ".join(sorted(held))}}
    assert answer(written(node), record) is truth(node, held)


@pytest.mark.parametrize(
    "text",
    [
        "senior back-end engineer",
        'a 27" monitor',
        'said "so',
        "Developer (m/w/d)",
        "GO OR JAVA DEVELOPER",
        "Portland, OR",
        "Title: Lead Engineer - Berlin",
        "- Python\n- Java",
        '5 -10 years, "A" team\nand more',
        "mail https://x.example",
    ],
)
def test_a_text_without_operators_stays_as_it_is(text):
    assert read_text(text) == (text, None)


@pytest.mark.parametrize(
    ("text", "spoken", "filtered"),
    [
        ("senior engineer -junior", "senior engineer", ("not", "junior")),
        ("engineer Java OR Kotlin", "engineer Java or Kotlin", ("either", "Java", "Kotlin")),
        ('engineer "event sourcing"', "engineer event sourcing", "event sourcing"),
        ("engineer company:acme place:Berlin", "engineer Berlin", ("all", "company:acme", "place:Berlin")),
        ("developer (m/w/d) -php", "developer m/w/d", ("not", "php")),
        ("company:acme", "acme", "company:acme"),
        ("engineer “event sourcing”", "engineer event sourcing", "event sourcing"),
    ],
)
def test_of_a_text_with_operators_only_these_filter_and_what_is_excluded_is_not_asked_for(text, spoken, filtered):
    said, node = read_text(text)
    assert said == spoken
    assert node is not None and shape(node) == filtered


def test_a_text_that_only_excludes_is_refused():
    with pytest.raises(InvalidRequest, match="only excludes"):
        read_text("-junior")


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("ada", False),  # a name is looked up in the list, not searched
        ('"event sourcing"', True),
        ('"sourcing event"', False),
        ('"team acme"', False),  # a phrase stands in one cell
        ("back end", True),
        ("k8s", True),  # another name of a skill
        ("title:lead", True),
        ("title:acme", False),
        ("company:acme -company:other", True),
        ("skill:nodejs", True),
        ("skill:physics", False),
        ("place:Germany", True),
        ("place:lima", False),
        ("-place:lima", True),
        ('school:"tu delft"', True),
        ('tag:"top pick"', True),
        ("tag:lead OR school:lima", False),
        ("physics -acme", False),
    ],
)
def test_a_person_is_judged_by_the_cells_a_field_names(query, passes):
    assert answer(query) is passes


def test_a_place_nobody_recorded_is_neither_met_nor_missed():
    nowhere = {"profile": {"headline": "Engineer"}}
    assert answer("place:Berlin", nowhere) is None
    assert answer("-place:Berlin", nowhere) is None
    assert answer("engineer place:Berlin", nowhere) is None
    assert answer("engineer OR place:Berlin", nowhere) is True
    assert answer("nurse place:Berlin", nowhere) is False
