"""The benchmark is a folder of scripts: its modules are found beside one another."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "bench"))
