import itertools

import numpy
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.ui.plots.surface.brushes import Brushes
from nnviz.ui.plots.surface.camera import Camera
from nnviz.ui.plots.surface.overlays import SurfacePath
from nnviz.ui.plots.surface.surface_3d import Surface3D
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.surface_painter import SurfacePainter
from nnviz.ui.plots.surface.surface_scene import SurfaceScene, room
from nnviz.ui.plots.surface.surface_view import EMPTY
from nnviz.ui.theme import DARK, LIGHT

PLACE = QRectF(0, 0, 400, 300)


@pytest.fixture
def shown(ground) -> Surface3D:
    view = Surface3D()
    ground.show(view)
    view.show_grid(ground.bowl())
    return view


def painted(scene: SurfaceScene, scale: int = 1) -> QImage:
    picture = QImage(400 * scale, 300 * scale, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(LIGHT.color("surface"))
    painter = QPainter(picture)
    SurfacePainter().paint(painter, PLACE, scene, LIGHT)
    painter.end()
    return picture


@pytest.mark.parametrize("camera", [Camera(), Camera(120.0, 55.0), Camera(-75.0, 70.0, 1.5, perspective=False)])
def test_a_click_is_the_surface_point_under_the_mouse_from_wherever_one_looks(ground, shown, camera: Camera) -> None:
    shown.set_camera(camera)
    canvas, rng = shown.canvas, numpy.random.default_rng(1)
    tried = 0
    for x, y in rng.uniform((-1.5, -0.8), (1.5, 1.0), (12, 2)):
        pixel = canvas.pixel_of(x, y)
        if not QRectF(canvas.rect()).contains(pixel):
            continue
        found = canvas.at(pixel)
        # What is hidden behind the rim is not what is under the mouse.
        if found is None or numpy.hypot(found[0] - x, found[1] - y) > 0.5:
            continue
        tried += 1
        with ground.qtbot.waitSignal(shown.clicked) as signal:
            ground.click(canvas, pixel)
        # As exact as the mesh: between the two triangles of a cell and its bilinear patch.
        assert tuple(signal.args) == pytest.approx((x, y), abs=0.02)
    assert tried >= 5


def test_where_nothing_is_a_click_says_nothing(ground, shown) -> None:
    got: list[float] = []
    shown.clicked.connect(lambda a, b: got.append(a))
    ground.click(shown.canvas, QPointF(2.0, 2.0))
    assert got == []
    shown.show_grid(ground.holed())
    shown.set_camera(Camera(0.0, 90.0))
    middle = shown.canvas.pixel_of(1.9, 0.0) + shown.canvas.pixel_of(-1.9, 0.0)
    ground.click(shown.canvas, middle * 0.5)
    assert got == []


def test_dragging_turns_and_is_no_click(ground, shown) -> None:
    got: list[float] = []
    shown.clicked.connect(lambda a, b: got.append(a))
    before = shown.camera
    ground.drag(shown.canvas, QPointF(300, 240), QPointF(400, 280))
    assert shown.camera.azimuth < before.azimuth
    assert shown.camera.elevation > before.elevation
    assert got == []
    assert shown.canvas.moving


def test_keys_and_wheel_turn_zoom_and_reset(ground, shown) -> None:
    canvas, home = shown.canvas, shown.camera
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Plus):
        QTest.keyClick(canvas, key)
    assert shown.camera.azimuth > home.azimuth
    assert shown.camera.elevation > home.elevation
    assert shown.camera.zoom > home.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert shown.camera == home
    none = Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert shown.camera.zoom < home.zoom
    shown.reset.click()
    assert shown.camera == home
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    ground.mouse(canvas, QEvent.Type.MouseButtonDblClick, QPointF(20, 20))
    assert shown.camera == home


def test_a_view_chosen_before_there_is_a_surface_is_kept_for_it(ground) -> None:
    view = Surface3D()
    ground.show(view)
    view.set_camera(Camera(10.0, 60.0), home=True)
    view.show_grid(ground.bowl())
    assert view.camera == Camera(10.0, 60.0)


def test_a_motion_is_drawn_coarsely_and_then_in_full(ground, qtbot) -> None:
    view = Surface3D()
    ground.show(view)
    view.show_grid(ground.bowl(129))
    full = view.canvas.grab().toImage()
    view.show_paths([ground.path()], animated=True)
    assert view.canvas.moving
    view.show_paths([])
    qtbot.waitUntil(lambda: not view.canvas.moving)
    assert view.canvas.grab().toImage() == full


def test_the_readout_says_x_y_and_z(ground, shown) -> None:
    ground.mouse(shown.canvas, QEvent.Type.MouseMove, shown.canvas.pixel_of(0.5, 0.25))
    said = dict(line.split(" = ") for line in shown.canvas.readout_text.split("\n"))
    assert list(said) == ["x", "y", "J"]
    x, y, z = (float(value) for value in said.values())
    assert (x, y) == pytest.approx((0.5, 0.25), abs=0.02)
    assert z == pytest.approx(x * x + 2.0 * y * y, abs=0.05)
    shown.forget_cursor()
    assert shown.canvas.readout_text == ""


def test_what_is_in_front_covers_what_is_behind(ground) -> None:
    places = numpy.linspace(-1.0, 1.0, 33)
    _, v = numpy.meshgrid(places, places)
    # A low wall in front, and a high one far behind it.
    z = numpy.where(numpy.abs(v + 0.5) < 0.2, 0.5, 0.0) + numpy.where(numpy.abs(v - 0.75) < 0.2, 1.0, 0.0)
    grid = SurfaceGrid(places, places, z)
    scene = SurfaceScene(grid, camera=Camera(0.0, 10.0), shading=False)
    painter = SurfacePainter()
    frame, _ = painter.frame_and_mesh(scene)
    projection = scene.camera.onto(room(PLACE, LIGHT))
    pixel, _ = projection.pixels(frame.box(numpy.array(0.02), numpy.array(-0.5), numpy.array(0.5)))
    top = painted(scene).pixelColor(round(pixel[0]), round(pixel[1]))
    expected = Brushes(LIGHT.sequential()).chosen(numpy.array([0.5]), None)[0].color()
    assert [top.red(), top.green(), top.blue()] == pytest.approx(
        [expected.red(), expected.green(), expected.blue()], abs=12
    )


def test_a_path_behind_a_hill_is_dimmed_and_one_before_it_is_not(ground) -> None:
    places = numpy.linspace(-1.0, 1.0, 33)
    _, v = numpy.meshgrid(places, places)
    grid = SurfaceGrid(places, places, numpy.exp(-8.0 * (v**2)))
    red = QColor(255, 0, 0)

    def reddest(y: float) -> int:
        x = numpy.linspace(-0.6, 0.6, 30)
        path = SurfacePath(x, numpy.full(30, y), numpy.exp(numpy.full(30, -8.0 * y * y)), red)
        without, picture = (painted(SurfaceScene(grid, paths, camera=camera)) for paths in ((), (path,)))
        places = [(a, b) for a in range(150, 250) for b in range(40, 260)]
        return max(picture.pixelColor(*at).red() - without.pixelColor(*at).red() for at in places)

    camera = Camera(0.0, 12.0)
    assert reddest(-0.6) > 150
    assert 20 < reddest(0.6) < 100


def test_holes_let_the_floor_be_seen_and_the_legend_names_them(ground, shown) -> None:
    assert not any("no value" in entry.text for entry in shown.legend.entries)
    grid = ground.holed()
    shown.show_grid(grid)
    assert any("no value" in entry.text for entry in shown.legend.entries)
    scene = SurfaceScene(grid, camera=Camera(0.0, 90.0))
    color = painted(scene).pixelColor(200, 150)
    assert color.hsvSaturationF() < 0.1


def test_a_vector_picture_has_its_texts_as_texts(ground, shown) -> None:
    paths, marks, arrows = ground.overlays()
    shown.show_paths(paths)
    shown.show_marks(marks)
    shown.show_arrows(arrows)
    svg = ground.svg(shown.picture_part())
    for text in ("x", "y", "J", "saddle", "step", "runner"):
        assert f">{text}</text>" in svg
    assert "<polygon" in svg or "<path" in svg
    assert "<image" not in svg


def test_a_pdf_holds_the_surface_as_a_drawing(ground, shown) -> None:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    painter = QPainter(writer)
    SurfacePainter().paint(painter, PLACE, shown.canvas.scene, LIGHT)
    painter.end()
    buffer.close()
    data = bytes(content.data())
    assert data.startswith(b"%PDF")
    assert b"/Subtype /Image" not in data
    assert b"/Font" in data


def test_a_finer_picture_is_painted_finely_and_not_enlarged(shown) -> None:
    pictures = []
    for scale in (1, 3):
        picture = QImage(shown.canvas.size() * scale, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(scale)
        shown.canvas.render(picture)
        picture.setDevicePixelRatio(1.0)
        pictures.append(picture.scaled(shown.canvas.size() * 3))
    assert pictures[0] != pictures[1]


def test_the_paths_are_a_table_too(ground, shown) -> None:
    assert shown.more_numbers()["paths"] == []
    path = ground.path(3)
    shown.show_paths([path])
    table = shown.more_numbers()["paths"]
    assert table[0] == ("path", "point", *shown.numbers()[0])
    assert table[3][:2] == ("runner", "2")
    assert float(table[3][2]) == path.x[2]


def test_every_look_and_theme_draws(ground, shown) -> None:
    paths, marks, arrows = ground.overlays()
    shown.show_paths(paths)
    shown.show_marks(marks)
    shown.show_arrows(arrows)
    pictures = [shown.figure.grab().toImage()]
    for chip in (shown.wire, shown.shadow, shown.shading, shown.perspective):
        chip.click()
        pictures.append(shown.figure.grab().toImage())
    shown.scale.button("log").click()
    pictures.append(shown.figure.grab().toImage())
    for theme in (DARK, LIGHT.for_lecture()):
        shown.set_theme(theme)
        pictures.append(shown.figure.grab().toImage())
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_what_cannot_be_drawn_raises_nothing(ground, odd_grid) -> None:
    view = Surface3D()
    ground.show(view)
    paths, marks, arrows = ground.overlays()
    for logarithmic in (False, True):
        view.set_looks(logarithmic=logarithmic, wire=True, shadow=True)
        view.show_grid(odd_grid)
        view.show_paths(paths)
        view.show_marks(marks)
        view.show_arrows(arrows)
        for camera in (Camera(), Camera(0.0, 0.0), Camera(90.0, 90.0)):
            view.set_camera(camera)
            view.grab()
            ground.mouse(view.canvas, QEvent.Type.MouseMove, QPointF(300.0, 200.0))
    assert len(view.numbers()) == odd_grid.z.size + 1


def test_an_empty_view_teaches_and_a_message_takes_the_place_of_the_surface(ground) -> None:
    view = Surface3D()
    ground.show(view)
    assert view.canvas.message == EMPTY
    assert view.numbers() == []
    assert EMPTY.split()[0] in ground.svg(view.picture_part())
    view.show_grid(ground.bowl())
    assert view.canvas.message == ""
    view.show_message("The rate is too high.")
    assert "too high" in ground.svg(view.picture_part())
    view.show_message("")
    assert view.canvas.message == ""
    view.show_grid(None)
    assert view.canvas.message == EMPTY


def test_setting_looks_from_the_program_is_silent_and_seen(shown) -> None:
    got: list[object] = []
    shown.wire.toggled.connect(got.append)
    shown.set_looks(wire=True, logarithmic=True)
    assert got == []
    assert shown.canvas.scene.wire
    assert shown.canvas.scene.logarithmic


def test_controls_are_named_for_those_who_cannot_see_them(shown) -> None:
    for control in (shown.wire, shown.shadow, shown.shading, shown.perspective, shown.reset, shown.canvas, shown.scale):
        assert control.accessibleName()
        assert control.focusPolicy() != Qt.FocusPolicy.NoFocus or control is shown.scale
