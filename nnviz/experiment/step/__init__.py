"""One training step taken apart: all its numbers, and the formula behind each of them."""
