"""What can be a document: one kind for each workspace that has a state of its own worth keeping.

A kind is imported when a document of it is first asked for: who opens an experiment needs no typed expressions.
"""

from functools import cache
from importlib import import_module

from nnviz.experiment.specification import Document

__all__ = ["DOCUMENTS", "LAB", "Document", "kind_of", "workspace_of"]

LAB = "lab"
"""The workspace of documents that name none."""

DOCUMENTS = {
    LAB: "specification.Experiment",
    "neuron": "neuron.specification.Neuron",
    "activations": "activations.specification.Activations",
    "descent": "descent.specification.Descent",
}
"""By the key of the workspace that opens it, each kind of document: its module here, and its class."""


@cache
def kind_of(workspace: str) -> type[Document]:
    """The class of the workspace's documents."""
    module, _, name = DOCUMENTS[workspace].rpartition(".")
    kind: type[Document] = getattr(import_module(f"nnviz.experiment.{module}"), name)
    return kind


def workspace_of(document: Document) -> str:
    """The key of the workspace that opens it."""
    return document.WORKSPACE
