"""Which parameter means what: the names that people give to the arguments of a layer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from cnnbook.checks.report import CheckFailed

__all__ = ["known", "optional", "parameters", "roles"]

SHARED = {
    "x": "x X input inputs A_prev a_prev image images img imgs data batch batch_data in_data input_data inp "
    "input_image input_images a x_in X_in feature_map feature_maps prev x_ input_tensor A xs",
    "stride": "stride strides s step S stride_size",
    "padding": "padding pad pads p P zero_padding pad_size padding_size n_pad",
    "dilation": "dilation dilations dilate d dilation_rate rate",
    "options": "conv_param pool_param hparameters hparams hyperparameters param params conv_params "
    "pool_params options config",
}
CONV = {
    "weight": "weight weights w W kernel kernels filters filter filt f F K k Weight Weights wt",
    "bias": "bias biases b B",
    "groups": "groups group n_groups g",
}
POOL = {
    "kernel_size": "kernel_size pool_size window_size kernel_shape filter_size size pool kernel k f ksize "
    "window pooling_size pool_shape kernel_dim F K filter",
    "kernel_h": "kernel_h pool_h pool_height kernel_height HH k_h kh filter_h ph",
    "kernel_w": "kernel_w pool_w pool_width kernel_width WW k_w kw filter_w pw",
    "ceil_mode": "ceil_mode",
    "count_include_pad": "count_include_pad",
    "mode": "mode method pool_type pooling_type",
}
BACK = {
    "grad_out": "grad_out dout dY dy dZ dz dA delta grad grad_output d_out d_output dout_ gradient upstream "
    "error dH dL_dout output_grad grads delta_out g gradients output_gradient accum_grad dA_out",
    "cache": "cache ctx memory context saved state caches layer",
    "y": "y out output z Z y_out",
    "x_shape": "x_shape input_shape X_shape in_shape shape",
    "indices": "indices max_indices argmax idx mask switches max_idx",
}
FLAGS = {"return_indices"}  # a function's own: left at their default


def known(pooling: bool, backward: bool) -> dict[str, str]:
    """Return for each name that is known what it means.

    Examples
    --------
    >>> known(False, False)["filters"], known(True, False)["f"], known(False, True)["dout"]
    ('weight', 'kernel_size', 'grad_out')
    """
    tables = [*([BACK] if backward else []), POOL if pooling else CONV, SHARED]
    return {
        name: role for table in reversed(tables) for role, names in table.items() for name in names.split()
    }


def parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return a function's parameters, without what takes all the rest; none if it does not tell."""
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [one for one in found if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]


def optional(function: Callable[..., Any]) -> set[str]:
    """Return the parameters that need not be given."""
    return {one.name for one in parameters(function) if one.default is not one.empty}


def roles(
    function: Callable[..., Any], pooling: bool, backward: bool, given: Mapping[str, str]
) -> dict[str, str]:
    """Return what each parameter of a function means, in its order.

    A name that nobody knows takes the next of the roles that a layer cannot do without, if it has no
    default; ``given`` says otherwise, as ``{"weight": "my_name"}``.

    Examples
    --------
    >>> roles(lambda A_prev, W, b, s=1: 0, False, False, {})
    {'A_prev': 'x', 'W': 'weight', 'b': 'bias', 's': 'stride'}
    >>> roles(lambda one, two, three: 0, False, True, {"weight": "two"})
    {'one': 'grad_out', 'two': 'weight', 'three': 'x'}
    """
    names, found = known(pooling, backward), {}
    theirs = {name: role for role, name in given.items()}
    for one in parameters(function):
        role = theirs.get(one.name) or names.get(one.name, "")
        found[one.name] = role if role not in found.values() else ""
    needed = [*["grad_out"] * backward, "x", "kernel_size" if pooling else "weight"]
    waiting = [role for role in needed if role not in found.values()]
    for one in parameters(function):
        if found[one.name]:
            continue
        if one.default is not one.empty or one.name in FLAGS:
            del found[one.name]
        elif waiting:
            found[one.name] = waiting.pop(0)
        else:
            raise CheckFailed(unknown(function, one.name, [*dict.fromkeys(names.values())]))
    return found


def unknown(function: Callable[..., Any], name: str, names: list[str]) -> str:
    """Return what to say of a parameter that nobody knows."""
    called = getattr(function, "__name__", "the function")
    return (
        f"{called} takes {name!r}, and I cannot tell what that is. Say it with "
        f'names={{"…": "{name}"}}, where … is one of {", ".join(names)}; or wrap {called} in a function '
        "with other names."
    )
