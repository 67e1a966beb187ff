"""What is drawn agrees with the function itself."""

import numpy
import pytest

from nnviz.experiment.descent.ground import ground_of
from nnviz.experiment.descent.samples import curve_samples, map_samples, tangent_at
from nnviz.experiment.descent.sketch import sketch_of
from nnviz.experiment.descent.specification import Descent, RunnerSpec, SurfaceSpec


def test_a_curve_spans_the_domain_and_has_the_functions_heights() -> None:
    x, heights = curve_samples(ground_of(SurfaceSpec("parabola")))
    assert (x[0], x[-1]) == (-3.0, 3.0)
    assert numpy.allclose(heights, x**2)


def test_rows_of_a_map_are_y_and_columns_x() -> None:
    ground = ground_of(SurfaceSpec("expression", expression="x + 10*y", domain=((0.0, 1.0), (0.0, 2.0))))
    x, y, heights = map_samples(ground, 5)
    assert heights.shape == (5, 5)
    assert heights[4, 1] == pytest.approx(x[1] + 10.0 * y[4])


def test_a_tangent_is_the_derivative_where_there_is_one() -> None:
    assert tangent_at(ground_of(SurfaceSpec("parabola")), 1.5) == pytest.approx((1.5, 2.25, 3.0))
    logarithm = ground_of(SurfaceSpec("expression", expression="log(x)", domain=((-1.0, 4.0),)))
    assert tangent_at(logarithm, -0.5) is None


def test_a_sketch_has_shares_of_the_picture_and_gaps_where_nothing_is_defined() -> None:
    spec = Descent(
        surface=SurfaceSpec("expression", expression="log(x) + y^2", domain=((-1.0, 4.0), (-2.0, 2.0))),
        start=(2.0, 1.0),
        runners=(RunnerSpec(learning_rate=0.1, colour=4),),
    )
    sketch = sketch_of(spec)
    assert numpy.isnan(sketch.heights[:, 0]).all()
    known = sketch.heights[numpy.isfinite(sketch.heights)]
    assert known.min() == 0.0
    assert known.max() == 1.0
    assert sketch.paths[0][0] == pytest.approx([(2.0 + 1.0) / 5.0, (1.0 + 2.0) / 4.0])
    assert sketch.colours == (4,)


def test_a_sketch_of_a_curve_has_the_paths_on_it() -> None:
    sketch = sketch_of(Descent())
    assert sketch.heights.ndim == 1
    first = sketch.paths[0][0]
    assert first == pytest.approx([5.0 / 6.0, 4.0 / 9.0])


def test_a_constant_surface_can_be_sketched() -> None:
    spec = Descent(surface=SurfaceSpec("expression", expression="3 + 0*x"), start=(1.0,))
    assert set(sketch_of(spec).heights.tolist()) == {0.0}
    nowhere = Descent(surface=SurfaceSpec("expression", expression="log(-1 - x^2)"), start=(1.0,))
    assert numpy.isnan(sketch_of(nowhere).heights).all()
