"""The exercises of the chapter on fast convolution."""
