"""Lines of a guide: changed in pieces, never silently over one another."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from facilitator import db
from facilitator.models.beginnings import STEPS
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.objections import NotEditable, Overtaken, VotedOn
from facilitator.models.part import OUTLINE, SOURCES
from facilitator.models.revision import Revision, differences, flat, kept, patched, pieces, restore
from facilitator.models.taking import take
from tests import factories
from tests.models.rounds import asked, items

pytestmark = pytest.mark.usefixtures("context")
in_one_database = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def guide(context) -> Guide:
    """Make a guide with its first lines."""
    made = factories.guide()
    made.begin_parts()
    return made


def row(guide: Guide, part: str = "sources") -> Line:
    return guide.lines(part)[0]


def test_every_guide_begins_with_the_rows_of_the_sources(guide):
    assert [line.key for line in guide.lines("sources")] == list(SOURCES)
    assert [line.key for line in guide.lines("cycle")] == list(STEPS)
    assert [line.key for line in guide.lines("contents")] == list(OUTLINE)
    assert row(guide).text("area", "fr") == "Tendances"
    assert row(guide).facts == {"block": "governmental", "state": "existing"}
    assert guide.lines("challenges") == []


def test_what_was_removed_does_not_begin_again(guide):
    person = factories.person()
    row(guide).remove(person)
    guide.begin_parts(person)
    assert [line.key for line in guide.lines("sources")] == list(SOURCES[1:])


def test_only_what_is_given_changes_and_nothing_makes_no_revision(guide):
    person, line = factories.person(), row(guide)
    line.change(person, "edit", words={"entities": {"fr": "L’ANSD", "en": "ANSD"}}, facts={"contact": "a@b"})
    made = line.change(person, "edit", words={"entities": {"fr": "ANSD"}})
    assert (made.number, made.person, made.act, made.before.number) == (3, "Awa Diop", "edit", 2)
    assert line.wording("entities") == {"fr": "ANSD", "en": "ANSD"}
    assert line.change(person, "edit", words={"entities": {"fr": "ANSD"}}) is made
    line.change(person, "edit", words={"entities": {"fr": ""}}, facts={"contact": ""})
    assert (line.wording("entities"), line.fact("contact")) == ({"en": "ANSD"}, None)


def test_two_on_the_same_state_never_overwrite_each_other(guide):
    awa, binta = factories.person(), factories.person("binta@example.org", name="Binta")
    line = row(guide)
    base = line.number
    line.change(awa, "edit", base=base, words={"entities": {"fr": "ANSD"}})
    line.change(binta, "edit", base=base, words={"entities": {"en": "ANSD"}})
    line.change(binta, "edit", base=base, words={"entities": {"fr": "ANSD"}})
    with pytest.raises(Overtaken) as overtaken:
        line.change(binta, "edit", base=base, words={"entities": {"fr": "Police"}})
    assert overtaken.value.line is line
    assert overtaken.value.theirs is line.last
    assert line.wording("entities") == {"fr": "ANSD", "en": "ANSD"}
    line.change(binta, "edit", base=line.number, words={"entities": {"fr": "Police"}})
    assert line.text("entities", "fr") == "Police"


def test_who_comes_a_moment_later_is_told(guide):
    line = row(guide)
    theirs = {"line_id": line.id, "number": 2, "at": db.now(), "person": "Binta", "act": "edit", "state": {}}
    db.session.execute(insert(Revision), [theirs])
    with pytest.raises(Overtaken) as overtaken:
        line.change(None, "edit", words={"entities": {"fr": "ANSD"}})
    assert overtaken.value.theirs.person == "Binta"
    assert line.wording("entities") == {}


def test_a_line_takes_only_its_own_fields(guide):
    with pytest.raises(KeyError, match="sources has no colour"):
        row(guide).change(None, "edit", facts={"colour": "red"})


def test_nothing_changes_while_the_authority_reads(guide):
    line, guide.state = row(guide), "submitted"
    for act in (
        lambda: line.change(None, "edit", facts={"contact": "x"}),
        lambda: guide.add("members"),
        guide.review,
        guide.redraft,
    ):
        with pytest.raises(NotEditable):
            act()


def test_a_guide_has_one_coordinator(guide):
    one = guide.add("members", facts={"name": "Awa", "coordinator": True})
    other = guide.add("members", facts={"name": "Binta", "coordinator": True})
    assert [bool(line.fact("coordinator")) for line in (one, other)] == [False, True]
    assert one.last.act == "coordinator"


def test_words_that_the_room_knows_stay_and_new_ones_know_them(guide):
    round_ = factories.ranked([0, 1], session=factories.session(workshop=factories.workshop(guide=guide)))
    take(round_, None)
    line = guide.lines("challenges")[0]
    known = line.item
    line.change(None, "edit", words={"text": {"pt": "Difíceis"}})
    assert line.item is known
    line.change(None, "edit", words={"text": {"en": "Hard to understand"}})
    assert (line.item.origin, known.wording["en"]) == (known, "Difficult to understand")
    assert line.text("text", "pt") == "Difíceis"
    line.change(None, "edit", words={"text": {"en": "Difficult to understand"}})
    assert line.item is known
    with pytest.raises(VotedOn):
        line.remove(None)


def test_words_that_nobody_voted_on_are_simply_replaced(guide):
    line = guide.add("practices", words={"text": {"en": "A yearly report"}})
    line.change(None, "edit", words={"text": {"en": "A monthly report"}})
    assert (line.item.origin, line.item.category) == (None, "practice")
    assert line.text("text", "en") == "A monthly report"


def test_an_item_has_one_line_whatever_its_words(guide):
    line = guide.add("challenges", words={"text": {"en": "Little data"}})
    newer = line.item.reworded({"en": "Few data"})
    db.session.add(newer)
    db.session.flush()
    assert guide.add("challenges", item=newer) is line
    line.remove(None)
    assert guide.lines("challenges") == []
    assert guide.add("challenges", item=newer) is line
    assert guide.lines("challenges") == [line]


def test_an_item_says_what_nobody_noted_on_its_line(guide):
    item = Item(
        guide=guide, wording={"en": "Meet"}, category="strategy", family="cooperation", tags=["dakar-1"]
    )
    line = guide.add("recommendations", item=item)
    assert (line.fact("family"), line.fact("tags"), line.fact("kind")) == (
        "cooperation",
        ["dakar-1"],
        "strategy",
    )
    line.change(None, "edit", facts={"family": "training"})
    assert line.fact("family") == "training"


def test_what_is_left_out_says_why_and_comes_back(guide):
    line = guide.add("challenges", words={"text": {"en": "Little data"}})
    line.leave_out(None, " Said twice ")
    assert (guide.lines("challenges"), line.left_out, line.stands) == ([], "Said twice", False)
    assert guide.lines("challenges", left_out=True) == [line]
    line.bring_back(None)
    assert guide.lines("challenges") == [line]


def test_actions_stand_below_their_challenge(guide):
    one, other = (guide.add("challenges", words={"text": {"en": text}}) for text in ("One", "Other"))
    action = guide.add("actions", words={"text": {"en": "Act"}}, facts={"kind": "action"}, parent=one)
    assert (one.below, action.item.about_id) == ([action], one.item_id)
    action.change(None, "edit", parent=other)
    db.session.expire_all()
    assert (one.below, other.below) == ([], [action])
    action.change(None, "edit", parent="")
    assert action.parent is None


def test_some_lines_swap_places_and_the_rest_stay(guide):
    ids = [line.id for line in guide.lines("sources")]
    guide.reorder("sources", [ids[4], ids[0]])
    assert [line.id for line in guide.lines("sources")] == [ids[4], *ids[1:4], ids[0], *ids[5:]]
    assert row(guide).last.act == "order"


WORDS = st.dictionaries(
    st.sampled_from(["entities", "area"]),
    st.dictionaries(st.sampled_from(["en", "fr", "ar"]), st.sampled_from(["", "ANSD", "Police", "ش"])),
)
FACTS = st.dictionaries(
    st.sampled_from(["contact", "state", "open"]), st.sampled_from(["", "x", "potential"])
)
CHANGES = st.lists(st.tuples(WORDS, FACTS, st.sampled_from(["", "why"])), min_size=1, max_size=6)


@in_one_database
@given(changes=CHANGES, back=st.integers(1, 7))
def test_each_state_can_be_had_back(changes, back):
    db.session.rollback()
    made = factories.guide()
    line = made.add("sources", facts={"block": "others"})
    for words, facts, reason in changes:
        line.change(None, "edit", words=words, facts=facts, left_out=reason)
    assert line.last.state == line.state()
    assert [each.number for each in line.revisions] == list(range(1, line.number + 1))
    then = line.revision(min(back, line.number))
    restore(line, then.number, None)
    assert kept(line.state()) == kept(then.state)
    assert patched(then.state, flat(then.state)) == then.state
    db.session.rollback()


def test_an_item_line_gets_its_words_back_too(guide):
    line = guide.add("practices", words={"text": {"en": "One", "fr": "Un"}})
    line.change(None, "edit", words={"text": {"en": "Two", "fr": ""}})
    restore(line, 1, None)
    assert line.wording("text") == {"en": "One", "fr": "Un"}


def test_the_rooms_word_stays_where_an_earlier_state_comes_back():
    session = factories.session(workshop=factories.workshop(languages=["en"]))
    (item,) = items(session, "Meet", category="recommendation")
    take(asked(session, "adoption", [item], [{"votes": [[item.id, "yes"]]}] * 2), None)
    (line,) = session.workshop.guide.lines("recommendations")
    line.change(None, "change", facts={"tags": ["theme-data"]})
    restore(line, 1, None)
    assert line.facts == {"adoption": "adopted"}


def test_differences_are_told_word_by_word(guide):
    line = row(guide)
    line.change(None, "edit", words={"entities": {"fr": "La police aux frontières", "en": "Police"}})
    line.change(None, "edit", words={"entities": {"fr": "La police des frontières"}}, facts={"contact": "7"})
    line.change(None, "leave out", left_out="double")
    before, after = line.revision(2), line.last
    assert differences(before.state, after.state, "en") == [
        ("contact", [("new", "7")]),
        ("left_out", [("new", "double")]),
    ]
    (entities, *_) = differences(before.state, after.state, "fr")
    assert entities == (
        "entities",
        [("same", "La police "), ("cut", "aux"), ("new", "des"), ("same", " frontières")],
    )


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_pieces_hold_both_texts_whole(before, after):
    cut = pieces(before, after)
    assert "".join(text for op, text in cut if op != "new") == before
    assert "".join(text for op, text in cut if op != "cut") == after
