"""Stands in for PySide6.QtOpenGL in the standalone program (9 MB): pyqtgraph imports it, nnviz draws without OpenGL."""
