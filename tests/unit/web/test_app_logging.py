import logging

from missionwire.app.web import describe_api


def test_making_the_app_leaves_the_logging_as_it_was() -> None:
    root, ours = logging.getLogger(), logging.getLogger("missionwire.plugins.somebody")
    before = (list(root.handlers), root.level, ours.disabled, ours.propagate)

    describe_api()

    assert (list(root.handlers), root.level, ours.disabled, ours.propagate) == before
