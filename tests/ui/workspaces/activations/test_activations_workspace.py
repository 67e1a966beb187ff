"""The Activations workspace as its user meets it: gestures become edits, edits become figures, and can be undone."""

import math

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activations.passage import passage
from nnviz.experiment.activations.specification import PAGES, Activations, InputSpec
from nnviz.experiment.files import load_document
from nnviz.experiment.specification import replace
from nnviz.ui.export.picture import render_png
from nnviz.ui.export.view_menu import view_menu
from nnviz.ui.theme import DARK, LIGHT
from nnviz.ui.workspaces.activations.activations_bar import preset_files
from nnviz.ui.workspaces.activations.workspace import ActivationsWorkspace
from nnviz.ui.workspaces.registry import PLACES

EVERYTHING = tuple(ACTIVATIONS)


@pytest.fixture
def workspace(qtbot):
    made = ActivationsWorkspace()
    qtbot.addWidget(made)
    made.resize(1200, 740)
    made.set_theme(LIGHT)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def edit(workspace, **changes) -> None:
    workspace.sheet.edit(replace(workspace.activations, **changes), "change")


def point(chart, x: float, y: float) -> None:
    place = QPointF(chart.pixel_of(x, y))
    where = QPointF(chart.viewport().mapToGlobal(place.toPoint()))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(chart.viewport(), event)


def cell(figure, name: str, heading: str) -> str:
    table = figure.table
    column = next(i for i in range(table.columnCount()) if table.horizontalHeaderItem(i).text() == heading)
    row = next(i for i in range(table.rowCount()) if table.item(i, 0).text().startswith(name))
    return table.item(row, column).text()


def test_it_stands_on_the_rail_between_the_neuron_and_the_lab() -> None:
    keys = [place.key for place in PLACES]
    assert keys.index("neuron") < keys.index("activations") < keys.index("lab")


def test_a_chip_adds_a_function_everywhere_and_undo_takes_it_back(workspace) -> None:
    workspace.panel.chips.buttons["gelu"].click()
    assert "gelu" in workspace.activations.shown
    assert "gelu" in workspace.curves.tiles
    assert cell(workspace.properties, "GELU", "max |f′|") == "1.129 at 1.414"
    workspace.sheet.undo_stack.undo()
    assert "gelu" not in workspace.curves.tiles
    assert not workspace.panel.chips.buttons["gelu"].isChecked()


def test_the_last_function_cannot_be_switched_off(workspace) -> None:
    edit(workspace, shown=("tanh",))
    chip = workspace.panel.chips.buttons["tanh"]
    chip.click()
    assert chip.isChecked()
    assert workspace.activations.shown == ("tanh",)


def test_each_control_edits_its_own_setting_once(workspace) -> None:
    panel, stack = workspace.panel, workspace.sheet.undo_stack
    edit(workspace, shown=EVERYTHING)
    gestures = [
        (lambda: panel.leaky.field.setValue(0.3), lambda spec: spec.leaky_alpha, 0.3),
        (lambda: panel.elu.field.setValue(2.0), lambda spec: spec.elu_alpha, 2.0),
        (lambda: panel.reach.field.setValue(9.0), lambda spec: spec.reach, 9.0),
        (lambda: panel.mean.field.setValue(-1.5), lambda spec: spec.inputs.mean, -1.5),
        (lambda: panel.spread.field.setValue(4.0), lambda spec: spec.inputs.width, 4.0),
        (lambda: panel.layers.field.setValue(33.0), lambda spec: spec.depth, 33),
        (lambda: panel.layer[1].field.setValue(-2.0), lambda spec: spec.layer, (2.0, -2.0, 0.0)),
        (lambda: panel.kind.chosen.emit("uniform"), lambda spec: spec.inputs.kind, "uniform"),
        (lambda: panel.product.chosen.emit("mean"), lambda spec: spec.product, "mean"),
        (lambda: panel.stage.chosen.emit("1"), lambda spec: spec.stage, 1),
    ]
    for gesture, read, wanted in gestures:
        before, count = read(workspace.activations), stack.count()
        gesture()
        assert read(workspace.activations) == wanted
        assert stack.count() == count + 1
        stack.undo()
        assert read(workspace.activations) == before
        stack.redo()


def test_showing_a_document_emits_nothing(workspace, qtbot) -> None:
    with qtbot.assertNotEmitted(workspace.panel.edited):
        for page in PAGES:
            workspace.panel.show_spec(Activations(shown=EVERYTHING, depth=30, page=page, layer=(1.0, 2.0, 3.0)))


def test_one_cross_hair_goes_through_all_functions_with_their_values(workspace) -> None:
    tiles = workspace.curves.tiles
    point(tiles["sigmoid"].chart, 1.0, 0.5)
    z = workspace.curves.z
    assert z == pytest.approx(1.0, abs=0.05)
    for name, tile in tiles.items():
        readout = tile.chart.link.readout
        assert readout.x == z
        f, slope = (float(values) for values in (ACTIVATIONS[name].f(z), ACTIVATIONS[name].derivative(z)))
        assert [dot[1] for dot in readout.dots] == [f, slope]
        assert tile.values.text() == f"f {f:.4g}  f′ {slope:.4g}"
    assert "z 1" in tiles["sigmoid"].chart.readout_text or "z 0.9" in tiles["sigmoid"].chart.readout_text
    assert workspace.signal.z == z
    QApplication.sendEvent(tiles["sigmoid"].chart.viewport(), QEvent(QEvent.Type.Leave))
    tiles["sigmoid"].chart.leaveEvent(QEvent(QEvent.Type.Leave))
    assert all(tile.chart.link.readout is None for tile in tiles.values())
    assert tiles["sigmoid"].values.text() == "max |f′| = 0.25"


def test_arrow_keys_move_the_cross_hair_and_escape_hides_it(workspace) -> None:
    figure = workspace.curves
    figure.setFocus()
    QTest.keyClick(figure, Qt.Key.Key_Right)
    assert figure.z == pytest.approx(0.1)
    QTest.keyClick(figure, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert figure.z == pytest.approx(0.09)
    assert "tanh: f 0.08976" in figure.accessibleDescription()
    QTest.keyClick(figure, Qt.Key.Key_Home)
    assert figure.z == 0.0
    QTest.keyClick(figure, Qt.Key.Key_Escape)
    assert math.isnan(figure.z)


def test_the_table_can_be_sorted_and_copied_as_text(workspace) -> None:
    figure = workspace.properties
    table = figure.table
    names = [table.item(row, 0).text() for row in range(table.rowCount())]
    table.sortItems(5, Qt.SortOrder.AscendingOrder)
    assert table.item(0, 0).text() == "sigmoid"
    table.sortItems(5, Qt.SortOrder.DescendingOrder)
    assert table.item(table.rowCount() - 1, 0).text() == "sigmoid"
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 1 + len(names)
    assert lines[0].startswith("activation\trange\tzero-centred")
    assert "(−1, 1)\tyes\talways\tyes\t1 at 0" in QApplication.clipboard().text()
    table.selectRow(0)
    action = view_menu(figure, figure.actions_at(table.pos())).actions()[0]
    action.trigger()
    assert len(QApplication.clipboard().text().split("\n")) == 2


def test_the_picture_of_a_table_has_all_columns_in_the_order_shown(workspace) -> None:
    edit(workspace, shown=EVERYTHING)
    figure = workspace.properties
    figure.table.sortItems(5, Qt.SortOrder.DescendingOrder)
    picture = figure.picture_part()
    assert [row.texts[0] for row in picture.rows][:2] == ["GELU", "SiLU (swish)"]
    assert all(row.pen is not None for row in picture.rows)
    assert len(picture.rows) == len(EVERYTHING)
    assert len(picture.headings) == figure.table.columnCount()
    assert picture.width() > 700


def test_the_order_of_the_table_survives_another_function(workspace) -> None:
    table = workspace.properties.table
    table.horizontalHeader().setSortIndicator(5, Qt.SortOrder.DescendingOrder)
    edit(workspace, shown=EVERYTHING)
    orders = [table.item(row, 5).order for row in range(table.rowCount())]
    assert orders == sorted(orders, reverse=True)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    names = [table.item(row, 0).text().split(",")[0] for row in range(table.rowCount())]
    assert names == [own.label for own in ACTIVATIONS.values()]


def test_numbers_of_the_signal_are_those_measured(workspace) -> None:
    edit(workspace, page="signal", inputs=InputSpec("normal", 0.0, 6.0))
    found = passage(ACTIVATIONS["sigmoid"], InputSpec("normal", 0.0, 6.0))
    assert cell(workspace.signal_table, "sigmoid", "saturated") == f"{100 * found.saturated:.3g} %"
    assert cell(workspace.signal_table, "ReLU", "exactly 0") == "50 %"
    assert cell(workspace.signal_table, "sigmoid", "mean of a") == "0.5"
    rows = workspace.signal.numbers()
    shares = [float(row[4]) for row in rows[1:] if row[0] == "ReLU"]
    assert sum(shares) == pytest.approx(1.0, abs=1e-3)


def test_the_depth_page_says_what_is_left_of_a_gradient(workspace) -> None:
    edit(workspace, page="depth", shown=EVERYTHING, depth=10)
    assert cell(workspace.depth_table, "sigmoid", "max |f′|ⁿ") == "9.537×10⁻⁷"
    assert cell(workspace.depth_table, "threshold", "decades a layer") == "−∞"
    numbers = workspace.depth_figure.numbers()
    column = numbers[0].index("sigmoid: largest product of f'")
    assert [float(row[column]) for row in numbers[1:]] == [0.25**n for n in range(11)]
    point(workspace.depth_figure.charts[0], 4.0, -3.0)
    assert "sigmoid: 0.003906" in workspace.depth_figure.charts[0].readout_text
    assert workspace.depth_figure.charts[1].link.readout.x == 4.0


def test_the_threshold_is_explained_in_words(workspace) -> None:
    edit(workspace, shown=("threshold", "sigmoid"))
    assert "f′ = 0" in workspace.pages["functions"].note.text()
    assert "no gradient passes" in workspace.curves.tiles["threshold"].chart.accessibleDescription()
    edit(workspace, shown=("sigmoid",))
    assert workspace.pages["functions"].note.text() == ""


def test_softmax_is_left_out_where_a_function_of_one_number_is_meant(workspace) -> None:
    edit(workspace, page="signal", shown=("softmax", "tanh"))
    assert list(workspace.signal.tiles) == ["tanh"]
    assert "whole layer" in workspace.pages["signal"].note.text()
    edit(workspace, page="depth", shown=("softmax",))
    assert workspace.depth_table.table.rowCount() == 0
    edit(workspace, page="softmax", layer=(0.0, 0.0, 0.0))
    shares = [float(row[2]) for row in workspace.softmax.more_numbers()["layer"][1:]]
    assert shares == pytest.approx([1 / 3] * 3)
    assert cell(workspace.slopes, "a₁", "∂/∂z₁") == "0.2222"


def test_the_identity_of_tanh_is_said_at_the_last_step_only(workspace) -> None:
    edit(workspace, page="tanh", stage=0)
    assert "10⁻¹⁶" not in workspace.tanh.text()
    edit(workspace, stage=3)
    assert "10⁻¹⁶" in workspace.tanh.text()
    differences = [abs(float(row[3])) for row in workspace.tanh.numbers()[1:]]
    assert max(differences) <= 1e-15


def test_the_cost_is_measured_beside_the_window(workspace, qtbot) -> None:
    assert cell(workspace.properties, "tanh", "cost") == "1 exp"
    workspace.measure.click()
    qtbot.waitUntil(lambda: "×" in cell(workspace.properties, "tanh", "cost"), timeout=30_000)


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_of_a_page_can_be_exported_in_both_themes(workspace, page: str) -> None:
    edit(workspace, shown=EVERYTHING)
    workspace.show_page(page)
    for figure in workspace.pages[page].figures:
        assert figure.accessibleName()
        rows = figure.numbers()
        assert {len(row) for row in rows} == {len(rows[0])}
        light, dark = render_png(figure, 600), render_png(figure, 600, DARK)
        assert light.width() == 600
        assert light.pixelColor(3, light.height() - 3) != dark.pixelColor(3, dark.height() - 3)
        assert {action.text() for action in view_menu(figure).actions()} >= {"Export figure…", "Copy numbers"}


def test_the_themes_and_lecture_mode_reach_every_figure(workspace) -> None:
    for theme in (DARK, LIGHT.for_lecture(), LIGHT):
        workspace.set_theme(theme)
        assert {figure.theme for figure in workspace.plots()} == {theme}


def test_a_preset_comes_by_an_edit_that_can_be_undone(workspace) -> None:
    before = workspace.activations
    for path in preset_files():
        workspace.bar.preset_chosen.emit(path)
        assert workspace.activations == load_document(path)
        workspace.sheet.undo_stack.undo()
        assert workspace.activations == before


def test_the_page_is_kept_in_the_document_and_is_nothing_to_undo(workspace) -> None:
    workspace.bar.pages.button("depth").click()
    assert workspace.activations.page == "depth"
    assert workspace.stack.currentWidget() is workspace.pages["depth"]
    assert not workspace.sheet.dirty
    workspace.show_figure("activation-softmax")
    assert workspace.bar.pages.key == "softmax"


def test_one_figure_can_have_all_the_room_and_escape_gives_it_back(workspace) -> None:
    page = workspace.pages["functions"]
    page.panes[0].enlarge_asked.emit()
    assert page.panes[1].isHidden()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.panes[1].isHidden()
    workspace.show_panels(shown=False)
    assert workspace.side.isHidden()


def test_the_arrangement_is_remembered(workspace, qtbot) -> None:
    workspace.whole.setSizes([420, 780])
    state, sizes = workspace.layout_state(), workspace.whole.sizes()
    workspace.whole.setSizes([320, 880])
    workspace.restore_layout(state)
    assert workspace.whole.sizes() == sizes


def test_a_lesson_can_lock_and_hide_the_panel(workspace) -> None:
    workspace.restrict(frozenset({"panels"}), frozenset(), may_play=True)
    assert not workspace.panel.isEnabled()
    assert not workspace.bar.presets.isEnabled()
    workspace.restrict(frozenset(), frozenset({"panels"}), may_play=True)
    assert workspace.panel.isEnabled()
    assert workspace.panel.isHidden()
    workspace.restrict(frozenset(), frozenset(), may_play=True)
    assert not workspace.panel.isHidden()


def test_the_presets_are_offered_with_what_they_are_for(workspace) -> None:
    menu = workspace.bar.presets.menu()
    menu.aboutToShow.emit()
    menu.aboutToShow.emit()  # a second look lists nothing twice
    assert [action.text() for action in menu.actions()] == [load_document(path).name for path in preset_files()]
    assert all(action.toolTip() for action in menu.actions())
    menu.actions()[-1].trigger()
    assert workspace.activations.page == "depth"


@pytest.mark.parametrize("width", [620, 900, 1600])
def test_the_names_at_the_ends_of_the_lines_fit_in_whatever_width(workspace, width) -> None:
    edit(workspace, page="depth", shown=EVERYTHING, depth=10)
    workspace.resize(width, 740)
    QApplication.processEvents()
    figure = workspace.depth_figure
    for chart, labels in zip(figure.charts, figure.labels, strict=True):
        mapping = chart.mapping()
        beyond = mapping.width - mapping.at(figure.spec.depth, 0.0)[0]
        assert beyond >= min(labels.room(), 0.6 * mapping.width) - 0.01
