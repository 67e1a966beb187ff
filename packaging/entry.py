"""Where the frozen program starts: the same as the command `nnviz` of an installation."""

import sys

from nnviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
