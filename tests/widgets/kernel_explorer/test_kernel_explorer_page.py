"""KernelExplorer, live on a page in a real browser."""

import io
from base64 import b64decode

import numpy as np
import pytest
from pages import numbers, put, show
from PIL import Image
from playwright.sync_api import expect

from cnnbook.data import photo, to_grey
from cnnbook.kernels import KERNELS, image_kernel
from cnnbook.widgets import KernelExplorer
from cnnbook.widgets.traits import decode

FILTER = """async ({ image, weights, shape, colour }) => {
  const load = cnnbookLoader(window.cnnbookModules);
  const { pictureOf, greyOf } = await load("shared/pictures.mjs");
  const { filter } = await load("shared/filter.mjs");
  const picture = await pictureOf(image);
  const result = filter(colour ? picture : greyOf(picture), Float64Array.from(weights), shape);
  const planes = result.planes.map((plane) => new Uint8Array(plane.buffer).toBase64());
  return { shape: result.shape, planes };
}"""


def filtered(page, explorer):
    """Return what the front end makes of an explorer's picture: (H_out, W_out, C)."""
    result = page.evaluate(
        FILTER,
        {
            "image": explorer.get_state("image")["image"],
            "weights": explorer.applied.ravel().tolist(),
            "shape": explorer.kernel.shape,
            "colour": explorer.colour and explorer.image.ndim == 3,
        },
    )
    planes = [np.frombuffer(b64decode(plane)).reshape(result["shape"]) for plane in result["planes"]]
    return np.stack(planes, -1)


def pixels(element, name):
    """Return the pixels of a canvas: (H, W, 3)."""
    figure = element.locator("figure", has_text=name).locator("canvas")
    data = figure.evaluate(
        "(c) => new Uint8Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).toBase64()"
    )
    return np.frombuffer(b64decode(data), np.uint8).reshape(-1, figure.evaluate("(c) => c.width"), 4)[..., :3]


def test_the_picture_arrives_exactly(page):
    element = show(page, KernelExplorer(colour=True))
    np.testing.assert_array_equal(pixels(element, "input"), photo())
    element.get_by_role("switch", name="colour").click()
    expected = np.repeat(photo(grey=True)[..., None], 3, -1)
    np.testing.assert_array_equal(pixels(element, "input"), expected)


@pytest.mark.parametrize("colour", [False, True])
def test_integers_are_numpys_exactly_on_the_photo(page, colour):
    explorer = KernelExplorer(colour=colour)
    show(page, explorer)
    rng = np.random.default_rng(1)
    for size in [(3, 3), (5, 5), (1, 4), (7, 2)]:
        explorer.kernel = rng.integers(-9, 10, size)
        explorer.flip = not explorer.flip
        expected = explorer.output.reshape(*explorer.output.shape[:2], -1)
        np.testing.assert_array_equal(filtered(page, explorer), expected)


def test_floats_are_numpys_on_random_pictures(page):
    rng = np.random.default_rng(2)
    show(page, KernelExplorer())
    for shape in [(9, 12), (30, 7, 3), (5, 5, 3)]:
        for colour in (False, True):
            explorer = KernelExplorer(image=rng.random(shape), kernel=rng.normal(size=(3, 5)), colour=colour)
            expected = explorer.output.reshape(*explorer.output.shape[:2], -1)
            scale = np.abs(explorer.kernel).sum()
            np.testing.assert_allclose(filtered(page, explorer), expected, rtol=1e-12, atol=1e-14 * scale)


@pytest.mark.parametrize("size", [3, 5])
def test_every_preset(page, size):
    explorer = KernelExplorer(row=10, column=20)
    element = show(page, explorer)
    element.get_by_role("radio", name=f"{size} × {size}").check()
    for name in KERNELS:
        element.get_by_role("radio", name=name, exact=True).check()
        explorer.kernel = image_kernel(name, size)
        np.testing.assert_array_equal(numbers(element, "kernel"), explorer.kernel)
        shown = float(element.locator(".cnn-sum").get_attribute("data-value"))
        corner = (13 - size) // 2  # the window's middle stays on pixel (11, 21)
        assert shown == pytest.approx(explorer.output[5 + corner, 15 + corner], rel=1e-12)


def test_clamped_pixels_are_the_numbers_cut_off_at_black_and_white(page):
    explorer = KernelExplorer(kernel=image_kernel("sharpen"), view="clamped")
    element = show(page, explorer)
    np.testing.assert_array_equal(pixels(element, "output")[..., 0], explorer.output.clip(0, 255))
    expect(element.locator(".cnn-legend")).to_have_text(
        f"The output runs from −{-explorer.output.min()} to {explorer.output.max()}. "
        "Black is 0 or less, white is 255 or more."
    )


def test_signed_pixels_keep_the_sign_around_grey(page):
    explorer = KernelExplorer()
    element = show(page, explorer)
    got = pixels(element, "output")[..., 0].astype(int)
    assert set(got[explorer.output == 0]) == {128}
    assert got[explorer.output > 20].min() > 128
    assert got[explorer.output < -20].max() < 128


def test_absolute_pixels_have_no_sign(page):
    explorer = KernelExplorer(view="absolute")
    element = show(page, explorer)
    one = pixels(element, "output")
    explorer.kernel = -explorer.kernel
    put(element, explorer)
    np.testing.assert_array_equal(pixels(element, "output"), one)


def test_pointing_at_the_photo_shows_the_window_under_the_pointer(page):
    explorer = KernelExplorer()
    element = show(page, explorer)
    area = element.get_by_role("application")
    box = area.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 60.5 / 256, box["y"] + box["height"] * 30.5 / 256)
    expect(element.locator(".cnn-words")).to_contain_text("output[29, 59]")
    window = photo(grey=True)[29:32, 59:62]
    np.testing.assert_array_equal(numbers(element, "window"), window)
    np.testing.assert_array_equal(numbers(element, "products"), window * explorer.kernel.astype(int))
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    expect(element.locator(".cnn-words")).to_contain_text("output[29, 59]")
    page.keyboard.press("Escape")
    page.mouse.move(box["x"] + 1, box["y"] + 1)
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 0]")


def test_arrow_keys_move_the_window_and_stop_at_the_border(page):
    element = show(page, KernelExplorer(row=0, column=250))
    element.get_by_role("application").focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(element.locator(".cnn-words")).to_contain_text("output[1, 253]")
    page.keyboard.press("Space")
    expect(element.locator(".cnn-words")).to_contain_text("Pinned")


def test_touch_moves_the_window(browser):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    element = show(page, KernelExplorer())
    area = element.get_by_role("application")
    box = area.bounding_box()
    page.touchscreen.tap(box["x"] + 0.2 * box["width"], box["y"] + 0.7 * box["height"])
    expect(element.locator(".cnn-words")).to_contain_text("output[178, 50]")
    context.close()


def test_a_weight_is_edited_by_keyboard(page):
    explorer = KernelExplorer(row=100, column=100)
    element = show(page, explorer)
    element.get_by_role("grid", name="kernel", exact=True).locator("td").nth(4).focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    kernel = explorer.kernel.copy()
    kernel[1, 1] = 3
    explorer.kernel = kernel
    np.testing.assert_array_equal(numbers(element, "kernel"), kernel)
    assert element.locator(".cnn-sum").get_attribute("data-value") == str(explorer.output[100, 100])
    expect(element.get_by_role("radio", name="Sobel vertical")).not_to_be_checked()


def test_the_flip_turns_the_products_round(page):
    explorer = KernelExplorer(row=90, column=60, kernel=[[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    element = show(page, explorer)
    element.get_by_role("switch", name="true convolution").click()
    explorer.flip = True
    np.testing.assert_array_equal(
        numbers(element, "products"), photo(grey=True)[90:93, 60:63] * explorer.applied.astype(int)
    )
    assert element.locator(".cnn-sum").get_attribute("data-value") == str(explorer.output[90, 60])


def file(name, mime, data):
    return {"name": name, "mimeType": mime, "buffer": data}


def png(name, pixels):
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return file(name, "image/png", stream.getvalue())


def chosen(element):
    return element.locator("input[type=file]")


def said(element, text):
    expect(element.locator(".cnn-words")).to_contain_text(text)


def test_a_picture_of_the_readers_own(page):
    element = show(page, KernelExplorer(kernel=image_kernel("identity"), view="clamped", colour=True))
    mine = np.random.default_rng(3).integers(0, 256, (40, 60, 3), np.uint8)
    for name in ("mine.png", "mine.png", "again.png"):  # the same file twice, and after the first picture
        chosen(element).set_input_files(png(name, mine))
        said(element, "Your picture, 40 by 60 pixels.")
        np.testing.assert_array_equal(pixels(element, "output"), mine[1:-1, 1:-1])
        np.testing.assert_array_equal(decode(element.evaluate("(el) => el.model.get('image')")), mine)
        element.get_by_role("button", name="the first picture").click()
        expect(element.locator("figure", has_text="output")).to_contain_text("254 × 254")
        expect(element.get_by_role("button", name="the first picture")).to_be_hidden()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (file("not.png", "image/png", b"not a picture"), "not.png is not a picture"),
        (file("not.svg", "image/svg+xml", b"<svg"), "not.svg is not a picture"),
        (png("dot.png", np.zeros((2, 2), np.uint8)), "dot.png becomes 2 by 2 pixels here, and the kernel is"),
        (png("line.png", np.zeros((40, 10_000), np.uint8)), "line.png becomes 1 by 256 pixels here"),
    ],
)
def test_a_refused_picture_changes_nothing(page, sent, words):
    element = show(page, KernelExplorer())
    mine = np.random.default_rng(3).integers(0, 256, (40, 60, 3), np.uint8)
    chosen(element).set_input_files(png("mine.png", mine))
    said(element, "Your picture")
    before = pixels(element, "output")
    chosen(element).set_input_files(sent)
    said(element, words)
    np.testing.assert_array_equal(pixels(element, "output"), before)
    expect(element.locator("figure", has_text="input")).to_contain_text("40 × 60")


def test_a_large_picture_is_reduced_to_the_means_of_its_areas(page):
    element = show(page, KernelExplorer(colour=True))
    stripes = np.zeros((300, 2048, 3), np.uint8)
    stripes[:, np.arange(2048) % 5 < 2] = 200, 100, 255
    chosen(element).set_input_files(png("stripes.png", stripes))
    said(element, "38 by 256")
    areas = stripes[0].reshape(256, 8, 3).mean(1)
    assert np.abs(pixels(element, "input") - areas).max() <= 0.5 + 1e-9
    rng = np.random.default_rng(0)
    photo = rng.integers(0, 256, (700, 500, 3), np.uint8)
    chosen(element).set_input_files(png("photo.png", photo))
    said(element, "256 by 183")
    down, across = shares(700, 256), shares(500, 183)
    expected = np.einsum("ih,hwc,jw->ijc", down, photo, across, optimize=True)
    assert np.abs(pixels(element, "input") - expected).max() <= 0.5 + 1e-9


def shares(n, m):
    """Return how much each of n pixels takes part in each of m: (m, n)."""
    starts, pixel = np.arange(m)[:, None] * n / m, np.arange(n)
    overlap = np.minimum(starts + n / m, pixel + 1) - np.maximum(starts, pixel)
    return overlap.clip(0) * m / n


def test_a_drawing_is_shown(page):
    element = show(page, KernelExplorer(colour=True))
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="15" height="20"/></svg>'
    )
    chosen(element).set_input_files(file("half.svg", "image/svg+xml", svg))
    said(element, "20 by 30")
    shown = pixels(element, "input")
    assert (shown[:, :15] == 0).all()
    assert (shown[:, 15:] == 255).all()


def test_what_the_reader_chose_to_see_stays(page):
    element = show(page, KernelExplorer())
    absolute = element.get_by_role("radio", name="absolute")
    absolute.check()
    for name in ("outline", "box blur"):
        element.get_by_role("radio", name=name, exact=True).check()
        expect(absolute).to_be_checked()
    element.get_by_role("button", name="reset").click()
    element.get_by_role("radio", name="box blur", exact=True).check()
    expect(element.get_by_role("radio", name="clamped")).to_be_checked()


def test_the_middle_of_the_window_stays_when_the_kernel_grows(page):
    element = show(page, KernelExplorer(kernel=image_kernel("identity"), row=70, column=34))
    (before,) = numbers(element, "window")[1, 1:2]
    element.get_by_role("radio", name="5 × 5").check()
    said(element, "output[69, 33]")
    assert numbers(element, "window")[2, 2] == before
    assert float(element.locator(".cnn-sum").get_attribute("data-value")) == before
    element.get_by_role("radio", name="3 × 3").check()
    said(element, "output[70, 34]")


def test_far_keys_move_the_window_and_not_the_page(page):
    element = show(page, KernelExplorer(row=50, column=50))
    element.evaluate("() => { document.body.style.height = '4000px'; }")
    element.get_by_role("application").focus()
    for key, place in {"PageDown": "60, 50", "PageUp": "50, 50", "End": "50, 253", "Home": "50, 0"}.items():
        page.keyboard.press(key)
        said(element, f"output[{place}]")
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == 0


TOUCH = """(element, [kind, x, y]) => element.dispatchEvent(new PointerEvent(kind, {
  pointerType: "touch", pointerId: 7, isPrimary: true, clientX: x, clientY: y, bubbles: true,
}))"""


def test_a_finger_that_scrolls_moves_no_window_and_one_that_drags_does(page):
    element = show(page, KernelExplorer(row=10, column=10))
    area = element.get_by_role("application")
    box = area.bounding_box()

    def touch(kind, x, y):
        place = [box["x"] + x * box["width"], box["y"] + y * box["height"]]
        area.evaluate(TOUCH, [kind, *place])

    area.press("Space")
    touch("pointerdown", 0.5, 0.5)
    touch("pointermove", 0.51, 0.6)
    touch("pointercancel", 0.51, 0.7)
    page.wait_for_timeout(100)
    said(element, "output[10, 10]")
    said(element, "Pinned")
    touch("pointerdown", 0.5, 0.5)
    touch("pointermove", 0.7, 0.51)
    touch("pointerup", 0.75, 0.5)
    said(element, "output[127, 191]")


def test_what_is_chosen_goes_with_the_kernel_that_it_belongs_to(page):
    element = show(page, KernelExplorer())
    for size, other in ((5, 3), (3, 5)):
        element.get_by_role("radio", name=f"{size} × {size}").check()
        for grid in ("window", "kernel", "products"):
            element.get_by_role("grid", name=grid, exact=True).locator("td").last.click()
            element.get_by_role("radio", name=f"{other} × {other}").check()
            assert numbers(element, "products").shape == (other, other)
            element.get_by_role("radio", name=f"{size} × {size}").check()


def test_reset_in_the_frame_of_a_pointer_move(page):
    element = show(page, KernelExplorer(row=5, column=6))
    element.evaluate("""(element) => {
      const area = element.querySelector("[role=application]");
      const { x, y } = area.getBoundingClientRect();
      const move = { clientX: x + 50, clientY: y + 60, bubbles: true };
      area.dispatchEvent(new PointerEvent("pointermove", move));
      [...element.querySelectorAll("button")].find((one) => one.textContent === "reset").click();
    }""")
    page.wait_for_timeout(100)
    said(element, "output[5, 6]")


def test_reset(page):
    explorer = KernelExplorer(row=5, column=6)
    element = show(page, explorer)
    element.get_by_role("radio", name="box blur").check()
    element.get_by_role("application").click()
    element.get_by_role("button", name="reset").click()
    np.testing.assert_array_equal(numbers(element, "kernel"), explorer.kernel)
    expect(element.locator(".cnn-words")).to_contain_text("output[5, 6]")


def test_floats_between_zero_and_one_are_shown_between_black_and_white(page):
    image = np.linspace(0, 1, 100).reshape(10, 10)
    element = show(page, KernelExplorer(image=image, kernel=image_kernel("identity"), view="clamped"))
    expected = np.rint(255 * image)[1:-1, 1:-1]
    assert np.abs(pixels(element, "output")[..., 0] - expected).max() <= 1
    assert to_grey(np.dstack([image] * 3)).max() == pytest.approx(1)
