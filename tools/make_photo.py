"""Make cnnbook/data/coffee.npz from a picture that scikit-image ships.

Usage: python tools/make_photo.py path/to/skimage/data/coffee.png
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

BOX = (120, 20, 500, 400)  # left, upper, right, lower, in pixels

picture = Image.open(sys.argv[1]).convert("RGB").crop(BOX).resize((256, 256), Image.Resampling.LANCZOS)
target = Path(__file__).parent.parent / "cnnbook" / "data" / "coffee.npz"
np.savez_compressed(target, coffee=np.asarray(picture))
print(f"{target.name}: {target.stat().st_size} bytes")
