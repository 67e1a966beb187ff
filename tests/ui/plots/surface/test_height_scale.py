import numpy
import pytest

from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.theme import LIGHT


def test_a_linear_scale_spans_what_is_finite() -> None:
    scale = HeightScale.of(numpy.array([[2.0, 4.0], [3.0, 3.0]]))
    assert (scale.low, scale.high) == (2.0, 4.0)
    assert scale.shares(numpy.array([2.0, 3.0, 4.0, numpy.nan]))[:3].tolist() == [0.0, 0.5, 1.0]
    assert numpy.isnan(scale.shares(numpy.array([numpy.inf]))[0])


def test_a_logarithmic_scale_is_of_powers_of_ten_and_cut_off_six_decades_below() -> None:
    z = 10.0 ** numpy.linspace(-12.0, 3.0, 200)
    scale = HeightScale.of(z, logarithmic=True)
    assert scale.high == pytest.approx(3.0)
    assert scale.low == pytest.approx(-3.0)
    assert scale.shares(numpy.array([1.0, 1e-9, 0.0])).tolist() == pytest.approx([0.5, 0.0, 0.0])
    assert scale.height(2.0) == pytest.approx(100.0)
    assert scale.title("J") == "J"


def test_negative_heights_are_measured_from_the_lowest() -> None:
    scale = HeightScale.of(numpy.linspace(-5.0, 5.0, 101), logarithmic=True)
    assert scale.offset == -5.0
    assert scale.title("J") == "J − min J"
    assert scale.places(numpy.array([5.0]))[0] == pytest.approx(1.0)


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize(
    "z",
    [
        numpy.full(4, numpy.nan),
        numpy.zeros(4),
        numpy.full(4, -7.0),
        numpy.full(4, 1e300),
        numpy.array([-1e308, 1e308]),
        numpy.array([0.0, 5e-324]),
        numpy.array([1.0, 1.0 + 2.3e-16]),
    ],
)
def test_every_scale_has_a_length_and_places_its_heights_on_it(z: numpy.ndarray, logarithmic: bool) -> None:
    scale = HeightScale.of(z, logarithmic=logarithmic)
    assert scale.low < scale.high
    shares = scale.shares(z)
    assert numpy.all(numpy.isnan(shares) | ((shares >= -0.01) & (shares <= 1.01) | (numpy.abs(z) > 1e300)))
    rows = scale.colors(z, LIGHT.sequential())
    assert numpy.all((rows >= 0) & (rows < 256))
    assert isinstance(scale.ticks(200.0, 13), list)


def test_a_scale_says_two_numbers_also_where_there_is_little_room() -> None:
    assert len(HeightScale(0.2, 890.0).ticks(40.0, 13)) >= 2


def test_needles_at_the_edge_of_a_hole_do_not_take_the_scale() -> None:
    z = numpy.linspace(0.0, 1.0, 1000)
    z[0], z[1] = -50.0, numpy.nan
    assert HeightScale.of(z).low > -1.0
    assert HeightScale.of(numpy.delete(z, 1)).low == -50.0
