"""The pages of the loss surface's view that are not in front at first, as views of their own: for export alone."""

from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.landscape.landscape_view import LandscapeView


class DownhillView(LandscapeView):
    """The loss along −∇J."""

    key = "surface-line"
    title = "Loss along the negative gradient"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_page("line")


class ConvexityView(LandscapeView):
    """Random chords of the loss."""

    key = "surface-convexity"
    title = "Convexity of the loss"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_page("convexity")
