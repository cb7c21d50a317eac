# Shared Space. `make run` serves the app, `make test` runs the whole suite; `make help` lists all.
# Each target sets up what it needs in .venv first, from nothing but Python 3.11 or newer.

PYTHON ?= python3
HOST ?= localhost
PORT ?= 8501
SESSION ?=

VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test quick check bench format clean help

run: $(VENV)/.app ## serve the app; PORT=9000 and HOST=0.0.0.0 move it, COLLECTION=path or SESSION=file.zip opens one
	$(if $(COLLECTION),SHARED_SPACE_COLLECTION='$(COLLECTION)' )$(if $(SESSION),SHARED_SPACE_SESSION='$(SESSION)' )$(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

# What drives a browser or counts on timers has the machine for itself; the rest runs in two processes.
ALONE := tests/browser tests/ui/server tests/pages/test_hosted_search.py

test: $(VENV)/.dev ## run the whole suite, with the browser where there is a Chromium
	$(BIN)/python -m pytest -n 2 $(addprefix --ignore ,$(ALONE))
	$(BIN)/python -m pytest $(ALONE)

quick: $(VENV)/.dev ## run the unit and page tests only, in two processes
	$(BIN)/python -m pytest -q -n 2 -m "not browser" --ignore tests/providers/hosted \
		--ignore tests/providers/snippets --ignore tests/stand_ins --ignore tests/scripts

check: $(VENV)/.dev ## run the linter, the formatter and the type checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench ## measure speed, as ratios
	$(BIN)/python -m benchmarks

format: $(VENV)/.dev ## mend what the linter and the formatter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## take the virtual environment away
	rm -rf $(VENV)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Pinned where the pins were tried; the same question for each of the three installs below.
PINNED = $(shell $(BIN)/python -c 'import platform, sys; print("-c constraints.txt" * ((3, 11) <= sys.version_info < (3, 14) and (sys.platform, platform.machine()) != ("darwin", "x86_64")))')
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINNED)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Shared Space needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@test -n "$(PINNED)" || echo "No tested versions for this Python or machine: the bounds in requirements.txt count, not constraints.txt."
	@touch $@

$(VENV)/.app: $(VENV)/.made requirements.txt constraints.txt
	$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.app requirements-bench.txt
	$(INSTALL) -r requirements-bench.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.app requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	@touch $@
