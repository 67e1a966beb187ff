"""How the stage of a step is laid out: which cards, how wide, how many layers and how many units in a column."""

from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF

from nnviz.experiment.step.values import Look
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.plots.network.network_geometry import Area
from nnviz.ui.plots.network.network_item import output_names
from nnviz.ui.theme import Theme

SMALL = 0.85
GAP, MIN_PITCH_GAP, LOSS_GAP = 0.45, 4.4, 2.6
"""Least distance between cards of a column, between columns, and from the outputs to the loss, in sizes of the text."""
CLOSE = 0.3
"""Least distance between cards that are a single row."""
WIDTHS = ("−0.00000", "−0.000×10⁻⁵", "−0.000×10⁻¹⁰", "−0.000×10⁻¹⁰⁰")
"""Numbers on cards are as wide as one of these."""
MOST_MEASURED = 64


@dataclass(frozen=True)
class Form:
    """How a stage may be laid out. full: cards with a name and all rows; card: their width; loss: whether its card is
    there; gap: before it. layers: those that fit; high: of a card; room: cards in a column."""

    full: bool
    card: float
    loss: bool
    gap: float
    layers: tuple[int, int]
    high: float
    room: int


def choose_form(look: Look, theme: Theme, area: Area, center: int) -> Form:
    """The richest form in which all layers fit; else the plainest one with those around the layer ``center``."""
    text = float(theme.text_pixels)
    metrics = QFontMetricsF(theme.font(SMALL))
    line, sizes = metrics.lineSpacing(), look.record.network.sizes
    rows = max(len(look.unit_rows(layer)) for layer in range(len(sizes)))
    whole, small = (rows + 1) * line + 0.7 * text, line + 0.45 * text
    choices = [(False, True)] if look.phase == "loss" else [(False, True), (False, False)]
    if max(sizes) * (whole + GAP * text) - GAP * text <= area.height:
        choices = [(True, True), *choices]
    for full, loss in choices:
        high = whole if full else small
        apart = (GAP if full else CLOSE) * text
        room = max(1, int((area.height + apart) / (high + apart)))
        card = _card_width(look, theme) if full else _number_width(look, theme, bold=False) + 2.0 * text
        gap = (LOSS_GAP if full else LOSS_GAP / 2) * text
        across = area.width - (card + gap if loss else 0.0)
        fit = max(2, int((across + MIN_PITCH_GAP * text) / (card + MIN_PITCH_GAP * text)))
        least = (len(sizes) - 1) * (2.4 if full else 1.7) * MIN_PITCH_GAP * text + (gap if loss else 0.0)
        most = min(1.7 * card, (area.width - least) / (len(sizes) + (1 if loss else 0)))
        card = max(card, min(most, _named_width(look, theme, card if not full else 0.0)))
        form = Form(full, card, loss, gap, _window(len(sizes), fit, center), high, room)
        if fit >= len(sizes):
            break
    return form


def _named_width(look: Look, theme: Theme, number: float) -> float:
    """Wide enough for the names of inputs and outputs beside a number that needs so much."""
    problem, metrics = look.record.problem, QFontMetricsF(theme.font(SMALL))
    names = (*problem.input_names, *output_names(problem), "unit 88 · leaky ReLU" if not number else "")
    return max(metrics.horizontalAdvance(name) for name in names) + number + 0.9 * theme.text_pixels


def _card_width(look: Look, theme: Theme) -> float:
    """Wide enough for any number."""
    small = QFontMetricsF(theme.font(SMALL))
    symbols = [name for layer in range(look.depth + 1) for name, _ in look.unit_rows(layer)]
    symbol = max(small.horizontalAdvance(f"{name} ") for name in symbols)
    return symbol + _number_width(look, theme, bold=True) + 0.9 * theme.text_pixels


def _number_width(look: Look, theme: Theme, *, bold: bool) -> float:
    """Of the widest number on a unit, in few sizes, so that cards keep theirs while numbers change."""
    metrics = QFontMetricsF(theme.font(SMALL, bold=bold))
    rows = [row for layer in range(look.depth + 1) for row in look.unit_rows(layer)]
    sample = [value for _, values in rows for value in values[:MOST_MEASURED].tolist()]
    widest = max(metrics.horizontalAdvance(short(value)) for value in sample)
    sizes = [metrics.horizontalAdvance(text) for text in WIDTHS]
    return next((size for size in sizes if size >= widest), sizes[-1])


def _window(count: int, fit: int, center: int) -> tuple[int, int]:
    """First and last of ``fit`` layers around one."""
    if count <= fit:
        return 0, count - 1
    first = min(max(0, center - fit // 2), count - fit)
    return first, first + fit - 1
