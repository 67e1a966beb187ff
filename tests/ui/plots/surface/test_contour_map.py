import itertools

import numpy
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.ui.plots.surface.contour_map import ContourMap, evenly
from nnviz.ui.plots.surface.overlays import ClassMap, SurfaceMark
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.surface_view import EMPTY
from nnviz.ui.theme import DARK, LIGHT


@pytest.fixture
def shown(ground) -> ContourMap:
    view = ContourMap()
    ground.show(view)
    view.show_grid(ground.bowl())
    QApplication.processEvents()
    return view


def pixel(view: ContourMap, x: float, y: float) -> QPointF:
    return QPointF(view.chart.pixel_of(x, y))


def color_at(view: ContourMap, x: float, y: float) -> QColor:
    return view.chart.grab().toImage().pixelColor(view.chart.pixel_of(x, y))


def test_a_click_says_where(ground, shown) -> None:
    with ground.qtbot.waitSignal(shown.clicked) as signal:
        QTest.mouseClick(
            shown.chart.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            shown.chart.pixel_of(1.0, 2.0),
        )
    assert signal.args == pytest.approx([1.0, 2.0], abs=0.02)


def test_a_movable_mark_is_dragged_and_another_is_not(ground, shown) -> None:
    shown.show_marks([SurfaceMark("minimum", -1.0, 0.0), SurfaceMark("start", 1.0, 1.0, movable=True)])
    moved: list[tuple[int, float, float]] = []
    shown.mark_moved.connect(lambda *where: moved.append(where))
    view, home = shown.chart.viewport(), shown.chart.box.viewRange()
    ground.drag(view, pixel(shown, 1.0, 1.0), pixel(shown, 0.5, 2.0))
    assert moved[-1] == pytest.approx((1, 0.5, 2.0), abs=0.02)
    assert shown.chart.box.viewRange() == home
    moved.clear()
    ground.mouse(view, QEvent.Type.MouseMove, pixel(shown, 0.0, 0.0))
    assert moved == []


def test_the_readout_says_the_height_between_the_samples(ground, shown) -> None:
    ground.mouse(shown.chart.viewport(), QEvent.Type.MouseMove, pixel(shown, 0.5, 0.5))
    said = shown.chart.readout_text.split("\n")
    assert [line.split(" = ")[0] for line in said] == ["x", "y", "J"]
    assert float(said[2].split(" = ")[1]) == pytest.approx(0.75, abs=0.05)
    assert shown.chart.cross.spot == pytest.approx((0.5, 0.5), abs=0.02)
    shown.forget_cursor()
    assert shown.chart.cross.spot is None


def test_the_keyboard_moves_a_cross_and_chooses(ground, shown) -> None:
    shown.chart.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(shown.chart, key)
    assert shown.chart.cross.spot == pytest.approx((2 * 4.0 / 50.0, 1.0 + 4.0 / 50.0))
    with ground.qtbot.waitSignal(shown.clicked) as signal:
        QTest.keyClick(shown.chart, Qt.Key.Key_Return)
    assert signal.args == pytest.approx([0.16, 1.08])
    QTest.keyClick(shown.chart, Qt.Key.Key_Plus)
    assert shown.chart.box.viewRange()[0] == pytest.approx([-1.6, 1.6])
    QTest.keyClick(shown.chart, Qt.Key.Key_Home)
    assert shown.chart.box.viewRange()[0] == pytest.approx([-2.0, 2.0])


def test_what_the_user_zoomed_to_stays_when_the_surface_changes(ground, shown) -> None:
    shown.chart.zoom(2.0)
    shown.show_grid(ground.bowl(17))
    assert shown.chart.box.viewRange()[0] == pytest.approx([-1.0, 1.0])
    shown.reset.click()
    assert shown.chart.box.viewRange()[0] == pytest.approx([-2.0, 2.0])


def test_colours_are_those_of_the_heights_and_holes_are_neutral(ground, shown) -> None:
    shown.set_looks(lines=False)
    table = LIGHT.sequential()
    bottom, top = color_at(shown, 0.0, 0.0), color_at(shown, 1.97, 2.97)
    assert [bottom.red(), bottom.green(), bottom.blue()] == pytest.approx(table[0].tolist(), abs=12)
    assert [top.red(), top.green(), top.blue()] == pytest.approx(table[-1].tolist(), abs=25)
    shown.show_grid(ground.holed())
    QApplication.processEvents()
    assert color_at(shown, 0.0, 0.0).hsvSaturationF() < 0.2
    assert "no value here" in [entry.text for entry in shown.legend.entries]


def test_equal_axes_have_equal_units(shown) -> None:
    shown.equal.click()
    QApplication.processEvents()
    mapping = shown.chart.mapping()
    across = mapping.width / (mapping.right - mapping.left)
    assert across == pytest.approx(mapping.height / (mapping.top - mapping.bottom), rel=0.02)


def test_basins_have_the_colours_of_their_minima_and_names(ground, shown) -> None:
    places = numpy.linspace(-2.0, 2.0, 20)
    classes = numpy.zeros((20, 20), dtype=int)
    classes[:, 10:] = 1
    classes[0] = -1
    basins = ClassMap(places, numpy.linspace(-1.0, 3.0, 20), classes, ["west", "east"], [QColor("red"), QColor("blue")])
    shown.set_looks(lines=False)
    shown.show_classes(basins)
    QApplication.processEvents()
    west, east = color_at(shown, -1.0, 1.0), color_at(shown, 1.0, 1.0)
    assert west.red() > west.blue() + 100
    assert east.blue() > east.red() + 100
    assert {"west", "east", "no minimum"} <= {entry.text for entry in shown.legend.entries}
    assert [row[2] for row in shown.numbers()[1:3]] == ["no minimum", "no minimum"]
    assert shown.numbers()[-1][2] == "east"
    ground.mouse(shown.chart.viewport(), QEvent.Type.MouseMove, pixel(shown, 1.0, 1.0))
    assert shown.chart.readout_text.endswith("leads to east")
    shown.show_classes(None)
    assert shown.with_bar.bar.isVisible()


def test_a_vector_picture_has_its_texts_as_texts(ground, shown) -> None:
    paths, marks, arrows = ground.overlays()
    shown.show_paths(paths)
    shown.show_marks(marks)
    shown.show_arrows(arrows)
    svg = ground.svg(shown.picture_part())
    for text in ("saddle", "step", "runner", "20"):
        assert f">{text}</text>" in svg


def test_every_look_and_theme_draws(ground, shown) -> None:
    paths, marks, arrows = ground.overlays()
    shown.show_paths(paths)
    shown.show_marks(marks)
    shown.show_arrows(arrows)
    pictures = [shown.figure.grab().toImage()]
    for control in (shown.heat, shown.scale.button("log"), shown.lines, shown.heat, shown.equal):
        control.click()
        QApplication.processEvents()
        pictures.append(shown.figure.grab().toImage())
    for theme in (DARK, LIGHT.for_lecture()):
        shown.set_theme(theme)
        pictures.append(shown.figure.grab().toImage())
    assert all(one != other for one, other in itertools.pairwise(pictures))


def test_what_cannot_be_drawn_raises_nothing(ground, odd_grid) -> None:
    view = ContourMap()
    ground.show(view)
    paths, marks, arrows = ground.overlays()
    for logarithmic in (False, True):
        view.set_looks(logarithmic=logarithmic)
        view.show_grid(odd_grid)
        view.show_paths(paths)
        view.show_marks(marks)
        view.show_arrows(arrows)
        view.grab()
        view.chart.move_cross(0.1, 0.1)
    assert len(view.numbers()) == odd_grid.z.size + 1


def test_an_empty_map_teaches(ground) -> None:
    view = ContourMap()
    ground.show(view)
    assert EMPTY.split()[0] in ground.svg(view.picture_part())
    assert view.numbers() == []
    view.show_grid(ground.bowl())
    assert EMPTY.split()[0] not in ground.svg(view.picture_part())
    view.show_grid(None)
    assert view.grid is None


def test_samples_that_are_not_evenly_apart_are_made_so() -> None:
    x, y = numpy.array([0.0, 1.0, 4.0]), numpy.array([0.0, 1.0, 2.0])
    grid = evenly(SurfaceGrid(x, y, numpy.tile(x, (3, 1))))
    assert grid.x.tolist() == [0.0, 2.0, 4.0]
    assert grid.z[0].tolist() == [0.0, 2.0, 4.0]
    assert evenly(grid) is grid
