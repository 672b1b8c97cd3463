"""Power cuts: a server whose unsynced writes are lost when it is killed."""

import shutil
import subprocess
from pathlib import Path

COMPILER = shutil.which("cc")


def build_shim(folder: Path) -> Path:
    """Compile `shim.c`; gives the library for LD_PRELOAD."""
    assert COMPILER is not None
    shim = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    command = [
        COMPILER,
        "-shared",
        "-fPIC",
        "-O2",
        "-Wall",
        "-Werror",
        "-o",
        str(shim),
        str(source),
        "-ldl",
        "-lpthread",
    ]
    subprocess.run(command, check=True)
    return shim
