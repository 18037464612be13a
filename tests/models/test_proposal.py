"""What the room proposed: nothing is lost, nobody counts twice."""

import json

import pytest

from facilitator import ballotbox, db
from facilitator.kinds.base import Spoken
from facilitator.models.proposal import MERGED, RELEASED, WAITING, WITHDRAWN, Proposal
from facilitator.models.round import Round
from facilitator.refusals import MergedAlready, WordsSettled
from tests import factories


@pytest.fixture
def collecting(context) -> Round:
    """Open a question that the room answers with texts of its own."""
    return factories.activity(options=2).open()


def say(collecting: Round, key: str, *texts: str, revision: int = 1, supports: tuple[int, ...] = ()) -> None:
    number, session = collecting.id, collecting.activity.session_id
    db.session.commit()
    said = [Spoken(place, text, "fr", "challenge") for place, text in enumerate(texts, 1)]
    choice = json.dumps({"options": list(supports)})
    ballotbox.box().cast(number, session, key, choice, revision, said=said).wait()


def proposals(collecting: Round) -> list[Proposal]:
    db.session.expire_all()
    return list(collecting.proposals)


def supports(collecting: Round) -> dict[str, int]:
    rows = {row.option: row.figures["support"] for row in collecting.tally().rows}
    return {item.text("fr"): rows[item.id] for item in collecting.activity.options if item.category}


def test_a_text_waits_until_a_person_releases_it(collecting):
    say(collecting, "a", "Peu de données", "Pas de budget")
    first, second = proposals(collecting)
    assert (first.state, first.stands_for, first.language) == (WAITING, None, "fr")
    item = first.release()
    second.release({"fr": "Budget insuffisant", "en": "Insufficient budget"})
    assert item in collecting.activity.options
    assert (second.text, second.item.text("fr")) == ("Pas de budget", "Budget insuffisant")
    assert (item.category, item.round_id) == ("challenge", collecting.id)
    assert supports(collecting) == {"Peu de données": 1, "Budget insuffisant": 1}


def test_what_is_collected_for_a_family_belongs_to_it(context):
    collecting = factories.activity("proposals", 0, {"family": "training"}).open()
    say(collecting, "a", "Former les points focaux")
    (only,) = proposals(collecting)
    assert only.release().family == "training"


def test_saying_it_again_later_or_late_keeps_one_text(collecting):
    say(collecting, "a", "un", revision=2)
    say(collecting, "a", "un", revision=2)
    say(collecting, "a", "vieux", revision=1)
    assert [proposal.text for proposal in proposals(collecting)] == ["un"]
    say(collecting, "a", "un et demi", revision=3)
    (only,) = proposals(collecting)
    assert only.text == "un et demi"
    only.release()
    say(collecting, "a", "autre chose", revision=4)
    assert [proposal.text for proposal in proposals(collecting)] == ["un et demi"]


def test_merging_counts_each_supporter_once_and_can_be_undone(collecting):
    say(collecting, "a", "Peu de données")
    say(collecting, "b", "Trop peu de données")
    one, two = proposals(collecting)
    kept, other = one.release(), two.release()
    say(collecting, "c", supports=(kept.id, other.id))
    say(collecting, "d", supports=(other.id,))
    say(collecting, "a", "Peu de données", revision=2, supports=(other.id,))
    assert supports(collecting) == {"Peu de données": 2, "Trop peu de données": 4}
    one, two = proposals(collecting)
    two.merge(one)
    assert (two.state, two.stands_for, two.text) == (MERGED, one.item, "Trop peu de données")
    assert supports(collecting) == {"Peu de données": 4}
    two.put_back()
    assert supports(collecting) == {"Peu de données": 2, "Trop peu de données": 4}


def test_merging_a_merged_one_takes_its_followers_along(collecting):
    for key in "abc":
        say(collecting, key, f"texte {key}")
    one, two, three = proposals(collecting)
    three.merge(two)
    two.merge(one)
    assert [proposal.stands_for for proposal in (one, two, three)] == [one.item] * 3
    assert supports(collecting) == {"texte a": 3}
    for wrong in (one, two):
        with pytest.raises(MergedAlready):
            one.merge(wrong)


def test_the_withdrawn_leaves_the_wall_and_comes_back(collecting):
    say(collecting, "a", "Peu de données")
    (only,) = proposals(collecting)
    item = only.release()
    only.withdraw()
    assert (only.state, item in collecting.activity.options) == (WITHDRAWN, False)
    only.put_back()
    assert (only.state, item in collecting.activity.options) == (RELEASED, True)
    say(collecting, "b", "Jamais lu")
    never = proposals(collecting)[1]
    never.withdraw()
    never.put_back()
    assert never.state == WAITING


def test_a_round_that_goes_on_keeps_texts_and_merges(collecting):
    say(collecting, "a", "un")
    say(collecting, "b", "deux")
    one, two = proposals(collecting)
    two.merge(one)
    ballotbox.box().close(collecting.id, collecting.activity.session_id).wait()
    db.session.expire_all()
    again = collecting.activity.open(keep=True)
    db.session.flush()
    assert [proposal.text for proposal in again.proposals] == ["un", "deux"]
    assert again.proposals[1].merged_into is again.proposals[0]
    assert supports(again) == {"un": 2}


def test_what_was_put_on_the_wall_by_mistake_waits_again(collecting):
    say(collecting, "a", "Peu de données")
    (only,) = proposals(collecting)
    item = only.release()
    only.put_back(WAITING)
    assert (only.state, item in collecting.activity.options, only.stands_for) == (WAITING, False, None)
    assert only.release() is item


def test_a_merge_undone_leaves_the_wall_as_it_was(collecting):
    say(collecting, "a", "un")
    say(collecting, "b", "deux")
    one, two = proposals(collecting)
    two.merge(one)
    two.put_back(WAITING)
    one.put_back(WAITING)
    assert [proposal.state for proposal in (one, two)] == [WAITING, WAITING]
    assert len(collecting.activity.options) == 2


def test_released_words_change_until_someone_answers_on_them(collecting):
    say(collecting, "a", "Peu de donnees")
    (only,) = proposals(collecting)
    item = only.release()
    assert only.release({"fr": "Peu de données"}) is item
    assert (only.text, item.text("fr")) == ("Peu de donnees", "Peu de données")
    say(collecting, "b", supports=(item.id,))
    (only, *_) = proposals(collecting)
    with pytest.raises(WordsSettled):
        only.release({"fr": "Trop peu de données"})
    only.translate({"en": "Little data", "fr": "autre chose"})
    assert only.item.wording == {"fr": "Peu de données", "en": "Little data"}


def test_words_that_are_asked_about_elsewhere_stay(collecting):
    say(collecting, "a", "un")
    (only,) = proposals(collecting)
    factories.activity(session=collecting.activity.session).offer(only.release())
    db.session.flush()
    with pytest.raises(WordsSettled):
        only.release({"fr": "deux"})


def test_a_translation_needs_an_item(collecting):
    say(collecting, "a", "un")
    (only,) = proposals(collecting)
    only.translate({"en": "one"})
    assert (only.item, only.text) == (None, "un")


def test_at_once_a_text_is_on_the_wall_when_its_author_is_answered(collecting):
    collecting.activity.settings = {"at_once": True}
    heard = []
    box = ballotbox.box()
    before, box.announce = box.announce, lambda session, topic: heard.append(topic)
    say(collecting, "a", "un", "deux")
    say(collecting, "b")
    box.announce = before
    assert {proposal.state for proposal in proposals(collecting)} == {RELEASED}
    assert supports(collecting) == {"un": 1, "deux": 1}
    assert heard.count("texts") == 1
    proposals(collecting)[0].put_back(WAITING)
    say(collecting, "a", "un", "deux", revision=2)
    assert [proposal.state for proposal in proposals(collecting)] == [WAITING, RELEASED]


def test_a_shown_result_forgets_what_left_the_wall(collecting):
    for key in "abcde":
        say(collecting, key, f"texte {key}")
    item = proposals(collecting)[0].release()
    assert collecting.live_standings().row(item.id)
    proposals(collecting)[0].withdraw()
    assert collecting.live_standings().row(item.id) is None


def test_a_ballot_that_supports_nothing_stays_as_it_is(collecting):
    say(collecting, "a", "un")
    number, session = collecting.id, collecting.activity.session_id
    db.session.commit()
    ballotbox.box().cast(number, session, "b", "{}").wait()
    proposals(collecting)[0].release()
    assert {} in collecting.choices()


def test_what_comes_last_stands_last_after_something_left(collecting):
    say(collecting, "a", "un", "deux", "trois")
    one, two, three = proposals(collecting)
    one.release()
    two.release()
    one.withdraw()
    three.release()
    one.put_back()
    db.session.commit()
    db.session.expire_all()
    assert [item.text("fr") for item in collecting.activity.options][2:] == ["deux", "trois", "un"]
