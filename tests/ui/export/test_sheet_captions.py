"""Below a figure of Neuron, Activations or Descent stands what is drawn there, in a line or two."""

import pytest

from nnviz.experiment.activations.specification import Activations, InputSpec
from nnviz.experiment.descent.specification import Descent, RunnerSpec, SurfaceSpec
from nnviz.experiment.documents import Document
from nnviz.experiment.files import load_document
from nnviz.experiment.neuron.specification import LineSpec, Neuron, PerceptronSpec, UnitSpec
from nnviz.resources import resource
from nnviz.ui.export.caption import sheet_caption
from nnviz.ui.export.figure_list import FIGURES

MANY = tuple(RunnerSpec(learning_rate=0.01 * rate) for rate in range(1, 6))


@pytest.mark.parametrize(
    ("document", "key", "step", "caption"),
    [
        (
            Descent(name="Two", surface=SurfaceSpec("expression", expression="x^2+1"), runners=MANY[:2]),
            "descent-curve",
            7,
            "Two · f = x^2+1 · gradient descent, α = 0.01; gradient descent, α = 0.02 · step 7",
        ),
        (
            Descent(surface=SurfaceSpec("expression"), runners=(RunnerSpec(label="mine", noise=0.1), *MANY)),
            "descent-course",
            1200,
            "f = x^2 · 6 runners · seed 42 · step 1,200",
        ),
        (
            Descent(name="A line", surface=SurfaceSpec("regression"), start=(0.0, 1.0), runners=()),
            "descent-map",
            None,
            "A line · a line fitted to 7 points",
        ),
        (
            Descent(surface=SurfaceSpec("expression")),
            "descent-rates",
            7,
            "f = x^2 · gradient descent from 2 · α = 0.05, 0.2, 1.1 · 12 steps",
        ),
        (
            Neuron(unit=UnitSpec(x=(1.0, -2.0), w=(0.5, 0.25), b=0.0, activation="tanh")),
            "neuron-plane",
            None,
            "One neuron · tanh · x = (1, −2) · w = (0.5, 0.25) · b = 0",
        ),
        (
            Neuron(name="Houses", unit=UnitSpec((70.0, 3.0), (2.0, 1.0), 5.0, "linear", names=("area", "rooms"))),
            "neuron-drawing",
            None,
            "Houses · linear · area = 70, rooms = 3 · w = (2, 1) · b = 5",
        ),
        # From (0, 0) and 0 the rows 00, 01 and 10 of AND are right; 11 gives 0 instead of 1, and all move by one.
        (
            Neuron(page="perceptron", perceptron=PerceptronSpec(step=4)),
            "perceptron-rule",
            4,
            "One neuron · AND · perceptron rule, η = 1 · step 4: w = (1, 1), b = 1",
        ),
        (
            Neuron(page="perceptron", perceptron=PerceptronSpec((0, 1, 1, 0), model="network")),
            "perceptron-network",
            None,
            "One neuron · XOR · network of three threshold units",
        ),
        (
            Neuron(page="bias", line=LineSpec(source="houses", w=2.0, bias=False)),
            "line",
            None,
            "One neuron · area and price of houses · w = 2, without a bias",
        ),
        (
            Activations(shown=("tanh", "relu"), inputs=InputSpec("uniform", 1.0, 0.5)),
            "activation-signal-table",
            None,
            "Activations side by side · tanh, ReLU · z uniform, mean 1, standard deviation 0.5",
        ),
        (Activations(shown=("tanh", "relu")), "activation-curves", None, "Activations side by side · tanh, ReLU"),
        (Activations(), "activation-softmax-slopes", None, "Activations side by side · z = (2, 1, 0)"),
    ],
)
def test_it_says_what_is_drawn(document: Document, key: str, step: int | None, caption: str) -> None:
    assert sheet_caption(document, key, step) == caption


def test_of_every_preset_it_is_a_line_or_two() -> None:
    for workspace in ("neuron", "activations", "descent"):
        for path in sorted(resource("presets", workspace).glob("*.nnviz")):
            for key in FIGURES[workspace]:
                caption = sheet_caption(load_document(path), key, 1000)
                assert len(caption) <= 160, (path.name, caption)
                assert len(caption.split(" · ")) == len(set(caption.split(" · "))), caption
