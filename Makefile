# The commands of this repository. `make demo` and `make test` work on a fresh clone with python3 (>= 3.11, venv) and make.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
UV := $(shell command -v uv 2>/dev/null)
ifdef UV
INSTALL = $(UV) pip install --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --no-compile
endif
# No registry address may stand in a lock, and no machine's path.
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet
SOURCES := pyproject.toml hatch_build.py package.json package-lock.json \
	$(shell find src -name '*.scss' -not -path '*/static/vendor/*' 2>/dev/null)

.PHONY: help demo test check nightly docs messages lock sizes browser postgres clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 12

demo: $(VENV)/.installed ## start the demonstration on this machine
	@exec $(BIN)/heedful demo --folder "$(CURDIR)/var/demo" $(ARGS)

test: $(VENV)/.tests-installed browser postgres ## run all tests but the nightly ones
	$(BIN)/python -m pytest -m "not nightly" --numprocesses 2 --dist loadfile $(ARGS)

nightly: $(VENV)/.tests-installed browser postgres ## run the long simulations and chaos runs
	$(BIN)/python -m pytest -m nightly $(ARGS)

# Ruff's S rules say the same as bandit's, line by line with a reason; bandit is asked for what is grave (B701 is S701).
check: $(VENV)/.tests-installed ## lint, types, import contracts, migrations, sizes, security lint, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/with_settings.py $(BIN)/mypy
	$(BIN)/python tools/with_settings.py $(BIN)/lint-imports
	$(BIN)/python tools/with_settings.py $(BIN)/heedful manage makemigrations --check --dry-run
	$(BIN)/python tools/sizes.py
	$(BIN)/bandit --quiet --recursive src --severity-level high --skip B701
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/with_settings.py $(BIN)/python tools/messages.py --check

docs: $(VENV)/.tests-installed ## write the generated reference pages
	$(BIN)/python tools/reference.py

messages: $(VENV)/.tests-installed ## write the catalogue of every sentence, for translators
	$(BIN)/python tools/with_settings.py $(BIN)/python tools/messages.py

sizes: $(VENV)/.tests-installed ## lower the size ratchet after something was split
	$(BIN)/python tools/sizes.py --write

lock: ## resolve the dependencies anew
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	$(LOCK) --upgrade pyproject.toml tools/build.in --extra demo -o requirements.lock
	$(LOCK) --upgrade pyproject.toml tools/build.in --extra demo --group test -c requirements.lock -o requirements-test.lock

browser:
	@tools/need browser $(BIN)

postgres:
	@tools/need postgres $(BIN)

clean: ## remove what was built (not the demonstration's data)
	rm -rf $(VENV) dist build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Heedful needs Python 3.11 or newer; name it with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.locked: requirements.lock | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.tests-locked: requirements-test.lock $(VENV)/.locked
	$(INSTALL) --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked $(SOURCES)
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tests-installed: $(VENV)/.tests-locked $(VENV)/.installed
	@touch $@
