"""The Model port over Gemini: our questions, our reading of the answers, one rate for all calls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from shared.adapters.gemini.asking import Question, TextModel
from shared.adapters.gemini.calls import Calls
from shared.adapters.gemini.classifying import classification
from shared.adapters.gemini.embedding import (
    EMBEDDING_MODELS,
    PER_REQUEST,
    Purpose,
    embed_recipe,
    model_of,
    vector_replies,
)
from shared.adapters.gemini.enriching import enrichment
from shared.adapters.gemini.parsing import facts
from shared.adapters.gemini.prompts import fenced, prompt
from shared.adapters.gemini.rate_limiter import RateLimiter
from shared.adapters.gemini.schemas import VERSIONS, ClassifySaid, EnrichSaid, JobSaid, ParseSaid
from shared.adapters.gemini.splitting import requirements
from shared.adapters.offline.trajectory import trajectory
from shared.errors import InvalidRequest, Misconfigured
from shared.models.candidate import Classification, Enrichment, Profile, Trajectory
from shared.models.collections import DIMENSIONS
from shared.models.requirements import Requirements
from shared.models.source import Facts
from shared.ports import Reply, Vector
from shared.reading.cv.out_of_process import parse_apart
from shared.reading.text.own_reading import with_own_reading

if TYPE_CHECKING:
    from google.genai import Client

ModelTask = Literal["parse", "read_scan", "classify", "enrich", "embed", "split_job"]
TIMEOUT: Final = 120  # seconds a call may take
CV_LENGTH: Final = 120_000  # characters of a CV that are read: some forty pages
DESCRIPTION_LENGTH: Final = 6_000  # characters of one field of a profile that are sent
NOTHING: Final = "NOTHING"  # what a scan without text is answered with
_ROOM: Final = {"classify": 1024, "enrich": 2048, "parse": 8192, "read_scan": 16_384, "split_job": 2048, "rewrite": 512}


def _with_certainty(reply: Reply[Facts], own: Facts | str) -> Reply[Facts]:
    """Return a model's reading with what our own is certain of; as it is where our own gave none."""
    if reply.value is None or isinstance(own, str):
        return reply
    return replace(reply, value=with_own_reading(reply.value, own))


def _this_month() -> str:
    return datetime.now(UTC).strftime("%Y-%m")


class GeminiModel:
    """Implements ports.Model. With an API key, or without one on a project and location by IAM. Thread-safe.

    `per_minute` is this process's share of the quota; 0 finds it. At most `concurrency` calls are under way at once.
    `today` gives YYYY-MM: what an open position counts up to.
    """

    def __init__(
        self,
        *,
        text_model: str,
        embedding_model: str,
        prices: Mapping[str, tuple[float, float]],
        api_key: str = "",
        project: str = "",
        location: str = "",
        url: str = "",
        tier: str = "standard",
        per_minute: int = 0,
        concurrency: int = 32,
        today: Callable[[], str] = _this_month,
    ) -> None:
        if embedding_model not in EMBEDDING_MODELS:
            raise Misconfigured(f"SHORTLIST_EMBEDDING_MODEL={embedding_model!r}: one of {', '.join(EMBEDDING_MODELS)}")
        self._names = (text_model, embedding_model)
        self._prices, self._flex, self._today = prices, tier == "flex", today
        self._api_key, self._project, self._location, self._url = api_key, project, location, url
        self._connections = concurrency
        self._calls = Calls(RateLimiter(per_minute), concurrency)
        self._text = TextModel(self._client, self._calls, text_model, self._flex)
        self._connected: Client | None = None
        self._connecting = threading.Lock()

    def recipe(self, task: ModelTask) -> str:
        """Return model, prompt and schema versions: `gemini-3.5-flash-lite classify-1 schema-1`."""
        text_model, embedding_model = self._names
        if task == "embed":
            return embed_recipe(embedding_model)
        shape = f" schema-{VERSIONS[task]}" if task in VERSIONS else ""
        return f"{text_model} {prompt(task).version}{shape}"

    def parse(self, texts: Sequence[str]) -> list[Reply[Facts]]:
        """Read CVs, one request each; a text without words gives no facts and asks nobody."""
        replies = self._calls.each([partial(self._parse, text[:CV_LENGTH]) for text in texts])
        own_readings = parse_apart([text[:CV_LENGTH] for text in texts], self._today())
        return [_with_certainty(reply, own) for reply, own in zip(replies, own_readings, strict=True)]

    def read_scan(self, content: bytes, mime: str) -> Reply[str]:
        """Return the text of a scanned page or PDF (at most 50 MB and 1,000 pages)."""
        from google.genai import types

        pages = [types.Part.from_bytes(data=content, mime_type=mime)]
        reply = self._text.answer("read_scan", pages, str.strip, _ROOM["read_scan"])
        if reply.value == NOTHING:
            return Reply(None, "no readable text on the scan", reply.tokens)
        return reply

    def classify(self, profiles: Sequence[Profile]) -> list[Reply[Classification]]:
        """One request and one reply a profile."""
        return self._calls.each([partial(self._classify, profile) for profile in profiles])

    def enrich(self, profiles: Sequence[Profile], labels: Sequence[Classification | None]) -> list[Reply[Enrichment]]:
        """One request and one reply a profile; the trajectory is computed, never asked."""
        pairs = zip(profiles, labels, strict=True)
        return self._calls.each([partial(self._enrich, profile, label) for profile, label in pairs])

    def embed(self, texts: Sequence[str], purpose: Purpose, recipe: str | None = None) -> list[Reply[Vector]]:
        """One reply a text; at most 100 texts a request. Raises `InvalidRequest` for an empty text."""
        if any(not text.strip() for text in texts):
            raise InvalidRequest("an empty text cannot be embedded")
        name = self._names[1] if recipe is None else model_of(recipe)
        size = self._texts_a_request(name)
        groups = [list(texts[start : start + size]) for start in range(0, len(texts), size)]
        replies = self._calls.each([partial(self._embed, group, purpose, name) for group in groups])
        return [each for reply, group in zip(replies, groups, strict=True) for each in _one_each(reply, len(group))]

    def dollars(self, task: str, tokens_in: int, tokens_out: int) -> float:
        """Return the cost at the configured price; flex halves what the text model costs."""
        embeds = task == "embed"
        price_in, price_out = self._prices[self._names[embeds]]
        return (tokens_in * price_in + tokens_out * price_out) / 1e6 / (2 if self._flex and not embeds else 1)

    def split_job(self, text: str) -> Reply[Requirements]:
        """Read what a search text or job offer asks for."""
        if not text.strip():
            return Reply(Requirements(text=text))
        question = Question("split_job", text, JobSaid, lambda said: requirements(said, text), _ROOM["split_job"])
        return self._text.ask(question)

    def rewrite(self, texts: Sequence[str]) -> list[Reply[str]]:
        """One request and one reply a text. What comes back is to be checked: see shared/search/score/explain.py."""
        ask = partial(self._text.answer, "rewrite", read=str.strip, room=_ROOM["rewrite"])
        return self._calls.each([partial(ask, contents=[fenced(text)]) for text in texts])

    def _parse(self, text: str) -> Reply[Facts]:
        if not text.strip():
            return Reply(None)
        return self._text.ask(
            Question("parse", text, ParseSaid, lambda said: facts(said, text, self._today()), _ROOM["parse"])
        )

    def _classify(self, profile: Profile) -> Reply[Classification]:
        sent = _brief(profile)
        question = Question(
            "classify", _json(sent), ClassifySaid, lambda said: classification(said, sent), _ROOM["classify"]
        )
        return self._text.ask(question)

    def _enrich(self, profile: Profile, label: Classification | None) -> Reply[Enrichment]:
        sent, numbers = _brief(profile), trajectory(profile, self._today())
        data = f"{_json(sent)}\nfunction: {_labelled(label)}\ncomputed: {_computed(numbers)}"
        question = Question(
            "enrich", data, EnrichSaid, lambda said: enrichment(said, sent, numbers, data), _ROOM["enrich"]
        )
        return self._text.ask(question)

    def _embed(self, texts: list[str], purpose: Purpose, name: str) -> Reply[list[Reply[Vector]]]:
        from google.genai import types

        how = EMBEDDING_MODELS[name]
        worded = [how.worded(text, purpose) for text in texts]
        # Content objects: a list of plain strings collapses into one vector
        contents = [types.Content(parts=[types.Part(text=text)]) for text in worded]
        config = types.EmbedContentConfig(output_dimensionality=DIMENSIONS, task_type=how.tasks.get(purpose))
        models = self._client().models
        for _ in range(2):
            response = self._calls.carry_out(
                lambda: models.embed_content(model=name, contents=contents, config=config), "SHORTLIST_EMBEDDING_MODEL"
            )
            if (replies := vector_replies(response, worded)) is not None:
                return Reply(replies)
        return Reply(None, f"Gemini sent the wrong number of vectors for {len(texts)} texts, twice")

    def _texts_a_request(self, name: str) -> int:
        """Vertex AI takes one text a request for the older model."""
        return 1 if name == "gemini-embedding-001" and not self._api_key else PER_REQUEST

    def _client(self) -> Client:
        with self._connecting:
            if self._connected is None:
                self._connected = self._connect()
            return self._connected

    def _connect(self) -> Client:
        import httpx2
        from google import genai
        from google.genai import types

        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=self._connections)
        options = types.HttpOptions(base_url=self._url or None, timeout=TIMEOUT * 1000, client_args={"limits": limits})
        if self._api_key:
            return genai.Client(api_key=self._api_key, enterprise=False, http_options=options)
        return genai.Client(enterprise=True, project=self._project, location=self._location, http_options=options)


def _brief(profile: Profile) -> Profile:
    """The profile with its long texts clipped: what is sent, and what may be quoted."""
    jobs = [job.model_copy(update={"description": job.description[:DESCRIPTION_LENGTH]}) for job in profile.experiences]
    return profile.model_copy(
        update={"experiences": tuple(jobs), "summary": profile.summary and profile.summary[:DESCRIPTION_LENGTH]}
    )


def _json(profile: Profile) -> str:
    """The profile without what is empty, and without the quotes, which repeat it."""
    each = {"__all__": {"quote"}}
    return profile.model_dump_json(
        exclude_defaults=True, exclude={"experiences": each, "educations": each, "skills": each, "languages": each}
    )


def _labelled(label: Classification | None) -> str:
    if label is None:
        return "not known"
    return "; ".join(f"{each.level} {each.name} {' '.join(each.specialties)}".strip() for each in label.functions)


def _computed(numbers: Trajectory) -> str:
    return numbers.model_dump_json(exclude_none=True, exclude={"levels"})


def _one_each(reply: Reply[list[Reply[Vector]]], count: int) -> list[Reply[Vector]]:
    return reply.value if reply.value is not None else [Reply(None, reply.error, retryable=reply.retryable)] * count
