"""One parameter is found by its layer, its source and its unit."""

import pytest

from nnviz.engine.layout import Layout
from nnviz.ui.plots.landscape.parameter_choice import ParameterChoice, parameter_name

from .conftest import choose

LAYOUT = Layout((2, 3, 1))


@pytest.fixture
def choice(qtbot):
    choice = ParameterChoice()
    qtbot.addWidget(choice)
    return choice


def test_every_parameter_is_shown_without_telling(choice) -> None:
    heard = []
    choice.chosen.connect(heard.append)
    for number in range(LAYOUT.parameter_count):
        choice.show_parameter(LAYOUT, number)
        place = LAYOUT.parameter(number)
        assert [choice.layer.key(), choice.source.key(), choice.target.key()] == [
            str(place.layer),
            str(place.i),
            str(place.j),
        ]
    assert not heard


def test_what_is_chosen_is_told_by_its_number(choice) -> None:
    heard = []
    choice.chosen.connect(heard.append)
    choice.show_parameter(LAYOUT, 0)
    choose(choice.target, "2")
    choose(choice.source, "-1")
    choose(choice.layer, "2")
    assert heard == [LAYOUT.index(1, 0, 2), LAYOUT.index(1, -1, 2), LAYOUT.index(2, 0, 0)]


def test_a_parameter_that_does_not_exist_is_not_shown(choice) -> None:
    choice.show_parameter(LAYOUT, 1)
    choice.show_parameter(LAYOUT, 99)
    assert choice.target.key() == "1"


def test_units_are_counted_from_1() -> None:
    assert parameter_name(LAYOUT, 1) == "weight 1 → 2, layer 1"
    assert parameter_name(LAYOUT, 6) == "bias 1, layer 1"
