"""A live wire for space missions.

The way of the data: events and articles come in over HTTP (`web`), are checked (`domain`) and kept in the inbox
(`store`) before they are acknowledged. A worker (`pipeline`) takes them from there, lets plugins (`plugins`, and what
they may import: `plugin`) repair and enrich them, and commits them to the wire, one ordered log. Everybody reads that:
the live feed (`feed`), pages, and whoever speaks Redis. `app` puts the parts together, `supervisor` runs the processes,
`cli` is the command line.
"""

__version__ = "0.1.0"
