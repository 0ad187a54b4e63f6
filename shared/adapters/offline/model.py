"""The Model of one machine: lexicons and rules of our own, and a small sentence encoder. No network, no account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, Literal

from shared.adapters.offline.classifying import classify
from shared.adapters.offline.encoding import Encoder
from shared.adapters.offline.enriching import enrich
from shared.adapters.offline.requirements import split_job
from shared.errors import InvalidRequest, UnreadableFile
from shared.models.candidate import Classification, Enrichment, Profile
from shared.models.requirements import Requirements
from shared.models.source import Facts
from shared.ports import Reply, Vector

NAME: Final = "offline-1"
_RECIPES: Final = {
    "parse": f"{NAME} cv-1",
    "read_scan": f"{NAME} tesseract",
    "classify": f"{NAME} classify-1",
    "enrich": f"{NAME} enrich-1",
    "embed": f"{NAME} use-m3 512of768",
    "split_job": f"{NAME} split-2",
}


_FILE: Final = "the scan"


def _this_month() -> str:
    return datetime.now(UTC).strftime("%Y-%m")


class OfflineModel:
    """Implements ports.Model. `today` gives YYYY-MM: what an open position counts up to."""

    def __init__(self, today: Callable[[], str] = _this_month) -> None:
        self._today = today
        self._encoder = Encoder()

    def recipe(self, task: Literal["parse", "read_scan", "classify", "enrich", "embed", "split_job"]) -> str:
        """Return the versions a record is stale without; every one says `offline`."""
        return _RECIPES[task]

    def parse(self, texts: Sequence[str]) -> list[Reply[Facts]]:
        """Return the facts of a CV's text; empty facts where it says nothing."""
        from shared.reading.cv.out_of_process import parse_apart

        found = parse_apart(texts, self._today())
        return [Reply(None, each) if isinstance(each, str) else Reply(each) for each in found]

    def read_scan(self, content: bytes, mime: str) -> Reply[str]:
        """Return the text tesseract recognises, where it is installed."""
        from shared.models.document_text import ReadDocument
        from shared.reading.documents.ocr import read_scan

        kind: Literal["pdf", "image"] = "pdf" if mime == "application/pdf" else "image"
        try:
            return Reply(read_scan(content, ReadDocument(kind=kind, text="", pages=1, needs_ocr=True), _FILE))
        except UnreadableFile as error:
            return Reply(None, str(error).removeprefix(f"{_FILE}: "))

    def classify(self, profiles: Sequence[Profile]) -> list[Reply[Classification]]:
        """Return a label a profile; none where there is no title, no headline and no telling skill."""
        return [Reply(classify(profile)) for profile in profiles]

    def enrich(self, profiles: Sequence[Profile], labels: Sequence[Classification | None]) -> list[Reply[Enrichment]]:
        """Return trajectory, skills, strengths and summary a profile."""
        today = self._today()
        return [Reply(enrich(profile, label, today)) for profile, label in zip(profiles, labels, strict=True)]

    def embed(
        self, texts: Sequence[str], purpose: Literal["document", "query"], recipe: str | None = None
    ) -> list[Reply[Vector]]:
        """Return a (768,) float32 unit vector a text. Both purposes are one to this encoder, which knows one recipe."""
        if recipe not in (None, _RECIPES["embed"]):
            raise InvalidRequest(f"the offline model cannot embed as {recipe!r}")
        return [Reply(vector) for vector in self._encoder.encode(texts)]

    def dollars(self, task: str, tokens_in: int, tokens_out: int) -> float:
        """Cost nothing."""
        return 0.0

    def split_job(self, text: str) -> Reply[Requirements]:
        """Read what a search text or job offer asks for."""
        return Reply(split_job(text))

    def rewrite(self, texts: Sequence[str]) -> list[Reply[str]]:
        """Say nothing: this model does not write."""
        return [Reply(None) for _ in texts]
