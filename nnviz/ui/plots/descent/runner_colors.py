"""The colours of runners, which stay apart on a map of heights as well as on plain ground."""

from PySide6.QtGui import QColor

from nnviz.ui.theme import Theme


def runner_color(theme: Theme, index: int) -> QColor:
    """By the number that a runner's specification has: the theme's hues of compared curves, its grey as the last."""
    hues = (*theme.curves[1:], theme.curves[0])
    return QColor(hues[index]) if index < len(hues) else theme.class_color(index - 1)
