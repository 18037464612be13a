"""Results taken into the guide: known before, once only, and undone without a trace."""

import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitator import db
from facilitator.kinds import KINDS
from facilitator.models.content import content, sealed
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.objections import NotEditable, NotTakeable
from facilitator.models.order import differing
from facilitator.models.round import Round
from facilitator.models.session import Session
from facilitator.models.taking import planned, take
from tests import factories
from tests.models.rounds import asked, items

pytestmark = pytest.mark.usefixtures("context")


def room() -> Session:
    return factories.session(workshop=factories.workshop(languages=["en"]))


def guide_of(session: Session) -> Guide:
    return session.workshop.guide


def texts(guide: Guide, part: str = "challenges") -> list[str]:
    return [line.text("text", "en") for line in guide.lines(part)]


def adopted(item: Item, vote: str) -> dict:
    return {"votes": [[item.id, vote]]}


def test_challenges_stand_in_the_rooms_order_with_their_source():
    session, person = room(), factories.person()
    round_ = factories.ranked([2, 0, 1], session=session)
    plan = planned(round_)
    assert [(move.act, move.part, move.after) for move in plan.moves] == [
        ("add", "challenges", place) for place in (1, 2, 3)
    ]
    made = take(round_, person)
    guide = guide_of(session)
    assert texts(guide) == ["Insufficient ownership", "Difficult to understand", "Poor dissemination"]
    assert [line.room_place for line in guide.lines("challenges")] == [1, 2, 3]
    (from_,) = guide.lines("challenges")[0].provenances
    assert (from_.round, from_.taking, from_.place, from_.of, from_.ballots) == (round_, made, 1, 3, 3)
    told = from_.told("fr")
    assert (told.session, told.workshop, told.round, told.person) == (
        "Défis",
        "Atelier national",
        1,
        "Awa Diop",
    )


def test_the_same_result_twice_changes_nothing():
    session = room()
    round_ = factories.ranked([1, 0], session=session)
    take(round_, None)
    before = content(guide_of(session))
    guide_of(session).reorder(
        "challenges", [line.id for line in reversed(guide_of(session).lines("challenges"))]
    )
    reordered = content(guide_of(session))
    assert not planned(round_)
    assert take(round_, None) is None
    assert content(guide_of(session)) == reordered != before


def test_only_what_two_people_closed_is_taken():
    session = room()
    with pytest.raises(NotTakeable):
        planned(factories.ranked([0, 1], session=session, voters=1))
    with pytest.raises(NotTakeable):
        planned(factories.activity(session=session).open())


def test_a_group_within_the_room_is_taken_from_five_answers_on():
    round_ = factories.ranked([0, 1], session=room(), voters=4)
    assert round_.speaks
    round_.activity.answerers = ["ministry"]
    with pytest.raises(NotTakeable):
        planned(round_)
    assert planned(factories.ranked([0, 1], session=room(), voters=5, answerers=["ministry"]))


def test_the_guide_takes_nothing_while_the_authority_reads():
    session = room()
    round_, other = (factories.ranked([0, 1], session=session) for _each in "ab")
    made = take(round_, None)
    guide_of(session).state = "submitted"
    for act in (lambda: take(other, None), lambda: made.undo(None)):
        with pytest.raises(NotEditable):
            act()
    assert made.undone_at is None


def test_each_item_goes_where_its_own_category_says():
    session = room()
    action, strategy, practice, need, none = items(session, "A", "S", "P", "N", "X")
    action.category, strategy.category, practice.category, need.category = (
        "action",
        "strategy",
        "practice",
        "need",
    )
    all_ = [action, strategy, practice, need, none]
    ballot = {"order": [[item.id] for item in all_]}
    round_ = asked(session, "ranking", all_, [ballot] * 2)
    assert planned(round_).unsettled == [none]
    guide = guide_of(session)
    take(round_, None)
    assert (texts(guide, "actions"), texts(guide, "practices")) == (["A", "S"], ["P"])
    assert [line.fact("kind") for line in guide.lines("actions")] == ["action", "strategy"]
    plan = planned(round_, {none.id: "recommendation"})
    assert [(move.act, move.item) for move in plan.moves] == [("add", none)]
    take(round_, None, "recommendation")
    assert texts(guide, "recommendations") == ["X"]


def test_what_was_collected_says_where_items_without_category_belong():
    session = room()
    source = factories.activity("proposals", 0, {"collects": "practice"}, session=session)
    mine = items(session, "One", "Two")
    ballot = {"options": [mine[1].id]}
    take(asked(session, "choice", mine, [ballot] * 2, source_id=source.id), None)
    assert texts(guide_of(session), "practices") == ["Two", "One"]


def test_words_and_the_evaluation_give_the_guide_nothing():
    assert {name for name, kind in KINDS.items() if not kind.gives} == {"words", "evaluation"}
    session = room()
    mine = items(session, "Good day", category="challenge")
    round_ = asked(session, "evaluation", mine, [{"ratings": [[mine[0].id, 4]]}] * 3)
    assert take(round_, None) is None


def test_actions_bring_their_challenge_and_stand_below_it():
    session = room()
    (challenge,) = items(session, "Little data", category="challenge")
    mine = items(session, "Act", "Try", category="action", about_id=challenge.id)
    round_ = asked(session, "ranking", mine, [{"order": [[mine[1].id], [mine[0].id]]}] * 2)
    acts = [(move.act, move.item) for move in planned(round_).moves]
    assert acts == [
        ("add", mine[1]),
        ("add", challenge),
        ("parent", mine[1]),
        ("add", mine[0]),
        ("parent", mine[0]),
    ]
    made = take(round_, None)
    guide = guide_of(session)
    (top,) = guide.lines("challenges")
    assert [line.item for line in top.below] == [mine[1], mine[0]]
    made.undo(None)
    assert (texts(guide), texts(guide, "actions")) == ([], [])


def test_links_move_actions_below_what_most_see():
    session = room()
    one, other = items(session, "One", "Other", category="challenge")
    (action,) = items(session, "Act", category="action", about_id=one.id)
    take(asked(session, "adoption", [action], [adopted(action, "yes")] * 2), None)
    targets = {"targets": [[item.id, item.wording] for item in (one, other)]}
    (second,) = items(session, "Try", category="action")
    ballots = [{"links": [[action.id, other.id]]}] * 3
    round_ = asked(session, "linking", [action, second], ballots, settings=targets)
    (line,) = guide_of(session).lines("actions")
    assert line.parent.item is one
    made = take(round_, None)
    assert line.parent.item is other
    made.undo(None)
    assert line.parent.item is one


def test_adoption_says_what_stands_and_leaves_out_what_was_not_adopted():
    session = room()
    yes, no = items(session, "Yes", "No", category="recommendation", family="training")
    ballots = [{"votes": [[yes.id, "yes"], [no.id, "no"]]}] * 4
    made = take(asked(session, "adoption", [yes, no], ballots), None)
    guide = guide_of(session)
    assert texts(guide, "recommendations") == ["Yes"]
    kept, out = guide.lines("recommendations", left_out=True)
    assert (kept.facts["adoption"], out.facts["adoption"], out.left_out) == (
        "adopted",
        "rejected",
        "not-adopted",
    )
    assert kept.provenances[0].figures["share"] == "1"
    again = [{"votes": [[no.id, "yes"]]}] * 4
    take(asked(session, "adoption", [no], again), None)
    assert (out.facts["adoption"], out.left_out) == ("adopted", "")
    made.undo(None)
    assert out.stands


def test_impact_and_feasibility_set_the_priority():
    session = room()
    (item,) = items(session, "Meet", category="recommendation")
    (other,) = items(session, "Go", category="recommendation")
    ballots = [{"ratings": [[item.id, 5, 5], [other.id, 1, 1]]}] * 3
    made = take(asked(session, "matrix2x2", [item, other], ballots), None)
    line, _last = guide_of(session).lines("recommendations")
    assert line.facts["priority"] == "first"
    assert content(guide_of(session))["parts"]["recommendations"][0]["provenance"][0]["priority"] == "first"
    made.undo(None)
    assert guide_of(session).lines("recommendations") == []


def test_undoing_leaves_what_people_changed_since_and_what_others_say():
    session, person = room(), factories.person()
    first = factories.ranked([0, 1], session=session)
    made = take(first, None)
    guide = guide_of(session)
    one, _two = guide.lines("challenges")
    again = asked(session, "adoption", [one.item], [adopted(one.item, "yes")] * 2)
    take(again, None)
    made.undo(person)
    assert guide.lines("challenges") == [one]
    assert [each.round for each in one.provenances] == [again]
    assert (made.undone_by, one.room_place) == ("Awa Diop", None)


def test_results_are_undone_in_any_order():
    session = room()
    first = take(factories.ranked([0, 1, 2], session=session), None)
    guide = guide_of(session)
    mine = [line.item for line in guide.lines("challenges")]
    order = {"order": [[mine[0].id], [mine[2].id], [mine[1].id]]}
    second = take(asked(session, "ranking", mine, [order] * 2), None)
    first.undo(None)
    assert texts(guide) == ["Difficult to understand", "Insufficient ownership", "Poor dissemination"]
    assert [line.room_place for line in guide.lines("challenges")] == [1, 2, 3]
    second.undo(None)
    assert guide.lines("challenges") == []
    line = guide.line_of(mine[0], "challenges")
    line.bring_back(None)
    assert line.room_place is None


def test_reworded_items_are_still_the_same_line():
    session = room()
    take(factories.ranked([0, 1], session=session), None)
    guide = guide_of(session)
    line = guide.lines("challenges")[0]
    old = line.item
    line.change(None, "edit", words={"text": {"en": "Hard to read"}})
    take(asked(session, "adoption", [old], [adopted(old, "yes")] * 2), None)
    assert len(guide.lines("challenges")) == 2
    assert len(line.provenances) == 2
    assert content(guide)["parts"]["challenges"][0]["reworded_from"]["en"] == "Difficult to understand"


def test_the_experts_order_is_seen_to_differ_from_the_rooms():
    session = room()
    take(factories.ranked([0, 1, 2], session=session), None)
    guide = guide_of(session)
    assert not differing(guide, "challenges")
    first, second, third = guide.lines("challenges")
    guide.reorder("challenges", [second.id, first.id])
    (found,) = differing(guide, "challenges")
    assert (found.room, found.guide) == ([first, second, third], [second, first, third])
    assert found.moved == {first.id, second.id}
    second.leave_out(None, "Double")
    assert not differing(guide, "challenges")


def test_families_are_compared_with_the_room_each_for_itself():
    session = room()
    guide = guide_of(session)
    guide.families = {"coast": {"en": "Coast"}}
    one, two, three = items(session, "A", "B", "C", category="recommendation")
    one.family = three.family = "coast"
    ranked = {"order": [[one.id], [two.id], [three.id]]}
    take(asked(session, "ranking", [one, two, three], [ranked] * 2), None)
    guide.reorder("recommendations", [line.id for line in reversed(guide.lines("recommendations"))])
    (found,) = differing(guide, "recommendations")
    assert [line.item for line in found.guide] == [three, one]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["ranking", "choice", "adoption", "matrix2x2", "linking"]), st.integers(0, 9**6)
    ),
    min_size=1,
    max_size=4,
)


def imagined(session: Session, kind: str, seed: int, pool: list[Item], targets: list[Item]) -> Round:
    """Ask a question of a kind over some of the items, answered by chance."""
    chance = random.Random(seed)
    some = chance.sample(pool, chance.randint(2, len(pool)))
    known = {"targets": [[item.id, item.wording] for item in targets]} if kind == "linking" else {}
    ballots = [factories.imagined(kind, some, known, chance) for _person in range(3)]
    return asked(session, kind, some, ballots, settings=known)


@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS, edit=st.booleans(), order=st.randoms(use_true_random=False))
def test_whatever_is_taken_is_taken_once_and_undone_whole(acts, edit, order):
    db.session.rollback()
    session = room()
    guide = guide_of(session)
    targets = items(session, "One", "Other", category="challenge")
    pool = items(session, "A", "B", category="action", about_id=targets[0].id)
    pool += items(session, "R", "S", category="recommendation")
    steps = []
    for kind, seed in acts:
        round_, before = imagined(session, kind, seed, pool, targets), sealed(content(guide))
        if made := take(round_, None):
            taken = sealed(content(guide))
            assert taken != before
            assert take(round_, None) is None
            made.undo(None)
            assert sealed(content(guide)) == before
            made.undo(None)
            again = take(round_, None)
            assert sealed(content(guide)) == taken
            steps.append((again, before))
    if edit:
        guide.add("members", facts={"name": "Awa"})
    empty = sealed(content(guide))
    with db.session.begin_nested() as tried:
        for made, before in reversed(steps):
            made.undo(None)
            empty = sealed(content(guide))
            assert edit or empty == before
        tried.rollback()
    db.session.expire_all()
    for made, _before in order.sample(steps, len(steps)):
        made.undo(None)
    assert sealed(content(guide)) == empty
    db.session.rollback()


@pytest.mark.parametrize(("act", "told"), [("reopen", False), ("rerun", True)])
def test_of_a_vote_that_was_reopened_only_the_whole_is_told(act: str, told: bool) -> None:
    """Beside the figures of all, those before would tell the answer of whoever came late."""
    session, person = room(), factories.person()
    first = factories.ranked([2, 0, 1], session=session)
    take(first, person)
    asked = first.activity
    later = factories.answered(asked, [{"order": [[item.id] for item in asked.options]}] * 4)
    later.goes_on = act == "reopen"
    take(later, person)
    for line in content(guide_of(session))["parts"]["challenges"]:
        before, after = line["provenance"]
        assert (before["ballots"], after["ballots"]) == (3, 4)
        assert (bool(before["figures"]), bool(after["figures"])) == (told, True)
