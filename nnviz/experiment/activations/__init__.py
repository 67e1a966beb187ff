"""What the Activations workspace shows: properties of activation functions, and what they do to signal and gradient."""
