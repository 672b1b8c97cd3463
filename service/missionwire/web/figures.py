"""What an HTTP process counts, by the names of the metrics."""

from collections.abc import Mapping
from typing import Final

from missionwire.feed.hub import Hub
from missionwire.tallies import Figures
from missionwire.web.intake import Intake

COUNTERS: Final[Mapping[str, str]] = {
    "feed_events_delivered": "Mission events written to subscribers.",
    "feed_gaps": "Gap frames sent.",
    "feed_refused": "Feeds refused: busy, full, draining or without the store.",
    "feed_reader_resets": "Times the reader of the wire had to start anew.",
    "intake_accepted": "Items accepted.",
    "intake_duplicates": "Items that were known already.",
    "intake_conflicts": "Items with a known identity and another content.",
    "intake_refused": "Items refused because something was full.",
}
GAUGES: Final[Mapping[str, str]] = {
    "feed_subscribers": "Open feeds.",
    "feed_subscribers_paused": "Open feeds whose socket is full.",
    "feed_subscribers_behind": "Open feeds that wait to be served from the log.",
    "feed_filters": "Distinct filters in use, added up over the processes.",
    "feed_ring_events": "Events in the rings of the processes.",
    "intake_queued": "Items that wait to be written.",
}


def figures_of(hub: Hub, intake: Intake) -> Figures:
    """Give the figures of this process."""
    return Figures(
        {
            "feed_events_delivered": hub.delivered,
            "feed_gaps": hub.gaps,
            "feed_refused": hub.refused,
            "feed_reader_resets": hub.resets,
            "intake_accepted": intake.accepted,
            "intake_duplicates": intake.duplicates,
            "intake_conflicts": intake.conflicts,
            "intake_refused": intake.refused,
        },
        {
            "feed_subscribers": hub.subscribers,
            "feed_subscribers_paused": hub.fanout.paused_count,
            "feed_subscribers_behind": hub.fanout.behind_count,
            "feed_filters": len(hub.channels),
            "feed_ring_events": len(hub.ring),
            "intake_queued": intake.queued,
        },
    )
