"""What was changed during a run, in a few signs: "α 0.1→0.03", "leaky ReLU from here"."""

from nnviz.engine import ACTIVATIONS, INITIALIZERS
from nnviz.experiment.rewiring import redrawn_layers
from nnviz.experiment.specification import Change, Experiment, NetworkSpec, TrainingSpec
from nnviz.ui.plots.charts.wording import short

SYMBOLS = {"learning_rate": "α", "batch_size": "B", "l1": "l1", "l2": "l2"}


def described_changes(spec: Experiment) -> list[tuple[int, str]]:
    """(step, what changed there) for all changes so far that changed anything."""
    training, network, found = spec.training, spec.network, []
    for change in spec.changes:
        words = [*_network_words(network, change), *_words(training, change)]
        if words:
            found.append((change.step, ", ".join(words)))
        training, network = change.training or training, change.network or network
    return found


def change_table(spec: Experiment) -> list[tuple[str, ...]]:
    """The same as a table: the marks on every time axis."""
    return [("step", "change"), *((str(step), words) for step, words in described_changes(spec))]


def _network_words(before: NetworkSpec, change: Change) -> list[str]:
    """Activations first, by what they are now, then the layers that were drawn anew, by their schemes."""
    after = change.network or before
    pairs = list(enumerate(zip(before.layers, after.layers, strict=True), start=1))
    switched: dict[str, list[int]] = {}
    for l, (old, new) in pairs:
        if (old.activation, old.alpha) != (new.activation, new.alpha):
            label = ACTIVATIONS[new.activation].label
            switched.setdefault(label if new.alpha is None else f"{label} {short(new.alpha)}", []).append(l)
    drawn: dict[str, list[int]] = {}
    for l in redrawn_layers(before, after, change.redraw):
        drawn.setdefault(INITIALIZERS[after.layers[l - 1].weights.name].label, []).append(l)
    hidden = [l for l, _ in pairs[:-1]]
    words = [
        f"{label} from here" if layers == hidden else f"{label} in {_named(layers)} from here"
        for label, layers in switched.items()
    ]
    return words + [f"{_named(layers)} drawn anew: {label}" for label, layers in drawn.items()]


def _named(layers: list[int]) -> str:
    return f"layer{'s' if len(layers) > 1 else ''} {', '.join(map(str, layers))}"


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
