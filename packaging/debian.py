"""Makes the Debian package of the built program.

    python packaging/debian.py FOLDER ICONS OUT       writes OUT/nnviz_VERSION_ARCHITECTURE.deb

The program goes to /usr/lib/nnviz, with a link in /usr/bin; menu entry, icons and file type are where desktops look.
What it depends on is read from its files: the libraries that they ask for and that are not inside.
"""

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Collection, Iterable
from pathlib import Path

from about import DESCRIPTION, MIME_TYPE, NAME, ROOT, SUMMARY, version
from contents import describe
from icons import LINUX_SIZES, SOURCE

HERE = Path(__file__).resolve().parent
ALSO_NEEDED = ("fontconfig-config",)
"""The list of font folders, which no library asks for; a font comes with it."""


def lay_out(folder: Path, icons: Path, tree: Path) -> None:
    """Puts the built folder, the desktop's files and the notices where they will be in the system, below `tree`."""
    program, share = tree / "usr" / "lib" / NAME, tree / "usr" / "share"
    shutil.copytree(folder, program, symlinks=True)
    command = tree / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../lib/{NAME}/{NAME}")
    desktop_files(share, icons)
    notes = share / "doc" / NAME
    notes.mkdir(parents=True)
    (notes / "copyright").write_text(copyright_file(), encoding="utf-8")
    (notes / "changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), 9, mtime=0))
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program / NAME else 0o644)


def desktop_files(share: Path, icons: Path) -> None:
    """Menu entry, file type and icons below a folder `share`: the same for a package and for an AppImage."""
    for source, place in ((f"{NAME}.desktop", "applications"), (f"{NAME}.xml", "mime/packages")):
        (share / place).mkdir(parents=True)
        shutil.copy(HERE / "linux" / source, share / place / source)
    drawings = share / "icons" / "hicolor"
    for size in LINUX_SIZES:
        for kind, name in (("apps", NAME), ("mimetypes", MIME_TYPE.replace("/", "-"))):
            target = drawings / f"{size}x{size}" / kind / f"{name}.png"
            target.parent.mkdir(parents=True)
            shutil.copy(icons / f"{NAME}-{size}.png", target)
    (drawings / "scalable" / "apps").mkdir(parents=True)
    shutil.copy(SOURCE, drawings / "scalable" / "apps" / f"{NAME}.svg")


def control(architecture: str, depends: Collection[str], kilobytes: int) -> str:
    """What dpkg is told about the package."""
    text = "\n".join(f" {line}" for line in textwrap.wrap(DESCRIPTION, 76))
    return (
        f"Package: {NAME}\nVersion: {version()}\nArchitecture: {architecture}\nSection: education\nPriority: optional\n"
        f"Maintainer: {NAME} developers <{NAME}@localhost>\nInstalled-Size: {kilobytes}\n"
        f"Depends: {', '.join(sorted(depends))}\nDescription: {SUMMARY}\n{text}\n"
    )


def copyright_file() -> str:
    """Debian's file of this name: the program's own licence, and where those of all it contains are."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    index = f"/usr/lib/{NAME}/_internal/licences/INDEX.md"
    return f"{licence}\n\nWhat is bundled with it has licences of its own: {index}\n"


def depends(folder: Path) -> set[str]:
    """The packages whose libraries the folder asks for without having them, and the C library that is new enough."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    headers = "".join(map(describe, files))
    outside = set(re.findall(r"^\s+NEEDED\s+(\S+)", headers, re.MULTILINE)) - {path.name for path in folder.rglob("*")}
    return packages_of(outside) | {f"libc6 (>= {newest(re.findall(r'GLIBC_([0-9.]+)', headers))})", *ALSO_NEEDED}


def packages_of(sonames: Iterable[str]) -> set[str]:
    """The packages of this system that have these libraries, less the C library. ValueError if one is unknown."""
    cache = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    paths = dict(re.findall(r"^\s+(\S+) \(.*\) => (\S+)$", cache, re.MULTILINE)[::-1])
    found = set()
    for soname in sonames:
        if soname not in paths:
            raise ValueError(f"the program asks for {soname}, which this system lacks")
        real = str(Path(paths[soname]).resolve())
        for path in (real, real.removeprefix("/usr")):
            owner = subprocess.run(["dpkg-query", "--search", path], capture_output=True, text=True, check=False)
            if owner.returncode == 0:
                found.add(owner.stdout.split(":")[0])
                break
        else:
            raise ValueError(f"no package of this system has {real}")
    return found - {"libc6"}


def newest(versions: Iterable[str]) -> str:
    """The largest of version numbers like 2.4 and 2.36."""
    return max(versions, key=lambda text: [int(part) for part in text.split(".")])


def main(arguments: list[str]) -> int:
    folder, icons, out = map(Path, arguments)
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    ).stdout.strip()
    package = out / f"{NAME}_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=out) as temporary:
        tree = Path(temporary, NAME)
        lay_out(folder, icons, tree)
        size = sum(path.stat().st_size for path in tree.rglob("*") if not path.is_symlink()) // 1024
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control(architecture, depends(folder), size), encoding="utf-8")
        build = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(package)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    print(f"{package}: {package.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
