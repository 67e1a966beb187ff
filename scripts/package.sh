#!/bin/sh
# Makes the standalone program in build/package, tries it, and puts archive, .deb and (with appimagetool) AppImage into
# dist/.
#
#   package.sh           everything; Linux
#   package.sh program   the program and its tests alone; exit code 3 if PyInstaller is not to be had
set -eu
cd "$(dirname "$0")/.."
sh scripts/environment.sh run
if [ "$(uname)" != Linux ]; then
    echo "make package is for Linux; packaging/README.md tells how Windows and macOS do it." >&2
    exit 1
fi
# What is bundled of the window systems is what this machine has; the tests need a display.
sh scripts/libraries.sh xcb xvfb
sh scripts/libraries.sh wayland
for tool in objdump:binutils xz:xz-utils; do
    command -v "${tool%:*}" >/dev/null || sh scripts/packages.sh "the standalone program" "${tool#*:}"
done

step() {
    printf '\n== %s\n' "$1"
    shift
    "$@"
}

# An environment with the wheel and PyInstaller and nothing else, so that nothing else is bundled.
environment=build/packaging-venv
python=$environment/bin/python
state="$(pwd -P) $(cksum <pyproject.toml)"
pip() { "$python" -m pip --quiet --disable-pip-version-check "$@"; }

# Each line says itself what becomes of a failure: the shell does not end a function whose exit code is asked for.
make_environment() {
    rm -f dist/nnviz-*.whl
    .venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist . || return 1
    if [ "$(cat $environment/ready 2>/dev/null)" != "$state" ] || ! $python -c '' 2>/dev/null; then
        .venv/bin/python -m venv --clear $environment || return 1
        pip install "pip>=25.1" || return 1 # the first that understands --group
        if ! pip install --group packaging; then
            pip index versions pyinstaller >/dev/null 2>&1 || return 3
            return 1
        fi
        pip install dist/nnviz-*.whl || return 1
        echo "$state" >$environment/ready
    fi
    pip install --force-reinstall --no-deps dist/nnviz-*.whl
}

code=0
step "an environment for packaging" make_environment || code=$?
if [ $code = 3 ]; then
    echo "PyInstaller is in no registry that this machine reaches, so the standalone program was not built." >&2
fi
[ $code = 0 ] || exit $code

if ! $python -c 'import ctypes, sysconfig, pathlib
v = sysconfig.get_config_var
try: ctypes.CDLL(v("INSTSONAME"))
except OSError: ctypes.CDLL(str(pathlib.Path(v("LIBDIR"), v("INSTSONAME"))))' 2>/dev/null; then
    # Debian and Ubuntu keep the library of Python in a package of its own.
    sh scripts/packages.sh "the standalone program" "$($python -c 'import sys; print("libpython{}.{}".format(*sys.version_info))')"
fi

build() {
    rm -rf build/package
    log=build/pyinstaller.log
    # Not python -m: that would find the sources of this folder before the wheel.
    if ! $environment/bin/pyinstaller --noconfirm --distpath build/package --workpath build/pyinstaller packaging/nnviz.spec \
        >$log 2>&1; then
        tail -n 30 $log >&2
        return 1
    fi
}
# OpenBLAS starts threads wherever NumPy is imported, also by PyInstaller.
export OPENBLAS_NUM_THREADS=1
step "build (its log: build/pyinstaller.log)" build
step "what is inside" $python packaging/contents.py build/package/nnviz
step "licence notices" $python packaging/notices.py build/package/nnviz
step "the program, with an empty environment" .venv/bin/python packaging/smoke_test.py build/package/nnviz/nnviz
[ "${1:-}" != program ] || exit 0

version=$($python -c 'import sys; sys.path.insert(0, "packaging"); import about; print(about.version())')
archive=dist/nnviz-$version-linux-$(uname -m).tar.xz
icons=build/pyinstaller/nnviz/icons

pack() {
    # The level beyond which it takes twice as long for a fiftieth less. No owner, no order of the disk.
    tar --create --directory build/package --sort=name --owner=0 --group=0 --numeric-owner nnviz |
        xz -6 --threads=0 >"$archive"
    $python packaging/contents.py build/package/nnviz "$archive"
}
step "archive" pack
if command -v dpkg-deb >/dev/null; then
    step "package for Debian and Ubuntu" $python packaging/debian.py build/package/nnviz $icons dist
fi
code=0
step "AppImage" env PYTHON=$python sh packaging/appimage.sh build/package/nnviz $icons dist || code=$?
[ $code = 0 ] || [ $code = 3 ] || exit $code
printf '\nIn dist/:\n'
ls -lh dist
