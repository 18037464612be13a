"""The application for any WSGI server, as `wsgi:app`."""

from facilitator import create_app

app = create_app()
