"""Results to read and to take away: of each session, workshop and country, in all formats."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from facilitator.config import PACKAGE
from facilitator.documents.naming import file_name, plain
from facilitator.documents.report import gathering
from facilitator.documents.report.sitting import held
from facilitator.documents.results import CHARTS, MEDIA, PAGE
from facilitator.models.session import Session
from facilitator.models.workshop import Workshop
from facilitator.web import language, making, scoped
from facilitator.web.scoped import public

bp = Blueprint("summaries", __name__, url_prefix="/results")
OF = "<of>/<int:id>"
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
BUNDLE = {"zip": MEDIA["zip"]}


@dataclass(frozen=True)
class Subject:
    """What results are of: a session, a workshop, or all workshops of a country."""

    of: str
    id: int | str
    what: str
    workshop: Workshop
    session: Session | None = None

    @property
    def language(self) -> str:
        """Name the language that is asked for, if the workshop speaks it; of a document before its page."""
        asked = [request.args.get("in", ""), request.args.get("language", "")]
        if self.what == "country" and (found := [each for each in asked if each in self.languages]):
            return found[0]
        return self.workshop.best_language([*asked, str(get_locale())])

    @property
    def languages(self) -> list[str]:
        """List the languages that it can be had in."""
        held = gathering.workshops(str(self.id)) if self.what == "country" else [self.workshop]
        return list(dict.fromkeys(each for workshop in held for each in workshop.languages))

    @property
    def title(self) -> str:
        """Name it for its readers."""
        if self.what == "country":
            return self.workshop.guide.country.name(str(get_locale()))
        return (self.session or self.workshop).name(str(get_locale()))

    def order(self, format: str) -> making.Order:
        """Order it in a format."""
        return making.order(self.what, self.id, format, self.language)

    def file_name(self, format: str) -> str:
        """Name its file country-workshop-session-date-language."""
        code, workshop = self.workshop.guide.country.code, self.workshop
        if self.what == "country":
            return file_name([code, "results"], format)
        parts = [code, plain(workshop.name(self.language)) or f"workshop-{workshop.id}"]
        if self.session:
            parts.append(plain(self.session.name(self.language)) or f"session-{self.session.id}")
        day = held(self.session) if self.session else workshop.starts_on
        return file_name([*parts, day.isoformat(), self.language], format)


def found(of: str, id: int) -> Subject:
    """Load what results are of, through its country; its pages speak the workshop's languages."""
    if of not in ("sessions", "workshops"):
        abort(404)
    session = scoped.session(id) if of == "sessions" else None
    workshop = session.workshop if session else scoped.workshop(id)
    language.offer(workshop.languages)
    return Subject(of, id, of[:-1], workshop, session)


def country(code: str) -> Subject:
    """Load the workshops of a country that the person may see."""
    workshops = gathering.workshops(code)
    if not workshops or not current_user.may("see", workshops[0].guide.country):
        abort(404)
    return Subject("countries", code.upper(), "country", workshops[0])


@bp.get(f"/{OF}")
def show(of: str, id: int) -> ResponseReturnValue:
    """Show results on one page, with all that can be taken away."""
    subject = found(of, id)
    job = making.job(subject.order(PAGE))
    if (pending := making.waited(job)) is not None:
        return pending
    told = Markup(making.content(job).decode())  # noqa: S704 - written by documents.page
    return render_template("summaries/show.html", subject=subject, told=told, formats=MEDIA)


@bp.get(f"/{OF}.<format>")
def file(of: str, id: int, format: str) -> ResponseReturnValue:
    """Hand out results in a format."""
    return handed(found(of, id), format, MEDIA)


@bp.get(f"/{OF}/charts/<int:number>.<format>")
def chart(of: str, id: int, number: int, format: str) -> ResponseReturnValue:
    """Hand out one chart."""
    subject = found(of, id)
    if format not in PICTURES:
        abort(404)
    job = making.job(subject.order(CHARTS))
    if (pending := making.waited(job)) is not None:
        return pending
    with zipfile.ZipFile(io.BytesIO(making.content(job))) as charts:
        name = f"{number}.{format}"
        if name not in charts.namelist():
            abort(404)
        response = Response(charts.read(name), mimetype=PICTURES[format])
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@bp.get(f"/{OF}/make")
def make(of: str, id: int) -> ResponseReturnValue:
    """Show how far a document is, then lead to it."""
    return progress(found(of, id), MEDIA)


@bp.get("/countries/<code>")
def land(code: str) -> ResponseReturnValue:
    """List the workshops of a country, each with its results, and offer them in one bundle."""
    workshops = [(each, gathering.sittings(each)) for each in gathering.workshops(code)]
    return render_template("summaries/land.html", subject=country(code), workshops=workshops)


@bp.get("/countries/<code>.<format>")
def land_file(code: str, format: str) -> ResponseReturnValue:
    """Hand out the results of all workshops of a country."""
    return handed(country(code), format, BUNDLE)


@bp.get("/countries/<code>/make")
def land_make(code: str) -> ResponseReturnValue:
    """Show how far the bundle of a country is, then lead to it."""
    return progress(country(code), BUNDLE)


@bp.get("/schema/1.json")
@public
def schema() -> ResponseReturnValue:
    """Publish what the JSON of results looks like."""
    text = (PACKAGE / "documents" / "report" / "schema-1.json").read_text(encoding="utf-8")
    return Response(text, mimetype="application/schema+json")


def handed(subject: Subject, format: str, media: dict[str, str]) -> ResponseReturnValue:
    """Hand out a document as soon as it is made."""
    if format not in media:
        abort(404)
    job = making.job(subject.order(format))
    if (pending := making.waited(job)) is not None:
        return pending
    response = Response(making.content(job), content_type=media[format])
    disposition = "inline" if format == "json" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{subject.file_name(format)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def progress(subject: Subject, media: dict[str, str]) -> ResponseReturnValue:
    """Say how far a document is; once it is there, lead to it."""
    format = request.args.get("format", "")
    if format not in media:
        abort(404)
    job = making.job(subject.order(format))
    place = f"/results/{subject.of}/{subject.id}.{format}?language={subject.language}"
    template = "summaries/_bar.html" if "HX-Request" in request.headers else "summaries/make.html"
    page = render_template(template, subject=subject, job=job, format=format, place=place)
    response = Response(page, headers={"Cache-Control": "no-store"})
    if job.ended and not job.failed and "HX-Request" in request.headers:
        response.headers["HX-Redirect"] = place
    return response


@bp.app_template_global()
def format_name(format: str) -> str:
    """Name a format for people."""
    names = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}
    return names.get(format) or _("Everything (ZIP)")
