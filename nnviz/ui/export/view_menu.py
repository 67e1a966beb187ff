"""The context menu of every plot: its picture, its numbers and its animation leave the program here."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox

from nnviz.ui.export.clipboard import copy_table
from nnviz.ui.plots.figure import Figure


def install_menu(view: Figure) -> None:
    """Gives the view the menu, made anew at each opening; what can be done with the thing under the mouse is first."""
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(lambda place: _open(view, place))


def view_menu(view: Figure, own: Sequence[QAction] = ()) -> QMenu:
    """The menu of a view, its own actions first."""
    # Imported with the first menu: the program starts without them.
    from nnviz.ui.export import dialogs  # noqa: PLC0415
    from nnviz.ui.export.picture import copy_picture  # noqa: PLC0415

    menu = QMenu(view)
    if own:
        menu.addActions(own)
        menu.addSeparator()
    _add(menu, "Export figure…", "Writes this plot as PNG, SVG, PDF or a table", lambda: dialogs.export(view))
    if dialogs.can_animate(view):
        _add(menu, "Export animation…", "This plot over the steps, as GIF or video", lambda: dialogs.animate(view))
    menu.addSeparator()
    _add(menu, "Copy picture", "Puts this plot on the clipboard", lambda: _told(view, copy_picture, view))
    _add(menu, "Copy numbers", "Its table, every digit, for a spreadsheet", lambda: copy_numbers(view))
    _add(menu, "Show numbers…", "All numbers drawn, as tables to look at", lambda: dialogs.show_numbers(view))
    menu.addSeparator()
    _add(menu, "Reset range", "Shows everything again after zooming", view.reset_range)
    return menu


def copy_numbers(view: Figure) -> None:
    """The view's table, tab-separated, as spreadsheets take it."""
    _told(view, copy_table, view.numbers())


def _told(view: Figure, work: Callable[[Any], None], what: object) -> None:
    try:
        work(what)
    except (ValueError, OSError) as error:
        QMessageBox.warning(view, "Copy", str(error))


def _open(view: Figure, place: QPoint) -> None:
    menu = view_menu(view, view.actions_at(place))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(view.mapToGlobal(place))


def _add(menu: QMenu, text: str, tip: str, action: Callable[[], object]) -> None:
    entry = QAction(text, menu)
    entry.setToolTip(tip)
    entry.setStatusTip(tip)
    entry.triggered.connect(lambda _checked=False: action())
    menu.addAction(entry)
