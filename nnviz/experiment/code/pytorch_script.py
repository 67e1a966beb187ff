"""The network as a PyTorch model with a training loop that takes the steps of nnviz."""

from itertools import pairwise

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.code import shared_pieces as shared
from nnviz.experiment.code.arrays import Arrays
from nnviz.experiment.code.plan import Layers, Plan
from nnviz.experiment.code.safe_text import joined, number
from nnviz.experiment.specification import TrainingSpec

HEAD = '''"""A neural network in PyTorch: the weights, examples and batches of nnviz, all in float64, and so its losses.

    python THIS_FILE                trains, and prints losses beside those of nnviz
    python THIS_FILE losses.csv     also writes the losses at every recorded step

It needs PyTorch 2.0 or newer. PyTorch adds in another order than nnviz: losses agree to rounding, as long as the run
is not one in which rounding grows. load_weights(model, "weights.npz") takes what nnviz run --weights has written.
"""'''

UNTIL_CHANGE = (
    "The run was changed by hand from step {step} on. This script trains up to there; "
    "the NumPy script takes the whole way."
)

ACTIVATIONS: dict[str, str] = {
    "threshold": "Threshold()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(ALPHA)",
    "elu": "nn.ELU(ALPHA)",
    "softplus": "nn.Softplus(threshold=40.0)",
    "silu": "nn.SiLU()",
    "gelu": "nn.GELU()",
    "softmax": "nn.Softmax(dim=1)",
    "linear": "nn.Identity()",
}

THRESHOLD = '''class Threshold(nn.Module):
    """1 for z > 0, else 0. Its derivative is 0: nothing can be learned through it."""

    def forward(self, z):
        return (z > 0.0).to(z) + 0.0 * z'''

LOSSES: dict[str, tuple[str, str]] = {
    # name: (formula of one example, body)
    "squared_error": ("½ Σ_k (a_k - y_k)²", "return 0.5 * ((a - y) ** 2).sum(dim=1)"),
    "absolute_error": ("Σ_k |a_k - y_k|", "return (a - y).abs().sum(dim=1)"),
    "binary_cross_entropy": (
        "-Σ_k [y_k log a_k + (1 - y_k) log(1 - a_k)]",
        "p = a.clamp(1e-12, 1.0 - 1e-12)\n    return -(y * p.log() + (1.0 - y) * (-p).log1p()).sum(dim=1)",
    ),
    "categorical_cross_entropy": (
        "-Σ_k y_k log a_k",
        "p = a.clamp(1e-12, 1.0 - 1e-12)\n    return -(y * p.log()).sum(dim=1)",
    ),
}
FROM_Z: dict[tuple[str, str], str] = {
    ("binary_cross_entropy", "sigmoid"): (
        'return nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none").sum(dim=1)'
    ),
    ("categorical_cross_entropy", "softmax"): "return -(y * nn.functional.log_softmax(z, dim=1)).sum(dim=1)",
    ("categorical_cross_entropy", "sigmoid"): "return -(y * nn.functional.logsigmoid(z)).sum(dim=1)",
}

NETWORK = '''class Network(nn.Module):
    """Fully connected layers. Called with x (N, n_0) it gives the outputs a_L (N, n_L)."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
{layers}
        )
        self.output = {output}

    def pre_activations(self, x):
        """z_L, from which cross-entropies are computed without overflow."""
        return self.layers(x)

    def forward(self, x):
        return self.output(self.pre_activations(x))'''

WEIGHTS = '''def set_weights(model, weights):
    """Puts W_1, b_1, W_2, … into the model. PyTorch keeps W transposed: a row for each output."""
    linear = [layer for layer in model.layers if isinstance(layer, nn.Linear)]
    with torch.no_grad():
        for layer, W, b in zip(linear, weights[0::2], weights[1::2]):
            layer.weight.copy_(torch.from_numpy(W.T.copy()))
            layer.bias.copy_(torch.from_numpy(b.copy()))


def load_weights(model, path):
    """Puts the weights of a file into the model, written by nnviz run --weights."""
    with np.load(path, allow_pickle=False) as arrays:
        set_weights(model, [arrays[f"{kind}_{l}"] for l in range(1, L + 1) for kind in "Wb"])'''

COST = '''def cost(model, x, y):
    """J, the mean loss of the examples{formula}."""
    z = model.pre_activations(x)
    J = loss(z, model.output(z), y).mean(){penalties}
    return J'''

PENALTIES = """
    for layer in model.layers:
        if isinstance(layer, nn.Linear):
            J = J + {l1} * layer.weight.abs().sum() + 0.5 * {l2} * (layer.weight**2).sum()"""

TRAIN = '''def train():
    """Mini-batch gradient descent: the trained model, and (step, training loss, test loss) where recorded."""
    model = Network()
    set_weights(model, INITIAL)
    optimizer = {optimizer}
    x, y = torch.from_numpy(x_train), torch.from_numpy(y_train)
    history, epoch, offset = [], 0, 0
    for step in range(STEPS + 1):
        if recorded(step) or step == STEPS:
            with torch.no_grad():
                learned = cost(model, x, y).item()
                tested = {test}
            history.append((step, learned, tested))
        if step == STEPS:
            return model, history
        if offset == 0:
            order = batch_order(epoch, len(x))
        batch = torch.from_numpy(order[offset : offset + BATCH_SIZE])
        optimizer.zero_grad()
        cost(model, x[batch], y[batch]).backward()
        optimizer.step()
        offset += BATCH_SIZE
        if offset >= len(x):
            epoch, offset = epoch + 1, 0'''

IMPORTS = """import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # matrices this small are multiplied fastest by one thread"""


def pytorch_script(plan: Plan, beside: str) -> tuple[str, Arrays]:
    """The script's text, and its arrays; ``beside`` is the name of the file for them where they are many."""
    theta, begin = plan.beginning()
    training = begin.training
    later = [stage.step for stage in plan.stages if stage.step > 0]
    # At the step of a change nnviz recorded the loss after it.
    last, compared = (later[0], later[0] - 1) if later else (plan.steps, plan.steps)
    note = UNTIL_CHANGE.format(step=last) if later else ""
    initial = plan.pieces(theta)
    arrays = Arrays(initial | plan.examples(), beside)
    losses = plan.compared(compared)
    tested = "cost(model, torch.from_numpy(x_test), torch.from_numpy(y_test)).item()"
    sections = [
        f"{HEAD}\n\n{shared.about(plan, begin.layers, note)}\n\n"
        + shared.import_lines({"import sys", *arrays.imports}, IMPORTS),
        THRESHOLD if any(name == "threshold" for name, _ in begin.layers) else "",
        _network(plan.problem.network.sizes, begin.layers),
        WEIGHTS,
        _loss(training.loss, begin.layers[-1][0]),
        COST.format(
            formula=" + l1 Σ|W| + ½ l2 ΣW²" if training.l1 or training.l2 else "",
            penalties=PENALTIES.format(l1=number(training.l1), l2=number(training.l2))
            if training.l1 or training.l2
            else "",
        ),
        shared.batch_order(plan.spec.seed),
        shared.recorded(plan.least, []),
        TRAIN.format(
            optimizer=_optimizer(training),
            test=tested if plan.problem.test_objective else 'float("nan")',
        ),
        shared.COMPARE,
        shared.WRITE,
        f"{shared.BAR} settings\n\nL = {plan.depth}  # layers that have weights\nSTEPS = {last}\n"
        f"BATCH_SIZE = {training.batch_size or len(plan.problem.train)}\n\n{shared.nnviz_losses(losses)}",
        f"{shared.BAR} initial weights and examples: every number is that of nnviz\n\n\n{arrays.section()}\n\n"
        + shared.name_list("INITIAL", initial),
        shared.MAIN,
    ]
    return joined(*sections, gap=3), arrays


def _activation(name: str, alpha: float | None) -> str:
    return ACTIVATIONS[name].replace("ALPHA", number(alpha or 0.0))


def _network(sizes: tuple[int, ...], layers: Layers) -> str:
    lines = []
    for l, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        lines.append(f"            nn.Linear({n_in}, {n_out}),")
        if l < len(layers):
            lines.append(f"            {_activation(*layers[l - 1])},")
    return NETWORK.format(layers="\n".join(lines), output=_activation(*layers[-1]))


def _loss(name: str, output: str) -> str:
    formula, body = LOSSES[name]
    body = FROM_Z.get((name, output), body)
    return f'def loss(z, a, y):\n    """Of each example {formula}, from z = z_L and a = a_L."""\n    {body}'


def _optimizer(training: TrainingSpec) -> str:
    own = OPTIMIZERS[training.optimizer].hyperparameters(training.parameters)
    values = {name: number(float(value)) for name, value in own.items()}
    start = f"model.parameters(), lr={number(training.learning_rate)}"
    match training.optimizer:
        case "momentum":
            return f"torch.optim.SGD({start}, momentum={values['momentum']})"
        case "nesterov" if float(values["momentum"]):
            return f"torch.optim.SGD({start}, momentum={values['momentum']}, nesterov=True)"
        case "adagrad":
            return f"torch.optim.Adagrad({start}, eps={values['epsilon']})"
        case "rmsprop":
            return f"torch.optim.RMSprop({start}, alpha={values['rho']}, eps={values['epsilon']})"
        case "adam":
            betas = f"({values['beta1']}, {values['beta2']})"
            return f"torch.optim.Adam({start}, betas={betas}, eps={values['epsilon']})"
        case _:
            # Also Nesterov's without momentum, which is the same and which PyTorch does not take.
            return f"torch.optim.SGD({start})"
