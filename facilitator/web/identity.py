"""Who a phone is: a random secret that only the phone keeps, and one-way keys made from it."""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b

from flask import Response, current_app, request

from facilitator.models.session import digits
from facilitator.refusals import N_, Refusal

COOKIE = "phone"
BYTES = 16
DAYS = 30
SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


class Stranger(Refusal):
    """A phone acted that is not in the session, or a page elsewhere acted for it."""

    status = 403
    message = N_("This phone is not in this session. Join again with the code on the screen.")


def held() -> str | None:
    """Read the secret that this phone keeps: one of this session alone, else the general one."""
    cookies = request.cookies
    kept = cookies.get(f"{COOKIE}-{_code()}") or cookies.get(COOKIE, "")
    return kept if SHAPE.fullmatch(kept) else None


def fresh() -> str:
    """Draw a secret for a phone that has none."""
    return secrets.token_urlsafe(BYTES)


def give(response: Response, secret: str) -> Response:
    """Let the phone keep a secret out of reach of scripts; a second one is for this session alone."""
    general = request.cookies.get(COOKIE, secret) == secret
    response.set_cookie(
        COOKIE if general else f"{COOKIE}-{_code()}",
        secret,
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["BASE_URL"].startswith("https:"),
    )
    return response


def participant_key(secret: str) -> str:
    """Derive the key under which a phone is in a session."""
    return _derived(b"participant", secret)


def ballot_key(activity_id: int, secret: str) -> str:
    """Derive the key of a phone's ballot on one question: two questions, two keys that nobody can link."""
    return _derived(b"ballot", f"{activity_id}:{secret}")


def card_secret(card: str) -> str:
    """Derive a phone's secret from a card, so that another phone with it finds the same ballots."""
    return _derived(b"card", card)


def next_secret(secret: str) -> str:
    """Derive the secret of the next person on the same phone: asked for twice, it is the same one."""
    return _derived(b"next", secret)


def holder_key(session_id: int, secret: str) -> str:
    """Derive what tells the phone that took a card from any other."""
    return _derived(b"holder", f"{session_id}:{secret}")


def paper_key(round_id: int, sheet: str) -> str:
    """Derive the key of a ballot that a person puts in by hand: never that of a phone."""
    return _derived(b"paper", f"{round_id}:{sheet}")


def token(secret: str) -> str:
    """Derive what proves that a form was shown to this phone."""
    return _derived(b"token", secret)


def proven() -> str:
    """Give the secret of the phone whose own form was sent; refuse forms from elsewhere."""
    secret = held()
    given = request.form.get("token", "")
    if secret is None or not hmac.compare_digest(given.encode(), token(secret).encode()):
        raise Stranger
    return secret


def _code() -> str:
    return digits((request.view_args or {}).get("code", ""))


def _derived(purpose: bytes, text: str) -> str:
    key = _installation(current_app.config["SECRET_KEY"])
    digest = blake2b(text.encode(), digest_size=BYTES, key=key, person=purpose).digest()
    return urlsafe_b64encode(digest)[:22].decode()


@lru_cache(maxsize=8)
def _installation(secret: str) -> bytes:
    return blake2b(secret.encode(), digest_size=32).digest()
