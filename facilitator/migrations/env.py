"""How a migration runs: on the connection and inside the transaction that the schema hands over."""

from alembic import context

from facilitator import db

context.configure(connection=context.config.attributes["connection"], target_metadata=db.Base.metadata)
context.run_migrations()
