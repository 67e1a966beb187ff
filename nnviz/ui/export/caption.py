"""One line of plain words below a figure: what is drawn there, and of a run its network, data, seed and step."""

from collections.abc import Sequence

from nnviz.engine import ACTIVATIONS
from nnviz.engine.datasets import GENERATORS
from nnviz.experiment.activations.specification import Activations
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.documents import Document
from nnviz.experiment.neuron.specification import Neuron
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import Experiment
from nnviz.ui.export.looks import Words
from nnviz.ui.export.sheet_captions import activations_parts, descent_parts, neuron_parts
from nnviz.ui.plots.figure import Figure

BETWEEN = " · "


def words_of(view: Figure, document: Document, run: Snapshot | None = None, *, step: int | None = None) -> Words:
    """Title and caption of a figure of a document. run: its newest snapshot; the one that the figure shows counts.

    step: that of a document without a run, where it has steps.
    """
    shown = getattr(view, "snapshot", None)
    snapshot = shown if isinstance(shown, Snapshot) else run
    if snapshot is not None:
        return Words(view.title, run_caption(snapshot))
    if isinstance(document, Experiment):
        return Words(view.title, experiment_caption(document, sizes=None, step=None))
    return Words(view.title, sheet_caption(document, view.key, step))


def sheet_caption(document: Document, key: str, step: int | None) -> str:
    """ "Ravine · x² + 20 y² · momentum, α = 0.05 · step 40": of a figure by its key."""
    parts: list[str] = []
    match document:
        case Descent():
            parts = descent_parts(document, key, step)
        case Neuron():
            parts = neuron_parts(document)
        case Activations():
            parts = activations_parts(document, key)
    # "Perceptron: AND" need not be followed by "AND".
    told = [part for part in parts if part.casefold() not in document.name.casefold()]
    return BETWEEN.join([document.name, *told] if document.name else told)


def run_caption(snapshot: Snapshot) -> str:
    """Of a run at a step."""
    sizes = tuple(snapshot.problem.network.sizes)
    return experiment_caption(snapshot.spec, sizes=sizes, step=snapshot.step)


def experiment_caption(spec: Experiment, *, sizes: tuple[int, ...] | None, step: int | None) -> str:
    """ "Spiral, 500 examples · network 2–8–8–1, tanh, sigmoid output · seed 42 · step 1,200"."""
    source = spec.data.source
    name = GENERATORS[source].label if source in GENERATORS else source.capitalize()
    data = f"{name}, {spec.data.size:,} examples" if source in GENERATORS else name
    parts = [spec.name] if spec.name and spec.name.lower() != name.lower() else []
    widths = "–".join(map(str, sizes)) if sizes else _hidden(spec)
    parts += [data, f"network {widths}, {_activations(spec)}", f"seed {spec.seed}"]
    if step is not None:
        parts.append(f"step {step:,}")
    return BETWEEN.join(parts)


def _hidden(spec: Experiment) -> str:
    return "–".join(map(str, spec.network.units)) or "without hidden layers"


def _activations(spec: Experiment) -> str:
    """Those of the hidden layers once each, then the output's."""
    hidden = list(dict.fromkeys(layer.activation for layer in spec.network.hidden))
    output = f"{_label(spec.network.output.activation)} output"
    return ", ".join([*_labels(hidden), output])


def _labels(names: Sequence[str]) -> list[str]:
    return [_label(name) for name in names]


def _label(name: str) -> str:
    return ACTIVATIONS[name].label
