"""The secret of a phone, and the one-way keys made from it: none leads back, no two can be linked."""

import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b

from flask import current_app

COOKIE = "phone"
BYTES = 16


def fresh() -> str:
    """Draw a secret for a phone that has none."""
    return secrets.token_urlsafe(BYTES)


def participant_key(secret: str) -> str:
    """Derive the key under which a phone is in a session."""
    return _remembered(_house(), b"participant", secret)


def ballot_key(activity_id: int, secret: str) -> str:
    """Derive the key of a phone's ballot on one question: two questions, two keys that nobody can link."""
    return _derived(_house(), b"ballot", f"{activity_id}:{secret}")


def card_secret(card: str) -> str:
    """Derive a phone's secret from a card, so that another phone with it finds the same ballots."""
    return _derived(_house(), b"card", card)


def next_secret(secret: str) -> str:
    """Derive the secret of the next person on the same phone: asked for twice, it is the same one."""
    return _derived(_house(), b"next", secret)


def holder_key(session_id: int, secret: str) -> str:
    """Derive what tells the phone that took a card from any other."""
    return _derived(_house(), b"holder", f"{session_id}:{secret}")


def paper_key(round_id: int, sheet: str) -> str:
    """Derive the key of a ballot that a person puts in by hand: never that of a phone."""
    return _derived(_house(), b"paper", f"{round_id}:{sheet}")


def token(secret: str) -> str:
    """Derive what proves that a form was shown to this phone."""
    return _remembered(_house(), b"token", secret)


def _house() -> bytes:
    return _installation(current_app.config["SECRET_KEY"])


def _derived(key: bytes, purpose: bytes, text: str) -> str:
    digest = blake2b(text.encode(), digest_size=BYTES, key=key, person=purpose).digest()
    return urlsafe_b64encode(digest)[:22].decode()


# in memory, for the phones of the moment: each ballot on its way asks for both
_remembered = lru_cache(maxsize=20_000)(_derived)


@lru_cache(maxsize=8)
def _installation(secret: str) -> bytes:
    return blake2b(secret.encode(), digest_size=32).digest()
