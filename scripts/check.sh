#!/bin/sh
# What can be said about the code without running it.
set -eu
cd "$(dirname "$0")/.."
sh scripts/environment.sh test

step() {
    printf '\n== %s\n' "$1"
    shift
    "$@"
}

python=.venv/bin/python
step "lint" $python -m ruff check
step "format" $python -m ruff format --check
step "types" $python -m mypy
step "layers: imports go down only" .venv/bin/lint-imports
