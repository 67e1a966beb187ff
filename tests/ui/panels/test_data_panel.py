"""The data panel: each gesture is one new specification, and what follows from it follows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nnviz.engine.datasets import GENERATORS
from nnviz.experiment.problem import DRAWN, TABLE, dataset, resolve
from nnviz.experiment.proposals import PROPOSALS
from nnviz.experiment.shipped_data import SHIPPED, shipped_table
from nnviz.experiment.specification import DataSpec, DrawnPoint, Experiment, OutputSpec, TrainingSpec, replace
from nnviz.ui.panels.column_choice import INPUT, TARGET
from nnviz.ui.panels.data_edits import of_source, task_of, with_data
from nnviz.ui.panels.data_panel import DataPanel
from nnviz.ui.panels.table_dialog import TableDialog

GOOD = "area,rooms,garden,price\n50,2,no,100000\n70,3,yes,150000\n90,3,no,\n120,5,yes,260000\n,2,no,90000\n"


@pytest.fixture
def panel(qtbot) -> DataPanel:
    made = DataPanel()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def edits(panel: DataPanel) -> list[tuple[Experiment, str]]:
    heard: list[tuple[Experiment, str]] = []
    panel.edited.connect(lambda spec, text: heard.append((spec, text)))
    return heard


def choose(panel: DataPanel, source: str) -> None:
    """As the user does: the entry of the combo box."""
    index = panel.source.findData(source)
    panel.source.setCurrentIndex(index)
    panel.source.activated.emit(index)


@pytest.mark.parametrize("source", [*GENERATORS, *SHIPPED, DRAWN])
def test_every_data_set_can_be_chosen_and_brings_its_defaults_and_its_pair(panel, edits, source: str) -> None:
    other = "circle" if source != "circle" else "xor"
    data = DataSpec(source=other, size=77, noise=0.9, added=(DrawnPoint((1.0, 2.0), 1.0),), removed=(3,))
    panel.show_spec(Experiment(data=data), None)
    assert edits == []
    choose(panel, source)
    ((spec, text),) = edits
    assert (text, spec.data.source, spec.data.removed) == ("data set", source, ())
    first = [point.y for point in spec.data.added]
    assert first == ([0.0, 1.0] if source == DRAWN else []), "a plane of one's own begins with a point of each class"
    if source in GENERATORS:
        assert (spec.data.size, spec.data.noise) == (GENERATORS[source].size, GENERATORS[source].noise)
    pair = (spec.network.output.activation, spec.training.loss)
    assert pair == PROPOSALS[dataset(spec.data, 0).task]


def test_a_pair_that_the_user_chose_stays(panel, edits) -> None:
    spec = Experiment(training=TrainingSpec(loss="squared_error"))
    panel.show_spec(spec, None)
    choose(panel, "iris")
    assert (edits[0][0].network.output.activation, edits[0][0].training.loss) == ("sigmoid", "squared_error")


def test_prices_are_standardized_from_the_start_and_waves_are_not() -> None:
    assert of_source(DataSpec(), "houses").standardize_target
    assert not of_source(DataSpec(standardize_target=True), "sine").standardize_target


def test_more_arms_make_it_a_task_of_several_classes(panel, edits) -> None:
    panel.show_spec(Experiment(), None)
    panel.generator.parameter("arms").stepUp()
    ((spec, text),) = edits
    assert (text, spec.data.parameters) == ("arms", {"arms": 3.0})
    assert (spec.network.output.activation, spec.training.loss) == PROPOSALS["multi-class"]


@pytest.mark.parametrize(
    ("gesture", "text", "change"),
    [
        (lambda p: p.generator.examples.stepUp(), "number of examples", {"size": 550, "removed": ()}),
        (lambda p: p.generator.noise.field.stepUp(), "noise", {"noise": 0.15, "removed": ()}),
        (lambda p: p.share.field.stepUp(), "train share", {"train_share": 0.55}),
        (lambda p: p.standardize.click(), "standardize inputs", {"standardize": False}),
        (lambda p: p.features.buttons["x^2"].click(), "inputs", {"features": ("x", "y", "x^2")}),
        (lambda p: p.forget.click(), "points set by hand", {"removed": ()}),
    ],
)
def test_a_gesture_is_one_edit(panel, edits, gesture, text: str, change: dict) -> None:
    spec = Experiment(data=DataSpec(removed=(1,)))
    panel.show_spec(spec, None)
    gesture(panel)
    assert edits == [(replace(spec, data=replace(spec.data, **change)), text)]


def test_showing_is_silent_and_says_the_counts(panel, edits) -> None:
    for data in (DataSpec(), DataSpec(source="houses"), DataSpec(source="digits"), DataSpec(noise=0.0123456789)):
        spec = with_data(Experiment(), data)
        panel.show_spec(spec, None)
        panel.show_spec(spec, resolve(spec))
    assert edits == []
    assert panel.counts.text() == "500 examples: 250 to train, 250 to test."
    assert panel.note.text()
    assert panel.generator.noise.field.text() == "0.0123456789"


def test_rows_that_do_not_apply_are_hidden(panel) -> None:
    panel.show_spec(Experiment(data=DataSpec(source="iris")), None)
    assert panel.features.isHidden()
    assert panel.generator.isHidden()
    assert panel.standardize_target.isHidden()
    panel.show_spec(Experiment(data=DataSpec(source="houses")), None)
    assert panel.features.isHidden()
    assert not panel.standardize_target.isHidden()
    panel.show_spec(Experiment(), None)
    assert not panel.features.isHidden()


def test_the_last_input_cannot_be_switched_off(panel, edits) -> None:
    panel.show_spec(Experiment(data=DataSpec(features=("x",))), None)
    panel.features.buttons["x"].click()
    assert edits == []


def test_fewer_classes_by_hand_forget_the_points_of_those_that_are_gone(panel, edits) -> None:
    points = tuple(DrawnPoint((0.0, float(c)), float(c)) for c in range(3))
    panel.show_spec(Experiment(data=DataSpec(source=DRAWN, parameters={"classes": 3.0}, added=points)), None)
    panel.generator.parameter("classes").stepDown()
    assert edits[0][0].data.added == points[:2]


def test_a_csv_file_is_read_beside_the_window_and_asked_about(qtbot, panel, edits, tmp_path: Path) -> None:
    path = tmp_path / "houses.csv"
    path.write_text(GOOD)
    panel.read_file(path)
    assert not panel.open_button.isEnabled()
    qtbot.waitUntil(lambda: panel.table_dialog is not None)
    dialog = panel.table_dialog
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert "regression" in dialog.choice.result.text().lower()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    ((spec, text),) = edits
    assert (text, spec.data.source, spec.data.target) == ("data set", TABLE, ("price",))
    assert spec.data.standardize_target
    assert (spec.network.output.activation, spec.training.loss) == PROPOSALS["regression"]
    assert resolve(spec).task == "regression"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"a,b\n1,2\n3\n", "line 3"), (b"a,b\nx,y\n", "no column"), (b"a\x00b", "control character")],
)
def test_a_bad_file_is_one_sentence_and_changes_nothing(qtbot, panel, edits, tmp_path, content, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    panel.read_file(path)
    qtbot.waitUntil(lambda: bool(panel.error.text()))
    assert said in panel.error.text()
    assert (panel.table_dialog, edits, panel.open_button.isEnabled()) == (None, [], True)


def test_a_file_that_is_not_there_is_said(qtbot, panel, tmp_path) -> None:
    panel.read_file(tmp_path / "none.csv")
    qtbot.waitUntil(lambda: "none.csv" in panel.error.text())


def test_columns_are_ticked_by_keyboard_and_only_what_is_usable_is_emitted(qtbot, panel, edits) -> None:
    table = shipped_table("penguins")
    spec = Experiment(
        data=DataSpec(source=TABLE, table=table, columns=("bill_length_mm",), target=("species",)),
        network=replace(Experiment().network, output=OutputSpec(activation="softmax")),
        training=TrainingSpec(loss="categorical_cross_entropy"),
    )
    panel.show_spec(spec, None)
    tree = panel.columns.tree
    with qtbot.waitSignal(panel.columns.checked):
        pass
    assert edits == []
    tree.setCurrentItem(tree.topLevelItem(0), TARGET)
    with qtbot.waitSignal(panel.columns.checked) as waiting:
        qtbot.keyClick(tree, Qt.Key.Key_Space)  # species is no target any more: nothing is left to predict
    assert (waiting.args, edits) == ([None], [])
    assert "target" in panel.columns.error.text()
    tree.setCurrentItem(tree.topLevelItem(6), TARGET)
    with qtbot.waitSignal(panel.edited):
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert edits[0][0].data.target == ("sex",)
    assert (edits[0][0].network.output.activation, edits[0][0].training.loss) == PROPOSALS["binary"]
    assert panel.columns.error.isHidden()


def test_the_own_table_stays_within_reach(panel, edits) -> None:
    table = shipped_table("iris")
    columns, target = ("petal_length_cm", "petal_width_cm"), ("species",)
    spec = Experiment(data=DataSpec(source=TABLE, table=table, columns=columns, target=target))
    panel.show_spec(spec, None)
    choose(panel, "circle")
    panel.show_spec(edits[-1][0], None)
    assert edits[-1][0].data.table is None
    choose(panel, TABLE)
    assert edits[-1][0].data.columns == columns


def test_a_column_is_either_input_or_target(qtbot) -> None:
    dialog = TableDialog(shipped_table("iris"))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    item = dialog.choice.tree.topLevelItem(0)
    assert item.checkState(INPUT) == Qt.CheckState.Checked
    item.setCheckState(TARGET, Qt.CheckState.Checked)
    assert item.checkState(INPUT) == Qt.CheckState.Unchecked
    qtbot.waitUntil(lambda: not dialog.accept_button.isEnabled())
    assert dialog.choice.error.text()


def test_the_task_is_known_without_drawing_the_data() -> None:
    for source in [*GENERATORS, *SHIPPED, DRAWN]:
        data = DataSpec(source=source)
        assert task_of(data) == dataset(data, 0).task
    assert task_of(DataSpec(source="nonsense")) is None
    assert task_of(DataSpec(source=TABLE)) is None
