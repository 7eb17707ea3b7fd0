"""Stubs, solutions and typical mistakes: how many windows fit, and what they leave over."""

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


STUBS = {"windows_and_rest": [stub_windows_and_rest]}
SOLUTIONS = {"windows_and_rest": [windows_and_rest, counted]}
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
}
