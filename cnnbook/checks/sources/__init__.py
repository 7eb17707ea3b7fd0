"""The exercises of the chapter on the sources and their errors."""
