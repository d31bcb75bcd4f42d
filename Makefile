# Everything a newcomer types. `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests in parallel: one process a core. Tables are made from the models, which takes a second instead of twenty
# for each process; tests/test_migrations.py holds the migrations to the models on both databases. Each process takes a
# row of neighbours, which share what is dear to make, and who is done takes from the others.
JOBS ?= auto
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help run install test check bench eval lock docs messages clean

help: ## List these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## Install when needed, load the starter content, serve (PORT=8000)
	@$(BIN)/colloquia load
	@exec $(BIN)/colloquia serve

install: $(VENV)/.installed ## Set up .venv and nothing else; leaves .venv/bin/colloquia
	@$(BIN)/python -m colloquia.messages compile

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Colloquia needs Python 3.11 or newer; set PYTHON=python3.x")'
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing $$(grep -c '^[a-zA-Z]' requirements.lock) packages, each checked against its hash …"
	@$(PIP) install --quiet --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing what the tests and checks need …"
	@$(PIP) install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

test: install $(VENV)/.installed-dev ## Run all tests: those of the database on PostgreSQL, then all on SQLite
	@echo "On PostgreSQL, the tests that use the database:"; \
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest --nomigrations --only-database -q -n $(JOBS) --dist worksteal; first=$$?; \
	echo "On SQLite, all tests:"; \
	$(BIN)/python -m pytest --nomigrations -q -n $(JOBS) --dist worksteal $(TESTS); second=$$?; \
	[ $$first -eq 0 ] || echo "The run on PostgreSQL above failed with status $$first." >&2; \
	[ $$first -eq 0 ] && [ $$second -eq 0 ]

check: install $(VENV)/.installed-dev ## Run the linters, the type checker and the rules of the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@data=$$(mktemp -d) && COLLOQUIA_DATA=$$data $(BIN)/colloquia manage makemigrations --check --dry-run; \
	status=$$?; rm -rf "$$data"; exit $$status

bench: install $(VENV)/.installed-dev ## Print benchmarks beside comparable programs
	@$(BIN)/python -m bench

eval: install $(VENV)/.installed-dev ## Print quality on labelled data, with intervals
	@$(BIN)/python -m evals

lock: $(VENV)/.installed-dev ## Pin the newest allowed packages with their hashes
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
	  --no-annotate --no-header --no-emit-index-url --no-emit-find-links --extra build \
	  --output-file requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
	  --no-annotate --no-header --no-emit-index-url --no-emit-find-links --extra build --extra dev \
	  --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml

messages: $(VENV)/.installed ## Bring the catalogues of the interface in line with the source, for translators
	@$(BIN)/python -m colloquia.messages update

docs: $(VENV)/.installed-dev ## Build the documentation into site/
	@$(BIN)/zensical build

clean: ## Remove the virtual environment and caches; the data in var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis site
