"""The names of all keys. They share one hash tag, so that each step that must be atomic is one script on one shard."""

from typing import NamedTuple


class Keys(NamedTuple):
    """The keys of one wire. Only `wire` is public; all others are private and start with the same tag."""

    name: str

    @property
    def prefix(self) -> str:
        """What every key starts with."""
        return f"{{missionwire:{self.name}}}:"

    @property
    def meta(self) -> str:
        """Hash: epoch, ms, n (the tip), partitions, generations, forks, counters."""
        return self.prefix + "meta"

    @property
    def wire(self) -> str:
        """Stream, field `event`: the enriched events. Others may read it, nobody else may write to it."""
        return self.prefix + "wire"

    @property
    def dead(self) -> str:
        """Stream: what could not be handled, with its error."""
        return self.prefix + "dead"

    @property
    def missions(self) -> str:
        """Sorted set: mission slug by the ordinal of its last event."""
        return self.prefix + "missions"

    @property
    def articles(self) -> str:
        """Sorted set: article id by the ordinal of the tip when it was last touched."""
        return self.prefix + "articles"

    @property
    def suspects(self) -> str:
        """Hash: inbox entry -> how often it ended a worker while it ran alone."""
        return self.prefix + "suspects"

    @property
    def leases(self) -> str:
        """Hash: inbox stream -> worker and expiry in ms."""
        return self.prefix + "leases"

    @property
    def workers(self) -> str:
        """Sorted set: worker by expiry in ms."""
        return self.prefix + "workers"

    @property
    def reports(self) -> str:
        """Hash: worker -> what it says of itself and its plugins, as JSON."""
        return self.prefix + "reports"

    @property
    def asks(self) -> str:
        """List: dry runs that wait for a worker."""
        return self.prefix + "asks"

    def inbox(self, partition: int) -> str:
        """Stream, fields `m` lane, `k` kind, `e` payload: what was accepted and is not yet committed."""
        return f"{self.prefix}inbox:{partition}"

    def marks(self, generation: int) -> str:
        """Hash: ident (16 bytes) -> digest (8 bytes) and place."""
        return f"{self.prefix}marks:{generation}"

    def mission(self, slug: str) -> str:
        """Stream of wire ids: the events of one mission."""
        return f"{self.prefix}mission:{slug}"

    def article(self, article: str) -> str:
        """Hash: `sent`, `document`, `state` of one article."""
        return f"{self.prefix}article:{article}"

    def answer(self, ask: str) -> str:
        """List of one: the answer to a dry run."""
        return f"{self.prefix}answer:{ask}"

    def plugin(self, plugin: str, key: str) -> str:
        """String: a value that a plugin keeps."""
        return f"{self.prefix}plugin:{plugin}:{key}"
