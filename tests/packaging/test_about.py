"""What installers say about the program agrees with the program and with itself."""

import ast
import configparser
from pathlib import Path
from xml.etree import ElementTree

import about
import pytest

import nnviz
from nnviz.experiment.files import SUFFIX

PACKAGING = Path(about.__file__).parent


def test_version_and_suffix_are_the_programs_own() -> None:
    assert about.version() == nnviz.__version__
    assert about.SUFFIX == SUFFIX


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3rc1", (1, 2, 3, 0)), ("2", (2, 0, 0, 0))],
)
def test_windows_gets_four_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert about.version_numbers(text) == numbers


def test_the_version_resource_of_windows_is_one_expression_that_names_version_and_file() -> None:
    resource = about.windows_version_resource()
    (call,) = [node for node in ast.walk(ast.parse(resource, mode="eval")) if _is_call(node, "StringTable")]
    rows = dict(tuple(ast.literal_eval(value) for value in row.args) for row in call.args[1].elts)
    assert rows["ProductVersion"] == rows["FileVersion"] == nnviz.__version__
    assert rows["OriginalFilename"] == "nnviz.exe"
    assert rows["LegalCopyright"].startswith("Copyright")


def test_macos_opens_the_file_type_that_it_declares() -> None:
    information = about.macos_information()
    (declared,), (opened,) = information["UTExportedTypeDeclarations"], information["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeIdentifier"].startswith(about.IDENTIFIER)
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [SUFFIX.lstrip(".")]


def test_the_linux_desktop_opens_the_file_type_that_it_declares() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(PACKAGING / "linux" / "nnviz.desktop", encoding="utf-8")
    kind = ElementTree.parse(PACKAGING / "linux" / "nnviz.xml").getroot()[0]
    assert entry["Desktop Entry"]["MimeType"] == f"{kind.get('type')};" == f"{about.MIME_TYPE};"
    assert [child.get("pattern") for child in kind if child.tag.endswith("glob")] == [f"*{SUFFIX}"]
    assert entry["Desktop Entry"]["Exec"] == "nnviz %f"


def test_windows_opens_the_file_type_of_the_other_systems() -> None:
    script = (PACKAGING / "windows" / "nnviz.nsi").read_text(encoding="utf-8")
    assert f'"Content Type" "{about.MIME_TYPE}"' in script
    assert f"${{CLASSES}}\\{SUFFIX}" in script


def _is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
