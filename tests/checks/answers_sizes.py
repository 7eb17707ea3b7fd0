"""Stubs, solutions and typical mistakes: how many windows fit, and padding by the output's size."""

import math


def stub_windows_and_rest(n, kernel_size, stride, padding): ...


def windows_and_rest(n, kernel_size, stride, padding):
    last_start = n + 2 * padding - kernel_size
    return last_start // stride + 1, last_start % stride


def counted(n, kernel_size, stride, padding):
    starts = range(0, n + 2 * padding - kernel_size + 1, stride)
    return len(starts), n + 2 * padding - (starts[-1] + kernel_size)


def one_too_few(n, kernel_size, stride, padding):
    room = n + 2 * padding - kernel_size
    return room // stride, room % stride


def rounded_up(n, kernel_size, stride, padding):
    room = n + 2 * padding - kernel_size
    return math.ceil(room / stride) + 1, room % stride


def padded_once(n, kernel_size, stride, padding):
    return windows_and_rest(n + padding, kernel_size, stride, 0)


def no_padding(n, kernel_size, stride, padding):
    return windows_and_rest(n, kernel_size, stride, 0)


def no_stride(n, kernel_size, stride, padding):
    return n + 2 * padding - kernel_size + 1, 0


def swapped(n, kernel_size, stride, padding):
    windows, rest = windows_and_rest(n, kernel_size, stride, padding)
    return rest, windows


def rest_of_the_whole(n, kernel_size, stride, padding):
    return (n + 2 * padding - kernel_size) // stride + 1, (n + 2 * padding) % stride


def nothing_left(n, kernel_size, stride, padding):
    return (n + 2 * padding - kernel_size) // stride + 1, 0


def one_added_first(n, kernel_size, stride, padding):
    room = n + 2 * padding - kernel_size
    return (room + 1) // stride, room % stride


def fractions(n, kernel_size, stride, padding):
    room = n + 2 * padding - kernel_size
    return room / stride + 1, room % stride


def stub_pad_same(n, kernel_size, stride): ...


def pad_same(n, kernel_size, stride):
    windows = math.ceil(n / stride)
    amount = max((windows - 1) * stride + kernel_size - n, 0)
    return amount // 2, amount - amount // 2


def extra_first(n, kernel_size, stride):
    before, after = pad_same(n, kernel_size, stride)
    return after, before


def as_if_stride_were_one(n, kernel_size, stride):
    return (kernel_size - 1) // 2, kernel_size // 2


def half_the_kernel(n, kernel_size, stride):
    return kernel_size // 2, kernel_size // 2


def negative(n, kernel_size, stride):
    amount = (math.ceil(n / stride) - 1) * stride + kernel_size - n
    return amount // 2, amount - amount // 2


def rounded_down(n, kernel_size, stride):
    amount = max((n // stride - 1) * stride + kernel_size - n, 0)
    return amount // 2, amount - amount // 2


def all_at_the_end(n, kernel_size, stride):
    return 0, sum(pad_same(n, kernel_size, stride))


def whole_amount_twice(n, kernel_size, stride):
    amount = sum(pad_same(n, kernel_size, stride))
    return amount, amount


def odd_entry_lost(n, kernel_size, stride):
    half = sum(pad_same(n, kernel_size, stride)) // 2
    return half, half


STUBS = {"windows_and_rest": [stub_windows_and_rest], "pad_same": [stub_pad_same]}
SOLUTIONS = {"windows_and_rest": [windows_and_rest, counted], "pad_same": [pad_same]}
MISTAKES = {
    "windows_and_rest": {
        one_too_few: "One window too few",
        rounded_up: "You rounded up",
        padded_once: "counted the padding once",
        no_padding: "left the padding out",
        no_stride: "left the stride out",
        swapped: "The two numbers are swapped",
        rest_of_the_whole: "not the rest of dividing the whole side",
        nothing_left: "Nothing seems to be left over",
        one_added_first: "divided after adding 1",
        fractions: "whole numbers (int)",
    },
    "pad_same": {
        extra_first: "The extra entry stands at the start",
        as_if_stride_were_one: "kernel_size - 1 in all",
        half_the_kernel: "Half the kernel on each side",
        negative: "An amount is negative",
        rounded_down: "rounded the number of windows down",
        all_at_the_end: "All of it stands at the end",
        whole_amount_twice: "the whole amount on each side",
        odd_entry_lost: "An odd amount has lost one entry",
    },
}
