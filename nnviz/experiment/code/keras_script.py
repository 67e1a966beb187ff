"""The trained network as a Keras model, with loss and optimizer to train on."""

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.code import shared_pieces as shared
from nnviz.experiment.code.arrays import Arrays
from nnviz.experiment.code.plan import Layers, Plan
from nnviz.experiment.code.safe_text import joined, number
from nnviz.experiment.specification import TrainingSpec

HEAD = '''"""A neural network in Keras, with the weights to which nnviz has trained it.

    python THIS_FILE                prints the losses of the model beside those of nnviz

It needs Keras 3 with any of its backends (pip install keras tensorflow). From your own code: model = trained() predicts
and trains on; build() is the same network with fresh weights. load_weights(model, "weights.npz") takes what
nnviz run --weights has written. Keras computes in float32, so losses agree in about six digits, and it draws batches in
its own order, so model.fit takes other steps than nnviz.
"""'''

ACTIVATIONS: dict[str, tuple[str, str]] = {
    # name: (activation of the Dense layer, layer behind it or "")
    "linear": ('"linear"', ""),
    "threshold": ("threshold", ""),
    "sigmoid": ('"sigmoid"', ""),
    "tanh": ('"tanh"', ""),
    "relu": ('"relu"', ""),
    "leaky_relu": ('"linear"', "keras.layers.LeakyReLU(negative_slope=ALPHA)"),
    "elu": ('"linear"', "keras.layers.ELU(alpha=ALPHA)"),
    "softplus": ('"softplus"', ""),
    "silu": ('"silu"', ""),
    "gelu": ('"gelu"', ""),
    "softmax": ('"softmax"', ""),
}

THRESHOLD = '''@keras.saving.register_keras_serializable()
def threshold(z):
    """1 for z > 0, else 0. Its derivative is 0: nothing can be learned through it."""
    return keras.ops.cast(z > 0.0, z.dtype)'''

LOSSES: dict[str, tuple[str, str]] = {
    # name: (formula of one example, body)
    "squared_error": ("½ Σ_k (a_k - y_k)²", "return 0.5 * keras.ops.sum((a - y) ** 2, axis=-1)"),
    "absolute_error": ("Σ_k |a_k - y_k|", "return keras.ops.sum(keras.ops.abs(a - y), axis=-1)"),
    "binary_cross_entropy": (
        "-Σ_k [y_k log a_k + (1 - y_k) log(1 - a_k)]",
        "log_a = keras.ops.log(keras.ops.maximum(a, 1e-12))\n"
        "    log_rest = keras.ops.log(keras.ops.maximum(1.0 - a, 1e-12))\n"
        "    return -keras.ops.sum(y * log_a + (1.0 - y) * log_rest, axis=-1)",
    ),
    "categorical_cross_entropy": (
        "-Σ_k y_k log a_k",
        "return -keras.ops.sum(y * keras.ops.log(keras.ops.maximum(a, 1e-12)), axis=-1)",
    ),
}

BUILD = '''def build():
    """The network with fresh weights, ready for model.fit(x_train, y_train)."""
    model = keras.Sequential(
        [
            keras.Input((N_IN,)),
{layers}
        ]
    )
    model.compile(optimizer={optimizer}, loss=loss)
    return model'''

WEIGHTS = '''def load_weights(model, path):
    """Puts the weights of a file into the model, written by nnviz run --weights."""
    with np.load(path, allow_pickle=False) as arrays:
        model.set_weights([arrays[f"{kind}_{l}"] for l in range(1, L + 1) for kind in "Wb"])


def trained():
    """The network with the weights that nnviz has trained."""
    model = build()
    model.set_weights(WEIGHTS)
    return model


def cost(model, x, y):
    """J: the mean loss of the examples, and the penalties on the weights."""
    x, y = keras.ops.cast(x, "float32"), keras.ops.cast(y, "float32")
    J = keras.ops.mean(loss(y, model(x))) + sum(model.losses)
    return float(keras.ops.convert_to_numpy(J))'''

MAIN = """if __name__ == "__main__":
    model = trained()
    model.summary()
    for name, x, y, nnviz in LOSSES:
        print(f"{name} loss {cost(model, x, y):<12.7g} in nnviz {nnviz:.7g}")
    # To train on: model.fit(x_train, y_train, batch_size=BATCH_SIZE, epochs=10)
"""


def keras_script(plan: Plan, beside: str) -> tuple[str, Arrays]:
    """The script's text, and its arrays; ``beside`` is the name of the file for them where they are many."""
    end = plan.stages[-1]
    training, sizes = end.training, plan.problem.network.sizes
    weights = plan.pieces(plan.theta)
    arrays = Arrays(weights | plan.examples(), beside)
    rows = [f'    ("training", x_train, y_train, {number(plan.train_loss)}),']
    if plan.problem.test_objective:
        rows.append(f'    ("test", x_test, y_test, {number(plan.test_loss)}),')
    formula, body = LOSSES[training.loss]
    sections = [
        f"{HEAD}\n\n{shared.about(plan, end.layers, _epsilon_note(training))}\n\n"
        + shared.import_lines(arrays.imports, "import keras\nimport numpy as np"),
        THRESHOLD if any(name == "threshold" for name, _ in end.layers) else "",
        f"@keras.saving.register_keras_serializable()\n"
        f'def loss(y, a):\n    """Of each example {formula}."""\n    {body}',
        BUILD.format(layers=_layers(sizes, end.layers, training), optimizer=_optimizer(training)),
        WEIGHTS,
        f"{shared.BAR} settings\n\nL = {plan.depth}  # layers that have weights\nN_IN = {sizes[0]}\n"
        f"BATCH_SIZE = {training.batch_size or len(plan.problem.train)}",
        f"{shared.BAR} trained weights and examples: every number is that of nnviz\n\n\n{arrays.section()}\n\n"
        + shared.name_list("WEIGHTS", weights)
        + "\nLOSSES = [\n"
        + "\n".join(rows)
        + "\n]",
        MAIN,
    ]
    return joined(*sections, gap=3), arrays


def _layers(sizes: tuple[int, ...], layers: Layers, training: TrainingSpec) -> str:
    # Keras's l2 multiplies ΣW², that of nnviz ½ ΣW².
    penalty = f", kernel_regularizer=keras.regularizers.L1L2({number(training.l1)}, {number(training.l2 / 2.0)})"
    lines = []
    for (name, alpha), units in zip(layers, sizes[1:], strict=True):
        activation, behind = ACTIVATIONS[name]
        lines.append(
            f"            keras.layers.Dense({units}, activation={activation}"
            f"{penalty if training.l1 or training.l2 else ''}),"
        )
        if behind:
            lines.append(f"            {behind.replace('ALPHA', number(alpha or 0.0))},")
    return "\n".join(lines)


def _epsilon_note(training: TrainingSpec) -> str:
    """Where Keras defines an optimizer otherwise than nnviz and PyTorch."""
    if training.optimizer in {"adagrad", "rmsprop"}:
        return "Keras adds epsilon under the root; nnviz and PyTorch add it to the root. Its steps differ a little."
    return ""


def _optimizer(training: TrainingSpec) -> str:
    own = OPTIMIZERS[training.optimizer].hyperparameters(training.parameters)
    values = {name: number(float(value)) for name, value in own.items()}
    rate = f"learning_rate={number(training.learning_rate)}"
    match training.optimizer:
        case "momentum":
            return f"keras.optimizers.SGD({rate}, momentum={values['momentum']})"
        case "nesterov":
            return f"keras.optimizers.SGD({rate}, momentum={values['momentum']}, nesterov=True)"
        case "adagrad":
            start = "initial_accumulator_value=0.0"
            return f"keras.optimizers.Adagrad({rate}, {start}, epsilon={values['epsilon']})"
        case "rmsprop":
            return f"keras.optimizers.RMSprop({rate}, rho={values['rho']}, epsilon={values['epsilon']})"
        case "adam":
            betas = f"beta_1={values['beta1']}, beta_2={values['beta2']}"
            return f"keras.optimizers.Adam({rate}, {betas}, epsilon={values['epsilon']})"
        case _:
            return f"keras.optimizers.SGD({rate})"
