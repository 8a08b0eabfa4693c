# Everything one does with Tocsin: `make demo`, `make test`, `make check`. Nothing is done twice.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input
JOBS ?= 2
OUT ?= demo
PYTHON ?=

MINUTES ?= 30

.PHONY: help demo test fuzz check format lint types contracts spelling docs reference bench verify lock clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.runtime ## assess the bundled dossier and say where the brief is
	@$(BIN)/tocsin demo --out $(OUT)

test: $(VENV)/.dev ## run the tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

fuzz: $(VENV)/.dev ## fuzz every door, guided by coverage, for MINUTES=30 in all
	@nice $(BIN)/python studies/fuzzing/run.py --minutes $(MINUTES)

# The tests come last, so that their closing line is the last one.
check: $(VENV)/.dev ## format, lint, types, import contracts, spelling, docs, tests
	@$(MAKE) --no-print-directory --keep-going lint types contracts spelling docs
	@$(MAKE) --no-print-directory test

format: $(VENV)/.dev ## put the code into its form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: $(VENV)/.dev ## check form and style
	@echo "form and style ..." && $(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(VENV)/.dev ## check types
	@echo "types ..." && $(BIN)/mypy

contracts: $(VENV)/.dev ## check who imports whom
	@echo "import contracts ..." && $(BIN)/lint-imports --no-logo

spelling: $(VENV)/.dev ## check spelling
	@echo "spelling ..." && $(BIN)/codespell

docs: $(VENV)/.dev ## build the documentation strictly, into site/
	@echo "documentation ..." && $(BIN)/zensical build --strict

reference: $(VENV)/.dev ## write the pages that are made from code and catalogue again
	@for page in command_line numbers_page odd; do $(BIN)/python tests/docs/$$page.py || exit 1; done

bench: $(VENV)/.dev ## time the hot paths
	@$(BIN)/python -m pytest benchmarks/bench_*.py --benchmark-only --benchmark-columns=min,median,max,rounds
	@$(BIN)/python benchmarks/compare_soldiers.py
	@$(BIN)/python benchmarks/compare_day.py
	@$(BIN)/python benchmarks/compare_epstein.py

verify: $(VENV)/.dev ## run the long studies: engines equal, patterns, sensitivity, civil violence
	@$(BIN)/python studies/engines/make.py
	@$(BIN)/python studies/validation/sensitivity.py
	@$(BIN)/python studies/validation/learnt.py
	@$(BIN)/python studies/validation/make.py
	@$(BIN)/python studies/epstein/make.py

lock: $(VENV)/.dev ## compile requirements/ anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --group build --extra battles --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements/runtime.txt
	uv pip compile pyproject.toml --group dev --all-extras -c requirements/runtime.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/dev.txt

clean: ## remove what was made, but neither ledgers nor results
	rm -rf $(VENV) site build dist .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find src tests docs -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that is new enough and can make environments; PYTHON=... names one.
$(BIN)/python:
	@for python in $(PYTHON) python3.12 python3.13 python3.11 python3 python3.14 python; do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "making $(VENV) with $$("$$python" --version) ..." && "$$python" -m venv --clear $(VENV) && exit 0; \
	  fi; \
	done; \
	echo "Tocsin needs Python 3.11 or newer with its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; \
	echo "If it is installed under another name: make PYTHON=/path/to/python" >&2; \
	exit 1

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "installing what Tocsin runs on (once, a few minutes) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade
	@$(PIP) --require-hashes -r requirements/runtime.txt
	@$(PIP) --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime | $(BIN)/python
	@echo "installing what its tests and docs run on (once) ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
