# Two commands: `make run` starts the whole service on this machine, `make test` tests all of it.
# They need Python 3.11 or later and make; everything else goes into .venv.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Its scripts, and the way to src, hold the folder's own address: where that was moved or copied, it is made anew.
ELSEWHERE := $(shell here="$$(pwd -P)/$(BIN)/"; test ! -e $(BIN)/pip || \
	grep -qF -e "!$$here" -e "\"$$here" -e "exec' $$here" $(BIN)/pip || echo yes)
JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# The first that runs and is new enough; a name on the PATH alone may be an empty promise (pyenv).
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3.14 python3; do \
	"$$name" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; \
	done)
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist loadfile

.PHONY: run test setup quick check format bench bench-growth mutants clean
.DEFAULT_GOAL := run

run: setup
	@exec $(BIN)/compact-cases up --sample $(ARGS)

test: setup
	$(PYTEST) $(ARGS)

# The tests that take under two minutes: no browser, no killed processes, no command in a process of its own.
quick: setup
	$(PYTEST) -m "not browser and not faults and not processes" $(ARGS)

setup: $(READY)

ifdef ELSEWHERE
.PHONY: $(READY)
endif
$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with its venv module is needed (on Debian: apt install python3 python3-venv)." >&2; exit 1; }
	@test -z "$(ELSEWHERE)" && $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@echo "Setting up $(VENV), once; this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j $(JOBS) $(VENV)/lib src worker >/dev/null || true
	@touch $(READY)

# Everything but the tests.
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	@if [ -f docker-compose.yml ]; then set -x; $(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml; fi
	@if [ -f Dockerfile ]; then set -x; $(BIN)/hadolint Dockerfile; fi

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m bench $(ARGS)

bench-growth: setup
	$(BIN)/python -m bench --growth $(ARGS)

# Each rule is changed a little, thousands of times: how many of the changes do the tests of the rules notice?
# All of them take the better part of an hour, so it is not part of `test`. Of some, a chapter in two minutes:
# `make mutants ARGS="compact_cases.rules.clocks.*"`.
mutants: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-mutants.lock
	$(BIN)/mutmut run --max-children $(JOBS) $(ARGS)
	@$(BIN)/mutmut export-cicd-stats >/dev/null && $(BIN)/python -m tests.rules.mutants

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache mutants
