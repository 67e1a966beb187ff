"""The view as a whole: it costs nothing while it is hidden, and is whole in a picture."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QWidget

from nnviz.ui.export.picture import render_png
from nnviz.ui.plots.landscape.landscape_view import LandscapeView
from nnviz.ui.plots.registry import EXPORTED, VIEWS
from nnviz.ui.theme import DARK, LIGHT


def steps_running() -> int:
    return sum(thread.name == "nnviz-steps" for thread in threading.enumerate())


def test_it_is_among_the_views() -> None:
    assert VIEWS["surface"].home.endswith(f".{LandscapeView.__name__}")


def test_nothing_is_computed_for_a_hidden_view(bench, qtbot, terrain) -> None:
    view = LandscapeView()
    qtbot.addWidget(view)
    view.draw(terrain.shot(bench.job()))
    assert not view.busy
    assert view.surface.picture is None


def test_hiding_ends_the_work_and_showing_goes_on(bench, terrain) -> None:
    view = terrain.view
    view.draw(terrain.shot(bench.job()))
    assert view.busy
    view.hide()
    assert not view.busy
    terrain.until(lambda: not steps_running())
    view.show()
    terrain.ready()
    assert view.surface.picture.complete


def test_only_the_page_that_is_seen_computes(bench, terrain) -> None:
    view = terrain.view
    view.draw(terrain.shot(bench.job()))
    assert view.surface.pace.busy
    view.mode.button("line").click()
    assert not view.surface.pace.busy
    assert view.line.pace.busy
    assert [page.isVisible() for page in view.pages.values()] == [False, True, False]
    assert not view.surface.panel.plane.isVisible()


@pytest.mark.parametrize("key", ["surface", "line", "convexity"])
def test_a_picture_of_a_view_that_is_not_on_screen_is_whole(bench, qtbot, terrain, key) -> None:
    view = LandscapeView()
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show_page(key)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    view.draw(terrain.shot(bench.job()))
    assert not view.busy
    assert len(view.numbers()) > 100
    assert render_png(view, 600).width() == 600
    view.hide()


def test_before_a_run_it_teaches(terrain) -> None:
    assert "Play" in terrain.view.surface.map.chart._message.text()
    assert terrain.view.numbers() == []


def test_breathing_is_passed_on_to_the_work(bench, terrain) -> None:
    breaths = []
    terrain.view.set_breathe(lambda: breaths.append(1))
    terrain.draw(bench.job())
    assert breaths


@pytest.mark.parametrize("theme", [DARK, LIGHT.for_lecture()])
def test_it_takes_every_theme_with_what_is_drawn(bench, terrain, theme) -> None:
    view = terrain.view
    terrain.draw(bench.job())
    for key in view.pages:
        view.show_page(key)
        terrain.ready()
        view.set_theme(theme)
        view.forget_cursor()
        view.reset_range()
        picture = terrain.bench.picture(view)
        corner = picture.pixelColor(picture.width() - 3, picture.height() - 3)
        assert corner.name() == theme.surface


def test_the_controls_of_a_narrow_view_are_one_row_and_leave_the_room_to_the_plot(terrain) -> None:
    view = terrain.view
    view.resize(1200, 300)
    assert view.surface.panel.point.isVisible()
    height = view.controls.height()
    view.resize(320, 300)
    assert view.controls.height() <= height
    assert not view.surface.panel.point.isVisible()
    assert view.surface.panel.plane.isVisible()
    view.resize(1200, 300)
    assert view.surface.panel.point.isVisible()


def test_every_control_has_a_name_and_an_explanation(terrain) -> None:
    view = terrain.view
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QAbstractSpinBox, QComboBox)
    for page in view.pages.values():
        for control in page.controls:
            for part in [control, *control.findChildren(QWidget)]:
                if isinstance(part, kinds) and part.isVisibleTo(view):
                    assert part.accessibleName(), part
                    assert part.toolTip(), part
                    assert part.focusPolicy() != Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(("key", "page"), [("surface-line", "line"), ("surface-convexity", "convexity")])
def test_the_other_pages_are_exported_under_keys_of_their_own(bench, qtbot, terrain, key, page) -> None:
    view = EXPORTED[key]()
    assert key not in VIEWS
    assert view.page is view.pages[page]
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    view.draw(terrain.shot(bench.job(steps=3)))
    assert len(view.numbers()) > 1
    if page == "convexity":
        assert view.convexity.notes.items[-1].text == "At step 3."
