"""The parts of the view of the network's own loss surface: its pages, their controls, and what stands beside."""
