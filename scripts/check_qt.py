"""Loads Qt as the program will, and names the Debian packages that it lacks.

    python scripts/check_qt.py [xcb | wayland] [xvfb]

Exit code 0: Qt works. Exit code 1: it does not; the missing packages are on standard output, in one line, or the reason
is on standard error if no package is known to help.

Qt itself reports one missing library at a time, and blames xcb-cursor0 whatever is missing of xcb. So Qt is asked only
whether it loads; which libraries are missing is then asked of the dynamic linker, one by one.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

# library → Debian package; found one by one in an empty Debian 12, and completed from what the files of Qt ask for
DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOWS = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
    },
}
PROGRAMS = {"xvfb": {"Xvfb": "xvfb", "xvfb-run": "xvfb", "xauth": "xauth"}}
FONT = "fonts-dejavu-core"  # without any font every letter is drawn as a box


def load_qt(platforms: list[str]) -> bool:
    """Whether Qt finds a font, once it and its plugins for these platforms are loaded.

    Raises ImportError or OSError if they cannot be.
    """
    for module in ("QtSvg", "QtWidgets"):
        import_module(f"PySide6.{module}")
    core, gui = import_module("PySide6.QtCore"), import_module("PySide6.QtGui")
    plugins = Path(core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    for platform in platforms:
        for plugin in plugins.glob(f"libq{platform}*.so"):
            ctypes.CDLL(str(plugin))
    # An application that cannot open its platform aborts the process; this platform needs nothing beyond the libraries.
    application = gui.QGuiApplication(["check_qt", "-platform", "offscreen"])
    has_font = bool(gui.QFontDatabase.families())
    application.shutdown()
    return has_font


def missing_packages(platforms: list[str]) -> Iterator[str]:
    for libraries in (DRAWING, *(WINDOWS[name] for name in platforms)):
        for library, package in libraries.items():
            try:
                ctypes.CDLL(library)
            except OSError:
                yield package


def main(wanted: list[str]) -> int:
    missing = [
        package
        for name in wanted
        for program, package in PROGRAMS.get(name, {}).items()
        if shutil.which(program) is None
    ]
    platforms = [name for name in wanted if name in WINDOWS]
    os.environ["QT_LOGGING_RULES"] = "*=false"  # the fonts that are missing are told once, by us
    try:
        if not load_qt(platforms):
            missing.append(FONT)
    except (ImportError, OSError) as reason:
        packages = list(missing_packages(platforms))
        if not packages:
            print(f"Qt cannot be loaded: {reason}", file=sys.stderr)
            return 1
        missing += packages
    print(*dict.fromkeys(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
