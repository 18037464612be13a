"""The app, which spares a ballot what only pages need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask, Request, Response
from flask.ctx import RequestContext
from flask.globals import request_ctx
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.routing import MapAdapter, Rule

from facilitator.web.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BALLOT = "answers.cast"
PLAIN = "application/x-www-form-urlencoded"
SHORT = 16_384  # bytes of a form
HOSTS = 50
ADDRESSES = 200
SHORTLY = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *HEADERS.items()]
BARE = re.compile(r"(?:[\w-]+=[\w-]*; )*[\w-]+=[\w-]*", re.ASCII)
NO_FILES: ImmutableMultiDict[str, Any] = ImmutableMultiDict()
BINDING = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "wsgi.url_scheme", "HTTP_UPGRADE")
NAMED = ("REQUEST_METHOD", "PATH_INFO", *BINDING)


class Asked(Request):
    """A request whose cookies and short plain forms are read without detours."""

    @cached_property
    def cookies(self) -> Any:
        """Read the cookies that came."""
        said = self.environ.get("HTTP_COOKIE", "")
        if not BARE.fullmatch(said):
            return parse_cookie(said)
        return ImmutableMultiDict([tuple(pair.split("=")) for pair in said.split("; ")])

    def _load_form_data(self) -> None:
        environ = self.environ
        length = environ.get("CONTENT_LENGTH", "")
        plain = environ.get("CONTENT_TYPE") == PLAIN and length.isdecimal() and int(length) <= SHORT
        if "form" in self.__dict__ or not plain:
            super()._load_form_data()
            return
        body = environ["wsgi.input"].read(int(length)).decode(errors="replace")
        self.__dict__ |= {"form": ImmutableMultiDict(_fields(body)), "files": NO_FILES}


def _name(asked: Request) -> tuple[str | None, ...]:
    return tuple(map(asked.environ.get, NAMED))


def _fields(body: str) -> list[tuple[str, str]]:
    if "%" in body or "+" in body:
        return parse_qsl(body, keep_blank_values=True)
    parts = [pair.partition("=") for pair in body.split("&") if pair]
    return [(name, value) for name, _, value in parts]


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


class Word(Response):
    """A short word to a script that waits for nothing else: status 200, no cookie, no condition."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Say it."""
        start_response("200 OK", self.head)
        return [self.said]

    def __init__(self, said: bytes) -> None:
        self.said = said
        self.head = [("Content-Length", str(len(said))), *SHORTLY]


class Way(RequestContext):
    """A request's way to its view; where a room's phones all send their ballots is looked up once."""

    app: House

    def match_request(self) -> None:
        """Find the view."""
        if self.request.url_rule is None:
            super().match_request()
            self._remember()

    def _remember(self) -> None:
        asked, known = self.request, self.app.known
        if asked.endpoint == BALLOT and asked.url_rule and asked.view_args:
            if len(known) >= ADDRESSES:
                known.clear()
            known[_name(asked)] = self.url_adapter, asked.host, asked.url_rule, dict(asked.view_args)


class House(Flask):
    """A Flask app in which a ballot goes straight to its view, which checks it by itself."""

    request_class = Asked
    session_interface = Signed()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.bound: dict[tuple[str | None, ...], tuple[MapAdapter, str]] = {}
        self.known: dict[tuple[str | None, ...], tuple[MapAdapter | None, str, Rule, dict[str, Any]]] = {}

    def request_context(self, environ: WSGIEnvironment) -> RequestContext:
        """Begin a request's way."""
        return Way(self, environ)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Bind the addresses to the host that was asked, worked out once for each host."""
        if request is None:
            return super().create_url_adapter(request)
        if found := self.known.get(_name(request)):
            known, request.host, request.url_rule, arguments = found
            request.view_args = dict(arguments)
            return known
        name = tuple(map(request.environ.get, BINDING))
        if name not in self.bound:
            made = super().create_url_adapter(request)
            if made is not None and len(self.bound) < HOSTS:
                self.bound[name] = (made, request.host)
            return made
        bound, request.host = self.bound[name]
        made = MapAdapter.__new__(MapAdapter)
        made.__dict__ |= bound.__dict__
        made.path_info, made.default_method = request.path, request.method
        made.query_args = request.query_string.decode(errors="replace")
        return made

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take a view as it is: none of ours is a coroutine."""
        return func

    def full_dispatch_request(self) -> Response:
        """Do what comes before and after a page; a ballot goes straight to its view, its short word away."""
        asked = request_ctx.request
        if asked.endpoint != BALLOT or "facilitator.outcome" in asked.environ:
            return super().full_dispatch_request()
        try:
            said = self.dispatch_request()
        except Exception as error:
            said = self.handle_user_exception(error)
        return said if isinstance(said, Word) else self.finalize_request(said)

    def do_teardown_request(self, exc: Any = None) -> None:
        """Clear up after a page; a ballot leaves nothing."""
        if request_ctx.request.endpoint != BALLOT:
            super().do_teardown_request(exc)
