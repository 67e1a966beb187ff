"""The documents of the Neuron workspace that come with the program."""

from pathlib import Path

from nnviz.experiment.files import load_document
from nnviz.experiment.neuron.specification import Neuron, Page
from nnviz.resources import resource

ORDER = (
    "one_neuron", "decision_line", "house_neuron",
    "gate_and", "gate_or", "gate_nand", "gate_not", "gate_xor", "xor_network",
    "bias_line", "bias_houses", "bias_origin",
)  # fmt: skip
"""By name of the file; others follow."""


def shipped(page: Page) -> list[tuple[Path, Neuron]]:
    """Those that open on a page, with their paths. ValueError or OSError for a broken installation."""
    place = {name: number for number, name in enumerate(ORDER)}
    paths = Path(resource("presets", "neuron")).glob("*.nnviz")
    found = []
    for path in sorted(paths, key=lambda path: (place.get(path.stem, len(place)), path.stem)):
        document = load_document(path)
        if isinstance(document, Neuron) and document.page == page:
            found.append((path, document))
    return found
