"""Write the lines of `cloudbuild.yaml` and `infra/functions.tf` that follow from `shared/stages/table.py`.

PYTHONPATH=tests .venv/bin/python -m parts.write_stages
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from shared.stages.table import TABLE, StageRow, next_row, rows_of

ROOT: Final = Path(__file__).resolve().parents[2]
BEGIN: Final = "# from shared/stages/table.py, by `make generated`:"
END: Final = "# end of what is generated"


def contents() -> dict[Path, str]:
    """Return what each file has to hold."""
    build, infra = ROOT / "cloudbuild.yaml", ROOT / "infra" / "functions.tf"
    return {
        build: with_parts(build.read_text(encoding="utf-8"), [deploy_lines()]),
        infra: with_parts(infra.read_text(encoding="utf-8"), [function_lines(), queue_lines()]),
    }


def with_parts(text: str, parts: Iterable[list[str]]) -> str:
    """Return the text with the lines between each pair of marks replaced, indented as the mark is."""
    lines = text.splitlines()
    position = 0
    for part in parts:
        position = _index(lines, BEGIN, position)
        end = _index(lines, END, position)
        indent = lines[position][: -len(BEGIN)]
        lines[position + 1 : end] = [indent + line for line in part]
        position += 1
    return "\n".join(lines) + "\n"


def _index(lines: list[str], mark: str, start: int) -> int:
    for position in range(start, len(lines)):
        if lines[position].endswith(mark):
            return position
    raise ValueError(f"no line {mark!r}")


def deploy_lines() -> list[str]:
    """Return a line for each function: name, entry point, gemini or -, callers, flags."""
    functions = list(_rows_by_export().values())
    lines = []
    for rows in functions:
        row = rows[0]
        model = "gemini" if _asks_model(rows) else "-"
        lines.append(f'"{row.deployed:<21} {row.export:<23} {model:<6} $tasks  $worker --memory={row.memory}"')
    return lines


def function_lines() -> list[str]:
    """Return a line of Terraform for each function: what it may touch."""
    values: dict[str, str] = {}
    for export, rows in _rows_by_export().items():
        values[export] = _function_value(_asks_model(rows), rows[0].files, _queues_used(rows))
    candidate_queues = [row.queue for row in rows_of("candidates")]
    values["batch_enrich_candidates"] = _function_value(False, "", candidate_queues)
    return _aligned(values)


def queue_lines() -> list[str]:
    """Return a line of Terraform for each queue: whom it calls, and its share of the quota a record."""
    weights: dict[str, float] = {}
    exports: dict[str, str] = {}
    for row in TABLE:
        weights[row.queue] = weights.get(row.queue, 0.0) + row.quota_weight
        exports[row.queue] = row.export
    values = {}
    for queue, weight in weights.items():
        values[f'"{queue}"'] = f'{{ entry_point = "{exports[queue]}", calls = {weight:g} }}'
    return _aligned(values)


def _rows_by_export() -> dict[str, list[StageRow]]:
    rows: dict[str, list[StageRow]] = {}
    for row in TABLE:
        rows.setdefault(row.export, []).append(row)
    return rows


def _asks_model(rows: list[StageRow]) -> bool:
    return any(row.calls for row in rows)


def _queues_used(rows: list[StageRow]) -> list[str]:
    """Return the queues of the next stages, and the own: what a function does not get done it queues again."""
    queues = [rows[0].queue]
    for row in rows:
        later = next_row(row)
        if later and later.queue not in queues:
            queues.append(later.queue)
    return queues


def _function_value(asks_model: bool, files: str, queues: list[str]) -> str:
    quoted = ", ".join(f'"{queue}"' for queue in queues)
    return f'{{ model = {str(asks_model).lower()}, files = "{files}", queues = [{quoted}] }}'


def _aligned(values: dict[str, str]) -> list[str]:
    width = max(len(name) for name in values)
    return [f"{name:<{width}} = {value}" for name, value in values.items()]


if __name__ == "__main__":
    for path, text in contents().items():
        path.write_text(text, encoding="utf-8")
