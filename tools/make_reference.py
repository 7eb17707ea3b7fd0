"""Make tests/reference/*.npz: what PyTorch answers, so that the tests need no PyTorch.

Usage: python tools/make_reference.py           write the files
       python tools/make_reference.py --check   compute everything again, and compare

Needs torch==2.13.0. Inputs are multiples of 1/4, so that sums of products are exact in any order
and in float32 too: the tests can ask for equality.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

VERSION = "2.13.0"
FOLDER = Path(__file__).parent.parent / "tests" / "reference"
Case = tuple[dict, dict[str, np.ndarray]]

UNFOLD = [
    ((3, 2, 5, 6), {"kernel_size": 2}),
    ((1, 1, 4, 4), {"kernel_size": 4}),
    ((1, 3, 7, 6), {"kernel_size": [3, 2], "stride": 2}),
    ((3, 1, 8, 9), {"kernel_size": 2, "stride": [5, 3]}),
    ((1, 2, 6, 8), {"kernel_size": [2, 3], "padding": [2, 1], "stride": [1, 2]}),
    ((3, 2, 9, 8), {"kernel_size": [3, 2], "dilation": [2, 4], "padding": [0, 3], "stride": [2, 1]}),
    ((1, 2, 2, 3), {"kernel_size": 1, "padding": 2}),
    ((0, 2, 4, 5), {"kernel_size": 2, "padding": 1}),
]
CONVOLUTION = [
    ((1, 1, 5, 5), (1, 1, 3, 3), {}),
    ((3, 2, 7, 6), (4, 2, 3, 2), {}),
    ((3, 2, 8, 6), (4, 2, 3, 3), {"stride": 2}),
    ((1, 3, 8, 5), (2, 3, 2, 3), {"stride": [3, 1], "padding": [1, 2]}),
    ((0, 2, 6, 7), (3, 2, 3, 3), {"padding": 1}),
    ((3, 1, 9, 10), (2, 1, 2, 2), {"stride": 5}),
    ((1, 2, 9, 8), (3, 2, 3, 2), {"dilation": [2, 3], "padding": [2, 1]}),
    ((3, 4, 6, 5), (6, 2, 3, 2), {"groups": 2, "stride": [1, 2], "padding": 1}),
    ((1, 3, 6, 7), (3, 1, 3, 3), {"groups": 3, "padding": 1}),
    ((3, 3, 5, 6), (6, 1, 2, 3), {"groups": 3, "stride": 2, "padding": [0, 1]}),
    ((3, 5, 4, 6), (7, 5, 1, 1), {}),
    ((1, 4, 5, 6), (3, 4, 1, 1), {"stride": 2, "padding": 1}),
    ((1, 4, 5, 6), (6, 2, 1, 1), {"groups": 2}),
    ((1, 2, 4, 5), (3, 2, 6, 9), {"padding": [1, 2]}),
    ((1, 1, 3, 4), (2, 1, 2, 3), {"padding": [4, 5]}),
    ((3, 2, 5, 6), (2, 2, 4, 2), {"padding": "same"}),
    ((1, 1, 7, 8), (1, 1, 4, 3), {"padding": "same", "dilation": [3, 2]}),
    ((1, 2, 5, 4), (2, 2, 2, 3), {"padding": "valid", "stride": [1, 2]}),
    ((3, 2, 8, 7), (4, 2, 2, 3), {"stride": [2, 3]}),
    ((1, 16, 4, 5), (8, 16, 3, 3), {"padding": 1}),
    ((3, 4, 11, 10), (4, 2, 3, 2), {"groups": 2, "stride": [2, 3], "padding": [3, 1], "dilation": [2, 3]}),
]
TRANSPOSED = [
    ((1, 1, 3, 3), (1, 1, 3, 3), {}),
    ((3, 2, 3, 4), (2, 3, 3, 2), {"stride": 2}),
    ((1, 4, 3, 2), (4, 2, 2, 3), {"stride": [3, 2], "padding": [1, 0], "groups": 2}),
    ((3, 2, 4, 3), (2, 1, 3, 3), {"stride": 2, "padding": 1, "output_padding": 1}),
    ((1, 2, 3, 4), (2, 2, 2, 3), {"dilation": [3, 2], "output_padding": [2, 0], "padding": [0, 1]}),
    ((3, 2, 2, 2), (2, 2, 2, 2), {"stride": [4, 3], "output_padding": [3, 1]}),
    ((0, 2, 3, 3), (2, 3, 2, 2), {}),
]
POOLING = [
    ((3, 2, 6, 8), {"kernel_size": 2}),
    ((1, 1, 7, 5), {"kernel_size": [2, 3]}),
    ((3, 2, 7, 6), {"kernel_size": 3, "stride": 1}),
    ((1, 3, 8, 7), {"kernel_size": [3, 2], "stride": [2, 1], "padding": 1}),
    ((1, 1, 9, 10), {"kernel_size": 2, "stride": [4, 3]}),
    ((1, 2, 5, 6), {"kernel_size": [5, 4], "stride": 2, "padding": [2, 2]}),
    ((0, 2, 4, 4), {"kernel_size": 2}),
    ((2, 2, 6, 7), {"kernel_size": 3, "stride": 2, "ceil_mode": True}),
    ((1, 3, 5, 6), {"kernel_size": [2, 3], "ceil_mode": True}),
    ((2, 1, 7, 8), {"kernel_size": [3, 2], "stride": [2, 3], "padding": 1, "ceil_mode": True}),
    ((1, 2, 4, 3), {"kernel_size": 5, "stride": [2, 3], "ceil_mode": True}),
    ((1, 1, 6, 9), {"kernel_size": 2, "stride": [5, 4], "padding": 1, "ceil_mode": True}),
]
POINTS = np.array(
    [-800, -50, -12.25, -6, -3, -1.5, -1, -0.75, -1e-3, 0, 1e-3, 0.75, 1, 1.5, 3, 6, 12.25, 50, 800]
)
ACTIVATIONS = {
    "relu": functional.relu,
    "leaky_relu": functional.leaky_relu,
    "elu": functional.elu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "gaussian": lambda x: torch.exp(-x * x),
    "softplus": functional.softplus,
    "silu": functional.silu,
    "gelu": functional.gelu,
}
WITH_SETTINGS = [
    ("leaky_relu", {"slope": 0.25}, lambda x: functional.leaky_relu(x, 0.25)),
    ("elu", {"alpha": 0.5}, lambda x: functional.elu(x, 0.5)),
    ("gelu", {"approximate": "tanh"}, lambda x: functional.gelu(x, approximate="tanh")),
]
OPTIMISERS = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.25}),
    ("Adam", {"lr": 0.1}),
    ("Adam", {"lr": 0.05, "betas": [0.5, 0.75], "eps": 1e-3, "weight_decay": 0.25}),
]


def quarters(rng: np.random.Generator, *shape: int, limit: int = 8) -> np.ndarray:
    """Return random multiples of 1/4 from ``-limit / 4`` to ``limit / 4``."""
    return rng.integers(-limit, limit + 1, shape) / 4


def gradients(function, rng, **arrays: np.ndarray) -> dict[str, np.ndarray]:
    """Return the arrays, the function's output, a gradient of it, and the gradient of each array."""
    tensors = {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}
    out = function(**tensors)
    grad_out = quarters(rng, *out.shape)
    out.backward(torch.tensor(grad_out))
    found = {**arrays, "out": out.detach().numpy(), "grad_out": grad_out}
    return found | {f"grad_{name}": tensor.grad.numpy() for name, tensor in tensors.items()}


def columns(rng: np.random.Generator) -> Iterator[Case]:
    """Yield unfold and fold, each the other's backward pass."""
    for shape, settings in UNFOLD:
        x = quarters(rng, *shape)
        yield settings, gradients(lambda x, s=settings: functional.unfold(x, **s), rng, x=x)


def convolution(rng: np.random.Generator) -> Iterator[Case]:
    """Yield conv2d, forward and backward; every third case without a bias."""
    for number, (shape, kernel, settings) in enumerate(CONVOLUTION):
        arrays = {"x": quarters(rng, *shape), "weight": quarters(rng, *kernel)}
        if number % 3 != 2:
            arrays["bias"] = quarters(rng, kernel[0])
        call = lambda x, weight, bias=None, s=settings: functional.conv2d(x, weight, bias, **s)  # noqa: E731
        yield settings, gradients(call, rng, **arrays)


def transposed(rng: np.random.Generator) -> Iterator[Case]:
    """Yield conv_transpose2d, forward and backward."""
    for shape, kernel, settings in TRANSPOSED:
        arrays = {"x": quarters(rng, *shape), "weight": quarters(rng, *kernel)}
        arrays["bias"] = quarters(rng, kernel[1] * settings.get("groups", 1))
        call = lambda x, weight, bias, s=settings: functional.conv_transpose2d(x, weight, bias, **s)  # noqa: E731
        yield settings, gradients(call, rng, **arrays)


def pooling(rng: np.random.Generator) -> Iterator[Case]:
    """Yield every kind of pooling; few different numbers, so that there are ties."""
    for shape, settings in POOLING:
        for limit in (1, 400):
            x = quarters(rng, *shape, limit=limit)
            found = gradients(lambda x, s=settings: functional.max_pool2d(x, **s), rng, x=x)
            _, found["indices"] = functional.max_pool2d(torch.tensor(x), **settings, return_indices=True)
            yield {"name": "max_pool2d"} | settings, found
        for count in (True, False):
            both = settings | {"count_include_pad": count}
            yield (
                {"name": "avg_pool2d"} | both,
                gradients(lambda x, s=both: functional.avg_pool2d(x, **s), rng, x=quarters(rng, *shape)),
            )
    for special in (-np.inf, np.nan):
        x = np.where(rng.random((2, 2, 7, 6)) < 0.6, special, quarters(rng, 2, 2, 7, 6))
        settings = {"kernel_size": [3, 2], "stride": [2, 1], "padding": 1}
        y, indices = functional.max_pool2d(torch.tensor(x), **settings, return_indices=True)
        yield {"name": "max_pool2d"} | settings, {"x": x, "out": y.numpy(), "indices": indices}
    for shape in ((3, 2, 4, 5), (1, 1, 1, 1)):
        x = quarters(rng, *shape)
        yield {"name": "global_avg_pool2d"}, gradients(lambda x: x.mean(dim=(2, 3)), rng, x=x)


def activations(rng: np.random.Generator) -> Iterator[Case]:
    """Yield every activation at chosen points, extremes and 0 among them."""
    for name, function in ACTIVATIONS.items():
        yield {"name": name}, gradients(function_of_x(function), rng, x=POINTS)
    for name, settings, function in WITH_SETTINGS:
        yield {"name": name} | settings, gradients(function_of_x(function), rng, x=POINTS)
    for name in ("softmax", "log_softmax"):
        for axis in (-1, 0, 1):
            function = getattr(functional, name)
            x = np.concatenate([quarters(rng, 3, 2, 4), 200 * quarters(rng, 3, 2, 4)])
            yield {"name": name, "axis": axis}, gradients(lambda x, f=function, a=axis: f(x, dim=a), rng, x=x)


def function_of_x(function):
    """Return the function with its argument called x."""
    return lambda x: function(x)


def networks(rng: np.random.Generator) -> Iterator[Case]:
    """Yield linear layers, batch normalisation and losses."""
    for N, features_in, features_out in ((3, 4, 2), (1, 1, 5), (0, 3, 2)):
        x, weight = quarters(rng, N, features_in), quarters(rng, features_out, features_in)
        arrays = {"x": x, "weight": weight, "bias": quarters(rng, features_out)}
        yield (
            {"name": "linear"},
            gradients(lambda x, weight, bias: functional.linear(x, weight, bias), rng, **arrays),
        )
    for shape, training in (((4, 3), True), ((3, 2, 4, 5), True), ((4, 3), False), ((1, 2, 4, 5), False)):
        arrays = {
            "x": quarters(rng, *shape),
            "weight": quarters(rng, shape[1]),
            "bias": quarters(rng, shape[1]),
        }
        mean, var = quarters(rng, shape[1]), rng.integers(1, 9, shape[1]) / 4
        start = {"mean_before": mean.copy(), "var_before": var.copy()}
        running = torch.tensor(mean), torch.tensor(var)

        def call(x, weight, bias, running=running, training=training):
            return functional.batch_norm(x, *running, weight, bias, training, momentum=0.25, eps=1e-3)

        found = gradients(call, rng, **arrays)
        yield (
            {"name": "batch_norm", "training": training},
            found
            | start
            | {
                "mean_after": running[0].numpy(),
                "var_after": running[1].numpy(),
            },
        )
    for shape in ((3, 4), (1, 1), (2, 3, 4)):
        prediction, target = torch.tensor(quarters(rng, *shape), requires_grad=True), quarters(rng, *shape)
        value = functional.mse_loss(prediction, torch.tensor(target))
        yield {"name": "mse"}, loss_arrays(value, prediction, target)
    for N, classes, scale in ((4, 3, 1), (1, 5, 400)):
        logits = torch.tensor(scale * quarters(rng, N, classes), requires_grad=True)
        labels = rng.integers(0, classes, N)
        yield (
            {"name": "cross_entropy"},
            loss_arrays(functional.cross_entropy(logits, torch.tensor(labels)), logits, labels),
        )


def loss_arrays(value, prediction, target) -> dict[str, np.ndarray]:
    """Return a loss and its gradient beside what they came from."""
    value.backward()
    found = {
        "prediction": prediction.detach(),
        "target": target,
        "out": value.detach(),
        "grad": prediction.grad,
    }
    return {name: np.asarray(array) for name, array in found.items()}


def optimisers(rng: np.random.Generator) -> Iterator[Case]:
    """Yield the path of a parameter over six steps with given gradients."""
    for name, settings in OPTIMISERS:
        value, steps = quarters(rng, 2, 3), quarters(rng, 6, 2, 3)
        parameter = torch.tensor(value, requires_grad=True)
        optimiser = getattr(torch.optim, name)([parameter], **settings)
        path = []
        for grad in steps:
            parameter.grad = torch.tensor(grad)
            optimiser.step()
            path.append(parameter.detach().numpy().copy())
        yield {"name": name} | settings, {"value": value, "grads": steps, "path": np.array(path)}


def training(rng: np.random.Generator) -> Iterator[Case]:
    """Yield five steps of a small network: its losses, and its parameters before and after."""
    layers = torch.nn.Sequential(
        torch.nn.Conv2d(1, 4, (3, 2), padding=(1, 0)),
        torch.nn.BatchNorm2d(4),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=2),
        torch.nn.Tanh(),
        torch.nn.AvgPool2d(2, stride=1),
        torch.nn.Flatten(),
        torch.nn.Linear(6, 3),
    ).double()
    with torch.no_grad():
        for parameter in layers.parameters():
            parameter.copy_(torch.tensor(quarters(rng, *parameter.shape)))
    names = [name for name in layers.state_dict() if "num_batches" not in name]
    before = {f"before.{name}": layers.state_dict()[name].numpy().copy() for name in names}
    x, labels = quarters(rng, 8, 1, 8, 9), rng.integers(0, 3, 8)
    optimiser = torch.optim.SGD(layers.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-3)
    losses = []
    for _ in range(5):
        optimiser.zero_grad()
        loss = functional.cross_entropy(layers(torch.tensor(x)), torch.tensor(labels))
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    after = {f"after.{name}": layers.state_dict()[name].numpy() for name in names}
    layers.eval()
    logits = layers(torch.tensor(x)).detach().numpy()
    yield {}, {"x": x, "labels": labels, "losses": np.array(losses), "logits": logits} | before | after


FAMILIES = (columns, convolution, transposed, pooling, activations, networks, optimisers, training)


def pack(cases: Iterator[Case]) -> dict[str, np.ndarray]:
    """Return the arrays of all cases in one dict, with the settings as lines of JSON."""
    packed, settings = {}, []
    for number, (setting, arrays) in enumerate(cases):
        settings.append(json.dumps(setting))
        packed |= {f"{number}.{name}": np.asarray(array) for name, array in arrays.items()}
    return {"settings": np.array(settings)} | packed


def differences(fresh: dict[str, np.ndarray], path: Path) -> list[str]:
    """Return the names of the arrays that a file does not hold to rounding."""
    with np.load(path) as stored:
        names = set(fresh) ^ set(stored.files)
        for name in set(fresh) & set(stored.files):
            old, new = stored[name], fresh[name]
            same = old.shape == new.shape and old.dtype == new.dtype
            if same and old.dtype.kind == "f":
                same = np.allclose(old, new, rtol=1e-12, atol=1e-13, equal_nan=True)
            elif same:
                same = np.array_equal(old, new)
            if not same:
                names.add(name)
    return sorted(names)


def main(arguments: list[str]) -> int:
    """Write the files, or compare them with a fresh computation."""
    if torch.__version__.split("+")[0] != VERSION:
        print(f"this needs torch=={VERSION}, found {torch.__version__}")
        return 1
    warnings.filterwarnings("ignore", message="Using padding='same' with even kernel")
    FOLDER.mkdir(exist_ok=True)
    wrong = 0
    for seed, family in enumerate(FAMILIES):
        fresh, path = pack(family(np.random.default_rng(seed))), FOLDER / f"{family.__name__}.npz"
        if arguments == ["--check"]:
            names = differences(fresh, path)
            wrong += len(names)
            print(
                f"{path.name}: {len(fresh)} arrays,",
                f"different: {', '.join(names)}" if names else "the same",
            )
        else:
            np.savez_compressed(path, **fresh)
            print(f"{path.name}: {len(fresh)} arrays, {path.stat().st_size} bytes")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
