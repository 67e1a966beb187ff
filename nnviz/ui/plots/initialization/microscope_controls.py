"""The controls of the initialization microscope: which network, drawn how, compared with what."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from nnviz.engine import Initialization
from nnviz.experiment.microscope import Question
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.layers.deep_settings import INITIALIZER_ENTRIES, DeepSettings, DeepSettingsPopup
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.folding_bar import FoldingBar
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.labelled import labelled
from nnviz.ui.widgets.scale import LogScale
from nnviz.ui.widgets.slider_field import SliderField

NOTHING = "nothing"
GAIN_TIP = "Multiplies all initial weights. The fan tips from vanishing to exploding where it crosses what fits."
STOP = ("Stop", "Looks at no more seeds.")
GO_ON = ("All seeds", "Looks at all seeds, when that was stopped.")
GAIN_CHARACTERS = 5
GAINS = LogScale(0.1, 10.0)


class MicroscopeControls(FoldingBar):
    """asked: another question. looked: the same one, seen in another way. stop_pressed: no more seeds, or go on.

    own: the experiment's network, None before it is known; deep: the one made up.
    """

    asked = Signal()
    looked = Signal()
    stop_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own: Question | None = None
        self.deep = DeepSettings()
        self.compared: Initialization | None = None
        self._own_gain: float | None = None
        self._deep_gain = 1.0
        self.source = Segments(
            "Network",
            [
                ("own", "This network", "The experiment's network with its training inputs"),
                ("deep", "Deep", "A network of equal layers with Gaussian inputs"),
            ],
        )
        self.form = Segments(
            "Form",
            [
                ("both", "a, δ", "Activations and backward signal beside each other"),
                ("forward", "a", "RMS of the activations a by layer"),
                ("backward", "δ", "RMS of the signal δ that comes back to each layer when noise of size 1 is sent "
                 "back from the output"),
                ("values", "Values", "How W, z and a of one layer are distributed"),
            ],
        )  # fmt: skip
        self.settings = QToolButton()
        explain(self.settings, "Settings", "Layers, units, activation, biases and scales.")
        self.popup = DeepSettingsPopup(self)
        self.weights = Choice(INITIALIZER_ENTRIES)
        explain(self.weights, "Weights", "How the weights are drawn.")
        self.versus = Choice([Entry(NOTHING, "–", "No second scheme"), *INITIALIZER_ENTRIES])
        explain(self.versus, "Compare with", "A second way to draw the weights, shown paler.")
        self.gain, self.layer = SliderField(GAINS, 0.1, 10.0), IntegerField(1, 1)
        explain(self.gain, "Gain", GAIN_TIP)
        explain(self.layer, "Layer", "The layer whose values are shown.")
        self.stop = QToolButton()
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def questions(self) -> tuple[Question, ...]:
        """None, one, or one and the one it is compared with."""
        asked = self.own if self.source.key == "own" else self.deep.question()
        if asked is None:
            return ()
        asked = replace(asked, gain=self._gain())
        return (asked,) if self.compared is None else (asked, asked.with_weights(self.compared))

    def show_own(self, own: Question) -> None:
        """Another experiment's network, with the gain that it has."""
        self.own, self._own_gain = own, None
        self.refresh()

    def show_busy(self, *, busy: bool, complete: bool) -> None:
        """Whether seeds are being looked at, and whether some are missing."""
        self.stop.setText("■ Stop" if busy else "↻ All seeds")
        name, tip = STOP if busy else GO_ON
        explain(self.stop, name, tip)
        self.stop.setEnabled(busy or not complete)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's text size."""
        self.setFont(theme.font())
        self.popup.setFont(theme.font())
        # Narrower than a field for any number: what the slider gives has three digits.
        self.gain.field.setMaximumWidth(self.fontMetrics().horizontalAdvance("0" * GAIN_CHARACTERS) + 16)
        self.arrange()

    def refresh(self) -> None:
        """Shows what is set, silently."""
        deep = self.source.key == "deep"
        self.weights.setVisible(deep)
        # The experiment's network is set in its own panel; here only the scale of what it is compared with.
        self.settings.setVisible(deep or (self.compared is not None and self.compared.name != "zeros"))
        self._layer_box.setVisible(self.form.key == "values")
        self.settings.setText(f"{self.deep.words() if deep else 'scale'} ▾")
        self.popup.show_settings(self.deep, self.compared, made_up=deep)
        self.weights.show_key(self.deep.weights.name)
        self.versus.show_key(NOTHING if self.compared is None else self.compared.name)
        self.gain.show_value(self._gain())
        depth = len(self.questions[0].activations) if self.questions else 1
        self.layer.setRange(1, depth)
        self.arrange()

    def _lay_out(self) -> None:
        self._layer_box = labelled("layer", self.layer)
        versus, gain = labelled("vs", self.versus), labelled("gain", self.gain)
        for part in (self.source, self.weights, versus, self.settings, self.stop, self.form, self._layer_box, gain):
            self.addWidget(part)

    def _connect(self) -> None:
        self.source.chosen.connect(self._ask)
        self.form.chosen.connect(self._look)
        self.layer.edited.connect(self._look)
        self.settings.clicked.connect(lambda: self.popup.open_below(self.settings))
        self.popup.edited.connect(self._take_settings)
        self.popup.compared_edited.connect(self._rescale_compared)
        self.weights.chosen.connect(self._draw_otherwise)
        self.versus.chosen.connect(self._compare)
        self.gain.edited.connect(self._set_gain)
        self.stop.clicked.connect(self.stop_pressed)

    def _gain(self) -> float:
        if self.source.key == "deep":
            return self._deep_gain
        if self._own_gain is not None:
            return self._own_gain
        return self.own.gain if self.own is not None else 1.0

    def _ask(self, *_: object) -> None:
        self.refresh()
        self.asked.emit()

    def _look(self, *_: object) -> None:
        self.refresh()
        self.looked.emit()

    def _take_settings(self) -> None:
        self.deep = self.popup.settings
        self._ask()

    def _draw_otherwise(self, name: str) -> None:
        self.deep = replace(self.deep, weights=Initialization(name))
        self._ask()

    def _compare(self, name: str) -> None:
        self.compared = None if name == NOTHING else Initialization(name)
        self._ask()

    def _rescale_compared(self, scale: float) -> None:
        if self.compared is not None:
            self.compared = replace(self.compared, scale=scale)
            self._ask()

    def _set_gain(self, gain: float) -> None:
        if self.source.key == "deep":
            self._deep_gain = gain
        else:
            self._own_gain = gain
        self._ask()
