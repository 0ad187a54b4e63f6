"""Text that gives orders to a machine is data like any other, but people should hear of it."""

from __future__ import annotations

import re
from typing import Final

# Cheap words that must be there before the expensive pattern is tried.
_HINTS: Final = (
    "instru",
    "prompt",
    "ignor",
    "disregard",
    "candidat",
    "applicant",
    "system:",
    "assistant:",
    "you are",
    "anweisung",
    "istruzion",
    "<",
    "[",
)
_PATTERN: Final = re.compile(
    r"""
    \b(?:ignor\w*|disregard|forget|override|bypass|vergiss|missachte|oublie[zr]?|olvid\w+|esque[cç]\w+|dimentica\w*)\b
        [^.\n]{0,60}\b
        (?:instru\w+|prompts?|rules?|guidelines?|directions|context|anweisung\w*|consignes|istruzion\w+|regeln)\b
    | </?\s*(?:system|experiences?|instructions?|prompt|candidates?|assistant|user|human|context
        |documents?|data|input|cv|resume)\s*>
    | <\|\s*\w+\s*\|> | \[/?INST\] | \#{2,}\s*instructions?\b
    | (?:^|[|\n>.]\s*)(?:system|assistant):\s
    | \b(?:rate|score|rank|mark|classify|label|treat|consider|recommend|approve|hire|shortlist)\b
        \s+(?:this|the|me\b|him|her)
        [^.\n]{0,30}\b(?:candidate|applicant|profile|resum[eé]|cv|application)\b[^.\n]{0,60}
        \b(?:as|10|100|top|best|highest|first|perfect|c_level|hired|approved|strong)
    | \b(?:this|the)\s+(?:candidate|applicant)\s+(?:is|was|has\s+been|must|should|shall|needs\s+to)\s+(?:be\s+)?
        (?:already\s+)?(?:pre-?approved|approved|hired|ranked|rated|selected|accepted|shortlisted|recommended|scored)
    | \byou\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:\w+\s+){0,2}
        (?:ai|assistant|language\s+model|llm|chatbot|recruiter|bot)\b
    | \b(?:output|print|reveal|list|show|repeat|return|send|leak|dump)\b[^.\n]{0,40}
        \b(?:system\s+prompt|your\s+(?:instructions|prompt)|list\s+of\s+(?:all\s+)?candidates|all\s+(?:the\s+)?candidates
        |level\s*=|score\s*=|api\s+keys?)\b
    | \b(?:return|set|output)\s+(?:\w+\s+)?(?:level|score|rating|function)(?:=|\s+to\b)
    """,
    re.I | re.X,
)


def may_instruct(text: str) -> bool:
    """Whether it is worth looking closer: cheap enough for every record."""
    low = text.lower()
    return any(map(low.__contains__, _HINTS))


def gives_instructions(text: str) -> bool:
    """Whether the text speaks to a machine: prompt injection, role markers, orders about the candidate."""
    return may_instruct(text) and _PATTERN.search(text) is not None
