"""Gradient descent on surfaces: what to run, runners racing step by step, one step taken apart, basins, rates."""
