"""What the tests of surfaces share: grids, vector pictures, and a mouse."""

import numpy
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid

DEGENERATE = (
    "all nan",
    "all infinite",
    "constant",
    "zero",
    "two by two",
    "two by two of nothing",
    "one sample",
    "huge",
    "tiny",
    "two rows",
)


class Ground:
    """Makes surfaces, shows widgets, and moves the mouse over them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    def bowl(self, side: int = 33) -> SurfaceGrid:
        """x² + 2y² over [-2, 2] × [-1, 3]."""
        x, y = numpy.linspace(-2.0, 2.0, side), numpy.linspace(-1.0, 3.0, side)
        u, v = numpy.meshgrid(x, y)
        return SurfaceGrid(x, y, u * u + 2.0 * v * v, z_name="J")

    def holed(self, side: int = 33) -> SurfaceGrid:
        """log(x² + y² - 1), undefined in the unit circle."""
        x = numpy.linspace(-2.0, 2.0, side)
        u, v = numpy.meshgrid(x, x)
        with numpy.errstate(invalid="ignore", divide="ignore"):
            return SurfaceGrid(x, x, numpy.log(u * u + v * v - 1.0))

    def path(self, points: int = 20, color: str = "#e0457b", label: str = "runner") -> SurfacePath:
        """A spiral on the bowl into its minimum."""
        t = numpy.linspace(0.0, 6.0, points)
        x, y = 1.8 * numpy.exp(-t / 2.0) * numpy.cos(t), numpy.exp(-t / 2.0) * numpy.sin(t)
        return SurfacePath(x, y, x * x + 2.0 * y * y, QColor(color), label)

    def overlays(self) -> tuple[list[SurfacePath], list[SurfaceMark], list[SurfaceArrow]]:
        """One or more of each kind, also with numbers that are none and far outside."""
        wild = numpy.array([0.0, 1e3, numpy.nan, 1e300, -numpy.inf, 0.1])
        paths = [self.path(), SurfacePath(wild, wild, wild, QColor("red"), "wild", dashed=True, current=1)]
        paths.append(SurfacePath(numpy.zeros(0), numpy.zeros(0), numpy.zeros(0), QColor("red")))
        kinds = ("start", "minimum", "maximum", "saddle", "current")
        marks = [SurfaceMark(kind, 0.3 * k, 0.1, label=kind) for k, kind in enumerate(kinds)]
        marks.append(SurfaceMark("start", 99.0, 99.0))
        arrows = [
            SurfaceArrow((0.5, 0.5), (0.1, 0.2), QColor("blue"), "step"),
            SurfaceArrow((0.5, 0.5), (1e200, numpy.nan), QColor("blue"), "lost"),
            SurfaceArrow((0.5, 0.5), (0.5, 0.5), QColor("blue"), "none"),
        ]
        return paths, marks, arrows

    def show(self, widget: QWidget, width: int = 640, height: int = 480) -> None:
        """Shows a widget as large as a pane."""
        self.qtbot.addWidget(widget)
        widget.resize(width, height)
        with self.qtbot.waitExposed(widget):
            widget.show()
        QApplication.processEvents()

    def svg(self, widget: QWidget) -> str:
        """The widget as an SVG file."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(widget.size())
        generator.setViewBox(widget.rect())
        painter = QPainter(generator)
        flags = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren
        widget.render(painter, QPoint(0, 0), renderFlags=flags)
        painter.end()
        buffer.close()
        return bytes(content.data()).decode()

    def mouse(self, widget: QWidget, kind: QEvent.Type, place: QPointF, *, held: bool = False) -> None:
        """One event of the left button, or of none. QTest's move remembers what other tests pressed."""
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        button = none if kind == QEvent.Type.MouseMove else left
        buttons = left if held or kind == QEvent.Type.MouseButtonPress else none
        where = widget.mapToGlobal(place)
        event = QMouseEvent(kind, place, where, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)

    def click(self, widget: QWidget, place: QPointF) -> None:
        """Press and release."""
        self.mouse(widget, QEvent.Type.MouseButtonPress, place)
        self.mouse(widget, QEvent.Type.MouseButtonRelease, place)

    def drag(self, widget: QWidget, begin: QPointF, end: QPointF) -> None:
        """Press, a few moves, release."""
        self.mouse(widget, QEvent.Type.MouseButtonPress, begin)
        for part in (0.3, 0.7, 1.0):
            self.mouse(widget, QEvent.Type.MouseMove, begin + (end - begin) * part, held=True)
        self.mouse(widget, QEvent.Type.MouseButtonRelease, end)


@pytest.fixture(params=DEGENERATE)
def odd_grid(request: pytest.FixtureRequest) -> SurfaceGrid:
    """Surfaces that nothing sensible can be drawn of, one after the other."""
    few, many = numpy.array([0.0, 1.0]), numpy.linspace(-1.0, 1.0, 7)
    lonely = numpy.full((7, 7), numpy.nan)
    lonely[3, 3] = 1.0
    rising = numpy.outer(numpy.linspace(-1.0, 1.0, 7), numpy.ones(7))
    grids = {
        "all nan": SurfaceGrid(many, many, numpy.full((7, 7), numpy.nan)),
        "all infinite": SurfaceGrid(many, many, numpy.full((7, 7), numpy.inf)),
        "constant": SurfaceGrid(many, many, numpy.full((7, 7), 3.0)),
        "zero": SurfaceGrid(many, many, numpy.zeros((7, 7))),
        "two by two": SurfaceGrid(few, few, numpy.array([[0.0, 1.0], [2.0, 5.0]])),
        "two by two of nothing": SurfaceGrid(few, few, numpy.full((2, 2), numpy.nan)),
        "one sample": SurfaceGrid(many, many, lonely),
        "huge": SurfaceGrid(many, many, 1e308 * rising),
        "tiny": SurfaceGrid(many, many, 1e-308 * rising),
        "two rows": SurfaceGrid(many, few, numpy.array([many, many])),
    }
    return grids[request.param]


@pytest.fixture
def ground(qtbot: QtBot) -> Ground:
    return Ground(qtbot)
