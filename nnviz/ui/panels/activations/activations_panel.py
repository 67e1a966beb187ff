"""What stands side by side, and what is sent through it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.experiment.activations.specification import (
    MAX_DEPTH,
    NARROWEST,
    WIDEST,
    Activations,
    InputSpec,
)
from nnviz.experiment.activations.tanh_stages import STAGES
from nnviz.experiment.specification import replace
from nnviz.ui.panels.activations.activation_chips import ActivationChips
from nnviz.ui.panels.neuron.part_panel import PartPanel
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.scale import LinearScale, LogScale
from nnviz.ui.widgets.section import Section
from nnviz.ui.widgets.slider_field import SliderField

KINDS = (
    Entry("normal", "normal", "The bell curve: sums of many small parts lie like this."),
    Entry("uniform", "uniform", "Every value between two ends is equally likely."),
)
PRODUCTS = (
    Entry(
        "rms", "root mean square", "√E[(f′(z₁)·…·f′(zₙ))²]: how large gradients are, as the gradient flow shows them."
    ),
    Entry("mean", "mean size", "E|f′(z₁)·…·f′(zₙ)|: the average of what passes."),
)
SECTIONS = {
    "functions": ("chosen", "curves"),
    "signal": ("chosen", "inputs"),
    "depth": ("chosen", "depth", "inputs"),
    "tanh": ("tanh",),
    "softmax": ("softmax",),
}
"""The parts that each page has use for."""


class ActivationsPanel(PartPanel):
    """Edits an Activations document."""

    def __init__(self) -> None:
        super().__init__()
        self.spec = Activations()
        self.chips = ActivationChips()
        self.leaky, self.elu = _slider(0.0, 1.0, 10.0), _slider(0.0, 2.0, 10.0)
        self.reach = SliderField(LinearScale(1.0, 20.0), 0.5, 100.0, step=1.0)
        self.kind, self.product = Choice(KINDS), Choice(PRODUCTS)
        self.mean = SliderField(LinearScale(-5.0, 5.0), -1e3, 1e3, step=0.1)
        self.spread = SliderField(LogScale(0.01, 100.0), NARROWEST, WIDEST)
        self.layers = SliderField(LinearScale(1.0, MAX_DEPTH), 1.0, MAX_DEPTH, step=1.0)
        self.stage = Choice([Entry(str(place), text) for place, text in enumerate(STAGES)])
        self.layer = [SliderField(LinearScale(-5.0, 5.0), -1e6, 1e6, step=0.1) for _ in range(3)]
        self.sections = {
            "chosen": Section("Functions", self._chosen(), strong=True),
            "curves": Section("Axis", self._axis(), strong=True),
            "depth": Section("Depth", self._depths(), strong=True),
            "inputs": Section("Inputs z", self._inputs(), strong=True),
            "tanh": Section("From σ to tanh", self._stages(), strong=True),
            "softmax": Section("Sums of the layer", self._layer(), strong=True),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for section in self.sections.values():
            column.addWidget(section)
        self._connect()
        self.show_spec(self.spec)

    def show_spec(self, spec: Activations) -> None:
        """Shows a document without emitting, as far as its page needs it."""
        self.spec = spec
        self.chips.show_value(spec.shown)
        self.form.show_row(self.leaky, visible="leaky_relu" in spec.shown)
        self.form.show_row(self.elu, visible="elu" in spec.shown)
        self.leaky.show_value(spec.leaky_alpha)
        self.elu.show_value(spec.elu_alpha)
        self.reach.show_value(spec.reach)
        self.kind.show_key(spec.inputs.kind)
        self.mean.show_value(spec.inputs.mean)
        self.spread.show_value(spec.inputs.width)
        self.layers.show_value(float(spec.depth))
        self.product.show_key(spec.product)
        self.stage.show_key(str(spec.stage))
        for field, value in zip(self.layer, spec.layer, strict=True):
            field.show_value(value)
        for key, section in self.sections.items():
            section.setVisible(key in SECTIONS[spec.page])

    def _chosen(self) -> QWidget:
        self.form = Form()
        tip = "α: the slope of leaky ReLU below 0. At 0 it is ReLU, at 1 it is linear."
        self.form.add("α leaky ReLU", self.leaky, tip)
        self.form.add("α ELU", self.elu, "α: how far ELU goes below 0. Only at 1 has it no corner at 0.")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.chips)
        column.addLayout(self.form)
        return box

    def _axis(self) -> QWidget:
        form = Form()
        form.add("z up to ±", self.reach, "The stretch of z that the curves are drawn over, to both sides of 0.")
        return _boxed(form)

    def _inputs(self) -> QWidget:
        form = Form()
        form.add("Distribution", self.kind, "How the sums z that reach a layer's units are spread.")
        form.add("Mean", self.mean, "The middle of the inputs. Biases, and inputs that are not centred, move it.")
        tip = (
            "The standard deviation of the inputs, of either distribution. Large weights make it wide: units saturate."
        )
        form.add("Width (std)", self.spread, tip)
        return _boxed(form)

    def _depths(self) -> QWidget:
        form = Form()
        form.add(
            "Layers n", self.layers, "How many derivatives are multiplied: the layers a gradient comes back through."
        )
        tip = "What is averaged over the inputs. The z of every layer are drawn anew and independently."
        form.add("Average", self.product, tip)
        return _boxed(form)

    def _stages(self) -> QWidget:
        form = Form()
        form.add("Step", self.stage, "How far the sigmoid has been stretched and shifted.")
        return _boxed(form)

    def _layer(self) -> QWidget:
        form = Form()
        for place, (field, index) in enumerate(zip(self.layer, "₁₂₃", strict=True), start=1):
            tip = f"The sum of output unit {place}. Only differences count: adding the same to all changes nothing."
            form.add(f"z{index}", field, tip)
        return _boxed(form)

    def _connect(self) -> None:
        self.chips.edited.connect(lambda names: self._set("choose functions", shown=names))
        self.leaky.edited.connect(lambda value: self._set("α of leaky ReLU", leaky_alpha=value))
        self.elu.edited.connect(lambda value: self._set("α of ELU", elu_alpha=value))
        self.reach.edited.connect(lambda value: self._set("range of z", reach=max(0.5, value)))
        self.kind.chosen.connect(lambda kind: self._set_inputs("distribution", kind=kind))
        self.mean.edited.connect(lambda value: self._set_inputs("mean of the inputs", mean=value))
        self.spread.edited.connect(lambda value: self._set_inputs("width of the inputs", width=value))
        self.layers.edited.connect(lambda value: self._set("number of layers", depth=round(value)))
        self.product.chosen.connect(lambda key: self._set("average", product=key))
        self.stage.chosen.connect(lambda key: self._set("step towards tanh", stage=int(key)))
        for place, field in enumerate(self.layer):
            field.edited.connect(lambda value, place=place: self._set_layer(place, value))

    def _set(self, text: str, **changes: object) -> None:
        self.edited.emit(replace(self.spec, **changes), text)

    def _set_inputs(self, text: str, **changes: object) -> None:
        inputs: InputSpec = replace(self.spec.inputs, **changes)
        self._set(text, inputs=inputs)

    def _set_layer(self, place: int, value: float) -> None:
        layer = (*self.spec.layer[:place], value, *self.spec.layer[place + 1 :])
        self._set(f"sum {place + 1}", layer=layer)


def _slider(low: float, high: float, most: float) -> SliderField:
    return SliderField(LinearScale(low, high), low, most, step=0.01)


def _boxed(form: Form) -> QWidget:
    box = QWidget()
    box.setLayout(form)
    return box
