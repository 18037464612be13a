"""A whole guide in a file: nothing lost, nothing doubled, nothing dangerous."""

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from facilitator import db
from facilitator.documents.report.sitting import facilitators
from facilitator.models import acts, arrival, parcel, trail
from facilitator.models.ballot import Ballot
from facilitator.models.card import Card
from facilitator.models.change import continued
from facilitator.models.comment import Comment
from facilitator.models.content import content, sealed
from facilitator.models.followup import FollowUp
from facilitator.models.guide import Guide
from facilitator.models.item import Item
from facilitator.models.line import Line
from facilitator.models.objections import (
    ChangedHere,
    NoParcel,
    OlderParcel,
    ParcelDamaged,
    ParcelTooLarge,
    SubmittedElsewhere,
)
from facilitator.models.parked import Parked
from facilitator.models.participant import Participant
from facilitator.models.person import Person
from facilitator.models.proposal import Proposal
from facilitator.models.taking import take
from facilitator.models.version import Version, open_edition, submit
from facilitator.models.whole import TABLES, digest
from facilitator.refusals import Refusal
from tests import factories
from tests.conftest import new_app
from tests.models.rounds import asked, items


def full(chance: random.Random) -> Guide:
    """Make a guide in which every table has rows, with answers of many kinds."""
    guide = factories.guide()
    guide.begin_parts(factories.person())
    workshop = factories.workshop(guide=guide, languages=["en"])
    session = factories.session(workshop=workshop, named=True)
    db.session.add(Participant(session_id=session.id, key="k0", type="ministry", name="Awa"))
    Card.issue(session)
    targets = items(session, "Little data", "Few people", category="challenge")
    pool = items(session, "Act", "Try", "Meet", category="action", about_id=targets[0].id)
    for kind in ("ranking", "choice", "adoption", "matrix2x2", "linking", "pairwise", "points", "rating"):
        known = {"targets": [[item.id, item.wording] for item in targets]} if kind == "linking" else {}
        ballots = [factories.imagined(kind, pool, known, chance) for _person in range(4)]
        round_ = asked(session, kind, pool, ballots, settings=known)
        taking = take(round_, Person.by_email("awa@example.org"))
    taking.undo(None)
    factories.kept(Proposal(round_id=round_.id, key="k1", number=2, text="Ünsaid", language="fr"))
    first = factories.kept(Proposal(round_id=round_.id, key="k1", number=1, text="Said", language="fr"))
    first.merged_into_id = first.id - 1
    session.parked.append(Parked(text="Who pays?"))
    session.show(session.activities[0])
    line = guide.lines("actions")[0]
    line.change(None, "edit", words={"text": {"en": "Act now"}})
    FollowUp.report(line, None, owner={"fr": "L’ANSD"}, status="begun")
    authority = factories.person("fall@example.org", {"SN": "authority"}, name="Madame Fall")
    remark = Comment.say(guide, authority, "Why?", line=line)
    remark.answer(authority, "Because")
    version = submit(guide, Person.by_email("awa@example.org"))
    version.endorse(authority, "Yes")
    version.publish(authority)
    open_edition(guide, authority)
    trail.record(authority, "publish", version, edition=version.edition)
    trail.record(authority, "create", "person 1")
    db.session.commit()
    return guide


@dataclass(frozen=True)
class Original:
    """What a guide said before it went on its way."""

    packed: bytes
    seal: str
    results: list[int]
    secrets: list[str]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Original:
    """Make a full guide in an installation of its own, once."""
    folder = tmp_path_factory.mktemp("original")
    shutil.copy(migrated, folder / "facilitator.db")
    app = new_app(folder)
    with app.app_context():
        guide = full(random.Random(7))
        session = guide.workshops[0].sessions[0]
        results = [len(round_.standings().rows) for round_ in rounds(guide)]
        made = Original(parcel.pack(guide), sealed(content(guide)), results, [session.wall, session.code])
    put_away(app)
    return made


@pytest.fixture
def packed(original: Original) -> bytes:
    """Give the file of a full guide."""
    return original.packed


def put_away(app: Flask) -> None:
    app.extensions["ballotbox"].stop()
    app.extensions["events"].close()
    app.extensions["engine"].dispose()


@pytest.fixture
def elsewhere(tmp_path: Path, migrated: Path) -> Iterator[Callable[[], Flask]]:
    """Make installations with databases of their own."""
    made: list[Flask] = []

    def make() -> Flask:
        folder = tmp_path / f"elsewhere{len(made)}"
        folder.mkdir()
        (folder / "facilitator.db").write_bytes(migrated.read_bytes())
        made.append(new_app(folder))
        return made[-1]

    yield make
    for app in made:
        put_away(app)


def rows(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name) for name in file.namelist() if name != parcel.MANIFEST}


def test_every_table_that_leads_to_a_guide_is_in_it(packed):
    assert all(rows(packed).values())
    known = {kept.name for kept in TABLES} | {"guide", "country", "person", "role", "link", "trail", "card"}
    assert set(db.Base.metadata.tables) == known


def test_nothing_is_lost_on_the_way_to_another_installation(original, context):
    factories.ranked([1, 0])  # others' numbers are taken here
    factories.person("fall@example.org")
    guide, changed = arrival.bring(original.packed)
    db.session.commit()
    assert changed
    assert rows(parcel.pack(guide)) == rows(original.packed)
    assert sealed(content(guide)) == original.seal
    assert [len(round_.standings().rows) for round_ in rounds(guide)] == original.results == [3] * 8
    for round_ in rounds(guide):
        assert round_.tally() == round_.standings()
    version = Version.public("sn")
    assert version.guide is guide
    assert sealed(version.said) == version.hash
    session = guide.workshops[0].sessions[0]
    assert session.current is session.activities[0]
    assert db.session.scalars(select(Card)).all() == []
    remark, answer = guide.comments
    assert (remark.line, answer.parent) == (guide.lines("actions")[0], remark)


def test_a_reopened_round_and_who_opened_it_are_known_elsewhere(context, elsewhere):
    first = factories.ranked([1, 0, 2], voters=6)
    later = first.activity.open(keep=True, person=factories.person())
    later.keep_result()
    later.closed_at = db.now()
    packed = parcel.pack(first.activity.session.workshop.guide)
    with elsewhere().app_context():
        guide, _changed = arrival.bring(packed)
        before, after = rounds(guide)
        assert (continued(before), continued(after)) == (True, False)
        assert facilitators(before.activity.session) == ["Awa Diop"]


def test_its_acts_go_with_a_guide_as_a_record_each_once(original, context, elsewhere):
    trail.record(None, "something", "guide 9")
    guide, _changed = arrival.bring(original.packed)
    (told,) = acts.acts(guide)
    assert (told["person"], told["act"], told["subject"]) == ("Madame Fall", "publish", "version 1")
    trail.record(None, "change", guide)
    db.session.commit()
    arrival.bring(original.packed)
    assert [act["act"] for act in acts.acts(guide)] == ["publish", "change"]
    assert trail.verify() is None
    packed = parcel.pack(guide)
    with elsewhere().app_context():
        there, _changed = arrival.bring(packed)
        there.lines("foreword")[0].change(None, "edit", words={"body": {"fr": "Là-bas"}})
        back = parcel.pack(there)
    guide, changed = arrival.bring(back)
    assert changed
    assert [act["act"] for act in acts.acts(guide)] == ["publish", "change"]
    assert trail.verify() is None


def rounds(guide: Guide) -> list:
    return [
        round_
        for workshop in guide.workshops
        for session in workshop.sessions
        for activity in session.activities
        for round_ in activity.rounds
    ]


def test_no_secret_and_no_account_leaves_the_house(original):
    text = b"".join(rows(original.packed).values()).decode()
    secrets = [json.dumps(secret) for secret in original.secrets]
    for hidden in ("awa@example.org", "fall@example.org", '"person_id"', "_by_id", *secrets):
        assert hidden not in text
    assert "Madame Fall" in text


def test_twice_changes_nothing_and_a_newer_file_replaces(packed, context, elsewhere):
    here, _changed = arrival.bring(packed)
    here.lines("foreword")[0].change(None, "edit", words={"body": {"fr": "Nouveau"}})
    db.session.commit()
    newer = parcel.pack(here)
    assert arrival.bring(newer) == (here, False)
    with pytest.raises(ChangedHere):
        arrival.bring(packed)
    with elsewhere().app_context():
        guide, _changed = arrival.bring(packed)
        number = guide.id
        assert arrival.bring(packed) == (guide, False)
        counted = db.session.scalar(select(func.count()).select_from(Ballot))
        assert arrival.bring(newer) == (guide, True)
        assert (guide.id, guide.lines("foreword")[0].text("body", "fr")) == (number, "Nouveau")
        assert db.session.scalar(select(func.count()).select_from(Ballot)) == counted
        assert db.session.scalar(select(func.count(Guide.id))) == 1
        with pytest.raises(OlderParcel):
            arrival.bring(packed)
        guide.lines("foreword")[0].change(None, "edit", words={"body": {"fr": "Ici"}})
        db.session.commit()
        with pytest.raises(ChangedHere):
            arrival.bring(packed)
        back = parcel.pack(guide)
    assert arrival.bring(back) == (here, True)
    assert here.lines("foreword")[0].text("body", "fr") == "Ici"


def test_what_was_submitted_there_is_not_endorsed_here(context, elsewhere):
    guide = factories.guide()
    submit(guide, factories.person())
    packed = parcel.pack(guide)
    with elsewhere().app_context():
        guide, _changed = arrival.bring(packed)
        authority = factories.person("fall@example.org", {"SN": "authority"})
        with pytest.raises(SubmittedElsewhere):
            guide.version.endorse(authority, "")
        guide.version.take_back(authority)
        assert guide.editable


def repacked(packed: bytes, name: str, change: Callable[[list[dict]], object]) -> bytes:
    """Change the rows of a table, and seal the file again as its maker would."""
    manifest, tables = parcel.unpack(packed)
    change(tables[name])
    manifest |= {"digest": digest(tables), "acts": parcel.seal(tables["trail"])}
    manifest["uid"] = tables["guide"][0].get("uid", "") if tables["guide"] else ""
    return zipped(
        {parcel.MANIFEST: json.dumps(manifest)}
        | {f"{table}.jsonl": parcel.lines(each) for table, each in tables.items()}
    )


def zipped(texts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in texts.items():
            file.writestr(name, text)
    return made.getvalue()


def put(**values: object) -> Callable[[list[dict]], object]:
    return lambda rows: rows[0].update(values)


def other(row: dict) -> str:
    return row["content"].replace("Act", "Rob")


HOSTILE: dict[str, tuple[str, Callable[[list[dict]], object]]] = {
    "a number that leads nowhere": ("revision", put(line_id=999_999)),
    "a foreign number": ("provenance", put(round_id=-1)),
    "a late number that leads nowhere": ("line", put(parent_id=999_999)),
    "a word instead of a number": ("line", put(position="1; DROP TABLE line")),
    "a truth instead of a number": ("line", put(position=True)),
    "a huge number": ("line", put(position=2**40)),
    "a long key": ("line", put(key="k" * 41)),
    "nothing where something must be": ("line", put(uid=None)),
    "an end of text": ("comment", put(text="a\x00b")),
    "an end of text within": ("item", put(wording={"en": "a\x00b"})),
    "a list for texts": ("item", put(wording=["a"])),
    "a number for a text": ("item", put(wording={"en": 1})),
    "no such part": ("line", put(part="secrets")),
    "no such kind": ("activity", put(kind="magic")),
    "no such zone": ("workshop", put(timezone="Mars/Base")),
    "no such day": ("workshop", put(starts_on="2026-02-31")),
    "no such country": ("guide", put(country="XX")),
    "no country at all": ("guide", put(country=["SN"])),
    "no such state": ("guide", put(state="holy")),
    "no ballot": ("ballot", put(choice="[]")),
    "no standings": ("result", put(standings="{}")),
    "a state without words": ("revision", put(state={})),
    "a fact too deep": ("line", put(facts={"tags": [[1]]})),
    "a column too many": ("line", put(password="x")),
    "a column too few": ("line", lambda rows: rows[0].pop("key")),
    "the same twice": ("ballot", lambda rows: rows.append(rows[0])),
    "a line without its history": ("revision", lambda rows: rows.pop()),
    "two guides": ("guide", lambda rows: rows.append(rows[0])),
    "no guide": ("guide", lambda rows: rows.clear()),
    "other words than were sealed": ("version", lambda rows: rows[0].update(content=other(rows[0]))),
    "a version of nothing": ("version", put(content="[]")),
    "a version of another edition": ("version", put(edition=7)),
    "published and not endorsed": ("version", put(outcome="returned", published_at="2026-11-21T10:00:00")),
}


def test_what_is_forged_is_refused_and_nothing_half_written(packed, context):
    for name, (table, change) in HOSTILE.items():
        with pytest.raises(ParcelDamaged):
            pytest.fail(f"{name}: {arrival.bring(repacked(packed, table, change))}")
        for model in (Guide, Item, Line, Version):
            assert db.session.scalar(select(func.count(model.id))) == 0, name
    assert arrival.bring(repacked(packed, "line", lambda rows: None))[1]


def bomb(packed: bytes) -> bytes:
    return zipped(dict.fromkeys(parcel.NAMES, "x") | {"item.jsonl": b" " * (40 * parcel.MEGABYTE)})


def lying(packed: bytes) -> bytes:
    """Say of an entry that it is small."""
    made = bytearray(zipped(dict.fromkeys(parcel.NAMES, b" " * 9000)))
    return bytes(made.replace((9_000).to_bytes(4, "little"), (90).to_bytes(4, "little")))


def twice(packed: bytes) -> bytes:
    return zipped({**dict.fromkeys(parcel.NAMES, "{}"), "./item.jsonl": "{}"})


def timeless(packed: bytes) -> bytes:
    known = parcel.unpack(packed)[0]
    return zipped(dict(rows(packed)) | {parcel.MANIFEST: manifest(known["digest"], uid=known["uid"])})


FILES: dict[str, tuple[Callable[[bytes], bytes], type[Refusal]]] = {
    "empty": (lambda packed: b"", NoParcel),
    "no zip": (lambda packed: b"PK\x03\x04 nonsense", NoParcel),
    "cut off": (lambda packed: packed[: len(packed) // 2], NoParcel),
    "one byte flipped": (lambda packed: packed[:3000] + bytes([packed[3000] ^ 1]) + packed[3001:], NoParcel),
    "other names": (lambda packed: zipped({"../../etc/passwd": "x"}), NoParcel),
    "names twice": (twice, NoParcel),
    "too large": (lambda packed: b" " * (parcel.PACKED + 1), ParcelTooLarge),
    "a bomb": (bomb, ParcelTooLarge),
    "a liar": (lying, NoParcel),
    "no JSON": (lambda packed: zipped(dict.fromkeys(parcel.NAMES, "nonsense")), ParcelDamaged),
    "not a number": (lambda packed: zipped(dict.fromkeys(parcel.NAMES, '{"a": NaN}')), ParcelDamaged),
    "too deep": (lambda packed: zipped(dict.fromkeys(parcel.NAMES, "[" * 100_000)), ParcelDamaged),
    "no words": (lambda packed: zipped(dict.fromkeys(parcel.NAMES, b"\xff")), ParcelDamaged),
    "another version": (lambda packed: zipped(dict.fromkeys(parcel.NAMES, '{"format": "x/2"}')), NoParcel),
    "another seal": (
        lambda packed: zipped(dict(rows(packed)) | {parcel.MANIFEST: manifest("0" * 64)}),
        ParcelDamaged,
    ),
    "no row": (lambda packed: zipped(dict.fromkeys(parcel.NAMES, "[1]")), ParcelDamaged),
    "no text": (
        lambda packed: zipped(dict(rows(packed)) | {parcel.MANIFEST: manifest("", at=1)}),
        ParcelDamaged,
    ),
    "too much said": (
        lambda packed: zipped(dict(rows(packed)) | {parcel.MANIFEST: manifest("", more="")}),
        NoParcel,
    ),
    "no moment": (timeless, ParcelDamaged),
}


def manifest(seal: str, **given: object) -> str:
    said = {"format": parcel.FORMAT, "uid": "", "at": "noon", "digest": seal, "acts": "", "after": ""}
    return json.dumps(said | given)


def test_its_acts_are_sealed_too(packed, context):
    known, tables = parcel.unpack(packed)
    tables["trail"].append({"act": "endorse"})
    texts = {f"{table}.jsonl": parcel.lines(each) for table, each in tables.items()}
    changed = {parcel.MANIFEST: json.dumps(known)} | texts
    with pytest.raises(ParcelDamaged):
        arrival.bring(zipped(changed))


def test_what_is_no_such_file_is_refused(packed, context):
    for name, (make, refusal) in FILES.items():
        with pytest.raises(refusal):
            pytest.fail(f"{name}: {arrival.bring(make(packed))}")
    assert db.session.scalar(select(func.count(Guide.id))) == 0
