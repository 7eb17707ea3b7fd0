"""Check the layers of a file: ``python -m cnnbook.checks my_layer.py``."""

import sys

from cnnbook.checks.sweep.command import main

sys.exit(main(sys.argv[1:]))
