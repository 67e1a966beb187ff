"""nnviz: a desktop laboratory in which one sees a neural network learn, and sees why it fails to."""

__version__ = "0.1.0"
