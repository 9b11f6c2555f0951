# Two commands are enough: `make briefing` builds everything from data/, `make test` checks everything.
# Needs Python 3.11 (with pip and venv), git and make; the rest goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
RUN    := $(VENV)/bin/python
TESTS  ?= -n 2

export PYTHONDONTWRITEBYTECODE =
export UV_COMPILE_BYTECODE = 1

.PHONY: briefing test score check lab clean help

briefing: $(VENV)/.synced  ## build tables, workbook, figures and notebooks from data/
	@$(RUN) -m analysis build

test: $(VENV)/.synced  ## run the whole test suite
	@echo "Running the tests (a part: make test TESTS='tests/test_build.py')"
	@$(RUN) -m pytest $(TESTS)

score: $(VENV)/.synced  ## extraction against the hand-made gold tables
	@$(RUN) -m tests.score

check: $(VENV)/.synced  ## style, and notebooks stored without outputs
	@$(RUN) -m ruff check analysis tests
	@$(VENV)/bin/nbstripout --verify notebooks/*.ipynb

lab: $(VENV)/.synced  ## open the notebooks
	@$(VENV)/bin/jupyter lab notebooks

$(VENV)/.synced: pyproject.toml uv.lock | $(VENV)/bin/uv
	@echo "Installing the packages of uv.lock into $(VENV)"
	@$(VENV)/bin/uv sync --frozen --inexact --quiet
	@touch $@

$(VENV)/bin/uv:
	@test -n "$(PYTHON)" || { echo "No Python found: install Python 3.11, or run make PYTHON=/path/to/python"; exit 2; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check uv

clean:  ## remove what was built (not .venv, not data/)
	rm -rf build data/processed

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12
