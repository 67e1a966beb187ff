"""The Debian package: files where the system looks for them, rights, and what dpkg is told."""

import shutil
import stat
from pathlib import Path

import debian
import icons
import pytest

import nnviz


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What would be installed of a program of two files."""
    root = tmp_path_factory.mktemp("deb")
    program = root / "nnviz"
    (program / "_internal").mkdir(parents=True)
    (program / "nnviz").write_bytes(b"program")
    (program / "_internal" / "libx.so.1").write_bytes(b"library")
    (program / "_internal" / "libx.so").symlink_to("libx.so.1")
    icons.write_icons(root / "icons")
    debian.lay_out(program, root / "icons", root / "tree")
    return root / "tree"


def test_the_command_leads_to_the_program(tree: Path) -> None:
    assert (tree / "usr/bin/nnviz").resolve() == (tree / "usr/lib/nnviz/nnviz").resolve()
    assert (tree / "usr/bin/nnviz").read_bytes() == b"program"


def test_links_stay_links(tree: Path) -> None:
    assert (tree / "usr/lib/nnviz/_internal/libx.so").readlink() == Path("libx.so.1")


def test_only_the_program_may_be_run_and_nobody_but_root_may_write(tree: Path) -> None:
    files = [path for path in tree.rglob("*") if not path.is_symlink()]
    runnable = [path.relative_to(tree) for path in files if path.is_file() and path.stat().st_mode & stat.S_IXUSR]
    assert runnable == [Path("usr/lib/nnviz/nnviz")]
    assert all(
        stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
        for path in files
        if path.name != "nnviz"
    )


@pytest.mark.parametrize(
    "place",
    [
        "applications/nnviz.desktop", "mime/packages/nnviz.xml", "icons/hicolor/scalable/apps/nnviz.svg",
        "icons/hicolor/48x48/apps/nnviz.png", "icons/hicolor/512x512/mimetypes/application-x-nnviz.png",
        "doc/nnviz/copyright", "doc/nnviz/changelog.gz",
    ],
)  # fmt: skip
def test_the_desktop_finds_menu_entry_file_type_and_icons(tree: Path, place: str) -> None:
    assert (tree / "usr" / "share" / place).stat().st_size > 0


def test_dpkg_is_told_name_version_needs_and_size() -> None:
    text = debian.control("amd64", {"libgl1", "libc6 (>= 2.36)"}, 1234)
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "nnviz"
    assert fields["Version"] == nnviz.__version__
    assert fields["Depends"] == "libc6 (>= 2.36), libgl1"
    assert fields["Installed-Size"] == "1234"
    assert len(fields["Description"]) <= 60
    assert all(len(line) < 80 for line in text.splitlines())


def test_versions_of_the_c_library_are_compared_as_numbers() -> None:
    assert debian.newest(["2.4", "2.36", "2.17"]) == "2.36"


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs a Debian system")
def test_the_c_library_is_left_to_its_own_entry_and_an_unknown_library_is_named() -> None:
    assert debian.packages_of(["libc.so.6"]) == set()
    with pytest.raises(ValueError, match=r"libnowhere\.so\.9"):
        debian.packages_of(["libnowhere.so.9"])
