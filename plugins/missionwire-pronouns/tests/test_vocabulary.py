"""The vocabulary holds what can be no name, and nothing that may be one."""

from missionwire_pronouns.vocabulary import load_vocabulary


def test_general_words_are_known() -> None:
    assert {"soup", "thrown", "slower", "exhibit", "room", "statement"} <= load_vocabulary()


def test_words_that_are_names_as_well_are_not_among_them() -> None:
    assert not {"rose", "mark", "bishop", "young", "grace", "hall", ""} & load_vocabulary()
