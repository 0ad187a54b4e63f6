"""One question to the text model: the answer read and checked by us, asked once more where that can help."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from shared.adapters.gemini.calls import Calls
from shared.adapters.gemini.prompts import fenced, prompt
from shared.adapters.gemini.quotes import Ungrounded
from shared.adapters.gemini.replies import add, read_answer, tokens_of
from shared.models.candidate import Tokens
from shared.ports import Reply

if TYPE_CHECKING:
    from google.genai import Client
    from google.genai.types import GenerateContentConfig, GenerateContentResponse

LONGER: Final = 4  # times the room for an answer that was cut off
MOST_TOKENS: Final = 65_000  # a model writes at most
S = TypeVar("S", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True)
class Question(Generic[S, T]):
    """`read` makes our value of what was said; it may raise `Ungrounded`. `room`: tokens for the answer."""

    task: str
    data: str
    schema: type[S]
    read: Callable[[S], T | None]
    room: int


class TextModel:
    """Asks `model` by `client()`; thread-safe as the client is."""

    def __init__(self, client: Callable[[], Client], calls: Calls, model: str, flex: bool) -> None:
        self._client, self._calls, self._model, self._flex = client, calls, model, flex

    def ask(self, question: Question[S, T]) -> Reply[T]:
        """Return the value, or why there is none. Raises `Retryable` when the service could not be asked."""

        def read(text: str) -> T | None:
            return question.read(question.schema.model_validate_json(text))

        return self.answer(question.task, fenced(question.data), read, question.room, question.schema)

    def answer(
        self,
        task: str,
        contents: Any,
        read: Callable[[str], T | None],
        room: int,
        schema: type[BaseModel] | None = None,
    ) -> Reply[T]:
        """Return what `read` makes of the answer: asked once more when it was cut off or no answer to the question."""
        tokens, left = Tokens(), {"longer": 1, "again": 1}
        while True:
            response = self._send(task, contents, room, schema)
            tokens = add(tokens, tokens_of(response))
            answer = read_answer(response)
            verdict, reason = answer.verdict, answer.reason
            if verdict == "ok":
                try:
                    return Reply(read(answer.text), tokens=tokens)
                except ValidationError as error:
                    verdict, reason = "again", f"the answer has the wrong shape ({_places(error)})"
                except Ungrounded as error:
                    verdict, reason = "again", str(error)
            if not left.get(verdict):
                return Reply(None, reason, tokens)
            left[verdict] -= 1
            room = min(MOST_TOKENS, room * LONGER) if verdict == "longer" else room

    def _send(self, task: str, contents: Any, room: int, schema: type[BaseModel] | None) -> GenerateContentResponse:
        config = self._config(task, room, schema)
        models = self._client().models
        return self._calls.carry_out(
            lambda: models.generate_content(model=self._model, contents=contents, config=config), "SHORTLIST_TEXT_MODEL"
        )

    def _config(self, task: str, room: int, schema: type[BaseModel] | None) -> GenerateContentConfig:
        from google.genai import types

        return types.GenerateContentConfig(
            system_instruction=prompt(task).text,
            max_output_tokens=room,
            response_mime_type="application/json" if schema else None,
            response_schema=schema,
            thinking_config=thinking(self._model),
            service_tier=types.ServiceTier.FLEX if self._flex else None,
            automatic_continuation=False,  # each would be a call of its own, past our limiter
        )


def thinking(model: str) -> Any:
    """Return the least thinking a model can be set to: copying facts needs none. None for a model we do not know."""
    from google.genai import types

    found = re.match(r"gemini-(\d+)", model)
    if not found:
        return None
    if int(found[1]) >= 3:
        return types.ThinkingConfig(thinking_level=types.ThinkingLevel.MINIMAL)
    return types.ThinkingConfig(thinking_budget=0)


def _places(error: ValidationError) -> str:
    """Where the answer is wrong, never what stands there."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return ".".join(map(str, first["loc"])) or str(first["type"])
