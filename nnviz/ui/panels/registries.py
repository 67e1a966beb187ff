"""The engine's registries as entries of a combo box, each with its explanation."""

from nnviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS
from nnviz.ui.panels.explanations import ACTIVATION_TIPS, INITIALIZER_TIPS, LOSS_TIPS, OPTIMIZER_TIPS
from nnviz.ui.widgets.choice import Entry

OUTPUT_ACTIVATIONS = [Entry(name, record.label, ACTIVATION_TIPS.get(name, "")) for name, record in ACTIVATIONS.items()]
HIDDEN_ACTIVATIONS = [entry for entry in OUTPUT_ACTIVATIONS if ACTIVATIONS[entry.key].elementwise]
WEIGHT_INITIALIZERS = [
    Entry(name, record.label, INITIALIZER_TIPS.get(name, "")) for name, record in INITIALIZERS.items()
]
BIAS_INITIALIZERS = [entry for entry in WEIGHT_INITIALIZERS if INITIALIZERS[entry.key].for_biases]
LOSS_ENTRIES = [Entry(name, record.label, LOSS_TIPS.get(name, "")) for name, record in LOSSES.items()]
OPTIMIZER_ENTRIES = [Entry(name, record.label, OPTIMIZER_TIPS.get(name, "")) for name, record in OPTIMIZERS.items()]
