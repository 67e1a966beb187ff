"""What is left of a gradient after n layers, as numbers."""

from nnviz.experiment.activations.depth import depth_lines
from nnviz.experiment.activations.specification import Activations
from nnviz.ui.plots.activations.table_figure import Cell, Heading, TableFigure
from nnviz.ui.plots.charts.wording import short


class DepthTable(TableFigure):
    """A row for each function of one number."""

    key = "activation-depth-table"
    title = "After n layers"
    headings = (
        Heading("activation", "The function whose derivative is multiplied."),
        Heading("n", "How many layers the gradient has come back through.", "layers"),
        Heading("max |f′|", "The largest factor that one layer can have.", "largest f'"),
        Heading("max |f′|ⁿ", "The most that can be left of a gradient after n layers. Weights multiply it further.",
                "largest product of f'"),
        Heading("factor of a layer", "What one layer multiplies the average over the inputs by: the root of E f′(z)² "
                "for the root mean square, E|f′(z)| for the mean size.", "average factor of a layer"),
        Heading("decades a layer", "log₁₀ of that factor: −0.6 means that four layers cost a factor of about 250.",
                "average factor of a layer (log10)"),
        Heading("left after n layers", "The factor to the power of n: what is left over the inputs.",
                "average product of f'"),
    )  # fmt: skip

    def __init__(self) -> None:
        self.spec = Activations()
        super().__init__()

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec = spec
        rows = []
        for line in depth_lines(spec):
            own, decades = line.activation, line.decades
            numbers = (own.max_slope, float(line.bound[-1]), line.factor, decades, float(line.typical[-1]))
            cells = [Cell(short(value), value) for value in numbers]
            rows.append((own.name, [Cell(own.label, own.label), Cell(str(spec.depth), float(spec.depth)), *cells]))
        self.show_rows(rows)
