"""What 1,000 candidates cost on Google Cloud, by stage, at list prices: the table of docs/costs.md.

python -m benchmarks.costs [--recorded FILE]

Tokens are estimated unless FILE holds recorded averages a record, {"classify": {"input": 900, "output": 120}, …}. The
estimate counts what is really sent (prompt, schema, profile) for every candidate of the 500-record fixture, and as the
answer what the offline model says of the same person in the shape Gemini answers in, at four characters a token.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.terminal import Terminal
from shared.adapters.gemini.asking import Question
from shared.adapters.gemini.embedding import EMBEDDING_MODELS
from shared.adapters.gemini.model import GeminiModel
from shared.adapters.gemini.prompts import fenced, prompt
from shared.config import PRICES, GeminiSettings, Settings
from shared.models.candidate import Classification, Enrichment, Profile
from shared.ports import Reply
from shared.stages.embedding_text import embedding_texts
from shared.wiring import connect

EXPORT: Final = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "ats" / "ats_export.csv"
CHARACTERS_A_TOKEN: Final = 4
STAGES: Final = ("classify", "enrich", "embed")
CALLS: Final = {"classify": 1.0, "enrich": 1.0, "embed": 0.04}  # a record; infra/functions.tf shares the quota by them
SECONDS_A_CALL: Final = 2.0  # gemini_seconds_per_call in infra/variables.tf
IN_FLIGHT: Final = 16  # calls_in_flight in infra/capacity.tf
# Dollars, list prices of one region as remembered in November 2026, not read again: check them before relying on them.
FIRESTORE: Final = {"read": 0.03e-5, "write": 0.09e-5}
INSTANCE_SECOND: Final = 0.000024 + 0.5 * 0.0000025  # one vCPU and 512 MiB
TASK: Final = 0.40e-6
OPERATIONS: Final = {"read": 12, "write": 12}  # a candidate over import and stages, at most: the bound the tests hold


@dataclass(frozen=True)
class Used:
    """Average tokens a record."""

    input: float
    output: float


def dollars_per_thousand(used: Used, price: tuple[float, float], flex: bool = False) -> float:
    """Return what 1,000 records cost. `price`: dollars a million tokens in and out; flex is half of it."""
    return (used.input * price[0] + used.output * price[1]) / 1000 / (2 if flex else 1)


@dataclass
class Asked:
    """Stands where the text model is asked, and measures the question instead."""

    characters: dict[str, list[int]] = field(default_factory=dict)

    def ask(self, question: Question[Any, Any]) -> Reply[Any]:
        """Count what would be sent."""
        shape = json.dumps(question.schema.model_json_schema())
        sent = len(prompt(question.task).text) + len(fenced(question.data)) + len(shape)
        self.characters.setdefault(question.task, []).append(sent)
        return Reply(None, "measured, not asked")


def estimated(candidates: list[dict[str, Any]]) -> dict[str, Used]:
    """Return tokens a stage for candidates the offline model is done with."""
    model = GeminiModel(text_model="gemini-3.5-flash-lite", embedding_model="gemini-embedding-2", prices=PRICES)
    asked = model._text = Asked()  # type: ignore[assignment]
    done = [each for each in candidates if "classification" in each and "enrichment" in each]
    profiles = [Profile.model_validate(each["profile"]) for each in done]
    labels = [Classification.model_validate(each["classification"]) for each in done]
    model.classify(profiles)
    model.enrich(profiles, labels)
    answers = {
        "classify": [classification_said(each) for each in labels],
        "enrich": [enrichment_said(Enrichment.model_validate(each["enrichment"])) for each in done],
    }
    used = {
        task: Used(
            _tokens(asked.characters[task]),
            _tokens([len(json.dumps(each, ensure_ascii=False)) for each in answers[task]]),
        )
        for task in answers
    }
    worded = EMBEDDING_MODELS["gemini-embedding-2"].worded
    texts = [sum(len(worded(text, "document")) for text in embedding_texts(each).values()) for each in candidates]
    return {**used, "embed": Used(_tokens(texts), 0)}


def classification_said(label: Classification) -> dict[str, Any]:
    """Return a classification in the shape of `ClassifySaid`."""
    functions = [
        {
            "quotes": [each.quote for each in one.evidence],
            "name": one.name,
            "level": one.level,
            "specialties": one.specialties,
            "sureness": "likely",
        }
        for one in label.functions
    ]
    return {"functions": functions}


def enrichment_said(found: Enrichment) -> dict[str, Any]:
    """Return an enrichment in the shape of `EnrichSaid`."""
    skills, inferred = (
        [{"quote": each.evidence[0].quote if each.evidence else "", "name": each.name} for each in every]
        for every in (found.skills, found.inferred_skills)
    )
    strengths = [{"quotes": [e.quote for e in each.evidence], "text": each.text} for each in found.strengths]
    return {"skills": skills, "inferred_skills": inferred, "strengths": strengths, "summary": found.summary}


def _tokens(characters: list[int]) -> float:
    return sum(characters) / len(characters) / CHARACTERS_A_TOKEN


def of_the_fixture() -> dict[str, Used]:
    """Import the 500-record fixture, let the offline model do all stages, and estimate."""
    with tempfile.TemporaryDirectory(prefix="shortlist-costs-") as place:
        terminal = Terminal(Path(place) / "home")
        terminal.text("import", str(EXPORT))
        terminal.text("run")
        ports = connect(Settings(home=Path(place) / "home"), lambda *_: None)
        found = estimated([row.data for row in ports.store.query("candidates")])
        ports.store.close()
    return found


def recorded(path: Path) -> dict[str, Used]:
    """Return recorded averages."""
    return {stage: Used(**each) for stage, each in json.loads(path.read_text(encoding="utf-8")).items()}


def table(used: Mapping[str, Used], settings: GeminiSettings | None = None) -> str:
    """Return the Markdown table: dollars for 1,000 candidates by stage, standard and flex, and what stands around."""
    chosen = settings or GeminiSettings()
    lines = [
        "| stage | model | tokens in | tokens out | standard | flex |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    totals = [0.0, 0.0]
    for stage in STAGES:
        name = chosen.embedding_model if stage == "embed" else chosen.text_model
        each = used[stage]
        costs = [dollars_per_thousand(each, PRICES[name], flex and stage != "embed") for flex in (False, True)]
        totals = [total + cost for total, cost in zip(totals, costs, strict=True)]
        lines.append(_row(stage, name, f"{each.input:,.0f}", f"{each.output:,.0f}", *costs))
    for name, cost in around().items():
        totals = [total + cost for total in totals]
        lines.append(_row(name, "", "", "", cost, cost))
    return "\n".join([*lines, _row("all", "", "", "", *totals)])


def around() -> dict[str, float]:
    """Return what 1,000 candidates cost besides the model."""
    busy = sum(CALLS.values()) * SECONDS_A_CALL / IN_FLIGHT
    return {
        "Firestore": 1000 * sum(OPERATIONS[kind] * price for kind, price in FIRESTORE.items()),
        "functions": 1000 * busy * INSTANCE_SECOND,
        "Cloud Tasks": 1000 / 50 * len(STAGES) * TASK,
    }


def _row(stage: str, model: str, tokens_in: str, tokens_out: str, standard: float, flex: float) -> str:
    return f"| {stage} | {model} | {tokens_in} | {tokens_out} | ${standard:.3f} | ${flex:.3f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recorded", type=Path, help="JSON of recorded averages instead of the estimate")
    given = parser.parse_args().recorded
    print(table(recorded(given) if given else of_the_fixture()))


if __name__ == "__main__":
    main()
