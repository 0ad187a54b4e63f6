"""Clients that share one quota between generating and embedding until a time is over: ours, and the usual loops."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from shared.adapters.gemini.model import GeminiModel
from shared.config import PRICES
from shared.errors import Retryable
from shared.models.candidate import Experience, Profile

PROFILE: Final = Profile(
    headline="Senior Backend Engineer",
    experiences=(Experience(title="Senior Backend Engineer", company="Acme", start="2019-01", current=True),),
)
BATCH: Final = 50
TEXTS: Final = 4  # a request to embed: enough to count, few enough that two cores can make 2,000 a minute
PAUSE: Final = 2.0  # seconds of the loop that sleeps between its calls


@dataclass
class Done:
    """What a client has in hand at the end. A request to embed is one item, and so is a classified record."""

    items: int = 0
    lost: int = 0  # asked for, and given up


def ours(url: str, per_minute: int, until: float) -> Done:
    """The Gemini model behind its pace: batches of records and requests to embed side by side."""
    model = GeminiModel(
        text_model="gemini-3.5-flash-lite",
        embedding_model="gemini-embedding-2",
        prices=PRICES,
        api_key="a-key",
        url=url,
        per_minute=per_minute,
    )
    numbers = itertools.count()

    def classify() -> list[Any]:
        return model.classify([PROFILE] * BATCH)

    def embed() -> list[Any]:
        replies = model.embed([f"text number {next(numbers)}" for _ in range(TEXTS)], "document")
        return [next((reply for reply in replies if reply.value is None), replies[0])]

    return _side_by_side([classify] * 2 + [embed] * 8, until)


def _side_by_side(works: list[Callable[[], list[Any]]], until: float) -> Done:
    done, lock = Done(), threading.Lock()

    def work(ask: Callable[[], list[Any]]) -> None:
        while time.time() < until:
            try:
                replies = ask()
            except Retryable:
                replies = [None]
            with lock:
                done.items += sum(reply is not None and reply.value is not None for reply in replies)
                done.lost += sum(reply is None or reply.value is None for reply in replies)

    threads = [threading.Thread(target=work, args=(each,)) for each in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def sequential(url: str, _per_minute: int, until: float) -> Done:
    """One call after the other with two seconds between them; a failed one is given up."""
    done = Done()
    for call in _bare_calls(url):
        if time.time() >= until:
            return done
        _try(call, done)
        time.sleep(PAUSE)
    return done


def naive(url: str, _per_minute: int, until: float) -> Done:
    """Eight threads, no pace, no retry."""
    calls, lock = _bare_calls(url), threading.Lock()
    found = [Done() for _ in range(8)]

    def work(done: Done) -> None:
        while time.time() < until:
            with lock:
                call = next(calls)
            _try(call, done)

    threads = [threading.Thread(target=work, args=(each,)) for each in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Done(sum(each.items for each in found), sum(each.lost for each in found))


def _bare_calls(url: str) -> Iterator[Callable[[], object]]:
    """The client library as it comes: a request to generate, then one to embed, for ever."""
    from google import genai
    from google.genai import types

    from shared.adapters.gemini.prompts import fenced, prompt
    from shared.adapters.gemini.schemas import ClassifySaid

    client = genai.Client(api_key="a-key", http_options=types.HttpOptions(base_url=url))  # closes when it is dropped
    models = client.models
    config = types.GenerateContentConfig(
        system_instruction=prompt("classify").text,
        response_mime_type="application/json",
        response_schema=ClassifySaid,
    )
    text = fenced(PROFILE.model_dump_json(exclude_defaults=True))
    contents = [types.Content(parts=[types.Part(text=f"text {n}")]) for n in range(TEXTS)]
    wanted = types.EmbedContentConfig(output_dimensionality=768)
    while True:
        yield lambda: models.generate_content(model="gemini-3.5-flash-lite", contents=text, config=config)
        yield lambda: models.embed_content(model="gemini-embedding-2", contents=contents, config=wanted)


def _try(call: Callable[[], object], done: Done) -> None:
    try:
        call()
        done.items += 1
    except Exception:
        done.lost += 1


CLIENTS: Final = {"ours": ours, "sequential": sequential, "naive": naive}

if __name__ == "__main__":
    client, server, quota, end = sys.argv[1:]
    result = CLIENTS[client](server, int(quota), float(end))
    print(f'{{"items": {result.items}, "lost": {result.lost}}}')
