"""What every test of the real window gets. `make test` starts an X server for them."""

from pathlib import Path

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:  # this hook is shown all the tests of the run
        if item.path.is_relative_to(here):
            item.add_marker("window")


@pytest.fixture(autouse=True)
def _clean_qt(own_settings: None, one_collector: None, no_window_left: None, qapp) -> None:
    if qapp.platformName() == "offscreen":
        pytest.skip("needs a real window system: make test")
