#!/bin/sh
# Builds the wheel into dist/ and tries it as a user would have it: alone, in an empty environment.
set -eu
cd "$(dirname "$0")/.."
sh scripts/environment.sh run
[ "$(uname)" != Linux ] || sh scripts/libraries.sh xcb xvfb

rm -f dist/nnviz-*.whl
# pip builds from a copy of what pyproject.toml names, in an environment of its own.
.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
wheel=$(ls dist/nnviz-*.whl)

empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
.venv/bin/python -m venv --without-pip "$empty/venv"
.venv/bin/python -m pip --python "$empty/venv/bin/python" install --quiet --disable-pip-version-check "$wheel"
echo "$wheel, in an empty environment:"
.venv/bin/python packaging/smoke_test.py "$empty/venv/bin/nnviz"
