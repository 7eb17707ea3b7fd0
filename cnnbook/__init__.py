"""The convolutional layer from scratch in NumPy: the code behind the book.

The numerics need NumPy only. ``cnnbook.widgets`` and ``cnnbook.plotting`` are imported by name.
"""

from cnnbook.activations import *
from cnnbook.batchnorm import *
from cnnbook.conv import *
from cnnbook.conv_backward import *
from cnnbook.conv_batch import *
from cnnbook.conv_fft import *
from cnnbook.conv_naive import *
from cnnbook.conv_transpose import *
from cnnbook.conv_winograd import *
from cnnbook.conventions import *
from cnnbook.costs import *
from cnnbook.gradcheck import *
from cnnbook.im2col import *
from cnnbook.init import *
from cnnbook.layers import *
from cnnbook.linear import *
from cnnbook.losses import *
from cnnbook.optim import *
from cnnbook.pooling import *
from cnnbook.receptive import *
from cnnbook.shapes import *
from cnnbook.training import *

__version__ = "0.1.0"
__all__ = sorted(name for name, value in vars().items() if callable(value) and name[0] != "_")
