"""One layer of the network panel: units and activation in a row, and on request how its parameters are drawn."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.specification import InitializerSpec, LayerSpec, OutputSpec, replace
from nnviz.ui.panels.explanations import restarts
from nnviz.ui.panels.initializer_field import InitializerField
from nnviz.ui.panels.registries import (
    BIAS_INITIALIZERS,
    HIDDEN_ACTIVATIONS,
    OUTPUT_ACTIVATIONS,
    WEIGHT_INITIALIZERS,
)
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice
from nnviz.ui.widgets.explained import explain, tooltip
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField

AnyLayer = LayerSpec | OutputSpec
MOST_UNITS = 64

UNITS_TIP = restarts("How many neurons stand side by side in this layer. Each sees all outputs of the layer before.")
ACTIVATION_TIP = restarts("What a neuron does with its sum of weighted inputs before passing it on.")
WEIGHTS_TIP = restarts(
    "How the weights are drawn before the first step; too small or too large a spread spoils training."
)
BIASES_TIP = restarts("How the biases begin; usually at 0.")
ALPHA_TIP = restarts("Slope of leaky ReLU below zero, or how far ELU goes below it.")


class _Number(QLabel):
    """The number of a layer, or "out", as wide in every row."""

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("out"), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Units(IntegerField):
    """Equally wide in every row, whether it has buttons or holds four digits."""

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0000") + 4 * GRID, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class LayerRow(QWidget):
    """A hidden layer, or the output layer, whose units follow from the data.

    edited: (the layer's specification, what was done in words). removed: the user wants the layer gone.
    """

    edited = Signal(object, str)
    removed = Signal()

    def __init__(self, number: int | None, parent: QWidget | None = None) -> None:
        """number: of the hidden layer, from 1; None for the output layer."""
        super().__init__(parent)
        self._layer: AnyLayer = LayerSpec() if number else OutputSpec()
        self._name = f"layer {number}" if number else "output layer"
        self._details: QWidget | None = None
        label = _Number(str(number) if number else "out", self)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        label.setToolTip(tooltip("The output layer." if number is None else f"Hidden layer {number}, from the input."))
        self.units = _Units(1, MOST_UNITS, parent=self)
        self.activation = Choice(HIDDEN_ACTIVATIONS if number else OUTPUT_ACTIVATIONS, self)
        self.more = QToolButton(self)
        self.more.setText("…")
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        explain(self.units, f"Units of {self._name}", UNITS_TIP)
        explain(self.activation, f"Activation of {self._name}", ACTIVATION_TIP)
        explain(
            self.more, f"More about {self._name}", "How weights and biases begin, and other settings of this layer."
        )
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(label)
        head.addWidget(self.units)
        self.units.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        head.addWidget(self.activation, 1)
        head.addWidget(self.more)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID)
        self._layout.addLayout(head)
        if number is None:
            self.units.setReadOnly(True)
            self.units.setRange(0, MOST_UNITS)
            self.units.setSpecialValueText("?")
            self.units.setButtonSymbols(IntegerField.ButtonSymbols.NoButtons)
            self.units.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            explain(self.units, "Outputs", "How many outputs there are follows from the data: one for each target.")
        self.units.edited.connect(self._set_units)
        self.activation.chosen.connect(self._set_activation)
        self.more.toggled.connect(self._show_details)

    def show_layer(self, layer: AnyLayer, units: int) -> None:
        """Shows a layer without emitting; units of the output layer are 0 while they are not known."""
        if layer != self._layer or units != self.units.value():
            self._layer = layer
            self.units.show_value(units)
            self.activation.show_key(layer.activation)
            self._fill_details()

    def _show_details(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        # Made when first asked for: 64 layers with all their boxes at once would be slow.
        if self._details is None and on:
            self._details = self._make_details()
            self._layout.addWidget(self._details)
            self._fill_details()
        if self._details is not None:
            self._details.setVisible(on)

    def _make_details(self) -> QWidget:
        details = QWidget(self)
        form = self._form = Form(details)
        form.setContentsMargins(2 * GRID, 0, 0, GRID)
        self.alpha = FloatField(0.0, 10.0, smallest=1e-3, parent=details)
        self.weights = InitializerField(WEIGHT_INITIALIZERS, f"Weights of {self._name}", WEIGHTS_TIP, details)
        self.biases = InitializerField(BIAS_INITIALIZERS, f"Biases of {self._name}", BIASES_TIP, details)
        form.add("Alpha", self.alpha, ALPHA_TIP)
        form.add("Weights", self.weights, WEIGHTS_TIP)
        form.add("Biases", self.biases, BIASES_TIP)
        self.alpha.edited.connect(self._set_alpha)
        self.weights.edited.connect(self._set_weights)
        self.biases.edited.connect(self._set_biases)
        if isinstance(self._layer, LayerSpec):
            self.remove = QPushButton("Remove this layer", details)
            self.remove.setToolTip(tooltip(restarts(f"Takes {self._name} out of the network.")))
            self.remove.clicked.connect(self.removed)
            form.addRow(self.remove)
        return details

    def _fill_details(self) -> None:
        if self._details is None:
            return
        default = ACTIVATIONS[self._layer.activation].alpha
        with QSignalBlocker(self):
            if default is not None:
                self.alpha.show_value(default if self._layer.alpha is None else self._layer.alpha)
            self._form.show_row(self.alpha, visible=default is not None)
            self.weights.show_value(self._layer.weights)
            self.biases.show_value(self._layer.biases)

    def _set_units(self, units: int) -> None:
        if isinstance(self._layer, LayerSpec):
            self._emit(replace(self._layer, units=units), "units")

    def _set_activation(self, activation: str) -> None:
        self._emit(replace(self._layer, activation=activation, alpha=None), "activation")

    def _set_alpha(self, alpha: float) -> None:
        default = ACTIVATIONS[self._layer.activation].alpha
        self._emit(replace(self._layer, alpha=None if alpha == default else alpha), "alpha")

    def _set_weights(self, weights: InitializerSpec) -> None:
        self._emit(replace(self._layer, weights=weights), "weights")

    def _set_biases(self, biases: InitializerSpec) -> None:
        self._emit(replace(self._layer, biases=biases), "biases")

    def _emit(self, layer: AnyLayer, what: str) -> None:
        self.edited.emit(layer, f"{what} of {self._name}")
