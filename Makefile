# Each target does all the set-up it needs; when nothing has changed since, that takes a fraction of a second.
# The recipes live in scripts/, where a shell checks and a person reads them.

.PHONY: help run test check benchmarks screenshots wheel package clean
.DEFAULT_GOAL := help

# Which Python makes the virtual environment; empty means: look for one (make run PYTHON=python3.13).
PYTHON ?=
export PYTHON

help:  ## list the targets (this text)
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F '|' '{ printf "%-18s %s\n", $$1, $$2 }'

run:  ## start nnviz; a file: make run ARGS="file.nnviz"
	@sh scripts/run.sh $(ARGS)

test:  ## all checks and all tests, those of the window included
	@sh scripts/test.sh

check:  ## only what needs no test run: lint, format, types, layers
	@sh scripts/check.sh

benchmarks:  ## measure the speed against peers and print the ratios
	@sh scripts/environment.sh run
	@sh scripts/libraries.sh
	@.venv/bin/python -m benchmarks $(ARGS)

screenshots:  ## draw the pictures of the documentation anew
	@sh scripts/environment.sh run
	@sh scripts/libraries.sh
	@.venv/bin/python docs/make_screenshots.py $(ARGS)

wheel:  ## build the wheel into dist/ and try it in an empty environment
	@sh scripts/wheel.sh

package:  ## build the standalone program, its archive and its Debian package into dist/
	@sh scripts/package.sh $(ARGS)

clean:  ## remove caches and build products (not .venv, not out/)
	@rm -rf build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +
