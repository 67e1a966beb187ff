"""Gives a control its name and its explanation: for the eye as a tooltip, for a screen reader as a description."""

import html

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget


def tooltip(text: str) -> str:
    """The text of a tooltip as a paragraph, which Qt breaks into lines; plain text would be one long one."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def explain(widget: QWidget, name: str, tip: str) -> None:
    """Names and explains a control, and the controls that it consists of unless they have names of their own."""
    parts = [part for kind in (QSlider, QAbstractSpinBox, QComboBox) for part in widget.findChildren(kind)]
    for part in [widget, *(part for part in parts if not part.accessibleName())]:
        part.setAccessibleName(name)
        part.setAccessibleDescription(tip)
        part.setToolTip(tooltip(tip))
