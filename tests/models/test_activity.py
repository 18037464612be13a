"""A question, from its first wording to its frozen one."""

import pytest

from facilitator import ballotbox, db
from facilitator.models.item import Item
from facilitator.refusals import AlreadyOpen, Frozen, MissingWording, OpenNow, TooFewOptions, Unsettled
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def cast(round_, key: str, choice: str = '{"options":[1]}') -> None:
    number, session = round_.id, round_.activity.session_id
    db.session.commit()
    ballotbox.box().cast(number, session, key, choice).wait()


def close(round_) -> None:
    ballotbox.box().close(round_.id, round_.activity.session_id).wait()
    db.session.refresh(round_)


def test_options_keep_their_order():
    activity = factories.activity()
    assert [item.text("en") for item in activity.options][:2] == [
        "Difficult to understand",
        "Poor dissemination",
    ]


def test_each_phone_has_its_own_order_and_keeps_it():
    activity = factories.activity(options=20)
    first, again, other = (activity.choices_shown("fr", key) for key in ("a", "a", "b"))
    assert first == again != other
    assert {option.id for option in first} == {item.id for item in activity.options}


def test_opening_makes_a_round_and_reopening_another():
    activity = factories.activity()
    first = activity.open()
    assert (first.number, first.is_open, activity.session.open_round) == (1, True, first)
    with pytest.raises(AlreadyOpen):
        activity.open()
    cast(first, "a")
    close(first)
    second = activity.open(keep=True)
    assert (second.number, second.ballot_count, first.struck, second.struck) == (2, 1, True, False)
    close(second)
    assert activity.open().ballot_count == 0


def test_it_opens_only_when_whole():
    with pytest.raises(TooFewOptions):
        factories.activity(options=1).open()
    gap = factories.activity(options=[{"en": "a", "fr": "b", "ar": ""}, {"en": "c", "fr": "d", "ar": "e"}])
    with pytest.raises(MissingWording, match="ar"):
        gap.open()
    with pytest.raises(Unsettled) as refused:
        factories.activity("linking").open()
    assert len(refused.value.details["gaps"]) == 1


def test_wording_is_free_until_the_first_vote_and_frozen_after():
    activity = factories.activity(options=2)
    ids = [item.id for item in activity.options]
    new = {"en": "Reworded", "fr": "Reformulé", "ar": "معاد"}
    activity.edit("choice", activity.prompt, {}, [(ids[1], activity.options[1].wording), (ids[0], new)])
    assert [item.id for item in activity.options] == [ids[1], ids[0]]
    round_ = activity.open()
    with pytest.raises(OpenNow):
        activity.edit("choice", activity.prompt, {}, [])
    cast(round_, "a")
    close(round_)
    with pytest.raises(Frozen):
        activity.edit("choice", activity.prompt, {}, [])
    with pytest.raises(Frozen):
        activity.withdraw()


def test_rewording_a_duplicate_makes_new_items_that_know_their_origin():
    activity = factories.activity(options=2)
    twin = activity.duplicate()
    assert activity.session.running_order == [activity, twin]
    assert twin.options == activity.options
    old = twin.options[0]
    new = {"en": "Other", "fr": "Autre", "ar": "آخر"}
    twin.edit("choice", twin.prompt, {}, [(old.id, new), (twin.options[1].id, twin.options[1].wording)])
    assert (twin.options[0].origin, twin.options[1], activity.options[0]) == (old, activity.options[1], old)
    assert old.wording != new


def test_a_copy_elsewhere_shares_items_within_a_guide_only():
    session = factories.session()
    activity = factories.activity(session=session)
    near = session.copy(factories.workshop(guide=session.workshop.guide))
    far = session.copy(factories.workshop(guide=factories.guide("ML")))
    assert near.activities[0].options == activity.options
    assert [item.origin for item in far.activities[0].options] == activity.options
    assert {item.guide for item in far.activities[0].options} == {far.workshop.guide}
    assert len({session.code, near.code, far.code}) == 3


def test_a_copy_takes_its_lists_from_its_own_steps():
    session = factories.session()
    first = factories.activity(session=session)
    second = factories.activity(session=session, source_id=first.id, about_id=first.options[0].id)
    near = session.copy(factories.workshop(guide=session.workshop.guide)).activities
    far = session.copy(factories.workshop(guide=factories.guide("ML"))).activities
    assert [near[1].source_id, far[1].source_id] == [near[0].id, far[0].id]
    assert [near[1].about_id, far[1].about_id] == [second.about_id, far[0].options[0].id]
    assert second.duplicate().source_id == first.id


def test_what_a_session_asks_about_twice_is_one_thing_in_another_country_too():
    session, elsewhere = factories.session(), factories.workshop(guide=factories.guide("ML"))
    first = factories.activity(session=session)
    factories.activity(session=session).take_from(first)
    targets = [[item.id, item.wording] for item in first.options[:2]]
    factories.activity("linking", session=factories.session(workshop=session.workshop)).settings = {
        "targets": targets
    }
    far = [made for each in session.workshop.sessions for made in each.copy(elsewhere).activities]
    assert set(far[0].options) <= set(far[1].options)
    assert far[2].settings == {"targets": [[item.id, item.wording] for item in far[0].options[:2]]}
    far[0].options[0].wording = {"en": "Said otherwise in this country"}
    again = first.options[0].given_to(elsewhere.guide)
    assert (again.wording, again.origin) == (first.options[0].wording, first.options[0])


def test_an_item_left_out_by_an_edit_stays_in_the_guide():
    activity = factories.activity(options=3)
    gone = activity.options[2]
    activity.edit("choice", activity.prompt, {}, [(item.id, item.wording) for item in activity.options[:2]])
    db.session.commit()
    assert db.session.get(Item, gone.id) is not None


def test_moving_renumbers_the_running_order():
    session = factories.session()
    first, second, third = (factories.activity(session=session) for _ in range(3))
    third.move(0)
    assert session.running_order == [third, first, second]
    third.withdraw()
    assert session.running_order == [first, second]
