"""What was changed during a run, in a few signs: "α 0.1→0.03"."""

from nnviz.experiment.specification import Change, Experiment, TrainingSpec
from nnviz.ui.plots.wording import short

SYMBOLS = {"learning_rate": "α", "batch_size": "B", "l1": "l1", "l2": "l2"}


def described_changes(spec: Experiment) -> list[tuple[int, str]]:
    """(step, what changed there) for all changes so far that changed anything."""
    before, found = spec.training, []
    for change in spec.changes:
        words = _words(before, change)
        if words:
            found.append((change.step, ", ".join(words)))
        before = change.training or before
    return found


def _words(before: TrainingSpec, change: Change) -> list[str]:
    words = []
    after = change.training or before
    for field, symbol in SYMBOLS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            words.append(f"{symbol} {_value(old)}→{_value(new)}")
    if before.optimizer != after.optimizer:
        words.append(after.optimizer.replace("_", " "))
    for name in sorted({*before.parameters, *after.parameters}):
        new = after.parameters.get(name)
        if before.parameters.get(name) != new and new is not None:
            words.append(f"{name} {short(new)}")
    if before.stop != after.stop:
        words.append("stop rule")
    if change.weights:
        words.append("1 weight set" if len(change.weights) == 1 else f"{len(change.weights)} weights set")
    return words


def _value(value: float | None) -> str:
    return "all" if value is None else short(value)
