"""The exercises of the chapter on stacks of layers."""
