"""What a row of controls has no room for waits behind a button, and comes back; nothing is cut and nothing is lost."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.widgets.folding_bar import FoldingBar
from nnviz.ui.widgets.labelled import labelled
from nnviz.ui.widgets.scale import LinearScale
from nnviz.ui.widgets.slider_field import SliderField


def button(text: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


@pytest.fixture
def bar(qtbot) -> FoldingBar:
    made = FoldingBar()
    for text in ("Play", "Step", "Reset"):
        made.addWidget(button(text))
    made.addStretch()
    made.addWidget(QLabel("step 1 000"))
    qtbot.addWidget(made)
    made.resize(600, 40)
    made.show()
    return made


def test_with_room_all_stand_in_a_row_and_the_last_at_the_right_end(bar) -> None:
    places = [part.geometry() for part in bar.parts()]
    assert all(first.right() < second.left() for first, second in pairwise(places))
    assert places[-1].right() > 580
    assert not bar.more.isVisible()


def test_without_room_the_last_ones_leave_and_come_back_in_their_order(bar) -> None:
    *_, last = parts = bar.parts()
    bar.resize(bar.sizeHint().width() - 5, 40)
    assert bar.folded() == [last]
    bar.resize(120, 40)
    assert 1 < len(bar.folded()) < 4
    assert bar.folded() == parts[-len(bar.folded()) :]
    assert all(bar.rect().contains(part.geometry()) for part in parts if part not in bar.folded())
    assert bar.rect().contains(bar.more.geometry())
    bar.resize(600, 40)
    assert bar.folded() == []
    assert all(part.isVisible() for part in parts)


def test_what_left_is_reached_by_the_keyboard(bar, qtbot) -> None:
    bar.resize(90, 40)
    reset = bar.parts()[2]
    pressed = []
    reset.clicked.connect(lambda: pressed.append(True))
    bar.more.setFocus()
    qtbot.keyClick(bar.more, Qt.Key.Key_Space)
    assert bar.drawer.isVisible()
    assert reset.isVisible()
    QApplication.processEvents()
    assert bar.drawer.isAncestorOf(bar.drawer.focusWidget())
    reset.click()
    assert pressed == [True]
    qtbot.keyClick(bar.drawer, Qt.Key.Key_Escape)
    assert not bar.drawer.isVisible()


def test_what_its_owner_hides_takes_no_room_and_stays_hidden_wherever_it_is(bar) -> None:
    play, step, _, counter = bar.parts()
    counter.hide()
    bar.resize(bar.sizeHint().width(), 40)
    assert bar.folded() == []
    bar.resize(70, 40)
    step.setVisible(False)
    assert step.isHidden()
    bar.resize(600, 40)
    assert step.isHidden()
    assert play.isVisible()
    step.setVisible(True)
    QApplication.processEvents()
    assert step.parentWidget() is bar
    assert step.isVisible()


def test_a_choice_becomes_one_button_before_anything_leaves(qtbot) -> None:
    bar, choice = FoldingBar(), Segments("Scale", [("a", "logarithmic", ""), ("b", "linear", ""), ("c", "even", "")])
    bar.addWidget(choice)
    bar.addWidget(button("Reset"))
    qtbot.addWidget(bar)
    bar.resize(500, 40)
    bar.show()
    assert not choice.short.isVisible()
    bar.resize(bar.sizeHint().width() - 20, 40)
    assert bar.folded() == []
    assert choice.short.isVisible()
    assert choice.short.text() == "logarithmic ▾"
    told = []
    choice.chosen.connect(told.append)
    choice._menu.aboutToShow.emit()
    choice._menu.actions()[1].trigger()
    assert (told, choice.key, choice.short.text()) == (["b"], "b", "linear ▾")


def test_a_renamed_choice_is_renamed_where_it_is_folded(qtbot) -> None:
    choice = Segments("Metric", [("a", "Loss", ""), ("b", "accuracy", "")])
    qtbot.addWidget(choice)
    choice.resize(40, 24)
    choice.show()
    choice.button("a").setText("R²")
    QApplication.processEvents()
    assert choice.short.text() == "R² ▾"


def test_a_control_that_moves_is_there_once(bar) -> None:
    reset = bar.parts()[2]
    bar.insertWidget(0, reset)
    assert bar.parts().count(reset) == 1
    assert reset.geometry().left() < bar.parts()[1].geometry().left()


def test_the_widest_one_takes_what_is_left(qtbot) -> None:
    bar, field = FoldingBar(), labelled("gain", SliderField(LinearScale(0.0, 1.0), 0.0, 1.0))
    bar.addWidget(field, 1)
    bar.addWidget(button("Reset"))
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    bar.show()
    assert bar.parts()[1].geometry().right() > 690
    bar.resize(150, 40)
    assert bar.parts()[0].isVisible()
