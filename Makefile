# Docket's workshop: `make` prints what there is. Written for GNU make from 3.81 (macOS) on and a POSIX shell.

.DEFAULT_GOAL := help
.PHONY: help setup run demo test compat contract check format docs bench package lock receive receivers

RUN := .venv/bin/python

help:
	@echo 'Docket: an order desk for phone-number work orders.'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: .venv/.stamp ## make .venv, or bring it up to date (the others call it)

run: setup ## start everything on this machine, state in .docket/, until Ctrl-C
	@exec $(RUN) -m infra.local

demo: setup ## watch one port-in live its life: callback, mail, reply, note
	@exec $(RUN) -m infra.local.demo

test: setup .venv-ministack/.stamp check ## check, then run every test
	$(RUN) -m pytest

compat: setup ## run the public SDKs, as the registries have them, against a Docket
	@exec $(RUN) -m tests.compat

contract: setup ## ask a Docket for all that its OpenAPI document offers, and hold the answers to it
	@exec $(RUN) -m tests.contract

check: setup ## lint, format, types, directions between rooms, generated docs; changes nothing
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	.venv/bin/lint-imports
	$(RUN) -m infra.docs --check

format: setup ## sort imports, mend what can be mended, format
	$(RUN) -m ruff check --fix-only --quiet .
	$(RUN) -m ruff format .

docs: setup ## write the generated parts of docs/ anew
	$(RUN) -m infra.docs

receive: setup ## print the callbacks of the Docket that runs here, checked (ARGS=--help says more)
	@exec $(RUN) clients/receivers/python/receive.py $(ARGS)

receivers: setup ## hold the receivers in Node, Go and Java to what the one in Python does
	@exec $(RUN) -m tests.clients.languages

bench: setup ## measure speed, latency, memory, and reads and writes of the tables
	@exec $(RUN) -m tests.bench

package: setup ## write build/package/{sam.json,deployment.zip} for AWS
	$(RUN) -m infra.aws.package

# Pins that still fit are kept. To take newer ones: make lock LOCK=--upgrade
COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(RUN) -m piptools compile --quiet $(LOCK) --generate-hashes \
	--allow-unsafe --strip-extras --annotation-style line \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: setup ## pin and hash requirements*.in anew
	$(COMPILE) -o requirements.txt requirements.in
	$(COMPILE) -o requirements-dev.txt requirements-dev.in
	$(COMPILE) -o requirements-ministack.txt requirements-ministack.in
	$(COMPILE) -o tests/compat/python/requirements.txt tests/compat/python/requirements.in

# A stamp is newer than the requirements it was made from; what was interrupted has none, and is done again.
# PYTHON names the Python to take: PYTHON=/path/to/python3.11 make setup
export PYTHON

.venv/.stamp: requirements.txt requirements-dev.txt
	@infra/venv.sh .venv requirements.txt requirements-dev.txt

.venv-ministack/.stamp: requirements-ministack.txt
	@infra/venv.sh .venv-ministack requirements-ministack.txt
