"""What every panel is: it shows a part of the specification, and turns a gesture into a new specification."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.experiment.problem import Problem
from nnviz.experiment.specification import Experiment


class Panel(QWidget):
    """A panel. Program to widget is silent (`show_spec`); user to program is one signal (`edited`) a gesture."""

    edited = Signal(object, str)
    """(Experiment: the new specification, str: what was done in words for the undo menu, such as "learning rate")."""

    title = ""
    meaning = ""
    """What is set in it, in a sentence."""

    def show_spec(self, spec: Experiment, problem: Problem | None) -> None:
        """Shows a specification without emitting anything; problem is its resolved form once that exists."""
        raise NotImplementedError

    def summary(self) -> str:
        """What is set, in one line, for when the panel is closed."""
        raise NotImplementedError
