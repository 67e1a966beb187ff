"""The workspace's document. Which page is in front and how far a rule has run are kept in it, and are no edits."""

from nnviz.experiment.neuron.specification import Neuron
from nnviz.ui.sheet import Sheet


class NeuronSheet(Sheet):
    """A Sheet whose spec is a Neuron."""

    @property
    def neuron(self) -> Neuron:
        """The document as it is now."""
        assert isinstance(self.spec, Neuron)
        return self.spec

    def note(self, neuron: Neuron) -> None:
        """Keeps what the next edit, or the file, is to say as well: there is nothing to undo about it."""
        self.spec = neuron
