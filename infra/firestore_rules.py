"""Writes infra/firestore.rules from the table of shared/access: `python -m infra.firestore_rules` after changing it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared.access.table import READABLE, ROLES, Way

RULES: Final = Path(__file__).with_name("firestore.rules")
_HEAD: Final = """rules_version = '2';

// Made by `python -m infra.firestore_rules` from shared/access/table.py; a test holds both equal. Change the table.
// The functions read and write with their own accounts, which these rules do not bind. Nobody else writes anything.
service cloud.firestore {
  match /databases/{database}/documents {
    // Who is no member is nobody: roles are documents that only the functions write, never claims of a token.
    function me() {
      return get(/databases/$(database)/documents/members/$(request.auth.uid)).data;
    }
    function known() {
      return request.auth != null && exists(/databases/$(database)/documents/members/$(request.auth.uid));
    }

    match /members/{uid} {
      allow get: if request.auth != null && request.auth.uid == uid;
    }
"""
_TAIL: Final = """
    match /{document=**} {
      allow read, write: if false;
    }
  }
}
"""
_TERMS: Final[dict[Way, str]] = {
    "all": "me().role in [{roles}]",
    "pool": "me().role in [{roles}] && resource.data.pool in me().pools",
    "readers": "me().role in [{roles}] && request.auth.uid in resource.data.readers",
    "own": "me().role in [{roles}] && id == me().candidate_id",
}


def rules() -> str:
    """Return the rules the table means."""
    return _HEAD + "".join(_match(kind, ("all", *row.ways)) for kind, row in READABLE.items() if row.direct) + _TAIL


def _match(kind: str, ways: tuple[Way, ...]) -> str:
    terms = [f"({_TERMS[way].format(roles=', '.join(_roles(way)))})" for way in ways if _roles(way)]
    one_of = "\n        || ".join(terms)
    return f"""
    match /{kind}/{{id}} {{
      allow read: if known() && (
        {one_of});
    }}
"""


def _roles(way: Way) -> list[str]:
    return [f"'{role}'" for role, rights in ROLES.items() if way in rights.sees]


if __name__ == "__main__":
    RULES.write_text(rules(), encoding="utf-8")
