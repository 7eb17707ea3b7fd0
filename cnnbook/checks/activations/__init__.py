"""The exercises of the chapter on activations."""
