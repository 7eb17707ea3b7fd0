"""The exercises of the chapter on channels."""
