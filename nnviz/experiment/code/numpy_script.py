"""The experiment as a script that needs NumPy alone and takes the same steps as nnviz."""

from nnviz.experiment.code import shared_pieces as shared
from nnviz.experiment.code.arrays import Arrays, Floats
from nnviz.experiment.code.numpy_functions import PRODUCTS, Functions
from nnviz.experiment.code.numpy_settings import change, settings
from nnviz.experiment.code.plan import Plan
from nnviz.experiment.code.safe_text import joined

HEAD = '''"""A neural network that learns, in NumPy alone: the same steps and the same losses as in nnviz.

    python THIS_FILE                trains, and prints losses beside those of nnviz
    python THIS_FILE losses.csv     also writes the losses at every recorded step

It needs Python 3.9 or newer and NumPy 1.26 or newer. Examples are rows. For l = 1..L

    z_l = a_(l-1) W_l + b_l        a_l = f(z_l)        a_0 = x, the inputs

and backwards, with J the cost (the mean loss of the examples, plus penalties if there are any)

    delta_l = ∂J/∂z_l = (delta_(l+1) W_(l+1)ᵀ) · f'(z_l)        ∂J/∂W_l = a_(l-1)ᵀ delta_l        ∂J/∂b_l = Σ delta_l
"""'''

ONE_THREAD = """# Matrices this small are multiplied fastest by one thread; NumPy reads it when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np"""

SLOTS = '''def fresh_slots(parameters):
    """The arrays that the optimizer carries along for each parameter, before it has seen anything."""
    return [tuple(np.zeros_like(theta) for _ in range(settings["carried"])) for theta in parameters]'''

TRAIN = '''@np.errstate(all="ignore")  # exp may overflow to inf where 1 / (1 + inf) = 0 is the right answer
def train():
    """Mini-batch gradient descent: the trained parameters, and (step, training loss, test loss) where recorded."""
    parameters = [array.copy() for array in INITIAL]
    slots = fresh_slots(parameters)
    history, epoch, offset = [], 0, 0
    for step in range(STEPS + 1):{change}
        if recorded(step) or step == STEPS:
            history.append((step, cost(x_train, y_train, parameters), {test}))
        if step == STEPS:
            return parameters, history
        if offset == 0:
            order = batch_order(epoch, len(x_train))
        batch = order[offset : offset + settings["batch_size"]]
        gradients = backward(x_train[batch], y_train[batch], parameters)
        update, own = settings["optimizer"], settings["parameters"]
        update(parameters, gradients, slots, step, settings["learning_rate"], **own)
        offset += settings["batch_size"]
        if offset >= len(x_train):
            epoch, offset = epoch + 1, 0'''


def numpy_script(plan: Plan, beside: str) -> tuple[str, Arrays]:
    """The script's text, and its arrays; ``beside`` is the name of the file for them where they are many."""
    functions = Functions(plan)
    initial = plan.pieces(plan.problem.theta_0)
    arrays = Arrays(initial | _fresh(plan) | plan.examples(), beside)
    changed = [stage.step for stage in plan.stages[1:]]
    imports = {"import os", "import sys", *(["import math"] if functions.needs_math else []), *arrays.imports}
    sections = [
        f"{HEAD}\n\n{shared.about(plan, plan.stages[0].layers)}\n\n" + shared.import_lines(imports, ONE_THREAD),
        *functions.activations(),
        *functions.losses(),
        functions.wiring(),
        PRODUCTS,
        functions.forward(),
        functions.cost(),
        functions.backward(),
        *functions.optimizers(),
        SLOTS,
        shared.batch_order(plan.spec.seed),
        shared.recorded(plan.least, changed),
        change(plan, functions),
        TRAIN.format(
            change="\n        change(step, parameters, slots)" if changed else "",
            test="cost(x_test, y_test, parameters)" if plan.problem.test_objective else 'float("nan")',
        ),
        shared.COMPARE,
        shared.WRITE,
        f"{shared.BAR} settings\n\n{settings(plan)}\n\n{shared.nnviz_losses(plan.compared(plan.steps))}",
        f"{shared.BAR} initial weights and examples: every number is that of nnviz\n\n\n{arrays.section()}\n\n"
        + shared.name_list("INITIAL", initial),
        shared.MAIN,
    ]
    return joined(*sections, gap=3), arrays


def _fresh(plan: Plan) -> dict[str, Floats]:
    """The weights of layers that are drawn anew on the way, by name and step."""
    drawn: dict[str, Floats] = {}
    for stage in plan.stages:
        for l, (W, b) in stage.fresh.items():
            drawn |= {f"W{l}_at_{stage.step}": W, f"b{l}_at_{stage.step}": b}
    return drawn
