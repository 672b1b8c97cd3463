"""The points of an examination, in their order: what a plugin owes, and what to do where it does not give it."""

from typing import Final, NamedTuple

from missionwire.authoring.verdict import Point, Verdict

MAX_DETAIL_CHARS: Final = 1000


class Owed(NamedTuple):
    """What a plugin owes, as a sentence with the plugin as its subject, and the advice for one that does not."""

    title: str
    advice: str


POINTS: Final = {
    "level": Owed(
        "fits this service",
        'Name the plugin with a-z, 0-9 and hyphens, in the entry point group of this API level: "missionwire.v1".',
    ),
    "import": Owed("can be imported", "Mend the error; the class that the entry point names must derive from Plugin."),
    "quiet-import": Owed(
        "does nothing on import",
        "Move connections, threads, files and processes into `startup`; print nothing.",
    ),
    "fast-import": Owed(
        "is imported fast",
        "Import what is heavy inside `startup` or the hook that needs it; read data files in `startup`.",
    ),
    "hooks": Owed("has hooks that are known", "Compare the names and arguments of its hooks with docs/hooks.md."),
    "config": Owed(
        "can be made from defaults, and checks its settings",
        "Derive the settings from missionwire.plugin.Config; give each member a type and a default that fits it.",
    ),
    "startup": Owed(
        "starts within 10 s",
        "Make `startup` work with default settings and no network; load what is slow in the background or later.",
    ),
    "answers": Owed(
        "answers every event and document",
        "Give None for what it has nothing to say about; catch what it expects; see the hook's type in docs/hooks.md.",
    ),
    "deadline": Owed(
        "answers within its deadline",
        "Keep the cost linear in the text; precompile patterns; bound what it waits for.",
    ),
    "writes": Owed(
        "writes only what it declares",
        "Name the members that its patches fill in `writes`, or put them into `ext`.",
    ),
    "input": Owed("leaves its input alone", "Copy what it wants to change: the same object goes to other plugins."),
    "same-answer": Owed(
        "gives the same answer to the same input",
        "An event may come twice: no clock, no chance, no memory of earlier events in an answer; sort what is a set.",
    ),
    "settled": Owed(
        "leaves alone what it has repaired",
        "A replacement must not match the rule that made it: run the rule over its own result.",
    ),
    "cancel": Owed(
        "ends when it is cancelled",
        "Let asyncio.CancelledError through: catch Exception, not BaseException, and raise it again after tidying up.",
    ),
    "loop": Owed(
        "does not hold the event loop",
        "Make a hook that computes or blocks for long a plain `def`: it then runs in a thread.",
    ),
    "tasks": Owed(
        "leaves no task or thread behind",
        "Await what it starts, in a TaskGroup; what must go on is started in `startup` and ended in `shutdown`.",
    ),
    "stdout": Owed("prints nothing", "Write to `self.log`; standard output belongs to the command that runs."),
    "hosts": Owed(
        "contacts only the hosts that it names",
        "Name them in `hosts`, and go through `self.http`: it has limits and says who asks.",
    ),
    "order": Owed(
        "has one place in the plan",
        "Take a name out of `before` or `after`: nobody comes before and after the same, or before itself.",
    ),
    "asides": Owed(
        "says how it is, and gives routes and commands in their form",
        "`health` gives Health, `routes` a list of Litestar handlers, `commands` click commands by name.",
    ),
    "shutdown": Owed("stops, even twice", "Make `shutdown` short, and let it do nothing the second time."),
    "cases": Owed(
        "gives what its cases expect",
        "If the new answer is meant, take it over: missionwire plugins test PATH --update.",
    ),
    "tests": Owed("passes its own tests", "Run pytest in its folder."),
}


def point(name: str, verdict: Verdict, detail: str = "", *, advice: str | None = None) -> Point:
    """Give a verdict on a point; the advice of the table goes with one that is not well."""
    owed = POINTS[name]
    is_well = verdict in ("pass", "skip")
    return Point(
        name=name,
        title=owed.title,
        verdict=verdict,
        detail=detail[:MAX_DETAIL_CHARS],
        advice=(advice or "") if is_well or advice is not None else owed.advice,
    )
