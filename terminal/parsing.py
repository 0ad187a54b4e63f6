"""Options that are small languages: weights, filters, a job file."""

from __future__ import annotations

from pathlib import Path

from shared.errors import InvalidRequest


def read_weights(text: str | None) -> dict[str, float] | None:
    """Read `skill=.5,experience=.25`. Raises `InvalidRequest`."""
    if text is None:
        return None
    try:
        pairs = [part.split("=") for part in text.split(",")]
        weights = {name.strip(): float(value) for name, value in pairs}
    except ValueError as error:
        raise InvalidRequest(f"--weights {text!r}: write skill=.5,experience=.25,education=.15,location=.1") from error
    if len(weights) < len(pairs):
        raise InvalidRequest(f"--weights {text!r}: a factor stands there twice")
    return weights


def read_where(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read `level=senior` and the like. Raises `InvalidRequest`."""
    where: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise InvalidRequest(f"--where {pair!r}: write FIELD=VALUE, such as level=senior")
        if name.strip() in where:
            raise InvalidRequest(f"--where {name.strip()} stands there twice")
        where[name.strip()] = value.strip()
    return where


def read_job(path: Path) -> str:
    """Return the text of a job file. Raises `InvalidRequest`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidRequest(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except UnicodeDecodeError as error:
        raise InvalidRequest(f"{path}: not UTF-8 text") from error
    if not text.strip():
        raise InvalidRequest(f"{path}: empty")
    return text
