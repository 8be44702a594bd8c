# FeedForward: every target in one line; `make help` shows them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMPS := .make

.PHONY: help setup demo test check bench reset serve format lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMPS)/runtime $(STAMPS)/assets ## install everything that running needs into .venv, and build the assets

demo: setup ## set up, load the demonstration course, read one draft, serve the pages
	$(RUN)/feedforward demo

# Without bytecode each process would compile every test and module anew, which takes as long as hundreds of tests.
test: setup $(STAMPS)/test ## set up and run all tests, on SQLite and on PostgreSQL
	PYTHONDONTWRITEBYTECODE= $(RUN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup $(STAMPS)/test ## formatting, lint, types and import contracts
	$(RUN)/ruff format --check src tests benchmarks
	$(RUN)/ruff check src tests benchmarks
	$(RUN)/mypy
	$(RUN)/lint-imports --no-cache

bench: setup $(STAMPS)/test ## measure pages, pipeline, memory and start (ARGS=--json for JSON)
	$(RUN)/python -m benchmarks $(ARGS)

serve: setup ## migrate and serve this installation's own data
	$(RUN)/feedforward migrate
	$(RUN)/feedforward serve

reset: ## delete the demonstration's data and start over
	rm -rf build/demonstration

format: setup $(STAMPS)/test ## format the code
	$(RUN)/ruff format src tests benchmarks
	$(RUN)/ruff check --fix src tests benchmarks

lock: $(STAMPS)/runtime ## make the locks anew (needs uv; CUTOFF=YYYY-MM-DD is the cool-down)
	scripts/lock.sh $(CUTOFF)

clean: ## remove what set-up made
	rm -rf $(VENV) $(STAMPS) frontend/node_modules src/feedforward/web/static

$(RUN)/python:
	$(PYTHON) -c 'import sys; sys.exit("FeedForward needs Python 3.11 or newer; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/runtime: requirements/runtime.txt pyproject.toml | $(RUN)/python
	@mkdir -p $(STAMPS)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements/runtime.txt
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/runtime
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements/test.txt
	@touch $@

# Node is used where the machine has it (20 or newer); otherwise a wheel brings one.
$(STAMPS)/assets: requirements/assets.txt $(STAMPS)/runtime $(shell find frontend src/feedforward/ui -type f \( -name '*.css' -o -name '*.js' -o -name '*.json' -o -name '*.py' \) -not -path '*/node_modules/*' 2>/dev/null)
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null || \
		$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements/assets.txt
	$(RUN)/python -m feedforward.assets_build
	@touch $@
