"""The licence notices of everything inside the standalone program, gathered where it is built.

    python packaging/notices.py FOLDER      has the built folder a notice for all that is in it? exit code 0 or 1

Each file inside has an owner: a Python distribution, Python itself, nnviz, or a package of the system. What an owner's
own files lack is in licences/ beside this file. A file without an owner, or an owner without a text, ends the build.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path, PurePosixPath

from about import NAME, ROOT, version

SUPPLEMENTS = Path(__file__).resolve().parent / "licences"
LACKING: Mapping[str, tuple[str, ...]] = {
    "pyside6_essentials": ("LGPL-3.0-only.txt", "GPL-3.0-only.txt", "qt.md", "ICU.txt"),
    "shiboken6": ("LGPL-3.0-only.txt", "GPL-3.0-only.txt"),
    "nnviz": ("icons.md", "Apache-2.0.txt"),
    "latex2mathml": ("latex2mathml.txt",),
    "ziafont": ("DejaVu.txt",),
    "ziamath": ("STIX.md", "OFL-1.1.txt"),
}
"""Texts that a distribution does not bring although it should, or that belong to what it contains."""
TEXT = re.compile(r"(licen[cs]e|copying|copyright|notice|authors)", re.IGNORECASE)
GENERATED = ("base_library.zip", "licences/")
COMMON = Path("/usr/share/common-licenses")
"""Where Debian keeps the well-known licences; they are in a folder of this name inside, too."""
INDEX, FILES = "INDEX.md", "FILES.txt"


@dataclass(frozen=True)
class Owner:
    """Whose files they are. licence: a name or an SPDX expression. texts: where they are to be read."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[Path, ...]


def gather(entries: Iterable[tuple[str, str, str]], folder: Path) -> None:
    """Writes the notices of PyInstaller's entries (name inside, source, kind) into a folder made anew.

    ValueError names a file whose owner is unknown and an owner without a text.
    """
    owners = _known_owners()
    whose: dict[str, Owner] = {}
    for name, source, kind in entries:
        if kind != "SYMLINK" and not name.startswith(GENERATED) and source not in {"", "-"}:
            whose[name] = owner_of(Path(source), owners)
    # The program that starts everything is PyInstaller's, and the archive of modules always holds Python's own.
    bundled = sorted({*whose.values(), owners.python, owners.starter}, key=lambda owner: owner.name.lower())
    if silent := [owner.name for owner in bundled if not owner.texts]:
        raise ValueError(f"no licence text of {', '.join(silent)}: add it to packaging/licences and notices.py")
    shutil.rmtree(folder, ignore_errors=True)
    for owner in bundled:
        (folder / owner.name).mkdir(parents=True)
        own = [text for text in owner.texts if not text.is_relative_to(COMMON)]
        for text, name in zip(own, _names(own), strict=True):
            (folder / owner.name / name).write_bytes(text.read_bytes())
    for text in {text for owner in bundled for text in owner.texts if text.is_relative_to(COMMON)}:
        (folder / COMMON.name).mkdir(exist_ok=True)
        (folder / COMMON.name / text.name).write_bytes(text.read_bytes())
    (folder / INDEX).write_text(index(bundled), encoding="utf-8")
    rows = [f"{PurePosixPath(name.replace(chr(92), '/'))}\t{owner.name}\n" for name, owner in sorted(whose.items())]
    (folder / FILES).write_text("".join(rows), encoding="utf-8")


def index(owners: Iterable[Owner]) -> str:
    """The list that a person reads first."""
    rows = "".join(f"| {o.name} | {o.version} | {o.licence} | {o.home} |\n" for o in owners)
    return (
        f"# What is inside {NAME} {version()}\n\n"
        "Each has a folder here with its licence; what those point to is in common-licenses. The libraries under "
        "the LGPL (Qt, PySide6, shiboken6) are separate files of the program's folder and may be replaced by your own "
        "builds of them; the addresses below have their sources.\n\n"
        "| what | version | licence | where it is from |\n|---|---|---|---|\n" + rows
    )


@dataclass(frozen=True)
class _Owners:
    by_file: Mapping[Path, Owner]
    python: Owner
    starter: Owner
    own: Owner
    standard_library: Path


def owner_of(source: Path, owners: _Owners) -> Owner:
    """Whose file it is. ValueError if nobody knows."""
    path = source.resolve()
    if path in owners.by_file:
        return owners.by_file[path]
    if path.is_relative_to(ROOT / "packaging") or path.is_relative_to(ROOT / "build" / "pyinstaller"):
        return owners.own
    if path.is_relative_to(owners.standard_library) or path.name.startswith("libpython"):
        return owners.python
    if sys.platform != "linux" and path.is_relative_to(Path(sys.base_prefix).resolve()):
        return owners.python
    if sys.platform == "win32":
        return Owner("Microsoft-runtime", "", "redistributable part of Windows", "", (SUPPLEMENTS / "microsoft.md",))
    package = _system_package(str(path))
    if package is None:
        raise ValueError(f"whose is {source}? No distribution and no package of the system owns it")
    return package


def _known_owners() -> _Owners:
    by_file: dict[Path, Owner] = {}
    starter = own = None
    for distribution in distributions():
        owner = _distribution_owner(distribution)
        by_file |= {Path(str(file.locate())).resolve(): owner for file in distribution.files or ()}
        starter = owner if owner.name == "pyinstaller" else starter
        own = owner if owner.name == NAME else own
    if starter is None or own is None:
        raise ValueError(f"notices are gathered where PyInstaller and {NAME} are installed; they are not")
    library = Path(sysconfig.get_path("stdlib")).resolve()
    return _Owners(by_file, _python_owner(library), starter, own, library)


def _distribution_owner(distribution: Distribution) -> Owner:
    about, name = distribution.metadata, folder_name(distribution.metadata["Name"])
    classified = [line.rsplit(" :: ", 1)[-1] for line in about.get_all("Classifier", []) if line.startswith("License")]
    stated = [line for key in ("License-Expression", "License") for line in about.get_all(key, [])]
    licence = (stated or [", ".join(classified)])[0]
    links = dict(line.split(", ", 1) for line in about.get_all("Project-URL", []) if ", " in line)
    home = next(iter([*about.get_all("Home-page", []), *links.values()]), "")
    texts = [
        Path(str(file.locate()))
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0] and (TEXT.match(file.name) or "licenses" in file.parts)
    ]
    texts += [SUPPLEMENTS / text for text in LACKING.get(name, ())]
    first_line = licence.strip().splitlines()[0] if licence.strip() else "see its text"
    return Owner(name, distribution.version, first_line, home, tuple(texts))


def _python_owner(library: Path) -> Owner:
    places = (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", Path("/usr/share/doc/python3/copyright"))
    texts = tuple(place for place in places if place.exists())[:1]
    number = ".".join(map(str, sys.version_info[:3]))
    return Owner("Python", number, "PSF-2.0", "https://www.python.org", texts)


@cache
def _system_package(path: str) -> Owner | None:
    """The Debian package of a library. dpkg may know it by the path that the system had before /lib became a link."""
    if shutil.which("dpkg-query") is None:
        return None
    for candidate in (path, path.removeprefix("/usr")):
        found = subprocess.run(["dpkg-query", "--search", candidate], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            package = found.stdout.split(":")[0]
            break
    else:
        return None
    show = ["dpkg-query", "--show", "--showformat=${Version}\t${Homepage}\n", package]
    number, home = subprocess.run(show, capture_output=True, text=True, check=True).stdout.splitlines()[0].split("\t")
    text = Path("/usr/share/doc", package, "copyright")
    if not text.exists():
        return Owner(package, number, "unknown", home, ())
    # Of the well-known licences the file gives the place on a Debian system alone.
    known = re.findall(r"/usr/share/common-licenses/([A-Za-z]+-[\d.]*\d)", text.read_text(errors="replace"))
    common = [COMMON / name for name in sorted(set(known))]
    return Owner(package, number, "see its text", home, (text, *(path for path in common if path.exists())))


def folder_name(distribution: str) -> str:
    """The name of a distribution as it is written everywhere here: QtAwesome, qt-awesome → qtawesome, qt_awesome."""
    return re.sub(r"[-_.]+", "_", distribution).lower()


def _names(texts: Iterable[Path]) -> list[str]:
    """Different names for texts that are called the same."""
    names: list[str] = []
    for text in texts:
        name, number = text.name, 2
        while name in names:
            name, number = f"{text.stem}-{number}{text.suffix}", number + 1
        names.append(name)
    return names


def missing(inside: Iterable[str], modules: Iterable[str], licences: Path) -> list[str]:
    """What a built program has no notice of, in sentences.

    inside: its files, by their names. modules: dotted names of what its archive holds. licences: the gathered folder.
    """
    listed = dict(line.split("\t") for line in (licences / FILES).read_text(encoding="utf-8").splitlines())
    of_module = packages_distributions()
    found = [
        f"{name}: nobody is named for it" for name in inside if not name.startswith(GENERATED) and name not in listed
    ]
    owners = {listed[name] for name in inside if name in listed}
    for top in sorted({module.partition(".")[0] for module in modules}):
        if top in sys.stdlib_module_names or top.startswith(("pyi", "_pyi", "PyInstaller")):
            continue
        owners |= {folder_name(name) for name in of_module.get(top, [])}
        if top not in of_module and not any(name in listed for name in (top, *_submodules(top, listed))):
            found.append(f"{top}: no distribution has this module")
    for owner in sorted(owners):
        texts = list((licences / owner).glob("*"))
        if not any(text.stat().st_size for text in texts):
            found.append(f"{owner}: it is inside, and its licence is not")
    return found


def _submodules(top: str, listed: Iterable[str]) -> list[str]:
    return [name for name in listed if name.startswith(f"{top}.")]


def modules_of(program: Path) -> list[str]:
    """Dotted names of the Python modules in a frozen program."""
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]  # noqa: PLC0415

    archive = CArchiveReader(str(program))
    (name,) = (name for name in archive.toc if name.startswith("PYZ"))
    return list(archive.open_embedded_archive(name).toc)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    internal = next(path for path in (folder / "_internal", folder / "Contents" / "Resources") if path.is_dir())
    program = next(p for p in (folder / NAME, folder / f"{NAME}.exe", folder / "Contents/MacOS" / NAME) if p.is_file())
    inside = [
        path.relative_to(internal).as_posix()
        for path in internal.rglob("*")
        if path.is_file() and not path.is_symlink()
    ]
    found = missing(inside, modules_of(program), internal / "licences")
    for problem in found:
        print(f"{folder.name}: {problem}", file=sys.stderr)
    if not found:
        count = sum(path.is_dir() for path in (internal / "licences").iterdir())
        print(f"{folder.name}: every file and every module has a notice, of {count} owners")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
