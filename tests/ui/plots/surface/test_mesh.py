import numpy
import pytest
from PySide6.QtCore import QRectF

from nnviz.ui.plots.surface.camera import HALF, Camera
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.mesh import Frame, Mesh
from nnviz.ui.plots.surface.shot import Shot
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.surface_painter import painted_quads
from nnviz.ui.plots.surface.surface_scene import SurfaceScene
from nnviz.ui.theme import LIGHT

PLACES = numpy.linspace(0.0, 1.0, 5)


def made(z: numpy.ndarray) -> tuple[Frame, Mesh]:
    grid = SurfaceGrid(PLACES, PLACES, z)
    frame = Frame(grid, HeightScale.of(z))
    return frame, Mesh.of(frame)


def plane(slope_x: float, slope_y: float) -> numpy.ndarray:
    x, y = numpy.meshgrid(PLACES, PLACES)
    return slope_x * x + slope_y * y


def test_a_whole_grid_gives_every_cell_and_a_hole_none() -> None:
    _, mesh = made(plane(1.0, 0.0))
    assert mesh.corners.shape == (16, 4, 3)
    assert len(mesh.gaps) == 0
    z = plane(1.0, 0.0)
    z[2, 2] = numpy.nan
    z[0, 0] = z[0, 1] = numpy.inf
    _, mesh = made(z)
    present = set(zip(mesh.rows.tolist(), mesh.columns.tolist(), strict=True))
    # One missing corner leaves a triangle; the first cell lacks two.
    assert present == {(r, c) for r in range(4) for c in range(4)} - {(0, 0)}
    triangles = {(1, 1), (1, 2), (2, 1), (2, 2), (0, 1)}
    for corners, cell in zip(mesh.corners, zip(mesh.rows.tolist(), mesh.columns.tolist(), strict=True), strict=True):
        assert len(numpy.unique(corners, axis=0)) == (3 if cell in triangles else 4)
    assert numpy.all(numpy.isfinite(mesh.corners))
    assert mesh.gaps.shape == (1, 4, 3)
    assert numpy.all(mesh.gaps[..., 2] == -HALF)


def test_the_surface_fills_the_box() -> None:
    frame, mesh = made(plane(2.0, 1.0))
    assert numpy.min(mesh.corners, axis=(0, 1)) == pytest.approx([-1.0, -1.0, -HALF])
    assert numpy.max(mesh.corners, axis=(0, 1)) == pytest.approx([1.0, 1.0, HALF])
    assert frame.place(numpy.array([-1.0, 0.0, 0.0])) == pytest.approx((0.0, 0.5))


def test_normals_are_those_of_the_plane() -> None:
    _, mesh = made(plane(1.0, 0.0))
    expected = numpy.array([-HALF, 0.0, 1.0])
    assert numpy.allclose(mesh.normals, expected / numpy.linalg.norm(expected))


def test_a_ray_from_above_meets_the_surface_at_its_height_and_over_a_hole_nothing() -> None:
    z = plane(1.0, 1.0)
    z[1:3, 1:3] = numpy.nan
    _, mesh = made(z)
    point = mesh.hit(numpy.array([0.7, 0.8, 9.0]), numpy.array([0.0, 0.0, -1.0]))
    assert point is not None
    # From the box back: share of the height is the mean of the shares of x and y.
    assert point[2] == pytest.approx(HALF * (0.7 + 0.8) / 2.0)
    assert mesh.hit(numpy.array([-0.25, -0.25, 9.0]), numpy.array([0.0, 0.0, -1.0])) is None
    assert mesh.hit(numpy.array([1.5, 0.0, 9.0]), numpy.array([0.0, 0.0, -1.0])) is None


def test_a_ray_meets_the_nearest_of_two_walls() -> None:
    z = numpy.tile(numpy.array([0.0, 1.0, 0.0, 1.0, 0.0]), (5, 1))
    _, mesh = made(z)
    point = mesh.hit(numpy.array([-5.0, 0.0, 0.0]), numpy.array([1.0, 0.0, 0.0]))
    assert point is not None
    assert point[0] == pytest.approx(-0.75)


@pytest.mark.parametrize("azimuth", [0.0, 45.0, 180.0, -100.0])
def test_cells_are_painted_from_the_back_to_the_front(azimuth: float) -> None:
    frame, mesh = made(plane(0.0, 0.0))
    camera = Camera(azimuth, 20.0)
    projection = camera.onto(QRectF(0, 0, 400, 300))
    shot = Shot(SurfaceScene(frame.grid, camera=camera), frame, mesh, projection, LIGHT)
    quads, near = painted_quads(shot)
    # On a level plane seen from above whatever is nearer is lower on the picture.
    order = numpy.argsort(near)
    heights = numpy.mean(quads[order][..., 1], axis=-1)
    assert numpy.all(numpy.diff(heights) > -0.01)
    middles = numpy.mean(mesh.corners[order], axis=1) @ camera.rotation()[2]
    assert numpy.all(numpy.diff(middles) > -1e-9)


def test_cells_are_grown_by_the_seam() -> None:
    frame, mesh = made(plane(1.0, 1.0))
    projection = Camera().onto(QRectF(0, 0, 400, 300))
    shot = Shot(SurfaceScene(frame.grid), frame, mesh, projection, LIGHT)
    grown, _ = painted_quads(shot)
    plain, _ = projection.pixels(mesh.corners)
    assert numpy.allclose(numpy.linalg.norm(grown - plain, axis=-1), 0.6)


def test_light_comes_from_above_and_both_sides_of_a_surface_are_lit() -> None:
    _, mesh = made(plane(1.0, 0.0))
    shades = mesh.shades(Camera().rotation())
    flipped = Mesh(mesh.corners, -mesh.normals, mesh.shares, mesh.rows, mesh.columns, mesh.gaps)
    assert numpy.allclose(shades, flipped.shades(Camera().rotation()))
    assert numpy.all((shades >= 0.0) & (shades <= 1.0))
