"""DigitReader: draw a digit, and see every layer of the book's network read it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import traitlets

from cnnbook import softmax
from cnnbook.data import digit_network, digits
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.digit_reader import bitmaps
from cnnbook.widgets.digit_reader.copy import copy_of
from cnnbook.widgets.digit_reader.words import read_as, share
from cnnbook.widgets.traits import Array

__all__ = ["DigitReader"]


@cache
def held_out() -> tuple[np.ndarray, np.ndarray]:
    """Return the held-out pictures, (360, 8, 8) in float64, and the digits they show."""
    *_, images, labels = digits()
    return images[:, 0].astype(float), labels


class DigitReader(BookWidget):
    """Let the book's network read a digit that the reader draws, or one that was held out.

    Parameters
    ----------
    image : array_like, shape (8, 8), optional
        What the network sees, from 0 (paper) to 1 (ink). One that is assigned is drawn, too: in each
        block so many of the 16 dots as come nearest. Those of :func:`cnnbook.data.digits` are such
        counts already.
    drawing : array_like, shape (32, 32), optional
        The ink: 0 and 1. The image is made of it.
    centred : bool
        Whether the ink is stretched to the full size and put into the middle before its dots are counted.
    picture : int or None
        Which held-out picture is shown, from 0 to 359.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> reader = DigitReader(picture=3)
    >>> reader.image.shape, int(reader.probabilities.argmax())
    ((8, 8), 0)
    >>> reader.image = reader.image[::-1, ::-1]
    >>> reader.picture is None
    True
    """

    bundles = ("digit-network", "digits-test")

    image = Array(ndim=2, largest=8)
    """What the network sees, read-only: assign a new array to change it."""
    drawing = Array(ndim=2, largest=bitmaps.SIDE)
    """The ink, read-only: assign a new array to change it."""
    centred = traitlets.Bool(False).tag(sync=True)
    """Whether the ink is stretched and put into the middle first."""
    picture = traitlets.Int(0, min=0, max=359, allow_none=True).tag(sync=True)
    """The held-out picture that is shown, or None."""
    _bundles = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: Any) -> None:
        self._agreeing = False
        super().__init__(**({"centred": True} if "drawing" in state else {}) | state)

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return held_out()[0][self.picture or 0]

    @traitlets.default("drawing")
    def _drawing(self) -> np.ndarray:
        return bitmaps.spread(held_out()[0][self.picture or 0])

    @traitlets.default("_bundles")
    def _packed(self) -> dict[str, Any]:
        return self.packed_bundles()

    @traitlets.validate("image")
    def _is_an_image(self, proposal: Any) -> Any:
        image = np.asarray(proposal.value, float)
        if image.shape != (8, 8) or not ((image >= 0) & (image <= 1)).all():
            found = f", numbers from {image.min():g} to {image.max():g}" * bool(image.size)
            raise traitlets.TraitError(
                f"image must hold numbers from 0 to 1 in the shape (8, 8), got shape {image.shape}{found}"
            )
        return type(self).image.validate(self, image)

    @traitlets.validate("drawing")
    def _is_a_drawing(self, proposal: Any) -> Any:
        try:
            bitmap = bitmaps.checked(proposal.value)
        except ValueError as error:
            raise traitlets.TraitError(f"drawing: {error}") from None
        return type(self).drawing.validate(self, bitmap)

    def _made(self) -> np.ndarray:
        """Return the image that the drawing gives."""
        ink = np.asarray(self.drawing)
        return bitmaps.shrunk(bitmaps.centred(ink) if self.centred else ink)

    @traitlets.observe("image", "drawing", "centred", "picture")
    def _agree(self, change: Any) -> None:
        """Let the others follow the one that changed."""
        if self._agreeing:
            return
        self._agreeing = True
        try:
            if change.name == "picture" and self.picture is not None:
                self._show(held_out()[0][self.picture])
            elif change.name == "image":
                self._show(np.asarray(self.image))
            elif change.name != "picture":
                self.image = self._made()
            if self.picture is not None and not np.array_equal(self.image, held_out()[0][self.picture]):
                self.picture = None
        finally:
            self._agreeing = False

    def _show(self, image: np.ndarray) -> None:
        """Take an image, and draw it unless the drawing gives it already."""
        if not np.array_equal(image, self._made()):
            self.centred = False
            self.drawing = bitmaps.spread(np.rint(16 * image) / 16)
        self.image = image

    @property
    def scores(self) -> np.ndarray:
        """What the last layer says, (10,)."""
        return digit_network()(np.asarray(self.image)[None, None])[0]

    @property
    def probabilities(self) -> np.ndarray:
        """How sure the network is of each digit, (10,)."""
        return softmax(self.scores, axis=0)

    @property
    def output(self) -> np.ndarray:
        """The same as :attr:`probabilities`."""
        return self.probabilities

    def describe(self) -> str:
        """Return one line about it."""
        best = int(self.probabilities.argmax())
        what = "a drawing" if self.picture is None else f"held-out picture {self.picture}"
        return f"{what}, read as {best}, {share(self.probabilities[best])} sure"

    def sentence(self) -> str:
        """Return what it reads, in words."""
        label = None if self.picture is None else int(held_out()[1][self.picture])
        return read_as(self.probabilities, self.picture, label, bool(np.asarray(self.image).any()))

    def static_html(self) -> str:
        """Return what it sees, and what it makes of it."""
        return copy_of(np.asarray(self.image), self.scores, self.probabilities, self.sentence())
