"""The ceiling of intake: redis-py's pipelined XADD of the same events, straight onto the same kind of server."""

import argparse
import json
import secrets
import sys
import time
from pathlib import Path

from redis import Redis

sys.path.insert(0, str(Path(__file__).parents[1]))
from events import event


def add(url: str, seconds: float, size: int) -> dict[str, object]:
    """Add events in pipelines of `size` for so long; the server fsyncs once for each."""
    redis = Redis.from_url(url, protocol=2)
    run, count, began_s, began_cpu_s = secrets.token_hex(4), 0, time.monotonic(), time.process_time()
    while time.monotonic() - began_s < seconds:
        pipe = redis.pipeline(transaction=False)
        for number in range(count, count + size):
            pipe.xadd("bench:ceiling", {"event": event(run, number)})
        count += len(pipe.execute())
    took_s, own_cpu_s = time.monotonic() - began_s, time.process_time() - began_cpu_s
    is_whole = redis.xlen("bench:ceiling") == count
    redis.delete("bench:ceiling")
    return {"events_s": count / took_s, "acknowledged": count, "is_whole": is_whole, "own_cpu_s": own_cpu_s}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--size", type=int, default=500)
    given = parser.parse_args()
    print(json.dumps(add(given.url, given.seconds, given.size)))
