"""How good search runs are: graded queries through the API, and pairs of openings and people whose truth is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, cast

from werkzeug.test import Client

from benchmarks.datasets import Record
from benchmarks.figures import Figure
from functions.app import create_app
from functions.runtime import Runtime
from shared import wiring
from shared.config import Settings
from shared.models.caller import Caller
from shared.ports import Ports
from shared.search.request.offer import job_text
from shared.search.request.request import Search, prepare
from shared.search.score.facts import Facts
from shared.search.score.score import score
from shared.wiring import utc_now

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument

Known = tuple[Record, Mapping[str, Any]]  # the truth of a person, and their document
Label = tuple[str, str, str]  # function, specialty, level
Graded = Callable[[Sequence[Mapping[str, Any]], Mapping[str, Any]], float]
_UNNAMED: Final = ("director", "vp", "c_level")  # titles at these levels name a function, seldom a specialty
REPEATS: Final = 100


@dataclass(frozen=True)
class Groups:
    """Mean scores of the three kinds of people for one opening: right, right but another level, wrong."""

    opening: str
    right: float
    other_level: float
    wrong: float

    @property
    def ordered(self) -> bool:
        """Whether the right ones are above those of another level, and these above the wrong ones."""
        return self.right > self.other_level > self.wrong


@contextmanager
def connected(settings: Settings) -> Iterator[tuple[Ports, Client]]:
    """Serve the API of a home in this process."""
    runtime = Runtime(settings)
    ports = runtime.ports
    try:
        yield ports, create_app(runtime).test_client()
    finally:
        wiring.thread_queue(ports).stop()
        ports.store.close()


def run_figures(client: Client, queries: Sequence[Mapping[str, Any]], grade: Graded, depth: int) -> Iterator[Figure]:
    """Return nDCG of the graded queries through `POST /api/search-runs/`, and whether one answers always alike."""
    values = [grade(posted(client, query["text"], depth)["results"], query) for query in queries]
    yield Figure(f"search runs: mean nDCG@{depth}", fmean(values), target=0.92, note=f"{len(values)} graded queries")
    answers = {told(posted(client, queries[0]["text"], depth)) for _ in range(REPEATS)}
    yield Figure(f"different answers in {REPEATS} runs", len(answers), target=1, better="equal")


def posted(client: Client, text: str, depth: int) -> dict[str, Any]:
    """Return the answer to a search run."""
    answer = client.post("/api/search-runs/", json={"job_offer_text": text, "top_k": depth})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def told(answer: Mapping[str, Any]) -> str:
    """Return an answer as text, without what differs from run to run."""
    return repr({name: value for name, value in answer.items() if name not in ("id", "took_ms", "timings")})


def pair_figures(ports: Ports, people: Sequence[Known]) -> Iterator[Figure]:
    """Return how often the mean scores of the three kinds of people are in order, one opening a role and level."""
    groups = list(openings(ports, people))
    wrong = next((f"not in order: {each.opening}" for each in groups if not each.ordered), "")
    share = fmean(each.ordered for each in groups) if groups else 0.0
    yield Figure(
        "pairs: openings whose groups are in order", share, target=0.97, note=f"{len(groups)} openings; {wrong}"
    )
    for name in ("right", "other_level", "wrong"):
        mean = fmean(getattr(each, name) for each in groups) if groups else 0.0
        yield Figure(f"pairs: mean score, {name.replace('_', ' ')}", mean)


def openings(ports: Ports, people: Sequence[Known]) -> Iterator[Groups]:
    """Yield, for every role and level two people hold, the groups around an opening with their usual title."""
    known = [(truth, document) for truth, document in people if truth["current_title"]]
    known.sort(key=lambda each: each[0]["candidate"])  # ids are random, and of two titles as usual the first is taken
    held: dict[Label, list[Known]] = defaultdict(list)
    for truth, document in known:
        held[label(truth)].append((truth, document))
    now = utc_now()
    facts = {document["id"]: Facts(document["id"], cast("CandidateDocument", document), now) for _, document in known}
    for wanted, holders in sorted(held.items(), key=lambda each: each[0]):
        usual, _ = Counter(truth["current_title"] for truth, _ in holders).most_common(1)[0]
        text = opening_text(usual, wanted)
        asked = prepare(ports, Search(text=text), Caller())
        scores: dict[str, list[float]] = defaultdict(list)
        for truth, document in known:
            if document["id"] != holders[0][1]["id"]:
                hit = score(asked.query.asked, facts[document["id"]], asked.weights)
                scores[kind(wanted, label(truth))].append(hit.score)
        if len(scores) == 3:
            yield Groups(text, fmean(scores["right"]), fmean(scores["other_level"]), fmean(scores["wrong"]))


def label(truth: Record) -> Label:
    """Return what a person truly is."""
    return truth["function"], truth["specialty"], truth["level"]


def kind(wanted: Label, held: Label) -> str:
    """Return which group somebody belongs to."""
    return "right" if held == wanted else "other_level" if held[:2] == wanted[:2] else "wrong"


def opening_text(title: str, wanted: Label) -> str:
    """Return an opening as a job of that title and level is read, with the specialty where such titles name none."""
    _, specialty, level = wanted
    named = f"{title}, {specialty.replace('_', ' ')}" if level in _UNNAMED else title
    return job_text({"title": named, "seniority": level})
