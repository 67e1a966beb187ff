#!/bin/sh
# Sees to it that Qt can be loaded: finds the system libraries it lacks and has them installed.
#
#   libraries.sh                  enough to draw without a display
#   libraries.sh xcb|wayland      enough for a window
#   libraries.sh xcb xvfb         enough for a window on a display that exists only in memory
set -eu
cd "$(dirname "$0")/.."

# Twice is enough on the systems that were tried; the third attempt is for a library that hid behind another.
for _ in 1 2 3; do
    missing=$(.venv/bin/python scripts/check_qt.py "$@") && exit 0
    [ -n "$missing" ] || exit 1
    # shellcheck disable=SC2086  # a list of names, to be split
    sh scripts/packages.sh "Qt, which draws the window and the figures" $missing
done
echo "Qt still cannot be loaded, although these packages are installed:" $missing >&2
exit 1
