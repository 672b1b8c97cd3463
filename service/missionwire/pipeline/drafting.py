"""From the draft of a plugin to an event, as it enters at `enrich`. Pure."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec

from missionwire.domain.document import Document, Draft
from missionwire.domain.frozen import FrozenList, frozen
from missionwire.domain.vocabulary import PREFIX
from missionwire.pipeline.participant import Participant
from missionwire.pipeline.sentences import cut_sentence

_NOTHING: Final[tuple[Any, ...]] = (None, [], (), {})
"""What says nothing; false and zero do."""


def keyed(drafts: Iterable[tuple[Participant, Draft]]) -> Iterable[tuple[Participant, Draft, str]]:
    """Give each draft the part of its id that stays the same when the article is sent again."""
    seen: dict[str, int] = {}
    for participant, draft in drafts:
        key = ":".join(filter(None, (draft.type.removeprefix(PREFIX), draft.subject, draft.key)))
        seen[key] = seen.get(key, 0) + 1
        yield participant, draft, key if seen[key] == 1 else f"{key}:{seen[key]}"


def drafted(document: Document, participant: Participant, draft: Draft, key: str) -> dict[str, Any]:
    """Make the event of a draft, as it enters at `enrich`."""
    sentence = cut_sentence(document.text, document.corrections, draft.sentence)
    data: dict[str, Any] = {
        "title": draft.title,
        "text": sentence.text,
        "language": document.language,
        "url": document.url,
        "narration": draft.narration,
        "time_precision": draft.time_precision if draft.time else "unknown",
        **draft.data,
        "crew": msgspec.to_builtins(draft.crew) if draft.crew else None,
        "agencies": msgspec.to_builtins(draft.agencies) if draft.agencies else None,
        "mission_inferred": draft.mission_inferred or None,
        "article": document.id,
        "evidence": msgspec.to_builtins(draft.evidence or [draft.sentence]),
        "original": {"text": sentence.original} if sentence.text != sentence.original else None,
        "corrections": [msgspec.to_builtins(c) for c in sentence.corrections] if sentence.corrections else None,
        "ext": {participant.name: draft.ext} if draft.ext else None,
        "provenance": _all_by(participant.name, participant.version),
    }
    event = {
        "specversion": "1.0",
        "id": f"{document.id}:{key}",
        "source": document.source,
        "type": draft.type,
        "subject": draft.subject,
        "time": draft.time,
        "datacontenttype": "application/json",
        "data": {name: value for name, value in data.items() if value or value not in _NOTHING},
    }
    return {name: value for name, value in event.items() if value is not None}


def with_claims(event: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """Give the event of a draft with those members of `data` alone that no type of `Draft` has checked."""
    data = event["data"]
    return {**event, "data": {name: data[name] for name in draft.data if name in data}}


@lru_cache(maxsize=256)
def _all_by(plugin: str, version: str) -> FrozenList:
    """Say that a plugin wrote all of an event: the same for each of its drafts."""
    return FrozenList(frozen([{"plugin": plugin, "version": version, "fields": ["*"]}]))
