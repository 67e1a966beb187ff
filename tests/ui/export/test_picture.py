"""Pictures of views are as wide as asked and in proportion."""

import pytest
from PySide6.QtGui import QClipboard, QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.export.picture import copy_picture, render_png
from nnviz.ui.export.view_menu import view_menu
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.plots.view import View
from nnviz.ui.theme import DARK, LIGHT

KEYS = ("loss", "gradient-flow", "decision-map")


def made(qtbot: QtBot, key: str) -> View:
    """A view with a run in it that was never shown."""
    view = VIEWS[key]()
    qtbot.addWidget(view)
    view.resize(480, 360)
    job = TrainingJob(resolve(Experiment()))
    job.advance(40)
    view.draw(take_snapshot(job, Watch(frozenset(view.readings))))
    return view


@pytest.mark.parametrize("key", KEYS)
def test_a_hidden_view_looks_as_it_does_on_the_screen(qtbot: QtBot, key: str) -> None:
    view = made(qtbot, key)
    hidden = render_png(view, 480)
    assert not view.isVisible()
    with qtbot.waitExposed(view):
        view.show()
    assert render_png(view, 480) == hidden


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("width", [200, 480, 1440])
def test_everything_grows_with_the_picture(qtbot: QtBot, key: str, width: int) -> None:
    """Scaled down again, a large picture is nearly the small one: nothing became thin or stayed small."""
    view = made(qtbot, key)
    small, picture = render_png(view, 480), render_png(view, width)
    assert picture.width() == width
    assert abs(picture.height() / width - small.height() / 480) < 0.005
    if width > 480:
        assert difference(picture.scaled(small.size(), mode=_smooth()), small) < 6.0


def test_the_theme_is_only_borrowed(qtbot: QtBot) -> None:
    view = made(qtbot, "loss")
    before = render_png(view, 480)
    dark = render_png(view, 480, DARK)
    assert dark.pixelColor(2, 2) == QColor(DARK.surface)
    assert view.theme is LIGHT
    assert render_png(view, 480) == before


@pytest.mark.parametrize("width", [0, -3, 10**6])
def test_a_width_that_no_picture_has_is_refused(qtbot: QtBot, width: int) -> None:
    with pytest.raises(ValueError, match="width"):
        render_png(made(qtbot, "loss"), width)


def test_the_clipboard_gets_the_picture_and_the_numbers(qtbot: QtBot) -> None:
    view = made(qtbot, "loss")
    copy_picture(view)
    assert QApplication.clipboard().image().width() == 2 * 480
    menu = view_menu(view)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions) == [
        "Export figure…",
        "Copy picture",
        "Copy numbers",
        "Show numbers…",
        "Reset range",
    ]
    actions["Copy numbers"].trigger()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["step", "epoch", "training loss"]
    assert len(lines) == 42
    actions["Reset range"].trigger()


def test_a_clipboard_that_takes_no_picture_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QClipboard, "setImage", lambda *_: None)
    QApplication.clipboard().clear()
    with pytest.raises(OSError, match="the clipboard took nothing"):
        copy_picture(made(qtbot, "loss"))


def difference(first: QImage, second: QImage) -> float:
    """Mean difference of the pixels' grey values, 0 to 255."""
    import numpy

    def grey(image: QImage) -> "numpy.ndarray":
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        rows = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width()].astype(float)

    return float(numpy.mean(numpy.abs(grey(first) - grey(second))))


def _smooth() -> object:
    from PySide6.QtCore import Qt

    return Qt.TransformationMode.SmoothTransformation
