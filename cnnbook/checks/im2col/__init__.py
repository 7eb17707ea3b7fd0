"""The exercises of the chapter on im2col."""
