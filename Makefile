# `make chat` talks to the bot, `make test` checks everything; each sets up .venv where it is missing.

.DEFAULT_GOAL := help
.PHONY: help chat web screenshots test lint eval bench schema format wheel soak load audit clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
FILE ?= tests/questions/golden.jsonl tests/questions/negative.jsonl

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 13

chat: $(VENV)/.stamp-run ## talk to the bot in the terminal, without token and network
	@$(BIN)/ka2bot chat

web: $(VENV)/.stamp-run ## talk to it in a browser on this machine, and see each change of the knowledge
	@$(BIN)/ka2bot web

test: $(VENV)/.stamp-dev ## check style, types, knowledge, wheel and behaviour
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/ka2bot lint
	@$(MAKE) --no-print-directory wheel
	$(BIN)/pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/.stamp-run ## check knowledge and phrases
	@$(BIN)/ka2bot lint

eval: $(VENV)/.stamp-run ## score our question sets, or another: make eval FILE=questions.jsonl
	@$(BIN)/ka2bot eval --relabelled tests/questions/relabelled.yaml $(FILE)

bench: $(VENV)/.stamp-bench ## compare the search with others on the same questions; takes some minutes
	@$(BIN)/python -m benchmarks

schema: $(VENV)/.stamp-run ## write the JSON Schema that editors check the knowledge with
	@$(BIN)/ka2bot schema --write knowledge/schema

format: $(VENV)/.stamp-dev ## format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# An editable install hides data files that the wheel lacks, so the wheel is asked too, from a folder where
# nothing else can help it. The libraries come from .venv: no network.
wheel: $(VENV)/.stamp-dev ## build the wheel and ask it a question from an empty folder
	rm -rf dist
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	@set -eu; there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; \
	$(BIN)/python -m venv --without-pip "$$there/venv"; \
	$(PIP) --python "$$there/venv/bin/python" install --no-index --no-deps dist/*.whl; \
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$(echo "$$there"/venv/lib/python3*/site-packages)/libraries.pth"; \
	mkdir "$$there/empty"; cd "$$there/empty"; \
	../venv/bin/ka2bot ask "cik partneru vajag?"

soak: $(VENV)/.stamp-dev ## the proofs of tests/faults in their long form, about ten minutes
	SOAK=1 $(BIN)/pytest -s tests/faults --durations=0

load: $(VENV)/.stamp-dev ## measure the webhook beside two bare bots, on SQLite and PostgreSQL
	@$(BIN)/python -m tests.faults.load

screenshots: $(VENV)/.stamp-dev ## make the pictures in docs/images anew; needs chromium
	@$(BIN)/python -m scripts.screenshots

audit: $(VENV)/.stamp-dev ## ask osv.dev whether a pinned release has a known hole
	@$(BIN)/python scripts/audit.py

clean: ## remove everything that was made here, .venv too
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are newer than what they were made from, so a second run does nothing.
$(VENV)/.stamp-run: pyproject.toml constraints.txt
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
			echo "Setting up $(VENV) with $$("$$python" --version) ..."; exec "$$python" -m venv $(VENV); \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed. Install it, or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	exit 1
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.stamp-bench: $(VENV)/.stamp-run
	@$(PIP) install --constraint constraints.txt --editable '.[bench]'
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-run
	@$(PIP) install --constraint constraints.txt --editable '.[dev,postgres]'
	@touch $@
