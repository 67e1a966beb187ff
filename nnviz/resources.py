"""Where the shipped files are: presets, data sets, icons. Nothing else in the program knows.

Three homes: `resources/` of a checkout, `nnviz/_resources` of an installed wheel, and the same folder inside a frozen
executable (PyInstaller keeps the package's layout, so the second case covers it).
"""

from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, for example ``resource("presets", "spiral.nnviz")``.

    Raises FileNotFoundError when the installation lacks it.
    """
    package = Path(__file__).resolve().parent
    for home in (package / "_resources", package.parent / "resources"):
        path = home.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation of nnviz; install it again")
