"""One-time links."""

import datetime as dt

import pytest
from sqlalchemy import select

from facilitator import db
from facilitator.models.link import Link
from facilitator.refusals import LinkExpired, LinkUnknown, LinkUsed
from tests import factories

pytestmark = pytest.mark.usefixtures("context")


def test_a_link_serves_once():
    person = factories.person()
    _, token = Link.issue(person)
    assert Link.look(token).person is person
    assert Link.use(token).person is person
    with pytest.raises(LinkUsed):
        Link.use(token)


def test_a_demo_link_serves_again():
    _, token = Link.issue(None, reusable=True)
    assert Link.use(token).id == Link.use(token).id


def test_an_expired_link_says_so():
    link, token = Link.issue(None, hours=1)
    link.expires_at = db.now() - dt.timedelta(seconds=1)
    with pytest.raises(LinkExpired):
        Link.use(token)


@pytest.mark.parametrize("token", ["", "nonsense", "\x00", "x" * 10_000])
def test_nonsense_is_no_link(token):
    with pytest.raises(LinkUnknown):
        Link.use(token)


def test_the_token_is_not_in_the_database():
    _, token = Link.issue(None)
    kept = db.session.execute(select(Link.__table__)).all()
    assert token not in str(kept)
