"""What Readtime promises, tried in the real pipeline."""

from missionwire.testing import MakeBench, an_event

from missionwire_readtime import Readtime


def test_a_text_gets_its_minutes(bench: MakeBench) -> None:
    event = bench(Readtime).event(an_event(text="word " * 440))

    assert event["data"]["ext"]["readtime"] == {"minutes": 2.0}
