"""What the panels of the Descent workspace are: each shows the document and turns a gesture into another one."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.engine.optimizers import Hyperparameter
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.scale import LinearScale, LogScale, Scale
from nnviz.ui.widgets.slider_field import SliderField


class DescentPanel(QWidget):
    """Program to widget is silent (`show_spec`); user to program is one signal (`edited`) a gesture."""

    edited = Signal(object, str)
    """(the new Descent, what was done in words for the undo menu)."""
    refused = Signal(str)
    """A sentence: why it cannot be."""

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.spec = Descent()

    def show_spec(self, spec: Descent) -> None:
        """Shows a document without emitting anything."""
        raise NotImplementedError

    def summary(self) -> str:
        """What is set, in one line, for when the panel is closed."""
        raise NotImplementedError

    def tell(self, make: Callable[[], Descent], text: str) -> None:
        """Emits the document that ``make`` makes; a ValueError of it is what is wrong with the wish, in a sentence."""
        try:
            spec = make()
        except ValueError as error:
            self.refused.emit(str(error))
            self.show_spec(self.spec)
        else:
            self.edited.emit(spec, text)


class ParameterRows:
    """A slider and a field for each parameter of something chosen from a registry; the rows change with the choice.

    edited: called with name and value.
    """

    def __init__(self, form: Form, edited: Callable[[str, float], None]) -> None:
        self.form, self._edited = form, edited
        self.fields: dict[str, SliderField] = {}
        self._key = ""

    def show_values(self, key: str, records: "dict[str, Hyperparameter]", values: dict[str, float]) -> None:
        """key: what is chosen. values: those that are not at their defaults."""
        if key != self._key:
            for field in self.fields.values():
                self.form.removeRow(field)
            self.fields = {name: self._row(name, record) for name, record in records.items()}
            self._key = key
        for name, field in self.fields.items():
            field.show_value(values.get(name, records[name].default))

    def _row(self, name: str, record: Hyperparameter) -> SliderField:
        field = SliderField(_scale(record), record.low, record.high)
        label = record.label[:1].upper() + record.label[1:]
        self.form.add(label, field, record.meaning[:1].upper() + record.meaning[1:] + ".")
        field.edited.connect(lambda value: self._edited(name, value))
        return field


def _scale(record: Hyperparameter) -> Scale:
    """By powers of ten where a parameter spans many."""
    if record.low > 0.0 and record.high / record.low >= 100.0:
        return LogScale(record.low, record.high)
    if record.low == 0.0 and 0.0 < record.default <= 1e-3 * record.high:
        return LogScale(1e-3 * record.default, record.high, with_zero=True)
    return LinearScale(record.low, record.high)
