"""The exercises of the chapter on learning."""
