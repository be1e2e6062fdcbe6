# Everything a newcomer needs: `make run` and `make test`. Nothing but Python 3.11+ and make is assumed.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
SCRIPTS := tests/scripts
NPM := cd $(SCRIPTS) && PATH="$(abspath $(BIN)):$$PATH" npm --silent

.PHONY: run test check scripts bench setup browser pictures clean

run: $(VENV)/.run
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev browser
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.dev scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest --doctest-modules geo -q
	$(BIN)/python -m geo check

# The scripts of the pages: written as is told, typed, and their pure functions tested.
scripts: $(SCRIPTS)/node_modules/.done
	$(NPM) run check

bench: $(VENV)/.dev browser
	$(BIN)/python -m tests.bench $(ARGS)
	$(BIN)/python -m tests.bench.rounds

pictures: $(VENV)/.dev browser
	$(BIN)/python -m tests.browser.pictures

setup: $(VENV)/.dev

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name it: make PYTHON=python3.12 run"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run pyproject.toml
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

# What the pages run needs none of this: it only checks the scripts.
$(SCRIPTS)/node_modules/.done: $(SCRIPTS)/package.json | $(VENV)/.dev
	$(NPM) install --no-package-lock --no-audit --no-fund
	touch $@

# A Chromium already on the machine is used; else one is installed.
browser: $(VENV)/.dev
	@$(BIN)/python -m tests.browser.chromium

clean:
	rm -rf $(VENV) $(SCRIPTS)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
