"""What an answer of Gemini is worth: the reasons it ended one by one, then our own reading of its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from shared.models.candidate import Tokens

if TYPE_CHECKING:
    from google.genai.types import Candidate, GenerateContentResponse

Verdict = Literal["ok", "longer", "again", "never"]
# longer: cut off, ask once with more room. again: by chance, ask once more. never: of this text, always.
FINISHES: Final[dict[str, Verdict]] = {
    "STOP": "ok",
    "MAX_TOKENS": "longer",
    "CONTINUATION": "longer",
    "FINISH_REASON_UNSPECIFIED": "again",
    "OTHER": "again",
    "MALFORMED_RESPONSE": "again",
    "MALFORMED_FUNCTION_CALL": "again",
    "UNEXPECTED_TOOL_CALL": "again",
    "TOO_MANY_TOOL_CALLS": "again",
    "RECITATION": "again",
    "SAFETY": "never",
    "SPII": "never",
    "BLOCKLIST": "never",
    "PROHIBITED_CONTENT": "never",
    "LANGUAGE": "never",
    "MODEL_ARMOR": "never",
    "ESCALATION": "never",
    "PUP_LIMITED_DISABLED": "never",
}
_WORDS: Final = {
    "MAX_TOKENS": "the answer was cut off",
    "SPII": "refused for sensitive personal data",
    "SAFETY": "refused by the safety filter",
    "RECITATION": "refused as a recitation",
}


@dataclass(frozen=True)
class Answer:
    """`text` where the verdict is ok, else `reason`: why there is none."""

    verdict: Verdict
    text: str = ""
    reason: str = ""


def read_answer(response: GenerateContentResponse) -> Answer:
    """Return the text, or why there is none. `.parsed` is never looked at: it hides what went wrong."""
    feedback = response.prompt_feedback
    if feedback and feedback.block_reason:
        return Answer("never", reason=f"Gemini refused the text ({_name(feedback.block_reason)})")
    if not response.candidates:
        return Answer("again", reason="Gemini sent no answer")
    candidate = response.candidates[0]
    finish = _name(candidate.finish_reason or "STOP")
    verdict = FINISHES.get(finish, "never")
    if verdict != "ok":
        problem = _WORDS.get(finish, "Gemini gave no answer")
        return Answer(verdict, reason=f"{problem} ({finish})")
    text = _text_of(candidate)
    if not text.strip():
        return Answer("again", reason="Gemini sent an empty answer")
    return Answer("ok", text)


def _text_of(candidate: Candidate) -> str:
    """Return the text of an answer without the model's thoughts."""
    content = candidate.content
    if content is None or content.parts is None:
        return ""
    text = ""
    for part in content.parts:
        if part.text and not part.thought:
            text += part.text
    return text


def tokens_of(response: GenerateContentResponse) -> Tokens:
    """Return what was billed; thoughts are billed as output."""
    usage = response.usage_metadata
    if usage is None:
        return Tokens()
    output = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
    return Tokens(input=usage.prompt_token_count or 0, output=output)


def add(one: Tokens, other: Tokens) -> Tokens:
    """Return the sum."""
    return Tokens(input=one.input + other.input, output=one.output + other.output)


def _name(value: object) -> str:
    return str(getattr(value, "value", value)).upper()
