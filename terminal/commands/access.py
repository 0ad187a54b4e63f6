"""The verbs of who may see what: token, members, keys, share, audit. Who sits at the terminal is the administrator."""

from __future__ import annotations

from typing import Any

import click

from shared import wiring
from shared.access import Reads, api_keys, sharing
from shared.access.audit import entries, record
from shared.access.members import check_rights, list_members, put_member, remove_member
from shared.access.revocations import revoke_token, revoke_tokens_of
from shared.config import Settings
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES
from terminal.command import connect, json_verb, print_value

_ROLE = click.Choice(["recruiter", "admin", "candidate", "service"])
_POOLS = click.option("--pool", "pools", multiple=True, metavar="NAME", help="A pool they see; repeatable.")
_CANDIDATE = click.option("--candidate", "candidate_id", metavar="ID", help="Of a candidate: their own record.")


@click.command()
@click.option("--role", type=_ROLE, required=True)
@_POOLS
@_CANDIDATE
@click.option("--uid", help="Who it is for; without one, the role's name.")
@click.option("--hours", type=click.IntRange(1, 24 * 366), default=12, show_default=True, help="How long it is good.")
@json_verb
def token(settings: Settings, role: Any, pools: tuple[str, ...], uid: str | None, hours: int, as_json: bool,
          candidate_id: str | None) -> None:  # fmt: skip
    """Make a token for this home's API: `curl -H "Authorization: Bearer $(shortlist token --role admin)" …`."""
    if settings.identity == "google":
        raise InvalidRequest("on Google Cloud people sign in with Firebase; `shortlist members --add` lets them in")
    check_rights(role, pools, candidate_id)
    caller = Caller(uid=uid or role, role=role, pools=pools, candidate_id=candidate_id)
    signed = wiring.local_tokens(settings).sign(caller, hours * 3600)
    print_value({"token": signed, **caller.model_dump(mode="json")}, as_json, lambda value: str(value["token"]))


@click.command()
@click.option("--add", metavar="UID", help="Let somebody in, or change what they may: with --role, --pool.")
@click.option("--remove", metavar="UID", help="Let somebody in no longer.")
@click.option("--role", type=_ROLE)
@_POOLS
@_CANDIDATE
@json_verb
def members(settings: Settings, add: str | None, remove: str | None, role: Any, pools: tuple[str, ...],
            candidate_id: str | None, as_json: bool) -> None:  # fmt: skip
    """List who may sign in, add somebody (a Firebase uid, a service account's address), or remove somebody."""
    ports, me = connect(settings), Caller()
    if add and not role:
        raise InvalidRequest("--add wants --role recruiter|admin|candidate|service")
    if add:
        put_member(ports, me, add, role, pools, candidate_id)
        record(ports, me, "put member", details={"uid": add, "role": role, "pools": list(pools)})
    if remove:
        remove_member(ports, me, remove)
        record(ports, me, "remove member", details={"uid": remove})
    found = [each.model_dump(mode="json") for each in list_members(ports, me)]
    print_value({"members": found}, as_json, _members_text)


@click.command()
@click.option("--issue", "name", metavar="NAME", help="Make a key: what it is for. With --pool, or --role admin.")
@click.option("--revoke", metavar="ID", help="Let nobody in with this key any more.")
@click.option("--role", type=click.Choice(["service", "admin"]), default="service", show_default=True)
@_POOLS
@click.option("--days", type=int, help="Good for so many days; without: until it is revoked.")
@json_verb
def keys(settings: Settings, name: str | None, revoke: str | None, role: Any, pools: tuple[str, ...],
         days: int | None, as_json: bool) -> None:  # fmt: skip
    """List the keys other programs sign in with, make one (it is shown once), or revoke one."""
    ports, me = connect(settings), Caller()
    made: dict[str, Any] = {}
    if name is not None:
        known, key = api_keys.issue(ports, me, name, role, pools, days)
        record(ports, me, "issue key", details={"key": known.id, "role": role, "pools": list(pools)})
        made = {"key": key}
    if revoke:
        api_keys.revoke(ports, me, revoke)
        record(ports, me, "revoke key", details={"key": revoke})
    found = [each.model_dump(mode="json", exclude={"hash"}) for each in api_keys.list_keys(ports, me)]
    print_value({"api_keys": found, **made}, as_json, _keys_text)


@click.command()
@click.argument("candidate_id", metavar="CANDIDATE")
@click.option("--with", "uid", metavar="UID", help="A recruiter of another pool who shall see this record.")
@click.option("--no-longer-with", "parted", metavar="UID", help="Who shall see it no longer.")
@json_verb
def share(settings: Settings, candidate_id: str, uid: str | None, parted: str | None, as_json: bool) -> None:
    """Show one candidate to a recruiter of another pool, take that back, or list whom it is shown to."""
    ports = connect(settings)
    reads = Reads(ports, Caller())
    row = reads.one(CANDIDATES, candidate_id, fields=("readers",))
    readers = list(row.data.get("readers") or ())
    for who, change, action in ((uid, sharing.share, "share"), (parted, sharing.unshare, "unshare")):
        if who:
            readers = change(ports, reads, candidate_id, who)
            record(ports, reads.caller, action, [row.id], {"reader": who})
    print_value({"id": row.id, "readers": readers}, as_json, lambda value: "\n".join(value["readers"]) or "nobody")


@click.command()
@click.option("--who", metavar="UID", help="Only what they did.")
@click.option("--candidate", "candidate_id", metavar="ID", help="Only what was done to this person.")
@click.option("--since", metavar="DATE", help="Only from then on: 2026-11-21, or a time as the entries write it.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@json_verb
def audit(settings: Settings, who: str | None, candidate_id: str | None, since: str | None, limit: int,
          as_json: bool) -> None:  # fmt: skip
    """List who searched what, saw whom, changed or shared what, newest first."""
    found = entries(connect(settings), Caller(), who, candidate_id, since, limit)
    value = {"entries": [each.model_dump(mode="json") for each in found]}
    print_value(value, as_json, _audit_text)


@click.command()
@click.option("--revoke", metavar="UID|ID", required=True, help="Whose tokens, or the one token of this id, end now.")
@json_verb
def tokens(settings: Settings, revoke: str, as_json: bool) -> None:
    """End development tokens: all that somebody was given until now, or one by its id (`jti`)."""
    ports, me = connect(settings), Caller()
    revoke_tokens_of(ports, me, revoke)
    revoke_token(ports, me, revoke)
    record(ports, me, "revoke tokens", details={"uid": revoke})
    print_value({"revoked": revoke}, as_json, lambda value: f"tokens of {value['revoked']} are good no longer")


VERBS = (token, tokens, members, keys, share, audit)


def _members_text(value: Any) -> str:
    lines = []
    for each in value["members"]:
        sees = ", ".join(each["pools"]) or each["candidate_id"] or "every pool"
        lines.append(f"{each['id']}  {each['role']}  {sees}")
    return "\n".join(lines) or "nobody yet"


def _keys_text(value: Any) -> str:
    lines = [
        f"{k['id']}  {k['name']}  {k['role']}  {', '.join(k['pools']) or 'every pool'}"
        f"{'  revoked' if k['revoked_at'] else ''}{'  until ' + k['expires_at'] if k['expires_at'] else ''}"
        for k in value["api_keys"]
    ]
    made = [f"the key, which nobody can show again: {value['key']}"] if "key" in value else []
    return "\n".join([*lines, *made]) or "no keys yet"


def _audit_text(value: Any) -> str:
    lines = []
    for each in value["entries"]:
        said = ", ".join(f"{name}={said}" for name, said in each["details"].items())
        what = f"{each['action']}  {len(each['subjects'])} people  {said}"
        lines.append(f"{each['at']}  {each['who']} ({each['role']})  {what}")
    return "\n".join(lines) or "nothing yet"
