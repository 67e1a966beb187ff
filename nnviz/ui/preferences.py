"""What the program remembers between two starts: theme, text size, layout, recent files, the last experiment."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from nnviz.ui.last_documents import last_place
from nnviz.ui.run_bar import FIRST_POSITION, POSITIONS

MAX_RECENT = 8
LAYOUT_VERSION = 1


class Preferences:
    """Settings of this user, in the place the system has for them."""

    def __init__(self) -> None:
        self._settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "nnviz", "nnviz")

    @property
    def theme(self) -> str:
        """Name of the theme; empty: as the system has it."""
        return str(self._settings.value("theme", ""))

    @theme.setter
    def theme(self, name: str) -> None:
        self._settings.setValue("theme", name)

    @property
    def lecture(self) -> bool:
        """Whether text is large."""
        return str(self._settings.value("lecture", "false")) == "true"

    @lecture.setter
    def lecture(self, on: bool) -> None:
        self._settings.setValue("lecture", "true" if on else "false")

    @property
    def panels(self) -> bool:
        """Whether the panels are shown."""
        return str(self._settings.value("panels", "true")) == "true"

    @panels.setter
    def panels(self, shown: bool) -> None:
        self._settings.setValue("panels", "true" if shown else "false")

    @property
    def toured(self) -> bool:
        """Whether the tour was shown before."""
        return str(self._settings.value("toured", "false")) == "true"

    @toured.setter
    def toured(self, shown: bool) -> None:
        self._settings.setValue("toured", "true" if shown else "false")

    @property
    def guide(self) -> bool:
        """Whether the lesson guide was open."""
        return str(self._settings.value("guide", "false")) == "true"

    @guide.setter
    def guide(self, shown: bool) -> None:
        self._settings.setValue("guide", "true" if shown else "false")

    @property
    def lesson(self) -> str:
        """File of the lesson that was open; the bare name of a shipped one. Empty: none was."""
        return str(self._settings.value("lesson", ""))

    @lesson.setter
    def lesson(self, file: str) -> None:
        self._settings.setValue("lesson", file)

    @property
    def speed(self) -> int:
        """Position of the speed slider."""
        stored = str(self._settings.value("speed", FIRST_POSITION))
        return min(int(stored), POSITIONS) if stored.isdigit() else FIRST_POSITION

    @speed.setter
    def speed(self, position: int) -> None:
        self._settings.setValue("speed", position)

    @property
    def zones(self) -> float | None:
        """Decades at which the gradient flow's zones begin; None while they were never moved."""
        stored = str(self._settings.value("zones", ""))
        return float(stored) if stored.replace(".", "", 1).isdigit() else None

    @zones.setter
    def zones(self, decades: float | None) -> None:
        self._settings.setValue("zones", decades)

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved last, the newest first."""
        stored = self._settings.value("recent", [])
        paths = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(str(path)) for path in paths if path]

    def add_recent(self, path: Path) -> None:
        """Puts a file first."""
        paths = [path.resolve(), *(old for old in self.recent if old != path.resolve())]
        self._settings.setValue("recent", [str(path) for path in paths[:MAX_RECENT]])

    def forget_recent(self, path: Path) -> None:
        """Takes a file off the list: it is gone."""
        self._settings.setValue("recent", [str(old) for old in self.recent if old != path])

    def layout(self, name: str) -> QByteArray:
        """A layout stored under a name, empty when there is none."""
        value = self._settings.value(f"layout-{LAYOUT_VERSION}/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remembers a layout."""
        self._settings.setValue(f"layout-{LAYOUT_VERSION}/{name}", state)

    def choices(self, name: str) -> dict[str, Any]:
        """What was chosen last in a dialog; empty when nothing was, or it cannot be read."""
        try:
            stored = json.loads(str(self._settings.value(f"choices/{name}", "{}")))
        except ValueError:
            return {}
        return stored if isinstance(stored, dict) else {}

    def keep_choices(self, name: str, choices: dict[str, Any]) -> None:
        """Remembers them: names, numbers and truth values."""
        self._settings.setValue(f"choices/{name}", json.dumps(choices))

    def last(self, workspace: str) -> Path:
        """Where the document that a workspace had open last is kept; the file need not exist."""
        return last_place(self.folder, workspace)

    @property
    def folder(self) -> Path:
        """Where it keeps files; the folder need not exist."""
        return _data_folder()

    @property
    def lock(self) -> Path:
        """A file that is there while the program runs."""
        return _data_folder() / "running.lock"

    @property
    def lessons(self) -> Path:
        """Where progress in lessons is kept; the file need not exist."""
        return _data_folder() / "lessons.json"


def _data_folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / "nnviz"
