"""What is left out of the standalone program, and that the check of a built folder finds what should not be there."""

from pathlib import Path

import contents
import pytest

GOOD = dict.fromkeys(
    ["nnviz", *(f"_internal/{name.replace('*', 'x')}" for name in contents.REQUIRED_FILES)], 1_000_000
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/translations/qtbase_de.qm",
        "numpy/_core/tests/data/astype_copy.pkl",
        "libX11.so.6",
    ],
)
def test_what_nnviz_never_reaches_is_left_out(name: str) -> None:
    assert not contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "nnviz/_resources/presets/spiral.nnviz",
        "nnviz/_resources/icons/material/play.svg",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
    ],
)
def test_what_windows_text_and_icons_need_stays(name: str) -> None:
    assert contents.is_wanted(name)


def test_libraries_stay_only_while_something_asks_for_them() -> None:
    asks = {
        "/m.so": ["libused.so.1", "libc.so.6"], "/used": ["libdeep.so.2"], "/plugin.so": ["libofplugin.so"],
        "/idle": ["libdeep.so.2"],
    }  # fmt: skip
    entries = [
        ("pkg/m.so", "/m.so", "EXTENSION"),
        ("Qt/plugins/platforms/libqxcb.so", "/plugin.so", "BINARY"),
        ("Qt/lib/libused.so.1", "/used", "BINARY"),
        ("libdeep.so.2", "/deep", "BINARY"),
        ("libofplugin.so", "/ofplugin", "BINARY"),
        ("Qt/lib/libidle.so.1", "/idle", "BINARY"),
        ("libidle.so.1", "Qt/lib/libidle.so.1", "SYMLINK"),
        ("libused.so.1", "Qt/lib/libused.so.1", "SYMLINK"),
        ("libpython3.11.so.1.0", "/python", "BINARY"),
        ("table.csv", "/table.csv", "DATA"),
    ]
    kept = contents.without_idle_libraries(entries, lambda path: asks.get(path, []))
    assert kept == [entry for entry in entries if "libidle" not in entry[0]]


def test_a_good_folder_has_no_problems() -> None:
    assert contents.problems(GOOD, archive=40_000_000) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"_internal/scipy/linalg/x.so": 1}, "scipy/linalg/x.so must not be inside"),
        ({"_internal/PySide6/QtQml.abi3.so": 1}, "PySide6/QtQml.abi3.so must not be inside"),
        ({"_internal/PySide6/Qt/plugins/platformthemes/libqgtk3.so": 1}, "libqgtk3.so must not be inside"),
        ({"_internal/big": 150_000_000}, "more than 150"),
    ],
)
def test_what_does_not_belong_is_named(more: dict[str, int], said: str) -> None:
    (problem,) = contents.problems(GOOD | more)
    assert said in problem


@pytest.mark.parametrize("lacking", [name for name in GOOD if name != "nnviz"])
def test_a_missing_resource_is_named(lacking: str) -> None:
    (problem,) = contents.problems({name: size for name, size in GOOD.items() if name != lacking})
    assert problem.endswith("is missing")


def test_an_archive_that_is_too_large_is_a_problem() -> None:
    assert contents.problems(GOOD, archive=61_000_000) == ["its archive takes 61 MB, more than 60"]


def test_sizes_count_files_once_and_links_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("lib/file")
    assert contents.sizes_of(tmp_path) == {"lib/file": 5}


def test_the_command_ends_with_1_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nnviz").write_bytes(b"x")
    assert contents.main([str(tmp_path)]) == 1
    assert "licences/INDEX.md is missing" in capsys.readouterr().err
