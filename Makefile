# The tasks of the house. `make` alone lists them. Needs Python 3.11 or newer, make and git; setup installs the rest.

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
PYTHON ?=
WORKERS ?= 2
ON_POSTGRESQL := database and not browser and not slow_process and not files
BROKEN := tests/crash tests/backup tests/watch tests/care tests/exchange
READY := $(PY) -c "from datetime import date; from gameplan.audit.evaluate import evaluator; evaluator(date.min).ready()"
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard gameplan/locale/*/LC_MESSAGES/django.po))
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header

# The tests start programs by the hundred: what Python has compiled is kept, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup run test lint format types contracts compiled packages sbom check bench drills strain cover lock site pictures catalogue holidays browser clean

help: ## list the tasks
	@echo "make TASK, where TASK is one of:"
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev-stamp $(VENV)/.house-stamp $(CATALOGUES) ## install everything for work on gameplan into .venv

run: $(VENV)/.run-stamp $(VENV)/.house-stamp $(CATALOGUES) ## open gameplan (DATA=DIR chooses the folder, PORT=N the port)
	$(BIN)/gameplan serve --open $(if $(DATA),--data "$(DATA)") $(if $(PORT),--port $(PORT)) $(ARGS)

test: setup browser ## all tests on SQLite and in a real browser, and those of the database again on PostgreSQL
	@$(READY)
	env -u DATABASE_URL $(PY) -m pytest -q -n $(WORKERS) --dist worksteal
	$(PY) -m scripts.with_postgres $(PY) -m pytest -q -n $(WORKERS) --dist worksteal -m "$(ON_POSTGRESQL)"

lint: setup ## style, likely mistakes, and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: setup ## bring the code into form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: setup ## mypy --strict
	$(BIN)/mypy

contracts: setup ## imports point down only
	$(BIN)/lint-imports

packages: setup ## what is locked: hashes, licences, known holes, versions taken back
	$(PY) -m scripts.audit_dependencies

sbom: setup ## write what a release is made of (CycloneDX, from the lock file): build/gameplan.cdx.json
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible --output-file build/gameplan.cdx.json

check: compiled lint types contracts packages test ## all that has to be right before a change goes in

# The audit's compiled functions are made beside the checks that need one processor; the tests wait for what is missing.
compiled: setup
	@$(READY) >/dev/null 2>&1 &


bench: setup ## measure: one assessment, pages, one PDF, the start, the audit, plans (ARGS="audit --children N", plans, hands, load, progress, care, letters, rosters or reports for one alone)
	$(PY) -m scripts.bench $(ARGS)

drills: setup browser ## all that takes too long for each change: every role and width; disk, database, processes, clock and backup broken
	env -u DATABASE_URL DRILL=1 $(PY) -m pytest -q -n $(WORKERS) --dist worksteal $(BROKEN) tests/properties tests/config tests/web
	DRILL=1 $(PY) -m scripts.with_postgres $(PY) -m pytest -q -n $(WORKERS) --dist worksteal -m "database and not browser and not slow_process" $(BROKEN) tests/config/test_roles.py
	$(PY) -m scripts.drills $(ARGS)
	$(PY) -m scripts.pictures --aside

strain: setup ## ask the API thousands of made-up things as several people (ARGS="--requests 5000 --seed 1")
	$(PY) -m scripts.try_api $(ARGS)

cover: setup ## how much the tests reach on SQLite, without browser and made-up cases (also as pages in htmlcov)
	@$(BIN)/coverage erase
	env -u DATABASE_URL $(BIN)/coverage run -m pytest -q -n $(WORKERS) --dist worksteal --ignore=tests/properties -m "not browser and not slow_process"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage html --quiet
	$(BIN)/coverage report

lock: setup ## pin what requirements/*.in ask for, with hashes (ARGS=--upgrade for newer versions)
	$(LOCK) $(ARGS) requirements/dev.in --output-file requirements/dev.txt
	$(LOCK) $(ARGS) requirements/run.in requirements/build.in --constraints requirements/dev.txt --output-file requirements/run.txt
	$(LOCK) $(ARGS) requirements/run.in requirements/audit.in requirements/build.in --constraints requirements/dev.txt --output-file requirements/audit.txt
	$(LOCK) $(ARGS) requirements/site.in --constraints requirements/dev.txt --output-file requirements/site.txt

site: setup browser $(VENV)/.site-stamp ## build the site of docs/ into build/site, and look at it: links, pictures, axe, search
	$(PY) -m scripts.site

pictures: setup browser ## take the pictures of README.md and of the site anew (ARGS="child.png why.png" for some)
	$(PY) -m scripts.pictures $(ARGS)

catalogue: setup ## take new messages into the translations, and list what is not translated
	$(PY) -m scripts.catalogue
	$(PY) -m scripts.catalogue --missing

holidays: setup ## make gameplan/law/holidays.toml again
	$(PY) -m scripts.make_holidays

browser: $(VENV)/.dev-stamp ## find a Chromium for the tests, or install one
	@$(PY) -m scripts.browser

clean: ## take away what tools left behind (not .venv, never a family's data)
	rm -rf build dist htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# --- what setup is made of ------------------------------------------------------------------------------------------

$(VENV)/.made:
	@for python in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14 python; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)"; \
			if $$python -m venv $(VENV) && touch $@; then exit 0; fi; \
			echo "Could not make $(VENV). Where Python comes in parts, install the one called python3-venv." >&2; \
			exit 1; \
		fi; \
	done; \
	echo "gameplan needs Python 3.11 or newer. Install it, or name it: make setup PYTHON=/path/to/python3.11" >&2; \
	exit 1

$(VENV)/.run-stamp: requirements/run.txt | $(VENV)/.made
	@echo "Installing what gameplan needs to run"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev-stamp: requirements/dev.txt | $(VENV)/.made
	@echo "Installing what gameplan needs to run and to be worked on"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.run-stamp

$(VENV)/.site-stamp: requirements/site.txt | $(VENV)/.dev-stamp
	@echo "Installing what builds the site"
	@$(PIP) install --require-hashes -r requirements/site.txt
	@touch $@

$(VENV)/.house-stamp: pyproject.toml | $(VENV)/.run-stamp
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

%.mo: %.po | $(VENV)/.run-stamp
	@$(PY) -m scripts.catalogue --compile
