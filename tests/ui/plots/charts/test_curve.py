import numpy

from nnviz.ui.plots.charts.curve import envelope


def test_the_envelope_keeps_every_peak() -> None:
    rng = numpy.random.default_rng(0)
    x, y = numpy.linspace(0.0, 99.0, 5000), rng.normal(size=5000)
    column, low, high = envelope(x, y)
    assert len(column) == 100
    assert high.max() == y.max()
    assert low.min() == y.min()


def test_neighbouring_bars_touch_also_where_the_line_is_steep() -> None:
    x = numpy.array([0.2, 0.8, 5.5, 6.1])
    y = numpy.array([0.0, 10.0, -10.0, 0.0])
    column, low, high = envelope(x, y)
    assert list(column) == [0, 1, 2, 3, 4, 5, 6]
    assert numpy.all(low[1:] <= high[:-1])
    assert numpy.all(high[1:] >= low[:-1])


def test_a_gap_stays_a_gap() -> None:
    y = numpy.array([1.0, 1.0, numpy.nan, numpy.nan, 2.0, 2.0])
    _, low, high = envelope(numpy.arange(6.0), y)
    assert numpy.isnan(low).tolist() == [False, False, True, True, False, False]
    assert numpy.isnan(high).tolist() == [False, False, True, True, False, False]
