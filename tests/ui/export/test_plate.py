"""In a small place a figure is laid out legibly and drawn smaller; a column of a paper becomes as high as it needs."""

import pytest
from PySide6.QtCore import QSize

from nnviz.experiment.specification import Experiment, LayerSpec, NetworkSpec
from nnviz.ui.export.looks import SMALLEST_DRAWN, Looks, Words
from nnviz.ui.export.plate import Plate
from nnviz.ui.export.stage import LOWEST, staged
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.legend import Legend
from nnviz.ui.plots.network.network_view import NetworkView
from nnviz.ui.theme import LIGHT
from tests.ui.export.conftest import Make

WORDS = Words("A title", "a caption")
COLUMN = Looks(size="column")


def inner(plate: Plate) -> QSize:
    """The size that the figure is laid out at."""
    high = plate.size.height() - plate.above - plate.below
    return QSize(round(plate.size.width() / plate.zoom), round(high / plate.zoom))


def network(*units: int) -> Experiment:
    return Experiment(network=NetworkSpec(hidden=tuple(LayerSpec(each) for each in units)))


@pytest.mark.parametrize("key", ["network", "step", "loss", "neuron-eye", "decision-map", "outputs"])
@pytest.mark.parametrize("size", ["column", "slide"])
def test_no_figure_is_laid_out_smaller_than_it_is_legible(make: Make, key: str, size: str) -> None:
    view, _ = make(key)
    plate = Plate.of(view, Looks(size=size), WORDS)
    assert SMALLEST_DRAWN <= plate.zoom <= 1.0
    assert inner(plate).width() >= view.legible().width() - 1
    assert inner(plate).height() >= view.legible().height() - 1


def test_a_column_is_as_wide_as_a_column_however_large_the_figure_is(make: Make) -> None:
    large, small = (Plate.of(make("network", 1, network(units))[0], COLUMN, WORDS) for units in (20, 3))
    assert large.size.width() == small.size.width() == 336
    assert large.size.height() > small.size.height()


def test_the_network_of_a_paper_leaves_no_unit_out(make: Make) -> None:
    view, _ = make("network", 1, network(8, 8))
    assert isinstance(view, NetworkView)
    plate = Plate.of(view, COLUMN, WORDS)
    with staged(view, inner(plate), None):
        scene = view.scene()
        assert scene is not None
        assert [column.hidden for column in scene.frame.geometry.columns] == [0, 0, 0, 0]


def test_a_legend_in_a_picture_has_all_its_entries_and_the_chart_keeps_its_room(make: Make) -> None:
    view, _ = make("neuron-eye")
    plate = Plate.of(view, COLUMN, WORDS)
    (legend,) = view.findChildren(Legend)
    with staged(view, inner(plate), None) as part:
        assert [entry for entry, _ in legend._places()] == list(legend.entries)
        assert min(chart.height() for chart in part.findChildren(Chart)) >= LOWEST - 2


def test_afterwards_the_legend_takes_its_share_again(make: Make) -> None:
    view, _ = make("neuron-eye")
    (legend,) = view.findChildren(Legend)
    with staged(view, QSize(336, 200), None):
        high = legend.height()
    view.resize(336, 200)
    with staged(view, None, None):
        assert legend.height() == high
    view.show()
    assert legend.height() < high


def test_on_a_clear_ground_the_ground_is_clear_and_plates_are_not() -> None:
    clear = Looks(ground="transparent").theme(13)
    assert clear.color("surface").alpha() == 0
    assert clear.color("surface", 0.78) == LIGHT.color("surface", 0.78)
    assert clear.color("raised").alphaF() < 0.1
