"""What a document reads like after its repairs, as a document of its own: for asking whether a repair holds still."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from missionwire.domain.correction import Correction, settle
from missionwire.domain.document import Document, Mention


def repaired(document: Document, corrections: Sequence[Correction]) -> Document:
    """Give the document as it would be sent with its corrections applied. Mentions move along.

    Those that an edit touches are left out.
    """
    settled = settle(corrections)
    told = replace(document, corrections=settled)
    return replace(
        document,
        text=told.reading().text,
        title=None if document.title is None else told.reading("title").text,
        mentions=tuple(_moved(document.mentions, settled)),
        event=None,
    )


def _moved(mentions: Iterable[Mention], corrections: Iterable[Correction]) -> Iterable[Mention]:
    edits = [each for each in corrections if each.applied]
    for mention in mentions:
        here = [each for each in edits if each.field == mention.field]
        if any(each.start < mention.end and mention.start < each.end for each in here):
            continue
        by = sum(len(each.replacement) - (each.end - each.start) for each in here if each.end <= mention.start)
        yield replace(mention, start=mention.start + by, end=mention.end + by)
