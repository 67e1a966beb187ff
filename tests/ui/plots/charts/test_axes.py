import itertools
import math

import pytest
from PySide6.QtGui import QFontMetricsF

from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis, PlaceAxis
from nnviz.ui.theme import LIGHT


def labels(axis: NumberAxis, low: float, high: float, pixels: float) -> tuple[list[float], list[str]]:
    spacing, places = axis.tickValues(low, high, pixels)[0]
    return places, axis.tickStrings(places, 1.0, spacing)


@pytest.mark.parametrize("pixels", [60.0, 240.0, 900.0])
@pytest.mark.parametrize(("low", "high"), [(-10.0, 0.0), (-3.2, 0.1), (-1.31, -0.92), (-0.02, 0.02), (-300.0, 20.0)])
def test_labels_of_decades_never_touch(low: float, high: float, pixels: float) -> None:
    axis = DecadeAxis("left", "J")
    axis.restyle(LIGHT)
    places, texts = labels(axis, low, high, pixels)
    distance = [(b - a) / (high - low) * pixels for a, b in itertools.pairwise(places)]
    assert min(distance, default=math.inf) >= QFontMetricsF(LIGHT.font(0.92)).height() * 0.7
    assert len(texts) >= (2 if pixels >= 240 else 0)
    assert len(set(texts)) == len(texts)


def test_whole_decades_are_written_as_powers_of_ten() -> None:
    assert labels(DecadeAxis("left", "J"), -4.0, 0.0, 300.0)[1] == ["10⁻⁴", "10⁻³", "10⁻²", "0.1", "1"]


def test_zero_has_a_place_of_its_own() -> None:
    axis = DecadeAxis("left", "J")
    axis.zero_at = -6.0
    assert labels(axis, -6.2, 0.0, 300.0)[1][0] == "0"


def test_a_linear_axis_writes_as_many_decimals_as_it_needs() -> None:
    assert labels(NumberAxis("left", "x"), -1.0, 1.0, 200.0)[1] == ["−1.0", "−0.5", "0.0", "0.5", "1.0"]
    assert labels(NumberAxis("bottom", "x"), 0.0, 400_000.0, 400.0)[1][-1] == "400,000"


def test_the_last_of_many_places_is_always_named() -> None:
    axis = PlaceAxis("bottom", "layer")
    axis.names = [str(l) for l in range(1, 51)]
    spacing, places = axis.tickValues(-0.5, 49.5, 400.0)[0]
    assert axis.tickStrings(places, 1.0, spacing)[-1] == "50"
    assert len(places) < 30


def test_decades_between_two_multiples_of_the_stride_are_still_labelled() -> None:
    places, texts = labels(DecadeAxis("left", "J"), -7.3, -0.3, 120.0)
    assert len(texts) >= 2
    assert all(place == round(place) for place in places)


def test_a_name_given_after_the_axis_has_its_size_is_in_its_middle(qtbot) -> None:
    axis = NumberAxis("bottom", "")
    axis.restyle(LIGHT)
    axis.resize(400.0, 40.0)
    for name in ("step", "a much longer name of an axis"):
        axis.rename(name)
        middle = axis.label.pos().x() + axis.label.boundingRect().width() / 2
        assert middle == pytest.approx(200.0, abs=1.0)
