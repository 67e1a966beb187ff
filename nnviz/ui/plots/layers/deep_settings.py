"""A network made up for the microscope: its settings, and the small window in which they are changed."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from nnviz.engine import ACTIVATIONS, INITIALIZERS, Initialization
from nnviz.engine.network import BIAS_INITIALIZERS
from nnviz.experiment.microscope import DEEPEST, WIDEST, ZEROS, Question, deep_network
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField

ACTIVATION_ENTRIES = [Entry(name, record.label) for name, record in ACTIVATIONS.items() if record.elementwise]
INITIALIZER_ENTRIES = [Entry(name, record.label) for name, record in INITIALIZERS.items()]
BIAS_ENTRIES = [Entry(name, record.label) for name, record in BIAS_INITIALIZERS.items()]
LARGEST_SCALE = 100.0
SCALE_TIP = (
    "Standard deviation, half width or constant value; for Glorot, He, LeCun and orthogonal a factor on the spread "
    "that they work out from the layer's size."
)


HE_NORMAL = Initialization("he_normal")


@dataclass(frozen=True)
class DeepSettings:
    """A network of equal layers, and how its weights and biases are drawn."""

    depth: int = 20
    width: int = 256
    activation: str = "relu"
    weights: Initialization = HE_NORMAL
    biases: Initialization = ZEROS

    def question(self) -> Question:
        """What the microscope is asked."""
        return deep_network(self.depth, self.width, self.activation, self.weights, self.biases)

    def words(self) -> str:
        """In short: 20 × 256 ReLU."""
        return f"{self.depth} × {self.width} {ACTIVATIONS[self.activation].label}"


class DeepSettingsPopup(QFrame):
    """Opens below a button and closes when one clicks elsewhere. Every change counts at once.

    edited: the settings changed. compared_edited: the scale of the scheme compared with changed.
    """

    edited = Signal()
    compared_edited = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Deep network")
        self.settings = DeepSettings()
        self.layers, self.units = IntegerField(1, DEEPEST), IntegerField(1, WIDEST)
        self.activation, self.biases = Choice(ACTIVATION_ENTRIES), Choice(BIAS_ENTRIES)
        self.scale, self.bias_scale, self.compared_scale = (self._scale_field() for _ in range(3))
        self.form = Form(self)
        self.form.setContentsMargins(*(2 * GRID,) * 4)
        self.form.add("Layers", self.layers, f"How many layers, output included: 1 to {DEEPEST}.")
        self.form.add("Units a layer", self.units, f"How many units each layer has: 1 to {WIDEST}.")
        self.form.add("Activation", self.activation, "The activation of every layer.")
        self.form.add("Scale of weights", self.scale, SCALE_TIP)
        self.form.add("Biases", self.biases, "How biases are drawn; usually they start at 0.")
        self.form.add("Scale of biases", self.bias_scale, SCALE_TIP)
        self.form.add("Scale, compared", self.compared_scale, f"Of the scheme compared with. {SCALE_TIP}")
        self.layers.edited.connect(lambda value: self._take(replace(self.settings, depth=value)))
        self.units.edited.connect(lambda value: self._take(replace(self.settings, width=value)))
        self.activation.chosen.connect(lambda name: self._take(replace(self.settings, activation=name)))
        self.scale.edited.connect(self._scale_weights)
        self.biases.chosen.connect(lambda name: self._take(replace(self.settings, biases=Initialization(name))))
        self.bias_scale.edited.connect(self._scale_biases)
        self.compared_scale.edited.connect(self.compared_edited)
        self.show_settings(self.settings, None, made_up=True)

    def show_settings(self, settings: DeepSettings, compared: Initialization | None, *, made_up: bool) -> None:
        """Shows settings, and the scheme compared with, without emitting.

        made_up: a network like this is looked at; without it there is only what is compared to be set.
        """
        self.settings = settings
        for row in (self.layers, self.units, self.activation, self.biases):
            self.form.show_row(row, visible=made_up)
        self.layers.show_value(settings.depth)
        self.units.show_value(settings.width)
        self.activation.show_key(settings.activation)
        self.biases.show_key(settings.biases.name)
        for field, way in ((self.scale, settings.weights), (self.bias_scale, settings.biases)):
            field.show_value(scale_of(way))
            self.form.show_row(field, visible=made_up and way.name != "zeros")
        self.form.show_row(self.compared_scale, visible=compared is not None and compared.name != "zeros")
        if compared is not None:
            self.compared_scale.show_value(scale_of(compared))
        self.adjustSize()

    def open_below(self, button: QWidget) -> None:
        """At the button's lower left corner; Qt keeps it on the screen."""
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height())))
        self.show()
        (self.layers if self.form.isRowVisible(self.layers) else self.compared_scale).setFocus()

    def _take(self, settings: DeepSettings) -> None:
        self.settings = settings
        self.edited.emit()

    def _scale_weights(self, scale: float) -> None:
        self._take(replace(self.settings, weights=replace(self.settings.weights, scale=scale)))

    def _scale_biases(self, scale: float) -> None:
        self._take(replace(self.settings, biases=replace(self.settings.biases, scale=scale)))

    @staticmethod
    def _scale_field() -> FloatField:
        return FloatField(0.0, LARGEST_SCALE, smallest=1e-3)


def scale_of(way: Initialization) -> float:
    """Its own scale, or its initializer's default."""
    return INITIALIZERS[way.name].scale if way.scale is None else way.scale
