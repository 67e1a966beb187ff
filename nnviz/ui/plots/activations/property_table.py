"""What the functions have in common and where they differ, in a table."""

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.costs import COUNTED
from nnviz.experiment.activations.properties import properties_of
from nnviz.experiment.activations.saturation_zones import zones_text
from nnviz.experiment.activations.specification import Activations, shown_activations
from nnviz.ui.plots.activations.table_figure import NONE, Cell, Heading, TableFigure
from nnviz.ui.plots.activations.wording import dead_text, peak_text, range_text
from nnviz.ui.plots.charts.wording import short

RISES = {"strictly": ("always", 2.0), "weakly": ("never falls", 1.0), "no": ("no, it dips", 0.0)}
CORNERS = {"jump": ("jump at 0", 0.0), "kink": ("kink at 0", 1.0), "bend": ("f″ jumps at 0", 2.0), "none": ("yes", 3.0)}
NOT_ONE = Cell(NONE, -1.0, "softmax is a function of a whole layer: look at its own page.")
NO_MAXIMUM = Cell(NONE, NONE, "f′ is 0 everywhere: there is no maximum that it could be small against.")


class PropertyTable(TableFigure):
    """A row for each function shown."""

    key = "activation-properties"
    title = "Properties"
    headings = (
        Heading("activation", "The function f that makes a unit's output a from its sum z."),
        Heading("range", "All values that f can take. A round bracket: the end is approached and never reached."),
        Heading("zero-centred", "Whether f(−z) = −f(z): inputs around 0 then give outputs around 0. If all outputs "
                "have one sign, all weight gradients of a unit of the next layer have one sign, too.", worded=True),
        Heading("rises", "Monotonic: more in, more out. A function that dips has a slope of 0 in between.",
                worded=True),
        Heading("smooth", "Whether f has a slope everywhere, without a jump or a corner.", worded=True),
        Heading("max |f′|", "The largest factor that the function passes a gradient back by, and the z where.",
                "largest f'"),
        Heading("f′(0)", "The slope in the middle. Where there is a corner: what the engine takes there.", "f'(0)"),
        Heading("dead zone", "Where f′ is exactly 0: a unit that is there on every example learns no more."),
        Heading("flat zone", "Saturation: |f′| is below 5 % of its maximum, hardly any gradient passes."),
        Heading("cost", "Counted: the exponentials, logarithms and the like that the engine takes for one f(z). With × "
                "once measured: the time of f and f′ on this machine against ReLU's, the best of 7 runs over 50,000 "
                "numbers. It differs from machine to machine.", worded=True),
    )  # fmt: skip

    def __init__(self) -> None:
        self.spec = Activations()
        self.costs: dict[str, float] = {}
        super().__init__()

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec = spec
        self.show_rows([(own.name, self._cells(own)) for own in shown_activations(spec)])

    def show_costs(self, costs: dict[str, float]) -> None:
        """What was measured: times of f and f' as multiples of ReLU's, by name."""
        self.costs = costs
        self.show_spec(self.spec)

    def _cells(self, own: Activation) -> list[Cell]:
        if not own.elementwise:
            sum_to_one = Cell("(0, 1), sum 1", "(0, 1)", "All outputs of the layer together are 1.")
            return [Cell(own.label, own.label), sum_to_one, *[NOT_ONE] * 7, self._cost(own)]
        found = properties_of(own)
        return [
            Cell(own.label if own.alpha is None else f"{own.label}, α {short(own.alpha)}", own.label),
            Cell(range_text(found), range_text(found)),
            Cell("yes" if found.odd else "no", float(found.odd)),
            Cell(*RISES[found.rising]),
            Cell(*CORNERS[found.corner]),
            Cell(peak_text(found), found.max_slope),
            Cell(short(found.slope_at_zero), round(found.slope_at_zero, 14)),
            Cell(dead_text(found), dead_text(found)),
            NO_MAXIMUM if found.peak is None else Cell(zones_text(found.flat), zones_text(found.flat)),
            self._cost(own),
        ]

    def _cost(self, own: Activation) -> Cell:
        number, words = COUNTED[own.name]
        tip = f"Counted: {words}."
        if own.name not in self.costs:
            return Cell(f"{number} exp", float(number), tip)
        times = self.costs[own.name]
        return Cell(f"{number} exp, {times:.1f}×", times, f"{tip} Measured: {times:.2f} times ReLU's time.")
