import math

import numpy
import pytest
from PySide6.QtCore import QRectF

from nnviz.ui.plots.surface.camera import EYE, HALF, Camera

PLACE = QRectF(10.0, 20.0, 400.0, 300.0)
VIEWS = [Camera(azimuth, elevation) for azimuth in (-170.0, -38.0, 0.0, 90.0, 141.0) for elevation in (0.0, 33.0, 90.0)]


def about_upright(angle: float) -> numpy.ndarray:
    c, s = math.cos(angle), math.sin(angle)
    return numpy.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def about_right(angle: float) -> numpy.ndarray:
    c, s = math.cos(angle), math.sin(angle)
    return numpy.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


@pytest.mark.parametrize("camera", VIEWS)
def test_the_rotation_is_a_turn_about_the_upright_axis_then_a_tilt(camera: Camera) -> None:
    turned = about_right(math.radians(camera.elevation)) @ about_upright(math.radians(camera.azimuth))
    # The tilt of a camera that looks along the horizontal: up is z, and what is near has a small y.
    level = numpy.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
    assert numpy.allclose(camera.rotation(), level @ turned)
    assert numpy.allclose(camera.rotation() @ camera.rotation().T, numpy.eye(3))
    assert numpy.linalg.det(camera.rotation()) == pytest.approx(1.0)


def test_from_above_the_picture_is_a_map() -> None:
    projection = Camera(0.0, 90.0, perspective=False).onto(PLACE)
    pixels, near = projection.pixels(numpy.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    across, up = pixels[1] - pixels[0], pixels[2] - pixels[0]
    assert across[0] > 0
    assert across[1] == pytest.approx(0.0)
    assert up[0] == pytest.approx(0.0, abs=1e-9)
    assert up[1] == pytest.approx(-across[0])
    assert near.tolist() == pytest.approx([0.0, 0.0, 0.0, 1.0])


def test_perspective_shrinks_by_the_distance_from_the_eye() -> None:
    projection = Camera(0.0, 0.0).onto(PLACE)
    pixels, _ = projection.pixels(numpy.array([[-0.5, -1.0, 0.0], [0.5, -1.0, 0.0], [-0.5, 1.0, 0.0], [0.5, 1.0, 0.0]]))
    front, back = pixels[1, 0] - pixels[0, 0], pixels[3, 0] - pixels[2, 0]
    assert front / back == pytest.approx((EYE + 1.0) / (EYE - 1.0))


@pytest.mark.parametrize("perspective", [True, False])
@pytest.mark.parametrize("camera", VIEWS)
def test_the_line_of_sight_of_a_pixel_passes_through_the_point_that_is_drawn_there(
    camera: Camera, perspective: bool
) -> None:
    projection = Camera(camera.azimuth, camera.elevation, 1.3, perspective).onto(PLACE)
    for point in numpy.random.default_rng(0).uniform(-0.9, 0.9, (10, 3)):
        pixel, _ = projection.pixels(point)
        origin, direction = projection.ray(*pixel)
        away = numpy.linalg.norm(numpy.cross(point - origin, direction)) / numpy.linalg.norm(direction)
        assert away < 1e-9
        assert (point - origin) @ direction > 0.0


@pytest.mark.parametrize("camera", VIEWS)
def test_the_whole_box_fits_and_its_size_does_not_change_while_it_is_turned(camera: Camera) -> None:
    projection = camera.onto(PLACE)
    corners = numpy.array([[u, v, w] for u in (-1, 1) for v in (-1, 1) for w in (-HALF, HALF)])
    pixels, _ = projection.pixels(corners)
    assert numpy.all(pixels >= (PLACE.left() - 1.0, PLACE.top() - 1.0))
    assert numpy.all(pixels <= (PLACE.right() + 1.0, PLACE.bottom() + 1.0))
    assert projection.scale == pytest.approx(camera.turned(60.0, 0.0).onto(PLACE).scale, rel=1e-3)


def test_turning_wraps_around_and_stops_at_the_floor_and_overhead() -> None:
    assert Camera(170.0, 10.0).turned(20.0, 0.0).azimuth == pytest.approx(-170.0)
    assert Camera(0.0, 10.0).turned(0.0, -50.0).elevation == 0.0
    assert Camera(0.0, 10.0).turned(0.0, 500.0).elevation == 90.0
    assert Camera().zoomed(1e9).zoom == Camera().zoomed(1e10).zoom
