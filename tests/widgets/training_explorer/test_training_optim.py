"""The front end's optimisers: they move as cnnbook's."""

import numpy as np
import pytest
from pages import imported

from cnnbook import SGD, Adam
from cnnbook.widgets import frontend

KINDS = {
    "SGD": lambda parameters, lr: SGD(parameters, lr),
    "momentum": lambda parameters, lr: SGD(parameters, lr, momentum=0.9),
    "Adam": Adam,
}
MOVE = """({ Optimiser }, { kind, lr, start, gradients }) => {
  const weights = start.map((data) => ({ data: Float64Array.from(data) }));
  const optimiser = new Optimiser(kind, weights);
  return gradients.map((each) => {
    optimiser.step(each.map((data) => ({ data })), lr);
    return weights.map(({ data }) => [...data]);
  });
}"""


@pytest.fixture
def optim_page(page):
    modules = frontend.page_script(frontend.modules_of("training_explorer/optim.mjs"))
    page.set_content(f"<script>{modules}</script><script>{frontend.page_start()}</script>")
    return page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lr", [0.003, 0.7])
def test_ten_steps_are_cnnbooks(optim_page, kind, lr):
    rng = np.random.default_rng(3)
    start = [rng.normal(size=7), rng.normal(size=3)]
    gradients = [
        [rng.normal(scale=scale, size=w.size) for w in start] for scale in 10.0 ** rng.normal(size=10)
    ]
    gradients[4][0][:] = 0  # a ReLU that is silent gives no gradient
    argument = {
        "kind": kind,
        "lr": lr,
        "start": [w.tolist() for w in start],
        "gradients": [[g.tolist() for g in each] for each in gradients],
    }
    found = imported(optim_page, "training_explorer/optim.mjs", MOVE, argument)
    pairs = [(w.copy(), np.zeros_like(w)) for w in start]
    optimiser = KINDS[kind](pairs, lr)
    for each, moved in zip(gradients, found, strict=True):
        for (_, grad), new in zip(pairs, each, strict=True):
            grad[:] = new
        optimiser.step()
        for (value, _), ours in zip(pairs, moved, strict=True):
            np.testing.assert_allclose(ours, value, rtol=1e-12, atol=1e-12)
