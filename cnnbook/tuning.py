"""What was measured rather than derived: how products are cut into blocks, and when threads share them.

A result depends on these numbers in its last digits only; ``benchmarks/pytorch.py`` shows what they do.
"""

# Columns that all threads together have in use at a time: a few MB, so that they stay in the processor's
# cache while the product reads them.
COLUMN_BYTES = 2**22
# Rows of columns to multiply at a time where there are many: the room goes to more windows instead.
ROWS = 512
# Where the output is no wider than this, and so many images come together, they lie innermost in memory:
# the runs to copy are as long as the block has images, not as short as a row.
NARROW, TOGETHER = 16, 8
# Threads, for the sake of memory: each has columns of its own.
MOST_THREADS = 4
# Products of two numbers from which on it pays to tell the matrix products to use one thread, which takes
# 7 microseconds, and to wake threads of our own, which takes 0.1 ms and more.
FEW_PRODUCTS, MANY_PRODUCTS = 2**20, 2**24

# Convolution by tiles (conv_fft.py, conv_winograd.py): so many are transformed at a time.
MOST_TILES = 512
