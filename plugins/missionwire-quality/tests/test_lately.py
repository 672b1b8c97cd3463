from missionwire_quality.lately import MOST_KEPT, First, Lately

FIRST = First("urn:agency", "4", "facts")


def test_who_was_first_is_known_for_a_while() -> None:
    lately = Lately(60.0)
    lately.note("docking", FIRST, 100.0)

    assert lately.first("docking", 159.9) == FIRST
    assert lately.first("docking", 160.0) is None
    assert lately.first("landing", 100.0) is None


def test_that_nobody_was_is_taken_once() -> None:
    lately = Lately(60.0)
    lately.note("docking", None, 100.0)

    assert lately.first("docking", 101.0) is None
    assert lately.takes_absent("docking", 101.0)
    assert not lately.takes_absent("docking", 101.0)


def test_that_nobody_was_is_not_known_for_longer_nor_of_what_was_never_asked() -> None:
    lately = Lately(60.0)
    lately.note("docking", None, 100.0)
    lately.note("landing", FIRST, 100.0)

    assert not lately.takes_absent("docking", 160.0)
    assert not lately.takes_absent("landing", 101.0)
    assert not lately.takes_absent("launch", 101.0)
    assert lately.first("landing", 101.0) == FIRST


def test_the_oldest_is_forgotten_when_there_are_too_many() -> None:
    lately = Lately(60.0)
    for number in range(MOST_KEPT + 1):
        lately.note(str(number), FIRST, 100.0)

    assert lately.first("0", 101.0) is None
    assert lately.first("1", 101.0) == FIRST
