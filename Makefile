# For developers; people who only use Huiyin need ./huiyin alone.
SHELL := /bin/sh
PYTHON := .venv/bin/python
RUN := PYTHONPATH=src $(PYTHON) -m huiyin
DRILL := HUIYIN_DRILL_STEPS=4000 HUIYIN_DRILL_KILLS=20 $(PYTHON) -m pytest -s -m "slow or not slow" \
	tests/machines tests/contract src/huiyin/ledger src/huiyin/door
CHECK_DATA := $(or $(TMPDIR),/tmp)/huiyin-check

.DEFAULT_GOAL := help
.PHONY: help setup run check format test journeys fuzz drill bench evaluate demo docs pictures openapi lock messages

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup:  ## make .venv with the tools, install the commit hooks
	./huiyin test --help > /dev/null
	$(PYTHON) -m pre_commit install

run:  ## serve from ./data on 127.0.0.1:8000
	./huiyin serve

demo:  ## the made-up office on 127.0.0.1:8000
	./huiyin demo

check:  ## format, lint, types, imports, migrations, OpenAPI snapshot, pages of the verbs
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	PYTHONPATH=src .venv/bin/lint-imports
	HUIYIN_DATA=$(CHECK_DATA) $(RUN) manage makemigrations --check --dry-run
	HUIYIN_DATA=$(CHECK_DATA) PYTHONPATH=src $(PYTHON) scripts/snapshots.py --check

format:  ## rewrite the files as ruff wants them
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

test:  ## everything: SQLite, PostgreSQL, browser
	./huiyin test

journeys:  ## the browser tests alone
	./huiyin test --only journeys

fuzz:  ## generated requests against the API
	HUIYIN_DATA=$(CHECK_DATA) $(PYTHON) -m pytest -m fuzz

drill:  ## a long random life, 20 kills, rivals, restoring, tampering: on both databases
	HUIYIN_TEST_DATABASE=sqlite $(DRILL)
	HUIYIN_TEST_DATABASE=postgres $(DRILL)

bench:  ## measure: reading, import, pages, verbs, memory
	PYTHONPATH=src $(PYTHON) scripts/bench.py

evaluate:  ## score the reading on documents it has not learned from: make evaluate CORPUS=folder (texts/ and gold/ in it)
	@test -n "$(CORPUS)" || { echo "make evaluate CORPUS=folder"; exit 2; }
	PYTHONPATH=src $(PYTHON) -m huiyin.reading.evaluation $(CORPUS)

docs:  ## pages of the verbs and the OpenAPI snapshot, from the registry
	HUIYIN_DATA=$(CHECK_DATA) PYTHONPATH=src $(PYTHON) scripts/snapshots.py

messages:  ## the English catalogue: find new strings, compile
	PYTHONPATH=src $(PYTHON) scripts/messages.py

pictures:  ## the pictures of the README, from the demo office
	PYTHONPATH=src $(PYTHON) scripts/screenshots.py

lock:  ## compile the lock files anew (they name no host)
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock requirements.in
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock requirements-dev.in
