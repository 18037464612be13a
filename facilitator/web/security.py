"""What holds for every request: who signed in, forged posts refused, headers that keep strangers out."""

from flask import Flask, Response, request
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from facilitator.models.person import Person

# the phone has no signed session: these check the token made from its own secret
OWN_TOKEN = ("join", "phone", "answers")
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
csrf = CSRFProtect()
login = LoginManager()
login.login_view = "doors.sign_in"
login.login_message = None
login.user_loader(Person.signed_in)


def _refuse_forged_posts() -> None:
    if request.endpoint and request.method not in SAFE and request.blueprint not in OWN_TOKEN:
        csrf.protect()


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.headers.setdefault(
        "Cache-Control", "no-store" if request.blueprint not in OWN_TOKEN else "no-cache"
    )
    return response


def init_app(app: Flask) -> None:
    """Guard every request."""
    csrf.init_app(app)
    login.init_app(app)
    app.before_request(_refuse_forged_posts)
    app.after_request(_headers)
