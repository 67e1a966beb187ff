"""What the standalone program contains: what is left out of it, and a check of what is inside.

    python packaging/contents.py FOLDER [ARCHIVE]     is the built folder complete, and small enough? exit code 0 or 1

Left out is what nnviz never reaches, by name; a library that then nobody needs goes, too. A dependency that nnviz gains
later is bundled without a change here.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

MAX_MB_ON_DISK = 150.0
MAX_MB_ARCHIVED = 60.0

EXCLUDED_MODULES = (
    # used by pyqtgraph or NumPy only where they happen to be installed
    *("scipy", "sklearn", "pandas", "matplotlib", "IPython", "jupyter_rfb", "h5py", "cupy", "numba", "OpenGL"),
    # the extras of nnviz: too large, or of no use without a Python
    *("imageio_ffmpeg", "torch", "onnx", "keras", "tensorflow"),
    # other bindings of Qt, and its parts that nothing draws with
    *("PyQt5", "PyQt6", "PySide2", "PySide6.QtNetwork", "PySide6.QtTest", "PySide6.QtQml", "PySide6.QtQuick"),
    *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"),  # stand_ins/ has what pyqtgraph asks of them
    *("pyqtgraph.opengl", "pyqtgraph.examples"),
    # Pillow writes animations, Qt draws them: letters, colour profiles and AV1 are a third of Pillow
    *("PIL._avif", "PIL._imagingcms", "PIL._imagingft", "PIL._imagingtk", "PIL.ImageTk"),
    # development
    *("pytest", "_pytest", "hypothesis", "setuptools", "pkg_resources", "pip", "distutils", "ensurepip", "lib2to3"),
    *("numpy.f2py", "numpy.distutils", "numpy._core.tests", "numpy.tests"),
    # parts of Python: no other toolkit, no data base, no network (hashlib has code of its own where OpenSSL lacks)
    *("tkinter", "_tkinter", "turtle", "sqlite3", "idlelib", "ssl", "_ssl", "_hashlib", "readline", "curses"),
)

UNWANTED_FILES = (
    "PySide6/*translations/*",
    "PySide6/*plugins/egldeviceintegrations/*",
    "PySide6/*plugins/generic/*",
    "PySide6/*plugins/networkinformation/*",
    "PySide6/*plugins/tls/*",
    "PySide6/*plugins/platformthemes/libqgtk3.so",  # the whole of GTK 3 hangs on it
    # no OpenGL window, so no way to get one either
    "PySide6/*plugins/wayland-graphics-integration-client/*",
    "PySide6/*plugins/xcbglintegrations/*",
    "PySide6/opengl32sw.dll",
    # platforms that are no desktop; minimal draws nothing
    *(f"PySide6/*plugins/platforms/libq{name}.so" for name in ("eglfs", "linuxfb", "minimalegl", "minimal", "vnc")),
    "PySide6/*plugins/platforms/libqvkkhrdisplay.so",
    *(f"PySide6/*plugins/imageformats/*q{name}.*" for name in ("icns", "tga", "tiff", "wbmp")),
    "numpy/*/tests/*",
    "pyqtgraph/examples/*",
    "pyqtgraph/icons/peegee/*",
    "*.pyi",
)

SYSTEM_LIBRARIES = (
    "libstdc++.so.*",
    "libgcc_s.so.*",
    "libz.so.*",
    "libX11.so.*",
    "libX11-xcb.so.*",
    "libfontconfig.so.*",
    "libfreetype.so.*",
    "libdbus-1.so.*",
)
"""What every Linux desktop has, and has to match the rest of it: fonts, bus, display, the compiler's runtime.

The .deb depends on their packages; README.md lists them for the archive.
"""

REQUIRED_FILES = (
    "nnviz/_resources/presets/spiral.nnviz",
    "nnviz/_resources/icons/nnviz.svg",
    "nnviz/_resources/icons/material/*.svg",
    "licences/INDEX.md",
)

Entry = tuple[str, str, str]
"""What PyInstaller puts into the folder: name in it, where it is from (of a link: where it points to), kind."""


def is_wanted(name: str) -> bool:
    """Whether a file of this name inside the program (with / between folders) belongs there."""
    patterns = UNWANTED_FILES + SYSTEM_LIBRARIES
    return not any(fnmatch(name, pattern) for pattern in patterns)


def without_idle_libraries(entries: Iterable[Entry], needed_by: Callable[[str], Collection[str]]) -> list[Entry]:
    """The entries less the shared libraries that no module and no plugin needs, directly or through another one.

    needed_by: the names of the libraries that a file asks for. Links go with what they point to.
    """
    entries = list(entries)
    libraries = {PurePosixPath(name).name: (name, source) for name, source, kind in entries if _is_library(name, kind)}
    waiting = [
        source for name, source, kind in entries if kind in {"EXTENSION", "BINARY"} and not _is_library(name, kind)
    ]
    kept: set[str] = set()
    while waiting:
        for soname in needed_by(waiting.pop()):
            if soname in libraries and soname not in kept:
                kept.add(soname)
                waiting.append(libraries[soname][1])
    names = {libraries[soname][0] for soname in kept}
    idle = {name for name, _ in libraries.values()} - names
    return [
        entry for entry in entries if entry[0] not in idle and not (entry[2] == "SYMLINK" and _target(entry) in idle)
    ]


def libraries_needed(path: str) -> list[str]:
    """What an ELF file asks the dynamic linker for (objdump is there wherever PyInstaller runs on Linux)."""
    return re.findall(r"^\s+NEEDED\s+(\S+)", describe(path), re.MULTILINE)


def describe(path: str | Path) -> str:
    """The private headers of an ELF file."""
    command = ["objdump", "--private-headers", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def problems(sizes: Mapping[str, int], archive: int | None = None) -> list[str]:
    """What is wrong with a built folder, in sentences. sizes: bytes of each file by its name inside the folder."""
    inside = {name.removeprefix("_internal/"): size for name, size in sizes.items()}
    found = [f"{name} must not be inside" for name in inside if not is_wanted(name) or _of_excluded_module(name)]
    found += [f"{needed} is missing" for needed in REQUIRED_FILES if not any(fnmatch(name, needed) for name in inside)]
    if sum(sizes.values()) > MAX_MB_ON_DISK * 1e6:
        found.append(f"it takes {sum(sizes.values()) / 1e6:.0f} MB, more than {MAX_MB_ON_DISK:.0f}")
    if archive is not None and archive > MAX_MB_ARCHIVED * 1e6:
        found.append(f"its archive takes {archive / 1e6:.0f} MB, more than {MAX_MB_ARCHIVED:.0f}")
    return found


def sizes_of(folder: Path) -> dict[str, int]:
    """Bytes of each file of a folder; a link costs nothing."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _is_library(name: str, kind: str) -> bool:
    # A Python module ends in .so, a plugin lies in a folder of plugins; what is left and is called lib… is a library.
    path = PurePosixPath(name)
    # Python's own is opened by the program itself.
    return (
        kind == "BINARY"
        and path.name.startswith("lib")
        and "plugins" not in path.parts
        and "libpython" not in path.name
    )


def _target(link: Entry) -> str:
    return str(PurePosixPath(link[0]).parent / link[1])


def _of_excluded_module(name: str) -> bool:
    # A compiled module is called after itself: PySide6/QtTest.abi3.so
    path = PurePosixPath(name)
    dotted = ".".join((*path.parts[:-1], path.name.split(".")[0]))
    return any(dotted == module or dotted.startswith(f"{module}.") for module in EXCLUDED_MODULES)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    archive = Path(arguments[1]).stat().st_size if len(arguments) > 1 else None
    sizes = sizes_of(folder)
    found = problems(sizes, archive)
    for problem in found:
        print(f"{folder.name}: {problem}", file=sys.stderr)
    archived = f", archived {archive / 1e6:.1f} MB" if archive is not None else ""
    print(f"{folder.name}: {len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB on disk{archived}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
