"""The process that examines one plugin: `python -m missionwire.authoring.child ORDER`. It ends without waiting for it.

Its standard output is a file that stays empty unless the plugin prints; what it finds goes to another.
"""

import os
import sys
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from missionwire.authoring.importing import Import, Watch, import_watched
from missionwire.authoring.lines import Line, Order, Tell
from missionwire.authoring.points import point
from missionwire.domain.errors import said_by
from missionwire.plugins.loading import load_class

IMPORT_TIMEOUT_S: Final = 10.0


def main() -> None:
    """Examine what the order names."""
    order = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Order)
    sys.path[:0] = order.paths
    with Path(order.lines).open("ab", buffering=0) as out:
        tell = teller(out)
        watch = Watch()
        tell(Line(now="import", limit_s=IMPORT_TIMEOUT_S))
        imported = import_watched(lambda: load_class(order.found), watch)
        tell(Line(import_s=imported.took_s))
        tell_import(imported, tell)
        if imported.kind is not None:
            _inspect(order, imported, watch, tell)
        tell(Line(is_end=True))
    os._exit(0)  # threads that a plugin left may never end


def teller(out: BinaryIO) -> Tell:
    """Give the function that writes lines."""

    def tell(line: Line) -> None:
        out.write(msgspec.json.encode(line) + b"\n")

    return tell


def tell_import(imported: Import, tell: Tell) -> None:
    """Tell how the import went."""
    if imported.error is not None:
        tell(Line(point=point("import", "fail", said_by(imported.error))))
        return
    tell(Line(point=point("import", "pass")))
    sys.stdout.flush()
    deeds = [*imported.deeds, *(["printed"] if os.fstat(1).st_size else [])]
    tell(Line(point=point("quiet-import", "fail" if deeds else "pass", "; ".join(deeds))))


def _inspect(order: Order, imported: Import, watch: Watch, tell: Tell) -> None:
    import asyncio  # noqa: PLC0415  # all of these only now: what is loaded before the plugin costs it nothing

    from missionwire.authoring.inspection import Inspection  # noqa: PLC0415  # same
    from missionwire.authoring.network import Refusal  # noqa: PLC0415  # same

    if imported.kind is None:
        return
    refusal = Refusal()
    watch.refuse = refusal.audit
    asyncio.run(Inspection(order, imported.kind, tell, refusal).run())


if __name__ == "__main__":
    main()
