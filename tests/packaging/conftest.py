"""The scripts of packaging/ are run as files, so they are imported here as their folder has them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
