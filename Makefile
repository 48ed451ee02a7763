# make demo | make test | make check | make lock
#
# Each works on a bare machine: the virtual environment is made first, from requirements.lock. What only the system can
# give (a browser, Java, npm) is installed where we are root on Debian; elsewhere a sentence names what is missing.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check lock
.DEFAULT_GOAL := demo

# "exec" leaves no shell between make and the demo: a SIGTERM to make is passed on to the demo itself.
demo: export DATA_DIR ?= $(CURDIR)/demo-data
demo: $(STAMP)
	@exec $(BIN)/broadsheet demo

test: $(STAMP)
	@scripts/install-test-tools
	@exec scripts/run-tests $(BIN)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=broadsheet.settings.test $(BIN)/broadsheet manage makemigrations --check --dry-run

# After a change of the dependencies in pyproject.toml.
lock: $(STAMP)
	@exec scripts/lock $(BIN)

$(STAMP): requirements.lock pyproject.toml
	@scripts/make-virtual-environment $(VENV)
	@touch $@
