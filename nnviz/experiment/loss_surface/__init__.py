"""The loss surface of the network that is being trained: slices, heights, the path across them, and convexity."""
