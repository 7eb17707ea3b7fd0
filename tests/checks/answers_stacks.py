"""Stubs, solutions and typical mistakes: what an entry of a deep layer sees."""


def stub_seen_by(kernel_sizes, strides, paddings): ...


def seen_by(kernel_sizes, strides, paddings):
    size, jump, start = 1, 1, 0
    for k, s, p in zip(kernel_sizes, strides, paddings, strict=True):
        size += (k - 1) * jump
        start -= p * jump
        jump *= s
    return size, jump, start


def from_the_end(kernel_sizes, strides, paddings):
    first, last = 0, 0
    for k, s, p in list(zip(kernel_sizes, strides, paddings, strict=True))[::-1]:
        first, last = first * s - p, last * s - p + k - 1
    jump = 1
    for s in strides:
        jump *= s
    return last - first + 1, jump, first


def whole_kernels(kernel_sizes, strides, paddings):
    size, jump, start = 1, 1, 0
    for k, s, p in zip(kernel_sizes, strides, paddings, strict=True):
        size += k * jump
        start -= p * jump
        jump *= s
    return size, jump, start


def no_jump(kernel_sizes, strides, paddings):
    _, jump, _ = seen_by(kernel_sizes, strides, paddings)
    return 1 + sum(kernel_sizes) - len(kernel_sizes), jump, -sum(paddings)


def size_without_jump(kernel_sizes, strides, paddings):
    _, jump, start = seen_by(kernel_sizes, strides, paddings)
    return 1 + sum(k - 1 for k in kernel_sizes), jump, start


def jump_too_early(kernel_sizes, strides, paddings):
    size, jump, start = 1, 1, 0
    for k, s, p in zip(kernel_sizes, strides, paddings, strict=True):
        jump *= s
        size += (k - 1) * jump
        start -= p * jump
    return size, jump, start


def strides_added(kernel_sizes, strides, paddings):
    size, jump, start = 1, 1, 0
    for k, s, p in zip(kernel_sizes, strides, paddings, strict=True):
        size += (k - 1) * jump
        start -= p * jump
        jump += s
    return size, jump, start


def wrong_sign(kernel_sizes, strides, paddings):
    size, jump, start = seen_by(kernel_sizes, strides, paddings)
    return size, jump, -start


def start_without_jump(kernel_sizes, strides, paddings):
    size, jump, _ = seen_by(kernel_sizes, strides, paddings)
    return size, jump, -sum(paddings)


def no_start(kernel_sizes, strides, paddings):
    return (*seen_by(kernel_sizes, strides, paddings)[:2], 0)


def begins_with_nothing(kernel_sizes, strides, paddings):
    size, jump, start = seen_by(kernel_sizes, strides, paddings)
    return size - 1, jump, start


def wrong_end(kernel_sizes, strides, paddings):
    return seen_by(kernel_sizes[::-1], strides[::-1], paddings[::-1])


STUBS = {"seen_by": [stub_seen_by]}
SOLUTIONS = {"seen_by": [seen_by, from_the_end]}
MISTAKES = {
    "seen_by": {
        whole_kernels: "Each layer adds kernel_size - 1 jumps",
        no_jump: "You did not use the jump",
        size_without_jump: "The size does not use the jump",
        jump_too_early: "changed the jump too early",
        strides_added: "You added the strides",
        wrong_sign: "The start has the wrong sign",
        start_without_jump: "The start does not use the jump",
        no_start: "You left the padding out",
        begins_with_nothing: "one pixel too small",
        wrong_end: "began at the wrong end",
    }
}
