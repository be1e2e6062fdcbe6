# Everything a newcomer needs: `make run` and `make test`. Nothing but Python 3.11+ and make is assumed.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench setup browser pictures clean

run: $(VENV)/.run
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev browser
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --doctest-modules geo -q
	$(BIN)/python -m geo check

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

# A Chromium already on the machine is used; else one is installed.
browser: $(VENV)/.dev
	@$(BIN)/python -m tests.browser.chromium

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
