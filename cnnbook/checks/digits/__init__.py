"""The exercises of the chapter on the network that reads digits."""
