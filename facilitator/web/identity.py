"""Who a phone is: a random secret that only the phone keeps."""

import hmac
import re

from flask import Request, Response, current_app, request
from flask.globals import request_ctx

from facilitator.keys import COOKIE, token
from facilitator.models.session import digits
from facilitator.refusals import N_, Refusal

DAYS = 30
SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


class Stranger(Refusal):
    """A phone acted that is not in the session, or a page elsewhere acted for it."""

    status = 403
    message = N_("This phone is not in this session. Join again with the code on the screen.")


def held() -> str | None:
    """Read the secret that this phone keeps: one of this session alone, else the general one."""
    return _held(request_ctx.request)


def _held(asked: Request) -> str | None:
    cookies = asked.cookies
    kept = cookies.get(f"{COOKIE}-{_code(asked)}") or cookies.get(COOKIE, "")
    return kept if SHAPE.fullmatch(kept) else None


def give(response: Response, secret: str) -> Response:
    """Let the phone keep a secret out of reach of scripts; a second one is for this session alone."""
    general = request.cookies.get(COOKIE, secret) == secret
    response.set_cookie(
        COOKIE if general else f"{COOKIE}-{_code(request)}",
        secret,
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["BASE_URL"].startswith("https:"),
    )
    return response


def proven() -> str:
    """Give the secret of the phone whose own form was sent; refuse forms from elsewhere."""
    asked = request_ctx.request
    secret, given = _held(asked), asked.form.get("token", "")
    if secret is None or not hmac.compare_digest(given.encode(), token(secret).encode()):
        raise Stranger
    return secret


def _code(asked: Request) -> str:
    return digits((asked.view_args or {}).get("code", ""))
