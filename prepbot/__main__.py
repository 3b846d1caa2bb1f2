"""`python -m prepbot` is `prepbot`."""

import sys

from prepbot.cli import main

if __name__ == "__main__":
    sys.exit(main())
