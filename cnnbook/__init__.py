"""The convolutional layer from scratch in NumPy: the code behind the book.

The numerics need NumPy only. ``cnnbook.widgets`` and ``cnnbook.plotting`` are imported by name.
"""

from cnnbook.conv import convolve2d, cross_correlate2d
from cnnbook.im2col import im2col
from cnnbook.shapes import output_size

__all__ = ["convolve2d", "cross_correlate2d", "im2col", "output_size"]
__version__ = "0.1.0"
