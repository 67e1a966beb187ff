"""Measures what a lesson asks about: runs the page's document by itself, so that the outcome is the same every time."""

from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.documents import Document, workspace_of
from nnviz.experiment.lesson import activation_quantities, descent_quantities, lab_quantities, neuron_quantities
from nnviz.experiment.lesson.quantity import Quantity, Value
from nnviz.experiment.lesson.record import Measure
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob

MEASURES: dict[str, Quantity] = {
    **lab_quantities.QUANTITIES,
    **descent_quantities.QUANTITIES,
    **neuron_quantities.QUANTITIES,
    **activation_quantities.QUANTITIES,
}


def checked(measure: Measure) -> None:
    """ValueError in words for arguments that the quantity does not take."""
    MEASURES[measure.name].arguments(measure.arguments)


def measured(measure: Measure, document: Document | None, steps: int = 0) -> Value:
    """The quantity of the document's run at a step. For a background thread: it takes as long as the run does.

    ValueError in one sentence when it cannot be measured there.
    """
    quantity = MEASURES[measure.name]
    arguments = quantity.arguments(measure.arguments)
    if quantity.workspace is None:
        return quantity.find(*arguments)
    if document is None or workspace_of(document) != quantity.workspace:
        raise ValueError(f"{measure.name} is measured in the workspace {quantity.workspace}")
    return quantity.find(_run(document, steps), *arguments)


def _run(document: Document, steps: int) -> object:
    """What the document describes, at a step; the document itself where nothing runs."""
    if isinstance(document, Experiment):
        job = TrainingJob(resolve(document))
        job.advance(steps)
        return job
    if isinstance(document, Descent):
        race = Race(document)
        race.advance(steps)
        return race
    return document
