import numpy
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.ui.plots.surface.curve_plot_1d import CurvePlot1D, gaps_of
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.plots.surface.surface_view import EMPTY
from nnviz.ui.theme import DARK, LIGHT

X = numpy.linspace(-2.0, 2.0, 401)


@pytest.fixture
def shown(ground) -> CurvePlot1D:
    view = CurvePlot1D()
    ground.show(view)
    view.show_curve(X, X * X, names=("w", "J(w)"))
    QApplication.processEvents()
    return view


def test_a_click_anywhere_is_a_start_on_the_curve(ground, shown) -> None:
    with ground.qtbot.waitSignal(shown.clicked) as signal:
        QTest.mouseClick(
            shown.chart.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            shown.chart.pixel_of(1.5, 3.5),
        )
    assert signal.args == pytest.approx([1.5, 2.25], abs=0.05)


def test_the_tangent_touches_with_its_slope_and_the_legend_says_it(shown) -> None:
    shown.show_tangent((1.0, 1.0, 2.0))
    assert shown.touching.ys.tolist() == pytest.approx([1.0 - 6.0, 1.0 + 2.0])
    assert any(entry.strong == "2" for entry in shown.legend.entries)
    shown.show_tangent((numpy.nan, 1.0, 2.0))
    assert len(shown.touching.xs) == 0
    shown.show_tangent(None)
    assert not any("tangent" in entry.text for entry in shown.legend.entries)


def test_gaps_are_found_to_their_last_known_samples() -> None:
    z = numpy.ones(8)
    z[[0, 3, 4]] = numpy.nan
    assert gaps_of(numpy.arange(8.0), z) == [(0.0, 1.0), (2.0, 5.0)]
    assert gaps_of(numpy.arange(3.0), numpy.full(3, numpy.inf)) == [(0.0, 2.0)]


def test_a_gap_is_hatched_and_named_and_has_no_height(ground, shown) -> None:
    with numpy.errstate(invalid="ignore", divide="ignore"):
        shown.show_curve(X, numpy.log(X))
    assert numpy.isnan(shown.height_at(-1.0))
    assert shown.height_at(1.0) == pytest.approx(0.0, abs=1e-4)
    assert "no value here" in [entry.text for entry in shown.legend.entries]
    ground.mouse(shown.chart.viewport(), QEvent.Type.MouseMove, QPointF(shown.chart.pixel_of(-1.0, 0.0)))
    assert shown.chart.readout_text.endswith("no value")


def test_runners_marks_and_arrows_lie_at_their_heights(ground, shown) -> None:
    runner = numpy.array([1.8, -1.2, 0.7])
    shown.show_paths([SurfacePath(runner, numpy.zeros(3), runner**2, QColor("#c02040"), "α = 0.9")])
    shown.show_marks([SurfaceMark("minimum", 0.0, 0.0, label="minimum"), SurfaceMark("start", 9.0, 0.0)])
    shown.show_arrows([SurfaceArrow((1.8, 3.24), (1.0, 99.0), QColor("blue"), "step")])
    assert shown.chart.signs.places == [(0.0, pytest.approx(0.0, abs=1e-9))]
    assert shown.chart.signs.arrows[0].end == (1.0, 3.24)
    svg = ground.svg(shown.picture_part())
    for text in ("minimum", "α = 0.9", "step", "J(w)"):
        assert f">{text}</text>" in svg


def test_the_keyboard_chooses_a_start(ground, shown) -> None:
    QTest.keyClick(shown.chart, Qt.Key.Key_Left)
    with ground.qtbot.waitSignal(shown.clicked) as signal:
        QTest.keyClick(shown.chart, Qt.Key.Key_Enter)
    assert signal.args == pytest.approx([-0.08, 0.0064], abs=1e-3)


def test_the_readout_is_the_curve_over_the_cursor(ground, shown) -> None:
    ground.mouse(shown.chart.viewport(), QEvent.Type.MouseMove, QPointF(shown.chart.pixel_of(0.5, 3.0)))
    said = shown.chart.readout_text.split("\n")
    assert said[0].startswith("w = 0.5") or said[0].startswith("w = 0.49")
    assert float(said[1].split(" = ")[1]) == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize(
    "z",
    [numpy.full(401, numpy.nan), numpy.zeros(401), numpy.full(401, -3.0), 1e307 * X, 1e-308 * X, numpy.exp(350.0 * X)],
)
def test_what_cannot_be_drawn_raises_nothing(ground, z: numpy.ndarray) -> None:
    view = CurvePlot1D()
    ground.show(view)
    view.show_curve(X, z)
    paths, marks, arrows = ground.overlays()
    view.show_paths(paths)
    view.show_marks(marks)
    view.show_arrows(arrows)
    view.show_tangent((0.0, 1e308, 1e308))
    view.grab()
    view.chart.move_cross(0.3, 0.0)
    assert len(view.numbers()) == 402


def test_an_empty_curve_teaches_and_two_points_are_a_curve(ground) -> None:
    view = CurvePlot1D()
    ground.show(view)
    assert EMPTY.split()[0] in ground.svg(view.picture_part())
    assert view.numbers() == []
    view.show_curve(numpy.array([0.0, 1.0]), numpy.array([1.0, 2.0]))
    assert view.numbers() == [("x", "f(x)"), ("0", "1"), ("1", "2")]
    view.show_curve(numpy.zeros(0), numpy.zeros(0))
    assert EMPTY.split()[0] in ground.svg(view.picture_part())


def test_themes_and_lecture_sizes(shown) -> None:
    pictures = [shown.figure.grab().toImage()]
    for theme in (DARK, LIGHT.for_lecture(), LIGHT):
        shown.set_theme(theme)
        QApplication.processEvents()
        pictures.append(shown.figure.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
