# The same targets for a person and for CI. `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check fix bench bundle docs messages lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(BIN)/hashar demo --data demo-site

test: $(VENV)/.test
	rm -f .coverage .coverage.json
	$(BIN)/python -m tests.golden.api_data   # R's own example data, where they can be had; else those cases are skipped
	$(BIN)/python -m pytest --cov --cov-report=json:.coverage.json
	HASHAR_TEST_DATABASE=postgresql $(BIN)/python -m pytest   # the site once more
	$(BIN)/python -m tests.consistency.coverage_budget

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	HASHAR_DATA=.mypy_cache/data $(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

bundle: $(VENV)/.run               ## everything that a PC without internet needs, in one zip under dist/
	$(BIN)/python -m bundle

docs: $(VENV)/.test
	$(BIN)/python docs/generate_reference.py

messages: $(VENV)/.test            ## gather the strings, merge them into every catalogue, compile
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output --omit-header -o src/hashar/i18n/hashar.pot src/hashar
	$(BIN)/python -m hashar.i18n.catalogues

lock:                              ## renew the exact pins (needs uv)
	uv pip compile pyproject.toml --extra fast --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/run.lock
	uv pip compile pyproject.toml -c requirements/run.lock --extra fast --extra postgres --extra spark --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/test.lock
	uv pip compile pyproject.toml -c requirements/test.lock --extra fast --extra postgres --extra spark --group dev --group bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/bench.lock

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Hashar needs Python 3.11 or newer: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.test: requirements/test.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/test.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.bench: requirements/bench.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/bench.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

clean:
	rm -rf $(VENV) demo-profile demo-site dist .pytest_cache .mypy_cache .ruff_cache .coverage
