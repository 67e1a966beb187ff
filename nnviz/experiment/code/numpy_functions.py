"""The functions of the NumPy script that one network needs: forward, cost, backward, and what they are made of."""

from nnviz.experiment.code import numpy_pieces as pieces
from nnviz.experiment.code.plan import Plan
from nnviz.experiment.code.safe_text import joined, listed, number

UNROLLED = 4
"""Layers up to which every one has lines of its own, as on a blackboard; more go through a loop."""

Layer = tuple[str, float | None]
"""An activation's name and its alpha."""

PRODUCTS = '''# The products of a layer. Each is computed as nnviz does it, as one product of matrices that lie in
# memory as they do there. The last digit depends on that, and there are runs in which it decides.

def with_ones(a):
    """[a 1]: the activations with a column of ones, in whose products the biases take part."""
    return np.concatenate([a, np.ones((len(a), 1))], axis=1)


def affine(a, W, b):
    """a W + b."""
    return np.dot(np.concatenate([W, b[None, :]]).T, with_ones(a).T).T


def weight_gradients(a, delta):
    """∂J/∂W = aᵀ delta and ∂J/∂b = Σ delta over the examples."""
    both = np.dot(with_ones(a).T, np.asfortranarray(delta))
    return both[:-1], both[-1]


def through(W, delta):
    """delta Wᵀ: what comes back to the units in front of the weights."""
    return np.dot(W, np.asfortranarray(delta).T).T'''

LOOP_FORWARD = '''def forward(x, parameters):
    """z_l = a_(l-1) W_l + b_l and a_l = f(z_l), as lists in which entry l belongs to layer l."""
    W, b = [None, *parameters[0::2]], [None, *parameters[1::2]]
    z, a = [None], [x]
    for l in range(1, L + 1):
        z.append(affine(a[l - 1], W[l], b[l]))  # a_(l-1) W_l + b_l
        a.append(f[l](z[l]))
    return z, a'''

LOOP_BACKWARD = '''def backward(x, y, parameters):
    """The gradient of J on a batch, an array for each parameter in the order W1, b1, W2, …."""
    z, a = forward(x, parameters)
    W = [None, *parameters[0::2]]
    gradients = []
    delta = output_delta(z[L], a[L], y) * (1.0 / len(y))  # delta_L, of the mean over the batch
    for l in range(L, 0, -1):
        gradients = [*weight_gradients(a[l - 1], delta), *gradients]  # ∂J/∂W_l and ∂J/∂b_l
        if l > 1:
            delta = through(W[l], delta) * df[l - 1](z[l - 1], a[l - 1])  # delta_(l-1)'''

COST = '''def cost(x, y, parameters):
    """J{formula}."""
    z, a = forward(x, parameters)
    {value}'''

COST_PENALTIES = """J = loss(z[L], a[L], y).mean()
    for W in parameters[0::2]:
        J += settings["l1"] * np.abs(W).sum() + 0.5 * settings["l2"] * (W * W).sum()
    return float(J)"""

GRADIENT_PENALTIES = """    for W, dW in zip(parameters[0::2], gradients[0::2]):
        dW += settings["l2"] * W  # of ½ l2 ΣW²
        dW += settings["l1"] * np.sign(W)  # of l1 Σ|W|"""


class Functions:
    """Writes one function at a time.

    names: each activation with its alpha → what it is called. dynamic: layers look their activation up in lists f and
    df, since there are many layers, or since activations change on the way.
    """

    def __init__(self, plan: Plan) -> None:
        self.depth, self.loss = plan.depth, plan.spec.training.loss
        self.stages, self.first = plan.stages, plan.stages[0].layers
        self.unrolled = self.depth <= UNROLLED
        self.dynamic = not self.unrolled or any(stage.layers != self.first for stage in plan.stages)
        self.penalized = any(stage.training.l1 or stage.training.l2 for stage in plan.stages)
        self.outputs = list(dict.fromkeys(stage.layers[-1] for stage in plan.stages))
        hidden = [layer for stage in plan.stages for layer in stage.layers[:-1]]
        self.names = _names(list(dict.fromkeys([*hidden, *self.outputs])))
        through = [layer for layer in self.outputs if not self._exact(layer) and layer[0] != "softmax"]
        self._sloped = set(hidden) | set(through)
        self.needs_math = any(name == "gelu" for name, _ in self.names)

    def slope(self, layer: Layer) -> str:
        """What the derivative is called; None where no layer needs it."""
        return f"{self.names[layer]}_slope" if layer in self._sloped else "None"

    def activations(self) -> list[str]:
        """f and, where it is needed, f' of every activation."""
        texts = [pieces.NORMAL_CDF] if self.needs_math else []
        for layer, called in self.names.items():
            name, alpha = layer
            f, df = (body.replace("ALPHA", number(alpha or 0.0)) for body in pieces.ACTIVATIONS[name])
            texts.append(f'def {called}(z):\n    """{pieces.FORMULAS[name]}."""\n    {f}')
            about = f"{pieces.DERIVATIVES[name]}, where a = f(z)"
            if layer in self._sloped:
                texts.append(f'def {called}_slope(z, a):\n    """{about}."""\n    {df}')
        return texts

    def losses(self) -> list[str]:
        """loss(z, a, y) and output_delta(z, a, y), for every output activation that the run has."""
        if len(self.outputs) == 1:
            return self._loss(self.outputs[0], "")
        texts, entries = [], []
        for layer in self.outputs:
            called = self.names[layer]
            texts += self._loss(layer, f"_{called}")
            entries.append(f"    {called}: (loss_{called}, output_delta_{called}),")
        texts.append("# By the activation of the output layer, which changes on the way.\nAT_OUTPUT = {\n"
                     + "\n".join(entries) + "\n}")  # fmt: skip
        texts.append("def loss(z, a, y):\n    return AT_OUTPUT[f[L]][0](z, a, y)")
        texts.append("def output_delta(z, a, y):\n    return AT_OUTPUT[f[L]][1](z, a, y)")
        return texts

    def _loss(self, layer: Layer, suffix: str) -> list[str]:
        formula, value, gradient = pieces.LOSSES[self.loss]
        why = ""
        if exact := self._exact(layer):
            value, delta, why = exact
            why = f": {why}"
        elif layer[0] == "softmax":
            delta = f"{gradient}\n    return a * (g - (g * a).sum(axis=1, keepdims=True))"
            why = " = Jacobian of the softmax times ∂loss/∂a"
        else:
            delta = f"{gradient}\n    return g * {self.slope(layer)}(z, a)"
            why = " = ∂loss/∂a · f'(z)"
        return [
            f'def loss{suffix}(z, a, y):\n    """Of each example {formula}."""\n    {value}',
            f'def output_delta{suffix}(z, a, y):\n    """∂loss/∂z of the output layer{why}."""\n    {delta}',
        ]

    def _exact(self, layer: Layer) -> tuple[str, str, str] | None:
        return pieces.EXACT.get((self.loss, layer[0]))

    def wiring(self) -> str:
        """The number of layers and, where they are looked up, the activation of each."""
        depth = f"L = {self.depth}  # layers that have weights"
        if not self.dynamic:
            return depth
        f = listed(["None", *(self.names[layer] for layer in self.first)])
        df = listed(["None", *(self.slope(layer) for layer in self.first)])
        note = "# Activation and derivative of layer l are f[l] and df[l]; layer 0 is the input."
        return f"{depth}\n\n{note}\nf = [\n{f},\n]\ndf = [\n{df},\n]"

    def forward(self) -> str:
        """forward(x, parameters) → z, a, in which entry l belongs to layer l."""
        if not self.unrolled:
            return LOOP_FORWARD
        lines = ["def forward(x, parameters):", '    """z_l = a_(l-1) W_l + b_l and a_l = f(z_l), layer by layer."""']
        lines += [f"    {self._parameters()} = parameters", "    a0 = x"]
        for l in range(1, self.depth + 1):
            f = f"f[{l}]" if self.dynamic else self.names[self.first[l - 1]]
            lines += [f"    z{l} = affine(a{l - 1}, W{l}, b{l})  # a{l - 1} W{l} + b{l}", f"    a{l} = {f}(z{l})"]
        zs, activated = ", ".join(f"z{l}" for l in self._layers()), ", ".join(f"a{l}" for l in self._layers())
        return joined(*lines, f"    return (None, {zs}), (a0, {activated})")

    def cost(self) -> str:
        """cost(x, y, parameters) → J."""
        if self.penalized:
            return COST.format(formula=" = mean loss + l1 Σ|W| + ½ l2 ΣW² (weights only)", value=COST_PENALTIES)
        return COST.format(formula=", the mean loss of the examples", value="return float(loss(z[L], a[L], y).mean())")

    def backward(self) -> str:
        """backward(x, y, parameters) → gradients in the order of the parameters."""
        penalties = GRADIENT_PENALTIES if self.penalized else ""
        if not self.unrolled:
            return joined(LOOP_BACKWARD, penalties, "    return gradients")
        last, layers = self.depth, self._layers()
        lines = [
            "def backward(x, y, parameters):",
            '    """The gradient of J on a batch, an array for each parameter in the order W1, b1, W2, …."""',
            "    z, a = forward(x, parameters)",
            *([f"    {self._parameters()} = parameters"] if last > 1 else []),
            f"    delta{last} = output_delta(z[{last}], a[{last}], y) * (1.0 / len(y))  # of the mean over the batch",
        ]
        for l in reversed(layers):
            lines.append(f"    dW{l}, db{l} = weight_gradients(a[{l - 1}], delta{l})  # a{l - 1}ᵀ delta{l}, Σ delta{l}")
            if l > 1:
                df = f"df[{l - 1}]" if self.dynamic else self.slope(self.first[l - 2])
                slope = f"{df}(z[{l - 1}], a[{l - 1}])"
                lines.append(f"    delta{l - 1} = through(W{l}, delta{l}) * {slope}  # delta{l} W{l}ᵀ · f'(z{l - 1})")
        gradients = ", ".join(f"dW{l}, db{l}" for l in layers)
        if self.penalized:
            return joined(*lines, f"    gradients = [{gradients}]", penalties, "    return gradients")
        return joined(*lines, f"    return [{gradients}]")

    def optimizers(self) -> list[str]:
        """Those that the run has."""
        used = dict.fromkeys(stage.training.optimizer for stage in self.stages)
        return [pieces.OPTIMIZERS[name][1] for name in used]

    def _layers(self) -> list[int]:
        return list(range(1, self.depth + 1))

    def _parameters(self) -> str:
        return ", ".join(f"W{l}, b{l}" for l in self._layers())


def _names(layers: list[Layer]) -> dict[Layer, str]:
    """A function's name for each: the activation's, with a number where it has several alphas."""
    named: dict[Layer, str] = {}
    for layer in layers:
        alike = [other for other in layers if other[0] == layer[0]]
        named[layer] = layer[0] if len(alike) == 1 else f"{layer[0]}_{alike.index(layer) + 1}"
    return named
