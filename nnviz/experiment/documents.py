"""What can be a document: one kind for each workspace that has a state of its own worth keeping."""

from nnviz.experiment.activations.specification import Activations
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.neuron.specification import Neuron
from nnviz.experiment.specification import Experiment

LAB = "lab"
"""The workspace of documents that name none."""

Document = Experiment | Neuron | Activations | Descent

DOCUMENTS: dict[str, type[Document]] = {
    LAB: Experiment,
    "neuron": Neuron,
    "activations": Activations,
    "descent": Descent,
}
"""The kinds of document by the key of the workspace that opens them."""


def workspace_of(document: Document) -> str:
    """The key of the workspace that opens it."""
    return next(workspace for workspace, kind in DOCUMENTS.items() if type(document) is kind)
