"""What the installers of all systems say about nnviz: names, identifiers and sentences, each in one place."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "nnviz"
SUMMARY = "Laboratory in which one sees a neural network learn"
DESCRIPTION = (
    "A desktop laboratory for an introduction to deep learning. Build a network, break it, and read in words which "
    "quantity says so: vanishing gradients, dead units, a learning rate too large. It works offline, and every figure "
    "leaves it as a picture or as numbers."
)
IDENTIFIER = "org.nnviz.nnviz"
"""How macOS tells this program from others. The file type below hangs on it."""
SUFFIX = ".nnviz"
MIME_TYPE = "application/x-nnviz"
FILE_TYPE = "nnviz experiment"


def version() -> str:
    """The version, read without importing the package: whoever asks may lack its dependencies."""
    text = (ROOT / "nnviz" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("nnviz/__init__.py names no version")
    return found[1]


def version_numbers(text: str) -> tuple[int, int, int, int]:
    """The four whole numbers that Windows wants: "1.2.3rc1" → (1, 2, 3, 0)."""
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[^\d.]", text)[0])]
    padded = [*numbers, 0, 0, 0][:4]
    return padded[0], padded[1], padded[2], padded[3]


def windows_version_resource() -> str:
    """What the properties of nnviz.exe show, in the text form that PyInstaller reads."""
    numbers, text = version_numbers(version()), version()
    strings = {
        "ProductName": NAME,
        "ProductVersion": text,
        "FileDescription": SUMMARY,
        "FileVersion": text,
        "InternalName": NAME,
        "OriginalFilename": f"{NAME}.exe",
        "LegalCopyright": copyright_line(),
    }
    rows = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{rows}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def macos_information() -> dict[str, object]:
    """What Info.plist of the macOS application says beside its identifier: version, file type, how it is drawn."""
    return {
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": ".".join(map(str, version_numbers(version())[:3])),
        "NSHumanReadableCopyright": copyright_line(),
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # the dark look of the system reaches the program
        "LSApplicationCategoryType": "public.app-category.education",
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"{IDENTIFIER}.experiment",
                "UTTypeDescription": FILE_TYPE,
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [SUFFIX.removeprefix(".")],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": FILE_TYPE,
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [f"{IDENTIFIER}.experiment"],
                "CFBundleTypeIconFile": f"{NAME}.icns",
            }
        ],
    }


def copyright_line() -> str:
    """The line of LICENSE that says whose it is."""
    for line in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines():
        if line.startswith("Copyright"):
            return line
    raise ValueError("LICENSE has no line that begins with Copyright")
