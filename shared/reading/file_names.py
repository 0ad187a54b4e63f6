"""One rule for the names of files that people and programs send: only a name, never a path, short and printable."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

_LONGEST: Final = 200  # bytes; file systems take 255, and what writes a file may add some of its own
_LONGEST_ENDING: Final = 12  # characters of `.xlsx` that are kept when the name is cut
_DEVICES: Final = {
    "con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))
}  # fmt: skip


def safe_filename(filename: str, default: str) -> str:
    """Return the last part of the name, whatever system it comes from, or `default` when nothing is left of it.

    Characters that do not print (control characters, changes of direction) are left out, names longer than 200 bytes
    are cut before their ending, and names Windows keeps for devices get an underscore. A safe name comes back as it is.
    """
    last = filename.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(character for character in last if character.isprintable()).strip()
    if not name.strip(". "):
        return default
    if name.partition(".")[0].strip().lower() in _DEVICES:
        name = f"_{name}"
    return _cut(name)


def _cut(name: str) -> str:
    encoded = name.encode()
    if len(encoded) <= _LONGEST:
        return name
    ending = PurePath(name).suffix
    if len(ending) > _LONGEST_ENDING:  # a dot somewhere in a long text
        ending = ""
    room = _LONGEST - len(ending.encode())
    return encoded[:room].decode(errors="ignore").rstrip() + ending
