"""Nothing is bundled without its licence: neither a distribution that nnviz requires, nor a file that nobody owns."""

import re
import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import notices
import pytest


def _required(name: str, seen: set[str]) -> Iterator[str]:
    """What a distribution requires without any extra, directly and through others."""
    for line in metadata.requires(name) or ():
        other = notices.folder_name(re.split(r"[^\w.-]", line, maxsplit=1)[0])
        if "extra ==" in line or other in seen:
            continue
        try:
            metadata.distribution(other)
        except metadata.PackageNotFoundError:
            continue  # its marker is for another system or another Python
        seen.add(other)
        yield other
        yield from _required(other, seen)


REQUIRED = sorted(_required("nnviz", set()))


def test_the_distributions_asked_about_are_the_ones_bundled() -> None:
    assert {"numpy", "pyqtgraph", "msgspec", "ziamath", "pyside6_essentials"} <= set(REQUIRED)
    assert {"pytest", "mypy"}.isdisjoint(REQUIRED)


@pytest.mark.parametrize("name", REQUIRED)
def test_no_distribution_that_nnviz_requires_lacks_a_licence_text(name: str) -> None:
    owner = notices._distribution_owner(metadata.distribution(name))
    assert owner.texts, f"add the licence of {name} to packaging/licences and to LACKING in packaging/notices.py"
    assert sum(len(text.read_bytes()) for text in owner.texts) > 500
    assert owner.version
    assert owner.licence


def test_every_text_of_packaging_licences_belongs_to_someone() -> None:
    used = {text for texts in notices.LACKING.values() for text in texts} | {"microsoft.md"}
    assert {path.name for path in notices.SUPPLEMENTS.iterdir()} == used


@pytest.fixture
def owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> notices._Owners:
    """Four owners with a text each, of files below tmp_path."""
    made = {}
    for name in ("lib", "Python", "pyinstaller", "nnviz"):
        text = tmp_path / "texts" / name / "LICENSE"
        text.parent.mkdir(parents=True)
        text.write_text(f"you may use {name}")
        made[name] = notices.Owner(name, "1.0", "MIT", "https://example.org", (text, text))
    known = notices._Owners(
        {tmp_path / "site" / "lib.py": made["lib"]},
        made["Python"],
        made["pyinstaller"],
        made["nnviz"],
        tmp_path / "std",
    )
    monkeypatch.setattr(notices, "_known_owners", lambda: known)
    return known


def test_files_find_their_owners(owners: notices._Owners, tmp_path: Path) -> None:
    assert notices.owner_of(tmp_path / "site" / "lib.py", owners).name == "lib"
    assert notices.owner_of(tmp_path / "std" / "os.py", owners).name == "Python"
    assert notices.owner_of(tmp_path / "elsewhere" / "libpython3.11.so.1.0", owners).name == "Python"
    assert notices.owner_of(notices.ROOT / "packaging" / "entry.py", owners).name == "nnviz"


@pytest.mark.usefixtures("owners")
def test_gathering_writes_texts_an_index_and_whose_each_file_is(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "stale").mkdir(parents=True)
    entries = [
        ("lib.py", str(tmp_path / "site" / "lib.py"), "PYMODULE"), ("os", str(tmp_path / "std" / "os.py"), "PYMODULE"),
        ("link.so", "elsewhere", "SYMLINK"), ("base_library.zip", "/tmp/base_library.zip", "DATA"),
    ]  # fmt: skip
    notices.gather(entries, out)
    assert {path.name for path in out.iterdir()} == {"INDEX.md", "FILES.txt", "lib", "Python", "pyinstaller"}
    assert (out / "lib" / "LICENSE").read_text() == "you may use lib"
    assert (out / "lib" / "LICENSE-2").exists()
    assert "| lib | 1.0 | MIT | https://example.org |" in (out / "INDEX.md").read_text()
    assert (out / "FILES.txt").read_text() == "lib.py\tlib\nos\tPython\n"
    assert notices.missing(["lib.py", "base_library.zip", "licences/INDEX.md"], ["os"], out) == []


@pytest.mark.usefixtures("owners")
def test_a_file_that_nobody_owns_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="whose is"):
        notices.gather([("x", str(tmp_path / "x"), "BINARY")], tmp_path / "out")


def test_an_owner_without_a_text_ends_the_build(
    owners: notices._Owners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = notices._Owners(
        {tmp_path / "s.py": notices.Owner("silent", "1", "MIT", "", ())},
        owners.python, owners.starter, owners.own, owners.standard_library,
    )  # fmt: skip
    monkeypatch.setattr(notices, "_known_owners", lambda: silent)
    with pytest.raises(ValueError, match="no licence text of silent"):
        notices.gather([("s", str(tmp_path / "s.py"), "PYMODULE")], tmp_path / "out")


@pytest.mark.usefixtures("owners")
def test_the_check_of_a_built_folder_names_what_has_no_notice(tmp_path: Path) -> None:
    out = tmp_path / "out"
    notices.gather([("lib.py", str(tmp_path / "site" / "lib.py"), "PYMODULE")], out)
    assert notices.missing(["smuggled.so"], [], out) == ["smuggled.so: nobody is named for it"]
    assert notices.missing([], ["numpy.random"], out) == ["numpy: it is inside, and its licence is not"]
    assert notices.missing([], ["no_such_module_anywhere.x"], out) == [
        "no_such_module_anywhere: no distribution has this module"
    ]
    shutil.rmtree(out / "lib")
    assert notices.missing(["lib.py"], [], out) == ["lib: it is inside, and its licence is not"]


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs a Debian system")
def test_a_library_of_the_system_belongs_to_its_package(owners: notices._Owners) -> None:
    found = sorted(Path("/lib").glob("*-linux-gnu*/libz.so.1"))
    if not found:
        pytest.skip("this system has no zlib")
    owner = notices.owner_of(found[0], owners)
    assert owner.name == "zlib1g"
    assert owner.texts[0].name == "copyright"


@pytest.mark.parametrize("name", ["PySide6-Essentials", "pyside6_essentials", "PySide6.Essentials"])
def test_a_distribution_has_one_name_however_it_is_written(name: str) -> None:
    assert notices.folder_name(name) == "pyside6_essentials"
