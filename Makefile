# Everything a newcomer needs: `make run` and `make test`. Nothing but Python 3.11+ and make is assumed.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
SCRIPTS := tests/scripts
NPM := cd $(SCRIPTS) && PATH="$(abspath $(BIN)):$$PATH" npm --silent

# Each file that is installed has to have a hash that tests/constraints.txt knows.
INSTALL = $(BIN)/python -m pip install --quiet --require-hashes

.PHONY: run log-in test test-fast check scripts fmt constraints audit licences bench score setup \
	scale browser nginx postgres pictures clean

run: $(VENV)/.run
	$(BIN)/streamlit run app.py --server.port $(PORT)

# What a server needs whose keepers log in to /review: docs/trust.md.
log-in: $(VENV)/.run
	$(INSTALL) --group log-in --constraint tests/constraints.txt

test: $(VENV)/.dev $(VENV)/.dash browser nginx postgres
	$(BIN)/pytest -n auto --maxprocesses 4 --no-loadscope-reorder

# Without a browser, and without what is marked slow: under a minute.
test-fast: $(VENV)/.dev
	$(BIN)/pytest -n auto --maxprocesses 4 -m "not browser and not slow"

check: $(VENV)/.dev scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/deptry tests --exclude none --ignore DEP002,DEP004
	$(BIN)/python -m geo check

# The scripts of the pages: written as is told, typed, and their pure functions tested.
scripts: $(SCRIPTS)/node_modules/.done
	$(NPM) run check

fmt: $(VENV)/.dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# Pins what is not pinned yet and keeps what is; newer versions: make constraints ARGS=--upgrade
constraints: $(VENV)/.pip
	$(INSTALL) uv --constraint tests/constraints.txt
	$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command "make constraints" \
		--group dev --group audit --group log-in --output-file tests/constraints.txt $(ARGS) requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate --custom-compile-command "make constraints" \
		--output-file tests/bench/constraints.txt $(ARGS) tests/bench/dash.txt

# Asks a service on the internet what is known of each version; nothing told is not nothing found.
audit: $(VENV)/.audit
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		--requirement tests/constraints.txt >$(VENV)/audit 2>$(VENV)/audit.log; \
	failed=$$?; cat $(VENV)/audit; \
	if test $$failed = 0; then echo "No vulnerability is known in what is installed."; \
	elif test ! -s $(VENV)/audit; then tail -n 1 $(VENV)/audit.log; echo \
		"Nothing is known: the service was not reached, or does not know all that was asked."; fi; \
	exit $$failed

licences: $(VENV)/.dev
	@$(BIN)/python -m tests.licences

bench: $(VENV)/.dev $(VENV)/.dash browser nginx
	$(BIN)/python -m tests.bench $(ARGS)
	$(BIN)/python -m tests.bench.find
	$(BIN)/python -m tests.bench.quick
	$(BIN)/python -m tests.bench.engine
	$(BIN)/python -m tests.bench.rounds
	$(BIN)/python -m tests.bench.readers
	$(BIN)/python -m tests.bench.trust

# Every claim measured again, in one table; one of them: make score ARGS=hours
score: $(VENV)/.dev $(VENV)/.dash browser
	$(BIN)/python -m geo score $(ARGS)

pictures: $(VENV)/.dev browser
	$(BIN)/python -m tests.browser.pictures

setup: $(VENV)/.dev

# Dask, for the gaps of a nation on several processes or machines; nothing else needs it.
scale: $(VENV)/.run
	$(INSTALL) --group scale --constraint tests/constraints.txt

# pip itself, by its own hash: an older one cannot read those of constraints.
$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name it: make PYTHON=python3.12 run"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	sed -n '/^pip==/,/[^\]$$/p' tests/constraints.txt >$(VENV)/pip.txt
	$(INSTALL) --requirement $(VENV)/pip.txt
	touch $@

$(VENV)/.run: $(VENV)/.pip requirements.txt tests/constraints.txt
	$(INSTALL) --requirement requirements.txt --constraint tests/constraints.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run pyproject.toml
	$(INSTALL) --group dev --group log-in --constraint tests/constraints.txt
	touch $@

# The page of Dash that ours is measured against, apart: its plugin for pytest would not let ours run.
$(VENV)/.dash: $(VENV)/.dev
	$(PYTHON) -m venv $(VENV)/dash
	$(BIN)/python -m pip --python $(VENV)/dash/bin/python install --quiet --require-hashes \
		--requirement tests/bench/dash.txt --constraint tests/bench/constraints.txt
	touch $@

$(VENV)/.audit: $(VENV)/.dev
	$(INSTALL) --group audit --constraint tests/constraints.txt
	touch $@

# What the pages run needs none of this: it only checks the scripts.
$(SCRIPTS)/node_modules/.done: $(SCRIPTS)/package.json | $(VENV)/.dev
	$(NPM) install --no-package-lock --no-audit --no-fund
	touch $@

# A Chromium already on the machine is used; else one is installed.
browser: $(VENV)/.dev
	@$(BIN)/python -m tests.browser.chromium

# An nginx already on the machine is used; else one is installed, if we are root.
nginx: $(VENV)/.dev
	@$(BIN)/python -m tests.deploy.nginx

# A PostgreSQL with PostGIS already on the machine is used; else one is installed, if we are root.
postgres: $(VENV)/.dev
	@$(BIN)/python -m tests.support.postgres

clean:
	rm -rf $(VENV) $(SCRIPTS)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
