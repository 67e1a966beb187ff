"""Where the zones of the gradient flow begin is remembered."""

import pytest

from nnviz.ui.preferences import Preferences


@pytest.mark.usefixtures("qapp")
def test_zones_are_remembered_and_what_is_no_number_is_not() -> None:
    preferences = Preferences()
    assert preferences.zones is None
    preferences.zones = 1.5
    assert Preferences().zones == 1.5
    preferences._settings.setValue("zones", "far")
    assert Preferences().zones is None
