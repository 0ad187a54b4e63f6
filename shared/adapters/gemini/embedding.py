"""Texts into unit vectors: what each embedding model wants to be told, and what is checked of its answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from shared.errors import InvalidRequest
from shared.models.candidate import Tokens
from shared.models.collections import DIMENSIONS
from shared.ports import Reply, Vector

if TYPE_CHECKING:
    from google.genai.types import ContentEmbedding, EmbedContentResponse

Purpose = Literal["document", "query"]
PREFIX_VERSION: Final = 1
CHARACTERS_A_TOKEN: Final = 4  # Google's own rule of thumb
PER_REQUEST: Final = 100  # above, the service answers 400


@dataclass(frozen=True)
class EmbeddingModel:
    """How one model is asked. `prefixes` go into the text, `tasks` beside it."""

    tokens: int  # a text may have
    prefixes: dict[Purpose, str]
    tasks: dict[Purpose, str]

    def worded(self, text: str, purpose: Purpose) -> str:
        """Return the text as it is sent: with its prefix, clipped at a blank to what the model reads."""
        return clipped(self.prefixes.get(purpose, "") + text, self.tokens * CHARACTERS_A_TOKEN)


EMBEDDING_MODELS: Final = {
    "gemini-embedding-2": EmbeddingModel(
        tokens=8192, prefixes={"document": "title: none | text: ", "query": "task: search result | query: "}, tasks={}
    ),
    "gemini-embedding-001": EmbeddingModel(
        tokens=2048, prefixes={}, tasks={"document": "RETRIEVAL_DOCUMENT", "query": "RETRIEVAL_QUERY"}
    ),
}


def embed_recipe(model: str) -> str:
    """Return the model and the version of its prefixes as one string."""
    return f"{model} prefix-{PREFIX_VERSION}"


def model_of(recipe: str) -> str:
    """Return the model that made vectors of this recipe. Raises `InvalidRequest` where it cannot be asked any more."""
    for model in EMBEDDING_MODELS:
        if embed_recipe(model) == recipe:
            return model
    raise InvalidRequest(f"Gemini cannot embed as {recipe!r}")


def clipped(text: str, most: int) -> str:
    """Return at most `most` characters, cut at a blank where there is one in the last tenth."""
    if len(text) <= most:
        return text
    last_tenth = most - most // 10
    last_blank = max(text.rfind(blank, last_tenth, most + 1) for blank in " \n\t")
    end = last_blank if last_blank > 0 else most
    return text[:end]


def vector_replies(response: EmbedContentResponse, texts: list[str]) -> list[Reply[Vector]] | None:
    """Return one reply a text; None when the number of vectors is wrong, for then nobody knows whose they are."""
    found = response.embeddings or []
    if len(found) != len(texts):
        return None
    usage = response.usage_metadata
    billed = _tokens(texts, found, usage.prompt_token_count if usage else None)
    return [_reply(each.values or [], Tokens(input=count)) for each, count in zip(found, billed, strict=True)]


def _reply(values: list[float], tokens: Tokens) -> Reply[Vector]:
    import numpy as np

    vector = np.asarray(values, dtype=np.float64)
    if vector.shape != (DIMENSIONS,):
        return Reply(None, f"Gemini sent a vector of {len(values)} instead of {DIMENSIONS} dimensions", tokens)
    length = float(np.linalg.norm(vector))
    if not math.isfinite(length) or length < 1e-6:
        return Reply(None, "Gemini sent a vector without a direction", tokens)
    return Reply((vector / length).astype(np.float32), tokens=tokens)


def _tokens(texts: list[str], found: list[ContentEmbedding], billed: int | None) -> list[int]:
    """Return tokens a text: as counted each, else the request's total shared out by length, else a quarter of it."""
    lengths = [max(1, len(text)) for text in texts]
    tokens_a_character = 1 / CHARACTERS_A_TOKEN
    if billed:
        tokens_a_character = billed / sum(lengths)
    counts = []
    for length, embedding in zip(lengths, found, strict=True):
        count = length * tokens_a_character
        if embedding.statistics and embedding.statistics.token_count is not None:
            count = embedding.statistics.token_count
        counts.append(round(count))
    return counts
