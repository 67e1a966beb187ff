"""Opens a document only once it is certain that it can be used."""

from pathlib import Path

from nnviz.experiment.documents import Document
from nnviz.experiment.files import load_document
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob


def load_checked(path: Path) -> Document:
    """The document in a file, once it was tried. For a background thread: it may take a while.

    ValueError or OSError in one sentence otherwise.
    """
    document = load_document(path)
    try:
        check(document)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    return document


def check(document: Document) -> None:
    """ValueError in one sentence for a document whose parts do not fit together."""
    if isinstance(document, Experiment):
        TrainingJob(resolve(document))
    elif document.WORKSPACE == "descent":
        from nnviz.experiment.descent.race import Race  # noqa: PLC0415 - no other document needs it
        from nnviz.experiment.descent.specification import Descent  # noqa: PLC0415

        assert isinstance(document, Descent)
        Race(document)
