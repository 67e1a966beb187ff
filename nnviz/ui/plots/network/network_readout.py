"""What is said about a unit, a weight or a bias: every digit, in rows; and the table of all that is shown."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from nnviz.experiment.readings import DecisionMap
from nnviz.ui.plots.charts.wording import full, plain_rows
from nnviz.ui.plots.network.network_item import Item, Unit, described, editable, index_of, unit_name
from nnviz.ui.plots.network.network_scene import SMALL, Scene
from nnviz.ui.plots.network.unit_mosaic import unit_values

Floats = NDArray[numpy.float64]
HEADER = ("layer", "from", "to", "kind", "value", "gradient dJ/dvalue", "last update")


@dataclass(frozen=True)
class ReadOut:
    """A title and rows of name and number."""

    title: str
    rows: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """As one sentence, for those who listen to it."""
        return ", ".join([self.title, *(f"{name} {value}" for name, value in self.rows)])


def read_out(scene: Scene, item: Item) -> ReadOut:
    """All that the snapshot knows about the item."""
    problem = scene.frame.problem
    rows: list[tuple[str, str]] = []
    title = described(problem, item)
    if isinstance(item, Unit) and item.layer > 0:
        title += f" · {problem.network.activations[item.layer - 1].label}"
    if parameter := editable(item):
        snapshot, index = scene.snapshot, index_of(parameter, problem.network.layout)
        letter = "b" if parameter.kind == "bias" else "w"
        rows.append(("bias b" if letter == "b" else "weight w", _number(snapshot.theta[index])))
        stepped = snapshot.step > 0
        rows.append((f"∂J/∂{letter}", _number(snapshot.gradient[index]) if stepped else "no step taken yet"))
        rows.append((f"last Δ{letter}", _number(snapshot.delta_theta[index]) if stepped else "no step taken yet"))
    if isinstance(item, Unit):
        rows += _outputs(scene, item)
        if item in scene.twins:
            same = [u.unit + 1 for u, number in scene.twins.items() if u.layer == item.layer and u != item
                    and number == scene.twins[item]]  # fmt: skip
            rows.append(("equal to", f"unit {', '.join(map(str, same))}" if same else "units not shown"))
        if item in scene.dead:
            rows.append(("dead", "0 on every training example"))
    return ReadOut(title, tuple(rows))


def table(scene: Scene) -> list[tuple[str, ...]]:
    """All weights and biases between and of the units shown, one a row, under HEADER; numbers with all digits."""
    frame, snapshot = scene.frame, scene.snapshot
    problem, layout = frame.problem, frame.problem.network.layout
    indices = frame.lines.index.tolist()
    indices += [layout.index(unit.layer, -1, unit.unit) for unit in frame.geometry.centres if unit.layer > 0]
    rows: list[tuple[str, ...]] = [HEADER]
    for index in sorted(indices):
        place = layout.parameter(index)
        source = "" if place.kind == "bias" else unit_name(problem, Unit(place.layer - 1, place.i))
        target = unit_name(problem, Unit(place.layer, place.j))
        numbers = (repr(float(flat[index])) for flat in (snapshot.theta, snapshot.gradient, snapshot.delta_theta))
        rows.append((str(place.layer), source, target, place.kind, *numbers))
    return rows


def tile_table(scene: Scene) -> list[tuple[str, ...]]:
    """A row for each sample of the tiles, a column for each unit shown; empty where nothing is known of them."""
    problem, shown = scene.frame.problem, scene.snapshot.readings.get("decision_map")
    if not isinstance(shown, DecisionMap):
        return []
    heads, columns = [], []
    for column in scene.frame.geometry.columns:
        values = unit_values(shown, column.layer)
        if values is None or len(values) != column.size:
            continue
        for unit in column.shown:
            name = unit_name(problem, Unit(column.layer, unit))
            heads.append(f"layer {column.layer}: output of {name}" if column.layer else f"input {name}")
            columns.append(values[unit].ravel().astype(numpy.float64))
    if not columns:
        return []
    left, right, bottom, top = shown.extent
    # Tiles have every so many samples of the map, from its first on.
    rows, step = shown.values.shape[0], shown.values.shape[0] // shown.inputs.shape[-1]
    across, up = (numpy.linspace(*ends, rows)[::step] for ends in ((left, right), (bottom, top)))
    places = [grid.ravel() for grid in numpy.meshgrid(across, up)]
    names = [problem.data.feature_names[axis] for axis in shown.axes]
    return [(*names, *heads), *plain_rows(numpy.column_stack([*places, *columns]))]


def paint_read_out(painter: QPainter, scene: Scene, shown: ReadOut, at: QPointF, *, beside: bool) -> None:
    """A panel, kept inside the view: beside a point, or in the corner farthest from it, where it hides less."""
    frame, theme = scene.frame, scene.frame.theme
    text, font, bold = frame.text, theme.font(SMALL), theme.font(SMALL, bold=True)
    metrics, bold_metrics = QFontMetricsF(font), QFontMetricsF(bold)
    high, pad = metrics.lineSpacing() * 1.15, 0.6 * text
    names = max((metrics.horizontalAdvance(name) for name, _ in shown.rows), default=0.0) + 0.8 * text
    numbers = max((metrics.horizontalAdvance(value) for _, value in shown.rows), default=0.0)
    inner = min(max(names + numbers, bold_metrics.horizontalAdvance(shown.title)), frame.width - 2 * pad - text)
    width, height = inner + 2 * pad, high * (len(shown.rows) + 1) + 2 * pad
    if beside:
        left = at.x() + text if at.x() + text + width <= frame.width else at.x() - text - width
        top = at.y() + text if at.y() + text + height <= frame.height else at.y() - text - height
    else:
        area = frame.geometry.area
        left = 0.0 if at.x() > frame.width / 2 else frame.width
        top = area.top if at.y() > (area.top + area.bottom) / 2 else area.bottom - height
    left = max(0.4 * text, min(left, frame.width - width - 0.4 * text))
    top = max(0.4 * text, min(top, frame.height - height - 0.4 * text))
    painter.setPen(QPen(theme.color("line"), 0.08 * text))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(QRectF(left, top, width, height), 0.4 * text, 0.4 * text)
    painter.setFont(bold)
    painter.setPen(theme.color("text"))
    title = bold_metrics.elidedText(shown.title, Qt.TextElideMode.ElideMiddle, inner + 1)
    painter.drawText(QRectF(left + pad, top + pad, inner + 1, high), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(font)
    for row, (name, value) in enumerate(shown.rows, start=1):
        y = top + pad + row * high
        painter.setPen(theme.color("muted"))
        painter.drawText(QRectF(left + pad, y, names, high), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left + pad + names, y, inner - names + 1, high), Qt.AlignmentFlag.AlignVCenter, value)


def _outputs(scene: Scene, unit: Unit) -> list[tuple[str, str]]:
    """Mean and range of a unit's output over the plane, where there is one."""
    values = unit_values(scene.map, unit.layer) if scene.map else None
    if values is None or unit.unit >= len(values):
        return []
    plane = numpy.asarray(values[unit.unit], dtype=numpy.float64)
    mean, low, high = float(numpy.mean(plane)), float(numpy.min(plane)), float(numpy.max(plane))
    what = "value" if unit.layer == 0 else "output"
    return [(f"mean {what}", _single(mean)), ("from … to", f"{_single(low)} … {_single(high)}")]


def _single(value: float) -> str:
    """Outputs over the plane are kept in single precision: more digits would be made up."""
    return _number(float(f"{value:.7g}"))


def _number(value: float) -> str:
    return full(value) if numpy.isfinite(value) else f"not finite ({full(value)})"
