"""The parts of the view of one training step: stage, painter, canvas, formula, controls."""
