"""The exercises of the chapter on backpropagation."""
