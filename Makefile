# The commands of those who change the program. `make` alone lists them; CONTRIBUTING.md explains them.
.DEFAULT_GOAL := help
.PHONY: help fast test lint docs pictures words lock all

PYTHON ?= python3
BIN := .venv/bin

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1@\2/p' Makefile | while IFS=@ read -r name does; \
	    do printf 'make %-10s %s\n' "$$name" "$$does"; done

$(BIN)/pytest: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

fast: $(BIN)/pytest ## the tests that start no program, with few examples: about a minute
	$(BIN)/pytest -m 'not (program or slow)' --hypothesis-profile dev -n auto --dist loadfile

test: $(BIN)/pytest ## all tests, as the README's command runs them
	$(BIN)/pytest -n auto --dist loadfile

lint: $(BIN)/pytest ## formatting, linter, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 src
	$(BIN)/lint-imports

docs: $(BIN)/pytest ## the pages: links, examples, every command and key
	$(BIN)/pytest tests/operation/test_docs.py tests/operation/test_readme.py \
	    tests/delivery/test_services.py tests/checks/test_rules.py

pictures: $(BIN)/pytest ## draw docs/*.png anew (needs chromium)
	$(BIN)/python -m tests.website.pictures

words: $(BIN)/pytest ## take new words into src/onthisday/locales/catalogues/*.po, and make *.mo
	$(BIN)/python deploy/catalogues.py update
	$(BIN)/python deploy/catalogues.py make

lock: $(BIN)/pytest ## write deploy/requirements anew, after a change of dependencies
	$(BIN)/python deploy/lock.py

all: ## everything that must hold, on this machine: installs what it needs
	.ci/run
