"""The exercises of the chapter on the layers around a convolution."""
