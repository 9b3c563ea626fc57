# Every target does its own set-up. PYTHON may name another interpreter (3.11 or later).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A test that does not end in ten minutes fails alone, and says where each of its threads stood.
ENDLESS := -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true

.PHONY: run test lint bench soak screenshots clean

run: $(VENV)/.runtime
	@exec $(BIN)/gunicorn app:server

test: $(VENV)/.dev
	@tools/chromium
	@tools/postgresql
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ENDLESS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	@tools/chromium
	@$(BIN)/python -m benchmarks

soak: $(VENV)/.dev
	@tools/chromium
	@FORGED=10000 WALKS=200 KILLS=25 MUTATED=3000 EXPLAINED=500 CONFORMING=500 EXPORTED=300 LIVE_SECONDS=120 LIVE_PUBLISHES=200 LIVE_READERS=8 CROWD_SECONDS=600 MODERATED=2000 FORGED_FORMS=2000 PICTURED=all $(BIN)/python -m pytest tests/test_forged.py tests/test_kills.py tests/test_contributions_model.py tests/test_contributing.py tests/test_*_mutated.py tests/test_live.py tests/test_crowd.py tests/test_explained_figures.py tests/test_api_document.py tests/test_exported.py tests/browser/test_walks.py tests/test_libreoffice.py tests/browser/test_pictures.py

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
