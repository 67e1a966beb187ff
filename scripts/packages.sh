#!/bin/sh
# Installs packages of the system where that is allowed (root on Debian or Ubuntu); elsewhere says how, in a line to copy.
#
#   packages.sh "what needs them" package...
set -eu
purpose=$1
shift

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing for $purpose (the names are those of Debian and Ubuntu); please install and try again:" >&2
    echo "    sudo apt-get install $*" >&2
    exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { DEBIAN_FRONTEND=noninteractive apt-get --option DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1; }
install() { apt install --yes --no-install-recommends "$@"; }

echo "Installing for $purpose: $*"
# The list of packages is fetched only if the one at hand does not serve: a fresh container has none, an old one is stale.
if ! install "$@" && ! { apt update && install "$@"; }; then
    cat "$log" >&2
    echo "apt-get could not install what is missing for $purpose: $*" >&2
    exit 1
fi
