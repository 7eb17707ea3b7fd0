"""The static copy of DigitReader: what the network sees, its scores and its probabilities."""

from __future__ import annotations

import numpy as np

from cnnbook.widgets.html import figure, with_sign

__all__ = ["copy_of"]


def copy_of(image: np.ndarray, scores: np.ndarray, probabilities: np.ndarray, sentence: str) -> str:
    """Return three tables and a sentence."""
    seen = figure("image", "input", 16 * image)
    ten = figure("scores", "output", scores[:, None], tints=np.abs(scores[:, None]) / np.abs(scores).max())
    sure = figure("probabilities", "output", probabilities[:, None], tints=probabilities[:, None])
    return (
        f'<div class="cnn-stage cnn-reader-copy">{seen}{with_sign("→", ten)}{with_sign("→", sure)}</div>'
        f'<p class="cnn-words">{sentence} The image is in sixteenths; a row of the others for each digit.</p>'
    )
