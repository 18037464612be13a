"""All that a guide says, as data: whole, always written the same way, safe for the public."""

import datetime as dt
import json
import time

import pytest
from sqlalchemy import event

from facilitator import db
from facilitator.models.content import FORMAT, at_home, canonical, content, portable, public, sealed
from facilitator.models.followup import FollowUp
from facilitator.models.gaps import gaps
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.part import PARTS
from facilitator.models.provenance import Provenance
from facilitator.models.taking import take
from tests import factories

pytestmark = pytest.mark.usefixtures("context")
MILLISECONDS = 250  # on a busy machine; alone it takes a fifth


@pytest.fixture
def guide(context) -> Guide:
    """Make a guide with its first lines."""
    made = factories.guide()
    made.begin_parts()
    return made


def test_the_content_is_whole_and_self_contained(guide):
    said = content(guide)
    assert (said["format"], said["uid"], said["country"], said["edition"]) == (FORMAT, guide.uid, "SN", 1)
    assert set(said["parts"]) == set(PARTS) - {"actions"}
    assert json.loads(canonical(said)) == said
    first = said["parts"]["sources"][0]
    assert (first["key"], first["words"]["area"]["fr"]) == ("governmental-trends", "Tendances")


def test_the_seal_is_stable_and_sees_every_word(guide):
    before = sealed(content(guide))
    db.session.expire_all()
    assert sealed(content(guide)) == before
    guide.lines("foreword")[0].change(None, "edit", words={"body": {"fr": "Ce guide…"}})
    after = sealed(content(guide))
    assert after != before
    assert sealed(dict(reversed(content(guide).items()))) == after


def test_where_it_is_installed_makes_no_difference_to_the_seal(guide):
    session = factories.session(workshop=factories.workshop(guide=guide))
    round_ = factories.ranked([0, 1], session=session)
    take(round_, factories.person())
    said = content(guide)
    (note,) = said["parts"]["challenges"][0]["provenance"]
    assert (note["session_id"], note["round_id"], note["taken_by"]) == (session.id, round_.id, "Awa Diop")
    assert (note["session"]["fr"], note["ballots"], note["place"], note["of"]) == ("Défis", 3, 1, 2)
    assert note["date"] == round_.closed_at.date().isoformat()
    (bare,) = portable(said)["parts"]["challenges"][0]["provenance"]
    assert set(note) - set(bare) == {"session_id", "round_id"}
    assert sealed(portable(said)) == sealed(said)


def test_frozen_content_finds_its_votes_at_home_whatever_they_are_called_by_now(guide):
    session = factories.session(workshop=factories.workshop(guide=guide))
    round_ = factories.ranked([0, 1], session=session)
    take(round_, factories.person())
    frozen = portable(content(guide))
    session.title = {"fr": "Autrement"}
    (note,) = at_home(frozen, guide)["parts"]["challenges"][0]["provenance"]
    assert (note["session_id"], note["round_id"]) == (session.id, round_.id)
    assert sealed(at_home(frozen, guide)) == sealed(frozen)


def test_the_public_reads_nothing_private_and_nothing_left_out(guide):
    source, open_source = guide.lines("sources")[:2]
    source.change(None, "edit", facts={"contact": "secret@example.org"})
    open_source.change(None, "edit", facts={"contact": "open@example.org", "open": True})
    guide.add("members", facts={"name": "Awa", "contact": "awa@example.org"})
    out = guide.add("challenges", words={"text": {"en": "Out"}})
    guide.add("actions", words={"text": {"en": "Below what is out"}}, parent=out)
    out.leave_out(None, "said twice")
    one = guide.add("challenges", words={"text": {"en": "One"}})
    guide.add("actions", words={"text": {"en": "Gone"}}, parent=one).leave_out(None, "said twice")
    assert "secret@example.org" in canonical(content(guide))
    shown = public(content(guide))
    text = canonical(shown)
    for hidden in ("secret@", "awa@", "Out", "Below", "Gone", "said twice", "session_id"):
        assert hidden not in text
    assert shown["parts"]["sources"][1]["facts"]["contact"] == "open@example.org"
    assert public(shown) == shown
    assert shown["parts"]["members"][0]["facts"] == {"name": "Awa"}
    assert [line["words"]["text"]["en"] for line in shown["parts"]["challenges"]] == ["One"]


def test_actions_under_nothing_are_not_lost(guide):
    guide.add("actions", words={"text": {"en": "Alone"}}, facts={"kind": "strategy"})
    gone = guide.add("challenges", words={"text": {"en": "Gone"}})
    guide.add("actions", words={"text": {"en": "Orphan"}}, parent=gone)
    gone.remove(None)
    (pseudo,) = content(guide)["parts"]["challenges"]
    assert pseudo["uid"] == ""
    assert [line["words"]["text"]["en"] for line in pseudo["below"]] == ["Alone", "Orphan"]


def test_only_the_guides_languages_are_said_unless_there_is_no_other(guide):
    guide.languages = ["fr"]
    guide.add("challenges", words={"text": {"fr": "Un", "en": "One", "ar": " "}})
    guide.add("challenges", words={"text": {"pt": "Dois"}})
    first, second = content(guide)["parts"]["challenges"]
    assert (first["words"]["text"], second["words"]["text"]) == ({"fr": "Un"}, {"pt": "Dois"})


def test_what_is_followed_up_is_said(guide):
    line = guide.add("recommendations", words={"text": {"en": "Meet"}}, facts={"family": "training"})
    FollowUp.report(line, None, owner={"fr": "L’ANSD"}, deadline=dt.date(2027, 3, 1), status="begun")
    (told,) = content(guide)["parts"]["recommendations"]
    assert told["facts"] == {"family": "training"}
    assert told["follow"] == {
        "owner": {"fr": "L’ANSD"},
        "deadline": "2027-03-01",
        "status": "begun",
        "next_update": None,
    }


def reasons(guide: Guide) -> set[tuple[str, str, str | None]]:
    return {(gap.part, gap.reason, gap.language) for gap in gaps(guide)}


def test_gaps_say_what_is_lacking_until_it_is_there(guide):
    found = reasons(guide)
    assert {(part, "empty", None) for part in ("sources", "cycle", "members", "challenges")} <= found
    assert ("members", "no-coordinator", None) in found
    assert ("keeper", "no-keeper", None) in found
    assert ("foreword", "empty", None) not in found
    guide.add("members", facts={"name": "Awa", "coordinator": True})
    everywhere = {"en": "x", "fr": "x", "ar": "x"}
    challenge = guide.add("challenges", words={"text": {"en": "One"}})
    meet = guide.add("recommendations", words={"text": everywhere})
    alone = guide.add("actions", words={"text": everywhere})
    for line in guide.lines("cycle"):
        line.change(None, "edit", words={"actors": everywhere})
    guide.lines("keeper")[0].change(None, "edit", words={"institution": everywhere})
    found = reasons(guide)
    assert {("challenges", "no-action", None), ("recommendations", "no-owner", None)} <= found
    assert {("challenges", "missing", "fr"), ("challenges", "missing", "ar")} <= found
    assert ("actions", "no-challenge", None) in found
    assert not {part for part, _reason, _language in found} & {"members", "keeper", "cycle"}
    alone.change(None, "edit", parent=challenge)
    FollowUp.report(meet, None, owner={"fr": "L’ANSD"})
    assert {reason for _part, reason, _language in reasons(guide)} == {"empty", "missing"}
    assert [gap.line for gap in gaps(guide) if gap.reason == "missing"] == [challenge, challenge]


def test_a_title_and_the_families_in_use_want_every_language_too(guide):
    guide.title = {"fr": "Guide"}
    guide.families = {"coast": {"en": "Coast", "fr": "Côte"}, "empty": {"en": "Empty"}}
    assert {each for each in reasons(guide) if not each[0]} == {
        ("", "no-title", "en"),
        ("", "no-title", "ar"),
    }
    guide.add("recommendations", words={"text": {"en": "x"}}, facts={"family": "coast"})
    assert ("", "no-family", "ar") in reasons(guide)
    assert ("", "no-family", "fr") not in reasons(guide)


def filled(guide: Guide) -> None:
    """Fill a guide as full as the largest we promise: 60 challenges, 200 actions, 100 recommendations."""
    session = factories.session(workshop=factories.workshop(guide=guide))
    rounds = [factories.ranked([0, 1], session=session) for _each in range(5)]
    taking = take(rounds[0], None)
    for part, count in (("challenges", 60), ("actions", 200), ("recommendations", 100)):
        above: list[Line | None] = list(guide.lines("challenges")) if part == "actions" else [None]
        for number in range(count):
            texts = {code: f"{part} {number} {code}" * 5 for code in ("en", "fr", "ar")}
            item = Item(guide=guide, wording=texts, category="action")
            line = Line(
                part=part, item=item, position=number + 9, number=1, parent=above[number % len(above)]
            )
            guide.every_line.append(line)
            known = {"place": 1, "of": 9, "ballots": 30, "gives": "order"}
            origin = Provenance(round=rounds[number % 5], item=item, taking=taking, **known)
            line.every_provenance.append(origin)
    db.session.commit()
    db.session.expire_all()


def test_a_large_guide_is_read_at_once_with_few_questions_to_the_database(guide):
    filled(guide)
    number, asked = guide.id, []
    db.session.close()
    event.listen(db.engine(), "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    said = content(db.session.get_one(Guide, number))
    questions, spent = len(asked), []
    for _again in range(3):  # the machine may be at work on other things
        db.session.expire_all()
        started = time.process_time()
        content(db.session.get_one(Guide, number))
        spent.append(1000 * (time.process_time() - started))
    assert len(said["parts"]["challenges"]) == 62
    assert sum(len(line["below"]) for line in said["parts"]["challenges"]) == 200
    assert questions < 15
    assert min(spent) < MILLISECONDS
