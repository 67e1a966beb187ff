"""What every test of the real window gets. `make test` starts an X server for them."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from nnviz import app as composition
from nnviz.experiment.files import load_document
from nnviz.resources import resource
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:  # this hook is shown all the tests of the run
        if item.path.is_relative_to(here):
            item.add_marker("window")


@pytest.fixture(autouse=True)
def _clean_qt(own_settings: None, one_collector: None, no_window_left: None, qapp) -> None:
    if qapp.platformName() == "offscreen":
        pytest.skip("needs a real window system: make test")


@pytest.fixture
def open_window(qapp) -> Iterator[Callable[..., MainWindow]]:
    """Shows the window with a preset, or without one as the program starts; it is closed after the test."""
    windows: list[MainWindow] = []

    def start(*preset: str, play: bool = True, speed: float | None = None) -> MainWindow:
        preferences = Preferences()
        if speed is not None:
            preferences.speed = speed
        window = composition.make_window(preferences)
        windows.append(window)
        window.resize(1280, 800)
        if preset:
            window.open_document(load_document(resource("presets", *preset)), play=play)
        else:
            composition.open_first(window, preferences, None)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return window

    composition.make_application()
    yield start
    for window in windows:
        window.session.path = None  # a file with unsaved changes would ask
        window.close()
        window.deleteLater()
    assert not any(thread.name == "nnviz-runner" for thread in threading.enumerate())
