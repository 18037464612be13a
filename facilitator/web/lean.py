"""The app, which spares a ballot what only pages need."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Request, Response
from flask.globals import request_ctx
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

BALLOT = "answers.cast"
PLAIN = "application/x-www-form-urlencoded"
SHORT = 16_384
HEADERS = (("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"))


class Asked(Request):
    """A request whose short plain forms are read without the machinery for uploads."""

    def _load_form_data(self) -> None:
        length = self.content_length
        if "form" in self.__dict__ or length is None or length > SHORT or self.content_type != PLAIN:
            super()._load_form_data()
            return
        most = self.max_form_parts or SHORT
        try:
            pairs = parse_qsl(
                self.get_data().decode(errors="replace"), keep_blank_values=True, max_num_fields=most
            )
        except ValueError:
            super()._load_form_data()
            return
        self.__dict__ |= {"form": ImmutableMultiDict(pairs), "files": ImmutableMultiDict()}


class Signed(SecureCookieSessionInterface):
    """Signed sessions, for those who have one: a phone never has."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the session of a browser that brings one."""
        if app.config["SESSION_COOKIE_NAME"] not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep a session that was used."""
        if session or session.modified or session.accessed:
            super().save_session(app, session, response)


class House(Flask):
    """A Flask app in which a ballot goes straight to its view, which checks it by itself."""

    request_class = Asked
    session_interface = Signed()

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Do what comes before a page, unless this is a ballot on its first way."""
        asked = request_ctx.request
        if asked.endpoint == BALLOT and "facilitator.outcome" not in asked.environ:
            return None
        return super().preprocess_request()

    def process_response(self, response: Any) -> Any:
        """Do what comes after a page, unless this is a ballot's short word to a script."""
        asked = request_ctx.request
        if asked.endpoint == BALLOT and response.status_code == 200 and response.is_json:
            response.headers.extend(HEADERS)
            return response
        return super().process_response(response)
