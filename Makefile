# Everything a person does here, one word each. `make` alone lists it.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

# The first Python on the path that is new enough; `make PYTHON=/usr/local/bin/python3.12 ...` takes another.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
COUNTS := var/tests
N := 200000
PYTEST := $(BIN)/python -m pytest -q
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# Rooms whose tests touch rows run a second time, on PostgreSQL.
ROW_TESTS := $(wildcard tests/apps tests/interfaces/worker tests/interfaces/cli tests/interfaces/api tests/upgrades tests/anomalies/test_ledger_is_killed.py)

.PHONY: help run check test cases cases-desk cases-billed cases-kept clauses fuzz mail-fuzz mutants acceptance twin faults exactly-once erasure statements tamper vectors bench bench-core bench-desk verifier lock clean system system-test lint house-tests core-tests other-tests row-tests

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/installed  ## start the whole product with its demo provider, on SQLite
	$(BIN)/upheld run --demo

check: .venv/installed-dev lint  ## linters, types and the guards of the house: a minute, before each commit
	$(PYTEST) tests/house -m "not slow"

test: system-test .venv/installed-dev lint house-tests core-tests other-tests row-tests  ## check, then every test on SQLite and, where rows are touched, on PostgreSQL
	@$(BIN)/python -m tools.count_tests $(COUNTS)

cases: .venv/installed  ## judge golden cases: make cases CASES=folder
	$(BIN)/python -m tools.cases $(CASES)

cases-desk: .venv/installed  ## the same cases of clocks, calls, instructions and plans, done at the desk: make cases-desk CASES=folder
	$(BIN)/python -m tools.cases.desk $(CASES)

cases-billed: .venv/installed  ## the same cases of invoices and the contract's end, issued and asked for: make cases-billed CASES=folder
	$(BIN)/python -m tools.cases.billed $(CASES)

cases-kept: .venv/installed  ## the same cases of outages, planned work, credits, claims and access, done in the application
	$(BIN)/python -m tools.cases.kept $(CASES)

clauses: .venv/installed-dev  ## every clause of the shipped agreements: placed, judged, shown by an example
	$(BIN)/python -m tools.clauses
	$(PYTEST) tests/clauses

fuzz: .venv/installed-dev  ## mutated agreements, each answered with located problems or judged: make fuzz N=20000
	FUZZ=$(N) $(PYTEST) tests/language/test_fuzz.py

mail-fuzz: .venv/installed-dev  ## nasty mails, each read or salvaged in its limits: make mail-fuzz N=100000 [SEED=n]
	$(BIN)/python -m tests.gateways.reading.fuzz $(N) $(SEED)

twin: .venv/installed-dev  ## ask the judge and a naive reader the same: make twin N=200000 [SEED=n]
	$(BIN)/python -m tests.twin.run $(N) $(SEED)

acceptance: .venv/installed-dev  ## a real nginx is killed for 90 s, the prober stopped for 60 s, the bundle forged
	ACCEPTANCE=full $(PYTEST) tests/journeys/test_real_nginx.py

mutants: N := 300
mutants: .venv/installed-dev  ## small wrong changes of the core that a test must notice: make mutants N=300 [SEED=n] (0: all)
	$(BIN)/python -m tools.mutants $(N) $(SEED)

faults: .venv/installed  ## SIGKILL every process of the product ten times under load, and twenty times at a busy desk
	$(BIN)/python -m tools.faults
	$(BIN)/python -m tools.faults.desk

exactly-once: N := 64
exactly-once: REPEATS := 1000
exactly-once: .venv/installed-dev  ## credits, invoices and notices by many clients, killed: make exactly-once N=64 REPEATS=1000, on both databases
	$(BIN)/python -m tools.exactly_once --clients $(N) --repeats $(REPEATS)
	$(BIN)/python -m tools.with_postgres $(BIN)/python -m tools.exactly_once --clients $(N) --repeats $(REPEATS)

bench: .venv/installed-dev  ## checks per CPU-second and facts per second, beside the peers
	$(BIN)/python -m bench.checks
	$(BIN)/python -m bench.ledger

bench-ledger: .venv/installed-dev  ## durable facts a second, proofs and verification of a million, beside the bare database
	$(BIN)/python -m bench.ledger

bench-desk: .venv/installed-dev  ## a million open tickets after a change of their calendar, beside the plain rewriting
	$(BIN)/python -m bench.desk
	$(BIN)/python -m tools.with_postgres $(BIN)/python -m bench.desk

bench-core: .venv/installed-dev build/peers/installed  ## calendars, months, a statement: CPU time beside the peers
	$(BIN)/python -m bench.core build/peers/bin/python

tamper: N := 10000
tamper: .venv/installed-dev  ## bend ledgers in seven ways, and every row of one of 5,000: make tamper N=10000 [SEED=n]
	$(BIN)/python -m tools.tamper $(N) $(SEED)

erasure: .venv/installed-dev  ## put forty canaries in through every door, erase them, look for them everywhere
	$(BIN)/python -m tools.canaries

statements: N := 1000
statements: .venv/installed-dev  ## made-up statements of each shipped agreement, computed again from their bundles: make statements N=1000 [SEED=n]
	$(BIN)/python -m tools.statements $(N) $(SEED)

vectors: .venv/installed-dev  ## write the published vectors of tests/vectors anew
	$(BIN)/python -m tools.vectors

verifier: .venv/bin/python  ## pack build/upheld-verify.pyz and .html, with which a customer checks a bundle
	$(BIN)/python -m tools.build_verifier

lock: .venv/installed-dev  ## pin what requirements*.in ask for, to the newest versions that fit
	$(LOCK) --upgrade requirements-build.in -o requirements-build.lock
	$(LOCK) --upgrade requirements.in -o requirements.lock
	$(LOCK) --upgrade requirements-dev.in -c requirements.lock -c requirements-build.lock -o requirements-dev.lock

clean:  ## remove the environment and what tests left behind
	rm -rf .venv $(COUNTS) .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist

# ---- the parts of `make test`

lint: .venv/installed-dev
	$(BIN)/ruff check src tests tools $(wildcard bench)
	$(BIN)/mypy src tests tools $(wildcard bench)

house-tests: lint
	@rm -rf $(COUNTS)
	$(PYTEST) tests/house -n 2 --junitxml=$(COUNTS)/house.xml

# Core and the verifier, with the examples in their docstrings, in a process that never sees Django; every branch of
# core is taken, or this fails.
core-tests: house-tests
	$(PYTEST) tests/core $(wildcard tests/verify) src/upheld/core --doctest-modules -p no:django -n 2 --junitxml=$(COUNTS)/core.xml \
	    --cov=upheld.core --cov-branch --cov-report=term --cov-fail-under=100

other-tests: core-tests
	$(PYTEST) tests --ignore=tests/house --ignore=tests/core --ignore=tests/verify -n 2 --junitxml=$(COUNTS)/other.xml

row-tests: other-tests
	$(if $(ROW_TESTS),$(BIN)/python -m tools.with_postgres $(PYTEST) $(ROW_TESTS) -n 2 --junitxml=$(COUNTS)/rows.xml)

# ---- the environment: made from the locks, every file checked by its hash, made anew when they change

system:
	@PYTHON="$(PYTHON)" sh tools/check_system.sh run

system-test:
	@PYTHON="$(PYTHON)" sh tools/check_system.sh test

.venv/bin/python: | system
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock requirements-build.lock pyproject.toml | .venv/bin/python
	$(PIP) install -qq --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) install -qq --require-hashes -r requirements-dev.lock
	$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch .venv/installed $@

# What our figures are compared with, in an environment of its own: never beside the product.
build/peers/installed: bench/core/peers.lock | system
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes -r $<
	@touch $@
