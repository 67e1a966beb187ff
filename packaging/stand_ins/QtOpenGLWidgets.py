"""Stands in for PySide6.QtOpenGLWidgets in the standalone program: pyqtgraph derives a class that nobody makes."""

from PySide6.QtWidgets import QWidget


class QOpenGLWidget(QWidget):
    """What pyqtgraph asks a plot's surface for, to learn that it is none."""

    def __init__(self) -> None:
        raise NotImplementedError("the standalone nnviz draws without OpenGL")
