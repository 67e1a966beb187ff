"""Mean and spread before and after, and how much signal and gradient passes, as numbers."""

from nnviz.experiment.activations.passage import passage
from nnviz.experiment.activations.specification import Activations, shown_elementwise
from nnviz.ui.plots.activations.table_figure import Cell, Heading, TableFigure
from nnviz.ui.plots.activations.wording import percent
from nnviz.ui.plots.charts.wording import short


class SignalTable(TableFigure):
    """A row for each function of one number."""

    key = "activation-signal-table"
    title = "Before and after"
    headings = (
        Heading("activation", "The function that the inputs z go through."),
        Heading("mean of z", "The inputs' mean.", "mean of the inputs"),
        Heading("std of z", "The inputs' standard deviation: how wide they are spread.",
                "standard deviation of the inputs"),
        Heading("mean of a", "The outputs' mean. Not 0 for functions that are not zero-centred, even if z is.",
                "mean of the outputs"),
        Heading("std of a", "The outputs' standard deviation. If it shrinks layer by layer, the signal fades.",
                "standard deviation of the outputs"),
        Heading("saturated", "The share of inputs for which |f′| is below 5 % of its maximum, from the exact ends "
                "of the flat zones. –: f′ is 0 everywhere, so there is no maximum to be small against.",
                "saturated inputs (share 0-1)"),
        Heading("exactly 0", "The share of outputs that are 0: a sparse representation.",
                "outputs that are 0 (share 0-1)"),
        Heading("gate E[f′]", "The share of a gradient that passes on average.", "mean of f'(z)"),
        Heading("RMS gate", "The root of the mean of f′(z)²: by how much the size of gradients changes.",
                "root mean square of f'(z)"),
    )  # fmt: skip

    def __init__(self) -> None:
        self.spec = Activations()
        super().__init__()

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec = spec
        rows = []
        for own in shown_elementwise(spec):
            found = passage(own, spec.inputs)
            values = (spec.inputs.mean, spec.inputs.width, found.mean, found.std)
            shares = (found.saturated, found.zero)
            cells = [Cell(short(value), float(value)) for value in values]
            cells += [Cell(percent(share), float(share)) for share in shares]
            cells += [Cell(short(value), value) for value in (found.gate, found.gate_rms)]
            rows.append((own.name, [Cell(own.label, own.label), *cells]))
        self.show_rows(rows)
