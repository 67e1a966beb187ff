"""The perceptron rule's steps in words and numbers, and how its run ends."""

from nnviz.experiment.neuron.perceptron_rule import RuleRun, RuleStep
from nnviz.experiment.neuron.truth_tables import LABELS, gate_of, separable
from nnviz.ui.plots.charts.wording import short


def vector(values: tuple[float, ...]) -> str:
    """(1, 0); a single number without parentheses."""
    inside = ", ".join(short(value) for value in values)
    return f"({inside})" if len(values) > 1 else inside


def step_lines(step: RuleStep, rate: float) -> list[tuple[str, str]]:
    """(what, with its numbers) of a step, line by line."""
    *weights, bias = step.before
    products = " + ".join(f"{_factor(w)}·{_factor(x)}" for w, x in zip(weights, step.x, strict=True))
    sign = "−" if bias < 0.0 else "+"
    relation = "> 0" if step.output else "≤ 0"
    lines = [
        ("row", f"x = {vector(step.x)}, target {step.target}"),
        ("sum", f"z = {products} {sign} {short(abs(bias))} = {short(step.z)} {relation}"),
        ("output", f"{step.output} — {'wrong' if step.error else 'right'}"),
    ]
    if not step.error:
        return [*lines, ("change", f"target − output = {step.target} − {step.output} = 0, so nothing changes")]
    error = f"{short(rate)}·({step.target} − {step.output})"
    change, after = step.change, step.after
    return [
        *lines,
        ("weights", f"Δw = η·(target − output)·x = {error}·{vector(step.x)} = {vector(change[:-1])}"),
        ("bias", f"Δb = η·(target − output) = {error} = {short(change[-1])}"),
        ("now", f"w = {vector(step.before[:-1])} → {vector(after[:-1])},  b = {short(bias)} → {short(after[-1])}"),
    ]


def numbers_only(text: str) -> str:
    """A line of a step without its general formula, where there is no room for both."""
    return text.replace("η·(target − output)·x = ", "").replace("η·(target − output) = ", "")


def step_sentence(step: RuleStep, rate: float) -> str:
    """The step in one line: row (1, 0): target 0, output 1 → Δw = η·(0 − 1)·(1, 0) = (−1, 0)."""
    start = f"row {vector(step.x)}: target {step.target}, output {step.output}"
    if not step.error:
        return f"{start} → right, nothing changes"
    change = f"Δw = {short(rate)}·({step.target} − {step.output})·{vector(step.x)} = {vector(step.change[:-1])}"
    return f"{start} → {change}, Δb = {short(step.change[-1])}"


def ending(run: RuleRun, step: int) -> str:
    """What can be said about the run at a step: how it ends is told once it is seen."""
    name = LABELS.get(gate_of(run.spec.targets), "this table")
    if run.learned is not None and step >= run.learned:
        if run.learned == 0:
            return f"Nothing to learn: these weights answer every row of {name} right from the start."
        return f"Learned: from step {run.learned} on every row of {name} is right, and nothing changes any more."
    if not separable(run.spec.targets):
        hopeless = f"No line separates the 0s of {name} from its 1s: both diagonals cross in the middle of the square."
        if run.cycle is None or step < (run.cycle[0] + run.cycle[1]) * run.rows:
            return f"{hopeless} Press Play and watch what the rule does then."
        start, length = run.cycle
        again = "after every pass" if length == 1 else f"every {length} passes"
        return f"{hopeless} The rule goes round for ever: the weights with which pass {start + 1} began return {again}."
    if step == 0:
        return "Press Play or Step: the rule shows one row after another, and after each mistake it moves the line."
    return f"Step {step}: the rule is at work. A line exists for {name}, so it will be found."


def _factor(value: float) -> str:
    return f"({short(value)})" if value < 0.0 else short(value)
