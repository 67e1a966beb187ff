#!/bin/sh
# Makes the virtual environment .venv with nnviz in it. Does nothing when it is there and up to date.
#
#   environment.sh run     with what the program needs
#   environment.sh test    with what its development needs as well
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}

# The environment is up to date while neither the dependencies nor the place of this folder has changed: a virtual
# environment has its absolute path written all over it. Its Python may also have gone, with an upgrade of the system.
here=$(pwd -P)
state="$here $(cksum <pyproject.toml)"
stamp=.venv/ready-to-$purpose
if [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

is_new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
    # Under pyenv a name may exist and yet not run, so every candidate is tried.
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c "$is_new_enough" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    if [ -n "${PYTHON:-}" ]; then
        echo "nnviz needs Python 3.11 or newer, and PYTHON=$PYTHON is not one." >&2
    else
        echo "nnviz needs Python 3.11 or newer, and none was found (python3, python3.11 to python3.13)." \
            "Install one, or say where it is: make run PYTHON=/path/to/python3" >&2
    fi
    return 1
}

if ! grep -qsF "$here/.venv" .venv/bin/activate || ! .venv/bin/python -c "$is_new_enough; import pip" 2>/dev/null; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian and Ubuntu keep this part of Python in a package of its own.
        sh scripts/packages.sh "a virtual environment" \
            "$("$python" -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))')"
    fi
    echo "Making the virtual environment .venv ($("$python" --version))"
    "$python" -m venv --clear .venv
fi

# A person sees pip's progress; a log gets only its warnings.
quiet=--quiet
[ -t 1 ] && quiet=
pip() { .venv/bin/python -m pip --disable-pip-version-check $quiet "$@"; }

echo "Installing nnviz into .venv (the first time it downloads about 100 MB)"
if [ "$purpose" = test ]; then
    pip install "pip>=25.1"  # the first that understands --group
    pip install --editable . --group dev
    echo "$state" >.venv/ready-to-run
else
    pip install --editable .
fi
echo "$state" >"$stamp"
