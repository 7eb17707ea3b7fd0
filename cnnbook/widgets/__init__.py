"""The book's widgets: live on the built page without a kernel, two-way in a notebook."""

from cnnbook.widgets.convolution_explorer import ConvolutionExplorer

__all__ = ["ConvolutionExplorer"]
