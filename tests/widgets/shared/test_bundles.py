"""Bundled data reach the page as they are in Python."""

import numpy as np
import pytest
from pages import imported

from cnnbook.data import digits
from cnnbook.widgets import bundles, frontend

READ = """async ({ bundleOf }, [name, packed]) => {
  const { images, labels } = await bundleOf(name, packed);
  return [images.shape, [...images.data], [...labels.data]];
}"""


@pytest.mark.parametrize("name", ["digits-train", "digits-test"])
@pytest.mark.parametrize("carried", [False, True])
def test_the_digits_are_those_of_python(page, name, carried):
    """From a script of the page, or from the model of a notebook."""
    modules = frontend.page_script(frontend.modules_of("shared/bundles.mjs"))
    script = "" if carried else bundles.bundle_script(name)
    page.set_content(f"<script>{modules}{script}</script><script>{frontend.page_start()}</script>")
    packed = {name: bundles.packed_bundle(name)} if carried else None
    shape, images, labels = imported(page, "shared/bundles.mjs", READ, [name, packed])
    expected, right = digits()[2 * name.endswith("test") :][:2]
    np.testing.assert_array_equal(np.reshape(images, shape), 16 * expected[:, 0])
    np.testing.assert_array_equal(labels, right)


def test_data_that_did_not_come_are_named(page):
    page.set_content(
        f"<script>{frontend.page_script(frontend.modules_of('shared/bundles.mjs'))}</script>"
        f"<script>{frontend.page_start()}</script>"
    )
    code = "({ bundleOf }) => { try { bundleOf('digits-test'); } catch (error) { return error.message; } }"
    said = imported(page, "shared/bundles.mjs", code, None)
    assert said == "the data digits-test is not on this page"
