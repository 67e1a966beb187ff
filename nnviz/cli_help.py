"""What `--help` shows below the options: examples, and the names of all figures. Tests run them all."""

COMMANDS = {
    "run": "train without a display",
    "export": "write figures without a display",
    "code": "write the experiment as code for elsewhere",
    "selftest": "check this installation",
}
"""Each with what it does."""
USAGE = "nnviz [-h] [--version] [FILE]\n       nnviz COMMAND …"
EXAMPLES = """examples:
  nnviz                                         start the window
  nnviz spiral.nnviz                            open an experiment in the window
  nnviz run spiral.nnviz --steps 2000 --json run.json --weights weights.npz
  nnviz export spiral.nnviz --steps 2000 --views loss,decision-map --out figures --format png,csv
  nnviz code spiral.nnviz --to numpy --out spiral.py
  nnviz selftest
"""
RUN_EXAMPLES = """examples:
  nnviz run spiral.nnviz --steps 2000                    the loss after 2,000 steps, in one line
  nnviz run spiral.nnviz --steps 2000 --json run.json    all that was recorded, for a script to read
  nnviz run spiral.nnviz --steps 2000 --weights w.npz    the trained weights, as arrays W_1, b_1, W_2, …
"""
EXPORT_EXAMPLES = """examples:
  nnviz export spiral.nnviz --steps 2000 --views loss,decision-map --out figures
  nnviz export spiral.nnviz --steps 2000 --views gradient-flow --out figures --format svg,pdf --theme dark
  nnviz export spiral.nnviz --steps 2000 --views loss --out figures --format csv,npz
  nnviz export spiral.nnviz --steps 2000 --views all --out figures --size slide --title --caption
  nnviz export spiral.nnviz --steps 2000 --views loss --out figures --size column --format pdf --theme transparent
  nnviz export spiral.nnviz --steps 0 --views network --out figures --width 1600 --scale 2
  nnviz export descent.nnviz --steps 40 --views descent-map --out figures     a document of another workspace
"""
SELFTEST_EXAMPLES = """examples:
  nnviz selftest                                         a line for each check; the exit code is 0 when all passed
"""
CODE_EXAMPLES = """examples:
  nnviz code spiral.nnviz --to numpy --out spiral.py     a script that trains as nnviz does: python spiral.py
  nnviz code spiral.nnviz --to pytorch --out model.py --steps 5000
  nnviz code spiral.nnviz --to keras --out model.py      the model with the weights of step 1000
  nnviz code spiral.nnviz --to onnx --out model.onnx     the same for other programs
"""
DOCUMENTS = {
    "lab": "an experiment",
    "neuron": "a document of Neuron",
    "activations": "a document of Activations",
    "descent": "a document of Descent",
}


def overview() -> str:
    """What `nnviz --help` shows below the options."""
    commands = "".join(f"  {name:<12}{meaning}\n" for name, meaning in COMMANDS.items())
    return f"commands (each has a --help of its own):\n{commands}\n{EXAMPLES}"


def export_examples() -> str:
    """The examples of `nnviz export`, and below them what can be exported."""
    from nnviz.ui.export.figure_list import FIGURES  # noqa: PLC0415 - the other commands start without it

    lines = [EXPORT_EXAMPLES]
    for workspace, figures in FIGURES.items():
        lines += [f"views of {DOCUMENTS[workspace]}:", *(f"  {key:<26}{title}" for key, title in figures.items()), ""]
    return "\n".join(lines)
