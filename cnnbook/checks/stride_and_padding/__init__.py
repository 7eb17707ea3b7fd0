"""The exercises of the chapter on stride and padding."""
