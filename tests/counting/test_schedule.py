"""The plan against the clock: it runs from the first opening, and lateness is what a watch would say."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.counting.schedule import Plan, Slot, covered, reckon

DAY = (Slot(10), Slot(20), Slot(5))


def held(*opened, closed=()):
    times = dict(zip(range(3), opened, strict=False))
    ends = dict(zip(range(3), closed, strict=False))
    return [Slot(slot.minutes, times.get(n), ends.get(n)) for n, slot in enumerate(DAY)]


def test_nothing_is_late_before_anything_began() -> None:
    assert reckon(DAY, 500) == Plan((), None)
    assert reckon([], 500) == Plan((), None)


def test_each_step_is_planned_after_the_minutes_of_those_before() -> None:
    assert reckon(held(100), 100).starts == (100, 110, 130)


def test_the_plan_runs_from_the_step_that_was_opened_first() -> None:
    assert reckon(held(None, 100), 100).starts == (90, 100, 120)


def test_within_its_minutes_a_step_is_as_late_as_it_began() -> None:
    assert reckon(held(100, 122), 125).behind == 12
    assert reckon(held(100, 107), 125).behind == -3


def test_beyond_its_minutes_every_minute_counts() -> None:
    assert reckon(held(100), 110).behind == 0
    assert reckon(held(100), 117).behind == 7
    assert reckon(held(100, closed=(104,)), 117).behind == 7


def test_after_the_last_step_nothing_grows_later() -> None:
    done = held(100, 110, 130, closed=(109, 129, 141))
    assert reckon(done, 141).behind == reckon(done, 900).behind == 6
    assert reckon(held(100, 110, 130), 900).behind == 765


def test_steps_of_a_block_that_are_open_at_once_have_their_minutes_together() -> None:
    def at(now, *, ended=None):
        block = [Slot(each, 100 + place / 99, ended, "day") for place, each in enumerate((10, 10, 5))]
        return round(reckon([*block, Slot(9)], now).behind)

    assert [at(101), at(124), at(125), at(128)] == [0, 0, 0, 3]
    assert at(120, ended=110) == 0
    alone = [Slot(10, 100, 110, "day"), Slot(10, 118, None, "day")]
    assert reckon(alone, 119).behind == 8


def test_minutes_that_overlap_count_once() -> None:
    assert covered([]) == 0
    assert covered([(0, 10), (2, 5), (8, 12), (20, 21)]) == 13


@given(st.lists(st.integers(0, 90), min_size=1, max_size=8), st.integers(0, 1000), st.data())
def test_a_room_that_keeps_to_its_minutes_is_on_time(minutes, begin, data) -> None:
    starts = [begin + sum(minutes[:place]) for place in range(len(minutes))]
    reached = data.draw(st.integers(0, len(minutes) - 1))
    slots = [
        Slot(each, start if place <= reached else None)
        for place, (each, start) in enumerate(zip(minutes, starts, strict=True))
    ]
    now = starts[reached] + data.draw(st.integers(0, minutes[reached]))
    assert reckon(slots, now) == Plan(tuple(map(float, starts)), 0)
