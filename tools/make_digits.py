"""Make cnnbook/data/digits.npz from the table that scikit-learn ships.

Usage: python tools/make_digits.py path/to/sklearn/datasets/data/digits.csv.gz
"""

import sys
from pathlib import Path

import numpy as np

table = np.loadtxt(sys.argv[1], delimiter=",", dtype=np.uint8)
images, labels = table[:, :64].reshape(-1, 8, 8), table[:, 64]  # (1797, 8, 8), counts from 0 to 16
test_rows = np.sort(np.random.default_rng(0).permutation(len(table))[:360]).astype(np.uint16)
target = Path(__file__).parent.parent / "cnnbook" / "data" / "digits.npz"
np.savez_compressed(target, images=images, labels=labels, test_rows=test_rows)
print(f"{target.name}: {target.stat().st_size} bytes")
