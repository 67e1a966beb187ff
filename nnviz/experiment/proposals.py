"""What belongs to a task: the output activation and the loss that the program proposes, and what is odd about others.

A wrong pair is never refused: seeing what it does is what the program is for. It is flagged, with the reason.
"""

from nnviz.engine import LOSSES
from nnviz.engine.datasets.record import Task

PROPOSALS: dict[Task, tuple[str, str]] = {
    "regression": ("linear", "squared_error"),
    "binary": ("sigmoid", "binary_cross_entropy"),
    "multi-class": ("softmax", "categorical_cross_entropy"),
    "multi-label": ("sigmoid", "binary_cross_entropy"),
}
"""Task → (output activation, loss)."""


def mismatch(task: Task, activation: str, loss: str, outputs: int) -> str:
    """One sentence on what is wrong with an output activation and loss for this task; empty when nothing is."""
    proposed = " with ".join(_words(*PROPOSALS[task]))
    if activation == "softmax" and outputs == 1:
        return f"Softmax over a single output is always 1, so nothing can be learned; {task} goes with {proposed}."
    if activation == "threshold":
        return "A threshold has no slope: no gradient reaches any layer before it, so nothing can be learned."
    if loss not in ("squared_error", "absolute_error") and activation not in ("sigmoid", "softmax"):
        return (
            f"Cross-entropy needs outputs between 0 and 1, which {activation} does not give: they are cut off there, "
            f"and so is the gradient; {task} goes with {proposed}."
        )
    if task == "regression" and activation != "linear":
        return f"The targets are any numbers, but {activation} limits what can be predicted; use {proposed}."
    if task == "multi-label" and activation == "softmax":
        return "Softmax makes the labels compete, but several can be right at once; use a sigmoid for each."
    if task == "multi-class" and activation == "sigmoid":
        return "A sigmoid judges each class by itself; exactly one is right, and softmax says so."
    if (activation, loss) == ("softmax", "binary_cross_entropy"):
        return f"Softmax goes with categorical cross-entropy; {task} goes with {proposed}."
    if (activation, loss) == ("sigmoid", "categorical_cross_entropy"):
        return f"This loss looks at the right class only, so outputs of 1 everywhere cost nothing; use {proposed}."
    if task != "regression" and (activation, loss) != PROPOSALS[task]:
        return _unusual(task, activation, loss, proposed)
    return ""


def _unusual(task: Task, activation: str, loss: str, proposed: str) -> str:
    if activation in ("sigmoid", "softmax"):
        return (
            f"Where {activation} is sure and wrong its slope is nearly 0, and with {loss.replace('_', ' ')} "
            f"so is the gradient: confident mistakes are hardly corrected; {task} goes with {proposed}."
        )
    return f"The targets are 0 or 1, which {activation} outputs do not stay near; {task} goes with {proposed}."


def _words(activation: str, loss: str) -> tuple[str, str]:
    return activation, LOSSES[loss].label
