"""The line's numbers: data, weight, bias and its switch; and what follows from them."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from nnviz.experiment.neuron.line_fit import best_line, cost, data_of, derivatives, house_fit
from nnviz.experiment.neuron.specification import LineSpec
from nnviz.experiment.specification import replace
from nnviz.ui.panels.neuron.part_panel import PartPanel, ValueField
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.form import Form, muted


class LinePanel(PartPanel):
    """Edits a LineSpec."""

    def __init__(self) -> None:
        super().__init__()
        self.spec = LineSpec()
        self.source = Choice([
            Entry("points", "Points by hand", "Points that you set, move and remove on the plot."),
            Entry("houses", "House prices", "Sixty invented houses: the price against the area."),
        ])  # fmt: skip
        self.w, self.b = ValueField(), ValueField()
        self.bias, self.squares = Chip("bias on"), Chip("squares")
        self.best = QPushButton("Go to the best line")
        form = self.form = Form()
        form.add("Data", self.source, "What the line ŷ = w·x + b is fitted to.")
        form.add("Weight w", self.w, "The slope: by how much the prediction grows when x grows by 1.")
        form.add("Bias", self.bias, "Off locks b at 0: then the line goes through the origin, whatever the data say.")
        form.add("Bias b", self.b, "The prediction where x is 0. It shifts the whole line.")
        form.add("Show", self.squares, "Draws (ŷ − y)² of each point as a square. Least squares makes their sum least.")
        explain(self.best, self.best.text(), "Sets w, and b if it is on, to the values of least cost: the argmin of J.")
        self.result = muted()
        self.houses = muted()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(form)
        column.addWidget(self.best)
        column.addWidget(self.result)
        column.addWidget(self.houses)
        self.source.chosen.connect(self._set_source)
        self.w.edited.connect(lambda value: self.edited.emit(replace(self.spec, w=value), "weight"))
        self.b.edited.connect(lambda value: self.edited.emit(replace(self.spec, b=value), "bias"))
        self.bias.clicked.connect(lambda on: self.edited.emit(replace(self.spec, bias=on), "bias switch"))
        self.squares.clicked.connect(lambda on: self.edited.emit(replace(self.spec, squares=on), "squares"))
        self.best.clicked.connect(self._go_to_best)
        self.show_spec(self.spec)

    def show_spec(self, spec: LineSpec) -> None:
        """Shows it without emitting."""
        self.spec = spec
        self.source.show_key(spec.source)
        self.w.show_value(spec.w)
        self.b.show_value(spec.b)
        self.b.setEnabled(spec.bias)
        self.bias.setChecked(spec.bias)
        self.bias.setText("bias on" if spec.bias else "bias off: b = 0")
        self.squares.setChecked(spec.squares)
        self._tell(spec)

    def _tell(self, spec: LineSpec) -> None:
        data = data_of(spec)
        free, locked = best_line(data, bias=True), best_line(data, bias=False)
        now, (by_w, by_b) = cost(data, spec.w, spec.intercept), derivatives(data, spec.w, spec.intercept)
        lines = [f"J = ½ mean (ŷ − y)² = {now:.4g}", f"∂J/∂w = mean (ŷ − y)·x = {by_w:.4g}"]
        if spec.bias:
            lines.append(f"∂J/∂b = mean (ŷ − y) = {by_b:.4g}")
        lines += ["", f"Least J with a bias: {free.cost:.4g}", f"Least J without: {locked.cost:.4g}"]
        if free.cost > 0.0 and locked.cost > 1.005 * free.cost:
            lines.append(f"Without a bias the best line costs {locked.cost / free.cost:.3g} times as much.")
        elif len(data.x):
            lines.append("The data point at the origin: here the bias changes next to nothing.")
        lines += ["", "The ½ is there so that the derivative of ½(ŷ − y)² is ŷ − y."]
        self.result.setText("\n".join(lines).replace("-", "−"))
        self.houses.setVisible(spec.source == "houses")
        if spec.source == "houses":
            fit = house_fit()
            weights = ", ".join(
                f"{name.replace('_', ' ')} {weight:,.0f}".replace("-", "−")
                for name, weight in zip(fit.names, fit.weights, strict=True)
            )
            self.houses.setText(
                "A house without any feature is not free: the bias is the base price.\n\n"
                f"Least squares over all five features finds a base price of {fit.base_price:,.0f} $ "
                f"(the prices were made with {fit.truth:,.0f} $) and these weights in $: {weights}.\n\n"
                f"Root of the mean squared error: {fit.error**0.5:,.0f} $ with a bias, "
                f"{fit.error_without**0.5:,.0f} $ without."
            )

    def _set_source(self, source: str) -> None:
        spec = replace(self.spec, source=source)
        # A line for other units would lie far outside.
        best = best_line(data_of(spec), bias=False)
        self.edited.emit(replace(spec, w=float(f"{0.8 * best.w:.3g}"), b=0.0), "data")

    def _go_to_best(self) -> None:
        best = best_line(data_of(self.spec), bias=self.spec.bias)
        b = best.b if self.spec.bias else self.spec.b
        self.edited.emit(replace(self.spec, w=best.w, b=b), "best line")
