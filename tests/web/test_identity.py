"""The phone's secret: kept by the phone, never by the server, and leading nowhere."""

from http.cookies import SimpleCookie

import pytest
from flask import Flask

from facilitator import db, keys
from facilitator.web import identity
from tests.web import phones

SECRET = "abcdefghijklmnopqrstuv"  # 22 signs, as 128 bits are written


def cookie(app: Flask) -> SimpleCookie:
    phones.staged(app)
    return SimpleCookie(app.test_client().get("/j/123456").headers["Set-Cookie"])


def test_a_secret_has_128_bits_and_is_never_the_same() -> None:
    drawn = {keys.fresh() for _ in range(100)}
    assert len(drawn) == 100
    assert all(identity.SHAPE.fullmatch(secret) for secret in drawn)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    kept = cookie(app)["phone"]
    assert identity.SHAPE.fullmatch(kept.value)
    assert (kept["httponly"], kept["samesite"], kept["secure"]) == (True, "Lax", "")
    assert int(kept["max-age"]) == identity.DAYS * 24 * 3600


def test_the_cookie_asks_for_encryption_only_where_there_is_some(make_app) -> None:
    assert cookie(make_app(BASE_URL="https://vote.example.org"))["phone"]["secure"] is True


@pytest.mark.parametrize("kept", ["", "short", SECRET + "w", "abcdefghijklmnopqrst\u0000v", "é" * 22])
def test_a_cookie_that_cannot_be_a_secret_is_none(app: Flask, kept: str) -> None:
    header = f"phone={kept}".encode().decode("latin-1")
    with app.test_request_context(environ_overrides={"HTTP_COOKIE": header}):
        assert identity.held() is None


def test_keys_are_one_way_of_one_purpose_and_of_one_installation(app: Flask, make_app) -> None:
    def made(here: Flask) -> list[str]:
        with here.app_context():
            return [
                keys.participant_key(SECRET),
                keys.ballot_key(1, SECRET),
                keys.ballot_key(2, SECRET),
                keys.token(SECRET),
            ]

    other = make_app()
    other.config["SECRET_KEY"] = "the secret of another installation, long enough"
    ours, theirs = made(app), made(other)
    assert ours == made(app)
    assert len({*ours, *theirs, SECRET}) == 9
    assert all(len(key) == 22 for key in ours)


def test_nothing_on_the_disk_holds_the_secret_of_a_phone(app: Flask) -> None:
    stage = phones.staged(app)
    phone = phones.join(app)
    stage.act(0, "open")
    assert phones.answer(phone, option=stage.options(0)[0]).status_code == 303
    secret = phone.get_cookie("phone").value
    with app.app_context():
        for table in db.Base.metadata.sorted_tables:
            for row in db.session.execute(table.select()):
                assert secret not in str(row)
        joined = keys.participant_key(secret)
        kept = {row.key for row in db.session.execute(db.Base.metadata.tables["ballot"].select())}
        assert len(kept) == 1
        assert joined not in kept
