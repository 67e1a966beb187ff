"""The theme that a widget is shown in, read from its palette, for the few widgets that paint themselves."""

from PySide6.QtWidgets import QWidget

from nnviz.ui.theme import DARK, LIGHT, Theme


def current_theme(widget: QWidget) -> Theme:
    """LIGHT or DARK. The palette is the one thing that reaches every widget, so nobody has to be told of a change."""
    return DARK if widget.palette().window().color().lightness() < 128 else LIGHT
