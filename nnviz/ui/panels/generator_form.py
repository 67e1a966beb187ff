"""How a generated data set is drawn: its size, its noise, and the parameters of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.engine.datasets import GENERATORS, Parameter
from nnviz.experiment.problem import CLASSES, DRAWN
from nnviz.experiment.specification import MAX_EXAMPLES, DataSpec, replace
from nnviz.ui.panels.explanations import restarts
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.scale import LinearScale
from nnviz.ui.widgets.slider_field import SliderField

DRAWN_PARAMETERS = {"classes": CLASSES}
SIZE_TIP = restarts("How many examples are drawn, for training and test together.")
NOISE_TIP = "How much chance disturbs the examples, from 0 to 1."


class GeneratorForm(QWidget):
    """`edited` is emitted with the DataSpec and what was done in words. The form hides what a source does not have."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = DataSpec()
        self._source: str | None = None
        self._parameters: dict[str, FloatField | IntegerField] = {}
        self.examples = IntegerField(1, MAX_EXAMPLES, step=50, parent=self)
        self.noise = SliderField(LinearScale(0.0, 1.0), 0.0, 1.0, step=0.05, parent=self)
        self._form = Form(self)
        self._form.add("Examples", self.examples, SIZE_TIP)
        self._noise_label = self._form.add("Noise", self.noise, restarts(NOISE_TIP))
        self.examples.edited.connect(lambda count: self._emit(replace(self._data, size=count), "number of examples"))
        self.noise.edited.connect(lambda noise: self._emit(replace(self._data, noise=noise), "noise"))

    def parameter(self, name: str) -> FloatField | IntegerField:
        """The field of one of the present source's own parameters."""
        return self._parameters[name]

    def show_value(self, data: DataSpec) -> None:
        """Shows a specification without emitting."""
        self._data = data
        generator = GENERATORS.get(data.source)
        records = generator.parameters if generator else (DRAWN_PARAMETERS if data.source == DRAWN else {})
        if data.source != self._source:
            self._source = data.source
            self._form.show_row(self.examples, visible=generator is not None)
            self._form.show_row(self.noise, visible=generator is not None)
            for field in self._parameters.values():
                self._form.removeRow(field)
            self._parameters = {name: self._add(name, record) for name, record in records.items()}
            self.setVisible(generator is not None or bool(records))
        self.examples.show_value(data.size)
        self.noise.show_value(data.noise)
        for name, field in self._parameters.items():
            value = data.parameters.get(name, records[name].default)
            if isinstance(field, IntegerField):
                field.show_value(int(value))
            else:
                field.show_value(float(value))

    def _add(self, name: str, record: Parameter) -> FloatField | IntegerField:
        field: FloatField | IntegerField
        if isinstance(record.default, int) and record.maximum <= MAX_EXAMPLES:
            field = IntegerField(int(record.minimum), int(record.maximum), parent=self)
        else:
            field = FloatField(record.minimum, record.maximum, buttons=True, parent=self)
        meaning = f"{record.label} of this data set, from {record.minimum:,} to {record.maximum:,}."
        self._form.add(record.label, field, restarts(meaning))
        field.edited.connect(lambda value: self._set(name, value, record))
        return field

    def _set(self, name: str, value: float, record: Parameter) -> None:
        kept = {key: number for key, number in self._data.parameters.items() if key != name}
        if value != record.default:
            kept[name] = float(value)
        self._emit(replace(self._data, parameters=kept), record.label.lower())

    def _emit(self, data: DataSpec, text: str) -> None:
        # The numbers of removed examples mean nothing in another draw; points set by hand stay where they are. Points
        # of classes that no longer exist would silently become others.
        fewer_classes = data.source == DRAWN and data.parameters != self._data.parameters
        count = data.parameters.get("classes", 2)
        added = tuple(point for point in data.added if not fewer_classes or point.y < count)
        self.edited.emit(replace(data, removed=(), added=added), text)
