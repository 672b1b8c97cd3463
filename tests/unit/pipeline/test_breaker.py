from hypothesis import given
from hypothesis import strategies as st

from missionwire.pipeline.breaker import FAULTS, OPEN_S, Breaker


def _failed(times: int = FAULTS) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker.failed(0.0)
    return breaker


def test_it_opens_after_several_faults_in_a_row() -> None:
    assert _failed(FAULTS - 1).lets_through(1.0)
    assert not _failed().lets_through(1.0)
    assert _failed().state == "open"


def test_a_success_between_starts_the_count_anew() -> None:
    breaker = _failed(FAULTS - 1)
    breaker.succeeded()
    breaker.failed(0.0)

    assert breaker.state == "closed"


def test_after_a_while_one_call_is_let_through_and_closes_it() -> None:
    breaker = _failed()

    assert breaker.lets_through(OPEN_S)
    assert not breaker.lets_through(OPEN_S), "only the first"
    breaker.succeeded()
    assert breaker.lets_through(OPEN_S)
    assert breaker.state == "closed"


def test_a_fault_of_that_call_opens_it_at_once() -> None:
    breaker = _failed()
    assert breaker.lets_through(OPEN_S)
    breaker.failed(OPEN_S)

    assert not breaker.lets_through(OPEN_S + 1)
    assert breaker.lets_through(2 * OPEN_S)


def test_a_call_that_was_called_off_lets_another_one_try() -> None:
    breaker = _failed()
    assert breaker.lets_through(OPEN_S)
    breaker.gave_up()

    assert breaker.lets_through(OPEN_S)


def test_a_success_of_a_call_from_before_does_not_close_it() -> None:
    breaker = Breaker()
    breaker.trip(0.0)
    breaker.succeeded()

    assert breaker.state == "open"
    assert not breaker.lets_through(1.0)


def _answer(breaker: Breaker, step: str, now_s: float) -> None:
    if step == "fail":
        breaker.failed(now_s)
    elif step == "succeed":
        breaker.succeeded()
    else:
        breaker.gave_up()


STEPS = st.lists(st.sampled_from(["ask", "fail", "succeed", "give up", "trip"]), max_size=40)


@given(STEPS)
def test_whatever_happens_it_lets_a_call_through_again_some_day(steps: list[str]) -> None:
    breaker, now_s, is_under_way = Breaker(), 0.0, False
    for step in steps:
        now_s += 1.0
        if step == "ask":
            is_under_way = breaker.lets_through(now_s) or is_under_way
        elif step == "trip":
            breaker.trip(now_s)
        elif is_under_way:
            is_under_way = False
            _answer(breaker, step, now_s)
    if is_under_way:
        breaker.gave_up()

    assert breaker.lets_through(now_s + OPEN_S)
