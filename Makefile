# Two commands do everything: `make run` and `make test`. Neither needs root.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(if $(shell $(p) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(p))))
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test test-hard check clean

run: .venv/installed  ## Install into .venv and start deskbreak
	$(BIN)/deskbreak run

test: .venv/tested  ## The same, then the tests
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-hard: .venv/tested  ## The tests on a slow, busy, strange machine: an hour or two
	tests/hard.sh

check: .venv/tested  ## Lint, format, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

clean:
	rm -rf .venv

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "deskbreak needs Python 3.11 or newer; set PYTHON=... if it has another name." >&2; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || $(PYTHON) -m virtualenv -q .venv 2>/dev/null || { \
		rm -rf .venv; $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python install -q pip; } || { \
		rm -rf .venv; echo "This Python can make no virtual environment: install python3-venv (or python3-pip)." >&2; exit 1; }

.venv/installed: .venv/bin/python pyproject.toml
	$(PIP) --editable '.[gui]' || $(PIP) --editable .  # no window toolkit for this machine: the terminal player serves
	@touch $@

.venv/tested: .venv/installed
	$(PIP) --editable '.[test]'
	@touch $@
