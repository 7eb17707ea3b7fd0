"""The conventions of a convolution: what each makes of an example, and which ones explain a result."""

from cnnbook.conventions.convention import Convention
from cnnbook.conventions.finding import conventions_for as conventions_for
from cnnbook.conventions.finding import which_conventions, which_size_rules

__all__ = ["Convention", "which_conventions", "which_size_rules"]
