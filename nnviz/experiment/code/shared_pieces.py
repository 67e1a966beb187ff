"""Texts that the scripts have in common: the order of the batches, which steps are recorded, the comparison."""

from collections.abc import Iterable, Mapping

from nnviz import __version__
from nnviz.engine.datasets import Standardization
from nnviz.engine.randomness import BATCHES
from nnviz.experiment.code.plan import Layers, Plan
from nnviz.experiment.code.safe_text import comment, joined, listed, number
from nnviz.experiment.records import POINTS_BITS

LISTED = 16
"""Columns of which each one's scaling is told."""


def about(plan: Plan, layers: Layers, note: str = "") -> str:
    """Comments that say which experiment it is. Never for a script's first two lines, where Python looks for more."""
    problem, spec = plan.problem, plan.spec
    sizes = "-".join(map(str, problem.network.sizes))
    names = ", ".join(name if alpha is None else f"{name} (alpha {alpha:g})" for name, alpha in layers)
    scaled_targets = spec.data.standardize_target and problem.task == "regression"
    return joined(
        comment(f"Experiment: {spec.name}" if spec.name else "An experiment without a name"),
        comment(spec.description),
        "#",
        comment(f"Network {sizes}: {names}. Loss: {spec.training.loss}. Seed: {spec.seed}."),
        comment(
            f"Data: {problem.data.name}, {len(problem.train)} examples to learn from, {len(problem.test)} to test. "
            f"Inputs: {', '.join(problem.input_names)}. Outputs: {', '.join(problem.data.target_names)}."
        ),
        comment(_scaling("inputs", problem.inputs.scaling, done=spec.data.standardize)),
        comment(_scaling("targets", problem.targets, done=scaled_targets)),
        comment(f"Written by nnviz {__version__}. Run of {plan.steps} steps{_reason(plan)}."),
        comment(note),
    )


def import_lines(lines: Iterable[str], others: str) -> str:
    """Import statements: those of the standard library, then the others."""
    own = sorted(lines, key=lambda line: (line.startswith("from"), line))
    return joined(*own) + "\n\n" + others


def _reason(plan: Plan) -> str:
    return f" ({plan.reason})" if plan.reason else ""


def _scaling(what: str, scaling: Standardization, *, done: bool) -> str:
    """What was done to inputs or targets, for whoever has new ones; "" where nothing was."""
    if not done:
        return ""
    if len(scaling.mean) > LISTED:
        return f"The {what} are standardized: mean 0 and standard deviation 1 over the examples to learn from."
    pairs = zip(scaling.mean.tolist(), scaling.scale.tolist(), strict=True)
    return f"The {what} are standardized, (value - mean) / scale with (mean, scale): " + ", ".join(
        f"({number(mean)}, {number(scale)})" for mean, scale in pairs
    )


def name_list(name: str, entries: Iterable[str]) -> str:
    """A statement that collects names in a list."""
    return f"{name} = [\n{listed(list(entries))},\n]"


BAR = "# ----"
"""Begins the heading of a section that holds no function."""


def batch_order(seed: int) -> str:
    """The function that gives the order of an epoch's examples."""
    return f'''def batch_order(epoch, n):
    """The order in which an epoch goes through the n examples: drawn from the seed and the epoch alone, as in nnviz."""
    seeds = np.random.SeedSequence({seed}, spawn_key=({BATCHES}, epoch))
    return np.random.Generator(np.random.PCG64(seeds)).permutation(n)'''


def recorded(least: int, changed: Iterable[int]) -> str:
    """The function that says at which steps nnviz records the losses."""
    steps = sorted(set(changed))
    also = f" or step in {tuple(steps)!r}" if steps else ""
    note = ", and where something was changed" if steps else ""
    return f'''def recorded(step):
    """Where nnviz records: every step at first, then half as often after each doubling{note}."""
    distance = max({least}, 1 << max(0, step.bit_length() - {POINTS_BITS + 1}))
    return step % distance == 0{also}'''


def nnviz_losses(losses: Mapping[int, float]) -> str:
    """The table of what nnviz got."""
    entries = [f"{step}: {number(loss)}" for step, loss in losses.items()]
    return f"# What nnviz got: step → J on the training examples.\nNNVIZ = {{\n{listed(entries)},\n}}"


COMPARE = '''def compare(history):
    """Prints losses beside those of nnviz, and the largest difference (relative where a loss is above 1)."""
    here = [row for row in history if row[0] in NNVIZ]
    for step, train, test in here:
        print(f"step {step:<9} training loss {train:<22.15g} test loss {test:.15g}")
    mine, theirs = np.array([row[1] for row in here]), np.array([NNVIZ[row[0]] for row in here])
    difference = np.max(np.abs(mine - theirs) / np.maximum(1.0, np.abs(theirs)))
    print(f"largest difference from the training losses of nnviz at these {len(here)} steps: {difference:.2g}")'''

WRITE = '''def write(history, path):
    """Writes the losses as CSV."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("step,train_loss,test_loss\\n")
        file.writelines(f"{step},{train!r},{test!r}\\n" for step, train, test in history)'''

MAIN = """if __name__ == "__main__":
    trained, history = train()
    compare(history)
    if len(sys.argv) > 1:
        write(history, sys.argv[1])
"""
