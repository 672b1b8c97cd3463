# missionwire: `make help` lists what there is to do. Needs Python >= 3.11 with venv, make, nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
TOOLS := .tools
VENV := .venv
UV := $(TOOLS)/bin/uv
BIN := $(VENV)/bin
PLUGINS := $(sort $(wildcard plugins/*))
PROJECTS := pyproject.toml $(wildcard plugins/*/pyproject.toml)
# Containers often set it; the tests start Python hundreds of times, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo serve test test-all test-extra check format docs lock ci bench bench-smoke bench-language clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(TOOLS)/stamp: tools.txt
	@echo "setting up uv in $(TOOLS) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "missionwire needs Python >= 3.11, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tools.txt
	@touch $@

$(VENV)/stamp: $(TOOLS)/stamp lock.txt $(PROJECTS)
	@echo "setting up missionwire in $(VENV) ..."
	@$(UV) venv --quiet --seed --allow-existing --python $(PYTHON) $(VENV)
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --require-hashes -r lock.txt
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps -e . $(addprefix -e ./,$(PLUGINS))
	@$(BIN)/missionwire plugins restore --quiet || true
	@touch $@

setup: $(VENV)/stamp ## set everything up (second runs do nothing)

demo: setup ## set up, run the service, publish an article, show what comes out; Ctrl-C ends it
	@$(BIN)/missionwire demo

serve: setup ## run the service
	@$(BIN)/missionwire serve

test: setup ## run the tests that need nothing but this machine, in about a minute
	@$(BIN)/pytest -q -n 2 --dist loadfile -m "not slow and not browser and not node"

test-all: setup ## run all tests; those that need node or Chromium skip with a reason where there is none
	@$(BIN)/pytest -q -n 2 --dist loadfile

test-extra: setup ## run what `make test` leaves out
	@$(BIN)/pytest -q -n 2 --dist loadfile -m "slow or browser or node"

check: setup ## lint, types, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@for plugin in $(PLUGINS); do $(BIN)/mypy $$plugin || exit 1; done
	@$(BIN)/lint-imports

format: setup ## format the code
	@$(BIN)/ruff check --fix-only --quiet . || true
	@$(BIN)/ruff format .

docs: setup ## renew the pages that are made from the code
	@$(BIN)/python docs/generate.py

lock: $(TOOLS)/stamp ## renew lock.txt from the pyproject files, keeping what it can
	@scripts=$$(mktemp); grep -E '^[a-zA-Z0-9]' lock.txt | sed 's/ \\$$//' > $$scripts; \
	UV_CONSTRAINT=$$scripts $(UV) lock --quiet; rm -f $$scripts
	@$(UV) export --quiet --frozen --all-packages --all-extras --all-groups --no-emit-workspace --no-header --format requirements.txt -o lock.txt
	@$(UV) export --quiet --frozen --all-packages --no-dev --no-emit-workspace --no-header --format requirements.txt -o deploy/lock-runtime.txt
	@sed -n 's/^requires = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o deploy/lock-build.txt

bench: setup ## measure, side by side with others; a quarter of an hour, JSON and pictures in bench/results
	@$(BIN)/python bench/bench.py --json bench/results/bench.json --svg bench/results

bench-smoke: setup ## does the benchmark run, and is nothing lost? a minute
	@$(BIN)/python bench/bench.py --smoke

bench-language: setup ## measure what reading texts costs, and how well it is done; a few minutes, the tables of docs/language.md
	@$(BIN)/python bench/names.py --misses
	@$(BIN)/python bench/articles.py
	@$(BIN)/python bench/articles.py bench/unseen/articles/*.json
	@$(BIN)/python bench/articles.py bench/passages/*.json
	@$(BIN)/python bench/articles.py bench/unseen/passages/*.json
	@$(BIN)/python bench/pronouns.py
	@$(BIN)/python bench/pronouns.py bench/unseen/pronouns.jsonl
	@$(BIN)/python bench/language.py
	@$(BIN)/python bench/speed.py

ci: ## what the build server runs
	@.ci/run

clean: ## remove what was set up
	rm -rf $(TOOLS) $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
