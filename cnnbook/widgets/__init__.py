"""The book's widgets: live on the built page without a kernel, two-way in a notebook."""

from cnnbook.widgets.activation_explorer import ActivationExplorer
from cnnbook.widgets.algorithm_race import AlgorithmRace
from cnnbook.widgets.backprop_explorer import BackpropExplorer
from cnnbook.widgets.channel_explorer import ChannelExplorer
from cnnbook.widgets.convolution_explorer import ConvolutionExplorer
from cnnbook.widgets.digit_reader import DigitReader
from cnnbook.widgets.dropout_explorer import DropoutExplorer
from cnnbook.widgets.fast_steps import FastSteps
from cnnbook.widgets.im2col_explorer import Im2colExplorer
from cnnbook.widgets.kernel_explorer import KernelExplorer
from cnnbook.widgets.norm_explorer import NormExplorer
from cnnbook.widgets.pooling_explorer import PoolingExplorer
from cnnbook.widgets.quiz import Quiz
from cnnbook.widgets.shape_detective import ShapeDetective
from cnnbook.widgets.training_explorer import TrainingExplorer

__all__ = [
    "ActivationExplorer",
    "AlgorithmRace",
    "BackpropExplorer",
    "ChannelExplorer",
    "ConvolutionExplorer",
    "DigitReader",
    "DropoutExplorer",
    "FastSteps",
    "Im2colExplorer",
    "KernelExplorer",
    "NormExplorer",
    "PoolingExplorer",
    "Quiz",
    "ShapeDetective",
    "TrainingExplorer",
]
