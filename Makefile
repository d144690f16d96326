# `make help` lists the targets. RUN=DIR keeps an instance in another folder than .run.
RUN ?= .run
PY := .venv/bin/python
LOCAL := $(PY) -m local
RUFF := .venv/bin/ruff

.DEFAULT_GOAL := help
.PHONY: help setup up down reset demo import ps logs stop-one start-one infra infra-down test lint format contracts web bench lock

help: ## list the targets
	@echo "RUN=DIR keeps an instance in another folder than .run; several can run side by side."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install Evergreen's dependencies (every other target does this too)
	@deploy/local/bootstrap.sh

up: setup ## start everything and wait until it answers (DEMO=no leaves it empty)
	@$(LOCAL) up --run $(RUN) $(if $(filter no,$(DEMO)),--no-demo)

down: setup ## stop everything; the data stays
	@$(LOCAL) down --run $(RUN)

reset: setup ## stop everything and delete its data, mails, keys and logs
	@$(LOCAL) reset --run $(RUN)

demo: setup ## fill the running system with the demo MSP
	@$(LOCAL) demo --run $(RUN)

import: setup ## load a folder of CSV files through the public API (FROM=DIR)
	@test -n "$(FROM)" || { echo "make import FROM=DIR: name the folder with the CSV files"; exit 2; }
	@$(LOCAL) import --run $(RUN) $(FROM)

ps: setup ## list the processes with port, memory and age
	@$(LOCAL) ps --run $(RUN)

logs: setup ## follow the logs (P=billing-worker for one process)
	@$(LOCAL) logs --run $(RUN) $(P)

stop-one: setup ## stop one process (P=billing-worker)
	@test -n "$(P)" || { echo "make stop-one P=billing-worker: name the process, see make ps"; exit 2; }
	@$(LOCAL) stop-one --run $(RUN) $(P)

start-one: setup ## start one process and wait until it is ready (P=billing-worker)
	@test -n "$(P)" || { echo "make start-one P=billing-worker: name the process, see make ps"; exit 2; }
	@$(LOCAL) start-one --run $(RUN) $(P)

infra: setup ## start only PostgreSQL and RabbitMQ; `python -m local env` tells pytest where
	@$(LOCAL) infra-up --run $(RUN)

infra-down: setup ## stop them
	@$(LOCAL) infra-down --run $(RUN)

test: ## run every test on private instances (T='path -k …' runs a part)
	@deploy/local/bootstrap.sh chromium
	@$(PY) -m local.suite $(T)

lint: setup ## check style, types, import rules and the web client's sources
	@$(RUFF) check .
	@$(RUFF) format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(LOCAL) web-lint

format: setup ## format the Python sources
	@$(RUFF) check --fix .
	@$(RUFF) format .

contracts: setup ## regenerate openapi.json, asyncapi.json and the web client's API
	@$(PY) tests/contracts/generate.py

web: setup ## build the web client if its sources changed
	@$(LOCAL) web

bench: setup ## measure and report the figures (B=gateway for tests/load/gateway_bench.py only)
	@$(PY) -m local.bench $(B)

COMPILE := .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header
lock: setup ## compile requirements/*.in into hash-pinned requirements/*.txt
	@for set in uv run dev; do $(COMPILE) requirements/$$set.in -o requirements/$$set.txt || exit 1; done
