"""The network panel: layers by button and key, what they do, how they begin, and what is said about it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider

from nnviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import Experiment, InitializerSpec, LayerSpec, NetworkSpec, OutputSpec, replace
from nnviz.ui.panels import explanations
from nnviz.ui.panels.data_panel import DataPanel
from nnviz.ui.panels.network_advice import advice, with_fitting_initializers
from nnviz.ui.panels.network_panel import NetworkPanel
from nnviz.ui.panels.panel import Panel
from nnviz.ui.panels.training_panel import TrainingPanel
from nnviz.ui.plots.registry import VIEWS

SPEC = Experiment()
LAYER = LayerSpec()
ZERO = InitializerSpec("zeros")


@pytest.fixture
def panel(qtbot) -> NetworkPanel:
    made = NetworkPanel()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def edits(panel: NetworkPanel) -> list[tuple[Experiment, str]]:
    heard: list[tuple[Experiment, str]] = []
    panel.edited.connect(lambda spec, text: heard.append((spec, text)))
    return heard


def with_hidden(*layers: LayerSpec) -> Experiment:
    return replace(SPEC, network=NetworkSpec(hidden=layers))


def choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_layers_are_added_like_the_last_and_removed_from_the_end(panel, edits) -> None:
    spec = with_hidden(LAYER, LayerSpec(3, "relu"))
    panel.show_spec(spec, None)
    panel.layers.more.click()
    panel.show_spec(spec, None)
    panel.layers.less.click()
    assert [edit[0].network.hidden for edit in edits] == [(LAYER, *(LayerSpec(3, "relu"),) * 2), (LAYER,)]


def test_the_first_layer_of_a_single_neuron(panel, edits) -> None:
    panel.show_spec(with_hidden(), None)
    panel.layers.more.click()
    assert edits[0][0].network.hidden == (LAYER,)


def test_a_layer_has_units_activation_alpha_and_initializers_of_its_own(panel, edits) -> None:
    spec = with_hidden(LAYER, LayerSpec(8, "leaky_relu"))
    panel.show_spec(spec, None)
    row = panel._hidden[1]
    row.more.click()
    row.units.stepUp()
    row.alpha.stepUp()
    choose(row.weights.choice, "random_normal")
    choose(row.biases.choice, "constant")
    choose(row.activation, "elu")
    assert [text for _, text in edits] == [
        f"{what} of layer 2" for what in ("units", "alpha", "weights", "biases", "activation")
    ]
    layers = [spec.network.hidden[1] for spec, _ in edits]
    assert layers[0] == LayerSpec(9, "leaky_relu")
    assert layers[1].alpha == 0.011
    assert layers[2].weights == InitializerSpec("random_normal")
    assert layers[3].biases == InitializerSpec("constant")
    assert layers[4].activation == "elu"
    row.remove.click()
    assert edits[-1][0].network.hidden == (LAYER,)


def test_a_scale_is_kept_to_the_last_digit_and_its_default_is_no_scale(qtbot, panel, edits) -> None:
    panel.show_spec(SPEC, None)
    row = panel.output
    row.more.click()
    for text, scale in (("0.0123456789", 0.0123456789), ("1", None)):
        row.weights.scale.selectAll()
        qtbot.keyClicks(row.weights.scale, text)
        qtbot.keyClick(row.weights.scale, Qt.Key.Key_Return)
        assert edits[-1][0].network.output.weights == InitializerSpec("glorot_uniform", scale)
    assert len(edits) == 2


def test_all_layers_at_once(panel, edits) -> None:
    spec = with_hidden(LAYER, LayerSpec(3, "relu", weights=ZERO))
    panel.show_spec(spec, None)
    assert panel.all_activations.currentIndex() == -1
    choose(panel.all_activations, "relu")
    choose(panel.all_weights, "he_normal")
    assert [layer.activation for layer in edits[0][0].network.hidden] == ["relu", "relu"]
    assert {layer.weights for layer in edits[1][0].network.hidden} == {InitializerSpec("he_normal")}


def test_gain_and_output(panel, edits) -> None:
    panel.show_spec(SPEC, None)
    panel.gain.field.stepUp()
    choose(panel.output.activation, "linear")
    assert edits[0] == (replace(SPEC, network=replace(SPEC.network, gain=1.1)), "gain")
    assert edits[1][0].network.output == OutputSpec("linear")


def test_showing_is_silent_and_says_sizes_and_parameters(panel, edits) -> None:
    panel.show_spec(SPEC, resolve(SPEC))
    assert panel.sizes.text() == "2 → 8 → 8 → 1 · 105 parameters"
    assert panel.output.units.value() == 1
    panel.show_spec(with_hidden(), None)
    assert panel.sizes.text() == "inputs → outputs"
    assert edits == []


def test_what_a_file_holds_is_shown_even_beyond_what_the_buttons_reach(panel, edits) -> None:
    panel.show_spec(with_hidden(*(LayerSpec(1024),) * 64), None)
    assert panel.layers.field.value() == 64
    assert [row.units.value() for row in panel._hidden] == [1024] * 64
    assert edits == []


def test_widgets_live_on_while_the_same_layers_are_shown(panel) -> None:
    panel.show_spec(SPEC, None)
    rows = list(panel._hidden)
    panel.show_spec(replace(SPEC, seed=7), None)
    panel.show_spec(with_hidden(LAYER), None)
    panel.show_spec(SPEC, None)
    assert panel._hidden == rows


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (NetworkSpec(), []),
        (NetworkSpec(hidden=(LayerSpec(8, weights=ZERO),)), ["Layer 1: all units begin alike"]),
        (NetworkSpec(hidden=(LayerSpec(1, weights=ZERO),)), []),
        (NetworkSpec(gain=0.0), ["Layers 1–2: all units begin alike"]),
        (NetworkSpec(hidden=(LayerSpec(8, "threshold"), LAYER)), ["Layer 1: a threshold has no slope"]),
        (NetworkSpec(hidden=(LayerSpec(8, "sigmoid"),) * 6), ["6 hidden layers of sigmoids"]),
        (NetworkSpec(hidden=(LAYER,) * 4), ["4 hidden layers that saturate"]),
        (NetworkSpec(hidden=(LayerSpec(8, "linear"),)), ["All hidden layers are linear"]),
        (NetworkSpec(hidden=(LayerSpec(8, "relu"), LAYER, LayerSpec(8, "gelu"))), ["Layers 1, 3: Glorot is made for"]),
        (NetworkSpec(output=OutputSpec(weights=InitializerSpec("he_normal"))), ["Output layer: He is made for ReLU"]),
    ],
)
def test_advice(network: NetworkSpec, said: list[str]) -> None:
    sentences = [one.sentence for one in advice(network)]
    assert [sentence[: len(start)] for sentence, start in zip(sentences, said, strict=True)] == said


@pytest.mark.parametrize("layer", [LayerSpec(8, "sigmoid"), LayerSpec(8, "tanh")])
def test_saturating_layers_come_with_a_button_to_the_ledger(qtbot, panel, edits, layer) -> None:
    panel.show_spec(with_hidden(*(layer,) * 6), None)
    note = panel._notes[0]
    assert not note.button.isHidden()
    with qtbot.waitSignal(panel.evidence_asked) as asked:
        note.button.click()
    assert asked.args == ["ledger"]
    assert edits == []


def test_every_note_asks_for_its_own_evidence_and_only_for_what_the_lab_has(panel) -> None:
    asked: list[str] = []
    panel.evidence_asked.connect(asked.append)
    both = LayerSpec(8, "threshold", weights=ZERO)
    panel.show_spec(with_hidden(both, LayerSpec(8, "relu")), None)
    for note in panel._notes:
        note.button.click()
    assert asked == ["symmetry", "gradient-flow", "microscope"]
    assert set(asked) <= VIEWS.keys()
    panel.show_spec(with_hidden(LayerSpec(8, "linear")), None)
    assert panel._notes[0].text().startswith("All hidden layers are linear")
    assert panel._notes[0].button.isHidden(), "no figure shows it"


def test_initializers_that_fit_are_a_click_away(panel, edits) -> None:
    spec = with_hidden(LayerSpec(8, "relu"), LayerSpec(8, "tanh", weights=InitializerSpec("he_normal")))
    panel.show_spec(spec, None)
    assert not panel.fit.isHidden()
    panel.fit.click()
    names = [layer.weights.name for layer in edits[0][0].network.hidden]
    assert names == ["he_uniform", "glorot_normal"]
    assert with_fitting_initializers(edits[0][0].network) == edits[0][0].network
    panel.show_spec(edits[0][0], None)
    assert panel.fit.isHidden()


def test_every_name_of_the_engine_is_explained() -> None:
    assert explanations.ACTIVATION_TIPS.keys() == ACTIVATIONS.keys()
    assert explanations.INITIALIZER_TIPS.keys() == INITIALIZERS.keys()
    assert explanations.LOSS_TIPS.keys() == LOSSES.keys()
    assert explanations.OPTIMIZER_TIPS.keys() == OPTIMIZERS.keys()


@pytest.mark.parametrize("make", [DataPanel, NetworkPanel, TrainingPanel])
def test_every_control_has_a_name_an_explanation_and_takes_the_focus(qtbot, make: type[Panel]) -> None:
    panel = make()
    qtbot.addWidget(panel)
    for kind in (QAbstractSpinBox, QComboBox, QSlider):
        for control in panel.findChildren(kind):
            assert control.accessibleName(), control
            assert control.toolTip(), control
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or control.isReadOnly()


def test_the_panels_fit_into_300_pixels(qtbot) -> None:
    for make in (DataPanel, NetworkPanel, TrainingPanel):
        panel = make()
        qtbot.addWidget(panel)
        font = panel.font()
        font.setPixelSize(13)
        panel.setFont(font)
        panel.show_spec(SPEC, resolve(SPEC))
        assert panel.minimumSizeHint().width() <= 300 - 2 * 8 - 16
