"""Shows a figure for a moment as it is to be exported, in another size and theme, and puts it back as it was.

All of it happens in one turn of the event loop, so that nothing of it is painted on the screen and no snapshot comes
between. (Updates are not disabled meanwhile: a widget without updates renders nothing.)
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.legend import Legend
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.background_steps import BackgroundSteps

SMALLEST = 40
"""Pixels; a figure that is smaller on the screen is exported at `USUAL`."""
LOWEST = 150
"""Pixels of a chart with its axes, below which its marks and numbers come too close."""
USUAL = QSize(800, 500)
"""The size a figure is laid out at that has none of its own; its text has the proportions of the window's."""


def figure_of(view: Figure) -> QWidget:
    """The widget whose picture is exported: the view's figure, or the view without its controls."""
    return view.picture_part() or view


def shown_size(view: Figure) -> QSize:
    """The size that the figure has on the screen, or the usual one where it is not seen or has none."""
    size = figure_of(view).size()
    seen = view.isVisible() or view.isWindow()
    return size if seen and min(size.width(), size.height()) >= SMALLEST else QSize(USUAL)


@contextmanager
def staged(view: Figure, size: QSize | None, theme: Theme | None) -> Iterator[QWidget]:
    """The part of the view that is exported, in that size and theme (None: as they are)."""
    with laid_out(view), themed(view, theme), resized(view, size) as part, complete(part):
        yield part


@contextmanager
def laid_out(view: Figure) -> Iterator[None]:
    """Gives a view that was never shown the sizes it would have on a screen, without showing it there."""
    if view.isVisible() or not view.isWindow():
        yield
        return
    before = view.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    QApplication.sendPostedEvents()
    try:
        yield
    finally:
        view.hide()
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, before)


@contextmanager
def themed(view: Figure, theme: Theme | None) -> Iterator[None]:
    """Shows the view in another theme for a while; None leaves it as it is."""
    before = view.theme
    if theme is None or theme == before:
        yield
        return
    view.set_theme(theme)
    try:
        yield
    finally:
        view.set_theme(before)


@contextmanager
def resized(view: Figure, size: QSize | None) -> Iterator[QWidget]:
    """Gives the exported part another size for a while; None leaves it as it is."""
    part = figure_of(view)
    before = part.geometry()
    if size is not None:
        part.resize(size)
    settle(part)
    if size is not None and part.size() != size:
        part.resize(size)
    try:
        yield part
    finally:
        if size is not None and part.geometry() != before:
            part.setGeometry(before)
            settle(part)


@contextmanager
def complete(part: QWidget) -> Iterator[None]:
    """Legends with all of their entries for a while."""
    legends = part.findChildren(Legend)
    for legend in legends:
        legend.show_all(True)
    settle(part)
    try:
        yield
    finally:
        for legend in legends:
            legend.show_all(False)
        settle(part)


def missing_height(view: Figure, size: QSize) -> int:
    """Pixels that the lowest chart of the figure, laid out at the size, has too few, after what is written above it."""
    with staged(view, size, None) as part:
        charts = [part] if isinstance(part, Chart) else part.findChildren(Chart)
        return max((LOWEST - chart.height() for chart in charts if chart.isVisibleTo(part)), default=0)


def computing(place: QWidget) -> bool:
    """Whether something that it shows is still being computed beside the window."""
    slow: list[Background | BackgroundSteps] = [*place.findChildren(Background)]
    slow += place.findChildren(BackgroundSteps)
    return any(work.busy for work in slow)


def settle(part: QWidget) -> None:
    """Lays out what is inside now: legends ask for room once they have entries, which the event loop would see to."""
    for widget in (part, *part.findChildren(QWidget)):
        layout = widget.layout()
        if layout is not None:
            layout.activate()
        QApplication.sendPostedEvents(widget, QEvent.Type.LayoutRequest)
