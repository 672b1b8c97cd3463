"""The composition root: settings in, wired processes out. Nothing else builds a real thing.

`worker.py` wires a worker, `web.py` the HTTP app, `serving.py` runs it.
"""
