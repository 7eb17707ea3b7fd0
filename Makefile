.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:

PORT ?= 8000
COPIES ?= lab
LAB ?= # more options for JupyterLab, as --no-browser
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BUILT := _build/.built
NOTEBOOKS := $(wildcard intro.ipynb chapters/*.ipynb)
FOLDERS := $(wildcard chapters cnnbook _ext _static)
SOURCES := $(wildcard *.md *.bib _config.yml _toc.yml pyproject.toml) $(NOTEBOOKS) \
  $(shell find $(FOLDERS) -type f ! -name '*.pyc' ! -path '*/.*' ! -path '*/__pycache__/*')

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)

# Idle threads of two numeric libraries would spin against each other.
export OMP_WAIT_POLICY := PASSIVE
export GOMP_SPINCOUNT := 0

.PHONY: help book serve lab test lint check unit pages rerun nbval notebooks bench pins clean

help: ## List the targets
	@echo "Usage: make TARGET. Each target sets up what it needs, in $(VENV)."
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

book: $(BUILT) ## Build the book, and print the page to open
	@echo "The book: file://$(CURDIR)/_build/html/index.html"

serve: $(BUILT) ## Serve the book from a local web server (PORT=8000)
	@echo "The book: http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

lab: $(READY) ## Open your own copies of the chapters in JupyterLab
	@$(BIN)/python tools/copy_chapters.py $(COPIES)
	@$(BIN)/jupyter lab --config tools/lab/jupyter_lab_config.py $(LAB) $(COPIES)/intro.ipynb

test: lint check nbval ## Run every gate (WORKERS=2 tests at a time)

lint: $(READY) ## Check style, spelling and the stored notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/python tools/lint_notebooks.py

PYTEST = $(BIN)/pytest -n $(or $(WORKERS),2)
KERNEL ?= Nehalem

check: $(READY) $(BUILT) # all that pytest runs, in one go
	$(BIN)/python tests/browser.py
	$(PYTEST)

unit: $(READY) $(BUILT) # of `make check`: what needs neither a browser nor a notebook's kernel
	$(PYTEST) -m "not browser and not rerun"

pages: $(READY) $(BUILT) # of `make check`: the built pages, the widgets and JupyterLab in a browser
	$(BIN)/python tests/browser.py
	$(PYTEST) -m browser

rerun: $(READY) # of `make check`: the notebooks run again, and nothing changes
	$(PYTEST) -m rerun tests

# Matrix products differ in the last digits between processors; stored outputs must not.
nbval: $(READY) # every stored output, computed once more by another processor's kernel (KERNEL=Haswell)
	OPENBLAS_CORETYPE=$(KERNEL) $(PYTEST) --nbval --nbval-current-env $(NOTEBOOKS)

notebooks: $(READY) ## Run the notebooks, and store their outputs canonically
	$(BIN)/python tools/run_notebooks.py

bench: $(READY) $(BUILT) ## Measure the products, the pages and the widgets
	$(BIN)/python benchmarks/products.py
	$(BIN)/python benchmarks/other_ways.py
	$(if $(TORCH),$(BIN)/python -m pip install --quiet torch==2.13.0)
	$(BIN)/python benchmarks/pytorch.py
	$(BIN)/python tests/browser.py
	$(BIN)/python benchmarks/book.py
	$(BIN)/python benchmarks/widgets.py

pins: $(READY) # requirements.txt from requirements.in; needs the network
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
	  requirements.in --output-file requirements.txt
	{ echo '# Exact pins of everything, for CPython 3.11 and later. Made from requirements.in by `make pins`.'; \
	  grep -v '^#' requirements.txt; echo '-e .'; } > requirements.new
	mv requirements.new requirements.txt

clean: ## Remove what was built; lab/ and .venv stay
	rm -rf _build .pytest_cache .ruff_cache .hypothesis

$(BUILT): $(READY) $(SOURCES)
	rm -rf _build
	$(BIN)/jupyter-book build . -W -n --keep-going
	$(BIN)/python tools/make_downloads.py _build/html
	@touch $@

$(READY): requirements.txt
	@$(or $(PYTHON),false) -c '$(NEW_ENOUGH)' || \
	  { echo "This book needs Python 3.11 or newer. Name yours: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@
