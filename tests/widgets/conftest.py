"""Here, so that the tests in the widgets' folders find ``pages``."""
