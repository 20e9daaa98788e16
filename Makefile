# One line a target; each makes what it needs. A virtual environment in .venv, nothing global.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site site-real exports-report serve-subpath preview rubric check test gallery lighthouse accept mutate bench methods docs schemas demo-data clean
.DEFAULT_GOAL := site

site: .venv/site                ## Build the demo portals into output/
	$(BIN)/sitegen build && echo "Open output/index.html in a browser."

site-real: .venv/site           ## Build the portals of two real clients from private exports, into build/real-shop/preview/
	$(BIN)/python scripts/site_real.py

exports-report: .venv/dev       ## What the reader makes of each private export; says so where there are none
	$(BIN)/python -m scripts.exports_report

serve-subpath: site             ## Serve the demo portals as GitHub Pages would, below /repository/
	$(BIN)/python -m scripts.serve_subpath

preview: .venv/site             ## Show the portals while you write them, at an address of this machine
	$(BIN)/sitegen preview

test: .venv/dev                 ## Run the tests, on every core
	$(BIN)/pytest --numprocesses auto --dist worksteal

rubric: .venv/site              ## Print every check of the rubric for the demo clients: score, what decides it, why
	$(BIN)/python -m scripts.rubric

check: .venv/dev                ## Style, types, import rule
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

gallery: .venv/site             ## Show every component and figure of the default theme, in build/gallery/
	$(BIN)/python -m scripts.gallery

lighthouse: .venv/site          ## Lighthouse on each client's first page, as on a phone; needs Node and Chromium
	$(BIN)/python -m scripts.lighthouse

accept: .venv/dev               ## Accept the changed golden pages and components; prints every number that moved
	$(BIN)/python tests/golden/accept.py && $(BIN)/python -m tests.components.accept

mutate: .venv/dev               ## Plant faults; each one must break a test
	$(BIN)/python tests/mutate.py

bench: .venv/bench              ## Measure building and previewing, as ratios; BENCH=--full for a thousand clients
	$(BIN)/python -m scripts.bench.run $(BENCH)

methods: .venv/methods          ## Measure the forecast and the crossing, beside the published figures; METHODS=--quick for the gates
	$(BIN)/python -m scripts.methods $(METHODS)

docs: .venv/dev                 ## Write the reference pages that are generated from the code
	$(BIN)/python scripts/make_docs.py

schemas: .venv/site             ## Write the JSON Schemas that editors read
	$(BIN)/sitegen schema schemas && $(BIN)/python -m scripts.export_schemas

demo-data: .venv/site           ## Make the demo clients' data again from their seed
	$(BIN)/python -m scripts.make_demo_data

clean:                          ## Remove what was built; keeps the virtual environment
	rm -rf output preview build dist .sitegen

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sitegen needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/site: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . && touch $@

.venv/dev: .venv/site pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' && touch $@

.venv/bench: .venv/site pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' && touch $@

.venv/methods: .venv/site pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[methods]' && touch $@
