"""The workspaces in the order of the rail. A new one is a folder beside this file and a line here."""

from nnviz.ui.workspaces.lab.workspace import Lab
from nnviz.ui.workspaces.workspace import Workspace

WORKSPACES: tuple[type[Workspace], ...] = (Lab,)
