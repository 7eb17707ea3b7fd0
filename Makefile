# Every target is one of make.py's, which also works without make: python make.py TARGET
.DEFAULT_GOAL := help
.NOTPARALLEL:

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done),python3)

# What was set on the command line goes by its name: make hands the value on in the environment, signs and all.
SETTINGS := PORT COPIES LAB WORKERS KERNEL TORCH
GIVEN = $(foreach name,$(SETTINGS),$(if $(filter command,$(origin $(name))),$(name)))
TARGETS := help book serve lab test lint check unit pages test-browsers rerun nbval notebooks bench pins clean

.PHONY: $(TARGETS)
$(TARGETS):
	@$(PYTHON) make.py $@ $(GIVEN)
