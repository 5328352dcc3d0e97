# Everything a newcomer needs: make demo, make test. « make help » says the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
SIZE ?= small
PORT ?= 8000
export PORTAL_DEMONSTRATION ?= 1
export PORTAL_BASE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: help venv database demo stop reset test check bench fmt docs

help: ## Show this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.venv/installed: pyproject.toml
	@echo "Environnement Python…"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

venv: .venv/installed ## Make the virtual environment

database: venv ## Make or update the database
	@$(FLASK) db upgrade
	@$(FLASK) reference load

demo: venv ## Serve the portal with a living demonstration (SIZE=departement for the whole département)
	@$(BIN)/python -m app.demonstration --size $(SIZE) --port $(PORT)

stop: venv ## Stop the portal and its database
	@$(BIN)/python -m app.demonstration --stop

reset: venv ## Stop, then remove the local database and files
	@$(BIN)/python -m app.demonstration --reset

check: venv ## Lint, types and direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check app matching search_index tests wsgi.py
	$(BIN)/mypy
	$(BIN)/lint-imports

test: venv check ## Run every check and every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: venv ## Measure speed at the size of the département, one line a figure
	$(BIN)/python -m tests.performance

fmt: venv ## Format the code
	$(BIN)/ruff check . --fix
	$(BIN)/ruff format app matching search_index tests wsgi.py

docs: venv ## Draw the states and the permissions again
	$(FLASK) docs draw
