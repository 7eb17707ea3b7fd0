"""TrainingExplorer, live on a page in a real browser."""

import json

import numpy as np
import pytest
from pages import imported, put, show, words
from playwright.sync_api import expect

import cnnbook
from cnnbook.widgets import TrainingExplorer
from cnnbook.widgets.training_explorer import start
from cnnbook.widgets.traits import decode

MODULE = "training_explorer/training.mjs"
X, Y, HELD, LABELS = start.parts()
KINDS = [
    ("SGD", {"filters": 3, "activation": "ReLU", "pooling": True}, 0.1, 7),
    ("momentum", {"filters": 2, "activation": "tanh", "pooling": False}, 0.03, 32),
    ("Adam", {"filters": 4, "activation": "ReLU", "pooling": False}, 0.003, 10),
    ("Adam", {"filters": 1, "activation": "tanh", "pooling": True}, 0.01, 1),
    ("SGD", {"filters": 16, "activation": "ReLU", "pooling": True}, 0.3, 40),
]
STEPS = """async ({ Training }, { kind, settings, weights, x, y, orders, steps }) => {
  const load = globalThis.cnnbookLoader(window.cnnbookModules);
  const start = await load("training_explorer/start.mjs");
  const layers = start.network(kind);
  start.load(start.parametersOf(layers), Float64Array.from(weights));
  const training = new Training(layers, { x: Float64Array.from(x), y }, (epoch) => [...orders[epoch]]);
  return Array.from({ length: steps }, () => {
    const work = training.step(settings);
    let slice = work.next();
    while (!slice.done) slice = work.next();
    return [slice.value.loss, [...start.flat(training.parameters)]];
  });
}"""
BEGIN = """async (_, { kind, seed }) => {
  const load = globalThis.cnnbookLoader(window.cnnbookModules);
  const { begin, flat, network, order, parametersOf } = await load("training_explorer/start.mjs");
  const parameters = parametersOf(network(kind));
  begin(parameters, seed);
  return [[...flat(parameters)], order(seed, 0, 1198), order(seed, 5, 100)];
}"""
CHECK = """async ({ Training }, { kind, weights, x, y }) => {
  const load = globalThis.cnnbookLoader(window.cnnbookModules);
  const start = await load("training_explorer/start.mjs");
  const layers = start.network(kind);
  start.load(start.parametersOf(layers), Float64Array.from(weights));
  const work = new Training(layers, null, null).check({ x: Float64Array.from(x), y });
  let slice = work.next();
  while (!slice.done) slice = work.next();
  return [slice.value.right, [...slice.value.read]];
}"""


class Given(np.random.Generator):
    """The orders that are passed in, one after the other."""

    def __init__(self, orders):
        super().__init__(np.random.PCG64(0))
        self.orders = iter(orders)

    def permutation(self, n):
        return next(self.orders)


def fitted(model, optimiser, orders, batch_size, x, y):
    """Return the loss, and all weights, at each step of ``cnnbook.fit``."""
    steps = []

    def noted(logits, labels):
        value, grad = cnnbook.cross_entropy(logits, labels)
        steps.append([value])
        if len(steps) > 1:
            steps[-2].append(start.flat(model))
        return value, grad

    options = {"loss": noted, "epochs": len(orders), "batch_size": batch_size, "rng": Given(orders)}
    cnnbook.fit(model, x, y, optimiser, metrics={}, progress=False, **options)
    steps[-1].append(start.flat(model))
    return steps


@pytest.mark.parametrize(("optimiser", "kind", "lr", "batch_size"), KINDS)
def test_its_first_steps_are_fits(page, optimiser, kind, lr, batch_size):
    show(page, TrainingExplorer())
    rng = np.random.default_rng(batch_size)
    rows = rng.choice(len(X), 48, replace=False)
    x, y = X[rows], Y[rows]
    orders = [rng.permutation(48) for _ in range(2)]
    model = start.network(**kind)
    weights = rng.normal(scale=0.2, size=start.flat(model).size)
    start.load(model, weights)
    moved = {
        "SGD": lambda: cnnbook.SGD(model.parameters(), lr),
        "momentum": lambda: cnnbook.SGD(model.parameters(), lr, momentum=0.9),
        "Adam": lambda: cnnbook.Adam(model.parameters(), lr),
    }[optimiser]()
    steps = fitted(model, moved, orders, batch_size, x, y)[:20]
    settings = {"optimiser": optimiser, "learning_rate": lr, "batch_size": batch_size}
    found = imported(
        page,
        MODULE,
        STEPS,
        {
            "kind": kind,
            "settings": settings,
            "weights": weights.tolist(),
            "x": x.ravel().tolist(),
            "y": y.tolist(),
            "orders": [order.tolist() for order in orders],
            "steps": len(steps),
        },
    )
    assert len(steps) >= 4
    for (loss, after), (our_loss, ours) in zip(steps, found, strict=True):
        assert our_loss == pytest.approx(loss, rel=1e-10)
        np.testing.assert_allclose(ours, after, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("seed", [0, 1, 999])
def test_it_begins_where_python_begins(page, seed):
    show(page, TrainingExplorer())
    kind = {"filters": 5, "activation": "ReLU", "pooling": False}
    weights, first, sixth = imported(page, MODULE, BEGIN, {"kind": kind, "seed": seed})
    np.testing.assert_array_equal(weights, start.first_weights(start.network(**kind), seed))
    np.testing.assert_array_equal(first, start.Order(seed).permutation(1198))
    np.testing.assert_array_equal(sixth, start.Order(seed, epoch=5).permutation(100))


def test_it_reads_as_numpy_reads(page):
    show(page, TrainingExplorer())
    explorer = TrainingExplorer(filters=4, activation="tanh")
    explorer.train()
    kind = {"filters": 4, "activation": "tanh", "pooling": True}
    argument = {
        "kind": kind,
        "weights": np.asarray(explorer.weights).tolist(),
        "x": HELD.ravel().tolist(),
        "y": LABELS.tolist(),
    }
    right, read = imported(page, MODULE, CHECK, argument)
    assert right == round(239 * explorer.accuracy)
    np.testing.assert_array_equal(read, explorer.output.argmax(axis=1))


def state_of(element):
    """Return the state of a live widget, as Python would read it."""
    state = element.evaluate("(element) => element.model.state")
    return {key: decode(value) if isinstance(value, dict) else value for key, value in state.items()}


def press(element, name):
    element.get_by_role("button", name=name, exact=True).click()


def paused(element):
    element.get_by_role("button", name="play", exact=True).wait_for()


def test_nothing_plays_by_itself(page):
    element = show(page, TrainingExplorer(filters=2)).first
    expect(words(element)).to_contain_text("Before the first step")
    page.wait_for_timeout(300)
    assert len(state_of(element)["loss"]) == 0
    right = round(239 * TrainingExplorer(filters=2).accuracy)
    expect(words(element)).to_contain_text(f"{right} of 239 held-out digits")


# Nobody waits until the first weights were looked at.
AT_ONCE = """(element) => {
  for (const name of ["start again", "play"])
    [...element.querySelectorAll("button")].find((button) => button.textContent === name).click();
}"""


def test_what_is_played_is_what_numpy_computes(page):
    explorer = TrainingExplorer(filters=2, batch_size=16)
    element = show(page, explorer).first
    element.evaluate(AT_ONCE)
    expect(element.locator(".cnn-chart").first).to_contain_text("step 1", timeout=10_000)
    press(element, "pause")
    paused(element)
    state = state_of(element)
    steps = len(state["loss"])
    assert steps >= 1
    explorer.train(1 + steps // 75)  # 75 steps an epoch
    np.testing.assert_allclose(state["loss"], explorer.loss[:steps], rtol=1e-10)
    page_s = TrainingExplorer(filters=2, weights=state["weights"])
    assert state["held_out"][0].tolist() == [0, TrainingExplorer(filters=2).accuracy]
    assert state["held_out"][-1].tolist() == [steps, page_s.accuracy]
    expect(words(element)).to_contain_text(f"{round(239 * page_s.accuracy)} of 239")
    cells = [int(text) for text in element.locator("[aria-label='probabilities, %'] td").all_inner_texts()]
    np.testing.assert_allclose(cells, 100 * page_s.output[0], atol=0.51)


SAID = """(element) => new Promise((resolve) => {
  const told = (name) => Number(element.querySelector(name).textContent.match(/\\d+(?= step|$)/)[0]);
  const pairs = [];
  const line = element.querySelector(".cnn-words");
  new MutationObserver((_changes, observer) => {
    pairs.push([told(".cnn-words"), told(".cnn-chart-last"), line.textContent.split(",")[1]]);
    if (pairs.length === 20) resolve(pairs, observer.disconnect());
  }).observe(element, { childList: true, characterData: true, subtree: true });
})"""


def test_while_it_plays_the_sentence_tells_the_step_of_the_chart(page):
    element = show(page, TrainingExplorer(filters=2, batch_size=256)).first
    press(element, "one step")
    expect(words(element)).to_contain_text("After 1 step")
    voice = element.locator("[aria-live]")
    expect(voice).to_contain_text("After 1 step")
    press(element, "play")
    pairs = element.evaluate(SAID)
    assert all(said == drawn for said, drawn, _ in pairs), pairs
    assert pairs[-1][0] > 1
    seen = [step // 5 + step % 5 * 256 / len(X) for step, *_ in pairs]  # five steps an epoch
    assert [epochs for *_, epochs in pairs] == [f" {epochs:.1f} epochs" for epochs in seen]
    expect(voice).to_contain_text("After 1 step")
    press(element, "pause")
    paused(element)
    expect(voice).to_have_text(words(element).text_content())


BEGUN = """(element) => {
  [...element.querySelectorAll("button")].find((button) => button.textContent === "start again").click();
  return [".cnn-words", ".cnn-chart-last"].map((name) => element.querySelector(name).textContent);
}"""


def test_one_step_start_again_and_reset(page):
    element = show(page, TrainingExplorer(filters=2, batch_size=256)).first
    for count in (1, 2):
        press(element, "one step")
        expect(words(element)).to_contain_text(f"After {count} step")
        assert len(state_of(element)["loss"]) == count
    element.get_by_role("slider", name="learning rate").press("End")
    assert len(state_of(element)["loss"]) == 2, "the rate is changed on the way"
    assert element.evaluate(BEGUN) == ["The held-out digits are being read.", "no step yet"]
    expect(words(element)).to_contain_text("Before the first step")
    assert state_of(element)["learning_rate"] == 3
    press(element, "one step")
    expect(words(element)).to_contain_text("After 1 step")
    press(element, "reset")
    expect(words(element)).to_contain_text("Before the first step")
    state = state_of(element)
    assert (state["learning_rate"], len(state["loss"])) == (0.1, 0)
    assert state["weights"] == {"name": "first", "seed": 0}


def test_another_network_begins_anew_and_its_weights_are_pythons(page):
    element = show(page, TrainingExplorer(filters=2, batch_size=256)).first
    press(element, "one step")
    expect(words(element)).to_contain_text("After 1 step")
    element.get_by_role("slider", name="filters").press("ArrowRight")
    element.get_by_role("radio", name="tanh").check(force=True)
    element.get_by_role("switch", name="max pooling").press("Space")
    element.get_by_role("slider", name="seed").press("ArrowRight")
    expect(words(element)).to_contain_text("Before the first step")
    press(element, "one step")
    expect(words(element)).to_contain_text("After 1 step")
    explorer = TrainingExplorer(filters=4, activation="tanh", pooling=False, seed=1, batch_size=256)
    explorer.train()
    state = state_of(element)
    np.testing.assert_allclose(state["loss"], explorer.loss[:1], rtol=1e-12)
    assert element.locator(".cnn-filters > div").count() == 4


def test_python_sets_weights_and_the_page_goes_on_from_there(page):
    explorer = TrainingExplorer(filters=2, batch_size=256, optimiser="Adam", learning_rate=0.01)
    element = show(page, TrainingExplorer()).first
    explorer.train()
    put(element, explorer)
    read = f"After 5 steps, 1.0 epochs, {round(239 * explorer.accuracy)} of 239"
    expect(words(element)).to_contain_text(read)
    press(element, "one step")
    expect(words(element)).to_contain_text("After 6 steps")
    first = np.array(state_of(element)["loss"])
    explorer.train()
    np.testing.assert_allclose(first, explorer.loss[:6], rtol=1e-10)


def test_an_explosion_is_told_and_a_smaller_rate_helps(page):
    explorer = TrainingExplorer(filters=2, batch_size=256, learning_rate=10)
    explorer.weights = np.full_like(explorer.weights, 1000)
    element = show(page, explorer).first
    press(element, "play")
    expect(words(element)).to_contain_text("Step 1 is not taken, it leads beyond all bounds")
    paused(element)
    state = state_of(element)
    np.testing.assert_array_equal(state["weights"], explorer.weights)
    assert len(state["loss"]) == 0
    element.get_by_role("slider", name="learning rate").press("Home")
    press(element, "start again")
    expect(words(element)).to_contain_text("Before the first step")
    press(element, "one step")
    expect(words(element)).to_contain_text("After 1 step")


def test_a_network_that_answers_nothing_is_told(page):
    explorer = TrainingExplorer(filters=2, batch_size=256, loss=[2.4])
    explorer.weights = -np.abs(explorer.weights)  # every ReLU gives 0, and the last bias is 0
    element = show(page, explorer).first
    expect(words(element)).to_contain_text("every digit gets the same scores")


def test_4000_steps_are_enough(page):
    element = show(page, TrainingExplorer(filters=2, loss=np.ones(4000))).first
    press(element, "play")
    expect(words(element)).to_contain_text("Not possible: 4000 steps")
    paused(element)


def test_the_wrong_ones_are_shown_and_looked_into(page):
    explorer = TrainingExplorer(filters=4, optimiser="momentum", learning_rate=0.03)
    explorer.train(epochs=4)
    element = show(page, explorer).first
    wrong = np.flatnonzero(explorer.output.argmax(axis=1) != LABELS)
    expect(element.locator(".cnn-mistake:visible")).to_have_count(min(16, len(wrong)))
    texts = element.locator(".cnn-mistake:visible").all_inner_texts()
    read = explorer.output.argmax(axis=1)
    assert texts == [f"{LABELS[row]} as {read[row]}" for row in wrong[:16]]
    press(element, "next wrong one")
    assert state_of(element)["digit"] == next(row for row in wrong if row > 0)
    element.locator(".cnn-mistake").nth(1).click()
    assert state_of(element)["digit"] == wrong[1]
    expect(element.get_by_role("img", name=f"a held-out {LABELS[wrong[1]]}")).to_be_visible()


def test_it_learns_to_read_more_than_nine_of_ten(page):
    show(page, TrainingExplorer())
    code = """async ({ Training }, { kind, x, y, held, labels }) => {
      const load = globalThis.cnnbookLoader(window.cnnbookModules);
      const { begin, network, order } = await load("training_explorer/start.mjs");
      const all = (work) => {
        let slice = work.next();
        while (!slice.done) slice = work.next();
        return slice.value;
      };
      const pictures = { x: Float64Array.from(x), y };
      const training = new Training(network(kind), pictures, (epoch) => order(0, epoch, y.length));
      begin(training.parameters, 0);
      for (let step = 0; step < 228; step += 1)
        all(training.step({ optimiser: "SGD", learning_rate: 0.1, batch_size: 32 }));
      return all(training.check({ x: Float64Array.from(held), y: labels })).right;
    }"""
    argument = {
        "kind": {"filters": 8, "activation": "ReLU", "pooling": True},
        "x": X.ravel().tolist(),
        "y": Y.tolist(),
        "held": HELD.ravel().tolist(),
        "labels": LABELS.tolist(),
    }
    assert imported(page, MODULE, code, json.loads(json.dumps(argument))) > 0.9 * 239


@pytest.mark.parametrize("width", [390, 850, 940])
def test_it_keeps_its_size_as_fewer_are_read_wrong(page, width):
    page.set_viewport_size({"width": max(width, 600), "height": 900})
    explorer = TrainingExplorer(optimiser="Adam", learning_rate=0.01)
    element = show(page, explorer).first
    page.evaluate("(width) => (document.body.style.maxWidth = `${width}px`)", width)
    expect(element.locator(".cnn-mistake:visible").nth(11)).to_be_visible()
    tall = element.bounding_box()["height"]
    explorer.train(epochs=10)
    put(element, explorer)
    expect(words(element)).to_contain_text("After 380 steps")
    assert element.locator(".cnn-mistake:visible").count() < 7
    assert element.bounding_box()["height"] == tall
    page.set_viewport_size({"width": 1280, "height": 900})
