"""What can be measured of a neuron, of a perceptron that learns a truth table, and of a line with its bias."""

from nnviz.experiment.lesson.quantity import Quantity, Value
from nnviz.experiment.neuron.firing import fire
from nnviz.experiment.neuron.line_fit import best_line, data_of
from nnviz.experiment.neuron.perceptron_rule import run_rule
from nnviz.experiment.neuron.specification import Neuron
from nnviz.experiment.neuron.truth_tables import separable


def _steps(document: Neuron) -> Value:
    """After how many rows shown everything is right; "never" where the rule does not come to rest."""
    learned = run_rule(document.perceptron).learned
    return "never" if learned is None else float(learned)


def _best_cost(words: str, *, bias: bool) -> Quantity:
    return Quantity("neuron", (), lambda document: best_line(data_of(document.line), bias=bias).cost, words)


QUANTITIES: dict[str, Quantity] = {
    "weighted_sum": Quantity("neuron", (), lambda document: fire(document.unit).z, "the neuron's weighted sum z"),
    "neuron_output": Quantity("neuron", (), lambda document: fire(document.unit).a, "the neuron's output a"),
    "rule_steps": Quantity("neuron", (), _steps, "rows shown until the perceptron has all of them right", "rows"),
    "separable": Quantity(
        "neuron",
        (),
        lambda document: "yes" if separable(document.perceptron.targets) else "no",
        "whether a line separates the table's rows",
    ),
    "locked_loss": _best_cost("least cost of a line without bias", bias=False),
    "free_loss": _best_cost("least cost of a line with bias", bias=True),
}
