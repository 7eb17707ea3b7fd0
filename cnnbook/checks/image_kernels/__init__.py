"""The exercises of the chapter on image kernels."""
