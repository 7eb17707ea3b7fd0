"""The exercises of the chapter on pooling."""
