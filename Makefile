# `make help` lists what there is. RUN=DIR keeps an instance elsewhere than in .run.
RUN ?= .run
PY := .venv/bin/python
LOCAL := $(PY) -m local

.DEFAULT_GOAL := help
.PHONY: help setup lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-34s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what Evergreen needs (every other target does this by itself)
	@deploy/local/bootstrap.sh

COMPILE := .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header
lock: setup ## compile requirements/*.in into hash-pinned requirements/*.txt
	@for set in uv run dev; do $(COMPILE) requirements/$$set.in -o requirements/$$set.txt || exit 1; done

infra: setup ## start only PostgreSQL and RabbitMQ (RUN=DIR); eval "$$($(LOCAL) env --run DIR)" lets pytest use them
	@$(LOCAL) infra-up --run $(RUN)

infra-down: setup ## stop them
	@$(LOCAL) infra-down --run $(RUN)
.PHONY: infra infra-down
