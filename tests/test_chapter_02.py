"""What the chapter on image kernels says about them is so."""

import ast

import numpy as np
import pytest
from chapter import Chapter
from scipy import ndimage

import cnnbook
from cnnbook.data import photo
from cnnbook.kernels import KERNELS, image_kernel
from cnnbook.widgets.quiz.questions import load_questions

chapter = Chapter("02_image_kernels", cross_correlate2d=cnnbook.cross_correlate2d)
taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")
QUESTIONS = {q["id"]: q for part in load_questions("02_image_kernels").values() for q in part}


def test_what_the_text_says_about_the_kernels():
    sums = {name: round(float(image_kernel(name).sum()), 6) for name in KERNELS}
    assert [name for name, total in sums.items() if total == 0] == [
        "outline",
        "Sobel horizontal",
        "Sobel vertical",
    ]
    assert set(sums.values()) == {0, 1}
    ranks = {name: np.linalg.matrix_rank(image_kernel(name)) for name in KERNELS}
    assert {name for name, rank in ranks.items() if rank > 1} == {"sharpen", "emboss", "outline"}


def test_an_odd_pixel_is_half_an_edge_to_sobel():
    answers = ast.literal_eval(said["odd-pixel"])
    assert answers == {"bare difference": (1.0, 1.0), "Sobel": (4.0, 2.0), "outline": (3.0, 8.0)}
    edge, odd = np.zeros((9, 9)), np.zeros((9, 9))
    edge[:, 5:], odd[4, 4] = 1, 1
    assert [np.abs(ndimage.sobel(image, 1)).max() for image in (edge, odd)] == [4, 2]


def test_a_blur_takes_away_noise_as_well_as_edges():
    """What a box blur loses of an odd pixel is more than what it loses of an edge."""
    edge, odd = np.zeros((9, 9)), np.zeros((9, 9))
    edge[:, 5:], odd[4, 4] = 1, 1
    lost_of_edge, lost_of_odd = (
        np.abs(image - ndimage.uniform_filter(image, 3))[2:-2, 2:-2].max() for image in (edge, odd)
    )
    assert [9 * lost_of_edge, 9 * lost_of_odd] == pytest.approx([3, 8])
    for name in ("sharpen", "takeaways"):
        assert "edges and fine detail, and noise too" in chapter.source(name)


def test_sharpen_adds_what_a_blur_takes_away():
    """An edge, a fine line and an odd pixel all stand out more, by their contrast."""
    edge, line, odd = np.zeros((3, 9, 9))
    edge[:, 5:], line[:, 4], odd[4, 4] = 1, 1, 1
    for image in (edge, line, odd):
        sharper = cnnbook.cross_correlate2d(image, image_kernel("sharpen").astype(float))
        assert np.ptp(sharper) > np.ptp(image[1:-1, 1:-1])


@pytest.mark.parametrize("name", ["outline", "Sobel horizontal", "Sobel vertical"])
def test_a_kernel_of_sum_zero_does_not_see_brightness(name):
    x = photo(grey=True).astype(float)
    plain, brighter = (
        cnnbook.cross_correlate2d(image, image_kernel(name).astype(float)) for image in (x, x + 40)
    )
    np.testing.assert_array_equal(plain, brighter)
    assert "Add the same number to all pixels, and its result stays as it is." in chapter.source("sum")


def test_all_kernels_of_the_chapter_have_odd_sides():
    assert all(side % 2 for name in KERNELS for side in image_kernel(name).shape)


def test_results_below_zero_need_a_negative_weight():
    x = photo(grey=True).astype(float)
    for name in KERNELS:
        kernel = image_kernel(name).astype(float)
        assert (cnnbook.cross_correlate2d(x, kernel) < 0).any() == (kernel < 0).any()


def test_what_is_lost_below_zero():
    y = ndimage.sobel(photo(grey=True).astype(float), 1)[1:-1, 1:-1]
    assert f"here {(y < 0).mean():.0%} of all results," in told["views-result"]
    assert f"into white, here {(y > 255).mean():.1%}." in told["views-result"]


def test_where_the_middle_of_a_result_sits():
    assert ast.literal_eval(said["bright-pixel"]) == {3: (3.0, 3.0), 5: (2.0, 2.0), 2: (3.5, 3.5)}


def test_which_kernels_are_separable():
    for answer in QUESTIONS["is-it-separable"]["answers"]:
        kernel = np.array(ast.literal_eval(answer["text"].strip("`")))
        assert bool(np.linalg.matrix_rank(kernel) == 1) is answer["right"]


def test_the_mirrored_sobel_kernel_finds_horizontal_edges():
    shown = np.array(ast.literal_eval(said["transposed"].removeprefix("array(").removesuffix(")")))
    np.testing.assert_array_equal(shown, image_kernel("Sobel horizontal"))


@pytest.mark.parametrize("turned", ["identity", "box blur", "Gaussian blur", "sharpen", "outline"])
def test_which_kernels_are_the_same_after_half_a_turn(turned):
    kernel = image_kernel(turned)
    np.testing.assert_array_equal(kernel, kernel[::-1, ::-1])
