"""Figures that would clutter a chapter. They need matplotlib; the numerics do not.

Every figure lies on white paper, in the roles' colours for a light background. Sizes are in
pixels of the stored picture: 640 of them fill the column of a page, and a narrow phone shows
them at half that size.
"""

from cnnbook.plotting.around import *
from cnnbook.plotting.bends import *
from cnnbook.plotting.borders import *
from cnnbook.plotting.channels import *
from cnnbook.plotting.columns import *
from cnnbook.plotting.curves import *
from cnnbook.plotting.draw import *
from cnnbook.plotting.figures import *
from cnnbook.plotting.gradients import *
from cnnbook.plotting.lessons import *
from cnnbook.plotting.needs import *
from cnnbook.plotting.paper import *
from cnnbook.plotting.races import *
from cnnbook.plotting.reading import *
from cnnbook.plotting.sliding import *

__all__ = sorted(name for name, value in vars().items() if callable(value) and name[0] != "_")
