# OrderHub's chores. `make` alone explains them. Nothing but Debian's python3, python3-venv and make is
# needed: `make run` and `make test` set up .venv by themselves, from the lock files with their hashes.
# `make check` needs nodejs, npm and default-jre-headless besides, for what lints the OpenAPI document.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV ?= .venv
# The oldest version that is supported comes first: it is what the tests are run on most.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
# Where `make install-runtime` puts OrderHub and what it needs, and nothing else.
PREFIX ?= /opt/orderhub
TEST_JOBS ?= auto
ARGS ?=

PIP = $(VENV)/bin/python -m pip --disable-pip-version-check --no-input
LOCKED = install --quiet --require-hashes --no-deps
# Before answers are recorded and after: what to send is read from the document, and what is answered goes into it.
WRITE_OPENAPI = $(VENV)/bin/orderhub openapi > openapi/openapi.json.new && mv openapi/openapi.json.new openapi/openapi.json
CHECKED = src tests migrations bench checks clients

##@ Run

run: $(VENV)/.ready  ## serve OrderHub with its database, worker and sample data: make run ARGS="--port 8000 --data-dir /tmp/hub"
	@exec $(VENV)/bin/orderhub serve $(ARGS)

demo: $(VENV)/.ready  ## play an order's life against a running server: make demo ARGS="--ending revision"
	@exec $(VENV)/bin/orderhub demo $(ARGS)

orderhub: $(VENV)/.ready  ## any other command of OrderHub's, as bin/orderhub does: make orderhub ARGS="processes service"
	@exec $(VENV)/bin/orderhub $(ARGS)

reset: $(VENV)/.ready  ## throw the data of `make run` away, after asking: the next start has the sample data as it was
	@exec $(VENV)/bin/orderhub reset $(ARGS)

##@ Test

test: $(VENV)/.ready-dev  ## run every test but the slow ones: make test ARGS="tests/kit -x"
	$(VENV)/bin/python -m pytest -n $(TEST_JOBS) -m "not slow" $(ARGS)

test-all: $(VENV)/.ready-dev  ## run every test
	$(VENV)/bin/python -m pytest -n $(TEST_JOBS) $(ARGS)

bench: $(VENV)/.ready-dev  ## measure the hot paths against what bounds them (needs wrk: apt-get install wrk)
	$(VENV)/bin/python -m bench $(ARGS)

##@ Check

check: check-style check-types check-imports check-migrations check-openapi check-document  ## everything that is checked without running the product

check-style: $(VENV)/.ready-dev  ## ruff: format and lint
	$(VENV)/bin/ruff format --check --quiet $(CHECKED)
	$(VENV)/bin/ruff check --quiet $(CHECKED)

check-types: $(VENV)/.ready-dev  ## pyright, strict
	$(VENV)/bin/pyright

check-imports: $(VENV)/.ready-dev  ## import-linter: a floor imports only lower floors
	$(VENV)/bin/lint-imports --no-logo

check-migrations: $(VENV)/.ready-dev  ## squawk on every migration's SQL; the migrated tables equal the models
	$(VENV)/bin/python checks/migrations.py

check-openapi: $(VENV)/.ready-dev  ## openapi/openapi.json is what this code serves
	$(VENV)/bin/orderhub openapi --check

check-document: $(VENV)/.ready-dev  ## redocly, spectral, openapi-generator: lint the document (needs Debian's nodejs, npm, default-jre-headless)
	$(VENV)/bin/python -m checks.lint_openapi $(ARGS)

check-docs: $(VENV)/.ready-dev  ## send each documented example to a freshly seeded server; run the README and the guides
	$(VENV)/bin/python -m checks.docs_examples $(ARGS)

clients: $(VENV)/.ready-dev  ## generate clients from the document, compile them, run orders with them: make clients ARGS="--only hey-api"
	$(VENV)/bin/python -m clients $(ARGS)

check-page: $(VENV)/.ready-dev  ## open the reference in Chromium and click through it, where there are Chromium and node
	$(VENV)/bin/python -m checks.page

##@ Change

format: $(VENV)/.ready-dev  ## rewrite the code as ruff wants it
	$(VENV)/bin/ruff check --quiet --fix-only $(CHECKED)
	$(VENV)/bin/ruff format --quiet $(CHECKED)

openapi: $(VENV)/.ready-dev  ## write openapi/openapi.json anew; records its answers first where they are another form's
	$(WRITE_OPENAPI)
	$(VENV)/bin/python -m checks.record_answers --if-stale
	$(WRITE_OPENAPI)

openapi-answers: $(VENV)/.ready-dev  ## record openapi/answers.json anew, from the sample data (a minute)
	$(WRITE_OPENAPI)
	$(VENV)/bin/python -m checks.record_answers

diagrams: $(VENV)/.ready-dev  ## draw the transition tables anew, for their pages
	$(VENV)/bin/python checks/diagrams.py

lock: $(VENV)/.ready-dev  ## resolve the dependencies anew, with hashes and without the name of any index
	bash checks/lock.sh $(VENV)/bin/python $(ARGS)

##@ Install

venv: $(VENV)/.ready-dev  ## set up .venv with all that development needs

wheel: $(VENV)/.ready-build  ## build OrderHub's wheel into dist/
	rm -rf dist
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

install-runtime: wheel  ## install OrderHub for good: make install-runtime PREFIX=/opt/orderhub
	$(PYTHON) -m venv $(PREFIX)
	$(PREFIX)/bin/python -m pip --disable-pip-version-check --no-input $(LOCKED) --no-compile -r requirements.lock
	$(PREFIX)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --no-index --no-compile dist/orderhub-*.whl
	$(PREFIX)/bin/python -m pip --disable-pip-version-check uninstall --quiet --yes pip setuptools
	$(PREFIX)/bin/python -m compileall -q $(PREFIX)/lib || true
	$(PREFIX)/bin/orderhub --version

clean:  ## remove .venv and everything else that was made here
	rm -rf $(VENV) clients/.venv clients/node_modules clients/generated checks/browser/node_modules checks/openapi/node_modules examples/front-end/node_modules dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this page
	@printf 'OrderHub. On a new machine: \033[1mmake run\033[0m, then open what it prints.\n'
	@awk 'BEGIN {FS = ":.*  ## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*  ## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run demo orderhub reset test test-all bench check check-style check-types check-imports check-migrations check-openapi check-document \
	check-docs check-page format openapi openapi-answers diagrams lock venv wheel install-runtime clients clean help

# The stages of .venv. Each stamp is made last, so that a set-up that was cut short is done again.

$(VENV)/.ready: $(VENV)/.ready-build requirements.lock
	@echo "Installing what OrderHub needs (once) …"
	@$(PIP) $(LOCKED) -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(VENV)/bin/python -m compileall -q src migrations
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo "Installing what its tests and checks need (once) …"
	@$(PIP) $(LOCKED) -r requirements-dev.lock
	@touch $@

$(VENV)/.ready-build: $(VENV)/bin/python requirements-build.lock pyproject.toml
	@$(PIP) $(LOCKED) -r requirements-build.lock
	@touch $@

$(VENV)/bin/python:
	@bash checks/make_venv.sh "$(PYTHON)" $(VENV)
