# Everything one does with a checkout; `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?=
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
JOBS ?= logical
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILED := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: help run demo test check lint types imports templates catalogues vendored coverage bench trust shots samples \
	translations lock wheel

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.runtime $(COMPILED) ## Start Facilitator: facilitator serve, with ARGS="--no-browser --port 8000"
	@$(BIN)/facilitator serve $(ARGS)

demo: $(VENV)/.runtime $(COMPILED) ## Start a throw-away workshop with simulated phones, with ARGS="--phones 30"
	@$(BIN)/facilitator demo $(ARGS)

test: $(VENV)/.test $(COMPILED) ## Run all tests; what this machine lacks is skipped, with a word on how to get it
	@$(PYTEST) $(ARGS)

check: lint types imports templates catalogues vendored coverage ## Everything that must hold before a change lands

lint: $(VENV)/.test ## Style and likely mistakes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test ## Types, strictly
	@$(BIN)/mypy

imports: $(VENV)/.test ## The floors of the house
	@$(BIN)/lint-imports

templates: $(VENV)/.test ## The pages' markup
	@$(BIN)/djlint templates --lint --quiet

catalogues: $(VENV)/.test ## Translations are complete and fresh
	@$(BIN)/python tools/catalogues.py check

vendored: $(VENV)/.test ## Foreign files are as they were vendored
	@$(BIN)/python tools/vendor.py check

coverage: $(VENV)/.test $(COMPILED) ## All tests on SQLite and PostgreSQL, with the floors of coverage: 100 % of counting and kinds, 90 % elsewhere
	@mkdir -p build && rm -f build/coverage build/coverage.*
	@set -o pipefail; $(PYTEST) --database=both --cov --cov-report= $(ARGS) | tee build/tests.txt \
		|| { [ $$? -eq 1 ] && tools/again.sh $(BIN)/python build/tests.txt; }
	@$(BIN)/coverage report --include='facilitator/counting/*,facilitator/kinds/*' --fail-under=100
	@$(BIN)/coverage report --omit='facilitator/counting/*,facilitator/kinds/*' --fail-under=90

bench: $(VENV)/.test $(COMPILED) ## Measure ballots, bursts and streams; QUICK=1 ends within a minute
	@QUICK=$(QUICK) $(BIN)/python -m bench $(ARGS)

trust: $(VENV)/.test $(COMPILED) ## The long runs of what SECURITY.md promises
	@TRUST=1 $(BIN)/python -m pytest tests/trust $(ARGS)

samples: $(VENV)/.test $(COMPILED) ## Make the sample documents in docs/samples/
	@$(BIN)/python tools/samples.py

shots: $(VENV)/.test $(COMPILED) ## Photograph the demo's main screens into docs/screens/
	@$(BIN)/python tools/shots.py $(ARGS)

translations: $(VENV)/.test ## Bring the catalogues up to date with the sources
	@$(BIN)/python tools/catalogues.py update

lock: $(VENV)/.test ## Lock the requirements again, with ARGS=--upgrade for newer versions
	@$(BIN)/python tools/lock.py $(ARGS)

wheel: $(VENV)/.runtime ## Build dist/facilitator-….whl, which runs without this checkout
	@$(BIN)/python -m hatchling build -t wheel

$(BIN)/python:
	@tools/venv.sh "$(PYTHON)" $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing what Facilitator needs (once) …"
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.runtime
	@echo "Installing what the tests need (once) …"
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

%.mo: %.po | $(VENV)/.runtime
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
