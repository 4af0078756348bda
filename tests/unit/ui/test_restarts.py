"""When an engine that died is started again."""

from companion.ui.restarts import Restarts


def test_two_deaths_are_mended_the_third_within_a_minute_is_the_last() -> None:
    restarts = Restarts()
    assert [restarts.may_restart(at_s) for at_s in (0, 20, 59)] == [True, True, False]


def test_deaths_long_ago_do_not_count() -> None:
    restarts = Restarts()
    assert all(restarts.may_restart(at_s) for at_s in (0, 40, 80, 120, 180))


def test_what_the_person_mended_is_tried_anew() -> None:
    restarts = Restarts()
    for at_s in (0, 1, 2):
        restarts.may_restart(at_s)
    restarts.forgive()
    assert restarts.may_restart(3)
