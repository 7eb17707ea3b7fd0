"""Check the layers of a file: ``python -m cnnbook.checks my_layer.py``."""

import sys

from cnnbook.checks.sweep.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
