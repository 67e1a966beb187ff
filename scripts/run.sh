#!/bin/sh
# Starts nnviz. Where there is no display it trains an experiment all the same and writes the figures into out/.
#
#   run.sh [FILE.nnviz]         any other arguments are handed to the command line of nnviz as they are
set -eu
cd "$(dirname "$0")/.."
sh scripts/environment.sh run

# No program opens its windows on Linux without one of these two; other systems always have a display.
platform=
if [ -n "${DISPLAY:-}" ]; then
    platform=xcb
elif [ -n "${WAYLAND_DISPLAY:-}" ]; then
    platform=wayland
fi
# shellcheck disable=SC2086  # no platform, no argument
sh scripts/libraries.sh $platform

nnviz() { .venv/bin/python -m nnviz "$@"; }

if [ "$(uname)" != Linux ] || [ -n "$platform" ]; then
    nnviz "$@"
    exit
fi

export QT_QPA_PLATFORM=offscreen
case "$#:${1:-}" in
    0:*) experiment=resources/presets/spiral.nnviz ;;
    1:*.nnviz) experiment=$1 ;;
    *) nnviz "$@"; exit ;;
esac

steps=2000
name=$(basename "$experiment" .nnviz)
echo "There is no display, so nnviz trains $experiment for $steps steps and writes the run and its figures into out/."
mkdir -p out
nnviz run "$experiment" --steps $steps --json "out/$name.json" --weights "out/$name.npz"
nnviz export "$experiment" --steps $steps --views network,decision-map,loss,gradient-flow --out out --format png
