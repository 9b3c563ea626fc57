# Every target does its own set-up. PYTHON may name another interpreter (3.11 or later).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench soak screenshots clean

run: $(VENV)/.runtime
	@exec $(BIN)/gunicorn app:server

test: $(VENV)/.dev
	@tools/chromium
	@tools/postgresql
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	@tools/chromium
	@$(BIN)/python -m benchmarks

soak: $(VENV)/.dev
	@tools/chromium
	@FORGED=10000 WALKS=200 KILLS=25 MUTATED=3000 LIVE_SECONDS=120 LIVE_PUBLISHES=200 LIVE_READERS=8 $(BIN)/python -m pytest tests/test_forged.py tests/test_kills.py tests/test_*_mutated.py tests/test_live.py tests/browser/test_walks.py

screenshots: $(VENV)/.dev
	@tools/chromium
	@$(BIN)/python -m tools.screenshots docs

$(VENV)/.runtime: requirements.txt requirements.lock tools/venv
	@tools/venv $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt requirements.lock tools/venv
	@tools/venv $(PYTHON) $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
