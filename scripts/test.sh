#!/bin/sh
# Everything that must hold before a change is taken in. The first step that fails ends it, with its exit code.
set -eu
cd "$(dirname "$0")/.."
sh scripts/environment.sh test
# What is missing is told now, not after minutes of tests.
[ "$(uname)" != Linux ] || sh scripts/libraries.sh xcb xvfb

sh scripts/check.sh

step() {
    printf '\n== %s\n' "$1"
    shift
    "$@"
}

window_tests() {
    # The real window system: where there is an X server it is one of our own, so that nobody's desktop is disturbed
    # and its size is known.
    case "$(uname)" in
        Linux) QT_QPA_PLATFORM=xcb xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24" "$@" ;;
        Darwin) QT_QPA_PLATFORM=cocoa "$@" ;;
    esac
}

python=.venv/bin/python
export QT_QPA_PLATFORM=offscreen
# Pytest ends with code 5 where it finds no test: that, too, is a failure.
# As many at once as there are cores, but each takes up to 1 GB of memory.
step "tests without a display" $python -m pytest tests --ignore=tests/window -n auto --maxprocesses=4 --cov --cov-report=
step "every line of the engine and of the experiment layer was run" \
    $python -m coverage report --include='nnviz/engine/*,nnviz/experiment/*' --fail-under=100 --skip-covered --show-missing
step "tests of the window" window_tests $python -m pytest tests/window
printf '\nAll passed.\n'
