# Every target works from a fresh clone: it makes .venv and installs what it needs first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
HOME_DIR := .shortlist
DATA ?=
CANDIDATES ?= 2000
WORKERS ?= 2
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help demo test integration serve bench eval rehearse generated clean
help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: .venv/.installed ## the main job on samples/: import, run every stage, search with reasons
	$(BIN)/shortlist --home $(HOME_DIR) import samples/candidates.csv
	$(BIN)/shortlist --home $(HOME_DIR) run
	$(BIN)/shortlist --home $(HOME_DIR) stats
	$(BIN)/shortlist --home $(HOME_DIR) search "product designer, Figma and user research" --top-k 3

serve: .venv/.installed ## every function in one process on http://127.0.0.1:8080
	$(BIN)/shortlist --home $(HOME_DIR) serve

test: .venv/.installed-dev ## lint, types and all tests that need no outside part
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not integration" -n $(WORKERS) --dist loadfile

generated: .venv/.installed-dev ## write what follows from tables: queues, deployment, indexes, openapi.json
	PYTHONPATH=tests $(BIN)/python -m parts.write_stages
	PYTHONPATH=tests $(BIN)/python -m parts.write_indexes
	$(BIN)/python -m functions.openapi

integration: .venv/.installed-dev ## tests that need outside parts
	$(BIN)/python -m pytest -m integration

bench: .venv/.installed-dev ## every figure the README quotes, each against a floor of the same run
	$(BIN)/python -m benchmarks.all

eval: .venv/.installed-dev ## quality on samples/ and the fixtures, or on DATA=DIR
	$(BIN)/python -m benchmarks.evaluate $(if $(DATA),--data "$(DATA)")
	$(BIN)/python -m benchmarks.evaluate_cvs $(if $(DATA),--data "$(DATA)")
	$(if $(DATA),,$(BIN)/python -m benchmarks.evaluate_cvs --unseen 2)
	$(if $(DATA),,$(BIN)/python -m benchmarks.evaluate_identity)

rehearse: .venv/.installed-dev ## faults and kill -9, on a laptop and as on Google Cloud: is anything lost or done twice?
	$(BIN)/python -m benchmarks.rehearse
	$(BIN)/python -m benchmarks.rehearse_stack --candidates $(CANDIDATES)

clean: ## remove what the demo and the tools made, the virtualenv stays
	rm -rf $(HOME_DIR) .bench .pytest_cache .mypy_cache .ruff_cache .hypothesis build

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.installed: requirements-core.txt requirements-local.txt pyproject.toml | .venv/bin/python
	$(PIP) -r requirements-local.txt
	$(PIP) --no-deps --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.txt requirements.txt .venv/.installed
	$(PIP) -r requirements-dev.txt
	@touch $@
