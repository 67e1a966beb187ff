"""Fields for numbers: exact, calm under the mouse wheel, silent to the program, heard once from the user."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.number_text import number_text, parse_number
from nnviz.ui.widgets.optional_field import OptionalField
from nnviz.ui.widgets.scale import LinearScale, LogScale
from nnviz.ui.widgets.slider_field import POSITIONS, SliderField
from nnviz.ui.widgets.stepper import Stepper


def heard(signal) -> list:
    values: list = []
    signal.connect(values.append)
    return values


def type_in(qtbot, field: QWidget, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def roll(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_reads_back_exactly(value: float) -> None:
    assert parse_number(number_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.1, "0.1"), (1e-3, "0.001"), (1e-5, "1e-5"), (2.5e-11, "2.5e-11"), (200000.0, "200000"),
     (1e12, "1e12"), (-3.0, "-3"), (0.0123456789, "0.0123456789")],
)  # fmt: skip
def test_numbers_are_written_as_one_would_type_them(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0.0123456789", 0.0123456789), ("1e-3", 1e-3), ("1,5", 1.5), ("-2", -2.0), ("2.5E+2", 250.0)],
)
def test_what_is_typed_is_kept_to_the_last_digit(qtbot, typed: str, value: float) -> None:
    field = FloatField(-1e12, 1e12)
    qtbot.addWidget(field)
    values = heard(field.edited)
    type_in(qtbot, field, typed)
    assert values == [value]
    assert field.value() == value


def test_a_real_minus_sign_is_understood() -> None:
    assert parse_number("−4") == -4.0


def test_nothing_is_heard_while_a_number_is_being_typed(qtbot) -> None:
    field = FloatField(0.0, 1.0)
    qtbot.addWidget(field)
    values = heard(field.edited)
    field.selectAll()
    qtbot.keyClicks(field, "0.25")
    assert values == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert values == [0.25]


def test_a_number_out_of_range_becomes_the_nearest_allowed(qtbot) -> None:
    field = FloatField(0.0, 1.0)
    qtbot.addWidget(field)
    type_in(qtbot, field, "7")
    assert field.value() == 1.0
    type_in(qtbot, field, "-7")
    assert field.value() == 0.0


def test_what_is_no_number_gives_way_to_the_last_value(qtbot) -> None:
    field = FloatField(0.0, 1.0)
    qtbot.addWidget(field)
    field.show_value(0.5)
    values = heard(field.edited)
    type_in(qtbot, field, "-e")
    assert values == []
    assert field.text() == "0.5"


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [(0.1, 0.11, 0.099), (1.0, 1.1, 0.99), (0.3, 0.31, 0.29), (250.0, 260.0, 240.0), (0.0, 1e-6, -1e-6)],
)
def test_arrow_keys_step_by_the_second_digit(qtbot, value: float, up: float, down: float) -> None:
    for key, expected in ((Qt.Key.Key_Up, up), (Qt.Key.Key_Down, down)):
        field = FloatField(-1e3, 1e3)
        qtbot.addWidget(field)
        field.show_value(value)
        values = heard(field.edited)
        qtbot.keyClick(field, key)
        assert values == [expected]


def test_a_shown_value_is_silent_and_leaves_the_cursor_when_it_is_equal(qtbot) -> None:
    field = FloatField(0.0, 1.0)
    qtbot.addWidget(field)
    values = heard(field.edited)
    field.show_value(0.125)
    field.lineEdit().setCursorPosition(3)
    field.show_value(0.125)
    assert (field.lineEdit().cursorPosition(), field.text(), values) == (3, "0.125", [])


def test_half_typed_text_survives_when_the_same_value_is_shown_again(qtbot) -> None:
    field = FloatField(0.0, 1.0)
    qtbot.addWidget(field)
    field.show_value(0.5)
    field.selectAll()
    qtbot.keyClicks(field, "0.7")
    field.show_value(0.5)
    assert field.text() == "0.7"


@pytest.mark.parametrize("typed", ["1e3", "1000", "1000.0"])
def test_a_whole_number_may_have_a_power_of_ten(qtbot, typed: str) -> None:
    field = IntegerField(1, 100_000)
    qtbot.addWidget(field)
    values = heard(field.edited)
    type_in(qtbot, field, typed)
    assert values == [1000]


def test_a_whole_number_beyond_the_range_is_shown_when_the_program_holds_it(qtbot) -> None:
    field = IntegerField(1, 64)
    qtbot.addWidget(field)
    values = heard(field.edited)
    field.show_value(1024)
    assert (field.value(), values) == (1024, [])
    type_in(qtbot, field, "5000")
    assert field.value() == 1024


@pytest.mark.parametrize("make", [lambda: FloatField(0.0, 10.0), lambda: IntegerField(0, 10)])
def test_the_wheel_turns_a_field_only_when_it_has_the_focus(qtbot, make: Callable[[], FloatField]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, other = make(), QWidget(window)
    field.setParent(window)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitExposed(window):
        window.show()
    other.setFocus()
    values = heard(field.edited)
    roll(field)
    assert values == []
    field.setFocus()
    roll(field)
    assert len(values) == 1


@given(st.floats(min_value=1e-6, max_value=1e3))
def test_a_log_scale_finds_its_values_again(value: float) -> None:
    scale = LogScale(1e-6, 1e3)
    assert scale.value(scale.position(value)) == pytest.approx(value, rel=6e-3)


def test_scales_end_where_they_say_and_zero_is_the_left_end_where_there_is_one() -> None:
    assert [LogScale(1e-6, 1e3).value(end) for end in (0.0, 1.0)] == [1e-6, 1e3]
    assert [LogScale(1e-6, 1.0, with_zero=True).value(end) for end in (0.0, 1.0)] == [0.0, 1.0]
    assert LogScale(1e-6, 1.0, with_zero=True).position(0.0) == 0.0
    assert [LinearScale(0.1, 1.0).value(end) for end in (0.0, 1.0)] == [0.1, 1.0]


def test_a_slider_shows_the_number_and_the_number_follows_the_slider(qtbot) -> None:
    field = SliderField(LogScale(1e-6, 1e3), 1e-12, 1e12)
    qtbot.addWidget(field)
    values = heard(field.edited)
    field.show_value(0.0123456789)
    assert (field.value(), values) == (0.0123456789, [])
    assert field.slider.value() == round(field.scale.position(0.0123456789) * POSITIONS)
    qtbot.keyClick(field.slider, Qt.Key.Key_Right)
    assert len(values) == 1
    assert field.field.value() == values[0] > 0.0123456789


def test_numbers_beyond_the_slider_may_be_typed(qtbot) -> None:
    field = SliderField(LogScale(1e-6, 1e3), 1e-12, 1e12)
    qtbot.addWidget(field)
    values = heard(field.edited)
    type_in(qtbot, field.field, "1e9")
    assert values == [1e9]
    assert field.slider.value() == POSITIONS


def test_an_optional_field_is_a_number_or_none(qtbot) -> None:
    field = OptionalField("At step", IntegerField(1, 1000), "Ends the run.")
    qtbot.addWidget(field)
    values = heard(field.edited)
    field.show_value(7)
    field.show_value(None)
    assert values == []
    field.check.click()
    field.check.click()
    assert values == [7, None]
    assert not field.field.isEnabled()


def test_a_stepper_has_buttons_that_stop_at_its_ends(qtbot) -> None:
    stepper = Stepper(0, 2, less="remove one", more="add one")
    qtbot.addWidget(stepper)
    stepper.show_value(1)
    values = heard(stepper.edited)
    qtbot.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    assert values == [2]
    assert not stepper.more.isEnabled()
    assert stepper.less.isEnabled()
