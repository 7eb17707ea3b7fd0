"""Networks to start from, as the words of :mod:`cnnbook.widgets.shape_detective.words`."""

from __future__ import annotations

__all__ = ["PRESETS"]


def convolutions(*channels: int) -> str:
    """Return 3x3 convolutions with padding 1, each with its ReLU."""
    return ",".join(f"conv{C}p1,relu" for C in channels)


VGG = [(64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512)]

PRESETS: dict[str, str] = {
    "LeNet-5": "1x28x28,conv6k5p2,tanh,avgpool2,conv16k5,tanh,avgpool2,flatten,"
    "linear120,tanh,linear84,tanh,linear10",
    "digit network": f"1x8x8,{convolutions(16, 16)},maxpool2,flatten,linear10",
    "AlexNet": "3x224x224,conv64k11s4p2,relu,maxpool3s2,conv192k5p2,relu,maxpool3s2,"
    f"{convolutions(384, 256, 256)},maxpool3s2,flatten,linear4096,relu,linear4096,relu,linear1000",
    "VGG-16 features": "3x224x224," + ",".join(f"{convolutions(*block)},maxpool2" for block in VGG),
}
"""An input's shape and the layers after it.

- LeNet-5 as it is usually rebuilt: all maps of the first convolution go into each of the second's (the paper
  of 1998 joins only some), and the average pooling has no weights.
- The network that this book trains on handwritten digits.
- AlexNet as in torchvision ("One weird trick", 2014), without its dropout, which changes no shape.
- The convolutions and the pooling of VGG-16 (configuration D of Simonyan and Zisserman, 2015).
"""
