"""What every test of Qt gets, without a display."""

import pytest


@pytest.fixture(autouse=True)
def _clean_qt(own_settings: None, one_collector: None, no_window_left: None) -> None:
    pass
