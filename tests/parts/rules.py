"""Firestore as a browser reaches it: by REST, as somebody the rules judge, or as the server they do not bind."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

RULES: Final = Path(__file__).resolve().parents[2] / "infra" / "firestore.rules"
OK, REFUSED = 200, 403
Json = dict[str, Any]


@dataclass(frozen=True)
class Session:
    """One who reads and writes directly; every call returns the status Firestore answers with."""

    host: str  # of the emulator
    project: str
    token: str = ""  # nobody without one

    def get(self, path: str) -> int:
        """Read `COLLECTION/ID`; 404 says that it may be read and is not there."""
        return self._ask("GET", f"/{quote(path)}")

    def list(self, collection: str) -> int:
        """Read all documents of a collection."""
        return self._ask("GET", f"/{collection}")

    def query(self, collection: str, **equal: Any) -> int:
        """Ask for the documents whose fields equal these; a list is asked for as holding its one element."""
        asked: Json = {"from": [{"collectionId": collection}], "limit": 5}
        if equal:
            asked["where"] = {"compositeFilter": {"op": "AND", "filters": [_filter(*each) for each in equal.items()]}}
        return self._ask("POST", ":runQuery", {"structuredQuery": asked})

    def create(self, path: str, **fields: Any) -> int:
        """Write `COLLECTION/ID`, which must not be there yet."""
        collection, _, id_ = path.partition("/")
        return self._ask("POST", f"/{collection}?documentId={quote(id_)}", _document(fields))

    def update(self, path: str, **fields: Any) -> int:
        """Change fields of `COLLECTION/ID`, which must be there."""
        masks = "".join(f"&updateMask.fieldPaths={name}" for name in fields)
        return self._ask("PATCH", f"/{quote(path)}?currentDocument.exists=true{masks}", _document(fields))

    def delete(self, path: str) -> int:
        """Delete `COLLECTION/ID`."""
        return self._ask("DELETE", f"/{quote(path)}")

    def _ask(self, method: str, what: str, body: Json | None = None) -> int:
        url = f"http://{self.host}/v1/projects/{self.project}/databases/(default)/documents{what}"
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as said:
                status: int = said.status
                return status
        except urllib.error.HTTPError as error:
            with error:
                return error.code


@dataclass(frozen=True)
class Rules:
    """An emulator, and one project in it that is judged by rules."""

    host: str
    project: str

    def replace(self, text: str) -> None:
        """Judge this project by these rules from now on; rules that cannot be read would let everybody in."""
        body = {"rules": {"files": [{"name": "firestore.rules", "content": text}]}}
        url = f"http://{self.host}/emulator/v1/projects/{self.project}:securityRules"
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="PUT")
        with urllib.request.urlopen(request, timeout=30) as answer:
            said = json.loads(answer.read() or b"{}")
        assert not said.get("issues"), said["issues"]

    def as_server(self) -> Session:
        """Return a session the rules do not bind."""
        return Session(self.host, self.project, "owner")

    def as_nobody(self) -> Session:
        """Return a session that says nothing about who it is."""
        return Session(self.host, self.project)

    def as_user(self, uid: str, **claims: Any) -> Session:
        """Return a session signed in as `uid`: `request.auth.uid` and `request.auth.token` of the rules."""
        return Session(self.host, self.project, _unsigned(self.project, uid, claims))


def _unsigned(project: str, uid: str, claims: Json) -> str:
    """Return a token as Firebase signs in with, but without signature, which the emulator takes."""
    issuer = f"https://securetoken.google.com/{project}"
    said = {"iss": issuer, "aud": project, "sub": uid, "user_id": uid, "iat": 0, "exp": 4_000_000_000, "auth_time": 0}
    said |= {"firebase": {"sign_in_provider": "custom", "identities": {}}, **claims}
    return f"{_part({'alg': 'none', 'type': 'JWT'})}.{_part(said)}."


def _part(value: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _document(fields: Json) -> Json:
    return {"fields": {name: _value(value) for name, value in fields.items()}}


def _value(value: Any) -> Json:
    if isinstance(value, dict):
        return {"mapValue": _document(value)}
    if isinstance(value, list):
        return {"arrayValue": {"values": [_value(each) for each in value]}}
    kind = {bool: "booleanValue", int: "integerValue", float: "doubleValue", str: "stringValue"}.get(type(value))
    return {kind: value} if kind else {"nullValue": None}


def _filter(name: str, value: Any) -> Json:
    holds = isinstance(value, list)
    asked = {"field": {"fieldPath": name}, "op": "ARRAY_CONTAINS" if holds else "EQUAL"}
    return {"fieldFilter": {**asked, "value": _value(value[0] if holds else value)}}
